# ruff: noqa: E501 - markup stands on one line
"""Tests tables whose cells span several rows or columns, footnotes beside ratings, lines that continue after a break, nested lists,
and columns in plain texts."""

import pytest

from monitor.cqc.read import read
from monitor.model import MeasuresState, Reading, Source, Stage
from monitor.ratings import KeyQuestion, Rating
from tests.cqc.read.frame import DATES, OVERALL, page, questions

G, RI, I = Rating.GOOD, Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE  # noqa: E741
MIXED = {KeyQuestion.SAFE: RI, KeyQuestion.EFFECTIVE: G, KeyQuestion.CARING: G, KeyQuestion.RESPONSIVE: G, KeyQuestion.WELL_LED: RI}
BAD = OVERALL.replace("Good", "Inadequate").replace("--good", "--inadequate")
WORSE = questions("<span>Inadequate</span>")


def rated(reading: Reading) -> dict[KeyQuestion, object]:
    (group,) = reading.ratings
    return {question: held.rating for question, held in group.key_questions.items()}


def row(*cells: str) -> str:
    return f"<tr>{''.join(cell if cell.startswith('<t') else f'<td>{cell}</td>' for cell in cells)}</tr>"


NEXT_TO = row("Well-led", "Requires improvement")
TABLES = {
    "one cell for three questions": row("Safe", "Requires improvement") + row("Effective", '<td rowspan="3">Good</td>') + row("Caring") + row("Responsive") + NEXT_TO,
    "one cell, with a date beside it": row("Safe", "Requires improvement", "1 May 2026") + row("Effective", '<td rowspan="3">Good</td>', '<td rowspan="3">1 May 2026</td>') + row("Caring") + row("Responsive") + row("Well-led", "Requires improvement", "1 May 2026"),
    "two columns in one cell": row("<th>Question</th>", "<th>Before</th>", "<th>Now</th>") + row("Safe", "Good", "Requires improvement") + "".join(row(one, '<td colspan="2">Good</td>') for one in ("Effective", "Caring", "Responsive")) + row("Well-led", "Inadequate", "Requires improvement"),
    "signs beside the ratings": row("Safe", "🟠 Requires improvement") + "".join(row(one, "🟢 Good") for one in ("Effective", "Caring", "Responsive")) + row("Well-led", "■ Requires improvement"),
    "two rows of headings": '<tr><th rowspan="2">Question</th><th colspan="2">This time</th><th colspan="2">Last time</th></tr><tr><th>Rating</th><th>Date</th><th>Rating</th><th>Date</th></tr>' + "".join(row(one, now, "3 June 2026", "Inadequate", "3 June 2024") for one, now in (("Safe", "Requires improvement"), ("Effective", "Good"), ("Caring", "Good"), ("Responsive", "Good"), ("Well-led", "Requires improvement"))),
    "two rows of headings, the earlier inspection first": '<tr><th rowspan="2">Area</th><th colspan="2">Previous inspection</th><th colspan="2">Latest inspection</th></tr><tr><th>Date</th><th>Rating</th><th>Date</th><th>Rating</th></tr>' + "".join(row(one, "3 June 2024", "Outstanding", "3 June 2026", now) for one, now in (("Safe", "Requires improvement"), ("Effective", "Good"), ("Caring", "Good"), ("Responsive", "Good"), ("Well-led", "Requires improvement"))),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_a_cell_is_read_in_each_row_and_column_that_it_spans(name: str) -> None:
    reading = read(page(main=f"{DATES}<table>{TABLES[name]}</table>"))
    assert (rated(reading), reading.unread) == (MIXED, ())


def test_a_cell_does_not_span_rows_of_the_next_table() -> None:
    first = '<table><tr><td>Safe</td><td rowspan="9">Good</td></tr></table>'
    reading = read(page(main=f"{DATES}{first}<table>{row('Caring', 'Inadequate')}</table>"))
    assert rated(reading) == {KeyQuestion.SAFE: G, KeyQuestion.CARING: I}


@pytest.mark.parametrize("span", ["0", "x", "-1", "99999999999", "", "²"])
def test_a_span_that_is_not_a_number_means_one(span: str) -> None:
    body = f'<table><tr><td>Safe</td><td rowspan="{span}" colspan="{span}">Good</td></tr></table>'
    assert rated(read(page(main=DATES + body))) == {KeyQuestion.SAFE: G}


def test_enforcement_in_a_cell_that_spans_two_regulations_is_read() -> None:
    table = "<h2>Regulations not met</h2><table><tr><th>Regulation</th><th>What we did</th></tr>" + row(
        "Regulation 13, safeguarding", '<td rowspan="2">We served a warning notice</td>') + row("Regulation 11, need for consent") + "</table>"  # fmt: skip
    reading = read(page(header=BAD, main=DATES + WORSE + table))
    assert [one.regulation for one in reading.breaches] == ["13", "11"]
    assert {one.kind for one in reading.enforcement} == {"warning notice"}


@pytest.mark.parametrize("mark", ['<a href="#n1">[1]</a>', '<sup>1</sup>', '<a href="#fn">1</a>', '<a href="#a">*</a>', '<a href="#b">(2)</a>'])
def test_a_footnote_beside_a_rating_is_not_part_of_the_rating(mark: str) -> None:
    pairs = "".join(f"<dt>{one}</dt><dd>Good {mark}</dd>" for one in ("Safe", "Effective", "Caring", "Responsive", "Well-led"))
    assert rated(read(page(main=f"{DATES}<dl>{pairs}</dl>"))) == dict.fromkeys(KeyQuestion, G)


@pytest.mark.parametrize("inside", [
    "<ul><li>This service has been placed in special<br>measures<ul><li>We will come back in six months</li></ul></li></ul>",
    "<p>Next:</p><ol><li>This service is being placed in <a href='/x'>special<br/>measures</a></li><li>We have told the council</li></ol>",
    "<p>This service is now in<br><br>special measures.</p>",
])  # fmt: skip
def test_a_line_that_begins_with_a_small_letter_continues_the_line_before(inside: str) -> None:
    assert read(page(header=BAD, main=DATES + WORSE + inside)).special_measures.state in (MeasuresState.ENTERED, MeasuresState.IN)


def test_an_item_of_a_nested_list_does_not_continue_the_line_above() -> None:
    items = "<ul><li>On 4 March 2026 we imposed two conditions on the registration<ul><li>no new admissions – removed on 9 June 2026</li><li>a monthly audit – in force</li></ul></li></ul>"
    reading = read(page(header=BAD, main=f"{DATES}{WORSE}<h3>What we did</h3>{items}"))
    assert "conditions" in {one.kind for one in reading.enforcement if one.stage is Stage.TAKEN}


def test_several_values_of_one_label_are_read() -> None:
    told = "<dl><dt>Special measures</dt><dd>Entered 4 January 2026</dd><dd>Left 3 June 2026</dd><dt>Warning notices</dt><dd>None</dd></dl>"
    reading = read(page(main=DATES + questions() + told))
    assert (reading.special_measures.state, reading.enforcement) == (MeasuresState.LEFT, ())
    told = "<dl><dt>Registration</dt><dd>Registered since 2 May 2019</dd><dt>Special measures</dt><dd>Ended 3 June 2026</dd></dl>"
    reading = read(page(main=DATES + questions() + told))
    assert (reading.special_measures.state, reading.said) == (MeasuresState.LEFT, ())


HEADS = "Elm Lodge\nInspection report published 16 October 2026\n\n"
COLUMNS = {
    "this inspection and the earlier one": HEADS
    + """                 This inspection          Previous inspection
Safe             Requires improvement     Inadequate
Effective        Good                     Good
Caring           Good                     Outstanding
Responsive       Good                     Good
Well-led         Requires improvement     Inadequate
""",
    "the earlier inspection first": HEADS
    + """Question         Last time                This time
Safe             Good                     Requires improvement
Effective        Inadequate               Good
Caring           Good                     Good
Responsive       Good                     Good
Well-led         Good                     Requires improvement
""",
    "labels and values": HEADS
    + """Safe             Requires improvement
Effective        Good
Caring           Good
Responsive       Good
Well-led         Requires improvement
""",
    "indented values": "Elm Lodge\nCare home\n\nOur rating of this service\n\nSafe\n    Requires improvement\nEffective\n    Good\nCaring\n    Good\nResponsive\n    Good\nWell-led\n    Requires improvement\n",
}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_that_are_aligned_with_spaces_are_read(name: str) -> None:
    reading = read(COLUMNS[name].encode())
    assert (rated(reading), reading.unread) == (MIXED, ())


def test_a_table_of_core_services_that_is_aligned_with_spaces_is_read() -> None:
    grid = """Elm Clinic

Our ratings for this hospital are:

              Safe                  Effective  Caring  Responsive  Well-led              Overall
Surgery       Inadequate            Good       Good    Good        Requires improvement  Inadequate
Outpatients   Good                  Not rated  Good    Good        Good                  Good
Overall       Requires improvement  Good       Good    Good        Requires improvement  Requires improvement
"""
    found = {group.group: (group.overall, group.key_questions[KeyQuestion.SAFE].rating) for group in read(grid.encode()).ratings}
    assert found == {"Surgery": (I, I), "Outpatients": (G, G), None: (RI, RI)}


def test_a_table_with_a_column_for_each_service_group_is_read() -> None:
    rows = "".join(row(one, "Good", "Inadequate") for one in ("Safe", "Effective", "Caring", "Responsive", "Well-led", "Overall"))
    reading = read(page(header="", main=f"{DATES}<table><tr><td></td><th>Care home</th><th>Supported living</th></tr>{rows}</table>"))
    assert {group.group: group.overall for group in reading.ratings} == {"Care Home": G, "Supported living": I}
    assert {group.key_questions[KeyQuestion.SAFE].rating for group in reading.ratings} == {G, I}


BESIDE = {
    "Good, as before": G,
    "Inadequate, no change since Inadequate in 2024": I,
    "Inadequate, two steps down from Good": I,
    "Requires improvement, unchanged from Requires improvement": RI,
    "Good (as last time)": G,
}


@pytest.mark.parametrize("words", BESIDE)
def test_the_current_rating_is_read_if_words_beside_it_name_the_former_rating(words: str) -> None:
    items = "".join(f"<li>{one}: {words}</li>" for one in ("Safe", "Effective", "Caring", "Responsive", "Well-led"))
    assert rated(read(page(main=f"{DATES}<ul>{items}</ul>"))) == dict.fromkeys(KeyQuestion, BESIDE[words])


@pytest.mark.parametrize("heading", ["Ratings before the change of provider", "Ratings until this inspection", "Ratings before our visit in May"])
def test_ratings_below_a_heading_about_an_earlier_time_are_ignored(heading: str) -> None:
    reading = read(page(main=f"<h2>Ratings now</h2>{DATES}{questions()}<h2>{heading}</h2>{WORSE}"))
    assert (rated(reading), reading.unread) == (dict.fromkeys(KeyQuestion, G), ())


def test_a_fieldset_without_any_field_is_ordinary_content() -> None:
    reading = read(page(header="<fieldset><legend>Overall: Good</legend></fieldset>", main=DATES + questions()))
    assert reading.ratings[0].overall is G


@pytest.mark.parametrize("title", ["Northshire County Council: Care Act assessment", "Local authority assessment: Northshire Council"])
def test_a_plain_text_about_a_councils_assessment_is_not_read_as_a_service(title: str) -> None:
    reading = read(f"{title}\nOverall rating: Requires improvement\nScore 58 (out of 100)\n\nAssessing needs 2\nSafeguarding 2\n".encode())
    assert (reading.source, reading.ratings) == (Source.COUNCIL_PAGE, ())


def test_a_rating_in_a_cell_that_spans_all_key_questions_is_read_for_each() -> None:
    heads = "".join(f"<th>{one}</th>" for one in ("Safe", "Effective", "Caring", "Responsive", "Well-led"))
    table = f'<table><tr><th colspan="5">Overall view</th></tr><tr>{heads}</tr><tr><td colspan="5">Good</td></tr></table>'
    assert rated(read(page(main=DATES + table))) == dict.fromkeys(KeyQuestion, G)


@pytest.mark.parametrize("heading", ["Previous", "Before", "Last time", "Previously"])
def test_ratings_below_a_heading_such_as_previous_are_ignored(heading: str) -> None:
    reading = read(page(main=f"<h2>Now</h2>{DATES}{questions()}<h2>{heading}</h2>{WORSE}"))
    assert (rated(reading), reading.unread) == (dict.fromkeys(KeyQuestion, G), ())
