"""Tests with real sockets that the server still answers while other requests never end (S3-2 and S3-6 of the security review)."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from monitor.web.connections import Limits
from monitor.web.serving import listening, server

HALF, BEGUN = b"GET / HTTP/1.1\r\nHost: a\r\n", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"
LONG = 600


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads a request to its end, and answers with the number of bytes in its body."""
    more, size = True, 0
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    await PlainTextResponse(str(size))(scope, receive, send)


@contextmanager
def running(limits: Limits) -> Iterator[int]:
    """Runs a server with these limits. Yields its port."""
    with listening("127.0.0.1", 0) as bound:
        made = server(echo, limits=limits)
        thread = threading.Thread(target=made.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            yield bound.getsockname()[1]
        finally:
            made.should_exit = True
            thread.join()


def connected(port: int, said: bytes) -> socket.socket:
    """Opens a connection and sends the beginning of a request."""
    one = socket.create_connection(("127.0.0.1", port), timeout=60)
    one.sendall(said)
    return one


def is_closed(one: socket.socket) -> bool:
    """Waits until the server sends something or closes the connection. Returns whether the server closed the connection."""
    try:
        return one.recv(1) == b""
    except ConnectionError:
        return True


def answer(one: socket.socket, rest: bytes = b"") -> bytes:
    """Sends the rest of a request. Returns the answer."""
    one.sendall(rest)
    found = b""
    while not found.endswith(b"0"):
        found += one.recv(1000) or b"closed 0"
    return found


@pytest.mark.parametrize(
    ("said", "rest"),
    [(b"", HALF + b"\r\n"), (HALF, b"\r\n"), (BEGUN, b"x" * 100_000)],
    ids=["connections that send nothing", "connections that send half a header", "connections that send no body"],
)
def test_s3_2_the_connections_that_wait_longest_are_closed_for_a_new_connection(said: bytes, rest: bytes) -> None:
    """If too many connections are open, the connections that have waited longest are closed, even if their own time limit is
    long. The other connections get their answers."""
    with running(Limits(header=LONG, body=LONG, most_waiting=5)) as port, ExitStack() as stack:
        held = [stack.enter_context(connected(port, said)) for _ in range(12)]
        with connected(port, HALF + b"\r\n") as asking:
            assert b"200 OK" in answer(asking)
        assert all(is_closed(one) for one in held[:8])
        assert all(b"200 OK" in answer(one, rest) for one in held[8:])


@pytest.mark.parametrize(
    ("said", "drop"), [(b"", b""), (HALF, b""), (HALF, b"X"), (BEGUN, b""), (BEGUN, b"x")],
    ids=["no request", "half a header", "a header that trickles in", "no body", "a body that trickles in"],
)  # fmt: skip
def test_s3_2_the_connection_of_a_request_that_does_not_end_is_closed_in_time(said: bytes, drop: bytes) -> None:
    with running(Limits(header=0.3, body=0.3)) as port, connected(port, said) as one:
        while drop and not select.select([one], [], [], 0.02)[0]:
            try:
                one.sendall(drop)
            except ConnectionError:
                break
        assert is_closed(one)
        with connected(port, HALF + b"\r\n") as asking:
            assert b"200 OK" in answer(asking)


def test_a_connection_can_send_several_requests_each_with_its_own_time_limit() -> None:
    with running(Limits(header=LONG, body=LONG, most_waiting=2)) as port, connected(port, b"") as one:
        for _ in range(3):
            assert b"200 OK" in answer(one, HALF + b"\r\n")
            assert answer(one, BEGUN + b"x" * 100_000).endswith(b"100000")
        both = answer(one, (HALF + b"\r\n") * 2)  # two requests at once
        while both.count(b"200 OK") < 2 or not both.endswith(b"0"):
            both += one.recv(1000)


def test_s3_2_a_closed_connection_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    limits = Limits(header=LONG, most_waiting=1, report_every=0)
    with running(limits) as port, connected(port, HALF) as first, connected(port, HALF):
        assert is_closed(first)
        with connected(port, HALF + b"\r\n") as asking:
            assert b"200 OK" in answer(asking)
    assert "whose requests did not arrive" in caplog.text
