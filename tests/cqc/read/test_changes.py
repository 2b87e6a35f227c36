# ruff: noqa: E501 - a sentence stands on one line, however long CQC's are
"""Changes of rating stated in words. All wording is our own."""

import pytest

from monitor.cqc.read.changes import rating_changes
from monitor.ratings import Rating

O, G, RI, I = Rating.OUTSTANDING, Rating.GOOD, Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE  # noqa: E741


def _found(text: str) -> list[tuple[str, object, object]]:
    return [(change.of, change.from_, change.to) for change in rating_changes(text.split("\n"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The overall rating for the service has changed from good to requires improvement.", [("overall", G, RI)], id="has changed from … to"),
        pytest.param("The overall rating for the service has changed from Requires Improvement to Good based on the findings of this inspection.", [("overall", RI, G)], id="in capitals, and a rise"),
        pytest.param("The overall rating for this service has deteriorated to inadequate.", [("overall", None, I)], id="from what is not said"),
        pytest.param("The rating of the home has dropped from good to inadequate.", [("overall", G, I)], id="has dropped"),
        pytest.param("Its overall rating has gone down from 'Good' to 'Requires improvement'.", [("overall", G, RI)], id="gone down, in quotation marks"),
        pytest.param("The overall rating was reduced from good to inadequate.", [("overall", G, I)], id="was reduced"),
        pytest.param("CQC has downgraded the overall rating from outstanding to good.", [("overall", O, G)], id="downgraded"),
        pytest.param("We have downgraded the ratings of safe and well-led from good to inadequate.", [("safe", G, I), ("well-led", G, I)], id="two key questions"),
        pytest.param("CQC has downgraded the service's overall rating from good to inadequate, as well as its ratings for safe and well-led.", [("overall", G, I), ("safe", G, I), ("well-led", G, I)], id="overall and key questions alike"),
        pytest.param("How safe the service is has declined from good to inadequate.", [("safe", G, I)], id="how safe it is"),
        pytest.param("Being effective, caring and responsive went down from good to requires improvement.", [("effective", G, RI), ("caring", G, RI), ("responsive", G, RI)], id="three key questions"),
        pytest.param("The rating for well-led has improved from inadequate to requires improvement.", [("well-led", I, RI)], id="a key question rises"),
        pytest.param("The home was rated inadequate, down from good.", [("overall", G, I)], id="down from"),
        pytest.param("The service is now rated requires improvement, a drop from good.", [("overall", G, RI)], id="a drop from"),
        pytest.param("The service, which was previously rated good, is now rated inadequate.", [("overall", G, I)], id="previously, and now"),
        pytest.param("Is the service safe?\nAt our last inspection this key question was rated as good. At this inspection this key question has now deteriorated to inadequate.", [("safe", G, I)], id="a section of a report"),
        pytest.param("Is the service well-led?\nOur findings\nAt our last inspection we rated this key question good. At this inspection the rating has changed to requires improvement.", [("well-led", G, RI)], id="the rating has changed to"),
        pytest.param("Are services effective?\nAt the last inspection this key question was rated inadequate. At this inspection this key question has improved to requires improvement.", [("effective", I, RI)], id="a practice's report"),
        pytest.param("Safe\nAt our last assessment we rated this key question requires improvement. At this assessment the rating has changed to inadequate.", [("safe", RI, I)], id="an assessment's key question"),
        pytest.param("Caring – this means we looked for evidence that people were treated well.\nAt our last assessment we rated this key question good. At this assessment the rating has changed to outstanding.", [("caring", G, O)], id="the question's own first sentence"),
        pytest.param("The overall rating has gone from good to requires improvement. The rating for safe has gone from good to inadequate.", [("overall", G, RI), ("safe", G, I)], id="two sentences"),
        pytest.param("The service's rating has changed from good to inadequate. The overall rating has changed from good to inadequate.", [("overall", G, I)], id="the same twice"),
        pytest.param("The home's overall rating has dropped from good to inadequate, as have the ratings for safe and well-led. Effective and responsive have declined from good to requires improvement. Caring has been re-rated good.", [("overall", G, I), ("safe", G, I), ("well-led", G, I), ("effective", G, RI), ("responsive", G, RI)], id="a press release's paragraph"),
        pytest.param("Safe and well-led dropped from good to inadequate, while caring went from outstanding to good.", [("safe", G, I), ("well-led", G, I), ("caring", O, G)], id="two moves in a sentence"),
        pytest.param("Safe care had suffered. The overall rating has changed from good to inadequate because staff did not provide safe care.", [("overall", G, I)], id="safe care is no key question"),
        # --- none ---
        pytest.param("At our last assessment we rated this key question as requires improvement. At this assessment the rating has remained requires improvement.", [], id="remained"),
        pytest.param("At the last inspection this key question was rated as good. At this inspection this key question has remained the same.", [], id="remained the same"),
        pytest.param("The overall rating has stayed the same and remains good.", [], id="stayed the same"),
        pytest.param("At our previous inspection the rating had changed from good to requires improvement.", [], id="an earlier inspection's change"),
        pytest.param("The overall rating had been downgraded from good to inadequate.", [], id="had been"),
        pytest.param("We could not improve the rating from requires improvement to good because to do so requires consistent good practice.", [], id="could not improve"),
        pytest.param("The provider needs to improve its rating from requires improvement to good.", [], id="needs to improve"),
        pytest.param("We will meet the provider to discuss how they will improve their rating to at least good.", [], id="how they will improve"),
        pytest.param("The home aims to move from good to outstanding.", [], id="aims"),
        pytest.param("If nothing is done the rating may change from good to inadequate.", [], id="may"),
        pytest.param("The service has been rated requires improvement seven times prior to this.", [], id="how often"),
        pytest.param("The rating at this inspection has not changed from good to anything.", [], id="not changed"),
        pytest.param("The last rating for this service was Good (published 9 April 2019).", [], id="the last rating alone"),
        pytest.param("Staff changed their approach from good to better.", [], id="other words"),
        pytest.param("People went from home to good schools.", [], id="from and good in a sentence"),
        pytest.param("", [], id="no text"),
    ],
)  # fmt: skip
def test_rating_changes(text: str, expected: list[tuple[str, object, object]]) -> None:
    assert _found(text) == expected


def test_the_sentence_that_states_the_change_is_quoted() -> None:
    (change,) = rating_changes(["The overall rating  for the service\nhas changed from ‘good’ to ‘inadequate’."])
    assert change.quote == "The overall rating for the service has changed from ‘good’ to ‘inadequate’."
