"""Tests that a question and its answer are read together, as one statement."""

import pytest

from monitor.cqc.read.asked import answered, is_asked


@pytest.mark.parametrize(
    ("question", "answer", "statement"),
    [
        ("is the home in special measures?", "it is.", "the home is in special measures"),
        ("is elmfield court in special measures?", "no, it is not.", "elmfield court is not in special measures"),
        ("is the home still in special measures?", "not any more.", "the home is no longer in special measures"),
        ("has the home left special measures?", "not yet.", "the home has not yet left special measures"),
        ("have we taken enforcement action?", "not at this stage.", "we have not taken enforcement action"),
        ("did we prosecute the provider?", "we did, in may.", "we prosecuted the provider, in may"),
        ("did we prosecute the provider?", "we did not.", "we did not prosecute the provider"),
        ("are there breaches of regulation?", "yes, of regulation 12.", "there are breaches of regulation, of regulation 12"),
        ("have the conditions been lifted?", "partly.", "the conditions have been lifted, partly"),
        ("was the notice met?", "cqc found that it was not.", "the notice was not met"),
    ],
)
def test_a_question_and_its_answer_become_a_statement(question: str, answer: str, statement: str) -> None:
    assert answered(question, answer) == statement


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("is the home in special measures?", "it is now under new ownership."),
        ("is the home in special measures?", "no one knows."),
        ("is the home in special measures?", "the home is rated inadequate."),
        ("have we taken enforcement action?", "we are thinking about it."),
        ("have the conditions been lifted?", "two have."),
        ("why have we imposed conditions?", "yes."),
        ("are you in special measures?", "yes."),
        ("the home is in special measures.", "yes."),
    ],
)
def test_text_that_does_not_answer_a_question_is_not_joined_to_the_question(question: str, answer: str) -> None:
    assert answered(question, answer) is None


def test_only_a_yes_or_no_question_is_recognised_as_asked() -> None:
    assert is_asked("has a warning notice been served?")
    assert not is_asked("why have we imposed conditions?")
    assert not is_asked("a warning notice has been served.")
