"""Keeps connections to PostgreSQL open from one test to the next. All tests of one process share one database.

The server starts a process for each connection. A new server process must first read the description of each table from the
catalogue. If each command opened a new connection, the server would spend most of a test on reading the catalogue. When a test
closes a connection, the connection is reset and put back into the stock.
"""

import threading
from contextlib import suppress
from typing import Any

import psycopg
from sqlalchemy import URL, Engine, event, make_url

AS_NEW = "RESET ALL; SELECT pg_advisory_unlock_all(); UNLISTEN *; DISCARD TEMP; DISCARD SEQUENCES"


class Stock:
    """Contains the open connections that are not in use. `_url` is the address of the database. If `_url` is None, no connection
    is kept."""

    def __init__(self) -> None:
        self._url: URL | None = None
        self._free: dict[str, list[Reused]] = {}
        self._lock = threading.Lock()

    def begin(self, url: str) -> None:
        """From now on, connections to this database are kept."""
        self._url = make_url(url)

    def end(self) -> None:
        """Closes all connections. From now on, none are kept."""
        with self._lock:
            self._url = None
            free, self._free = self._free, {}
        for connection in (one for alike in free.values() for one in alike):
            connection.close_really()

    def pids(self) -> list[int]:
        """Returns the ids of the server processes for the connections in this stock."""
        with self._lock:
            return [one.info.backend_pid for alike in self._free.values() for one in alike]

    def serve(self, engine: Engine) -> None:
        """Makes an engine take its connections from this stock, if the engine uses the stock's database."""
        if self._url is None or engine.url.set(drivername=self._url.drivername) != self._url:
            return

        @event.listens_for(engine, "do_connect")
        def _connect(_dialect: Any, _record: Any, _arguments: Any, options: dict[str, Any]) -> Reused:
            return self._taken(options) or self._new(options)

    def _taken(self, options: dict[str, Any]) -> "Reused | None":
        while True:
            with self._lock:
                alike = self._free.get(_key(options))
                if not alike:
                    return None
                connection = alike.pop()
            with suppress(psycopg.Error):  # a test may have ended the connection
                connection.execute("SELECT 1")
                connection.rollback()
                return connection
            connection.close_really()

    def _new(self, options: dict[str, Any]) -> "Reused":
        connection = Reused.connect(**options)
        connection.stock, connection.key, connection.of = self, _key(options), self._url
        return connection

    def put_back(self, connection: "Reused") -> bool:
        """Resets a connection and puts it into the stock. Returns False if the connection can't be used again."""
        try:
            connection.rollback()
            connection.autocommit = True
            connection.execute(AS_NEW)
            connection.autocommit = False
            connection.isolation_level = connection.read_only = connection.deferrable = None
        except psycopg.Error:
            return False
        with self._lock:
            if self._url is None or self._url != connection.of:
                return False
            self._free.setdefault(connection.key, []).append(connection)
            return True


class Reused(psycopg.Connection[Any]):
    """A connection that goes back to its stock when it is closed."""

    stock: Stock
    key: str
    of: URL | None

    def close(self) -> None:
        if self.closed or self.broken or not self.stock.put_back(self):
            self.close_really()

    def close_really(self) -> None:
        """Closes the connection instead of putting it into the stock."""
        super().close()


def _key(options: dict[str, Any]) -> str:
    """Returns the options that are texts or numbers, as one text. The other options describe SQL types, which
    are the same for all engines in the tests."""
    return repr(sorted((name, value) for name, value in options.items() if isinstance(value, str | int)))


STOCK = Stock()
"""The stock of this process."""
