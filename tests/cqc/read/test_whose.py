# ruff: noqa: E501 - a sentence stands on one line
"""Tests that special measures of other services or of the past are not read as this service's special measures."""

import pytest

from monitor.cqc.read import read
from monitor.model import MeasuresState

PAGE = """<html><body><main><h1>{name}</h1><p>Overall: {overall}</p>
<ul><li>Safe: {overall}</li><li>Effective: Good</li><li>Caring: Good</li><li>Responsive: Good</li>{last}</ul>
{text}<p>Provided and run by: Hartwell Care Limited</p>
<a href="/location/1-2235535718/reports">All reports</a></main></body></html>"""

ENTERED, REMAINS, UNCLEAR, NOTHING = (
    MeasuresState.ENTERED,
    MeasuresState.REMAINS,
    MeasuresState.UNCLEAR,
    MeasuresState.NOT_STATED,
)


def state(text: str, *, overall: str = "Good", whole: bool = False) -> MeasuresState:
    """Returns the state that is read from a page with this text. If `whole` is set, the page shows all five key questions."""
    last = "<li>Well-led: Good</li>" if whole else ""
    page = PAGE.format(name="Cherrybrook Care Home", overall=overall, text=text, last=last)
    return read(page.encode()).special_measures.state


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Cherrybrook has been placed in special measures.</p>", ENTERED),
        ("<p>CQC rates Cherrybrook Care Home inadequate and places it in special measures.</p>", ENTERED),
        ("<p>The home has been placed in special measures.</p>", ENTERED),
        ("<p>This service remains in special measures.</p>", REMAINS),
        ("<p>Hartwell Care has been placed in special measures.</p>", ENTERED),
        ("<p>Following our inspection in March, the service has been placed in special measures.</p>", ENTERED),
        ("<p>Grim Towers has been placed in special measures.</p>", UNCLEAR),
        ("<p>CQC rates Grim Towers inadequate and places it in special measures.</p>", UNCLEAR),
        ("<p>The provider also runs Elm Lodge. That service remains in special measures.</p>", NOTHING),
        ("<p>CQC places Elm Court Nursing Home in special measures.</p>", UNCLEAR),
        (
            "<h2>Latest news</h2><ul><li><a href='/press-release/x'>Leeds care home placed in special measures</a></li></ul>",
            NOTHING,
        ),
        ("<h2>Related press releases</h2><p>Leeds care home placed in special measures</p>", NOTHING),
        (
            "<h2>Previous ratings</h2><h3>3 May 2019</h3><p>Overall: Inadequate. This service is in special measures.</p>",
            NOTHING,
        ),
    ],
)
def test_only_present_special_measures_of_this_service_are_read(text: str, expected: MeasuresState) -> None:
    assert state(text) is expected


@pytest.mark.parametrize(
    "text",
    ["The home has been placed in special measures.", "This service remains in special measures.", "It is in special measures."],
)
def test_special_measures_are_unclear_if_no_key_question_is_inadequate(text: str) -> None:
    """The page shows all five key questions, and CQC places a service in special measures only if one of them is inadequate."""
    assert state(f"<p>{text}</p>", whole=True) is UNCLEAR
    assert state(f"<p>{text}</p>", overall="Inadequate", whole=True) is not UNCLEAR


def test_special_measures_of_a_service_with_another_name_are_unclear() -> None:
    """It may be another name of this service, and a missed entry is the worst mistake, so a person must check."""
    assert state("<p>The Brook has been placed in special measures.</p>", overall="Inadequate", whole=True) is UNCLEAR


LEFT = MeasuresState.LEFT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Elm House has been taken out of special measures, but Cherrybrook Care Home has not.", REMAINS),
        ("Elm House is in special measures, but Cherrybrook Care Home is not.", NOTHING),
        ("Elm House remains in special measures, while Cherrybrook Care Home has been taken out.", LEFT),
        ("Cherrybrook Care Home was served a warning notice; Elm House was placed in special measures.", NOTHING),
        ("Elm House was served a warning notice; Cherrybrook Care Home was placed in special measures.", ENTERED),
        ("Cherrybrook Care Home in Kent, an unrelated service of the same name, has been placed in special measures.", NOTHING),
    ],
)
def test_the_state_of_this_service_is_read_from_a_sentence_about_two_services(text: str, expected: MeasuresState) -> None:
    assert state(f"<p>{text}</p>", overall="Inadequate") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was in special measures at our last inspection and is not any more.", LEFT),
        ("The last report placed the home in special measures, this one takes it out.", LEFT),
        ("The home was placed in special measures on 14 May 2026 and, six months on, is still there.", REMAINS),
        ("Special measures began in March 2026 and have yet to end.", REMAINS),
        ("Within a year of leaving special measures the service has had to be placed in them once more.", ENTERED),
        ("Services in special measures must improve within six months. This is now one of them.", MeasuresState.IN),
        ("When a service is rated inadequate overall, we place it in special measures. We have done so here.", ENTERED),
        ("Having been in special measures since November 2025, it has now left them.", LEFT),
        ("We said that we would take the service out of special measures. We have done so.", LEFT),
        ("Services leave special measures once they improve. This is now one of them.", NOTHING),
        ("The home is in special measures and two nurses left it.", MeasuresState.IN),
        ("The home has left special measures. One relative was not.", LEFT),
        ("The home is expected to leave special measures on 1 February 2027 if nobody is at risk of harm.", REMAINS),
        ("This service has been in special measures since January 2026. It is no longer in special measures.", LEFT),
        ("We are recommending to NHS England that the trust exits special measures.", UNCLEAR),
        ("Inspectors recommended placing the trust in special measures.", UNCLEAR),
        ("Special measures, into which the service was placed in April 2026, continue.", REMAINS),
        ("The provider has until March 2027 to improve. Failing that, special measures will follow.", NOTHING),
    ],
)
def test_the_present_state_is_read_if_the_text_also_mentions_another_time(text: str, expected: MeasuresState) -> None:
    assert state(f"<p>{text}</p>", overall="Inadequate") is expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [("Special measures history: 3 May 2019 to 14 February 2020", LEFT), ("Status: In special measures (from 18 September 2026)", MeasuresState.IN), ("In special measures? Yes", MeasuresState.IN), ("In special measures? No", NOTHING), ("Special measures? No", NOTHING)],
)
def test_the_state_of_special_measures_is_read_from_a_field(field: str, expected: MeasuresState) -> None:
    assert state(f"<p>{field}</p>", overall="Inadequate") is expected
