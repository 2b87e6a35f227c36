"""Reads data for the web pages: lists of events; and for an event, its deliveries, its waiting notices, and the service's state
before the event.
"""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, exists, func, or_, select

from monitor import codec
from monitor.events import Event, Kind
from monitor.model import Snapshot
from monitor.store.acknowledged import is_acknowledged
from monitor.store.database import reading
from monitor.store.tables import (
    EscalationRow,
    EventRow,
    EvidenceRow,
    MessageRow,
    MessageState,
    NoticeRow,
    SnapshotRow,
    SubscriptionRow,
    ToldRow,
    WatchRow,
    table,
)
from monitor.store.vault import Vault, opened

_event, _watch, _snapshot, _evidence = table(EventRow), table(WatchRow), table(SnapshotRow), table(EvidenceRow)
_notice, _message, _subscription, _told = table(NoticeRow), table(MessageRow), table(SubscriptionRow), table(ToldRow)
_escalation = table(EscalationRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Says which events a list shows. A field that is None restricts nothing.

    acknowledged  True for only acknowledged events; False for only events that are not acknowledged
    since         only events that were observed at this time or later
    """

    kind: Kind | None = None
    watchlist: str | None = None
    acknowledged: bool | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryOf:
    """A message about an event, with its result: accepted, failed for good or dropped. `page` says whether a web page can show
    the message."""

    message_id: str
    kind: str
    address: str
    became: MessageState
    at: datetime
    reply: str | None
    page: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedOf:
    """A waiting notice about an event. If the notice is in a message, `attempts` and `reply` are those of the message."""

    address: str
    watchlist: str
    due_at: datetime
    attempts: int
    reply: str | None
    paused_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A copy of a page that was stored for an earlier event."""

    fetched_at: datetime
    content_type: str | None
    body: bytes


class Happened:
    """The part of the store for events on the web pages. Raises StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def count(self, wanted: Wanted) -> int:
        """How many events match `wanted`."""
        with reading(self._engine) as connection:
            return int(connection.execute(select(func.count()).select_from(_event).where(*_is(wanted))).scalar_one())

    def newest(self, wanted: Wanted, limit: int, offset: int = 0) -> list[tuple[Event, bool]]:
        """Returns one page of the events that match `wanted`, most recently recorded first. The second value of each pair says
        whether the event is acknowledged."""
        query = select(_event.c.body, is_acknowledged().label("taken")).where(*_is(wanted)).order_by(_event.c.position.desc())
        with reading(self._engine) as connection:
            rows = connection.execute(query.limit(limit).offset(offset))
            return [(codec.load_event(row.body), bool(row.taken)) for row in rows]

    def seen_with(self, event: Event) -> list[Event]:
        """Returns the other events of the same service from the same check."""
        same = (_event.c.location_id == event.location_id) & (_event.c.observed_at == event.observed_at)
        query = select(_event.c.body).where(same, _event.c.id != event.id).order_by(_event.c.position)
        with reading(self._engine) as connection:
            return [codec.load_event(body) for body in connection.execute(query).scalars()]

    def watchlists(self, event: Event) -> list[str]:
        """Returns the watchlists that the event's service is on."""
        query = select(_watch.c.watchlist).where(_watch.c.location_id == event.location_id).order_by(_watch.c.watchlist)
        with reading(self._engine) as connection:
            return list(connection.execute(query).scalars())

    def told(self, events: Sequence[Event]) -> list[DeliveryOf]:
        """Returns the results of the messages about any of these events, in the order in which they were recorded. `events` must
        not be empty."""
        ids = {event.id for event in events}
        mentions = or_(*(_told.c.body.contains(one, autoescape=True) for one in sorted(ids)))
        query = (
            select(_told, _message.c.said)
            .outerjoin(_message, _message.c.id == _told.c.message_id)
            .where(mentions, _told.c.at >= min(event.observed_at for event in events))
            .order_by(_told.c.position)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
        return [
            DeliveryOf(
                message_id=row["message_id"],
                kind=row["kind"],
                address=opened(self._vault, row["address"]),
                became=MessageState(row["became"]),
                at=row["at"],
                reply=row["reply"],
                page=row["said"] is not None,
            )
            for row in rows
            if ids & set(json.loads(row["body"])["events"])
        ]

    def owed(self, event: Event) -> list[OwedOf]:
        """Returns the addresses that have not been alerted about an event yet."""
        pending = _message.c.state.in_((MessageState.PENDING, MessageState.DEAD))
        notices = (
            select(_subscription.c.address, _subscription.c.watchlist, _notice.c.due_at, _subscription.c.paused_until)
            .add_columns(_message.c.attempts, _message.c.reply)
            .join(_subscription, _subscription.c.id == _notice.c.subscription_id)
            .outerjoin(_message, _message.c.id == _notice.c.message_id)
            .where(_notice.c.event_id == event.id, _notice.c.message_id.is_(None) | pending)
            .order_by(_notice.c.due_at, _notice.c.id)
        )
        with reading(self._engine) as connection:
            owed = [self._owed(row.address, row.watchlist, row.due_at, row) for row in connection.execute(notices)]
            owed += self._escalated(connection, event)
        return owed

    def _escalated(self, connection: Connection, event: Event) -> list[OwedOf]:
        query = (
            select(_message.c.address, _escalation.c.watchlist, _message.c.created_at, _message.c.attempts, _message.c.reply)
            .join(_escalation, _escalation.c.message_id == _message.c.id)
            .where(_escalation.c.event_id == event.id, _message.c.state.in_((MessageState.PENDING, MessageState.DEAD)))
        )
        return [self._owed(row.address, row.watchlist, row.created_at, row) for row in connection.execute(query)]

    def _owed(self, encrypted: str, watchlist: str, due_at: datetime, row: object) -> OwedOf:
        return OwedOf(
            address=opened(self._vault, encrypted),
            watchlist=watchlist,
            due_at=due_at,
            attempts=getattr(row, "attempts", None) or 0,
            reply=getattr(row, "reply", None),
            paused_until=getattr(row, "paused_until", None),
        )

    def page_before(self, url: str, fetched_at: datetime) -> Earlier | None:
        """Returns the newest copy of the same page from before `fetched_at`, or None if no copy is stored."""
        earlier = (_evidence.c.url == url) & (_evidence.c.fetched_at < fetched_at) & _evidence.c.removed_at.is_(None)
        query = select(_evidence).where(earlier).order_by(_evidence.c.fetched_at.desc()).limit(1)
        with reading(self._engine) as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        try:
            body = zlib.decompress(row["body"])
        except zlib.error:
            return None
        return Earlier(fetched_at=row["fetched_at"], content_type=row["content_type"], body=body)

    def snapshots_around(self, events: Sequence[Event]) -> tuple[Snapshot | None, Snapshot | None]:
        """Returns two states of a service: before the first of these events, and when the last of these events was observed. A
        state is None if no snapshot is stored."""
        times = [event.observed_at for event in events]
        query = select(_snapshot.c.body).where(_snapshot.c.location_id == events[0].location_id)
        before = query.where(_snapshot.c.seen_at < min(times)).order_by(_snapshot.c.seq.desc()).limit(1)
        after = query.where(_snapshot.c.seen_at >= max(times)).order_by(_snapshot.c.seq).limit(1)
        with reading(self._engine) as connection:
            found = [connection.execute(one).scalar() for one in (before, after)]
        old, new = (codec.load_snapshot(body) if body else None for body in found)
        return old, new


def _is(wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.kind is not None:
        conditions.append(_event.c.kind == str(wanted.kind))
    if wanted.watchlist is not None:
        on = (_watch.c.location_id == _event.c.location_id) & (_watch.c.watchlist == wanted.watchlist)
        conditions.append(exists().where(on))
    if wanted.acknowledged is not None:
        conditions.append(is_acknowledged() if wanted.acknowledged else ~is_acknowledged())
    if wanted.since is not None:
        conditions.append(_event.c.observed_at >= wanted.since)
    return conditions
