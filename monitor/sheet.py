"""A file of services, as people make it in a spreadsheet -> location ids; and rows -> a file that a spreadsheet opens."""

import asyncio
import csv
import io
import re
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from monitor.cqc.addresses import Listed, location_id_of
from monitor.cqc.reader import WORKBOOK, Reader
from monitor.errors import Unreadable, UsageError
from monitor.text import plain

# A column's name, with blanks and underscores alike, what tells a service best first. "cqc location id (for office use only)"
# stands in CQC's own directory (docs/facts/files.md, Directory).
_COLUMNS = (
    *("location id", "locationid", "cqc location id", "cqc location id (for office use only)", "cqc id"),
    *("url", "location url", "cqc url"),
)
# Names that may mean something else: each counts only where none of those is there, and by itself.
_LOOSE_COLUMNS = ("cqc link", "link", "location link", "cqc location", "location", "id")

_HEADER_WITHIN = 25
"""Rows among which the header is looked for: CQC's directory has four lines above it."""

_DELIMITERS = ",;\t|"

_LARGEST = 20_000_000  # bytes; CQC's directory of all services has 19 million

_MOST_FOUND = 30
"""Columns that are named where none tells a service."""

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How an XLSX (or ODS) and an XLS file begin."""

_MOST_ROWS = 200_000
"""Rows of a CSV file: CQC's directory of all services has 60,000."""

_AT_ONCE = threading.BoundedSemaphore(2)
"""Workbooks that are read at once: each may take much memory. The others wait."""

Row = tuple[int, list[str]]
"""A row with its number in the file, from 1."""


# ── in ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a file of services says: the location ids in order, without repeats; for each unusable row one line that names it;
    how many rows name a service that an earlier one does; and the columns that were taken, as the file names them, what tells a
    service best first."""

    ids: tuple[str, ...]
    problems: tuple[str, ...]
    repeated: int
    columns: tuple[str, ...]


def read_sheet(file: Path, *, base_url: str, listed: Listed = lambda _: False) -> Sheet:
    """What a file on this machine says, as `read_upload`. Raises UsageError too where it is not there, or too large."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror}") from None
    if len(raw) > _LARGEST:
        raise UsageError(f"{file} is over 20 MB: send it in parts")
    return read_upload(raw, base_url=base_url, listed=listed, file=str(file))


def read_upload(raw: bytes, *, base_url: str, listed: Listed = lambda _: False, file: str = "The file") -> Sheet:
    """What a file says whose name says nothing: a workbook (of which the first sheet counts that has the column), or CSV, with
    commas, semicolons, tabs or bars, also as older versions of Excel save it (Windows-1252, UTF-16, a first line sep=). Its
    header may have some lines above it. `file` is what a person calls it; `listed` as for `location_id_of`. Raises UsageError."""
    if not raw.strip():
        raise UsageError(f"{file} is empty")
    sheets = _workbook(raw, file) if raw.startswith(_WORKBOOKS) else [_csv_rows(_decoded(raw), file)]
    for rows in sheets:
        at = _header(rows)
        if at is not None:
            return _sheet(rows[at:], base_url, listed)
    raise UsageError(f"{file}: {_found(sheets)}; needs location_id or url")


def read_column(raw: bytes, names: Sequence[str], file: str) -> list[str]:
    """What stands in one column of a CSV file or workbook: the first column that bears one of these names (capitals, blanks and
    underscores alike), or where none does the first one, with its first row too. Raises UsageError for a file without any."""
    sheets = _workbook(raw, file) if raw.startswith(_WORKBOOKS) else [_csv_rows(_decoded(raw), file)]
    rows = [row for _, row in next((one for one in sheets if one), [])]
    header = _folded(rows[0]) if rows else []
    column = next((header.index(name) for name in names if name in header), None)
    texts = [row[column or 0].strip() for row in rows[0 if column is None else 1 :] if len(row) > (column or 0)]
    if not any(texts):
        raise UsageError(f"{file} is empty")
    return [text for text in texts if text]


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")  # ids and addresses are ASCII: what else stands there doesn't count


def _workbook(raw: bytes, file: str) -> list[list[Row]]:
    try:
        with _AT_ONCE:
            sheets = asyncio.run(Reader(WORKBOOK).sheets(raw))
    except Unreadable:
        raise UsageError(f"{file} can't be read, or is too large: save it as “CSV UTF-8” and send that") from None
    return [list(enumerate(rows, start=first)) for first, rows in sheets]


def _csv_rows(text: str, file: str) -> list[Row]:
    """The rows, without the line sep= by which Excel is told how they are divided."""
    if "\0" in text:
        raise UsageError(f"{file} is not a CSV file: save it as “CSV UTF-8”")
    told = re.match(r"\"?sep=([,;\t|])\"?[,;\t| ]*(?:\r\n?|\n|\Z)", text, re.IGNORECASE)
    delimiter = told[1] if told else _delimiter(text)
    reader = csv.reader(io.StringIO(text[told.end() :] if told else text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = list(enumerate(islice(reader, _MOST_ROWS + 1), start=2 if told else 1))
    except csv.Error as error:
        raise UsageError(f"{file} is malformed: {error}") from None
    if len(rows) > _MOST_ROWS:
        raise UsageError(f"{file} has more than {_MOST_ROWS:,} rows: send it in parts")
    return rows


def _delimiter(text: str) -> str:
    """What divides the columns: that by which there is a header, or else what stands in the first lines most often."""
    for one in _DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=one)
        with suppress(csv.Error):
            rows = list(enumerate(islice(reader, _HEADER_WITHIN)))
            at = _header(rows)
            if at is not None and len(rows[at][1]) > 1:
                return one
    return max(_DELIMITERS, key="\n".join(text.split("\n", _HEADER_WITHIN)[:_HEADER_WITHIN]).count)


def _folded(header: Sequence[str]) -> list[str]:
    return [" ".join(cell.replace("_", " ").casefold().split()) for cell in header]


def _columns(header: Sequence[str]) -> list[int]:
    """Where in a row a service may be named, what tells it best first."""
    names = _folded(header)
    sure = [names.index(name) for name in _COLUMNS if name in names]
    return sure or [names.index(name) for name in _LOOSE_COLUMNS if name in names][:1]


def _header(rows: Sequence[Row]) -> int | None:
    """Which of the first rows names the columns; None where none does. A name that may mean something else makes a header only
    where no row has a better one."""
    first = [_folded(row) for _, row in rows[:_HEADER_WITHIN]]
    for known in (_COLUMNS, _LOOSE_COLUMNS):
        at = next((number for number, names in enumerate(first) if any(name in known for name in names)), None)
        if at is not None:
            return at
    return None


def _found(sheets: Sequence[Sequence[Row]]) -> str:
    """The columns of a file in which none tells a service, for a person: of the first rows, the one that names most."""
    rows = [[cell for cell in row if cell.strip()] for sheet in sheets for _, row in sheet[:_HEADER_WITHIN]]
    names = [plain(cell)[:60] for cell in max(rows, key=len, default=[])]
    if not names:
        return "found no column"
    more = f" and {len(names) - _MOST_FOUND} more" if len(names) > _MOST_FOUND else ""
    return f"found: {', '.join(names[:_MOST_FOUND])}{more}"


def _sheet(rows: Sequence[Row], base_url: str, listed: Listed) -> Sheet:
    """What rows say of which the first names the columns."""
    header = rows[0][1]
    columns = _columns(header)
    ids: dict[str, None] = {}
    problems, usable = [], 0
    for number, row in rows[1:]:
        cells = [_cell(row[column]) for column in columns if column < len(row) and row[column].strip()]
        if not any(cell.strip() for cell in row):
            continue
        if not cells:
            problems.append(f"row {number}: no location id or url")
            continue
        try:
            ids[location_id_of(cells[0], base_url=base_url, listed=listed)] = None
            usable += 1
        except UsageError as error:
            problems.append(f"row {number}: {error}")
    names = tuple(plain(header[column]) for column in columns)
    return Sheet(ids=tuple(ids), problems=tuple(problems), repeated=usable - len(ids), columns=names)


def _cell(text: str) -> str:
    """A cell's text; of ="1-2235535718", by which people keep Excel from taking an id for a number, what it shows."""
    cell = text.strip()
    return cell[2:-1] if len(cell) > 3 and cell.startswith('="') and cell.endswith('"') else cell


# ── out ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def safe_cell(value: object) -> str:
    """A cell's text as no spreadsheet takes it for a formula, without control characters. None: an empty cell."""
    text = plain(str(value)) if value is not None else ""
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%")) else text


def csv_file(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file as Excel opens it: UTF-8 with a byte order mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def workbook_file(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """An XLSX file with one sheet, its first row always in view."""
    from openpyxl import Workbook  # only where one is asked for: it is a third of a second of imports

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append(list(header))
    for row in rows:
        sheet.append([safe_cell(cell) for cell in row])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()
