"""Tests the home page: recent changes with the worst first, services that were not read, and the state of the monitor."""


from playwright.sync_api import Page, expect

from monitor.model import When
from monitor.store.subscriptions import Wishes
from tests.web.conftest import FALLEN, UNREAD, Pages


def test_falls_are_shown_first_with_cqcs_sentence_and_unread_services_below(
    fallen: Pages, fallen_page: Page
) -> None:
    fallen.sign_in(fallen_page, "reader")
    fallen_page.goto("/")
    first = fallen_page.locator(".events > li").first
    expect(first).to_contain_text("Good → Inadequate overall; Safe and Well-led down; entered special measures")
    expect(first).to_contain_text("Published 20 November 2026")
    expect(fallen_page.locator(".events blockquote").first).to_contain_text("placed in special measures")
    row = fallen_page.get_by_role("row").filter(has_text=UNREAD)
    expect(row).to_contain_text("never")


def test_a_hostile_name_is_shown_as_text(fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "reader")
    fallen_page.goto("/")
    expect(fallen_page.locator(".events")).to_contain_text("Rose & Crown <script>alert(1)</script> emoH eraC {{ 7*7 }}")
    assert fallen_page.locator("main script").count() == 0


def test_a_subscriber_of_one_watchlist_sees_only_that_watchlist(fallen: Pages, fallen_page: Page) -> None:
    now = fallen.clock()
    fallen.app.store.services.watch("South team", ["1-100000777"], now)
    wishes, address = Wishes(when=When.IMMEDIATE, at=now.time(), day="mon"), f"mailto:{fallen.people['reader'].email}"
    fallen.app.store.subscriptions.subscribe("South team", address, wishes, quiet=True, now=now)
    fallen.sign_in(fallen_page, "reader")
    fallen_page.goto("/")
    expect(fallen_page.locator("main")).to_contain_text("On your watchlists (South team)")
    expect(fallen_page.locator("main")).to_contain_text("Nothing changed")
    expect(fallen_page.locator("main")).not_to_contain_text("Larch Grove")


def test_the_home_page_shows_the_judgement_and_says_that_changes_may_have_been_missed(fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "reader")
    fallen_page.goto("/")
    said = fallen.app.judgement(fallen.clock(), ["North team"]).text
    expect(fallen_page.locator(".judgement")).to_contain_text(said)
    expect(fallen_page.locator("main")).to_contain_text("We may have missed something")


def test_the_home_page_says_that_nothing_is_watched_yet(pages: Pages, page: Page) -> None:
    pages.sign_in(page, "reader")
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Nothing is watched yet")


def test_the_home_page_links_to_the_service_and_the_page_of_a_change(fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "reader")
    fallen_page.goto("/")
    links = fallen_page.locator(f'.events a[href="/services/{FALLEN}"]')
    expect(links.first).to_have_text("All we know about Larch Grove")
    item = fallen_page.locator(f'.events a[href^="/items/{FALLEN}/"]')
    expect(item).to_have_text("Larch Grove")


def test_owning_an_empty_watchlist_does_not_hide_falls_on_other_watchlists(fallen: Pages, fallen_page: Page) -> None:
    fallen.app.store.watchlists.make("Soon", fallen.people["editor"].id, fallen.clock())
    fallen.sign_in(fallen_page, "editor")
    fallen_page.goto("/")
    expect(fallen_page.locator(".events > li").first).to_contain_text("Good → Inadequate overall")
    expect(fallen_page.locator("main")).not_to_contain_text("Nothing is watched yet")


def test_an_operator_who_owns_a_watchlist_also_sees_falls_on_watchlists_without_an_owner(
    fallen: Pages, fallen_page: Page
) -> None:
    for who in ("editor", "operator"):
        fallen.app.store.watchlists.make(f"List of {who}", fallen.people[who].id, fallen.clock())
        fallen.app.store.services.watch(f"List of {who}", ["1-100000777"], fallen.clock())
    fallen.sign_in(fallen_page, "operator")
    fallen_page.goto("/")
    main = fallen_page.locator("main")
    expect(main).to_contain_text("On your watchlists and watchlists without an owner (List of operator, North team)")
    expect(fallen_page.locator(".events > li").first).to_contain_text("Good → Inadequate overall")
    fallen.sign_in(fallen_page, "editor")
    fallen_page.goto("/")
    expect(main).to_contain_text("On your watchlists (List of editor)")
    expect(main).not_to_contain_text("Larch Grove")


def test_the_state_of_the_monitor_includes_all_watchlists(fallen: Pages, fallen_page: Page) -> None:
    fallen.app.store.services.watch("Mine", ["1-100000777"], fallen.clock())
    fallen.app.store.watchlists.change(
        "Mine", new_name="Mine", owner=fallen.people["editor"].id, second_address=None,
        person=fallen.people["editor"].id, now=fallen.clock(),
    )  # fmt: skip
    fallen.sign_in(fallen_page, "editor")
    fallen_page.goto("/")
    tiles = fallen_page.locator(".tiles").last.inner_text().split("\n")
    assert tiles[tiles.index("services watched, on all watchlists") + 1] == "4"
    assert tiles[tiles.index("last check of CQC’s site") + 1] != "never"
    said = fallen.app.judgement(fallen.clock()).text
    expect(fallen_page.locator("main")).to_contain_text(said)
