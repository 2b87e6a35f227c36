"""Tests the pages of a report's Word document: charts fit on the page, tables are not torn, and no page is empty. Also tests the
properties of the document.
"""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from monitor.reports.paper import Bar, Bars, Cell, Chart, Column, Paper, Part, Piece, Row, Table
from monitor.reports.quality import area_paper
from monitor.reports.word import as_docx
from tests.reports.test_findings import any_report
from tests.reports.test_word import template

HALF_POINT = 10  # in twips

MARKS = ("Outstanding", "Good", "Requires improvement", "Inadequate", "Unrated")


def paper_of(*, bars: int = 0, rows: int = 0, lines: tuple[str, ...] = (), notes: tuple[str, ...] = ()) -> Paper:
    """Returns a paper with one part: a chart with this many bars, and a table with this many rows."""
    pieces = (Piece(mark="good", number=5, percent=100, start=0, length=100),)
    chart = Bars(key="areas", title="By area", bars=tuple(Bar(label=f"Area {n}", of=5, pieces=pieces) for n in range(bars)))
    table = Table(
        key="Trend",
        title="By quarter",
        first="On",
        columns=tuple(Column(heading=one) for one in (*MARKS, *MARKS[:3])),
        rows=tuple(Row(label="30 September 2026", cells=(Cell(number=203, percent=54, of=374),) * 8) for _ in range(rows)),
        notes=notes,
    )
    charts: tuple[Chart, ...] = (chart,) if bars else ()
    part = Part(heading="How the area compares", lines=lines, charts=charts, tables=(table,) if rows else ())
    return Paper(name="paper", title="A paper", lines=("One line.",), parts=(part,))


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def many_lines(document: Any) -> None:
    """Adds a header and a footer that are higher than the margins."""
    for _ in range(3):
        document.sections[0].header.add_paragraph("Anytown Council")
        document.sections[0].footer.add_paragraph("Page footer")


@pytest.mark.parametrize("bars", [3, 17, 23, 160])
@pytest.mark.parametrize(
    "house", [None, template(), template(many_lines)], ids=["no template", "a template", "a high header and footer"]
)
@pytest.mark.parametrize(
    "lines", [(), ("A line of text that is rather long, so that it takes two. " * 3,)], ids=["no text", "text"]
)
def test_a_chart_fits_on_a_page_with_its_heading(house: bytes | None, bars: int, lines: tuple[str, ...]) -> None:
    document = opened(as_docx(paper_of(bars=bars, lines=lines), "", house))
    section = document.sections[-1]
    body = section.page_height - section.top_margin - section.bottom_margin
    if house and len(section.header.paragraphs) > 1:
        body = section.page_height - 2 * (section.header_distance + 4 * Cm(0.6))
    heights = [int(one.get("cy")) for one in document.element.body.iter(qn("wp:extent"))]
    assert heights and max(heights) + Cm(1.9) + Cm(1.7) * len(lines) <= body
    assert len(heights) == 1 or bars > 12
    first = next(one for one in document.paragraphs if one.text == "How the area compares" and one.style.name == "Heading 1")
    assert first.paragraph_format.keep_with_next


def test_a_chart_with_many_bars_is_divided_into_legible_charts() -> None:
    document = opened(as_docx(paper_of(bars=160), ""))
    heights = [int(one.get("cy")) for one in document.element.body.iter(qn("wp:extent"))]
    said = [(one.get("title"), one.get("descr")) for one in document.element.iter(qn("wp:docPr"))]
    assert [title for title, _ in said] == [f"By area ({n} of {len(said)})" for n in range(1, len(said) + 1)]
    assert sum(text.count("Area") for _, text in said) == 160
    assert min(heights) >= Cm(3.2) + Cm(0.5) * (160 // len(heights) - 1)


def widths_of(table: Any) -> list[float]:
    """Returns the width of the text area in each column, in multiples of the font size."""
    (size,) = {int(one.get(qn("w:val"))) for one in table._tbl.iter(qn("w:sz"))}
    margins = sum(int(one.get(qn("w:w"))) for one in table._tbl.tblPr.find(qn("w:tblCellMar")))
    return [(int(one.get(qn("w:w"))) - margins) / (size * HALF_POINT) for one in table._tbl.iter(qn("w:gridCol"))]


@pytest.mark.parametrize(
    ("house", "wide"),
    [
        # How wide these words are, in multiples of the font size, in Arial and in DejaVu Serif, which is one of the widest
        # fonts.
        pytest.param(None, {"September": 5.0, "Outstanding": 6.1, "203 (54%)": 4.7, "improvement": 6.7}, id="no template"),
        pytest.param(template(), {"September": 5.9, "Outstanding": 6.97, "203 (54%)": 5.6, "improvement": 8.0}, id="a template"),
    ],
)
def test_no_word_is_divided_within_a_cell(house: bytes | None, wide: dict[str, float]) -> None:
    made = paper_of(rows=3)
    label, *columns = widths_of(opened(as_docx(made, "", house)).tables[0])
    assert label >= wide["September"]
    assert min(columns) >= wide["203 (54%)"]
    assert min(columns[::5]) >= wide["Outstanding"] and min(columns[2::5]) >= wide["improvement"]


def test_a_location_id_is_on_one_line() -> None:
    tables = opened(as_docx(area_paper(any_report(12)), "")).tables
    (named,) = (one for one in tables if len(one.columns) > 12)
    assert named.rows[0].cells[1].text == "Location id" and widths_of(named)[1] >= 5.9  # eleven letters


def test_a_table_is_as_wide_as_the_page() -> None:
    document = opened(as_docx(area_paper(any_report(12)), ""))
    section = document.sections[-1]
    room = (section.page_width - section.left_margin - section.right_margin) / 635
    for table in document.tables:
        assert room - 50 <= sum(int(one.get(qn("w:w"))) for one in table._tbl.iter(qn("w:gridCol"))) <= room


def kept(table: Any) -> list[bool]:
    """Returns for each row whether the row stays on one page with the next row."""
    return [all(one.paragraphs[0].paragraph_format.keep_with_next for one in row.cells) for row in table.rows]


def test_a_short_table_is_on_one_page_and_a_long_table_leaves_no_row_alone() -> None:
    short, long = (opened(as_docx(paper_of(rows=rows), "")) for rows in (12, 60))
    assert kept(short.tables[0]) == [True] * 13
    assert kept(long.tables[0]) == [True] * 4 + [False] * 54 + [True] * 3
    for one in (short, long):
        assert next(each for each in one.paragraphs if each.text == "By quarter").paragraph_format.keep_with_next


@pytest.mark.parametrize("notes", [(), ("A note.", "Another.")])
def test_no_empty_line_after_a_table_could_become_an_empty_page(notes: tuple[str, ...]) -> None:
    document = opened(as_docx(paper_of(rows=3, notes=notes), ""))
    section, last, before = (list(document.element.body)[-n] for n in (1, 2, 3))
    assert section.tag == qn("w:sectPr") and last.tag == qn("w:p")
    final = document.paragraphs[-1]
    if notes:
        assert final.text == "Another." and document.paragraphs[-2].paragraph_format.keep_with_next
        return
    assert before.tag == qn("w:tbl") and final.text == ""
    looks = final.paragraph_format
    assert (looks.space_before, looks.space_after, looks.line_spacing) == (Pt(0), Pt(0), Pt(1))


def test_a_complete_report_has_no_empty_line_of_usual_height() -> None:
    document = opened(as_docx(area_paper(any_report(12)), ""))
    holds = f".//{qn('w:drawing')}", f".//{qn('w:sectPr')}"
    empty = [one for one in document.paragraphs if not one.text.strip() and all(one._p.find(each) is None for each in holds)]
    assert empty and all(one.paragraph_format.line_spacing == Pt(1) for one in empty)


def languages(content: bytes) -> set[str]:
    document = opened(content)
    roots = document.styles.element, document.settings.element
    found = [one.get(qn("w:val")) for root in roots for one in root.iter(qn("w:lang"), qn("w:themeFontLang"))]
    return set(filter(None, found))


def welsh(document: Any) -> None:
    for one in document.styles.element.iter(qn("w:lang")):
        one.set(qn("w:val"), "cy-GB")


@pytest.mark.parametrize(
    ("house", "wanted"),
    [(None, {"en-GB"}), (template(), {"en-GB"}), (template(welsh), {"en-GB", "cy-GB"})],
    ids=["no template", "a template", "a template with another language"],
)
def test_the_language_of_a_word_document_is_british_english(house: bytes | None, wanted: set[str]) -> None:
    assert languages(as_docx(paper_of(), "", house)) == wanted


@pytest.mark.parametrize("house", [None, template()], ids=["no template", "a template"])
def test_a_word_document_has_the_time_at_which_the_document_was_made(house: bytes | None) -> None:
    at = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)
    about = opened(as_docx(paper_of(), "", house, now=lambda: at)).core_properties
    assert (about.created, about.modified, about.last_modified_by) == (at, at, "cqc-monitor")
    usual = opened(as_docx(paper_of(), "", house)).core_properties.created
    assert abs(datetime.now(UTC) - usual) < timedelta(days=1)
