"""Tests in a real browser that the home page, a watchlist's page and the page Monitor never say that all is well if alerts may be
missing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from monitor.app import build
from monitor.settings import load
from monitor.store.database import writing
from monitor.store.tables import SubscriptionRow, table
from tests.conftest import World
from tests.simulated.server import status
from tests.simulated.services import Service
from tests.web.conftest import Clock, Pages, assert_usable, done, opened, run, served

HOME, OTHER = "1-100000001", "1-100000002"
LIST = "/watchlists/Leeds"
GOOD_NEWS = "Nothing is wrong"


@contextmanager
def served_here() -> Iterator[Pages]:
    """Runs the pages with the present database."""
    app = build(load())
    try:
        with served(app, Clock()) as pages:
            yield pages
    finally:
        app.store.close()


def says(page: Page, path: str) -> str:
    """Returns the text of a page, on one line."""
    page.goto(path)
    return " ".join(page.locator("main").inner_text().split())


def test_a_new_monitor_says_that_nothing_is_watched_and_what_is_not_set_up(pages: Pages, page: Page) -> None:
    pages.sign_in(page, "operator")
    home, monitor = says(page, "/"), says(page, "/monitor")
    assert "Nothing is watched yet." in home and "Nothing is watched yet." in monitor
    assert "Email is not set up, so no message and no sign-in link can be sent by email." in home
    assert GOOD_NEWS not in home + monitor
    assert "Not set: CONTACT, OPERATOR, HEARTBEAT_URL, SMTP_URL, MAIL_FROM." in monitor
    page.goto("/")
    assert_usable(page)


def test_no_page_says_that_services_were_read_if_the_site_was_down_from_the_start(world: World, browser: Browser) -> None:
    world.site.add([Service(location_id=HOME), Service(location_id=OTHER)])
    world.site.fail(status(503))
    done(world, "watch", "add", "Leeds", HOME, OTHER)
    done(world, "subscribe", "Leeds", "mailto:lead@council.example")
    run(world, "check")
    with served_here() as pages, opened(browser, pages) as page:
        pages.sign_in(page, "reader")
        home, watchlist = says(page, "/"), says(page, LIST)
        for said in (home, watchlist):
            assert "Alerts may not be made or may not arrive: no service has ever been read" in said and GOOD_NEWS not in said
        assert "We may have missed something." in home and "Nothing changed, as far as we could read." in home
        page.goto("/")
        expect(page.get_by_role("row").filter(has_text=HOME)).to_contain_text("503")
        page.goto(f"{LIST}?unread=yes")
        expect(page.get_by_role("table", name="Services").get_by_role("row")).to_have_count(3)
        assert "No service matches." in says(page, f"{LIST}?rating=unrated")
        expect(page.locator("main")).to_contain_text("0 of 2 services")
        page.goto("/watchlists")
        assert page.get_by_role("row").filter(has_text="Leeds").locator("td").all_inner_texts() == [
            *("2", "none read yet", "none read yet", "2", "1 alerted now", "nobody"),
        ]
        pages.sign_in(page, "operator")
        monitor = says(page, "/monitor")
        assert "no service has ever been read" in monitor and "never read 2" in monitor and "up to date 0" in monitor


def test_the_pages_for_subscribing_and_signing_in_say_that_email_is_not_set_up(
    world: World, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.site.add([Service(location_id=HOME)])
    for name in ("SMTP_URL", "MAIL_FROM"):
        monkeypatch.delenv(name)
    done(world, "watch", "add", "Leeds", HOME)
    done(world, "check")
    with served_here() as pages, opened(browser, pages) as page:
        asked = says(page, "/sign-in")
        assert "Email is not set up" in asked and "cqc-monitor invite ADDRESS" in asked
        page.get_by_label("Email address").fill("reader@council.example")
        page.get_by_role("button", name="Send me a link").click()
        expect(page.locator("main")).to_contain_text("Email is not set up")
        expect(page.locator("main")).not_to_contain_text("on its way")
        pages.sign_in(page, "editor")
        assert "Email is not set up" in says(page, "/subscriptions")
        page.get_by_role("combobox", name="Watchlist").select_option("Leeds")
        page.get_by_role("button", name="Subscribe").click()
        expect(page.locator("main")).to_contain_text("email is not set up, so messages to this address wait")
        expect(page.get_by_role("row").filter(has_text="editor@council.example")).to_contain_text("Can’t be delivered")
        home, watchlist = says(page, "/"), says(page, LIST)
        for said in (home, watchlist):
            assert "1 address waits for email, which is not set up" in said and GOOD_NEWS not in said
        assert "Nobody is alerted about this watchlist now (1 unreachable)." in watchlist
        pages.sign_in(page, "operator")
        assert "1 address waits for email, which is not set up (SMTP_URL and MAIL_FROM)" in says(page, "/monitor")


def test_if_all_subscriptions_are_paused_no_page_says_that_somebody_is_alerted(world: World, browser: Browser) -> None:
    world.site.add([Service(location_id=HOME)])
    done(world, "watch", "add", "Leeds", HOME)
    for who in ("lead", "deputy"):
        done(world, "subscribe", "Leeds", f"mailto:{who}@council.example", "--quiet")
    done(world, "check")
    with served_here() as pages, opened(browser, pages) as page:
        pages.sign_in(page, "reader")
        home = says(page, "/")
        assert "No daemon is running, so services are checked only when somebody or a timer runs check" in home
        assert "our readings have never been compared with CQC's files." in home and GOOD_NEWS not in home
        assert "2 alerted now." in says(page, LIST)
        with writing(pages.app.store.engine) as connection:
            until = pages.clock() + timedelta(days=20)
            connection.execute(update(table(SubscriptionRow)).values(paused_until=until))
        home, watchlist = says(page, "/"), says(page, LIST)
        for said in (home, watchlist):
            assert "1 watchlist alerts nobody: Leeds" in said and GOOD_NEWS not in said
        assert "Nobody is alerted about this watchlist now (2 paused until" in watchlist
        assert "Nobody is alerted about this service now (2 paused until" in says(page, f"/services/{HOME}")
        pages.sign_in(page, "operator")
        assert "1 watchlist alerts nobody: Leeds: 2 paused" in says(page, "/monitor")
