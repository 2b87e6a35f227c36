"""Email over SMTP: one message to one mailbox, as text and HTML. Sources:
docs/facts/channels.md, Building an email, and the sections after it."""

import asyncio
import hashlib
import re
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import Header, decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

import aiosmtplib

from monitor.channels.address import target
from monitor.channels.base import Outcome, Status, one_line, trusted
from monitor.channels.mail_settings import MailServer, as_text, sender_of, server_of
from monitor.notify.render import Message
from monitor.text import plain

TIMEOUT = 30.0
"""The most seconds for any one step of the conversation."""

_WIDEST_BODY, _WIDEST_HEADER = 76, 998
"""The most characters in a line: of an encoded body (RFC 2045 §6.7 and §6.8) or a header line with an encoded word (RFC 2047
§2); and of any other header line (RFC 5322 §2.1.1)."""

_WHOLE = policy.SMTP.clone(max_line_length=_WIDEST_HEADER, cte_type="7bit")


class _Policy(policy.EmailPolicy):
    """How a mail is written. Bodies are 7 bit in short lines, so that no relay needs to convert or break them.

    Headers are not folded: at 76 columns Python writes a long URL in encoded words, which no mail program reads as a URL
    (docs/facts/channels.md, Building an email), and loses spaces between encoded words. Only long encoded words are split,
    between letters.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{_divided(name, _WHOLE.fold(name, value))}\r\n".encode("ascii")


_POLICY = _Policy(linesep="\r\n", max_line_length=_WIDEST_BODY, cte_type="7bit")

# Encoded words, as Python writes them, with the spaces around them.
_ENCODED = re.compile(r"(?<=[ \t])(?:=\?utf-8\?[bq]\?[^?\s]*\?=(?:[ \t]+|$))+", re.IGNORECASE)


def _divided(name: str, header: str) -> str:
    """The header unchanged, or, if encoded words make it too long, in several lines with one encoded word each."""
    lines = header.splitlines()
    line = "".join(lines)
    if not any("=?" in one and len(one) > _WIDEST_BODY for one in lines):
        return "\r\n".join(lines)

    def words(match: re.Match[str]) -> str:
        first, last = match.start() == len(name) + 2, match.end() == len(line)
        text = str(make_header(decode_header(match[0].strip())))
        encoded = Header(text, "utf-8", _WIDEST_BODY - 1, name).encode(linesep="\r\n")
        return ("" if first else "\r\n ") + encoded + ("" if last else "\r\n ")

    return re.sub(r"(?<![ \t])[ \t]++\r\n", "\r\n", _ENCODED.sub(words, line))


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
        self._server = server_of(smtp_url) if smtp_url else None
        self._sender = sender_of(mail_from) if mail_from else None
        self._ssl_context = ssl_context
        self._now = now

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        """The whole mail except its date, which is added when it is sent. One part: the limits on mail do not matter here."""
        sender = self._sender or Address("", "cqc-monitor", "invalid")
        mail = EmailMessage(policy=_POLICY)
        mail["From"] = sender
        mail["To"] = Address(addr_spec=target(address))
        mail["Subject"] = as_text(message.subject)
        mail["Message-ID"] = f"<{_atom(message_id)}@{sender.domain}>"
        if message.thread:
            # No mail has this id: it only tells mail programs that the mails about one service belong together.
            thread = f"<{_atom(message.thread)}@{sender.domain}>"
            answers = f"<{_atom(message.answers)}@{sender.domain}>" if message.answers else None
            mail["In-Reply-To"] = answers or thread
            mail["References"] = f"{thread} {answers}" if answers else thread
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"
        mail["List-ID"] = _list_id(message.watchlists, sender.domain)
        if message.unsubscribe:  # RFC 8058. Source: docs/facts/channels.md, One-click unsubscribe
            mail["List-Unsubscribe"] = f"<{message.unsubscribe}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mail.set_content(message.text, cte="quoted-printable")
        mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
        # By default the separator is random, but the same message must make the same bytes.
        mail.set_boundary("=" + hashlib.sha256(f"{message_id}{message.html}".encode()).hexdigest())
        return (mail.as_bytes(),)

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        """Hands one mail over. ACCEPTED means that the server accepted it. Its answer, with the queue id, is the reply."""
        if self._server is None or self._sender is None:
            missing = "SMTP_URL" if self._server is None else "MAIL_FROM"
            return Outcome(Status.BROKEN, f"{missing} is not set", for_all=True)
        dated = b"Date: " + format_datetime(self._now()).encode() + b"\r\n" + part
        secrets = (self._server.password,)
        try:
            reply = await self._handed_over(self._server, self._sender.addr_spec, target(address), dated)
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
        try:
            reply = await self._converse(server, sender, recipient, _text_alone(mail))
        except _Ended as again:
            raise (first if again.status is Status.REJECTED else again) from None
        return f"{reply} (as text only, since the mail with HTML was refused: {first.reply})"

    async def check(self) -> Outcome:
        """Whether we can reach the mail server, trust its certificate, and sign in. No mail is sent."""
        if self._server is None or self._sender is None:
            missing = "SMTP_URL" if self._server is None else "MAIL_FROM"
            return Outcome(Status.BROKEN, f"{missing} is not set", for_all=True)
        secrets = (self._server.password,)
        try:
            reply = await self._converse(self._server)
        except _Ended as ended:
            return Outcome(ended.status, one_line(ended.reply, secrets=secrets), for_all=ended.for_all)
        return Outcome(Status.ACCEPTED, one_line(reply, secrets=secrets))

    async def close(self) -> None:
        """Does nothing: each mail has its own connection."""

    async def _converse(self, server: MailServer, sender: str = "", recipient: str = "", mail: bytes | None = None) -> str:
        """The server's last answer; without a mail, the answer to a NOOP. Raises _Ended if the conversation fails."""
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


class _Ended(Exception):
    """The conversation failed."""

    def __init__(self, status: Status, reply: str, step: str, *, for_all: bool = True) -> None:
        super().__init__(reply)
        self.status = status
        self.reply = reply
        self.step = step
        self.for_all = status is Status.BROKEN and for_all

    @classmethod
    def at(cls, step: str, error: Exception) -> "_Ended":
        """What an error at a step means. The server's code decides, never the class of the error alone: refused recipients have
        one class, whether for ever (550) or for five minutes (451)."""
        if isinstance(error, aiosmtplib.SMTPResponseException):
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


def _text_alone(mail: bytes) -> bytes:
    """The same mail, with the same headers, without its HTML."""
    message = message_from_bytes(mail, policy=_POLICY)
    assert isinstance(message, EmailMessage)
    text = message.get_body(("plain",))
    assert text is not None
    words = text.get_content()
    message.clear_content()
    message.set_content(words, cte="quoted-printable")
    return message.as_bytes()


def _atom(text: str) -> str:
    """Text that is valid left of the @ of a Message-ID."""
    return re.sub(r"[^A-Za-z0-9_-]+", ".", text).strip(".") or "message"


def _list_id(watchlists: tuple[str, ...], domain: str) -> str:
    if len(watchlists) != 1:
        return f"<cqc-monitor.{domain}>"
    label = re.sub(r"[^a-z0-9]+", "-", watchlists[0].casefold()).strip("-")
    # Two names may give the same label, or none; the digest tells them apart.
    digest = hashlib.sha256(watchlists[0].encode()).hexdigest()[:6]
    name = re.sub(r'[<>"\\]', " ", as_text(plain(watchlists[0])))
    return f"{name} <{'-'.join(part for part in (label[:40], digest) if part)}.watchlists.{domain}>"
