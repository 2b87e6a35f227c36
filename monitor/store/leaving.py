"""Ends the access of a person who leaves. The person who ends the access decides what happens to each subscription of the person
who leaves."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, delete, exists, func, select, update

from monitor.addresses import shown
from monitor.errors import UsageError
from monitor.mailbox import key_of
from monitor.model import NoticeKind, Subscription
from monitor.store.audit import note
from monitor.store.database import add_once, in_turn, reading, writing
from monitor.store.keepers import is_last
from monitor.store.people import Person, by_id, end_access
from monitor.store.rotas import with_address
from monitor.store.subscribed import as_subscription, owe_without_event
from monitor.store.subscriptions import end, is_own, named
from monitor.store.tables import (
    EndedSubscriptionRow,
    MessageRow,
    MessageState,
    NoticeRow,
    PersonRow,
    SubscriptionRow,
    WatchlistRow,
    table,
)
from monitor.store.unsubscribed import (
    UNDO,
    WITH_ACCESS,
    Ending,
    Undone,
    end_kept,
    restore,
    tell,
    tell_those_concerned,
)
from monitor.store.vault import Vault

_subscription, _notice, _message = table(SubscriptionRow), table(NoticeRow), table(MessageRow)
_ended, _person, _watchlist = table(EndedSubscriptionRow), table(PersonRow), table(WatchlistRow)


class Choice(StrEnum):
    """What happens to a subscription."""

    END = "end"
    KEEP = "keep"


Decision = Choice | int
"""A choice, or the number of the person who takes over the subscription."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A subscription that concerns a person who leaves: the person created it, or its alerts go to the person's own mailbox
    (`own`). `last` says that nobody would be alerted about the watchlist if all subscriptions of this person ended."""

    subscription: Subscription
    own: bool
    last: bool

    @property
    def name(self) -> str:
        """Describes the subscription: its address and its watchlist."""
        return f"{shown(self.subscription.address).removeprefix('mailto:')} to {self.subscription.watchlist}"


class Unsaid(UsageError):
    """Raised if nobody has decided about some subscriptions of a person who leaves."""

    def __init__(self, left: list[Left]) -> None:
        super().__init__(f"say what happens to each subscription: {', '.join(one.name for one in left)}")
        self.left = left


class Leaving:
    """The part of the store for ending people's access. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def subscriptions(self, person: Person) -> list[Left]:
        """Returns a person's subscriptions, sorted by watchlist."""
        with reading(self._engine) as connection:
            return self._left(connection, person)

    def called(self, person: Person) -> tuple[list[str], list[str]]:
        """Returns the names of the watchlists with the person on their rota, and the names of the watchlists with the person as
        their second address."""
        address = f"mailto:{person.email}"
        second = select(_watchlist.c.name).where(func.lower(_watchlist.c.second_address) == address).order_by(_watchlist.c.name)
        with reading(self._engine) as connection:
            return with_address(connection, self._vault, address), list(connection.execute(second).scalars())

    def end_access(
        self, person_id: int, decisions: Mapping[int, Decision], by: int | None, now: datetime, operator: str | None
    ) -> Person | None:
        """Ends a person's access as `people.end_access` does. `decisions` contains what happens to each of the person's
        subscriptions, by the number of the subscription. If this fails, nothing is changed. Returns None if nobody has the number
        `person_id`.

        Raises Unsaid if a subscription is missing in `decisions`, and UsageError if the person who takes over a subscription may
        not sign in.
        """
        with writing(self._engine) as connection:
            in_turn(connection)
            person = by_id(connection, person_id)
            if person is None:
                return None
            left = self._left(connection, person)
            if unsaid := [one for one in left if one.subscription.id not in decisions]:
                raise Unsaid(unsaid)
            end_access(connection, person, by, now)
            own = _ended.c.body.contains(json.dumps(key_of(f"mailto:{person.email}")), autoescape=True)
            connection.execute(delete(_ended).where(own))  # so that no link can reverse these decisions
            who = by_id(connection, by) if by else None
            ending = Ending(batch=f"{WITH_ACCESS}{person.id}", by=who, at=now, operator=operator)
            ended = []
            for one in left:
                decision = decisions[one.subscription.id]
                if decision is Choice.END:
                    ended += self._end(connection, one, ending)
                elif not isinstance(decision, Choice):
                    self._hand_over(connection, one, decision, by, now)
            tell(connection, self._vault, f"mailto:{person.email}", ended, ending, with_access=True)
        return person

    def restore_access(self, person_id: int, by: Person, now: datetime) -> tuple[Person, Undone] | None:
        """Restores the access of a person whose access ended less than UNDO ago. Also restores the person's role, and the
        subscriptions that ended at the same time. Subscriptions that were handed over stay with the other person. Keys and feeds
        are not restored. Returns None if the access ended longer ago than UNDO."""
        with writing(self._engine) as connection:
            in_turn(connection)
            person = by_id(connection, person_id)
            if person is None or person.ended_at is None or person.ended_at <= now - UNDO:
                return None
            connection.execute(update(_person).where(_person.c.id == person_id).values(ended_at=None))
            note(connection, by.id, "restored the access of", person.email, now)
            mine = (_ended.c.batch == f"{WITH_ACCESS}{person.id}") & (_ended.c.ended_at == person.ended_at)
            undone = restore(connection, self._vault, mine & _ended.c.undone_at.is_(None), by.id, now)
        return person, undone or Undone(restored=(), gone=())

    def _left(self, connection: Connection, person: Person) -> list[Left]:
        mine = (_subscription.c.owner == person.id) | (_subscription.c.address_key == key_of(f"mailto:{person.email}"))
        query = select(_subscription).where(mine).order_by(_subscription.c.watchlist, _subscription.c.id)
        rows = [as_subscription(row, self._vault) for row in connection.execute(query).mappings()]
        ids = [one.id for one in rows]
        return [
            Left(
                subscription=one,
                own=is_own(one.address, person),
                last=one.confirmed and is_last(connection, one.watchlist, ids),
            )
            for one in rows
        ]

    def _end(self, connection: Connection, one: Left, ending: Ending) -> list[str]:
        """Ends a subscription. Returns its watchlist if the message about the end of access must list that watchlist."""
        ended = end_kept(connection, self._vault, one.subscription.id, ending)
        assert ended is not None
        if one.own:
            return [ended.watchlist]
        tell_those_concerned(connection, self._vault, ended, ending)
        return []

    def _hand_over(self, connection: Connection, one: Left, to: int, by: int | None, now: datetime) -> None:
        """Hands a subscription over to another person. If its alerts were sent to the mailbox of the person who leaves, they are
        now sent to the other person's mailbox, including alerts that wait. If the other person already has a subscription to that
        watchlist, the subscription that is handed over ends."""
        taker, subscription = by_id(connection, to), one.subscription
        if taker is None or taker.ended_at is not None:
            raise UsageError("the person who takes over a subscription must be allowed to sign in")
        mine = _subscription.c.id == subscription.id
        values: dict[str, Any] = {"owner": taker.id}
        if one.own:
            address = f"mailto:{taker.email}"
            there = (_subscription.c.watchlist == subscription.watchlist) & (_subscription.c.address_key == key_of(address))
            if connection.execute(select(_subscription.c.id).where(there)).scalar() is not None:
                self._give_to(connection, subscription.id, there, now)
                end(connection, self._vault, subscription.id, now, None)
                what = f"{named(subscription.address)} to {subscription.watchlist}"
                note(connection, by, "ended the subscription of", what, now)
                return
            values |= {"address": self._vault.encrypt(address), "address_key": key_of(address), "confirmed_at": now}
            values |= {"paused_until": None}  # the person who leaves had set the pause
            self._unqueue_notices(connection, subscription.id)
            held = (_notice.c.subscription_id == subscription.id) & (_notice.c.due_at == subscription.paused_until)
            connection.execute(update(_notice).where(held, _notice.c.message_id.is_(None)).values(due_at=now))
        connection.execute(update(_subscription).where(mine).values(**values))
        if one.own:
            connection.execute(
                delete(_notice).where(_notice.c.subscription_id == subscription.id, _notice.c.kind == NoticeKind.WELCOME)
            )
            owe_without_event(connection, NoticeKind.WELCOME, subscription.id, now)
        what = f"{named(subscription.address)} to {subscription.watchlist}, for {taker.email}"
        note(connection, by, "handed over the subscription of", what, now)

    def _give_to(self, connection: Connection, subscription_id: int, there: Any, now: datetime) -> None:
        """Moves the waiting notices of a subscription to another subscription. If that other subscription was not confirmed yet,
        this confirms it."""
        to = connection.execute(select(_subscription.c.id, _subscription.c.confirmed_at).where(there)).one()
        if to.confirmed_at is None:
            connection.execute(update(_subscription).where(_subscription.c.id == to.id).values(confirmed_at=now))
            owe_without_event(connection, NoticeKind.WELCOME, to.id, now)
        self._unqueue_notices(connection, subscription_id)
        mine = (_notice.c.subscription_id == subscription_id) & (_notice.c.kind == NoticeKind.EVENT)
        mine &= _notice.c.message_id.is_(None)
        for notice in connection.execute(select(_notice).where(mine)).mappings().all():
            owed = {name: notice[name] for name in ("kind", "event_id", "due_at", "urgent", "weekly")}
            add_once(connection, _notice, subscription_id=to.id, **owed)

    def _unqueue_notices(self, connection: Connection, subscription_id: int) -> None:
        """Takes a subscription's notices out of waiting messages, because these messages would still be sent to the former
        mailbox."""
        waiting = select(_message.c.id).where(_message.c.state == MessageState.PENDING)
        mine = (_notice.c.subscription_id == subscription_id) & _notice.c.message_id.in_(waiting)
        messages = set(connection.execute(select(_notice.c.message_id).where(mine)).scalars())
        connection.execute(update(_notice).where(mine).values(message_id=None))
        empty = _message.c.id.in_(messages) & ~exists().where(_notice.c.message_id == _message.c.id)
        connection.execute(delete(_message).where(empty))
