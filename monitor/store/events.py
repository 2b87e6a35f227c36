"""How an event is recorded; and events for programs: in the order in which they were recorded, a page at a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, exists, select

from monitor import codec
from monitor.events import Event, Kind
from monitor.store.database import reading
from monitor.store.tables import EventRow, WatchRow, table

_event, _watch = table(EventRow), table(WatchRow)


def add_event(connection: Connection, event: Event) -> None:
    """Records an event, within the caller's transaction."""
    row = _event.insert().values(
        id=event.id,
        location_id=event.location_id,
        observed_at=event.observed_at,
        kind=str(event.kind),
        body=codec.dump_event(event),
    )
    connection.execute(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which events are wanted.

    since        observed at this instant or later; None: at any time
    kinds        of one of these kinds; empty: of any kind
    watchlist    of a service that is on it now; None: of any service
    location_id  of this service; None: of any
    """

    since: datetime | None = None
    kinds: Collection[Kind] = ()
    watchlist: str | None = None
    location_id: str | None = None


class Events:
    """Only reads. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def after(self, position: int, sought: Sought, limit: int) -> list[tuple[int, Event]]:
        """The first events recorded after a position (0: from the beginning), each with its own position. A later event never has
        a lower position, so continuing from the last one misses nothing."""
        query = select(_event.c.position, _event.c.body).where(_event.c.position > position).order_by(_event.c.position)
        if sought.since is not None:
            query = query.where(_event.c.observed_at >= sought.since)
        if sought.kinds:
            query = query.where(_event.c.kind.in_([str(kind) for kind in sought.kinds]))
        if sought.location_id is not None:
            query = query.where(_event.c.location_id == sought.location_id)
        if sought.watchlist is not None:
            on_it = exists().where(_watch.c.location_id == _event.c.location_id, _watch.c.watchlist == sought.watchlist)
            query = query.where(on_it)
        with reading(self._engine) as connection:
            return [(at, codec.load_event(body)) for at, body in connection.execute(query.limit(limit))]
