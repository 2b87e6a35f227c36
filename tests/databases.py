"""Databases for tests: a new SQLite file, or a new database on a PostgreSQL server that is dropped afterwards.

TEST_POSTGRES is the address of the server, with a user who may create databases. The default is the server on this machine's
local socket. Without a server, tests that need a server are skipped (.ci/run starts a server).
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import URL, Engine, create_engine, make_url

from monitor.store import database as databases
from monitor.store.database import opened
from tests.connections import STOCK

LOCAL = "postgresql:///postgres?host=/var/run/postgresql"

# As on a council's server, text is Unicode, and is sorted as people in England sort it (SQLite sorts by code point).
LIKE_AN_OPERATORS = sql.SQL("TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE 'en-GB'")


class Compiled(dict[tuple[Any, ...], Any]):
    """SQL statements compiled by SQLAlchemy, shared by all databases of a kind. A process that uses one database compiles each
    statement only once, but the tests open thousands of databases."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        """The compiled form of a statement. `key` begins with the dialect. Each engine has its own dialect object, so only the
        dialect's name is used."""
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), compiled)


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Compiles every statement once for all databases of a kind. Reuses connections to the database that is kept."""
    compiled = Compiled()

    def created(url: str | URL, **options: Any) -> Engine:
        engine = create_engine(url, execution_options={"compiled_cache": compiled}, **options)
        STOCK.serve(engine)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(databases, "create_engine", created)
        yield


@pytest.fixture(scope="session")
def postgresql_server() -> str:
    """The address of a PostgreSQL server that answers."""
    server = os.environ.get("TEST_POSTGRES", LOCAL)
    try:
        with psycopg.connect(server, connect_timeout=5):
            return server
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL server answers at the address in TEST_POSTGRES: {' '.join(str(error).split())}")


@pytest.fixture(scope="session")
def postgresql_schema(postgresql_server: str) -> Iterator[str]:
    """The URL of a PostgreSQL database with the schema and nothing else. Copying this database takes a tenth of the time of
    creating a new one."""
    for url in _made(postgresql_server):
        opened(url).dispose()
        yield url


class Kept:
    """A PostgreSQL database that all tests use, one after another. It is emptied after each test, since this takes much less time
    than to create a new database."""

    def __init__(self, server: str, schema: str) -> None:
        self._server, self._schema = server, schema
        self._stack = ExitStack()
        self._url: str | None = None
        self._connection: psycopg.Connection[Any] | None = None
        self._shape: object = None
        self._filled = sql.Composed([])

    def url(self) -> str:
        """Returns the database's URL. Creates the database if it does not exist."""
        if self._url is None:
            self._url = self._stack.enter_context(contextmanager(_made)(self._server, copy_of(self._server, self._schema)))
            # The connection is kept too, since a new connection would have to read everything in the catalogue again.
            self._connection = self._stack.enter_context(closing(psycopg.connect(self._url, autocommit=True)))
            self._shape, self._filled = _shape(self._connection), _filled(self._connection)
            STOCK.begin(self._url)
        return self._url

    def empty(self) -> None:
        """Empties the database after a test, or drops it if the test changed more than rows."""
        same = False
        with suppress(psycopg.Error):
            if self._connection is not None:
                with self._connection.transaction():
                    _empty(self._connection, self._filled)
                    same = _shape(self._connection) == self._shape
        if not same:
            self.drop()

    def drop(self) -> None:
        """Drops the database."""
        STOCK.end()
        self._stack.close()
        self._url = self._connection = None


@pytest.fixture(scope="session")
def postgresql_kept(postgresql_server: str, postgresql_schema: str) -> Iterator[Kept]:
    """The database that all tests of one process use."""
    kept = Kept(postgresql_server, postgresql_schema)
    yield kept
    kept.drop()


@pytest.fixture
def postgresql(postgresql_kept: Kept) -> Iterator[str]:
    """The URL of a PostgreSQL database without data."""
    yield postgresql_kept.url()
    postgresql_kept.empty()


@pytest.fixture
def empty_postgresql(postgresql_server: str) -> Iterator[str]:
    """The URL of a database without tables."""
    yield from _made(postgresql_server)


@pytest.fixture(scope="session")
def sqlite_schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an SQLite database that has the schema and nothing else."""
    folder = tmp_path_factory.mktemp("schema")
    opened(f"sqlite:///{folder}/monitor.db").dispose()
    return folder


@pytest.fixture
def begun(tmp_path: Path, sqlite_schema: Path) -> None:
    """Copies the SQLite database that the first command would create into its folder. This takes a hundredth of the time."""
    shutil.copytree(sqlite_schema, tmp_path / "state")


@pytest.fixture
def sqlite(empty_sqlite: str, begun: None) -> str:
    """The URL of an SQLite database without data."""
    return empty_sqlite


@pytest.fixture
def empty_sqlite(tmp_path: Path) -> str:
    """The URL of an SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path}/state/monitor.db"


@pytest.fixture(params=("sqlite", "postgresql"))
def database(request: pytest.FixtureRequest) -> str:
    """The URL of a new database. The test runs twice: on SQLite and on PostgreSQL."""
    url = request.getfixturevalue(request.param)
    assert isinstance(url, str)
    return url


@pytest.fixture
def each_database(alone: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Like `database`, and sets DATABASE_URL for commands. For a whole module, use
    `pytest.mark.usefixtures("each_database")`."""
    monkeypatch.setenv("DATABASE_URL", database)
    return database


def _made(server: str, like: sql.Composable = LIKE_AN_OPERATORS) -> Iterator[str]:
    url = unmade(server)
    try:
        make(server, url, like)
        yield url
    finally:
        drop(server, url)


def unmade(server: str) -> str:
    """The URL of a database that does not exist yet."""
    return make_url(server).set(database=f"cqc_test_{uuid.uuid4().hex}").render_as_string(hide_password=False)


def make(server: str, url: str, like: sql.Composable) -> None:
    """Creates a database. `like` is the end of the SQL statement."""
    name = _name(url)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} {}").format(name, like))
        # A crash of the server may lose a test's data, so no test waits for the disk.
        connection.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit TO off").format(name))


def drop(server: str, url: str) -> None:
    """Drops a database, if it exists."""
    with psycopg.connect(server, autocommit=True) as connection:
        # FORCE, since a connection that a test left open (for example of a killed process) must not prevent the drop.
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(_name(url)))


def copy_of(server: str, url: str) -> sql.Composable:
    """The end of `make`'s statement if it is to copy a database, which nobody may use at the same time. PostgreSQL then copies
    the database's files. Versions from 15 on would otherwise copy each page through the log, which takes almost three times as
    long."""
    with psycopg.connect(server) as connection:
        files = sql.SQL("STRATEGY file_copy" if connection.info.server_version >= 150000 else "")
    return sql.SQL("TEMPLATE {} {}").format(_name(url), files)


def _name(url: str) -> sql.Identifier:
    return sql.Identifier(str(make_url(url).database))


def _empty(connection: psycopg.Connection[Any], filled: sql.Composed) -> None:
    """Closes connections that a test left open, deletes every row except the schema's revision, and restarts all sequences.
    `filled` is a query that returns the tables with rows."""
    connection.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        " AND pid <> ALL(%s)",
        [STOCK.pids()],
    )
    connection.execute("SET LOCAL session_replication_role = replica")  # foreign keys must not require an order
    for (name,) in connection.execute(filled).fetchall():
        connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
    connection.execute(
        "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences"
        " WHERE last_value IS NOT NULL"
    )


def _filled(connection: psycopg.Connection[Any]) -> sql.Composed:
    """A query that returns the tables with rows. It is a single query, since a query for each table takes ten times as long."""
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
    one = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
    asked = [one.format(sql.Literal(name), sql.Identifier(name)) for (name,) in connection.execute(tables)]
    return sql.SQL(" UNION ALL ").join(asked)


def _shape(connection: psycopg.Connection[Any]) -> object:
    """The structure of a database without its rows: revision, tables, columns, indexes, constraints and settings."""
    return [
        connection.execute(query).fetchall()
        for query in (
            "SELECT version_num FROM alembic_version",
            "SELECT c.relname, c.relkind, a.attname, a.atttypid::bigint, a.attnotnull, a.attisdropped FROM pg_class c"
            " JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1, 3",
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
            "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
            "SELECT setconfig FROM pg_db_role_setting WHERE setdatabase ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())",
        )
    ]
