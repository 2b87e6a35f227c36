"""Finds where services are, for maps of a watchlist or of the register. A service's rating comes from its page if the service
is watched and its page was read, and otherwise from the register."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, and_, case, exists, false, func, select, true

from monitor.ratings import Rating, severity
from monitor.register.entries import Rule
from monitor.store.database import reading
from monitor.store.overview import IS_READ
from monitor.store.register import found
from monitor.store.tables import OverviewRow, RegisterRow, ServiceRow, WatchRow, table

_register, _overview = table(RegisterRow), table(OverviewRow)
_service, _watch = table(ServiceRow), table(WatchRow)

MOST = 5_000
"""How many services one map shows, at most. If there are more services, the services with the worst ratings are shown."""

MOST_WITHOUT = 200
"""How many services without coordinates are listed below a map, at most."""

Box = tuple[float, float, float, float]
"""An area: lowest latitude, highest latitude, lowest longitude and highest longitude, in degrees."""

ENGLAND: Box = (49.0, 61.0, -9.0, 3.0)
"""Coordinates outside this area are errors, such as 0, 0. (The area is larger than England, since some services are just beyond
England's borders, for example near Berwick.)"""


@dataclass(frozen=True, slots=True)
class Place:
    """A service, and where it is.

    overall   a rating, or the reason why there is no rating; None if no rating and no reason is known
    is_known  whether this monitor has a web page about the service
    is_read   whether the rating comes from CQC's page; if not, the rating comes from CQC's file
    archived  whether CQC's page says that the service is no longer registered
    """

    location_id: str
    name: str
    overall: str | None
    authority: str | None
    address: str | None
    latitude: float
    longitude: float
    is_known: bool
    is_read: bool = True
    archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The services on a map.

    places   at most MOST services, worst first
    inside   how many services are in the box, including services that `places` leaves out
    total    how many services there are, including services outside the box or without coordinates
    without   how many of the services in `total` have no usable coordinates; `unplaced` has the location ids and names of the
              first MOST_WITHOUT of them
    """

    places: tuple[Place, ...]
    inside: int
    total: int
    without: int
    unplaced: tuple[tuple[str, str], ...]


class Maps:
    """The part of the store for maps, which only reads. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of_watchlist(self, watchlist: str, box: Box | None = None) -> Places:
        """Returns where a watchlist's services are. If `box` is given, only services inside the box are shown."""
        id = _watch.c.location_id
        tables = _watch.outerjoin(_register, _register.c.location_id == id).outerjoin(_overview, _overview.c.location_id == id)
        return self._places(select().select_from(tables).where(_watch.c.watchlist == watchlist), id, id.is_not(None), true(), box)

    def of_register(self, text: str, held_to: Rule, box: Box | None = None) -> Places:
        """Returns where the services are that `Register.find` finds for the same text and rule."""
        id = _register.c.location_id
        tables = _register.outerjoin(_service, _service.c.location_id == id).outerjoin(_overview, _overview.c.location_id == id)
        query = found(select().select_from(tables), text, held_to)
        watched = exists().where(_watch.c.location_id == _overview.c.location_id).correlate(_overview)
        return self._places(query, id, _service.c.location_id.is_not(None), watched, box)

    def _places(
        self,
        query: Select[Any],
        id: ColumnElement[str],
        is_known: ColumnElement[bool],
        watched: ColumnElement[bool],
        box: Box | None,
    ) -> Places:
        name = func.coalesce(_overview.c.name, _register.c.name, id)
        is_read = IS_READ & watched
        overall = case((is_read, _overview.c.overall), else_=_register.c.overall)
        stated = (case((is_read, true()), else_=false()), func.coalesce(_overview.c.archived, false()))
        place = (_register.c.authority, _register.c.address, _register.c.latitude, _register.c.longitude)
        somewhere, here = _within(ENGLAND), _within(box or ENGLAND)
        worst = case(*((overall == rating, severity(rating)) for rating in Rating), else_=len(Rating))
        listed = query.add_columns(id, name, overall, *place, is_known, *stated).where(here, somewhere).order_by(worst, name, id)
        counted = (func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in (somewhere, and_(here, somewhere)))
        unplaced = query.add_columns(id, name).where(~somewhere).order_by(name, id).limit(MOST_WITHOUT)
        with reading(self._engine) as connection:
            total, located, inside = connection.execute(query.add_columns(func.count(), *counted)).one()
            return Places(
                places=tuple(Place(*(*row[:-2], *map(bool, row[-2:]))) for row in connection.execute(listed.limit(MOST))),
                inside=inside,
                total=total,
                without=total - located,
                unplaced=tuple((row[0], row[1]) for row in connection.execute(unplaced)) if total > located else (),
            )


def _within(box: Box) -> ColumnElement[bool]:
    south, north, west, east = box
    latitude, longitude = func.coalesce(_register.c.latitude, 0), func.coalesce(_register.c.longitude, 0)
    return latitude.between(south, north) & longitude.between(west, east)
