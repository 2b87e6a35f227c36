"""Tests, rule by rule, how a sentence is sorted: does it concern this service now, others, the past? All wording is our own."""

from datetime import date

import pytest

from monitor.cqc.read import bearing, sentences
from monitor.cqc.read.bearing import RULES
from monitor.cqc.read.bearing_rules import Bearing, Rule
from monitor.cqc.read.others import About

ELM = About(names=("Elm House", "Elm Care Ltd"), published=date(2026, 11, 20))


def borne(text: str, rules: tuple[Rule, ...] = RULES) -> bearing.Borne:
    """Returns the bearing of a text's only sentence, and the name of the rule that decided."""
    (sentence,) = sentences.read([text], ("",))
    return bearing.of(sentence.plain.rstrip("."), sentence, ELM, rules)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_decides_its_own_example_and_no_other_rule_gives_that_answer(rule: Rule) -> None:
    assert borne(rule.example) == (rule.bearing, rule.name)
    assert borne(rule.example, tuple(one for one in RULES if one is not rule)) != (rule.bearing, rule.name)


def test_no_two_rules_have_the_same_name() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We served a warning notice because too little progress had been made.", Bearing.NOW),
        ("We issued a warning notice to the provider, as staff did not know whether people had eaten.", Bearing.NOW),
        ("Birch Lodge was served a warning notice.", Bearing.OTHERS),
        ("Both Elm House and Birch Lodge were served a warning notice.", Bearing.NOW),
        ("In 2019 the home was given a warning notice.", Bearing.PAST),
        ("“They were given a warning notice for this,” a neighbour wrote.", Bearing.HEARSAY),
        ("A warning notice was served in October 2026.", Bearing.NOW),
        ("Should we find no improvement, we will cancel the registration.", Bearing.CONDITION),
        ("The warning notice has not been met.", Bearing.NOW),
        ("The appeal against the warning notice was dismissed.", Bearing.NOW),
        ("We used our powers to suspend the registration.", Bearing.NOW),
    ],
)
def test_statements_about_this_service_now_are_told_apart_from_others(text: str, expected: Bearing) -> None:
    assert borne(text).bearing is expected


def test_a_heading_and_the_line_above_a_list_decide_about_the_text_below_them() -> None:
    *_, item = sentences.read(["What we have not done:", "• issued a warning notice"], ("",))
    assert bearing.of(item.plain, item, ELM).bearing is Bearing.DENIED
    *_, below = sentences.read(["Other services of the provider", "A warning notice was served in October 2026."], ("",))
    assert bearing.of(below.plain, below, ELM).bearing is Bearing.OTHERS
