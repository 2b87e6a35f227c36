"""What every channel declares and implements, and the four outcomes of sending."""

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

    ACCEPTED = "accepted"  # the receiver accepted it
    RETRY = "retry"  # not now: the same part may be sent again later
    REJECTED = "rejected"  # refused for good, for this recipient or this message; others are not affected
    BROKEN = "broken"  # a setting is wrong, and a person must correct it: the address, or the whole channel, is suspended


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a send ended.

    reply        the receiver's answer, or what went wrong before one came; one line of at most 300 characters, without secrets;
                 then, if known, what a person must do. For email it contains the queue id, which is the evidence that an alert
                 was handed over
    retry_after  how long the receiver asked us to wait; None if it did not say
    for_all      only if BROKEN: whether it concerns all addresses of the channel (the mail server), not just this recipient
    content      only if REJECTED: whether the content or size was refused, so that a shorter message may be accepted
    """

    status: Status
    reply: str
    retry_after: timedelta | None = None
    for_all: bool = False
    content: bool = False


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The result of handing over one mail. `content_refused`: this mail's content or size was refused, not its recipient."""

    outcome: Outcome
    content_refused: bool = False


Secrets = Callable[[str], Sequence[str]]
"""Gives the secrets that sign the messages to an address. May wait for the database; raises MonitorError."""


class Channel(Protocol):
    """A way to send messages. Each scheme of address has one channel, for the life of the process."""

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        """The message as it will be sent to `address`, in as many parts as the medium needs: numbered if there are several, most
        severe first, nothing cut off. The same arguments always give the same parts.

        message_id  identifies this message to this address permanently, even when it is sent again
        address     as `parse_address` returns it
        """

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        """Sends one part (counted from 1). Returns every failure as an outcome; raises nothing."""

    async def close(self) -> None:
        """Closes open connections. After that the channel can't be used."""


async def text_of(response: Response, most: int) -> str:
    """The beginning of a streamed answer: at most `most` bytes, however much the server sends."""
    read = bytearray()
    async for chunk in response.aiter_raw():
        read += chunk
        if len(read) >= most:
            break
    return bytes(read[:most]).decode("utf-8", "replace")


class Posting:
    """A channel that posts to URLs.

    pacer  keeps a gap between two posts to one address; None: no gap
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
        """Whether email can be sent (to this mailbox, if one is given), as far as this can be tested without sending one."""


@dataclass(frozen=True, slots=True)
class ChannelContext:
    """The parts that channels are built from.

    poster           posts to URLs, for all channels
    pacer            makes a pacer, which keeps a gap between two sends to one address
    mail             how email is sent
    webhook_secrets  gives the secrets that sign the messages to a webhook address
    ssl_context      for servers whose certificate is signed by a private authority; None: the machine's authorities
    """

    poster: Poster
    pacer: Callable[[timedelta], Pacer]
    mail: MailSetup
    webhook_secrets: Secrets
    ssl_context: ssl.SSLContext | None
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of address, and the channel for it. Each channel's module has one, `KIND`; `registry` lists them.

    scheme        the beginning of an address, before the colon; a URL follows it, except for "mailto" and if there is `normalise`
    form          the format of its addresses, for people
    label, hint   its name in the pages' form, and the hint what to enter
    example       a canonical address
    build         makes its channel
    check         raises UsageError for a host (in lower case) or path that no address of this kind has; None: any public host.
                  Every kind is checked for a public host and https
    secret_hosts  hosts (".example": all hosts below it) whose paths are removed from logs completely
    most_bytes    the most bytes of a part; None: no limit
    normalise     normalises the part after the colon, if it is not a URL; raises UsageError. None: it is a URL
    after_test    a sentence: what a person should do after an accepted test; "": nothing
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
    """A receiver's answer, in a form that can be stored and shown: one line, at most 300 characters, without any of the
    secrets."""
    for secret in secrets:
        if len(secret) > 3:
            text = text.replace(secret, "…")
    line = plain(text)
    return line if len(line) <= 300 else line[:299] + "…"
