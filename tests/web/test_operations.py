"""Tests the pages about the monitor itself: its state, unsent messages, /metrics, /healthz, and the audit."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from monitor.app import build
from monitor.settings import load
from tests.conftest import World
from tests.simulated.services import Service
from tests.web.conftest import FALLEN, Clock, Pages, assert_usable, done, opened, run, served

SECRETS = {
    "SMTP_URL": "smtp://monitor:hunter2@127.0.0.1:1?starttls=never",
    "HEARTBEAT_URL": "https://ping.example/9f8a7b6c-secret",
    "SECRET_KEY": "0123456789-a-secret-key-of-ours",
    "CQC_API_KEY": "cqc-api-key-of-ours",
    "OPERATOR": "slack:https://hooks.slack.com/services/T0/B0/SLACKSECRET",
}


@pytest.fixture
def undelivered(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """The pages of a monitor with a dead letter to a mailbox that does not exist, and with a revoked Slack webhook."""
    world.site.add([Service(location_id=FALLEN, name="Larch Grove")])
    done(world, "watch", "add", "North team", FALLEN)
    done(world, "check")
    done(world, "subscribe", "North team", "mailto:gone@council.example", "--quiet")
    done(world, "subscribe", "North team", f"slack:http://{world.slack.host}/services/T0/B0/x", "--quiet")
    world.mail.refuse(550, at="RCPT", recipient="gone@council.example", text="No such user")
    world.slack.refuse(404, text="no_service")
    world.site.services[FALLEN].inspect(on=date(2026, 10, 1), overall="Inadequate", safe="Inadequate")
    run(world, "check")
    run(world, "deliver")
    app = build(load())
    try:
        with served(app, Clock()) as pages:
            yield pages
    finally:
        app.store.close()


def test_the_health_check_tells_a_stranger_only_whether_pages_and_database_answer(pages: Pages) -> None:
    with pages.client() as stranger:
        well = stranger.get("/healthz")
        with sqlite3.connect("state/monitor.db") as database:
            database.execute("ALTER TABLE watchlist RENAME TO gone")
        database.close()
        ill = stranger.get("/healthz")
    assert (well.status_code, well.text, ill.status_code, ill.text) == (200, "ok\n", 503, "database\n")


def test_metrics_need_an_operators_key(fallen: Pages) -> None:
    def asked(who: str) -> tuple[int, str]:
        key = fallen.app.store.keys.make(fallen.people[who], "Prometheus", fallen.clock())
        with fallen.client() as program:
            answer = program.get("/metrics", headers={"Authorization": f"Bearer {key}"})
        return answer.status_code, answer.text

    status, text = asked("operator")
    assert status == 200
    assert 'cqc_monitor_services{state="stale"} 3.0' in text
    assert "cqc_monitor_database_up 1.0" in text
    assert asked("editor")[0] == 403
    with fallen.client() as stranger:
        assert stranger.get("/metrics").status_code == 401


def test_the_monitors_page_contains_no_secret(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("MAIL_FROM", "care-alerts@monitor.example")
    app = build(load())
    try:
        with served(app, Clock()) as pages, pages.client("operator") as operator:
            text = operator.get("/monitor").text
    finally:
        app.store.close()
    for secret in ("hunter2", "9f8a7b6c", "0123456789", "cqc-api-key", "SLACKSECRET", "services/T0"):
        assert secret not in text
    assert "care-alerts@monitor.example" in text
    assert "<dt>SMTP_URL</dt><dd>set</dd>" in text and "<dt>METRICS</dt><dd>not set</dd>" in text
    assert "CQC&#39;s list of publications has not been read yet" in text
    assert "<dt>CHECK_EVERY</dt><dd>6h</dd>" in text and "SQLite, 0." in text


def test_a_failed_message_is_sent_again_or_dropped(undelivered: Pages, world: World) -> None:
    dead = next(one for one in undelivered.app.store.dead_letters.unsent() if one.state == "dead")
    with undelivered.client("operator") as operator, undelivered.client("editor") as editor:
        page = operator.get("/monitor").text
        assert "gone@council.example" in page and ">Failed<" in page
        assert editor.post(f"/monitor/messages/{dead.id}/retry").status_code == 403
        assert operator.post(f"/monitor/messages/{dead.id}/retry").status_code == 303
        (again,) = [one for one in undelivered.app.store.dead_letters.unsent() if one.id == dead.id]
        assert (again.state, again.attempts) == ("pending", 0)
        assert operator.post(f"/monitor/messages/{dead.id}/drop").status_code == 303
        assert dead.id not in [one.id for one in undelivered.app.store.dead_letters.unsent()]
        gone = operator.post(f"/monitor/messages/{dead.id}/retry")
        assert (gone.status_code, "was dropped already" in gone.text) == (422, True)
    deeds = [deed.what for deed in undelivered.app.store.audit.newest(2)]
    assert deeds == ["gave up a message:", "had a message sent again:"]


def test_the_slowest_alerts_are_links_to_their_events(undelivered: Pages, world: World) -> None:
    (event,) = [one for one in undelivered.app.store.services.events() if one.of == "overall"]
    with undelivered.client("operator") as operator:
        page = operator.get("/monitor").text
        assert "1 report in the last 30 days" in page and "1 not accepted by any receiver yet" in page
        assert "not yet" in page and f'href="/events/{event.id}"' in page
        assert operator.get(f"/events/{event.id}").status_code == 200


def test_the_sources_of_hints_are_shown_with_their_problems(undelivered: Pages, world: World) -> None:
    store = undelivered.app.store
    store.hints.failed("list", "CQC's list of <publications> is empty", undelivered.clock() - timedelta(days=3))
    with undelivered.client("operator") as operator:
        page = operator.get("/monitor").text
    assert "CQC&#39;s list of publications" in page and "list of &lt;publications&gt; is empty" in page
    assert "0 of 0" in page


def test_a_suspended_receiver_is_tested_and_works_again(undelivered: Pages, world: World) -> None:
    (off,) = undelivered.app.store.receivers.all()
    with undelivered.client("operator") as operator:
        assert "no_service" in operator.get("/monitor").text
        world.slack.accept()
        assert operator.post("/monitor/test", data={"scope": off.scope}).status_code == 303
        run(world, "deliver")
        page = operator.get("/monitor").text
        assert "No receiver is suspended." in page
        assert operator.post("/monitor/test", data={"scope": off.scope}).status_code == 404


def test_the_monitors_page_can_be_used_by_everybody(undelivered: Pages, browser: Browser) -> None:
    with opened(browser, undelivered) as page:
        undelivered.sign_in(page, "operator")
        for path in ("/monitor", "/audit?search=invited"):  # test_pages tests the other pages
            page.goto(path)
            assert_usable(page)
        page.goto("/feeds")
        page.get_by_role("button", name="of North team").click()
        assert page.get_by_text("it will not be shown again").is_visible()
        assert_usable(page)
        page.get_by_role("button", name="End the feed of North team").click()
        page.goto("/keys")
        page.get_by_label("What it is for").fill("Excel")
        page.get_by_role("button", name="Make a key").click()
        assert_usable(page)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", 3),
        ("INVITED reader", 1),
        ("command line", 3),
        ("100%", 0),
        ("nobody", 0),
    ],
)
def test_the_audit_can_be_searched(search: str, found: int, pages: Pages) -> None:
    assert pages.app.store.audit.count(search) == found
    with pages.client("operator") as operator:
        page = operator.get("/audit", params={"search": search}).text
    assert ("Nothing was found." in page) == (found == 0)
