"""Tests of migrations from every released schema to the schema of this version. All data is kept, any process may start first,
and no process migrates a database that a running daemon uses.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, Table, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from monitor.errors import BusyError
from monitor.events import Kind
from monitor.store import open_store
from monitor.store.database import MIGRATIONS, connected, head, held_alone, migrated, reading, revisions, sqlite_file, writing
from monitor.store.register import row_of
from monitor.store.vault import Vault
from tests.databases import LIKE_AN_OPERATORS, copy_of, drop, make, unmade
from tests.programs import Program
from tests.registered import care
from tests.store.filled import HOME, LATER, LEAD, NOON, SLACK, Rows, all_rows, fill, look, rows_of
from tests.store.test_upgrades import ADDED

SECRET = "a secret of some length"
RELEASED = sorted(revisions())[:-1]

TURNED_ROUND = {("subscription", "kinds"), ("register", "search")}
"""Columns whose meaning moved to another column, or that now contain more. These columns have their own tests below, about chosen
kinds and about the search of the register."""


@pytest.fixture
def postgresql(postgresql_server: str) -> Iterator[str]:
    """The URL of a database that does not exist yet: `Former` creates it."""
    url = unmade(postgresql_server)
    yield url
    drop(postgresql_server, url)


@pytest.fixture
def sqlite(empty_sqlite: str) -> str:
    """The URL of an SQLite database that does not exist yet."""
    return empty_sqlite


@pytest.fixture(scope="session")
def today(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """The rows of a filled database of this version."""
    with closing(open_store(f"sqlite:///{tmp_path_factory.mktemp('today')}/monitor.db", Vault(SECRET))) as store:
        fill(store)
        return all_rows(store)


def upgrade(connection: Connection, revision: str) -> None:
    """Creates the tables of an older version."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


class Empty:
    """A database without rows, which is migrated from one older version to the next and copied at each version. This is faster
    than to make each copy from nothing, with all migrations up to its version. `server` is PostgreSQL's server, or None for
    SQLite."""

    def __init__(self, url: str, server: str | None) -> None:
        self._url, self._server = url, server
        self._revision = ""

    def copied(self, url: str, revision: str) -> None:
        """Creates a database at `url` with the tables of a version."""
        self._go_to(revision)
        if self._server:
            make(self._server, url, copy_of(self._server, self._url))
        else:
            shutil.copy(self._file(self._url), self._file(url))

    def drop(self) -> None:
        """Removes the database."""
        self._revision = ""
        if self._server:
            drop(self._server, self._url)
        else:
            self._file(self._url).unlink(missing_ok=True)

    def _go_to(self, revision: str) -> None:
        if revision < self._revision:
            self.drop()
        if self._server and not self._revision:
            make(self._server, self._url, LIKE_AN_OPERATORS)
        if revision > self._revision:
            with connected(self._url) as engine, writing(engine) as connection:
                upgrade(connection, revision)
        self._revision = revision

    @staticmethod
    def _file(url: str) -> Path:
        file = sqlite_file(url)
        assert file is not None
        return file


class Former:
    """Databases of older versions, filled as far as their tables allow. The tables of a version are looked up only once. An
    SQLite database is created once and then copied. `server` returns PostgreSQL's server."""

    def __init__(self, folder: Path, server: Callable[[], str], today: Rows) -> None:
        self._folder, self._today = folder, today
        self._on_sqlite = Empty(f"sqlite:///{folder}/empty.db", None)
        self._on_postgresql = cache(lambda: Empty(unmade(server()), server()))
        self._tables: dict[tuple[str, str], list[Table]] = {}
        self._rows: dict[str, Rows] = {}

    def make(self, url: str, revision: str) -> Rows:
        """Creates a database at `url`. Returns its rows. Each value has the type of its column in the older version."""
        file = sqlite_file(url)
        if file is None:
            self._on_postgresql().copied(url, revision)
            return self._fill(url, revision)
        kept = self._folder / f"{revision}.db"
        if revision not in self._rows:
            self._on_sqlite.copied(f"sqlite:///{kept}", revision)
            self._rows[revision] = self._fill(f"sqlite:///{kept}", revision)
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(kept, file)
        return self._rows[revision]

    def close(self) -> None:
        """Leaves nothing on PostgreSQL's server."""
        if self._on_postgresql.cache_info().currsize:
            self._on_postgresql().drop()

    def _fill(self, url: str, revision: str) -> Rows:
        with connected(url) as engine, writing(engine) as connection:
            tables = self._tables_of(connection, revision)
            for table in tables:
                for row in self._today[table.name]:
                    connection.execute(
                        insert(table).values({name: _plain(row[name]) for name in set(table.columns.keys()) & set(row)})
                    )
                number = table.autoincrement_column
                if number is not None and engine.dialect.name == "postgresql":
                    last = select(func.max(number)).scalar_subquery()
                    connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, number.name), last)))
            return rows_of(connection, tables)

    def _tables_of(self, connection: Connection, revision: str) -> list[Table]:
        key = connection.dialect.name, revision
        if key not in self._tables:
            then = MetaData()
            then.reflect(connection)
            self._tables[key] = [table for table in then.sorted_tables if table.name in self._today]
        return self._tables[key]


@pytest.fixture(scope="session")
def former(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, today: Rows) -> Iterator[Former]:
    """The older databases, which all tests of a test process share."""
    server = partial(request.getfixturevalue, "postgresql_server")
    with closing(Former(tmp_path_factory.mktemp("former"), server, today)) as made:
        yield made


def _plain(value: object) -> object:
    """Converts a time to the form in the tables: in UTC, without a zone. Other values stay as they are."""
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def held(url: str, names: Rows) -> Rows:
    """Returns the rows of the tables and columns that an older version has."""
    with connected(url) as engine, reading(engine) as connection:
        now = MetaData()
        now.reflect(connection, only=list(names), resolve_fks=False)
        rows = rows_of(connection, list(now.tables.values()))
    return staying(rows, names)


def staying(rows: Rows, names: Rows | None = None) -> Rows:
    """Returns the rows with only the columns in `names`, and without the columns in TURNED_ROUND."""
    return {
        name: [
            {column: row[column] for column in (names or rows)[name][0] if (name, column) not in TURNED_ROUND}
            for row in rows[name]
        ]
        for name in rows
    }


@pytest.mark.slow
@pytest.mark.parametrize("revision", RELEASED)
def test_all_data_of_a_former_version_is_kept_and_the_monitor_continues(
    database: str, revision: str, former: Former, today: Rows
) -> None:
    before = former.make(database, revision)
    assert "service" in before and all(before.values()), "a table of the older database has no rows: add rows in filled.fill"
    refuse_under_one_that_runs(database, before)
    assert migrated(database) == (revision, head())
    assert held(database, before) == staying(before)
    with closing(open_store(database, Vault(SECRET))) as store:
        claimed = store.outbox.claim(NOON + timedelta(hours=2), 10)
        pending = {row["id"] for row in today["message"] if row["state"] == "pending"}
        assert {one.id for one in claimed if one.events} == pending and {one.address for one in claimed} == {LEAD, SLACK}
        for one in claimed:
            store.outbox.sent(one.id, "250 queued", LATER)
        (due,) = store.services.to_look_at([HOME])
        assert store.services.record(replace(look(2, "requires improvement"), base_candidates=due.candidates))
        assert store.outbox.compose(LATER, NOON - timedelta(days=9)) == 2
        assert {one.address for one in store.outbox.claim(LATER, 10)} == {LEAD, SLACK}


def refuse_under_one_that_runs(url: str, before: Rows) -> None:
    """Checks that nothing is migrated while the older version uses the database: with a daemon on SQLite, or a worker on
    PostgreSQL."""
    if sqlite_file(url):
        with held_alone(url), pytest.raises(BusyError, match="another cqc-monitor run is using"):
            migrated(url)
    elif "worker" in before:
        with connected(url) as engine:
            with writing(engine) as connection:
                alive = text("UPDATE worker SET host = 'box7', alive_until = now() AT TIME ZONE 'utc' + interval '50 s'")
                was = connection.execute(text("SELECT host, alive_until FROM worker")).mappings().one()
                connection.execute(alive)
            with pytest.raises(BusyError, match="box7, process 7"):
                migrated(url)
            with writing(engine) as connection:
                connection.execute(text("UPDATE worker SET host = :host, alive_until = :alive_until"), dict(was))
    assert held(url, before) == staying(before)


ALL_THEN = {*Kind} - ADDED
"""The kinds that existed at 0006."""


def test_chosen_kinds_become_left_out_kinds_and_notices_get_a_kind_column(database: str, former: Former) -> None:
    """Commit d0178fc stored the chosen kinds as a list. For a notice without an event, it stored the notice's kind in place of
    the event."""
    wanted = {1: None, 2: ALL_THEN - {Kind.REPORT}, 3: {Kind.BREACH}}
    former.make(database, "0006")
    with connected(database) as engine, writing(engine) as connection:
        for number, kinds in wanted.items():
            chosen = None if kinds is None else json.dumps(sorted(kinds))
            values = {"id": number, "kinds": chosen}
            connection.execute(text("UPDATE subscription SET kinds = :kinds WHERE id = :id"), values)
        for what in ("welcome", "silent 2026-11-21T07:30:00+00:00", "still watching 2026-11-23T07:30:00+00:00"):
            connection.execute(
                text("INSERT INTO notice (event_id, subscription_id, due_at, urgent) VALUES (:what, 1, :due, :urgent)"),
                {"what": what, "due": NOON.replace(tzinfo=None), "urgent": False},
            )
    migrated(database)
    with closing(open_store(database, Vault(SECRET))) as store:
        left_out = {one.id: one.left_out for one in store.subscriptions.listed()}
        assert left_out == {1: frozenset(), 2: {Kind.REPORT}, 3: ALL_THEN - {Kind.BREACH}}
        with reading(store.engine) as connection:
            others = text("SELECT kind, event_id FROM notice WHERE event_id IS NULL OR kind <> 'event'")
            notices = connection.execute(others).all()
        assert sorted(notices) == [("sign of life", None), ("silent digest", None), ("welcome", None)]
        with pytest.raises(IntegrityError), store.engine.begin() as connection:  # a second welcome is still refused
            connection.execute(
                text("INSERT INTO notice (kind, subscription_id, due_at, urgent) VALUES ('welcome', 1, :due, :urgent)"),
                {"due": LATER.replace(tzinfo=None), "urgent": False},
            )


def test_a_register_of_an_older_version_is_searched_like_a_new_register(database: str, former: Former) -> None:
    """Version 0.2.0 wrote the register without authority and types, and without a separate name of the provider."""
    names: dict[str, Any] = {"name": "Larch’s", "provider_name": "Méridian’s Care & Co", "authority": "Bristol, City of"}
    names |= {"brand": "BRAND Acorn"}
    entry = care("1-300000001", types=("Doctors/GPs", "Dentist"), postcode="LE1 1AA", **names)
    now = row_of(entry)
    former.make(database, "0009")
    with connected(database) as engine, writing(engine) as connection:
        then = now | {"search": now["search"].rpartition("\n")[0].rpartition("\n")[0]}
        said = {name: then[name] for name in ("search", "provider_name", "authority", "types")}
        connection.execute(text("UPDATE register SET " + ", ".join(f"{name} = :{name}" for name in said)), said)
    migrated(database)
    with connected(database) as engine, reading(engine) as connection:
        assert connection.execute(text("SELECT search, provider_key FROM register")).one() == (now["search"], now["provider_key"])


@pytest.mark.parametrize("revision", [RELEASED[0], RELEASED[-1]])
def test_two_commands_that_migrate_a_former_schema_at_once_both_succeed(
    database: str, revision: str, former: Former, tmp_path: Path
) -> None:
    """The oldest schema goes through all migrations, and the newest released schema goes through one migration."""
    former.make(database, revision)
    where = {"DATABASE_URL": database, "SECRET_KEY": SECRET}
    with ExitStack() as stack:
        both = [stack.enter_context(Program("history", HOME, cwd=tmp_path, env=where)) for _ in range(2)]
        for one in both:
            out, _ = one.communicate(timeout=120)
            assert one.returncode == 0 and "Cherry" in out, out
    assert migrated(database) == (head(), head())
