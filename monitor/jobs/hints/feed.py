"""USE CASE: use CQC's API. The API's list of changes says which services to check now. The API's statements about a service are
compared with the service's page.

If the API has a problem, only the operator is notified. The API is left alone for growing periods, and the site is read as if
there were no API.

A request to the list names a period, and the list returns the ids of the services that changed in it, without the times of the
changes. Some ids are added to the list late. So three periods are read: the time since the last reading; every four hours, the
last two days; and once a day, the last 30 days, one day at a time. In the first period, every id is used. In the other two
periods, an id is used only if the list had not yet named it for that day. Source: docs/facts/api.md, Endpoints.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from monitor import logs
from monitor.cqc.api import Api as Client
from monitor.cqc.api import ApiAnswer, NoAnswer, Nothing, Reason
from monitor.detect.schedule import lies_ahead
from monitor.store.api import API, FEED, Api, FeedState

log = logs.logger(__name__)

BACK = timedelta(days=30)
"""How late a change may appear in the list. The author of another program found it necessary to read this far back. Source:
docs/facts/api.md, Endpoints."""

BACK_EVERY = timedelta(days=1)

LATELY, LATELY_EVERY = timedelta(days=2), timedelta(hours=4)

_MUTE = NoAnswer(
    reason=Reason.ODD,
    detail="CQC's list of changes can be read, but has named no service in England for 36 hours (weekends and bank holidays "
    "not counted)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """The result of reading the list: the watched services that are due now, and the problem that ended the reading, if there
    was a problem."""

    named: tuple[str, ...] = ()
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class _Span:
    """A part of a day (UTC), and whether it is being read for the first time."""

    day: date
    start: datetime
    end: datetime
    anew: bool


class Feed:
    """Asks the API, as long as the API answers. `operator` is the address for operator messages; None if there is none. `clock`
    gives the time in UTC."""

    def __init__(self, client: Client, kept: Api, *, operator: str | None, clock: Callable[[], datetime]) -> None:
        self._client = client
        self.kept = kept
        self._operator = operator
        self._clock = clock
        self._strange: set[str] = set()  # unknown keys and values that are already recorded

    async def ask(self, location_id: str) -> ApiAnswer | Nothing | None:
        """What the API states about a service. Returns Nothing if the API does not know the service, or if nothing in the
        answer is understood. Returns None if the API could not be asked. Raises StoreError."""
        if not await asyncio.to_thread(self.kept.may_ask, self._clock()):
            return None
        answer = await self._client.location(location_id)
        if isinstance(answer, NoAnswer) and answer.whole:
            await self._failed(answer, API)
            return None
        if isinstance(answer, NoAnswer):
            log.warning("the API's word is not understood", location_id=location_id, reason=answer.detail)
            return Nothing(location_id=location_id)
        await asyncio.to_thread(self.kept.answered, self._clock(), self._operator)
        if isinstance(answer, ApiAnswer) and not self._strange.issuperset(answer.strange):
            for line in await asyncio.to_thread(self.kept.strange, answer.strange, self._clock(), self._operator):
                log.warning("the API holds something new", location_id=location_id, reason=line)
            self._strange.update(answer.strange)
        return answer

    async def poll(self, *, at_once: bool = False) -> Poll | None:
        """Reads the new part of the list if it is due and no other process is reading it; otherwise returns None. `at_once`
        means that a person asked. The list is then read even if it is not due and the API is being left alone. Raises
        StoreError."""
        now = self._clock().replace(microsecond=0)
        if at_once:
            await asyncio.to_thread(self.kept.poll_again, now)
        elif not all([await asyncio.to_thread(self.kept.may_ask, now, one) for one in (API, FEED)]):
            return None
        state = await asyncio.to_thread(self.kept.may_poll, now)
        if state is None:
            return None
        first = state.read_until is None
        goes_back = state.read_back_at is None or not lies_ahead(state.read_back_at + BACK_EVERY, now, BACK_EVERY)
        named: dict[str, None] = {}
        stages = [(list(_new(state, now)), first)] + ([(list(_days(now - BACK, now)), True)] if goes_back and not first else [])
        for spans, back in stages:
            trouble = await self._read(spans, named, act=not first, now=now)
            if trouble is not None:
                await self._failed(trouble, API if trouble.reason is Reason.KEY else FEED)
                await asyncio.to_thread(self._try_again)
                return Poll(named=tuple(named), trouble=trouble.detail)
            await asyncio.to_thread(partial(self.kept.read_on, until=now, now=now, back=back))
        if not any(spans for spans, _ in stages):
            return Poll()
        await asyncio.to_thread(self.kept.answered, self._clock(), self._operator, API)
        if (await asyncio.to_thread(self.kept.state)).is_mute(now):
            await self._failed(_MUTE, FEED)
            return Poll(named=tuple(named), trouble=_MUTE.detail)
        await asyncio.to_thread(self.kept.answered, self._clock(), self._operator, FEED)
        return Poll(named=tuple(named))

    async def _read(self, spans: list[_Span], named: dict[str, None], *, act: bool, now: datetime) -> NoAnswer | None:
        for span in spans:
            ids = await self._client.changes(span.start, span.end)
            if isinstance(ids, NoAnswer):
                return ids
            noted = partial(self.kept.named, span.day, ids, end=span.end, anew=span.anew, act=act, now=now)
            named.update(dict.fromkeys(await asyncio.to_thread(noted)))
        return None

    def _try_again(self) -> None:
        trouble = self.kept.trouble()
        if trouble is not None:
            self.kept.poll_again(trouble.leave_alone_until)

    async def _failed(self, trouble: NoAnswer, name: str) -> None:
        log.warning("the API can't be used", reason=trouble.detail)
        now, own_fault = self._clock(), trouble.reason is Reason.KEY
        noted = partial(self.kept.failed, trouble.detail, own_fault=own_fault, retry_after=trouble.retry_after)
        await asyncio.to_thread(partial(noted, now=now, operator=self._operator, name=name))


def _new(state: FeedState, now: datetime) -> Iterator[_Span]:
    """The periods that have not been read yet and, every four hours, the last two days again. A time in the future is ignored,
    because a wrong clock wrote it."""
    earliest = now - BACK
    until = state.read_until if state.read_until and state.read_until <= now else earliest
    yield from _pieces(max(until, earliest), now, anew=True)
    if state.read_at and _period(state.read_at) != _period(now):
        yield from _days(now - LATELY, now)


def _period(at: datetime) -> int:
    """The period of `LATELY_EVERY` that an instant is in."""
    return int(at.timestamp() // LATELY_EVERY.total_seconds())


def _days(start: datetime, end: datetime) -> Iterator[_Span]:
    """Whole days, beginning with the day of `start`."""
    return _pieces(datetime.combine(start.date(), time(), UTC), end, anew=False)


def _pieces(start: datetime, end: datetime, *, anew: bool) -> Iterator[_Span]:
    """A period of time, split at midnight."""
    while start < end:
        midnight = datetime.combine(start.date() + timedelta(days=1), time(), UTC)
        yield _Span(start.date(), start, min(midnight, end), anew)
        start = midnight
