"""Tests of heartbeat messages: when they are due, to whom they are sent, and what they say. These tests use the real store."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta

import pytest

from monitor.detect.checks import Outcome
from monitor.model import Card, Snapshot, When
from monitor.store import Store, open_store
from monitor.store.messages import MessageKind
from monitor.store.outbox import Claimed
from monitor.store.subscriptions import Wishes
from monitor.store.vault import Vault

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)  # a Saturday; in winter, London time is UTC
MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
HOMES = ("1-2235535718", "1-545296200")
LEAD, TEAMS = "mailto:lead@council.example", "teams:https://prod.environment.api.powerplatform.com/workflows/a-long-secret"
WEEK, MONTH = timedelta(days=7), timedelta(days=30)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store with two watched homes, read at noon."""
    store = open_store(database, Vault("a secret"))
    store.services.watch("Leeds", HOMES, NOON)
    for one in HOMES:
        read(store, one, NOON)
    yield store
    store.close()


def read(store: Store, location_id: str, at: datetime, *, well: bool = True) -> None:
    """Records a check of a service. If not `well`, the service was not read."""
    snapshot = Snapshot(location_id=location_id, seq=1, seen_at=at, card=Card(name="Home"), holdings=())
    known = {one.location_id: one.snapshot for one in store.services.watched()}[location_id]
    look = Outcome(
        location_id=location_id,
        base_seq=known.seq if known else 0,
        looked_at=at,
        next_look_at=at,
        read_well=well,
        snapshot=None if known else snapshot,
        failures=0 if well else 1,
        trouble=None if well else "503",
    )
    assert store.services.record(look)


def subscribe(
    store: Store, address: str, now: datetime = NOON, *, watchlist: str = "Leeds", still_watching: bool | None = None
) -> None:
    """Subscribes an address without a welcome. Weekly messages are due on Mondays at half past seven."""
    wishes = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon", still_watching=still_watching)
    store.subscriptions.subscribe(watchlist, address, wishes, quiet=True, now=now)


def told(store: Store, now: datetime, stale_after: timedelta = timedelta(days=999)) -> list[Claimed]:
    """Returns the messages that are due at a time, and records that they were sent."""
    store.outbox.compose(now, now - stale_after)
    found = store.outbox.claim(now, 100)
    for one in found:
        store.outbox.sent(one.id, "ok", now)
    return found


def hours(store: Store, begin: datetime, days: int) -> list[datetime]:
    """Returns when heartbeat messages are sent, if the daemon looks for due messages at `begin`, and then every half hour from
    5:30 to 8:00 each day."""
    midnight = begin.replace(hour=0, minute=0)
    mornings = (midnight + timedelta(days=day, minutes=30 * half) for day in range(days + 1) for half in range(11, 17))
    beats = [begin, *(at for at in mornings if begin < at <= begin + timedelta(days=days))]
    return [at for at in beats for one in told(store, at) if one.kind is MessageKind.STILL_WATCHING]


def test_a_chosen_heartbeat_message_is_sent_weekly_on_the_subscriptions_day(store: Store) -> None:
    subscribe(store, LEAD, still_watching=True)
    subscribe(store, "mailto:other@council.example")
    assert hours(store, NOON, 15) == [MONDAY, MONDAY + WEEK]


def test_a_changed_subscription_keeps_its_heartbeat_messages(store: Store) -> None:
    subscribe(store, LEAD, still_watching=True)
    subscribe(store, LEAD, NOON)
    assert len(hours(store, NOON, 3)) == 1
    subscribe(store, LEAD, NOON + timedelta(days=3), still_watching=False)
    assert hours(store, NOON + timedelta(days=3), 14) == []


def test_no_heartbeat_message_is_lost_if_its_subscription_changes_after_the_due_time(store: Store) -> None:
    subscribe(store, LEAD, still_watching=True)
    subscribe(store, LEAD, MONDAY + timedelta(hours=1))
    assert len(told(store, MONDAY + timedelta(hours=1))) == 1


def test_after_weeks_without_a_daemon_one_heartbeat_message_is_sent(store: Store) -> None:
    subscribe(store, LEAD, still_watching=True)
    begin = NOON + 5 * WEEK
    assert hours(store, begin, 7) == [begin, MONDAY + 5 * WEEK]


@pytest.mark.parametrize(
    ("begin", "hour"),
    [
        pytest.param(datetime(2026, 3, 23, 12, tzinfo=UTC), datetime(2026, 3, 30, 6, 30, tzinfo=UTC), id="to summer time"),
        pytest.param(datetime(2026, 10, 19, 12, tzinfo=UTC), datetime(2026, 10, 26, 7, 30, tzinfo=UTC), id="to winter time"),
    ],
)
def test_heartbeat_messages_keep_to_londons_hour_when_the_clocks_change(store: Store, begin: datetime, hour: datetime) -> None:
    subscribe(store, LEAD, begin, still_watching=True)
    assert hours(store, begin, 8) == [hour]


def test_a_clock_that_was_a_year_ahead_does_not_stop_heartbeat_messages(store: Store) -> None:
    subscribe(store, LEAD, NOON + timedelta(days=365), still_watching=True)
    assert hours(store, NOON, 8) == [MONDAY]


def test_teams_gets_a_heartbeat_message_after_a_month_without_other_messages(store: Store) -> None:
    subscribe(store, TEAMS)
    first = datetime(2026, 12, 22, 7, 30, tzinfo=UTC)
    assert hours(store, NOON, 70) == [first, first + MONTH + timedelta(days=1)], "wrong hour after a month"


def test_teams_gets_no_heartbeat_message_within_a_month_of_another_message(store: Store) -> None:
    subscribe(store, TEAMS)
    later = NOON + timedelta(days=20)
    store.outbox.trouble("anything", TEAMS, "anything", ["else"], later)
    assert [one.kind for one in told(store, later)] == [MessageKind.TROUBLE]
    assert hours(store, later, 45) == [datetime(2027, 1, 11, 7, 30, tzinfo=UTC)]


def test_a_teams_channel_with_two_watchlists_gets_one_heartbeat_message(store: Store) -> None:
    store.services.watch("York", HOMES[:1], NOON)
    subscribe(store, TEAMS)
    subscribe(store, TEAMS, watchlist="York")
    assert len(hours(store, NOON, 40)) == 1


def test_subscribing_a_teams_channel_again_does_not_delay_its_heartbeat_message(store: Store) -> None:
    for day in range(40):
        subscribe(store, TEAMS, NOON + timedelta(days=day))
    assert len(told(store, NOON + timedelta(days=40))) == 1


def test_four_workers_at_once_send_one_heartbeat_message(store: Store) -> None:
    for number in range(20):
        subscribe(store, f"mailto:lead{number}@council.example", still_watching=True)

    def compose(_: int) -> None:
        store.outbox.compose(MONDAY, NOON)

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(compose, range(8)))
    assert len(store.outbox.claim(MONDAY, 100)) == 20


def test_a_heartbeat_message_says_how_many_services_were_read_and_since_when(store: Store) -> None:
    subscribe(store, LEAD, still_watching=True)
    read(store, HOMES[0], MONDAY - timedelta(hours=5))
    read(store, HOMES[1], MONDAY - timedelta(hours=2))
    (sign,) = told(store, MONDAY)
    assert (sign.body["total"], sign.body["stale"]) == (2, [])
    assert datetime.fromisoformat(sign.body["all_since"]) == MONDAY - timedelta(hours=5)


@pytest.mark.parametrize("how", ["a service whose last check failed", "a service that was last read too long ago"])
def test_a_heartbeat_message_names_services_that_are_not_up_to_date(store: Store, how: str) -> None:
    subscribe(store, LEAD, still_watching=True)
    read(store, HOMES[0], MONDAY - timedelta(hours=5))
    if how == "a service whose last check failed":
        read(store, HOMES[1], MONDAY - timedelta(hours=2), well=False)
    signs = told(store, MONDAY, stale_after=timedelta(hours=12 if how != "a service whose last check failed" else 999))
    (sign,) = [one for one in signs if one.kind is MessageKind.STILL_WATCHING]
    assert [one for one, _ in sign.body["stale"]] == [HOMES[1]]
    assert datetime.fromisoformat(sign.body["all_since"]) == MONDAY - timedelta(hours=5)
