"""Tests the text and the JSON about how many publications each source of hints named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.detect.recall import NAMES, Measured, Recall, Source
from monitor.views.sources import lag_text, source_json, source_text

NOTHING = Recall(named=0, of=0)
SOME = Measured(
    source="list",
    recall=Recall(named=47, of=50),
    lately=Recall(named=20, of=20),
    before=45,
    after=2,
    p50=timedelta(minutes=-12, seconds=-30),
    p95=timedelta(minutes=3, seconds=1),
)


@pytest.mark.parametrize(
    ("lag", "said"),
    [
        (None, "none"),
        (timedelta(0), "at the same time"),
        (timedelta(seconds=-59), "at the same time"),
        (timedelta(seconds=-119), "at least 1 minute before"),
        (timedelta(hours=-2), "at least 2 hours before"),
        (timedelta(seconds=61), "at most 2 minutes after"),
    ],
)
def test_a_lag_is_never_rounded_in_favour_of_the_source(lag: timedelta | None, said: str) -> None:
    assert lag_text(lag) == said


def test_a_source_is_summarised_in_one_line() -> None:
    assert source_text(Source(measured=SOME)) == (
        "CQC's list of publications: named 47 of the last 50 publications, 45 before a check found them"
        " (at least 12 minutes before for half of them, at most 4 minutes after for 95%)"
    )
    none = replace(SOME, recall=Recall(named=0, of=1), before=0, after=0, p50=None, p95=None)
    assert source_text(Source(measured=none)) == "CQC's list of publications: named 0 of the last 1 publication"


def test_the_line_of_a_source_says_why_the_source_fails_and_that_nothing_was_published() -> None:
    nothing = Measured(source="feed", recall=NOTHING, lately=NOTHING)
    since = datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert source_text(Source(measured=nothing, silent_since=since, why="503\nfailing")) == (
        "The list of changes of CQC's API: nothing has been published yet that this source could have named;"
        " it has not been read in full since 20 November 2026 at 9:00am: 503 failing"
    )


def test_a_source_is_given_to_programs_as_json() -> None:
    assert source_json(Source(measured=SOME)) == {
        "source": "list",
        "name": NAMES["list"],
        "named": 47,
        "of": 50,
        "named_lately": 20,
        "of_lately": 20,
        "before": 45,
        "after": 2,
        "p50_seconds": -750,
        "p95_seconds": 181,
        "silent_since": None,
        "why": "",
    }
