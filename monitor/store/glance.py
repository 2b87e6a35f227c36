"""The home page's summary of some watchlists, counted and found by the database, since watchlists may be large."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, exists, func, or_, select

from monitor import codec
from monitor.events import Event
from monitor.mailbox import key_of
from monitor.store.database import reading
from monitor.store.overview import is_unseen
from monitor.store.people import Person
from monitor.store.tables import EventRow, OverviewRow, ServiceRow, SubscriptionRow, WatchlistRow, WatchRow, table

_service, _watch, _event = table(ServiceRow), table(WatchRow), table(EventRow)
_overview, _watchlist, _subscription = table(OverviewRow), table(WatchlistRow), table(SubscriptionRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How up to date some services are.

    services      how many there are
    never_read    how many have never been read
    oldest        the earliest time, over these services, of each one's last full reading; None if none was read yet
    last_look_at  when one of them was last checked, whatever the result; None: never
    """

    services: int
    never_read: int
    oldest: datetime | None
    last_look_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A service that is not up to date. `name`: its id, if nothing was read and the register doesn't list it; `trouble`: why, in
    one line."""

    location_id: str
    name: str
    read_at: datetime | None
    trouble: str | None


class Glance:
    """Only reads. `watchlists` are names. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def watchlists(self) -> list[str]:
        """The names of all watchlists, empty ones too."""
        with reading(self._engine) as connection:
            return list(connection.execute(select(_watchlist.c.name).order_by(_watchlist.c.name)).scalars())

    def watchlists_of(self, person: Person) -> list[str]:
        """The names of the watchlists that a person owns or subscribes to."""
        mine = (_subscription.c.owner == person.id) | (_subscription.c.address_key == key_of(f"mailto:{person.email}"))
        told = exists().where(_subscription.c.watchlist == _watchlist.c.name, mine)
        query = select(_watchlist.c.name).where(or_(_watchlist.c.owner == person.id, told))
        with reading(self._engine) as connection:
            return list(connection.execute(query.order_by(_watchlist.c.name)).scalars())

    def known(self, location_ids: Collection[str]) -> set[str]:
        """Which of these services this monitor knows, watched or not."""
        query = select(_service.c.location_id).where(_service.c.location_id.in_(list(location_ids)))
        with reading(self._engine) as connection:
            return set(connection.execute(query).scalars())

    def events_of(self, location_id: str, limit: int) -> list[Event]:
        """The newest events of a service, newest first."""
        query = select(_event.c.body).where(_event.c.location_id == location_id).order_by(_event.c.position.desc())
        with reading(self._engine) as connection:
            return [codec.load_event(body) for body in connection.execute(query.limit(limit)).scalars()]

    def freshness(self, watchlists: Collection[str]) -> Freshness:
        """How up to date the services on the watchlists are."""
        query = select(
            func.count(),
            func.count() - func.count(_service.c.read_at),
            func.min(_service.c.read_at),
            func.max(_service.c.looked_at),
        ).where(_service.c.location_id.in_(select(_watch.c.location_id).where(_watch.c.watchlist.in_(watchlists))))
        with reading(self._engine) as connection:
            services, never_read, oldest, last = connection.execute(query).one()
        return Freshness(services=services, never_read=never_read, oldest=oldest, last_look_at=last)

    def unread(self, watchlists: Collection[str], stale_before: datetime, limit: int) -> list[Unread]:
        """The services on the watchlists that are not up to date, the longest unread first."""
        query = (
            select(_service.c.location_id, _service.c.read_at, _service.c.trouble, _overview.c.name)
            .outerjoin(_overview, _overview.c.location_id == _service.c.location_id)
            .where(_on(watchlists), is_unseen(stale_before))
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


def _on(watchlists: Collection[str]) -> ColumnElement[bool]:
    return exists().where(_watch.c.location_id == _service.c.location_id, _watch.c.watchlist.in_(watchlists))
