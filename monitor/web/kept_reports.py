"""Reports that were made lately, so that the same one again costs nothing. A key says all that a report is made from, the version
of the register too: nothing in here is ever out of date.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager
from typing import Any, Generic, TypeVar

from fastapi import Request

T = TypeVar("T")

MOST = 40
"""How many papers and files are kept: each has several hundred kilobytes."""


class Kept(Generic[T]):
    """What was made lately, by key; the longest unused is dropped first."""

    def __init__(self) -> None:
        self._made: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, turn: Callable[[], AbstractContextManager[None]], make: Callable[[], T]) -> T:
        """What is kept under a key; or else what `make` returns, in its turn."""
        found = self._found(key)
        if found is not None:
            return found
        with turn():
            found = self._found(key)  # somebody else may have asked for the same, and been first
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
    """What this server keeps."""
    kept: Kept[Any] = request.app.state.kept_reports
    return kept
