"""Tests of the store, on SQLite and PostgreSQL. A check is recorded completely or not at all, only one process sends each
message, and nothing happens twice.
"""

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from monitor.detect.checks import Outcome, ReadPage, UnchangedCheck
from monitor.errors import BusyError, StoreError
from monitor.events import Event, Kind
from monitor.model import Aspect, Candidate, Card, Holding, Reading, Snapshot, Source, Subject, When
from monitor.store import Store, open_store
from monitor.store.database import head, held_alone, reading, writing
from monitor.store.messages import LEASE, MessageKind
from monitor.store.subscriptions import Wishes
from monitor.store.tables import metadata
from monitor.store.vault import Vault

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=6)
ONE, OTHER = "1-2235535718", "RJ121"
LEAD, SLACK = "mailto:lead@council.example", "slack:https://hooks.slack.com/services/T0/B0/secret"


@pytest.fixture
def url(database: str) -> str:
    """The URL of the database."""
    return database


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A new store with one service on the watchlist Leeds."""
    store = open_store(url, Vault("a secret"))
    store.services.watch("Leeds", [ONE], NOON)
    yield store
    store.close()


def snapshot(seq: int, rating: str = "good") -> Snapshot:
    """A snapshot with an overall rating."""
    subject = Subject(aspect=Aspect.RATING, of="overall")
    card = Card(name="Cherrybrook", service_type="Care home", address="1 High Street", provider_name="All Saints")
    return Snapshot(location_id=ONE, seq=seq, seen_at=NOON, card=card, holdings=((subject, Holding(value=rating)),))


def fall(number: int = 1) -> Event:
    """A fall, with its evidence."""
    return Event(
        id=f"event{number}",
        location_id=ONE,
        name="Cherrybrook",
        kind=Kind.DOWNGRADED,
        of="overall",
        from_="good",
        to="inadequate",
        observed_at=NOON,
        evidence="digest",
    )


PAGE = ReadPage(
    url="http://cqc.example/location/1-2235535718",
    etag='"1"',
    last_modified=None,
    fingerprint="fingerprint",
    digest="digest",
    reading=Reading(source=Source.LOCATION_PAGE, name="Cherrybrook"),
    fetched_at=NOON,
    content_type="text/html",
    body=b"<h1>Cherrybrook</h1>",
)


def look(base: int, **given: object) -> Outcome:
    """Returns a check that fully read the service."""
    plain = Outcome(
        location_id=ONE,
        base_seq=base,
        looked_at=NOON,
        next_look_at=LATER,
        read_well=True,
        snapshot=snapshot(base + 1),
        pages=(PAGE,),
    )
    return replace(plain, **given)  # type: ignore[arg-type]


def subscribe(
    store: Store, address: str = LEAD, when: When = When.IMMEDIATE, *, quiet: bool = True, watchlist: str = "Leeds"
) -> bool:
    """Subscribes an address. Digests are due at half past seven."""
    return store.subscriptions.subscribe(watchlist, address, Wishes(when=when, at=time(7, 30), day="mon"), quiet=quiet, now=NOON)


def fallen(store: Store) -> None:
    """Records a baseline and a fall."""
    assert store.services.record(look(0))
    assert store.services.record(look(1, events=(fall(),)))


def all_that_lies_in(store: Store) -> str:
    """Returns every row of every table, as one text."""
    with reading(store.engine) as connection:
        tables = inspect(connection).get_table_names()
        return "\n".join(str(row) for name in sorted(tables) for row in connection.execute(text(f'select * from "{name}"')))


def test_all_parts_of_a_check_are_recorded_and_read_back(store: Store) -> None:
    candidate = Candidate(mark="m", since=NOON, due=LATER)
    assert store.services.record(look(0, candidates=(candidate,)))
    (due,) = store.services.due(LATER, 10)
    assert (due.seq, due.candidates, due.failures) == (1, (candidate,), 0)
    assert (due.pages[0].url, due.pages[0].etag, due.pages[0].fingerprint) == (PAGE.url, '"1"', "fingerprint")
    stored, pages = store.services.remembered(ONE)
    assert stored == snapshot(1)
    assert [page.reading for page in pages] == [PAGE.reading]
    assert store.services.due(LATER - timedelta(seconds=1), 10) == []


def test_a_check_records_nothing_if_another_check_was_recorded_meanwhile(store: Store) -> None:
    subscribe(store)
    fallen(store)
    assert not store.services.record(look(1, events=(fall(2),)))
    assert [event.id for event in store.services.events()] == ["event1"]


def test_recording_an_event_twice_adds_nothing(store: Store) -> None:
    subscribe(store)
    fallen(store)
    assert store.services.record(look(2, events=(fall(),)))
    assert len(store.services.events()) == 1
    assert len(store.dead_letters.unsent()) == 1


def test_a_check_that_fails_half_way_leaves_nothing_behind(store: Store) -> None:
    subscribe(store)

    assert store.services.record(look(0))
    with writing(store.engine) as connection:
        connection.execute(text("ALTER TABLE notice RENAME TO elsewhere"))
    with pytest.raises(StoreError):
        store.services.record(look(1, events=(fall(),)))
    assert store.services.events() == []
    assert store.services.due(LATER, 1)[0].seq == 1


def test_the_page_that_showed_an_event_is_stored(store: Store) -> None:
    fallen(store)
    with reading(store.engine) as connection:
        assert connection.execute(text("select digest, url from evidence")).all() == [("digest", PAGE.url)]


def test_unchanged_checks_are_recorded_together(store: Store) -> None:
    store.services.watch("Leeds", [OTHER], NOON)
    store.services.record_unchanged(
        [
            UnchangedCheck(location_id=ONE, looked_at=LATER, next_look_at=LATER + LEASE, through=True),
            UnchangedCheck(location_id=OTHER, looked_at=LATER, next_look_at=LATER, through=False),
        ]
    )
    assert {one.location_id: one.read_through_at for one in store.services.to_look_at()} == {ONE: LATER, OTHER: None}
    assert {one.location_id: one.next_look_at for one in store.services.watched()} == {ONE: LATER + LEASE, OTHER: LATER}
    assert all(one.read_at == LATER for one in store.services.watched())


def test_a_service_on_no_watchlist_is_not_checked_but_its_history_stays(store: Store) -> None:
    store.services.record(look(0))
    assert store.services.unwatch("Leeds", [ONE, OTHER]) == [ONE]
    assert store.services.due(LATER, 10) == [] and store.services.to_look_at() == []
    assert len(store.services.history(ONE)) == 1
    store.services.watch("Leeds", [ONE], LATER)
    assert store.services.due(LATER, 10)[0].seq == 1


# ── the outbox ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def claim(store: Store, now: datetime = NOON) -> list[tuple[str, MessageKind]]:
    """Composes messages and claims the messages that are due. Returns the address and the kind of each message."""
    store.outbox.compose(now, now - timedelta(days=9))
    return [(one.address, one.kind) for one in store.outbox.claim(now, 10)]


def test_a_fall_creates_one_notice_for_each_subscription(store: Store) -> None:
    store.services.watch("York", [OTHER], NOON)
    subscribe(store)
    subscribe(store, SLACK)
    subscribe(store, "mailto:york@council.example", watchlist="York")
    fallen(store)
    assert sorted(claim(store)) == [(LEAD, MessageKind.ALERT), (SLACK, MessageKind.ALERT)]
    assert claim(store) == []


def test_a_claimed_message_has_its_events_and_subscriptions(store: Store) -> None:
    subscribe(store)
    fallen(store)
    store.outbox.compose(NOON, NOON - timedelta(days=9))
    (message,) = store.outbox.claim(NOON, 10)
    assert message.events == (fall(),)
    assert [subscription.watchlist for subscription in message.subscriptions] == ["Leeds"]
    assert (message.attempt, message.parts_done) == (1, 0)


def test_a_dead_senders_message_can_be_claimed_again_with_the_same_id(store: Store) -> None:
    subscribe(store)
    fallen(store)
    store.outbox.compose(NOON, NOON - timedelta(days=9))
    (first,) = store.outbox.claim(NOON, 10)
    assert store.outbox.claim(NOON + LEASE - timedelta(seconds=1), 10) == []
    (second,) = store.outbox.claim(NOON + LEASE, 10)
    assert (second.id, second.attempt) == (first.id, 2)


def test_only_accepted_messages_count_as_sent_and_other_messages_are_retried(store: Store) -> None:
    subscribe(store)
    fallen(store)
    store.outbox.compose(NOON, NOON - timedelta(days=9))
    (message,) = store.outbox.claim(NOON, 10)
    store.outbox.part_done(message, 1, "digest", "ok", NOON)
    store.outbox.retry(message, "451 try later", LATER)
    assert store.outbox.claim(LATER - timedelta(seconds=1), 10) == []
    (again,) = store.outbox.claim(LATER, 10)
    assert (again.parts_done, again.parts_digest) == (1, "digest")
    store.outbox.sent(again.id, "250 queued as A1", LATER)
    assert store.outbox.claim(LATER + timedelta(days=9), 10) == []
    assert store.dead_letters.unsent() == []


@pytest.mark.parametrize(
    "reply",
    ["250 taken\0 as A1", "250 taken \udce9 as A1", "250 taken 😀 as A1" * 5000],
    ids=["a NUL character", "a lone surrogate", "a very long answer"],
)
def test_an_accepted_message_is_not_sent_again_however_odd_the_answer(store: Store, reply: str) -> None:
    subscribe(store)
    fallen(store)
    store.outbox.compose(NOON, NOON - timedelta(days=9))
    (message,) = store.outbox.claim(NOON, 10)
    store.outbox.part_done(message, 1, "digest", reply, NOON)
    store.outbox.sent(message.id, reply, NOON)
    assert store.outbox.claim(NOON + timedelta(days=9), 10) == []
    (told,) = store.delivery_log.since()
    assert told.reply and told.reply.startswith("250 taken") and told.reply.endswith("as A1")


def test_a_dead_letter_is_listed_with_its_reason(store: Store) -> None:
    subscribe(store)
    fallen(store)
    store.outbox.compose(NOON, NOON - timedelta(days=9))
    (message,) = store.outbox.claim(NOON, 10)
    store.outbox.dead(message, "550 no such user", NOON)
    (listed,) = store.dead_letters.unsent()
    assert (listed.state, listed.address, listed.reply) == ("dead", LEAD, "550 no such user")


def test_two_senders_never_claim_the_same_message(store: Store, url: str) -> None:
    for number in range(40):
        subscribe(store, f"mailto:lead{number}@council.example")
    fallen(store)
    store.outbox.compose(NOON, NOON - timedelta(days=9))
    claimed: list[str] = []

    def sender() -> None:
        own = open_store(url, Vault("a secret"))
        while messages := own.outbox.claim(NOON, 3):
            claimed.extend(message.address for message in messages)
        own.close()

    threads = [threading.Thread(target=sender) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len(set(claimed)) == 40


def test_subscribing_an_address_again_changes_its_subscription(store: Store) -> None:
    assert subscribe(store, when=When.DAILY)
    fallen(store)
    assert claim(store) == []
    assert not subscribe(store, when=When.IMMEDIATE)
    assert len(store.subscriptions.listed()) == 1
    assert claim(store) == [(LEAD, MessageKind.ALERT)]


def test_a_message_that_cannot_be_decrypted_does_not_stop_other_messages(store: Store, url: str) -> None:
    """The operator's webhook was encrypted with an earlier SECRET_KEY."""
    with closing(open_store(url, Vault("a former secret"))) as former:
        former.outbox.trouble("key", SLACK, "A subject", [], NOON)
    subscribe(store)
    fallen(store)
    assert claim(store) == [(LEAD, MessageKind.ALERT)]
    listed = {one.address: one.reply for one in store.dead_letters.unsent()}
    assert "another SECRET_KEY" in (listed["unknown: encrypted with another SECRET_KEY"] or "")


def test_a_message_for_two_watchlists_leaves_out_an_ended_subscription(store: Store) -> None:
    store.services.watch("York", [ONE, OTHER], NOON)
    subscribe(store)
    subscribe(store, watchlist="York")
    fallen(store)
    store.outbox.compose(NOON, NOON - timedelta(days=9))
    store.subscriptions.unsubscribe("York", LEAD, NOON)
    (message,) = store.outbox.claim(NOON, 10)
    assert [subscription.watchlist for subscription in message.subscriptions] == ["Leeds"]


def test_a_check_without_changes_does_not_undo_another_checks_result(store: Store) -> None:
    candidate = Candidate(mark="m", since=NOON, due=NOON)
    soon = NOON + timedelta(minutes=1)
    assert store.services.record(look(0, candidates=(candidate,), next_look_at=soon))
    store.services.record_unchanged([UnchangedCheck(location_id=ONE, looked_at=NOON, next_look_at=LATER, through=False)])
    assert store.services.due(soon, 1)[0].candidates == (candidate,)
    assert not store.services.record(look(1, snapshot=snapshot(1))), "the check must not remove the candidate change"


def test_services_with_a_candidate_change_are_checked_first(store: Store) -> None:
    store.services.watch("Leeds", [f"1-{100000 + number}" for number in range(50)], NOON - timedelta(days=1))
    store.services.record(look(0, candidates=(Candidate(mark="m", since=NOON, due=NOON),), next_look_at=NOON))
    assert store.services.due(NOON, 1)[0].location_id == ONE


def test_the_last_digest_is_found_separately_for_daily_and_weekly_digests(store: Store) -> None:
    subscribe(store, when=When.DAILY)
    store.services.watch("York", [ONE], NOON)
    subscribe(store, when=When.WEEKLY, watchlist="York")
    fallen(store)
    tuesday = NOON + timedelta(days=3)
    assert claim(store, tuesday) == [(LEAD, MessageKind.DIGEST)] * 2
    assert store.outbox.last_digest(LEAD, "daily", tuesday + LEASE) == tuesday
    assert store.outbox.last_digest(LEAD, "weekly", tuesday) is None


def test_unsubscribing_removes_waiting_notices(store: Store) -> None:
    subscribe(store)
    subscribe(store, SLACK)
    fallen(store)
    store.outbox.compose(NOON, NOON - timedelta(days=9))
    assert store.subscriptions.unsubscribe("Leeds", LEAD, NOON)
    assert not store.subscriptions.unsubscribe("Leeds", LEAD, NOON)
    assert claim(store) == [(SLACK, MessageKind.ALERT)]


def test_a_welcome_waits_for_the_first_check_at_every_service(store: Store) -> None:
    subscribe(store, quiet=False)
    assert claim(store) == []
    store.services.record(look(0))
    assert claim(store) == [(LEAD, MessageKind.WELCOME)]


def test_an_operator_message_about_a_problem_is_queued_once(store: Store) -> None:
    assert store.outbox.trouble("stale|2026-11-21", LEAD, "A subject", ["a line"], NOON)
    assert not store.outbox.trouble("stale|2026-11-21", LEAD, "A subject", ["a line"], NOON)
    (message,) = store.outbox.claim(NOON, 10)
    assert (message.kind, message.body) == (MessageKind.TROUBLE, {"subject": "A subject", "lines": ["a line"]})


def test_a_webhooks_address_is_encrypted_in_the_database(store: Store) -> None:
    subscribe(store, SLACK)
    fallen(store)
    store.outbox.compose(NOON, NOON - timedelta(days=9))
    content = all_that_lies_in(store)
    assert "hooks.slack.com" not in content and "B0/secret" not in content
    assert "lead@council.example" not in content


def test_another_secret_key_gives_a_clear_one_line_error(store: Store, url: str) -> None:
    subscribe(store, SLACK)
    with closing(open_store(url, Vault("not the secret"))) as other, pytest.raises(StoreError, match="another SECRET_KEY"):
        other.subscriptions.listed()


# ── the database ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_migrations_create_the_schema_that_the_table_classes_define(store: Store) -> None:
    with reading(store.engine) as connection:
        # This index exists only on PostgreSQL.
        opts = {"compare_type": True, "include_object": lambda one, name, *_: name != "ix_register_name_binary"}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata()) == []


def test_a_database_of_a_newer_version_is_refused_and_left_alone(store: Store, url: str) -> None:
    with writing(store.engine) as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    before = all_that_lies_in(store)
    with pytest.raises(StoreError, match=f"schema 9999; this version knows schemas up to {head()}"):
        open_store(url, Vault("a secret"))
    assert all_that_lies_in(store) == before


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://someone:hidden@127.0.0.1:1/none", "Connection refused"),
        ("sqlite:////proc/nowhere/monitor.db", "can't be created"),
        ("sqlite:////proc/version", "can't be used"),
    ],
)
def test_an_unusable_database_gives_a_one_line_error_without_its_password(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as raised:
        open_store(url, Vault("a secret"))
    assert "hidden" not in str(raised.value) and "\n" not in str(raised.value)


def test_only_one_daemon_at_a_time_can_use_an_sqlite_database(sqlite: str) -> None:
    with held_alone(sqlite), pytest.raises(BusyError, match="another cqc-monitor run"), held_alone(sqlite):
        pass
    with held_alone(sqlite):
        pass


def test_a_file_that_is_not_a_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "monitor.db").write_text("this is not a database, however long it may be " * 20, encoding="utf-8")
    with pytest.raises(StoreError, match="not a database"):
        open_store(f"sqlite:///{tmp_path}/monitor.db", Vault("a secret"))
