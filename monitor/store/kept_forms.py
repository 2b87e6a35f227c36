"""Stores forms that were submitted after the session had ended. A form is stored encrypted, for a day, for the person who filled
it in."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, insert, select

from monitor.store.case_records import MAY_SIGN_IN
from monitor.store.database import reading, writing
from monitor.store.people import KEPT_FORM, token_hash
from monitor.store.tables import KeptFormRow, PersonRow, SessionRow, table
from monitor.store.vault import Vault

_kept, _session, _person = table(KeptFormRow), table(SessionRow), table(PersonRow)

MOST = 10
"""How many forms are kept for one person. If there are more forms, the oldest forms are deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptForm:
    """A form as it was submitted.

    path      the path that the form was submitted to
    fields    the names and values of the form's fields, in their order; a name may occur several times
    had_file  whether a file was submitted with the form; the file is not kept
    """

    path: str
    fields: tuple[tuple[str, str], ...]
    had_file: bool = False


class KeptForms:
    """The part of the store for kept forms. Raises StoreError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def keep(self, session: str, form: KeptForm, now: datetime) -> str | None:
        """Stores a form for the person whose session has ended, and returns the form's id. The session's token identifies the
        person. Returns None if the token belongs to no session, or if the person may no longer sign in."""
        text = json.dumps({"path": form.path, "fields": form.fields, "had_file": form.had_file})
        whose = (
            select(_session.c.person)
            .join(_person, _person.c.id == _session.c.person)
            .where(_session.c.token_hash == token_hash(session), MAY_SIGN_IN)
        )
        with writing(self._engine) as connection:
            connection.execute(delete(_kept).where(_kept.c.created_at < now - KEPT_FORM))
            person = connection.execute(whose).scalar()
            if person is None:
                return None
            theirs = select(_kept.c.id).where(_kept.c.person == person).order_by(_kept.c.created_at.desc(), _kept.c.id)
            surplus = connection.execute(theirs.offset(MOST - 1)).scalars().all()
            connection.execute(delete(_kept).where(_kept.c.id.in_(surplus)))
            id = secrets.token_urlsafe(16)
            connection.execute(insert(_kept).values(id=id, person=person, content=self._vault.encrypt(text), created_at=now))
            return id

    def read(self, id: str, person: int, now: datetime) -> KeptForm | None:
        """Returns the form with this id. Returns None if the form belongs to another person, or is no longer stored."""
        chosen = (_kept.c.id == id) & (_kept.c.person == person) & (_kept.c.created_at >= now - KEPT_FORM)
        with reading(self._engine) as connection:
            encrypted = connection.execute(select(_kept.c.content).where(chosen)).scalar()
        if encrypted is None:
            return None
        held = json.loads(self._vault.decrypt(encrypted))
        return KeptForm(path=held["path"], fields=_pairs(held["fields"]), had_file=held["had_file"])


def _pairs(fields: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in fields)
