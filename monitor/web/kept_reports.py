"""A cache of recent reports, so that the same report need not be made twice. A report's key contains everything from which the
report is made, including the version of the register. So a cached report is never out of date.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager
from typing import Any, Generic, TypeVar

from fastapi import Request

T = TypeVar("T")

MOST = 40
"""How many reports and files are kept. Each is several hundred kilobytes."""


class Kept(Generic[T]):
    """The cache. If it is full, the report that was unused for longest is dropped."""

    def __init__(self) -> None:
        self._made: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, turn: Callable[[], AbstractContextManager[None]], make: Callable[[], T]) -> T:
        """Returns the cached report for a key. If no report is cached, waits until `turn` allows it to run `make`, and returns
        the result."""
        found = self._found(key)
        if found is not None:
            return found
        with turn():
            found = self._found(key)  # another request may have made the same report in the meantime
            if found is None:
                found = make()
                with self._lock:
                    self._made[key] = found
                    while len(self._made) > MOST:
                        self._made.popitem(last=False)
        return found

    def _found(self, key: Hashable) -> T | None:
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
            return self._made.get(key)


def kept_of(request: Request) -> Kept[Any]:
    """Returns the cache of this server."""
    kept: Kept[Any] = request.app.state.kept_reports
    return kept
