"""USE CASE: look at services. Fetch, read, compare, and record what came of it, one transaction a service.

A look is the location page and, where that changed, the newest report's pages that it leads to (the summary, or the
assessment with its key questions). Those are asked for although nothing changed when a person asks, of a service in a bad
way, and otherwise once a day: special measures may be stated there alone. An unchanged page is neither read nor compared: its
fingerprint is enough.

A round looks once at every service before it looks a second time at any: what many show at once is then seen before any of it is
told. Where the site as a whole can't be read, a round ends early and the services that it did not ask keep their place.

With CQC's API there is a second witness. It is asked where a look shows something new, where its feed named the service, and
where the two disagreed. What both state needs no waiting: the pages are read a second time at once, so that all that is new is
told in one message; and what both state is told even if that second look sees an old page, or nothing. While the site, or the
service's own page for long, can't be read, the API alone is read (`by_api`).
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from monitor import logs
from monitor.cqc.api import ApiAnswer
from monitor.cqc.site import Blind, Reason, Unchanged
from monitor.detect.checks import Answered, Due, Outcome, ReadPage, UnchangedLook
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
    decide,
    decide_by_api,
    every,
    not_seen,
)
from monitor.detect.outage import TRIES, Blindness, Outage
from monitor.detect.schedule import asks_again, next_look
from monitor.errors import MonitorError, fault
from monitor.events import Event
from monitor.feed import Feed
from monitor.jobs.fetch import Fetcher, objection
from monitor.route import route
from monitor.store.outages import Outages
from monitor.store.services import Services

log = logs.logger(__name__)

AT_ONCE = 2
"""Services looked at at the same time; as many requests are in flight at most."""

READ_THROUGH_AFTER = timedelta(days=1)
"""How long the pages behind an unchanged location page are taken to be unchanged too, of a service that is not in a bad way."""

ASK_WHOLE_AFTER = timedelta(days=1)
"""How long a location page is asked for with validators, until it is asked for without: once a day its bytes are seen."""

ASK_AGAIN_AFTER = timedelta(hours=1)
"""The same where one of them could not be had: a report's page may come up later than the link to it."""

BATCH = 100
"""Unchanged looks recorded in one transaction. If the program dies before, they are looked at again."""

LOOKS = 3
"""How often a round looks at one service at most: a second time where its change is due already, and a third where that look
saw another one."""

PACE_LASTS = timedelta(minutes=5)
"""For so long what was counted to set the pace of quiet services holds."""

BLIND_FOR = timedelta(hours=1)
"""After so long without its page a service that the feed named, or that shows something unconfirmed, is read from the API."""

BY_API = 200
"""Services read from the API alone in one go."""

ANOTHER_FIRST = 61
"""Seconds after which another of them comes first; of no such beat as a daemon or a timer has."""

@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A service that was not read well, and why, in one line for people."""

    location_id: str
    detail: str


@dataclass(slots=True)
class Round:
    """What a round came to.

    waiting     changes that wait for a later look
    broken_off  the site as a whole can't be read (`outage`), and the rest was left for later
    """

    looked_at: int = 0
    unchanged: int = 0
    events: list[Event] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    waiting: int = 0
    broken_off: bool = False
    outage: Outage | None = None


@dataclass(slots=True)
class _Way:
    """A round on its way. What the last look at a service came to counts.

    again  services whose second look is due at once
    """

    queue: deque[Due]
    thorough: bool
    stop: asyncio.Event | None
    again: list[str] = field(default_factory=list)
    unchanged: set[str] = field(default_factory=set)
    pending: dict[str, int] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    broken_off: bool = False

    @property
    def goes_on(self) -> bool:
        return bool(self.queue) and not self.broken_off and not (self.stop and self.stop.is_set())

    def note(self, location_id: str, outcome: Outcome | None, now: datetime) -> None:
        """What a look came to; no outcome where all is as it was."""
        self.troubles.pop(location_id, None)
        self.pending[location_id] = len(outcome.suspicions) if outcome else 0
        if outcome is None:
            self.unchanged.add(location_id)
            return
        self.events += outcome.events
        if any(one.due <= now and one.since == outcome.looked_at for one in outcome.suspicions):
            self.again.append(location_id)
        if outcome.trouble and not outcome.read_well:
            self.troubles[location_id] = outcome.trouble

    def note_lost(self, location_id: str) -> None:
        """What was seen could not be recorded, since other looks came first each time. It is looked at again; but a fall that
        is never recorded must not look like a service that is well."""
        self.pending.setdefault(location_id, 0)
        self.troubles[location_id] = "what was seen could not be recorded: other looks came first each time"

    def result(self, outage: Outage | None) -> Round:
        return Round(
            looked_at=len(self.pending),
            unchanged=len(self.unchanged),
            events=self.events,
            troubles=[Trouble(location_id=one, detail=detail) for one, detail in self.troubles.items()],
            waiting=sum(self.pending.values()),
            broken_off=self.broken_off,
            outage=outage,
        )


class Checker:
    """Looks at services. `clock` gives the time in UTC; `confirm_after` and `check_every` are the settings of those names;
    `operator` is the address that hears of outages, None where there is none; `feed` asks CQC's API, None: it is not used;
    `interval` says how often a quiet service is looked at now."""

    def __init__(
        self,
        fetcher: Fetcher,
        services: Services,
        outages: Outages,
        *,
        check_every: timedelta,
        confirm_after: timedelta,
        operator: str | None,
        clock: Callable[[], datetime],
        feed: Feed | None = None,
        interval: Callable[[datetime], timedelta] | None = None,
    ) -> None:
        self._feed = feed
        self._interval = interval
        self._quiet = check_every
        self._paced_at: datetime | None = None
        self._fetcher = fetcher
        self._services = services
        self._outages = outages
        self._operator = operator
        self._check_every = check_every
        self._confirm_after = confirm_after
        self._clock = clock
        self._unchanged: list[UnchangedLook] = []

    async def round(self, dues: Iterable[Due], *, thorough: bool = False, stop: asyncio.Event | None = None) -> Round:
        """Looks at the services given, a few at a time, and records each. Ends early when `stop` is set, and while the site as a
        whole can't be read: then not even one service is looked at before its time has come.

        thorough  ask for the pages behind each location page although that is unchanged; and ask whatever the time, since a
                  person wants to know
        """
        way = _Way(queue=deque(dues), thorough=thorough, stop=stop)
        await self._set_pace()
        try:
            if await self._may_go(way):
                await self._go(way)
        finally:
            await self._flush()
        return way.result(await asyncio.to_thread(self._outages.current) if way.broken_off else None)

    async def _set_pace(self) -> None:
        """Counts what is watched, now and then: how often a quiet service is looked at depends on it."""
        now = self._clock()
        if self._interval and not (self._paced_at and self._paced_at <= now < self._paced_at + PACE_LASTS):
            self._quiet, self._paced_at = await asyncio.to_thread(self._interval, now), now

    async def by_api(self, stop: asyncio.Event | None = None) -> Round:
        """Reads from the API alone what can't be read from the site: services that the feed named, and those that show something
        unconfirmed, while the site as a whole is out or their own page is."""
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
                is_recorded = await asyncio.to_thread(self._services.record, outcome, route)
            except MonitorError:
                raise
            except Exception as error:  # of this service only
                log.error("the API's word can't be used", location_id=due.location_id, reason=fault(error))
                continue
            if is_recorded:
                result.looked_at += 1
                result.events += outcome.events
                result.waiting += len(outcome.suspicions)
        return result

    async def _in_turn(self, ids: Sequence[str]) -> Sequence[Due]:
        """These services, beginning with another each minute: one of which the API always fails must not keep the others from
        being asked about."""
        if not ids:
            return []
        dues = await asyncio.to_thread(self._services.to_look_at, ids)
        start = int(self._clock().timestamp() // ANOTHER_FIRST) % max(1, len(dues))
        return [*dues[start:], *dues[:start]]

    def _is_time_to_ask(self, due: Due) -> bool:
        return due.is_named or asks_again(due.suspicions, due.witnessed_at, now=self._clock(), check_every=self._check_every)

    async def _may_go(self, way: _Way) -> bool:
        """Whether the site can be read, as far as is known; in an outage one look decides, when it is time for it."""
        if not way.queue or await asyncio.to_thread(self._outages.current) is None:
            return True
        if not way.thorough and not await asyncio.to_thread(self._outages.may_try, self._clock(), self._operator):
            way.broken_off = True
            return False
        # One that can never be read must not be the one that is tried each time: then the outage would have no end.
        way.queue = deque(sorted(way.queue, key=lambda due: due.failures))
        for _ in range(TRIES):
            if not way.goes_on:
                break
            if await self._settle(way.queue.popleft(), way):
                await asyncio.to_thread(self._outages.seen, self._clock(), self._operator)
                return True
        way.broken_off = True
        return False

    async def _go(self, way: _Way) -> None:
        """First looks at all, then the second looks that are due."""
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
        """One look, recorded; anew where another one has overtaken it. Whether the service was seen."""
        for _ in range(3):
            outcome, is_recorded = await self._look_unharmed(due, thorough=way.thorough)
            if is_recorded:
                way.note(due.location_id, outcome, self._clock())
                if outcome and outcome.blind:
                    await self._flush()  # what was seen meanwhile counts
                    out = await asyncio.to_thread(self._outages.not_seen, outcome.trouble or "", self._clock(), self._operator)
                    way.broken_off = way.broken_off or out
                return outcome is None or outcome.pages is not None
            (due,) = await asyncio.to_thread(self._services.to_look_at, [due.location_id]) or (due,)
        way.note_lost(due.location_id)
        return False

    async def _look_unharmed(self, due: Due, *, thorough: bool) -> tuple[Outcome | None, bool]:
        """A look, and whether it is recorded. A fault of ours in it harms this service only, and is named with it."""
        try:
            outcome = await self._look(due, thorough=thorough)
            return outcome, outcome is None or await asyncio.to_thread(self._services.record, outcome, route)
        except MonitorError:
            raise
        except Exception as error:
            log.debug("a look failed", location_id=due.location_id, exc_info=True)
            blind = self._blind(due, fault(error), Blindness.PAGE)
            return blind, await asyncio.to_thread(self._services.record, blind, route)

    async def _look(self, due: Due, *, thorough: bool) -> Outcome | None:
        """What a look comes to; no outcome where all is as it was."""
        fresh = bool(due.suspicions)
        whole = self._is_time_to_ask_whole(due)
        again = due.is_read_otherwise and (thorough or due.is_time_to_read_again(self._clock()))
        first = await self._fetcher.first(due, fresh=fresh, whole=whole, again=again)
        if isinstance(first, Unchanged) and not fresh and not due.failures and not self._wants_word(due):
            through = thorough or self._is_time_to_read_through(due)
            if not through or (due.whole and await self._fetcher.report_unchanged(due)):
                await self._note_unchanged(due, through=through, whole=whole)
                return None
        if isinstance(first, Unchanged) and due.is_read_otherwise:  # it is not put beside pages that this version reads
            first = await self._fetcher.first(due, fresh=fresh, whole=True, again=True)
        if isinstance(first, Blind):
            return self._blind(due, first.detail, _blindness(first), retry_after=first.retry_after)
        stored, pages = await asyncio.to_thread(self._services.remembered, due.location_id)
        if isinstance(first, Unchanged) and not pages:
            return self._blind(due, "the site says that the page has not changed, but it was never seen", Blindness.PAGE)
        start = pages[0] if isinstance(first, Unchanged) else await self._fetcher.read(first, pages[0] if pages else None)
        if isinstance(start, Blind):
            return self._blind(due, start.detail, _blindness(start), retry_after=start.retry_after)
        problem = objection(start.reading, due.location_id, stored)
        if problem:
            stranger = start.reading.location_id not in (None, due.location_id)
            return self._blind(due, problem, None if stranger else Blindness.PAGE)
        # Where another version has read one of its pages, all are read again: two versions are not compared page by page.
        remembered = {} if due.is_read_otherwise else {page.url: page for page in pages}
        gathered = await self._fetcher.gather(due, start, remembered, fresh=fresh)
        check = Check(
            due=due,
            stored=stored,
            gathered=gathered,
            pages=tuple(pages),
            pace=self._pace(),
            uses_api=self._feed is not None,
            asks_api=self._feed is not None,
            now=self._clock(),
        )
        return replace(await self._decided(check), asked_whole=whole or fresh or again)

    async def _decided(self, check: Check) -> Outcome:
        """What a check comes to. Whatever the API says, it must not silence the pages."""
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
                await self._flush()  # what was seen unchanged meanwhile counts
                return await asyncio.to_thread(self._outages.doubt, location_id, since, now, operator)
            case AskOthersReadAgain():
                return await asyncio.to_thread(self._outages.doubt_of_reader, location_id, now, operator)
            case AskWhoSaysSo(events):
                return await asyncio.to_thread(self._outages.of_many, events, now, operator)

    async def _ask(self, due: Due) -> Answered | None:
        """What the API says of a service; None where it can't be asked."""
        if self._feed is None:
            return None
        answer = await self._feed.ask(due.location_id)
        if answer is None:
            return None
        return Answered(at=self._clock(), page=_as_page(answer) if isinstance(answer, ApiAnswer) else None)

    def _pace(self) -> Pace:
        return Pace(check_every=self._check_every, confirm_after=self._confirm_after, quiet=self._quiet)

    def _wants_word(self, due: Due) -> bool:
        """Whether the API is to be asked of a service whatever its page shows."""
        return self._feed is not None and (due.is_named or due.differs)

    def _is_time_to_ask_whole(self, due: Due) -> bool:
        at = due.asked_whole_at
        return at is None or not timedelta() <= self._clock() - at < ASK_WHOLE_AFTER

    def _is_time_to_read_through(self, due: Due) -> bool:
        at = due.read_through_at
        after = READ_THROUGH_AFTER if due.whole else ASK_AGAIN_AFTER
        # A time in the future was noted by a clock that was wrong.
        return due.grave or at is None or not timedelta() <= self._clock() - at < after

    async def _note_unchanged(self, due: Due, *, through: bool, whole: bool) -> None:
        now = self._clock()
        later = next_look(location_id=due.location_id, now=now, check_every=every(due, self._pace(), now))
        if due.reread_at is not None and due.reread_at > now:
            later = min(later, due.reread_at)
        self._unchanged.append(
            UnchangedLook(location_id=due.location_id, looked_at=now, next_look_at=later, through=through, asked_whole=whole)
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
    """The API's answer as a page, to be kept as what an event rests on."""
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
    """What a page that was not seen may say of the site as a whole."""
    if page.reason in (Reason.GONE, Reason.ELSEWHERE):
        return None
    return Blindness.SITE if page.site_wide else Blindness.PAGE
