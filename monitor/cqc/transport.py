"""Sends one request to CQC and receives the answer. The modules `site` and `api` use this module, and decide what an answer
means.
"""

import asyncio
import re
import zlib
from collections.abc import AsyncIterable, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import IO
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from monitor import http

Reserve = Callable[[float], Awaitable[float]]
"""A function that reserves the next period of a given length (in seconds) in which no other process sends requests. The
function returns the number of seconds until this period begins. The function may raise a MonitorError; if so, no request is
sent, and the error is not caught here."""

NAME = "cqc-monitor"
"""The program's name in the User-Agent. Rules in robots.txt can address the program by this name."""

_RETRY_AFTER_CAP = timedelta(days=1)
_NO_PAGE_READ = 64 * 1024  # how many bytes of an answer with a status other than 200 are read, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits on time and size, in seconds and bytes."""

    connect: float = 10.0
    read: float = 30.0
    whole: float = 60.0  # for one request, from connection to last byte
    body: int = 10_000_000
    redirects: int = 5
    patience: float = 30.0  # the program waits at most this long if CQC asks for a wait; a longer wait is reported at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Says who sends the requests, to which address, and how many per second.

    base_url             the address to which requests go
    contact              how CQC can reach the operator; None if it is not given
    requests_per_second  the limit for the website and the API together
    version              the program's version
    key                  the API's key; "" for the website
    """

    base_url: str
    contact: str | None
    requests_per_second: float
    version: str
    key: str = field(default="", repr=False)

    @property
    def user_agent(self) -> str:
        """The program's name and version, and the operator's contact."""
        return user_agent(self.version, self.contact)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with any status. `headers` have lower-case names."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Into:
    """A file for a large body. Each part of the body is written to the file as it arrives, and is not kept in memory. After
    each part, `heard` is called with the number of bytes written so far."""

    file: IO[bytes]
    heard: Callable[[int], None] = lambda _: None
    most: int = 100_000_000  # bytes
    whole: float = 1_800.0  # seconds

    def add(self, part: bytes) -> None:
        self.file.write(part)
        self.heard(self.file.tell())


class Spoilt(Exception):
    """The body is incomplete or can't be used. The exception's text completes a sentence that begins "CQC's answer …"."""


class Unanswered(Exception):
    """There was no answer. The exception's text is a line that tells people why."""


class Wire:
    """Connections to one host, used for the life of the process, within one event loop. `who` is the host's name in messages;
    `at_once` is how many requests may be in progress at the same time."""

    def __init__(self, base_url: str, *, who: str, limits: Limits, at_once: int, clock: Callable[[], datetime]) -> None:
        self._base = base_url
        self._who = who
        self._limits = limits
        self._at_once = at_once
        self._clock = clock
        self._timeouts = http.Timeout(limits.read, connect=limits.connect, pool=None).as_dict()
        self._transport: http.AsyncHTTPTransport | None = None
        self.clock_ahead: timedelta | None = None
        """How far our clock was ahead of the host's clock at the last answer that had a date; None before the first such
        answer."""

    async def get(self, url: str, headers: Mapping[str, str], into: Into | None = None) -> Answer:
        """Requests an address. If `into` is given, the body of an answer with status 200 is written to that file. Redirects are
        not followed. Raises Spoilt or Unanswered if there is no usable answer."""
        whole = into.whole if into else self._limits.whole
        try:
            async with asyncio.timeout(whole):
                return await self._ask(url, headers, into)
        except TimeoutError:
            raise Unanswered(f"CQC's answer took longer than {whole:g} seconds") from None
        except (http.TransportError, http.InvalidURL, OSError) as error:
            raise Unanswered(_failure(error, self._who)) from None

    async def close(self) -> None:
        """Closes all connections. The next request would open new ones."""
        if self._transport is not None:
            transport, self._transport = self._transport, None
            await transport.aclose()

    async def _ask(self, url: str, headers: Mapping[str, str], into: Into | None) -> Answer:
        transport = self._transport or self._open()
        request = http.Request("GET", url, headers=headers, extensions={"timeout": self._timeouts})
        response = await transport.handle_async_request(request)
        try:
            said = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in response.headers.raw}
            assert isinstance(response.stream, AsyncIterable)  # the bytes as received, before httpx would unpack them
            body = await self._body(response.status_code, said, response.stream, into)
        finally:
            await response.aclose()
        at = self._clock()
        with suppress(ValueError, OverflowError):
            dated = parsedate_to_datetime(said.get("date", ""))
            self.clock_ahead = at - (dated if dated.tzinfo else dated.replace(tzinfo=UTC))
        return Answer(url, response.status_code, said, body, at)

    async def _body(
        self, status: int, headers: Mapping[str, str], chunks: AsyncIterable[bytes], into: Into | None
    ) -> bytes:
        """Returns the whole body of an answer with status 200. For any other status, only the first bytes are read, so that the
        connection can be used again."""
        if status != HTTPStatus.OK:
            with suppress(Spoilt, http.RemoteProtocolError):
                return await _plain(chunks, _NO_PAGE_READ)
            return b""
        limit = into.most if into else self._limits.body
        if int(headers.get("content-length", 0)) > limit:
            raise _too_large(limit)
        encoding = headers.get("content-encoding", "identity").strip().lower()
        try:
            if encoding in ("gzip", "x-gzip") and into is None:
                return await _inflated(chunks, limit)
            if encoding != "identity":
                raise Spoilt(f"uses a compression that was not requested ({encoding[:20]})")
            return await (_saved(chunks, limit, into) if into else _plain(chunks, limit))
        except http.RemoteProtocolError:
            raise Spoilt("was cut short") from None

    def _open(self) -> http.AsyncHTTPTransport:
        """Opens the connections, which are used for the life of the process, since making new connections takes 40 ms. The
        client of httpx is not used: it would handle cookies and redirects, which this program does not want, and a request
        would take a sixth longer."""
        limits = http.Limits(max_connections=self._at_once, max_keepalive_connections=self._at_once, keepalive_expiry=30.0)
        self._transport = http.AsyncHTTPTransport(verify=http.trusted(), limits=limits, proxy=_proxy(self._base))
        return self._transport


def user_agent(version: str, contact: str | None) -> str:
    """Returns the program's name and version, and the operator's contact if one is set."""
    reach = "".join(c for c in contact or "" if c.isascii() and c.isprintable()).strip()
    return f"{NAME}/{version} (+{reach})" if reach else f"{NAME}/{version}"


def phrase(status: int) -> str:
    """Returns the status with its name, for example "503 Service Unavailable"."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def retry_after(answer: Answer) -> timedelta | None:
    """Returns the waiting time from the header Retry-After, which gives a number of seconds or a date (RFC 9110, section
    10.2.3). Returns None if no error status or no valid header was sent. More than a day is reduced to a day, so that no answer
    can stop the monitor for longer."""
    value = answer.headers.get("retry-after", "").strip()
    if answer.status < 400 or not value:
        return None
    if value.isascii() and value.isdigit():
        return min(timedelta(seconds=min(int(value[:9]), 10**8)), _RETRY_AFTER_CAP)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    wait = (when if when.tzinfo else when.replace(tzinfo=UTC)) - answer.at
    return max(timedelta(0), min(wait, _RETRY_AFTER_CAP))


def _proxy(base_url: str) -> str | None:
    """Returns the proxy for a host, from the environment variables that most programs use (HTTPS_PROXY, NO_PROXY). Returns None
    if no proxy is needed, for example for loopback addresses."""
    parts = urlsplit(base_url)
    if parts.hostname in (None, "127.0.0.1", "localhost", "::1") or proxy_bypass(parts.netloc):
        return None
    known = getproxies()
    proxy = known.get(parts.scheme) or known.get("all")
    return proxy if not proxy or "://" in proxy else "http://" + proxy


async def _plain(chunks: AsyncIterable[bytes], limit: int) -> bytes:
    """Returns the body as received. Raises Spoilt as soon as the body exceeds `limit` bytes."""
    parts, size = [], 0
    async for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        parts.append(chunk)
    return b"".join(parts)


async def _saved(chunks: AsyncIterable[bytes], limit: int, into: Into) -> bytes:
    """Writes the body into a file as it arrives. Returns no bytes."""
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        into.add(chunk)
    return b""


async def _inflated(chunks: AsyncIterable[bytes], limit: int) -> bytes:
    """Returns the unpacked body. Raises Spoilt if this body has more than `limit` bytes. The decoder of httpx is not used,
    since it would unpack even a decompression bomb completely."""
    unpacker, parts, room = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16), [], limit + 1
    try:
        async for chunk in chunks:
            part = unpacker.decompress(chunk, room)
            room -= len(part)
            if room <= 0:
                raise _too_large(limit)
            parts.append(part)
    except zlib.error:
        raise Spoilt("is compressed and can't be unpacked") from None
    if not unpacker.eof or unpacker.unused_data:
        raise Spoilt("was cut short")
    return b"".join(parts)


def _too_large(limit: int) -> Spoilt:
    return Spoilt(f"is larger than {limit / 1_000_000:g} MB")


def _failure(error: Exception, who: str) -> str:
    """Returns a text that tells people why a request got no answer."""
    match error:
        case http.ConnectTimeout():
            return f"{who} could not be reached in time"
        case http.TimeoutException():
            return f"{who} did not answer in time"
        case http.ConnectError():
            return f"{who} could not be reached" + _cause(error)
        case http.InvalidURL():
            return "CQC redirects this address to an invalid address"
        case _:
            return f"the connection to {who} broke" + _cause(error)


def _cause(error: Exception) -> str:
    text = " ".join(re.sub(r"\[Errno -?\d+\]|\(_?\w+\.c:\d+\)", "", str(error)).split())
    return f": {text[:120]}" if text else ""
