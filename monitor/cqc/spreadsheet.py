"""Reads a spreadsheet file (ODS, XLSX) as a stream of rows. This module does not limit the number of rows.

CQC's ODS files unpack to more than a gigabyte of XML. python-calamine would keep all this XML in memory (930 MB for the latest
ratings, as measured). This module therefore reads ODS itself, as a stream, and needs a few megabytes. To read XLSX, the module
uses python-calamine in a separate process with limits (see `main`). python-calamine builds a whole sheet in memory before it
returns the first row.
"""

import html
import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from monitor.cqc.limits import confine
from monitor.errors import UsageError

Row = tuple[str, list[str]]
"""The name of the row's sheet, and the row's cells as text. Numbers are plain, dates are ISO dates, and an empty cell is "".
Empty rows are left out."""

LARGEST_UNPACKED = 3_000_000_000
"""In bytes. The largest of CQC's files unpacks to about 1.2 GB."""

MOST_COLUMNS, LONGEST_CELL, MOST_REPEATED = 300, 4_000, 10

_XLSX_MEMORY, _XLSX_SECONDS = 3_000_000_000, 120
_CHUNK = 1 << 18
_LONGEST_ROW = 10_000_000
_MOST_KNOWN, _LONGEST_KNOWN = 20_000, 2_000
"""Most cells repeat an earlier cell: "Y", a rating, or a column that is the same in all rows of a service. Each different cell
is therefore kept in memory once. At most 20,000 cells are kept, and no cell above 2,000 bytes, since longer cells would fill
the memory."""

_WHOLE = "null\n"
"""The line that `main` prints after the last row. If this line is missing, the process was stopped early."""

# Elements of content.xml, with the prefixes that every program uses for ODS. Each pattern either stops at the next "<" or does
# not backtrack. Otherwise a pattern would never finish on a ten-megabyte cell with a million tags that are opened but never
# closed.
_CELL = b"<table:table-cell"
_NAME = re.compile(rb'<table:table (?:[^<>"]|"[^"]*")*?table:name="([^"]*)"')
_ROWS = re.compile(rb'table:number-rows-repeated="(\d{1,9})"')
_COLUMNS = re.compile(rb'table:number-columns-repeated="(\d{1,9})"')
_VALUE = re.compile(rb'office:(?:date-)?value="([^"]*)"')
_OPENING = re.compile(rb'((?:[^>"/]++|"[^"]*")*+)(/?)>')
_PARAGRAPH = re.compile(rb"<text:p(?: [^<>]*)?>")
_BLANK = re.compile(rb"<text:(?:s|tab|line-break)\b[^<>]*/>")
_TAG = re.compile(rb"<[^<>]*>")


def ods_rows(archive: zipfile.ZipFile) -> Iterator[Row]:
    """Yields the rows of an ODS file, sheet by sheet. Raises UsageError if the file is damaged.

    ODS stores equal neighbouring rows and cells once, with a repeat count. The empty padding at the end of a sheet is left out.
    """
    sheet = ""
    known: dict[bytes, tuple[str, int]] = {}
    for part in _row_parts(archive):
        head, *cells = part.split(_CELL)
        named = _NAME.findall(head)
        sheet = _plain(named[-1]) if named else sheet
        row: list[str] = []
        skipped = 0
        for cell in cells:
            read = known.get(cell)
            if read is None:
                if len(known) >= _MOST_KNOWN:
                    known.clear()
                read = _read(cell)
                if len(cell) <= _LONGEST_KNOWN:
                    known[cell] = read
            text, times = read
            if not text:
                skipped += times
                continue
            if skipped:
                row.extend([""] * min(skipped, MOST_COLUMNS - len(row)))
                skipped = 0
            if times == 1:
                row.append(text)
            else:
                row.extend([text] * min(times, MOST_COLUMNS - len(row)))
        if row:
            begun = head.rpartition(b"<table:table-row")[2]
            yield from [(sheet, row)] * min(_times(_ROWS.search(begun)), MOST_REPEATED)


def _row_parts(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """Yields the XML of each row, with the XML before it since the last row."""
    rest = b""
    try:
        with archive.open("content.xml") as content:
            while chunk := content.read(_CHUNK):
                *whole, rest = (rest + chunk).split(b"</table:table-row>")
                if len(rest) > _LONGEST_ROW:
                    raise UsageError("it has a row of more than 10 MB")
                for part in whole:
                    yield part.replace(b"<table:covered-table-cell", _CELL) if b"<table:covered" in part else part
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise UsageError("it is damaged or was cut short") from None
    if b"</office:document-content>" not in rest:
        raise UsageError("it was cut short")


def _read(cell: bytes) -> tuple[str, int]:
    """Returns the text of a cell, and the number of columns that the cell fills. `cell` is the cell's XML without the opening
    "<table:table-cell"."""
    opened = _OPENING.match(cell)
    if not opened:
        raise UsageError("it is damaged")
    attributes = opened[1]
    times = _times(_COLUMNS.search(attributes))
    value = _VALUE.search(attributes)
    if value:
        return _plain(value[1]), times
    content = _without_notes(cell[opened.end() :]) if not opened[2] else b""
    text = " ".join(_plain(_TAG.sub(b"", _BLANK.sub(b" ", one))) for one in _paragraphs(content))
    return text[:LONGEST_CELL], times


def _without_notes(content: bytes) -> bytes:
    first, *notes = content.split(b"<office:annotation")
    parted = [(note, *note.partition(b"</office:annotation>")) for note in notes]
    return b"".join((first, *(after if ended else b"<" + note for note, _, ended, after in parted)))


def _paragraphs(content: bytes) -> Iterator[bytes]:
    for part in content.split(b"</text:p>")[:-1]:
        if begun := _PARAGRAPH.search(part):
            yield part[begun.end() :]


def _times(found: re.Match[bytes] | None) -> int:
    return int(found[1]) if found else 1


def _plain(text: bytes) -> str:
    decoded = text.decode("utf-8", "replace")
    return html.unescape(decoded) if "&" in decoded else decoded


def xlsx_rows(path: Path) -> Iterator[Row]:
    """Yields the rows of an XLSX file, sheet by sheet. Raises UsageError if the file is damaged or malicious."""
    command = [sys.executable, "-m", __name__, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8") as reader:  # noqa: S603
        assert reader.stdout is not None
        try:
            for line in reader.stdout:
                if line == _WHOLE:
                    return
                sheet, row = json.loads(line)
                yield sheet, row
        except ValueError:  # the line is incomplete, since the process was stopped
            pass
        finally:
            reader.stdout.close()
            reader.kill()
    raise UsageError("it is damaged, or too large to be read")


def main(path: str) -> int:
    """Parses an XLSX file for `xlsx_rows` and prints each row as a line of JSON. Returns 1 if the file cannot be read.

    A file may be designed to fill the memory (two cells a million rows apart). Such a file ends only this process.
    """
    import python_calamine

    confine(memory=_XLSX_MEMORY, seconds=_XLSX_SECONDS)
    try:
        with python_calamine.load_workbook(path) as workbook:
            for name in workbook.sheet_names:
                for row in workbook.get_sheet_by_name(name).iter_rows():
                    cells = [_text(cell) for cell in row[:MOST_COLUMNS]]
                    if any(cells):
                        sys.stdout.write(json.dumps([name, cells]) + "\n")
    except (python_calamine.CalamineError, OSError, ValueError, MemoryError):
        return 1
    sys.stdout.write(_WHOLE)
    return 0


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return (cell if isinstance(cell, str) else str(cell))[:LONGEST_CELL]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
