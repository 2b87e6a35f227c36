"""Tests of maps. The register's coordinates say where services are. The ratings are from the services' pages, if these were
read."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from monitor.register.entries import Rule
from monitor.store import Store, open_store
from monitor.store.vault import Vault
from tests.registered import care, take

DAY, NOW = date(2026, 11, 5), datetime(2026, 11, 21, 12, tzinfo=UTC)

HOMES = [
    care("1-300000001", "good", name="A", latitude=53.80, longitude=-1.50),
    care("1-300000002", "inadequate", name="B", latitude=53.81, longitude=-1.51, authority="Leeds"),
    care("1-300000003", name="C"),
    care("1-300000004", None, name="D", latitude=0.0, longitude=0.0),
    care("1-300000005", "outstanding", name="E", latitude=50.1, longitude=-5.5, authority="Leeds"),
]


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with closing(open_store(database, Vault("a secret of some length"))) as opened:
        take(opened.engine, [(DAY, HOMES)])
        opened.services.watch("List", [*(one.location_id for one in HOMES[:4]), "1-399999999"], NOW)
        yield opened


def test_a_map_shows_the_worst_first_and_lists_services_without_coordinates(store: Store) -> None:
    found = store.maps.of_watchlist("List")
    assert [(one.name, one.overall, one.is_known) for one in found.places] == [("B", "inadequate", True), ("A", "good", True)]
    assert (found.total, found.inside, found.without) == (5, 2, 3)
    assert found.unplaced == (("1-399999999", "1-399999999"), ("1-300000003", "C"), ("1-300000004", "D"))
    empty = store.maps.of_watchlist("no such list")
    assert (empty.places, empty.total, empty.without) == ((), 0, 0)


def test_a_part_of_the_map_comes_with_the_number_of_services_inside_and_in_total(store: Store) -> None:
    found = store.maps.of_watchlist("List", (53.79, 53.805, -2.0, -1.0))
    assert [one.name for one in found.places] == ["A"]
    assert (found.total, found.inside, found.without) == (5, 1, 3)


def test_a_map_of_the_register_shows_services_that_match_words_and_filters(store: Store) -> None:
    found = store.maps.of_register("", Rule(authorities=("Leeds",)))
    assert [(one.name, one.is_known) for one in found.places] == [("B", True), ("E", False)]
    assert store.maps.of_register("", Rule()).total == 0, "a search without words and without filters must find nothing"
    assert [one.name for one in store.maps.of_register("1-300000005", Rule()).places] == ["E"]
