"""Another home's special measures are not this one's; nor are those of the past."""

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
    """What a page with this text states; `whole`: it shows all five key questions."""
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
def test_whose_special_measures_are_meant(text: str, expected: MeasuresState) -> None:
    assert state(text) is expected


@pytest.mark.parametrize(
    "text",
    ["The home has been placed in special measures.", "This service remains in special measures.", "It is in special measures."],
)
def test_nobody_is_in_special_measures_who_is_inadequate_in_nothing(text: str) -> None:
    """All five key questions are read: CQC places nobody there without one that is inadequate."""
    assert state(f"<p>{text}</p>", whole=True) is UNCLEAR
    assert state(f"<p>{text}</p>", overall="Inadequate", whole=True) is not UNCLEAR


def test_a_name_that_is_not_its_own_is_unclear_on_any_page() -> None:
    """It may be known by another one, and an entry that is missed is the worst mistake: a person looks."""
    assert state("<p>The Brook has been placed in special measures.</p>", overall="Inadequate", whole=True) is UNCLEAR
