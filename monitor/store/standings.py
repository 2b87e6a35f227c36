"""Finds the standing of a service from snapshots and events: its ratings before and after an item."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Engine, func, select

from monitor import codec
from monitor.events import Event
from monitor.model import IN_MEASURES, Snapshot
from monitor.ratings import OVERALL
from monitor.reports.named import OnPage
from monitor.standing import MEASURES, Standing, measures_since, standing
from monitor.store.database import reading
from monitor.store.tables import EventRow, OverviewRow, ServiceRow, SnapshotRow, table
from monitor.store.watched import is_watched, last_read_before

_event, _snapshot, _overview, _service = table(EventRow), table(SnapshotRow), table(OverviewRow), table(ServiceRow)


class Standings:
    """The part of the store for ratings before and after items, which only reads. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, items: Iterable[Sequence[Event]], newest: Mapping[str, Snapshot | None]) -> list[Standing]:
        """Returns the standing for each item, in the order of the items. Each element of `items` contains one or more events of
        an item. `newest` contains the present states of the services, by location id."""
        told = [list(events) for events in items]
        with reading(self._engine) as connection:
            said = _said(connection, {events[0].location_id for events in told})
            return [self._standing(connection, events, newest.get(events[0].location_id), said) for events in told]

    def pages(self, stale_before: datetime) -> dict[str, OnPage]:
        """Returns the ratings that the pages of watched services showed when they were last read, by location id. Services that
        are no longer registered, or were last fully read before `stale_before`, are left out."""
        columns = _overview.c["location_id", "overall", "published", "measures"]
        read = select(*columns).join(_service, _service.c.location_id == _overview.c.location_id)
        read = read.where(_overview.c.file_date.is_(None), _overview.c.archived.is_(False))
        read = read.where(is_watched(), ~last_read_before(stale_before))
        with reading(self._engine) as connection:
            rows = connection.execute(read).all()
            inside = [row.location_id for row in rows if row.measures in IN_MEASURES]
            said = _said(connection, inside)
            began = _firsts(connection, inside)
            since = {one: measures_since(began.get(one), said.get(one, ())) for one in inside}
        return {
            row.location_id: OnPage(row.overall, row.published, row.measures, *since.get(row.location_id, (None, False)))
            for row in rows
        }

    def _standing(
        self, connection: Connection, item: Sequence[Event], now: Snapshot | None, said: Mapping[str, Sequence[Event]]
    ) -> Standing:
        location_id, ids = item[0].location_id, {event.id for event in item}
        whole = _of_item(connection, item)
        seen = min(event.first_seen_at or event.observed_at for event in whole)
        of_service = select(_snapshot.c.body).where(_snapshot.c.location_id == location_id)
        before = of_service.where(_snapshot.c.seen_at < seen).order_by(_snapshot.c.seq.desc()).limit(1)
        was, began = _loaded(connection.execute(before).scalar()), _firsts(connection, [location_id]).get(location_id)
        others = [event for event in said.get(location_id, ()) if event.id not in ids]
        every = sorted([*others, *(event for event in item if event.kind in MEASURES)], key=lambda one: one.observed_at)
        return _without_moved(standing(item, first=began, before=was, now=now, said=every), whole)


def _without_moved(found: Standing, whole: Sequence[Event]) -> Standing:
    """Removes from `stays` the service groups whose overall rating changed in the same report. These ratings did not stay the
    same, even if an earlier message reported the change."""
    told = (event for event in whole if event.of == OVERALL and event.corrected_at is None)
    moved = {event.group or "" for event in told if event.from_ != event.to}
    return replace(found, stays={group: rating for group, rating in found.stays.items() if group not in moved})


def _of_item(connection: Connection, told: Sequence[Event]) -> list[Event]:
    """Returns all events of the items that these events belong to, including events that were in earlier messages."""
    ids = {event.item for event in told if event.item}
    rows = connection.execute(select(_event.c.body).where(_event.c.item.in_(ids))).scalars()
    return [*told, *(codec.load_event(body) for body in rows)]


def _said(connection: Connection, location_ids: Iterable[str]) -> dict[str, list[Event]]:
    """Returns the events that say whether services are in special measures, by service, oldest first. Retracted events are left
    out."""
    chosen = _event.c.location_id.in_(sorted(location_ids)) & _event.c.kind.in_(sorted(MEASURES))
    query = select(_event.c.body).where(chosen & _event.c.corrected_at.is_(None)).order_by(_event.c.position)
    found: dict[str, list[Event]] = {}
    for body in connection.execute(query).scalars():
        event = codec.load_event(body)
        found.setdefault(event.location_id, []).append(event)
    return found


def _firsts(connection: Connection, location_ids: Iterable[str]) -> dict[str, Snapshot]:
    """Returns the oldest snapshot of each of these services, by location id. Services without a snapshot are left out."""
    began = select(_snapshot.c.location_id, func.min(_snapshot.c.seq).label("seq")).group_by(_snapshot.c.location_id)
    first = began.where(_snapshot.c.location_id.in_(sorted(location_ids))).subquery()
    mine = (_snapshot.c.location_id == first.c.location_id) & (_snapshot.c.seq == first.c.seq)
    rows = connection.execute(select(_snapshot.c.location_id, _snapshot.c.body).join(first, mine))
    return {row.location_id: codec.load_snapshot(row.body) for row in rows}


def _loaded(body: str | None) -> Snapshot | None:
    return codec.load_snapshot(body) if body else None
