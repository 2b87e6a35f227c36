"""Tests that a database is copied into an empty database, completely or not at all. With the copy, the monitor continues where it
stopped."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from monitor.errors import BusyError, StoreError, UsageError
from monitor.store import Store, open_store
from monitor.store.copying import copy_all
from monitor.store.database import connected, held_alone, reading, writing
from monitor.store.vault import Vault
from tests.conftest import World
from tests.store.filled import HOME, LATER, LEAD, NOON, SLACK, all_rows, fill, look


@pytest.fixture
def postgresql(empty_postgresql: str) -> str:
    """The URL of a PostgreSQL database without the schema."""
    return empty_postgresql


@pytest.fixture
def sqlite(empty_sqlite: str) -> str:
    """The URL of an SQLite database without the schema."""
    return empty_sqlite


@pytest.fixture(params=("sqlite to postgresql", "postgresql to sqlite"))
def pair(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The URLs of two new databases, of different kinds."""
    one, _, other = str(request.param).split()
    return str(request.getfixturevalue(one)), str(request.getfixturevalue(other))


@pytest.fixture
def source(pair: tuple[str, str]) -> Iterator[Store]:
    """The store of the first database, filled."""
    with closing(open_store(pair[0], Vault("a secret"))) as store:
        fill(store)
        yield store


def test_all_rows_are_the_same_in_the_copy(source: Store, pair: tuple[str, str]) -> None:
    before = all_rows(source)
    assert all(before.values()), "a table of the source has no rows: add rows in filled.fill"
    copied = copy_all(*pair)
    assert (copied.rows, copied.services) == (sum(len(rows) for rows in before.values()), 2)
    with closing(open_store(pair[1], Vault("a secret"))) as target:
        assert all_rows(target) == before == all_rows(source)


def test_the_monitor_continues_in_the_new_database(source: Store, pair: tuple[str, str]) -> None:
    owed = {one.id for one in source.outbox.claim(NOON + timedelta(hours=1), 10)}
    copy_all(*pair)
    with closing(open_store(pair[1], Vault("a secret"))) as target:
        claimed = target.outbox.claim(NOON + timedelta(hours=2), 10)
        assert {one.id for one in claimed} == owed and {one.address for one in claimed} == {LEAD, SLACK}
        for one in claimed:
            target.outbox.sent(one.id, "250 queued", LATER)
        (due,) = target.services.to_look_at([HOME])
        worse = look(2, "requires improvement")
        assert target.services.record(replace(worse, base_candidates=due.candidates)), "a new row got the number of a copied row"
        assert target.outbox.compose(LATER, NOON - timedelta(days=9)) == 2
        assert [event.id for event in target.services.events()][-1] == "event2"


# ── what is refused ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_target_with_any_data_is_refused_and_not_changed(source: Store, pair: tuple[str, str]) -> None:
    with closing(open_store(pair[1], Vault("a secret"))) as target:
        target.services.watch("York", ["RJ122"], NOON)
        before = all_rows(target)
        with pytest.raises(UsageError, match=r"not empty .it has a table"):
            copy_all(*pair)
        assert all_rows(target) == before


def test_another_programs_database_is_refused_as_a_target(source: Store, pair: tuple[str, str]) -> None:
    with connected(pair[1]) as engine, writing(engine) as connection:
        connection.execute(text("CREATE TABLE accounts (id INTEGER)"))
    with pytest.raises(UsageError, match=r"not empty .it has a table accounts"):
        copy_all(*pair)
    with connected(pair[1]) as engine, reading(engine) as connection:
        assert inspect(connection).get_table_names() == ["accounts"]


def test_if_a_row_is_refused_nothing_is_copied(source: Store, pair: tuple[str, str]) -> None:
    """The copying fails half-way through: tables are copied in the order of their dependencies, and `notice` is one of the last
    tables."""
    open_store(pair[1], Vault("a secret")).close()
    with connected(pair[1]) as engine, writing(engine) as connection:
        connection.execute(text("CREATE UNIQUE INDEX in_the_way ON notice (urgent)"))
    with pytest.raises(StoreError, match="can't be used"):
        copy_all(*pair)
    with closing(open_store(pair[1], Vault("a secret"))) as target:
        assert not any(all_rows(target).values())


def test_nothing_is_copied_while_a_worker_uses_the_postgresql_database(postgresql: str, sqlite: str) -> None:
    with closing(open_store(postgresql, Vault("a secret"))) as store:
        store.services.watch("Leeds", [HOME], NOON)
        with writing(store.engine) as connection:
            enlist = "INSERT INTO worker VALUES ('w', 'box7', 4711, now(), now() AT TIME ZONE 'utc' + interval '50 seconds')"
            connection.execute(text(enlist))
        with pytest.raises(BusyError, match="box7, process 4711"):
            copy_all(postgresql, sqlite)
    with closing(open_store(sqlite, Vault("a secret"))) as target:
        assert not any(all_rows(target).values())


def test_nothing_is_copied_while_a_daemon_uses_the_sqlite_database(sqlite: str, postgresql: str) -> None:
    with closing(open_store(sqlite, Vault("a secret"))) as store:
        fill(store)
    with held_alone(sqlite), pytest.raises(BusyError, match="another cqc-monitor run"):
        copy_all(sqlite, postgresql)


def test_a_missing_database_cannot_be_copied_and_is_not_created(sqlite: str, postgresql: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no database at"):
        copy_all(sqlite, postgresql)
    with pytest.raises(UsageError, match="is not a database of cqc-monitor"):
        copy_all(postgresql, sqlite)
    with connected(postgresql) as engine, reading(engine) as connection:
        assert inspect(connection).get_table_names() == []
    assert not list(tmp_path.rglob("*.db"))


def test_a_database_is_not_copied_onto_itself(sqlite: str, postgresql: str) -> None:
    for url in (sqlite, postgresql):
        open_store(url, Vault("a secret")).close()
        with pytest.raises(UsageError, match="the database itself"):
            copy_all(url, url)


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_says_what_to_do_next(world: World, postgresql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    world.done("watch", "add", "Leeds", HOME)
    out = world.done("copy-database", postgresql)
    assert "services watched: 1" in out and "set DATABASE_URL" in out and "state/secret.key" in out
    monkeypatch.setenv("DATABASE_URL", postgresql)
    assert HOME in world.done("watch", "list")


@pytest.mark.parametrize(
    ("target", "said"),
    [
        pytest.param("postgresql://someone:hidden@127.0.0.1:1/monitor", "Connection refused", id="a server that does not exist"),
        pytest.param("mysql://someone:hidden@127.0.0.1/monitor", "the target names a database", id="another kind of database"),
        pytest.param("hidden", "the target can't be understood", id="not the address of a database"),
        pytest.param("sqlite:////proc/nowhere/hidden.db", "can't be created", id="a folder that can't be created"),
    ],
)
def test_an_unusable_target_gives_a_one_line_error_without_its_password(world: World, target: str, said: str) -> None:
    world.done("watch", "add", "Leeds", HOME)
    status, out, err = world.run("copy-database", target)
    assert (status, out) == (2, "") and said in err and err.count("\n") == 1
    assert "hidden@" not in err and ":hidden" not in err
