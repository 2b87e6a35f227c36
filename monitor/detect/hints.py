"""Hints that CQC has published something about a service. A hint says "check now" and nothing else: no event, rating or missing
rating is ever based on a hint. This module decides whether a list of publications is treated as complete, and how long checks
follow a hint. Pure.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from monitor.text import LONDON

LADDER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
"""If a check did not show the publication, the next check follows after a minute, and further checks after longer times. After
the last of these times, the service's own interval applies."""

FOLLOWED_FOR = timedelta(days=3)
"""If the publication that a hint names has not appeared after this long, `status` lists the publication."""

FORGOTTEN_AFTER = timedelta(days=30)
"""After this long, `status` no longer lists the publication."""

AGREE = 2
"""A hint whose date can't be compared ends after this many checks."""

MOST_FROM_PARTIAL, MOST_FROM_WHOLE = 200, 600
"""At most this many new marks of one source lead to checks in a day: the first number for an incomplete list, the second for a
complete list. CQC publishes about 25 reports a day, and at most 550 in a month. Source: docs/facts/publication.md, How many."""

MOST_ROWS = 2_000
"""A list of a week or a month has fewer rows than this, except if CQC's site ignored the filter in the request."""

OLDEST_NEWEST = 3
"""In a complete list, the newest date is at most this many working days ago."""

STILL_THERE = 0.8
"""A complete list has at least this share of those rows of the previous list that are still within the period."""

_OPEN, _CLOSED = time(7), time(20)


class Became(StrEnum):
    """How a hint ended. The values are stored."""

    SHOWN = "shown"  # the page showed this publication or a later one
    BEFORE = "shown before"  # the page already showed this publication when the hint came
    CHECKED = "checked"  # the service was checked twice; there is no date to compare
    NOTED = "noted"  # the source's own rules decide when the service is checked again
    NEVER_SHOWN = "never shown"


STANDING = ""
"""The mark of a lasting hint that names no publication, for example because a service is being inspected. The hint is open
again whenever its source wants a check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a source names: a service and its publication. `mark` is the publication in the source's own words. `day` is the
    mark as a date; None if the mark is not a date of publication."""

    location_id: str
    mark: str
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A mark as it is stored. All times in UTC.

    checks       how many checks have fully read the page since the hint came, and did not find the publication on it
    checked_at   the time of the newest check that was taken into account; None if there was none yet
    due_at       when the hint wants the next check; None if the service's own interval applies
    settled_at   when the hint ended; None while the hint is open. `became` says how the hint ended
    """

    source: str
    location_id: str
    mark: str
    day: date | None
    first_seen: datetime
    checks: int = 0
    checked_at: datetime | None = None
    due_at: datetime | None = None
    settled_at: datetime | None = None
    became: Became | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The newest check of a service. `read` says whether the service was fully read. `calm` says whether no candidate change
    waits. `published` is the newest date of publication on the service's pages; None if the pages show no date."""

    looked_at: datetime | None
    read: bool
    calm: bool
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What happens to an open hint after a check."""

    checks: int
    checked_at: datetime | None
    due_at: datetime | None
    became: Became | None = None


def shows(published: date | None, day: date | None) -> bool:
    """Whether a page shows the named publication, or a later one."""
    return published is not None and day is not None and published >= day


def is_checked(hint: Hint, looked_at: datetime | None, now: datetime) -> bool:
    """Whether the service was checked after the last check that the hint took into account. Times in the future are ignored,
    because a wrong clock wrote them."""
    since = min(hint.checked_at or hint.first_seen, now)
    return looked_at is not None and since < looked_at <= now


def step(hint: Hint, sight: Sight, now: datetime) -> Step:
    """Decides what happens to an open hint after a check. A failed or incomplete check is not counted, because the service is
    tried again soon in any case."""
    if hint.mark == STANDING:
        return Step(checks=hint.checks + 1, checked_at=sight.looked_at, due_at=None, became=Became.NOTED)
    checks = hint.checks + sight.read
    if shows(sight.published, hint.day):
        return Step(checks=checks, checked_at=sight.looked_at, due_at=None, became=Became.SHOWN)
    if not sight.read:
        return Step(checks=checks, checked_at=sight.looked_at, due_at=None)
    comparable = sight.published is not None and hint.day is not None
    if not comparable and checks >= AGREE and sight.calm:
        return Step(checks=checks, checked_at=sight.looked_at, due_at=None, became=Became.CHECKED)
    assert sight.looked_at is not None
    goes_on = checks <= len(LADDER) and now - hint.first_seen < FOLLOWED_FOR
    due_at = min(sight.looked_at, now) + LADDER[checks - 1] if goes_on else None
    return Step(checks=checks, checked_at=sight.looked_at, due_at=due_at)


USUAL = timedelta(days=60)
"""A report is expected this long after CQC's first visit. This is an assumption: no source gives the time."""

WAITING = timedelta(minutes=50)
"""The least time between two checks of a service that is being inspected."""


def until_report(visited: date | None, now: datetime) -> float:
    """Returns how many seconds `now` is before or after the usual time of a report. The result is infinite if the day of the
    visit is unknown, so that this service comes last."""
    if visited is None:
        return float("inf")
    return abs((datetime.combine(visited, time(12), LONDON) + USUAL - now).total_seconds())


# ── lists of publications ────────────────────────────────────────────────────────────────────────────────────────────────


class Period(StrEnum):
    """The period that a list covers. The values are CQC's."""

    WEEK = "week"
    MONTH = "month"

    @property
    def length(self) -> timedelta:
        """How far back the list reaches."""
        return timedelta(days=6 if self is Period.WEEK else 27)


GAP = timedelta(days=6)
"""If no list of a week was read for this long, the monitor reads a list of a month once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publications:
    """A list of publications as read.

    marks   each service and its date of publication, without repeats
    rows    the number of rows
    stated  how many rows there should be, according to the list; None if the list does not say
    unfit   the number of rows without a usable id
    cut     whether the list ends in the middle of a row
    """

    marks: tuple[Mark, ...]
    rows: int
    stated: int | None
    unfit: int = 0
    cut: bool = False

    @property
    def newest(self) -> date | None:
        """The newest date of publication; None if no date can be read."""
        return max((one.day for one in self.marks if one.day), default=None)


def is_in_hours(now: datetime) -> bool:
    """Whether CQC publishes at this time: 07:00 to 20:00 in London, Monday to Saturday. Source:
    docs/facts/publication.md, When."""
    local = now.astimezone(LONDON)
    return local.weekday() < 6 and _OPEN <= local.time() < _CLOSED


def why_partial(found: Publications, before: Collection[Mark], period: Period, today: date) -> str | None:
    """Why a list is incomplete, in one line for people; None if the list is complete. `before` contains the marks of the
    previous list.

    An incomplete list proves nothing about services that it does not name, but its marks are used anyway. A list that was cut
    between two rows and does not state its number of rows looks complete. So the list is also compared with the previous list.
    """
    if found.cut:
        return "it is cut short"
    if found.stated is not None and found.stated != found.rows:
        return f"it states {found.stated:,} results but has {found.rows:,}"
    if found.unfit:
        return f"{found.unfit:,} of its rows have no usable id"
    if found.rows > MOST_ROWS:
        return f"it has {found.rows:,} rows, so CQC's site ignored the filter in the request"
    if not is_fresh(found.newest, today):
        return "its newest date is too old" if found.newest else "it has no date that can be read"
    first = today - period.length
    former = {(one.location_id, one.mark) for one in before if one.day and one.day >= first}
    there = former & {(one.location_id, one.mark) for one in found.marks}
    if len(there) < STILL_THERE * len(former):
        return f"{len(former) - len(there):,} of the former list's {len(former):,} rows are gone"
    return None


def is_fresh(newest: date | None, today: date) -> bool:
    """Whether a list's newest date is plausible: at most three working days back. Between 24 December and 2 January CQC publishes
    hardly anything, so these days are not working days."""
    if newest is None:
        return is_christmas(today)
    if newest >= today:
        return True
    days = (newest + timedelta(days=number) for number in range(1, min((today - newest).days, 60) + 1))
    return sum(one.weekday() < 5 and not is_christmas(one) for one in days) <= OLDEST_NEWEST


def is_christmas(day: date) -> bool:
    """Whether a day is from 24 December to 2 January, when CQC publishes hardly anything."""
    return (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 2)


def is_empty_in_error(found: Publications, today: date) -> bool:
    """Whether a list is empty although it should not be. CQC publishes on every working day except around Christmas."""
    return not found.rows and not is_christmas(today)


def pause(pauses: int) -> timedelta:
    """How long a source that failed is left alone. `pauses` is the number of earlier failures in a row."""
    return _PAUSES[min(pauses, len(_PAUSES) - 1)]


_PAUSES: Sequence[timedelta] = tuple(timedelta(minutes=minutes) for minutes in (10, 20, 40, 80, 160, 360))
