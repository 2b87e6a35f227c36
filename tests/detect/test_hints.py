"""Tests, as a table, which checks are used to decide what happens to an open hint. The rules for reading the list are tested in
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
def test_only_a_newer_check_that_is_not_in_the_future_is_used_for_an_open_hint(
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
