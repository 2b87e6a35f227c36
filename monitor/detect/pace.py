"""Decides whether quiet services are checked less often than every CHECK_EVERY. Quiet services are checked less often if CQC's
list of changes names enough of what CQC publishes. Pure. All instants are in UTC, and days are in Europe/London."""

from datetime import UTC, date, datetime, time, timedelta

from monitor.detect.hints import is_christmas
from monitor.detect.recall import COUNTED, Recall
from monitor.text import LONDON

NAMED = 0.95
"""The share of publications that the list has to name before quiet services are checked less often than every CHECK_EVERY."""

SILENT_FOR = timedelta(hours=36)
"""If the list names no service in all of England for this long, not counting weekends and bank holidays, the list is broken and
is not trusted."""

STARTS_FOR = timedelta(days=14)
"""A monitor is new as long as at least half of its services were added within this time. A new monitor may have too many
services to check each of them every CHECK_EVERY, and the list's recall is not known yet."""

STARTS_WITH = timedelta(days=2)
"""A new monitor checks each service at least this often. With all of England, this takes 28,500 checks a day, each with one or
two requests. These checks find within two days what the list fails to name, so that the list's recall is known after about a
week."""

_LONGEST = 60
"""The most days that `working_time` examines."""


def may_lengthen(recall: Recall | None) -> bool | None:
    """Whether the list of changes names enough of what is published, so that quiet services may be checked less often. None if
    this is not known yet. False as soon as the share of named publications among the last `COUNTED` can no longer reach
    `NAMED`."""
    if recall is None:
        return None
    if recall.of - recall.named > COUNTED * (1 - NAMED):
        return False
    return True if recall.of >= COUNTED else None


def quiet_pace(check_every: timedelta, wanted: timedelta, recall: Recall | None, *, starts: bool) -> timedelta:
    """Returns the time between two checks of a quiet service while the list of changes is read. If the list names enough
    publications, the time is `wanted` (see schedule.quiet_interval). If the list names too few, the time is CHECK_EVERY. Before
    the list's recall is known, a new monitor (`starts`) uses `wanted`, but at most `STARTS_WITH`; any other monitor uses
    CHECK_EVERY. The result is never less than CHECK_EVERY."""
    match may_lengthen(recall):
        case True:
            return max(check_every, wanted)
        case None if starts:
            return max(check_every, min(wanted, STARTS_WITH))
        case _:
            return check_every


def is_silent(heard_at: datetime | None, now: datetime) -> bool:
    """Whether a list that last named a service at `heard_at` has named no service for too long."""
    return heard_at is None or working_time(heard_at, now) > SILENT_FOR


def working_time(start: datetime, end: datetime) -> timedelta:
    """Returns how much of a period is on working days, with all 24 hours of each day. Only about the first two months of the
    period are examined."""
    total, day = timedelta(0), start.astimezone(LONDON).date()
    for _ in range(_LONGEST):
        begins, day = _midnight(day), day + timedelta(days=1)
        if begins >= end:
            break
        if is_working_day(day - timedelta(days=1)):
            total += max(timedelta(0), min(end, _midnight(day)) - max(start, begins))
    return total


def is_working_day(day: date) -> bool:
    """Whether CQC works: Monday to Friday, without England's bank holidays. From 24 December to 2 January CQC publishes hardly
    anything, so these days are not working days either."""
    if day.weekday() > 4 or is_christmas(day):
        return False
    is_last = day.month in (5, 8) and day.day >= 25
    if day.weekday() == 0 and (is_last or (day.month == 5 and day.day <= 7)):
        return False
    return (day - easter(day.year)).days not in (-2, 1)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar. Source: Butcher's Ecclesiastical Calendar (1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON).astimezone(UTC)
