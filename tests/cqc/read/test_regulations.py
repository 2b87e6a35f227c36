# ruff: noqa: E501 - a sentence stands on one line, however long CQC's are
"""Breaches and enforcement, as sentences and short texts state them. All wording is our own."""

import pytest

from monitor.cqc.read.regulations import TAKEN, Taken, breaches, enforcement

ACT = "of the Health and Social Care Act 2008 (Regulated Activities) Regulations 2014"
REGISTRATION = "of the Care Quality Commission (Registration) Regulations 2009"


def _found(text: str) -> list[tuple[str | None, str | None]]:
    return [(breach.regulation, breach.topic) for breach in breaches(text.split("\n"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"This was a breach of Regulation 12 (Safe care and treatment) {ACT}.", [("12", "safe care and treatment")], id="number, name and act"),
        pytest.param(f"This is a breach of regulation 17 of the Act {ACT}.", [("17", None)], id="a number without its name"),
        pytest.param("The provider was in breach of regulation 17, good governance.", [("17", "good governance")], id="name behind a comma"),
        pytest.param("The provider was in breach of regulations 12, 13 and 17.", [("12", None), ("13", None), ("17", None)], id="a list of numbers"),
        pytest.param("There were breaches of Regulations 9 and 11.", [("9", None), ("11", None)], id="two numbers"),
        pytest.param("This was a breach of Regulation 12(1)(2)(a)(b) and Regulation 18(1).", [("12", None), ("18", None)], id="paragraphs of a regulation are not regulations"),
        pytest.param("This is a breach of Regulation 20A.", [("20A", None)], id="a number with a letter"),
        pytest.param(f"This was a breach of Regulation 18 (Staffing) {ACT}.", [("18", "staffing")], id="18 is staffing in 2014"),
        pytest.param(f"This was a breach of Regulation 18 (Notification of other incidents) {REGISTRATION}.", [("2009:18", "notifications")], id="18 is notifications in 2009"),
        pytest.param("The failure to notify CQC of incidents was a breach of Regulation 18 of the Registration Regulations 2009.", [("2009:18", "notifications")], id="the Registration Regulations without their long name"),
        pytest.param("The provider had not told us of incidents, which is a breach of Regulation 18: Notification of other incidents.", [("2009:18", "notifications")], id="notifications without naming the act"),
        pytest.param(f"This was a breach of Regulation 12 (Safe care and treatment) and Regulation 18 (Notifications) {REGISTRATION}.", [("12", "safe care and treatment"), ("2009:18", "notifications")], id="both acts in a sentence"),
        pytest.param(f"They were in breach of Regulation 17 {ACT} and Regulation 18 {REGISTRATION}.", [("17", None), ("2009:18", None)], id="each number with the act behind it"),
        pytest.param("This was a breach of Regulation 10 of the Health and Social Care Act 2008 (Regulated Activities) Regulations 2010.", [("2010:10", None)], id="the regulations before 2015 have other numbers"),
        pytest.param("The service was in continued breach of regulation 12.", [("12", None)], id="continued"),
        pytest.param("The provider remained in breach of regulation 12.", [("12", None)], id="remained"),
        pytest.param("Not enough improvement had been made and the provider was still in breach of regulation 13.", [("13", None)], id="still"),
        pytest.param("We found 2 breaches of regulation in relation to safe care and treatment and good governance.", [(None, "safe care and treatment"), (None, "good governance")], id="topics without numbers"),
        pytest.param("We identified three breaches of regulation relating to person centred care, safe care and treatment and good governance.", [(None, "person-centred care"), (None, "safe care and treatment"), (None, "good governance")], id="three topics in CQC's own names"),
        pytest.param("The service was in breach of legal regulation in relation to the governance of the service.", [(None, "good governance")], id="a topic in other words"),
        pytest.param("We found breaches in relation to staffing, medicines, and people's dignity and respect.", [(None, "staffing"), (None, "safe care and treatment"), (None, "dignity and respect")], id="topics kept together"),
        pytest.param("We found the provider was in breach of 3 legal regulations. These related to consent to care and treatment, staffing and good governance.", [(None, "need for consent"), (None, "staffing"), (None, "good governance")], id="topics in the next sentence"),
        pytest.param("The provider was in breach of 4 regulations: safe care and treatment, safeguarding, staffing and governance.", [(None, "safe care and treatment"), (None, "safeguarding"), (None, "staffing"), (None, "good governance")], id="topics behind a colon"),
        pytest.param("There were four continued breaches of good governance, staffing, consent and safeguarding.", [(None, "good governance"), (None, "staffing"), (None, "need for consent"), (None, "safeguarding")], id="breaches of topics"),
        pytest.param("We found a breach of good governance. The provider was in breach of regulation 17 (good governance).", [("17", "good governance")], id="a topic that a number names as well"),
        pytest.param("The service was in breach of the regulations.", [(None, None)], id="nothing named"),
        pytest.param("Such shortfalls were a breach of the health and social care regulations.", [(None, None)], id="the name of the act is no topic"),
        pytest.param("Regulated activity\nRegulation 9 HSCA RA Regulations 2014 Person-centred care", [("9", "person-centred care")], id="a row of the report's table"),
        pytest.param("Regulation 18 Registration Regulations 2009 Notifications of other incidents", [("2009:18", "notifications")], id="a row of the table, 2009"),
        pytest.param("This was a breach of Regulation 12. It was also a breach of Regulation 12 (safe care and treatment).", [("12", "safe care and treatment")], id="one entry a regulation, with its name"),
        pytest.param("At our last inspection the provider was in breach of regulation 12. At this inspection we found the same.", [("12", None)], id="found before, and the same again"),
        pytest.param("A breach of good governance was found at the last inspection in 2022 and found again at this assessment.", [(None, "good governance")], id="found again"),
        pytest.param("We identified a breach of regulation 12 at this inspection. Risks could have been managed better.", [("12", None)], id="what could be better is no condition"),
        pytest.param("The provider had failed to notify us, and they were not meeting the requirements of Regulation 20.", [("20", None)], id="not meeting"),
        # --- nothing holds ---
        pytest.param("At our last inspection the provider was in breach of regulation 12.", [], id="last time"),
        pytest.param("At our last inspection the provider had failed to assess risks. This was a breach of regulation 12. Enough improvement had been made at this inspection and the provider was no longer in breach of regulation 12.", [], id="last time, and put right"),
        pytest.param("The service was previously in breach of the legal regulation relating to staffing. Improvements were found at this assessment and the service was no longer in breach of this regulation.", [], id="previously, and no longer"),
        pytest.param("The last rating for this service was requires improvement and there were multiple breaches of regulation.", [], id="with the last rating"),
        pytest.param("We did not identify any breaches of regulation.", [], id="no breach identified"),
        pytest.param("There were no breaches of regulation 12.", [], id="no breaches"),
        pytest.param("The provider was not in breach of regulation 12.", [], id="not in breach"),
        pytest.param("The previous breach of regulation 17 had been met.", [], id="previous breach met"),
        pytest.param("We checked whether the provider was still in breach of regulation 12.", [], id="what was checked"),
        pytest.param("This could be a breach of regulation 13.", [], id="could be"),
        pytest.param("Failure to do so may result in a breach of Regulation 12.", [], id="may"),
        pytest.param("There was a data breach at the office.", [], id="a data breach"),
        pytest.param("A member of staff was dismissed for a breach of confidentiality.", [], id="confidentiality"),
        pytest.param("The provider was in breach of the conditions of its registration.", [], id="conditions of registration are not regulations"),
        pytest.param("Providers must meet the requirements of Regulation 12.", [], id="what the law is"),
        pytest.param("Regulation 17 requires providers to have good governance.", [], id="what a regulation says"),
        pytest.param("The provider was now meeting regulation 12 and no longer in breach.", [], id="now meeting"),
        pytest.param("People were safe.", [], id="nothing of it"),
    ],
)  # fmt: skip
def test_breaches(text: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert _found(text) == expected


def test_a_breach_is_quoted_as_written() -> None:
    (breach,) = breaches(["The provider\n was in  breach of regulation 17."])
    assert breach.quote == "The provider was in breach of regulation 17."


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param("We issued a warning notice.", ["warning notice"], id="issued"),
        pytest.param("We served the provider with a warning notice because people were not safe.", ["warning notice"], id="served"),
        pytest.param("Two warning notices were served on the provider.", ["warning notice"], id="were served"),
        pytest.param("We are issuing warning notices for regulations 12 and 17.", ["warning notice"], id="are issuing"),
        pytest.param("The practice was issued with a warning notice.", ["warning notice"], id="issued with"),
        pytest.param("CQC has served warning notices on the provider to focus its attention on rapid improvement.", ["warning notice"], id="has served"),
        pytest.param("We issued requirement notices for regulations 12 and 18.", ["requirement notice"], id="requirement notices"),
        pytest.param("We imposed conditions on the provider's registration.", ["conditions"], id="imposed conditions"),
        pytest.param("We have imposed urgent conditions so that nobody new is admitted.", ["conditions"], id="urgent conditions"),
        pytest.param("Conditions have been imposed on the provider's registration.", ["conditions"], id="conditions imposed"),
        pytest.param("We varied a condition of the provider's registration to remove the location.", ["conditions"], id="varied a condition"),
        pytest.param("CQC took action to cancel the registered provider's registration.", ["cancellation"], id="action to cancel"),
        pytest.param("We have cancelled the provider's registration.", ["cancellation"], id="cancelled"),
        pytest.param("The provider's registration was cancelled.", ["cancellation"], id="was cancelled"),
        pytest.param("We issued a notice of proposal to cancel the provider's registration.", ["cancellation"], id="a notice of proposal is served"),
        pytest.param("CQC suspended the practice's registration for three months.", ["suspension"], id="suspended"),
        pytest.param("The clinic's registration was temporarily suspended.", ["suspension"], id="temporarily suspended"),
        pytest.param("We prosecuted the provider.", ["prosecution"], id="prosecuted"),
        pytest.param("The company was fined £40,000 after pleading guilty.", ["fine"], id="fined"),
        pytest.param("We issued a fixed penalty notice, which the provider has paid.", ["fine"], id="fixed penalty"),
        pytest.param("We have asked the provider for an action plan.", ["action plan"], id="asked for a plan"),
        pytest.param("We requested an action plan from the provider.", ["action plan"], id="requested a plan"),
        pytest.param("We issued a warning notice and imposed conditions on the registration.", ["warning notice", "conditions"], id="two in a sentence"),
        pytest.param("In instances where CQC have decided to take civil or criminal enforcement action against a provider, we will publish this information after any representations have been concluded. We served a warning notice.", ["warning notice"], id="the boilerplate, and then a notice"),
        # --- nothing taken ---
        pytest.param("In instances where CQC have decided to take civil or criminal enforcement action against a provider, we will publish this information on our website after any representations and/or appeals have been concluded.", [], id="the boilerplate alone"),
        pytest.param("Full information about CQC's regulatory response to the more serious concerns is added to reports after any representations and appeals have been concluded.", [], id="the other boilerplate"),
        pytest.param("This will usually lead to cancellation of their registration or to varying the conditions the registration.", [], id="what will usually follow"),
        pytest.param("If it does not improve we will begin to cancel the provider's registration.", [], id="a threat"),
        pytest.param("If we do not propose to cancel the provider's registration, we will re-inspect within six months.", [], id="if not proposed"),
        pytest.param("We may issue a warning notice.", [], id="may issue"),
        pytest.param("At our last inspection we issued a warning notice.", [], id="last time"),
        pytest.param("We had previously served a warning notice.", [], id="previously"),
        pytest.param("We checked whether the warning notice we served had been met.", [], id="checked whether it was met"),
        pytest.param("The warning notices and conditions were lifted.", [], id="lifted"),
        pytest.param("The provider had complied with the warning notice.", [], id="complied with"),
        pytest.param("No warning notices were issued.", [], id="none issued"),
        pytest.param("We did not issue a warning notice.", [], id="not issued"),
        pytest.param("The council placed an embargo on placements.", [], id="the council's embargo"),
        pytest.param("The local authority had suspended new placements at the home.", [], id="the council's suspension"),
        pytest.param("The provider agreed to a voluntary suspension of admissions.", [], id="a voluntary suspension"),
        pytest.param("The manager suspended a member of staff.", [], id="a manager's suspension of staff"),
        pytest.param("The provider completed an action plan after the last inspection to show what they would do.", [], id="the provider's own plan"),
        pytest.param("We will request an action plan from the provider.", [], id="a plan to be asked for"),
        pytest.param("The registered manager could not explain why they had not complied with the conditions of their registration with CQC.", [], id="conditions not complied with"),
        pytest.param("Conditions on people's deprivation of liberty authorisations had been met.", [], id="conditions of another law"),
        pytest.param("People with long-term conditions were reviewed.", [], id="long-term conditions"),
        pytest.param("People were safe.", [], id="nothing of it"),
    ],
)  # fmt: skip
def test_enforcement(text: str, kinds: list[str]) -> None:
    assert [taken.kind for taken in enforcement(text.split("\n"))] == kinds


def test_notices_below_the_tables_of_a_report_are_told_apart_by_their_regulation() -> None:
    report = [
        "Enforcement actions",
        "Regulation 12 HSCA RA Regulations 2014 Safe care and treatment",
        "Risks were not assessed. This was a breach of Regulation 12.",
        "The enforcement action we took:",
        "We issued a warning notice.",
        "Regulation 17 HSCA RA Regulations 2014 Good governance",
        "Audits were not made. This was a breach of Regulation 17.",
        "The enforcement action we took:",
        "We issued a warning notice.",
    ]
    first, second = enforcement(report)
    assert "Regulation 12" in first.quote
    assert "Regulation 17" in second.quote


@pytest.mark.parametrize("taken", TAKEN, ids=lambda taken: taken.kind)
def test_each_kind_has_an_example(taken: Taken) -> None:
    assert [found.kind for found in enforcement([taken.example])] == [taken.kind]


OF_OTHERS = [
    "Another home run by the provider, Elm Lodge, was in breach of regulation 12. We issued a warning notice.",
    "We served a warning notice on another home run by the provider, Elm Lodge.",
    "At Elm Lodge, another home run by the provider, we found a breach of regulation 12 and imposed conditions.",
    "The provider's other home, Elm Lodge, was found in breach of regulation 17.",
    "A sister service, Elm Lodge, was issued with a warning notice. It was in breach of regulation 12.",
    "We found breaches of regulation 12 at another service of the provider.",
    "Elm Lodge, which is also run by the provider, was in breach of regulation 18.",
    "Another of its homes was in breach of regulation 9.",
]


@pytest.mark.parametrize("text", OF_OTHERS)
def test_what_is_said_of_another_service_does_not_count_for_this_one(text: str) -> None:
    assert (breaches([text]), enforcement([text])) == ((), ())


OF_THIS_ONE = [
    "Another home run by the provider was rated good. This service was in breach of regulation 12.",
    "The provider was in breach of regulation 12. Another of its homes is rated inadequate.",
    "We found another breach at the home, a breach of regulation 12.",
    "People had moved here from another home. The provider was in breach of regulation 12.",
    "The service did not learn from other services. The provider was in breach of regulation 12.",
]


@pytest.mark.parametrize("text", OF_THIS_ONE)
def test_a_word_about_another_service_does_not_hide_a_breach_of_this_one(text: str) -> None:
    assert [breach.regulation for breach in breaches([text])] == ["12"]


def test_a_paragraph_about_another_service_ends_with_it() -> None:
    told = ["A sister service was in breach of regulation 12.", "The provider was in breach of regulation 17."]
    assert [breach.regulation for breach in breaches(told)] == ["17"]
