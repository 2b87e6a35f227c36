"""Every page in a real browser: nothing that axe finds, no sideways scrolling at 320 pixels, with data and without."""

import pytest
from playwright.sync_api import Page

from tests.web.conftest import Pages, assert_accessible

OPEN = ("/sign-in", "/sign-in/nobodys-token")
PAGES = ("/", "/events", "/subscriptions", "/sessions", "/people", "/audit", "/monitor", "/keys", "/feeds", "/api/docs", "/no-such-page")
"""Add each new page here."""

WIDTHS = pytest.mark.parametrize("width", [pytest.param(1280, id="wide"), pytest.param(320, id="320 pixels wide")])


@WIDTHS
def test_a_stranger_can_use_the_pages(width: int, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in OPEN:
        page.goto(path)
        assert_accessible(page)


@WIDTHS
def test_an_operator_can_use_the_pages_without_data(width: int, pages: Pages, page: Page) -> None:
    pages.sign_in(page, "operator")
    page.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        page.goto(path)
        assert_accessible(page)


@WIDTHS
def test_an_operator_can_use_the_pages_with_data(width: int, fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "operator")
    fallen_page.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        fallen_page.goto(path)
        assert_accessible(fallen_page)


def test_the_pages_can_be_used_with_text_twice_as_large(fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "operator")
    session = fallen_page.context.new_cdp_session(fallen_page)
    for path in PAGES:
        fallen_page.goto(path)
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
        assert_accessible(fallen_page)
        assert fallen_page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > 30


def test_a_keyboard_gets_past_the_navigation_at_once(fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "operator")
    fallen_page.goto("/")
    fallen_page.keyboard.press("Tab")
    assert fallen_page.evaluate("document.activeElement.textContent") == "Skip to main content"
    fallen_page.keyboard.press("Enter")
    fallen_page.keyboard.press("Tab")
    assert fallen_page.evaluate("document.activeElement.closest('main') !== null")
