"""Which blocks of a page are about this service now, and which are about others, the past, or ratings in general.

Only the newest entry of a page concerns the present (docs/facts/special-measures.md, History only).
"""

import re
from collections.abc import Collection, Sequence
from datetime import date
from enum import Enum, auto
from typing import Final

from monitor.cqc.read.flow import Block, Flow
from monitor.cqc.read.words import Kind, Token, date_of


class Zone(Enum):
    """What a block is about."""

    OWN = auto()  # this service, as it is now
    OLDER = auto()  # this service at an earlier inspection
    OTHERS = auto()  # other services
    LEGEND = auto()  # what the ratings mean


_DAY = r"\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9} \d{4}"
_WHAT = r"(?:services?|care homes?|homes?|locations?|providers?|practices?|surger(?:y|ies)|agenc(?:y|ies)|care|hospitals?)"

_OTHERS = re.compile(
    rf"(?:nearby|similar|other|related|neighbouring|alternative|more|compare(?: with)?)(?: [a-z&-]+){{0,3}}? {_WHAT}"
    rf"(?: (?:nearby|near|in|from|by|run|of|you|to)\b.*)?|{_WHAT}(?: [a-z]+)? (?:nearby|near|close to|in the area)\b.*"
    r"|(?:(?:latest|recent|related|our|more|all|other|cqc|cqc's) )*(?:(?:news(?: and \w+)?|press releases?|news releases?|"
    r"news stories)(?: (?:from (?:cqc|us|the commission)|(?:from )?(?:across|around|in) [a-z' ]{2,30}|this (?:week|month)))?"
    r"|in the (?:news|press|media)"
    r"|(?:related|useful|helpful|further) (?:content|pages|links|news|information|guidance"
    r"|topics|documents))"
    r"|nearby|people also (?:viewed|looked).*|you (?:may|might) also.*|recently viewed.*|also (?:run|provided) by .*"
)
_OLDER = re.compile(
    r"(?:(?:all|our|see|view|show) )?(?:previous|older|past|earlier|historical?|historic|former|archived|old|superseded)"
    r"(?: [a-z]+){0,2}? (?:inspections|ratings|reports|assessments|reviews|visits|findings|summaries|inspection reports)"
    r"(?: .{0,40})?|(?:inspections?|ratings?|reports?|assessments?) history|history of (?:ratings|inspections)|history"
    r"|archive[sd]?(?: reports)?"
    r"|(?:the |its |our )?(?:overall )?ratings? (?:given )?(?:at (?:our|the|its) last"
    r"|(?:at|from|after|of) (?:our|the|its) (?:previous|earlier))"
    r" (?:inspection|assessment|report|visit)(?: \(?.{0,30}\)?)?"
    r"|(?:the |its |our )?(?:overall )?ratings? (?:given )?(?:before|until|up to) (?:the|this|our|its|that|a) .{3,50}"
)
_OLDER_ONE = re.compile(  # as a heading only: elsewhere it is the label of a date
    r"(?:previous|older|earlier|former|past) (?:inspection|assessment|report|review|summary)(?: report)?"
    rf"(?:[ :-]*(?:of |on |from )?{_DAY})?|previous(?:ly)?|before|earlier|last time|former(?:ly)?|until now"
)
# "Last inspection (4 May 2023)" beside "This assessment"; alone it is the label of the newest one
_LAST_ONE = re.compile(
    r"(?:(?:at )?(?:the|our|its) )?last (?:inspection|assessment|report|review|visit)(?: ratings?)?"
    rf"(?:[ :-]*(?:of |on |from )?\(?{_DAY}\)?)?"
)
_THIS_ONE = re.compile(
    r"(?:at )?(?:(?:this|the|our|its) )?(?:this|latest|new|newest|current|present) (?:inspection|assessment|report|review|visit)"
    r"(?: ratings?)?"
    rf"(?:[ :-]*(?:of |on |from )?\(?{_DAY}\)?)?|now|today"
)
_LEGEND = re.compile(
    r"(?:what|how) (?:do |does )?(?:the |our |cqc |cqc's |we |these )*(?:inspection )?rat(?:ings?|e)\b(?!d).{0,40}"
    r"|what each rating means|(?:about|understanding|guide to|key to|explaining|explanation of)"
    r" (?:the |our |cqc |cqc's |these )*(?:inspection )?ratings?\b.{0,30}|ratings? (?:explained|key|guide|scale)|key|legend"
    r"|(?:the|our) (?:four|4) ratings.{0,30}"
    r"|what (?:the|these|our|each|all) (?:of (?:the|these) )?(?:colours?|symbols?|arrows?|icons?|words?|terms?|grades?|labels?"
    r"|stars?|marks?) (?:and \w+ )?(?:mean|stand for|show)s?"
    r"|(?:the |our )?(?:colours?|symbols?|icons?|terms?) (?:key|explained|guide)|key to (?:the |our )?\w+|glossary"
)
_OWN_AGAIN = re.compile(
    r"inspection areas|inspection summary|overall summary.{0,20}|latest inspection.{0,30}|all inspections|"
    r"background to this inspection|current ratings?|latest ratings?|this service|our (?:current )?view of the service"
)
_LIST = re.compile(r"(?:all )?(?:inspections|reports|inspection reports|inspections and reports|reports and ratings|assessments)"
                   r"(?: (?:and|&) (?:reports|ratings|assessments))?")  # fmt: skip
_DURING: Final = re.compile(
    r"during (?:a|an) [a-z' ,-]{0,60}?(?:inspection|review|assessment|visit)"
    r"(?: (?:looking at part of the service|of (?:our|the) (?:data|service)|under our new approach|framework))*\.?"
)
_ENTRY_HEADING = re.compile(
    rf"(?:(?:latest|inspection|inspected|assessment|assessed|report|visit|carried out|published|review|from|of|on)[ ,:-]*)*"
    rf"{_DAY}(?:[ ,:-]*(?:inspection|assessment|report|visit|review))*"
)
_MOST = 100
_FIRST_WORDS = frozenset(
    """
    useful helpful further
    nearby similar other related neighbouring alternative more compare services service care homes home locations
    location providers provider practices practice surgery surgeries agency agencies hospitals hospital people you
    recently also all our see view show previous older past earlier history historical historic former archived
    archive archives old superseded inspection inspections rating ratings report reports assessment assessments what
    how about understanding guide key explaining explanation legend the overall latest background current this
    during in news press latest recent cqc cqc's previously before last formerly until colour colours symbol symbols icon
    icons term terms glossary at its
    """.split()  # noqa: SIM905  (so long a list reads better as words)
)
_FIRST_LETTERS = frozenset(f"{word} "[:3] for word in _FIRST_WORDS)

Tokens = Sequence[tuple[Token, ...] | None]


def zones(flow: Flow, lines: Sequence[str], foreign: Collection[int], tokens_of: Tokens) -> list[Zone]:
    """A zone for each block. `lines` are the blocks' plain texts, `foreign` the blocks that link to another service."""
    mapper = _Mapper(flow, lines, foreign, tokens_of)
    found = mapper.zones
    # Most blocks are prose inside the part before them and need no second test.
    turns = {
        at
        for at, line in enumerate(lines)
        if (line[:3] in _FIRST_LETTERS and line.partition(" ")[0].rstrip(":,") in _FIRST_WORDS) or line[:1].isdigit()
    }
    for at in (*sorted(turns.union(foreign)), len(lines)):
        while mapper.zone is not Zone.OWN and len(found) < at:
            found.append(mapper.step(len(found)))
        found += [Zone.OWN] * (at - len(found))
        if at < len(lines):
            found.append(mapper.step(at))
    return found


def _day(line: str) -> date | None:
    """The day in an entry's heading."""
    found = re.search(_DAY, line)
    return date_of(found[0]) if found else None


class _Mapper:
    """Walks down a page and remembers how the present part began."""

    def __init__(
        self, flow: Flow, lines: Sequence[str], foreign: Collection[int], tokens_of: Sequence[tuple[Token, ...] | None]
    ) -> None:
        self.blocks, self.lines, self.foreign, self.tokens_of = flow.blocks, lines, foreign, tokens_of
        self.is_html = flow.is_html
        self.zone = Zone.OWN
        self.level = 0  # level of the heading that opened the zone
        self.floor = -1  # the zone ends with the element at this depth
        self.left = 0  # how many more blocks of plain text a legend may have
        self.in_list = False
        self.entries = 0
        self.dated_at = -9  # the position of the last line with a date
        self.first_entry = 0
        self.newest: date | None = None
        self.zones: list[Zone] = []
        self.names_this: bool | None = None  # whether a heading is that of this inspection; None: not yet known
        self.between: tuple[int, int, int | None] = (-1, -1, None)  # two blocks, and the result of _between for them

    def step(self, at: int) -> Zone:
        block = self.blocks[at]
        line = self.lines[at]
        if self.zone is not Zone.OWN and self._ends(block, line):
            self.zone = Zone.OWN
        if at in self.foreign and self.zone is Zone.OWN:
            self._begin(Zone.OTHERS, block.level, block.join + 1)
        if len(line) <= _MOST:
            self._look(at, block, line)
        return self.zone

    def _begin(self, zone: Zone, level: int, floor: int) -> None:
        self.zone, self.level, self.floor, self.left = zone, level, floor, 12

    def _ends(self, block: Block, line: str) -> bool:
        if self.is_html:
            if self.floor < 0:  # the first block after the opening one: the element that contains both is the zone's element
                self.floor = block.join
            return block.join < self.floor or bool(0 < block.level <= self.level)
        self.left -= 1
        return (self.zone is Zone.LEGEND and self.left < 0) or _OWN_AGAIN.fullmatch(line) is not None

    def _look(self, at: int, block: Block, line: str) -> None:
        stripped = line.rstrip(" :.")
        if self.zone in (Zone.OWN, Zone.OLDER) and self._entry(at, block, stripped) and self.entries > 1:
            if self._is_newer(stripped):
                self._begin_again(at)
                return
            floor = self._between(self.first_entry, at) if self.is_html else -1
            self._begin(Zone.OLDER, max(block.level - 1, 0), max(floor, 0))
            return
        if stripped.split(" ", 1)[0] not in _FIRST_WORDS:
            return
        # "Previous ratings" would pass as a statement of a rating
        if block.level and (_OLDER.fullmatch(stripped) or _OLDER_ONE.fullmatch(stripped) or self._is_last(stripped)):
            self._begin(Zone.OLDER, block.level, -1)
            return
        if self._states(at):
            return
        if _LIST.fullmatch(stripped):
            self.in_list = True
            return
        for zone, opening in ((Zone.OLDER, _OLDER), (Zone.OTHERS, _OTHERS), (Zone.LEGEND, _LEGEND)):
            if opening.fullmatch(stripped) and self._may_open(at, block):
                self._begin(zone, block.level, -1)
                return

    def _is_last(self, line: str) -> bool:
        """Whether a heading is that of the last inspection while another heading is that of this one."""
        if not _LAST_ONE.fullmatch(line):
            return False
        if self.names_this is None:
            pairs = zip(self.lines, self.blocks, strict=True)
            headings = (line.rstrip(" :.") for line, block in pairs if block.level > 1 and len(line) <= _MOST)
            self.names_this = any(map(_THIS_ONE.fullmatch, headings))
        return self.names_this

    def _is_newer(self, line: str) -> bool:
        """Whether the entry that begins here has a later date than all entries above it. CQC puts the newest first, but if the
        parts of a page are out of order, an older entry must not hide the present."""
        day = _day(line)
        return day is not None and self.newest is not None and day > self.newest

    def _begin_again(self, at: int) -> None:
        for above in range(self.first_entry, at):
            if self.zones[above] is Zone.OWN:
                self.zones[above] = Zone.OLDER
        self.zone, self.first_entry, self.newest = Zone.OWN, at, _day(self.lines[at])

    def _may_open(self, at: int, block: Block) -> bool:
        """A line opens a zone if something other than a link is below it: menus are full of such lines."""
        return at + 1 < len(self.blocks) and (block.level > 0 or self.zone is not Zone.LEGEND)

    def _states(self, at: int) -> bool:
        tokens = self.tokens_of[at]
        return tokens is not None and any(token.kind in (Kind.VALUE, Kind.EARLIER) for token in tokens)

    def _between(self, first: int, last: int) -> int:
        """The shallowest element that contains the blocks from one to the other. Each call continues where the one before
        ended."""
        start, end, lowest = self.between
        if start != first or end > last:
            end, lowest = first, None
        joins = [self.blocks[at].join for at in range(end + 1, last + 1)] + ([] if lowest is None else [lowest])
        lowest = min(joins, default=None)
        self.between = first, last, lowest
        return lowest or 0

    def _entry(self, at: int, block: Block, line: str) -> bool:
        """Whether an entry of the list of inspections begins here: at its date, or at "During …" if it has no date."""
        if _DURING.fullmatch(line):
            if at - self.dated_at <= 2:
                return False
            return self._count(at)
        if line[:1].isalpha() and not block.level and not line.startswith(("report", "inspection", "published", "assess")):
            return False
        if not _ENTRY_HEADING.fullmatch(line):
            return False
        during = any(_DURING.fullmatch(self.lines[after].rstrip(" :.")) for after in range(at + 1, min(at + 3, len(self.lines))))
        if during or ((self.in_list or self.entries) and block.level):
            self.dated_at = at
            return self._count(at)
        return False

    def _count(self, at: int) -> bool:
        if not self.entries:
            self.first_entry, self.newest = at, _day(self.lines[at])
        self.entries += 1
        return True
