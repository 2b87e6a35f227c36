"""What a page states as ratings. Labels and values are paired by their position, never by a guess.

A label and a value belong together if they are on one line, in one cell of a table's column, alone in one element, or alternate
strictly in one list. Anything that looks like a statement but fits none of these is reported as unread. A subject with two
different statements gets no rating at all.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate
from typing import Final, NamedTuple

from monitor import ratings
from monitor.cqc.read import groups, labels, sentences, tables
from monitor.cqc.read.content import Place
from monitor.cqc.read.flow import BY_CLASS, Block
from monitor.cqc.read.words import LABELS, Kind, Token, labelled_otherwise, tokens, unlooked
from monitor.model import Framework, GroupReading, KeyQuestionReading, Statement
from monitor.ratings import KeyQuestion, Rating, Reason, Stated

_CELL_EDGE = Token(Kind.CELL, "\t")

OVERALL = "overall"
Subject = str | KeyQuestion
"""OVERALL or a key question."""


_BRIEF = re.compile(r"[a-z]{3,20}(?: [a-z]{3,20})?")  # as all of CQC's ratings, or parts of one, are written

_OF_GROUPS = re.compile(
    r"(?:core |clinical |assessment )?(?:services?|service groups?|areas?|wards?|specialt(?:y|ies)|departments?)"
    r"|population groups?"
)
_ROW = 3
"""This many ratings in a line of cells are a row of several subjects."""

MAX_STATEMENTS: Final = 600
"""The most labels and values on one page; a hospital with twenty services has about 240."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement of a rating: its subject, its value, the block of the value, and the text of both."""

    group: str | None
    subject: Subject
    value: Stated
    weak: bool
    label_at: int
    at: int
    quote: str
    inherited: bool = False


class Told(NamedTuple):
    """A key question's rating given in a sentence, and its block. `apart`: it is alone there and cannot be another's."""

    at: int
    question: KeyQuestion
    value: Stated
    quote: str
    apart: bool = False


class Scored(NamedTuple):
    """A key question's score given in a sentence, and its block."""

    at: int
    question: KeyQuestion
    score: int
    quote: str


@dataclass(slots=True)
class _Unit:
    """A label, a value, or a pair of both from one line."""

    at: int
    label: Token | None = None
    value: Token | None = None
    loose: bool = False  # a value with the bare word "rating"
    label_at: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Stating:
    """What a page's blocks state as ratings."""

    groups: tuple[GroupReading, ...]
    unread: tuple[str, ...]


@dataclass(slots=True)
class Reader:
    """Reads the statements in the blocks numbered in `own` (those about this service as it is now).

    name_at          the block of the service's name; -1 if there is none
    menus            lists that only name the key questions
    dated_by_update  "Updated 13 January 2021" after a rating is its date of publication (summaries from before the Single
                     Assessment Framework). Source: docs/facts/pages.md, Updated on summaries.
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
    compared: set[int] = field(default_factory=set)  # rows of tables that compare earlier and present ratings

    def read(
        self,
        framework: Framework | None,
        told: Sequence[Told] = (),
        scores: Sequence[Scored] = (),
        in_heading: tuple[int, Stated] | None = None,
    ) -> Stating:
        """`told` and `scores`: key questions' ratings and scores from sentences; `in_heading`: the overall rating after the
        service's name, with its block."""
        self._measure()
        self._find_groups()
        self._compare()
        self._collect()
        if len(self.units) > MAX_STATEMENTS:
            return Stating(groups=(), unread=("More statements of ratings than a page about one service holds.",))
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
        details = _Details(self).collect()
        for told_score in scores:
            key = (self._group(told_score.at), told_score.question)
            if details.scores.setdefault(key, told_score.score) == told_score.score:
                details.quotes.setdefault(key, told_score.quote)
        return Stating(groups=_groups(resolved, details, framework), unread=tuple(dict.fromkeys(self.unread)))

    # -- from lines to units

    def _measure(self) -> None:
        """Sets hard[i], the number of blocks before block i that are prose or belong to other parts of the page."""
        worded = {at for at in self.own if self.tokens_of[at] is not None}
        self.hard = list(accumulate((at not in worded for at in range(len(self.blocks))), initial=0))

    def _prose_between(self, first: int, last: int) -> bool:
        return first < last and self.hard[last] - self.hard[first + 1] > 0

    def near(self, first: int, last: int) -> int:
        """The depth of the nearest element that contains both blocks: the greater, the nearer. The same block: a very large
        number."""
        if first > last:
            first, last = last, first
        return min((self.blocks[at].join for at in range(first + 1, last + 1)), default=1 << 30)

    def _find_groups(self) -> None:
        """Finds lines that name a service group above its own ratings, and its overall rating if that is alone below its name."""
        found = groups.find(self.own, self.blocks, self.lines, self.tokens_of, self.name_at, self.menus)
        self.group_at, self.headings = found.at, found.headings
        for at, value in found.overall.items():
            self.headings.add(at)
            self._claim(Token(Kind.OVERALL), value, at, at)
            self.units.append(_Unit(at, Token(Kind.OVERALL), value, label_at=at))

    def _compare(self) -> None:
        """Reads tables with a column or a row of former ratings: only present ratings are stated."""
        read = tables.compared(self.own, self.lines)
        self.compared = read.rows
        for cell in read.cells:
            quote = sentences.quote(self._cell(*cell.label_cell), self._cell(*cell.value_cell))
            self._claim(cell.label, cell.value, cell.at, cell.at, quote=quote)
            self.units.append(_Unit(cell.at, cell.label, cell.value, label_at=cell.at))
        for at in read.missed:
            self._miss(at)

    def _collect(self) -> None:
        columns: _Columns | None = None
        for at in self.own:
            tokens = self.tokens_of[at]
            if at in self.compared or at in self.headings:
                columns = None
                continue
            if tokens is None and (header := self._heads_of_groups(at)):
                columns = _Columns(at, header)
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
            header = _columns(tokens)
            if header:
                columns = _Columns(at, header)
                continue
            if columns and self._row(at, tokens, columns):
                continue
            columns = None
            self._line(at, tokens)

    def _heads_of_groups(self, at: int) -> tuple[Token | None, ...] | None:
        """The labels of a header whose first cell says that the rows are service groups; None for any other header."""
        first, tab, rest = self.lines[at].partition("\t")
        said = tokens(f"\t{rest}") if tab and _OF_GROUPS.fullmatch(first.strip(" :")) else None
        return _columns(said) if said else None

    def _is_labelled(self, line: str) -> bool:
        """Whether a line states a rating of something unknown; the characteristics of ratings do not count."""
        return len(line) <= 90 and "characteristic" not in line and labelled_otherwise(line)

    def _row(self, at: int, tokens: Sequence[Token], columns: "_Columns") -> bool:
        """A row of values below a row of labels."""
        cells = _cells(tokens)
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

    def _row_of_a_group(self, at: int, columns: "_Columns") -> bool:
        """A row of values below a row of labels, for a service group with an unknown name."""
        words = self.lines[at].split("\t")
        if len(words) != len(columns.labels) or columns.labels[0] is not None:
            return False
        name = groups.name_of(words[0], self.blocks[at].text.split("\t")[0])
        cells = [tables.value_in(cell) for cell in words[1:]]
        if name is None or not any(cells):
            return False
        self._claim_row(at, [[], *([value] if value else [] for value in cells)], columns, name)
        return True

    def _claim_row(self, at: int, cells: Sequence[Sequence[Token]], columns: "_Columns", group: str | None) -> None:
        for number, (label, cell) in enumerate(zip(columns.labels, cells, strict=True)):
            values = [token for token in cell if token.kind is Kind.VALUE]
            if label is not None and len(values) == 1:
                quote = sentences.quote(self._cell(columns.at, number), self._cell(at, number))
                self._claim(label, values[0], at, at, group=group or "", quote=quote)
                self.units.append(_Unit(at, label, values[0], label_at=at))
            elif values:
                self._miss(at)

    def _line(self, at: int, tokens: Sequence[Token]) -> None:
        subjects = _without_doubles([token for token in tokens if token.kind in (*LABELS, Kind.VALUE, Kind.UNKNOWN)])
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
            self._miss(at)  # a table row whose header is not known
        elif labels and values:
            self._pairs_in_line(at, subjects, labels, values)
        elif labels:
            self.units.extend(_Unit(at, label=label) for label in labels)
        elif values:
            loose = any(token.kind is Kind.RATING for token in tokens)
            self.units.extend(_Unit(at, value=value, loose=loose) for value in values)
        elif len(tokens) == 1 and tokens[0].kind is Kind.EARLIER:
            self.units.append(_Unit(at, label=tokens[0]))
        elif len(tokens) == 1 and tokens[0].kind is Kind.INHERITED:
            self._inherit(at)
        elif tokens[0].kind is Kind.NOT_ASSESSED and self.units and self.units[-1].value is None and not self._stated_below(at):
            # It takes the place of a rating, and so keeps labels and values alternating.
            self.units.append(_Unit(at, value=tokens[0]))

    def _stated_below(self, at: int) -> bool:
        """Whether a rating is alone directly below a block."""
        tokens = self.tokens_of[at + 1] if at + 1 < len(self.blocks) else None
        return bool(tokens) and all(token.kind is Kind.VALUE for token in tokens or ())

    def _inherit(self, at: int) -> None:
        """"Inherited" in a block of its own applies to the value directly before it."""
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
            subject = _subject(label)
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
        return sentences.quote(*(_seen(self.blocks[here].spaced) for here in sorted({label_at, at})))

    def _cell(self, at: int, number: int) -> str:
        """The text of one cell of a row."""
        return _seen("".join(self.blocks[at].spaced.split("\t")[number : number + 1]))

    def _group(self, at: int) -> str | None:
        """The service group whose heading is above this block."""
        above = [name for where, name in self.group_at if where <= at]
        return above[-1] if above else None

    def _taint(self, label: Token, at: int) -> None:
        if label.kind is Kind.GROUP:
            self.tainted.add((str(label.value), OVERALL))
        elif label.kind in (Kind.OVERALL, Kind.KEY_QUESTION):
            self.tainted.add((self._group(at), _subject(label)))

    def _miss(self, at: int) -> None:
        self.unread.append(_seen(self.blocks[at].spaced).strip())

    # -- units that are alone

    def _drop_legends(self) -> None:
        """Removes runs of three or more ratings in order of severity with no label between: these explain the scale and state
        nothing."""
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
        """The nearest units with a label, before and after unit number `here`; -1 if there is none."""
        before = next((at for at in range(here - 1, -1, -1) if self.units[at].label), -1)
        behind = next((at for at in range(here + 1, len(self.units)) if self.units[at].label), -1)
        return before, behind

    def _reach(self, here: int) -> int:
        """The nearness of this label to the nearest other label: a value that belongs to it alone must be at least as near."""
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
        """Gives a label its values, if they agree."""
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
        """(pairs, units that cannot be paired) of one run of labels and values."""
        kinds = "".join("L" if unit.label else "V" for unit in run)
        if "L" not in kinds or "V" not in kinds:
            return [], []
        if kinds[0] == "V" and (self._apart(run[0], run[1]) or run[0].loose or run[0].at == self._first_behind_name()):
            return self._turns(run[1:])
        if self._is_headed(run):
            return self._headed(run, kinds)
        if run[0].label and run[0].label.kind is Kind.OVERALL and kinds[:2] == "LL":
            return self._turns(run[1:])
        half = len(run) // 2
        if kinds == "LV" * half or kinds == "LVL":
            return list(zip(run[0::2], run[1::2], strict=False)), []
        if kinds == "VL" * half and half >= 3:  # each value is above its label, throughout
            return list(zip(run[1::2], run[0::2], strict=True)), []
        return [], run

    def _is_headed(self, run: list[_Unit]) -> bool:
        """Whether every label is a heading and no value is: then a value belongs to the heading above it."""
        return all((self.blocks[unit.at].level > 0) == (unit.label is not None) for unit in run)

    def _headed(self, run: list[_Unit], kinds: str) -> tuple[list[tuple[_Unit, _Unit]], list[_Unit]]:
        pairs, doubtful = [], []
        for at in range(len(run) - 1):
            if kinds[at : at + 2] != "LV":
                continue
            following = run[at + 2] if kinds[at + 2 : at + 3] == "V" else None
            if following is None or self._apart(run[at + 1], following) or _same(run[at + 1], following):
                pairs.append((run[at], run[at + 1]))
            else:
                doubtful += run[at : at + 2]
        return pairs, doubtful

    def _apart(self, one: _Unit, other: _Unit) -> bool:
        """Whether two neighbours clearly do not belong to one list: only one is a heading, or they are in different elements."""
        first, second = self.blocks[one.at], self.blocks[other.at]
        if (first.level > 0) != (second.level > 0):
            return True
        here = self.units.index(other)
        behind = self.units[here + 1] if here + 1 < len(self.units) else None
        return behind is not None and self.near(one.at, other.at) < self.near(other.at, behind.at)

    def _first_behind_name(self) -> int:
        return self.name_at + 1 if self.name_at >= 0 else -9

    def _place_rest(self) -> None:
        """Places values that are alone: the rating below the service's name, or "Rating: Good" at the top. Others are unread."""
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
        """Lists text in a block of its own that takes the place of a rating but is none: new ("Excellent") or cut ("Requires").

        Only a word or two directly after a label without a rating counts, and only if other ratings, or similar words, show that
        the label does not head a chapter.
        """
        claimed = {claim.subject for claim in self.claims}
        own = set(self.own)
        found = [
            unit.at
            for unit in self.units
            if unit.label
            and unit.label.kind in (Kind.OVERALL, Kind.KEY_QUESTION)
            and _subject(unit.label) not in claimed
            and unit.at + 1 in own
            and self._may_be_value(unit.at + 1)
        ]
        if self.claims or len(found) > 1:
            self.unread += [self.quote(at, at + 1) for at in found]

    def _miss_labels(self) -> None:
        """Lists labelled lines without a readable rating, and running text that gives the service a rating other than its
        label's."""
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
        """The claims about one subject that count, and those that they outrank: the service's own header and the page's `main`
        outrank the rest. Between these two, the header's overall rating counts."""
        places = [self.blocks[claim.at].place for claim in claims]
        if claims[0].subject != OVERALL:
            places = [Place.MAIN if place is Place.HEADER else place for place in places]
        highest = min(places)
        held = [claim for claim, place in zip(claims, places, strict=True) if place is highest]
        return held, [claim for claim, place in zip(claims, places, strict=True) if place is not highest]


@dataclass(slots=True)
class _Details:
    """Scores, dates and quality statements, each with the subject of the label before it."""

    reader: Reader
    scores: dict[tuple[str | None, KeyQuestion], int] = field(default_factory=dict)
    not_assessed: set[tuple[str | None, KeyQuestion]] = field(default_factory=set)
    published: dict[tuple[str | None, Subject], date] = field(default_factory=dict)
    statements: dict[tuple[str | None, KeyQuestion], list[Statement]] = field(default_factory=dict)
    quotes: dict[tuple[str | None, KeyQuestion], str] = field(default_factory=dict)  # the quotes of scores and of "Not assessed"
    subject: Subject | None = None
    subject_at: int = -1  # the block of the subject's label
    statement: tuple[str, KeyQuestion] | None = None
    kind: Kind | None = None  # the kind of the next date
    kind_at: int = -9
    last_at: int = -9  # the last block of the subject's statement
    general: list[tuple[int, date]] = field(default_factory=list)  # dates of no subject, with their blocks
    trailing: tuple[tuple[str | None, Subject], date] | None = None
    # in a table: the number of cells, the cell that holds dates, and the kind of date
    column: tuple[int, int, Kind] | None = None

    def collect(self) -> "_Details":
        reader = self.reader
        # In a table of all ratings, such a row is the overall rating's.
        values_at = {claim.at: claim for claim in sorted(reader.claims, key=lambda claim: claim.subject == OVERALL)}
        labels_at = {claim.label_at: claim for claim in reader.claims}
        for at in reader.own:
            tokens = reader.tokens_of[at]
            if at in reader.menus:
                continue
            if tokens is None:
                self._prose(at)
                continue
            single = values_at.get(at) or labels_at.get(at)
            if single and not any(token.kind in LABELS for token in tokens):
                self.subject, self.subject_at, self.last_at = single.subject, single.label_at, at
            if not self._heads_columns(tokens):
                for number, cell in enumerate(_cells(tokens)):
                    if self.column and self.column[:2] == (tokens.count(_CELL_EDGE) + 1, number) and self.kind is None:
                        self.kind, self.kind_at = self.column[2], at
                    for token in cell:
                        self._token(token, at)
        self._settle()
        return self

    def _prose(self, at: int) -> None:
        self.not_assessed |= {(self.reader._group(at), question) for question in unlooked(self.reader.lines[at])}
        if self.kind is not None and at > self.kind_at + 1:
            self.kind = None

    def _heads_columns(self, tokens: Sequence[Token]) -> bool:
        """Whether a row heads columns, one of them for dates ("Key question | Rating | Published")."""
        cells = _cells(tokens)
        if len(cells) < 2:
            self.column = None
            return False
        kinds = {Kind.PUBLISHED, Kind.UPDATED, Kind.VISITED}
        dated = [(number, cell[0].kind) for number, cell in enumerate(cells) if len(cell) == 1 and cell[0].kind in kinds]
        dated = [one for one in dated if one[1] is Kind.PUBLISHED] or dated
        if len(dated) != 1 or any(token.kind in (Kind.DATE, Kind.PERIOD) for token in tokens):
            return False
        self.column = (len(cells), *dated[0])
        return True

    def _token(self, token: Token, at: int) -> None:
        match token.kind:
            case Kind.OVERALL | Kind.KEY_QUESTION:
                self.subject, self.subject_at, self.last_at, self.statement = _subject(token), at, at, None
            case Kind.GROUP:
                self.subject, self.subject_at, self.last_at, self.statement = OVERALL, at, at, None
            case Kind.VALUE:
                self.last_at = at
            case Kind.STATEMENT:
                self.statement = token.value  # type: ignore[assignment]
            case Kind.PUBLISHED | Kind.UPDATED | Kind.VISITED:
                self.kind, self.kind_at = token.kind, at
            case Kind.PERIOD:
                self.kind = None
            case Kind.DATE:
                self._date(token, at)
            case Kind.PERCENTAGE | Kind.SCORE | Kind.NOT_ASSESSED:
                self._score(token, at)
            case _:
                pass

    def _key(self, at: int) -> tuple[str | None, Subject] | None:
        return (self.reader._group(at), self.subject) if self.subject is not None else None

    def _belongs(self, at: int) -> bool:
        """Whether block `at` still belongs with the present subject's label and value."""
        reader = self.reader
        if self.last_at < 0 or (at != self.last_at and reader._prose_between(self.last_at, at)):
            return False
        others = [claim.label_at for claim in reader.claims if claim.subject != self.subject]
        reach = max((reader.near(self.last_at, other) for other in others if other != self.last_at), default=-1)
        return at == self.last_at or reader.near(self.last_at, at) >= reach

    def _alone(self, at: int) -> bool:
        """Whether block `at` shares a line or an element with the present subject, and with no other."""
        reader = self.reader
        others = [claim.label_at for claim in reader.claims if claim.subject != self.subject]
        reach = max((reader.near(self.last_at, other) for other in others if other != self.last_at), default=-1)
        return at == self.last_at or reader.near(self.last_at, at) > reach

    def _date(self, token: Token, at: int) -> None:
        kind, self.kind = self.kind, None
        stated = token.value
        if not isinstance(stated, date):
            return
        if kind is Kind.UPDATED:
            if not self.reader.dated_by_update:
                return
        elif kind is not Kind.PUBLISHED:
            return
        key = self._key(at)
        if key is not None and self._belongs(at) and any((claim.group, claim.subject) == key for claim in self.reader.claims):
            self.published.setdefault(key, stated)
            if key[1] != OVERALL and not self._alone(at):
                self.trailing = (key, stated)
            self.last_at = at
        elif kind is Kind.PUBLISHED:
            self.general.append((at, stated))

    def _score(self, token: Token, at: int) -> None:
        if token.kind is Kind.PERCENTAGE:
            key = self._key(at)
            if key is not None and isinstance(key[1], KeyQuestion) and isinstance(token.value, int) and self._belongs(at):
                if self.scores.setdefault((key[0], key[1]), token.value) == token.value:
                    self.quotes.setdefault((key[0], key[1]), self.reader.quote(self.subject_at, at))
                self.last_at = at
            return
        if token.kind is Kind.NOT_ASSESSED and token.value:
            self.not_assessed |= {(self.reader._group(at), question) for question in token.value}  # type: ignore[attr-defined]
        elif self.statement is not None:
            name, question = self.statement
            score = token.value if isinstance(token.value, int) else None
            held = self.statements.setdefault((self.reader._group(at), question), [])
            if name not in {statement.name for statement in held}:
                held.append(Statement(name=name, score=score, assessed=token.kind is Kind.SCORE))
            elif token.kind is Kind.NOT_ASSESSED:
                held[:] = [
                    Statement(name=one.name, score=one.score, assessed=one.assessed and one.name != name) for one in held
                ]
        elif token.kind is Kind.NOT_ASSESSED and isinstance(self.subject, KeyQuestion) and self._belongs(at):
            self.not_assessed.add((self.reader._group(at), self.subject))
            self.quotes.setdefault((self.reader._group(at), self.subject), self.reader.quote(self.subject_at, at))

    def _settle(self) -> None:
        """A single date below the last key question is the date of all: it is given to the overall rating."""
        questions = [key for key in self.published if key[1] != OVERALL]
        if self.trailing and len(questions) == 1 and len({claim.subject for claim in self.reader.claims}) > 1:
            key, stated = self.trailing
            del self.published[key]
            self.general.append((self.last_at, stated))
        groups = {claim.group for claim in self.reader.claims if claim.subject == OVERALL}
        if not self.general:
            return
        if len(groups) == 1:
            self.published.setdefault((groups.pop(), OVERALL), self._first_of_content())
            return
        # On a page with several groups, a date before the first group is the service's own, and any other belongs to the group
        # above it.
        for at, stated in self.general:
            group = self.reader._group(at)
            if group in groups and (group is not None or self._is_ahead_of_groups(at)):
                self.published.setdefault((group, OVERALL), stated)

    def _first_of_content(self) -> date:
        """The first date of publication without a subject, from the content if there is one there."""
        blocks = self.reader.blocks
        return min(self.general, key=lambda one: (blocks[one[0]].place is Place.PAGE, one[0]))[1]

    def _is_ahead_of_groups(self, at: int) -> bool:
        return all(at < claim.label_at for claim in self.reader.claims if claim.group is not None)


class _Columns(NamedTuple):
    """The labels of a table's columns, and the block of the header row."""

    at: int
    labels: tuple[Token | None, ...]


def _seen(text: str) -> str:
    """A block's text without this program's own marks."""
    return text.replace(BY_CLASS, "").replace("\t", " ")


def _subject(label: Token) -> Subject:
    return label.value if isinstance(label.value, KeyQuestion) else OVERALL


def _same(one: _Unit, other: _Unit) -> bool:
    return bool(one.value and other.value and one.value.value == other.value.value)


def _without_doubles(tokens: Sequence[Token]) -> list[Token]:
    """A repeated label or value counts once; a class name beside text counts for nothing."""
    if any(token.kind is Kind.VALUE and not token.weak for token in tokens):
        tokens = [token for token in tokens if not token.weak]
    kept: list[Token] = []
    for token in tokens:
        if kept and kept[-1].kind is token.kind and (kept[-1].value == token.value or token.kind is Kind.OVERALL):
            continue
        kept.append(token)
    return kept


def _cells(tokens: Sequence[Token]) -> list[list[Token]]:
    cells: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind is Kind.CELL:
            cells.append([])
        else:
            cells[-1].append(token)
    return cells


def _columns(tokens: Sequence[Token]) -> tuple[Token | None, ...] | None:
    """The labels of a table's columns, if a row consists of two or more labels."""
    if any(token.kind in (Kind.VALUE, Kind.UNKNOWN) for token in tokens):
        return None
    cells = _cells(tokens)
    labels = [[token for token in cell if token.kind in (Kind.OVERALL, Kind.KEY_QUESTION)] for cell in cells]
    if len(cells) < 2 or sum(map(bool, labels)) < 2 or any(len(cell) > 1 for cell in labels):
        return None
    return tuple(cell[0] if cell else None for cell in labels)


def _groups(
    resolved: Mapping[tuple[str | None, Subject], Claim], details: _Details, framework: Framework | None
) -> tuple[GroupReading, ...]:
    """A reading for each service group; a single group needs no name."""
    keys = [*resolved, *details.scores, *details.not_assessed, *details.statements]
    names = list(dict.fromkeys(group for group, _ in keys))
    if None in names:
        names.remove(None)
        names.insert(0, None)
    named = [name for name in names if name is not None]
    merged = len(named) == 1 and not ((None, OVERALL) in resolved and (named[0], OVERALL) in resolved)
    readings = []
    for name in names:
        readings.append(_group_reading(name, resolved, details, framework))
    if merged:
        overall = next((reading for reading in readings if reading.overall is not None), readings[0])
        questions = {question: held for reading in readings for question, held in reading.key_questions.items()}
        return (
            GroupReading(
                framework=framework,
                overall=overall.overall,
                overall_published=overall.overall_published,
                overall_quote=overall.overall_quote,
                inherited=overall.inherited,
                key_questions={question: questions[question] for question in KeyQuestion if question in questions},
            ),
        )
    return tuple(readings)


def _group_reading(
    name: str | None,
    resolved: Mapping[tuple[str | None, Subject], Claim],
    details: _Details,
    framework: Framework | None,
) -> GroupReading:
    questions = {}
    for question in KeyQuestion:
        key = (name, question)
        claim = resolved.get(key)
        score = details.scores.get(key)
        statements = tuple(details.statements.get(key, ()))
        if claim is None and score is None and not statements and key not in details.not_assessed:
            continue
        questions[question] = KeyQuestionReading(
            rating=claim.value if claim else None,
            score=score,
            assessed=key not in details.not_assessed,
            published=details.published.get(key) if claim else None,
            statements=statements,
            quote=claim.quote if claim else details.quotes.get(key),
            inherited=claim is not None and claim.inherited,
        )
    overall = resolved.get((name, OVERALL))
    return GroupReading(
        group=name,
        framework=framework,
        overall=overall.value if overall else None,
        overall_published=details.published.get((name, OVERALL)) if overall else None,
        key_questions=questions,
        overall_quote=overall.quote if overall else None,
        inherited=overall is not None and overall.inherited,
    )
