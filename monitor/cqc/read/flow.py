"""HTML or plain text -> what a person sees, in order: blocks of text with their headings, nearness and links.

CQC's class names have changed at least four times in ten years; what a person sees has not. Everything that reads a page
rests on the blocks made here. Source: docs/facts/pages.md.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.cqc.read import content
from monitor.cqc.read.content import Mark, Place
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
_WITHOUT_BREAKS = str.maketrans(dict.fromkeys("\u00ad\u200b"))
_WITHOUT_MARKS = str.maketrans(dict.fromkeys(_MARKS))

RATING_WORD: Final = re.compile(r"outstanding|\bgood\b|requires[\s_-]*improvement|inadequate|\brated\b|\brating\b", re.I)
_CLASS_RATING = re.compile(r"([a-z0-9_-]*[-_])?(outstanding|good|requires[-_]?improvement|inadequate)")
_BEFORE_RATING = re.compile(r"rat(?:ing|ed)|inspection|cqc|state|status|overall|result|score|tag|badge|icon|is|has")
# "safe rating text: Good". Source: docs/facts/pages.md, Layout of today.
_TEST_RATING = re.compile(
    r"\s*(?P<of>overall|safe|effective|caring|responsive|well[ -]?led) rating(?: text)?\s*:\s*(?P<rating>[a-z][a-z -]{2,30}?)\s*",
    re.I,
)
_NESTING_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)", re.I)
_NOT_NESTING = frozenset(
    ("p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "br", "img", "hr", "input", "meta", "link")
)
_BULLET = re.compile(r"(?:[-•*·▪●◦–]\s+|•)")
_HASHES = re.compile(r"(#{1,6})\s+")

# What a menu, or what is not read out, must hold to be more than that: a rating, or a sentence about what may have befallen the
# service.
_TELLS = re.compile(
    r"(?i:\boutstanding|\bgood|requires[\s-]+improvement|\binadequate|\bnot rated|suspended|\bregulations met)\b(?!\s+[a-z])"
    r"|(?i:special\s+measures\s+\w+|\b(?:in|into|of)\s+special\s+measures|(?:warning|requirement)\s+notices?\b"
    r"|enforcement\s+action|\bno longer\b|published\W+\d)"
)
# What speaks of this program's matters at all.
_TOPIC = re.compile(
    r"special\s+measures|enforcement|(?:warning|requirement)\s+notice|suspend|\bcancel|prosecut|urgent\s+action"
    r"|requires\s+improvement|\binadequate\b|\boutstanding\b|\bgood\b|no longer registered|withdrawn",
    re.I,
)
_TOPIC_WORDS = (
    "measures", "enforce", "notice", "suspend", "cancel", "prosecut", "urgent", "improvement", "inadequate", "outstanding",
    "good", "no longer", "withdrawn",
)  # fmt: skip

# Selectors with what stands in every page that they can match anything on (in lower case): each costs a walk over the tree.
_Selectors = Mapping[str, bytes]
# What holds links to other publications of CQC; other links do not matter to a reading.
_LINKS: _Selectors = {
    'a[href*="location/"]': b"location", 'a[href*="report"]': b"report", 'a[href*="provider/"]': b"provider",
    'a[href*=".pdf"]': b"pdf", 'a[href*="inspection-summary"]': b"inspection",
}  # fmt: skip
_CARRIERS: _Selectors = {
    "img[alt]": b"<img", "[title]": b"title", "[aria-label]": b"aria-label", "[class*=outstanding i]": b"outstanding",
    "[class*=good i]": b"good", "[class*=improvement i]": b"improvement", "[class*=inadequate i]": b"inadequate",
    "[data-test*=rating i]": b"data-test",
}  # fmt: skip
# A long list of nothing but links. Half of a page can be such menus: what stands in the middle of one and holds no word that
# any rule of the reader looks for is passed over.
_LONG_MENU, _MENU_HEAD, _MENU_FOOT = 30, 8, 3  # links; of these, at the ends, that stay: they part what stands around the menu
_MENU_TEXT = 80  # characters of a link
_LONGEST_SEEN = 2_000  # characters of an element's text, beyond any link's; what only attributes say counts beside 60 at most
_LONGEST_TITLE = 60  # characters of a drawn picture's title
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
    place   where on the page it stands
    item    whether it had a bullet, in a plain text
    """

    text: str
    spaced: str
    level: int
    join: int
    place: Place = Place.PAGE
    item: bool = False


class Anchor(NamedTuple):
    """A link to another publication of CQC, and the index of the block in which it begins (-1 for one in a menu)."""

    href: str
    text: str
    block: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A page as a person sees it. `canonical` is the address that the page gives as its own; `left_out` are lines of what is no
    content, where these speak of ratings, special measures or enforcement."""

    blocks: tuple[Block, ...]
    anchors: tuple[Anchor, ...] = ()
    canonical: str | None = None
    title: str | None = None
    is_html: bool = False
    anchors_of: Mapping[int, list[Anchor]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


_IS_TEXT, _SKIPPED, _INLINE, _BR, _BLOCK, _HEADING, _ROW, _CELL, _BY_PLACE = range(9)
_MARKED, _PASSED, _DECIDED = 1, 2, 4


def _kinds() -> dict[int, int]:
    """What an element is to a person, by the parser's numbers for tags (they differ between its releases)."""
    names = {
        _SKIPPED: "script style template head title iframe object embed textarea select datalist option optgroup xmp "
        "plaintext noembed noframes canvas audio video input map del s strike wbr",
        _BR: "br",
        _BLOCK: "address article aside blockquote body button caption center dd details dialog dir div dl dt figcaption "
        "fieldset figure form header hgroup hr html legend li main menu ol p pre search section summary table tbody tfoot "
        "thead ul",
        _HEADING: "h1 h2 h3 h4 h5 h6",
        _ROW: "tr",
        _CELL: "td th",
        _BY_PLACE: "nav footer noscript label",
    }
    tree = LexborHTMLParser("x")
    kinds = {tree.create_node(name).tag_id: kind for kind, listed in names.items() for name in listed.split()}
    kinds[tree.create_node("svg").tag_id] = _INLINE
    kinds |= {node.tag_id: _IS_TEXT for node in tree.css("body")[0].iter(include_text=True)}
    return kinds


_KINDS = _kinds()
_TITLE, _SUP = (LexborHTMLParser("x").create_node(name).tag_id for name in ("title", "sup"))
_FOOTNOTE = re.compile(r"\s*(?:\[?\(?\d{1,2}\)?\]?|[*†‡§]{1,3})\s*")
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
            blocks.append(Block(line, line, len(hashes[1]) if hashes else 0, 0, item=bullet is not None))
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
    walk.run(tree.body)
    walk.add_menus()
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
        left_out=tuple(walk.lines_left_out()),
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
        self.blocks: list[Block] = []
        self.anchors: list[Anchor] = []
        self.parts: list[str] = []
        self.level = 0
        self.low = 0  # the shallowest depth since the last block ended
        self.join = 0  # the same when the present block's first text was met
        self.cells: list[tuple[int, int]] = []  # in a row: where each cell's blocks begin and end
        self.place = Place.PAGE
        self.places: dict[int, Place] = {}  # of the elements that the walk is in and that changed the place: what it was before
        self.left_out: list[LexborNode] = []
        self.everything = False  # nothing is left out: the walk goes through what was
        linked = _selected(tree, _LINKS, lowered)
        self.links = {node.mem_id: node.attributes.get("href") or "" for node in linked}
        self.unmet = {node.mem_id: node for node in linked}
        self.carriers = {node.mem_id: node for node in _selected(tree, _CARRIERS, lowered)}
        self.marks = content.marks(tree)
        holders = {above.mem_id for node in (*linked, *self.carriers.values()) if (above := node.parent) is not None}
        self.jumps = dict(_passed_over(tree, holders.union(self.carriers)))
        self.special = dict.fromkeys(self.links, _MARKED) | dict.fromkeys(self.carriers, _MARKED)
        self.special |= dict.fromkeys(self.marks, _DECIDED) | dict.fromkeys(self.jumps, _PASSED)

    def run(self, root: LexborNode | None) -> None:  # noqa: C901  (over each node of each page that changed: calls cost time)
        node, parts, kinds, special = root, self.parts, _KINDS, self.special
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
            elif kind == _SKIPPED and tag == _TITLE:
                if said := _titled(node):
                    self.join = self.join if parts else self.low
                    parts.append(f" {said} ")
            elif tag == _SUP and _FOOTNOTE.fullmatch(node.text()):
                pass
            elif kind != _SKIPPED and (flag := special.get(node.mem_id, 0)) != _PASSED:
                if kind == _BY_PLACE or flag == _DECIDED:
                    kind, place = self._decide(node, kind)
                    if kind != _SKIPPED and place != self.place:
                        self._flush(len(stack))
                        self.places[node.mem_id], self.place = self.place, place
                if kind != _SKIPPED:
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
                if not stack:
                    break
                node = self.jumps.get(node.mem_id, node).next if flag == _PASSED else node.next
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
                    parts.append(_SOFT if kind == _INLINE else _BREAK)
                if marked is not None and marked[0] in self.places:
                    self._flush(depth + 1)
                    self.place = self.places.pop(marked[0])
                if depth < self.low:
                    self.low = depth
                if not stack:
                    node = None
                    break
                node = parent.next
                if node is not None:
                    break
        self._flush(0)

    def _decide(self, node: LexborNode, kind: int) -> tuple[int, Place]:
        """What an element is here that may be no content: its kind, _SKIPPED where it is left out; and the place within it."""
        mark = self.marks.get(node.mem_id)
        tag = node.tag or ""
        if kind == _BY_PLACE:
            kind = _INLINE if tag == "label" else _BLOCK
        if self.everything:
            return kind, self.place
        inside = self.place is not Place.PAGE
        if mark is Mark.RATED:
            return (_BR if kind == _INLINE else kind), self.place
        if mark is Mark.MAIN or mark is Mark.HEADER:
            place = Place.MAIN if mark is Mark.MAIN else Place.HEADER
            return _BLOCK, min(place, self.place)
        if mark is Mark.LEGEND or mark is Mark.CONTROL or (tag == "label" and content.is_control(node)):
            return self._leave_out(node)
        if mark is Mark.SITE or tag in ("nav", "footer"):
            is_menu = tag == "nav" or mark is Mark.SITE
            counts = inside and (not is_menu or _TELLS.search(node.text(separator=" ")))
            return (kind, self.place) if counts else self._leave_out(node)
        if mark is Mark.HIDDEN or mark is Mark.SILENT or tag == "noscript":
            if not inside or (kind == _INLINE and not (mark is Mark.SILENT and _TELLS.search(node.text(separator=" ")))):
                return self._leave_out(node)
            return kind, (self.place if kind == _INLINE else Place.HIDDEN)
        return kind, self.place

    def _leave_out(self, node: LexborNode) -> tuple[int, Place]:
        self.left_out.append(node)
        return _SKIPPED, self.place

    def add_menus(self) -> None:
        """The links in menus and feet that are no content: of these, nothing else matters."""
        self.anchors += [
            Anchor(self.links[key].strip(), _collapse(node.text()), -1) for key, node in self.unmet.items() if _is_in_menu(node)
        ]

    def lines_left_out(self) -> Iterator[str]:
        """The lines of what was left out that speak of what this program is for; whose they are is for others to say."""
        self.everything = True
        for node in self.left_out:
            text = node.text(separator=" ").lower()
            if any(word in text for word in _TOPIC_WORDS):
                self.blocks, self.anchors = [], []
                self.run(node)
                yield from (block.text for block in self.blocks if _TOPIC.search(block.text))

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
        self.blocks[first:] = [Block("\t".join(texts), "\t".join(spaced), 0, row[0].join, row[0].place)]
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
                if node.tag == "abbr" and blocks_from == len(self.blocks):  # "RI" stands for what its title says
                    del self.parts[parts_from:]
                if not self.parts:
                    self.join = self.low
                edge = _BREAK if self.level == 1 else " "  # what is carried is no part of a name
                self.parts.append(f"{edge}{said}{edge}")
                seen = f"{seen} {said}".strip()
        if key in self.links:
            self.unmet.pop(key, None)
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
        if "\u00ad" in plain or "\u200b" in plain:  # where a word may be parted at a line's end
            plain = plain.translate(_WITHOUT_BREAKS)
        spaced = plain
        if _SOFT in plain:
            spaced = _collapse(plain.replace(_SOFT, " ")) if len(plain) < 300 else ""
            plain = plain.replace(_SOFT, "")
            if "  " in plain or plain[:1] == " " or plain[-1:] == " ":
                plain = _collapse(plain)
            spaced = spaced or plain
        return Block(plain, spaced, self.level, self.join, self.place) if plain else None


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
    return _by_test(attributes, seen) or _by_class(attributes)


def _titled(node: LexborNode) -> str | None:
    """The rating that a picture drawn in the page has as its title, where nothing beside it says a rating; None otherwise."""
    drawn = node.parent
    beside = drawn.parent if drawn is not None else None
    title = _collapse(node.text())
    if beside is None or drawn is None or drawn.tag != "svg" or len(title) > _LONGEST_TITLE or not RATING_WORD.search(title):
        return None
    return None if RATING_WORD.search(beside.text().replace(node.text(), "", 1)) else title


def _by_test(attributes: Mapping[str, str | None], seen: str) -> str | None:
    """A rating with its label that only an attribute for tests carries, beside no more than the label:
    `data-test="safe rating text: Good"`."""
    found = _TEST_RATING.fullmatch(attributes.get("data-test") or "")
    if found is None or seen.strip(" :").lower().replace(" ", "-") not in ("", found["of"].lower().replace(" ", "-")):
        return None
    return f"{found['of']}: {BY_CLASS}{found['rating']}"


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

