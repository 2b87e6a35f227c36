"""Writes the list entries of services that were not read yet: the rows that pages show for these services in lists. The entries
show what CQC's register states, with the date of CQC's file.

The entries are only for people: no check compares a page with an entry, and an entry causes no event. When a service's page is
read, the entry is replaced.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, or_, select

from monitor.ratings import OVERALL, KeyQuestion
from monitor.register.entries import Entry
from monitor.store.database import in_parts, insertion, reading, writing
from monitor.store.list_entries import named, standing
from monitor.store.register import made
from monitor.store.tables import OverviewRow, RegisterRow, ServiceRow, table

_overview, _register, _service = table(OverviewRow), table(RegisterRow), table(ServiceRow)

_UNSEARCHED = [column for column in _register.c if column.name not in {"name_key", "search"}]


def fill(connection: Connection, location_ids: Sequence[str] | None = None) -> None:
    """Writes the list entries of services that were not read yet, from the register, within the caller's transaction. If
    `location_ids` is None, the entries of all unread services are written."""
    ids = _unread(connection) if location_ids is None else location_ids
    for part in in_parts(ids):
        here = _register.c.location_id.in_(part)
        query = select(*_UNSEARCHED).where(here).order_by(_register.c.location_id)
        rows = [overview_of(made(row)) for row in connection.execute(query).mappings()]
        if rows:
            statement = insertion(connection, _overview)
            values: Mapping[str, Any] = {name: statement.excluded[name] for name in rows[0] if name != "location_id"}
            unread = _overview.c.file_date.is_not(None)
            connection.execute(statement.on_conflict_do_update(index_elements=["location_id"], set_=values, where=unread), rows)


def refresh(engine: Engine) -> None:
    """Writes the list entries of all services that were not read yet, after a newer file was loaded. The entries are written in
    parts, so that other writers need not wait long."""
    with reading(engine) as connection:
        ids = _unread(connection)
    for part in in_parts(ids):
        with writing(engine) as connection:
            fill(connection, part)


def overview_of(entry: Entry) -> dict[str, Any]:
    """Returns the values of the list entry of a service that was not read yet, by column."""
    address = ", ".join(filter(None, (entry.address, entry.postcode)))
    rated = dict(zip(KeyQuestion, entry.key_questions, strict=True))
    types = ", ".join(entry.types) or None
    return named(entry.location_id, entry.name, address, types, entry.provider_name) | {
        "location_id": entry.location_id,
        OVERALL: entry.overall,
        **{one.column: rated[one] for one in KeyQuestion},
        "groups": max(1, len(entry.groups)),
        "measures": None,
        "archived": False,
        "published": entry.published,
        "standing": standing(entry.overall, rated.values(), None),
        "file_date": entry.listed_on,
    }


def _unread(connection: Connection) -> list[str]:
    joined = _service.outerjoin(_overview, _overview.c.location_id == _service.c.location_id)
    missing = or_(_overview.c.location_id.is_(None), _overview.c.file_date.is_not(None))
    query = select(_service.c.location_id).select_from(joined).where(missing).order_by(_service.c.location_id)
    return list(connection.execute(query).scalars())
