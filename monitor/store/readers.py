"""Asks whether anybody reads the messages to an email address. Each address is asked every three months, if the monitor reads no
delivery reports."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, exists, false, func, select, update

from monitor.store.audit import note
from monitor.store.database import in_turn, reading, writing
from monitor.store.messages import MessageKind, NewMessage, queue
from monitor.store.prepared import Statement, prepared
from monitor.store.tables import SubscriptionRow, table
from monitor.store.vault import Vault, opened

_subscription = table(SubscriptionRow)

ASKED_EVERY = timedelta(days=90)
"""How long after the confirmation of its subscription an address is first asked whether anybody reads its messages. Also how much
time must pass after a question, and after an answer, before the address is asked again."""

ANSWERED_WITHIN = timedelta(days=30)
"""If nobody answers the question within this time, the judgement reports the address, and a person needs to find out whether
anybody reads its messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """An address from which nobody has answered the question whether anybody reads its messages. `asked_at` is the time of the
    question."""

    address: str
    asked_at: datetime
    watchlists: tuple[str, ...]


class Readers:
    """The part of the store that asks whether anybody reads messages. Every method is one transaction; all raise
    StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def ask(self, now: datetime) -> int:
        """Queues the question for each email address that must be asked now, in one message for all subscriptions of the address.
        Returns the number of these messages. An address is not asked while all its subscriptions are paused or unconfirmed."""
        due = is_to_be_asked(now)
        with reading(self._engine) as connection:
            if not connection.execute(select(exists().where(due))).scalar():
                return 0
        with writing(self._engine) as connection:
            in_turn(connection)
            keys = sorted(set(connection.execute(select(_subscription.c.address_key).where(due)).scalars()))
            for key in keys:
                self._ask(connection, key, now)
        return len(keys)

    def _ask(self, connection: Connection, address_key: str, now: datetime) -> None:
        mine = (_subscription.c.address_key == address_key) & _subscription.c.confirmed_at.is_not(None)
        rows = connection.execute(select(_subscription).where(mine).order_by(_subscription.c.watchlist)).mappings().all()
        connection.execute(update(_subscription).where(mine).values(asked_if_read_at=now))
        message_id = uuid.uuid5(uuid.NAMESPACE_OID, f"still read|{address_key}|{now.isoformat()}").hex
        address, watchlists = self._vault.decrypt(rows[0]["address"]), [row["watchlist"] for row in rows]
        new = NewMessage(id=message_id, kind=MessageKind.STILL_READ, address=address, body={"watchlists": watchlists})
        queue(connection, self._vault, new, now)

    def said_so(self, address_key: str, now: datetime) -> tuple[str, ...]:
        """Records that somebody reads the messages to an address, and returns the address's watchlists. `address_key` is the
        beginning of the address's key. The method may be called again for the same answer."""
        mine = func.substr(_subscription.c.address_key, 1, len(address_key)) == address_key
        with writing(self._engine) as connection:
            in_turn(connection)
            rows = connection.execute(select(_subscription).where(mine).order_by(_subscription.c.watchlist)).mappings().all()
            connection.execute(update(_subscription).where(mine).values(read_at=now))
            if rows:
                address = opened(self._vault, rows[0]["address"]).removeprefix("mailto:")
                note(connection, None, "said that messages are read", address, now)
        return tuple(row["watchlist"] for row in rows)


def unanswered_in(connection: Connection, vault: Vault, now: datetime) -> list[Unanswered]:
    """Returns the addresses that were asked ANSWERED_WITHIN ago or earlier, and from which nobody has answered since then, in the
    order in which they were asked. These addresses are still alerted."""
    rows = connection.execute(*_unanswered(now)).mappings().all()
    return sorted(_by_address(vault, rows), key=attrgetter("asked_at", "address"))


@prepared
def _unanswered(now: datetime) -> Statement:
    late = (_subscription.c.asked_if_read_at <= now - ANSWERED_WITHIN) & _has_not_answered()
    return select(_subscription).where(late).order_by(_subscription.c.address_key, _subscription.c.watchlist)


def _by_address(vault: Vault, rows: Sequence[RowMapping]) -> Iterator[Unanswered]:
    for _, together in groupby(rows, key=itemgetter("address_key")):
        mine = list(together)
        yield Unanswered(
            address=opened(vault, mine[0]["address"]),
            asked_at=min(row["asked_if_read_at"] for row in mine),
            watchlists=tuple(row["watchlist"] for row in mine),
        )


def _has_not_answered() -> Any:
    return _subscription.c.read_at.is_(None) | (_subscription.c.read_at < _subscription.c.asked_if_read_at)


def is_to_be_asked(now: datetime) -> Any:
    """Returns an SQL condition that is true for a subscription whose email address must be asked now (see ASKED_EVERY): the
    subscription is confirmed and not paused, and the last question and the last answer are long enough ago."""
    before = now - ASKED_EVERY
    known = func.coalesce(_subscription.c.read_at, _subscription.c.confirmed_at)
    asked = _subscription.c.asked_if_read_at
    paused = func.coalesce(_subscription.c.paused_until > now, false())
    wanted = _subscription.c.address.startswith("mailto:") & _subscription.c.confirmed_at.is_not(None)
    return wanted & (known <= before) & (asked.is_(None) | (asked <= before)) & ~paused
