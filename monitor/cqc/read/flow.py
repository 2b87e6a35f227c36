"""HTML or plain text -> what a person sees, in order: blocks of text with their headings, nearness and links.

CQC's class names have changed at least four times in ten years; what a person sees has not. Everything that reads a page
rests on the blocks made here. Source: docs/facts/pages.md.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.errors import Unreadable

BY_CLASS: Final = "\ue001"
"""Stands before a rating that only a class name carries: the weakest of witnesses."""

MAX_LINES: Final = 50_000
MAX_TAGS: Final = 250_000
"""Far beyond any page (a large one has 5,000): what is larger would take memory and time and say nothing."""

MAX_DEPTH: Final = 2_000
"""Elements within elements; beyond it a parser's time grows with the square of it."""

_SOFT = "\ue000"  # the edge of an inline element: no space stands there, but what looks like one word may be two
_BREAK = "\ue002"  # <br>
# What nobody sees must not part words, nor pass for one of the marks above.
_MARKS = (_SOFT, BY_CLASS, _BREAK, "\x00", "\u200b", "\ufeff", "\u00ad")
_WITHOUT_MARKS = str.maketrans(dict.fromkeys(_MARKS))

RATING_WORD: Final = re.compile(r"outstanding|\bgood\b|requires[\s_-]*improvement|inadequate|\brated\b|\brating\b", re.I)
_CLASS_RATING = re.compile(r"([a-z0-9_-]*[-_])?(outstanding|good|requires[-_]?improvement|inadequate)")
_BEFORE_RATING = re.compile(r"rat(?:ing|ed)|inspection|cqc|status|overall|result|score|tag|badge|icon|is|has")
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_NESTING_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)", re.I)
_NOT_NESTING = frozenset(
    ("p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "br", "img", "hr", "input", "meta", "link")
)
_BULLET = re.compile(r"(?:[-•*·▪●◦–]\s+|•)")
_HASHES = re.compile(r"(#{1,6})\s+")

# Selectors with what stands in every page that they can match anything on (in lower case): each costs a walk over the tree.
_Selectors = Mapping[str, bytes]
# What holds links to other publications of CQC; other links do not matter to a reading.
_LINKS: _Selectors = {
    'a[href*="location/"]': b"location", 'a[href*="report"]': b"report", 'a[href*="provider/"]': b"provider",
    'a[href*=".pdf"]': b"pdf", 'a[href*="inspection-summary"]': b"inspection",
}  # fmt: skip
_MAYBE_HIDDEN: _Selectors = {
    "[hidden]": b"hidden", "[aria-hidden]": b"aria-hidden", "[style]": b"style", "dialog": b"<dialog",
}  # fmt: skip
_CARRIERS: _Selectors = {
    "img[alt]": b"<img", "[title]": b"title", "[aria-label]": b"aria-label", "[class*=outstanding i]": b"outstanding",
    "[class*=good i]": b"good", "[class*=improvement i]": b"improvement", "[class*=inadequate i]": b"inadequate",
}  # fmt: skip
# A long list of nothing but links. Half of a page can be such menus: what stands in the middle of one and holds no word that
# any rule of the reader looks for is passed over.
_LONG_MENU, _MENU_HEAD, _MENU_FOOT = 30, 8, 3  # links; of these, at the ends, that stay: they part what stands around the menu
_MENU_TEXT = 80  # characters of a link
_LONGEST_SEEN = 2_000  # characters of an element's text, beyond any link's; what only attributes say counts beside 60 at most
_NEAR = 12  # elements between one and another that holds it
_TELLING = (
    "outstanding", "good", "improvement", "inadequate", "rat", "safe", "effective", "caring", "responsive", "well", "overall",
    "inspect", "assess", "measure", "report", "provide", "location", "profile", "regist", "archiv", "publish", "updat",
    "breach", "notice", "service", "care", "dent", "hosp", "surg", "people", "health", "ambulance", "matern", "diagnos",
    "practice", "living", "lives", "patients", "score", "previous", "during", "summary", "legend", "20", "you are here",
)  # fmt: skip


class Block(NamedTuple):
    """One block of text as a person sees it. (A plain tuple: there are a thousand of them to a page.)

    text    with single spaces; the cells of one row of a table are parted by tabs
    spaced  the same with a space at each edge of an inline element ("SafeGood" -> "Safe Good")
    level   1 to 6 in a heading, otherwise 0
    join    how deep the nearest element is that holds this block and the one before: the greater, the nearer to it
    """

    text: str
    spaced: str
    level: int
    join: int


class Anchor(NamedTuple):
    """A link to another publication of CQC, and the index of the block in which it begins (-1 for one in a menu)."""

    href: str
    text: str
    block: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A page as a person sees it. `canonical` is the address that the page gives as its own."""

    blocks: tuple[Block, ...]
    anchors: tuple[Anchor, ...] = ()
    canonical: str | None = None
    title: str | None = None
    is_html: bool = False
    anchors_of: Mapping[int, list[Anchor]] = field(default_factory=dict)


_IS_TEXT, _SKIPPED, _INLINE, _BR, _BLOCK, _HEADING, _ROW, _CELL = range(8)
_MARKED, _HIDDEN = 1, 2


def _kinds() -> dict[int, int]:
    """What an element is to a person, by the parser's numbers for tags (they differ between its releases)."""
    names = {
        _SKIPPED: "script style template noscript head title iframe object embed textarea select datalist xmp plaintext "
        "noembed noframes canvas audio video input map nav footer",
        _BR: "br",
        _BLOCK: "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset "
        "figcaption figure form header hgroup hr html legend li main menu ol option p pre search section summary table "
        "tbody tfoot thead ul",
        _HEADING: "h1 h2 h3 h4 h5 h6",
        _ROW: "tr",
        _CELL: "td th",
    }
    tree = LexborHTMLParser("x")
    kinds = {tree.create_node(name).tag_id: kind for kind, listed in names.items() for name in listed.split()}
    kinds[tree.create_node("svg").tag_id] = _INLINE
    kinds |= {node.tag_id: _IS_TEXT for node in tree.css("body")[0].iter(include_text=True)}
    return kinds


_KINDS = _kinds()
_LEVELS = {LexborHTMLParser("x").create_node(f"h{level}").tag_id: level for level in range(1, 7)}


def _collapse(text: str) -> str:
    return " ".join(text.split())


def from_text(text: str) -> Flow:
    """Plain text, a block a line; bullets are taken off, tabs part cells."""
    blocks = []
    lines = text.translate(_WITHOUT_MARKS).splitlines()
    if len(lines) > MAX_LINES:
        raise Unreadable(f"The text has {len(lines):,} lines: not a publication about one service.")
    for raw in lines:
        line = raw.strip()
        if not line:
            continue
        bullet = _BULLET.match(line)
        if bullet:
            line = line[bullet.end() :]
        hashes = _HASHES.match(line)
        if hashes:
            line = line[hashes.end() :]
        line = "\t".join(map(_collapse, line.split("\t"))) if "\t" in line else _collapse(line)
        if line:
            blocks.append(Block(line, line, len(hashes[1]) if hashes else 0, 0))
    return Flow(blocks=tuple(_mended(blocks)))


def from_html(text: str) -> Flow:
    """A page of HTML, without what a person does not see (hidden elements, scripts, comments).

    Raises Unreadable when elements are nested so deeply that no browser would show them.
    """
    _refuse_abyss(text)
    if (not text.isascii() or "\x00" in text) and any(mark in text for mark in _MARKS):
        text = text.translate(_WITHOUT_MARKS)
    data = text.encode("utf-8", "replace")
    tree = LexborHTMLParser(data)
    walk = _Walk(tree, data.lower())
    walk.run()
    anchors_of: dict[int, list[Anchor]] = {}
    for anchor in walk.anchors:
        anchors_of.setdefault(anchor.block, []).append(anchor)
    link = tree.css_first('link[rel="canonical"]')
    title = tree.css_first("head title")
    return Flow(
        blocks=tuple(walk.blocks),
        anchors=tuple(walk.anchors),
        canonical=link.attributes.get("href") if link is not None else None,
        title=_collapse(title.text()) if title is not None else None,
        is_html=True,
        anchors_of=anchors_of,
    )


def _refuse_abyss(text: str) -> None:
    """The parser takes 20 s for 100,000 nested divs: look first. Pages with few tags can't be deep enough to matter."""
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


def _mended(blocks: list[Block]) -> list[Block]:
    """Puts "Requires" and "improvement" on two lines together again."""
    mended: list[Block] = []
    for block in blocks:
        last = mended[-1] if mended else None
        if last and block.text[:11].lower() == "improvement" and last.text[-8:].lower() == "requires":
            mended[-1] = last._replace(text=f"{last.text} {block.text}", spaced=f"{last.spaced} {block.spaced}")
        else:
            mended.append(block)
    return mended


class _Walk:
    """One pass over a tree, without recursion."""

    def __init__(self, tree: LexborHTMLParser, lowered: bytes) -> None:
        self.body = tree.body
        self.blocks: list[Block] = []
        self.anchors: list[Anchor] = []
        self.parts: list[str] = []
        self.level = 0
        self.low = 0  # the shallowest depth since the last block ended
        self.join = 0  # the same when the present block's first text was met
        self.cells: list[tuple[int, int]] = []  # in a row: where each cell's blocks begin and end
        linked = _selected(tree, _LINKS, lowered)
        self.links = {node.mem_id: node.attributes.get("href") or "" for node in linked}
        self.aside = [node for node in linked if _is_in_menu(node)]
        self.carriers = {node.mem_id: node for node in _selected(tree, _CARRIERS, lowered)}
        hidden = {node.mem_id: _HIDDEN for node in _selected(tree, _MAYBE_HIDDEN, lowered) if _is_hidden(node)}
        holders = {above.mem_id for node in (*linked, *self.carriers.values()) if (above := node.parent) is not None}
        self.jumps = dict(_passed_over(tree, holders.union(self.carriers)))
        hidden |= dict.fromkeys(self.jumps, _HIDDEN)
        self.special = dict.fromkeys(self.links, _MARKED) | dict.fromkeys(self.carriers, _MARKED) | hidden

    def run(self) -> None:  # noqa: C901  (runs over each node of each page that changed: calls would double its time)
        node, parts, kinds, special = self.body, self.parts, _KINDS, self.special
        stack: list[tuple[LexborNode, int, tuple[int, int, int] | None]] = []
        while node is not None:
            tag, flag = node.tag_id, 0
            kind = kinds.get(tag, _INLINE)
            if kind == _IS_TEXT:
                text = node.text_content
                if text and (parts or not text.isspace()):
                    if not parts:
                        self.join = self.low
                    parts.append(text)
            elif kind != _SKIPPED and (flag := special.get(node.mem_id, 0)) != _HIDDEN:
                if kind >= _BLOCK:
                    if parts:
                        self._flush(len(stack))
                    if kind > _BLOCK:
                        self._open(kind, tag)
                elif parts:
                    parts.append(_SOFT if kind == _INLINE else _BREAK)
                stack.append((node, kind, (node.mem_id, len(parts), len(self.blocks)) if flag else None))
                node = node.first_child
                if node is not None:
                    continue
            if node is not None:
                node = self.jumps.get(node.mem_id, node).next if flag == _HIDDEN else node.next
                if node is not None:
                    continue
            while stack:
                parent, kind, marked = stack.pop()
                depth = len(stack)
                if marked is not None:
                    self._leave_marked(parent, marked)
                if kind >= _BLOCK:
                    if parts:
                        self._flush(depth + 1)
                    if kind > _BLOCK:
                        self._end(kind)
                elif parts:
                    parts.append(_SOFT)
                if depth < self.low:
                    self.low = depth
                node = parent.next
                if node is not None:
                    break
        self._flush(0)
        self.anchors += [Anchor(self.links[menu.mem_id].strip(), _collapse(menu.text()), -1) for menu in self.aside]

    def _open(self, kind: int, tag: int) -> None:
        if kind == _HEADING:
            self.level = _LEVELS[tag]
        elif kind == _ROW:
            self.cells = []
        else:
            self.cells.append((len(self.blocks), len(self.blocks)))

    def _end(self, kind: int) -> None:
        if kind == _HEADING:
            self.level = 0
        elif kind == _ROW:
            self._join_row()
        elif self.cells:
            self.cells[-1] = (self.cells[-1][0], len(self.blocks))

    def _join_row(self) -> None:
        """The cells of a short row become one block; a row that lays out a page stays as it is."""
        cells, self.cells = self.cells, []
        if len(cells) < 2 or any(end - start > 3 for start, end in cells):
            return
        first, last = cells[0][0], cells[-1][1]
        row = self.blocks[first:last]
        if not row or sum(len(block.text) for block in row) > 300:
            return
        texts = (" ".join(block.text for block in self.blocks[start:end]) for start, end in cells)
        spaced = (" ".join(block.spaced for block in self.blocks[start:end]) for start, end in cells)
        self.blocks[first:] = [Block("\t".join(texts), "\t".join(spaced), 0, row[0].join)]
        for at in range(len(self.anchors) - 1, -1, -1):
            if self.anchors[at].block < first:
                break
            self.anchors[at] = self.anchors[at]._replace(block=first)

    def _leave_marked(self, node: LexborNode, marked: tuple[int, int, int]) -> None:
        """Leaves a link, or an element whose attributes may be the only carrier of what it says."""
        key, parts_from, blocks_from = marked
        seen = self._seen_since(parts_from, blocks_from)
        if key in self.carriers:
            said = _carried(node, seen)
            if said:
                if not self.parts:
                    self.join = self.low
                self.parts.append(f" {said} ")
                seen = f"{seen} {said}".strip()
        if key in self.links:
            self.anchors.append(Anchor(self.links[key].strip(), seen, blocks_from))

    def _seen_since(self, parts_from: int, blocks_from: int) -> str:
        """The visible text since an element began; no more of it than matters, since elements can hold each other."""
        pieces: list[str] = []
        left = _LONGEST_SEEN
        for at in range(blocks_from, len(self.blocks)):
            if left < 0:
                break
            pieces += (self.blocks[at].spaced[: _LONGEST_SEEN + 1], " ")
            left -= len(pieces[-2]) + 1
        for at in range(0 if pieces else parts_from, len(self.parts)):
            if left < 0:
                break
            pieces.append(self.parts[at][: _LONGEST_SEEN + 1])
            left -= len(pieces[-1]) + 1
        return _collapse("".join(pieces).replace(_SOFT, ""))

    def _flush(self, depth: int) -> None:
        parts = self.parts
        if not parts:
            return
        while parts[-1] == _SOFT:  # never empty: the first part is text
            parts.pop()
        text = parts[0] if len(parts) == 1 else "".join(parts)
        parts.clear()
        if _BREAK in text:
            found = [block for line in text.split(_BREAK) if (block := self._block(line))]
            if len(found) > 1:
                found = _mended([found[0], *(block._replace(join=depth) for block in found[1:])])
            self.blocks += found
            self.low = depth if found else self.low
        elif block := self._block(text):
            self.blocks.append(block)
            self.low = depth

    def _block(self, text: str) -> Block | None:
        plain = " ".join(text.split())
        spaced = plain
        if _SOFT in plain:
            spaced = _collapse(plain.replace(_SOFT, " ")) if len(plain) < 300 else ""
            plain = plain.replace(_SOFT, "")
            if "  " in plain or plain[:1] == " " or plain[-1:] == " ":
                plain = _collapse(plain)
            spaced = spaced or plain
        return Block(plain, spaced, self.level, self.join) if plain else None


def _selected(tree: LexborHTMLParser, selectors: _Selectors, lowered: bytes) -> list[LexborNode]:
    """The elements that any of the selectors picks, in the order of the page; `lowered` is the page in lower case."""
    worth = [selector for selector, word in selectors.items() if word in lowered]
    return tree.css(",".join(worth)) if worth else []


def _passed_over(tree: LexborHTMLParser, marked: Collection[int]) -> Iterator[tuple[int, LexborNode]]:
    """The items of long menus that tell nothing about a service, in runs: the first one's number, the last one. `marked` are
    those that do tell, whatever their text."""
    lists = tree.css("ul,ol")
    for menu, following in zip(lists, (*lists[1:], None), strict=False):
        if following is not None and _is_within(following, menu):
            continue  # it holds more than links, and lists that hold each other would each be searched to the bottom
        items = menu.css("li")
        if len(items) < _LONG_MENU:
            continue
        if not len(items) == len(menu.css("li > a:only-child")) == len(menu.css("*")) / 2 - 0.5:
            continue
        together = "\x00".join([item.text() for item in items]).lower()
        telling = re.compile("|".join(word for word in _TELLING if word in together) or "$.").search
        texts = together.split("\x00")
        first = 0
        for at in range(_MENU_HEAD, len(items) - _MENU_FOOT + 1):
            over = at == len(items) - _MENU_FOOT
            if over or len(texts[at]) > _MENU_TEXT or telling(texts[at]) or items[at].mem_id in marked:
                if first:
                    yield items[first].mem_id, items[at - 1]
                first = 0
            else:
                first = first or at


def _is_within(node: LexborNode, holder: LexborNode) -> bool:
    """Whether a node stands in another, not far below it."""
    above = node.parent
    for _ in range(_NEAR):
        if above is None:
            return False
        if above.mem_id == holder.mem_id:
            return True
        above = above.parent
    return False


def _is_in_menu(node: LexborNode) -> bool:
    """Whether a link stands in navigation or the page's foot, of which nothing else matters."""
    above = node.parent
    for _ in range(_NEAR):
        if above is None or above.tag == "body":
            return False
        if above.tag in ("nav", "footer"):
            return True
        above = above.parent
    return False


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return (
        "hidden" in attributes
        or (attributes.get("aria-hidden") or "").strip().lower() == "true"
        or _HIDING_STYLE.search(attributes.get("style") or "") is not None
        or (node.tag == "dialog" and "open" not in attributes)
    )


def _carried(node: LexborNode, seen: str) -> str | None:
    """What an element says by its attributes alone; None where its visible text says it, or where it says nothing."""
    attributes = node.attributes
    if node.tag == "img":
        return (attributes.get("alt") or attributes.get("title") or "").translate(_WITHOUT_MARKS) or _by_class(attributes)
    if len(seen) > 60 or RATING_WORD.search(seen) or BY_CLASS in seen:
        return None
    said = (attributes.get("aria-label") or attributes.get("title") or "").translate(_WITHOUT_MARKS).strip()
    if said and len(said) <= 100 and (RATING_WORD.search(said) or not seen):
        return said
    return _by_class(attributes)


def _by_class(attributes: Mapping[str, str | None]) -> str | None:
    """A rating that only a class name carries, and only one: `rating--requires-improvement`."""
    names = (attributes.get("class") or "").lower().split()
    found = {match[2] for match in map(_CLASS_RATING.fullmatch, names) if match and _is_label(match[1])}
    if len(found) != 1:
        return None
    rating = re.sub(r"requires[-_]?improvement", "requires improvement", found.pop())
    return BY_CLASS + rating


def _is_label(before: str | None) -> bool:
    """Whether what stands before a rating in a class name makes it one: nothing, or a last part that says so (`rating--`)."""
    return before is None or _BEFORE_RATING.search(before.rstrip("-_").replace("_", "-").rpartition("-")[2]) is not None

