"""The ways out: email, Slack, Teams and signed webhooks."""

import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from monitor.channels.address import parse_address, scheme, shown
from monitor.channels.base import Channel, Outcome, Status
from monitor.channels.email import EmailChannel
from monitor.channels.post import Poster
from monitor.channels.slack import SlackChannel
from monitor.channels.teams import TeamsChannel
from monitor.channels.webhook import WebhookChannel, webhook_secret

__all__ = ["Channel", "Outcome", "Status", "build", "parse_address", "scheme", "shown", "webhook_secret"]


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

    ssl_context  for servers whose certificates are signed by an authority of one's own; None: the machine's authorities
    """
    poster = Poster(extra_hosts=extra_hosts, ssl_context=ssl_context, now=now)
    return {
        "mailto": EmailChannel(smtp_url, mail_from, ssl_context, now=now),
        "slack": SlackChannel(poster),
        "teams": TeamsChannel(poster),
        "webhook": WebhookChannel(poster, signing_key=signing_key, now=now),
    }
