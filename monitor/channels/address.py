"""Addresses: what a person typed -> one canonical spelling, refused with a line that says what to do instead.

What follows the host of a webhook's address is a secret: whoever knows it can post. It stands in no error and no log.
"""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from monitor.errors import UsageError
from monitor.mailbox import HOST_NAME, mailbox_of

_SCHEMES = ("mailto", "slack", "teams", "webhook")
_EXAMPLES = "mailto:lead@council.example, slack:https://hooks.slack.com/services/…, teams:https://… or webhook:https://…"

_SLACK_HOST = "hooks.slack.com"

# Where the Workflows app of Teams puts its webhooks: now, and (the others) before.
# Source: docs/facts/channels.md, Teams workflows.
_TEAMS_SUFFIXES = (
    ".environment.api.powerplatform.com",
    ".logic.azure.com",
    ".powerautomate.com",
    ".flow.microsoft.com",
)
# Office 365 connectors, gone since spring 2026. Source: docs/facts/channels.md, Teams workflows.
_TEAMS_RETIRED = (".webhook.office.com", "outlook.office.com", "outlook.office365.com")

_LONGEST = 2_048


def parse_address(text: str, *, extra_hosts: frozenset[str]) -> str:
    """The canonical form of an address; a bare `lead@council.example` is an email address.

    extra_hosts  "host:port" that webhook addresses of any kind may use besides the public ones, over http too

    Raises UsageError: one line that says what to do, without the secret part of the address.
    """
    address = text.strip()
    kind, colon, rest = address.partition(":")
    kind, rest = kind.lower(), rest.strip()
    mail = kind == "mailto" or (not colon and "@" in address)
    if not address.isprintable() or " " in (rest or address) or not (mail or address.isascii()):
        raise UsageError("the address holds a space, a line break or a letter outside ASCII: copy it again, whole")
    if len(address) > _LONGEST:
        raise UsageError(f"the address is longer than {_LONGEST} characters: copy it again")
    if mail:
        return f"mailto:{mailbox_of(address)}"
    if kind in {"http", "https"}:
        raise UsageError("say what kind of address it is: put slack:, teams: or webhook: before https://")
    if not colon or kind not in _SCHEMES:
        raise UsageError(f"not an address: write {_EXAMPLES}")
    return f"{kind}:{_url(kind, rest, extra_hosts)}"


def scheme(address: str) -> str:
    """The kind of a canonical address: mailto, slack, teams or webhook."""
    return address.partition(":")[0]


def target(address: str) -> str:
    """What a canonical address points to: the mailbox, or the URL."""
    return address.partition(":")[2]


def shown(address: str) -> str:
    """A canonical address for people and logs: a mailbox in full, of a webhook only its host and its last four characters
    (none where they would be most of what is secret)."""
    if scheme(address) == "mailto":
        return address
    url = urlsplit(target(address))
    secret = url.path + (f"?{url.query}" if url.query else "")
    return f"{scheme(address)}:{url.netloc}/…{secret[-4:] if len(secret) > 12 else ''}"


def secrets_of(address: str) -> tuple[str, ...]:
    """The parts of a webhook's address that no reply may be stored with, longest first."""
    url = urlsplit(target(address))
    pieces = {target(address), url.path, url.query, *url.path.split("/"), *re.split(r"[&=]", url.query)}
    return tuple(sorted((piece for piece in pieces if len(piece) > 7), key=len, reverse=True))


def _url(kind: str, text: str, extra_hosts: frozenset[str]) -> str:
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError:
        raise UsageError(f"the {kind} address can't be read: copy it again, whole") from None
    host = (url.hostname or "").rstrip(".")
    if url.scheme not in {"https", "http"} or not host:
        raise UsageError(f"the {kind} address must go on with https://: copy it again, whole")
    if url.fragment or "\\" in text:
        raise UsageError(f"the {kind} address holds a # or a \\: copy it again, whole")
    if url.username is not None or url.password is not None:
        raise UsageError(f"the {kind} address holds a user name or password before the host: leave that out")
    shown_host = f"[{host}]" if ":" in host else host
    if f"{shown_host}:{port or (443 if url.scheme == 'https' else 80)}" in extra_hosts:
        return _canonical(url, shown_host, port)
    _check_public(kind, url, host, port)
    return _canonical(url, shown_host, None)


def _check_public(kind: str, url: SplitResult, host: str, port: int | None) -> None:
    """Raises UsageError unless a public address may be used: https on its own port, a named host, the kind's own hosts."""
    if url.scheme == "http":
        raise UsageError(f"the {kind} address must begin with https:// (http only for hosts in EXTRA_WEBHOOK_HOSTS)")
    if port not in {None, 443}:
        raise UsageError(f"the {kind} address uses port {port}: only 443, or hosts in EXTRA_WEBHOOK_HOSTS")
    if kind == "slack" and host != _SLACK_HOST:
        raise UsageError(f"a Slack address begins with https://{_SLACK_HOST}/services/, not with {host[:60]}")
    if kind == "slack" and not re.fullmatch(r"/services/[^/]+/[^/]+/[^/]+", url.path):
        raise UsageError(f"a Slack address is that of an incoming webhook: https://{_SLACK_HOST}/services/…/…/…")
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
        raise UsageError(f"a Teams address is that of a Teams workflow (…{_TEAMS_SUFFIXES[0]}), not at {host[:60]}")


def _check_webhook(host: str) -> None:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        raise UsageError("a webhook address needs a host's name, not its number (or name it in EXTRA_WEBHOOK_HOSTS)")
    if not HOST_NAME.fullmatch(host) or host.endswith((".local", ".localhost", ".internal")):
        raise UsageError(f"{host[:60]!r} is no public host: webhooks go to public hosts, or to those in EXTRA_WEBHOOK_HOSTS")


def _canonical(url: SplitResult, host: str, port: int | None) -> str:
    """Only scheme and host are spelt anew: the rest is the receiver's own, and may be signed letter by letter."""
    default = 443 if url.scheme == "https" else 80
    netloc = host if port in {None, default} else f"{host}:{port}"
    return urlunsplit((url.scheme, netloc, url.path or "/", url.query, ""))
