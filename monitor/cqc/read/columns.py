"""Tables in plain texts whose columns are set with spaces."""

import re
from collections.abc import Iterator, Sequence

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_COLUMN = re.compile(r"(?<=\S) {2,}(?=\S)")
_INDENT = 6  # spaces before the headings of a table whose first column has none


def in_columns(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a plain text, with tabs between the columns of tables that are set with spaces."""
    spaced = [_GAP.search(line) is not None for line in lines]
    for at, line in enumerate(lines):
        if spaced[at] and (any(spaced[max(at - 1, 0) : at]) or any(spaced[at + 1 : at + 2])):
            corner = "\t" if line.startswith(" " * _INDENT) else ""
            yield corner + _COLUMN.sub("\t", line.strip())
        else:
            yield line.strip()
