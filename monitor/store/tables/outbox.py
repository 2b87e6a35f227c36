"""Defines the tables of subscriptions and messages."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, UniqueConstraint, false
from sqlmodel import Field

from monitor.model import AtOnce
from monitor.store.tables.base import Row, Utc, Words


class MessageState(StrEnum):
    """The state of a message. The values are stored in the database. A dead message has failed for good. A dropped message will
    not be sent, because nobody needs it any more."""

    PENDING = "pending"
    SENT = "sent"
    DEAD = "dead"
    DROPPED = "dropped"


class SubscriptionRow(Row):
    """A subscription. `address` is encrypted, unless the address is an email address. Equal addresses have the same
    `address_key`. If `still_watching` is true, the subscription gets a weekly heartbeat message, even if nothing happened.

    when, at, day  when the address is alerted (see model.Subscription)
    next_sign_at  when the program next decides whether a heartbeat message is due; None if it never does
    owner         the person who created the subscription on the web pages; None if it was created on the command line
    at_once       for an immediate subscription: which events it gets at once (model.AtOnce)
    all_news      for an immediate subscription: whether reports without bad news are sent each day at its hour. If false, they
                  are sent once a week
    only_placed   whether the subscription leaves out services where, according to own facts, nobody is placed. Severe events
                  are sent anyway
    left_out      the kinds of event that the subscription does not get (a JSON list). Severe events are sent anyway
    paused_until  the time until which events are held back; None if the subscription was not paused
    confirmed_at  when the subscription was confirmed; None if it was not confirmed yet
    asked_if_read_at, read_at  when the address was last asked whether anybody reads its messages, and when somebody last answered
                               that they do
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
    """The key and number (`id`) that a subscription had when mailbox names were still case-sensitive. The key and number are kept
    so that links in old mail work. The links now apply to the subscription `subscription_id`."""

    __tablename__ = "former_subscription"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key: str = Field(index=True)
    subscription_id: int = Field(foreign_key="subscription.id", ondelete="CASCADE", index=True)


class EndedSubscriptionRow(Row):
    """A copy of an ended subscription, from which the subscription can be restored. The subscription was ended through the link
    in a message, on the web pages, or on the command line.

    batch            a text that is the same for all subscriptions that ended together. If they ended because a person's access
                     ended, the text consists of "access" and the person's number
    ended_by         the person who ended the subscription and may restore it; None if it was ended through the link in a
                     message or on the command line
    subscription_id  the subscription's number, which no other subscription gets
    body             the subscription's row, and its waiting notices (JSON)
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
    """A row of the outbox: something to send to one subscription. A subscription has at most one notice for each event, and at
    most one welcome. It has at most one notice of another kind for each due time.

    kind        see model.NoticeKind
    event_id    the event that the notice is about; None if the notice is not about an event
    weekly      whether the notice waits for the weekly digest of an immediate subscription
    message_id  the message that contains the notice; None if the notice is not in a message yet
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
    """A message: its receiver, how often the program tried to send it, and the receiver's answer.

    kind    see messages.MessageKind
    state   see MessageState
    operator_told_at  when the operator was notified that this message was not delivered; None if this was not necessary
    parts_digest  identifies the content whose parts were accepted
    body    the content of the message (JSON), for example the ids of its events, or the text of an operator message
    said    the text of the message when the receiver accepted it (JSON), for the page that shows the message. None if no text is
            kept, for example for messages with sign-in links
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
    """An entry in the delivery log: the result of a message, its time, and the receiver's answer. Rows are added but never
    changed. The table has no foreign key, so that an entry stays even if other rows are deleted.

    became  the final state of the message (any MessageState except pending)
    body    the ids of the message's events, its watchlists, and the subject of an operator message (JSON)
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
    """A suspended receiver: one address (`scope` is the key of the address), or all email (`scope` is "mailto"). Messages to the
    receiver wait. At `next_test_at` one message is sent as a test. The suspension ends when the receiver accepts a message."""

    __tablename__ = "switched_off"

    scope: str = Field(primary_key=True)
    address: str = Field(sa_type=Words)
    since: datetime = Field(sa_type=Utc)
    reason: str = Field(sa_type=Words)
    next_test_at: datetime = Field(sa_type=Utc)


class WebhookSecretRow(Row):
    """A secret with which the messages to one webhook address are signed.

    secret    the secret, encrypted; None for an old secret that is derived from SECRET_KEY
    made_by   the person who added the address or renewed the secret; None if the command line or the program did this
    shown_at  when the secret was shown to somebody; None if the secret was not shown yet
    ends_at   the time from which messages are no longer signed with the secret, because a new secret has replaced it; None for
              the current secret
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
    """A delivery report about a message of this program. The SHA-256 of its bytes identifies the report, so reading a report
    again has no effect. `became` is "failed" or "delayed"."""

    __tablename__ = "bounce"

    digest: str = Field(primary_key=True)
    message_id: str = Field(index=True)
    became: str
    at: datetime = Field(sa_type=Utc)
    reply: str = Field(sa_type=Words)


class BounceMailboxRow(Row):
    """How far the mailbox for delivery reports was read: up to the email with the number `last_uid`. The numbers are valid as
    long as the mailbox's `uid_validity` stays the same (RFC 9051, 2.3.1.1). `name` is a digest of the mailbox's address.
    `next_read_at` is when a worker reads the mailbox next. `trouble` is the reason why the mailbox could not be read, or None if
    it could be read."""

    __tablename__ = "bounce_mailbox"

    name: str = Field(primary_key=True)
    uid_validity: int = Field(default=0, sa_type=BigInteger)
    last_uid: int = Field(default=0, sa_type=BigInteger)
    next_read_at: datetime | None = Field(default=None, sa_type=Utc)
    read_at: datetime | None = Field(default=None, sa_type=Utc)
    trouble: str | None = Field(default=None, sa_type=Words)


class DrillReceiverRow(Row):
    """An address to which a watchlist's practice alert was sent, and when somebody answered the alert. `drill` is the same for
    all addresses of one drill. `started_by` is None if the drill was started on the command line."""

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
    """An escalation: an event at a service on a watchlist may have to be sent to somebody else. If there are several reasons to
    send an event to somebody else, there is one row for each reason.

    reason      "unacknowledged": nobody has acknowledged the event
                "paused": a subscription that would have been alerted is paused
                "on call", "next on call", "last on call", "final on call": the alert goes to somebody on the rota
    since       when the program begins to wait for an acknowledgement
    settled_at  when the message `message_id` was queued, or when the program found that no message is needed; None before that
    """

    __tablename__ = "escalation"

    event_id: str = Field(primary_key=True)
    watchlist: str = Field(primary_key=True)
    reason: str = Field(primary_key=True)
    since: datetime = Field(sa_type=Utc)
    settled_at: datetime | None = Field(default=None, sa_type=Utc, index=True)
    message_id: str | None = None


class JudgedRow(Row):
    """The level of a judgement (judgement.Standing) that the operator was last notified of, and the time of this notification. If
    there is no row, the operator has not been notified yet. One row is for the judgement about the whole monitor. Each source of
    hints has a separate row."""

    __tablename__ = "judged"

    reader: str = Field(primary_key=True)
    standing: str
    told_at: datetime = Field(sa_type=Utc)
