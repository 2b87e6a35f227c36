"""The API's parameters and answers. Fields have the same names as in `events --json`, `history --json` and `read --json`."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from monitor.cases import State
from monitor.events import About, Kind, Rests
from monitor.ratings import KeyQuestion
from monitor.store.items import What
from monitor.store.list_entries import PRESUMED
from monitor.store.overview import IN, NOT_IN, UNCLEAR, UNRATED
from monitor.text import LONDON

MOST = 500
"""How many entries one answer may have."""


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


# ── parameters ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class Format(StrEnum):
    """The formats of an answer."""

    JSON = "json"
    CSV = "csv"


class Rated(StrEnum):
    """The overall ratings to filter by."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires improvement"
    INADEQUATE = "inadequate"
    UNRATED = UNRATED


class Measured(StrEnum):
    """The states of special measures to filter by."""

    IN = IN
    PRESUMED = PRESUMED
    UNCLEAR = UNCLEAR
    NOT_IN = NOT_IN


def _instant(value: object) -> object:
    """Converts ISO text to an instant. A day, or a time without a zone, is in London time."""
    try:
        parsed = datetime.fromisoformat(str(value))
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=LONDON)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("is not a date or a time. Write for example 2026-11-21 or 2026-11-21T09:00:00Z") from None


Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Id = Annotated[str, Field(pattern=r"^[0-9A-Z-]{3,14}$")]


class Asked(Form):
    """The parameters of every list."""

    format: Format | None = Field(None, description="if this is missing, the Accept header decides")


class ServicesAsked(Asked):
    """Which services to return."""

    watchlist: Name | None = Field(None, description="only services on this watchlist")
    search: str = Field("", max_length=200, description="words in the name, address, provider or id")
    rating: Rated | None = Field(None, description="only services with this overall rating (unrated: without a rating)")
    measures: Measured | None = Field(
        None, description="only services with this state of special measures (presumed: usual for the rating, but not stated)"
    )
    type: Name | None = Field(None, description="only services of this type, in CQC’s words")
    unread: bool = Field(False, description="only services whose data should be up to date but are not")
    limit: int = Field(100, ge=1, le=MOST)
    cursor: Id | None = Field(None, description="the cursor of the previous answer")


class EventsAsked(Asked):
    """Which events to return."""

    since: Annotated[date | datetime, BeforeValidator(_instant)] | None = Field(
        None, description="only events observed at this time or later; a day is in London time"
    )
    kind: list[Kind] = Field([], max_length=len(Kind), description="only events of this kind; may be repeated")
    watchlist: Name | None = Field(None, description="only for services that are on this watchlist now")
    location_id: Id | None = Field(None, description="only for this service")
    limit: int = Field(100, ge=1, le=MOST)
    cursor: Annotated[str, Field(pattern=r"^[0-9]{1,15}$")] | None = Field(
        None, description="the cursor of an earlier answer, however old; the new answer has every event recorded since then"
    )


class ItemsAsked(Asked):
    """Which items to return."""

    since: Annotated[date | datetime, BeforeValidator(_instant)] | None = Field(
        None, description="only items with an event observed at this time or later; a day is in London time"
    )
    what: What | None = Field(None, description="only items of this kind (got worse, fell, rose, or entered special measures)")
    watchlist: Name | None = Field(None, description="only for services that are on this watchlist now")
    limit: int = Field(100, ge=1, le=MOST)
    cursor: Annotated[str, Field(pattern=r"^[0-9]{1,15}$")] | None = Field(
        None,
        description="the cursor of an earlier answer, however old; the new answer has every item with a later event",
    )


class CasesAsked(Asked):
    """Which cases to return."""

    state: State | None = Field(None, description="only cases in this state")
    location_id: Annotated[str, Field(max_length=100)] | None = Field(None, description="only cases of this service")
    limit: int = Field(100, ge=1, le=MOST)
    cursor: Annotated[str, Field(pattern=r"^[0-9]{1,9}$")] | None = Field(None, description="the cursor of the previous answer")


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Holding(Form):
    """A current rating or score. “instead” is the reason that CQC now states in the rating’s place."""

    group: str | None
    of: str
    value: str | int
    published: date | None
    instead: str | None = None


class Measures(Form):
    """Special measures: in | entered | remains | left | not stated | unclear, with CQC’s sentence about them."""

    state: str
    quote: str | None


class Event(Form):
    """An event. “from” and “to” are ratings, or scores as numbers. An event with “corrected_at” was retracted. “corrects”: the
    id of the event that this event retracts. “about”: only for the kind “not understood”."""

    id: str
    location_id: str
    name: str
    kind: Kind
    group: str | None
    of: str | None
    from_: str | int | None = Field(alias="from")
    to: str | int | None
    published: date | None
    observed_at: datetime
    quote: str | None
    urgent: bool
    severity: int
    item: str
    about: About | None = None
    rests_on: Rests = Rests.PAGE
    again: bool = False
    divided: bool = False
    reports: int | None = None
    since: date | None = None
    read_late: bool = False
    stood_since: date | None = None
    corrects: str | None = None
    said: str | None = None
    why: str | None = None
    corrected_at: datetime | None = None
    corrected_why: str | None = None


class Item(Form):
    """All events of one service from one report, worst first. “headline” says what changed, in one line. “severity”: as for
    events, 1 is worst. “open”: at least one event of the item must still be acknowledged."""

    id: str
    location_id: str
    name: str
    headline: str
    why: str | None
    severity: int
    urgent: bool
    open: bool
    published: date | None
    first_seen_at: datetime
    changed_at: datetime
    page: str
    events: list[Event]


class Step(Form):
    """A step of a case. “owner”: the email address of the person responsible for the step; null: the owner of the case is
    responsible. “became”: done, not needed, or empty while the step is open."""

    title: str
    owner: str | None
    due: date | None
    became: str


class Case(Form):
    """The council’s work on a service after severe news. “owner” is an email address; null: the case has no owner. “next_due”:
    the earliest due date of the case and its open steps. “items”: the ids of the case’s items, as in /api/items. CSV leaves out
    the steps."""

    id: int
    location_id: str
    name: str
    state: State
    owner: str | None
    due: date | None
    next_due: date | None
    overdue: bool
    opened_at: datetime
    closed_at: datetime | None
    outcome: str | None
    reason: str | None
    items: list[str]
    steps: list[Step]
    page: str


class CaseList(Form):
    """Cases in the order in which they were opened. If a case changes, the list does not return the case again. To see
    changes, ask for all cases from the beginning."""

    cases: list[Case]
    cursor: str | None
    more: bool


class ItemList(Form):
    """Items in the order in which their newest events were recorded. If an event is added to an item, the list returns the
    item again, with the same id."""

    items: list[Item]
    cursor: str | None
    more: bool


class EventList(Form):
    """Events in the order in which they were recorded. The cursor continues after the last event. “more” says whether further
    events are already recorded."""

    events: list[Event]
    cursor: str | None
    more: bool


class LastChange(Form):
    """When a service last changed, and the most severe change at that time."""

    at: datetime
    kind: Kind


class OwnFacts(Form):
    """A council's own facts about a service, as the council uploaded them. “old” is true if the facts are more than 30 days
    old."""

    people_placed: int | None
    suspended_since: date | None
    contract_reference: str | None
    contract_officer: str | None
    funding_authority: str | None
    other_rating: str | None
    other_rated_on: date | None
    note: str | None
    as_of: date
    old: bool


class Service(Form):
    """A service in a list. If CQC rates several service groups separately, each rating is the worst of the groups' ratings. If
    “register_file” is a date, the service’s page has not been read yet, so the name, type, place, provider and ratings come from
    CQC’s file of that date. If “name” is null, the page has not been read, and the service is not in the register. Special
    measures are stated or presumed. They are presumed if the page states nothing about special measures, and the service is
    inadequate overall in a sector that has special measures. If “not_read_well” is true, the data may be old. “own_facts”
    contains the council’s own facts for each watchlist."""

    location_id: str
    name: str | None
    service_type: str | None
    place: str | None
    postcode: str | None
    provider_name: str | None
    overall: str | None
    key_questions: dict[KeyQuestion, str | None]
    special_measures: str | None
    archived: bool
    last_change: LastChange | None
    looked_at: datetime | None
    read_at: datetime | None
    not_read_well: bool
    published: date | None
    local_authority: str | None
    beds: int | None
    register_file: date | None
    own_facts: dict[str, OwnFacts]


class ServiceList(Form):
    """Services in the order of their ids. The cursor continues after the last service. “more” says whether there are further
    services."""

    services: list[Service]
    cursor: str | None
    more: bool


class Snapshot(Form):
    """The state of a service since “seen_at”, until the next snapshot."""

    seq: int
    seen_at: datetime
    ratings: list[Holding]
    scores: list[Holding]
    special_measures: Measures


class OneService(Form):
    """The current state of a service. “breaches” and “enforcement” come from the newest pages, with one text for each breach and
    each enforcement action."""

    location_id: str
    name: str | None
    service_type: str | None
    address: str | None
    provider_name: str | None
    registration: str | None
    watchlists: list[str]
    ratings: list[Holding]
    scores: list[Holding]
    special_measures: Measures | None
    breaches: list[str]
    enforcement: list[str]
    looked_at: datetime | None
    read_at: datetime | None
    not_read_well: bool
    trouble: str | None


class History(Form):
    """The state of a service at each change, oldest first, and its events."""

    location_id: str
    name: str | None
    snapshots: list[Snapshot]
    events: list[Event]


class Watchlist(Form):
    """A watchlist, with the numbers of services on it. For services that were not read yet, the ratings come from CQC's newest
    file."""

    watchlist: str
    services: int
    inadequate: int
    in_special_measures: int
    not_read_well: int


class WatchlistList(Form):
    """All watchlists by name."""

    watchlists: list[Watchlist]


class JudgedServices(Form):
    """The watched services. Each service is counted in one of the last four fields."""

    watched: int
    up_to_date: int
    partly_read: int
    not_read: int = Field(description="not read for STALE_AFTER, or not at the last check")
    never_read: int = Field(description="including services not checked yet")


class Finding(Form):
    """One finding: what was found, how many times, since when, and what to do."""

    code: str
    level: Literal["wrong", "look", "remark"]
    count: int
    since: str | None
    text: str
    do: str


class Judgement(Form):
    """How well the monitor sees the services and whether it can alert people: one sentence, and all findings, worst first."""

    level: Literal["ok", "look", "wrong"]
    well: bool
    text: str
    services: JudgedServices
    findings: list[Finding]


class Status(Form):
    """The state of the monitor."""

    judgement: Judgement


class Wrong(Form):
    """A parameter that can't be used."""

    parameter: str
    problem: str


class Problem(BaseModel):
    """What went wrong. Source: RFC 9457."""

    type: str
    title: str
    status: int
    detail: str | None = None
    errors: list[Wrong] | None = None
