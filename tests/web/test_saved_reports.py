"""Tests the pages of saved reports: saving a report, opening a saved report, quarterly messages about a report, uploading
contracted services and the council's Word template, and showing the same report again at once.
"""

import io
import re
from collections.abc import Hashable, Iterator
from datetime import UTC, date, datetime

import docx
import httpx
import pytest
from fastapi import Request
from playwright.sync_api import Page, expect

from monitor.errors import UsageError
from monitor.own_facts import OwnFacts
from monitor.reports.paper import Paper
from monitor.store.people import Role
from monitor.web import reports
from monitor.web.app import create_app
from monitor.web.reports import AreaAsked, Keeping, Wanted, area_answered, made_once, wanted
from tests.conftest import World
from tests.registered import care, take
from tests.reports.test_word import template
from tests.web.conftest import HOSTILE, Pages, assert_accessible, done
from tests.web.hands import assert_whole
from tests.web.test_set_up import text

MAY, NOVEMBER = date(2026, 5, 5), date(2026, 11, 5)
REPORT = "/reports/area?area=Leicestershire&against=region&others=Devon"
HOMES = [care(f"1-10000{n:04}", "good" if n % 3 else "inadequate", name=f"{HOSTILE} {n}") for n in range(60)]


@pytest.fixture
def registered(pages: Pages) -> Pages:
    take(pages.app.store.engine, [(MAY, HOMES)])
    return pages


@pytest.fixture
def reader(registered: Pages) -> Iterator[httpx.Client]:
    with registered.client("reader") as client:
        yield client


def test_a_report_is_saved_from_its_page_and_opened_by_anybody(registered: Pages, page: Page) -> None:
    registered.sign_in(page, "reader")
    page.goto(REPORT)
    page.get_by_text("Save this report under a name").click()
    page.get_by_label("Name", exact=True).fill("Ours & <theirs>")
    page.get_by_role("button", name="Save the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ours & <theirs>")
    expect(page.get_by_text("Comparators (East Midlands, and as typed, 10)")).to_be_visible()
    page.get_by_role("button", name="Email me this report each quarter").click()
    expect(page.get_by_text("You get an email about this report each quarter.")).to_be_visible()
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert_whole(page)
        assert_accessible(page)
    (report,) = registered.app.store.saved_reports.every()
    assert report.readers == {registered.people[Role.READER].id} and "from" not in report.query
    with registered.client("editor") as other:
        answer = other.get(f"/reports/saved/{report.id}?from=2026-07-01&to=2026-09-30")
        assert answer.status_code == 200 and "1 July 2026 to 30 September 2026" in text(answer)
        assert other.get(f"/reports/saved/{report.id}?format=csv").status_code == 200
        assert "Ours &amp; &lt;theirs&gt;" in other.get("/reports").text
        assert other.get(f"/reports/saved/{report.id}/settings").status_code == 403
        assert other.post(f"/reports/saved/{report.id}/delete").status_code == 403


def test_a_saved_report_is_named_renamed_and_deleted(registered: Pages, page: Page, reader: httpx.Client) -> None:
    assert reader.post("/reports/saved", data={"name": "A", "query": "area=Leicestershire"}).status_code == 303
    assert "already a report" in text(reader.post("/reports/saved", data={"name": "a", "query": "area=Leicestershire"}))
    assert reader.post("/reports/saved", data={"name": "B", "query": "area=Atlantis"}).status_code == 422
    assert "Enter a name" in text(reader.post("/reports/saved", data={"name": " ", "query": "area=Leicestershire"}))
    (report,) = registered.app.store.saved_reports.every()
    here = f"/reports/saved/{report.id}"
    assert reader.post(f"{here}/settings", data={"name": "B"}).status_code == 303
    assert "Enter a name" in text(reader.post(f"{here}/settings", data={"name": ""}))
    registered.sign_in(page, "reader")
    page.goto(f"{here}/settings")
    expect(page.get_by_label("Name", exact=True)).to_have_value("B")
    assert_accessible(page)
    assert reader.post(f"{here}/delete").status_code == 303
    assert reader.get(here).status_code == 404 and reader.get("/reports/saved/x").status_code == 404


def test_contracted_services_are_uploaded_in_a_file(registered: Pages, reader: httpx.Client) -> None:
    reader.post("/reports/saved", data={"name": "A", "query": "area=Leicestershire"})
    (report,) = registered.app.store.saved_reports.every()
    here = f"/reports/saved/{report.id}"
    file = "\n".join(["location_id", *(one.location_id for one in HOMES[:6])])
    assert reader.post(f"{here}/contracted", files={"file": ("ours.csv", file)}).status_code == 303
    assert "The council contracts 6 of the 60 services (10%)" in text(reader.get(here))
    for name, content, said in (
        ("a.csv", "location_id\nnonsense", "Row 2"),
        ("a.csv", "town\nLeeds", "no column location_id"),
        ("a.csv", "location_id\n", "The file has no rows"),
        ("a.csv", "", "The file is empty"),
    ):
        answer = reader.post(f"{here}/contracted", files={"file": (name, content)})
        assert answer.status_code == 422 and said in text(answer)
    for nothing in ({"file": ("", "")}, {"other": ("", "")}):
        answer = reader.post(f"{here}/contracted", files=nothing)
        assert answer.status_code == 422 and "Choose a file" in text(answer)
    assert "The council contracts 6 of the 60 services (10%)" in text(reader.get(here))
    file += "\n1-999999999\n1-999999998"
    assert reader.post(f"{here}/contracted", files={"file": ("ours.csv", file)}).status_code == 303
    settings = text(reader.get(f"{here}/settings"))
    assert "Saved: 8 contracted services. 2 of these are left out of the report: see below." in settings
    assert "2 of these services are left out: no adult social care service is registered with these ids now." in settings
    assert "1-999999999, 1-9" in settings
    with pytest.raises(UsageError, match="no services"):
        registered.app.store.saved_reports.set_contracted(report, (), registered.people[Role.READER].id, registered.clock())
    assert reader.post(f"{here}/contracted/remove").status_code == 303
    assert "The council contracts" not in text(reader.get(here))


def test_the_number_of_people_placed_comes_from_own_facts_of_the_chosen_watchlist(
    registered: Pages, reader: httpx.Client
) -> None:
    store, now, me = registered.app.store, registered.clock(), registered.people[Role.READER].id
    funders = (None, "Leicestershire County Council", "Leeds", "a health board")
    poor = [one.location_id for one in HOMES if one.overall == "inadequate"][: len(funders)]
    placed = (1, 20, 300, 4000)
    own = [
        OwnFacts(location_id=one, people_placed=people, funding_authority=funder, as_of=now.date())
        for one, people, funder in zip(poor, placed, funders, strict=True)
    ]
    store.watchlists.make("Contracts", me, now)
    store.services.watch("Contracts", poor, now)
    store.own_facts.replace("Contracts", own, None, now)
    reader.post("/reports/saved", data={"name": "A", "query": "area=Leicestershire&contracted=Contracts"})
    reader.post("/reports/saved", data={"name": "B", "query": "area=Leicestershire"})
    chosen, none = store.saved_reports.every()
    answer = text(reader.get(f"/reports/saved/{chosen.id}"))
    assert "21 people are placed in services rated inadequate (known for 2 of 4)" in answer
    store.saved_reports.set_contracted(none, poor, me, now)
    answer = text(reader.get(f"/reports/saved/{none.id}"))
    assert "The council contracts 4 of" in answer and "people are placed" not in answer


def test_a_saved_report_says_that_its_watchlist_was_deleted(registered: Pages, reader: httpx.Client) -> None:
    store, now, me = registered.app.store, registered.clock(), registered.people[Role.READER].id
    store.watchlists.make("Contracts", me, now)
    reader.post("/reports/saved", data={"name": "A", "query": "area=Leicestershire&contracted=Contracts"})
    store.watchlists.delete("Contracts", me, now, None)
    (report,) = store.saved_reports.every()
    answer = reader.get(f"/reports/saved/{report.id}")
    assert answer.status_code == 422 and "deleted or renamed this watchlist" in text(answer)


def test_the_quarterly_email_links_to_the_report_and_to_its_word_file(
    mailing: Pages, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", mailing.url)
    take(mailing.app.store.engine, [(MAY, HOMES)])
    me, reports = mailing.people[Role.READER], mailing.app.store.saved_reports
    id = reports.save("Ours", "area=Leicestershire", me.id, datetime(2026, 7, 20, tzinfo=UTC))
    (report,) = reports.every()
    reports.send_to(report, me.id, True)
    done(world, "deliver")
    (mail,) = [one for one in world.mail.mails if "Report: Ours" in one.subject]
    links = re.findall(rf"{mailing.url}(/reports/saved/{id}\S+)", mail.text)
    page, file = dict.fromkeys(links)
    with mailing.client() as stranger, mailing.client("reader") as client:
        assert stranger.get(file).status_code == 303
        assert "Ours" in text(client.get(page))
        words = [one.text for one in docx.Document(io.BytesIO(client.get(file).content)).paragraphs]
        assert any("Leicestershire" in one for one in words)


# ── the template ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_word_documents_use_the_councils_template(registered: Pages, reader: httpx.Client) -> None:
    with registered.client("editor") as editor:
        assert "Choose a file" in text(editor.post("/reports/template"))
        refused = editor.post("/reports/template", files={"file": ("a.docx", b"PK\x03\x04")})
        assert refused.status_code == 422 and "is not a Word document, or it is damaged" in text(refused)
        assert registered.app.store.saved_reports.template() is None
        assert editor.post("/reports/template", files={"file": ("house & <b>.docx", template())}).status_code == 303
    assert "house & <b>.docx" in text(reader.get("/reports/template"))
    made = reader.get(f"{REPORT}&format=docx").content
    assert docx.Document(io.BytesIO(made)).paragraphs[0].text == "REPORT OF THE DIRECTOR"
    assert reader.post("/reports/template/remove").status_code == 403
    with registered.client("editor") as editor:
        assert editor.post("/reports/template/remove").status_code == 303
    assert "DIRECTOR" not in docx.Document(io.BytesIO(reader.get(f"{REPORT}&format=docx").content)).paragraphs[0].text


# ── uploaded lists, errors, and unchanged reports ──────────────────────────────────────────────────────────────────────────


def test_a_list_of_authorities_is_uploaded(registered: Pages) -> None:
    with registered.client("editor") as editor:
        path = "/reports/comparators/upload"
        file = {"file": ("near.csv", "Local authority;x\nDevon;1\n\"Bournemouth, Christchurch and Poole\";2\nCumbria;3")}
        assert editor.post(path, data={"list": "Near"}, files=file).status_code == 303
        wrong = editor.post(path, data={"list": ""}, files={"file": ("a.csv", "Devn\nKent")})
        assert wrong.status_code == 422 and "“Devn” (nearest: Devon" in text(wrong) and "Enter a name" in text(wrong)
    assert registered.app.store.areas.lists() == {
        "Near": ("Devon", "Bournemouth, Christchurch and Poole", "Cumberland", "Westmorland and Furness")
    }


def test_several_authorities_can_be_typed_on_one_line(reader: httpx.Client) -> None:
    typed = "Leeds, Bournemouth, Christchurch and Poole, devon; Kent"
    answer = text(reader.get("/reports/area", params={"area": "Leicestershire", "others": typed}))
    assert "Comparators (as typed, 4): Leeds; Bournemouth, Christchurch and Poole; Devon; Kent." in answer
    wrong = text(reader.get("/reports/area", params={"area": "Leicestershire", "others": "Leeds, Bradfrd"}))
    assert "“Bradfrd” (nearest: Bradford" in wrong


def test_all_wrong_fields_are_reported_at_once(reader: httpx.Client) -> None:
    answer = reader.get("/reports/area?area=Devon&from=2999-01-01&others=Devn&against=list:gone&contracted=nothing")
    assert answer.status_code == 422
    fields = re.findall(r'<a href="#(\w+)">', answer.text)
    assert set(fields) == {"from", "others", "against", "contracted"}
    both = reader.get("/reports/area?area=Atlantis&from=soon&to=1999-01-01")
    assert {"area", "from"} <= set(re.findall(r'<a href="#(\w+)">', both.text))


def test_an_unchanged_report_is_not_made_again(
    registered: Pages, reader: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this test, no new report can be made. The earlier page and file are shown until the register changes."""
    first, file = reader.get(REPORT), reader.get(f"{REPORT}&format=xlsx")
    monkeypatch.setattr(reports, "LONGEST_WAIT", 0.05)
    with reports.in_turn():
        assert reader.get(REPORT).text == first.text
        assert reader.get(f"{REPORT}&format=xlsx").content == file.content
        assert reader.get(f"{REPORT}&from=2026-06-01").status_code == 503
    worse = [care("1-200000001", "inadequate", name="New")]
    take(registered.app.store.engine, [(NOVEMBER, worse)])
    with reports.in_turn():
        assert reader.get(REPORT).status_code == 503
    assert "New" in reader.get(REPORT).text


def test_a_file_is_cached_only_for_the_register_from_which_its_report_was_made(registered: Pages) -> None:
    """The register may change between the making of a report and the making of its file."""
    web = create_app(registered.app, registered.clock)
    scope = {"type": "http", "method": "GET", "path": "/reports/area", "query_string": b"", "headers": [], "app": web}
    form, me = AreaAsked.model_validate({"area": "Leicestershire"}), registered.people[Role.READER]
    found = wanted(registered.app, form, NOVEMBER, me.id)
    assert isinstance(found, Wanted)

    def file_of(made: tuple[Paper, Hashable], request: Request) -> bytes:
        return bytes(area_answered(request, registered.app, made[0], "csv", Keeping(key=made[1])).body)

    before = made_once(Request(scope), registered.app, found)
    take(registered.app.store.engine, [(NOVEMBER, [care("1-200000001", "inadequate", name="Larch Grove")])])
    assert b"Larch Grove" not in file_of(before, Request(scope))
    assert b"Larch Grove" in file_of(made_once(Request(scope), registered.app, found), Request(scope))
