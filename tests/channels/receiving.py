"""Receivers and messages for the tests of the channels."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from monitor.channels import mail_channel
from monitor.channels.base import Mail
from monitor.channels.mail_settings import MailSetup
from monitor.events import Event, Kind
from monitor.model import When
from monitor.notify.content import Alert, Digest, Message, NotifiedEvent, OperatorMessage, ServiceCard, StaleService
from monitor.notify.render import render
from tests.simulated.server import end_at_once

NOW = datetime(2026, 11, 21, 9, 4, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> <!channel> *_[x](y)_* Ma\u202egnolia\r\nBcc: everyone@council.example"
HOSTILE_SHOWN = "<script>alert(1)</script> <!channel> *_[x](y)_* Magnolia Bcc: everyone@council.example"


# ── an HTTP receiver ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    headers: dict[str, str]  # names in lower case
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    code: int = 200
    body: bytes = b"ok"
    headers: Mapping[str, str] = field(default_factory=dict)


class Receiver:
    """Answers POST requests on loopback with the replies in `replies`, one after the other, and repeats the last reply."""

    def __init__(self, *, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[Request] = []
        self.replies: list[Reply] = [Reply()]
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                outer._answer(self)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.host = f"127.0.0.1:{self._server.server_address[1]}"

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        self.requests.append(Request(handler.path, headers, body))
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        handler.send_response(reply.code)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(reply.body)))
        handler.end_headers()
        handler.wfile.write(reply.body)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 60}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        end_at_once(self._server)
        self._server.server_close()


class Scripted:
    """A mail server that follows a script: it gives one answer to each line, and then closes the connection. After the answer
    354, the server reads up to the end of the mail before it goes on."""

    def __init__(self, script: Iterable[bytes]) -> None:
        self._script = list(script)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])

    def _serve(self) -> None:
        with suppress(OSError):  # the client may have closed the connection
            connection, _ = self._listener.accept()
            with connection, connection.makefile("rb") as lines:
                for answer in self._script:
                    connection.sendall(answer)
                    line = lines.readline()
                    while answer.startswith(b"354") and line not in {b".\r\n", b""}:
                        line = lines.readline()

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self._thread.join(5)


def free_port() -> int:
    """Returns a port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def by(setup: MailSetup, trust: ssl.SSLContext | None = None, now: Callable[[], datetime] = lambda: NOW) -> Mail:
    """Returns the channel that sends email with `setup`."""
    return mail_channel(setup, trust, now)


# ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def card(number: int = 1, *, name: str = "Cherrybrook Care Home", **other: Any) -> ServiceCard:
    values: dict[str, Any] = {
        "location_id": f"1-22355{number:05}",
        "name": name,
        "service_type": "Care home",
        "address": "12 Orchard Lane, Leeds, LS1 4AB",
        "provider_name": "All Saints Care Limited",
        "url": f"https://www.cqc.org.uk/location/1-22355{number:05}",
    }
    return ServiceCard(**(values | other))


def told(
    kind: Kind, service: ServiceCard | None = None, watchlists: tuple[str, ...] = ("Leeds homes",), **other: Any
) -> NotifiedEvent:
    service = service or card()
    values: dict[str, Any] = {
        "id": f"{kind}-{service.location_id}-{other.get('of', '')}",
        "location_id": service.location_id,
        "name": service.name,
        "kind": kind,
        "published": date(2026, 11, 20),
        "observed_at": NOW,
    }
    return NotifiedEvent(event=Event(**(values | other)), service=service, watchlists=watchlists)


def fall(service: ServiceCard | None = None, **other: Any) -> NotifiedEvent:
    return told(Kind.DOWNGRADED, service, **({"of": "overall", "from_": "good", "to": "inadequate"} | other))


def entered(service: ServiceCard | None = None, **other: Any) -> NotifiedEvent:
    return told(Kind.ENTERED, service, **({"quote": "This service is being placed in special measures."} | other))


def alert(*events: NotifiedEvent) -> Message:
    return render(Alert(events=events or (fall(), entered())), public_url="https://monitor.example")


def largest_digest() -> Message:
    """Returns a digest about 600 services: 300 services with a fall, special measures and a long sentence, and 300 services that
    could not be read."""
    services = [card(number, name=f"Home number {number:03} of the long list") for number in range(300)]
    quote = "The service was rated inadequate and is being placed in special measures. " * 4
    events = [event for one in services for event in (fall(one), entered(one, quote=f"{one.name}: {quote}"))]
    stale = [StaleService(service=card(500 + number, name=f"Silent home {number:03}"), last_read_at=NOW) for number in range(300)]
    digest = Digest(period=When.WEEKLY, since=NOW - timedelta(days=7), until=NOW, events=tuple(events), stale=tuple(stale))
    return render(digest, public_url="https://monitor.example")


MESSAGES: dict[str, Callable[[], Message]] = {
    "an alert": lambda: alert(),
    "a hostile name": lambda: alert(fall(card(name=HOSTILE, provider_name=HOSTILE, address=HOSTILE))),
    "a name of 300 characters": lambda: alert(fall(card(name="Magnolia " * 34))),
    "a long sentence": lambda: alert(entered(quote="We found that it was not safe. " * 600)),
    "a sentence without a space": lambda: alert(entered(quote="x" * 15_000)),
    "an operator message": lambda: render(OperatorMessage(subject="x", lines=("a", "b")), public_url="https://m.example"),
    "the largest digest": lambda: largest_digest(),
}
