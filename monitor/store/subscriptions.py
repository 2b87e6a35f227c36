"""Subscriptions as people create, change, pause and end them in the pages, and by the links in messages."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, exists, func, select, update

from monitor.errors import UsageError
from monitor.events import Kind
from monitor.mailbox import key_of
from monitor.model import NoticeKind, Subscription, When
from monitor.store.alerted import state
from monitor.store.audit import note
from monitor.store.database import add_once, in_turn, reading, writing
from monitor.store.outbox import MessageKind, Outbox, notice_of
from monitor.store.people import Person
from monitor.store.tables import (
    AuditRow,
    FormerSubscriptionRow,
    MessageRow,
    NoticeRow,
    PersonRow,
    SubscriptionRow,
    SwitchedOffRow,
    WatchlistRow,
    table,
)
from monitor.store.vault import Vault

_subscription, _notice, _message, _person = table(SubscriptionRow), table(NoticeRow), table(MessageRow), table(PersonRow)
_former = table(FormerSubscriptionRow)
_watchlist, _audit, _off = table(WatchlistRow), table(AuditRow), table(SwitchedOffRow)

MOST_A_DAY = 30
"""The most subscriptions that one person can create in a day: each may cause a message to somebody who did not ask for it."""

Due = Callable[[Subscription, bool, datetime], datetime]
"""See Outbox.subscribe."""


class Added(StrEnum):
    """The result of adding a subscription."""

    ADDED = "added"
    WAITS = "waits to be confirmed"
    THERE = "is there already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """When and about what a subscription is alerted (see model.Subscription)."""

    when: When
    at: time
    day: str
    still_watching: bool
    left_out: frozenset[Kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A subscription, with the address of the person who created it (None: created on the command line), and why its receiver is
    suspended, if it is."""

    subscription: Subscription
    made_by: str | None
    switched_off: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message to an address and its result. `page`: whether it can be read."""

    id: str
    kind: str
    state: str
    made_at: datetime
    sent_at: datetime | None
    attempts: int
    reply: str | None
    page: bool


def _is_of(address_key: str) -> Any:
    """An SQL condition on subscriptions: their address's key begins with this, or did when mail was sent."""
    former = select(_former.c.subscription_id).where(_former.c.key.startswith(address_key, autoescape=True))
    return _subscription.c.address_key.startswith(address_key, autoescape=True) | _subscription.c.id.in_(former)


def is_own(address: str, person: Person) -> bool:
    """Whether an address is the one that a person signs in with."""
    return key_of(address) == key_of(f"mailto:{person.email}")


class Subscriptions:
    """Every method is one transaction; all raise StoreError. Callers check permissions."""

    def __init__(self, engine: Engine, vault: Vault, outbox: Outbox) -> None:
        self._engine = engine
        self._vault = vault
        self._outbox = outbox

    # ── queries ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def all(self) -> list[Held]:
        """All subscriptions, by watchlist."""
        with reading(self._engine) as connection:
            return self._held(connection, _subscription.c.id.is_not(None))

    def states(self, now: datetime, *, mail: bool) -> dict[int, str]:
        """For each subscription by its number, whether it is alerted now, and if not, why (see store.alerted). `mail`: whether
        email is set up."""
        with reading(self._engine) as connection:
            query = select(_subscription.c.id, state(now, mail=mail).label("how"))
            return {row.id: row.how for row in connection.execute(query)}

    def get(self, subscription_id: int) -> Held | None:
        """The subscription with a number."""
        with reading(self._engine) as connection:
            found = self._held(connection, _subscription.c.id == subscription_id)
            return found[0] if found else None

    def at(self, address_key: str) -> list[Held]:
        """The subscriptions of an address, given by the beginning of its key: whoever has one of our links to them owns the
        address."""
        with reading(self._engine) as connection:
            return self._held(connection, _is_of(address_key))

    def numbers_now(self, ids: Collection[int]) -> tuple[int, ...]:
        """The present numbers of the subscriptions with these numbers in earlier mail, in order."""
        query = select(_former.c.id, _former.c.subscription_id).where(_former.c.id.in_(ids))
        with reading(self._engine) as connection:
            now = {row.id: row.subscription_id for row in connection.execute(query)}
        return tuple(sorted({now.get(one, one) for one in ids}))

    def _held(self, connection: Connection, chosen: Any) -> list[Held]:
        query = (
            select(_subscription, _person.c.email, _off.c.reason)
            .outerjoin(_person, _person.c.id == _subscription.c.owner)
            .outerjoin(_off, _off.c.scope == _subscription.c.address_key)
            .where(chosen)
            .order_by(_subscription.c.watchlist, _subscription.c.id)
        )
        return [
            Held(subscription=self._outbox.as_subscription(row), made_by=row["email"], switched_off=row["reason"])
            for row in connection.execute(query).mappings()
        ]

    def messages(self, subscription: Subscription, limit: int, *, others: bool) -> list[Sent]:
        """The messages to a subscription's address, newest first, except sign-in links. Without `others`, only messages for this
        subscription and those that show whether the address works."""
        told = exists().where(_notice.c.message_id == _message.c.id, _notice.c.subscription_id == subscription.id)
        wanted = _message.c.kind != "sign in" if others else told | _message.c.kind.in_((MessageKind.TEST, MessageKind.CONFIRM))
        query = (
            select(_message)
            .where(_message.c.address_key == key_of(subscription.address), wanted)
            .order_by(_message.c.created_at.desc(), _message.c.id)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return [
                Sent(
                    id=row["id"],
                    kind=row["kind"],
                    state=row["state"],
                    made_at=row["created_at"],
                    sent_at=row["sent_at"],
                    attempts=row["attempts"],
                    reply=row["reply"],
                    page=row["said"] is not None,
                )
                for row in connection.execute(query).mappings()
            ]

    def said(self, message_id: str) -> dict[str, Any] | None:
        """What a message said, with its kind and when it was accepted (`kind`, `sent_at`); None if there is nothing to read."""
        query = select(_message.c.kind, _message.c.sent_at, _message.c.said).where(_message.c.id == message_id)
        with reading(self._engine) as connection:
            row = connection.execute(query).first()
        if row is None or row.said is None:
            return None
        return {**json.loads(row.said), "kind": row.kind, "sent_at": row.sent_at}

    # ── changes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def add(self, person: Person, watchlist: str, address: str, wishes: Wishes, now: datetime) -> Added:
        """Adds a subscription. Somebody else's mailbox is first asked, once, and gets nothing before it confirms. (Whoever knows
        a channel's secret address was given it by its people.) A person's own mailbox is from now on written to as spelled here.
        Raises UsageError if the subscription is not possible."""
        asks = address.startswith("mailto:") and not is_own(address, person)
        with writing(self._engine) as connection:
            in_turn(connection)
            if not connection.execute(select(exists().where(_watchlist.c.name == watchlist))).scalar():
                raise UsageError("There is no such watchlist any more")
            if self._made_today(connection, person, now) >= MOST_A_DAY:
                raise UsageError(f"You have made {MOST_A_DAY} subscriptions today: go on tomorrow, or ask an operator")
            values: dict[str, object] = {"watchlist": watchlist, "address": self._vault.seal(address)}
            values |= {"address_key": key_of(address)}
            values |= {"created_at": now, "owner": person.id, "confirmed_at": None if asks else now, **_columns(wishes)}
            same = (_subscription.c.watchlist == watchlist) & (_subscription.c.address_key == key_of(address))
            if not add_once(connection, _subscription, **values):
                if not asks:
                    connection.execute(update(_subscription).where(same).values(address=values["address"]))
                return Added.THERE
            row = connection.execute(select(_subscription).where(same)).mappings().one()
            if asks:
                self._outbox.confirm(connection, watchlist, address, person.email, now)
            else:
                self._outbox.plan_sign(connection, row, now)
                add_once(connection, _notice, **notice_of(NoticeKind.WELCOME, row["id"], now))
            note(connection, person.id, "subscribed", f"{_name(address)} to {watchlist}", now)
        return Added.WAITS if asks else Added.ADDED

    def _made_today(self, connection: Connection, person: Person, now: datetime) -> int:
        mine = (_audit.c.person == person.id) & (_audit.c.what == "subscribed") & (_audit.c.at > now - timedelta(days=1))
        return int(connection.execute(select(func.count()).select_from(_audit).where(mine)).scalar_one())

    def confirm(self, address_key: str, now: datetime) -> list[Subscription]:
        """The owner of an address confirms everything that waits for it; each subscription is owed its first message."""
        waits = _is_of(address_key) & _subscription.c.confirmed_at.is_(None)
        with writing(self._engine) as connection:
            in_turn(connection)
            rows = connection.execute(select(_subscription).where(waits).order_by(_subscription.c.id)).mappings().all()
            for row in rows:
                mine = _subscription.c.id == row["id"]
                connection.execute(update(_subscription).where(mine).values(confirmed_at=now))
                confirmed = connection.execute(select(_subscription).where(mine)).mappings().one()
                self._outbox.plan_sign(connection, confirmed, now)
                add_once(connection, _notice, **notice_of(NoticeKind.WELCOME, row["id"], now))
                subscription = self._outbox.as_subscription(confirmed)
                note(connection, None, "confirmed", f"{_name(subscription.address)} to {subscription.watchlist}", now)
        return [self._outbox.as_subscription(row) for row in rows]

    def change(self, subscription_id: int, person: Person, wishes: Wishes, now: datetime, due: Due) -> None:
        """Changes when and about what it is alerted; waiting notices move to the new hour."""
        with writing(self._engine) as connection:
            in_turn(connection)
            if row := self._update(connection, subscription_id, person, "changed the subscription of", now, **_columns(wishes)):
                if row["confirmed_at"]:
                    self._outbox.plan_sign(connection, row, now)
                self._outbox.reschedule(connection, subscription_id, due)

    def pause(self, subscription_id: int, person: Person, until: datetime, now: datetime, due: Due) -> None:
        """Holds back events until then. Urgent notices from before are still sent."""
        with writing(self._engine) as connection:
            in_turn(connection)
            if self._update(connection, subscription_id, person, "paused the subscription of", now, paused_until=until):
                self._outbox.reschedule(connection, subscription_id, due)

    def resume(self, subscription_id: int, person: Person, now: datetime) -> None:
        """Ends a pause; notices held back are due at once, as a digest."""
        mine = _subscription.c.id == subscription_id
        with writing(self._engine) as connection:
            in_turn(connection)
            until = connection.execute(select(_subscription.c.paused_until).where(mine)).scalar()
            if until is None or until <= now:
                return
            held = (_notice.c.subscription_id == subscription_id) & _notice.c.message_id.is_(None) & (_notice.c.due_at == until)
            connection.execute(update(_notice).where(held).values(due_at=now))
            self._update(connection, subscription_id, person, "ended the pause of", now, paused_until=None)

    def test(self, subscription_id: int, person: Person, now: datetime) -> bool:
        """Queues a test message for its address; False if one was queued within the last minutes."""
        with writing(self._engine) as connection:
            row = connection.execute(select(_subscription).where(_subscription.c.id == subscription_id)).mappings().first()
            if row is None or row["confirmed_at"] is None:
                return False
            address = self._outbox.as_subscription(row).address
            owes = self._outbox.owe_test(connection, address, now)
            if owes:
                note(connection, person.id, "sent a test message to", _name(address), now)
        return owes

    def end(self, ids: Collection[int], by: Person | None, now: datetime, operator: str | None) -> list[Subscription]:
        """Ends subscriptions (`by` None: by the link in a message), with everything still owed to them; returns those that
        existed."""
        with writing(self._engine) as connection:
            in_turn(connection)
            ended = [self._outbox.end(connection, one, now, operator) for one in sorted(set(ids))]
            for one in ended:
                if one is not None:
                    what = "ended the subscription of" if by else "unsubscribed by the link in a message"
                    note(connection, by.id if by else None, what, f"{_name(one.address)} to {one.watchlist}", now)
        return [one for one in ended if one is not None]

    def _update(
        self, connection: Connection, subscription_id: int, person: Person, deed: str, now: datetime, **values: object
    ) -> Any:
        mine = _subscription.c.id == subscription_id
        connection.execute(update(_subscription).where(mine).values(**values))
        row = connection.execute(select(_subscription).where(mine)).mappings().first()
        if row is not None:
            subscription = self._outbox.as_subscription(row)
            note(connection, person.id, deed, f"{_name(subscription.address)} to {subscription.watchlist}", now)
        return row


def _columns(wishes: Wishes) -> dict[str, object]:
    return {
        "when": str(wishes.when),
        "at": f"{wishes.at:%H:%M}",
        "day": wishes.day,
        "still_watching": wishes.still_watching,
        "left_out": json.dumps(sorted(wishes.left_out)),
    }


def _name(address: str) -> str:
    """An address as shown in the audit: a webhook's is a secret, except its last four characters."""
    kind, _, target = address.partition(":")
    return target if kind == "mailto" else f"{kind} …{target[-4:]}"
