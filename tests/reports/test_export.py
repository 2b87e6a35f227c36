"""Tests a paper as text, HTML, CSV, XLSX and DOCX. All formats have the same content. Hostile
names stay plain text.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from selectolax.lexbor import LexborHTMLParser

from monitor.events import Event, Kind
from monitor.register.entries import sector
from monitor.register.filed import files_of
from monitor.register.movements import Holder, Standing, known
from monitor.reports.area import Comparators, Survey, area_report
from monitor.reports.asked import asked
from monitor.reports.charts import is_empty
from monitor.reports.document import provider_paper, signs_paper
from monitor.reports.export import LAYOUTS, MEDIA
from monitor.reports.paper import Bars, Paper
from monitor.reports.provider import provider_report, signs
from monitor.reports.quality import area_paper

TODAY = date(2026, 11, 22)
FILES = files_of([date(2020, 1, 1), TODAY])
HOSTILE = '=HYPERLINK("http://evil.example") <script>alert(1)</script> \u202eevil\ufffe'
BASE = "https://www.cqc.org.uk"


def standing(location_id: str, overall: str | None, **said: Any) -> Standing:
    values: dict[str, Any] = {
        "as_of": date(2026, 11, 5),
        "listed": True,
        "name": HOSTILE,
        "authority": "Leicestershire",
        "types": ("Residential homes",),
        "beds": 1200,
        "provider_id": "1-100000001",
        "provider_name": HOSTILE,
        "brand": None,
        "registered_on": date(2015, 1, 1),
        "key_questions": (overall,) * 5,
        "published": date(2026, 10, 20) if overall else None,
    } | said
    return Standing(location_id=location_id, overall=overall, sector=sector(values["types"]), **values)


SERVICES = (
    standing("1-300000001", "inadequate"),
    standing("1-300000002", "good", published=date(2021, 1, 1)),
    standing("1-300000003", None, types=("Homecare agencies",), beds=None),
    standing("1-300000004", "outstanding", authority="Devon"),
)
FALL = Event(
    id="e1",
    location_id="1-300000001",
    name=HOSTILE,
    kind=Kind.DOWNGRADED,
    of="overall",
    from_="good",
    to="inadequate",
    published=date(2026, 10, 20),
    observed_at=datetime(2026, 10, 21, 9, tzinfo=UTC),
)


def paper_of_an_area() -> Paper:
    survey = Survey(known(SERVICES, []), [FALL], asked(TODAY))
    against = Comparators(name="neighbours", authorities=("Devon", "Rutland"))
    return area_paper(area_report(survey, "Leicestershire", against, ["1-300000001"]))


def paper_of_a_provider() -> Paper:
    holder = Holder(key="1-100000001", name=HOSTILE, kind="provider", services=4)
    return provider_paper(provider_report(holder, SERVICES, {}, [FALL], today=TODAY, files=FILES))


def paper_of_signs() -> Paper:
    survey = Survey(known(SERVICES, []), [FALL], asked(TODAY))
    return signs_paper(signs(SERVICES, survey.moved(), area=None, today=TODAY, files=survey.known.files))


PAPERS = pytest.mark.parametrize(
    "paper",
    [
        pytest.param(paper_of_an_area, id="area"),
        pytest.param(paper_of_a_provider, id="provider"),
        pytest.param(paper_of_signs, id="signs"),
    ],
)


def tables_of_html(content: bytes) -> list[list[list[str]]]:
    page = LexborHTMLParser(content)
    return [[[cell.text(strip=True) for cell in row.css("th, td")] for row in one.css("tr")] for one in page.css("table")]


def tables_of_docx(content: bytes) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in one.rows] for one in docx.Document(io.BytesIO(content)).tables]


@PAPERS
def test_every_layout_contains_every_table(paper: Callable[[], Paper]) -> None:
    made = paper()
    filled = [one for one in made.tables if one.rows]
    contents = {name: layout(made, BASE) for name, layout in LAYOUTS.items()}
    assert contents.keys() == MEDIA.keys()
    html, word = tables_of_html(contents["html"]), tables_of_docx(contents["docx"])
    assert [[len(row) for row in one] for one in html] == [[len(one.columns) + 1] * (len(one.rows) + 1) for one in filled]
    assert [[len(row) for row in one] for one in word] == [[len(one.columns) + 1] * (len(one.rows) + 1) for one in filled]
    book = openpyxl.load_workbook(io.BytesIO(contents["xlsx"]))
    found, charts = ["Findings"] * bool(made.findings), [one for part in made.parts for one in part.charts if not is_empty(one)]
    numbers = [f"Chart {n}" for n in range(1, len(charts) + 1)]
    first = ["Charts"] * bool(charts)
    assert book.sheetnames == [*first, *found, *(one.key for one in made.tables), *numbers, "Notes"]
    lines = list(csv.DictReader(io.StringIO(contents["csv"].decode("utf-8-sig"))))
    assert len(lines) == sum(len(one.columns) * len(one.rows) for one in made.tables) + 2 * len(made.findings)
    text = contents["text"].decode()
    assert all(one.title in text for one in made.tables)


def test_a_title_of_any_length_fits_every_layout() -> None:
    holder = Holder(key="1-100000001", name="Larch " * 100, kind="provider", services=0)
    made = provider_paper(provider_report(holder, (), {}, [], today=TODAY, files=FILES))
    assert all(layout(made, BASE) for layout in LAYOUTS.values())


@PAPERS
def test_hostile_names_stay_text(paper: Callable[[], Paper]) -> None:
    made = paper()
    contents = {name: layout(made, BASE) for name, layout in LAYOUTS.items()}
    for content in (contents["text"], contents["html"], contents["csv"]):
        assert "\u202e" not in content.decode("utf-8-sig")
    assert b"<script" not in contents["html"] and b"&lt;script&gt;" in contents["html"]
    for row in csv.reader(io.StringIO(contents["csv"].decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "@")) for cell in row)
    book = openpyxl.load_workbook(io.BytesIO(contents["xlsx"]))
    values = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert not any(cell.data_type == "f" for cell in values) and any("HYPERLINK" in cell.value for cell in values)
    with zipfile.ZipFile(io.BytesIO(contents["docx"])) as package:
        assert b"evil" in package.read("word/document.xml") and b"fldSimple" not in package.read("word/document.xml")


def test_the_html_page_loads_nothing_from_elsewhere() -> None:
    """The page has only links, to CQC's pages about services."""
    page = LexborHTMLParser(LAYOUTS["html"](paper_of_an_area(), BASE))
    assert not page.css("script, link, img, iframe, object, form")
    links = {one.attributes["href"] for one in page.css("a")}
    assert {one for one in links if one and not one.startswith("#")} == {f"{BASE}/location/1-300000001"}
    assert {one[1:] for one in links if one and one.startswith("#")} <= {one.id for one in page.css("table")}
    assert page.html and "url(http" not in page.html and "@import" not in page.html
    assert len(page.css("h1")) == 1 and [one.attributes["lang"] for one in page.css("html")] == ["en-GB"]


def text_of(page: LexborHTMLParser, element_id: str | None) -> str:
    (found,) = page.css(f"[id='{element_id}']")
    return found.text()


def test_charts_have_a_name_a_description_and_patterns_beside_colours() -> None:
    made = paper_of_an_area()
    page = LexborHTMLParser(LAYOUTS["html"](made, BASE))
    charts = page.css("svg[role=img]")
    assert len(charts) == 4
    for chart in charts:
        for attribute in ("aria-labelledby", "aria-describedby"):
            assert text_of(page, chart.attributes[attribute])
    fills = {piece.attributes["fill"] for piece in page.css("rect.piece")}
    patterns = {f"url(#{one.id})" for one in page.css("pattern")}
    assert {"url(#p-inadequate)", "url(#p-good)", "url(#p-outstanding)", "url(#p-unrated)"} <= fills <= patterns
    described = text_of(page, "ratings-text")
    assert "Leicestershire, care homes: good 50%, inadequate 50%, of 2." in described
    assert "Comparators, community-based: no services." in described
    bars = [bar for part in made.parts for chart in part.charts if isinstance(chart, Bars) for bar in chart.bars if bar.pieces]
    assert all(abs(sum(piece.length for piece in bar.pieces) - 100) < 0.01 for bar in bars)


def test_a_workbook_has_numeric_cells_and_two_columns_for_a_share() -> None:
    book = openpyxl.load_workbook(io.BytesIO(LAYOUTS["xlsx"](paper_of_an_area(), BASE)))
    ratings = [[cell.value for cell in row] for row in book["Ratings"].iter_rows(max_row=7)]
    assert ratings[0][:3] == ["Rating", "Leicestershire: care homes", "Leicestershire: care homes, %"]
    assert [row[:3] for row in ratings[1:]] == [
        ["Outstanding", 0, 0],
        ["Good", 1, 50],
        ["Requires improvement", 0, 0],
        ["Inadequate", 1, 50],
        ["Unrated", 0, 0],
        ["All", 2, None],
    ]
    assert book["Ratings"].freeze_panes == "B2"
    assert book["Beds"]["B2"].value == 0 and book["Beds"]["B3"].value == 2400


def test_each_row_of_the_csv_file_gives_a_number_and_its_total() -> None:
    lines = list(csv.DictReader(io.StringIO(LAYOUTS["csv"](paper_of_an_area(), BASE).decode("utf-8-sig"))))
    (good,) = [
        one
        for one in lines
        if (one["table"], one["area"], one["sector"], one["row"]) == ("Ratings now", "Leicestershire", "Care homes", "Good")
    ]
    assert (good["number"], good["per cent"], good["of"], good["words"]) == ("1", "50", "2", "")
    nothing = [one for one in lines if one["table"] == "Ratings now" and one["of"] == "0"]
    assert nothing and {one["per cent"] for one in nothing} == {""}


def test_a_word_document_has_real_headings_and_table_heads_that_are_repeated() -> None:
    document = docx.Document(io.BytesIO(LAYOUTS["docx"](paper_of_an_area(), BASE)))
    styles = {one.style.name for one in document.paragraphs if one.style is not None}
    assert {"Title", "Heading 1", "Caption"} <= styles
    for table in document.tables:
        assert table.style is not None and table.style.name == "Table Grid"
        assert table.rows[0]._tr.trPr is not None and table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert document.core_properties.title == "Quality of care in Leicestershire"


def test_text_fits_a_terminal_and_shows_no_percentage_of_zero_services() -> None:
    text = LAYOUTS["text"](paper_of_an_area(), BASE).decode()
    assert max(map(len, text.splitlines())) <= 160
    numbers = text[text.index("\nRatings now\n") : text.index("\nRatings at the beginning")]
    assert "0 (–)" in numbers and not re.search(r"nan|None", text.replace("None.", ""))
    assert "1,200" in text or "2,400" in text
