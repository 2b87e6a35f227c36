# ruff: noqa: E501 - a sentence stands on one line, however long CQC's are
"""Tests how special measures are read: from sentences, from whole texts, and by each rule. All wording is our own, and similar to
that of CQC and the press.
"""

import pytest

from monitor.cqc.read import special_measures
from monitor.cqc.read.special_measures import decide
from monitor.cqc.read.special_measures_macros import Rule
from monitor.cqc.read.special_measures_rules import RULES
from monitor.model import MeasuresState
from tests.cqc.read.special_measures_sentences import ENTERED, IN, LEFT, NOT_STATED, REMAINS, SENTENCES, UNCLEAR


@pytest.mark.parametrize(("sentence", "state"), SENTENCES)
def test_the_state_of_special_measures_is_read_from_a_single_sentence(sentence: str, state: MeasuresState) -> None:
    assert decide([sentence]).state is state


@pytest.mark.parametrize(
    "misspelt", ["special mesures", "special measurs", "special meaures", "Special Meassures", "special masures", "special mearsures"]
)
def test_special_measures_are_read_if_the_words_are_misspelt(misspelt: str) -> None:
    assert decide([f"This service has been placed in {misspelt}."]).state is ENTERED


@pytest.mark.parametrize("other", ["special meals", "special messages", "special meetings", "special menus", "special marks"])
def test_words_similar_to_special_measures_state_nothing(other: str) -> None:
    assert decide([f"People were put down for {other}.", f"The home is in {other}."]).state is NOT_STATED


TEXTS = [
    pytest.param(
        [
            "The overall rating for this service is ‘Inadequate’ and the service is therefore in ‘special measures’. This means we will keep the "
            "service under review and, if we do not propose to cancel the provider’s registration, we will re-inspect within 6 months.",
            "If the provider has not made enough improvement within this timeframe. And there is still a rating of",
            "inadequate for any key question or overall rating, we will take action in line with our enforcement procedures.",
            "For adult social care services, the maximum time for being in special measures will usually be no more than 12 months. If the service "
            "has demonstrated improvements when we inspect it. And it is no longer rated as inadequate for any of the five key questions it will "
            "no longer be in special measures.",
        ],
        IN, "therefore in ‘special measures’", id="the standard paragraphs about a service in special measures",
    ),
    pytest.param(
        [
            "This service has been in Special Measures since 12 March 2020. During this inspection the provider demonstrated that improvements "
            "have been made. The service is no longer rated as inadequate overall or in any of the key questions. Therefore, this service is no "
            "longer in Special Measures.",
        ],
        LEFT, "Therefore, this service is no longer", id="the standard text about an exit, which begins with the entry",
    ),
    pytest.param(
        ["This service has been in special measures since 12 March 2020.", "Not enough had changed, and the home remains in special measures."],
        REMAINS, "Not enough had changed", id="since when, and then that the service remains",
    ),
    pytest.param(
        ["This service has been in special measures since 12 March 2020.", "Staff told us that morale was better."],
        UNCLEAR, "since 12 March 2020", id="since when, and nothing about now",
    ),
    pytest.param(
        ["At our last inspection we rated the service inadequate. It was placed in special measures. Things had changed by this visit, and it has "
         "been taken out of special measures."],
        LEFT, "taken out", id="placed at the last inspection, taken out now",
    ),
    pytest.param(
        ["At our last inspection we rated the service inadequate. It was placed in special measures.", "The home is now rated good."],
        NOT_STATED, None, id="placed at the last inspection, and only a rating now",
    ),
    pytest.param(
        ["Rating at last inspection", "Inadequate. The service was placed in special measures.", "Why we inspected", "We inspected to check."],
        NOT_STATED, None, id="an earlier entry below its own heading",
    ),
    pytest.param(
        ["Rating at last inspection", "The service was rated good.", "Enforcement", "The service has been placed in special measures."],
        ENTERED, "has been placed", id="an entry below the next heading",
    ),
    pytest.param(
        ["I am placing this service in special measures. Services placed in special measures will be inspected again within six months. If "
         "insufficient improvements have been made such that there remains a rating of inadequate for any key question or overall, we will take "
         "action. The service will be kept under review. Special measures will give people who use the service the reassurance that the care they "
         "get should improve."],
        ENTERED, "I am placing", id="the chief inspector's letter to a practice",
    ),
    pytest.param(
        ["I am taking this practice out of special measures. This recognises the significant improvements that have been made."],
        LEFT, "I am taking", id="the chief inspector's letter about an exit",
    ),
    pytest.param(
        ["The overall rating for this provider is ‘Inadequate’. This means that it has been placed into ‘Special measures’ by CQC. The purpose of "
         "special measures is to:", "Ensure that providers found to be providing inadequate care significantly improve."],
        ENTERED, "has been placed into", id="the standard text of 2015, with its purpose",
    ),
    pytest.param(
        ["Care home placed in special measures", "Beech House has been rated inadequate by the Care Quality Commission.",
         "The home is now in special measures, which means that it will be kept under close review.",
         "CQC will inspect it again. If it does not improve, it could close."],
        ENTERED, "Care home placed", id="a press release whose headline alone names the entry",
    ),
    pytest.param(
        ["Beech House was rated inadequate and placed in special measures following an inspection in August 2025. The report was published in "
         "October 2025."],
        ENTERED, "following an inspection in August 2025", id="the date of the reported inspection",
    ),
    pytest.param(
        ["Beech House was rated inadequate and placed in special measures following an inspection in August 2023. In June 2025 it was rated good."],
        NOT_STATED, None, id="the date of an inspection long ago",
    ),
    pytest.param(
        ["The service remains in special measures.", "We placed the service in special measures because people were not safe."],
        REMAINS, "remains", id="remains, and then the earlier entry",
    ),
    pytest.param(
        ["We have placed the service in special measures.", "It will remain in special measures until we inspect again."],
        ENTERED, "We have placed", id="placed, and will remain until",
    ),
    pytest.param(
        ["The home has come out of special measures.", "Another home of the same provider has been placed in special measures."],
        LEFT, "has come out", id="this home leaves, another home enters",
    ),
    pytest.param(
        ["The service is in special measures.", "The service is no longer in special measures."],
        UNCLEAR, "no longer", id="two contradictory statements about now",
    ),
    pytest.param(
        ["The service came out of special measures in 2021.", "This service has now been placed back in special measures."],
        ENTERED, "placed back", id="an earlier exit, and a new entry",
    ),
    pytest.param(
        ["The home was placed in special measures. It has now been taken out of them."],
        LEFT, "taken out of them", id="a sentence that points back",
    ),
    pytest.param(
        ["The practice entered special measures in 2022 but has since come out."],
        LEFT, "has since come out", id="a clause that points back",
    ),
    pytest.param(
        ["Special measures", "The purpose of special measures is to ensure that services improve.", "What does it mean for residents?"],
        NOT_STATED, None, id="a page about special measures",
    ),
    pytest.param(
        ["The trust was placed in special measures in 2019.", "This hospital was rated good."],
        NOT_STATED, None, id="the trust, not the hospital",
    ),
    pytest.param(
        ["Elmwood, run by Northside NHS Foundation Trust, has been placed in special measures."],
        ENTERED, "Elmwood", id="a service that a trust runs",
    ),
    pytest.param(
        ["We told the provider that it would be placed in special measures if things did not change.", "The rating is requires improvement."],
        NOT_STATED, None, id="a threat in the past tense",
    ),
    pytest.param(
        ["The provider was told of the outcome.", "The service would be placed in special measures."],
        UNCLEAR, "would be", id="an announcement in the past tense",
    ),
    pytest.param(
        ["CQC stopped short of putting the home in special measures, but issued a warning notice."],
        NOT_STATED, None, id="CQC stopped short of special measures",
    ),
    pytest.param(
        ["The overall rating is requires improvement. However, because safe is still inadequate, the service remains in special measures."],
        REMAINS, "because safe is still inadequate", id="better overall, but still in special measures",
    ),
    pytest.param(
        ["The service is no longer rated inadequate overall.", "However, we have kept it in special measures."],
        REMAINS, "we have kept it", id="better, but kept in special measures",
    ),
    pytest.param(
        ["The service is in special", "measures."], IN, "special measures", id="the words are cut by a page break",
    ),
    pytest.param(
        ["The service is in SPECIAL\n   MEASURES ."], IN, "SPECIAL MEASURES", id="capitals and line breaks within the words",
    ),
    pytest.param(
        ["We rated the service inadequate. As a result it was placed in special measures."], ENTERED, "As a result", id="the simple past as news",
    ),
    pytest.param(["People were safe.", "Staff were kind."], NOT_STATED, None, id="special measures are not mentioned"),
    pytest.param([], NOT_STATED, None, id="no text"),
    pytest.param(
        ["Q: When will the home leave special measures?", "A: Homes can leave special measures once they are no longer inadequate."],
        NOT_STATED, None, id="questions and answers",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("paragraphs", "state", "quote"), TEXTS)
def test_the_state_of_special_measures_is_read_from_a_whole_text_with_its_quote(
    paragraphs: list[str], state: MeasuresState, quote: str | None
) -> None:
    decided = decide(paragraphs)
    assert decided.state is state
    if quote is None:
        assert decided.quote is None
    else:
        assert decided.quote is not None
        assert quote in decided.quote


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_decides_its_own_example_and_no_other_rule_gives_that_answer(rule: Rule) -> None:
    others = [each for each in RULES if each is not rule]
    assert decide([rule.example]).state is rule.says
    assert special_measures._decide([rule.example], others)[0].state is not rule.says


def test_no_two_rules_have_the_same_name() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_there_are_at_least_150_sentences_and_30_texts() -> None:
    assert len(SENTENCES) >= 150
    assert len(TEXTS) >= 30
