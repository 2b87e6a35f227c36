"""Runs the server, uvicorn. This module binds the socket itself, so that an error about a port in use is a single line."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from monitor.errors import UsageError
from monitor.web.connections import Limits, limited

PATIENCE = 10
"""How many seconds the running requests have to finish after a signal."""

LAST_RESORT = 2.0
"""Seconds after which the process ends, even if a thread hangs, for example because the database doesn't answer."""


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Yields a socket that listens on the host and port. Port 0 means any free port. Raises UsageError if the socket can't be
    bound."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        bound = socket.socket(family, kind, protocol)
    except (OSError, OverflowError, UnicodeError) as error:
        raise UsageError(f"the pages can't be served at {host}: {getattr(error, 'strerror', None) or error}") from None
    with bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind(address)
            bound.listen(128)
        except OSError as error:
            reason = f"{error.strerror} (if another program uses it: web --port 8001, or run --web 127.0.0.1:8001)"
            raise UsageError(f"the pages can't be served on port {port} of {host}: {reason}") from None
        yield bound


def server(app: ASGIApp, *, ended: Callable[[], bool] = lambda: False, limits: Limits | None = None) -> uvicorn.Server:
    """Returns a server that stops on SIGTERM or SIGINT, or once `ended` returns True. The server calls `ended` every second."""

    async def look() -> None:
        made.should_exit = made.should_exit or ended()

    config = uvicorn.Config(
        app,
        http=limited(limits or Limits()),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,  # addresses contain the tokens of links
        server_header=False,
        timeout_graceful_shutdown=PATIENCE,
        callback_notify=look,
        timeout_notify=1,
    )
    made = uvicorn.Server(config)
    return made


async def serve(app: ASGIApp, bound: socket.socket, *, ended: Callable[[], bool] = lambda: False) -> None:
    """Serves until the server stops."""
    try:
        await server(app, ended=ended).serve(sockets=[bound])
    finally:
        last_resort = threading.Timer(LAST_RESORT, os._exit, (0,))
        last_resort.daemon = True
        last_resort.start()
