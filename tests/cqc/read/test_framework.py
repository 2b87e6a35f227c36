"""Tests that a reading says under which of CQC's frameworks the ratings were given."""

import json
from typing import Any

import pytest

from monitor.codec import dump_reading, load_reading
from monitor.cqc.read import read
from monitor.cqc.read.report import read_report
from monitor.model import Framework
from tests.cqc.read.test_not_assessed import HEAD
from tests.cqc.read.test_report import HOME

ASSESSMENT, INSPECTION, SECTOR = Framework.ASSESSMENT, Framework.INSPECTION, Framework.SECTOR
ID = "1-2235535718"
PLAN = f"https://www.cqc.org.uk/location/{ID}/reports/LAP-00417/overall/safe"


def framework(said: str, url: str | None = None) -> Framework | None:
    return read(f"{HEAD}{said}<p>Safe: Inadequate</p>".encode(), url=url).ratings[0].framework


@pytest.mark.parametrize(
    "said",
    [
        "<p>Assessed under our framework for adult social care</p>",
        "<p>Report from 19 October 2026 assessment, under our framework for primary care and community services</p>",
        "<p>We inspected the home on 5 October 2026, using the new adult social care framework.</p>",
        "<p>First published under our mental health care framework on 28 October 2026</p>",
        "<p>We rated the hospital against the assessment framework for secondary and specialist care.</p>",
        "<p>This inspection used our sector framework.</p><p>The report was written under the sector framework.</p>",
        "<h3>Key line of enquiry S3: Medicines</h3><p>Characteristics of inadequate</p>",
        "<h2>Key lines of enquiry</h2><h3>S1 Are people safe?</h3><p>What we found is typical of: inadequate</p>",
        "<table><tr><th>Key line of enquiry</th><th>Characteristics that fit best</th></tr>"
        "<tr><td>Staffing</td><td>Good</td></tr></table><p>We compared what we found with the rating characteristics.</p>",
        "<p>Medicines were late. This matches the characteristics of inadequate.</p>"
        "<p>Staff were kind. This matches the characteristics of good.</p>",
        "<p>Nobody had a plan. This is characteristic of inadequate care.</p>"
        "<p>Errors were found. This is characteristic of care that requires improvement.</p>",
    ],
)
def test_what_cqc_says_about_the_frameworks_by_sector_is_read(said: str) -> None:
    assert framework(said) is SECTOR


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("<p>We will assess services like this under our framework for adult social care from 2027.</p>", None),
        ("<p>This service has not been assessed under our framework for adult social care yet.</p>", None),
        ("<p>Some services are now rated under our sector frameworks.</p>", None),
        ("<p>We consulted on ratings under the adult social care framework.</p>", None),
        ('<ul><li><a href="/x">Framework for adult social care</a></li></ul>', None),
        ("<p>We no longer give scores.</p>", None),
        ("<p>We use key lines of enquiry in every inspection.</p><p>Latest inspection: 12 May 2019</p>", INSPECTION),
        ("<h2>Key lines of enquiry</h2><p>Latest inspection: 12 May 2019</p>", INSPECTION),
        ("<p>The characteristics of a good home were all there.</p>", None),
        ("<p>Report published: 20 November 2026</p>", None),
        ("<p>Safe: score 44 out of 100</p><p>Assessed under our framework for adult social care</p>", ASSESSMENT),
        ("<p>Report from 12 October 2026 assessment</p>", ASSESSMENT),
    ],
)
def test_nothing_else_shows_a_framework_by_sector(said: str, holds: Framework | None) -> None:
    assert framework(said) is holds


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("<p>Report from 15 to 24 September 2026 inspection</p>", SECTOR),
        ("<p>Report from 15 to 24 September 2026 assessment</p>", ASSESSMENT),
        ("<p>Report from 15 to 24 September 2024 inspection</p>", INSPECTION),
        ("<p>Report from 15 September 2026 inspection</p><p>Safe: score 44 out of 100</p>", ASSESSMENT),
    ],
)
def test_a_report_of_an_inspection_with_a_plan_number_and_no_scores(said: str, holds: Framework) -> None:
    assert framework(said, PLAN) is holds


def test_the_text_of_a_report_says_the_framework() -> None:
    under = "Overall summary\n\nWe inspected the home under our framework for adult social care.\n"
    said = HOME.replace("Overall summary\n", under)
    assert read_report(said).ratings[0].framework is SECTOR
    assert read_report(HOME).ratings[0].framework is INSPECTION


def answer(question: dict[str, Any], **entry: Any) -> bytes:
    """Returns an answer of the API with one assessment."""
    rated = {"name": "Safe", "rating": "Inadequate", "status": "Assessed"} | question
    held = {"name": "Care Homes", "rating": "Inadequate", "status": "Current", "keyQuestionRatings": [rated]} | entry
    assessed = {"assessmentPlanPublishedDateTime": "2026-11-26 07:58:00", "ratings": {"asgRatings": [held]}}
    return json.dumps({"locationId": ID, "name": "Elmfield Court", "assessment": [assessed]}).encode()


@pytest.mark.parametrize(
    ("question", "entry", "holds"),
    [
        ({"keyLinesOfEnquiry": [{"name": "Staffing", "characteristic": "Good"}]}, {}, SECTOR),
        ({}, {"commentary": "Inspected 19 to 21 October 2026 under the adult social care framework."}, SECTOR),
        ({}, {}, ASSESSMENT),
        ({"percentageScore": "44", "keyLinesOfEnquiry": []}, {}, ASSESSMENT),
        ({"percentageScore": "44"}, {"commentary": "Inspected under the adult social care framework."}, ASSESSMENT),
    ],
)
def test_the_answer_of_the_api(question: dict[str, Any], entry: dict[str, Any], holds: Framework) -> None:
    reading = read(answer(question, **entry))
    assert reading.ratings[0].framework is holds
    assert load_reading(dump_reading(reading)) == reading


def test_what_an_api_answer_says_about_special_measures_is_read_under_each_framework() -> None:
    told = {"narrative": "Well-led was inadequate twice, so we have put this service into special measures."}
    states = {read(answer({"keyLinesOfEnquiry": [{}]} | more, **told)).special_measures.state for more in ({}, {"score": 1})}
    assert states == {read(answer({}, **told)).special_measures.state} != {"not stated"}
