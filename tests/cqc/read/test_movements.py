# ruff: noqa: E501 - markup stands on one line
"""Tests that the current rating is read if the page also shows how the rating changed, what it was before, or that it is
inherited."""

from collections.abc import Sequence

import pytest

from monitor.cqc.read import read
from monitor.model import Reading
from monitor.ratings import Rating

HEAD = "<h1>Hazel House</h1><p>Provided and run by: Hazel Care Limited</p><p>Overall: Inadequate</p>"
QUESTIONS = ("Safe", "Effective", "Caring", "Responsive", "Well-led")
NOW = ("Inadequate", "Requires improvement", "Good", "Good", "Inadequate")
WAS = ("Good", "Good", "Good", "Outstanding", "Good")
EXPECTED = {question.lower(): rating.lower() for question, rating in zip(QUESTIONS, NOW, strict=True)}


def _questions(reading: Reading) -> dict[str, str]:
    held = [pair for group in reading.ratings for pair in group.key_questions.items()]
    return {question.value: str(one.rating) for question, one in held if one.rating}


MOVEMENTS = (
    "went down from Good", "gone down from Good", "has gone down", "down", "▼", "▼ from Good", "(▼)", "↓", "🔻", "Down from Good",
    "no change", "unchanged", "(unchanged since 2021)", "(no change since 12 March 2021)", "stayed the same", "remained the same",
    "rating stayed the same", "same as last time", "declined since the last inspection", "improved since our last assessment",
    "has declined since the previous inspection (Good)", "lower than last time", "worse than at the last inspection",
    "(carried forward)", "carried forward from 3 May 2021", "Carried over from the last inspection", "(was Good)",
    "(previously Good)", "Last rating: Good", "Previous: Good", "last time: Good", "(Good at the last inspection)",
    "(Good last time)", "(Good in 2021)", "dropped one rating", "down two levels", "fell from Good to Inadequate", "from Good",
    "a drop from Good", "which is a fall from Good", "instead of Good", "Rating change: down", "as at 3 May 2026", "again",
)  # fmt: skip


@pytest.mark.parametrize("movement", MOVEMENTS)
@pytest.mark.parametrize("place", ["in the line", "in its own element", "below"])
def test_a_rating_is_read_if_words_about_its_change_follow(movement: str, place: str) -> None:
    behind = {"in the line": "Inadequate {}", "in its own element": "<b>Inadequate</b> <span>{}</span>"}
    if place == "below":
        page = f"{HEAD}<h3>Safe</h3><p>Inadequate</p><p>{movement}</p><h3>Caring</h3><p>Good</p>"
    else:
        page = f"{HEAD}<ul><li>Safe {behind[place].format(movement)}</li><li>Caring Good</li></ul>"
    reading = read(page.encode())
    assert (_questions(reading), reading.unread) == ({"safe": "inadequate", "caring": "good"}, ())


FORMS = {
    "was, now": "<li>{0}: was {2}, now {1}</li>",
    "an arrow": "<li>{0}: {2} → {1}</li>",
    "an arrow of two characters": "<li>{0}: {2} -&gt; {1}</li>",
    "from, to": "<li>{0}: {2} to {1}</li>",
    "changed from, to": "<li>{0} changed from {2} to {1}</li>",
    "has gone down to": "<li>{0} has gone down to {1}</li>",
    "still": "<li>{0}: still {1}</li>",
    "two terms of a list": "<dl><dt>{0}</dt><dd>Previous: {2}</dd><dd>Current: {1}</dd></dl>",
    "two lines": "<h3>{0}</h3><p>Previous rating: {2}</p><p>Current rating: {1}</p>",
    "a card": "<div><h4>{0}</h4><span>{1}</span><span>▼ from {2}</span></div>",
    "carried forward in its own element": "<li><b>{0}</b><b>{1}</b><b>Carried forward from the inspection of 3 May 2021</b></li>",
}


@pytest.mark.parametrize("form", FORMS)
def test_the_current_rating_is_read_if_the_former_rating_is_beside_it(form: str) -> None:
    rows = (FORMS[form].format(*row) for row in zip(QUESTIONS, NOW, WAS, strict=True))
    assert _questions(read((HEAD + "".join(rows)).encode())) == EXPECTED


def test_no_rating_is_read_if_nothing_shows_which_of_two_ratings_is_the_former() -> None:
    reading = read(f"{HEAD}<ul><li>Safe Inadequate Good</li><li>Caring Good</li></ul>".encode())
    assert (_questions(reading), reading.unread) == ({"caring": "good"}, ("Safe Inadequate Good",))


HEADERS = (
    "Previous rating|Current rating", "Last rating|This rating", "Previous|Now", "Before|Now", "Then|Now", "Was|Is", "2021|2026",
    "Last inspection|This inspection", "Rating at last inspection|Rating at this inspection", "Last assessment|Latest assessment",
    "3 May 2021|20 November 2026", "May 2021|November 2026", "Old rating|New rating", "Earlier|Latest", "Prior rating|Rating",
    "Inspection of 3 May 2021|Inspection of 20 November 2026", "Last report (2021)|This report (2026)",
)  # fmt: skip


def _table(rows: Sequence[Sequence[str]]) -> str:
    return "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows) + "</table>"


@pytest.mark.parametrize("corner", ["Key question", ""])
@pytest.mark.parametrize("lies", ["down", "across"])
@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("header", HEADERS)
def test_the_headings_of_a_table_decide_which_ratings_are_current(header: str, order: int, lies: str, corner: str) -> None:
    columns = [corner, *header.split("|")[::order]]
    rows = [columns, *([question, *(was, now)[::order]] for question, now, was in zip(QUESTIONS, NOW, WAS, strict=True))]
    if lies == "across":
        rows = [list(row) for row in zip(*rows, strict=True)]
    reading = read((HEAD + _table(rows)).encode())
    assert (_questions(reading), reading.unread) == (EXPECTED, ())


def test_a_column_of_changes_and_a_column_of_former_dates_are_ignored() -> None:
    rows = [
        ["Key question", "Current rating", "Previous rating", "Change", "Date of previous"],
        ["Safe", "Inadequate", "Good", "▼", "3 May 2021"],
        ["Caring", "Good", "Good", "No change", "3 May 2021"],
    ]
    assert _questions(read((HEAD + _table(rows)).encode())) == {"safe": "inadequate", "caring": "good"}


def test_no_rating_is_read_from_a_table_with_two_ratings_and_unclear_headings() -> None:
    rows = [["Key question", "First", "Second"], ["Safe", "Inadequate", "Good"], ["Caring", "Good", "Good"]]
    reading = read((HEAD + _table(rows)).encode())
    assert "safe" not in _questions(reading)
    assert "Safe Inadequate Good" in reading.unread


def test_no_rating_is_read_from_a_table_of_former_ratings() -> None:
    rows = [["Key question", "Previous rating", "Change"], ["Safe", "Good", "▼"], ["Caring", "Good", "▼"]]
    reading = read((HEAD + _table(rows)).encode())
    assert (_questions(reading), len(reading.unread)) == ({}, 2)


INHERITED = (
    "(inherited)", "– inherited", "Inherited rating", "(rating inherited from the previous provider)",
    "(from the previous provider)", "under the previous provider", "(former provider’s rating)",
)  # fmt: skip


@pytest.mark.parametrize("mark", INHERITED)
def test_a_rating_with_a_remark_that_it_is_inherited_is_read_as_inherited(mark: str) -> None:
    reading = read(f"{HEAD}<ul><li>Safe <b>Good</b> {mark}</li><li>Caring <b>Good</b></li></ul>".encode())
    held = {question.value: one.inherited for question, one in reading.ratings[0].key_questions.items()}
    assert (held, reading.ratings[0].overall, reading.ratings[0].inherited) == (
        {"safe": True, "caring": False}, Rating.INADEQUATE, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "These ratings are from when the service was run by another provider.",
        "The ratings below were given to the previous provider of this service.",
        "Ratings shown here were inherited from a previous registration.",
        "This rating was given when the service was run by a different provider.",
        "Inherited ratings",
    ],
)
def test_all_ratings_are_read_as_inherited_if_a_sentence_says_so(sentence: str) -> None:
    reading = read(f"{HEAD}<p>{sentence}</p><ul><li>Safe Good</li><li>Caring Good</li></ul>".encode())
    assert reading.ratings[0].inherited
    assert all(held.inherited for held in reading.ratings[0].key_questions.values())


def test_a_change_of_provider_alone_does_not_make_a_rating_inherited() -> None:
    reading = read(f"{HEAD}<p>The provider of this service changed. See old profile</p><ul><li>Safe Good</li></ul>".encode())
    assert not reading.ratings[0].inherited
    assert not any(held.inherited for held in reading.ratings[0].key_questions.values())


@pytest.mark.parametrize("mark", ["↓ 1 level", "→ unchanged", "↑ 2 levels", "Held", "→ no change"])
def test_a_change_in_levels_is_not_part_of_the_rating(mark: str) -> None:
    reading = read(f"{HEAD}<ul><li><h3>Safe</h3><p>Good <small>{mark}</small></p></li><li><h3>Caring</h3><p>Good</p></li></ul>".encode())
    assert (_questions(reading), reading.unread) == ({"safe": "good", "caring": "good"}, ())


@pytest.mark.parametrize(
    ("before", "after"),
    [("Before this inspection", "After this inspection"), ("At our last assessment", "At this assessment")],
)
def test_ratings_after_the_inspection_are_read_from_a_table_of_before_and_after(before: str, after: str) -> None:
    rows = [["Key question", before, after], ["Safe", "Good", "Inadequate"], ["Caring", "Good", "Good"]]
    assert _questions(read((HEAD + _table(rows)).encode())) == {"safe": "inadequate", "caring": "good"}
