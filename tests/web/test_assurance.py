"""Tests the page of the assurance statement. Editors choose a month, and read and save its statement. Readers cannot."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from monitor.web.permissions import EDITOR, PERMISSIONS
from tests.web.conftest import Pages, assert_usable

WATCHLIST = "Leeds homes"


def test_an_editor_reads_and_saves_the_statement_of_a_month(pages: Pages, page: Page) -> None:
    app, now = pages.app, pages.clock()
    app.store.services.watch(WATCHLIST, ["1-300000001"], now - timedelta(days=70))
    pages.sign_in(page, "editor")
    page.goto("/reports")
    page.get_by_role("link", name="Assurance statement").click()
    month = page.get_by_label("Month").input_value()
    page.get_by_label("Watchlist", exact=True).select_option(WATCHLIST)
    page.get_by_role("button", name="Show").click()
    assert f"the watchlist {WATCHLIST}" in page.inner_text("h1") and f"month={month}" in page.url
    expect(page.get_by_role("table", name="The main numbers")).to_contain_text("Services watched, if they are still watched")
    expect(page.get_by_role("table", name="Days on which a service was not read in full")).to_contain_text("1-300000001")
    assert_usable(page)
    with pages.client("operator") as operator:
        answer = operator.get("/reports/assurance?format=docx")
        assert answer.status_code == 200 and answer.content[:2] == b"PK"
        assert f"assurance-{month}-all.docx" in answer.headers["content-disposition"]
        assert "has not begun yet" in operator.get("/reports/assurance?month=2999-01").text
        assert operator.get("/reports/assurance?watchlist=nobody").status_code == 404


def test_readers_cannot_open_the_statement(pages: Pages) -> None:
    assert PERMISSIONS["GET /reports/assurance"] is EDITOR
    with pages.client("reader") as reader:
        assert reader.get("/reports/assurance").status_code == 403
        assert "Assurance statement" not in reader.get("/reports").text
