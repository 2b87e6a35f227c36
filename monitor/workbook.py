"""A spreadsheet file (XLSX, XLS, ODS) -> its rows as text. A program of its own, which `sheet` starts for each file.

What people upload may be built to fill the memory (a small file that unpacks to gigabytes, two cells a million rows apart) or to
make a parser loop. So it is taken apart in a process that the system stops at these limits; nothing else stops with it.

In: the file. Out: JSON, a list of sheets, each the number of its first row and its rows.
"""

import io
import json
import resource
import sys

import python_calamine

MOST_MEMORY, MOST_SECONDS = 600_000_000, 10
"""Bytes of address space, and seconds of CPU."""

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 20, 200_000, 200

LONGEST_CELL, MOST_TEXT = 2_000, 60_000_000
"""Characters of a cell that are read, and of all that is handed on: the process that asked has to hold it."""


def main() -> int:
    """The whole program. 1: the file can't be read."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    try:
        with python_calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read())) as workbook:
            text = json.dumps([_rows(workbook.get_sheet_by_name(name)) for name in workbook.sheet_names[:MOST_SHEETS]])
    except (python_calamine.CalamineError, OSError, ValueError, MemoryError):
        return 1
    if len(text) > MOST_TEXT:
        return 1
    sys.stdout.write(text)
    return 0


def _rows(sheet: python_calamine.CalamineSheet) -> tuple[int, list[list[str]]]:
    start = sheet.start
    rows = sheet.to_python(nrows=MOST_ROWS)
    return (start[0] + 1 if start else 1), [[_text(cell) for cell in row[:MOST_COLUMNS]] for row in rows]


def _text(cell: object) -> str:
    return (cell if isinstance(cell, str) else str(cell))[:LONGEST_CELL]


if __name__ == "__main__":
    sys.exit(main())
