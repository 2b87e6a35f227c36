"""Fetches the pages of a service, has the reader process read them, and rejects pages of other services.

A service's pages are its location page and the pages of the newest report that the location page links to. The newest report's
pages are the summary, or the assessment with its key questions. An unchanged page is not read again. The fingerprint, which
this module computes without the reader process, shows whether a page is unchanged.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.cqc.fingerprint import fingerprint
from monitor.cqc.reader import Reader
from monitor.cqc.site import Blind, Page, Reason, Site, Unchanged, Validators
from monitor.detect.checks import Due, Gathered, KnownPage, NotRead, ReadPage
from monitor.detect.decide import TAKES_LONG
from monitor.detect.schedule import HEAVY_AGAIN
from monitor.errors import TooHeavy, Unreadable
from monitor.locations import is_cqc_host, is_report, location_id_in, location_path
from monitor.model import Reading, Snapshot, Source
from monitor.reader_version import VERSION
from monitor.text import LONDON

MOST_PAGES = 25
"""The most pages of one service that are read. This is enough for the location page, and for an assessment with five key
questions in each of four service groups. If a service has more pages, the service is treated as partly read."""

_PASSING = frozenset({Reason.FAILING, Reason.CHALLENGE})
"""Reasons why a report may be unavailable only for a while."""

# The kinds of page to which a check follows links, because these pages may have text of the newest report. A link to the list
# of reports is followed only if there is no link to a page of these kinds.
_FOLLOWED = (Source.ASSESSMENT_PAGE, Source.SUMMARY_PAGE)


@dataclass(slots=True, kw_only=True)
class _Linked:
    """The linked pages that were read (`pages`), the pages that could not be read (`missing`), and whether all linked pages
    were read (`whole`). `dead` is a dead link to a report that should be on the site by now."""

    pages: list[ReadPage]
    missing: list[NotRead] = field(default_factory=list)
    whole: bool = True
    dead: Blind | None = None


class Fetcher:
    """Fetches the pages of services from `site`, and has `reader` read them."""

    def __init__(self, site: Site, reader: Reader) -> None:
        self._site = site
        self._reader = reader

    async def first(self, due: Due, *, fresh: bool, whole: bool, again: bool) -> Page | Unchanged | Blind:
        """Fetches a service's location page. The page is not read yet.

        fresh  whether to fetch the page past caches, even if it may be unchanged
        whole  whether to fetch the page without validators, so that a site that always answers "not modified" can't hide a
               change. The fingerprint still shows whether the page changed
        again  whether the page will be read again, even if it is unchanged
        """
        known = [] if again else due.pages[:1]
        if whole:
            known = [replace(one, etag=None, last_modified=None) for one in known]
        return await self._fetch(due, location_path(due.location_id), known, fresh=fresh)

    async def takes_long(self, services: int) -> bool:
        """Whether requesting the location pages of this many services takes long."""
        return services * await self._site.seconds_between() > TAKES_LONG.total_seconds()

    async def report_unchanged(self, due: Due) -> bool:
        """Whether the pages with the newest report's text are also unchanged. These pages may change while the location page
        stays the same, for example when CQC adds a sentence about special measures."""
        for known in due.pages[1:]:
            if is_report(known.url):
                continue
            if not isinstance(await self._fetch(due, known.url, [known], fresh=False), Unchanged):
                return False
        return True

    async def read(self, page: Page, known: ReadPage | None, *, pdf: bool = False) -> ReadPage | Blind:
        """Reads a page. `known` is the page as stored; None if it is not stored. `pdf` says whether a PDF was requested."""
        try:
            reading = await self._reader.read(page.body, content_type=page.content_type, url=page.url, pdf=pdf)
        except Unreadable as error:
            wait = HEAVY_AGAIN if isinstance(error, TooHeavy) else None
            return Blind(url=page.url, reason=Reason.DAMAGED, detail=str(error), retry_after=wait, fetched_at=page.fetched_at)
        return ReadPage(
            url=known.url if known else page.url,
            etag=page.etag,
            last_modified=page.last_modified,
            fingerprint=fingerprint(page.body),
            digest=page.digest,
            reading=reading,
            fetched_at=page.fetched_at,
            content_type=page.content_type,
            body=page.body,
            reader=VERSION,
        )

    async def ratings(self, location_id: str) -> Gathered | Blind:
        """Fetches and reads the pages of a service that show its ratings. These are the location page and, if this page does
        not show all ratings, the pages that it links to. No stored page is used. Returns Blind if the location page can't be
        read."""
        due = _unknown(location_id)
        page = await self._fetch(due, location_path(location_id), [], fresh=False)
        start = await self.read(page, None) if isinstance(page, Page) else page
        if not isinstance(start, ReadPage):
            assert isinstance(start, Blind)  # a page that is not stored can't be unchanged
            return start
        if problem := objection(start.reading, location_id, None):
            return _blind(start.url, problem, start.fetched_at)
        if _shows_all_ratings(start.reading):
            return Gathered(pages=(start,), missing=())
        return await self.gather(due, start, {}, fresh=False, pdf=False)

    def leads_on(self, start: ReadPage, location_id: str) -> bool:
        """Whether a location page links to other pages that must be read."""
        return bool(_to_follow(start.reading, location_id)) or _newest_pdf(start.reading) is not None

    async def gather(
        self, due: Due, start: ReadPage, remembered: Mapping[str, ReadPage], *, fresh: bool, pdf: bool = True
    ) -> Gathered:
        """The location page and the pages of the newest report that it links to. `remembered` contains the pages as stored, by
        URL. `pdf` says whether to fetch a report in PDF too."""
        found = await self._linked(due, start, remembered, fresh=fresh)
        report = await self._report(start.reading, remembered, fresh=fresh) if pdf else None
        if isinstance(report, ReadPage):
            problem = _other_report(report.reading, start.reading, due.location_id)
            if problem is None:
                found.pages.append(report)
            else:
                report = _blind(report.url, problem, report.fetched_at)
        partly = report if isinstance(report, Blind) else None
        if partly is not None and partly.reason in _PASSING:
            found.missing.append(_not_read(partly))
            found.whole, partly = False, None
        partly = partly or found.dead
        return Gathered(
            pages=tuple(found.pages),
            missing=tuple(found.missing),
            whole=found.whole,
            partly=_not_read(partly) if partly else None,
        )

    async def _linked(self, due: Due, start: ReadPage, remembered: Mapping[str, ReadPage], *, fresh: bool) -> _Linked:
        """The location page, the pages that it links to, and the pages that these pages link to."""
        found = _Linked(pages=[start])
        queue = deque(_to_follow(start.reading, due.location_id))
        seen = {start.url}
        while queue and len(seen) < MOST_PAGES:
            url = queue.popleft()
            if url in seen:
                continue
            seen.add(url)
            page = await self._follow(due, url, start, remembered.get(url), fresh=fresh)
            if isinstance(page, ReadPage):
                found.pages.append(page)
                queue.extend(_to_follow(page.reading, due.location_id))
                continue
            found.whole = False
            if page.reason is not Reason.GONE or url in remembered:
                found.missing.append(_not_read(page))
            elif _is_overdue(start):
                found.dead = found.dead or page
        found.whole = found.whole and not queue
        return found

    async def _follow(self, due: Due, url: str, start: ReadPage, known: ReadPage | None, *, fresh: bool) -> ReadPage | Blind:
        """A linked page of the service; Blind if the page can't be read, or belongs to another service."""
        answer = await self._fetch(due, url, [_known(known)] if known else [], fresh=fresh)
        if isinstance(answer, Unchanged) and known is not None:
            return known
        page = await self.read(replace(answer, url=url), None) if isinstance(answer, Page) else answer
        if not isinstance(page, ReadPage):
            assert isinstance(page, Blind)  # a page that is not stored can't be unchanged
            return page
        problem = _stranger(page.reading, due.location_id) or _other_name(page.reading, start.reading)
        return page if problem is None else _blind(url, problem, page.fetched_at)

    async def _report(
        self, start: Reading, remembered: Mapping[str, ReadPage], *, fresh: bool
    ) -> ReadPage | Blind | None:
        """The newest report if it is a PDF, otherwise None. A report is usually fetched only once for each address. A report is
        fetched again if a candidate change waits to be confirmed and the stored report has no bytes. The bytes are stored as
        the evidence of an event."""
        url = _newest_pdf(start)
        if url is None:
            return None
        known = remembered.get(url)
        if known is not None and known.reader == VERSION and (known.body is not None or not fresh):
            return known
        answer = await self._site.fetch(url, fresh=fresh)
        if isinstance(answer, Page):
            return await self.read(replace(answer, url=url), None, pdf=True)
        return answer if isinstance(answer, Blind) else None

    async def again(self, due: Due, gathered: Gathered) -> Gathered | None:
        """Fetches and reads the pages once more, past caches. Returns None if some page can't be fetched or trusted."""
        first = await self._fetch(due, location_path(due.location_id), [], fresh=True)
        start = await self.read(first, gathered.pages[0]) if isinstance(first, Page) else None
        if not isinstance(start, ReadPage) or objection(start.reading, due.location_id, None):
            return None
        again = await self.gather(due, start, {page.url: page for page in gathered.pages if is_report(page.url)}, fresh=True)
        return again if again.whole or not gathered.whole else None

    async def _fetch(self, due: Due, url: str, known: Sequence[KnownPage], *, fresh: bool) -> Page | Unchanged | Blind:
        """Fetches a page. Returns Unchanged if the site or the fingerprint shows that the page did not change."""
        validators = _validators(known[0]) if known and not fresh else None
        answer = await self._site.fetch(url, validators=validators, fresh=fresh, location_id=due.location_id)
        if isinstance(answer, Page) and known and not fresh and fingerprint(answer.body) == known[0].fingerprint:
            return Unchanged(url=answer.url, fetched_at=answer.fetched_at)
        return answer


def _unknown(location_id: str) -> Due:
    """A service about which nothing is stored."""
    return Due(
        location_id=location_id, seq=0, candidates=(), failures=0, grave=False, read_through_at=None, whole=True, pages=()
    )


def _shows_all_ratings(reading: Reading) -> bool:
    return bool(reading.ratings) and not reading.missing and all(group.overall is not None for group in reading.ratings)


_TIME_TO_COME = timedelta(days=1)
"""A linked report may be missing on the site for this long after its day of publication."""


def _is_overdue(start: ReadPage) -> bool:
    """Whether the newest report was published more than a day before its location page was fetched."""
    published = max((group.overall_published for group in start.reading.ratings if group.overall_published), default=None)
    return published is not None and start.fetched_at.astimezone(LONDON).date() - published > _TIME_TO_COME


def _newest_pdf(reading: Reading) -> str | None:
    """The address of the newest report if it is a PDF on one of CQC's hosts and no web page contains the report's text."""
    if any(link.kind is Source.ASSESSMENT_PAGE for link in reading.links):
        return None
    reports = (link.url for link in reading.links if link.kind is Source.INSPECTION_REPORT)
    return next((url for url in reports if (host := urlsplit(url).hostname) is None or is_cqc_host(host)), None)


def _other_report(reading: Reading, own: Reading, location_id: str) -> str | None:
    """Why a report that was fetched for a service is not accepted; None if the report belongs to that service."""
    if reading.source is not Source.INSPECTION_REPORT:
        return "the newest report could not be understood"
    return _stranger(reading, location_id) or _other_name(reading, own)


def _not_read(page: Blind) -> NotRead:
    return NotRead(url=page.url, detail=page.detail)


def _blind(url: str, detail: str, at: datetime) -> Blind:
    return Blind(url=url, reason=Reason.ELSEWHERE, detail=detail, retry_after=None, fetched_at=at)


def objection(reading: Reading, location_id: str, stored: Snapshot | None) -> str | None:
    """Why a page that was fetched for a service is not accepted as this service's page; None if the page is accepted."""
    problem = _stranger(reading, location_id)
    names = {one.casefold() for one in (reading.name, stored.card.name if stored else None) if one}
    if problem is None and not reading.location_id and len(names) > 1:
        problem = "the page has another service's name and no location id"
    if problem is None and not reading.ratings and not reading.name:
        problem = "the page was not understood"
    if problem and reading.unread:
        problem += f": {reading.unread[0][:120]!r}"
    return problem


def _validators(page: KnownPage) -> Validators:
    return Validators(etag=page.etag, last_modified=page.last_modified)


def _known(page: ReadPage) -> KnownPage:
    return KnownPage(
        url=page.url,
        etag=page.etag,
        last_modified=page.last_modified,
        fingerprint=page.fingerprint,
        digest=page.digest,
    )


def _to_follow(reading: Reading, location_id: str) -> list[str]:
    """The linked pages of this service that are needed to know its current state."""
    own = [link for link in reading.links if location_id_in(link.url) == location_id]
    if reading.source is Source.ASSESSMENT_PAGE:
        return [link.url for link in own if link.kind is Source.ASSESSMENT_PAGE]
    if reading.source in _FOLLOWED:
        return []
    reports = [link.url for link in own if link.kind in _FOLLOWED]
    return reports or [link.url for link in own if link.kind is Source.REPORTS_PAGE and reading.source is not link.kind]


def _stranger(reading: Reading, location_id: str) -> str | None:
    if reading.source in (Source.UNKNOWN, Source.COUNCIL_PAGE):
        return "the page was not understood"
    if reading.location_id and reading.location_id != location_id:
        return f"the page is about another service, {reading.location_id}"
    return None


def _other_name(reading: Reading, own: Reading) -> str | None:
    """Why a page without a location id is not accepted, if it names another service. None if the page is accepted. This check
    is needed because the site may serve another service's report at this service's address."""
    if reading.location_id or not reading.name or not own.name:
        return None
    name, known = _plain_name(reading.name), _plain_name(own.name)
    return None if name in known or known in name else "the page has another service's name"


def _plain_name(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
