"""Loads subscriptions as values, and adds notices for them."""

import json
from collections.abc import Collection
from datetime import datetime, time
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, false, func, select

from monitor.events import Kind
from monitor.model import AtOnce, Notice, NoticeKind, Subscription, When
from monitor.store.database import add_once, reading
from monitor.store.tables import NoticeRow, SubscriptionRow, WatchRow, table
from monitor.store.vault import Vault, opened

_subscription, _notice, _watch = table(SubscriptionRow), table(NoticeRow), table(WatchRow)


def as_subscription(row: RowMapping, vault: Vault) -> Subscription:
    """Makes a subscription from a row. If its address can no longer be decrypted, the subscription does not block other
    subscriptions; only its own notices wait."""
    return Subscription(
        id=row["id"],
        watchlist=row["watchlist"],
        address=opened(vault, row["address"]),
        when=When(row["when"]),
        at=time.fromisoformat(row["at"]),
        day=row["day"],
        created_at=row["created_at"],
        at_once=AtOnce(row["at_once"]),
        all_news=row["all_news"],
        only_placed=row["only_placed"],
        still_watching=row["still_watching"],
        left_out=frozenset(Kind(one) for one in json.loads(row["left_out"])),
        paused_until=row["paused_until"],
        confirmed=row["confirmed_at"] is not None,
        owner=row["owner"],
    )


def check_addresses(engine: Engine, vault: Vault) -> None:
    """Raises StoreError if the address of any subscription can't be decrypted."""
    with reading(engine) as connection:
        for address in connection.execute(select(_subscription.c.address)).scalars():
            vault.decrypt(address)


def listed(engine: Engine, vault: Vault, watchlists: Collection[str] | None = None) -> list[Subscription]:
    """Returns the subscriptions to the given watchlists, or all subscriptions if `watchlists` is None. Raises StoreError if the
    address of any subscription can't be decrypted."""
    query = select(_subscription).order_by(_subscription.c.watchlist, _subscription.c.id)
    with reading(engine) as connection:
        found = connection.execute(query).mappings().all()
    for row in found:
        vault.decrypt(row["address"])
    return [as_subscription(row, vault) for row in found if watchlists is None or row["watchlist"] in watchlists]


def subscribed_to_service(connection: Connection, vault: Vault, location_id: str) -> list[Subscription]:
    """Returns the confirmed subscriptions whose watchlists contain a service. Unconfirmed subscriptions are left out, since their
    first message will contain the present state."""
    return _confirmed(
        connection, vault, _subscription.c.watchlist.in_(select(_watch.c.watchlist).where(_watch.c.location_id == location_id))
    )


def subscribed_to(connection: Connection, vault: Vault, watchlist: str) -> list[Subscription]:
    """Returns the confirmed subscriptions to one watchlist."""
    return _confirmed(connection, vault, _subscription.c.watchlist == watchlist)


def _confirmed(connection: Connection, vault: Vault, chosen: Any) -> list[Subscription]:
    query = select(_subscription).where(chosen, _subscription.c.confirmed_at.is_not(None)).order_by(_subscription.c.id)
    return [as_subscription(row, vault) for row in connection.execute(query).mappings()]


def is_paused(now: datetime) -> Any:
    """Returns an SQL condition that is true for a subscription that is paused."""
    return func.coalesce(_subscription.c.paused_until > now, false())


def owe(connection: Connection, notice: Notice) -> None:
    """Adds a notice about an event, unless the subscription already has a notice about that event."""
    columns = {"event_id": notice.event_id, "subscription_id": notice.subscription_id, "due_at": notice.due_at}
    add_once(connection, _notice, kind=str(NoticeKind.EVENT), urgent=notice.urgent, weekly=notice.weekly, **columns)


def is_owed(connection: Connection, notice: Notice) -> bool:
    """Whether there is already a notice about the same event for the same address, sent or waiting, for any of the address's
    subscriptions."""
    address = select(_subscription.c.address_key).where(_subscription.c.id == notice.subscription_id).scalar_subquery()
    owed = _notice.join(_subscription, _subscription.c.id == _notice.c.subscription_id)
    here = (_notice.c.event_id == notice.event_id) & (_subscription.c.address_key == address)
    return connection.execute(select(_notice.c.id).select_from(owed).where(here)).first() is not None


def owe_without_event(connection: Connection, kind: NoticeKind, subscription_id: int, due_at: datetime) -> None:
    """Adds a notice that is not about an event, unless the subscription already has the same notice."""
    add_once(connection, _notice, kind=str(kind), subscription_id=subscription_id, due_at=due_at, urgent=False, weekly=False)
