"""Email over SMTP: one message to one mailbox, as text and HTML. Source: docs/facts/channels.md, Outcomes over SMTP."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.addresses import target
from monitor.channels.base import Kind, Outcome, Status, one_line, trusted

if TYPE_CHECKING:
    from email.headerregistry import Address

    from monitor.channels.mail_settings import MailServer
    from monitor.notify.content import Message

TIMEOUT = 30.0
"""The most seconds for any one step of the conversation."""

# The mail server refuses *us* (password sign-in, this sender), whoever the recipient is.
# Source: docs/facts/channels.md, Outcomes over SMTP.
_OUR_FAULT = re.compile(r"\b5\.7\.(?:30|60)\b")

# Outlook.com refuses unsigned mail with this code: at DATA, and only for its own addresses.
# Source: docs/facts/channels.md, Rules of large receivers.
_NOT_SIGNED = "5.7.515"

# Refused by a policy (no relaying, sender not allowed), not because the recipient does not exist (5.1.x).
# Many servers say so only at RCPT. A person can put it right, so the mail must not be given up.
_RULE = re.compile(r"\b5\.7\.\d+\b")


class EmailChannel:
    """Hands mail to the server of SMTP_URL.

    smtp_url     smtp://user:password@host:587 or smtps://…; ?starttls=required (default, but for loopback) or never.
                 If STARTTLS is required and not offered, the outcome is "broken": nothing is ever sent unencrypted instead
    mail_from    the sender, with or without a name
    ssl_context  for servers whose certificate is signed by a private authority; None: the machine's authorities
    now          gives the time to write into the mail

    If either of the first two is missing, every send is "broken" and says which. Raises SettingsError for unusable values.
    """

    def __init__(
        self,
        smtp_url: str | None,
        mail_from: str | None,
        ssl_context: ssl.SSLContext | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        from monitor.channels.mail_settings import sender_of, server_of

        self._server = server_of(smtp_url) if smtp_url else None
        self._sender = sender_of(mail_from) if mail_from else None
        self._ssl_context = ssl_context
        self._now = now

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        """The whole mail except its date, which is added when it is sent. One part: the limits on mail do not matter here."""
        from monitor.channels.mail import written

        return (written(message, message_id, self._sender, target(address)),)

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        """Hands one mail over. ACCEPTED means that the server accepted it. Its answer, with the queue id, is the reply."""
        from email.utils import format_datetime

        dated = b"Date: " + format_datetime(self._now()).encode() + b"\r\n" + part
        return await self._tried(lambda server, sender: self._handed_over(server, sender.addr_spec, target(address), dated))

    async def check(self) -> Outcome:
        """Whether we can reach the mail server, trust its certificate, and sign in. No mail is sent."""
        return await self._tried(lambda server, _: self._converse(server))

    async def close(self) -> None:
        """Does nothing: each mail has its own connection."""

    async def _tried(self, conversation: Callable[[MailServer, Address], Awaitable[str]]) -> Outcome:
        """How a conversation ended that returns its last answer."""
        if self._server is None or self._sender is None:
            missing = "SMTP_URL" if self._server is None else "MAIL_FROM"
            return Outcome(Status.BROKEN, f"{missing} is not set", for_all=True)
        secrets = (self._server.password,)
        try:
            reply = await conversation(self._server, self._sender)
        except _Ended as ended:
            return Outcome(ended.status, one_line(ended.reply, secrets=secrets), for_all=ended.for_all)
        return Outcome(Status.ACCEPTED, one_line(reply, secrets=secrets))

    async def _handed_over(self, server: MailServer, sender: str, recipient: str, mail: bytes) -> str:
        """The server's last answer. If it refuses the content (a filter, the size), we offer the mail once more as text only."""
        try:
            return await self._converse(server, sender, recipient, mail)
        except _Ended as refused:
            if refused.status is not Status.REJECTED or refused.step != "DATA":
                raise
            first = refused
        from monitor.channels.mail import text_alone

        try:
            reply = await self._converse(server, sender, recipient, text_alone(mail))
        except _Ended as again:
            raise (first if again.status is Status.REJECTED else again) from None
        return f"{reply} (as text only, since the mail with HTML was refused: {first.reply})"

    async def _converse(self, server: MailServer, sender: str = "", recipient: str = "", mail: bytes | None = None) -> str:
        """The server's last answer; without a mail, the answer to a NOOP. Raises _Ended if the conversation fails."""
        import aiosmtplib  # only when something is sent, since every command loads this module

        # The client could sign in while it connects. We take each step separately, so that we know which one failed.
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.implicit_tls,
            start_tls=False,
            tls_context=self._ssl_context or trusted(),
            timeout=TIMEOUT,
            local_hostname=None if self._sender is None else self._sender.domain,
        )
        step = "connecting"
        try:
            await client.connect()
            await client.ehlo()
            if server.starttls:
                step = "STARTTLS"
                await client.starttls()
            if server.username is not None:
                step = "signing in"
                await client.login(server.username, server.password)
            if mail is None:
                step = "NOOP"
                answer = await client.noop()
            else:
                step = "MAIL FROM"
                await client.mail(sender)
                step = "RCPT TO"
                await client.rcpt(recipient)
                step = "DATA"
                answer = await client.data(mail)
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.execute_command(b"QUIT", timeout=5)  # only a courtesy: the server already has the mail
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise _Ended.at(step, error) from None
        finally:
            transport = client.transport
            client.close()
            if isinstance(transport, asyncio.Transport):
                transport.abort()  # we are done: TLS would still wait for the server's close
        return f"{answer.code} {answer.message}"


KIND = Kind(
    scheme="mailto",
    form="mailto:lead@council.example",
    label="Email",
    hint="If it is somebody else’s mailbox, we ask it once, and send no alerts until it confirms",
    example="mailto:lead@council.example",
    build=lambda means: EmailChannel(means.smtp_url, means.mail_from, means.ssl_context, now=means.now),
)


class _Ended(Exception):
    """The conversation failed."""

    def __init__(self, status: Status, reply: str, step: str, *, for_all: bool = True) -> None:
        super().__init__(reply)
        self.status = status
        self.reply = reply
        self.step = step
        self.for_all = status is Status.BROKEN and for_all

    @classmethod
    def at(cls, step: str, error: Exception) -> _Ended:
        """What an error at a step means. The server's code decides, never the class of the error alone: refused recipients have
        one class, whether for ever (550) or for five minutes (451)."""
        from aiosmtplib import SMTPResponseException

        if isinstance(error, SMTPResponseException):
            status, for_all = _status(step, error.code, error.message)
            return cls(status, f"{error.code} {error.message} (at {step})", step, for_all=for_all)
        cause = error if isinstance(error, ssl.SSLError) else error.__cause__
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cls(Status.BROKEN, f"the mail server's certificate can't be trusted: {cause.verify_message}", step)
        if isinstance(cause, ssl.SSLError) and cause.reason == "WRONG_VERSION_NUMBER":
            return cls(Status.BROKEN, "the mail server does not start with TLS: use smtp:// for a port with STARTTLS", step)
        if isinstance(error, (OSError, TimeoutError)):  # includes SMTPServerDisconnected and the timeouts
            perhaps = "; it may have arrived anyway" if step == "DATA" else ""
            return cls(Status.RETRY, f"{type(error).__name__} at {step}: {error}{perhaps}", step)
        # The remaining errors: the server offers no STARTTLS, or no way to sign in.
        return cls(Status.BROKEN, f"{error} (at {step})", step)


def _status(step: str, code: int, reply: str) -> tuple[Status, bool]:
    """What a code at a step means, and whether it concerns all recipients. Source: docs/facts/channels.md, Outcomes over SMTP."""
    if not 500 <= code <= 599:
        return Status.RETRY, False  # 4xx, and anything that is not a valid answer
    if step not in {"RCPT TO", "DATA"} or code == 530 or _OUR_FAULT.search(reply):
        return Status.BROKEN, True
    if _NOT_SIGNED in reply or (step == "RCPT TO" and _RULE.search(reply)):
        return Status.BROKEN, False
    return Status.REJECTED, False
