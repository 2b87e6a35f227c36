"""The types of the register, which contains every service that CQC regulates, as in CQC's monthly files. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from monitor.ratings import KeyQuestion, by_question


class Sector(StrEnum):
    """The sector to which a service belongs. A care home that also cares for people at home is a care home."""

    CARE_HOME = "care home"
    COMMUNITY = "community-based"
    OTHER = "other"  # not adult social care: doctors, dentists, hospitals, …


# CQC's public names of its service types. CQC's regulations call extra care housing "supported housing". Source:
# docs/facts/files.md, Service types; docs/facts/ratings.md, GAC services.
CARE_HOMES = ("Nursing homes", "Residential homes")
COMMUNITY_BASED = ("Homecare agencies", "Supported living", "Supported housing", "Shared lives")


def sector(types: tuple[str, ...]) -> Sector:
    """The sector of a service with these types."""
    folded = {one.casefold() for one in types}
    if folded & {one.casefold() for one in CARE_HOMES}:
        return Sector.CARE_HOME
    if folded & {one.casefold() for one in COMMUNITY_BASED}:
        return Sector.COMMUNITY
    return Sector.OTHER


UNASKED = by_question({})
"""No rating for any key question."""

_PLACE = {one: n for n, one in enumerate(KeyQuestion)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One service in the register. A field is None, or an empty tuple, if no file states it.

    authority, region  names from `monitor.register.authorities`. An unknown authority is spelled as in the file
    types, specialisms in CQC's public names ("Homecare agencies"), sorted
    beds               the number of beds of a care home
    overall            a rating, or the reason in its place; None if the service was never rated. If the service is rated by
                       service group, the worst rating of its groups
    key_questions      a rating or reason for each of KeyQuestion
    groups             each service group with its rating, if there are several groups
    published          when the overall rating was published
    inherited          whether the overall rating is the rating of the previous registration (another provider or address)
    primary_id         for a home that is registered twice (by two providers that run it together): the id of the other
                       registration, if CQC calls the other registration the primary one
    twofold            the subjects ("overall", a key question) for which the ratings file states two ratings. The worse rating
                       is used
    listed_on          the date of the newest file that lists the service
    left_on            the date of the first file that no longer lists the service, because it closed or has another profile;
                       None if it is registered
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
    key_questions: tuple[str | None, ...] = UNASKED
    groups: tuple[tuple[str, str], ...] = ()
    published: date | None = None
    inherited: bool = False
    primary_id: str | None = None
    twofold: tuple[str, ...] = ()
    listed_on: date
    left_on: date | None = None

    def rating(self, of: KeyQuestion | None = None) -> str | None:
        """The rating of a key question, or overall."""
        return self.overall if of is None else self.key_questions[_PLACE[of]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A line of a rule: the service is within this many miles of a postcode, as the crow flies."""

    postcode: str
    miles: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The services of the register that a watchlist follows. A service must match every non-empty line. A service matches a
    line if it matches any of the line's words.

    sectors    "care home", "community-based" or "other"
    providers  ids, or names as in the register
    ratings    overall ratings, or the reasons in their place. "not rated" includes services for which the register states
               nothing
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
    """The kinds of file that CQC publishes each month. Each kind states different facts about a service."""

    DIRECTORY = "directory"
    ACTIVE = "active locations"
    RATINGS = "latest ratings"

    @property
    def lists_all(self) -> bool:
        """Whether this kind of file lists all registered services, so that a missing service is no longer registered."""
        return self is not FileKind.RATINGS


_CARD = ("name", "address", "postcode", "authority", "region", "types", "specialisms", "sector", "provider_id", "provider_name")
_RATED = ("overall", "key_questions", "groups", "published", "inherited")
_KNOWN_BY = {
    FileKind.DIRECTORY: frozenset({*_CARD, "also_known_as"}),
    FileKind.ACTIVE: frozenset(
        {*_CARD, "latitude", "longitude", "beds", "brand", "registered_on", "overall", "published", "inherited", "primary_id"}
    ),
    FileKind.RATINGS: frozenset({*_RATED, "twofold"}),
}


OLD = timedelta(days=45)
"""A register older than this needs refreshing, because CQC publishes its files each month."""


def known_by(kind: FileKind) -> frozenset[str]:
    """The fields of an Entry that a kind of file states. In entries from a file of this kind, the other fields have no
    meaning."""
    return _KNOWN_BY[kind]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded file: its date, and when it was loaded."""

    kind: FileKind
    as_of: date
    at: datetime


def known_by_then(files: Sequence[Loaded], before: datetime) -> date | None:
    """The latest date for which the register's data was already known before an instant (`before`); None if no file was loaded
    before the instant. If no newer file with ratings was loaded after the instant, this is the date of the newest file that was
    loaded before it. Otherwise, this date or the day before the first of the newer files is used, whichever is earlier.

    If a file was loaded several times, the time of its first loading is used. If an older file was loaded later to add history,
    the result does not change, because the newer file's statements apply on the newer file's date.
    """
    first: dict[tuple[FileKind, date], datetime] = {}
    for one in files:
        first[one.kind, one.as_of] = min(one.at, first.get((one.kind, one.as_of), one.at))
    known = {key for key, at in first.items() if at < before}
    if not known:
        return None
    newest = {kind: max((day for known_kind, day in known if known_kind is kind), default=date.min) for kind in FileKind}
    later = [day for kind, day in first.keys() - known if kind is not FileKind.DIRECTORY and day > newest[kind]]
    return min([*(day - timedelta(days=1) for day in later), max(day for _, day in known)])


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyFile:
    """One of CQC's monthly files, parsed.

    as_of        the date of the file
    digest       the file's SHA-256, in hex
    ratings      how many ratings the file states
    strangers    unknown local authorities, as the file spells them
    odd          rows that were left out, each with the reason
    doubtful     the ids that these rows may belong to, since the file may list these services
    twofold      services for which the file states two ratings of one subject. CQC shows two if they were published on one day
    unread       texts that are in the place of a rating or date but were not understood
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
