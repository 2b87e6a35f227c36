# ruff: noqa: E501 - a paragraph stands on one line with the rating that it gives
"""Tests that only the present rating is read from the sentences below a key question's heading, never an earlier rating."""

import pytest

from monitor.cqc.read import read
from monitor.ratings import KeyQuestion

PARAGRAPHS = {
    "We rated this key question as requires improvement at our last inspection. Our rating has gone down to inadequate.": "inadequate",
    "This key question was rated good in 2021. It is now inadequate.": "inadequate",
    "This key question was rated good in 2021 and is now inadequate.": "inadequate",
    "This key question was rated good in March 2021 but it has since fallen to inadequate.": "inadequate",
    "At our last assessment we rated this key question good. At this assessment the rating has changed to inadequate.": "inadequate",
    "At our last assessment this key question had improved to good. This key question is now rated inadequate.": "inadequate",
    "Previously we rated this key question good. This time we have rated it as inadequate.": "inadequate",
    "Since our last inspection the rating has deteriorated to inadequate.": "inadequate",
    "The rating has deteriorated to inadequate since the last inspection.": "inadequate",
    "We rated this key question inadequate. It was rated good at the last inspection.": "inadequate",
    "We have rated this key question inadequate, as we did at our last inspection.": "inadequate",
    "At our last inspection this key question was rated inadequate.": None,
    "At the last inspection the rating for this key question was rated inadequate. Staff were kind.": None,
    "We rated this key question inadequate at our last inspection. The lounge is tidy. It is now closed.": None,
}


def _rating(says: str) -> tuple[str | None, tuple[str, ...]]:
    body = f"<h1>Larch House</h1><p>Report from 12 October 2026 assessment</p><h2>Well-led</h2><p>This service scored 36 (out of 100) for this area.</p><p>{says}</p>"
    reading = read(f"<!doctype html><title>Larch House - Care Quality Commission</title><main>{body}</main>".encode())
    return reading.ratings[0].key_questions[KeyQuestion.WELL_LED].rating, reading.unread


@pytest.mark.parametrize("says", PARAGRAPHS)
def test_the_current_rating_of_a_key_question_is_read_from_sentences(says: str) -> None:
    assert _rating(says)[0] == PARAGRAPHS[says]


def test_two_different_current_ratings_are_listed_as_unread() -> None:
    says = "We rated this key question inadequate. We have rated this key question good."
    assert _rating(says) == (None, (says,))
