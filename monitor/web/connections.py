"""Limits unfinished requests. The header of a request, and then its body, must arrive within a limited time. If too many
connections are waiting, the connection that has waited longest is closed. Without this module, uvicorn would limit only idle
connections."""

import asyncio
import resource
from dataclasses import dataclass, field

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from monitor import logs
from monitor.text import counted

log = logs.logger(__name__)

def _half_of_what_may_be_open() -> int:
    return max(resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long connections may wait, and how many connections may wait.

    header, body  seconds in which a request's header, and then its body, must arrive completely
    most_waiting  how many connections may wait for a request at the same time: half the number of files that the process may
                  have open
    report_every  seconds between two lines of the log about connections that were closed
    """

    header: float = 10
    body: float = 60
    most_waiting: int = field(default_factory=_half_of_what_may_be_open)
    report_every: float = 60


class _Waiting:
    """The connections of one server whose next request has not arrived completely, in the order in which they began to wait."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._all: dict[_Connection, None] = {}
        self._closed = 0

    def add(self, one: "_Connection") -> None:
        """Adds a connection. If too many connections are waiting, closes the connection that has waited longest."""
        self._all[one] = None
        if len(self._all) > self.limits.most_waiting:
            next(iter(self._all)).give_up()

    def remove(self, one: "_Connection") -> None:
        """Removes a connection that no longer waits."""
        self._all.pop(one, None)

    def note_closed(self, loop: asyncio.AbstractEventLoop) -> None:
        """Counts a connection that was closed. The log later says how many connections were closed in the meantime."""
        if not self._closed:
            loop.call_later(self.limits.report_every, self._report)
        self._closed += 1

    def _report(self) -> None:
        log.warning("closed %s whose requests did not arrive", counted(self._closed, "connection"))
        self._closed = 0


class _Connection(H11Protocol):
    """A connection that may wait for its client only for a limited time. All connections of a server share `waiting`."""

    waiting: _Waiting
    _state: object = None
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Handles the opening of the connection. The connection then waits for its client."""
        super().connection_made(transport)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Handles the closing of the connection."""
        self._wait_for(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Handles a part of a request."""
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """Handles the end of an answer. Another request may then arrive."""
        super().on_response_complete()
        self._look()

    def give_up(self) -> None:
        """Closes the connection, because it has waited long enough for its client."""
        self._wait_for(None)
        if not self.transport.is_closing():
            self.waiting.note_closed(self.loop)
            self.transport.abort()

    def _look(self) -> None:
        """Starts to wait for the next part of a request (its header or its body), unless the connection is waiting for this part
        already."""
        state = self.conn.their_state
        if state is not self._state:
            self._state = state
            limits = self.waiting.limits
            self._wait_for(limits.header if state is h11.IDLE else limits.body if state is h11.SEND_BODY else None)

    def _wait_for(self, seconds: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if seconds is None or self.transport.is_closing():
            self.waiting.remove(self)
        else:
            self._timer = self.loop.call_later(seconds, self.give_up)
            self.waiting.add(self)


def limited(limits: Limits) -> type[asyncio.Protocol]:
    """Returns the class for one server's connections, with these limits."""
    return type("Connection", (_Connection,), {"waiting": _Waiting(limits)})
