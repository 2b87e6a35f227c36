"""Reads tables and lists that show whether each regulation is met. A table may compare two assessments. Its headings then show
which column is about the present.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from monitor.cqc.read.regulations import is_of_a_regulation
from monitor.cqc.read.tables import is_of_former_times, present_column

_REGULATION = re.compile(r"(?:(?:the )?(?:legal )?(?:regulations?|requirements?)(?: (?:number|no\.?|name))?)?", re.I)
_NUMBER = re.compile(r"\d{1,2}a?", re.I)
_MET = re.compile(
    r"(?:(?:is|was|are|were|now|being|fully) )*"
    r"(?:met|compliant|complied(?: with)?|meeting|not (?:breached|in breach)|no (?:longer in )?breach)",
    re.I,
)
_UNMET = re.compile(
    r"(?:(?:is|was|are|were|still|now|again|legal|requirement) )*"
    r"(?:(?:in )?breach(?:ed)?(?: found)?|unmet|non-?compliant|contravened"
    r"|not (?:(?:being|been|fully|yet|now) )*(?:met|compliant|complied(?: with)?|meeting))",
    re.I,
)
_NOTHING = re.compile(r"[-–—]*|n/?a|not (?:assessed|inspected|looked at|checked|reviewed)(?: this time)?", re.I)


class Told(NamedTuple):
    """The regulations that are not met now, as sentences; and the rows that are not understood."""

    unmet: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def in_table(header: Sequence[str], rows: Sequence[Sequence[str]], heading: str) -> Told | None:
    """Reads a table with a row (or a column) for each regulation. `heading` is the heading above the table. None if the table
    does not say whether regulations are met."""
    if not all(len(row) == len(header) > 1 for row in rows) or _ELSEWHERE.search(heading):
        return None
    if all(_is_regulation(cell, alone=False) for cell in header[1:]):
        header, *rows = [list(column) for column in zip(header, *rows, strict=True)]
    elif not _REGULATION.fullmatch(header[0]):
        return None
    answered = [_ASKED.match(cell) for cell in header]
    named = [row for row in rows if _is_regulation(row[0], alone=True)]
    rows = [[_answer(asked, cell) for asked, cell in zip(answered, row, strict=True)] for row in named]
    columns = [at for at in range(1, len(header)) if _is_of_statuses([row[at] for row in rows])]
    if not any(_is_status(row[at]) for row in rows for at in columns):
        return None
    if len(columns) == 1:
        current = None if is_of_former_times(header[columns[0]]) or is_of_former_times(heading) else columns[0]
        return Told() if current is None else _read(rows, current, columns)
    found = present_column([header[at] for at in columns])
    if found is None:
        return Told(unread=tuple(_joined(row) for row in rows if any(_UNMET.fullmatch(row[at]) for at in columns)))
    return _read(rows, columns[found], columns)


# The heading of a column with "Yes" and "No": "Breached at this assessment", "Met last time", "Put right".
_ASKED = re.compile(
    r"(?:(?:is|was|were|are)(?: it)? )?(?:now )?(?:(?P<unmet>(?:still )?(?:in )?breach(?:ed)?|not met|still open|outstanding)"
    r"|(?:met|compliant|complied with|put right|resolved|addressed|remedied))\b",
    re.I,
)
_ELSEWHERE = re.compile(
    r"\b(?:other|another|sister)\b[^.]{0,60}?\b(?:homes?|services?|locations?|practices?|hospitals?|providers?)\b", re.I
)
_YES_OR_NO = re.compile(r"(?P<yes>yes|y|✓|✔)|no|n|✗|✘", re.I)


def _answer(asked: re.Match[str] | None, cell: str) -> str:
    """A cell of a table; if it answers the heading of its column with yes or no, "met" or "not met"."""
    said = _YES_OR_NO.fullmatch(cell) if asked else None
    if asked is None or said is None:
        return cell
    return "not met" if (asked["unmet"] is None) is (said["yes"] is None) else "met"


def _is_of_statuses(cells: Sequence[str]) -> bool:
    """Whether the cells of a column say whether regulations are met, or why this is not said."""
    return any(map(_is_status, cells)) or (any(cells) and all(map(_NOTHING.fullmatch, cells)))


def _read(rows: Sequence[Sequence[str]], current: int, columns: Sequence[int]) -> Told:
    unmet = tuple(unmet_of(row[0]) for row in rows if _UNMET.fullmatch(row[current]))
    others = [row for row in rows if not _is_status(row[current])]
    unread = [row for row in others if not _NOTHING.fullmatch(row[current]) or any(_UNMET.fullmatch(row[at]) for at in columns)]
    return Told(unmet, tuple(map(_joined, unread)))


def in_pair(label: str, value: str, heading: str) -> Told | None:
    """Reads a regulation and the words beside it: "12 Safe care and treatment", "Breached". None for any other pair. If the
    heading above is about an earlier time, the result is empty."""
    if not _is_regulation(label, alone=False) or not _is_status(value) or _ELSEWHERE.search(heading):
        return None
    return Told((unmet_of(label),)) if _UNMET.fullmatch(value) and not is_of_former_times(heading) else Told()


def unmet_of(name: str) -> str:
    """The sentence that says that a regulation is not met."""
    if name.lower().startswith("regulation"):
        return f"{name}: not met"
    return f"Regulation {name}: not met" if name[:1].isdigit() else f"Breach of regulation: {name}"


def _is_status(value: str) -> bool:
    return _MET.fullmatch(value) is not None or _UNMET.fullmatch(value) is not None


def _is_regulation(name: str, *, alone: bool) -> bool:
    """Whether a text is the name of a regulation. With `alone`, its number is enough."""
    return is_of_a_regulation(name) or (alone and _NUMBER.fullmatch(name) is not None)


def _joined(row: Sequence[str]) -> str:
    return " ".join(filter(None, row))
