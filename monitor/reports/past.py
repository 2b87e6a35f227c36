"""Finds the state of a service on an earlier day, according to CQC's files, and how long the service has had its rating.
Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from monitor.events import Event
from monitor.ratings import OVERALL
from monitor.register.movements import DATES_APART, QUESTIONS, UNRATED, Standing, Timeline, day_of

NOT_KNOWN = "not known"

MOST_QUARTERS = 12

_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))


def at(track: Timeline, day: date, begins: date) -> tuple[Standing, str] | None:
    """Returns a service's state on a day, and its mark (see `area.MARKS`); None if the service was not registered.

    If the day is before the first files (`begins`), a service gets its rating from the first files, but only if this rating had
    been published by that day. Services that closed before the first files are not known.
    """
    held: Standing | None = None
    for one in track:
        if one.as_of > day:
            break
        held = one
    if held is not None:
        return (held, held.mark) if held.listed else None
    first = track[0]
    joined_since = first.as_of > begins or (first.registered_on is not None and first.registered_on > day)
    if day >= begins or joined_since or not first.listed:
        return None
    if first.mark != UNRATED:
        return first, first.mark if first.published is not None and first.published <= day else NOT_KNOWN
    was_there = first.registered_on is not None and first.was_never_rated
    return first, UNRATED if was_there else NOT_KNOWN


def without_rating(one: Standing) -> Standing:
    """Returns the service, with all its ratings marked as not known."""
    return replace(one, overall=NOT_KNOWN, published=None, key_questions=(None,) * len(QUESTIONS))


def quarters(begins: date, day: date) -> tuple[date, ...]:
    """Returns the last days of the quarters between two days (at most MOST_QUARTERS), and then the second day itself."""
    ends = [date(year, month, last) for year in range(begins.year, day.year + 1) for month, last in _ENDS]
    return (*[end for end in ends if begins <= end < day][-MOST_QUARTERS:], day)


def is_told_twice(event: Event, other: Event) -> bool:
    """Whether two events of a home that is registered twice are the same movement, reported once for each registration."""
    same = [(one.kind, one.of, one.group, one.to) for one in (event, other)]
    return event.location_id != other.location_id and same[0] == same[1] and abs(day_of(event) - day_of(other)) <= DATES_APART


def months_before(day: date, months: int) -> date:
    """Returns the same day of the month, `months` months earlier, or the last day of that month if the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How long a service has had its rating without a different rating in between.

    since       the first day on which the service is known to have had the rating; None if not known
    or_earlier  whether the service may have had the rating before `since`
    reports     how many consecutive publications with this rating are known
    first       the day of the first known publication with this rating; None if not known
    """

    since: date | None
    or_earlier: bool
    reports: int
    first: date | None


def run_of(track: Timeline, day: date, events: Iterable[Event] = ()) -> Run:
    """Returns how long a service has had the rating that it has on a day, according to the files and our own events. A reason in
    place of a rating counts as a different rating. Files that do not list the service are ignored."""
    held = [one for one in track if one.as_of <= day] or list(track[:1])
    held = [one for one in held if one.listed] or held[-1:]
    mark = held[-1].mark
    run = list(takewhile(lambda one: one.mark == mark, reversed(held)))[::-1]
    begins = run[0].published
    if len(run) < len(held):
        before = held[-len(run) - 1].published
        dated = begins is not None and (before is None or begins > before)
        begins = begins if dated else run[0].as_of
    said = {one.published for one in run if one.published}
    mine = [one for one in events if one.of == OVERALL and one.group is None and one.to == mark and one.corrected_at is None]
    mine = [one for one in mine if one.published and begins and begins <= one.published <= day]
    dates = _apart(said | {one.published for one in mine if one.published})
    counts = [len(dates), *(one.reports for one in mine if one.reports)]
    first = min([*dates, *(one.since for one in mine if one.since and one.reports)], default=None)
    return Run(since=begins, or_earlier=len(run) == len(held), reports=max(counts), first=first)


def _apart(days: Iterable[date]) -> list[date]:
    """Returns days of publication without days that soon follow another day. Page and files may give the same publication
    different dates."""
    kept: list[date] = []
    for one in sorted(days):
        if not kept or one - kept[-1] > DATES_APART:
            kept.append(one)
    return kept
