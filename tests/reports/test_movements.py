"""Tests which movements on the page and in the files are the same, and what a report says about a service on a day before
today."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from monitor.events import Event, Kind
from monitor.register.entries import sector
from monitor.register.movements import Standing, movements

MARCH_2024 = date(2024, 3, 1)
MAY, AUGUST, NOVEMBER = date(2026, 5, 5), date(2026, 8, 5), date(2026, 11, 5)
HOME = ("Residential homes",)


def standing(location_id: str = "1-300000001", overall: str | None = "good", **said: Any) -> Standing:
    values: dict[str, Any] = {
        "as_of": MAY,
        "listed": True,
        "name": f"Home {location_id[-3:]}",
        "authority": "Leicestershire",
        "beds": 30,
        "provider_id": "1-100",
        "provider_name": "Meridian",
        "brand": None,
        "registered_on": date(2015, 1, 1),
        "key_questions": (overall,) * 5,
        "published": date(2022, 6, 1),
    } | said
    return Standing(location_id=location_id, overall=overall, sector=sector(HOME), types=HOME, **values)


POOR: dict[str, Any] = {"overall": "requires improvement", "as_of": NOVEMBER, "published": date(2026, 9, 20)}
FELL = Event(
    id="e1",
    location_id="1-300000001",
    name="Home 001",
    kind=Kind.DOWNGRADED,
    of="overall",
    from_="good",
    to="requires improvement",
    published=MARCH_2024,
    observed_at=datetime(2024, 3, 2, 9, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("former", "expected"),
    [
        pytest.param(
            [{"published": date(2025, 3, 1)}], [MARCH_2024, date(2026, 9, 20)], id="a dated good rating lies between the falls"
        ),
        pytest.param(
            [{"published": None}], [MARCH_2024, date(2026, 9, 20)],
            id="first listed as good in a file long after the first fall, without a date",
        ),
        pytest.param(
            [{"as_of": date(2023, 5, 5)}, {"published": date(2025, 3, 1)}],
            [MARCH_2024, date(2026, 9, 20)],
            id="good in a file before, and a dated good rating between the falls",
        ),
        pytest.param([{"as_of": date(2023, 5, 5)}], [MARCH_2024], id="good only in a file from before the first fall"),
        pytest.param(
            [{"as_of": date(2023, 5, 5)}, {"beds": 31}], [MARCH_2024], id="good in two files with a different number of beds"
        ),
        pytest.param(
            [{"as_of": date(2024, 4, 5)}], [MARCH_2024], id="first listed as good in a file one month after the first fall"
        ),
    ],
)
def test_falls_on_page_and_in_files_are_one_unless_a_good_rating_is_between(
    former: Sequence[dict[str, Any]], expected: list[date]
) -> None:
    timeline = [*(standing(**one) for one in former), standing(**POOR)]
    assert [one.on for one in movements(timeline, [FELL]) if one.of == "overall"] == expected
