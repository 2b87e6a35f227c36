"""Stores the audit, which records who did what. Entries are added, but never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, insert, select

from monitor.store.database import reading, writing
from monitor.store.tables import AuditRow, PersonRow, table

_audit, _person = table(AuditRow), table(PersonRow)

COMMAND_LINE = "the command line"
"""The name that is shown if nobody was signed in."""

_MOST_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An entry of the audit.

    email  who did it; None if somebody did it at the command line
    what   the action as the audit page shows it ("invited", "removed from watchlist")
    about  the person or thing that the action changed; never a secret
    """

    at: datetime
    email: str | None
    what: str
    about: str


def note(connection: Connection, person: int | None, what: str, about: str, now: datetime) -> None:
    """Adds an entry within the caller's transaction, so that the database never contains an action without its entry."""
    connection.execute(insert(_audit).values(at=now, person=person, what=what, about=about[:500]))


def few(location_ids: Sequence[str]) -> str:
    """Returns the ids of services as an entry lists them: the first ten ids, and how many more there are."""
    named = ", ".join(location_ids[:10])
    return named if len(location_ids) <= 10 else f"{named} and {len(location_ids) - 10} more"


class Audit:
    """The part of the store for the audit. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, person: int | None, what: str, about: str, now: datetime) -> None:
        """Adds an entry in a separate transaction, for an action that changes nothing else in the database."""
        with writing(self._engine) as connection:
            note(connection, person, what, about, now)

    def count(self, search: str = "") -> int:
        """Returns how many entries contain all the words of `search`, in upper or lower case. The fields `email`, `what` and
        `about` are searched."""
        with reading(self._engine) as connection:
            return int(connection.execute(_holding(search, select(func.count()))).scalar_one())

    def newest(self, limit: int, offset: int = 0, search: str = "") -> list[Deed]:
        """Returns one page of the entries that contain all the words of `search`, newest first."""
        columns = select(_audit.c.at, _person.c.email, _audit.c.what, _audit.c.about)
        query = _holding(search, columns).order_by(_audit.c.position.desc())
        with reading(self._engine) as connection:
            rows = connection.execute(query.limit(limit).offset(offset))
            return [Deed(at=at, email=email, what=what, about=about) for at, email, what, about in rows]


def _holding(search: str, query: Select[Any]) -> Select[Any]:
    text = func.lower(func.coalesce(_person.c.email, COMMAND_LINE) + " " + _audit.c.what + " " + _audit.c.about)
    chosen = query.select_from(_audit.outerjoin(_person, _person.c.id == _audit.c.person))
    for word in search.replace("\0", " ").lower().split()[:_MOST_WORDS]:
        chosen = chosen.where(text.contains(word, autoescape=True))
    return chosen
