"""Tests email with real servers: STARTTLS, implicit TLS, no TLS on loopback, and all kinds of answers that servers give."""

import asyncio
import email
import email.policy
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.header import decode_header, make_header
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from monitor.channels import Outcome, Status, parse_address
from monitor.channels.base import Mail
from monitor.channels.mail_settings import MailSetup, sender_of, server_of
from monitor.errors import SettingsError
from monitor.events import Kind
from monitor.notify.content import Message
from tests.channels.conftest import Tls
from tests.channels.receiving import HOSTILE, Scripted, alert, by, card, fall, free_port, told
from tests.simulated.receivers import Mailbox

ADDRESS = "mailto:lead@council.example"
SENDER = "CQC monitor <monitor@council.example>"
PASSWORD = "p@ss/word:1%"  # characters that must be percent-encoded in a URL


@dataclass
class Desk:
    """A mail server's answers, and the mails that it accepted."""

    answers: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[str, list[str], bytes, bool]] = field(default_factory=list)

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "MAIL" not in self.answers:
            envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "RCPT" not in self.answers:
            envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if "DATA" not in self.answers:
            assert isinstance(envelope.content, bytes)
            self.taken.append((str(envelope.mail_from), envelope.rcpt_tos, envelope.content, session.ssl is not None))
        return self.answers.get("DATA", "250 2.0.0 queued as ABC123")

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        right = (data.login, data.password) == (b"monitor", PASSWORD.encode())
        # without handled=False the client gets no answer at all
        return AuthResult(success=True) if right else AuthResult(success=False, handled=False)

    def mail(self) -> EmailMessage:  # not a property, since aiosmtpd reads all attributes of a handler when it starts
        return email.message_from_bytes(self.taken[-1][2], policy=email.policy.default)


@contextmanager
def server(desk: Desk, *, implicit: ssl.SSLContext | None = None, **options: Any) -> Iterator[int]:
    """Runs a mail server, and yields its port."""
    port = free_port()
    controller = Controller(desk, hostname="127.0.0.1", port=port, ssl_context=implicit, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def by_smtp(smtp_url: str | None, mail_from: str | None, trust: ssl.SSLContext | None = None) -> Mail:
    """Returns the channel for SMTP_URL and MAIL_FROM."""
    setup = MailSetup(sender_of(mail_from) if mail_from else None, server_of(smtp_url) if smtp_url else None)
    return by(setup, trust)


def deliver(channel: Mail, message: Message | None = None, message_id: str = "m-1") -> Outcome:
    (part,) = channel.parts(message or alert(), message_id=message_id, address=ADDRESS)
    return asyncio.run(channel.send(part, message_id=message_id, part_number=1, address=ADDRESS))


def channel(
    port: int, *, user: str = "", query: str = "", scheme: str = "smtp", trust: ssl.SSLContext | None = None
) -> Mail:
    return by_smtp(f"{scheme}://{user}127.0.0.1:{port}{query}", SENDER, trust)


SIGNED_IN = "monitor:p%40ss%2Fword%3A1%25@"


# ── ways to the server ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_mail_is_accepted_without_tls_on_loopback() -> None:
    """Loopback needs no TLS. The outcome contains the server's last answer, with the queue id."""
    desk = Desk()
    with server(desk) as port:
        outcome = deliver(channel(port))
    assert outcome == Outcome(Status.ACCEPTED, "250 2.0.0 queued as ABC123")
    sender, recipients, _, encrypted = desk.taken[0]
    assert (sender, recipients, encrypted) == ("monitor@council.example", ["lead@council.example"], False)


def test_a_mail_is_accepted_with_starttls_and_a_sign_in(tls: Tls) -> None:
    """The password is sent only over TLS. In SMTP_URL, its special characters are percent-encoded."""
    desk = Desk()
    with server(desk, tls_context=tls.server, authenticator=desk.authenticate, auth_required=True) as port:
        outcome = deliver(channel(port, user=SIGNED_IN, query="?starttls=required", trust=tls.client))
    assert outcome.status is Status.ACCEPTED
    assert desk.taken[0][3] is True


def test_a_mail_is_accepted_with_implicit_tls(tls: Tls) -> None:
    """With smtps:// the connection begins with TLS."""
    desk = Desk()
    with server(desk, implicit=tls.server) as port:
        outcome = deliver(channel(port, scheme="smtps", trust=tls.client))
    assert outcome.status is Status.ACCEPTED


@pytest.mark.parametrize("way", ["STARTTLS", "implicit TLS"])
def test_an_untrusted_certificate_leads_to_the_outcome_broken_and_nothing_is_sent(tls: Tls, way: str) -> None:
    """Nothing is sent to a server that cannot prove its identity."""
    desk = Desk()
    options: dict[str, Any] = {"tls_context": tls.server} if way == "STARTTLS" else {"implicit": tls.server}
    with server(desk, **options) as port:
        plain = channel(port, query="?starttls=required")
        outcome = deliver(plain if way == "STARTTLS" else channel(port, scheme="smtps"))
    assert outcome.status is Status.BROKEN
    assert "certificate can't be trusted" in outcome.reply
    assert desk.taken == []


def test_a_server_without_starttls_leads_to_the_outcome_broken_and_receives_nothing() -> None:
    """If TLS is required but the server doesn't offer it, nothing is sent without TLS."""
    desk = Desk()
    with server(desk) as port:
        outcome = deliver(channel(port, query="?starttls=required"))
    assert outcome.status is Status.BROKEN
    assert "STARTTLS" in outcome.reply
    assert desk.taken == []


def test_a_server_without_sign_in_leads_to_the_outcome_broken_if_a_user_is_set() -> None:
    """SMTP_URL contains a user, but the server doesn't know AUTH."""
    desk = Desk()
    with server(desk) as port:
        outcome = deliver(channel(port, user=SIGNED_IN))
    assert outcome.status is Status.BROKEN
    assert desk.taken == []


def test_with_smtps_a_server_that_does_not_start_with_tls_leads_to_the_outcome_broken() -> None:
    """SMTP_URL has smtps://, but with the port for STARTTLS. A person must correct SMTP_URL."""
    with Scripted([b"220 mail.example ESMTP\r\n"]) as scripted:
        outcome = deliver(channel(scripted.port, scheme="smtps"))
    assert outcome.status is Status.BROKEN
    assert "does not start with TLS" in outcome.reply


# ── what the server answers ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("at", "answer", "status"),
    [
        pytest.param("RCPT", "550 5.1.1 no such user", Status.REJECTED, id="550 at RCPT rejects this recipient"),
        pytest.param("RCPT", "553 5.1.3 bad address", Status.REJECTED, id="553 at RCPT rejects this recipient"),
        pytest.param("RCPT", "451 4.7.1 greylisted", Status.RETRY, id="451 at RCPT is tried again"),
        pytest.param("RCPT", "452 4.2.2 mailbox full", Status.RETRY, id="452 at RCPT is tried again"),
        pytest.param("RCPT", "530 5.7.0 authentication required", Status.BROKEN, id="530 at RCPT is our own fault"),
        pytest.param("DATA", "452 4.3.1 no space", Status.RETRY, id="452 after DATA is tried again"),
        pytest.param("DATA", "421 4.3.2 going down", Status.RETRY, id="421 after DATA is tried again"),
        pytest.param("DATA", "554 5.7.1 looks like spam", Status.REJECTED, id="554 after DATA rejects this message"),
        pytest.param("DATA", "552 5.3.4 too large", Status.REJECTED, id="552 after DATA rejects this message"),
        pytest.param("DATA", "550 5.7.515 not signed", Status.BROKEN, id="550 5.7.515 can be corrected"),
        pytest.param("RCPT", "554 5.7.1 relay access denied", Status.BROKEN, id="554 5.7.1 at RCPT can be corrected"),
        pytest.param("RCPT", "550 5.7.1 this group is closed", Status.BROKEN, id="550 5.7.1 at RCPT can be corrected"),
        pytest.param("DATA", "550 5.7.60 send as denied", Status.BROKEN, id="550 5.7.60 is our own fault"),
        pytest.param("RCPT", "550 5.7.30 basic authentication is not supported", Status.BROKEN, id="550 5.7.30 is our own fault"),
        pytest.param("MAIL", "550 5.7.60 send as denied", Status.BROKEN, id="a refused sender is our own fault"),
        pytest.param("MAIL", "553 5.1.8 no such sender", Status.BROKEN, id="a sender that does not exist is our own fault"),
        pytest.param("MAIL", "451 4.3.0 not now", Status.RETRY, id="451 at MAIL is tried again"),
    ],
)
def test_the_outcome_depends_on_the_code_of_the_answer(at: str, answer: str, status: Status) -> None:
    """The outcome contains the answer. Source: docs/facts/channels.md, Outcomes over SMTP."""
    desk = Desk(answers={at: answer})
    with server(desk) as port:
        outcome = deliver(channel(port))
    assert outcome.status is status
    assert answer in outcome.reply
    assert desk.taken == []


@pytest.mark.parametrize(
    ("at", "answer", "for_all"),
    [
        pytest.param("MAIL", "550 5.7.60 send as denied", True, id="a refused sender stops the mail to all recipients"),
        pytest.param("RCPT", "530 5.7.0 authentication required", True, id="a missing sign-in stops the mail to all recipients"),
        pytest.param(
            "DATA", "550 5.7.515 not signed", False, id="a rule of one provider stops only the mail to its own addresses"
        ),
        pytest.param(
            "RCPT", "554 5.7.1 relay access denied", False, id="a rule about one recipient stops only the mail to this recipient"
        ),
    ],
)
def test_a_refusal_stops_all_mail_or_only_the_mail_to_one_address(at: str, answer: str, for_all: bool) -> None:
    """A single unusable address must not delay the mail to all other addresses."""
    with server(Desk(answers={at: answer})) as port:
        outcome = deliver(channel(port))
    assert (outcome.status, outcome.for_all) == (Status.BROKEN, for_all)


def test_a_mail_whose_content_is_refused_is_sent_again_without_html() -> None:
    """A filter that rejects HTML must not stop an alert. The mail without HTML has the same id and the same headers."""
    with Mailbox() as mailbox:
        mailbox.refuse(554, at="DATA", times=1, text="5.7.1 looks like spam")
        outcome = deliver(channel(mailbox.port))
        (mail,) = mailbox.mails
    assert outcome.status is Status.ACCEPTED
    assert "queued as SIM00001" in outcome.reply and "looks like spam" in outcome.reply
    whole = email.message_from_bytes(by_smtp(None, SENDER).parts(alert(), message_id="m-1", address=ADDRESS)[0])
    kept = {name: value for name, value in whole.items() if not name.lower().startswith("content-")}
    assert {name: mail.message[name] for name in kept} == {name: str(value) for name, value in kept.items()}
    assert mail.message.get_content_type() == "text/plain" and mail.html == ""
    assert mail.text.split() == alert().text.split()


def test_a_wrong_password_leads_to_the_outcome_broken_and_is_not_shown(tls: Tls) -> None:
    """The server answers 535. No reply contains the password."""
    desk = Desk()
    with server(desk, tls_context=tls.server, authenticator=desk.authenticate, auth_required=True) as port:
        outcome = deliver(channel(port, user="monitor:wrong-password@", query="?starttls=required", trust=tls.client))
    assert outcome.status is Status.BROKEN
    assert "535" in outcome.reply
    assert "wrong-password" not in outcome.reply
    assert desk.taken == []


HELLO = [b"220 mail.example ESMTP\r\n", b"250 mail.example\r\n"]


@pytest.mark.parametrize(
    ("script", "status", "reply"),
    [
        pytest.param([b"554 5.7.1 not from you\r\n"], Status.BROKEN, "554", id="554 as greeting: the server refuses us"),
        pytest.param([b"421 4.3.2 too busy\r\n"], Status.RETRY, "421", id="421 as greeting is tried again"),
        pytest.param([b"\x15\x03\x01 what is this\r\n"], Status.RETRY, "", id="a line that is not an answer is tried again"),
        pytest.param([], Status.RETRY, "", id="a connection closed at once is tried again"),
        pytest.param(HELLO, Status.RETRY, "at MAIL FROM", id="a connection lost before the mail is tried again"),
        pytest.param(
            [*HELLO, b"250 OK\r\n", b"250 OK\r\n", b"354 go on\r\n"],
            Status.RETRY,
            "may have arrived",
            id="a connection lost after the mail is tried again, so the mail may arrive twice",
        ),
    ],
)
def test_a_connection_that_the_server_ends_early_leads_to_the_right_outcome(
    script: list[bytes], status: Status, reply: str
) -> None:
    """A mail that the server did not confirm is sent again. The repeat has the same Message-ID, so that it can be recognised."""
    with Scripted(script) as scripted:
        outcome = deliver(channel(scripted.port))
    assert outcome.status is status
    assert reply in outcome.reply


def test_a_mail_to_a_server_that_is_down_is_tried_again() -> None:
    """Nothing listens on the server's port."""
    assert deliver(channel(free_port())).status is Status.RETRY


def test_a_mail_to_a_server_with_an_unknown_name_is_tried_again() -> None:
    """The name server may be down."""
    unknown = by_smtp("smtp://mail.invalid:587", SENDER)
    assert deliver(unknown).status is Status.RETRY


@pytest.mark.parametrize(
    ("smtp_url", "mail_from", "reply"),
    [
        (None, SENDER, "SMTP_URL is not set"),
        ("smtp://127.0.0.1:25", None, "MAIL_FROM is not set"),
        (None, None, "SMTP_URL is not set"),
    ],
)
def test_without_settings_every_mail_has_the_outcome_broken(smtp_url: str | None, mail_from: str | None, reply: str) -> None:
    """The outcome says which setting is missing."""
    assert deliver(by_smtp(smtp_url, mail_from)) == Outcome(Status.BROKEN, reply, for_all=True)


@pytest.mark.parametrize(
    ("smtp_url", "mail_from"),
    [
        pytest.param("mail.example:587", SENDER, id="a URL without a scheme"),
        pytest.param("https://mail.example", SENDER, id="a URL with another scheme"),
        pytest.param("smtp://user:pass/word@mail.example:587", SENDER, id="a password with a slash in it"),
        pytest.param("smtp://mail.example:port", SENDER, id="a port that is not a number"),
        pytest.param("smtp://mail.example?starttls=maybe", SENDER, id="an unknown value for STARTTLS"),
        pytest.param("smtp://mail.example?tls=no", SENDER, id="an unknown option"),
        pytest.param("smtp://mail.example", "CQC monitor", id="a sender without a mailbox"),
        pytest.param("smtp://mail.example", "monitor@council.example\nBcc: x@council.example", id="a sender with a header in it"),
    ],
)
def test_unusable_settings_are_refused(smtp_url: str, mail_from: str) -> None:
    """The settings are refused at the start, in one line without the password."""
    with pytest.raises(SettingsError) as refused:
        by_smtp(smtp_url, mail_from)
    assert "\n" not in str(refused.value)
    assert "word@" not in str(refused.value).replace("user:password@", "")


@pytest.mark.parametrize(
    ("smtp_url", "starttls"),
    [
        ("smtp://mail.example", True),
        ("smtp://mail.example?starttls=never", False),
        ("smtp://localhost", False),
        ("smtp://[::1]:25", False),
        ("smtp://127.0.0.1?starttls=required", True),
        ("smtps://mail.example", False),
    ],
)
def test_starttls_is_required_except_on_loopback(smtp_url: str, starttls: bool) -> None:
    """An option in SMTP_URL can require or forbid STARTTLS."""
    assert server_of(smtp_url).starttls is starttls


# ── the payload ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_alert_has_the_right_headers() -> None:
    """An alert belongs to its service's thread, is marked so that no program replies to it, and has its own id and date."""
    desk = Desk()
    with server(desk) as port:
        deliver(channel(port), message_id="notice 7/a")
    mail = desk.mail()
    assert mail["From"] == SENDER
    assert mail["To"] == "lead@council.example"
    assert mail["Subject"] == "Inadequate, special measures: Cherrybrook Care Home"
    assert mail["Message-ID"] == "<notice.7.a@council.example>"
    assert mail["In-Reply-To"] == mail["References"] == "<1-2235500001@council.example>"
    assert mail["Importance"] == "high"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert mail["List-ID"].startswith("Leeds homes <leeds-homes-")
    assert mail["Date"] == "Sat, 21 Nov 2026 09:04:00 +0000"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_only_an_urgent_mail_is_marked_as_important() -> None:
    calm = alert(told(Kind.UPGRADED, of="overall", from_="inadequate", to="good"))
    (part,) = by_smtp(None, SENDER).parts(calm, message_id="m-1", address=ADDRESS)
    assert email.message_from_bytes(part)["Importance"] is None


def test_a_sender_without_a_name_gets_the_name_cqc_monitor() -> None:
    (part,) = by_smtp(None, "monitor@council.example").parts(alert(), message_id="m-1", address=ADDRESS)
    assert email.message_from_bytes(part)["From"] == SENDER


def test_a_mail_that_is_made_twice_has_the_same_bytes() -> None:
    """All bytes are the same, except for the date of sending."""
    channel = by_smtp(None, SENDER)
    first = channel.parts(alert(), message_id="m-1", address=ADDRESS)
    assert channel.parts(alert(), message_id="m-1", address=ADDRESS) == first
    assert channel.parts(alert(), message_id="m-2", address=ADDRESS) != first


def test_the_text_arrives_as_it_was_written() -> None:
    """Tests dots at the beginning of lines, long lines, and letters outside ASCII."""
    long = card(name="Tŷ Gwyn — “Rose’s” House " + "x" * 1200)
    message = alert(fall(long), told(Kind.ENTERED, long, quote=". A sentence\n.after a dot."))
    desk = Desk()
    with server(desk) as port:
        deliver(channel(port), message)
    plain, html = desk.mail().iter_parts()
    assert plain.get_content().replace("\r\n", "\n").strip() == message.text.strip()
    assert html.get_content().replace("\r\n", "\n").strip() == message.html.strip()
    assert desk.mail()["Subject"] == message.subject
    assert all(byte < 128 for byte in desk.taken[0][2])


LONG_LINK = "https://monitor.council.example/unsubscribe/" + "e30.Long-token_" * 25

NAMES = [
    pytest.param("Cherrybrook Care Home", id="ASCII"),
    pytest.param("Cherrybrook Care Home " * 8, id="a long name in ASCII"),
    pytest.param("Tŷ Gwyn — “Rose’s” House", id="some letters outside ASCII"),
    pytest.param(
        "Llanfairpwllgwyngyllgogerychŵyrndrobŵllllantysiliogogogoch " * 4, id="a long name with some letters outside ASCII"
    ),
    pytest.param("ŵ" * 200, id="one long word outside ASCII"),
    pytest.param("é " * 60 + "end", id="many short words outside ASCII"),
    pytest.param("Home 😀 = ? _ (a) é, b " * 5, id="characters that encoded words use"),
    pytest.param("x" * 300, id="one long word in ASCII"),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("refuse_html", [False, True], ids=["with HTML", "as text only"])
def test_the_sent_bytes_have_short_lines_and_undivided_links(name: str, refuse_html: bool) -> None:
    """The lines of an encoded body have at most 76 characters (RFC 2045 §6.7). A header line with encoded words has at most 76
    characters, and each encoded word at most 75 (RFC 2047 §2). The link to unsubscribe is not divided (RFC 8058)."""
    long, short = card(name=name.strip()), name[:100].strip()
    message = alert(fall(long, watchlists=(short,)), told(Kind.ENTERED, long, quote="“Not safe.” " * 40))
    message = replace(message, unsubscribe=LONG_LINK)
    with Mailbox() as mailbox:
        if refuse_html:
            mailbox.refuse(554, at="DATA", times=1, text="5.7.1 looks like spam")
        assert deliver(by_smtp(mailbox.url, f'"{short}" <monitor@council.example>'), message).status is Status.ACCEPTED
        (mail,) = mailbox.mails
    head, _, body = mail.raw.partition(b"\r\n\r\n")
    assert f"\r\nList-Unsubscribe: <{LONG_LINK}>\r\n".encode() in head
    assert b"\r\nReferences: <1-2235500001@council.example>\r\n" in head
    assert max(map(len, body.split(b"\r\n"))) <= 80  # the separator of the parts is longer than 76
    for part in mail.message.walk():
        if not part.is_multipart():
            assert part["Content-Transfer-Encoding"] == "quoted-printable"
            assert max(map(len, str(part.get_payload()).splitlines())) <= 76
    for line in head.split(b"\r\n"):
        assert line == line.rstrip() and len(line) <= 998
        if b"=?" in line:
            assert len(line) <= 76
            assert all(len(word) <= 75 for word in re.findall(rb"=\?.*?\?=", line))
    read = email.message_from_bytes(mail.raw)  # the older parser follows RFC 2047 §6.2 between encoded words
    unfolded = {header: str(make_header(decode_header(re.sub(r"\r?\n", "", value)))) for header, value in read.items()}
    assert unfolded["Subject"] == message.subject
    assert unfolded["From"].replace('"', "") == f"{short} <monitor@council.example>"
    assert mail.text.split() == message.text.split()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("=?utf-8?q?=C3?= Home", id="bytes that are not UTF-8"),
        pytest.param("=?utf-8?q?=0D=0ABcc:_x=40y.example?= Home", id="a line break and a header"),
        pytest.param("=?utf-8?b?!!?= Home", id="text that is not Base64"),
        pytest.param("=?no-such-set?q?x?= Home", id="an unknown character set"),
    ],
)
def test_a_name_that_looks_like_an_encoded_word_is_shown_as_written(name: str) -> None:
    """The name must not stop an alert, and the recipient's mail program must not decode the name."""
    message = alert(fall(card(name=name), watchlists=(name,)))
    desk = Desk()
    with server(desk) as port:
        assert deliver(channel(port), message).status is Status.ACCEPTED
    mail = desk.mail()
    assert str(mail["Subject"]) == "Inadequate: " + name.replace("=?", "= ?")
    assert mail["Bcc"] is None


def test_a_hostile_name_cannot_add_a_header() -> None:
    """Line breaks in names become spaces before headers are written."""
    message = alert(fall(card(name=HOSTILE), watchlists=('Leeds\r\nBcc: x@y <a> "b"',)))
    desk = Desk()
    with server(desk) as port:
        assert deliver(channel(port), message, message_id="m\r\nBcc: x@y").status is Status.ACCEPTED
    assert desk.mail()["Bcc"] is None
    assert desk.taken[0][1] == ["lead@council.example"]
    assert sorted({name.lower() for name in desk.mail()}) == sorted(
        ["from", "to", "subject", "message-id", "in-reply-to", "references", "importance", "auto-submitted",
         "x-auto-response-suppress", "list-id", "mime-version", "content-type", "date"]
    )  # fmt: skip


def test_a_mail_can_be_made_for_every_accepted_address() -> None:
    """A mail can be made for every address that `parse_address` accepts."""
    odd = ("o'neil@council.example", "a.b+c@x.council.example", "{a|b}~`^!#$&*=/@council.example", "a@xn--cuncil-wxa.example")
    for mailbox in odd:
        address = parse_address(f"mailto:{mailbox}", extra_hosts=frozenset())
        (part,) = by_smtp(None, SENDER).parts(alert(), message_id="m", address=address)
        assert f"To: {mailbox}".encode() in part.replace(b'"', b"")
