"""Turns changes that were seen twice into the next snapshot and events. Pure.

This module applies three rules from docs/architecture.md. The first snapshot of a service is a baseline, without events. A
change is reported only when a later check sees it again, or when page and API both state it. A page that is older than the
stored state changes nothing. The function `confirm` confirms both changes on pages and changes in the API's answers. The module
detect/waiting.py decides how long each change must last.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from monitor.detect.changes import NEW_REPORT, Change, Difference, change_of
from monitor.detect.corroborate import Agreement, is_news
from monitor.detect.diff import applied, differ
from monitor.detect.holdings import (
    BY_GROUP,
    DATES_APART,
    groups,
    is_said,
    newer_card,
    not_seen,
    retired,
    settled,
    without_old_scores,
)
from monitor.detect.in_turns import returns, with_former
from monitor.detect.observe import PARTLY_READ, SAID, Holdings, Observation
from monitor.detect.waiting import BY_API, Nature, Support, held_back, how_long, remembered, ripe_at
from monitor.events import Event, Kind, Rests
from monitor.items import plan_in
from monitor.model import Aspect, Candidate, Card, Holding, SaidKind, Snapshot, Subject
from monitor.ratings import OVERALL
from monitor.severity import by_severity

_OLDER_STANDS = frozenset({SaidKind.RATINGS_WITHDRAWN, SaidKind.REPORT_REMOVED})
"""The statements by which CQC explains that an older rating applies again."""

_OLDER_PAGE = "older page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The facts that a check's verdict is based on.

    stored          the snapshot that is stored
    candidates      candidate changes of earlier checks
    seq             the number of the snapshot that this check may lead to
    now             the time of the check, in UTC
    confirm_after   the setting CONFIRM_AFTER
    vouched         whether the API still states what is stored. If so, an older page is never believed, even if CQC serves
                    only the older page for days. If the stored rating comes from the API alone, a page without a newer date is
                    also not believed.
    in_doubt        whether many services show changes without a newer date at once. If so, changes without a newer date wait
                    for a day
    doubted_since   the wait in doubt begins no earlier than at this time; None if it begins when the change was first seen
    read_otherwise  whether an earlier version of the reader read what is stored. If so, a change without a newer date may have
                    been on the page before. Such a change is reported as read late, or not at all (Traits.only_as_news)
    first_read      digests of pages that were not read before. A statement on these pages may be old, except if the check shows
                    a newer report
    """

    stored: Snapshot
    candidates: tuple[Candidate, ...]
    seq: int
    now: datetime
    confirm_after: timedelta
    vouched: bool = False
    in_doubt: bool = False
    doubted_since: datetime | None = None
    read_otherwise: bool = False
    first_read: frozenset[str] = frozenset()

    def known(self) -> list[Candidate]:
        """The candidate changes, except any with a time in the future, because a wrong clock wrote such a time."""
        return [one for one in self.candidates if one.since <= self.now]

    def difference(self, observation: Observation) -> Difference:
        """How an observation of the pages differs from what is stored."""
        return differ(self.stored, observation, self.now, frozenset(one.mark for one in self.known() if one.dated))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The result of a check.

    snapshot    the state of the service now; the stored snapshot itself if nothing in it changed
    events      confirmed changes, worst first
    missing     stored subjects that were not found on the pages. If there are any, the service was only partly read
    stale       whether the page was older than what is stored. If so, the page's ratings and reports are not used
    """

    snapshot: Snapshot
    events: tuple[Event, ...] = ()
    candidates: tuple[Candidate, ...] = ()  # candidate changes, which wait for a later check
    missing: tuple[Subject, ...] = ()
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A change, with the sources that state it now."""

    change: Change
    support: Support


def confirm(
    claims: Iterable[Claim], known: Mapping[str, Candidate], now: datetime, confirm_after: timedelta
) -> tuple[list[Claim], list[Candidate]]:
    """Returns the claims that are confirmed now, and the candidate changes that still wait. `known` contains the candidate
    changes of earlier checks, by mark.

    A change is confirmed by a later check that sees it again, after at least the waiting time from detect/waiting.py. If the
    change is seen twice at the same instant, it is confirmed only if the waiting time is zero. A change that page and API both
    state needs no second check.
    """
    confirmed, waiting = [], []
    for claim in claims:
        candidate = known.get(claim.change.mark)
        seen_before = candidate is not None or claim.support is Support.PAGE_AND_API
        candidate = candidate or _opened(claim, now, confirm_after)
        if seen_before and ripe_at(candidate, claim.support, confirm_after) <= now:
            confirmed.append(claim)
        else:
            waiting.append(candidate)
    return confirmed, waiting


def _opened(claim: Claim, now: datetime, confirm_after: timedelta) -> Candidate:
    change, by_api = claim.change, claim.support in BY_API
    wait = how_long(change.nature, Support.API_SITE_UNREAD if by_api else Support.PAGE, confirm_after)
    return Candidate(mark=change.mark, since=now, due=now + wait, dated=change.newer, odd=is_odd(change), by_api=by_api)


def baseline(location_id: str, observation: Observation, now: datetime) -> Verdict:
    """The verdict on a service that was never checked before: its first snapshot, and no events."""
    holdings = tuple(sorted((subject, settled(subject, held)) for subject, held in observation.holdings.items()))
    return Verdict(snapshot=Snapshot(location_id=location_id, seq=1, seen_at=now, card=observation.card, holdings=holdings))


def judge(basis: Basis, found: Difference, agreement: Agreement = Agreement()) -> Verdict:  # noqa: B008 (it is frozen)
    """The verdict on the pages. `found` is how the pages differ from what is stored. `agreement` is how the pages compare with
    the API.

    A change that the API states too needs no second check. If the API still states what is stored, a change without a newer
    date waits for a day.
    """
    if found.stale:
        return _older_page(basis, found)
    before = dict(basis.stored.holdings)
    changes = _counted(basis, found, before, agreement)
    newer = {change.mark for change in changes if change.newer}
    # A candidate change without a newer date is dropped once the pages show its change with a newer date. Such a change comes
    # from a real report, not from a fault of the site.
    candidates = [one for one in basis.known() if one.dated or one.mark not in newer]
    hold = _hold(basis, found, changes, agreement)
    known = {one.mark: one for one in hold(candidates)}
    claims = [Claim(one, Support.PAGE_AND_API if one.mark in agreement.agreed else Support.PAGE) for one in changes]
    confirmed, waiting = confirm(claims, known, basis.now, basis.confirm_after)
    waiting += remembered(_not_shown(known, changes), basis.now, partial(_could_not_show, found))
    old = _may_be_old(basis, changes)
    pending = hold(replace(one, late=True) if one.mark in old else one for one in waiting)

    after = _after(before, found, confirmed, waiting=bool(pending))
    after = with_former(after, before, _with_first_sight(confirmed, known), basis.now)
    snapshot = _next(basis, after, newer_card(basis.stored.card, found.observation.card))
    late = {*old, *(mark for mark, one in known.items() if one.late)} - newer
    return Verdict(
        snapshot=snapshot,
        events=_events(confirmed, known, snapshot, basis.now, late),
        candidates=pending,
        missing=not_seen(after, found.observed, found.observation),
    )


def _with_first_sight(confirmed: Iterable[Claim], known: Mapping[str, Candidate]) -> list[Change]:
    """The confirmed changes. A change is newer if it had a newer date when it was first seen. That date may have been stored
    since."""
    dated = {mark for mark, one in known.items() if one.dated}
    return [replace(one.change, newer=one.change.newer or one.change.mark in dated) for one in confirmed]


def _counted(basis: Basis, found: Difference, before: Holdings, agreement: Agreement) -> list[Change]:
    """The pages' changes, without the changes that are ignored (`_is_passed_over`)."""
    return [change for change in found.changes if not _is_passed_over(change, basis, before, agreement)]


def _not_shown(known: Mapping[str, Candidate], changes: Sequence[Change]) -> list[Candidate]:
    """The candidate changes that the pages no longer show."""
    shown = {change.mark for change in changes}
    return [one for mark, one in known.items() if mark not in shown]


def _could_not_show(found: Difference, one: Candidate) -> bool:
    """Whether the pages that were read could not show a candidate change, because the page that states its subject was not
    read."""
    aspect, *rest = one.mark.split("|")
    of_subject = [
        held
        for subject, held in found.observed.items()
        if subject.aspect == aspect and (subject.aspect not in BY_GROUP or [subject.group, subject.of] == rest[:2])
    ]
    return bool(rest) and not found.observation.complete and all(held.instead == PARTLY_READ for held in of_subject)


def _after(before: Holdings, found: Difference, confirmed: Sequence[Claim], *, waiting: bool) -> dict[Subject, Holding]:
    """The holdings after the check. `waiting` is whether any change is still waiting to be confirmed."""
    changes = [one.change for one in confirmed]
    after = retired(applied(before, found.quiet, changes, found.observed), found.observed, waiting)
    return without_old_scores(after, before, found.observed) if found.observation.complete else after


def shows_odd(basis: Basis, found: Difference, agreement: Agreement) -> bool:
    """Whether the pages show changes without a newer date, of the kind that a fault of the site would cause at many services at
    once. A change that an earlier check saw with a newer date is left out: it comes from a real report, whose other changes
    have been confirmed since."""
    before, dated = dict(basis.stored.holdings), {one.mark for one in basis.known() if one.dated}
    shown = [change for change in _counted(basis, found, before, agreement) if change.mark not in dated]
    return not found.stale and any(map(is_odd, shown))


def judge_answer(basis: Basis, found: Difference, *, page_is_read: bool) -> Verdict:
    """Returns the verdict on the API's answer alone. Only falls and rises of ratings, and special measures that began or
    continue, are used, and only if their date is newer than what is stored.

    While the page can't be read (`page_is_read` false), a second answer confirms a change if at least `confirm_after` has
    passed since the first answer that stated it. If the page is read and does not show the change, an answer confirms the
    change only after a day. The change waits for this day because the page may show the change, which would confirm it.
    """
    stored, before = basis.stored, dict(basis.stored.holdings)
    of_pages = [one for one in basis.known() if not one.by_api]
    known = _known_of_answer(basis, found)
    if groups(found.observed) != groups(before):
        return Verdict(snapshot=stored, candidates=tuple(of_pages))
    since = min(stored.seen_at, basis.now).date()
    support = Support.API_AGAINST_PAGE if page_is_read else Support.API_SITE_UNREAD
    claims = [Claim(one, support) for one in found.changes if one.kind.traits.told_by_api and is_news(one, since)]
    confirmed, waiting = confirm(claims, known, basis.now, basis.confirm_after)
    told = {one.change.mark for one in confirmed}
    pending = {one.mark: one for one in (*of_pages, *waiting) if one.mark not in told}
    after = applied(before, {}, [one.change for one in confirmed], found.observed) if confirmed else before
    snapshot = _next(basis, after, stored.card)
    return Verdict(
        snapshot=snapshot, events=_events(confirmed, known, snapshot, basis.now), candidates=tuple(pending.values())
    )


def _known_of_answer(basis: Basis, found: Difference) -> dict[str, Candidate]:
    """The candidate changes by mark. A candidate change that a page showed without a newer date is left out if the answer states
    the change with a newer date, because it would wait too long."""
    newer = {change.mark for change in found.changes if change.newer}
    return {one.mark: one for one in basis.known() if one.dated or one.by_api or one.mark not in newer}


def _next(basis: Basis, after: Mapping[Subject, Holding], card: Card) -> Snapshot:
    """The next snapshot, or the stored snapshot itself if nothing in it changed."""
    holdings = tuple(sorted(after.items()))
    if holdings == basis.stored.holdings and card == basis.stored.card:
        return basis.stored
    return replace(basis.stored, seq=basis.seq, seen_at=basis.now, card=card, holdings=holdings)


def _events(
    confirmed: Sequence[Claim],
    known: Mapping[str, Candidate],
    snapshot: Snapshot,
    now: datetime,
    late: Iterable[str] = (),
) -> tuple[Event, ...]:
    """The events of confirmed changes, worst first. `late` contains marks of changes that may have been on the page before."""
    told = [
        replace(
            event_of(one.change, snapshot, now, _rests(one, known)),
            read_late=one.change.mark in late,
            first_seen_at=known[one.change.mark].since if one.change.mark in known else now,
        )
        for one in confirmed
        if one.change.told and not (one.change.mark in late and one.change.kind.traits.only_as_news)
    ]
    return tuple(sorted(told, key=by_severity))


def _rests(claim: Claim, known: Mapping[str, Candidate]) -> Rests:
    """Returns which sources state a confirmed change. This includes the source that stated the change when it was first
    seen."""
    first = known.get(claim.change.mark)
    by_api = first is not None and first.by_api
    match claim.support:
        case Support.API_AGAINST_PAGE if by_api:
            return Rests.API_AGAINST_PAGE
        case Support.API_SITE_UNREAD if by_api:
            return Rests.API_SITE_UNREAD
        case Support.PAGE if not by_api:
            return Rests.PAGE
        case _:
            return Rests.BOTH


def _hold(
    basis: Basis, found: Difference, changes: Sequence[Change], agreement: Agreement
) -> Callable[[Iterable[Candidate]], tuple[Candidate, ...]]:
    """Returns a function that makes candidate changes wait longer if many services at the same time show changes that have no
    newer date, if the API still states what is stored, or if the pages may only be an old copy."""
    in_words = {change.mark for change in changes if change.nature is Nature.SAID_IN_WORDS}
    doubted, support = agreement.denied | returns(dict(basis.stored.holdings), found, changes, basis.now), Support.DENIED
    if basis.in_doubt:
        doubted = frozenset({one.mark for one in basis.known()} | {one.mark for one in changes})
        support = Support.MANY
    return partial(
        held_back,
        marks=doubted - in_words,
        support=support,
        confirm_after=basis.confirm_after,
        at_least_from=basis.doubted_since,
    )


def _is_passed_over(change: Change, basis: Basis, before: Holdings, agreement: Agreement) -> bool:
    """Whether a page still shows an earlier rating, although the API alone has stated a later rating and still states it. If
    so, the earlier rating is never reported as a rise, however often checks see it. No fall is reported when the page at last
    shows the later rating."""
    old = before.get(change.subject)
    if not basis.vouched or change.mark in agreement.agreed or change.subject.aspect is not Aspect.RATING:
        return False
    if old is None or not old.by_api or old.published is None:
        return False
    return change.published is None or change.published < old.published


def _may_be_old(basis: Basis, changes: Sequence[Change]) -> frozenset[str]:
    """Marks of changes that may have been on the page earlier without being read."""
    known = {one.mark for one in basis.known()}
    is_report_new = any(change.kind in NEW_REPORT for change in changes)

    def was_not_read(change: Change) -> bool:
        return basis.read_otherwise or (change.page in basis.first_read and not is_report_new)

    return frozenset(
        change.mark
        for change in changes
        if change.late or (not change.newer and change.mark not in known and was_not_read(change))
    )


def is_odd(change: Change) -> bool:
    """Whether a change lacks the newer date that a change of its kind should have. A fault of CQC's site would also cause
    changes without a newer date."""
    return change.told and change.kind.traits.needs_date and not change.newer


# ── a page that is older than what is stored ─────────────────────────────────────────────────────────────────────────────


def is_believed(basis: Basis, found: Difference) -> bool:
    """Whether the pages are believed. Pages that are not older than what is stored are believed. Older pages are believed if
    they have been shown for so long that they must be current, or if CQC says that it removed a report or withdrew the
    ratings."""
    if not found.stale:
        return True
    known = {one.mark: one for one in basis.known()}
    confirmed, _ = confirm([Claim(one, Support.PAGE) for one in found.changes], known, basis.now, basis.confirm_after)
    said = {one.change.subject.of for one in confirmed if one.change.told and one.change.nature is Nature.SAID_IN_WORDS}
    said |= {one.of for one, held in basis.stored.holdings if held.value == SAID}
    if any(kind in said and is_said(found.observed, kind) for kind in _OLDER_STANDS):
        return True
    older = known.get(_OLDER_PAGE)
    return older is not None and older.due <= basis.now and not basis.vouched


def _older_page(basis: Basis, found: Difference) -> Verdict:
    """The verdict on a page that is older than what is stored. Two kinds of statement are still reported: statements that
    ratings no longer apply, and new statements that are not understood. If CQC says that it removed a report, the removal
    explains the older date, and the page is believed."""
    stored, now, before = basis.stored, basis.now, dict(basis.stored.holdings)
    changes = [
        one for one in found.changes if one.told and (one.nature is Nature.SAID_IN_WORDS or one.subject.aspect is Aspect.UNREAD)
    ]
    if is_believed(basis, found):
        return _believed(basis, found)
    known = {one.mark: one for one in basis.known()}
    older = known.pop(_OLDER_PAGE, None)
    confirmed, waiting = confirm([Claim(one, Support.PAGE) for one in changes], known, now, basis.confirm_after)
    wait = how_long(Nature.OLDER_PAGE, Support.PAGE, basis.confirm_after)
    older = older or Candidate(mark=_OLDER_PAGE, since=now, due=now + wait)
    shown = {change.mark for change in changes}
    unseen = remembered([one for mark, one in known.items() if mark not in shown], now)
    pending = (*waiting, *unseen, older)
    after = applied(before, {}, [one.change for one in confirmed], found.observed) if confirmed else before
    snapshot = _next(basis, after, stored.card)
    return Verdict(snapshot=snapshot, events=_events(confirmed, known, snapshot, now), candidates=pending, stale=True)


def _believed(basis: Basis, found: Difference) -> Verdict:
    """The verdict on a page that has been older than what is stored for so long that it must show the current state. Every
    check of the last days has seen the page, so it is judged at once. The stored dates are ignored. A rating that differs is
    reported as an older rating that applies again, not as a fall or a rise."""
    dateless = partial(replace, published=None, report=None, origins=(), former=())
    holdings = ((subject, dateless(held)) for subject, held in basis.stored.holdings)
    forgotten = replace(basis.stored, holdings=tuple(holdings))
    undated = Basis(stored=forgotten, candidates=(), seq=basis.seq, now=basis.now, confirm_after=timedelta(0))
    again = undated.difference(found.observation)
    seen_once = judge(undated, again).candidates
    verdict = judge(replace(undated, candidates=seen_once), again)
    told = [
        replace(one, kind=Kind.STANDS_AGAIN) if one.kind in _MOVES else one
        for one in verdict.events
        if one.kind is Kind.NOT_UNDERSTOOD or not (one.kind.traits.only_as_news or one.kind is Kind.ENFORCEMENT)
    ]
    moved = {(one.group or "", one.of) for one in told if one.kind is Kind.STANDS_AGAIN}
    told += [
        event_of(change, verdict.snapshot, basis.now, Rests.PAGE)
        for change in _unmoved(dict(basis.stored.holdings), found.observed)
        if (change.subject.group, change.of) not in moved
    ]
    since = min((one.since for one in basis.known() if one.mark == _OLDER_PAGE), default=basis.now)
    return replace(verdict, events=tuple(replace(one, first_seen_at=since) for one in sorted(told, key=by_severity)))


_MOVES = frozenset({Kind.DOWNGRADED, Kind.UPGRADED})


def _unmoved(stored: Holdings, observed: Holdings) -> list[Change]:
    """Returns a change for each overall rating that is the same in the older report as in the newer report. These ratings are
    reported too, because the newer report is gone."""
    return [
        change_of(subject, Kind.STANDS_AGAIN, was.value, new.value, new)
        for subject, new in observed.items()
        if subject.aspect is Aspect.RATING and subject.of == OVERALL and (was := stored.get(subject)) is not None
        if was.published and new.published and was.published - new.published > DATES_APART
    ]


def event_of(change: Change, snapshot: Snapshot, now: datetime, rests_on: Rests) -> Event:
    """Makes the event of a change. The event's id is made from the change and the snapshot that the change led to. So an event
    that is recorded twice keeps its id, and a second fall of the same rating (down, up, down) gets a new id."""
    stays = change.subject.aspect in BY_GROUP
    rated = dict(snapshot.holdings).get(Subject(aspect=Aspect.RATING, group=change.subject.group, of=OVERALL))
    of_rating = rated.report if rated and rated.published == change.published else None
    identity = f"{snapshot.location_id}|{snapshot.seq}|{change.mark}|{change.from_}"
    kind, of, to = _as_withdrawn(change, rated) or (
        change.kind,
        None if change.subject.aspect is Aspect.SAID else change.of,
        change.to if stays else change.still,
    )
    return Event(
        id=hashlib.sha256(identity.encode()).hexdigest()[:16],
        location_id=snapshot.location_id,
        name=snapshot.card.name,
        kind=kind,
        group=change.subject.group or None,
        of=of,
        from_=change.from_ if stays or change.subject.aspect is Aspect.SAID else None,
        to=to,
        published=change.published,
        observed_at=now,
        quote=change.quote,
        evidence=change.page,
        rests_on=rests_on,
        again=change.again,
        divided=change.divided,
        reports=change.reports,
        since=change.since,
        plan=plan_in(change.report or of_rating),
    )


def _as_withdrawn(change: Change, rated: Holding | None) -> tuple[Kind, str, str] | None:
    """Returns the kind, `of` and `to` of the event for CQC's words that the ratings are suspended or withdrawn, if the words mean
    that one known overall rating no longer applies. None for any other change. `rated` is the holding of the overall rating."""
    if change.from_ is None or change.kind not in (Kind.RATINGS_SUSPENDED, Kind.RATINGS_WITHDRAWN):
        return None
    if rated is None or not rated.instead:
        return None
    return Kind.RATING_WITHDRAWN, OVERALL, rated.instead
