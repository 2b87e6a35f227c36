"""Assigns each event to an item when the event is recorded."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, RowMapping, bindparam, select, update

from monitor import codec
from monitor.events import Event
from monitor.items import Item, assigned
from monitor.severity import level, rank
from monitor.store.database import insertion
from monitor.store.tables import EventRow, ItemRow, table

_item, _event = table(ItemRow), table(EventRow)


def place(connection: Connection, events: Iterable[Event]) -> list[Event]:
    """Assigns the events of one service to items, and returns the events with their items. Also records the items, within the
    caller's transaction. If an event already has an item, the item is not changed."""
    told = list(events)
    if not told:
        return []
    location_id = told[0].location_id
    theirs = select(_item).where(_item.c.location_id == location_id).order_by(_item.c.seen_at, _item.c.id)
    known = [made(row) for row in connection.execute(theirs).mappings()]
    placed, changed = assigned(told, known)
    for item in changed:
        values = {name: getattr(item, name) for name in ("id", "location_id", "plan", "published", "seen_at")}
        newer = insertion(connection, _item).values(**values)
        learned = {"plan": newer.excluded.plan, "published": newer.excluded.published}
        connection.execute(newer.on_conflict_do_update(index_elements=["id"], set_=learned))
    return placed


def fill(connection: Connection) -> None:
    """Assigns all stored events that have no item to items, in the order in which the events were recorded, and updates the
    rank and level of all events. A second call changes nothing, so any migration may call this function when the order of
    severity has changed."""
    query = select(_event.c.location_id, _event.c.observed_at, _event.c.body)
    rows = connection.execute(query.order_by(_event.c.location_id, _event.c.observed_at, _event.c.position)).all()
    changed = update(_event).where(_event.c.id == bindparam("event_id"))
    for _, together in groupby(rows, key=attrgetter("location_id", "observed_at")):
        values = [
            {"event_id": one.id, "item": one.item, "rank": rank(one), "level": level(one), "body": codec.dump_event(one)}
            for one in place(connection, [codec.load_event(row.body) for row in together])
        ]
        connection.execute(changed, values)


def made(row: RowMapping) -> Item:
    """Makes an item from a row."""
    return Item(**row)
