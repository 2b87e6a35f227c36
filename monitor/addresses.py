"""Splits and shows canonical addresses, which `channels.parse_address` returns.

Everything after the host of a URL is secret, because anybody who knows this part can post messages to the URL. No error and no
log contains this part.
"""

import re
from urllib.parse import urlsplit

ONLY_URGENT = frozenset({"sms"})
"""The kinds of address that get only urgent messages, and no digest, welcome or heartbeat message."""


UNKNOWN = "unknown: encrypted with another SECRET_KEY"
"""The text that people see in place of an address that can't be decrypted."""


def scheme(address: str) -> str:
    """Returns the kind of a canonical address, such as "mailto" or "slack"."""
    return address.partition(":")[0]


def target(address: str) -> str:
    """Returns the target of a canonical address, which is a mailbox, a telephone number or a URL."""
    return address.partition(":")[2]


def shown(address: str) -> str:
    """Returns a canonical address as people and logs see it. A mailbox is shown in full. Of a telephone number, only the last
    four digits are shown. Of a URL, only the host and the last four characters are shown. If the secret is short, only the host
    is shown."""
    if scheme(address) == "mailto" or address == UNKNOWN:
        return address
    if scheme(address) == "sms":
        return f"sms:…{address[-4:]}"
    url = urlsplit(target(address))
    secret = url.path + (f"?{url.query}" if url.query else "")
    return f"{scheme(address)}:{url.netloc}/…{secret[-4:] if len(secret) > 12 else ''}"


def secrets_of(address: str) -> tuple[str, ...]:
    """Returns the secret parts of a URL address, longest first. A reply must not be stored before these parts are removed from
    the reply."""
    url = urlsplit(target(address))
    pieces = {target(address), url.path, url.query, *url.path.split("/"), *re.split(r"[&=]", url.query)}
    return tuple(sorted((piece for piece in pieces if len(piece) > 7), key=len, reverse=True))
