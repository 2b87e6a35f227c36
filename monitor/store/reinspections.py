"""The watched services that CQC has said it inspects again, with the reports from which its time runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, and_, case, exists, func, literal, or_, select

from monitor import codec
from monitor.model import IN_MEASURES, Aspect, Holding, Snapshot, Subject
from monitor.ratings import OVERALL, KeyQuestion, Rating
from monitor.register.entries import Sector
from monitor.register.promises import Why, due, overdue_since
from monitor.store.database import reading
from monitor.store.list_entries import PRESUMED, overview_of
from monitor.store.snapshots import is_newest
from monitor.store.tables import OverviewRow, RegisterRow, ServiceRow, SnapshotRow, WatchRow, table
from monitor.store.watched import is_on, known_at, last_read_before, may_not_be_up_to_date

_overview, _register, _service, _snapshot = table(OverviewRow), table(RegisterRow), table(ServiceRow), table(SnapshotRow)
_watch = table(WatchRow)

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

_MAY_BE_PROMISED, _MAY_BE_PRESUMED = _overview.c.standing.in_((0, 3)), _overview.c.standing == 1
"""In special measures, or a key question inadequate; inadequate overall (`list_entries.standing`). An index finds these few."""

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
        self._days: dict[str, tuple[int, date | None]] = {}  # by service: the number of a snapshot, and its `report_day`

    def expected(
        self, today: date, watchlist: str | None = None, *, stale_before: datetime, limit: int, offset: int = 0
    ) -> Expected:
        """The watched adult social care services with a promise, by their newest reports: those of a watchlist, or all."""
        watched = is_on(None if watchlist is None else [watchlist])
        stale = last_read_before(stale_before)
        with reading(self._engine) as connection:
            promised = connection.execute(_promised(watched, stale)).all()
            days = self._report_days(connection, promised)
            dated = sorted((day, one.name_key, one.location_id, one) for one in promised if (day := days[one.location_id]))
            wanted = [(one, day) for day, _, _, one in dated[offset : offset + limit]]
            listed = _listed(connection, wanted)
            presumed = connection.execute(_among(select(func.count()), watched).where(_MAY_BE_PRESUMED, _PRESUMED)).scalar_one()
            unknown = sum(connection.execute(one).scalar_one() for one in _unknown(watchlist, watched, stale_before))
        late = {str(one): overdue_since(one, today) for one in Why}
        return Expected(
            listed=listed,
            total=len(dated),
            overdue=sum(day <= late[one.why] for day, _, _, one in dated if not one.stale),
            presumed=presumed,
            undated=len(promised) - len(dated),
            unknown=unknown,
        )

    def _report_days(self, connection: Connection, promised: Sequence[Row[Any]]) -> dict[str, date | None]:
        """`report_day` of each service, read once for each snapshot, since a snapshot never changes."""
        known = self._days
        new = [one.location_id for one in promised if known.get(one.location_id, (0,))[0] != one.seq]
        read: dict[str, date | None] = {}
        for at in range(0, len(new), _BATCH):
            query = select(_snapshot.c.body).join(_service, is_newest()).where(_service.c.location_id.in_(new[at : at + _BATCH]))
            snapshots = map(codec.load_snapshot, connection.execute(query).scalars())
            read |= {one.location_id: report_day(one) for one in snapshots}
        days: dict[str, date | None] = {}
        for one in promised:
            here = one.location_id
            if here in read:
                known[here] = (one.seq, read[here])
            days[here] = known[here][1] if here in known else one.published
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


def _promised(watched: ColumnElement[bool], stale: ColumnElement[bool]) -> Select[Any]:
    """SQL for the services with a promise."""
    columns = (_service.c.location_id, _service.c.seq, _overview.c.published, _overview.c.name_key)
    query = _among(select(*columns, _WHY.label("why"), stale.label("stale")), watched)
    return query.where(_MAY_BE_PROMISED, or_(_MEASURED, _ONE_QUESTION))


def _among(query: Select[Any], watched: ColumnElement[bool]) -> Select[Any]:
    """The query, over the adult social care services that were read and may have a promise."""
    return (
        query.select_from(_overview)
        .join(_register, _register.c.location_id == _overview.c.location_id)
        .join(_service, _service.c.location_id == _overview.c.location_id)
        .where(_READ, _register.c.sector != Sector.OTHER, watched)
    )


def _unknown(watchlist: str | None, watched: ColumnElement[bool], stale_before: datetime) -> tuple[Select[Any], ...]:
    """SQL for the numbers of services that no file lists, and of adult social care services not read lately, or never."""
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
