"""Decides which events each subscription gets, and when, and makes the notices. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from monitor.addresses import ONLY_URGENT, scheme
from monitor.detect.schedule import GOES_OFF, IDLE, last_digest, next_digest
from monitor.events import Event, Kind
from monitor.items import NOT_OF_A_REPORT
from monitor.model import Bundle, Notice, NoticeKind, Subscription, Waiting, When
from monitor.own_facts import OwnFacts, is_placed
from monitor.settings import BUNDLE_OVER
from monitor.severity import is_at_once
from monitor.text import day_in_london

CLOCKS_APART = timedelta(minutes=5)
"""The worker that saw an event and the worker that sends it may have clocks that differ by this much."""

Own = Mapping[str, Mapping[str, OwnFacts]]
"""Own facts, by location id and watchlist."""


def route(events: Iterable[Event], subscriptions: Iterable[Subscription], own: Own = MappingProxyType({})) -> tuple[Notice, ...]:
    """Returns a notice for each event and each subscription that wants the event. Telephone numbers get only urgent events.
    `subscriptions` are the subscriptions to the service's watchlists. `own` are the councils' own facts about services."""
    seen = list(events)
    return tuple(
        notice
        for one in subscriptions
        for notice in notices(wanted(seen, one, own), one)
        if notice.urgent or scheme(one.address) not in ONLY_URGENT
    )


def wanted(events: Iterable[Event], subscription: Subscription, own: Own) -> list[Event]:
    """Returns the events that a subscription wants. Only own facts from the subscription's watchlist are used."""
    return [
        event
        for event in events
        if subscription.wants(
            event, placed=is_placed(own.get(event.location_id, {}).get(subscription.watchlist), day_in_london(event.observed_at))
        )
    ]


def notices(
    events: Sequence[Event], subscription: Subscription, *, urgent_before: Collection[str] = ()
) -> tuple[Notice, ...]:
    """Returns the notices that a subscription gets because of these events.

    For an immediate subscription:
    - events that it wants at once are due at once;
    - other events are due daily, at the subscription's hour;
    - other events from a report without bad news are due weekly, unless the subscription wants all news daily.

    For a daily or weekly subscription, all events are due with the next digest. Events during a pause are due with the first
    digest after the pause, and are not urgent.

    urgent_before  the ids of events that were already urgent when a pause began; these events stay urgent
    """
    calm = {item for item, found in _items(events).items() if is_calm(found)}
    immediate, made = subscription.when is When.IMMEDIATE, []
    for event in events:
        held = subscription.is_paused(event.observed_at) and event.id not in urgent_before
        urgent = immediate and not held and is_at_once(event, subscription.at_once)
        weekly = immediate and not subscription.all_news and event.item in calm
        when = When.WEEKLY if weekly else When.DAILY if immediate else subscription.when
        due = event.observed_at if urgent else hour_after(subscription, event.observed_at, when)
        made.append(Notice(event_id=event.id, subscription_id=subscription.id, due_at=due, urgent=urgent, weekly=weekly))
    return tuple(made)


def is_calm(item: Iterable[Event]) -> bool:
    """Whether a report contains no bad news and nothing about the service itself, such as a closure. False if we only know that
    a report was published, and do not know what it says."""
    told = list(item)
    unknown = all(event.kind is Kind.REPORT and event.to is None for event in told)
    return not unknown and not any(event.worse or event.kind in NOT_OF_A_REPORT for event in told)


def hour_after(subscription: Subscription, seen: datetime, when: When) -> datetime:
    """Returns when a notice that is not urgent is due. `when` says whether this is the subscription's next daily or next weekly
    hour. During a pause, the notice is due at the end of the pause or later."""
    due = next_digest(seen, when=when, at=subscription.at, day=subscription.day)
    return max(due, subscription.paused_until or due)


def _items(events: Iterable[Event]) -> dict[str | None, list[Event]]:
    items: dict[str | None, list[Event]] = {}
    for event in events:
        items.setdefault(event.item, []).append(event)
    return items


def hour_gone_by(subscription: Subscription, now: datetime) -> datetime:
    """Returns the latest past time at which a digest was due for the subscription. For an immediate subscription, this is the
    daily digest."""
    when = When.DAILY if subscription.when is When.IMMEDIATE else subscription.when
    return last_digest(now, when=when, at=subscription.at, day=subscription.day)


def next_sign(subscription: Subscription, after: datetime) -> datetime | None:
    """Returns when a subscription next gets a heartbeat message; None if it never gets one. If the subscription wants heartbeat
    messages, they come once a week at its day and hour. Some kinds of receiver (`GOES_OFF`) are switched off if they are unused.
    Such a receiver gets a heartbeat message when its last message (`after`) is `IDLE` old, at the subscription's hour."""
    at, day = subscription.at, subscription.day
    if scheme(subscription.address) in ONLY_URGENT:
        return None
    if subscription.still_watching:
        return next_digest(after, when=When.WEEKLY, at=at, day=day)
    if scheme(subscription.address) in GOES_OFF:
        return next_digest(after + IDLE, when=When.DAILY, at=at, day=day)
    return None


def bundle(
    waiting: Sequence[Waiting], now: datetime, *, most: int = BUNDLE_OVER, apart: Collection[str] = ()
) -> tuple[Bundle, ...]:
    """Makes the messages to send now from all waiting notices.

    Each welcome and each heartbeat message is a separate message.

    If an item has urgent events, each address gets one alert about the item, even if several watchlists of the address contain
    the service. The alert also contains the address's other waiting notices about the item. If more than `most` items are urgent
    for an address, one alert contains all of them, unless the address's key is in `apart`.

    An address gets one digest for each period. The digest contains all notices that are due. If a notice is due, the digest also
    contains the notices about the same item that wait for a weekly digest.
    """
    welcomes = [_bundle("welcome", [one]) for one in waiting if one.kind is NoticeKind.WELCOME and one.ready]
    signs = [_bundle("still watching", [one]) for one in waiting if one.kind is NoticeKind.SIGN_OF_LIFE]
    owed = [one for one in waiting if one.kind in (NoticeKind.EVENT, NoticeKind.SILENT_DIGEST)]
    alerts = _alerts([one for one in owed if one.when is When.IMMEDIATE], now, most, apart)
    carried = {notice_id for alert in alerts for notice_id in alert.notice_ids}
    digests: dict[tuple[str, bool], list[Waiting]] = {}
    rest = [one for one in owed if one.notice_id not in carried]
    begun = {(one.address_key, one.item) for one in rest if _is_due(one, now)}
    for one in rest:
        if _is_due(one, now) or (one.weekly and (one.address_key, one.item) in begun):
            digests.setdefault((one.address_key, one.when is When.WEEKLY), []).append(one)
    return (*welcomes, *signs, *alerts, *(_bundle("digest", due, _period(due)) for due in digests.values()))


def _period(due: Sequence[Waiting]) -> str:
    """Returns a digest's period. A digest is weekly if its subscription is weekly, or if it contains notices that waited for the
    weekly digest."""
    return When.WEEKLY if any(one.weekly or one.when is When.WEEKLY for one in due) else When.DAILY


def _is_due(one: Waiting, now: datetime) -> bool:
    """Whether a notice is due now. If the notice's event has a time in the future, a clock was wrong, and the notice is due at
    once."""
    ahead = now if one.urgent else now + CLOCKS_APART
    return one.due_at <= now or (one.observed_at is not None and one.observed_at > ahead)


def _alerts(owed: Sequence[Waiting], now: datetime, most: int, apart: Collection[str]) -> list[Bundle]:
    items: dict[str, dict[object, list[Waiting]]] = {}
    for one in owed:
        if one.urgent and _is_due(one, now):
            items.setdefault(one.address_key, {}).setdefault(one.item, []).append(one)
    for one in owed:
        if not one.urgent and one.item in (mine := items.get(one.address_key, {})):
            mine[one.item].append(one)
    alerts: list[Bundle] = []
    for address, mine in items.items():
        together = len(mine) > most and address not in apart
        groups = [[one for item in mine.values() for one in item]] if together else list(mine.values())
        alerts += (_bundle("alert", group) for group in groups)
    return alerts


def _bundle(kind: str, notices: Sequence[Waiting], period: str | None = None) -> Bundle:
    return Bundle(
        kind=kind,
        subscription_id=notices[0].subscription_id,
        notice_ids=tuple(one.notice_id for one in notices),
        event_ids=tuple(dict.fromkeys(one.event_id for one in notices if one.event_id is not None)),
        period=period,
    )
