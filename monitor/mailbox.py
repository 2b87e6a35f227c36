"""One mailbox, however it is written: what a person typed -> one spelling, and the key by which equal addresses are known."""

import hashlib
import re
from urllib.parse import unquote

import idna

from monitor.errors import UsageError

_LOCAL_PART = re.compile(r"(?=.{1,64}@)[A-Za-z0-9!#$&'*+/=^_`{|}~-]+(?:\.[A-Za-z0-9!#$&'*+/=^_`{|}~-]+)*@")
HOST_NAME = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
"""A host's name with a dot, in lower case."""

_LONGEST = 2_048


def mailbox_of(text: str) -> str:
    """The mailbox that was typed, with or without mailto: (after which there may be per cents, RFC 6068): its host in lower case,
    in ASCII (RFC 5891) and without a dot at its end, what stands before the @ as it was typed. Raises UsageError for what is
    none."""
    address = text.strip()
    if address[:7].lower() == "mailto:":
        address = unquote(address[7:]).strip()
    # "?subject=" and "%" would let an address say more than who it is; a quoted local part is valid and not in use.
    match = _LOCAL_PART.match(address) if len(address) <= _LONGEST else None
    host = _ascii(address[match.end() :]) if match else ""
    if match is None or not HOST_NAME.fullmatch(host):
        raise UsageError(f"not an email address: {text[:80]!r}; write it like mailto:lead@council.example")
    return f"{match[0]}{host}"


def key_of(address: str) -> str:
    """Tells equal addresses without telling the address. In a mailbox capitals don't count: not in the host (RFC 5321 §2.4), and
    to mail servers not before the @ either. In a webhook's address each letter counts."""
    counted = address.lower() if address.startswith("mailto:") else address
    return hashlib.sha256(counted.encode()).hexdigest()


def _ascii(host: str) -> str:
    """A host's name in lower case, as it stands in the DNS; empty for what can't stand there."""
    bare = host.removesuffix(".").lower()
    if bare.isascii():
        return bare
    try:
        return idna.encode(bare, uts46=True).decode().removesuffix(".") if bare.isprintable() else ""
    except UnicodeError:
        return ""
