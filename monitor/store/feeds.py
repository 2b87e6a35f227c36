"""Feeds show a watchlist's events in a feed reader. Only the person who created a feed knows its address."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, exists, func, insert, select

from monitor import codec
from monitor.events import Event
from monitor.store.audit import note
from monitor.store.case_records import MAY_SIGN_IN
from monitor.store.database import in_turn, reading, writing
from monitor.store.people import Person, new_token, token_hash
from monitor.store.tables import EventRow, FeedKeyRow, PersonRow, WatchlistRow, WatchRow, table

_feed, _watchlist, _watch = table(FeedKeyRow), table(WatchlistRow), table(WatchRow)
_event, _person = table(EventRow), table(PersonRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The content of a feed: the items of a watchlist's services, in the order in which the items began. Each item contains all
    its events, in the order in which the events were recorded. `changed_at` is when the content last changed."""

    watchlist: str
    person: int
    items: tuple[tuple[Event, ...], ...]
    changed_at: datetime


class Feeds:
    """The part of the store for feeds. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, person: Person) -> dict[str, datetime]:
        """Returns the watchlists for which a person has a feed, each with the time when the feed's address was created."""
        query = select(_feed.c.watchlist, _feed.c.created_at).where(_feed.c.person == person.id)
        with reading(self._engine) as connection:
            return {row.watchlist: row.created_at for row in connection.execute(query)}

    def renew(self, watchlist: str, person: Person, now: datetime) -> str | None:
        """Makes a new address for a person's feed of a watchlist and returns its key, which is shown once. An earlier address
        stops working. Returns None if no watchlist has this name."""
        key = new_token()
        with writing(self._engine) as connection:
            in_turn(connection)  # until the transaction ends, nobody can rename or delete the watchlist
            if not connection.execute(select(exists().where(_watchlist.c.name == watchlist))).scalar():
                return None
            renewed = _end(connection, watchlist, person.id)
            values = {"watchlist": watchlist, "person": person.id, "key_hash": token_hash(key), "created_at": now}
            connection.execute(insert(_feed).values(**values))
            note(connection, person.id, "renewed feed of watchlist" if renewed else "made feed of watchlist", watchlist, now)
        return key

    def end(self, watchlist: str, person: Person, now: datetime) -> bool:
        """Ends a person's feed of a watchlist, and returns whether the person had a feed."""
        with writing(self._engine) as connection:
            ended = _end(connection, watchlist, person.id)
            if ended:
                note(connection, person.id, "ended feed of watchlist", watchlist, now)
            return ended

    def owner_of(self, key: str) -> tuple[str, int] | None:
        """Returns the watchlist and the owner of the feed with this key, or None if the key is not valid (any more)."""
        with reading(self._engine) as connection:
            row = connection.execute(_with_key(key)).first()
        return (row.watchlist, row.person) if row else None

    def read(self, key: str, since: datetime) -> Feed | None:
        """Returns the content of the feed with this key: the items with an event that was observed or retracted at `since` or
        later. Returns None if the key is not valid (any more)."""
        with reading(self._engine) as connection:
            row = connection.execute(_with_key(key)).first()
            if row is None:
                return None
            on_it = exists().where(_watch.c.location_id == _event.c.location_id, _watch.c.watchlist == row.watchlist)
            lately = (_event.c.observed_at >= since) | (_event.c.corrected_at >= since)
            found = select(_event.c.item).where(on_it, lately)
            query = select(_event.c.item, _event.c.body).where(_event.c.item.in_(found)).order_by(_event.c.position)
            items: dict[str, list[Event]] = {}
            for item, body in connection.execute(query):
                items.setdefault(item, []).append(codec.load_event(body))
            joined = select(func.max(_watch.c.added_at)).where(_watch.c.watchlist == row.watchlist)
            joined_at = connection.execute(joined).scalar()
        seen = [event.corrected_at or event.observed_at for events in items.values() for event in events]
        known = [at for at in (joined_at, *seen) if at is not None]
        changed_at = max(known, default=row.created_at)
        return Feed(watchlist=row.watchlist, person=row.person, items=tuple(map(tuple, items.values())), changed_at=changed_at)


def _with_key(key: str) -> Select[Any]:
    return (
        select(_feed.c.watchlist, _feed.c.person, _feed.c.created_at)
        .join(_person, _person.c.id == _feed.c.person)
        .where(_feed.c.key_hash == token_hash(key), MAY_SIGN_IN)
    )


def _end(connection: Connection, watchlist: str, person_id: int) -> bool:
    return bool(connection.execute(delete(_feed).where(_feed.c.watchlist == watchlist, _feed.c.person == person_id)).rowcount)
