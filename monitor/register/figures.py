"""Figures for other programs: how many adult social care services each area has, and how they are rated. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from monitor.ratings import Rating
from monitor.register.authorities import AUTHORITIES, REGION_OF, REGIONS
from monitor.register.entries import Sector
from monitor.register.movements import UNRATED

ENGLAND = "England"
NO_AUTHORITY = "no authority"
ALL = "all"
"""Care homes and community-based services together."""

SECTORS = (Sector.CARE_HOME, Sector.COMMUNITY)


class AreaKind(StrEnum):
    """The kinds of area. UNKNOWN is an authority in CQC's files that is not among the 153."""

    ENGLAND = "England"
    REGION = "region"
    AUTHORITY = "authority"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The number of services of one authority and sector that have the same overall rating (see Standing.overall). `authority`
    is None if the files give no authority.

    beds    the total of the services' known beds
    bedded  how many of the services have known beds
    """

    authority: str | None
    sector: Sector
    overall: str | None
    services: int
    beds: int
    bedded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The figures of one area and sector (ALL for both sectors).

    region    the region of an authority; None for England and regions
    ratings   how many services have each rating, and how many are UNRATED
    beds      beds of care homes. `silent` is the number of homes that are left out because no file gives their beds
    """

    area: str
    kind: AreaKind
    region: str | None
    sector: str
    services: int
    ratings: Counter[str]
    beds: int
    silent: int

    @property
    def key(self) -> str:
        """Identifies the figure. A list of figures can continue after this key (see `place`)."""
        return f"{self.kind}/{self.area}/{self.sector}"

    @property
    def good_of_all(self) -> float | None:
        """The percentage of all services that are good or outstanding, to one decimal place; None if there are no services."""
        return self._share(self.services)

    @property
    def good_of_rated(self) -> float | None:
        """The percentage of rated services that are good or outstanding; None if there are no rated services."""
        return self._share(self.services - self.ratings[UNRATED])

    def _share(self, of: int) -> float | None:
        return round((self.ratings[Rating.OUTSTANDING] + self.ratings[Rating.GOOD]) * 100 / of, 1) if of else None


def place(key: str) -> tuple[int, str, int]:
    """The position of a key in the order of figures, even if no figure has this key."""
    kind, _, rest = key.partition("/")
    area, _, sector = rest.rpartition("/")
    return list(AreaKind).index(AreaKind(kind)), area, (*SECTORS, ALL).index(sector)


def figures(counted: Iterable[Counted]) -> list[Figure]:
    """The figures of England, of each region, of each authority by name, and of unknown authorities. Each area has three
    figures: one for each sector, and one for all services. Areas without services are included."""
    by_area: defaultdict[tuple[AreaKind, str], list[Counted]] = defaultdict(list)
    for one in counted:
        for area in _areas(one.authority):
            by_area[area].append(one)
    known = [(AreaKind.ENGLAND, ENGLAND)]
    known += [(AreaKind.REGION, name) for name in REGIONS] + [(AreaKind.AUTHORITY, name) for name in AUTHORITIES]
    every = [*known, *sorted(by_area.keys() - set(known))]
    return [figure for kind, name in every for figure in _of(kind, name, by_area[kind, name])]


def england(counted: Iterable[Counted]) -> Figure:
    """The figure of England for all services."""
    return list(_of(AreaKind.ENGLAND, ENGLAND, counted))[-1]


def _areas(authority: str | None) -> Iterator[tuple[AreaKind, str]]:
    yield AreaKind.ENGLAND, ENGLAND
    if authority is not None and authority in REGION_OF:
        yield AreaKind.REGION, REGION_OF[authority]
        yield AreaKind.AUTHORITY, authority
    else:
        yield AreaKind.UNKNOWN, authority or NO_AUTHORITY


def _of(kind: AreaKind, name: str, counted: Iterable[Counted]) -> Iterator[Figure]:
    here = list(counted)
    for sectors, called in (*(((one,), str(one)) for one in SECTORS), (SECTORS, ALL)):
        mine = [one for one in here if one.sector in sectors]
        ratings = Counter({str(mark): 0 for mark in (*Rating, UNRATED)})
        for one in mine:
            ratings[one.overall if one.overall in _RATED else UNRATED] += one.services
        homes = [one for one in mine if one.sector is Sector.CARE_HOME]
        yield Figure(
            area=name,
            kind=kind,
            region=REGION_OF.get(name) if kind is AreaKind.AUTHORITY else None,
            sector=called,
            services=sum(one.services for one in mine),
            ratings=ratings,
            beds=sum(one.beds for one in homes),
            silent=sum(one.services - one.bedded for one in homes),
        )


_RATED = frozenset(map(str, Rating))
