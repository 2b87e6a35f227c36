"""Writes a paper as a Word document, with Word's own styles, charts that Word draws, and a contents list. Pure.

The styles may come from a council's own template, in which this module finds the styles by name. A template can't be trusted.
Therefore a document with a template is written only in the process for untrusted files.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING, Any

from monitor.errors import Unreadable
from monitor.reports.cells import small_workbook
from monitor.reports.charts import FONT, WIDTH, drawing_of, fitted, height, is_empty, sheet_of
from monitor.reports.paper import Chart, Finding, Paper, Part, Table
from monitor.reports.word_about import say_about
from monitor.reports.word_check import check_loads
from monitor.reports.word_tables import Looks, grid
from monitor.text import plain

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

TITLE, HEADING, CAPTION, BULLET, GRID, CONTENTS = "Title", "Heading 1", "Caption", "List Bullet", "Table Grid", "toc 1"
"""The names of the styles that are used. If a template lacks one of these styles, plain formatting is used."""

MOST_BYTES, MOST_PARTS = 20_000_000, 500
"""The most bytes and the most files in an unpacked template."""

_EMU, _TWIP = 360_000, 635
"""How many EMUs (Word's units of length) a centimetre and a twip have."""

_LINE, _ABOVE, _ACROSS = 0.65, 2.4, 105
"""Estimates. In cm, _LINE is the height of a line of text, and _ABOVE the height of a heading with the space around it. _ACROSS
is the number of letters in a line on a landscape page."""

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def as_docx(
    paper: Paper, base_url: str, template: bytes | None = None, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> bytes:
    """Returns the document: title, introduction, contents and findings, then charts and tables on landscape pages. If there is a
    template, the paper comes after the template's own text. `now` returns the time at which the document is made. Raises
    Unreadable if the template can't be used."""
    from docx import Document

    document = Document() if template is None else _opened(template)
    if template is None:
        _usual(document)
    say_about(document, now(), "cqc-monitor")
    about = document.core_properties
    # A property has at most 255 characters.
    about.title, about.author, about.comments, about.language = plain(paper.title)[:255], "cqc-monitor", "", "en-GB"
    _Writer(document, paper, is_any_font=template is not None).write()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Writer:
    """Writes one paper at the end of a document."""

    def __init__(self, document: "Word", paper: Paper, *, is_any_font: bool) -> None:
        self._document, self._paper, self._is_any_font = document, paper, is_any_font
        self._styles = {one.name: one.style_id for one in document.styles}
        self._marks = 0  # the number of bookmarks so far
        self._charts = 0
        self._room = _Room()

    def write(self) -> None:
        """Writes the whole paper."""
        paper = self._paper
        self._text(paper.title, TITLE)
        for line in paper.lines:
            self._text(line)
        self._contents()
        parts = list(enumerate(paper.parts))
        for n, part in parts:
            if part.findings:
                self._part(n, part)
        self._room = _across(self._document)
        for n, part in parts:
            if not part.findings:
                self._part(n, part)

    def _part(self, n: int, part: Part) -> None:
        charts = [one for one in part.charts if not is_empty(one)]
        above = [self._head(part.heading, n), *map(self._text, part.lines)]
        if charts or part.tables:
            _keep_with_next(above[0], above[-1])
        for finding in part.findings:
            self._found(finding)
        for m, chart in enumerate(charts):
            # The first chart must fit on the page below the heading and the last line.
            lines = ceil(len(part.lines[-1]) / _ACROSS) + 1 if part.lines and m == 0 else 0
            most = self._room.high / _EMU - _ABOVE - lines * _LINE
            for each in fitted(chart, most):
                self._chart(each, most)
        for table in part.tables:
            self._table(table)

    def _text(self, text: str, style: str | None = None) -> "Paragraph":
        known = self._styles.get(style) if style else None
        bullet = "• " if style == BULLET and known is None else ""
        paragraph = self._document.add_paragraph(bullet + plain(text))
        if known is not None:
            paragraph._p.style = known  # the style's id, because finding a style by name takes long
        if style in (TITLE, HEADING, CAPTION) and known is None:
            for run in paragraph.runs:
                run.bold = True
        return paragraph

    def _head(self, text: str, n: int) -> "Paragraph":
        paragraph = self._text(text, HEADING)
        self._bookmark(paragraph, f"_Toc{n + 1:06}")
        return paragraph

    def _bookmark(self, paragraph: "Paragraph", name: str) -> None:
        self._marks += 1
        begin, end = _element("w:bookmarkStart", id=self._marks, name=name), _element("w:bookmarkEnd", id=self._marks)
        paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, begin)
        paragraph._p.append(end)

    def _contents(self) -> None:
        """Writes the list of contents as a field that Word can update. The list has no page numbers, because only Word knows the
        pages."""
        for run in self._text("Contents").runs:
            run.bold = True
        heads = [part.heading for part in self._paper.parts]
        for n, heading in enumerate(heads):
            paragraph = self._text("", CONTENTS)
            if n == 0:
                _field(paragraph, 'TOC \\o "1-1" \\h \\z \\u')
            link = _element("w:hyperlink", anchor=f"_Toc{n + 1:06}", history="1")
            link.append(paragraph.add_run(plain(heading))._r)
            paragraph._p.append(link)
            if n == len(heads) - 1:
                _character(paragraph, "end")

    def _found(self, finding: Finding) -> None:
        paragraph = self._text(str(finding), BULLET)
        for n, key in enumerate(finding.tables):
            paragraph.add_run(" [" if n == 0 else "; ")
            link = _element("w:hyperlink", anchor=_mark_of(key), history="1")
            link.append(paragraph.add_run(plain(self._paper.title_of(key)))._r)
            paragraph._p.append(link)
        if finding.tables:
            paragraph.add_run("]")

    def _chart(self, chart: Chart, most: float) -> None:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part as File

        self._charts += 1
        package, number = self._document.part.package, _free(self._document, self._charts)
        numbers = sheet_of(chart)
        book = File(PackURI(f"/word/embeddings/chart{number}.xlsx"), _BOOK, small_workbook(numbers), package)
        drawn = File(PackURI(f"/word/charts/chart{number}.xml"), _CHART, drawing_of(chart, numbers), package)
        drawn.relate_to(book, f"{_RELATION}/package")
        relation = self._document.part.relate_to(drawn, f"{_RELATION}/chart")
        paragraph = self._text("")
        paragraph.paragraph_format.keep_with_next = False
        size = min(self._room.wide, int(WIDTH * _EMU)), int(height(chart, most) * _EMU)
        paragraph.add_run()._r.append(_inline(chart, relation, self._charts, size))

    def _table(self, table: Table) -> None:
        from docx.shared import Pt

        caption = self._text(table.title, CAPTION)
        caption.paragraph_format.space_before = Pt(14)
        _keep_with_next(caption)
        self._bookmark(caption, _mark_of(table.key))
        if not table.rows:
            self._text("None.")
            return
        heads = [table.first, *(one.heading for one in table.columns)]
        right = [False, *(one.is_number for one in table.columns)]
        texts = [heads, *([row.label, *map(str, row.cells)] for row in table.rows)]
        looks = Looks(wide=self._room.wide // _TWIP, style=self._styles.get(GRID), is_any_font=self._is_any_font)
        self._document.element.body.insert(-1, grid(texts, right, looks))
        notes = [self._text(note) for note in table.notes]
        for paragraph in notes:
            paragraph.paragraph_format.space_before = Pt(3)
            for run in paragraph.runs:
                run.font.size = Pt(9)
        _keep_with_next(*notes[:-1])
        if not notes:
            self._after()

    def _after(self) -> None:
        """Writes the paragraph that Word needs after a table. The paragraph is so small that it always fits on the table's
        page."""
        from docx.enum.text import WD_LINE_SPACING
        from docx.shared import Pt

        paragraph = self._text("")
        about = paragraph.paragraph_format
        about.space_before = about.space_after = Pt(0)
        about.line_spacing_rule, about.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
        # The paragraph mark sets the font size of an empty paragraph.
        mark = _element("w:rPr")
        mark.append(_element("w:sz", val=2))
        paragraph._p.get_or_add_pPr().append(mark)


# ── the template ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _opened(template: bytes) -> "Word":
    """Opens a template as a document. Raises Unreadable, with what is wrong, if the template can't be used."""
    import zipfile

    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with zipfile.ZipFile(io.BytesIO(template)) as package:
            files = package.infolist()
            if len(files) > MOST_PARTS or sum(one.file_size for one in files) > MOST_BYTES:
                raise Unreadable("it is too large: leave out pictures that the template does not need")
            kinds = package.read("[Content_Types].xml").decode("utf-8", "replace")
        if "macroEnabled" in kinds or "vbaProject" in kinds:
            raise Unreadable("it contains macros: save it as a Word document (.docx)")
        if _MAIN not in kinds:
            raise Unreadable("it is not a Word document: save the template as .docx")
        document = Document(io.BytesIO(template))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError):
        raise Unreadable("it is not a Word document, or it is damaged: save it again as .docx") from None
    check_loads(document)
    return document


def _usual(document: "Word") -> None:
    """Sets the layout of a document without a template: A4, a common font, page numbers, and space above captions."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    styles: Any = document.styles
    for name in ("Normal", TITLE, HEADING, CAPTION):
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(_name(f"w:{script}"), FONT)
    styles["Normal"].font.size = Pt(11)
    styles.add_style(CONTENTS, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles[CONTENTS].paragraph_format.space_after = Pt(2)
    styles[CAPTION].paragraph_format.space_before, styles[CAPTION].paragraph_format.space_after = Pt(14), Pt(4)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _field(footer, "PAGE")
    footer.add_run("1")
    _character(footer, "end")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """The space between a page's margins, in EMU."""

    wide: int = 0
    high: int = 0


def _across(document: "Word") -> _Room:
    """Begins a section of landscape pages. Returns the space between the margins."""
    from docx.enum.section import WD_ORIENT, WD_SECTION

    section = document.add_section(WD_SECTION.NEW_PAGE)
    low, high = sorted((section.page_width or 0, section.page_height or 0))
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = high, low
    header, footer = (_height_of([getattr(one, name) for one in document.sections]) for name in ("header", "footer"))
    top = max(section.top_margin or 0, (section.header_distance or 0) + header)
    bottom = max(section.bottom_margin or 0, (section.footer_distance or 0) + footer)
    wide = high - (section.left_margin or 0) - (section.right_margin or 0)
    return _Room(wide=int(wide), high=max(int(low - top - bottom), int(low) // 3))


def _height_of(margins: Sequence[Any]) -> int:
    """Returns the approximate height of the last section's header or footer, in EMU. `margins` are all sections' headers, or all
    sections' footers. A section without its own header or footer uses that of the section before."""
    own = [one._element for one in margins if not one.is_linked_to_previous]
    if not own:
        return 0
    lines = int(len(own[-1].xpath(".//w:p")) * _LINE * _EMU)
    return lines + sum(int(one.get("cy", 0)) for one in own[-1].xpath(".//wp:inline/wp:extent"))


# ── elements ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(tag))


def _element(tag: str, **attributes: object) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(_name(f"w:{name}"), str(value))
    return made


def _keep_with_next(*paragraphs: "Paragraph") -> None:
    for one in paragraphs:
        one.paragraph_format.keep_with_next = True


def _character(paragraph: "Paragraph", kind: str) -> None:
    paragraph.add_run()._r.append(_element("w:fldChar", fldCharType=kind))


def _field(paragraph: "Paragraph", instruction: str) -> None:
    """Begins a field. The caller must then write the field's value, and the character "end"."""
    _character(paragraph, "begin")
    code = _element("w:instrText")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    _character(paragraph, "separate")


def _mark_of(key: str) -> str:
    """Returns the name of a table's bookmark, which has at most 40 letters, digits and underscores."""
    return "table_" + "".join(c if c.isalnum() else "_" for c in key.lower())[:34]


def _free(document: "Word", number: int) -> int:
    """Returns a number that no chart of the template uses: `number`, or a higher number."""
    taken = [str(part.partname) for part in document.part.package.iter_parts()]
    while any(f"chart{number}." in name for name in taken):
        number += 1
    return number


def _inline(chart: Chart, relation: str, number: int, size: tuple[int, int]) -> Any:
    """Returns the XML that shows a chart in a line of text, with the chart's alternative text."""
    from xml.sax.saxutils import quoteattr

    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    said = f"title={quoteattr(plain(chart.title))} descr={quoteattr(plain(chart.described))}"
    return parse_xml(
        f'<w:drawing {nsdecls("w", "wp", "a", "c", "r")}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{size[0]}" cy="{size[1]}"/><wp:docPr id="{1000 + number}" name="Chart {number}" {said}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_C}"><c:chart r:id="{relation}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
