"""Stores councils' own facts about services. The facts are uploaded for a watchlist. A watchlist's facts may have named readers.
If so, nobody else sees the facts on a web page or in a message.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Subquery, delete, exists, func, insert, select

from monitor.errors import UsageError
from monitor.events import Event
from monitor.mailbox import key_of
from monitor.model import Notice, Subscription
from monitor.notify.route import route
from monitor.own_facts import Changes, OwnFacts, changes, mark
from monitor.store.audit import note
from monitor.store.case_records import MAY_SIGN_IN
from monitor.store.database import in_parts, in_turn, reading, writing
from monitor.store.tables import OwnFactReaderRow, OwnFactRow, PersonRow, WatchlistRow, WatchRow, table

_own, _reader, _watch = table(OwnFactRow), table(OwnFactReaderRow), table(WatchRow)
_person, _watchlist = table(PersonRow), table(WatchlistRow)

FACTS = [_own.c[name] for name in OwnFacts.__dataclass_fields__]
"""The columns that the function `made` needs to make own facts."""
OTHERS_DID = "Somebody else has just uploaded facts for this watchlist, so your file has changed nothing. Choose your file again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The facts of a watchlist, sorted by location id. `uploaded_at` is None if no facts were uploaded. `uploaded_by` is the
    address of the person who uploaded the facts; None if they were uploaded on the command line, or never."""

    facts: tuple[OwnFacts, ...] = ()
    uploaded_at: datetime | None = None
    uploaded_by: str | None = None


NOT_YOURS = "Only the people named as readers may read or change this watchlist's own facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The facts that a message may contain, by location id and watchlist. `closed` are the watchlists whose facts have named
    readers. Only the named readers of a closed watchlist may see its facts in a message."""

    facts: dict[str, dict[str, OwnFacts]]
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A named reader. If the person's access has ended, `may_sign_in` is False. The person is still a named reader, so that other
    people still can't read the facts."""

    id: int
    email: str
    may_sign_in: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwatched:
    """Services with facts for a watchlist that aren't on that watchlist. The services in `elsewhere` are on another watchlist;
    the services in `nowhere` are on no watchlist."""

    elsewhere: tuple[str, ...]
    nowhere: tuple[str, ...]


class Contracted:
    """The part of the store for own facts. Each method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def readers(self, watchlist: str) -> list[Named]:
        """Returns the named readers of a watchlist's facts. If there are none, everybody may read the facts."""
        query = select(_person.c.id, _person.c.email, MAY_SIGN_IN.label("may")).join(_reader, _reader.c.person == _person.c.id)
        query = query.where(_reader.c.watchlist == watchlist).order_by(_person.c.email)
        with reading(self._engine) as connection:
            return [Named(id=row.id, email=row.email, may_sign_in=row.may) for row in connection.execute(query)]

    def set_readers(self, watchlist: str, emails: Collection[str], me: int | None, now: datetime) -> bool:
        """Replaces the named readers of a watchlist's facts. If `emails` is empty, everybody may read the facts. Returns whether
        the watchlist exists. Raises UsageError if any of the new readers may not sign in."""
        with writing(self._engine) as connection:
            in_turn(connection)
            if not connection.execute(select(exists().where(_watchlist.c.name == watchlist))).scalar():
                return False
            known = {row.email: row.id for row in connection.execute(select(_person.c.id, _person.c.email).where(MAY_SIGN_IN))}
            wanted = list(dict.fromkeys(one.lower() for one in emails))
            if wrong := [one for one in wanted if one not in known]:
                raise UsageError("\n".join(f"{one} is not somebody who can sign in" for one in wrong))
            connection.execute(delete(_reader).where(_reader.c.watchlist == watchlist))
            if wanted:
                connection.execute(insert(_reader), [{"watchlist": watchlist, "person": known[one]} for one in wanted])
            about = f"{watchlist}: {', '.join(wanted) or 'everybody who can sign in'}"
            note(connection, me, "changed who may read own facts of", about, now)
            return True

    def hidden_from(self, person: int) -> frozenset[str]:
        """Returns the watchlists whose facts a person may not read."""
        with reading(self._engine) as connection:
            return hidden_from(connection, person)

    def of(self, watchlist: str) -> Kept:
        """Returns all facts of a watchlist. The caller must check who may read the facts (`hidden_from`)."""
        query = select(*FACTS, _own.c.uploaded_at, _person.c.email).outerjoin(_person, _person.c.id == _own.c.uploaded_by)
        query = query.where(_own.c.watchlist == watchlist).order_by(_own.c.location_id)
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
        if not rows:
            return Kept()
        return Kept(facts=tuple(map(made, rows)), uploaded_at=rows[0]["uploaded_at"], uploaded_by=rows[0]["email"])

    def about(
        self, location_ids: Iterable[str], watchlists: Collection[str] | None = None, *, reader: int | None
    ) -> dict[str, dict[str, OwnFacts]]:
        """Returns the facts about services, by location id and watchlist. If `watchlists` is not None, only the facts of these
        watchlists are returned. If `reader` is not None, only facts that this person may read are returned. On the command line,
        `reader` is None."""
        with reading(self._engine) as connection:
            return about(connection, location_ids, watchlists, hidden_from(connection, reader))

    def about_for(self, address: str, location_ids: Iterable[str], watchlists: Collection[str]) -> Sent:
        """Returns the facts that may be in a message to this address about these watchlists."""
        with reading(self._engine) as connection:
            may, closed = readable(connection, address, watchlists)
            known = about(connection, location_ids, may) if may else {}
        return Sent(facts=known, closed=closed)

    def unwatched(self, watchlist: str, location_ids: Sequence[str]) -> Unwatched:
        """Returns the given services that aren't on the watchlist, in the given order (see Unwatched)."""
        lists: dict[str, set[str]] = {}
        with reading(self._engine) as connection:
            for part in in_parts(location_ids):
                some = _watch.c.location_id.in_(part)
                for one, name in connection.execute(select(_watch.c.location_id, _watch.c.watchlist).where(some)):
                    lists.setdefault(one, set()).add(name)
        off = [one for one in location_ids if watchlist not in lists.get(one, ())]
        return Unwatched(
            elsewhere=tuple(one for one in off if one in lists), nowhere=tuple(one for one in off if one not in lists)
        )

    def replace(
        self, watchlist: str, facts: Sequence[OwnFacts], person: int | None, now: datetime, *, seen: str | None = None
    ) -> Changes | None:
        """Replaces all facts of a watchlist, and returns the changes, or None if the watchlist no longer exists. If the new facts
        are the same as the old facts, nothing is written. `seen` identifies the facts that the person saw (see own_facts.mark).
        Raises UsageError if the facts have changed since the person saw them, or if the person may not read them."""
        with writing(self._engine) as connection:
            in_turn(connection)
            if watchlist in hidden_from(connection, person):
                raise UsageError(NOT_YOURS)
            if not connection.execute(select(exists().where(_watchlist.c.name == watchlist))).scalar():
                return None
            mine = _own.c.watchlist == watchlist
            before = [made(row) for row in connection.execute(select(*FACTS).where(mine)).mappings()]
            if seen is not None and seen != mark(before):
                raise UsageError(OTHERS_DID)
            done = changes(before, facts)
            if mark(before) != mark(facts):
                connection.execute(delete(_own).where(mine))
                common = {"watchlist": watchlist, "uploaded_at": now, "uploaded_by": person}
                connection.execute(insert(_own), [asdict(one) | common for one in facts])
                note(connection, person, "uploaded own facts", f"{watchlist}: {done.in_words}", now)
            return done


def hidden_from(connection: Connection, person: int | None) -> frozenset[str]:
    """Returns the watchlists whose facts a person may not read, because only other people are named readers. If `person` is None,
    no watchlist is hidden."""
    if person is None:
        return frozenset()
    mine = select(_reader.c.watchlist).where(_reader.c.person == person)
    others = select(_reader.c.watchlist).where(_reader.c.watchlist.not_in(mine)).distinct()
    return frozenset(connection.execute(others).scalars())


def most_placed(hidden: Collection[str]) -> Subquery:
    """Returns a subquery with the columns `location_id` and `people`. `people` is the number of people who are placed at the
    service, according to the facts of watchlists that aren't hidden. If several watchlists state a number, the largest number is
    used."""
    query = select(_own.c.location_id, func.max(_own.c.people_placed).label("people")).group_by(_own.c.location_id)
    return (query.where(_own.c.watchlist.not_in(sorted(hidden))) if hidden else query).subquery()


def _readers(connection: Connection, watchlists: Collection[str]) -> dict[str, set[str]]:
    """Returns those of the given watchlists whose facts have named readers. For each watchlist, gives the keys of the addresses
    of those readers who may sign in."""
    found: dict[str, set[str]] = {}
    query = select(_reader.c.watchlist, _person.c.email, MAY_SIGN_IN.label("may")).join(_person, _person.c.id == _reader.c.person)
    for row in connection.execute(query.where(_reader.c.watchlist.in_(sorted(watchlists)))):
        found.setdefault(row.watchlist, set()).update({key_of(f"mailto:{row.email}")} if row.may else ())
    return found


def readable(connection: Connection, address: str, watchlists: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Selects two sets from the given watchlists: the watchlists whose facts may be in a message to this address, and the
    watchlists whose facts have named readers."""
    closed = _readers(connection, watchlists)
    may = {name for name in watchlists if name not in closed or key_of(address) in closed[name]}
    return frozenset(may), frozenset(closed)


def about(
    connection: Connection,
    location_ids: Iterable[str],
    watchlists: Collection[str] | None = None,
    hidden: Collection[str] = (),
) -> dict[str, dict[str, OwnFacts]]:
    """Returns the facts about services, without the facts of hidden watchlists. Called within a transaction."""
    found: dict[str, dict[str, OwnFacts]] = {}
    for part in in_parts(sorted(set(location_ids))):
        query = select(_own.c.watchlist, *FACTS).where(_own.c.location_id.in_(part))
        query = query.where(_own.c.watchlist.not_in(sorted(hidden))) if hidden else query
        if watchlists is not None:
            query = query.where(_own.c.watchlist.in_(sorted(watchlists)))
        for row in connection.execute(query.order_by(_own.c.watchlist)).mappings():
            found.setdefault(row["location_id"], {})[row["watchlist"]] = made(row)
    return found


def routed(connection: Connection, events: Sequence[Event], subscriptions: Sequence[Subscription]) -> tuple[Notice, ...]:
    """Returns the notices about the events for the subscriptions. For a subscription that leaves out services where nobody is
    placed, the facts decide whether the subscription gets a notice. But if the subscription's address may not read the facts, the
    subscription gets notices about all services, so that a missing notice does not reveal a fact."""
    lists = {one.watchlist for one in subscriptions if one.only_placed}
    if not lists or not events:
        return route(events, subscriptions)
    closed = _readers(connection, lists)
    held = [
        replace(one, only_placed=False) if key_of(one.address) not in closed.get(one.watchlist, {key_of(one.address)}) else one
        for one in subscriptions
    ]
    return route(events, held, about(connection, (event.location_id for event in events), lists))


def made(row: RowMapping) -> OwnFacts:
    """Makes own facts from a row."""
    values: dict[str, Any] = {column.name: row[column.name] for column in FACTS}
    return OwnFacts(**values)
