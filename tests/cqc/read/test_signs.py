# ruff: noqa: E501 - a page stands on one line with what it shows
"""Tests ratings with other things around or inside them: drawings, abbreviations, struck-out words, footnotes. Also tests days
of publication in sentences."""

from datetime import date

import pytest

from monitor.cqc.read import read
from monitor.model import GroupReading, MeasuresState, Reading

HEAD = "<h1>Larch House</h1><p>Provided and run by: Larch Care Limited</p>"
RATED = "<p>Overall: Good</p><ul><li>Safe: Good</li><li>Effective: Good</li><li>Caring: Good</li></ul>"

SIGNS = {
    "the title of a drawing": '<p>Overall: Good</p><p>Safe <svg role="img"><title>Inadequate</title><path d="M0 0"/></svg></p>',
    "a drawing beside the word": "<p>Overall: Good</p><p>Safe <svg><title>Rating: Inadequate</title></svg> Inadequate</p>",
    "a drawing of something else": "<p>Overall: Good</p><p>Safe <svg><title>A shield</title></svg> Inadequate</p>",
    "an abbreviation": '<p>Overall: <abbr title="Good">G</abbr></p><p>Safe: <abbr title="Inadequate">I</abbr></p>',
    "struck words": "<p>Overall: <del>Outstanding</del> <ins>Good</ins></p><p>Safe: <s>Good</s> Inadequate</p>",
    "a footnote's number": "<p>Overall: Good<sup>1</sup></p><p>Safe: Inadequate<sup>[2]</sup></p><p>1 Assessed in June.</p>",
    "a footnote's sign": "<p>Overall: Good*</p><p>Safe: Inadequate†</p><p>* and † as in 2022.</p>",
    "an arrow at the end of a link": '<p>Overall: Good ›</p><p><a href="/location/1-200/reports/AP1/safe">Safe – Inadequate ›</a></p>',
    "soft hyphens and possible breaks in words": "<p>Over&shy;all: Good</p><p>Safe: In&shy;ad&shy;e&shy;quate</p><p>Well<wbr>-led: Requires improve<wbr>ment</p>",
    "a tooltip": '<p>Overall: Good <span role="tooltip">Could be Inadequate</span></p><p>Safe: Inadequate <i role="tooltip">or Good</i></p>',
    "a column for the previous rating": "<table><tr><th>Question</th><th>Previous rating</th><th>Rating now</th></tr><tr><td>Overall</td><td>Outstanding</td>"
    "<td>Good</td></tr><tr><td>Safe</td><td>Good</td><td>Inadequate</td></tr></table>",
}  # fmt: skip

DATES = {
    "in a sentence": "<p>We rated this service in May. Report published on 3 June 2026.</p>",
    "after a comma": "<p>Follow-up assessment, published 3 June 2026. The other ratings are carried forward from 4 May 2023.</p>",
    "as a date of publication": "<p>This service was inspected on 2 May 2026. Date of publication: 03/06/2026.</p>",
    "beside the day of the last report": "<p>Report published 3 June 2026.</p><p>The last rating was good (published 9 May 2021).</p>",
    "below an earlier report": "<h3>Previous report</h3><p>Published 17 January 2022. Overall: Inadequate.</p><h3>Latest report</h3>"
    "<p>Published 3 June 2026</p>",
}  # fmt: skip


def _read(body: str) -> Reading:
    return read(f"<!doctype html><body><main>{HEAD}{body}</main></body>".encode())


def _group(body: str) -> GroupReading:
    (group,) = _read(body).ratings
    return group


@pytest.mark.parametrize("sign", SIGNS)
def test_a_rating_is_read_correctly_whatever_is_around_or_inside_it(sign: str) -> None:
    group = _group(SIGNS[sign])
    rated = {str(question): str(held.rating) for question, held in group.key_questions.items()}
    assert (str(group.overall), rated["safe"]) == ("good", "inadequate")
    assert rated.get("well-led", "requires improvement") == "requires improvement"


@pytest.mark.parametrize("words", DATES)
def test_the_day_of_publication_is_read_from_a_sentence(words: str) -> None:
    group = _group(RATED + DATES[words])
    assert (str(group.overall), group.overall_published) == ("good", date(2026, 6, 3))


def test_no_day_of_publication_is_read_if_two_days_are_named() -> None:
    assert _group(f"{RATED}<p>It was published on 3 June 2026, and published on 5 June 2026.</p>").overall_published is None


def test_an_older_entry_in_the_list_of_inspections_states_nothing_about_the_present() -> None:
    entries = (
        "<h2>All inspections</h2><article><h3>Assessment, published 8 October 2026</h3><p>Overall: Requires improvement</p></article>"
        "<article><h3>Inspection, published 3 March 2022</h3><p>This service is in special measures.</p></article>"
    )
    assert _read(entries).special_measures.state is MeasuresState.NOT_STATED


def test_the_current_ratings_and_day_are_those_in_the_first_row_of_a_history() -> None:
    rows = "".join(
        f"<tr><td>{day}</td><td>{now}</td><td>{now}</td></tr>"
        for day, now in (("3 June 2026", "Good"), ("7 May 2018", "Inadequate"))
    )
    group = _group(f"<table><tr><th>Report published</th><th>Overall</th><th>Safe</th></tr>{rows}</table>")
    assert (str(group.overall), group.overall_published) == ("good", date(2026, 6, 3))


def test_a_list_of_services_states_nothing_about_any_of_them() -> None:
    listed = "".join(
        f'<li><a href="/location/1-20{n}">Home {n}</a> Overall: Inadequate. In special measures.</li>' for n in (1, 2)
    )
    assert read(f"<body><main><h1>Larch Care Limited</h1><ul>{listed}</ul></main></body>".encode()) == Reading()
