"""Escalations alert somebody else, once, about a severe event that nobody has acknowledged, or that a pause held back.

The transaction that records the event also creates a row for the escalation, so that neither a restart nor another worker can
lose the escalation. The transaction that queues the message, or finds that no message is needed, marks the row as settled.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, exists, select, update

from monitor.errors import StoreError
from monitor.events import Event
from monitor.mailbox import key_of
from monitor.model import When
from monitor.store.acknowledged import is_acknowledged
from monitor.store.database import add_once, in_turn, reading, writing
from monitor.store.messages import MessageKind, NewMessage, queue
from monitor.store.prepared import Statement, prepared
from monitor.store.rotas import rota_of
from monitor.store.tables import (
    EscalationRow,
    EventRow,
    MessageRow,
    NoticeRow,
    PersonRow,
    SubscriptionRow,
    WatchlistRow,
    WatchRow,
    table,
)
from monitor.store.vault import Vault

_escalation, _event, _watch = table(EscalationRow), table(EventRow), table(WatchRow)
_message, _notice = table(MessageRow), table(NoticeRow)
_watchlist, _person, _subscription = table(WatchlistRow), table(PersonRow), table(SubscriptionRow)


class Reason(StrEnum):
    """Why somebody else is alerted about an event."""

    UNACKNOWLEDGED = "unacknowledged"
    PAUSED = "paused"
    ON_CALL = "on call"  # the event is urgent, so the person on call is alerted at once
    NEXT = "next on call"  # nobody acknowledged the event, so the next person on the rota is alerted
    LAST = "last on call"  # still nobody acknowledged the event, so one more person is alerted
    FINAL = "final on call"  # like LAST; needed for the third person if ON_CALL alerted nobody because of office hours


CALLS = (Reason.ON_CALL, Reason.NEXT, Reason.LAST, Reason.FINAL)
"""The reasons for alerting people on the rota, in the order in which they apply."""


class Escalations:
    """The part of the store for escalations. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def settle(self, now: datetime, after: timedelta | None, operator: str | None) -> int:
        """Queues the messages that are due, and returns how many.

        Severe events that nobody has acknowledged within the time `after` are sent to the second address of the watchlist, if the
        watchlist has a second address. If `after` is None, this never happens. Severe events that a pause held back are sent at
        once to the second address. If the watchlist has no second address, they are sent to its owner; without an owner, to the
        operator. Urgent events are sent at once to the person on call for the watchlist. Each time the period `after` passes
        without an acknowledgement, severe events are sent to one more person on the watchlist's rota.
        """
        due = is_to_be_settled(now, after)
        with reading(self._engine) as connection:
            if not connection.execute(*_anything_due(now, after)).scalar():
                return 0
        with writing(self._engine) as connection:
            in_turn(connection)
            query = (
                select(_escalation.c.watchlist, _escalation.c.reason, _escalation.c.event_id)
                .add_columns(_event.c.item, is_acknowledged().label("taken"))
                .join(_event, _event.c.id == _escalation.c.event_id)
                .where(due)
                .order_by(_event.c.position)
            )
            items: dict[tuple[str, str, str], list[Row[Any]]] = {}
            for row in connection.execute(query):
                items.setdefault((row.watchlist, row.reason, row.item), []).append(row)
            return sum(self._settle(connection, together, now, after, operator) for together in items.values())

    def _settle(
        self, connection: Connection, rows: Sequence[Row[Any]], now: datetime, after: timedelta | None, operator: str | None
    ) -> bool:
        """Alerts somebody about the events of one item, in one message. Returns whether a message was needed. No message is
        needed for events that somebody has acknowledged, unless a pause held the events back."""
        watchlist, reason = rows[0].watchlist, Reason(rows[0].reason)
        mine = (_escalation.c.watchlist == watchlist) & (_escalation.c.reason == str(reason))
        mine &= _escalation.c.event_id.in_([row.event_id for row in rows])
        rows = [row for row in rows if reason is Reason.PAUSED or not row.taken]
        address = self._receiver(connection, rows, now, after, operator) if rows else None
        ids = [row.event_id for row in rows]
        message_id = None
        if address:
            body = {"events": ids, "watchlists": [watchlist], "reason": str(reason)}
            new = NewMessage(kind=MessageKind.ESCALATION, address=address, body=body)
            queue(connection, self._vault, new, now)
            message_id = new.id
        connection.execute(update(_escalation).where(mine).values(settled_at=now, message_id=message_id))
        if rows and reason in CALLS[:-1] and after is not None and (address or reason is Reason.ON_CALL):
            _call_next(connection, watchlist, ids, CALLS[CALLS.index(reason) + 1], now)
        return message_id is not None

    def _receiver(
        self, connection: Connection, rows: Sequence[Row[Any]], now: datetime, after: timedelta | None, operator: str | None
    ) -> str | None:
        """Returns the address that is alerted about the events of one item for a reason, or None if no address is alerted."""
        watchlist, reason = rows[0].watchlist, Reason(rows[0].reason)
        if reason in CALLS:
            return self._on_call(connection, rows, now, after, operator)
        if reason is Reason.PAUSED:
            return self._stand_in(connection, watchlist, now, operator)
        return self._second_address(connection, watchlist, operator) if after is not None else None

    def _on_call(
        self, connection: Connection, rows: Sequence[Row[Any]], now: datetime, after: timedelta | None, operator: str | None
    ) -> str | None:
        """Returns the address of the person on call who is alerted now. Returns None if nobody is on call, or if that person's
        own subscription alerts them at once. If the rota can't be decrypted, the operator is alerted instead, once."""
        watchlist, reason = rows[0].watchlist, Reason(rows[0].reason)
        ids = [row.event_id for row in rows]
        if reason is not Reason.ON_CALL and after is None:
            return None
        carried = select(_escalation.c.message_id).where(
            _escalation.c.watchlist == watchlist,
            _escalation.c.reason.in_([str(one) for one in CALLS]),
            _escalation.c.event_id.in_(ids),
        )
        encrypted = connection.execute(select(_message.c.address).where(_message.c.id.in_(carried))).scalars()
        told = {one for each in encrypted if (one := self._vault.decrypt_if_possible(each, watchlist=watchlist))}
        try:
            rota = rota_of(connection, self._vault, watchlist)
        except StoreError:  # the judgement reports this too
            _log("a rota can't be decrypted", watchlist=watchlist)
            return None if operator in told else operator
        told |= {one for one in rota.addresses if _is_told(connection, watchlist, one, ids, now)}
        if reason is Reason.ON_CALL:
            address = rota.first(now)
            return None if address in told else address
        return rota.following(now, told)

    def _second_address(self, connection: Connection, watchlist: str, operator: str | None) -> str | None:
        """Returns the second address of a watchlist, or None if the watchlist has no second address. If the second address can't
        be decrypted, returns the operator's address, so that other escalations need not wait."""
        encrypted = connection.execute(select(_watchlist.c.second_address).where(_watchlist.c.name == watchlist)).scalar()
        return (self._vault.decrypt_if_possible(encrypted, watchlist=watchlist) or operator) if encrypted else None

    def _stand_in(self, connection: Connection, watchlist: str, now: datetime, operator: str | None) -> str | None:
        """Returns the address that gets severe events in place of a paused subscription. Returns None if another subscription
        already alerts that address at once."""
        keeper = (
            select(_person.c.email)
            .join(_watchlist, _watchlist.c.owner == _person.c.id)
            .where(_watchlist.c.name == watchlist, _person.c.ended_at.is_(None))
        )
        email = connection.execute(keeper).scalar()
        address = self._second_address(connection, watchlist, operator) or (f"mailto:{email}" if email else operator)
        if address is None:
            return None
        own = (_subscription.c.watchlist == watchlist) & (_subscription.c.address_key == key_of(address))
        own &= (_subscription.c.when == When.IMMEDIATE) & _subscription.c.confirmed_at.is_not(None)
        own &= _subscription.c.paused_until.is_(None) | (_subscription.c.paused_until <= now)
        return None if connection.execute(select(exists().where(own))).scalar() else address


def _is_told(connection: Connection, watchlist: str, address: str, event_ids: Sequence[str], now: datetime) -> bool:
    """Whether a subscription to the watchlist alerts the address at once about one of these events. A paused subscription does
    not."""
    mine = (_notice.c.subscription_id == _subscription.c.id) & _notice.c.event_id.in_(event_ids) & _notice.c.urgent
    mine &= _notice.c.due_at <= now
    mine &= (_subscription.c.watchlist == watchlist) & (_subscription.c.address_key == key_of(address))
    return bool(connection.execute(select(exists().where(mine))).scalar())



def _log(what: str, **about: str) -> None:
    from monitor import logs  # imported only when needed, since commands load this module but log nothing

    logs.logger(__name__).error(what, **about)


def begin(connection: Connection, events: Sequence[Event], watchlist: str | None = None) -> None:
    """Creates escalations within the transaction that records the events. A severe event gets an escalation on each watchlist
    that the service is on. An urgent event gets an escalation on each of these watchlists that has a rota. If `watchlist` is
    given, only that watchlist is used."""
    for event in events:
        on = _watch.c.location_id == event.location_id
        if watchlist is not None:
            on &= _watch.c.watchlist == watchlist
        if event.worst:
            _begin(connection, event, on)
        if event.urgent:
            _call(connection, event, on)


def _call(connection: Connection, event: Event, on: ColumnElement[bool]) -> None:
    named = select(_watch.c.watchlist).join(_watchlist, _watchlist.c.name == _watch.c.watchlist)
    for name in connection.execute(named.where(on, _watchlist.c.rota.is_not(None))).scalars():
        values = {"watchlist": name, "reason": str(Reason.ON_CALL), "since": event.observed_at}
        add_once(connection, _escalation, event_id=event.id, **values)


def begin_again(connection: Connection, event_id: str, now: datetime) -> None:
    """Handles the reopening of an event. The time for acknowledging the event starts again. When that time has passed, the people
    on the rota are alerted again, from the first person."""
    mine = _escalation.c.event_id == event_id
    connection.execute(delete(_escalation).where(mine, _escalation.c.reason.in_([str(one) for one in CALLS[1:]])))
    connection.execute(update(_escalation).where(mine, _escalation.c.reason == Reason.ON_CALL).values(message_id=None))
    again = update(_escalation).where(mine, _escalation.c.reason == Reason.UNACKNOWLEDGED)
    connection.execute(again.values(since=now, settled_at=None, message_id=None))
    on = select(_watch.c.watchlist).join(_watchlist, _watchlist.c.name == _watch.c.watchlist)
    on = on.join(_event, _event.c.location_id == _watch.c.location_id).where(_event.c.id == event_id)
    for name in connection.execute(on.where(_watchlist.c.rota.is_not(None))).scalars().all():
        _call_next(connection, name, [event_id], Reason.NEXT, now)


def _call_next(connection: Connection, watchlist: str, event_ids: Sequence[str], reason: Reason, now: datetime) -> None:
    """Plans the next alert of the rota: the severe events go to the next person on the rota when the time for acknowledging has
    passed."""
    severe = select(_event.c.id).where(_event.c.id.in_(event_ids), _event.c.level == 1, _event.c.corrected_at.is_(None))
    for one in connection.execute(severe).scalars().all():
        values = {"watchlist": watchlist, "reason": str(reason), "since": now}
        add_once(connection, _escalation, event_id=one, **values)


def _begin(connection: Connection, event: Event, on: ColumnElement[bool]) -> None:
    watchlists = list(connection.execute(select(_watch.c.watchlist).where(on).order_by(_watch.c.watchlist)).scalars())
    told = _subscription.c.confirmed_at.is_not(None) & (_subscription.c.paused_until > event.observed_at)
    paused = select(_subscription.c.watchlist).where(_subscription.c.watchlist.in_(watchlists), told)
    reasons = [(one, Reason.UNACKNOWLEDGED) for one in watchlists]
    reasons += [(one, Reason.PAUSED) for one in sorted(set(connection.execute(paused).scalars()))]
    for watchlist, reason in reasons:
        values = {"event_id": event.id, "watchlist": watchlist, "reason": str(reason), "since": event.observed_at}
        add_once(connection, _escalation, **values)


@prepared
def _anything_due(now: datetime, after: timedelta | None) -> Statement:
    return select(exists().where(is_to_be_settled(now, after)))


def is_to_be_settled(now: datetime, after: timedelta | None) -> Any:
    """Returns an SQL condition that is true for an escalation that is due (see Escalations.settle)."""
    at_once = _escalation.c.reason.in_([str(Reason.PAUSED), str(Reason.ON_CALL)])
    due = at_once | (_escalation.c.since <= now - (after or timedelta()))
    return due & _escalation.c.settled_at.is_(None)
