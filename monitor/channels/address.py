"""Converts a typed address into its canonical form."""

import ipaddress
from urllib.parse import SplitResult, urlsplit, urlunsplit

from monitor.channels.base import Kind
from monitor.channels.registry import KINDS
from monitor.errors import UsageError
from monitor.mailbox import HOST_NAME, mailbox_of
from monitor.text import listed

FORMS = listed([one.form for one in KINDS.values()], "or")
"""The formats of all kinds of address, in one line for people."""

_LONGEST = 2_048


def parse_address(text: str, *, extra_hosts: frozenset[str]) -> str:
    """Returns the canonical form of an address. An address without a kind, such as `lead@council.example`, is an email address.

    extra_hosts  "host:port" pairs that a URL of any kind may use in addition to public hosts, even over http

    Raises UsageError, with one line that says what to do and does not contain the secret part of the address.
    """
    address = text.strip()
    kind, colon, rest = address.partition(":")
    kind, rest = kind.lower(), rest.strip()
    mail = kind == "mailto" or (not colon and "@" in address)
    rest = rest if kind not in KINDS or not KINDS[kind].normalise else rest.replace(" ", "")
    if not address.isprintable() or " " in (rest or address) or not (mail or address.isascii()):
        raise UsageError("the address contains a space, a line break or a letter outside ASCII: copy the whole address again")
    if len(address) > _LONGEST:
        raise UsageError(f"the address is longer than {_LONGEST} characters: copy it again")
    if mail:
        return f"mailto:{mailbox_of(address)}"
    if kind in {"http", "https"}:
        prefixes = listed([f"{name}:" for name, one in KINDS.items() if name != "mailto" and not one.normalise], "or")
        raise UsageError(f"the kind of address is missing: put {prefixes} before https://")
    if not colon or kind not in KINDS:
        raise UsageError(f"not an address: write {FORMS}")
    if normalise := KINDS[kind].normalise:
        return f"{kind}:{normalise(rest)}"
    return f"{kind}:{_url(KINDS[kind], rest, extra_hosts)}"


def _url(of: Kind, text: str, extra_hosts: frozenset[str]) -> str:
    kind = of.scheme
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError:
        raise UsageError(f"the {kind} address can't be read: copy the whole address again") from None
    host = (url.hostname or "").rstrip(".")
    if url.scheme not in {"https", "http"} or not host:
        raise UsageError(f"the {kind} address must continue with https://: copy the whole address again")
    if url.fragment or "\\" in text:
        raise UsageError(f"the {kind} address contains a # or a \\: copy the whole address again")
    if url.username is not None or url.password is not None:
        raise UsageError(f"the {kind} address contains a user name or password before the host: remove it")
    shown_host = f"[{host}]" if ":" in host else host
    if f"{shown_host}:{port or (443 if url.scheme == 'https' else 80)}" in extra_hosts:
        return _canonical(url, shown_host, port)
    _check_allowed(of, url, host, port)
    return _canonical(url, shown_host, None)


def _check_allowed(of: Kind, url: SplitResult, host: str, port: int | None) -> None:
    """Raises UsageError if the address is not a public address of its kind. A public address uses https on port 443. Its host
    has a public name, and is allowed for this kind."""
    if url.scheme == "http":
        raise UsageError(f"the {of.scheme} address must begin with https:// (http:// only for hosts in EXTRA_WEBHOOK_HOSTS)")
    if port not in {None, 443}:
        allowed = "only port 443 is allowed, except for hosts in EXTRA_WEBHOOK_HOSTS"
        raise UsageError(f"the {of.scheme} address uses port {port}: {allowed}")
    if of.check is not None:
        of.check(host, url.path)
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        raise UsageError("a webhook address needs a host name, not an IP address (or list the IP address in EXTRA_WEBHOOK_HOSTS)")
    if not HOST_NAME.fullmatch(host) or host.endswith((".local", ".localhost", ".internal")):
        raise UsageError(f"{host[:60]!r} is not a public host: webhooks go to public hosts or hosts in EXTRA_WEBHOOK_HOSTS")


def _canonical(url: SplitResult, host: str, port: int | None) -> str:
    """Returns the canonical URL. Only the scheme, the host and the port are normalised. Path and query stay unchanged, because a
    signature may depend on every character in them."""
    default = 443 if url.scheme == "https" else 80
    netloc = host if port in {None, default} else f"{host}:{port}"
    return urlunsplit((url.scheme, netloc, url.path or "/", url.query, ""))
