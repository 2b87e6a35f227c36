"""Makes pumped texts: texts of any length on which a regular expression must try a great number of possible matches.

A pumped text is made from the expression's parse tree. First comes a text that leads to a repeat in the expression, then many
copies of a text that the repeat matches, then a text that makes the match fail. If a pattern needs four times as long for a text
of twice the length, at least one pumped text shows this.
"""

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any, NamedTuple

_parser: Any = import_module("re._parser")
_compiler: Any = import_module("re._compiler")
_codes: Any = import_module("re._constants")

_REPEATS = (_codes.MAX_REPEAT, _codes.MIN_REPEAT, _codes.POSSESSIVE_REPEAT)
_LONG = 20
"""A repeat with at most this many iterations is not used as a pump."""
_SINGLE = "a1 \n-,.<\"'/:(A\t\xa0_;)]=?>#&%+*[•–é"
"""Characters that a set may match, most likely first."""
_FAILING = ("", "!", "\n<", "\x00a")
GENERIC = (
    " ", "\n", "\t", "\xa0", "a", "A", "1", "-", ",", ".", "<", "<a", ">", "/", "%", "[", "(", "'", '"', "=", "a ", "A ", "a.",
    "a1", "1 ", "1-", " \n", "\n ", " of ", "and ", ", ", ". ", "A. ", "<p ", "a@", "://", "a='", "(a", "the service ", "rated ",
    "1/",
)  # fmt: skip


class Pump(NamedTuple):
    """A text of variable length: `before`, then `unit` as often as needed, then `behind`."""

    before: str
    unit: str
    behind: str

    def of(self, length: int) -> str:
        """Returns the pumped text with about `length` characters."""
        return self.before + self.unit * (length // len(self.unit)) + self.behind


def pumps(pattern: re.Pattern[Any]) -> list[Pump]:
    """Returns the pumps for a pattern, without duplicates. A pattern of bytes gets only pumps in ASCII."""
    source = pattern.pattern
    tree = _parser.parse(source, pattern.flags & ~re.DEBUG)
    found = dict.fromkeys(Pump("", unit, behind) for unit in GENERIC for behind in ("", "!"))
    for before, units, after in _repeats(tree, "", ""):
        for unit in units:
            behind = {*_FAILING, after + "!", after[:-1] + "!"}
            found |= dict.fromkeys(Pump(before, unit, end) for end in sorted(behind))
            if before:  # the pattern can start at each copy of `before`, and searches the whole rest each time
                found |= dict.fromkeys((Pump("", before + unit, "!"), Pump("", before + unit + " ", "!")))
    for literal in dict.fromkeys(_literals(tree)):
        found |= dict.fromkeys((Pump("", literal, "!"), Pump("", literal + " ", "!"), Pump("", " " + literal + "a", "")))
    if isinstance(source, bytes):
        return [pump for pump in found if "".join(pump).isascii()]
    return list(found)


def _repeats(items: Sequence[Any], before: str, after: str) -> Iterator[tuple[str, list[str], str]]:
    """Yields for each long repeat the shortest text before it, texts that it matches, and the shortest text after it."""
    for at, (code, held) in enumerate(items):
        follows = _shortest(items[at + 1 :]) + after
        if code in _REPEATS:
            least, most, inner = held
            if most > _LONG:
                yield before, _taken(inner, list(items[at + 1 : at + 3])), follows
            yield from _repeats(inner, before, follows)
            before += _shortest(inner) * min(least, 50)
            continue
        for inner in _inside(code, held):
            yield from _repeats(inner, before, follows)
        before += _shortest([(code, held)])


def _inside(code: Any, held: Any) -> Sequence[Any]:
    if code is _codes.SUBPATTERN:
        return [held[3]]
    if code is _codes.BRANCH:
        return list(held[1])
    if code in (_codes.ASSERT, _codes.ASSERT_NOT):
        return [held[1]]
    if code is _codes.ATOMIC_GROUP:
        return [held]
    return []


def _taken(inner: Any, following: list[Any]) -> list[str]:
    """Returns up to eight texts that one iteration of a repeat matches. The texts are the shortest text of each branch, up to
    three single characters, and up to three characters that the items after the repeat match too."""
    units = dict.fromkeys(one for one in _shortest_each(inner) if one)
    alone = _compiled(inner)
    if alone is not None:
        singles = [one for one in _SINGLE if alone.fullmatch(one)]
        next_ones = [each for item in following if (each := _compiled([item])) is not None]
        shared = [one for one in singles if any(each.match(one) for each in next_ones)]
        units |= dict.fromkeys((*singles[:3], *shared[:3]))
    return list(units)[:8]


def _compiled(items: Any) -> re.Pattern[str] | None:
    state = _parser.State()
    state.groupdict, state.groupwidths = {}, [None] * 101
    try:
        made: re.Pattern[str] = _compiler.compile(_parser.SubPattern(state, list(items)))
    except (re.error, RuntimeError, IndexError, ValueError):
        return None
    return made


def _shortest_each(items: Any) -> list[str]:
    """Returns the shortest text of each branch."""
    items = list(items)
    if len(items) == 1:
        code, held = items[0]
        if code is _codes.SUBPATTERN:
            return _shortest_each(held[3])
        if code is _codes.BRANCH:
            return [one for branch in held[1] for one in _shortest_each(branch)]
        if code is _codes.ATOMIC_GROUP:
            return _shortest_each(held)
    return [_shortest(items)]


def _shortest(items: Any) -> str:
    """Returns the shortest text that the items match, if anchors and lookarounds are ignored."""
    return "".join(_shortest_of(code, held) for code, held in items)


def _shortest_of(code: Any, held: Any) -> str:
    if code is _codes.LITERAL:
        return chr(held)
    if code is _codes.NOT_LITERAL:
        return "a" if held != ord("a") else "b"
    if code is _codes.ANY:
        return "a"
    if code is _codes.IN:
        one_of = _compiled([(code, held)])
        return next((one for one in (*_SINGLE, *map(chr, range(256))) if one_of is not None and one_of.match(one)), "a")
    if code in _REPEATS:
        return _shortest(held[2]) * min(int(held[0]), 50)
    if code is _codes.SUBPATTERN:
        return _shortest(held[3])
    if code is _codes.BRANCH:
        branches: list[str] = [_shortest(branch) for branch in held[1]]
        return min(branches, key=len)
    if code is _codes.ATOMIC_GROUP:
        return _shortest(held)
    return ""


def _literals(items: Any) -> Iterator[str]:
    """Yields each sequence of two or more literal characters in a pattern."""
    run = ""
    for code, held in items:
        if code is _codes.LITERAL:
            run += chr(held)
            continue
        if len(run) > 1:
            yield run
        run = ""
        for inner in (held[2],) if code in _REPEATS else _inside(code, held):
            yield from _literals(inner)
    if len(run) > 1:
        yield run
