"""Tests the Excel file of a report. Another library reads the same counts from the file, and a spreadsheet program draws the
charts from the cells."""

import io
import re
import zipfile
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
import python_calamine

from monitor.reports.cells import Column, Sheet, small_workbook
from monitor.reports.charts import is_empty
from monitor.reports.export import LAYOUTS
from monitor.reports.paper import NOTHING, Cell, Lines, Paper
from monitor.reports.quality import area_paper
from tests.reports.test_findings import any_report
from tests.reports.test_word_pages import paper_of

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module")
def paper() -> Paper:
    return area_paper(any_report(12))


@pytest.fixture(scope="module")
def content(paper: Paper) -> bytes:
    return LAYOUTS["xlsx"](paper, "")


def as_read(cell: Cell) -> object:
    """Returns the value that a spreadsheet has for a cell of the paper; "" for a dash."""
    return "" if cell.words == NOTHING else next((one for one in (cell.words, cell.on, cell.number) if one is not None), "")


def test_another_library_reads_the_same_counts(paper: Paper, content: bytes) -> None:
    """Each sheet contains only headings and records. A program would count a caption, a note or a blank row as a record."""
    book = python_calamine.load_workbook(io.BytesIO(content))
    for table in paper.tables:
        head, *rows = book.get_sheet_by_name(table.key).to_python()
        shared = [any(row.cells[n].of is not None for row in table.rows) for n in range(len(table.columns))]
        assert len(head) == 1 + len(shared) + sum(shared) and "" not in head
        wanted = []
        for row in table.rows:
            values: list[object] = [row.on or row.label]
            for cell, is_share in zip(row.cells, shared, strict=True):
                values += [as_read(cell), cell.percent if cell.percent is not None else ""] if is_share else [as_read(cell)]
            wanted.append(values)
        assert rows == wanted, table.key


def test_dates_are_date_cells_that_can_be_sorted(content: bytes) -> None:
    rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_name("Movements").to_python()
    at = rows[0].index("Date")
    assert len(rows) > 5 and all(type(row[at]) is date for row in rows[1:])


def test_days_in_every_sheet_are_date_cells(paper: Paper, content: bytes) -> None:
    """This includes dates that are the label of a row, and dates in a chart."""
    book = python_calamine.load_workbook(io.BytesIO(content))
    found = 0
    for name in {*book.sheet_names} - {"Charts", "Findings", "Notes"}:
        for head, *values in zip(*book.get_sheet_by_name(name).to_python(), strict=True):
            text = [one for one in values if isinstance(one, str) and re.fullmatch(r"\d\d? [A-Z][a-z]+ \d{4}", one)]
            assert not text, (name, head)
            found += any(type(one) is date for one in values)
    assert found >= 8
    (trend,) = (one for part in paper.parts for one in part.charts if isinstance(one, Lines))
    for name in ("Trend", book.sheet_names[-2]):
        assert [row[0] for row in book.get_sheet_by_name(name).to_python()[1:]] == list(trend.dates)


@pytest.mark.parametrize("seed", range(12, 18))
def test_a_column_has_values_of_one_kind_and_empty_cells_for_unknown_values(seed: int) -> None:
    """A program that reads the column gets numbers or dates, and never words in their place. The notes say what an empty cell
    means."""
    book = python_calamine.load_workbook(io.BytesIO(LAYOUTS["xlsx"](area_paper(any_report(seed)), "")))
    for name in {*book.sheet_names} - {"Charts"}:
        for head, *values in zip(*book.get_sheet_by_name(name).to_python(), strict=True):
            kinds = {float if isinstance(one, int | float) else type(one) for one in values if one != ""}
            assert len(kinds) <= 1 and not any(str(one) == NOTHING for one in values), (name, head)
    assert any("An empty cell" in str(row[0]) for row in book.get_sheet_by_name("Notes").to_python())


def widths_of(sheet: Any) -> list[float]:
    """Returns the width of each column. The file stores columns of the same width together."""
    return [one.width for one in sheet.column_dimensions.values() for _ in range(one.min, one.max + 1)]


def test_all_text_of_a_workbook_is_visible(content: bytes) -> None:
    """If a text or a heading is longer than its column is wide, it continues on further lines, and the row is high enough. About
    one letter fits into each unit of a column's width."""
    long = 0
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        widths = widths_of(sheet)
        for n, row in enumerate(sheet.iter_rows(), 1):
            for cell, width in zip(row, widths, strict=False):
                if not isinstance(cell.value, str) or len(cell.value) <= width:
                    continue
                long += 1
                high = sheet.row_dimensions[n].height
                assert cell.alignment.wrap_text and high >= 14 * len(cell.value) / (width * 1.2), (sheet.title, cell.value)
                assert max(map(len, re.split(r"[\s-]", cell.value))) < width, (sheet.title, cell.value)
    assert long > 20


def test_findings_are_legible_in_the_workbook(paper: Paper, content: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Findings"]
    about, said, tables = widths_of(sheet)
    assert about < 30 and said == 90 and 10 < tables < 60
    assert [cell.value for cell in sheet["B"][1:]] == [str(one) for one in paper.findings]


def test_charts_fit_on_a_printed_page() -> None:
    made = LAYOUTS["xlsx"](paper_of(bars=160), "")
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        heights = [int(one) for one in re.findall(r'ext cx="\d+" cy="(\d+)"', package.read("xl/drawings/drawing1.xml").decode())]
    assert len(heights) > 5 and max(heights) <= 15 * 360_000


def test_charts_are_drawn_from_cells_of_the_workbook(paper: Paper, content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    drawn = [one for part in paper.parts for one in part.charts if not is_empty(one)]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        charts = [ElementTree.fromstring(package.read(f"xl/charts/chart{n}.xml")) for n in range(1, len(drawn) + 1)]
        said = package.read("xl/drawings/drawing1.xml").decode()
    assert len(drawn) >= 3
    references = 0
    for chart in charts:
        for kind, cache in (("numRef", "numCache"), ("strRef", "strCache")):
            for one in chart.iter(f"{C}{kind}"):
                sheet, cells = (one.findtext(f"{C}f") or "").split("!")
                there = [_cached(cell.value) for row in book[sheet.strip("'")][cells.replace("$", "")] for cell in _cells(row)]
                cached = [each.findtext(f"{C}v") for each in one.iter(f"{C}pt")]
                assert [str(value) for value in there if value is not None] == cached and one.find(f"{C}{cache}") is not None
                references += 1
    assert references > 20
    names, descriptions = (re.findall(r'cNvPr id="\d+" name="([^"]+)" descr="([^"]+)"', said)[n] for n in (0, 1))
    assert names[0] == drawn[0].title and drawn[1].described.startswith(descriptions[1][:40])


def _cached(value: Any) -> Any:
    """Returns a value as a chart stores it. A date is a number of days."""
    return (value.date() - date(1899, 12, 30)).days if isinstance(value, datetime) else value


def _cells(row: Any) -> tuple[Any, ...]:
    return row if isinstance(row, tuple) else (row,)


def test_each_sheet_is_printed_one_page_wide(content: bytes) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.page_setup.orientation == "landscape"


def test_two_libraries_can_read_a_file_from_small_workbook() -> None:
    sheet = Sheet(title="a & b", columns=[Column(title="On <x>"), Column(title="=1")], rows=[["1 May", 3], ["&", None]])
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(small_workbook(sheet)))["a & b"]]
    assert rows == [["On <x>", "'=1"], ["1 May", 3], ["&", None]]
    other = python_calamine.load_workbook(io.BytesIO(small_workbook(sheet))).get_sheet_by_name("a & b")
    assert other.to_python()[1] == ["1 May", 3]
