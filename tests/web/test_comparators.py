"""Tests the pages for lists of comparators, and the contracted services in a report."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import httpx
import pytest

from monitor.store.people import Role
from tests.registered import care, take
from tests.web.conftest import HOSTILE, Pages
from tests.web.test_set_up import text

PATH = "/reports/comparators"


@pytest.fixture
def editor(pages: Pages) -> Iterator[httpx.Client]:
    with pages.client("editor") as client:
        yield client


def test_a_list_is_saved_replaced_and_removed(pages: Pages, editor: httpx.Client) -> None:
    for typed, saved in (("Devon\n\n kent ;\nDevon", ("Devon", "Kent")), ("Cumbria", ("Cumberland", "Westmorland and Furness"))):
        answer = editor.post(PATH, data={"name": f"  {HOSTILE}\n ", "authorities": typed})
        assert (answer.status_code, answer.headers["location"]) == (303, PATH)
        (authorities,) = pages.app.store.areas.lists().values()
        assert authorities == saved
    page = editor.get(PATH)
    assert "Cumberland, Westmorland and Furness" in text(page) and "<script>" not in page.text
    (name,) = pages.app.store.areas.lists()
    assert f"list:{name}" in editor.get("/reports").text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    assert editor.post(f"{PATH}/remove", data={"name": name}).status_code == 303
    assert editor.post(f"{PATH}/remove", data={"name": name}).status_code == 404
    assert pages.app.store.areas.lists() == {}
    deeds = [deed.what for deed in pages.app.store.audit.newest(3)]
    assert deeds == ["removed a list of authorities:", *["saved a list of authorities:"] * 2]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Enter a name"),
        ({"name": " ", "authorities": "Devon"}, "Enter a name"),
        ({"name": "n" * 101, "authorities": "Devon"}, "no more than 100 characters"),
        ({"name": "Ours", "authorities": " \n;"}, "Enter at least one local authority"),
        ({"name": "Ours", "authorities": "Devon\nAtlantis"}, "Atlantis"),
        ({"name": "Ours", "authorities": "x" * 5_000}, "no more than 4,000 characters"),
    ],
)
def test_the_error_about_an_unusable_list_is_shown_at_its_field(
    pages: Pages, editor: httpx.Client, form: dict[str, str], said: str
) -> None:
    answer = editor.post(PATH, data=form)
    assert answer.status_code == 422 and said in text(answer) and pages.app.store.areas.lists() == {}


def test_readers_can_see_the_lists_but_not_change_them(pages: Pages) -> None:
    pages.app.store.areas.save_list("Neighbours", ["Devon"], datetime.now(UTC))
    with pages.client("reader") as reader:
        page = reader.get(PATH)
        assert "Neighbours" in text(page) and "<button" not in page.text.partition("<main")[2].partition("</main>")[0]
        assert reader.post(PATH, data={"name": "Ours", "authorities": "Devon"}).status_code == 403
        assert reader.post(f"{PATH}/remove", data={"name": "Neighbours"}).status_code == 403


def test_a_report_says_how_the_services_of_a_watchlist_are_rated(pages: Pages, editor: httpx.Client) -> None:
    store, now, me = pages.app.store, pages.clock(), pages.people[Role.EDITOR].id
    homes = [care(f"1-10000000{n}", "good" if n % 2 else "inadequate", name=f"Home {n}") for n in range(1, 6)]
    take(store.engine, [(date(2026, 11, 5), homes)])
    store.watchlists.make("Contracts & more", me, now)
    store.watchlists.add("Contracts & more", [homes[0].location_id, homes[1].location_id], me, now)
    report = editor.get("/reports/area", params={"area": "Leicestershire", "contracted": "Contracts & more"})
    plain = editor.get("/reports/area", params={"area": "Leicestershire"})
    assert report.status_code == 200 and "Contracted services" in text(report) and "Contracted" not in text(plain)
    assert "Inadequate 1 (50%) 2" in text(report)
    saved = editor.get("/reports/area", params={"area": "Leicestershire", "contracted": "Contracts & more", "format": "csv"})
    assert "contract" in saved.text.casefold()
    gone = editor.get("/reports/area", params={"area": "Leicestershire", "contracted": "Nothing"})
    assert "deleted or renamed this watchlist" in text(gone) and 'href="#contracted"' in gone.text
