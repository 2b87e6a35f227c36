"""Checks the days and periods that people ask about. Every page, API endpoint and command refuses unusable periods with the
same words. Future days are refused, because the answer "nothing happened" would be wrong. Pure.
"""

from datetime import date, datetime, timedelta

from monitor.errors import UsageError
from monitor.text import LONDON, day, day_in_london, moment

CLOCKS_DIFFER = timedelta(minutes=5)
"""How far the clock of a client program may differ from ours."""


def check_begun(at: date | datetime | None, now: datetime) -> None:
    """Raises UsageError if `at` is a day (in London) or an instant in the future. Does nothing if `at` is None."""
    if at is None:
        return
    ahead = at > now + CLOCKS_DIFFER if isinstance(at, datetime) else at > day_in_london(now)
    if ahead:
        raise UsageError(f"{_in_words(at)} is in the future")


def check_order(since: date | datetime | None, until: date | datetime | None) -> None:
    """Raises UsageError if a period ends before it begins. Both values are days, or both are instants."""
    if since is not None and until is not None and until < since:
        raise UsageError(f"the period ends ({_in_words(until)}) before it begins ({_in_words(since)})")


def _in_words(at: date | datetime) -> str:
    if not isinstance(at, datetime):
        return day(at)
    here = at.astimezone(LONDON)
    return day(here) if (here.hour, here.minute) == (0, 0) else moment(at)
