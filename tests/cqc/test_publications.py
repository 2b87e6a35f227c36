"""Tests the site's list of publications in the forms in which CQC may write it, and when a list is complete, partial or
unusable."""

from datetime import date, timedelta

import pytest

from monitor.cqc.publications import MOST_READ, dump_publications, load_publications, read_publications
from monitor.detect.hints import MOST_ROWS, Mark, Period, Publications, is_empty_in_error, is_fresh, why_partial
from monitor.errors import Unreadable
from tests.simulated.published import COLUMNS, Listed, list_of

TUESDAY = date(2026, 11, 24)
DAY = timedelta(days=1)
HOME, OTHER = Listed("1-2235535718", TUESDAY), Listed("RWEAA", TUESDAY - DAY)
BOTH = [("1-2235535718", "24/11/2026", TUESDAY), ("RWEAA", "23/11/2026", TUESDAY - DAY)]


def marks(found: Publications) -> list[tuple[str, str, date | None]]:
    return [(one.location_id, one.mark, one.day) for one in found.marks]


@pytest.mark.parametrize(
    "body",
    [
        list_of(HOME, OTHER),
        list_of(HOME, OTHER, before=()),
        list_of(HOME, OTHER, before=("We found 2 results for", "", "Search", "Downloaded today")),
        list_of(HOME, OTHER, suffix=False),
        list_of(HOME, OTHER, columns=tuple(reversed(COLUMNS))),
        list_of(HOME, OTHER, columns=tuple(name.upper() for name in COLUMNS)),
        list_of(HOME, OTHER, columns=tuple(name for name in COLUMNS if name != "CQC Location ID")),
        list_of(HOME, OTHER, columns=tuple(name for name in COLUMNS if name != "URL")),
        b"\xef\xbb\xbf" + list_of(HOME, OTHER),
        list_of(HOME, OTHER).replace(b"\r\n", b"\n"),
        list_of(HOME, OTHER, address="12 High Street\r\nLeeds, West Yorkshire"),
        list_of(HOME, OTHER).rstrip(),
        list_of(HOME, OTHER, HOME),
        list_of(Listed(" /location/1-2235535718 ", TUESDAY), Listed("rweaa", TUESDAY - DAY)),
        list_of(HOME, OTHER).decode().encode("utf-16"),
    ],
    ids=[
        "usual form", "no line above the header", "four lines above the header", "file without the suffix", "columns reversed",
        "column names in capitals", "no column of ids", "no column of addresses", "byte order mark", "line ends LF",
        "newline in an address", "no newline at the end", "service listed twice", "a link and an id in small letters", "UTF-16",
    ],
)  # fmt: skip
def test_the_list_is_read_by_its_column_names_whatever_else_changes(body: bytes) -> None:
    found = load_publications(dump_publications(read_publications(body)))
    assert marks(found) == BOTH
    assert not found.cut and not found.unfit


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("24/11/2026", TUESDAY),
        ("24/Nov/2026 - 00:00", TUESDAY),
        ("2026-11-24", TUESDAY),
        ("24 November 2026", TUESDAY),
        ("last Tuesday", None),
        ("99/99/2026", None),
        ("", None),
    ],
)
def test_a_date_is_kept_as_written_and_also_read_if_possible(said: str, day: date | None) -> None:
    (mark,) = read_publications(list_of(Listed("1-2235535718", said))).marks
    assert (mark.mark, mark.day) == (said, day)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \r\n",
        b"<!DOCTYPE html><html><body>We found 2 results</body></html>",
        b"Name,Postcode\r\nCherrybrook,LS1 1AA\r\n",
        b"\0\1\2",
        b'a,b\r\n"x"y,z\r\n',
    ],
    ids=["empty body", "blank body", "web page", "other columns", "bytes", "malformed CSV"],
)
def test_a_body_that_is_not_the_list_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_publications(body)


@pytest.mark.parametrize("said", ["We found 0 results for ", "Sorry but there were no results"])
def test_an_empty_list_is_an_error_except_at_christmas(said: str) -> None:
    found = read_publications(said.encode() + b"\r\n")
    assert found.rows == 0
    assert is_empty_in_error(found, TUESDAY)
    assert not is_empty_in_error(found, date(2026, 12, 29)) and not is_empty_in_error(found, date(2027, 1, 2))


def test_a_list_that_was_cut_short_is_partial_and_has_no_wrong_rows() -> None:
    whole = list_of(HOME, OTHER, address="12 High Street\r\nLeeds")
    for end in range(len(whole) - 60, len(whole) - 3):
        found = read_publications(whole[:end])
        assert set(marks(found)) <= set(BOTH)
        assert why_partial(found, (), Period.WEEK, TUESDAY)


@pytest.mark.slow
def test_a_huge_list_is_partial_and_only_its_first_rows_are_read() -> None:
    many = [Listed(f"1-{number}", TUESDAY) for number in range(100_000_000, 100_000_000 + MOST_READ + 500)]
    found = read_publications(list_of(*many))
    assert found.rows <= MOST_READ
    assert why_partial(found, (), Period.WEEK, TUESDAY)


def listed(*marks: Mark, **otherwise: object) -> Publications:
    values: dict[str, object] = {"marks": marks, "rows": len(marks), "stated": len(marks), **otherwise}
    return Publications(**values)  # type: ignore[arg-type]


def some(count: int, day: date = TUESDAY) -> list[Mark]:
    return [Mark(location_id=f"1-{100_000_000 + number}", mark=str(day), day=day) for number in range(count)]


@pytest.mark.parametrize(
    ("found", "before", "why"),
    [
        (listed(*some(9)), [], None),
        (listed(*some(9), stated=None), [], None),
        (listed(*some(9)), some(9), None),
        (listed(*some(8)), some(10), None),
        (listed(*some(9)), some(30, TUESDAY - 7 * DAY), None),
        (listed(*some(9), stated=112), [], "112 results"),
        (listed(*some(9), cut=True), [], "cut short"),
        (listed(*some(9), unfit=1), [], "no usable id"),
        (listed(*some(9), rows=MOST_ROWS + 1, stated=MOST_ROWS + 1), [], "ignored the filter"),
        (listed(*some(9, TUESDAY - 6 * DAY)), [], "too old"),
        (listed(Mark(location_id="RWEAA", mark="?")), [], "no date"),
        (listed(*some(7)), some(10), "are gone"),
    ],
    ids=[
        "complete", "number not stated", "same rows as before", "four fifths of the rows still listed",
        "the earlier rows are older than a week", "fewer rows than stated", "cut short", "row without an id", "too many rows",
        "old dates only", "no dates", "a third of the rows gone",
    ],
)  # fmt: skip
def test_a_list_is_complete_or_partial_for_a_stated_reason(found: Publications, before: list[Mark], why: str | None) -> None:
    said = why_partial(found, before, Period.WEEK, TUESDAY)
    assert (said is None) if why is None else (said is not None and why in said)


@pytest.mark.parametrize(
    ("newest", "today", "fresh"),
    [
        (TUESDAY, TUESDAY, True),
        (date(2026, 11, 19), TUESDAY, True),
        (date(2026, 11, 18), TUESDAY, False),
        (TUESDAY + 9 * DAY, TUESDAY, True),
        (date(2026, 12, 23), date(2027, 1, 4), True),
        (date(2026, 12, 23), date(2027, 1, 8), False),
        (date(2020, 1, 1), TUESDAY, False),
        (date(2026, 4, 2), date(2026, 4, 7), True),
    ],
    ids=[
        *("newest date today", "three working days ago", "four working days ago", "in the future, because our clock is slow"),
        *("before Christmas, read just after the holidays", "before Christmas, read much later", "years ago", "before Easter"),
    ],
)
def test_a_list_is_fresh_for_three_working_days_after_its_newest_date(newest: date, today: date, fresh: bool) -> None:
    assert is_fresh(newest, today) is fresh
