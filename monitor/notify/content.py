"""The values of messages: the content of each kind of message, and the message as it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.cases import Case
from monitor.events import Event
from monitor.model import When
from monitor.own_facts import OwnFacts
from monitor.standing import Standing
from monitor.suspensions import Suspension


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCard:
    """The details of a service. None if CQC's page does not say; `url` is the service's page on CQC's site. `local_authority` is
    from CQC's register."""

    location_id: str
    name: str
    service_type: str | None
    address: str | None
    provider_name: str | None
    url: str
    local_authority: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A council's own facts about a service, which it uploaded for a watchlist. `today`: the day of the message. `closed`: only
    the named readers may see them."""

    watchlist: str
    facts: OwnFacts
    today: date
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifiedEvent:
    """An event with its service and the watchlists for which it is sent.

    page         the page with its evidence, where it can be acknowledged; None if there is no such page
    followed_to  the service's new profile, if one of these watchlists now contains it
    standing     the ratings before and after its item; None: not known
    why          sentences from CQC's own summary of the report that give the reason; "": not known
    own          the councils' own facts, of those of these watchlists that the address is subscribed to
    case         the service's open case; None: it has none. A message to people names it only in a digest
    have_it      the page for answering that somebody at the address is dealing with the item; None: there is none
    """

    event: Event
    service: ServiceCard
    watchlists: tuple[str, ...]
    page: str | None = None
    followed_to: str | None = None
    standing: Standing | None = None
    why: str = ""
    own: tuple[Own, ...] = ()
    case: Case | None = None
    have_it: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """The urgent events of one report of one service, with its other events; or, if too many items are urgent at once for one
    message each, all of them.

    more  whether an earlier message was sent about this report, so that this message adds to it
    """

    events: tuple[NotifiedEvent, ...]
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleService:
    """A service that has not been fully read for too long; `last_read_at` None: never yet. `reason`: why, in one line; None: not
    known."""

    service: ServiceCard
    last_read_at: datetime | None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Everything that happened after `since` (None: since the subscription began) up to `until`. `judgement` is the one sentence
    about the state of the monitor (None: an older version made the message); `well`: whether the monitor has no faults. `asked`:
    the watchlists that it is for, each with the time of its digests. `reviews`: suspensions of placements whose date for a review
    has come."""

    period: When
    since: datetime | None
    until: datetime
    events: tuple[NotifiedEvent, ...]
    stale: tuple[StaleService, ...]
    judgement: str | None = None
    well: bool = True
    asked: tuple[tuple[str, When], ...] = ()
    reviews: tuple[Suspension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """The present state of a service that is inadequate somewhere or in special measures.

    overall         the overall rating as stated; None if there is none
    special_measures  "in": stated, with its `quote`; "presumed": CQC usually places such a service in special measures but
                    does not say so; None: neither
    """

    service: ServiceCard
    overall: str | None
    inadequate_key_questions: tuple[str, ...]
    special_measures: str | None
    quote: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """The first message of a subscription. `at` is "07:30" in Europe/London, `day` "mon" to "sun"; None if they don't apply.
    `total` counts all services of the watchlist, including those in `not_read`. `others`: the number of other services with each
    overall rating (None: no rating is known). `judgement`: as in a digest."""

    watchlist: str
    when: When
    at: str | None
    day: str | None
    total: int
    holdings: tuple[Concern, ...]
    not_read: tuple[ServiceCard, ...]
    others: tuple[tuple[str | None, int], ...] = ()
    judgement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorMessage:
    """A message to the operator about a problem with the monitor itself. Its subject is sent after "cqc-monitor: ".
    `keeper_of`: the message is about that watchlist and goes to its owner. `why`: the reason, if it goes to somebody else."""

    subject: str
    lines: tuple[str, ...]
    keeper_of: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A link with which one person signs in to the pages, once, before it expires. `invitation`: somebody else asked for it."""

    link: str
    until: datetime
    invitation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StillWatching:
    """A heartbeat message: the monitor still watches everything, even if nothing happened.

    period     "weekly": the subscriber asked for it; "monthly": so that an unused channel is not switched off
    all_since  the time since which every service not in `stale` was fully read at least once; None: there are no such services
    as_of      the time of this statement
    stale      the services that are not up to date
    judgement  as in a digest
    """

    watchlist: str
    period: str
    total: int
    as_of: datetime
    all_since: datetime | None
    stale: tuple[StaleService, ...]
    judgement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A test message. A person sends it to find out whether an address can be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """A severe event for somebody who is not subscribed. Nobody has acknowledged it `since` it was seen, or (`paused`) a pause
    holds it back. `on_call`: "first": to the first on the rota, at once; "next": to the next on the rota, since nobody has
    acknowledged it; "": not to the rota."""

    events: tuple[NotifiedEvent, ...]
    watchlist: str
    paused: bool
    since: datetime
    on_call: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """Asks the owner of an address whether they want alerts: somebody else (`asked_by`) entered it."""

    watchlist: str
    asked_by: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Tells everybody who got an event that it was wrong.

    told     the correction; its `page` is the page of the event that it retracts
    answers  the id of the message that contained the event
    """

    told: NotifiedEvent
    answers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StillRead:
    """Asks whether anybody reads the messages to an address, with a link for confirming it."""

    watchlists: tuple[str, ...]
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribed:
    """The last message to an address after its subscriptions ended. If the link in a message ended them: with a link that
    restores them once, before `until`. If a person ended them: `by` (an address, or words) can restore them. They may have ended
    with somebody's access."""

    watchlists: tuple[str, ...]
    link: str | None
    until: datetime
    by: str | None = None
    with_access: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """A practice alert of a watchlist: nothing has happened. `link`: where somebody answers "I have it"; None: people can't reach
    the pages. `started_by`: an email address; None: the command line."""

    watchlist: str
    link: str | None
    started_by: str | None


Content = (
    Alert
    | Digest
    | Welcome
    | OperatorMessage
    | SignIn
    | StillWatching
    | Trial
    | Escalation
    | Confirm
    | Correction
    | StillRead
    | Unsubscribed
    | Drill
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The addresses of a message's links: the message as a page, and the page for unsubscribing (None: it has no
    subscriptions)."""

    message: str
    unsubscribe: str | None


class Role(StrEnum):
    """The role of a section in its message. A message begins with one title and ends with at most one closing."""

    TITLE = "title"
    PART = "part"  # the heading of the sections after it: a watchlist, "not up to date"
    SERVICE = "service"
    CLOSING = "closing"  # the reason for the message, and the licence


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A label with its value: "Provider", "All Saints Care Limited"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hyperlink:
    """A link and its text. `url` begins with http:// or https://. `personal`: only for the address that the message goes to."""

    text: str
    url: str
    personal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement about a service, such as that its rating fell. `quote`: the sentence of CQC's that it is based on, marked as
    a quotation."""

    text: str
    urgent: bool = False
    detail: str | None = None
    quote: str | None = None
    link: Hyperlink | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table: a name, which links to a page if there is one, and the text of the other columns ("": empty)."""

    name: str
    cells: tuple[str, ...]
    url: str | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table, worst first. `columns`: the headings, starting with that of the names. `left_out`: how many rows did not fit."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: int = 0

    def line(self, row: Row) -> str:
        """The text of a row without its name, for places without tables: "Good → Inadequate overall; special measures:
        Entered"."""
        first, *others = zip(self.columns[1:], row.cells, strict=True)
        said = [first[1], *(f"{column[:1].lower()}{column[1:]}: {cell}" for column, cell in others)]
        return "; ".join(one for one, cell in zip(said, row.cells, strict=True) if cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A piece of a message, the same for every channel. Its parts are shown in the order of the fields. Each may be empty, even
    the heading. All text is plain: single lines, without control characters, not escaped."""

    role: Role
    heading: str = ""
    said: tuple[Said, ...] = ()
    notes: tuple[str, ...] = ()
    table: Table | None = None
    facts: tuple[Fact, ...] = ()
    link: Hyperlink | None = None
    links: tuple[Hyperlink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as it is sent.

    subject     one line
    text, html  the message for email
    summary     one line for notifications and screen readers
    sections    the message for the other channels
    thread      the location id of the service that an alert is about; None if it is not about a single one
    urgent      whether it contains something that had to be sent at once
    data        the whole message for programs, ready for JSON
    watchlists  the names of the watchlists for which it is sent
    unsubscribe the page for unsubscribing; None if there is none
    answers     the id of the message that it replies to; None: none
    kept        the part that is stored, for everybody who is signed in (`render.said_as_json`); None: nothing
    """

    subject: str
    text: str
    html: str
    summary: str
    sections: tuple[Section, ...]
    thread: str | None
    urgent: bool
    data: Mapping[str, object]
    watchlists: tuple[str, ...] = ()
    unsubscribe: str | None = None
    answers: str | None = None
    whole: tuple[Section, ...] = ()
    kept: str | None = None
