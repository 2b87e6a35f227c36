"""The tables of subscriptions and messages."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, UniqueConstraint, false
from sqlmodel import Field

from monitor.model import AtOnce
from monitor.store.tables.base import Row, Utc, Words


class MessageState(StrEnum):
    """The state of a message. The values are stored in the database. Dead: it failed for good. Dropped: a person dropped it."""

    PENDING = "pending"
    SENT = "sent"
    DEAD = "dead"
    DROPPED = "dropped"


class SubscriptionRow(Row):
    """A subscription. `address` is encrypted unless it is an email address; `address_key` identifies equal addresses.
    `still_watching`: it gets a weekly heartbeat message, even if nothing happened.

    next_sign_at  when to decide next whether a heartbeat message is due; None: never
    owner         the person who created it in the pages; None: created on the command line
    at_once       for an immediate subscription: what it is alerted about at once (model.AtOnce)
    all_news      for an immediate subscription: reports in which nothing got worse also come daily at its hour, not once a week
    only_placed   it leaves out services where the council is known to place nobody. Severe events are sent in any case
    left_out      the kinds of event that it does not get (a JSON list). Severe events are sent in any case
    paused_until  nothing is sent before this time
    confirmed_at  None: the owner of the address has not yet confirmed
    asked_if_read_at, read_at  when its address was last asked whether its messages are read, and when somebody last confirmed
                               this
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
    at_once: str = Field(default=AtOnce.ANY, sa_column_kwargs={"server_default": AtOnce.ANY})
    all_news: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    only_placed: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    still_watching: bool = False
    next_sign_at: datetime | None = Field(default=None, sa_type=Utc, index=True)
    owner: int | None = Field(default=None, index=True)
    left_out: str = Field(default="[]", sa_type=Words)
    paused_until: datetime | None = Field(default=None, sa_type=Utc)
    confirmed_at: datetime | None = Field(default=None, sa_type=Utc)
    asked_if_read_at: datetime | None = Field(default=None, sa_type=Utc)
    read_at: datetime | None = Field(default=None, sa_type=Utc)


class FormerSubscriptionRow(Row):
    """The key and number (`id`) that a subscription had when mailbox names were still case-sensitive, kept so that links in old
    mail work. Both now mean `subscription_id`."""

    __tablename__ = "former_subscription"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key: str = Field(index=True)
    subscription_id: int = Field(foreign_key="subscription.id", ondelete="CASCADE", index=True)


class EndedSubscriptionRow(Row):
    """A copy of an ended subscription, so that it can be restored. It was ended through the link in a message, or by somebody on
    the pages.

    batch            the same for all that ended together; if they ended because a person's access was ended: "access" and that
                     person's number
    ended_by         the person who ended it, and may undo that; None: the link in a message, or the command line
    subscription_id  its number, which is never used again
    body             its row, and its waiting notices (JSON)
    """

    __tablename__ = "ended_subscription"

    id: int | None = Field(default=None, primary_key=True)
    batch: str = Field(index=True)
    subscription_id: int
    body: str = Field(sa_type=Words)
    ended_at: datetime = Field(sa_type=Utc)
    ended_by: int | None = None
    undone_at: datetime | None = Field(default=None, sa_type=Utc)


class NoticeRow(Row):
    """A row of the outbox: something that one subscription must get. A subscription has one notice for each event and one
    welcome; of any other kind, one for each due time.

    kind        see model.NoticeKind
    event_id    for a notice of an event; None: another kind
    weekly      whether it waits for the weekly digest of an immediate subscription
    message_id  the message that contains it, once there is one
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
    weekly: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    message_id: str | None = Field(default=None, foreign_key="message.id", ondelete="SET NULL")


class MessageRow(Row):
    """A message to be sent: its receiver, how often it was tried, and the receiver's answer.

    kind    see messages.MessageKind
    state   see MessageState
    operator_told_at  when the operator was notified that this urgent message is not delivered
    parts_digest  identifies the content whose parts were accepted
    body    the content of the message apart from its notices (JSON): the text of an operator message, a digest's period
    said    its text when it was accepted (JSON), for its page; nothing is kept for sign-in links and similar messages
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


class ToldRow(Row):
    """An entry in the delivery log, which is append-only: the outcome of a message, its time, and the receiver's answer. It
    refers to no other row, so that it stays even if others are deleted.

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


class SwitchedOffRow(Row):
    """A suspended receiver: an address (`scope` is its key), or the mail server, and so every email address (`scope` "mailto").
    Messages to it wait, one message is sent at `next_test_at` as a test, and the first accepted message resumes it."""

    __tablename__ = "switched_off"

    scope: str = Field(primary_key=True)
    address: str = Field(sa_type=Words)
    since: datetime = Field(sa_type=Utc)
    reason: str = Field(sa_type=Words)
    next_test_at: datetime = Field(sa_type=Utc)


class WebhookSecretRow(Row):
    """A secret that signs the messages to one webhook address.

    secret    encrypted; None: the secret is derived from SECRET_KEY, as all secrets once were, and the receiver still uses it
    made_by   the person who added the address, or renewed the secret; None: the command line, or nobody
    shown_at  when it was shown; None: not yet
    ends_at   when it stops signing, because it has been renewed; None: it is the current secret
    """

    __tablename__ = "webhook_secret"

    id: int | None = Field(default=None, primary_key=True)
    address_key: str = Field(index=True)
    secret: str | None = Field(default=None, sa_type=Words)
    made_at: datetime = Field(sa_type=Utc)
    made_by: int | None = None
    shown_at: datetime | None = Field(default=None, sa_type=Utc)
    ends_at: datetime | None = Field(default=None, sa_type=Utc)


class BounceRow(Row):
    """A delivery report that was read and is about one of our messages, identified by the SHA-256 of its bytes, so that a repeat
    changes nothing. `became`: failed | delayed."""

    __tablename__ = "bounce"

    digest: str = Field(primary_key=True)
    message_id: str = Field(index=True)
    became: str
    at: datetime = Field(sa_type=Utc)
    reply: str = Field(sa_type=Words)


class BounceMailboxRow(Row):
    """How far the mailbox of delivery reports was read: up to the mail numbered `last_uid`, as long as the mailbox keeps its
    numbering (`uid_validity`; RFC 9051, 2.3.1.1). `name` is a digest of its address. `next_read_at`: when a worker reads it
    next; `trouble`: why it could not be read, None if it could."""

    __tablename__ = "bounce_mailbox"

    name: str = Field(primary_key=True)
    uid_validity: int = Field(default=0, sa_type=BigInteger)
    last_uid: int = Field(default=0, sa_type=BigInteger)
    next_read_at: datetime | None = Field(default=None, sa_type=Utc)
    read_at: datetime | None = Field(default=None, sa_type=Utc)
    trouble: str | None = Field(default=None, sa_type=Words)


class DrillReceiverRow(Row):
    """An address that a practice alert of a watchlist went to, and when somebody answered it. `drill` is the same for all
    addresses of one drill; `started_by` None: the command line."""

    __tablename__ = "drill_receiver"

    drill: str = Field(primary_key=True)
    address_key: str = Field(primary_key=True)
    watchlist: str = Field(index=True)
    address: str = Field(sa_type=Words)
    message_id: str
    started_at: datetime = Field(sa_type=Utc)
    started_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = Field(default=None, sa_type=Utc)


class EscalationRow(Row):
    """For a severe event at a service of a watchlist: must somebody else be alerted too? The question is open until `settled_at`.
    One row for each reason.

    reason      "unacknowledged": nobody has acknowledged it
                "paused": a subscription that should have been alerted is paused
                "on call", "next on call", "last on call", "final on call": the alert goes to the rota
    since       the time from which the waiting time counts
    settled_at  when it was settled, by `message_id` or because there was no need; None: open
    """

    __tablename__ = "escalation"

    event_id: str = Field(primary_key=True)
    watchlist: str = Field(primary_key=True)
    reason: str = Field(primary_key=True)
    since: datetime = Field(sa_type=Utc)
    settled_at: datetime | None = Field(default=None, sa_type=Utc, index=True)
    message_id: str | None = None


class JudgedRow(Row):
    """The level of the judgement (judgement.Standing) last reported to a reader, and when. Without a row nothing has been
    reported yet. The reader is always the operator; the judgement of each source of hints is kept in a row of its own."""

    __tablename__ = "judged"

    reader: str = Field(primary_key=True)
    standing: str
    told_at: datetime = Field(sa_type=Utc)
