"""The channels. Each channel has its own module, and `registry` lists all channels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.addresses import scheme, shown, target
from monitor.channels.address import FORMS, parse_address
from monitor.channels.base import Channel, ChannelContext, Outcome, Secrets, Status
from monitor.channels.email import mail_channel
from monitor.channels.registry import KINDS, SECRET_HOSTS

if TYPE_CHECKING:
    import ssl

    from monitor.channels.mail_settings import MailSetup
    from monitor.settings import Settings

__all__ = ["FORMS", "KINDS", "SECRET_HOSTS", "Channel", "Outcome", "Status", "build", "check", "mail_channel", "parse_address",
           "scheme", "shown", "target"]  # fmt: skip


def check(settings: Settings) -> None:
    """Raises SettingsError for unusable mail settings."""
    from monitor.channels.mail_settings import setup_of

    setup_of(settings)


def build(
    *,
    mail_setup: MailSetup,
    extra_hosts: frozenset[str],
    webhook_secrets: Secrets,
    ssl_context: ssl.SSLContext | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Mapping[str, Channel]:
    """Builds the channel for each kind of address. Opens no connection.

    webhook_secrets  returns the secrets that sign the messages to a webhook address
    ssl_context      for servers whose certificates are signed by a private authority; None to use the machine's authorities
    """
    # Imported only when channels are built, because most commands send nothing.
    from monitor.channels.post import Pacer, Poster

    poster = Poster(extra_hosts=extra_hosts, ssl_context=ssl_context, now=now)
    context = ChannelContext(poster, Pacer, mail_setup, webhook_secrets, ssl_context, now)
    return {one.scheme: one.build(context) for one in KINDS.values()}
