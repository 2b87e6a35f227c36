"""Stores the rotas of watchlists. A rota says who is on call."""

import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from monitor.errors import StoreError
from monitor.judgement import MOST_NAMED, NONE, Sample, Some
from monitor.rota import Hours, Rota, Turn, names
from monitor.store.audit import note
from monitor.store.database import in_turn, reading, writing
from monitor.store.tables import PersonRow, WatchlistRow, table
from monitor.store.vault import Vault
from monitor.text import listed

_watchlist, _person = table(WatchlistRow), table(PersonRow)


class Rotas:
    """The part of the store for rotas. Each method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def of(self, watchlist: str) -> Rota:
        """Returns the rota of a watchlist. If the watchlist has no rota, returns a rota without turns."""
        with reading(self._engine) as connection:
            return rota_of(connection, self._vault, watchlist)

    def save(self, watchlist: str, rota: Rota, person: int | None, now: datetime) -> bool:
        """Replaces the rota of a watchlist, or removes it if the new rota has no turns. Returns False if the watchlist does not
        exist."""
        with writing(self._engine) as connection:
            in_turn(connection)
            values = {"rota": _dumped(rota, self._vault) if rota.turns else None}
            if not connection.execute(update(_watchlist).where(_watchlist.c.name == watchlist).values(**values)).rowcount:
                return False
            note(connection, person, "changed the rota of", f"{watchlist}: {names(rota)}", now)
        return True


def rota_of(connection: Connection, vault: Vault, watchlist: str) -> Rota:
    """Does what `Rotas.of` does, within a transaction."""
    kept = connection.execute(select(_watchlist.c.rota).where(_watchlist.c.name == watchlist)).scalar()
    return _today(connection, _loaded(kept, vault)) if kept else Rota()


def with_address(connection: Connection, vault: Vault, address: str) -> list[str]:
    """Returns the sorted names of the watchlists whose rota contains an address, even if it is only a deputy's address.
    Watchlists whose rota can't be decrypted are left out."""
    found = []
    query = select(_watchlist.c.name, _watchlist.c.rota).where(_watchlist.c.rota.is_not(None)).order_by(_watchlist.c.name)
    for row in connection.execute(query):
        with suppress(StoreError):
            found += [row.name] if address in _loaded(row.rota, vault).addresses else []
    return found


def encrypted_in(kept: str) -> list[str]:
    """Returns the addresses in a stored rota, still encrypted."""
    return [one for turn in json.loads(kept)["turns"] for one in (turn["address"], turn["deputy"]) if one]


def _today(connection: Connection, rota: Rota) -> Rota:
    """Returns the rota with its field `gone` filled in: the addresses of people whose access has ended."""
    emails = [one.removeprefix("mailto:") for one in rota.addresses]
    ended = select(_person.c.email).where(_person.c.email.in_(emails), _person.c.ended_at.is_not(None))
    return replace(rota, gone=frozenset(f"mailto:{one}" for one in connection.execute(ended).scalars()))


def gaps_in(connection: Connection, vault: Vault, now: datetime, watchlists: Collection[str] | None) -> Some:
    """Returns the watchlists whose rota can't be decrypted, or has hours when nobody is on call. If `watchlists` is not None,
    only the given watchlists are examined."""
    query = select(_watchlist.c.name, _watchlist.c.rota).where(_watchlist.c.rota.is_not(None)).order_by(_watchlist.c.name)
    if watchlists is not None:
        query = query.where(_watchlist.c.name.in_(sorted(watchlists)))
    found = []
    for row in connection.execute(query):
        try:
            gaps = _today(connection, _loaded(row.rota, vault)).gaps(now)
        except StoreError:
            gaps = ["all the time: its addresses can't be decrypted"]
        if gaps:
            found.append(Sample(name=row.name, detail=listed(gaps[:3])))
    return Some(count=len(found), samples=tuple(found[:MOST_NAMED])) if found else NONE


def _dumped(rota: Rota, vault: Vault) -> str:
    def hours(one: Hours) -> dict[str, object]:
        return {"days": sorted(one.days), "begin": f"{one.begin:%H:%M}", "end": f"{one.end:%H:%M}"}

    turns = [
        {
            "address": vault.encrypt(one.address),
            "hours": hours(one.hours),
            "deputy": vault.encrypt(one.deputy) if one.deputy else None,
            "away_until": one.away_until.isoformat() if one.away_until else None,
        }
        for one in rota.turns
    ]
    return json.dumps({"turns": turns, "office": hours(rota.office) if rota.office else None})


def _loaded(kept: str, vault: Vault) -> Rota:
    def hours(one: dict[str, Any]) -> Hours:
        days = frozenset(one["days"])
        return Hours(days, time.fromisoformat(one["begin"]), time.fromisoformat(one["end"]))

    held = json.loads(kept)
    turns = tuple(
        Turn(
            address=vault.decrypt(one["address"]),
            hours=hours(one["hours"]),
            deputy=vault.decrypt(one["deputy"]) if one["deputy"] else None,
            away_until=date.fromisoformat(one["away_until"]) if one["away_until"] else None,
        )
        for one in held["turns"]
    )
    return Rota(turns=turns, office=hours(held["office"]) if held["office"] else None)
