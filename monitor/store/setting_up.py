"""Finds out from the database which parts of a new installation have been set up. Also queues a test message to the person who
sets up the installation."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, exists, func, select

from monitor.mailbox import key_of
from monitor.store.audit import note
from monitor.store.database import reading, writing
from monitor.store.messages import MessageKind, queue, trial
from monitor.store.people import Person
from monitor.store.receivers import ALL_MAIL
from monitor.store.tables import (
    MessageRow,
    MessageState,
    RegisterRow,
    SubscriptionRow,
    SwitchedOffRow,
    WatchlistRow,
    WatchRow,
    table,
)
from monitor.store.vault import Vault

_message, _off, _subscription = table(MessageRow), table(SwitchedOffRow), table(SubscriptionRow)
_watchlist, _watch, _register = table(WatchlistRow), table(WatchRow), table(RegisterRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """The parts of an installation that have been set up so far.

    registered   whether CQC's register was imported
    services     how many services are watched
    unalerted    the watchlists with services that nobody is alerted about (unconfirmed addresses are not alerted)
    other_ways   whether anybody is alerted through a channel other than email
    accepted     whether a receiver has accepted any message
    """

    registered: bool
    services: int
    unalerted: tuple[str, ...]
    other_ways: bool
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A test message. `reply` is the receiver's answer, or the reason why the message waits; None before the first attempt to
    send the message."""

    state: MessageState
    made_at: datetime
    sent_at: datetime | None
    reply: str | None


class SettingUp:
    """The part of the store for setting up. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def state(self) -> SetUp:
        """Returns the parts that have been set up so far."""
        is_alerted = _subscription.c.confirmed_at.is_not(None)
        has_services = exists().where(_watch.c.watchlist == _watchlist.c.name)
        alerted = exists().where(_subscription.c.watchlist == _watchlist.c.name, is_alerted)
        unalerted = select(_watchlist.c.name).where(has_services, ~alerted).order_by(_watchlist.c.name)
        other = exists().where(is_alerted, ~_subscription.c.address.startswith("mailto:"))
        with reading(self._engine) as connection:
            return SetUp(
                registered=bool(connection.execute(select(exists().where(_register.c.left_on.is_(None)))).scalar()),
                services=connection.execute(select(func.count(_watch.c.location_id.distinct()))).scalar_one(),
                unalerted=tuple(connection.execute(unalerted).scalars()),
                other_ways=bool(connection.execute(select(other)).scalar()),
                accepted=bool(connection.execute(select(exists().where(_message.c.state == MessageState.SENT))).scalar()),
            )

    def send_test(self, person: Person, now: datetime) -> bool:
        """Queues a test message to a person's own address. Returns False if a test message was queued within the last few
        minutes."""
        with writing(self._engine) as connection:
            new = queue(connection, self._vault, trial(f"mailto:{person.email}", now), now)
            if new:
                note(connection, person.id, "sent a test message to", person.email, now)
        return new

    def last_test(self, person: Person) -> Trial | None:
        """Returns the newest test message to a person's own address, or None if no test message was sent."""
        is_test = (_message.c.address_key == key_of(f"mailto:{person.email}")) & (_message.c.kind == MessageKind.TEST)
        query = select(_message).where(is_test).order_by(_message.c.created_at.desc()).limit(1)
        with reading(self._engine) as connection:
            row = connection.execute(query).mappings().first()
            if row is None:
                return None
            reply = row["reply"]
            if row["state"] == MessageState.PENDING:
                off = select(_off.c.reason).where(_off.c.scope.in_((ALL_MAIL, row["address_key"])))
                reply = connection.execute(off).scalar() or reply
        return Trial(state=MessageState(row["state"]), made_at=row["created_at"], sent_at=row["sent_at"], reply=reply)
