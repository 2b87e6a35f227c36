"""Tests the link "I have it" in a message. A link scanner that opens the link changes nothing. The button on the link's page
acknowledges the events, and stops the escalation."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from monitor.app import build
from monitor.cases import Did, State
from monitor.notify.links import ANSWERED_WITHIN
from monitor.settings import load
from monitor.store.happened import Wanted
from monitor.store.leaving import Choice
from monitor.store.people import Role
from tests.conftest import World
from tests.simulated.services import Service
from tests.web.conftest import Clock, Pages, assert_usable, done, give_second_address, served
from tests.web.test_subscriptions import HOME, WATCHLIST, client_of, fall

EDITOR, OUTSIDE, SECOND = "editor@council.example", "oncall@trust.example", "second@council.example"
PUBLIC, DAY = "https://monitor.council.example", timedelta(hours=24)


@pytest.fixture
def alerted(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """The pages of a monitor with a service that fell and entered special measures. An editor, an address without an account, a
    Slack channel and a Teams channel were alerted."""
    monkeypatch.setenv("PUBLIC_URL", PUBLIC)
    service = Service(location_id=HOME, name="Larch Grove")
    world.site.add([service])
    done(world, "watch", "add", WATCHLIST, HOME)
    for one in (f"mailto:{EDITOR}", f"mailto:{OUTSIDE}", f"slack:{world.slack.url}", f"teams:{world.teams.url}"):
        done(world, "subscribe", WATCHLIST, one, "--quiet")
    done(world, "check")
    fall(service)
    done(world, "check")
    done(world, "deliver")
    app = build(load())
    try:
        with served(app, Clock()) as pages:
            give_second_address(pages, WATCHLIST, f"mailto:{SECOND}")
            yield pages
    finally:
        app.store.close()


def link(text: str) -> str:
    """Returns the path of the link in a message."""
    found = re.search(rf"{re.escape(PUBLIC)}(/have-it/[\w.=-]+)", text)
    assert found, text
    return found[1]


def mailed(world: World, to: str) -> str:
    return link(world.mail.to(to)[-1].text)


def acknowledged_by(pages: Pages) -> list[str]:
    ids = [one.id for one, _ in pages.app.store.happened.newest(Wanted(), 100) if one.worst]
    return sorted({one.by for each in pages.app.store.acknowledgements.of(ids).values() for one in each})


def escalates(pages: Pages) -> int:
    return pages.app.store.escalations.settle(pages.clock() + DAY + timedelta(minutes=1), DAY, None)


def test_the_button_behind_the_link_in_a_mail_takes_the_case_and_stops_the_escalation(
    alerted: Pages, world: World, page: Page
) -> None:
    assert "I have it: Larch Grove" in world.mail.to(EDITOR)[-1].text
    path, app = mailed(world, EDITOR), alerted.app
    with alerted.program(headers={"User-Agent": "link scanner"}) as scanner:
        for method in ("GET", "HEAD", "GET", "OPTIONS"):
            scanner.request(method, path)
        assert scanner.post(path).status_code == 403  # the request does not come from our page
    case = app.store.cases.open_at([HOME])[HOME]
    assert (acknowledged_by(alerted), case.owner) == ([], None)
    page.goto(alerted.url + path)
    assert "Larch Grove: " in page.locator("main").inner_text()
    assert_usable(page)
    page.get_by_role("button", name="I have it").click()
    assert page.get_by_role("heading", level=1).inner_text() == "You are dealing with this"
    assert_usable(page)
    assert acknowledged_by(alerted) == [EDITOR]
    case = app.store.cases.open_at([HOME])[HOME]
    assert (case.owner, case.state) == (EDITOR, State.IN_HAND)
    assert escalates(alerted) == 0
    page.goto(alerted.url + mailed(world, OUTSIDE))
    said = page.locator("main").inner_text()
    assert "Somebody is already dealing with this" in said and f"{EDITOR} has been dealing with this since" in said
    assert page.get_by_role("button", name="I have it").count() == 0
    with alerted.client() as client:
        again = client.post(mailed(world, OUTSIDE))
    assert again.status_code == 200 and "Somebody is already dealing with this" in again.text
    assert acknowledged_by(alerted) == [EDITOR]


def test_an_answer_from_an_address_without_an_account_is_recorded_and_takes_no_case(alerted: Pages, world: World) -> None:
    with alerted.client() as client:
        assert "You are dealing with this" in client.post(mailed(world, OUTSIDE)).text
    assert acknowledged_by(alerted) == [OUTSIDE]
    case = alerted.app.store.cases.open_at([HOME])[HOME]
    assert (case.owner, case.state) == (None, State.NEW)
    (answered,) = [one for one in alerted.app.store.cases.log([case.id])[case.id] if one.did is Did.ANSWERED]
    assert answered.text == OUTSIDE
    assert escalates(alerted) == 0
    with client_of(alerted, "reader") as client:
        assert f"{OUTSIDE} answered from a message" in re.sub(r"\s+", " ", client.get(f"/cases/{case.id}").text)
    exported = json.loads(done(world, "person", "export", OUTSIDE))
    assert any(row["said_by"] == OUTSIDE for row in exported["acknowledgement"])
    done(world, "person", "erase", OUTSIDE, "--yes")
    assert OUTSIDE not in str(acknowledged_by(alerted))


@pytest.mark.parametrize("ended", [False, True], ids=["a reader", "an editor whose access has ended"])
def test_an_answer_from_an_account_that_may_not_edit_stops_no_escalation(alerted: Pages, world: World, ended: bool) -> None:
    store, now = alerted.app.store, alerted.clock()
    person = store.people.invite(OUTSIDE, Role.EDITOR if ended else Role.READER, None, now)
    if ended:
        left = store.leaving.subscriptions(person)
        store.leaving.end_access(person.id, {one.subscription.id: Choice.KEEP for one in left}, None, now, None)
    path = mailed(world, OUTSIDE)
    with alerted.client() as client:
        assert "somebody with permission to edit must still acknowledge these events" in client.get(path).text
        for _ in range(2):
            answer = client.post(path)
            assert "was recorded" in answer.text
            assert "Somebody with permission to edit must still acknowledge these events" in answer.text
    assert acknowledged_by(alerted) == []
    case = store.cases.open_at([HOME])[HOME]
    assert (case.owner, case.state) == (None, State.NEW)
    assert [one.text for one in store.cases.log([case.id])[case.id] if one.did is Did.ANSWERED] == [OUTSIDE]
    assert escalates(alerted) == 1


def test_slack_and_teams_and_the_second_address_get_the_link_but_no_page_shows_it(alerted: Pages, world: World) -> None:
    for hook in (world.slack, world.teams):
        with alerted.client() as client:
            assert "Are you dealing with this?" in client.get(link(json.dumps(hook.payloads()[-1]))).text
    assert alerted.app.store.escalations.settle(alerted.clock(), timedelta(), None) == 1
    done(world, "deliver")
    with alerted.client() as client:
        assert f"record that {SECOND}" in client.get(mailed(world, SECOND)).text
    alert = next(one for one in alerted.app.store.delivery_log.since() if one.kind == "alert" and EDITOR in str(one))
    with client_of(alerted, "reader") as client:
        kept = client.get(f"/messages/{alert.message_id}")
    assert kept.status_code == 200 and "Larch Grove" in kept.text and "have-it" not in kept.text


def test_an_i_have_it_link_works_only_for_its_purpose_and_for_a_limited_time(alerted: Pages, world: World) -> None:
    token = mailed(world, EDITOR).rpartition("/")[2]
    links = alerted.app.links
    with alerted.client() as client:
        for path in ("unsubscribe", "undo", "confirm", "still-read", "sign-in"):
            assert client.get(f"/{path}/{token}").status_code in (404, 410), path
        for wrong in (token[:-1], "x", links.still_read(f"mailto:{EDITOR}").rpartition("/")[2]):
            assert client.get(f"/have-it/{wrong}").status_code == client.post(f"/have-it/{wrong}").status_code == 404
        nobody = links.have_it("mailto:nobody@council.example", f"{HOME}/x", alerted.clock()).rpartition("/")[2]
        for asked in (client.post, client.get):
            unknown = asked(f"/have-it/{nobody}")
            assert unknown.status_code == 410 and "/sign-in" in unknown.text and "retracted" not in unknown.text
        alerted.clock.later = ANSWERED_WITHIN + timedelta(hours=1)
        late = client.post(f"/have-it/{token}")
        assert late.status_code == 404 and "older than 14 days" in late.text
    assert acknowledged_by(alerted) == []


def test_events_that_were_seen_after_the_message_must_still_be_acknowledged(alerted: Pages, world: World) -> None:
    """The link acknowledges only the events that its message reported."""
    store = alerted.app.store
    events = [one for one, _ in store.happened.newest(Wanted(), 100) if one.worst]
    before = min(one.observed_at for one in events) - timedelta(seconds=5)
    token = alerted.app.links.have_it(f"mailto:{EDITOR}", events[0].item or "", before).rpartition("/")[2]
    with alerted.client() as client:
        answer = client.post(f"/have-it/{token}")
    assert answer.status_code == 410 and "You need not do anything" in answer.text
    assert acknowledged_by(alerted) == []
