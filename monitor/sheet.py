"""A file of services, as people make it in a spreadsheet -> location ids; and rows -> a file that a spreadsheet opens."""

import csv
import io
import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from monitor.cqc.addresses import location_id_of
from monitor.errors import UsageError
from monitor.text import plain

# The column's name, with blanks and underscores alike. "cqc location id" stands in CQC's own directory (docs/facts/files.md,
# Directory).
_COLUMNS = ("location id", "locationid", "cqc location id", "cqc location id (for office use only)", "url", "location url")

_LARGEST = 20_000_000  # bytes; CQC's directory of all services has 19 million

_NO_COLUMN = "there is no column location_id or url in its first row"

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How an XLSX (or ODS) and an XLS file begin."""

_MOST_ROWS = 200_000
"""Rows of a CSV file: CQC's directory of all services has 60,000."""

_PATIENCE = 30
"""Seconds for which a workbook is read."""

_AT_ONCE = threading.BoundedSemaphore(2)
"""Workbooks that are read at once: each may take much memory. The others wait."""

Row = tuple[int, list[str]]
"""A row with its number in the file, from 1."""


# ── in ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a file of services says: the location ids in order, without repeats; for each unusable row one line that names it;
    and how many rows name a service that an earlier one does."""

    ids: tuple[str, ...]
    problems: tuple[str, ...]
    repeated: int


def read_sheet(file: Path, *, base_url: str) -> tuple[list[str], list[str]]:
    """The location ids of the file's rows in order, without repeats, and for each unusable row one line that names it.

    UTF-8 with or without a byte order mark; commas, semicolons or tabs. Raises UsageError where the file as a whole is
    unusable: not there, not UTF-8, no such column.
    """
    try:
        with file.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file} is not UTF-8: save it as “CSV UTF-8”") from None
    if len(raw) > _LARGEST:
        raise UsageError(f"{file} is not a CSV file (or over 20 MB)")
    sheet = _sheet(_csv_rows(text, str(file)), str(file), base_url)
    return list(sheet.ids), list(sheet.problems)


def read_upload(raw: bytes, *, base_url: str) -> Sheet:
    """The same of a file that somebody uploads, whose name says nothing: a workbook (of which the first sheet counts that has the
    column), or CSV, also as older versions of Excel save it (Windows-1252, UTF-16). Raises UsageError."""
    this = "The file"
    if not raw.strip():
        raise UsageError(f"{this} is empty")
    if not raw.startswith(_WORKBOOKS):
        return _sheet(_csv_rows(_decoded(raw), this), this, base_url)
    sheets = _workbook(raw)
    named = next((rows for rows in sheets if rows and _columns(rows[0][1])), None)
    if named is None:
        raise UsageError(f"{this}: {_NO_COLUMN}, on any sheet")
    return _sheet(named, this, base_url)


def read_column(raw: bytes, names: Sequence[str], file: str) -> list[str]:
    """What stands in one column of a CSV file or workbook: the first column that bears one of these names (capitals, blanks and
    underscores alike), or where none does the first one, with its first row too. Raises UsageError for a file without any."""
    sheets = _workbook(raw) if raw.startswith(_WORKBOOKS) else [_csv_rows(_decoded(raw), file)]
    rows = [row for _, row in next((one for one in sheets if one), [])]
    header = [" ".join(cell.replace("_", " ").casefold().split()) for cell in rows[0]] if rows else []
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


def _workbook(raw: bytes) -> list[list[Row]]:
    unusable = UsageError("The file can't be read, or is too large: save it as “CSV UTF-8” and send that")
    program = [sys.executable, "-m", "monitor.workbook"]
    try:
        with _AT_ONCE:
            read = subprocess.run(program, input=raw, capture_output=True, timeout=_PATIENCE, check=True)  # noqa: S603
        sheets = json.loads(read.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise unusable from None
    return [list(enumerate(rows, start=first)) for first, rows in sheets]


def _csv_rows(text: str, file: str) -> list[Row]:
    if "\0" in text:
        raise UsageError(f"{file} is not a CSV file (or over 20 MB)")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = list(enumerate(islice(reader, _MOST_ROWS + 1), start=1))
    except csv.Error as error:
        raise UsageError(f"{file} is malformed: {error}") from None
    if len(rows) > _MOST_ROWS:
        raise UsageError(f"{file} has more than {_MOST_ROWS:,} rows: send it in parts")
    return rows


def _columns(header: Sequence[str]) -> list[int]:
    """Where in a row a service may be named, what tells it best first."""
    names = [" ".join(cell.replace("_", " ").casefold().split()) for cell in header]
    return [names.index(name) for name in _COLUMNS if name in names]


def _sheet(rows: Sequence[Row], file: str, base_url: str) -> Sheet:
    columns = _columns(rows[0][1]) if rows else []
    if not columns:
        raise UsageError(f"{file}: {_NO_COLUMN}")
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
            ids[location_id_of(cells[0], base_url=base_url)] = None
            usable += 1
        except UsageError as error:
            problems.append(f"row {number}: {error}")
    return Sheet(ids=tuple(ids), problems=tuple(problems), repeated=usable - len(ids))


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
