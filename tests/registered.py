"""Fills the register directly in the database. The result is the same as if CQC's files of several days had been loaded."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, insert

from monitor.ratings import KeyQuestion, by_question
from monitor.register.entries import Entry, FileKind, sector
from monitor.store import from_register
from monitor.store.database import writing
from monitor.store.register import row_of
from monitor.store.tables import RegisterFileRow, RegisterHistoryRow, RegisterRow, table

_register, _history, _file = table(RegisterRow), table(RegisterHistoryRow), table(RegisterFileRow)
_KEPT = [column.name for column in _history.c if column.name not in {"as_of", "listed"}]

Files = Sequence[tuple[date, Sequence[Entry]]]
"""The entries in the files of each day, oldest day first."""


def take(engine: Engine, files: Files) -> None:
    """Fills an empty register."""
    rows: dict[str, dict[str, Any]] = {}
    history: list[dict[str, Any]] = []
    said: dict[str, dict[str, Any]] = {}
    for day, entries in files:
        listed = {one.location_id: row_of(one) for one in entries}
        for location_id, row in listed.items():
            first = rows.get(location_id, {}).get("first_listed_on", day)
            rows[location_id] = row | {"listed_on": day, "left_on": None, "first_listed_on": first}
            kept = {name: row[name] for name in _KEPT} | {"listed": True}
            if said.get(location_id) != kept:
                said[location_id] = kept
                history.append(kept | {"as_of": day})
        for location_id in said.keys() - listed.keys():
            if said[location_id]["listed"]:
                said[location_id] = said[location_id] | {"listed": False}
                history.append(said[location_id] | {"as_of": day})
                rows[location_id]["left_on"] = day
    with writing(engine) as connection:
        connection.execute(insert(_register), list(rows.values()))
        connection.execute(insert(_history), history)
        from_register.fill(connection)


def note_files(engine: Engine, on: date, *kinds: FileKind) -> None:
    """Records that files of a day were loaded."""
    at = datetime(on.year, on.month, on.day, tzinfo=UTC)
    counts = {"locations": 1, "ratings": 1, "joined": 0, "left": 0, "imported_at": at}
    rows = [{"kind": one, "name": f"{one} {on}", "as_of": on, "digest": f"{one} {on}"} | counts for one in kinds]
    with writing(engine) as connection:
        connection.execute(insert(_file), rows)


def care(
    location_id: str,
    overall: str | None = "good",
    *,
    types: tuple[str, ...] = ("Residential homes",),
    authority: str | None = "Leicestershire",
    published: date | None = date(2025, 6, 1),
    on: date = date(2026, 11, 5),
    **said: Any,
) -> Entry:
    """Returns the register's entry for an adult social care service. A key question has the overall rating unless `said` gives
    another rating."""
    questions = {question.column: overall for question in KeyQuestion}
    values: dict[str, Any] = {"name": f"Home {location_id}", "registered_on": date(2015, 1, 1), "beds": 30}
    return Entry(
        location_id=location_id,
        overall=overall,
        types=types,
        sector=sector(types),
        authority=authority,
        published=published if overall else None,
        listed_on=on,
        **(values | asked(questions | said)),
    )


def asked(said: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the fields of an Entry. `said` may give the rating of a key question under the question's name ("well_led")."""
    ratings = {str(one): said[one.column] for one in KeyQuestion if one.column in said}
    fields = {name: value for name, value in said.items() if name not in {one.column for one in KeyQuestion}}
    return fields | ({"key_questions": by_question(ratings)} if ratings else {})


def numbered(start: int, count: int) -> Iterable[str]:
    """Yields `count` location ids."""
    return (f"1-{300_000_000 + start + n}" for n in range(count))
