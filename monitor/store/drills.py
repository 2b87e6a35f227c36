"""Queues drills, and records who answered. A drill is a practice alert for a watchlist, which is sent to all addresses that a
real alert would reach at once. A drill creates no event, opens no case, and is never counted as an alert.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, exists, func, insert, select, update

from monitor.addresses import shown
from monitor.errors import UsageError
from monitor.mailbox import key_of
from monitor.model import When
from monitor.notify.links import HaveIt
from monitor.store.audit import note
from monitor.store.database import in_turn, reading, writing
from monitor.store.messages import MessageKind, NewMessage, queue
from monitor.store.people import find_in
from monitor.store.rotas import rota_of
from monitor.store.subscribed import is_paused
from monitor.store.tables import DrillReceiverRow, MessageRow, PersonRow, SubscriptionRow, WatchlistRow, table
from monitor.store.vault import Vault, opened
from monitor.text import counted, lasting

_receiver, _message, _person = table(DrillReceiverRow), table(MessageRow), table(PersonRow)
_subscription, _watchlist = table(SubscriptionRow), table(WatchlistRow)

BETWEEN = timedelta(minutes=15)
"""How much time must pass between two drills of a watchlist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """An address that a drill was sent to, as people see it. `became` is the state of the message (pending, sent, dead, dropped),
    and `answered_at` is when somebody answered (None if nobody has answered)."""

    address: str
    became: str
    answered_at: datetime | None

    @property
    def words(self) -> str:
        """The state of the message in words: "accepted"."""
        return {"sent": "accepted", "pending": "waits", "dead": "not delivered"}.get(self.became, self.became)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """A drill of a watchlist. `started_by` is a person's email address; None if the drill was started on the command line."""

    id: str
    watchlist: str
    started_at: datetime
    started_by: str | None
    reached: tuple[Reached, ...]

    @property
    def words(self) -> str:
        """Returns how many addresses answered, and how fast: "2 of 3 addresses answered, the first after 4 minutes, the last
        after 2 hours"."""
        took = sorted(one.answered_at - self.started_at for one in self.reached if one.answered_at)
        said = f"{len(took)} of {counted(len(self.reached), 'address', 'addresses')} answered"
        if not took:
            return said
        last = f", the last after {lasting(took[-1])}" if len(took) > 1 else ""
        return f"{said}, the first after {lasting(took[0])}{last}"


class Drills:
    """The part of the store for drills. Each method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def start(self, watchlist: str, person: int | None, now: datetime) -> Drill | None:
        """Queues a practice alert for each address that a real alert would reach at once: immediate subscriptions that are not
        paused, the second address, and the rota. Returns None if no watchlist has this name. Raises UsageError if a drill of
        the watchlist was started recently, or if a real alert would reach no address at once."""
        drill = uuid.uuid4().hex
        with writing(self._engine) as connection:
            in_turn(connection)
            if not connection.execute(select(exists().where(_watchlist.c.name == watchlist))).scalar():
                return None
            last = select(func.max(_receiver.c.started_at)).where(_receiver.c.watchlist == watchlist)
            before: datetime | None = connection.execute(last).scalar()
            if before is not None and now - before < BETWEEN:
                ago = lasting(now - before)
                raise UsageError(f"a drill of {watchlist} was started {ago} ago: wait until {lasting(BETWEEN)} have passed")
            addresses = self._addresses(connection, watchlist, now)
            if not addresses:
                raise UsageError(f"nobody would be alerted about {watchlist} at once: subscribe somebody first")
            by = connection.execute(select(_person.c.email).where(_person.c.id == person)).scalar() if person else None
            body = {"drill": drill, "watchlist": watchlist, "started_by": by}
            for address in addresses:
                new = NewMessage(kind=MessageKind.DRILL, address=address, body=body)
                queue(connection, self._vault, new, now)
                to = {"address_key": key_of(address), "address": self._vault.encrypt(address), "message_id": new.id}
                values = {"drill": drill, "watchlist": watchlist, "started_at": now, "started_by": person}
                connection.execute(insert(_receiver).values(**to, **values))
            note(connection, person, "started a drill of", f"{watchlist}: {counted(len(addresses), 'address', 'addresses')}", now)
        return self.of(watchlist)[0]

    def _addresses(self, connection: Connection, watchlist: str, now: datetime) -> list[str]:
        at_once = (_subscription.c.watchlist == watchlist) & (_subscription.c.when == When.IMMEDIATE)
        at_once &= _subscription.c.confirmed_at.is_not(None) & ~is_paused(now)
        chosen = select(_subscription.c.address).where(at_once).order_by(_subscription.c.id)
        immediate = connection.execute(chosen).scalars().all()
        second = connection.execute(select(_watchlist.c.second_address).where(_watchlist.c.name == watchlist)).scalar()
        found = [self._vault.decrypt(one) for one in (*immediate, *((second,) if second else ()))]
        rota = rota_of(connection, self._vault, watchlist)
        while (following := rota.following(now, found)) is not None:
            found.append(following)
        return list({key_of(one): one for one in found}.values())

    def of(self, watchlist: str) -> list[Drill]:
        """The drills of a watchlist, the newest first."""
        query = select(_receiver, _message.c.state, _person.c.email)
        query = query.outerjoin(_message, _message.c.id == _receiver.c.message_id)
        query = query.outerjoin(_person, _person.c.id == _receiver.c.started_by).where(_receiver.c.watchlist == watchlist)
        found: dict[str, list[Row[Any]]] = {}
        with reading(self._engine) as connection:
            for row in connection.execute(query.order_by(_receiver.c.started_at.desc(), _receiver.c.drill, _receiver.c.address)):
                found.setdefault(row.drill, []).append(row)
        return [self._made(rows) for rows in found.values()]

    def _made(self, rows: Sequence[Row[Any]]) -> Drill:
        reached = [
            Reached(address=self._shown(row.address), became=row.state or "dropped", answered_at=row.answered_at) for row in rows
        ]
        first = rows[0]
        return Drill(
            id=first.drill,
            watchlist=first.watchlist,
            started_at=first.started_at,
            started_by=first.email,
            reached=tuple(sorted(reached, key=lambda one: (one.answered_at is None, one.answered_at, one.address))),
        )

    def _shown(self, encrypted: str) -> str:
        return shown(opened(self._vault, encrypted)).removeprefix("mailto:")

    def find(self, link: HaveIt) -> tuple[str, Reached] | None:
        """Returns the watchlist and the address to which a link for answering belongs. Returns None if the drill is no longer
        stored."""
        with reading(self._engine) as connection:
            row = connection.execute(select(_receiver).where(_is_of(link))).first()
        if row is None:
            return None
        return row.watchlist, Reached(address=self._shown(row.address), became="sent", answered_at=row.answered_at)

    def answer(self, link: HaveIt, now: datetime) -> bool:
        """Records that somebody answered from an address. Returns whether this is the first answer from that address."""
        with writing(self._engine) as connection:
            in_turn(connection)
            row = connection.execute(select(_receiver).where(_is_of(link), _receiver.c.answered_at.is_(None))).first()
            if row is None:
                return False
            connection.execute(update(_receiver).where(_is_of(link)).values(answered_at=now))
            by = self._shown(row.address)
            person = find_in(connection, by.lower())
            said = f"{row.watchlist}: {by}, after {lasting(now - row.started_at)}"
            note(connection, person.id if person else None, "answered the drill of", said, now)
            return True


def _is_of(link: HaveIt) -> Any:
    return (_receiver.c.drill == link.item) & _receiver.c.address_key.startswith(link.address_key)
