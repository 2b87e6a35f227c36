"""Ranks an authority among other authorities by a share in whole per cent. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The rank of an authority in a group of authorities.

    among                the name of the group
    enough               how many authorities have a share
    higher, same, lower  how many other authorities have a higher, the same or a lower share; None if the authority itself has
                         no share
    """

    among: str
    enough: int
    higher: int | None
    same: int | None
    lower: int | None


def place(area: str, among: str, authorities: Iterable[str], shares: Mapping[str, int]) -> Place:
    """Returns the rank of an authority in the group `among`, which includes the authority itself. `shares` are in whole per cent.
    An authority that is not in `shares` has no share."""
    theirs = {name: shares[name] for name in {area, *authorities} if name in shares}
    mine = theirs.get(area)
    if mine is None:
        return Place(among=among, enough=len(theirs), higher=None, same=None, lower=None)
    ways = Counter((share > mine) - (share < mine) for name, share in theirs.items() if name != area)
    return Place(among=among, enough=len(theirs), higher=ways[1], same=ways[0], lower=ways[-1])
