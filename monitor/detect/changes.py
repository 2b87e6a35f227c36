"""The results of comparing the stored state with the observed state. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime

from monitor.detect.holdings import is_newer
from monitor.detect.observe import PARTLY_READ, Holdings, Observation
from monitor.detect.waiting import Nature
from monitor.events import Kind
from monitor.model import Aspect, Holding, Subject
from monitor.ratings import Rating

AGAIN = {Rating.INADEQUATE: Kind.INADEQUATE_AGAIN, Rating.REQUIRES_IMPROVEMENT: Kind.NOT_IMPROVED}
"""The kind of event for a poor rating that a newer report repeats."""

NEW_REPORT = frozenset({Kind.DOWNGRADED, Kind.UPGRADED, Kind.FIRST_RATED, Kind.REPORT, *AGAIN.values()})
"""Kinds of event that a newer report brings with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between what is stored and what was observed."""

    subject: Subject
    kind: Kind
    to: str | int | None
    from_: str | int | None = None
    of: str | None = None
    published: date | None = None
    quote: str | None = None
    page: str | None = None
    report: str | None = None
    newer: bool = False  # whether it has a newer date than what is stored
    nature: Nature = Nature.ORDINARY
    again: bool = False  # whether an earlier report made the same statement
    divided: bool = False  # whether its group is rated separately for the first time
    still: str | None = None  # the overall rating, if this is a new report that did not change the rating; None otherwise
    reports: int | None = None  # how many reports in a row state the rating
    since: date | None = None  # the day of the first of these reports, or the day since which the statement has applied
    late: bool = False  # whether the statement may have been on the page before without being read
    told: bool = True  # whether anybody is alerted. If False, the change waits like others, but is stored without an alert

    @property
    def mark(self) -> str:
        """Identifies the change, so that a second check recognises it."""
        return "|".join(str(part) for part in (self.subject.aspect, self.subject.group, self.of or "", self.kind, self.to))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How one observation differs from what is stored.

    observed  the holdings of the observation, with service groups named as in the stored snapshot
    stale     whether the whole page is older than what is stored
    changes   changes that must be confirmed
    quiet     holdings that may be stored without an event
    """

    observation: Observation
    observed: Holdings
    stale: bool
    changes: tuple[Change, ...]
    quiet: Holdings


@dataclass(slots=True, kw_only=True)
class Differences:
    """What is compared, and the result so far (`changes` and `quiet`, as in `Difference`).

    since    the day of the snapshot that is stored
    now      the time of the check, in UTC
    awaited  marks of the changes that earlier checks saw and this check may confirm
    """

    stored: Holdings
    observed: Holdings
    observation: Observation
    since: date
    now: datetime
    awaited: frozenset[str] = frozenset()
    changes: list[Change] = field(default_factory=list)
    quiet: dict[Subject, Holding] = field(default_factory=dict)


def change_of(subject: Subject, kind: Kind, from_: object, to: object, new: Holding) -> Change:
    return Change(
        subject=subject,
        kind=kind,
        of=subject.of,
        from_=_plain(from_),
        to=_plain(to),
        published=new.published,
        quote=new.quote,
        page=new.page,
        report=new.report,
    )


def _plain(value: object) -> str | int | None:
    return value if value is None or isinstance(value, int) else str(value)


def first_read(found: Differences, aspect: Aspect, old: Holding, new: Holding, page: str | None) -> bool:
    """Whether a statement is on a `page` that no check had read before. If so, the statement may be old, so it is stored without
    an event. False if the same check shows a newer report, or if an earlier check saw a statement of this kind as news."""
    news = any(change.kind in NEW_REPORT for change in found.changes)
    news = news or any(mark.startswith(f"{aspect}|") for mark in found.awaited)
    return old.instead == PARTLY_READ and page != found.observation.first and not is_newer(new, old) and not news
