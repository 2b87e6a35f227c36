"""Simulates CQC's site on loopback. A test can change the services, and can make the site misbehave.

with Regulator(Service(location_id="1-1000000001", name="Cherrybrook")) as regulator:
    …  CQC_BASE_URL=regulator.url
    service = regulator.services["1-1000000001"]
    service.inspect(on=date(2026, 10, 1), overall="Inadequate", safe="Inadequate", special_measures=ENTERED)
    regulator.fail(status(503, retry_after=120), times=3)
    regulator.fail(cut(), path="/location/1-1000000001")
    old = regulator.as_now("1-1000000001")      # call this before a change, to serve the old page later
    regulator.heal()
    regulator.asked("/location/1-1000000001")   # the requests, oldest first
"""

import hashlib
import re
import threading
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from tests.simulated import layouts
from tests.simulated.layouts import Layout
from tests.simulated.published import Listed, list_of
from tests.simulated.server import Answer, Fault, Request, Server, body
from tests.simulated.services import PDF_PATH, Service

_ROBOTS_PATH = "/robots.txt"
LIST_PATH = "/search/all"
LIST_ALLOWED = "User-agent: *\nDisallow: /user/\n"
DATA_PATH = "/about-us/transparency/using-cqc-data"
ROBOTS = "User-agent: *\nDisallow: /search/\nDisallow: /user/\n"

CHALLENGE: Fault = body(
    "<!DOCTYPE html><html lang='en-US'><head><title>Just a moment...</title></head><body><h1>www.cqc.org.uk</h1>"
    "<p>Verify you are human by completing the action below.</p></body></html>"
)
"""A page with status 200 that asks visitors to prove that they are human."""

MAINTENANCE: Fault = body(
    "<!DOCTYPE html><html lang='en'><head><title>Site under maintenance | Care Quality Commission</title></head><body>"
    "<h1>Site under maintenance</h1><p>Care Quality Commission is currently under maintenance. We should be back shortly.</p>"
    "</body></html>"
)
"""A maintenance page with status 200."""


@dataclass(slots=True)
class _Trouble:
    """A fault for all paths that begin with `path`. With `every=2`, the fault affects every second request. `left` is how many
    more requests the fault affects; None means until `heal` is called."""

    fault: Fault
    path: str
    left: int | None
    every: int
    seen: int = 0

    def concerns(self, path: str) -> bool:
        return path.startswith(self.path) and (path != _ROBOTS_PATH or self.path == _ROBOTS_PATH)


@dataclass(slots=True)
class Troubles:
    """The present faults, latest first."""

    items: list[_Trouble] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, fault: Fault, path: str, times: int | None, every: int) -> None:
        with self.lock:
            self.items.insert(0, _Trouble(fault, path, times, every))

    def clear(self) -> None:
        with self.lock:
            self.items.clear()

    def spoil(self, path: str, answer: Answer) -> Answer:
        with self.lock:
            for trouble in self.items:
                if not trouble.concerns(path):
                    continue
                trouble.seen += 1
                if trouble.left == 0 or trouble.seen % trouble.every:
                    continue
                if trouble.left is not None:
                    trouble.left -= 1
                return trouble.fault(answer)
        return answer


class Regulator(Server):
    """A simulated CQC site.

    services     the services by location id; a test may change their facts at any time
    layout       the markup of location pages
    page_size    the size in bytes to which pages are padded, or a range from which each path gets its size; 0 means no
                 padding; real pages have 60,000 to 120,000 bytes
    validators   whether pages have an ETag, so that the site can answer 304; an ETag depends on the facts, not on the tokens
    robots       the text of robots.txt, or None if the site has no robots.txt
    documents    other pages and files, by path
    listed       the rows of the list of publications; by default robots.txt forbids the list, as Drupal's own robots.txt does
    """

    def __init__(
        self,
        *services: Service,
        layout: Layout = Layout.YEAR_2026,
        page_size: int | tuple[int, int] = 0,
        validators: bool = False,
        robots: str | None = ROBOTS,
    ) -> None:
        super().__init__()
        self.services = {service.location_id: service for service in services}
        self.layout = layout
        self.page_size = page_size
        self.validators = validators
        self.robots = robots
        self.documents: dict[str, Answer] = {}
        self.listed: list[Listed] = []
        self._troubles = Troubles()

    def add(self, services: Iterable[Service]) -> None:
        """Publishes more services."""
        self.services |= {service.location_id: service for service in services}

    def publish_data(self, *files: Path) -> None:
        """Publishes CQC's monthly files instead of earlier files, with links on the data page."""
        self.documents = {}
        links = []
        for file in files:
            path = f"/system/files/2026-01/{quote(file.name)}"
            body = file.read_bytes()
            headers = {"Content-Type": "application/octet-stream", "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"'}
            self.documents[path] = Answer(headers=headers | {"Last-Modified": "Tue, 05 May 2026 09:00:00 GMT"}, body=body)
            links.append(f"<li><a class='file' href='{path}'>{file.stem.replace('_', ' ')}</a> (25MB, English)</li>")
        page = f"<!DOCTYPE html><html><head><title>Using CQC data</title></head><body><ul>{''.join(links)}</ul></body></html>"
        self.documents[DATA_PATH] = Answer(headers={"Content-Type": "text/html; charset=utf-8"}, body=page.encode())

    def fail(self, fault: Fault, *, path: str = "/", times: int | None = None, every: int = 1) -> None:
        """From now on this fault affects paths that begin with `path`, for `times` requests or until `heal` is called. The fault
        affects robots.txt only if `path` is /robots.txt. With `every=2`, the fault affects every second request, as if two caches
        disagreed. If several faults affect a request, the latest takes precedence."""
        self._troubles.add(fault, path, times, every)

    def heal(self) -> None:
        """Ends all faults."""
        self._troubles.clear()

    def as_now(self, location_id: str) -> Fault:
        """Returns a fault that serves this service's page as the page is now, even after later publications."""
        past = self.services[location_id].copy()
        return lambda answer: self._page(past, "/location/" + location_id) or answer

    def another(self, location_id: str) -> Fault:
        """Returns a fault that serves this service's page at any requested address."""
        return lambda answer: self._page(self.services[location_id], "/location/" + location_id) or answer

    def asked(self, path: str = "/") -> list[Request]:
        """Returns the requests for paths that begin with `path`, oldest first. By default, requests for robots.txt are left
        out."""
        return [r for r in self.requests if r.path.startswith(path) and (path != "/" or r.path != _ROBOTS_PATH)]

    def answer(self, request: Request) -> Answer:
        path = request.path.partition("?")[0].rstrip("/")
        honest = self._list(request.path) if path == LIST_PATH else self._honest(path)
        answer = self._troubles.spoil(path, honest)
        etag = answer.headers.get("ETag")
        if etag and answer.status == 200 and etag in request.headers.get("if-none-match", ""):
            return Answer(status=304, headers={"ETag": etag})
        return answer

    def _list(self, asked: str) -> Answer:
        """Returns the list as CSV, if the request asks for CSV. Filters in the request are ignored."""
        if "display=csv" not in asked:
            return Answer(headers={"Content-Type": "text/html; charset=utf-8"}, body=b"<!DOCTYPE html><html></html>")
        body = list_of(*self.listed)
        headers = {"Content-Type": "text/csv; charset=utf-8"}
        if self.validators:
            headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        return Answer(headers=headers, body=body)

    def _honest(self, path: str) -> Answer:
        if path == _ROBOTS_PATH and self.robots is not None:
            return Answer(headers={"Content-Type": "text/plain"}, body=self.robots.encode())
        if path in self.documents:
            return self.documents[path]
        if path.startswith(PDF_PATH):
            reports = (one.newest.pdf for one in self.services.values() if one.pdf_path.startswith(path + "?"))
            report = next((one for one in reports if one), None)
            return Answer(headers={"Content-Type": "application/pdf"}, body=report) if report else _NOT_FOUND
        match = re.match(r"/location/([^/]+)", path)
        service = self.services.get(match[1].upper()) if match else None
        return (self._page(service, path) if service else None) or _NOT_FOUND

    def _page(self, service: Service, path: str) -> Answer | None:
        text = self._text(service, path.split("/")[3:])
        if text is None:
            return None
        headers = {"Content-Type": "text/html; charset=utf-8"}
        if self.validators:
            facts = f"{path} {self.layout} {self.page_size} {service!r}"
            headers["ETag"] = f'"{hashlib.sha256(facts.encode()).hexdigest()[:32]}"'
        return Answer(headers=headers, body=layouts.padded(text, self._size(path)).encode())

    def _size(self, path: str) -> int:
        if isinstance(self.page_size, int):
            return self.page_size
        smallest, largest = self.page_size
        return smallest + zlib.crc32(path.encode()) % (largest - smallest)

    def _text(self, service: Service, rest: list[str]) -> str | None:
        match rest:
            case []:
                others = list(islice((one for one in self.services.values() if one.location_id != service.location_id), 5))
                return layouts.location_page(service, self.layout, others=others)
            case ["inspection-summary"]:
                return layouts.summary_page(service)
            case ["reports"]:
                return layouts.reports_page(service)
            case ["reports", report, name]:
                entry = next((e for e in [service.newest, *service.older] if e.assessment and e.report == report), None)
                return layouts.assessment_page(service, entry, name) if entry else None
            case _:
                return None


_NOT_FOUND = Answer(
    status=404,
    headers={"Content-Type": "text/html; charset=utf-8"},
    body=b"<!DOCTYPE html><html><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>",
)
