"""Tests, as a table, after which checks an open hint is checked. The rules for reading the list are tested in
tests/cqc/test_publications.py."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.detect.hints import Hint, is_checked

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("seen", "checked", "looked", "counts"),
    [
        (-10, None, None, False),
        (-10, None, -20, False),
        (-10, None, -5, True),
        (-10, -5, -5, False),
        (-10, -5, -1, True),
        (-10, None, 0, True),
        (-10, None, 60, False),  # the time of the check is from a clock that was ahead
        (60, None, -1, False),  # the time of the hint is from a clock that was ahead
        (60, 90, 120, False),
    ],
)
def test_a_check_answers_an_open_hint_only_if_it_is_newer_and_not_in_the_future(
    seen: int, checked: int | None, looked: int | None, counts: bool
) -> None:
    hint = Hint(
        source="list",
        location_id="1-1",
        mark="2026-12-01",
        day=None,
        first_seen=NOON + seen * MINUTE,
        checked_at=None if checked is None else NOON + checked * MINUTE,
    )
    assert is_checked(hint, None if looked is None else NOON + looked * MINUTE, NOON) is counts
