# ruff: noqa: E501 - a sentence stands on one line, however long CQC's are
"""Tests how enforcement is read from sentences and short texts: as taken, proposed, lifted, or not at all. All wording is our
own."""

import pytest

from monitor.cqc.read import enforcement
from monitor.cqc.read.powers import POWERS, Power
from monitor.model import Stage


def of_stage(text: str, stage: Stage) -> list[str]:
    """Returns the kinds of enforcement that a text states at one stage."""
    return [one.kind for one in enforcement.decide(text.split("\n"))[0] if one.stage is stage]


def taken(text: str) -> list[str]:
    """Returns the kinds of enforcement that a text states as taken."""
    return of_stage(text, Stage.TAKEN)


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
        pytest.param("We issued a notice of proposal to cancel the provider's registration.", [], id="a notice of proposal is served"),
        pytest.param("CQC suspended the practice's registration for three months.", ["suspension"], id="suspended"),
        pytest.param("The clinic's registration was temporarily suspended.", ["suspension"], id="temporarily suspended"),
        pytest.param("We prosecuted the provider.", ["prosecution"], id="prosecuted"),
        pytest.param("The company was fined £40,000 after pleading guilty.", ["fine"], id="fined"),
        pytest.param("We issued a fixed penalty notice, which the provider has paid.", ["fine"], id="fixed penalty"),
        pytest.param("We have asked the provider for an action plan.", ["action plan"], id="asked for a plan"),
        pytest.param("We requested an action plan from the provider.", ["action plan"], id="requested a plan"),
        pytest.param("We issued a warning notice and imposed conditions on the registration.", ["warning notice", "conditions"], id="two actions in a sentence"),
        pytest.param("In instances where CQC have decided to take civil or criminal enforcement action against a provider, we will publish this information after any representations have been concluded. We served a warning notice.", ["warning notice"], id="the standard text, and then a notice"),
        # --- not taken ---
        pytest.param("In instances where CQC have decided to take civil or criminal enforcement action against a provider, we will publish this information on our website after any representations and/or appeals have been concluded.", [], id="the standard text alone"),
        pytest.param("Full information about CQC's regulatory response to the more serious concerns is added to reports after any representations and appeals have been concluded.", [], id="another standard text"),
        pytest.param("This will usually lead to cancellation of their registration or to varying the conditions the registration.", [], id="what will usually follow"),
        pytest.param("If it does not improve we will begin to cancel the provider's registration.", [], id="a threat"),
        pytest.param("If we do not propose to cancel the provider's registration, we will re-inspect within six months.", [], id="if CQC does not propose cancellation"),
        pytest.param("We may issue a warning notice.", [], id="may issue"),
        pytest.param("At our last inspection we issued a warning notice.", [], id="issued at the last inspection"),
        pytest.param("We had previously served a warning notice.", [], id="previously served"),
        pytest.param("We checked whether the warning notice we served had been met.", [], id="checked whether a notice was met"),
        pytest.param("The warning notices and conditions were lifted.", [], id="lifted"),
        pytest.param("The provider had complied with the warning notice.", [], id="complied with"),
        pytest.param("No warning notices were issued.", [], id="none issued"),
        pytest.param("We did not issue a warning notice.", [], id="not issued"),
        pytest.param("The council placed an embargo on placements.", [], id="the council's embargo"),
        pytest.param("The local authority had suspended new placements at the home.", [], id="the council's suspension"),
        pytest.param("The provider agreed to a voluntary suspension of admissions.", [], id="a voluntary suspension"),
        pytest.param("The manager suspended a member of staff.", [], id="a manager's suspension of staff"),
        pytest.param("The provider completed an action plan after the last inspection to show what they would do.", [], id="the provider's own plan"),
        pytest.param("We will request an action plan from the provider.", [], id="a plan that will be requested"),
        pytest.param("The registered manager could not explain why they had not complied with the conditions of their registration with CQC.", [], id="conditions not complied with"),
        pytest.param("Conditions on people's deprivation of liberty authorisations had been met.", [], id="conditions under another law"),
        pytest.param("People with long-term conditions were reviewed.", [], id="long-term conditions"),
        pytest.param("People were safe.", [], id="no enforcement mentioned"),
    ],
)  # fmt: skip
def test_only_enforcement_that_cqc_has_taken_is_read_as_taken(text: str, kinds: list[str]) -> None:
    assert taken(text) == kinds


def test_the_quotes_of_two_notices_in_a_report_name_different_regulations() -> None:
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
    first, second = enforcement.decide(report)[0]
    assert "Regulation 12" in first.quote
    assert "Regulation 17" in second.quote


@pytest.mark.parametrize("power", POWERS, ids=lambda power: power.kind)
def test_the_example_of_each_power_is_read_as_this_power_alone(power: Power) -> None:
    assert taken(power.example) == [power.kind]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("We issued a notice of proposal to cancel the provider's registration.", ["cancellation"]),
        ("We propose to impose conditions on the registration.", ["conditions"]),
        ("CQC intends to suspend the registration of the home.", ["suspension"]),
    ],
)
def test_a_proposed_action_is_not_read_as_taken(text: str, kinds: list[str]) -> None:
    assert (of_stage(text, Stage.PROPOSED), taken(text)) == (kinds, [])


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The warning notice has been met.", ["warning notice"]),
        ("We served a warning notice in May 2026. It was complied with in August 2026.", ["warning notice"]),
        ("The tribunal allowed the appeal and the conditions on the registration were quashed.", ["conditions"]),
        ("The suspension of the home's registration expired yesterday.", ["suspension"]),
        ("We discontinued the prosecution.", ["prosecution"]),
        ("The prosecution of the provider has since been discontinued.", ["prosecution"]),
        ("We prosecuted the provider in May 2026. The prosecution was discontinued.", ["prosecution"]),
    ],
)
def test_an_action_that_was_lifted_is_not_read_as_in_force(text: str, kinds: list[str]) -> None:
    assert (of_stage(text, Stage.LIFTED), taken(text)) == (kinds, [])


@pytest.mark.parametrize(
    "text",
    [
        "One warning notice has been met, but a second has been served.",
        "We served a warning notice on 3 November 2026. The warning notice of 2 March 2026 had been met.",
        "The provider's appeal against the warning notice was dismissed.",
        "Only part of the warning notice had been met.",
        "The warning notice has not been met.",
    ],
)
def test_an_action_that_still_applies_is_read_as_in_force(text: str) -> None:
    assert taken(text) == ["warning notice"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The provider was prosecuted on three charges, two of which were dropped.", "prosecution"),
        ("We imposed five conditions on the registration of this service, two of which have been lifted.", "conditions"),
    ],
)
def test_an_action_that_ended_only_in_part_is_read_as_in_force(text: str, kind: str) -> None:
    assert taken(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Both warning notices have been met, one of them early.",
        "All three warning notices were met, two of them in March 2026.",
        "The conditions were lifted, two of them last year.",
        "The prosecution was dropped on all charges, two of which were historic.",
    ],
)
def test_an_action_that_ended_in_all_its_parts_is_not_in_force(text: str) -> None:
    assert taken(text) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("As the provider had not met the requirement notice of last year, we issued a warning notice.", ["warning notice"]),
        ("Last month we served a warning notice.", ["warning notice"]),
        ("Warning notice, regulation 12 11 February 2026 Met", []),
        ("Warning notice, regulation 12 11 February 2026 Open", ["warning notice"]),
        ("Requirement notice, regulation 17: closed", []),
        ("Well-led Requirements notice", ["requirement notice"]),
        ("The conditions imposed in July have been removed with one exception.", ["conditions"]),
        ("All but one of the conditions on the registration have been lifted.", ["conditions"]),
        ("The provider must still not admit anyone new.", ["admissions restricted"]),
        ("We have cancelled the provider's registration for one regulated activity, treatment of disease.", []),
        ("We have used our urgent powers to suspend this provider's registration for the regulated activity of surgical procedures.", []),
        ("One regulated activity was removed from the provider's registration.", []),
        ("The provider has withdrawn its application to cancel the registration of this home.", []),
        ("We have received an application from the provider to remove this location from its registration.", []),
        ("The provider cancelled its registration with us on 16 October 2026.", []),
        ("We had been minded to issue a warning notice. After reading the provider's response we have not done so, and have asked for an action plan instead.", ["action plan"]),
        ("What happens next\nWe have asked the provider for an action plan.", ["action plan"]),
        ("What happens next\nWe will ask for an action plan if we find a breach.", []),
        ("Conditions have been imposed so that four patients may be admitted in a week and none without a consultant.", ["conditions"]),
        ("Conditions: none", []),
        ("The provider was fined £60,000 at Leeds Magistrates' Court after we prosecuted it.", ["fine", "prosecution"]),
        ("The provider had met both the warning notice and the requirement notice that followed our visit in 2025.", []),
        ("We thought carefully about whether to issue a warning notice. As the provider had begun to put matters right, we chose not to.", []),
        ("The provider may not take in any new residents unless we agree: this is a condition that we have imposed on its registration.", ["conditions"]),
        ("CQC has made an application to the court to cancel the provider's registration.", ["cancellation"]),
        ("We have made an application to cancel the provider's registration.", ["cancellation"]),
        ("The provider has made an application to cancel its registration.", []),
        ("The provider had told us that it would close and had submitted an application to remove this location from its registration.", []),
        ("The provider appealed, and we submitted an application to cancel its registration.", ["cancellation"]),
        ("We imposed conditions on the registration. The provider asked us to lift them. We have not done so.", ["conditions"]),
        ("We imposed conditions on the registration. We have decided against lifting them.", ["conditions"]),
        ("We issued a warning notice. We have not done so lightly.", ["warning notice"]),
        ("Cancellation of the registration is pending a hearing.", []),
        ("The registration is suspended, pending a further inspection.", ["suspension"]),
        ("After we take enforcement action we publish a report.", []),
        ("CQC reserves the right to cancel or suspend a provider's registration.", []),
        ("CQC has the right to cancel the provider's registration.", []),
        ("We have the option to prosecute the provider.", []),
        ("We exercised our right to cancel the provider's registration.", ["cancellation"]),
        ("The provider has the right to appeal against our decision to cancel its registration.", ["cancellation"]),
        ("We drafted a warning notice.", []),
        ("A warning notice was drafted.", []),
        ("We drafted and served a warning notice.", ["warning notice"]),
        ("We drafted a warning notice and served it on the provider.", ["warning notice"]),
        ("The warning notice that we drafted was served on 3 November 2026.", ["warning notice"]),
        ("Conditions of registration: 22 beds; no nursing", []),
        ("Conditions of registration: a registered manager; at or from 14 Mill Lane", []),
        ("Conditions of registration: no new admissions without our consent; 22 beds", ["conditions"]),
        ("Conditions of registration: imposed on 3 November 2026; 22 beds", ["conditions"]),
        ("We did not issue a warning notice at our last visit. We have issued one now.", ["warning notice"]),
        ("We can issue a warning notice. We have now served one.", ["warning notice"]),
        ("We considered a warning notice. We have not issued one.", []),
        ("We served a warning notice on the provider. This service remains in special measures.", ["warning notice"]),
        ("We propose to cancel the registration. We have served it on the provider.", []),
        ("Its other home was served a warning notice. We have served one there too.", []),
        ("We had told the provider that we meant to impose a condition on its registration. It then closed the floor, and we took no further action.", []),
    ],
)
def test_only_actions_by_cqc_that_are_in_force_are_read_as_taken(text: str, kinds: list[str]) -> None:
    assert taken(text) == kinds


def test_a_process_of_closing_a_service_is_read_as_proposed_once_it_has_begun() -> None:
    begun = "We have begun the process of preventing the provider from operating this service."
    assert (of_stage(begun, Stage.PROPOSED), taken(begun)) == (["cancellation"], [])
    assert of_stage("If it does not improve we will begin the process of preventing the provider from operating this service.", Stage.PROPOSED) == []


@pytest.mark.parametrize(
    ("below", "unread"),
    [("Safe Inadequate", True), ("None", False), ("Warning notice, regulation 12", False), ("We have not taken any.", False)],
)
def test_enforcement_action_taken_is_listed_as_unread_if_no_action_or_denial_follows(below: str, unread: bool) -> None:
    _, decisions = enforcement.decide(["Care home", "Enforcement action taken", below])
    assert any(not one.fact and not one.left_aside for one in decisions) is unread
