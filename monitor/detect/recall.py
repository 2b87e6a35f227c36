"""Measures how many of CQC's publications a source of hints named, and how soon. Pure.

A publication is known once a check has found it. A source named the publication if the source named the service in time. Three
limits apply. The hint must not come earlier than the day before the report's date, not later than three days after the report's
date, and not later than a day after a check found the publication. A hint after these limits is too late to make a check
earlier. The third limit is not enough alone: a check that a hint caused always comes after the hint, even if the hint was late.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from monitor.detect.hints import is_christmas
from monitor.text import LONDON, moment

COUNTED = 50
"""The recall of a source is measured on this many of the newest publications."""

LATELY, MISSES = 20, 2
"""A source misses too many publications if at least `MISSES` of the last `LATELY` publications were not named by it."""

IN_TIME = timedelta(days=1)
"""A source may name a publication up to this long after a check found it, and up to this long before the publication's date. A
publication that the source has not named is left out until this long after the check."""

NAMED_BY = timedelta(days=3)
"""A source may name a publication up to this long after the publication's date."""

NEW = timedelta(days=31)
"""If a report's date is longer ago than this when a check first sees the report, the report was not just published."""

SILENT_AFTER = timedelta(hours=6)
"""The operator is notified if a source has not been read in full for this long. Only the hours in which CQC publishes are
counted."""

_OPEN, _CLOSED = time(7), time(20)
_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """How many of the last `of` publications of watched services a source named."""

    named: int
    of: int

    @property
    def share(self) -> float | None:
        """The share that the source named, from 0 to 1; None if nothing was published, so that nothing is known."""
        return self.named / self.of if self.of else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A report that CQC published about a watched service: its date, and when a check first saw it on CQC's page."""

    location_id: str
    day: date
    shown_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """One occasion on which a source named a service. `day` is the date of publication according to the source; None if the
    source states no date."""

    source: str
    location_id: str
    day: date | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Which of the last publications a source named.

    recall     for the last 50 publications
    lately     for the last 20 publications
    before     how many publications the source named before a check found them; `after` is how many it named later
    p50, p95   half (p50) or 95% (p95) of the named publications were named at most this long after the check that found them.
               Negative if they were named before the check; None if the source named no publication
    """

    source: str
    recall: Recall
    lately: Recall
    before: int = 0
    after: int = 0
    p50: timedelta | None = None
    p95: timedelta | None = None

    @property
    def misses_too_many(self) -> bool:
        """Whether the source did not name enough of the last 20 publications."""
        return self.lately.of - self.lately.named >= MISSES


NAMES = {"list": "CQC's list of publications", "feed": "the list of changes of CQC's API"}
"""The names of the sources as people see them. A new source needs an entry here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source of hints that is in use.

    silent_since  since when the source has not been read in full, if this time is too long; None otherwise. `why` is the reason
    """

    measured: Measured
    silent_since: datetime | None = None
    why: str = ""

    @property
    def name(self) -> str:
        """The source's name, as people see it."""
        return NAMES[self.measured.source]

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with the source, for people; empty if nothing is."""
        lately = self.measured.lately
        silent = (f"it has not been read in full since {moment(self.silent_since)}: {self.why}",) if self.silent_since else ()
        few = f"it named {lately.named} of the last {lately.of} publications in time"
        return (*silent, few) if self.measured.misses_too_many else silent


def measured(
    source: str, publications: Iterable[Publication], namings: Iterable[Naming], since: datetime | None, now: datetime
) -> Measured:
    """Which of the publications found since `since` a source named. `since` is when the source first named any service. If this
    is None, the source has never named a service, and no publication is counted. Times in the future are left out, because a
    wrong clock wrote them."""
    known = [one for one in publications if since is not None and since <= one.shown_at <= now]
    newest = sorted(known, key=lambda one: (one.shown_at, one.location_id, one.day), reverse=True)
    mine = [one for one in namings if one.source == source and one.at <= now]
    lags = list(islice(_lags(newest, mine, now), COUNTED))
    named = sorted(lag for lag in lags if lag is not None)
    return Measured(
        source=source,
        recall=_recall(lags),
        lately=_recall(lags[:LATELY]),
        before=sum(lag <= timedelta(0) for lag in named),
        after=sum(lag > timedelta(0) for lag in named),
        p50=nearest_rank(named, 50) if named else None,
        p95=nearest_rank(named, 95) if named else None,
    )


def _lags(newest: Iterable[Publication], namings: Iterable[Naming], now: datetime) -> Iterator[timedelta | None]:
    """For each publication, the time from the check that found it until the source first named the publication; None if the
    source did not name it. Publications that the source may still name in time are left out."""
    by_service: dict[str, list[Naming]] = {}
    for one in namings:
        by_service.setdefault(one.location_id, []).append(one)
    for publication in newest:
        named = [one.at for one in by_service.get(publication.location_id, ()) if _names(one, publication)]
        if named:
            yield min(named) - publication.shown_at
        elif now - publication.shown_at >= IN_TIME:
            yield None


def _names(naming: Naming, publication: Publication) -> bool:
    midnight = datetime.combine(publication.day, time(), LONDON)
    latest = min(publication.shown_at + IN_TIME, midnight + timedelta(days=1) + NAMED_BY)
    return midnight - IN_TIME <= naming.at <= latest and (
        naming.day is None or abs(naming.day - publication.day) <= IN_TIME
    )


def _recall(lags: Sequence[timedelta | None]) -> Recall:
    return Recall(named=sum(lag is not None for lag in lags), of=len(lags))


def nearest_rank(ordered: Sequence[timedelta], share: int) -> timedelta:
    """The percentile `share` of `ordered`, which contains at least one length of time. The result is one of these lengths."""
    return ordered[-(-share * len(ordered) // 100) - 1]


def hours_of_publishing(start: datetime, end: datetime) -> timedelta:
    """Returns how much of a period is in the hours in which CQC publishes: 07:00 to 20:00 in London, Monday to Saturday. The
    days from 24 December to 2 January are left out. Only about the first two months of the period are examined."""
    total, day = timedelta(0), start.astimezone(LONDON).date()
    for _ in range(_LONGEST):
        opens, closes = (datetime.combine(day, at, LONDON) for at in (_OPEN, _CLOSED))
        if opens >= end:
            break
        if day.weekday() < 6 and not is_christmas(day):
            total += max(timedelta(0), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return total


def is_silent(whole_at: datetime | None, failing_since: datetime | None, now: datetime) -> bool:
    """Whether a source has not been read in full for too long. The source was last read in full at `whole_at` (None if never),
    and has failed since `failing_since`."""
    since = whole_at or failing_since
    return since is not None and hours_of_publishing(min(since, now), now) >= SILENT_AFTER
