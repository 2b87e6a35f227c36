# ruff: noqa: E501 - a sentence stands on one line, however long CQC's are
"""Tests notices by which CQC dealt with something, notices that are the only exception, and notices that were checked later."""

from datetime import date

import pytest

from monitor.cqc.read.enforcement import decide
from monitor.cqc.read.others import About

ABOUT = About(names=("Elm House", "Elm Care Ltd"), published=date(2022, 10, 4))


def _taken(text: str) -> set[str]:
    return {one.kind for one in decide([text], ABOUT)[0] if one.stage.value == "taken"}


MEANS = {
    "The breach of regulation 12 (Safe care and treatment) has been dealt with by a requirement notice.": {"requirement notice"},
    "The breach was dealt with by issuing two requirement notices.": {"requirement notice"},
    "We have addressed this breach with a warning notice.": {"warning notice"},
    "The matter was closed with a fixed penalty notice.": {"fine"},
    "The breaches have been resolved through a warning notice to the provider.": {"warning notice"},
    "No enforcement powers beyond requirement notices were used.": {"requirement notice"},
    "We did not use any power other than requirement notices.": {"requirement notice"},
    "We took no action apart from a warning notice.": {"warning notice"},
    "Nothing stronger than a requirement notice was needed.": {"requirement notice"},
    "We used no enforcement power besides two warning notices.": {"warning notice"},
    "The warning notice has been dealt with by the provider.": set(),
    "The requirement notice was closed with a visit.": set(),
    "The breach of regulation 12 behind the requirement notice has been dealt with.": set(),
    "Breaches may be dealt with by a requirement notice.": set(),
    "Such a breach is usually dealt with by a requirement notice.": set(),
    "The breach at another home was dealt with by a warning notice.": set(),
    "At our last inspection the breach was dealt with by a warning notice.": set(),
    "No enforcement powers were used.": set(),
    "No requirement notices were used.": set(),
    "We will use no power beyond requirement notices.": set(),
    "No enforcement action beyond requirement notices was considered.": set(),
    "No notice other than the requirement notice was withdrawn.": set(),
    "No powers beyond requirement notices were used at the provider's other home.": set(),
}
CHECKS = {
    "We inspected this service on 2 November 2021. A warning notice was served then. We undertook this inspection to check that it had been met. It had.": False,
    "Inspectors came in March and served a warning notice. This inspection was to see whether it had been complied with. It had been.": False,
    "We served two warning notices in January 2022. We came back to check that they had been met. They had.": False,
    "We served a warning notice. We returned to find out if it had been met. It was.": False,
    "We inspected on 2 November 2021. A warning notice was served then.": False,
    "We served a warning notice. We came back to check whether it had been met. It had not.": True,
    "We served two warning notices. We came back to check that they had been met. Only one had.": True,
    "We served a warning notice. We returned to check that it had been met. It had rained.": True,
    "We served a warning notice in August 2022. We will come back to check that it has been met.": True,
    "We inspected in September 2022. A warning notice was served then.": True,
    "We inspected on 2 November 2021. A warning notice was served then. It has not been met.": True,
    "We inspected on 2 November 2021. A warning notice was served then. We came to check that it had been met. It had not.": True,
    "We served a warning notice. We came back to check that it had been met. It had, and we served another warning notice.": True,
}


@pytest.mark.parametrize("sentence", MEANS)
def test_a_notice_that_is_the_means_or_the_only_exception_was_served(sentence: str) -> None:
    assert _taken(sentence) == MEANS[sentence]


@pytest.mark.parametrize("text", CHECKS)
def test_a_notice_that_was_met_when_it_was_checked_is_no_longer_in_force(text: str) -> None:
    assert _taken(text) == ({"warning notice"} if CHECKS[text] else set())
