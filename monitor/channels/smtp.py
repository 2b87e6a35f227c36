"""Hands mails to a mail server. Each mail has its own connection. The steps of the conversation are separate, so that we know
which step failed. Source: docs/facts/channels.md, SMTP submission."""

import asyncio
import ssl
from contextlib import suppress

import aiosmtplib

from monitor.channels.base import HandedOver, Outcome, Status
from monitor.channels.certificates import certificate_fault, trusted
from monitor.channels.mail_settings import MailServer, Registration
from monitor.channels.microsoft import SMTP_SCOPE, NoToken, Tokens
from monitor.channels.refusals import Meaning, of_smtp

TIMEOUT = 30.0
"""The most seconds for any one step of the conversation."""


class Smtp:
    """Hands mails to a mail server. If STARTTLS is required but the server does not offer it, the outcome is "broken", and the
    mail is not sent unencrypted.

    registration  the app in Entra, if the server wants a token
    ssl_context   for servers whose certificate is signed by a private authority; None to use the machine's authorities
    """

    def __init__(
        self, server: MailServer, registration: Registration | None = None, ssl_context: ssl.SSLContext | None = None
    ) -> None:
        self._server = server
        self._ssl_context = ssl_context
        self._tokens = Tokens(registration, SMTP_SCOPE, ssl_context) if server.token and registration else None

    async def hand_over(self, mail: bytes, *, sender: str, recipient: str) -> HandedOver:
        """Hands over one mail and returns the result. If the mail was accepted, the reply is the server's last answer, with the
        queue id."""
        return await self._tried(sender, recipient, mail)

    async def check(self, sender: str, recipient: str | None) -> Outcome:
        """Tests whether the server accepts our sign-in, our sender and, if `recipient` is not None, mail for this recipient.
        Sends no mail."""
        return (await self._tried(sender, recipient, None)).outcome

    async def close(self) -> None:
        """Closes the connection to the token endpoint. No connection to the mail server is open between two mails."""
        if self._tokens is not None:
            await self._tokens.close()

    async def _tried(self, sender: str, recipient: str | None, mail: bytes | None) -> HandedOver:
        try:
            try:
                reply = await self._conversation(sender, recipient, mail)
            except _Ended as ended:
                if self._tokens is None or ended.refused_token is None:
                    raise
                self._tokens.drop(ended.refused_token)
                reply = await self._conversation(sender, recipient, mail)
        except _Ended as ended:
            return HandedOver(ended.outcome(self._secrets), ended.meaning.content)
        except NoToken as none:
            return HandedOver(none.outcome)
        return HandedOver(Meaning(Status.ACCEPTED).outcome(reply, secrets=self._secrets))

    @property
    def _secrets(self) -> tuple[str, ...]:
        return (self._server.password,)

    async def _conversation(self, sender: str, recipient: str | None, mail: bytes | None) -> str:
        """Runs the whole conversation and returns the server's last answer. Raises _Ended or NoToken."""
        # the token is requested before the connection is opened, so that the server does not have to wait for us
        token = await self._tokens.token() if self._tokens is not None else None
        client = aiosmtplib.SMTP(
            hostname=self._server.host,
            port=self._server.port,
            use_tls=self._server.implicit_tls,
            start_tls=False,
            tls_context=self._ssl_context or trusted(),
            timeout=TIMEOUT,
            local_hostname=sender.rpartition("@")[2],
        )
        steps = _Steps(client, token)
        transport = None  # when the server closes the connection, the client forgets its transport, which may still be half open
        try:
            await steps.connect(self._server, sender)
            answer = await steps.offer(sender, recipient, mail)
            transport = client.transport
            await _quit(client)  # only a courtesy, because the server already has the mail
            return answer
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            transport = client.transport
            if isinstance(error, aiosmtplib.SMTPResponseException):
                await _quit(client)
            raise _Ended(steps.at, error, token) from None
        finally:
            client.close()
            if isinstance(transport, asyncio.Transport):
                transport.abort()  # not a clean close, which would wait for the server's TLS


class _Steps:
    """The steps of one conversation. `at` is the current step."""

    def __init__(self, client: aiosmtplib.SMTP, token: str | None) -> None:
        self._client = client
        self._token = token
        self.at = "connecting"

    async def connect(self, server: MailServer, sender: str) -> None:
        """Does the steps up to and including the sign-in."""
        client = self._client
        await client.connect()
        await client.ehlo()
        if server.starttls:
            self.at = "STARTTLS"
            await client.starttls()
        self.at = "signing in"
        if self._token is not None:
            await client.ehlo()
            if "xoauth2" not in client.server_auth_methods:
                raise aiosmtplib.SMTPNotSupported("the mail server does not offer XOAUTH2: remove auth=xoauth2 from SMTP_URL")
            await client.auth_xoauth2(server.username or sender, self._token)
        elif server.username is not None:
            await client.login(server.username, server.password)

    async def offer(self, sender: str, recipient: str | None, mail: bytes | None) -> str:
        """Sends the mail. If `mail` is None, does only the steps before sending. Returns the server's last answer."""
        client = self._client
        self.at = "MAIL FROM"
        answer = await client.mail(sender)
        if recipient is not None:
            self.at = "RCPT TO"
            answer = await client.rcpt(recipient)
        if mail is None:
            self.at = "RSET"
            await client.rset()
        else:
            self.at = "DATA"
            answer = await client.data(mail)
        return f"{answer.code} {answer.message}"


async def _quit(client: aiosmtplib.SMTP) -> None:
    if client.is_connected:
        with suppress(aiosmtplib.SMTPException, OSError):
            await client.execute_command(b"QUIT", timeout=5)


class _Ended(Exception):
    """Raised if the conversation failed at a step. The server's code shows what the failure means. The class of the library's
    error does not show this: it is the same if a recipient is refused permanently (550) or for five minutes (451)."""

    def __init__(self, step: str, error: Exception, token: str | None) -> None:
        self._token = token
        self.refused_token = token if isinstance(error, aiosmtplib.SMTPAuthenticationError) and error.code == 535 else None
        self.meaning, self.reply = _meaning(step, error, token is not None)
        super().__init__(self.reply)

    def outcome(self, secrets: tuple[str, ...]) -> Outcome:
        """Returns the outcome, without the secrets and the token."""
        return self.meaning.outcome(self.reply, secrets=(*secrets, self._token or ""))


def _meaning(step: str, error: Exception, token: bool) -> tuple[Meaning, str]:
    if isinstance(error, aiosmtplib.SMTPResponseException):
        said = f"{error.code} {error.message}"
        return of_smtp(step, error.code, said, token=token), f"{said} (at {step})"
    broken = Meaning(Status.BROKEN, for_all=True)
    cause = error if isinstance(error, ssl.SSLError) else error.__cause__
    if doubt := certificate_fault(error):
        return broken, f"the mail server: {doubt}"
    if isinstance(cause, ssl.SSLError) and cause.reason == "WRONG_VERSION_NUMBER":
        return broken, "the mail server does not start with TLS: use smtp:// for a port with STARTTLS"
    if isinstance(error, (OSError, TimeoutError)):  # includes SMTPServerDisconnected and the library's timeouts
        perhaps = "; the mail may have arrived anyway" if step == "DATA" else ""
        return Meaning(Status.RETRY), f"{type(error).__name__} at {step}: {error}{perhaps}"
    # The remaining errors mean that the server offers no STARTTLS, or no method of signing in.
    return broken, f"{error} (at {step})"
