"""Turns HTML or plain text into the blocks of text that a person sees, in reading order. The result also shows which blocks are
headings, which links they contain, and how near blocks are to each other.

CQC's class names have changed at least four times in ten years; the visible text has not. All modules that read a page use the
blocks that this module makes. Source: docs/facts/pages.md.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.cqc.read import content
from monitor.cqc.read.abyss import refuse_abyss
from monitor.cqc.read.attributes import BREAK, MARKS, SOFT, WITHOUT_MARKS, carried, collapse, titled
from monitor.cqc.read.columns import in_columns
from monitor.cqc.read.content import Mark, Part, Place
from monitor.cqc.read.menus import TELLS, is_in_menu, passed_over, tells
from monitor.errors import Unreadable

MAX_LINES: Final = 50_000
_EDGES = f" \t\r\n{SOFT}{BREAK}"  # if a link fills its block, these characters may be before and after its text
_WITHOUT_BREAKS = str.maketrans(dict.fromkeys("\u00ad\u200b"))
_ONLY_RATING = re.compile(
    r"\W*(?:outstanding|good|requires[\s-]+improvement|inadequate|not rated|inspected but not rated)\W*", re.I
)
_BULLET = re.compile(r"(?:[-•*·▪●◦–]\s+|•)")
_HASHES = re.compile(r"(#{1,6})\s+")

# A line outside the content may matter to this program only if it contains one of these words.
_TOPIC = re.compile(
    r"special\s+measures|enforcement|(?:warning|requirement)\s+notice|suspend|\bcancel|prosecut|urgent\s+action"
    r"|requires\s+improvement|\binadequate\b|\boutstanding\b|\bgood\b|no longer registered|withdrawn",
    re.I,
)
_TOPIC_WORDS = (
    "measures", "enforce", "notice", "suspend", "cancel", "prosecut", "urgent", "improvement", "inadequate", "outstanding",
    "good", "no longer", "withdrawn",
)  # fmt: skip

# Elements that contain links to CQC's other publications; other links do not affect a reading.
_LINKS = 'a[href*="location/"],a[href*="report"],a[href*="provider/"],a[href*=".pdf"],a[href*="inspection-summary"]'
_CARRIERS = (
    "img[alt],[title],[aria-label],[class*=outstanding i],[class*=good i],[class*=improvement i],[class*=inadequate i],"
    "[data-test*=rating i],[data-testid*=rating i],[data-rating]"
)
_LONGEST_SEEN = 2_000  # the most characters of an element's text; no link has more


class Block(NamedTuple):
    """One block of text as a person sees it. The class is a named tuple, since a page has a thousand blocks, and a dataclass
    would be slower.

    text    the text with single spaces; tabs separate the cells of one table row
    spaced  the same text with a space at each edge of an inline element ("SafeGood" -> "Safe Good")
    level   1 to 6 in a heading, otherwise 0
    join    the depth of the nearest element that contains both this block and the previous block. If the depth is greater, the
            two blocks are nearer to each other
    place   the part of the page that contains the block
    item    in a plain text, whether the line had a bullet; in HTML, whether the block begins a list item
    part    the role of the block in a list of terms or in a table's headings
    link    whether the block is only a link
    """

    text: str
    spaced: str
    level: int
    join: int
    place: Place = Place.PAGE
    item: bool = False
    part: Part = Part.NONE
    link: bool = False


class Anchor(NamedTuple):
    """A link to another CQC publication, and the index of the block in which the link begins (-1 for a link in a menu)."""

    href: str
    text: str
    block: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A page as a person sees it.

    canonical   the page's own address, according to the page
    anchors_of  the anchors by the number of their block
    left_out    lines outside the content that mention ratings, special measures or enforcement
    """

    blocks: tuple[Block, ...]
    anchors: tuple[Anchor, ...] = ()
    canonical: str | None = None
    title: str | None = None
    is_html: bool = False
    anchors_of: Mapping[int, list[Anchor]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


_IS_TEXT, _SKIPPED, _LINK, _INLINE, _BR, _BLOCK, _HEADING, _ROW, _CELL, _BY_PLACE = range(10)
_MARKED, _PASSED, _DECIDED = 1, 2, 4


def _kinds() -> dict[int, int]:
    """For each tag, how its elements affect the text that a person sees. The keys are the parser's numbers for the tags, which
    differ between releases of the parser."""
    names = {
        _SKIPPED: "script style template head title iframe object embed textarea select datalist option optgroup xmp "
        "plaintext noembed noframes canvas audio video input map del s strike wbr",
        _LINK: "a",
        _BR: "br",
        _BLOCK: "address article aside blockquote body button caption center dd details dialog dir div dl dt figcaption "
        "fieldset figure form header hgroup hr html legend li main menu ol p pre search section table tbody tfoot "
        "thead ul",
        _HEADING: "h1 h2 h3 h4 h5 h6 summary",
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
_TITLE, _SUP, _A, _LI = (LexborHTMLParser("x").create_node(name).tag_id for name in ("title", "sup", "a", "li"))
_PARTS = {LexborHTMLParser("x").create_node(name).tag_id: part for name, part in (("dt", Part.TERM), ("dd", Part.VALUE))}
_FOOTNOTE = re.compile(r"\s*(?:\[?\(?\d{1,2}\)?\]?|[*†‡§]{1,3})\s*")
_LEVELS = {LexborHTMLParser("x").create_node(f"h{level}").tag_id: level for level in range(1, 7)}
_LEVELS[LexborHTMLParser("x").create_node("summary").tag_id] = 6  # a <summary> is the heading of a panel that opens below it


# A line that begins with a small letter continues the previous line ("in special<br>measures"). But a rating in small letters
# may be a separate line.
_GOES_ON = re.compile(rf"(?<=[a-z,]){BREAK}+(?={SOFT}?[a-z])(?!{SOFT}?(?:outstanding|good|requires|inadequate)\b)")


# Neighbouring elements look separate on screen, although there is no space between their texts: "Regulatory statusSpecial
# measures", "Breaches2".
_APART = re.compile(rf"(?<=[a-z]{{3}}){SOFT}+(?=[A-Z0-9])")


def from_text(text: str) -> Flow:
    """The blocks of a plain text, one for each line. Bullets are removed. Tabs separate the cells of a table row."""
    blocks = []
    lines = text.translate(WITHOUT_MARKS).splitlines()
    if len(lines) > MAX_LINES:
        raise Unreadable(f"The text has {len(lines):,} lines. A publication about one service has fewer.")
    for line in in_columns(lines):
        if not line:
            continue
        bullet = _BULLET.match(line)
        if bullet:
            line = line[bullet.end() :]
        hashes = _HASHES.match(line)
        if hashes:
            line = line[hashes.end() :]
        line = "\t".join(map(collapse, line.split("\t"))) if "\t" in line else collapse(line)
        if line:
            blocks.append(Block(line, line, len(hashes[1]) if hashes else 0, 0, item=bullet is not None))
    return Flow(blocks=tuple(_mended(blocks)))


def from_html(text: str) -> Flow:
    """The blocks of an HTML page. Scripts, comments and most hidden elements are left out.

    Raises Unreadable if elements are nested so deeply that no browser would show them.
    """
    refuse_abyss(text)
    if (not text.isascii() or "\x00" in text) and any(mark in text for mark in MARKS):
        text = text.translate(WITHOUT_MARKS)
    tree = LexborHTMLParser(text.encode("utf-8", "replace"))
    if "<pre" in text:
        for node in tree.css("pre"):
            node.inner_html = (node.inner_html or "").replace("\n", "<br>")
    walk = _Walk(tree)
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
        title=collapse(title.text()) if title is not None else None,
        is_html=True,
        anchors_of=anchors_of,
        left_out=tuple(walk.lines_left_out()),
    )


def _mended(blocks: list[Block]) -> list[Block]:
    """Joins "Requires" and "improvement" into one block if they are on two lines."""
    mended: list[Block] = []
    for block in blocks:
        last = mended[-1] if mended else None
        if last and block.text[:11].lower() == "improvement" and last.text[-8:].lower() == "requires":
            mended[-1] = last._replace(text=f"{last.text} {block.text}", spaced=f"{last.spaced} {block.spaced}")
        else:
            mended.append(block)
    return mended


class _Cell(NamedTuple):
    """A cell of a table row: where its blocks begin and end, how many columns and rows it spans, and whether it is a heading."""
    start: int
    end: int
    columns: int = 1
    rows: int = 1
    heads: bool = False


def _is_footnote(node: LexborNode) -> bool:
    """Whether a superscript, or a link to a place on the same page, is only the mark of a footnote."""
    is_mark = _FOOTNOTE.fullmatch(node.text()) is not None
    return is_mark and (node.tag_id == _SUP or (node.attributes.get("href") or "").startswith("#"))


_LONGEST_FIELD = 100  # the most characters of a label and the value beside it
_LONGEST_SPANNING = 100  # a spanning cell's text is repeated in each row and column only if it has at most this many characters
_MOST_SPANNED = 20  # the most rows or columns that a cell may span


def _span(node: LexborNode, name: str) -> int:
    stated = node.attributes.get(name) or ""
    return min(int(stated), _MOST_SPANNED) or 1 if stated.isascii() and stated.isdigit() and len(stated) < 4 else 1


class _Walk:
    """One pass over a tree, without recursion."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.blocks: list[Block] = []
        self.anchors: list[Anchor] = []
        self.parts: list[str] = []
        self.level = 0
        self.item = False  # whether a list item has begun, and no block contains text of this item yet
        self.part = Part.NONE  # the same as `item`, for a term or the value of a term
        self.links_open = 0
        # in the present block: whether it starts in a link, and where that link ends (-1 while it is open)
        self.starts_in_link, self.link_ends = False, -1
        self.low = 0  # the smallest depth since the end of the previous block
        self.join = 0  # `low` as it was at the first text of the present block
        self.cells: list[_Cell] = []  # the cells of the present table row
        self.rows_of = -1  # the element that contains the rows of the present table
        self.spanning: dict[int, tuple[int, str, str]] = {}  # for each column: how many rows a cell still spans, and its texts
        self.place = Place.PAGE
        self.places: dict[int, Place] = {}  # for each open element that changed the place: the place before it
        self.left_out: list[LexborNode] = []
        self.everything = False  # whether this pass reads the left-out elements; such a pass leaves nothing out
        linked = tree.css(_LINKS)
        self.links = {node.mem_id: node.attributes.get("href") or "" for node in linked}
        self.unmet = {node.mem_id: node for node in linked}
        self.carriers = {node.mem_id: node for node in tree.css(_CARRIERS)}
        self.marks = content.marks(tree)
        holders = {above.mem_id for node in (*linked, *self.carriers.values()) if (above := node.parent) is not None}
        self.jumps = dict(passed_over(tree, holders.union(self.carriers)))
        self.special = dict.fromkeys(self.links, _MARKED) | dict.fromkeys(self.carriers, _MARKED)
        self.special |= dict.fromkeys(self.marks, _DECIDED) | dict.fromkeys(self.jumps, _PASSED)

    def run(self, root: LexborNode | None) -> None:  # noqa: C901  (it visits each node of each changed page: calls cost time)
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
                        self.starts_in_link, self.link_ends = self.links_open > 0, -1
                    parts.append(text)
            elif kind == _SKIPPED and tag == _TITLE:
                if said := titled(node):
                    self.join = self.join if parts else self.low
                    parts.append(f" {said} ")
            elif (tag == _SUP or (tag == _A and parts)) and _is_footnote(node):
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
                            self._open(kind, node)
                        elif tag == _LI:
                            self.item = True
                        elif tag in _PARTS:
                            self.part = _PARTS[tag]
                    elif parts:
                        parts.append(BREAK if kind == _BR else SOFT)
                    if kind == _LINK:
                        self.links_open += 1
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
                    elif self.part is not Part.NONE and parent.tag_id in _PARTS:
                        self.part = Part.NONE  # the term or value contained no text
                elif parts:
                    parts.append(BREAK if kind == _BR else SOFT)
                if kind == _LINK:
                    self.links_open -= 1
                    self.link_ends = len(parts) if self.link_ends < 0 else self.link_ends
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
        """Decides whether an element is content. Returns its kind (_SKIPPED if it is left out), and the place of the blocks
        inside it."""
        mark = self.marks.get(node.mem_id)
        tag = node.tag or ""
        if kind == _BY_PLACE:
            kind = _INLINE if tag == "label" else _BLOCK
        if self.everything:
            return kind, self.place
        inside = self.place is not Place.PAGE
        if mark is Mark.RATED:
            return (_BR if kind <= _INLINE else kind), self.place
        if mark is Mark.MAIN or mark is Mark.HEADER:
            place = Place.MAIN if mark is Mark.MAIN else Place.HEADER
            return _BLOCK, min(place, self.place)
        if mark is Mark.LEGEND or mark is Mark.CONTROL or (tag == "label" and content.is_control(node)):
            return self._leave_out(node)
        if mark is Mark.SITE or tag in ("nav", "footer"):
            is_menu = tag == "nav" or mark is Mark.SITE
            counts = inside and (not is_menu or tells(node))
            return (kind, self.place) if counts else self._leave_out(node)
        if mark is Mark.UNSEEN and inside:
            return kind, (self.place if kind <= _INLINE else Place.UNSEEN)
        if mark is Mark.HIDDEN or mark is Mark.UNSEEN or mark is Mark.SILENT or tag == "noscript":
            if not inside or (kind <= _INLINE and not (mark is Mark.SILENT and TELLS.search(node.text(separator=" ")))):
                return self._leave_out(node)
            return kind, (self.place if kind <= _INLINE else Place.HIDDEN)
        return kind, self.place

    def _leave_out(self, node: LexborNode) -> tuple[int, Place]:
        self.left_out.append(node)
        return _SKIPPED, self.place

    def add_menus(self) -> None:
        """Adds the links in menus and footers outside the content. The texts of these menus and footers are not needed."""
        self.anchors += [
            Anchor(self.links[key].strip(), collapse(node.text()), -1) for key, node in self.unmet.items() if is_in_menu(node)
        ]

    def lines_left_out(self) -> Iterator[str]:
        """The left-out lines that may matter to this program. Other modules decide which service each line is about."""
        self.everything = True
        for node in self.left_out:
            text = node.text(separator=" ").lower()
            if any(word in text for word in _TOPIC_WORDS):
                self.blocks, self.anchors = [], []
                self.run(node)
                yield from (block.text for block in self.blocks if _TOPIC.search(block.text))

    def _open(self, kind: int, node: LexborNode) -> None:
        if kind == _HEADING:
            self.level = _LEVELS[node.tag_id]
        elif kind == _ROW:
            self.cells = []
            holder = node.parent.mem_id if node.parent is not None else -1
            if holder != self.rows_of:
                self.rows_of, self.spanning = holder, {}
        else:
            here = len(self.blocks)
            self.cells.append(_Cell(here, here, _span(node, "colspan"), _span(node, "rowspan"), node.tag == "th"))

    def _end(self, kind: int) -> None:
        if kind == _HEADING:
            self.level = 0
        elif kind == _ROW:
            self._join_row()
        elif self.cells:
            self.cells[-1] = self.cells[-1]._replace(end=len(self.blocks))

    def _join_row(self) -> None:
        """Joins the cells of a short row into one block, together with cells of the rows above that extend into this row. A row
        that is used only to arrange the page stays unchanged."""
        cells, self.cells = self.cells, []
        above, self.spanning = self.spanning, {}
        alone = len(cells) + len(above) < 2
        if not cells or (alone and not self._answers_all(cells[0])) or any(cell.end - cell.start > 3 for cell in cells):
            return
        first, last = cells[0].start, cells[-1].end
        row = self.blocks[first:last]
        if not row or sum(len(block.text) for block in row) > 300:
            return
        texts, spaced = map("\t".join, zip(*self._columns(cells, above), strict=True))
        part = Part.HEADS if all(cell.heads for cell in cells) else Part.NONE
        self.blocks[first:] = [Block(texts, spaced, 0, row[0].join, row[0].place, part=part)]
        for at in range(len(self.anchors) - 1, -1, -1):
            if self.anchors[at].block < first:
                break
            self.anchors[at] = self.anchors[at]._replace(block=first)

    def _answers_all(self, cell: _Cell) -> bool:
        """Whether the only cell of a row is a rating that applies to all columns of the table."""
        blocks = self.blocks[cell.start : cell.end]
        return cell.columns > 1 and len(blocks) == 1 and _ONLY_RATING.fullmatch(blocks[0].text) is not None

    def _columns(self, cells: Sequence[_Cell], above: Mapping[int, tuple[int, str, str]]) -> list[tuple[str, str]]:
        """Two texts for each column of a row: the first without spaces at the edges of elements, the second with these spaces.
        `above` has the cells of the rows above that extend into this row."""
        columns: list[tuple[str, str]] = []

        def take(rows: int, text: str, spaced: str) -> None:
            self.spanning |= {len(columns): (rows, text, spaced)} if rows else {}
            columns.append((text, spaced))

        for cell in (*cells, None):
            while len(columns) in above:
                left, text, spaced = above[len(columns)]
                take(left - 1, text, spaced)
            blocks = self.blocks[cell.start : cell.end] if cell else []
            text, spaced = (" ".join(block.text for block in blocks), " ".join(block.spaced for block in blocks))
            many = len(text) <= _LONGEST_SPANNING
            for _ in range((cell.columns if many else 1) if cell else 0):
                take(cell.rows - 1 if cell and many else 0, text, spaced)
        return columns

    def _leave_marked(self, node: LexborNode, marked: tuple[int, int, int]) -> None:
        """Finishes a link, or an element whose attributes may contain a statement that is missing in its text."""
        key, parts_from, blocks_from = marked
        seen = self._seen_since(parts_from, blocks_from)
        if key in self.carriers:
            said = carried(node, seen)
            if said:
                # the title replaces the abbreviation ("Requires improvement" replaces "RI")
                if node.tag == "abbr" and blocks_from == len(self.blocks):
                    del self.parts[parts_from:]
                if not self.parts:
                    self.join = self.low
                edge = BREAK if self.level == 1 else " "  # text from attributes is not part of the service's name
                self.parts.append(f"{edge}{said}{edge}")
                seen = f"{seen} {said}".strip()
        if key in self.links:
            self.unmet.pop(key, None)
            self.anchors.append(Anchor(self.links[key].strip(), seen, blocks_from))

    def _seen_since(self, parts_from: int, blocks_from: int) -> str:
        """The visible text since an element began. The length of this text is limited, since the text of each inner element is
        read again for every element around it."""
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
        return collapse("".join(pieces).replace(SOFT, ""))

    def _flush(self, depth: int) -> None:
        parts = self.parts
        if not parts:
            return
        link = self.starts_in_link and (self.link_ends < 0 or not "".join(parts[self.link_ends :]).strip(_EDGES))
        while parts[-1] == SOFT:  # the list is never empty: its first part is text
            parts.pop()
        text = parts[0] if len(parts) == 1 else "".join(parts)
        parts.clear()
        if BREAK in text:
            text = text if self.level == 1 else _GOES_ON.sub(" ", text)
            found = [block for line in text.split(BREAK) if (block := self._block(line))]
            if len(found) > 1:
                found = _mended([found[0], *(block._replace(join=depth) for block in found[1:])])
            self.blocks += found
            self.low = depth if found else self.low
        elif block := self._block(text):
            self.blocks.append(block._replace(link=True) if link else block)
            self.low = depth

    def _block(self, text: str) -> Block | None:
        plain = " ".join(text.split())
        if "\u00ad" in plain or "\u200b" in plain:  # these characters only mark where a word may be divided at the end of a line
            plain = plain.translate(_WITHOUT_BREAKS)
        spaced = plain
        if SOFT in plain:
            spaced = collapse(plain.replace(SOFT, " ")) if len(plain) < 300 else ""
            cells = not self.level and len(plain) <= _LONGEST_FIELD and len(_APART.findall(plain)) == 1
            plain = _APART.sub("\t" if cells else " ", plain).replace(SOFT, "")
            if "  " in plain or plain[:1] == " " or plain[-1:] == " ":
                plain = "\t".join(map(collapse, plain.split("\t")))
            spaced = spaced or plain
        if not plain:
            return None
        item, self.item = self.item, False
        part, self.part = self.part, Part.NONE
        return Block(plain, spaced, self.level, self.join, self.place, item, part)
