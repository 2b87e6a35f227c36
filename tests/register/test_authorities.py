"""Tests that the program uses one name for each local authority, however a file spells the name."""

import pytest

from monitor.register.authorities import AUTHORITIES, REGION_OF, REGIONS, authority, now_called, region


def test_england_has_153_authorities_in_nine_regions() -> None:
    assert (len(AUTHORITIES), len(REGIONS)) == (153, 9)
    assert set(REGION_OF.values()) == set(REGIONS)


@pytest.mark.parametrize("name", AUTHORITIES)
def test_each_authority_is_recognised_by_its_own_name(name: str) -> None:
    assert authority(name) == name
    assert authority(name.upper()) == name


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Bedford Borough", "Bedford"),
        ("Bristol, City of", "Bristol"),
        ("Durham", "County Durham"),
        ("Herefordshire, County of", "Herefordshire"),
        ("Kingston upon Hull, City of", "Kingston upon Hull"),
        ("St. Helens", "St Helens"),
        ("Hull", "Kingston upon Hull"),
        ("Bournemouth, Christchurch & Poole", "Bournemouth, Christchurch and Poole"),
        ("Southend on Sea", "Southend-on-Sea"),
        ("Royal Borough of Windsor & Maidenhead", "Windsor and Maidenhead"),
        ("London Borough of Hackney", "Hackney"),
        ("City of London", "City of London"),
        ("London, City of", "City of London"),
        ("City of York", "York"),
        ("Leicestershire County Council", "Leicestershire"),
        ("Leicester City Council", "Leicester"),
        ("Westminster, City of", "Westminster"),
        ("Cornwall Council", "Cornwall"),
        ("  telford   and wrekin ", "Telford and Wrekin"),
        ("Cumbria", "Cumbria"),
        ("Rutland County Council", "Rutland"),
        ("Medway Council", "Medway"),
        ("Derby", "Derby"),
        ("Derbyshire", "Derbyshire"),
        ("London", None),
        ("Greater London", None),
        ("Atlantis", None),
        ("", None),
        ("Unspecified", None),
    ],
)
def test_different_spellings_of_a_council_give_one_name(written: str, meant: str | None) -> None:
    assert authority(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("East (ADASS Region)", "East"),
        ("Greater London (ADASS Region)", "London"),
        ("Yorkshire and Humber (ADASS Region)", "Yorkshire and the Humber"),
        ("Yorkshire & Humberside", "Yorkshire and the Humber"),
        ("Yorkshire and The Humber", "Yorkshire and the Humber"),
        ("East Midlands", "East Midlands"),
        ("Unspecified", None),
    ],
)
def test_different_spellings_of_a_region_give_one_name(written: str, meant: str | None) -> None:
    assert region(written) == meant


def test_a_former_council_is_replaced_by_its_successors() -> None:
    assert now_called("Cumbria") == ("Cumberland", "Westmorland and Furness")
    assert now_called("Devon") == ("Devon",)
