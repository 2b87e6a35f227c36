"""What lists show about services: updated as checks are recorded, and filled in for older data."""

from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import delete

from monitor.model import Aspect, Card, Holding, Snapshot, Subject
from monitor.store import open_store
from monitor.store.database import writing
from monitor.store.overview import Order, Wanted, fill, overview_of
from monitor.store.tables import OverviewRow, table
from monitor.store.vault import Vault
from monitor.text import folded
from tests.store.filled import HOME, NOON, OTHER
from tests.store.filled import fill as fill_store
from tests.store.listed import OCTOBER, entry, listed

LATER = NOON + timedelta(days=1)


def snapshot(*ratings: tuple[str, str, str], address: str = "", location_id: str = HOME) -> Snapshot:
    holdings = tuple((Subject(aspect=Aspect.RATING, group=group, of=of), Holding(value=value)) for group, of, value in ratings)
    card = Card(name="Larch Grove", service_type="Care home", address=address)
    return Snapshot(location_id=location_id, seq=1, seen_at=NOON, card=card, holdings=holdings)


def test_what_is_filled_in_afterwards_is_what_is_kept_at_once(database: str) -> None:
    with closing(open_store(database, Vault("a secret of some length"))) as store:
        fill_store(store)
        kept = store.overviews.listed("Leeds", Wanted(), LATER, limit=10)
        assert [(one.location_id, one.overall, one.change) for one in kept] == [
            (HOME, "inadequate", "downgraded"),
            (OTHER, None, None),
        ]
        with writing(store.engine) as connection:
            connection.execute(delete(table(OverviewRow)))
            fill(connection)
        assert store.overviews.listed("Leeds", Wanted(), LATER, limit=10) == kept


@pytest.mark.parametrize("order", Order)
def test_every_order_puts_what_was_never_read_in_its_place_on_both_databases(order: Order, database: str) -> None:
    with closing(open_store(database, Vault("a secret of some length"))) as store:
        fill_store(store)
        shown = [one.location_id for one in store.overviews.listed("Leeds", Wanted(order=order), LATER, limit=10)]
        assert shown == ([OTHER, HOME] if order is Order.READ else [HOME, OTHER])
        assert store.overviews.count("Leeds", Wanted(order=order, search="all saints"), LATER) == 1


def test_what_was_never_read_is_called_and_found_as_cqcs_register_calls_it(database: str) -> None:
    with closing(open_store(database, Vault("a secret of some length"))) as store:
        store.services.watch("Leeds", [entry(1).location_id, OTHER], NOON)
        listed(store, [entry(1, name="St Anne’s Lodge")], OCTOBER)
        found = store.overviews.listed("Leeds", Wanted(search="st annes hartwell"), LATER, limit=10)
        assert [(one.name, one.known_as) for one in found] == [(None, "St Anne’s Lodge")]
        assert {one.known_as for one in store.overviews.named([entry(1).location_id, OTHER])} == {"St Anne’s Lodge", OTHER}


def test_of_several_service_groups_the_worst_counts() -> None:
    overall = (("A", "overall", "good"), ("B", "overall", "inadequate"))
    shown = overview_of(snapshot(*overall, ("A", "safe", "not rated"), ("B", "safe", "good")))
    assert (shown["overall"], shown["safe"], shown["caring"], shown["groups"]) == ("inadequate", "good", None, 2)
    assert shown["measures"] == "presumed"


def test_special_measures_are_presumed_only_where_the_sector_has_them() -> None:
    assert overview_of(snapshot(("", "overall", "inadequate"), location_id="RJ121"))["measures"] is None


@pytest.mark.parametrize(
    ("address", "place", "postcode"),
    [
        ("12 Orchard Lane, Netherby, Leicestershire, LE1 1AA", "Netherby, Leicestershire", "LE1 1AA"),
        ("5 High Street, Leeds ls14ap", "Leeds", "LS1 4AP"),
        ("Suite W1A 1AA House, 1 Road, York, YO1 7HH", "1 Road, York", "YO1 7HH"),
        ("Leeds", "Leeds", None),
        ("", None, None),
    ],
)
def test_a_place_is_an_address_without_its_street(address: str, place: str | None, postcode: str | None) -> None:
    shown = overview_of(snapshot(address=address))
    assert (shown["place"], shown["postcode"]) == (place, postcode)


def test_texts_are_compared_without_case_accents_and_apostrophes() -> None:
    assert folded("  Café  St Mary’s\u202e ") == "cafe st marys"
