"""Reads the rows of a spreadsheet file that somebody sent (XLSX, XLS, ODS). All cells become text.

A malicious file may fill the memory, with a small file that unpacks to gigabytes or with two cells a million rows apart. A
malicious file may also make a parser loop endlessly. Files are therefore parsed only in the reader process.
"""

import io

import python_calamine

from monitor.errors import Unreadable

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 20, 200_000, 200

LONGEST_CELL = 2_000
"""How many characters of a cell are read, at most."""


def sheets(data: bytes) -> list[tuple[int, list[list[str]]]]:
    """Returns, for each sheet of a file, the number of the first row, and the rows. Raises Unreadable if the file is
    damaged."""
    try:
        with python_calamine.load_workbook(io.BytesIO(data)) as workbook:
            return [_rows(workbook.get_sheet_by_name(name)) for name in workbook.sheet_names[:MOST_SHEETS]]
    except (python_calamine.CalamineError, OSError, ValueError):
        raise Unreadable("it is damaged") from None


def _rows(sheet: python_calamine.CalamineSheet) -> tuple[int, list[list[str]]]:
    start = sheet.start
    rows = sheet.to_python(nrows=MOST_ROWS)
    return (start[0] + 1 if start else 1), [[_text(cell) for cell in row[:MOST_COLUMNS]] for row in rows]


def _text(cell: object) -> str:
    return (cell if isinstance(cell, str) else str(cell))[:LONGEST_CELL]
