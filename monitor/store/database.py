"""Opens the database: makes SQLite and PostgreSQL behave alike, runs migrations, and turns errors into ones that a person can act
on.
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
"""The most ids in one statement."""

BUSY_TIMEOUT = 10_000
"""Milliseconds that a writer waits for another writer."""

_SERVER = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
"""The times, in seconds, after which a silent PostgreSQL server is detected. The URL may set others."""

_SESSION = f"SET lock_timeout = {BUSY_TIMEOUT}; SET statement_timeout = 60000; SET idle_in_transaction_session_timeout = 20000"
"""Limits, in milliseconds, that keep a hung process (stopped in a transaction, say) from blocking others for long."""

_MIGRATING, _IN_TURN = 7271, 7272
"""Advisory locks on PostgreSQL."""

BRIEFLY = 3.0
"""Seconds that a starting daemon waits for a command that holds its database alone, such as a migration."""


def opened(url: str, *, alone: bool = False) -> Engine:
    """The database at `url`, created or migrated if necessary. `alone`: the caller holds it alone. Raises StoreError,
    BusyError."""
    engine = _engine(url)
    try:
        _migrated(engine, alone=alone)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def connected(url: str) -> Iterator[Engine]:
    """The database at `url` as it is, closed at the end. Raises StoreError."""
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
    """A database's address, parsed. `named` is its name for people. Raises StoreError."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(f"{named} can't be understood: write sqlite:///state/monitor.db or postgresql://…") from None
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if not parsed.drivername.startswith(("sqlite", "postgresql+psycopg")):
        raise StoreError(f"{named} names a database that isn't supported: {parsed.drivername}")
    if parsed.drivername.startswith("sqlite") and (not parsed.database or parsed.database == ":memory:"):
        raise StoreError(f"{named} names no file: write for example sqlite:///state/monitor.db")
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
        # The file is created at most once. If somebody removed it under a running daemon, a new, empty one would look like good
        # news.
        if mode == "rwc":
            with suppress(OSError):  # it exists, or SQLite will say what is wrong
                Path(file).touch(mode=0o600, exist_ok=False)  # SQLite gives its log of commits the same permissions
        arguments[:] = [f"file:{quote(str(Path(file).absolute()))}?mode={mode}"]
        options["uri"] = True

    @event.listens_for(engine, "checkout")
    def _is_still_there(connection: sqlite3.Connection, record: Any, _: Any) -> None:
        if record.info["file"] != file_identity(file):
            raise DisconnectionError("the database was moved or removed")  # nobody else can see the open file any more

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, record: Any) -> None:
        nonlocal mode
        mode = "rw"
        record.info["file"] = file_identity(file)
        connection.isolation_level = None  # `_begin` starts transactions, not the driver
        for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT}", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that reads first and writes later would fail at once: busy_timeout does not make it wait.
        reads = connection.get_execution_options().get("reads_only", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def file_identity(file: str) -> tuple[int, int] | None:
    """The identity of a file, to detect that another file has replaced it; None: there is no file."""
    try:
        found = Path(file).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _postgresql(url: URL) -> Engine:
    from psycopg.types.string import StrDumper

    class AnyText(StrDumper):
        """Text that may contain anything: PostgreSQL accepts no NUL character, so no stored name has one, and a search for it
        finds nothing instead of failing."""

        def dump(self, obj: str) -> Buffer | None:
            return super().dump(obj.replace("\0", "\ufffd"))

    given = {name: value for name, value in _SERVER.items() if name not in url.query}
    # Without hstore, for which SQLAlchemy would search the catalogue at every start.
    options = {"pool_pre_ping": True, "use_native_hstore": False, "isolation_level": "READ COMMITTED"}
    engine = create_engine(url, connect_args=given, **options)

    @event.listens_for(engine, "connect")
    def _set_up(connection: psycopg.Connection, _: Any) -> None:
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            connection.close()
            raise StoreError(f"the database stores text as {encoding}: create one with ENCODING 'UTF8' (see docs/operating.md)")
        connection.autocommit = True
        connection.execute(_SESSION)
        connection.adapters.register_dumper(str, AnyText)
        connection.autocommit = False

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, with a consistent view of the database. Raises StoreError for database errors."""
    alike: dict[str, Any] = {"reads_only": True}
    if engine.dialect.name == "postgresql":
        alike = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}  # SQLite does this in any case
    with _explained(engine), engine.connect().execution_options(**alike) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes all or nothing. Raises StoreError for database errors."""
    with _explained(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing_after(engine: Engine, prepare: Callable[[Connection], None]) -> Iterator[Connection]:
    """Like `writing`, for large amounts. `prepare` fills temporary tables without blocking anybody; the transaction then only
    copies them. Raises StoreError for database errors."""
    with _explained(engine), engine.connect() as connection:
        connection.execution_options(reads_only=True)  # this part changes nothing that others see
        with connection.begin():
            unhurried(connection)
            prepare(connection)
        connection.execution_options(reads_only=False)
        with connection.begin():
            yield connection


def in_turn(connection: Connection) -> None:
    """Waits until no other transaction that called this is running; the others then wait for this one's end. So changes to what
    is watched, who is alerted and which messages are due happen one after the other on PostgreSQL too, as all writes do on
    SQLite. Call this before locking rows that another transaction may want."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_IN_TURN})"))


def add_once(connection: Connection, table: Table, **values: object) -> bool:
    """Adds a row unless its key already exists, even if two processes do so at once; returns whether it is new."""
    if any(isinstance(value, ClauseElement) for value in values.values()):
        return connection.execute(_once(connection.dialect.name, table).values(**values)).first() is not None
    return connection.execute(_once(connection.dialect.name, table), values).first() is not None


def in_parts(ids: Sequence[str], most: int = MOST_IDS) -> Iterator[Sequence[str]]:
    """The ids in parts of at most so many, in order: databases limit the parameters of one statement."""
    for start in range(0, len(ids), most):
        yield ids[start : start + most]


@cache
def _once(dialect: str, table: Table) -> ReturningInsert[int]:
    """Returns something, since PostgreSQL gives no rowcount here."""
    return insertion(dialect, table).on_conflict_do_nothing().returning(literal(1))


def insertion(on: Connection | str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An `insert` that can say what happens to rows that already exist; `on`: the connection, or the name of its dialect. Only
    the dialect of this database is loaded."""
    if (on if isinstance(on, str) else on.dialect.name) == "postgresql":
        from sqlalchemy.dialects.postgresql import insert

        return insert(table)
    from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite

    return insert_on_sqlite(table)


@contextmanager
def _explained(engine: Engine) -> Iterator[None]:
    """Turns driver errors into one line, in which the URL has no password."""
    try:
        yield
    except DBAPIError as error:
        reason = " ".join(str(error.orig).split())
        where = engine.url.set(query={}).render_as_string(hide_password=True)
        raise StoreError(f"the database {where} can't be used: {reason[:200]}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"the database can't be used: {' '.join(str(error).split())[:200]}") from error


def migrated(url: str, *, alone: bool = False) -> tuple[str | None, str]:
    """Creates or migrates the database at `url` if necessary; returns the revisions before and after. `alone`: the caller holds
    it alone. Raises StoreError, BusyError."""
    with connected(url) as engine:
        return _migrated(engine, alone=alone)


def _migrated(engine: Engine, *, alone: bool = False) -> tuple[str | None, str]:
    with reading(engine) as connection:
        current = _revision(connection)
    if current == head():
        return current, current
    if current is None or alone or engine.dialect.name != "sqlite":
        return migrate(engine)
    with _lock(Path(str(engine.url.database)), fcntl.LOCK_SH, 0):  # not while a daemon of the previous version is running
        return migrate(engine)


@contextmanager
def held_alone(url: str) -> Iterator[None]:
    """A lock that one process can hold. It ensures that each SQLite database has one daemon. PostgreSQL needs no such
    lock.

    Raises BusyError. The lock ends with the process, however the process ends.
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
    """The file of an SQLite database; None for any other. `named`: see `url_of`. Raises StoreError."""
    parsed = url_of(url, named)
    return Path(str(parsed.database)) if parsed.drivername.startswith("sqlite") else None


def revisions() -> frozenset[str]:
    """The revisions of the schema that this version knows: the migrations' numbers (0001, 0002, …)."""
    return frozenset(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def head() -> str:
    """The revision of this version's schema: the last one."""
    return max(revisions())


def kept_before(database: Path) -> Path:
    """Where the copy from before the migration to this version's schema is kept."""
    return database.with_name(f"{database.name}.before-{head()}")


def _revision(connection: Connection) -> str | None:
    # Asked at every start. On PostgreSQL, SQLAlchemy's inspector would search much of the catalogue for it.
    postgresql = connection.dialect.name == "postgresql"
    table = "to_regclass('alembic_version')" if postgresql else "max(name) FROM sqlite_master WHERE name = 'alembic_version'"
    if connection.execute(text(f"SELECT {table}")).scalar() is None:
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(engine: Engine) -> tuple[str | None, str]:
    """Brings the schema to this version, in one transaction; returns the revisions before and after.

    A non-empty SQLite database is first copied, unchanged, into its folder (`kept_before`). Raises StoreError if that fails or if
    the database is newer than the program.
    """
    from alembic import command  # half a second of imports, needed only for a migration
    from alembic.config import Config

    from monitor.store import reporting

    with writing(engine) as connection:
        unhurried(connection)
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATING})"))  # two processes migrate in turn
        before = _revision(connection)
        if before is not None and before > head():
            raise StoreError(f"the database was written by a newer version (schema {before}, this one knows {head()}): upgrade")
        if before is not None and before < head():
            nobody_works(connection)
            if engine.dialect.name == "sqlite":
                # This is inside the transaction, so that nobody can write between the copy and the migration.
                database = Path(str(engine.url.database))
                backup.replace_copy(database, kept_before(database), revisions())
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        had_views = reporting.set_aside(connection)  # old connections would keep the tables as they are
        command.upgrade(config, "head")
        if had_views:
            reporting.put_back_or_warn(connection)
    return before, head()


def unhurried(connection: Connection) -> None:
    """Allows a transaction to take long, for example because it covers whole tables."""
    if connection.dialect.name == "postgresql":
        for setting, value in (("statement_timeout", 0), ("idle_in_transaction_session_timeout", 0), ("lock_timeout", 60_000)):
            connection.execute(text(f"SET LOCAL {setting} = {value}"))


def nobody_works(connection: Connection) -> None:
    """Raises BusyError if a worker is running on PostgreSQL: it would not notice what happens here. (For SQLite, see
    `held_alone`.)"""
    if connection.dialect.name == "postgresql" and inspect(connection).has_table("worker"):
        alive = text("SELECT host, pid FROM worker WHERE alive_until > now() AT TIME ZONE 'utc' ORDER BY host, pid LIMIT 1")
        worker = connection.execute(alive).first()
        if worker is not None:
            raise BusyError(
                f"a cqc-monitor run is using the database ({worker.host}, process {worker.pid}): stop all of them first "
                "(a killed process still counts for a minute)"
            )
