"""USE CASE: services that CQC is inspecting. Their page says so until the report is published, so they are checked every hour in
CQC's hours, within a limit. This needs neither the list of publications nor a key."""

import asyncio
from datetime import timedelta

from monitor.detect.hints import is_in_hours
from monitor.jobs.hints.source import Parts, Poll

NAME = "being inspected"

EVERY = timedelta(hours=1)

MOST_A_DAY, MOST_A_TURN = 78, 6
"""The most requests of this source in a day, and in an hour. The hourly limit keeps some for the last hours of the day: CQC
publishes in 13 hours of a day. With the list of publications (100) and the API's list of changes (113) all hints cost fewer than
300 a day."""


class Inspected:
    """Makes the services that are being inspected due every hour."""

    name = NAME

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def poll(self) -> Poll | None:
        """Chooses the services for this hour if it is time and no other process does so; otherwise returns None. Raises
        StoreError."""
        now, hints = self._parts.clock(), self._parts.hints
        if not is_in_hours(now) or await asyncio.to_thread(hints.may_poll, NAME, now, EVERY) is None:
            return None
        chosen = await asyncio.to_thread(hints.check_inspected, NAME, now, MOST_A_DAY, MOST_A_TURN)
        return Poll(source=NAME, named=tuple(chosen))
