"""Tests of what lists show about services. The list entries are updated with each recorded check, and migrations fill them in for
older data."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, update

from monitor.detect.observe import PARTLY_READ
from monitor.judgement import Setup
from monitor.model import Aspect, Card, Holding, Snapshot, Subject
from monitor.ratings import KeyQuestion, Rating
from monitor.register.entries import FileKind, MonthlyFile
from monitor.store import Store, from_register, open_store, snapshots
from monitor.store.database import writing
from monitor.store.facts import Judging
from monitor.store.list_entries import NO_RATING, fill, keep, overview_of, standing
from monitor.store.overview import IN, NOT_YET, PARTLY, Order, Overview, Wanted
from monitor.store.tables import OverviewRow, ServiceRow, table
from monitor.store.vault import Vault
from monitor.text import folded
from tests.store.filled import HOME, NOON, OTHER
from tests.store.filled import fill as fill_store
from tests.store.listed import NOVEMBER, OCTOBER, entry, listed

LATER = NOON + timedelta(days=1)


def snapshot(*ratings: tuple[str, str, str], address: str = "", location_id: str = HOME) -> Snapshot:
    holdings = tuple((Subject(aspect=Aspect.RATING, group=group, of=of), Holding(value=value)) for group, of, value in ratings)
    card = Card(name="Larch Grove", service_type="Care home", address=address)
    return Snapshot(location_id=location_id, seq=1, seen_at=NOON, card=card, holdings=holdings)


def test_list_entries_filled_in_later_equal_list_entries_stored_with_the_check(database: str) -> None:
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
def test_both_databases_sort_services_that_were_never_read_in_the_same_way(order: Order, database: str) -> None:
    with closing(open_store(database, Vault("a secret of some length"))) as store:
        fill_store(store)
        shown = [one.location_id for one in store.overviews.listed("Leeds", Wanted(order=order), LATER, limit=10)]
        assert shown == ([OTHER, HOME] if order is Order.READ else [HOME, OTHER])
        assert store.overviews.count("Leeds", Wanted(order=order, search="all saints"), LATER) == 1


def test_a_service_that_was_never_read_is_found_by_its_name_in_the_register(database: str) -> None:
    with closing(open_store(database, Vault("a secret of some length"))) as store:
        store.services.watch("Leeds", [entry(1).location_id, OTHER], NOON)
        listed(store, [entry(1, name="St Anne’s Lodge")], OCTOBER)
        found = store.overviews.listed("Leeds", Wanted(search="st annes hartwell"), LATER, limit=10)
        assert [(one.known_as, one.file_date, one.was_read) for one in found] == [("St Anne’s Lodge", OCTOBER, False)]
        assert {one.known_as for one in store.overviews.named([entry(1).location_id, OTHER])} == {"St Anne’s Lodge", OTHER}


def test_the_worst_of_several_service_groups_decides_the_list_entry() -> None:
    overall = (("A", "overall", "good"), ("B", "overall", "inadequate"))
    shown = overview_of(snapshot(*overall, ("A", "safe", "not rated"), ("B", "safe", "good")))
    assert (shown["overall"], shown["safe"], shown["caring"], shown["groups"]) == ("inadequate", "good", None, 2)
    assert shown["measures"] == "presumed"


def test_special_measures_are_presumed_only_in_sectors_with_special_measures() -> None:
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
def test_the_place_of_a_service_is_its_address_without_the_street(address: str, place: str | None, postcode: str | None) -> None:
    shown = overview_of(snapshot(address=address))
    assert (shown["place"], shown["postcode"]) == (place, postcode)


def test_case_accents_and_apostrophes_are_ignored_when_texts_are_compared() -> None:
    assert folded("  Café  St Mary’s\u202e ") == "cafe st marys"


# ── what the register says until a page is read ──────────────────────────────────────────────────────────────────────────


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with closing(open_store(database, Vault("a secret of some length"))) as one:
        yield one


def shown(store: Store, watchlist: str = "Leeds", **wanted: Any) -> list[Overview]:
    return store.overviews.listed(watchlist, Wanted(**wanted), LATER, limit=100)


def test_a_list_shows_the_registers_data_until_the_page_is_read(store: Store) -> None:
    poor = entry(1, overall="inadequate", safe="inadequate", address="1 High Street, Leeds", beds=20, published=OCTOBER)
    listed(store, [poor, entry(2)], OCTOBER)
    store.services.watch("Leeds", [poor.location_id, entry(2).location_id, OTHER], NOON)
    first, second, unknown = shown(store)
    assert (first.location_id, first.overall, first.key_questions[0]) == (poor.location_id, "inadequate", "inadequate")
    assert (first.place, first.postcode) == ("Leeds", "LE1 1AA")
    assert (first.published, first.beds, first.authority, first.file_date) == (OCTOBER, 20, "Leicestershire", OCTOBER)
    assert (second.overall, unknown.known_as, unknown.file_date) == ("good", OTHER, None)
    assert not store.services.history(poor.location_id) and not store.services.events()  # the register's data is only for lists
    listed(store, [replace(poor, overall="good"), entry(2)], NOVEMBER)
    assert [(one.overall, one.file_date) for one in shown(store)][:2] == [("good", NOVEMBER)] * 2
    read = snapshot(("", "overall", "outstanding"), location_id=poor.location_id)
    with writing(store.engine) as connection:
        keep(connection, read)
        from_register.fill(connection)
        from_register.fill(connection, [poor.location_id])
    one = next(one for one in shown(store) if one.location_id == poor.location_id)
    assert (one.name, one.overall, one.file_date, one.beds) == ("Larch Grove", "outstanding", None, 20)


def test_loading_a_newer_file_updates_the_lists(store: Store) -> None:
    store.services.watch("Leeds", [entry(1).location_id], NOON)
    for month, overall in ((OCTOBER, "good"), (NOVEMBER, "inadequate")):
        one = entry(1, overall=overall, listed_on=month)
        file = MonthlyFile(
            kind=FileKind.ACTIVE, name=f"{month}.ods", as_of=month, digest=str(month), entries=(one,), ratings=1
        )
        store.intake.take(file, at=NOON)
        assert [(each.overall, each.file_date) for each in shown(store)] == [(overall, month)]


def test_a_service_with_only_a_baseline_from_a_file_is_not_shown_as_read(store: Store) -> None:
    listed(store, [entry(1)], OCTOBER)
    store.services.watch("Leeds", [entry(1).location_id], NOON)
    with writing(store.engine) as connection:
        snapshots.add(connection, snapshot(("", "overall", "outstanding"), location_id=entry(1).location_id))
        connection.execute(update(table(ServiceRow)).values(seq=1))
        fill(connection)
        from_register.fill(connection)
    assert [(one.overall, one.was_read) for one in shown(store)] == [("good", False)]


WORDS = ("in", "presumed", "unclear", "left", None)


@pytest.mark.slow
def test_every_count_links_to_a_list_of_that_length(store: Store) -> None:
    """The services have random states, with a fixed seed. Some services were read, and some were not."""
    random = Random(19)
    ids = [entry(n).location_id for n in range(60)]
    ratings = (*Rating, "not rated", "suspended", None)
    listed(store, [entry(n, overall=random.choice(ratings)) for n in range(50)], OCTOBER)
    store.services.watch("Leeds", ids, NOON)
    troubles = (None, None, f"{PARTLY_READ}: reports", f"{PARTLY_READ}: http 500", "http 500")
    with writing(store.engine) as connection:
        for one in ids:
            here: dict[str, Any] = {"read_at": random.choice((None, NOON, LATER)), "looked_at": random.choice((None, LATER))}
            trouble = random.choice(troubles)
            here |= {"trouble": trouble, "failures": int(trouble == "http 500")}
            connection.execute(update(table(ServiceRow)).where(table(ServiceRow).c.location_id == one).values(**here))
            if random.random() < 0.6:
                keep(connection, snapshot(("", "overall", random.choice(ratings) or "not rated"), location_id=one))
                stated = {"measures": random.choice(WORDS)}
                connection.execute(update(table(OverviewRow)).where(table(OverviewRow).c.location_id == one).values(**stated))
    before = NOON + timedelta(hours=1)
    counts = store.overviews.standings("Leeds")
    setup = Setup(check_every=timedelta(hours=6), stale_after=LATER - before, mail=True)
    read = Judging(store.engine, store.vault).facts(setup, LATER, None, ["Leeds"]).services
    unseen = read.watched - read.up_to_date - read.not_checked.count
    conditions: list[tuple[str, int, dict[str, Any]]] = [
        ("all", counts.services, {}),
        ("inadequate", counts.inadequate, {"rating": "inadequate"}),
        ("poor", counts.poor, {"rating": "requires improvement"}),
        ("in measures", counts.in_measures, {"measures": IN}),
        ("unseen", unseen, {"unread": True}),
        ("partly", read.partly_read.count + read.report_missing.count, {"reading": PARTLY}),
        ("not yet", counts.not_yet, {"reading": NOT_YET}),
    ]
    for name, expected, wanted in conditions:
        assert expected > 0, name
        assert store.overviews.count("Leeds", Wanted(**wanted), before) == expected, name
        for order in (*Order, *KeyQuestion):
            both = [
                [one.location_id for one in store.overviews.listed("Leeds", part, before, limit=100)]
                for part in (Wanted(**wanted, order=order), Wanted(**wanted, order=order, reverse=True))
            ]
            assert len(both[0]) == expected and set(both[0]) == set(both[1]), (name, order)
            asked = Wanted(**wanted, order=order)
            assert both[0] == [one.location_id for one in store.overviews.every("Leeds", asked, before)]
            paged = [  # for pages in the second half, the query counts from the end of the list
                one.location_id
                for at in range(0, expected, 7)
                for one in store.overviews.listed("Leeds", asked, before, limit=7, offset=at, total=expected)
            ]
            assert both[0] == paged, (name, order)
    (summary,) = store.watchlists.summaries(before, LATER, mail=True)
    assert (summary.services, summary.inadequate, summary.in_measures) == (60, counts.inadequate, counts.in_measures)
    assert summary.unseen == unseen and summary.read == 60 - counts.not_yet and summary.file_date == OCTOBER


@pytest.mark.parametrize(
    ("state", "rank"),
    [
        pytest.param(("good", "good", "in"), 0, id="special measures are the worst state"),
        pytest.param(("inadequate", "good", "presumed"), 1, id="a service that is inadequate overall"),
        pytest.param(("requires improvement", "good", "unclear"), 2, id="special measures are unclear"),
        pytest.param(("suspended", None, None), 2, id="a suspended rating"),
        pytest.param(("requires improvement", "inadequate", None), 3, id="an inadequate key question"),
        pytest.param(("requires improvement", "good", "left"), 4, id="a service that requires improvement overall"),
        pytest.param(("good", "requires improvement", None), 5, id="a key question that requires improvement"),
        pytest.param(("good", "good", None), 6, id="a good service"),
        pytest.param(("outstanding", None, None), 7, id="an outstanding service"),
        pytest.param(("not rated", None, None), NO_RATING, id="a service that is not rated"),
        pytest.param((None, None, None), NO_RATING, id="a service without any statement"),
    ],
)
def test_the_worst_state_comes_first(state: tuple[str | None, str | None, str | None], rank: int) -> None:
    overall, safe, measures = state
    assert standing(overall, [safe, None], measures) == rank


# ── a large watchlist ────────────────────────────────────────────────────────────────────────────────────────────────────


ASKED = [
    Wanted(),
    Wanted(search="agency 1"),
    Wanted(search="unknown"),
    Wanted(rating="inadequate"),
    Wanted(rating="unrated"),
    Wanted(service_type="Homecare agencies", search="1"),
    Wanted(measures="presumed"),
    Wanted(order=Order.NAME),
    Wanted(reverse=True),
    Wanted(unread=True),
]


def test_a_large_watchlist_is_listed_counted_and_scheduled_like_a_small_watchlist(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a large watchlist, other queries are used. Some services have no list entry, some are on another watchlist, and some
    were read."""
    chance = Random(19)
    listed(store, [entry(n, overall=chance.choice([*Rating, None])) for n in range(40)], OCTOBER)
    unknown = [f"1-9000000{n:02}" for n in range(3)]
    store.services.watch("Leeds", [*(entry(n).location_id for n in range(30)), *unknown], NOON)
    store.services.watch("York", [entry(n).location_id for n in range(20, 40)], NOON)
    with writing(store.engine) as connection:
        for n in range(0, 40, 3):
            at = NOON + timedelta(hours=n)
            read = update(table(ServiceRow)).where(table(ServiceRow).c.location_id == entry(n).location_id)
            connection.execute(read.values(read_at=at, looked_at=at + timedelta(minutes=n)))

    def everything() -> list[Any]:
        found: list[Any] = [store.glance.checked([one], 30) for one in ("Leeds", "York")]
        for wanted in ASKED:
            total = store.overviews.count("Leeds", wanted, LATER)
            pages = [
                store.overviews.listed("Leeds", wanted, LATER, limit=7, offset=offset, total=total)
                for offset in range(0, total, 7)
            ]
            found += [total, pages, store.overviews.listed("Leeds", wanted, LATER, limit=100)]
        return found

    small = everything()
    assert small[2] == 33
    for module in ("overview", "watched"):
        monkeypatch.setattr(f"monitor.store.{module}.MANY", 5)
    assert everything() == small
