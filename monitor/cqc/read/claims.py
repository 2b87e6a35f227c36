"""Classes for the statements in the lines of a page: labels, ratings, scores and the columns of tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from monitor.cqc.read.attributes import BY_CLASS
from monitor.cqc.read.words import Kind, Token
from monitor.ratings import KeyQuestion, Stated

CELL_EDGE = Token(Kind.CELL, "\t")

OVERALL = "overall"

Subject = str | KeyQuestion
"""What a statement is about: OVERALL or a key question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement of a rating: its subject, its value, the block that contains the value, and the text of label and value."""

    group: str | None
    subject: Subject
    value: Stated
    weak: bool
    label_at: int
    at: int
    quote: str
    inherited: bool = False


class Told(NamedTuple):
    """A key question's rating from a sentence, and the block of the sentence. `apart` is true if the rating comes from a line
    such as "Rating: Good" below the name of the key question."""

    at: int
    question: KeyQuestion
    value: Stated
    quote: str
    apart: bool = False


class Scored(NamedTuple):
    """A key question's score from a sentence, and the block of the sentence."""

    at: int
    question: KeyQuestion
    score: int
    quote: str


class Columns(NamedTuple):
    """The labels of a table's columns, and the block of the header row."""

    at: int
    labels: tuple[Token | None, ...]


def without_marks(text: str) -> str:
    """A block's text without this program's own marks."""
    return text.replace(BY_CLASS, "").replace("\t", " ")


def subject_of(label: Token) -> Subject:
    return label.value if isinstance(label.value, KeyQuestion) else OVERALL


def without_doubles(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a line without repetitions. A repeated label or value is kept once, also a
    label on both sides of its value. Ratings that come only from attributes are dropped if the line's text gives a rating."""
    if any(token.kind is Kind.VALUE and not token.weak for token in tokens):
        tokens = [token for token in tokens if not token.weak]
    kept: list[Token] = []
    for token in tokens:
        if kept and kept[-1].kind is token.kind and (kept[-1].value == token.value or token.kind is Kind.OVERALL):
            continue
        kept.append(token)
    # as in "Is the service safe? Good. Our rating of safe stayed the same."
    if [token.kind for token in kept] == [Kind.KEY_QUESTION, Kind.VALUE, Kind.KEY_QUESTION] and kept[0].value == kept[2].value:
        kept.pop()
    return kept


def in_cells(tokens: Sequence[Token]) -> list[list[Token]]:
    cells: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind is Kind.CELL:
            cells.append([])
        else:
            cells[-1].append(token)
    return cells


def column_labels(tokens: Sequence[Token]) -> tuple[Token | None, ...] | None:
    """The labels of a table's columns, if the row contains at least two labels and no values; otherwise None."""
    if any(token.kind in (Kind.VALUE, Kind.UNKNOWN) for token in tokens):
        return None
    cells = in_cells(tokens)
    labels = [[token for token in cell if token.kind in (Kind.OVERALL, Kind.KEY_QUESTION)] for cell in cells]
    if len(cells) < 2 or sum(map(bool, labels)) < 2 or any(len(cell) > 1 for cell in labels):
        return None
    return tuple(cell[0] if cell else None for cell in labels)
