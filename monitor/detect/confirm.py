"""Changes seen twice -> the next snapshot and events. Pure.

The rules of honesty (docs/architecture.md) that live here: the first snapshot of a service is a baseline, without events; a
change is told only when a later look sees it again; and what is older than what is stored changes nothing.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.detect.diff import NEW_REPORT, Change, applied, change_of, diff
from monitor.detect.holdings import (
    BY_GROUP,
    DATES_APART,
    aligned,
    is_said,
    is_stale,
    newer_card,
    not_seen,
    retired,
    settled,
    without_old_scores,
)
from monitor.detect.observe import SAID, Holdings, Observation
from monitor.detect.waiting import Nature, Support, held_back, how_long, remembered
from monitor.events import Event, Kind, Rests
from monitor.gravity import gravity
from monitor.model import (
    Aspect,
    SaidKind,
    Snapshot,
    Subject,
    Suspicion,
)
from monitor.ratings import OVERALL

_OLDER_STANDS = frozenset({SaidKind.RATINGS_WITHDRAWN, SaidKind.REPORT_REMOVED})
"""What explains that an older rating stands again."""


_OLDER_PAGE = "older page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a look comes to.

    snapshot    what holds now; the stored one itself where nothing about it changed
    events      confirmed changes, worst first
    suspicions  changes that wait for a later look
    missing     subjects that are stored and were looked for in vain: the service was not read well
    stale       the page was older than what is stored: nothing of it counts
    odd         it shows, without a newer date, what a fault of the site would show at many services at once
    """

    snapshot: Snapshot
    events: tuple[Event, ...] = ()
    suspicions: tuple[Suspicion, ...] = ()
    missing: tuple[Subject, ...] = ()
    stale: bool = False
    odd: bool = False


def judge(
    stored: Snapshot | None,
    observation: Observation,
    suspicions: Sequence[Suspicion],
    *,
    location_id: str,
    now: datetime,
    confirm_after: timedelta,
    in_doubt: bool = False,
    agreed: frozenset[str] = frozenset(),
    denied: frozenset[str] = frozenset(),
    vouched: bool = False,
    read_otherwise: bool = False,
    first_read: frozenset[str] = frozenset(),
) -> Verdict:
    """What a look comes to, given what was stored and what earlier looks had seen but not confirmed.

    A change is confirmed by a look at least `confirm_after` after the first that saw it (a withdrawn rating: a day).
    Looking twice at the same instant confirms only with `confirm_after` zero, and then only from the second look on.
    `in_doubt`: many services show such changes at once. Then what bears no newer date than what is stored waits for a day.
    `agreed`: marks of changes that the API states too: they need no second look. `denied`: marks of those without a newer date of
    which it states still what is stored: they wait for a day, too. `vouched`: the API still states what is stored, so that an
    older page is not believed, however long it is all that is seen, nor what it shows without a newer date of a rating that is
    stored on the API's word alone. `read_otherwise`: a former version of the reader has read what is stored. Then what bears no
    newer date may have stood on the page before: it is told as read late, or not at all (Traits.only_as_news). The same holds of
    pages that could not be had before, `first_read` (digests), where nothing says that there is a newer report.
    """
    if stored is None:
        baseline = tuple(sorted((subject, settled(subject, held)) for subject, held in observation.holdings.items()))
        return Verdict(snapshot=Snapshot(location_id=location_id, seq=1, seen_at=now, card=observation.card, holdings=baseline))
    before = dict(stored.holdings)
    observed = aligned(before, observation.holdings)
    suspicions = [one for one in suspicions if one.since <= now]  # seen in the future: by a clock that was wrong
    if is_stale(before, observed):
        return _older_page(
            stored, observation, suspicions, location_id=location_id, now=now, confirm_after=confirm_after, vouched=vouched
        )
    awaited = frozenset(one.mark for one in suspicions if one.dated)
    found = diff(before, observed, observation, min(stored.seen_at, now).date(), awaited)
    if vouched:
        found.changes = [change for change in found.changes if change.mark in agreed or not _is_behind(change, before)]
    known = {one.mark for one in suspicions}
    is_news = any(change.kind in NEW_REPORT for change in found.changes)
    old = frozenset(
        change.mark
        for change in found.changes
        if change.late
        or (not change.newer and change.mark not in known and (read_otherwise or (change.page in first_read and not is_news)))
    )
    newer = {change.mark for change in found.changes if change.newer}
    # What was suspected without a newer date and now bears one is another matter: a true report amid a fault of the site.
    suspicions = [one for one in suspicions if one.dated or one.mark not in newer]
    seen = {*(one.mark for one in suspicions), *(change.mark for change in found.changes)}
    in_words = {change.mark for change in found.changes if change.nature is Nature.SAID_IN_WORDS}
    doubtful, support = (seen - in_words, Support.MANY) if in_doubt else (denied - in_words, Support.DENIED)
    waiting = {one.mark: one for one in held_back(suspicions, doubtful, support, confirm_after)}
    confirmed = [
        change
        for change in found.changes
        if change.mark in agreed or (change.mark in waiting and waiting[change.mark].due <= now)
    ]
    pending = _pending(found.changes, confirmed, waiting, now, confirm_after)
    pending = tuple(replace(one, late=True) if one.mark in old else one for one in pending)
    pending = held_back(pending, doubtful, support, confirm_after)
    after = applied(before, found.quiet, confirmed, observed)
    after = retired(after, observed, bool(pending))
    if observation.complete:
        after = without_old_scores(after, before, observed)
    card = newer_card(stored.card, observation.card)
    holdings = tuple(sorted(after.items()))
    if holdings == stored.holdings and card == stored.card:
        snapshot = stored
    else:
        snapshot = Snapshot(location_id=location_id, seq=stored.seq + 1, seen_at=now, card=card, holdings=holdings)
    by_both = agreed | {mark for mark, one in waiting.items() if one.by_api}
    rests = {change.mark: Rests.BOTH if change.mark in by_both else Rests.PAGE for change in confirmed}
    late = {*old, *(mark for mark, one in waiting.items() if one.late)} - newer
    events = sorted(
        (
            replace(event_of(one, snapshot, location_id, now, rests[one.mark]), read_late=one.mark in late)
            for one in confirmed
            if one.told and not (one.mark in late and one.kind.traits.only_as_news)
        ),
        key=gravity,
    )
    return Verdict(
        snapshot=snapshot,
        events=tuple(events),
        suspicions=pending,
        missing=not_seen(after, observed, observation),
        odd=any(_is_odd(change) for change in found.changes),
    )


def _is_behind(change: Change, before: Holdings) -> bool:
    """Whether a page shows of a rating only what held before the API alone stated another one: that is no rise (and no fall once
    it is put right), however often it is seen."""
    old = before.get(change.subject)
    if old is None or not old.by_api or old.published is None or change.subject.aspect is not Aspect.RATING:
        return False
    return change.published is None or change.published < old.published


def _is_odd(change: Change) -> bool:
    return change.told and change.kind.traits.needs_date and not change.newer


def _older_page(
    stored: Snapshot,
    observation: Observation,
    suspicions: Sequence[Suspicion],
    *,
    location_id: str,
    now: datetime,
    confirm_after: timedelta,
    vouched: bool,
) -> Verdict:
    """The verdict on a page that is older than what is stored. What it says in words of ratings that no longer stand, or that is
    not understood and was never there, is told all the same; a report that CQC says it removed explains the older date."""
    before = dict(stored.holdings)
    observed = aligned(before, observation.holdings)
    found = diff(before, observed, observation, min(stored.seen_at, now).date()).changes
    changes = [
        one for one in found if one.told and (one.nature is Nature.SAID_IN_WORDS or one.subject.aspect is Aspect.UNREAD)
    ]
    known = {one.mark: one for one in suspicions}
    confirmed = [one for one in changes if one.mark in known and known[one.mark].due <= now]
    older = known.pop(_OLDER_PAGE, None)
    said = {one.subject.of for one in confirmed} | {one.of for one, held in before.items() if held.value == SAID}
    explained = any(kind in said and is_said(observed, kind) for kind in _OLDER_STANDS)
    if explained or (older is not None and older.due <= now and not vouched):
        return _believed(stored, observation, suspicions, location_id=location_id, now=now)
    wait = how_long(Nature.OLDER_PAGE, Support.PAGE, confirm_after)
    older = older or Suspicion(mark=_OLDER_PAGE, since=now, due=now + wait)
    pending = (*_pending(changes, confirmed, known, now, confirm_after), older)
    if not confirmed:
        return Verdict(snapshot=stored, suspicions=pending, stale=True)
    holdings = tuple(sorted(applied(before, {}, confirmed, observed).items()))
    snapshot = replace(stored, seq=stored.seq + 1, seen_at=now, holdings=holdings)
    events = sorted((event_of(one, snapshot, location_id, now, Rests.PAGE) for one in confirmed), key=gravity)
    return Verdict(snapshot=snapshot, events=tuple(events), suspicions=pending, stale=True)


def _believed(
    stored: Snapshot, observation: Observation, suspicions: Sequence[Suspicion], *, location_id: str, now: datetime
) -> Verdict:
    """The verdict on a page that was older than what is stored for so long that it must be what holds: as if nothing stored
    had a date, and at once, since every look of these days has seen it. A rating that moves with it is no fall and no rise: an
    older one stands again."""
    undated = tuple((subject, replace(held, published=None, report=None, origins=())) for subject, held in stored.holdings)
    forgotten = replace(stored, holdings=undated)
    first = judge(forgotten, observation, (), location_id=location_id, now=now, confirm_after=timedelta(0))
    verdict = judge(forgotten, observation, first.suspicions, location_id=location_id, now=now, confirm_after=timedelta(0))
    told = [
        replace(one, kind=Kind.STANDS_AGAIN) if one.kind in _MOVES else one
        for one in verdict.events
        if one.kind is Kind.NOT_UNDERSTOOD or not (one.kind.traits.only_as_news or one.kind is Kind.ENFORCEMENT)
    ]
    moved = {(one.group or "", one.of) for one in told if one.kind is Kind.STANDS_AGAIN}
    told += [
        event_of(change, verdict.snapshot, location_id, now, Rests.PAGE)
        for change in _unmoved(dict(stored.holdings), observation)
        if (change.subject.group, change.of) not in moved
    ]
    return replace(verdict, events=tuple(sorted(told, key=gravity)))


_MOVES = frozenset({Kind.DOWNGRADED, Kind.UPGRADED})


def _unmoved(stored: Holdings, observation: Observation) -> list[Change]:
    """Overall ratings of a much older report that are the same as the newer one's: its report is gone all the same."""
    observed = aligned(stored, observation.holdings)
    return [
        change_of(subject, Kind.STANDS_AGAIN, was.value, new.value, new)
        for subject, new in observed.items()
        if subject.aspect is Aspect.RATING and subject.of == OVERALL and (was := stored.get(subject)) is not None
        if was.published and new.published and was.published - new.published > DATES_APART
    ]


def _pending(
    changes: Sequence[Change],
    confirmed: Sequence[Change],
    waiting: Mapping[str, Suspicion],
    now: datetime,
    confirm_after: timedelta,
) -> tuple[Suspicion, ...]:
    """The changes that wait for a later look, old and new."""
    seen = {change.mark for change in changes}
    opened = [
        waiting.get(change.mark)
        or Suspicion(
            mark=change.mark,
            since=now,
            due=now + _wait(change, confirm_after),
            dated=change.newer,
            odd=_is_odd(change),
        )
        for change in changes
        if change not in confirmed
    ]
    return (*opened, *remembered([one for mark, one in waiting.items() if mark not in seen], now))


def _wait(change: Change, confirm_after: timedelta) -> timedelta:
    return how_long(change.nature, Support.PAGE, confirm_after)


def event_of(change: Change, snapshot: Snapshot, location_id: str, now: datetime, rests_on: Rests) -> Event:
    """An event's id is made of what changed and of the snapshot it led to: recorded twice it is the same, and the same
    fall a second time (down, up, down) is another."""
    stays = change.subject.aspect in BY_GROUP
    identity = f"{location_id}|{snapshot.seq}|{change.mark}|{change.from_}"
    return Event(
        id=hashlib.sha256(identity.encode()).hexdigest()[:16],
        location_id=location_id,
        name=snapshot.card.name,
        kind=change.kind,
        group=change.subject.group or None,
        of=None if change.subject.aspect is Aspect.SAID else change.of,
        from_=change.from_ if stays or change.subject.aspect is Aspect.SAID else None,
        to=change.to if stays else change.still,
        published=change.published,
        observed_at=now,
        quote=change.quote,
        evidence=change.page,
        rests_on=rests_on,
        again=change.again,
        divided=change.divided,
        reports=change.reports,
        since=change.since,
    )
