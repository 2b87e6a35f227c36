"""The days of a requested report. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from monitor.errors import UsageError
from monitor.periods import check_order
from monitor.register.movements import years_before
from monitor.text import day as in_words

EARLIEST = date(2000, 1, 1)
"""The earliest day of a report. CQC was founded after this day, so nothing is known about earlier days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The days of a report.

    at         the day of the report's counts; None for the present, according to the newest files
    since, to  the first and the last day of the period of the report's movements
    today      the day on which the report is made
    """

    at: date | None = None
    since: date
    to: date
    today: date

    @property
    def day(self) -> date:
        """The day of the report's counts."""
        return self.at or self.today


def asked(today: date, at: date | None = None, since: date | None = None, to: date | None = None) -> Asked:
    """Returns the days of a report. The default period is the year up to the report's day. Raises UsageError if the days can't be
    used."""
    if at is not None and at > today:
        raise UsageError(f"{in_words(at)} is in the future: leave the day out to use today’s register")
    for one in (at, since, to):
        if one is not None and one < EARLIEST:
            raise UsageError(f"{in_words(one)} is too long ago: CQC did not exist yet")
    end = to or at or today
    begin = since or years_before(end, 1) + timedelta(days=1)
    if end > today:
        raise UsageError(f"the period ends on {in_words(end)}, which is in the future")
    if at is not None and end > at:
        raise UsageError(f"the period ends on {in_words(end)}, after the day of the report ({in_words(at)})")
    check_order(begin, end)
    return Asked(at=at, since=begin, to=end, today=today)
