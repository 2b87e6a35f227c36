"""What a mail reports about the delivery of one of ours: bytes -> a report, or None. Pure. It runs in the reader process
(cqc.reader_process).

Source: RFC 3464 (multipart/report with message/delivery-status), RFC 3834 (automatic answers). Mail servers that know neither
send the headers of the original after text of their own.
"""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum
from itertools import islice

from monitor.text import plain

MOST_BYTES = 262_144
"""Bytes of a mail that are read. The report comes before the returned mail."""

_MOST_PARTS = 50
_MOST_TEXT = 100_000
"""Characters of text that are searched."""

_OURS = re.compile(r"<([0-9a-f]{32})@[^<>\s]{1,255}>")
_OURS_IN_TEXT = re.compile(r"^[> \t]*+Message-ID:\s*<([0-9a-f]{32})@[^<>\s]{1,255}>", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_CODE = re.compile(r"(?<![\d.])([45])\d\d[ -]")
_FROM_A_SERVER = re.compile(r"mailer-daemon|postmaster|mail delivery|microsoftexchange", re.IGNORECASE)
_FAILED = re.compile(
    r"undeliver|delivery (?:status notification \(failure\)|failure|has failed|failed)|failure notice|returned mail"
    r"|mail delivery (?:failed|system)|could not be delivered",
    re.IGNORECASE,
)
_DELAYED = re.compile(r"delay|warning|will be (?:retried|tried again)|still (?:being )?(?:tried|trying)", re.IGNORECASE)
_AUTOMATIC = re.compile(r"automatic reply|auto(?:matic)?[- ]?repl|out of (?:the )?office|vacation", re.IGNORECASE)


class Fate(StrEnum):
    """The outcome of a mail. The values are stored in the database."""

    FAILED = "failed"  # final: it is not retried
    DELAYED = "delayed"  # it is retried


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What a mail server reports about one of our mails.

    messages  the ids of our messages that it may be about (the left part of their Message-IDs), the likeliest first
    reply     the server's words, one line of at most 200 characters: "5.1.1 smtp; 550 No such user"
    """

    messages: tuple[str, ...]
    became: Fate
    reply: str


def read_report(raw: bytes) -> DeliveryReport | None:
    """What a mail reports; None if it is not a report, reports no problem, or names no mail of ours. Never raises."""
    mail = email.message_from_bytes(raw[:MOST_BYTES])
    parts = list(islice(mail.walk(), _MOST_PARTS))
    statuses = [block for part in parts if part.get_content_type() == "message/delivery-status" for block in _blocks(part)]
    found = _by_status(statuses) if statuses else _by_words(mail, parts)
    messages = tuple(dict.fromkeys(_messages(mail, parts, standard=bool(statuses))))
    if found is None or not messages:
        return None
    became, reply = found
    return DeliveryReport(messages=messages, became=became, reply=plain(reply)[:200])


def _blocks(part: Message) -> Iterator[Message]:
    """The blocks of fields in a delivery status: for the message, then for each recipient."""
    payload = part.get_payload()
    yield from (one for one in payload if isinstance(one, Message)) if isinstance(payload, list) else ()


def _by_status(blocks: list[Message]) -> tuple[Fate, str] | None:
    """The worst status of any recipient. A message that a server has given up has failed whatever its number: a mailbox that was
    full for five days is 4.2.2."""
    fates = [(fate, block) for block in blocks if (fate := _fate(block)) is not None]
    for wanted in (Fate.FAILED, Fate.DELAYED):
        for fate, block in fates:
            if fate is wanted:
                said = _field(block, "Diagnostic-Code") or _field(block, "Final-Recipient")
                return fate, f"{_field(block, 'Status')} {said}"
    return None


def _fate(block: Message) -> Fate | None:
    action, status = _field(block, "Action").casefold(), _field(block, "Status")
    if action in ("failed", "delayed"):
        return Fate(action)
    return {"5": Fate.FAILED, "4": Fate.DELAYED}.get(status[:1]) if not action else None


def _by_words(mail: Message, parts: list[Message]) -> tuple[Fate, str] | None:
    """The outcome according to the text, for a server that sends no delivery status."""
    subject = _field(mail, "Subject")
    if _field(mail, "Auto-Submitted").casefold().startswith("auto-replied") or _AUTOMATIC.search(subject):
        return None
    from_a_server = _field(mail, "Return-Path") == "<>" or _FROM_A_SERVER.search(_field(mail, "From"))
    if not from_a_server or not (_FAILED.search(subject) or _DELAYED.search(subject)):
        return None
    words = _text(parts)
    first = _OURS_IN_TEXT.search(words)
    own = words[: first.start()] if first else words
    status, code = _STATUS.search(own), _CODE.search(own)
    line = next((line for line in own.splitlines() if _STATUS.search(line) or _CODE.search(line)), subject)
    is_temporary = (status[1] if status else code[1] if code else "5").startswith("4")
    delayed = _DELAYED.search(subject) and not _FAILED.search(subject)
    return (Fate.DELAYED if delayed or is_temporary else Fate.FAILED), line.strip()


def _messages(mail: Message, parts: list[Message], *, standard: bool) -> Iterator[str]:
    """Our ids: from the returned mail, or else from the mail that the report answers."""
    for part in parts[1:]:
        yield from _OURS.findall(_field(part, "Message-ID"))
    yield from _OURS_IN_TEXT.findall(_text(parts))
    if standard:
        for name in ("In-Reply-To", "References"):
            yield from _OURS.findall(_field(mail, name))


def _text(parts: list[Message]) -> str:
    """The text of the parts, including the headers of a returned mail sent as text."""
    found: list[str] = []
    for part in parts:
        if part.get_content_maintype() == "text":
            body = part.get_payload(decode=True)
            found.append(body[:_MOST_TEXT].decode("utf-8", "replace") if isinstance(body, bytes) else "")
    return "\n".join(found)[:_MOST_TEXT]


def _field(block: Message, name: str) -> str:
    """A field's text on one line; "" if there is none."""
    return " ".join(str(block.get(name, "")).split())[:1000]
