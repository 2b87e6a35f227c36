# ruff: noqa: E501 - a sentence stands on one line, however long CQC's are
"""Tests whether a suspension of the ratings still applies. No rating may be read while ratings are suspended, and the rating must
be read once the suspension has ended. All wording is our own.
"""

import pytest

from monitor.cqc.read import said
from monitor.model import SaidKind


def is_suspended(text: str) -> bool:
    """Returns whether a text says that the ratings are suspended now."""
    return SaidKind.RATINGS_SUSPENDED in [one.kind for one in said.decide([text])[0]]


@pytest.mark.parametrize(
    "text",
    [
        "We lifted the suspension of admissions on 3 October 2026.",
        "We have put the home back into special measures.",
        "The provider's registration is no longer suspended.",
        "The ratings will be restored if the appeal fails.",
        "They stay suspended until they are reinstated.",
        "The suspension has not been lifted.",
        "The suspension may be lifted when our review ends.",
        "If our review finds no concerns, the ratings are reinstated.",
        "The ratings apply again once we have finished our review.",
        "The manager has been reinstated.",
        "Hot water was restored in October.",
        "The provider has asked us to put the ratings back.",
        "We hope that the ratings can be put back in December.",
        "Once our review is complete, the suspension is lifted.",
        "The suspension of the nurse has been lifted by the provider.",
        "We have not restored the ratings.",
        "We would have restored the ratings by now.",
        "The council lifted its suspension of placements in October.",
        "Unless we find new concerns, the suspension ends in December.",
        "They have been suspended since 3 October 2026.",
        "The ratings have not been put back.",
        "We considered whether the ratings had been confirmed.",
    ],
)
def test_ratings_stay_suspended_if_something_else_ends_or_the_end_is_still_to_come(text: str) -> None:
    assert is_suspended(f"We have suspended the ratings of this service. {text}")


@pytest.mark.parametrize(
    "text",
    [
        "We lifted the suspension on 3 October 2026.",
        "We put the ratings back on 3 October 2026.",
        "In October 2026 we put them back.",
        "The suspension is over.",
        "The suspension of the ratings has now ended.",
        "The ratings apply again.",
        "These ratings now stand again.",
        "The ratings have been put back.",
        "The ratings were confirmed after our review.",
        "The ratings are no longer suspended.",
        "They are no longer suspended.",
        "The ratings have been reinstated.",
        "The ratings are in force again.",
        "We have restored the ratings.",
        "The suspension was lifted in May 2026.",
        "Our review ended in November and the ratings were restored.",
        "After our review we ended the suspension.",
        "When our review ended, we lifted the suspension.",
        "The suspension of the service's ratings was lifted on 2 November 2026.",
        "CQC has now reinstated these ratings.",
        "The ratings of this home have been reinstated.",
        "The decision to suspend the ratings was overturned at appeal, and the ratings have been confirmed.",
    ],
)
def test_ratings_are_not_suspended_if_a_later_sentence_ends_the_suspension(text: str) -> None:
    assert not is_suspended(f"We suspended the ratings of this service. {text}")


@pytest.mark.parametrize(
    "text",
    [
        "The ratings are suspended until they are reinstated.",
        "The ratings are suspended and will be restored if the appeal fails.",
        "We have suspended the ratings of this service and lifted the suspension of admissions.",
        "We have suspended the ratings and put the home back into special measures.",
        "We have suspended the ratings of this service. We have also suspended the registration. The suspension was lifted in October.",
        "We suspended the ratings on 2 June 2026. We lifted the suspension on 4 July 2026. We suspended the ratings again on 3 November 2026.",
    ],
)
def test_ratings_stay_suspended_if_the_text_does_not_end_the_latest_suspension(text: str) -> None:
    assert is_suspended(text)


@pytest.mark.parametrize(
    "text",
    [
        "We suspended the ratings in May 2026 and put them back in October 2026.",
        "We suspended the ratings in May 2026, and they are no longer suspended.",
        "The ratings, which we suspended in May, have been reinstated.",
    ],
)
def test_ratings_are_not_suspended_if_one_sentence_names_the_suspension_and_its_end(text: str) -> None:
    assert not is_suspended(text)
