"""Pages that are as they were, read by a better reader -> what it corrects. Pure.

What a new version understands on a page whose bytes are as they were is no change of the service. What is in force there (special
measures, enforcement, a suspended rating, the end of the registration) is told once all the same, in words of its own: nobody was
told of it. A rating that was shown better than it is, is told as read wrongly until now. All else becomes the baseline, silently.
What was shown wrongly is listed for the operator.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from monitor.compare import IN_FORCE, Change, aligned, applied, diff, event_of, is_stale, retired
from monitor.events import Event, Kind, Rests
from monitor.gravity import gravity
from monitor.model import IN_MEASURES, Aspect, Holding, Snapshot, Subject
from monitor.observe import Holdings, Observation
from monitor.ratings import OVERALL, Rating, Reason

# What the same bytes do not state any more is taken off: a former version had made it up.
_RESTS_ON_WORDS = frozenset({Aspect.MEASURES, Aspect.BREACHES, Aspect.ENFORCEMENT, Aspect.NOTICES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What reading the same pages again comes to.

    snapshot     what holds; the stored one itself where nothing about it was otherwise
    events       what is to be told of it, worst first
    corrections  what was shown wrongly until now, in one line each, for the operator
    """

    snapshot: Snapshot
    events: tuple[Event, ...] = ()
    corrections: tuple[str, ...] = ()


def reread(stored: Snapshot, observation: Observation, *, location_id: str, now: datetime, stood_since: date) -> Reread:
    """What `observation`, of pages that are as they were when `stored` was read from them, says otherwise than that.

    stood_since  the day, in London, since when the pages have been as they are, at the latest
    """
    before = dict(stored.holdings)
    observed = aligned(before, observation.holdings)
    # Pages that are behind what the API states say nothing of what holds.
    if is_stale(before, observed):
        return Reread(snapshot=stored)
    observed = {subject: held for subject, held in observed.items() if not (subject in before and before[subject].by_api)}
    found = diff(before, observed, observation, min(stored.seen_at, now).date())
    after = retired(_without_what_was_made_up(applied(before, found.quiet, found.changes, observed), observed), observed)
    holdings = tuple(sorted(after.items()))
    if holdings == stored.holdings:
        return Reread(snapshot=stored)
    snapshot = replace(stored, seq=stored.seq + 1, seen_at=now, holdings=holdings)

    def told(change: Change) -> Event:
        event = event_of(change, snapshot, location_id, now, Rests.PAGE)
        return replace(event, read_late=True, stood_since=stood_since)

    never_read = _never_read(before, observed)
    to_tell = [*(late for change in found.changes if (late := _to_tell(change)) is not None), *never_read]
    events = tuple(sorted((told(one) for one in to_tell), key=gravity))
    lines = [line for change in (*found.changes, *never_read) if (line := _correction(change)) is not None]
    lines += _made_up(before, after)
    return Reread(snapshot=snapshot, events=events, corrections=tuple(lines))


def _to_tell(change: Change) -> Change | None:
    if change.kind in IN_FORCE or (change.kind is Kind.RATING_WITHDRAWN and change.to == Reason.SUSPENDED):
        return change
    return replace(change, kind=Kind.READ_WRONGLY) if change.kind is Kind.DOWNGRADED else None


def _never_read(before: Holdings, observed: Holdings) -> list[Change]:
    """Overall ratings that people would have had to know of, where none was read before."""
    return [
        Change(subject=subject, kind=Kind.READ_WRONGLY, of=OVERALL, to=str(held.value), published=held.published, page=held.page)
        for subject, held in observed.items()
        if subject.aspect is Aspect.RATING
        and subject.of == OVERALL
        and held.value in (Rating.INADEQUATE, Rating.REQUIRES_IMPROVEMENT)
        and not any(one.aspect is Aspect.RATING and one.of == OVERALL and was.value in set(Rating) for one, was in before.items())
    ]


def _correction(change: Change) -> str | None:
    """For the operator, what was shown wrongly of a rating or of special measures."""
    of = change.of if change.of and change.of != OVERALL else "overall rating"
    group = f" ({change.subject.group})" if change.subject.group else ""
    if change.subject.aspect is Aspect.RATING:
        return f"{of}{group}: {change.to}, shown until now as {change.from_ or 'not read'}"
    if change.kind is Kind.LEFT:
        return "left special measures, shown until now as in special measures"
    return None


def _without_what_was_made_up(after: dict[Subject, Holding], observed: Holdings) -> dict[Subject, Holding]:
    """With the words that the pages hold, and no others. Where not all pages were read, or only the API has stated it, their
    silence says nothing."""
    held = {
        subject: new
        for subject, new in observed.items()
        if subject.aspect in _RESTS_ON_WORDS and new.instead is None
    }
    return {**after, **held}


def _made_up(before: Holdings, after: Holdings) -> list[str]:
    return [
        "special measures were shown until now, and CQC's pages do not state them"
        for subject, was in before.items()
        if subject.aspect is Aspect.MEASURES and was.value in IN_MEASURES and after[subject].value not in IN_MEASURES
    ]
