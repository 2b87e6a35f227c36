"""Tests what happens after an alert, in Chromium and with real mail: a case from its alert to the audit, two people who work on
one case, and a council's own facts from their file to the next alert.
"""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from monitor.app import build
from monitor.cases import Assign, Outcome
from monitor.settings import load
from monitor.text import day, day_in_london
from tests.conftest import World
from tests.cqc.test_location_list import workbook
from tests.simulated.receivers import Mail
from tests.simulated.services import Service
from tests.web.conftest import Clock, Pages, assert_usable, done, give_second_address, opened, served
from tests.web.test_subscriptions import HOME, WATCHLIST, fall

DAY = timedelta(days=1)
LEAD, EDITOR, OPERATOR = "lead@council.example", "editor@council.example", "operator@council.example"
SECOND = "second@council.example"


@pytest.fixture
def home() -> Service:
    """The service of the watchlist."""
    return Service(location_id=HOME, name="Larch Grove")


@pytest.fixture
def watching(world: World, home: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """The pages of a monitor whose messages link to these pages. The watchlist has a subscriber and a second address."""
    world.site.add([home])
    done(world, "watch", "add", WATCHLIST, HOME)
    done(world, "subscribe", WATCHLIST, f"mailto:{LEAD}", "--quiet")
    done(world, "check")
    app = build(load())
    try:
        with served(app, Clock()) as pages:
            monkeypatch.setenv("PUBLIC_URL", pages.url)
            give_second_address(pages, WATCHLIST, f"mailto:{SECOND}")
            yield pages
    finally:
        app.store.close()


def alert(world: World, home: Service) -> Mail:
    """Makes the service fall. Returns the alert about the fall."""
    fall(home)
    done(world, "check")
    done(world, "deliver")
    (mail,) = world.mail.to(LEAD)
    return mail


def test_a_case_can_be_followed_from_its_alert_to_the_audit(
    watching: Pages, home: Service, world: World, browser: Browser
) -> None:
    mail = alert(world, home)
    link = re.search(re.escape(watching.url) + r"/(?:items|events)/\S+", mail.text)
    assert link, mail.text
    with opened(browser, watching) as page:
        watching.sign_in(page, "editor")
        page.goto(link[0])
        expect(page.get_by_role("heading", level=1)).to_contain_text("Larch Grove")
        # The person takes the case with one click, and assigns it with another.
        page.get_by_role("button", name="Take the case").click()
        expect(page.get_by_role("status")).to_have_text("You have this case now.")
        page.get_by_label("Owner").select_option(OPERATOR)
        page.get_by_label("Due", exact=True).fill(day(watching.clock().date() + DAY))
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("dl").first).to_contain_text(OPERATOR)
        page.get_by_role("button", name=re.compile("^Done.*placing")).click()
        expect(page.get_by_role("row").filter(has_text="placing authorities")).to_contain_text(f"Done, {EDITOR}")
        # The work isn't done in time. The case's owner is alerted, and a day later the second address.
        watching.clock.later = 4 * DAY
        assert watching.app.store.case_reminders.settle(watching.clock(), DAY) == 2
        done(world, "deliver")
        second = f"this is the second address of the watchlist {WATCHLIST}"
        for address, why in ((OPERATOR, "you own these cases"), (SECOND, second)):
            (mail,) = world.mail.to(address)
            assert mail.subject == "cqc-monitor: 1 case overdue"
            assert "Larch Grove: overdue since" in mail.text and why in mail.text
        watching.sign_in(page, "operator")
        page.goto(re.findall(r"http\S+/cases\S+", world.mail.to(OPERATOR)[0].text)[0])
        expect(page.get_by_role("row").filter(has_text="Larch Grove")).to_contain_text("Overdue")
        page.get_by_role("link", name="Larch Grove").click()
        page.get_by_label("Outcome").select_option("Our own checks found it safe")
        page.get_by_label("Reason").fill("Two visits, no concerns")
        page.get_by_role("button", name="Close the case").click()
        expect(page.get_by_role("status")).to_have_text("The case is closed.")
        page.goto("/cases?tab=closed")
        with page.expect_download() as file:
            page.get_by_role("link", name="CSV", exact=True).click()
        rows = list(csv.DictReader(io.StringIO(file.value.path().read_text("utf-8-sig"))))
        page.goto("/audit?search=case")
        audit = page.locator("main").inner_text()
    assert [(one["Who"], one["What"], one["Text"]) for one in rows] == [
        ("this program", "opened", rows[0]["Text"]),
        (EDITOR, "took it", ""),
        (EDITOR, "assigned it", f"to {OPERATOR}"),
        (EDITOR, "changed the due date", day(watching.clock().date() - 3 * DAY)),
        (EDITOR, "did a step", "Contact the placing authorities"),
        (OPERATOR, "closed it", f"{Outcome.ASSURED}: Two visits, no concerns"),
    ]
    at = [datetime.fromisoformat(one["When"]) for one in rows]
    assert at == sorted(at) and (at[-1] - at[-2]).days >= 3
    assert all(f"case: {one['What']}" in audit for one in rows[1:])


def test_the_second_of_two_people_in_one_case_is_warned_and_loses_nothing(
    watching: Pages, home: Service, world: World, browser: Browser
) -> None:
    alert(world, home)
    with ExitStack() as open_pages:
        first, second = (open_pages.enter_context(opened(browser, watching)) for _ in range(2))
        for page, who in ((first, "editor"), (second, "operator")):
            watching.sign_in(page, who)
            page.goto("/cases/1")
        second.get_by_label("Due", exact=True).fill("3 December 2030")
        second.get_by_label("Note", exact=True).fill("I called\nthe manager")
        first.get_by_role("button", name="Take it or assign it").click()
        expect(first.get_by_role("status")).to_have_text("You have this case now.")
        second.get_by_role("button", name="Take it or assign it").click()
        expect(second.get_by_role("alert")).to_contain_text(f"{EDITOR} took it on")
        expect(second.get_by_label("Due", exact=True)).to_have_value("3 December 2030")
        expect(second.locator("ol.events > li").first).to_contain_text("I called")
        assert_usable(second)
        second.get_by_role("button", name="Save", exact=True).click()
        expect(second.get_by_role("status")).to_have_text("You have this case now.")
        # The first person now sees an old page.
        first.get_by_label("Outcome").select_option("No action needed")
        first.get_by_label("Reason").fill("We know of it")
        first.get_by_role("button", name="Close the case").click()
        expect(first.get_by_role("alert")).to_contain_text(f"{OPERATOR} took it on")
        expect(first.get_by_label("Reason")).to_have_value("We know of it")
        first.get_by_role("button", name="Close the case").click()
        expect(first.get_by_role("status")).to_have_text("The case is closed.")


YESTERDAY, LAST_MONTH = (day_in_london(datetime.now(UTC)) - number * DAY for number in (1, 25))
COLUMNS = ("Location ID", "No. placed", "Placements suspended", "PAMMS rating", "PAMMS date", "As at")
FILES = {
    "a CSV of Excel": (
        "contracts.csv",
        ";".join(COLUMNS).encode()
        + f"\r\n{HOME};7;{LAST_MONTH:%d/%m/%Y};Good – just;{LAST_MONTH:%d.%m.%y};{YESTERDAY:%d/%m/%Y}\r\n".encode("cp1252"),
    ),
    "a workbook with dates": (
        "contracts.xlsx",
        workbook([("Our contracts",), (), COLUMNS, (HOME, 7, LAST_MONTH, "Good – just", LAST_MONTH, YESTERDAY)]),
    ),
}


@pytest.mark.parametrize(("name", "content"), FILES.values(), ids=FILES)
def test_uploaded_own_facts_are_in_the_next_alert(
    name: str, content: bytes, watching: Pages, home: Service, world: World, browser: Browser
) -> None:
    with opened(browser, watching) as page:
        upload(page, watching, name, content)
    text = " ".join(alert(world, home).text.split())
    assert f"People placed: 7, as of {day(YESTERDAY)}" in text and f"Placements suspended since: {day(LAST_MONTH)}" in text
    assert f"Other rating: PAMMS: Good – just, {day(LAST_MONTH)}" in text


def upload(page: Page, pages: Pages, name: str, content: bytes) -> None:
    """Uploads a file of own facts, and saves it after its preview."""
    pages.sign_in(page, "editor")
    page.goto(f"/watchlists/{WATCHLIST.replace(' ', '%20')}")
    page.get_by_role("link", name="Own facts").click()
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("CSV or Excel file").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("button", name="Save the facts about 1 service").click()
    expect(page.get_by_role("status")).to_contain_text("Saved: 1 new")


def test_an_overdue_case_without_an_owner_is_reported_to_the_second_address(watching: Pages, home: Service, world: World) -> None:
    """A step's date is counted from the day on which the case was opened."""
    alert(world, home)
    store, later = watching.app.store, watching.clock() + 4 * DAY
    assert store.case_reminders.settle(later, DAY) == 1
    done(world, "deliver")
    (mail,) = world.mail.to(SECOND)
    assert "Larch Grove: overdue since" in mail.text
    me, case = watching.people["editor"].id, store.cases.open_at([HOME])[HOME]
    assert store.cases.act({case.id: case.version}, Assign(owner=me, keep_due=True), me, later)[0].done
    assert store.case_reminders.settle(later, DAY) == 1
