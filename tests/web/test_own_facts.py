"""Own facts in the pages: uploaded with a preview, refused whole, and by two people at once."""

import csv
import io
import re
from datetime import date
from html import unescape

import httpx
import pytest
from playwright.sync_api import Page, expect

from monitor.own_facts import TITLES, OwnFacts, as_json
from monitor.store.own_facts import OTHERS_DID
from tests.cqc.test_location_list import workbook
from tests.web.conftest import Pages, assert_accessible
from tests.web.test_api import keyed

HOME, OTHER, NOWHERE = "1-2235535718", "RJ121", "1-3000000003"
LIST = "/watchlists/Leeds/facts"
FILE = f"Location ID;Placed;Suspended;Officer\r\n{HOME};7;1/11/2026;Zoë O’Neill\r\n{NOWHERE};2;;\r\n".encode("cp1252")
FACTS = OwnFacts(location_id=OTHER, people_placed=3, as_of=date(2026, 9, 1))


@pytest.fixture
def homes(pages: Pages) -> Pages:
    """A watchlist with two services, and what the council knows about one of them."""
    pages.app.store.services.watch("Leeds", [HOME, OTHER], pages.clock())
    pages.app.store.own_facts.replace("Leeds", [FACTS], None, pages.clock())
    return pages


def checked(client: httpx.Client, raw: bytes) -> dict[str, str]:
    """The form that the preview of a file sends."""
    answer = client.post(f"{LIST}/upload", files={"file": ("facts.csv", raw)})
    assert answer.status_code == 200, answer.text
    return {name: unescape(value) for name, value in re.findall(r'name="(facts|seen)" value="([^"]*)"', answer.text)}


def test_a_file_is_uploaded_after_a_preview_and_who_is_on_no_watchlist_is_added(homes: Pages, page: Page) -> None:
    homes.sign_in(page, "editor")
    page.goto("/watchlists/Leeds")
    page.get_by_role("link", name="Own facts").click()
    page.get_by_label("CSV or Excel file").set_input_files({"name": "facts.csv", "mimeType": "text/csv", "buffer": FILE})
    page.get_by_role("button", name="Check the file").click()
    assert page.locator(".tiles dd").all_inner_texts() == ["2", "0", "1", "0"]
    expect(page.locator("main")).to_contain_text("1 of 2 contracted services are on no watchlist: nobody is alerted about it.")
    assert_accessible(page)
    assert homes.app.store.own_facts.of("Leeds").facts == (FACTS,)
    page.get_by_role("button", name="Save the facts about 2 services").click()
    expect(page.get_by_role("status")).to_contain_text("Saved: 2 new, 0 changed, 1 removed, 0 as before.")
    kept = homes.app.store.own_facts.of("Leeds")
    assert (kept.facts[0].suspended_since, kept.facts[0].contract_officer) == (date(2026, 11, 1), "Zoë O’Neill")
    assert kept.uploaded_by == homes.people["editor"].email
    assert_accessible(page)
    page.get_by_role("button", name="Add it to this watchlist").click()
    expect(page.get_by_role("status")).to_contain_text("1 service added")
    assert NOWHERE in homes.app.store.services.watchlists()["Leeds"]


def test_a_workbook_is_taken_and_the_same_again_changes_nothing(homes: Pages) -> None:
    raw = workbook([("Location ID", "Placed", "Suspended since"), (HOME, 7, date(2026, 11, 1))])
    with homes.client("editor") as client:
        for said in ("1 new, 0 changed, 1 removed, 0 as before", "0 new, 0 changed, 0 removed, 1 as before"):
            answer = client.post(f"{LIST}/upload", data=checked(client, raw), follow_redirects=True)
            assert f"Saved: {said}." in answer.text
    assert sum(deed.what == "uploaded own facts" for deed in homes.app.store.audit.newest(9)) == 2


@pytest.mark.parametrize("how", ["a wrong file", "nothing", "a changed form"])
def test_what_is_wrong_is_refused_beside_the_field_and_nothing_is_taken(how: str, homes: Pages) -> None:
    wrong = f"Location ID,Placed\n{HOME},x\n{OTHER},7\n"
    with homes.client("editor") as client:
        if how == "a wrong file":
            answer = client.post(f"{LIST}/upload", files={"file": ("facts.csv", wrong.encode())})
        else:
            answer = client.post(f"{LIST}/upload", data={"facts": wrong, "seen": ""} if how != "nothing" else {})
        assert answer.status_code == 422 and 'id="file-error"' in answer.text
        assert ("row 2" in answer.text) is (how != "nothing")
    assert homes.app.store.own_facts.of("Leeds").facts == (FACTS,)


def test_of_two_people_at_once_the_second_is_told(homes: Pages) -> None:
    with homes.client("editor") as one, homes.client("operator") as other:
        first, second = checked(one, FILE), checked(other, f"Location ID,Placed\n{HOME},9\n".encode())
        assert one.post(f"{LIST}/upload", data=first).status_code == 303
        answer = other.post(f"{LIST}/upload", data=second)
        assert answer.status_code == 422 and OTHERS_DID in answer.text
    assert [each.people_placed for each in homes.app.store.own_facts.of("Leeds").facts] == [7, 2]


OWN = "placed,suspended,contract,officer,funder,other-rating"


def test_they_stand_in_the_grid_on_the_service_and_in_files_and_api(homes: Pages) -> None:
    facts = OwnFacts(location_id=HOME, people_placed=7, other_rating="PAMMS: <b>Good", as_of=homes.clock().date())
    homes.app.store.own_facts.replace("Leeds", [facts, FACTS], None, homes.clock())
    homes.app.store.services.watch("York", [HOME], homes.clock())
    with homes.client("reader") as client:
        for order, first in ((OWN, HOME), ("placed", HOME), ("placed&direction=down", OTHER), ("other-rating", HOME)):
            shown = client.get(f"/watchlists/Leeds?columns={OWN}&sort={order}").text
            assert re.findall(r'id="chosen-([^"]+)"|services/([^"]+)">', shown)[0][1] == first, order
        assert "PAMMS: &lt;b&gt;Good" in shown and re.search(r"\b3, \d+ days old", shown)
        assert "PAMMS" not in client.get(f"/watchlists/York?columns={OWN}").text
        assert "PAMMS" not in client.get("/watchlists/Leeds").text  # the usual columns
        one = client.get(f"/services/{HOME}").text
        assert "Own facts for Leeds" in one and "<dt>People placed</dt>" in one and "Own facts for York" not in one
        header, *rows = csv.reader(io.StringIO(client.get("/watchlists/Leeds/export.csv").text.lstrip("\ufeff")))
        assert header[-9:] == list(TITLES.values()) and {row[0]: row[-9] for row in rows} == {HOME: "7", OTHER: "3"}
        assert "People placed" not in client.get("/watchlists/York/export.csv").text
        assert client.get("/watchlists/Leeds/export.xlsx").status_code == 200
    with keyed(homes) as program:
        told = {one["location_id"]: one["own_facts"] for one in program.get("/api/services").json()["services"]}
        assert told[HOME]["Leeds"] == as_json(facts, facts.as_of) and told[OTHER]["Leeds"]["old"]
        (york,) = program.get("/api/services?watchlist=York").json()["services"]
        assert york["own_facts"] == {}


def test_a_reader_sees_the_facts_and_no_way_to_change_them(homes: Pages) -> None:
    with homes.client("reader") as client:
        answer = client.get(LIST)
        assert "As of 1 September 2026, " in answer.text and " days old" in answer.text
        assert "<form" not in answer.text.partition("<main")[2].partition("</main>")[0]
