"""The watched services that CQC has said it inspects again, with the reports from which its time runs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, case, exists, func, literal, or_, select

from monitor.model import IN_MEASURES
from monitor.ratings import KeyQuestion, Rating
from monitor.register.entries import Sector
from monitor.register.promises import Why, due, overdue_since
from monitor.store.database import reading
from monitor.store.list_entries import PRESUMED
from monitor.store.tables import OverviewRow, RegisterRow, WatchRow, table

_overview, _register, _watch = table(OverviewRow), table(RegisterRow), table(WatchRow)

_OVERALL = _overview.c.overall
_MEASURED = _overview.c.measures.in_(list(IN_MEASURES))
_ONE_QUESTION = and_(
    or_(*(_overview.c[one.column] == Rating.INADEQUATE for one in KeyQuestion)),
    _OVERALL.in_([one for one in Rating if one != Rating.INADEQUATE]),
    func.coalesce(_overview.c.measures, "") == "",
)
_READ = _overview.c.file_date.is_(None) & ~_overview.c.archived


@dataclass(frozen=True, slots=True, kw_only=True)
class Reinspection:
    """A service that CQC inspects again: why, the day of the report from which the time runs, and until when."""

    location_id: str
    name: str
    provider_name: str | None
    authority: str | None
    overall: str | None
    why: Why
    published: date
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Some of them, the earliest due first; and of how many services.

    presumed  services that are inadequate overall while their pages say nothing about special measures: no promise is known
    undated   services with a promise whose report has no known date
    """

    listed: tuple[Reinspection, ...]
    total: int
    overdue: int
    presumed: int
    undated: int


class Reinspections:
    """Only reads. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def expected(self, today: date, watchlist: str | None = None, *, limit: int, offset: int = 0) -> Expected:
        """The watched adult social care services with a promise, by the overall ratings of their newest reports: those of a
        watchlist, or all."""
        here = _overview.c.location_id
        on_it = exists().where(_watch.c.location_id == here, *([_watch.c.watchlist == watchlist] if watchlist else []))
        care = and_(_READ, on_it, _register.c.sector != Sector.OTHER)
        joined = _overview.join(_register, _register.c.location_id == here)
        promised, dated = or_(_MEASURED, _ONE_QUESTION), _overview.c.published.is_not(None)
        why = case((_MEASURED, literal(str(Why.MEASURES))), else_=literal(str(Why.ONE_QUESTION)))
        late = or_(*(and_(why == one, _overview.c.published <= overdue_since(one, today)) for one in Why))
        presumed = _overview.c.measures == PRESUMED
        numbers = map(_number, (promised & dated, promised & dated & late, presumed, promised & ~dated))
        counts = select(*numbers).select_from(joined).where(care, or_(promised, presumed))
        rows = (
            select(here, _overview.c.name, _overview.c.provider_name, _register.c.authority, _OVERALL, _overview.c.published)
            .add_columns(why.label("why"))
            .select_from(joined)
            .where(care, promised, dated)
            .order_by(_overview.c.published, _overview.c.name_key, here)
        )
        with reading(self._engine) as connection:
            counted: Any = connection.execute(counts).one()
            found = connection.execute(rows.limit(limit).offset(offset)).mappings().all()
        total, overdue, silent, undated = counted
        listed = tuple(_made(dict(row)) for row in found)
        return Expected(listed=listed, total=total, overdue=overdue, presumed=silent, undated=undated)


def _number(of: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((of, 1), else_=0)), 0)


def _made(row: dict[str, object]) -> Reinspection:
    values = row | {"why": Why(str(row["why"]))}
    return Reinspection(**values, due=due(values["why"], values["published"]))  # type: ignore[arg-type]
