"""Canonical addresses, as `channels.parse_address` returns them: their parts, and how they are shown.

Everything after the host of a URL is secret: anybody who knows it can post. No error and no log contains it.
"""

import re
from urllib.parse import urlsplit

ONLY_URGENT = frozenset({"sms"})
"""The kinds of address that get only urgent messages: no digest, no welcome, no heartbeat."""


UNKNOWN = "unknown: encrypted with another SECRET_KEY"
"""The text for an address that can't be decrypted, in lists and for people."""


def scheme(address: str) -> str:
    """The kind of a canonical address: "mailto", "slack" and so on."""
    return address.partition(":")[0]


def target(address: str) -> str:
    """The target of a canonical address: the mailbox, or the URL."""
    return address.partition(":")[2]


def shown(address: str) -> str:
    """A canonical address for people and logs: a mailbox in full, the last four digits of a telephone number, the host and the
    last four characters of a URL (only the host if these would be most of the secret)."""
    if scheme(address) == "mailto" or address == UNKNOWN:
        return address
    if scheme(address) == "sms":
        return f"sms:…{address[-4:]}"
    url = urlsplit(target(address))
    secret = url.path + (f"?{url.query}" if url.query else "")
    return f"{scheme(address)}:{url.netloc}/…{secret[-4:] if len(secret) > 12 else ''}"


def secrets_of(address: str) -> tuple[str, ...]:
    """The parts of a URL address that must be removed from a reply before it is stored, longest first."""
    url = urlsplit(target(address))
    pieces = {target(address), url.path, url.query, *url.path.split("/"), *re.split(r"[&=]", url.query)}
    return tuple(sorted((piece for piece in pieces if len(piece) > 7), key=len, reverse=True))
