# ruff: noqa: E501 - a sentence stands on one line, however long CQC's are
"""Tests which ratings a suspension removes: all ratings of the service, or only those of the key questions that it names."""

import pytest

from monitor.cqc.read import read
from monitor.ratings import KeyQuestion, Rating, Reason

_PAGE = (
    "<main><h1>Larch House</h1><p>Overall: Good</p><p>Report published: 7 July 2022</p><ul><li>Safe: Good</li><li>Effective: Good</li>"
    "<li>Caring: Good</li><li>Responsive: Good</li><li>Well-led: Good</li></ul><p>{}</p><a href='/location/1-101/reports'>Reports</a></main>"
)


def suspended(text: str) -> set[str]:
    """Returns what is read as suspended from a page with this sentence: "overall" alone if all ratings are, else the key questions."""
    (group,) = read(_PAGE.format(text).encode(), url="https://www.cqc.org.uk/location/1-101").ratings
    if group.overall is Reason.SUSPENDED:
        assert not any(isinstance(one.rating, Rating) for one in group.key_questions.values())
        return {"overall"}
    assert group.overall is Rating.GOOD
    return {str(one) for one in KeyQuestion if group.key_questions[one].rating is Reason.SUSPENDED}


@pytest.mark.parametrize(
    "text",
    [
        "We have suspended the ratings of this service, including the rating for safe.",
        "All ratings of the home, including the rating for well-led, are suspended.",
        "We have suspended all five ratings, the rating for safe among them.",
        "We have suspended the ratings at this practice. The rating for safe is under review too.",
        "We have suspended the overall rating and the rating for safe.",
        "The ratings of this service are suspended.",
        "The ratings are suspended because the service is not safe.",
        "Ratings suspended for people to be kept safe.",
        "Ratings suspended in full.",
        "All ratings suspended in line with our policy.",
        "Overall and safe: ratings suspended.",
        "Overall: rating suspended.",
        "Ratings suspended for all five key questions: safe, effective, caring, responsive and well-led.",
        "Safe: rating suspended. All other ratings suspended too.",
        "We have suspended the rating for safe. We have also suspended all ratings of this service.",
    ],
)
def test_a_suspension_of_all_ratings_removes_the_overall_rating_and_all_key_questions(text: str) -> None:
    assert suspended(text) == {"overall"}


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("We have suspended the rating for safe.", {"safe"}),
        ("We have suspended the ratings for safe and well-led at this service.", {"safe", "well-led"}),
        ("The safe rating of this service has been suspended.", {"safe"}),
        ("We have suspended the ratings of this service for effective and responsive.", {"effective", "responsive"}),
        ("The home's rating for caring is suspended.", {"caring"}),
        ("Safe: rating suspended. Other ratings are not affected.", {"safe"}),
        ("Safe rating suspended.", {"safe"}),
        ("Safe and well-led: ratings suspended.", {"safe", "well-led"}),
        ("Rating suspended for safe only.", {"safe"}),
        ("Rating suspended: safe only.", {"safe"}),
        ("The rating is suspended for the key question safe.", {"safe"}),
        ("We have suspended the rating, but only for safe.", {"safe"}),
        ("The suspension of ratings concerns safe only.", {"safe"}),
        ("Safe: rating suspended. The rating for well-led is also suspended.", {"safe", "well-led"}),
        ("The rating for safe is suspended; the other ratings stand.", {"safe"}),
    ],
)
def test_a_suspension_of_named_key_questions_removes_only_their_ratings(text: str, questions: set[str]) -> None:
    assert suspended(text) == questions


@pytest.mark.parametrize(
    ("page", "missing"),
    [
        (_PAGE, ()),
        (_PAGE.replace("<p>Overall: Good</p>", ""), ("overall",)),
        (_PAGE.replace("<p>Overall: Good</p>", "<p>Overall: Not rated</p>"), ()),
        (_PAGE.replace("<li>Caring: Good</li>", ""), ("caring",)),
        (_PAGE.replace("<p>Overall: Good</p>", "").replace("<li>Caring: Good</li>", ""), ("overall",)),
        (_PAGE.replace("Good", "Regulations met").replace("<p>Overall: Regulations met</p>", ""), ()),
    ],
)
def test_a_rating_that_a_page_should_show_and_does_not_is_named(page: str, missing: tuple[str, ...]) -> None:
    whole = page.format("<p>Provided and run by: Larch Limited</p>")
    assert read(whole.encode(), url="https://www.cqc.org.uk/location/1-101").missing == missing
