"""Stores councils' own templates for letters."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, exists, select

from monitor.store.audit import note
from monitor.store.database import in_turn, insertion, reading, writing
from monitor.store.tables import LetterTemplateRow, PersonRow, WatchlistRow, table

_template, _person, _watchlist = table(LetterTemplateRow), table(PersonRow), table(WatchlistRow)

FOR_ALL = ""
"""This text stands for all watchlists that have no separate template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template (DOCX), when it was uploaded, and who uploaded it (None if that person is no longer stored)."""

    body: bytes
    uploaded_at: datetime
    uploaded_by: str | None


class Letters:
    """The part of the store for templates of letters. Each method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def template(self, watchlist: str) -> Template | None:
        """Returns a watchlist's own template, or None if the watchlist has no own template."""
        query = select(_template, _person.c.email).outerjoin(_person, _person.c.id == _template.c.uploaded_by)
        with reading(self._engine) as connection:
            row = connection.execute(query.where(_template.c.watchlist == watchlist)).first()
        return Template(body=row.body, uploaded_at=row.uploaded_at, uploaded_by=row.email) if row else None

    def keep(self, watchlist: str, body: bytes | None, person: int, now: datetime) -> bool:
        """Replaces a watchlist's own template, or removes it if `body` is None. Returns False if no watchlist has this name."""
        with writing(self._engine) as connection:
            in_turn(connection)
            there = select(exists().where(_watchlist.c.name == watchlist))
            if watchlist != FOR_ALL and not connection.execute(there).scalar():
                return False
            if body is None:
                connection.execute(delete(_template).where(_template.c.watchlist == watchlist))
            else:
                values = {"body": body, "uploaded_at": now, "uploaded_by": person}
                new = insertion(connection, _template).values(watchlist=watchlist, **values)
                connection.execute(new.on_conflict_do_update(index_elements=["watchlist"], set_=values))
            did = "removed the template of letters" if body is None else "uploaded a template of letters"
            note(connection, person, did, watchlist or "for all watchlists", now)
        return True
