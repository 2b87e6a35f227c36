"""Writes emails. This module is separate from the channel so that commands that send nothing do not load it. Source:
docs/facts/channels.md, Building an email."""

import hashlib
import re
from email import message_from_bytes, policy
from email.header import Header, decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage

from monitor.channels.mail_settings import as_text
from monitor.notify.content import Message
from monitor.text import plain

_WIDEST_BODY, _WIDEST_HEADER = 76, 998
"""The most characters in a line. _WIDEST_BODY applies to an encoded body (RFC 2045 §6.7 and §6.8) and to a header line with an
encoded word (RFC 2047 §2). _WIDEST_HEADER applies to any other header line (RFC 5322 §2.1.1)."""

_WHOLE = policy.SMTP.clone(max_line_length=_WIDEST_HEADER, cte_type="7bit")


_NAME = "CQC monitor"
"""The sender's name, if MAIL_FROM has no name."""


class _Policy(policy.EmailPolicy):
    """Defines how a mail is written. Bodies are 7 bit in short lines, so that no relay needs to convert or break the lines.

    Headers are not folded. When Python folds a header at 76 columns, it writes a long URL in encoded words, which no mail program
    reads as a URL (docs/facts/channels.md, Building an email). Python also loses spaces between encoded words. Only long encoded
    words are split, between letters.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{_divided(name, _WHOLE.fold(name, value))}\r\n".encode("ascii")


_POLICY = _Policy(linesep="\r\n", max_line_length=_WIDEST_BODY, cte_type="7bit")

# Encoded words, as Python writes them, with the spaces around them.
_ENCODED = re.compile(r"(?<=[ \t])(?:=\?utf-8\?[bq]\?[^?\s]*\?=(?:[ \t]+|$))+", re.IGNORECASE)


def _divided(name: str, header: str) -> str:
    """Returns the header on one line. If a line with encoded words is too long, puts these words on separate lines."""
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


def written(message: Message, message_id: str, sender: Address | None, recipient: str) -> bytes:
    """Returns a whole mail except its date. The same arguments give the same bytes. If `sender` is None, the mail gets an
    invalid sender, and can't be sent."""
    sender = sender or Address("", "cqc-monitor", "invalid")
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = sender if sender.display_name else Address(_NAME, addr_spec=sender.addr_spec)
    mail["To"] = Address(addr_spec=recipient)
    mail["Subject"] = as_text(message.subject)
    mail["Message-ID"] = f"<{_atom(message_id)}@{sender.domain}>"
    if message.thread:
        # No mail has the id `thread`. The id only tells mail programs which mails are about the same service.
        thread = f"<{_atom(message.thread)}@{sender.domain}>"
        answers = f"<{_atom(message.answers)}@{sender.domain}>" if message.answers else None
        mail["In-Reply-To"] = answers or thread
        mail["References"] = f"{thread} {answers}" if answers else thread
    if message.urgent:
        mail["Importance"] = "high"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    mail["List-ID"] = _list_id(message.watchlists, sender.domain)
    if message.unsubscribe:  # RFC 8058. Source: docs/facts/channels.md, One-click unsubscribe
        mail["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.text, cte="quoted-printable")
    mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    # By default the separator is random, but the same message must give the same bytes.
    mail.set_boundary("=" + hashlib.sha256(f"{message_id}{message.html}".encode()).hexdigest())
    return mail.as_bytes()


def text_alone(mail: bytes) -> bytes:
    """Returns the same mail, with the same headers but without the HTML."""
    message = message_from_bytes(mail, policy=_POLICY)
    assert isinstance(message, EmailMessage)
    text = message.get_body(("plain",))
    assert text is not None
    words = text.get_content()
    message.clear_content()
    message.set_content(words, cte="quoted-printable")
    return message.as_bytes()


def _atom(text: str) -> str:
    """Returns text that is valid before the @ of a Message-ID."""
    return re.sub(r"[^A-Za-z0-9_-]+", ".", text).strip(".") or "message"


def _list_id(watchlists: tuple[str, ...], domain: str) -> str:
    if len(watchlists) != 1:
        return f"<cqc-monitor.{domain}>"
    label = re.sub(r"[^a-z0-9]+", "-", watchlists[0].casefold()).strip("-")
    # Two names may give the same label, or both an empty label. The digest distinguishes these names.
    digest = hashlib.sha256(watchlists[0].encode()).hexdigest()[:6]
    name = re.sub(r'[<>"\\]', " ", as_text(plain(watchlists[0])))
    return f"{name} <{'-'.join(part for part in (label[:40], digest) if part)}.watchlists.{domain}>"
