"""Queues new messages, within the caller's transaction. A message with the same id is queued only once."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from monitor.detect.circuit_breaker import OperatorText
from monitor.detect.schedule import lies_ahead
from monitor.mailbox import key_of
from monitor.store.database import add_once
from monitor.store.tables import MessageRow, MessageState, table
from monitor.store.vault import Vault

_message = table(MessageRow)

BETWEEN_TESTS = timedelta(minutes=5)
"""How much time must pass between two test messages to an address, even if somebody requests more."""


class MessageKind(StrEnum):
    """The kind of a message."""

    ALERT = "alert"
    DIGEST = "digest"
    WELCOME = "welcome"
    TROUBLE = "trouble"
    STILL_WATCHING = "still watching"
    TEST = "test"
    SIGN_IN = "sign in"
    CONFIRM = "confirm"
    ESCALATION = "escalation"
    CORRECTION = "correction"
    STILL_READ = "still read"
    UNSUBSCRIBED = "unsubscribed"
    DRILL = "drill"


AT_ONCE = (MessageKind.ALERT, MessageKind.ESCALATION, MessageKind.CORRECTION)
"""The kinds of message that must reach somebody at once."""

OWED_TO_NOBODY = (MessageKind.ESCALATION, MessageKind.CORRECTION)
"""The kinds of message about events that need no subscription. Messages of these kinds have no notices; only the message itself
records its events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A message to be queued. `body` is its content, as JSON values."""

    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    kind: MessageKind
    address: str
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToOperator:
    """An operator message: its address and text.

    key        identifies the message, so that it is queued only once
    keeper_of  the watchlist whose owner gets the message instead of the operator
    why        the reason why the message is sent to its receiver, if the receiver is not the operator
    page       the path of the web page that the receiver is asked to open
    word       the path of a Word file that the receiver can save
    """

    key: str
    to: str
    subject: str
    lines: tuple[str, ...]
    keeper_of: str | None = None
    why: str | None = None
    page: str | None = None
    word: str | None = None


def queue(connection: Connection, vault: Vault, message: NewMessage, now: datetime, **more: object) -> bool:
    """Queues a message. Returns False if its id already exists. `more` contains the values of other columns of its row."""
    to = {"address": vault.encrypt(message.address), "address_key": key_of(message.address)}
    return write(connection, message.kind, message.body, now, id=message.id, **to, **more)


def write(connection: Connection, kind: str, body: Mapping[str, Any], now: datetime, **more: object) -> bool:
    """Queues a message whose address is already in its stored form. Returns False if the message's id already exists. `more`
    contains the id, the address, and the values of other columns of its row."""
    values = {"state": MessageState.PENDING, "attempts": 0, "parts_done": 0, "next_attempt_at": now} | more
    return add_once(connection, _message, kind=str(kind), body=json.dumps(body), created_at=now, **values)


def tell(connection: Connection, vault: Vault, word: ToOperator | None, now: datetime) -> bool:
    """Queues the operator message `word`, and returns whether it is new. A message with the same key and address is queued only
    once. If `word` is None, does nothing."""
    if word is None:
        return False
    more = {name: getattr(word, name) for name in ("keeper_of", "why", "page", "word") if getattr(word, name)}
    body = {"subject": word.subject, "lines": list(word.lines)} | more
    new = NewMessage(id=_id_of(word.key, word.to), kind=MessageKind.TROUBLE, address=word.to, body=body)
    return queue(connection, vault, new, now)


def tell_operator(connection: Connection, vault: Vault, word: OperatorText | None, operator: str | None, now: datetime) -> None:
    """Queues an operator message for the address `operator`. If `operator` or `word` is None, nothing is queued."""
    if word and operator:
        tell(connection, vault, ToOperator(key=word.key, to=operator, subject=word.subject, lines=word.lines), now)


def confirmation(watchlist: str, address: str, asked_by: str) -> NewMessage:
    """Returns a message that asks whether the owner of an address wants a subscription. This message is queued only once for each
    watchlist and address, even if the address is entered again."""
    body = {"watchlist": watchlist, "asked_by": asked_by}
    return NewMessage(id=_id_of(f"confirm|{watchlist}", address), kind=MessageKind.CONFIRM, address=address, body=body)


def correction(event_id: str, address: str, watchlists: Sequence[str], answers: str) -> NewMessage:
    """Returns a message with a correction, for an address that got the corrected event. Each address gets a correction only once.
    `answers` is the id of the message that contained the corrected event."""
    body = {"events": [event_id], "watchlists": list(watchlists), "answers": answers}
    return NewMessage(id=_id_of(f"correction|{event_id}", address), kind=MessageKind.CORRECTION, address=address, body=body)


def trial(address: str, now: datetime) -> NewMessage:
    """Returns a test message for an address. Only one test message for the address is queued within BETWEEN_TESTS."""
    spell = int(now.timestamp() // BETWEEN_TESTS.total_seconds())
    return NewMessage(id=_id_of(f"test|{spell}", address), kind=MessageKind.TEST, address=address)


def _id_of(occasion: str, address: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{occasion}|{key_of(address)}").hex


URGENT_WITHIN = timedelta(hours=1)
"""If a receiver has not accepted an alert after this time, the operator is notified, so that the operator can telephone the
person."""

LEASE = timedelta(minutes=5)
"""How long a claimed message belongs to its sender. Every attempt takes less time, since timeouts are 30 s, and a message has
only a few parts."""


def is_free(now: datetime) -> Any:
    """Returns an SQL condition that is true for a message that nobody has claimed, or whose claim has expired. (If the claim
    seems to last longer than twice LEASE, a clock was wrong, and the claim is ignored.)"""
    return _message.c.leased_until.is_(None) | ~lies_ahead(_message.c.leased_until, now, 2 * LEASE)


def is_overdue(now: datetime) -> Any:
    """Returns an SQL condition that is true for an urgent message that has waited too long and is not being sent now. A message
    whose time is in the future, because a clock was wrong, is also treated as overdue, since nobody knows how long it has
    waited."""
    is_alert = (_message.c.state == MessageState.PENDING) & _message.c.kind.in_(AT_ONCE)
    return is_alert & is_free(now) & ~lies_ahead(_message.c.created_at, now - URGENT_WITHIN, 2 * URGENT_WITHIN)
