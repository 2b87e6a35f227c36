"""Finds the watched services that CQC has promised to inspect again, and the reports with which CQC's time limits begin."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Select, and_, case, exists, func, literal, or_, select

from monitor.model import IN_MEASURES
from monitor.ratings import KeyQuestion, Rating
from monitor.register.entries import Sector
from monitor.register.promises import Why, due, overdue_since
from monitor.store.database import reading
from monitor.store.list_entries import PRESUMED
from monitor.store.tables import OverviewRow, RegisterRow, ServiceRow, WatchRow, table
from monitor.store.watched import is_on, known_at, last_read_before, may_not_be_up_to_date

_overview, _register, _service, _watch = table(OverviewRow), table(RegisterRow), table(ServiceRow), table(WatchRow)

_OVERALL, _report_day = _overview.c.overall, _overview.c.report_day
_MEASURED = _overview.c.measures.in_(list(IN_MEASURES))
_ONE_QUESTION = and_(
    or_(*(_overview.c[one.column] == Rating.INADEQUATE for one in KeyQuestion)),
    _OVERALL.in_([one for one in Rating if one != Rating.INADEQUATE]),
    func.coalesce(_overview.c.measures, "") == "",
)
_why = case((_MEASURED, literal(str(Why.MEASURES))), (_ONE_QUESTION, literal(str(Why.ONE_QUESTION))))
_PRESUMED = _overview.c.measures == PRESUMED
_READ = _overview.c.file_date.is_(None) & ~_overview.c.archived

_MAY_BE_PROMISED, _MAY_BE_PRESUMED = _overview.c.standing.in_((0, 3)), _overview.c.standing == 1
"""Two SQL conditions on the number that `list_entries.standing` returns. The first condition is true for services in special
measures, or inadequate in a key question. The second condition is true for services that are inadequate overall. An index finds
these few services."""

_SHOWN = (
    *(_overview.c.location_id, _overview.c.name, _overview.c.provider_name, _register.c.authority),
    *(_OVERALL, _report_day),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reinspection:
    """A service that CQC has promised to inspect again, and why. The time limit begins when a report is published, on the day
    `published`. Its last day is `due`.

    read_lately  whether the service's pages were read lately. If not, CQC may have inspected the service meanwhile, so it is not
                 certain that the inspection is overdue
    """

    location_id: str
    name: str
    provider_name: str | None
    authority: str | None
    overall: str | None
    why: Why
    published: date
    due: date
    read_lately: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Services that CQC has promised to inspect again. `listed` is one page of the list, the earliest due first; `total` is the
    length of the whole list. Services whose report has no known date are not listed.

    overdue   how many of the services in `total` were read lately and are overdue
    presumed  how many services are inadequate overall, although their pages say nothing about special measures. Whether CQC has
              promised to inspect them again is not known
    undated   how many services CQC has promised to inspect again, although the date of their report is not known
    unknown   how many other watched services may be due or overdue: they were never read, were not read lately, or are in none
              of CQC's files, so that their sector isn't known
    """

    listed: tuple[Reinspection, ...]
    total: int
    overdue: int
    presumed: int
    undated: int
    unknown: int


class Reinspections:
    """The part of the store for promised inspections, which only reads. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def expected(
        self, today: date, watchlist: str | None = None, *, stale_before: datetime, limit: int, offset: int = 0
    ) -> Expected:
        """Returns the adult social care services that CQC has promised to inspect again, according to their newest reports. If
        `watchlist` is None, all watched services are included; otherwise only services on that watchlist."""
        watched = is_on(None if watchlist is None else [watchlist])
        stale = last_read_before(stale_before)
        overdue = or_(*(and_(_why == str(one), _report_day <= overdue_since(one, today)) for one in Why)) & ~stale
        counts: tuple[Any, ...] = (func.count(_report_day), func.count(), func.count(case((overdue, 1))))
        promised = (_MAY_BE_PROMISED, or_(_MEASURED, _ONE_QUESTION))
        dated = _among(select(*_SHOWN, _why.label("why"), stale.label("stale")), watched).where(*promised)
        dated = dated.where(_report_day.is_not(None)).order_by(_report_day, _overview.c.name_key, _overview.c.location_id)
        with reading(self._engine) as connection:
            known, every, late = connection.execute(_among(select(*counts), watched).where(*promised)).one()
            listed = connection.execute(dated.limit(limit).offset(offset)).all()
            presumed = connection.execute(_among(select(func.count()), watched).where(_MAY_BE_PRESUMED, _PRESUMED)).scalar_one()
            unknown = sum(connection.execute(one).scalar_one() for one in _unknown(watchlist, watched, stale_before))
        return Expected(
            listed=tuple(map(_reinspection, listed)),
            total=known,
            overdue=late,
            presumed=presumed,
            undated=every - known,
            unknown=unknown,
        )


def _reinspection(row: Row[Any]) -> Reinspection:
    why = Why(row.why)
    return Reinspection(
        location_id=row.location_id,
        name=row.name,
        provider_name=row.provider_name,
        authority=row.authority,
        overall=row.overall,
        why=why,
        published=row.report_day,
        due=due(why, row.report_day),
        read_lately=not row.stale,
    )


def _among(query: Select[Any], watched: ColumnElement[bool]) -> Select[Any]:
    """Makes a query select only adult social care services that are watched and were read."""
    return (
        query.select_from(_overview)
        .join(_register, _register.c.location_id == _overview.c.location_id)
        .join(_service, _service.c.location_id == _overview.c.location_id)
        .where(_READ, _register.c.sector != Sector.OTHER, watched)
    )


def _unknown(watchlist: str | None, watched: ColumnElement[bool], stale_before: datetime) -> tuple[Select[Any], ...]:
    """Returns two queries for `Expected.unknown`. The first counts services that no file lists. The second counts adult social
    care services that were never read or were not read lately."""
    listed = exists().where(_register.c.location_id == _watch.c.location_id)
    unlisted = select(func.count(_watch.c.location_id.distinct())).where(~listed)
    unread = (
        select(func.count())
        .select_from(_service)
        .join(_register, _register.c.location_id == _service.c.location_id)
        .where(may_not_be_up_to_date(stale_before), or_(_service.c.read_at.is_(None), known_at() < stale_before))
        .where(_register.c.sector != Sector.OTHER, watched)
    )
    return (unlisted if watchlist is None else unlisted.where(_watch.c.watchlist == watchlist)), unread

