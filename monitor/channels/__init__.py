"""The channels: email, Slack, Teams and signed webhooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.channels.address import parse_address, scheme, shown
from monitor.channels.base import Channel, Outcome, Status

if TYPE_CHECKING:
    import ssl

__all__ = ["Channel", "Outcome", "Status", "build", "check", "parse_address", "scheme", "shown"]


def check(smtp_url: str | None, mail_from: str | None) -> None:
    """Raises SettingsError for unusable mail settings."""
    from monitor.channels.mail_settings import sender_of, server_of

    if smtp_url:
        server_of(smtp_url)
    if mail_from:
        sender_of(mail_from)


def build(
    *,
    smtp_url: str | None,
    mail_from: str | None,
    extra_hosts: frozenset[str],
    signing_key: bytes,
    ssl_context: ssl.SSLContext | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Mapping[str, Channel]:
    """A channel for each scheme of address. Opens nothing; raises SettingsError for unusable mail settings.

    ssl_context  for servers whose certificates are signed by a private authority; None: the machine's authorities
    """
    # Imported only here, since most commands send nothing.
    from monitor.channels.email import EmailChannel
    from monitor.channels.post import Poster
    from monitor.channels.slack import SlackChannel
    from monitor.channels.teams import TeamsChannel
    from monitor.channels.webhook import WebhookChannel

    poster = Poster(extra_hosts=extra_hosts, ssl_context=ssl_context, now=now)
    return {
        "mailto": EmailChannel(smtp_url, mail_from, ssl_context, now=now),
        "slack": SlackChannel(poster),
        "teams": TeamsChannel(poster),
        "webhook": WebhookChannel(poster, signing_key=signing_key, now=now),
    }
