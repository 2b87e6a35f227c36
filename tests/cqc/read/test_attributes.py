# ruff: noqa: E501 - a page stands on one line with what it shows
"""Tests that ratings are read if only an attribute or the title of a drawing gives them. Also tests labels and values in
neighbouring elements."""

import pytest

from monitor.cqc.read import read
from monitor.model import MeasuresState, Reading
from monitor.ratings import KeyQuestion

SHOWN = {
    "the title of a drawing below a heading": ("<h2>Overall</h2><svg><title>Inadequate</title><circle/></svg><p>Report published 6 November 2026</p>", "<li>{name} <svg><title>{value}</title></svg></li>"),
    "data-rating": ("<h2>Overall</h2><span data-rating='inadequate'></span>", "<li>{name} <span data-rating='{low}'></span></li>"),
    "data-rating in capitals": ("<p>Overall <i data-rating='Inadequate'></i></p>", "<li>{name} <span data-rating='{value}'></span></li>"),
    "data-test with hyphens": ("<h2>Overall</h2><span data-test='overall-rating-inadequate'></span>", "<li>{name} <span data-test='{of}-rating-{hyphens}'></span></li>"),
    "data-rating of a named area": ("<div data-scope='overall' data-rating='inadequate'></div>", "<li data-area='{of}' data-rating='{low}'></li>"),
    "data-testid": ("<h2>Overall</h2><span data-testid='overall_rating_inadequate'></span>", "<li>{name} <span data-testid='{of}-rating-text-{hyphens}'></span></li>"),
}
VALUES = {"Safe": "Inadequate", "Effective": "Requires improvement", "Caring": "Good", "Responsive": "Outstanding", "Well-led": "Inadequate"}


def _read(body: str) -> Reading:
    head = "<h1>Larch House</h1><p>Provided and run by: Larch Limited</p>"
    return read(f"<!doctype html><title>Larch House - Care Quality Commission</title><main>{head}{body}</main>".encode())


@pytest.mark.parametrize("shown", SHOWN)
def test_ratings_that_only_attributes_or_titles_of_drawings_give_are_read(shown: str) -> None:
    overall, each = SHOWN[shown]
    items = "".join(
        each.format(name=name, of=name.lower(), value=value, low=value.lower().replace(" ", "_"), hyphens=value.lower().replace(" ", "-"))
        for name, value in VALUES.items()
    )
    reading = _read(f"{overall}<ul>{items}</ul>")
    (group,) = reading.ratings
    assert str(group.overall) == "inadequate"
    assert [str(group.key_questions[question].rating) for question in KeyQuestion] == [value.lower() for value in VALUES.values()]
    assert reading.unread == ()


@pytest.mark.parametrize(
    "overall",
    [
        "<p>Overall: Good <i data-rating='inadequate'></i></p>",
        "<p>Overall: Good</p><svg><title>Inadequate</title></svg><p>Inadequate means that a service does badly.</p>",
        "<p>Overall: <span data-test='overall-rating-inadequate'>Good</span></p>",
        "<p>Overall: <b data-rating='4'>Good</b></p>",
        "<p>Overall: <b data-test='overall-rating-text'>Good</b></p>",
        "<div><p>Overall:</p><p>Good</p><svg><title>Good</title></svg></div>",
    ],
)
def test_visible_text_takes_precedence_over_attributes_and_titles_of_drawings(overall: str) -> None:
    assert str(_read(overall + "<p>Safe: Good</p>").ratings[0].overall) == "good"


def _field(label: str, value: str) -> Reading:
    return _read(f"<h2>Overall: Inadequate</h2><div><span class='label'>{label}</span><span class='value'>{value}</span></div>")


@pytest.mark.parametrize("value", ["Special measures", "In special measures"])
def test_a_label_and_a_value_in_neighbouring_elements_are_read_together(value: str) -> None:
    reading = _field("Regulatory status", value)
    assert (reading.special_measures.state, reading.enforcement) == (MeasuresState.IN, ())


def test_enforcement_is_read_from_a_number_beside_its_label() -> None:
    assert [one.kind for one in _field("Warning notices", "2").enforcement] == ["warning notice"]
    assert _field("Warning notices", "0").enforcement == ()


def test_elements_that_divide_a_word_do_not_divide_the_text() -> None:
    named = read(b"<main><h1>Mc<b>Donald</b> <span>Lodge</span><span>House</span></h1><p>Overall: Good</p><p>Safe: Good</p><p>CQC</p></main>")
    assert named.name == "McDonald Lodge House"
    (group,) = _read("<p><span>Overall</span><span>Good</span></p><p><span>Safe</span><span>Inadequate</span></p>").ratings
    assert (str(group.overall), str(group.key_questions[KeyQuestion.SAFE].rating)) == ("good", "inadequate")
