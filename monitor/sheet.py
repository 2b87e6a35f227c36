"""A CSV file of services, as people make it in a spreadsheet -> location ids."""

import csv
import io
from pathlib import Path

from monitor.cqc.addresses import location_id_of
from monitor.errors import UsageError

# The column's name, with blanks and underscores alike. "cqc location id" stands in CQC's own directory (facts/files.md).
_COLUMNS = ("location id", "locationid", "cqc location id", "cqc location id (for office use only)", "url", "location url")

_LARGEST = 20_000_000  # bytes; CQC's directory of all services has 19 million


def read_sheet(file: Path, *, base_url: str) -> tuple[list[str], list[str]]:
    """The location ids of the file's rows in order, without repeats, and for each unusable row one line that names it.

    UTF-8 with or without a byte order mark; commas, semicolons or tabs. Raises UsageError where the file as a whole is
    unusable: not there, not UTF-8, no such column.
    """
    rows = _rows(file)
    header = [" ".join(cell.replace("_", " ").casefold().split()) for cell in rows[0]] if rows else []
    columns = [header.index(name) for name in _COLUMNS if name in header]
    if not columns:
        raise UsageError(f"{file}: there is no column location_id or url in its first row")
    ids: dict[str, None] = {}
    problems = []
    for number, row in enumerate(rows[1:], start=2):
        cells = [row[column].strip() for column in columns if column < len(row) and row[column].strip()]
        if not any(cell.strip() for cell in row):
            continue
        if not cells:
            problems.append(f"row {number}: no location id or url")
            continue
        try:
            ids[location_id_of(cells[0], base_url=base_url)] = None
        except UsageError as error:
            problems.append(f"row {number}: {error}")
    return list(ids), problems


def _rows(file: Path) -> list[list[str]]:
    try:
        with file.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{file} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file} is not UTF-8: save it as “CSV UTF-8”") from None
    if len(raw) > _LARGEST or "\0" in text:
        raise UsageError(f"{file} is not a CSV file (or over 20 MB)")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UsageError(f"{file} is malformed: {error}") from None
