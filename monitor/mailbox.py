"""Gives a typed mailbox a canonical spelling, and each address a key that is equal for equal addresses."""

import hashlib
import re
from urllib.parse import unquote

from monitor.errors import UsageError

_LOCAL_PART = re.compile(r"(?=.{1,64}@)[A-Za-z0-9!#$&'*+/=^_`{|}~-]+(?:\.[A-Za-z0-9!#$&'*+/=^_`{|}~-]+)*@")
HOST_NAME = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
"""Matches a host's name in lower case. The name must contain a dot."""

ERASED = "erased.invalid"
"""The domain of the addresses that replace the addresses of erased people. No mail can be sent to this domain (RFC 2606)."""

_LONGEST = 2_048


def mailbox_of(text: str) -> str:
    """Parses a typed mailbox, with or without `mailto:`. After `mailto:`, characters may be percent-encoded (RFC 6068). The part
    before the @ is returned as typed. The host is returned in lower case, in ASCII (RFC 5891) and without a final dot. Raises
    UsageError if the text is not a mailbox."""
    address = text.strip()
    if address[:7].lower() == "mailto:":
        address = unquote(address[7:]).strip()
    # The pattern does not allow "?subject=" and "%", because a mailto: link with these characters could fill in a subject or a
    # text. The pattern does not allow a quoted local part either, which is valid but not used in practice.
    match = _LOCAL_PART.match(address) if len(address) <= _LONGEST else None
    host = _ascii(address[match.end() :]) if match else ""
    if match is None or not HOST_NAME.fullmatch(host):
        raise UsageError(f"not an email address: {text[:80]!r}; write it like mailto:lead@council.example")
    return f"{match[0]}{host}"


def key_of(address: str) -> str:
    """Returns a key that is equal for equal addresses and does not reveal the address. In a mailbox, capitals and small letters
    are equal. RFC 5321 §2.4 requires this only for the host, but in practice mail servers also ignore capitals before the @. In
    a webhook's address, capitals and small letters differ."""
    counted = address.lower() if address.startswith("mailto:") else address
    return hashlib.sha256(counted.encode()).hexdigest()


def _ascii(host: str) -> str:
    """Returns a host's name in lower case, in the form that the DNS uses; "" if the text can't be a host's name."""
    bare = host.removesuffix(".").lower()
    if bare.isascii():
        return bare
    import idna  # imported only now, because most addresses do not need this module

    try:
        return idna.encode(bare, uts46=True).decode().removesuffix(".") if bare.isprintable() else ""
    except UnicodeError:
        return ""
