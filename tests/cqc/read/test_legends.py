"""Tests that CQC's explanation of its ratings is not read as a statement about the service."""

import pytest

from monitor.cqc.read import read
from monitor.cqc.read.legends import explained
from monitor.model import MeasuresState
from monitor.ratings import Rating

PAGE = """Elmfield Court

Overall: Good read more about inspection ratings

1 High Street, Leeds, LS1 1AA

Provided and run by:
Elmfield Care Ltd

Report published: 20 November 2026

Safe Good
Effective Good
Caring Good
Responsive Good
Well-led Good

"""
ON_ONE_LINE = """Inspection ratings
Outstanding – the service is performing exceptionally well.
Good – the service is performing well and meeting our expectations.
Requires improvement – the service isn't performing as well as it should, and we have told it how it must improve.
Inadequate – the service is performing badly and we've taken enforcement action against its provider.
No rating/under appeal/rating suspended – some services can't be rated. Suspended ratings are being reviewed by us."""
ON_TWO_LINES = """What we mean
Inadequate
The service is performing badly and we have placed it in special measures.
Requires improvement
The service is not performing as well as it should and we have served requirement notices.
Good
The service is performing well.
Outstanding
The service is performing exceptionally well."""
TICKS = """Requires improvement: the service has to improve, and we have asked it for an action plan.
Good: the service does what people may expect.
Outstanding: the service is a model to others.
Ticks and crosses
We don't rate every type of service. A cross shows that we've taken enforcement action."""


@pytest.mark.parametrize("text", [ON_ONE_LINE, ON_TWO_LINES, TICKS])
def test_an_explanation_of_the_ratings_says_nothing_about_the_service(text: str) -> None:
    reading = read((PAGE + text).encode())
    (group,) = reading.ratings
    assert (group.overall, {one.rating for one in group.key_questions.values()}) == (Rating.GOOD, {Rating.GOOD})
    assert reading.special_measures.state is MeasuresState.NOT_STATED
    assert (reading.enforcement, reading.breaches, reading.said, reading.unread) == ((), (), (), ())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Inadequate – the service has been placed in special measures.", id="one rating, as a statement"),
        pytest.param(
            "Good - the service cares well.\nInadequate - the service has been placed in special measures.", id="two ratings"
        ),
        pytest.param(f"{ON_ONE_LINE}\n\nThe service has been placed in special measures.", id="a statement behind"),
    ],
)
def test_a_statement_beside_ratings_is_read(text: str) -> None:
    page = PAGE.replace("Overall: Good", "Overall: Inadequate").replace("Safe Good", "Safe Inadequate")
    assert read((page + text).encode()).special_measures.state is MeasuresState.ENTERED


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([], []),
        (["good"], []),
        (["good", "the service is performing well and better"], []),
        (["outstanding - the service is a model", "good - the service does well", "inadequate - the service fails"], [0, 1, 2]),
        (["good - the service is good enough"] * 3, []),
        (["safe", "good", "the service was safe enough", "effective", "inadequate", "the service was not effective"], []),
    ],
)
def test_the_blocks_of_an_explanation_are_found(lines: list[str], found: list[int]) -> None:
    assert list(explained(lines)) == found
