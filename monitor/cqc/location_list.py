"""Reads location ids from a spreadsheet file in which people have listed services."""

import asyncio
import csv
import io
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from monitor.cqc.reader import WORKBOOK, Limits, Reader
from monitor.errors import Unreadable, UsageError
from monitor.locations import Listed, location_id_of
from monitor.text import in_one_case, plain

# Names of columns that identify a service, best first. An underscore in a column's name is treated as a blank. "cqc location id
# (for office use only)" is the name in CQC's own directory (docs/facts/files.md, Directory).
_COLUMNS = (
    *("location id", "locationid", "cqc location id", "cqc location id (for office use only)", "cqc id"),
    *("url", "location url", "cqc url"),
)
# Names of columns that may also mean something else. Such a column is used only if a file has none of the names above. If a
# file has several columns with names in this list, only the first name in the list is used.
_LOOSE_COLUMNS = ("cqc link", "link", "location link", "cqc location", "location", "id")

_LOOKS_LIKE_AN_ID = re.compile(r"1-\d{3,12}")
_NOT_OF_LOCATIONS = re.compile(r"\bprovider|\bbrand|\bgroup|\bcompan", re.IGNORECASE)
_NEARLY_ALL = 0.9
"""A column that contains ids in at least this proportion of its cells is used as the column of ids, whatever its name."""

COLUMNS_OF_AUTHORITIES = ("authority", "local authority", "council")
"""The names of a column of local authorities."""

_HEADER_WITHIN = 25
"""The header must be in the first 25 rows. CQC's directory has four lines above its header."""

_DELIMITERS = ",;\t|"

_LARGEST = 20_000_000  # in bytes; CQC's directory of all services has 19 million bytes

_MOST_FOUND = 30
"""If no column identifies a service, the error message lists at most this many of the file's columns."""

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""The first bytes of an XLSX or ODS file, and of an XLS file."""

_MOST_ROWS = 200_000
"""The most rows of a CSV file. CQC's directory of all services has 60,000."""

_AT_ONCE = threading.BoundedSemaphore(2)
"""At most two workbooks are read at the same time, since each may need much memory. Further workbooks wait."""

Row = tuple[int, list[str]]
"""A row with its number in the file, from 1."""


# ── in ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The services in a file. `ids` contains the location ids in the order of the file, each once. `problems` contains one line
    for each unusable row. `repeated` is the number of rows whose service is already in an earlier row. `columns` contains the
    names, in the file, of the columns that identify services, best first."""

    ids: tuple[str, ...]
    problems: tuple[str, ...]
    repeated: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A file of services with all its columns. `header` contains the names of the columns, with "" for columns that identify a
    service. `rows` contains the number, location id and cells of each usable row. `problems` contains one line for each
    unusable row."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, str, list[str]], ...]
    problems: tuple[str, ...]


def read_sheet(file: Path, *, base_url: str, listed: Listed = lambda _: False) -> Sheet:
    """Reads the services in a file on this machine. Raises UsageError if the file is missing, or for the same reasons as
    `read_upload`."""
    return read_upload(content_of(file, advice=": send it in parts"), base_url=base_url, listed=listed, file=str(file))


def content_of(file: Path, *, advice: str = "") -> bytes:
    """Returns the bytes of a file on this machine. Raises UsageError if the file can't be read or is too large. For a file that
    is too large, the message ends with `advice`."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror}") from None
    if len(raw) > _LARGEST:
        raise UsageError(f"{file} is too large: over 20 MB{advice}")
    return raw


def read_upload(
    raw: bytes, *, base_url: str, listed: Listed = lambda _: False, file: str = "The file", limits: Limits = WORKBOOK
) -> Sheet:
    """Reads the services in an uploaded file, which may be a workbook or CSV, whatever its name. In a workbook, the first sheet
    with a column that identifies services is read. CSV may use commas, semicolons, tabs or bars, and the formats of older
    versions of Excel (Windows-1252, UTF-16, a first line like `sep=;`). A few lines may be above the header. `file` is the name
    of the file in messages; `listed` means the same as in `location_id_of`; `limits` are the reader's limits for a workbook.
    Raises UsageError if the file can't be used."""
    rows = _rows_in(raw, file, limits)
    header, ids, problems, usable = rows[0][1], dict[str, None](), list[str](), 0
    for number, _, of in _located(rows, base_url, listed):
        if isinstance(of, UsageError):
            problems.append(f"row {number}: {of}")
        else:
            ids[of] = None
            usable += 1
    if not ids and not problems:
        raise UsageError(f"{file} has no rows: put a service on each line below the headings")
    names = tuple(plain(header[column]) for column in _columns(header))
    return Sheet(ids=tuple(ids), problems=tuple(problems), repeated=usable - len(ids), columns=names)


def read_columns(
    raw: bytes, *, base_url: str, listed: Listed = lambda _: False, file: str = "The file", limits: Limits = WORKBOOK
) -> Columns:
    """Reads all columns of an uploaded file. Accepts and rejects the same files as `read_upload`."""
    rows = _rows_in(raw, file, limits)
    header, identify = rows[0][1], _columns(rows[0][1])
    located = [*_located(rows, base_url, listed)]
    return Columns(
        header=tuple("" if at in identify else name for at, name in enumerate(header)),
        rows=tuple((number, of, cells) for number, cells, of in located if isinstance(of, str)),
        problems=tuple(f"row {number}: {of}" for number, _, of in located if isinstance(of, UsageError)),
    )


def _rows_in(raw: bytes, file: str, limits: Limits) -> list[Row]:
    """Returns the rows of a file of services. The first row of the result contains the names of the columns. Raises UsageError
    if no column identifies services."""
    if not raw.strip():
        raise UsageError(f"{file} is empty")
    sheets = _workbook(raw, file, limits) if raw.startswith(_WORKBOOKS) else [_csv_rows(_decoded(raw), file)]
    for rows in sheets:
        at = _header(rows)
        if at is not None:
            return rows[at:]
    for rows in sheets:
        if (found := _by_its_cells(rows)) is not None:
            return found
    raise UsageError(f"{file} has no column location_id or url in its first {_HEADER_WITHIN} rows. {_found(sheets)}")


def _by_its_cells(rows: list[Row]) -> list[Row] | None:
    """Returns the rows of a file in which exactly one column contains ids in nearly every row, although no column has a known
    name. The first row of the result is a header in which this column is called "location id". Returns None for any other file,
    for example if a second column contains the ids of providers."""
    filled = [row for row in rows if any(cell.strip() for cell in row[1])]
    width = max((len(cells) for _, cells in filled), default=0)
    found = [(column, first) for column in range(width) if (first := _first_id(filled, column)) is not None]
    if len(found) != 1:
        return None
    column, first = found[0]
    above = filled[first - 1][1] if first else []
    name = above[column] if column < len(above) else ""
    header = ["location id" if at == column else above[at] if at < len(above) else "" for at in range(width)]
    if name.strip() and _NOT_OF_LOCATIONS.search(name):
        return None
    return [(filled[first - 1][0] if first else 0, header), *filled[first:]]


def _first_id(rows: Sequence[Row], column: int) -> int | None:
    """Returns the position of the first row with a location id in a column. Returns None if no row near the top has a location
    id in this column, or if too many rows below it have none."""
    cells = [_cell(row[column]) if column < len(row) else "" for _, row in rows]
    ids = [_LOOKS_LIKE_AN_ID.fullmatch(cell) is not None for cell in cells]
    first = next((at for at, is_id in enumerate(ids) if is_id), None)
    if first is None or first > _HEADER_WITHIN:
        return None
    if any(sum(bool(cell.strip()) for cell in row) > 1 for _, row in rows[: max(first - 1, 0)]):
        return None  # a line above the header has several cells, so it may be a row without an id instead of a title
    return first if sum(ids[first:]) >= _NEARLY_ALL * len(ids[first:]) else None


def read_column(raw: bytes, names: Sequence[str], file: str) -> list[str]:
    """Returns the filled cells of one column of a CSV file or workbook. `names` are the possible names of the column, best
    first. Capitals make no difference, and an underscore is treated as a blank. If the file has no column with one of these
    names, the result is the first column, including its first row. Raises UsageError if no cell is filled."""
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
        return raw.decode("cp1252", "replace")  # ids and addresses are ASCII, so a wrong charset does not change them


def _workbook(raw: bytes, file: str, limits: Limits = WORKBOOK) -> list[list[Row]]:
    try:
        with _AT_ONCE:
            sheets = asyncio.run(Reader(limits).sheets(raw))
    except Unreadable:
        raise UsageError(f"{file} can't be read, or is too large: save it as “CSV UTF-8” and send that") from None
    return [list(enumerate(rows, start=first)) for first, rows in sheets]


def _csv_rows(text: str, file: str) -> list[Row]:
    """Returns the rows with their numbers. A first line such as `sep=;`, which tells Excel the delimiter, is left out."""
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
    """Returns the first delimiter that produces a header when the first lines are split. If no delimiter produces a header,
    returns the delimiter that is most frequent in the first lines."""
    for one in _DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=one)
        with suppress(csv.Error):
            rows = list(enumerate(islice(reader, _HEADER_WITHIN)))
            at = _header(rows)
            if at is not None and len(rows[at][1]) > 1:
                return one
    return max(_DELIMITERS, key="\n".join(text.split("\n", _HEADER_WITHIN)[:_HEADER_WITHIN]).count)


def _folded(header: Sequence[str]) -> list[str]:
    return [in_one_case(cell.replace("_", " ")) for cell in header]


def _columns(header: Sequence[str]) -> list[int]:
    """Returns the positions of the columns that may identify a service, best first."""
    names = _folded(header)
    sure = [names.index(name) for name in _COLUMNS if name in names]
    return sure or [names.index(name) for name in _LOOSE_COLUMNS if name in names][:1]


def _header(rows: Sequence[Row]) -> int | None:
    """Returns the position of the header, which is the row with the names of the columns. Returns None if the first 25 rows
    contain no header. A row whose only known names may also mean something else is the header only if no row contains a better
    name."""
    first = [_folded(row) for _, row in rows[:_HEADER_WITHIN]]
    for known in (_COLUMNS, _LOOSE_COLUMNS):
        at = next((number for number, names in enumerate(first) if any(name in known for name in names)), None)
        if at is not None:
            return at
    return None


def _found(sheets: Sequence[Sequence[Row]]) -> str:
    """Returns a sentence with the names of the file's columns, for the error message that no column identifies services. The
    names are taken from the row with the most filled cells."""
    rows = [[cell for cell in row if cell.strip()] for sheet in sheets for _, row in sheet[:_HEADER_WITHIN]]
    names = [plain(cell)[:60] for cell in max(rows, key=len, default=[])]
    if not names:
        return "It has no columns with names"
    more = f" and {len(names) - _MOST_FOUND} more" if len(names) > _MOST_FOUND else ""
    return f"Its columns are: {', '.join(names[:_MOST_FOUND])}{more}"


def _located(rows: Sequence[Row], base_url: str, listed: Listed) -> Iterator[tuple[int, list[str], str | UsageError]]:
    """Yields for each row that is not blank: its number, its cells, and its location id or the reason why the row has none. The
    first row in `rows` contains the names of the columns."""
    columns = _columns(rows[0][1])
    for number, row in rows[1:]:
        if not any(cell.strip() for cell in row):
            continue
        cells = [_cell(row[column]) for column in columns if column < len(row) and row[column].strip()]
        try:
            if not cells:
                raise UsageError("no location id or url")
            yield number, row, location_id_of(cells[0], base_url=base_url, listed=listed)
        except UsageError as error:
            yield number, row, error


def _cell(text: str) -> str:
    """Returns a cell's text. Some files contain ids in the form ="1-2235535718", so that Excel does not treat the id as a
    number. For such a cell, returns only the id."""
    cell = text.strip()
    return cell[2:-1] if len(cell) > 3 and cell.startswith('="') and cell.endswith('"') else cell
