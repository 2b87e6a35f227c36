"""Reads the list of recent publications on CQC's website, which is a CSV file. Returns the services in the list, each with a
date. The functions are pure, and run in the reader process. Source: docs/facts/publication.md, Where first.

The columns are found by their names, in any order, in capitals or not. Other lines may be above the names of the columns. Only
ids and dates are read. The list contains no ratings.
"""

import csv
import io
import json
import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import unquote

from monitor.cqc.days import date_in, day_of
from monitor.detect.hints import Mark, Publications
from monitor.errors import Unreadable
from monitor.locations import published_id

HEADER_WITHIN = 10
"""The header must be in the first 10 lines."""

MOST_READ = 20_000
"""The most rows that are read. A complete list has about a tenth of this number."""

_ID = ("cqc location id", "location id", "locationid")
_URL = ("url", "location url")
_DATE = ("report publication date", "publication date")

_OFFICE = re.compile(r"\(for office use only\)\s*$")
_STATED = re.compile(r"\bfound\s+([\d,]{1,12})\s+results?\b", re.IGNORECASE)
_NOTHING = re.compile(r"\bthere were no results\b", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:<!doctype|<html|<\?xml|<head|<body)", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"/location/([^/?#\s]+)", re.IGNORECASE)


def read_publications(body: bytes) -> Publications:
    """Reads the services and dates of a list. Raises Unreadable if the text is not a list of publications."""
    text = _decoded(body)
    if not text.strip():
        raise Unreadable("CQC's list of publications is empty")
    if _PAGE.match(text):
        raise Unreadable("CQC's site sent a web page instead of its list of publications")
    rows, cut = _rows(text)
    at, columns = _header(rows)
    stated = _stated(rows[:at])
    marks: dict[tuple[str, str], Mark] = {}
    count = unfit = 0
    for row in rows[at + 1 :]:
        if not any(cell.strip() for cell in row):
            continue
        if cut and row is rows[-1]:
            break
        count += 1
        mark = _mark(row, columns)
        if mark is None:
            unfit += 1
        else:
            marks.setdefault((mark.location_id, mark.mark), mark)
    return Publications(marks=tuple(marks.values()), rows=count, stated=stated, unfit=unfit, cut=cut)


def dump_publications(found: Publications) -> str:
    """Returns the publications as JSON text."""
    marks = [[one.location_id, one.mark, one.day.isoformat() if one.day else None] for one in found.marks]
    return json.dumps({"marks": marks, "rows": found.rows, "stated": found.stated, "unfit": found.unfit, "cut": found.cut})


def load_publications(text: str | bytes) -> Publications:
    """Returns the publications that `dump_publications` wrote as text."""
    held = json.loads(text)
    marks = (Mark(location_id=one, mark=mark, day=date.fromisoformat(day) if day else None) for one, mark, day in held["marks"])
    return Publications(marks=tuple(marks), rows=held["rows"], stated=held["stated"], unfit=held["unfit"], cut=held["cut"])


def _decoded(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    return body.decode("utf-8-sig", "replace")  # ids and dates are ASCII, so other characters do not matter


def _rows(text: str) -> tuple[list[list[str]], bool]:
    """Returns the rows, and whether the text ends in the middle of a row."""
    rows: list[list[str]] = []
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in lines:
            rows.append(row)
            if len(rows) > MOST_READ:
                return rows, False
    except csv.Error as error:
        if "end of data" not in str(error):
            raise Unreadable(f"CQC's list of publications is not CSV: line {lines.line_num}") from None
        return [*rows, []], True
    ended = text.endswith(("\n", "\r"))
    width = max((len(row) for row in rows), default=0)
    return rows, bool(rows) and not ended and len(rows[-1]) < width


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Returns the position of the row with the names of the columns, and the positions of the needed columns. If the list says
    that it has no results, the position is after the last row."""
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        names = [_folded(cell) for cell in row]
        found = {
            what: names.index(name)
            for what, known in (("id", _ID), ("url", _URL), ("date", _DATE))
            for name in reversed(known)
            if name in names
        }
        if "date" in found and ("id" in found or "url" in found):
            return at, found
    said = " ".join(cell for row in rows[:HEADER_WITHIN] for cell in row)
    if _NOTHING.search(said) or _stated(rows[:HEADER_WITHIN]) == 0:
        return len(rows), {}
    raise Unreadable("CQC's list of publications has no columns for a service's id and its date of publication")


def _folded(name: str) -> str:
    plain = " ".join(name.replace("_", " ").split()).casefold()
    return _OFFICE.sub("", plain).strip()


def _stated(rows: Sequence[Sequence[str]]) -> int | None:
    """Returns the number of results that the lines above the header state; None if they state no number."""
    found = _STATED.search(" ".join(cell for row in rows for cell in row))
    digits = found[1].replace(",", "") if found else ""
    return int(digits) if digits else None


def _mark(row: Sequence[str], columns: dict[str, int]) -> Mark | None:
    """Returns the service and date of a row; None if the row has no usable id."""
    cells = {what: row[at].strip() if at < len(row) else "" for what, at in columns.items()}
    address = _IN_ADDRESS.search(unquote(cells.get("url", "")))
    ids = (cells.get("id", ""), address[1] if address else "")
    written = _IN_ADDRESS.search(ids[0])
    location_id = next((one for text in (written[1] if written else ids[0], ids[1]) if (one := _id(text))), None)
    if location_id is None:
        return None
    said = cells["date"][:60]
    return Mark(location_id=location_id, mark=said, day=_day(said))


def _id(text: str) -> str | None:
    """Returns the id in capitals; None if the text is not an id. An id may be written in small letters."""
    return published_id(text.strip().upper())


def _day(text: str) -> date | None:
    """Reads a date in any form that CQC uses: 01/Jan/2024 - 00:00, 1/2/2024 (day first), 2024-02-01, 1 February 2024."""
    try:
        return day_of(text, month_first=False)
    except (ValueError, OverflowError):
        return date_in(text)
