"""The content of each kind of message, and the message as it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.cases import Case
from monitor.events import Event
from monitor.model import AtOnce, When
from monitor.own_facts import OwnFacts
from monitor.standing import Standing
from monitor.suspensions import Suspension


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCard:
    """The details of a service. A value is None if CQC's page does not state it. `url` is the service's page on CQC's site.
    `local_authority` is from CQC's register."""

    location_id: str
    name: str
    service_type: str | None
    address: str | None
    provider_name: str | None
    url: str
    local_authority: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A council's own facts about a service, which the council uploaded for a watchlist. `today` is the day of the message.
    `closed` is true if only people who were chosen as readers may see the facts."""

    watchlist: str
    facts: OwnFacts
    today: date
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifiedEvent:
    """An event with its service and the watchlists for which the event is sent.

    page         our page with the event's evidence, on which people can acknowledge the event; None if there is no such page
    followed_to  the service's new profile, if one of `watchlists` now contains the new profile; otherwise None
    standing     the service's ratings before and after the events of the item; None if they are not known
    why          sentences from the report's summary with CQC's reasons for the rating; "" if there are no such sentences
    own          the councils' own facts about the service, from the `watchlists` to which the address is subscribed
    case         the service's open case; None if it has no open case. Among messages to people, only digests mention the case
    have_it      the page on which somebody at the address can answer that they are dealing with the item; None if there is no
                 such page
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
    """The urgent events of one service from one report, together with the report's other events. If very many items are urgent
    for an address, one alert contains all these items.

    more  true if an earlier message was sent about the same report
    """

    events: tuple[NotifiedEvent, ...]
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleService:
    """A service that has not been fully read for too long. `last_read_at` is None if the service was never fully read.
    `reason` says why in one line, or is None if the reason is not known."""

    service: ServiceCard
    last_read_at: datetime | None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Everything that happened after `since` and up to `until`. If `since` is None, the digest begins with the subscription.
    `judgement` is the monitor's sentence about its own state; None if an older version made the message. `well` is true if the
    monitor has no faults. `asked` contains pairs of a watchlist and how often its alerts are sent (at once, daily or weekly).
    `reviews` are the suspensions of placements that are due for review."""

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
    """The present state of a service that is inadequate (overall or for a key question) or in special measures.

    overall           the overall rating as stated; None if no overall rating is stated
    special_measures  "in" if CQC states special measures; `quote` is then CQC's sentence. "presumed" if CQC usually places a
                      service with this rating in special measures, but states nothing about special measures. Otherwise None
    """

    service: ServiceCard
    overall: str | None
    inadequate_key_questions: tuple[str, ...]
    special_measures: str | None
    quote: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """The first message of a subscription.

    at         when digests are sent, such as "07:30" in London; None if the subscription has no such hour
    day        the day of weekly digests, "mon" to "sun"; None if the subscription has no such day
    at_once    for an immediate subscription: which events are sent at once
    all_news   for an immediate subscription: whether reports without bad news are sent each day, not each week
    left_out   the kinds of event that the subscription leaves out, in the words of Kind
    only_placed  whether services where nobody is placed are left out
    total      the number of all services of the watchlist, including the services in `not_read`
    holdings   the services that are inadequate (overall or for a key question) or in special measures
    others     how many of the other services have each overall rating; None means that the rating is not known
    judgement  has the same meaning as in Digest
    """

    watchlist: str
    when: When
    at: str | None
    day: str | None
    total: int
    holdings: tuple[Concern, ...]
    not_read: tuple[ServiceCard, ...]
    others: tuple[tuple[str | None, int], ...] = ()
    judgement: str | None = None
    at_once: AtOnce = AtOnce.ANY
    all_news: bool = False
    left_out: tuple[str, ...] = ()
    only_placed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorMessage:
    """A message about a problem with the monitor itself. "cqc-monitor: " is put before the subject. The message goes to the
    operator, unless `keeper_of` or `why` is set.

    keeper_of  the watchlist that the message is about, if the message goes to the watchlist's owner
    why        why somebody other than the operator gets the message
    """

    subject: str
    lines: tuple[str, ...]
    keeper_of: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A link with which one person can sign in to the pages, once and before `until`. `invitation` is true if somebody else
    asked for the link."""

    link: str
    until: datetime
    invitation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StillWatching:
    """A heartbeat message, which says that the monitor still watches everything even if nothing happened.

    period     "weekly" if the subscriber asked for the message; "monthly" if the message is sent so that the receiver is not
               switched off as unused
    all_since  a time after which each service outside `stale` has been fully read; None if all services are in `stale`
    as_of      the time for which the message is true
    stale      the services that are not up to date
    judgement  has the same meaning as in Digest
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
    """A test message, which a person sends to find out whether an address can be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """A severe event for somebody who is not subscribed, because nobody has acknowledged the event, or because a pause delays it.

    paused   true if a pause delays the event
    since    when the event was seen
    on_call  "first" if the message goes at once to the first person on the rota; "next" if it goes to the next person on the
             rota because nobody has acknowledged the event; "" if it does not go to a person on the rota
    """

    events: tuple[NotifiedEvent, ...]
    watchlist: str
    paused: bool
    since: datetime
    on_call: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """Asks the owner of an address whether they want alerts, because somebody else (`asked_by`) entered the address."""

    watchlist: str
    asked_by: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Tells everybody who got an event that the event was wrong.

    told     the correction; its `page` is the page of the retracted event
    answers  the id of the message that contained the event
    """

    told: NotifiedEvent
    answers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StillRead:
    """Asks whether anybody reads the messages to an address. `link` is the page on which a reader can answer yes."""

    watchlists: tuple[str, ...]
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribed:
    """The last message to an address after its subscriptions ended.

    link         restores the subscriptions once, before `until`; None if a person ended them, and not the link in a message
    by           who can restore the subscriptions (an address, or words); None if the link in a message ended them
    with_access  true if the subscriptions ended because somebody's access ended
    """

    watchlists: tuple[str, ...]
    link: str | None
    until: datetime
    by: str | None = None
    with_access: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """A practice alert of a watchlist, without a real event. `link` is the page for answering "I have it", or None if people
    can't reach the pages. `started_by` is an email address, or None if the drill was started on the command line."""

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
    """The URLs at the end of a message. `message` shows the message as a page. `unsubscribe` is the page for unsubscribing; None
    if the message belongs to no subscription."""

    message: str
    unsubscribe: str | None


class Role(StrEnum):
    """The role of a section in its message. A message begins with one title and ends with at most one closing."""

    TITLE = "title"
    PART = "part"  # a heading for the sections after it, such as a watchlist's name or "not up to date"
    SERVICE = "service"
    CLOSING = "closing"  # the reason for the message, and the licence


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A label with its value, such as "Provider" with "All Saints Care Limited"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hyperlink:
    """A link and its text. `url` begins with http:// or https://. `personal` is true if the link is only for the address to
    which the message goes."""

    text: str
    url: str
    personal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence about a service, in our words (`text`), for example that the rating fell. `detail` is further text. `quote` is
    what CQC wrote about the same fact, in quotation marks."""

    text: str
    urgent: bool = False
    detail: str | None = None
    quote: str | None = None
    link: Hyperlink | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table. `name` is the text of the first column, which links to `url` unless `url` is None. `cells` are the texts
    of the other columns; "" is an empty cell."""

    name: str
    cells: tuple[str, ...]
    url: str | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with the worst row first. `columns` are the headings of all columns; the first is the heading of the names.
    `left_out` is the number of rows that did not fit."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: int = 0

    def line(self, row: Row) -> str:
        """Returns the cells of a row as one line, for media without tables. An example is "Good → Inadequate overall; special
        measures: Entered"."""
        first, *others = zip(self.columns[1:], row.cells, strict=True)
        said = [first[1], *(f"{column[:1].lower()}{column[1:]}: {cell}" for column, cell in others)]
        return "; ".join(one for one, cell in zip(said, row.cells, strict=True) if cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A piece of a message. All channels show the same sections, and show the fields of a section in the order below. Each field
    may be empty, even the heading. All texts are single lines without control characters, and are not escaped."""

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
    thread      the location id of the service, if the message is about a single service; otherwise None
    urgent      whether the message contains something that had to be sent at once
    data        the whole message for programs, ready for JSON
    watchlists  the names of the watchlists for which the message is sent
    unsubscribe the page for unsubscribing; None if there is no such page
    answers     the id of the message to which this message replies; None if it is not a reply
    whole       all sections, if `sections` leaves something out; otherwise empty
    kept        the content that is stored and shown to everybody who is signed in (`render.said_as_json`); None if nothing is
                stored
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
