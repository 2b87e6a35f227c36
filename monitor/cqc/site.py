"""Fetches pages of CQC's website politely. A failed request raises no error; the function returns a value that says what went
wrong.

The module is polite in the following ways. It fetches robots.txt and obeys it. All requests share one rate limit, and there are
no bursts of requests. At most two requests are in progress at the same time. Conditional requests avoid fetching unchanged
pages. If the site sends Retry-After, all requests to the site wait. The User-Agent names the program and a contact. The module
never retries a request, since other modules decide the schedule of checks.
"""

import asyncio
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from protego import Protego

from monitor.cqc.transport import NAME, Answer, Client, Into, Spoilt, Unanswered, Wire, phrase, retry_after
from monitor.cqc.transport import Limits as Limits
from monitor.cqc.transport import Reserve as Reserve
from monitor.cqc.transport import user_agent as user_agent
from monitor.locations import is_cqc_host, location_id_in, site_of


class Reason(StrEnum):
    """Why a page could not be seen."""

    REFUSED = "refused"  # 401, 403, 429 and similar, or forbidden by robots.txt
    FAILING = "failing"  # 5xx, timeout, reset, no connection, no such host
    GONE = "gone"  # 404, 410
    ELSEWHERE = "elsewhere"  # a redirect to another service or another site, or a redirect loop
    CHALLENGE = "challenge"  # a page that only checks whether the visitor is human, or says that the site is under maintenance
    DAMAGED = "damaged"  # empty, cut short, too large, not text


class Answered(StrEnum):
    """The result of a page request, as the label of a metric."""

    PAGE = "page"
    UNCHANGED = "unchanged"  # 304
    REFUSED = Reason.REFUSED.value
    FAILING = Reason.FAILING.value
    GONE = Reason.GONE.value
    ELSEWHERE = Reason.ELSEWHERE.value
    CHALLENGE = Reason.CHALLENGE.value
    DAMAGED = Reason.DAMAGED.value


_OF_THE_SITE = frozenset({Reason.REFUSED, Reason.FAILING, Reason.CHALLENGE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """Headers of an answer. The next request for the page uses these headers to ask whether the page has changed."""

    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A complete page as received. `url` is its address after any redirects; `digest` is the SHA-256 of `body`, in hex."""

    url: str
    body: bytes
    content_type: str | None
    etag: str | None
    last_modified: str | None
    fetched_at: datetime
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A downloaded file, written as received. `url` is its address after any redirects."""

    url: str
    etag: str | None
    last_modified: str | None
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The site says that the page has not changed since the answer with these validators (304)."""

    url: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Blind:
    """The page could not be seen. This result says nothing about the service.

    detail       what happened, in one line for people
    retry_after  how long the site asked us to wait (at most a day); None if it did not ask
    by_robots    whether nothing was requested because robots.txt forbids the page
    """

    url: str
    reason: Reason
    detail: str
    retry_after: timedelta | None
    fetched_at: datetime
    by_robots: bool = False

    @property
    def site_wide(self) -> bool:
        """Returns whether the problem affects the whole site rather than this one page."""
        return self.reason in _OF_THE_SITE


_BORNE = Limits()
_IN_FLIGHT = 2
_SPAN = 0.5  # how many seconds are reserved at once; if the time between two requests is longer, that time is reserved
_MOST_RESERVED = 50  # the most requests in one reservation
_REPORTS_HOST = "api.cqc.org.uk"  # source: docs/facts/pages.md, Other pages of a service
LIST_PATH = "/search/all"
"""The path of the list of recent publications. Source: docs/facts/publication.md, Where first."""

_ROBOTS = "/robots.txt"
_ROBOTS_KEPT = timedelta(hours=24)
_ROBOTS_AGAIN = timedelta(minutes=1)  # after a failed request for robots.txt, the next request is sent this much later
_ROBOTS_READ = 500 * 1024  # the most bytes of robots.txt that are read; RFC 9309, 2.5
_CRAWL_DELAY_CAP = 60.0  # seconds
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TEXT = re.compile(r"text/|application/(?:xhtml\+xml|xml|json|javascript)\b", re.IGNORECASE)
_PDF = re.compile(r"application/pdf\b", re.IGNORECASE)
# Source: docs/facts/pages.md, Other pages of a service.
_REPORT_PATH = re.compile(r"\.pdf$|/reports/[0-9a-f-]{36}$", re.IGNORECASE)
_FRESH = {"Cache-Control": "no-cache", "Pragma": "no-cache"}

_HEAD = 20 * 1024  # how many bytes at the start of a page are searched for its title and heading

# Titles and headings of challenge and maintenance pages. Only a page's title and first heading are searched. The script of a
# challenge cannot be used to recognise it, since normal pages contain the script's address too. Source: docs/facts/peers.md, A
# bad page is not a change.
_TITLE_PARTS = re.compile(r" [|–—-] ")
_CHALLENGE = re.compile(
    r"just a moment\W*|attention required\W*|one moment,? please\W*|please wait\W*|pardon our interruption\W*"
    r"|(?:\d+ )?access (?:to this page )?(?:has been |is )?denied\W*|request (?:unsuccessful|rejected|blocked)\b.*"
    r"|(?:.* )?(?:are you (?:a )?(?:human|robot)|verify (?:that )?you are (?:a )?human|human verification|security check"
    r"|checking your browser|captcha)\b.*"
    r"|(?:.* )?(?:under|down for|undergoing)(?: \w+)? maintenance\b.*"
    r"|(?:site |scheduled |planned )?maintenance(?: mode| page)?\W*"
    r"|(?:.* )?(?:temporarily|currently) unavailable\b.*"
    r"|(?:(?:error )?50[0234]\b\W*)?(?:service unavailable|bad gateway|gateway time-?out|internal server error)\b.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Robots:
    """The latest rules of robots.txt; valid from `since` until `until`. `rules` is None if the site has none. `blind` says why
    robots.txt could not be fetched; None if it was fetched."""

    rules: Protego | None
    blind: Blind | None
    since: datetime
    until: datetime


class Site:
    """A polite client of one website, used for the life of the process, within one event loop."""

    def __init__(
        self,
        client: Client,
        *,
        clock: Callable[[], datetime],
        limits: Limits = _BORNE,
        reserve: Reserve | None = None,
        noted: Callable[[Answered], None] = lambda _: None,
    ) -> None:
        """All requests are sent to the address of `client`, even those for CQC's own hosts. `clock` returns the time in UTC. If
        other processes read the same site, `reserve` reserves time for requests, so that all processes share one rate limit.
        `noted` is called with the result of each page request."""
        requests_per_second = client.requests_per_second
        self._base = client.base_url.rstrip("/")
        self._site = site_of(self._base)
        self._clock = clock
        self._limits = limits
        # At more than 250 requests a second, two requests may be sent together, since each wait would take longer than the
        # request itself.
        self._leeway = 2 / requests_per_second if requests_per_second > 250 else 0.0
        self._own_pace = self._pace = 1.0 / requests_per_second  # seconds from one request to the next
        self._headers = {
            "User-Agent": client.user_agent,
            "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
            "Accept-Encoding": "gzip",
            "Accept-Language": "en-GB,en;q=0.9",
        }
        self._wire = Wire(self._base, who="CQC's site", limits=limits, at_once=_IN_FLIGHT, clock=clock)
        self._in_flight = asyncio.Semaphore(_IN_FLIGHT)
        self._noted = noted
        self._reserve = reserve
        self._reserving = asyncio.Lock()
        self._span_ends = 0.0  # when the reserved time ends, on the event loop's clock
        self._free_at = 0.0  # when the next request may be sent, on the event loop's clock
        self._robots: _Robots | None = None
        self._robots_asked = asyncio.Lock()
        self._hold: tuple[datetime, datetime, Blind] | None = None  # from when, until when, and why the site asked us to wait

    async def fetch(
        self, url_or_path: str, *, validators: Validators | None = None, fresh: bool = False, location_id: str | None = None
    ) -> Page | Unchanged | Blind:
        """Fetches one page. Returns Page, Unchanged (if the page has not changed since the answer with `validators`), or Blind.

        fresh        bypasses caches on the way; `validators` are not used
        location_id  the service of the page; a redirect to another service's page gives Blind with the reason `elsewhere`
        """
        url = self._resolve(url_or_path)
        if url is None:
            return self._blind(url_or_path, Reason.ELSEWHERE, "this address is not on CQC's site")
        if blind := await self._turned_away(url):
            return blind
        asked = dict(self._headers)
        if fresh:
            asked |= _FRESH
        elif validators:
            asked |= _conditions(validators)
        answer = await self._follow(url, asked, location_id)
        conditional = len(asked) > len(self._headers) and not fresh
        seen = answer if isinstance(answer, Blind) else self._judge(answer, conditional=conditional)
        self._noted(_answered(seen))
        return seen

    async def download(
        self, url_or_path: str, into: Into, *, validators: Validators | None = None
    ) -> Saved | Unchanged | Blind:
        """Downloads a large file, and writes each part to disk as it arrives. Returns Saved, Unchanged (if the file has not
        changed since the answer with `validators`), or Blind. Returns Blind too if the site sends a web page in place of the
        file."""
        url = self._resolve(url_or_path)
        if url is None:
            return self._blind(url_or_path, Reason.ELSEWHERE, "this address is not on CQC's site")
        if blind := await self._turned_away(url):
            return blind
        conditions = _conditions(validators) if validators else {}
        asked = self._headers | {"Accept": "*/*", "Accept-Encoding": "identity"} | conditions
        answer = await self._follow(url, asked, None, into)
        seen = answer if isinstance(answer, Blind) else self._judge_file(answer, conditional=bool(conditions))
        self._noted(_answered(seen))
        return seen

    async def forbids(self, path: str) -> Blind | None:
        """Returns Blind if robots.txt forbids this path or cannot be fetched; otherwise None."""
        return await self._turned_away(self._base + path)

    async def seconds_between(self) -> float:
        """Returns the seconds from one request to the next, according to the setting or to robots.txt (fetched if
        necessary)."""
        await self._turned_away(self._base + "/")
        return self._pace

    @property
    def clock_ahead(self) -> timedelta | None:
        """How far our clock was ahead of the site's clock at the last answer that had a date; None before the first such
        answer."""
        return self._wire.clock_ahead

    async def close(self) -> None:
        """Closes all connections. The next fetch would open new ones."""
        await self._wire.close()

    # The address to request

    def _resolve(self, url_or_path: str) -> str | None:
        """Returns the address to request; None for an address on another site. If `url_or_path` is a path or is on one of CQC's
        hosts, the result is under the base address. PDF reports are the exception: if the base address is on a host of CQC, their
        addresses stay on CQC's separate host for reports."""
        if url_or_path.startswith("/") and not url_or_path.startswith("//"):
            return self._base + url_or_path
        try:
            parts = urlsplit(urljoin(self._base + "/", url_or_path.strip()))
            ours = parts.scheme in ("http", "https") and (is_cqc_host(parts.hostname) or site_of(parts.geturl()) == self._site)
        except ValueError:
            return None
        if parts.hostname == _REPORTS_HOST and is_cqc_host(urlsplit(self._base).hostname):
            return f"https://{_REPORTS_HOST}{parts.path}" + ("?" + parts.query if parts.query else "")
        return self._base + (parts.path or "/") + ("?" + parts.query if parts.query else "") if ours else None

    def _redirected(self, url: str, location: str) -> str | None:
        """Returns the target of a redirect if it is on this site and does not lead from https to http; otherwise None."""
        try:
            target = urljoin(url, location)
            if site_of(target) != self._site:
                return self._resolve(target)
            downgraded = url.startswith("https:") and not target.startswith("https:")
        except ValueError:
            return None
        return None if downgraded or not target.startswith("http") else target.partition("#")[0]

    # robots.txt

    async def _turned_away(self, url: str) -> Blind | None:
        robots = self._robots_held()
        if robots is None:
            async with self._robots_asked:
                robots = self._robots_held() or await self._ask_robots()
        if robots.blind:
            return self._blind(url, robots.blind.reason, robots.blind.detail, robots.blind.retry_after)
        return self._forbidden(url)

    def _forbidden(self, url: str) -> Blind | None:
        if self._robots and self._robots.rules and not self._robots.rules.can_fetch(url, NAME):
            detail = "CQC's robots.txt asks programs like this one not to read this page"
            return replace(self._blind(url, Reason.REFUSED, detail), by_robots=True)
        return None

    def _robots_held(self) -> _Robots | None:
        robots = self._robots
        return robots if robots and robots.since <= self._clock() < robots.until else None

    async def _ask_robots(self) -> _Robots:
        """Fetches robots.txt and applies RFC 9309. If robots.txt is refused or absent (4xx), there are no rules. If robots.txt
        cannot be fetched, no page may be requested."""
        answer = await self._follow(self._base + _ROBOTS, self._headers, None)
        now = self._clock()
        if isinstance(answer, Answer) and (answer.status >= 500 or answer.status == 429 or _challenge(answer)):
            judged = self._judge(answer, conditional=False)
            answer = judged if isinstance(judged, Blind) else answer
        if isinstance(answer, Blind):
            reason = answer.reason if answer.site_wide else Reason.FAILING  # without robots.txt nothing may be requested
            blind = self._blind(answer.url, reason, "robots.txt: " + answer.detail, answer.retry_after)
            self._robots = _Robots(None, blind, now, now + _ROBOTS_AGAIN)
            return self._robots
        rules = None
        if answer.status == HTTPStatus.OK:
            rules = Protego.parse(answer.body[:_ROBOTS_READ].decode("utf-8", "replace"))
            self._pace = max(self._own_pace, min(rules.crawl_delay(NAME) or 0.0, _CRAWL_DELAY_CAP))
        self._robots = _Robots(rules, None, now, now + _ROBOTS_KEPT)
        return self._robots

    # One request after another

    async def _follow(
        self, url: str, headers: dict[str, str], location_id: str | None, into: Into | None = None
    ) -> Answer | Blind:
        for _ in range(self._limits.redirects + 1):
            answer = await self._exchange(url, headers, into)
            if isinstance(answer, Blind) or answer.status not in _REDIRECTS:
                return answer
            location = answer.headers.get("location", "")
            target = self._redirected(url, location) if location else None
            if target is None:
                return self._blind(url, Reason.ELSEWHERE, "CQC redirects this address to another site")
            found = location_id_in(target)
            if location_id and found and found != location_id.upper():
                return self._blind(url, Reason.ELSEWHERE, f"CQC redirects this address to another service, {found[:20]}")
            if blind := self._forbidden(target):
                return blind
            url = target
        return self._blind(url, Reason.ELSEWHERE, "CQC redirects this address in a loop")

    async def _exchange(self, url: str, headers: dict[str, str], into: Into | None) -> Answer | Blind:
        async with self._in_flight:
            if blind := await self._turn(url):
                return blind
            try:
                answer = await self._wire.get(url, headers, into)
            except Spoilt as spoilt:
                return self._blind(url, Reason.DAMAGED, f"CQC's answer {spoilt}")
            except Unanswered as error:
                return self._blind(url, Reason.FAILING, str(error))
            self._hold_off(answer)
            return answer

    async def _turn(self, url: str) -> Blind | None:
        """Waits until this request may be sent. Returns Blind at once if the site asked for a long wait."""
        loop = asyncio.get_running_loop()
        while True:
            held = self._hold
            remaining = self._remaining(self._clock())
            if held and remaining > self._limits.patience:
                _, until, why = held
                detail = f"{why.detail} and asked for no requests until {until:%H:%M:%S} UTC"
                return self._blind(url, why.reason, detail, timedelta(seconds=remaining))
            if remaining:
                await asyncio.sleep(remaining)  # this wait comes first, so that the time reserved below is not over too early
            if (wait := await self._next_turn() - loop.time()) > self._leeway:
                await asyncio.sleep(wait)
            if self._hold is held:  # if not, the site has asked for another wait in the meantime
                return None

    async def _next_turn(self) -> float:
        """Returns when this request may be sent, on the event loop's clock. This time is at least one interval after the last
        request, and within the reserved time."""
        loop = asyncio.get_running_loop()
        async with self._reserving:
            turn = max(self._free_at, loop.time())
            # If a request is late, the requests after it are later too. The interval is also kept between the last request of
            # one reserved period and the first request of the next period.
            if self._reserve and turn + self._pace / 2 > self._span_ends:
                span = self._pace * min(_MOST_RESERVED, max(1, int(_SPAN / self._pace)))
                begins = await self._reserve(span) + loop.time()
                self._span_ends = begins + span
                turn = max(self._free_at, begins)
            self._free_at = turn + self._pace
            return turn

    def _remaining(self, now: datetime) -> float:
        """Returns for how many more seconds the site wants no requests. If the clock is set back, the wait ends."""
        if self._hold is None:
            return 0.0
        since, until, _ = self._hold
        return (until - now).total_seconds() if since <= now < until else 0.0

    def _hold_off(self, answer: Answer) -> None:
        if answer.status not in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
            return
        wait = retry_after(answer)
        if wait and wait.total_seconds() > self._remaining(answer.at):
            judged = self._judge(answer, conditional=False)
            assert isinstance(judged, Blind)
            self._hold = (answer.at, answer.at + wait, judged)

    # The meaning of the answer

    def _judge(self, answer: Answer, *, conditional: bool) -> Page | Unchanged | Blind:
        if answer.status == HTTPStatus.NOT_MODIFIED and conditional:
            return Unchanged(url=answer.url, fetched_at=answer.at)
        if _challenge(answer):
            detail = "CQC's site served a challenge or maintenance page instead of this page"
            return self._blind(answer.url, Reason.CHALLENGE, detail, retry_after(answer))
        if answer.status != HTTPStatus.OK:
            return self._blind(answer.url, _reason(answer.status), f"CQC answered {phrase(answer.status)}", retry_after(answer))
        if damage := _damage(answer):
            return self._blind(answer.url, Reason.DAMAGED, f"CQC's answer {damage}")
        return Page(
            url=answer.url,
            body=answer.body,
            content_type=answer.headers.get("content-type"),
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
            fetched_at=answer.at,
            digest=hashlib.sha256(answer.body).hexdigest(),
        )

    def _judge_file(self, answer: Answer, *, conditional: bool) -> Saved | Unchanged | Blind:
        page = answer.headers.get("content-type", "").strip().lower().startswith(("text/html", "application/xhtml"))
        if answer.status != HTTPStatus.OK or answer.headers.get("cf-mitigated"):
            judged = self._judge(answer, conditional=conditional)
            assert not isinstance(judged, Page)
            return judged
        if page:
            return self._blind(answer.url, Reason.DAMAGED, "CQC's answer was a web page instead of the file")
        headers = answer.headers
        etag, modified = headers.get("etag"), headers.get("last-modified")
        return Saved(url=answer.url, etag=etag, last_modified=modified, fetched_at=answer.at)

    def _blind(self, url: str, reason: Reason, detail: str, retry_after: timedelta | None = None) -> Blind:
        return Blind(url=url, reason=reason, detail=detail, retry_after=retry_after, fetched_at=self._clock())


def _answered(seen: Page | Saved | Unchanged | Blind) -> Answered:
    match seen:
        case Page() | Saved():
            return Answered.PAGE
        case Unchanged():
            return Answered.UNCHANGED
        case Blind():
            return Answered(seen.reason.value)


def _conditions(validators: Validators) -> dict[str, str]:
    """Returns the headers of a conditional request. Validators with characters that a header may not contain are left out."""
    stated = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in stated.items() if value and value.isascii() and value.isprintable()}


def _reason(status: int) -> Reason:
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return Reason.GONE
    if status >= 500 or status == HTTPStatus.REQUEST_TIMEOUT:
        return Reason.FAILING
    return Reason.REFUSED if status >= 400 else Reason.DAMAGED


def _challenge(answer: Answer) -> bool:
    """Returns whether the answer is a challenge or maintenance page instead of the requested page, according to the header
    `cf-mitigated`, the title and the first heading."""
    if answer.headers.get("cf-mitigated"):
        return True
    if answer.status != HTTPStatus.OK:
        return False
    head = answer.body[:_HEAD]
    claims = [_element(head, b"title")]
    if len(answer.body) < _HEAD:  # challenge pages are short; a service's page is long, and its heading is the service's name
        claims.append(_element(head, b"h1"))
    return any(_CHALLENGE.fullmatch(part) for claim in claims for part in _TITLE_PARTS.split(claim))


def _element(head: bytes, name: bytes) -> str:
    """Returns the text of the first element with this name; "" if there is no such element."""
    lower = head.lower()
    start = lower.find(b"<" + name)
    end = lower.find(b"</" + name, start)
    if start < 0 or end < 0:
        return ""
    inner = head[start:end].partition(b">")[2].decode("utf-8", "replace")
    return " ".join(re.sub(r"<[^<>]*>", " ", inner).split())


def _damage(answer: Answer) -> str | None:
    """Returns why a body that came with status 200 can't be used; None if it can be used. The text completes a sentence that
    begins "CQC's answer …"."""
    content_type = answer.headers.get("content-type", "text/html").strip()
    if not answer.body.strip():
        return "was empty"
    if _PDF.match(content_type) and _REPORT_PATH.search(urlsplit(answer.url).path):
        return None
    if not _TEXT.match(content_type):
        return f"was not text ({content_type.partition(';')[0][:40]!r})"
    head = answer.body[:2048]
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "was not text"
    if b"<html" in head.lower() and answer.body.rfind(b"</html") < 0 and b"</html" not in answer.body.lower():
        return "was cut short"
    return None
