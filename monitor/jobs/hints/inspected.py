"""USE CASE: check a service more often while CQC is inspecting it. Until the report is published, the service's page says that
CQC is inspecting the service. So the service is checked every hour in the hours in which CQC publishes, within a limit. This
source needs neither the list of publications nor an API key."""

import asyncio
from datetime import timedelta

from monitor.detect.hints import is_in_hours
from monitor.jobs.hints.source import Parts, Poll

NAME = "being inspected"

EVERY = timedelta(hours=1)

MOST_A_DAY, MOST_A_TURN = 78, 6
"""The most requests of this source in a day, and in an hour. CQC publishes in 13 hours of a day, and the hourly limit leaves
some requests for the last of these hours. Together with the list of publications (100 requests) and the API's list of changes
(113 requests), all sources of hints need fewer than 300 requests a day."""


class Inspected:
    """Makes the services that are being inspected due every hour."""

    name = NAME

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def poll(self) -> Poll | None:
        """Chooses the services for this hour, if it is time and no other process is choosing them; otherwise returns None.
        Raises StoreError."""
        now, hints = self._parts.clock(), self._parts.hints
        if not is_in_hours(now) or await asyncio.to_thread(hints.may_poll, NAME, now, EVERY) is None:
            return None
        chosen = await asyncio.to_thread(hints.check_inspected, NAME, now, MOST_A_DAY, MOST_A_TURN)
        return Poll(source=NAME, named=tuple(chosen))
