"""What several parts of the store do with the rows of services: a new one, and some that are locked or made due."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from monitor.store.tables import ServiceRow, table

_service = table(ServiceRow)


def new_service(location_id: str, now: datetime) -> dict[str, Any]:
    """The row of a service that was never checked: it is due at once."""
    row = {"added_at": now, "next_look_at": now, "seq": 0, "suspicions": "[]", "failures": 0, "grave": False, "whole": True}
    return row | {"location_id": location_id}


def locked_services(connection: Connection, chosen: Any) -> bool:
    """Locks the services that match a condition for this transaction; returns whether there are any. All callers lock in the
    order of the ids, so that two never wait for each other."""
    ids = select(_service.c.location_id).where(chosen).order_by(_service.c.location_id).with_for_update()
    return connection.execute(ids).first() is not None


def look_now_at(connection: Connection, chosen: Any, now: datetime) -> None:
    """Makes the matching services due."""
    waiting = chosen & (_service.c.next_look_at > now)
    if locked_services(connection, waiting):
        connection.execute(update(_service).where(waiting).values(next_look_at=now))
