"""Records proposals to retract events that may have been wrong (see `corrections`), within the caller's transaction."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, exists, select

from monitor import codec
from monitor.detect.correction import SHOWN_BY, Proposal, doubted_by_report
from monitor.store.database import add_once
from monitor.store.tables import EventRow, ProposalRow, table

_event, _proposal = table(EventRow), table(ProposalRow)


def propose_after(connection: Connection, location_id: str, now: datetime) -> None:
    """Records proposals to retract a service's events that seem to be wrong because of later events."""
    here = _event.c.location_id == location_id
    shown = exists().where(here, _event.c.kind.in_([str(kind) for kind in SHOWN_BY]))
    if connection.execute(select(shown)).scalar():
        bodies = connection.execute(select(_event.c.body).where(here).order_by(_event.c.position)).scalars()
        propose(connection, doubted_by_report([codec.load_event(body) for body in bodies]), now)


def propose(connection: Connection, proposals: Collection[Proposal], now: datetime) -> int:
    """Records proposals, at most one for each event, and returns how many are new."""
    return sum(add_once(connection, _proposal, event_id=one.event_id, reason=one.reason, found_at=now) for one in proposals)
