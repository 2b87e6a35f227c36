"""Measures how many of CQC's publications a source of hints named, and how soon. Pure.

A publication is known from a check that found it. A source named it if it named its service in time: not before the day before
the report's date, at most three days after it, and at most a day after a check found it. A later hint brings no check forward.
All three limits are needed: a check that a hint caused always comes after the hint, so it does not show that the hint was late.
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
"""Of the last `LATELY` publications, a source that did not name `MISSES` misses too many."""

IN_TIME = timedelta(days=1)
"""A source may name a publication up to this long after a check found it, and up to this long before its date. Until then a
publication that it did not name does not count."""

NAMED_BY = timedelta(days=3)
"""How long after its date a source may still name a publication."""

NEW = timedelta(days=31)
"""A report whose date is older than this when a check first sees it was not just published."""

SILENT_AFTER = timedelta(hours=6)
"""How long a source may go without being read in full, counting the hours in which CQC publishes, before the operator is
notified."""

_OPEN, _CLOSED = time(7), time(20)
_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """How many of the last `of` publications of watched services a source named."""

    named: int
    of: int

    @property
    def share(self) -> float | None:
        """The share that it named, 0 to 1; None: nothing was published, so nothing is known."""
        return self.named / self.of if self.of else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A report that CQC published about a watched service: its date, and when a check first saw it on CQC's page."""

    location_id: str
    day: date
    shown_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A source named a service. `day`: the date of publication in its own words; None: it states none."""

    source: str
    location_id: str
    day: date | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Which of the last publications a source named.

    recall     of the last 50
    lately     of the last 20
    before     how many it named before a check found them, `after`: how many later
    p50, p95   the time from the check that found a publication until it was named (negative: named first); None: it named none
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
        """Whether it did not name enough of the last 20."""
        return self.lately.of - self.lately.named >= MISSES


NAMES = {"list": "CQC's list of publications", "feed": "the list of changes of CQC's API"}
"""Names for people of the sources that name publications. A new source gets a line here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source of hints that is in use.

    silent_since  since when it has not been read in full, if that is too long, with the reason in `why`; None: it is read
    """

    measured: Measured
    silent_since: datetime | None = None
    why: str = ""

    @property
    def name(self) -> str:
        """Its name for people."""
        return NAMES[self.measured.source]

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with it, for people; () if nothing is."""
        lately = self.measured.lately
        silent = (f"it has not been read in full since {moment(self.silent_since)}: {self.why}",) if self.silent_since else ()
        few = f"it named {lately.named} of the last {lately.of} publications in time"
        return (*silent, few) if self.measured.misses_too_many else silent


def measured(
    source: str, publications: Iterable[Publication], namings: Iterable[Naming], since: datetime | None, now: datetime
) -> Measured:
    """Which of the publications found since `since` a source named. `since`: when the source was first read; None: it never named
    anything, so nothing is known. Times in the future were written by a wrong clock."""
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
    """For each publication, the time from the check that found it until it was first named; None: it was not named. Publications
    that may still be named are left out."""
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
    """The percentile of ordered lengths of time (at least one). The result is one of these lengths."""
    return ordered[-(-share * len(ordered) // 100) - 1]


def hours_of_publishing(start: datetime, end: datetime) -> timedelta:
    """The part of a period in the hours in which CQC publishes: 07:00 to 20:00 in London, Monday to Saturday, not from
    24 December to 2 January. At most about two months are counted."""
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
    """Whether a source has not been read in full for too long. It was last read in full at `whole_at` (None: never), and has
    failed since `failing_since`."""
    since = whole_at or failing_since
    return since is not None and hours_of_publishing(min(since, now), now) >= SILENT_AFTER
