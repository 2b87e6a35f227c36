"""USE CASE: check services. Each check fetches, reads and compares the pages of one service, and records the result in one
transaction.

A check fetches the location page. If the location page has changed, the check also fetches the pages of the newest report that
it links to (the summary, or the assessment with its key questions). If the location page is unchanged, the report's pages are
still fetched once a day, because special measures may be stated only on these pages. The report's pages are also fetched when a
person asks for a check, and at every check of a service that is inadequate or in special measures. An unchanged page is not
read or compared, because its fingerprint shows that it is unchanged.

A round checks every service once before it checks any service a second time. So if many services show a change at once, the
round notices this before anybody is alerted. If the site as a whole can't be read, a round ends early, and the services that it
did not check stay due.

A round begins with a brief check of each hinted service if hints named many services and the site wants long pauses between
requests. A brief check reads only the location page. If this page shows that something got worse, the change is stored as a
candidate change, and the service is among the first to be checked with all its pages.

CQC's API, if it is used, is the second source. The API is asked if a check shows something new, if its feed named the service,
or if page and API disagreed. A change that page and API both state need not wait. The pages are read again at once, so that all
new changes are in one message. The change is reported even if the pages can't be read the second time, or are older copies.
While the whole site can't be read, or a service's own page can't be read for long, the API alone is read (`by_api`).
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from monitor import logs
from monitor.cqc.api import ApiAnswer
from monitor.cqc.site import Blind, Page, Reason, Unchanged
from monitor.detect.checks import PUT_OFF, Answered, Due, Gathered, Outcome, ReadPage, UnchangedCheck
from monitor.detect.circuit_breaker import TRIES, Blindness, Outage
from monitor.detect.decide import (
    Again,
    Answer,
    AskApi,
    AskOthers,
    AskOthersReadAgain,
    AskWhoSaysSo,
    Check,
    Deciding,
    Need,
    Pace,
    ReadAgain,
    alone,
    decide,
    decide_by_api,
    is_for_brief_check,
    not_seen,
    put_off,
)
from monitor.detect.schedule import asks_again, lies_ahead
from monitor.errors import MonitorError, fault
from monitor.events import Event
from monitor.jobs.fetch import Fetcher, objection
from monitor.jobs.hints.feed import Feed
from monitor.model import Snapshot
from monitor.store.outages import Outages
from monitor.store.services import Services

log = logs.logger(__name__)

AT_ONCE = 2
"""How many services are checked at the same time. Each check makes at most one request at a time."""

READ_THROUGH_AFTER = timedelta(days=1)
"""If a location page is unchanged, the pages that it links to are taken as unchanged too, for this long. This does not apply if
the service is inadequate or in special measures."""

ASK_WHOLE_AFTER = timedelta(days=1)
"""After this long, a location page is fetched without validators, so that the site sends its bytes once a day."""

ASK_AGAIN_AFTER = timedelta(hours=1)
"""Used instead of READ_THROUGH_AFTER if one of the linked pages was not available, because a report's page may appear later
than the link to it."""

BATCH = 100
"""How many checks without a change are recorded in one transaction. If the program dies before the checks are recorded, the
checks are repeated."""

LOOKS = 3
"""A round checks one service at most this many times. The second check is made if a candidate change is already due, and the
third if the second check saw another change."""

PACE_LASTS = timedelta(minutes=5)
"""How long the interval for quiet services is kept. The interval depends on how many services are watched, so they are counted
again after this time."""

BLIND_FOR = timedelta(hours=1)
"""If a service's page could not be read for this long, the API is read instead. This is done only if the feed named the service
or the service has a candidate change."""

BY_API = 200
"""The most services that are read from the API alone in one run."""

ANOTHER_FIRST = 61
"""After this many seconds, the API's questions begin with a different service. This number is not a multiple of the interval at
which a daemon or a timer runs, so that the first service changes from run to run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A service that was partly read or not read. `detail` is the reason in one line for people."""

    location_id: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """The start of a check: the location page as it was read now, and the stored snapshot and pages of the service."""

    page: ReadPage
    stored: Snapshot | None
    pages: Sequence[ReadPage]


@dataclass(slots=True)
class Round:
    """The result of a round.

    waiting     the number of candidate changes that wait for a later check
    broken_off  whether the round ended early because the site as a whole can't be read (`outage`)
    """

    looked_at: int = 0
    unchanged: int = 0
    events: list[Event] = field(default_factory=list)
    troubles: list[Problem] = field(default_factory=list)
    waiting: int = 0
    broken_off: bool = False
    outage: Outage | None = None


@dataclass(slots=True)
class _Way:
    """A round in progress. For each service, the result of its latest check is kept.

    again  services that must be checked again at once
    brief  services that get a brief check
    """

    queue: deque[Due]
    thorough: bool
    stop: asyncio.Event | None
    heard: Callable[[int], None]
    again: list[str] = field(default_factory=list)
    brief: frozenset[str] = frozenset()
    unchanged: set[str] = field(default_factory=set)
    pending: dict[str, int] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    broken_off: bool = False

    @property
    def goes_on(self) -> bool:
        return bool(self.queue) and not self.broken_off and not (self.stop and self.stop.is_set())

    def note(self, location_id: str, outcome: Outcome | None, now: datetime) -> None:
        """Notes the result of a check. `outcome` is None if nothing changed."""
        self.troubles.pop(location_id, None)
        self.pending[location_id] = len(outcome.candidates) if outcome else 0
        self.heard(len(self.pending))
        if outcome is None:
            self.unchanged.add(location_id)
            return
        self.events += outcome.events
        if any(one.due <= now and one.since == outcome.looked_at for one in outcome.candidates):
            self.again.append(location_id)
        if outcome.trouble and not outcome.read_well and outcome.trouble != PUT_OFF:
            self.troubles[location_id] = outcome.trouble

    def note_lost(self, location_id: str) -> None:
        """Notes that a result could not be recorded, because at each attempt another check had been recorded before. The service
        will be checked again. It is listed as a problem, since the result that was not recorded may have been a fall."""
        self.pending.setdefault(location_id, 0)
        self.troubles[location_id] = "the result could not be recorded: at each attempt, another check had been recorded before"

    def result(self, outage: Outage | None) -> Round:
        return Round(
            looked_at=len(self.pending),
            unchanged=len(self.unchanged),
            events=self.events,
            troubles=[Problem(location_id=one, detail=detail) for one, detail in self.troubles.items()],
            waiting=sum(self.pending.values()),
            broken_off=self.broken_off,
            outage=outage,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Checking:
    """How services are checked.

    check_every    the setting CHECK_EVERY
    confirm_after  the setting CONFIRM_AFTER
    operator       the address for operator messages; None if there is none
    interval       returns the present interval between two checks of a quiet service; None if the interval is `check_every`
    """

    check_every: timedelta
    confirm_after: timedelta
    operator: str | None
    interval: Callable[[datetime], timedelta] | None = None


class Checker:
    """Checks services. `clock` gives the time in UTC. `feed` asks CQC's API; None if the API is not used."""

    def __init__(
        self,
        fetcher: Fetcher,
        services: Services,
        outages: Outages,
        checking: Checking,
        *,
        clock: Callable[[], datetime],
        feed: Feed | None = None,
    ) -> None:
        self._feed = feed
        self._interval = checking.interval
        self._quiet = checking.check_every
        self._paced_at: datetime | None = None
        self._fetcher = fetcher
        self._services = services
        self._outages = outages
        self._operator = checking.operator
        self._check_every = checking.check_every
        self._confirm_after = checking.confirm_after
        self._clock = clock
        self._unchanged: list[UnchangedCheck] = []

    async def round(
        self,
        dues: Iterable[Due],
        *,
        thorough: bool = False,
        stop: asyncio.Event | None = None,
        heard: Callable[[int], None] = lambda _: None,
    ) -> Round:
        """Checks the services given, a few at a time, and records each result. Ends early when `stop` is set, and when the site
        as a whole can't be read. During an outage, no service is checked before the next attempt is due.

        thorough  whether a person asked for the checks. If so, the pages that each location page links to are fetched even if
                  the location page is unchanged, and during an outage the round does not wait until an attempt is due
        heard     is called after each service with the number of services checked so far
        """
        way = _Way(queue=deque(dues), thorough=thorough, stop=stop, heard=heard)
        await self._set_pace()
        try:
            if await self._may_go(way):
                await self._plan_brief_checks(way)
                await self._go(way)
        finally:
            await self._flush()
        return way.result(await asyncio.to_thread(self._outages.current) if way.broken_off else None)

    async def _set_pace(self) -> None:
        """Sets the interval for quiet services. The interval depends on the number of watched services, which is counted from
        time to time."""
        now = self._clock()
        if self._interval and not (self._paced_at and lies_ahead(self._paced_at + PACE_LASTS, now, PACE_LASTS)):
            self._quiet, self._paced_at = await asyncio.to_thread(self._interval, now), now

    async def by_api(self, stop: asyncio.Event | None = None) -> Round:
        """Reads services from the API alone, while the site as a whole or the service's own page can't be read. Only services
        that the feed named, and services with a candidate change, are read."""
        result = Round()
        if self._feed is None:
            return result
        now = self._clock()
        everywhere = await asyncio.to_thread(self._outages.current) is not None
        ids = await asyncio.to_thread(
            partial(self._feed.kept.unread, everywhere=everywhere, since=now - BLIND_FOR, limit=BY_API)
        )
        for due in await self._in_turn(ids):
            if (stop and stop.is_set()) or not self._is_time_to_ask(due):
                continue
            try:
                answer = await self._ask(due)
                if answer is None:
                    break
                stored, _ = await asyncio.to_thread(self._services.remembered, due.location_id)
                outcome = decide_by_api(due, stored, answer, self._pace())
                is_recorded = await asyncio.to_thread(self._services.record, outcome)
            except MonitorError:
                raise
            except Exception as error:  # the error affects only this service
                log.error("the API's word can't be used", location_id=due.location_id, reason=fault(error))
                continue
            if is_recorded:
                result.looked_at += 1
                result.events += outcome.events
                result.waiting += len(outcome.candidates)
        return result

    async def _in_turn(self, ids: Sequence[str]) -> Sequence[Due]:
        """The services in their order, but starting with a different service each minute. So if the API always fails for one
        service, the other services are still checked."""
        if not ids:
            return []
        dues = await asyncio.to_thread(self._services.to_look_at, ids)
        start = int(self._clock().timestamp() // ANOTHER_FIRST) % max(1, len(dues))
        return [*dues[start:], *dues[:start]]

    def _is_time_to_ask(self, due: Due) -> bool:
        return due.is_named or asks_again(due.candidates, due.witnessed_at, now=self._clock(), check_every=self._check_every)

    async def _may_go(self, way: _Way) -> bool:
        """Whether the round may read the site. During an outage, one check tries the site again once an attempt is due."""
        if not way.queue or await asyncio.to_thread(self._outages.current) is None:
            return True
        if not way.thorough and not await asyncio.to_thread(self._outages.may_try, self._clock(), self._operator):
            way.broken_off = True
            return False
        # If every attempt used the same service and its page could never be read, the outage would never end. So the services
        # with the fewest failures are tried first.
        way.queue = deque(sorted(way.queue, key=lambda due: due.failures))
        for _ in range(TRIES):
            if not way.goes_on:
                break
            if await self._settle(way.queue.popleft(), way):
                await asyncio.to_thread(self._outages.seen, self._clock(), self._operator)
                return True
        way.broken_off = True
        return False

    async def _plan_brief_checks(self, way: _Way) -> None:
        """Chooses the services for a brief check and puts them first, if there are many hinted services and the site is slow.
        Services whose last brief check found nothing worse are left for a later round."""
        first = [due for due in way.queue if not way.thorough and is_for_brief_check(due)]
        if len(first) > 1 and await self._fetcher.takes_long(len(first)):
            way.brief = frozenset(due.location_id for due in first)
            others = [due for due in way.queue if due.location_id not in way.brief]
            way.queue = deque([*first, *(due for due in others if due.candidates or not (due.hinted and due.put_off))])

    async def _go(self, way: _Way) -> None:
        """Checks all services once, then again the services whose candidate changes are due."""
        for _ in range(LOOKS):
            ended = await asyncio.gather(*(self._work(way) for _ in range(AT_ONCE)), return_exceptions=True)
            for one in ended:
                if isinstance(one, BaseException):
                    raise one
            if not way.again or way.queue:
                return
            again, way.again = way.again, []
            way.queue.extend(await asyncio.to_thread(self._services.to_look_at, again))

    async def _work(self, way: _Way) -> None:
        while way.goes_on:
            try:
                await self._settle(way.queue.popleft(), way)
            except BaseException:
                way.queue.clear()
                raise

    async def _settle(self, due: Due, way: _Way) -> bool:
        """Checks a service and records the result. Tries again if another check was recorded first. Returns whether the
        service's page was read."""
        for _ in range(3):
            brief = due.location_id in way.brief and is_for_brief_check(due)
            outcome, is_recorded = await self._look_unharmed(due, thorough=way.thorough, brief=brief)
            if is_recorded:
                way.note(due.location_id, outcome, self._clock())
                if outcome and outcome.blind:
                    await self._flush()  # so that services whose pages were read in the meantime are taken into account
                    out = await asyncio.to_thread(self._outages.not_seen, outcome.trouble or "", self._clock(), self._operator)
                    way.broken_off = way.broken_off or out
                return outcome is None or outcome.pages is not None
            (due,) = await asyncio.to_thread(self._services.to_look_at, [due.location_id]) or (due,)
        way.note_lost(due.location_id)
        return False

    async def _look_unharmed(self, due: Due, *, thorough: bool, brief: bool) -> tuple[Outcome | None, bool]:
        """Checks a service. An error of this program during the check affects only this service, and is reported with it. Also
        returns whether the result was recorded, which is true if nothing changed."""
        try:
            outcome = await (self._look_briefly(due) if brief else self._look(due, thorough=thorough))
            return outcome, outcome is None or await asyncio.to_thread(self._services.record, outcome)
        except MonitorError:
            raise
        except Exception as error:
            log.debug("a look failed", location_id=due.location_id, exc_info=True)
            blind = self._blind(due, fault(error), Blindness.PAGE)
            return blind, await asyncio.to_thread(self._services.record, blind)

    async def _look(self, due: Due, *, thorough: bool) -> Outcome | None:
        """The outcome of a check; None if nothing changed."""
        fresh = bool(due.candidates)
        whole = self._is_time_to_ask_whole(due)
        again = due.is_read_otherwise and (thorough or due.is_time_to_read_again(self._clock()))
        first = await self._fetcher.first(due, fresh=fresh, whole=whole, again=again)
        if isinstance(first, Unchanged) and await self._is_unchanged(due, thorough=thorough, whole=whole):
            return None
        # Another version of the reader made the stored reading. The stored reading must not be compared with readings of this
        # version.
        if isinstance(first, Unchanged) and due.is_read_otherwise:
            first = await self._fetcher.first(due, fresh=fresh, whole=True, again=True)
        start = await self._start(due, first)
        if isinstance(start, Outcome):
            return start
        outcome = await self._decided(await self._gathered(due, start))
        return replace(outcome, asked_whole=whole or fresh or again)

    async def _gathered(self, due: Due, start: _Start) -> Check:
        """Fetches the pages that the location page links to, and returns the input of the decision."""
        # If another version of the reader has read one of the pages, all pages are read again, so that readings of two versions
        # are not mixed.
        remembered = {} if due.is_read_otherwise else {page.url: page for page in start.pages}
        gathered = await self._fetcher.gather(due, start.page, remembered, fresh=bool(due.candidates))
        return self._check(due, gathered, start)

    def _check(self, due: Due, gathered: Gathered, start: _Start) -> Check:
        return Check(
            due=due,
            stored=start.stored,
            gathered=gathered,
            pages=tuple(start.pages),
            pace=self._pace(),
            uses_api=self._feed is not None,
            asks_api=self._feed is not None,
            now=self._clock(),
        )

    async def _look_briefly(self, due: Due) -> Outcome | None:
        """The outcome of a brief check; None if nothing changed."""
        whole = self._is_time_to_ask_whole(due)
        first = await self._fetcher.first(due, fresh=False, whole=whole, again=False)
        if isinstance(first, Unchanged):
            if self._wants_word(due) or self._is_time_to_read_through(due):
                return self._blind(due, PUT_OFF, None)
            await self._note_unchanged(due, through=False, whole=whole)
            return None
        start = await self._start(due, first)
        if isinstance(start, Outcome):
            return start
        if not self._fetcher.leads_on(start.page, due.location_id):
            return await self._decided(await self._gathered(due, start))
        check = replace(self._check(due, alone(start.page), start), asks_api=False)
        return put_off(check, await self._decided(check))

    async def _is_unchanged(self, due: Due, *, thorough: bool, whole: bool) -> bool:
        """Whether a service whose location page has not changed needs no full check. If so, the check is recorded as
        unchanged."""
        if due.candidates or due.failures or self._wants_word(due):
            return False
        through = thorough or self._is_time_to_read_through(due)
        if through and not (due.whole and await self._fetcher.report_unchanged(due)):
            return False
        await self._note_unchanged(due, through=through, whole=whole)
        return True

    async def _start(self, due: Due, first: Page | Unchanged | Blind) -> _Start | Outcome:
        """Returns the start of a check. If the location page can't be read, or is not accepted as this service's page, returns
        the outcome of the check instead."""
        if isinstance(first, Blind):
            return self._blind(due, first.detail, _blindness(first), retry_after=first.retry_after)
        stored, pages = await asyncio.to_thread(self._services.remembered, due.location_id)
        if isinstance(first, Unchanged) and not pages:
            return self._blind(due, "the site says that the page has not changed, but the page was never read", Blindness.PAGE)
        start = pages[0] if isinstance(first, Unchanged) else await self._fetcher.read(first, pages[0] if pages else None)
        if isinstance(start, Blind):
            return self._blind(due, start.detail, _blindness(start), retry_after=start.retry_after)
        problem = objection(start.reading, due.location_id, stored)
        if problem is None:
            return _Start(page=start, stored=stored, pages=pages)
        stranger = start.reading.location_id not in (None, due.location_id)
        return self._blind(due, problem, None if stranger else Blindness.PAGE)

    async def _decided(self, check: Check) -> Outcome:
        """The outcome of a check. If the API's answer causes an error, the check is decided without the API, because what the
        pages state must still be reported."""
        try:
            return await self._asked_for(check, decide(check))
        except MonitorError:
            raise
        except Exception as error:
            if not check.asks_api:
                raise
            log.error("the API's word can't be used", location_id=check.due.location_id, reason=fault(error))
            alone = replace(check, asks_api=False)
            return await self._asked_for(alone, decide(alone))

    async def _asked_for(self, check: Check, deciding: Deciding) -> Outcome:
        """Fetches what the decision needs, until there is an outcome."""
        try:
            need = next(deciding)
            while True:
                need = deciding.send(await self._answer(check, need))
        except StopIteration as ended:
            outcome: Outcome = ended.value
            return outcome

    async def _answer(self, check: Check, need: Need) -> Answer:
        now, operator, location_id = self._clock(), self._operator, check.due.location_id
        match need:
            case AskApi():
                return await self._ask(check.due)
            case ReadAgain():
                gathered = await self._fetcher.again(check.due, check.gathered)
                return Again(self._clock(), gathered)
            case AskOthers(since):
                await self._flush()  # so that services whose pages were found unchanged in the meantime are taken into account
                return await asyncio.to_thread(self._outages.doubt, location_id, since, now, operator)
            case AskOthersReadAgain():
                return await asyncio.to_thread(self._outages.doubt_of_reader, location_id, now, operator)
            case AskWhoSaysSo(events):
                return await asyncio.to_thread(self._outages.of_many, events, now, operator)

    async def _ask(self, due: Due) -> Answered | None:
        """The API's answer about a service; None if the API can't be asked."""
        if self._feed is None:
            return None
        answer = await self._feed.ask(due.location_id)
        if answer is None:
            return None
        return Answered(at=self._clock(), page=_as_page(answer) if isinstance(answer, ApiAnswer) else None)

    def _pace(self) -> Pace:
        return Pace(check_every=self._check_every, confirm_after=self._confirm_after, quiet=self._quiet)

    def _wants_word(self, due: Due) -> bool:
        """Whether the API must be asked about a service, whatever its page shows."""
        return self._feed is not None and (due.is_named or due.differs)

    def _is_time_to_ask_whole(self, due: Due) -> bool:
        at = due.asked_whole_at
        return at is None or not lies_ahead(at + ASK_WHOLE_AFTER, self._clock(), ASK_WHOLE_AFTER)

    def _is_time_to_read_through(self, due: Due) -> bool:
        at = due.read_through_at
        after = READ_THROUGH_AFTER if due.whole else ASK_AGAIN_AFTER
        return due.grave or at is None or not lies_ahead(at + after, self._clock(), after)

    async def _note_unchanged(self, due: Due, *, through: bool, whole: bool) -> None:
        now = self._clock()
        later = self._pace().next_check(due, now)
        if due.reread_at is not None and due.reread_at > now:
            later = min(later, due.reread_at)
        self._unchanged.append(
            UnchangedCheck(location_id=due.location_id, looked_at=now, next_look_at=later, through=through, asked_whole=whole)
        )
        if len(self._unchanged) >= BATCH:
            await self._flush()

    async def _flush(self) -> None:
        batch, self._unchanged = self._unchanged, []
        if batch:
            await asyncio.to_thread(self._services.record_unchanged, batch)

    def _blind(self, due: Due, detail: str, blind: Blindness | None, *, retry_after: timedelta | None = None) -> Outcome:
        return not_seen(
            due, detail, blind, now=self._clock(), check_every=self._check_every, retry_after=retry_after
        )


def _as_page(answer: ApiAnswer) -> ReadPage:
    """The API's answer as a page, so that it can be stored as the evidence of an event."""
    return ReadPage(
        url=answer.url,
        etag=None,
        last_modified=None,
        fingerprint="",
        digest=answer.digest,
        reading=answer.reading,
        fetched_at=answer.fetched_at,
        content_type="application/json; charset=utf-8",
        body=answer.body,
    )


def _blindness(page: Blind) -> Blindness | None:
    """Why a page that could not be read may mean that the whole site is affected; None if only this service is affected."""
    if page.reason in (Reason.GONE, Reason.ELSEWHERE):
        return None
    return Blindness.SITE if page.site_wide else Blindness.PAGE
