"""Splits and shows canonical addresses, which `channels.parse_address` returns.

Everything after the host of a URL is secret, because anybody who knows this part can post messages to the URL. No error and no
log contains this part.
"""

import re
from urllib.parse import urlsplit

ONLY_URGENT = frozenset({"sms"})
"""The kinds of address that get only urgent messages. They get no digest, no welcome and no heartbeat message."""


UNKNOWN = "unknown: encrypted with another SECRET_KEY"
"""The text that people see in place of an address that can't be decrypted."""


def scheme(address: str) -> str:
    """Returns the kind of a canonical address, such as "mailto" or "slack"."""
    return address.partition(":")[0]


def target(address: str) -> str:
    """Returns the target of a canonical address, which is a mailbox, a telephone number or a URL."""
    return address.partition(":")[2]


def shown(address: str) -> str:
    """Returns a canonical address in the form for people and logs. A mailbox is shown in full, and a telephone number as its
    last four digits. A URL is shown as its host and its last four characters, or only its host if these four would be a large
    part of the secret."""
    if scheme(address) == "mailto" or address == UNKNOWN:
        return address
    if scheme(address) == "sms":
        return f"sms:…{address[-4:]}"
    url = urlsplit(target(address))
    secret = url.path + (f"?{url.query}" if url.query else "")
    return f"{scheme(address)}:{url.netloc}/…{secret[-4:] if len(secret) > 12 else ''}"


def secrets_of(address: str) -> tuple[str, ...]:
    """Returns the secret parts of a URL address, longest first. They must be removed from a reply before the reply is
    stored."""
    url = urlsplit(target(address))
    pieces = {target(address), url.path, url.query, *url.path.split("/"), *re.split(r"[&=]", url.query)}
    return tuple(sorted((piece for piece in pieces if len(piece) > 7), key=len, reverse=True))
