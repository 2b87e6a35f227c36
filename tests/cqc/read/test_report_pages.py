"""Tests pages of reports without scores, such as a future framework may have. The pages are recognised by their address."""

import pytest

from monitor.cqc.read import read
from monitor.model import Reading, Source

ADDRESS = "https://www.cqc.org.uk/location/1-7000000001"
REPORT = f"{ADDRESS}/reports/LAP-00417/overall"
HEAD = "<h1>Hazel House</h1><p>Overall: Inadequate</p><p>Provided and run by: Hazel Care Limited</p>"
QUESTIONS = ("Safe", "Effective", "Caring", "Responsive", "Well-led")
NOW = ("Inadequate", "Good", "Good", "Good", "Requires improvement")
EXPECTED = {question.lower(): rating.lower() for question, rating in zip(QUESTIONS, NOW, strict=True)}
MENU = '<ul><li><a href="/location/1-7000000001/reports">All inspections</a></li></ul>'


def _read(body: str, url: str | None = REPORT) -> Reading:
    return read(f"<!doctype html><body><main>{HEAD}{MENU}{body}</main></body>".encode(), url=url)


def _rated(reading: Reading) -> dict[str, str]:
    held = [pair for group in reading.ratings for pair in group.key_questions.items()]
    return {question.value: str(one.rating) for question, one in held if one.rating}


FORMS = {
    "rating": "<h2>{0}</h2><p>Rating: {1}</p><p>People told us things.</p>",
    "our rating": "<h2>{0}</h2><p>Our rating for this key question: {1}</p><p>Text.</p>",
    "our rating as a heading": "<h2>{0}</h2><h3>Our rating for this key question</h3><p>{1}</p><p>Text.</p>",
    "text between": "<h2>{0}</h2><p>We looked for evidence that people were protected.</p><p>Rating: {1}</p><p>Text.</p>",
    "the last rating above": "<h2>{0}</h2><p>Rating at last inspection: Good</p><p>Rating at this inspection: {1}</p>",
    "a definition list": "<h2>{0}</h2><dl><dt>Rating</dt><dd>{1}</dd><dt>Previous rating</dt><dd>Good</dd></dl>",
    "a sentence": "<h2>{0}</h2><p>We rated this key question {1}.</p><p>Text.</p>",
    "rating characteristics": "<h2>{0}</h2><p>Rating: {1}</p><h3>How are people kept from harm?</h3>"
    "<p>Rating characteristic met: good</p><p>Text.</p><h3>Are there enough staff?</h3>"
    "<p>Characteristic: Requires improvement</p>",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_the_rating_below_a_key_question_is_read_on_a_page_without_scores(form: str) -> None:
    rows = "".join(FORMS[form].format(*pair) for pair in zip(QUESTIONS, NOW, strict=True))
    reading = _read(f"<p>Report from 12 October 2026 inspection</p>{rows}")
    assert (_rated(reading), reading.unread) == (EXPECTED, ())
    single = _read(FORMS[form].format("Safe", "Inadequate"), f"{REPORT}/safe")
    assert (_rated(single), single.unread) == ({"safe": "inadequate"}, ())


def test_the_rating_of_this_inspection_is_read_instead_of_that_of_the_last() -> None:
    body = "<h2>Safe</h2><p>At our last inspection we rated this key question good.</p><p>Rating: Inadequate</p>"
    assert _rated(_read(body)) == {"safe": "inadequate"}


def test_a_rating_below_another_heading_does_not_belong_to_the_key_question() -> None:
    assert _rated(_read("<h2>Safe</h2><p>Text.</p><h2>Food hygiene</h2><p>Rating: Good</p>")) == {}


def test_rating_characteristics_are_neither_ratings_nor_listed_as_unread() -> None:
    reading = _read("<h2>Safe</h2><p>Rating: Inadequate</p><ul><li>Rating characteristic met: good</li></ul>")
    assert (_rated(reading), reading.unread) == ({"safe": "inadequate"}, ())


WORDS = (
    "<h2>All inspections</h2><p>Safe: Good</p>", "<p>Report from 12 October 2026 inspection</p><h2>Safe</h2><p>Rating: Good</p>",
    "<h2>Inspection areas</h2><p>Safe: Good</p>", "<h2>Reports</h2><p>Safe: Good</p>",
)  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize(
    ("address", "source"),
    [
        (ADDRESS, Source.LOCATION_PAGE),
        (f"{ADDRESS}/inspection-summary", Source.SUMMARY_PAGE),
        (f"{ADDRESS}/reports", Source.REPORTS_PAGE),
        (REPORT, Source.ASSESSMENT_PAGE),
        (f"{REPORT}/safe?x=1#y", Source.ASSESSMENT_PAGE),
        (f"{ADDRESS}/reports/AP2291/overall/well-led", Source.ASSESSMENT_PAGE),
    ],
)
def test_the_kind_of_a_page_is_read_from_its_address_before_its_words(address: str, source: Source, words: str) -> None:
    assert _read(words, address).source is source


def test_a_page_without_an_address_is_recognised_by_the_report_that_it_names() -> None:
    for word in ("inspection", "assessment"):
        reading = _read(f"<p>Report from 12 October 2026 {word}</p><h2>Safe</h2><p>Rating: Good</p>", None)
        assert (reading.source, reading.report) == (Source.ASSESSMENT_PAGE, "2026-10-12")


@pytest.mark.parametrize(("plan", "named"), [("LAP-00417", "LAP-00417"), ("ap2291", "AP2291"), ("lap-00417", "LAP-00417")])
def test_the_id_of_a_report_without_a_date_is_read_from_an_address(plan: str, named: str) -> None:
    assert _read("<h2>Safe</h2><p>Rating: Good</p>", f"{ADDRESS}/reports/{plan}/overall").report == named
    link = f'<p><a href="/location/1-7000000001/reports/{plan}/overall">Read the report</a></p><p>Safe: Good</p>'
    assert _read(link, ADDRESS).report == named


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We rated well-led as inadequate because leaders did not keep people safe.", {"well-led": "inadequate"}),
        ("At the last inspection we rated well-led as inadequate.", {}),
        ("We rated safe as inadequate.", {"safe": "inadequate"}),
    ],
)
def test_a_sentence_that_names_a_key_question_rates_this_question_whatever_the_heading(
    sentence: str, expected: dict[str, str]
) -> None:
    assert _rated(_read(f"<h2>Well-led</h2><p>{sentence}</p><p>Text.</p>")) == expected
