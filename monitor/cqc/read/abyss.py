"""Pages that no browser would show: too many elements, or nested too deeply to be parsed in time."""

import re
from typing import Final

from monitor.errors import Unreadable

MAX_TAGS: Final = 250_000
"""Far more than any page has (a large one has 5,000). A larger page would take memory and time and state nothing."""

MAX_DEPTH: Final = 2_000
"""Nested elements. Beyond this depth a parser's time grows with the square of the depth."""

_NESTING_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)", re.I)
_NOT_NESTING = frozenset(
    ("p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "br", "img", "hr", "input", "meta", "link")
)


def refuse_abyss(text: str) -> None:
    """Raises Unreadable for extreme nesting before parsing: the parser takes 20 s for 100,000 nested divs. Pages with few tags
    cannot be deep enough to matter."""
    tags = text.count("<")
    if tags > MAX_TAGS:
        raise Unreadable(f"The page has {tags:,} elements: not a page as CQC publishes them.")
    if tags < 4 * MAX_DEPTH:
        return
    depth = 0
    for closing, name in _NESTING_TAG.findall(text):
        if name.lower() in _NOT_NESTING:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > MAX_DEPTH:
            raise Unreadable("The page's elements are nested too deeply to be read: not a page as CQC publishes them.")
