"""Creates databases for tests. An SQLite database is a new file. A PostgreSQL database is dropped after the tests.

TEST_POSTGRES is the address of a PostgreSQL server, with a user who may create databases. The default is the server on this
machine's local socket. If no server answers, tests that need a server are skipped (.ci/run starts a server).
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

# As on a council's server, text is Unicode, and is sorted by the rules for British English. SQLite sorts by code point.
LIKE_AN_OPERATORS = sql.SQL("TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE 'en-GB'")


class Compiled(dict[tuple[Any, ...], Any]):
    """Compiled SQL statements, shared by all databases of one kind. Without this class, SQLAlchemy would compile each statement
    again for each engine, and the tests create thousands of engines."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        """Returns the compiled form of an SQL statement. `key` begins with a dialect object. Each engine has its own dialect
        object, so only the dialect's name is used."""
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), compiled)


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Makes all engines share compiled SQL statements, and take connections from `STOCK`."""
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
    """The URL of a PostgreSQL database with the schema and nothing else. Copying this database is ten times as fast as creating
    the schema again."""
    for url in _made(postgresql_server):
        opened(url).dispose()
        yield url


class Kept:
    """A PostgreSQL database that all tests use, one after another. The database is emptied after each test, since emptying takes
    much less time than creating a new database."""

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
            # The connection is kept too, since a new connection would have to read the whole catalogue again.
            self._connection = self._stack.enter_context(closing(psycopg.connect(self._url, autocommit=True)))
            self._shape, self._filled = _shape(self._connection), _filled(self._connection)
            STOCK.begin(self._url)
        return self._url

    def empty(self) -> None:
        """Deletes the rows that a test left. Drops the database if the test changed anything else, or if deleting the rows
        fails."""
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
    """Copies an SQLite database without data to the place where the first command would create it. Copying is a hundred times as
    fast as creating the database."""
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
    """The URL of a new database. A test that uses this fixture runs twice: on SQLite and on PostgreSQL."""
    url = request.getfixturevalue(request.param)
    assert isinstance(url, str)
    return url


@pytest.fixture
def each_database(alone: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Sets DATABASE_URL to the URL from `database`, so that commands use this database. For a whole module, use
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
    """Returns the URL of a database that does not exist yet."""
    return make_url(server).set(database=f"cqc_test_{uuid.uuid4().hex}").render_as_string(hide_password=False)


def make(server: str, url: str, like: sql.Composable) -> None:
    """Creates a database. `like` is the end of the CREATE DATABASE statement."""
    name = _name(url)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} {}").format(name, like))
        # Tests need not wait for the disk, since nobody needs their data after a crash of the server.
        connection.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit TO off").format(name))


def drop(server: str, url: str) -> None:
    """Drops a database, if it exists."""
    with psycopg.connect(server, autocommit=True) as connection:
        # FORCE closes connections that a test left open, for example in a killed process. Open connections prevent the drop.
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(_name(url)))


def copy_of(server: str, url: str) -> sql.Composable:
    """Returns the end of a CREATE DATABASE statement that copies a database. Nobody may use the copied database meanwhile. The
    statement makes PostgreSQL copy files. Without STRATEGY, versions from 15 on write every block to the log, which takes almost
    three times as long."""
    with psycopg.connect(server) as connection:
        files = sql.SQL("STRATEGY file_copy" if connection.info.server_version >= 150000 else "")
    return sql.SQL("TEMPLATE {} {}").format(_name(url), files)


def _name(url: str) -> sql.Identifier:
    return sql.Identifier(str(make_url(url).database))


def _empty(connection: psycopg.Connection[Any], filled: sql.Composed) -> None:
    """Closes connections that a test left open, deletes every row except the schema's revision, and restarts all sequences.
    `filled` is the query from `_filled`."""
    connection.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        " AND pid <> ALL(%s)",
        [STOCK.pids()],
    )
    connection.execute("SET LOCAL session_replication_role = replica")  # so that rows can be deleted in any order
    for (name,) in connection.execute(filled).fetchall():
        connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
    connection.execute(
        "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences"
        " WHERE last_value IS NOT NULL"
    )


def _filled(connection: psycopg.Connection[Any]) -> sql.Composed:
    """Returns a query that lists the tables that have rows. A separate query for each table would take ten times as long."""
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
    one = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
    asked = [one.format(sql.Literal(name), sql.Identifier(name)) for (name,) in connection.execute(tables)]
    return sql.SQL(" UNION ALL ").join(asked)


def _shape(connection: psycopg.Connection[Any]) -> object:
    """Returns everything about a database except its rows: revision, tables, columns, indexes, constraints, triggers and
    settings."""
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
