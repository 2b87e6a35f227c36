"""Decides who is sent which message, and when, by the rules from before version 0.3. The present rules are compared with these.
Urgent events were sent at once. Everything else was sent with the next alert, or once a day.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from monitor.detect.schedule import next_digest
from monitor.events import Event
from monitor.model import Bundle, Notice, NoticeKind, Subscription, Waiting, When

Look = tuple[str, str, datetime | None]


def route(events: Iterable[Event], subscriptions: Iterable[Subscription]) -> tuple[Notice, ...]:
    """Does what `notify.route.route` did before version 0.3."""
    owed = list(subscriptions)
    return tuple(_notice(event, one) for event in events for one in owed if one.wants(event))


def _notice(event: Event, subscription: Subscription) -> Notice:
    urgent = subscription.when is When.IMMEDIATE and event.urgent
    when = When.DAILY if subscription.when is When.IMMEDIATE else subscription.when
    hour = next_digest(event.observed_at, when=when, at=subscription.at, day=subscription.day)
    due = event.observed_at if urgent else hour
    return Notice(event_id=event.id, subscription_id=subscription.id, due_at=due, urgent=urgent)


def bundle(
    waiting: Sequence[Waiting], now: datetime, *, most: int = 0, apart: Collection[str] = ()
) -> tuple[Bundle, ...]:  # fmt: skip
    """Does what `notify.route.bundle` did before version 0.3. The first alert to an address also contained all other events
    that were waiting to be sent there immediately."""
    owed = [one for one in waiting if one.kind is NoticeKind.EVENT]
    alerts: dict[Look, list[Waiting]] = {}
    for one in owed:
        if one.urgent and one.due_at <= now:
            alerts.setdefault(_look(one), []).append(one)
    first_of: dict[str, Look] = {}
    for look in alerts:
        first_of.setdefault(look[0], look)
    for one in owed:
        if not one.urgent and one.when is When.IMMEDIATE and one.address_key in first_of:
            alerts[_look(one) if _look(one) in alerts else first_of[one.address_key]].append(one)
    carried = {one.notice_id for alert in alerts.values() for one in alert}
    digests: dict[tuple[str, str], list[Waiting]] = {}
    for one in owed:
        if one.due_at <= now and one.notice_id not in carried:
            period = When.WEEKLY if one.when is When.WEEKLY else When.DAILY
            digests.setdefault((one.address_key, period), []).append(one)
    welcomes = [_made("welcome", [one]) for one in waiting if one.kind is NoticeKind.WELCOME and one.ready]
    made = [_made("alert", alert) for alert in alerts.values()]
    return (*welcomes, *made, *(_made("digest", digest, period) for (_, period), digest in digests.items()))


def _look(one: Waiting) -> Look:
    return one.address_key, (one.item or "").partition("/")[0], one.observed_at


def _made(kind: str, notices: Sequence[Waiting], period: str | None = None) -> Bundle:
    return Bundle(
        kind=kind,
        subscription_id=notices[0].subscription_id,
        notice_ids=tuple(one.notice_id for one in notices),
        event_ids=tuple(dict.fromkeys(one.event_id for one in notices if one.event_id is not None)),
        period=period,
    )
