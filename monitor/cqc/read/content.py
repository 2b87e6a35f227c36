"""Finds the content of a page. The content consists of the page's `main` element and the service's own header, without some of
their parts.

On CQC's pages of 2026 the name, the overall rating and the notices are in the service's own header, outside `main`. If
statements differ, those in this header and in `main` are used instead of those in the rest of the page. Explanations in
dialogs, and form controls with their labels, are never content. The site's menus and footers, and hidden parts outside the
header and `main`, are not content either. Source: docs/facts/pages.md, Layout of today.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, IntEnum, auto
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode


class Part(Enum):
    """The role of a block according to the markup: a term (<dt>), the value of a term (<dd>), or a table row that contains only
    headings (<th>)."""

    NONE = auto()
    TERM = auto()
    VALUE = auto()
    HEADS = auto()


class Place(IntEnum):
    """The part of a page that contains a block. If statements differ, a place earlier in this list takes precedence over a
    later place."""

    HEADER = 0  # the service's own header, with its name
    MAIN = 1
    HIDDEN = 2  # inside `main` or the service's header, in a panel that is closed when the page opens
    # inside `main` or the service's header, hidden, and nothing on the page opens it (for example, the template of a notice)
    UNSEEN = 3
    PAGE = 4  # anywhere else


class Mark(IntEnum):
    """The role of a single element, regardless of the elements around it."""

    MAIN = 1
    HEADER = 2
    SITE = 3  # part of the site: its banner, menus and footers
    LEGEND = 4  # an explanation, such as the text of a dialog
    CONTROL = 5  # a form control, or a group of them
    HIDDEN = 6
    SILENT = 7  # marked aria-hidden: shown on screen, but not read aloud by a screen reader
    RATED = 8  # a rating inside the heading with the service's name
    UNSEEN = 9  # hidden, and nothing on the page opens it


# The elements that can be marked. One search for all of them takes less time than a separate search for each.
_MARKED: Final = (
    "main,h1,[role],[data-nosnippet],.modal,.service-header,dialog,[hidden],[aria-hidden],[style],[aria-pressed],"
    "fieldset,legend,button[value],button[name],input[type=checkbox i],input[type=radio i]"
)
_ROLES: Final = {
    "main": Mark.MAIN,
    **dict.fromkeys(("banner", "contentinfo", "navigation", "search"), Mark.SITE),
    **dict.fromkeys(("dialog", "alertdialog", "tooltip"), Mark.LEGEND),
    **dict.fromkeys(
        ("checkbox", "radio", "radiogroup", "switch", "option", "listbox", "combobox", "menuitemcheckbox", "menuitemradio",
         "slider", "spinbutton", "searchbox", "textbox"),
        Mark.CONTROL,
    ),
}  # fmt: skip
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_RATING = r"outstanding|good|requires[\s-]+improvement|inadequate"
_ONLY_RATING = re.compile(rf"\W*(?:overall\W+)?(?:cqc )?(?:rat(?:ing|ed)\W+)?(?:{_RATING})\W*", re.I)
_HAS_RATING = re.compile(rf"\b(?:{_RATING})\b", re.I)
_NOT_THE_SERVICE = re.compile(r"\W*+(?:the )?(?:care quality commission|cqc)?\W*+", re.I)

_MOST_HEADINGS = 8
_DEEPEST = 100  # how many ancestors of an element are examined
_LABEL = 80  # the most characters beside a tick box
_CAPTION = 40  # the most characters above a group of tick boxes

Marks = dict[int, Mark]
"""The mark of each element. The keys are the parser's numbers for the elements (mem_id)."""


def marks(tree: LexborHTMLParser) -> Marks:
    """The roles of a page's elements. Elements without a role are left out."""
    nodes = tree.css(_MARKED)
    found: Marks = {}
    boxes = []
    for node in nodes:
        if (node.tag == "input") and (node.attributes.get("type") or "").lower() in ("checkbox", "radio"):
            boxes.append(node)
        elif mark := _mark(node):
            found[node.mem_id] = mark
    named = [node for node in nodes if node.tag == "h1" and not _NOT_THE_SERVICE.fullmatch(node.text())]
    names = [(node, _above(node)) for node in named[:_MOST_HEADINGS]]
    mains = [_above(node) for node in nodes if found.get(node.mem_id) is Mark.MAIN][:_MOST_HEADINGS]
    _keep_content(found, mains, [above for _, above in names])
    _find_header(found, nodes, names, mains)
    found |= dict.fromkeys(_contents(tree), Mark.SITE)
    found |= _controls(boxes, {node.mem_id for above in [*mains, *(one for _, one in names)] for node in above})
    for node in named[:_MOST_HEADINGS]:
        found |= _rated(node)
    _find_unseen(found, tree, nodes)
    return found


def _contents(tree: LexborHTMLParser) -> Iterator[int]:
    """The lists that contain only links to places on the same page. Such lists are tables of contents, which make no
    statements."""
    lists: dict[int, LexborNode] = {}
    for link in tree.css("li > a[href^='#']:only-child"):
        if len(link.attributes.get("href") or "") > 1 and link.parent is not None and (held := link.parent.parent) is not None:
            lists.setdefault(held.mem_id, held)
    for key, held in list(lists.items())[:_MOST_LISTS]:
        links = held.css("li > a[href^='#']")
        said = "".join(link.text() for link in links)
        if len(links) > 1 and "".join(held.text().split()) == "".join(said.split()):
            yield key


_MOST_LISTS = 8


def _find_unseen(found: Marks, tree: LexborHTMLParser, nodes: Iterable[LexborNode]) -> None:
    """Marks hidden elements that nobody ever sees: they contain only lines of text, and nothing on the page opens them."""
    hidden = [node for node in nodes if found.get(node.mem_id) is Mark.HIDDEN and node.tag in _LINES]
    content = (Mark.MAIN, Mark.HEADER)
    inside = [node for node in hidden if any(found.get(one.mem_id) in content for one in _above(node)[1:])]
    closed = [node for node in inside if not _is_panel(node)]
    if not closed:
        return
    opened = {(node.attributes.get(name) or "").lstrip("#") for node in tree.css(_OPENERS) for name in _OPENED_BY}
    for node in closed:
        if (node.attributes.get("id") or "-") not in opened and not _is_below_a_heading(node):
            found[node.mem_id] = Mark.UNSEEN


_LINES = frozenset(("p", "div", "li", "aside", "section", "template"))
_PANEL = "h2,h3,h4,h5,h6,table,dl,ul,ol,button,summary"
_FEW_LINES = 2
_OPENED_BY = ("aria-controls", "data-target", "data-bs-target", "data-controls", "href")
_OPENERS = "[aria-controls],[data-target],[data-bs-target],[data-controls],a[href^='#']"
_PANEL_CLASS = re.compile(r"accordion|panel|\btab|collaps|expand|toggle|drawer|disclos|reveal|\bmore\b")


_BANNER_CLASS = re.compile(r"(?:^|[\s_-])(?:banner|alert|notice|ribbon)(?=$|[\s_-])(?![\w-]*(?:__|-)(?:content|body|panel))")


def _is_panel(node: LexborNode) -> bool:
    """Whether an element is a panel that can be opened, according to its content or its attributes."""
    attributes = node.attributes
    if _BANNER_CLASS.search((attributes.get("class") or "").lower()):  # a notice may have a heading, but nothing opens a notice
        return False
    if node.css_first(_PANEL) is not None or len(node.css("p")) > _FEW_LINES or "aria-labelledby" in attributes:
        return True
    if attributes.get("hidden") == "until-found" or attributes.get("role") in ("tabpanel", "region"):
        return True
    return _PANEL_CLASS.search(f"{attributes.get('class')} {attributes.get('id')}".lower()) is not None


def _is_below_a_heading(node: LexborNode) -> bool:
    """Whether a heading, a button or a term is directly above an element. Above a closed panel there is always one of these."""
    above = node.prev
    while above is not None and (above.tag or "-").startswith("-"):
        above = above.prev
    return above is not None and above.tag in _HEADS


_HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "button", "dt", "label", "summary", "a"))


def is_control(node: LexborNode) -> bool:
    """Whether a `label` element belongs to a form control. Otherwise it is the name of the value beside it."""
    return "for" in node.attributes or node.css_first("input,select,textarea") is not None


def _mark(node: LexborNode) -> Mark | None:
    attributes = node.attributes
    if node.tag == "main":
        return Mark.MAIN
    role = _ROLES.get((attributes.get("role") or "").strip().lower())
    if role is not None:
        return role
    classes = (attributes.get("class") or "").lower().split()
    if "data-nosnippet" in attributes or "modal" in classes or (node.tag == "dialog" and "open" not in attributes):
        return Mark.LEGEND
    sends = node.tag == "button" and ("value" in attributes or "name" in attributes)
    if sends or "aria-pressed" in attributes or (node.tag in ("fieldset", "legend") and _has_controls(node)):
        return Mark.CONTROL
    if "hidden" in attributes or _HIDING_STYLE.search(attributes.get("style") or ""):
        return Mark.HIDDEN
    if (attributes.get("aria-hidden") or "").strip().lower() == "true":
        return Mark.SILENT
    return None


def _has_controls(node: LexborNode) -> bool:
    """Whether a set of form fields contains a control that a person can choose or fill in. `node` is the set itself or its
    caption."""
    fields = node if node.tag == "fieldset" else node.parent
    return fields is None or fields.css_first("input,select,textarea,button,label,a") is not None


def _above(node: LexborNode) -> list[LexborNode]:
    """The node, then its ancestors from the nearest outwards."""
    found = [node]
    above = node.parent
    while above is not None and above.tag != "-undef" and len(found) < _DEEPEST:
        found.append(above)
        above = above.parent
    return found


def _keep_content(found: Marks, mains: Sequence[Sequence[LexborNode]], names: Sequence[Sequence[LexborNode]]) -> None:
    """Removes the marks of elements that must contain content. Such an element contains all the page's `main` elements, or all
    headings that may be the service's name."""
    for held in (mains, names):
        if held:
            common = set.intersection(*({node.mem_id for node in above[1:]} for above in held))
            for key in common:
                if found.get(key) is not Mark.MAIN:
                    found.pop(key, None)


def _find_header(
    found: Marks,
    nodes: Iterable[LexborNode],
    names: Sequence[tuple[LexborNode, Sequence[LexborNode]]],
    mains: Sequence[Sequence[LexborNode]],
) -> None:
    """Marks the block outside `main` that contains the heading with the service's name."""
    holding = {node.mem_id for above in mains for node in above}
    inside = {above[0].mem_id for above in mains}
    for _, above in names:
        outside = [node for node in above[1:] if node.mem_id not in holding and node.tag not in ("body", "html")]
        if any(node.mem_id in inside or found.get(node.mem_id) for node in above):
            continue
        if any(node.tag in ("nav", "footer", "form") for node in outside):
            continue
        header = next((node for node in outside if node.tag == "header"), outside[-1] if mains and outside else None)
        if header is not None:
            found[header.mem_id] = Mark.HEADER
            return
    own = [node for node in nodes if "service-header" in (node.attributes.get("class") or "").split()]
    if len(own) == 1 and not any(node.mem_id in inside or found.get(node.mem_id) for node in _above(own[0])):
        found[own[0].mem_id] = Mark.HEADER


def _controls(boxes: Sequence[LexborNode], holding: set[int]) -> Marks:
    """Marks the text beside tick boxes, and the caption above a group of tick boxes. `holding` has the numbers of the elements
    that contain the content."""
    found: Marks = {}
    groups: dict[int, list[LexborNode]] = {}
    for box in boxes:
        beside = box.parent
        if beside is not None and beside.tag == "label":
            beside = beside.parent
        if beside is None or beside.mem_id in holding or beside.tag in ("body", "main", "html"):
            continue
        if len(beside.text()) <= _LABEL * (1 + len(beside.css("input"))):
            found[beside.mem_id] = Mark.CONTROL
            if beside.parent is not None:
                groups.setdefault(beside.parent.mem_id, [beside.parent]).append(beside)
    for group, *members in groups.values():
        first = group if len(members) > 1 else members[0]
        caption = first.prev
        while caption is not None and (caption.tag or "-").startswith("-"):
            caption = caption.prev
        if caption is None or caption.mem_id in holding:
            continue
        text = caption.text().strip()
        if len(text) <= _CAPTION and not _HAS_RATING.search(text):
            found[caption.mem_id] = Mark.CONTROL
    return found


def _rated(heading: LexborNode) -> Marks:
    """Marks the elements of a heading that come after the service's name and contain only a rating."""
    found: Marks = {}
    for node in heading.css("*"):
        if node.mem_id != heading.mem_id and _ONLY_RATING.fullmatch(node.text()) and node.prev is not None:
            found[node.mem_id] = Mark.RATED
    return found
