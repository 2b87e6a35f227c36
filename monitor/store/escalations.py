"""The most severe events that nobody has acknowledged, or that a pause held back: who else is alerted, once.

A row is created with the event, in the transaction that records it, so that neither a restart nor another worker can lose it. It
is settled in the transaction that queues the message, or that finds none necessary.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, Row, exists, select, update

from monitor.events import Event
from monitor.mailbox import key_of
from monitor.model import When
from monitor.store.database import add_once, in_turn, reading, writing
from monitor.store.messages import MessageKind, NewMessage, queue
from monitor.store.tables import (
    EscalationRow,
    EventRow,
    PersonRow,
    SubscriptionRow,
    WatchlistRow,
    WatchRow,
    table,
)
from monitor.store.vault import Vault

_escalation, _event, _watch = table(EscalationRow), table(EventRow), table(WatchRow)
_watchlist, _person, _subscription = table(WatchlistRow), table(PersonRow), table(SubscriptionRow)


class Reason(StrEnum):
    """Why somebody else is alerted about an event."""

    UNACKNOWLEDGED = "unacknowledged"
    PAUSED = "paused"


class Escalations:
    """Escalations in the store. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def settle(self, now: datetime, after: timedelta | None, operator: str | None) -> int:
        """Queues the messages that are due; returns how many.

        Events that nobody has acknowledged for `after` (None: this is switched off) go to the second address of the watchlist, if
        it has one. Events held back by a pause go at once to the second address, or to the watchlist's owner, or to the
        operator.
        """
        due = is_to_be_settled(now, after)
        with reading(self._engine) as connection:
            if not connection.execute(select(exists().where(due))).scalar():
                return 0
        with writing(self._engine) as connection:
            in_turn(connection)
            query = (
                select(_escalation.c.watchlist, _escalation.c.reason, _escalation.c.event_id)
                .add_columns(_event.c.item)
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
        """Handles the events of one item as one message. Returns whether it was needed."""
        watchlist, reason = rows[0].watchlist, Reason(rows[0].reason)
        if reason is Reason.PAUSED:
            address = self._stand_in(connection, watchlist, now, operator)
        else:
            address = self._second_address(connection, watchlist) if after is not None else None
        ids = [row.event_id for row in rows]
        message_id = None
        if address:
            body = {"events": ids, "watchlists": [watchlist], "reason": str(reason)}
            new = NewMessage(kind=MessageKind.ESCALATION, address=address, body=body)
            queue(connection, self._vault, new, now)
            message_id = new.id
        mine = (_escalation.c.watchlist == watchlist) & (_escalation.c.reason == str(reason)) & _escalation.c.event_id.in_(ids)
        connection.execute(update(_escalation).where(mine).values(settled_at=now, message_id=message_id))
        return message_id is not None

    def _second_address(self, connection: Connection, watchlist: str) -> str | None:
        sealed = connection.execute(select(_watchlist.c.second_address).where(_watchlist.c.name == watchlist)).scalar()
        return self._vault.open(sealed) if sealed else None

    def _stand_in(self, connection: Connection, watchlist: str, now: datetime, operator: str | None) -> str | None:
        """Who gets the most severe events while a subscription is paused; None if another subscription of theirs alerts them at
        once."""
        keeper = (
            select(_person.c.email)
            .join(_watchlist, _watchlist.c.owner == _person.c.id)
            .where(_watchlist.c.name == watchlist, _person.c.ended_at.is_(None))
        )
        email = connection.execute(keeper).scalar()
        address = self._second_address(connection, watchlist) or (f"mailto:{email}" if email else operator)
        if address is None:
            return None
        own = (_subscription.c.watchlist == watchlist) & (_subscription.c.address_key == key_of(address))
        own &= (_subscription.c.when == When.IMMEDIATE) & _subscription.c.confirmed_at.is_not(None)
        own &= _subscription.c.paused_until.is_(None) | (_subscription.c.paused_until <= now)
        return None if connection.execute(select(exists().where(own))).scalar() else address


def begin(connection: Connection, events: Sequence[Event]) -> None:
    """Records the most severe events at the services of watchlists, within the transaction that records the events."""
    for event in events:
        if event.worst:
            _begin(connection, event)


def _begin(connection: Connection, event: Event) -> None:
    on = select(_watch.c.watchlist).where(_watch.c.location_id == event.location_id)
    watchlists = list(connection.execute(on.order_by(_watch.c.watchlist)).scalars())
    told = _subscription.c.confirmed_at.is_not(None) & (_subscription.c.paused_until > event.observed_at)
    paused = select(_subscription.c.watchlist).where(_subscription.c.watchlist.in_(watchlists), told)
    reasons = [(one, Reason.UNACKNOWLEDGED) for one in watchlists]
    reasons += [(one, Reason.PAUSED) for one in sorted(set(connection.execute(paused).scalars()))]
    for watchlist, reason in reasons:
        values = {"event_id": event.id, "watchlist": watchlist, "reason": str(reason), "since": event.observed_at}
        add_once(connection, _escalation, **values)


def is_to_be_settled(now: datetime, after: timedelta | None) -> Any:
    """A condition on escalations: they have become due (see Escalations.settle)."""
    due = (_escalation.c.reason == Reason.PAUSED) | (_escalation.c.since <= now - (after or timedelta()))
    return due & _escalation.c.settled_at.is_(None)
