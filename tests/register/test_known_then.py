"""Tests up to which date CQC's files were known at an earlier time. In all cases, this time is 10 November. “Before” and “later”
in a case's name mean before and after this time."""

from datetime import UTC, date, datetime

import pytest

from monitor.register.entries import FileKind, Loaded, known_by_then

DIRECTORY, ACTIVE, RATINGS = FileKind.DIRECTORY, FileKind.ACTIVE, FileKind.RATINGS
OCT, NOV, MID_NOV = date(2026, 10, 5), date(2026, 11, 5), date(2026, 11, 11)


def at(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 9, tzinfo=UTC)


def month(as_of: date, loaded: datetime) -> list[Loaded]:
    return [Loaded(ACTIVE, as_of, loaded), Loaded(RATINGS, as_of, loaded)]


BOTH = [*month(OCT, at(6, 10)), *month(NOV, at(6))]


@pytest.mark.parametrize(
    ("files", "known"),
    [
        pytest.param([], None, id="no files"),
        pytest.param(month(NOV, at(20)), None, id="all loaded later"),
        pytest.param(BOTH, NOV, id="all loaded before"),
        pytest.param([*BOTH, *month(NOV, at(20))], NOV, id="all loaded before, and the newest again later"),
        pytest.param([*month(OCT, at(6, 10)), *month(NOV, at(20))], OCT, id="only the newest loaded later"),
        pytest.param([*month(NOV, at(6)), *month(OCT, at(20))], NOV, id="an older month loaded later adds only history"),
        pytest.param(
            [*month(OCT, at(6, 10)), Loaded(ACTIVE, NOV, at(6)), Loaded(RATINGS, NOV, at(20))],
            date(2026, 11, 4),
            id="the ratings of the newest month loaded later",
        ),
        pytest.param([*BOTH, Loaded(DIRECTORY, MID_NOV, at(9))], MID_NOV, id="a newer directory loaded before"),
        pytest.param([*BOTH, Loaded(DIRECTORY, MID_NOV, at(12))], NOV, id="a newer directory loaded later"),
        pytest.param(
            [*month(OCT, at(6, 10)), Loaded(DIRECTORY, MID_NOV, at(9)), *month(NOV, at(12))],
            date(2026, 11, 4),
            id="ratings loaded after a newer directory",
        ),
    ],
)
def test_files_are_known_from_the_time_at_which_they_were_loaded(files: list[Loaded], known: date | None) -> None:
    assert known_by_then(files, at(10)) == known
