"""Reads ratings that a page gives only in attributes: in a picture's title, a class name or a test attribute. Such a rating is
used only if the visible text gives no rating."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from selectolax.lexbor import LexborNode

from monitor.ratings import any_question

SOFT: Final = "\ue000"
"""Marks the edge of an inline element. The page has no space at this edge, but the texts before and after it may be separate
words."""

BY_CLASS: Final = "\ue001"
"""This mark is put before a rating that only a class name or a test attribute gives. Such a rating is the weakest evidence."""

BREAK: Final = "\ue002"
"""Marks a line break within a block."""

MARKS: Final = (SOFT, BY_CLASS, BREAK, "\x00", "\u200b", "\ufeff", "\u00ad")
"""The marks above, and invisible characters. All these are removed from a page's own text: invisible characters would split
words, and a character of the text could be taken for a mark."""

WITHOUT_MARKS: Final = str.maketrans(dict.fromkeys(MARKS))

RATING_WORD: Final = re.compile(r"outstanding|\bgood\b|requires[\s_-]*improvement|inadequate|\brated\b|\brating\b", re.I)
_RATED = re.compile(r"outstanding|\bgood\b|requires[\s_-]*improvement|inadequate", re.I)
_CLASS_RATING = re.compile(r"([a-z0-9_-]*[-_])?(outstanding|good|requires[-_]?improvement|inadequate)")
_BEFORE_RATING = re.compile(r"rat(?:ing|ed)|inspection|cqc|state|status|overall|result|score|tag|badge|icon|is|has")
# As in "safe rating text: Good", or with hyphens: "safe-rating-inadequate". Source: docs/facts/pages.md, Layout of today.
_TEST_RATING = re.compile(
    rf"\s*(?P<of>overall|{any_question('[ -]?')}) rating(?: text)?\s*:\s*(?P<rating>[a-z][a-z -]{{2,30}}?)\s*",
    re.I,
)
_TEST_RATING_JOINED = re.compile(
    rf"(?P<of>overall|{any_question('[ _-]?')})[_-]rating(?:[_-](?:text|value))?[_-]+"
    r"(?P<rating>outstanding|good|requires[_-]?improvement|inadequate)",
    re.I,
)
_DATA_LABEL = re.compile(rf"\s*(overall|{any_question('[ _-]?')})(?:[ _-]rating)?\s*", re.I)
_DATA_RATING = re.compile(r"\s*(outstanding|good|requires[\s_-]?improvement|inadequate)\s*", re.I)
_LONGEST_TITLE = 60  # the most characters of a drawn picture's title, and of the text next to the picture


def collapse(text: str) -> str:
    """The text with single spaces."""
    return " ".join(text.split())


def carried(node: LexborNode, seen: str) -> str | None:
    """The statement in an element's attributes. None if the visible text makes a statement too, or if the attributes make no
    statement."""
    attributes = node.attributes
    if node.tag == "img":
        said = (attributes.get("alt") or attributes.get("title") or "").translate(WITHOUT_MARKS)
        if _DESCRIBES.match(said):
            rating = _RATING_BEHIND.search(said)
            said = rating[1] if rating else ""
        return said or _by_class(attributes)
    if len(seen) > 60 or RATING_WORD.search(seen) or BY_CLASS in seen:
        return None
    said = (attributes.get("aria-label") or attributes.get("title") or "").translate(WITHOUT_MARKS).strip()
    if said and len(said) <= 100 and (RATING_WORD.search(said) or not seen):
        return said
    return _by_test(attributes, seen) or _by_class(attributes) or _by_data(attributes, seen)


# A title that begins with one of these words only describes a picture, and is no statement by CQC: "A banner in the hall",
# "Photo of the garden".
_DESCRIBES = re.compile(r"\s*(?:(?:an?|two|three|some|people|staff|residents|view) |photo|picture|image|drawing|map|logo)", re.I)
_RATING_BEHIND = re.compile(r"[:–—-]\s?(outstanding|good|requires[\s-]improvement|inadequate)\W?$", re.I)


def titled(node: LexborNode) -> str | None:
    """The title of a drawn picture, if it gives a rating and the text beside the picture gives none; otherwise None."""
    drawn = node.parent
    beside = drawn.parent if drawn is not None else None
    title = collapse(node.text())
    if beside is None or drawn is None or drawn.tag != "svg" or len(title) > _LONGEST_TITLE or not RATING_WORD.search(title):
        return None
    if beside.tag in _PARTS or _holds_many(beside):  # the node contains more than a label and a value
        return None if any(_RATED.search(text) for text in _next_to(drawn)) else title
    return None if RATING_WORD.search(beside.text().replace(node.text(), "", 1)) else title


_MANY = 12
_PARTS = frozenset({"main", "article", "section", "body", "header"})


def _holds_many(node: LexborNode) -> bool:
    """Whether a node has more children than a label and a value with spaces around them would need. If it has, only the texts
    next to a picture are searched, since a search of the whole node would be repeated for each picture in it."""
    child = node.first_child
    for _ in range(_MANY):
        if child is None:
            return False
        child = child.next
    return child is not None


def _next_to(node: LexborNode) -> Iterator[str]:
    """The texts directly before and after a node, if they are short."""
    for sibling in (node.prev, node.next):
        text = collapse(sibling.text()) if sibling is not None else ""
        if len(text) <= _LONGEST_TITLE:
            yield text


def _by_test(attributes: Mapping[str, str | None], seen: str) -> str | None:
    """A label and its rating, both from a test attribute such as `data-test="safe rating text: Good"`. None if the element has
    other visible text than this label."""
    stated = attributes.get("data-test") or attributes.get("data-testid") or ""
    found = _TEST_RATING.fullmatch(stated) or _TEST_RATING_JOINED.fullmatch(stated.strip())
    if found is None or seen.strip(" :").lower().replace(" ", "-") not in ("", found["of"].lower().replace(" ", "-")):
        return None
    return f"{found['of']}: {BY_CLASS}{_spaced(found['rating'])}"


def _by_data(attributes: Mapping[str, str | None], seen: str) -> str | None:
    """The rating in an attribute that is meant for ratings, such as `data-rating="inadequate"`. If the element has no visible
    text, another attribute may give the label, as in `data-scope="overall"`."""
    found = _DATA_RATING.fullmatch(attributes.get("data-rating") or "")
    if found is None:
        return None
    others = (value for name, value in attributes.items() if name.startswith("data-") and value and not seen)
    label = next((named[1] for value in others if (named := _DATA_LABEL.fullmatch(value))), None)
    return (f"{label}: " if label else "") + BY_CLASS + _spaced(found[1].lower())


def _spaced(rating: str) -> str:
    return re.sub(r"(?i)(requires)[\s_-]?(improvement)", r"\1 \2", rating)


def _by_class(attributes: Mapping[str, str | None]) -> str | None:
    """The rating in a class name such as `rating--requires-improvement`. None if the class names give several ratings."""
    names = (attributes.get("class") or "").lower().split()
    found = {match[2] for match in map(_CLASS_RATING.fullmatch, names) if match and _is_label(match[1])}
    if len(found) != 1:
        return None
    return BY_CLASS + _spaced(found.pop())


def _is_label(before: str | None) -> bool:
    """Whether a class name gives a rating. It does if nothing is before the words of the rating, or if the part before them
    means "rating" (`rating--`)."""
    return before is None or _BEFORE_RATING.search(before.rstrip("-_").replace("_", "-").rpartition("-")[2]) is not None

