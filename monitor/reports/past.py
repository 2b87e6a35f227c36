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
    """A service's state on a day, and its mark; None if the service was not registered.

    On a day before the first files, a service in the first files is given its rating from these files, if the rating had been
    published by that day. Services that closed before the first files are unknown.
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
    """The service, with its rating marked as not known."""
    return replace(one, overall=NOT_KNOWN, published=None, key_questions=(None,) * len(QUESTIONS))


def quarters(begins: date, day: date) -> tuple[date, ...]:
    """The ends of quarters between two days (at most MOST_QUARTERS), followed by the second day itself."""
    ends = [date(year, month, last) for year in range(begins.year, day.year + 1) for month, last in _ENDS]
    return (*[end for end in ends if begins <= end < day][-MOST_QUARTERS:], day)


def is_told_twice(event: Event, other: Event) -> bool:
    """Whether two events are the same movement of a home that is registered twice, so that the movement was reported for both
    registrations."""
    same = [(one.kind, one.of, one.group, one.to) for one in (event, other)]
    return event.location_id != other.location_id and same[0] == same[1] and abs(day_of(event) - day_of(other)) <= DATES_APART


def months_before(day: date, months: int) -> date:
    """The same day of the month, this many months earlier. If the earlier month is shorter, its last day."""
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
    or_earlier  whether the service may have had the rating before that day
    reports     how many consecutive publications are known to give this rating; there may be more
    first       the day of the first of these publications; None if not known
    """

    since: date | None
    or_earlier: bool
    reports: int
    first: date | None


def run_of(track: Timeline, day: date, events: Iterable[Event] = ()) -> Run:
    """The run of a service's rating on a day, according to the files and our own events. A reason in place of a rating ends the
    run. Files that do not list the service do not end the run."""
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
    """Days of publication. Two days close together are treated as one day, because page and files may give a publication
    different dates."""
    kept: list[date] = []
    for one in sorted(days):
        if not kept or one - kept[-1] > DATES_APART:
            kept.append(one)
    return kept
