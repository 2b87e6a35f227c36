"""Stores messages and the results of sending them. A message is composed once, claimed by one sender at a time, and never lost.

A message keeps its id, so that the receiver can recognise a retry after a crash. A message is marked as sent only after the
channel has accepted it.
"""

import json
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, delete, exists, func, select, true, update

from monitor import codec
from monitor.detect.correction import correction_id
from monitor.detect.schedule import lies_ahead, next_test
from monitor.errors import StoreError, UsageError
from monitor.events import Event
from monitor.judgement import Setup
from monitor.mailbox import key_of
from monitor.model import Subscription
from monitor.settings import BUNDLE_OVER
from monitor.store import receivers
from monitor.store.composing import Composing
from monitor.store.database import reading, writing
from monitor.store.delivery_log import note, watchlists_of
from monitor.store.messages import (
    AT_ONCE,
    LEASE,
    OWED_TO_NOBODY,
    MessageKind,
    NewMessage,
    ToOperator,
    correction,
    is_free,
    is_overdue,
    queue,
    tell,
)
from monitor.store.prepared import Statement, prepared
from monitor.store.receivers import SwitchedOff
from monitor.store.services import is_enlisted
from monitor.store.subscribed import as_subscription
from monitor.store.tables import (
    EventRow,
    MessageRow,
    MessageState,
    NoticeRow,
    SubscriptionRow,
    table,
)
from monitor.store.vault import Vault, opened

_subscription, _notice, _message = table(SubscriptionRow), table(NoticeRow), table(MessageRow)
_event = table(EventRow)

SIGN_IN_KEPT = timedelta(days=2)
"""How long a message with a sign-in link is kept, whether it was sent or not. The link itself expires earlier."""

LONGEST_WAIT = timedelta(days=1)
"""The longest delay between two attempts to send a message (see monitor.detect.schedule)."""


# The order in which messages are sent: urgent messages first, then the messages that have been due longest.
_FIRST = (_message.c.kind.not_in(AT_ONCE), _message.c.next_attempt_at, _message.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A message that this sender may now send. `attempt` is 1 for the first attempt to send the message. The receiver has already
    accepted the first `parts_done` parts of the content that `parts_digest` identifies.

    leased_by      the worker that claimed the message; None for a command. `leased_by` and `leased_until` together identify this
                   claim
    reply          the receiver's last answer
    test           whether the message is sent to test a suspended receiver
    subscriptions  the subscriptions that the message is for; an operator message is for no subscription
    events         the message's events, in the order in which they were recorded
    body           the message's other content, for example the text of an operator message or a digest's period
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


class Outbox:
    """The part of the store for messages. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def compose(
        self,
        now: datetime,
        stale_before: datetime,
        setup: Setup | None = None,
        operator: str | None = None,
        bundle_over: int = BUNDLE_OVER,
    ) -> int:
        """Puts waiting notices into messages (see `composing`). Returns how many messages were created."""
        return Composing(self._engine, self._vault, bundle_over).compose(now, stale_before, setup, operator)

    def trouble(self, key: str, address: str, subject: str, lines: Sequence[str], now: datetime) -> bool:
        """Queues an operator message about the monitor itself, unless a message with the same `key` was already queued for the
        address. Returns whether the message was queued."""
        with writing(self._engine) as connection:
            word = ToOperator(key=key, to=address, subject=subject, lines=tuple(lines))
            return tell(connection, self._vault, word, now)

    def sign_in(self, email: str, token: str, *, until: datetime, invitation: bool, now: datetime) -> None:
        """Queues a message with a sign-in link. After `until` the message is no longer sent. The token of the link is stored
        encrypted."""
        body = {"token": self._vault.encrypt(token), "until": until.isoformat(), "invitation": invitation}
        self._sign_in(email, body, MessageState.PENDING, now)

    def sign_in_unsent(self, email: str, *, until: datetime, now: datetime) -> None:
        """Stores a message without a valid token, which is never sent, for somebody who gets no link. This method writes as much
        as `sign_in` does, so that the time that it takes does not reveal whether a link is sent."""
        body = {"token": self._vault.encrypt(secrets.token_urlsafe(32)), "until": until.isoformat(), "invitation": False}
        self._sign_in(email, body, MessageState.DROPPED, now)

    def _sign_in(self, email: str, body: dict[str, Any], state: MessageState, now: datetime) -> None:
        over = (_message.c.kind == MessageKind.SIGN_IN) & (_message.c.created_at < now - SIGN_IN_KEPT)
        with writing(self._engine) as connection:
            connection.execute(delete(_message).where(over))
            new = NewMessage(kind=MessageKind.SIGN_IN, address=f"mailto:{email}", body=body)
            queue(connection, self._vault, new, now, state=state)

    def _correct_late(self, connection: Connection, message_id: str, now: datetime) -> None:
        """Queues a correction for each event of the message that was retracted while the message was being sent."""
        row = connection.execute(select(_message).where(_message.c.id == message_id)).mappings().one()
        body = json.loads(row["body"])
        told = _event.c.id.in_(body.get("events", ()))
        corrected = connection.execute(select(_event.c.id).where(told, _event.c.corrected_at.is_not(None))).scalars().all()
        if corrected:
            watchlists = body.get("watchlists") or watchlists_of(connection, message_id)
            for one in corrected:
                address = self._vault.decrypt(row["address"])
                new = correction(correction_id(one), address, watchlists, message_id)
                queue(connection, self._vault, new, now)

    def forget(self, message_id: str) -> None:
        """Deletes a message without recording anything. Used for a sign-in link that has expired, or whose receiver does not
        exist."""
        with writing(self._engine) as connection:
            connection.execute(delete(_message).where(_message.c.id == message_id))

    # ── sending ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _is_anything_pending(self) -> bool:
        """Whether any message is pending. This query locks nothing, since several senders ask each second and usually no message
        is pending."""
        with reading(self._engine) as connection:
            return bool(connection.execute(_PENDING).scalar())

    def claim(
        self,
        now: datetime,
        limit: int,
        worker: str | None = None,
        *,
        begun: datetime | None = None,
        busy: Collection[str] = (),
    ) -> list[Claimed]:
        """Claims at most `limit` due messages for this sender. The claim lasts until the lease expires or the worker is found
        dead (see WorkerRow); `worker` is None for a command. A worker that was found dead gets no messages. Messages to
        suspended receivers are not claimed.

        begun  when the sender began its present round of messages. A message that was already tried is claimed only if it was due
               at this time, so that no message is tried twice in a round
        busy   the scopes (see `receivers`) to which enough messages are being sent. No further message to these scopes is claimed
        """
        if not self._is_anything_pending():
            return []
        with writing(self._engine) as connection:
            if worker is not None and not is_enlisted(connection, worker):
                return []
            chosen, times = _ready(now, begun, limit, tuple(sorted(busy)))
            return self._take(connection, chosen, times, now, worker)

    def claim_test(self, now: datetime, worker: str | None = None) -> Claimed | None:
        """If a suspended receiver is due for a test, claims one message to this receiver, preferably an urgent message. Returns
        None if no test is due, if no message waits for the receiver, or if another sender has claimed the test."""
        with reading(self._engine) as connection:
            if not receivers.is_anything_to_test(connection, now):
                return None
        with writing(self._engine) as connection:
            if worker is not None and not is_enlisted(connection, worker):
                return None
            for off in receivers.to_test(connection, now):
                waiting = (_message.c.state == MessageState.PENDING) & is_free(now) & receivers.within(off["scope"])
                chosen = select(_message.c.id).where(waiting).order_by(*_FIRST).limit(1).with_for_update(skip_locked=True)
                if connection.execute(chosen).first() is None:
                    continue
                if receivers.take_test(connection, off, next_test(off["since"], now=now)):
                    for claimed in self._take(connection, chosen, {}, now, worker):
                        return replace(claimed, test=True)
        return None

    def begin_test(self, address: str, now: datetime) -> Claimed:
        """Queues a test message to an address and claims it for this sender."""
        new = NewMessage(kind=MessageKind.TEST, address=address)
        with writing(self._engine) as connection:
            queue(connection, self._vault, new, now, leased_until=now + LEASE, attempts=1)
            row = connection.execute(select(_message).where(_message.c.id == new.id)).mappings().one()
            return self._claimed(connection, row, address)

    def _take(
        self, connection: Connection, chosen: Any, times: dict[str, datetime], now: datetime, worker: str | None
    ) -> list[Claimed]:
        claimed: list[Claimed] = []
        while not claimed and (ids := list(connection.execute(chosen, times).scalars())):
            claim = {"leased_until": now + LEASE, "leased_by": worker, "attempts": _message.c.attempts + 1}
            connection.execute(update(_message).where(_message.c.id.in_(ids)).values(**claim))
            rows = connection.execute(select(_message).where(_message.c.id.in_(ids)).order_by(*_FIRST)).mappings().all()
            for row in rows:
                try:
                    claimed.append(self._claimed(connection, row, self._vault.decrypt(row["address"])))
                except (StoreError, ValueError, KeyError) as error:
                    # A message that cannot be decoded (because it was encrypted with another key, or written by another version)
                    # does not block other messages. This message is tried again later. The operator is notified about it in the
                    # same way as about other overdue messages.
                    reply = " ".join(str(error).split())[:300]
                    later = {"reply": reply, "leased_until": None, "next_attempt_at": now + LEASE}
                    connection.execute(update(_message).where(_message.c.id == row["id"]).values(**later))
        return claimed

    def _claimed(self, connection: Connection, row: RowMapping, address: str) -> Claimed:
        body = json.loads(row["body"])
        wanted = body.get("events", [])
        if wanted and row["kind"] not in OWED_TO_NOBODY:
            # An event is left out if its subscription has ended after the message was composed.
            still = set(connection.execute(select(_notice.c.event_id).where(_notice.c.message_id == row["id"])).scalars())
            wanted = [one for one in wanted if one in still]
            if wanted != body["events"]:  # the delivery log then records exactly the events that are sent
                body["events"] = wanted
                connection.execute(update(_message).where(_message.c.id == row["id"]).values(body=json.dumps(body)))
        if row["kind"] == MessageKind.SIGN_IN:
            body["token"] = self._vault.decrypt(body["token"])
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
            subscriptions=tuple(as_subscription(one, self._vault) for one in connection.execute(subscribed).mappings()),
            events=tuple(codec.load_event(bodies[one]) for one in wanted if one in bodies),
            body=body,
            leased_by=row["leased_by"],
            leased_until=row["leased_until"],
            reply=row["reply"],
        )

    def part_done(self, claimed: Claimed, parts_done: int, parts_digest: str, reply: str, now: datetime) -> Claimed:
        """Records that the receiver accepted the first parts of a message, so that a retry continues after these parts. Renews
        the claim, and returns the message with the renewed claim."""
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
        operator: str | None = None,
        said: str | None = None,
    ) -> list[SwitchedOff]:
        """Records that the receiver accepted a message, and stores the message's text `said`. If the receiver was suspended, its
        suspension ends, and the operator is notified if `operator` is not None. Returns the receivers whose suspension ended.

        The message is marked as sent even if another sender has claimed it by now, since the receiver did accept it. A second
        call changes nothing.
        """
        with writing(self._engine) as connection:
            values = {"state": MessageState.SENT, "reply": reply, "sent_at": now, "leased_until": None, "said": said}
            noted = (_message.c.state == MessageState.SENT) & (_message.c.sent_at == now)
            mine = (_message.c.id == message_id) & func.coalesce(~noted, true())
            if connection.execute(update(_message).where(mine).values(**values)).rowcount:
                note(connection, message_id, MessageState.SENT, reply, now)
                self._correct_late(connection, message_id, now)
            return self._works(connection, message_id, now, operator)

    def _works(self, connection: Connection, message_id: str, now: datetime, operator: str | None) -> list[SwitchedOff]:
        """Ends the suspension of a message's receiver, since the receiver accepted the message, or gave an answer that shows that
        it works."""
        encrypted = connection.execute(select(_message.c.address).where(_message.c.id == message_id)).scalar()
        if not encrypted:
            return []
        return receivers.switch_on(connection, self._vault, receivers.scopes_of(self._vault.decrypt(encrypted)), now, operator)

    def retry(self, claimed: Claimed, reply: str, at: datetime) -> None:
        """Records that the receiver did not accept the message. The message is tried again at `at`."""
        self._update(claimed, reply=reply, next_attempt_at=at, leased_until=None)

    def shorten(self, claimed: Claimed, reply: str, extent: str, now: datetime, operator: str | None) -> None:
        """Records that the receiver refused the message because of its content or size. The message becomes due at once in a
        shorter form (`extent`, see notify.render.Extent). The attempt is not counted. The refusal shows that the receiver works,
        so a suspension ends (see `sent`)."""
        with writing(self._engine) as connection:
            body = json.dumps(claimed.body | {"extent": extent})
            connection.execute(update(_message).where(_is_held_by(claimed)).values(body=body))
            self._give_back(connection, claimed, reply, now)
            self._works(connection, claimed.id, now, operator)

    def test_again(self, claimed: Claimed, reply: str, now: datetime) -> None:
        """Records that a test was inconclusive: no answer, or an answer that means "not now". Another test follows soon. The
        attempt is not counted."""
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
        operator: str | None = None,
    ) -> bool:
        """Suspends a misconfigured receiver and queues the operator message. If `for_all` is true and the message is an email,
        all email is suspended; otherwise only this address. Returns False if the receiver was already suspended. The message
        waits until the receiver works, and the attempt is not counted. If only one email address is suspended, the mail server
        itself works, so a suspension of all email ends (see `sent`)."""
        scope = receivers.ALL_MAIL if for_all and claimed.address.startswith("mailto:") else key_of(claimed.address)
        off = SwitchedOff(scope=scope, address=claimed.address, since=now, reason=reply, next_test_at=next_test(now, now=now))
        with writing(self._engine) as connection:
            self._give_back(connection, claimed, reply, now)
            new = receivers.switch_off(connection, off, self._vault.encrypt(claimed.address))
            if new:
                tell(connection, self._vault, word, now)
            if not for_all and claimed.address.startswith("mailto:"):
                receivers.switch_on(connection, self._vault, [receivers.ALL_MAIL], now, operator)
        return new

    def _give_back(self, connection: Connection, claimed: Claimed, reply: str | None, now: datetime) -> None:
        """Releases the message, so that any sender may claim it at once. The attempt that was just made is not counted."""
        values = {"reply": reply, "next_attempt_at": now, "leased_until": None, "attempts": _message.c.attempts - 1}
        connection.execute(update(_message).where(_is_held_by(claimed), _message.c.attempts > 0).values(**values))

    def dead(
        self,
        claimed: Claimed,
        reply: str,
        now: datetime,
        *,
        word: ToOperator | None = None,
        refused: bool = False,
        operator: str | None = None,
    ) -> None:
        """Makes the message a dead letter, which `status` lists, and queues the operator message. A message that was dropped
        while it was being sent stays dropped. If `refused` is true, the receiver refused the message for good. The refusal shows
        that the receiver works, so a suspension ends (see `sent`)."""
        values = {"state": MessageState.DEAD, "reply": reply, "leased_until": None, "operator_told_at": now}
        with writing(self._engine) as connection:
            if connection.execute(update(_message).where(_is_held_by(claimed)).values(**values)).rowcount:
                note(connection, claimed.id, MessageState.DEAD, reply, now)
                tell(connection, self._vault, word, now)
            if refused:
                self._works(connection, claimed.id, now, operator)

    def test_failed(self, claimed: Claimed, reply: str, now: datetime) -> None:
        """Records that the receiver did not accept a test message that a person requested. The test message is not tried
        again."""
        with writing(self._engine) as connection:
            gone = {"state": MessageState.DROPPED, "reply": reply, "leased_until": None}
            if connection.execute(update(_message).where(_is_held_by(claimed)).values(**gone)).rowcount:
                note(connection, claimed.id, MessageState.DROPPED, reply, now)

    def _update(self, claimed: Claimed, **values: object) -> bool:
        with writing(self._engine) as connection:
            return bool(connection.execute(update(_message).where(_is_held_by(claimed)).values(**values)).rowcount)

    # ── operator messages about the outbox ───────────────────────────────────────────────────────────────────────────────

    def overdue(self, now: datetime, limit: int) -> list[Claimed]:
        """Returns the urgent messages that were not accepted within URGENT_WITHIN, for any reason, and that the operator has not
        been notified of. The messages are not claimed."""
        with reading(self._engine) as connection:
            if connection.execute(*_overdue(now, 1)).first() is None:
                return []
        with writing(self._engine) as connection:
            rows = connection.execute(*_overdue(now, limit)).mappings().all()
            return [self._claimed(connection, row, opened(self._vault, row["address"])) for row in rows]

    def taken(self, ids: Collection[str]) -> dict[str, Claimed]:
        """Returns the messages with these ids, by id, without claiming them. Messages that their receivers have not accepted are
        left out."""
        if not ids:
            return {}
        query = select(_message).where(_message.c.id.in_(ids), _message.c.state == MessageState.SENT)
        with writing(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
            return {row["id"]: self._claimed(connection, row, opened(self._vault, row["address"])) for row in rows}

    def accepted_by(self, address: str, since: datetime, until: datetime) -> tuple[list[str], int]:
        """Returns the ids of messages about services that an address accepted, oldest first. The messages were composed at
        `since` or later, and before `until`. Messages whose subscriptions have ended are left out; the second value says how many
        these are. Raises UsageError if the address never accepted a message about services."""
        about = (MessageKind.DIGEST, *AT_ONCE)
        mine = (_message.c.address_key == key_of(address)) & _message.c.kind.in_(about) & (_message.c.state == MessageState.SENT)
        owed = _message.c.kind.in_(OWED_TO_NOBODY) | exists().where(_notice.c.message_id == _message.c.id)
        within = mine & (_message.c.created_at >= since) & (_message.c.created_at < until)
        query = select(_message.c.id, owed.label("owed")).where(within).order_by(_message.c.created_at, _message.c.id)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
            if not rows and not connection.execute(select(exists().where(mine))).scalar():
                raise UsageError("this address has never accepted a message about services: cqc-monitor told shows all messages")
        return [row.id for row in rows if row.owed], sum(not row.owed for row in rows)

    def replayed(self, message_id: str, reply: str, now: datetime, operator: str | None = None) -> None:
        """Records that a receiver accepted a message that was sent to it again (see `sent`)."""
        with writing(self._engine) as connection:
            note(connection, message_id, MessageState.SENT, f"replayed: {reply}", now)
            self._works(connection, message_id, now, operator)

    def tell_of_overdue(self, ids: Collection[str], word: ToOperator | None, now: datetime) -> bool:
        """Queues the operator message `word` about undelivered alerts. If `word` is None, the alerts are only marked as reported.
        If any of the alerts was accepted meanwhile, or if another process is reporting any of the alerts, nothing is queued, and
        the result is False."""
        wanted = _message.c.id.in_(ids) & is_overdue(now) & _message.c.operator_told_at.is_(None)
        with writing(self._engine) as connection:
            chosen = select(_message.c.id).where(wanted).order_by(_message.c.id).with_for_update(skip_locked=True)
            if set(connection.execute(chosen).scalars()) != set(ids):
                return False
            connection.execute(update(_message).where(_message.c.id.in_(ids)).values(operator_told_at=now))
            tell(connection, self._vault, word, now)
        return True

    def warn_of_flood(self, operator: str, most: int, now: datetime) -> None:
        """Queues an operator message that more than `most` unknown addresses asked for sign-in links. The message is queued at
        most once a day."""
        lines = (
            f"Within an hour more than {most} unknown addresses in your SIGN_IN_DOMAINS asked for a sign-in link.",
            "People who have signed in before are not affected. While so many addresses ask, no other new person gets a link.",
            "To let a new person sign in now: cqc-monitor invite ADDRESS. A proxy in front of the pages can block the clients.",
        )
        word = ToOperator(key=f"flood|{now:%Y-%m-%d}", to=operator, subject="many unknown people try to sign in", lines=lines)
        with writing(self._engine) as connection:
            tell(connection, self._vault, word, now)

    # ── digests ────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def last_digest(self, address: str, period: str, before: datetime) -> datetime | None:
        """Returns when the last digest for this period ("daily" or "weekly") was created for an address, before the instant
        `before`. Returns None if no digest was created."""
        same = (_message.c.address_key == key_of(address)) & (_message.c.kind == MessageKind.DIGEST)
        newest = select(_message.c.created_at, _message.c.body).where(same, _message.c.created_at < before)
        with reading(self._engine) as connection:
            for created_at, body in connection.execute(newest.order_by(_message.c.created_at.desc()).limit(30)):
                if json.loads(body).get("period") == period:
                    return created_at  # type: ignore[no-any-return]
        return None


_PENDING = select(exists().where(_message.c.state == MessageState.PENDING))


@prepared
def _ready(now: datetime, begun: datetime | None, limit: int, busy: tuple[str, ...]) -> Statement:
    """Returns a query for the messages to claim (see Outbox.claim)."""
    due = _is_due(now) & (~receivers.waits() | (_message.c.kind == MessageKind.TEST))
    if begun is not None:
        due &= (_message.c.attempts == 0) | ~_is_put_off(begun)
    for scope in busy:
        due &= ~receivers.within(scope)
    return select(_message.c.id).where(due).order_by(*_FIRST).limit(limit).with_for_update(skip_locked=True)


@prepared
def _overdue(now: datetime, limit: int) -> Statement:
    query = select(_message).where(is_overdue(now), _message.c.operator_told_at.is_(None))
    return query.order_by(_message.c.created_at, _message.c.id).limit(limit)


def _is_held_by(claimed: Claimed) -> Any:
    """Returns an SQL condition that is true for the claimed message as long as it waits and no other sender has claimed it.
    Because of this condition, a sender that hung and was declared dead can't change a message that another sender has claimed."""
    same = (_message.c.leased_until == claimed.leased_until) & _message.c.leased_by.is_not_distinct_from(claimed.leased_by)
    free = _message.c.leased_until.is_(None)
    return (_message.c.id == claimed.id) & (_message.c.state == MessageState.PENDING) & (free | same)


def _is_put_off(now: datetime) -> Any:
    """Returns an SQL condition that is true for a message whose next attempt is later than now."""
    return lies_ahead(_message.c.next_attempt_at, now, 2 * LONGEST_WAIT)


def _is_due(now: datetime) -> Any:
    return (_message.c.state == MessageState.PENDING) & ~_is_put_off(now) & is_free(now)
