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
from monitor.cqc.addresses import is_report
from monitor.cqc.api import ApiAnswer
from monitor.cqc.site import Blind, Reason, Unchanged
from monitor.detect.checks import Due, Outcome, ReadPage, UnchangedLook
from monitor.detect.confirm import Verdict, judge
from monitor.detect.corroborate import Agreement, compared, judge_answer, rests_on_api, stated, vouches
from monitor.detect.diff import statement_mark
from monitor.detect.observe import PARTLY_READ, Observation, believable
from monitor.detect.outage import TRIES, Blindness, Doubt, Outage
from monitor.detect.reread import reread
from monitor.detect.schedule import asks_again, next_look
from monitor.detect.waiting import READ_OTHERWISE, Nature, Support, confirmed_at_once, held_back, how_long, until_others_are_seen
from monitor.errors import MonitorError, fault
from monitor.events import MANY, Event, Kind
from monitor.feed import Feed
from monitor.jobs.fetch import Fetcher, Gathered, objection, observed
from monitor.model import Aspect, Snapshot, Suspicion
from monitor.ratings import OVERALL
from monitor.route import route
from monitor.store.outages import Outages
from monitor.store.services import Services
from monitor.text import LONDON

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

LIVELY = timedelta(days=1)
"""For so long a service that the feed named is looked at as often as CHECK_EVERY says, however many quiet ones there are: the
page may show later what changed."""

PACE_LASTS = timedelta(minutes=5)
"""For so long what was counted to set the pace of quiet services holds."""

BLIND_FOR = timedelta(hours=1)
"""After so long without its page a service that the feed named, or that shows something unconfirmed, is read from the API."""

BY_API = 200
"""Services read from the API alone in one go."""

BARELY = timedelta(microseconds=1)
"""What a second look has to come after."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """What the API said of a service, at `at`. No answer: it doesn't know the service, or said nothing that is understood."""

    at: datetime
    answer: ApiAnswer | None
    observation: Observation | None


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
                word = await self._ask(due)
                if word is None:
                    break
                outcome = await self._by_word(due, word)
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

    async def _by_word(self, due: Due, word: _Word) -> Outcome:
        """What the API's word comes to by itself. Nothing is said of the page."""
        outcome = Outcome(
            location_id=due.location_id,
            base_seq=due.seq,
            base_suspicions=due.suspicions,
            looked_at=word.at,
            next_look_at=word.at,
            read_well=False,
            suspicions=due.suspicions,
            of_api=True,
            witnessed_at=word.at,
        )
        stored, _ = await asyncio.to_thread(self._services.remembered, due.location_id)
        if stored is None or word.observation is None:
            return outcome
        verdict = self._alone(due, stored, word.observation, due.suspicions, word.at, page_is_read=False)
        return replace(
            outcome,
            snapshot=verdict.snapshot,
            events=verdict.events,
            suspicions=verdict.suspicions,
            answer=_evidence(word) if verdict.events else None,
        )

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
        return replace(await self._compared(due, stored, gathered, pages), asked_whole=whole or fresh or again)

    async def _compared(
        self, due: Due, stored: Snapshot | None, gathered: Gathered, pages: Sequence[ReadPage]
    ) -> Outcome:
        """What the pages come to. `pages`: as they were remembered."""
        waits_for_others = all(one.mark == READ_OTHERWISE for one in due.suspicions)
        if stored is not None and due.is_read_otherwise and waits_for_others and _are_as_they_were(gathered, pages):
            return await self._reread(due, stored, gathered, pages)
        outcome = await self._beside_the_api(due, stored, gathered)
        return replace(outcome, events=await self._with_others(outcome.events, self._clock()))

    async def _with_others(self, events: Sequence[Event], now: datetime) -> tuple[Event, ...]:
        """The events; what is not understood marked where many services' pages say the same."""
        if not any(statement_mark(event) for event in events):
            return tuple(events)
        shared = await asyncio.to_thread(self._outages.of_many, events, now, self._operator)
        return tuple(
            replace(event, of=MANY) if event.id in shared and event.kind is Kind.NOT_UNDERSTOOD else event for event in events
        )

    async def _beside_the_api(self, due: Due, stored: Snapshot | None, gathered: Gathered) -> Outcome:
        try:
            return await self._judged(due, stored, gathered)
        except MonitorError:
            raise
        except Exception as error:
            if self._feed is None:
                raise
            # Whatever the API says, the second witness must not silence the first.
            log.error("the API's word can't be used", location_id=due.location_id, reason=fault(error))
            return await self._judged(due, stored, gathered, alone=True)

    def _is_time_to_ask_whole(self, due: Due) -> bool:
        at = due.asked_whole_at
        return at is None or not timedelta() <= self._clock() - at < ASK_WHOLE_AFTER

    async def _reread(self, due: Due, stored: Snapshot, gathered: Gathered, pages: Sequence[ReadPage]) -> Outcome:
        """What a better reader says of pages that are as they were. What would be told at once waits until others were read
        again: a reader that got worse says it of many."""
        now = self._clock()
        observation = observed(gathered)
        stood_since = max(page.fetched_at for page in pages).astimezone(LONDON).date()
        digests = {page.digest for page in pages}
        corrected = reread(
            stored, observation, location_id=due.location_id, now=now, pages=digests, stood_since=stood_since
        )
        if any(event.urgent for event in corrected.events) and (held := await self._read_otherwise(due, now)).due > now:
            return Outcome(
                location_id=due.location_id,
                base_seq=due.seq,
                base_suspicions=due.suspicions,
                looked_at=now,
                next_look_at=self._next_look(due, now, Verdict(snapshot=stored, suspicions=(held,)), 0),
                read_well=True,
                suspicions=(held,),
            )
        verdict = Verdict(snapshot=corrected.snapshot, events=corrected.events)
        return replace(self._outcome(due, gathered, verdict, now), corrections=corrected.corrections)

    async def _read_otherwise(self, due: Due, now: datetime) -> Suspicion:
        """Until when it waits what a new version of the reader says otherwise."""
        first = next((one for one in due.suspicions if one.mark == READ_OTHERWISE and one.since <= now), None)
        wait = how_long(Nature.ORDINARY, Support.PAGE, self._confirm_after)
        one = first or Suspicion(mark=READ_OTHERWISE, since=now, due=now + wait, odd=True)
        doubt = await asyncio.to_thread(self._outages.doubt_of_reader, due.location_id, now, self._operator)
        if doubt is Doubt.MANY:
            (one,) = held_back((one,), {READ_OTHERWISE}, Support.MANY, self._confirm_after)
        elif doubt is Doubt.NOT_KNOWN and self._confirm_after:
            (one,) = until_others_are_seen((one,), now)
        return one if first else replace(one, due=max(one.due, now + BARELY))

    def _is_time_to_read_through(self, due: Due) -> bool:
        at = due.read_through_at
        after = READ_THROUGH_AFTER if due.whole else ASK_AGAIN_AFTER
        # A time in the future was noted by a clock that was wrong.
        return due.grave or at is None or not timedelta() <= self._clock() - at < after

    async def _note_unchanged(self, due: Due, *, through: bool, whole: bool) -> None:
        now = self._clock()
        later = next_look(location_id=due.location_id, now=now, check_every=self._every(due, now))
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

    async def _judged(self, due: Due, stored: Snapshot | None, gathered: Gathered, *, alone: bool = False) -> Outcome:
        """What the pages come to, beside the API's word, unless they are to be taken `alone`."""
        now = self._clock()
        observation = observed(gathered)
        asks = not alone and (self._wants_word(due) or bool(due.suspicions) or rests_on_api(stored))
        word = await self._ask(due) if asks else None
        vouched = self._vouched(stored, word)
        agreement = _agreement(stored, observation, word)
        verdict = await self._verdict(due, stored, gathered, now, vouched=vouched, denied=agreement.denied)
        if word is None and not alone and stored is not None and verdict.suspicions and not verdict.stale:
            word = await self._ask(due)
            agreement = _agreement(stored, observation, word)
        if stored is not None and word is not None and word.observation is not None:
            if not verdict.stale and agreement.agreed:
                gathered, verdict = await self._at_once(due, stored, gathered, verdict, word.observation, agreement, vouched)
            verdict = self._with_word(due, verdict, word.observation)
        outcome = self._lagging(due, verdict, now) if verdict.stale and vouched else self._outcome(due, gathered, verdict, now)
        if word is None or outcome.blind:  # of a page that was not read the API's word is taken by itself (`by_api`)
            return outcome
        shown = {event.evidence for event in outcome.events}
        answer = _evidence(word) if word.answer and word.answer.digest in shown else None
        differences = agreement.differences if word.observation else None
        return replace(outcome, witnessed_at=word.at, differences=differences, answer=answer)

    def _outcome(self, due: Due, gathered: Gathered, verdict: Verdict, now: datetime) -> Outcome:
        """What a look at `now` comes to, once it is judged."""
        observation = observed(gathered)
        overalls = any(subject.aspect is Aspect.RATING and subject.of == OVERALL for subject in observation.holdings)
        if verdict.stale:
            blind = self._blind(due, "the page is older than what is known already", None)
            return replace(blind, suspicions=verdict.suspicions, events=verdict.events, snapshot=_if_events(verdict))
        if not overalls and any(subject.of == OVERALL for subject in verdict.missing):
            return self._blind(due, "the page states no overall rating, where one stood before", Blindness.PAGE)
        trouble = _trouble(gathered, verdict)
        read_well = not gathered.missing and not verdict.missing
        failures = 0 if read_well else due.failures + 1
        return Outcome(
            location_id=due.location_id,
            base_seq=due.seq,
            base_suspicions=due.suspicions,
            looked_at=now,
            next_look_at=self._next_look(due, now, verdict, failures),
            read_well=read_well,
            failures=failures,
            trouble=trouble,
            snapshot=verdict.snapshot,
            events=verdict.events,
            suspicions=verdict.suspicions,
            pages=gathered.pages,
            whole=gathered.whole,
        )

    def _lagging(self, due: Due, verdict: Verdict, now: datetime) -> Outcome:
        """A look at a page that was read, and is only behind what the API states still: that is a disagreement, no blindness."""
        return Outcome(
            location_id=due.location_id,
            base_seq=due.seq,
            base_suspicions=due.suspicions,
            looked_at=now,
            next_look_at=self._next_look(due, now, verdict, 0),
            read_well=True,
            snapshot=_if_events(verdict),
            events=verdict.events,
            suspicions=verdict.suspicions,
        )

    # ── the API beside the pages ─────────────────────────────────────────────────────────────────────────────────────────

    def _vouched(self, stored: Snapshot | None, word: _Word | None) -> bool:
        """Whether the API stands by what is stored. While it can't be asked, its last word stands."""
        if stored is None or self._feed is None:
            return False
        if word is None:
            return rests_on_api(stored)
        return word.observation is not None and vouches(stored, word.observation)

    def _wants_word(self, due: Due) -> bool:
        """Whether the API is to be asked of a service whatever its page shows."""
        return self._feed is not None and (due.is_named or due.differs)

    async def _ask(self, due: Due) -> _Word | None:
        """What the API says of a service; None where it can't be asked."""
        if self._feed is None:
            return None
        answer = await self._feed.ask(due.location_id)
        if answer is None:
            return None
        if not isinstance(answer, ApiAnswer):
            return _Word(at=self._clock(), answer=None, observation=None)
        now = self._clock()
        reading = believable(answer.reading, now.astimezone(LONDON).date())
        return _Word(at=now, answer=answer, observation=stated(reading, answer.digest))

    async def _at_once(
        self,
        due: Due,
        stored: Snapshot,
        gathered: Gathered,
        seen: Verdict,
        word: Observation,
        agreement: Agreement,
        vouched: bool,
    ) -> tuple[Gathered, Verdict]:
        """What page and API both state is confirmed now. The pages are read again at once, and what else they showed as new, by a
        newer date and not contradicted, is confirmed by that; if they can't be, or an older one comes, it waits as ever."""
        again = await self._fetcher.again(due, gathered)
        now = self._clock()
        # Also what this look has confirmed of what earlier ones saw: it is judged anew.
        seen_so_far = {one.mark: one for one in (*due.suspicions, *seen.suspicions)}.values()
        look = partial(
            judge,
            stored,
            location_id=due.location_id,
            now=now,
            confirm_after=self._confirm_after,
            denied=agreement.denied,
            vouched=vouched,
            read_otherwise=due.is_read_otherwise,
            first_read=_first_read(due, gathered),
        )
        if again is not None and compared(stored, observed(again), word).agreed >= agreement.agreed:
            hurried = confirmed_at_once(seen_so_far, agreement.contradicted, now, self._confirm_after)
            return again, look(observed(again), hurried, agreed=agreement.agreed)
        return gathered, look(observed(gathered), tuple(seen_so_far), agreed=agreement.agreed)

    def _with_word(self, due: Due, verdict: Verdict, word: Observation) -> Verdict:
        """The verdict on the pages, with what the API has stated against them for so long that it must be told."""
        alone = self._alone(due, verdict.snapshot, word, verdict.suspicions, self._clock(), page_is_read=True)
        return replace(
            verdict, snapshot=alone.snapshot, events=(*verdict.events, *alone.events), suspicions=alone.suspicions
        )

    def _alone(
        self, due: Due, stored: Snapshot, word: Observation, suspicions: Sequence[Suspicion], now: datetime, *, page_is_read: bool
    ) -> Verdict:
        return judge_answer(
            stored,
            word,
            suspicions,
            location_id=due.location_id,
            now=now,
            confirm_after=self._confirm_after,
            page_is_read=page_is_read,
            seq=due.seq + 1,
        )

    def _every(self, due: Due, now: datetime) -> timedelta:
        """How often a service is looked at: more seldom where it is quiet, many are watched, and the feed would name it; once a
        day where page and API have disagreed for longer."""
        if due.named_at is not None and timedelta() <= now - due.named_at < LIVELY:
            return self._check_every
        return max(self._check_every, min(self._quiet, LIVELY)) if due.differs else self._quiet

    async def _verdict(
        self,
        due: Due,
        stored: Snapshot | None,
        gathered: Gathered,
        now: datetime,
        *,
        vouched: bool,
        denied: frozenset[str],
    ) -> Verdict:
        """What was seen against what is stored; with doubt where many services show such changes at once."""
        look = partial(
            judge,
            stored,
            observed(gathered),
            location_id=due.location_id,
            now=now,
            confirm_after=self._confirm_after,
            vouched=vouched,
            denied=denied,
            read_otherwise=due.is_read_otherwise,
            first_read=_first_read(due, gathered),
        )
        verdict = look(due.suspicions)
        if not verdict.odd:
            return verdict
        await self._flush()  # what was seen unchanged meanwhile counts
        since = min((one.since for one in due.suspicions if one.odd and one.since <= now), default=now)
        doubt = await asyncio.to_thread(self._outages.doubt, due.location_id, since, now, self._operator)
        if doubt is Doubt.MANY:
            return look(due.suspicions, in_doubt=True)
        if doubt is Doubt.NOT_KNOWN and self._confirm_after:
            return look(until_others_are_seen(due.suspicions, now))
        return verdict

    def _next_look(self, due: Due, now: datetime, verdict: Verdict, failures: int) -> datetime:
        return next_look(
            location_id=due.location_id,
            now=now,
            check_every=self._every(due, now),
            suspicions=verdict.suspicions,
            failures=failures,
        )

    def _blind(
        self, due: Due, detail: str, blind: Blindness | None, *, retry_after: timedelta | None = None
    ) -> Outcome:
        """Blind is not gone: what is stored stands, and the look is repeated sooner. `blind`: where it may be so of the site."""
        now = self._clock()
        failures = due.failures + 1
        return Outcome(
            location_id=due.location_id,
            base_seq=due.seq,
            base_suspicions=due.suspicions,
            looked_at=now,
            next_look_at=next_look(
                location_id=due.location_id,
                now=now,
                check_every=self._check_every,
                suspicions=due.suspicions,
                failures=failures,
                retry_after=retry_after,
            ),
            read_well=False,
            failures=failures,
            trouble=detail,
            suspicions=due.suspicions,
            blind=blind,
        )


def _first_read(due: Due, gathered: Gathered) -> frozenset[str]:
    """The digests of reports in PDF that no check has read before."""
    known = {page.url for page in due.pages}
    return frozenset(page.digest for page in gathered.pages if is_report(page.url) and page.url not in known)


def _are_as_they_were(gathered: Gathered, pages: Sequence[ReadPage]) -> bool:
    """Whether of the pages that were known each that was read again is as it was, the location page among them. Others may have
    been found that a former version did not know of: what stands there is as old as the link to it."""
    known = {page.url: page.fingerprint for page in pages}
    as_it_was = [known.get(page.url, page.fingerprint) == page.fingerprint for page in gathered.pages]
    return gathered.pages[0].url in known and all(as_it_was)


def _agreement(stored: Snapshot | None, observation: Observation, word: _Word | None) -> Agreement:
    if stored is None or word is None or word.observation is None:
        return Agreement()
    return compared(stored, observation, word.observation)


def _evidence(word: _Word) -> ReadPage | None:
    """The API's answer, to be kept as what an event rests on."""
    answer = word.answer
    if answer is None:
        return None
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


def _if_events(verdict: Verdict) -> Snapshot | None:
    return verdict.snapshot if verdict.events else None


def _blindness(page: Blind) -> Blindness | None:
    """What a page that was not seen may say of the site as a whole."""
    if page.reason in (Reason.GONE, Reason.ELSEWHERE):
        return None
    return Blindness.SITE if page.site_wide else Blindness.PAGE


def _trouble(gathered: Gathered, verdict: Verdict) -> str | None:
    """In one line what was not read, or None. What stands under `unread` is named even where the rest was read well."""
    if gathered.missing:
        return f"{gathered.missing[0].url}: {gathered.missing[0].detail}"
    if verdict.missing:
        return "the page does not state " + ", ".join(subject.of for subject in verdict.missing) + ", as it did before"
    if missing := [question for page in gathered.pages for question in page.reading.missing]:
        return f"{PARTLY_READ}: the page shows an overall rating and not {', '.join(dict.fromkeys(missing))}"
    if gathered.partly:
        return f"{PARTLY_READ}: {gathered.partly.url}: {gathered.partly.detail}"
    unread = [text for page in gathered.pages for text in page.reading.unread]
    return f"not understood: {unread[0][:120]!r}" if unread else None
