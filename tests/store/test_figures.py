"""Tests of the numbers about the monitor, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import insert

from monitor.detect.checks import Outcome, UnchangedCheck
from monitor.model import Subscription, When
from monitor.store import Store, open_store
from monitor.store.database import writing
from monitor.store.figures import Figures, ServiceState
from monitor.store.subscriptions import Wishes
from monitor.store.tables import SiteRow, SwitchedOffRow, table
from monitor.store.vault import Vault

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LEAD = "mailto:lead@council.example"
IDS = [f"1-{number:09}" for number in range(5)]


def hours(number: float) -> timedelta:
    """This many hours."""
    return timedelta(hours=number)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A new store without anything."""
    store = open_store(database, Vault("a secret"))
    yield store
    store.close()


def figures(store: Store) -> Figures:
    """Returns the numbers at noon."""
    return store.counts.at(NOON, NOON - hours(48))


def read(store: Store, one: str, at: datetime) -> None:
    """Records that a service was fully read."""
    look = UnchangedCheck(location_id=one, looked_at=at, next_look_at=at + hours(6), through=True)
    store.services.record_unchanged([look])


def failed(store: Store, one: str) -> None:
    """Records that a service was not read at its last check."""
    outcome = Outcome(
        location_id=one, base_seq=0, looked_at=NOON, next_look_at=NOON + hours(1), read_well=False, failures=1, trouble="503"
    )
    assert store.services.record(outcome)


def test_all_numbers_of_an_empty_store_are_zero(store: Store) -> None:
    found = figures(store)
    assert set(found.services.values()) == set(found.messages.values()) == {0} and found.watched == 0
    assert (found.due, found.waiting, found.workers, found.dead_workers) == (0, 0, 0, 0)
    assert found.due_since is found.last_read_at is found.oldest_read_at is found.owed_since is None


def test_each_watched_service_is_counted_in_the_worst_state_that_applies(store: Store) -> None:
    well, bad, new, old, gone = IDS
    store.services.watch("Leeds", [well, bad, old, gone], NOON - hours(100))
    store.services.watch("Leeds", [new], NOON - hours(1))
    for one in (well, bad):
        read(store, one, NOON - hours(7))
    read(store, old, NOON - hours(72))
    read(store, gone, NOON - hours(90))
    failed(store, bad)
    failed(store, old)
    store.services.unwatch("Leeds", [gone])
    found = figures(store)
    assert found.services == {
        ServiceState.READ_WELL: 1,
        ServiceState.NOT_READ_WELL: 1,
        ServiceState.NEVER_READ: 1,
        ServiceState.STALE: 1,
    }
    assert (found.last_read_at, found.oldest_read_at) == (NOON - hours(7), NOON - hours(72))
    assert (found.due, found.due_since) == (2, NOON - hours(1))


def test_a_reading_dated_far_in_the_future_does_not_hide_a_standstill(store: Store) -> None:
    store.services.watch("Leeds", IDS[:2], NOON - hours(100))
    read(store, IDS[0], NOON + hours(1000))
    read(store, IDS[1], NOON - hours(20))
    assert figures(store).last_read_at == NOON - hours(20)


def test_a_reading_dated_in_the_future_does_not_hide_a_stale_service(store: Store) -> None:
    store.services.watch("Leeds", IDS[:1], NOON - hours(100))
    read(store, IDS[0], NOON + hours(9000))
    failed(store, IDS[0])
    before = NOON - hours(48)
    (one,), (listed,) = store.services.watched(IDS[:1]), store.overviews.named(IDS[:1])
    assert len(store.services.watched(stale_before=before)) == 1
    assert one.known_at < before and listed.is_stale(before)


def test_the_figures_count_messages_by_state_and_date_the_oldest_waiting_message(store: Store) -> None:
    for number in range(3):
        store.outbox.trouble(f"key {number}", LEAD, "Trouble", ["…"], NOON - hours(3 - number))
    first, second = (store.outbox.claim(NOON, 1)[0] for _ in range(2))
    store.outbox.sent(first.id, "250", NOON)
    assert figures(store).owed_since == NOON - hours(2)
    store.outbox.dead(second, "550", NOON)
    found = figures(store)
    assert found.messages == {"pending": 1, "sent": 1, "dead": 1, "dropped": 0}
    assert found.owed_since == NOON - hours(1)


def test_a_welcome_that_waits_for_a_first_check_is_not_overdue(store: Store) -> None:
    store.services.watch("Leeds", IDS[:1], NOON - hours(9))

    def due(subscription: Subscription, urgent: bool, seen: datetime) -> datetime:
        return seen

    wishes = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon")
    store.subscriptions.subscribe("Leeds", LEAD, wishes, quiet=False, now=NOON - hours(9))
    found = figures(store)
    assert (found.waiting, found.owed_since) == (1, None)


def test_living_and_dead_workers_are_counted_separately(store: Store) -> None:
    from sqlalchemy import update

    from monitor.store.tables import WorkerRow

    worker = table(WorkerRow)
    for one in ("a", "b", "c"):
        store.workers.enlist(one, host="here", pid=1, alone=False)
    with writing(store.engine) as connection:
        connection.execute(update(worker).where(worker.c.id == "b").values(alive_until=datetime(2020, 1, 1, tzinfo=UTC)))
    assert (figures(store).workers, figures(store).dead_workers) == (2, 1)


def test_suspended_receivers_and_an_outage_are_counted(store: Store) -> None:
    assert (figures(store).switched_off, figures(store).site_blind) == (0, False)
    with writing(store.engine) as connection:
        for scope in ("mailto", "key"):
            row = {"scope": scope, "address": LEAD, "since": NOON, "reason": "no", "next_test_at": NOON}
            connection.execute(insert(table(SwitchedOffRow)).values(**row))
        connection.execute(insert(table(SiteRow)).values(name="changes in doubt", blind_since=NOON, pauses=0))
    assert (figures(store).switched_off, figures(store).site_blind) == (2, False)
    with writing(store.engine) as connection:
        connection.execute(insert(table(SiteRow)).values(name="outage", blind_since=NOON, reason="503", pauses=2))
    assert figures(store).site_blind
