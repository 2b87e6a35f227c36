# ruff: noqa: E501 - an answer stands on one line
"""Tests how answers of the Syndication API are read if they contradict themselves, or if a known part is of another type."""

from typing import Any

import pytest

from monitor.cqc.read import read
from monitor.cqc.read.answer import read_answer
from monitor.model import Source
from monitor.ratings import KeyQuestion, Rating

G, I = Rating.GOOD, Rating.INADEQUATE  # noqa: E741


def _answer(**more: Any) -> dict[str, Any]:
    return {"locationId": "1-123456789", "providerId": "1-101", "organisationType": "Location", "name": "Elm Lodge", **more}


def _current(rating: str, questions: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {"overall": {"rating": rating, "keyQuestionRatings": questions or [], "reportDate": "2021-05-06"}, "reportDate": "2021-05-06"}


def _assessment(published: str, *entries: dict[str, Any]) -> dict[str, Any]:
    return {"assessmentPlanPublishedDateTime": published, "ratings": {"asgRatings": list(entries)}}


def _entry(rating: str, **more: Any) -> dict[str, Any]:
    return {"assessmentPlanId": "AP1234", "name": "Care Homes", "rating": rating, "status": "Current", **more}


def test_a_list_of_one_rating_is_read_and_a_list_of_two_is_not() -> None:
    (group,) = read_answer(_answer(currentRatings=[_current("Inadequate")])).ratings
    assert group.overall is I
    two = read_answer(_answer(currentRatings=[_current("Good"), _current("Inadequate")]))
    assert two.ratings == () and len(two.unread) == 1 and "Inadequate" in two.unread[0]


@pytest.mark.parametrize("part", ["Inadequate", ["Inadequate"], {"overall": "Inadequate"}, {"overall": {"keyQuestionRatings": ["Safe: Inadequate"]}}], ids=repr)
def test_a_known_part_of_another_type_is_listed_as_unread(part: Any) -> None:
    assert any("nadequate" in line for line in read_answer(_answer(currentRatings=part)).unread)


@pytest.mark.parametrize("ratings", [("Good", "Inadequate"), ("Inadequate", "Good")])
def test_the_worse_of_two_current_ratings_is_read_and_both_are_listed_as_unread(ratings: tuple[str, str]) -> None:
    reading = read_answer(_answer(assessment=[_assessment("2026-11-06 10:00:00", *(_entry(one) for one in ratings))]))
    assert (reading.ratings[0].overall, len(reading.unread)) == (I, 1)
    assert "Good" in reading.unread[0] and "Inadequate" in reading.unread[0]


def test_a_current_entry_that_occurs_twice_is_read_once() -> None:
    reading = read_answer(_answer(assessment=[_assessment("2026-11-06 10:00:00", _entry("Good"), _entry("Good"))]))
    assert (reading.ratings[0].overall, reading.unread) == (G, ())


@pytest.mark.parametrize("ratings", [("Good", "Inadequate"), ("Inadequate", "Good"), ("Good", "Good")])
def test_the_worse_of_two_ratings_of_a_key_question_is_read(ratings: tuple[str, str]) -> None:
    questions = [{"name": "Safe", "rating": one, "status": "Assessed"} for one in ratings]
    entry = _entry("Good", keyQuestionRatings=questions)
    for answer in (_answer(currentRatings=_current("Good", questions=questions)), _answer(assessment=[_assessment("2026-11-06 10:00:00", entry)])):
        reading = read_answer(answer)
        worse = I if "Inadequate" in ratings else G
        assert (reading.ratings[0].key_questions[KeyQuestion.SAFE].rating, len(reading.unread)) == (worse, int(worse is I))


@pytest.mark.parametrize(("day", "rating", "unread"), [("2026-11-06", "Inadequate", 1), ("2021-05-06", "Inadequate", 0), ("2019-05-21", "Inadequate", 0), ("2026-11-06", "Good", 0)])
def test_a_newer_and_worse_former_rating_is_listed_as_unread(
    day: str, rating: str, unread: int
) -> None:
    reading = read_answer(_answer(currentRatings=_current("Good"), historicRatings=[{"reportDate": day, "overall": {"rating": rating}}]))
    assert (reading.ratings[0].overall, len(reading.unread)) == (G, unread)
    entries = [_assessment("2021-05-06 10:00:00", _entry("Good")), _assessment(f"{day} 10:00:00", _entry(rating, status="Historic"))]
    reading = read_answer(_answer(assessment=entries))
    assert (reading.ratings[0].overall, len(reading.unread)) == (G, unread)


def test_an_error_of_the_api_is_not_an_answer_about_a_location() -> None:
    assert read(b'{"statusCode": 429, "message": "Rate limit is exceeded. Try again in 2 seconds."}').source is Source.UNKNOWN
