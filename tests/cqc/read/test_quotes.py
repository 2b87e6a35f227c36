"""Tests that every rating and score has a quote: the text around it, as a person sees the text."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from monitor.codec import dump_reading, load_reading
from monitor.cqc.read import read
from monitor.detect.observe import Seen, observe
from monitor.model import MAX_QUOTE, GroupReading, KeyQuestionReading, Reading
from monitor.ratings import OVERALL, KeyQuestion, Rating
from monitor.views.reading import reading_json, reading_text
from tests.cqc.read.markup import Facts, Look, page
from tests.cqc.read.test_markup import CASES, facts, looks

HEAD = "<h1>Oak House</h1><p>Provided and run by:</p><p>Oak Care Limited</p>"
WIDGET = (
    '{"response": "<div class=\'cqc-widget\'><span class=\'cqc-widget-overall good\'>Good</span>'
    '<span class=\'cqc-widget-date\'>16 August 2019</span></div>"}'
)
REPORT = """Oak Care Limited\n\nOak House\n\nInspection report\n\nDate of publication:\n21 March 2018\n
Overall rating for this service\n\nGood ●\n\nIs the service safe?\n\nRequires Improvement ●\n\nIs the service effective?\n
Good ●\n\nIs the service caring?\n\nGood ●\n\nIs the service responsive?\n\nGood ●\n\nIs the service well-led?\n\nGood ●\n
Background to this inspection\n\nOur findings\n\nPeople were safe.\n"""


def answer(**parts: object) -> str:
    return json.dumps({"locationId": "1-123456789", "name": "Oak House", "registrationStatus": "Registered", **parts})


def assessed(**entry: object) -> str:
    rated = {"status": "Current", "name": "Care Homes", **entry}
    return answer(assessment=[{"assessmentPlanPublishedDateTime": "2025-01-02 10:00:00", "ratings": {"asgRatings": [rated]}}])


INSPECTED = answer(
    currentRatings={"overall": {"rating": "Good", "keyQuestionRatings": [{"name": "Safe", "rating": "Inadequate"}]}}
)

QUOTES = {
    "label and value in one line": (f"{HEAD}<li>Safe <b>Inadequate</b></li>", {"safe": "Safe Inadequate"}),
    "label and value without a space": (f"{HEAD}<p><span>Overall</span><span>Good</span></p>", {OVERALL: "Overall Good"}),
    "label and value in separate blocks": (
        f"{HEAD}<div><h3>Overall</h3><p>Requires <i>improvement</i></p></div>", {OVERALL: "Overall Requires improvement"},
    ),
    "the value above its label": (
        f"{HEAD}<div><div><b>Good</b><h4>Safe</h4></div><div><b>Inadequate</b><h4>Caring</h4></div></div>",
        {"safe": "Good Safe", "caring": "Inadequate Caring"},
    ),
    "a class name alone": (f'{HEAD}<p>Overall <i class="rating--good"></i></p>', {OVERALL: "Overall good"}),
    "columns of a table": (
        f"{HEAD}<table><tr><th>Overall<th>Safe</tr><tr><td>Good<td>Inadequate</tr></table>",
        {OVERALL: "Overall Good", "safe": "Safe Inadequate"},
    ),
    "a rating below the name": (
        "<h1>Oak House</h1><h2>Inadequate</h2><p>Registered on 1 May 2024</p>", {OVERALL: "Oak House Inadequate"},
    ),
    "a rating after the name": (
        "<h1>Oak House Inadequate</h1><p>Registered on 1 May 2024</p>", {OVERALL: "Oak House Inadequate"},
    ),
    "a sentence of a paragraph": (
        "<h1>Oak House</h1><p>Report from 28 February 2025 assessment</p><h2>Safe</h2>"
        "<p>We looked at all. This service scored 58 (out of 100) for this area. We will come again.</p>",
        {"safe": "This service scored 58 (out of 100) for this area."},
    ),
    "a score in a separate line": (
        "<h1>Oak House</h1><p>Report from 28 February 2025 assessment</p><h2>Safe</h2><p>58 out of 100</p><h2>Caring</h2>"
        "<p>Not assessed</p>",
        {"safe": "Safe 58 out of 100", "caring": "Caring Not assessed"},
    ),
    "plain text": (
        "Oak House\nProvided and run by:\nOak Care Limited\nOverall: Good\nSafe\tInadequate",
        {OVERALL: "Overall: Good", "safe": "Safe Inadequate"},
    ),
    "a report": (
        REPORT,
        {
            OVERALL: "Overall rating for this service Good ●",
            "safe": "Is the service safe? Requires Improvement ●",
            **{name: f"Is the service {name}? Good ●" for name in ("effective", "caring", "responsive", "well-led")},
        },
    ),
    "the widget": (WIDGET, {OVERALL: "Good 16 August 2019"}),
    "an answer about an inspection": (
        INSPECTED,
        {
            OVERALL: "currentRatings.overall.rating: Good",
            "safe": "currentRatings.overall.keyQuestionRatings[Safe].rating: Inadequate",
        },
    ),
    "an answer about an assessment": (
        assessed(rating="Good", keyQuestionRatings=[{"name": "Safe", "percentageScore": "58"}]),
        {
            OVERALL: "assessment.ratings.asgRatings[Care Homes].rating: Good",
            "safe": "assessment.ratings.asgRatings[Care Homes].keyQuestionRatings[Safe].percentageScore: 58",
        },
    ),
}  # fmt: skip


def quotes(reading: Reading) -> dict[str, str | None]:
    """Returns the quotes of the overall rating and of the key questions."""
    found: dict[str, str | None] = {}
    for group in reading.ratings:
        if group.overall is not None or group.overall_quote is not None:
            found[OVERALL] = group.overall_quote
        found |= {question.value: one.quote for question, one in group.key_questions.items()}
    return found


@pytest.mark.parametrize("where", QUOTES)
def test_the_quote_of_a_rating_is_the_text_that_a_person_sees(where: str) -> None:
    source, expected = QUOTES[where]
    assert quotes(read(source.encode())) == expected


@pytest.mark.slow
@settings(max_examples=min(CASES, 1000))
@given(facts(), looks())
def test_a_quote_contains_the_label_and_the_rating_in_every_markup(told: Facts, look: Look) -> None:
    reading = read(page(told, look).encode())
    for group in reading.ratings:
        said = [(OVERALL, group.overall, group.overall_quote)]
        said += [(question.value, one.rating, one.quote) for question, one in group.key_questions.items()]
        for subject, value, quote in said:
            if value is not None:
                assert quote is not None, subject
                assert {*subject.split(), *value.split()} <= set(quote.casefold().replace(":", " ").replace("?", " ").split())
                assert len(quote) <= MAX_QUOTE


def test_a_long_quote_is_cut_between_words() -> None:
    text = "<h1>Oak House</h1><p>Report from 28 February 2025 assessment</p><h2>Safe</h2><p>" + "We saw that people and " * 12
    quote = quotes(read(f"{text} this service scored 58 (out of 100) for this area.</p>".encode()))["safe"]
    assert quote is not None
    assert len(quote) <= MAX_QUOTE
    assert quote.endswith(("people…", "and…", "that…", "saw…", "We…"))


RATED = Reading(
    source=read(page(Facts(), Look()).encode()).source,
    ratings=(
        GroupReading(
            overall=Rating.GOOD,
            overall_quote="Overall: Good",
            key_questions={KeyQuestion.SAFE: KeyQuestionReading(rating=Rating.GOOD, quote="Details are in our safe findings.")},
        ),
    ),
)


def test_a_different_quote_of_the_same_rating_is_not_a_change() -> None:
    group = RATED.ratings[0]
    safe = replace(group.key_questions[KeyQuestion.SAFE], quote="Safe Good")
    other = replace(RATED, ratings=(replace(group, overall_quote="Rating: Good", key_questions={KeyQuestion.SAFE: safe}),))
    first, second = (observe([Seen(reading=one, page="x")], complete=True) for one in (RATED, other))
    assert first == second


def test_a_reading_that_was_stored_without_quotes_is_loaded() -> None:
    stored = json.loads(dump_reading(RATED))
    del stored["ratings"][0]["overall_quote"], stored["ratings"][0]["key_questions"]["safe"]["quote"]
    loaded = load_reading(json.dumps(stored))
    assert loaded.ratings[0].overall is Rating.GOOD
    assert quotes(loaded) == {OVERALL: None, "safe": None}
    assert load_reading(dump_reading(RATED)) == RATED


def test_json_shows_each_quote_beside_its_rating() -> None:
    shown = reading_json(RATED)["ratings"][0]
    assert shown["overall"] == {"rating": "good", "published": None, "quote": "Overall: Good"}
    assert shown["key_questions"]["safe"]["quote"] == "Details are in our safe findings."


def test_people_see_a_quote_only_if_it_says_more_than_label_and_rating() -> None:
    lines = reading_text(RATED).splitlines()
    assert "  Overall     Good" in lines
    assert not any("Overall: Good" in line for line in lines)
    assert lines[lines.index("  Safe        Good") + 1] == "    “Details are in our safe findings.”"
    assert "currentRatings" not in reading_text(read(INSPECTED.encode()))
