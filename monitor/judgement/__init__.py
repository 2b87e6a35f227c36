"""Judges how well the monitor sees and whether it can alert people. The whole program uses this one judgement and its words.
Pure.

The judgement appears in `status`, the pages, digests, welcomes, `doctor`, the metrics and the messages to the operator, and it
controls the heartbeat. A finding of level `wrong` means that alerts may not be made or may not arrive. `look` means that a
person should look at something. `remark` means that something is worth knowing but may be intended.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from monitor.detect.agreement import Agreement
from monitor.judgement.facts import NONE, Facts, Out, Sample, Services, Setup, Some
from monitor.judgement.words import TABLE, Code, Level, Words, complete
from monitor.text import counted, day, moment, plain, sentence

__all__ = [
    "CHECK_TAKES", "COMMAND", "LAGS", "LITTLE_SPACE", "MANY", "MOST_IN_THE_SENTENCE", "MOST_NAMED", "NONE", "NOTHING_WATCHED",
    "NOTHING_WRONG", "NO_SPACE", "OWED_TOO_LONG", "STANDSTILL", "TABLE", "Code", "Facts", "Finding", "Judgement", "Level",
    "Out", "Receivers", "Sample", "Services", "Setup", "Some", "Standing", "Words", "complete", "judge",
    "standing_for_operator",
]  # fmt: skip

STANDSTILL = timedelta(minutes=10)
"""While a daemon is running, checks may be due for this long without any service being read."""

OWED_TOO_LONG = timedelta(hours=1)
"""How long a message may take to arrive. If an urgent message takes longer, somebody has to telephone."""

LAGS = timedelta(hours=1)
"""How long CQC's page and its API may differ, or its API may fail, before a person should look."""

CHECK_TAKES = timedelta(hours=1)
"""No check takes longer than this, even if a worker checks all its services at once and the limit on requests is the lowest
possible."""

MANY = 0.05
"""If the monitor can't properly see more than this share of the services, the heartbeat stops."""

LITTLE_SPACE, NO_SPACE = 1_000_000_000, 100_000_000
"""Limits for the free bytes on the disk. Below the first limit, a person should look. Below the second limit, the disk is about
to be full."""

MOST_NAMED = 20
"""How many services, watchlists or receivers a finding names one by one."""

MOST_IN_THE_SENTENCE = 3
"""How many services, watchlists or receivers the summary sentence names for each finding, and how many findings it names."""

COMMAND = "cqc-monitor "
"""The beginning of a command. A sentence that begins with a command gets no capital letter, because people copy the command."""

NOTHING_WRONG = "Nothing is wrong"
NOTHING_WATCHED = "Nothing is watched yet"


class Standing(StrEnum):
    """The state of the whole monitor, which is the level of the worst finding. The state is OK if all findings are remarks."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A finding. `since` is in UTC, or None if not known. `detail` is inserted into the words."""

    code: Code
    count: int = 1
    since: datetime | None = None
    samples: tuple[Sample, ...] = ()
    detail: str = ""
    private: bool = False

    @property
    def words(self) -> Words:
        """The words for the finding's code."""
        return TABLE[self.code]

    @property
    def level(self) -> Level:
        """How bad the finding is."""
        return self.words.level

    @property
    def do(self) -> str:
        """What a person must do about the finding."""
        return self.words.do

    @property
    def text(self) -> str:
        """The finding in words: a clause, then the names of some of the counted things, and what is wrong with each."""
        apart = "; " if any(one.detail for one in self.samples) else ", "
        return self._clause() + self._named([str(one) for one in self.samples], MOST_NAMED, apart)

    @property
    def line(self) -> str:
        """The finding in words (`text`), followed by what to do."""
        return f"{self.text}. {self.do if self.do.startswith(COMMAND) else sentence(self.do)}"

    def brief(self, *, bare: bool = False) -> str:
        """Returns the finding in words for the summary sentence. Only a few of the counted things are named, without addresses,
        and without what is wrong with each. `bare` leaves out the word "services", for a reader who already knows that services
        are counted."""
        names = [] if self.private else [plain(one.name) for one in self.samples]
        return self._clause(bare and self.words.noun == "service") + self._named(names, MOST_IN_THE_SENTENCE)

    def _clause(self, bare: bool = False) -> str:
        words = self.words
        verb = words.many if self.count != 1 and words.many else words.one
        since = moment(self.since) if self.since else "an unknown time"
        said = verb.format(count=f"{self.count:,}", since=since, detail=plain(self.detail))
        several = words.noun + ("es" if words.noun.endswith("s") else "s")
        number = f"{self.count:,}" if bare else counted(self.count, words.noun, several)
        return f"{number} {said}" if words.noun else said

    def _named(self, names: list[str], most: int, apart: str = ", ") -> str:
        more = self.count - len(names[:most])
        return (": " + apart.join([*names[:most], *([f"{more:,} more"] if more > 0 else [])])) if names else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The state of the monitor. `findings` are sorted worst first. `text` is the summary sentence that is used everywhere."""

    services: Services
    findings: tuple[Finding, ...]
    agreement: Agreement | None = None
    text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", sentence(_sentence(self)) + ".")

    @property
    def standing(self) -> Standing:
        """The worst level of the findings. Remarks are ignored."""
        return _standing(self.findings)

    @property
    def well(self) -> bool:
        """Whether no finding needs a person's attention."""
        return self.standing is Standing.OK

    def at(self, *levels: Level) -> tuple[Finding, ...]:
        """Returns the findings of these levels."""
        return tuple(one for one in self.findings if one.level in levels)

    @property
    def stops_heartbeat(self) -> bool:
        """Whether the daemon must stop pinging the dead man's switch. One unreadable page among 300 does not stop the pings."""
        covered = sum(one.count for one in self.at(Level.LOOK) if one.words.covers)
        return self.standing is Standing.WRONG or covered > MANY * self.services.watched

    def for_operator(self, now: datetime) -> tuple[Finding, ...]:
        """Returns the findings for the operator's message about the level. Leaves out findings that have a separate message,
        findings that an outage of CQC's site explains, and findings that have not lasted long enough."""
        out = any(one.code is Code.SITE_OUT for one in self.findings)
        return tuple(
            one
            for one in self.at(Level.WRONG, Level.LOOK)
            if not one.words.own and not (out and one.words.covers) and _has_lasted(one, now)
        )


def standing_for_operator(judgement: Judgement, now: datetime) -> Standing:
    """Returns the level about which the operator is alerted."""
    return _standing(judgement.for_operator(now))


def _has_lasted(finding: Finding, now: datetime) -> bool:
    return finding.since is None or now - finding.since >= finding.words.patience


def _standing(findings: tuple[Finding, ...]) -> Standing:
    levels = {one.level for one in findings}
    return Standing.WRONG if Level.WRONG in levels else Standing.LOOK if Level.LOOK in levels else Standing.OK


def _sentence(judgement: Judgement) -> str:
    wrong, look = judgement.at(Level.WRONG), judgement.at(Level.LOOK)
    watched, up = judgement.services.watched, judgement.services.up_to_date
    if wrong:
        return f"Alerts may not be made or may not arrive: {_briefly(wrong)}"
    if look:
        seen = f"{up:,} of {counted(watched, 'service')} {'is' if watched == 1 else 'are'} up to date; " if watched else ""
        return seen + _briefly(look, bare=bool(watched))
    if not watched:
        return NOTHING_WATCHED
    said_too = (Code.NO_DAEMON_SEEN, Code.NOT_CHECKED_YET, Code.NEVER_VERIFIED)
    but = [one.brief() for code in said_too for one in judgement.findings if one.code is code]
    agreement = judgement.agreement
    proof = ""
    if agreement and agreement.file_date and agreement.compared:
        services = f"{agreement.agreeing:,} of {counted(agreement.compared, 'service')}"
        proof = f"readings of {services} agree with CQC's file of {day(agreement.file_date)}"
    if any(one.code is Code.NO_DAEMON_SEEN for one in judgement.findings):
        return "; ".join([*but, *([proof] if proof else [])])  # not NOTHING_WRONG, because nobody may be checking the services
    return "; ".join([f"{NOTHING_WRONG}: {proof}" if proof else NOTHING_WRONG, *but])


def _briefly(findings: tuple[Finding, ...], *, bare: bool = False) -> str:
    more = len(findings) - MOST_IN_THE_SENTENCE
    said = [one.brief(bare=bare) for one in findings[:MOST_IN_THE_SENTENCE]]
    return "; ".join([*said, f"and {counted(more, 'other thing')}"] if more > 0 else said)


# ── the judgement ────────────────────────────────────────────────────────────────────────────────────────────────────────


def judge(facts: Facts, now: datetime) -> Judgement:
    """Judges the state of the monitor at `now` (UTC) from the facts."""
    found = [*_at_work(facts, now), *_read(facts, now), *_sent(facts), *_kept(facts), *_besides(facts)]
    order = list(Level)
    found.sort(key=lambda one: order.index(one.level))  # the order within a level stays
    return Judgement(services=facts.services, findings=tuple(found), agreement=facts.agreement)


def _some(code: Code, some: Some, detail: str = "") -> Iterator[Finding]:
    if some.count:
        yield Finding(code=code, count=some.count, since=some.since, samples=some.samples, detail=detail, private=some.private)


def _out(code: Code, out: Out | None) -> Iterator[Finding]:
    if out is not None:
        yield Finding(code=code, since=out.since, detail=out.reason)


def _at_work(facts: Facts, now: datetime) -> Iterator[Finding]:
    """Yields findings about whether anything checks the services. If no daemon is known, a timer may be running `check` every
    CHECK_EVERY, so a check may be overdue for that long. This applies only if a service has been read before."""
    alive, services = facts.workers > 0, facts.services
    if facts.dead_workers and not alive:
        yield Finding(code=Code.DAEMON_DEAD)
    detail = f"last read {moment(facts.last_read_at)}" if facts.last_read_at else "no service has ever been read"
    patience = STANDSTILL
    if not alive and not facts.dead_workers and facts.last_read_at is not None:
        patience = max(STANDSTILL, min(facts.setup.check_every, facts.setup.stale_after))
    begun = facts.due.since
    since = max(begun, facts.last_read_at or begun) if begun else None
    standing = since is not None and now - since > patience
    never = services.watched > 0 and services.not_checked.count == services.watched
    if not alive and not facts.dead_workers and (standing or never):
        yield Finding(code=Code.NO_DAEMON, since=begun or services.not_checked.since, detail=detail)
    elif facts.site is None and (standing or _is_nothing_known(services)):
        first = min((one.since for one in (services.stale, services.never_read) if one.since), default=now)
        known = since if standing and since else first
        said = f"nothing has been read since {moment(known)} ({detail})"
        if facts.last_read_at is None:
            said = f"no service has ever been read, though checks have been due since {moment(known)}"
        yield Finding(code=Code.NOTHING_READ, since=known, detail=said)
    elif not alive and not facts.dead_workers and services.watched:
        yield Finding(code=Code.NO_DAEMON_SEEN, detail=detail)
    yield from _out(Code.SITE_OUT, facts.site)
    yield from _some(Code.CHECK_HANGS, facts.hanging)


def _is_nothing_known(services: Services) -> bool:
    return services.watched > 0 and services.stale.count + services.never_read.count == services.watched


def _read(facts: Facts, now: datetime) -> Iterator[Finding]:
    services, agreement = facts.services, facts.agreement
    yield from _some(Code.NEVER_READ, services.never_read)
    yield from _some(Code.STALE, services.stale)
    yield from _some(Code.CHECK_FAILED, services.check_failed)
    yield from _some(Code.PARTLY_READ, services.partly_read)
    yield from _some(Code.REPORT_MISSING, services.report_missing)
    many = facts.not_understood.count > MANY * services.watched and facts.not_understood.count > 2
    yield from _some(Code.NOT_UNDERSTOOD_AT_MANY if many else Code.NOT_UNDERSTOOD, facts.not_understood)
    yield from _some(Code.DISAGREEMENT, facts.disagreements)
    yield from _some(Code.NOT_CHECKED_YET, services.not_checked)
    if facts.api and (facts.api.told or now - facts.api.since >= LAGS):
        yield from _out(Code.API_OUT, facts.api)
    yield from _sources(facts)
    if agreement is None or agreement.file_date is None or not agreement.compared:
        if services.watched:
            yield Finding(code=Code.NEVER_VERIFIED)
    elif agreement.probably_misread:
        said = f"readings of {agreement.agreeing:,} of {counted(agreement.compared, 'service')} agree with CQC's file of"
        yield Finding(
            code=Code.AGREEMENT_LOW,
            count=agreement.compared - agreement.agreeing,
            detail=f"{said} {day(agreement.file_date)}",
        )
    else:
        differing = tuple(Sample(name=one) for one in agreement.differing)
        yield from _some(Code.DIFFERS, Some(count=agreement.compared - agreement.agreeing, samples=differing[:MOST_NAMED]))
    yield from _some(Code.DOUBTED, facts.doubted)
    yield from _some(Code.NAMED_NOT_SHOWN, facts.named_not_shown)


def _sources(facts: Facts) -> Iterator[Finding]:
    """Yields findings about the sources of hints that can't be read, and about sources that miss publications."""
    silent = [one for one in facts.sources if one.silent_since]
    samples = tuple(Sample(name=one.name, detail=one.why) for one in silent)
    since = min((one.silent_since for one in silent if one.silent_since), default=None)
    yield from _some(Code.SOURCE_SILENT, Some(count=len(silent), since=since, samples=samples))
    few = [(one.name, one.measured.lately) for one in facts.sources if one.measured.misses_too_many]
    missed = tuple(Sample(name=name, detail=f"named {lately.named} of the last {lately.of} publications") for name, lately in few)
    yield from _some(Code.SOURCE_MISSES, Some(count=len(missed), samples=missed))


def _sent(facts: Facts) -> Iterator[Finding]:
    if not facts.setup.mail and facts.mail_wanted:
        yield Finding(code=Code.MAIL_NOT_SET_UP, count=facts.mail_wanted, detail="SMTP_URL and MAIL_FROM")
    elif facts.setup.mail:
        yield from _out(Code.MAIL_OFF, facts.mail_off)
    yield from _out(Code.OPERATOR_OFF, facts.operator_off)
    yield from _some(Code.NOBODY_ALERTED, facts.unalerted)
    yield from _some(Code.CONTRACTED_UNWATCHED, facts.contracted_unwatched)
    yield from _some(Code.ROTA_GAP, facts.rota_gaps)
    yield from _some(Code.URGENT_LATE, facts.urgent_late)
    yield from _some(Code.URGENT_GIVEN_UP, facts.urgent_given_up)
    if facts.bounces:
        yield Finding(code=Code.BOUNCES_UNREAD, detail=facts.bounces)
    yield from _some(Code.RECEIVER_OFF, facts.receivers_off)
    yield from _some(Code.UNCONFIRMED, facts.unconfirmed)
    yield from _some(Code.LATE, facts.late)
    yield from _some(Code.NOT_TAKEN, facts.not_taken)
    yield from _some(Code.GIVEN_UP, facts.given_up)


def _kept(facts: Facts) -> Iterator[Finding]:
    if facts.free is not None and facts.free < LITTLE_SPACE:
        full = facts.free < NO_SPACE
        yield Finding(code=Code.DISK_FULL if full else Code.DISK_LOW, detail=f"{facts.free / 1e9:.1f} GB free")
    yield from _out(Code.BACKUP, facts.backup)


def _besides(facts: Facts) -> Iterator[Finding]:
    if facts.register_old and facts.register_of:
        of = f"of {day(facts.register_of)}"
        if facts.rules:
            yield Finding(code=Code.REGISTER_OLD, count=facts.rules, detail=of)
        else:
            yield Finding(code=Code.REGISTER_OLD_UNUSED, detail=of)
    elif facts.ratings_old and facts.register_of:
        of = f"old, of {day(facts.ratings_of)}" if facts.ratings_of else "missing: the directory has no ratings"
        yield Finding(code=Code.RATINGS_OLD, detail=of)
    again, pages = facts.read_again
    if again < pages:
        yield Finding(code=Code.READ_AGAIN, count=pages - again, detail=f"{again:,} of {pages:,}")
    if not facts.services.watched:
        yield Finding(code=Code.NOTHING_WATCHED)
    mail = ("SMTP_URL", "MAIL_FROM") if not (facts.setup.mail or facts.mail_wanted) else ()
    if unset := (*facts.setup.unset, *mail):
        yield Finding(code=Code.NOT_SET, count=len(unset), detail=", ".join(unset))


# ── who is alerted ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivers:
    """The subscriptions of a watchlist, each in one of these groups: alerted now, paused, not confirmed yet, or unreachable. A
    subscription is unreachable if its address or all email is suspended, or if email is not set up. `until` is the day until
    which all paused subscriptions are paused. `until` is None if these days differ, or if no subscription is paused."""

    alerted: int = 0
    paused: int = 0
    unconfirmed: int = 0
    off: int = 0
    until: date | None = None

    @property
    def others(self) -> str:
        """The subscriptions that are not alerted, in words, such as "1 paused until 15 December 2026, 2 not confirmed". "" if
        all subscriptions are alerted."""
        paused = f"paused until {day(self.until)}" if self.until else "paused"
        named = ((self.paused, paused), (self.unconfirmed, "not confirmed"), (self.off, "unreachable"))
        return ", ".join(f"{count:,} {what}" for count, what in named if count)

    def __add__(self, other: "Receivers") -> "Receivers":
        """Adds up the subscriptions of two watchlists."""
        pauses = {one.until for one in (self, other) if one.paused}
        return Receivers(
            alerted=self.alerted + other.alerted,
            paused=self.paused + other.paused,
            unconfirmed=self.unconfirmed + other.unconfirmed,
            off=self.off + other.off,
            until=pauses.pop() if len(pauses) == 1 else None,
        )

    def __str__(self) -> str:
        """Returns a text for people, such as "0 alerted now (1 paused until 15 December 2026, 1 not confirmed)"."""
        return f"{self.alerted:,} alerted now" + (f" ({self.others})" if self.others else "")
