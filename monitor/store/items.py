"""Reads items for lists. The database counts and sorts the items, so that a limit on their number never leaves out the worst
item."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, case, exists, func, select

from monitor import codec
from monitor.events import LOWER, Event, Kind
from monitor.items import Item
from monitor.severity import by_severity
from monitor.store.acknowledged import is_acknowledged
from monitor.store.database import reading
from monitor.store.overview import matches
from monitor.store.placing import made
from monitor.store.tables import EventRow, EvidenceRow, ItemRow, OverviewRow, RegisterRow, ServiceRow, WatchRow, table

_item, _event, _watch, _register = table(ItemRow), table(EventRow), table(WatchRow), table(RegisterRow)
_service, _overview, _evidence = table(ServiceRow), table(OverviewRow), table(EvidenceRow)

POOR = 3
"""The least severe `monitor.severity.level` of an event that says that something got worse, or is poor."""


# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


class What(StrEnum):
    """The kinds of item that lists can select. An item may be of several of these kinds."""

    WORSE = "worse"  # something got worse, or is poor
    MEASURES = "measures"
    FELL = "fell"
    ROSE = "rose"


_IS: dict[What, ColumnElement[bool]] = {
    What.WORSE: (_event.c.level <= POOR) & (_event.c.kind != Kind.CORRECTION),
    What.MEASURES: _event.c.kind == Kind.ENTERED,
    What.FELL: _event.c.kind.in_(sorted(LOWER)),
    What.ROSE: _event.c.kind == Kind.UPGRADED,
}


class By(StrEnum):
    """The order of a list of items."""

    SEVERITY = "severity"  # worst first, then newest first
    TIME = "time"  # newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Says which items a list shows: items with an event that matches all fields. A field that is None or empty restricts
    nothing.

    since, until  only events that were confirmed at `since` or later, and before `until`
    watchlists    only services that are on one of these watchlists now
    search        words that must all occur in the service's name, address, provider or id
    authority     only services in this local authority, according to CQC's register
    service_type  only services of this type, in CQC's words
    unacknowledged  only items with an event that still needs an acknowledgement
    """

    what: What | None = None
    since: datetime | None = None
    until: datetime | None = None
    watchlists: Collection[str] = ()
    search: str = ""
    authority: str | None = None
    service_type: str | None = None
    unacknowledged: bool = False
    by: By = By.SEVERITY


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many items there are in total, and how many of each kind (`What`)."""

    items: int = 0
    of: dict[What, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An item as lists show it.

    events     all events of the item, including retracted events, worst first
    is_open    whether an event of the item still needs an acknowledgement
    """

    item: Item
    events: tuple[Event, ...]
    is_open: bool

    @property
    def first_seen_at(self) -> datetime:
        """Returns when a check first saw an event of the item."""
        return min(event.first_seen_at or event.observed_at for event in self.events)

    @property
    def changed_at(self) -> datetime:
        """When the newest event of the item was confirmed."""
        return max(event.observed_at for event in self.events)


class Items:
    """The part of the store for items, which only reads. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def totals(self, asked: Asked) -> Totals:
        """Returns how many items match `asked`, and how many of these items are of each kind. `asked.what` is ignored."""
        inner = _grouped(asked).subquery()
        sums = (func.coalesce(func.sum(inner.c[f"is_{what}"]), 0) for what in What)
        with reading(self._engine) as connection:
            items, *counts = connection.execute(select(func.count(), *sums).select_from(inner)).one()
        return Totals(items=items, of={what: int(number) for what, number in zip(What, counts, strict=True)})

    def count(self, asked: Asked) -> int:
        """How many items match `asked`."""
        totals = self.totals(asked)
        return totals.of[asked.what] if asked.what else totals.items

    def listed(self, asked: Asked, limit: int, offset: int = 0) -> list[Told]:
        """Returns one page of the items that match `asked`, in the order `asked.by`."""
        inner = _grouped(asked).subquery()
        query = select(inner.c.item)
        if asked.what:
            query = query.where(inner.c[f"is_{asked.what}"] == 1)
        order = (inner.c.worst, inner.c.changed_at.desc()) if asked.by is By.SEVERITY else (inner.c.changed_at.desc(),)
        with reading(self._engine) as connection:
            ids = list(connection.execute(query.order_by(*order, inner.c.item).limit(limit).offset(offset)).scalars())
            return _told(connection, ids)

    def after(self, position: int, asked: Asked, limit: int) -> list[tuple[int, Told]]:
        """Returns the first items whose newest event was recorded after a position, each with the position of that event. 0 is
        the position before the first event. An item is returned again when an event is added to it."""
        newest = select(_event.c.item, func.max(_event.c.position).label("newest")).where(*_conditions(asked))
        if asked.what:
            newest = newest.where(_IS[asked.what])
        inner = newest.group_by(_event.c.item).subquery()
        query = select(inner.c.item, inner.c.newest).where(inner.c.newest > position).order_by(inner.c.newest).limit(limit)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
            found = {one.item.id: one for one in _told(connection, [row.item for row in rows])}
        return [(row.newest, found[row.item]) for row in rows]

    def types(self) -> list[str]:
        """Returns the service types that occur among services with items, in CQC's words."""
        told = exists().where(_item.c.location_id == _overview.c.location_id)
        query = select(_overview.c.service_type).distinct().where(_overview.c.service_type.is_not(None), told)
        with reading(self._engine) as connection:
            return sorted(connection.execute(query).scalars(), key=str.casefold)

    def read_at(self, told: Told) -> list[str]:
        """Returns the addresses of the stored pages that showed an item's events, the most severe event first."""
        digests = list(dict.fromkeys(event.evidence for event in told.events if event.evidence))
        query = select(_evidence.c.digest, _evidence.c.url).where(_evidence.c.digest.in_(digests))
        with reading(self._engine) as connection:
            urls = {row.digest: row.url for row in connection.execute(query)}
        return list(dict.fromkeys(urls[one] for one in digests if one in urls))

    def of(self, item_id: str) -> Told | None:
        """Returns the item with this id, or None if there is no such item."""
        return next(iter(self.named([item_id])), None)

    def named(self, item_ids: Sequence[str]) -> list[Told]:
        """Returns the items with these ids, in the order of the ids. Unknown ids are left out."""
        with reading(self._engine) as connection:
            return _told(connection, item_ids)


def _grouped(asked: Asked) -> Select[Any]:
    """Returns a query for the items that match `asked`, apart from `asked.what`. The columns are the item's worst rank, the time
    of its newest event, and for each kind whether the item is of that kind."""
    kinds = [func.max(case((holds_of, 1), else_=0)).label(f"is_{what}") for what, holds_of in _IS.items()]
    query = select(_event.c.item, func.min(_event.c.rank).label("worst"), func.max(_event.c.observed_at).label("changed_at"))
    return query.add_columns(*kinds).where(*_conditions(asked)).group_by(_event.c.item)


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    """Returns the conditions on events for `asked`. Retracted events are left out."""
    conditions: list[ColumnElement[bool]] = [_event.c.item.is_not(None), _event.c.corrected_at.is_(None)]
    if asked.since is not None:
        conditions.append(_event.c.observed_at >= asked.since)
    if asked.until is not None:
        conditions.append(_event.c.observed_at < asked.until)
    if asked.watchlists:
        on_one = (_watch.c.location_id == _event.c.location_id) & _watch.c.watchlist.in_(asked.watchlists)
        conditions.append(exists().where(on_one))
    if asked.authority:
        there = (_register.c.location_id == _event.c.location_id) & (_register.c.authority == asked.authority)
        conditions.append(exists().where(there))
    if asked.search.strip() or asked.service_type:
        services = select(_service.c.location_id).outerjoin(_overview, _overview.c.location_id == _service.c.location_id)
        services = services.where(matches(asked.search, _service.c.location_id)) if asked.search.strip() else services
        if asked.service_type:
            services = services.where(_overview.c.service_type == asked.service_type)
        conditions.append(_event.c.location_id.in_(services))
    if asked.unacknowledged:
        conditions.append(_event.c.item.in_(select(_event.c.item).where(_is_open())))
    return conditions


def _is_open() -> ColumnElement[bool]:
    return (_event.c.level == 1) & _event.c.corrected_at.is_(None) & ~is_acknowledged()


def _told(connection: Connection, ids: Sequence[str]) -> list[Told]:
    """Returns items in the order of the given ids. Unknown ids are left out."""
    items = {row["id"]: made(row) for row in connection.execute(select(_item).where(_item.c.id.in_(ids))).mappings()}
    query = select(_event.c.item, _event.c.body, _is_open().label("is_open")).where(_event.c.item.in_(ids))
    events: dict[str, list[Event]] = {}
    is_open: set[str] = set()
    for row in connection.execute(query.order_by(_event.c.position)):
        events.setdefault(row.item, []).append(codec.load_event(row.body))
        if row.is_open:
            is_open.add(row.item)
    return [
        Told(item=items[one], events=tuple(sorted(events[one], key=by_severity)), is_open=one in is_open)
        for one in ids
        if one in items and one in events
    ]
