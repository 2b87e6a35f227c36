"""Decides which blocks of a page are about this service as it is now, and which are about other services, the past, or ratings
in general.

Only the newest entry of a page is about the present (docs/facts/special-measures.md, History only).
"""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from enum import Enum, auto
from itertools import accumulate
from typing import Final

from monitor.cqc.read import again
from monitor.cqc.read.bearing import day_of
from monitor.cqc.read.flow import Block, Flow
from monitor.cqc.read.legends import explained
from monitor.cqc.read.prose import Prose
from monitor.cqc.read.words import Kind, Token, date_of
from monitor.model import MeasuresState
from monitor.ratings import KeyQuestion


class Zone(Enum):
    """The subject of a block."""

    OWN = auto()  # this service, as it is now
    OLDER = auto()  # this service at an earlier inspection
    OTHERS = auto()  # other services
    LEGEND = auto()  # the meaning of the ratings


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
_OLDER_ONE = re.compile(  # used only for headings, since such words may also be the label of a date
    r"(?:previous|older|earlier|former|past) (?:inspection|assessment|report|review|summary)(?: report)?"
    rf"(?:[ :-]*(?:of |on |from )?{_DAY})?|previous(?:ly)?|before|earlier|last time|former(?:ly)?|until now"
)
# "Last inspection (4 May 2023)" means an earlier inspection if the page also contains "This assessment". Otherwise the newest
# inspection is meant.
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
    r"(?:what|how) (?:do |does )?(?:the |our |cqc |cqc's |we |these )*(?:inspection )?rat(?:ings?|e)"
    r"\b(?!d| (?:have |has )?(?:changed?|moved?|compared?|were|was)\b).{0,40}"
    r"|what each rating means|(?:about|understanding|guide to|key to|explaining|explanation of)"
    r" (?:the |our |cqc |cqc's |these )*(?:inspection )?ratings?\b.{0,30}|ratings? (?:explained|key|guide|scale)|key|legend"
    r"|(?:the|our) (?:four|4) ratings.{0,30}"
    r"|what (?:the|these|our|each|all) (?:of (?:the|these) )?(?:colours?|symbols?|arrows?|icons?|words?|terms?|grades?|labels?"
    r"|stars?|marks?) (?:and \w+ )?(?:mean|stand for|show)s?"
    r"|(?:the |our )?(?:colours?|symbols?|icons?|terms?) (?:key|explained|guide)|key to (?:the |our )?\w+|glossary"
)
_SIGN = (
    r"(?:no action required|improvements? required|requires action|enforcement action|standards? .{0,25}met|outstanding"
    r"|requires improvement|inadequate)"
)
# A legend in one line: "Key: no action required, improvements required, enforcement action taken".
_LEGEND_LINE = re.compile(
    rf"(?:key|legend)(?:\s*+[:–-]| (?=(?:to|tick|green|grey|red|cross|[✓✔✗✘])\b)).{{0,300}}?{_SIGN}.{{0,100}}?{_SIGN}.*"
)
_LONGEST_LEGEND = 400
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
# An item of the list of inspections, with the text on the same line: "Inspection carried out on 9 December 2014. We …"
_ITEM: Final = re.compile(rf"(?:inspection|assessment) carried out on (?P<day>{_DAY})\b")
_ONE_INSPECTION: Final = timedelta(days=62)  # the longest time between the visits of one inspection
_MENU_ITEM = re.compile(
    r"(?:share|print|download|bookmark)(?: (?:this|the) (?:page|report))?|overview|reports?|contact(?: us)?"
    r"|(?:give|share|your) (?:your )?feedback(?: .{0,40})?"
    r"|(?:back to )?(?:the )?top(?: of (?:the )?page)?|home|help|search|menu|subscribe(?: .{0,40})?"
    r"|get (?:email )?(?:alerts|updates)|tell us .{3,40}"
)
# Sentences that are not headings, such as "Older reports are not shown here." But "The older reports are listed below" and
# "They are shown here." are treated as headings.
_SENTENCE = re.compile(
    r"(?!.*(?:\bbelow\b|\bfollow|:$))(?!(?!.*(?:\bnot\b|n't\b|\bno longer\b)).*\bhere\b)[^(–,:;|]{3,80}? "
    r"(?:is|are|was|were|has|have|had|can|cannot|must|will|did)\b"
)
# Words of a title above a table that contains both former and present ratings, in separate columns.
_WITH_PRESENT = re.compile(r"\b(?:and|&|/|to|with|beside) (?:the |our )?(?:present|current|latest|new|newest)"
                           r"(?: (?:ratings?|ones?|reports?))?\W*$"
                           r"|\b(?:and|&|/|to|with|beside) (?:present|current|latest|new) "
                           r"(?:ratings?|inspections?|reports?)\b")  # fmt: skip
_MOST = 100
_ONLY_THIS = 1_000_000  # a greater depth than any element has, so that the zone ends after the block that opened it
_FIRST_WORDS = frozenset(
    """
    useful helpful further
    nearby similar other related neighbouring alternative more compare services service care homes home locations
    location providers provider practices practice surgery surgeries agency agencies hospitals hospital people you
    recently also all our see view show previous older past earlier history historical historic former archived
    archive archives old superseded inspection inspections rating ratings report reports assessment assessments what
    how about understanding guide key explaining explanation legend the overall latest background current this
    during in news press latest recent cqc cqc's previously before last formerly until colour colours symbol symbols icon
    icons term terms glossary at its under below these
    """.split()  # noqa: SIM905  (a list of so many words is easier to read in this form)
)
_FIRST_LETTERS = frozenset(f"{word} "[:3] for word in _FIRST_WORDS)

Tokens = Sequence[tuple[Token, ...] | None]


def zones(flow: Flow, lines: Sequence[str], foreign: Collection[int], tokens_of: Tokens, name_at: int = -1) -> list[Zone]:
    """The zone of each block. `lines` has the plain texts of the blocks, `foreign` has the blocks that link to another service,
    and `name_at` is the block of the service's name (-1 if the name is not known)."""
    mapper = _Mapper(flow, lines, foreign, tokens_of, name_at)
    found = mapper.zones
    # Most blocks are prose that belongs to the same zone as the block above them, so only the other blocks are tested closely.
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
    for at in explained(lines):
        found[at] = Zone.LEGEND
    return found


_LEAST = 3  # a service's ratings cover at least this many key questions; a list of other services has a rating for only one


def ratings_left_out(
    zone_of: Sequence[Zone], tokens_of: Tokens, name_at: int, *, overall: bool, questions: bool
) -> Iterator[tuple[int, int]]:
    """Yields the ratings that a page gives only outside its present part: for each rating, the block of its label and the block
    of its value. These ratings matter, since the page may have been divided wrongly into parts. `overall` says whether the
    present part gives an overall rating, and `questions` whether it gives ratings of key questions. Yields nothing if the page
    has no name."""
    of_overall, of_questions = [], []
    label: frozenset[Kind] = frozenset()
    labelled = 0
    for at, zone in enumerate(zone_of):
        kinds = frozenset(token.kind for token in tokens_of[at] or ())
        if Kind.VALUE in kinds and zone is not Zone.OWN and at > name_at:
            if zone is not Zone.OTHERS and Kind.OVERALL in kinds | label:
                of_overall.append((labelled if label else at, at))
            elif Kind.KEY_QUESTION in kinds | label:
                of_questions.append((labelled if label else at, at))
        label, labelled = frozenset() if Kind.VALUE in kinds else kinds & _LABELS, at
    if name_at >= 0 and not overall:
        yield from of_overall[:_LEAST]
    if name_at >= 0 and not questions and len(of_questions) >= _LEAST:
        yield from of_questions[: len(KeyQuestion)]


_LABELS = frozenset({Kind.OVERALL, Kind.KEY_QUESTION})
_OF_MEASURES = re.compile(r"\bspecial measures\b")
_OF_ENFORCEMENT = re.compile(
    r"\b(?:warning|requirement|penalty) notices?\b|\bprosecut|\bsuspen|\bcancel|\burgent (?:action|conditions?)\b"
)


def news_in_history(
    zone_of: Sequence[Zone], blocks: Sequence[Block], lines: Sequence[str], published: date | None, said: Prose
) -> Iterator[str]:
    """Yields lines of parts about earlier inspections that tell something as new as the newest report, such as "6 November
    2026: Placed in special measures" below "History". `published` is the day of this report. If the present part says something
    about special measures or enforcement (`said`), no line about the same subject is yielded."""
    measures = said.special_measures.state is not MeasuresState.NOT_STATED
    for at, zone in enumerate(zone_of if published else ()):
        if zone is not Zone.OLDER or len(lines[at]) > _LONGEST_ENTRY:
            continue
        of = (not measures and _OF_MEASURES.search(lines[at])) or (not said.enforcement and _OF_ENFORCEMENT.search(lines[at]))
        if not of:
            continue
        above = lines[at - 1] if at and len(lines[at - 1]) <= _LONGEST_DAY else ""
        day = day_of(lines[at]) or day_of(above)
        if published and day and day >= published.replace(day=1):
            yield blocks[at].text.replace("\t", " ")


_LONGEST_ENTRY, _LONGEST_DAY = 160, 30  # in characters


def _zone_opened(line: str) -> Zone | None:
    """The zone that a line would open as a heading; None if it would open no zone."""
    openings = ((Zone.OLDER, _OLDER), (Zone.OTHERS, _OTHERS), (Zone.LEGEND, _LEGEND))
    return next((zone for zone, opening in openings if opening.fullmatch(line)), None)


def _day(line: str) -> date | None:
    """The day in the heading of an entry; None if the heading has no day."""
    found = re.search(_DAY, line)
    return date_of(found[0]) if found else None


class _Mapper:
    """Finds the zones of a page. It reads the page block by block from the top, and keeps how the present zone began."""

    def __init__(
        self, flow: Flow, lines: Sequence[str], foreign: Collection[int], tokens_of: Tokens, name_at: int = -1
    ) -> None:
        self.blocks, self.lines, self.foreign, self.tokens_of = flow.blocks, lines, foreign, tokens_of
        self.name_at = name_at
        self.name = lines[name_at] if name_at >= 0 else ""
        self.holding: list[int] = []  # for each block: the depth of the nearest element that contains the block and the name
        self.is_html = flow.is_html
        self.zone = Zone.OWN
        self.level = 0  # the level of the heading that opened the zone
        self.floor = -1  # the depth of the element that contains the zone; the zone ends where this element ends
        self.again = False  # whether the zone contains ratings of subjects that are also rated above it
        # whether the zone was opened by a line that is not a heading, in an element that also contains the name
        self.wide = False
        self.left = 0  # how many more blocks the legend of a plain text may have
        self.in_list = False
        self.item: date | None = None  # the day of the first item of the list of inspections
        self.entries = 0
        self.dated_at = -9  # the position of the last line that contains a date
        self.first_entry = 0
        self.newest: date | None = None
        self.zones: list[Zone] = []
        self.names_this: bool | None = None  # whether the page has a heading for this inspection; None if not yet known
        self.between: tuple[int, int, int | None] = (-1, -1, None)  # the blocks of the last call of _between, and its result

    def step(self, at: int) -> Zone:
        block = self.blocks[at]
        line = self.lines[at]
        if self.zone is not Zone.OWN and (at == self.name_at or self._ends(at, block, line)):
            self.zone = Zone.OWN
        if at in self.foreign and self.zone is Zone.OWN:
            self._begin(Zone.OTHERS, block.level, block.join + 1)
        if line.startswith(("key", "legend")) and len(line) <= _LONGEST_LEGEND and _LEGEND_LINE.fullmatch(line):
            self._begin(Zone.LEGEND, 0, _ONLY_THIS)
        elif self.in_list and block.item and (item := _ITEM.match(line)):
            self._list_item(date_of(item["day"]))
        elif len(line) <= _MOST and not self._is_given_again(at, block, line.rstrip(" :.")):
            self._look(at, block, line)
        return self.zone

    def _list_item(self, day: date | None) -> None:
        """Reads an item of the list of inspections. An item is about the past if its day is long before that of the first
        item."""
        if self.item is not None and day is not None and day < self.item - _ONE_INSPECTION:
            self._begin(Zone.OLDER, 0, _ONLY_THIS)
        self.item = self.item or day

    def _begin(self, zone: Zone, level: int, floor: int) -> None:
        self.zone, self.level, self.floor, self.left, self.wide, self.again = zone, level, floor, 12, False, False

    def _ends(self, at: int, block: Block, line: str) -> bool:
        if self.is_html:
            # If `floor` is not known yet, this is the first block after the block that opened the zone. The zone's element is
            # the nearest element that contains both blocks.
            if self.floor < 0:
                self.floor = block.join
                self.wide = not self.level and self._with_name(at - 1) <= block.join
            if block.join < self.floor or 0 < block.level <= self.level:
                return True
            if not self.wide or _ENTRY_HEADING.fullmatch(line.rstrip(" :.")):
                return False
            if self.again:
                return _THIS_ONE.fullmatch(line.rstrip(" :.")) is not None or (block.level > 0 and not self._states(at))
            return block.level > 0
        self.left -= 1
        return (self.zone is Zone.LEGEND and self.left < 0) or _OWN_AGAIN.fullmatch(line) is not None

    def _with_name(self, at: int) -> int:
        """The depth of the nearest element that contains both a block and the name."""
        if not self.holding:
            after = self.name_at + 1
            below = accumulate((block.join for block in self.blocks[after:]), min)
            self.holding = [*(block.join for block in self.blocks[:after]), *below]
        return self.holding[at]

    def _look(self, at: int, block: Block, line: str) -> None:
        stripped = line.rstrip(" :.")
        if self.zone in (Zone.OWN, Zone.OLDER) and self._entry(at, block, stripped) and self.entries > 1:
            if self._is_newer(stripped):
                self._begin_again(at)
                return
            floor = self._between(self.first_entry, at) if self.is_html else -1
            self._begin(Zone.OLDER, max(block.level - 1, 0), max(floor, 0))
            return
        if stripped.split(" ", 1)[0] not in _FIRST_WORDS or at == self.name_at or (line == self.name and not block.level):
            return
        passed_by = self._is_passed_by(at, block, line)
        # this test comes before `_states`, which would treat "Previous ratings" as a statement of a rating
        heads = block.level and not passed_by
        if heads and (_OLDER.fullmatch(stripped) or _OLDER_ONE.fullmatch(stripped) or self._is_last(at, stripped)):
            self._begin(Zone.OLDER, block.level, -1)
            return
        if self._states(at) or (passed_by and self.zone is not Zone.OWN):
            return
        if _LIST.fullmatch(stripped):
            self.in_list = True
            return
        zone = _zone_opened(stripped)
        if zone is not None and self._may_open(at, block):
            if not passed_by and not (zone is Zone.LEGEND and not block.level and again.states_a_rating(self.tokens_of, at + 1)):
                self._begin(zone, block.level, -1)
            elif self.is_html:
                self._begin(zone, 0, _ONLY_THIS)

    def _is_given_again(self, at: int, block: Block, line: str) -> bool:
        """Whether this block begins a part of the page with an earlier inspection's ratings of subjects that are also rated
        above. If so, opens the zone."""
        if self.zone is not Zone.OWN or not at > self.name_at >= 0 or not self._heads_again(at, block, line):
            return False
        self._begin(Zone.OLDER, block.level, -1)
        self.again = True
        return True

    def _heads_again(self, at: int, block: Block, line: str) -> bool:
        """Whether the line is a heading of an earlier inspection's ratings. The same subject must also be rated above the
        line."""
        if not again.may_head(line, block.level):
            return False
        present = [zone is Zone.OWN for zone in self.zones]
        if not self._is_passed_by(at, block, line) or again.is_said(line):
            return again.heads_earlier(line, at, block.level, self.tokens_of, present)
        is_older = _OLDER.fullmatch(line) or _OLDER_ONE.fullmatch(line)
        return is_older is not None and again.given_again(at, self.tokens_of, present, differently=True)

    def _is_last(self, at: int, line: str) -> bool:
        """Whether a heading is about the last inspection, and another heading of the page is about this inspection. If the day
        in the heading is not before the newest day above it, the result is false, since "last inspection" then means this
        inspection."""
        if not _LAST_ONE.fullmatch(line):
            return False
        if again.is_dated_before(line, at, self.tokens_of, [zone is Zone.OWN for zone in self.zones]) is False:
            return False
        if self.names_this is None:
            pairs = zip(self.lines, self.blocks, strict=True)
            headings = (line.rstrip(" :.") for line, block in pairs if block.level > 1 and len(line) <= _MOST)
            self.names_this = any(map(_THIS_ONE.fullmatch, headings))
        return self.names_this

    def _is_newer(self, line: str) -> bool:
        """Whether the entry that begins with this line has a later date than all entries above it. CQC puts the newest entry
        first, but if the entries of a page are in another order, the newest must be used anyway."""
        day = _day(line)
        return day is not None and self.newest is not None and day > self.newest

    def _begin_again(self, at: int) -> None:
        for above in range(self.first_entry, at):
            if self.zones[above] is Zone.OWN:
                self.zones[above] = Zone.OLDER
        self.zone, self.first_entry, self.newest = Zone.OWN, at, _day(self.lines[at])

    def _may_open(self, at: int, block: Block) -> bool:
        """Whether the line may open a zone. To open a zone, a line must have text below it; within a legend, it must also be a
        heading."""
        return at + 1 < len(self.blocks) and (block.level > 0 or self.zone is not Zone.LEGEND)

    def _is_passed_by(self, at: int, block: Block, line: str) -> bool:
        """Whether a line does not head a zone although its words are those of a heading. Such a line is an item of a menu, a
        sentence, or a title above both former and present ratings."""
        following = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        if _WITH_PRESENT.search(line) and following is not None and "\t" in following.text:
            return True
        if block.level:
            return False
        if _SENTENCE.match(line):
            return True
        if following is None:
            return False
        if not self.is_html:
            return " | " in line or self._is_in_menu(at)
        # the text below the line is nearer than the text above, so the line is the heading of the text below, even if it is a
        # link
        if following.join > block.join:
            return False
        if block.link:
            return following.link or (at > 0 and self.blocks[at - 1].link)
        return block.item and not (following.item and following.join == block.join)

    def _is_in_menu(self, at: int) -> bool:
        """Whether a line of a plain text is an item of a menu. It is if another item of a menu is next to it."""
        after = self.lines[at + 1].rstrip(" :.")
        if _MENU_ITEM.fullmatch(after) or _zone_opened(after) not in (None, _zone_opened(self.lines[at].rstrip(" :."))):
            return True
        above = self.lines[at - 1].rstrip(" :.") if at else ""
        return self._states(at + 1) and (_MENU_ITEM.fullmatch(above) is not None or _zone_opened(above) is not None)

    def _states(self, at: int) -> bool:
        """Whether a line gives a rating or is the label of a single rating. "Previous ratings" is a heading of several ratings,
        and not a label."""
        tokens = self.tokens_of[at]
        kinds = {token.kind for token in tokens or ()}
        return Kind.VALUE in kinds or (Kind.EARLIER in kinds and not self.lines[at].rstrip(" :.").endswith("ratings"))

    def _between(self, first: int, last: int) -> int:
        """The smallest depth at which neighbouring blocks are joined between the blocks `first` and `last`. If possible, a call
        continues where the previous call ended."""
        start, end, lowest = self.between
        if start != first or end > last:
            end, lowest = first, None
        joins = [self.blocks[at].join for at in range(end + 1, last + 1)] + ([] if lowest is None else [lowest])
        lowest = min(joins, default=None)
        self.between = first, last, lowest
        return lowest or 0

    def _entry(self, at: int, block: Block, line: str) -> bool:
        """Whether an entry of the list of inspections begins at this block. An entry begins at its date, or at "During …" if it
        has no date."""
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
