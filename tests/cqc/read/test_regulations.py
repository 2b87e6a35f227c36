# ruff: noqa: E501 - each sentence is on one line, however long CQC's are
"""Tests how breaches are read from sentences and short texts. All wording is our own."""

import pytest

from monitor.cqc.read import enforcement
from monitor.cqc.read.regulations import breaches

ACT = "of the Health and Social Care Act 2008 (Regulated Activities) Regulations 2014"
REGISTRATION = "of the Care Quality Commission (Registration) Regulations 2009"


def _found(text: str) -> list[tuple[str | None, str | None]]:
    return [(breach.regulation, breach.topic) for breach in breaches(text.split("\n"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"This was a breach of Regulation 12 (Safe care and treatment) {ACT}.", [("12", "safe care and treatment")], id="number, name and act"),
        pytest.param("Breaches\nRegulation 9(1)(a) to (c): Person-centred care\nRegulation 13(1), (2) and (5): Safeguarding", [("9", "person-centred care"), ("13", "safeguarding")], id="a list under a heading"),
        pytest.param("The provider was in breach of regulations 9(1)(3)(a), 13(1) to (3) and 18(2)(a).", [("9", None), ("13", None), ("18", None)], id="a range of paragraphs"),
        pytest.param("Requirement notices were issued for the breaches of regulation that we found in relation to premises and staffing.", [(None, "premises and equipment"), (None, "staffing")], id="breaches that we found in relation to"),
        pytest.param(f"We found two breaches {ACT}.", [(None, None)], id="the act without a number"),
        pytest.param(f"We found breaches {ACT} in relation to staffing and governance.", [(None, "staffing"), (None, "good governance")], id="the act, then topics"),
        pytest.param(f"We found two breaches {ACT}. These related to consent and staffing.", [(None, "need for consent"), (None, "staffing")], id="the act, then topics in the next sentence"),
        pytest.param(f"There were no breaches {ACT}.", [], id="no breaches of the act"),
        pytest.param("Number of regulations breached: 2", [(None, None)], id="the number of breaches alone"),
        pytest.param("We had received concerns that the home was in breach of the regulation on staffing. We did not find this to be so.", [], id="an allegation"),
        pytest.param("We had received concerns about medicines and found a breach of regulation 12.", [("12", "safe care and treatment")], id="concerns, and what was found"),
        pytest.param("Complaints about staff were not answered, which was a breach of regulation 16.", [("16", "complaints")], id="complaints in the ordinary sense"),
        pytest.param("Breaches.\nRegulation 11(1): Need for consent", [("11", "need for consent")], id="a list under a label"),
        pytest.param("Breaches of regulation.\nRegulation 12 Safe care and treatment", [("12", "safe care and treatment")], id="a label that says breaches of regulation"),
        pytest.param("Regulations not being met\nRegulation How it was not being met\nRegulation 10: Dignity and respect People were washed with open doors.", [("10", "dignity and respect")], id="a table with its headings"),
        pytest.param("The service was in breach of reg. 12(2)(c) and (i) and reg. 10(1). It had met the shortfall under reg. 18(2)(a).", [("12", None), ("10", None)], id="abbreviated"),
        pytest.param(f"This is a breach of regulation 17 of the Act {ACT}.", [("17", None)], id="a number without its name"),
        pytest.param("The provider was in breach of regulation 17, good governance.", [("17", "good governance")], id="name after a comma"),
        pytest.param("The provider was in breach of regulations 12, 13 and 17.", [("12", None), ("13", None), ("17", None)], id="a list of numbers"),
        pytest.param("There were breaches of Regulations 9 and 11.", [("9", None), ("11", None)], id="two numbers"),
        pytest.param("This was a breach of Regulation 12(1)(2)(a)(b) and Regulation 18(1).", [("12", None), ("18", None)], id="paragraphs of a regulation are not regulations"),
        pytest.param("This is a breach of Regulation 20A.", [("20A", None)], id="a number with a letter"),
        pytest.param(f"This was a breach of Regulation 18 (Staffing) {ACT}.", [("18", "staffing")], id="18 is staffing in 2014"),
        pytest.param(f"This was a breach of Regulation 18 (Notification of other incidents) {REGISTRATION}.", [("2009:18", "notifications")], id="18 is notifications in 2009"),
        pytest.param("The failure to notify CQC of incidents was a breach of Regulation 18 of the Registration Regulations 2009.", [("2009:18", "notifications")], id="the Registration Regulations without their long name"),
        pytest.param("The provider had not told us of incidents, which is a breach of Regulation 18: Notification of other incidents.", [("2009:18", "notifications")], id="notifications without naming the act"),
        pytest.param(f"This was a breach of Regulation 12 (Safe care and treatment) and Regulation 18 (Notifications) {REGISTRATION}.", [("12", "safe care and treatment"), ("2009:18", "notifications")], id="both acts in a sentence"),
        pytest.param(f"They were in breach of Regulation 17 {ACT} and Regulation 18 {REGISTRATION}.", [("17", None), ("2009:18", None)], id="each number followed by its act"),
        pytest.param("This was a breach of Regulation 10 of the Health and Social Care Act 2008 (Regulated Activities) Regulations 2010.", [("2010:10", None)], id="the regulations before 2015 have other numbers"),
        pytest.param("The service was in continued breach of regulation 12.", [("12", None)], id="a continued breach"),
        pytest.param("The provider remained in breach of regulation 12.", [("12", None)], id="remained in breach"),
        pytest.param("Not enough improvement had been made and the provider was still in breach of regulation 13.", [("13", None)], id="still in breach"),
        pytest.param("We found 2 breaches of regulation in relation to safe care and treatment and good governance.", [(None, "safe care and treatment"), (None, "good governance")], id="topics without numbers"),
        pytest.param("We identified three breaches of regulation relating to person centred care, safe care and treatment and good governance.", [(None, "person-centred care"), (None, "safe care and treatment"), (None, "good governance")], id="three topics in CQC's own names"),
        pytest.param("The service was in breach of legal regulation in relation to the governance of the service.", [(None, "good governance")], id="a topic in other words"),
        pytest.param("We found breaches in relation to staffing, medicines, and people's dignity and respect.", [(None, "staffing"), (None, "safe care and treatment"), (None, "dignity and respect")], id="topics with commas inside"),
        pytest.param("We found the provider was in breach of 3 legal regulations. These related to consent to care and treatment, staffing and good governance.", [(None, "need for consent"), (None, "staffing"), (None, "good governance")], id="topics in the next sentence"),
        pytest.param("The provider was in breach of 4 regulations: safe care and treatment, safeguarding, staffing and governance.", [(None, "safe care and treatment"), (None, "safeguarding"), (None, "staffing"), (None, "good governance")], id="topics after a colon"),
        pytest.param("There were four continued breaches of good governance, staffing, consent and safeguarding.", [(None, "good governance"), (None, "staffing"), (None, "need for consent"), (None, "safeguarding")], id="breaches of topics"),
        pytest.param("We found a breach of good governance. The provider was in breach of regulation 17 (good governance).", [("17", "good governance")], id="a topic that is also named with its number"),
        pytest.param("The service was in breach of the regulations.", [(None, None)], id="no regulation named"),
        pytest.param("Such shortfalls were a breach of the health and social care regulations.", [(None, None)], id="the name of the act is not a topic"),
        pytest.param("Regulated activity\nRegulation 9 HSCA RA Regulations 2014 Person-centred care", [("9", "person-centred care")], id="a row of the report's table"),
        pytest.param("Regulation 18 Registration Regulations 2009 Notifications of other incidents", [("2009:18", "notifications")], id="a row of the table, 2009"),
        pytest.param("This was a breach of Regulation 12. It was also a breach of Regulation 12 (safe care and treatment).", [("12", "safe care and treatment")], id="one entry for each regulation, with its name"),
        pytest.param("At our last inspection the provider was in breach of regulation 12. At this inspection we found the same.", [("12", None)], id="found before, and the same again"),
        pytest.param("A breach of good governance was found at the last inspection in 2022 and found again at this assessment.", [(None, "good governance")], id="found again"),
        pytest.param("We identified a breach of regulation 12 at this inspection. Risks could have been managed better.", [("12", None)], id="“could have been better” is not a condition"),
        pytest.param("The provider had failed to notify us, and they were not meeting the requirements of Regulation 20.", [("20", None)], id="not meeting a regulation"),
        # --- no breach now ---
        pytest.param("At our last inspection the provider was in breach of regulation 12.", [], id="at the last inspection"),
        pytest.param("At our last inspection the provider had failed to assess risks. This was a breach of regulation 12. Enough improvement had been made at this inspection and the provider was no longer in breach of regulation 12.", [], id="last time, and put right"),
        pytest.param("The service was previously in breach of the legal regulation relating to staffing. Improvements were found at this assessment and the service was no longer in breach of this regulation.", [], id="previously, and no longer"),
        pytest.param("The last rating for this service was requires improvement and there were multiple breaches of regulation.", [], id="with the last rating"),
        pytest.param("We did not identify any breaches of regulation.", [], id="no breach identified"),
        pytest.param("There were no breaches of regulation 12.", [], id="no breaches"),
        pytest.param("The provider was not in breach of regulation 12.", [], id="not in breach"),
        pytest.param("The previous breach of regulation 17 had been met.", [], id="previous breach met"),
        pytest.param("We checked whether the provider was still in breach of regulation 12.", [], id="CQC checked for a breach"),
        pytest.param("This could be a breach of regulation 13.", [], id="could be a breach"),
        pytest.param("Failure to do so may result in a breach of Regulation 12.", [], id="may result in a breach"),
        pytest.param("There was a data breach at the office.", [], id="a data breach"),
        pytest.param("A member of staff was dismissed for a breach of confidentiality.", [], id="a breach of confidentiality"),
        pytest.param("The provider was in breach of the conditions of its registration.", [], id="conditions of registration are not regulations"),
        pytest.param("Providers must meet the requirements of Regulation 12.", [], id="the law in general"),
        pytest.param("Regulation 17 requires providers to have good governance.", [], id="what a regulation says"),
        pytest.param("The provider was now meeting regulation 12 and no longer in breach.", [], id="now meeting a regulation"),
        pytest.param("People were safe.", [], id="no breach mentioned"),
    ],
)  # fmt: skip
def test_a_breach_is_read_only_if_it_is_present_and_of_this_service(
    text: str, expected: list[tuple[str | None, str | None]]
) -> None:
    assert _found(text) == expected


def test_the_quote_of_a_breach_is_its_sentence_without_superfluous_spaces() -> None:
    (breach,) = breaches(["The provider\n was in  breach of regulation 17."])
    assert breach.quote == "The provider was in breach of regulation 17."


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
def test_a_breach_at_another_service_is_not_read_as_one_at_this_service(text: str) -> None:
    assert (breaches([text]), enforcement.decide([text])[0]) == ((), ())


OF_THIS_ONE = [
    "Another home run by the provider was rated good. This service was in breach of regulation 12.",
    "The provider was in breach of regulation 12. Another of its homes is rated inadequate.",
    "We found another breach at the home, a breach of regulation 12.",
    "People had moved here from another home. The provider was in breach of regulation 12.",
    "The service did not learn from other services. The provider was in breach of regulation 12.",
]


@pytest.mark.parametrize("text", OF_THIS_ONE)
def test_a_sentence_about_another_service_does_not_hide_a_breach_at_this_service(text: str) -> None:
    assert [breach.regulation for breach in breaches([text])] == ["12"]


def test_the_paragraph_after_one_about_another_service_is_about_this_service() -> None:
    texts = ["A sister service was in breach of regulation 12.", "The provider was in breach of regulation 17."]
    assert [breach.regulation for breach in breaches(texts)] == ["17"]
