# ruff: noqa: E501 - a paragraph stands on one line with the rating that it gives
"""Tests the ratings that a report's page gives to "this key question", in a line or in a sentence."""

import pytest

from monitor.cqc.read import read
from monitor.ratings import KeyQuestion

LINES = {
    "<p>This key question: <b>Requires improvement</b></p>": "requires improvement",
    "<p>This key question – Inadequate</p>": "inadequate",
    "<dl><dt>This key question</dt><dd>Inadequate</dd></dl>": "inadequate",
    "<p>Our judgement for this key question: Good</p>": "good",
    "<table><tr><th>Our judgement for this key question</th><td>Inadequate</td></tr></table>": "inadequate",
    "<p>This key question is now rated: Inadequate</p>": "inadequate",
    "<p>This key question: Requires improvement (was Inadequate)</p>": "requires improvement",
    "<p>We judged this key question to be good.</p>": "good",
    "<p>Medicines were not safe, and we found this key question to be inadequate.</p>": "inadequate",
    "<p>People were kept waiting. We consider this key question to require improvement.</p>": "requires improvement",
    "<p>Because of what staff told us we have judged this key question as good.</p>": "good",
    "<p>This key question was judged to be inadequate.</p>": "inadequate",
    "<p>Our judgement on this key question is inadequate.</p>": "inadequate",
    "<p>At our last assessment we judged this key question to be good. We now judge it to be inadequate.</p>": "inadequate",
    "<p>This key question is still inadequate. A survey called the food good.</p>": "inadequate",
}
NOT_RATED = (
    "<p>The provider told us that this key question is good.</p>",
    "<p>Staff thought this key question was judged good.</p>",
    "<p>If we judge this key question to be inadequate, we will come back.</p>",
    "<p>We did not judge this key question to be inadequate.</p>",
    "<p>This key question must not be inadequate.</p>",
    "<p>Ten families judged this key question to be good.</p>",
    "<p>Our overall judgement: Inadequate</p>",
    "<p>Outcome: Inadequate</p>",
    "<p>Our judgement: Inadequate</p>",
    "<h3>Cleanliness</h3><p>This area: Inadequate</p>",
    "<h2>Leadership</h2><p>This key question: Inadequate</p>",
)
OF_ELSE = (
    "<p>This key question last time: Inadequate</p>",
    "<p>We judged this key question to be inadequate at our last assessment.</p>",
    "<p>We judged the lighting to be inadequate.</p>",
    "<p>The audit for this area was good in places.</p>",
    "<p>We found it to be good practice to knock.</p>",
)


def _rating(says: str) -> tuple[str | None, tuple[str, ...]]:
    body = f"<h1>Larch House</h1><p>Report from 12 October 2026 assessment</p><h2>Well-led</h2>{says}<p>Leaders knew where they fell short.</p>"
    reading = read(f"<!doctype html><title>Larch House - Care Quality Commission</title><main>{body}</main>".encode())
    held = [group.key_questions.get(KeyQuestion.WELL_LED) for group in reading.ratings]
    assert not [group.overall for group in reading.ratings if group.overall]
    return next((one.rating for one in held if one), None), reading.unread


@pytest.mark.parametrize("says", LINES)
def test_the_rating_of_this_key_question_is_read(says: str) -> None:
    assert _rating(says) == (LINES[says], ())


@pytest.mark.parametrize("says", NOT_RATED)
def test_a_sentence_that_only_might_rate_the_key_question_is_listed(says: str) -> None:
    rating, unread = _rating(says)
    assert (rating, len(unread)) == (None, 1)


@pytest.mark.parametrize("says", OF_ELSE)
def test_a_former_rating_and_the_rating_of_something_else_are_not_used(says: str) -> None:
    assert _rating(says) == (None, ())


@pytest.mark.parametrize("says", ["The lighting was poor. We found it to be inadequate.", "One nurse led the medicines round. We judged it as inadequate."])
def test_it_is_the_key_question_only_if_the_paragraph_names_the_key_question(says: str) -> None:
    body = f"<h1>Larch House</h1><p>Report from 12 October 2026 assessment</p><h2>Overall: Good</h2><h2>Well-led</h2><p>{says}</p>"
    (group,) = read(f"<!doctype html><title>Larch House - Care Quality Commission</title><main>{body}</main>".encode()).ratings
    assert (group.overall, [one.rating for one in group.key_questions.values() if one.rating]) == ("good", [])


@pytest.mark.parametrize("line", ["<p>This key question: Inadequate</p>", "<h2>This key question</h2><p>Inadequate</p>", "<h2>Rating of this key question</h2><p>Inadequate</p>"])
def test_this_key_question_may_be_named_by_the_title(line: str) -> None:
    page = "<!doctype html><title>CQC</title><main><h1>Larch House: {}</h1><p>Report from 12 October 2026 assessment</p>{}<p>Leaders were new.</p></main>"
    (group,) = read(page.format("well-led", line).encode()).ratings
    assert (group.overall, [one.rating for one in group.key_questions.values()]) == (None, ["inadequate"])


@pytest.mark.parametrize("line", ["<p>This key question: Inadequate</p>", "<h2>This key question</h2><p>Inadequate</p>"])
def test_this_key_question_is_listed_if_no_title_or_heading_names_it(line: str) -> None:
    reading = read(f"<!doctype html><title>CQC</title><main><h1>Larch House</h1><p>Report from 12 October 2026 assessment</p>{line}<p>Leaders were new.</p></main>".encode())
    assert (reading.ratings, len(reading.unread)) == ((), 1)
