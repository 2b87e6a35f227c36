"""What councils themselves know about the services of a watchlist, as they upload it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, delete, exists, func, insert, select

from monitor.errors import UsageError
from monitor.events import Event
from monitor.judgement import MOST_NAMED, NONE, Sample, Some
from monitor.model import Subscription
from monitor.own_facts import Changes, OwnFacts, changes, mark
from monitor.store.audit import note
from monitor.store.database import in_turn, reading, writing
from monitor.store.tables import OwnFactRow, PersonRow, WatchlistRow, WatchRow, table
from monitor.store.tables.base import Utc

_own, _watch, _person, _watchlist = table(OwnFactRow), table(WatchRow), table(PersonRow), table(WatchlistRow)

_FACTS = [_own.c[name] for name in OwnFacts.__dataclass_fields__]
_BATCH = 500

OTHERS_DID = "Somebody else has uploaded facts for this watchlist meanwhile. Nothing was changed: choose your file again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The facts of a watchlist, by location id; when they were uploaded, and by whom (None: the command line, or nobody did)."""

    facts: tuple[OwnFacts, ...] = ()
    uploaded_at: datetime | None = None
    uploaded_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwatched:
    """Services that facts are about and that aren't on their watchlist: those on another one, and those on none."""

    elsewhere: tuple[str, ...]
    nowhere: tuple[str, ...]


class Contracted:
    """Each method is one transaction. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, watchlist: str) -> Kept:
        """The facts of a watchlist."""
        query = select(*_FACTS, _own.c.uploaded_at, _person.c.email).outerjoin(_person, _person.c.id == _own.c.uploaded_by)
        query = query.where(_own.c.watchlist == watchlist).order_by(_own.c.location_id)
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
        if not rows:
            return Kept()
        return Kept(facts=tuple(map(_made, rows)), uploaded_at=rows[0]["uploaded_at"], uploaded_by=rows[0]["email"])

    def about(self, location_ids: Iterable[str], watchlists: Collection[str] | None = None) -> dict[str, dict[str, OwnFacts]]:
        """The facts about services, by location id and watchlist: those of some watchlists (None: of all)."""
        with reading(self._engine) as connection:
            return about(connection, location_ids, watchlists)

    def unwatched(self, watchlist: str, location_ids: Sequence[str]) -> Unwatched:
        """Which of these services aren't on a watchlist, in their order."""
        lists: dict[str, set[str]] = {}
        with reading(self._engine) as connection:
            for at in range(0, len(location_ids), _BATCH):
                some = _watch.c.location_id.in_(location_ids[at : at + _BATCH])
                for one, name in connection.execute(select(_watch.c.location_id, _watch.c.watchlist).where(some)):
                    lists.setdefault(one, set()).add(name)
        off = [one for one in location_ids if watchlist not in lists.get(one, ())]
        return Unwatched(
            elsewhere=tuple(one for one in off if one in lists), nowhere=tuple(one for one in off if one not in lists)
        )

    def replace(
        self, watchlist: str, facts: Sequence[OwnFacts], person: int | None, now: datetime, *, seen: str | None = None
    ) -> Changes | None:
        """Replaces all facts of a watchlist; returns what changed, or None if there is no such watchlist any more. Facts that are
        there already are left as they are. `seen`: the mark of the facts that the person saw; raises UsageError if there are
        others now."""
        with writing(self._engine) as connection:
            in_turn(connection)
            if not connection.execute(select(exists().where(_watchlist.c.name == watchlist))).scalar():
                return None
            mine = _own.c.watchlist == watchlist
            before = [_made(row) for row in connection.execute(select(*_FACTS).where(mine)).mappings()]
            if seen is not None and seen != mark(before):
                raise UsageError(OTHERS_DID)
            done = changes(before, facts)
            if mark(before) != mark(facts):
                connection.execute(delete(_own).where(mine))
                common = {"watchlist": watchlist, "uploaded_at": now, "uploaded_by": person}
                connection.execute(insert(_own), [asdict(one) | common for one in facts])
                note(connection, person, "uploaded own facts", f"{watchlist}: {done.in_words}", now)
            return done


def about(
    connection: Connection, location_ids: Iterable[str], watchlists: Collection[str] | None = None
) -> dict[str, dict[str, OwnFacts]]:
    """The same within a transaction."""
    found: dict[str, dict[str, OwnFacts]] = {}
    ids = sorted(set(location_ids))
    for at in range(0, len(ids), _BATCH):
        query = select(_own.c.watchlist, *_FACTS).where(_own.c.location_id.in_(ids[at : at + _BATCH]))
        if watchlists is not None:
            query = query.where(_own.c.watchlist.in_(sorted(watchlists)))
        for row in connection.execute(query.order_by(_own.c.watchlist)).mappings():
            found.setdefault(row["location_id"], {})[row["watchlist"]] = _made(row)
    return found


def needed(
    connection: Connection, events: Sequence[Event], subscriptions: Sequence[Subscription]
) -> dict[str, dict[str, OwnFacts]]:
    """The facts that decide which subscriptions get events: none unless one of them is only about where people are placed."""
    lists = {one.watchlist for one in subscriptions if one.only_placed}
    return about(connection, (event.location_id for event in events), lists) if lists and events else {}


def on_no_watchlist(connection: Connection, watchlists: Collection[str] | None) -> Some:
    """The services that facts of some watchlists (None: of all) are about and that are on no watchlist, since the first was."""
    watched = exists().where(_watch.c.location_id == _own.c.location_id)
    since = func.min(_own.c.uploaded_at, type_=Utc())
    query = select(_own.c.location_id, func.min(_own.c.watchlist).label("watchlist"), since.label("since")).where(~watched)
    if watchlists is not None:
        query = query.where(_own.c.watchlist.in_(sorted(watchlists)))
    rows = connection.execute(query.group_by(_own.c.location_id).order_by(_own.c.location_id)).all()
    samples = tuple(Sample(name=row.location_id, detail=f"own facts of {row.watchlist}") for row in rows[:MOST_NAMED])
    return Some(count=len(rows), since=min(row.since for row in rows), samples=samples) if rows else NONE


def _made(row: RowMapping) -> OwnFacts:
    values: dict[str, Any] = {column.name: row[column.name] for column in _FACTS}
    return OwnFacts(**values)
