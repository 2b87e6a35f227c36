"""A small HTTP server on loopback that can misbehave. Answers are values, and faults are functions that change answers."""

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request. The names of `headers` are in lower case. `at` is the time according to time.monotonic(), in seconds."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer, and how it is sent.

    announced   the Content-Length in the header, if it differs from the body's length
    delay       seconds before the first byte
    drip        seconds to pause in the middle of the body
    reset       break the connection instead of answering
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    announced: int | None = None
    delay: float = 0.0
    drip: float = 0.0
    reset: bool = False


Fault = Callable[[Answer], Answer]
"""A function that changes a correct answer."""


def status(code: int, *, retry_after: str | int | None = None) -> Fault:
    """An error page with this status."""
    body = f"<html><head><title>Error {code}</title></head><body><h1>Error {code}</h1></body></html>".encode()
    headers = {"Content-Type": "text/html"} | ({"Retry-After": str(retry_after)} if retry_after is not None else {})
    return lambda _: Answer(status=code, headers=headers, body=body)


def empty(answer: Answer) -> Answer:
    """An empty body, with status 200."""
    return replace(answer, body=b"")


def cut(at: float = 0.5, *, honest: bool = False) -> Fault:
    """Sends only the first part of the body. With `honest` the Content-Length is the length of this part, so only the text of the
    page shows that the end is missing."""

    def fault(answer: Answer) -> Answer:
        part = answer.body[: int(len(answer.body) * at)]
        return replace(answer, body=part, announced=None if honest else len(answer.body))

    return fault


def slow(seconds: float) -> Fault:
    """An answer after `seconds`."""
    return lambda answer: replace(answer, delay=seconds)


def late(fault: Fault, seconds: float) -> Fault:
    """The same fault, with a delay of `seconds`."""
    return lambda answer: replace(fault(answer), delay=seconds)


def dripping(seconds: float) -> Fault:
    """An answer that pauses for `seconds` in the middle."""
    return lambda answer: replace(answer, drip=seconds)


def reset(answer: Answer) -> Answer:
    """The connection breaks."""
    return replace(answer, reset=True)


def redirect(location: str, code: int = 302) -> Fault:
    """A redirect."""
    return lambda _: Answer(status=code, headers={"Location": location})


def encoded(charset: str, *, said: str | None = None) -> Fault:
    """Encodes the page in another charset. `said` is the charset that the header gives (UTF-8 by default)."""

    def fault(answer: Answer) -> Answer:
        body = answer.body.decode().encode(charset, "replace")
        return replace(answer, body=body, headers={**answer.headers, "Content-Type": f"text/html; charset={said or 'utf-8'}"})

    return fault


def content_type(value: str) -> Fault:
    """Another Content-Type."""
    return lambda answer: replace(answer, headers={**answer.headers, "Content-Type": value})


def huge(size: int = 50_000_000) -> Fault:
    """A body that spaces fill up to `size` bytes."""
    return lambda answer: replace(answer, body=answer.body + b" " * (size - len(answer.body)))


def body(text: str | bytes, code: int = 200) -> Fault:
    """Another page instead of the requested page."""
    raw = text.encode() if isinstance(text, str) else text
    return lambda _: Answer(status=code, headers={"Content-Type": "text/html; charset=utf-8"}, body=raw)


def changed(edit: Callable[[str], str]) -> Fault:
    """The page after `edit` has changed its text."""
    return lambda answer: replace(answer, body=edit(answer.body.decode()).encode())


class Server:
    """A server on a free port of 127.0.0.1 that calls `answer` for each request while the context is open. The server records all
    `requests`.

    tls   the server's certificate settings; None means plain HTTP
    """

    def __init__(self, *, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[Request] = []
        self._tls = tls
        self._http: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None

    def answer(self, request: Request) -> Answer:
        """Returns the answer to a request. Several threads call this method."""
        raise NotImplementedError

    @property
    def port(self) -> int:
        assert self._http is not None, "not started"
        return int(self._http.server_address[1])

    @property
    def url(self) -> str:
        """The server's address, without a slash at the end."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    def start(self, port: int = 0) -> Self:
        """Listens on `port` (0 means any free port). Entering the context calls this method."""
        self._http = _Threading(("127.0.0.1", port), type("_ServersHandler", (_Handler,), {"outer": self}))
        if self._tls is not None:
            self._http.socket = self._tls.wrap_socket(self._http.socket, server_side=True, do_handshake_on_connect=False)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 60}, daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stops listening. The recorded requests are kept."""
        if self._http is None or self._thread is None:
            return
        end_at_once(self._http)
        self._http.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def end_at_once(server: HTTPServer) -> None:
    """Ends `serve_forever` at once, by opening connections. Otherwise `serve_forever` would not end until a client connects or an
    interval is over. Tests start and end thousands of servers, so even an interval of a hundredth of a second would be too
    long."""
    ending = threading.Thread(target=server.shutdown)
    ending.start()
    while ending.is_alive():
        with suppress(OSError), socket.create_connection(("127.0.0.1", server.server_port), timeout=1):
            ending.join(0.002)


class _Threading(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignores clients that disconnect."""


class _Handler(BaseHTTPRequestHandler):
    outer: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        request = Request(
            method=self.command,
            path=self.path,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
            at=time.monotonic(),
        )
        if len(request.body) < length:  # the sender was killed while sending, so the request is not recorded
            self.close_connection = True
            return
        self.outer.requests.append(request)
        self._send(self.outer.answer(request))

    do_POST = do_HEAD = do_GET  # noqa: N815  the names that http.server looks for

    def _send(self, answer: Answer) -> None:
        time.sleep(answer.delay)
        if answer.reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True
            return
        bodyless = answer.status in (204, 304) or self.command == "HEAD"
        length = len(answer.body) if answer.announced is None else answer.announced
        headers = dict(answer.headers) | ({} if bodyless else {"Content-Length": str(length)})
        lines = [f"HTTP/1.1 {answer.status} Status", *(f"{name}: {value}" for name, value in headers.items())]
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        body = b"" if bodyless else answer.body
        if answer.drip:
            half = len(body) // 2
            self.wfile.write(head + body[:half])
            time.sleep(answer.drip)
            self.wfile.write(body[half:])
        else:
            self.wfile.write(head + body)
        if length != len(answer.body):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Prints nothing, since the requests are recorded in `requests`."""
