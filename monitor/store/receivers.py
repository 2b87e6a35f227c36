"""Suspends misconfigured receivers, for example a revoked webhook, or a mail server that refuses the sign-in. Messages to a
suspended receiver wait. From time to time one message is sent as a test. The first message that the receiver accepts ends the
suspension.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, delete, exists, select, update

from monitor.addresses import shown
from monitor.detect.schedule import FIRST_TEST, LONGEST_TEST, lies_ahead
from monitor.mailbox import key_of
from monitor.store.database import add_once, reading, writing
from monitor.store.messages import ToOperator, queue, tell, trial
from monitor.store.prepared import Statement, prepared
from monitor.store.tables import MessageRow, MessageState, SwitchedOffRow, table
from monitor.store.upkeep import is_new
from monitor.store.vault import Vault, opened
from monitor.text import moment

_off, _message = table(SwitchedOffRow), table(MessageRow)

ALL_MAIL = "mailto"
"""The scope for all email, which is sent through one mail server. The scope of a suspension is this value or the key of one
address."""

ALL_HOOKS = "hooks"
"""The scope for everything other than email. This scope is never suspended. Senders use it if enough messages other than email
are being sent (see Outbox.claim)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchedOff:
    """A suspended receiver: one address, or all email. For all email, `scope` is ALL_MAIL, and `address` is the address of the
    message that revealed the problem.

    reason        the receiver's last answer
    next_test_at  when the next waiting message is sent as a test
    """

    scope: str
    address: str
    since: datetime
    reason: str
    next_test_at: datetime


class Receivers:
    """The part of the store for suspended receivers. Raises StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def all(self) -> list[SwitchedOff]:
        """Returns all suspended receivers, longest suspended first."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(_off).order_by(_off.c.since, _off.c.scope)).mappings()
            return [_opened(row, self._vault) for row in rows]

    def test_now(self, scope: str, now: datetime) -> SwitchedOff | None:
        """Makes a suspended receiver due for a test now. The test uses a waiting message, preferably an urgent message. If no
        message waits, a test message is queued. Returns the receiver, or None if the receiver is not suspended."""
        with writing(self._engine) as connection:
            here = _off.c.scope == scope
            row = connection.execute(select(_off).where(here).with_for_update()).mappings().first()
            if row is None:
                return None
            return self._test_now(connection, row, now)

    def test_all_if_new(self, settings: str, now: datetime) -> list[SwitchedOff]:
        """If the settings have changed since the last call, makes all suspended receivers due for a test now, because a person
        may have fixed the problem. Returns these receivers. `settings` is a fingerprint of the settings."""
        with writing(self._engine) as connection:
            if not is_new(connection, settings, now):
                return []
            rows = connection.execute(select(_off).order_by(_off.c.scope).with_for_update()).mappings().all()
            return [self._test_now(connection, row, now) for row in rows]

    def _test_now(self, connection: Connection, row: RowMapping, now: datetime) -> SwitchedOff:
        off = _opened(row, self._vault)
        waiting = select(exists().where((_message.c.state == MessageState.PENDING) & within(off.scope)))
        if not connection.execute(waiting).scalar():
            queue(connection, self._vault, trial(off.address, now), now)
        connection.execute(update(_off).where(_off.c.scope == off.scope).values(next_test_at=now))
        return off


def scopes_of(address: str) -> tuple[str, ...]:
    """Returns the scopes that an address belongs to. If any of these scopes is suspended, a message to the address waits."""
    return (key_of(address), ALL_MAIL) if address.startswith("mailto:") else (key_of(address),)


def waits() -> Any:
    """Returns an SQL condition that is true for a message that waits for a suspended receiver."""
    return exists().where(_is_waited_for())


def is_mail() -> Any:
    """Returns an SQL condition that is true for a message that is an email. (The condition can recognise email addresses, because
    only email addresses are stored unencrypted.)"""
    return _message.c.address.startswith("mailto:")


def within(scope: str) -> Any:
    """Returns an SQL condition that is true for a message whose address belongs to a scope."""
    if scope in {ALL_MAIL, ALL_HOOKS}:
        return is_mail() if scope == ALL_MAIL else ~is_mail()
    return _message.c.address_key == scope


def switch_off(connection: Connection, off: SwitchedOff, encrypted: str) -> bool:
    """Suspends a scope. If the scope is already suspended, only records the receiver's newest answer, and returns False."""
    values = {"address": encrypted, "since": off.since, "reason": off.reason, "next_test_at": off.next_test_at}
    if add_once(connection, _off, scope=off.scope, **values):
        return True
    connection.execute(update(_off).where(_off.c.scope == off.scope).values(reason=off.reason))
    return False


def named(off: SwitchedOff) -> str:
    """Returns the name of a suspended receiver, for people."""
    return "all email" if off.scope == ALL_MAIL else f"messages to {shown(off.address)}"


def switch_on(
    connection: Connection, vault: Vault, scopes: Collection[str], now: datetime, operator: str | None
) -> list[SwitchedOff]:
    """Ends the suspension of these scopes, since their receivers work. Messages that waited for the receivers become due. If
    `operator` is not None, the operator is notified. Returns the receivers that were suspended."""
    mine = _off.c.scope.in_(scopes)
    back = [_opened(row, vault) for row in connection.execute(select(_off).where(mine).with_for_update()).mappings()]
    for one in back:
        connection.execute(delete(_off).where(_off.c.scope == one.scope))
        waiting = (_message.c.state == MessageState.PENDING) & within(one.scope)
        connection.execute(update(_message).where(waiting).values(next_attempt_at=now))
        if operator:
            tell(connection, vault, _works_again(one, operator), now)
    return back


def _works_again(off: SwitchedOff, operator: str) -> ToOperator:
    lines = (
        f"Suspended since {moment(off.since)}, because: {off.reason}",
        "The receiver has now accepted a message, so the messages that waited are sent now.",
    )
    key, subject = f"on|{off.scope}|{off.since.isoformat()}", f"{named(off)} can be delivered again"
    return ToOperator(key=key, to=operator, subject=subject, lines=lines)


def to_test(connection: Connection, now: datetime) -> list[RowMapping]:
    """Returns the suspended receivers that are due for a test, longest suspended first."""
    query = select(_off).where(_is_due(now)).order_by(_off.c.since, _off.c.scope)
    return list(connection.execute(query).mappings())


def is_anything_to_test(connection: Connection, now: datetime) -> bool:
    """Whether any suspended receiver is due for a test and has a waiting message."""
    return connection.execute(*_waiting(now)).first() is not None


@prepared
def _waiting(now: datetime) -> Statement:
    waiting = select(_off.c.scope).join(_message, _is_waited_for()).where(_is_due(now), _message.c.state == MessageState.PENDING)
    return waiting.limit(1)


def take_test(connection: Connection, seen: RowMapping, next_test_at: datetime) -> bool:
    """Claims a test that was due. Returns False if another sender has already claimed the test."""
    unchanged = (_off.c.scope == seen["scope"]) & (_off.c.next_test_at == seen["next_test_at"])
    return bool(connection.execute(update(_off).where(unchanged).values(next_test_at=next_test_at)).rowcount)


def test_soon(connection: Connection, address: str, now: datetime) -> None:
    """Makes the next test of a receiver earlier, after an inconclusive test: no answer, or an answer that means "not now"."""
    mine = _off.c.scope.in_(scopes_of(address))
    connection.execute(update(_off).where(mine).values(next_test_at=now + FIRST_TEST))


def _is_waited_for() -> Any:
    return (_off.c.scope == _message.c.address_key) | ((_off.c.scope == ALL_MAIL) & is_mail())


def _is_due(now: datetime) -> Any:
    return ~lies_ahead(_off.c.next_test_at, now, 2 * LONGEST_TEST + timedelta(minutes=1))


def _opened(row: RowMapping, vault: Vault) -> SwitchedOff:
    return SwitchedOff(
        scope=row["scope"],
        address=opened(vault, row["address"]),
        since=row["since"],
        reason=row["reason"],
        next_test_at=row["next_test_at"],
    )
