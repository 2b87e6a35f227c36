"""Events and subscriptions -> notices: what each subscription is owed, and from when. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from monitor.addresses import scheme
from monitor.detect.schedule import GOES_OFF, IDLE, last_digest, next_digest
from monitor.events import Event
from monitor.model import Bundle, Notice, NoticeKind, Subscription, Waiting, When

CLOCKS_APART = timedelta(minutes=5)
"""The clocks of the worker that saw an event and the one that sends it may differ by this much."""


def route(events: Iterable[Event], subscriptions: Iterable[Subscription]) -> tuple[Notice, ...]:
    """One notice for each event and each of the subscriptions, which are those of the service's watchlists.

    For an immediate subscription an urgent event is due at once; another kind with the next alert, or at the subscription's hour.
    For a digest everything is due at its hour. Events during a pause are due when the pause ends, and none of them is urgent any
    more.
    """
    owed = list(subscriptions)
    return tuple(_notice(event, subscription) for event in events for subscription in owed if subscription.wants(event))


def _notice(event: Event, subscription: Subscription) -> Notice:
    at_once = subscription.when is When.IMMEDIATE and event.urgent and not subscription.is_paused(event.observed_at)
    due = due_at(subscription, at_once, event.observed_at)
    return Notice(event_id=event.id, subscription_id=subscription.id, due_at=due, urgent=at_once)


def hour_gone_by(subscription: Subscription, now: datetime) -> datetime:
    """The latest past hour of the subscription; for an immediate one, the hour of its daily digest."""
    when = When.DAILY if subscription.when is When.IMMEDIATE else subscription.when
    return last_digest(now, when=when, at=subscription.at, day=subscription.day)


def due_at(subscription: Subscription, urgent: bool, observed_at: datetime) -> datetime:
    """When an event becomes due for a subscription."""
    if urgent:
        return observed_at
    when = When.DAILY if subscription.when is When.IMMEDIATE else subscription.when
    due = next_digest(observed_at, when=when, at=subscription.at, day=subscription.day)
    return max(due, subscription.paused_until or due)


def next_sign(subscription: Subscription, after: datetime) -> datetime | None:
    """When a subscription is next owed a sign of life: each week at its day and hour, if it wants one; None: never. One
    whose receiver would be switched off (`GOES_OFF`) gets one at its hour after `IDLE` without a message since `after`."""
    at, day = subscription.at, subscription.day
    if subscription.still_watching:
        return next_digest(after, when=When.WEEKLY, at=at, day=day)
    if scheme(subscription.address) in GOES_OFF:
        return next_digest(after + IDLE, when=When.DAILY, at=at, day=day)
    return None


def bundle(waiting: Sequence[Waiting], now: datetime) -> tuple[Bundle, ...]:
    """The messages to send now, from all that waits.

    Each welcome and each sign of life is a separate message. The events of one service from one check are one alert for each
    address, even if several of its watchlists contain the service; the first alert also carries other notices waiting for an
    immediate subscription of the address. A digest is one for each address and period, with everything that is due.
    """
    welcomes = [_bundle("welcome", [one]) for one in waiting if one.kind is NoticeKind.WELCOME and one.ready]
    signs = [_bundle("still watching", [one]) for one in waiting if one.kind is NoticeKind.SIGN_OF_LIFE]
    owed = [one for one in waiting if one.kind in (NoticeKind.EVENT, NoticeKind.SILENT_DIGEST)]
    alerts = _alerts([one for one in owed if one.when is When.IMMEDIATE], now)
    carried = {notice_id for alert in alerts for notice_id in alert.notice_ids}
    digests: dict[tuple[str, str], list[Waiting]] = {}
    for one in owed:
        if _is_due(one, now) and one.notice_id not in carried:
            period = When.WEEKLY if one.when is When.WEEKLY else When.DAILY
            digests.setdefault((one.address_key, period), []).append(one)
    return (*welcomes, *signs, *alerts, *(_bundle("digest", one, period) for (_, period), one in digests.items()))


def _is_due(one: Waiting, now: datetime) -> bool:
    """Whether it is due now. An event seen in the future was seen by a wrong clock, and is due at once."""
    ahead = now if one.urgent else now + CLOCKS_APART
    return one.due_at <= now or (one.observed_at is not None and one.observed_at > ahead)


def _alerts(owed: Sequence[Waiting], now: datetime) -> list[Bundle]:
    looks: dict[tuple[str, str | None, datetime | None], list[Waiting]] = {}
    for one in owed:
        if one.urgent and _is_due(one, now):
            looks.setdefault((one.address_key, one.location_id, one.observed_at), []).append(one)
    first_of: dict[str, tuple[str, str | None, datetime | None]] = {}
    for look in looks:
        first_of.setdefault(look[0], look)
    for one in owed:
        if not one.urgent and one.address_key in first_of:
            own = (one.address_key, one.location_id, one.observed_at)
            looks[own if own in looks else first_of[one.address_key]].append(one)
    return [_bundle("alert", notices) for notices in looks.values()]


def _bundle(kind: str, notices: Sequence[Waiting], period: str | None = None) -> Bundle:
    return Bundle(
        kind=kind,
        subscription_id=notices[0].subscription_id,
        notice_ids=tuple(one.notice_id for one in notices),
        event_ids=tuple(dict.fromkeys(one.event_id for one in notices if one.event_id is not None)),
        period=period,
    )
