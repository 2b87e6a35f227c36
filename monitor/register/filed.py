"""The loaded files of CQC, and the days that they cover. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from monitor.text import day

ONE_MONTH = "only one month’s files are loaded"
"""The reason why movements and changes are not known, if there are no other files to compare with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """The loaded files.

    first   the date of the first file that states ratings
    rated   the date of the newest file that states ratings (a directory states none)
    newest  the date of the newest file of any kind
    months  for how many months there are files that state ratings
    """

    first: date
    rated: date
    newest: date
    months: int

    def covered(self, since: date, to: date) -> tuple[date, date] | None:
        """The first and last day of a period for which the files show the movements of all services; None if there is no such
        day."""
        begin, end = max(since, self.first), min(to, self.rated)
        return (begin, end) if self.months > 1 and begin <= end else None

    def why_not(self, since: date) -> str:
        """Why the files show no movement for a period that begins on this day."""
        if self.months < 2:
            return f"not known: {ONE_MONTH}"
        if since > self.rated:
            return self.not_after
        return f"not known before {day(self.first)}"

    @property
    def not_after(self) -> str:
        """The words that say that ratings of later days are not known."""
        return f"not known after {day(self.rated)}"

    @property
    def cover_in_words(self) -> str:
        """A sentence about the days on which the movements of all services are known."""
        if self.months < 2:
            return f"Movements of services that this monitor does not watch are not known: {ONE_MONTH}."
        days = f"from {day(self.first)} to {day(self.rated)}, the days that the loaded CQC files cover"
        return f"Movements of all services are known {days}. On other days, only movements of watched services are known."

    @property
    def in_words(self) -> str:
        """The dates of the files: for services and for ratings, if these differ."""
        if self.newest == self.rated:
            return f"CQC’s files of {day(self.newest)}"
        return f"CQC’s files: services of {day(self.newest)}, ratings of {day(self.rated)}"


def files_of(rated: Iterable[date], newest: date | None = None) -> Filed:
    """The loaded files. `rated` contains the dates of the files that state ratings (at least one). `newest` is the date of the
    newest file of any kind."""
    days = sorted(set(rated))
    months = {(one.year, one.month) for one in days}
    return Filed(first=days[0], rated=days[-1], newest=max(newest or days[-1], days[-1]), months=len(months))
