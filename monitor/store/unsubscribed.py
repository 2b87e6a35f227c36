"""Subscriptions ended by the link in a message, and how their address undoes that. A forwarded message has the link too, so the
address and the watchlist's owner are notified.
"""

import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, delete, exists, func, insert, select, update

from monitor import codec
from monitor.events import Kind
from monitor.model import NoticeKind, Subscription
from monitor.notify.route import route
from monitor.store.audit import note
from monitor.store.database import add_once, in_turn, reading, writing
from monitor.store.messages import MessageKind, NewMessage, queue
from monitor.store.subscribed import as_subscription, is_owed, owe
from monitor.store.subscriptions import end, named
from monitor.store.tables import (
    EndedSubscriptionRow,
    EventRow,
    FormerSubscriptionRow,
    MessageRow,
    MessageState,
    NoticeRow,
    SubscriptionRow,
    WatchlistRow,
    WatchRow,
    table,
)
from monitor.store.tables.base import Utc
from monitor.store.vault import Vault

_subscription, _ended, _former = table(SubscriptionRow), table(EndedSubscriptionRow), table(FormerSubscriptionRow)
_notice, _message, _event = table(NoticeRow), table(MessageRow), table(EventRow)
_watch, _watchlist = table(WatchRow), table(WatchlistRow)

UNDO = timedelta(days=14)
"""How long the link to undo is valid. What it restores is kept twice as long, and until somebody else uses a link to leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoable:
    """What a link to undo stands for: the address, and the watchlists that it was alerted about. `until`: how long it is valid;
    `used`: somebody has used it."""

    address: str
    watchlists: tuple[str, ...]
    until: datetime
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """The result of undoing: the restored subscriptions, and the watchlists that no longer exist."""

    restored: tuple[Subscription, ...]
    gone: tuple[str, ...]


class Unsubscribed:
    """Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def leave(self, ids: Collection[int], now: datetime, operator: str | None) -> list[Subscription]:
        """Ends subscriptions of one address by the link in a message, with everything still owed to them; returns those that
        existed. The address is sent a link to undo this (not if it never confirmed), and each watchlist's owner is notified."""
        batch, ended, kept = uuid.uuid4().hex, [], []
        with writing(self._engine) as connection:
            in_turn(connection)
            connection.execute(delete(_ended).where(_ended.c.ended_at < now - 2 * UNDO))
            chosen = select(_subscription).where(_subscription.c.id.in_(ids)).order_by(_subscription.c.id)
            for row in connection.execute(chosen).mappings().all():
                if row["confirmed_at"] is not None:
                    self._keep(connection, row, batch, now)
                    kept.append(row["watchlist"])
                one = end(connection, self._vault, row["id"], now, operator, undo_until=now + UNDO)
                assert one is not None
                ended.append(one)
                note(connection, None, "unsubscribed by the link in a message", f"{named(one.address)} to {one.watchlist}", now)
            if kept:
                body = {"batch": batch, "watchlists": kept, "until": (now + UNDO).isoformat()}
                new = NewMessage(kind=MessageKind.UNSUBSCRIBED, address=ended[0].address, body=body)
                queue(connection, self._vault, new, now)
        return ended

    def _keep(self, connection: Connection, row: RowMapping, batch: str, now: datetime) -> None:
        """Keeps a subscription as it is, with what has not been sent yet."""
        unsent = _message.c.state.is_(None) | (_message.c.state == MessageState.PENDING)
        owed = (
            select(_notice.c.kind, _notice.c.event_id, _notice.c.due_at, _notice.c.urgent, _notice.c.weekly)
            .outerjoin(_message, _message.c.id == _notice.c.message_id)
            .where(_notice.c.subscription_id == row["id"], unsent, _notice.c.kind.in_((NoticeKind.EVENT, NoticeKind.WELCOME)))
        )
        former = select(_former.c.id, _former.c.key).where(_former.c.subscription_id == row["id"])
        body = {
            "row": {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()},
            "former": [list(one) for one in connection.execute(former)],
            "owed": [[kind, event, due.isoformat(), *more] for kind, event, due, *more in connection.execute(owed)],
            "position": connection.execute(select(func.max(_event.c.position))).scalar() or 0,
        }
        values = {"batch": batch, "subscription_id": row["id"], "body": json.dumps(body), "ended_at": now}
        connection.execute(insert(_ended).values(values))

    def find(self, batch: str, now: datetime) -> Undoable | None:
        """What the link to undo with this id stands for; None if it is over, or never was."""
        query = select(_ended).where(_ended.c.batch == batch, _ended.c.ended_at > now - UNDO).order_by(_ended.c.id)
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
        if not rows:
            return None
        kept = [json.loads(row["body"])["row"] for row in rows]
        return Undoable(
            address=self._vault.open(kept[0]["address"]),
            watchlists=tuple(one["watchlist"] for one in kept),
            until=rows[0]["ended_at"] + UNDO,
            used=rows[0]["undone_at"] is not None,
        )

    def undo(self, batch: str, now: datetime) -> Undone | None:
        """Restores what the link with this id stands for, as it was, once. It is owed what it missed. None if the link is over,
        was used before, or never was."""
        mine = (_ended.c.batch == batch) & (_ended.c.ended_at > now - UNDO) & _ended.c.undone_at.is_(None)
        restored, gone = [], []
        with writing(self._engine) as connection:
            in_turn(connection)
            rows = connection.execute(select(_ended.c.body).where(mine).order_by(_ended.c.id)).scalars().all()
            if not rows or not connection.execute(update(_ended).where(mine).values(undone_at=now)).rowcount:
                return None
            for kept in map(json.loads, rows):
                watchlist = kept["row"]["watchlist"]
                if not connection.execute(select(exists().where(_watchlist.c.name == watchlist))).scalar():
                    gone.append(watchlist)
                    continue
                one = self._restore(connection, kept)
                restored.append(one)
                note(connection, None, "undid the unsubscription of", f"{named(one.address)} to {watchlist}", now)
        return Undone(restored=tuple(restored), gone=tuple(gone))

    def _restore(self, connection: Connection, kept: dict[str, Any]) -> Subscription:
        """Restores one, unless its address is subscribed again already."""
        values = {name: _read(name, value) for name, value in kept["row"].items() if name in _subscription.c}
        same = (_subscription.c.watchlist == values["watchlist"]) & (_subscription.c.address_key == values["address_key"])
        is_back = add_once(connection, _subscription, **values)
        one = as_subscription(connection.execute(select(_subscription).where(same)).mappings().one(), self._vault)
        if not is_back and not one.confirmed:  # it was added again and waits: whoever has the link has the mailbox
            confirmed = update(_subscription).where(same).values(confirmed_at=values["confirmed_at"])
            connection.execute(confirmed)
            one = as_subscription(connection.execute(select(_subscription).where(same)).mappings().one(), self._vault)
        for number, key in kept["former"] if is_back else ():
            add_once(connection, _former, id=number, key=key, subscription_id=one.id)
        for kind, event, due, urgent, *weekly in kept["owed"]:  # one kept by an earlier version has no `weekly`
            owed = {"kind": kind, "event_id": event, "due_at": datetime.fromisoformat(due), "urgent": urgent}
            owed["weekly"] = any(weekly)
            add_once(connection, _notice, subscription_id=one.id, **owed)
        on_it = exists().where(_watch.c.location_id == _event.c.location_id, _watch.c.watchlist == one.watchlist)
        missed = select(_event.c.body).where(on_it, _event.c.position > kept["position"], _event.c.corrected_at.is_(None))
        events = map(codec.load_event, connection.execute(missed.order_by(_event.c.position)).scalars().all())
        for notice in route((event for event in events if event.kind is not Kind.CORRECTION), [one]):
            if not is_owed(connection, notice):
                owe(connection, notice)
        return one


def _read(name: str, value: Any) -> Any:
    is_instant = value is not None and isinstance(_subscription.c[name].type, Utc)
    return datetime.fromisoformat(value) if is_instant else value
