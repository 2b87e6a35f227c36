"""Reads the scores, dates and quality statements of a page, and makes the reading of each service group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from monitor.cqc.read.claims import (
    CELL_EDGE,
    OVERALL,
    Claim,
    Subject,
    in_cells,
    subject_of,
)
from monitor.cqc.read.content import Place
from monitor.cqc.read.words import LABELS, Kind, Token, unlooked
from monitor.model import Framework, GroupReading, KeyQuestionReading, Statement
from monitor.ratings import KeyQuestion

if TYPE_CHECKING:
    from monitor.cqc.read.statements import Reader


@dataclass(slots=True)
class Details:
    """Scores, dates and quality statements. Each of them belongs to the subject of the label before it."""

    reader: "Reader"
    scores: dict[tuple[str | None, KeyQuestion], int] = field(default_factory=dict)
    not_assessed: set[tuple[str | None, KeyQuestion]] = field(default_factory=set)
    published: dict[tuple[str | None, Subject], date] = field(default_factory=dict)
    statements: dict[tuple[str | None, KeyQuestion], list[Statement]] = field(default_factory=dict)
    # the quoted texts of scores and of "Not assessed"
    quotes: dict[tuple[str | None, KeyQuestion], str] = field(default_factory=dict)
    subject: Subject | None = None
    subject_at: int = -1  # the block with the subject's label
    statement: tuple[str, KeyQuestion] | None = None
    kind: Kind | None = None  # whether the next date is that of a publication, an update or a visit
    kind_at: int = -9
    last_at: int = -9  # the last block that belongs to the subject's statement
    general: list[tuple[int, date]] = field(default_factory=list)  # dates without a subject, each with its block
    trailing: tuple[tuple[str | None, Subject], date] | None = None
    # in a table: the number of cells in a row, the number of the cell with dates, and what these dates are
    column: tuple[int, int, Kind] | None = None

    def collect(self) -> "Details":
        reader = self.reader
        # In a table of all ratings, a row that contains the overall rating belongs to the label "overall".
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
                for number, cell in enumerate(in_cells(tokens)):
                    if self.column and self.column[:2] == (tokens.count(CELL_EDGE) + 1, number) and self.kind is None:
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
        """Whether a row consists of column headings, and one is the heading of a column of dates ("Key question | Rating |
        Published")."""
        cells = in_cells(tokens)
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
                self.subject, self.subject_at, self.last_at, self.statement = subject_of(token), at, at, None
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
        """Whether block `at` still belongs to the label and value of the present subject."""
        reader = self.reader
        if self.last_at < 0 or (at != self.last_at and reader._prose_between(self.last_at, at)):
            return False
        others = [claim.label_at for claim in reader.claims if claim.subject != self.subject]
        reach = max((reader.near(self.last_at, other) for other in others if other != self.last_at), default=-1)
        return at == self.last_at or reader.near(self.last_at, at) >= reach

    def _alone(self, at: int) -> bool:
        """Whether block `at` is on a line, or in an element, that belongs only to the present subject."""
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
        """Gives the remaining dates to overall ratings. If only the last key question has a date, and the date is below it, this
        is the date of all ratings, so it becomes the date of the overall rating."""
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
        # On a page with several groups, a date above the first group belongs to the whole service. Every other date belongs to
        # the group above the date.
        for at, stated in self.general:
            group = self.reader._group(at)
            if group in groups and (group is not None or self._is_ahead_of_groups(at)):
                self.published.setdefault((group, OVERALL), stated)

    def _first_of_content(self) -> date:
        """The first date of publication without a subject. A date in the content takes precedence over a date in other parts of
        the page."""
        blocks = self.reader.blocks
        return min(self.general, key=lambda one: (blocks[one[0]].place is Place.PAGE, one[0]))[1]

    def _is_ahead_of_groups(self, at: int) -> bool:
        return all(at < claim.label_at for claim in self.reader.claims if claim.group is not None)


def group_readings(
    resolved: Mapping[tuple[str | None, Subject], Claim], details: Details, framework: Framework | None
) -> tuple[GroupReading, ...]:
    """A reading for each service group. If there is only one group, it is the whole service, so the reading has no name."""
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
    details: Details,
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
