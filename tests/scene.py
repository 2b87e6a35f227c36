"""Lets a test run rounds of checks without a daemon, against a site that misbehaves."""

import asyncio
import gzip
import os
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from typing import Any, TypeVar

import pytest

from monitor.app import App, build
from monitor.cqc.site import Limits
from monitor.detect.checks import Watched
from monitor.jobs.rounds import Round
from monitor.model import Snapshot
from monitor.settings import Settings, load
from monitor.store import Store
from monitor.views.show import events_json
from tests.conftest import World
from tests.simulated import server
from tests.simulated.regulator import CHALLENGE, MAINTENANCE
from tests.simulated.server import Fault
from tests.simulated.services import Service

HOME, OTHER = "1-2235535718", "1-545296200"

LEAD, OPERATOR = "lead@council.example", "oncall@council.example"

FELL = ("downgraded", "overall", "good", "requires improvement")

TODAY = date(2026, 11, 20)

T = TypeVar("T")


@dataclass
class Scene:
    """Contains the world and the program's clock, and runs rounds. `begin` adds services to a watchlist and makes their first
    check."""

    world: World
    monkeypatch: pytest.MonkeyPatch
    store: Store
    """The store, for assertions only. The program opens the database separately."""
    ahead: timedelta = timedelta(0)

    def begin(self, *services: Service) -> None:
        self.world.site.add(services)
        self.world.done("watch", "add", "Leeds", *(one.location_id for one in services))
        self.world.done("subscribe", "Leeds", f"mailto:{LEAD}", "--quiet")
        self.world.done("check")

    def later(self, **time: float) -> None:
        """Moves the program's clock ahead."""
        self.ahead += timedelta(**time)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def round(self) -> Round:
        """Checks the services that are due, and sends waiting messages, as the daemon does in one round. Each round builds a
        new app, as a new process would."""

        async def work(app: App) -> Round:
            app.store.workers.enlist("scene", host="here", pid=1, alone=True)
            outage = app.store.outages.current()
            left_alone = outage and outage.is_to_be_left_alone(self.now())
            result = Round() if left_alone else await app.checker.round(app.store.services.due(self.now(), 50))
            app.deliverer.report_level()
            await app.deliverer.deliver()
            return result

        return asyncio.run(housed(work))

    def rounds(self, number: int, **apart: float) -> None:
        for _ in range(number):
            self.later(**apart)
            self.round()

    def watched(self, location_id: str = HOME) -> Watched:
        return self.store.services.watched([location_id])[0]

    def snapshot(self, location_id: str = HOME) -> Snapshot:
        snapshot = self.watched(location_id).snapshot
        assert snapshot is not None
        return snapshot

    def told(self) -> list[str]:
        """The subjects of the subscriber's messages, except digests."""
        return [mail.subject for mail in self.world.mail.to(LEAD) if not IS_DIGEST.search(mail.text)]

    def operator(self) -> list[str]:
        """The subjects of the operator's messages."""
        return [mail.subject for mail in self.world.mail.to(OPERATOR)]

    def events(self) -> list[dict[str, Any]]:
        return list(events_json(self.store.services.events()))

    def moved(self) -> list[tuple[object, ...]]:
        return [(one["kind"], one["of"], one["from"], one["to"]) for one in self.events() if one["kind"] != "report published"]


IS_DIGEST = re.compile(r": (?:daily|weekly) digest")
"""Matches the heading of a digest."""


@cache
def _settings(_: frozenset[tuple[str, str]]) -> Settings:
    """Returns the settings from the environment. The limit of requests per second is far above any real limit, since a simulated
    site on loopback needs no protection."""
    return load().model_copy(update={"requests_per_second": 5000.0})


async def housed(work: Callable[[App], Awaitable[T]]) -> T:
    app = build(_settings(frozenset(os.environ.items())))
    try:
        return await work(app)
    finally:
        await app.close()


IMPATIENT = Limits(read=2.5, whole=20.0)


def home(**facts: Any) -> Service:
    return Service(location_id=HOME, **facts)


def falls(service: Service) -> None:
    service.inspect(on=TODAY - timedelta(weeks=8), published=TODAY, overall="Requires improvement")


def without(pattern: str) -> Fault:
    """Removes the text that a pattern matches from the page."""
    return server.changed(lambda text: re.sub(pattern, "", text, flags=re.DOTALL))


@cache
def packed(size: int) -> Fault:
    """A compressed page with `size` bytes of content."""
    body = gzip.compress(b"<html><body><h1>Cherrybrook Care Home</h1>" + b" " * size, 1)
    return lambda answer: replace(answer, body=body, headers={**answer.headers, "Content-Encoding": "gzip"})


def in_an_hour() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)


KEY_QUESTIONS = r'<ul class="(?:rating-list|overview-ratings)">.*?</ul>|<h2>Inspection areas</h2>.*?(?=</main>)'

RATINGS = (
    rf'{KEY_QUESTIONS}|<p class="(?:overall|rating)">.*?</p>|<h2>Ratings</h2>'
    r'|<div class="rating-state[^"]*"><p><span>Overall</span>.*?</p></div>'
)

NEW_LAYOUT = "<!DOCTYPE html><html><head><title>CQC</title></head><body><cqc-service data='eyJ4Ijo'></cqc-service></body></html>"


def asks_to_be_left_alone(code: int, retry_after: str | int) -> Fault:
    """Makes the site ask for a pause, but only after a second. By then the check of the service `OTHER` has begun. If the site
    asked earlier, `OTHER` would not be read either, and there would be an outage of the whole site."""
    return server.late(server.status(code, retry_after=retry_after), 1)


BLINDING = [
    pytest.param(lambda _: server.status(401), id="the site asks for a sign-in (401)"),
    pytest.param(lambda _: server.status(403), id="the site refuses (403)"),
    pytest.param(lambda _: asks_to_be_left_alone(429, 90), id="too many requests, with a wait of 90 seconds"),
    pytest.param(lambda _: asks_to_be_left_alone(429, in_an_hour()), id="too many requests, with a wait until a given time"),
    pytest.param(lambda _: server.status(500), id="the site fails (500)"),
    pytest.param(lambda _: server.status(502), id="bad gateway (502)"),
    pytest.param(lambda _: asks_to_be_left_alone(503, 60), id="unavailable (503)"),
    pytest.param(lambda _: MAINTENANCE, id="a maintenance page with status 200"),
    pytest.param(lambda _: CHALLENGE, id="a challenge page with status 200"),
    pytest.param(lambda _: server.reset, id="the connection is reset"),
    pytest.param(lambda _: server.slow(3), id="the site does not answer in time"),
    pytest.param(lambda _: server.cut(), id="the body is cut short"),
    pytest.param(lambda _: server.cut(honest=True), id="the page is cut short at its source"),
    pytest.param(lambda _: server.empty, id="the body is empty"),
    pytest.param(lambda _: without(RATINGS), id="the rating block is missing"),
    pytest.param(lambda _: server.redirect(f"/location/{OTHER}"), id="the site redirects to another service"),
    pytest.param(lambda _: server.redirect("https://example.org/"), id="the site redirects to another site"),
    pytest.param(lambda _: server.redirect(f"/location/{HOME}"), id="the site redirects in a circle"),
    pytest.param(lambda _: server.status(404), id="not found (404)"),
    pytest.param(lambda _: server.status(410), id="gone (410)"),
    pytest.param(lambda _: server.content_type("image/png"), id="the header says that the page is a picture"),
    pytest.param(lambda _: server.content_type("application/octet-stream"), id="the header gives an unknown type of content"),
    pytest.param(lambda _: server.huge(50_000_000), id="a page of 50 MB"),
    pytest.param(lambda _: packed(50_000_000), id="a compressed page of 50 MB"),
    pytest.param(lambda site: site.another(OTHER), id="the page of another service"),
    pytest.param(lambda site: site.as_now(HOME), id="an old page"),
    pytest.param(lambda _: server.body(NEW_LAYOUT), id="an unknown layout"),
]
