"""Calculates how long alerts took, from the events, the outbox and the delivery log. This module only reads."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, or_, select

from monitor import codec
from monitor.detect.hints import STANDING
from monitor.detect.time_to_alert import PERIOD, TIMED, Alert, TimeToAlert, measured
from monitor.store.messages import MessageKind
from monitor.store.tables import EventRow, HintRow, MessageRow, MessageState, NoticeRow, ToldRow, table

_event, _notice, _message, _told = table(EventRow), table(NoticeRow), table(MessageRow), table(ToldRow)
_hint = table(HintRow)


def time_to_alert_in(connection: Connection, now: datetime) -> TimeToAlert:
    """Returns how long the alerts of the last 30 days took. Called within a transaction."""
    since = now - PERIOD
    alerts = [*_accepted(connection, since), *_waiting(connection, since)]
    if not alerts:
        return TimeToAlert()
    owed = {one.event_id for one in alerts}
    recent = (_event.c.observed_at >= since) & _event.c.kind.in_([str(kind) for kind in TIMED])
    query = select(_event.c.id, _event.c.body).where(recent, _event.c.corrected_at.is_(None)).order_by(_event.c.position)
    events = [codec.load_event(row.body) for row in connection.execute(query) if row.id in owed]
    return measured(events, alerts, _hints(connection, since), now)


def _accepted(connection: Connection, since: datetime) -> Iterator[Alert]:
    """Yields the alerts that a receiver accepted. The alerts come from the delivery log, whose entries stay when messages are
    deleted."""
    sent = (_told.c.at >= since) & (_told.c.kind == MessageKind.ALERT) & (_told.c.became == MessageState.SENT)
    query = select(_told.c.message_id, _told.c.body, _told.c.at, _message.c.created_at)
    query = query.outerjoin(_message, _message.c.id == _told.c.message_id)
    counted: set[str] = set()
    for row in connection.execute(query.where(sent).order_by(_told.c.position)):
        if row.message_id in counted:  # the message was sent again: only the first acceptance is used
            continue
        counted.add(row.message_id)
        for event_id in json.loads(row.body)["events"]:
            yield Alert(event_id=event_id, made_at=row.created_at, accepted_at=row.at)


def _waiting(connection: Connection, since: datetime) -> Iterator[Alert]:
    """Yields the urgent notices that no receiver has accepted: those that are not in a message yet, and those whose message waits
    or has failed for good."""
    unsent = or_(_notice.c.message_id.is_(None), _message.c.state.in_((MessageState.PENDING, MessageState.DEAD)))
    query = (
        select(_notice.c.event_id, _message.c.created_at)
        .join(_event, _event.c.id == _notice.c.event_id)
        .outerjoin(_message, _message.c.id == _notice.c.message_id)
        .where(_event.c.observed_at >= since, _notice.c.urgent, unsent)
    )
    for row in connection.execute(query):
        yield Alert(event_id=row.event_id, made_at=row.created_at, accepted_at=None)


def _hints(connection: Connection, since: datetime) -> Mapping[str, Sequence[datetime]]:
    """Returns when sources of hints named each service. Hints that only report an inspection are left out, because they do not
    name a publication."""
    named = (_hint.c.first_seen >= since - PERIOD) & (_hint.c.mark != STANDING)
    found: dict[str, list[datetime]] = {}
    for row in connection.execute(select(_hint.c.location_id, _hint.c.first_seen).where(named)):
        found.setdefault(row.location_id, []).append(row.first_seen)
    return found
