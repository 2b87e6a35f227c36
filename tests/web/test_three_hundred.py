"""Tests in a real browser what a person responsible for 300 services does on a Monday. The person finds the services that got
worse this month and the reasons, saves a view that a colleague opens, and ends and restores a colleague's subscription.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from monitor.events import Event, Kind
from monitor.store.database import writing
from monitor.store.events import add_events
from tests.conftest import World
from tests.store.listed import NOVEMBER, entry, listed
from tests.web.conftest import Pages, assert_usable, done, opened

WATCHLIST, COLLEAGUE = "North team", "colleague@council.example"
OTHERS = range(297)
"""The numbers of 297 services, in addition to the three services of `fallen`. Two of the three services fell and entered special
measures, and CQC's reason is quoted."""

FELL, ROSE, FELL_BEFORE = OTHERS[:9], OTHERS[9:12], OTHERS[12:20]
LIST = "/watchlists/North~20team"


def moved(number: int, days_ago: int, from_: str, to: str, pages: Pages) -> Event:
    at = pages.clock() - timedelta(days=days_ago)
    one = entry(number)
    kind = Kind.UPGRADED if to == "good" else Kind.DOWNGRADED
    said = {"of": "overall", "from_": from_, "to": to, "observed_at": at, "published": at.date()}
    return Event(id=f"moved{number}", location_id=one.location_id, name=one.name, kind=kind, **said)  # type: ignore[arg-type]


@pytest.fixture
def three_hundred(fallen: Pages) -> Pages:
    """The pages of `fallen`, with 297 more services on the watchlist. The fixture writes the services into the database as checks
    and imports would."""
    store, poor = fallen.app.store, "requires improvement"
    listed(store, [entry(n, overall="inadequate" if n < 5 else poor if n < 9 else "good") for n in OTHERS], NOVEMBER)
    store.services.watch(WATCHLIST, [entry(n).location_id for n in OTHERS], fallen.clock())
    with writing(store.engine) as connection:
        for n in FELL:
            add_events(connection, [moved(n, 3, "good", "inadequate" if n < 5 else poor, fallen)])
        for n in ROSE:
            add_events(connection, [moved(n, 2, poor, "good", fallen)])
        for n in FELL_BEFORE:
            add_events(connection, [moved(n, 40, "good", poor, fallen)])
    return fallen


def test_a_person_sees_which_of_300_services_got_worse_and_a_colleague_opens_the_same_list(
    three_hundred: Pages, browser: Browser, world: World
) -> None:
    done(world, "subscribe", WATCHLIST, f"mailto:{COLLEAGUE}", "--quiet")
    with opened(browser, three_hundred) as page:
        three_hundred.sign_in(page, "editor")
        page.goto("/")
        expect(page.locator("main")).to_contain_text("300")
        worst_and_why(page)
        view = a_saved_view(page)
        with opened(browser, three_hundred) as theirs:
            three_hundred.sign_in(theirs, "reader")
            theirs.goto(view)
            expect(theirs.get_by_role("heading", level=1)).to_have_text("Inadequate by age")
            mine, seen = ([row.inner_text() for row in one.locator("table.grid tbody th").all()] for one in (page, theirs))
            assert seen == mine and len(mine) == 7
        ended_and_restored(page, three_hundred)
        page.goto(LIST)
        page.get_by_text("Save this view").click()
        page.get_by_role("button", name="Save view").click()
        page.get_by_role("link", name="Next page").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(WATCHLIST)
        assert page.locator("table.grid tbody tr").count() == 50, "the page is complete even after a name was refused"
        assert_usable(page)


def worst_and_why(page: Page) -> None:
    """Checks that the home page shows how many services fell, and that one click leads to the list of these services with the
    reasons."""
    expect(page.locator("p.lead")).to_have_text("2 entered special measures, 11 fell, 3 rose")
    page.get_by_role("link", name="11 fell").click()
    rows = page.locator(".events > li")
    assert rows.count() == 11
    expect(page.locator("main")).to_contain_text("11 changes")
    worst = rows.filter(has_text="Larch Grove")
    expect(worst).to_contain_text("Good → Inadequate overall; Safe and Well-led down; entered special measures")
    expect(worst.locator("blockquote").first).to_contain_text("placed in special measures")
    tops = [rows.nth(n).inner_text() for n in range(2)]
    assert all("entered special measures" in one for one in tops), "the worst service comes first"


def a_saved_view(page: Page) -> str:
    """Saves a view of the inadequate services among the 300, with the oldest rating first. Returns its address."""
    page.goto(LIST)
    page.get_by_role("link", name="7 inadequate").click()
    expect(page.locator("main")).to_contain_text("7 of 300 services")
    page.get_by_role("link", name="Age of rating (sort oldest first)").click()
    page.get_by_text("Save this view").click()
    page.get_by_label("Name of the view").fill("Inadequate by age")
    page.get_by_role("button", name="Save view").click()
    expect(page.get_by_role("status")).to_contain_text("You can share the view’s address")
    return page.url


def ended_and_restored(page: Page, pages: Pages) -> None:
    def subscribed() -> list[str]:
        return [one.subscription.address for one in pages.app.store.subscriptions.all()]

    page.goto("/subscriptions")
    page.get_by_role("link", name=f"{COLLEAGUE} to {WATCHLIST}").click()
    page.get_by_role("link", name="End this subscription").click()
    page.get_by_role("button", name="End the subscription").click()
    expect(page.get_by_role("status")).to_contain_text("is no longer alerted")
    assert subscribed() == []
    page.get_by_role("button", name=f"Restore {COLLEAGUE} to {WATCHLIST}").click()
    expect(page.get_by_role("status")).to_contain_text("is alerted about")
    assert subscribed() == [f"mailto:{COLLEAGUE}"]
