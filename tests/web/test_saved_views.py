"""Tests saved views of a watchlist, and the columns that each person chooses."""

import re

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from monitor.store.saved_views import MOST
from tests.web.conftest import FALLEN, UNREAD, Pages, assert_usable, opened

LIST = "/watchlists/North~20team"
INADEQUATE = "rating=inadequate&sort=age&columns=beds,age"


def saved(client: httpx.Client, name: str = "Worst", query: str = INADEQUATE) -> str:
    """Saves a view. Returns its address."""
    answer = client.post(f"{LIST}/views", data={"name": name, "query": query})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def headings(page: Page) -> list[str]:
    return [one.partition("(sort")[0].strip() for one in page.locator("table.grid thead th a").all_inner_texts()]


def test_a_colleague_who_opens_the_address_of_a_view_sees_the_same_list(
    fallen: Pages, fallen_page: Page, browser: Browser
) -> None:
    mine = fallen_page
    fallen.sign_in(mine, "editor")
    mine.goto(LIST)
    mine.get_by_text("Choose columns").click()
    for name in ("Place", "Safe", "Last read"):
        mine.get_by_label(name, exact=True).uncheck()
    mine.get_by_role("button", name="Save columns").click()
    assert "Place" not in headings(mine) and "Beds" in headings(mine)
    mine.get_by_role("link", name="2 inadequate").click()
    mine.get_by_role("link", name="Age of rating (sort oldest first)").click()
    mine.get_by_text("Save this view").click()
    mine.get_by_label("Name of the view").fill("  Inadequate,  oldest first ")
    mine.get_by_role("button", name="Save view").click()
    expect(mine.get_by_role("status")).to_contain_text("You can share the view’s address")
    assert_usable(mine)
    with opened(browser, fallen) as theirs:
        fallen.sign_in(theirs, "reader")
        theirs.goto(mine.url)
        expect(theirs.get_by_role("heading", level=1)).to_have_text("Inadequate, oldest first")
        assert (headings(theirs), theirs.locator("table.grid tbody tr").count()) == (headings(mine), 2)
        expect(theirs.locator("main")).to_contain_text("2 of 3 services, by age of rating, oldest first")
        expect(theirs.get_by_role("link", name="2 inadequate")).to_have_attribute("aria-current", "true")
        expect(theirs.get_by_role("link", name="Rename or delete")).to_have_count(0)
        theirs.goto(LIST)
        assert "Place" in headings(theirs)  # the colleague's own columns have not changed
        theirs.get_by_role("link", name="Inadequate, oldest first").click()
        assert theirs.url == mine.url
    mine.get_by_role("link", name="Rename or delete").click()
    mine.get_by_label("Name", exact=True).fill("Inadequate now")
    mine.get_by_role("button", name="Save", exact=True).click()
    expect(mine.get_by_role("heading", level=1)).to_have_text("Inadequate now")
    mine.get_by_role("link", name="Rename or delete").click()
    mine.get_by_role("button", name="Delete the view").click()
    expect(mine.get_by_role("status")).to_contain_text("The view Inadequate now was deleted")
    assert {"deleted view", "renamed view", "saved view"} <= {one.what for one in fallen.app.store.audit.newest(5)}


def test_only_operators_and_the_owner_of_a_view_can_change_the_view(fallen: Pages) -> None:
    with fallen.client("reader") as reader, fallen.client("editor") as editor, fallen.client("operator") as operator:
        address = saved(reader)
        assert editor.get(address).status_code == 200
        assert editor.get(f"{address}/settings").status_code == 403
        assert editor.post(f"{address}/settings", data={"name": "Mine"}).status_code == 403
        assert editor.post(f"{address}/delete").status_code == 403
        assert operator.post(f"{address}/settings", data={"name": "Ours"}).status_code == 303
        assert "<h1>Ours</h1>" in reader.get(address).text
        assert reader.post(f"{address}/delete").status_code == 303
        assert [one.get(address).status_code for one in (reader, editor, operator)] == [404] * 3
        assert reader.post(f"{address}/delete").status_code == 404


def test_a_name_of_a_view_that_is_unusable_or_taken_is_refused_with_a_message_beside_the_field(fallen: Pages) -> None:
    with fallen.client("reader") as client:
        first, other = saved(client, "Worst"), saved(client, "Other")
        for name in ("", "  ", "x" * 61, " wORST "):
            answer = client.post(f"{LIST}/views", data={"name": name, "query": INADEQUATE})
            assert answer.status_code == 422 and 'id="name-error"' in answer.text, name
            assert 'value="rating=inadequate&amp;sort=age&amp;columns=beds%2Cage"' in answer.text  # the form keeps the query
            assert client.post(f"{other}/settings", data={"name": name}).status_code == 422, name
        assert client.post(f"{first}/settings", data={"name": "WORST"}).status_code == 303
        for n in range(MOST - 2):
            saved(client, f"View {n}")
        assert "100 views: delete a view" in client.post(f"{LIST}/views", data={"name": "One more"}).text


def test_a_view_is_renamed_and_deleted_together_with_its_watchlist(fallen: Pages) -> None:
    store, editor = fallen.app.store, fallen.people["editor"]
    with fallen.client("reader") as client:
        address = saved(client)
        now = fallen.clock()
        store.watchlists.change("North team", new_name="South", owner=None, second_address=None, person=editor.id, now=now)
        assert "A saved view of South" in client.get(address).text
        store.people.end(fallen.people["reader"].id, by=editor.id, now=now)
    with fallen.client("editor") as client:
        assert "A saved view of South." in client.get(address).text  # the view has no owner now
        store.watchlists.delete("South", editor.id, now, None)
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "abc", "99999999", "9" * 40, "1;drop"])
def test_an_address_with_an_invalid_view_number_is_answered_with_404(number: str, fallen: Pages) -> None:
    with fallen.client("reader") as client:
        assert client.get(f"/views/{number}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("", id="an empty query"),
        pytest.param("columns=", id="no column except the name"),
        pytest.param("&&=&a=b&rating=<script>&sort=;drop&columns=,,x,overall", id="nonsense"),
        pytest.param("search=" + "%F0%9F%8F%A0" * 300, id="a long search"),
    ],
)
def test_a_view_with_any_saved_query_can_be_opened(query: str, fallen: Pages) -> None:
    with fallen.client("reader") as client:
        answer = client.get(saved(client, query=query))
        assert answer.status_code == 200 and "<script>" not in answer.text


def test_each_person_has_their_own_columns_and_saving_them_never_redirects_to_another_site(fallen: Pages) -> None:
    def shown(client: httpx.Client, path: str = LIST) -> list[str]:
        return re.findall(r'<th scope="col"[^>]*><a [^>]*>([^<]+)<', client.get(path).text)

    with fallen.client("reader") as mine, fallen.client("editor") as theirs:
        usual = shown(mine)
        assert usual[0] == "Service" and {"Beds", "Rated", "Age of rating"} <= set(usual)
        chosen = {"columns": ["provider", "age", "nonsense"], "back": f"{LIST}?rating=inadequate"}
        assert mine.post("/columns", data=chosen).headers["location"] == f"{LIST}?rating=inadequate"
        assert shown(mine) == ["Service", "Provider", "Age of rating"] and shown(theirs) == usual
        assert shown(mine, f"{LIST}?columns=beds") == ["Service", "Beds"]  # columns in the address take precedence
        for back in ("https://evil.example/", "//evil.example", "", "\\evil"):
            assert mine.post("/columns", data={"back": back}).headers["location"] == "/watchlists"
        assert shown(mine) == ["Service"]
        mine.post("/columns", data={"usual": "yes", "columns": ["beds"], "back": LIST})
        assert shown(mine) == usual


def test_each_count_on_a_watchlists_page_links_to_a_list_of_that_length(fallen: Pages) -> None:
    with fallen.client("reader") as client:
        text = client.get(LIST).text
        counts = re.findall(r'<li><a href="([^"]+)"><strong>(\d+)</strong> ([^<]+)</a>', text)
        assert {("2", "inadequate"), ("2", "in special measures"), ("1", "not read yet")} <= {one[1:] for one in counts}
        for address, count, _ in counts:
            assert client.get(address.replace("&amp;", "&")).text.count('<th scope="row">') == int(count), address
        assert FALLEN in client.get(LIST).text and UNREAD in client.get(f"{LIST}?reading=not-yet").text
