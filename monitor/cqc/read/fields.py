"""Turns labels and their values on a page into paragraphs for the module `prose`. The labels are about special measures,
enforcement, suspended ratings and similar subjects.

A label and its value are one statement. If the value says no ("Registration cancelled: No"), nothing is stated. If the value is
not understood, the line is listed as unread. A label without a value is a statement. It is called a tag. The rows of a table
are read together with the table's headings.
"""

import re
from collections.abc import Sequence
from enum import Enum, auto
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from monitor.cqc.read import asked, regulations_met
from monitor.cqc.read import fields_words as patterns
from monitor.cqc.read.attributes import BY_CLASS
from monitor.cqc.read.content import Part
from monitor.cqc.read.flow import Block
from monitor.cqc.read.sentences import plain


class Paragraphs(NamedTuple):
    """`texts` has the paragraphs in reading order; a label and its value are one paragraph. `unread` has the fields whose value
    is not understood."""

    texts: tuple[str, ...]
    unread: tuple[str, ...]


def paragraphs(blocks: Sequence[Block], *, is_html: bool) -> Paragraphs:
    """The text of the blocks of one part of a page, such as one report in a list. List items get a bullet if the line above the
    list introduces it."""
    reader = _Fields(blocks, is_html=is_html)
    reader.read_all()
    return Paragraphs(tuple(reader.found), tuple(reader.unread))


def visible(block: Block) -> str:
    """A block's text. In a table row whose first cell is the label of a topic, a colon follows this cell."""
    text = block.text.replace(BY_CLASS, "")
    first, tab, rest = text.partition("\t")
    if not tab:
        return text.strip()
    return (f"{first.rstrip(' :?')}: {rest}" if _label(first).topic else text).replace("\t", " ").strip()


class _Value(Enum):
    NO = auto()
    YES = auto()
    KNOWN = auto()  # words that the rules for sentences understand when they follow a label
    UNKNOWN = auto()  # a short value that matches no pattern of this module, or that is not clear
    TEXT = auto()  # any other text; it is not the value of a field


_LONGEST_LABEL, _LONGEST_TOPIC = 8, 90  # the most words and the most characters of a label
_MOST_WORDS = 6  # the most words of an unknown value


class _Label(NamedTuple):
    """What a text would mean as a label. `topic`: it is the name of one of CQC's topics. `neutral`: it is the name of something
    that every service has. `states`: it would state special measures, enforcement or something similar."""

    topic: bool = False
    neutral: bool = False
    states: bool = False

    @property
    def names_a_fact(self) -> bool:
        """Whether the label is about something that only some services have."""
        return not self.neutral and (self.states or self.topic)


def _label(text: str) -> _Label:
    return _of_short(text) if len(text) < _LONGEST_TOPIC else _Label()


@lru_cache(maxsize=2048)  # pages share most of their labels
def _of_short(text: str) -> _Label:
    may_state = len(text.split()) <= _LONGEST_LABEL and not patterns.HOLDS_A_VALUE.search(text)
    return _Label(
        topic=patterns.TOPIC.fullmatch(text) is not None,
        neutral=patterns.NEUTRAL.fullmatch(text) is not None,
        states=may_state and patterns.FACT.search(text) is not None,
    )


def _kind(value: str, *, paired: bool) -> _Value:
    """The kind of a value. `paired` is true if the page's structure shows that the text is the value of a label."""
    if patterns.NO.fullmatch(value):
        return _Value.NO
    if patterns.YES.fullmatch(value):
        return _Value.YES
    if patterns.STATUS.fullmatch(value):
        return _Value.UNKNOWN
    if patterns.VALUE.match(value):
        return _Value.KNOWN
    if paired and len(value.split()) <= _MOST_WORDS and patterns.FACT.search(value) is None:
        return _Value.UNKNOWN
    return _Value.TEXT


def _is_another_tag(value: str, *, paired: bool) -> bool:
    """Whether the text beside the tag "Special measures" is a tag too ("Warning notice", "Inadequate"), and not its value."""
    return (_label(value).states and "special measures" not in value.lower()) or (not paired and value.lower() == "inadequate")


class _Fields:
    """Reads the blocks one after the other. It keeps the line that introduces a list while it reads the list."""

    def __init__(self, blocks: Sequence[Block], *, is_html: bool) -> None:
        self.blocks, self.is_html = blocks, is_html
        self.texts = [visible(block) for block in blocks]
        self.found: list[str] = []
        self.unread: list[str] = []
        # a label that may have further values, and the `join` of its first value's block
        self.told: tuple[str, int] | None = None
        self.led = False  # whether a line introduced the list items of a plain text
        self.heading = ""  # the last heading
        self.led_by = 0  # the `join` of the first item of a list that a line introduces; 0 outside such a list

    def read_all(self) -> None:
        at = 0
        while at < len(self.blocks):
            used = self._table(at) or self._row(at) or self._further(at) or self._pair(at)
            at += used or self._line(at)

    def _line(self, at: int) -> int:
        """Reads a line that is not a field."""
        block, text = self.blocks[at], self.texts[at]
        self.told = None
        self.heading = text if block.level else self.heading
        self.led = self.led and block.item
        if self._is_led(block):
            text = f"• {text}"
        else:
            self.led_by = 0
            if block.item and self.is_html and text[:1].islower():
                text = f"• {text}"  # the bullet shows that the line does not continue the line above
        if text.endswith(":") and at + 1 < len(self.blocks) and not _label(text).topic:
            self.led, self.led_by = True, self.blocks[at + 1].join
        self.found.append(_standing(block, text) if _label(text).topic else text)
        return 1

    def _is_led(self, block: Block) -> bool:
        return (self.led and block.item) or (self.led_by > 0 and block.join >= self.led_by and not block.level)

    def _further(self, at: int) -> int:
        """Reads a further value of the label above. Returns the number of blocks read."""
        block, text = self.blocks[at], self.texts[at]
        if self.told is None or block.join < self.told[1] or block.level or block.part is Part.TERM or _label(text).topic:
            return 0
        if _kind(text, paired=False) not in (_Value.KNOWN, _Value.YES):
            return 0
        self.found.append(f"{self.told[0]}: {text}")
        return 1

    def _pair(self, at: int) -> int:
        """Reads a label and its value, in two blocks or in one block."""
        block, text = self.blocks[at], self.texts[at]
        label = text.rstrip(" :?")
        if "\t" in block.text:
            return 0
        if used := self._answered(at) or self._joined(text) or self._regulation(at):
            return used
        if self._is_led(block):
            return 0
        below = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        paired = block.part is Part.TERM and below is not None and below.part is Part.VALUE
        if block.part is Part.TERM and not paired and _label(text).names_a_fact:
            self.unread.append(label)  # the value is empty, or a picture
            return 1
        if (
            below is not None
            and patterns.WHETHER_MET.fullmatch(label)
            and _kind(visible(below), paired=False) in (_Value.NO, _Value.YES)
        ):
            return 2 * self._met(label, visible(below))
        if not (_label(text).names_a_fact or _label(text).neutral):
            return 0
        value = (
            visible(below)
            if below is not None and not below.level and "\t" not in below.text and below.part is not Part.TERM
            else ""
        )
        if not value or ("special measures" in label.lower() and _is_another_tag(value, paired=paired)):
            return 0
        kind = _kind(value, paired=paired)
        stands_alone = (kind is _Value.KNOWN and not paired) or (kind is not _Value.NO and block.level > 0)
        if kind is _Value.TEXT or (stands_alone and not _label(text).topic):
            return 0
        if self._field(label, value, kind, heading=block.level > 0):
            self.told = (
                (label, below.join)
                if below is not None and self.is_html and _label(text).topic and kind in (_Value.KNOWN, _Value.YES)
                else None
            )
            return 2
        return 0

    def _answered(self, at: int) -> int:
        """Reads a whole question with its answer, in two blocks or in one block: "Has the home left special measures? Not
        yet"."""
        question, mark, answer = self.texts[at].partition("?")
        if not mark or len(question) > _LONGEST_TOPIC:
            return 0
        below = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        told = answer or (visible(below) if below is not None and not below.level else "")
        if asked.answered(f"{plain(question)}?", plain(told)) is None:
            return 0
        self.found.append(f"{question}? {told.strip()}")
        return 1 if answer else 2

    def _joined(self, text: str) -> int:
        """Reads a label and its value on one line: "Report removed: No", "Warning notices (0)"."""
        match = patterns.JOINED.fullmatch(text) if len(text) < 150 and patterns.MAY_JOIN.search(text) else None
        if match is None:
            return 0
        label, value = (match["label"] or match["counted"]).strip(), (match["value"] or match["count"] or "").strip()
        if (patterns.NO.fullmatch(value) or patterns.YES.fullmatch(value)) and self._met(label, value):
            return 1
        if label[:1].isdigit() and self._of_regulations(regulations_met.in_pair(label, value.rstrip(" ."), self.heading)):
            return 1
        if not _label(label).names_a_fact or not value:
            return 0
        if patterns.NO.fullmatch(value) or patterns.STATUS.fullmatch(value):
            return int(self._field(label, value, _kind(value, paired=True), heading=False))
        return 0

    def _field(self, label: str, value: str, kind: _Value, *, heading: bool) -> bool:
        """Adds a label with its value. Returns False if the label and the value are not a field."""
        topic = _label(label).topic
        line = f"{label}: {value}"
        if _label(label).neutral:
            if kind is _Value.UNKNOWN:
                return False
            self.found.append(line)
        elif kind is _Value.NO:
            if not value:
                self.unread.append(label)  # the value may be a picture: a tick or a cross
            elif patterns.UNDONE.search(label):
                self.unread.append(line)
        elif kind is _Value.YES:
            said = patterns.YES.fullmatch(value)
            rest = (said["rest"] or "").strip() if said else ""
            told = f"{label}: Yes, {rest}".rstrip(" ,") if topic or rest else f"{label}."
            self.found.append(told)
        elif kind is _Value.UNKNOWN:
            self.unread.append(line)
            if topic and "special measures" in label.lower():
                self.found.append(line)  # a rule understands this line, or special measures are reported as unclear
        elif topic or not heading:
            self.found.append(line)
        else:
            return False
        return True

    def _beside(self, label: str, value: str) -> bool:
        """Adds a label with the value in the next cell, which may be any text. Returns False if the label and the value are not
        a field."""
        kind = _kind(value, paired=True)
        return self._field(label, value, _Value.KNOWN if kind is _Value.TEXT else kind, heading=False)

    def _met(self, label: str, value: str) -> bool:
        """Reads a label such as "Regulation 12 met" with its value. If they say that the regulation is not met, adds this
        statement. Returns False for any other label."""
        match = patterns.WHETHER_MET.fullmatch(label) if len(label) < 150 else None
        if match is None or not value:
            return False
        met = patterns.MET.fullmatch(match["met"]) is not None
        what = match["what"].strip(" :,-")
        what = what if what.lower().startswith("regulation") else f"Regulation {what}"
        if not (no := patterns.NO.fullmatch(value) is not None) and not patterns.YES.fullmatch(value):
            self.unread.append(f"{label}: {value}")
        elif met is no:
            self.found.append(f"{what}: not met")
        return True

    def _of_regulations(self, told: regulations_met.Told | None) -> bool:
        """Adds what a table or a pair says about regulations that are not met. Returns False if it says nothing about them."""
        self.found += told.unmet if told else ()
        self.unread += told.unread if told else ()
        return told is not None

    def _regulation(self, at: int) -> int:
        """Reads a term and its value that say whether a regulation is met. Returns the number of blocks read."""
        below = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        if self.blocks[at].part is not Part.TERM or below is None or below.part is not Part.VALUE:
            return 0
        return 2 * self._of_regulations(
            regulations_met.in_pair(self.texts[at].rstrip(" :?"), visible(below).rstrip(" ."), self.heading)
        )

    def _row(self, at: int) -> int:
        """Reads a row of a table without headings: a label with one value or several values."""
        if "\t" not in self.blocks[at].text:
            return 0
        cells = _cells(self.blocks[at])
        label, values = cells[0], [cell for cell in cells[1:] if cell]
        if len(values) == 1 and (
            self._met(label, values[0]) or self._of_regulations(regulations_met.in_pair(label, values[0], self.heading))
        ):
            return 1
        if not _label(label).names_a_fact:
            return 0
        if (
            "\t" not in self.blocks[at].spaced
            and "special measures" in label.lower()
            and _is_another_tag(values[-1] if values else "", paired=False)
        ):
            self.found.append(self.blocks[at].spaced)  # elements side by side, such as tags, and not a table
            return 1
        if not any(not patterns.NO.fullmatch(one) for one in values):
            return int(self._field(label, values[0] if values else "", _Value.NO, heading=False))
        if len(values) > 1:
            self.found.append(f"{label}: {_listed(values)}")
            return 1
        return int(self._beside(label, values[0]))

    def _table(self, at: int) -> int:
        """Reads a table with a row of headings, if its labels are about special measures, enforcement or something similar.
        Returns the number of blocks read."""
        inside = at > 0 and "\t" in self.blocks[at - 1].text and self.blocks[at].part is not Part.HEADS
        rows = [] if inside else _rows(self.blocks, at)
        if rows and self._of_regulations(regulations_met.in_table(_cells(self.blocks[at]), rows, self.heading)):
            return 1 + len(rows)
        if rows and self._of_answers(_cells(self.blocks[at]), rows):
            return 1 + len(rows)
        if not rows or not _heads(self.blocks[at], rows):
            return 0
        header = _cells(self.blocks[at])
        asked = next((one for one in header[1:] if patterns.MET.fullmatch(one) or patterns.BREACHED.fullmatch(one)), None)
        if asked is not None and patterns.REGULATION.fullmatch(header[0]):
            for row in rows:
                value = row[header.index(asked)] if len(row) == len(header) else ""
                if not self._met(f"{row[0]} {asked}", value):
                    self.unread.append(" ".join(filter(None, row)))
            return 1 + len(rows)
        if not any(_label(one).states for one in (*header, *(row[0] for row in rows))):
            return 0
        for row in rows:
            self._under(header, row)
        return 1 + len(rows)

    def _of_answers(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
        """Reads a table whose cells are only numbers, "yes" or "no", below labels of facts. Each row may be about a year, or
        about one of several homes. Returns False for any other table."""
        facts = [at for at, one in enumerate(header) if one and _label(one).names_a_fact]
        if (
            not facts
            or any(len(row) != len(header) for row in rows)
            or not all(patterns.COUNT.fullmatch(row[at]) for row in rows for at in facts)
        ):
            return False
        if len(facts) == len(header) > 1 and len(rows) == 1:
            for label, value in zip(header, rows[0], strict=True):
                self._beside(label, value)
            return True
        if facts[0] == 0 or not all(patterns.YES_NO.fullmatch(row[at]) for row in rows for at in facts):
            return False
        if patterns.YEARS.fullmatch(header[0]) and all(patterns.A_YEAR.search(row[0]) for row in rows):
            newest = max(rows, key=lambda row: max(patterns.A_YEAR.findall(row[0])))
            for at in facts:
                self._beside(header[at], newest[at])
            return True
        if patterns.HOMES.fullmatch(header[0]):
            for row in rows:
                self.found += [_of_home(row[0], header[at], row[at]) for at in facts]
            return True
        return False

    def _under(self, header: Sequence[str], row: Sequence[str]) -> None:
        """Reads a row below the headings of its table."""
        pairs = list(zip_longest(header, row, fillvalue=""))
        (head, first), others = pairs[0], pairs[1:]
        given = [(of, value) for of, value in others if not patterns.NO.fullmatch(value)]
        if not _label(first).states and not _label(head).states:
            for of, value in given:
                if _label(of).names_a_fact:
                    self._beside(of, value)
            if not any(_label(of).names_a_fact for of, _ in others):
                self.found.append(" ".join(filter(None, row)))
            return
        label = first if _label(first).states else head
        if not given and (any(value for _, value in others) or patterns.NO.fullmatch(first)):
            if patterns.UNDONE.search(label):
                self.unread.append(" ".join(filter(None, row)))
            return
        if (
            len(given) == 1
            and label is first
            and patterns.PLAIN_HEADING.fullmatch(given[0][0])
            and self._beside(label, given[0][1])
        ):
            return
        if any(_kind(value, paired=False) is _Value.UNKNOWN for _, value in given) or not given:
            self.unread.append(": ".join(filter(None, (label, *(value for _, value in given)))))
            return
        self._told_of(label, "" if label is first else first, given)

    def _told_of(self, label: str, first: str, given: Sequence[tuple[str, str]]) -> None:
        """Adds the statement of a row in words, for example "Warning notice: served 6 March 2026, met 2 June 2026"."""
        start = next((value for of, value in given if patterns.START.fullmatch(of)), "")
        end = next((value for of, value in given if patterns.END.fullmatch(of)), "")
        if (start or end) and all(patterns.START.fullmatch(of) or patterns.END.fullmatch(of) for of, _ in given):
            self.found.append(
                f"{label}: {f'from {start} to {end}' if start and end else f'since {start}' if start else f'ended {end}'}"
            )
            return
        words = [value if patterns.PLAIN_HEADING.fullmatch(of) else f"{of[:1].lower()}{of[1:]} {value}" for of, value in given]
        self.found.append(f"{label}: {_listed([one for one in (first, *words) if one])}")


def _of_home(name: str, label: str, value: str) -> str:
    """A row of a table about several homes, as a sentence."""
    no = patterns.NO.fullmatch(value) is not None
    if "special measures" in label.lower():
        return f"{name} is {'not ' if no else ''}in special measures."
    return f"{name}: {label}: {'none' if no else value}"


def _listed(values: Sequence[str]) -> str:
    """The values of a row, joined by commas. But before a value such as "lifted" or "met" the word "and" is used, since such a
    value continues the statement."""
    return "".join(
        f"{'' if not at else ' and ' if patterns.OVER.match(value) else ', '}{value}" for at, value in enumerate(values)
    )


def _cells(block: Block) -> list[str]:
    return [cell.strip(" :?").strip() for cell in block.text.replace(BY_CLASS, "").split("\t")]


def _rows(blocks: Sequence[Block], at: int) -> list[list[str]]:
    """The cells of all rows of a table that are below the row `at`."""
    if "\t" not in blocks[at].text:
        return []
    rows: list[list[str]] = []
    for block in blocks[at + 1 :]:
        if "\t" not in block.text or block.part is Part.HEADS:
            break
        rows.append(_cells(block))
    return rows


def _heads(block: Block, rows: Sequence[Sequence[str]]) -> bool:
    """Whether a row consists of headings: either all its cells are marked as headings on the page, or the words of each cell
    can be the heading of a column."""
    first, *others = _cells(block)
    if len(others) + 1 < max(len(row) for row in rows):
        return False
    if any(re.search(r"\d{4}", one) or (one and patterns.NO.fullmatch(one)) or patterns.YES.fullmatch(one) for one in others):
        return False
    if block.part is Part.HEADS:
        return True
    columns = [
        one for one in others if patterns.COLUMN.fullmatch(one) or (len(others) > 1 and patterns.ENDS_OR_BEGINS.fullmatch(one))
    ]
    return bool(first) and len(columns) == len(others)


def _standing(label: Block, text: str) -> str:
    """The text of a label without a value. If the label is not a heading, it is a tag, which is a statement without a value, so
    a full stop is added."""
    return text if label.level else f"{text}."
