"""Parses a mail server's report that one of our mails was not delivered or is delayed. Pure. This code runs in the reader process
(cqc.reader_process).

Source: RFC 3464 (multipart/report with message/delivery-status), RFC 3834 (automatic answers). Mail servers that do not support
these standards send their own text, followed by the headers of the original mail.
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
"""At most this many bytes of a mail are read. The report is among these bytes, because the returned mail comes later."""

_MOST_PARTS = 50
_MOST_TEXT = 100_000
"""At most this many characters of text are searched."""

_OURS = re.compile(r"<([0-9a-f]{32})@[^<>\s]{1,255}>")
_OURS_IN_TEXT = re.compile(r"^[> \t]*+Message-ID:\s*<([0-9a-f]{32})@[^<>\s]{1,255}>", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"(?<![\d.])([245])\.[0-7]\.\d{1,3}\b(?!\.\d)")
_CODE = re.compile(r"(?<![\d.])([45])\d\d[ -]")
# The code of a server's reply. The code is at the beginning of a line, or after a colon, a semicolon or "said".
_REPLY = re.compile(r"(?:^|[:;]|\bsaid:?)[> \t#<]{0,9}([45])\d\d(?:[ -]|$)", re.IGNORECASE | re.MULTILINE)
_FROM_A_SERVER = re.compile(r"mailer-daemon|postmaster|mail delivery|microsoftexchange", re.IGNORECASE)
_FAILED = re.compile(
    r"undeliver|delivery (?:status notification \(failure\)|failure|has failed|failed)|failure notice|returned mail"
    r"|mail delivery (?:failed|system)|could not be delivered",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"\bdelayed\b|delivery delay|^warning\b|will be (?:retried|tried again)|still (?:being )?(?:tried|trying)", re.IGNORECASE
)
_RETRIED = re.compile(
    r"\b(?:will|shall) (?:be |keep |continue (?:to |with )?)?(?:retr(?:y|ied|ying)|tried again|try(?:ing)?\b)"
    r"|\bstill (?:being )?(?:tried|trying)\b"
    r"|\bno action (?:is )?required\b|\bdo not need to (?:re-?send|do anything)\b",
    re.IGNORECASE,
)
_NOT_DELIVERED = re.compile(
    r"\b(?:could|can|was|were|is|has|have|did) ?n(?:o|')t (?:be |been )?(?:able to )?(?:be )?deliver"
    r"|\bcannot (?:be )?deliver|\bunable to (?:be )?deliver"
    r"|\bundeliver|\bdelivery (?:has |was )?(?:failed|refused|rejected|blocked)"
    r"|\b(?:been|was|is|were) (?:automatically )?(?:rejected|blocked|refused|bounced"
    r"|returned|quarantined|discarded|deleted)\b",
    re.IGNORECASE,
)
_AUTOMATIC = re.compile(r"automatic reply|auto(?:matic)?[- ]?repl|out of (?:the )?office|vacation", re.IGNORECASE)
_HEADER = re.compile(
    r"[> \t]*(?:from|to|cc|subject|date|sender|reply-to|received|return-path|mime-version|content-[a-z-]{1,30}|x-[a-z-]{1,50}):",
    re.IGNORECASE,
)


class MailOutcome(StrEnum):
    """The outcome of a mail. The values are stored in the database."""

    FAILED = "failed"  # final: the server will not retry
    DELAYED = "delayed"  # the server will retry


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """A mail server's report about one of our mails.

    messages  the ids of our messages that the report may be about, likeliest first. An id is the text before the @ in the
              mail's Message-ID
    became    what happened to the mail
    reply     the server's words in one line of at most 200 characters, such as "5.1.1 smtp; 550 No such user"
    """

    messages: tuple[str, ...]
    became: MailOutcome
    reply: str


def read_report(raw: bytes) -> DeliveryReport | None:
    """Returns the report in a mail; None if the mail is not a report, reports no problem, or is not about one of our mails.
    Raises no exception."""
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
    """Yields the blocks of fields in a delivery status: first the block for the message, then a block for each recipient."""
    payload = part.get_payload()
    yield from (one for one in payload if isinstance(one, Message)) if isinstance(payload, list) else ()


def _by_status(blocks: list[Message]) -> tuple[MailOutcome, str] | None:
    """Returns the worst outcome for any recipient, with the server's words; None if no recipient has a problem. If the server
    has stopped trying, the mail has failed, even with a temporary status code. For example, the code is 4.2.2 for a mailbox that
    was full for five days."""
    fates = [(fate, block) for block in blocks if (fate := _fate(block)) is not None]
    for wanted in (MailOutcome.FAILED, MailOutcome.DELAYED):
        for fate, block in fates:
            if fate is wanted:
                said = _field(block, "Diagnostic-Code") or _field(block, "Final-Recipient")
                return fate, f"{_field(block, 'Status')} {said}"
    return None


def _fate(block: Message) -> MailOutcome | None:
    action, status = _field(block, "Action").casefold(), _field(block, "Status")
    if action in ("failed", "delayed"):
        return MailOutcome(action)
    return {"5": MailOutcome.FAILED, "4": MailOutcome.DELAYED}.get(status[:1]) if not action else None


def _by_words(mail: Message, parts: list[Message]) -> tuple[MailOutcome, str] | None:
    """Returns the outcome according to the text, with the server's words, for a server that sends no delivery status; None if
    the mail is not a report. A server's refusal in the text above the returned mail is enough, whatever the subject says. A
    person's automatic answer is never a report."""
    subject = _field(mail, "Subject")
    server = _FROM_A_SERVER.search(_field(mail, "From")) is not None
    own = _above_the_original(parts)
    number = next((found for line in own if (found := _STATUS.search(line) or _REPLY.search(line))), None)
    receipt = any(part.get_content_type() == "message/disposition-notification" for part in parts)
    if receipt or (_is_automatic(mail, subject) and not (server and number)):
        return None
    told = _FAILED.search(subject) or _DELAYED.search(subject)
    words = next((line for line in own if _NOT_DELIVERED.search(line)), None)
    if not (server or _field(mail, "Return-Path") == "<>") or not (told or number or words):
        return None
    replies = [line for line in own if _STATUS.search(line) or (_CODE if told else _REPLY).search(line)]
    final = next((line for line in replies if not _is_temporary(line)), None)
    said = final or next(iter(replies), None) or (subject if told else words) or subject
    return (MailOutcome.DELAYED if _is_delayed(subject, own, replies, final) else MailOutcome.FAILED), said.strip()


def _is_automatic(mail: Message, subject: str) -> bool:
    answered = _field(mail, "Auto-Submitted").casefold().startswith("auto-replied")
    return answered or _AUTOMATIC.search(subject) is not None


def _is_delayed(subject: str, own: list[str], replies: list[str], final: str | None) -> bool:
    """Whether the server will retry. A temporary status code is not enough, because a server that returns the mail has stopped
    trying."""
    has_failed, delayed = _FAILED.search(subject) is not None, _DELAYED.search(subject) is not None
    if final is not None:
        return delayed and not has_failed
    return any(_RETRIED.search(line) for line in own) or (not has_failed and (delayed or bool(replies)))


def _is_temporary(line: str) -> bool:
    """Whether a line with a server's status code says that the refusal is temporary."""
    found = [*_STATUS.findall(line), *_CODE.findall(line), *_REPLY.findall(line)]
    return "5" not in found


def _above_the_original(parts: list[Message]) -> list[str]:
    """Returns the report's own lines, without the returned mail and its headers."""
    at = next((number for number, part in enumerate(parts) if part.get_content_type() in _ORIGINAL), len(parts))
    words = _text(parts[:at])
    first = _OURS_IN_TEXT.search(words)
    if first is None:
        return words.splitlines()
    lines = words[: first.start()].splitlines()
    while lines and _HEADER.match(lines[-1]):
        lines.pop()
    return lines


_ORIGINAL = frozenset({"message/rfc822", "text/rfc822-headers"})


def _messages(mail: Message, parts: list[Message], *, standard: bool) -> Iterator[str]:
    """Yields the ids of our messages. The ids in the returned mail come first. If the report follows the standard, the ids of the
    mails that it answers come after them."""
    for part in parts[1:]:
        yield from _OURS.findall(_field(part, "Message-ID"))
    yield from _OURS_IN_TEXT.findall(_text(parts))
    if standard:
        for name in ("In-Reply-To", "References"):
            yield from _OURS.findall(_field(mail, name))


def _text(parts: list[Message]) -> str:
    """Returns the text of the parts, including the headers of the returned mail if they are sent as text."""
    found: list[str] = []
    for part in parts:
        if part.get_content_maintype() == "text":
            body = part.get_payload(decode=True)
            found.append(body[:_MOST_TEXT].decode("utf-8", "replace") if isinstance(body, bytes) else "")
    return "\n".join(found)[:_MOST_TEXT]


def _field(block: Message, name: str) -> str:
    """Returns a field's text on one line, or "" if the field is missing."""
    return " ".join(str(block.get(name, "")).split())[:1000]
