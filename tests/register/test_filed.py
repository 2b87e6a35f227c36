"""Tests which days CQC's files cover: from the first file that states ratings to the newest, if files of two months are
loaded."""

from datetime import date

import pytest

from monitor.register.filed import files_of

MAY, LATER_IN_MAY, NOVEMBER = date(2026, 5, 5), date(2026, 5, 13), date(2026, 11, 5)
DIRECTORY = date(2026, 11, 13)


@pytest.mark.parametrize(
    ("rated", "period", "covered", "why"),
    [
        pytest.param(
            [MAY, NOVEMBER], (date(2026, 6, 1), date(2026, 10, 1)), (date(2026, 6, 1), date(2026, 10, 1)), "",
            id="the whole period is covered",
        ),
        pytest.param([NOVEMBER, MAY], (MAY, NOVEMBER), (MAY, NOVEMBER), "", id="exactly from the first to the newest"),
        pytest.param(
            [MAY, NOVEMBER], (date(2025, 12, 1), DIRECTORY), (MAY, NOVEMBER), "", id="the period is longer than the files cover"
        ),
        pytest.param([MAY], (MAY, MAY), None, "not known: only one month’s files are loaded", id="only one file"),
        pytest.param(
            [MAY, LATER_IN_MAY], (MAY, NOVEMBER), None, "not known: only one month’s files are loaded",
            id="two files of the same month",
        ),
        pytest.param(
            [MAY, NOVEMBER], (date(2026, 11, 6), DIRECTORY), None, "not known after 5 November 2026",
            id="a period after the newest file",
        ),
        pytest.param(
            [MAY, NOVEMBER], (date(2026, 1, 1), date(2026, 5, 4)), None, "not known before 5 May 2026",
            id="a period before the first file",
        ),
    ],
)
def test_movements_of_all_services_are_known_only_on_days_that_the_files_cover(
    rated: list[date], period: tuple[date, date], covered: tuple[date, date] | None, why: str
) -> None:
    held = files_of(rated, DIRECTORY)
    assert held.covered(*period) == covered
    if covered is None:
        assert held.why_not(period[0]) == why


@pytest.mark.parametrize(
    ("newest", "words"),
    [
        pytest.param(DIRECTORY, "CQC’s files: services of 13 November 2026, ratings of 5 May 2026", id="a newer directory"),
        pytest.param(MAY, "CQC’s files of 5 May 2026", id="the services and ratings have the same date"),
        pytest.param(None, "CQC’s files of 5 May 2026", id="the date of the services is not given"),
        pytest.param(date(2026, 5, 1), "CQC’s files of 5 May 2026", id="an older list"),
    ],
)
def test_the_date_of_the_services_is_given_only_if_newer_than_the_ratings(newest: date | None, words: str) -> None:
    assert files_of([MAY], newest).in_words == words
