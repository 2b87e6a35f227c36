"""Reads the ratings that a page states. Labels and values are paired only by their position.

A label and a value belong together if they are on one line, in one column of a table, or alone in one element. In a list in
which labels and values alternate strictly, each label belongs to the value next to it. Other text that looks like a statement
is listed as unread. If a subject has two different ratings, neither is used.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Final

from monitor import ratings
from monitor.cqc.read import groups, labels, sentences, tables
from monitor.cqc.read.claims import (
    OVERALL,
    Claim,
    Columns,
    Scored,
    Subject,
    Told,
    column_labels,
    in_cells,
    subject_of,
    without_doubles,
    without_marks,
)
from monitor.cqc.read.content import Place
from monitor.cqc.read.details import Details, group_readings
from monitor.cqc.read.flow import Block
from monitor.cqc.read.titles import is_of_the_title
from monitor.cqc.read.words import LABELS, Kind, Token, labelled_otherwise, tokens
from monitor.model import Framework, GroupReading
from monitor.ratings import KeyQuestion, Rating, Reason, Stated

_BRIEF = re.compile(r"[a-z]{3,20}(?: [a-z]{3,20})?")  # one or two words, like CQC's ratings and the parts of a rating

_ROW = 3
"""A line of cells with at least this many ratings is a row with the ratings of several subjects."""
MAX_STATEMENTS: Final = 600
"""The most labels and values that are read on one page. The page of a hospital with twenty services has about 240."""


@dataclass(slots=True)
class _Unit:
    """A label, a value, or a label and its value from one line."""

    at: int
    label: Token | None = None
    value: Token | None = None
    loose: bool = False  # whether the line contains only the value and the word "rating"
    label_at: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Stating:
    """The ratings that a page's blocks state."""

    groups: tuple[GroupReading, ...]
    unread: tuple[str, ...]


@dataclass(slots=True)
class Reader:
    """Reads the statements in the blocks numbered in `own`, which are those about this service as it is now.

    name_at          the block of the service's name; -1 if there is none
    menus            the blocks of lists that contain only the names of key questions
    dated_by_update  whether "Updated 13 January 2021" after a rating is the rating's date of publication, as in summaries from
                     before the Single Assessment Framework. Source: docs/facts/pages.md, Updated on summaries.
    """

    blocks: Sequence[Block]
    lines: Sequence[str]
    tokens_of: Sequence[tuple[Token, ...] | None]
    own: Sequence[int]
    name_at: int
    menus: frozenset[int] = frozenset()
    dated_by_update: bool = False
    units: list[_Unit] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    tainted: set[tuple[str | None, Subject]] = field(default_factory=set)
    hard: list[int] = field(default_factory=list)
    group_at: list[tuple[int, str | None]] = field(default_factory=list)
    headings: set[int] = field(default_factory=set)
    compared: set[int] = field(default_factory=set)  # rows of tables that compare former and current ratings

    def read(
        self,
        framework: Framework | None,
        told: Sequence[Told] = (),
        scores: Sequence[Scored] = (),
        in_heading: tuple[int, Stated] | None = None,
    ) -> Stating:
        """Returns the ratings. `told` and `scores` are the ratings and scores of key questions that other functions read from
        sentences. `in_heading` is the overall rating in the heading with the service's name, and the block of this heading."""
        self._measure()
        self._find_groups()
        self._compare()
        self._collect()
        if len(self.units) > MAX_STATEMENTS:
            return Stating(groups=(), unread=("The page contains more ratings than a page about one service can contain.",))
        apart = {one.at for one in told if one.apart}
        self.units = [unit for unit in self.units if unit.label or unit.at not in apart]
        self._drop_legends()
        placed = {one.at for one in told}
        self._pair_alone()
        self._pair_in_turn()
        self.units = [unit for unit in self.units if unit.label or unit.at not in placed]
        if in_heading:
            self._claim(Token(Kind.OVERALL), Token(Kind.VALUE, in_heading[1]), in_heading[0], in_heading[0])
        for one in told:
            self._claim(Token(Kind.KEY_QUESTION, one.question), Token(Kind.VALUE, one.value), one.at, one.at, quote=one.quote)
        self._place_rest()
        self._miss_unknown()
        self._miss_labels()
        resolved = self._resolve()
        details = Details(self).collect()
        for told_score in scores:
            key = (self._group(told_score.at), told_score.question)
            if details.scores.setdefault(key, told_score.score) == told_score.score:
                details.quotes.setdefault(key, told_score.quote)
        return Stating(groups=group_readings(resolved, details, framework), unread=tuple(dict.fromkeys(self.unread)))

    # -- from lines to units

    def _measure(self) -> None:
        """Sets `hard[i]` to the number of blocks above block i that are prose, or are outside the parts that are read."""
        worded = {at for at in self.own if self.tokens_of[at] is not None}
        self.hard = list(accumulate((at not in worded for at in range(len(self.blocks))), initial=0))

    def _prose_between(self, first: int, last: int) -> bool:
        return first < last and self.hard[last] - self.hard[first + 1] > 0

    def near(self, first: int, last: int) -> int:
        """The depth of the nearest element that contains both blocks. If the depth is greater, the two blocks are nearer to
        each other. If `first` and `last` are the same block, the result is a very large number."""
        if first > last:
            first, last = last, first
        return min((self.blocks[at].join for at in range(first + 1, last + 1)), default=1 << 30)

    def _find_groups(self) -> None:
        """Finds the lines that name a service group above its ratings, and the group's overall rating beside the name."""
        found = groups.find(self.own, self.blocks, self.lines, self.tokens_of, self.name_at, self.menus)
        self.group_at, self.headings = found.at, found.headings
        for at, value in found.overall.items():
            self.headings.add(at)
            self._claim(Token(Kind.OVERALL), value, at, at)
            self.units.append(_Unit(at, Token(Kind.OVERALL), value, label_at=at))

    def _compare(self) -> None:
        """Reads the current ratings of tables with a column or a row of former ratings."""
        read = tables.compared(self.own, self.lines)
        self.compared = read.rows
        for cell in read.cells:
            quote = sentences.quote(self._cell(*cell.label_cell), self._cell(*cell.value_cell))
            self._claim(cell.label, cell.value, cell.at, cell.at, group=cell.group, quote=quote)
            self.units.append(_Unit(cell.at, cell.label, cell.value, label_at=cell.at))
        for at in read.missed:
            self._miss(at)

    def _collect(self) -> None:
        columns: Columns | None = None
        for at in self.own:
            tokens = self.tokens_of[at]
            if at in self.compared or at in self.headings:
                columns = None
                continue
            if tokens is None and (header := self._heads_of_groups(at)):
                columns = Columns(at, header)
                continue
            if tokens is None:
                if columns and "\t" in self.lines[at] and self._row_of_a_group(at, columns):
                    continue
                columns = None
                if at > self.name_at and self._is_labelled(self.lines[at]):
                    self._miss(at)
                continue
            if not tokens or at in self.menus:
                continue
            header = column_labels(tokens)
            if header:
                columns = Columns(at, header)
                continue
            if columns and self._row(at, tokens, columns):
                continue
            columns = None
            self._line(at, tokens)

    def _heads_of_groups(self, at: int) -> tuple[Token | None, ...] | None:
        """The labels of a header whose first cell says that the rows are service groups; None for any other header."""
        first, tab, rest = self.lines[at].partition("\t")
        said = tokens(f"\t{rest}") if tab and groups.OF_GROUPS.fullmatch(first.strip(" :")) else None
        return column_labels(said) if said else None

    def _is_labelled(self, line: str) -> bool:
        """Whether a line gives the rating of an unknown subject. Lines that explain what a rating means are left out."""
        return len(line) <= 90 and "characteristic" not in line and labelled_otherwise(line)

    def _row(self, at: int, tokens: Sequence[Token], columns: "Columns") -> bool:
        """Reads a row of values below a row of labels."""
        cells = in_cells(tokens)
        if len(cells) < 2 or not any(token.kind is Kind.VALUE for token in tokens):
            return False
        aside = [token for token in tokens if token.kind in (Kind.OVERALL, Kind.KEY_QUESTION)]
        if aside and not (len(aside) == 1 and aside[0].kind is Kind.OVERALL and cells[0] == aside):
            return False
        named = [token for cell in cells for token in cell if token.kind is Kind.GROUP]
        if len(cells) != len(columns.labels) or len(named) > 1:
            self._miss(at)
            return True
        group = str(named[0].value) if named else None if aside else self._group(at)
        self._claim_row(at, cells, columns, group)
        return True

    def _row_of_a_group(self, at: int, columns: "Columns") -> bool:
        """Reads a row of values below a row of labels, for a service group with an unknown name."""
        words = self.lines[at].split("\t")
        if len(words) != len(columns.labels) or columns.labels[0] is not None:
            return False
        name = "" if groups.OF_ALL.fullmatch(words[0].strip()) else groups.name_of(words[0], self.blocks[at].text.split("\t")[0])
        cells = [tables.value_in(cell) for cell in words[1:]]
        if name is None or not any(cells):
            return False
        self._claim_row(at, [[], *([value] if value else [] for value in cells)], columns, name or None)
        return True

    def _claim_row(self, at: int, cells: Sequence[Sequence[Token]], columns: "Columns", group: str | None) -> None:
        for number, (label, cell) in enumerate(zip(columns.labels, cells, strict=True)):
            values = [token for token in cell if token.kind is Kind.VALUE]
            if label is not None and len(values) == 1:
                quote = sentences.quote(self._cell(columns.at, number), self._cell(at, number))
                self._claim(label, values[0], at, at, group=group or "", quote=quote)
                self.units.append(_Unit(at, label, values[0], label_at=at))
            elif values:
                self._miss(at)

    def _line(self, at: int, tokens: Sequence[Token]) -> None:
        subjects = without_doubles([token for token in tokens if token.kind in (*LABELS, Kind.VALUE, Kind.UNKNOWN)])
        subjects = [
            token
            for here, token in enumerate(subjects)
            if token.kind is not Kind.STATEMENT
            and not (token.kind is Kind.GROUP and len(subjects) > 1 and self._opens_group(at, token, subjects[here + 1 :]))
        ]
        labels = [token for token in subjects if token.kind in LABELS]
        values = [token for token in subjects if token.kind is Kind.VALUE]
        if any(token.kind is Kind.UNKNOWN for token in subjects):
            self._miss(at)
            for label in labels[-1:]:
                self._taint(label, at)
            return
        if labels and sum(token.kind is Kind.VALUE for token in tokens) >= _ROW and self.lines[at].count("\t") >= _ROW:
            self._miss(at)  # a table row whose header was not found
        elif labels and values:
            self._pairs_in_line(at, subjects, labels, values)
        elif labels:
            self.units.extend(_Unit(at, label=label) for label in labels)
        elif values:
            title = self.lines[self.name_at] if self.name_at >= 0 else ""
            loose = any(is_of_the_title(token, title) for token in (*tokens, *self._only_rating(at - 1)))
            self.units.extend(_Unit(at, value=value, loose=loose) for value in values)
        elif len(tokens) == 1 and tokens[0].kind is Kind.EARLIER:
            self.units.append(_Unit(at, label=tokens[0]))
        elif len(tokens) == 1 and tokens[0].kind is Kind.INHERITED:
            self._inherit(at)
        elif tokens[0].kind is Kind.NOT_ASSESSED and self.units and self.units[-1].value is None and not self._stated_below(at):
            # "Not assessed" is in the place of a rating. It is kept, so that labels and values still alternate.
            self.units.append(_Unit(at, value=tokens[0]))

    def _only_rating(self, at: int) -> Sequence[Token]:
        """The token of a block that says only "Rating"; empty for any other block."""
        tokens = self.tokens_of[at] if at > self.name_at >= 0 else None
        return tokens if tokens and len(tokens) == 1 and tokens[0].kind is Kind.RATING else ()

    def _stated_below(self, at: int) -> bool:
        """Whether the next block contains only a rating."""
        tokens = self.tokens_of[at + 1] if at + 1 < len(self.blocks) else None
        return bool(tokens) and all(token.kind is Kind.VALUE for token in tokens or ())

    def _inherit(self, at: int) -> None:
        """Applies "Inherited", alone in its block, to the value directly before it."""
        last = self.units[-1] if self.units else None
        if last is None or last.value is None or at - last.at > 1:
            return
        last.value = last.value._replace(inherited=True)
        if self.claims and last.label is not None and self.claims[-1].at == last.at:
            self.claims[-1] = replace(self.claims[-1], inherited=True)

    def _opens_group(self, at: int, token: Token, behind: Sequence[Token]) -> bool:
        if behind and behind[0].kind in (Kind.OVERALL, Kind.KEY_QUESTION):
            self.group_at.append((at, str(token.value)))
            return True
        return False

    def _pairs_in_line(self, at: int, subjects: Sequence[Token], labels: Sequence[Token], values: Sequence[Token]) -> None:
        pairs: list[tuple[Token, Token]] = []
        if len(labels) == 1 and len(values) == 1:
            pairs = [(labels[0], values[0])]
        elif len(labels) == len(values) and all(
            (token.kind is Kind.VALUE) == bool(here % 2) for here, token in enumerate(subjects)
        ):
            pairs = list(zip(labels, values, strict=True))
        if not pairs:
            self._miss(at)
            for label in labels:
                self._taint(label, at)
        for label, value in pairs:
            self._claim(label, value, at, at)
            self.units.append(_Unit(at, label, value, label_at=at))

    # -- claims

    def _claim(
        self, label: Token, value: Token, label_at: int, at: int, *, group: str | None = None, quote: str | None = None
    ) -> None:
        if not isinstance(value.value, Rating | Reason) or label.kind is Kind.EARLIER:
            return
        if label.kind is Kind.GROUP:
            group, subject = str(label.value), OVERALL
        else:
            group = self._group(label_at) if group is None else group or None
            subject = subject_of(label)
        quote = quote or self.quote(label_at, at)
        self.claims.append(
            Claim(
                group=group,
                subject=subject,
                value=value.value,
                weak=value.weak,
                label_at=label_at,
                at=at,
                quote=quote,
                inherited=value.inherited,
            )
        )

    def quote(self, label_at: int, at: int) -> str:
        """The text of the blocks that contain a label and its value, in page order."""
        return sentences.quote(*(without_marks(self.blocks[here].spaced) for here in sorted({label_at, at})))

    def _cell(self, at: int, number: int) -> str:
        """The text of one cell of a row."""
        return without_marks("".join(self.blocks[at].spaced.split("\t")[number : number + 1]))

    def _group(self, at: int) -> str | None:
        """The service group whose heading is above this block."""
        above = [name for where, name in self.group_at if where <= at]
        return above[-1] if above else None

    def _taint(self, label: Token, at: int) -> None:
        if label.kind is Kind.GROUP:
            self.tainted.add((str(label.value), OVERALL))
        elif label.kind in (Kind.OVERALL, Kind.KEY_QUESTION):
            self.tainted.add((self._group(at), subject_of(label)))

    def _miss(self, at: int) -> None:
        self.unread.append(without_marks(self.blocks[at].spaced).strip())

    # -- units that are alone

    def _drop_legends(self) -> None:
        """Removes legends. A legend lists at least three ratings in order of severity, without labels."""
        legend: set[int] = set()
        for step in (1, -1):
            run: list[int] = []
            for here, unit in enumerate([*self.units, _Unit(-1)]):
                value = unit.value.value if unit.value and unit.label is None else None
                place = ratings.severity(value) if isinstance(value, Rating) else None
                last = self.units[run[-1]].value if run else None
                if place is not None and last and place == ratings.severity(last.value) + step:  # type: ignore[arg-type]
                    run.append(here)
                    continue
                if len(run) >= 3:
                    legend.update(run)
                run = [here] if place is not None else []
        self.units = [unit for here, unit in enumerate(self.units) if here not in legend]

    def _neighbours(self, here: int) -> tuple[int, int]:
        """The numbers of the nearest units with a label before and after unit `here`; -1 if there is no such unit."""
        before = next((at for at in range(here - 1, -1, -1) if self.units[at].label), -1)
        behind = next((at for at in range(here + 1, len(self.units)) if self.units[at].label), -1)
        return before, behind

    def _reach(self, here: int) -> int:
        """How near this label is to the nearest other label. A value of this label must be at least equally near."""
        at = self.units[here].at
        return max((self.near(self.units[other].at, at) for other in self._neighbours(here) if other >= 0), default=-1)

    def _pair_alone(self) -> None:
        """Pairs a label and a value in an element that contains no other label."""
        for here, unit in enumerate(self.units):
            if unit.label is None or unit.value is not None:
                continue
            reach = self._reach(here)
            if reach < 0:
                continue
            found = []
            for step in (1, -1):
                there = here + step
                while 0 <= there < len(self.units) and self.units[there].label is None:
                    other = self.units[there]
                    if self.near(unit.at, other.at) > reach and abs(other.at - unit.at) <= 8 and other.at != unit.at:
                        found.append(other)
                    there += step
            self._take(unit, found)
        self.units = [unit for unit in self.units if unit.at >= 0]

    def _take(self, unit: _Unit, found: Sequence[_Unit]) -> None:
        """Gives a label the value in `found`, if all values in `found` are equal."""
        if not found or unit.label is None:
            return
        strong = [other for other in found if other.value and not other.value.weak] or list(found)
        values = {other.value.value for other in strong if other.value}
        if len(values) == 1 and strong[0].value:
            unit.value, unit.label_at = strong[0].value, unit.at
            self._claim(unit.label, strong[0].value, unit.at, strong[0].at)
            unit.at = strong[0].at
        else:
            for other in strong:
                self._miss(other.at)
            self._taint(unit.label, unit.at)
        for other in found:
            other.at = -1

    def _pair_in_turn(self) -> None:
        """Pairs labels and values that alternate strictly, with no prose between them."""
        for run in list(self._runs()):
            pairs, doubtful = self._turns(run)
            for label, value in pairs:
                if self.near(label.at, value.at) >= self._reach(self.units.index(label)) and label.label and value.value:
                    self._claim(label.label, value.value, label.at, value.at)
                    label.value, label.label_at, value.value = value.value, label.at, None
                    label.at = value.at
            for unit in doubtful:
                if unit.value:
                    self._miss(unit.at)
                    unit.value = None
                elif unit.label and unit.label.kind in (Kind.OVERALL, Kind.KEY_QUESTION):
                    self._taint(unit.label, unit.at)
        self.units = [unit for unit in self.units if unit.label or unit.value]

    def _runs(self) -> Iterator[list[_Unit]]:
        run: list[_Unit] = []
        for here, unit in enumerate(self.units):
            alone = unit.label is None or unit.value is None
            last = self.units[here - 1] if here else None
            if run and (not alone or last is None or self._prose_between(last.at, unit.at)):
                yield run
                run = []
            if alone:
                run.append(unit)
        if run:
            yield run

    def _turns(self, run: list[_Unit]) -> tuple[list[tuple[_Unit, _Unit]], list[_Unit]]:
        """The pairs in one run of labels and values, and the units that cannot be paired."""
        kinds = "".join("L" if unit.label else "V" for unit in run)
        if "L" not in kinds or "V" not in kinds:
            return [], []
        if kinds[0] == "V" and (self._apart(run[0], run[1]) or run[0].loose or run[0].at == self._first_behind_name()):
            return self._turns(run[1:])
        if self._is_headed(run):
            return self._headed(run, kinds)
        if run[0].label and run[0].label.kind in (Kind.OVERALL, Kind.GROUP) and kinds[:2] == "LL":
            return self._turns(run[1:])
        if self._ends_in_a_heading(run, kinds):
            return self._turns(run[:-1])
        half = len(run) // 2
        if kinds == "LV" * half or kinds == "LVL":
            return list(zip(run[0::2], run[1::2], strict=False)), []
        if kinds == "VL" * half and half >= 3:  # in the whole list, each value is above its label
            return list(zip(run[1::2], run[0::2], strict=True)), []
        return [], run

    def _ends_in_a_heading(self, run: list[_Unit], kinds: str) -> bool:
        """Whether the last label of a run is the heading of the text below it, such as "Overall summary". This is true if all
        five key questions with their values come before the label, and the overall rating is stated elsewhere."""
        five = 2 * len(KeyQuestion)
        label, first = run[-1].label, {subject_of(unit.label) for unit in run[:-1] if unit.label}
        if kinds != "LV" * (five // 2) + "L" or label is None or first != set(KeyQuestion):
            return False
        return subject_of(label) == OVERALL and any(claim.subject == OVERALL for claim in self.claims)

    def _is_headed(self, run: list[_Unit]) -> bool:
        """Whether all labels are headings and no value is a heading. If so, each value belongs to the heading above it."""
        return all((self.blocks[unit.at].level > 0) == (unit.label is not None) for unit in run)

    def _headed(self, run: list[_Unit], kinds: str) -> tuple[list[tuple[_Unit, _Unit]], list[_Unit]]:
        pairs, doubtful = [], []
        for at in range(len(run) - 1):
            if kinds[at : at + 2] != "LV":
                continue
            following = run[at + 2] if kinds[at + 2 : at + 3] == "V" else None
            value, other = run[at + 1].value, following.value if following else None
            same = value is not None and other is not None and value.value == other.value
            if following is None or same or self._apart(run[at + 1], following):
                pairs.append((run[at], run[at + 1]))
            else:
                doubtful += run[at : at + 2]
        return pairs, doubtful

    def _apart(self, one: _Unit, other: _Unit) -> bool:
        """Whether two neighbours clearly are not in one list, because one is a heading or the second is nearer to the next
        unit."""
        first, second = self.blocks[one.at], self.blocks[other.at]
        if (first.level > 0) != (second.level > 0):
            return True
        here = self.units.index(other)
        behind = self.units[here + 1] if here + 1 < len(self.units) else None
        return behind is not None and self.near(one.at, other.at) < self.near(other.at, behind.at)

    def _first_behind_name(self) -> int:
        return self.name_at + 1 if self.name_at >= 0 else -9

    def _place_rest(self) -> None:
        """Reads values without a label. A rating directly below the name, or "Rating: Good" at the top, is the overall rating.
        Others are listed as unread."""
        rest = [unit for unit in self.units if unit.label is None and unit.value]
        overall = {claim.value for claim in self.claims if claim.subject == OVERALL}
        first_question = min((claim.label_at for claim in self.claims if claim.subject != OVERALL), default=1 << 30)
        label = Token(Kind.OVERALL)
        for unit in rest:
            assert unit.value is not None
            below_name = unit.at == self._first_behind_name() and not unit.value.weak
            if below_name or (unit.loose and not overall and unit.at < first_question):
                quote = self.quote(self.name_at, unit.at) if below_name else None
                self._claim(label, unit.value, unit.at, unit.at, quote=quote)
            elif unit.value.kind is Kind.VALUE and not unit.value.weak and unit.value.value not in overall:
                self._miss(unit.at)

    def _miss_unknown(self) -> None:
        """Lists as unread a text that is alone in the place of a rating but is not a known rating, such as a new rating
        ("Excellent") or a part of a rating ("Requires").

        The text must be one or two words after a label without a rating. The page must also contain a rating, or a second such
        text; otherwise the label may be the heading of a chapter.
        """
        claimed = {claim.subject for claim in self.claims}
        own = set(self.own)
        found = [
            unit.at
            for unit in self.units
            if unit.label
            and unit.label.kind in (Kind.OVERALL, Kind.KEY_QUESTION)
            and subject_of(unit.label) not in claimed
            and unit.at + 1 in own
            and self._may_be_value(unit.at + 1)
        ]
        if self.claims or len(found) > 1:
            self.unread += [self.quote(at, at + 1) for at in found]

    def _miss_labels(self) -> None:
        """Lists as unread labels without a known rating, and sentences whose overall rating differs from that of the labels."""
        claimed = {claim.subject for claim in self.claims}
        overall = {claim.value for claim in self.claims if claim.subject == OVERALL}
        for at in self.own:
            if at <= self.name_at or self.tokens_of[at] is not None or at in self.compared or at in self.headings:
                continue
            line = self.lines[at]
            label, said = labels.named(line), labels.rated_in_words(line)
            if (label is not None and label[0] not in claimed) or (said is not None and said not in overall):
                self._miss(at)

    def _may_be_value(self, at: int) -> bool:
        return self.tokens_of[at] is None and self.blocks[at].level == 0 and _BRIEF.fullmatch(self.lines[at]) is not None

    # -- the current state

    def _resolve(self) -> dict[tuple[str | None, Subject], Claim]:
        by_subject: dict[tuple[str | None, Subject], list[Claim]] = {}
        for claim in self.claims:
            by_subject.setdefault((claim.group, claim.subject), []).append(claim)
        resolved = {}
        for key, claims in by_subject.items():
            held, others = self._outranking(claims)
            for claim in others:
                if claim.value != held[0].value:
                    self._miss(claim.at)
            if len({claim.value for claim in held}) > 1:
                for claim in held:
                    self._miss(claim.at)
            elif key not in self.tainted:
                resolved[key] = held[0]
        return resolved

    def _outranking(self, claims: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
        """Divides the claims about one subject into those that are used and those that are not. Only the claims in one place of
        the page are used: in the first of the places (see `Place`) with a claim. But for a key question the service's header
        and `main` are treated as one place."""
        places = [self.blocks[claim.at].place for claim in claims]
        if claims[0].subject != OVERALL:
            places = [Place.MAIN if place is Place.HEADER else place for place in places]
        highest = min(places)
        held = [claim for claim, place in zip(claims, places, strict=True) if place is highest]
        return held, [claim for claim, place in zip(claims, places, strict=True) if place is not highest]


