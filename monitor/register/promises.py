"""CQC's promises of when it will inspect a service again. Each promise has its source, and no promise is assumed. Pure."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Why(StrEnum):
    """Why CQC will inspect again."""

    MEASURES = "in special measures"
    ONE_QUESTION = "a key question is inadequate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise of CQC: the number of months after the report, the promise in words, and its source."""

    months: int
    words: str
    source: str


_SOURCE = "CQC: special measures for adult social care, in force since 1 April 2015"

PROMISES: Mapping[Why, Promise] = {
    Why.MEASURES: Promise(
        months=6,
        words="A service in special measures is inspected again within six months",
        source=_SOURCE,
    ),
    Why.ONE_QUESTION: Promise(
        months=6,
        words="A service that is inadequate for a key question, and not overall, is inspected again within six months",
        source=_SOURCE,
    ),
}
"""CQC's promises, only for adult social care, because no source is known for other sectors. Source: docs/facts/ratings.md,
Special measures."""


def due(why: Why, published: date) -> date:
    """Returns the day by which CQC will inspect again after a report that was published on the day `published`. In a month that
    is too short for this day, returns the month's last day."""
    months = published.month - 1 + PROMISES[why].months
    year, month = published.year + months // 12, months % 12 + 1
    return date(year, month, min(published.day, monthrange(year, month)[1]))


def overdue_since(why: Why, today: date) -> date:
    """Returns the latest day on which a report can have been published if its promise is overdue today."""
    day = date(today.year, today.month, 1) - timedelta(days=31 * (PROMISES[why].months - 2))
    while due(why, day) >= today:
        day -= timedelta(days=1)
    return day
