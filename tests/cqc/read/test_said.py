# ruff: noqa: E501 - a sentence stands on one line, however long CQC's are
"""Tests statements about a service other than ratings, special measures, breaches and enforcement. All wording is our own."""

from datetime import date

import pytest

from monitor.cqc.read import read, said
from monitor.cqc.read.others import About
from monitor.cqc.read.sayings import SAYINGS, Saying
from monitor.model import GroupReading, SaidKind
from monitor.ratings import KeyQuestion, Rating


def kinds(text: str) -> list[SaidKind]:
    """Returns the kinds of the statements in a text, in the order of the text."""
    return [one.kind for one in said.decide([text])[0]]


@pytest.mark.parametrize("saying", SAYINGS, ids=lambda saying: saying.name)
def test_each_rule_finds_one_statement_of_its_kind_in_its_example(saying: Saying) -> None:
    assert kinds(saying.example) == [saying.kind]


def test_every_kind_of_statement_has_a_rule() -> None:
    assert {saying.kind for saying in SAYINGS} == set(SaidKind)


@pytest.mark.parametrize(
    "text",
    [
        "The kitchen closes at eight.",
        "The registered manager is no longer registered with CQC.",
        "We will inspect this service again within six months.",
        "The ratings of the provider's other home have been suspended.",
        "If nothing improves the home will close.",
        "The company said in the summer that it would close the home, but it has found money to keep it open.",
        "A staff member was correcting the rota.",
    ],
)
def test_a_text_that_only_shares_words_with_a_rule_states_nothing(text: str) -> None:
    assert kinds(text) == []


def test_the_day_since_which_a_service_is_being_inspected_is_read() -> None:
    (one,) = said.decide(["We have been carrying out an inspection since 3 November 2026, and the inspection is under way."])[0]
    assert (one.kind, one.since) == (SaidKind.BEING_INSPECTED, date(2026, 11, 3))


@pytest.mark.parametrize(
    "text",
    [
        "The ratings shown were given when a different provider was running the home.",
        "Ratings inherited from the previous provider",
        "These are the ratings we gave to the former provider in March.",
        "This rating was carried over when the service moved to a new legal entity.",
        "We have not yet assessed it under the new provider.",
        "It carries over the rating of requires improvement.",
        "This service was previously registered under a different legal entity.",
        "The rating dates from before Larch Care took over the home.",
        "Ratings given to: Elm Care Limited (former provider)",
    ],
)
def test_a_rating_is_marked_as_inherited_if_a_sentence_names_the_former_provider(text: str) -> None:
    assert said.inherited([text]) == text
    (group,) = said.marked([GroupReading(overall=Rating.GOOD, overall_quote="Overall: Good")], text)
    assert (group.inherited, group.overall_quote) == (True, f"Overall: Good {text}")


@pytest.mark.parametrize(
    "text",
    [
        "When a service changes hands its ratings may be given to the new provider.",
        "If a provider changes, the ratings of the previous provider are inherited.",
        "Is the rating inherited from the previous provider?",
        "Staff of the former provider rated their training good.",
        "The provider has taken over another home.",
        "The home was sold in 2019.",
    ],
)
def test_a_sentence_that_only_mentions_providers_does_not_mark_a_rating_as_inherited(text: str) -> None:
    assert said.inherited([text]) is None
    groups = (GroupReading(overall=Rating.GOOD),)
    assert said.marked(groups, None) == groups


@pytest.mark.parametrize(
    "text",
    ["We republished this report on 5 November 2026 to correct an error.", "A corrected version of this report was published today.", "This report was first published in May. It was republished in June to correct an error.", "This report was first published in May. Published again in a corrected form on 3 October 2026."],
)
def test_the_correction_of_a_report_is_read(text: str) -> None:
    assert kinds(text) == [SaidKind.REPORT_CORRECTED]


def test_the_shown_rating_is_read_if_a_different_rating_was_withdrawn() -> None:
    page = (
        "<main><h1>Larch House</h1><p>Overall: Good</p><p>Report published: 7 July 2022</p><ul><li>Safe: Good</li></ul>"
        "<p>We have withdrawn the report of May 2026. The rating of inadequate that it gave no longer applies.</p>"
        '<a href="/location/1-101/reports">Reports</a></main>'
    )
    (group,) = read(page.encode(), url="https://www.cqc.org.uk/location/1-101").ratings
    assert (group.overall, group.key_questions[KeyQuestion.SAFE].rating) == (Rating.GOOD, Rating.GOOD)


def test_the_removal_of_a_report_and_its_day_are_read_from_two_sentences() -> None:
    text = "Our latest report is not available at the moment. We removed it on 1 October 2026 while we check it."
    (one,) = said.decide([text])[0]
    assert (one.kind, one.quote, one.since) == (SaidKind.REPORT_REMOVED, text, date(2026, 10, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ratings of this service are suspended, pending a review of new information.", [SaidKind.RATINGS_SUSPENDED]),
        ("This location is no longer registered with CQC, and its previous registration ended in May.", [SaidKind.REGISTRATION_ENDED]),
        ("The service moved here in 2021 from Old Lane, and that location was then deregistered.", []),
    ],
)
def test_words_beside_a_suspension_or_an_end_of_registration_are_read_correctly(
    text: str, expected: list[SaidKind]
) -> None:
    assert kinds(text) == expected


def test_older_ratings_are_read_if_a_newer_report_was_withdrawn() -> None:
    page = (
        "<main><h1>Larch House</h1><p>Overall: Good</p><p>Report published: 7 July 2022</p><ul><li>Safe: Good</li></ul>"
        "<p>We withdrew our report of 21 May 2026 and the ratings in it after a challenge by the provider.</p>"
        '<a href="/location/1-101/reports">Reports</a></main>'
    )
    reading = read(page.encode(), url="https://www.cqc.org.uk/location/1-101")
    assert reading.ratings[0].overall is Rating.GOOD
    assert SaidKind.REPORT_REMOVED in [one.kind for one in reading.said]


CLOSED = (
    "This service closed on 30 October 2026.", "This service is closed.", "Sedge House closed in October 2026.", "The care home has now closed.",
    "The care home closed permanently on 3 November 2026 and is no longer registered.", "The home has ceased trading.", "The home is no longer operating.",
    "No longer operating", "Closed: 30/10/2026", "Date closed: 3 November 2026", "Date closed\n3 November 2026", "Status: Closed",
    "This location was removed from the provider's registration on 3 November 2026.",
)  # fmt: skip
NOT_CLOSED = (
    "This home is now closed to new visitors because of an outbreak.", "The home is closed on Sundays.", "The home was closed on 3 May 2026 for a day because of a flood.",
    "The home closed its second kitchen on 3 May 2026.", "The home has closed a floor.", "The home is not closed.", "If the home is closed people will move.", "Closed",
    "We have closed our enquiry into the complaint.", "Oak House closed on 3 November 2026.", "The other home closed in October 2026.", "Another home of the provider has closed.",
    "The day centre closed in October 2026.", "Warning notice\nOpened: 3 May 2026\nClosed: 4 June 2026", "Complaint\nDate closed\n3 November 2026", "Date closed\nSafe Good",
    "The second location was removed from the provider's registration in May 2026.", "Closure date: 31 March 2027", "The home will close on 31 March 2027.",
)  # fmt: skip
SEDGE = About(names=("Sedge House", "Sedge Care Ltd"), published=date(2026, 11, 6))


@pytest.mark.parametrize("text", CLOSED)
def test_a_closed_service_is_read_as_no_longer_registered(text: str) -> None:
    assert [one.kind for one in said.decide(text.split("\n"), SEDGE)[0]] == [SaidKind.REGISTRATION_ENDED]


@pytest.mark.parametrize("text", NOT_CLOSED)
def test_a_closure_of_something_else_does_not_end_the_registration(text: str) -> None:
    assert SaidKind.REGISTRATION_ENDED not in [one.kind for one in said.decide(text.split("\n"), SEDGE)[0]]


@pytest.mark.parametrize("text", ["The service closed in May 2019.", "The home closed on 3 November 2026. It will reopen in May 2027."])
def test_a_closure_long_ago_or_of_a_home_that_will_reopen_is_listed_as_unread(text: str) -> None:
    found, decisions = said.decide([text], SEDGE)
    assert SaidKind.REGISTRATION_ENDED not in [one.kind for one in found]
    assert any(not one.fact and not one.left_aside for one in decisions)


OFF_THE_REGISTER = (
    "We removed this service from our register on 4 September 2026. It must not provide regulated activities.",
    "This home was taken off the register in October 2026.",
    "We have taken Sedge House off our register.",
    "CQC struck the service off its register on 7 November 2026.",
    "The home came off the register on 7 November 2026.",
    "Sedge House is not on our register any more.",
    "The service no longer appears on CQC's register.",
    "Since 7 November 2026 the home has not been on the register.",
    "We have removed this location from the register at the provider's request.",
    "The location's entry in the register ended on 8 November 2026.",
    "We ended the registration of this service on 8 November 2026.",
    "The home has left the register.",
    "We have removed the service from our register: it closed on 8 November 2026.",
    "The provider, Sedge Care Ltd, is no longer on CQC's register.",
)
ON_THE_REGISTER = (
    "The nurse had been removed from the register of the NMC.",
    "The manager was struck off the register in 2019.",
    "The provider had removed two services from its register of complaints.",
    "We would have removed the service from our register if it had not improved.",
    "We may remove a service from our register.",
    "The home's sister service, Sedge Grange, was removed from our register in May.",
    "A person had taken himself off the register of electors.",
    "The service keeps a register of visitors, from which names had been removed.",
    "We decided not to remove the service from our register.",
    "We put the service back on our register on 8 November 2026.",
    "A relative told us that the home had been taken off our register.",
    "If it does not improve, the service will be taken off our register.",
    "The service was taken off our register by mistake and is on it again.",
    "Sedge Grange was taken off our register in May.",
    "Your child's name was taken off our register of pupils.",
    "The school is not on our register.",
    "We asked why the home was not on our register of suppliers.",
    "In May we removed the dining room from our register of risks.",
)


@pytest.mark.parametrize("text", OFF_THE_REGISTER)
def test_a_service_that_has_left_the_register_is_no_longer_registered(text: str) -> None:
    assert [one.kind for one in said.decide([text], SEDGE)[0]] == [SaidKind.REGISTRATION_ENDED]


@pytest.mark.parametrize("text", ON_THE_REGISTER)
def test_somebody_elses_end_of_registration_and_other_registers_say_nothing(text: str) -> None:
    assert SaidKind.REGISTRATION_ENDED not in [one.kind for one in said.decide([text], SEDGE)[0]]


def test_a_service_that_may_be_back_on_the_register_is_listed_as_unread() -> None:
    found, decisions = said.decide(["The service was taken off our register in 2019 and registered again in 2020."], SEDGE)
    assert (found, [one.fact for one in decisions]) == ((), [False])


VETCH = About(names=("Vetch House", "Newbury Lane Care Limited"), published=date(2024, 5, 21))


@pytest.mark.parametrize(
    "text",
    [
        "These ratings were given when Vetch House was run by someone else (Ardent Homes, until July 2025).",
        "Vetch House was run by Ardent Homes when we gave these ratings.",
        "The ratings on this page date from when Ardent Homes ran Vetch House.",
        "The ratings below were given while Vetch House was in other hands.",
        "All the ratings shown date from before Newbury Lane Care took on the home.",
        "We rated Vetch House when Ardent Homes Ltd was its provider.",
        "They stay with the home until we assess it under Newbury Lane Care.",
        "Our ratings were made under different ownership.",
    ],
)
def test_ratings_from_the_time_of_another_provider_are_inherited(text: str) -> None:
    assert said.inherited([text], VETCH) == text


@pytest.mark.parametrize(
    "text",
    [
        "These ratings were given when Vetch House was run by Newbury Lane Care Limited.",
        "These ratings were not given when Vetch House was run by someone else.",
        "Vetch House was run by Ardent Homes when we rated it in 2015.",
        "These ratings were given when the home was managed by a different manager.",
        "The ratings at Oak House were given when it was run by someone else.",
        "We rated the home good when staff ran the home well.",
        "These ratings were given when the kitchen was run by someone else.",
        "These ratings were given when Mrs Lee ran the home as its manager.",
        "If the home is run by someone else, these ratings stay.",
    ],
)
def test_ratings_of_the_present_provider_are_not_inherited(text: str) -> None:
    assert said.inherited([text], VETCH) is None
