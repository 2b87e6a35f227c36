"""Tests that a notice on a service's page is not ignored if no rule recognises the notice, since it is about this service."""

import pytest

from monitor.cqc.read import read
from tests.cqc.read.frame import OVERALL, page

SUBJECTS = ("lift", "garden", "kitchen", "telephone", "car park", "roof", "heating", "laundry", "minibus", "website")
ODD = (
    "The {} of this service is described wrongly.",
    "People asked us about the {} here.",
    "We are looking into the {} with the council.",
    "A new {} was announced for next year.",
    "The {} has its own page.",
)
HOW = (
    '<div class="alert alert--cqc" role="status"><p>{}</p></div>',
    '<div class="alert__title"><span>{}</span></div>',
    "<p>{}</p>",
)


@pytest.mark.parametrize("how", HOW)
def test_a_notice_that_no_rule_recognises_is_listed_as_unread_once(how: str) -> None:
    texts = ["Important: " + words.format(subject) for words in ODD for subject in SUBJECTS]
    assert len(texts) * len(HOW) == 150
    found = {text: read(page(header=OVERALL + how.format(text))).unread for text in texts}
    assert {text: unread for text, unread in found.items() if unread != (text,)} == {}


@pytest.mark.parametrize(
    "text",
    [
        "Important: The provider of this service changed. See old profile",
        "Important: This service was previously registered at a different address",
        "Important: We are carrying out an assessment of this service",
        "Important: We have taken urgent action to protect people at this service",
        "Important: This service is in special measures",
    ],
)
def test_a_notice_that_a_rule_recognises_is_not_listed_as_unread(text: str) -> None:
    assert read(page(header=f"{OVERALL}<p>{text}</p>")).unread == ()
