# ruff: noqa: E501 - a sentence stands on one line, however long CQC's are
"""Tests when the ratings on a report's cover are certain: in reports on some of the key questions, in reports on hospitals with core
services, and in reports that are cut off."""

import pytest

from monitor.cqc.read.report import read_report
from monitor.model import Reading
from monitor.ratings import Rating

O, G, RI, I = Rating.OUTSTANDING, Rating.GOOD, Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE  # noqa: E741
TOP = "Bright Care Limited\n\n{name}\n\nInspection report\n\n1 High Street\nLeeds\nLS1 1AA\n\nDate of publication:\n\n9 December 2022\n\nRatings\n\n"
HOSPITAL = TOP.format(name="Elm Hospital") + (
    "Overall rating for this location\n\nGood ●\n\nAre services safe?\n\nRequires Improvement ●\n\nAre services effective?\n\nGood ●\n\n"
    "Are services caring?\n\nGood ●\n\nAre services responsive?\n\nGood ●\n\nAre services well-led?\n\nGood ●\n\n"
)
HOME = TOP.format(name="Elm House") + (
    "Overall rating for this service\n\nInadequate ●\n\nIs the service safe?\n\nInadequate ●\n\nIs the service effective?\n\nGood ●\n\n"
    "Is the service caring?\n\nGood ●\n\nIs the service responsive?\n\nGood ●\n\nIs the service well-led?\n\nRequires Improvement ●\n\n"
)


def ratings(reading: Reading) -> list[Rating]:
    return [one for group in reading.ratings for one in (group.overall, *(held.rating for held in group.key_questions.values()))]  # type: ignore[misc]


@pytest.mark.parametrize(("below", "listed"), [
    ("Our findings\n\nMaternity\n\nInadequate ●\n\nOur rating of maternity went down. We rated it as inadequate.", {"Maternity: Inadequate"}),
    ("Our findings\n\nCosmetic surgery\n\nInadequate ●\n\nWe rated this service as inadequate because nobody was in charge.", {"Cosmetic surgery: Inadequate"}),
    ("Our findings\n\nSleep studies\n\nOutstanding\n\nOur rating of this service stayed the same. We rated it as outstanding.", {"Sleep studies: Outstanding"}),
    ("Summary of findings\n\nOlder people\n\nGood ●\n\nPeople with long-term conditions\n\nInadequate ●\n\nFamilies, children and young people\n\nGood ●",
     {"Older people: Good", "People with long-term conditions: Inadequate", "Families, children and young people: Good"}),
    ("Our findings\n\nAcute wards for adults of working age and psychiatric intensive care units\n\nRequires Improvement\n\nPatients waited.",
     {"Acute wards for adults of working age and psychiatric intensive care units: Requires Improvement"}),
    ("Our findings\n\nSurgery\n\nInadequate ●\n\nIs the service safe?\n\nInadequate ●\n\nIs the service caring?\n\nGood ●", {"Surgery: Inadequate"}),
])  # fmt: skip
def test_the_ratings_of_core_services_are_listed_and_leave_the_cover_certain(below: str, listed: set[str]) -> None:
    reading = read_report(f"{HOSPITAL}{below}\n")
    assert (ratings(reading), set(reading.unread), reading.rating_changes) == ([G, RI, G, G, G, G], listed, ())


@pytest.mark.parametrize("below", [
    "Summary of findings\n\nInadequate ●\n\nStaff were kind.",
    "Elm Hospital\n\nInadequate ●\n\nStaff were kind.",
    "Our findings\n\nInadequate ●\n\nRequires Improvement ●\n\nSurgery",
    "Is the service safe?\n\nInadequate ●\n\nStaff were kind.",
])  # fmt: skip
def test_a_rating_that_belongs_to_no_core_service_makes_the_cover_uncertain(below: str) -> None:
    reading = read_report(f"{HOSPITAL}{below}\n")
    assert (ratings(reading), len(reading.unread) > 4) == ([], True)


def test_a_change_that_contradicts_the_cover_of_a_hospital_is_listed() -> None:
    below = "Our findings\n\nSurgery\n\nInadequate ●\n\nOur rating of this service went down. We rated it as inadequate.\n"
    reading = read_report(HOSPITAL + below)
    assert (reading.rating_changes, set(reading.unread)) == ((), {"Surgery: Inadequate", "We rated it as inadequate."})


PART = TOP.format(name="Elm House") + (
    "Overall rating for this service\n\nInadequate ●\n\nIs the service safe?\n\nInadequate ●\n\nIs the service effective?\n\nInspected but not rated ●\n\n"
    "Is the service well-led?\n\nRequires Improvement ●\n\nSummary of findings\n\n"
)


@pytest.mark.parametrize("words", [
    "For those key questions which we did not inspect we used the ratings awarded at the last inspection.",
    "For the key questions that inspectors did not look at, the earlier\nratings stand.",
    "The overall rating takes account of key questions we\n\ndid not review this time.",
    "On this visit we did not rate the other two key questions.",
    "We looked at three of the five key questions, and at one part of another.",
    "This was a focused\ninspection after a complaint.",
])  # fmt: skip
def test_the_cover_of_a_report_on_some_key_questions_is_certain(words: str) -> None:
    reading = read_report(f"{PART}{words}\n")
    assert (reading.ratings[0].overall, len(reading.ratings[0].key_questions), reading.unread) == (I, 3, ())


@pytest.mark.parametrize("words", [
    "We did not inspect at a weekend.",
    "We looked at all five key questions.",
    "People could answer three of the five questions in our survey.",
    "Staff did not look at the other records. Relatives had questions.",
])  # fmt: skip
def test_a_cover_without_two_key_questions_is_uncertain_if_the_report_is_whole(words: str) -> None:
    reading = read_report(f"{PART}{words}\n")
    assert (ratings(reading), len(reading.unread)) == ([], 4)


FIVE = "The five questions we ask about services and what we found\n\n"
AGAIN = ["Is the service safe?\n\nThe service was not safe.\n\nInadequate ●\n\n", "Is the service effective?\n\nThe service was effective.\n\nGood ●\n\n",
         "Is the service caring?\n\nThe service was caring.\n\nGood ●\n\n", "Is the service responsive?\n\nThe service was responsive.\n\nGood ●\n\n",
         "Is the service well-led?\n\nThe service was not always well-led.\n\nRequires Improvement ●\n\n"]  # fmt: skip


@pytest.mark.parametrize("held", range(6))
def test_the_cover_of_a_report_that_is_cut_off_is_certain_if_the_rest_agrees(held: int) -> None:
    reading = read_report(HOME + FIVE + "".join(AGAIN[:held]))
    assert (ratings(reading), reading.unread) == ([I, I, G, G, G, RI], ())


def test_the_cover_is_uncertain_if_a_report_that_is_cut_off_contradicts_it() -> None:
    reading = read_report(HOME + FIVE + AGAIN[0] + AGAIN[1].replace("Good", "Inadequate"))
    assert "effective: good, inadequate" in reading.unread
    assert {"caring: good", "responsive: good", "well-led: requires improvement"} <= set(reading.unread)


@pytest.mark.parametrize(("rows", "listed"), [
    ("Surgery Good ●\n\nOutpatients Inadequate ●\n", {"Surgery Good ●", "Outpatients Inadequate ●"}),
    ("Service\tRating\tSummary\n\nOutpatients\tInadequate\tPeople waited.\n", {"Outpatients Inadequate People waited."}),
    ("Safe Effective Caring Responsive Well-led Overall\n\nOutpatients Inadequate Not rated Good Good Inadequate Inadequate\n",
     {"Outpatients Inadequate Not rated Good Good Inadequate Inadequate"}),
    ("Surgery\n\nSafe\n\nGood ●\n\nOverall\n\nInadequate ●\n", {"Surgery, Safe: Good", "Surgery, Overall: Inadequate"}),
    ("Surgery Good practice was shared.\n\nWe found surgery good.\n\nSurgery was good and outpatients inadequate.\n", set()),
])  # fmt: skip
def test_the_rows_of_a_table_of_core_services_are_listed(rows: str, listed: set[str]) -> None:
    reading = read_report(f"{HOSPITAL}Our findings\n\n{rows}")
    assert (ratings(reading), set(reading.unread)) == ([G, RI, G, G, G, G], listed)


def test_a_change_in_the_section_on_a_core_service_is_not_read_as_one_of_the_hospital() -> None:
    above = "Overall summary\n\nOur rating of this location went down. We rated it as good because staff were kind.\n\n"
    below = "Our findings\n\nSurgery\n\nGood ●\n\nOur rating of safe went down. We rated it as requires improvement.\n"
    reading = read_report(HOSPITAL + above + below)
    assert [(one.of, str(one.to)) for one in reading.rating_changes] == [("overall", "good")]
    assert set(reading.unread) == {"Surgery: Good", "We rated it as requires improvement."}
