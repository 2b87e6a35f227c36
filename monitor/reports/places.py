"""Finds the place of an authority among others, according to a share in whole per cent. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The place of an authority in a group: how many authorities have a share at all, and how many have a higher share, the
    same share and a lower share. The last three are None if the authority itself has no share."""

    among: str
    enough: int
    higher: int | None
    same: int | None
    lower: int | None


def place(area: str, among: str, authorities: Iterable[str], shares: Mapping[str, int]) -> Place:
    """The place of an authority in a group that includes the authority itself. `shares` are in whole per cent, for the
    authorities that have a share."""
    theirs = {name: shares[name] for name in {area, *authorities} if name in shares}
    mine = theirs.get(area)
    if mine is None:
        return Place(among=among, enough=len(theirs), higher=None, same=None, lower=None)
    ways = Counter((share > mine) - (share < mine) for name, share in theirs.items() if name != area)
    return Place(among=among, enough=len(theirs), higher=ways[1], same=ways[0], lower=ways[-1])
