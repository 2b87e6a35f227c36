# ruff: noqa: E501 - a page stands on one line with what it shows
"""Tests that links, sentences, captions and names do not hide ratings if they only look like the heading of a part about others or
the past. Below a real heading of this kind, text is left out. Ratings that are only in such a part are listed as unread.
"""

import pytest

from monitor.cqc.read import read
from monitor.model import MeasuresState, Reading
from monitor.ratings import KeyQuestion, Rating
from tests.cqc.read.frame import DATES, page, questions

HEAD = "<p>Care home</p><h1>{name}</h1><p>1 High Road, Northtown, NT1 1AA</p><p>Provided and run by: <a href='/provider/1-1'>Larch Limited</a></p>"
OVERALL = "<h2>Overall: Inadequate</h2>"
RATED = "<ul><li>Safe: Inadequate</li><li>Effective: Good</li><li>Caring: Good</li><li>Responsive: Good</li><li>Well-led: Inadequate</li></ul>"
MEASURES = "<p>This service is in special measures.</p>"
WORSE = "<p>Overall: Outstanding</p><p>Safe: Outstanding</p><p>This service is in special measures.</p>"
GOOD = "<h2>Overall: Good</h2><ul><li>Safe: Good</li><li>Effective: Good</li><li>Caring: Good</li><li>Responsive: Good</li><li>Well-led: Good</li></ul>"

HEADS_NOTHING = {
    **{
        f"a menu that ends with {words}": f"<ul><li><a href='#a'>Overview</a></li><li><a href='#b'>{words}</a></li></ul>"
        for words in ("Previous inspections", "Inspection history", "Nearby services", "News", "About our ratings", "Other services run by this provider")
    },
    "a menu without links": "<ul><li>Overview</li><li><button>Previous inspections</button></li></ul>",
    "a list of plain words": "<ul><li>Overview</li><li>Previous inspections</li></ul>",
    "one link": "<p><a href='#older'>Previous inspections</a></p>",
    "a link with an arrow": "<p><a href='#older'>Previous inspections</a><br></p>",
    "a link named key": "<a href='#key'>Key</a>",
    "a sentence": "<p>Older reports are not shown here.</p>",
    "a sentence in the perfect": "<p>Previous ratings have been removed.</p>",
    "a sentence as a heading": "<h3>Archived reports are kept for five years.</h3>",
    "an older part that ends at a heading": "<p>Previous ratings</p><p>Overall: Good</p><p>Safe: Good</p><h2>Rating now</h2>",
}


def _read(body: str, name: str = "Larch House") -> Reading:
    return read(f"<!doctype html><title>{name} - Care Quality Commission</title><main>{HEAD.format(name=name)}{body}</main>".encode())


def _rated(reading: Reading) -> tuple[str, ...]:
    (group,) = reading.ratings
    return str(group.overall), *(str(group.key_questions[question].rating) for question in KeyQuestion)


ALL = ("inadequate", "inadequate", "good", "good", "good", "inadequate")


@pytest.mark.parametrize("words", HEADS_NOTHING)
def test_a_link_or_a_sentence_that_is_not_a_heading_does_not_hide_ratings(words: str) -> None:
    reading = _read(f"{HEADS_NOTHING[words]}{OVERALL}{RATED}{MEASURES}")
    assert (_rated(reading), reading.unread, reading.said) == (ALL, (), ())
    assert reading.special_measures.state is MeasuresState.IN


@pytest.mark.parametrize(
    "name",
    ["Alternative Care Services", "Compare Care", "More Homes", "Key", "News", "Previous Reports House", "Similar Homes", "Nearby Care Services", "Related Care", "History"],
)
def test_a_name_that_looks_like_a_heading_does_not_hide_ratings(name: str) -> None:
    reading = _read(f"{OVERALL}{RATED}<p>{name}</p>{MEASURES}", name)
    assert (reading.name, _rated(reading), reading.unread) == (name, ALL, ())
    assert reading.special_measures.state is MeasuresState.IN
    framed = read(page(name=name, main=DATES + questions()))
    assert (framed.name, _rated(framed)) == (name, ("good",) * 6)


def test_a_name_like_a_heading_does_not_hide_ratings_in_a_plain_text() -> None:
    reading = read(b"Alternative Care\n\nOverall: Inadequate read more about inspection ratings\n\nProvided and run by:\nLarch Care\n\nThis service is in special measures.\n")
    assert (reading.name, str(reading.ratings[0].overall)) == ("Alternative Care", "inadequate")
    assert reading.special_measures.state is MeasuresState.IN


def _table(caption: str, *columns: str) -> str:
    rows = "".join(f"<tr><th>{of}</th><td>Good</td><td>{now}</td></tr>" for of, now in zip(("Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led"), ALL, strict=True))
    return f"<table><caption>{caption}</caption><tr><th></th>{''.join(f'<th>{column}</th>' for column in columns)}</tr>{rows.replace('inadequate', 'Inadequate').replace('good', 'Good')}</table>"


@pytest.mark.parametrize("caption", ["Previous and present ratings", "Earlier ratings and new ratings", "How the ratings changed", "How ratings have changed"])
def test_a_caption_about_former_and_current_ratings_does_not_hide_the_current_ratings(caption: str) -> None:
    assert _rated(_read(_table(caption, "Previous", "Now"))) == ALL


MENUS_OF_PLAIN_TEXT = {
    "in one line": "Previous inspections | Nearby services | Share this page",
    "in lines": "Previous inspections\nNearby services\nShare this page",
    "in lines, in another order": "Nearby services\nPrevious inspections\nContact us",
}


@pytest.mark.parametrize("menu", MENUS_OF_PLAIN_TEXT)
def test_a_menu_in_a_plain_text_does_not_hide_ratings(menu: str) -> None:
    rated = "Safe Inadequate\nEffective Good\nCaring Good\nResponsive Good\nWell-led Inadequate\nThis service is in special measures."
    reading = read(f"Larch House\nOverall: Inadequate read more about inspection ratings\nProvided and run by:\nLarch Care\n\n{MENUS_OF_PLAIN_TEXT[menu]}\n\n{rated}\n".encode())
    assert (_rated(reading), reading.unread) == (ALL, ())
    assert reading.special_measures.state is MeasuresState.IN


HEADS_A_PART = {
    "a heading": f"<h2>Previous inspections</h2>{WORSE}",
    "a heading that is a link": f"<h2><a href='#older'>Previous inspections</a></h2>{WORSE}",
    "a line": f"<p>Previous inspections</p>{WORSE}",
    "a line with an entry's heading below": f"<p>Previous inspections</p><h3>4 May 2019</h3>{WORSE}",
    "a line of a part": f"<section><p>Previous ratings:</p>{WORSE}</section>",
    "a line that introduces the part": f"<p>Previous ratings are listed below:</p>{WORSE}",
    "a separate button": f"<div><button>Previous inspections</button><div>{WORSE}</div></div>",
    "a link that opens a panel": f"<div><a href='#older'>Previous inspections</a><div id='older'>{WORSE}</div></div>",
    "a link above its panel": f"<a href='#older'>Previous inspections</a><div id='older'>{WORSE}</div>",
    "a link in a line": f"<div><p><a href='#older'>Previous ratings</a></p><div id='older'>{WORSE}</div></div>",
    "links that each open a panel": f"<div><a href='#a'>About us</a><div>A home for 22 people.</div></div><div><a href='#b'>Previous inspections</a><div>{WORSE}</div></div>",
    "a sentence as a heading": f"<h3>Previous ratings are shown here</h3>{WORSE}",
    "a sentence that introduces the part": f"<p>Older ratings are shown here.</p>{WORSE}",
    "a details panel": f"<details><summary>Previous inspections</summary>{WORSE}</details>",
    "an item with its own list": "<ul><li>Previous ratings <ul><li>Overall: Outstanding</li><li>Safe: Outstanding</li></ul></li></ul>",
    "an item above others": "<ul><li>Previous ratings</li><li>Overall: Outstanding</li><li>Safe: Outstanding</li></ul>",
    "a caption": "<table><caption>Previous ratings</caption><tr><th>Overall</th><td>Outstanding</td></tr><tr><th>Safe</th><td>Outstanding</td></tr></table>",
    "a heading before the change": f"<h2>Ratings before the new provider</h2>{WORSE}",
    "other services": f"<h2>Nearby services</h2><h3>Elm Lodge</h3>{WORSE}",
    "other services below a line": f"<div><p>Similar services nearby</p><p>Elm Lodge</p>{WORSE}</div>",
    "other services below a link": f"<div><a href='/nearby'>Nearby services</a><div><p>Elm Lodge</p>{WORSE}</div></div>",
    "what ratings mean": "<h2>What our ratings mean</h2><p>Outstanding</p><p>The service is doing very well.</p><p>Inadequate</p><p>The service is in special measures.</p>",
    "news": "<h2>News</h2><p>Care home in Northtown is rated inadequate and placed in special measures.</p>",
}


@pytest.mark.parametrize("part", HEADS_A_PART)
def test_a_part_about_others_or_the_past_is_left_out(part: str) -> None:
    reading = _read(f"{GOOD}{HEADS_A_PART[part]}")
    assert (_rated(reading), reading.unread) == (("good",) * 6, ())
    assert reading.special_measures.state is MeasuresState.NOT_STATED


@pytest.mark.parametrize("part", ["a heading", "a line", "a line of a part", "a details panel", "an item with its own list", "a caption"])
def test_ratings_that_are_only_in_a_part_about_the_past_are_listed_as_unread(part: str) -> None:
    reading = _read(HEADS_A_PART[part])
    assert not any(group.overall for group in reading.ratings)
    assert any("Overall" in line and "Outstanding" in line for line in reading.unread)


def test_inadequate_key_questions_that_are_only_in_a_glossary_are_listed_as_unread() -> None:
    reading = _read(f"{OVERALL}<h2>Glossary</h2><div>{RATED}</div>")
    assert str(reading.ratings[0].overall) == "inadequate"
    assert [line for line in reading.unread if "Inadequate" in line] == ["Safe: Inadequate", "Well-led: Inadequate"]


def test_ratings_of_nearby_services_are_not_listed_as_unread() -> None:
    nearby = "<h2>Nearby services</h2>" + "".join(f"<h3>Elm {number}</h3><p>Overall: Inadequate</p>" for number in range(5))
    assert _read(f"<p>We have not yet inspected this service.</p>{nearby}").unread == ()
    assert _read(nearby).unread == ()


def test_the_last_item_of_the_menu_in_the_frame_does_not_hide_ratings() -> None:
    data = page().replace(b"All inspections</a></li>", b"All inspections</a></li><li><a href='/x'>Previous inspections</a></li>")
    assert _rated(read(data)) == (str(Rating.GOOD),) * 6
