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
    """The parts that sources are built from. `clock` gives the time in UTC. `list_every` and `list_every_quiet` are the
    settings LIST_EVERY and LIST_EVERY_QUIET."""

    site: Site
    reader: Reader
    hints: Hints
    outages: Outages
    clock: Callable[[], datetime]
    list_every: timedelta
    list_every_quiet: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """The result of reading a source. `named` contains the services that are due now. `known` is how many of the named
    publications the services' pages already showed. `held` is the number of new marks beyond the limit. `trouble` is why the
    source was not read, or not in full. `forbidden` is whether robots.txt forbids reading the source."""

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
        """Reads the source if it is due and no other process is reading it; otherwise returns None. Raises StoreError."""
        ...
