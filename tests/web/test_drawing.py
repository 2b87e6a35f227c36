"""Tests where each mark of a map is, what its text says, and to which area it leads."""

from itertools import pairwise

import pytest

from monitor.reports.provider import MARKS
from monitor.store.places import Place
from monitor.web.drawing import CELL, EDGE, MOST_TOWNS, SHORTEST, TALLEST, WIDTH, drawing, mark_of, town_of
from monitor.web.map import box_of


def place(number: int, latitude: float, longitude: float, overall: str | None = "good", address: str | None = None) -> Place:
    return Place(f"1-{number}", f"Home {number:04}", overall, "Leeds", address, latitude, longitude, True)


def spread(count: int) -> list[Place]:
    """Returns services in all parts of a county."""
    return [place(n, 53 + (n * 37 % 100) / 200, -1.5 + (n * 61 % 97) / 100, MARKS[n % 5]) for n in range(count)]


@pytest.mark.parametrize(
    "places",
    [
        [place(1, 53.8, -1.5)],
        [place(n, 53.8, -1.5) for n in range(3)],
        [place(1, 50.0, -1.5), place(2, 55.0, -1.5)],
        [place(1, 53.8, -5.0), place(2, 53.8, 1.5)],
        spread(40),
        spread(5_000),
    ],
    ids=[
        *("one service", "several services at one place", "two services, one north of the other"),
        *("two services, one east of the other", "a few services", "thousands of services"),
    ],
)
def test_every_service_is_on_the_map_once_and_every_mark_is_inside_the_map(places: list[Place]) -> None:
    drawn = drawing(places)
    assert drawn is not None
    assert sorted(one.location_id for mark in drawn.marks for one in mark.places) == sorted(one.location_id for one in places)
    assert SHORTEST <= drawn.height <= TALLEST
    for mark in drawn.marks:
        assert EDGE - 1 <= mark.x <= WIDTH - EDGE + 1 and EDGE - 1 <= mark.y <= drawn.height - EDGE + 1
        assert mark.worst == min((mark_of(one) for one in mark.places), key=MARKS.index)
    assert len(drawn.marks) <= (WIDTH // CELL + 1) * (drawn.height // CELL + 1)
    assert drawn.scale[0] > 0 and all(abs(b - a - drawn.scale[0]) < 0.3 for a, b in pairwise(drawn.down))


def test_no_map_is_drawn_without_services() -> None:
    assert drawing([]) is None


def test_north_is_up_and_a_mile_has_the_same_length_in_each_direction() -> None:
    here, north, east = place(1, 53.0, -1.5), place(2, 53.0 + 10 / 69.0, -1.5), place(3, 53.0, -1.5 + 10 / 69.0 / 0.6018)
    drawn = drawing([here, north, east])
    assert drawn is not None
    spots = {mark.places[0].location_id: mark for mark in drawn.marks}
    up, right = spots["1-1"].y - spots["1-2"].y, spots["1-3"].x - spots["1-1"].x
    assert up > 0 and abs(up - right) < up / 100
    assert abs(up / drawn.scale[0] - 10 / float(drawn.scale[1].split()[0])) < 0.1


def test_services_that_would_overlap_share_one_mark_that_leads_to_a_closer_map() -> None:
    close = [place(1, 53.8, -1.5), place(2, 53.801, -1.5005, "inadequate"), place(3, 53.8, -1.5, None)]
    drawn = drawing([*close, place(4, 54.5, -2.5, "outstanding")])
    assert drawn is not None
    together, alone = sorted(drawn.marks, key=lambda mark: -len(mark.places))
    assert together.title == "3 services close together: 1 inadequate, 1 good, 1 unrated"
    assert (together.worst, alone.title, alone.box) == ("inadequate", "Home 0004: outstanding", None)
    south, north, west, east = together.box or (0.0,) * 4
    assert all(south < one.latitude < north and west < one.longitude < east for one in close)
    assert drawn.marks[-1] is together, "the worst service is drawn last, so that nothing covers its mark"
    closer = drawing(close)
    assert closer is not None and len(closer.marks) == 2
    assert next(mark for mark in closer.marks if len(mark.places) == 2).box is None, "these services are at the same place"


@pytest.mark.parametrize(
    ("overall", "mark"),
    [("good", "good"), ("inadequate", "inadequate"), (None, "unrated"), ("not rated", "unrated"), ("nonsense", "unrated")],
)
def test_a_value_that_is_not_a_rating_is_drawn_as_unrated(overall: str | None, mark: str) -> None:
    assert mark_of(place(1, 53, -1, overall)) == mark


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("1 High Street, Oadby", "Oadby"),
        ("1 High Street, Oadby, Leeds", "Oadby"),
        ("1 High Street, Oadby, LE2 5AA", "Oadby"),
        ("1 High Street", None),
        (None, None),
    ],
)
def test_the_town_is_found_in_an_address(address: str | None, town: str | None) -> None:
    assert town_of(place(1, 53, -1, address=address)) == town


def test_names_of_towns_are_inside_the_map_and_do_not_overlap() -> None:
    towns = [f"1 Road, Town {letter}" for letter in "abcdefghijklmnopqrst"]
    places = [place(n, 53 + n % 20 / 40, -1.5 + n % 20 / 30, address=towns[n % 20]) for n in range(90)]
    drawn = drawing(places)
    assert drawn is not None and 1 < len(drawn.towns) <= MOST_TOWNS
    for n, (x, y, name) in enumerate(drawn.towns):
        assert 0 <= x <= WIDTH and 0 <= y <= drawn.height
        for other_x, other_y, other in drawn.towns[n + 1 :]:
            assert abs(x - other_x) > 7 * (len(name) + len(other)) / 2 or abs(y - other_y) > 17


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("53.1,53.2,-1.5,-1.4", (53.1, 53.2, -1.5, -1.4)),
        ("53.2,53.1,-1.5,-1.4", None),
        ("nan,nan,nan,nan", None),
        ("1,2,3", None),
        ("a,b,c,d", None),
        ("0,1e999,0,1", None),
        ("", None),
    ],
)
def test_an_area_is_read_from_four_numbers_in_a_web_address(text: str, box: tuple[float, ...] | None) -> None:
    assert box_of(text) == box
