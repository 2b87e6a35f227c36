"""Stores the secrets for signing messages to webhooks. Each address has its own random secret, which is stored encrypted. The
receiver uses the secret to verify the signatures.

If an address was added before secrets were random, its secret is derived from SECRET_KEY. The receiver knows this secret, so the
secret stays valid until somebody renews it. For a while after a renewal, messages are signed with the old and the new secret, so
that receivers refuse no message.
"""

import base64
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, delete, exists, insert, select, update

from monitor.addresses import shown
from monitor.errors import UsageError
from monitor.mailbox import key_of
from monitor.store.audit import note
from monitor.store.database import add_once, in_turn, reading, writing
from monitor.store.tables import MessageRow, SubscriptionRow, WebhookSecretRow, table
from monitor.store.vault import Vault

_secret, _subscription, _message = table(WebhookSecretRow), table(SubscriptionRow), table(MessageRow)

OVERLAP = timedelta(days=7)
"""How long after a renewal messages are signed with the earlier secret too."""

MOST_AT_ONCE = 5
"""With how many secrets a message is signed, at most. The limit keeps the header with the signatures small."""


class WebhookSecrets:
    """The part of the store for webhook secrets. Every method is one transaction; all raise StoreError. Callers must check
    permissions.

    All addresses must be addresses of webhooks, in canonical form (see `channels.parse_address`).
    """

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def signing(self, address: str, now: datetime) -> tuple[str, ...]:
        """Returns the secrets with which a message is signed now, newest first. An address that was never subscribed (for example
        a watchlist's second address, or OPERATOR) gets the secret that is derived from SECRET_KEY, since its receiver may know
        this secret from the time before secrets were random."""
        with reading(self._engine) as connection:
            found = self._valid(connection, address, now)
        if not found:
            with writing(self._engine) as connection:
                add_once(connection, _secret, address_key=key_of(address), made_at=now)
                found = self._valid(connection, address, now)
        return tuple(self._opened(row, address) for row in found)

    def may_see(self, address: str, person: int) -> bool:
        """Whether `show_once` would return the secret of an address to this person."""
        with reading(self._engine) as connection:
            return connection.execute(select(_secret.c.id).where(_is_unseen(address, person))).first() is not None

    def show_once(self, address: str, person: int, now: datetime) -> str | None:
        """Returns the present secret to the person who added the address, once. Afterwards, this person gets None. Other people
        always get None."""
        with writing(self._engine) as connection:
            row = connection.execute(select(_secret).where(_is_unseen(address, person))).mappings().first()
            if row is None:
                return None
            seen = update(_secret).where(_secret.c.id == row["id"], _secret.c.shown_at.is_(None)).values(shown_at=now)
            if not connection.execute(seen).rowcount:
                return None
            note(connection, person, "was shown the signing secret of", shown(address), now)
            return self._opened(row, address)

    def show(self, address: str, now: datetime) -> str:
        """Returns the present secret to somebody on the command line. If the address has no secret yet, makes a secret first."""
        with writing(self._engine) as connection:
            make(connection, self._vault, address, None, now)
            row = connection.execute(select(_secret).where(_is_current(address))).mappings().one()
            if row["made_by"] is None:  # a person who added the address may still see the secret once
                connection.execute(update(_secret).where(_secret.c.id == row["id"]).values(shown_at=now))
            note(connection, None, "was shown the signing secret of", shown(address), now)
            return self._opened(row, address)

    def renew(self, address: str, by: int | None, now: datetime) -> str:
        """Makes a new secret for an address, and returns the new secret, so that the caller can show it to the person who asked
        for it. `by` is this person, or None for the command line. For the period OVERLAP, messages are signed with the earlier
        secret too.

        Raises UsageError if there were too many renewals within that period.
        """
        with writing(self._engine) as connection:
            in_turn(connection)
            if len(self._valid(connection, address, now)) >= MOST_AT_ONCE:
                often = f"{MOST_AT_ONCE - 1} times within {OVERLAP.days} days"
                raise UsageError(f"this secret was renewed {often}: use the newest secret")
            make(connection, self._vault, address, by, now)
            connection.execute(update(_secret).where(_is_current(address)).values(ends_at=now + OVERLAP))
            fresh = _fresh()
            values = {"secret": self._vault.encrypt(fresh), "made_at": now, "made_by": by, "shown_at": now}
            connection.execute(insert(_secret).values(address_key=key_of(address), **values))
            note(connection, by, "renewed the signing secret of", shown(address), now)
            return fresh

    def _valid(self, connection: Connection, address: str, now: datetime) -> list[RowMapping]:
        valid = _secret.c.ends_at.is_(None) | (_secret.c.ends_at > now)
        query = select(_secret).where(_secret.c.address_key == key_of(address), valid).order_by(_secret.c.id.desc())
        return list(connection.execute(query).mappings())

    def _opened(self, row: RowMapping, address: str) -> str:
        return self._vault.decrypt(row["secret"]) if row["secret"] else self._vault.derived_secret(address)


def make(connection: Connection, vault: Vault, address: str, by: int | None, now: datetime) -> bool:
    """Makes a secret for an address, within the caller's transaction, unless the address already has a secret. Returns whether
    the secret is new. `by` is the person who added the address on the web pages; None if it was added in another way."""
    values = {"secret": vault.encrypt(_fresh()), "made_at": now, "made_by": by}
    return add_once(connection, _secret, address_key=key_of(address), **values)


def forget_unused(connection: Connection, address: str) -> None:
    """Deletes the secrets of an address, within the caller's transaction, if the address has no subscriptions and no message was
    ever queued for it. The next person who adds the address must not get a secret that somebody else has seen."""
    key = key_of(address)
    used = exists().where(_subscription.c.address_key == key) | exists().where(_message.c.address_key == key)
    connection.execute(delete(_secret).where(_secret.c.address_key == key, ~used))


def _fresh() -> str:
    """Returns a new secret in the format of Standard Webhooks: 256 random bits."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def _is_current(address: str) -> Any:
    return (_secret.c.address_key == key_of(address)) & _secret.c.ends_at.is_(None)


def _is_unseen(address: str, person: int) -> Any:
    return _is_current(address) & (_secret.c.made_by == person) & _secret.c.shown_at.is_(None)
