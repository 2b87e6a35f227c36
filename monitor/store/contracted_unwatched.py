"""Finds the services that are on no watchlist although a council has uploaded own facts about them. Also decides which of these
services the judgement may name. This module is separate from `own_facts`, since every judgement needs it, but needs nothing else
about own facts."""

from collections.abc import Collection

from sqlalchemy import Connection, exists, func, select

from monitor.judgement import MOST_NAMED, NONE, Sample, Some
from monitor.store.prepared import Statement, prepared
from monitor.store.tables import OwnFactReaderRow, OwnFactRow, RegisterRow, WatchRow, table
from monitor.store.tables.base import Utc

_own, _reader, _register, _watch = table(OwnFactRow), table(OwnFactReaderRow), table(RegisterRow), table(WatchRow)


@prepared
def _on_none(lists: tuple[str, ...] | None) -> Statement:
    watched = exists().where(_watch.c.location_id == _own.c.location_id)
    since = func.min(_own.c.uploaded_at, type_=Utc())
    query = select(_own.c.location_id, func.min(_own.c.watchlist).label("watchlist"), since.label("since")).where(~watched)
    query = query if lists is None else query.where(_own.c.watchlist.in_(lists))
    return query.group_by(_own.c.location_id)


def on_no_watchlist(connection: Connection, watchlists: Collection[str] | None) -> Some:
    """Returns the services that are on no watchlist although the given watchlists have own facts about them: how many there are,
    since when, and some of their names. If `watchlists` is None, all watchlists are used. If only some people may read a
    watchlist's own facts, its services are counted but not named."""
    query, _ = _on_none(None if watchlists is None else tuple(sorted(watchlists)))
    rows = connection.execute(query).all()
    if not rows:
        return NONE
    open_to_all = query.where(_own.c.watchlist.not_in(select(_reader.c.watchlist)))
    named = connection.execute(open_to_all.order_by(_own.c.location_id).limit(MOST_NAMED)).all()
    ids = [row.location_id for row in named]
    names = connection.execute(select(_register.c.location_id, _register.c.name).where(_register.c.location_id.in_(ids))).all()
    called = {row.location_id: f"{row.name} ({row.location_id})" for row in names}
    samples = tuple(
        Sample(name=called.get(row.location_id, row.location_id), detail=f"own facts of {row.watchlist}") for row in named
    )
    return Some(count=len(rows), since=min(row.since for row in rows), samples=samples)
