"""Adds notices for messages that are sent although nothing happened: heartbeat messages, and digests that only list services that
are not up to date. Without these messages, people would take silence for good news.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, exists, func, or_, select, update

from monitor.addresses import ONLY_URGENT, scheme
from monitor.detect.schedule import IDLE, lies_ahead
from monitor.model import NoticeKind
from monitor.notify.route import hour_gone_by, next_sign
from monitor.store.subscribed import as_subscription, is_paused, owe_without_event
from monitor.store.tables import MessageRow, MessageState, NoticeRow, ServiceRow, SubscriptionRow, WatchRow, table
from monitor.store.vault import Vault
from monitor.store.watched import is_unseen, last_read_before

_subscription, _notice, _message = table(SubscriptionRow), table(NoticeRow), table(MessageRow)
_watch, _service = table(WatchRow), table(ServiceRow)


def owe_silent_digests(connection: Connection, vault: Vault, now: datetime, stale_before: datetime) -> None:
    """Adds a notice for a digest, at the subscription's hour, for each subscription whose watchlist has services that are not up
    to date. No notice is added if the subscription gets a digest at that hour anyway."""
    joined = _service.c.location_id == _watch.c.location_id
    stale = select(_watch.c.watchlist).join(_service, joined).where(last_read_before(stale_before))
    told = _subscription.c.confirmed_at.is_not(None) & ~is_paused(now)
    rows = connection.execute(select(_subscription).where(_subscription.c.watchlist.in_(stale), told)).mappings().all()
    for row in rows:
        subscription = as_subscription(row, vault)
        if scheme(subscription.address) in ONLY_URGENT:
            continue
        hour = hour_gone_by(subscription, now)
        mine = _notice.c.subscription_id == subscription.id
        owed = exists().where(mine, _notice.c.due_at == hour, ~_notice.c.urgent)
        own = (_watch.c.watchlist == subscription.watchlist) & joined
        stale_then = exists().where(own, last_read_before(hour - (now - stale_before)))
        if hour > subscription.created_at and connection.execute(select(stale_then & ~owed)).scalar():
            owe_without_event(connection, NoticeKind.SILENT_DIGEST, subscription.id, hour)


def stale_services(connection: Connection, notice_ids: Sequence[int], before: datetime) -> list[list[str | None]]:
    """Returns the services that a digest lists as not up to date. Each service comes with the time of its last full reading, or
    None if the service was never fully read. The list is stored when the digest is composed, so that a retry sends the same
    list."""
    watchlists = (
        select(_subscription.c.watchlist)
        .join(_notice, _notice.c.subscription_id == _subscription.c.id)
        .where(_notice.c.id.in_(notice_ids))
    )
    query = (
        select(_service.c.location_id, _service.c.read_at)
        .where(exists().where(_watch.c.location_id == _service.c.location_id, _watch.c.watchlist.in_(watchlists)))
        .where(last_read_before(before))
        .order_by(_service.c.location_id)
    )
    return [[one, read_at.isoformat() if read_at else None] for one, read_at in connection.execute(query)]


def sign_is_due(now: datetime) -> Any:
    """Returns an SQL condition that is true for the subscriptions for which the program must decide now whether to send a
    heartbeat message."""
    return ~lies_ahead(_subscription.c.next_sign_at, now, 2 * IDLE)


def plan_sign(connection: Connection, vault: Vault, row: RowMapping, now: datetime) -> None:
    """Schedules the next heartbeat message of a subscription that was changed. If a message is already due, it stays due. Some
    subscriptions need the message only so that a Teams workflow does not become idle. For these, the message is never
    postponed."""
    planned, subscription = row["next_sign_at"], as_subscription(row, vault)
    following = next_sign(subscription, now)
    if planned is not None and following is not None and (planned <= now or not subscription.still_watching):
        following = min(planned, following)
    if following != planned:
        _plan(connection, subscription.id, following)


def owe_signs_of_life(connection: Connection, vault: Vault, now: datetime) -> None:
    """Adds a notice for a heartbeat message for each subscription whose scheduled time has come. A subscription gets only one
    message, even if several scheduled times have passed. Some subscriptions need the message only so that their Teams workflow
    does not become idle. Such a subscription gets the message only if its address has accepted no other message lately."""
    due = select(_subscription).where(sign_is_due(now)).order_by(_subscription.c.id)
    kept_alive: set[str] = set()
    for row in connection.execute(due).mappings().all():
        subscription, planned = as_subscription(row, vault), row["next_sign_at"]
        following = next_sign(subscription, now)
        # If the planned time was set by a migration or a wrong clock, no message is sent, and the next message is scheduled.
        is_owed = following is not None and planned <= now and planned != row["created_at"]
        is_owed = is_owed and not subscription.is_paused(now)
        if is_owed and not subscription.still_watching:
            last = _last_sent(connection, row["address_key"])
            if last is not None and last > now - IDLE:
                is_owed, following = False, next_sign(subscription, min(last, now))
            is_owed = is_owed and row["address_key"] not in kept_alive
            kept_alive.add(row["address_key"])
        _plan(connection, subscription.id, following)
        if is_owed:
            owe_without_event(connection, NoticeKind.SIGN_OF_LIFE, subscription.id, planned)


def _plan(connection: Connection, subscription_id: int, at: datetime | None) -> None:
    connection.execute(update(_subscription).where(_subscription.c.id == subscription_id).values(next_sign_at=at))


def _last_sent(connection: Connection, address_key: str) -> datetime | None:
    """Returns when an address last accepted a message, or None."""
    taken = (_message.c.address_key == address_key) & (_message.c.state == MessageState.SENT)
    return connection.execute(select(func.max(_message.c.sent_at)).where(taken)).scalar()


def watching(connection: Connection, subscription_id: int, stale_before: datetime) -> dict[str, Any]:
    """Returns the content of a heartbeat message: how many services are watched, which services are not up to date, and a time
    after which each of the other services has been fully read. The content is stored when the message is composed, so that a
    retry sends the same content."""
    subscription = connection.execute(select(_subscription).where(_subscription.c.id == subscription_id)).mappings().one()
    badly = or_(is_unseen(stale_before), _service.c.read_at.is_(None))
    query = (
        select(_service.c.location_id, _service.c.read_at, badly.label("badly"))
        .join(_watch, _watch.c.location_id == _service.c.location_id)
        .where(_watch.c.watchlist == subscription["watchlist"])
        .order_by(_service.c.location_id)
    )
    services = connection.execute(query).all()
    well = [one.read_at for one in services if not one.badly]
    return {
        "period": "weekly" if subscription["still_watching"] else "monthly",
        "total": len(services),
        "all_since": min(well).isoformat() if well else None,
        "stale": [[one.location_id, one.read_at and one.read_at.isoformat()] for one in services if one.badly],
    }
