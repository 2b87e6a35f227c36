"""Email. Each mail is one message to one mailbox. The mail is handed to a mail server or to Microsoft Graph as text and HTML,
or to GOV.UK Notify as text only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from monitor.addresses import target
from monitor.channels.base import HandedOver, Kind, Mail, Outcome, Status, one_line

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable
    from datetime import datetime
    from email.headerregistry import Address

    from monitor.channels.mail_settings import MailSetup
    from monitor.notify.content import Message


class Transport(Protocol):
    """A way to hand over a mail: a mail server, or Microsoft Graph."""

    async def hand_over(self, mail: bytes, *, sender: str, recipient: str) -> HandedOver:
        """Hands over one mail and returns the result. Raises nothing."""

    async def check(self, sender: str, recipient: str | None) -> Outcome:
        """Tests whether a mail from this sender to this mailbox would be accepted, as far as this is possible without sending a
        mail."""

    async def close(self) -> None:
        """Closes open connections."""


class EmailChannel:
    """Builds mails, and hands them to a transport.

    sender     the sender, with or without a name; None if MAIL_FROM is not set
    transport  hands over the mails; None if SMTP_URL is not set. If SMTP_URL or MAIL_FROM is missing, the outcome of every mail
               is "broken", and the reply says which setting is missing
    now        returns the time for the mail's date
    """

    def __init__(self, sender: Address | None, transport: Transport | None, *, now: Callable[[], datetime]) -> None:
        self._sender = sender
        self._transport = transport
        self._now = now

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        """Returns the whole mail except its date, which is added when the mail is sent. A mail always has one part, however
        large it is."""
        from monitor.channels.mail import written

        return (written(message, message_id, self._sender, target(address)),)

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        """Hands over one mail. ACCEPTED means that the mail server or Graph accepted the mail. The reply contains the mail
        server's queue id, or Graph's request id.

        If the content is refused (by a filter, or because of its size), the mail is sent once more as text only.
        """
        from email.utils import format_datetime

        from monitor.channels.mail import text_alone

        if self._transport is None or self._sender is None:
            return self._not_set
        dated = b"Date: " + format_datetime(self._now()).encode() + b"\r\n" + part
        sender, recipient = self._sender.addr_spec, target(address)
        first = await self._transport.hand_over(dated, sender=sender, recipient=recipient)
        if not first.content_refused:
            return first.outcome
        again = await self._transport.hand_over(text_alone(dated), sender=sender, recipient=recipient)
        if again.outcome.status is Status.REJECTED:
            return first.outcome
        if again.outcome.status is not Status.ACCEPTED:
            return again.outcome
        said = f"{again.outcome.reply} (as text only, because the mail with HTML was refused: {first.outcome.reply})"
        return Outcome(Status.ACCEPTED, one_line(said))

    async def check(self, recipient: str | None = None) -> Outcome:
        """Tests whether the transport accepts our sign-in, our sender and, if `recipient` is given, mail for this recipient.
        (Graph can't test all of this.) Sends no mail."""
        if self._transport is None or self._sender is None:
            return self._not_set
        return await self._transport.check(self._sender.addr_spec, recipient)

    async def close(self) -> None:
        """Closes the transport's connections."""
        if self._transport is not None:
            await self._transport.close()

    @property
    def _not_set(self) -> Outcome:
        missing = "SMTP_URL" if self._transport is None else "MAIL_FROM"
        return Outcome(Status.BROKEN, f"{missing} is not set", for_all=True)


def mail_channel(setup: MailSetup, ssl_context: ssl.SSLContext | None, now: Callable[[], datetime]) -> Mail:
    """Builds the channel for email. Opens no connection. The modules that send are imported only in this function, because every
    command loads this module.

    ssl_context  for servers whose certificates are signed by a private authority; None to use the machine's authorities
    """
    if setup.notify is not None:
        from monitor.channels.notify import NotifyChannel

        return NotifyChannel(setup.notify, ssl_context, now=now)
    transport: Transport | None = None
    if setup.server is not None:
        from monitor.channels.smtp import Smtp

        transport = Smtp(setup.server, setup.registration, ssl_context)
    elif setup.registration is not None:
        from monitor.channels.graph import Graph

        transport = Graph(setup.registration, ssl_context, now=now)
    return EmailChannel(setup.sender, transport, now=now)


KIND = Kind(
    scheme="mailto",
    form="mailto:lead@council.example",
    label="Email",
    hint="For somebody else’s mailbox, we first send one mail that asks them to confirm. Alerts begin after they confirm",
    example="mailto:lead@council.example",
    build=lambda context: mail_channel(context.mail, context.ssl_context, context.now),
)
