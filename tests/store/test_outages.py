"""Tests of the mass-change guard, on SQLite and PostgreSQL: which services the guard counts, and which services it makes due."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from monitor import codec
from monitor.detect.circuit_breaker import MASS, MASS_OF, Blindness, Doubt, MassChange
from monitor.model import Candidate
from monitor.store import Store, open_store
from monitor.store.database import writing
from monitor.store.tables import ServiceRow, table
from monitor.store.vault import Vault

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
FIRST = "1-000"
OTHERS = [f"1-{number:03}" for number in range(1, MASS_OF + 20)]
_service = table(ServiceRow)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store with more watched services than the guard counts. All services were checked three hours ago."""
    with closing(open_store(database, Vault("a secret of some length"))) as opened:
        opened.services.watch("Leeds", [FIRST, *OTHERS], NOON)
        looked_at(opened, [FIRST, *OTHERS], NOON - timedelta(hours=3))
        yield opened


def looked_at(store: Store, ids: list[str], at: datetime) -> None:
    with writing(store.engine) as connection:
        values = {"looked_at": at, "next_look_at": NOON + timedelta(days=1)}
        connection.execute(update(_service).where(_service.c.location_id.in_(ids)).values(**values))


def due(store: Store) -> set[str]:
    return {one.location_id for one in store.services.due(NOON, 1000)}


def test_other_services_become_due_if_too_few_were_checked_lately(store: Store) -> None:
    assert due(store) == set()
    assert store.outages.doubt(FIRST, NOON, NOON, None) is Doubt.NOT_KNOWN
    assert len(due(store)) == MASS_OF and FIRST not in due(store)


def test_checks_just_before_the_change_count_but_earlier_checks_do_not(store: Store) -> None:
    lately = OTHERS[: MASS_OF - 5]
    looked_at(store, lately, NOON - timedelta(seconds=30))
    assert store.outages.doubt(FIRST, NOON, NOON, None) is Doubt.NOT_KNOWN
    assert len(due(store)) == 5 and not due(store) & {FIRST, *lately}
    looked_at(store, OTHERS[: MASS_OF + 5], NOON + timedelta(minutes=9, seconds=30))
    assert store.outages.doubt(FIRST, NOON + timedelta(minutes=10), NOON, None) is Doubt.NONE
    assert store.outages.doubt(FIRST, NOON + timedelta(minutes=11), NOON, None) is Doubt.NOT_KNOWN


def test_a_single_watched_service_is_reported_without_other_checks(database: str) -> None:
    with closing(open_store(database, Vault("a secret of some length"))) as store:
        store.services.watch("Leeds", [FIRST], NOON)
        assert store.outages.doubt(FIRST, NOON, NOON, None) is Doubt.NONE


def has_candidates(store: Store, ids: list[str], since: datetime) -> None:
    candidate = Candidate(mark="a fall", since=since, due=since, odd=True)
    with writing(store.engine) as connection:
        here = _service.c.location_id.in_(ids)
        connection.execute(update(_service).where(here).values(suspicions=codec.dump_candidates((candidate,))))


def is_unreadable(store: Store, ids: list[str], since: datetime) -> None:
    with writing(store.engine) as connection:
        values = {"blind": Blindness.SITE, "blind_since": since, "failures": 1}
        connection.execute(update(_service).where(_service.c.location_id.in_(ids)).values(**values))


def test_a_mass_change_that_was_not_seen_for_a_day_counts_as_a_new_one(store: Store) -> None:
    has_candidates(store, OTHERS[:MASS], NOON)
    looked_at(store, OTHERS[:MASS_OF], NOON)
    later = [NOON + timedelta(hours=hours) for hours in (0, 23, 46, 71)]
    changes = [store.outages.doubt(FIRST, NOON, now, None) for now in later]
    assert changes == [MassChange(NOON)] * 3 + [MassChange(later[3])]


def test_two_checks_of_the_same_moment_are_one_mass_change_and_one_message(store: Store) -> None:
    has_candidates(store, OTHERS[:MASS], NOON)
    looked_at(store, OTHERS[:MASS_OF], NOON)
    for now in (NOON + timedelta(seconds=1), NOON):
        assert store.outages.doubt(FIRST, NOON, now, "mailto:oncall@council.example") == MassChange(now)
    assert len(store.dead_letters.unsent()) == 1


@pytest.mark.parametrize(
    ("unreadable", "since", "is_known"),
    [
        pytest.param(len(OTHERS) - 20, NOON, False, id="most services have just become unreadable"),
        pytest.param(len(OTHERS) - 20, NOON - timedelta(days=2), True, id="most services have been unreadable for days"),
        pytest.param(MASS - 1, NOON, True, id="few services are unreadable"),
        pytest.param(len(OTHERS) // 2 - 1, NOON, True, id="fewer services are unreadable than readable"),
    ],
)
def test_unreadable_services_are_no_evidence_that_only_one_service_changed(
    store: Store, unreadable: int, since: datetime, is_known: bool
) -> None:
    looked_at(store, OTHERS, NOON)
    is_unreadable(store, OTHERS[:unreadable], since)
    assert store.outages.doubt(FIRST, NOON, NOON, None) is (Doubt.NONE if is_known else Doubt.NOT_KNOWN)
    assert due(store) == set()
