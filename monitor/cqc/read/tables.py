"""Reads tables that compare former and current ratings. The headings of the columns or rows show which ratings are current.

Simple tables (labels beside or above values) are read row by row in `statements`. This module reads tables that also have a
column or row with former ratings, with movements ("▼", "No change"), or with marks of inheritance. In these tables only the
headings show which value is current.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

from monitor.cqc.read.words import LABELS, Kind, Token, group_of, month_of, plain, tokens

_FEWEST_ROWS = 2
_FEWEST_QUESTIONS = 3  # in a table with a column for each service group, at least this many rows are those of key questions


class _Head(Enum):
    """The content of a column or row, according to its heading."""

    LABEL = auto()
    PRESENT = auto()
    FORMER = auto()
    DATED = auto()  # ratings given on a certain day; whether they are current depends on the other headings
    CHANGE = auto()
    INHERITED = auto()
    OTHER = auto()


class Cell(NamedTuple):
    """One current value of a table, with its label, the block of its row (`at`), and the service group of its column.
    `label_cell` and `value_cell` are the positions of label and value: the block of a row, and the number of a cell in it."""

    label: Token
    value: Token
    at: int
    label_cell: tuple[int, int]
    value_cell: tuple[int, int]
    group: str | None = None


@dataclass(slots=True)
class Compared:
    """The current values of comparison tables. `rows` has the blocks of these tables. `missed` has the rows with a rating that
    is not understood, for example if no heading shows which value is current."""

    cells: list[Cell] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    missed: list[int] = field(default_factory=list)


_FORMER = re.compile(
    r"(?:(?:rating )?(?:at|from|in) )?(?:the |our |its |cqc )?"
    r"(?:previous(?:ly)?|last|prior|former(?:ly)?|earlier|old|before(?: this \w+)?|then|was|were|past|historic)\b"
    r"(?! (?:updated|published|reviewed))(?! (?:inspect|assess|visit)ed).*|rating at (?:the |our )?(?:last|previous)\b.*"
    r"|(?:the )?(?:inspection|assessment|rating|visit|report|one) before\b.*"
)
_PRESENT = re.compile(
    r"(?:(?:rating )?(?:at|from|in) )?(?:the |our |cqc |overall )?"
    r"(?:current(?:ly)?|present|new|this|latest|after (?:this|the latest|our latest)|now|is|today|most recent|published)\b.*"
    r"|(?:the |our |cqc |overall )?ratings?(?: now| today| given)?|rated now|rating at (?:this|the latest)\b.*"
)
_CHANGE = re.compile(
    r"(?:rating )?(?:change|movement|trend|direction|difference|moved|comparison|compared|up or down|what (?:has )?changed|"
    r"since last).{0,40}|changed\??|change since .{0,30}|improved or declined\??"
)
_INHERITED = re.compile(r"(?:rating )?inherited(?: rating)?\??")
_DATE = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)? )?(?:([a-z]{3,9}),? )?((?:19|20)\d\d)\b|(\d{1,2})/(\d{1,2})/(\d{4})")
_YES = re.compile(r"(?:yes|y|true|inherited(?: rating)?|✓|✔)")


def compared(own: Sequence[int], lines: Sequence[str]) -> Compared:
    """Reads the comparison tables among the blocks numbered in `own`. `lines` are plain, with tabs between cells."""
    found = Compared()
    for table in _tables(own, lines):
        _read(found, table)
        found.missed += [at for at in _unnamed(table, lines) if at not in found.rows]
    return found


def _unnamed(table: list[tuple[int, list[str]]], lines: Sequence[str]) -> Iterator[int]:
    """The rows with the rating of an unknown subject, such as "Personal care at home | Inadequate" below "Service | Rating"."""
    header = table[0][1]
    for at, cells in table[1:]:
        if len(cells) == len(header) and tokens(lines[at]) is None and _label(cells[0]) is None:
            held = (
                value_in(cell) and _head(of) in (_Head.PRESENT, _Head.OTHER)
                for of, cell in zip(header[1:], cells[1:], strict=True)
            )
            if any(held):
                yield at


def _tables(own: Sequence[int], lines: Sequence[str]) -> Iterator[list[tuple[int, list[str]]]]:
    """The tables. A table is a list of consecutive rows; each row is given as its block and its cells."""
    table: list[tuple[int, list[str]]] = []
    for at in own:
        if "\t" in lines[at] and (not table or at == table[-1][0] + 1):
            table.append((at, [cell.strip(" :") for cell in lines[at].split("\t")]))
            continue
        if len(table) >= _FEWEST_ROWS:
            yield table
        table = [(at, [cell.strip(" :") for cell in lines[at].split("\t")])] if "\t" in lines[at] else []
    if len(table) >= _FEWEST_ROWS:
        yield table


def _read(found: Compared, table: list[tuple[int, list[str]]]) -> None:
    at, header = table[0]
    if len(table) > _FEWEST_ROWS and (joined := _two_headers(header, table[1][1])):
        found.rows.add(at)
        at, header = table[1][0], joined
        table = [(at, header), *table[2:]]
    width = max(len(cells) for _, cells in table[1:])
    if len(header) == width - 1:  # the first cell of the header was empty, so it is missing in the text
        header = ["", *header]
    if len(header) != width or any(value_in(cell) for cell in header):
        return
    rows = [(row, cells) for row, cells in table[1:] if len(cells) == width]
    heads = [_head(cell) for cell in header]
    aside = [_head(cells[0]) for _, cells in rows]
    named = [group_of(cell) for cell in header[1:]]
    if all(named) and sum(head is _Head.LABEL for head in aside) >= _FEWEST_QUESTIONS:
        _beside(found, at, named, rows)
    elif sum(head is _Head.LABEL for head in heads) > 1:
        if {_Head.FORMER, _Head.DATED, _Head.CHANGE, _Head.INHERITED} & set(aside):
            _across(found, at, header, rows, aside)
    elif _Head.LABEL in aside and (
        {_Head.FORMER, _Head.DATED, _Head.CHANGE, _Head.INHERITED} & set(heads[1:]) or _has_remarks(heads, rows, aside)
    ):
        _down(found, at, header, rows, heads)


def _has_remarks(heads: Sequence[_Head], rows: Sequence[tuple[int, list[str]]], aside: Sequence[_Head]) -> bool:
    """Whether a column beside the current ratings contains remarks, such as whether CQC looked at the key question this time. A
    row with a remark is not a row of labels and values."""
    if _Head.PRESENT not in heads or _Head.OTHER not in heads[1:]:
        return False
    labelled = ("\t".join(cells) for (_, cells), head in zip(rows, aside, strict=True) if head is _Head.LABEL)
    return any(tokens(line) is None for line in labelled)


def _two_headers(above: list[str], below: list[str]) -> list[str] | None:
    """The headings of the columns, if they are in two rows: "This assessment" above "Rating" and "Published". The two headings
    of each column are joined. None if the headings are not in two rows."""
    spans = any(one and one == other for one, other in pairwise(above))
    if not spans or len(above) != len(below) or any(value_in(cell) for cell in (*above, *below)):
        return None
    if any(_DATE.search(cell) or _label(cell) for cell in below[1:]):
        return None
    return [one if one == other else f"{one} {other}".strip() for one, other in zip(above, below, strict=True)]


def _beside(found: Compared, at: int, named: Sequence[str | None], rows: list[tuple[int, list[str]]]) -> None:
    """Reads a table with a row for each subject and a column for each service group."""
    found.rows.add(at)
    for row, cells in rows:
        label = _label(cells[0])
        values = [value_in(cell) for cell in cells[1:]]
        found.rows.add(row)
        if label is None and any(values):
            found.missed.append(row)
        for number, (group, value) in enumerate(zip(named, values, strict=True), 1):
            if label is not None and value is not None:
                found.cells.append(Cell(label, value, row, (row, 0), (row, number), group))


def _down(
    found: Compared, at: int, header: list[str], rows: list[tuple[int, list[str]]], heads: list[_Head]
) -> None:
    """Reads a table with a row for each subject and a column for each time."""
    rated = [number for number in range(1, len(header)) if any(value_in(cells[number]) for _, cells in rows)]
    if len(rated) == 1 and heads[rated[0]] in (_Head.DATED, _Head.OTHER):
        return
    column = _holding([(heads[number], header[number], number) for number in rated])
    inherited = next((number for number, head in enumerate(heads) if head is _Head.INHERITED), None)
    found.rows.add(at)
    for row, cells in rows:
        label = _label(cells[0])
        found.rows.add(row)
        value = value_in(cells[column]) if column is not None else None
        if label is None or value is None:
            if any(value_in(cell) for cell in cells[1:]):
                found.missed.append(row)
            continue
        if inherited is not None and _YES.fullmatch(cells[inherited]):
            value = value._replace(inherited=True)
        found.cells.append(Cell(label, value, row, (row, 0), (row, column or 0)))


def _across(
    found: Compared, at: int, header: list[str], rows: list[tuple[int, list[str]]], aside: list[_Head]
) -> None:
    """Reads a table with a column for each subject and a row for each time."""
    rated = [number for number, (_, cells) in enumerate(rows) if any(value_in(cell) for cell in cells[1:])]
    if len(rated) == 1 and aside[rated[0]] in (_Head.DATED, _Head.OTHER):
        return
    chosen = _holding([(aside[number], rows[number][1][0], number) for number in rated])
    inherited = next((rows[number][1] for number, head in enumerate(aside) if head is _Head.INHERITED), None)
    found.rows |= {at, *(row for row, _ in rows)}
    if chosen is None:
        found.missed += [rows[number][0] for number in rated]
        return
    row, cells = rows[chosen]
    for number in range(1, len(header)):
        label, value = _label(header[number]), value_in(cells[number])
        if label is not None and value is not None:
            if inherited is not None and _YES.fullmatch(inherited[number]):
                value = value._replace(inherited=True)
            found.cells.append(Cell(label, value, row, (at, number), (row, number)))
        elif value is not None:
            found.missed.append(row)


def _holding(candidates: Collection[tuple[_Head, str, int]]) -> int | None:
    """The column (or row) of current ratings; None if the headings do not show which column (or row) is current."""
    left = [one for one in candidates if one[0] is not _Head.FORMER]
    present = [number for head, _, number in left if head is _Head.PRESENT]
    if len(present) == 1:
        return present[0]
    if present or any(head is not _Head.DATED for head, _, _ in left):
        return None
    days = sorted((_day(text), number) for _, text, number in left)
    if not days or (len(days) > 1 and days[-1][0] == days[-2][0]):
        return None
    return days[-1][1] if len(days) > 1 or len(candidates) > 1 else None


# Words before the time in a heading: "Breached at this assessment", "Result last time".
_OF_WHAT = re.compile(
    r"(?:(?:was|is|were|are) (?:it )?)?(?:breach(?:ed|es)?|in breach|met|status|results?|findings?|outcome|position)\??,? (?=\w)"
)
_ONCE = re.compile(
    r"\b(?:last time|(?:last|previous|earlier|former|prior) (?:\w+ )?(?:inspection|assessment|visit|report|rating)s?|previously"
    r"|in the past)\b"
)


def present_column(headings: Sequence[str]) -> int | None:
    """The number of the heading whose column is about the present; None if the headings do not show this."""
    plain_ones = [_OF_WHAT.sub("", plain(heading).strip(" :?"), count=1) for heading in headings]
    return _holding([(_head(heading), heading, number) for number, heading in enumerate(plain_ones)])


def is_of_former_times(heading: str) -> bool:
    """Whether the heading of a column or of a part of the page is about an earlier inspection or assessment."""
    flat = _OF_WHAT.sub("", plain(heading).strip(" :?"), count=1)
    return _head(flat) is _Head.FORMER or _ONCE.search(flat) is not None


def _head(cell: str) -> _Head:
    if _label(cell) is not None:
        return _Head.LABEL
    if _INHERITED.fullmatch(cell):
        return _Head.INHERITED
    if _CHANGE.fullmatch(cell):
        return _Head.CHANGE
    if _FORMER.fullmatch(cell):
        return _Head.FORMER
    if _PRESENT.fullmatch(cell):
        return _Head.PRESENT
    return _Head.DATED if _DATE.search(cell) else _Head.OTHER


def _day(cell: str) -> tuple[int, int, int]:
    match = _DATE.search(cell)
    if match is None:
        return (0, 0, 0)
    if match[4]:
        return int(match[6]), int(match[5]), int(match[4])
    return int(match[3]), month_of(match[2] or ""), int(match[1] or 0)


def _label(cell: str) -> Token | None:
    """The label in a cell, if the cell contains exactly one label and no value; otherwise None."""
    said = tokens(cell) if cell else None
    if not said or any(token.kind in (Kind.VALUE, Kind.UNKNOWN) for token in said):
        return None
    labels = [token for token in said if token.kind in LABELS and token.kind is not Kind.STATEMENT]
    return labels[0] if len(labels) == 1 else None


def value_in(cell: str) -> Token | None:
    """The value in a cell, if the cell contains no label and only one value; otherwise None."""
    said = tokens(cell) if cell else None
    if not said or any(token.kind in LABELS or token.kind is Kind.UNKNOWN for token in said):
        return None
    values = [token for token in said if token.kind is Kind.VALUE and not token.weak]
    return values[0] if len({token.value for token in values}) == 1 else None
