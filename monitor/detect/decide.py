"""Decides the outcome of one check, from its pages, CQC's API and what other services show. Pure.

The function `decide` is a generator. The generator yields a request (`Need`), receives the answer, and at last returns the
`Outcome`. All input and output is done by its caller (monitor/jobs/rounds.py), which fetches what is requested. A decision has
these steps:

1. If the pages are unchanged, but a newer version of the reader has read them now, the outcome contains what the newer version
   corrects.
2. The API is asked if the check shows something new, the feed named the service, or page and API disagreed.
3. If a change has no newer date, `decide` asks what other services show, because the change may be a fault of CQC's site.
4. If page and API both state something new, the pages are read again past caches, so that one message has all new changes.
5. If the API alone has stated a change for long enough, although the pages do not show it, the change is reported.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from monitor.detect.changes import Difference
from monitor.detect.checks import PUT_OFF, Answered, Due, Gathered, NotRead, Outcome, ReadPage
from monitor.detect.circuit_breaker import Blindness, Doubt, MassChange
from monitor.detect.confirm import Basis, Verdict, baseline, is_believed, judge, judge_answer, shows_odd
from monitor.detect.corroborate import Agreement, compared, rests_on_api, stated, vouches
from monitor.detect.diff import differ, statement_mark
from monitor.detect.observe import PARTLY_READ, Observation, Seen, believable, observe
from monitor.detect.reread import reread
from monitor.detect.schedule import lies_ahead, next_look
from monitor.detect.waiting import READ_OTHERWISE, Nature, Support, confirmed_at_once, held_back, how_long, until_others_are_seen
from monitor.events import EVER_URGENT, MANY, Event, Kind
from monitor.items import NOT_OF_A_REPORT
from monitor.model import Candidate, Reading, Snapshot, Source
from monitor.ratings import OVERALL
from monitor.text import LONDON

LIVELY = timedelta(days=1)
"""After the feed named a service, the service is checked every CHECK_EVERY for at least this long, since its page may show the
change later. This interval does not depend on the number of quiet services."""

BARELY = timedelta(microseconds=1)
"""The least time that a candidate change waits, so that only a later check can confirm the change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often services are checked, and how long a change must last. The first two values are the settings CHECK_EVERY and
    CONFIRM_AFTER. `quiet` is how often a quiet service is checked now."""

    check_every: timedelta
    confirm_after: timedelta
    quiet: timedelta

    def next_check(self, due: Due, now: datetime, *, candidates: Sequence[Candidate] = (), failures: int = 0) -> datetime:
        """When a service should be checked next. A quiet service is checked less often than every CHECK_EVERY if many services
        are watched and the feed can be relied on to name services that change. But a service is checked at least once a day
        while its page and the API disagree.

        After the feed named a service, the service is checked every CHECK_EVERY for a day, and once more when the day is over.
        Other checks in between do not move the times of these checks.
        """
        at = partial(next_look, location_id=due.location_id, now=now, candidates=candidates, failures=failures)
        quiet = max(self.check_every, min(self.quiet, LIVELY)) if due.differs else self.quiet
        regular = at(check_every=quiet)
        lasts = LIVELY + self.check_every
        if quiet <= self.check_every or due.named_at is None or not lies_ahead(due.named_at + lasts, now, lasts):
            return regular
        lively = at(check_every=self.check_every)
        return min(lively, regular) if lively <= due.named_at + lasts else regular


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The input of a decision.

    stored    what is stored about the service; None if nothing is stored yet
    gathered  the service's pages, as they were read now
    pages     the service's stored pages, the location page first
    uses_api  whether CQC's API is used at all
    asks_api  whether the API may be asked now
    now       the time of the check, in UTC
    """

    due: Due
    stored: Snapshot | None
    gathered: Gathered
    pages: tuple[ReadPage, ...]
    pace: Pace
    uses_api: bool
    asks_api: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class AskApi:
    """A request for the API's answer. The reply is Answered, or None if the API can't be asked."""


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """A request to read the pages once more, past caches. The reply is Again. The reply's `gathered` is None if some page can't
    be fetched or trusted."""


@dataclass(frozen=True, slots=True)
class AskOthers:
    """Asks whether, since the time `since`, many services have shown changes that have no newer date. The reply is MassChange if
    they have, and otherwise Doubt."""

    since: datetime


@dataclass(frozen=True, slots=True)
class AskOthersReadAgain:
    """Asks whether this version of the reader reads many services differently than an earlier version did. The reply is
    Doubt."""


@dataclass(frozen=True, slots=True)
class AskWhoSaysSo:
    """Asks which of these events are about a statement that many services' pages make. The reply is the set of these events'
    ids."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """The pages as they were read once more, at `at`."""

    at: datetime
    gathered: Gathered | None


Need = AskApi | ReadAgain | AskOthers | AskOthersReadAgain | AskWhoSaysSo
Answer = Answered | Again | Doubt | MassChange | frozenset[str] | None
Deciding = Generator[Need, Answer, Outcome]


def decide(check: Check) -> Deciding:
    """The outcome of a check."""
    stored = check.stored
    waits_for_others = all(one.mark == READ_OTHERWISE for one in check.due.candidates)
    if stored is not None and check.due.is_read_otherwise and waits_for_others and _are_as_they_were(check):
        return (yield from _read_again(check, stored))
    api = (yield from _ask_api()) if _asks_first(check) else None
    if stored is None:
        outcome = _outcome(check, baseline(check.due.location_id, observed(check.gathered), check.now))
        return _beside(outcome, api, Agreement())
    outcome = yield from _judged(check, stored, api)
    events = with_summary((yield from _with_others(outcome.events)), check.gathered.pages)
    return replace(outcome, events=events)


def decide_by_api(due: Due, stored: Snapshot | None, api: Answered, pace: Pace) -> Outcome:
    """The outcome of a check that uses only the API's answer. This outcome says nothing about the pages."""
    outcome = Outcome(
        location_id=due.location_id,
        base_seq=due.seq,
        base_candidates=due.candidates,
        looked_at=api.at,
        next_look_at=api.at,
        read_well=False,
        candidates=due.candidates,
        of_api=True,
        witnessed_at=api.at,
    )
    if stored is None or api.page is None:
        return outcome
    basis = Basis(
        stored=stored, candidates=due.candidates, seq=due.seq + 1, now=api.at, confirm_after=pace.confirm_after
    )
    found = differ(stored, _stated(api, api.page), api.at)
    verdict = judge_answer(basis, found, page_is_read=False)
    return replace(
        outcome,
        snapshot=verdict.snapshot,
        events=verdict.events,
        candidates=verdict.candidates,
        answer=api.page if verdict.events else None,
    )


def not_seen(
    due: Due,
    detail: str,
    blind: Blindness | None,
    *,
    now: datetime,
    check_every: timedelta,
    retry_after: timedelta | None = None,
) -> Outcome:
    """The outcome of a check that could read nothing. A page that was not read is not assumed to be gone, so everything stored
    stays, and the check is repeated sooner. `blind` is why nothing was read, if the whole site may be affected; None
    otherwise."""
    failures = due.failures + 1
    return Outcome(
        location_id=due.location_id,
        base_seq=due.seq,
        base_candidates=due.candidates,
        looked_at=now,
        next_look_at=next_look(
            location_id=due.location_id,
            now=now,
            check_every=check_every,
            candidates=due.candidates,
            failures=failures,
            retry_after=retry_after,
        ),
        read_well=False,
        failures=failures,
        trouble=detail,
        candidates=due.candidates,
        blind=blind,
    )


def observed(gathered: Gathered) -> Observation:
    """The observation from all pages of a service."""
    read = ((believable(page.reading, page.fetched_at.astimezone(LONDON).date()), page.digest) for page in gathered.pages)
    return observe([Seen(reading=reading, page=digest) for reading, digest in read], complete=gathered.whole)


# ── a brief check ────────────────────────────────────────────────────────────────────────────────────────────────────────

TAKES_LONG = timedelta(minutes=1)
"""If requesting the location pages of all hinted services takes longer than this, all location pages are read before any page
that a location page links to."""


def is_for_brief_check(due: Due) -> bool:
    """Whether a check of the location page alone may come first. The location page may come first if a hint named the service
    and the last check had no problem. All pages come first if a candidate change is waiting, or if another version of the
    reader read the stored pages."""
    return due.hinted and due.seq > 0 and not due.failures and not due.candidates and not due.is_read_otherwise


def alone(start: ReadPage) -> Gathered:
    """The gathered pages of a brief check: the location page, without the pages that it links to."""
    return Gathered(pages=(start,), missing=(NotRead(url=start.url, detail=PUT_OFF),), whole=False)


def put_off(check: Check, outcome: Outcome) -> Outcome:
    """The outcome of a brief check, made from `outcome`, the outcome for the location page. If the location page shows something
    that may be urgent, the changes are stored as candidate changes, and the service is among the first whose pages are all read.
    Nothing else is stored: no page, no snapshot, and no sign that the site can't be read.

    A second check of the location page alone would confirm a fall sooner, but is not safe. The snapshot would have the new
    report's date before the report is read. Statements that only the report makes (breaches, special measures) would have no
    newer date than the snapshot. Such statements would be reported as read late, or not at all (confirm._may_be_old). So a fall
    is reported after the next check of all pages.
    """
    assert check.stored is not None
    later = _not_seen(check, PUT_OFF, None)
    changes = differ(check.stored, observed(check.gathered), check.now).changes
    if outcome.pages is None or not any(one.told and one.kind in EVER_URGENT for one in changes):
        return later
    return replace(later, candidates=outcome.candidates, next_look_at=outcome.next_look_at)


# ── the pages compared with the API ──────────────────────────────────────────────────────────────────────────────────────


def _judged(check: Check, stored: Snapshot, api: Answered | None) -> Deciding:
    basis = Basis(
        stored=stored,
        candidates=check.due.candidates,
        seq=check.due.seq + 1,
        now=check.now,
        confirm_after=check.pace.confirm_after,
        read_otherwise=check.due.is_read_otherwise,
        first_read=_first_read(check.due, check.gathered),
    )
    found = basis.difference(observed(check.gathered))
    if check.asks_api and not _asks_first(check) and _leaves_something_waiting(basis, found):
        api = yield from _ask_api()
    theirs = differ(stored, _stated(api, api.page), check.now) if api is not None and api.page is not None else None
    basis = replace(basis, vouched=_is_vouched(check, api, theirs))
    agreement = compared(stored, found, theirs) if theirs else Agreement()
    if shows_odd(basis, found, agreement):  # a fault of CQC's site, or a correction at one service?
        basis = yield from _with_doubt(basis, unread_before=check.due.failures > 0)
    gathered, now = check.gathered, check.now
    if agreement.agreed and theirs and is_believed(basis, found):
        again = yield from _ask_again()
        now = again.at
        gathered, verdict = _second_sight(check.gathered, basis, found, theirs, agreement, again)
    else:
        verdict = judge(basis, found, agreement)
    if theirs and api is not None:
        verdict = _with_answer(check, verdict, theirs, api, now)
    if verdict.stale and basis.vouched:
        # The page was read, and is only older than what the API still states. This is a disagreement, not a failed check.
        outcome = _nothing_taken(check, verdict)
    else:
        outcome = _outcome(replace(check, gathered=gathered), verdict)
    return _beside(outcome, api, agreement)


def _asks_first(check: Check) -> bool:
    """Whether the API is asked whatever the pages show. The API is asked if its feed named the service, if page and API
    disagreed, if a candidate change is waiting, or if something stored came from the API alone."""
    due = check.due
    return check.asks_api and (due.is_named or due.differs or bool(due.candidates) or rests_on_api(check.stored))


def _leaves_something_waiting(basis: Basis, found: Difference) -> bool:
    """Whether the check shows a change that will wait to be confirmed. Called only if no candidate change of an earlier check
    is waiting."""
    if not found.stale:
        return bool(found.changes)
    verdict = judge(basis, found)
    return bool(verdict.candidates) and not verdict.stale


def _is_vouched(check: Check, api: Answered | None, theirs: Difference | None) -> bool:
    """Whether the API still states what is stored. If the API was not asked, a state that came from the API alone is taken as
    still stated."""
    if check.stored is None or not check.uses_api:
        return False
    if api is None:
        return rests_on_api(check.stored)
    return theirs is not None and vouches(check.stored, theirs)


def _with_doubt(basis: Basis, *, unread_before: bool) -> Generator[Need, Answer, Basis]:
    """The basis, after asking whether many services at the same time show changes that have no newer date. If the service could
    not be read at the check before (`unread_before`), a change that was seen in an earlier mass change has not lasted since
    then."""
    since = min((one.since for one in basis.known() if one.odd), default=basis.now)
    doubt = yield AskOthers(since)
    if isinstance(doubt, MassChange):
        return replace(basis, in_doubt=True, doubted_since=doubt.since if unread_before else None)
    if doubt is Doubt.NOT_KNOWN and basis.confirm_after:
        return replace(basis, candidates=until_others_are_seen(basis.candidates, basis.now))
    return basis


def _second_sight(
    first: Gathered, basis: Basis, found: Difference, theirs: Difference, agreement: Agreement, again: Again
) -> tuple[Gathered, Verdict]:
    """Confirms the changes that page and API both state. The pages were read a second time at once. The second reading also
    confirms each other change of the pages that has a newer date and that the API does not contradict. If the pages could not
    be read a second time, or were older at the second reading, the other changes wait as usual."""
    if again.gathered is not None:
        # The basis also contains candidate changes of earlier checks that the first reading has just confirmed. Those changes
        # are judged again.
        once = judge(basis, found, replace(agreement, agreed=frozenset()))
        seen = {one.mark: one for one in (*basis.candidates, *once.candidates)}.values()
        hurried = confirmed_at_once(seen, agreement.contradicted, again.at, basis.confirm_after)
        second = replace(basis, candidates=hurried, now=again.at)
        found_again = second.difference(observed(again.gathered))
        same = compared(basis.stored, found_again, theirs)
        if same.agreed_on >= agreement.agreed_on:
            # A change may be of another kind in the second reading: a first rating, if only the second reading has a date.
            agreed = {one.mark for one in found_again.changes if (one.subject, one.to) in agreement.agreed_on}
            return again.gathered, judge(second, found_again, replace(agreement, agreed=same.agreed & agreed))
    return first, judge(basis, found, agreement)


def _with_answer(check: Check, verdict: Verdict, theirs: Difference, api: Answered, now: datetime) -> Verdict:
    """The verdict on the pages, plus any change that only the API has stated for so long that the change must be reported."""
    assert check.stored is not None and api.page is not None
    # A change that the pages confirmed is in the new snapshot, so it is no longer a difference.
    found = theirs if verdict.snapshot is check.stored else differ(verdict.snapshot, theirs.observation, now)
    basis = Basis(
        stored=verdict.snapshot,
        candidates=verdict.candidates,
        seq=check.due.seq + 1,
        now=now,
        confirm_after=check.pace.confirm_after,
    )
    alone = judge_answer(basis, found, page_is_read=True)
    return replace(verdict, snapshot=alone.snapshot, events=(*verdict.events, *alone.events), candidates=alone.candidates)


def _stated(api: Answered, page: ReadPage) -> Observation:
    return stated(believable(page.reading, api.at.astimezone(LONDON).date()), page.digest)


# ── the outcome ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _outcome(check: Check, verdict: Verdict) -> Outcome:
    """The outcome of a check, from its verdict."""
    due, gathered = check.due, check.gathered
    if verdict.stale:
        blind = _not_seen(check, "the page is older than the stored state", None)
        return replace(blind, candidates=verdict.candidates, events=verdict.events, snapshot=_if_events(verdict))
    shows_overall = any(group.overall is not None for page in gathered.pages for group in page.reading.ratings)
    if not shows_overall and any(subject.of == OVERALL for subject in verdict.missing):
        return _not_seen(check, "the page no longer states an overall rating", Blindness.PAGE)
    read_well = not gathered.missing and not verdict.missing
    failures = 0 if read_well else due.failures + 1
    return Outcome(
        location_id=due.location_id,
        base_seq=due.seq,
        base_candidates=due.candidates,
        looked_at=check.now,
        next_look_at=_next_check(check, verdict.candidates, failures),
        read_well=read_well,
        failures=failures,
        trouble=_trouble(gathered, verdict),
        snapshot=verdict.snapshot,
        events=verdict.events,
        candidates=verdict.candidates,
        pages=gathered.pages,
        whole=gathered.whole,
    )


def _nothing_taken(check: Check, verdict: Verdict) -> Outcome:
    """The outcome of a check that read all pages but stores nothing from them, so that the stored pages stay as they are."""
    due = check.due
    return Outcome(
        location_id=due.location_id,
        base_seq=due.seq,
        base_candidates=due.candidates,
        looked_at=check.now,
        next_look_at=_next_check(check, verdict.candidates, 0),
        read_well=True,
        snapshot=_if_events(verdict),
        events=verdict.events,
        candidates=verdict.candidates,
    )


def _beside(outcome: Outcome, api: Answered | None, agreement: Agreement) -> Outcome:
    """The outcome, completed with the API's answer. If the page was not read, the API's answer is judged separately
    (`decide_by_api`)."""
    if api is None or outcome.blind:
        return outcome
    shown = {event.evidence for event in outcome.events}
    page = api.page
    return replace(
        outcome,
        witnessed_at=api.at,
        differences=agreement.differences if page else None,
        answer=page if page and page.digest in shown else None,
    )


def _not_seen(check: Check, detail: str, blind: Blindness | None) -> Outcome:
    return not_seen(check.due, detail, blind, now=check.now, check_every=check.pace.check_every)


def _next_check(check: Check, candidates: Sequence[Candidate], failures: int) -> datetime:
    return check.pace.next_check(check.due, check.now, candidates=candidates, failures=failures)


def _if_events(verdict: Verdict) -> Snapshot | None:
    return verdict.snapshot if verdict.events else None


def _first_read(due: Due, gathered: Gathered) -> frozenset[str]:
    """The digests of PDF reports that no check has read before."""
    known = {page.url for page in due.pages}
    reports = (page for page in gathered.pages if page.reading.source is Source.INSPECTION_REPORT)
    return frozenset(page.digest for page in reports if page.url not in known)


def _trouble(gathered: Gathered, verdict: Verdict) -> str | None:
    """What was not read, in one line; None if everything was read. A statement that was not understood (`unread`) is included
    even if everything else was read."""
    if gathered.missing:
        return f"{gathered.missing[0].url}: {gathered.missing[0].detail}"
    if verdict.missing:
        return "the page no longer states a rating for: " + ", ".join(subject.of for subject in verdict.missing)
    if missing := [question for page in gathered.pages for question in page.reading.missing]:
        return f"{PARTLY_READ}: the page shows ratings, but no rating for {', '.join(dict.fromkeys(missing))}"
    if gathered.partly:
        return f"{PARTLY_READ}: {gathered.partly.url}: {gathered.partly.detail}"
    unread = [text for page in gathered.pages for text in page.reading.unread]
    return f"not understood: {unread[0][:120]!r}" if unread else None


def with_summary(events: Sequence[Event], pages: Sequence[ReadPage]) -> tuple[Event, ...]:
    """The events, each with the summary from its report, if a page of that report has one."""
    return tuple(replace(one, summary=_summary_of(one, pages)) for one in events)


def _summary_of(event: Event, pages: Sequence[ReadPage]) -> str | None:
    """The summary from the report of an event; None if no page has one. A page that states neither a date nor a report number
    belongs to the report that the location page names."""
    names = {event.plan, event.published.isoformat() if event.published else None} - {None}
    if event.kind in NOT_OF_A_REPORT or not names:
        return None
    readings = [page.reading for page in pages if page.reading.summary]
    newest = pages[0].reading.report if pages else None
    return next((one.summary for one in readings if (one.report or newest) in names or _dates(one) & names), None)


def _dates(reading: Reading) -> set[str]:
    return {group.overall_published.isoformat() for group in reading.ratings if group.overall_published}


# ── what other services show ─────────────────────────────────────────────────────────────────────────────────────────────


def _with_others(events: Sequence[Event]) -> Generator[Need, Answer, tuple[Event, ...]]:
    """Returns the events. An event about a statement that is not understood is marked if the pages of many services make the
    same statement."""
    if not any(statement_mark(event) for event in events):
        return tuple(events)
    shared = yield AskWhoSaysSo(tuple(events))
    assert isinstance(shared, frozenset)
    return tuple(
        replace(event, of=MANY) if event.id in shared and event.kind is Kind.NOT_UNDERSTOOD else event for event in events
    )


def _ask_api() -> Generator[Need, Answer, Answered | None]:
    answer = yield AskApi()
    assert answer is None or isinstance(answer, Answered)
    return answer


def _ask_again() -> Generator[Need, Answer, Again]:
    answer = yield ReadAgain()
    assert isinstance(answer, Again)
    return answer


# ── unchanged pages, read by a newer version of the reader ───────────────────────────────────────────────────────────────


def _are_as_they_were(check: Check) -> bool:
    """Whether every known page that was read again, including the location page, is unchanged. Pages that the earlier version did
    not follow are ignored: the page that links to them is unchanged, so they are assumed to be unchanged too."""
    known = {page.url: page.fingerprint for page in check.pages}
    pages = check.gathered.pages
    as_it_was = [known.get(page.url, page.fingerprint) == page.fingerprint for page in pages]
    return pages[0].url in known and all(as_it_was)


def _read_again(check: Check, stored: Snapshot) -> Deciding:
    """The outcome when a newer version of the reader reads unchanged pages. Urgent events wait until other services have been
    read by this version. If the new version is in fact worse, many services will show urgent changes."""
    now = check.now
    corrected = reread(
        stored,
        observed(check.gathered),
        now=now,
        pages={page.digest for page in check.pages},
        stood_since=max(page.fetched_at for page in check.pages).astimezone(LONDON).date(),
    )
    if any(event.urgent for event in corrected.events):
        held = yield from _until_others_are_read(check)
        if held.due > now:
            return _nothing_taken(check, Verdict(snapshot=stored, candidates=(held,)))
    verdict = Verdict(snapshot=corrected.snapshot, events=corrected.events)
    return replace(_outcome(check, verdict), corrections=corrected.corrections)


def _until_others_are_read(check: Check) -> Generator[Need, Answer, Candidate]:
    """Returns one candidate change for everything that a new version of the reader reads differently. The field `due` says when
    the change may be confirmed."""
    now, confirm_after = check.now, check.pace.confirm_after
    first = next((one for one in check.due.candidates if one.mark == READ_OTHERWISE and one.since <= now), None)
    wait = how_long(Nature.ORDINARY, Support.PAGE, confirm_after)
    one = first or Candidate(mark=READ_OTHERWISE, since=now, due=now + wait, odd=True)
    doubt = yield AskOthersReadAgain()
    if doubt is Doubt.MANY:
        (one,) = held_back((one,), {READ_OTHERWISE}, Support.MANY, confirm_after)
    elif doubt is Doubt.NOT_KNOWN and confirm_after:
        (one,) = until_others_are_seen((one,), now)
    return one if first else replace(one, due=max(one.due, now + BARELY))
