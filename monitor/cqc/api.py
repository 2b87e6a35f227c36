"""Asks CQC's Syndication API which locations changed, and what it states about a location. A failed request raises no error;
the function returns a value that says what went wrong.

The key is sent in a header of each request, only to the API's own address. Redirects are therefore not followed, and the
addresses of next pages in the API's answers are not used. Requests are sent one at a time, within the API's own rate limit and
within the limit for all requests to CQC. Source: docs/facts/api.md.
"""

import asyncio
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus

from monitor.cqc.reader import Reader
from monitor.cqc.transport import Answer, Client, Limits, Reserve, Spoilt, Unanswered, Wire, phrase, retry_after
from monitor.errors import Unreadable
from monitor.model import LISTED_ID, Reading
from monitor.text import stamp


class Reason(StrEnum):
    """Why the API did not answer."""

    KEY = "key"  # 401, 403: CQC refuses the key or the client
    BUSY = "busy"  # 429, or the quota is used up
    FAILING = "failing"  # 5xx, timeout, reset, no connection
    ODD = "odd"  # the answer has an unknown form, is a redirect, or is a page instead of JSON


class Asked(StrEnum):
    """The result of a request, as the label of a metric."""

    ANSWER = "answer"
    NOTHING = "nothing"  # 404: the API does not know the location
    KEY = Reason.KEY.value
    BUSY = Reason.BUSY.value
    FAILING = Reason.FAILING.value
    ODD = Reason.ODD.value


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiAnswer:
    """What the API states about one service.

    body     the API's answer as JSON, without the names of people, which are never stored
    digest   the SHA-256 of `body`, in hex
    strange  one line for each key or value in the answer that this program does not know
    """

    location_id: str
    url: str
    body: bytes
    digest: str
    reading: Reading
    strange: tuple[str, ...]
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """The API does not know the location. This result says nothing about the service, since the API's list of changes contains
    locations that the API itself does not know."""

    location_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """The API gave no answer, or a faulty answer. This result says nothing about any service.

    detail       one line for people, without the key
    retry_after  how long the API asked us to wait (at most a day); None if it did not ask
    whole        whether the problem affects the whole API and not only this location
    """

    reason: Reason
    detail: str
    retry_after: timedelta | None = None
    whole: bool = True


LARGEST = Limits(body=20_000_000, patience=10.0)

PER_SECOND = 10.0
"""The most requests that are sent each second. The API accepted 10 requests a second for half an hour; at 30 a second it began
to refuse requests. Source: docs/facts/api.md, Access."""

PER_PAGE = 1000
MOST_PAGES = 200
"""The most pages of changes that are read for one period. 200 pages have room for more ids than CQC has locations."""

_TRIES = 3  # how often a request is sent, at most; a request is repeated only if the API says when to try again

# The API's messages about its limits: "Rate limit is exceeded. Try again in 2 seconds.", and a similar message about a quota.
# Source: docs/facts/api.md, Access.
_AGAIN_IN = re.compile(r"try again in (\d{1,6}) ?s", re.IGNORECASE)
_REPLENISHED_IN = re.compile(r"quota[^\"]{0,60}?(\d{1,2}):(\d\d):(\d\d)", re.IGNORECASE)

_BUSY = HTTPStatus.TOO_MANY_REQUESTS
_UNKNOWN = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


class Api:
    """A client of the API, used for the life of the process, within one event loop."""

    def __init__(
        self,
        client: Client,
        reader: Reader,
        *,
        clock: Callable[[], datetime],
        limits: Limits = LARGEST,
        reserve: Reserve | None = None,
        noted: Callable[[Asked], None] = lambda _: None,
    ) -> None:
        """`clock` gives the current time in UTC. `reserve` reserves time for each request before it is sent, so that requests
        to the website and to the API, from all processes, share the limit `requests_per_second`. `noted` is called with the
        result of each request."""
        self._base = client.base_url.rstrip("/")
        self._pace = 1.0 / min(client.requests_per_second, PER_SECOND)
        self._span = 1.0 / client.requests_per_second
        self._key = client.key
        self._headers = {
            "Ocp-Apim-Subscription-Key": client.key,
            # Without a User-Agent the API answers 403. Source: docs/facts/api.md, Access.
            "User-Agent": client.user_agent,
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
        }
        self._limits = limits
        self._wire = Wire(self._base, who="CQC's API", limits=limits, at_once=1, clock=clock)
        self._reserve = reserve
        self._noted = noted
        self._reader = reader
        self._one = asyncio.Lock()
        self._free_at = 0.0  # when the next request may be sent, on the event loop's clock

    async def location(self, location_id: str) -> ApiAnswer | Nothing | NoAnswer:
        """Returns what the API states about a service. Returns Nothing if the API does not know the service, and NoAnswer if
        the request failed. The id is sent in upper case, since the API refuses ids in lower case, although its list of changes
        may contain ids in lower case. Source: docs/facts/api.md, Access."""
        location_id = location_id.upper()
        answer = await self._answered(f"/locations/{location_id}", unknown=_UNKNOWN)
        seen = answer if isinstance(answer, NoAnswer) else await self._read(answer, location_id)
        self._noted(_asked(seen))
        return seen

    async def changes(self, start: datetime, end: datetime) -> frozenset[str] | NoAnswer:
        """Returns the ids, in upper case, of all locations that changed from `start` (included) to `end` (excluded). Returns
        NoAnswer if a page of the list can't be read."""
        ids: set[str] = set()
        span = f"startTimestamp={stamp(start)}&endTimestamp={stamp(end)}"
        for number in range(1, MOST_PAGES + 1):
            answer = await self._answered(f"/changes/location?{span}&page={number}&perPage={PER_PAGE}")
            page = answer if isinstance(answer, NoAnswer) else _page(answer)
            self._noted(Asked(page.reason.value) if isinstance(page, NoAnswer) else Asked.ANSWER)
            if isinstance(page, NoAnswer):
                return page
            ids |= page.ids
            if page.is_last(number):
                return frozenset(ids)
        return NoAnswer(reason=Reason.ODD, detail=f"CQC's API lists changes on more than {MOST_PAGES} pages")

    async def _read(self, answer: Answer, location_id: str) -> ApiAnswer | Nothing | NoAnswer:
        if answer.status != HTTPStatus.OK:
            return Nothing(location_id=location_id)
        try:
            text, reading, strange = await self._reader.answer(answer.body)
        except Unreadable as error:
            return _not_understood(f"its answer about {location_id} is not understood: {error}")
        if reading.location_id != location_id:
            return _not_understood(f"its answer to a request for {location_id} is about {reading.location_id}")
        body = text.encode("utf-8", "replace")
        return ApiAnswer(
            location_id=location_id,
            url=answer.url,
            body=body,
            digest=hashlib.sha256(body).hexdigest(),
            reading=reading,
            strange=strange,
            fetched_at=answer.at,
        )

    async def close(self) -> None:
        """Closes all connections."""
        await self._wire.close()

    async def _answered(self, path: str, unknown: frozenset[HTTPStatus] = frozenset()) -> Answer | NoAnswer:
        """Returns an answer with status 200 or with a status in `unknown`, which means that the API does not know the location.
        Returns NoAnswer for any other answer. If the API is busy and asks for a short wait, the request is sent again after
        this wait."""
        if not (self._key.isascii() and self._key.isprintable()):
            return NoAnswer(reason=Reason.KEY, detail="CQC_API_KEY contains characters that a key cannot have")
        trouble: NoAnswer | None = None
        for _ in range(_TRIES):
            try:
                answer = await self._exchange(path)
            except Spoilt as spoilt:
                return NoAnswer(reason=Reason.ODD, detail=f"CQC's API: the answer {spoilt}")
            except Unanswered as error:
                return NoAnswer(reason=Reason.FAILING, detail=str(error))
            if answer.status == HTTPStatus.OK or answer.status in unknown:
                return answer
            trouble = _trouble(answer)
            wait = trouble.retry_after
            if trouble.reason is not Reason.BUSY or wait is None or wait.total_seconds() > self._limits.patience:
                break
            self._free_at = max(self._free_at, asyncio.get_running_loop().time() + wait.total_seconds())
        assert trouble is not None
        return trouble

    async def _exchange(self, path: str) -> Answer:
        async with self._one:
            loop = asyncio.get_running_loop()
            if (wait := self._free_at - loop.time()) > 0:
                await asyncio.sleep(wait)
            if self._reserve and (wait := await self._reserve(self._span)) > 0:
                await asyncio.sleep(wait)
            self._free_at = loop.time() + self._pace
            return await self._wire.get(self._base + path, self._headers)


def _asked(seen: ApiAnswer | Nothing | NoAnswer) -> Asked:
    match seen:
        case ApiAnswer():
            return Asked.ANSWER
        case Nothing():
            return Asked.NOTHING
        case NoAnswer():
            return Asked(seen.reason.value)


def _trouble(answer: Answer) -> NoAnswer:
    """Returns what an answer with an error status means. Only the waiting time is read from the answer's text, since the text
    could repeat the request, which contains the key."""
    said = answer.body[:2000].decode("utf-8", "replace")
    stated, quota = retry_after(answer), _REPLENISHED_IN.search(said)
    if soon := _AGAIN_IN.search(said):
        stated = stated or timedelta(seconds=int(soon[1]))
    if quota:
        hours, minutes, seconds = (int(part) for part in quota.groups())
        stated = stated or timedelta(hours=hours, minutes=minutes, seconds=seconds)
    detail = f"CQC's API answered {phrase(answer.status)}"
    wait = min(stated, timedelta(days=1)) if stated else None
    if answer.status == _BUSY or (quota and answer.status == HTTPStatus.FORBIDDEN):
        return NoAnswer(reason=Reason.BUSY, detail=detail + ", since it received too many requests", retry_after=wait)
    if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return NoAnswer(reason=Reason.KEY, detail=detail + ", since CQC_API_KEY is refused", retry_after=wait)
    if answer.status >= 500 or answer.status == HTTPStatus.REQUEST_TIMEOUT:
        return NoAnswer(reason=Reason.FAILING, detail=detail, retry_after=wait)
    if 300 <= answer.status < 400:
        detail += ", which redirects to another address. The redirect is not followed, since the key would be sent to that "
        detail += "address too. Correct CQC_API_URL"
    return NoAnswer(reason=Reason.ODD, detail=detail, retry_after=wait)


def _parsed(answer: Answer) -> object:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None


def _not_understood(detail: str) -> NoAnswer:
    return NoAnswer(reason=Reason.ODD, detail=f"CQC's API: {detail}", whole=False)


@dataclass(frozen=True, slots=True)
class _Page:
    """One page of changes. `of` is the number of pages, or None if the answer does not give this number. `more` says whether
    the page has the address of a next page."""

    ids: frozenset[str]
    of: int | None
    more: bool

    def is_last(self, number: int) -> bool:
        return number >= self.of if self.of is not None else not self.more


def _page(answer: Answer) -> _Page | NoAnswer:
    data = _parsed(answer)
    named = data.get("changes") if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(named, list):
        return NoAnswer(reason=Reason.ODD, detail="CQC's API: its list of changes is not understood")
    known = frozenset(found for one in named if isinstance(one, str) and LISTED_ID.fullmatch(found := one.strip().upper()))
    if named and not known:
        return NoAnswer(reason=Reason.ODD, detail="CQC's API: its list of changes contains no location ids")
    of = data.get("totalPages")
    return _Page(known, of if isinstance(of, int) and not isinstance(of, bool) else None, bool(data.get("nextPageUri")))
