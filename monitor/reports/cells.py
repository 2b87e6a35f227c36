"""Records as a file that a spreadsheet opens: real numbers and dates, and nothing in a table but its records. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from monitor.text import LONDON, plain

Value = str | int | float | date | datetime | None
"""A cell: text, a number, a day, or an instant. None: empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: its heading, and its width in characters."""

    title: str
    width: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table of a workbook. `title`: at most 31 characters."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


def safe_cell(value: object) -> str:
    """A cell's text in a form that no spreadsheet takes for a formula, without control characters. None: an empty cell."""
    text = plain(str(value)) if value is not None else ""
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%")) else text


def csv_file(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file that Excel opens: UTF-8 with a byte order mark. Dates are ISO 8601, instants in UTC."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([_in_csv(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def workbook_file(sheets: Iterable[Sheet], notes: Iterable[str] = ()) -> bytes:
    """An XLSX file. Each table has its headings always in view and on each printed page, a filter, and dates and numbers that can
    be sorted and counted; instants are in London's time. The notes stand on a sheet of their own, the last."""
    from openpyxl import Workbook  # imported only when needed: it takes a third of a second
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    workbook = Workbook(write_only=True)
    for one in sheets:
        sheet = workbook.create_sheet(one.title)
        heads = []
        for n, column in enumerate(one.columns, 1):
            sheet.column_dimensions[get_column_letter(n)].width = column.width
            head = WriteOnlyCell(sheet, value=safe_cell(column.title))
            head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
            heads.append(head)
        sheet.freeze_panes = "B2"
        sheet.append(heads)
        rows = 1
        for row in one.rows:
            sheet.append([_in_workbook(cell) for cell in row])
            rows += 1
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(one.columns))}{rows}"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"  # A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.oddFooter.right.text = "&P / &N"
    lines = list(notes)
    if lines:
        about = workbook.create_sheet("Notes")
        about.column_dimensions["A"].width = 110
        for line in lines:
            note = WriteOnlyCell(about, value=safe_cell(line))
            note.alignment = Alignment(wrap_text=True, vertical="top")
            about.append([note])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


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
            return value.astimezone(LONDON).replace(tzinfo=None, microsecond=0)  # Excel knows no time zones
        case None | int() | float() | date():
            return value
        case _:
            return safe_cell(value)
