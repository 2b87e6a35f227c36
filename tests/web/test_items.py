"""Tests the pages of items: the list with its filters and files, one item, and what a person does with an item."""

import csv
import io
import re
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from monitor.store.items import Asked, Told
from tests.web.conftest import FALLEN, Pages, assert_usable


def the_fall(pages: Pages) -> Told:
    return next(one for one in pages.app.store.items.listed(Asked(), 100) if one.item.location_id == FALLEN)


def test_a_person_sees_with_one_click_which_services_fell_and_why(fallen: Pages, fallen_page: Page) -> None:
    """The number of falls on the home page is a link to the list. Each row of the list shows CQC's reason."""
    fallen.sign_in(fallen_page, "reader")
    fallen_page.goto("/")
    fell = fallen_page.locator("p.lead").get_by_role("link", name="fell")
    (number,) = re.findall(r"\d+", fell.inner_text())
    fell.click()
    rows = fallen_page.locator(".events > li")
    expect(rows).to_have_count(int(number))
    row = rows.filter(has_text="Larch Grove")
    expect(row).to_contain_text("Good → Inadequate overall; Safe and Well-led down; entered special measures")
    expect(row.locator("blockquote")).to_contain_text("placed in special measures")
    expect(row).to_contain_text("Published 20 November 2026")
    assert_usable(fallen_page)
    row.get_by_role("link", name="Larch Grove", exact=True).click()
    table = fallen_page.get_by_role("row")
    expect(table.filter(has_text="Overall")).to_contain_text("Inadequate changed")
    expect(table.filter(has_text="Caring")).not_to_contain_text("changed")
    assert_usable(fallen_page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, True, id="all items of the last 30 days"),
        pytest.param({"what": "fell"}, True, id="services that fell"),
        pytest.param({"what": "measures"}, True, id="services that entered special measures"),
        pytest.param({"what": "worse"}, True, id="services that got worse"),
        pytest.param({"what": "rose"}, False, id="services that rose"),
        pytest.param({"search": "larch grove"}, True, id="services with a name"),
        pytest.param({"search": "beech"}, False, id="services with another name"),
        pytest.param({"watchlist": "North team"}, True, id="services on a watchlist"),
        pytest.param({"watchlist": ["South team", "North team"]}, True, id="services on one of two watchlists"),
        pytest.param({"watchlist": "South team"}, False, id="services on another watchlist"),
        pytest.param({"state": "open"}, True, id="items that must be acknowledged"),
        pytest.param({"until": "1 January 2026"}, False, id="items until a day"),
        pytest.param({"since": "1 January 2026"}, True, id="items since a day"),
        pytest.param({"authority": "Leeds"}, False, id="services in an authority"),
        pytest.param({"type": "Homecare agencies"}, False, id="services of a type"),
        pytest.param({"what": "nonsense", "order": "nonsense", "state": "nonsense"}, True, id="unknown choices are ignored"),
    ],
)
def test_the_list_of_items_and_its_files_follow_the_filters(
    query: dict[str, str | list[str]], found: bool, fallen: Pages
) -> None:
    with fallen.client("reader") as client:
        answer = client.get("/items", params=query)
        rows = list(csv.DictReader(io.StringIO(client.get("/items/export.csv", params=query).content.decode("utf-8-sig"))))
        book = load_workbook(io.BytesIO(client.get("/items/export.xlsx", params=query).content))
    assert answer.status_code == 200
    assert ("Larch Grove</a>" in answer.text) is found
    assert ("Larch Grove" in {row["Service"] for row in rows}) is found
    assert ("Larch Grove" in {cell.value for cell in book.worksheets[0]["C"]}) is found


def test_a_wrong_day_gives_a_one_line_error_and_no_file(fallen: Pages) -> None:
    with fallen.client("reader") as client:
        page = client.get("/items", params={"since": "yesterday"})
        file = client.get("/items/export.csv", params={"since": "yesterday"})
    assert page.status_code == 422 and "Enter a date like 31 January 2026" in page.text
    assert file.status_code == 422


def test_all_events_of_an_item_are_acknowledged_together(fallen: Pages) -> None:
    told = the_fall(fallen)
    path = f"/items/{told.item.id}"
    with fallen.client("editor") as client:
        assert "Nobody has acknowledged this change" in client.get(path).text
        refused = client.post(f"{path}/acknowledge", data={"note": " "})
        assert refused.status_code == 422 and "Enter what is being done about it" in refused.text
        client.post(f"{path}/acknowledge", data={"note": "Visit on Monday"})
        text = client.get(path).text
        again = client.post(f"{path}/acknowledge", data={"note": "Too late"}, follow_redirects=True).text
        listed = client.get("/items", params={"state": "open"}).text
    assert "Visit on Monday" in text and "editor@council.example" in text
    assert "Somebody has already acknowledged this news." in again and "Too late" not in again
    assert "Larch Grove</a>" not in listed
    assert not the_fall(fallen).is_open


@pytest.mark.parametrize("path", ["/items/1-1/nothing", f"/items/{FALLEN}/2001-01-01", f"/items/{FALLEN}/%00", "/items/x/y"])
def test_an_unknown_item_is_not_found(path: str, fallen: Pages) -> None:
    with fallen.client("reader") as client:
        assert client.get(path).status_code == 404


def test_a_reader_cannot_acknowledge_an_item(fallen: Pages) -> None:
    with fallen.client("reader") as client:
        path = f"/items/{the_fall(fallen).item.id}"
        assert "Only editors and operators" in client.get(path).text
        assert client.post(f"{path}/acknowledge", data={"note": "mine"}).status_code == 403


def test_the_api_lists_items_with_their_events_in_batches(fallen: Pages) -> None:
    def batch(client: httpx.Client, **query: str | int) -> Any:
        answer = client.get("/api/items", params=query)
        assert answer.status_code == 200
        return answer.json()

    with fallen.client("reader") as client:
        everything = batch(client, limit=500)
        first = batch(client, limit=1)
        rest = batch(client, limit=500, cursor=str(first["cursor"]))
        fell = batch(client, what="fell", watchlist="North team")
        sheet = client.get("/api/items", params={"format": "csv"}).text
        events = client.get("/api/events", params={"limit": 500}).json()["events"]
    assert [*first["items"], *rest["items"]] == everything["items"] and first["more"]
    listed = {event["id"]: item["id"] for item in everything["items"] for event in item["events"]}
    assert listed == {event["id"]: event["item"] for event in events}
    (larch,) = (item for item in fell["items"] if item["location_id"] == FALLEN)
    assert (larch["severity"], larch["urgent"], larch["open"], larch["published"]) == (1, True, True, "2026-11-20")
    assert larch["headline"].startswith("Good → Inadequate overall")
    assert "headline" in sheet.splitlines()[0] and "events" not in sheet.splitlines()[0]
