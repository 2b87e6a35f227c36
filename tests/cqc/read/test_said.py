"""What else CQC says of a service in words. All wording is our own."""

from datetime import date

import pytest

from monitor.cqc.read import said
from monitor.cqc.read.said import SAYINGS, Saying
from monitor.model import SaidKind


def kinds(text: str) -> list[SaidKind]:
    """What a text says, in its order."""
    return [one.kind for one in said.decide([text])[0]]


@pytest.mark.parametrize("saying", SAYINGS, ids=lambda saying: saying.name)
def test_each_thing_is_read_in_its_example_and_nothing_else_is(saying: Saying) -> None:
    assert kinds(saying.example) == [saying.kind]


def test_every_kind_has_its_words() -> None:
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
def test_what_only_shares_words_is_nothing(text: str) -> None:
    assert kinds(text) == []


def test_since_when_is_read_where_it_is_said() -> None:
    (one,) = said.decide(["We have been carrying out an inspection since 3 November 2026, and the inspection is under way."])[0]
    assert (one.kind, one.since) == (SaidKind.BEING_INSPECTED, date(2026, 11, 3))
