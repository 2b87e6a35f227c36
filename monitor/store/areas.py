"""Reads data for reports: the adult social care services in the register (only the columns that reports need), one provider's
services, and saved sets of authorities."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, case, delete, false, func, insert, null, or_, select, true

from monitor.errors import UsageError
from monitor.ratings import KeyQuestion
from monitor.register.entries import FileKind, Sector
from monitor.register.figures import Counted
from monitor.register.filed import Filed, files_of
from monitor.register.movements import EMPTY, Holder, Known, Standing, Timeline, counted_as, known, timelines
from monitor.store.database import reading, writing
from monitor.store.register import listed_at
from monitor.store.search import found_in, holds, words_of
from monitor.store.tables import (
    AuthorityListRow,
    EventRow,
    RegisterFileRow,
    RegisterHistoryRow,
    RegisterRow,
    ServiceRow,
    SnapshotRow,
    WatchRow,
    table,
)
from monitor.store.watched import is_watched, known_at, last_read_before
from monitor.text import day as in_words
from monitor.text import folded

_register, _history, _list = table(RegisterRow), table(RegisterHistoryRow), table(AuthorityListRow)
_service, _file = table(ServiceRow), table(RegisterFileRow)
_event, _snapshot, _watch = table(EventRow), table(SnapshotRow), table(WatchRow)

_COLUMNS = (
    *("location_id", "name", "authority", "sector", "types", "beds", "provider_id", "provider_name", "brand", "registered_on"),
    *("overall", *(one.column for one in KeyQuestion), "published"),
)

_NEWEST = select(func.max(_register.c.listed_on)).where(_register.c.left_on.is_(None))

_ROWS = 2_000
"""How many rows are fetched from the database at a time."""


class Areas:
    """The part of the store for reports on the register. Its methods raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._counted: tuple[int | None, list[Counted]] = (None, [])

    def known(self) -> Known:
        """Returns everything that CQC's files state about adult social care. Raises UsageError if the register is empty."""
        once = select(_history.c.location_id).where(_history.c.sector != Sector.OTHER)
        of_care = _history.c.location_id.in_(once)
        watched = select(_register.c.location_id).join(_service, _service.c.location_id == _register.c.location_id)
        with reading(self._engine) as connection:
            rated = _rated(connection)
            newest = connection.execute(_NEWEST).scalar()
            return known(
                _present(connection, _register.c.sector != Sector.OTHER),
                _past(connection, of_care & _history.c.location_id.in_(_changed())),
                connection.execute(watched.where(_register.c.sector == Sector.OTHER)).scalars(),
                newest=newest,
                rated=rated,
            )

    def counted(self, as_at: date | None = None) -> list[Counted]:
        """Returns how many services of adult social care there are, by authority, sector and overall rating. A home that is
        registered twice is counted once. If `as_at` is given, only CQC's files up to that day are used. If `as_at` is None, the
        present numbers are returned, which are cached until the register changes. Raises UsageError if the register is empty, or
        if the first file with ratings is from after `as_at`."""
        with reading(self._engine) as connection:
            state = connection.execute(select(func.max(_file.c.id))).scalar()
            if as_at is None and state is not None and self._counted[0] == state:
                return self._counted[1]
            rated = _rated(connection)
            if connection.execute(_NEWEST).scalar() is None:
                raise UsageError(EMPTY)
            if as_at is not None and rated and as_at < rated[0]:
                raise UsageError(f"the first of CQC's files with ratings is from {in_words(rated[0])}")
            primaries = select(_register.c.primary_id).where(_register.c.primary_id.is_not(None))
            doubled = _register.c.primary_id.is_not(None) | _register.c.location_id.in_(primaries)
            twice = counted_as(_present(connection, doubled & (_register.c.sector != Sector.OTHER)))
            source, chosen = (_register, _register.c.left_on.is_(None)) if as_at is None else (_history, listed_at(as_at))
            same = [source.c[name] for name in ("authority", "sector", "overall")]
            query = select(func.count(), func.coalesce(func.sum(source.c.beds), 0), func.count(source.c.beds), *same)
            query = query.where(chosen, source.c.sector != Sector.OTHER)
            left_out = list(twice) if as_at is None else _counted_otherwise(connection, twice, as_at)
            query = query.where(source.c.location_id.not_in(left_out)).group_by(*same)
            found = [
                Counted(
                    authority=authority, sector=Sector(sector), overall=overall, services=services, beds=int(beds), bedded=bedded
                )
                for services, beds, bedded, authority, sector, overall in connection.execute(query)
            ]
        if as_at is None:
            self._counted = (state, found)
        return found

    def newest(self, as_at: date | None = None) -> date | None:
        """Returns the date of the newest list of services. If `as_at` is before that date, returns the date of the newest file up
        to `as_at`. Returns None if the register is empty, or if its first file is from after `as_at`."""
        with reading(self._engine) as connection:
            newest: date | None = connection.execute(_NEWEST).scalar()
            if newest is None or as_at is None or as_at >= newest:
                return newest
            dates = [select(func.max(one)).where(one <= as_at) for one in (_file.c.as_of, _history.c.as_of)]
            return max(filter(None, (connection.execute(one).scalar() for one in dates)), default=None)

    def filed(self) -> Filed | None:
        """Returns which files were loaded into the register, or None if the register is empty. Raises UsageError if no file
        states ratings."""
        with reading(self._engine) as connection:
            rated, newest = _rated(connection), connection.execute(_NEWEST).scalar()
            rated = rated or list(connection.execute(select(_history.c.as_of).distinct()).scalars())  # `known` uses these too
        return files_of(rated, newest) if rated else None

    def version(self, stale_before: datetime) -> str:
        """Returns a text that changes whenever a report may change. The reports treat services that were last read before
        `stale_before` as not read."""
        files = select(func.count(), func.max(_file.c.imported_at)).select_from(_file)
        past = select(func.count(), func.max(_history.c.as_of)).select_from(_history)
        events = select(func.max(_event.c.position))
        pages = select(func.count(), func.max(_snapshot.c.seen_at)).select_from(_snapshot)
        watches = select(func.count(), func.max(_watch.c.added_at)).select_from(_watch)
        # Readings also become stale with time. When another service becomes stale, the number of stale services or their latest
        # reading changes, so the version changes too.
        stale = select(func.count(), func.max(known_at())).where(is_watched(), last_read_before(stale_before))
        with reading(self._engine) as connection:
            return repr([tuple(connection.execute(one).one()) for one in (files, past, events, pages, watches, stale)])

    def holders(self, text: str, limit: int | None = None) -> list[Holder]:
        """Returns the provider whose id is `text`, and the providers and brands whose present or former name contains all the
        words of `text`. The search covers all sectors, and services that have left the register. Exact matches come first, then
        the providers and brands with the most services."""
        words, exact = words_of(text), folded(text)
        key, id = _register.c.provider_key, _register.c.provider_id
        found = or_(id == text.strip(), holds(key, words) if words else ~true())
        just = func.max(case((or_(key == exact, id == text.strip()), 1), else_=0))
        ids = select(id).where(found, id.is_not(None)).group_by(id).order_by(just.desc(), _LISTED.desc(), id).limit(limit)
        with reading(self._engine) as connection:
            providers = _providers(connection, list(connection.execute(ids).scalars()))
            brands = [one for one in _brands(connection) if found_in(one.name, words) or one.key == text.strip()]
        exactly = {one for one in (*providers, *brands) if one.key == text.strip() or folded(one.name) == exact}
        every = sorted((*providers, *brands), key=lambda one: (one not in exactly, -one.services, one.name, one.key))
        return every[:limit]

    def holder(self, key: str) -> Holder | None:
        """Returns the provider with an id, or the brand with a name."""
        with reading(self._engine) as connection:
            brand = _register.c.brand == key
            return next(iter(_providers(connection, [key]) or _brands(connection, brand)), None)

    def of_holder(self, holder: Holder) -> list[Standing]:
        """Returns the services of a provider or brand in all sectors, including services that have left the register. Raises
        UsageError if no file states ratings."""
        column = _register.c.provider_id if holder.kind == "provider" else _register.c.brand
        with reading(self._engine) as connection:
            _rated(connection)
            return sorted(_present(connection, column == holder.key), key=lambda one: (folded(one.name), one.location_id))

    def timelines(self, services: Sequence[Standing]) -> dict[str, Timeline]:
        """Returns the states of some services over time, according to CQC's files. The last state of a service is its present
        state."""
        ids = [one.location_id for one in services]
        with reading(self._engine) as connection:
            past = [
                each
                for at in range(0, len(ids), _ROWS)
                for each in _past(connection, _history.c.location_id.in_(ids[at : at + _ROWS]))
            ]
        return timelines(services, past)

    def lists(self) -> dict[str, tuple[str, ...]]:
        """The saved sets of authorities, by name."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(_list.c.name, _list.c.authorities).order_by(_list.c.name))
            return {row.name: tuple(json.loads(row.authorities)) for row in rows}

    def save_list(self, name: str, authorities: Sequence[str], now: datetime) -> None:
        """Saves a set of authorities under a name, and replaces an earlier set with the same name."""
        with writing(self._engine) as connection:
            connection.execute(delete(_list).where(_list.c.name == name))
            connection.execute(
                insert(_list).values(name=name, authorities=json.dumps(authorities, ensure_ascii=False), created_at=now)
            )

    def remove_list(self, name: str) -> bool:
        """Removes the saved set with this name, and returns whether such a set existed."""
        with writing(self._engine) as connection:
            return connection.execute(delete(_list).where(_list.c.name == name)).rowcount > 0


def _counted_otherwise(connection: Connection, twice: Mapping[str, str], day: date) -> list[str]:
    """Returns the registrations that are not counted on a day, because another registration of the same home was listed on that
    day and is counted instead. Only some homes are registered twice (see Known.twice)."""
    either = listed_at(day), _history.c.sector != Sector.OTHER, _history.c.location_id.in_({*twice, *twice.values()})
    there = set(connection.execute(select(_history.c.location_id).where(*either)).scalars())
    counts: dict[str, str] = {}
    for one in sorted(there & set(twice)):
        counts.setdefault(twice[one], twice[one] if twice[one] in there else one)
    return [one for one in there & set(twice) if counts[twice[one]] != one]


_LISTED = func.sum(case((_register.c.left_on.is_(None), 1), else_=0))
"""An SQL expression for the number of services that are registered now."""


def _providers(connection: Connection, ids: Sequence[str]) -> list[Holder]:
    """Returns the providers with these ids, each with its present name."""
    found: dict[str, Holder] = {}
    runs = _register.c["provider_id", "provider_name"]
    for at in range(0, len(ids), _ROWS):
        mine = _register.c.provider_id.in_(ids[at : at + _ROWS])
        query = select(*runs, _LISTED.label("services")).where(mine).group_by(*runs)
        # the present name comes last, so it replaces the earlier names
        for row in connection.execute(query.order_by(func.max(_register.c.listed_on), *runs)):
            key, name = row.provider_id, row.provider_name or row.provider_id
            services = row.services + (found[key].services if key in found else 0)
            found[key] = Holder(key=key, name=name, kind="provider", services=services)
    return list(found.values())


def _brands(connection: Connection, chosen: ColumnElement[bool] = true()) -> list[Holder]:  # noqa: B008 (never changed)
    query = select(_register.c.brand, _LISTED).where(_register.c.brand.is_not(None), chosen).group_by(_register.c.brand)
    return [
        Holder(key=name, name=name, kind="brand", services=services) for name, services in connection.execute(query) if name
    ]


def _rated(connection: Connection) -> list[date]:
    """Returns the dates of the files that state ratings, oldest first. Raises UsageError if all files are directories. CQC's
    directory states no ratings, so all services would seem never to have been rated."""
    found = connection.execute(select(_file.c.kind, _file.c.as_of).distinct()).all()
    rated = {one.as_of for one in found if one.kind != FileKind.DIRECTORY}
    if found and not rated:
        raise UsageError("the register has no ratings yet: load CQC's files with cqc-monitor register refresh (or import)")
    return sorted(rated)


def _changed() -> Select[Any]:
    """Returns the services with more than one state in the files. All other services have a single row, which applies at all
    times."""
    return select(_history.c.location_id).group_by(_history.c.location_id).having(func.count() > 1)


def _present(connection: Connection, chosen: Any) -> Iterator[Standing]:
    """Yields the present states of services. The date of each state is the date of the file that stated it first."""
    since = select(func.max(_history.c.as_of)).where(_history.c.location_id == _register.c.location_id).scalar_subquery()
    columns = [_register.c[name] for name in _COLUMNS]
    when = (func.coalesce(since, _register.c.left_on, _register.c.listed_on), _register.c.left_on.is_(None))
    more = (_register.c.inherited, _register.c.primary_id)
    return _standings(connection, select(*columns, *when, *more).where(chosen))


def _past(connection: Connection, chosen: Any) -> Iterator[Standing]:
    columns = [*(_history.c[name] for name in (*_COLUMNS, "as_of", "listed")), false(), null()]
    return _standings(connection, select(*columns).where(chosen).order_by(_history.c.location_id, _history.c.as_of))


def _standings(connection: Connection, query: Select[Any]) -> Iterator[Standing]:
    types: dict[str, tuple[str, ...]] = {}  # many services have the same set of types, so each set is stored in memory only once
    sectors: Mapping[str, Sector] = {str(one): one for one in Sector}
    for row in connection.execution_options(yield_per=_ROWS).execute(query):
        place, name, authority, sector, kinds, beds, provider_id, provider_name, brand, registered_on, overall, *rest = row
        *questions, published, as_of, listed, inherited, primary_id = rest
        if kinds not in types:
            types[kinds] = tuple(one for one in kinds.split("|") if one)
        yield Standing(
            location_id=place,
            as_of=as_of,
            listed=bool(listed),
            name=name,
            authority=authority,
            sector=sectors[sector],
            types=types[kinds],
            beds=beds,
            provider_id=provider_id,
            provider_name=provider_name,
            brand=brand,
            registered_on=registered_on,
            overall=overall,
            key_questions=tuple(questions),
            published=published,
            inherited=bool(inherited),
            primary_id=primary_id,
        )
