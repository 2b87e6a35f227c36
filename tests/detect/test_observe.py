"""Tests the observation that is made from the readings of a check, and which dates in the readings are believed."""

from datetime import date, timedelta

import pytest

from monitor.detect.observe import Seen, believable, observe
from monitor.model import Aspect, GroupReading, KeyQuestionReading, Reading, Source
from monitor.ratings import KeyQuestion, Rating

TODAY = date(2026, 11, 29)


def reading(overall: date | None, safe: date | None) -> Reading:
    held = KeyQuestionReading(rating=Rating.GOOD, published=safe)
    group = GroupReading(overall=Rating.GOOD, overall_published=overall, key_questions={KeyQuestion.SAFE: held})
    return Reading(source=Source.LOCATION_PAGE, ratings=(group,))


@pytest.mark.parametrize(
    ("days", "is_believed"), [(-4000, True), (-1, True), (0, True), (1, True), (2, False), (365, False), (365_000, False)]
)
def test_a_date_of_publication_after_tomorrow_is_left_out(days: int, is_believed: bool) -> None:
    day = TODAY + timedelta(days=days)
    expected = reading(day, day) if is_believed else reading(None, None)
    assert believable(reading(day, day), TODAY) == expected


def test_only_the_date_in_the_future_is_left_out() -> None:
    assert believable(reading(TODAY, date(2027, 11, 20)), TODAY) == reading(TODAY, None)
    assert believable(reading(None, None), TODAY) == reading(None, None)


def test_ratings_are_kept_if_their_date_is_left_out() -> None:
    seen = Seen(reading=believable(reading(date(2062, 6, 3), None), TODAY), page="1")
    holdings = observe([seen], complete=True).holdings
    rated = {(held.value, held.published) for subject, held in holdings.items() if subject.aspect is Aspect.RATING}
    assert rated == {(Rating.GOOD, None)}
