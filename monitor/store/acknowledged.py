"""Finds which events are acknowledged."""

from sqlalchemy import ColumnElement, exists

from monitor.store.tables import AcknowledgementRow, EventRow, table

_acknowledgement, _event = table(AcknowledgementRow), table(EventRow)


def is_acknowledged() -> ColumnElement[bool]:
    """Returns an SQL condition that is true for an event that somebody has acknowledged."""
    return exists().where(_acknowledgement.c.event_id == _event.c.id, _acknowledgement.c.reopened_at.is_(None))
