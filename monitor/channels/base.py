"""What every channel can do, and the four ways in which sending can end."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Protocol

from monitor.text import plain

if TYPE_CHECKING:
    from monitor.render import Message


class Status(StrEnum):
    """How a send ended. Source: docs/facts/channels.md, Outcomes of a send."""

    ACCEPTED = "accepted"  # the receiver took it
    RETRY = "retry"  # not now: the same part may be sent again later
    REJECTED = "rejected"  # never: this recipient, or this message; others are not affected
    BROKEN = "broken"  # what is set is wrong, and a person has to put it right: the address waits, or the way out for all


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a send ended.

    reply        what the receiver answered, or what went wrong on the way to it; one line of at most 300 characters
                 without secrets. For email it holds the queue id: the evidence that an alert left
    retry_after  how long the receiver asked to be left alone; None where it did not say
    for_all      where it is broken: so it is for all addresses of the channel, whoever the recipient is (the mail server)
    """

    status: Status
    reply: str
    retry_after: timedelta | None = None
    for_all: bool = False


@cache
def trusted() -> ssl.SSLContext:
    """The machine's authorities for certificates, read once a process: each mail has a connection of its own, and most of what a
    mail costs would be this."""
    return ssl.create_default_context()


class Channel(Protocol):
    """A way out. One for each scheme of address, for the life of the process."""

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        """The message as it will be sent to `address`, in as many parts as the medium asks for: numbered when several,
        worst first, nothing cut away. The same arguments always make the same parts.

        message_id  names this message to this address for ever, also when it is sent again
        address     as `parse_address` gives it
        """

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        """Sends one part (counted from 1). Whatever the outside does comes back as an outcome; nothing is raised."""

    async def close(self) -> None:
        """Gives back what is held open. The channel may not be used after."""


def one_line(text: str, *, secrets: tuple[str, ...] = ()) -> str:
    """A receiver's answer, fit to be stored and shown: one line, at most 300 characters, without any of the secrets."""
    for secret in secrets:
        if len(secret) > 3:
            text = text.replace(secret, "…")
    line = plain(text)
    return line if len(line) <= 300 else line[:299] + "…"


def retry_after(header: str | None, *, now: datetime) -> timedelta | None:
    """The header Retry-After, which holds seconds or an HTTP date; None where there is none, or nothing that can be read.

    A date gone by means: at once.
    """
    text = (header or "").strip()
    if re.fullmatch(r"\d{1,9}(?:\.\d+)?", text):
        return timedelta(seconds=float(text))
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return max(until - now, timedelta()) if until.tzinfo else None

