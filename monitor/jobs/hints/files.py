"""USE CASE: use CQC's files as a source of hints, after they are loaded into the register. If a file names a publication that
no check has found, the service is checked at once. CQC's files appear days or weeks after the publications, so they mostly name
publications that a check has already found."""

import asyncio
from datetime import timedelta
from functools import partial

from monitor.detect.hints import MOST_FROM_PARTIAL
from monitor.jobs.hints.source import Parts, Poll
from monitor.store.hints import SourceState

NAME = "file"

EVERY = timedelta(hours=1)


class NewerFile:
    """Reads the register after each newer file."""

    name = NAME

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def poll(self) -> Poll | None:
        """Reads the register if a newer file was loaded and no other process is reading the register; otherwise returns None.
        Raises StoreError."""
        now, hints = self._parts.clock(), self._parts.hints
        state = await asyncio.to_thread(hints.may_poll, NAME, now, EVERY)
        if state is None:
            return None
        newest = await asyncio.to_thread(hints.newest_file)
        if newest is None or newest.digest == state.digest:
            return None
        marks = await asyncio.to_thread(hints.in_files, newest.as_of)
        added = await asyncio.to_thread(partial(hints.add, NAME, marks, now, at_most=MOST_FROM_PARTIAL))
        if not added.held:  # the marks that were held back are added when the same file is read again
            await asyncio.to_thread(hints.read, NAME, SourceState(digest=newest.digest, newest=newest.as_of), now)
        return Poll(source=NAME, named=added.acted, known=len(added.known), held=added.held)
