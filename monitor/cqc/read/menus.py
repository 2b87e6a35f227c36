"""Decides which menus of a page contain statements about the page's service, and which items of menus can be skipped."""

import re
from collections.abc import Collection, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.ratings import KeyQuestion

# A menu, or a text that is hidden from screen readers, is kept only if it contains a rating or a sentence about an event such
# as enforcement.
_TELLS_A_RATING = re.compile(
    r"(?i:\boutstanding|\bgood|requires[\s-]+improvement|\binadequate|\bnot rated|suspended|\bregulations met)\b(?!\s+[a-z])"
)
TELLS = re.compile(
    _TELLS_A_RATING.pattern
    + r"|(?i:special\s+measures\s+\w+|\b(?:in|into|of)\s+special\s+measures|(?:warning|requirement)\s+notices?\b"
    r"|enforcement\s+action|\bno longer\b|published\W+\d)"
)
# A menu that is a long list of links can take up half of a page. Items in the middle of a long menu are skipped if they contain
# none of the words in `_TELLING`. The first and last items are kept, so that the texts above and below the menu stay apart. The
# numbers are: the fewest items of a long menu, and how many items are kept at its beginning and at its end.
_LONG_MENU, _MENU_HEAD, _MENU_FOOT = 30, 8, 3
_MENU_TEXT = 80  # the most characters of a link
_NEAR = 12  # the most elements between a node and its ancestor
_TELLING = (
    "outstanding", "good", "improvement", "inadequate", "rat", *(one.partition("-")[0] for one in KeyQuestion),
    "overall", "inspect", "assess", "measure", "report", "provide", "location", "profile", "regist", "archiv", "publish", "updat",
    "breach", "notice", "service", "care", "dent", "hosp", "surg", "people", "health", "ambulance", "matern", "diagnos",
    "practice", "living", "lives", "patients", "score", "previous", "during", "summary", "legend", "20", "you are here",
)  # fmt: skip


def tells(menu: LexborNode) -> bool:
    """Whether a menu contains a rating, or a sentence about an event at the service. Sentences that are only links are
    ignored."""
    told = len(TELLS.findall(menu.text(separator=" ")))
    if not told:
        return False
    links = (link.text(separator=" ") for link in menu.css("a"))
    return told > sum(len(TELLS.findall(words)) for words in links if not _TELLS_A_RATING.search(words))


def passed_over(tree: LexborHTMLParser, marked: Collection[int]) -> Iterator[tuple[int, LexborNode]]:
    """Finds the items in the middle of long menus that say nothing about a service. For each sequence of such items, yields the
    parser's number for the first item (mem_id), and the node of the last item. Items whose number is in `marked` are never
    skipped."""
    lists = tree.css("ul,ol")
    for menu, following in zip(lists, (*lists[1:], None), strict=False):
        if following is not None and _is_within(following, menu):
            continue  # a list that contains other lists is left out, since its items would be searched several times
        items = menu.css("li")
        if len(items) < _LONG_MENU:
            continue
        if not len(items) == len(menu.css("li > a:only-child")) == len(menu.css("*")) / 2 - 0.5:
            continue
        texts = [item.text().lower() for item in items]
        # a menu's items share most of their words, so each word is kept only once
        words = " ".join(set(" ".join(texts).split()))
        telling = re.compile("|".join(word for word in _TELLING if word in words or " " in word) or "$.").search
        first, last = _MENU_HEAD, len(items) - _MENU_FOOT
        say = [at for at in range(first, last) if len(texts[at]) > _MENU_TEXT or telling(texts[at]) or items[at].mem_id in marked]
        for at in (*say, last):
            if at > first:
                yield items[first].mem_id, items[at - 1]
            first = at + 1


def _is_within(node: LexborNode, holder: LexborNode) -> bool:
    """Whether a node is inside another node, and only a few levels below it."""
    above = node.parent
    for _ in range(_NEAR):
        if above is None:
            return False
        if above.mem_id == holder.mem_id:
            return True
        above = above.parent
    return False


def is_in_menu(node: LexborNode) -> bool:
    """Whether a link is in the navigation or the footer of a page."""
    above = node.parent
    for _ in range(_NEAR):
        if above is None or above.tag == "body":
            return False
        if above.tag in ("nav", "footer"):
            return True
        above = above.parent
    return False
