"""USE CASE: read the site's list of recent publications. The services that the list names are checked at once.

The list needs no key. robots.txt is always honoured. If the list is refused, empty, not CSV or not understood, it is left alone
for growing periods. This is never treated as an outage of the site, and delays no check.
"""

import asyncio
import hashlib
import tempfile
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from urllib.parse import urlencode

from monitor import logs
from monitor.cqc.site import LIST_PATH, Blind, Saved, Unchanged, Validators
from monitor.cqc.transport import Into
from monitor.detect.hints import (
    GAP,
    MOST_FROM_PARTIAL,
    MOST_FROM_WHOLE,
    Period,
    Publications,
    is_empty_in_error,
    is_fresh,
    is_in_hours,
    why_partial,
)
from monitor.errors import Unreadable
from monitor.jobs.hints.source import Parts, Poll
from monitor.store.hints import SourceState
from monitor.text import LONDON

log = logs.logger(__name__)

NAME = "list"

LARGEST = 3_000_000
"""The largest list that is accepted, in bytes. A week's list has about 50,000 bytes."""

LONGEST = 60.0
"""The longest time for one request, in seconds."""

_FILTERS = ("archived:active", "lastPublished:all", "more_services:all", "services:all", "specialisms:all", "careHomes:all")

_FROZEN = "its newest date is too old"


def address(period: Period) -> str:
    """The list's path and query, which asks for all of England, any service type and any rating."""
    asked = [("query", ""), ("location-query", ""), ("radius", ""), ("display", "csv"), ("last-published", period.value)]
    return f"{LIST_PATH}?{urlencode([*asked, *(('filters[]', one) for one in _FILTERS)])}"


class PublishedList:
    """Reads the list when it is time."""

    name = NAME

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._kept = parts.hints

    async def poll(self) -> Poll | None:
        """Reads the list if it is time and no other process is reading it; otherwise returns None. Raises StoreError."""
        now = self._parts.clock()
        if await asyncio.to_thread(self._parts.outages.current) is not None:
            return None  # the site is left alone
        every = self._parts.list_every if is_in_hours(now) else self._parts.list_every_quiet
        state = await asyncio.to_thread(self._kept.may_poll, NAME, now, every)
        if state is None:
            return None
        period = Period.MONTH if _has_gap(state, now) else Period.WEEK
        with tempfile.TemporaryFile() as file:
            validators = Validators(etag=state.etag, last_modified=state.last_modified)
            conditional = validators if period is Period.WEEK and (state.etag or state.last_modified) else None
            into = Into(file, most=LARGEST, whole=LONGEST)
            seen = await self._parts.site.download(address(period), into, validators=conditional)
            if isinstance(seen, Blind):
                return await self._failed(seen.detail, forbidden=seen.by_robots)
            file.seek(0)
            body = b"" if isinstance(seen, Unchanged) else await asyncio.to_thread(file.read)
        digest = hashlib.sha256(body).hexdigest()
        if isinstance(seen, Unchanged) or (period is Period.WEEK and digest == state.digest):
            return await self._same(state)
        try:
            found = await self._parts.reader.publications(body)
        except Unreadable as error:  # this includes TooHeavy
            return await self._failed(str(error))
        if is_empty_in_error(found, _today(now)):
            return await self._failed("CQC's list of publications is empty")
        return await self._read(found, state, period, digest, seen)

    async def _read(self, found: Publications, state: SourceState, period: Period, digest: str, seen: Saved) -> Poll:
        """Records what the list names, and then records that the list was read. If the program dies between the two, the list
        is read again."""
        now = self._parts.clock()
        why = why_partial(found, state.marks, period, _today(now)) or ""
        most = MOST_FROM_PARTIAL if why else MOST_FROM_WHOLE
        added = await asyncio.to_thread(partial(self._kept.add, NAME, found.marks, now, at_most=most))
        # if marks were held back, the same list must be read in full next time, so that they are used
        again = period is Period.WEEK and not added.held
        read = SourceState(
            newest=found.newest,
            digest=digest if again else None,
            etag=seen.etag if again else None,
            last_modified=seen.last_modified if again else None,
            marks=found.marks,
            why=why,
        )
        await asyncio.to_thread(self._kept.read, NAME, read, now)
        return Poll(source=NAME, named=added.acted, known=len(added.known), held=added.held, trouble=why or None)

    async def _same(self, state: SourceState) -> Poll:
        """Handles a list that has not changed. Once its newest date is too old, the list is no longer treated as complete."""
        now = self._parts.clock()
        why = state.why or ("" if is_fresh(state.newest, _today(now)) else _FROZEN)
        await asyncio.to_thread(self._kept.read, NAME, replace(state, why=why), now)
        return Poll(source=NAME, trouble=why or None)

    async def _failed(self, why: str, *, forbidden: bool = False) -> Poll:
        await asyncio.to_thread(partial(self._kept.failed, NAME, why, self._parts.clock(), forbidden=forbidden))
        return Poll(source=NAME, trouble=why, forbidden=forbidden)


def _has_gap(state: SourceState, now: datetime) -> bool:
    """Whether publications may have dropped out of the week's list before they were read. A time in the future is ignored,
    because a wrong clock wrote it."""
    return state.read_at is None or not now - GAP <= state.read_at <= now


def _today(now: datetime) -> date:
    return now.astimezone(LONDON).date()
