"""Tests of keys, of feeds, and of the lists that programs read in batches, on SQLite and PostgreSQL. Also tests the search in the
audit, the test of a suspended receiver, and the size of the database."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from monitor.events import Kind
from monitor.mailbox import key_of
from monitor.store import Store, open_store
from monitor.store.database import writing
from monitor.store.events import Sought
from monitor.store.overview import Wanted
from monitor.store.people import Person, Role
from monitor.store.tables import SwitchedOffRow, table
from monitor.store.vault import Vault
from tests.store.filled import HOME, NOON, OTHER, SLACK, fill
from tests.store.test_saved_reports import refused

LONG_AGO = NOON - timedelta(days=9)


@pytest.fixture
def vault() -> Vault:
    """The vault, which encrypts addresses."""
    return Vault("a secret key of sixteen")


@pytest.fixture
def store(database: str, vault: Vault, tmp_path: Path) -> Iterator[Store]:
    """A store with rows in every table."""
    store = open_store(database, vault)
    fill(store)
    yield store
    store.close()


@pytest.fixture
def person(store: Store) -> Person:
    """A reader."""
    return store.people.invite("reader@council.example", Role.READER, None, NOON)


def test_a_key_identifies_its_person_until_it_is_ended(store: Store, person: Person) -> None:
    key = store.keys.make(person, "Excel", NOON)
    holder = store.keys.holder(key, NOON)
    assert holder is not None and holder.person == person
    (listed,) = store.keys.all(person.id)
    assert (listed.name, listed.last_four, listed.last_used_at) == ("Excel", key[-4:], NOON)
    assert store.keys.revoke(listed.id, person, NOON) is not None
    assert (store.keys.holder(key, NOON), store.keys.revoke(listed.id, person, NOON)) == (None, None)


def test_keys_and_feeds_end_for_good_when_the_access_of_their_person_ends(store: Store, person: Person) -> None:
    key, feed = store.keys.make(person, "Excel", NOON), store.feeds.renew("Leeds", person, NOON)
    assert feed is not None and store.feeds.read(feed, NOON) is not None
    store.people.end(person.id, None, NOON)
    store.people.invite(person.email, Role.OPERATOR, None, NOON)
    assert (store.keys.holder(key, NOON), store.feeds.read(feed, NOON), store.feeds.of(person)) == (None, None, {})


def test_a_feed_is_empty_while_its_person_may_not_sign_in(store: Store, person: Person) -> None:
    feed = store.feeds.renew("Leeds", person, NOON)
    assert feed is not None
    refused(store, person, NOON)
    assert (store.feeds.read(feed, NOON), store.feeds.owner_of(feed)) == (None, None)
    refused(store, person, None)
    assert store.feeds.read(feed, NOON) is not None


def test_a_feed_shows_the_last_items_of_its_watchlist(store: Store, person: Person) -> None:
    key = store.feeds.renew("Leeds", person, NOON)
    assert key is not None
    feed = store.feeds.read(key, NOON)
    assert feed is not None
    assert (feed.watchlist, [event.kind for (event,) in feed.items], feed.changed_at) == ("Leeds", [Kind.DOWNGRADED], NOON)
    over = store.feeds.read(key, NOON + timedelta(seconds=1))
    assert over is not None and over.items == ()
    store.services.unwatch("Leeds", [HOME])
    after = store.feeds.read(key, NOON)
    assert after is not None and after.items == ()
    assert store.feeds.renew("no such list", person, NOON) is None


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        pytest.param(Sought(), 1, id="no filter"),
        pytest.param(Sought(watchlist="Leeds", kinds=[Kind.DOWNGRADED], location_id=HOME, since=NOON), 1, id="all filters"),
        pytest.param(Sought(watchlist="York"), 0, id="another watchlist has no event"),
        pytest.param(Sought(kinds=[Kind.UPGRADED]), 0, id="another kind has no event"),
        pytest.param(Sought(location_id=OTHER), 0, id="another service has no event"),
        pytest.param(Sought(since=NOON + timedelta(seconds=1)), 0, id="no event is later"),
    ],
)
def test_events_are_found_by_each_filter(sought: Sought, found: int, store: Store) -> None:
    events = store.events.after(0, sought, 10)
    assert len(events) == found
    if events:
        assert store.events.after(events[-1][0], sought, 10) == []


def test_services_are_listed_in_batches_in_the_order_of_their_ids_without_repetition(store: Store) -> None:
    every = [one.location_id for one in store.overviews.after("", None, Wanted(), LONG_AGO, limit=10)]
    assert every == sorted(every) and {HOME, OTHER} <= set(every)
    seen, last = [], ""
    while some := store.overviews.after(last, "Leeds", Wanted(), LONG_AGO, limit=1):
        last = some[0].location_id
        seen.append(last)
    assert seen == [HOME, OTHER]


def test_the_filter_amiss_finds_services_that_are_not_up_to_date(store: Store) -> None:
    assert {HOME, OTHER} & {one.location_id for one in store.services.watched(amiss_before=LONG_AGO)} == set()
    assert {HOME, OTHER} <= {one.location_id for one in store.services.watched(amiss_before=NOON + timedelta(days=1))}


def test_a_search_of_the_audit_needs_all_words_and_takes_wildcards_literally(store: Store, person: Person) -> None:
    store.audit.note(person.id, "renamed watchlist", "100%_of \0Leeds", NOON)
    assert store.audit.count("READER 100%_of renamed") == 1
    assert store.audit.count("100x of") == 0
    (deed,) = store.audit.newest(5, 0, "renamed command") or store.audit.newest(5, 0, "renamed reader@")
    assert deed.email == person.email


def test_a_suspended_receiver_is_tested_with_a_waiting_or_a_test_message(store: Store, vault: Vault) -> None:
    off = {"address": vault.encrypt(SLACK), "since": NOON, "reason": "404", "next_test_at": NOON + timedelta(hours=1)}
    alone = "webhook:https://hooks.council.example/x"
    with writing(store.engine) as connection:
        for address in (SLACK, alone):
            row = off | {"scope": key_of(address), "address": vault.encrypt(address)}
            connection.execute(insert(table(SwitchedOffRow)).values(**row))
    before = len(store.dead_letters.unsent())
    for address, more in ((SLACK, 0), (alone, 1)):
        tested = store.receivers.test_now(key_of(address), NOON)
        assert tested is not None and tested.address == address
        assert len(store.dead_letters.unsent()) == before + more
        (now,) = [one for one in store.receivers.all() if one.scope == key_of(address)]
        assert now.next_test_at == NOON
    assert store.receivers.test_now("nothing", NOON) is None


def test_the_size_of_the_database_is_given(store: Store) -> None:
    assert 100_000 < store.counts.size() < 100_000_000
