"""Tests short forms ("it's", "hasn't"), and "they" and "it" in the place of the regulator."""

import pytest

from monitor.cqc.read import read
from monitor.cqc.read.spelled import in_full, with_regulator
from monitor.ratings import Reason

PAGE = """<html><body><main><h1>Larch House</h1><p>Provided and run by: <a href="/provider/1-1">Larch Ltd</a></p><p>{}</p></main>
</body></html>"""


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("it's now rated good", "it is now rated good"),
        ("it's also been rated good", "it has also been rated good"),
        ("the home's been put in special measures", "the home has been put in special measures"),
        ("the home's not in special measures", "the home is not in special measures"),
        ("the home's rating is good", "the home's rating is good"),
        ("cqc's issued a notice", "cqc has issued a notice"),
        ("cqc's notice", "cqc's notice"),
        ("people's care", "people's care"),
        ("we've served it", "we have served it"),
        ("it'd been met", "it had been met"),
        ("it'd be met", "it would be met"),
        ("we'd need to act", "we would need to act"),
        ("it can't and won't admit anyone", "it cannot and will not admit anyone"),
        ("one's been met, the other hasn't", "one has been met, the other has not"),
        ("the providers' homes", "the providers' homes"),
    ],
)
def test_a_short_form_is_written_in_full_unless_it_belongs_to_an_owner(short: str, full: str) -> None:
    assert in_full(short) == full


@pytest.mark.parametrize(
    ("before", "plain", "meant"),
    [
        ("inspectors found three breaches.", "they have issued a warning notice.", "inspectors have issued a warning notice."),
        ("inspectors met staff.", "they issued a warning notice.", "they issued a warning notice."),
        ("inspectors found three breaches.", "they were serious.", "they were serious."),
        ("staff were told.", "they issued a warning.", "they issued a warning."),
        ("cqc rated the home good.", "it imposed conditions.", "cqc imposed conditions."),
        ("cqc rated the home good.", "it has new staff.", "it has new staff."),
        ("the council visited.", "it imposed conditions.", "it imposed conditions."),
    ],
)
def test_they_and_it_stand_for_the_regulator_only_if_no_one_else_can_be_meant(before: str, plain: str, meant: str) -> None:
    assert with_regulator(before, plain) == meant


@pytest.mark.parametrize("text", ["This service hasn't been rated yet.", "We haven't inspected this service yet."])
def test_a_service_without_a_rating_is_read_as_not_rated_also_in_short_forms(text: str) -> None:
    (group,) = read(PAGE.format(text).encode()).ratings
    assert group.overall is Reason.NOT_RATED


def test_a_service_that_was_not_rated_again_keeps_its_rating() -> None:
    text = "The home's rating of inadequate stands. It hasn't been rated again."
    assert [group.overall for group in read(PAGE.format(text).encode()).ratings] == ["inadequate"]
