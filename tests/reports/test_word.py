"""Tests the Word document of a report: headings, contents, and charts with their numbers. Also tests a council's own template,
which is a file that the program can't trust.
"""

import io
import zipfile
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import docx
import openpyxl
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from monitor.cqc.reader import Limits
from monitor.cqc.word_template import LARGEST, check, in_template
from monitor.errors import UsageError
from monitor.reports.charts import is_empty
from monitor.reports.paper import Bars, Chart, Paper, dump_paper, load_paper
from monitor.reports.quality import area_paper
from monitor.reports.word import as_docx
from tests.reports.test_findings import any_report

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module")
def paper() -> Paper:
    return area_paper(any_report(12))


@pytest.fixture(scope="module")
def made(paper: Paper) -> bytes:
    return as_docx(paper, "")


def charts_of(paper: Paper) -> list[Chart]:
    return [one for part in paper.parts for one in part.charts if not is_empty(one)]


def headings(document: Any) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == "Heading 1"]


def test_a_word_document_has_a_heading_for_each_part_and_a_filled_contents_list(paper: Paper, made: bytes) -> None:
    document = docx.Document(io.BytesIO(made))
    parts = [one.heading for one in paper.parts]
    assert headings(document) == parts
    contents = [one for one in document.paragraphs if one.style is not None and one.style.name == "toc 1"]
    assert [link.text for one in contents for link in one.hyperlinks] == parts
    bookmarks = {one.get(qn("w:name")) for one in document.element.iter(qn("w:bookmarkStart"))}
    links = [one.get(qn("w:anchor")) for one in document.element.iter(qn("w:hyperlink"))]
    assert set(links) <= bookmarks and len(links) > len(parts)
    fields = [one.text for one in document.element.iter(qn("w:instrText"))]
    assert any(one and one.strip().startswith("TOC") for one in fields)
    kinds = [one.get(qn("w:fldCharType")) for one in document.element.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    footer = document.sections[0].footer._element
    assert [one.text.strip() for one in footer.iter(qn("w:instrText"))] == ["PAGE"]


def test_a_word_document_contains_each_finding(paper: Paper, made: bytes) -> None:
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(made)).paragraphs)
    assert all(str(one) in text for one in paper.findings)


def test_charts_of_a_word_document_are_drawn_from_numbers_in_the_document(paper: Paper, made: bytes) -> None:
    """Word draws a chart from the numbers stored in the chart. “Edit data” opens the workbook, which has the same numbers."""
    charts = charts_of(paper)
    assert len(charts) >= 3
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        names = package.namelist()
        for n, chart in enumerate(charts, 1):
            tree = ElementTree.fromstring(package.read(f"word/charts/chart{n}.xml"))
            cached = [[point.findtext(f"{C}v") for point in one.iter(f"{C}pt")] for one in tree.iter(f"{C}numCache")]
            if isinstance(chart, Bars):
                by_mark = [{piece.mark: piece.percent for piece in bar.pieces} for bar in chart.bars]
                assert cached == [[str(one.get(mark, 0)) for one in by_mark] for mark in chart.marks]
            else:
                assert cached == [[str(one) for one in line.percents if one is not None] for line in chart.lines]
            book = openpyxl.load_workbook(io.BytesIO(package.read(f"word/embeddings/chart{n}.xlsx")))
            columns = list(zip(*book["chart"].iter_rows(min_row=2, values_only=True), strict=True))[1:]
            assert [[str(one) for one in column if one is not None] for column in columns] == cached
            assert tree.find(f"{C}externalData") is not None
            assert f"word/charts/_rels/chart{n}.xml.rels" in names
    document = docx.Document(io.BytesIO(made))
    said = [(one.get("title"), one.get("descr")) for one in document.element.iter(qn("wp:docPr"))]
    assert said == [(chart.title, chart.described) for chart in charts]


def test_bars_and_lines_of_charts_can_be_distinguished_without_colours(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        bars, lines = (ElementTree.fromstring(package.read(f"word/charts/chart{n}.xml")) for n in (1, 4))
    looks = [ElementTree.tostring(one) for series in bars.iter(f"{C}ser") for one in series.findall(f"{C}spPr")]
    patterns = [one.get("prst") for one in bars.iter(f"{A}pattFill")]
    assert len(set(looks)) == len(looks) and len(patterns) == len(set(patterns)) >= len(looks) - 1
    dash = f"{A}ln/{A}prstDash"
    dashes = [one.get("val") for series in lines.iter(f"{C}ser") for one in series.findall(f"{C}spPr/{dash}")]
    marks = [one.get("val") for one in lines.iter(f"{C}symbol")]
    assert len(set(dashes)) == len(dashes) == len(set(marks)) == len(marks) >= 3


# ── the template of a council ────────────────────────────────────────────────────────────────────────────────────────────


def template(change: Callable[[Any], None] = lambda _: None) -> bytes:
    """Returns a template with its own heading, text, header and style."""
    document = docx.Document()
    styles: Any = document.styles
    styles["Heading 1"].font.color.rgb = RGBColor(0, 0x70, 0x3C)
    document.add_paragraph("REPORT OF THE DIRECTOR")
    document.sections[0].header.paragraphs[0].text = "Anytown Council"
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rewritten(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for one in before.namelist():
            after.writestr(one, change(before.read(one)) if one == name else before.read(one))
    return out.getvalue()


def test_a_paper_does_not_change_when_it_is_sent_to_another_process(paper: Paper) -> None:
    assert load_paper(dump_paper(paper)) == paper


def test_a_document_has_the_styles_the_header_and_the_text_of_its_template(paper: Paper) -> None:
    document: Any = docx.Document(io.BytesIO(in_template(paper, template())))
    assert document.paragraphs[0].text == "REPORT OF THE DIRECTOR"
    assert document.styles["Heading 1"].font.color.rgb == RGBColor(0, 0x70, 0x3C)
    assert headings(document) == [one.heading for one in paper.parts]
    assert {one.header.paragraphs[0].text for one in document.sections} == {"Anytown Council"}
    assert [one.page_width > one.page_height for one in document.sections] == [False, True]
    assert len(document.tables) == sum(bool(one.rows) for one in paper.tables)


def test_a_template_without_the_usual_styles_can_be_used(paper: Paper) -> None:
    def bare(document: Any) -> None:
        for name in ("List Bullet", "Caption", "Table Grid", "Heading 1", "Title"):
            document.styles[name].delete()
        document.styles.add_style("House style", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(11)

    document: Any = docx.Document(io.BytesIO(in_template(paper, template(bare))))
    assert [one.text for one in document.paragraphs if one.text.startswith("• ")]
    assert all(one._tbl.tblPr.find(qn("w:tblBorders")) is not None for one in document.tables)
    assert headings(document) == []


RELS = "word/_rels/document.xml.rels"
IMAGE = (
    b'<Relationship Id="rId99" TargetMode="External" Target="http://evil.example/a.png" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        pytest.param(lambda: b"", "is not a Word document, or it is damaged", id="an empty file"),
        pytest.param(lambda: b"PK\x03\x04 and no more", "is not a Word document, or it is damaged", id="a damaged file"),
        pytest.param(lambda: b"{\\rtf1 hello}", "is not a Word document, or it is damaged", id="a file of another format"),
        pytest.param(
            lambda: rewritten(template(), "[Content_Types].xml", lambda one: one.replace(b"document.main", b"template.main")),
            "save the template as .docx",
            id="a template in the format .dotx",
        ),
        pytest.param(
            lambda: rewritten(template(), "[Content_Types].xml", lambda one: one + b"<!-- macroEnabled -->"),
            "contains macros",
            id="a file with macros",
        ),
        pytest.param(
            lambda: rewritten(template(), RELS, lambda one: one.replace(b"</Relationships>", IMAGE)),
            "stored elsewhere",
            id="a linked picture on another machine",
        ),
        pytest.param(
            lambda: rewritten(template(), "word/document.xml", lambda _: b"<w:document"), "is damaged",
            id="a file with a part that is not XML",
        ),
        pytest.param(
            lambda: rewritten(template(), "docProps/core.xml", lambda _: b"x" * 30_000_000),
            "is too large",
            id="a file that unpacks to a very large file",
        ),
        pytest.param(lambda: b"x" * (LARGEST + 1), "is over 10 MB", id="a file that is too large"),
    ],
)
def test_an_unusable_template_is_refused_with_a_clear_message(raw: Callable[[], bytes], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        check(raw(), file="house.docx")


def test_a_template_is_read_within_limits(paper: Paper) -> None:
    with pytest.raises(UsageError, match="too heavy"):
        in_template(paper, template(), limits=Limits(clock=0.01))


def test_the_path_of_the_file_from_which_a_template_was_made_is_removed(paper: Paper) -> None:
    """Otherwise Word would try to fetch the file from this path each time somebody opens the report."""

    def attached(document: Any) -> None:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
        relation = document.part.part_related_by(RT.SETTINGS).relate_to("file:///house/corporate.dotx", kind, is_external=True)
        one = OxmlElement("w:attachedTemplate")
        one.set(qn("r:id"), relation)
        document.settings.element.append(one)

    made = in_template(paper, template(attached))
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert not any(b"corporate.dotx" in package.read(one) for one in package.namelist())
        assert b"attachedTemplate" not in package.read("word/settings.xml")
