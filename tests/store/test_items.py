"""Tests of items in lists, on SQLite and PostgreSQL. These tests count and sort the items of random years of events."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from monitor.events import LOWER, Event, Kind
from monitor.ratings import SUBJECTS, Rating
from monitor.severity import by_severity, level
from monitor.store import Store, open_store, placing
from monitor.store.database import reading, writing
from monitor.store.events import add_events
from monitor.store.items import Asked, By, What
from monitor.store.people import Role
from monitor.store.tables import EventRow, table
from monitor.store.vault import Vault

BEGAN = datetime(2026, 1, 1, 9, tzinfo=UTC)
YEARS = 200
LATELY = BEGAN + timedelta(days=335)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store without services."""
    store = open_store(database, Vault("a secret"))
    yield store
    store.close()


@dataclass(frozen=True)
class Year:
    """The services of one watchlist, and the events of a random year in the order in which they were recorded."""

    watchlist: str
    services: tuple[str, ...]
    events: tuple[Event, ...]


def a_year(number: int) -> Year:
    """Draws a year with up to six services. Each service has some reports, and each report has some events."""
    chance = random.Random(number)
    services = tuple(f"1-{number:05}{one:04}" for one in range(chance.randint(1, 6)))
    told = []
    for location_id in services:
        for report in range(chance.randint(0, 3)):
            at = BEGAN + timedelta(days=chance.randint(0, 360), minutes=chance.randint(0, 9))
            for one in range(chance.randint(1, 4)):
                later = timedelta(hours=chance.choice((0, 0, 0, 5)))
                told.append(
                    Event(
                        id=f"{location_id}-{report}-{one}",
                        location_id=location_id,
                        name=f"Home {location_id}",
                        kind=chance.choice([*Kind]),
                        of=chance.choice(SUBJECTS),
                        from_=chance.choice([*Rating]),
                        to=chance.choice([*Rating]),
                        published=at.date() if chance.random() < 0.8 else None,
                        observed_at=at + later,
                    )
                )
    return Year(f"list {number}", services, tuple(told))


def recorded(store: Store, years: Sequence[Year]) -> dict[str, list[Event]]:
    """Records the events of each check together. Returns the events of each watchlist, with their items."""
    found: dict[str, list[Event]] = {}
    for year in years:
        store.services.watch(year.watchlist, list(year.services), BEGAN)
    with writing(store.engine) as connection:
        for year in years:
            looks: dict[tuple[str, datetime], list[Event]] = {}
            for event in year.events:
                looks.setdefault((event.location_id, event.observed_at), []).append(event)
            for look in looks.values():
                found.setdefault(year.watchlist, []).extend(add_events(connection, look))
    return found


def of_kind(events: Sequence[Event], what: What | None) -> set[str | None]:
    """Returns the items that match `what`, without asking the database."""
    kinds = {What.MEASURES: {Kind.ENTERED}, What.FELL: LOWER, What.ROSE: {Kind.UPGRADED}}
    worse = {one.item for one in events if level(one) <= 3 and one.kind is not Kind.CORRECTION}
    return worse if what is What.WORSE else {one.item for one in events if what is None or one.kind in kinds[what]}


@pytest.mark.slow
def test_totals_are_the_lengths_of_lists_and_the_worst_items_come_first(store: Store) -> None:
    years = [a_year(number) for number in range(YEARS)]
    recorded_events = recorded(store, years)
    for number, year in enumerate(years):
        events = [one for one in recorded_events.get(year.watchlist, ()) if one.observed_at >= LATELY]
        asked = Asked(watchlists=[year.watchlist], since=LATELY)
        totals = store.items.totals(asked)
        assert totals.items == len(of_kind(events, None)), year.watchlist
        assert totals.of == {what: len(of_kind(events, what)) for what in What}
        what = [*What][number % len(What)]
        assert {one.item.id for one in store.items.listed(replace(asked, what=what), 100)} == of_kind(events, what)
        worst = sorted(min(by_severity(each)[:-1] for each in events if each.item == one) for one in of_kind(events, None))
        shown = store.items.listed(asked, 1 + number % 4)
        ranks = [min(by_severity(each)[:-1] for each in one.events if each.observed_at >= LATELY) for one in shown]
        assert ranks == worst[: 1 + number % 4]


def test_all_items_are_found_by_id_and_page_by_page_and_in_the_order_of_recording(store: Store) -> None:
    years = [a_year(number) for number in range(8)]
    events = [one for told in recorded(store, years).values() for one in told]
    everything = store.items.listed(Asked(), 1000)
    by_two = [one for at in range(0, len(everything) + 2, 2) for one in store.items.listed(Asked(), 2, at)]
    assert [one.item.id for one in by_two] == [one.item.id for one in everything]
    for one in everything:
        told = store.items.of(one.item.id)
        assert told == one and {each.id for each in one.events} == {each.id for each in events if each.item == one.item.id}
    newest = store.items.listed(Asked(by=By.TIME), 1000)
    assert [one.changed_at for one in newest] == sorted((one.changed_at for one in everything), reverse=True)
    seen, position = [], 0
    while batch := store.items.after(position, Asked(), 3):
        position = batch[-1][0]
        seen += [one.item.id for _, one in batch]
    assert sorted(seen) == sorted(one.item.id for one in everything)
    assert store.items.of("1-1/never") is None


def a_fall(event_id: str = "fall", **other: object) -> Event:
    values: dict[str, object] = {"published": LATELY.date(), "observed_at": LATELY, "to": "inadequate", "from_": "good"} | other
    return Event(id=event_id, location_id="1-000000001", name="Oak House", kind=Kind.DOWNGRADED, of="overall", **values)  # type: ignore[arg-type]


def test_a_retracted_event_no_longer_counts_but_stays_in_its_item(store: Store) -> None:
    store.services.watch("Leeds", ["1-000000001"], BEGAN)
    with writing(store.engine) as connection:
        (fall,) = add_events(connection, [a_fall()])
    assert store.items.totals(Asked()).of[What.FELL] == 1
    store.corrections.retract("fall", "CQC had mixed up two services", None, LATELY + timedelta(hours=1))
    assert store.items.count(Asked(what=What.FELL)) == 0
    told = store.items.of(fall.item or "")
    assert told is not None and {one.kind for one in told.events} == {Kind.DOWNGRADED, Kind.CORRECTION} and not told.is_open


def test_only_items_that_somebody_must_acknowledge_are_open(store: Store) -> None:
    store.services.watch("Leeds", ["1-000000001"], BEGAN)
    earlier = a_fall("earlier", to="requires improvement", published=BEGAN.date())
    with writing(store.engine) as connection:
        add_events(connection, [a_fall(), earlier])
    (is_open,) = store.items.listed(Asked(unacknowledged=True), 10)
    assert is_open.item.id.endswith(f"/{LATELY.date()}")
    lead = store.people.invite("lead@council.example", Role.EDITOR, None, BEGAN)
    store.acknowledgements.acknowledge(["fall"], lead.id, "I have called them", LATELY)
    assert store.items.listed(Asked(unacknowledged=True), 10) == []


def test_an_upgrade_assigns_past_events_to_items_once(store: Store) -> None:
    years = [a_year(number) for number in range(20)]
    told = recorded(store, years)
    expected = {one.id: one.item for events in told.values() for one in events}
    event = table(EventRow)
    with writing(store.engine) as connection:
        connection.execute(update(event).values(rank=None, level=None))
        placing.fill(connection)
    for _ in range(2):
        with reading(store.engine) as connection:
            rows = connection.execute(event.select()).mappings().all()
        assert {row["id"]: row["item"] for row in rows} == expected
        assert all(row["rank"] is not None and row["level"] in (1, 2, 3, 4) for row in rows)
        with writing(store.engine) as connection:
            placing.fill(connection)
