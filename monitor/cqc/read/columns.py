"""Finds tables in a plain text if their columns are aligned by spaces."""

import re
from collections.abc import Iterator, Sequence

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_COLUMN = re.compile(r"(?<=\S) {2,}(?=\S)")
_INDENT = 6  # if the first column of a table has no heading, at least this many spaces precede the other headings


def in_columns(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a plain text. In a table with columns that are aligned by spaces, tabs replace the spaces between the
    columns."""
    spaced = [_GAP.search(line) is not None for line in lines]
    for at, line in enumerate(lines):
        if spaced[at] and (any(spaced[max(at - 1, 0) : at]) or any(spaced[at + 1 : at + 2])):
            corner = "\t" if line.startswith(" " * _INDENT) else ""
            yield corner + _COLUMN.sub("\t", line.strip())
        else:
            yield line.strip()
