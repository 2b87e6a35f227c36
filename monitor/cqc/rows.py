"""Reads the rows of one of CQC's files (ODS, XLSX, CSV, or a ZIP file with a CSV file)."""

import csv
import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from monitor.cqc.spreadsheet import LARGEST_UNPACKED, MOST_COLUMNS, Row, ods_rows, xlsx_rows
from monitor.errors import UsageError

LARGEST_FILE = 200_000_000
"""In bytes. CQC's files are about 25 MB."""

MOST_ROWS = 2_000_000
"""The most rows of a file. CQC's latest ratings have about 320,000 rows."""

Progress = Callable[[int], None]
"""A function that is called after every 5,000 rows, and at the end, with the number of rows read so far."""

_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""The kinds of compression that programs use for spreadsheets. A file with any other compression could make this program use an
unlimited amount of memory."""


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def counted(rows: Iterable[Row], progress: Progress) -> Iterator[Row]:
    n = 0
    for n, row in enumerate(rows, start=1):
        if n % 5_000 == 0:
            progress(n)
        if n > MOST_ROWS:
            raise UsageError("it has more than two million rows")
        yield row
    progress(n)


def check_usable(path: Path) -> None:
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):  # a folder, or something that never ends, such as /dev/zero or a pipe
        raise UsageError("it is not a file")
    if found.st_size > LARGEST_FILE:
        raise UsageError(f"it is larger than {LARGEST_FILE // 1_000_000} MB")


def rows_of(path: Path) -> Iterator[Row]:
    with path.open("rb") as file:
        head = file.read(512)
    if not head.strip():
        raise UsageError("it is empty")
    if head.startswith(b"PK"):
        yield from _zipped(path)
    elif head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UsageError("it is an old or encrypted Excel file: save it as .xlsx")
    elif re.match(rb"\s*+(?:\xef\xbb\xbf)?\s*+<(?:!doctype|html|\?xml)", head, re.IGNORECASE):
        raise UsageError("it is a web page, not one of CQC's files")
    else:
        yield from _csv(path.read_bytes())


def _zipped(path: Path) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if sum(one.file_size for one in members) > LARGEST_UNPACKED:
                raise UsageError(f"it unpacks to more than {LARGEST_UNPACKED // 1_000_000_000} GB")
            if any(one.compress_type not in _PACKED for one in members):
                raise UsageError("it uses a compression that no spreadsheet uses")
            names = {one.filename for one in members}
            tables = [one.filename for one in members if one.filename.lower().endswith(".csv")]
            if "content.xml" in names:
                yield from ods_rows(archive)
            elif "xl/workbook.xml" in names:
                yield from xlsx_rows(path)
            elif len(tables) == 1 and archive.getinfo(tables[0]).file_size <= LARGEST_FILE:
                yield from _csv(archive.read(tables[0]))
            else:
                raise UsageError("it is an archive without any of CQC's files")
    except FileNotFoundError:
        raise
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        raise UsageError("it is damaged or was cut short") from None


def _csv(raw: bytes) -> Iterator[Row]:
    text = _decoded(raw)
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        width, row = 0, []
        for row in lines:
            yield "", row[:MOST_COLUMNS]
            width = max(width, len(row))
    except csv.Error as error:
        cut = "end of data" in str(error)
        raise UsageError("it was cut short" if cut else f"line {lines.line_num} is not CSV") from None
    if len(row) < width and not text.endswith(("\n", "\r")):
        raise UsageError("it was cut short")  # the text ends in the middle of its last line


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw:
        raise UsageError("it isn't UTF-8 text: save it as CSV in UTF-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Excel may save CSV in the Windows code page, which is not UTF-8. But a UTF-8 file that ends in the middle of a
        # character was cut short.
        if error.end >= len(raw) - 3 and error.reason.startswith("unexpected end"):
            raise UsageError("it was cut short") from None
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        raise UsageError("it isn't UTF-8 text: save it as CSV in UTF-8") from None
