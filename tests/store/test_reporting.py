"""Tests of the views for SQL clients, in a real PostgreSQL database: what the views contain, and what a role that reads the views
cannot do."""

import os
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError

from monitor.errors import StoreError, UsageError
from monitor.own_facts import OwnFacts
from monitor.store import Store, open_store, reporting
from monitor.store.database import connected, migrated, reading, writing
from monitor.store.people import Role
from monitor.store.reporting import VIEWS
from monitor.store.vault import Vault
from tests.conftest import World
from tests.registered import care, take
from tests.store.filled import HOME, LATER, LEAD, NOON, fill
from tests.store.test_migrations import RELEASED, upgrade

FACTS = OwnFacts(location_id=HOME, people_placed=7, as_of=NOON.date())
DOCUMENT = (Path(__file__).parents[2] / "docs/views.md").read_text(encoding="utf-8")


@pytest.fixture
def store(postgresql: str) -> Iterator[Store]:
    """A database with rows in every table, and in the register."""
    store = open_store(postgresql, Vault("a key for the tests"))
    take(store.engine, [(LATER.date(), [care(HOME, "inadequate", authority="Leicestershire")])])
    fill(store)
    store.services.watch("York", [HOME], NOON)
    store.own_facts.replace("York", [FACTS], None, NOON)
    yield store
    store.close()


def make(engine: Engine, role: str | None = None) -> list[str]:
    """Makes the views in a separate transaction."""
    with writing(engine) as connection:
        return reporting.make(connection, role)


def remove(engine: Engine) -> bool:
    """Removes the views in a separate transaction."""
    with writing(engine) as connection:
        return reporting.remove(connection)


@pytest.fixture
def role(store: Store) -> Iterator[str]:
    """A role without any permissions."""
    name = f"analyst {uuid.uuid4().hex[:8]}"
    with writing(store.engine) as connection:
        connection.exec_driver_sql(f'CREATE ROLE "{name}"')
    yield name
    remove(store.engine)
    with writing(store.engine) as connection:
        connection.exec_driver_sql(f'DROP ROLE "{name}"')


def rows(store: Store, query: str, role: str) -> list[dict[str, object]]:
    """Returns the rows that a query returns to a role."""
    with store.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(f'SET LOCAL ROLE "{role}"')
        return [dict(row) for row in connection.exec_driver_sql(query).mappings()]


def test_a_role_reads_every_view_and_nothing_else(store: Store, role: str) -> None:
    assert make(store.engine, role) == [f"reporting.{name}" for name in VIEWS]
    for name in VIEWS:
        assert rows(store, f"SELECT * FROM reporting.{name}", role), name
    for refused in (
        *("SELECT * FROM public.person", "SELECT * FROM public.event", "DELETE FROM reporting.items"),
        *("UPDATE reporting.services SET name = ''", "CREATE TABLE reporting.mine (a int)", "DROP VIEW reporting.events"),
    ):
        with pytest.raises(DBAPIError, match=r"permission denied|must be owner|cannot"):
            rows(store, refused, role)


def test_views_contain_events_and_the_state_of_services(store: Store, role: str) -> None:
    make(store.engine, role)
    (event,) = rows(store, f"SELECT * FROM reporting.events WHERE location_id = '{HOME}'", role)
    assert (event["kind"], event["subject"], event["to_value"]) == ("downgraded", "overall", "inadequate")
    (service,) = rows(store, f"SELECT * FROM reporting.services WHERE location_id = '{HOME}'", role)
    assert (service["overall"], service["local_authority"]) == ("inadequate", "Leicestershire")
    told = rows(store, f"SELECT * FROM reporting.ratings WHERE location_id = '{HOME}' ORDER BY seq", role)
    assert [(one["subject"], one["value"]) for one in told] == [("overall", "good"), ("overall", "inadequate")]


def test_no_view_contains_a_secret_or_an_address_of_a_person(store: Store, role: str) -> None:
    make(store.engine, role)
    every = str([rows(store, f"SELECT * FROM reporting.{name}", role) for name in VIEWS])
    assert LEAD.partition(":")[2] not in every and "@" not in every and "hooks.slack.com" not in every


def test_own_facts_with_named_readers_are_not_in_any_view(store: Store, role: str) -> None:
    """If a view contained these own facts, everybody who may read the views could read the facts."""
    make(store.engine, role)
    query = "SELECT people_placed FROM reporting.own_facts WHERE watchlist = 'York'"
    assert rows(store, query, role) == [{"people_placed": 7}]
    lead = store.people.invite("lead@council.example", Role.EDITOR, None, NOON)
    assert store.own_facts.set_readers("York", [lead.email], None, NOON)
    assert rows(store, query, role) == []
    assert store.own_facts.set_readers("York", [], None, NOON)
    assert rows(store, query, role) == [{"people_placed": 7}]


def test_views_and_permissions_survive_an_upgrade(store: Store, role: str) -> None:
    make(store.engine, role)
    with writing(store.engine) as connection:
        assert reporting.set_aside(connection)
        assert reporting.put_back(connection) == {}
    assert rows(store, "SELECT * FROM reporting.items", role)
    make(store.engine)  # makes the views again
    assert rows(store, "SELECT * FROM reporting.items", role)
    assert remove(store.engine) and not remove(store.engine)
    with writing(store.engine) as connection:
        assert not reporting.set_aside(connection)


def test_a_migration_makes_the_views_again(empty_postgresql: str) -> None:
    with connected(empty_postgresql) as engine:
        with writing(engine) as connection:
            upgrade(connection, RELEASED[-1])
            connection.exec_driver_sql("CREATE SCHEMA reporting")
            connection.exec_driver_sql("CREATE VIEW reporting.items AS SELECT id FROM item")
            connection.exec_driver_sql(f"COMMENT ON VIEW reporting.items IS '{reporting._MARK}'")
        migrated(empty_postgresql)
        with reading(engine) as connection:
            assert set(inspect(connection).get_view_names(schema="reporting")) == set(VIEWS)


def test_a_migration_leaves_other_peoples_views_alone(empty_postgresql: str) -> None:
    """The database has a schema of the same name that belongs to somebody else. The migration makes and drops nothing in this
    schema."""
    with connected(empty_postgresql) as engine:
        with writing(engine) as connection:
            upgrade(connection, RELEASED[-1])
            connection.exec_driver_sql("CREATE SCHEMA reporting")
            connection.exec_driver_sql("CREATE VIEW reporting.items AS SELECT 7 AS mine")
        migrated(empty_postgresql)
        with reading(engine) as connection:
            assert inspect(connection).get_view_names(schema="reporting") == ["items"]
            assert connection.exec_driver_sql("SELECT mine FROM reporting.items").scalar() == 7
        with pytest.raises(UsageError, match=r"reporting.items can't be made: .*already exists"):
            make(engine)
        assert not remove(engine)


@pytest.mark.parametrize("changed", [False, True], ids=["our view keeps its columns", "our view gets other columns"])
def test_somebodys_view_of_our_views_does_not_stop_a_migration(
    changed: bool, empty_postgresql: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connected(empty_postgresql) as engine:
        with writing(engine) as connection:
            upgrade(connection, "head")
        make(engine)
        with writing(engine) as connection:
            connection.exec_driver_sql("CREATE VIEW public.mine AS SELECT id, plan FROM reporting.items")
        if changed:
            monkeypatch.setitem(VIEWS, "items", "SELECT id FROM item")
        with writing(engine) as connection:
            assert reporting.set_aside(connection)
            # If a view used the table, PostgreSQL would refuse these statements.
            connection.exec_driver_sql("ALTER TABLE item ALTER COLUMN plan TYPE varchar(90)")
            connection.exec_driver_sql("ALTER TABLE item ALTER COLUMN plan TYPE varchar")
            reporting.put_back_or_warn(connection)
        said = " ".join(str(one.__dict__) for one in caplog.records)
        if changed:
            assert "reporting.items" in said and "mine" in said and "sql-views again" in said
            with pytest.raises(StoreError, match="sql-views again"), reading(engine) as connection:
                connection.exec_driver_sql("SELECT * FROM public.mine")
            with pytest.raises(UsageError, match=r"reporting.items can't be made: .*view mine depends on"):
                make(engine)
            return
        assert "reporting.items" not in said
        with reading(engine) as connection:
            assert connection.exec_driver_sql("SELECT * FROM public.mine").all() == []


@pytest.mark.parametrize(
    ("mine", "drop", "named"),
    [
        ("CREATE VIEW public.mine AS SELECT id FROM reporting.items", "DROP VIEW public.mine", "view mine depends on"),
        ("CREATE TABLE reporting.mine (a int)", "DROP TABLE reporting.mine", "table reporting.mine depends on"),
    ],
    ids=["a view of our views", "a table in the schema"],
)
def test_views_that_somebody_else_needs_are_not_removed(mine: str, drop: str, named: str, empty_postgresql: str) -> None:
    """PostgreSQL advises CASCADE, which would remove the other person's view or table. The message must not repeat this."""
    with connected(empty_postgresql) as engine:
        with writing(engine) as connection:
            upgrade(connection, "head")
        make(engine)
        with writing(engine) as connection:
            connection.exec_driver_sql(mine)
        with pytest.raises(UsageError, match=f"the views can't be removed: .*{named}.*sql-views --remove again") as refused:
            remove(engine)
        assert "CASCADE" not in str(refused.value)
        with reading(engine) as connection:
            assert set(VIEWS) <= set(inspect(connection).get_view_names(schema="reporting"))
        with writing(engine) as connection:
            connection.exec_driver_sql(drop)
        assert remove(engine)


def test_the_examples_in_the_documentation_run(store: Store, role: str) -> None:
    make(store.engine, role)
    queries = re.findall(r"^    (SELECT .+?;)$", DOCUMENT, re.MULTILINE | re.DOTALL)
    falls, ratings = (rows(store, query, role) for query in queries)
    fell = {"day": NOON.date(), "name": "Cherry ‘brook’ 🏠", "provider_name": "All Saints"}
    assert falls == [fell | {"from_value": "good", "to_value": "inadequate"}]
    assert ratings == [{"sector": "care home", "overall": "inadequate", "count": 1, "sum": 30}]
    assert set(re.findall(r"^\| `reporting\.(\w+)`", DOCUMENT, re.MULTILINE)) == set(VIEWS)


def test_the_example_of_falls_lists_a_service_that_is_no_longer_watched(store: Store, role: str) -> None:
    """The fall on the list has no date from CQC, like the fall in the test above."""
    make(store.engine, role)
    for name in ("Leeds", "York"):
        store.services.unwatch(name, [HOME])
    (falls, *_) = re.findall(r"^    (SELECT .+?;)$", DOCUMENT, re.MULTILINE | re.DOTALL)
    assert [one["name"] for one in rows(store, falls, role)] == ["Cherrybrook"]


def test_no_views_are_made_on_sqlite_or_for_an_unknown_role(sqlite: str, store: Store) -> None:
    other = open_store(sqlite, Vault("a key for the tests"))
    for refused in (make, remove):
        with pytest.raises(UsageError, match="SQL views need PostgreSQL"):
            refused(other.engine)
    other.close()
    with pytest.raises(UsageError, match="no role nobody"):
        make(store.engine, "nobody")


@pytest.mark.usefixtures("each_database")
def test_the_command_makes_and_removes_the_views(world: World) -> None:
    on_postgresql = os.environ["DATABASE_URL"].startswith("postgresql")
    status, out, err = world.run("sql-views")
    if not on_postgresql:
        assert (status, out) == (2, "") and err.count("\n") == 1 and "SQL views need PostgreSQL" in err
        return
    assert status == 0 and "reporting.events" in out
    with connected(os.environ["DATABASE_URL"]) as engine, writing(engine) as connection:
        connection.exec_driver_sql(f"CREATE ROLE {(name := f'analyst_{uuid.uuid4().hex[:8]}')}")
    assert world.done("sql-views", "--for", name).endswith(f"\nThe role {name} may read the views, and nothing else.\n")
    assert world.done("sql-views", "--remove") == "The views are removed.\n"
    assert world.done("sql-views", "--remove") == "There were no views.\n"
    with connected(os.environ["DATABASE_URL"]) as engine, writing(engine) as connection:
        connection.exec_driver_sql(f"DROP ROLE {name}")
