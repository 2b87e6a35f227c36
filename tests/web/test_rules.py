"""Tests the pages for the rules of watchlists and for searching the register: what the pages show before anything is changed, and
who may change a rule.
"""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from monitor.codec import dump_rule
from monitor.register.entries import Near, Rule
from monitor.store.database import writing
from monitor.store.tables import RuleRow, table
from monitor.web.parts import segment
from monitor.web.rules import MOST_TYPED
from tests.store.listed import NOVEMBER, OCTOBER, entry, listed
from tests.web.conftest import HOSTILE, Pages, assert_usable

LIST = "Homecare"
RULE = f"/watchlists/{LIST}/rule"
LEICESTER = entry(3, authority="Leicester")
MANY = [entry(number, name=f"Rose House {number}") for number in range(10, 50)]


@pytest.fixture(autouse=True)
def filled(pages: Pages) -> None:
    """Adds a register of agencies and an empty watchlist. One agency is in Leicester, and one has a hostile name."""
    listed(pages.app.store, [entry(1), entry(2, name=HOSTILE, provider_name=HOSTILE), LEICESTER, *MANY], OCTOBER)
    pages.app.store.watchlists.make(LIST, pages.people["editor"].id, pages.clock())


def watched(pages: Pages) -> int:
    return len(pages.app.store.services.watchlists().get(LIST, []))


def test_an_editor_makes_a_rule_sees_its_result_changes_it_and_removes_it(pages: Pages, page: Page) -> None:
    pages.sign_in(page, "editor")
    page.goto(f"/watchlists/{LIST}")
    page.get_by_role("link", name="Follow a rule").click()
    assert_usable(page)
    page.get_by_label("Local authorities").fill("leicester city council")
    page.get_by_label("Homecare agencies").check()
    page.get_by_role("button", name="Show what it would do").click()
    assert_usable(page)
    expect(page.locator("p.lead")).to_have_text("All homecare agencies in Leicester")
    assert watched(pages) == 0
    expect(page.get_by_label("Homecare agencies")).to_be_checked()
    page.get_by_role("button", name="Save, and watch 1 service").click()
    expect(page.get_by_role("status")).to_contain_text("Saved. 1 service joined.")
    expect(page.get_by_role("main")).to_contain_text("Follows a rule: All homecare agencies in Leicester.")
    expect(page.get_by_role("rowheader")).to_have_text(re.compile(rf"^\s*{LEICESTER.name}\s+CQC’s file of 5 October 2026\s*$"))
    assert_usable(page)
    page.get_by_role("link", name="Change the rule").click()
    expect(page.get_by_label("Local authorities")).to_have_value("Leicester")
    page.get_by_label("Local authorities").fill("Leicestershire")
    page.get_by_label("Inadequate").check()
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_text("Nothing in the register matches this rule.")).to_be_visible()
    page.get_by_label("Inadequate").uncheck()
    page.get_by_label("Good").check()
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.locator(".warning")).to_contain_text("only from CQC's next monthly file")
    assert_usable(page)
    page.get_by_role("button", name="Save, and watch 42 services").click()
    expect(page.get_by_role("status")).to_contain_text("42 services joined, 1 left.")
    page.get_by_role("link", name="Change the rule").click()
    page.get_by_label("remove them too").check()
    page.get_by_role("button", name="Remove the rule").click()
    expect(page.get_by_role("status")).to_contain_text("and 42 services with it.")
    deeds = [(deed.email, deed.what) for deed in pages.app.store.audit.newest(3)]
    by = "editor@council.example"
    assert deeds == [
        (by, "removed rule of watchlist"),
        (by, "changed rule of watchlist"),
        (by, "made rule of watchlist"),
    ]


@pytest.mark.parametrize(
    ("form", "field", "says"),
    [
        pytest.param({}, "authorities", "Say what to watch", id="an empty form"),
        pytest.param({"authorities": "Leicestershre"}, "authorities", "do you mean Leicestershire", id="a misspelt authority"),
        pytest.param(
            {"other_types": "homecare\nplumbing"}, "other_types", "has no type of service", id="an unknown type of service"
        ),
        pytest.param({"near": "LE1 1AA"}, "miles", "Enter how many miles", id="a postcode without miles"),
        pytest.param({"near": "somewhere", "miles": "5"}, "near", "is not a postcode", id="a word in place of a postcode"),
        pytest.param({"near": "ZE1 0AA", "miles": "5"}, "near", "position of ZE1 0AA is not known", id="an unknown postcode"),
        pytest.param({"regions": "Atlantis"}, "regions", "has no region", id="a region that was not on the page"),
        pytest.param({"ratings": "marvellous"}, "ratings", "is not a rating", id="a rating that was not on the page"),
        pytest.param({"sectors": "<script>"}, "sectors", "is not one of", id="a sector that was not on the page"),
        pytest.param({"providers": "nobody at all"}, "providers", "has no provider", id="an unknown provider"),
    ],
)
def test_an_error_in_a_rule_is_shown_at_its_field(form: dict[str, str], field: str, says: str, pages: Pages) -> None:
    with pages.client("editor") as client:
        answer = client.post(RULE, data=form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text and f'id="{field}"' in answer.text
    assert says in re.sub(r"&#39;", "'", answer.text) and "<script>" not in answer.text
    assert pages.app.store.rules.all() == {}


def test_only_a_rule_that_the_page_showed_is_saved(pages: Pages) -> None:
    with pages.client("editor") as client:
        assert client.post(RULE, data={"sure": "{]"}).status_code == 422
        assert client.post(RULE, data={"sure": '{"sectors": ["palace"]}'}).status_code == 422
        assert client.post("/watchlists/Gone/rule", data={"sure": dump_rule(Rule())}).status_code == 404
        assert pages.app.store.rules.all() == {}
        everything = client.post(RULE, data={"everything": "yes"})
        assert "All services in England" in everything.text and "Save, and watch 43 services" in everything.text
        assert client.post(RULE, data={"sure": dump_rule(Rule())}).status_code == 303
    assert watched(pages) == 43


@pytest.mark.parametrize(
    "sure",
    [
        pytest.param('{"near": {"postcode": "LE1 1AA", "miles": 1e400}}', id="infinite miles"),
        pytest.param('{"near": {"postcode": "LE1 1AA", "miles": 100.1}}', id="too many miles"),
        pytest.param('{"near": {"postcode": "LE1 1AA", "miles": 0}}', id="a distance of 0 miles"),
        pytest.param('{"near": {"postcode": "le11aa", "miles": 5}}', id="a postcode not in its standard form"),
        pytest.param('{"authorities": ["Atlantis"]}', id="an unknown authority"),
        pytest.param('{"authorities": ["leicester"]}', id="an authority not in its standard form"),
        pytest.param('{"ratings": ["good", "good"]}', id="the same word twice"),
        pytest.param('{"providers": [""]}', id="an empty word"),
    ],
)
def test_a_rule_that_the_form_could_not_have_made_is_refused(sure: str, pages: Pages) -> None:
    with pages.client("editor") as client:
        answer = client.post(RULE, data={"sure": sure})
        assert answer.status_code == 422 and "changed before it arrived" in answer.text
        assert client.get(RULE).status_code == 200
    assert pages.app.store.rules.all() == {}


def test_a_rule_with_a_fraction_of_a_mile_is_accepted(pages: Pages) -> None:
    near = Near(postcode="LE1 1AA", miles=12.3456789)
    listed(pages.app.store, [entry(1, latitude=52.6, longitude=-1.1), LEICESTER], NOVEMBER)
    with pages.client("editor") as client:
        shown = client.post(RULE, data={"near": "le11aa", "miles": "12.3456789", "types": "Homecare agencies"})
        assert "Save, and watch 1 service" in shown.text
        rule = Rule(types=("Homecare agencies",), near=near)
        assert client.post(RULE, data={"sure": dump_rule(rule)}).status_code == 303
    assert pages.app.store.rules.all()[LIST].rule == rule


def test_the_page_says_that_a_rule_cannot_be_read_and_offers_to_make_a_new_rule(pages: Pages) -> None:
    store = pages.app.store
    store.rules.put(LIST, Rule(authorities=("Leicester",)), person=None, now=pages.clock())
    with writing(store.engine) as connection:
        connection.execute(update(table(RuleRow)).values(body='{"near": {"postcode": "LE1 1AA", "miles": null}}'))
    with pages.client("editor") as client:
        assert client.get(f"/watchlists/{LIST}").status_code == 200
        shown = client.get(RULE)
        assert shown.status_code == 200 and "The rule of this watchlist can’t be read" in shown.text
        assert "a rule that can’t be read (make a new rule)" in client.get(f"/watchlists/{LIST}").text
        assert "Remove the rule" in shown.text
        assert client.post(RULE, data={"sure": dump_rule(Rule(authorities=("Leicester",)))}).status_code == 303
        assert "can’t be read" not in client.get(RULE).text
    assert [one.left for one in [store.rules.remove(LIST, keep_services=False, person=None, now=pages.clock())] if one] == [
        (LEICESTER.location_id,)
    ]


def test_text_that_is_too_long_is_shown_again_so_that_the_person_can_shorten_it(pages: Pages) -> None:
    providers = "\n".join([f"Hartwell Care Limited{' ' * 60}"] * 50)
    assert len(providers) > 2_000
    with pages.client("editor") as client:
        assert "Save, and watch" in client.post(RULE, data={"providers": providers}).text
        answer = client.post(RULE, data={"providers": "x" * (MOST_TYPED + 1), "other_types": "plumbing"})
    assert answer.status_code == 422
    assert 'href="#providers"' in answer.text and "Enter no more than 20,000 characters" in answer.text
    assert "plumbing" in answer.text and "x" * (MOST_TYPED + 1) in answer.text


def test_only_editors_change_rules_and_the_page_warns_that_a_removed_service_may_join_again(pages: Pages) -> None:
    store = pages.app.store
    store.rules.put(LIST, Rule(authorities=("Leicester",)), person=None, now=pages.clock())
    with pages.client("reader") as reader, pages.client("editor") as editor:
        assert reader.get(RULE).status_code == reader.post(RULE).status_code == reader.post(f"{RULE}/remove").status_code == 403
        assert "Follows a rule: All services in Leicester." in reader.get(f"/watchlists/{LIST}").text
        asked = editor.get(f"/watchlists/{LIST}/remove", params={"chosen": LEICESTER.location_id}).text
        assert "join again with CQC’s next monthly file" in asked
        assert editor.post(f"{RULE}/remove").status_code == 303
        assert editor.post(f"{RULE}/remove").status_code == 303  # repeating the request changes nothing
    assert (store.rules.all(), watched(pages)) == ({}, 1)


def test_the_register_is_searched_and_found_services_are_added(pages: Pages, page: Page) -> None:
    pages.sign_in(page, "editor")
    page.goto(f"/watchlists/{LIST}/add")
    page.get_by_role("link", name="Search the whole register").click()
    assert_usable(page)
    page.get_by_label("Name, place, postcode, provider or id").fill("rose house")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_text("40 services. Page 1 of 2.")).to_be_visible()
    assert_usable(page)
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_label("Add the chosen services to")).to_have_value(LIST)
    page.get_by_role("button", name="Add to the watchlist").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one service")
    assert_usable(page)
    page.get_by_label("Choose Rose House 40").check()
    page.get_by_label("Add the chosen services to").select_option("")
    page.get_by_role("button", name="Add to the watchlist").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a watchlist")
    expect(page.get_by_label("Choose Rose House 40")).to_be_checked()
    page.get_by_label("Add the chosen services to").select_option(LIST)
    page.get_by_role("button", name="Add to the watchlist").click()
    expect(page.get_by_role("status")).to_contain_text("1 service added.")
    assert watched(pages) == 1


def test_a_reader_can_search_the_register_and_hostile_names_are_shown_as_text(pages: Pages, page: Page) -> None:
    pages.sign_in(page, "reader")
    page.goto("/register?q=rose+crown")
    assert_usable(page)
    assert page.locator("main script").count() == 0
    expect(page.get_by_role("main")).to_contain_text("<script>alert(1)</script>")
    assert page.get_by_role("checkbox").count() == page.get_by_label("Add the chosen services to").count() == 0
    page.goto(f"/register?q={'x' * 50}&watchlist={segment(LIST)}&page=999")
    expect(page.get_by_text("No services match.")).to_be_visible()


def test_a_service_that_has_left_the_register_is_labelled(pages: Pages) -> None:
    listed(pages.app.store, [entry(1)], NOVEMBER)
    with pages.client("reader") as client:
        found = client.get("/register", params={"q": LEICESTER.location_id}).text
    assert "No longer registered" in found and "/location/1-200000003" in found
