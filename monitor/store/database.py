"""Opening the database: SQLite made safe for several processes, migrations, and errors that a person can act on."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from monitor.errors import BusyError, StoreError
from monitor.store import backup

MIGRATIONS = Path(__file__).parent / "migrations"

BUSY_TIMEOUT = 10_000
"""Milliseconds that a writer waits for another one before it gives up."""


def connect(url: str) -> Engine:
    """An engine for the database at `url`, whose schema is this version's (see `migrated`). Raises StoreError."""
    return _engine(url)


def _engine(url: str) -> Engine:
    parsed = _parsed(url)
    if parsed.drivername.startswith("sqlite"):
        return _sqlite(str(parsed.database))
    try:
        return create_engine(parsed, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except (NoSuchModuleError, ImportError) as error:
        raise StoreError(f"DATABASE_URL names a database that isn't supported: {error}") from None


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError("DATABASE_URL can't be understood: write sqlite:///state/monitor.db or postgresql://…") from None
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername.startswith("sqlite") and (not parsed.database or parsed.database == ":memory:"):
        raise StoreError("DATABASE_URL names no file: write for example sqlite:///state/monitor.db")
    return parsed


def _sqlite(file: str) -> Engine:
    try:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the folder for the database can't be made: {error.strerror}: {Path(file).parent}") from None
    engine = create_engine(f"sqlite:///{file}")

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions begin where `_begin` says, not where the driver guesses
        for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT}", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that reads first and writes later can't be made to wait by busy_timeout: it fails at once.
        reads = connection.get_execution_options().get("reads_only", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads. Raises StoreError for what the database does."""
    with _explained(engine), engine.connect().execution_options(reads_only=True) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: all of it or nothing. Raises StoreError for what the database does."""
    with _explained(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def _explained(engine: Engine) -> Iterator[None]:
    """Foreign errors become one line; what it holds of the URL is without the password."""
    try:
        yield
    except DBAPIError as error:
        reason = " ".join(str(error.orig).split())
        where = engine.url.set(query={}).render_as_string(hide_password=True)
        raise StoreError(f"the database {where} can't be used: {reason[:200]}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"the database can't be used: {' '.join(str(error).split())[:200]}") from error


def migrated(url: str) -> tuple[str | None, str]:
    """Migrates the database at `url` where needed; the revisions before and after. Raises StoreError."""
    engine = _engine(url)
    try:
        with reading(engine) as connection:
            current = _revision(connection)
        return migrate(engine) if current != head() else (current, head())
    finally:
        engine.dispose()


@contextmanager
def held_alone(url: str) -> Iterator[None]:
    """While it is held, no other process can hold it: one daemon on one SQLite database. PostgreSQL needs no such lock.

    Raises BusyError. The lock ends with the process, however it ends.
    """
    database = make_url(url).database if url.startswith("sqlite") else None
    if database is None:
        yield
        return
    lock = Path(f"{database}.lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        held = lock.open("a")
    except OSError as error:
        raise StoreError(f"the lock {lock} can't be made: {error.strerror}") from None
    with held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            busy = f"another cqc-monitor run is at work on {database}: stop it first, or set another DATABASE_URL"
            raise BusyError(busy) from None
        yield


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite database, None for another one. Raises StoreError."""
    parsed = _parsed(url)
    return Path(str(parsed.database)) if parsed.drivername.startswith("sqlite") else None


def revisions() -> frozenset[str]:
    """The revisions of the schema that this version knows: the migrations' numbers (0001, 0002, …)."""
    return frozenset(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def head() -> str:
    """The revision of this version's schema: the last one."""
    return max(revisions())


def kept_before(database: Path) -> Path:
    """Where a database is kept as it was before the migration to this version's schema."""
    return database.with_name(f"{database.name}.before-{head()}")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(engine: Engine) -> tuple[str | None, str]:
    """Brings the schema to this version's, in one transaction; the revisions before and after.

    An SQLite database that holds something is kept beside it first, as it was (`kept_before`). Raises StoreError where that fails
    or where the database is newer than the program.
    """
    from alembic import command  # half a second of imports that only a migration needs
    from alembic.config import Config

    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(7271)"))  # two that start at once migrate in turn
        before = _revision(connection)
        if before is not None and before > head():
            raise StoreError(f"the database was written by a newer version (schema {before}, this one knows {head()}): upgrade")
        if before is not None and before < head() and engine.dialect.name == "sqlite":
            # Within the transaction: nobody can add anything between the copy and the migration, or migrate meanwhile.
            database = Path(str(engine.url.database))
            backup.replace_copy(database, kept_before(database), revisions())
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return before, head()
