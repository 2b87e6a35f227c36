"""Tests the search box on every page, the search of the register with its filters, and maps. Most of these tests use HTTP.
test_rules.py searches the register in a browser."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from monitor.store.people import Role
from monitor.web.permissions import EDITOR, PERMISSIONS
from tests.registered import care, take
from tests.web.conftest import FALLEN, UNREAD, Pages, assert_usable
from tests.web.hands import Keyboard

DAY = date(2026, 11, 5)
BETHUNE: dict[str, Any] = {"provider_id": "1-100000001", "provider_name": "Béthune Care"}
HOMES = [
    care("1-300000001", "good", name="Cherry & Lea", authority="Greenwich", latitude=51.47, longitude=0.0, **BETHUNE),
    care("1-300000002", "inadequate", name="Cherry Lodge", authority="Leeds", latitude=53.8, longitude=-1.5, **BETHUNE),
    care("1-300000003", name="Oak", authority="Greenwich", types=("Doctors/GPs",), brand="BRAND Acorn"),
    care(FALLEN, "good", name="Larch Grove as it was", authority="Greenwich", latitude=51.48, longitude=0.01),
]


@pytest.fixture
def filled(fallen: Pages) -> Pages:
    """The pages of a monitor with a register, a service that was read and has fallen, and a service that can't be read."""
    take(fallen.app.store.engine, [(DAY, HOMES)])
    for name in ("Greenwich homes", "Alps"):
        fallen.app.store.services.watch(name, ["1-300000002"], fallen.clock())
    return fallen


@pytest.fixture
def editor(filled: Pages) -> Iterator[httpx.Client]:
    with filled.client("editor") as client:
        yield client


def part(page: str, heading: str) -> str:
    """Returns the text from a heading to the next heading."""
    below = page.partition(f"<h2>{heading}</h2>")[2].partition("<h2>")[0].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", below).split())


def services(page: str) -> list[str]:
    """Returns the text of each row of a table of services."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL)[1:]
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in rows]


def test_watchlists_providers_and_services_are_found_with_watched_services_first(editor: httpx.Client) -> None:
    page = editor.get("/search", params={"q": "GREENWICH"}).text
    assert part(page, "Watchlists") == "Greenwich homes"
    rows = services(page)
    for row, name in zip(rows, ("Larch Grove", "Cherry &amp; Lea on CQC’s site", "Oak on CQC’s site"), strict=True):
        assert row.startswith(f"{name} ")
    assert "Inadequate" in rows[0] and "CQC’s file" not in rows[0], "the row has the rating from its page, not from the register"
    assert "Good CQC’s file" in rows[1] and rows[1].endswith("Add to a watchlist : Cherry &amp; Lea")
    assert f'href="/services/{FALLEN}"' in page and 'href="/register?q=1-300000001"' in page
    page = editor.get("/search", params={"q": "bethune"}).text
    assert part(page, "Providers and brands") == "Béthune Care (2 services)"
    assert [row.endswith("Alps , Greenwich homes") for row in services(page)] == [True, False]
    assert part(editor.get("/search", params={"q": "acorn"}).text, "Providers and brands") == "BRAND Acorn (brand, 1 service)"


def test_a_service_without_a_known_name_is_found_by_its_id_or_its_pages_address(editor: httpx.Client) -> None:
    for typed in (UNREAD, UNREAD.lower(), f"https://www.cqc.org.uk/location/{UNREAD}?x=1"):
        assert services(editor.get("/search", params={"q": typed}).text)[0].startswith(UNREAD), typed


ODD = ["", " ", "%", "_", "'", "&", "\x00", "a", "and", "x" * 500, '"; drop table register; --', "%s %(q)s"]


@pytest.mark.parametrize("typed", ODD)
def test_no_searched_text_causes_an_error(editor: httpx.Client, typed: str) -> None:
    for path in ("/search", "/register"):
        answer = editor.get(path, params={"q": typed})
        assert answer.status_code == 200, path
        if typed.strip() and not any(one.isalnum() for one in typed):
            assert services(answer.text) == []


def test_a_reader_sees_no_link_for_adding_services(filled: Pages) -> None:
    with filled.client("reader") as reader:
        page = reader.get("/search", params={"q": "cherry"}).text
        assert "Add to a watchlist" not in page and "none" in services(page)[-1]
        assert reader.post("/register", data={"watchlist": "Greenwich homes", "chosen": "1-300000001"}).status_code == 403
    assert PERMISSIONS["POST /register"] is EDITOR and PERMISSIONS["GET /search"] is Role.READER


def test_a_person_who_is_not_signed_in_sees_no_search_box(filled: Pages) -> None:
    with filled.client() as stranger:
        assert 'action="/search"' not in stranger.get("/help").text


def test_the_register_can_be_filtered_by_authority_type_and_rating(editor: httpx.Client) -> None:
    def names(**asked: str) -> list[str]:
        rows = services(editor.get("/register", params=asked).text)
        return sorted(re.search(r"Choose (.+?) \1", row)[1] for row in rows if re.search(r"Choose (.+?) \1", row))  # type: ignore[index]

    assert names(authority="Greenwich") == ["Cherry &amp; Lea", "Larch Grove", "Oak"]
    assert names(authority="Greenwich", type="Doctors/GPs") == ["Oak"]
    assert names(q="cherry", rating="inadequate") == ["Cherry Lodge"]
    assert names(authority="Atlantis", rating="splendid") == []  # unknown filters are ignored
    page = editor.get("/register", params={"authority": "Greenwich", "rating": "good"}).text
    assert '<option value="Greenwich" selected>' in page and '<option value="good" selected>' in page


def test_chosen_services_are_added_and_an_error_keeps_the_search(editor: httpx.Client, filled: Pages) -> None:
    address = "/register?q=cherry&rating=good"
    answer = editor.post(address, data={"watchlist": "Greenwich homes"})
    assert answer.status_code == 422 and "Choose at least one service" in answer.text and "Cherry &amp; Lea" in answer.text
    answer = editor.post(address, data={"watchlist": "Greenwich homes", "chosen": ["1-300000001", "<b>"]})
    assert answer.headers["location"] == "/watchlists/Greenwich%20homes" or answer.status_code == 303
    assert filled.app.store.watchlists.holding(["1-300000001"]) == {"1-300000001": ("Greenwich homes",)}
    assert editor.post(address, data={"watchlist": "gone", "chosen": "1-300000001"}).status_code == 404


def test_the_marks_of_a_map_match_its_table(editor: httpx.Client) -> None:
    page = editor.get("/map", params={"authority": "Greenwich"}).text
    marks = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"><title>([^<]+)</title><use href="#m-([a-z-]+)"', page)
    assert [(path, said, shape) for path, said, _, shape in marks] == [
        ("/register?q=1-300000001", "Cherry &amp; Lea: good", "good"),
        (f"/services/{FALLEN}", "Larch Grove: inadequate", "inadequate"),
    ]
    assert all(said == title for _, said, title, _ in marks)
    assert [row.split(" – ")[0] for row in services(page)] == ["Larch Grove", "Cherry &amp; Lea"]  # worst first
    assert "3 services." in " ".join(page.split()) and "1 is not on the map" in page
    assert '<a href="/search?q=1-300000003">Oak</a>' in page
    assert "No services match." in editor.get("/map", params={"q": "zzzz"}).text
    assert "Choose a local authority" in editor.get("/map").text
    assert "No service is in this part" in editor.get("/map", params={"authority": "Greenwich", "box": "50,50.1,0,1"}).text
    part_of_it = editor.get("/map", params={"authority": "Greenwich", "box": "51.465,51.475,-1,1"}).text
    assert "1 of them in this part" in part_of_it and 'href="/map?authority=Greenwich">Show the whole map' in part_of_it


def test_a_keyboard_user_gets_from_the_search_box_to_a_provider_and_to_a_map(filled: Pages, fallen_page: Page) -> None:
    page, hand = fallen_page, Keyboard(fallen_page)
    filled.sign_in(page, "editor")
    page.goto("/")
    hand.write("Services, providers and watchlists", "greenwich homes")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search results for “greenwich homes”")
    assert_usable(page)
    hand.press("link", "Béthune Care")
    expect(page.get_by_role("table", name="All services")).to_contain_text("Cherry Lodge")
    assert_usable(page)
    page.goto("/register?authority=Greenwich")
    assert_usable(page)
    hand.press("link", "On a map")
    assert_usable(page)
    looks: list[dict[str, Any]] = [{"forced_colors": "active", "color_scheme": "dark"}]
    looks += [{"forced_colors": "none", "color_scheme": "light"}]
    for look in looks:
        page.emulate_media(**look)
        ink, inside, around = page.evaluate(_COLOURS)
        assert ink not in (inside, around), look
    hand.press("link", "Larch Grove: inadequate")
    expect(page.get_by_role("heading", level=1)).to_have_text("Larch Grove")
    page.goto("/watchlists/Greenwich~20homes")
    hand.press("link", "Map of this watchlist")
    assert_usable(page)


_COLOURS = """() => {
    const mark = getComputedStyle(document.querySelector("#m-good"));
    return [mark.stroke, mark.fill, getComputedStyle(document.querySelector(".sheet")).fill];
}"""
"""Returns the colour of a mark's line, the colour inside the mark, and the colour around it."""
