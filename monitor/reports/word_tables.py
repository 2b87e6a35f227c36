"""Writes a table as Word's XML: sets the widths of the columns, and decides where a page may break. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from monitor.text import plain

WHOLE, ENDS = 12, 3
"""A table with at most `WHOLE` rows stays on one page. In a longer table, `ENDS` rows at each end are kept together."""

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_MARGIN = 85  # the space to the left and right of a cell's text, in twips
_LONG = 40  # the most letters in a line of a cell

_SIZES = ((True, 16), (True, 15), (True, 14), (False, 14), (False, 13), (False, 12))
"""The layouts, in the order in which they are tried. The first value says whether every number must stay on one line. The second
value is the font size in half points."""

_BOLD, _ANY_FONT = 1.12, 1.25
"""How much wider other letters may be than Arial's normal letters: Arial's bold letters (_BOLD), and the letters of a template's
font (_ANY_FONT)."""

_LETTERS = {
    letter: width
    for letters, width in (
        *(("’'‘ijl", 222), ("ftI.,:;/\\![]| ", 278), ("r()-`“”", 333), ('"*^', 389), ("ckvxyszJ", 500)),
        *(("TFZ", 611), ("+<=>~", 584), ("&ABEKPSVXY", 667), ("CDHNRUw", 722), ("GOQ", 778), ("mM", 833), ("%", 889)),
        ("W@", 1015),
    )
    for letter in letters
}
"""The widths of Arial's letters, in thousandths of the font size."""

_MOST_LETTERS = 556  # the width of most letters, and of digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """The width of a table in twips, the id of its style (None for plain lines), and whether its font is unknown."""

    wide: int
    style: str | None = None
    is_any_font: bool = False


def grid(texts: Sequence[Sequence[str]], right: Sequence[bool], looks: Looks) -> Any:
    """Returns a table of these rows. The first row contains the headings, which are repeated on each page, and which screen
    readers announce. The text after the table stays on the page of the last row. `right` says which columns contain numbers. The
    XML is written as one text, because writing the cells one by one would take ten times as long."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    texts = [[plain(text) for text in row] for row in texts]
    columns, size = widths(texts, right, looks)
    named = f'<w:tblStyle w:val="{looks.style}"/>' if looks.style else ""
    lines = "".join(f'<w:{one} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for one in _SIDES)
    borders = "" if looks.style else f"<w:tblBorders>{lines}</w:tblBorders>"
    margins = "".join(f'<w:{one} w:w="{_MARGIN}" w:type="dxa"/>' for one in ("left", "right"))
    across = f'<w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
    properties = f'{named}{across}{borders}<w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="0420" w:firstRow="1"/>'
    made = "".join(f'<w:gridCol w:w="{one}"/>' for one in columns)
    rows = "".join(_rows(texts, right, size))
    return parse_xml(f"<w:tbl {nsdecls('w')}><w:tblPr>{properties}</w:tblPr><w:tblGrid>{made}</w:tblGrid>{rows}</w:tbl>")


def _rows(texts: Sequence[Sequence[str]], right: Sequence[bool], size: int) -> Iterator[str]:
    from xml.sax.saxutils import escape

    for n, row in enumerate(texts):
        is_kept = len(texts) - 1 <= WHOLE or n <= ENDS or n >= len(texts) - ENDS
        look = f"<w:rPr>{'<w:b/>' if n == 0 else ''}<w:sz w:val=\"{size}\"/></w:rPr>"
        kept = "<w:keepNext/>" if is_kept else ""
        cells = "".join(
            f'<w:tc><w:tcPr/><w:p><w:pPr>{kept}<w:spacing w:before="20" w:after="20"/>{_RIGHT if is_right else ""}</w:pPr>'
            f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
            for text, is_right in zip(row, right, strict=True)
        )
        yield f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if n == 0 else ''}</w:trPr>{cells}</w:tr>"


_RIGHT = '<w:jc w:val="right"/>'


def widths(texts: Sequence[Sequence[str]], right: Sequence[bool], looks: Looks) -> tuple[list[int], int]:
    """Returns the width of each column in twips, and the font size in half points. If possible, the columns are wide enough for
    each word. The first row contains the headings, which are bold."""
    columns = list(zip(*texts, strict=True))
    font = _ANY_FONT if looks.is_any_font else 1.0
    words = [_widest(column, font, is_whole=False) for column in columns]
    numbers = [
        max(word, _widest(column, font, is_whole=True)) if is_right else word
        for word, column, is_right in zip(words, columns, right, strict=True)
    ]
    for is_whole, size in _SIZES:
        least = [_room(one, size) for one in (numbers if is_whole else words)]
        if sum(least) <= looks.wide:
            break
    longest = _LONG * _MOST_LETTERS
    wanted = [_room(min(max(map(width_of, column)) * _BOLD, longest) * font, size) for column in columns]
    spare, more = max(looks.wide - sum(least), 0), [max(whole - one, 0) + 100 for whole, one in zip(wanted, least, strict=True)]
    shrunk = min(1, looks.wide / sum(least))
    return [int((one + spare * part / sum(more)) * shrunk) for one, part in zip(least, more, strict=True)], size


def _widest(column: Sequence[str], font: float, *, is_whole: bool) -> float:
    """Returns the width of the widest word in a column, in thousandths of the font size. If `is_whole` is true, the texts below
    the heading are not split into words."""
    head, *others = column
    pieces = {one for text in others for one in ([text] if is_whole else _pieces(text))}
    return max([width_of(one) for one in pieces] + [width_of(one) * _BOLD for one in _pieces(head)], default=0) * font


def _pieces(text: str) -> list[str]:
    """Returns the pieces of a text that must not be split. Word splits text at spaces and after hyphens, but a location id must
    not be split."""
    return re.sub(r"-(?=[^\W\d])", "- ", text).split()


def _room(width: float, size: int) -> float:
    """Returns the width of a cell for a text, in twips. A half point has ten twips."""
    return width * size / 100 + 2 * _MARGIN + 20


def width_of(text: str) -> int:
    """Returns the width of a text in Arial, in thousandths of the font size."""
    return sum(_LETTERS.get(letter, _MOST_LETTERS) for letter in text)
