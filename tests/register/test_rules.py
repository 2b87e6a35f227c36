"""Tests the rules of watchlists: which spellings the program understands, and how it describes each rule in words."""

import pytest

from monitor.errors import UsageError
from monitor.ratings import Rating
from monitor.register.entries import Near, Rule, Sector
from monitor.register.rules import (
    Typed,
    Vocabulary,
    as_data,
    box_around,
    in_words,
    is_silent,
    matched,
    miles_between,
    rule_of,
    typed_as,
)
from tests.store.listed import entry

WORDS = Vocabulary(
    authorities=("Leicestershire", "Somewhere Else"),
    types=("Doctors/GPs", "Homecare agencies", "Nursing homes", "Residential homes", "Supported housing", "Supported living"),
    specialisms=("Caring for adults over 65 yrs", "Caring for adults under 65 yrs", "Dementia"),
    brands=("BRAND HC-One", "BRAND Barchester Healthcare"),
    providers=("Hartwell Care Limited", "Hartwell Homes Limited"),
    provider_ids=frozenset({"1-101600001", "RJ1"}),
)


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        pytest.param(
            Typed(authorities=("Bristol, City of",)), Rule(authorities=("Bristol",)), id="a council spelt as in CQC's files"
        ),
        pytest.param(
            Typed(authorities=("cumbria",)),
            Rule(authorities=("Cumberland", "Westmorland and Furness")),
            id="a former council",
        ),
        pytest.param(
            Typed(authorities=("somewhere else",)), Rule(authorities=("Somewhere Else",)), id="a name that only CQC's files have"
        ),
        pytest.param(Typed(regions=("east of england",)), Rule(regions=("East",)), id="a region's other name"),
        pytest.param(Typed(sectors=("Care homes",)), Rule(sectors=(Sector.CARE_HOME,)), id="a sector"),
        pytest.param(Typed(types=("homecare",)), Rule(types=("Homecare agencies",)), id="the beginning of a type"),
        pytest.param(Typed(types=("Domiciliary care",)), Rule(types=("Homecare agencies",)), id="a type by its common name"),
        pytest.param(Typed(types=("extra care",)), Rule(types=("Supported housing",)), id="extra care"),
        pytest.param(Typed(types=("NURSING", "nursing homes")), Rule(types=("Nursing homes",)), id="the same type twice"),
        pytest.param(Typed(providers=("1-101600001", "rj1")), Rule(providers=("1-101600001", "RJ1")), id="providers by id"),
        pytest.param(
            Typed(providers=("hartwell care limited",)), Rule(providers=("Hartwell Care Limited",)), id="a provider by name"
        ),
        pytest.param(Typed(brands=("hc-one",)), Rule(brands=("BRAND HC-One",)), id="a brand without CQC's word BRAND"),
        pytest.param(Typed(ratings=("Requires-improvement",)), Rule(ratings=("requires improvement",)), id="a rating"),
        pytest.param(Typed(ratings=("unrated",)), Rule(ratings=("not rated",)), id="unrated services"),
        pytest.param(Typed(near="le11aa", miles="2.5"), Rule(near=Near(postcode="LE1 1AA", miles=2.5)), id="around a postcode"),
        pytest.param(
            Typed(near="LE1", miles="10"), Rule(near=Near(postcode="LE1", miles=10)), id="around the first half of a postcode"
        ),
        pytest.param(Typed(authorities=("", "  ")), Rule(), id="empty fields"),
    ],
)
def test_a_rule_is_understood_in_different_spellings(typed: Typed, rule: Rule) -> None:
    assert rule_of(typed, WORDS) == (rule, {})


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        pytest.param(Typed(authorities=("Liecestershire",)), "authorities", "do you mean Leicestershire", id="letters swapped"),
        pytest.param(
            Typed(types=("supported",)), "types", "several: Supported housing, Supported living",
            id="two types begin with the word",
        ),
        pytest.param(
            Typed(providers=("hartwell",)), "providers", "several: Hartwell Care Limited, Hart",
            id="two providers contain the word",
        ),
        pytest.param(Typed(specialisms=("65 yrs",)), "specialisms", "several", id="two specialisms contain the word"),
        pytest.param(Typed(types=("zzz",)), "types", "no type of service 'zzz'", id="no similar name"),
        pytest.param(Typed(types=("?",)), "types", "no type of service '?'", id="a word without letters"),
        pytest.param(
            Typed(authorities=("London",)), "authorities", "London is a region, not a local authority",
            id="a region instead of an authority",
        ),
        pytest.param(Typed(authorities=("North East",)), "authorities", "North East is a region", id="another region"),
        pytest.param(Typed(ratings=("bad",)), "ratings", "write one of outstanding", id="an unknown rating"),
        pytest.param(Typed(near="LE1 1AA", miles="nan"), "miles", "up to 100", id="a distance that is not a number"),
        pytest.param(Typed(near="LE1 1AA", miles="-3"), "miles", "up to 100", id="a negative distance"),
        pytest.param(Typed(near="LE1 1AA", miles="5000"), "miles", "up to 100", id="a distance greater than England"),
        pytest.param(Typed(miles="5"), "near", "enter a postcode too", id="miles without a postcode"),
    ],
)
def test_the_error_about_an_unknown_word_suggests_likely_words(typed: Typed, field: str, says: str) -> None:
    _, wrong = rule_of(typed, WORDS)
    assert list(wrong) == [field] and says in wrong[field]


def test_the_error_about_a_very_long_word_is_short() -> None:
    with pytest.raises(UsageError) as raised:
        matched("x" * 10_000, WORDS.types, "type of service")
    assert len(str(raised.value)) < 200


def test_two_names_that_differ_only_in_a_full_stop_are_kept_apart() -> None:
    """The two names belong to two companies. If the program confused the names, the services of the first company would not
    be watched."""
    among = ("ABC Care Ltd", "ABC Care Ltd.", "Other Ltd")
    assert matched("ABC Care Ltd.", among, "provider") == "ABC Care Ltd."
    assert matched("ABC Care Ltd", among, "provider") == "ABC Care Ltd"
    with pytest.raises(UsageError, match="several: ABC Care Ltd, ABC Care Ltd"):
        matched("abc care ltd", among, "provider")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule(), "All services in England"),
        (Rule(authorities=("Leicestershire",), types=("Homecare agencies",)), "All homecare agencies in Leicestershire"),
        (
            Rule(regions=("East", "London"), sectors=(Sector.CARE_HOME,), ratings=(Rating.INADEQUATE,)),
            "All care homes in the regions East and London rated inadequate",
        ),
        (
            Rule(near=Near(postcode="LE1 1AA", miles=5), specialisms=("Dementia",)),
            "All services within 5 miles of LE1 1AA with the specialism Dementia",
        ),
        (
            Rule(types=("Nursing homes", "Residential homes"), providers=("1-1",), brands=("BRAND HC-One",)),
            "All nursing homes and residential homes in England of the provider 1-1 of the brand BRAND HC-One",
        ),
    ],
)
def test_a_rule_is_described_in_words_that_give_the_same_rule_when_typed(rule: Rule, words: str) -> None:
    assert in_words(rule) == words
    assert rule_of(
        typed_as(rule), Vocabulary(types=rule.types, brands=rule.brands, specialisms=rule.specialisms, providers=rule.providers)
    ) == (rule, {})
    assert set(as_data(rule)) == {name for name in Rule.__dataclass_fields__ if getattr(rule, name)}


def test_a_service_does_not_fail_a_rule_if_the_register_lacks_the_data() -> None:
    rule = Rule(authorities=("Leicestershire",), types=("Homecare agencies",))
    assert not is_silent(rule, entry(1, authority="Leicester"))
    assert is_silent(rule, entry(1, authority=None))
    assert is_silent(rule, entry(1, types=()))
    assert is_silent(Rule(near=Near(postcode="LE1", miles=1)), entry(1))
    assert not is_silent(Rule(regions=("East",)), entry(1, authority=None))


def test_distances_are_correct_and_the_box_around_a_place_contains_the_circle() -> None:
    leicester, nottingham, penzance, berwick = (52.6369, -1.1398), (52.9548, -1.1581), (50.1188, -5.5376), (55.7702, -2.0054)
    assert miles_between(leicester, leicester) == 0
    assert miles_between(leicester, nottingham) == pytest.approx(22, abs=0.3)
    assert miles_between(penzance, berwick) == pytest.approx(414, abs=4)
    for place in (leicester, penzance, berwick):
        south, north, west, east = box_around(place, 10)
        for edge in ((south, place[1]), (north, place[1]), (place[0], west), (place[0], east)):
            assert 10 < miles_between(place, edge) < 11
