"""Finds the blocks in which CQC explains what its ratings mean: "Inadequate – the service is performing badly and we've taken
enforcement action". In HTML the explanation is in a dialog, which is not read. A plain text may contain it like any other text.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

_RATINGS: Final = r"(?P<rating>outstanding|good|requires improvement|inadequate)"
_MEANING: Final = r"(?:the|this|a|an|your|services?|people|it|means?|care)\b"
_DEFINED = re.compile(rf"\W*{_RATINGS}\s*[-–—:=]\s*{_MEANING}.{{12,}}")
_ALONE = re.compile(rf"\W*{_RATINGS}\W*")
_MEANS = re.compile(r"[-–—:]?\s*(?:(?:the|this|a) service|services)\b.{12,}")
_STARTS = frozenset({"out", "goo", "req", "ina"})
_LEAST = 3  # an explanation names at least this many of the four ratings
_GAP = 2  # the most blocks from one rating to the next
_BEHIND = 6  # how many blocks after the ratings may belong to the explanation
# How other lines of the explanation begin
_MORE = re.compile(
    r"(?:no rating|not rated|not yet rated|(?:ratings? )?suspended|under appeal|insufficient evidence|inspected but not rated"
    r"|ticks and crosses|we (?:don't|do not) rate (?:every|all)|for services (?:that )?we (?:haven't|have not|don't|do not) rate"
    r"|some services (?:can't|cannot) be rated|there are some services)\b"
)


def explained(lines: Sequence[str]) -> Iterator[int]:
    """Yields the blocks that explain the ratings. `lines` has the plain texts of all blocks."""
    run: list[int] = []
    named: set[str] = set()
    for at, line in enumerate((*lines, "")):
        found = _definition(lines, at) if line[:3] in _STARTS else None
        if found and (not run or at - run[-1] <= _GAP) and found not in named:
            run.append(at)
            named.add(found)
            continue
        if run and (at - run[-1] >= _GAP or found):
            yield from _whole(lines, run)
            run, named = ([at], {found}) if found else ([], set())
    yield from _whole(lines, run)


def _definition(lines: Sequence[str], at: int) -> str | None:
    """The rating that a block explains, alone or with the block below; None if it explains none."""
    if defined := _DEFINED.fullmatch(lines[at]):
        return defined["rating"]
    alone = _ALONE.fullmatch(lines[at])
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return alone["rating"] if alone and _MEANS.fullmatch(below) else None


def _whole(lines: Sequence[str], run: Sequence[int]) -> Iterator[int]:
    if len(run) < _LEAST:
        return
    yield from range(run[0], run[-1] + 1)
    following = range(run[-1] + 1, min(run[-1] + 1 + _BEHIND, len(lines)))
    yield from (at for at in following if _MORE.match(lines[at]) or (at == run[-1] + 1 and _ALONE.fullmatch(lines[at - 1])))
