"""Turns for reading uploaded files. Reading one takes seconds and a thread. Those that wait for their turn hold no thread, since
pages need them."""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from monitor.errors import UsageError

T = TypeVar("T")

AT_ONCE = 2
"""Files that are read at the same time."""

MOST_WAITING = 10
"""Files that wait for their turn, at most; each is in memory."""


class Uploads:
    """The turns of one server. Used within its event loop."""

    def __init__(self) -> None:
        self._turns = CapacityLimiter(AT_ONCE)
        self._here = 0

    async def read(self, reading: Callable[[], T]) -> T:
        """What `reading` returns or raises, from a thread of its own. Raises UsageError if too many wait already."""
        if self._here >= AT_ONCE + MOST_WAITING:
            raise UsageError("Other files are being read: try again in a minute")
        self._here += 1
        try:
            return await to_thread.run_sync(reading, limiter=self._turns)
        finally:
            self._here -= 1
