"""Stores API keys, with which people's own programs read this monitor's API. A key is shown once; only its SHA-256 is stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, RowMapping, Select, insert, select, update

from monitor.errors import StoreError, UsageError
from monitor.store.audit import note
from monitor.store.database import reading, writing
from monitor.store.people import Person, Role, new_token, token_hash
from monitor.store.tables import ApiKeyRow, PersonRow, table

_key, _person = table(ApiKeyRow), table(PersonRow)

MARK = "cqcm_"
"""The beginning of every key, by which a leaked key can be recognised."""

MOST = 20
"""How many keys a person may have at once."""

LONGEST_NAME = 60

_NOTED = timedelta(minutes=1)
"""How often the use of a key is recorded, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key as lists show it, with its name and its last four characters. `last_used_at` is None if the key was never used."""

    id: int
    person: int
    email: str
    name: str
    last_four: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyHolder:
    """The person whose program uses a key, and the number of the key."""

    person: Person
    key: int


class Keys:
    """The part of the store for API keys. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def make(self, person: Person, name: str, now: datetime) -> str:
        """Creates a key for a person, and returns it so that it can be shown once. Raises UsageError if the person has too many
        keys."""
        key = MARK + new_token()
        with writing(self._engine) as connection:
            mine = select(_key.c.id).where(_key.c.person == person.id, _key.c.revoked_at.is_(None))
            if len(connection.execute(mine).all()) >= MOST:
                raise UsageError(f"You have {MOST} keys: end a key that is no longer used")
            connection.execute(
                insert(_key).values(person=person.id, name=name, key_hash=token_hash(key), last_four=key[-4:], created_at=now)
            )
            note(connection, person.id, "made API key", f"{name} (…{key[-4:]})", now)
        return key

    def all(self, person_id: int | None = None) -> list[ApiKey]:
        """Returns a person's usable keys (everybody's, if `person_id` is None), newest first."""
        query = _usable().order_by(_key.c.created_at.desc(), _key.c.id.desc())
        if person_id is not None:
            query = query.where(_key.c.person == person_id)
        with reading(self._engine) as connection:
            return [_as_key(row) for row in connection.execute(query).mappings()]

    def revoke(self, key_id: int, by: Person, now: datetime) -> ApiKey | None:
        """Ends a key. A person can end their own keys, and an operator can end anybody's keys. Returns the key, or None if
        there is no key that this person can end."""
        query = _usable().where(_key.c.id == key_id)
        if by.role is not Role.OPERATOR:
            query = query.where(_key.c.person == by.id)
        with writing(self._engine) as connection:
            row = connection.execute(query).mappings().first()
            if row is None:
                return None
            key = _as_key(row)
            connection.execute(update(_key).where(_key.c.id == key_id).values(revoked_at=now))
            whose = "" if key.person == by.id else f" of {key.email}"
            note(connection, by.id, "ended API key", f"{key.name} (…{key.last_four}){whose}", now)
            return key

    def holder(self, token: str, now: datetime) -> KeyHolder | None:
        """Returns the holder of this key. Returns None if the key is unknown or was ended, or if the person's access has ended.
        The use of the key is recorded if possible."""
        with reading(self._engine) as connection:
            row = connection.execute(_usable().where(_key.c.key_hash == token_hash(token))).mappings().first()
        if row is None:
            return None
        if row["last_used_at"] is None or abs(now - row["last_used_at"]) >= _NOTED:
            self._note_use(row["id"], now)
        person = Person(
            id=row["person"],
            email=row["email"],
            role=Role(row["role"]),
            invited_by=row["invited_by"],
            created_at=row["since"],
            ended_at=None,
        )
        return KeyHolder(person=person, key=row["id"])

    def _note_use(self, key_id: int, now: datetime) -> None:
        try:
            with writing(self._engine) as connection:
                connection.execute(update(_key).where(_key.c.id == key_id).values(last_used_at=now))
        except StoreError:
            return  # the use can't be recorded if the disk is full or another writer is slow, but the program may still read


def _usable() -> Select[Any]:
    columns = (*_key.c, *_person.c["email", "role", "invited_by"], _person.c.created_at.label("since"))
    joined = _key.join(_person, _person.c.id == _key.c.person)
    return select(*columns).select_from(joined).where(_key.c.revoked_at.is_(None), _person.c.ended_at.is_(None))


def _as_key(row: RowMapping) -> ApiKey:
    return ApiKey(
        id=row["id"],
        person=row["person"],
        email=row["email"],
        name=row["name"],
        last_four=row["last_four"],
        created_at=row["created_at"],
        last_used_at=row["last_used_at"],
    )
