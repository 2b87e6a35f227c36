"""What every channel declares about itself and can do, and the four outcomes of sending."""

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
    REJECTED = "rejected"  # never, for this recipient or this message; others are not affected
    BROKEN = "broken"  # a setting is wrong, and a person has to put it right: the address is suspended, or the whole channel


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a send ended.

    reply        the receiver's answer, or what went wrong on the way to it; one line of at most 300 characters, without
                 secrets; then, where known, what a person does about it. For email it contains the queue id: the evidence
                 that an alert was handed over
    retry_after  how long the receiver asked us to wait; None if it did not say
    for_all      only if BROKEN: it concerns all addresses of the channel, whoever the recipient is (the mail server)
    content      only if REJECTED: the message's content or size is refused, so that a shorter one may be accepted
    """

    status: Status
    reply: str
    retry_after: timedelta | None = None
    for_all: bool = False
    content: bool = False


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How handing over one mail ended. `content_refused`: this mail's content or size was refused, not its recipient."""

    outcome: Outcome
    content_refused: bool = False


Secrets = Callable[[str], Sequence[str]]
"""Gives the secrets that sign the messages to an address. May wait for the database; raises MonitorError."""


class Channel(Protocol):
    """A way to send messages. One for each scheme of address, for the life of the process."""

    def parts(self, message: Message, *, message_id: str, address: str) -> tuple[bytes, ...]:
        """The message as it will be sent to `address`, in as many parts as the medium needs: numbered if several, most severe
        first, nothing cut off. The same arguments always make the same parts.

        message_id  identifies this message to this address for ever, even when it is sent again
        address     as `parse_address` returns it
        """

    async def send(self, part: bytes, *, message_id: str, part_number: int, address: str) -> Outcome:
        """Sends one part (counted from 1). Returns every failure as an outcome; raises nothing."""

    async def close(self) -> None:
        """Closes open connections. The channel can't be used afterwards."""


async def text_of(response: Response, most: int) -> str:
    """The beginning of an answer that is being streamed: at most `most` bytes of it, however much the server sends."""
    read = bytearray()
    async for chunk in response.aiter_raw():
        read += chunk
        if len(read) >= most:
            break
    return bytes(read[:most]).decode("utf-8", "replace")


class Posting:
    """A channel that posts to URLs.

    pacer  keeps a gap between two posts to one address; None: there is no gap
    """

    def __init__(self, poster: Poster, pacer: Pacer | None = None) -> None:
        self._poster = poster
        self._pacer = pacer

    async def close(self) -> None:
        """Closes the client."""
        await self._poster.close()


class Mail(Channel, Protocol):
    """The channel by which email is sent."""

    async def check(self, recipient: str | None = None) -> Outcome:
        """Whether email can be sent, to this mailbox if one is given, as far as that can be tried without sending one."""


@dataclass(frozen=True, slots=True)
class Means:
    """What channels are built from.

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

    scheme        what an address begins with, before the colon; a URL follows it, except for "mailto" and where there is `spelt`
    form          how its addresses are written, for people
    label, hint   its name in the pages' form, and what to enter there
    example       a canonical address
    build         makes its channel
    check         raises UsageError for a host (in lower case) or path that no address of this kind has; None: any public host.
                  That the host is public, and the URL https, is checked for every kind
    secret_hosts  hosts (".example": all hosts below it) whose paths are removed from logs completely
    most_bytes    the most bytes of a part; None: no limit
    spelt         normalises what follows the colon, if it is not a URL; raises UsageError. None: it is a URL
    please        what a person should do after an accepted test, a sentence; "": nothing
    """

    scheme: str
    form: str
    label: str
    hint: str
    example: str
    build: Callable[[Means], Channel]
    check: Callable[[str, str], None] | None = None
    secret_hosts: tuple[str, ...] = ()
    most_bytes: int | None = None
    spelt: Callable[[str], str] | None = None
    please: str = ""


def one_line(text: str, *, secrets: tuple[str, ...] = ()) -> str:
    """A receiver's answer in a form to store and show: one line, at most 300 characters, without any of the secrets."""
    for secret in secrets:
        if len(secret) > 3:
            text = text.replace(secret, "…")
    line = plain(text)
    return line if len(line) <= 300 else line[:299] + "…"
