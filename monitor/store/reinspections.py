"""The watched services that CQC has said it inspects again, with the reports from which its time runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, case, func, literal, or_, select

from monitor import codec
from monitor.model import IN_MEASURES, Aspect, Holding, Snapshot, Subject
from monitor.ratings import OVERALL, KeyQuestion, Rating
from monitor.register.entries import Sector
from monitor.register.promises import Why, due, overdue_since
from monitor.store.database import reading
from monitor.store.list_entries import PRESUMED, overview_of
from monitor.store.snapshots import is_newest
from monitor.store.tables import OverviewRow, RegisterRow, ServiceRow, SnapshotRow, table
from monitor.store.watched import is_on, last_read_before

_overview, _register, _service, _snapshot = table(OverviewRow), table(RegisterRow), table(ServiceRow), table(SnapshotRow)

_OVERALL = _overview.c.overall
_MEASURED = _overview.c.measures.in_(list(IN_MEASURES))
_ONE_QUESTION = and_(
    or_(*(_overview.c[one.column] == Rating.INADEQUATE for one in KeyQuestion)),
    _OVERALL.in_([one for one in Rating if one != Rating.INADEQUATE]),
    func.coalesce(_overview.c.measures, "") == "",
)
_WHY = case((_MEASURED, literal(str(Why.MEASURES))), (_ONE_QUESTION, literal(str(Why.ONE_QUESTION))))
_PRESUMED = _overview.c.measures == PRESUMED
_READ = _overview.c.file_date.is_(None) & ~_overview.c.archived

_STANDINGS = (0, 1, 3)
"""In special measures, inadequate overall, a key question inadequate (`list_entries.standing`): an index finds these few."""

_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reinspection:
    """A service that CQC inspects again: why, the day of the report from which the time runs, and until when.

    read_lately  whether its pages were; otherwise CQC may have inspected it since, and nothing is overdue for certain
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
    """Some of them, the earliest due first; and of how many services.

    overdue   of those that were read lately
    presumed  services that are inadequate overall while their pages say nothing about special measures: no promise is known
    undated   services with a promise whose report has no known date
    unknown   watched services that may be overdue or due without being counted: never read, not read lately, or in none of CQC's
              files, so that their sector isn't known
    """

    listed: tuple[Reinspection, ...]
    total: int
    overdue: int
    presumed: int
    undated: int
    unknown: int


class Reinspections:
    """Only reads. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._days: dict[str, tuple[int, datetime, date | None]] = {}  # by service: of which snapshot, and its `report_day`

    def expected(
        self, today: date, watchlist: str | None = None, *, stale_before: datetime, limit: int, offset: int = 0
    ) -> Expected:
        """The watched adult social care services with a promise, by their newest reports: those of a watchlist, or all."""
        watched = is_on(None if watchlist is None else [watchlist])
        stale = last_read_before(stale_before)
        with reading(self._engine) as connection:
            found = connection.execute(_candidates(watched, stale)).all()
            promised = [one for one in found if one.why]
            days = self._report_days(connection, promised)
            dated = sorted((day, one.name_key, one.location_id, one) for one in promised if (day := days[one.location_id]))
            wanted = [(one, day) for day, _, _, one in dated[offset : offset + limit]]
            listed = _listed(connection, wanted)
            unknown = connection.execute(_unknown(watched, stale)).scalar_one()
        late = {str(one): overdue_since(one, today) for one in Why}
        return Expected(
            listed=listed,
            total=len(dated),
            overdue=sum(day <= late[one.why] for day, _, _, one in dated if not one.stale),
            presumed=len(found) - len(promised),
            undated=len(promised) - len(dated),
            unknown=unknown,
        )

    def _report_days(self, connection: Connection, promised: Sequence[Row[Any]]) -> dict[str, date | None]:
        """`report_day` of each service, read once for each snapshot, since a snapshot never changes."""
        known = self._days
        new = [one.location_id for one in promised if known.get(one.location_id, ())[:2] != (one.seq, one.added_at)]
        read: dict[str, date | None] = {}
        for at in range(0, len(new), _BATCH):
            query = select(_snapshot.c.body).join(_service, is_newest()).where(_service.c.location_id.in_(new[at : at + _BATCH]))
            snapshots = map(codec.load_snapshot, connection.execute(query).scalars())
            read |= {one.location_id: report_day(one) for one in snapshots}
        days: dict[str, date | None] = {}
        for one in promised:
            here = one.location_id
            if here in read:
                known[here] = (one.seq, one.added_at, read[here])
            days[here] = known[here][2] if here in known else one.published
        return days


def report_day(snapshot: Snapshot) -> date | None:
    """When the newest report was published that CQC's promise runs from: of those that state the overall rating, special measures
    or an inadequate key question. A report that rates nothing, and says that a service remains in special measures, counts."""
    others = (held.published for subject, held in snapshot.holdings if _runs_from(subject, held))
    return max(filter(None, (overview_of(snapshot)["published"], *others)), default=None)


def _runs_from(subject: Subject, held: Holding) -> bool:
    if subject.aspect is Aspect.MEASURES:
        return held.value in IN_MEASURES
    return subject.aspect is Aspect.RATING and subject.of != OVERALL and held.value == Rating.INADEQUATE


def _candidates(watched: ColumnElement[bool], stale: ColumnElement[bool]) -> Any:
    """SQL for the services with a promise (`why`), and for those that are only presumed to have one."""
    columns = (_service.c.location_id, _service.c.seq, _service.c.added_at, _overview.c.published, _overview.c.name_key)
    return (
        select(*columns, _WHY.label("why"), stale.label("stale"))
        .select_from(_overview)
        .join(_register, _register.c.location_id == _overview.c.location_id)
        .join(_service, _service.c.location_id == _overview.c.location_id)
        .where(_overview.c.standing.in_(_STANDINGS), _READ, or_(_MEASURED, _ONE_QUESTION, _PRESUMED))
        .where(_register.c.sector != Sector.OTHER, watched)
    )


def _unknown(watched: ColumnElement[bool], stale: ColumnElement[bool]) -> Any:
    """SQL for the number of services of which nothing, or nothing of late, is known: not those of a sector without promises."""
    sector = _register.c.sector
    return (
        select(func.count())
        .select_from(_service)
        .outerjoin(_register, _register.c.location_id == _service.c.location_id)
        .where(watched, or_(sector.is_(None), and_(sector != Sector.OTHER, or_(_service.c.read_at.is_(None), stale))))
    )


def _listed(connection: Connection, wanted: Sequence[tuple[Row[Any], date]]) -> tuple[Reinspection, ...]:
    columns = (_overview.c.location_id, _overview.c.name, _overview.c.provider_name, _register.c.authority, _OVERALL)
    shown: dict[str, Any] = {}
    for at in range(0, len(wanted), _BATCH):
        ids = [one.location_id for one, _ in wanted[at : at + _BATCH]]
        query = select(*columns).join(_register, _register.c.location_id == _overview.c.location_id)
        shown |= {one["location_id"]: one for one in connection.execute(query.where(_overview.c.location_id.in_(ids))).mappings()}
    return tuple(
        Reinspection(
            **shown[one.location_id],
            why=Why(one.why),
            published=day,
            due=due(Why(one.why), day),
            read_lately=not one.stale,
        )
        for one, day in wanted
        if one.location_id in shown
    )
