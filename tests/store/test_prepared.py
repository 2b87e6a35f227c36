"""Tests of statements that are built once. The same statement is executed at different times, and uses the time of each
execution."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from monitor.detect.schedule import lies_ahead
from monitor.store import open_store
from monitor.store.database import reading
from monitor.store.prepared import Statement, prepared
from monitor.store.tables import ServiceRow, table
from monitor.store.vault import Vault

_service = table(ServiceRow)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)

@prepared
def ahead(now: datetime) -> Statement:
    return select(func.count()).select_from(_service).where(~lies_ahead(_service.c.added_at, now, DAY))


def test_a_prepared_statement_is_built_once_and_uses_the_time_of_each_execution(database: str) -> None:
    built = []

    @prepared
    def between(since: datetime, until: datetime, names: tuple[str, ...] | None) -> Statement:
        built.append(names)
        query = select(_service.c.location_id).where(_service.c.added_at >= since - DAY, _service.c.added_at < until + 2 * DAY)
        return query if names is None else query.where(_service.c.location_id.in_(names))

    with closing(open_store(database, Vault("a secret of some length"))) as store:
        for number in range(4):
            store.services.watch("Leeds", [f"1-{number}"], NOON + number * DAY)
        with reading(store.engine) as connection:

            def found(since: datetime, until: datetime, names: tuple[str, ...] | None = None) -> list[str]:
                return sorted(connection.execute(*between(since, until, names)).scalars())

            assert found(NOON, NOON) == ["1-0", "1-1"]
            assert found(NOON + DAY, NOON) == ["1-0", "1-1"]
            assert found(NOON + 2 * DAY, NOON + DAY) == ["1-1", "1-2"]
            assert found(NOON - 9 * DAY, NOON + 9 * DAY) == ["1-0", "1-1", "1-2", "1-3"]
            assert len(built) == 1
            assert found(NOON - 9 * DAY, NOON + 9 * DAY, ("1-3", "1-9")) == ["1-3"]
            assert found(NOON - 9 * DAY, NOON + 9 * DAY, ()) == []
            assert found(NOON + 4 * DAY, NOON + 9 * DAY, ("1-3", "1-9")) == ["1-3"]
            assert len(built) == 3
            counts = [connection.execute(*ahead(NOON + hours * timedelta(hours=1))).scalar_one() for hours in (-1, 23, 47, 80)]
            assert counts == [3, 3, 3, 4]


def test_a_prepared_statement_may_only_move_or_compare_the_time() -> None:
    """A statement that is built once may only move or compare the time. Any other use would fix the time of the first execution
    for ever."""

    @prepared
    def of_the_day(now: datetime) -> Statement:
        return select(_service.c.location_id).where(_service.c.location_id == f"{now.date()}")

    with pytest.raises(AttributeError):
        of_the_day(NOON)

    @prepared
    def either(now: datetime) -> Statement:
        return select(_service.c.location_id) if now > NOON else select(_service.c.name)

    with pytest.raises(TypeError):
        either(NOON)
