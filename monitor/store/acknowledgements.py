"""Records who acknowledged an event, with the person's note, and who reopened the event."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, func, insert, select, update

from monitor.cases import Did
from monitor.store import audit, case_records
from monitor.store.database import in_turn, reading, writing
from monitor.store.delivery_log import note
from monitor.store.escalations import Reason, begin_again
from monitor.store.tables import AcknowledgementRow, EscalationRow, EventRow, MessageRow, MessageState, PersonRow, table

_acknowledgement, _escalation, _event = table(AcknowledgementRow), table(EscalationRow), table(EventRow)
_message, _person = table(MessageRow), table(PersonRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """An acknowledgement of an event; it is valid until `reopened_at`. `by` and `reopened_by` are people's email addresses. If
    somebody used the link in a message to an address that belongs to no person, such as a team's mailbox, `by` is that
    address."""

    event_id: str
    by: str
    at: datetime
    note: str
    reopened_at: datetime | None
    reopened_by: str | None


class Acknowledgements:
    """The part of the store for acknowledgements. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, event_ids: Collection[str]) -> dict[str, list[Acknowledgement]]:
        """Returns all acknowledgements of some events, in the order in which they were made. Acknowledgements that ended because
        the event was reopened are included."""
        with reading(self._engine) as connection:
            return of(connection, event_ids)

    def acknowledge(self, event_ids: Sequence[str], person: int, words: str, now: datetime) -> int:
        """Acknowledges events, with a note, and returns how many of the events were not acknowledged before. If all events of an
        unsent escalation message are now acknowledged, the message is dropped (unless a pause caused the escalation). If the case
        of the events has no owner, the person becomes its owner."""
        with writing(self._engine) as connection:
            in_turn(connection)
            wanted = acknowledge(connection, event_ids, person, words, now)
            for case_id in case_records.take_along(connection, wanted, person, words, now):
                audit.note(connection, person, f"case: {Did.TOOK}", f"case {case_id}", now)
        return len(wanted)

    def reopen(self, event_id: str, person: int, now: datetime) -> bool:
        """Reopens an event, and returns whether the event was acknowledged. The time within which somebody must acknowledge the
        event starts again."""
        with writing(self._engine) as connection:
            in_turn(connection)
            values = {"reopened_at": now, "reopened_by": person}
            if not connection.execute(update(_acknowledgement).where(_stands([event_id])).values(**values)).rowcount:
                return False
            begin_again(connection, event_id, now)
            audit.note(connection, person, "reopened", _named(connection, [event_id]), now)
        return True


def of(connection: Connection, event_ids: Collection[str]) -> dict[str, list[Acknowledgement]]:
    """Does what `Acknowledgements.of` does, within the caller's transaction."""
    who, opener = _person.alias(), _person.alias()
    query = (
        select(_acknowledgement, func.coalesce(who.c.email, _acknowledgement.c.said_by).label("by"))
        .add_columns(opener.c.email.label("opener"))
        .outerjoin(who, who.c.id == _acknowledgement.c.person)
        .outerjoin(opener, opener.c.id == _acknowledgement.c.reopened_by)
        .where(_acknowledgement.c.event_id.in_(event_ids))
        .order_by(_acknowledgement.c.id)
    )
    found: dict[str, list[Acknowledgement]] = {one: [] for one in event_ids}
    for row in connection.execute(query).mappings():
        found[row["event_id"]].append(
            Acknowledgement(
                event_id=row["event_id"],
                by=row["by"],
                at=row["at"],
                note=row["note"],
                reopened_at=row["reopened_at"],
                reopened_by=row["opener"],
            )
        )
    return found


def acknowledge(
    connection: Connection, event_ids: Sequence[str], person: int | None, words: str, now: datetime, *, said_by: str | None = None
) -> list[str]:
    """Acknowledges events within the caller's transaction, and returns the events that were not acknowledged before. If somebody
    used a link in a message, `said_by` is the address that the message was sent to, and `person` is the person with this address,
    if there is one."""
    taken = set(connection.execute(select(_acknowledgement.c.event_id).where(_stands(event_ids))).scalars())
    wanted = [one for one in dict.fromkeys(event_ids) if one not in taken]
    for one in wanted:
        values = {"event_id": one, "person": person, "at": now, "note": words, "said_by": said_by}
        connection.execute(insert(_acknowledgement).values(**values))
    if wanted:
        _settle(connection, wanted, now)
        about = f"{_named(connection, wanted)}: {words}" if words else _named(connection, wanted)
        audit.note(connection, person, "acknowledged", about, now)
    return wanted


def _settle(connection: Connection, event_ids: Collection[str], now: datetime) -> None:
    theirs = _escalation.c.event_id.in_(event_ids) & (_escalation.c.reason != Reason.PAUSED)
    connection.execute(update(_escalation).where(theirs, _escalation.c.settled_at.is_(None)).values(settled_at=now))
    carried = select(_escalation.c.message_id).where(theirs, _escalation.c.message_id.is_not(None)).distinct()
    unsent = (_message.c.state == MessageState.PENDING) & _message.c.id.in_(carried)
    for message_id, body in connection.execute(select(_message.c.id, _message.c.body).where(unsent)).all():
        about = json.loads(body)["events"]
        acknowledged = set(connection.execute(select(_acknowledgement.c.event_id).where(_stands(about))).scalars())
        if acknowledged.issuperset(about):
            connection.execute(update(_message).where(_message.c.id == message_id).values(state=MessageState.DROPPED))
            note(connection, message_id, MessageState.DROPPED, "its events were acknowledged before it was sent", now)


def _stands(event_ids: Collection[str]) -> ColumnElement[bool]:
    return _acknowledgement.c.event_id.in_(event_ids) & _acknowledgement.c.reopened_at.is_(None)


def _named(connection: Connection, event_ids: Sequence[str]) -> str:
    """Describes events for the audit. For each event, gives the id of its service and its kind."""
    query = select(_event.c.location_id, _event.c.kind).where(_event.c.id.in_(event_ids)).order_by(_event.c.position)
    return ", ".join(f"{location_id}: {kind}" for location_id, kind in connection.execute(query))
