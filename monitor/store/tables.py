"""The tables. Only the store uses them: every value that goes in or comes out is one of `monitor.model` or of `store`."""

from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from threading import RLock
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel
from sqlmodel.main import get_column_from_field

# Fixed before the first migration, so that constraints have the same names on SQLite and PostgreSQL.
SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


class Utc(TypeDecorator[datetime]):
    """Aware instants in UTC: SQLite stores no time zone and would return them without one."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Stored without a time zone, in UTC. A naive instant is a programming error: ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Returned with its time zone."""
        return None if value is None else value.replace(tzinfo=UTC)


class Words(TypeDecorator[str]):
    """Text of any length, including text from others. Characters that no database accepts (lone surrogates) or PostgreSQL does
    not (NUL) are replaced, so that a receiver's odd answer cannot keep us from recording that it accepted a message."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text in a form that can be stored anywhere."""
        return None if value is None else value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


class _Row(SQLModel):
    """Common to all tables: pydantic builds a row's validator, which nothing needs, only on demand. That saves a tenth of what
    these tables cost at each start."""

    model_config = {"defer_build": True}


class MessageState(StrEnum):
    """The state of a message. The values are stored in the database. Dead: given up by the program; dropped: by a person."""

    PENDING = "pending"
    SENT = "sent"
    DEAD = "dead"
    DROPPED = "dropped"


class ServiceRow(_Row):
    """A watched service and its checks. `seq` is its newest snapshot, 0 before the first. `grave` says that this snapshot has
    something inadequate or special measures. `read_through_at` is the last check that requested all pages, and `whole` says
    whether it got all of them. `leased_by` is the worker that claimed its check (see WorkerRow). `blind` says why its newest
    check saw nothing, if the whole site may be affected (outage.Blindness), and since when.

    leased_at       when the worker claimed it
    named_at        when the list of changes of CQC's API last named it
    witnessed_at    when the API last answered about it
    vouched_at      up to when the list of changes, read without a gap, named nothing new about it; None: never needed
    reread_at       when its pages, read by an older version of the program, are to be read again; None: not planned
    asked_whole_at  when its location page was last requested without validators
    """

    __tablename__ = "service"

    location_id: str = Field(primary_key=True)
    seq: int = 0
    suspicions: str = Field(default="[]", sa_type=Words)
    added_at: datetime = Field(sa_type=Utc)
    next_look_at: datetime = Field(sa_type=Utc, index=True)
    looked_at: datetime | None = Field(default=None, sa_type=Utc)
    read_at: datetime | None = Field(default=None, sa_type=Utc)
    read_through_at: datetime | None = Field(default=None, sa_type=Utc)
    whole: bool = True
    grave: bool = False
    failures: int = 0
    trouble: str | None = Field(default=None, sa_type=Words)
    leased_by: str | None = Field(default=None, index=True)
    leased_at: datetime | None = Field(default=None, sa_type=Utc)
    blind: str | None = None
    blind_since: datetime | None = Field(default=None, sa_type=Utc)
    named_at: datetime | None = Field(default=None, sa_type=Utc, index=True)
    witnessed_at: datetime | None = Field(default=None, sa_type=Utc)
    vouched_at: datetime | None = Field(default=None, sa_type=Utc)
    reread_at: datetime | None = Field(default=None, sa_type=Utc)
    asked_whole_at: datetime | None = Field(default=None, sa_type=Utc)


class PageRow(_Row):
    """What is stored about one page of a service, so that an unchanged one need not be read again. `reader` is the version of the
    reader that read it (reader_version.VERSION); 0: from before versions existed."""

    __tablename__ = "page"

    location_id: str = Field(primary_key=True, foreign_key="service.location_id", ondelete="CASCADE")
    url: str = Field(primary_key=True)
    position: int
    etag: str | None = Field(default=None, sa_type=Words)
    last_modified: str | None = None
    fingerprint: str
    digest: str
    reading: str = Field(sa_type=Words)
    fetched_at: datetime = Field(sa_type=Utc)
    reader: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class SnapshotRow(_Row):
    """One snapshot of a service. The newest is the present state; the others are its history."""

    __tablename__ = "snapshot"

    location_id: str = Field(primary_key=True, foreign_key="service.location_id", ondelete="CASCADE")
    seq: int = Field(primary_key=True)
    seen_at: datetime = Field(sa_type=Utc)
    body: str = Field(sa_type=Words)


class OverviewRow(_Row):
    """What lists show about a service. It is updated from its newest snapshot and its events as these are recorded, so that the
    database can sort, filter, search and page. No row: not read yet.

    name_key, search      folded for sorting and searching (overview.folded)
    overall … well_led    the worst of its service groups: a rating, or the reason in its place; None: not stated
    groups                how many service groups are rated separately (1: no groups)
    measures              in | entered | remains | left | unclear | presumed; None: nothing is stated
    changed_at, change    when its newest events were seen, and the kind of the most severe of these
    """

    __tablename__ = "overview"

    location_id: str = Field(primary_key=True, foreign_key="service.location_id", ondelete="CASCADE")
    name: str = Field(sa_type=Words)
    name_key: str = Field(sa_type=Words)
    search: str = Field(sa_type=Words)
    service_type: str | None = Field(default=None, sa_type=Words)
    place: str | None = Field(default=None, sa_type=Words)
    postcode: str | None = Field(default=None, sa_type=Words)
    provider_name: str | None = Field(default=None, sa_type=Words)
    overall: str | None = None
    safe: str | None = None
    effective: str | None = None
    caring: str | None = None
    responsive: str | None = None
    well_led: str | None = None
    groups: int = 1
    measures: str | None = None
    archived: bool = False
    changed_at: datetime | None = Field(default=None, sa_type=Utc)
    change: str | None = None


class EvidenceRow(_Row):
    """A page as it was when an event was seen, compressed by zlib, by its digest. Never altered; after KEEP_EVIDENCE only its
    content is removed (`removed_at`), so that it stays known where and when it was found."""

    __tablename__ = "evidence"

    digest: str = Field(primary_key=True)
    url: str = Field(sa_type=Words)
    content_type: str | None = None
    fetched_at: datetime = Field(sa_type=Utc)
    body: bytes = Field(sa_type=LargeBinary)
    removed_at: datetime | None = Field(default=None, sa_type=Utc)


class WatchRow(_Row):
    """A service on a watchlist.

    by_rule        the watchlist's rule put it there, and takes it off again
    followed_from  the service's former profile, whose page led here
    """

    __tablename__ = "watch"

    watchlist: str = Field(primary_key=True)
    location_id: str = Field(primary_key=True, foreign_key="service.location_id", index=True, ondelete="CASCADE")
    added_at: datetime = Field(sa_type=Utc)
    by_rule: bool = False
    followed_from: str | None = None


class SubscriptionRow(_Row):
    """A subscription. `address` is encrypted unless it is an email address; `address_key` identifies equal addresses.
    `still_watching`: it wants a weekly message that all is watched, even if nothing happened.

    next_sign_at  when to decide next whether a sign of life is owed; None: never
    owner         the person who created it in the pages; None: created on the command line
    left_out      the kinds of event that it does not want (a JSON list). The most severe are sent in any case
    paused_until  nothing is sent before
    confirmed_at  None: the owner of the address has not yet confirmed
    asked_if_read_at, read_at  when its address was last asked whether its messages are read, and when somebody last said so
    """

    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("watchlist", "address_key"),)

    id: int | None = Field(default=None, primary_key=True)
    watchlist: str
    address: str = Field(sa_type=Words)
    address_key: str = Field(index=True)
    when: str
    at: str
    day: str
    created_at: datetime = Field(sa_type=Utc)
    still_watching: bool = False
    next_sign_at: datetime | None = Field(default=None, sa_type=Utc, index=True)
    owner: int | None = Field(default=None, index=True)
    left_out: str = Field(default="[]", sa_type=Words)
    paused_until: datetime | None = Field(default=None, sa_type=Utc)
    confirmed_at: datetime | None = Field(default=None, sa_type=Utc)
    asked_if_read_at: datetime | None = Field(default=None, sa_type=Utc)
    read_at: datetime | None = Field(default=None, sa_type=Utc)


class FormerSubscriptionRow(_Row):
    """A subscription as links in earlier mail may name it: by a `key` from when capitals in a mailbox mattered, and by its number
    (`id`) then. Both now stand for `subscription_id`."""

    __tablename__ = "former_subscription"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key: str = Field(index=True)
    subscription_id: int = Field(foreign_key="subscription.id", ondelete="CASCADE", index=True)


class EventRow(_Row):
    """An event. `position` is the order in which events were recorded; `kind` and `corrected_at` (when it was retracted) are
    also in the body."""

    __tablename__ = "event"

    position: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    location_id: str = Field(index=True)
    observed_at: datetime = Field(sa_type=Utc, index=True)
    kind: str | None = Field(default=None, index=True)
    corrected_at: datetime | None = Field(default=None, sa_type=Utc)
    body: str = Field(sa_type=Words)


class ProposalRow(_Row):
    """An event that may have been wrong, and why; a person checks it. `settled_at`: it was retracted, or found right."""

    __tablename__ = "proposal"

    event_id: str = Field(primary_key=True)
    reason: str = Field(sa_type=Words)
    found_at: datetime = Field(sa_type=Utc)
    settled_at: datetime | None = Field(default=None, sa_type=Utc)


class BounceRow(_Row):
    """A delivery report that was read and is about one of our messages, identified by the SHA-256 of its bytes, so that a repeat
    changes nothing. `became`: failed | delayed."""

    __tablename__ = "bounce"

    digest: str = Field(primary_key=True)
    message_id: str = Field(index=True)
    became: str
    at: datetime = Field(sa_type=Utc)
    reply: str = Field(sa_type=Words)


class BounceMailboxRow(_Row):
    """How far the mailbox of delivery reports was read: up to the mail numbered `last_uid`, as long as the mailbox keeps its
    numbering (`uid_validity`; RFC 9051, 2.3.1.1). `name` is a digest of its location. `next_read_at`: when a worker reads it
    next; `trouble`: why it could not be read, None if it could."""

    __tablename__ = "bounce_mailbox"

    name: str = Field(primary_key=True)
    uid_validity: int = Field(default=0, sa_type=BigInteger)
    last_uid: int = Field(default=0, sa_type=BigInteger)
    next_read_at: datetime | None = Field(default=None, sa_type=Utc)
    read_at: datetime | None = Field(default=None, sa_type=Utc)
    trouble: str | None = Field(default=None, sa_type=Words)


class NoticeRow(_Row):
    """A row of the outbox: something owed to one subscription. Each event and the welcome occur once, anything else once for its
    hour.

    kind        see model.NoticeKind
    event_id    for a notice of an event; None: another kind
    message_id  the message that carries it, once it is in one
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("event_id", "subscription_id"),
        Index("ix_notice_waiting", "message_id", "due_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    event_id: str | None
    subscription_id: int = Field(foreign_key="subscription.id", ondelete="CASCADE", index=True)
    due_at: datetime = Field(sa_type=Utc)
    urgent: bool
    message_id: str | None = Field(default=None, foreign_key="message.id", ondelete="SET NULL")


class MessageRow(_Row):
    """A message to be sent: its receiver, how often it was tried, and the receiver's answer.

    kind    see outbox.MessageKind
    state   see MessageState
    operator_told_at  when the operator was notified that this urgent message does not get through
    parts_digest  identifies the content whose parts were accepted
    body    the content of the message besides its notices (JSON): the text of an operator message, a digest's period
    said    what it said when it was accepted (JSON), for its page; nothing is kept of sign-in links and the like
    """

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_due", "state", "next_attempt_at"),)

    id: str = Field(primary_key=True)
    kind: str
    address: str = Field(sa_type=Words)
    address_key: str = Field(index=True)
    body: str = Field(default="{}", sa_type=Words)
    created_at: datetime = Field(sa_type=Utc)
    state: str = MessageState.PENDING
    attempts: int = 0
    parts_done: int = 0
    parts_digest: str | None = None
    next_attempt_at: datetime = Field(sa_type=Utc)
    leased_until: datetime | None = Field(default=None, sa_type=Utc)
    leased_by: str | None = None
    reply: str | None = Field(default=None, sa_type=Words)
    sent_at: datetime | None = Field(default=None, sa_type=Utc)
    operator_told_at: datetime | None = Field(default=None, sa_type=Utc)
    said: str | None = Field(default=None, sa_type=Words)


class WorkerRow(_Row):
    """A process of `cqc-monitor run`. Its claims are its own until `alive_until`, which it extends while it lives. Whoever finds
    it dead removes the row and releases its claims."""

    __tablename__ = "worker"

    id: str = Field(primary_key=True)
    host: str
    pid: int
    started_at: datetime = Field(sa_type=Utc)
    alive_until: datetime = Field(sa_type=Utc)


class SiteRow(_Row):
    """What all workers share about a site: when the next request may leave (`free_at`) and, while it cannot be read (since
    `blind_since`, for `reason`), until when it is left alone and how often that has happened. `told`: the operator was notified;
    `over_at`: when the last outage that the operator was notified of was over."""

    __tablename__ = "site"

    name: str = Field(primary_key=True)
    free_at: datetime | None = Field(default=None, sa_type=Utc)
    blind_since: datetime | None = Field(default=None, sa_type=Utc)
    reason: str | None = Field(default=None, sa_type=Words)
    pauses: int = 0
    leave_alone_until: datetime | None = Field(default=None, sa_type=Utc)
    told: bool = False
    over_at: datetime | None = Field(default=None, sa_type=Utc)


class UpkeepRow(_Row):
    """A task of the monitor's own upkeep (`store.upkeep.Task`): when it was last tried and last succeeded, since when it fails,
    and the result or the reason in one line."""

    __tablename__ = "upkeep"

    task: str = Field(primary_key=True)
    tried_at: datetime | None = Field(default=None, sa_type=Utc)
    good_at: datetime | None = Field(default=None, sa_type=Utc)
    failed_since: datetime | None = Field(default=None, sa_type=Utc)
    detail: str = Field(default="", sa_type=Words)


class FeedRow(_Row):
    """How far the list of changes of CQC's API was read: without a gap up to `read_until`, at `read_at`; when the past month was
    last read again, since changes appear late; when it last named any service at all; and when it is next requested."""

    __tablename__ = "feed"

    name: str = Field(primary_key=True)
    read_until: datetime | None = Field(default=None, sa_type=Utc)
    read_at: datetime | None = Field(default=None, sa_type=Utc)
    read_back_at: datetime | None = Field(default=None, sa_type=Utc)
    heard_at: datetime | None = Field(default=None, sa_type=Utc)
    next_poll_at: datetime | None = Field(default=None, sa_type=Utc)


class FeedNamedRow(_Row):
    """A watched service that the list of changes named on a day (UTC), so that reading the same entry again causes no check."""

    __tablename__ = "feed_named"

    day: date = Field(primary_key=True)
    location_id: str = Field(primary_key=True)


class DisagreementRow(_Row):
    """A disagreement about ratings between CQC's page of a service and its API: since when, when it was last seen, and what each
    states (a JSON list of lines). Removed when they agree."""

    __tablename__ = "disagreement"

    location_id: str = Field(primary_key=True, foreign_key="service.location_id", ondelete="CASCADE")
    since: datetime = Field(sa_type=Utc)
    seen_at: datetime = Field(sa_type=Utc)
    lines: str = Field(sa_type=Words)


class CorrectionRow(_Row):
    """What an older version of the reader had misread, in one line for the operator. `reader`: the version that noticed it."""

    __tablename__ = "correction"

    position: int | None = Field(default=None, primary_key=True)
    location_id: str = Field(foreign_key="service.location_id", ondelete="CASCADE", index=True)
    reader: int
    noted_at: datetime = Field(sa_type=Utc)
    line: str = Field(sa_type=Words)


class SwitchedOffRow(_Row):
    """A suspended receiver: an address (`scope` is its key), or the mail server for all (`scope` "mailto"). Messages to it wait,
    one message is sent at `next_test_at` as a test, and the first one accepted resumes it."""

    __tablename__ = "switched_off"

    scope: str = Field(primary_key=True)
    address: str = Field(sa_type=Words)
    since: datetime = Field(sa_type=Utc)
    reason: str = Field(sa_type=Words)
    next_test_at: datetime = Field(sa_type=Utc)


class JudgedRow(_Row):
    """The level of the judgement (judgement.Standing) last reported to a reader, and when. There is one reader, the operator;
    without a row nothing has been reported yet."""

    __tablename__ = "judged"

    reader: str = Field(primary_key=True)
    standing: str
    told_at: datetime = Field(sa_type=Utc)


class ToldRow(_Row):
    """An entry of the delivery log, only ever added: what became of a message, when, and the receiver's answer. It refers to no
    other row, so that it stays whatever else is deleted.

    became  the final state of the message (MessageState), except pending
    body    the ids of its events, its watchlists, and the subject of an operator message (JSON)
    """

    __tablename__ = "told"

    position: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(index=True)
    kind: str
    address: str = Field(sa_type=Words)
    became: str
    at: datetime = Field(sa_type=Utc, index=True)
    reply: str | None = Field(default=None, sa_type=Words)
    body: str = Field(sa_type=Words)


class WatchlistRow(_Row):
    """A watchlist, even an empty one; its services are the rows of `watch`. `owner` is a person (None: created on
    the command line); `second_address` (encrypted) gets the most severe events that nobody acknowledges."""

    __tablename__ = "watchlist"

    name: str = Field(primary_key=True)
    owner: int | None = Field(default=None, foreign_key="person.id", index=True)
    second_address: str | None = Field(default=None, sa_type=Words)
    created_at: datetime = Field(sa_type=Utc)


class PersonRow(_Row):
    """Somebody who may sign in, by email address (lower case). Never deleted, since the audit names them: `ended_at` ends them.

    role        reader | editor | operator
    invited_by  the person who invited them; None: the command line, or the domain of the address
    """

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    role: str
    invited_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)


class SessionRow(_Row):
    """One sign-in of a person in one browser (`browser`: its name, for the person's own list). Only the SHA-256 of its token is
    stored."""

    __tablename__ = "session"

    token_hash: str = Field(primary_key=True)
    person: int = Field(foreign_key="person.id", index=True)
    browser: str
    created_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    revoked_at: datetime | None = Field(default=None, sa_type=Utc)


class SignInLinkRow(_Row):
    """An attempt to sign in, or an invitation: a link for one use. An unknown address gets a row too, so that attempts are
    counted alike; its link was sent to nobody.

    client  a keyed hash of the origin of the attempt (None: the command line)
    next    the page that was requested
    """

    __tablename__ = "sign_in_link"

    token_hash: str = Field(primary_key=True)
    email: str = Field(index=True)
    client: str | None = Field(default=None, index=True)
    next: str | None = Field(default=None, sa_type=Words)
    created_at: datetime = Field(sa_type=Utc, index=True)
    expires_at: datetime = Field(sa_type=Utc)
    used_at: datetime | None = Field(default=None, sa_type=Utc)


class AuditRow(_Row):
    """Who did what, in the order in which it was done; only ever added to. `person` None: the command line."""

    __tablename__ = "audit"

    position: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Utc, index=True)
    person: int | None = None
    what: str
    about: str = Field(default="", sa_type=Words)


class AcknowledgementRow(_Row):
    """An acknowledgement of an event by a person, with a note; it stands until reopened."""

    __tablename__ = "acknowledgement"

    id: int | None = Field(default=None, primary_key=True)
    event_id: str = Field(index=True)
    person: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Utc)
    note: str = Field(default="", sa_type=Words)
    reopened_at: datetime | None = Field(default=None, sa_type=Utc)
    reopened_by: int | None = Field(default=None, foreign_key="person.id")


class EscalationRow(_Row):
    """Severe events at a service of a watchlist that are still open: must somebody else be alerted too? One row for each reason.

    reason      unacknowledged: nobody has acknowledged it; paused: a subscription that should have been alerted is paused
    since       the time from which that counts
    settled_at  when it was settled, by `message_id` or because there was no need; None: open
    """

    __tablename__ = "escalation"

    event_id: str = Field(primary_key=True)
    watchlist: str = Field(primary_key=True)
    reason: str = Field(primary_key=True)
    since: datetime = Field(sa_type=Utc)
    settled_at: datetime | None = Field(default=None, sa_type=Utc, index=True)
    message_id: str | None = None


class FeedKeyRow(_Row):
    """The key in the address of a person's feed of a watchlist, stored as its SHA-256; a renewed key replaces it."""

    __tablename__ = "feed_key"

    watchlist: str = Field(primary_key=True)
    person: int = Field(primary_key=True, foreign_key="person.id")
    key_hash: str = Field(unique=True)
    created_at: datetime = Field(sa_type=Utc)


class ApiKeyRow(_Row):
    """A person's key to the API, stored as its SHA-256 and shown to people by its name and last four characters."""

    __tablename__ = "api_key"

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id", index=True)
    name: str
    key_hash: str = Field(unique=True)
    last_four: str
    created_at: datetime = Field(sa_type=Utc)
    revoked_at: datetime | None = Field(default=None, sa_type=Utc)
    last_used_at: datetime | None = Field(default=None, sa_type=Utc)


class RegisterRow(_Row):
    """A service of CQC's register as the newest files list it (see `monitor.register.entries.Entry`), watched or not.

    name_key, search  folded for sorting and searching (overview.folded)
    types, specialisms  each between bars, "|Homecare agencies|Supported living|", so that one of them can be searched for
    groups  (service group, rating) as a JSON list; None: no groups
    twofold  the subjects for which the ratings file states two ratings, between bars
    first_listed_on  the date of the first file that listed it
    """

    __tablename__ = "register"
    __table_args__ = (Index("ix_register_authority", "authority", "sector"),)

    location_id: str = Field(primary_key=True)
    name: str = Field(sa_type=Words)
    name_key: str = Field(sa_type=Words, index=True)
    search: str = Field(sa_type=Words)
    also_known_as: str | None = Field(default=None, sa_type=Words)
    address: str | None = Field(default=None, sa_type=Words)
    postcode: str | None = Field(default=None, index=True)
    latitude: float | None = None
    longitude: float | None = None
    authority: str | None = Field(default=None, sa_type=Words)
    region: str | None = Field(default=None, sa_type=Words)
    types: str = Field(default="|", sa_type=Words)
    specialisms: str = Field(default="|", sa_type=Words)
    sector: str
    beds: int | None = None
    provider_id: str | None = Field(default=None, index=True)
    provider_name: str | None = Field(default=None, sa_type=Words)
    brand: str | None = Field(default=None, sa_type=Words)
    registered_on: date | None = None
    overall: str | None = None
    safe: str | None = None
    effective: str | None = None
    caring: str | None = None
    responsive: str | None = None
    well_led: str | None = None
    groups: str | None = Field(default=None, sa_type=Words)
    published: date | None = None
    inherited: bool = False
    primary_id: str | None = None
    twofold: str = Field(default="|", sa_type=Words, sa_column_kwargs={"server_default": "|"})
    first_listed_on: date
    listed_on: date
    left_on: date | None = None


class RegisterHistoryRow(_Row):
    """The state of a service in the files of `as_of`, stored if it differs from the earlier files, so that counts can be made as
    on any earlier date: the newest row at or before it holds. `listed` False: the files no longer listed it."""

    __tablename__ = "register_history"
    __table_args__ = (Index("ix_register_history_authority", "authority"),)

    location_id: str = Field(primary_key=True)
    as_of: date = Field(primary_key=True)
    listed: bool = True
    name: str = Field(sa_type=Words)
    authority: str | None = Field(default=None, sa_type=Words)
    region: str | None = Field(default=None, sa_type=Words)
    types: str = Field(default="|", sa_type=Words)
    sector: str
    beds: int | None = None
    provider_id: str | None = None
    provider_name: str | None = Field(default=None, sa_type=Words)
    brand: str | None = Field(default=None, sa_type=Words)
    registered_on: date | None = None
    overall: str | None = None
    safe: str | None = None
    effective: str | None = None
    caring: str | None = None
    responsive: str | None = None
    well_led: str | None = None
    published: date | None = None


class RegisterFileRow(_Row):
    """A file loaded into the register; only ever added to.

    kind     directory | active locations | latest ratings
    as_of    the date of the file
    url, etag, last_modified  where it was fetched, to ask next time whether there is a newer one; None: given by hand
    digest   its SHA-256, to recognise the same file
    """

    __tablename__ = "register_file"

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(index=True)
    name: str = Field(sa_type=Words)
    as_of: date
    imported_at: datetime = Field(sa_type=Utc)
    locations: int
    ratings: int
    joined: int
    left: int
    url: str | None = Field(default=None, sa_type=Words)
    etag: str | None = Field(default=None, sa_type=Words)
    last_modified: str | None = None
    digest: str


class RuleRow(_Row):
    """The rule of a watchlist (see `monitor.register.entries.Rule`; JSON).

    applied_at  when services last joined and left
    file        the newest of the register's files then: files loaded later are not applied yet, whatever the clocks say
    """

    __tablename__ = "rule"

    watchlist: str = Field(primary_key=True)
    body: str = Field(sa_type=Words)
    created_at: datetime = Field(sa_type=Utc)
    applied_at: datetime | None = Field(default=None, sa_type=Utc)
    file: int | None = None


class AuthorityListRow(_Row):
    """A named set of local authorities for comparison with one of them (a JSON list)."""

    __tablename__ = "authority_list"

    name: str = Field(primary_key=True)
    authorities: str = Field(sa_type=Words)
    created_at: datetime = Field(sa_type=Utc)


class VerificationRow(_Row):
    """The newest comparison of a service's reading with CQC's own files (see `monitor.detect.agreement`).

    outcome    agreement.Outcome
    file_date  the date of the file
    file       the newest file of the register that stated ratings then
    reader     the version of the reader that read the page
    body       the differences and dates (JSON)
    """

    __tablename__ = "verification"

    location_id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Utc, index=True)
    outcome: str
    file_date: date
    file: int
    reader: int
    body: str = Field(sa_type=Words)


class VerificationRunRow(_Row):
    """A run of `cqc-monitor verify`, so that an interrupted one can be continued.

    asked  the request, in a normal form: equal requests have equal text
    ids    the services that it compares, as a JSON list
    """

    __tablename__ = "verification_run"

    id: int | None = Field(default=None, primary_key=True)
    asked: str = Field(sa_type=Words)
    ids: str = Field(sa_type=Words)
    started_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)


_making = RLock()
"""Two threads may ask for a table at the same time, the first time."""


@cache
def _table(row: type[SQLModel]) -> Table:
    columns = []
    for name, field in row.model_fields.items():
        column = get_column_from_field(field)
        column.name = column.key = name
        columns.append(column)
    return Table(str(row.__tablename__), SQLModel.metadata, *columns, *vars(row).get("__table_args__", ()))


def table(row: type[SQLModel]) -> Table:
    """The table of a row class, for statements in SQLAlchemy Core, made when it is first asked for. Its columns are SQLModel's;
    SQLModel's own tables (`table=True`) would be mapped to objects too, which nothing here asks for and each start would pay."""
    with _making:
        return _table(row)


@cache
def metadata() -> MetaData:
    """All tables, with the indexes that hold only the rows of a condition: no statement names those, and they would load what
    SQLAlchemy knows of PostgreSQL at each start."""
    for row in _Row.__subclasses__():
        table(row)
    notice = table(NoticeRow).c
    for name, columns, where in (
        ("uq_notice_welcome", [notice.subscription_id], "kind = 'welcome'"),
        ("uq_notice_hour", [notice.subscription_id, notice.kind, notice.due_at], "event_id IS NULL"),
    ):
        Index(name, *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))
    return SQLModel.metadata
