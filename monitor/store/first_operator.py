"""Creates the first operator. At its start, the program prints a one-time code. While there is no operator, anybody who has this
code can become the operator.

A code is stored as a sign-in link without an address. A wrong attempt is stored as a link that was never valid. Because the
attempts are stored, the limit on attempts applies across restarts and to several processes together.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Engine, delete, exists, func, insert, select, update

from monitor.store.audit import note
from monitor.store.database import in_turn, reading, writing
from monitor.store.people import WINDOW, Entered, Role, begin_session, let_in, new_token, token_hash
from monitor.store.tables import PersonRow, SignInLinkRow, table

_person, _link = table(PersonRow), table(SignInLinkRow)

VALID = timedelta(days=7)
"""How long a code is valid. A restart prints a new code."""

MOST_WRONG = 10
"""How many wrong codes one client may enter within WINDOW."""

_MOST_CODES = 20
"""How many earlier codes stay valid, at most."""

_NOBODY = ""
"""Codes and wrong attempts have this text in place of an address."""

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""The characters of a code: capital letters and digits, without characters that look alike (0 and O, 1 and I)."""

_LENGTH, _GROUP = 12, 4


class Refused(StrEnum):
    """Why somebody did not become the first operator."""

    TAKEN = "there is an operator already"
    WRONG = "the code is wrong or no longer valid"
    TOO_MANY = "too many wrong codes"


class FirstOperator:
    """The part of the store for the first operator. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def is_wanted(self) -> bool:
        """Whether there is no operator yet, so that nobody can invite people."""
        with reading(self._engine) as connection:
            return not _has_operator(connection)

    def new_code(self, now: datetime) -> str | None:
        """Returns a new code, in groups of four characters, or None if there is an operator. Earlier codes stay valid, because
        several processes may each print a code."""
        with writing(self._engine) as connection:
            if _has_operator(connection):
                return None
            self._remove_old(connection)
            code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
            _add(connection, _hash(code), None, now, now + VALID)
        return "-".join(code[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))

    def _remove_old(self, connection: Connection) -> None:
        """Deletes all but the newest codes, since each start of the program makes a new code."""
        codes = (_link.c.email == _NOBODY) & _link.c.client.is_(None)
        newest = select(_link.c.token_hash).where(codes).order_by(_link.c.created_at.desc()).limit(_MOST_CODES)
        kept = list(connection.execute(newest).scalars())
        connection.execute(delete(_link).where(codes, _link.c.token_hash.not_in(kept)))

    def enter(
        self, code: str, email: str, *, client: str, browser: str, now: datetime, length: timedelta
    ) -> Entered | Refused:
        """If the code is valid, makes the person with this address the first operator, and signs them in. A code works once.

        client  a keyed hash of the origin of the attempt
        length  how long the session lasts (SESSION_LENGTH)
        """
        with writing(self._engine) as connection:
            in_turn(connection)
            if _has_operator(connection):
                return Refused.TAKEN
            wrong = (_link.c.email == _NOBODY) & (_link.c.client == client) & (_link.c.created_at > now - WINDOW)
            if connection.execute(select(func.count()).select_from(_link).where(wrong)).scalar_one() >= MOST_WRONG:
                return Refused.TOO_MANY
            codes = (_link.c.email == _NOBODY) & _link.c.client.is_(None) & _link.c.used_at.is_(None)
            good = codes & (_link.c.token_hash == _hash(code)) & (_link.c.expires_at > now)
            if not connection.execute(update(_link).where(good).values(used_at=now)).rowcount:
                _add(connection, token_hash(new_token()), client, now, now)
                return Refused.WRONG
            connection.execute(update(_link).where(codes).values(used_at=now))
            person = let_in(connection, email, Role.OPERATOR, None, now)
            note(connection, person.id, "became the first operator with the code of the terminal, in", browser, now)
            session = begin_session(connection, person, browser=browser, until=now + length, now=now)
            return Entered(token=session, person=person, next=None)


def _has_operator(connection: Connection) -> bool:
    is_one = (_person.c.role == str(Role.OPERATOR)) & _person.c.ended_at.is_(None)
    return bool(connection.execute(select(exists().where(is_one))).scalar_one())


def _hash(code: str) -> str:
    """Returns the stored form of a code. Hyphens, and upper or lower case, make no difference. The result can't equal the stored
    form of a sign-in link, because links are hashed in another way."""
    typed = "".join(one for one in code.upper() if one.isalnum())
    return hashlib.blake2b(typed.encode(), digest_size=32, person=b"first operator").hexdigest()


def _add(connection: Connection, hashed: str, client: str | None, now: datetime, until: datetime) -> None:
    values = {"email": _NOBODY, "client": client, "created_at": now, "expires_at": until}
    connection.execute(insert(_link).values(token_hash=hashed, **values))
