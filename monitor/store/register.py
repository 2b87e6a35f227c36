"""The register as it is asked: one service, those that fit a rule, and all as at an earlier date. Filled by `store.intake`."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, and_, func, or_, select, true

from monitor.ratings import Rating
from monitor.register import Entry, Rule, Sector
from monitor.store.database import reading
from monitor.store.overview import folded
from monitor.store.tables import RegisterHistoryRow, RegisterRow, table

_register, _history = table(RegisterRow), table(RegisterHistoryRow)

NOT_RATED = "not rated"


class Register:
    """The register's side of the store, for who asks. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def entry(self, location_id: str) -> Entry | None:
        """A service by its id, also one that has left the register."""
        with reading(self._engine) as connection:
            here = _register.c.location_id == location_id
            row = connection.execute(select(_register).where(here)).mappings().first()
        return made(row) if row else None

    def fitting(self, rule: Rule) -> list[Entry]:
        """The registered services that fit a rule, by name."""
        query = select(_register).where(condition(rule)).order_by(_register.c.name_key, _register.c.location_id)
        with reading(self._engine) as connection:
            return [made(row) for row in connection.execute(query).mappings()]

    def as_at(self, day: date, authorities: Iterable[str] | None = None) -> list[Entry]:
        """The services that the files up to a day had listed, with what these said of them: all of England, or of some local
        authorities. Without what history doesn't keep (address, specialisms)."""
        newest = (
            select(_history.c.location_id, func.max(_history.c.as_of).label("as_of"))
            .where(_history.c.as_of <= day)
            .group_by(_history.c.location_id)
            .subquery()
        )
        same = (newest.c.location_id == _history.c.location_id) & (newest.c.as_of == _history.c.as_of)
        query = select(_history).join(newest, same).where(_history.c.listed)
        if authorities is not None:
            query = query.where(_history.c.authority.in_(list(authorities)))
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(_history.c.location_id)).mappings()
            return [made(row | {"listed_on": row["as_of"]}) for row in map(dict, rows)]


def condition(rule: Rule) -> ColumnElement[bool]:
    """The condition on the table `register` that a rule stands for. Where it names a place, the distance is the caller's."""
    named = [
        _register.c.left_on.is_(None),
        _any(_register.c.authority, rule.authorities),
        _any(_register.c.region, rule.regions),
        _any(_register.c.sector, rule.sectors),
        or_(*(_register.c.types.contains(f"|{one}|", autoescape=True) for one in rule.types)) if rule.types else true(),
        or_(*(_register.c.specialisms.contains(f"|{one}|", autoescape=True) for one in rule.specialisms))
        if rule.specialisms
        else true(),
        or_(_register.c.provider_id.in_(rule.providers), _register.c.provider_name.in_(rule.providers))
        if rule.providers
        else true(),
        _any(_register.c.brand, rule.brands),
    ]
    if rule.ratings:
        silent = _register.c.overall.is_(None) if NOT_RATED in rule.ratings else ~true()
        named.append(or_(_register.c.overall.in_(rule.ratings), silent))
    return and_(*named)


def _any(column: Any, words: tuple[str, ...]) -> ColumnElement[bool]:
    return column.in_(words) if words else true()


def barred(words: Iterable[str]) -> str:
    """Words as the tables keep them, each between bars."""
    return "|" + "".join(f"{word.replace('|', '/')}|" for word in words)


def row_of(entry: Entry) -> dict[str, Any]:
    """An entry as a row of `register`, but for `first_listed_on`."""
    columns = [name for name in Entry.__dataclass_fields__ if name not in {"types", "specialisms", "groups"}]
    text = (entry.name, entry.also_known_as or "", entry.address or "", entry.provider_name or "", entry.brand or "")
    codes = (entry.location_id, (entry.postcode or "").replace(" ", ""))
    return {name: getattr(entry, name) for name in columns} | {
        "name_key": folded(entry.name),
        "search": "\n".join(folded(one) for one in (*text, *codes)),
        "types": barred(entry.types),
        "specialisms": barred(entry.specialisms),
        "groups": json.dumps(entry.groups) if entry.groups else None,
    }


def made(row: RowMapping | dict[str, Any]) -> Entry:
    """An entry from a row of `register` or of `register_history`."""
    values = {name: row[name] for name in Entry.__dataclass_fields__ if name in row}
    values["sector"] = Sector(values["sector"])
    values["types"] = _split(row["types"])
    values["specialisms"] = _split(row.get("specialisms") or "|")
    values["groups"] = tuple((group, rating) for group, rating in json.loads(row.get("groups") or "[]"))
    return Entry(**values)


def _split(text: str) -> tuple[str, ...]:
    return tuple(one for one in text.split("|") if one)


def is_rated(entry: Entry) -> bool:
    """Whether a service has one of the four ratings overall."""
    return entry.overall in set(Rating)


def numbers(connection: Connection) -> int:
    """How many services are registered."""
    return int(connection.execute(select(func.count()).select_from(_register).where(_register.c.left_on.is_(None))).scalar_one())
