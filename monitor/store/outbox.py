"""Subscriptions, the notices owed to them, and the messages that carry these: claimed by one sender at a time, never lost.

A message is created once and keeps its id, so that a repetition after a crash can be recognised. It is marked as sent only after
the channel accepted it.
"""

import json
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import Connection, Engine, RowMapping, case, delete, exists, false, func, or_, select, true, update

from monitor import codec
from monitor.detect.correction import correction_id
from monitor.detect.schedule import IDLE, next_test
from monitor.errors import StoreError
from monitor.events import Event, Kind
from monitor.judgement import Judgement
from monitor.mailbox import key_of
from monitor.model import Bundle, NoticeKind, Subscription, Waiting, When
from monitor.notify.route import next_sign
from monitor.store import receivers
from monitor.store.clock import present
from monitor.store.database import add_once, in_turn, reading, writing
from monitor.store.delivery_log import note, opened, watchlists_of
from monitor.store.outages import OUTAGE
from monitor.store.overview import is_unseen
from monitor.store.receivers import SwitchedOff
from monitor.store.services import is_enlisted, is_watched, last_read_before
from monitor.store.tables import (
    EventRow,
    MessageRow,
    MessageState,
    NoticeRow,
    PersonRow,
    ServiceRow,
    SiteRow,
    SubscriptionRow,
    WatchlistRow,
    WatchRow,
    WorkerRow,
    table,
)
from monitor.store.vault import Vault

_subscription, _notice, _message = table(SubscriptionRow), table(NoticeRow), table(MessageRow)
_event, _watch, _service = table(EventRow), table(WatchRow), table(ServiceRow)
_watchlist, _person, _worker, _site = table(WatchlistRow), table(PersonRow), table(WorkerRow), table(SiteRow)

URGENT_WITHIN = timedelta(hours=1)
"""The operator is notified of an alert that was not accepted for this long, and can then telephone."""

CATCHES_UP_WITHIN = timedelta(hours=1)
"""For this long after the program started, digests wait for the checks that were due then."""

LEASE = timedelta(minutes=5)
"""How long a claimed message belongs to its sender. Longer than any attempt takes (timeouts of 30 s, at most a few parts)."""


BETWEEN_TESTS = timedelta(minutes=5)
"""An address gets at most one test message in this period, however often a person asks for it."""


SIGN_IN_KEPT = timedelta(days=2)
"""How long a sign-in link's message is kept, sent or not: longer than any such link is valid."""

LONGEST_WAIT = timedelta(days=1)
"""The longest delay between two attempts to send a message (see monitor.schedule)."""


SHORT = 8
"""Characters of a message's id that people type."""


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


AT_ONCE = (MessageKind.ALERT, MessageKind.ESCALATION, MessageKind.CORRECTION)
"""Messages that somebody must get now."""

OWED_TO_NOBODY = (MessageKind.ESCALATION, MessageKind.CORRECTION)
"""Messages about events that go to an address whether subscribed or not: only the message itself records its events."""

# Urgent messages come first, then those due longest.
_FIRST = (_message.c.kind.not_in(AT_ONCE), _message.c.next_attempt_at, _message.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A message that this sender may now send. `attempt` counts from 1. `parts_done` parts were accepted before, of the content
    with `parts_digest`.

    leased_by      the worker that claimed it, None for a command; with `leased_until` it identifies this claim
    reply          the receiver's last answer
    test           whether its receiver is suspended, and it is sent to see if that works again
    subscriptions  the subscriptions that it is for (none for an operator message)
    events         its events, in the order in which they were recorded
    body           its other content: the text of an operator message, a digest's period
    """

    id: str
    kind: MessageKind
    address: str
    attempt: int
    parts_done: int
    parts_digest: str | None
    created_at: datetime
    subscriptions: tuple[Subscription, ...]
    events: tuple[Event, ...]
    body: dict[str, Any]
    leased_by: str | None
    leased_until: datetime | None
    reply: str | None = None
    test: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ToOperator:
    """An operator message: its address and text. `key` identifies it, so that it is queued only once."""

    key: str
    to: str
    subject: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A message or a waiting notice as lists show it. `id` is an unambiguous beginning of the message's id; None for a notice
    that is not yet in a message. `switched_off`: it waits for a suspended receiver."""

    id: str | None
    kind: str
    address: str
    state: MessageState | Literal["waiting"]
    due_at: datetime
    attempts: int
    reply: str | None
    switched_off: bool = False


class Outbox:
    """The subscriptions' part of the store. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    # ── subscriptions ────────────────────────────────────────────────────────────────────────────────────────────────

    def subscribe(
        self,
        watchlist: str,
        address: str,
        *,
        when: When,
        at: time,
        day: str,
        quiet: bool,
        now: datetime,
        due: Callable[[Subscription, bool, datetime], datetime],
        still_watching: bool | None = None,
    ) -> bool:
        """Adds a subscription, or changes the one that this address has; returns True if it is new.

        A new one is owed a welcome, unless `quiet`. `still_watching` None: unchanged; a new one does not want it. Notices already
        waiting for a changed subscription move to its new hour, which `due` computes from the subscription, whether the event is
        urgent, and when it was seen.
        """
        values: dict[str, object] = {"when": str(when), "at": f"{at:%H:%M}", "day": day, "address": self._vault.seal(address)}
        if still_watching is not None:
            values["still_watching"] = still_watching
        first = {"watchlist": watchlist, "address_key": key_of(address), "created_at": now, "confirmed_at": now}
        same = (_subscription.c.watchlist == watchlist) & (_subscription.c.address_key == key_of(address))
        with writing(self._engine) as connection:
            in_turn(connection)
            new = add_once(connection, _subscription, **{"still_watching": False, "left_out": "[]"} | first | values)
            if not new:
                # Whoever may type it here may confirm for an address that was asked in the pages and has not answered.
                confirmed = func.coalesce(_subscription.c.confirmed_at, now)
                connection.execute(update(_subscription).where(same).values(confirmed_at=confirmed, **values))
            row = connection.execute(select(_subscription).where(same)).mappings().one()
            self.plan_sign(connection, row, now)
            if not new:
                self.reschedule(connection, row["id"], due)
            elif not quiet:
                add_once(connection, _notice, **notice_of(NoticeKind.WELCOME, row["id"], now))
        return new

    def plan_sign(self, connection: Connection, row: RowMapping, now: datetime) -> None:
        """Schedules the next sign of life. One that is due stays due; the idle time of a Teams workflow continues, whatever is
        changed."""
        planned, subscription = row["next_sign_at"], self.as_subscription(row)
        following = next_sign(subscription, now)
        if planned is not None and following is not None and (planned <= now or not subscription.still_watching):
            following = min(planned, following)
        if following != planned:
            mine = _subscription.c.id == subscription.id
            connection.execute(update(_subscription).where(mine).values(next_sign_at=following))

    def reschedule(
        self, connection: Connection, subscription_id: int, due: Callable[[Subscription, bool, datetime], datetime]
    ) -> None:
        """Moves notices waiting for a changed subscription to its new hour, within the caller's transaction (see `subscribe`)."""
        row = connection.execute(select(_subscription).where(_subscription.c.id == subscription_id)).mappings().one()
        subscription = self.as_subscription(row)
        waiting = (
            select(_notice.c.id, _notice.c.urgent, _event.c.body)
            .join(_event, _event.c.id == _notice.c.event_id)
            .where(_notice.c.subscription_id == subscription_id, _notice.c.message_id.is_(None))
        )
        for notice_id, was_urgent, body in connection.execute(waiting).all():
            event = codec.load_event(body)
            held = subscription.is_paused(event.observed_at) and not was_urgent
            urgent = subscription.when is When.IMMEDIATE and event.urgent and not held
            at = due(subscription, urgent, event.observed_at)
            connection.execute(update(_notice).where(_notice.c.id == notice_id).values(urgent=urgent, due_at=at))

    def unsubscribe(self, watchlist: str, address: str, now: datetime, operator: str | None = None) -> bool:
        """Ends a subscription, with everything still owed to it; returns whether there was one. `operator` is notified if nobody
        is left to be alerted about the watchlist and it has no owner."""
        same = (_subscription.c.watchlist == watchlist) & (_subscription.c.address_key == key_of(address))
        with writing(self._engine) as connection:
            in_turn(connection)
            found = connection.execute(select(_subscription.c.id).where(same)).scalar()
            return found is not None and self.end(connection, found, now, operator) is not None

    def end(self, connection: Connection, subscription_id: int, now: datetime, operator: str | None) -> Subscription | None:
        """The same for a subscription by its number, within the caller's transaction (in turn); returns the subscription.

        A message for it alone is dropped. If that message is being sent and is accepted, the delivery log records that too.
        """
        mine = _subscription.c.id == subscription_id
        row = connection.execute(select(_subscription).where(mine)).mappings().first()
        if row is None:
            return None
        ended = self.as_subscription(row)
        carried = select(_notice.c.message_id).where(_notice.c.subscription_id == subscription_id)
        affected = [one for one in connection.execute(carried).scalars() if one]
        connection.execute(delete(_subscription).where(mine))
        for message_id in affected:
            left = exists().where(_notice.c.message_id == message_id)
            unwanted = (_message.c.id == message_id) & (_message.c.state == MessageState.PENDING) & ~left
            if connection.execute(update(_message).where(unwanted).values(state=MessageState.DROPPED)).rowcount:
                note(connection, message_id, MessageState.DROPPED, "the subscription was ended", now, [ended.watchlist])
        others = (_subscription.c.watchlist == ended.watchlist) & _subscription.c.confirmed_at.is_not(None)
        if ended.confirmed and not connection.execute(select(exists().where(others))).scalar():
            self._tell_that_nobody_is_told(connection, ended, now, operator)
        return ended

    def _tell_that_nobody_is_told(self, connection: Connection, ended: Subscription, now: datetime, operator: str | None) -> None:
        """The last subscriber has left a watchlist: notifies its owner, or else the operator."""
        keeper = (
            select(_person.c.email)
            .join(_watchlist, _watchlist.c.owner == _person.c.id)
            .where(_watchlist.c.name == ended.watchlist, _person.c.ended_at.is_(None))
        )
        email = connection.execute(keeper).scalar()
        to = f"mailto:{email}" if email else operator
        watched = connection.execute(select(exists().where(_watch.c.watchlist == ended.watchlist))).scalar()
        if to is None or not watched:
            return
        lines = (
            f"The subscription of {_name_of(ended.address)} has ended. It was the last one of the watchlist {ended.watchlist}.",
            "Its services are checked as before, but nobody is alerted about them until somebody subscribes.",
        )
        key = f"nobody|{ended.watchlist}|{ended.id}|{now.isoformat()}"
        subject = f"nobody is alerted about the watchlist {ended.watchlist} any more"
        self.owe_operator_message(connection, key, to, subject, lines, now, ended.watchlist if email else None)

    def subscriptions(self) -> list[Subscription]:
        """All subscriptions, by watchlist. StoreError if an address cannot be decrypted."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(_subscription).order_by(_subscription.c.watchlist, _subscription.c.id))
            found = rows.mappings().all()
        for row in found:
            self._vault.open(row["address"])
        return [self.as_subscription(row) for row in found]

    def subscriptions_of(self, connection: Connection, location_id: str) -> list[Subscription]:
        """The confirmed subscriptions whose watchlists contain a service, within the caller's transaction. An unconfirmed one
        will get the present state in its first message."""
        query = (
            select(_subscription)
            .join(_watch, _watch.c.watchlist == _subscription.c.watchlist)
            .where(_watch.c.location_id == location_id, _subscription.c.confirmed_at.is_not(None))
            .order_by(_subscription.c.id)
        )
        return [self.as_subscription(row) for row in connection.execute(query).mappings()]

    def subscriptions_to(self, connection: Connection, watchlist: str) -> list[Subscription]:
        """The same for one watchlist."""
        mine = (_subscription.c.watchlist == watchlist) & _subscription.c.confirmed_at.is_not(None)
        rows = connection.execute(select(_subscription).where(mine).order_by(_subscription.c.id)).mappings()
        return [self.as_subscription(row) for row in rows]

    def as_subscription(self, row: RowMapping) -> Subscription:
        """A row of the table as a value. A subscription whose address can no longer be decrypted does not block the others: its
        notices wait."""
        return Subscription(
            id=row["id"],
            watchlist=row["watchlist"],
            address=opened(self._vault, row["address"]),
            when=When(row["when"]),
            at=time.fromisoformat(row["at"]),
            day=row["day"],
            created_at=row["created_at"],
            still_watching=row["still_watching"],
            left_out=frozenset(Kind(one) for one in json.loads(row["left_out"])),
            paused_until=row["paused_until"],
            confirmed=row["confirmed_at"] is not None,
            owner=row["owner"],
        )

    # ── from notices to messages ─────────────────────────────────────────────────────────────────────────────────────

    def compose(
        self,
        now: datetime,
        bundle: Callable[[Sequence[Waiting], datetime], Sequence[Bundle]],
        stale_before: datetime,
        hour_gone_by: Callable[[Subscription, datetime], datetime],
        judged: Callable[[Connection, Collection[str]], Judgement] | None = None,
    ) -> int:
        """Puts waiting notices into messages, grouped by `bundle`, each notice into one message for good; returns how many were
        created.

        A digest also lists the services of its watchlists that were last fully read before `stale_before`, as they are now, so
        that a repetition says the same. If there are such services, a digest is owed at the subscription's hour (`hour_gone_by`
        gives its last one) even if nothing happened: silence must not look like good news. `judged` gives the judgement for some
        watchlists; a digest, a welcome and a sign of life keep that sentence. After a downtime of the program, non-urgent notices
        wait until the checks due then have been made.
        """
        with reading(self._engine) as connection:
            anything = select(exists().where(_notice.c.message_id.is_(None)))
            stale = select(exists().where(last_read_before(stale_before), is_watched()))
            is_stale = connection.execute(stale).scalar()
            is_sign_due = connection.execute(select(exists().where(sign_is_due(now)))).scalar()
            if not is_stale and not is_sign_due and not connection.execute(anything).scalar():
                return 0
        with writing(self._engine) as connection:
            in_turn(connection)  # two at once would split one digest
            down_until = _down_until(connection)
            if is_stale and (down_until is None or not connection.execute(select(exists().where(_was_due(down_until)))).scalar()):
                self._owe_silent_digests(connection, now, stale_before, hour_gone_by)
            if is_sign_due:
                self._owe_signs_of_life(connection, now)
            waiting = self._waiting(connection, now, down_until)
            bundles = bundle(waiting, now) if waiting else ()
            for one in bundles:
                message_id = uuid.uuid4().hex
                body: dict[str, Any] = {"events": list(one.event_ids)}
                if one.kind == MessageKind.DIGEST:
                    body |= {"period": one.period, "stale": self._stale(connection, one.notice_ids, stale_before)}
                elif one.kind == MessageKind.STILL_WATCHING:
                    body |= self._watching(connection, one.subscription_id, stale_before)
                if judged and one.kind != MessageKind.ALERT:
                    found = judged(connection, self._watchlists(connection, one.notice_ids))
                    body |= {"judgement": found.text, "well": found.well}
                self._add_message(connection, message_id, one.kind, self._address_of(connection, one.subscription_id), body, now)
                connection.execute(update(_notice).where(_notice.c.id.in_(one.notice_ids)).values(message_id=message_id))
        return len(bundles)

    def _watchlists(self, connection: Connection, notice_ids: Sequence[int]) -> list[str]:
        """The watchlists for which something is owed."""
        mine = select(_notice.c.subscription_id).where(_notice.c.id.in_(notice_ids))
        query = select(_subscription.c.watchlist).distinct().where(_subscription.c.id.in_(mine))
        return sorted(connection.execute(query).scalars())

    def _waiting(self, connection: Connection, now: datetime, down_until: datetime | None) -> list[Waiting]:
        """The waiting notices, except those held back by a pause, or until the checks due at program start have been made.
        (Urgent notices from before the pause are sent.)"""
        unread = (
            exists()
            .where(_watch.c.watchlist == _subscription.c.watchlist)
            .where(_service.c.location_id == _watch.c.location_id, _service.c.looked_at.is_(None))
        )
        query = (
            select(_notice, _subscription.c.address_key, _subscription.c.when, _event.c.location_id, _event.c.observed_at)
            .add_columns(case((_notice.c.kind == NoticeKind.WELCOME, unread), else_=false()).label("unread"))
            .join(_subscription, _subscription.c.id == _notice.c.subscription_id)
            .outerjoin(_event, _event.c.id == _notice.c.event_id)
            .where(_notice.c.message_id.is_(None), _notice.c.urgent | ~_is_paused(now))
            .where(_notice.c.urgent | (_notice.c.kind == NoticeKind.WELCOME) | ~_waits_for_checks(down_until))
            .order_by(_event.c.position.nulls_first(), _notice.c.id)
        )
        return [
            Waiting(
                notice_id=row["id"],
                kind=NoticeKind(row["kind"]),
                event_id=row["event_id"],
                subscription_id=row["subscription_id"],
                address_key=row["address_key"],
                when=When(row["when"]),
                due_at=row["due_at"],
                urgent=row["urgent"],
                location_id=row["location_id"],
                observed_at=row["observed_at"],
                ready=not row["unread"],
            )
            for row in connection.execute(query).mappings()
        ]

    def _owe_silent_digests(
        self,
        connection: Connection,
        now: datetime,
        stale_before: datetime,
        hour_gone_by: Callable[[Subscription, datetime], datetime],
    ) -> None:
        """Adds a digest, at its hour, for each subscription whose watchlist has services that are not up to date, unless it gets
        one anyway."""
        joined = _service.c.location_id == _watch.c.location_id
        stale = select(_watch.c.watchlist).join(_service, joined).where(last_read_before(stale_before))
        told = _subscription.c.confirmed_at.is_not(None) & ~_is_paused(now)
        rows = connection.execute(select(_subscription).where(_subscription.c.watchlist.in_(stale), told)).mappings().all()
        for row in rows:
            subscription = self.as_subscription(row)
            hour = hour_gone_by(subscription, now)
            mine = _notice.c.subscription_id == subscription.id
            owed = exists().where(mine, _notice.c.due_at == hour, ~_notice.c.urgent)
            own = (_watch.c.watchlist == subscription.watchlist) & joined
            stale_then = exists().where(own, last_read_before(hour - (now - stale_before)))
            wanted = hour > subscription.created_at and connection.execute(select(stale_then & ~owed)).scalar()
            if wanted:
                add_once(connection, _notice, **notice_of(NoticeKind.SILENT_DIGEST, subscription.id, hour))

    def _owe_signs_of_life(self, connection: Connection, now: datetime) -> None:
        """Adds a sign of life for each subscription whose hour has come, only one however many hours have passed. A subscription
        that only must not fall idle gets one if nothing else went to its address meanwhile."""
        due = select(_subscription).where(sign_is_due(now)).order_by(_subscription.c.id)
        kept_alive: set[str] = set()
        for row in connection.execute(due).mappings().all():
            subscription, planned = self.as_subscription(row), row["next_sign_at"]
            following = next_sign(subscription, now)
            # As migrated, or planned by a wrong clock: nothing is owed yet, only rescheduled.
            is_owed = following is not None and planned <= now and planned != row["created_at"]
            is_owed = is_owed and not subscription.is_paused(now)
            if is_owed and not subscription.still_watching:
                last = self._last_sent(connection, row["address_key"])
                if last is not None and last > now - IDLE:
                    is_owed, following = False, next_sign(subscription, min(last, now))
                is_owed = is_owed and row["address_key"] not in kept_alive
                kept_alive.add(row["address_key"])
            mine = _subscription.c.id == subscription.id
            connection.execute(update(_subscription).where(mine).values(next_sign_at=following))
            if is_owed:
                add_once(connection, _notice, **notice_of(NoticeKind.SIGN_OF_LIFE, subscription.id, planned))

    def _last_sent(self, connection: Connection, address_key: str) -> datetime | None:
        """When an address last accepted a message."""
        taken = (_message.c.address_key == address_key) & (_message.c.state == MessageState.SENT)
        return connection.execute(select(func.max(_message.c.sent_at)).where(taken)).scalar()

    def _watching(self, connection: Connection, subscription_id: int, stale_before: datetime) -> dict[str, Any]:
        """The content of a sign of life: how many services are watched, which are not up to date, and since when the others have
        all been read. It is fixed now, so that a repetition says the same."""
        subscription = connection.execute(select(_subscription).where(_subscription.c.id == subscription_id)).mappings().one()
        badly = or_(is_unseen(stale_before), _service.c.read_at.is_(None))
        query = (
            select(_service.c.location_id, _service.c.read_at, badly.label("badly"))
            .join(_watch, _watch.c.location_id == _service.c.location_id)
            .where(_watch.c.watchlist == subscription["watchlist"])
            .order_by(_service.c.location_id)
        )
        services = connection.execute(query).all()
        well = [one.read_at for one in services if not one.badly]
        return {
            "period": "weekly" if subscription["still_watching"] else "monthly",
            "total": len(services),
            "all_since": min(well).isoformat() if well else None,
            "stale": [[one.location_id, one.read_at and one.read_at.isoformat()] for one in services if one.badly],
        }

    def _stale(self, connection: Connection, notice_ids: Sequence[int], before: datetime) -> list[list[str | None]]:
        watchlists = (
            select(_subscription.c.watchlist)
            .join(_notice, _notice.c.subscription_id == _subscription.c.id)
            .where(_notice.c.id.in_(notice_ids))
        )
        query = (
            select(_service.c.location_id, _service.c.read_at)
            .where(exists().where(_watch.c.location_id == _service.c.location_id, _watch.c.watchlist.in_(watchlists)))
            .where(last_read_before(before))
            .order_by(_service.c.location_id)
        )
        return [[one, read_at.isoformat() if read_at else None] for one, read_at in connection.execute(query)]

    def _address_of(self, connection: Connection, subscription_id: int) -> dict[str, object]:
        """The address as stored: one that cannot be decrypted does not block the others."""
        query = select(_subscription.c.address, _subscription.c.address_key).where(_subscription.c.id == subscription_id)
        return dict(connection.execute(query).mappings().one())

    def _insert_message(
        self,
        connection: Connection,
        message_id: str,
        kind: str,
        address: str,
        body: dict[str, Any],
        now: datetime,
        **more: object,
    ) -> bool:
        to = {"address": self._vault.seal(address), "address_key": key_of(address)}
        return self._add_message(connection, message_id, kind, to | more, body, now)

    def _add_message(
        self,
        connection: Connection,
        message_id: str,
        kind: str,
        more: Mapping[str, object],
        body: dict[str, Any],
        now: datetime,
    ) -> bool:
        values: dict[str, object] = {
            "id": message_id,
            "kind": str(kind),
            "body": json.dumps(body),
            "created_at": now,
            "state": MessageState.PENDING,
            "attempts": 0,
            "parts_done": 0,
            "next_attempt_at": now,
        }
        return add_once(connection, _message, **values | dict(more))

    def trouble(self, key: str, address: str, subject: str, lines: Sequence[str], now: datetime) -> bool:
        """Queues an operator message about the monitor itself, once for each `key`; returns whether it is new."""
        with writing(self._engine) as connection:
            return self.owe_operator_message(connection, key, address, subject, lines, now)

    def owe_operator_message(
        self,
        connection: Connection,
        key: str,
        address: str,
        subject: str,
        lines: Sequence[str],
        now: datetime,
        keeper_of: str | None = None,
    ) -> bool:
        """The same within the caller's transaction, so that the message and the record of it stand or fall together. `keeper_of`:
        it goes to that watchlist's owner instead of the operator."""
        message_id = uuid.uuid5(uuid.NAMESPACE_OID, f"{key}|{key_of(address)}").hex
        body = {"subject": subject, "lines": list(lines)} | ({"keeper_of": keeper_of} if keeper_of else {})
        return self._insert_message(connection, message_id, MessageKind.TROUBLE, address, body, now)

    def sign_in(self, email: str, token: str, *, until: datetime, invitation: bool, now: datetime) -> None:
        """Queues a sign-in link for somebody; after `until` it is no longer sent. The token is encrypted while it waits."""
        body = {"token": self._vault.seal(token), "until": until.isoformat(), "invitation": invitation}
        over = (_message.c.kind == MessageKind.SIGN_IN) & (_message.c.created_at < now - SIGN_IN_KEPT)
        with writing(self._engine) as connection:
            connection.execute(delete(_message).where(over))
            self._insert_message(connection, uuid.uuid4().hex, MessageKind.SIGN_IN, f"mailto:{email}", body, now)

    def confirm(self, connection: Connection, watchlist: str, address: str, asked_by: str, now: datetime) -> bool:
        """Queues the question whether the owner of an address wants a subscription, within the caller's transaction: once for
        each watchlist, however often it is entered, and at most once a day, since its link covers everything that the address was
        asked. Returns whether it is new."""
        same = (_message.c.address_key == key_of(address)) & (_message.c.kind == MessageKind.CONFIRM)
        if connection.execute(select(exists().where(same, _message.c.created_at > now - timedelta(days=1)))).scalar():
            return False
        message_id = uuid.uuid5(uuid.NAMESPACE_OID, f"confirm|{watchlist}|{key_of(address)}").hex
        body = {"watchlist": watchlist, "asked_by": asked_by}
        return self._insert_message(connection, message_id, MessageKind.CONFIRM, address, body, now)

    def escalate(
        self, connection: Connection, address: str, watchlist: str, reason: str, ids: Sequence[str], now: datetime
    ) -> str:
        """Queues an alert for an unsubscribed address, within the caller's transaction (see `escalations`); returns the message's
        id."""
        message_id = uuid.uuid4().hex
        body = {"events": list(ids), "watchlists": [watchlist], "reason": reason}
        self._insert_message(connection, message_id, MessageKind.ESCALATION, address, body, now)
        return message_id

    def owe_correction(
        self, connection: Connection, correction: str, address: str, watchlists: Sequence[str], answers: str, now: datetime
    ) -> bool:
        """Queues the correction of an event for an address that got it, within the caller's transaction. Returns whether it is
        new, since each address gets it once. `answers`: the message that carried the event there."""
        message_id = uuid.uuid5(uuid.NAMESPACE_OID, f"correction|{correction}|{key_of(address)}").hex
        body = {"events": [correction], "watchlists": list(watchlists), "answers": answers}
        return self._insert_message(connection, message_id, MessageKind.CORRECTION, address, body, now)

    def owe_question(
        self, connection: Connection, message_id: str, address: str, watchlists: Sequence[str], now: datetime
    ) -> bool:
        """Asks an address whether its messages are read, within the caller's transaction (see `readers`)."""
        body = {"watchlists": list(watchlists)}
        return self._insert_message(connection, message_id, MessageKind.STILL_READ, address, body, now)

    def _correct_late(self, connection: Connection, message_id: str, now: datetime) -> None:
        """Queues the correction if an event was retracted while its message was being sent."""
        row = connection.execute(select(_message).where(_message.c.id == message_id)).mappings().one()
        body = json.loads(row["body"])
        told = _event.c.id.in_(body.get("events", ()))
        corrected = connection.execute(select(_event.c.id).where(told, _event.c.corrected_at.is_not(None))).scalars().all()
        if corrected:
            watchlists = body.get("watchlists") or watchlists_of(connection, message_id)
            for one in corrected:
                address = self._vault.open(row["address"])
                self.owe_correction(connection, correction_id(one), address, watchlists, message_id, now)

    def owe_test(self, connection: Connection, address: str, now: datetime) -> bool:
        """Queues a test message for an address, within the caller's transaction; False if one was queued within the last
        minutes."""
        spell = int(now.timestamp() // BETWEEN_TESTS.total_seconds())
        message_id = uuid.uuid5(uuid.NAMESPACE_OID, f"test|{spell}|{key_of(address)}").hex
        return self._insert_message(connection, message_id, MessageKind.TEST, address, {}, now)

    def forget(self, message_id: str) -> None:
        """Removes a message without a trace: a sign-in link that has expired, or whose receiver does not exist."""
        with writing(self._engine) as connection:
            connection.execute(delete(_message).where(_message.c.id == message_id))

    def tell(self, connection: Connection, word: ToOperator | None, now: datetime) -> None:
        """Queues an operator message, within the caller's transaction; None: does nothing."""
        if word is not None:
            self.owe_operator_message(connection, word.key, word.to, word.subject, word.lines, now)

    # ── sending ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _is_anything_pending(self) -> bool:
        """Asked without a lock, since usually nothing is pending and several senders ask each second."""
        with reading(self._engine) as connection:
            return bool(connection.execute(select(exists().where(_message.c.state == MessageState.PENDING))).scalar())

    def claim(
        self,
        now: datetime,
        limit: int,
        worker: str | None = None,
        *,
        begun: datetime | None = None,
        busy: Collection[str] = (),
    ) -> list[Claimed]:
        """Claims due messages, at most `limit`, for this sender alone until the lease runs out, or until its worker is found dead
        (see WorkerRow; no worker: a command). A worker already found dead gets nothing, and messages to suspended receivers are
        not claimed.

        begun  a message that was tried before is claimed only if it was due by then, so that no round tries a message twice busy
        scopes (see `receivers`) with enough messages being sent: nothing is claimed for them
        """
        if not self._is_anything_pending():
            return []
        with writing(self._engine) as connection:
            if worker is not None and not is_enlisted(connection, worker):
                return []
            due = _is_due(now) & (~receivers.waits() | (_message.c.kind == MessageKind.TEST))
            if begun is not None:
                due &= (_message.c.attempts == 0) | ~_is_put_off(begun)
            for scope in busy:
                due &= ~receivers.within(scope)
            chosen = select(_message.c.id).where(due).order_by(*_FIRST).limit(limit)
            return self._take(connection, chosen.with_for_update(skip_locked=True), now, worker)

    def claim_test(self, now: datetime, worker: str | None = None) -> Claimed | None:
        """Claims one message to a suspended receiver that is due for a test, an alert first; None if nothing is due, or somebody
        else has the test."""
        with reading(self._engine) as connection:
            if not receivers.is_anything_to_test(connection, now):
                return None
        with writing(self._engine) as connection:
            if worker is not None and not is_enlisted(connection, worker):
                return None
            for off in receivers.to_test(connection, now):
                waiting = (_message.c.state == MessageState.PENDING) & _is_free(now) & receivers.within(off["scope"])
                chosen = select(_message.c.id).where(waiting).order_by(*_FIRST).limit(1).with_for_update(skip_locked=True)
                if connection.execute(chosen).first() is None:
                    continue
                if receivers.take_test(connection, off, next_test(off["since"], now=now)):
                    for claimed in self._take(connection, chosen, now, worker):
                        return replace(claimed, test=True)
        return None

    def begin_test(self, address: str, now: datetime) -> Claimed:
        """Starts a test message to an address that this sender has claimed."""
        message_id = uuid.uuid4().hex
        with writing(self._engine) as connection:
            leased = {"leased_until": now + LEASE, "attempts": 1}
            self._insert_message(connection, message_id, MessageKind.TEST, address, {}, now, **leased)
            row = connection.execute(select(_message).where(_message.c.id == message_id)).mappings().one()
            return self._claimed(connection, row, address)

    def _take(self, connection: Connection, chosen: Any, now: datetime, worker: str | None) -> list[Claimed]:
        claimed: list[Claimed] = []
        while not claimed and (ids := list(connection.execute(chosen).scalars())):
            claim = {"leased_until": now + LEASE, "leased_by": worker, "attempts": _message.c.attempts + 1}
            connection.execute(update(_message).where(_message.c.id.in_(ids)).values(**claim))
            rows = connection.execute(select(_message).where(_message.c.id.in_(ids)).order_by(*_FIRST)).mappings().all()
            for row in rows:
                try:
                    claimed.append(self._claimed(connection, row, self._vault.open(row["address"])))
                except (StoreError, ValueError, KeyError) as error:
                    # A message that cannot be decoded (encrypted with another key, or written by another version) does not block
                    # the others. It is tried again; meanwhile nobody sends it, and the operator is notified of it as of any other
                    # overdue message.
                    reply = " ".join(str(error).split())[:300]
                    later = {"reply": reply, "leased_until": None, "next_attempt_at": now + LEASE}
                    connection.execute(update(_message).where(_message.c.id == row["id"]).values(**later))
        return claimed

    def _claimed(self, connection: Connection, row: RowMapping, address: str) -> Claimed:
        body = json.loads(row["body"])
        wanted = body.get("events", [])
        if wanted and row["kind"] not in OWED_TO_NOBODY:
            # Not those of a subscription that has ended since.
            still = set(connection.execute(select(_notice.c.event_id).where(_notice.c.message_id == row["id"])).scalars())
            wanted = [one for one in wanted if one in still]
            if wanted != body["events"]:  # the delivery log records the events sent, not those once planned
                body["events"] = wanted
                connection.execute(update(_message).where(_message.c.id == row["id"]).values(body=json.dumps(body)))
        if row["kind"] == MessageKind.SIGN_IN:
            body["token"] = self._vault.open(body["token"])
        bodies: dict[str, str] = {}
        if wanted:
            found = connection.execute(select(_event.c.id, _event.c.body).where(_event.c.id.in_(wanted)))
            bodies = {row.id: row.body for row in found}
        subscribed = select(_subscription).where(
            _subscription.c.id.in_(select(_notice.c.subscription_id).where(_notice.c.message_id == row["id"]))
        )
        return Claimed(
            id=row["id"],
            kind=MessageKind(row["kind"]),
            address=address,
            attempt=row["attempts"],
            parts_done=row["parts_done"],
            parts_digest=row["parts_digest"],
            created_at=row["created_at"],
            subscriptions=tuple(self.as_subscription(one) for one in connection.execute(subscribed).mappings()),
            events=tuple(codec.load_event(bodies[one]) for one in wanted if one in bodies),
            body=body,
            leased_by=row["leased_by"],
            leased_until=row["leased_until"],
            reply=row["reply"],
        )

    def part_done(self, claimed: Claimed, parts_done: int, parts_digest: str, reply: str, now: datetime) -> Claimed:
        """Records that the receiver accepted some parts of a message, so that a repetition continues after them. Renews and
        returns the claim."""
        values = {"parts_done": parts_done, "parts_digest": parts_digest, "reply": reply, "leased_until": now + LEASE}
        with writing(self._engine) as connection:
            held = connection.execute(update(_message).where(_is_held_by(claimed)).values(**values)).rowcount
            if claimed.events:
                self._correct_late(connection, claimed.id, now)
        return replace(claimed, leased_until=now + LEASE) if held else claimed

    def sent(
        self,
        message_id: str,
        reply: str,
        now: datetime,
        works_again: Callable[[SwitchedOff], ToOperator | None] | None = None,
        said: str | None = None,
    ) -> list[SwitchedOff]:
        """Records that the receiver accepted what the message `said`, which is kept. If the receiver was suspended, it is
        resumed, and the operator is notified with the text from `works_again`. Returns what was resumed.

        This holds whoever has claimed the message by now, since it was accepted. A repeat changes nothing.
        """
        with writing(self._engine) as connection:
            values = {"state": MessageState.SENT, "reply": reply, "sent_at": now, "leased_until": None, "said": said}
            noted = (_message.c.state == MessageState.SENT) & (_message.c.sent_at == now)
            mine = (_message.c.id == message_id) & func.coalesce(~noted, true())
            if connection.execute(update(_message).where(mine).values(**values)).rowcount:
                note(connection, message_id, MessageState.SENT, reply, now)
                self._correct_late(connection, message_id, now)
            return self._works(connection, message_id, now, works_again)

    def _works(
        self,
        connection: Connection,
        message_id: str,
        now: datetime,
        works_again: Callable[[SwitchedOff], ToOperator | None] | None,
    ) -> list[SwitchedOff]:
        """Resumes the receiver of a message, which accepted it or gave a valid answer."""
        sealed = connection.execute(select(_message.c.address).where(_message.c.id == message_id)).scalar()
        if not sealed:
            return []
        return self._switch_on(connection, receivers.scopes_of(self._vault.open(sealed)), now, works_again)

    def _switch_on(
        self,
        connection: Connection,
        scopes: Collection[str],
        now: datetime,
        works_again: Callable[[SwitchedOff], ToOperator | None] | None,
    ) -> list[SwitchedOff]:
        back = receivers.switch_on(connection, self._vault, scopes, now)
        for one in back:
            self.tell(connection, works_again(one) if works_again else None, now)
        return back

    def retry(self, claimed: Claimed, reply: str, at: datetime) -> None:
        """Records that the receiver did not accept the message; it is tried again at `at`."""
        self._update(claimed, reply=reply, next_attempt_at=at, leased_until=None)

    def test_again(self, claimed: Claimed, reply: str, now: datetime) -> None:
        """Records that a test was inconclusive (no answer, or not now): another follows soon, with another message if one waits.
        It does not count as an attempt."""
        with writing(self._engine) as connection:
            self._give_back(connection, claimed, reply, now)
            receivers.test_soon(connection, claimed.address, now)

    def broken(
        self,
        claimed: Claimed,
        reply: str,
        now: datetime,
        *,
        for_all: bool,
        word: ToOperator | None,
        works_again: Callable[[SwitchedOff], ToOperator | None] | None = None,
    ) -> bool:
        """Suspends a misconfigured receiver (all email, `for_all`, or this address) and queues the operator message; returns
        whether it was active. The message waits for it, and this does not count as an attempt. If only this address is affected,
        the mail server accepted our sign-in: all other email is resumed if it was suspended (see `sent`)."""
        scope = receivers.ALL_MAIL if for_all and claimed.address.startswith("mailto:") else key_of(claimed.address)
        off = SwitchedOff(scope=scope, address=claimed.address, since=now, reason=reply, next_test_at=next_test(now, now=now))
        with writing(self._engine) as connection:
            self._give_back(connection, claimed, reply, now)
            new = receivers.switch_off(connection, off, self._vault.seal(claimed.address))
            if new:
                self.tell(connection, word, now)
            if not for_all and claimed.address.startswith("mailto:"):
                self._switch_on(connection, [receivers.ALL_MAIL], now, works_again)
        return new

    def _give_back(self, connection: Connection, claimed: Claimed, reply: str | None, now: datetime) -> None:
        """Releases the message for any sender at once; this does not count as an attempt."""
        values = {"reply": reply, "next_attempt_at": now, "leased_until": None, "attempts": _message.c.attempts - 1}
        connection.execute(update(_message).where(_is_held_by(claimed), _message.c.attempts > 0).values(**values))

    def dead(
        self,
        claimed: Claimed,
        reply: str,
        now: datetime,
        *,
        word: ToOperator | None = None,
        works_again: Callable[[SwitchedOff], ToOperator | None] | None = None,
    ) -> None:
        """Gives up the message and queues the operator message: a dead letter, which `status` lists. Not if a person dropped it
        meanwhile. `works_again`: the refusal was final, so the receiver itself works (see `sent`)."""
        values = {"state": MessageState.DEAD, "reply": reply, "leased_until": None, "operator_told_at": now}
        with writing(self._engine) as connection:
            if connection.execute(update(_message).where(_is_held_by(claimed)).values(**values)).rowcount:
                note(connection, claimed.id, MessageState.DEAD, reply, now)
                self.tell(connection, word, now)
            if works_again is not None:
                self._works(connection, claimed.id, now, works_again)

    def test_failed(self, claimed: Claimed, reply: str, now: datetime) -> None:
        """Records that a test message that a person sent was not accepted: it is not tried again."""
        with writing(self._engine) as connection:
            gone = {"state": MessageState.DROPPED, "reply": reply, "leased_until": None}
            if connection.execute(update(_message).where(_is_held_by(claimed)).values(**gone)).rowcount:
                note(connection, claimed.id, MessageState.DROPPED, reply, now)

    def _update(self, claimed: Claimed, **values: object) -> bool:
        with writing(self._engine) as connection:
            return bool(connection.execute(update(_message).where(_is_held_by(claimed)).values(**values)).rowcount)

    # ── operator messages about the outbox ───────────────────────────────────────────────────────────────────────────────

    def overdue(self, now: datetime, limit: int) -> list[Claimed]:
        """Alerts that were not accepted within URGENT_WITHIN, for any reason, and that the operator has not been notified of.
        This does not claim them."""
        query = select(_message).where(is_overdue(now), _message.c.operator_told_at.is_(None))
        with reading(self._engine) as connection:
            if connection.execute(query.limit(1)).first() is None:
                return []
        with writing(self._engine) as connection:
            rows = connection.execute(query.order_by(_message.c.created_at, _message.c.id).limit(limit)).mappings().all()
            return [self._claimed(connection, row, opened(self._vault, row["address"])) for row in rows]

    def taken(self, ids: Collection[str]) -> dict[str, Claimed]:
        """Messages accepted by their receivers, by their ids. This does not claim them."""
        if not ids:
            return {}
        query = select(_message).where(_message.c.id.in_(ids), _message.c.state == MessageState.SENT)
        with writing(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
            return {row["id"]: self._claimed(connection, row, opened(self._vault, row["address"])) for row in rows}

    def tell_of_overdue(self, ids: Collection[str], word: ToOperator | None, now: datetime) -> bool:
        """Queues the operator message about alerts that do not get through. False, with nothing queued, if one of them was
        accepted meanwhile or is being reported by another process. Without text they are only marked as reported."""
        wanted = _message.c.id.in_(ids) & is_overdue(now) & _message.c.operator_told_at.is_(None)
        with writing(self._engine) as connection:
            chosen = select(_message.c.id).where(wanted).order_by(_message.c.id).with_for_update(skip_locked=True)
            if set(connection.execute(chosen).scalars()) != set(ids):
                return False
            connection.execute(update(_message).where(_message.c.id.in_(ids)).values(operator_told_at=now))
            self.tell(connection, word, now)
        return True

    # ── what is known ────────────────────────────────────────────────────────────────────────────────────────────────

    def last_digest(self, address: str, period: str, before: datetime) -> datetime | None:
        """When the last digest of a period before an instant was created for an address; None if there was none."""
        same = (_message.c.address_key == key_of(address)) & (_message.c.kind == MessageKind.DIGEST)
        newest = select(_message.c.created_at, _message.c.body).where(same, _message.c.created_at < before)
        with reading(self._engine) as connection:
            for created_at, body in connection.execute(newest.order_by(_message.c.created_at.desc()).limit(30)):
                if json.loads(body).get("period") == period:
                    return created_at  # type: ignore[no-any-return]
        return None

    def unsent(self) -> list[Listed]:
        """What waits in the outbox and why, and the dead letters: oldest first."""
        with reading(self._engine) as connection:
            open_still = _message.c.state.in_((MessageState.PENDING, MessageState.DEAD))
            rows = connection.execute(select(_message).where(open_still).order_by(_message.c.next_attempt_at)).mappings().all()
            short = _short_ids(connection, [row["id"] for row in rows])
            waiting = select(_message.c.id).where(_message.c.state == MessageState.PENDING, receivers.waits())
            waits = set(connection.execute(waiting).scalars())
            messages = [
                Listed(
                    id=short[row["id"]],
                    kind=row["kind"],
                    address=opened(self._vault, row["address"]),
                    state=MessageState(row["state"]),
                    due_at=row["next_attempt_at"],
                    attempts=row["attempts"],
                    reply=row["reply"],
                    switched_off=row["id"] in waits,
                )
                for row in rows
            ]
            query = (
                select(_notice.c.kind, _notice.c.due_at, _subscription.c.address)
                .join(_subscription, _subscription.c.id == _notice.c.subscription_id)
                .where(_notice.c.message_id.is_(None))
                .order_by(_notice.c.due_at)
            )
            notices = [
                Listed(
                    id=None,
                    kind="welcome" if kind == NoticeKind.WELCOME else "notice",
                    address=opened(self._vault, sealed),
                    state="waiting",
                    due_at=due_at,
                    attempts=0,
                    reply=None,
                )
                for kind, due_at, sealed in connection.execute(query)
            ]
        return [*messages, *notices]


def _is_held_by(claimed: Claimed) -> Any:
    """SQL: it still waits, and nobody else has claimed it since. A sender that hung, and was declared dead, no longer decides
    what becomes of a message that another one is sending."""
    same = (_message.c.leased_until == claimed.leased_until) & _message.c.leased_by.is_not_distinct_from(claimed.leased_by)
    free = _message.c.leased_until.is_(None)
    return (_message.c.id == claimed.id) & (_message.c.state == MessageState.PENDING) & (free | same)


def _is_free(now: datetime) -> Any:
    """SQL: nobody has claimed it. A lease further ahead than any we give was set by a wrong clock (senders' clocks differ a
    little, hence twice)."""
    leased = (_message.c.leased_until > now) & (_message.c.leased_until <= now + 2 * LEASE)
    return _message.c.leased_until.is_(None) | ~leased


def _is_put_off(now: datetime) -> Any:
    """SQL: it is tried again later. A time further ahead than any we plan was set by a wrong clock: the message is due."""
    return (_message.c.next_attempt_at > now) & (_message.c.next_attempt_at <= now + 2 * LONGEST_WAIT)


def _is_due(now: datetime) -> Any:
    return (_message.c.state == MessageState.PENDING) & ~_is_put_off(now) & _is_free(now)


def is_overdue(now: datetime) -> Any:
    """SQL: an alert that has waited too long, and is not being sent now. If it was created in the future, by a wrong clock,
    nobody knows how long it has waited."""
    made = _message.c.created_at
    is_alert = (_message.c.state == MessageState.PENDING) & _message.c.kind.in_(AT_ONCE)
    return is_alert & _is_free(now) & ((made <= now - URGENT_WITHIN) | (made > now + URGENT_WITHIN))


def _down_until(connection: Connection) -> datetime | None:
    """When the program started, if that is so recent that the checks due then may not have been made. None if it has run for
    long, if no daemon is running, or if CQC's site cannot be read."""
    started = select(func.min(_worker.c.started_at)).where(_worker.c.alive_until > present(connection))
    since: datetime | None = connection.execute(started).scalar()
    out = exists().where(_site.c.name == OUTAGE, _site.c.blind_since.is_not(None))
    if since is None or present(connection) - since > CATCHES_UP_WITHIN or connection.execute(select(out)).scalar():
        return None
    return since


def _was_due(instant: datetime) -> Any:
    """An SQL condition on services: they are watched, were due at an instant, and have not been checked since."""
    return (_service.c.next_look_at <= instant) & is_watched()


def _waits_for_checks(down_until: datetime | None) -> Any:
    """An SQL condition on subscriptions: services of theirs were due when the program started, and have not been checked yet."""
    if down_until is None:
        return false()
    on_it = (_watch.c.watchlist == _subscription.c.watchlist) & (_watch.c.location_id == _service.c.location_id)
    return exists().where(on_it, _service.c.next_look_at <= down_until)


def _is_paused(now: datetime) -> Any:
    """An SQL condition on subscriptions."""
    return func.coalesce(_subscription.c.paused_until > now, false())


def sign_is_due(now: datetime) -> Any:
    """SQL: it is time to decide whether a subscription is owed a sign of life. A time too far ahead was set by a wrong clock."""
    at = _subscription.c.next_sign_at
    return (at <= now) | (at > now + 2 * IDLE)


def notice_of(kind: NoticeKind, subscription_id: int, due_at: datetime) -> dict[str, object]:
    """A notice without an event."""
    return {"kind": str(kind), "subscription_id": subscription_id, "due_at": due_at, "urgent": False}


def _name_of(address: str) -> str:
    """An address as shown to people: a webhook's is a secret."""
    return address.removeprefix("mailto:") if address.startswith("mailto:") else f"a {address.partition(':')[0]} address"


def _short_ids(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The first characters of each id, or the whole id if another begins with the same characters."""
    if not ids:
        return {}
    beginning = func.substr(_message.c.id, 1, SHORT)
    double = set(connection.execute(select(beginning).group_by(beginning).having(func.count() > 1)).scalars())
    return {one: one if one[:SHORT] in double else one[:SHORT] for one in ids}
