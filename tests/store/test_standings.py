"""What held before and after an item, as the store knows it, on both databases."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.app import build
from monitor.events import Event, Kind
from monitor.reports.named import OnPage
from monitor.settings import load
from monitor.standing import Standing
from tests.conftest import World
from tests.databases import each_database
from tests.simulated.services import ENTERED, REMAINS, Service

__all__ = ["each_database"]

pytestmark = pytest.mark.usefixtures("each_database")

NOW = datetime(2026, 11, 21, tzinfo=UTC)
FIRST, SECOND, THIRD = date(2025, 11, 3), date(2026, 4, 10), date(2026, 10, 2)


def standings() -> dict[date | None, Standing]:
    """Of each item, by the date of its report."""
    with closing(build(load()).store) as kept:
        items: dict[date | None, list[Event]] = {}
        for event in kept.services.events():
            items.setdefault(event.published, []).append(event)
        newest = {one.location_id: one.snapshot for one in kept.services.watched()}
        return dict(zip(items, kept.standings.of(items.values(), newest), strict=True))


def test_what_is_known_of_three_reports(world: World) -> None:
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


def test_nothing_is_known_of_a_service_that_was_never_read(world: World) -> None:
    with closing(build(load()).store) as kept:
        event = Event(id="1", location_id="1-2000000001", name="A", kind=Kind.REPORT, observed_at=NOW)
        assert kept.standings.of([[event]], {}) == [Standing()]
        assert kept.standings.of([], {}) == []
