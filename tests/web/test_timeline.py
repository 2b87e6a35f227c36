"""Tests that a timeline converts snapshots to steps with CQC's dates, and steps to lines for drawing."""

from datetime import UTC, date, datetime

import pytest

from monitor.model import Aspect, Card, Holding, Snapshot, Subject
from monitor.ratings import SUBJECTS
from monitor.web.timeline import Timeline, timelines

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
APRIL, FEBRUARY = date(2023, 4, 18), date(2025, 2, 12)

Held = tuple[Aspect, str, str, Holding]


def snapshots(*looks: tuple[datetime, tuple[Held, ...]]) -> list[Snapshot]:
    return [
        Snapshot(
            location_id="1-100000001",
            seq=seq,
            seen_at=seen_at,
            card=Card(name="Larch Grove"),
            holdings=tuple((Subject(aspect=aspect, group=group, of=of), held) for aspect, group, of, held in held_then),
        )
        for seq, (seen_at, held_then) in enumerate(looks, start=1)
    ]


def rating(of: str, value: str, published: date | None = None, instead: str | None = None, group: str = "") -> Held:
    return Aspect.RATING, group, of, Holding(value=value, published=published, instead=instead)


def score(of: str, value: int) -> Held:
    return Aspect.SCORE, "", of, Holding(value=value)


def on(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, tzinfo=UTC)


def steps(line: Timeline, of: str) -> list[tuple[date, str | None, int | None]]:
    """Returns each step of a rating with its date, oldest first."""
    found = [each for _, row in reversed(line.rows) if (each := row[SUBJECTS.index(of)]) is not None]
    return [(one.since, one.rating, one.score) for one in dict.fromkeys(found)]


GOOD = (rating("overall", "good", APRIL), rating("safe", "good"))

CASES = {
    "a rating begins on its published date or, without a date, on the date of the overall rating": (
        [(on(2026, 1, 5), GOOD)],
        {"overall": [(APRIL, "good", None)], "safe": [(APRIL, "good", None)]},
    ),
    "a fall begins on its published date": (
        [(on(2024, 1, 5), GOOD), (on(2025, 2, 14), (rating("overall", "inadequate", FEBRUARY), rating("safe", "good")))],
        {"overall": [(APRIL, "good", None), (FEBRUARY, "inadequate", None)], "safe": [(APRIL, "good", None)]},
    ),
    "a change without any date begins on the day when it was seen": (
        [(on(2024, 1, 5), GOOD), (on(2025, 2, 14), (GOOD[0], rating("safe", "inadequate")))],
        {"safe": [(APRIL, "good", None), (date(2025, 2, 14), "inadequate", None)]},
    ),
    "a report that was published in parts counts as one change": (
        [
            (on(2024, 1, 5), GOOD),
            (on(2025, 2, 14), (*GOOD, score("safe", 46))),
            (on(2025, 2, 14), (rating("overall", "inadequate", FEBRUARY), rating("safe", "inadequate"), score("safe", 46))),
        ],
        {"safe": [(APRIL, "good", None), (FEBRUARY, "inadequate", 46)]},
    ),
    "a withdrawal begins on the day when it was seen": (
        [(on(2024, 1, 5), GOOD), (on(2025, 2, 14), (rating("overall", "good", APRIL, instead="suspended"), GOOD[1]))],
        {"overall": [(APRIL, "good", None), (date(2025, 2, 14), "suspended", None)]},
    ),
    "a rating with a date in the future begins on the day when it was seen": (
        [(on(2026, 1, 5), (rating("overall", "good", date(2030, 1, 1)),))],
        {"overall": [(date(2026, 1, 5), "good", None)]},
    ),
    "a rating that is no longer stated ends": (
        [(on(2024, 1, 5), GOOD), (on(2025, 2, 14), (GOOD[0],))],
        {"safe": [(APRIL, "good", None), (date(2025, 2, 14), None, None)]},
    ),
}


@pytest.mark.parametrize(("looks", "expected"), CASES.values(), ids=CASES.keys())
def test_snapshots_are_converted_to_steps(
    looks: list[tuple[datetime, tuple[Held, ...]]], expected: dict[str, list[tuple[date, str, int]]]
) -> None:
    (line,) = timelines(snapshots(*looks), NOW)
    assert {of: steps(line, of) for of in expected} == expected


def test_each_service_group_has_its_own_timeline_and_present_groups_come_first() -> None:
    parts = tuple(rating("overall", "good", FEBRUARY, group=group) for group in ("Care Homes", "Homecare"))
    lines = timelines(snapshots((on(2024, 1, 5), GOOD), (on(2025, 2, 14), parts)), NOW)
    assert [line.group for line in lines] == ["Care Homes", "Homecare", ""]


def test_no_line_is_drawn_for_a_value_that_is_not_a_rating_or_was_never_stated() -> None:
    (line,) = timelines(snapshots((on(2024, 1, 5), (rating("overall", "not rated", APRIL),))), NOW)
    assert all(not lane.rating and not lane.score for lane in line.lanes) and line.lanes[0].last is not None


def test_lines_stay_within_the_drawing() -> None:
    many = [(on(2000 + n, 1, 5), (rating("overall", ("good", "inadequate")[n % 2], date(2000 + n, 1, 1)), score("safe", n * 4)))
            for n in range(25)]  # fmt: skip
    (line,) = timelines(snapshots(*many), NOW)
    numbers = [float(n) for lane in line.lanes for n in lane.rating.replace("M", " ").replace("H", " ").replace("V", " ").split()]
    assert numbers and min(numbers) >= 0 and max(numbers) <= 862 and len(line.years) <= 8


def test_a_service_that_was_never_read_has_no_timeline() -> None:
    assert timelines([], NOW) == []
