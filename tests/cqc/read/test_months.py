"""Tests months without a year."""

from datetime import date

import pytest

from monitor.cqc.read.months import are_long_ago, opens_long_ago


@pytest.mark.parametrize(
    ("plain", "published", "long_ago"),
    [
        ("last december, we served a notice", date(2026, 12, 3), True),
        ("last october, we served a notice", date(2026, 12, 3), False),
        ("in january we served a notice", date(2026, 12, 3), False),  # the state may still last
        ("in december we served a notice", date(2026, 11, 3), True),
        ("in december we served a notice", date(2026, 2, 3), False),
        ("in march last year we served a notice", date(2026, 2, 3), True),
        ("in december 2026 we served a notice", date(2026, 11, 3), False),  # a year is read elsewhere
        ("the notice ends in december", None, False),
    ],
)
def test_a_month_is_the_past_if_it_is_long_before_and_in_an_earlier_year(
    plain: str, published: date | None, long_ago: bool
) -> None:
    assert are_long_ago(plain, published) is long_ago
    assert opens_long_ago(plain, published) is long_ago


def test_a_month_to_come_is_not_the_past() -> None:
    assert not are_long_ago("it will be sentenced in january", date(2026, 11, 3))
    assert not are_long_ago("we served one last december and another in october", date(2026, 12, 3))
