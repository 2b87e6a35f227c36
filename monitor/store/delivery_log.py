"""Stores the delivery log: what was sent to whom, when, and the receiver's answer. Entries are added, but never changed.
Entries stay when a subscription ends, so each entry contains everything that readers need.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select

from monitor import codec
from monitor.events import Event
from monitor.store.database import reading
from monitor.store.tables import EventRow, MessageRow, MessageState, NoticeRow, SubscriptionRow, ToldRow, table
from monitor.store.vault import Vault, opened

_told, _message, _event = table(ToldRow), table(MessageRow), table(EventRow)
_notice, _subscription = table(NoticeRow), table(SubscriptionRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """An entry of the delivery log.

    at          when the receiver accepted the message, or when the message failed for good, or when somebody dropped it
    became      sent, dead or dropped
    reply       the receiver's answer (for email with the queue id), or why the message failed or was dropped
    watchlists  the watchlists that the message was for; empty for an operator message
    subject     the subject of an operator message
    events      the message's events, in the order in which the events were recorded, even if the message was not sent
    """

    message_id: str
    kind: str
    address: str
    became: MessageState
    at: datetime
    reply: str | None
    watchlists: tuple[str, ...]
    subject: str | None
    events: tuple[Event, ...]


def note(
    connection: Connection,
    message_id: str,
    became: MessageState,
    reply: str,
    at: datetime,
    watchlists: Sequence[str] | None = None,
) -> None:
    """Records the result of a message, within the caller's transaction. If `watchlists` is None, the entry lists the watchlists
    that the message is for now."""
    row = connection.execute(select(_message).where(_message.c.id == message_id)).mappings().first()
    # these kinds are recorded in the audit, because this log records only what was sent about services
    if row is None or row["kind"] in {"sign in", "confirm"}:
        return
    if watchlists is None and json.loads(row["body"]).get("watchlists"):
        watchlists = json.loads(row["body"])["watchlists"]  # the message belongs to no subscription
    if watchlists is None:
        watchlists = watchlists_of(connection, message_id)
    if became is not MessageState.SENT and row["parts_done"]:
        reply = f"{reply} (number of parts that were accepted: {row['parts_done']})"
    body = json.loads(row["body"])
    kept = {"events": body.get("events", []), "watchlists": list(watchlists), "subject": body.get("subject")}
    connection.execute(
        insert(_told).values(
            message_id=message_id,
            kind=row["kind"],
            address=row["address"],
            became=str(became),
            at=at,
            reply=reply,
            body=json.dumps(kept),
        )
    )


def watchlists_of(connection: Connection, message_id: str) -> list[str]:
    """Returns the watchlists that a message is for at present."""
    owed = select(_notice.c.subscription_id).where(_notice.c.message_id == message_id)
    names = select(_subscription.c.watchlist).where(_subscription.c.id.in_(owed)).distinct()
    return sorted(connection.execute(names).scalars())


class Log:
    """The part of the store for the delivery log. Raises StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def since(self, at: datetime | None = None) -> list[LogEntry]:
        """Returns the entries since `at` (all entries if `at` is None), in the order in which they were made."""
        query = select(_told).order_by(_told.c.position)
        if at is not None:
            query = query.where(_told.c.at >= at)
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
            bodies = [json.loads(row["body"]) for row in rows]
            events = self._events(connection, {one for body in bodies for one in body["events"]})
        return [
            LogEntry(
                message_id=row["message_id"],
                kind=row["kind"],
                address=opened(self._vault, row["address"]),
                became=MessageState(row["became"]),
                at=row["at"],
                reply=row["reply"],
                watchlists=tuple(body["watchlists"]),
                subject=body["subject"],
                events=tuple(events[one] for one in body["events"] if one in events),
            )
            for row, body in zip(rows, bodies, strict=True)
        ]

    def _events(self, connection: Connection, ids: set[str]) -> dict[str, Event]:
        if not ids:
            return {}
        found = connection.execute(select(_event.c.id, _event.c.body)).all()
        return {row.id: codec.load_event(row.body) for row in found if row.id in ids}
