"""Tests the dates by which CQC has promised to inspect a service again."""

from datetime import date, timedelta

import pytest

from monitor.register.promises import PROMISES, Why, due, overdue_since


@pytest.mark.parametrize(
    ("published", "until"),
    [
        pytest.param(date(2026, 5, 20), date(2026, 11, 20), id="within a year"),
        pytest.param(date(2026, 11, 20), date(2027, 5, 20), id="into the next year"),
        pytest.param(date(2026, 8, 31), date(2027, 2, 28), id="to the end of a shorter month"),
        pytest.param(date(2027, 8, 31), date(2028, 2, 29), id="to the end of a leap February"),
        pytest.param(date(2026, 6, 30), date(2026, 12, 30), id="to the same day of a longer month"),
    ],
)
def test_six_months_later_is_the_same_day_or_the_last_day_of_the_month(published: date, until: date) -> None:
    assert [due(why, published) for why in Why] == [until] * 2


def test_on_each_day_the_latest_publication_with_an_overdue_inspection_is_found() -> None:
    for n in range(731):
        today = date(2026, 1, 1) + timedelta(days=n)
        last = overdue_since(Why.MEASURES, today)
        assert due(Why.MEASURES, last) < today <= due(Why.MEASURES, last + timedelta(days=1))


def test_each_promise_names_its_source_from_cqc() -> None:
    assert PROMISES.keys() == set(Why)
    assert all(one.source.startswith("CQC: ") and "six months" in one.words and one.months == 6 for one in PROMISES.values())
