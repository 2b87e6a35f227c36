"""Stores the views of watchlists that people saved under a name, and the columns that each person chose. A view is a query
string that the web pages understand; it contains no services."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Select, delete, exists, func, insert, select, update

from monitor.errors import UsageError
from monitor.store.audit import note
from monitor.store.database import in_turn, insertion, reading, writing
from monitor.store.people import Person, Role
from monitor.store.tables import ColumnChoiceRow, PersonRow, SavedViewRow, WatchlistRow, table

_view, _choice = table(SavedViewRow), table(ColumnChoiceRow)
_person, _watchlist = table(PersonRow), table(WatchlistRow)

MOST = 100
"""How many views may be saved for one watchlist, at most."""

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A saved view. `owner` is the number of the person who may rename and delete the view, and `owner_email` is that person's
    address. `owner` and `owner_email` are None if the person can no longer sign in."""

    id: int
    watchlist: str
    name: str
    owner: int | None
    owner_email: str | None
    query: str

    def may_be_changed_by(self, person: Person) -> bool:
        """Whether a person may rename and delete the view. The view's owner and all operators may do this."""
        return self.owner == person.id or person.role.may(Role.OPERATOR)


class SavedViews:
    """The part of the store for saved views. Each method is one transaction; all raise StoreError.

    If somebody has deleted a view meanwhile, the methods that rename or delete the view return False.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, watchlist: str) -> list[SavedView]:
        """Returns the views of a watchlist, sorted by name."""
        query = _views().where(_view.c.watchlist == watchlist).order_by(func.lower(_view.c.name), _view.c.name)
        with reading(self._engine) as connection:
            return [SavedView(**row) for row in connection.execute(query).mappings()]

    def find(self, id: int) -> SavedView | None:
        """Returns the view with this number, or None."""
        with reading(self._engine) as connection:
            row = connection.execute(_views().where(_view.c.id == id)).mappings().first()
        return SavedView(**row) if row else None

    def save(self, watchlist: str, name: str, query: str, person: int, now: datetime) -> int | None:
        """Saves a view, and returns its number, or None if the watchlist no longer exists. Raises UsageError if the name is
        taken, or if there are too many views."""
        with writing(self._engine) as connection:
            in_turn(connection)
            if not connection.execute(select(exists().where(_watchlist.c.name == watchlist))).scalar():
                return None
            names = connection.execute(select(_view.c.name).where(_view.c.watchlist == watchlist)).scalars().all()
            _check_free(name, names)
            if len(names) >= MOST:
                raise UsageError(f"This watchlist has {MOST} views: delete a view that is no longer used")
            values = {"watchlist": watchlist, "name": name, "owner": person, "query": query, "created_at": now}
            id = connection.execute(insert(_view).values(**values).returning(_view.c.id)).scalar_one()
            note(connection, person, "saved view", f"{watchlist}: {name}", now)
            return int(id)

    def rename(self, view: SavedView, name: str, person: int, now: datetime) -> bool:
        """Gives a view another name. Raises UsageError if the name is taken."""
        with writing(self._engine) as connection:
            in_turn(connection)
            others = select(_view.c.name).where(_view.c.watchlist == view.watchlist, _view.c.id != view.id)
            _check_free(name, connection.execute(others).scalars().all())
            found = connection.execute(update(_view).where(_view.c.id == view.id).values(name=name)).rowcount > 0
            if found:
                note(connection, person, "renamed view", f"{view.watchlist}: {view.name}, now {name}", now)
            return found

    def delete(self, view: SavedView, person: int, now: datetime) -> bool:
        """Deletes a view."""
        with writing(self._engine) as connection:
            found = connection.execute(delete(_view).where(_view.c.id == view.id)).rowcount > 0
            if found:
                note(connection, person, "deleted view", f"{view.watchlist}: {view.name}", now)
            return found

    def columns(self, person: int) -> list[str] | None:
        """Returns the columns that a person chose, or None if the person has not chosen any."""
        with reading(self._engine) as connection:
            kept = connection.execute(select(_choice.c.columns).where(_choice.c.person == person)).scalar()
        return None if kept is None else kept.split(",")

    def choose_columns(self, person: int, columns: Sequence[str] | None) -> None:
        """Stores a person's choice of columns. None restores the default columns."""
        with writing(self._engine) as connection:
            if columns is None:
                connection.execute(delete(_choice).where(_choice.c.person == person))
                return
            values = {"columns": ",".join(columns)}
            chosen = insertion(connection, _choice).values(person=person, **values)
            connection.execute(chosen.on_conflict_do_update(index_elements=["person"], set_=values))


def _views() -> Select[Any]:
    keeps = (_person.c.id == _view.c.owner) & _person.c.ended_at.is_(None)
    columns = (*_view.c["id", "watchlist", "name", "query"], _person.c.id.label("owner"), _person.c.email.label("owner_email"))
    return select(*columns).outerjoin(_person, keeps)


def _check_free(name: str, names: Sequence[str]) -> None:
    if name.casefold() in {one.casefold() for one in names}:
        raise UsageError("This watchlist already has a view with this name")
