# ruff: noqa: E501 - a sentence stands on one line, however long CQC's are
"""The ratings that a text gives in words, by its sentences and by the changes they state. Each was decided before it was read. All
wording is our own.
"""

from datetime import date

import pytest

from monitor.cqc.read.bearing import About
from monitor.cqc.read.changes import rating_changes
from monitor.cqc.read.rated import agreed, rated

ABOUT = About(names=("Alder Grange", "Alder Care Limited"), published=date(2026, 11, 20))
OF = {"o": "overall", "s": "safe", "e": "effective", "c": "caring", "r": "responsive", "w": "well-led"}
RATING = {"I": "inadequate", "R": "requires improvement", "G": "good", "O": "outstanding"}

GIVEN = {
    "Our overall rating of this service has gone down. We now rate it as inadequate.": "oI",
    "Our rating of this location improved. We rated it as good because people were safe.": "oG",
    "The service had been rated good at its last inspection. We have now rated it inadequate.": "oI",
    "Caring is good. Effective and responsive require improvement. Safe and well-led are inadequate.": "sI eR cG rR wI",
    "We looked at safe and well-led only. Both are now inadequate, and so is the overall rating.": "oI sI wI",
    "The quality of care had declined and the rating is now inadequate.": "oI",
    "Elsewhere in the report: responsive remained good; caring improved to outstanding; effective fell to requires improvement.": "eR cO rG",
    "I am writing to tell you that CQC has rated the above home Inadequate overall.": "oI",
    "CQC has today published a report rating Alder Grange as inadequate.": "oI",
    "Alder Grange has been rated inadequate by the health and social care regulator.": "oI",
    "A Ripon care home has been rated inadequate and placed in special measures.": "oI",
    "The home's overall rating has fallen from good to inadequate.": "oI",
    "Overall, the service is rated as requires improvement.": "oR",
    "The overall rating for this service is requires improvement.": "oR",
    "This brings the overall rating down to inadequate.": "oI",
    "The service has dropped from good to requires improvement.": "oR",
    "As well as the home's overall rating declining from good to inadequate, ratings for safe and well-led have also gone down from good to inadequate.": "oI sI wI",
    "Ratings for effective and caring have dropped from good to requires improvement.": "eR cR",
    "Responsive wasn't inspected and remains rated as good.": "rG",
    "How effective, caring and responsive the service is was not rated and remains good.": "eG cG rG",
    "The ratings for how safe and well-led the home is have fallen from good to inadequate.": "sI wI",
    "CQC re-rated caring as good.": "cG",
    "The home's rating for being caring has improved from requires improvement to good.": "cG",
    "The service has again been rated as inadequate overall, and for being safe and well-led. Effective has improved from inadequate to requires improvement.": "oI sI eR wI",
    "Its overall rating moves from requires improvement to good.": "oG",
    "We found the service to be inadequate overall.": "oI",
    "The service was found to be inadequate.": "oI",
    "Alder Grange was judged to be inadequate in safe and well-led.": "sI wI",
    "The rating of the service has been lowered to inadequate.": "oI",
    "We have downgraded the service to inadequate.": "oI",
    "The provider was rated outstanding for caring and good for everything else.": "cO",
    "All five key questions are rated good.": "sG eG cG rG wG",
    "All five key questions were rated inadequate, and so was the service overall.": "oI sI eI cI rI wI",
    "Every key question is inadequate.": "sI eI cI rI wI",
    "The service is good in all five areas.": "sG eG cG rG wG",
    "Good overall; requires improvement for safe.": "oG sR",
}
"""The ratings in short: "oI sR" is overall inadequate, and safe requires improvement."""

NOT_GIVEN = (
    "Of the provider's nine services, two are rated inadequate and seven good.",
    "The service was rated inadequate in 2019 and requires improvement in 2021.",
    "The home was rated inadequate for safe when we last visited.",
    "The manager's aim is for the home to be rated outstanding.",
    "The home's kitchen was rated five for hygiene, the highest rating.",
    "A relative rated the home outstanding on a review site.",
    "Staffing is rated inadequate by people living at the home.",
    "Communication was rated good in the survey.",
    "The medicines audit rated compliance as requires improvement.",
    "Poplar Court, run by the same provider, is rated inadequate.",
    "The home would be rated inadequate if it were inspected today, a councillor said.",
    "Before the change of owner, the home was rated inadequate overall.",
    "Services rated inadequate must display their rating.",
    "We did not rate this service.",
    "We inspected but did not rate safe, which was rated good in 2023.",
    "Our last report rated the service requires improvement in safe.",
    "The care plan was judged inadequate by the auditor.",
    "Training was inadequate and leadership was not good.",
    "People received safe, effective and caring support that was good.",
    "The home had dropped to inadequate in 2021 and recovered to good in 2022.",
    "The provider expects the home to be rated good at the next inspection.",
    "The council rates Alder Grange as good in its own monitoring.",
    "The council's quality team rated the home inadequate in September.",
    "The trust that owns the home is rated requires improvement overall.",
    "Nearly 4 in 5 adult social care services in England are rated good.",
    "To be rated outstanding a service must do more.",
)


def given(text: str) -> dict[str, str]:
    """What all sentences of a text agree on."""
    sure, _ = agreed(rated([text], ABOUT), rating_changes([text]))
    return {of: str(one.rating) for of, one in sure.items()}


@pytest.mark.parametrize("text", GIVEN)
def test_the_ratings_that_words_give(text: str) -> None:
    assert given(text) == {OF[one[0]]: RATING[one[1]] for one in GIVEN[text].split()}


@pytest.mark.parametrize("text", NOT_GIVEN)
def test_words_about_others_about_the_past_or_about_something_else_give_none(text: str) -> None:
    assert given(text) == {}
