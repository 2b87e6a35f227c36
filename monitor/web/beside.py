"""Serves the pages in a separate process beside the daemon, so that a failure of the pages never stops or slows the daemon."""

import asyncio
import multiprocessing
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from monitor import channels, logs
from monitor.app import build, now
from monitor.errors import MonitorError, UsageError, fault
from monitor.settings import load
from monitor.web.app import create_app
from monitor.web.serving import listening, serve

AGAIN = 60.0
"""How many seconds to wait before the pages are started again, after they ended unexpectedly or their port was in use."""

log = logs.logger("monitor.web")


@contextmanager
def pages_beside(host: str, port: int) -> Iterator[None]:
    """Serves the pages while the context is open. If the pages' port is in use, logs one warning, and tries the port until it is
    free."""
    stop = threading.Event()
    keeper = threading.Thread(target=_keep, args=(host, port, stop), name="pages", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join()


def _keep(host: str, port: int, stop: threading.Event) -> None:
    said = False
    while True:
        try:
            with listening(host, port) as bound:
                said = False
                _run(bound, stop)
            if not stop.is_set():
                log.error("the pages ended by themselves and are started again")
        except UsageError as error:
            if not said:
                log.warning(f"{error}; the monitor itself goes on")
            said = True
        except Exception as error:
            log.error(fault(error))
        if stop.wait(AGAIN):
            return


def _run(bound: socket.socket, stop: threading.Event) -> None:
    """Runs the pages until they end unexpectedly or `stop` is set."""
    process = multiprocessing.get_context("spawn").Process(target=_pages, args=(bound,), name="pages", daemon=True)
    process.start()
    host, port = bound.getsockname()[:2]
    log.info("the pages are there", url=f"http://{f'[{host}]' if ':' in host else host}:{port}")
    while process.is_alive() and not stop.wait(0.2):
        pass
    process.terminate()
    process.join()


def _pages(bound: socket.socket) -> None:
    """Serves the pages in a separate process. The process ends when the daemon's process ends, even if the daemon was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches both processes, but this process must end after the daemon's
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    parent = multiprocessing.parent_process()
    settings = load().served_at(*bound.getsockname()[:2])
    logs.set_up(settings.log_format, secrets=settings.secrets, secret_hosts=channels.SECRET_HOSTS)
    try:
        app = build(settings)
        asyncio.run(serve(create_app(app, now), bound, ended=lambda: parent is not None and not parent.is_alive()))
        app.store.close()
    except MonitorError as error:
        log.error(f"the pages: {error}")
