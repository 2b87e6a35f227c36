"""The interface that every channel implements, and the four outcomes of sending."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from monitor.text import plain

if TYPE_CHECKING:
    import ssl

    from monitor.channels.mail_settings import MailSetup
    from monitor.channels.post import Pacer, Poster
    from monitor.http import Response
    from monitor.notify.content import Message


class Status(StrEnum):
    """How a send ended. Source: docs/facts/channels.md, Outcomes of a send."""

    ACCEPTED = "accepted"  # the receiver accepted the message
    RETRY = "retry"  # not accepted now; the same part may be sent again later
    REJECTED = "rejected"  # refused permanently, but only for this recipient or this message
    BROKEN = "broken"  # a setting is wrong, and a person must correct it; the address, or the whole channel, is suspended


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a send ended.

    reply        one line without secrets: the receiver's answer, or what went wrong before there was an answer, in at most 300
                 characters. If known, what a person must do follows. A mail server's answer contains the queue id, which is
                 evidence that an alert was handed over
    retry_after  how long the receiver asked us to wait; None if the receiver did not ask us to wait
    for_all      only if BROKEN: whether the fault concerns all addresses of the channel (such as a fault of the mail server),
                 not just this recipient
    content      only if REJECTED: whether the content or size was refused, so that a shorter message may be accepted
    """

    status: Status
    reply: str
    retry_after: timedelta | None = None
    for_all: bool = False
    content: bool = False


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The result of handing over one mail. `content_refused` is True if the mail was refused because of its content or size, not
    because of its recipient."""

    outcome: Outcome
    content_refused: bool = False


Secrets = Callable[[str], Sequence[str]]
"""A function that returns the secrets with which the messages to an address are signed. The function may wait for the database.
Raises MonitorError."""


class Channel(Protocol):
    """A way to send messages. The process has one channel for each kind of address."""

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        """Returns the message as it will be sent to `address`, in as many parts as the medium needs. If there are several
        parts, they are numbered, and the most severe events come first. Only a text message is shortened. The same arguments
        always give the same parts.

        message_id  identifies this message to this address; a repeated message has the same id
        address     the canonical address, as `parse_address` returns it
        """

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        """Sends one part (part numbers start at 1). Every failure is returned as an outcome, and no exception is raised."""

    async def close(self) -> None:
        """Closes open connections. After that the channel can't be used."""


async def text_of(response: Response, most: int) -> str:
    """Returns at most the first `most` bytes of a streamed answer, as text. Does not read the rest of a longer answer."""
    read = bytearray()
    async for chunk in response.aiter_raw():
        read += chunk
        if len(read) >= most:
            break
    return bytes(read[:most]).decode("utf-8", "replace")


class Posting:
    """A channel that posts to URLs.

    pacer  keeps a gap between two posts to one address; None for no gap
    """

    def __init__(self, poster: Poster, pacer: Pacer | None = None) -> None:
        self._poster = poster
        self._pacer = pacer

    async def close(self) -> None:
        """Closes the client."""
        await self._poster.close()


class Mail(Channel, Protocol):
    """The channel for email."""

    async def check(self, recipient: str | None = None) -> Outcome:
        """Tests whether email can be sent (to `recipient`, if a recipient is given), as far as the channel can test this without
        sending an email."""


@dataclass(frozen=True, slots=True)
class ChannelContext:
    """The parts from which channels are built.

    poster           posts to URLs, for all channels
    pacer            makes a pacer, which keeps a gap between two messages to one address
    mail             how email is sent
    webhook_secrets  returns the secrets that sign the messages to a webhook address
    ssl_context      for servers whose certificate is signed by a private authority; None to use the machine's authorities
    """

    poster: Poster
    pacer: Callable[[timedelta], Pacer]
    mail: MailSetup
    webhook_secrets: Secrets
    ssl_context: ssl.SSLContext | None
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of address, and the channel for it. The module of each channel defines a `KIND`, and `registry` lists them.

    scheme        the beginning of an address, before the colon. A URL follows the colon, except for "mailto" and for kinds with
                  `normalise`
    form          the format of the kind's addresses, as people see it
    label, hint   the kind's name in the form on the pages, and the text below it, which says what to enter
    example       a canonical address
    build         makes the kind's channel
    check         raises UsageError for a host (in lower case) or path that no address of this kind has. None allows any public
                  host. (For every kind with a URL, `address.parse_address` itself requires https and a public host)
    secret_hosts  hosts whose paths are removed from logs completely (".example" means all hosts below it)
    most_bytes    the most bytes in one part of a message; None for no limit
    normalise     normalises the text after the colon, or raises UsageError. None if a URL or a mailbox follows the colon
    after_test    a sentence that says what a person should do once a test message is accepted; "" if nothing is left to do
    """

    scheme: str
    form: str
    label: str
    hint: str
    example: str
    build: Callable[[ChannelContext], Channel]
    check: Callable[[str, str], None] | None = None
    secret_hosts: tuple[str, ...] = ()
    most_bytes: int | None = None
    normalise: Callable[[str], str] | None = None
    after_test: str = ""


def one_line(text: str, *, secrets: tuple[str, ...] = ()) -> str:
    """Returns a receiver's answer in a form that can be stored and shown: one line of at most 300 characters, without any of
    the secrets."""
    for secret in secrets:
        if len(secret) > 3:
            text = text.replace(secret, "…")
    line = plain(text)
    return line if len(line) <= 300 else line[:299] + "…"
