"""Tests every page in the permissions table in a real browser, with data and without. Axe finds no violation, and nothing is cut
off in a window of 320 pixels. The answers to empty forms are tested too. The data contain the most hostile names that are
possible.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page

from monitor.app import build
from monitor.cqc.location_list import read_upload
from monitor.events import Event
from monitor.model import When
from monitor.settings import load
from monitor.store.happened import Wanted
from monitor.store.subscriptions import Wishes
from monitor.web.parts import segment
from monitor.web.permissions import PERMISSIONS
from tests.conftest import World
from tests.registered import care, take
from tests.simulated.services import ENTERED, Service
from tests.web.conftest import FALLEN, HOSTILE_ONE, SIZES, UNREAD, Clock, Pages, assert_usable, done, opened, run, served
from tests.web.hands import assert_whole
from tests.web.walk import Known, known_of_a_fall, paths

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
NAME = f"""Rose & Crown {SCRIPT} "quoted" 'quoted' \u202eemoH eraC\u202c zero\u200bwidth {{{{ 7*7 }}}} 👩‍⚕️ {"long" * 40}"""
PROVIDER = f"Meridian {SCRIPT} Limited, {'a' * 200}"
WATCHLIST = f'=cmd|"/c calc"!A1 {SCRIPT} key 🏠 {"w" * 60}'[:100]
NOTE = f"Strategy meeting {SCRIPT} {'n' * 300}"
SENTENCE = f"{ENTERED} The provider {SCRIPT} was told."

HOMES = (FALLEN, HOSTILE_ONE)


@dataclass(frozen=True)
class Hostile:
    """The pages of a monitor with hostile text in all data, and values for the placeholders in the pages' addresses."""

    pages: Pages
    world: World
    known: Known


@pytest.fixture
def hostile(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hostile]:
    """Two services have fallen. Their names, their provider, their watchlist and their reports contain hostile text. The alerts
    were sent, and somebody has acknowledged a fall with a hostile note. A third service cannot be read."""
    monkeypatch.setenv("OPERATOR", "mailto:oncall@council.example")
    address = f"1 {SCRIPT} Street"
    homes = [Service(location_id=one, name=NAME, provider=PROVIDER, address=address) for one in HOMES]
    world.site.add(homes)
    done(world, "watch", "add", WATCHLIST, FALLEN, HOSTILE_ONE)
    done(world, "subscribe", WATCHLIST, "mailto:editor@council.example")
    done(world, "check")
    done(world, "deliver")
    for one in homes:
        one.inspect(
            on=date(2026, 10, 1),
            published=date(2026, 11, 20),
            overall="Inadequate",
            safe="Inadequate",
            special_measures=SENTENCE,
            breaches=f"The provider was in breach of Regulation 12 {SCRIPT}.",
        )
    done(world, "watch", "add", WATCHLIST, UNREAD)
    run(world, "check")
    done(world, "deliver")
    monkeypatch.setenv("STALE_AFTER", "1s")
    app = build(load())
    try:
        with served(app, Clock(timedelta(minutes=1))) as pages:
            yield Hostile(pages, world, settled(pages))
    finally:
        app.store.close()


def settled(pages: Pages) -> Known:
    """Does what people would do in the pages. Returns values for the placeholders in the pages' addresses."""
    store, people, now = pages.app.store, pages.people, datetime.now(UTC)
    fallen = [care(one, "inadequate", name=NAME, provider_id="1-10000001", provider_name=PROVIDER, brand=SCRIPT) for one in HOMES]
    good = [replace(one, overall="good", published=date(2024, 1, 1)) for one in fallen]
    take(pages.app.store.engine, [(date(2026, 10, 5), good), (date(2026, 11, 5), fallen)])
    wishes = Wishes(when=When.WEEKLY, at=time(7, 30), day="mon", still_watching=True, left_out=frozenset())
    store.subscriptions.add(people["reader"], WATCHLIST, "mailto:colleague@trust.example", wishes, now)
    fell = the_fall(pages)
    store.acknowledgements.acknowledge([fell.id], people["editor"].id, NOTE, now)
    for role in ("reader", "operator"):
        store.keys.make(people[role], SCRIPT, now)
        store.feeds.renew(WATCHLIST, people[role], now)
    return replace(known_of_a_fall(pages.app, WATCHLIST, FALLEN, fell.id, now), provider=segment(SCRIPT))


def the_fall(pages: Pages) -> Event:
    found = pages.app.store.happened.newest(Wanted(), 100)
    return next(one for one, _ in found if one.location_id == FALLEN and one.of == "overall")


@pytest.fixture
def before(browser: Browser, hostile: Hostile) -> Iterator[Page]:
    """A browser with the hostile pages. If a hostile script ran, the browser would show a dialog or an error in the console, and
    the test would fail."""
    with opened(browser, hostile.pages) as page:
        yield page


@pytest.mark.slow
def test_every_page_can_be_used_and_shows_hostile_text_as_text(hostile: Hostile, before: Page) -> None:
    addresses = [path for _, path in paths(hostile.known)]
    inside = [path for path in addresses if not hostile.known.is_open(path)]
    seen = []
    for path in (*(one for one in addresses if hostile.known.is_open(one)), *inside):
        if path == inside[0]:
            hostile.pages.sign_in(before, "operator")
        answer = before.goto(path)
        assert answer is not None and answer.status == 200, path
        assert answer.headers["content-type"].startswith("text/html"), f"{path} is not a page: add it to walk.FOR_PROGRAMS"
        assert_usable(before)
        foreign, text = before.evaluate("[document.querySelectorAll('main script, main img').length, document.body.innerText]")
        assert before.locator(".crumbs").count() == before.locator(".crumbs li:last-child[aria-current=page]").count(), path
        assert foreign == 0, path
        assert "\u202e" not in text and "\u200b" not in text and "49" not in re.findall(r"width (\S+)", text), path
        seen += [path] if SCRIPT in text else []
    assert len(seen) >= 10, seen  # these pages show hostile text


def test_a_page_without_data_can_be_used(pages: Pages, page: Page) -> None:
    pages.sign_in(page, "operator")
    for _, path in paths(Known()):
        if path == "/sign-in":
            continue  # a signed-in person is redirected to the home page
        page.goto(path)
        assert_usable(page, SIZES[1:])


@pytest.mark.slow
def test_the_answer_to_an_empty_form_says_what_is_wrong(hostile: Hostile, before: Page) -> None:
    """The page that answers each form must be usable too."""
    hostile.pages.sign_in(before, "operator")
    found = [one for one, taken in hostile.pages.app.store.happened.newest(Wanted(), 100) if not taken]
    known = replace(hostile.known, event=found[0].id)  # an event without an acknowledgement
    before.goto("/sessions")  # each form is sent from the page that answered the form before
    for route in sorted(PERMISSIONS, key=lambda one: one.endswith("/delete")):  # the form that deletes the watchlist comes last
        method, _, path = route.partition(" ")
        if method != "POST" or path in {"/sign-out", "/sign-in/{token}"} or "end" in path.split("/"):
            continue
        if re.search(r"\{(key|session|person)\}", path):
            continue
        with before.expect_navigation():
            before.evaluate(
                "path => { const form = document.createElement('form'); form.method = 'post'; form.action = path;"
                " document.body.append(form); form.submit(); }",
                known.at(path),
            )
        assert_usable(before, SIZES[1:])
        title, alert, lost, focused = before.evaluate(_SAID)
        if title.startswith("Error: "):
            assert "There is a problem" in alert, path
            assert focused, f"{path}: the error summary does not take the focus"
            assert lost == [], f"{path}: leads nowhere"


_SAID = """() => {
    const alerts = [...document.querySelectorAll("[role=alert]")];
    const links = [...document.querySelectorAll(".error-summary a")].map((one) => one.getAttribute("href") || "#none");
    return [
        document.title,
        alerts.length === 1 && alerts[0].checkVisibility() ? alerts[0].innerText : "",
        links.filter((one) => document.querySelectorAll(one).length !== 1),
        document.activeElement.matches(".error-summary"),
    ];
}"""
"""Returns a page's title, the text of its only alert, the links in its error summary that lead to no field or to several
fields, and whether the error summary has the focus."""


def test_files_feeds_and_mail_contain_hostile_text_as_text(hostile: Hostile) -> None:
    with hostile.pages.client("operator") as client:
        csv = client.get(f"/watchlists/{hostile.known.watchlist}/export.csv").text
        feed = client.post(f"/feeds/{hostile.known.watchlist}").text
        key = re.findall(r"/feeds/([\w-]+)\.atom", feed)[0]
        atom, as_json = client.get(f"/feeds/{key}.atom").content, client.get(f"/feeds/{key}.json").text
        api = client.get("/api/services").json()
    assert SCRIPT in csv.replace('""', '"')
    assert not re.search(r'(?m)(^|,)"?[=+@-]', csv.replace("–", "")), "a cell starts a formula"
    assert read_upload(csv.encode(), base_url=hostile.world.site.url).ids  # the exported ids can be imported
    assert SCRIPT in "".join(ElementTree.fromstring(atom).itertext())
    assert any(SCRIPT in one["title"] for one in json.loads(as_json)["items"])
    assert SCRIPT in json.dumps(api, ensure_ascii=False)
    alert = hostile.world.mail.to("editor@council.example")[-1]
    assert SCRIPT in alert.text and "\u202e" not in alert.text + alert.subject
    assert "<script" not in alert.html and "<img src=x" not in alert.html
    assert "\n" not in alert.subject


def test_pages_can_be_used_with_text_twice_as_large(hostile: Hostile, before: Page) -> None:
    hostile.pages.sign_in(before, "operator")
    before.set_viewport_size({"width": 1280, "height": 800})
    session = before.context.new_cdp_session(before)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    for _, path in paths(hostile.known):
        if not hostile.known.is_open(path):
            before.goto(path)
            assert before.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > 30
            assert_whole(before)


def test_a_keyboard_user_can_skip_the_navigation(fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "operator")
    fallen_page.goto("/")
    fallen_page.keyboard.press("Tab")
    assert fallen_page.evaluate("document.activeElement.textContent") == "Skip to main content"
    fallen_page.keyboard.press("Enter")
    fallen_page.keyboard.press("Tab")
    assert fallen_page.evaluate("document.activeElement.closest('main') !== null")
