"""Ends subscriptions, and keeps copies from which they can be restored. If somebody ended subscriptions through the link in a
message, the owner of the address can restore the subscriptions. The address and the people who are responsible for the watchlist
are notified, since the message may have been forwarded and somebody else may have used the link. If a person ended a
subscription on the web pages, that person or an operator can restore the subscription, and the address is notified.
"""

import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, delete, exists, func, insert, select, update

from monitor import codec
from monitor.events import Kind
from monitor.mailbox import key_of
from monitor.model import NoticeKind, Subscription
from monitor.store import own_facts
from monitor.store.audit import note
from monitor.store.database import add_once, in_turn, reading, writing
from monitor.store.messages import MessageKind, NewMessage, queue
from monitor.store.people import Person, Role
from monitor.store.subscribed import as_subscription, is_owed, owe
from monitor.store.subscriptions import end, is_own, named
from monitor.store.tables import (
    EndedSubscriptionRow,
    EventRow,
    FormerSubscriptionRow,
    MessageRow,
    MessageState,
    NoticeRow,
    PersonRow,
    SubscriptionRow,
    WatchlistRow,
    WatchRow,
    table,
)
from monitor.store.tables.base import Utc
from monitor.store.vault import Vault

_subscription, _ended, _former = table(SubscriptionRow), table(EndedSubscriptionRow), table(FormerSubscriptionRow)
_notice, _message, _event = table(NoticeRow), table(MessageRow), table(EventRow)
_watch, _watchlist, _person = table(WatchRow), table(WatchlistRow), table(PersonRow)

UNDO = timedelta(days=14)
"""How long an ended subscription can be restored. A copy of the subscription is kept for twice as long, and is then deleted
when another subscription ends."""

WITH_ACCESS = "access "
"""The prefix of the id `batch`, if the subscriptions ended because a person's access ended. The person's number follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A subscription that a person ended on the web pages, and that can be restored until `until`. `by` is the person's email
    address."""

    batch: str
    address: str
    watchlist: str
    at: datetime
    until: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoable:
    """The subscriptions that a link restores: subscriptions of `address` to `watchlists`. `until` is when the link expires, and
    `used` says whether somebody has already used the link."""

    address: str
    watchlists: tuple[str, ...]
    until: datetime
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """The result of restoring subscriptions: the restored subscriptions, and the watchlists that no longer exist."""

    restored: tuple[Subscription, ...]
    gone: tuple[str, ...]


class Unsubscribed:
    """The part of the store for ended subscriptions. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def leave(self, ids: Collection[int], now: datetime, operator: str | None) -> list[Subscription]:
        """Ends subscriptions of one address, with their waiting notices, because somebody used the link in a message. Returns the
        ended subscriptions. The address gets a link that restores its confirmed subscriptions, and the people who are responsible
        for each watchlist are notified (see `keepers`)."""
        batch, ended, kept = uuid.uuid4().hex, [], []
        with writing(self._engine) as connection:
            in_turn(connection)
            chosen = select(_subscription).where(_subscription.c.id.in_(ids)).order_by(_subscription.c.id)
            for row in connection.execute(chosen).mappings().all():
                if row["confirmed_at"] is not None:
                    keep(connection, row, batch, now)
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

    def end(self, subscription_id: int, by: Person, now: datetime, operator: str | None) -> Subscription | None:
        """Ends a subscription, with its waiting notices, for a person who uses the web pages. Returns None if the subscription
        does not exist. The same person or an operator can restore the subscription (`restore`). The subscription's address and
        the person who created the subscription are notified, but not the person who ended it."""
        with writing(self._engine) as connection:
            in_turn(connection)
            ending = Ending(batch=uuid.uuid4().hex, by=by, at=now, operator=operator)
            one = end_kept(connection, self._vault, subscription_id, ending)
            if one is not None:
                tell_those_concerned(connection, self._vault, one, ending)
            return one

    def ended(self, person: Person, now: datetime) -> list[Ended]:
        """Returns the subscriptions that a person may restore, the most recently ended first. People may restore subscriptions
        that they ended themselves. An operator may restore all subscriptions that people ended. (For subscriptions that ended
        with a person's access, see `leaving`.)"""
        query = (
            select(_ended, _person.c.email)
            .join(_person, _person.c.id == _ended.c.ended_by)
            .where(_may_restore(person, now))
            .order_by(_ended.c.ended_at.desc(), _ended.c.id)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
        return [
            Ended(
                batch=row["batch"],
                address=self._vault.decrypt(kept["address"]),
                watchlist=kept["watchlist"],
                at=row["ended_at"],
                until=row["ended_at"] + UNDO,
                by=row["email"],
            )
            for row, kept in ((row, json.loads(row["body"])["row"]) for row in rows)
        ]

    def restore(self, batch: str, by: Person, now: datetime) -> Undone | None:
        """Restores the subscriptions of a batch as they were. This works once. Returns None if the batch has no subscription that
        this person may restore."""
        with writing(self._engine) as connection:
            in_turn(connection)
            mine = (_ended.c.batch == batch) & _may_restore(by, now)
            return restore(connection, self._vault, mine, by.id, now)

    def find(self, batch: str, now: datetime) -> Undoable | None:
        """Returns the subscriptions that the link with this id restores, or None if the link has expired or never existed."""
        query = select(_ended).where(_ended.c.batch == batch, _ended.c.ended_at > now - UNDO).order_by(_ended.c.id)
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
        if not rows:
            return None
        kept = [json.loads(row["body"])["row"] for row in rows]
        return Undoable(
            address=self._vault.decrypt(kept[0]["address"]),
            watchlists=tuple(one["watchlist"] for one in kept),
            until=rows[0]["ended_at"] + UNDO,
            used=rows[0]["undone_at"] is not None,
        )

    def undo(self, batch: str, now: datetime) -> Undone | None:
        """Restores the subscriptions of the link with this id as they were. The subscriptions then get the notices that they
        missed. Returns None if the link has expired, was already used, or never existed."""
        mine = (_ended.c.batch == batch) & _ended.c.ended_by.is_(None) & _is_new(now)
        with writing(self._engine) as connection:
            in_turn(connection)
            return restore(connection, self._vault, mine, None, now)


def _is_new(now: datetime) -> ColumnElement[bool]:
    return (_ended.c.ended_at > now - UNDO) & _ended.c.undone_at.is_(None)


def _may_restore(person: Person, now: datetime) -> ColumnElement[bool]:
    by = _ended.c.ended_by.is_not(None) if person.role.may(Role.OPERATOR) else _ended.c.ended_by == person.id
    return _is_new(now) & by & ~_ended.c.batch.startswith(WITH_ACCESS)


def keep(connection: Connection, row: RowMapping, batch: str, now: datetime, by: int | None = None) -> None:
    """Stores a copy of a subscription that is about to end, with its unsent notices. Also deletes copies that are older than
    twice UNDO."""
    connection.execute(delete(_ended).where(_ended.c.ended_at < now - 2 * UNDO))
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
    values = {"batch": batch, "subscription_id": row["id"], "body": json.dumps(body), "ended_at": now, "ended_by": by}
    connection.execute(insert(_ended).values(values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Says who ends subscriptions, and when. `by` is None on the command line. `batch` identifies the subscriptions that can be
    restored together."""

    batch: str
    by: Person | None
    at: datetime
    operator: str | None


def end_kept(connection: Connection, vault: Vault, subscription_id: int, ending: Ending) -> Subscription | None:
    """Ends a subscription for a person, within the caller's transaction, which must have called `in_turn`. Stores a copy of a
    confirmed subscription, so that the subscription can be restored."""
    row = connection.execute(select(_subscription).where(_subscription.c.id == subscription_id)).mappings().first()
    if row is None:
        return None
    by = ending.by.id if ending.by else None
    if row["confirmed_at"] is not None:
        keep(connection, row, ending.batch, ending.at, by)
    one = end(connection, vault, subscription_id, ending.at, ending.operator)
    assert one is not None
    note(connection, by, "ended the subscription of", f"{named(one.address)} to {one.watchlist}", ending.at)
    return one


def tell_those_concerned(connection: Connection, vault: Vault, ended: Subscription, ending: Ending) -> None:
    """Notifies the address of an ended subscription and the person who created the subscription, but not the person who ended it.
    Webhooks are not notified, since a program reads their messages."""
    owner = select(_person.c.email).where(_person.c.id == ended.owner, _person.c.ended_at.is_(None))
    email = connection.execute(owner).scalar()
    addresses = [ended.address] * (ended.confirmed and not ended.address.startswith("webhook:"))
    addresses += [f"mailto:{email}"] * bool(email)
    for address in {key_of(one): one for one in addresses}.values():
        if ending.by is None or not is_own(address, ending.by):
            tell(connection, vault, address, [ended.watchlist], ending)


def tell(
    connection: Connection, vault: Vault, address: str, watchlists: Sequence[str], ending: Ending, *, with_access: bool = False
) -> None:
    """Notifies an address that somebody ended its subscriptions. If `with_access` is true, the message says that the person's
    access was ended too."""
    body = {"watchlists": list(watchlists), "until": (ending.at + UNDO).isoformat(), "with_access": with_access}
    body["by"] = ending.by.email if ending.by else "the person who runs the CQC monitor"
    queue(connection, vault, NewMessage(kind=MessageKind.UNSUBSCRIBED, address=address, body=body), ending.at)


def restore(
    connection: Connection, vault: Vault, chosen: ColumnElement[bool], by: int | None, now: datetime
) -> Undone | None:
    """Restores the chosen subscriptions as they were, within the caller's transaction, which must have called `in_turn`.
    Returns None if there is no subscription to restore."""
    restored, gone = [], []
    rows = connection.execute(select(_ended.c.body).where(chosen).order_by(_ended.c.id)).scalars().all()
    if not rows or not connection.execute(update(_ended).where(chosen).values(undone_at=now)).rowcount:
        return None
    deed = "undid the unsubscription of" if by is None else "restored the subscription of"
    for kept in map(json.loads, rows):
        watchlist = kept["row"]["watchlist"]
        if not connection.execute(select(exists().where(_watchlist.c.name == watchlist))).scalar():
            gone.append(watchlist)
            continue
        one = _restored(connection, vault, kept)
        restored.append(one)
        note(connection, by, deed, f"{named(one.address)} to {watchlist}", now)
    return Undone(restored=tuple(restored), gone=tuple(gone))


def _restored(connection: Connection, vault: Vault, kept: dict[str, Any]) -> Subscription:
    """Restores a subscription, unless its address is already subscribed again. The restored or new subscription gets the notices
    that the ended subscription missed."""
    values = {name: _read(name, value) for name, value in kept["row"].items() if name in _subscription.c}
    same = (_subscription.c.watchlist == values["watchlist"]) & (_subscription.c.address_key == values["address_key"])
    is_back = add_once(connection, _subscription, **values)
    one = as_subscription(connection.execute(select(_subscription).where(same)).mappings().one(), vault)
    # A new subscription that is not confirmed yet is confirmed now, since the person with the link owns the mailbox.
    if not is_back and not one.confirmed:
        confirmed = update(_subscription).where(same).values(confirmed_at=values["confirmed_at"])
        connection.execute(confirmed)
        one = as_subscription(connection.execute(select(_subscription).where(same)).mappings().one(), vault)
    for number, key in kept["former"] if is_back else ():
        add_once(connection, _former, id=number, key=key, subscription_id=one.id)
    for kind, event, due, urgent, *weekly in kept["owed"]:  # notices that an earlier version stored have no `weekly`
        owed = {"kind": kind, "event_id": event, "due_at": datetime.fromisoformat(due), "urgent": urgent}
        owed["weekly"] = any(weekly)
        add_once(connection, _notice, subscription_id=one.id, **owed)
    on_it = exists().where(_watch.c.location_id == _event.c.location_id, _watch.c.watchlist == one.watchlist)
    missed = select(_event.c.body).where(on_it, _event.c.position > kept["position"], _event.c.corrected_at.is_(None))
    found = map(codec.load_event, connection.execute(missed.order_by(_event.c.position)).scalars().all())
    events = [event for event in found if event.kind is not Kind.CORRECTION]
    for notice in own_facts.routed(connection, events, [one]):
        if not is_owed(connection, notice):
            owe(connection, notice)
    return one


def _read(name: str, value: Any) -> Any:
    is_instant = value is not None and isinstance(_subscription.c[name].type, Utc)
    return datetime.fromisoformat(value) if is_instant else value
