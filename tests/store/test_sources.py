"""Tests of which of the last publications each source of hints named, according to the stored data, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from monitor import codec
from monitor.detect.hints import STANDING, Mark
from monitor.detect.recall import Measured, Recall, Source
from monitor.events import Event, Kind, Rests
from monitor.store import Store, open_store
from monitor.store.database import add_once, writing
from monitor.store.hints import SourceState
from monitor.store.tables import EventRow, FeedRow, HintRow, table
from monitor.store.vault import Vault

NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)
NOW = NINE + timedelta(days=3)
DAY = NINE.date()
IDS = [f"1-{number:09}" for number in range(6)]


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store with six watched services."""
    store = open_store(database, Vault("a secret"))
    store.services.watch("Leeds", IDS, NINE - timedelta(days=90))
    yield store
    store.close()


def published(store: Store, *location_ids: str, at: datetime = NINE, **more: Any) -> None:
    """Records that checks found a report about each service. In each report, the overall rating and one key question fell."""
    with writing(store.engine) as connection:
        for one in location_ids:
            for of in ("overall", "safe"):
                event = Event(
                    id=f"{one} {of} {at}", location_id=one, name="Oak House", kind=Kind.DOWNGRADED, of=of,
                    published=at.date(), first_seen_at=at, observed_at=at + timedelta(minutes=1),
                )  # fmt: skip
                event = replace(event, **more)
                columns = {"location_id": one, "observed_at": event.observed_at, "kind": str(event.kind)}
                connection.execute(
                    insert(table(EventRow)).values(id=event.id, body=codec.dump_event(event), **columns)
                )


def named(store: Store, source: str, location_id: str, minutes: float, day: date = DAY) -> None:
    """Records that a source named a service this many minutes after nine."""
    store.hints.add(source, [Mark(location_id=location_id, mark=day.isoformat(), day=day)], NINE + timedelta(minutes=minutes))


def feed_read(store: Store, at: datetime) -> None:
    """Records that the list of changes was read."""
    with writing(store.engine) as connection:
        add_once(connection, table(FeedRow), name="location")
        connection.execute(update(table(FeedRow)).values(read_at=at))


def sources(store: Store, now: datetime = NOW) -> dict[str, Source]:
    """Returns the sources, by name."""
    return {one.measured.source: one for one in store.counts.at(now, now - timedelta(days=2)).sources}


def test_a_source_is_in_use_only_after_a_reading(store: Store) -> None:
    published(store, IDS[0])
    assert sources(store) == {}


def test_the_recall_of_a_source_counts_publications_that_checks_found(store: Store) -> None:
    store.hints.read("list", SourceState(), NOW)
    feed_read(store, NOW)
    for source in ("list", "feed"):
        named(store, source, IDS[5], -60 * 24 * 30)
    published(store, *IDS[:4])
    named(store, "list", IDS[0], -12)
    named(store, "list", IDS[1], 30)
    named(store, "list", IDS[2], -12, NINE.date() - timedelta(days=60))
    named(store, "feed", IDS[3], 600, NINE.date() + timedelta(days=9))
    store.hints.add("inspected", [Mark(location_id=IDS[0], mark=STANDING)], NINE)
    found = sources(store)
    of_list, of_feed = Recall(named=2, of=4), Recall(named=1, of=4)
    assert set(found) == {"list", "feed"}
    assert found["list"].measured == Measured(
        source="list", recall=of_list, lately=of_list, before=1, after=1,
        p50=timedelta(minutes=-12), p95=timedelta(minutes=30),
    )  # fmt: skip
    assert (found["feed"].measured.recall, found["feed"].measured.p50) == (of_feed, timedelta(hours=10))
    assert found["list"].faults == ("it named 2 of the last 4 publications in time",)


@pytest.mark.parametrize(
    "more",
    [
        {"kind": Kind.STANDS_AGAIN},
        {"published": None},
        {"published": NINE.date() - timedelta(days=400)},
        {"read_late": True},
        {"rests_on": Rests.MONTHLY_FILE},
    ],
    ids=[
        *("an older report applies again", "no date of publication", "published over a year ago"),
        *("an event that was read late", "known from a monthly file"),
    ],
)
def test_events_that_are_not_a_new_publication_do_not_count_in_the_recall(store: Store, more: dict[str, Any]) -> None:
    store.hints.read("list", SourceState(), NOW)
    named(store, "list", IDS[5], -60 * 24 * 30)
    published(store, *IDS[:4], **more)
    assert sources(store)["list"].measured.recall == Recall(named=0, of=0)


def test_a_source_that_fails_is_silent_after_six_hours_of_publishing(store: Store) -> None:
    store.hints.read("list", SourceState(), NINE)
    store.hints.failed("list", "CQC's list of publications is empty", NINE + timedelta(hours=1))
    assert sources(store, NINE + timedelta(hours=5))["list"].faults == ()
    silent = sources(store, NINE + timedelta(hours=6))["list"]
    assert silent.silent_since == NINE
    assert silent.faults == (
        "it has not been read in full since 20 November 2026 at 9:00am: CQC's list of publications is empty",
    )
    store.hints.read("list", SourceState(), NINE + timedelta(hours=7))
    assert sources(store, NINE + timedelta(hours=20))["list"].faults == (), "no process has tried to read the list since then"


def test_a_forbidden_source_and_a_feed_without_a_key_are_not_in_use(store: Store) -> None:
    store.hints.failed("list", "robots.txt", NINE, forbidden=True)
    feed_read(store, NOW - timedelta(days=8))
    assert sources(store) == {}


def test_the_recall_of_sources_is_correct_among_thousands_of_events(store: Store) -> None:
    """The query reads only the last publications, and only the hints about these publications."""
    store.hints.read("list", SourceState(), NOW)
    many = [f"2-{number:09}" for number in range(600)]
    store.services.watch("York", many, NINE - timedelta(days=90))
    published(store, *many)
    hints = [
        {"source": "list", "location_id": one, "mark": f"{day}", "day": NINE.date() - timedelta(days=day), "checks": 0}
        | {"first_seen": NINE - timedelta(days=day), "settled_at": NINE}
        for one in many
        for day in range(1, 6)
    ]
    with writing(store.engine) as connection:
        connection.execute(insert(table(HintRow)), hints)
    assert sources(store)["list"].measured.recall == Recall(named=50, of=50)
