"""Encrypts and decrypts stored addresses and signing secrets. Email addresses are stored unencrypted. All other addresses are
stored encrypted, because a webhook's address is itself a secret. The secrets for signing messages to webhooks are stored
encrypted too."""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import cached_property
from typing import TYPE_CHECKING

from monitor.addresses import UNKNOWN
from monitor.errors import StoreError

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

_PLAIN = "mailto:"


class Vault:
    """Encrypts and decrypts addresses with a key derived from SECRET_KEY."""

    def __init__(self, secret: str) -> None:
        self._key = base64.urlsafe_b64encode(_derive(secret, "addresses"))
        self.signing_key = _derive(secret, "webhook signatures")

    @cached_property
    def _fernet(self) -> Fernet:
        from cryptography.fernet import Fernet  # imported only when needed, since most commands need no address

        return Fernet(self._key)

    def derived_secret(self, address: str) -> str:
        """Derives the secret for a webhook address from SECRET_KEY. Before secrets were random, messages to the
        address were signed with this secret."""
        digest = hmac.digest(self.signing_key, b"cqc-monitor webhook secret\0" + address.encode(), hashlib.sha256)
        return "whsec_" + base64.b64encode(digest).decode()

    def encrypt(self, address: str) -> str:
        """Returns the address in the form in which the database stores it."""
        return address if address.startswith(_PLAIN) else self._fernet.encrypt(address.encode()).decode()

    def decrypt(self, encrypted: str) -> str:
        """Returns the decrypted address. Raises StoreError if the address was encrypted with another SECRET_KEY."""
        if encrypted.startswith(_PLAIN):
            return encrypted
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet.decrypt(encrypted.encode()).decode()
        except InvalidToken:
            raise StoreError(
                "the stored webhook addresses were encrypted with another SECRET_KEY: set that key or restore state/secret.key"
            ) from None

    def decrypt_if_possible(self, encrypted: str, **about: str) -> str | None:
        """Returns the decrypted address (see `decrypt`). If the address can't be decrypted, logs the error with `about` and
        returns None, because other addresses must still be alerted."""
        try:
            return self.decrypt(encrypted)
        except StoreError as error:
            from monitor import logs  # imported only when needed, since commands load this module but log nothing

            logs.logger(__name__).error("an address can't be decrypted", error=str(error), **about)
            return None


def opened(vault: Vault, encrypted: str) -> str:
    """Returns a decrypted address for a list. If the address can't be decrypted, returns UNKNOWN, so that other addresses are
    still listed."""
    try:
        return vault.decrypt(encrypted)
    except StoreError:
        return UNKNOWN


def _derive(secret: str, purpose: str) -> bytes:
    return hashlib.blake2b(purpose.encode(), key=hashlib.sha256(secret.encode()).digest(), digest_size=32).digest()
