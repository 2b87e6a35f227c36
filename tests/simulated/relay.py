"""A relay to a server. A test can make the relay break connections or hang, so that the server seems to restart or to hang.

with Relay(lambda: socket.create_connection(("127.0.0.1", 5432))) as relay:
    …  the server is at 127.0.0.1:relay.port
    relay.cut()      # connections break, new connections are refused
    relay.hang()     # connections stay open, new connections are accepted, and no bytes pass
    relay.mend()
"""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Self


class Relay:
    """Passes bytes in both directions. `port` never changes. `held` counts how often bytes were held back while the relay
    hung."""

    def __init__(self, to: Callable[[], socket.socket]) -> None:
        self.port = 0
        self.held = 0
        self._to = to
        self._listener: socket.socket | None = None
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._passes = threading.Event()
        self._passes.set()

    def __enter__(self) -> Self:
        self.mend()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()

    def mend(self) -> None:
        """Lets all bytes pass again, including bytes that were held back."""
        self._passes.set()
        if self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self.port))
            self.port = self._listener.getsockname()[1]
            self._begin(self._accept, self._listener)

    def hang(self) -> None:
        """Lets no bytes pass."""
        self._passes.clear()

    def cut(self) -> None:
        """Breaks every connection, and refuses new connections."""
        if self._listener is not None:
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
        self._listener = None
        self._passes.set()
        while self._threads:
            for one in list(self._open):
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
            self._threads[-1].join(0.1)
            self._threads = [one for one in self._threads if one.is_alive()]

    def _begin(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments)
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        with listener, suppress(OSError):
            while True:
                client, _ = listener.accept()
                self._begin(self._both_ways, client)

    def _both_ways(self, client: socket.socket) -> None:
        with client, suppress(OSError), self._to() as server:
            ends = {client, server}
            self._open |= ends
            back = threading.Thread(target=self._pump, args=(server, client))
            back.start()
            self._pump(client, server)
            back.join()
            self._open -= ends

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while some := source.recv(65536):
                if not self._passes.is_set():
                    self.held += 1
                    self._passes.wait()
                target.sendall(some)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
