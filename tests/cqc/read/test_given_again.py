# ruff: noqa: E501 - a page stands on one line with what it shows
"""Tests pages that show ratings twice. Ratings that are marked as those of an earlier inspection say nothing about the present,
whatever markup the mark has. If nothing shows which ratings are the earlier ones, neither a rating nor special measures are read
from the second part."""

from datetime import date

import pytest

from monitor.cqc.read import read
from monitor.model import MeasuresState, Reading
from monitor.ratings import KeyQuestion

HEAD = "<p>Care home</p><h1>Larch House</h1><p>1 High Road, Northtown, NT1 1AA</p><p>Provided and run by: <a href='/provider/1-1'>Larch Limited</a></p>"
NAMES = ("Safe", "Effective", "Caring", "Responsive", "Well-led")
PUBLISHED = "<p>Report published: 6 November 2026</p>"


def _rates(rating: str, heading: str = "p") -> str:
    return f"<{heading}>Overall: {rating}</{heading}><ul>{''.join(f'<li>{one}: {rating}</li>' for one in NAMES)}</ul>"


NOW = f"{_rates('Good', 'h2')}{PUBLISHED}"
WORSE = f"{_rates('Inadequate')}<p>This service was placed in special measures.</p>"


def _read(body: str) -> Reading:
    return read(f"<!doctype html><title>Larch House - Care Quality Commission</title><main>{HEAD}{body}</main>".encode())


def _rated(reading: Reading) -> tuple[str, ...]:
    (group,) = reading.ratings
    return str(group.overall), *(str(group.key_questions[question].rating) for question in KeyQuestion)


HEADS = {
    "a plain line": "<p>Previous inspection</p>",
    "a line with a day": "<p><strong>Earlier assessment: 3 May 2024</strong></p>",
    "a question": "<h3>What we found last time</h3>",
    "what inspectors found at the previous inspection": "<h3>What inspectors found at the previous inspection</h3>",
    "the summary of a panel": "<details><summary>Show earlier report</summary>",
    "a sentence": "<p>This is the rating from the previous inspection.</p>",
    "a sentence about several ratings": "<p>These are the ratings that we gave at our last inspection.</p>",
    "a sentence with a day": "<p>The ratings below are from our last inspection on 3 May 2024.</p>",
    "a sentence about the following ratings": "<p>The following ratings were given after the previous assessment.</p>",
    "the former provider": "<p>Under the previous provider</p>",
    "ratings of the former owner": "<p>Ratings under the former owner</p>",
    "before this assessment": "<h3>Before this assessment</h3>",
    "an older day": "<h3>Inspection of 3 May 2024</h3>",
    "an older day alone": "<h4>3 May 2024</h4>",
    "an older year": "<h4>2024</h4>",
    "two buttons": "<ul><li><button>Latest inspection</button></li><li><button>Previous inspection</button></li></ul>",
}


@pytest.mark.parametrize("words", HEADS)
def test_ratings_marked_as_earlier_below_the_current_ratings_are_not_read(words: str) -> None:
    reading = _read(f"{NOW}{HEADS[words]}{WORSE}")
    assert _rated(reading) == ("good",) * 6
    assert reading.special_measures.state is MeasuresState.NOT_STATED
    assert reading.unread == ()


@pytest.mark.parametrize("between", ["<ul><li><a href='#now'>Current ratings</a></li><li><a href='#old'>Previous ratings</a></li></ul>", "<p>Last time</p>", "<p>Report A</p>", "<p>Compare</p>", "<hr>", "<h3>May 2031</h3>"])
def test_special_measures_are_not_read_if_ratings_are_shown_twice_without_explanation(between: str) -> None:
    reading = _read(f"{NOW}{between}{WORSE}")
    assert reading.special_measures.state is not MeasuresState.ENTERED
    assert reading.unread or _rated(reading) == ("good",) * 6


HEADS_NOTHING = {
    "labels of two days": "<p>Previous inspection: 3 May 2024</p><p>This inspection: 3 November 2026</p>",
    "a label and its rating in two lines": "<p>Previous inspection</p><p>Good</p>",
    "the label of a day in two lines": "<p>Previous inspection</p><p>3 May 2024</p>",
    "a sentence about the latest inspection": "<p>The ratings below are from our latest inspection.</p>",
    "a sentence about the change": "<p>Things have got worse since the previous inspection.</p>",
    "tabs above the only ratings": "<ul><li><a href='#now'>Current ratings</a></li><li><a href='#old'>Previous ratings</a></li></ul>",
    "the last inspection is the newest": "<p>The ratings below are from our last inspection.</p>",
}


@pytest.mark.parametrize("words", HEADS_NOTHING)
def test_a_line_above_the_only_ratings_does_not_make_them_earlier_ratings(words: str) -> None:
    reading = _read(f"{HEADS_NOTHING[words]}{_rates('Inadequate', 'h2')}{PUBLISHED}<p>This service was placed in special measures.</p>")
    assert _rated(reading) == ("inadequate",) * 6
    assert reading.special_measures.state is MeasuresState.ENTERED
    assert reading.unread == ()


def test_a_line_about_this_inspection_ends_the_part_about_an_earlier_one() -> None:
    earlier = f"<p>Previous inspection</p>{_rates('Good')}<p>This inspection</p>"
    reading = _read(f"{_rates('Inadequate', 'h2')}{PUBLISHED}{earlier}<p>We have placed the service in special measures.</p>")
    assert _rated(reading) == ("inadequate",) * 6
    assert reading.special_measures.state is MeasuresState.ENTERED


@pytest.mark.parametrize(
    "leads",
    [
        "<p><a href='/key'>Key</a></p>",
        "<a href='#key'>Key</a>",
        "<p><a href='/glossary'>Glossary</a></p>",
        "<p><a href='/help'>What do these ratings mean?</a></p>",
        "<p>Key</p>",
        "<p><button>Ratings explained</button></p>",
    ],
)
def test_a_link_to_the_legend_above_the_ratings_does_not_hide_any_rating(leads: str) -> None:
    questions = "".join(f"<li>{one}: Inadequate</li>" for one in NAMES)
    reading = _read(f"<h2>Overall: Inadequate</h2>{PUBLISHED}{leads}<ul>{questions}</ul>")
    assert (_rated(reading), reading.unread) == (("inadequate",) * 6, ())
    shown = _read(f"<h2>Overall: Good</h2>{PUBLISHED}{leads}<ul><li>Outstanding: doing exceptionally well</li><li>Inadequate: doing badly</li></ul>")
    assert str(shown.ratings[0].overall) == "good"


@pytest.mark.parametrize("former", ["Previous overall rating: Good (published 3 May 2024)", "Previously Good, published 3 May 2024", "Last rating: Good (published 3 May 2024)"])
def test_the_day_of_a_former_rating_is_not_read_as_the_current_day(former: str) -> None:
    reading = _read(f"{_rates('Inadequate', 'h2')}{PUBLISHED}<p>{former}</p>")
    assert _rated(reading) == ("inadequate",) * 6
    assert reading.ratings[0].overall_published == date(2026, 11, 6)


def test_the_day_of_the_current_report_is_read_beside_a_former_rating() -> None:
    reading = _read(f"{_rates('Inadequate', 'h2')}<p>Previous rating: Good Report published: 6 November 2026</p>")
    assert reading.ratings[0].overall_published == date(2026, 11, 6)


@pytest.mark.parametrize("heading", ["<p>Previous inspections</p>", "<h3>Previous ratings</h3>"])
def test_special_measures_are_unclear_if_the_only_key_questions_are_marked_as_earlier(heading: str) -> None:
    questions = "".join(f"<li>{one}: Inadequate</li>" for one in NAMES)
    reading = _read(f"<h2>Overall: Inadequate</h2>{PUBLISHED}{heading}<ul>{questions}</ul><p>The service has been put in special measures.</p>")
    assert reading.unread
    assert reading.special_measures.state is MeasuresState.UNCLEAR


LAST = {
    "a line with the day of this report": "<p>Last inspection: 6 November 2026</p>",
    "a heading with the day of this report": "<h3>This assessment</h3><h3>Last inspection: 6 November 2026</h3>",
    "past inspection, with the day of this report": "<p>Past inspection: 6 November 2026</p>",
    "a line without a day": "<p>Our last inspection</p>",
    "a sentence without a day": "<p>These are the ratings from our last inspection.</p>",
}


@pytest.mark.parametrize("words", LAST)
def test_ratings_from_the_last_inspection_are_current_if_no_earlier_day_is_named(words: str) -> None:
    reading = _read(f"{_rates('Inadequate', 'h2')}{PUBLISHED}{LAST[words]}{WORSE}")
    assert _rated(reading) == ("inadequate",) * 6
    assert reading.special_measures.state is MeasuresState.ENTERED
