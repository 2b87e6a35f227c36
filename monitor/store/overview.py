"""What lists show about services, kept in a table as checks are recorded, so that the database sorts, filters, searches and
pages.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, and_, case, exists, func, insert, or_, select, true, update

from monitor import codec
from monitor.detect.checks import known_until
from monitor.detect.observe import PARTLY_READ
from monitor.events import Event
from monitor.model import IN_MEASURES, Aspect, MeasuresState, Registration, Snapshot
from monitor.ratings import OVERALL, SUBJECTS, KeyQuestion, Rating, parse, severity
from monitor.severity import by_severity, sector_has_measures
from monitor.store.database import reading
from monitor.store.search import holds, words_of
from monitor.store.tables import EventRow, OverviewRow, RegisterRow, ServiceRow, SnapshotRow, WatchRow, table
from monitor.text import folded

_overview, _service, _watch = table(OverviewRow), table(ServiceRow), table(WatchRow)
_snapshot, _event, _register = table(SnapshotRow), table(EventRow), table(RegisterRow)

PRESUMED = "presumed"
"""Inadequate overall in a sector that has special measures, with nothing stated about them."""

_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\b", re.IGNORECASE)
_BATCH = 1000


# ── kept as checks are recorded ──────────────────────────────────────────────────────────────────────────────────────────


def keep(connection: Connection, snapshot: Snapshot) -> None:
    """Updates the list entry of a service that was read, within the transaction that records its snapshot."""
    values = overview_of(snapshot)
    here = _overview.c.location_id == snapshot.location_id
    if not connection.execute(update(_overview).where(here).values(values)).rowcount:
        connection.execute(insert(_overview).values(location_id=snapshot.location_id, **values))


def note_change(connection: Connection, location_id: str, events: Sequence[Event]) -> None:
    """Updates when a service last changed, within the transaction that records its events."""
    here = _overview.c.location_id == location_id
    connection.execute(update(_overview).where(here).values(change_of(events)))


def fill(connection: Connection) -> None:
    """Creates the list entries of all services that were read before this table existed."""
    newest = (_snapshot.c.location_id == _service.c.location_id) & (_snapshot.c.seq == _service.c.seq)
    read = select(_service.c.location_id).join(_snapshot, newest).order_by(_service.c.location_id)
    ids = list(connection.execute(read).scalars())
    for at in range(0, len(ids), _BATCH):
        chosen = _service.c.location_id.in_(ids[at : at + _BATCH])
        bodies = connection.execute(select(_snapshot.c.body).join(_service, newest).where(chosen)).scalars().all()
        snapshots = [codec.load_snapshot(body) for body in bodies]
        rows = [{"location_id": one.location_id, **overview_of(one)} for one in snapshots]
        connection.execute(insert(_overview), rows)
    last = select(_event.c.location_id, func.max(_event.c.observed_at).label("at")).group_by(_event.c.location_id).subquery()
    same = (last.c.location_id == _event.c.location_id) & (last.c.at == _event.c.observed_at)
    bodies = connection.execute(select(_event.c.body).join(last, same).order_by(_event.c.location_id)).scalars().all()
    for location_id, events in groupby((codec.load_event(body) for body in bodies), key=attrgetter("location_id")):
        note_change(connection, location_id, list(events))


def overview_of(snapshot: Snapshot) -> dict[str, Any]:
    """The list entry of a service, by column."""
    card = snapshot.card
    rated = {subject: str(held.instead or held.value) for subject, held in snapshot.holdings if subject.aspect is Aspect.RATING}
    worst = {of: _worst(stated for subject, stated in rated.items() if subject.of == of) for of in SUBJECTS}
    place, postcode = _place(card.address or "")
    text = (card.name, card.address, card.provider_name, snapshot.location_id, postcode.replace(" ", ""))
    return {
        "name": card.name,
        "name_key": folded(card.name),
        "search": "\n".join(folded(one or "") for one in text),
        "service_type": card.service_type,
        "place": place or None,
        "postcode": postcode or None,
        "provider_name": card.provider_name,
        OVERALL: worst[OVERALL],
        **{one.column: worst[one] for one in KeyQuestion},
        "groups": max(1, len({subject.group for subject in rated})),
        "measures": _measures(snapshot, worst[OVERALL]),
        "archived": Registration.ARCHIVED in {held.value for _, held in snapshot.holdings},
    }


def change_of(events: Sequence[Event]) -> dict[str, Any]:
    """When a service changed, and how, by column, from the events of one check."""
    return {"changed_at": max(event.observed_at for event in events), "change": min(events, key=by_severity).kind}


def _worst(stated: Iterable[str]) -> str | None:
    return min(stated, key=lambda one: severity(parse(one)), default=None)


def _measures(snapshot: Snapshot, overall: str | None) -> str | None:
    held = next((held for subject, held in snapshot.holdings if subject.aspect is Aspect.MEASURES), None)
    if held is not None and held.value != MeasuresState.NOT_STATED:
        return str(held.value)
    presumed = overall == Rating.INADEQUATE and sector_has_measures(snapshot.location_id, snapshot.card.service_type)
    return PRESUMED if presumed else None


def _place(address: str) -> tuple[str, str]:
    """The place of a service without its street and postcode. "12 Orchard Lane, Netherby, Leicestershire, LE1 1AA" gives
    "Netherby, Leicestershire"."""
    found = next(reversed([*_POSTCODE.finditer(address)]), None)
    postcode = f"{found[1]} {found[2]}".upper() if found else ""
    parts = [part.strip(" ,") for part in (address[: found.start()] if found else address).split(",")]
    named = [part for part in parts if part]
    return ", ".join(named[1:][-2:] or named), postcode


# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A service as lists show it. `name` None: not read yet; then `registered_as` is its name in CQC's register. The other fields
    are those of OverviewRow and ServiceRow, with the key questions in CQC's order."""

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
    vouched_at: datetime | None = None
    registered_as: str | None = None

    @property
    def known_as(self) -> str:
        """The best name for it: its name, its name in the register, or its id."""
        return self.name or self.registered_as or self.location_id

    @property
    def was_read(self) -> bool:
        """Whether its pages were ever read."""
        return self.name is not None

    def how_read(self, before: datetime) -> str:
        """In a word or two, how well it is read; "" if it is up to date or was not checked yet. `before`: see is_stale."""
        if self.read_at is None:
            return "never read" if self.looked_at or self.is_stale(before) else ""
        if self.is_stale(before):
            return "not read for too long"
        if self.failures:
            return "not read at the last check"
        return PARTLY_READ if (self.trouble or "").startswith(PARTLY_READ) else ""

    def is_stale(self, before: datetime) -> bool:
        """Whether it was last fully read before an instant, or never read and watched since before it; and the list of changes
        has not covered it since."""
        return known_until(self.added_at, self.looked_at, self.read_at, self.vouched_at) < before


class Order(StrEnum):
    """The order of a list. Ratings worst first, changes newest first, readings oldest first."""

    NAME = "name"
    TYPE = "type"
    PLACE = "place"
    PROVIDER = "provider"
    OVERALL = "overall"
    MEASURES = "measures"
    CHANGED = "changed"
    READ = "read"


Sorting = Order | KeyQuestion
"""By one of these, or by the rating of a key question."""

UNRATED = "unrated"
IN, UNCLEAR, NOT_IN = "in", "unclear", "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The wanted part of a list, and its order.

    search    words that must all occur in name, address, provider or id
    rating    an overall rating, or UNRATED; None: any
    measures  IN, PRESUMED, UNCLEAR or NOT_IN; None: any
    unread    only services that were checked, or should have been, and are not up to date
    """

    search: str = ""
    rating: str | None = None
    service_type: str | None = None
    measures: str | None = None
    unread: bool = False
    order: Sorting = Order.NAME
    reverse: bool = False


class Overviews:
    """Only reads. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def count(self, watchlist: str, wanted: Wanted, stale_before: datetime) -> int:
        """How many services of a watchlist match."""
        query = _chosen(select(func.count()), watchlist, wanted, stale_before)
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    def listed(self, watchlist: str, wanted: Wanted, stale_before: datetime, *, limit: int, offset: int = 0) -> list[Overview]:
        """One page of them, in the wanted order."""
        query = _chosen(select(*_COLUMNS), watchlist, wanted, stale_before).order_by(*_order(wanted))
        with reading(self._engine) as connection:
            return [_overview_in(row) for row in connection.execute(query.limit(limit).offset(offset))]

    def every(self, watchlist: str, wanted: Wanted, stale_before: datetime) -> Iterator[Overview]:
        """All of them, one by one, for a file. The transaction lasts until the last is fetched."""
        query = _chosen(select(*_COLUMNS), watchlist, wanted, stale_before).order_by(*_order(wanted))
        with reading(self._engine) as connection:
            for row in connection.execution_options(yield_per=_BATCH).execute(query):
                yield _overview_in(row)

    def after(
        self, location_id: str, watchlist: str | None, wanted: Wanted, stale_before: datetime, *, limit: int
    ) -> list[Overview]:
        """The first matching services with ids after the given one ("": from the beginning), by id whatever the wanted order:
        those of a watchlist, or all watched ones. For callers that fetch all of them in pages."""
        query = select(*_COLUMNS)
        if watchlist is None:
            watched = exists().where(_watch.c.location_id == _service.c.location_id)
            query = _held_to(query.select_from(_service.outerjoin(_overview, _same)).where(watched), wanted, stale_before)
        else:
            query = _chosen(query, watchlist, wanted, stale_before)
        query = query.where(_service.c.location_id > location_id).order_by(_service.c.location_id)
        with reading(self._engine) as connection:
            return [_overview_in(row) for row in connection.execute(query.limit(limit))]

    def types(self, watchlist: str) -> list[str]:
        """The types of service on a watchlist."""
        on_it = (_watch.c.location_id == _overview.c.location_id) & (_watch.c.watchlist == watchlist)
        query = select(_overview.c.service_type).distinct().join(_watch, on_it).where(_overview.c.service_type.is_not(None))
        with reading(self._engine) as connection:
            return sorted(connection.execute(query).scalars(), key=folded)

    def known(self, search: str, limit: int) -> list[Overview]:
        """Services that were ever read, watched or not, whose name, address, provider or id contains all the words; by name."""
        words = words_of(search)
        if not words:
            return []
        order = (_overview.c.name_key, _overview.c.location_id)
        found = select(_overview.c.location_id).where(holds(_overview.c.search, words)).order_by(*order).limit(limit)
        query = select(*_COLUMNS).select_from(_service.join(_overview, _same)).where(_overview.c.location_id.in_(found))
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(*order))
            return [_overview_in(row) for row in rows]

    def named(self, location_ids: Iterable[str]) -> list[Overview]:
        """These services, if they are known at all, by name."""
        chosen = _service.c.location_id.in_(list(location_ids))
        query = select(*_COLUMNS).select_from(_service.outerjoin(_overview, _same)).where(chosen)
        with reading(self._engine) as connection:
            return [_overview_in(row) for row in connection.execute(query.order_by(*_order(Wanted())))]


_UNRATED = len(Rating)
_same = _overview.c.location_id == _service.c.location_id


def _registered(column: str) -> ColumnElement[Any]:
    """What the register states about a service."""
    return select(_register.c[column]).where(_register.c.location_id == _service.c.location_id).scalar_subquery()


_COLUMNS: tuple[ColumnElement[Any], ...] = (
    *_service.c["location_id", "added_at", "looked_at", "read_at", "failures", "trouble", "vouched_at"],
    *_overview.c["name", "service_type", "place", "postcode", "provider_name", "overall"],
    *(_overview.c[one.column] for one in KeyQuestion),
    *_overview.c["groups", "measures", "archived", "changed_at", "change"],
    case((_overview.c.name.is_(None), _registered("name"))).label("registered_as"),
)


def _overview_in(row: Row[Any]) -> Overview:
    values = dict(row._mapping)
    questions = tuple(values.pop(one.column) for one in KeyQuestion)
    values |= {"groups": values["groups"] or 1, "archived": bool(values["archived"])}
    return Overview(key_questions=questions, **values)


def _chosen(query: Select[Any], watchlist: str, wanted: Wanted, stale_before: datetime) -> Select[Any]:
    joined = _watch.join(_service, _watch.c.location_id == _service.c.location_id).outerjoin(_overview, _same)
    return _held_to(query.select_from(joined).where(_watch.c.watchlist == watchlist), wanted, stale_before)


def holds(search: str) -> ColumnElement[bool]:
    """An SQL condition on services and their list entries: name, address, provider or id contain all the words."""
    return _holds(_words(search))


def _held_to(query: Select[Any], wanted: Wanted, stale_before: datetime) -> Select[Any]:
    chosen = query.where(_holds(wanted.search)) if wanted.search.strip() else query
    if wanted.rating:
        overall = _overview.c.overall
        # nothing is known about services that were never read
        unrated = (_rank(overall) >= _UNRATED) & _overview.c.name.is_not(None)
        chosen = chosen.where(unrated if wanted.rating == UNRATED else overall == wanted.rating)
    if wanted.service_type:
        chosen = chosen.where(_overview.c.service_type == wanted.service_type)
    if wanted.measures:
        chosen = chosen.where(_measured(wanted.measures))
    if wanted.unread:
        chosen = chosen.where(is_unseen(stale_before))
    return chosen


def known_at() -> ColumnElement[Any]:
    """`known_until` as an SQL expression."""
    read_at, looked_at = _service.c.read_at, _service.c.looked_at
    known = case((read_at <= func.coalesce(looked_at, read_at), read_at), else_=_service.c.added_at)
    return case((_service.c.vouched_at > known, _service.c.vouched_at), else_=known)


def how_read(stale_before: datetime) -> ColumnElement[str]:
    """The field of judgement.Services that counts a service."""
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


def is_unseen(stale_before: datetime) -> ColumnElement[bool]:
    """An SQL condition on services: they were checked, or should have been, and are not up to date."""
    return how_read(stale_before).not_in(("up_to_date", "not_checked"))


def says(text: str) -> ColumnElement[bool]:
    """An SQL condition on services: the message of the last check begins with this text."""
    return func.coalesce(_service.c.trouble, "").startswith(text, autoescape=True)


def _measured(measures: str) -> ColumnElement[bool]:
    stated = func.coalesce(_overview.c.measures, "")
    if measures == NOT_IN:
        return stated.not_in([*IN_MEASURES, PRESUMED, MeasuresState.UNCLEAR])
    return stated.in_(list(IN_MEASURES)) if measures == IN else stated == measures


def _holds(search: str) -> ColumnElement[bool]:
    text = func.coalesce(_overview.c.search, _registered("search"), func.lower(_service.c.location_id))
    words = words_of(search)
    return holds(text, words) if words else ~true()


def _rank(column: ColumnElement[Any]) -> ColumnElement[int]:
    """The sort order: worst first, reasons after ratings, unrated last."""
    return case(*((column == rating, severity(rating)) for rating in Rating), (column.is_(None), _UNRATED + 1), else_=_UNRATED)


def rank_of_overall(location_id: ColumnElement[str]) -> ColumnElement[int]:
    """The rank of a service's overall rating, the worst first."""
    return select(_rank(_overview.c[OVERALL])).where(_overview.c.location_id == location_id).scalar_subquery()


_MEASURES_RANK = case(
    (_overview.c.measures.in_(list(IN_MEASURES)), 0),
    (_overview.c.measures == PRESUMED, 1),
    (_overview.c.measures == MeasuresState.UNCLEAR, 2),
    (_overview.c.measures == MeasuresState.LEFT, 3),
    else_=4,
)
_TEXT: dict[Sorting, str] = {
    Order.NAME: "name_key",
    Order.TYPE: "service_type",
    Order.PLACE: "postcode",
    Order.PROVIDER: "provider_name",
}


def _order(wanted: Wanted) -> list[ColumnElement[Any]]:
    """Services without a sort value come last in either direction; equal ones are sorted by name."""
    # Explicit, since SQLite sorts NULL first and PostgreSQL last.
    order, by_name = wanted.order, [_overview.c.name_key.is_(None), _overview.c.name_key, _service.c.location_id]
    if order in _TEXT:
        column = _overview.c[_TEXT[order]]
        main = [column.is_(None), column.desc() if wanted.reverse else column.asc()]
    elif order is Order.MEASURES:
        main = [_MEASURES_RANK.desc() if wanted.reverse else _MEASURES_RANK.asc()]
    elif order is Order.CHANGED:
        changed = _overview.c.changed_at
        main = [changed.is_(None), changed.asc() if wanted.reverse else changed.desc()]
    elif order is Order.READ:
        read = _service.c.read_at  # never read at all: first among the oldest
        main = [read.is_(None), read.desc()] if wanted.reverse else [read.is_not(None), read.asc()]
    else:
        column = _overview.c[order.column if isinstance(order, KeyQuestion) else OVERALL]
        main = [column.is_(None), _rank(column).desc() if wanted.reverse else _rank(column).asc()]
    return [*main, *by_name]
