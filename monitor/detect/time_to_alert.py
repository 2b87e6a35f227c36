"""Measures the time from CQC's publication until an alert reached somebody, stage by stage. Pure.

Only alerts sent at once are timed, because a digest is sent at an hour that its reader chose. Four kinds of event are left out:
events that an older version of the program could not read, retracted events, corrections, and events based on CQC's monthly
files. For these events, no check saw the change when CQC's page first showed it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import groupby, pairwise

from monitor.detect.recall import nearest_rank
from monitor.events import EVER_URGENT, Event, Kind, Rests
from monitor.severity import by_severity
from monitor.text import LONDON

PERIOD = timedelta(days=30)
"""The length of the period whose items are timed."""

MOST_NAMED = 10
"""How many of the slowest items are listed."""

CLOCKS_APART = timedelta(minutes=5)
"""The clocks of two workers may differ by this much. Times that are out of order by more come from a wrong clock, and are
ignored."""

HINT_HOLDS = timedelta(days=1)
"""A hint is taken to be about a report if it came at most this long before the report's date. If the report has no date, the
time of the first check that saw the report is used instead. This limit is needed because CQC's list of changes also names
services for reasons other than a report."""

TIMED = EVER_URGENT - {Kind.CORRECTION, Kind.READ_WRONGLY}
"""The kinds of event that are timed if they are urgent."""


class Stage(StrEnum):
    """The stages of an alert. The values are in JSON and in the metrics."""

    SEEN = "seen"  # from the first hint to the first check that saw the change
    CONFIRMED = "confirmed"  # from that check until the change was confirmed
    SENT = "sent"  # from the confirmation until the message was ready to be sent
    ACCEPTED = "accepted"  # from then until the receiver accepted the message
    TOTAL = "total"  # from the first hint, or the first check that saw the change, until a receiver accepted the message


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One event's message to one receiver that is alerted at once. `made_at` is None if the event is not in a message yet, or
    if the time is no longer known. `accepted_at` is None if the receiver has not accepted the message yet."""

    event_id: str
    made_at: datetime | None
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """All events of one service, from one report, that are alerted immediately. `event` is the most severe of these events.

    hinted_at     when a source of hints first named the service; None if no source named it before the alert
    seen_at       when a check first saw the change; None if not known
    confirmed_at  when the change was confirmed
    sent_at       when the first accepted message was ready to be sent; None if no message is ready yet, or if the time is not
                  known
    accepted_at   when a receiver first accepted the message; None if no receiver has
    """

    event: Event
    hinted_at: datetime | None
    seen_at: datetime | None
    confirmed_at: datetime
    sent_at: datetime | None
    accepted_at: datetime | None

    def took(self, stage: Stage, now: datetime) -> timedelta | None:
        """How long a stage took; None if this is not known, or if the stage is not over yet. Until a receiver accepts an alert,
        the total is measured up to `now`, so that an alert that never arrives is not left out."""
        begun = min(self.seen_at, self.hinted_at or self.seen_at) if self.seen_at else None
        match stage:
            case Stage.SEEN:
                hinted = self.hinted_at if self.seen_at and self.hinted_at and self.hinted_at <= self.seen_at else None
                return _between(hinted, self.seen_at)
            case Stage.CONFIRMED:
                return _between(self.seen_at, self.confirmed_at)
            case Stage.SENT:
                return _between(self.confirmed_at, self.sent_at)
            case Stage.ACCEPTED:
                return _between(self.sent_at, self.accepted_at)
            case Stage.TOTAL:
                return None if self.is_out_of_order(now) else _between(begun, self.accepted_at or now)

    def is_out_of_order(self, now: datetime) -> bool:
        """Whether the item's times can't be true, because a clock was wrong."""
        known = [one for one in (self.seen_at, self.confirmed_at, self.sent_at, self.accepted_at, now) if one]
        return any(later < earlier - CLOCKS_APART for earlier, later in pairwise(known))


def _between(start: datetime | None, end: datetime | None) -> timedelta | None:
    """The time from one instant to the other, never negative; None if one of the instants is missing, or if the two are too far
    out of order."""
    if start is None or end is None or end < start - CLOCKS_APART:
        return None
    return max(end - start, timedelta(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How long a stage took. For half of the items, the stage took at most `p50`, and for 95 in 100 at most `p95`."""

    items: int
    p50: timedelta
    p95: timedelta
    worst: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeToAlert:
    """The times of a period's items.

    items    how many items were sent at once, or will be
    waiting  how many of these items no receiver has accepted yet
    unclear  how many items have no total, because the first check that saw the change is not known, or because a clock was
             wrong
    stages   the stages that are known for at least one item
    slowest  the slowest items, the slowest first, each with its total
    """

    items: int = 0
    waiting: int = 0
    unclear: int = 0
    stages: Mapping[Stage, Spread] = field(default_factory=dict)
    slowest: tuple[tuple[Item, timedelta], ...] = ()


def is_timed(event: Event) -> bool:
    """Whether the time until an event's alert shows how fast the monitor is."""
    return event.urgent and event.kind in TIMED and not event.read_late and event.rests_on is not Rests.MONTHLY_FILE


def measured(
    events: Iterable[Event], alerts: Iterable[Alert], hints: Mapping[str, Sequence[datetime]], now: datetime
) -> TimeToAlert:
    """The times of all the items that consist of these events. `hints` contains the times at which sources named each service,
    by the service's id.

    All events confirmed at one check are in one message. If one report led to several messages, the slowest message is used.
    """
    items = _items(events, alerts, hints, now)
    totals = [(one, took) for one in items if (took := one.took(Stage.TOTAL, now)) is not None]
    return TimeToAlert(
        items=len(items),
        waiting=sum(one.accepted_at is None for one in items),
        unclear=len(items) - len(totals),
        stages=_stages(items, now),
        slowest=tuple(sorted(totals, key=lambda one: (-one[1], one[0].event.id))[:MOST_NAMED]),
    )


def _items(
    events: Iterable[Event], alerts: Iterable[Alert], hints: Mapping[str, Sequence[datetime]], now: datetime
) -> list[Item]:
    """The items, each with the times of its slowest message."""
    by_event: dict[str, list[Alert]] = {}
    for alert in alerts:
        by_event.setdefault(alert.event_id, []).append(alert)
    told = sorted((one for one in events if is_timed(one) and one.id in by_event), key=_look)
    found: dict[str, Item] = {}
    for _, look in groupby(told, key=_look):
        item = _item(list(look), by_event, hints)
        key = _key(item.event)
        if key not in found or _slowness(item, now) > _slowness(found[key], now):
            found[key] = item
    return list(found.values())


def _stages(items: Sequence[Item], now: datetime) -> dict[Stage, Spread]:
    known = {stage: [took for one in items if (took := one.took(stage, now)) is not None] for stage in Stage}
    return {stage: spread(some) for stage, some in known.items() if some}


def spread(lengths: Sequence[timedelta]) -> Spread:
    """The percentiles of at least one length of time. Each percentile is one of these lengths (nearest
    rank)."""
    ordered = sorted(lengths)
    p50, p95 = nearest_rank(ordered, 50), nearest_rank(ordered, 95)
    return Spread(items=len(ordered), p50=p50, p95=p95, worst=ordered[-1])


def _look(event: Event) -> tuple[str, datetime, str]:
    """What the events of one message have in common: the service, the time of the check and the report."""
    return event.location_id, event.observed_at, str(event.published)


def _key(event: Event) -> str:
    """What identifies an item. An event that is not recorded yet is a separate item."""
    return event.item or event.id


def _slowness(item: Item, now: datetime) -> timedelta:
    return item.took(Stage.TOTAL, now) or timedelta(0)


def _item(look: Sequence[Event], by_event: Mapping[str, Sequence[Alert]], hints: Mapping[str, Sequence[datetime]]) -> Item:
    event = min(look, key=by_severity)
    seen_at = min((one.first_seen_at for one in look if one.first_seen_at), default=None)
    told = [_first(by_event[one.id]) for one in look]
    waiting = [one for one in told if one.accepted_at is None]
    # an event that is not accepted yet, or else the event that was accepted last
    last = waiting[0] if waiting else max(told, key=_accepted)
    return Item(
        event=event,
        hinted_at=_hinted(event, seen_at or event.observed_at, hints.get(event.location_id, ())),
        seen_at=seen_at,
        confirmed_at=event.observed_at,
        sent_at=last.made_at,
        accepted_at=last.accepted_at,
    )


def _first(alerts: Sequence[Alert]) -> Alert:
    """The alert that a receiver accepted first; any alert if no alert was accepted."""
    return min((one for one in alerts if one.accepted_at), key=_accepted, default=alerts[0])


def _accepted(alert: Alert) -> datetime:
    assert alert.accepted_at is not None
    return alert.accepted_at


def _hinted(event: Event, seen_at: datetime, hints: Sequence[datetime]) -> datetime | None:
    """The first hint about an event's report. A hint that came after the event was confirmed is left out."""
    published = datetime.combine(event.published, time(), LONDON) if event.published else seen_at
    since = min(published, seen_at) - HINT_HOLDS
    return min((one for one in hints if since <= one <= event.observed_at), default=None)
