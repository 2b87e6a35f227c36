"""The API's parameters and answers about CQC's register, areas, and ratings as they were known on a day."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator, Field

from monitor.ratings import KeyQuestion
from monitor.register.entries import Sector
from monitor.register.figures import AreaKind
from monitor.store.known_then import By
from monitor.web.api_forms import Asked, Form, Id, Name, Rated

MOST = 2000
"""How many entries of the register one answer may contain."""


def _iso(value: object) -> object:
    """Accepts a day only as ISO text, and raises ValueError for every other value, such as a number of seconds."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        raise ValueError("is not a day. Write for example 2026-11-21")
    return value


_Day = Annotated[date, BeforeValidator(_iso)]
_Limit = Annotated[int, Field(ge=1, le=MOST)]


# ── parameters ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class RegisterAsked(Asked):
    """Which services of the register to return."""

    local_authority: Name | None = Field(None, description="only services in this local authority, in any spelling")
    region: Name | None = Field(None, description="only services in this region, in any spelling")
    sector: Sector | None = Field(None, description="only services of this sector (“other” means not adult social care)")
    type: Name | None = Field(None, description="only services of this type, in any spelling")
    provider_id: Id | None = Field(None, description="only services of this provider")
    brand: Name | None = Field(None, description="only services of this brand, in any spelling")
    rating: Rated | None = Field(None, description="only services with this overall rating (unrated: without a rating)")
    limit: _Limit = 500
    cursor: Id | None = Field(None, description="the cursor of the previous answer")


class RegisterHistoryAsked(Asked):
    """Which entries of CQC's files to return."""

    since: _Day | None = Field(None, description="only entries from files of this date or later")
    location_id: Id | None = Field(None, description="only for this service")
    local_authority: Name | None = Field(None, description="only for services that were in this local authority")
    limit: _Limit = 500
    cursor: Annotated[str, Field(pattern=r"^[0-9A-Z-]{3,14}/[1-9][0-9]{5}$")] | None = Field(
        None, description="the cursor of the previous answer"
    )


class AreasAsked(Asked):
    """Which figures to return."""

    kind: AreaKind | None = Field(None, description="only areas of this kind")
    as_at: _Day | None = Field(None, description="from CQC’s files up to this day; by default, from the newest files")
    limit: Annotated[int, Field(ge=1, le=1000)] = 1000
    cursor: Annotated[
        str, Field(pattern=r"^(England|region|authority|unknown)/[^\x00-\x1f]{1,200}/(care home|community-based|all)$")
    ] | None = Field(None, description="the cursor of the previous answer")


class RatingsAsked(Asked):
    """Which ratings to return."""

    on: _Day | None = Field(None, description="as known at the end of this day in London; by default, as known now")
    source: By | None = Field(None, description="page: watched services, from their pages; file: all services, from CQC’s files")
    limit: _Limit = 500
    cursor: Id | None = Field(None, description="the cursor of the previous answer")


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


class GroupRating(Form):
    """The overall rating of a service group."""

    group: str
    rating: str


class RegisterService(Form):
    """A service as in CQC’s newest files. If a field is null or an empty list, the files do not state its value. “overall” is
    null if the service was never rated. If CQC rates service groups of the service separately, “overall” is the worst of
    “groups”. If a home is registered twice, “primary_id” is the id of the registration that reports use. “listed_on”: the date of
    the newest file that lists the service."""

    location_id: str
    name: str
    also_known_as: str | None
    address: str | None
    postcode: str | None
    latitude: float | None
    longitude: float | None
    local_authority: str | None
    region: str | None
    sector: Sector
    service_types: list[str]
    specialisms: list[str]
    beds: int | None
    provider_id: str | None
    provider_name: str | None
    brand: str | None
    registered_on: date | None
    overall: str | None
    key_questions: dict[KeyQuestion, str | None]
    groups: list[GroupRating]
    published: date | None
    inherited: bool
    primary_id: str | None
    listed_on: date


class RegisterList(Form):
    """Registered services in the order of their ids. The cursor continues after the last service. “more” says whether there are
    further services. You get no service twice. A service that is registered while you fetch the batches may be missing until you
    next fetch the list from the start."""

    services: list[RegisterService]
    cursor: str | None
    more: bool


class Stated(Form):
    """A service’s entry in CQC’s files, valid from “as_of” until the next entry. If “listed” is false, the files no longer listed
    the service, and the other fields have their last values."""

    location_id: str
    as_of: date
    listed: bool
    name: str
    local_authority: str | None
    region: str | None
    sector: Sector
    beds: int | None
    provider_id: str | None
    provider_name: str | None
    brand: str | None
    overall: str | None
    key_questions: dict[KeyQuestion, str | None]
    published: date | None


class RegisterHistory(Form):
    """Entries of CQC’s files, sorted by service and then by date. A service has an entry for each date on which the files stated
    something new about the service. The cursor continues after the last entry. “more” says whether there are further entries."""

    history: list[Stated]
    cursor: str | None
    more: bool


class AreaFigure(Form):
    """The adult social care services of an area, according to CQC’s files. A home that is registered twice is counted once.
    “sector”: care home, community-based, or all. “unrated”: services without one of the four ratings, for any reason. Percentages
    have one decimal place, and are null if the area has no services to count. “beds”: the beds of care homes.
    “homes_without_beds”: the care homes for which no file states the number of beds."""

    area: str
    kind: AreaKind
    region: str | None
    sector: str
    services: int
    outstanding: int
    good: int
    requires_improvement: int
    inadequate: int
    unrated: int
    percent_good_or_outstanding: float | None
    percent_good_or_outstanding_of_rated: float | None
    beds: int
    homes_without_beds: int


class AreaList(Form):
    """The figures of England, of each region, of each of the 153 local authorities (sorted by name), and of any other authority
    that the files name. Each area has three rows.
    “files”: the date of the files from which the figures come."""

    areas: list[AreaFigure]
    files: date
    cursor: str | None
    more: bool


class RatedThen(Form):
    """The ratings of a service that this monitor knew. “source”: page (CQC’s page, read by this monitor) or file (CQC’s monthly
    files). If the source is a page, “known_since” is the time when this monitor first saw these ratings. If the source is a file,
    “file” is the date of the file that first stated them. “service_groups”: how many service groups are rated separately (each
    rating is then the worst rating of these groups). For a file, “service_groups” and “special_measures” are null. “archived”:
    the service’s page said that the service is no longer registered."""

    location_id: str
    name: str
    source: By
    overall: str | None
    key_questions: dict[KeyQuestion, str | None]
    published: date | None
    service_groups: int | None
    special_measures: str | None
    archived: bool
    known_since: datetime | None
    file: date | None
    provider_id: str | None
    provider_name: str | None
    local_authority: str | None
    sector: Sector | None


class RatingList(Form):
    """All ratings that this monitor knew at the end of a day (or knows now), sorted by service. “files”: the date of the newest
    CQC file that was loaded by the end of that day; null if no file was loaded. The cursor continues after the last service.
    “more” says whether there are further services."""

    ratings: list[RatedThen]
    on: date
    files: date | None
    cursor: str | None
    more: bool
