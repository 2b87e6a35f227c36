"""Tests a service's page: its state and history, its events, who is alerted, and whether the data are up to date."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from monitor.app import build
from monitor.model import When
from monitor.settings import load
from monitor.store.subscriptions import Wishes
from monitor.text import LONDON, day
from tests.conftest import World
from tests.registered import care, take
from tests.simulated.services import Service
from tests.web.conftest import FALLEN, HOSTILE_ONE, UNREAD, Clock, Pages, assert_usable, done, opened, served

ODD = "1-100000003"
FORCED = """() => {
    const of = (element, property) => getComputedStyle(element)[property];
    const probe = document.body.appendChild(document.createElement("p"));
    probe.style.cssText = "forced-color-adjust: none; color: CanvasText; background-color: Canvas";
    const items = [...document.querySelectorAll(".navigation li")];
    return {
        text: of(probe, "color"),
        ground: of(probe, "backgroundColor"),
        label: of(document.querySelector(".timeline text"), "fill"),
        here: of(items.find((one) => one.matches(".here")), "borderBottomColor"),
        others: [...new Set(items.filter((one) => !one.matches(".here")).map((one) => of(one, "borderBottomColor")))],
    };
}"""
"""Returns the colours of labels and of the navigation's underlines, and the system's colours for text and background."""
WISHES = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon")


def test_a_services_page_shows_the_present_state_the_history_and_the_events(fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "reader")
    fallen_page.goto(f"/services/{FALLEN}")
    page = fallen_page
    expect(page.get_by_role("heading", level=1)).to_have_text("Larch Grove")
    ratings = page.get_by_role("table", name="Ratings", exact=True)
    expect(ratings.get_by_role("row").filter(has_text="Overall")).to_contain_text("20 November 2026")
    expect(ratings.get_by_role("row").filter(has_text="Effective")).to_contain_text("Good")
    expect(page.locator("blockquote").first).to_contain_text("placed in special measures")
    drawing = page.get_by_role("img", name="Ratings of Larch Grove over time")
    expect(drawing).to_be_visible()
    expect(drawing).to_have_accessible_description(
        "Overall is now inadequate. Safe is now inadequate. Effective is now good. Caring is now good. "
        "Responsive is now good. Well-led is now inadequate. The table below has the same content, with all dates."
    )
    rows = page.get_by_role("table", name="Ratings by date").get_by_role("row")
    expect(rows.nth(1)).to_contain_text("20 November 2026")
    expect(rows.nth(2)).to_contain_text("18 April 2023")
    expect(page.locator(".events")).to_contain_text("Overall rating fell from Good to Inadequate")
    page.emulate_media(forced_colors="active", color_scheme="dark")
    colours = page.evaluate(FORCED)
    assert colours["label"] == colours["text"] != colours["ground"]  # axe does not check the labels in drawings
    assert colours["others"] == [colours["ground"]] and colours["here"] != colours["ground"]
    page.emulate_media(forced_colors="none")
    event = fallen.app.store.glance.events_of(FALLEN, 1)[0]
    assert page.locator(f'.events a[href="/events/{event.id}"]').count() == 1
    links = page.get_by_role("link", name="on CQC’s site").or_(page.get_by_role("link", name="This service on CQC’s site"))
    assert links.first.get_attribute("href") == f"{fallen.app.settings.cqc_base_url}/location/{FALLEN}"


def test_the_page_of_a_service_that_cannot_be_read_says_that_nothing_is_known_and_why(fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "reader")
    fallen_page.goto(f"/services/{UNREAD}")
    expect(fallen_page.get_by_role("heading", level=1)).to_have_text(UNREAD)
    expect(fallen_page.locator(".warning")).to_contain_text("not up to date")
    expect(fallen_page.locator("main")).to_contain_text("This service has not been read yet.")
    expect(fallen_page.locator("main")).to_contain_text("We do not know, because the service’s page was never read.")
    expect(fallen_page.locator("main")).to_contain_text("Problem")


def test_a_service_that_was_not_read_yet_is_shown_with_the_registers_data_and_date(fallen: Pages, fallen_page: Page) -> None:
    """Every page that lists the service shows the service's name instead of its id."""
    october, november, page = date(2026, 10, 5), date(2026, 11, 13), fallen_page
    facts: dict[str, Any] = {"name": "Rose Court", "specialisms": ("Dementia",), "brand": "Brand & Co"}
    facts |= {"provider_id": "1-101600001"}
    good = care(UNREAD, "good", provider_name="Rose Limited", **facts)
    bad = replace(good, overall="inadequate", published=october, inherited=True)
    twin = care("1-300000009", name="Rose Court (Lane Limited)", primary_id=UNREAD)
    take(fallen.app.store.engine, [(october, [good, twin]), (november, [bad, twin])])
    fallen.sign_in(page, "operator")
    page.goto(f"/services/{UNREAD}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rose Court")
    main = page.locator("main")
    for words in ("Leicestershire", "Brand & Co", "Dementia", "1 January 2015", "has not been read yet", "inherited"):
        expect(main).to_contain_text(words)
    expect(page.get_by_role("table", name="Ratings in CQC’s file of 13 November 2026")).to_contain_text("Inadequate")
    rows = page.get_by_role("table", name="Ratings by the date of the file").get_by_role("row")
    expect(rows.nth(1)).to_contain_text("5 October 2026")
    expect(rows.nth(1)).to_contain_text("Good")
    expect(rows.nth(2)).to_contain_text("Inadequate")
    expect(main).to_contain_text("Also registered as: Rose Court (Lane Limited)")
    assert page.get_by_role("link", name="Rose Limited").get_attribute("href") == "/providers/1-101600001"
    assert_usable(page)
    assert not fallen.app.store.services.history(UNREAD)
    for path in ("/", "/monitor", "/watchlists/North~20team", f"/services/{UNREAD}"):
        page.goto(path)
        assert "Rose Court" in page.locator("main").inner_text() and page.get_by_role("link", name=UNREAD).count() == 0, path
    row = page.goto("/watchlists/North~20team") and page.get_by_role("row").filter(has_text="Rose Court")
    assert row
    expect(row).to_contain_text("CQC’s file of 13 November 2026")
    page.goto("/watchlists")
    expect(page.get_by_role("row").filter(has_text="North team")).to_contain_text("1 according to CQC’s file of 13 November")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param("/services/1-999999999", 404, id="a service that nobody watches"),
        pytest.param("/services/nonsense", 404, id="a word in place of an id"),
        pytest.param("/services/%3Cscript%3E", 404, id="markup"),
        pytest.param("/services/AP5373", 404, id="an assessment's id"),
        pytest.param(f"/services/%20{FALLEN}", 303, id="an id with a space"),
    ],
)
def test_unknown_and_malformed_ids_of_services_are_not_found(path: str, status: int, fallen: Pages) -> None:
    with fallen.client("reader") as client:
        assert client.get(path).status_code == status


def test_editors_see_all_alerted_addresses_and_readers_only_their_own(fallen: Pages) -> None:
    now = fallen.clock()
    wishes = Wishes(when=When.DAILY, at=now.time(), day="mon")
    slack = "slack:https://hooks.slack.com/services/T000/B000/abcdefghSECRETwxyz"
    with fallen.client("reader") as reader, fallen.client("editor") as editor:
        assert "Nobody is alerted about this service now" in reader.get(f"/services/{FALLEN}").text
        for address in ("mailto:lead@council.example", "mailto:reader@council.example", slack):
            fallen.app.store.subscriptions.subscribe("North team", address, wishes, quiet=True, now=now)
        seen = reader.get(f"/services/{FALLEN}").text
        assert "reader@council.example: daily" in seen and "lead@council.example" not in seen and "And 2 others" in seen
        seen = editor.get(f"/services/{FALLEN}").text
        assert "lead@council.example: daily" in seen and "hooks.slack.com/…wxyz" in seen and "SECRET" not in seen


def test_every_page_shows_the_same_number_of_alerted_addresses(fallen: Pages) -> None:
    now, store, editor = fallen.clock(), fallen.app.store, fallen.people["editor"]
    store.subscriptions.subscribe("North team", "slack:https://hooks.slack.com/services/T0/B0/x", WISHES, quiet=True, now=now)
    (paused,) = store.subscriptions.all()
    store.subscriptions.pause(paused.subscription.id, editor, now + timedelta(days=20), now)
    unconfirmed = replace(WISHES, when=When.WEEKLY)
    store.subscriptions.add(fallen.people["reader"], "North team", "mailto:else@trust.example", unconfirmed, now)
    until = day((now + timedelta(days=20)).astimezone(LONDON).date())
    with fallen.client("reader") as client:
        for path in ("/watchlists", "/watchlists/North~20team", f"/services/{FALLEN}"):
            assert f"(1 paused until {until}, 1 not confirmed)" in client.get(path).text, path
        store.subscriptions.resume(paused.subscription.id, editor, now)
        for path in ("/watchlists", "/watchlists/North~20team", f"/services/{FALLEN}"):
            assert "1 alerted now (1 not confirmed)" in client.get(path).text, path


def test_the_page_of_a_service_says_that_it_is_on_no_watchlist(fallen: Pages) -> None:
    fallen.app.store.services.unwatch("North team", [FALLEN])
    with fallen.client("reader") as client:
        seen = client.get(f"/services/{FALLEN}")
        assert "on no watchlist. We no longer check it" in seen.text and "Larch Grove" in seen.text


@pytest.fixture
def odd(world: World) -> Iterator[Pages]:
    """The pages of a monitor with an odd service. The service has a very long name, scores and a notice about another profile,
    and was archived."""
    one = Service(location_id=ODD, name="Endless 🏠 " * 30, provider="=cmd|x")
    world.site.add([one])
    done(world, "watch", "add", "Odd", ODD)
    done(world, "check")
    scores = {"Safe": 46, "Caring": 71}
    one.assess(on=date(2025, 1, 1), overall="Requires improvement", report="AP55", scores=scores, safe="Requires improvement")
    done(world, "check")
    one.archived = date(2026, 1, 1)
    one.notices = ['<p>This service changed provider: see <a href="/location/1-100000004">new profile</a></p>']
    done(world, "check")
    app = build(load())
    try:
        with served(app, Clock(timedelta(minutes=1))) as pages:
            yield pages
    finally:
        app.store.close()


def test_pages_of_odd_services_can_be_used_by_everybody(odd: Pages, browser: Browser) -> None:
    with opened(browser, odd) as page:
        odd.sign_in(page, "reader")
        for path in (f"/services/{ODD}", "/watchlists/Odd"):
            page.goto(path)
            assert_usable(page)
            expect(page.locator("main")).to_contain_text("rchived")
        page.goto(f"/services/{ODD}")
        name = " ".join(["Endless 🏠"] * 30)
        expect(page.get_by_role("img")).to_have_accessible_name(f"Ratings and scores of {name} over time")
        expect(page.get_by_role("table", name="Quality statements")).to_contain_text("Learning culture")


def test_the_page_of_every_service_can_be_used_by_everybody(fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "reader")
    for one in (FALLEN, HOSTILE_ONE, UNREAD):
        fallen_page.goto(f"/services/{one}")
        assert_usable(fallen_page)
