"""Simulates receivers of messages on loopback: a mail server, and a server for webhooks. A test can make them refuse messages.

with Mailbox() as mailbox, Hook() as slack:
    …  SMTP_URL=mailbox.url, EXTRA_WEBHOOK_HOSTS=slack.host
    mailbox.refuse(451, times=2)
    slack.refuse(429, retry_after=1, times=1)
    mailbox.to("lead@council.example")          # the messages, oldest first
    slack.payloads()
"""

import email
import email.policy
import json
import socket
import threading
import time
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, Literal, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.simulated.server import Answer, Request, Server


@dataclass(slots=True, kw_only=True)
class Mail:
    """An accepted message, both as sent (`raw`) and parsed."""

    sender: str
    recipients: list[str]
    raw: bytes
    at: float = field(default_factory=time.monotonic)

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    def part(self, subtype: Literal["plain", "html"]) -> str:
        """Returns the text of one part, or an empty text if the mail does not have the part."""
        found = self.message.get_body((subtype,))
        return str(found.get_content()) if found else ""

    @property
    def text(self) -> str:
        return self.part("plain")

    @property
    def html(self) -> str:
        return self.part("html")


@dataclass(slots=True)
class _Refusal:
    """A refusal for one recipient or for all recipients. The refusal applies `left` more times, or always if `left` is None."""

    code: int
    at: str
    left: int | None
    recipient: str | None
    text: str

    def applies(self, at: str, recipients: list[str]) -> bool:
        if at != self.at or self.left == 0 or (self.recipient and self.recipient not in recipients):
            return False
        if self.left is not None:
            self.left -= 1
        return True


class Mailbox:
    """An SMTP server. Until a test calls `refuse`, the server accepts every mail and stores it in `mails`.

    By default the server uses neither TLS nor a sign-in, which is usual on loopback. With `tls` the server offers STARTTLS
    (docs/facts/channels.md, SMTP submission). With `sign_in`, which is (user, password), the server requires AUTH.
    """

    def __init__(self, *, tls: Any = None, sign_in: tuple[str, str] | None = None) -> None:
        self.mails: list[Mail] = []
        self.refused: list[tuple[str, int]] = []
        self._refusals: list[_Refusal] = []
        self._lock = threading.Lock()
        self._tls, self._sign_in = tls, sign_in
        self._controller: Controller | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """The value for SMTP_URL, without user and password."""
        return f"smtp://127.0.0.1:{self.port}"

    def refuse(
        self,
        code: int,
        *,
        at: Literal["MAIL", "RCPT", "DATA"] = "DATA",
        times: int | None = None,
        recipient: str | None = None,
        text: str = "Not now",
    ) -> None:
        """From now on answers the command `at` with `code`, for one recipient or for all recipients. `times` is the number of
        refusals; None means no limit."""
        with self._lock:
            self._refusals.append(_Refusal(code, at, times, recipient, text))

    def accept(self) -> None:
        """From now on refuses nothing."""
        with self._lock:
            self._refusals.clear()

    def to(self, address: str) -> list[Mail]:
        """Returns the mails accepted for this address, oldest first."""
        return [mail for mail in self.mails if address in mail.recipients]

    def start(self) -> Self:
        with socket.socket() as free:  # aiosmtpd itself can't choose a port (docs/facts/channels.md, Test servers)
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._controller = self._made()
        self._controller.start()
        return self

    def _made(self) -> Controller:
        options: dict[str, Any] = {"tls_context": self._tls} if self._tls else {}
        if self._sign_in:
            options |= {"authenticator": self._authenticate, "auth_require_tls": False}
        return Controller(Desk(self), hostname="127.0.0.1", port=self.port, **options)

    def stop(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> Any:
        from aiosmtpd.smtp import AuthResult  # imported only if signing in is used

        given = (data.login.decode(), data.password.decode()) if hasattr(data, "login") else None
        # without handled=False the server sends no reply, and the client hangs (docs/facts/channels.md, Test servers)
        return AuthResult(success=True) if given == self._sign_in else AuthResult(success=False, handled=False)

    def _answer(self, at: str, recipients: list[str]) -> str | None:
        with self._lock:
            for refusal in self._refusals:
                if refusal.applies(at, recipients):
                    self.refused.append((at, refusal.code))
                    return f"{refusal.code} {refusal.text}"
        return None


class Desk:
    """The handler that aiosmtpd calls."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_RCPT(  # noqa: N802  the name that aiosmtpd looks for
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := self._mailbox._answer("RCPT", [address]):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        recipients = list(envelope.rcpt_tos)
        if refusal := self._mailbox._answer("DATA", recipients):
            return refusal
        raw = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        self._mailbox.mails.append(Mail(sender=str(envelope.mail_from), recipients=recipients, raw=raw))
        return f"250 2.0.0 queued as SIM{len(self._mailbox.mails):05d}"


@dataclass(slots=True)
class _No:
    answer: Answer
    path: str
    left: int | None


class Hook(Server):
    """A receiver for Slack, Teams and webhooks. Until a test calls `refuse`, every message is accepted with the answer `ok` (200
    and "ok"; for Teams, 202 and no body). One Hook can serve several addresses with different paths."""

    def __init__(self, *, ok: Answer | None = None) -> None:
        super().__init__()
        self.ok = ok or Answer(headers={"Content-Type": "text/html"}, body=b"ok")
        self.taken: list[Request] = []
        self._noes: list[_No] = []
        self._lock = threading.Lock()

    @classmethod
    def teams(cls) -> Self:
        """A receiver that answers like Teams' Workflows, with 202 and no body (docs/facts/channels.md, Teams' answers)."""
        return cls(ok=Answer(status=202))

    @property
    def host(self) -> str:
        """The host and port, for EXTRA_WEBHOOK_HOSTS."""
        return f"127.0.0.1:{self.port}"

    def refuse(
        self, code: int, *, text: str = "", retry_after: int | str | None = None, times: int | None = None, path: str = "/"
    ) -> None:
        """From now on refuses requests to paths that begin with `path`. `times` is the number of refusals; None means no
        limit."""
        headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}
        self.fail(Answer(status=code, headers=headers, body=text.encode()), times=times, path=path)

    def fail(self, answer: Answer, *, times: int | None = None, path: str = "/") -> None:
        """Like `refuse`, but with any answer, such as Answer(reset=True) or Answer(delay=60)."""
        with self._lock:
            self._noes.append(_No(answer, path, times))

    def accept(self) -> None:
        """From now on refuses nothing."""
        with self._lock:
            self._noes.clear()

    def payloads(self, path: str = "/") -> list[Any]:
        """Returns the JSON of the accepted messages to paths that begin with `path`, oldest first."""
        return [json.loads(request.body) for request in self.taken if request.path.startswith(path)]

    def answer(self, request: Request) -> Answer:
        with self._lock:
            for no in self._noes:
                if request.path.startswith(no.path) and no.left != 0:
                    no.left = no.left if no.left is None else no.left - 1
                    return no.answer
            self.taken.append(request)
        return self.ok
