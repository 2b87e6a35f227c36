"""Tests the pages that compare providers and brands with England and with each other, and watchlists that follow a provider."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from monitor.store.database import writing
from monitor.store.tables import RegisterRow, table
from tests.web.conftest import Pages, assert_usable
from tests.web.test_reports import registered

__all__ = ["registered"]

_register = table(RegisterRow)
ONE, TWO, THREE = (f"1-10000000{n}" for n in range(3))


@pytest.fixture
def reader(registered: Pages) -> Iterator[httpx.Client]:
    with registered.client("reader") as client:
        yield client


def test_up_to_four_providers_are_compared_and_each_can_be_removed(registered: Pages, page: Page) -> None:
    registered.sign_in(page, "reader")
    page.goto(f"/providers/{ONE}")
    expect(page.get_by_role("table", name="Services, ratings and movements")).to_contain_text("Beds of care homes")
    expect(page.get_by_role("table", name="How many services have a sign")).to_contain_text("Rule")
    assert page.get_by_text("Watch this provider").count() == 0
    page.get_by_role("link", name="Compare with others").click()
    page.get_by_label("Compare with").fill(TWO)
    page.get_by_role("button", name="Add").click()
    compared = page.get_by_role("table", name="Services, ratings and movements")
    assert compared.get_by_role("columnheader").count() == 4
    assert_usable(page)
    page.get_by_label("Compare with").fill("crown")
    page.get_by_role("button", name="Add").click()
    assert "may mean several" in page.locator(".error-summary").inner_text()
    assert compared.get_by_role("columnheader").count() == 4
    page.get_by_role("link", name="remove").first.click()
    assert compared.get_by_role("columnheader").count() == 3


def test_an_editor_watches_a_provider_with_a_rule(registered: Pages, page: Page) -> None:
    registered.sign_in(page, "editor")
    page.goto(f"/providers/{ONE}")
    page.get_by_text("Watch this provider").click()
    page.get_by_label("Name of a new watchlist").fill("The first provider")
    assert_usable(page)
    page.get_by_role("button", name="Make the watchlist, and watch 60 services").click()
    assert "Its rule added 60 services" in page.inner_text("main")
    page.goto("/watchlists/The%20first%20provider/rule")
    assert f"of 0 ({ONE})" in page.inner_text("main"), "the page names the provider"
    kept = registered.app.store.rules.of("The first provider")
    assert kept is not None and kept.rule.providers == (ONE,)
    assert registered.app.store.watchlists.services("The first provider")


def test_if_a_name_is_taken_the_page_asks_for_another_name_and_keeps_the_provider(registered: Pages) -> None:
    with registered.client("editor") as editor, registered.client("reader") as reader:
        form = {"name": "Taken", "follow": ONE}
        assert editor.post("/watchlists", data={"name": "Taken"}).headers["location"] == "/watchlists/Taken/add"
        again = editor.post("/watchlists", data=form)
        assert again.status_code == 422 and f'name="follow" value="{ONE}"' in again.text
        made = editor.post("/watchlists", data=form | {"name": "Free"})
        assert made.headers["location"] == "/watchlists/Free"
        assert len(registered.app.store.watchlists.services("Free")) == 60
        none = editor.post("/watchlists", data={"name": "Nobody's", "follow": "nobody"})
        assert none.status_code == 422 and "no longer has this provider or brand" in none.text
        assert registered.app.store.watchlists.find("Nobody's") is None, "no empty watchlist is left behind"
        assert reader.post("/watchlists", data=form).status_code == 403


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        pytest.param("", 200, "Provider or brand", id="no provider"),
        pytest.param("also=nobody+at+all", 422, "no provider and no brand", id="an unknown name"),
        pytest.param(f"provider={ONE}&provider=nobody", 404, "no provider or brand with this id", id="an id that does not exist"),
        pytest.param("&".join(f"provider={one}" for one in (ONE, TWO, THREE)), 200, "England", id="three providers"),
    ],
)
def test_unusable_providers_in_a_comparison_give_a_clear_message(
    query: str, status: int, says: str, reader: httpx.Client
) -> None:
    answer = reader.get(f"/providers/compare?{query}")
    assert answer.status_code == status and says.casefold() in answer.text.casefold()


def test_a_comparison_is_saved_as_a_file(reader: httpx.Client) -> None:
    path = f"/providers/compare?provider={ONE}&provider={TWO}"
    page = reader.get(path).text
    assert f"?provider={ONE}&amp;provider={TWO}&amp;format=csv" in page
    for layout in ("csv", "xlsx", "docx", "html"):
        answer = reader.get(f"{path}&format={layout}")
        assert answer.status_code == 200 and "providers-compared" in answer.headers["content-disposition"]


def test_a_message_says_that_a_fifth_provider_is_not_shown(registered: Pages, reader: httpx.Client) -> None:
    for number in range(3, 5):  # the register has three providers
        with writing(registered.app.store.engine) as connection:
            some = select(_register.c.location_id).where(_register.c.provider_id == ONE).limit(1).scalar_subquery()
            named = {"provider_id": f"1-10000000{number}", "provider_name": f"Provider {number}"}
            connection.execute(update(_register).where(_register.c.location_id == some).values(**named))
    keys = [f"1-10000000{n}" for n in range(5)]
    answer = reader.get("/providers/compare", params={"provider": keys})
    assert answer.status_code == 422 and "At most 4 providers and brands can be compared. Not shown: " in answer.text
