"""Defines how every search for a service, a provider or a watchlist works. All searched words must occur, in any order. Upper or
lower case, accents and punctuation make no difference, and "and" and "&" mean the same. SQLite and PostgreSQL give the same
results.
"""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_, true

from monitor.text import folded

LONGEST, MOST_WORDS = 1_000, 8
"""How many characters and how many words of a search are used. The rest is ignored."""

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> tuple[str, ...]:
    """Returns the words to search for. If there are no words, the search finds nothing. The words contain only letters and
    digits, so that no word acts as a search pattern."""
    words = _WORD.findall(folded(text[:LONGEST]))[:MOST_WORDS]
    return tuple(word for word in words if word != "and") or tuple(words)


def holds(column: ColumnElement[Any], words: Sequence[str]) -> ColumnElement[bool]:
    """Returns an SQL condition that is true if a column with folded text (see `monitor.text.folded`) contains all words."""
    return and_(true(), *(column.contains(word) for word in words))


def found_in(text: str, words: Sequence[str]) -> bool:
    """Whether a text, which is not folded yet, contains all words. False if there are no words."""
    key = folded(text)
    return bool(words) and all(word in key for word in words)


def rank(register: Any, text: str) -> ColumnElement[int]:
    """Returns an SQL expression that sorts the most likely services first. The order is: an exact id or postcode; an exact name;
    the beginning of a name; a name in which each searched word begins a word; a name that contains all words; other matches.
    Services that have left the register come last, in the same order. `register` has the columns of the table. The database
    computes the expression for each service that it finds, so the expression must be quick."""
    words, spelled = words_of(text), _spelled(text)
    name = case(
        (register.name_key.in_(spelled), 1),
        (or_(*(register.name_key.startswith(one, autoescape=True) for one in spelled)), 2),
        (holds(" " + register.name_key, [f" {word}" for word in words]), 3),
        (holds(register.name_key, words), 4),
        else_=5,
    )
    return case((_is_exact(register, text), 0), (register.left_on.is_(None), name), else_=name + _LEFT)


def is_likely(register: Any, text: str, dialect: str) -> ColumnElement[bool]:
    """Returns an SQL condition for the services that `rank` sorts first: services with the exact id or postcode, and registered
    services whose name begins with the typed text. `dialect` is the database's dialect. An index finds the beginnings of names on
    SQLite and on PostgreSQL."""
    key = register.name_key.collate(_BINARY[dialect])
    begins = or_(*(and_(key >= one, key <= f"{one}{_LAST}", register.left_on.is_(None)) for one in sorted(_spelled(text))))
    return or_(_is_exact(register, text), begins)


def _spelled(text: str) -> set[str]:
    """Returns the folded spellings that the register may use for a typed name."""
    phrase = folded(text[:LONGEST])
    return {phrase, phrase.replace(" and ", " & "), phrase.replace(" & ", " and ")}


def _is_exact(register: Any, text: str) -> ColumnElement[bool]:
    code = folded(text[:LONGEST]).replace(" ", "").upper()
    return or_(register.location_id == code, register.postcode.in_((code, f"{code[:-3]} {code[-3:]}")))


_BINARY = {"sqlite": "BINARY", "postgresql": "C"}
"""For each dialect, the collation that sorts texts by their code points, so that texts with the same beginning are next to each
other."""

_LAST = "\U0010ffff"
"""The character that these collations sort last."""

_LEFT = 10
