"""Creates, changes, fills and deletes watchlists, and records each change in the audit."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, RowMapping, Select, case, delete, exists, func, select, update

from monitor.errors import UsageError
from monitor.judgement import Receivers
from monitor.model import IN_MEASURES, Subscription
from monitor.ratings import Rating
from monitor.store.alerted import receivers
from monitor.store.audit import few, note
from monitor.store.database import in_turn, reading, writing
from monitor.store.overview import IS_READ
from monitor.store.services import keep_watchlist, put_on, take_off
from monitor.store.subscriptions import end
from monitor.store.tables import OverviewRow, PersonRow, ServiceRow, SubscriptionRow, WatchlistRow, WatchRow, metadata, table
from monitor.store.vault import Vault
from monitor.store.watched import is_unseen

_watchlist, _watch, _service = table(WatchlistRow), table(WatchRow), table(ServiceRow)
_overview, _person, _subscription = table(OverviewRow), table(PersonRow), table(SubscriptionRow)

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchlist:
    """A watchlist. `owner` is the number of the person who owns the watchlist, and `owner_email` is that person's address.
    `owner` and `owner_email` are None if the watchlist was created on the command line, or if the owner can no longer sign in.
    `second_address` gets severe events that nobody acknowledges; it is None if no second address is set."""

    name: str
    owner: int | None
    owner_email: str | None
    second_address: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A watchlist as it is shown in a list of watchlists.

    services    how many services are on the watchlist
    inadequate  how many of the services are inadequate overall. For a service that was not read yet, the rating in CQC's newest
                file is used
    filed       how many of the inadequate services were not read yet, so that only CQC's file says that they are inadequate.
                `file_date` is the date of the newest file that was used for services not read yet; None if no file was used
    in_measures  how many of the services are in special measures according to their pages
    read        how many services were ever read, at least in part
    unseen      how many services are not up to date, although they were checked or should have been checked
    receivers   who is alerted about the watchlist now
    """

    name: str
    owner_email: str | None
    services: int
    inadequate: int
    filed: int
    file_date: date | None
    in_measures: int
    read: int
    unseen: int
    receivers: Receivers


def name_of(text: str) -> str:
    """Returns the name of a watchlist as it is stored, with single spaces. Raises UsageError if the name is not valid."""
    name = " ".join(text.split())
    if not name or not name.isprintable() or len(name) > LONGEST_NAME:
        raise UsageError(f"{text[:40]!r} can't be the name of a watchlist: use up to {LONGEST_NAME} printable characters")
    return name


class Watchlists:
    """The part of the store for watchlists. `person` is the number of the person who makes a change. Raises StoreError.

    If somebody else has deleted or renamed a watchlist meanwhile, the methods that change the watchlist return None and do not
    create the watchlist again.
    """

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def find(self, name: str) -> Watchlist | None:
        """Returns the watchlist with this name, or None."""
        with reading(self._engine) as connection:
            row = connection.execute(_one(name)).mappings().first()
        return self._made(row) if row else None

    def _made(self, row: RowMapping) -> Watchlist:
        second = row["second_address"]
        return Watchlist(
            name=row["name"],
            owner=row["owner"] if row["email"] else None,
            owner_email=row["email"],
            second_address=self._vault.decrypt(second) if second else None,
            created_at=row["created_at"],
        )

    def summaries(self, stale_before: datetime, now: datetime, *, mail: bool) -> list[Summary]:
        """Returns the summaries of all watchlists, sorted by name. `mail` says whether email is set up."""
        inadequate = _overview.c.overall == Rating.INADEQUATE
        counted = (
            select(
                _watch.c.watchlist.label("name"),
                func.count().label("services"),
                func.sum(case((inadequate, 1), else_=0)).label("inadequate"),
                func.sum(case((inadequate & ~IS_READ, 1), else_=0)).label("filed"),
                func.max(_overview.c.file_date).label("file_date"),
                func.sum(case((_overview.c.measures.in_(list(IN_MEASURES)), 1), else_=0)).label("in_measures"),
                func.sum(case((IS_READ, 1), else_=0)).label("read"),
                func.sum(case((is_unseen(stale_before), 1), else_=0)).label("unseen"),
            )
            .join(_service, _service.c.location_id == _watch.c.location_id)
            .outerjoin(_overview, _overview.c.location_id == _watch.c.location_id)
            .group_by(_watch.c.watchlist)
            .subquery()
        )
        columns = ("services", "inadequate", "filed", "in_measures", "read", "unseen")
        counts = [func.coalesce(counted.c[column], 0).label(column) for column in columns]
        query = (
            select(_watchlist.c.name, _person.c.email.label("owner_email"), counted.c.file_date, *counts)
            .outerjoin(counted, counted.c.name == _watchlist.c.name)
            .outerjoin(_person, _keeps)
            .order_by(func.lower(_watchlist.c.name), _watchlist.c.name)
        )
        with reading(self._engine) as connection:
            known = receivers(connection, now, mail=mail)
            rows = connection.execute(query).mappings()
            return [Summary(receivers=known.get(row["name"], Receivers()), **row) for row in rows]

    def receivers(self, names: Collection[str], now: datetime, *, mail: bool) -> dict[str, Receivers]:
        """Returns who is alerted now about each of these watchlists. `mail` says whether email is set up."""
        with reading(self._engine) as connection:
            known = receivers(connection, now, mail=mail, watchlists=names)
        return {name: known.get(name, Receivers()) for name in names}

    def of_service(self, location_id: str) -> list[str]:
        """Returns the names of the watchlists that a service is on."""
        query = select(_watch.c.watchlist).where(_watch.c.location_id == location_id).order_by(_watch.c.watchlist)
        with reading(self._engine) as connection:
            return list(connection.execute(query).scalars())

    def profiles(self, location_id: str) -> tuple[list[str], list[str]]:
        """Returns the earlier profiles of a service, and its later profiles."""
        former = select(_watch.c.followed_from).distinct().where(_watch.c.location_id == location_id)
        later = select(_watch.c.location_id).distinct().where(_watch.c.followed_from == location_id)
        with reading(self._engine) as connection:
            known = connection.execute(former.where(_watch.c.followed_from.is_not(None))).scalars().all()
            return sorted(known), sorted(connection.execute(later).scalars())

    def there(self, name: str, location_ids: Sequence[str]) -> set[str]:
        """Returns those of the given services that are on a watchlist."""
        query = select(_watch.c.location_id).where(_watch.c.watchlist == name)
        with reading(self._engine) as connection:
            return set(connection.execute(query).scalars()) & set(location_ids)

    def holding(self, location_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Returns for each of these services the watchlists that the service is on, sorted by name. Services on no watchlist are
        left out."""
        chosen = _watch.c.location_id.in_(list(location_ids))
        query = select(_watch.c.location_id, _watch.c.watchlist).where(chosen).order_by(_watch.c.watchlist)
        found: dict[str, tuple[str, ...]] = {}
        with reading(self._engine) as connection:
            for location_id, name in connection.execute(query):
                found[location_id] = (*found.get(location_id, ()), name)
        return found

    def services(self, name: str) -> tuple[str, ...]:
        """Returns the ids of the services on a watchlist."""
        query = select(_watch.c.location_id).where(_watch.c.watchlist == name).order_by(_watch.c.location_id)
        with reading(self._engine) as connection:
            return tuple(connection.execute(query).scalars())

    def make(self, name: str, person: int, now: datetime) -> bool:
        """Creates an empty watchlist. The person who creates the watchlist owns it. Returns False if the name is taken."""
        with writing(self._engine) as connection:
            in_turn(connection)
            new = keep_watchlist(connection, name, now, person)
            if new:
                note(connection, person, "made watchlist", name, now)
            return new

    def add(self, name: str, location_ids: Sequence[str], person: int, now: datetime) -> list[str] | None:
        """Puts all given services on a watchlist, or none. Returns the services that were not on the watchlist before. These
        services are due for a check at once."""
        with writing(self._engine) as connection:
            in_turn(connection)
            if not _is_there(connection, name):
                return None
            added = put_on(connection, name, location_ids, now)
            if added:
                note(connection, person, "added to watchlist", f"{name}: {few(added)}", now)
            return added

    def remove(self, name: str, location_ids: Sequence[str], person: int, now: datetime) -> list[str] | None:
        """Takes services off a watchlist, and returns the services that were on the watchlist. The services' history is not
        deleted."""
        with writing(self._engine) as connection:
            in_turn(connection)
            if not _is_there(connection, name):
                return None
            removed = take_off(connection, name, location_ids)
            if removed:
                note(connection, person, "removed from watchlist", f"{name}: {few(removed)}", now)
            return removed

    def change(
        self, name: str, *, new_name: str, owner: int | None, second_address: str | None, person: int, now: datetime
    ) -> Watchlist | None:
        """Gives a watchlist another name, owner or second address, and returns the changed watchlist. Raises UsageError if the
        new name is taken."""
        with writing(self._engine) as connection:
            in_turn(connection)
            row = connection.execute(_one(name)).mappings().first()
            if row is None:
                return None
            before = self._made(row)
            if new_name != name:
                _rename(connection, name, new_name)
                note(connection, person, "renamed watchlist", f"{name}: now {new_name}", now)
            if owner != before.owner:
                connection.execute(update(_watchlist).where(_watchlist.c.name == new_name).values(owner=owner))
                email = connection.execute(select(_person.c.email).where(_person.c.id == owner)).scalar()
                note(connection, person, "gave watchlist to", f"{new_name}: {email or 'nobody'}", now)
            if second_address != before.second_address:
                encrypted = self._vault.encrypt(second_address) if second_address else None
                connection.execute(update(_watchlist).where(_watchlist.c.name == new_name).values(second_address=encrypted))
                note(connection, person, "changed second address of watchlist", new_name, now)
            return self._made(connection.execute(_one(new_name)).mappings().one())

    def delete(self, name: str, person: int, now: datetime, operator: str | None) -> list[Subscription] | None:
        """Deletes a watchlist with its subscriptions and their waiting notices, and returns the ended subscriptions. The history
        of the watchlist's services is not deleted. The services are still checked if they are on another watchlist."""
        with writing(self._engine) as connection:
            in_turn(connection)
            if not _is_there(connection, name):
                return None
            mine = select(_subscription.c.id).where(_subscription.c.watchlist == name).order_by(_subscription.c.id)
            ids = list(connection.execute(mine).scalars())
            connection.execute(delete(_watch).where(_watch.c.watchlist == name))
            ended = [one for one in (end(connection, self._vault, one, now, operator) for one in ids) if one]
            for one in metadata().sorted_tables:
                if "watchlist" in one.columns:
                    connection.execute(delete(one).where(one.c.watchlist == name))
            connection.execute(delete(_watchlist).where(_watchlist.c.name == name))
            note(connection, person, "deleted watchlist", f"{name}; subscriptions ended: {len(ended)}", now)
            return ended


_keeps = (_person.c.id == _watchlist.c.owner) & _person.c.ended_at.is_(None)


def _one(name: str) -> Select[tuple[object, ...]]:
    return select(_watchlist, _person.c.email).outerjoin(_person, _keeps).where(_watchlist.c.name == name)


def _is_there(connection: Connection, name: str) -> bool:
    """Whether a watchlist exists. (It cannot be deleted before the transaction ends, because callers have called `in_turn`.)"""
    return connection.execute(select(exists().where(_watchlist.c.name == name))).scalar_one()


def _rename(connection: Connection, name: str, new_name: str) -> None:
    if connection.execute(select(exists().where(_watchlist.c.name == new_name))).scalar():
        raise UsageError(f"There is already a watchlist with the name {new_name!r}")
    for one in metadata().sorted_tables:
        if "watchlist" in one.columns:
            connection.execute(update(one).where(one.c.watchlist == name).values(watchlist=new_name))
    connection.execute(update(_watchlist).where(_watchlist.c.name == name).values(name=new_name))
