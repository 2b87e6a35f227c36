"""Retracts events, and lists events that may have been wrong.

If a message with the event was sent, a correction is queued for the same address. If a message with the event was not sent yet,
the event is removed from it. If a message with the event is being sent at that moment, `Outbox.sent` queues the correction once
the address has accepted the message.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, delete, exists, select, update

from monitor import codec
from monitor.detect.correction import Difference, correction_of, doubted_by_difference, retracted
from monitor.errors import StoreError, UsageError
from monitor.events import Event, Kind
from monitor.mailbox import ERASED, key_of
from monitor.store import audit, case_records
from monitor.store.database import in_turn, reading, writing
from monitor.store.delivery_log import note
from monitor.store.events import add_events
from monitor.store.messages import correction, queue
from monitor.store.proposals import propose
from monitor.store.tables import EscalationRow, EventRow, MessageRow, MessageState, NoticeRow, ProposalRow, ToldRow, table
from monitor.store.vault import Vault

_event, _notice, _message, _told = table(EventRow), table(NoticeRow), table(MessageRow), table(ToldRow)
_escalation, _proposal = table(EscalationRow), table(ProposalRow)

NOT_SENT = "retracted before it was sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """The result of retracting an event.

    event       the event as it is now, with the time and the reason
    again       whether the event was already retracted, so that nothing changed
    told        the addresses that get the correction
    not_told    how many other addresses got the event but get no correction, because they can't be decrypted any more (SECRET_KEY
                was changed)
    kept_back   how many unsent messages and waiting notices the event was removed from
    """

    event: Event
    again: bool = False
    told: tuple[str, ...] = ()
    not_told: int = 0
    kept_back: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """An event that may have been wrong, the reason, and when the reason was found."""

    event: Event
    reason: str
    found_at: datetime


@dataclass(frozen=True, slots=True)
class _Sent:
    """A message that contains the event, and that the receiver accepted, at least in part: its id, address (encrypted) and
    watchlists."""

    message_id: str
    encrypted: str
    watchlists: tuple[str, ...]


class Corrections:
    """The part of the store for corrections. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def retract(self, event_id: str, why: str, person: int | None, now: datetime) -> Retraction:
        """Retracts an event: queues a correction for each address that got the event, and removes the event from unsent messages
        and waiting notices. Retracting the same event again changes nothing.

        person  the person who retracts it; None if somebody does it at the command line

        Raises UsageError if there is no such event, or if the event is itself a correction.
        """
        with writing(self._engine) as connection:
            in_turn(connection)  # no messages can be composed during this transaction
            event = _found(connection, event_id)
            if event.corrected_at is not None:
                return Retraction(event=event, again=True)
            if event.kind is Kind.CORRECTION:
                raise UsageError(f"{event.id} is a correction itself: it can't be retracted")
            # Messages are locked first. If another process is recording a message as sent at this moment, this code waits until
            # that is done, and only then looks up who received the event.
            carrying = _locked(connection, event.id)
            sent = _sent(connection, event.id, carrying)
            kept_back = self._keep_back(connection, event.id, carrying, now)
            correcting, corrected = correction_of(event, why, now), retracted(event, why, now)
            _write(connection, correcting, corrected)
            settled = update(_proposal).where(_proposal.c.event_id == event.id, _proposal.c.settled_at.is_(None))
            connection.execute(settled.values(settled_at=now))
            audit.note(connection, person, "took back", f"{event.location_id}: {event.words} ({event.id}): {why}", now)
            told, not_told = self._owe(connection, correcting.id, sent, now)
        return Retraction(event=corrected, told=told, not_told=not_told, kept_back=kept_back)

    def who_was_sent(self, event_id: str) -> tuple[str, ...]:
        """Returns the addresses that would get the correction if the event were retracted now, each address once. Addresses that
        cannot be decrypted are left out."""
        with reading(self._engine) as connection:
            carrying = connection.execute(select(_message).where(_carries(event_id))).mappings().all()
            sent = _sent(connection, event_id, [dict(row) for row in carrying])
        return tuple({key_of(one): one for one in self._opened(sent).values()}.values())

    def _owe(self, connection: Connection, event_id: str, sent: Sequence[_Sent], now: datetime) -> tuple[tuple[str, ...], int]:
        """Queues one correction for each address, as a reply to the first message that brought the event to that address."""
        opened = self._opened(sent)
        told: dict[str, str] = {}
        for one in sent:
            address = opened.get(one.message_id)
            if address is not None and key_of(address) not in told:
                told[key_of(address)] = address
                new = correction(event_id, address, one.watchlists, one.message_id)
                queue(connection, self._vault, new, now)
        return tuple(told.values()), len({one.encrypted for one in sent if one.message_id not in opened})

    def _opened(self, sent: Iterable[_Sent]) -> dict[str, str]:
        """Returns the address of each message. Messages whose address can't be decrypted are left out."""
        found: dict[str, str] = {}
        for one in sent:
            try:
                found[one.message_id] = self._vault.decrypt(one.encrypted)
            except StoreError:
                continue
        return found

    def _keep_back(
        self, connection: Connection, event_id: str, carrying: Sequence[dict[str, object]], now: datetime
    ) -> int:
        """Removes the event from unsent messages and waiting notices, and returns how many it was removed from. A message without
        any event left is dropped, even if the message had failed for good, because nobody may send it again."""
        unsent = [str(row["id"]) for row in carrying if row["state"] in (MessageState.PENDING, MessageState.DEAD)]
        mine = _notice.c.event_id == event_id
        waiting = connection.execute(select(_notice.c.id).where(mine, _notice.c.message_id.is_(None))).all()
        connection.execute(delete(_notice).where(mine, _notice.c.message_id.is_(None) | _notice.c.message_id.in_(unsent)))
        theirs = (_escalation.c.event_id == event_id) & _escalation.c.settled_at.is_(None)
        connection.execute(update(_escalation).where(theirs).values(settled_at=now))
        for row in carrying:
            if row["id"] in unsent:
                self._take_out(connection, event_id, row, now)
        return len(waiting) + len(unsent)

    def _take_out(self, connection: Connection, event_id: str, row: dict[str, object], now: datetime) -> None:
        """Removes the event from one message. A message without any event left is dropped. The stored list of events is changed
        only in an escalation. In any other message, events without a notice are left out when the message is sent."""
        here = _message.c.id == row["id"]
        body = json.loads(str(row["body"]))
        left = [one for one in body.get("events", ()) if one != event_id]
        owed = connection.execute(select(exists().where(_notice.c.message_id == row["id"]))).scalar()
        if not left and not owed:
            connection.execute(update(_message).where(here).values(state=MessageState.DROPPED))
            note(connection, str(row["id"]), MessageState.DROPPED, NOT_SENT, now)
        elif row["kind"] == "escalation":
            connection.execute(update(_message).where(here).values(body=json.dumps(body | {"events": left})))

    # ── events that may have been wrong ──────────────────────────────────────────────────────────────────────────────

    def propose_by(self, differences: Sequence[Difference], now: datetime) -> int:
        """Records proposals to retract events that are doubtful because a page differs from CQC's files or API. Returns how many
        proposals are new."""
        ids = {one.location_id for one in differences}
        with writing(self._engine) as connection:
            bodies = connection.execute(select(_event.c.body).where(_event.c.location_id.in_(ids)).order_by(_event.c.position))
            events = [codec.load_event(body) for body in bodies.scalars()]
            return propose(connection, doubted_by_difference(events, differences), now)

    def open_proposals(self) -> list[Proposed]:
        """Returns the open proposals, oldest first: events that may have been wrong, and about which nobody has decided yet."""
        query = (
            select(_event.c.body, _proposal.c.reason, _proposal.c.found_at)
            .join(_event, _event.c.id == _proposal.c.event_id)
            .where(_proposal.c.settled_at.is_(None))
            .order_by(_proposal.c.found_at, _event.c.position)
        )
        with reading(self._engine) as connection:
            return [
                Proposed(event=codec.load_event(row.body), reason=row.reason, found_at=row.found_at)
                for row in connection.execute(query)
            ]

    def proposal_of(self, event_id: str) -> Proposed | None:
        """Returns the open proposal to retract an event, or None if there is no open proposal."""
        return next((one for one in self.open_proposals() if one.event.id == event_id), None)

    def let_stand(self, event_id: str, person: int | None, now: datetime) -> bool:
        """Closes the proposal to retract an event, because a person decided that the event was right. Returns whether there was
        an open proposal."""
        with writing(self._engine) as connection:
            event = _found(connection, event_id)
            mine = (_proposal.c.event_id == event.id) & _proposal.c.settled_at.is_(None)
            if not connection.execute(update(_proposal).where(mine).values(settled_at=now)).rowcount:
                return False
            audit.note(connection, person, "found right", f"{event.location_id}: {event.words} ({event.id})", now)
        return True


def _found(connection: Connection, event_id: str) -> Event:
    body = connection.execute(select(_event.c.body).where(_event.c.id == event_id).with_for_update()).scalar()
    if body is None:
        raise UsageError(f"{event_id[:40]!r} is not an event's id (cqc-monitor events shows them)")
    return codec.load_event(body)


def _write(connection: Connection, correcting: Event, corrected: Event) -> None:
    here = _event.c.id == corrected.id
    connection.execute(
        update(_event).where(here).values(body=codec.dump_event(corrected), corrected_at=corrected.corrected_at)
    )
    add_events(connection, [correcting])
    case_records.retracted(connection, corrected, correcting.observed_at)


def _carries(event_id: str) -> ColumnElement[bool]:
    """Returns an SQL condition that is true for a message that contains the event."""
    owed = select(_notice.c.message_id).where(_notice.c.event_id == event_id, _notice.c.message_id.is_not(None))
    escalated = select(_escalation.c.message_id).where(_escalation.c.event_id == event_id, _escalation.c.message_id.is_not(None))
    return _message.c.id.in_(owed) | _message.c.id.in_(escalated)


def _locked(connection: Connection, event_id: str) -> list[dict[str, object]]:
    """Locks and returns the messages that contain an event."""
    query = select(_message).where(_carries(event_id)).order_by(_message.c.id).with_for_update()
    return [dict(row) for row in connection.execute(query).mappings()]


def _sent(connection: Connection, event_id: str, carrying: Sequence[dict[str, object]]) -> list[_Sent]:
    """Returns the sent messages that contain an event, in the order in which they were sent. Messages that were accepted only in
    part come last. Messages whose address has been erased since then are left out."""
    query = select(_told).where(_told.c.body.contains(event_id, autoescape=True), _told.c.became == str(MessageState.SENT))
    found: dict[str, _Sent] = {}
    for entry in connection.execute(query.order_by(_told.c.position)).mappings():
        body = json.loads(entry["body"])
        if event_id in body["events"]:
            found.setdefault(entry["message_id"], _Sent(entry["message_id"], entry["address"], tuple(body["watchlists"])))
    for row in carrying:
        if row["parts_done"] and row["id"] not in found:
            watchlists = json.loads(str(row["body"])).get("watchlists", ())
            found[str(row["id"])] = _Sent(str(row["id"]), str(row["address"]), tuple(watchlists))
    return [one for one in found.values() if not one.encrypted.endswith(f"@{ERASED}")]
