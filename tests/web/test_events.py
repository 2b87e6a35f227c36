"""Tests the pages of events: the list, one event with its evidence, acknowledging an event, and retracting an event."""

import re
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import Page

from monitor.detect.correction import Difference
from monitor.events import Event, Kind
from monitor.store.happened import Wanted
from tests.web.conftest import FALLEN, Pages, assert_accessible, assert_usable


def the_fall(pages: Pages) -> Event:
    found = pages.app.store.happened.newest(Wanted(), 100)
    return next(one for one, _ in found if one.location_id == FALLEN and one.worst)


def test_the_list_of_events_can_be_filtered(fallen: Pages) -> None:
    with fallen.client("reader") as client:
        everything = client.get("/events").text
        measures = client.get("/events", params={"kind": "entered special measures"}).text
        elsewhere = client.get("/events", params={"watchlist": "South team"}).text
        tomorrow = client.get("/events", params={"since": "2099-01-01"}).text
        the_day_after = client.get("/events", params={"since": "2 January 2099"}).text
        no_day = client.get("/events", params={"since": "yesterday"})
    assert "Larch Grove: Overall rating fell" in everything
    assert "entered special measures" in measures.casefold() and "Overall rating fell" not in measures
    assert "No event matches" in elsewhere
    assert "1 January 2099 is in the future" in tomorrow and "No event matches" not in tomorrow
    assert "2 January 2099 is in the future" in the_day_after and 'value="2 January 2099"' in the_day_after
    assert no_day.status_code == 422 and "Enter a date like 31 January 2026" in no_day.text


def test_the_page_of_an_event_shows_the_evidence(fallen: Pages) -> None:
    event = the_fall(fallen)
    with fallen.client("reader") as client:
        text = client.get(f"/events/{event.id}").text
        page = client.get(f"/events/{event.id}/page")
    assert event.evidence is not None and event.evidence in text
    assert "The bytes are unchanged" in text
    assert "Nobody has acknowledged" in text
    assert "What changed in our record of the service" in text
    assert page.headers["content-type"] == "text/plain; charset=utf-8"
    assert page.headers["content-disposition"].startswith('attachment; filename="')
    assert page.headers["content-security-policy"] == "sandbox"
    assert page.content == fallen.app.store.evidence.of(event.id)[1].body  # type: ignore[union-attr]


def test_the_deciding_sentence_is_marked_in_the_text_of_the_page(fallen: Pages) -> None:
    events = [one for one, _ in fallen.app.store.happened.newest(Wanted(), 100)]
    quoted = next(one for one in events if one.location_id == FALLEN and one.quote)
    with fallen.client("reader") as client:
        text = client.get(f"/events/{quoted.id}").text
    marked = " ".join(re.findall(r"<mark>(.*?)</mark>", text))
    assert "special measures" in marked


def test_an_event_is_acknowledged_and_reopened(fallen: Pages) -> None:
    event = the_fall(fallen)
    address = f"/events/{event.id}"
    with fallen.client("editor") as editor, fallen.client("operator") as operator:
        unsaid = editor.post(f"{address}/acknowledge", data={"note": " "})
        assert unsaid.status_code == 422 and "Enter what is being done about it" in unsaid.text
        done = editor.post(f"{address}/acknowledge", data={"note": "Strategy meeting held <b>", "others": "yes"})
        assert done.status_code == 303
        assert "Strategy meeting held &lt;b&gt;" in (text := editor.get(address).text) and "editor@council.example" in text
        twice = operator.post(f"{address}/acknowledge", data={"note": "I too"})
        assert twice.status_code == 303 and "I too" not in operator.get(address).text
        together = fallen.app.store.happened.seen_with(event)
        taken = fallen.app.store.acknowledgements.of([one.id for one in together])
        assert together and all(len(one) == 1 for one in taken.values())
        assert "Acknowledged" in operator.get("/events", params={"state": "acknowledged"}).text
        operator.post(f"{address}/reopen")
        assert "Reopened by operator@council.example" in editor.get(address).text
        deeds = [(deed.email, deed.what) for deed in fallen.app.store.audit.newest(3)]
        editor_did = [("editor@council.example", "case: took it"), ("editor@council.example", "acknowledged")]
        assert deeds == [("operator@council.example", "reopened"), *editor_did]


@pytest.mark.parametrize("name", ["nothing", "1", "%2e%2e", "a" * 300])
def test_an_unknown_event_id_has_no_page(name: str, fallen: Pages) -> None:
    with fallen.client("reader") as client:
        assert client.get(f"/events/{name}").status_code == 404


def test_the_address_of_an_event_must_contain_the_full_id(fallen: Pages) -> None:
    event = the_fall(fallen)
    with fallen.client("reader") as client:
        assert client.get(f"/events/{event.id[:8]}").status_code == 404


def test_a_reader_cannot_acknowledge_an_event(fallen: Pages) -> None:
    event = the_fall(fallen)
    with fallen.client("reader") as client:
        assert client.post(f"/events/{event.id}/acknowledge", data={"note": "x"}).status_code == 403
        assert "<textarea" not in client.get(f"/events/{event.id}").text


def test_the_page_of_an_event_says_that_the_evidence_is_no_longer_stored(fallen: Pages) -> None:
    event = the_fall(fallen)
    now = fallen.clock() + timedelta(days=10)
    fallen.app.store.evidence.remove_before(now, now)
    with fallen.client("reader") as client:
        assert "The page was removed on" in client.get(f"/events/{event.id}").text
        gone: httpx.Response = client.get(f"/events/{event.id}/page")
    assert gone.status_code == 404 and "not kept" in gone.text


def test_the_pages_of_events_can_be_used_by_everybody(fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "editor")
    events = [one for one, _ in fallen.app.store.happened.newest(Wanted(), 100)]
    for path in ("/events", "/events?kind=moved", "/events?since=x", *(f"/events/{one.id}" for one in events[:3])):
        fallen_page.goto(path)
        for details in fallen_page.locator("summary").all():
            details.click()
        assert_usable(fallen_page)


def test_an_event_is_acknowledged_by_keyboard_alone(fallen: Pages, fallen_page: Page) -> None:
    fallen.sign_in(fallen_page, "editor")
    fallen_page.goto(f"/events/{the_fall(fallen).id}")
    fallen_page.get_by_label("What is being done about it").focus()
    fallen_page.keyboard.type("Visited today")
    fallen_page.keyboard.press("Tab")
    fallen_page.keyboard.press("Tab")
    fallen_page.keyboard.press("Enter")
    fallen_page.wait_for_load_state()
    assert fallen_page.get_by_role("status").inner_text().endswith("acknowledged.")
    assert_accessible(fallen_page)


def test_a_person_who_acknowledges_too_late_is_informed_even_without_a_note(fallen: Pages) -> None:
    event = the_fall(fallen)
    address = f"/events/{event.id}"
    with fallen.client("editor") as editor, fallen.client("operator") as operator:
        editor.post(f"{address}/acknowledge", data={"note": "Strategy meeting held"})
        late = operator.post(f"{address}/acknowledge", data={"note": ""})
        assert late.status_code == 303 and "Somebody has already acknowledged this news." in operator.get(address).text


def test_the_page_of_an_event_says_whether_the_event_would_be_escalated(fallen: Pages) -> None:
    event = the_fall(fallen)
    (name,) = fallen.app.store.happened.watchlists(event)
    without = f"{name} has no second address. If nobody acknowledges this event, only the people on the watchlist’s rota are"
    with fallen.client("editor") as editor:
        assert without in editor.get(f"/events/{event.id}").text
        second = "mailto:head@council.example"
        editor_id, now = fallen.people["editor"].id, fallen.clock()
        fallen.app.store.watchlists.change(name, new_name=name, owner=None, second_address=second, person=editor_id, now=now)
        text = editor.get(f"/events/{event.id}").text
    assert without not in text and "the watchlist’s second address is alerted" in text


# ── retracting ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def the_rating(pages: Pages) -> Event:
    """Returns the fall of the overall rating."""
    found = pages.app.store.happened.newest(Wanted(), 100)
    return next(one for one, _ in found if (one.location_id, one.kind, one.of) == (FALLEN, Kind.DOWNGRADED, "overall"))


def test_an_operator_retracts_an_event_in_two_steps(fallen: Pages, page: Page) -> None:
    event = the_rating(fallen)
    fallen.sign_in(page, "operator")
    page.goto(f"{fallen.url}/events/{event.id}")
    page.get_by_role("link", name="Retract it").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Retract this event?"
    assert_usable(page)
    page.get_by_role("button", name="Retract it").click()
    assert "Enter why the event was wrong" in page.locator("main").inner_text()
    page.get_by_label("Why it was wrong").fill("CQC <b>mixed up</b> two services")
    page.get_by_role("button", name="Retract it").click()
    assert page.url == f"{fallen.url}/events/{event.id}"
    text = page.locator("main").inner_text()
    assert "This event was wrong. It was retracted" in text and "Why: CQC <b>mixed up</b> two services" in text
    assert page.get_by_role("link", name="Retract it").count() == 0
    assert_usable(page)
    for place in ("/", "/events", f"/services/{FALLEN}"):
        page.goto(fallen.url + place)
        assert "Retracted: overall rating fell" in page.locator("main").inner_text(), place
        assert "orrection: “" in page.locator("main").inner_text(), place
    (deed,) = fallen.app.store.audit.newest(1)
    assert (deed.email, deed.what) == ("operator@council.example", "took back") and event.id in deed.about


def test_retracting_twice_changes_nothing_and_a_correction_cannot_be_retracted(fallen: Pages) -> None:
    event = the_rating(fallen)
    with fallen.client("operator") as client:
        assert client.post(f"/events/{event.id}/correct", data={"why": "one"}).status_code == 303
        assert client.post(f"/events/{event.id}/correct", data={"why": "two"}).status_code == 303
        found = fallen.app.store.evidence.of(event.id)[0]
        assert found.corrected_why == "one"
        assert "already been retracted" in client.get(f"/events/{event.id}/correct").text
        correction = next(one for one in fallen.app.store.services.events() if one.corrects == event.id)
        assert client.get(f"/events/{correction.id}/correct").status_code == 409
        assert client.post(f"/events/{correction.id}/correct", data={"why": "three"}).status_code == 409
        assert f"/events/{event.id}" in client.get(f"/events/{correction.id}").text
        assert client.post("/events/nothing/correct", data={"why": "four"}).status_code == 404
        too_long = client.post(f"/events/{event.id}/correct", data={"why": "x" * 1001})
        assert too_long.status_code == 422
    with fallen.client("editor") as client:
        assert client.get(f"/events/{event.id}/correct").status_code == 403
        assert "Retract it" not in client.get(f"/events/{event.id}").text


def test_an_operator_sees_a_proposal_to_retract_an_event_and_can_reject_it(fallen: Pages) -> None:
    event = the_rating(fallen)
    differs = Difference(
        location_id=FALLEN, group=event.group, of=event.of or "overall", read=str(event.to), stated="good", published=None,
        source="CQC's file of 13 November 2026",
    )  # fmt: skip
    assert fallen.app.store.corrections.propose_by([differs], event.observed_at) == 1
    with fallen.client("operator") as operator, fallen.client("editor") as editor:
        assert "This event seems to have been wrong" in operator.get(f"/events/{event.id}").text
        assert "This event seems to have been wrong" not in editor.get(f"/events/{event.id}").text
        assert editor.post(f"/events/{event.id}/stands").status_code == 403
        assert operator.post(f"/events/{event.id}/stands").status_code == 303
        assert "This event seems to have been wrong" not in operator.get(f"/events/{event.id}").text
        operator.post(f"/events/{event.id}/stands")
    assert [one.what for one in fallen.app.store.audit.newest(9)].count("found right") == 1
