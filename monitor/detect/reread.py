"""Finds what a newer version of the reader corrects when it reads unchanged pages. Pure.

A new version may understand more of a page whose bytes are unchanged. Such a difference is not a change in the service. A state
that is in force (special measures, enforcement, a suspended rating, the end of the registration) is still reported once, since
nobody was alerted about it. The message says that the state was read late. If a rating was shown as better than it is, the true
rating is reported as "misread until now". Every other difference is stored without an event. The operator gets a list of what
the program had shown wrongly.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from monitor.detect.changes import Change
from monitor.detect.confirm import event_of
from monitor.detect.diff import applied, diff
from monitor.detect.holdings import aligned, is_stale, retired
from monitor.detect.observe import NOT_SAID, Holdings, Observation
from monitor.events import Event, Kind, Rests
from monitor.model import IN_MEASURES, Aspect, Holding, MeasuresState, Snapshot, Subject
from monitor.ratings import OVERALL, Rating, Reason
from monitor.severity import by_severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """The result of reading the same pages again.

    snapshot     the current state; the stored snapshot itself if nothing differs
    events       the events to report, worst first
    corrections  for the operator, one line for each rating or state that the program had shown wrongly until now
    """

    snapshot: Snapshot
    events: tuple[Event, ...] = ()
    corrections: tuple[str, ...] = ()


def reread(
    stored: Snapshot,
    observation: Observation,
    *,
    now: datetime,
    pages: Collection[str],
    stood_since: date,
) -> Reread:
    """Finds how `observation` differs from `stored`, which was read from the same unchanged pages.

    pages        the digests of these pages, as they are stored
    stood_since  the day, in London, since which these pages are known to be unchanged
    """
    before = dict(stored.holdings)
    observed = aligned(before, observation.holdings)
    # Pages that are older than the API's statements do not show the current state.
    if is_stale(before, observed):
        return Reread(snapshot=stored)
    observed = {subject: held for subject, held in observed.items() if not (subject in before and before[subject].by_api)}
    found = diff(before, observed, observation, min(stored.seen_at, now).date(), now)
    made_up = {subject: observed[subject] for subject, was in before.items() if _is_made_up(subject, was, observed, pages)}
    after = retired(applied(before, {**found.quiet, **made_up}, found.changes, observed), observed)
    holdings = tuple(sorted(after.items()))
    if holdings == stored.holdings:
        return Reread(snapshot=stored)
    snapshot = replace(stored, seq=stored.seq + 1, seen_at=now, holdings=holdings)

    def told(change: Change) -> Event:
        event = event_of(change, snapshot, now, Rests.PAGE)
        return replace(event, read_late=True, stood_since=stood_since)

    never_read = _never_read(before, observed)
    to_tell = [*(late for change in found.changes if (late := _to_tell(change, before, found.changes)) is not None), *never_read]
    events = tuple(sorted((told(one) for one in to_tell), key=by_severity))
    lines = [line for change in (*found.changes, *never_read) if (line := _correction(change)) is not None]
    lines += ["special measures were shown until now, and CQC's pages do not state them"] * len(made_up)
    return Reread(snapshot=snapshot, events=events, corrections=tuple(lines))


def _to_tell(change: Change, before: Holdings, changes: Sequence[Change]) -> Change | None:
    if change.to == NOT_SAID:
        return None  # a statement that the better reader does not find
    if not change.told and any(one.subject.aspect is Aspect.SAID and one.told for one in changes):
        return None  # CQC's words about the withdrawn rating are reported
    was = before.get(change.subject)
    if change.subject.aspect is Aspect.MEASURES and was is not None and was.value in IN_MEASURES:
        return None  # people were alerted earlier that the service is in special measures
    if change.kind.traits.in_force or (change.kind is Kind.RATING_WITHDRAWN and change.to == Reason.SUSPENDED):
        return change
    return replace(change, kind=Kind.READ_WRONGLY) if change.kind is Kind.DOWNGRADED else None


def _never_read(before: Holdings, observed: Holdings) -> list[Change]:
    """Overall ratings that people should have been alerted about, if no overall rating was read before."""
    return [
        Change(subject=subject, kind=Kind.READ_WRONGLY, of=OVERALL, to=str(held.value), published=held.published, page=held.page)
        for subject, held in observed.items()
        if subject.aspect is Aspect.RATING
        and subject.of == OVERALL
        and held.value in (Rating.INADEQUATE, Rating.REQUIRES_IMPROVEMENT)
        and not any(one.aspect is Aspect.RATING and one.of == OVERALL and was.value in set(Rating) for one, was in before.items())
    ]


def _correction(change: Change) -> str | None:
    """A line for the operator about a rating or special measures that the program had shown wrongly; None if there is nothing
    to say."""
    of = change.of if change.of and change.of != OVERALL else "overall rating"
    group = f" ({change.subject.group})" if change.subject.group else ""
    if change.subject.aspect is Aspect.RATING:
        return f"{of}{group}: {change.to}, but shown as {change.from_ or 'not read'} until now"
    if change.kind is Kind.LEFT:
        return "left special measures, but shown as in special measures until now"
    return None


def _is_made_up(subject: Subject, was: Holding, observed: Holdings, pages: Collection[str]) -> bool:
    """Whether an earlier reader found special measures on these same pages, although the pages do not state any. False if an
    earlier report stated the special measures, because they remain in force even if the newest report does not mention them.
    False also if not all pages were read, because another page may state the special measures."""
    new = observed.get(subject)
    silent = new is not None and new.value == MeasuresState.NOT_STATED and new.instead is None
    return subject.aspect is Aspect.MEASURES and was.value in IN_MEASURES and silent and was.page in pages
