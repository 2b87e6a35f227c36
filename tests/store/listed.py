"""Fills the register with entries, as an import of CQC's files does."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time

from sqlalchemy import delete, func, insert, select

from monitor.register.entries import Entry, sector
from monitor.store import Store, from_register
from monitor.store.database import reading, writing
from monitor.store.register import row_of
from monitor.store.tables import RegisterFileRow, RegisterHistoryRow, RegisterRow, table
from tests.registered import asked

_register, _history, _file = table(RegisterRow), table(RegisterHistoryRow), table(RegisterFileRow)

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 5), date(2026, 11, 5), date(2026, 12, 5)


def entry(number: int, **facts: object) -> Entry:
    """Returns the entry of a homecare agency in Leicestershire that is rated good. `facts` replace parts of the entry."""
    given: dict[str, object] = {
        "location_id": f"1-20000{number:04}",
        "name": f"Agency {number}",
        "postcode": "LE1 1AA",
        "authority": "Leicestershire",
        "region": "East Midlands",
        "types": ("Homecare agencies",),
        "provider_id": "1-101600001",
        "provider_name": "Hartwell Care Limited",
        "overall": "good",
        "published": date(2023, 4, 18),
        "listed_on": OCTOBER,
    }
    made = Entry(**asked(given | facts))
    return replace(made, sector=sector(made.types))


def listed(store: Store, entries: Iterable[Entry], on: date) -> None:
    """Fills the register as if CQC's files of that day listed exactly these services."""
    now = {one.location_id: replace(one, listed_on=on) for one in entries}
    with reading(store.engine) as connection:
        before = {row["location_id"]: dict(row) for row in connection.execute(select(_register)).mappings()}
    gone = [row for one, row in before.items() if one not in now]
    rows = [row_of(one) | {"first_listed_on": before.get(name, {}).get("first_listed_on", on)} for name, one in now.items()]
    kept = {column.name for column in _history.columns} - {"as_of", "listed"}
    with writing(store.engine) as connection:
        connection.execute(delete(_register))
        connection.execute(delete(_history).where(_history.c.as_of == on))
        connection.execute(insert(_register), [*rows, *(row | {"left_on": row["left_on"] or on} for row in gone)])
        for row, is_listed in [*((row, True) for row in rows), *((row, False) for row in gone if row["left_on"] is None)]:
            values = {name: value for name, value in row.items() if name in kept} | {"as_of": on, "listed": is_listed}
            connection.execute(insert(_history).values(**values))
        number = (connection.execute(select(func.max(_file.c.id))).scalar() or 0) + 1
        counts = {"locations": len(rows), "ratings": 0, "joined": 0, "left": len(gone)}
        at = datetime.combine(on, time(6), UTC)
        file = {"id": number, "kind": "directory", "name": f"{on}.csv", "as_of": on, "imported_at": at, "digest": str(number)}
        connection.execute(insert(_file).values(**file, **counts))
        from_register.fill(connection)
