"""Queries the register: finds one service, the services that match a rule, and the services on an earlier date. `store.intake`
fills the register."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, Select, and_, func, or_, select, true

from monitor.errors import UsageError
from monitor.ratings import KeyQuestion
from monitor.register.entries import Entry, Rule, Sector
from monitor.register.rules import POSTCODE, Vocabulary, box_around, miles_between
from monitor.store.database import in_parts, reading
from monitor.store.search import holds, is_likely, rank, words_of
from monitor.store.tables import RegisterHistoryRow, RegisterRow, table
from monitor.text import folded

_register, _history = table(RegisterRow), table(RegisterHistoryRow)

_ASKED = tuple(one.column for one in KeyQuestion)
_BARRED = frozenset({"types", "specialisms", "twofold"})

NOT_RATED = "not rated"

ANY = Rule()
"""The rule that every registered service matches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """The position of a postcode in degrees: the average position of the services in the area `of`. This area is the postcode
    itself ("LE1 1AA") or, if no service is there, a larger area ("LE1 1" or "LE1")."""

    latitude: float
    longitude: float
    of: str


Stated = tuple[str, date]
"""The service's id and the date of the files, which identify a row of history."""

FIRST: Stated = ("", date.min)
"""A value that sorts before the first row of history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stating:
    """Says which rows of history are wanted: only rows from files of the day `since` or later; only rows of one service; only
    rows whose authority is among `authorities`. A field that is None or empty restricts nothing."""

    since: date | None = None
    location_id: str | None = None
    authorities: tuple[str, ...] = ()


ANYTHING = Stating()


class Register:
    """The part of the store that queries the register. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def entry(self, location_id: str) -> Entry | None:
        """Returns the entry of the service with this id, even if the service has left the register."""
        with reading(self._engine) as connection:
            here = _register.c.location_id == location_id
            row = connection.execute(select(_register).where(here)).mappings().first()
        return made(row) if row else None

    def past(self, location_id: str) -> list[Entry]:
        """Returns a service's entries from the history, oldest first. There is an entry for each date whose files stated
        something new about the service. The entries have only the fields that the history stores. Dates whose files did not list
        the service are left out."""
        query = select(_history).where(_history.c.location_id == location_id, _history.c.listed).order_by(_history.c.as_of)
        with reading(self._engine) as connection:
            return [made(dict(row) | {"listed_on": row["as_of"]}) for row in connection.execute(query).mappings()]

    def twins(self, location_id: str) -> list[str]:
        """Returns the ids of the other registrations of a home. (Providers that run a home together are registered for it
        separately.)"""
        primary = select(_register.c.primary_id).where(_register.c.location_id == location_id).scalar_subquery()
        same = or_(_register.c.primary_id == location_id, _register.c.primary_id == primary, _register.c.location_id == primary)
        query = select(_register.c.location_id).where(same, _register.c.location_id != location_id)
        with reading(self._engine) as connection:
            return list(connection.execute(query.order_by(_register.c.location_id)).scalars())

    def names(self, location_ids: Iterable[str]) -> dict[str, str]:
        """Returns the names of the given services, by id. Services that the register doesn't list are left out."""
        ids, known = list(location_ids), dict[str, str]()
        with reading(self._engine) as connection:
            for part in in_parts(ids):
                here = _register.c.location_id.in_(part)
                rows = connection.execute(select(_register.c.location_id, _register.c.name).where(here))
                known |= {row.location_id: row.name for row in rows}
        return known

    def not_of_care(self, location_ids: Iterable[str]) -> tuple[str, ...]:
        """Returns those of the given ids, in the given order, that don't belong to an adult social care service that is
        registered now."""
        ids, known = list(location_ids), set[str]()
        with reading(self._engine) as connection:
            for part in in_parts(ids):
                here = _register.c.location_id.in_(part) & _register.c.left_on.is_(None)
                here &= _register.c.sector != Sector.OTHER
                known.update(connection.execute(select(_register.c.location_id).where(here)).scalars())
        return tuple(one for one in ids if one not in known)

    def authorities(self, location_ids: Iterable[str]) -> dict[str, str]:
        """Returns the local authorities of the given services, by id. Services without an authority in the register are left
        out."""
        known = dict[str, str]()
        with reading(self._engine) as connection:
            for part in in_parts(sorted(location_ids)):
                here = _register.c.location_id.in_(part) & _register.c.authority.is_not(None)
                rows = connection.execute(select(_register.c.location_id, _register.c.authority).where(here))
                known |= {row.location_id: row.authority for row in rows}
        return known

    def short_ids(self) -> frozenset[str]:
        """Returns all ids in the NHS's form (see model.LOCATION_ID), including the ids of services that have left the
        register."""
        with reading(self._engine) as connection:
            query = select(_register.c.location_id).where(~_register.c.location_id.startswith("1-"))
            return frozenset(connection.execute(query).scalars())

    def listed(self) -> Callable[[str], bool]:
        """Returns a function that says whether the register has a service with a given id in the NHS's form. The function
        reads all ids in this form once, when it is first called."""
        ids = cache(self.short_ids)
        return lambda location_id: location_id in ids()

    def named(self, location_ids: Iterable[str]) -> dict[str, Entry]:
        """Returns the entries of these services, by id, including services that have left the register."""
        known = dict[str, Entry]()
        with reading(self._engine) as connection:
            for part in in_parts(list(location_ids)):
                rows = connection.execute(select(_register).where(_register.c.location_id.in_(part))).mappings()
                known |= {row["location_id"]: made(row) for row in rows}
        return known

    def fitting(self, rule: Rule) -> list[Entry]:
        """Returns the registered services that match a rule, sorted by name. Raises UsageError if the rule is about a place whose
        position is unknown."""
        with reading(self._engine) as connection:
            return fitting(connection, rule)

    def count(self) -> int:
        """How many services are registered."""
        with reading(self._engine) as connection:
            return numbers(connection)

    def centre(self, postcode: str) -> Centre | None:
        """Returns the position of a postcode or of the first half of a postcode. Returns None if the register has no service
        there."""
        with reading(self._engine) as connection:
            return centre(connection, postcode)

    def vocabulary(self) -> Vocabulary:
        """Returns the values that rules can use: values that occur in the registered services."""
        with reading(self._engine) as connection:

            def words(column: str) -> list[str]:
                query = select(_register.c[column]).distinct().where(_register.c.left_on.is_(None))
                return [one for one in connection.execute(query).scalars() if one]

            def single(column: str) -> tuple[str, ...]:
                return tuple(sorted({word for text in words(column) for word in _split(text)}))

            return Vocabulary(
                authorities=tuple(sorted(words("authority"))),
                types=single("types"),
                specialisms=single("specialisms"),
                brands=tuple(sorted(words("brand"))),
                providers=tuple(sorted(words("provider_name"))),
                provider_ids=frozenset(words("provider_id")),
            )

    def types(self) -> list[str]:
        """Returns the types of the registered services."""
        query = select(_register.c.types).distinct().where(_register.c.left_on.is_(None))
        with reading(self._engine) as connection:
            return sorted({one for types in connection.execute(query).scalars() for one in _split(types)})

    def count_found(self, text: str, held_to: Rule = ANY) -> int:
        """How many services `find` finds."""
        with reading(self._engine) as connection:
            query = found(select(func.count()).select_from(_register), text, held_to)
            return int(connection.execute(query).scalar_one())

    def find(self, text: str, *, held_to: Rule = ANY, limit: int, offset: int = 0) -> list[Entry]:
        """Returns the services whose name, address, authority, postcode, type, provider, brand and id together contain all the
        words. The most likely services come first (see `search.rank`), and services that have left the register come last. If
        `held_to` is given, only registered services that match this rule are found, and the text may be empty. (The rule's place
        is ignored.)"""
        order = (rank(_register.c, text), _register.c.name_key, _register.c.location_id)
        query = found(select(_register.c.location_id), text, held_to).order_by(*order).limit(limit).offset(offset)
        with reading(self._engine) as connection:
            first = query.where(is_likely(_register.c, text, connection.dialect.name))  # an index finds these services
            ids = list(connection.execute(first).scalars())
            if len(ids) < limit:
                ids = list(connection.execute(query).scalars())
            # The other columns are fetched only for these services, because sorting whole rows would take several times as
            # long.
            rows = connection.execute(select(_register).where(_register.c.location_id.in_(ids))).mappings()
            entries = {row["location_id"]: made(row) for row in rows}
        return [entries[one] for one in ids]

    def after(self, location_id: str, rule: Rule, limit: int) -> list[Entry]:
        """Returns registered services that match a rule, sorted by id. The rule's place is ignored. Starts with the first id
        after the given id; "" is before every id. Callers use this to fetch everything in pages."""
        query = select(_register).where(_register.c.location_id > location_id, condition(rule))
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(_register.c.location_id).limit(limit)).mappings()
            return [made(row) for row in rows]

    def history_after(self, last: Stated, limit: int, *, among: Stating = ANYTHING) -> list[tuple[Stated, bool, Entry]]:
        """Returns the next rows of history after the row `last`, sorted by service and date. There is a row for each date whose
        files stated something new about a service. A row says whether the files listed the service, and has only the fields that
        history stores. If an older file is loaded later, its rows are still sorted by their date."""
        here, as_of = _history.c.location_id, _history.c.as_of
        query = select(_history).where(or_(here > last[0], and_(here == last[0], as_of > last[1])))
        query = query.where(as_of >= among.since) if among.since else query
        query = query.where(here == among.location_id) if among.location_id else query
        query = query.where(_history.c.authority.in_(among.authorities)) if among.authorities else query
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(here, as_of).limit(limit)).mappings()
            return [
                ((row["location_id"], row["as_of"]), row["listed"], made(row | {"listed_on": row["as_of"]}))
                for row in map(dict, rows)
            ]

    def as_at(self, day: date, authorities: Iterable[str] | None = None) -> list[Entry]:
        """Returns the services that CQC's files listed on a day, with the data of those files. If `authorities` is not None, only
        services in these local authorities are returned. Fields that history does not store (for example address and
        specialisms) are empty."""
        query = select(_history).where(listed_at(day))
        if authorities is not None:
            query = query.where(_history.c.authority.in_(list(authorities)))
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(_history.c.location_id)).mappings()
            return [made(row | {"listed_on": row["as_of"]}) for row in map(dict, rows)]


def listed_at(day: date) -> ColumnElement[bool]:
    """Returns an SQL condition that is true for a row of history if it is the service's newest row up to a day, and says that the
    files listed the service."""
    same = _history.alias()
    newest = select(func.max(same.c.as_of)).where(same.c.location_id == _history.c.location_id, same.c.as_of <= day)
    return (_history.c.as_of == newest.scalar_subquery()) & _history.c.listed


def condition(rule: Rule) -> ColumnElement[bool]:
    """Returns an SQL condition that is true for a row of the table `register` that matches a rule. The distance to the rule's
    place is not checked."""
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


def fitting(connection: Connection, rule: Rule) -> list[Entry]:
    """Returns the registered services that match a rule, sorted by name. If the rule has a place, the distance is checked too.
    Raises UsageError if the position of the place is unknown."""
    query = select(_register).where(condition(rule)).order_by(_register.c.name_key, _register.c.location_id)
    if rule.near is None:
        return [made(row) for row in connection.execute(query).mappings()]
    found = centre(connection, rule.near.postcode)
    if found is None:
        raise UsageError(f"the position of {rule.near.postcode} is not known, since no service is there: give a postcode nearby")
    here = (found.latitude, found.longitude)
    south, north, west, east = box_around(here, rule.near.miles)
    inside = _register.c.latitude.between(south, north) & _register.c.longitude.between(west, east)
    rows = [made(row) for row in connection.execute(query.where(inside)).mappings()]
    return [one for one in rows if miles_between(here, (one.latitude or 0, one.longitude or 0)) <= rule.near.miles]


def centre(connection: Connection, postcode: str) -> Centre | None:
    """Does what `Register.centre` does, within a transaction."""
    match = POSTCODE.fullmatch(" ".join(postcode.upper().split()))
    if match is None:
        return None
    outward, inward = match[1], match[2] or ""
    # The second half of a postcode always has three characters. "LE11AA" is therefore "LE1 1AA" without its space, and not a
    # postcode in "LE11".
    ways = [(f"{outward} {inward}", f"{outward}{inward}"), (f"{outward} {inward[:1]}", f"{outward}{inward[:1]}__")]
    ways = [*(ways if inward else ()), (outward, f"{outward}___")]
    bare = func.upper(func.replace(_register.c.postcode, " ", ""))
    mean = select(func.avg(_register.c.latitude), func.avg(_register.c.longitude)).where(
        _register.c.latitude.is_not(None), _register.c.longitude.is_not(None)
    )
    for of, pattern in ways:
        latitude, longitude = connection.execute(mean.where(bare.like(pattern))).one()
        if latitude is not None and longitude is not None:
            return Centre(latitude=float(latitude), longitude=float(longitude), of=of)
    return None


def found(query: Select[Any], text: str, held_to: Rule) -> Select[Any]:
    """Restricts a query of the register to the services that `Register.find` finds."""
    words, all_of_them = words_of(text), held_to == ANY
    if not words and (all_of_them or text.strip()):
        return query.where(~true())
    return query.where(holds(_register.c.search, words), true() if all_of_them else condition(held_to))


def _any(column: Any, words: tuple[str, ...]) -> ColumnElement[bool]:
    return column.in_(words) if words else true()


def barred(words: Iterable[str]) -> str:
    """Returns words in the form in which the tables store them, with a vertical bar before and after each word."""
    return "|" + "".join(f"{word.replace('|', '/')}|" for word in words)


def columns_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Converts the values of an entry's fields to values for the columns of `register` and `register_history`."""
    columns: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "key_questions":
            columns |= {one.column: stated for one, stated in zip(KeyQuestion, value, strict=True)}
        elif name in _BARRED:
            columns[name] = barred(value)
        else:
            columns[name] = (json.dumps(value) if value else None) if name == "groups" else value
    return columns


def row_of(entry: Entry) -> dict[str, Any]:
    """Returns an entry as a row of `register`, without the column `first_listed_on`."""
    text = (entry.name, entry.also_known_as or "", entry.address or "", entry.provider_name or "", entry.brand or "")
    codes = (entry.location_id, (entry.postcode or "").replace(" ", ""))
    lines = (*text, *codes, entry.authority or "", barred(entry.types))
    keys = {"name_key": folded(entry.name), "provider_key": folded(entry.provider_name or "")}
    keys["search"] = "\n".join(folded(one) for one in lines)
    return columns_of({name: getattr(entry, name) for name in Entry.__dataclass_fields__}) | keys


def field_in(row: RowMapping | dict[str, Any], name: str) -> Any:
    """Converts a column of `register` or of `register_history` to the value of an entry's field."""
    match name:
        case "key_questions":
            return tuple(row[column] for column in _ASKED)
        case "types" | "specialisms" | "twofold":
            return _split(row.get(name) or "|")
        case "groups":
            return tuple((group, rating) for group, rating in json.loads(row.get(name) or "[]"))
        case "sector":
            return Sector(row[name])
        case _:
            return row[name]


def made(row: RowMapping | dict[str, Any]) -> Entry:
    """Makes an entry from a row of `register` or of `register_history`."""
    fields = (name for name in Entry.__dataclass_fields__ if name in row or name == "key_questions")
    return Entry(**{name: field_in(row, name) for name in fields})


@lru_cache(maxsize=1_000)
def _split(text: str) -> tuple[str, ...]:
    return tuple(one for one in text.split("|") if one)


def numbers(connection: Connection) -> int:
    """How many services are registered."""
    return int(connection.execute(select(func.count()).select_from(_register).where(_register.c.left_on.is_(None))).scalar_one())
