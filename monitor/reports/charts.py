"""Makes charts for Excel and Word. Excel and Word draw the charts from the numbers in the file. Pure.

Patterns, dashes and marks distinguish the parts of a chart even without colours. A chart also contains a copy of its numbers, so
that a program can draw it without opening the workbook.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from monitor.register.movements import UNRATED
from monitor.reports.cells import PAGE, Column, Sheet, Value
from monitor.reports.paper import Bars, Chart, Lines
from monitor.reports.past import NOT_KNOWN
from monitor.text import plain, sentence

if TYPE_CHECKING:
    from openpyxl.chart._chart import ChartBase

_FILLS: Mapping[str, tuple[str | None, str, str]] = {
    "outstanding": ("pct10", "FFFFFF", "1D5A96"),
    "good": (None, "", "6FB894"),
    "requires improvement": ("wdUpDiag", "0B0C0C", "FFE27A"),
    "inadequate": ("diagCross", "FFFFFF", "A32626"),
    UNRATED: ("ltVert", "8C8F90", "FFFFFF"),
    NOT_KNOWN: (None, "", "FFFFFF"),
}
"""For each mark: a pattern (None for plain), the pattern's foreground, and the colour."""

_LINES = (
    *(("solid", "circle", "0B0C0C"), ("dash", "square", "1D5A96")),
    *(("sysDot", "triangle", "A32626"), ("dashDot", "diamond", "505A5F")),
)
"""For each line of a chart: its dash, its mark and its colour."""

_LABELLED = '[>=7]0"%";""'
"""A number format that shows a percentage only if the bar has enough room for the label."""

_DAY = "d mmmm yyyy"
"""The date format on an axis of days."""

WIDTH, BAR, LEAST, AROUND, LINES = 24.0, 0.8, 0.5, 3.2, 10.0
"""Lengths in cm: a chart's width, a bar's height, a bar's least height, the space around the bars, and a line chart's height."""

FONT = "Arial"
"""The font of charts and documents. Every machine has this font, or a font with the same widths."""

_KEPT = "chart"
"""The name of the sheet with a chart's numbers, in a document's workbook."""


def is_empty(chart: Chart) -> bool:
    """Whether there is nothing to draw."""
    if isinstance(chart, Bars):
        return not chart.marks
    return all(percent is None for line in chart.lines for percent in line.percents)


def height(chart: Chart, most: float) -> float:
    """Returns the height of a chart in cm, at most `most`."""
    return min(len(chart.bars) * BAR + AROUND if isinstance(chart, Bars) else LINES, most)


def fitted(chart: Chart, most: float) -> list[Chart]:
    """Returns a chart, split into several charts if necessary, so that each is legible with a height of at most `most` cm."""
    room = max(int((most - AROUND) / LEAST), 8)
    if not isinstance(chart, Bars) or len(chart.bars) <= room:
        return [chart]
    count = ceil(len(chart.bars) / room)
    each = ceil(len(chart.bars) / count)
    return [
        replace(chart, title=f"{chart.title} ({n + 1} of {count})", bars=chart.bars[n * each : (n + 1) * each])
        for n in range(count)
    ]


def sheet_of(chart: Chart, title: str = _KEPT) -> Sheet:
    """Returns the numbers of a chart as a table. Each bar or day has a row. Each line, or each part of the bars, has a column. In
    a document's workbook, which has no formatting, days are words. Otherwise, days are dates."""
    rows: list[list[Value]] = []
    if isinstance(chart, Bars):
        heads = [sentence(mark) for mark in chart.marks]
        for one in chart.bars:
            percents = {piece.mark: piece.percent for piece in one.pieces}
            rows.append([f"{plain(one.label)} (of {one.of:,})", *(percents.get(mark, 0) for mark in chart.marks)])
    else:
        heads = [line.label for line in chart.lines]
        days: Sequence[Value] = chart.days if title == _KEPT else chart.dates
        rows = [[on, *(line.percents[n] for line in chart.lines)] for n, on in enumerate(days)]
    first = Column(title="Per cent of services", width=40) if isinstance(chart, Bars) else Column(title="On")
    return Sheet(title=title, columns=[first, *(Column(title=plain(one)) for one in heads)], rows=rows)


def native(chart: Chart, numbers: Sheet, most: float = PAGE) -> "ChartBase":
    """Returns a chart of the numbers in a sheet, for openpyxl. The chart is at most `most` cm high."""
    from openpyxl.chart import BarChart, LineChart

    rows = [list(row) for row in numbers.rows]
    made = BarChart() if isinstance(chart, Bars) else LineChart()
    if isinstance(chart, Bars):
        made.type, made.grouping, made.overlap, made.gapWidth = "bar", "stacked", 100, 40
        made.x_axis.scaling.orientation = "maxMin"
    made.y_axis.scaling.min, made.y_axis.scaling.max, made.y_axis.number_format = 0, 100, '0"%"'
    made.x_axis.delete = made.y_axis.delete = False
    if isinstance(chart, Lines):
        made.x_axis.number_format = _DAY
    made.x_axis.tickLblSkip = 1  # each bar and day has its label
    made.title, made.legend.position = plain(chart.title), "b"
    made.title.tx.rich.p[0].pPr = _letters(1200).p[0].pPr
    made.x_axis.txPr, made.y_axis.txPr, made.legend.txPr = (_letters(900) for _ in range(3))
    made.width, made.height = WIDTH, height(chart, most)
    made.series = [_series(chart, numbers, rows, n) for n in range(1, len(numbers.columns))]
    return made


def _letters(size: int) -> Any:
    """Returns the format of text in a chart. `size` is in hundredths of a point."""
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties

    letters = CharacterProperties(sz=size, b=size > 1000, latin=Font(typeface=FONT))
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)])


def _series(chart: Chart, numbers: Sheet, rows: Sequence[Sequence[Value]], n: int) -> Any:
    from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
    from openpyxl.chart.series import Series, SeriesLabel
    from openpyxl.utils import get_column_letter
    from openpyxl.utils.datetime import to_excel

    def place(column: int, first: int, last: int) -> str:
        letter = get_column_letter(column + 1)
        return f"'{numbers.title}'!${letter}${first}:${letter}${last}"

    def words(column: int, first: int, texts: Sequence[str]) -> StrRef:
        cached = StrData(ptCount=len(texts), pt=[StrVal(idx=at, v=text) for at, text in enumerate(texts)])
        return StrRef(f=place(column, first, first + len(texts) - 1), strCache=cached)

    def cached(column: int, format_: str = "General") -> NumRef:
        values = [(at, row[column]) for at, row in enumerate(rows)]
        points = [NumVal(idx=at, v=str(to_excel(one) if isinstance(one, date) else one)) for at, one in values if one is not None]
        kept = NumData(formatCode=format_, ptCount=len(rows), pt=points)
        return NumRef(f=place(column, 2, len(rows) + 1), numCache=kept)

    if any(isinstance(row[0], date) for row in rows):
        along = AxDataSource(numRef=cached(0, _DAY))
    else:
        along = AxDataSource(strRef=words(0, 2, [str(row[0]) for row in rows]))
    one = Series(
        idx=n - 1,
        order=n - 1,
        tx=SeriesLabel(strRef=words(n, 1, [numbers.columns[n].title])),
        cat=along,
        val=NumDataSource(numRef=cached(n)),
    )
    if isinstance(chart, Bars):
        _fill(one, chart.marks[n - 1])
    else:
        _draw(one, n - 1)
    return one


def _fill(one: Any, mark: str) -> None:
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.fill import ColorChoice, PatternFillProperties
    from openpyxl.drawing.line import LineProperties

    pattern, over, colour = _FILLS[mark]
    shape = GraphicalProperties(ln=LineProperties(solidFill="0B0C0C", w=9525))
    if pattern is None:
        shape.solidFill = colour
    else:
        shape.pattFill = PatternFillProperties(prst=pattern, fgClr=ColorChoice(srgbClr=over), bgClr=ColorChoice(srgbClr=colour))
    one.spPr = shape
    one.dLbls = DataLabelList(
        numFmt=_LABELLED,
        spPr=GraphicalProperties(solidFill="FFFFFF"),  # a white background, so that the label is legible on any pattern
        txPr=_letters(900),
        showVal=True,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
    )


def _draw(one: Any, n: int) -> None:
    from openpyxl.chart.marker import Marker
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    dash, mark, colour = _LINES[n % len(_LINES)]
    one.spPr = GraphicalProperties(ln=LineProperties(solidFill=colour, prstDash=dash, w=28575))
    one.marker = Marker(symbol=mark, size=7, spPr=GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=colour)))
    one.smooth = False


def _own_format(drawn: bytes) -> bytes:
    """Returns a chart whose labels use their own number format, not that of the cells. openpyxl can't write this setting."""
    return drawn.replace(_LABELS, _LABELS.replace(b"/>", b' sourceLinked="0"/>'))


_LABELS = b'<numFmt formatCode="[&gt;=7]0&quot;%&quot;;&quot;&quot;"/>'  # _LABELLED, as openpyxl writes it


def finished(workbook: bytes, charts: Sequence[Chart]) -> bytes:
    """Completes a workbook with what openpyxl can't write: the alternative texts of its charts, and the number formats of the
    charts' labels. `charts` must be in the order of the workbook's charts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "xl/drawings/drawing1.xml":
                text = content.decode()
                for n, chart in enumerate(charts, 1):
                    said = f"name={quoteattr(plain(chart.title))} descr={quoteattr(plain(chart.described))}"
                    text = text.replace(f'name="Chart {n}"', said, 1)
                content = text.encode("utf-8")
            elif name.startswith("xl/charts/"):
                content = _own_format(content)
            after.writestr(name, content)
    return out.getvalue()


def drawing_of(chart: Chart, numbers: Sheet) -> bytes:
    """Returns a chart as a part of a document. The chart's numbers are in a workbook, which is also a part of the document
    (relationship rId1)."""
    from openpyxl.xml.functions import Element, tostring

    tree = native(chart, numbers)._write()
    kept = Element("{http://schemas.openxmlformats.org/drawingml/2006/chart}externalData")
    kept.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", "rId1")
    kept.append(Element("{http://schemas.openxmlformats.org/drawingml/2006/chart}autoUpdate", {"val": "0"}))
    tree.append(kept)
    return _own_format(bytes(tostring(tree)))
