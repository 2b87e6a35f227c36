"""Makes new rows for services, locks rows, and makes services due for a check. Several parts of the store use these functions."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from monitor.store.tables import ServiceRow, table

_service = table(ServiceRow)


def new_service(location_id: str, now: datetime) -> dict[str, Any]:
    """Returns the row of a service that was never checked. The service is due for a check at once."""
    row = {"added_at": now, "next_look_at": now, "seq": 0, "suspicions": "[]", "failures": 0, "grave": False, "whole": True}
    return row | {"location_id": location_id}


def locked_services(connection: Connection, chosen: Any) -> bool:
    """Locks the services that match the condition `chosen`, until this transaction ends. Returns whether any service matches.
    Services are always locked in the order of their ids, so that two transactions never wait for each other."""
    ids = select(_service.c.location_id).where(chosen).order_by(_service.c.location_id).with_for_update()
    return connection.execute(ids).first() is not None


def look_now_at(connection: Connection, chosen: Any, now: datetime) -> None:
    """Makes the matching services due for a check."""
    waiting = chosen & (_service.c.next_look_at > now)
    if locked_services(connection, waiting):
        connection.execute(update(_service).where(waiting).values(next_look_at=now))
