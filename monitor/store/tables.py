"""The tables. They live in this room only: everything that goes in or comes out is a value of `monitor.model` or of `store`."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, cast

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

# Fixed before the first migration, so that constraints bear the same names on SQLite and PostgreSQL.
SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


class Utc(TypeDecorator[datetime]):
    """Aware instants in UTC: SQLite keeps no zone and would give them back without one."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Stored without a zone, in UTC. A naive instant is a fault of ours: ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Back with its zone."""
        return None if value is None else value.replace(tzinfo=UTC)


class Words(TypeDecorator[str]):
    """Text of any length, also other people's: what no database takes (lone surrogates) or PostgreSQL doesn't (NUL) is replaced,
    so that a receiver's odd answer can't keep us from noting that it took a message."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """As it can be stored anywhere."""
        return None if value is None else value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def _where(condition: str) -> dict[str, Any]:
    """That an index holds only the rows of a condition."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class _Row(SQLModel):
    """What all tables have in common: pydantic builds the validator of a row, which nothing asks for, only once it is asked for.
    That is a tenth of what these tables cost each start."""

    model_config = {"defer_build": True}


class MessageState(StrEnum):
    """What a message has come to. The values stand in the database. Dead: given up by the program; dropped: by a person."""

    PENDING = "pending"
    SENT = "sent"
    DEAD = "dead"
    DROPPED = "dropped"


class ServiceRow(_Row, table=True):
    """A watched service and how its looks go. `seq` is its newest snapshot, 0 before the first; `grave` says of that snapshot
    that something is inadequate or special measures are stated; `read_through_at` is the last look that asked for all pages,
    and `whole` says whether it got all of them. `leased_by` is the worker that has taken its look (see WorkerRow). `blind` says
    why its newest look saw nothing, where that may be so of the whole site (outage.Blindness), and since when it is so.

    leased_at     when the worker took it
    named_at      when the feed of CQC's API last named it as changed
    witnessed_at  when the API last answered what it states of it
    vouched_at    up to when the feed, read without a gap, named nothing new of it since it was read; None: it was never needed
    reread_at     when its pages are to be read again, which a former version of the program has read; None: not planned
    asked_whole_at  when its location page was last asked for without validators
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


class PageRow(_Row, table=True):
    """What is remembered of one page of a service, so that an unchanged one need not be read again. `reader` is the version of
    the reader that read it (cqc.version.VERSION); 0: one from before there were versions."""

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


class SnapshotRow(_Row, table=True):
    """One snapshot of a service; the newest is what holds, the others are its history."""

    __tablename__ = "snapshot"

    location_id: str = Field(primary_key=True, foreign_key="service.location_id", ondelete="CASCADE")
    seq: int = Field(primary_key=True)
    seen_at: datetime = Field(sa_type=Utc)
    body: str = Field(sa_type=Words)


class OverviewRow(_Row, table=True):
    """What lists show of a service, taken from its newest snapshot and its events as these are recorded, so that the database can
    sort, filter, search and page. No row: not read yet.

    name_key, search  folded for sorting and searching (overview.folded)
    overall … well_led  the worst of its service groups: a rating, or the reason that stands in its place; None: not stated
    groups            how many service groups are rated apart (1: not divided)
    measures          in | entered | remains | left | unclear | presumed; None: nothing is stated
    changed_at, change  when its newest events were seen, and the kind of the worst of these
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


class EvidenceRow(_Row, table=True):
    """A page as it was when an event was seen, compressed by zlib, by its digest. Never altered; once KEEP_EVIDENCE has gone by,
    emptied (`removed_at`), so that where and when it was found stays known."""

    __tablename__ = "evidence"

    digest: str = Field(primary_key=True)
    url: str = Field(sa_type=Words)
    content_type: str | None = None
    fetched_at: datetime = Field(sa_type=Utc)
    body: bytes = Field(sa_type=LargeBinary)
    removed_at: datetime | None = Field(default=None, sa_type=Utc)


class WatchRow(_Row, table=True):
    """A service on a watchlist.

    by_rule        the watchlist's rule put it there, and takes it away again
    followed_from  the former profile of the service, whose page led here
    """

    __tablename__ = "watch"

    watchlist: str = Field(primary_key=True)
    location_id: str = Field(primary_key=True, foreign_key="service.location_id", index=True, ondelete="CASCADE")
    added_at: datetime = Field(sa_type=Utc)
    by_rule: bool = False
    followed_from: str | None = None


class SubscriptionRow(_Row, table=True):
    """A subscription. `address` is sealed unless it is an email address; `address_key` tells equal ones. `still_watching`: it
    wants to hear each week that all is watched, also when nothing happened.

    next_sign_at  when it is next to be seen to whether a sign of life is owed; None: never
    owner         the person who made it in the pages; None: made on the command line
    left_out      the kinds of event that it does not want (a JSON list). What is among the worst it is told in any case
    paused_until  nothing is sent before
    confirmed_at  None: whoever has the address has not yet said yes
    asked_if_read_at, read_at  when its address was last asked whether what is sent there is read, and when somebody last said so
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


class FormerSubscriptionRow(_Row, table=True):
    """A subscription as links in mail that was sent before may name it: by a `key` that its address had while capitals in a
    mailbox counted, and by its number (`id`) then. Both are now those of `subscription_id`."""

    __tablename__ = "former_subscription"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key: str = Field(index=True)
    subscription_id: int = Field(foreign_key="subscription.id", ondelete="CASCADE", index=True)


class EventRow(_Row, table=True):
    """An event. `position` is the order in which events were recorded; `kind` and `corrected_at` (when it was taken back) stand
    in the body too."""

    __tablename__ = "event"

    position: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    location_id: str = Field(index=True)
    observed_at: datetime = Field(sa_type=Utc, index=True)
    kind: str | None = Field(default=None, index=True)
    corrected_at: datetime | None = Field(default=None, sa_type=Utc)
    body: str = Field(sa_type=Words)


class ProposalRow(_Row, table=True):
    """An event that seems to have been wrong, and why: a person looks at it. `settled_at`: it was taken back, or found right."""

    __tablename__ = "proposal"

    event_id: str = Field(primary_key=True)
    reason: str = Field(sa_type=Words)
    found_at: datetime = Field(sa_type=Utc)
    settled_at: datetime | None = Field(default=None, sa_type=Utc)


class BounceRow(_Row, table=True):
    """A delivery report that was read and is about a message of ours, by the SHA-256 of its bytes: the same one again changes
    nothing. `became`: failed | delayed."""

    __tablename__ = "bounce"

    digest: str = Field(primary_key=True)
    message_id: str = Field(index=True)
    became: str
    at: datetime = Field(sa_type=Utc)
    reply: str = Field(sa_type=Words)


class BounceMailboxRow(_Row, table=True):
    """How far the mailbox of delivery reports was read: up to the mail of a number (`last_uid`), as long as the mailbox counts as
    it did (`uid_validity`; RFC 9051, 2.3.1.1). `name` is a digest of where it is. `next_read_at`: when a worker reads it next;
    `trouble`: why it could not be read, None where it was."""

    __tablename__ = "bounce_mailbox"

    name: str = Field(primary_key=True)
    uid_validity: int = Field(default=0, sa_type=BigInteger)
    last_uid: int = Field(default=0, sa_type=BigInteger)
    next_read_at: datetime | None = Field(default=None, sa_type=Utc)
    read_at: datetime | None = Field(default=None, sa_type=Utc)
    trouble: str | None = Field(default=None, sa_type=Words)


class NoticeRow(_Row, table=True):
    """A row of the outbox: what is owed to one subscription, each event once, one welcome, and anything else once for its hour.

    kind        see model.NoticeKind
    event_id    of a notice of an event; None: of another kind
    message_id  the message that carries it, once it is part of one
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("event_id", "subscription_id"),
        Index("ix_notice_waiting", "message_id", "due_at"),
        Index("uq_notice_welcome", "subscription_id", unique=True, **_where("kind = 'welcome'")),
        Index("uq_notice_hour", "subscription_id", "kind", "due_at", unique=True, **_where("event_id IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    event_id: str | None
    subscription_id: int = Field(foreign_key="subscription.id", ondelete="CASCADE", index=True)
    due_at: datetime = Field(sa_type=Utc)
    urgent: bool
    message_id: str | None = Field(default=None, foreign_key="message.id", ondelete="SET NULL")


class MessageRow(_Row, table=True):
    """A message on its way: who gets it, how often it was tried, and what the receiver said.

    kind    see outbox.MessageKind
    state   see MessageState
    operator_told_at  when the operator was told that this urgent message does not get through
    parts_digest  of what the parts that were taken are parts of
    body    what belongs to the message besides its notices (JSON): the words of a trouble, a digest's period
    said    what it said when it was taken (JSON), for its page; of sign-in links and the like nothing is kept
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


class WorkerRow(_Row, table=True):
    """A process of `cqc-monitor run`. What it has taken is its own until `alive_until`, which it puts off while it lives; whoever
    finds it dead takes the row away and frees what it had taken."""

    __tablename__ = "worker"

    id: str = Field(primary_key=True)
    host: str
    pid: int
    started_at: datetime = Field(sa_type=Utc)
    alive_until: datetime = Field(sa_type=Utc)


class SiteRow(_Row, table=True):
    """What all workers share about a site that is read: when the next request may leave (`free_at`), and, while it can't be read
    (since `blind_since`, for `reason`), until when it is left alone and how often that was so. `told`: the operator was told of
    it; `over_at`: when the last one that the operator was told of was over."""

    __tablename__ = "site"

    name: str = Field(primary_key=True)
    free_at: datetime | None = Field(default=None, sa_type=Utc)
    blind_since: datetime | None = Field(default=None, sa_type=Utc)
    reason: str | None = Field(default=None, sa_type=Words)
    pauses: int = 0
    leave_alone_until: datetime | None = Field(default=None, sa_type=Utc)
    told: bool = False
    over_at: datetime | None = Field(default=None, sa_type=Utc)


class FeedRow(_Row, table=True):
    """How far the feed of changes of CQC's API was read: without a gap up to `read_until`, at `read_at`; when it was last gone
    through again a month back, since changes appear late; when it last named any service at all; and when it is next asked."""

    __tablename__ = "feed"

    name: str = Field(primary_key=True)
    read_until: datetime | None = Field(default=None, sa_type=Utc)
    read_at: datetime | None = Field(default=None, sa_type=Utc)
    read_back_at: datetime | None = Field(default=None, sa_type=Utc)
    heard_at: datetime | None = Field(default=None, sa_type=Utc)
    next_poll_at: datetime | None = Field(default=None, sa_type=Utc)


class FeedNamedRow(_Row, table=True):
    """A watched service that the feed named as changed on a day (UTC), so that the same name read again costs no look."""

    __tablename__ = "feed_named"

    day: date = Field(primary_key=True)
    location_id: str = Field(primary_key=True)


class DisagreementRow(_Row, table=True):
    """Where CQC's page of a service and its API state different ratings: since when, when that was last seen, and what each
    states (a JSON list of lines). Gone when they agree."""

    __tablename__ = "disagreement"

    location_id: str = Field(primary_key=True, foreign_key="service.location_id", ondelete="CASCADE")
    since: datetime = Field(sa_type=Utc)
    seen_at: datetime = Field(sa_type=Utc)
    lines: str = Field(sa_type=Words)


class CorrectionRow(_Row, table=True):
    """What a former version of the reader had read wrongly, in one line for the operator. `reader`: the version that saw it."""

    __tablename__ = "correction"

    position: int | None = Field(default=None, primary_key=True)
    location_id: str = Field(foreign_key="service.location_id", ondelete="CASCADE", index=True)
    reader: int
    noted_at: datetime = Field(sa_type=Utc)
    line: str = Field(sa_type=Words)


class SwitchedOffRow(_Row, table=True):
    """What is set up wrongly: an address (`scope` is its key), or the mail server for all (`scope` "mailto"). What is owed to it
    waits, one message is tried at `next_test_at` as a test, and the first that is taken switches it on again."""

    __tablename__ = "switched_off"

    scope: str = Field(primary_key=True)
    address: str = Field(sa_type=Words)
    since: datetime = Field(sa_type=Utc)
    reason: str = Field(sa_type=Words)
    next_test_at: datetime = Field(sa_type=Utc)


class JudgedRow(_Row, table=True):
    """Of which level of the judgement (judgement.Standing) a reader has heard, and when. There is one reader, the
    operator; without a row it has heard of nothing yet."""

    __tablename__ = "judged"

    reader: str = Field(primary_key=True)
    standing: str
    told_at: datetime = Field(sa_type=Utc)


class ToldRow(_Row, table=True):
    """An entry of the log of what was told, only ever added: what became of a message, when, and the receiver's answer. It names
    no row of another table, so that it stays whatever else goes.

    became  what the message came to (MessageState), but for pending
    body    the ids of its events, its watchlists, and the subject of a trouble (JSON)
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


class WatchlistRow(_Row, table=True):
    """A watchlist, also an empty one; its services are the rows of `watch`. `owner` is the person who keeps it (None: made on the
    command line); `second_address` (sealed) hears of the worst that nobody acknowledges."""

    __tablename__ = "watchlist"

    name: str = Field(primary_key=True)
    owner: int | None = Field(default=None, foreign_key="person.id", index=True)
    second_address: str | None = Field(default=None, sa_type=Words)
    created_at: datetime = Field(sa_type=Utc)


class PersonRow(_Row, table=True):
    """Somebody who may sign in, by email address (lower case). Never deleted, since the audit names them: `ended_at` ends them.

    role        reader | editor | operator
    invited_by  the person who did; None: on the command line, or by the domain of the address
    """

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    role: str
    invited_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)


class SessionRow(_Row, table=True):
    """One sign-in of a person in one browser (`browser`: its name, for the person's own list). Its token is known by its
    SHA-256 only."""

    __tablename__ = "session"

    token_hash: str = Field(primary_key=True)
    person: int = Field(foreign_key="person.id", index=True)
    browser: str
    created_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    revoked_at: datetime | None = Field(default=None, sa_type=Utc)


class SignInLinkRow(_Row, table=True):
    """An attempt to sign in, or an invitation: a link for one use. There is a row for an unknown address too, so that attempts
    are counted alike; its link was sent to nobody.

    client  a keyed hash of where the attempt came from (None: the command line)
    next    the page that was wanted
    """

    __tablename__ = "sign_in_link"

    token_hash: str = Field(primary_key=True)
    email: str = Field(index=True)
    client: str | None = Field(default=None, index=True)
    next: str | None = Field(default=None, sa_type=Words)
    created_at: datetime = Field(sa_type=Utc, index=True)
    expires_at: datetime = Field(sa_type=Utc)
    used_at: datetime | None = Field(default=None, sa_type=Utc)


class AuditRow(_Row, table=True):
    """Who did what, in the order in which it was done; only ever added to. `person` None: the command line."""

    __tablename__ = "audit"

    position: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Utc, index=True)
    person: int | None = None
    what: str
    about: str = Field(default="", sa_type=Words)


class AcknowledgementRow(_Row, table=True):
    """Somebody has taken an event in hand, with a note; until it is reopened."""

    __tablename__ = "acknowledgement"

    id: int | None = Field(default=None, primary_key=True)
    event_id: str = Field(index=True)
    person: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Utc)
    note: str = Field(default="", sa_type=Words)
    reopened_at: datetime | None = Field(default=None, sa_type=Utc)
    reopened_by: int | None = Field(default=None, foreign_key="person.id")


class EscalationRow(_Row, table=True):
    """What of the worst kind happened at a service of a watchlist, and has still to be looked to: whether somebody else must hear
    of it too. Each once for its reason.

    reason      unacknowledged: nobody has taken it in hand; paused: a subscription that should have heard of it is paused
    since       from when that counts
    settled_at  when it was seen to, by `message_id` or because there was no need; None: open
    """

    __tablename__ = "escalation"

    event_id: str = Field(primary_key=True)
    watchlist: str = Field(primary_key=True)
    reason: str = Field(primary_key=True)
    since: datetime = Field(sa_type=Utc)
    settled_at: datetime | None = Field(default=None, sa_type=Utc, index=True)
    message_id: str | None = None


class FeedKeyRow(_Row, table=True):
    """The key in the address of a person's feed of a watchlist, known by its SHA-256; a renewed one takes its place."""

    __tablename__ = "feed_key"

    watchlist: str = Field(primary_key=True)
    person: int = Field(primary_key=True, foreign_key="person.id")
    key_hash: str = Field(unique=True)
    created_at: datetime = Field(sa_type=Utc)


class ApiKeyRow(_Row, table=True):
    """A person's key to the API, known by its SHA-256 and, to people, by its name and last four characters."""

    __tablename__ = "api_key"

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id", index=True)
    name: str
    key_hash: str = Field(unique=True)
    last_four: str
    created_at: datetime = Field(sa_type=Utc)
    revoked_at: datetime | None = Field(default=None, sa_type=Utc)
    last_used_at: datetime | None = Field(default=None, sa_type=Utc)


class RegisterRow(_Row, table=True):
    """A service of CQC's register as the newest files list it (see `monitor.register.Entry`), watched or not.

    name_key, search  folded for sorting and searching (overview.folded)
    types, specialisms  each between bars, "|Homecare agencies|Supported living|", so that one of them can be looked for
    groups  (service group, rating) as a JSON list; None: not divided
    twofold  what the ratings file states two ratings of, between bars
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


class RegisterHistoryRow(_Row, table=True):
    """What a service was in the files of `as_of`, kept where it differs from what the files before said, so that counts can be
    made as at any earlier date: the newest row at or before it holds. `listed` False: it was in them no more."""

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


class RegisterFileRow(_Row, table=True):
    """A file that the register was taken from; only ever added to.

    kind     directory | active locations | latest ratings
    as_of    the date that it bears
    url, etag, last_modified  where it was fetched, to ask next time whether there is a newer one; None: given by hand
    digest   its SHA-256, so that the same file a second time is known
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


class RuleRow(_Row, table=True):
    """The rule that a watchlist follows (see `monitor.register.Rule`; JSON).

    applied_at  when services last joined and left
    file        the newest of the register's files then: what came in later is not applied yet, whatever clocks say
    """

    __tablename__ = "rule"

    watchlist: str = Field(primary_key=True)
    body: str = Field(sa_type=Words)
    created_at: datetime = Field(sa_type=Utc)
    applied_at: datetime | None = Field(default=None, sa_type=Utc)
    file: int | None = None


class AuthorityListRow(_Row, table=True):
    """A set of local authorities saved under a name, to compare one with (a JSON list)."""

    __tablename__ = "authority_list"

    name: str = Field(primary_key=True)
    authorities: str = Field(sa_type=Words)
    created_at: datetime = Field(sa_type=Utc)


class VerificationRow(_Row, table=True):
    """The newest comparison of what is read of a service with CQC's own files (see `monitor.detect.agreement`).

    outcome    agreement.Outcome
    file_date  the date of the file
    file       the newest file of the register that states ratings then
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


class VerificationRunRow(_Row, table=True):
    """A run of `cqc-monitor verify`, so that one that was interrupted can be continued.

    asked  what was asked for, in words that are the same for the same
    ids    the services that it compares, as a JSON list
    """

    __tablename__ = "verification_run"

    id: int | None = Field(default=None, primary_key=True)
    asked: str = Field(sa_type=Words)
    ids: str = Field(sa_type=Words)
    started_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)


def table(row: type[SQLModel]) -> Table:
    """The table of a row class, for statements in SQLAlchemy Core."""
    return cast(Table, vars(row)["__table__"])
