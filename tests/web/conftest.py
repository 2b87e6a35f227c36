"""Fixtures for tests that use the pages as people do. They run a real server on loopback with a real database, a person of each
role, and a real browser.

pages     the server with its parts and its clock
clients   a signed-in HTTP client for each role, and a client for a stranger (see `WHO`)
page      a page in Chromium; `pages.sign_in(page, "editor")` signs the browser in
assert_accessible(page)   checks that axe finds no violation
assert_usable(page)       checks the same in a wide and in a narrow window, and that nothing is cut off
"""

import asyncio
import os
import shutil
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from math import inf
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
import uvicorn
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Browser, Dialog, Locator, Page, expect, sync_playwright

from monitor.app import App, build
from monitor.http import trusted
from monitor.settings import load
from monitor.store.people import Person, Role
from monitor.web.app import create_app
from monitor.web.parts import session_cookie
from monitor.web.serving import listening, server
from tests.conftest import World
from tests.programs import PATIENCE
from tests.simulated.services import ENTERED, Service
from tests.web.hands import assert_whole

_CHROMIUMS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
CHROMIUM = next(filter(Path.exists, _CHROMIUMS), _CHROMIUMS[-1])
"""The Chromium that tests use. Headless Chromium is preferred, because pages then take a third of the time."""

ARGUMENTS = ("--no-sandbox", "--js-flags=--no-opt,--no-maglev", "--renderer-process-limit=1")
"""The browser's start options. Without optimisation, axe needs only half of the time, because each page runs axe's code only
once. The last option stops the browser from starting processes for pages that are never opened."""

SIZES = ((1280, 800), (320, 800))
"""The sizes of the windows in which pages are tested."""

STRANGER = "stranger"
WHO = (STRANGER, *(str(role) for role in Role))
COOKIE = "cqc-monitor-session"

T = TypeVar("T")

expect.set_options(timeout=PATIENCE * 1000)  # the defaults, 5 and 30 s, are too short for a busy machine


def done(world: World, *arguments: str) -> str:
    """Runs a command that must succeed, like World.done, but in another thread, because the browser's event loop runs in the
    present thread."""
    return _aside(world.done, *arguments)


def run(world: World, *arguments: str) -> tuple[int, str, str]:
    """Runs a command like World.run, but in another thread."""
    return _aside(world.run, *arguments)


def _aside(command: Callable[..., T], *arguments: str) -> T:
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(command, *arguments).result()


@dataclass
class Clock:
    """The clock of the pages. It is ahead of the real time by `later`."""

    later: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.later


@dataclass
class Pages:
    """A running server. `url` has no trailing slash."""

    url: str
    app: App
    clock: Clock
    people: dict[str, Person] = field(default_factory=dict)

    def session(self, who: str) -> str:
        """Begins a session of the person with this role. Returns the value of the cookie."""
        person = self.people[who]
        token = self.app.store.people.new_link(person.email, now=self.clock())
        entered = self.app.store.people.use_link(token, browser="Chromium", may_join=(), now=self.clock())
        assert entered is not None
        return session_cookie(self.app, entered.token)

    def client(self, who: str = STRANGER) -> httpx.Client:
        """Returns a client that sends forms as our pages do. It is signed in as the person with this role, or is a stranger."""
        cookies = {} if who == STRANGER else {COOKIE: self.session(who)}
        return self.program(cookies=cookies, headers={"Sec-Fetch-Site": "same-origin"})

    def program(self, **options: Any) -> httpx.Client:
        """Returns a client with these options of httpx. All clients share the certificate authorities, because reading the
        authorities takes longer than any page."""
        return httpx.Client(base_url=self.url, verify=trusted(), timeout=PATIENCE, **options)

    def sign_in(self, page: Page, who: str) -> None:
        """Signs a browser in."""
        page.context.add_cookies([{"name": COOKIE, "value": self.session(who), "url": self.url}])


class _Ending(uvicorn.Server):
    """A server that ends at once when a test asks. Uvicorn alone checks only ten times a second whether it must end, and then
    waits a tenth of a second for its connections. A short test of a page would spend most of its time waiting."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._told = asyncio.Event()

    def end(self, thread: threading.Thread) -> None:
        """Ends the server, and waits for its thread."""
        while self._loop is None and thread.is_alive():  # the server is still starting
            time.sleep(0.001)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._told.set)
        thread.join()

    async def main_loop(self) -> None:
        await self.on_tick(0)
        self._loop = asyncio.get_running_loop()
        await self._told.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for one in (*self.servers, *(sockets or ())):
            one.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        while self.server_state.connections or self.server_state.tasks:
            await asyncio.sleep(0.001)


@contextmanager
def served(app: App, clock: Clock) -> Iterator[Pages]:
    """Runs the pages of a monitor on a free port of loopback, with a person of each role (reader@council.example and so on)."""
    with listening("127.0.0.1", 0) as bound:
        running = _Ending(server(create_app(app, clock)).config)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            pages = Pages(f"http://127.0.0.1:{bound.getsockname()[1]}", app, clock)
            for role in Role:
                pages.people[role] = app.store.people.invite(f"{role}@council.example", role, None, clock())
            yield pages
        finally:
            running.end(thread)


@pytest.fixture
def pages(alone: Path, begun: None) -> Iterator[Pages]:
    """The pages with an empty database."""
    app = build(load())
    try:
        with served(app, Clock()) as running:
            yield running
    finally:
        app.store.close()


def give_second_address(pages: Pages, watchlist: str, address: str) -> None:
    """Makes the editor the owner of a watchlist and gives it a second address."""
    me = pages.people["editor"].id
    pages.app.store.watchlists.change(
        watchlist, new_name=watchlist, owner=me, second_address=address, person=me, now=pages.clock()
    )


@pytest.fixture
def mailing(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """The pages of a monitor that can send mail to people at council.example. `world.mail` receives the mail."""
    monkeypatch.setenv("SIGN_IN_DOMAINS", "council.example, lead@trust.example")
    app = build(load())
    try:
        with served(app, Clock()) as running:
            yield running
    finally:
        app.store.close()


@pytest.fixture
def clients(pages: Pages) -> Iterator[Mapping[str, httpx.Client]]:
    """A client for each role, and one for "stranger"."""
    made = {who: pages.client(who) for who in WHO}
    yield made
    for client in made.values():
        client.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The running Chromium, which all tests share."""
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        loop = asyncio._get_running_loop()
        yield chromium
        asyncio._set_running_loop(loop)  # the last test may have hidden the loop (tests/conftest.py)
        chromium.close()


LOOKS = {
    Page: ("content", "title", "evaluate", "eval_on_selector_all", "query_selector", "query_selector_all", "screenshot"),
    Locator: (
        "all", "all_inner_texts", "all_text_contents", "bounding_box", "count", "evaluate_all", "is_checked", "is_visible",
        "is_hidden", "inner_text", "text_content",
    ),
}  # fmt: skip
"""The methods that read a page in its present state, without waiting."""


def _once_loaded(look: Callable[..., T]) -> Callable[..., T]:
    """Makes a method wait until the page has loaded. A click waits only until the next page begins to arrive. On a busy
    machine, a test that reads the page at once would see only a part of it."""

    @wraps(look)
    def later(seen: Page | Locator, *arguments: Any, **options: Any) -> T:
        (seen if isinstance(seen, Page) else seen.page).wait_for_load_state()
        return look(seen, *arguments, **options)

    return later


for _kind, _names in LOOKS.items():
    for _name in _names:
        setattr(_kind, _name, _once_loaded(getattr(_kind, _name)))


def opened(browser: Browser, pages: Pages) -> AbstractContextManager[Page]:
    """Opens a page in the browser, without a session. Relative addresses lead to our pages. An error in the console fails the
    test (see `watched`)."""
    return watched(browser, pages.url)


@contextmanager
def watched(browser: Browser, url: str, **options: Any) -> Iterator[Page]:
    """Opens a page like `opened`, at any address and with options of the browser. An error in the console fails the test, because
    it may be a breach of the Content-Security-Policy. A dialog also fails the test, because only a foreign script can open a
    dialog."""
    context = browser.new_context(base_url=url, locale="en-GB", **options)
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def dismiss(dialog: Dialog) -> None:
        complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    yield page
    context.close()
    assert [one for one in complaints if "status of 4" not in one] == []  # error pages are expected


@pytest.fixture
def page(browser: Browser, pages: Pages) -> Iterator[Page]:
    """A browser with the pages of an empty database."""
    with opened(browser, pages) as page:
        yield page


HOSTILE = "Rose & Crown <script>alert(1)</script> \u202eemoH eraC\u202c {{ 7*7 }}"
FALLEN, HOSTILE_ONE, UNREAD = "1-100000001", "1-100000002", "1-100000009"


@dataclass
class Kept:
    """A saved database with events. Tests reuse the database for one minute. After that, its times would be too old."""

    folder: Path
    url: str = ""
    made_at: float = -inf

    def keep(self, state: Path, url: str) -> None:
        """Saves the contents of state/, with the site at `url`."""
        shutil.rmtree(self.folder)
        shutil.copytree(state, self.folder)
        self.url, self.made_at = url, time.monotonic()

    def put(self, state: Path, url: str) -> bool:
        """Restores the contents to state/ as if the site had always been at `url`. Returns False if the saved contents are too
        old."""
        if time.monotonic() - self.made_at > 60:
            return False
        shutil.copytree(self.folder, state, dirs_exist_ok=True)
        with closing(sqlite3.connect(state / "monitor.db")) as database, database:
            for table in ("page", "evidence"):
                database.execute(f"UPDATE {table} SET url = replace(url, ?, ?)", (self.url, url))
        return True


@pytest.fixture(scope="session")
def fallen_kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """The saved database of `fallen`."""
    return Kept(tmp_path_factory.mktemp("fallen"))


@pytest.fixture
def fallen(world: World, fallen_kept: Kept, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """The pages of a monitor that watches three services for the "North team". Larch Grove and a service with a hostile name
    have fallen and entered special measures. The third service cannot be read."""
    services = [Service(location_id=FALLEN, name="Larch Grove"), Service(location_id=HOSTILE_ONE, name=HOSTILE)]
    world.site.add(services)
    state, elsewhere = world.folder / "state", "DATABASE_URL" in os.environ
    there = not elsewhere and fallen_kept.put(state, world.site.url)
    if not there:
        done(world, "watch", "add", "North team", FALLEN, HOSTILE_ONE)
        done(world, "check")
    for one in services:
        one.inspect(
            on=date(2026, 10, 1),
            published=date(2026, 11, 20),
            overall="Inadequate",
            special_measures=ENTERED,
            safe="Inadequate",
            well_led="Inadequate",
        )
    if not there:
        done(world, "watch", "add", "North team", UNREAD)
        run(world, "check")
        if not elsewhere:
            fallen_kept.keep(state, world.site.url)
    monkeypatch.setenv("STALE_AFTER", "1s")
    app = build(load())
    try:
        with served(app, Clock(timedelta(minutes=1))) as pages:
            yield pages
    finally:
        app.store.close()


@pytest.fixture
def fallen_page(browser: Browser, fallen: Pages) -> Iterator[Page]:
    """A browser with the pages of `fallen`."""
    with opened(browser, fallen) as page:
        yield page


def assert_accessible(page: Page) -> None:
    """Checks that axe finds no violation, that the page has exactly one main heading, and that the page is not wider than the
    window. Also checks that no id occurs twice, because a label would lead to the wrong field."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.add_init_script(AXE_SCRIPT)  # half a megabyte, which the browser compiles once for later pages
    # Most of axe's result is about checks that passed. Returning these checks would double the time.
    said = page.evaluate("axe.run({resultTypes: ['violations']}).then(({violations}) => ({violations}))")
    found = AxeResults(said)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    headings, ids, wide = page.evaluate(_STANDS)
    assert headings == 1, page.url
    assert len(ids) == len(set(ids)), f"{page.url}: an id is used twice: {sorted(ids)}"
    assert wide <= 0, f"{page.url}: {wide} pixels wider than the window"


# A single evaluation is faster than locators, for which Playwright first injects a large script into each page.
_STANDS = """() => [
    document.querySelectorAll("h1").length,
    [...document.querySelectorAll("[id]")].map((one) => one.id),
    document.documentElement.scrollWidth - document.documentElement.clientWidth,
]"""
"""The number of main headings, the ids, and by how many pixels the page is wider than the window."""


def assert_usable(page: Page, sizes: Sequence[tuple[int, int]] = SIZES) -> None:
    """Checks that the present page is not cut off and is accessible in windows of these sizes. The page is not loaded again."""
    now = page.viewport_size
    # The page's present size is the first.
    for width, height in sorted(sizes, key=lambda one: one != (now and (now["width"], now["height"]))):
        page.set_viewport_size({"width": width, "height": height})
        assert_whole(page)
        assert_accessible(page)
