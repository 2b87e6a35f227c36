"""Addresses: what a person typed -> one canonical spelling, or an error that says what to do instead.

Everything after the host of a webhook's address is secret: anybody who knows it can post. No error and no log contains it.
"""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from monitor.errors import UsageError
from monitor.mailbox import HOST_NAME, mailbox_of

_SCHEMES = ("mailto", "slack", "teams", "webhook")
_EXAMPLES = "mailto:lead@council.example, slack:https://hooks.slack.com/services/…, teams:https://… or webhook:https://…"

_SLACK_HOST = "hooks.slack.com"

# The hosts of webhooks of the Teams Workflows app: the present one first, then former ones.
# Source: docs/facts/channels.md, Teams workflows.
_TEAMS_SUFFIXES = (
    ".environment.api.powerplatform.com",
    ".logic.azure.com",
    ".powerautomate.com",
    ".flow.microsoft.com",
)
# Office 365 connectors, retired in spring 2026. Source: docs/facts/channels.md, Teams workflows.
_TEAMS_RETIRED = (".webhook.office.com", "outlook.office.com", "outlook.office365.com")

_LONGEST = 2_048


def parse_address(text: str, *, extra_hosts: frozenset[str]) -> str:
    """The canonical form of an address; a bare `lead@council.example` is an email address.

    extra_hosts  "host:port" pairs that webhook addresses of any kind may use besides public hosts, even over http

    Raises UsageError: one line that says what to do, without the secret part of the address.
    """
    address = text.strip()
    kind, colon, rest = address.partition(":")
    kind, rest = kind.lower(), rest.strip()
    mail = kind == "mailto" or (not colon and "@" in address)
    if not address.isprintable() or " " in (rest or address) or not (mail or address.isascii()):
        raise UsageError("the address contains a space, a line break or a letter outside ASCII: copy the whole address again")
    if len(address) > _LONGEST:
        raise UsageError(f"the address is longer than {_LONGEST} characters: copy it again")
    if mail:
        return f"mailto:{mailbox_of(address)}"
    if kind in {"http", "https"}:
        raise UsageError("say which kind of address this is: put slack:, teams: or webhook: before https://")
    if not colon or kind not in _SCHEMES:
        raise UsageError(f"not an address: write {_EXAMPLES}")
    return f"{kind}:{_url(kind, rest, extra_hosts)}"


def scheme(address: str) -> str:
    """The kind of a canonical address: mailto, slack, teams or webhook."""
    return address.partition(":")[0]


def target(address: str) -> str:
    """The target of a canonical address: the mailbox, or the URL."""
    return address.partition(":")[2]


def shown(address: str) -> str:
    """A canonical address for people and logs: a mailbox in full, a webhook only with its host and its last four characters
    (none if they would be most of the secret)."""
    if scheme(address) == "mailto":
        return address
    url = urlsplit(target(address))
    secret = url.path + (f"?{url.query}" if url.query else "")
    return f"{scheme(address)}:{url.netloc}/…{secret[-4:] if len(secret) > 12 else ''}"


def secrets_of(address: str) -> tuple[str, ...]:
    """The parts of a webhook's address that must be removed from a reply before it is stored, longest first."""
    url = urlsplit(target(address))
    pieces = {target(address), url.path, url.query, *url.path.split("/"), *re.split(r"[&=]", url.query)}
    return tuple(sorted((piece for piece in pieces if len(piece) > 7), key=len, reverse=True))


def _url(kind: str, text: str, extra_hosts: frozenset[str]) -> str:
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
    _check_public(kind, url, host, port)
    return _canonical(url, shown_host, None)


def _check_public(kind: str, url: SplitResult, host: str, port: int | None) -> None:
    """Raises UsageError unless the address is an allowed public one: https on port 443, a named host, one of the kind's hosts."""
    if url.scheme == "http":
        raise UsageError(f"the {kind} address must begin with https:// (http only for hosts in EXTRA_WEBHOOK_HOSTS)")
    if port not in {None, 443}:
        raise UsageError(f"the {kind} address uses port {port}: only 443, or hosts in EXTRA_WEBHOOK_HOSTS")
    if kind == "slack" and host != _SLACK_HOST:
        raise UsageError(f"a Slack address begins with https://{_SLACK_HOST}/services/, not with {host[:60]}")
    if kind == "slack" and not re.fullmatch(r"/services/[^/]+/[^/]+/[^/]+", url.path):
        raise UsageError(f"a Slack address is the address of an incoming webhook: https://{_SLACK_HOST}/services/…/…/…")
    if kind == "teams":
        _check_teams(host)
    if kind == "webhook":
        _check_webhook(host)


def _check_teams(host: str) -> None:
    if host.endswith(_TEAMS_RETIRED):
        raise UsageError(
            "Microsoft has retired Office 365 connectors: in Teams add the workflow "
            '"Send webhook alerts to a channel" and use the address that it shows'
        )
    if not host.endswith(_TEAMS_SUFFIXES):
        raise UsageError(f"a Teams address is the address of a Teams workflow (…{_TEAMS_SUFFIXES[0]}), not at {host[:60]}")


def _check_webhook(host: str) -> None:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        raise UsageError("a webhook address needs a host name, not an IP address (or list it in EXTRA_WEBHOOK_HOSTS)")
    if not HOST_NAME.fullmatch(host) or host.endswith((".local", ".localhost", ".internal")):
        raise UsageError(f"{host[:60]!r} is not a public host: webhooks go to public hosts, or to those in EXTRA_WEBHOOK_HOSTS")


def _canonical(url: SplitResult, host: str, port: int | None) -> str:
    """Only scheme and host are normalised: the rest is the receiver's own, and may be signed character by character."""
    default = 443 if url.scheme == "https" else 80
    netloc = host if port in {None, default} else f"{host}:{port}"
    return urlunsplit((url.scheme, netloc, url.path or "/", url.query, ""))
