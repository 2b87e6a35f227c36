"""Reads what the home page shows about watchlists and their services. The database does the selecting and sorting, since
watchlists may be large."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, exists, false, func, or_, select

from monitor import codec
from monitor.events import Event
from monitor.mailbox import key_of
from monitor.store.database import reading
from monitor.store.people import Person
from monitor.store.tables import EventRow, OverviewRow, ServiceRow, SubscriptionRow, WatchlistRow, WatchRow, table
from monitor.store.watched import edge, is_on, is_unseen

_service, _watch, _event = table(ServiceRow), table(WatchRow), table(EventRow)
_overview, _watchlist, _subscription = table(OverviewRow), table(WatchlistRow), table(SubscriptionRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A service that is not up to date. `name` is the service's id if nothing was read and the register doesn't list the
    service. `trouble` says in one line why it is not up to date."""

    location_id: str
    name: str
    read_at: datetime | None
    trouble: str | None


class Glance:
    """The part of the store for the home page, which only reads. Arguments called `watchlists` are names of watchlists. Raises
    StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def watchlists(self) -> list[str]:
        """Returns the names of all watchlists, including watchlists without services."""
        with reading(self._engine) as connection:
            return list(connection.execute(select(_watchlist.c.name).order_by(_watchlist.c.name)).scalars())

    def watchlists_of(self, person: Person, *, and_nobodys: bool = False) -> list[str]:
        """Returns the names of the watchlists that a person owns or subscribes to, if they have services. If there are any, and
        `and_nobodys` is True, watchlists with services but without an owner are included too."""
        mine = (_subscription.c.owner == person.id) | (_subscription.c.address_key == key_of(f"mailto:{person.email}"))
        told = exists().where(_subscription.c.watchlist == _watchlist.c.name, mine)
        filled = exists().where(_watch.c.watchlist == _watchlist.c.name)
        query = select(_watchlist.c.name, _watchlist.c.owner, told.label("told")).where(filled).order_by(_watchlist.c.name)
        nobodys = _watchlist.c.owner.is_(None) if and_nobodys else false()
        with reading(self._engine) as connection:
            found = connection.execute(query.where(or_(_watchlist.c.owner == person.id, told, nobodys))).all()
        mine_too = any(one.told or one.owner == person.id for one in found)
        return [one.name for one in found] if mine_too else []

    def known(self, location_ids: Collection[str]) -> set[str]:
        """Returns which of these services are in the database, even if they are not watched."""
        query = select(_service.c.location_id).where(_service.c.location_id.in_(list(location_ids)))
        with reading(self._engine) as connection:
            return set(connection.execute(query).scalars())

    def events_of(self, location_id: str, limit: int) -> list[Event]:
        """The newest events of a service, newest first."""
        query = select(_event.c.body).where(_event.c.location_id == location_id).order_by(_event.c.position.desc())
        with reading(self._engine) as connection:
            return [codec.load_event(body) for body in connection.execute(query.limit(limit)).scalars()]

    def checked(self, watchlists: Collection[str] | None, services: int) -> tuple[datetime | None, datetime | None]:
        """Returns two points in time for the services on the given watchlists (on any watchlist, if `watchlists` is None). The
        first is the time of the last check of any of these services, whatever its result. The second is the earliest of the
        times at which each service was last fully read. A time is None if there was no such check. `services` is the
        approximate number of these services."""
        with reading(self._engine) as connection:
            last = edge(connection, _service.c.looked_at, watchlists, services, newest=True)
            return last, edge(connection, _service.c.read_at, watchlists, services, newest=False)

    def unread(self, watchlists: Collection[str], stale_before: datetime, limit: int) -> list[Unread]:
        """Returns the services on the watchlists that are not up to date. The services that have not been read for the longest
        time come first."""
        query = (
            select(_service.c.location_id, _service.c.read_at, _service.c.trouble, _overview.c.name)
            .outerjoin(_overview, _overview.c.location_id == _service.c.location_id)
            .where(is_on(watchlists), is_unseen(stale_before))
            .order_by(func.coalesce(_service.c.read_at, _service.c.added_at), _service.c.location_id)
        )
        with reading(self._engine) as connection:
            return [
                Unread(
                    location_id=location_id,
                    name=name or location_id,
                    read_at=read_at,
                    trouble=trouble,
                )
                for location_id, read_at, trouble, name in connection.execute(query.limit(limit))
            ]
