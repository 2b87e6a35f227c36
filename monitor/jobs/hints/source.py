"""What all sources of hints have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from monitor.cqc.reader import Reader
from monitor.cqc.site import Site
from monitor.store.hints import Hints
from monitor.store.outages import Outages


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts that sources are built from. `clock` gives the time in UTC; `list_every` and `list_every_quiet` are the
    settings."""

    site: Site
    reader: Reader
    hints: Hints
    outages: Outages
    clock: Callable[[], datetime]
    list_every: timedelta
    list_every_quiet: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """The result of reading a source. `named`: services that are due now; `known`: how many marks their pages showed already;
    `held`: new marks over the limit; `trouble`: why it was not read, or not in full; `forbidden`: robots.txt forbids it."""

    source: str
    named: tuple[str, ...] = ()
    known: int = 0
    held: int = 0
    trouble: str | None = None
    forbidden: bool = False


class Source(Protocol):
    """A source of hints."""

    name: str

    async def poll(self) -> Poll | None:
        """Reads the source if it is time and no other process is reading it; otherwise returns None. Raises StoreError."""
        ...
