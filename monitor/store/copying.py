"""Copies a whole database into an empty one, for example from SQLite to PostgreSQL when one machine is no longer enough."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Table, func, insert, inspect, select, text

from monitor.errors import StoreError, UsageError
from monitor.store.database import connected, held_alone, nobody_works, opened, reading, sqlite_file, unhurried, url_of, writing
from monitor.store.tables import metadata

BATCH = 100
"""How many rows are in memory at a time. The number is small because a stored page may be a megabyte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred:
    """How many rows were copied, and how many watched services the copy contains."""

    rows: int
    services: int


def copy_all(source: str, target: str) -> Transferred:
    """Copies the whole database at the URL `source` into the empty database at the URL `target`. If this fails, nothing is
    copied. While this runs, nobody else can write to either database.

    Raises UsageError if the target is not empty, if source and target are the same, or if the source is not a database of this
    program. Raises BusyError if a daemon uses either database, and StoreError for database errors.
    """
    file, other = sqlite_file(source), sqlite_file(target, "the target")
    if (file and other and file.resolve() == other.resolve()) or url_of(source) == url_of(target):
        raise UsageError("the target is the database itself: name another database")
    if file and not file.is_file():
        raise UsageError(f"there is no database at {file}")
    with held_alone(source), held_alone(target):
        _is_ours(source)
        _is_empty(target)
        with _open(source) as here, _open(target) as there, writing(here) as giving, writing(there) as taking:
            return _transferred(giving, taking)


@contextmanager
def _open(url: str) -> Iterator[Engine]:
    engine = opened(url, alone=True)
    try:
        yield engine
    finally:
        engine.dispose()


def _is_ours(url: str) -> None:
    """Raises UsageError if a database is not a database of this program. Without this check, `opened` would create this
    program's empty tables in the database."""
    with connected(url) as engine, reading(engine) as connection:
        if not {"alembic_version", "service", "message"} <= set(inspect(connection).get_table_names()):
            raise UsageError("the database at DATABASE_URL is not a database of cqc-monitor: there is nothing to copy")


def _is_empty(url: str) -> None:
    with connected(url) as engine, reading(engine) as connection:
        names = set(inspect(connection).get_table_names()) - {"alembic_version"}
        quoted = connection.dialect.identifier_preparer.quote_identifier
        for name in sorted(names):
            holds = connection.execute(text(f"SELECT 1 FROM {quoted(name)} LIMIT 1")).first()  # noqa: S608  (quoted)
            if holds or name not in metadata().tables:
                raise UsageError(f"the target is not empty (it has a table {name}): name a new database")


def _transferred(giving: Connection, taking: Connection) -> Transferred:
    tables = metadata().sorted_tables
    for connection in (giving, taking):
        unhurried(connection)
        nobody_works(connection)
        if connection.dialect.name == "postgresql":
            for table in tables:  # until the copy is finished, others may read but not write
                connection.execute(text(f'LOCK TABLE "{table.name}" IN EXCLUSIVE MODE'))
    rows = sum(_copied(giving, taking, table) for table in tables)
    watch = metadata().tables["watch"]
    services = taking.execute(select(func.count(watch.c.location_id.distinct()))).scalar_one()
    return Transferred(rows=rows, services=services)


def _copied(giving: Connection, taking: Connection, table: Table) -> int:
    """Copies all rows of a table and returns how many there are. Raises StoreError if not all rows arrived."""
    everything = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
    with giving.execute(everything) as result:
        for batch in result.mappings().partitions():
            taking.execute(insert(table), [dict(row) for row in batch])
    number = table.autoincrement_column
    if number is not None and taking.dialect.name == "postgresql":
        # This ensures that the next new row gets a number that no copied row has.
        last = select(func.max(number)).scalar_subquery()
        taking.execute(select(func.setval(func.pg_get_serial_sequence(f'"{table.name}"', number.name), last)))
    wanted, arrived = (one.execute(select(func.count()).select_from(table)).scalar_one() for one in (giving, taking))
    if wanted != arrived:
        raise StoreError(f"the table {table.name} has {wanted} rows, but {arrived} arrived: nothing was copied")
    return int(wanted)
