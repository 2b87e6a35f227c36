# ruff: noqa: E501 - a sentence stands on one line, however long CQC's are
"""Tests how changes of rating are read from sentences. All wording is our own."""

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
        pytest.param("The overall rating for the service has changed from Requires Improvement to Good based on the findings of this inspection.", [("overall", RI, G)], id="a rise, in capitals"),
        pytest.param("The overall rating for this service has deteriorated to inadequate.", [("overall", None, I)], id="without the earlier rating"),
        pytest.param("The rating of the home has dropped from good to inadequate.", [("overall", G, I)], id="has dropped"),
        pytest.param("Its overall rating has gone down from 'Good' to 'Requires improvement'.", [("overall", G, RI)], id="gone down, in quotation marks"),
        pytest.param("The overall rating was reduced from good to inadequate.", [("overall", G, I)], id="was reduced"),
        pytest.param("CQC has downgraded the overall rating from outstanding to good.", [("overall", O, G)], id="downgraded"),
        pytest.param("We have downgraded the ratings of safe and well-led from good to inadequate.", [("safe", G, I), ("well-led", G, I)], id="two key questions"),
        pytest.param("CQC has downgraded the service's overall rating from good to inadequate, as well as its ratings for safe and well-led.", [("overall", G, I), ("safe", G, I), ("well-led", G, I)], id="the overall rating and two key questions"),
        pytest.param("How safe the service is has declined from good to inadequate.", [("safe", G, I)], id="how safe it is"),
        pytest.param("Being effective, caring and responsive went down from good to requires improvement.", [("effective", G, RI), ("caring", G, RI), ("responsive", G, RI)], id="three key questions"),
        pytest.param("The rating for well-led has improved from inadequate to requires improvement.", [("well-led", I, RI)], id="a key question rises"),
        pytest.param("The home was rated inadequate, down from good.", [("overall", G, I)], id="down from"),
        pytest.param("The service is now rated requires improvement, a drop from good.", [("overall", G, RI)], id="a drop from"),
        pytest.param("The service, which was previously rated good, is now rated inadequate.", [("overall", G, I)], id="was previously, is now"),
        pytest.param("Is the service safe?\nAt our last inspection this key question was rated as good. At this inspection this key question has now deteriorated to inadequate.", [("safe", G, I)], id="a section of a report"),
        pytest.param("Is the service well-led?\nOur findings\nAt our last inspection we rated this key question good. At this inspection the rating has changed to requires improvement.", [("well-led", G, RI)], id="the rating has changed to"),
        pytest.param("Are services effective?\nAt the last inspection this key question was rated inadequate. At this inspection this key question has improved to requires improvement.", [("effective", I, RI)], id="a practice's report"),
        pytest.param("Safe\nAt our last assessment we rated this key question requires improvement. At this assessment the rating has changed to inadequate.", [("safe", RI, I)], id="an assessment's key question"),
        pytest.param("Caring – this means we looked for evidence that people were treated well.\nAt our last assessment we rated this key question good. At this assessment the rating has changed to outstanding.", [("caring", G, O)], id="the question's own first sentence"),
        pytest.param("The overall rating has gone from good to requires improvement. The rating for safe has gone from good to inadequate.", [("overall", G, RI), ("safe", G, I)], id="two sentences"),
        pytest.param("The service's rating has changed from good to inadequate. The overall rating has changed from good to inadequate.", [("overall", G, I)], id="the same change stated twice"),
        pytest.param("The home's overall rating has dropped from good to inadequate, as have the ratings for safe and well-led. Effective and responsive have declined from good to requires improvement. Caring has been re-rated good.", [("overall", G, I), ("safe", G, I), ("well-led", G, I), ("effective", G, RI), ("responsive", G, RI)], id="a press release's paragraph"),
        pytest.param("Safe and well-led dropped from good to inadequate, while caring went from outstanding to good.", [("safe", G, I), ("well-led", G, I), ("caring", O, G)], id="two changes in a sentence"),
        pytest.param("Safe care had suffered. The overall rating has changed from good to inadequate because staff did not provide safe care.", [("overall", G, I)], id="safe care is not a key question"),
        # --- no change ---
        pytest.param("At our last assessment we rated this key question as requires improvement. At this assessment the rating has remained requires improvement.", [], id="remained"),
        pytest.param("At the last inspection this key question was rated as good. At this inspection this key question has remained the same.", [], id="remained the same"),
        pytest.param("The overall rating has stayed the same and remains good.", [], id="stayed the same"),
        pytest.param("At our previous inspection the rating had changed from good to requires improvement.", [], id="a change by an earlier inspection"),
        pytest.param("The overall rating had been downgraded from good to inadequate.", [], id="had been downgraded"),
        pytest.param("We could not improve the rating from requires improvement to good because to do so requires consistent good practice.", [], id="could not improve"),
        pytest.param("The provider needs to improve its rating from requires improvement to good.", [], id="needs to improve"),
        pytest.param("We will meet the provider to discuss how they will improve their rating to at least good.", [], id="how the provider will improve"),
        pytest.param("The home aims to move from good to outstanding.", [], id="aims for another rating"),
        pytest.param("If nothing is done the rating may change from good to inadequate.", [], id="may change"),
        pytest.param("The service has been rated requires improvement seven times prior to this.", [], id="how often the service had a rating"),
        pytest.param("The rating at this inspection has not changed from good to anything.", [], id="not changed"),
        pytest.param("The last rating for this service was Good (published 9 April 2019).", [], id="the last rating alone"),
        pytest.param("Staff changed their approach from good to better.", [], id="a change that is not of a rating"),
        pytest.param("People went from home to good schools.", [], id="from, and good, without a rating"),
        pytest.param("", [], id="no text"),
    ],
)  # fmt: skip
def test_only_a_change_by_this_report_is_read_as_a_change_of_rating(
    text: str, expected: list[tuple[str, object, object]]
) -> None:
    assert _found(text) == expected


def test_the_quote_of_a_change_is_the_sentence_that_states_the_change() -> None:
    (change,) = rating_changes(["The overall rating  for the service\nhas changed from ‘good’ to ‘inadequate’."])
    assert change.quote == "The overall rating for the service has changed from ‘good’ to ‘inadequate’."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Safe and well-led have fallen to inadequate, effective and caring to requires improvement.', [("safe", None, I), ("well-led", None, I), ("effective", None, RI), ("caring", None, RI)]),
        ('Safe and well-led have fallen from good to inadequate, effective and caring to requires improvement.', [("safe", G, I), ("well-led", G, I), ("effective", None, RI), ("caring", None, RI)]),
        ('Safe has dropped from good to inadequate, effective from good to requires improvement, and well-led from outstanding to good.', [("safe", G, I), ("effective", G, RI), ("well-led", O, G)]),
        ('The ratings for safe and well-led have dropped from good to inadequate. Caring and responsive have improved from requires improvement to good. Effective remains good.', [("safe", G, I), ("well-led", G, I), ("caring", RI, G), ("responsive", RI, G)]),
        ('The overall rating has dropped from good to requires improvement, as have the ratings for safe and well-led.', [("overall", G, RI), ("safe", G, RI), ("well-led", G, RI)]),
        ('The overall rating has gone from good to inadequate. Safe, effective and well-led have also gone from good to inadequate, while caring and responsive went from good to requires improvement.', [("overall", G, I), ("safe", G, I), ("effective", G, I), ("well-led", G, I), ("caring", G, RI), ("responsive", G, RI)]),
        ("Following the inspection, the home's overall rating has dropped from good to requires improvement. Safe and well-led have dropped from good to inadequate. Effective has been re-rated good; caring and responsive were not looked at and remain good.", [("overall", G, RI), ("safe", G, I), ("well-led", G, I)]),
        ('Safe: fell from good to inadequate\nWell-led: fell from good to requires improvement\nCaring: stayed good', [("safe", G, I), ("well-led", G, RI)]),
        ('The ratings changed as follows:\nSafe: good to inadequate\nEffective: good to requires improvement\nCaring: no change', [("safe", G, I), ("effective", G, RI)]),
        ('The following ratings have gone down:\nSafe, from good to inadequate\nWell-led, from good to inadequate', [("safe", G, I), ("well-led", G, I)]),
        ('Safe - down from good to inadequate\nWell-led - up from inadequate to requires improvement', [("safe", G, I), ("well-led", I, RI)]),
        ('• Safe has gone down to inadequate\n• Effective has gone down to requires improvement\n• Caring is still good', [("safe", None, I), ("effective", None, RI)]),
        ('Safe was rated inadequate, down from good.', [("safe", G, I)]),
        ('Safe is now inadequate; it was good.', [("safe", G, I)]),
        ('Safe and well-led are now rated inadequate, having been good.', [("safe", G, I), ("well-led", G, I)]),
        ('Our rating of safe went down. We rated it as inadequate.', [("safe", None, I)]),
        ('Our rating of this service went down. We rated it as requires improvement.', [("overall", None, RI)]),
        ('Our rating of this location improved. We rated it as good.', [("overall", None, G)]),
        ('Our rating of this service stayed the same. We rated it as good.', []),
        ('How well-led the service is has dropped from requires improvement to inadequate, and safe and effective from good to requires improvement.', [("well-led", RI, I), ("safe", G, RI), ("effective", G, RI)]),
        ("The service's rating has been downgraded from good to inadequate overall, and for being safe and well-led.", [("overall", G, I), ("safe", G, I), ("well-led", G, I)]),
        ('The home has been rated inadequate overall, having previously been rated good.', [("overall", G, I)]),
        ('The rating for caring has improved from requires improvement to good, responsive from inadequate to requires improvement.', [("caring", RI, G), ("responsive", I, RI)]),
        ('Well-led has declined two ratings, from good to inadequate.', [("well-led", G, I)]),
        ('The overall rating for this service has changed from requires improvement to inadequate. This is because safe has gone from requires improvement to inadequate and well-led has changed from good to inadequate.', [("overall", RI, I), ("safe", RI, I), ("well-led", G, I)]),
        ('We rated safe inadequate, which is down from good. We rated well-led requires improvement, which is down from good.', [("safe", G, I), ("well-led", G, RI)]),
        ('All five key questions have dropped from good to requires improvement.', [("safe", G, RI), ("effective", G, RI), ("caring", G, RI), ("responsive", G, RI), ("well-led", G, RI)]),
        ('Safe, effective, responsive and well-led have each dropped a rating, to requires improvement.', [("safe", None, RI), ("effective", None, RI), ("responsive", None, RI), ("well-led", None, RI)]),
        ('The rating of safe fell to inadequate and that of well-led to requires improvement.', [("safe", None, I), ("well-led", None, RI)]),
        ('Safe fell from good to inadequate and caring rose from requires improvement to good while effective stayed good.', [("safe", G, I), ("caring", RI, G)]),
        ('CQC has rated the home inadequate overall and for being safe and well-led, down from good.', [("overall", G, I), ("safe", G, I), ("well-led", G, I)]),
        ('The home was rated good in 2021 and is now inadequate.', [("overall", G, I)]),
        ('Previously rated good, the home is now rated requires improvement.', [("overall", G, RI)]),
        ('The service was rated requires improvement overall after being rated good at its last inspection.', [("overall", G, RI)]),
        ('The overall rating has moved from good down to inadequate.', [("overall", G, I)]),
        ('Safe\nThis key question has gone from good to inadequate.\nEffective\nThis key question has remained good.\nWell-led\nThe rating has fallen to requires improvement.', [("safe", G, I), ("well-led", None, RI)]),
        ('Staff said safe and effective care had improved to a good standard.', []),
        ('The number of staff fell from good levels to inadequate levels.', []),
        ('A sister home fell from good to inadequate.', []),
        ('Had the rating fallen from good to inadequate, we would have acted.', []),
    ],
)  # fmt: skip
def test_each_key_question_gets_its_own_change_if_a_text_states_several_changes(
    text: str, expected: list[tuple[str, object, object]]
) -> None:
    assert sorted(map(str, _found(text))) == sorted(map(str, expected))
