"""The register: every service that CQC regulates, as its monthly files list it. Values, and what is said of them. Pure."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from monitor.ratings import KeyQuestion


class Sector(StrEnum):
    """What a service counts as. A care home that also cares for people at home is a care home."""

    CARE_HOME = "care home"
    COMMUNITY = "community-based"
    OTHER = "other"  # not adult social care: doctors, dentists, hospitals, …


# CQC's public names of its service types. "Supported housing" is what CQC's regulations call extra care housing.
# Source: docs/facts/files.md, Service types; docs/facts/ratings.md, GAC services.
CARE_HOMES = ("Nursing homes", "Residential homes")
COMMUNITY_BASED = ("Homecare agencies", "Supported living", "Supported housing", "Shared lives")


def sector(types: tuple[str, ...]) -> Sector:
    """What services of these types count as."""
    folded = {one.casefold() for one in types}
    if folded & {one.casefold() for one in CARE_HOMES}:
        return Sector.CARE_HOME
    if folded & {one.casefold() for one in COMMUNITY_BASED}:
        return Sector.COMMUNITY
    return Sector.OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One service as the register has it. None, or an empty tuple: no file says so.

    authority, region  in the words of `monitor.authorities`; an authority that isn't known there stands as the file has it
    types, specialisms in CQC's public names ("Homecare agencies"), sorted
    beds               of a care home
    overall … well_led a rating, or the reason that stands in its place; None: never rated. Of a service that is rated by service
                       group, the worst of its groups
    groups             (service group, rating) where there are several
    published          when the overall rating was published
    inherited          whether the overall rating is that of the registration before (another provider, another address)
    primary_id         of a home that is registered twice (by two providers that run it together), the registration by which it
                       counts, where that is the other one
    twofold            what the ratings file states two ratings of ("overall", a key question), of which the worse one stands here
    listed_on          the date of the newest file that lists it
    left_on            the date of the first file that no longer does: it closed, or has another profile; None: registered
    """

    location_id: str
    name: str
    also_known_as: str | None = None
    address: str | None = None
    postcode: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    authority: str | None = None
    region: str | None = None
    types: tuple[str, ...] = ()
    specialisms: tuple[str, ...] = ()
    sector: Sector = Sector.OTHER
    beds: int | None = None
    provider_id: str | None = None
    provider_name: str | None = None
    brand: str | None = None
    registered_on: date | None = None
    overall: str | None = None
    safe: str | None = None
    effective: str | None = None
    caring: str | None = None
    responsive: str | None = None
    well_led: str | None = None
    groups: tuple[tuple[str, str], ...] = ()
    published: date | None = None
    inherited: bool = False
    primary_id: str | None = None
    twofold: tuple[str, ...] = ()
    listed_on: date
    left_on: date | None = None

    def rating(self, of: KeyQuestion | None = None) -> str | None:
        """The rating of a key question, or overall."""
        return self.overall if of is None else getattr(self, of.replace("-", "_"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Within so many miles of a postcode, as the crow flies."""

    postcode: str
    miles: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Which services of the register a watchlist follows: those that fit each line that isn't empty, by any of its words.

    sectors    "care home", "community-based", "other"
    providers  ids, or names as the register has them
    ratings    overall ratings, or the reasons in their place; "not rated" also where the register says nothing
    """

    authorities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sectors: tuple[Sector, ...] = ()
    types: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    specialisms: tuple[str, ...] = ()
    ratings: tuple[str, ...] = ()
    near: Near | None = field(default=None)


class FileKind(StrEnum):
    """The kinds of file that CQC publishes each month, each of which says something else of a service."""

    DIRECTORY = "directory"
    ACTIVE = "active locations"
    RATINGS = "latest ratings"

    @property
    def lists_all(self) -> bool:
        """Whether it lists all registered services: what is missing in it is registered no more."""
        return self is not FileKind.RATINGS


_CARD = ("name", "address", "postcode", "authority", "region", "types", "specialisms", "sector", "provider_id", "provider_name")
_RATED = ("overall", "safe", "effective", "caring", "responsive", "well_led", "groups", "published", "inherited")
_KNOWN_BY = {
    FileKind.DIRECTORY: frozenset({*_CARD, "also_known_as"}),
    FileKind.ACTIVE: frozenset(
        {*_CARD, "latitude", "longitude", "beds", "brand", "registered_on", "overall", "published", "inherited", "primary_id"}
    ),
    FileKind.RATINGS: frozenset({*_RATED, "twofold"}),
}


OLD = timedelta(days=45)
"""CQC brings its files out each month: a register that is older than this wants refreshing."""


def known_by(kind: FileKind) -> frozenset[str]:
    """The fields of an Entry that a kind of file says something of. The others of its entries mean nothing."""
    return _KNOWN_BY[kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyFile:
    """One of CQC's monthly files, read.

    as_of        the date that it bears
    digest       its SHA-256, in hex
    ratings      how many ratings it states
    strangers    local authorities that aren't known, as it spells them
    odd          rows that were left out, each with what is wrong with it
    doubtful     the ids that such rows may be of: the file may list these services
    twofold      services for which it states two ratings of one thing: CQC shows both where both were published on one day
    unread       what stands in the place of a rating or date and was not understood
    """

    kind: FileKind
    name: str
    as_of: date
    digest: str
    entries: tuple[Entry, ...]
    ratings: int
    strangers: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
    doubtful: frozenset[str] = frozenset()
    twofold: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
