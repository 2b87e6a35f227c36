"""Tests that the program calculates from stored data how long alerts took, on SQLite and PostgreSQL."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import insert

from monitor import codec
from monitor.detect.checks import Outcome
from monitor.detect.hints import STANDING, Mark
from monitor.detect.time_to_alert import Stage, TimeToAlert
from monitor.events import Event, Kind
from monitor.model import Card, Snapshot, When
from monitor.store import Store, open_store
from monitor.store.database import writing
from monitor.store.subscriptions import Wishes
from monitor.store.tables import EventRow, MessageState, ToldRow, table
from monitor.store.vault import Vault

NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)
NOON = NINE + timedelta(hours=3)
HOME = "1-2235535718"
LEAD, HEAD = "mailto:lead@council.example", "mailto:head@council.example"


def minutes(number: float) -> timedelta:
    """This many minutes."""
    return timedelta(minutes=number)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store with one service. One subscriber is alerted at once, and another subscriber gets a digest."""
    store = open_store(database, Vault("a secret"))
    store.services.watch("Leeds", [HOME], NINE - timedelta(days=9))
    for address, when in ((LEAD, When.IMMEDIATE), (HEAD, When.DAILY)):
        wishes = Wishes(when=when, at=time(7, 30), day="mon")
        store.subscriptions.subscribe("Leeds", address, wishes, quiet=True, now=NINE - timedelta(days=9))
    yield store
    store.close()


def fall(at: datetime = NINE, event_id: str = "fall") -> Event:
    """Returns a fall that one check saw first at `at`, and another check confirmed a minute later."""
    return Event(
        id=event_id,
        location_id=HOME,
        name="Oak House",
        kind=Kind.DOWNGRADED,
        of="overall",
        from_="good",
        to="inadequate",
        published=at.date(),
        first_seen_at=at,
        observed_at=at + minutes(1),
    )


def found(store: Store, event: Event, seq: int = 0) -> None:
    """Records the check that confirmed an event."""
    snapshot = Snapshot(location_id=HOME, seq=seq + 1, seen_at=event.observed_at, card=Card(name="Oak House"), holdings=())
    times = {"looked_at": event.observed_at, "next_look_at": NOON}
    assert store.services.record(
        Outcome(location_id=HOME, base_seq=seq, snapshot=snapshot, events=(event,), read_well=True, **times)  # type: ignore[arg-type]
    )


def times(store: Store, now: datetime = NOON) -> TimeToAlert:
    """Returns the times to alert, as calculated at noon."""
    return store.counts.at(now, now - timedelta(hours=48)).time_to_alert


def test_a_store_without_events_has_no_times_to_alert(store: Store) -> None:
    assert times(store) == TimeToAlert()


def test_the_time_to_alert_runs_from_the_first_check_until_the_receiver_accepts(store: Store) -> None:
    found(store, fall())
    waits = times(store)
    assert (waits.items, waits.waiting) == (1, 1)
    assert waits.stages[Stage.TOTAL].worst == timedelta(hours=3), "an event that is not in a message yet must count with its age"

    store.outbox.compose(NINE + minutes(2), NINE - timedelta(days=9))
    (alert,) = store.outbox.claim(NINE + minutes(2), 10)
    assert times(store).waiting == 1
    store.outbox.sent(alert.id, "250 queued", NINE + minutes(5))
    told = times(store)
    assert {stage: one.worst for stage, one in told.stages.items()} == {
        Stage.CONFIRMED: minutes(1),
        Stage.SENT: minutes(1),
        Stage.ACCEPTED: minutes(3),
        Stage.TOTAL: minutes(5),
    }
    ((item, total),) = told.slowest
    assert (item.event, total, told.waiting) == (fall(), minutes(5), 0)
    assert times(store, NINE + timedelta(days=31)) == TimeToAlert(), "the event is older than 30 days"


def test_the_time_to_alert_begins_with_a_hint_unless_the_hint_is_about_an_inspection(store: Store) -> None:
    store.hints.add("inspected", [Mark(location_id=HOME, mark=STANDING)], NINE - minutes(50))
    store.hints.add("list", [Mark(location_id=HOME, mark="20/11/2026", day=NINE.date())], NINE - minutes(8))
    found(store, fall())
    ((item, _),) = times(store).slowest
    assert item.hinted_at == NINE - minutes(8)
    assert times(store).stages[Stage.SEEN].worst == minutes(8)


def test_an_event_still_waits_if_its_alert_failed_for_good_and_only_a_digest_was_sent(store: Store) -> None:
    found(store, fall())
    store.outbox.compose(NINE + minutes(2), NINE - timedelta(days=9))
    (alert,) = store.outbox.claim(NINE + minutes(2), 10)
    store.outbox.dead(alert, "550 no such user", NINE + minutes(3))
    next_day = NINE + timedelta(days=1)
    store.outbox.compose(next_day, NINE - timedelta(days=9))
    (digest,) = store.outbox.claim(next_day, 10)
    store.outbox.sent(digest.id, "250 queued", next_day)
    told = times(store, next_day)
    assert (digest.kind, told.waiting, told.stages[Stage.TOTAL].worst) == ("digest", 1, timedelta(days=1))


def test_a_retracted_event_does_not_count_in_the_times_to_alert(store: Store) -> None:
    found(store, fall())
    store.outbox.compose(NINE + minutes(2), NINE - timedelta(days=9))
    (alert,) = store.outbox.claim(NINE + minutes(2), 10)
    store.outbox.sent(alert.id, "250 queued", NINE + minutes(5))
    store.corrections.retract("fall", "a page of another service", None, NINE + minutes(30))
    assert times(store) == TimeToAlert()


def test_only_the_alerts_of_the_last_30_days_count_in_the_times_to_alert(store: Store) -> None:
    """The store has events from five months. An alert was sent for every tenth event."""
    many = [fall(NOON - timedelta(minutes=60 * number), f"event{number}") for number in range(3_600)]
    events = [
        {"id": one.id, "location_id": one.id, "observed_at": one.observed_at, "kind": str(one.kind)}
        | {"body": codec.dump_event(replace(one, location_id=one.id))}
        for one in many
    ]
    told = [
        {"message_id": f"message of {one.id}", "kind": "alert", "address": "", "became": MessageState.SENT}
        | {"at": one.observed_at + minutes(4), "body": json.dumps({"events": [one.id]})}
        for one in many[::10]
    ]
    with writing(store.engine) as connection:
        connection.execute(insert(table(EventRow)), events)
        connection.execute(insert(table(ToldRow)), told)
    found = times(store)
    assert (found.items, found.stages[Stage.TOTAL].p95) == (73, minutes(5))
