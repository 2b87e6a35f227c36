"""USE CASE: verify that CQC's present site is read correctly. Readings are compared with CQC's own files (`detect.agreement`).

The comparison changes nothing that is stored about a service, and alerts nobody. For watched services the last reading is used,
which needs no request. For other services, and when a person asks for a comparison, pages are fetched now. The same rate limit
applies to these requests as to all others.
"""

import asyncio
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from monitor.cqc.api import ApiAnswer
from monitor.cqc.site import Blind
from monitor.detect.agreement import Comparison, Filed, Shown, Verified, compared, not_read
from monitor.detect.checks import Gathered
from monitor.detect.correction import Difference as Doubt
from monitor.detect.corroborate import stated
from monitor.detect.decide import observed
from monitor.detect.observe import believable
from monitor.detect.sample import spread
from monitor.jobs.fetch import Fetcher
from monitor.jobs.hints.feed import Feed
from monitor.model import Reading
from monitor.reader_version import VERSION
from monitor.store.corrections import Corrections
from monitor.store.services import Services
from monitor.store.verifications import RatingFiles, Verifications
from monitor.text import LONDON, day

AT_ONCE = 4
"""How many services are handled at the same time. While the pages of two services are being fetched, the other services are
read and stored. The rate limit applies to all of these services together."""

IN_A_ROW = 5
"""If this many services in a row cannot be read for a reason that affects the whole site, the run ends and can be continued
later."""

WATCHED_AT_ONCE = 50
"""How many watched services are compared in one step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a run ended. `broken_off` is why the site could no longer be read; None if the run finished or was stopped."""

    broken_off: str | None = None


class Verifier:
    """Compares readings with CQC's files. `feed` is None if the API is not used. `clock` gives the time in UTC."""

    def __init__(
        self,
        fetcher: Fetcher,
        services: Services,
        kept: Verifications,
        corrections: Corrections,
        *,
        feed: Feed | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._fetcher = fetcher
        self._services = services
        self.kept = kept
        self._corrections = corrections
        self._feed = feed
        self._clock = clock

    async def run(
        self, ids: Iterable[str], files: RatingFiles, *, stop: asyncio.Event, heard: Callable[[Verified], None]
    ) -> Ended:
        """Reads services and compares them. Each result is stored when it is ready, and passed to `heard`. Raises
        StoreError."""
        going = _Going(ids, stop)

        async def work() -> None:
            for location_id in going.ids:
                if stop.is_set() or going.broken_off:
                    return
                one, site = await self._live(location_id, files)
                await note(going.done(one, site))

        async def note(done: Sequence[Verified]) -> None:
            await self._keep(done, files, VERSION)
            for each in done:
                heard(each)

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
        await note(going.last())
        return Ended(broken_off=going.broken_off)

    async def watched(self) -> list[Verified]:
        """Compares the last readings of the watched services that are due. Raises StoreError."""
        files = await asyncio.to_thread(self.kept.files)
        if files is None:
            return []
        found = []
        for location_id, reader in await asyncio.to_thread(self.kept.waiting, files, self._clock(), WATCHED_AT_ONCE):
            one = await self._as_read_last(location_id, files)
            if one is not None:
                await self._keep([one], files, reader)
                found.append(one)
        return found

    async def another(self, a_day: int) -> Verified | None:
        """Reads and compares one unwatched service, if the next comparison is due. Returns None if it is not due, if there is
        nothing to compare with, or if the site can't be read. Raises StoreError."""
        files = await asyncio.to_thread(self.kept.files)
        every = timedelta(days=1) / a_day
        if files is None or not await asyncio.to_thread(self.kept.may_read_another, self._clock(), every):
            return None
        chosen = await asyncio.to_thread(self.sample, 1, files)
        if not chosen:
            return None
        one, site = await self._live(chosen[0], files)
        if site is not None:
            return None
        await self._keep([one], files, VERSION)
        return one

    def sample(self, number: int, others_than: RatingFiles | None = None) -> list[str]:
        """The ids of this many services from CQC's files, spread over types of service, ratings, frameworks and regions.
        `others_than` has the same meaning as for Verifications.candidates."""
        return spread(self.kept.candidates(others_than), number, random.Random())  # noqa: S311 - nothing secret

    async def _keep(self, found: Sequence[Verified], files: RatingFiles, reader: int) -> None:
        """Stores the results. If a result casts doubt on an event, proposes to retract the event."""
        await asyncio.to_thread(partial(self.kept.record, list(found), file=files.number, reader=reader))
        differing = [one for each in found for one in _doubts(each)]
        if differing:
            await asyncio.to_thread(self._corrections.propose_by, differing, self._clock())

    async def _live(self, location_id: str, files: RatingFiles) -> tuple[Verified, Blind | None]:
        """Reads a service now and compares it. If the page could not be read for a reason that affects the whole site, also
        returns this reason."""
        gathered = await self._fetcher.ratings(location_id)
        if isinstance(gathered, Blind):
            site = gathered if gathered.site_wide else None
            return self._verified(location_id, files, not_read(f"{gathered.url}: {gathered.detail}")), site
        comparison = await self._compared(location_id, _shown(gathered), files)
        if comparison.outcome.differs and gathered.missing:
            missing = gathered.missing[0]
            comparison = not_read(f"{missing.url}: {missing.detail}")
        return self._verified(location_id, files, comparison), None

    async def _as_read_last(self, location_id: str, files: RatingFiles) -> Verified | None:
        _, pages = await asyncio.to_thread(self._services.remembered, location_id)
        if not pages:
            return None
        gathered = Gathered(pages=tuple(pages), missing=())
        return self._verified(location_id, files, await self._compared(location_id, _shown(gathered), files))

    def _verified(self, location_id: str, files: RatingFiles, comparison: Comparison) -> Verified:
        return Verified(location_id=location_id, at=self._clock(), file_date=files.as_of, comparison=comparison)

    async def _compared(self, location_id: str, shown: Shown, files: RatingFiles) -> Comparison:
        """Compares a reading with CQC's file. If reading and file disagree, also compares the reading with the other
        registration of the same home and with the API."""
        entry = await asyncio.to_thread(self.kept.entry, location_id)
        filed = Filed(entry=entry, as_of=files.as_of, questions_as_of=files.questions_as_of)
        found = compared(shown, filed)
        if found.outcome.agrees:
            return found
        if entry is not None and (found.outcome.differs or entry.primary_id):
            filed = replace(filed, other=await asyncio.to_thread(self.kept.other_registration, entry))
        return compared(shown, filed, await self._asked(location_id))

    async def _asked(self, location_id: str) -> Shown | None:
        answer = await self._feed.ask(location_id) if self._feed is not None else None
        if not isinstance(answer, ApiAnswer):
            return None
        reading = believable(answer.reading, self._clock().astimezone(LONDON).date())
        return Shown(holdings=stated(reading, answer.digest).holdings, inherited=_inherits(reading))


def _doubts(one: Verified) -> Iterator[Doubt]:
    """The ratings that the page and CQC's file state differently for the same publication."""
    said = one.comparison
    for each in said.differences if one.outcome.differs else ():
        if each.of != "published":
            yield Doubt(
                location_id=one.location_id,
                group=each.group,
                of=each.of,
                read=each.page,
                stated=each.file,
                published=said.published,
                source=f"CQC's file of {day(one.file_date)}",
            )


class _Going:
    """A run in progress. If a service can't be read for a reason that affects the whole site, the site may be down. So this
    result is final only once another service has been read, or at the end of the run. If the run ends because the site can't be
    read, a later run reads the service."""

    def __init__(self, ids: Iterable[str], stop: asyncio.Event) -> None:
        self.ids = iter(ids)
        self.broken_off: str | None = None
        self._stop = stop
        self._in_a_row: list[Verified] = []

    def done(self, one: Verified, site: Blind | None) -> Sequence[Verified]:
        """Returns the results that have become final now that one more service was handled."""
        if site is not None:
            self._in_a_row.append(one)
            if len(self._in_a_row) >= IN_A_ROW:
                self.broken_off = site.detail
            return ()
        held, self._in_a_row = self._in_a_row, []
        return (*held, one)

    def last(self) -> Sequence[Verified]:
        """The results that become final at the end of the run."""
        return () if self.broken_off or self._stop.is_set() else self._in_a_row


def _shown(gathered: Gathered) -> Shown:
    inherited = any(_inherits(page.reading) for page in gathered.pages)
    return Shown(holdings=observed(gathered).holdings, inherited=inherited)


def _inherits(reading: Reading) -> bool:
    """Whether CQC marks a rating as the rating of the previous registration, or says that this profile replaces another."""
    marked = any(group.inherited or any(one.inherited for one in group.key_questions.values()) for group in reading.ratings)
    return marked or any(notice.see == "old" for notice in reading.notices)
