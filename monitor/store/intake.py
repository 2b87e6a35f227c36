"""Loads CQC's monthly files into the register. `monitor.register.merge` decides what a file changes."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    MetaData,
    RowMapping,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from monitor.register.entries import FileKind, MonthlyFile
from monitor.register.merge import KEPT, Held, Plan, Taken, Timeline, planned
from monitor.store import from_register
from monitor.store.database import insertion, reading, unhurried, writing, writing_after
from monitor.store.register import columns_of, field_in, made, numbers, row_of
from monitor.store.tables import RegisterFileRow, RegisterHistoryRow, RegisterRow, table

_KEYS = ("name_key", "provider_key", "search")

_register, _history, _file = table(RegisterRow), table(RegisterHistoryRow), table(RegisterFileRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The address from which a file was fetched, and its validators. The next request sends the validators, to ask whether there
    is a newer file."""

    url: str
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file that was loaded into the register."""

    kind: FileKind
    name: str
    as_of: date
    imported_at: datetime
    locations: int
    ratings: int
    joined: int
    left: int
    source: Source | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The size of the register: how many services are registered now, how many have left the register, and the date of the first
    file."""

    registered: int
    left: int
    since: date | None


class Intake:
    """The part of the store that loads the register. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(self, file: MonthlyFile, *, at: datetime, although_fewer: bool = False, source: Source | None = None) -> Taken:
        """Loads a file, in full or not at all. Raises UsageError if the file lists far fewer services than the register, unless
        `although_fewer` is True. Also raises UsageError for a file of ratings if the register is empty."""
        while True:
            with reading(self._engine) as connection:
                base = _last(connection)
                if known := _same(connection, file):
                    break
                held = _held(connection)
            plan = planned(held, file, although_fewer=although_fewer)
            with writing_after(self._engine, partial(_stage, plan)) as connection:
                unhurried(connection)
                if connection.dialect.name == "postgresql":
                    connection.execute(text("LOCK TABLE register_file IN SHARE ROW EXCLUSIVE MODE"))
                if _last(connection) == base:  # otherwise another import has finished meanwhile, so this one plans again
                    _write(connection, plan, at, source)
                    break
        if known and source:
            with writing(self._engine) as connection:
                connection.execute(update(_file).where(_file.c.id == known).values(**_columns(source)))
        from_register.refresh(self._engine)
        return Taken(file=file, again=True) if known else plan.taken

    def files(self) -> list[Kept]:
        """Returns all loaded files, in the order in which they were loaded."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(_file).order_by(_file.c.id)).mappings()
            return [_kept(row) for row in rows]

    def extent(self) -> Extent:
        """The size of the register."""
        with reading(self._engine) as connection:
            left = select(func.count()).select_from(_register).where(_register.c.left_on.is_not(None))
            since = connection.execute(select(func.min(_file.c.as_of))).scalar()
            return Extent(registered=numbers(connection), left=connection.execute(left).scalar_one(), since=since)


def _kept(row: RowMapping) -> Kept:
    fetched = Source(url=row["url"], etag=row["etag"], last_modified=row["last_modified"]) if row["url"] else None
    same = {name: row[name] for name in ("name", "as_of", "imported_at", "locations", "ratings", "joined", "left")}
    return Kept(kind=FileKind(row["kind"]), source=fetched, **same)


def _columns(source: Source) -> dict[str, Any]:
    return {"url": source.url, "etag": source.etag, "last_modified": source.last_modified}


def _last(connection: Connection) -> int:
    return int(connection.execute(select(func.max(_file.c.id))).scalar() or 0)


def _same(connection: Connection, file: MonthlyFile) -> int | None:
    """Returns the number under which the same file was already loaded, or None if it was not loaded yet. Also returns None for a
    file of ratings that was loaded before the last list of services. Loading it again may add ratings, because ratings are used
    only for listed services."""
    same = and_(_file.c.digest == file.digest, _file.c.kind == file.kind, _file.c.as_of == file.as_of)
    known = connection.execute(select(func.max(_file.c.id)).where(same)).scalar()
    if known is None or file.kind.lists_all:
        return known
    last_list = connection.execute(select(func.max(_file.c.id)).where(_file.c.kind != FileKind.RATINGS)).scalar()
    return known if last_list is None or last_list < known else None


def _held(connection: Connection) -> Held:
    rows = connection.execute(select(*(column for column in _register.c if column.name not in _KEYS))).mappings()
    entries = {row["location_id"]: (made(row), row["first_listed_on"]) for row in rows}
    timelines: dict[str, Timeline] = {}
    for row in connection.execute(select(_history).order_by(_history.c.location_id, _history.c.as_of)).mappings():
        state = tuple(field_in(row, name) for name in KEPT)
        timelines.setdefault(row["location_id"], []).append((row["as_of"], state))
    return Held(
        files=[(FileKind(kind), as_of) for kind, as_of in connection.execute(select(_file.c.kind, _file.c.as_of))],
        entries={location_id: entry for location_id, (entry, _) in entries.items()},
        firsts={location_id: first for location_id, (_, first) in entries.items()},
        timelines=timelines,
    )


# Writing


def _write(connection: Connection, plan: Plan, at: datetime, source: Source | None) -> None:
    taken, file = plan.taken, plan.taken.file
    _take_staged(connection, _register)
    if plan.gone:
        named = and_(_history.c.location_id == bindparam("gone_id"), _history.c.as_of == bindparam("gone_on"))
        connection.execute(delete(_history).where(named), [{"gone_id": one, "gone_on": as_of} for one, as_of in plan.gone])
    _take_staged(connection, _history)
    if file.kind.lists_all:
        older = update(_register).where(_register.c.listed_on < file.as_of, _register.c.left_on.is_(None))
        if taken.present:
            connection.execute(older.values(listed_on=file.as_of))
        first = update(_register).where(
            _register.c.location_id == bindparam("listed_id"), _register.c.first_listed_on > file.as_of
        )
        if plan.seen_first:
            connection.execute(first.values(first_listed_on=file.as_of), [{"listed_id": one} for one in plan.seen_first])
    values = {
        "kind": file.kind,
        "name": file.name,
        "as_of": file.as_of,
        "imported_at": at,
        "locations": len(file.entries),
        "ratings": file.ratings,
        "joined": len(taken.joined),
        "left": len(taken.left),
        "digest": file.digest,
    }
    connection.execute(insert(_file).values(**values, **(_columns(source) if source else {})))


def _stage(plan: Plan, connection: Connection) -> None:
    """Writes the plan into temporary tables. Without these, all other writers on SQLite would wait while 57,000 rows are inserted
    one by one."""
    entries = [row_of(entry) | {"first_listed_on": first} for entry, first in plan.entries]
    history = [
        {"location_id": location_id, "as_of": as_of} | columns_of(dict(zip(KEPT, state, strict=True)))
        for location_id, as_of, state in plan.history
    ]
    for into, rows in ((_register, entries), (_history, history)):
        staged = _staged(into)
        connection.execute(text(f"DROP TABLE IF EXISTS {staged.name}"))
        connection.execute(text(f"CREATE TEMPORARY TABLE {staged.name} AS SELECT * FROM {into.name} WHERE 1 = 0"))  # noqa: S608
        if rows:
            connection.execute(insert(staged), rows)


def _staged(into: Table) -> Table:
    return into.to_metadata(MetaData(), name=f"staged_{into.name}")


def _take_staged(connection: Connection, into: Table) -> None:
    staged = _staged(into)
    statement = insertion(connection, into).from_select([column.name for column in into.c], select(staged).where(text("1 = 1")))
    keys = [column.name for column in into.primary_key]
    others = {column.name: statement.excluded[column.name] for column in into.c if column.name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=others))
    connection.execute(text(f"DROP TABLE {staged.name}"))
