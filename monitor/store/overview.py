"""Makes lists of services. The database sorts, filters and searches the lists, and divides them into pages. `list_entries` and
`from_register` write the rows of the lists."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Row,
    Select,
    UnaryExpression,
    case,
    exists,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.sql import operators

from monitor.detect.checks import known_until
from monitor.detect.observe import PARTLY_READ
from monitor.model import IN_MEASURES, MeasuresState
from monitor.ratings import OVERALL, KeyQuestion, Rating, severity
from monitor.store.database import reading
from monitor.store.list_entries import LAST, NO_RATING, PRESUMED
from monitor.store.search import holds, words_of
from monitor.store.tables import OverviewRow, OwnFactRow, RegisterRow, ServiceRow, WatchRow, table
from monitor.store.watched import MANY, is_on, is_partly_read, is_unseen, is_watched
from monitor.text import folded

_overview, _service, _watch = table(OverviewRow), table(ServiceRow), table(WatchRow)
_register, _own = table(RegisterRow), table(OwnFactRow)

_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A service as lists show it: the fields of OverviewRow and ServiceRow, with the ratings of key questions in CQC's order. If
    `file_date` is not None, the service was not read yet, and everything except the times comes from CQC's file of that date. If
    `name` is None, the service was not read and the register doesn't list the service. The fields from `authority` to `longitude`
    always come from the register."""

    location_id: str
    added_at: datetime
    looked_at: datetime | None
    read_at: datetime | None
    failures: int
    trouble: str | None
    name: str | None
    service_type: str | None
    place: str | None
    postcode: str | None
    provider_name: str | None
    overall: str | None
    key_questions: tuple[str | None, ...]
    groups: int
    measures: str | None
    archived: bool
    changed_at: datetime | None
    change: str | None
    published: date | None
    authority: str | None
    beds: int | None
    provider_id: str | None
    brand: str | None
    latitude: float | None
    longitude: float | None
    file_date: date | None = None
    vouched_at: datetime | None = None

    @property
    def known_as(self) -> str:
        """The service's name or, if the name is not known, its id."""
        return self.name or self.location_id

    @property
    def was_read(self) -> bool:
        """Whether the service's pages were ever read."""
        return self.name is not None and self.file_date is None

    @property
    def rated(self) -> dict[str, str | None]:
        """The rating of each key question."""
        return dict(zip(KeyQuestion, self.key_questions, strict=True))

    def how_read(self, before: datetime) -> str:
        """Returns in a few words why the known state of the service may be out of date or incomplete. Returns "" if the state is
        up to date, or if the service was not checked yet. For `before`, see is_stale."""
        if self.read_at is None and self.was_read:
            return "never fully read"
        if self.read_at is None:
            return "never read" if self.looked_at or self.is_stale(before) else ""
        if self.is_stale(before):
            return "not read for too long"
        if self.failures:
            return "not read at the last check"
        return PARTLY_READ if (self.trouble or "").startswith(PARTLY_READ) else ""

    def is_stale(self, before: datetime) -> bool:
        """Whether nothing has confirmed the known state of the service since the instant `before`. A full reading of the service
        confirms the state, and so does CQC's list of changes if it does not name the service. A service that was never read is
        stale if it has been watched since before that instant."""
        return known_until(self.added_at, self.looked_at, self.read_at, self.vouched_at) < before


class Order(StrEnum):
    """The order of a list. WORST and ratings sort worst first. PUBLISHED and CHANGED sort the newest date first, AGE and READ the
    oldest date first. BEDS sorts the largest number first."""

    WORST = "worst"
    NAME = "name"
    TYPE = "type"
    PLACE = "place"
    AUTHORITY = "authority"
    PROVIDER = "provider"
    BEDS = "beds"
    OVERALL = "overall"
    MEASURES = "measures"
    PUBLISHED = "published"
    AGE = "age"
    CHANGED = "changed"
    READ = "read"
    PLACED = "placed"
    SUSPENDED = "suspended"
    CONTRACT = "contract"
    OFFICER = "officer"
    FUNDER = "funder"
    OTHER_RATING = "other-rating"


OWN: Mapping[Order, str] = {
    Order.PLACED: "people_placed",
    Order.SUSPENDED: "suspended_since",
    Order.CONTRACT: "contract_reference",
    Order.OFFICER: "contract_officer",
    Order.FUNDER: "funding_authority",
    Order.OTHER_RATING: "other_rating",
}
"""The orders that sort by the council's own facts, each with its field of OwnFacts."""

Sorting = Order | KeyQuestion
"""How a list is sorted: by an order, or by the rating of a key question."""

UNRATED = "unrated"
IN, UNCLEAR, NOT_IN = "in", "unclear", "none"
PARTLY, NOT_YET = "partly", "not-yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The filter of a list, and its order.

    search    words that must all occur in the service's name, address, provider or id
    rating    an overall rating, or UNRATED; None for all services
    measures  IN, PRESUMED, UNCLEAR or NOT_IN; None for all services
    unread    whether to list only services that are not up to date, although they were checked or should have been checked
    reading   PARTLY: only services that could be read only in part; NOT_YET: only services that were never read, not even in
              part; None: all services
    """

    search: str = ""
    rating: str | None = None
    service_type: str | None = None
    measures: str | None = None
    unread: bool = False
    reading: str | None = None
    order: Sorting = Order.WORST
    reverse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """How many services a watchlist has, and how many match each of the usual filters. The numbers include services that were not
    read yet, for which CQC's files are used. `file_date` is the date of the newest of these files; None if no file was used."""

    services: int
    inadequate: int
    in_measures: int
    poor: int
    not_yet: int
    file_date: date | None


class Overviews:
    """The part of the store for lists of services, which only reads. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def count(self, watchlist: str, wanted: Wanted, stale_before: datetime) -> int:
        """Returns how many services of a watchlist match the filter `wanted`."""
        with reading(self._engine) as connection:
            if not _is_quicker_by_entries(connection, watchlist, wanted):
                return _number_of(connection, _chosen(select(func.count()), watchlist, wanted, stale_before))
            # Services without a list entry were never read, so they are few.
            unread = (_service.c.read_at.is_(None), _overview.c.location_id.is_(None), is_on([watchlist]))
            others = select(func.count()).select_from(_JOINED).where(*unread)
            others = _held_to(others, _service.c.location_id, wanted, stale_before)
            entries = _entries(select(func.count()), watchlist, wanted, stale_before)
            return _number_of(connection, entries) + _number_of(connection, others)

    def standings(self, watchlist: str) -> Standings:
        """Returns how many services a watchlist has, and how many match each of the usual filters."""
        joined = _watch.outerjoin(_overview, _overview.c.location_id == _watch.c.location_id)
        query = select(*(one.label(name) for name, one in _STANDINGS.items())).select_from(joined)
        with reading(self._engine) as connection:
            return Standings(**connection.execute(query.where(_watch.c.watchlist == watchlist)).mappings().one())

    def listed(
        self, watchlist: str, wanted: Wanted, stale_before: datetime, *, limit: int, offset: int = 0, total: int = 0
    ) -> list[Overview]:
        """Returns one page of the matching services, in the wanted order. `total` is the number of matching services, or 0 if the
        number is not known. If the number is known, a page near the end is fetched as fast as a page near the beginning."""
        with reading(self._engine) as connection:
            part = _Part(limit=limit, offset=offset, total=total)
            chosen = _of_entries(connection, watchlist, wanted, stale_before, part) if total else []
            if len(chosen) < min(limit, total - offset) or not total:  # services without an entry come last
                chosen = _of_all(connection, watchlist, wanted, stale_before, part)
            # The other columns are fetched only for these services, because sorting whole rows would take several times as
            # long.
            query = select(*_COLUMNS).select_from(_JOINED).where(_service.c.location_id.in_(chosen))
            found = {row.location_id: _overview_in(row) for row in connection.execute(query)}
        return [found[one] for one in chosen]

    def every(self, watchlist: str, wanted: Wanted, stale_before: datetime) -> Iterator[Overview]:
        """Yields all matching services, one by one, so that the caller can write them to a file. The transaction lasts until the
        last service is fetched."""
        query = _chosen(select(*_COLUMNS), watchlist, wanted, stale_before, joined=_ALL_JOINED)
        query = query.order_by(*_order(wanted, _watch.c.location_id))
        with reading(self._engine) as connection:
            for row in connection.execution_options(yield_per=_BATCH).execute(query):
                yield _overview_in(row)

    def after(
        self, location_id: str, watchlist: str | None, wanted: Wanted, stale_before: datetime, *, limit: int
    ) -> list[Overview]:
        """Returns matching services of a watchlist (or of all watched services, if `watchlist` is None), sorted by id. Starts
        with the first id after the given id; "" is before every id. Callers use this to fetch everything in pages."""
        query = select(*_COLUMNS)
        if watchlist is None:
            query = _held_to(query.select_from(_JOINED).where(is_watched()), _service.c.location_id, wanted, stale_before)
        else:
            query = _chosen(query, watchlist, wanted, stale_before, joined=_ALL_JOINED)
        query = query.where(_service.c.location_id > location_id).order_by(_service.c.location_id)
        with reading(self._engine) as connection:
            return [_overview_in(row) for row in connection.execute(query.limit(limit))]

    def types(self, watchlist: str) -> list[str]:
        """Returns the service types on a watchlist."""
        each = select(_overview.c.service_type.label("name")).distinct().where(_overview.c.service_type.is_not(None)).subquery()
        on_it = (_overview.c.service_type == each.c.name) & (_watch.c.location_id == _overview.c.location_id)
        # There are few types, and one service is enough to show that a type occurs.
        query = select(each.c.name).where(exists().where(on_it, _watch.c.watchlist == watchlist))
        with reading(self._engine) as connection:
            return sorted(connection.execute(query).scalars(), key=folded)

    def known(self, search: str, limit: int) -> list[Overview]:
        """Returns the services that are or were watched, and whose name, address, provider and id together contain all the words.
        The services are sorted by name."""
        words = words_of(search)
        if not words:
            return []
        order = (_overview.c.name_key, _overview.c.location_id)
        found = select(_overview.c.location_id).where(_overview.c.name.is_not(None), holds(_overview.c.search, words))
        chosen = _service.c.location_id.in_(found.order_by(*order).limit(limit))
        query = select(*_COLUMNS).select_from(_JOINED).where(chosen)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(*order))
            return [_overview_in(row) for row in rows]

    def named(self, location_ids: Iterable[str]) -> list[Overview]:
        """Returns the given services, sorted by name. Services that were never watched are left out."""
        chosen = _service.c.location_id.in_(list(location_ids))
        by_name = _order(Wanted(order=Order.NAME), _service.c.location_id)
        query = select(*_COLUMNS).select_from(_JOINED).where(chosen).order_by(*by_name)
        with reading(self._engine) as connection:
            return [_overview_in(row) for row in connection.execute(query)]


_UNRATED = len(Rating)
_same = _overview.c.location_id == _service.c.location_id
_JOINED = _service.outerjoin(_overview, _same).outerjoin(_register, _register.c.location_id == _service.c.location_id)
_ALL_JOINED = _JOINED.join(_watch, _watch.c.location_id == _service.c.location_id)

_COLUMNS: tuple[ColumnElement[Any], ...] = (
    *_service.c["location_id", "added_at", "looked_at", "read_at", "failures", "trouble", "vouched_at"],
    *_overview.c["name", "service_type", "place", "postcode", "provider_name", "overall"],
    *(_overview.c[one.column] for one in KeyQuestion),
    *_overview.c["groups", "measures", "archived", "changed_at", "change", "published", "file_date"],
    *_register.c["authority", "beds", "provider_id", "brand", "latitude", "longitude"],
)


def _overview_in(row: Row[Any]) -> Overview:
    values = dict(row._mapping)
    questions = tuple(values.pop(one.column) for one in KeyQuestion)
    values |= {"groups": values["groups"] or 1, "archived": bool(values["archived"])}
    return Overview(key_questions=questions, **values)


def _chosen(
    query: Select[Any], watchlist: str, wanted: Wanted, stale_before: datetime, *, joined: FromClause | None = None
) -> Select[Any]:
    """Makes a query select the matching services of a watchlist. If `joined` is None, only the tables that the conditions and the
    order need are joined."""
    if joined is None:
        joined = _watch.outerjoin(_overview, _overview.c.location_id == _watch.c.location_id)
        if wanted.unread or wanted.reading or wanted.order is Order.READ:
            joined = joined.join(_service, _service.c.location_id == _watch.c.location_id)
        if wanted.order in _OF_REGISTER:
            joined = joined.outerjoin(_register, _register.c.location_id == _watch.c.location_id)
    if wanted.order in OWN:
        mine = (_own.c.watchlist == watchlist) & (_own.c.location_id == _watch.c.location_id)
        joined = joined.outerjoin(_own, mine)
    here = query.select_from(joined).where(_watch.c.watchlist == watchlist)
    return _held_to(here, _watch.c.location_id, wanted, stale_before)


def _is_quicker_by_entries(connection: Connection, watchlist: str, wanted: Wanted) -> bool:
    """Whether a query should go through all list entries, rather than through the services of a watchlist. For a large watchlist,
    the list entries are quicker, but they must have all columns that the conditions need."""
    if wanted.unread or wanted.reading:
        return False
    some = select(_watch.c.location_id).where(_watch.c.watchlist == watchlist).limit(MANY + 1).subquery()
    return _number_of(connection, select(func.count()).select_from(some)) > MANY


def _entries(query: Select[Any], watchlist: str, wanted: Wanted, stale_before: datetime) -> Select[Any]:
    """Makes a query select the list entries of the matching services of a watchlist."""
    on_it = exists().where(_watch.c.watchlist == watchlist, _watch.c.location_id == _overview.c.location_id)
    return _held_to(query.select_from(_overview).where(on_it), _overview.c.location_id, wanted, stale_before)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One page of a list. `total` is the number of matching services, or 0 if the number is not known."""

    limit: int
    offset: int
    total: int


def _of_entries(
    connection: Connection, watchlist: str, wanted: Wanted, stale_before: datetime, part: _Part
) -> list[str]:
    """Returns the ids of the services on a page (see `Overviews.listed`), worst first. The query goes through the list entries.
    The result is empty if the wanted order is not worst first, or if `_of_all` is quicker."""
    if wanted.order is not Order.WORST or wanted.reverse or not _is_quicker_by_entries(connection, watchlist, wanted):
        return []
    standing = _overview.c.standing
    # if many services match, an index finds them in order; if few match, they are sorted afterwards
    first = standing if part.total > MANY else func.coalesce(standing, LAST)
    query = _entries(select(_overview.c.location_id), watchlist, wanted, stale_before)
    query = query.order_by(first, *_overview.c["name_key", "location_id"])
    return list(connection.execute(query.limit(part.limit).offset(part.offset)).scalars())


def _of_all(connection: Connection, watchlist: str, wanted: Wanted, stale_before: datetime, part: _Part) -> list[str]:
    """Returns the ids of the services on a page (see `Overviews.listed`), in any wanted order. The query goes through the
    watchlist's services."""
    limit, offset, total = part.limit, part.offset, part.total
    order, backwards = _order(wanted, _watch.c.location_id), offset > total / 2 > 0
    if backwards:
        order = [_reversed(one) for one in order]
        limit = max(0, min(limit, total - offset))
        offset = total - offset - limit
    query = _chosen(select(_watch.c.location_id), watchlist, wanted, stale_before)
    chosen = list(connection.execute(query.order_by(*order).limit(limit).offset(offset)).scalars())
    return chosen[::-1] if backwards else chosen


def _number_of(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(query).scalar_one())


def _held_to(query: Select[Any], location_id: ColumnElement[str], wanted: Wanted, stale_before: datetime) -> Select[Any]:
    chosen = query.where(matches(wanted.search, location_id)) if wanted.search.strip() else query
    if wanted.rating:
        chosen = chosen.where(_rated(wanted.rating))
    if wanted.service_type:
        chosen = chosen.where(_overview.c.service_type == wanted.service_type)
    if wanted.measures:
        chosen = chosen.where(_measured(wanted.measures))
    if wanted.unread:
        chosen = chosen.where(is_unseen(stale_before))
    if wanted.reading:
        chosen = chosen.where(is_partly_read(stale_before) if wanted.reading == PARTLY else ~IS_READ)
    return chosen


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Returns an SQL expression for the number of rows that match a condition."""
    return func.count(case((condition, 1)))


def _rated(rating: str) -> ColumnElement[bool]:
    if rating != UNRATED:
        return _overview.c.overall == rating
    # A service without a rating whose entry comes from a file is not treated as unrated, since that file may state no ratings at
    # all.
    known = or_(_overview.c.overall.is_not(None), IS_READ)
    return (_rank(_overview.c.overall) >= _UNRATED) & known


def _measured(measures: str) -> ColumnElement[bool]:
    stated = _overview.c.measures
    if measures == NOT_IN:
        return func.coalesce(stated, "").not_in([*IN_MEASURES, PRESUMED, MeasuresState.UNCLEAR]) & IS_READ
    return stated.in_(list(IN_MEASURES)) if measures == IN else stated == measures


IS_READ: ColumnElement[bool] = _overview.c.location_id.is_not(None) & _overview.c.file_date.is_(None)
"""An SQL condition that is true for a service that was read, at least in part. Any other service has no list entry, or an entry
that comes from CQC's file."""

_STANDINGS: dict[str, ColumnElement[Any]] = {
    "services": func.count(),
    "inadequate": _number(_rated(Rating.INADEQUATE)),
    "in_measures": _number(_measured(IN)),
    "poor": _number(_rated(Rating.REQUIRES_IMPROVEMENT)),
    "not_yet": _number(~IS_READ),
    "file_date": func.max(_overview.c.file_date),
}


def matches(search: str, location_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Returns an SQL condition that is true for a service if its name, address, provider and id together contain all the words.
    The query must contain the list entries and `location_id`, the column with the services' ids. An empty search matches no
    service."""
    words = words_of(search)
    return holds(func.coalesce(_overview.c.search, func.lower(location_id)), words) if words else ~true()


def _rank(column: ColumnElement[Any]) -> ColumnElement[int]:
    """Returns an SQL expression that sorts ratings worst first. After the ratings come reasons why there is no rating, and then
    services without a rating or a reason."""
    return case(*((column == rating, severity(rating)) for rating in Rating), (column.is_(None), _UNRATED + 1), else_=_UNRATED)


_MEASURES_RANK = case(
    (_overview.c.measures.in_(list(IN_MEASURES)), 0),
    (_overview.c.measures == PRESUMED, 1),
    (_overview.c.measures == MeasuresState.UNCLEAR, 2),
    (_overview.c.measures == MeasuresState.LEFT, 3),
    else_=4,
)
_SMALLEST_FIRST: dict[Sorting, ColumnElement[Any]] = {
    Order.NAME: _overview.c.name_key,
    Order.TYPE: _overview.c.service_type,
    Order.PLACE: _overview.c.postcode,
    Order.PROVIDER: _overview.c.provider_name,
    Order.AUTHORITY: _register.c.authority,
    Order.AGE: _overview.c.published,
    Order.CONTRACT: _own.c.contract_reference,
    Order.OFFICER: _own.c.contract_officer,
    Order.FUNDER: _own.c.funding_authority,
    Order.OTHER_RATING: _own.c.other_rating,
}
_LARGEST_FIRST: dict[Sorting, ColumnElement[Any]] = {
    Order.BEDS: _register.c.beds,
    Order.PUBLISHED: _overview.c.published,
    Order.CHANGED: _overview.c.changed_at,
    Order.PLACED: _own.c.people_placed,
    Order.SUSPENDED: _own.c.suspended_since,
}
_OF_REGISTER = (Order.AUTHORITY, Order.BEDS)


def _order(wanted: Wanted, location_id: ColumnElement[str]) -> list[ColumnElement[Any]]:
    """Returns the SQL expressions to sort by. Services without the value or rating to sort by come last in either direction.
    Services with equal values are sorted by name."""
    # NULL is handled explicitly, since SQLite sorts it first and PostgreSQL last.
    order, by_name = wanted.order, [_overview.c.name_key.is_(None), _overview.c.name_key, location_id]
    if (column := _SMALLEST_FIRST.get(order)) is not None:
        main = [column.is_(None), column.desc() if wanted.reverse else column.asc()]
    elif (column := _LARGEST_FIRST.get(order)) is not None:
        main = [column.is_(None), column.asc() if wanted.reverse else column.desc()]
    elif order is Order.WORST:
        stands = func.coalesce(_overview.c.standing, LAST)
        main = [stands >= NO_RATING, stands.desc()] if wanted.reverse else [stands]
    elif order is Order.MEASURES:
        main = [_MEASURES_RANK.desc() if wanted.reverse else _MEASURES_RANK.asc()]
    elif order is Order.READ:
        read = _service.c.read_at  # services that were never read are treated as the oldest
        main = [read.is_(None), read.desc()] if wanted.reverse else [read.is_not(None), read.asc()]
    else:
        column = _overview.c[order.column if isinstance(order, KeyQuestion) else OVERALL]
        main = [_rank(column) >= _UNRATED, _rank(column).desc() if wanted.reverse else _rank(column).asc()]
    return [*main, *by_name]


def _reversed(one: ColumnElement[Any]) -> ColumnElement[Any]:
    """Returns the expression for the reverse direction."""
    falls = isinstance(one, UnaryExpression) and one.modifier is operators.desc_op
    rises = isinstance(one, UnaryExpression) and one.modifier is operators.asc_op
    return one.element.asc() if falls else one.element.desc() if rises else one.desc()
