"""Tests in which two processes do the same thing, or opposite things, at the same time, on SQLite and PostgreSQL. No error is
raised, nothing happens twice, and nothing is lost.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from monitor.detect.checks import UnchangedCheck
from monitor.store import Store, open_store
from monitor.store.vault import Vault
from tests.store.test_store import LATER, LEAD, NOON, ONE, fall, look, subscribe

MANY = [f"1-{2_000_000_000 + number}" for number in range(30)]
UNCHANGED = [UnchangedCheck(location_id=one, looked_at=NOON, next_look_at=LATER, through=True) for one in [ONE, *MANY]]
ROUNDS = range(5)
"""Chance decides which process is first, so each test repeats its work a few times."""


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store with one service on the watchlist Leeds, checked once."""
    store = open_store(database, Vault("a secret"))
    store.services.watch("Leeds", [ONE], NOON)
    assert store.services.record(look(0))
    yield store
    store.close()


def at_once(database: str, *jobs: Callable[[Store], Any]) -> list[Any]:
    """Runs jobs at the same time, as separate processes would, and returns their results. If a job raises an error, raises this
    error."""
    together = threading.Barrier(len(jobs))

    def one(job: Callable[[Store], Any]) -> Any:
        with closing(open_store(database, Vault("a secret"))) as own:
            together.wait(30)
            return job(own)

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(one, jobs))


def records(base: int) -> Callable[[Store], bool]:
    """Returns a job that records a check that saw a fall."""
    return lambda own: own.services.record(look(base, events=(fall(base),)))


def watches(watchlist: str, ids: Sequence[str]) -> Callable[[Store], list[str]]:
    """Returns a job that puts services on a watchlist."""
    return lambda own: own.services.watch(watchlist, ids, NOON)


def subscribes(address: str) -> Callable[[Store], bool]:
    """Returns a job that subscribes an address. The address is sent a welcome."""
    return lambda own: subscribe(own, address, quiet=False)


def leaves(address: str) -> Callable[[Store], bool]:
    """Returns a job that ends the subscription of an address."""
    return lambda own: own.subscriptions.unsubscribe("Leeds", address, NOON)


def composed(store: Store) -> int:
    """Composes messages from the waiting notices, and returns how many messages were composed."""
    return store.outbox.compose(NOON, NOON - timedelta(days=9))


def test_an_address_subscribed_twice_at_once_has_one_subscription_and_one_welcome(store: Store, database: str) -> None:
    for number in ROUNDS:
        same = [subscribes(f"mailto:lead{number}@council.example")] * 3
        assert sorted(at_once(database, *same)) == [False, False, True]
    assert len(store.subscriptions.listed()) == len(ROUNDS)
    composed(store)
    assert sorted(one.address for one in store.outbox.claim(NOON, 99)) == [
        f"mailto:lead{number}@council.example" for number in ROUNDS
    ]


def test_an_address_that_unsubscribes_while_messages_are_composed_gets_no_message(store: Store, database: str) -> None:
    staying = [f"mailto:staying{number}@council.example" for number in range(10)]
    for number in ROUNDS:
        leaving = [f"mailto:leaving{number}-{one}@council.example" for one in range(4)]
        for address in staying + leaving:
            subscribe(store, address)
        base = number + 1
        assert store.services.record(look(base, events=(fall(base),)))
        results = at_once(database, composed, composed, *map(leaves, leaving))
        assert results[2:] == [True] * len(leaving)
        composed(store)
        assert sorted(one.address for one in store.outbox.claim(NOON, 99)) == staying
        assert len(store.subscriptions.listed()) == len(staying)


def test_services_added_twice_at_once_are_on_the_watchlist_once(store: Store, database: str) -> None:
    for number in ROUNDS:
        ids = [f"{one}{number}" for one in MANY]
        york = f"York {number}"
        first, second, third = at_once(database, watches(york, ids), watches(york, ids[::-1]), watches("Hull", ids))
        assert sorted(first + second) == sorted(ids) == sorted(third)
    lists = store.services.watchlists()
    assert all(sorted(lists[f"York {number}"]) == sorted(f"{one}{number}" for one in MANY) for number in ROUNDS)
    assert len(lists["Hull"]) == len(MANY) * len(ROUNDS)


def test_a_check_is_recorded_and_reported_while_its_service_changes_watchlists(
    store: Store, database: str
) -> None:
    store.services.watch("York", [ONE], NOON)
    subscribe(store, watchlist="York")
    for number in ROUNDS:
        store.services.watch("Leeds", [ONE, *MANY], NOON)
        base = number + 1
        results = at_once(
            database,
            records(base),
            lambda own: own.services.unwatch("Leeds", [*MANY[::-1], ONE]),
            lambda own: own.services.record_unchanged(UNCHANGED),
            lambda own: own.services.record_unchanged(UNCHANGED[::-1]),
            lambda own: own.services.look_no_later_than(NOON, timedelta(hours=6)),
            watches("Hull", [*MANY[::-1], ONE]),
        )
        assert results[0] is True
        assert store.services.watchlists()["York"] == [ONE] and "Leeds" not in store.services.watchlists()
        assert composed(store) == 1
        (message,) = store.outbox.claim(NOON, 10)
        assert (message.address, [event.id for event in message.events]) == (LEAD, [f"event{base}"])
        store.outbox.sent(message.id, "250", NOON)
    assert [event.id for event in store.services.events()] == [f"event{number + 1}" for number in ROUNDS]


def test_a_check_recorded_twice_at_once_is_stored_and_reported_once(store: Store, database: str) -> None:
    subscribe(store)
    for number in ROUNDS:
        base = number + 1
        assert sorted(at_once(database, *[records(base)] * 3)) == [False, False, True]
        assert len(store.services.history(ONE)) == base + 1
    assert [event.id for event in store.services.events()] == [f"event{number + 1}" for number in ROUNDS]
    assert len(store.dead_letters.unsent()) == len(ROUNDS)


def test_an_event_that_two_processes_find_independently_is_reported_once(store: Store, database: str) -> None:
    """A check is repeated after a crash, while the daemon composes messages."""
    subscribe(store)

    def again(own: Store) -> None:
        for base in (1, 2):
            own.services.record(look(base, events=(fall(),)))

    at_once(database, again, again, composed, composed)
    composed(store)
    assert [event.id for event in store.services.events()] == ["event1"]
    assert len(store.outbox.claim(NOON, 10)) == 1 and store.dead_letters.unsent()[0].kind == "alert"


def test_a_subscriber_who_joins_while_a_fall_is_recorded_is_alerted_once(store: Store, database: str) -> None:
    """The subscriber learns about the fall from an alert, or from the welcome, which reports the present state."""
    for number in ROUNDS:
        base, address = number + 1, f"mailto:new{number}@council.example"
        at_once(database, records(base), subscribes(address))
        composed(store)
        mine = [one for one in store.outbox.claim(NOON, 99) if one.address == address]
        assert sorted(one.kind for one in mine) in (["welcome"], ["alert", "welcome"])
