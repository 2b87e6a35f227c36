"""Posts to addresses that users gave, but only on permitted hosts. Every failure is returned as a value.

A user's URL must not give access to the network in which this program runs. Therefore this module resolves a host name only
once for each connection. All IP addresses of the host must be public, and the connection is made to one of these addresses.
Redirects, proxies and environment settings are ignored. Hosts in EXTRA_WEBHOOK_HOSTS are the operator's own, and are permitted.
"""

import asyncio
import re
import socket
import ssl
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from monitor import http
from monitor.addresses import secrets_of, target
from monitor.channels.base import Outcome, Status, one_line, text_of
from monitor.channels.certificates import trusted

STEP_TIMEOUT = 10.0
"""The most seconds for any one step. Source: docs/facts/channels.md, Signed webhooks."""
WHOLE_TIMEOUT = 30.0
"""The most seconds for the whole request, so that a slow receiver does not delay other receivers."""
_ENOUGH = 2_000  # how many bytes of an answer are read; every receiver's error text is shorter


@dataclass(frozen=True, slots=True)
class Answer:
    """A receiver's answer. `text` is one line without secrets. `retry_after` is how long the receiver asked us to wait; None if
    the receiver did not ask us to wait."""

    code: int
    text: str
    retry_after: timedelta | None

    @property
    def status(self) -> Status:
        """What the answer's code means, unless this kind of receiver has other rules. BROKEN means that a person must correct
        something. RETRY means a temporary failure. REJECTED means an error in this message."""
        if 200 <= self.code < 300:
            return Status.ACCEPTED
        if self.code in {301, 308, 401, 403, 404, 405, 410}:
            return Status.BROKEN
        if 400 <= self.code < 500 and self.code not in {408, 425, 429}:
            return Status.REJECTED
        return Status.RETRY

    def outcome(self, status: Status | None = None) -> Outcome:
        """Returns the answer as an outcome. A given `status` replaces the usual meaning of the code."""
        status = status or self.status
        wait = self.retry_after if status is Status.RETRY else None
        return Outcome(status, one_line(f"{self.code} {self.text}"), wait, content=status is Status.REJECTED)


class Poster:
    """Posts to all webhooks with one HTTP client, which is made when the first message is sent.

    extra_hosts  "host:port" pairs whose hosts may be private and may use http
    ssl_context  for receivers whose certificate is signed by a private authority; None to use the machine's authorities
    now          returns the time with which Retry-After dates are compared
    """

    def __init__(
        self,
        *,
        extra_hosts: frozenset[str] = frozenset(),
        ssl_context: ssl.SSLContext | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._extra_hosts = extra_hosts
        self._ssl_context = ssl_context
        self._now = now
        self._client: http.AsyncClient | None = None

    async def send(
        self, address: str, body: bytes, headers: Mapping[str, str], *, pacer: "Pacer | None" = None
    ) -> Answer | Outcome:
        """Posts to a canonical address, when the pacer allows this. Returns the answer, whatever its code. Returns an outcome if
        there was no answer, or if the message must wait so long that it is sent later."""
        held = await pacer.turn(address) if pacer else None
        answer = held or await self.post(target(address), body, headers, secrets=secrets_of(address))
        if pacer and isinstance(answer, Answer) and answer.code == 429:
            pacer.hold(address, answer.retry_after)
        return answer

    async def post(
        self, url: str, body: bytes, headers: Mapping[str, str], *, secrets: tuple[str, ...] = ()
    ) -> Answer | Outcome:
        """Posts to a URL. Returns the receiver's answer, whatever its code, or an outcome if there was no answer."""
        try:
            async with asyncio.timeout(WHOLE_TIMEOUT):
                return await self._post(url, body, headers, secrets)
        except _NotPublic:
            return Outcome(
                Status.BROKEN, "the host is on a private network: if it is your own host, list it in EXTRA_WEBHOOK_HOSTS"
            )
        except http.InvalidURL:
            return Outcome(Status.BROKEN, "the address can't be used: enter it again")
        except (http.HTTPError, TimeoutError, OSError) as error:
            return Outcome(Status.RETRY, one_line(f"{type(error).__name__}: {error}", secrets=secrets))

    async def _post(self, url: str, body: bytes, headers: Mapping[str, str], secrets: tuple[str, ...]) -> Answer:
        if self._client is None:
            self._client = self._open()
        async with self._client.stream("POST", url, content=body, headers=dict(headers)) as response:
            return Answer(
                code=response.status_code,
                text=one_line(await text_of(response, _ENOUGH), secrets=secrets),
                retry_after=retry_after(response.headers.get("Retry-After"), now=self._now()),
            )

    def _open(self) -> http.AsyncClient:
        context = self._ssl_context or trusted()
        transport = http.AsyncHTTPTransport(verify=context, trust_env=False)
        # The transport has no public way to set a custom network. pyproject pins httpx to 0.28, and a test fails if this
        # protection stops working.
        transport._pool = http.AsyncConnectionPool(
            ssl_context=context,
            max_connections=20,
            max_keepalive_connections=5,
            keepalive_expiry=5,
            network_backend=_PublicOnly(self._extra_hosts),
        )
        return http.AsyncClient(
            transport=transport,
            timeout=http.Timeout(STEP_TIMEOUT),
            trust_env=False,
            follow_redirects=False,
            # We accept no compression, so that no answer can unpack to gigabytes.
            headers={"User-Agent": "cqc-monitor", "Accept-Encoding": "identity"},
        )

    async def close(self) -> None:
        """Closes the client, if one was made. May be called more than once."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()


def retry_after(header: str | None, *, now: datetime) -> timedelta | None:
    """Returns how long the header Retry-After asks us to wait. The header contains seconds or an HTTP date. The result is zero
    for a date in the past, and None if the header is missing or can't be parsed."""
    text = (header or "").strip()
    if re.fullmatch(r"\d{1,9}(?:\.\d+)?", text):
        return timedelta(seconds=float(text))
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return max(until - now, timedelta()) if until.tzinfo else None


class Pacer:
    """Keeps a gap between two messages to one address, and waits as long as the receiver asks.

    clock  returns monotonic seconds
    sleep  waits for the given number of seconds
    """

    LONGEST_WAIT = 60.0
    """The longest wait, in seconds. A message that must wait longer is retried later, so that it delays no other address."""

    LONGEST_HOLD = timedelta(hours=1)

    def __init__(
        self,
        gap: timedelta,
        *,
        clock: Callable[[], float] | None = None,
        sleep: Callable[[float], Any] = asyncio.sleep,
    ) -> None:
        self._gap = gap.total_seconds()
        self._clock = clock or (lambda: asyncio.get_running_loop().time())
        self._sleep = sleep
        self._free_at: dict[str, float] = {}

    async def turn(self, address: str) -> Outcome | None:
        """Waits until a message may go to the address, and returns None. If the wait would be too long, immediately returns the
        outcome RETRY with the remaining time."""
        now = self._clock()
        self._free_at = {one: at for one, at in self._free_at.items() if at > now}
        at = self._free_at.get(address, now)
        if at - now > self.LONGEST_WAIT:
            return Outcome(Status.RETRY, "the receiver asked us to wait", timedelta(seconds=at - now))
        self._free_at[address] = at + self._gap
        if at > now:
            await self._sleep(at - now)
        return None

    def hold(self, address: str, wait: timedelta | None) -> None:
        """Holds back messages to an address for as long as the receiver asked, but no longer than LONGEST_HOLD. A receiver may
        block a sender that ignores its request. If `wait` is None, the receiver did not ask, and nothing changes."""
        if wait is not None:
            at = self._clock() + min(wait, self.LONGEST_HOLD).total_seconds()
            self._free_at[address] = max(at, self._free_at.get(address, at))


class _NotPublic(Exception):
    """The host has an address that is not public."""


# IPv6 addresses that contain an IPv4 address. The IPv4 address decides whether they are public.
_NAT64 = ip_network("64:ff9b::/96")

# All IPv6 addresses outside this network are unassigned or private, such as ::/96, 64:ff9b:1::/48 and fec0::/10. Source: IANA,
# IPv6 Address Space.
_UNICAST = ip_network("2000::/3")

# A network that is reserved for protocols. Clouds use it for internal services. Python 3.11 treats only parts of it as private.
# Source: RFC 6890.
_PROTOCOLS = ip_network("192.0.0.0/24")

# The address at which virtual machines in Azure reach their host. This address is in a public range, but is used only in Azure.
# Source: Microsoft, "What is IP address 168.63.129.16?"
_AZURE_HOST = ip_address("168.63.129.16")


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if inside is None and address in _NAT64:
            inside = IPv4Address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            return _is_public(inside)
        if address not in _UNICAST:
            return False
    return address.is_global and not address.is_multicast and address not in _PROTOCOLS and address != _AZURE_HOST


def is_public_host(host: str, port: int) -> bool | None:
    """Returns whether all IP addresses of a host are public; None if no IP address was found. The result only informs the person
    who types an address: before each connection, the IP addresses are checked again."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return None
    return all(_is_public(ip_address(str(entry[4][0]).partition("%")[0])) for entry in found)


class _PublicOnly(http.AsyncNetworkBackend):
    """A network backend that reaches only public addresses and the operator's own hosts."""

    def __init__(self, extra_hosts: frozenset[str]) -> None:
        self._extra_hosts = extra_hosts
        self._network = http.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (the interface is httpcore's)
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> http.AsyncNetworkStream:
        """Connects to an IP address that this method has just checked. Raises _NotPublic, OSError or httpcore's ConnectError."""
        named = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        addresses = [host] if named in self._extra_hosts else await self._public_addresses(host, port)
        for number, address in enumerate(addresses, 1):
            try:
                return await self._network.connect_tcp(
                    address, port, timeout=timeout, local_address=local_address, socket_options=socket_options
                )
            except Exception:
                if number == len(addresses):
                    raise
        raise OSError("the host has no IP address")

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 (the interface is httpcore's)
        socket_options: Iterable[Any] | None = None,
    ) -> http.AsyncNetworkStream:
        """Raises _NotPublic, because local sockets are not permitted."""
        raise _NotPublic

    async def sleep(self, seconds: float) -> None:
        """Waits, for the connection pool."""
        await self._network.sleep(seconds)

    async def _public_addresses(self, host: str, port: int) -> list[str]:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        # A host with both private and public addresses is refused too, because chance would decide which address is used.
        if not all(_is_public(ip_address(address.partition("%")[0])) for address in addresses):
            raise _NotPublic
        return addresses
