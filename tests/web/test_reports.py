"""Tests the pages of reports. People request a report with a form, read the report on screen, on paper or with a screen reader,
and save the report as a file."""

import csv
import html
import io
import re
import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import docx
import httpx
import openpyxl
import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from monitor.register.movements import Holder
from monitor.reports.paper import Paper
from monitor.web import reports
from monitor.web.errors import Busy
from tests.registered import care, take
from tests.store.listed import entry, listed
from tests.web.conftest import HOSTILE, Pages, assert_accessible
from tests.web.hands import assert_whole

MAY, NOVEMBER = date(2026, 5, 5), date(2026, 11, 5)
TYPES = (("Residential homes",), ("Nursing homes",), ("Homecare agencies",), ("Supported living", "Homecare agencies"))
RATINGS = ("good", "good", "requires improvement", "outstanding", None, "inadequate", "good")


@pytest.fixture
def registered(pages: Pages) -> Pages:
    """The pages of a monitor with a register of 180 services. The services have hostile names, and some services have fallen."""
    before, after = [], []
    for n in range(180):
        about: dict[str, Any] = {
            "name": f"{HOSTILE} {n}",
            "provider_id": f"1-10000000{n % 3}",
            "provider_name": f"{HOSTILE} of {n % 3}",
        }
        authority = ("Leicestershire", "Rutland", "Devon")[n % 3]
        types = TYPES[n % len(TYPES)]
        overall = RATINGS[n % len(RATINGS)]
        before.append(care(f"1-30000{n:04}", overall, types=types, authority=authority, **about))
        if n % 9 < 2 and overall == "good":
            after.append(care(f"1-30000{n:04}", "inadequate", types=types, authority=authority, published=NOVEMBER, **about))
        else:
            after.append(before[-1])
    take(pages.app.store.engine, [(MAY, before), (NOVEMBER, after)])
    return pages


@pytest.fixture
def reader(registered: Pages) -> Iterator[httpx.Client]:
    with registered.client("reader") as client:
        yield client


REPORT = "/reports/area?area=Leicestershire&against=region&from=2026-01-01"


def test_a_report_is_requested_with_its_form(registered: Pages, page: Page) -> None:
    registered.sign_in(page, "reader")
    page.goto("/")
    page.get_by_role("link", name="Reports", exact=True).click()
    page.get_by_label("Local authority").select_option("Leicestershire")
    page.get_by_label("Compare with", exact=True).select_option("The other authorities of its region")
    page.get_by_label("From", exact=True).fill("1 January 2026")
    page.get_by_role("button", name="Make report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quality of care in Leicestershire")
    expect(page.get_by_text("Comparators (East Midlands, 9)")).to_be_visible()
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert_whole(page)
        assert_accessible(page)


def test_charts_have_a_description_for_screen_readers_and_a_link_to_their_table(registered: Pages, page: Page) -> None:
    registered.sign_in(page, "reader")
    page.goto(REPORT)
    charts = page.get_by_role("img")
    assert charts.count() == 4
    ratings = page.get_by_role("img", name="Ratings by area and sector, per cent of services")
    expect(ratings).to_have_accessible_description(re.compile(r"Leicestershire, care homes: .*%.* of \d+\. .*The table below"))
    expect(page.get_by_role("img", name="Ratings in Leicestershire by quarter, per cent of services")).to_be_visible()
    table = page.get_by_role("table", name="Ratings now")
    expect(table.get_by_role("columnheader", name="Leicestershire: care homes")).to_have_count(1)
    # The table contains each percentage that the chart shows.
    cells = table.get_by_role("row", name=re.compile("^Good")).get_by_role("cell").all_inner_texts()
    drawn = ratings.locator("desc").text_content() or ""
    here = re.search(r"Leicestershire, care homes:.*?good (\d+)%", drawn)
    assert here and cells[0].endswith(f"({here[1]}%)")


def test_a_chart_without_data_is_not_drawn(reader: httpx.Client) -> None:
    answer = reader.get("/reports/area?area=Cornwall").text
    assert "Ratings by area and sector, per cent of services" in answer
    assert "Ratings in Cornwall by quarter, per cent of services" not in answer


def test_a_report_is_printed_without_navigation_and_forms(registered: Pages, page: Page) -> None:
    """The PDF has no navigation and no forms, and its wide tables are complete."""
    registered.sign_in(page, "reader")
    page.goto(REPORT)
    paper = pypdfium2.PdfDocument(page.pdf(format="A4"))
    texts = [" ".join(one.get_textpage().get_text_range().split()) for one in paper]
    whole = " ".join(texts)
    paper.close()
    assert 2 <= len(texts) <= 12
    for said in ("Quality of care in Leicestershire", "England: all", "Movements in the period", "Median, years"):
        assert said in whole, said
    for of_the_screen in ("Watchlists", "Save as", "Sign out", "Skip to main"):
        assert of_the_screen not in whole, of_the_screen


@pytest.mark.parametrize("path", [REPORT, "/signs?area=Leicestershire", "/signs", "/providers/1-100000000"])
def test_every_report_can_be_saved_in_each_format(path: str, reader: httpx.Client) -> None:
    page = reader.get(path)
    assert page.status_code == 200
    links = [one.replace("&amp;", "&") for one in re.findall(r'href="(\?[^"]*format=\w+)"', page.text)]
    assert len(links) == 4
    for link in links:
        saved = reader.get(path.partition("?")[0] + link)
        assert saved.status_code == 200
        name = re.fullmatch(r'attachment; filename="([a-z0-9-]+\.(html|csv|xlsx|docx))"', saved.headers["content-disposition"])
        assert name, saved.headers["content-disposition"]
        if name[2] == "xlsx":
            assert len(openpyxl.load_workbook(io.BytesIO(saved.content)).sheetnames) > 3
        elif name[2] == "docx":
            assert docx.Document(io.BytesIO(saved.content)).tables
        elif name[2] == "html":
            assert "<script" not in saved.text


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        pytest.param("area=&from=2026-01-01", "area", "Choose a local authority", id="no authority"),
        pytest.param("area=Atlantis", "area", "No local authority is called “Atlantis”", id="an unknown area"),
        pytest.param("area=Devon&from=soon", "from", "Enter a date like 31 January 2026", id="a word in place of a date"),
        pytest.param("area=Devon&as_at=31/11/2025", "as_at", "Enter a date like 31 January 2026", id="an impossible day"),
        pytest.param(
            "area=Devon&from=2026-02-01&to=2026-01-01", "from", "before it begins", id="a period that ends before it begins"
        ),
        pytest.param("area=Devon&from=2999-01-01", "from", "before it begins", id="a period that begins in the future"),
        pytest.param(
            "area=Devon&as_at=2026-01-01&from=2026-03-01&to=2026-04-01", "from", "after the day",
            id="a period that begins after the day of the report",
        ),
        pytest.param("area=Devon&as_at=1 January 2999", "as_at", "is in the future", id="a report as at a day in the future"),
        pytest.param("area=Devon&to=2999-01-01", "to", "is in the future", id="a last day in the future"),
        pytest.param("area=Devon&from=2026-01-01&to=2999-01-01", "to", "1 January 2999", id="a period that ends in the future"),
        pytest.param("area=Devon&as_at=1 May 1999", "as_at", "too long ago", id="a report as at a day before CQC existed"),
        pytest.param(
            "area=Devon&from=1999-05-01&to=2999-01-01", "from", "too long ago", id="a period that begins before CQC existed"
        ),
        pytest.param("area=Devon&to=1999-05-01", "to", "too long ago", id="a period that ends before CQC existed"),
        pytest.param(
            "area=Devon&against=list:gone", "against", "no longer saved. Choose another list", id="a saved list that was deleted"
        ),
        pytest.param(
            "area=Devon&against=Kent", "against", "no longer saved. Choose another list", id="a value that is not a saved list"
        ),
        pytest.param("area=Devon&others=Kent%0D%0ADevn", "others", "“Devn” (nearest: Devon", id="unknown comparators"),
    ],
)
def test_an_error_is_shown_beside_its_field(query: str, field: str, message: str, reader: httpx.Client) -> None:
    answer = reader.get(f"/reports/area?{query}")
    assert answer.status_code == 422
    assert message in answer.text
    assert f'<a href="#{field}">' in answer.text and f'id="{field}"' in answer.text


def test_a_report_compares_the_area_with_typed_authorities(reader: httpx.Client) -> None:
    text = reader.get("/reports/area", params={"area": "Leicestershire", "others": "Devon\r\n cumbria ;\r\n\r\n"}).text
    assert "Comparators (as typed, 3): Devon; Cumberland; Westmorland and Furness." in text


def test_a_report_compares_the_area_with_a_saved_list(registered: Pages, reader: httpx.Client) -> None:
    registered.app.store.areas.save_list("CIPFA & <co>", ["Devon"], registered.clock())
    form = reader.get("/reports").text
    assert "CIPFA &amp; &lt;co&gt;" in form
    text = reader.get("/reports/area", params={"area": "Leicestershire", "against": "list:CIPFA & <co>"}).text
    assert "Comparators (CIPFA &amp; &lt;co&gt;, 1): Devon." in text


def test_an_unknown_authority_in_a_saved_list_is_reported_at_the_field_of_the_list(
    registered: Pages, reader: httpx.Client
) -> None:
    registered.app.store.areas.save_list("Old", ["Atlantis"], registered.clock())
    text = reader.get("/reports/area", params={"area": "Leicestershire", "against": "list:Old"}).text
    assert '<a href="#against">' in text and "Atlantis" in text
    assert 'id="against-error"' in text and '<a href="#others">' not in text


@pytest.mark.parametrize(
    "day",
    [
        *("1 May 2026", "1 may 2026", "01/05/2026", "1/5/2026", "2026-05-01", " 1st May  2026 ", "01.05.2026", "1-5-2026"),
        *("1/5/26", "1 May 26", "1 May ’26", "1-May-2026", "1st may, 2026", "May 1, 2026", "Friday 1 May 2026"),
    ],
)
def test_a_day_can_be_typed_in_many_forms(day: str, reader: httpx.Client) -> None:
    answer = reader.get("/reports/area", params={"area": "Devon", "from": "1 Nov 2025", "to": day})
    assert answer.status_code == 200 and "1 November 2025 to 1 May 2026" in answer.text


def test_a_provider_is_found_and_its_page_lists_its_services_across_councils(registered: Pages, page: Page) -> None:
    registered.sign_in(page, "reader")
    page.goto("/providers")
    page.get_by_label("Name or id").fill("crown")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("table", name="Found").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rose & Crown <script>")
    expect(page.get_by_role("table", name="All services")).to_be_visible()
    assert_accessible(page)


def test_long_tables_of_a_provider_are_shown_in_pages_and_complete_in_files(registered: Pages, reader: httpx.Client) -> None:
    app, worst = registered.app, re.compile(r'<th scope="row"><a href="([^"]+)"')
    path, known = "/providers/1-100000000", "1-300000045"
    app.store.services.watch("Some", [known], registered.clock())

    def rows(query: str) -> list[str]:
        return worst.findall(reader.get(f"{path}?{query}").text.partition("<h2>All services</h2>")[2])

    pages = [rows(f"all-services={number}") for number in (1, 2, 3, "x")]
    assert [len(one) for one in pages] == [50, 10, 10, 50]  # without a page 3, page 2 is shown; “x” shows page 1
    every = [*pages[0], *pages[1]]
    assert len(set(every)) == 60 and pages[1] == pages[2] and pages[0] == pages[3]
    assert f"/services/{known}" in every and sum("/location/" in one for one in every) == 59
    marks = [one.overall for one in app.store.areas.of_holder(Holder(key="1-100000000", name="", kind="provider", services=60))]
    first = reader.get(path).text.partition("<h2>All services</h2>")[2]
    assert first.count("<td data-label=\"Overall\">Inadequate</td>") == min(50, marks.count("inadequate"))
    assert "60 rows in all. Page 1 of 2." in first
    file = reader.get(f"{path}?format=csv&all-services=2").text
    assert len({one["row"] for one in csv.DictReader(io.StringIO(file.lstrip("\ufeff"))) if one["table"] == "All services"}) == 60


def test_a_services_page_leads_to_its_provider_and_brand(registered: Pages, reader: httpx.Client) -> None:
    one = care("1-309999999", name="Oak", provider_id="1-100000009", provider_name="Méridian Care", brand="BRAND A/B & Co")
    take(registered.app.store.engine, [(NOVEMBER, [one])])
    registered.app.store.services.watch("Some", [one.location_id], registered.clock())
    page = reader.get(f"/services/{one.location_id}").text
    for path, title in (("/providers/1-100000009", "Méridian Care"), ("/providers/BRAND~20A~2FB~20~26~20Co", "BRAND A/B & Co")):
        assert f'href="{path}"' in page
        there = reader.get(path)
        assert there.status_code == 200 and f"<h1>{html.escape(title)}</h1>" in there.text
    assert reader.get("/providers/nobody").status_code == 404


def test_early_signs_of_all_england_are_listed_up_to_a_limit(registered: Pages, reader: httpx.Client) -> None:
    every = [care(f"1-40000{n:04}", "good", published=date(2019, 1, 1), authority="Kent") for n in range(130)]
    take(registered.app.store.engine, [(NOVEMBER, every)])
    assert "These are the first 100 of 130 rows." in reader.get("/signs").text
    assert "These are the first" not in reader.get("/signs", params={"area": "Kent"}).text


def test_a_request_for_the_early_signs_of_an_unknown_authority_is_refused(reader: httpx.Client) -> None:
    for query in ("area=Atlantis", "area=Atlantis&format=csv"):
        answer = reader.get(f"/signs?{query}")
        assert answer.status_code == 422 and "No local authority is called “Atlantis”" in answer.text
        assert '<a href="#area">' in answer.text and 'id="area-error"' in answer.text
        assert "Registered 2 years ago" not in answer.text
    assert '<option value="" selected>All of England</option>' in reader.get("/signs").text
    assert '<option value="Devon" selected>' in reader.get("/signs?area=devon+county+council").text


@pytest.mark.parametrize("path", [REPORT, "/signs", "/providers/1-100000000?format=docx"])
def test_a_person_who_waits_too_long_for_other_reports_is_asked_to_try_again(
    path: str, reader: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "LONGEST_WAIT", 0.05)
    with reports.in_turn():
        answer = reader.get(path)
    assert answer.status_code == 503 and answer.headers["retry-after"] == "60"
    assert "Other reports are being made. Try again in a minute." in answer.text
    assert "database" not in answer.text
    assert reader.get(path).status_code == 200


def test_requests_that_wait_for_reports_leave_threads_for_other_pages() -> None:
    """A request beyond the limit is refused at once, while the other requests still wait."""
    done = threading.Semaphore(0)

    def wait() -> None:
        with reports.in_turn():
            done.release()

    threads = [threading.Thread(target=wait) for _ in range(reports.MOST_WAITING)]
    with reports.in_turn():
        for one in threads:
            one.start()
        while reports._PLACES.acquire(blocking=False):  # until all these threads wait
            reports._PLACES.release()
        with pytest.raises(Busy), reports.in_turn():
            pass
        assert not done.acquire(blocking=False)
    for one in threads:
        one.join()
    with reports.in_turn():
        pass


def test_files_of_reports_are_also_made_one_at_a_time(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    """Laying out a file takes longer than computing its report."""
    monkeypatch.setattr(reports, "LONGEST_WAIT", 0.05)
    with reports.in_turn(), pytest.raises(Busy):
        reports.file(Paper(name="a", title="A", lines=(), parts=()), "csv", pages.app)


def test_reports_say_that_a_register_without_rating_files_has_no_ratings(pages: Pages) -> None:
    listed(pages.app.store, [entry(1)], MAY)
    with pages.client("reader") as client:
        for path in ("/signs", "/reports/area?area=Devon", "/providers/1-101600001"):
            answer = client.get(path)
            assert answer.status_code in {200, 422} and "The register has no ratings yet" in answer.text, path


def test_the_pages_of_reports_say_that_there_is_no_register_yet(pages: Pages) -> None:
    with pages.client("reader") as client:
        for path in ("/reports", "/signs", "/providers"):
            answer = client.get(path)
            assert answer.status_code == 200 and "There is no register yet" in answer.text, path
        answer = client.get("/reports/area?area=Devon")
        assert answer.status_code == 422 and "register is empty" in answer.text


def test_a_report_without_an_area_gives_an_error_that_takes_the_focus(reader: httpx.Client) -> None:
    answer = reader.get("/reports/area", params={"area": "", "against": "", "from": "", "to": ""})
    assert answer.status_code == 422 and "error-summary" in answer.text
    assert reader.get("/reports/area").status_code == 303
