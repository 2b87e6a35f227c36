"""Tests the pages about suspended placements: what the pages show, the date of a review, the files, and who may do what."""

import csv
import io
import json
from datetime import date, timedelta

from openpyxl import load_workbook
from playwright.sync_api import Page

from monitor.jobs.compose import Composer
from monitor.own_facts import OwnFacts
from tests.conftest import World
from tests.web.conftest import FALLEN, HOSTILE_ONE, Pages, assert_usable, done

LIST = "North team"


def facts(pages: Pages) -> None:
    """Adds own facts. People are placed at Larch Grove, which is inadequate, and placements at another service are suspended."""
    today = pages.clock().date()
    known = [
        OwnFacts(location_id=FALLEN, people_placed=7, as_of=today),
        OwnFacts(location_id=HOSTILE_ONE, suspended_since=today, as_of=today),
    ]
    pages.app.store.own_facts.replace(LIST, known, None, pages.clock())


def test_a_planned_review_is_shown_on_the_home_page_in_cases_and_in_the_calendar(fallen: Pages, fallen_page: Page) -> None:
    facts(fallen)
    fallen.sign_in(fallen_page, "editor")
    fallen_page.goto(f"{fallen.url}/cases")
    fallen_page.get_by_role("link", name="Suspended placements").click()
    assert "Inadequate: 7 people placed, not suspended" in fallen_page.locator("main").inner_text()
    assert_usable(fallen_page)
    fallen_page.get_by_role("link", name="Set the date").click()
    fallen_page.get_by_label("To be reviewed by").fill("1 January 2020")
    fallen_page.get_by_role("button", name="Save").click()
    assert "1 January 2020 is in the past: choose a later day" in fallen_page.locator("main").inner_text()
    assert_usable(fallen_page)
    today = fallen.clock().date()
    fallen_page.get_by_label("To be reviewed by").fill(today.isoformat())
    fallen_page.get_by_role("button", name="Save").click()
    said = fallen_page.locator("main").inner_text()
    assert "the review was due by" in said and "(chosen by editor@council.example)" in said
    for path in ("/", "/cases"):
        fallen_page.goto(fallen.url + path)
        assert "to review by today" in fallen_page.locator("main").inner_text()
    key = fallen.app.store.feeds.renew(LIST, fallen.people["editor"], fallen.clock())
    with fallen.program() as program:
        calendar = program.get(f"/feeds/{key}.ics").text.replace("\r\n ", "")
    assert "review the suspension of placements" in calendar and f"DTSTART;VALUE=DATE:{today:%Y%m%d}" in calendar


def test_files_contain_the_planned_reviews_and_a_reader_cannot_plan_a_review(fallen: Pages, world: World) -> None:
    path = f"/suspensions/North%20team/{HOSTILE_ONE}"
    nothing = "We don’t know whether placements are suspended anywhere: the council has uploaded no own facts"
    assert nothing in done(world, "suspensions") and nothing in done(world, "suspensions", LIST)
    with fallen.client("reader") as reader, fallen.client("editor") as editor:
        assert nothing in reader.get("/suspensions").text
        facts(fallen)
        assert "Set the date" not in reader.get("/suspensions").text
        assert reader.post(path, data={"review_on": "1 January 2030"}).status_code == 403
        assert editor.post(path, data={"review_on": "soon"}).status_code == 422
        assert editor.post(path, data={"review_on": "1 January 2030"}).status_code == 303
        assert editor.post(path.replace(HOSTILE_ONE, FALLEN), data={"review_on": "1 January 2030"}).status_code == 404
        rows = list(csv.DictReader(io.StringIO(reader.get("/suspensions/export.csv").content.decode("utf-8-sig"))))
        book = load_workbook(io.BytesIO(reader.get("/suspensions/export.xlsx").content))
    assert [row["Review by"] for row in rows] == ["", "2030-01-01"] and rows[0]["People placed"] == "7"
    (cells,) = book["Suspended placements"].iter_rows(min_row=3, values_only=True)
    assert cells[6].date() == date(2030, 1, 1)
    found = json.loads(done(world, "suspensions", LIST, "--json"))
    assert [one["ask"] for one in found] == ["inadequate, people placed, not suspended", None]
    assert found[1]["review_on"] == "2030-01-01"
    assert "Inadequate: 7 people placed, not suspended" in done(world, "suspensions")
    assert done(world, "suspensions", "--csv").splitlines()[0].startswith("Location ID,Service")


def test_a_digest_lists_suspensions_that_are_due_for_review(fallen: Pages, world: World) -> None:
    facts(fallen)
    done(world, "subscribe", LIST, "mailto:lead@council.example", "--quiet", "--when", "daily", "--at", "00:01")
    now = fallen.clock()
    later = now + timedelta(days=1)
    fallen.app.store.suspensions.plan(LIST, HOSTILE_ONE, later.date(), None, now)
    fallen.app.store.outbox.compose(later, later - timedelta(days=999))
    composer = Composer(fallen.app.store, fallen.app.links, base_url="https://www.cqc.org.uk")
    texts = [composer.message(one) for one in fallen.app.store.outbox.claim(later, 10) if one.subscriptions]
    assert any("Suspensions of placements to review" in one.text for one in texts)
    assert any(one.data.get("reviews") for one in texts)


def test_an_unwatched_service_with_own_facts_is_linked_to_cqcs_page(fallen: Pages, world: World) -> None:
    nobody = OwnFacts(location_id="1-100000555", people_placed=3, as_of=fallen.clock().date())
    fallen.app.store.own_facts.replace(LIST, [nobody], None, fallen.clock())
    with fallen.client("reader") as reader:
        said = reader.get("/suspensions").text
    assert '/services/1-100000555' not in said and f'href="{fallen.app.settings.cqc_base_url}/location/1-100000555"' in said
    assert done(world, "suspensions").startswith("1-100000555, North team: The rating is not known")
