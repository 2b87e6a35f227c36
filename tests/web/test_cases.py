"""Tests the pages of cases: the list of cases, one case, who may do what, two people at once, and the work on a case from
beginning to end in Chromium."""

import csv
import io
import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from monitor.cases import SHIPPED, Assign, Case, Close, Did, Outcome, State
from monitor.own_facts import mark
from monitor.store.items import Asked, Told
from monitor.store.people import Role
from monitor.web.permissions import PERMISSIONS, may
from tests.conftest import World
from tests.web.conftest import FALLEN, HOSTILE_ONE, STRANGER, UNREAD, WHO, Pages, assert_usable, done

DAY = timedelta(days=1)
EDITOR = "editor@council.example"


def the_fall(pages: Pages) -> Told:
    return next(one for one in pages.app.store.items.listed(Asked(), 100) if one.item.location_id == FALLEN)


def the_case(pages: Pages, location_id: str = FALLEN) -> Case:
    return pages.app.store.cases.open_at([location_id])[location_id]


def take(pages: Pages, case: Case, who: str) -> Case:
    """Takes a case as another person. Returns the case."""
    me = pages.people[who].id
    (answer,) = pages.app.store.cases.act({case.id: case.version}, Assign(owner=me), me, pages.clock())
    assert answer.case is not None
    return answer.case


def text_of(answer: httpx.Response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


# ── one case ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_person_takes_a_case_from_its_item_with_a_date_and_a_note(fallen: Pages) -> None:
    told, case = the_fall(fallen), the_case(fallen)
    with fallen.client("editor") as client:
        assert "Cases (2 new)" in client.get("/").text
        page = client.get(f"/items/{told.item.id}").text
        assert f'action="/cases/{case.id}"' in page and "new, no owner" in page
        me = fallen.people["editor"].id
        form = {"version": case.version, "owner": me, "due": "3 December 2036", "note": "Visit\non Monday"}
        answer = client.post(f"/cases/{case.id}", data=form, follow_redirects=True)
        assert "You have this case now." in answer.text and "Visit\non Monday" in answer.text
        now = the_case(fallen)
        assert now.words == "in hand, editor@council.example, due 3 December 2036"
        assert now.words in text_of(client.get(f"/items/{told.item.id}"))
        assert now.words in text_of(client.get(f"/services/{FALLEN}"))
        assert "Cases (1 new)" in client.get("/").text
    assert not the_fall(fallen).is_open


@pytest.mark.parametrize(
    ("path", "form", "says"),
    [
        ("", {"owner": "999999"}, "A case or a step can only be given to somebody who may sign in and edit"),
        ("", {"owner": "x"}, "Choose who has it"),
        ("", {"due": "soon"}, "Enter a date like 31 January 2026"),
        ("/note", {"note": " \n "}, "Enter a note"),
        ("/steps", {"title": " "}, "Enter what must be done"),
        ("/steps", {"title": "visited", "owner": "x"}, "Choose who does the step"),
        ("/steps", {"title": "visited", "owner": "999999"}, "A case or a step can only be given to somebody who may sign in"),
        ("/steps", {"title": "visited", "due": "soon"}, "Enter a date like 31 January 2026"),
        ("/steps", {"title": "visited", "step": "999999"}, "The case has no step with this number"),
        ("/close", {"reason": "visited"}, "Choose how the case ended"),
        ("/close", {"outcome": "whatever", "reason": "visited"}, "Choose how the case ended"),
        ("/close", {"outcome": Outcome.ASSURED}, "Enter why the case is closed"),
    ],
)
def test_an_error_in_a_form_is_shown_beside_the_typed_text(path: str, form: dict[str, str], says: str, fallen: Pages) -> None:
    case = the_case(fallen)
    with fallen.client("editor") as client:
        answer = client.post(f"/cases/{case.id}{path}", data={"version": case.version} | form)
    assert answer.status_code == 422 and says in answer.text
    assert "visited" not in form.values() or "visited" in answer.text
    assert (the_case(fallen).state, the_case(fallen).version) == (State.NEW, case.version)


def test_a_form_with_an_unusable_version_or_step_number_is_refused(fallen: Pages) -> None:
    case = the_case(fallen)
    with fallen.client("editor") as client:
        for version in ("x", "-1", "99999999999"):
            assert client.post(f"/cases/{case.id}", data={"version": version}).status_code == 422
        for step in ({"step": "1", "did": "whatever"}, {"step": "x", "did": Did.STEP_DONE}, {"step": "1", "did": Did.CLOSED}, {}):
            assert client.post(f"/cases/{case.id}/step", data=step).status_code == 422
        assert client.get("/cases/999999").status_code == 404
    assert the_case(fallen) == case


def test_the_second_of_two_people_sees_what_the_first_person_did_and_keeps_the_typed_text(fallen: Pages) -> None:
    shown = the_case(fallen)
    take(fallen, shown, "operator")
    form = {"version": shown.version, "owner": fallen.people["editor"].id, "due": "3 December 2036", "note": "I called them"}
    with fallen.client("editor") as client:
        answer = client.post(f"/cases/{shown.id}", data=form)
        said = text_of(answer)
        assert answer.status_code == 422 and "operator@council.example took it on" in said and "send the form again" in said
        assert "3 December 2036" in answer.text  # the date is still in the form, and the note is in the log
        assert [one.text for one in fallen.app.store.cases.log([shown.id])[shown.id] if one.did is Did.NOTED] == ["I called them"]
        assert the_case(fallen).owner == "operator@council.example"
        form |= {"version": the_case(fallen).version, "note": ""}
        assert client.post(f"/cases/{shown.id}", data=form).status_code == 303
    assert the_case(fallen).owner == "editor@council.example"


def test_text_typed_for_a_case_that_was_closed_meanwhile_is_kept(fallen: Pages) -> None:
    shown, me = the_case(fallen), fallen.people["operator"].id
    close = Close(outcome=Outcome.NO_ACTION, reason="known already")
    fallen.app.store.cases.act({shown.id: shown.version}, close, me, fallen.clock())
    form = {"version": shown.version, "outcome": Outcome.ASSURED, "reason": "I was there on Monday"}
    with fallen.client("editor") as client:
        answer = client.post(f"/cases/{shown.id}/close", data=form)
        assert answer.status_code == 422 and "closed it on" in answer.text and "I was there on Monday" in answer.text
        assert "added" in client.post(f"/cases/{shown.id}/note", data={"note": "afterwards"}, follow_redirects=True).text
        again = client.post(f"/cases/{shown.id}/reopen", data={"version": "999"}, follow_redirects=True)
        assert "The case is reopened." in again.text
        twice = client.post(f"/cases/{shown.id}/reopen", data={"version": "999"}, follow_redirects=True)
        assert "the case is open already" in twice.text


def test_a_person_can_open_a_case_by_hand_but_not_a_second_case_of_the_service(fallen: Pages) -> None:
    with fallen.client("editor") as client:
        path = f"/services/{UNREAD}/case"
        assert "Enter a note" in client.post(path, data={}, follow_redirects=True).text
        first = client.post(path, data={"note": "A whistleblower called"}, follow_redirects=True)
        assert "The case is open." in first.text and "A whistleblower called" in first.text
        second = client.post(path, data={"note": "And a family"}, follow_redirects=True)
        assert "had an open case already" in second.text and second.url == first.url
        assert client.post("/services/1-1/case", data={"note": "x"}).status_code == 404


def test_the_steps_of_new_cases_can_be_changed_and_reset_to_the_default(fallen: Pages) -> None:
    path = "/watchlists/North%20team/steps"
    with fallen.client("editor") as client:
        assert "Meet the provider, 10 days" in client.get(path).text
        wrong = client.post(path, data={"steps": "Visit, 999 days\nMeet, 10 working days\nCall, 1 day, reader@council.example"})
        assert wrong.status_code == 422 and "Visit, 999 days\nMeet, 10 working days\n" in wrong.text
        assert all(why in wrong.text for why in ("365 days", "weekends count", "reader@council.example is not an editor"))
        mine = "Visit, 3 days, operator@council.example\nCall"
        assert client.post(path, data={"steps": mine}).status_code == 303
        assert mine in client.get(path).text
        client.post("/services/" + UNREAD + "/case", data={"note": "A family called"})
        steps = fallen.app.store.cases.steps(the_case(fallen, UNREAD).id)
        assert [(one.title, one.owner) for one in steps] == [("Visit", "operator@council.example"), ("Call", None)]
        assert client.post(path, data={"steps": "", "shipped": "yes"}).status_code == 303
        assert "Meet the provider, 10 days" in client.get(path).text


# ── the queue ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def chosen(*cases: Case) -> list[str]:
    return [f"{one.id}:{one.version}" for one in cases]


def test_several_cases_are_taken_assigned_and_closed_at_once(fallen: Pages) -> None:
    both = [the_case(fallen), the_case(fallen, HOSTILE_ONE)]
    with fallen.client("editor") as client:
        answer = client.post("/cases", data={"do": "take", "chosen": chosen(*both), "tab": "nobodys"}, follow_redirects=True)
        assert "2 cases changed." in answer.text and "Every open case has an owner." in answer.text
        assert "new)" not in answer.text and "Larch Grove" in client.get("/cases?tab=mine").text
        both = [the_case(fallen), the_case(fallen, HOSTILE_ONE)]
        form = {"do": "assign", "chosen": chosen(*both), "owner": fallen.people["operator"].id, "due": "1 December 2036"}
        assert client.post("/cases", data=form).status_code == 303
        both = [the_case(fallen), the_case(fallen, HOSTILE_ONE)]
        assert {one.words for one in both} == {"in hand, operator@council.example, due 1 December 2036"}
        without = client.post("/cases", data={"do": "close", "chosen": chosen(*both)})
        assert "Choose how the case ended" in without.text and "Enter why the case is closed" in without.text
        assert without.text.count(" checked") == 2  # the cases are still chosen
        form = {"do": "close", "chosen": chosen(*both), "outcome": Outcome.IN_ERROR, "reason": "both were mistakes"}
        assert client.post("/cases", data=form).status_code == 303
        assert "Larch Grove" in client.get("/cases?tab=closed").text and "There is no open case." in client.get("/cases").text


def test_a_bulk_change_must_be_confirmed_for_a_case_that_changed_meanwhile(fallen: Pages) -> None:
    larch, other = the_case(fallen), the_case(fallen, HOSTILE_ONE)
    take(fallen, larch, "operator")
    with fallen.client("editor") as client:
        answer = client.post("/cases", data={"do": "take", "chosen": chosen(larch, other)})
        assert answer.status_code == 422 and "1 case changed" in answer.text
        assert "Larch Grove: since the page was made" in answer.text
        assert answer.text.count(" checked") == 1
        owners = [the_case(fallen, one).owner for one in (FALLEN, HOSTILE_ONE)]
        assert owners == ["operator@council.example", "editor@council.example"]
        assert client.post("/cases", data={"do": "take", "chosen": chosen(the_case(fallen))}).status_code == 303
    assert the_case(fallen).owner == "editor@council.example"


@pytest.mark.parametrize("form", [{}, {"chosen": ["", "x", "1", "1:x", "99999999999:1", "-1:1"]}, {"chosen": ["999999:1"]}])
def test_a_bulk_change_without_a_valid_choice_changes_nothing(form: dict[str, list[str]], fallen: Pages) -> None:
    with fallen.client("editor") as client:
        answer = client.post("/cases", data={"do": "take"} | form)
    assert answer.status_code in (303, 422) and the_case(fallen).state is State.NEW


def test_a_service_on_no_watchlist_keeps_its_case_and_the_page_says_so(fallen: Pages) -> None:
    case = the_case(fallen)
    with fallen.client("reader") as client:
        assert "on no watchlist" not in client.get(f"/cases/{case.id}").text
        fallen.app.store.services.unwatch("North team", [FALLEN])
        assert "This service is on no watchlist" in client.get(f"/cases/{case.id}").text
        assert "Larch Grove" in client.get("/cases").text


def test_a_reader_can_see_a_case_but_not_change_it(fallen: Pages) -> None:
    case = the_case(fallen)
    with fallen.client("reader") as client:
        for path in ("/cases", f"/cases/{case.id}", f"/services/{FALLEN}", f"/items/{the_fall(fallen).item.id}"):
            page = client.get(path).text
            assert "Larch Grove" in page and 'method="post" action="/cases' not in page and "/case\"" not in page
        for path in ("", "/note", "/step", "/close", "/reopen"):
            assert client.post(f"/cases/{case.id}{path}", data={"note": "x"}).status_code == 403
    assert the_case(fallen) == case


def test_a_step_is_changed_and_a_typed_change_is_not_lost_when_the_session_ends(fallen: Pages) -> None:
    case = the_case(fallen)
    _, second, *_ = fallen.app.store.cases.steps(case.id)
    form = {"version": case.version, "step": second.id, "title": "Ring the placing authorities", "due": "3 December 2036"}
    form |= {"owner": fallen.people["operator"].id}
    with fallen.client("editor") as client:
        assert client.post(f"/cases/{case.id}/steps", data=form).status_code == 303
        page = text_of(client.get(f"/cases/{case.id}"))
        assert "Ring the placing authorities operator@council.example" in page and "added a step" not in page
        form |= {"title": "Ring them <again>", "due": ""}
        fallen.clock.later = timedelta(hours=13)
        page = signed_in_again(fallen, client, client.post(f"/cases/{case.id}/steps", data=form | {"version": case.version + 1}))
    assert page.count("Ring them &lt;again") == 1 and 'value="3 December 2036"' not in page


def signed_in_again(pages: Pages, client: httpx.Client, answer: httpx.Response) -> str:
    """Signs in again after a form was sent with an ended session. Returns the page that is shown then."""
    wanted = answer.headers["location"]
    client.get(wanted)
    store, now = pages.app.store, pages.clock()
    token = store.people.ask_link("editor@council.example", client="x", next_page=httpx.URL(wanted).params["next"], now=now)
    return client.post(f"/sign-in/{token}", follow_redirects=True).text


def addresses(case: Case, step: int, service: str) -> dict[str, str]:
    """Returns, for each route of cases and of own facts, its address with the numbers of existing data."""
    of = {"case": str(case.id), "watchlist": "North%20team", "location_id": service}
    about = re.compile(r"/cases|/watchlists/\{watchlist\}/(?:steps|facts)|/services/\{location_id\}/case|/api/cases")
    routes = (route for route in PERMISSIONS if about.match(route.partition(" ")[2]))
    return {route: re.sub(r"\{(\w+)\}", lambda found: of[found[1]], route.partition(" ")[2]) for route in routes}


@pytest.mark.parametrize("who", WHO)
def test_every_route_of_cases_and_own_facts_is_open_only_to_the_roles_with_its_permission(who: str, fallen: Pages) -> None:
    """The requests are about cases, steps and facts that exist. A request without the permission is refused, and changes
    nothing."""
    case, store = the_case(fallen), fallen.app.store
    step, me = store.cases.steps(case.id)[0], fallen.people["operator"].id
    forms: dict[str, dict[str, Any]] = {
        "POST /cases": {"do": "take", "chosen": f"{case.id}:999"},
        "POST /cases/{case}": {"version": "999", "owner": me, "note": "x"},
        "POST /cases/{case}/note": {"note": "x"},
        "POST /cases/{case}/step": {"step": step.id, "did": Did.STEP_DONE},
        "POST /cases/{case}/steps": {"version": "999", "title": "Ring them"},
        "POST /cases/{case}/close": {"version": "999", "outcome": Outcome.ASSURED, "reason": "visited"},
        "POST /cases/{case}/reopen": {"version": "999"},
        "POST /services/{location_id}/case": {"note": "A family called"},
        "POST /watchlists/{watchlist}/steps": {"steps": "Visit, 2 days"},
        "POST /watchlists/{watchlist}/facts/upload": {"facts": f"Location ID,Placed\n{FALLEN},7\n", "seen": mark(())},
        "POST /watchlists/{watchlist}/facts/readers": {"who": "some", "people": EDITOR},
    }
    routes = addresses(case, step.id, UNREAD)
    assert {route for route in routes if route.startswith("POST")} == forms.keys() and len(routes) == len(forms) + 8

    def now() -> tuple[object, ...]:
        kept = store.cases.template("North team"), store.own_facts.readers("North team"), store.own_facts.of("North team").facts
        return (*kept, [one.version for one in store.cases.after(0, 99)], store.cases.steps(case.id))

    before = now()
    for route, path in routes.items():
        with fallen.client(who) as client:
            answer = client.request(route.partition(" ")[0], path, data=forms.get(route))
        if may(None if who == STRANGER else Role(who), route):
            assert answer.status_code == (303 if route in forms else 200), route
        elif who == STRANGER and not path.startswith("/api/"):
            assert answer.headers["location"].startswith("/sign-in"), route
        else:
            assert answer.status_code == (401 if who == STRANGER else 403), route
    assert [was != is_now for was, is_now in zip(before, now(), strict=True)] == [who in (Role.EDITOR, Role.OPERATOR)] * 5


def test_a_typed_note_is_kept_when_the_session_ends(fallen: Pages) -> None:
    case = the_case(fallen)
    with fallen.client("editor") as client:
        fallen.clock.later = timedelta(hours=13)
        answer = client.post(f"/cases/{case.id}/note", data={"note": "Two hours\nof typing"})
        wanted = answer.headers["location"]
        client.get(wanted)
        store, now = fallen.app.store, fallen.clock()
        token = store.people.ask_link("editor@council.example", client="x", next_page=httpx.URL(wanted).params["next"], now=now)
        page = client.post(f"/sign-in/{token}", follow_redirects=True)
    assert urlsplit(str(page.url)).path == f"/cases/{case.id}" and "Two hours\nof typing" in page.text


# ── where cases are shown ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_case_is_shown_wherever_its_service_is_shown(fallen: Pages) -> None:
    taken = take(fallen, the_case(fallen), "editor")
    with fallen.client("editor") as client:
        home = text_of(client.get("/"))
        assert f"Larch Grove : {taken.words}" in home and "1 new case without an owner" in home
        grid = text_of(client.get("/watchlists/North%20team"))
        assert f"Case {taken.id} : {taken.words}" in grid and "new, no owner" in grid
    with fallen.client("reader") as client:
        assert "Your cases" not in client.get("/").text


def test_the_api_lists_cases_in_batches(fallen: Pages) -> None:
    taken = take(fallen, the_case(fallen), "editor")
    with fallen.client("reader") as client:
        everything = client.get("/api/cases").json()
        first = client.get("/api/cases", params={"limit": 1}).json()
        rest = client.get("/api/cases", params={"cursor": first["cursor"]}).json()
        assert [*first["cases"], *rest["cases"]] == everything["cases"] and first["more"] and len(rest["cases"]) == 1
        (mine,) = client.get("/api/cases", params={"state": "in hand"}).json()["cases"]
        assert (mine["id"], mine["owner"], mine["overdue"]) == (taken.id, "editor@council.example", False)
        assert mine["steps"][0] == {"title": SHIPPED[0].title, "owner": None, "due": mine["next_due"], "became": ""}
        assert mine["items"] == [the_fall(fallen).item.id] and mine["page"].endswith(f"/cases/{taken.id}")
        assert client.get("/api/cases", params={"location_id": FALLEN}).json()["cases"] == [mine]
        (row,) = csv.DictReader(io.StringIO(client.get("/api/cases", params={"state": "in hand", "format": "csv"}).text))
        assert row["owner"] == "editor@council.example" and row["items"] == the_fall(fallen).item.id
        assert client.get("/api/cases", params={"state": "whatever"}).status_code == 422


def test_the_export_lists_each_action_with_person_and_time_and_no_cell_is_a_formula(fallen: Pages) -> None:
    case = the_case(fallen)
    take(fallen, case, "editor")
    fallen.app.store.cases.note(case.id, "=cmd|' /C calc'!A0", fallen.people["operator"].id, fallen.clock())
    with fallen.client("reader") as client:
        text = client.get("/cases/export.csv").content.decode("utf-8-sig")
        book = load_workbook(io.BytesIO(client.get("/cases/export.xlsx").content))
        none = client.get("/cases/export.csv", params={"tab": "closed"}).content.decode("utf-8-sig")
    rows = [one for one in csv.DictReader(io.StringIO(text)) if one["Case"] == str(case.id)]
    assert [(one["Who"], one["What"]) for one in rows] == [
        ("this program", "opened"), ("editor@council.example", "took it"), ("operator@council.example", "added a note"),
    ]  # fmt: skip
    assert rows[0]["Service"] == "Larch Grove" and datetime.fromisoformat(rows[0]["When"]) and rows[2]["Text"].startswith("'=")
    assert [one.title for one in book.worksheets[:2]] == ["Log", "Cases"] and book["Log"].max_row == len(text.splitlines())
    assert len(none.splitlines()) == 1


def test_the_owner_of_an_overdue_case_gets_a_message_with_a_link(
    fallen: Pages, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = fallen.people["editor"].id
    case = the_case(fallen)
    due = fallen.clock().date()
    fallen.app.store.cases.act({case.id: case.version}, Assign(owner=me, due=due), me, fallen.clock())
    assert fallen.app.store.case_reminders.settle(fallen.clock() + 2 * DAY, None) == 1
    monkeypatch.setenv("PUBLIC_URL", "https://monitor.council.example")
    done(world, "deliver")
    (mail,) = world.mail.to("editor@council.example")
    assert mail.subject == "cqc-monitor: 1 case overdue"
    assert "Larch Grove: overdue since" in mail.text and "https://monitor.council.example/cases?tab=mine" in mail.text
    assert "You get this because you own these cases, or you are responsible for steps in them." in mail.text


# ── in a browser ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_editor_follows_an_alert_to_the_outcome_of_its_case(fallen: Pages, fallen_page: Page) -> None:
    """An editor opens the link in an alert, takes the case with two clicks, does steps, adds notes, and closes the case with an
    outcome."""
    page = fallen_page
    fallen.sign_in(page, "editor")
    page.goto(f"/items/{the_fall(fallen).item.id}")
    page.get_by_label("Due").fill("3 December 2036")
    page.get_by_role("button", name="Take it or assign it").click()
    expect(page.get_by_role("status")).to_have_text("You have this case now.")
    assert_usable(page)
    page.get_by_role("button", name=re.compile("^Done.*placing")).click()
    row = page.get_by_role("row").filter(has_text="Contact the placing authorities")
    expect(row).to_contain_text("Done, editor@council.example")
    meeting = page.get_by_role("row").filter(has_text="Meet the provider")
    meeting.get_by_text("Change: Meet the provider").click()
    meeting.get_by_label("Who does it").select_option("operator@council.example")
    meeting.get_by_label("By").fill("4 December 2036")
    assert_usable(page)
    meeting.get_by_role("button", name="Save the step").click()
    expect(page.get_by_role("row").filter(has_text="Meet the provider")).to_contain_text("operator@council.example")
    page.get_by_label("Add a note").fill("Spoke to the manager")
    page.get_by_role("button", name="Add the note").click()
    page.get_by_role("button", name="Close the case").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose how the case ended")
    page.get_by_label("Outcome").select_option("Our own checks found it safe")
    page.get_by_label("Reason").fill("Two visits, no concerns")
    page.get_by_role("button", name="Close the case").click()
    expect(page.get_by_role("status")).to_have_text("The case is closed.")
    expect(page.locator("ol.events > li").first).to_contain_text("closed it: our own checks found it safe: Two visits")
    assert_usable(page)
    with fallen.client("reader") as client:
        rows = csv.DictReader(io.StringIO(client.get("/cases/export.csv?tab=closed").content.decode("utf-8-sig")))
    assert [(one["Who"], one["What"]) for one in rows] == [
        ("this program", "opened"), (EDITOR, "took it"), (EDITOR, "changed the due date"), (EDITOR, "did a step"),
        (EDITOR, "changed a step"), (EDITOR, "added a note"), (EDITOR, "closed it"),
    ]  # fmt: skip
    page.goto("/cases?tab=all")
    page.get_by_label(re.compile("^Choose ")).check()
    page.get_by_role("button", name="Take them").click()
    expect(page.get_by_role("status")).to_have_text("1 case changed.")
    assert_usable(page)
