"""Retracts events, and proposes to retract events that seem to have been wrong. Pure."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from monitor.errors import UsageError
from monitor.events import Event, Kind
from monitor.ratings import OVERALL
from monitor.text import plain

LONGEST_WHY = 1_000
"""The maximum length in characters of the reason that a person gives."""

TOGETHER = timedelta(days=30)
"""After a check has seen that CQC says it corrected a report, a corrected rating or statement counts only if it was seen at most
this long before or after that check."""

SHOWN_BY = frozenset({Kind.REPORT_CORRECTED, Kind.READ_WRONGLY})
"""Only if a service has an event of one of these kinds can its events show that an earlier event was wrong."""

_RATED = frozenset(
    {Kind.DOWNGRADED, Kind.UPGRADED, Kind.FIRST_RATED, Kind.INADEQUATE_AGAIN, Kind.NOT_IMPROVED, Kind.STANDS_AGAIN}
)
"""Kinds of event that state a rating (`to`)."""

_PUT_RIGHT = frozenset({Kind.DOWNGRADED, Kind.UPGRADED, Kind.RATING_WITHDRAWN})
"""Kinds of event that end an earlier rating (`from_`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An event that seems to have been wrong, with the reason in one line. A person decides whether the event is retracted."""

    event_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A rating that was read on a page, although CQC's files or API state another rating for the same publication.

    group      the service group; None if the service is not divided
    of         "overall" or a key question
    read       the rating that was read on the page; None if no rating was read
    stated     the rating that the other source states; None if that source states no rating
    published  the date of that publication; None if it is not known
    source     the name of the other source, for example "CQC's file of 13 November 2026"
    """

    location_id: str
    group: str | None
    of: str
    read: str | None
    stated: str | None
    published: date | None
    source: str


def why_in_one_line(text: str) -> str:
    """Returns the reason in one line, as it is sent. Raises UsageError if the reason is empty or too long."""
    why = " ".join(plain(text).split())
    if not why:
        raise UsageError("say why the event was wrong, in the words that will be sent: --why 'CQC had mixed up two services'")
    if len(why) > LONGEST_WHY:
        raise UsageError(f"the reason has {len(why):,} characters; it may have at most {LONGEST_WHY:,}")
    return why


def correction_id(event_id: str) -> str:
    """Returns the id of the event that retracts an event. The same event always gets the same id, so that it is retracted only
    once."""
    return hashlib.sha256(f"correction|{event_id}".encode()).hexdigest()[:16]


def correction_of(event: Event, why: str, at: datetime) -> Event:
    """Returns the event that retracts `event`. `at` is in UTC."""
    return Event(
        id=correction_id(event.id),
        location_id=event.location_id,
        name=event.name,
        kind=Kind.CORRECTION,
        group=event.group,
        of=event.of,
        published=event.published,
        plan=event.plan,
        item=event.item,
        observed_at=at,
        corrects=event.id,
        said=event.words,
        why=why,
    )


def retracted(event: Event, why: str, at: datetime) -> Event:
    """The event, marked as retracted. A retracted event is not deleted."""
    return replace(event, corrected_at=at, corrected_why=why)


def doubted_by_report(events: Sequence[Event]) -> tuple[Proposal, ...]:
    """Proposals for events of one service that later events show to be wrong. `events` are in order, oldest first.

    An event seems wrong in two situations. In the first, CQC says that it has corrected a report, and the event's statement no
    longer applies although there is no newer publication. In the second, this program found that it had misread a rating. A
    corrected report alone proves nothing.
    """
    said = [one for one in events if one.kind is Kind.REPORT_CORRECTED]
    found: dict[str, Proposal] = {}
    for at, later in enumerate(events):
        corrected = next((one for one in said if abs(one.observed_at - later.observed_at) <= TOGETHER), None)
        reason = _reason(later, corrected)
        if reason is None:
            continue
        for earlier in events[:at]:
            if _is_put_right(earlier, later) and earlier.corrected_at is None:
                found.setdefault(earlier.id, Proposal(event_id=earlier.id, reason=reason))
    return tuple(found.values())


def doubted_by_difference(events: Sequence[Event], differences: Sequence[Difference]) -> tuple[Proposal, ...]:
    """Proposals for events whose rating differs from what another source of CQC states for the same publication."""
    differing = _differing(events, differences)
    return tuple(Proposal(event_id=event.id, reason=_difference(one)) for event, one in differing)


def _difference(one: Difference) -> str:
    return f"read on the page: {one.read or 'nothing'}; stated by {one.source}: {one.stated or 'nothing'}"


def _differing(events: Sequence[Event], differences: Sequence[Difference]) -> Iterator[tuple[Event, Difference]]:
    for event in events:
        for one in differences:
            same = (event.location_id, event.group, event.of or OVERALL) == (one.location_id, one.group, one.of)
            alike = event.published is None or one.published is None or event.published == one.published
            if event.kind in _RATED and event.corrected_at is None and same and alike and event.to == one.read != one.stated:
                yield event, one
                break


def _reason(later: Event, corrected: Event | None) -> str | None:
    """Why the earlier statement, which the event `later` replaces, was wrong; None if `later` may just be news."""
    if later.kind is Kind.READ_WRONGLY and later.from_ is not None:
        return f"this program had misread it: {later.words}"
    if corrected is not None and (later.kind in _PUT_RIGHT or later.kind is Kind.LEFT):
        return f"CQC says that it has corrected its report or a rating, and now: {later.words}"
    return None


def _is_put_right(earlier: Event, later: Event) -> bool:
    """Whether a later event about the same publication shows that the earlier event no longer applies."""
    if later.observed_at <= earlier.observed_at or earlier.group != later.group:
        return False
    if earlier.published is not None and later.published is not None and later.published > earlier.published:
        return False
    if later.kind is Kind.LEFT:
        return earlier.kind in (Kind.ENTERED, Kind.REMAINS)
    return earlier.kind in _RATED and (earlier.of, earlier.to) == (later.of, later.from_)
