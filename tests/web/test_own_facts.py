"""Tests the pages of own facts: uploads with a preview, wrong files that are refused completely, uploads by two people at once,
and who may read the facts."""

import csv
import io
import re
from datetime import date
from html import unescape

import httpx
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from monitor.own_facts import TITLES, OwnFacts, as_json
from monitor.store.own_facts import OTHERS_DID
from monitor.store.people import Role
from monitor.text import day
from tests.cqc.test_location_list import workbook
from tests.test_own_facts import WRONG
from tests.web.conftest import Pages, assert_accessible
from tests.web.test_api import keyed

HOME, OTHER, NOWHERE = "1-2235535718", "RJ121", "1-3000000003"
LIST = "/watchlists/Leeds/facts"
FILE = f"Location ID;Placed;Suspended;Officer\r\n{HOME};7;1/11/2026;Zoë O’Neill\r\n{NOWHERE};2;;\r\n".encode("cp1252")
FACTS = OwnFacts(location_id=OTHER, people_placed=3, as_of=date(2026, 9, 1))


@pytest.fixture
def homes(pages: Pages) -> Pages:
    """The pages of a monitor with a watchlist of two services, and own facts about one of them."""
    pages.app.store.services.watch("Leeds", [HOME, OTHER], pages.clock())
    pages.app.store.own_facts.replace("Leeds", [FACTS], None, pages.clock())
    return pages


def checked(client: httpx.Client, raw: bytes) -> dict[str, list[str]]:
    """Uploads a file. Returns the fields of the form in its preview."""
    answer = client.post(f"{LIST}/upload", files={"file": ("facts.csv", raw)})
    assert answer.status_code == 200, answer.text
    found = re.findall(r'name="(facts|seen)" value="([^"]*)"', answer.text)
    return {name: [unescape(value) for each, value in found if each == name] for name in ("facts", "seen")}


def test_a_file_is_saved_after_a_preview_and_its_unwatched_services_can_be_added(homes: Pages, page: Page) -> None:
    homes.sign_in(page, "editor")
    page.goto("/watchlists/Leeds")
    page.get_by_role("link", name="Own facts").click()
    page.get_by_label("CSV or Excel file").set_input_files({"name": "facts.csv", "mimeType": "text/csv", "buffer": FILE})
    page.get_by_role("button", name="Check the file").click()
    assert page.locator(".tiles dd").all_inner_texts() == ["2", "0", "1", "0"]
    expect(page.locator("main")).to_contain_text("1 of 2 contracted services is on no watchlist, so nobody is alerted about it.")
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


def test_a_workbook_is_accepted_and_a_second_upload_of_the_workbook_changes_nothing(homes: Pages) -> None:
    raw = workbook([("Location ID", "Placed", "Suspended since"), (HOME, 7, date(2026, 11, 1))])
    with homes.client("editor") as client:
        for said in ("1 new, 0 changed, 1 removed, 0 as before", "0 new, 0 changed, 0 removed, 1 as before"):
            answer = client.post(f"{LIST}/upload", data=checked(client, raw), follow_redirects=True)
            assert f"Saved: {said}." in answer.text
    assert sum(deed.what == "uploaded own facts" for deed in homes.app.store.audit.newest(9)) == 2


@pytest.mark.parametrize("how", ["a wrong file", "no file", "a changed form"])
def test_an_unusable_upload_is_refused_with_a_message_beside_the_field_and_nothing_is_saved(how: str, homes: Pages) -> None:
    wrong = f"Location ID,Placed\n{HOME},x\n{OTHER},7\n"
    with homes.client("editor") as client:
        if how == "a wrong file":
            answer = client.post(f"{LIST}/upload", files={"file": ("facts.csv", wrong.encode())})
        else:
            answer = client.post(f"{LIST}/upload", data={"facts": wrong, "seen": ""} if how != "no file" else {})
        assert answer.status_code == 422 and 'id="file-error"' in answer.text
        assert ("row 2" in answer.text) is (how != "no file")
    assert homes.app.store.own_facts.of("Leeds").facts == (FACTS,)


def test_nothing_of_a_wrong_file_is_saved(homes: Pages) -> None:
    """For each kind of wrong file, one message at the field says why the file is refused. The stored facts do not change."""
    with homes.client("editor") as client:
        for kind, (raw, says) in WRONG.items():
            content = raw if isinstance(raw, bytes) else str(raw).encode()
            answer = client.post(f"{LIST}/upload", files={"file": ("facts.csv", content)})
            assert answer.status_code == 422, kind
            if not content:
                continue  # a browser sends an empty file if no file was chosen
            (said,) = re.findall(r'<span class="error" id="file-error">(.*?)</span>\s*<input', answer.text, re.DOTALL)
            assert str(says)[:60] in unescape(re.sub(r"<[^>]+>", "", said)), kind
    assert homes.app.store.own_facts.of("Leeds").facts == (FACTS,) and homes.app.store.audit.count("uploaded own facts") == 1


def test_the_second_of_two_people_who_upload_at_once_is_warned(homes: Pages) -> None:
    with homes.client("editor") as one, homes.client("operator") as other:
        first, second = checked(one, FILE), checked(other, f"Location ID,Placed\n{HOME},9\n".encode())
        assert one.post(f"{LIST}/upload", data=first).status_code == 303
        answer = other.post(f"{LIST}/upload", data=second)
        assert answer.status_code == 422 and OTHERS_DID in answer.text
    assert [each.people_placed for each in homes.app.store.own_facts.of("Leeds").facts] == [7, 2]


OWN = "placed,suspended,contract,officer,funder,other-rating"


def test_own_facts_are_shown_in_the_grid_and_on_the_page_of_a_service_and_in_files_and_the_api(homes: Pages) -> None:
    facts = OwnFacts(location_id=HOME, people_placed=7, other_rating="PAMMS: <b>Good", as_of=homes.clock().date())
    homes.app.store.own_facts.replace("Leeds", [facts, FACTS], None, homes.clock())
    homes.app.store.services.watch("York", [HOME], homes.clock())
    with homes.client("reader") as client:
        for order, first in ((OWN, HOME), ("placed", HOME), ("placed&direction=down", OTHER), ("other-rating", HOME)):
            shown = client.get(f"/watchlists/Leeds?columns={OWN}&sort={order}").text
            assert re.findall(r'id="chosen-([^"]+)"|services/([^"]+)">', shown)[0][1] == first, order
        assert "PAMMS: &lt;b&gt;Good" in shown and re.search(r"\b3, \d+ days old", shown)
        assert "PAMMS" not in client.get(f"/watchlists/York?columns={OWN}").text
        assert "PAMMS" not in client.get("/watchlists/Leeds").text  # the usual columns don't show own facts
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


def test_a_reader_sees_own_facts_but_no_form_to_change_them(homes: Pages) -> None:
    with homes.client("reader") as client:
        answer = client.get(LIST)
        assert "As of 1 September 2026, " in answer.text and " days old" in answer.text
        assert "<form" not in answer.text.partition("<main")[2].partition("</main>")[0]


# ── who may read own facts ────────────────────────────────────────────────────────────────────────────────────────────────────

SECRET = "CONTRACT-77"
PLACES = {
    "the grid, with its columns": f"/watchlists/Leeds?columns={OWN}",
    "a saved view": "/views/1",
    "the page of the service": f"/services/{HOME}",
    "the page of own facts": LIST,
    "the file of the watchlist": "/watchlists/Leeds/export.csv",
    "the workbook": "/watchlists/Leeds/export.xlsx",
    "the API": "/api/services",
    "the API, for one watchlist": "/api/services?watchlist=Leeds",
    "the list of cases": "/cases",
    "suspended placements": "/suspensions",
    "the file of suspended placements": "/suspensions/export.csv",
    "a letter": f"/services/{HOME}/letter",
    "a letter to send": f"/services/{HOME}/letter.eml?watchlist=Leeds",
}
"""All addresses that show own facts to a person who may read the facts."""
ELSEWHERE = ("/", "/search?q=CONTRACT", "/register?search=CONTRACT", "/watchlists/Leeds?search=CONTRACT", "/cases/1",
             "/cases/export.csv", "/items", "/api/cases", "/api/status", "/api/watchlists", "/watchlists",
             f"/api/services/{HOME}", "/subscriptions", "/privacy/mine.json", "/map", "/watchlists/Leeds/map")  # fmt: skip
"""Other addresses at which a person might look for own facts. They show own facts to nobody."""


def shows(answer: httpx.Response) -> bool:
    """Whether an answer contains the own facts that the fixture `closed` stores."""
    assert answer.status_code == 200, answer.url
    if answer.headers["content-type"].startswith("application/vnd"):
        sheets = load_workbook(io.BytesIO(answer.content)).worksheets
        return any(SECRET in str(row) for sheet in sheets for row in sheet.iter_rows(values_only=True))
    return SECRET in answer.text or "4,711" in answer.text or "4711" in answer.text


@pytest.fixture
def closed(homes: Pages) -> Pages:
    """The pages of a monitor at which only the editor may read the own facts of the watchlist Leeds. One of the watchlist's
    services has a case."""
    store, now, me = homes.app.store, homes.clock(), homes.people["editor"]
    officer = homes.people["reader"].email
    facts = OwnFacts(
        location_id=HOME,
        people_placed=4711,
        contract_reference=SECRET,
        contract_officer=officer,
        funding_authority=SECRET,
        suspended_since=now.date(),
        as_of=now.date(),
    )
    gone = OwnFacts(location_id=NOWHERE, contract_reference=SECRET, as_of=now.date())
    store.own_facts.replace("Leeds", [facts, FACTS, gone], None, now)
    store.own_facts.set_readers("Leeds", [me.email], me.id, now)
    store.saved_views.save("Leeds", "Ours", f"sort=placed&columns={OWN}", me.id, now)
    store.cases.open(HOME, "A family called", me.id, now)
    return homes


@pytest.mark.parametrize("who", ["editor", "reader", "operator"])
def test_only_people_who_may_read_own_facts_see_own_facts(who: str, closed: Pages) -> None:
    for client in (closed.client(who), keyed(closed, who)):
        with client:
            by_key = "authorization" in client.headers
            places = {name: path for name, path in PLACES.items() if not by_key or path.startswith("/api/")}
            for name, path in places.items():
                if who == "reader" and "/letter" in path:
                    assert client.get(path).status_code == 403
                    continue
                may = who == "editor" and name != "the page of own facts"  # this page has only totals
                assert shows(client.get(path)) is may, (name, by_key)
            for path in ELSEWHERE:
                assert by_key or not shows(client.get(path)), path


@pytest.mark.parametrize("who", ["editor", "reader", "operator"])
def test_own_facts_change_the_order_of_a_list_only_for_people_who_may_read_own_facts(who: str, closed: Pages) -> None:
    with closed.client(who) as client:
        queries = ("", f"sort=placed&columns={OWN}", f"sort=placed&columns={OWN}&direction=down", "sort=contract")
        pages = (client.get(f"/watchlists/Leeds?{query}").text for query in queries)
        usual, *sorted_by = (re.findall(r'services/([^"]+)">', one) for one in pages)
        files = [client.get(f"/watchlists/Leeds/export.csv?{query}").text.count("People placed") for query in ("", "sort=placed")]
        preview = client.post(f"{LIST}/upload", files={"file": ("facts.csv", FILE)})
        page = client.get(LIST).text
    assert any(order != usual for order in sorted_by) is (who == "editor")
    assert files == ([1, 1] if who == "editor" else [0, 0])
    assert preview.status_code == (200 if who == "editor" else 403)
    assert ("You are not one of these people" in page, "services</dt>" in page) == (who != "editor", who == "editor")
    assert ("Who may read the facts" in page) is (who != "reader")


@pytest.mark.parametrize("who", ["reader", "other editor", "editor", "operator"])
def test_only_editors_who_may_read_own_facts_and_all_operators_can_choose_the_readers(who: str, closed: Pages) -> None:
    store, now = closed.app.store, closed.clock()
    if who == "other editor":
        closed.people[who] = store.people.invite("other@council.example", Role.EDITOR, None, now)
    with closed.client(who) as client:
        for wrong, says in (
            ({}, "Choose who may read the facts"),
            ({"who": "some"}, "Enter the email addresses"),
            ({"who": "some", "people": "who@council.example"}, "who@council.example is not somebody who can sign in"),
        ):
            answer = client.post(f"{LIST}/readers", data=wrong)
            assert answer.status_code == (422 if who in ("editor", "operator") else 403)
            assert (says in answer.text) is (answer.status_code == 422)
        form = {"who": "some", "people": "editor@council.example\nReader@council.example"}
        assert client.post(f"{LIST}/readers", data=form).status_code == (303 if who in ("editor", "operator") else 403)
    named = [one.email for one in store.own_facts.readers("Leeds")]
    assert named == ["editor@council.example", "reader@council.example"][: 2 if who in ("editor", "operator") else 1]


def test_an_editor_can_limit_who_reads_own_facts_and_remove_the_limit(homes: Pages, page: Page) -> None:
    homes.sign_in(page, "editor")
    page.goto(LIST)
    page.get_by_label("Only these people").check()
    page.get_by_label("Their email addresses").fill("editor@council.example")
    page.get_by_role("button", name="Save who may read the facts").click()
    expect(page.locator("main")).to_contain_text("Only these people may read the facts: editor@council.example.")
    assert_accessible(page)
    with homes.client("reader") as client:
        assert "You are not one of these people" in client.get(LIST).text
    page.get_by_label("Everybody who can sign in").check()
    page.get_by_role("button", name="Save who may read the facts").click()
    with homes.client("reader") as client:
        assert "You are not one of these people" not in client.get(LIST).text


def test_the_list_of_cases_shows_and_is_sorted_by_the_number_of_people_placed(homes: Pages) -> None:
    store, now, me = homes.app.store, homes.clock(), homes.people["editor"]
    with homes.client("reader") as client:
        for one in (OTHER, HOME):
            store.cases.open(one, "A family called", me.id, now)
        first = client.get("/cases").text
        store.own_facts.replace("Leeds", [OwnFacts(location_id=HOME, people_placed=7, as_of=now.date()), FACTS], None, now)
        page = client.get("/cases").text
    assert "the most people placed" in page and f"7, as of {day(now.date())}" in page and "3, as of 1 September 2026, " in page
    assert page.index("7, as of") < page.index("3, as of 1 September 2026") and "the most people placed" in first


def test_a_file_whose_preview_would_be_too_large_to_submit_is_refused_at_once(homes: Pages) -> None:
    long = "".join(f"1-{number:09},{'–' * 290}\n" for number in range(1, 2_300))  # a dash needs nine bytes in a form
    with homes.client("editor") as client:
        answer = client.post(f"{LIST}/upload", files={"file": ("facts.csv", f"Location ID,Note\n{long}".encode())})
        assert answer.status_code == 422 and "more text than these pages can save" in answer.text
        few = "".join(long.splitlines(keepends=True)[:1_700])
        form = checked(client, f"Location ID,Note\n{few}".encode())
        assert client.post(f"{LIST}/upload", data=form).status_code == 303
    assert len(homes.app.store.own_facts.of("Leeds").facts) == 1_700
