"""Refuses pages that no browser would show: pages with too many elements, or with elements nested too deeply to be parsed in
time."""

import re
from typing import Final

from monitor.errors import Unreadable

MAX_TAGS: Final = 250_000
"""A page with more elements than this is not read. No CQC page comes near this number: a large page has 5,000 elements. A page
with more would take much memory and time, and would contain nothing useful."""

MAX_DEPTH: Final = 2_000
"""The deepest nesting of elements that is read. At a greater depth, a parser's time grows with the square of the depth."""

_NESTING_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)", re.I)
_NOT_NESTING = frozenset(
    ("p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "br", "img", "hr", "input", "meta", "link")
)


def refuse_abyss(text: str) -> None:
    """Raises Unreadable for a page with extreme nesting. This check comes before parsing, since the parser takes 20 seconds for
    100,000 nested divs. Pages with few tags are not checked, since they cannot be deep enough to matter."""
    tags = text.count("<")
    if tags > MAX_TAGS:
        raise Unreadable(f"The page has {tags:,} elements. CQC publishes no page with so many.")
    if tags < 4 * MAX_DEPTH:
        return
    depth = 0
    for closing, name in _NESTING_TAG.findall(text):
        if name.lower() in _NOT_NESTING:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > MAX_DEPTH:
            raise Unreadable("The page's elements are nested too deeply to be read. CQC publishes no page with such nesting.")
