"""Tests of workers that share a database. While a worker is alive, no other worker can claim the same service or message. All
workers' requests are sent one after the other."""

import time as clock
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import update

from monitor.detect.checks import UnchangedCheck
from monitor.model import When
from monitor.store import Store, open_store
from monitor.store.clock import present
from monitor.store.database import reading, writing
from monitor.store.messages import LEASE
from monitor.store.outbox import Claimed, Outbox
from monitor.store.rate_limits import AT_LEAST_AHEAD
from monitor.store.subscriptions import Wishes
from monitor.store.tables import SiteRow, WorkerRow, table
from monitor.store.vault import Vault
from monitor.store.workers import ALIVE, Workers

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SERVICES = [f"1-{2_000_000_000 + n}" for n in range(6)]
_worker, _site = table(WorkerRow), table(SiteRow)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store with six services that are due, and with two workers, A and B."""
    store = open_store(database, Vault("a secret"))
    store.services.watch("Leeds", SERVICES, NOON)
    for worker in "AB":
        store.workers.enlist(worker, host="machine", pid=1, alone=False)
    yield store
    store.close()


def taken(store: Store, worker: str, limit: int = 10) -> list[str]:
    """Returns the services that a worker claims for checking."""
    return [one.location_id for one in store.services.claim(NOON, limit, worker)]


def silent(store: Store, worker: str, seconds: float = ALIVE.total_seconds() + 1) -> None:
    """Changes a worker's last heartbeat, so that it is this many seconds old."""
    with writing(store.engine) as connection:
        moved = present(connection) + ALIVE - timedelta(seconds=seconds)
        connection.execute(update(_worker).where(_worker.c.id == worker).values(alive_until=moved))


def welcome(store: Store) -> None:
    """Queues a welcome for somebody."""
    looks = [UnchangedCheck(location_id=one, looked_at=NOON, next_look_at=NOON, through=True) for one in SERVICES]
    store.services.record_unchanged(looks)
    wishes = Wishes(when=When.IMMEDIATE, at=time(7), day="mon")
    store.subscriptions.subscribe("Leeds", "mailto:a@b.example", wishes, quiet=False, now=NOON)
    store.outbox.compose(NOON, NOON - timedelta(days=2))


def test_only_one_worker_can_claim_a_service(store: Store) -> None:
    first, second = taken(store, "A", 4), taken(store, "B", 4)
    assert len(first) == 4 and sorted(first + second) == SERVICES
    assert [one.looks for one in store.workers.all()] == [4, 2]


def test_a_service_that_a_worker_releases_can_be_claimed(store: Store) -> None:
    assert taken(store, "A") == SERVICES and taken(store, "B") == []
    store.services.let_go("A")
    assert taken(store, "B") == SERVICES


def test_a_new_claim_of_a_worker_releases_its_earlier_claims(store: Store) -> None:
    assert taken(store, "A", 4) == SERVICES[:4]
    assert taken(store, "A", 2) == SERVICES[:2]
    assert taken(store, "B") == SERVICES[2:]


def test_many_workers_at_once_claim_each_service_once(database: str) -> None:
    store = open_store(database, Vault("a secret"))
    many = [f"1-{3_000_000_000 + n}" for n in range(200)]
    store.services.watch("Leeds", many, NOON)

    def worker(name: str) -> list[str]:
        own = open_store(database, Vault("a secret"))
        own.workers.enlist(name, host="machine", pid=1, alone=False)
        got: list[str] = []
        while some := own.services.claim(NOON, 7, name):
            got += [one.location_id for one in some]
            later = NOON + timedelta(hours=6)
            own.services.record_unchanged(
                [UnchangedCheck(location_id=one.location_id, looked_at=NOON, next_look_at=later, through=False) for one in some]
            )
        own.close()
        return got

    with ThreadPoolExecutor(4) as pool:
        got = [one for some in pool.map(worker, "ABCD") for one in some]
    store.close()
    assert sorted(got) == many


def test_a_worker_without_heartbeat_is_declared_dead_and_its_claims_are_released(store: Store) -> None:
    welcome(store)
    assert taken(store, "A") == SERVICES and len(store.outbox.claim(NOON, 1, "A")) == 1
    silent(store, "A", ALIVE.total_seconds() - 10)
    assert store.workers.sign_of_life("B").buried == () and taken(store, "B") == []
    silent(store, "A")
    assert [(one.id, one.alive) for one in store.workers.all()] == [("A", False), ("B", True)]
    company = store.workers.sign_of_life("B")
    assert (company.known, company.buried, store.workers.count()) == (True, ("machine 1",), 1)
    assert taken(store, "B") == SERVICES
    (again,) = store.outbox.claim(NOON, 1, "B")
    assert again.attempt == 2


LATE: dict[str, Callable[[Outbox, Claimed], object]] = {
    "the receiver asked to try later": lambda outbox, one: outbox.retry(one, "451 not now", NOON + timedelta(hours=6)),
    "the receiver accepted a part": lambda outbox, one: outbox.part_done(one, 1, "digest", "ok", NOON),
    "the message failed for good": lambda outbox, one: outbox.dead(one, "550 no such user", NOON),
    "all mail was suspended": lambda outbox, one: outbox.broken(one, "535 no", NOON, for_all=True, word=None),
    "a test must be repeated": lambda outbox, one: outbox.test_again(one, "451 not now", NOON),
    "a test failed": lambda outbox, one: outbox.test_failed(one, "550 no such user", NOON),
}


@pytest.mark.parametrize("late", LATE)
def test_a_dead_worker_cannot_change_a_message_that_another_worker_is_sending(store: Store, late: str) -> None:
    welcome(store)
    (before,) = store.outbox.claim(NOON, 1, "A")
    silent(store, "A")
    store.workers.sign_of_life("B")
    (taken_over,) = store.outbox.claim(NOON + timedelta(seconds=1), 1, "B")
    LATE[late](store.outbox, before)
    store.workers.enlist("C", host="machine", pid=2, alone=False)
    assert store.outbox.claim(NOON + timedelta(seconds=2), 1, "C") == [], "worker B is still sending the message"
    (listed,) = store.dead_letters.unsent()
    assert (listed.state, listed.attempts, listed.reply) == ("pending", 2, None)
    store.outbox.retry(taken_over, "451 not now", NOON + timedelta(seconds=2))
    assert store.dead_letters.unsent()[0].reply == "451 not now"


def test_a_message_that_a_dead_worker_sent_is_recorded_once(store: Store) -> None:
    welcome(store)
    (before,) = store.outbox.claim(NOON, 1, "A")
    silent(store, "A")
    store.workers.sign_of_life("B")
    assert len(store.outbox.claim(NOON + timedelta(seconds=1), 1, "B")) == 1
    for _ in range(2):  # the database's first answer was lost, so the worker repeats the statement
        store.outbox.sent(before.id, "250 queued as A1", NOON + timedelta(seconds=2))
    assert store.dead_letters.unsent() == []
    assert [one.reply for one in store.delivery_log.since()] == ["250 queued as A1"]
    store.outbox.sent(before.id, "250 queued as B1", NOON + timedelta(seconds=3))
    assert [one.reply for one in store.delivery_log.since()] == ["250 queued as A1", "250 queued as B1"], "two different replies"


def test_only_one_of_many_senders_tests_a_suspended_receiver(store: Store) -> None:
    welcome(store)
    (one,) = store.outbox.claim(NOON, 1, "A")
    assert store.outbox.broken(one, "535 wrong password", NOON, for_all=True, word=None)
    for number in range(5):
        store.outbox.trouble(f"key {number}", "mailto:c@d.example", "Trouble", ["…"], NOON)
    later = NOON + timedelta(hours=2)
    with ThreadPoolExecutor(4) as pool:
        tests = [one for one in pool.map(lambda _: store.outbox.claim_test(later, "B"), range(8)) if one]
    assert len(tests) == 1 and tests[0].test


def test_a_heartbeat_keeps_a_workers_claims(store: Store) -> None:
    assert taken(store, "A") == SERVICES
    silent(store, "A")
    assert store.workers.sign_of_life("A").known
    assert store.workers.sign_of_life("B").buried == () and taken(store, "B") == []


def test_a_dead_worker_cannot_claim_anything_before_registering_again(store: Store) -> None:
    welcome(store)
    silent(store, "A")
    store.workers.sign_of_life("B")
    assert not store.workers.sign_of_life("A").known
    assert taken(store, "A") == [] and store.outbox.claim(NOON, 1, "A") == []
    store.workers.enlist("A2", host="machine", pid=1, alone=False)
    assert taken(store, "A2") == SERVICES and len(store.outbox.claim(NOON, 1, "A2")) == 1


def test_a_worker_that_runs_alone_declares_all_other_workers_dead(store: Store) -> None:
    welcome(store)
    assert taken(store, "A") == SERVICES and len(store.outbox.claim(NOON, 1, "A")) == 1
    store.workers.enlist("C", host="machine", pid=2, alone=True)
    assert [one.id for one in store.workers.all()] == ["C"]
    assert taken(store, "C") == SERVICES and len(store.outbox.claim(NOON, 1, "C")) == 1


def test_a_worker_that_leaves_releases_its_claims(store: Store) -> None:
    welcome(store)
    assert taken(store, "A") == SERVICES and len(store.outbox.claim(NOON, 1, "A")) == 1
    store.workers.leave("A")
    assert taken(store, "B") == SERVICES and len(store.outbox.claim(NOON, 1, "B")) == 1


def test_a_message_that_a_command_claimed_is_released_only_after_its_lease(store: Store) -> None:
    welcome(store)
    assert len(store.outbox.claim(NOON, 1)) == 1
    store.workers.enlist("C", host="machine", pid=2, alone=True)
    assert store.outbox.claim(NOON, 1, "C") == []
    assert len(store.outbox.claim(NOON + LEASE, 1, "C")) == 1


def test_a_worker_whose_heartbeat_is_far_in_the_future_is_declared_dead(store: Store) -> None:
    silent(store, "A", -86_400)
    assert store.workers.sign_of_life("B").buried == ("machine 1",)


def test_a_database_on_this_machine_uses_the_clock_of_the_machine(database: str) -> None:
    store = open_store(database, Vault("a secret"))
    with reading(store.engine) as connection:
        apart = present(connection) - datetime.now(UTC)
    store.close()
    # A slow machine may take seconds. A wrong time zone, or milliseconds read as microseconds, would give more.
    assert abs(apart) < timedelta(seconds=5)


def test_reserved_periods_of_different_workers_follow_each_other(store: Store) -> None:
    began = clock.monotonic()
    waits = [store.turns.reserve(10) for _ in range(4)]
    passed = clock.monotonic() - began
    assert waits[0] == 0
    assert all(10 * n - passed <= wait <= 10 * n for n, wait in enumerate(waits))


def test_reserved_periods_of_any_length_follow_each_other(store: Store) -> None:
    assert [round(store.turns.reserve(30)) for _ in range(3)] == [0, 30, 60]
    assert round(store.turns.reserve(0.01)) == 90
    assert round(store.turns.reserve(30)) == 90


def test_processes_that_ask_at_once_get_different_periods(database: str) -> None:
    """Each turn (a reserved period for requests) is given once, even while the table is still empty."""
    store = open_store(database, Vault("a secret"))
    stores = [open_store(database, Vault("a secret")) for _ in range(4)]
    began = clock.monotonic()
    with ThreadPoolExecutor(4) as pool:
        waits = sorted(pool.map(lambda own: own.turns.reserve(10), stores))
    passed = clock.monotonic() - began
    assert all(10 * n - passed <= wait <= 10 * n for n, wait in enumerate(waits))
    for one in [store, *stores]:
        one.close()


def test_an_unused_period_is_not_given_later(store: Store) -> None:
    store.turns.reserve(10)
    with writing(store.engine) as connection:
        past = present(connection) - timedelta(hours=1)
        connection.execute(update(_site).values(free_at=past))
    assert store.turns.reserve(10) == 0
    assert store.turns.reserve(10) > 5


def test_periods_reserved_by_a_wrong_clock_are_ignored(store: Store) -> None:
    store.turns.reserve(1)
    with writing(store.engine) as connection:
        connection.execute(update(_site).values(free_at=present(connection) + AT_LEAST_AHEAD + timedelta(seconds=5)))
    assert store.turns.reserve(1) == 0


def test_the_list_of_workers_shows_their_machines(store: Store) -> None:
    Workers(store.engine).enlist("C", host="other", pid=42, alone=False)
    listed = store.workers.all()
    assert [(one.id, one.host, one.pid, one.alive) for one in listed][-1] == ("C", "other", 42, True)
    assert listed[-1].alive_until - listed[-1].started_at == ALIVE
