"""Tests drills. A drill sends a practice alert to all real addresses. Nobody can mistake a practice alert for a real alert.
Receivers answer with the link in the message."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from monitor.app import build
from monitor.rota import Rota, Turn
from monitor.settings import load
from monitor.store.happened import Wanted
from tests.conftest import World
from tests.simulated.notify import TEMPLATE, Notify
from tests.simulated.services import Service
from tests.web.conftest import Clock, Pages, assert_usable, done, give_second_address, run, served
from tests.web.test_subscriptions import HOME, WATCHLIST, client_of

PUBLIC = "https://monitor.council.example"
LEAD, DAILY, PAUSED, SECOND, PRIYA = (f"{one}@council.example" for one in ("lead", "daily", "paused", "second", "priya"))
SUBJECT = "PRACTICE: no service has got worse (North team)"


@pytest.fixture
def ready(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Pages, Notify]]:
    """A watchlist with receivers of every kind, a second address and a rota with a telephone."""
    with Notify() as notify:
        notify.kind, notify.subject = "sms", ""
        monkeypatch.setattr("monitor.channels.notify.NOTIFY", notify.url)
        monkeypatch.setenv("NOTIFY_API_KEY", notify.key)
        monkeypatch.setenv("NOTIFY_SMS_TEMPLATE", TEMPLATE)
        monkeypatch.setenv("PUBLIC_URL", PUBLIC)
        monkeypatch.setenv("EXTRA_WEBHOOK_HOSTS", f"{world.slack.host},{world.teams.host}")
        world.site.add([Service(location_id=HOME, name="Larch Grove")])
        done(world, "watch", "add", WATCHLIST, HOME)
        for one in (f"mailto:{LEAD}", f"mailto:{PAUSED}", f"slack:{world.slack.url}", f"teams:{world.teams.url}"):
            done(world, "subscribe", WATCHLIST, one, "--quiet")
        done(world, "subscribe", WATCHLIST, f"webhook:{world.slack.url}/hook", "--quiet")
        done(world, "subscribe", WATCHLIST, f"mailto:{DAILY}", "--when", "daily", "--quiet")
        done(world, "check")
        app = build(load())
        try:
            with served(app, Clock()) as pages:
                me, now = pages.people["editor"], pages.clock()
                give_second_address(pages, WATCHLIST, f"mailto:{SECOND}")
                turns = (Turn(address=f"mailto:{PRIYA}"), Turn(address="sms:+447700900123"))
                app.store.rotas.save(WATCHLIST, Rota(turns=turns), me.id, now)
                paused = next(one for one in app.store.subscriptions.all() if one.subscription.address == f"mailto:{PAUSED}")
                app.store.subscriptions.pause(paused.subscription.id, me, now + timedelta(days=2), now)
                yield pages, notify
        finally:
            app.store.close()


def link(text: str) -> str:
    found = re.search(rf"{re.escape(PUBLIC)}(/drill/[\w.=-]+)", text)
    assert found, text
    return found[1]


def test_a_drill_reaches_every_real_address_and_cannot_be_mistaken_for_an_alert(
    ready: tuple[Pages, Notify], world: World
) -> None:
    pages, notify = ready
    said = done(world, "drill", WATCHLIST)
    assert all(one in said for one in (LEAD, SECOND, PRIYA, "slack:", "teams:", "webhook:", "sms:…0123"))
    done(world, "deliver")
    assert world.mail.to(DAILY) == world.mail.to(PAUSED) == []
    for one in (LEAD, SECOND, PRIYA):
        (mail,) = world.mail.to(one)
        assert mail.subject == SUBJECT and mail.text.startswith(SUBJECT) and "Importance" not in mail.message
    (text,) = notify.sent
    assert text["content"]["body"].startswith(f"{SUBJECT}\nI have it (practice): {PUBLIC}/drill/")
    slack = [one for one in world.slack.payloads() if "blocks" in one][-1]
    assert slack["text"].startswith("PRACTICE: ") and "PRACTICE: " in json.dumps(slack["blocks"][0])
    card = world.teams.payloads()[-1]["attachments"][0]["content"]
    assert card["body"][0]["text"].startswith("PRACTICE: ") and "Attention" not in json.dumps(card)
    (hook,) = world.slack.payloads("/hook")
    assert (hook["kind"], hook["practice"], hook.get("events")) == ("drill", True, None)
    store = pages.app.store
    assert store.cases.open_at([HOME]) == {} and store.happened.newest(Wanted(), 10) == []
    assert json.loads(done(world, "events", "--json")) == []
    with pages.program() as client:
        key = store.feeds.renew(WATCHLIST, pages.people["reader"], pages.clock())
        assert "PRACTICE" not in client.get(f"/feeds/{key}.atom").text


def test_the_pages_start_a_drill_and_show_the_answers_to_its_messages(
    ready: tuple[Pages, Notify], world: World, page: Page
) -> None:
    pages, _ = ready
    path = "/watchlists/North%20team/drills"
    with client_of(pages, "editor") as editor, client_of(pages, "reader") as reader:
        assert reader.post(path).status_code == 403
        assert editor.post(path).status_code == 303
        again = editor.post(path)
        assert again.status_code == 422 and "A drill of North team was started" in again.text
    done(world, "deliver")
    where = link(world.mail.to(PRIYA)[-1].text)
    with pages.program() as scanner:
        assert scanner.get(where).status_code == scanner.head(where).status_code == 200
        assert scanner.post(where).status_code == 403
    (drill,) = pages.app.store.drills.of(WATCHLIST)
    assert drill.words == "0 of 7 addresses answered"
    page.goto(pages.url + where)
    assert "PRACTICE: are you dealing with this?" in page.locator("main").inner_text()
    assert_usable(page)
    page.get_by_role("button", name="I have it (practice)").click()
    assert "PRACTICE: thank you" in page.locator("main").inner_text()
    with pages.client() as client:
        assert "You need not answer again" in client.post(where).text
        token = where.rpartition("/")[2]
        assert client.get(f"/have-it/{token}").status_code == 404  # a drill's link can't acknowledge events
    (drill,) = pages.app.store.drills.of(WATCHLIST)
    assert drill.words == "1 of 7 addresses answered, the first after less than a minute"
    with client_of(pages, "editor") as editor:
        seen = re.sub(r"\s+", " ", editor.get(path).text)
    assert PRIYA in seen and "not answered" in seen and "after less than a minute" in seen
    done_by_now = [(one.what, one.about) for one in pages.app.store.audit.newest(10)]
    assert ("answered the drill of", f"North team: {PRIYA}, after less than a minute") in done_by_now
    shown = done(world, "drill", WATCHLIST, "--results").splitlines()
    assert f"  {PRIYA}: accepted, answered after less than a minute" in shown
    assert f"  {LEAD}: accepted, not answered" in shown
    (result,) = json.loads(done(world, "drill", WATCHLIST, "--results", "--json"))
    assert result["practice"] is True and sum(one["answered_at"] is not None for one in result["addresses"]) == 1
    exported = json.loads(done(world, "person", "export", PRIYA))
    assert exported["drill_receiver"][0]["address"] == f"mailto:{PRIYA}"


def test_a_drill_without_anybody_to_alert_is_refused(world: World) -> None:
    world.site.add([Service(location_id=HOME, name="Larch Grove")])
    done(world, "watch", "add", "Leeds", HOME)
    for name, says in (("Leeds", "nobody would be alerted about Leeds at once"), ("York", "there is no watchlist 'York'")):
        status, out, err = run(world, "drill", name)
        assert (status, out) == (2, "") and says in err
    assert "There has been no drill yet." in done(world, "drill", "Leeds", "--results")
