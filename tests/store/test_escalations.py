"""Tests of severe events that are acknowledged, held back, or sent to somebody else, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest

from monitor.detect.checks import Outcome
from monitor.events import Event, Kind
from monitor.mailbox import key_of
from monitor.model import Aspect, Card, Holding, Snapshot, Subject, When
from monitor.store import Store, open_store
from monitor.store.happened import Wanted
from monitor.store.people import Role
from monitor.store.subscriptions import Added, Wishes
from monitor.store.vault import Vault

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOME, OPERATOR, DAY = "1-100000001", "mailto:on-call@council.example", timedelta(days=1)
WISHES = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon", still_watching=False, left_out=frozenset())


@pytest.fixture(params=("sqlite", "postgresql"))
def database(request: pytest.FixtureRequest) -> str:
    """The URL of a database. Each test runs on SQLite and on PostgreSQL."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store that watches one service."""
    opened = open_store(database, Vault("a secret"))
    opened.services.watch("Leeds", [HOME], NOON)
    look(opened, 1)
    yield opened
    opened.close()


def look(store: Store, seq: int, *events: Event) -> None:
    rating = (Subject(aspect=Aspect.RATING, of="overall"), Holding(value="inadequate" if events else "good"))
    snapshot = Snapshot(location_id=HOME, seq=seq, seen_at=NOON, card=Card(name="Home"), holdings=(rating,))
    outcome = Outcome(
        location_id=HOME, base_seq=seq - 1, looked_at=NOON, next_look_at=NOON, read_well=True, snapshot=snapshot, events=events
    )
    assert store.services.record(outcome)


FALL = Event(
    id="fall", location_id=HOME, name="Home", kind=Kind.DOWNGRADED, of="overall", from_="good", to="inadequate", observed_at=NOON
)


def test_a_severe_event_that_a_pause_delays_is_sent_to_somebody_else(store: Store) -> None:
    person = store.people.invite("reader@council.example", Role.READER, None, NOON)
    assert store.subscriptions.add(person, "Leeds", "mailto:reader@council.example", WISHES, NOON) is Added.ADDED
    assert store.subscriptions.add(person, "Leeds", "mailto:reader@council.example", WISHES, NOON) is Added.THERE
    assert store.subscriptions.add(person, "Leeds", "mailto:lead@council.example", WISHES, NOON) is Added.WAITS
    mine, waits = sorted(store.subscriptions.all(), key=lambda one: not one.subscription.confirmed)
    store.subscriptions.pause(mine.subscription.id, person, NOON + 2 * DAY, NOON - timedelta(hours=1))
    look(store, 2, FALL)
    assert store.escalations.settle(NOON, DAY, OPERATOR) == 1
    owed = store.happened.owed(FALL)
    assert {one.address for one in owed} == {OPERATOR, "mailto:reader@council.example"}
    assert len(store.subscriptions.confirm(key_of("mailto:lead@council.example")[:24], NOON)) == 1
    assert store.subscriptions.confirm(waits.subscription.address, NOON) == []
    store.subscriptions.resume(mine.subscription.id, person, NOON + DAY)
    assert [one.due_at for one in store.happened.owed(FALL) if one.address != OPERATOR] == [NOON + DAY]
    assert store.unsubscribed.end(mine.subscription.id, person, NOON, OPERATOR) is not None
    assert store.unsubscribed.end(mine.subscription.id, person, NOON, OPERATOR) is None


def test_an_acknowledgement_lasts_until_the_event_is_reopened(store: Store) -> None:
    person = store.people.invite("editor@council.example", Role.EDITOR, None, NOON)
    look(store, 2, FALL)
    assert store.acknowledgements.acknowledge(["fall", "fall"], person.id, "a visit", NOON) == 1
    assert store.acknowledgements.acknowledge(["fall"], person.id, "again", NOON) == 0
    taken = Wanted(kind=Kind.DOWNGRADED, watchlist="Leeds", acknowledged=True, since=NOON)
    assert store.happened.newest(taken, 10) == [(FALL, True)]
    assert store.happened.count(Wanted(acknowledged=False)) == 0
    assert store.acknowledgements.reopen("fall", person.id, NOON + DAY)
    assert not store.acknowledgements.reopen("fall", person.id, NOON + DAY)
    (one,) = store.acknowledgements.of(["fall"])["fall"]
    assert (one.by, one.note, one.reopened_by) == ("editor@council.example", "a visit", "editor@council.example")
    before, after = store.happened.snapshots_around([FALL])
    assert after is not None and (before, after.seq) == (None, 1)


def test_a_second_address_that_cannot_be_decrypted_does_not_stop_other_escalations(store: Store, database: str) -> None:
    editor = store.people.invite("editor@council.example", Role.EDITOR, None, NOON)
    store.services.watch("York", [HOME], NOON)
    other = open_store(database, Vault("another secret"))
    for opened, name, second in ((store, "York", "mailto:second@council.example"), (other, "Leeds", "sms:+447700900123")):
        opened.watchlists.change(name, new_name=name, owner=None, second_address=second, person=editor.id, now=NOON)
    other.close()
    look(store, 2, FALL)
    assert store.escalations.settle(NOON + DAY, DAY, OPERATOR) == 2
    assert {one.address for one in store.happened.owed(FALL)} == {OPERATOR, "mailto:second@council.example"}
