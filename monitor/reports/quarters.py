"""Quarters of a year. Pure."""

from datetime import date, timedelta


def quarter_before(day: date) -> tuple[date, date]:
    """Returns the first and the last day of the last complete quarter before a day."""
    begins = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    last = begins - timedelta(days=1)
    return date(last.year, last.month - 2, 1), last
