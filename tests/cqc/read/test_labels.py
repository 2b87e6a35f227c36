"""Tests that labels without a readable rating are listed as unread, and that ordinary text is not."""

import pytest

from monitor.cqc.read import read
from monitor.model import Reading

UNREAD = (
    "Overall: Rating withdrawn pending our decision", "Overall: Excellent", "Overall rating: to be confirmed",
    "Overall rating on hold", "Safe: Excellent", "Safe – awaiting decision", "Safe: not available", "Caring rating: on hold",
    "Safe Inadequate (-2)", "Safe Inadequate pending a tribunal", "Safe: Inadequate but see our note", "Well-led: Rated 4 stars",
    "Caring: tbc", "Cleanliness: Good", "We have rated this service inadequate and will say more soon.",
    "We rate this service inadequate.", "CQC rates this care home inadequate.",
)  # fmt: skip
ORDINARY = (
    "People felt safe", "People felt safe.", "Staff were caring and responsive.", "Safe care", "Good governance",
    "Safe staffing", "Keeping people safe", "Caring for adults over 65 yrs", "Good food and good company",
    "How we rate services", "The home was safe, clean and well-led by its manager.",
    "Responsive: people said staff came quickly.", "Safe environments", "Read more about inspection ratings",
    "Effective communication", "Overall, people were happy", "Overall people liked it there.",
    "Caring: good relationships with people", "Safe: what we found", "Ratings posters and widgets", "Rating history",
    "Safe good practice was shared", "Overall summary of our findings", "Ratings explained",
    "Responsive care was planned well", "We rate services good or better.",
)  # fmt: skip
PLACES = ("<p>{}</p>", "<h3>{}</h3>", "<li>{}</li>", '<div class="alert">{}</div>', "<span>{}</span>")


def _read(body: str, *, without: str = "") -> Reading:
    stated = {"Overall": "Good", "Safe": "Good", "Effective": "Good", "Caring": "Good", "Well-led": "Good"}
    rows = "".join(f"<li>{label} {value}</li>" for label, value in stated.items() if label not in without)
    page = f"<main><h1>Hazel House</h1><ul>{rows}</ul>{body}<p>Provided and run by: Hazel Limited</p></main>"
    return read(f"<!doctype html><body>{page}</body>".encode())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("words", UNREAD)
def test_a_label_without_a_readable_rating_is_listed_as_unread_once(words: str, place: str) -> None:
    reading = _read(place.format(words), without=words.replace("We have rated this service", "Overall"))
    assert [line for line in reading.unread if line.rstrip(".") == words.rstrip(".")] == [reading.unread[0]]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("words", ORDINARY)
def test_ordinary_text_with_words_such_as_safe_is_not_listed_as_unread(words: str, place: str) -> None:
    assert _read(place.format(words), without=words).unread == ()


def test_a_sentence_about_a_rating_that_the_page_shows_is_not_listed_as_unread() -> None:
    assert _read("<p>The service is now rated good and people told us why.</p>").unread == ()
