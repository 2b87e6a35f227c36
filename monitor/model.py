"""Defines the values that the parts of the program exchange. The values are frozen, and their methods use only their own fields.

docs/architecture.md defines the terms. All times are aware and in UTC. Dates are CQC's own, so they are dates in England.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from monitor.events import Event, Kind
from monitor.ratings import KeyQuestion, Stated

# Ids have two forms: 1-<digits>, and the NHS's form of letters and digits (RT203, RJ121, 5J501). A few NHS ids have only
# letters (RWEAA, TAHYR). Source: docs/facts/ratings.md, Ids.
LOCATION_ID = re.compile(r"1-\d{6,12}|(?=[A-Z0-9]{0,7}\d)[A-Z0-9]{3,8}|[RT][A-Z]{4}")
"""Matches text that looks like an id, whatever its source. Words that consist only of letters (LEEDS) do not match."""

LISTED_ID = re.compile(r"1-\d{6,12}|[A-Z0-9]{3,8}")
"""Matches text that may be an id. The text is an id only if CQC publishes it where an id belongs, or if the id is already
known."""


MAX_QUOTE = 200
"""The maximum length, in characters, of the quote of a rating or a score. Other sentences, such as those about special measures,
are quoted in full."""


class Source(StrEnum):
    """The kind of publication from which a reading comes. The values appear in `read --json`."""

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
    """How CQC arrived at a rating: by inspection, before the Single Assessment Framework; by assessment, under this framework; or
    under one of the frameworks by sector, which give no scores."""

    INSPECTION = "inspection"
    ASSESSMENT = "assessment"
    SECTOR = "sector"


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
    """A statement about special measures. `quote` is the sentence that makes the statement, or None if nothing is stated."""

    state: MeasuresState = MeasuresState.NOT_STATED
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A quality statement and its score, from 1 (significant shortfalls) to 4 (exceptional). `score` is None if CQC gives
    none."""

    name: str
    score: int | None = None
    assessed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyQuestionReading:
    """What a source states about one key question.

    rating     the rating; None if the source gives only a score or quality statements
    score      a percentage (25 to 100); None if not given
    assessed   False if CQC marks the key question "Not assessed"; in that case, the rating and the score did not change
    published  the date of publication given with this rating; None if not given
    quote      the text of the label and the rating, as a person sees it. If no rating is given, the text of the label and the
               score. For the API, the position of the rating in the API's answer. At most MAX_QUOTE characters
    inherited  whether CQC marks the rating as the previous provider's
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
    """What a source states about one service group: its overall rating and its key questions, from the newest report only.

    group          None if the source has no service groups
    overall        the overall rating; None if not stated
    overall_quote  the text of the label and the overall rating (see KeyQuestionReading.quote)
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
    """CQC's notice that a service changed hands or moved. `see` says whether the notice points to the old or the new profile."""

    kind: str  # "provider changed" | "moved"
    see: str  # "old" | "new"
    location_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingChange:
    """A change of rating that a source reports in a sentence."""

    of: str  # "overall" or a key question
    from_: Stated | None
    to: Stated
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A breach of regulations that applies now. `regulation` is a number such as "12", or "2009:18" for the Registration
    Regulations. If CQC states only the topic, `regulation` is None."""

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
    """Enforcement that CQC says it has taken, proposes or has lifted. Enforcement that CQC only threatens is left out.

    kind   warning notice | requirement notice | conditions | cancellation | suspension | prosecution | fine | action plan;
           "admissions restricted" or "urgent action" if CQC is not more specific
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
    CLOSING = "closing"  # a closure that was announced or applied for
    DORMANT = "dormant"
    REGISTRATION_ENDED = "registration ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement of one of the kinds in SaidKind, with its text. `since` is the date in the statement; None if it has no
    date."""

    kind: SaidKind
    quote: str
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link on a page to another publication about the same service. `url` is absolute or relative, as on the page."""

    kind: Source
    url: str
    text: str


class Topic(StrEnum):
    """The topic of a sentence on a page."""

    SPECIAL_MEASURES = "special measures"
    ENFORCEMENT = "enforcement"
    REGISTRATION = "registration and ratings"


@dataclass(frozen=True, slots=True)
class Decision:
    """A sentence on a page, with what the reader concluded from it.

    rule        the rule that led to the conclusion; "" if no rule applied
    fact        whether the sentence became a fact of the reading
    left_aside  whether the sentence is general, historic, conditional or about somebody else. If `fact` and `left_aside` are both
                False, the sentence was not understood
    """

    topic: Topic
    text: str
    rule: str
    fact: bool = False
    left_aside: bool = False

    @property
    def understood(self) -> bool:
        """Whether the reader reached a conclusion about the sentence."""
        return self.fact or self.left_aside


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one page, report or API answer *states*. A reading is pure data without history, and nothing in it is inferred.

    service_type, address  as the page shows them; None if the page does not show them
    links      links to the publications of the newest report or assessment, in page order
    report     identifies the newest report or assessment named in the source (a link's path, an AP number or a date); None if
               the source names none. A report is new if its identifier has changed
    said       CQC's other statements about this service
    missing    what CQC rates at such a service but the source does not show: "overall", or key questions
    summary    the reason for the rating: some sentences from CQC's own summary; None if the source has no summary
    decisions  every sentence that the reader considered, with its conclusion. `read --explain` shows the conclusions, which are
               not stored
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
    missing: tuple[str, ...] = ()
    summary: str | None = None
    unread: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether the reader understood anything about a service."""
        return self.source is not Source.UNKNOWN

    @property
    def says_something(self) -> bool:
        """Whether the reading states anything that a person would want to see. The source need not be a service's own page."""
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
    """The key of one part of a service's state. `group` is the service group, or "" if the service has no groups. `of` is
    "overall", a key question, a quality statement's name, or a SaidKind; "" if the aspect needs no detail."""

    aspect: Aspect
    group: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Says where one line of a set comes from (see Holding.value): the report that states the line (see Reading.report), the day
    that CQC gives for that report, and the digest of the page. The report and the day are None if the page does not state
    them."""

    report: str | None = None
    published: date | None = None
    page: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A value of a subject, or a line of its set, that was stored until the time `until`, in UTC."""

    value: str | int
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """The present state of one subject.

    value      a rating, a score, a state of special measures, a registration, "said" or "not said". For breaches, enforcement,
               reports, notices and sentences that were not understood: a set of all that apply, one line each
    instead    for a rating that CQC has withdrawn: the reason that CQC now states in its place, stored once the withdrawal is
               confirmed (`value` remains the last rating). Otherwise, a mark that detect.observe sets, such as PARTLY_READ, or
               None
    published  the date that CQC gives for the value; None if CQC gives no date
    quote      the sentence on which the holding is based; None if the holding is not based on a sentence
    report     the report that states the value (see Reading.report)
    page       the digest of the page that showed the value
    by_api     whether only the API has stated the value so far, but no page of CQC's site
    origins    for a set: the origin of each of its lines; empty if an older version stored the set
    reports    for a rating: how many consecutive reports state the rating, among the reports that the program has seen
    since      for a rating: the day of the first of these reports; for a statement (SaidKind): the day that CQC gives; None if
               not known
    former     what was stored until a short while ago and disappeared without a newer date: the value that this value replaced,
               or lines of a set. An old copy of a page may show it again (detect.in_turns)
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
    former: tuple[Former, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The identity of a service, from its last reading. Every message about the service contains these texts."""

    name: str
    service_type: str | None = None
    address: str | None = None
    provider_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The state of one service at one time. `seq` counts a service's snapshots. Number 1 is the baseline."""

    location_id: str
    seq: int
    seen_at: datetime
    card: Card
    holdings: tuple[tuple[Subject, Holding], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A change that a check has seen, but that no later check has confirmed yet.

    mark    identifies the change; every check that sees the change makes the same mark
    since   when the change was first seen
    due     when a check may confirm the change
    dated   whether the page that showed the change had a newer date than the stored state
    odd     whether a fault of CQC's site could show such a change at many services at once (see detect.confirm)
    by_api  whether the API states the change but no page has shown it yet
    late    whether the change may be old, because an older version of the program did not read this part of the page
    """

    mark: str
    since: datetime
    due: datetime
    dated: bool = False
    odd: bool = False
    by_api: bool = False
    late: bool = False


class AtOnce(StrEnum):
    """Says how bad an event must be for an immediate subscription to send it at once. Each value selects fewer events than the
    value before it. Severe events are always sent at once. The values are stored in the database."""

    ANY = "any"  # everything urgent: any fall, special measures, enforcement
    OVERALL = "overall"  # leaves out falls of a key question, unless to inadequate
    LOW = "low"  # also leaves out overall falls to good
    INADEQUATE = "inadequate"  # only falls to inadequate, and special measures


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A watchlist, an address, and when the address is alerted. `at` and `day` are in local time (Europe/London). `day` is one
    of mon … sun.

    at_once         for an immediate subscription: which events it gets at once. Other events are sent at the time `at`
    all_news        for an immediate subscription: whether reports without bad news are sent each day at the time `at`. If False,
                    they are sent once a week
    still_watching  whether the subscription gets a heartbeat message each week
    only_placed     whether the subscription leaves out services where the council's own facts say that nobody is placed
                    (own_facts.is_placed). Severe events are sent in any case
    left_out        the kinds of event that the subscription does not get. Severe events are sent in any case. A kind that a later
                    version of the program adds is sent too
    paused_until    the time until which events are held back; None if the subscription is not paused
    confirmed       whether the owner of the address has confirmed the subscription, or need not confirm it
    owner           the number of the person who created the subscription in the pages; None if it was created on the command line
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
        """Whether an event at an instant is held back."""
        return self.paused_until is not None and at < self.paused_until

    def wants(self, event: Event, *, placed: bool = True) -> bool:
        """Whether the subscription gets an event. `placed` is whether the council may have placed people at the service."""
        return event.worst or (event.kind not in self.left_out and (placed or not self.only_placed))


class NoticeKind(StrEnum):
    """The kind of a notice. The values are stored in the database."""

    EVENT = "event"
    WELCOME = "welcome"
    SILENT_DIGEST = "silent digest"  # nothing happened, but some services are not up to date
    SIGN_OF_LIFE = "sign of life"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One event for one subscription. An `urgent` notice is due at once. A `weekly` notice waits for the weekly digest of an
    immediate subscription."""

    event_id: str
    subscription_id: int
    due_at: datetime
    urgent: bool
    weekly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A notice that is not yet in a message. `event_id`, `item` and `observed_at` are the event's, or None if the notice is not
    about an event. A welcome reports the present state of the watchlist, so it is not `ready` until every service of the
    watchlist has been checked. `weekly` is as in Notice."""

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
    """The notices that become one message: an alert, a digest, a welcome or a heartbeat message. For a digest, `period` is
    "daily" or "weekly"; otherwise it is None."""

    kind: str
    subscription_id: int
    notice_ids: tuple[int, ...]
    event_ids: tuple[str, ...]
    period: str | None = None
