"""The one judgement of how well the monitor sees and whether it can alert people, in one set of words. Pure.

`status`, the pages, digests, welcomes, `doctor`, the metrics, the heartbeat and the messages to the operator all use this
judgement. A finding of level `wrong` means that alerts may not be made or may not arrive. `look` means that a person should
look at something. `remark` means that something is worth knowing, and may be intended.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from monitor.detect.agreement import Agreement
from monitor.text import counted, day, moment, plain, sentence

STANDSTILL = timedelta(minutes=10)
"""How long checks may be due without any service being read while a daemon is running."""

OWED_TOO_LONG = timedelta(hours=1)
"""How long a message may be on its way. After that, somebody has to telephone if it is urgent."""

LAGS = timedelta(hours=1)
"""How long CQC's page and its API may differ, or its API may fail, before a person should look."""

CHECK_TAKES = timedelta(hours=1)
"""No check takes longer, even when a worker takes up all its services at once at the lowest limit on requests."""

MANY = 0.05
"""When more than this share of the services needs a look, the monitor can't see well enough, and the heartbeat stops."""

LITTLE_SPACE, NO_SPACE = 1_000_000_000, 100_000_000
"""Bytes free on the disk. Below the first, a person should look. Below the second, soon nothing can be stored."""

MOST_NAMED = 20
"""How many services, watchlists or receivers a finding names one by one."""

MOST_IN_THE_SENTENCE = 3
"""How many of these, and how many findings, the one sentence names."""

COMMAND = "cqc-monitor "
"""How a command begins. It gets no capital letter, since people copy it."""

NOTHING_WRONG = "Nothing is wrong"
NOTHING_WATCHED = "Nothing is watched yet"


class Level(StrEnum):
    """How bad a finding is, worst first."""

    WRONG = "wrong"
    LOOK = "look"
    REMARK = "remark"


class Standing(StrEnum):
    """How the monitor is as a whole: the level of the worst finding. Remarks alone count as ok."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


class Code(StrEnum):
    """The codes of all findings. JSON and the metrics use the values, so they never change."""

    DAEMON_DEAD = "daemon dead"
    NO_DAEMON = "no daemon"
    NOTHING_READ = "nothing read"
    SITE_OUT = "site out"
    DISK_FULL = "disk full"
    MAIL_NOT_SET_UP = "mail not set up"
    MAIL_OFF = "mail off"
    OPERATOR_OFF = "operator off"
    URGENT_LATE = "urgent late"
    URGENT_GIVEN_UP = "urgent given up"
    NOBODY_ALERTED = "nobody alerted"
    AGREEMENT_LOW = "agreement low"

    NEVER_READ = "never read"
    STALE = "stale"
    CHECK_FAILED = "check failed"
    PARTLY_READ = "partly read"
    REPORT_MISSING = "report missing"
    NOT_UNDERSTOOD_AT_MANY = "not understood at many"
    DISAGREEMENT = "disagreement"
    DIFFERS = "differs from file"
    DOUBTED = "doubted"
    BOUNCES_UNREAD = "bounces unread"
    CHECK_HANGS = "check hangs"
    API_OUT = "api out"
    RECEIVER_OFF = "receiver off"
    UNCONFIRMED = "unconfirmed"
    LATE = "late"
    NOT_TAKEN = "not taken"
    GIVEN_UP = "given up"
    REGISTER_OLD = "register old"
    BACKUP = "backup"
    DISK_LOW = "disk low"

    NOT_CHECKED_YET = "not checked yet"
    NO_DAEMON_SEEN = "no daemon seen"
    NEVER_VERIFIED = "never verified"
    NOT_UNDERSTOOD = "not understood"
    READ_AGAIN = "read again"
    REGISTER_OLD_UNUSED = "register old, unused"
    NOT_SET = "not set"
    NOTHING_WATCHED = "nothing watched"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a code. `one` and `many` follow a count of `noun`; without a noun they are the whole clause. All of them may
    contain {count}, {since} and {detail}.

    do        what to do about it
    covers    it counts services that the monitor can't see properly: the heartbeat uses it
    own       the operator gets a separate message about it, so it causes no message about the level
    patience  how long it may last before the operator is alerted
    """

    level: Level
    do: str
    one: str
    noun: str = ""
    many: str = ""
    covers: bool = False
    own: bool = False
    patience: timedelta = timedelta()


_RUN = "start cqc-monitor run"
_PAGES = "open the pages in a browser; cqc-monitor read URL shows what the program understands"

TABLE: Mapping[Code, Words] = {
    Code.DAEMON_DEAD: Words(
        level=Level.WRONG,
        one="the daemon stopped without notice: it was killed, or its machine is down",
        do=f"{_RUN} again",
    ),
    Code.NO_DAEMON: Words(
        level=Level.WRONG,
        one="no daemon is running and checks have been due since {since} ({detail})",
        do=f"{_RUN}",
    ),
    Code.NOTHING_READ: Words(
        level=Level.WRONG,
        one="nothing has been read since {since} ({detail})",
        do="the log of cqc-monitor run says why; cqc-monitor check tries at once",
    ),
    Code.SITE_OUT: Words(
        level=Level.WRONG,
        one="CQC's site has been unreadable since {since}: {detail}",
        do="the monitor keeps trying; open one of the pages in a browser, and compare it with cqc-monitor read URL",
        own=True,
    ),
    Code.DISK_FULL: Words(level=Level.WRONG, one="the database's disk is full ({detail})", do="make room"),
    Code.MAIL_NOT_SET_UP: Words(
        level=Level.WRONG,
        noun="address",
        one="waits for email, which is not set up ({detail})",
        many="wait for email, which is not set up ({detail})",
        do="set SMTP_URL and MAIL_FROM, start cqc-monitor run again, then try with cqc-monitor test ADDRESS",
    ),
    Code.MAIL_OFF: Words(
        level=Level.WRONG,
        one="all email has been suspended since {since}: {detail}",
        do="put SMTP_URL, MAIL_FROM or the mail server right, then cqc-monitor test ADDRESS",
        own=True,
    ),
    Code.OPERATOR_OFF: Words(
        level=Level.WRONG,
        one="the operator's address has been suspended since {since}",
        do="put OPERATOR right, then cqc-monitor test ADDRESS",
        own=True,
    ),
    Code.URGENT_LATE: Words(
        level=Level.WRONG,
        noun="urgent message",
        one="has not arrived for over an hour, since {since}",
        many="have not arrived for over an hour, since {since}",
        do="tell these people in another way; cqc-monitor outbox list says why the messages wait",
        own=True,
    ),
    Code.URGENT_GIVEN_UP: Words(
        level=Level.WRONG,
        noun="urgent message",
        one="was given up",
        many="were given up",
        do="tell these people in another way, then cqc-monitor outbox retry ID or drop ID",
        own=True,
    ),
    Code.NOBODY_ALERTED: Words(
        level=Level.WRONG,
        noun="watchlist",
        one="has nobody who is alerted",
        many="have nobody who is alerted",
        do="subscribe somebody, end a pause, or get a waiting subscription confirmed: cqc-monitor watch list",
        patience=timedelta(hours=1),
    ),
    Code.AGREEMENT_LOW: Words(
        level=Level.WRONG,
        one="CQC's site is probably being misread: {detail}",
        do="cqc-monitor verify names each difference; report it with what cqc-monitor capture saves",
    ),
    Code.NEVER_READ: Words(
        level=Level.LOOK,
        noun="service",
        one="has never been read",
        many="have never been read",
        do=f"are the ids right? {_PAGES}",
        covers=True,
    ),
    Code.STALE: Words(
        level=Level.LOOK,
        noun="service",
        one="has not been read for too long",
        many="have not been read for too long",
        do=_PAGES,
        covers=True,
    ),
    Code.CHECK_FAILED: Words(
        level=Level.LOOK,
        noun="service",
        one="was not read at the last check",
        many="were not read at the last check",
        do=f"the monitor tries each again, sooner than usual; {_PAGES}",
        covers=True,
        own=True,  # it passes or becomes stale
    ),
    Code.PARTLY_READ: Words(
        level=Level.LOOK,
        noun="service",
        one="is partly read",
        many="are partly read",
        do=_PAGES,
        covers=True,
    ),
    Code.REPORT_MISSING: Words(
        level=Level.LOOK,
        noun="service",
        one="is read without a report that its page links to",
        many="are read without a report that their page links to",
        do="open the reports in a browser: the monitor does not know what they state",
        covers=True,
    ),
    Code.NOT_UNDERSTOOD_AT_MANY: Words(
        level=Level.LOOK,
        noun="service",
        one="has a statement on its page that is not understood",
        many="have a statement on their page that is not understood",
        do="CQC may have changed its pages: cqc-monitor read --explain URL shows each statement; report it with what "
        "cqc-monitor capture saves",
        covers=True,
    ),
    Code.DISAGREEMENT: Words(
        level=Level.LOOK,
        one="CQC's page and its API disagree about 1 service",
        many="CQC's page and its API disagree about {count} services",
        do="open the pages in a browser, and ask CQC",
        covers=True,
    ),
    Code.CHECK_HANGS: Words(
        level=Level.LOOK,
        noun="service",
        one="has a check that has not ended, since {since}",
        many="have a check that has not ended, since {since}",
        do="stop cqc-monitor run and start it again",
        covers=True,
    ),
    Code.API_OUT: Words(
        level=Level.LOOK,
        one="CQC's API has been unusable since {since}: {detail}",
        do="the site is read as usual; cqc-monitor doctor says what to do",
        own=True,
    ),
    Code.RECEIVER_OFF: Words(
        level=Level.LOOK,
        noun="receiver",
        one="is suspended",
        many="are suspended",
        do="correct the address, then cqc-monitor test ADDRESS",
        own=True,
    ),
    Code.UNCONFIRMED: Words(
        level=Level.LOOK,
        noun="address",
        one="has not confirmed that somebody reads its messages",
        many="have not confirmed that somebody reads their messages",
        do="ask these people whether they get the messages",
    ),
    Code.LATE: Words(
        level=Level.LOOK,
        noun="message",
        one="has been waiting for over an hour, since {since}",
        many="have been waiting for over an hour, since {since}",
        do=f"cqc-monitor outbox list says why; if no daemon is running, {_RUN}, or cqc-monitor deliver",
    ),
    Code.NOT_TAKEN: Words(
        level=Level.LOOK,
        noun="message",
        one="has not been accepted yet",
        many="have not been accepted yet",
        do="the monitor tries each again; cqc-monitor outbox list shows them all",
        own=True,
    ),
    Code.GIVEN_UP: Words(
        level=Level.LOOK,
        noun="message",
        one="was given up",
        many="were given up",
        do="tell the person in another way, then cqc-monitor outbox retry ID or drop ID",
        own=True,
    ),
    Code.REGISTER_OLD: Words(
        level=Level.LOOK,
        noun="watchlist",
        one="follows an old list of CQC's services, {detail}",
        many="follow an old list of CQC's services, {detail}",
        do="cqc-monitor register refresh",
    ),
    Code.DIFFERS: Words(
        level=Level.REMARK,
        noun="service",
        one="is read differently from CQC's file",
        many="are read differently from CQC's file",
        do="cqc-monitor verify LOCATION names each difference; open the page in a browser",
    ),
    Code.DOUBTED: Words(
        level=Level.LOOK,
        noun="event",
        one="seems to have been wrong",
        many="seem to have been wrong",
        do="cqc-monitor correct EVENT --why TEXT retracts one, --stands confirms it",
    ),
    Code.BOUNCES_UNREAD: Words(
        level=Level.LOOK,
        one="delivery reports can't be read ({detail})",
        do="put BOUNCES_URL or the mailbox right",
        own=True,
    ),
    Code.BACKUP: Words(
        level=Level.LOOK, one="there has been no good backup since {since} ({detail})", do="cqc-monitor backup makes one now"
    ),
    Code.DISK_LOW: Words(level=Level.LOOK, one="the database's disk is nearly full ({detail})", do="make room"),
    Code.NOT_CHECKED_YET: Words(
        level=Level.REMARK,
        noun="service",
        one="has not been checked yet",
        many="have not been checked yet",
        do="each is checked in turn; cqc-monitor check does it at once",
    ),
    Code.NO_DAEMON_SEEN: Words(
        level=Level.REMARK,
        one="no daemon is running",
        do=f"{_RUN}, unless a timer runs check and deliver instead",
    ),
    Code.NEVER_VERIFIED: Words(
        level=Level.REMARK,
        one="our readings have never been compared with CQC's files",
        do="cqc-monitor verify --sample 100",
    ),
    Code.NOT_UNDERSTOOD: Words(
        level=Level.REMARK,
        noun="service",
        one="has a statement on its page that this program does not know",
        many="have a statement on their page that this program does not know",
        do="new statements are sent to the people who watch the service; cqc-monitor read --explain URL shows them",
    ),
    Code.READ_AGAIN: Words(
        level=Level.REMARK,
        one="this version has read {detail} services again",
        do="it takes up to a day, the most severe come first",
    ),
    Code.REGISTER_OLD_UNUSED: Words(
        level=Level.REMARK, one="the copy of CQC's register is old, {detail}", do="cqc-monitor register refresh"
    ),
    Code.NOT_SET: Words(level=Level.REMARK, one="not set: {detail}", do="cqc-monitor doctor explains each"),
    Code.NOTHING_WATCHED: Words(
        level=Level.REMARK, one="nothing is watched yet", do="add a service: cqc-monitor watch add NAME LOCATION"
    ),
}


def complete(table: Mapping[Code, Words]) -> None:
    """Raises TypeError if a code has no words, or lacks some."""
    for code in Code:
        words = table.get(code)
        if words is None or not words.one or not words.do or (words.noun and not words.many):
            raise TypeError(f"the code {code.value!r} has no words")


complete(TABLE)


# ── what is known ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One of the things that a finding counts: its id or name, and what is wrong with it in one line ("" if clear already)."""

    name: str
    detail: str = ""

    def __str__(self) -> str:
        """For people, in one line."""
        return plain(f"{self.name}: {self.detail}" if self.detail else self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Some:
    """How many of a thing there are, since when the first has been there (UTC; None: not known), and the first ones by name.

    private  the names are people's addresses: no sentence that others read contains them
    """

    count: int = 0
    since: datetime | None = None
    samples: tuple[Sample, ...] = ()
    private: bool = False


NONE = Some()


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """Something that does not work, since when (UTC), and why, in one line. `told`: the operator has been alerted."""

    since: datetime
    reason: str
    told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How the monitor is set up, as far as the judgement depends on it.

    mail   whether email can be sent at all (SMTP_URL and MAIL_FROM)
    api    whether CQC's API is used
    unset  optional settings that are not set, by name
    backup_every  how often the database is saved; None: it is not (BACKUP_TO)
    """

    check_every: timedelta
    stale_after: timedelta
    mail: bool
    api: bool = False
    unset: tuple[str, ...] = ()
    backup_every: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The watched services, each in one of these groups.

    up_to_date    fully read at the last check, and recently
    partly_read   part of its pages could not be read
    report_missing  a report that its page links to could not be read
    check_failed  read recently, but not at the last check
    stale         not read for STALE_AFTER
    never_read    checked without success, or not checked for STALE_AFTER
    not_checked   not checked yet
    """

    up_to_date: int = 0
    partly_read: Some = NONE
    report_missing: Some = NONE
    check_failed: Some = NONE
    stale: Some = NONE
    never_read: Some = NONE
    not_checked: Some = NONE

    @property
    def watched(self) -> int:
        """The number of watched services."""
        others = (self.partly_read, self.report_missing, self.check_failed, self.stale, self.never_read, self.not_checked)
        return self.up_to_date + sum(one.count for one in others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about the monitor at one time. All times in UTC.

    due             checks that are due, and since when the first has been
    last_read_at    when any service was last read; None: never
    workers, dead_workers  running daemons, and those that stopped without notice
    hanging         checks that began and have not ended
    not_understood  services with a statement on their page that is not understood
    mail_wanted     email addresses that are subscribed or owed something, and the operator's
    urgent_late     alerts and escalations that have been on their way for over an hour; `late`: everything else that is due
    not_taken       messages that failed and will be tried again
    unalerted       watchlists with services and nobody who is alerted now
    free            bytes free on the SQLite database's disk; None: not known
    register_of     the date of the newest list of all services; None: there is none
    rules           watchlists that follow it
    read_again      how many services this version has fully read, and how many have pages
    agreement       None: never compared with CQC's files
    doubted         events that seem to have been wrong and await a decision
    bounces         why delivery reports can't be read; None: they can, or are not set up
    unconfirmed, backup  nothing or None if they are not set up
    """

    setup: Setup
    services: Services = Services()
    due: Some = NONE
    last_read_at: datetime | None = None
    workers: int = 0
    dead_workers: int = 0
    hanging: Some = NONE
    site: Out | None = None
    api: Out | None = None
    disagreements: Some = NONE
    not_understood: Some = NONE
    mail_wanted: int = 0
    mail_off: Out | None = None
    operator_off: Out | None = None
    receivers_off: Some = NONE
    urgent_late: Some = NONE
    urgent_given_up: Some = NONE
    late: Some = NONE
    not_taken: Some = NONE
    given_up: Some = NONE
    unalerted: Some = NONE
    free: int | None = None
    register_of: date | None = None
    register_old: bool = False
    rules: int = 0
    read_again: tuple[int, int] = (0, 0)
    agreement: Agreement | None = None
    doubted: Some = NONE
    bounces: str | None = None
    unconfirmed: Some = NONE
    backup: Out | None = None


# ── the words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found. `since` in UTC, None if not known; `detail` completes the words."""

    code: Code
    count: int = 1
    since: datetime | None = None
    samples: tuple[Sample, ...] = ()
    detail: str = ""
    private: bool = False

    @property
    def words(self) -> Words:
        """The words of its code."""
        return TABLE[self.code]

    @property
    def level(self) -> Level:
        """How bad it is."""
        return self.words.level

    @property
    def do(self) -> str:
        """What to do about it."""
        return self.words.do

    @property
    def text(self) -> str:
        """What it is, in a clause that names some of the things counted, and what is wrong with each."""
        apart = "; " if any(one.detail for one in self.samples) else ", "
        return self._clause() + self._named([str(one) for one in self.samples], MOST_NAMED, apart)

    @property
    def line(self) -> str:
        """The same, and what to do."""
        return f"{self.text}. {self.do if self.do.startswith(COMMAND) else sentence(self.do)}"

    def brief(self, *, bare: bool = False) -> str:
        """The same for the one sentence: it names a few, without addresses, and does not say what is wrong with each. `bare`: the
        reader already knows that services are counted."""
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
    """How the monitor is. `findings` come worst first; `text` is the one sentence used everywhere."""

    services: Services
    findings: tuple[Finding, ...]
    agreement: Agreement | None = None
    text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", sentence(_sentence(self)) + ".")

    @property
    def standing(self) -> Standing:
        """The worst level. Remarks do not count."""
        return _standing(self.findings)

    @property
    def well(self) -> bool:
        """Whether nothing needs a person's attention."""
        return self.standing is Standing.OK

    def at(self, *levels: Level) -> tuple[Finding, ...]:
        """The findings of these levels."""
        return tuple(one for one in self.findings if one.level in levels)

    @property
    def stops_heartbeat(self) -> bool:
        """Whether to stop pinging the dead man's switch. One unreadable page among 300 does not stop it."""
        covered = sum(one.count for one in self.at(Level.LOOK) if one.words.covers)
        return self.standing is Standing.WRONG or covered > MANY * self.services.watched

    def for_operator(self, now: datetime) -> tuple[Finding, ...]:
        """The findings in the operator's message about the level: none that has its own message or is explained by one, and none
        that may still pass."""
        out = any(one.code is Code.SITE_OUT for one in self.findings)
        return tuple(
            one
            for one in self.at(Level.WRONG, Level.LOOK)
            if not one.words.own and not (out and one.words.covers) and _has_lasted(one, now)
        )


def standing_for_operator(judgement: Judgement, now: datetime) -> Standing:
    """The level that the operator is alerted about."""
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
    said_too = (Code.NOT_CHECKED_YET, Code.NO_DAEMON_SEEN, Code.NEVER_VERIFIED)
    but = [one.brief() for code in said_too for one in judgement.findings if one.code is code]
    agreement = judgement.agreement
    proof = ""
    if agreement and agreement.file_date and agreement.compared:
        services = f"{agreement.agreeing:,} of {counted(agreement.compared, 'service')}"
        proof = f": {services} read as in CQC's file of {day(agreement.file_date)}"
    return "; ".join([NOTHING_WRONG + proof, *but])


def _briefly(findings: tuple[Finding, ...], *, bare: bool = False) -> str:
    more = len(findings) - MOST_IN_THE_SENTENCE
    said = [one.brief(bare=bare) for one in findings[:MOST_IN_THE_SENTENCE]]
    return "; ".join([*said, f"and {counted(more, 'other thing')}"] if more > 0 else said)


# ── the judgement ────────────────────────────────────────────────────────────────────────────────────────────────────────


def judge(facts: Facts, now: datetime) -> Judgement:
    """How the monitor is at `now` (UTC), judged by the facts."""
    found = [*_at_work(facts, now), *_read(facts, now), *_sent(facts), *_kept(facts), *_besides(facts)]
    order = list(Level)
    found.sort(key=lambda one: order.index(one.level))  # stable: within a level as found
    return Judgement(services=facts.services, findings=tuple(found), agreement=facts.agreement)


def _some(code: Code, some: Some, detail: str = "") -> Iterator[Finding]:
    if some.count:
        yield Finding(code=code, count=some.count, since=some.since, samples=some.samples, detail=detail, private=some.private)


def _out(code: Code, out: Out | None) -> Iterator[Finding]:
    if out is not None:
        yield Finding(code=code, since=out.since, detail=out.reason)


def _at_work(facts: Facts, now: datetime) -> Iterator[Finding]:
    """Whether anything checks the services. If no daemon is known, a timer may run `check`: not more often than CHECK_EVERY, and
    it has checked before."""
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
        known = since if standing else min((one.since for one in (services.stale, services.never_read) if one.since), default=now)
        yield Finding(code=Code.NOTHING_READ, since=known, detail=detail)
    elif not alive and not facts.dead_workers and services.watched:
        yield Finding(code=Code.NO_DAEMON_SEEN)
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
    if agreement is None or agreement.file_date is None or not agreement.compared:
        if services.watched:
            yield Finding(code=Code.NEVER_VERIFIED)
    elif agreement.probably_misread:
        said = f"{agreement.agreeing:,} of {counted(agreement.compared, 'service')} read as in CQC's file of"
        yield Finding(
            code=Code.AGREEMENT_LOW,
            count=agreement.compared - agreement.agreeing,
            detail=f"{said} {day(agreement.file_date)}",
        )
    else:
        differing = tuple(Sample(name=one) for one in agreement.differing)
        yield from _some(Code.DIFFERS, Some(count=agreement.compared - agreement.agreeing, samples=differing[:MOST_NAMED]))
    yield from _some(Code.DOUBTED, facts.doubted)


def _sent(facts: Facts) -> Iterator[Finding]:
    if not facts.setup.mail and facts.mail_wanted:
        yield Finding(code=Code.MAIL_NOT_SET_UP, count=facts.mail_wanted, detail="SMTP_URL and MAIL_FROM")
    elif facts.setup.mail:
        yield from _out(Code.MAIL_OFF, facts.mail_off)
    yield from _out(Code.OPERATOR_OFF, facts.operator_off)
    yield from _some(Code.NOBODY_ALERTED, facts.unalerted)
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
    """The subscriptions of a watchlist, each in one of these groups: alerted now, paused, not confirmed yet, or unreachable (its
    address or all email is suspended, or email is not set up)."""

    alerted: int = 0
    paused: int = 0
    unconfirmed: int = 0
    off: int = 0

    @property
    def others(self) -> str:
        """Those that are not alerted, in words: "1 paused, 2 not confirmed"; "" if there are none."""
        named = ((self.paused, "paused"), (self.unconfirmed, "not confirmed"), (self.off, "unreachable"))
        return ", ".join(f"{count:,} {what}" for count, what in named if count)

    def __str__(self) -> str:
        """For people: "0 alerted now (1 paused, 1 not confirmed)"."""
        return f"{self.alerted:,} alerted now" + (f" ({self.others})" if self.others else "")
