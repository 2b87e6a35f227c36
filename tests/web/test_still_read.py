"""Tests the page on which a person confirms that somebody reads the messages to an address."""

from datetime import UTC, datetime, time, timedelta

from playwright.sync_api import Page

from monitor.model import When
from monitor.store.readers import ANSWERED_WITHIN, ASKED_EVERY
from monitor.store.subscriptions import Wishes
from tests.store.filled import unanswered
from tests.web.conftest import Pages, assert_usable

LEAD = "mailto:reads-it@council.example"


def asked(pages: Pages) -> datetime:
    """Adds an address that was asked whether somebody reads its messages. Returns a time at which the answer is overdue."""
    now = datetime.now(UTC)
    wishes = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon")
    pages.app.store.subscriptions.subscribe("North team", LEAD, wishes, quiet=True, now=now)
    at = datetime.now(UTC) + ASKED_EVERY + timedelta(days=1)
    assert pages.app.store.readers.ask(at) > 0
    return at + ANSWERED_WITHIN + timedelta(days=1)


def silent(pages: Pages, now: datetime) -> bool:
    return LEAD in {one.address for one in unanswered(pages.app.store, now)}


def test_only_the_button_behind_the_link_confirms_that_messages_are_read(fallen: Pages, page: Page) -> None:
    now = asked(fallen)
    link = fallen.app.links.still_read(LEAD)
    path = "/still-read/" + link.rpartition("/")[2]
    page.goto(fallen.url + path)
    assert "reads-it@council.example" in page.locator("main").inner_text()
    assert_usable(page)
    assert silent(fallen, now)
    fallen.clock.later = now - datetime.now(UTC)
    page.get_by_role("button", name="Yes, somebody reads them").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Thank you"
    assert not silent(fallen, now)


def test_an_incomplete_link_is_not_found(fallen: Pages) -> None:
    token = fallen.app.links.still_read(LEAD).rpartition("/")[2]
    with fallen.client("stranger") as client:
        for wrong in (token[:-1], "x", fallen.app.links.confirm(LEAD).rpartition("/")[2]):
            assert client.get(f"/still-read/{wrong}").status_code == 404
            assert client.post(f"/still-read/{wrong}").status_code == 404
        assert "no longer gets alerts" in client.get(f"/still-read/{token}").text
