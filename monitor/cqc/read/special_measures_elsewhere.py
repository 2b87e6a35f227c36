"""Finds clauses about the special measures of another home: one in which a person worked, one that supplied something, or another
one of the provider.
"""

import re
from typing import Final

from monitor.cqc.read.others import ANOTHER_OF_THEIRS

_PLACE: Final = r"(?:home|service|practice|hospital|agency|surgery|clinic|hospice|trust)"
# as in "She comes from a home in Hull, which she led out of special measures", but not "It is a home that is in special measures"
_SOME_PLACE: Final = re.compile(
    rf"(?<!\bis )(?<!\bwas )(?<!\bare )(?<!\bas )(?<!\bbeing )(?<!\bremains )(?<!\bremained )(?<!\bbecome )(?<!\bbecame )"
    rf"(?<!\bis still )(?<!\bis now )(?<!, )(?<!^)\ban? (?:[\w-]+ ){{0,3}}?{_PLACE}"
    rf"(?: (?:in|near|at|called|named|run by) [\w' -]{{2,30}}?)?,? (?:which|that) [^;]{{0,60}}\bSM\b"
)
# as in "The home has left special measures; the provider's homecare agency stays in them"
_PROVIDERS: Final = re.compile(
    rf"(?:and |but |while )?(?:(?:the|its|their|our) )?(?:(?:provider|company|group|owner)'s|sister|other) (?:[\w-]+ ){{0,2}}?"
    rf"(?:branch|office|{_PLACE})\b(?: (?:in|near|at) [\w' -]{{2,30}}?)? "
    rf"(?:is|are|has|have|was|left|stays?|remains?|entered|went)\b"
)


_ANOTHER_OF: Final = re.compile(ANOTHER_OF_THEIRS)


def is_of_some_place(so_far: str, piece: str) -> bool:
    """Whether a clause is about a home that the sentence mentions in passing. `so_far` is the sentence up to the end of the
    clause, and `piece` is the clause, both in plain form with SM for "special measures"."""
    passing = _SOME_PLACE.search(so_far) or _ANOTHER_OF.match(so_far) if so_far.count("SM") == 1 else None
    return passing is not None or (so_far.find(piece) > 0 and _PROVIDERS.match(piece) is not None)
