"""Tests the pages of watchlists, with every role and odd names: the grid, adding and removing services, uploading and saving
files, settings, and deleting."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

import httpx
import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from monitor.app import build
from monitor.model import When
from monitor.settings import load
from monitor.store.audit import Deed
from monitor.store.subscriptions import Wishes
from monitor.web.grid import COLUMNS
from monitor.web.parts import segment
from tests.conftest import World
from tests.cqc.test_location_list import workbook
from tests.registered import care, take
from tests.simulated.services import Service
from tests.web.conftest import (
    FALLEN,
    HOSTILE,
    HOSTILE_ONE,
    UNREAD,
    Clock,
    Pages,
    assert_accessible,
    assert_usable,
    done,
    opened,
    served,
)

LIST = "/watchlists/North~20team"
NAMES = ("a/b", "100 % <b>sure</b>", "..", "tilde~2F", 'quo"te\'s', "Café 🏠", "a?b=c&d#e", "50%25", "  two  spaces ")


def audit(pages: Pages) -> list[Deed]:
    return pages.app.store.audit.newest(10)


def subscribe(pages: Pages, watchlist: str, address: str) -> None:
    now = pages.clock()
    wishes = Wishes(when=When.IMMEDIATE, at=now.time(), day="mon")
    pages.app.store.subscriptions.subscribe(watchlist, address, wishes, quiet=True, now=now)


# ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_a_watchlist_can_have_any_name_and_can_be_opened_by_this_name(name: str, pages: Pages, page: Page) -> None:
    pages.sign_in(page, "editor")
    page.goto("/watchlists")
    page.get_by_label("Name of the watchlist").fill(name)
    page.get_by_role("button", name="Make watchlist").click()
    kept = " ".join(name.split())
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Add services to {kept}")
    page.get_by_label("Ids, or addresses").fill("1-2235535718")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(kept)
    page.goto("/watchlists")
    page.get_by_role("link", name=kept, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(kept)
    expect(page.get_by_role("row").filter(has_text="1-2235535718")).to_contain_text("Not read yet")
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value(kept)
    assert page.request.get(f"/watchlists/{segment(kept)}/export.csv").status == 200


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("", id="an empty name"),
        pytest.param("   ", id="only spaces"),
        pytest.param("x" * 101, id="a name that is too long"),
        pytest.param("a\u202eb", id="a direction override"),
        pytest.param("a\x00b", id="a control character"),
    ],
)
def test_an_unusable_name_is_refused_with_a_message_beside_the_field(name: str, clients: Mapping[str, httpx.Client]) -> None:
    answer = clients["editor"].post("/watchlists", data={"name": name})
    assert answer.status_code == 422 and "Enter a name of up to 100 characters" in answer.text


def test_no_two_watchlists_have_the_same_name(clients: Mapping[str, httpx.Client]) -> None:
    assert clients["editor"].post("/watchlists", data={"name": "North"}).status_code == 303
    assert "already a watchlist with this name" in clients["editor"].post("/watchlists", data={"name": " North "}).text


# ── the grid ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def names(page: Page) -> list[str]:
    return [one.strip() for one in page.locator('table.grid tbody th > a[href*="/services/"]').all_inner_texts()]


@pytest.fixture
def many(world: World) -> Iterator[Pages]:
    """The pages of a monitor with sixty good homes and three other services. One of the other services requires improvement, one
    is outstanding and in Leeds, and one was never rated."""
    homes = [Service(location_id=f"1-2000000{n:02}", name=f"Home {n:02}") for n in range(60)]
    poor = Service(location_id="1-300000001", name="Poor House", type="Homecare agency", provider="Zeal Limited")
    poor.newest.overall = "Requires improvement"
    grand = Service(location_id="1-300000002", name="Café O’Grand", address="1 High Street, Leeds, LS1 4AP")
    grand.newest.overall = "Outstanding"
    new = Service(location_id="1-300000003", name="Brand New")
    new.newest.overall, new.newest.questions = None, {}
    world.site.add([*homes, poor, grand, new])
    done(world, "watch", "add", "All", *[one.location_id for one in (*homes, poor, grand, new)])
    done(world, "check")
    app = build(load())
    try:
        with served(app, Clock(timedelta(minutes=1))) as pages:
            yield pages
    finally:
        app.store.close()


@pytest.fixture
def many_page(browser: Browser, many: Pages) -> Iterator[Page]:
    with opened(browser, many) as page:
        many.sign_in(page, "reader")
        yield page


def test_a_watchlists_grid_can_be_sorted_filtered_searched_and_paged(many_page: Page) -> None:
    page = many_page
    page.goto("/watchlists/All")
    expect(page.locator("main")).to_contain_text("63 services, worst first")
    assert names(page)[:2] == ["Poor House", "Home 00"] and len(names(page)) == 50
    page.get_by_role("link", name="Page 2").click()
    assert names(page)[-3:] == ["Home 59", "Café O’Grand", "Brand New"] and len(names(page)) == 13
    page.get_by_role("link", name="Service (sort A to Z)").click()
    assert names(page)[:3] == ["Brand New", "Café O’Grand", "Home 00"]
    expect(page.get_by_role("columnheader", name="Service")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("link", name="Overall (sort worst first)").click()
    assert names(page)[0] == "Poor House"
    expect(page.get_by_role("columnheader", name="Overall")).to_have_attribute("aria-sort", "descending")
    page.get_by_role("link", name="Overall (sort best first)").click()
    expect(page.get_by_role("columnheader", name="Overall")).to_have_attribute("aria-sort", "ascending")
    assert names(page)[0] == "Café O’Grand"
    page.get_by_label("Overall rating").select_option("Outstanding")
    page.get_by_role("button", name="Show").click()
    assert names(page) == ["Café O’Grand"]
    expect(page.locator("main")).to_contain_text("1 of 63 services, by overall, best first")
    expect(page.get_by_role("columnheader", name="Overall")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("link", name="Show all 63").click()
    page.get_by_label("Type of service").select_option("Homecare agency")
    page.get_by_role("button", name="Show").click()
    assert names(page) == ["Poor House"]
    page.goto("/watchlists/All")
    for words in ("cafe ograND", "ls1 4ap", "LS14AP", "leeds high", "1-300000002"):
        page.get_by_label("Name, place, provider or id").fill(words)
        page.get_by_role("button", name="Show").click()
        assert names(page) == ["Café O’Grand"], words


SHOWN = {
    "?search=%25": 0,
    "?search=_": 0,
    "?search=%27%22%3B--": 0,
    "?search=" + "x+" * 300: 0,
    "?rating=unrated": 1,
    "?rating=nonsense&measures=nonsense&sort=nonsense&page=nonsense": 50,
    "?page=99999999": 13,
    "?page=-1": 50,
    "?page=99999999999999999999": 13,
    "?measures=none": 50,
    "?measures=in": 0,
    "?unread=yes": 0,
    "?reading=unseen": 0,
    "?reading=partly": 0,
    "?reading=not-yet": 0,
    "?reading=nonsense&columns=nonsense,overall": 50,
    "?columns=": 50,
    "?sort=read&direction=down": 50,
    **{f"?sort={order}": 50 for order in ("worst", *map(str, COLUMNS))},
}


def test_no_query_in_the_address_of_a_watchlist_causes_an_error(many: Pages) -> None:
    with many.client("reader") as client:
        for query, expected in SHOWN.items():
            answer = client.get(f"/watchlists/All{query}")
            assert (answer.status_code, answer.text.count('<th scope="row">')) == (200, expected), query
            assert client.get(f"/watchlists/All/export.csv{query}").status_code == 200


def test_falls_and_services_that_are_not_up_to_date_are_described_in_words(fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "reader")
    fallen_page.goto(LIST)
    row = fallen_page.get_by_role("row").filter(has_text="Larch Grove")
    expect(row).to_contain_text("Inadequate")
    expect(row).to_contain_text("In special measures")
    expect(row).to_contain_text("downgraded")
    expect(fallen_page.get_by_role("row").filter(has_text=UNREAD)).to_contain_text("never read")
    expect(fallen_page.get_by_role("row").filter(has_text="Crown <script>alert(1)</script> emoH eraC {{ 7*7 }}")).to_have_count(1)
    fallen_page.goto(f"{LIST}?unread=yes")
    assert UNREAD in names(fallen_page)
    fallen_page.goto(f"{LIST}?measures=in")
    assert len(names(fallen_page)) == 2
    fallen_page.goto("/watchlists")
    cells = fallen_page.get_by_role("row").filter(has_text="North team").get_by_role("cell").all_inner_texts()
    assert cells[:3] == ["3", "2 of 2 read", "2 of 2 read"] and cells[4] == "nobody now"


def test_a_reader_sees_no_form_for_changing_a_watchlist(fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "reader")
    for path in ("/watchlists", LIST):
        fallen_page.goto(path)
        changing = "main form[method=post]:not(details form), main a.button, main input[type=checkbox][name=chosen]"
        assert fallen_page.locator(changing).count() == 0


# ── adding and removing ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_services_are_added_by_id_and_address_and_repeated_services_are_reported(fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "editor")
    fallen_page.goto(f"{LIST}/add")
    text = f"{FALLEN}\n\n https://www.cqc.org.uk/location/rj121/reports \nRJ121\n"
    fallen_page.get_by_label("Ids, or addresses").fill(text)
    fallen_page.get_by_role("button", name="Add", exact=True).click()
    expect(fallen_page.get_by_role("status")).to_contain_text("1 service added, 1 already on it.")
    assert "RJ121" in names(fallen_page)
    assert next((one.email, one.what, one.about) for one in audit(fallen)) == (
        "editor@council.example",
        "added to watchlist",
        "North team: RJ121",
    )


def test_an_nhs_id_without_digits_is_accepted_and_a_word_is_refused(fallen: Pages) -> None:
    """RWEAA looks like an NHS id. NLXYZ is an id only if the register lists it."""
    take(fallen.app.store.engine, [(date(2026, 11, 5), [care("NLXYZ")])])
    upload = {"file": ("ours.csv", b"Location ID\nRWEAA\nNLXYZ\n", "text/csv")}
    with fallen.client("editor") as client:
        assert client.post(f"{LIST}/add", data={"services": "RWEAA\nLEEDS"}).status_code == 422
        assert "RWEAA" not in fallen.app.store.services.watchlists()["North team"]
        assert "NLXYZ" in client.post(f"{LIST}/upload", files=upload).text
        assert client.post(f"{LIST}/upload", data={"services": "NLXYZ LEEDS"}).status_code == 303
        assert client.post(f"{LIST}/add", data={"services": "rweaa"}).status_code == 303
        assert {"RWEAA", "NLXYZ"} <= set(fallen.app.store.services.watchlists()["North team"])
        assert [client.get(f"/services/{one}").status_code for one in ("RWEAA", "NLXYZ", "LEEDS")] == [200, 200, 404]
        served = [client.get(f"/api/services/{one}").status_code for one in ("rweaa", "NLXYZ", "LEEDS")]
        assert served == [200, 200, 404]
        assert client.post(f"{LIST}/remove", data={"chosen": ["NLXYZ", "RWEAA", "LEEDS"]}).status_code == 303
    assert not {"RWEAA", "NLXYZ", "LEEDS"} & set(fallen.app.store.services.watchlists()["North team"])


def test_a_wrong_line_adds_nothing_and_is_shown_again(fallen: Pages) -> None:
    with fallen.client("editor") as client:
        answer = client.post(f"{LIST}/add", data={"services": "RJ121\nnonsense <b>"})
        assert answer.status_code == 422 and "nonsense &lt;b&gt;" in answer.text
        assert "RJ121" not in fallen.app.store.services.watchlists()["North team"]
        assert client.post(f"{LIST}/add", data={"services": "RJ121\n" * 1001}).status_code == 422
        assert client.post(f"{LIST}/add", data={}).status_code == 422


def test_known_services_are_found_by_name_and_the_page_suggests_the_register_for_others(
    fallen: Pages, fallen_page: Page
) -> None:
    fallen.app.store.watchlists.make("South", fallen.people["editor"].id, fallen.clock())
    fallen.sign_in(fallen_page, "editor")
    fallen_page.goto("/watchlists/South/add")
    fallen_page.get_by_label("Name, postcode, place or provider").fill("larch le1 1aa")
    fallen_page.get_by_role("button", name="Search", exact=True).click()
    fallen_page.get_by_label("Choose Larch Grove").check()
    fallen_page.get_by_role("button", name="Add the chosen services").click()
    expect(fallen_page.get_by_role("status")).to_contain_text("1 service added.")
    fallen_page.goto("/watchlists/South/add?search=nowhere")
    expect(fallen_page.locator("main")).to_contain_text("Search CQC’s whole register for “nowhere”")
    fallen_page.goto("/watchlists/South/add?search=larch")
    expect(fallen_page.get_by_role("row").filter(has_text="Larch Grove")).to_contain_text("already on it")


def test_removing_services_asks_for_confirmation(fallen: Pages, fallen_page: Page) -> None:
    subscribe(fallen, "North team", "mailto:lead@council.example")
    fallen.sign_in(fallen_page, "editor")
    fallen_page.goto(LIST)
    fallen_page.get_by_label("Choose Larch Grove").check()
    fallen_page.get_by_role("button", name="Remove the chosen services").click()
    expect(fallen_page.locator("main")).to_contain_text(f"Larch Grove ({FALLEN}), overall inadequate")
    expect(fallen_page.locator(".warning")).to_contain_text("1 subscriber of this watchlist will no longer be alerted about")
    assert FALLEN in fallen.app.store.services.watchlists()["North team"]
    fallen_page.get_by_role("button", name="Remove 1 service").click()
    expect(fallen_page.get_by_role("status")).to_contain_text("1 service removed.")
    assert FALLEN not in fallen.app.store.services.watchlists()["North team"]
    assert audit(fallen)[0].what == "removed from watchlist"
    fallen_page.goto(f"{LIST}/remove")
    expect(fallen_page.get_by_role("heading", level=1)).to_have_text("Nothing was chosen")


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_is_checked_before_services_are_added(kind: str, fallen: Pages, fallen_page: Page) -> None:
    rows = [("Name", "Location ID"), ("A", FALLEN), ("B", "RJ121"), ("C", "nonsense <b>"), ("D", "RJ121"), ("E", "1-2235535718")]
    raw = workbook(rows) if kind == "xlsx" else "\n".join(",".join(row) for row in rows).encode()
    fallen.sign_in(fallen_page, "editor")
    fallen_page.goto(f"{LIST}/add")
    fallen_page.get_by_label("CSV or Excel file").set_input_files({"name": f"x.{kind}", "mimeType": "text/csv", "buffer": raw})
    fallen_page.get_by_role("button", name="Check the file").click()
    expect(fallen_page.get_by_role("heading", level=1)).to_have_text("What the file contains")
    assert fallen_page.locator(".tiles dd").all_inner_texts() == ["2", "1", "1", "1"]
    expect(fallen_page.locator("main")).to_contain_text("Row 4: 'nonsense <b>' is not a location id")
    assert_accessible(fallen_page)
    assert len(fallen.app.store.services.watchlists()["North team"]) == 3
    fallen_page.get_by_role("button", name="Add 2 new services and leave out the unusable rows").click()
    expect(fallen_page.get_by_role("status")).to_contain_text("2 services added.")
    assert {"RJ121", "1-2235535718"} < set(fallen.app.store.services.watchlists()["North team"])


def test_a_file_that_is_uploaded_twice_adds_its_services_only_once(fallen: Pages) -> None:
    with fallen.client("editor") as client:
        for said in ("1 service added.", "0 services added, 1 already on it."):
            answer = client.post(f"{LIST}/upload", data={"services": "RJ121"}, follow_redirects=True)
            assert said in answer.text


def test_a_file_may_be_five_megabytes_with_fifty_thousand_services(fallen: Pages) -> None:
    ids = [f"1-{3_000_000_000 + n}" for n in range(50_000)]
    raw = ("location_id,notes\n" + "".join(f"{one},{'x' * 80}\n" for one in ids)).encode()
    assert 4_500_000 < len(raw) < 4_990_000
    with fallen.client("editor") as client:
        client.timeout = httpx.Timeout(60)
        checked = client.post(f"{LIST}/upload", files={"file": ("big.csv", raw)})
        assert checked.status_code == 200 and "Add 50,000 new services" in checked.text
        taken = client.post(f"{LIST}/upload", data={"services": " ".join(ids)})
        assert taken.status_code == 303
        assert len(fallen.app.store.services.watchlists()["North team"]) == 50_003
        assert client.post(f"{LIST}/upload", files={"file": ("big.csv", raw + b"x" * 500_000)}).status_code == 413


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="an empty file"),
        pytest.param(b"name\nCherrybrook\n", id="a file without the column"),
        pytest.param(b"PK\x03\x04 no workbook", id="a damaged workbook"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), id="a picture"),
    ],
)
def test_an_unusable_file_is_refused_with_a_message_beside_the_field(raw: bytes, fallen: Pages) -> None:
    with fallen.client("editor") as client:
        answer = client.post(f"{LIST}/upload", files={"file": ("x.csv", raw)})
        assert answer.status_code == 422 and 'id="file-error"' in answer.text


def test_an_exported_file_contains_every_row_and_no_formula(fallen: Pages) -> None:
    hostile = "=HYPERLINK('https://evil.example')"
    fallen.app.store.watchlists.make("=cmd|' /C calc'!A0", fallen.people["editor"].id, fallen.clock())
    with fallen.client("reader") as client:
        answer = client.get(f"{LIST}/export.csv")
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert answer.headers["content-disposition"].startswith('attachment; filename="North-team.csv"')
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [row["Location ID"] for row in rows] == [FALLEN, HOSTILE_ONE, UNREAD]
        assert date.fromisoformat(rows[0]["Rated"]) and datetime.fromisoformat(rows[0]["Last change"]).tzinfo == UTC
        assert rows[0]["Overall"] == "Inadequate" and rows[0]["Special measures"] == "In special measures"
        assert rows[1]["Service"].startswith("Rose & Crown <script>") and rows[2]["Service"] == "not read yet"
        book = openpyxl.load_workbook(io.BytesIO(client.get(f"{LIST}/export.xlsx").content))
        assert book.sheetnames == ["Services", "Notes"]
        sheet = book["Services"]
        assert (sheet.max_row, sheet.freeze_panes, sheet.auto_filter.ref) == (4, "B2", f"A1:{sheet.dimensions.split(':')[1]}")
        heads = [cell.value for cell in sheet[1]]
        shown = dict(zip(heads, sheet[2], strict=True))
        assert shown["Rated"].is_date and shown["Last change"].is_date and isinstance(shown["Service groups"].value, int)
        assert sheet.print_title_rows == "$1:$1" and sheet.page_setup.orientation == "landscape"
        filtered = client.get(f"{LIST}/export.csv?search=larch").content.decode("utf-8-sig")
        assert filtered.count("\n") == 2 and hostile not in filtered
        odd = client.get(f"/watchlists/{segment('=cmd|' + chr(39) + ' /C calc' + chr(39) + '!A0')}/export.csv")
        assert odd.status_code == 200 and "/" not in odd.headers["content-disposition"].partition("filename*")[0]


# ── settings, deleting, two people at once ──────────────────────────────────────────────────────────────────────────────────────


def test_the_name_the_owner_and_the_second_address_of_a_watchlist_can_be_changed(fallen: Pages, fallen_page: Page) -> None:
    subscribe(fallen, "North team", "mailto:lead@council.example")
    fallen.sign_in(fallen_page, "editor")
    fallen_page.goto(f"{LIST}/settings")
    fallen_page.get_by_label("Name", exact=True).fill("North / East")
    fallen_page.get_by_label("Owner").select_option("operator@council.example")
    fallen_page.get_by_label("Second address").fill("slack:https://hooks.slack.com/services/T000/B000/abcdefghSECRETwxyz")
    fallen_page.get_by_role("button", name="Save").click()
    expect(fallen_page.get_by_role("heading", level=1)).to_have_text("North / East")
    assert len(names(fallen_page)) == 3
    one = fallen.app.store.watchlists.find("North / East")
    assert one is not None and one.owner_email == "operator@council.example"
    assert one.second_address == "slack:https://hooks.slack.com/services/T000/B000/abcdefghSECRETwxyz"
    assert [each.watchlist for each in fallen.app.store.subscriptions.listed()] == ["North / East"]
    fallen_page.get_by_role("link", name="Settings").click()
    expect(fallen_page.get_by_label("Second address")).to_have_value("slack:hooks.slack.com/…wxyz")
    assert "SECRET" not in fallen_page.content() and not any("SECRET" in each.about for each in audit(fallen))
    fallen_page.get_by_role("button", name="Save").click()
    again = fallen.app.store.watchlists.find("North / East")
    assert again is not None and again.second_address == one.second_address
    done_by_now = {each.what for each in audit(fallen)}
    assert done_by_now >= {"renamed watchlist", "gave watchlist to", "changed second address of watchlist"}


@pytest.mark.parametrize(
    ("form", "field"),
    [
        pytest.param({"name": ""}, "name", id="an empty name"),
        pytest.param({"name": "South"}, "name", id="a name that is taken"),
        pytest.param({"name": "North team", "owner": "999"}, "owner", id="an unknown owner"),
        pytest.param({"name": "North team", "second": "nonsense"}, "second", id="a word in place of an address"),
        pytest.param(
            {"name": "North team", "second": "webhook:https://a.example/x"}, "second", id="a channel that people do not read"
        ),
        pytest.param(
            {"name": "North team", "second": "slack:https://evil.example/x"}, "second", id="an address that is not Slack's"
        ),
        pytest.param(
            {"name": "North team", "second": "sms:+447700900123"}, "second", id="a telephone, but text messages are not set up"
        ),
    ],
)
def test_a_wrong_setting_is_refused_with_a_message_beside_the_field(form: dict[str, str], field: str, fallen: Pages) -> None:
    fallen.app.store.watchlists.make("South", fallen.people["editor"].id, fallen.clock())
    with fallen.client("editor") as client:
        answer = client.post(f"{LIST}/settings", data=form)
        assert answer.status_code == 422 and f'id="{field}-error"' in answer.text
    assert fallen.app.store.watchlists.find("North team") is not None


def test_a_reader_cannot_become_the_owner_of_a_watchlist(fallen: Pages) -> None:
    with fallen.client("editor") as client:
        form = {"name": "North team", "owner": str(fallen.people["reader"].id)}
        assert client.post(f"{LIST}/settings", data=form).status_code == 422


def test_deleting_a_watchlist_asks_for_confirmation_and_says_who_is_no_longer_alerted(fallen: Pages, fallen_page: Page) -> None:
    subscribe(fallen, "North team", "mailto:lead@council.example")
    fallen.sign_in(fallen_page, "editor")
    fallen_page.goto(f"{LIST}/settings")
    fallen_page.get_by_role("link", name="Delete this watchlist").click()
    expect(fallen_page.locator("main")).to_contain_text("lead@council.example")
    expect(fallen_page.locator("main")).to_contain_text("3 services are on this watchlist")
    assert_accessible(fallen_page)
    assert fallen.app.store.watchlists.find("North team") is not None
    fallen_page.get_by_role("button", name="Delete the watchlist").click()
    expect(fallen_page.get_by_role("status")).to_contain_text("North team was deleted. 1 subscription ended with it.")
    assert fallen.app.store.subscriptions.listed() == [] and fallen.app.store.services.watchlists() == {}
    assert len(fallen.app.store.services.history(FALLEN)) > 1
    assert audit(fallen)[0].what == "deleted watchlist"


ACTIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("add", {"services": "RJ121"}),
    ("upload", {"services": "RJ121"}),
    ("remove", {"chosen": FALLEN}),
    ("settings", {"name": "Other"}),
    ("delete", {}),
)


@pytest.mark.parametrize(("action", "form"), ACTIONS, ids=[action for action, _ in ACTIONS])
def test_no_action_recreates_a_watchlist_that_somebody_else_deleted(action: str, form: dict[str, str], fallen: Pages) -> None:
    with fallen.client("editor") as one, fallen.client("operator") as other:
        assert one.get(LIST).status_code == 200
        assert other.post(f"{LIST}/delete").status_code == 303
        answer = one.post(f"{LIST}/{action}", data=form)
        assert answer.status_code == 404 and "Somebody may have deleted or renamed it" in answer.text
    assert fallen.app.store.services.watchlists() == {}
    assert fallen.app.store.watchlists.summaries(fallen.clock(), fallen.clock(), mail=True) == []


def test_two_people_who_add_the_same_service_at_once_both_succeed(fallen: Pages) -> None:
    with fallen.client("editor") as one, fallen.client("operator") as other:
        said = [each.post(f"{LIST}/add", data={"services": "RJ121"}, follow_redirects=True).text for each in (one, other)]
    assert "1 service added" in said[0] and "0 services added, 1 already on it" in said[1]


# ── pages that everybody can use ──────────────────────────────────────────────────────────────────────────────────────

SEARCHES = (f"{LIST}/add?search=larch", f"{LIST}/add?search=nowhere", f"{LIST}?search=nothing-like-it")


def test_pages_with_a_search_or_a_choice_can_be_used_by_everybody(fallen: Pages, fallen_page: Page) -> None:
    """test_pages tests the same pages without a search or a choice."""
    fallen.sign_in(fallen_page, "operator")
    fallen.app.store.watchlists.make("Empty", fallen.people["operator"].id, fallen.clock())
    for path in (*SEARCHES, f"{LIST}/remove?chosen={FALLEN}", "/watchlists/Empty"):
        fallen_page.goto(path)
        assert_usable(fallen_page)


def test_the_list_of_watchlists_can_be_used_without_any_watchlist(pages: Pages, page: Page) -> None:
    for who in ("reader", "operator"):
        pages.sign_in(page, who)
        page.goto("/watchlists")
        expect(page.locator("main")).to_contain_text("There is no watchlist yet")
        assert_accessible(page)


def test_a_printed_watchlist_contains_only_its_grid(fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "editor")
    fallen_page.goto(LIST)
    fallen_page.emulate_media(media="print")
    expect(fallen_page.get_by_role("row").filter(has_text="Larch Grove")).to_be_visible()
    for hidden in (".filters", ".navigation", "button", "input[type=checkbox]"):
        assert not any(one.is_visible() for one in fallen_page.locator(hidden).all()), hidden
    assert HOSTILE not in fallen_page.content()
