"""Opens the database. Makes SQLite and PostgreSQL behave alike, runs migrations, and turns database errors into messages that
tell a person what to do.
"""

from __future__ import annotations

import fcntl
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import URL, ClauseElement, Connection, Engine, Table, create_engine, event, inspect, literal, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, NoSuchModuleError, SQLAlchemyError

from monitor.errors import BusyError, StoreError
from monitor.store import backup

if TYPE_CHECKING:
    import psycopg
    from psycopg.abc import Buffer
    from sqlalchemy.dialects import postgresql, sqlite
    from sqlalchemy.sql.dml import ReturningInsert

MIGRATIONS = Path(__file__).parent / "migrations"

MOST_IDS = 500
"""How many ids one SQL statement may contain, at most."""

BUSY_TIMEOUT = 10_000
"""How many milliseconds a writer waits for another writer."""

_SERVER = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
"""Settings that decide how soon the program notices that a PostgreSQL server does not answer, mostly in seconds. The URL may set
other values."""

_SESSION = f"SET lock_timeout = {BUSY_TIMEOUT}; SET statement_timeout = 60000; SET idle_in_transaction_session_timeout = 20000"
"""Limits in milliseconds, so that a process that was stopped during a transaction does not block other processes for long."""

_MIGRATING, _IN_TURN = 7271, 7272
"""The numbers of this program's advisory locks on PostgreSQL."""

BRIEFLY = 3.0
"""How many seconds a daemon waits at its start if a command, such as a migration, has locked the database."""


def opened(url: str, *, alone: bool = False) -> Engine:
    """Returns the database at `url`, which is created or migrated if necessary. `alone` says that the caller has locked the
    database (see `held_alone`). Raises StoreError, BusyError."""
    engine = _engine(url)
    try:
        _migrated(engine, alone=alone)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def connected(url: str) -> Iterator[Engine]:
    """Yields the database at `url`, without creating or migrating it. Its connections are closed at the end. Raises
    StoreError."""
    engine = _engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _engine(url: str) -> Engine:
    parsed = url_of(url)
    if parsed.drivername.startswith("sqlite"):
        return _sqlite(str(parsed.database))
    try:
        return _postgresql(parsed)
    except (NoSuchModuleError, ImportError) as error:
        raise StoreError(f"DATABASE_URL names a database that isn't supported: {error}") from None


def url_of(url: str, named: str = "DATABASE_URL") -> URL:
    """Parses the URL of a database. `named` is what error messages call the URL. Raises StoreError."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(f"{named} can't be understood: write sqlite:///state/monitor.db or postgresql://…") from None
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if not parsed.drivername.startswith(("sqlite", "postgresql+psycopg")):
        raise StoreError(f"{named} names a database that isn't supported: {parsed.drivername}")
    if parsed.drivername.startswith("sqlite") and (not parsed.database or parsed.database == ":memory:"):
        raise StoreError(f"{named} has no file name: write for example sqlite:///state/monitor.db")
    return parsed


def _sqlite(file: str) -> Engine:
    try:
        Path(file).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(f"the folder for the database can't be created: {error.strerror}: {Path(file).parent}") from None
    engine = create_engine(f"sqlite:///{file}")
    mode = "rwc"

    @event.listens_for(engine, "do_connect")
    def _never_twice(_dialect: Any, _record: Any, arguments: list[Any], options: dict[str, Any]) -> None:
        # The file is created only once. If somebody removed the file while a daemon was running, and the daemon created a new,
        # empty database, this would look like good news.
        if mode == "rwc":
            with suppress(OSError):  # the file exists, or SQLite will say what is wrong
                Path(file).touch(mode=0o600, exist_ok=False)  # SQLite gives its log of commits the same permissions
        arguments[:] = [f"file:{quote(str(Path(file).absolute()))}?mode={mode}"]
        options["uri"] = True

    @event.listens_for(engine, "checkout")
    def _is_still_there(connection: sqlite3.Connection, record: Any, _: Any) -> None:
        if record.info["file"] != file_identity(file):
            # the file is still open, but no other process can find it
            raise DisconnectionError("the database was moved or removed")

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, record: Any) -> None:
        nonlocal mode
        mode = "rw"
        record.info["file"] = file_identity(file)
        connection.isolation_level = None  # `_begin` starts transactions, so the driver must not
        for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT}", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that begins by reading and writes later would fail at once if another transaction writes, because
        # busy_timeout does not make it wait.
        reads = connection.get_execution_options().get("reads_only", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def file_identity(file: str) -> tuple[int, int] | None:
    """Returns a file's identity, or None if there is no file. If another file replaces the file, the identity changes."""
    try:
        found = Path(file).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _postgresql(url: URL) -> Engine:
    from psycopg.types.string import StrDumper

    class AnyText(StrDumper):
        """Replaces NUL characters in text, because PostgreSQL does not accept them. A search for text with a NUL character finds
        nothing, because no stored name contains the replacement."""

        def dump(self, obj: str) -> Buffer | None:
            return super().dump(obj.replace("\0", "\ufffd"))

    given = {name: value for name, value in _SERVER.items() if name not in url.query}
    # SQLAlchemy would search the catalogue for hstore at every start, so hstore is not used.
    options = {"pool_pre_ping": True, "use_native_hstore": False, "isolation_level": "READ COMMITTED"}
    engine = create_engine(url, connect_args=given, **options)

    @event.listens_for(engine, "connect")
    def _set_up(connection: psycopg.Connection, _: Any) -> None:
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            connection.close()
            instead = "create a database with ENCODING 'UTF8' (see docs/operating.md)"
            raise StoreError(f"the database stores text as {encoding}: {instead}")
        connection.autocommit = True
        connection.execute(_SESSION)
        connection.adapters.register_dumper(str, AnyText)
        connection.autocommit = False

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Yields a transaction that only reads, with a consistent view of the database. Raises StoreError for database errors."""
    alike: dict[str, Any] = {"reads_only": True}
    if engine.dialect.name == "postgresql":
        alike = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}  # SQLite gives a consistent view anyway
    with _explained(engine), engine.connect().execution_options(**alike) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yields a transaction that writes. Either all its changes are stored or none. Raises StoreError for database errors."""
    with _explained(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing_after(engine: Engine, prepare: Callable[[Connection], None]) -> Iterator[Connection]:
    """Does what `writing` does, for large amounts of data. First `prepare` fills temporary tables, which blocks no other process.
    The transaction then only has to copy these tables. Raises StoreError for database errors."""
    with _explained(engine), engine.connect() as connection:
        connection.execution_options(reads_only=True)  # this part changes nothing that others see
        with connection.begin():
            unhurried(connection)
            prepare(connection)
        connection.execution_options(reads_only=False)
        with connection.begin():
            yield connection


def in_turn(connection: Connection) -> None:
    """Ensures that only one transaction at a time changes what is watched, who is alerted and which messages are due. Waits until
    no other transaction that has called `in_turn` is running. Call `in_turn` before locking rows that another transaction may
    want. On SQLite this is not needed, because all writes happen one after the other anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_IN_TURN})"))


def add_once(connection: Connection, table: Table, **values: object) -> bool:
    """Adds a row unless its key already exists, and returns whether the row is new. Two processes may do this at the same
    time."""
    if any(isinstance(value, ClauseElement) for value in values.values()):
        return connection.execute(_once(connection.dialect.name, table).values(**values)).first() is not None
    return connection.execute(_once(connection.dialect.name, table), values).first() is not None


def in_parts(ids: Sequence[str], most: int = MOST_IDS) -> Iterator[Sequence[str]]:
    """Yields the ids, in their order, in parts of at most `most` ids. Databases limit how many parameters a statement has."""
    for start in range(0, len(ids), most):
        yield ids[start : start + most]


@cache
def _once(dialect: str, table: Table) -> ReturningInsert[int]:
    """Returns a statement that adds a row unless its key exists. The statement returns a value if it added the row, since
    PostgreSQL does not report how many rows such a statement added."""
    return insertion(dialect, table).on_conflict_do_nothing().returning(literal(1))


def insertion(on: Connection | str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Returns an `insert` statement that can state what happens if a row already exists. `on` is the connection, or the name of
    its dialect. Only the module of that dialect is loaded."""
    if (on if isinstance(on, str) else on.dialect.name) == "postgresql":
        from sqlalchemy.dialects.postgresql import insert

        return insert(table)
    from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite

    return insert_on_sqlite(table)


@contextmanager
def _explained(engine: Engine) -> Iterator[None]:
    """Turns database errors into a StoreError with a one-line message that does not contain the password."""
    try:
        yield
    except DBAPIError as error:
        reason = " ".join(str(error.orig).split())
        where = engine.url.set(query={}).render_as_string(hide_password=True)
        raise StoreError(f"the database {where} can't be used: {reason[:200]}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"the database can't be used: {' '.join(str(error).split())[:200]}") from error


def migrated(url: str, *, alone: bool = False) -> tuple[str | None, str]:
    """Creates or migrates the database at `url` if necessary, and returns the schema's revisions before and after. `alone` says
    that the caller has locked the database (see `held_alone`). Raises StoreError, BusyError."""
    with connected(url) as engine:
        return _migrated(engine, alone=alone)


def _migrated(engine: Engine, *, alone: bool = False) -> tuple[str | None, str]:
    with reading(engine) as connection:
        current = _revision(connection)
    if current == head():
        return current, current
    if current is None or alone or engine.dialect.name != "sqlite":
        return migrate(engine)
    with _lock(Path(str(engine.url.database)), fcntl.LOCK_SH, 0):  # fails while a daemon of the previous version is running
        return migrate(engine)


@contextmanager
def held_alone(url: str) -> Iterator[None]:
    """Locks an SQLite database for one process, so that each database has at most one daemon. On PostgreSQL this does nothing.
    Raises BusyError if another process has the lock. The lock ends when the process ends, even if the process is killed.
    """
    file = sqlite_file(url)
    if file is None:
        yield
        return
    with _lock(file, fcntl.LOCK_EX, BRIEFLY):
        yield


@contextmanager
def _lock(database: Path, kind: int, patience: float) -> Iterator[None]:
    lock = Path(f"{database}.lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock.touch(mode=0o600)
        held = lock.open("a")
    except OSError as error:
        raise StoreError(f"the lock {lock} can't be created: {error.strerror}") from None
    with held:
        until = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(held, kind | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    busy = f"another cqc-monitor run is using {database}: stop it first, or set another DATABASE_URL"
                    raise BusyError(busy) from None
                time.sleep(0.1)
        yield


def sqlite_file(url: str, named: str = "DATABASE_URL") -> Path | None:
    """Returns the file of an SQLite database, or None for another kind of database. For `named`, see `url_of`. Raises
    StoreError."""
    parsed = url_of(url, named)
    return Path(str(parsed.database)) if parsed.drivername.startswith("sqlite") else None


def revisions() -> frozenset[str]:
    """Returns the schema's revisions that this version of the program knows: the numbers of its migrations (0001, 0002, …)."""
    return frozenset(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def head() -> str:
    """Returns the revision of this version's schema, which is the last revision."""
    return max(revisions())


def kept_before(database: Path) -> Path:
    """Returns the file with the copy that was made before the migration to this version's schema."""
    return database.with_name(f"{database.name}.before-{head()}")


def _revision(connection: Connection) -> str | None:
    # This runs at every start, so it must be fast. On PostgreSQL, SQLAlchemy's inspector would search much of the catalogue.
    postgresql = connection.dialect.name == "postgresql"
    table = "to_regclass('alembic_version')" if postgresql else "max(name) FROM sqlite_master WHERE name = 'alembic_version'"
    if connection.execute(text(f"SELECT {table}")).scalar() is None:
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(engine: Engine) -> tuple[str | None, str]:
    """Migrates the schema to this version of the program, in one transaction, and returns the revisions before and after.

    A non-empty SQLite database is first copied, unchanged, into its folder (`kept_before`). Raises StoreError if the copy
    fails, or if the database is newer than the program.
    """
    from alembic import command  # this import takes half a second, and only a migration needs it
    from alembic.config import Config

    from monitor.store import reporting

    with writing(engine) as connection:
        unhurried(connection)
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATING})"))  # two processes migrate one after the other
        before = _revision(connection)
        if before is not None and before > head():
            schemas = f"schema {before}; this version knows schemas up to {head()}"
            raise StoreError(f"a newer version of cqc-monitor wrote the database ({schemas}): upgrade cqc-monitor")
        if before is not None and before < head():
            nobody_works(connection)
            if engine.dialect.name == "sqlite":
                # This is inside the transaction, so that nobody can write between the copy and the migration.
                database = Path(str(engine.url.database))
                backup.replace_copy(database, kept_before(database), revisions())
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        had_views = reporting.set_aside(connection)  # views that use a table would prevent changes to the table
        command.upgrade(config, "head")
        if had_views:
            reporting.put_back_or_warn(connection)
    return before, head()


def unhurried(connection: Connection) -> None:
    """Allows a transaction to take a long time, for example because it reads whole tables."""
    if connection.dialect.name == "postgresql":
        for setting, value in (("statement_timeout", 0), ("idle_in_transaction_session_timeout", 0), ("lock_timeout", 60_000)):
            connection.execute(text(f"SET LOCAL {setting} = {value}"))


def nobody_works(connection: Connection) -> None:
    """Raises BusyError if a worker is using a PostgreSQL database. The database can't be changed then, because the worker would
    not notice. (For SQLite, see `held_alone`.)"""
    if connection.dialect.name == "postgresql" and inspect(connection).has_table("worker"):
        alive = text("SELECT host, pid FROM worker WHERE alive_until > now() AT TIME ZONE 'utc' ORDER BY host, pid LIMIT 1")
        worker = connection.execute(alive).first()
        if worker is not None:
            raise BusyError(
                f"a cqc-monitor run is using the database ({worker.host}, process {worker.pid}): stop all such runs first "
                "(a killed process still seems to run for a minute)"
            )
