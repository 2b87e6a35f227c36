"""Writes tables to files for spreadsheets. Numbers and dates are stored as numbers and dates, not as text. Pure."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import zip_longest
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from monitor.text import LONDON, plain

if TYPE_CHECKING:
    from openpyxl.chart._chart import ChartBase

Value = str | int | float | date | datetime | None
"""The content of a cell: text, a number, a day, or an instant. None is an empty cell."""

WRAPS = 40
"""The width of a column for sentences, in characters."""

PAGE = 15.0
"""The total height of the charts on a printed page, in cm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: its heading, and its width in characters. If the width is WRAPS, long text wraps."""

    title: str
    width: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table of a workbook. `title` has at most 31 characters."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


def safe_cell(value: object) -> str:
    """Returns the text of a cell without control characters, in a form that no spreadsheet treats as a formula. None gives an
    empty cell."""
    text = plain(str(value)) if value is not None else ""
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%")) else text


def csv_file(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Returns a CSV file that Excel can open, in UTF-8 with a byte order mark. Dates are in ISO 8601, and instants are in UTC."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([_in_csv(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def workbook_file(
    sheets: Iterable[Sheet], notes: Iterable[str] = (), charts: Iterable["ChartBase"] = ()
) -> bytes:
    """Returns an XLSX file. The headings of each table are always visible, and are on each printed page. Each table has a filter.
    Instants are in London time. If there are charts, they are on the first sheet. If there are notes, they are on the last
    sheet."""
    from openpyxl import Workbook  # imported only when needed, because the import takes a third of a second

    workbook = Workbook(write_only=True)
    drawn = list(charts)
    if drawn:
        _draw(workbook.create_sheet("Charts"), drawn)
    for one in sheets:
        _write(workbook.create_sheet(one.title), one)
    lines = list(notes)
    if lines:
        about = workbook.create_sheet("Notes")
        _on_paper(about)
        about.column_dimensions["A"].width = _NOTES
        rows = _Rows(about, [_NOTES])
        for n, line in enumerate(lines, 1):
            rows.append(n, [safe_cell(line)])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _write(sheet: Any, table: Sheet) -> None:
    """Writes a table on an empty sheet."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    _on_paper(sheet)  # This comes first, because a sheet's properties are written before its rows.
    heads = []
    for n, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(n)].width = column.width
        head = WriteOnlyCell(sheet, value=safe_cell(column.title))
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        heads.append(head)
    # Bold letters are wider, and the button of the filter needs room too.
    sheet.row_dimensions[1].height = _HIGH * max(
        len(wrap(column.title, max(int(column.width * 0.85) - 1, 1))) or 1 for column in table.columns
    )
    sheet.freeze_panes = "B2"
    sheet.append(heads)
    last, rows = 1, _Rows(sheet, [column.width for column in table.columns])
    for last, row in enumerate(table.rows, 2):
        rows.append(last, [_in_workbook(cell) for cell in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{last}"
    sheet.print_title_rows = "1:1"


class _Rows:
    """Appends rows to a sheet with columns of given widths. If a text does not fit on one line, this class sets the height of the
    row, because not every program computes the height itself."""

    def __init__(self, sheet: Any, widths: Sequence[int]) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment

        self._sheet, self._widths, self._looks = sheet, widths, list[Any]()
        for is_long in (False, True):  # made only once, because making a style takes as long as writing a row
            cell = WriteOnlyCell(sheet)
            cell.alignment = Alignment(wrap_text=is_long, vertical="top")
            self._looks.append(cell._style)

    def append(self, n: int, values: Sequence[Value]) -> None:
        """Appends row `n`. The row may have more or fewer cells than there are columns."""
        told = list(zip_longest(values, self._widths[: len(values)], fillvalue=0))
        long = [isinstance(value, str) and width >= WRAPS and len(value) > width for value, width in told]
        if not any(long):
            self._sheet.append(values)
            return
        from openpyxl.cell import WriteOnlyCell

        lines = max(len(wrap(str(value), width)) for (value, width), is_long in zip(told, long, strict=True) if is_long)
        self._sheet.row_dimensions[n].height = min(_HIGH * lines, _HIGHEST)
        cells = []
        for value, is_long in zip(values, long, strict=True):
            cell = WriteOnlyCell(self._sheet)
            cell._style = copy(self._looks[is_long])
            cell.value = value  # set after the style, because a date sets its own format
            cells.append(cell)
        self._sheet.append(cells)
        del self._sheet.row_dimensions[n]  # the row is written to the file at once, because many rows would fill the memory


_NOTES = 110  # characters
_HIGH, _HIGHEST = 15.0, 409.0  # in points: the height of a line, and the greatest height of a row in Excel


def small_workbook(sheet: Sheet) -> bytes:
    """Returns a table as a workbook without formatting. The workbook is written only in memory, because the process that parses
    untrusted files must not write any file."""
    rows = [[column.title for column in sheet.columns], *sheet.rows]
    lines = "".join(f"<row>{''.join(map(_small_cell, row))}</row>" for row in rows)
    main, relations = (f'xmlns="http://schemas.openxmlformats.org/{one}"' for one in (_SHEETS, "package/2006/relationships"))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    named = f'<sheet name={quoteattr(sheet.title)} sheetId="1" r:id="rId1"/>'
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/></Types>',
        "_rels/.rels": f"<Relationships {relations}>"
        f'<Relationship Id="rId1" Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{kind}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {relations}>"
        f'<Relationship Id="rId1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{lines}</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}')
    return out.getvalue()


_SHEETS = "spreadsheetml/2006/main"


def _small_cell(value: Value) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(safe_cell(value))}</t></is></c>'


def _on_paper(sheet: Any) -> None:
    """Sets a sheet up for printing: landscape A4, with as many pages as its rows need."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "&P / &N"


def _draw(sheet: Any, charts: Iterable["ChartBase"]) -> None:
    """Places charts on a sheet, one below another."""
    from openpyxl.worksheet.pagebreak import Break

    _on_paper(sheet)
    row, used = 1, 0.0
    for chart in charts:
        if used and used + chart.height > PAGE:
            sheet.row_breaks.append(Break(id=row - 1))
            used = 0.0
        sheet.add_chart(chart, f"A{row}")
        row += ceil(chart.height / _ROW) + 1
        used += chart.height


_ROW = 0.53  # in cm: the height of a row


def _in_csv(value: object) -> object:
    match value:
        case bool():
            return safe_cell(value)
        case int() | float():
            return value
        case datetime():
            return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        case date():
            return value.isoformat()
        case _:
            return safe_cell(value)


def _in_workbook(value: Value) -> Value:
    match value:
        case datetime():
            return value.astimezone(LONDON).replace(tzinfo=None, microsecond=0)  # Excel has no time zones
        case None | int() | float() | date():
            return value
        case _:
            return safe_cell(value)
