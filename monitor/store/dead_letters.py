"""Lists undelivered messages with the reason, and lets a person send them again or drop them."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, Engine, RowMapping, exists, func, select, update

from monitor.errors import UsageError
from monitor.model import NoticeKind
from monitor.store import receivers
from monitor.store.database import reading, writing
from monitor.store.delivery_log import note
from monitor.store.messages import OWED_TO_NOBODY, MessageKind
from monitor.store.tables import MessageRow, MessageState, NoticeRow, SubscriptionRow, table
from monitor.store.vault import Vault, opened

_message, _notice, _subscription = table(MessageRow), table(NoticeRow), table(SubscriptionRow)

_ID = re.compile(r"[0-9a-f]{4,32}")

DROPPED_BY_A_PERSON = "dropped by a person"


SHORT = 8
"""How many characters of a message's id are shown, if these characters identify the message. A person may type them instead of
the whole id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A message or a waiting notice, as lists show it. `id` is the beginning of a message's id, long enough to be unambiguous,
    or None for a notice that is not in a message yet. `switched_off` says whether the message waits for a suspended
    receiver."""

    id: str | None
    kind: str
    address: str
    state: MessageState | Literal["waiting"]
    due_at: datetime
    attempts: int
    reply: str | None
    switched_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A waiting message, or a dead letter, that a person wants to send again or drop."""

    id: str
    kind: str
    address: str


class DeadLetters:
    """The part of the store for undelivered messages. Each method is one transaction. Callers identify messages by their ids, or
    by unambiguous beginnings of ids. A method either handles all these messages, or changes nothing and raises an error that
    lists every id that can't be used.

    Raises UsageError and StoreError.
    """

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def unsent(self) -> list[Listed]:
        """Returns the waiting messages and the dead letters, oldest first. After these, returns the notices that are not in a
        message yet, oldest first."""
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
                    address=opened(self._vault, encrypted),
                    state="waiting",
                    due_at=due_at,
                    attempts=0,
                    reply=None,
                )
                for kind, due_at, encrypted in connection.execute(query)
            ]
        return [*messages, *notices]

    def send_again(self, beginnings: Sequence[str], now: datetime) -> list[DeadLetter]:
        """Makes waiting messages and dead letters due now, as if no attempt had been made. Parts that were already accepted are
        not sent again."""
        with writing(self._engine) as connection:
            rows, problems = self._named(connection, beginnings)
            for row in rows:
                if not _has_reader(connection, row):
                    instead = "to drop it, use cqc-monitor outbox drop"
                    problems.append(f"{row['id'][:8]} can't be sent, because its subscription has ended ({instead})")
            if problems:
                raise UsageError("; ".join(problems))
            _make_due(connection, rows, now)
        return [self._letter(row) for row in rows]

    def send_all_dead_again(self, now: datetime) -> tuple[list[DeadLetter], list[DeadLetter]]:
        """Makes every dead letter due now, as `send_again` does. Also returns the dead letters that can't be sent because their
        subscription has ended."""
        with writing(self._engine) as connection:
            dead = select(_message).where(_message.c.state == MessageState.DEAD).order_by(_message.c.created_at, _message.c.id)
            rows = connection.execute(dead.with_for_update()).mappings().all()
            wanted = [row for row in rows if _has_reader(connection, row)]
            _make_due(connection, wanted, now)
        return [self._letter(row) for row in wanted], [self._letter(row) for row in rows if row not in wanted]

    def drop(self, beginnings: Sequence[str], now: datetime) -> list[DeadLetter]:
        """Drops waiting messages and dead letters, so that they are never sent, and records this in the delivery log."""
        with writing(self._engine) as connection:
            rows, problems = self._named(connection, beginnings)
            if problems:
                raise UsageError("; ".join(problems))
            for row in rows:
                connection.execute(update(_message).where(_message.c.id == row["id"]).values(state=MessageState.DROPPED))
                reply = f"{DROPPED_BY_A_PERSON}; last answer: {row['reply']}" if row["reply"] else DROPPED_BY_A_PERSON
                note(connection, row["id"], MessageState.DROPPED, reply, now)
        return [self._letter(row) for row in rows]

    def _named(self, connection: Connection, beginnings: Sequence[str]) -> tuple[list[RowMapping], list[str]]:
        """Returns the messages whose ids have these beginnings, each message once. Also returns an error for each beginning that
        can't be used."""
        rows, problems = {}, []
        for typed in beginnings:
            beginning = typed.strip().lower()
            found: Sequence[RowMapping] = []
            if _ID.fullmatch(beginning):
                named = _message.c.id.startswith(beginning)
                found = connection.execute(select(_message).where(named).limit(2).with_for_update()).mappings().all()
            if not found:
                problems.append(f"{typed[:40]!r} is not a message's id (cqc-monitor outbox list shows them)")
            elif len(found) > 1:
                problems.append(f"several messages' ids begin with {beginning}: type more of the id")
            elif found[0]["state"] in {MessageState.SENT, MessageState.DROPPED}:
                problems.append(f"{beginning} was {found[0]['state']} already")
            else:
                rows[found[0]["id"]] = found[0]
        return list(rows.values()), problems

    def _letter(self, row: RowMapping) -> DeadLetter:
        return DeadLetter(id=row["id"], kind=row["kind"], address=opened(self._vault, row["address"]))


def _has_reader(connection: Connection, row: RowMapping) -> bool:
    """Whether a message still has a subscription, or is of a kind that needs no subscription."""
    alone = (MessageKind.TROUBLE, MessageKind.CONFIRM, MessageKind.STILL_READ, MessageKind.UNSUBSCRIBED)
    if row["kind"] in {*alone, *OWED_TO_NOBODY}:
        return True
    return bool(connection.execute(select(exists().where(_notice.c.message_id == row["id"]))).scalar())


def _make_due(connection: Connection, rows: Sequence[RowMapping], now: datetime) -> None:
    # A worker's claim on a message is not removed, so that no second worker sends a message that is being sent.
    ids = [row["id"] for row in rows]
    values = {"state": MessageState.PENDING, "attempts": 0, "next_attempt_at": now}
    connection.execute(update(_message).where(_message.c.id.in_(ids)).values(**values))
    for row in rows:
        body = json.loads(row["body"])
        if body.pop("extent", None):  # somebody has removed the cause of the refusal, so the message is sent in full
            connection.execute(update(_message).where(_message.c.id == row["id"]).values(body=json.dumps(body)))


def _short_ids(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Returns the first characters of each id, or the whole id if another id begins with the same characters."""
    if not ids:
        return {}
    beginning = func.substr(_message.c.id, 1, SHORT)
    double = set(connection.execute(select(beginning).group_by(beginning).having(func.count() > 1)).scalars())
    return {one: one if one[:SHORT] in double else one[:SHORT] for one in ids}
