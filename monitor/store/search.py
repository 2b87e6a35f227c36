"""The rules of every search for a service, a provider or a watchlist. All words must occur, in any order. Case, accents,
punctuation and "and" or "&" make no difference. SQLite and PostgreSQL give the same results.
"""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_, true

from monitor.text import folded

LONGEST, MOST_WORDS = 1_000, 8
"""The most characters and words of a search that count."""

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> tuple[str, ...]:
    """The words to search for; if there are none, nothing is found. They have only letters and digits, so that no word is a
    pattern."""
    words = _WORD.findall(folded(text[:LONGEST]))[:MOST_WORDS]
    return tuple(word for word in words if word != "and") or tuple(words)


def holds(column: ColumnElement[Any], words: Sequence[str]) -> ColumnElement[bool]:
    """An SQL condition: a folded text contains all words."""
    return and_(true(), *(column.contains(word) for word in words))


def found_in(text: str, words: Sequence[str]) -> bool:
    """The same as `holds`, for a text that is not folded."""
    key = folded(text)
    return bool(words) and all(word in key for word in words)


def rank(register: Any, text: str) -> ColumnElement[int]:
    """An SQL expression that sorts the likeliest services first: an exact id or postcode, an exact name or its beginning, a
    name in which all words begin a word, a name that contains them; then the same among services that have left the register.
    `register`: the table's columns. It is computed for each service found, so it is cheap."""
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
    """An SQL condition that is true for the first services by `rank`: an exact id or postcode, or a registered service whose name
    begins with what was typed. `dialect`: the database's dialect; on either, an index finds the beginnings of names."""
    key = register.name_key.collate(_BINARY[dialect])
    begins = or_(*(and_(key >= one, key <= f"{one}{_LAST}", register.left_on.is_(None)) for one in sorted(_spelled(text))))
    return or_(_is_exact(register, text), begins)


def _spelled(text: str) -> set[str]:
    """The spellings, folded, that the register may use for a typed name."""
    phrase = folded(text[:LONGEST])
    return {phrase, phrase.replace(" and ", " & "), phrase.replace(" & ", " and ")}


def _is_exact(register: Any, text: str) -> ColumnElement[bool]:
    code = folded(text[:LONGEST]).replace(" ", "").upper()
    return or_(register.location_id == code, register.postcode.in_((code, f"{code[:-3]} {code[-3:]}")))


_BINARY = {"sqlite": "BINARY", "postgresql": "C"}
"""By dialect, the collation that sorts all texts with the same beginning together."""

_LAST = "\U0010ffff"
"""The last character in this collation."""

_LEFT = 10
