"""Stores and loads snapshots. A snapshot is the state of a service at one time."""

from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from monitor import codec
from monitor.model import Snapshot
from monitor.store import list_entries
from monitor.store.tables import ServiceRow, SnapshotRow, table

_service, _snapshot = table(ServiceRow), table(SnapshotRow)


def keep(connection: Connection, snapshot: Snapshot) -> None:
    """Adds a snapshot that was read from pages, within the caller's transaction, and updates the service's list entry. The caller
    must also make the snapshot the service's newest snapshot (`ServiceRow.seq`)."""
    add(connection, snapshot)
    list_entries.keep(connection, snapshot)


def add(connection: Connection, snapshot: Snapshot) -> None:
    """Adds a snapshot without updating the service's list entry. Used for a baseline that was not read from a page."""
    body = codec.dump_snapshot(snapshot)
    values = {"location_id": snapshot.location_id, "seq": snapshot.seq, "seen_at": snapshot.seen_at, "body": body}
    connection.execute(_ADDED, values)


def is_newest() -> Any:
    """Returns an SQL condition that is true for a snapshot and a service if the snapshot is the newest snapshot of the
    service."""
    return (_snapshot.c.location_id == _service.c.location_id) & (_snapshot.c.seq == _service.c.seq)


_ADDED = insert(_snapshot)
_NEWEST = select(_snapshot.c.body).join(_service, is_newest()).where(_service.c.location_id == bindparam("of"))


def newest(connection: Connection, location_id: str) -> Snapshot | None:
    """Returns the newest snapshot of a service, or None if the service has no snapshot."""
    body = connection.execute(_NEWEST, {"of": location_id}).scalar()
    return codec.load_snapshot(body) if body else None
