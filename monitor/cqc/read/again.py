"""A page may show the ratings of an earlier inspection below the present ratings. This module recognises the heading of these
earlier ratings.

The words of a line are not enough to decide whether the line is such a heading. For example, "Previous inspection: 3 May 2024"
may also be the label of a date beside the present ratings. A line is therefore taken as such a heading only if something that
is rated below the line is also rated above it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from monitor.cqc.read.words import Kind, Token, date_of
from monitor.ratings import KeyQuestion, Rating

Tokens = Sequence[tuple[Token, ...] | None]
_Label = tuple[Kind, object]

_DAY = r"\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9} \d{4}"
_FORMER = r"(?:previous|older|earlier|former|past|last|old|prior)"
_GIVEN = r"(?:inspection|assessment|report|review|visit|summary|provider|owner|operator|company|management)s?"
_HEADS: Final = re.compile(
    rf"(?:(?:the|our|its|show|see|view|open|read|compare with|under|from|at|by|with) )*{_FORMER} (?:inspection |registered )?"
    rf"(?:ratings?|findings|{_GIVEN})(?: (?:report|ratings?|findings))?(?: (?:-|from|of|on|published|dated))*:?(?: \(?{_DAY}\)?)?"
    rf"|(?:(?:ratings?|findings) )?(?:before|prior to) (?:this|the|our) (?:(?:latest|newest|current|present|new) )?{_GIVEN}"
    rf"|(?:ratings?|findings|report|inspection|assessment)s? (?:given )?(?:under|from|of|by|at) (?:the|its|our|a) {_FORMER} "
    rf"{_GIVEN}(?:[ :-]*(?:of |on |from )?\(?{_DAY}\)?)?"
    rf"|what (?:we|inspectors|cqc|the inspectors) (?:found|said|saw) "
    rf"(?:last time|before|earlier|previously|(?:at|during) (?:the|our|its|their) {_FORMER} {_GIVEN})"
    rf"|(?:this|these|below|here) (?:is|are) (?:the |our )?(?:overall )?(?:ratings?|findings|results?)(?: that)?(?: we)?"
    rf"(?: (?:gave|given|awarded))? (?:from|of|at|after|by|under|following) (?:the|our|its|a) {_FORMER} {_GIVEN}\b.{{0,40}}"
    rf"|(?:the )?(?:ratings?|findings|results?) (?:shown |given |listed )?(?:below|that follow) (?:is|are|was|were) (?:given )?"
    rf"(?:from|those of|of|at|after|by|under|following) (?:the|our|its|a) {_FORMER} {_GIVEN}\b.{{0,40}}"
    rf"|the following (?:ratings?|findings) (?:is|are|was|were) (?:given |made )?"
    rf"(?:from|those of|of|at|after|by|under|following) (?:the|our|its|a) {_FORMER} {_GIVEN}\b.{{0,40}}"
)
_DATED: Final = re.compile(
    rf"(?:(?:inspection|inspected|assessment|assessed|report|visit|review|published|from|of|on|dated)[ ,:-]*)*"
    rf"(?P<day>{_DAY}|(?:19|20)\d\d)(?: (?:inspection|assessment|visit|review|report))?"
)
_A_DAY = re.compile(_DAY)
_VERB = re.compile(r"\b(?:is|are|was|were)\b")
WORDS: Final = ("previous", "older", "earlier", "former", "past", "last", "old", "prior", "before")
"""A line that is recognised by its words as the heading of earlier ratings contains one of these words."""

_NEAR = 3  # a rating belongs to a line only if it is in one of the 3 blocks below the line
_MANY = 3  # if at least this many key questions are rated above a line, those ratings are taken as the service's present ratings


def may_head(line: str, level: int) -> bool:
    """Whether a line may be the heading of an earlier part. This test is fast, and comes before the slower tests."""
    return (level > 0 and ("20" in line or "19" in line)) or any(word in line for word in WORDS)


def heads_earlier(line: str, at: int, level: int, tokens_of: Tokens, present: Sequence[bool]) -> bool:
    """Whether the line of block `at` is the heading of an earlier inspection's ratings, and the subject rated below the line is
    also rated above it. `level` is 0 if the line is not a heading in the markup. `present` says for each block above the line
    whether that block is about the present."""
    if level and (day := _day(line)) is not None:
        return _is_before(day, at, tokens_of, present) is True and given_again(at, tokens_of, present)
    if not any(word in line for word in WORDS) or _HEADS.fullmatch(line) is None:
        return False
    is_before = is_dated_before(line, at, tokens_of, present)
    if is_before is False:
        return False
    only_last = not any(word in line for word in WORDS if word != "last")  # "the last inspection" may mean the newest inspection
    return given_again(at, tokens_of, present, differently=only_last and not is_before)


def is_dated_before(line: str, at: int, tokens_of: Tokens, present: Sequence[bool]) -> bool | None:
    """Whether the day in a line is before the newest day above it; None if either day is missing."""
    found = _A_DAY.search(line)
    day = date_of(found[0]) if found else None
    return None if day is None else _is_before(day, at, tokens_of, present)


def _is_before(day: date, at: int, tokens_of: Tokens, present: Sequence[bool]) -> bool | None:
    newest = max((one for above in _above(tokens_of, at, present) if (one := _newest(above))), default=None)
    return None if newest is None else day < newest


def is_said(line: str) -> bool:
    """Whether a line is a sentence that says from which inspection the ratings below the line come."""
    return _HEADS.fullmatch(line) is not None and _VERB.search(line) is not None


def given_again(at: int, tokens_of: Tokens, present: Sequence[bool], *, differently: bool = False) -> bool:
    """Whether the subject of the first rating below a block is also rated above the block. If the rating above is different,
    the result is true. If it is the same, the result is true only if `differently` is false and at least three key questions
    are rated above."""
    first = _first_below(tokens_of, at)
    if first is None:
        return False
    label, value = first
    above = dict(_rated(tokens_of, at, present))
    if label not in above:
        return False
    return above[label] != value or (not differently and sum(kind is Kind.KEY_QUESTION for kind, _ in above) >= _MANY)


def none_inadequate_at_first(tokens_of: Tokens, present: Sequence[bool]) -> bool:
    """Whether a page contains two different sets of ratings of its service, and the upper set is complete and contains no
    inadequate rating."""
    held: dict[_Label, object] = {}
    differ = False
    for label, value in reversed(list(_rated(tokens_of, len(tokens_of), present))):
        differ |= held.setdefault(label, value) != value
    whole = len(held) == 1 + len(KeyQuestion)
    return differ and whole and Rating.INADEQUATE not in held.values()


def states_a_rating(tokens_of: Tokens, at: int) -> bool:
    """Whether a block states the rating of something, alone or together with the block below it."""
    return _labelled(tokens_of, at) is not None


def _first_below(tokens_of: Tokens, at: int) -> tuple[_Label, object] | None:
    for below in range(at + 1, min(at + 1 + _NEAR, len(tokens_of))):
        if (found := _labelled(tokens_of, below)) is not None:
            return found
        kinds = {token.kind for token in tokens_of[below] or ()}
        if kinds and kinds <= {Kind.VALUE, Kind.DATE, Kind.PERIOD} and below == at + 1:
            return None  # the line is the label of this value
    return None


def _labelled(tokens_of: Tokens, at: int) -> tuple[_Label, object] | None:
    """The label of a subject and its rating, both from one block, or from a block and the block below it. None if there is no
    rating."""
    tokens = tokens_of[at] or ()
    labels = [(token.kind, token.value) for token in tokens if token.kind in (Kind.OVERALL, Kind.KEY_QUESTION)]
    if len(labels) != 1 or any(token.kind is Kind.EARLIER for token in tokens):
        return None
    values = [token.value for token in tokens if token.kind is Kind.VALUE]
    if not values and at + 1 < len(tokens_of):
        below = tokens_of[at + 1] or ()
        values = [token.value for token in below if token.kind is Kind.VALUE] if len(below) == 1 else []
    return (labels[0], values[0]) if values else None


def _rated(tokens_of: Tokens, at: int, present: Sequence[bool]) -> Iterator[tuple[_Label, object]]:
    """The labels and ratings in the blocks above block `at`, from the lowest block to the topmost. If a subject has several
    ratings, the caller therefore keeps the topmost."""
    for above in range(at - 1, -1, -1):
        if present[above] and tokens_of[above] and (found := _labelled(tokens_of, above)) is not None:
            yield found


def _above(tokens_of: Tokens, at: int, present: Sequence[bool]) -> Iterator[tuple[Token, ...]]:
    return (tokens for tokens, now in zip(tokens_of[:at], present, strict=False) if tokens and now)


def _newest(tokens: Sequence[Token]) -> date | None:
    return max((token.value for token in tokens if token.kind is Kind.DATE and isinstance(token.value, date)), default=None)


def _day(line: str) -> date | None:
    """The day in a heading that contains only a date. If the heading contains only a year, the result is the last day of that
    year."""
    found = _DATED.fullmatch(line)
    if found is None:
        return None
    return date_of(found["day"]) or (date(int(found["day"]), 12, 31) if found["day"].isdigit() else None)
