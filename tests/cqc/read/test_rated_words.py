# ruff: noqa: E501 - a sentence stands on one line, however long CQC's are
"""Tests the ratings that are read from the sentences of a text, and from the changes that the sentences state. The expected
ratings were written before the reader was tried. All wording is our own.
"""

from datetime import date

import pytest

from monitor.cqc.read.changes import rating_changes
from monitor.cqc.read.others import About
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
    "Our inspection of Alder Grange on 12 October 2026 resulted in an overall rating of inadequate.": "oI",
    "The rating for the service has therefore changed to requires improvement.": "oR",
    "We have given the home an overall rating of inadequate.": "oI",
    "It received a rating of inadequate overall.": "oI",
    "The home achieved a rating of good in every area.": "sG eG cG rG wG",
    "We awarded Alder Grange a rating of outstanding.": "oO",
    "The practice was given an overall rating of good.": "oG",
    "Safe: inadequate. Effective: good. Caring: good. Responsive: good. Well-led: inadequate.": "sI eG cG rG wI",
    "Two of the five key questions, safe and well-led, are now inadequate.": "sI wI",
    "We rated the service inadequate for safe and well-led, requires improvement for effective, and good for caring and responsive.": "sI eR cG rG wI",
    "Inadequate ratings were given for safe and well-led.": "sI wI",
    "A rating of requires improvement was awarded for responsive.": "rR",
    "The service's rating is now inadequate.": "oI",
    "Well-led has been re-rated and is now good.": "wG",
    "We changed the rating for well-led from good to inadequate.": "wI",
    "Safe is still rated as requires improvement.": "sR",
    "There was no change to the rating of caring, which remains good.": "cG",
    "The home is now rated as good in all areas.": "sG eG cG rG wG",
    "The overall rating remains unchanged at good.": "oG",
    "The overall rating stays at requires improvement because well-led is inadequate.": "oR wI",
    "Alder Grange continues to be rated inadequate.": "oI",
    "Alder Grange's rating has plummeted from outstanding to inadequate.": "oI",
    "A failing care home in Ripon has been downgraded to inadequate.": "oI",
    "Inspectors said the home was inadequate overall.": "oI",
    "CQC's report says that the home is inadequate in safe.": "sI",
    "Following this targeted inspection the rating for well-led has been limited to requires improvement.": "wR",
    "The home is rated requires improvement overall, with safe rated inadequate.": "oR sI",
    "Overall the home requires improvement.": "oR",
    "Caring, however, was rated good.": "cG",
    "For safe, we rated the home as inadequate.": "sI",
    "The home went from outstanding in 2022 to inadequate today.": "oI",
    "The rating of this service went down. We rated it as inadequate because people were at risk.": "oI",
    "Alder Grange has been rated inadequate overall following a CQC inspection in October.": "oI",
    "CQC carried out an unannounced inspection in October, after which the home's overall rating dropped from requires improvement to inadequate.": "oI",
    "Following this inspection, the overall rating for the service, as well as the areas of safe and well-led, have declined from good to inadequate.": "oI sI wI",
    "The rating for how responsive the service is has improved from requires improvement to good, while effective and caring were re-rated good.": "eG cG rG",
    "Following the inspection, Alder Grange has been rated as requires improvement overall and for being safe, effective and well-led. It has been rated as good for being caring and responsive.": "oR sR eR cG rG wR",
    "Safe, effective, responsive and well-led have all been rated inadequate, with caring being rated requires improvement.": "sI eI cR rI wI",
    "The practice has been rated inadequate overall, and inadequate for safe, effective and well-led.": "oI sI eI wI",
    "How well-led the home was has fallen to inadequate.": "wI",
    "The service's overall rating has gone up from inadequate to requires improvement.": "oR",
    "The home, previously rated good, is now inadequate.": "oI",
    "This service was rated good on 3 May 2019 and is now rated inadequate.": "oI",
    "It was rated good in 2022. It is rated inadequate now.": "oI",
    "The service's rating stays the same: requires improvement.": "oR",
    "We upgraded caring to outstanding.": "cO",
    "Well-led went down to inadequate from good.": "wI",
    "Safe fell two levels, from outstanding to requires improvement.": "sR",
    "The inspection found the home inadequate in every area but one: caring was good.": "cG",
    "Effective has been rated for the first time and is good.": "eG",
    "The service's ratings are: safe inadequate, effective good, caring good, responsive good, well-led inadequate.": "sI eG cG rG wI",
    "Only caring was rated good; everything else was inadequate.": "cG",
    "Our rating of safe improved to good, of effective stayed at good, and of well-led fell to inadequate.": "sG eG wI",
}
"""The expected ratings, abbreviated: "oI sR" means overall inadequate, and safe requires improvement."""

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
    "Good practice was seen in medicines, but record keeping was inadequate.",
    "The home's previous rating of inadequate was displayed in the hall.",
    "A rating of inadequate means that a service is performing badly.",
    "The registered manager wanted an overall rating of good.",
    "Our inspectors look at whether services are safe, effective, caring, responsive and well-led, and rate them outstanding, good, requires improvement or inadequate.",
    "The local authority's rating of the service was good.",
    "The home has kept its hygiene rating of good.",
    "We were told that the service had been rated good by a care comparison website.",
    "In its self-assessment the provider rated safe as good.",
    "The provider's own audit found the home to be good in all five areas.",
    "Leaders believed that the service was good for well-led.",
    "We do not yet know whether the home will be rated good.",
    "Had we rated effective, it would have been requires improvement.",
    "The ambulance service that takes people to hospital is rated requires improvement.",
    "The hospital to which people were admitted is rated inadequate.",
    "Staff rated their training as good and their pay as inadequate.",
    "Residents told us the care was outstanding.",
    "Alder Grange was inadequate two years ago.",
    "Five years ago the home was rated outstanding.",
    "The rating of requires improvement for safe that we gave in 2022 no longer applies.",
    "The report was later amended; it had wrongly rated responsive as inadequate.",
    "The draft report rated caring as requires improvement.",
    "The overall rating has not been decided.",
    "Ratings range from outstanding to inadequate.",
    "The home could drop from good to inadequate if staffing does not improve.",
    "We considered changing the rating from good to requires improvement.",
    "The provider challenged the rating of inadequate for well-led.",
    "Relatives wrote to say that the home had gone from good to inadequate in their eyes.",
    "Poplar Court's rating fell from good to inadequate.",
    "Another of the provider's homes dropped from good to inadequate in the summer.",
    "In England, the share of homes rated inadequate fell from 3% to 2%.",
    "The home's rating had fallen from good to inadequate in 2018, before rising again in 2020.",
    "At our last inspection safe deteriorated from good to inadequate.",
    "The food hygiene rating fell from very good to good.",
    "The manager moved from a good home to an inadequate one.",
    "Staffing had gone from good to inadequate overnight, one nurse said.",
    "If well-led falls to inadequate, we will act.",
    "We do not expect the overall rating to change from good to inadequate.",
    "Care planning declined from good to inadequate.",
    "Record keeping had improved from inadequate to good.",
    "The environment went from inadequate to good after the refurbishment.",
)


def given(text: str) -> dict[str, str]:
    """Returns the ratings on which all sentences of a text agree."""
    sure, _ = agreed(rated([text], ABOUT), rating_changes([text], ABOUT))
    return {of: str(one.rating) for of, one in sure.items()}


@pytest.mark.parametrize("text", GIVEN)
def test_all_ratings_that_a_text_gives_are_read(text: str) -> None:
    assert given(text) == {OF[one[0]]: RATING[one[1]] for one in GIVEN[text].split()}


@pytest.mark.parametrize("text", NOT_GIVEN)
def test_no_rating_is_read_from_a_text_about_others_the_past_or_something_else(text: str) -> None:
    assert given(text) == {}
