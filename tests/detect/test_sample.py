"""Tests that a sample from CQC's file has services of all types, ratings, frameworks and regions."""

import random
from collections import Counter
from datetime import date

import pytest

from monitor.detect.sample import UNRATED_OF, Choice, spread

KINDS = ("Residential homes",) * 90 + ("Hospice",) * 2 + ("Homecare agencies",) * 8
RATINGS = ("good",) * 80 + ("requires improvement",) * 16 + ("outstanding",) * 3 + ("inadequate",)
REGIONS = ("London", "North East", "South West")


def england(count: int, seed: int = 1) -> list[Choice]:
    """Services like those in CQC's file. Most of them are homes rated good."""
    chance = random.Random(seed)
    return [
        Choice(
            location_id=f"1-{n}",
            kind=chance.choice(KINDS),
            overall=None if chance.random() < 0.3 else chance.choice(RATINGS),
            published=date(chance.randrange(2018, 2027), 1, 1),
            region=chance.choice(REGIONS),
        )
        for n in range(count)
    ]


def test_rare_types_and_ratings_are_as_frequent_in_the_sample_as_common_types_and_ratings() -> None:
    services = england(20_000)
    ids = set(spread(services, 120, random.Random(2)))
    chosen = [one for one in services if one.location_id in ids]
    assert len(chosen) == 120
    ratings, kinds = Counter(one.overall for one in chosen), Counter(one.kind for one in chosen)
    assert ratings[None] == 120 // UNRATED_OF
    assert all(20 <= ratings[one] <= 34 for one in set(RATINGS))
    assert all(25 <= kinds[one] <= 55 for one in set(KINDS))
    assert min(Counter(one.region for one in chosen).values()) >= 25
    old = sum(one.published is not None and one.published.year < 2024 for one in chosen)
    assert 40 <= old <= 80


@pytest.mark.parametrize(("services", "number", "expected"), [(0, 5, 0), (3, 100, 3), (50, 50, 50), (50, 1, 1), (50, 0, 0)])
def test_a_sample_has_at_most_all_services_and_each_only_once(services: int, number: int, expected: int) -> None:
    chosen = spread(england(services), number, random.Random(3))
    assert len(chosen) == len(set(chosen)) == expected


def test_if_no_service_is_rated_the_sample_has_services_without_a_rating() -> None:
    services = [Choice(location_id=f"1-{n}", kind="Dentist", overall=None, published=None, region=None) for n in range(20)]
    assert len(spread(services, 10, random.Random(4))) == 10


def test_the_same_random_seed_gives_the_same_sample_and_another_seed_another_sample() -> None:
    services = england(5_000)
    assert spread(services, 20, random.Random(5)) == spread(services, 20, random.Random(5))
    assert spread(services, 20, random.Random(5)) != spread(services, 20, random.Random(6))
