"""Tests of the ratings of a service before and after an item, according to the store, on SQLite and PostgreSQL."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, update

from monitor.app import build
from monitor.events import Event, Kind
from monitor.reports.named import OnPage
from monitor.settings import load
from monitor.standing import Standing
from monitor.store.database import writing
from monitor.store.tables import ServiceRow, table
from tests.conftest import World
from tests.databases import each_database
from tests.simulated.services import ENTERED, REMAINS, Service

__all__ = ["each_database"]

_service = table(ServiceRow)

pytestmark = pytest.mark.usefixtures("each_database")

NOW = datetime(2026, 11, 21, tzinfo=UTC)
FIRST, SECOND, THIRD = date(2025, 11, 3), date(2026, 4, 10), date(2026, 10, 2)


def standings() -> dict[date | None, Standing]:
    """Returns the standing for each item, by the date of the item's report."""
    with closing(build(load()).store) as kept:
        items: dict[date | None, list[Event]] = {}
        for one in kept.services.events():
            items.setdefault(one.published, []).append(one)
        newest = {one.location_id: one.snapshot for one in kept.services.watched()}
        return dict(zip(items, kept.standings.of(items.values(), newest), strict=True))


def test_each_of_three_reports_has_the_state_before_and_after(world: World) -> None:
    home = Service(location_id="1-2235535718")
    world.site.add([home])
    world.done("watch", "add", "Leeds", home.location_id)
    world.done("check")
    for on, safe, words in ((FIRST, "Inadequate", ENTERED), (SECOND, "Inadequate", REMAINS), (THIRD, "Good", REMAINS)):
        home.inspect(on=on, published=on, overall="Inadequate", safe=safe, special_measures=words)
        for _ in range(2):
            world.done("check")
    found = standings()
    assert list(found) == [FIRST, SECOND, THIRD]
    assert [one.former for one in found.values()] == [date(2023, 4, 18), FIRST, SECOND]
    assert [dict(one.stays) for one in found.values()] == [{}, {"": "inadequate"}, {"": "inadequate"}]
    assert {(one.measures, one.measures_since, one.or_earlier) for one in found.values()} == {(True, FIRST, False)}
    assert {one.now for one in found.values()} == {"Inadequate overall; all five questions Good"}
    with closing(build(load()).store) as kept:
        read_at = kept.services.watched()[0].known_at
        before, after = (kept.areas.version(read_at + one) for one in (timedelta(0), timedelta(seconds=1)))
        assert before != after
        assert kept.standings.pages(read_at) == {home.location_id: OnPage("inadequate", THIRD, "remains", FIRST, False)}
        assert kept.standings.pages(read_at + timedelta(seconds=1)) == {}
        world.done("watch", "remove", "Leeds", home.location_id)
        assert kept.standings.pages(read_at) == {}
        assert kept.areas.version(read_at) != before


def test_a_report_gets_another_version_when_another_service_becomes_stale(world: World) -> None:
    """The report changes even though the number of services that are up to date is the same. One service was read again and
    showed nothing new, and meanwhile the other service's reading became too old."""
    first, second = Service(location_id="1-2235535718"), Service(location_id="1-2235535719")
    world.site.add([first, second])
    world.done("watch", "add", "Leeds", first.location_id, second.location_id)
    world.done("check")
    hour = timedelta(hours=1)
    with closing(build(load()).store) as kept:

        def read_at(one: Service, at: datetime) -> None:
            with writing(kept.engine) as connection:
                mine = _service.c.location_id == one.location_id
                connection.execute(update(_service).where(mine).values(read_at=at, looked_at=at))

        read_at(first, NOW)
        read_at(second, NOW + hour)
        assert set(kept.standings.pages(NOW + hour)) == {second.location_id}
        before = kept.areas.version(NOW + hour)
        read_at(first, NOW + 3 * hour)
        assert set(kept.standings.pages(NOW + 2 * hour)) == {first.location_id}
        assert kept.areas.version(NOW + 2 * hour) != before


def test_a_report_keeps_its_version_while_readings_show_nothing_new(world: World) -> None:
    world.site.add([Service(location_id="1-2235535718")])
    world.done("watch", "add", "Leeds", "1-2235535718")
    world.done("check")
    with closing(build(load()).store) as kept:
        old = kept.services.watched()[0].known_at - timedelta(hours=1)
        before = kept.areas.version(old)
        world.done("check")
        assert kept.areas.version(old) == before


def test_one_query_finds_when_special_measures_began_at_many_services(world: World) -> None:
    homes = [Service(location_id=f"1-223553571{n}") for n in range(3)]
    for home in homes:
        home.inspect(on=FIRST, published=FIRST, overall="Inadequate", special_measures=REMAINS)
    world.site.add(homes)
    statements: list[str] = []
    with closing(build(load()).store) as kept:
        event.listen(kept.engine, "before_cursor_execute", lambda _, __, statement, *___: statements.append(statement))
        asked = []
        for few in (homes[:1], homes[1:]):
            world.done("watch", "add", "Leeds", *(one.location_id for one in few))
            world.done("check")
            statements.clear()
            pages = kept.standings.pages(NOW - timedelta(days=9999))
            asked.append(len(statements))
        assert [one.since for one in pages.values()] == [FIRST] * 3
        assert asked[0] == asked[1]


def test_a_service_that_was_never_read_has_no_standing(world: World) -> None:
    with closing(build(load()).store) as kept:
        report = Event(id="1", location_id="1-2000000001", name="A", kind=Kind.REPORT, observed_at=NOW)
        assert kept.standings.of([[report]], {}) == [Standing()]
        assert kept.standings.of([], {}) == []
