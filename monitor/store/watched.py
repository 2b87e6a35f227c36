"""SQL conditions on the table `service`: which services are watched, and which services are up to date. Web pages use these
conditions, and there may be 57,000 services. Therefore, the conditions let an index find the few services with a problem.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, or_, select, text, union_all

from monitor.detect.observe import PARTLY_READ
from monitor.store.prepared import Statement, prepared
from monitor.store.tables import AMISS, ServiceRow, WatchRow, table

_service, _watch = table(ServiceRow), table(WatchRow)

MANY = 1_000
"""If a watchlist has more services than this, the quickest way to find a first service is an index. For a smaller watchlist, the
quickest way is to examine all its services."""


def is_watched() -> ColumnElement[bool]:
    """Returns an SQL condition that is true for a service that is on a watchlist."""
    return exists().where(_watch.c.location_id == _service.c.location_id)


def is_on(watchlists: Collection[str] | None) -> ColumnElement[bool]:
    """Returns an SQL condition that is true for a service on one of these watchlists (on any watchlist, if `watchlists` is
    None)."""
    if watchlists is None:
        return is_watched()
    return exists().where(_watch.c.location_id == _service.c.location_id, _watch.c.watchlist.in_(watchlists))


def number_on(connection: Connection, watchlists: Collection[str] | None) -> int:
    """Returns how many services are on these watchlists (on any watchlist, if `watchlists` is None)."""
    return int(connection.execute(*_number(None if watchlists is None else tuple(sorted(watchlists)))).scalar_one())


@prepared
def _number(lists: tuple[str, ...] | None) -> Statement:
    query = select(func.count(_watch.c.location_id.distinct()))
    return query if lists is None else query.where(_watch.c.watchlist.in_(lists))


def edge(
    connection: Connection, column: ColumnElement[Any], watchlists: Collection[str] | None, of: int, *, newest: bool,
    until: datetime | None = None,
) -> datetime | None:
    """Returns the newest or the oldest time in a column of `service`, among the services on these watchlists (on any watchlist,
    if `watchlists` is None). The column must have an index. `of` is roughly the number of these services. Times after `until` are
    ignored. Returns None if there is no time."""
    chosen = column.is_not(None) if until is None else column <= until
    if watchlists is None or of > MANY:
        query = select(column).where(chosen, is_on(watchlists)).order_by(column.desc() if newest else column).limit(1)
    else:
        mine = _watch.c.watchlist.in_(watchlists)
        query = select(func.max(column) if newest else func.min(column)).select_from(_service)
        query = query.join(_watch, _watch.c.location_id == _service.c.location_id).where(chosen, mine)
    found: datetime | None = connection.execute(query).scalar()
    return found


def known_at() -> ColumnElement[Any]:
    """Returns an SQL expression for the time that `detect.checks.known_until` returns."""
    read_at, looked_at = _service.c.read_at, _service.c.looked_at
    known = case((read_at <= func.coalesce(looked_at, read_at), read_at), else_=_service.c.added_at)
    return case((_service.c.vouched_at > known, _service.c.vouched_at), else_=known)


def last_read_before(instant: datetime) -> ColumnElement[bool]:
    """Returns an SQL condition that is true for a service whose state nothing has confirmed since an instant (see
    Overview.is_stale)."""
    return and_(may_not_be_up_to_date(instant), known_at() < instant)


def how_read(stale_before: datetime) -> ColumnElement[str]:
    """Returns an SQL expression for how completely and recently a service was read. Its value is the name of the field of
    judgement.Services in which the service is counted."""
    stale, never = known_at() < stale_before, _service.c.read_at.is_(None)
    return case(
        (and_(never, or_(_service.c.looked_at.is_not(None), stale)), "never_read"),
        (never, "not_checked"),
        (stale, "stale"),
        (_service.c.failures > 0, "check_failed"),
        (says(f"{PARTLY_READ}: http"), "report_missing"),
        (says(PARTLY_READ), "partly_read"),
        else_="up_to_date",
    )


def may_not_be_up_to_date(stale_before: datetime) -> ColumnElement[bool]:
    """Returns an SQL condition that is true for a service if `how_read` may have a value other than "up_to_date". The condition
    rules out most services, and two indexes find the remaining services."""
    each = _service.alias("each")
    found = select(each.c.location_id)
    return _service.c.location_id.in_(union_all(found.where(text(AMISS)), found.where(each.c.read_at < stale_before)))


def is_unseen(stale_before: datetime) -> ColumnElement[bool]:
    """Returns an SQL condition that is true for a service that is not up to date, although it was checked or should have been
    checked."""
    return and_(may_not_be_up_to_date(stale_before), how_read(stale_before).not_in(("up_to_date", "not_checked")))


def is_partly_read(stale_before: datetime) -> ColumnElement[bool]:
    """Returns an SQL condition that is true for a service if some of its pages, or a report, could not be read."""
    return and_(may_not_be_up_to_date(stale_before), how_read(stale_before).in_(("partly_read", "report_missing")))


def says(text: str) -> ColumnElement[bool]:
    """Returns an SQL condition that is true for a service if `trouble`, the problem that the last check recorded, begins with
    this text."""
    return func.coalesce(_service.c.trouble, "").startswith(text, autoescape=True)
