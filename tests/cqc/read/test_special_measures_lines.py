# ruff: noqa: E501 - a page stands on one line
"""Tests how special measures are read from short lines without a full stop: items of lists, tags, and the entries of a timeline."""

from collections.abc import Callable
from datetime import date

import pytest

from monitor.cqc.read import read
from monitor.cqc.read.others import About
from monitor.cqc.read.special_measures import decide
from monitor.model import MeasuresState

IN, ENTERED, LEFT, NOT_STATED, UNCLEAR = MeasuresState.IN, MeasuresState.ENTERED, MeasuresState.LEFT, MeasuresState.NOT_STATED, MeasuresState.UNCLEAR
ABOUT = About(names=("Elm House", "Elm Care Ltd"), published=date(2026, 11, 6))

LINES = {
    "Under special measures, next assessment by May 2027": IN,
    "In special measures, next inspection due by May 2027": IN,
    "Now under special measures, to be inspected again by May 2027": IN,
    "Under special measures until the next assessment": IN,
    "In special measures (review due May 2027)": IN,
    "Under special measures (from 6 November 2026)": IN,
    "In special measures, last inspected 3 May 2026": IN,
    "Under special measures (last assessment: May 2026)": IN,
    "Not under special measures, next assessment by May 2027": NOT_STATED,
    "Formerly under special measures": NOT_STATED,
    "Under special measures from 2023 until 2024": NOT_STATED,
    "In special measures at our last inspection": NOT_STATED,
    "Homes under special measures, next assessment by May 2027": NOT_STATED,
    "No longer under special measures, next assessment by May 2027": LEFT,
    "Left special measures, next assessment by May 2027": LEFT,
    "Was under special measures, next assessment by May 2027": UNCLEAR,
    "Special measures Inadequate": IN,
    "Inadequate | Special measures": IN,
    "Care home Special measures Inadequate": IN,
    "Special measures · Inadequate · Warning notice": IN,
    "Special measures Warning notice": IN,
    "Special measures Requires improvement": UNCLEAR,
    "Not inadequate Special measures": UNCLEAR,
    "Special measures Nursing home": UNCLEAR,
    "Special measures guide Inadequate": NOT_STATED,
    "Inadequate special measures lifted": LEFT,
}
ERAS = {
    "Between March 2017 and May 2018 this service was in special measures.": NOT_STATED,
    "From January to March 2018 the service was in special measures.": NOT_STATED,
    "The home was in special measures for most of 2018.": NOT_STATED,
    "Throughout 2018 the home was in special measures.": NOT_STATED,
    "Since May 2026 the home has been in special measures, and is still in them.": MeasuresState.REMAINS,
    "Between March and May 2026 we inspected twice. The home is in special measures.": IN,
    "Between March 2026 and now this service has been in special measures.": UNCLEAR,
}


@pytest.mark.parametrize("line", LINES)
def test_a_short_line_says_whether_the_service_is_in_special_measures(line: str) -> None:
    assert decide([line], ABOUT).state is LINES[line]


@pytest.mark.parametrize("sentence", ERAS)
def test_a_time_in_special_measures_that_is_over_is_history(sentence: str) -> None:
    assert decide([sentence], ABOUT).state is ERAS[sentence]


def _terms(entries: list[tuple[str, str]]) -> str:
    return f"<dl>{''.join(f'<dt>{when}</dt><dd>{what}</dd>' for when, what in entries)}</dl>"


def _headings(entries: list[tuple[str, str]]) -> str:
    return "".join(f"<h3>{when}</h3><p>{what}</p>" for when, what in entries)


def _rows(entries: list[tuple[str, str]]) -> str:
    return f"<table>{''.join(f'<tr><td>{when}</td><td>{what}</td></tr>' for when, what in entries)}</table>"


def _items(entries: list[tuple[str, str]]) -> str:
    return f"<ul>{''.join(f'<li>{when}: {what}</li>' for when, what in entries)}</ul>"


def _days_last(entries: list[tuple[str, str]]) -> str:
    return f"<ul>{''.join(f'<li>{what} in {when}</li>' for when, what in entries)}</ul>"


TIMES = [("12 March 2024", "3 February 2025", "6 November 2026"), ("March 2024", "February 2025", "November 2026"),
         ("03/2024", "02/2025", "11/2026"), ("Mar 2024", "Feb 2025", "Nov 2026"), ("2024", "2025", "2026")]  # fmt: skip
PLACED, OUT = "Placed in special measures", "Taken out of special measures"
TOP = "<!doctype html><title>Elm House - Care Quality Commission</title><main><h1>Elm House</h1><p>Provided and run by: Elm Care</p><h2>Overall: Inadequate</h2><p>Report published 6 November 2026</p><dl><dt>Safe</dt><dd>Inadequate</dd><dt>Caring</dt><dd>Good</dd></dl>"


def _state(body: str) -> tuple[MeasuresState, tuple[str, ...]]:
    reading = read(f"{TOP}{body}</main>".encode())
    return reading.special_measures.state, reading.unread


@pytest.mark.parametrize("layout", [_terms, _headings, _rows, _items, _days_last])
@pytest.mark.parametrize("times", TIMES, ids=lambda times: times[0])
@pytest.mark.parametrize("turned", [False, True])
def test_the_newest_entry_of_a_timeline_counts(layout: Callable[[list[tuple[str, str]]], str], times: tuple[str, ...], *, turned: bool) -> None:
    entries = list(zip(times, (PLACED, OUT, PLACED), strict=True))
    step = -1 if turned else 1
    title = "<h2>What has happened at this home</h2>"
    assert _state(title + layout(entries[::step])) == (ENTERED, ())
    assert _state(title + layout(entries[:2][::step])) == (LEFT, ())


def test_a_timeline_without_years_is_unclear() -> None:
    body = _terms([("Spring", PLACED), ("Summer", OUT), ("Autumn", PLACED)])
    assert _state(f"<h2>What has happened at this home</h2>{body}")[0] is UNCLEAR


@pytest.mark.parametrize(("entries", "unread"), [
    ([("March 2024", PLACED), ("6 November 2026", PLACED)], (PLACED,)),
    ([("March 2024", "Warning notice served"), ("November 2026", "Two warning notices served")], ("Two warning notices served",)),
    ([("March 2024", PLACED), ("February 2025", OUT)], ()),
    ([("November 2026", "Rated inadequate")], ()),
])  # fmt: skip
def test_an_entry_below_history_that_is_as_new_as_the_newest_report_is_listed(entries: list[tuple[str, str]], unread: tuple[str, ...]) -> None:
    assert _state(f"<h2>History</h2>{_terms(entries)}") == (NOT_STATED, unread)


REST = "".join(f"<dt>{one}</dt><dd>Good</dd>" for one in ("Effective", "Responsive", "Well-led"))
TAGS = [
    "<ul><li>Special measures</li><li>Inadequate</li></ul>",
    "<div><span>Special measures</span><span>Inadequate</span></div>",
    "<p><b>In special measures</b><b>Inadequate</b></p>",
    "<p><strong>Inadequate</strong> <strong>Special measures</strong></p>",
    "<p><strong>Care home</strong> <strong>Special measures</strong> <strong>Inadequate</strong></p>",
    "<p>Special measures <span>since 6 November 2026</span> <b>Inadequate</b></p>",
]


@pytest.mark.parametrize("tags", TAGS)
def test_the_tag_special_measures_beside_other_tags_counts_if_the_service_is_inadequate(tags: str) -> None:
    assert _state(tags) == (IN, ())
    better = read(f"{TOP.replace('Inadequate', 'Good')}<dl>{REST}</dl>{tags}</main>".encode())
    assert better.special_measures.state is UNCLEAR


@pytest.mark.parametrize("tags", [
    "<p><strong>Special measures</strong> <strong>No</strong></p>", "<p><strong>Special measures</strong> <strong>Good</strong></p>",
    "<dl><dt>Special measures</dt><dd>Inadequate</dd></dl>",
])  # fmt: skip
def test_a_tag_special_measures_beside_other_words_is_unclear(tags: str) -> None:
    assert _state(tags)[0] is UNCLEAR


def test_the_tag_special_measures_beside_the_word_ended_is_an_exit() -> None:
    assert _state("<p><strong>Special measures</strong> <strong>Ended</strong></p>") == (LEFT, ())


UNDER = "<ul><li>Under special measures, next assessment within six months</li></ul>"


@pytest.mark.parametrize(("heading", "state"), [
    ("At a glance", IN), ("Status", IN), ("What we decided", IN), ("Since the last assessment", IN),
    ("What special measures mean", NOT_STATED), ("About special measures", NOT_STATED), ("If a home is rated inadequate", NOT_STATED),
    ("At the last assessment", NOT_STATED), ("Previous status", NOT_STATED),
])  # fmt: skip
def test_the_heading_above_a_short_line_shows_whether_it_is_about_the_present(heading: str, state: MeasuresState) -> None:
    assert _state(f"<h2>{heading}</h2>{UNDER}")[0] is state
