"""Tests that the search finds what people type, in any spelling, with the same results on SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Any

import pytest

from monitor.register.entries import Entry, Rule
from monitor.store import Store, open_store
from monitor.store.search import found_in, words_of
from monitor.store.vault import Vault
from tests.registered import care, take

DAY = date(2026, 11, 5)


@pytest.fixture
def store(each_database: str) -> Iterator[Store]:
    with closing(open_store(each_database, Vault("a secret of some length"))) as opened:
        yield opened


def home(number: int, name: str, **said: Any) -> Entry:
    given = {"address": "1 High Street, Oadby, LE2 5AA", "postcode": "LE2 5AA", "provider_id": "1-100000001"}
    return care(f"1-30000000{number}", name=name, **(given | {"provider_name": "Hartwell Limited"} | said))


HOMES = [
    home(1, "Cherry & Lea"),
    home(2, "Cherry and Lea Lodge"),
    home(3, "The Lea at Cherry Court", authority="Greenwich"),
    home(4, "St. Mary’s", postcode="SE10 9AA", address="2 Pear Tree Walk", provider_name="Béthune Care"),
    home(5, "Stoke-on-Trent Road Surgery", types=("Doctors/GPs",), brand="BRAND Acorn Group", overall="inadequate"),
    home(6, "Oak", authority="Greenwich", overall="inadequate"),
]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Cherry & Lea", ("cherry", "lea")),
        ("cherry AND lea", ("cherry", "lea")),
        ("and", ("and",)),
        ("  St. Mary’s  ", ("st", "marys")),
        ("Béthune", ("bethune",)),
        ("1-2235535718", ("1", "2235535718")),
        ("100% _ ' \" \\ -- ;", ("100",)),
        ("", ()),
        ("%_&'\"\x00\ud800", ()),
        ("a b c d e f g h i j", tuple("abcdefgh")),
        ("x" * 5_000, ("x" * 1_000,)),
    ],
)
def test_a_search_is_split_into_words(typed: str, words: tuple[str, ...]) -> None:
    assert words_of(typed) == words


def test_a_search_finds_only_names_with_all_words() -> None:
    assert found_in("Leeds Care & Homes", words_of("homes and leeds"))
    assert not found_in("Leeds care homes", words_of("leeds dentists"))
    assert not found_in("Leeds", ())


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("cherry and lea", [1, 2, 3]),
        ("CHERRY & LEA", [1, 2, 3]),
        ("lea cherry", [1, 2, 3]),
        ("greenwich", [6, 3]),
        ("greenwich cherry", [3]),
        ("st mary's", [4]),
        ("st. marys", [4]),
        ("bethune", [4]),
        ("stoke on trent", [5]),
        ("acorn", [5]),
        ("gps", [5]),
        ("se109aa", [4]),
        ("SE10 9AA", [4]),
        ("1-300000006", [6]),
        ("'; drop table register; --", []),
        ("%", []),
        ("_", []),
        ("", []),
    ],
)
def test_services_in_the_register_are_found_by_any_of_their_data(store: Store, typed: str, numbers: list[int]) -> None:
    take(store.engine, [(DAY, HOMES)])
    found = store.register.find(typed, limit=10)
    assert [int(one.location_id[-1]) for one in found] == numbers
    assert store.register.count_found(typed) == len(numbers)


def test_the_register_is_filtered_by_authority_type_and_rating(store: Store) -> None:
    take(store.engine, [(DAY, HOMES[:5]), (date(2026, 12, 5), HOMES[1:])])

    def found(typed: str, **rule: tuple[str, ...]) -> list[int]:
        held_to = Rule(**rule)  # type: ignore[arg-type]
        some = store.register.find(typed, held_to=held_to, limit=10)
        assert store.register.count_found(typed, held_to) == len(some)
        return [int(one.location_id[-1]) for one in some]

    assert found("", authorities=("Greenwich",)) == [6, 3]
    assert found("cherry", authorities=("Greenwich",)) == [3]
    assert found("", ratings=("inadequate",), types=("Doctors/GPs",)) == [5]
    assert found("", authorities=("Leicestershire",)) == [2, 4, 5]  # home 1 has left the register
    assert found("%", authorities=("Greenwich",)) == []
    assert store.register.types() == ["Doctors/GPs", "Residential homes"]


@pytest.mark.parametrize("typed", ["cherry", "cherry & lea", "c", "lea", "le25aa", "1-300000003", "st", "o", "hartwell", "zz"])
def test_a_search_by_index_and_a_full_search_have_the_same_first_results(store: Store, typed: str) -> None:
    """An index finds the likeliest services. If these services are too few, all services are ranked."""
    take(store.engine, [(DAY, HOMES)])
    every = store.register.find(typed, limit=100)
    for limit in (1, 2, 3):
        for offset in (0, 1):
            assert store.register.find(typed, limit=limit, offset=offset) == every[offset : offset + limit]
