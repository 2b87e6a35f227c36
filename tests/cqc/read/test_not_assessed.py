"""Tests key questions that CQC did not assess, days of publication, and lists that only name the key questions."""

import itertools
from datetime import date

import pytest

from monitor.cqc.read import read
from monitor.model import Framework, Reading, Source

HEAD = "<h1>Hazel House</h1><p>Overall: Requires improvement</p><p>Provided and run by: Hazel Care Limited</p>"
QUESTIONS = ("Safe", "Effective", "Caring", "Responsive", "Well-led")
NOW = ("Inadequate", "Good", "Good", "Good", "Requires improvement")
ALL = {question.lower(): rating.lower() for question, rating in zip(QUESTIONS, NOW, strict=True)}


def _rated(reading: Reading) -> dict[str, str]:
    """Returns the rating of each key question, followed by "~" if the question was not assessed."""
    held = [pair for group in reading.ratings for pair in group.key_questions.items()]
    return {question.value: f"{one.rating}{'' if one.assessed else '~'}" for question, one in held}


NOT_LOOKED_AT = (
    "We did not assess this key question. The rating is based on the last one.",
    "We did not assess this key question at this assessment. The rating shown is from our last inspection.",
    "Not assessed at this assessment; rating carried forward",
    "We did not look at safe this time; the rating (score) is based on the last one.",
    "We have not assessed this key question. The score is based on the previous rating.",
    "This key question was not assessed.", "This key question was not inspected this time.",
    "We did not look at this key question at this inspection.", "Not looked at this time", "Not inspected at this visit",
    "Not reviewed at this assessment", "Not assessed on this occasion",
    "This area was not assessed; the score is from the last one",
    "This area was not assessed. The rating is from March 2021.", "We have not looked at this area this time",
    "We did not rate this key question at this assessment.",
)  # fmt: skip
PLACES = {
    "below the rating": "<h3>Safe</h3><p>Inadequate</p><p>{}</p>",
    "above the rating": "<h3>Safe</h3><p>{}</p><p>Inadequate</p>",
    "beside the rating": "<div><h3>Safe</h3><span>Inadequate</span><span>{}</span></div>",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("sentence", NOT_LOOKED_AT)
def test_a_key_question_that_was_not_assessed_is_read_with_its_rating(sentence: str, place: str) -> None:
    page = HEAD + PLACES[place].format(sentence) + "<h3>Effective</h3><p>Good</p><h3>Caring</h3><p>Good</p>"
    reading = read(page.encode())
    assert (_rated(reading), reading.unread) == ({"safe": "inadequate~", "effective": "good", "caring": "good"}, ())


@pytest.mark.parametrize(
    "sentence",
    [
        "Risks to people were not assessed.",
        "Managers did not look at incidents.",
        "At our last inspection we did not assess this key question. We have now.",
        "We did not look at safe at our last inspection.",
        "Staff had not assessed whether it was safe.",
    ],
)
def test_a_key_question_counts_as_assessed_although_something_else_was_not_assessed(sentence: str) -> None:
    page = f"{HEAD}<h3>Safe</h3><p>Inadequate</p><p>{sentence}</p><h3>Effective</h3><p>Good</p>"
    assert _rated(read(page.encode())) == {"safe": "inadequate", "effective": "good"}


def test_a_sentence_anywhere_on_the_page_says_which_key_questions_were_not_assessed() -> None:
    words = (
        "At this assessment we looked at two key questions. We did not assess effective, caring and responsive. Their ratings are"
        " from our last inspection, and we looked again at what had been said to us by people and by those close to them."
    )
    rows = "".join(f"<h3>{question}</h3><p>{rating}</p>" for question, rating in zip(QUESTIONS, NOW, strict=True))
    left_out = {question: f"{ALL[question]}~" for question in ("effective", "caring", "responsive")}
    assert _rated(read(f"{HEAD}<p>{words}</p>{rows}".encode())) == ALL | left_out


CONTENTS = {
    "a list of links": "<ul>" + "".join(f'<li><a href="#{one}">{one}</a></li>' for one in QUESTIONS) + "</ul>",
    "a list with overall": "<ul><li>Overall</li>" + "".join(f"<li>{one}</li>" for one in QUESTIONS) + "</ul>",
    "a line of links": "<p>On this page</p>" + " ".join(f'<a href="#{one}">{one}</a>' for one in QUESTIONS),
    "a line": "<p>" + " | ".join(QUESTIONS) + "</p>",
    "lines": "<p>" + "<br>".join(f'<a href="#{one}">{one}</a>' for one in QUESTIONS) + "</p>",
    "tabs": "<div>" + "".join(f"<button>{one}</button>" for one in ("Overall", *QUESTIONS)) + "</div>",
    "an outline": "<ol><li>Overview</li>" + "".join(f"<li>{one}</li>" for one in QUESTIONS) + "<li>Map</li></ol>",
}
ROWS = {
    "headings": "<h3>{0}</h3><p>{1}</p>", "items": "<li>{0} {1}</li>", "terms": "<dl><dt>{0}</dt><dd>{1}</dd></dl>",
    "cards": "<div><span>{0}</span><span>{1}</span></div>",
}  # fmt: skip


@pytest.mark.parametrize("place", ["before", "behind", "before an overall rating"])
@pytest.mark.parametrize(("contents", "rows"), list(itertools.product(CONTENTS, ROWS)))
def test_a_table_of_contents_with_the_five_names_does_not_hide_ratings(contents: str, rows: str, place: str) -> None:
    stated = "".join(ROWS[rows].format(*pair) for pair in zip(QUESTIONS, NOW, strict=True))
    between = "<h2>Overall</h2><p>Requires improvement</p>" if place == "before an overall rating" else ""
    order = (stated, CONTENTS[contents]) if place == "behind" else (CONTENTS[contents], between, stated)
    reading = read((HEAD + "".join(order)).encode())
    assert (_rated(reading), reading.ratings[0].overall, reading.unread) == (ALL, "requires improvement", ())


DATED = (
    "Inspection published: 3 June 2026", "Published on 3 June 2026. Inspection of 12 May 2026.",
    "Inspected 12 May 2026. Published 3 June 2026", "Assessment published: 3 June 2026", "Report published on 3 June 2026",
    "This report was published on 3 June 2026.", "We published the report of this inspection on 3 June 2026.",
    "Follow-up assessment, published 3 June 2026", "Routine planned assessment – published 3 June 2026",
    "Latest inspection: 12 May 2026 (published 3 June 2026)", "First published: 3 June 2026", "Published: 03/06/2026",
    "Published Wednesday 3 June 2026", "Published June 3, 2026", "Inspection of 12 May 2026, report published 3 June 2026",
    "Inspection carried out on 12 May 2026, published 3 June 2026", "Publication: 3 June 2026",
)  # fmt: skip


@pytest.mark.parametrize("place", ["before", "behind"])
@pytest.mark.parametrize("dated", DATED)
def test_the_day_of_publication_is_read_above_and_below_the_ratings(dated: str, place: str) -> None:
    order = (f"<p>{dated}</p>", "<ul><li>Safe Good</li><li>Caring Good</li></ul>")
    reading = read((HEAD + "".join(order if place == "before" else order[::-1])).encode())
    assert reading.ratings[0].overall_published == date(2026, 6, 3)


@pytest.mark.parametrize("dated", ["Latest inspection: 12 May 2026", "Assessment: 12 to 20 May 2026", "Updated by the provider"])
def test_the_day_of_a_visit_is_not_read_as_the_day_of_publication(dated: str) -> None:
    assert read(f"{HEAD}<p>{dated}</p><p>Safe: Good</p>".encode()).ratings[0].overall_published is None


@pytest.mark.parametrize(
    ("said", "framework"),
    [
        ("<p>Latest assessment: 12 to 20 May 2026</p>", Framework.ASSESSMENT),
        ("<p>Latest inspection: 12 May 2026</p>", Framework.INSPECTION),
        ('<p><a href="/x">Single assessment framework</a></p><p>Latest inspection: 12 May 2026</p>', Framework.INSPECTION),
        ('<ul><li><a href="/x">Assessment under our new approach</a></li></ul>', None),
        ("<p>Latest assessment: 12 May 2026</p><p>Background to this inspection</p>", Framework.ASSESSMENT),
        ("<p>We assessed the service under our single assessment framework.</p>", Framework.ASSESSMENT),
        ("<p>Report from 12 October 2026 inspection</p>", Framework.INSPECTION),
    ],
)
def test_the_framework_is_read_from_what_the_page_says_about_this_service(said: str, framework: Framework | None) -> None:
    assert read(f"{HEAD}{said}<p>Safe: Good</p>".encode()).ratings[0].framework is framework


STATED = ("Overall: Requires improvement", *(f"{question}: {rating}" for question, rating in zip(QUESTIONS, NOW, strict=True)))
PARTED = tuple(itertools.chain.from_iterable(line.split(": ") for line in STATED))


@pytest.mark.parametrize(
    "lines",
    [
        ("Hazel House", *STATED),
        ("Hazel House", *PARTED),
        ("Hazel House", "Requires improvement", *STATED[1:]),
        ("CQC", "Hazel House", "1 High Road, Northtown, NT1 1AA", "(01632) 960110", *STATED),
        ("Care home", "Hazel House", "Telephone: 01632 960110", *STATED),
        ("Hazel House", "Northtown", "01632 960110", "", *STATED),
    ],
)
def test_ratings_and_the_name_of_the_service_are_read_from_a_plain_text(lines: tuple[str, ...]) -> None:
    reading = read("\n".join(lines).encode(), content_type="text/plain")
    assert (reading.source, reading.name, reading.ratings[0].overall) == (
        Source.LOCATION_PAGE, "Hazel House", "requires improvement",
    )  # fmt: skip
    assert _rated(reading) == ALL


def test_a_plain_text_with_stray_tags_is_read_as_text() -> None:
    lines = ["<p>Hazel House", "Provided and run by:", "Hazel Care Limited", *STATED, "<p>We visited in May.", "<br>"]
    reading = read("\n".join(lines).encode())
    assert (reading.name, _rated(reading)) == ("Hazel House", ALL)


@pytest.mark.parametrize("text", ["My shopping\nEggs: Good\nMilk: Bad", "Dear all\nThe food was good overall.\nYours, X"])
def test_a_plain_text_that_is_not_about_a_service_is_not_recognised(text: str) -> None:
    assert read(text.encode()).source is Source.UNKNOWN
