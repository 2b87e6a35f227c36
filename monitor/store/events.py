"""Records events, and queues the notices about events. Also returns events to other programs, a limited number at a time, in the
order in which the events were recorded.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Engine, exists, select

from monitor import codec
from monitor.events import Event, Kind
from monitor.severity import level, rank
from monitor.store import case_records, escalations, list_entries, own_facts, placing
from monitor.store.database import add_once, reading
from monitor.store.subscribed import is_owed, owe, subscribed_to, subscribed_to_service
from monitor.store.tables import EventRow, WatchRow, table
from monitor.store.vault import Vault

_event, _watch = table(EventRow), table(WatchRow)


def add_events(connection: Connection, events: Iterable[Event]) -> list[Event]:
    """Records the events of one service that are not recorded yet, within the caller's transaction. Returns the events that were
    new, each with its item. The new events are added to the service's open case. If there is no open case, a severe event opens a
    new case."""
    fresh = [event for event in placing.place(connection, events) if _add(connection, event)]
    if fresh:
        list_entries.note_change(connection, fresh[0].location_id, fresh)
        case_records.add_news(connection, fresh)
    return fresh


def _add(connection: Connection, event: Event) -> bool:
    columns = {"location_id": event.location_id, "observed_at": event.observed_at, "kind": str(event.kind), "item": event.item}
    places = {"rank": rank(event), "level": level(event)}
    return add_once(connection, _event, id=event.id, body=codec.dump_event(event), **columns, **places)


def record(connection: Connection, vault: Vault, location_id: str, events: Iterable[Event]) -> list[Event]:
    """Records the events that a check of a service found, and creates the notices and escalations about these events. Returns the
    events that were new."""
    fresh = add_events(connection, events)
    escalations.begin(connection, fresh)
    subscriptions = subscribed_to_service(connection, vault, location_id)
    for notice in own_facts.routed(connection, fresh, subscriptions):
        owe(connection, notice)
    return fresh


def record_for(connection: Connection, vault: Vault, watchlist: str, event: Event, now: datetime) -> None:
    """Records an event unless it is already recorded, and queues it for a watchlist's subscriptions. An address is left out if
    the event was already sent to that address, or is queued for it, because of any watchlist. Calling this again changes
    nothing."""
    add_events(connection, [event])
    escalations.begin(connection, [event], watchlist)
    subscriptions = subscribed_to(connection, vault, watchlist)
    for notice in own_facts.routed(connection, [replace(event, observed_at=now)], subscriptions):
        if not is_owed(connection, notice):
            owe(connection, notice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Says which events a program requests.

    since        only events that were observed at this instant or later; None for any time
    kinds        only events of one of these kinds; empty for any kind
    watchlist    only events of services that are on this watchlist now; None for any service
    location_id  only events of this service; None for any service
    """

    since: datetime | None = None
    kinds: Collection[Kind] = ()
    watchlist: str | None = None
    location_id: str | None = None


class Events:
    """The part of the store that reads events for other programs. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def after(self, position: int, sought: Sought, limit: int) -> list[tuple[int, Event]]:
        """Returns the first events that were recorded after a position, each with its own position. 0 is the position before the
        first event. Later events have higher positions, so a program that continues from the last position misses nothing."""
        query = select(_event.c.position, _event.c.body).where(_event.c.position > position).order_by(_event.c.position)
        if sought.since is not None:
            query = query.where(_event.c.observed_at >= sought.since)
        if sought.kinds:
            query = query.where(_event.c.kind.in_([str(kind) for kind in sought.kinds]))
        if sought.location_id is not None:
            query = query.where(_event.c.location_id == sought.location_id)
        if sought.watchlist is not None:
            on_it = exists().where(_watch.c.location_id == _event.c.location_id, _watch.c.watchlist == sought.watchlist)
            query = query.where(on_it)
        with reading(self._engine) as connection:
            return [(at, codec.load_event(body)) for at, body in connection.execute(query.limit(limit))]
