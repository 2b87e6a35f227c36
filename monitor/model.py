"""The values that the parts of the program exchange: frozen, without behaviour beyond their own fields.

The terms are those of docs/architecture.md. All times are aware and in UTC; dates are CQC's own (England).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from monitor.events import Event, Kind
from monitor.ratings import KeyQuestion, Stated

# There are two forms: 1-<digits>, and the NHS's form of letters and digits (RT203, RJ121, 5J501); a few have only letters (RWEAA,
# TAHYR). Source: docs/facts/ratings.md, Ids.
LOCATION_ID = re.compile(r"1-\d{6,12}|(?=[A-Z0-9]{0,7}\d)[A-Z0-9]{3,8}|[RT][A-Z]{4}")
"""Text that looks like an id, from any source. Words made only of letters (LEEDS) are not ids."""

LISTED_ID = re.compile(r"1-\d{6,12}|[A-Z0-9]{3,8}")
"""Text that is an id if CQC publishes it where an id should be, or if it is among the known ids."""


MAX_QUOTE = 200
"""The most characters of the quote of a rating or a score; sentences about special measures and similar are quoted in full."""


class Source(StrEnum):
    """The kind of publication that a reading comes from. The values appear in `read --json`."""

    LOCATION_PAGE = "location page"
    SUMMARY_PAGE = "summary page"
    REPORTS_PAGE = "reports page"
    ASSESSMENT_PAGE = "assessment page"
    INSPECTION_REPORT = "inspection report"
    API_LOCATION = "api location"
    WIDGET = "widget"
    COUNCIL_PAGE = "local authority assessment"
    UNKNOWN = "unknown"


class Registration(StrEnum):
    """Whether the service is still registered with CQC."""

    REGISTERED = "registered"
    ARCHIVED = "archived"


class Framework(StrEnum):
    """How CQC arrived at a rating: by inspection (before the Single Assessment Framework) or by assessment (under it)."""

    INSPECTION = "inspection"
    ASSESSMENT = "assessment"


class MeasuresState(StrEnum):
    """What a source states about special measures for its service."""

    IN = "in"
    ENTERED = "entered"
    REMAINS = "remains"
    LEFT = "left"
    NOT_STATED = "not stated"
    UNCLEAR = "unclear"


IN_MEASURES = frozenset({MeasuresState.IN, MeasuresState.ENTERED, MeasuresState.REMAINS})
"""The states in which a service is in special measures now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialMeasures:
    """A statement about special measures with its sentence (None if nothing is stated)."""

    state: MeasuresState = MeasuresState.NOT_STATED
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One quality statement's score: 1 (significant shortfalls) to 4 (exceptional); None if no score is given."""

    name: str
    score: int | None = None
    assessed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyQuestionReading:
    """What a source states about one key question.

    rating     None if the source gives a score or statements but no rating
    score      a percentage (25 to 100), None if not given
    assessed   False if CQC marks it "Not assessed": then rating and score did not move, whatever they are
    published  the date of publication given with this rating; None if not given
    quote      the text of label and rating (or score, if no rating is given), as a person sees it; for the API, the place in its
               answer. At most MAX_QUOTE characters
    inherited  whether CQC marks it as the previous provider's rating
    """

    rating: Stated | None = None
    score: int | None = None
    assessed: bool = True
    published: date | None = None
    statements: tuple[Statement, ...] = ()
    quote: str | None = None
    inherited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupReading:
    """What a source states about one service group: its overall rating and its key questions, from the newest entry only.

    group          None if the source has no service groups
    overall        None: not stated
    overall_quote  the text of label and overall rating (see KeyQuestionReading)
    inherited      whether CQC marks the overall rating as the previous provider's
    """

    group: str | None = None
    framework: Framework | None = None
    overall: Stated | None = None
    overall_published: date | None = None
    key_questions: Mapping[KeyQuestion, KeyQuestionReading] = field(default_factory=dict)
    overall_quote: str | None = None
    inherited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileNotice:
    """CQC's notice that a service changed hands or moved: `see` is the profile that it points to ("old" or "new")."""

    kind: str  # "provider changed" | "moved"
    see: str  # "old" | "new"
    location_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingChange:
    """A change of rating that a source states in words, as new."""

    of: str  # "overall" or a key question
    from_: Stated | None
    to: Stated
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A breach of regulations that applies now. `regulation` is "12", or "2009:18" for the Registration Regulations; None if
    only the topic is named."""

    regulation: str | None
    topic: str | None
    quote: str


class Stage(StrEnum):
    """The stage of enforcement. The values appear in `read --json`."""

    TAKEN = "taken"
    PROPOSED = "proposed"
    LIFTED = "lifted"  # met, withdrawn, overturned or run out


@dataclass(frozen=True, slots=True, kw_only=True)
class Enforcement:
    """Enforcement that CQC says it has taken, proposes or has lifted (not enforcement that it only threatens).

    kind   warning notice | requirement notice | conditions | cancellation | suspension | prosecution | fine | action plan;
           "admissions restricted" and "urgent action" if CQC is no more specific
    """

    kind: str
    quote: str
    stage: Stage = Stage.TAKEN


class SaidKind(StrEnum):
    """CQC's other statements about a service, apart from ratings, special measures and enforcement. The values appear in `read
    --json`."""

    RATINGS_SUSPENDED = "ratings suspended"
    RATINGS_WITHDRAWN = "ratings withdrawn"
    REPORT_REMOVED = "report removed"
    REPORT_CORRECTED = "report corrected"
    BEING_INSPECTED = "being inspected"
    CLOSING = "closing"  # a closure announced or applied for
    DORMANT = "dormant"
    REGISTRATION_ENDED = "registration ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement of one of these kinds, with its text. `since`: the day that it names; None: no day."""

    kind: SaidKind
    quote: str
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link on a page to another publication about the same service, absolute or relative as written."""

    kind: Source
    url: str
    text: str


class Topic(StrEnum):
    """The topic of a statement in words."""

    SPECIAL_MEASURES = "special measures"
    ENFORCEMENT = "enforcement"
    REGISTRATION = "registration and ratings"


@dataclass(frozen=True, slots=True)
class Decision:
    """How a statement in words was decided.

    rule        the rule that decided it; "" if no rule did
    fact        whether it became a fact of the reading
    left_aside  whether it is general, historic, conditional or about somebody else. If both are False, it was not understood
    """

    topic: Topic
    text: str
    rule: str
    fact: bool = False
    left_aside: bool = False

    @property
    def understood(self) -> bool:
        """Whether a rule decided it."""
        return self.fact or self.left_aside


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one page, report or API answer *states*. Pure data without history; nothing in it is inferred.

    service_type, address  as the page shows them (None if it does not)
    links      the newest entry's publications, in page order
    report     identifies the newest report or assessment named in the source (a link's path, an AP number or a date); None if
               there is none. It distinguishes a new report from the same report again
    said       CQC's other statements about this service
    missing    the key questions that such a service has but the source does not show
    summary    the reason for the rating: some sentences from CQC's own summary; None if there are none
    decisions  how each statement in words was decided (`read --explain` shows it; it is not stored)
    unread     text about ratings, special measures, enforcement or registration that was not understood
    """

    source: Source = Source.UNKNOWN
    location_id: str | None = None
    name: str | None = None
    provider_name: str | None = None
    service_type: str | None = None
    address: str | None = None
    registration: Registration | None = None
    notices: tuple[ProfileNotice, ...] = ()
    ratings: tuple[GroupReading, ...] = ()
    special_measures: SpecialMeasures = SpecialMeasures()
    rating_changes: tuple[RatingChange, ...] = ()
    breaches: tuple[Breach, ...] = ()
    enforcement: tuple[Enforcement, ...] = ()
    said: tuple[Said, ...] = ()
    report: str | None = None
    links: tuple[Link, ...] = ()
    missing: tuple[KeyQuestion, ...] = ()
    summary: str | None = None
    unread: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether anything about a service was understood at all."""
        return self.source is not Source.UNKNOWN

    @property
    def says_something(self) -> bool:
        """Whether it states anything that a person would want to see, even if it is not a service's own page."""
        state = self.special_measures.state is not MeasuresState.NOT_STATED
        return self.understood or state or any((self.ratings, self.breaches, self.enforcement, self.said, self.rating_changes))


class When(StrEnum):
    """When a subscription gets its notices."""

    IMMEDIATE = "immediate"
    DAILY = "daily"
    WEEKLY = "weekly"


class Aspect(StrEnum):
    """The aspect of a service that a subject concerns."""

    RATING = "rating"
    SCORE = "score"
    MEASURES = "special measures"
    BREACHES = "breaches"
    ENFORCEMENT = "enforcement"
    PROPOSED = "enforcement proposed"
    LIFTED = "enforcement lifted"
    SAID = "said"
    UNREAD = "unread"
    REPORTS = "reports"
    REGISTRATION = "registration"
    NOTICES = "notices"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Subject:
    """The key of a state within one service: its service group, an aspect, and `of` ("overall", a key question, a
    quality statement's name, a SaidKind; "" if the aspect needs no more). group "" means a service without groups."""

    aspect: Aspect
    group: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a line of a set was read: the report that states it (see Reading.report), the day CQC gives for that report, and the
    digest of the page. Report and day are None if the page does not state them."""

    report: str | None = None
    published: date | None = None
    page: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """The present state of one subject.

    value      a rating, a score, a state of special measures, a registration, "said" or "not said"; or, for breaches,
               enforcement, reports, notices and statements that were not understood, all that apply, one line each
    instead    the reason that CQC now states in place of the rating, once this was reported; `value` is still the last rating
    published  the date CQC gives for it; None if it gives none
    quote      the deciding sentence, if it is based on words
    report     the report that states it (see Reading.report)
    page       digest of the page that showed it
    by_api     whether so far only the API has stated it, and no page of CQC's site
    origins    for a set: where each of its lines was read; empty if an older version stored it
    reports    for a rating: how many consecutive reports state it, of those seen
    since      for a rating: the day of the first of these reports; for a statement: the day that CQC names. None: not known
    """

    value: str | int | tuple[str, ...]
    instead: str | None = None
    published: date | None = None
    quote: str | None = None
    report: str | None = None
    page: str | None = None
    by_api: bool = False
    origins: tuple[Origin, ...] = ()
    reports: int = 1
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The identity of a service, from its last reading: this text is in every message about it."""

    name: str
    service_type: str | None = None
    address: str | None = None
    provider_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The state of one service at one time. `seq` counts a service's snapshots from 1, its baseline."""

    location_id: str
    seq: int
    seen_at: datetime
    card: Card
    holdings: tuple[tuple[Subject, Holding], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A candidate change: it was seen, but no later check has confirmed it yet.

    mark    identifies the change: if it is seen again, it has the same mark
    since   when it was first seen
    due     when a check may confirm it
    dated   whether the page that showed it had a newer date than the stored state
    odd     whether a fault of CQC's site could show such a change at many services at once (see detect.confirm)
    by_api  whether the API states it but no page has shown it yet
    late    whether it may have been on the page before, because an older version of the program did not read it
    """

    mark: str
    since: datetime
    due: datetime
    dated: bool = False
    odd: bool = False
    by_api: bool = False
    late: bool = False


class AtOnce(StrEnum):
    """The severity from which an immediate subscription is alerted at once, least strict first: each value alerts about less than
    the one before. Severe events are always sent at once. The values are stored in the database."""

    ANY = "any"  # everything urgent: any fall, special measures, enforcement
    OVERALL = "overall"  # of the falls, only those of the overall rating, and of a key question to inadequate
    LOW = "low"  # of the falls, only to inadequate, and overall to requires improvement
    INADEQUATE = "inadequate"  # only falls to inadequate, and special measures


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A watchlist, an address, and when it is alerted. `at` and `day` are local (Europe/London); `day` is mon … sun.

    at_once         for an immediate subscription: what it is alerted about at once; the rest comes at its hour
    all_news        for an immediate subscription: reports without bad news come at its hour, not once a week
    still_watching  whether it gets a heartbeat message each week
    only_placed     whether it leaves out services where the council is known to place nobody (own_facts.is_placed), except for
                    severe events
    left_out        the kinds of event that it does not get. Severe events are sent in any case, and so are kinds that a later
                    version adds
    paused_until    events are held back until then; None: it is not paused
    confirmed       whether the owner of the address has confirmed, or need not be asked
    owner           the person who created it in the pages, None: created on the command line
    """

    id: int
    watchlist: str
    address: str
    when: When
    at: time
    day: str
    created_at: datetime
    at_once: AtOnce = AtOnce.ANY
    all_news: bool = False
    only_placed: bool = False
    still_watching: bool = False
    left_out: frozenset[Kind] = frozenset()
    paused_until: datetime | None = None
    confirmed: bool = True
    owner: int | None = None

    def is_paused(self, at: datetime) -> bool:
        """Whether events at an instant are held back."""
        return self.paused_until is not None and at < self.paused_until

    def wants(self, event: Event, *, placed: bool = True) -> bool:
        """Whether the subscription gets an event. `placed`: whether the council may have people at the service."""
        return event.worst or (event.kind not in self.left_out and (placed or not self.only_placed))


class NoticeKind(StrEnum):
    """The kind of a notice. The values are stored in the database."""

    EVENT = "event"
    WELCOME = "welcome"
    SILENT_DIGEST = "silent digest"  # nothing happened, but some services are not up to date
    SIGN_OF_LIFE = "sign of life"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One event for one subscription. `urgent`: it does not wait for anything else; `weekly`: it waits for the weekly digest
    of an immediate subscription."""

    event_id: str
    subscription_id: int
    due_at: datetime
    urgent: bool
    weekly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A notice that is not yet in a message. Only a notice of an event has the event's id, item and time (otherwise None). A
    welcome is `ready` once every service of the watchlist has been checked, so that it can report the present state. `weekly`: as
    in its notice."""

    notice_id: int
    kind: NoticeKind
    event_id: str | None
    subscription_id: int
    address_key: str
    when: When
    due_at: datetime
    urgent: bool
    item: str | None
    observed_at: datetime | None
    ready: bool
    weekly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The notices of one message: alert, digest, welcome or heartbeat. `period`: the period of a digest."""

    kind: str
    subscription_id: int
    notice_ids: tuple[int, ...]
    event_ids: tuple[str, ...]
    period: str | None = None
