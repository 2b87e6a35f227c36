"""Tests that a connection behaves like a new connection after another test used it."""

import psycopg
import pytest
from sqlalchemy import Engine, text

from monitor.store.database import connected, writing
from tests.databases import Kept


def process(engine: Engine) -> int:
    """Returns the id of the server process for an engine's connection."""
    with writing(engine) as connection:
        return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def test_a_reused_connection_has_no_traces_of_its_former_use(postgresql: str) -> None:
    with connected(postgresql) as engine:
        one = engine.connect()
        one.execute(text("SET search_path = nowhere"))
        one.execute(text("CREATE TEMPORARY TABLE left_over AS SELECT 1"))
        one.execute(text("SELECT pg_advisory_lock(7)"))
        one.commit()
        before = one.execute(text("SELECT pg_backend_pid()")).scalar_one()
        one.execute(text("DELETE FROM public.alembic_version"))  # never committed
        one.close()
    with connected(postgresql) as engine:
        assert process(engine) == before
        with writing(engine) as connection:
            assert connection.execute(text("SHOW search_path")).scalar_one() == '"$user", public'
            assert connection.execute(text("SELECT to_regclass('pg_temp.left_over')")).scalar_one() is None
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
            (locks,) = connection.execute(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7")).one()
            assert locks == 0


def test_a_connection_that_the_server_ended_is_not_reused(postgresql: str) -> None:
    with connected(postgresql) as engine:
        ended = process(engine)
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])
    with connected(postgresql) as engine:
        assert process(engine) != ended


def test_no_connection_to_a_dropped_database_is_reused(postgresql_kept: Kept) -> None:
    with connected(postgresql_kept.url()) as engine:
        process(engine)
    postgresql_kept.drop()
    with connected(postgresql_kept.url()) as engine:
        assert process(engine)
    postgresql_kept.empty()


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_reused_connection_has_the_type_and_settings_of_a_new_connection(postgresql: str, time: str) -> None:
    with connected(postgresql) as engine, engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, psycopg.Connection) and not raw.autocommit and not raw.read_only
        raw.rollback()
        raw.read_only = True
