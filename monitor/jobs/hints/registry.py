"""The sources of hints, and the job that reads them. A new source needs a module and one line in this module."""

import asyncio
from collections.abc import Callable

from monitor import logs
from monitor.errors import MonitorError, fault
from monitor.jobs.hints.files import NewerFile
from monitor.jobs.hints.inspected import Inspected
from monitor.jobs.hints.published import PublishedList
from monitor.jobs.hints.source import Parts, Poll, Source

log = logs.logger(__name__)

SOURCES: tuple[Callable[[Parts], Source], ...] = (PublishedList, Inspected, NewerFile)
"""The sources that this job reads. CQC's API is not included, because the module feed.py reads it at its own times and by its
own rules."""


class HintWork:
    """Follows open hints, and reads each source when the source is due."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._sources = [make(parts) for make in SOURCES]

    async def work(self, stop: asyncio.Event | None = None) -> list[Poll]:
        """Follows the open hints and reads the sources that are due, once. Raises StoreError."""
        await asyncio.to_thread(self._parts.hints.follow, self._parts.clock())
        polls = []
        for source in self._sources:
            if stop and stop.is_set():
                break
            try:
                poll = await source.poll()
            except MonitorError:
                raise
            except Exception as error:  # An error affects only this source. The other sources are still read.
                log.error("a source of hints can't be read", source=source.name, reason=fault(error))
                await asyncio.to_thread(self._parts.hints.failed, source.name, fault(error), self._parts.clock())
                continue
            if poll is not None:
                polls.append(poll)
        return polls
