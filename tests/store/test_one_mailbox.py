"""Tests that one mailbox is one address, whatever its spelling. This includes databases of older versions that contain two
spellings of one mailbox."""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import MetaData, insert, select

from monitor.channels import parse_address
from monitor.events import Kind
from monitor.mailbox import key_of
from monitor.model import When
from monitor.store import Store, open_store
from monitor.store.database import connected, migrated, revisions, writing
from monitor.store.people import Role
from monitor.store.subscriptions import Added, Wishes
from monitor.store.vault import Vault
from tests.store.filled import HOME, LATER, NOON, look
from tests.store.test_migrations import upgrade

SECRET = "a secret of some length"
FORMER = [one for one in sorted(revisions()) if one < "0008"][-1]
CAPITALS, SMALL = "mailto:Lead@council.example", "mailto:lead@council.example"
WISHES = Wishes(when=When.DAILY, at=time(8), day="mon", still_watching=False, left_out=frozenset())


@pytest.fixture
def postgresql(empty_postgresql: str) -> str:
    """The URL of a database without the schema."""
    return empty_postgresql


@pytest.fixture
def sqlite(empty_sqlite: str) -> str:
    """The URL of a database that does not exist yet. A test creates a database of an older version there."""
    return empty_sqlite


@pytest.fixture
def store(sqlite: str) -> Iterator[Store]:
    """An empty store."""
    with closing(open_store(sqlite, Vault(SECRET))) as made:
        yield made


SPELLINGS = [
    "lead@council.example",
    "Lead@Council.Example",
    "mailto:LEAD@COUNCIL.EXAMPLE",
    "MAILTO:%4Cead%40council.example",
    "  lead@council.example. ",
]


def subscribe(store: Store, address: str, when: When = When.IMMEDIATE, watchlist: str = "Leeds") -> bool:
    canonical = parse_address(address, extra_hosts=frozenset())
    wishes = Wishes(when=when, at=time(7), day="mon", still_watching=None)
    return store.subscriptions.subscribe(watchlist, canonical, wishes, quiet=True, now=NOON)


def test_a_mailbox_has_one_subscription_in_the_spelling_that_was_typed_last(store: Store) -> None:
    assert [subscribe(store, one) for one in SPELLINGS] == [True, False, False, False, False]
    for spelling in SPELLINGS:
        subscribe(store, spelling)
        (one,) = store.subscriptions.listed()
        assert one.address == parse_address(spelling, extra_hosts=frozenset())
    assert store.subscriptions.unsubscribe("Leeds", "mailto:lEAD@council.example", NOON)
    assert store.subscriptions.listed() == []


def test_a_fall_is_reported_to_a_mailbox_once(store: Store) -> None:
    store.services.watch("Leeds", [HOME], NOON)
    store.services.watch("York", [HOME], NOON)
    subscribe(store, "Lead@council.example")
    subscribe(store, "lead@council.example", watchlist="York")
    assert store.services.record(look(0)) and store.services.record(look(1, "inadequate"))
    store.outbox.compose(NOON, NOON - timedelta(days=9))
    (told,) = store.outbox.claim(NOON, 10)
    assert told.address == CAPITALS and told.events


def test_a_new_spelling_typed_in_the_pages_replaces_only_a_persons_own_address(store: Store) -> None:
    """Somebody else's mailbox keeps the spelling that was confirmed, because a mail server may distinguish the spellings."""
    lead = store.people.invite("lead@council.example", Role.EDITOR, None, NOON)
    other = store.people.invite("other@council.example", Role.EDITOR, None, NOON)
    store.services.watch("Leeds", [HOME], NOON)
    assert store.subscriptions.add(lead, "Leeds", CAPITALS, WISHES, NOON) is Added.ADDED
    assert store.subscriptions.add(other, "Leeds", "mailto:LEAD@council.example", WISHES, NOON) is Added.THERE
    assert [one.address for one in store.subscriptions.listed()] == [CAPITALS]
    assert store.subscriptions.add(lead, "Leeds", SMALL, WISHES, NOON) is Added.THERE
    assert [one.address for one in store.subscriptions.listed()] == [SMALL]
    assert store.glance.watchlists_of(lead) == ["Leeds"]


# ── duplicates from an older version ─────────────────────────────────────────────────────────────────────────────────────


def on(day: int, hour: int = 9, year: int = 2026) -> datetime:
    """Returns a time in November in the form in the tables: in UTC, without a zone."""
    return datetime(year, 11, day, hour, tzinfo=UTC).replace(tzinfo=None)


def then_key(address: str) -> str:
    """Returns the key of an address as older versions computed it, when capital letters counted."""
    return hashlib.sha256(address.encode()).hexdigest()


def row(number: int, address: str, when: str, **more: Any) -> dict[str, Any]:
    at = on(number + 1)
    values = {"id": number, "watchlist": "Leeds", "address": address, "address_key": then_key(address), "when": when}
    values |= {"at": "07:00", "day": "mon", "created_at": at, "still_watching": False, "confirmed_at": at}
    return values | more


def former(url: str, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Creates a database of the version before the migration, with these rows."""
    with connected(url) as engine, writing(engine) as connection:
        upgrade(connection, FORMER)
        tables = MetaData()
        tables.reflect(connection)
        for name, some in rows.items():
            for one in some:
                connection.execute(insert(tables.tables[name]).values(**one))


def message(name: str, address: str, state: str, kind: str = "alert") -> dict[str, Any]:
    at = on(20)
    values = {"id": name, "kind": kind, "address": address, "address_key": then_key(address), "body": "{}", "created_at": at}
    values |= {"state": state, "attempts": 0, "parts_done": 0, "next_attempt_at": at}
    return values | ({"sent_at": at, "reply": "250 queued"} if state == "sent" else {})


def notice(number: int, event: str, subscription: int, message_id: str | None = None, day: int = 21) -> dict[str, Any]:
    values = {"id": number, "event_id": event, "subscription_id": subscription, "due_at": on(day)}
    return values | {"urgent": message_id is not None, "message_id": message_id}


@pytest.mark.parametrize("order", list(permutations(("immediate", "daily", "weekly"))), ids="-".join)
def test_the_duplicate_subscription_that_is_alerted_soonest_stays(sqlite: str, order: tuple[str, str, str]) -> None:
    spellings = (CAPITALS, SMALL, "mailto:LEAD@council.example")
    former(sqlite, {"subscription": [row(one + 1, spellings[one], order[one]) for one in range(3)]})
    with closing(open_store(sqlite, Vault(SECRET))) as store:
        (left,) = store.subscriptions.listed()
        assert left.when is When.IMMEDIATE and left.address == spellings[2] and left.confirmed
        assert not subscribe(store, SMALL)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param({"left_out": '["moved", "upgraded"]'}, {"left_out": '["upgraded"]'}, "both", id="one leaves out more"),
        pytest.param({"left_out": '["upgraded"]'}, {}, "all", id="only one subscription left out a kind"),
        pytest.param({"confirmed_at": None}, {}, "weekly", id="the unconfirmed subscription is ignored"),
        pytest.param({"paused_until": on(1, year=2099)}, {}, "weekly", id="the paused subscription is alerted later"),
        pytest.param({"still_watching": True}, {}, "signs", id="only one subscription had heartbeat messages"),
    ],
)
def test_the_choices_of_duplicate_subscriptions_are_combined(
    sqlite: str, first: dict[str, Any], second: dict[str, Any], expected: str
) -> None:
    former(sqlite, {"subscription": [row(1, CAPITALS, "immediate", **first), row(2, SMALL, "weekly", **second)]})
    with closing(open_store(sqlite, Vault(SECRET))) as store:
        (left,) = store.subscriptions.listed()
    assert left.confirmed
    match expected:
        case "both":
            assert left.when is When.IMMEDIATE and left.left_out == {Kind.UPGRADED}
        case "all":
            assert left.when is When.IMMEDIATE and not left.left_out
        case "weekly":
            assert left.when is When.WEEKLY and left.paused_until is None
        case _:
            assert left.still_watching


def test_each_waiting_or_sent_event_of_duplicate_subscriptions_is_kept_once(database: str) -> None:
    """Event E1 was sent to one spelling and waits for the other spelling. E2 is being sent to both spellings. E3 waits only for
    the weekly subscription. E4 failed for good for one spelling and waits for the other spelling."""
    notices = [
        notice(1, "E1", 1, "sent"),
        notice(2, "E1", 2),
        notice(3, "E2", 1, "on its way"),
        notice(4, "E2", 2, "a double"),
        notice(5, "E3", 2, day=23),
        notice(6, "E4", 1, "dead"),
        notice(7, "E4", 2),
        notice(8, "E5", 2, "of both"),
        notice(9, "E5", 1, "a double too"),
        notice(10, "E6", 1, "a double too"),
    ]
    messages = [message("sent", CAPITALS, "sent"), message("on its way", CAPITALS, "pending"), message("dead", CAPITALS, "dead")]
    messages += [message("a double", SMALL, "pending"), message("of both", SMALL, "sent")]
    messages += [message("a double too", CAPITALS, "pending")]
    told = {"message_id": "sent", "kind": "alert", "address": CAPITALS, "became": "sent", "at": on(20), "body": "{}"}
    subscriptions = [row(1, CAPITALS, "immediate"), row(2, SMALL, "weekly"), row(3, SMALL, "daily", watchlist="York")]
    former(database, {"subscription": subscriptions, "message": messages, "notice": notices, "told": [told]})
    migrated(database)
    with connected(database) as engine, writing(engine) as connection:
        now = MetaData()
        now.reflect(connection)
        owed = connection.execute(select(now.tables["notice"]).order_by("event_id")).mappings().all()
        states = dict(connection.execute(select(now.tables["message"].c.id, now.tables["message"].c.state)).all())
        keys = set(connection.execute(select(now.tables["message"].c.address_key)).scalars())
        log = connection.execute(select(now.tables["told"])).mappings().all()
        held = connection.execute(select(now.tables["subscription"]).order_by("id")).mappings().all()
    assert [(one["event_id"], one["message_id"]) for one in owed] == [
        ("E1", "sent"),
        ("E2", "on its way"),
        ("E3", None),
        ("E4", None),
        ("E5", "of both"),
        ("E6", "a double too"),
    ]
    assert {one["subscription_id"] for one in owed} == {2}
    assert states == {
        "sent": "sent",
        "on its way": "pending",
        "dead": "dead",
        "a double": "dropped",
        "of both": "sent",
        "a double too": "pending",
    }
    assert keys == {key_of(SMALL)} and [one["address"] for one in log] == [CAPITALS]
    assert [(one["id"], one["watchlist"], one["when"]) for one in held] == [(2, "Leeds", "immediate"), (3, "York", "daily")]


def test_a_monitor_with_duplicate_subscriptions_continues_after_the_migration(database: str) -> None:
    """The next event is sent once, to the spelling that was typed last. Links in old mails still end the subscription."""
    watch = {"watchlist": "Leeds", "location_id": HOME, "added_at": on(1)}
    service = {"location_id": HOME, "seq": 0, "suspicions": "[]", "failures": 0, "grave": False, "whole": True}
    service |= {"added_at": on(1), "next_look_at": on(1)}
    doubles = [row(1, SMALL, "weekly"), row(2, CAPITALS, "immediate"), row(5, "mailto:Head@council.example", "daily")]
    former(database, {"service": [service], "watch": [watch | {"by_rule": False}], "subscription": doubles})
    with closing(open_store(database, Vault(SECRET))) as store:
        assert store.services.record(look(0)) and store.services.record(look(1, "inadequate"))
        store.outbox.compose(LATER, NOON - timedelta(days=9))
        assert [one.address for one in store.outbox.claim(LATER, 10) if one.events] == [CAPITALS]
        for spelling, number in ((CAPITALS, 2), (SMALL, 1)):
            assert [one.subscription.id for one in store.subscriptions.at(then_key(spelling)[:24])] == [2]
            assert store.subscriptions.numbers_now([number]) == (2,)
        (head,) = store.subscriptions.at(then_key("mailto:Head@council.example")[:24])
        assert head.subscription.address == "mailto:Head@council.example"
        assert len(store.unsubscribed.leave([2, 5], LATER, None)) == 2
        assert store.subscriptions.numbers_now([1]) == (1,) and store.subscriptions.listed() == []


@pytest.mark.parametrize(
    "scopes",
    [(CAPITALS,), (SMALL,), (CAPITALS, SMALL)],
    ids=["only the capital spelling", "only the small spelling", "both spellings"],
)
def test_a_suspended_address_stays_suspended_under_its_new_key(database: str, scopes: tuple[str, ...]) -> None:
    """A suspended address with a new key is tested at once, because the other spelling may work."""
    at = on(20)
    off = [
        {"scope": then_key(one), "address": one, "since": at, "reason": "550 5.7.1", "next_test_at": on(1, year=2099)}
        for one in scopes
    ]
    all_mail = {"scope": "mailto", "address": CAPITALS, "since": at, "reason": "535", "next_test_at": at}
    doubles = [row(1, CAPITALS, "immediate"), row(2, SMALL, "weekly")]
    former(database, {"subscription": doubles, "switched_off": [*off, all_mail]})
    with closing(open_store(database, Vault(SECRET))) as store:
        found = {one.scope: one for one in store.receivers.all()}
        assert set(found) == {key_of(SMALL), "mailto"}
        assert (found[key_of(SMALL)].next_test_at < datetime(2098, 1, 1, tzinfo=UTC)) is (SMALL not in scopes)


def test_an_unconfirmed_subscription_is_confirmed_by_the_link_that_was_already_sent(database: str) -> None:
    former(database, {"subscription": [row(1, CAPITALS, "immediate", confirmed_at=None)]})
    with closing(open_store(database, Vault(SECRET))) as store:
        assert len(store.subscriptions.confirm(then_key(CAPITALS)[:24], NOON)) == 1


def test_capital_letters_matter_in_a_webhooks_address(sqlite: str) -> None:
    """A webhook's address is a secret, in which capital and small letters are different."""
    one, other = ("slack:https://hooks.slack.com/services/T0/B0/secret", "slack:https://hooks.slack.com/services/T0/B0/Secret")
    assert key_of(one) != key_of(other)
    vault = Vault(SECRET)
    rows = [row(1, one, "daily") | {"address": vault.encrypt(one)}, row(2, other, "daily") | {"address": vault.encrypt(other)}]
    former(sqlite, {"subscription": rows})
    with closing(open_store(sqlite, vault)) as store:
        assert {each.address for each in store.subscriptions.listed()} == {one, other}
