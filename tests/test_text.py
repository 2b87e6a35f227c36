"""Tests how texts for people are made."""

import pytest

from monitor.text import sentence


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("no email has been sent", "No email has been sent"),
        ("who@council.example is not somebody who can sign in", "who@council.example is not somebody who can sign in"),
        ("webhook:https://hooks.example/a does not answer", "webhook:https://hooks.example/a does not answer"),
        ("https://hooks.example/a does not answer", "https://hooks.example/a does not answer"),
        ("not delivered: too large", "Not delivered: too large"),
        ("", ""),
    ],
)
def test_a_sentence_begins_with_a_capital_unless_it_begins_with_an_address(text: str, written: str) -> None:
    assert sentence(text) == written
