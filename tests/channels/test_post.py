"""Tests posts to receivers. The program posts only to permitted hosts, and returns every result as a value."""

import asyncio
import logging
import socket
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest

from monitor.channels import Outcome, Status
from monitor.channels.base import one_line
from monitor.channels.post import Answer, Pacer, Poster, _is_public, retry_after
from tests.channels.conftest import Tls
from tests.channels.receiving import NOW, Receiver, Reply, Scripted, free_port

SECRET = "T0P-sEcReT"


def post(poster: Poster, url: str) -> Answer | Outcome:
    async def once() -> Answer | Outcome:
        try:
            return await poster.post(url, b"{}", {"X-Test": "1"}, secrets=(SECRET,))
        finally:
            await poster.close()

    return asyncio.run(once())


def allowing(*hosts: str) -> Poster:
    return Poster(extra_hosts=frozenset(hosts), now=lambda: NOW)


def test_an_answer_is_returned_in_one_line_without_secrets(receiver: Receiver) -> None:
    """The answer also says how long the receiver asked us to wait."""
    receiver.replies = [Reply(429, f"slow\r\n down {SECRET} ".encode() + b"x" * 5000, {"Retry-After": "7"})]
    answer = post(allowing(receiver.host), f"http://{receiver.host}/{SECRET}")
    assert isinstance(answer, Answer)
    assert (answer.code, answer.retry_after) == (429, timedelta(seconds=7))
    assert answer.text.startswith("slow down … xxx")
    assert len(answer.text) == 300
    assert receiver.requests[0].headers["x-test"] == "1"


@pytest.mark.parametrize("redirect", [301, 302, 307, 308])
def test_no_redirect_is_followed(receiver: Receiver, redirect: int) -> None:
    """A receiver can't redirect the program to another address."""
    receiver.replies = [Reply(redirect, headers={"Location": f"http://{receiver.host}/elsewhere"})]
    answer = post(allowing(receiver.host), f"http://{receiver.host}/")
    assert isinstance(answer, Answer)
    assert answer.code == redirect
    assert len(receiver.requests) == 1


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0x7f000001",
        "2130706433",
        "0.0.0.0",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "224.0.0.1",
    ],
)
def test_no_connection_is_made_to_a_private_host(receiver: Receiver, host: str) -> None:
    """Tests many spellings of private hosts on which a receiver listens."""
    port = receiver.host.partition(":")[2]
    outcome = post(allowing("other.example:443"), f"http://{host}:{port}/{SECRET}")
    assert isinstance(outcome, Outcome)
    assert outcome.status is Status.BROKEN
    assert "private network" in outcome.reply
    assert receiver.requests == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("81.2.69.160", True),
        ("2a00:1450:4009::1", True),
        ("::ffff:81.2.69.160", True),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::0a00:0001", False),
        ("2002:7f00:0001::1", False),
        ("fd00::1", False),
        ("fe80::1", False),
        ("fec0::1", False),
        ("64:ff9b:1::7f00:1", False),
        ("::7f00:1", False),
        ("192.0.0.192", False),
        ("ff02::1", False),
    ],
)
def test_a_public_address_is_distinguished_from_a_private_one(address: str, public: bool) -> None:
    """If an IPv6 address contains an IPv4 address, the IPv4 address decides."""
    assert _is_public(ip_address(address)) is public


def test_a_host_with_one_private_address_among_public_ones_is_refused(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server can't make the program use a private address by returning public addresses too."""
    port = int(receiver.host.partition(":")[2])

    async def both(self: object, host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("81.2.69.160", "127.0.0.1")]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", both)
    outcome = post(allowing(), f"http://rebinding.example:{port}/")
    assert isinstance(outcome, Outcome)
    assert outcome.status is Status.BROKEN
    assert receiver.requests == []


def test_the_certificate_is_checked_against_the_name_of_the_host(tls: Tls) -> None:
    """The program connects to an IP address, but TLS checks the host's name."""
    with Receiver(tls=tls.server) as receiver:
        port = receiver.host.partition(":")[2]
        trusted = Poster(extra_hosts=frozenset({f"localhost:{port}"}), ssl_context=tls.client)
        assert post(trusted, f"https://localhost:{port}/") == Answer(200, "ok", None)
        untrusted = post(allowing(f"localhost:{port}"), f"https://localhost:{port}/")
    assert isinstance(untrusted, Outcome)
    assert untrusted.status is Status.RETRY
    assert len(receiver.requests) == 1


def test_a_post_to_a_host_that_does_not_answer_is_tried_again() -> None:
    """Tests three hosts: nothing listens on the first host, the second host breaks the connection, and the third host has an
    unknown name."""
    port = free_port()
    with Scripted([b"HTTP/1.1 2"]) as scripted:
        outcomes = [
            post(allowing(f"127.0.0.1:{port}"), f"http://127.0.0.1:{port}/"),
            post(allowing(f"127.0.0.1:{scripted.port}"), f"http://127.0.0.1:{scripted.port}/"),
            post(allowing(), "https://nobody.invalid/"),
        ]
    assert [outcome.status for outcome in outcomes if isinstance(outcome, Outcome)] == [Status.RETRY] * 3


def test_a_proxy_in_the_environment_is_not_used(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that is set for other programs gets none of our requests."""
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{free_port()}")
    assert post(allowing(receiver.host), f"http://{receiver.host}/") == Answer(200, "ok", None)


def test_no_log_contains_a_url(receiver: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    """At the level DEBUG, the HTTP client would log the whole URL."""
    caplog.set_level(logging.DEBUG)
    post(allowing(receiver.host), f"http://{receiver.host}/{SECRET}")
    assert receiver.requests[0].path == f"/{SECRET}"
    assert SECRET not in caplog.text


# ── pacing ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Clock:
    """A clock whose time passes only while something sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


def paced(gap: float) -> tuple[Clock, Pacer]:
    clock = Clock()
    return clock, Pacer(timedelta(seconds=gap), clock=lambda: clock.now, sleep=clock.sleep)


def test_posts_to_one_address_keep_a_minimum_interval() -> None:
    """A post to another address does not wait."""

    async def sends() -> None:
        for address in ("a", "a", "b", "a"):
            assert await pacer.turn(address) is None

    clock, pacer = paced(2)
    asyncio.run(sends())
    assert clock.slept == [2, 2]


def test_an_address_that_asked_for_a_pause_receives_nothing_during_the_pause() -> None:
    """The program does not wait for the end of the pause. The outcome says how long the pause is."""
    clock, pacer = paced(1)
    pacer.hold("a", timedelta(minutes=10))
    clock.now += 60
    outcome = asyncio.run(pacer.turn("a"))
    assert outcome is not None
    assert (outcome.status, outcome.retry_after) == (Status.RETRY, timedelta(minutes=9))
    assert asyncio.run(pacer.turn("b")) is None
    clock.now += 9 * 60
    assert asyncio.run(pacer.turn("a")) is None
    assert clock.slept == []


def test_a_pause_ends_after_an_hour() -> None:
    """This is true even if the receiver asks for a longer pause. The receiver must then ask again."""
    clock, pacer = paced(1)
    pacer.hold("a", timedelta(days=1000))
    clock.now += 3600
    assert asyncio.run(pacer.turn("a")) is None


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        pytest.param(None, None, id="no header"),
        pytest.param("120", timedelta(seconds=120), id="seconds"),
        pytest.param("1.5", timedelta(seconds=1.5), id="a fraction of a second"),
        pytest.param("Sat, 21 Nov 2026 09:14:00 GMT", timedelta(minutes=10), id="an HTTP date"),
        pytest.param("Sat, 21 Nov 2026 08:00:00 GMT", timedelta(), id="a past date"),
        pytest.param("Sat, 21 Nov 2026 09:14:00", None, id="a date without a time zone"),
        pytest.param("soon", None, id="neither a number nor a date"),
        pytest.param("-5", None, id="a negative number"),
        pytest.param("9" * 40, None, id="a number beyond all dates"),
    ],
)
def test_a_retry_after_header_is_read_as_a_number_of_seconds_or_a_date(header: str | None, wait: timedelta | None) -> None:
    """The result is None if the header can't be read."""
    assert retry_after(header, now=datetime(2026, 11, 21, 9, 4, tzinfo=UTC)) == wait


def test_an_answer_is_shortened_to_one_line_without_secrets() -> None:
    """The text of an answer has no line breaks, no secrets and a limited length."""
    assert one_line("a\r\n b\tsEcReT", secrets=("sEcReT", "a")) == "a b …"
    assert len(one_line("x" * 1000)) == 300


@pytest.mark.parametrize("address", ["168.63.129.16", "::ffff:168.63.129.16", "64:ff9b::a83f:8110", "2002:a83f:8110::1"])
def test_s3_7_the_host_of_a_machine_in_azure_is_not_public(address: str) -> None:
    """Answers finding S3-7 of the security review."""
    assert not _is_public(ip_address(address))
    assert _is_public(ip_address("168.63.129.17"))
