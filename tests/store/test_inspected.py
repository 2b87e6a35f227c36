"""Tests that services under inspection by CQC are checked every hour, within a limit on requests, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from monitor.model import Aspect, Holding, SaidKind, Subject
from monitor.store import Store, open_store
from monitor.store.vault import Vault
from tests.store.filled import HOME, NOON, look, not_shown, open_hints

NAME = "being inspected"
SAYS = Subject(aspect=Aspect.SAID, of=SaidKind.BEING_INSPECTED)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with closing(open_store(database, Vault("a secret of some length"))) as store:
        yield store


def watch(store: Store, location_id: str, value: str, since: date | None = None) -> None:
    """Adds a service that was read at noon. `value` is what the service's page says about an inspection in progress."""
    store.services.watch("Leeds", [location_id], NOON - DAY)
    first = look(0)
    assert first.snapshot is not None
    holdings = ((SAYS, Holding(value=value, since=since)),)
    snapshot = replace(first.snapshot, location_id=location_id, holdings=holdings)
    outcome = replace(first, location_id=location_id, snapshot=snapshot, pages=(), looked_at=NOON, next_look_at=NOON + 6 * HOUR)
    assert store.services.record(outcome)


def checked(store: Store, now: datetime, day: int = 80, turn: int = 6) -> list[str]:
    return store.hints.check_inspected(NAME, now, day, turn)


def due_at(store: Store, location_id: str) -> datetime:
    (one,) = store.services.watched([location_id])
    return one.next_look_at


def test_only_services_under_inspection_are_due_and_keep_their_regular_times(store: Store) -> None:
    watch(store, HOME, "said")
    watch(store, "1-100000001", "not said")
    now = NOON + HOUR
    assert checked(store, now) == [HOME]
    assert due_at(store, HOME) == now and due_at(store, "1-100000001") == NOON + 6 * HOUR
    (due,) = store.services.to_look_at([HOME])
    seen = replace(look(0), base_seq=due.seq, snapshot=None, pages=None, looked_at=now + MINUTE, next_look_at=NOON + 6 * HOUR)
    assert store.services.record(seen)
    store.hints.follow(now + 2 * MINUTE)
    assert due_at(store, HOME) == NOON + 6 * HOUR, "after the hint, the service has its regular time again"
    assert open_hints(store, HOME) == []
    assert checked(store, now + HOUR) == [HOME], "the service is checked again an hour later"
    assert store.hints.first_hint(HOME, NOON) is None, "a hint about an inspection names no publication"
    assert not_shown(store, now + 9 * DAY).count == 0


def test_a_service_that_was_checked_just_now_waits(store: Store) -> None:
    watch(store, HOME, "said")
    assert checked(store, NOON + 10 * MINUTE) == []


def test_services_inspected_about_two_months_ago_are_checked_first(store: Store) -> None:
    today = NOON.date()
    for number, days in enumerate((10, 59, 61, 120, 30)):
        watch(store, f"1-10000000{number}", "said", since=today - days * DAY)
    watch(store, "1-100000009", "said")
    now = NOON + HOUR
    assert checked(store, now, turn=2) == ["1-100000001", "1-100000002"]
    assert len(checked(store, now + HOUR, turn=7, day=5)) == 3, "two of the day's five checks were used"
    assert checked(store, now + 2 * HOUR, turn=7, day=5) == []
    assert len(checked(store, now + DAY, turn=7, day=90)) == 6
