"""What reports need from the register: adult social care in a few columns, one provider's services, saved sets of authorities."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, case, delete, false, func, insert, null, or_, select, true

from monitor.errors import UsageError
from monitor.ratings import KeyQuestion
from monitor.register.entries import FileKind, Sector
from monitor.register.movements import Holder, Known, Standing, Timeline, known, timelines
from monitor.store.database import reading, writing
from monitor.store.tables import AuthorityListRow, RegisterFileRow, RegisterHistoryRow, RegisterRow, ServiceRow, table
from monitor.text import folded

_register, _history, _list = table(RegisterRow), table(RegisterHistoryRow), table(AuthorityListRow)
_service, _file = table(ServiceRow), table(RegisterFileRow)

_COLUMNS = (
    *("location_id", "name", "authority", "sector", "types", "beds", "provider_id", "provider_name", "brand", "registered_on"),
    *("overall", *(one.column for one in KeyQuestion), "published"),
)

_NEWEST = select(func.max(_register.c.listed_on)).where(_register.c.left_on.is_(None))

_ROWS = 2_000
"""Rows fetched from the database at a time."""

_LONGEST = 1_000
"""The longest search text, in characters (SQLite accepts patterns of at most 50,000 bytes)."""


class Areas:
    """The register's part of the store for reports. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def known(self) -> Known:
        """Everything that the files stated about adult social care. Raises UsageError if the register is empty."""
        once = select(_history.c.location_id).where(_history.c.sector != Sector.OTHER)
        of_care = _history.c.location_id.in_(once)
        watched = select(_register.c.location_id).join(_service, _service.c.location_id == _register.c.location_id)
        with reading(self._engine) as connection:
            begins = _rated_since(connection)
            newest = connection.execute(_NEWEST).scalar()
            return known(
                _present(connection, _register.c.sector != Sector.OTHER),
                _past(connection, of_care & _history.c.location_id.in_(_changed())),
                connection.execute(watched.where(_register.c.sector == Sector.OTHER)).scalars(),
                newest=newest,
                begins=begins,
            )

    def newest(self) -> date | None:
        """The date of the newest list of services; None: the register is empty."""
        with reading(self._engine) as connection:
            return connection.execute(_NEWEST).scalar()

    def holders(self, words: str) -> list[Holder]:
        """The providers with this id, and the providers and brands whose name contains these words, in all sectors and including
        services that have left: exact names first, then those with most services."""
        words = words[:_LONGEST]
        asked, runs = folded(words), (_register.c.provider_id, _register.c.provider_name, _register.c.brand)
        like = _register.c.search.contains(asked, autoescape=True) if asked else ~true()
        listed = func.sum(case((_register.c.left_on.is_(None), 1), else_=0)).label("services")
        ids = select(_register.c.provider_id).where(like, _register.c.provider_id.is_not(None))
        theirs = or_(_register.c.provider_id == words.strip(), like, _register.c.provider_id.in_(ids))
        # The present name comes last and counts; former names are searched too.
        query = select(*runs, listed).where(theirs).group_by(*runs).order_by(func.max(_register.c.listed_on), *runs)
        held: dict[tuple[str, str], Holder] = {}
        meant: set[tuple[str, str]] = set()
        with reading(self._engine) as connection:
            for row in connection.execute(query):
                for kind, key, name in (("provider", row.provider_id, row.provider_name), ("brand", row.brand, row.brand)):
                    if not key:
                        continue
                    services = row.services + (held[kind, key].services if (kind, key) in held else 0)
                    held[kind, key] = Holder(key=key, name=name or key, kind=kind, services=services)
                    if key == words.strip() or (asked and asked in folded(name or "")):
                        meant.add((kind, key))
        found = {one: held[one] for one in meant}
        just = {one for one in found.values() if one.key == words.strip() or folded(one.name) == asked}
        return sorted(found.values(), key=lambda one: (one not in just, -one.services, one.name, one.key))

    def of_holder(self, holder: Holder) -> list[Standing]:
        """Its services in all sectors, including those that have left. Raises UsageError if no file states ratings."""
        column = _register.c.provider_id if holder.kind == "provider" else _register.c.brand
        with reading(self._engine) as connection:
            _rated_since(connection)
            return sorted(_present(connection, column == holder.key), key=lambda one: (folded(one.name), one.location_id))

    def timelines(self, services: Sequence[Standing]) -> dict[str, Timeline]:
        """What the files stated about some services over time, the present state last."""
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
        """Saves a set under a name, replacing one with the same name."""
        with writing(self._engine) as connection:
            connection.execute(delete(_list).where(_list.c.name == name))
            connection.execute(
                insert(_list).values(name=name, authorities=json.dumps(authorities, ensure_ascii=False), created_at=now)
            )

    def remove_list(self, name: str) -> bool:
        """Removes the list with this name; returns whether there was one."""
        with writing(self._engine) as connection:
            return connection.execute(delete(_list).where(_list.c.name == name)).rowcount > 0


def _rated_since(connection: Connection) -> date | None:
    """The date of the first file that states ratings. The directory states none: by it alone, all services would count as never
    rated. Raises UsageError if there are only directories."""
    kinds = select(_file.c.kind, func.min(_file.c.as_of).label("first")).group_by(_file.c.kind)
    first = {row.kind: row.first for row in connection.execute(kinds)}
    rated = [day for kind, day in first.items() if kind != FileKind.DIRECTORY]
    if first and not rated:
        raise UsageError("the register has no ratings yet: load CQC's files with cqc-monitor register refresh (or import)")
    return min(rated, default=None)


def _changed() -> Select[Any]:
    """The services about which the files stated more than one thing. For the others, the only row has always held."""
    return select(_history.c.location_id).group_by(_history.c.location_id).having(func.count() > 1)


def _present(connection: Connection, chosen: Any) -> Iterator[Standing]:
    """The present state, from the date of the file that first stated it."""
    since = select(func.max(_history.c.as_of)).where(_history.c.location_id == _register.c.location_id).scalar_subquery()
    columns = [_register.c[name] for name in _COLUMNS]
    when = (func.coalesce(since, _register.c.left_on, _register.c.listed_on), _register.c.left_on.is_(None))
    more = (_register.c.inherited, _register.c.primary_id)
    return _standings(connection, select(*columns, *when, *more).where(chosen))


def _past(connection: Connection, chosen: Any) -> Iterator[Standing]:
    columns = [*(_history.c[name] for name in (*_COLUMNS, "as_of", "listed")), false(), null()]
    return _standings(connection, select(*columns).where(chosen).order_by(_history.c.location_id, _history.c.as_of))


def _standings(connection: Connection, query: Select[Any]) -> Iterator[Standing]:
    types: dict[str, tuple[str, ...]] = {}  # there are few sets of types, and each is kept once
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
