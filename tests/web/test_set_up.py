"""Tests the pages for setting up a monitor: who may begin, what happens if CQC can't be reached, and what the pages say about the
settings."""

import html
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest

from monitor.app import build
from monitor.register.entries import Rule
from monitor.settings import load
from monitor.store.first_operator import MOST_WRONG
from monitor.store.people import Role
from monitor.web import fetching, set_up
from monitor.web.fetching import Fetch
from tests.conftest import World
from tests.registered import care, take
from tests.simulated.register import England
from tests.simulated.server import status
from tests.web.conftest import COOKIE, Clock, Pages, served
from tests.web.test_serving import until

ME = "lead@council.example"
IDS = "1-100000001\nhttps://www.cqc.org.uk/location/1-100000002\n"


@pytest.fixture
def new(pages: Pages) -> Pages:
    """The pages of a monitor without people."""
    for one in pages.app.store.people.everyone():
        pages.app.store.people.end(one.id, None, pages.clock())
    return pages


@pytest.fixture
def operator(pages: Pages) -> Iterator[httpx.Client]:
    with pages.client("operator") as client:
        yield client


def text(answer: httpx.Response) -> str:
    """Returns the text of a page's main part, with single spaces."""
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


# ── the first operator ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_stranger_is_asked_for_the_code_while_there_is_no_operator(new: Pages) -> None:
    code = new.app.store.first_operator.new_code(new.clock())
    with new.client() as client:
        assert client.get("/").headers["location"] == "/first-operator"
        assert client.get("/set-up/email").headers["location"].startswith("/sign-in")
        assert "set it up with the code from the terminal" in text(client.get("/sign-in"))
        assert "This monitor has no operator yet" in text(client.get("/first-operator"))
        entered = client.post("/first-operator", data={"code": code, "email": f" {ME.upper()} "})
        assert (entered.status_code, entered.headers["location"]) == (303, "/set-up")
        assert COOKIE in client.cookies
        assert "0 of 6 done" in text(client.get("/set-up"))
    with new.client() as another:
        assert another.get("/").headers["location"] == "/sign-in"
        assert another.get("/first-operator").headers["location"] == "/sign-in"
        assert "code" not in text(another.get("/sign-in"))
        late = another.post("/first-operator", data={"code": code, "email": "other@council.example"})
        assert late.status_code == 409 and "has an operator already" in text(late)
        assert COOKIE not in another.cookies
    assert [one.email for one in new.app.store.people.everyone() if not one.ended_at] == [ME]


def test_wrong_codes_are_refused_with_advice_and_attempts_are_limited(new: Pages) -> None:
    new.app.store.first_operator.new_code(new.clock())
    with new.client() as client:
        empty = client.post("/first-operator", data={"code": "", "email": "nobody"})
        assert empty.status_code == 422
        assert "Enter the code that the terminal shows" in text(empty) and "Enter an email address" in text(empty)
        for _ in range(MOST_WRONG):
            wrong = client.post("/first-operator", data={"code": "2222-2222-2222", "email": ME})
            assert wrong.status_code == 422 and "This code is wrong, or no longer valid" in text(wrong)
            assert f'value="{ME}"' in wrong.text
        more = client.post("/first-operator", data={"code": "2222-2222-2222", "email": ME})
        assert more.status_code == 429 and "cqc-monitor invite ADDRESS --operator" in text(more)
        assert client.post("/first-operator", data={"code": "x" * 9000, "email": ME}).status_code == 413
    assert all(one.ended_at for one in new.app.store.people.everyone())


def test_a_form_on_another_site_cannot_send_the_code(new: Pages) -> None:
    code = new.app.store.first_operator.new_code(new.clock())
    with new.program(headers={"Sec-Fetch-Site": "cross-site"}) as client:
        assert client.post("/first-operator", data={"code": code, "email": ME}).status_code == 403
    assert new.app.store.first_operator.is_wanted()


# ── which services ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _register(pages: Pages) -> None:
    homes = [care(f"1-10000000{n}", name=f"Home {n}") for n in range(1, 4)]
    agency = care("1-100000009", name="Agency", types=("Homecare agencies",))
    take(pages.app.store.engine, [(date(2026, 11, 5), [*homes, agency])])


def test_a_councils_services_are_shown_by_name_before_they_are_watched(pages: Pages, operator: httpx.Client) -> None:
    _register(pages)
    asked = {"authority": "Leicestershire", "sectors": ["care home", "community-based"]}
    shown = text(operator.post("/set-up/services", data=asked))
    assert "Leicestershire care homes: 3" in shown and "Home 2" in shown and "Watch these 4 services" in shown
    assert "Leicestershire community-based services: 1 Agency" in shown
    assert pages.app.store.glance.watchlists() == []
    for _ in range(2):  # pressing the button again changes nothing
        saved = operator.post("/set-up/services", data={**asked, "sure": "yes"})
        assert (saved.status_code, saved.headers["location"]) == (303, "/set-up/email")
    summaries = pages.app.store.watchlists.summaries(pages.clock(), pages.clock(), mail=False)
    assert {one.name: (one.services, one.owner_email) for one in summaries} == {
        "Leicestershire care homes": (3, "operator@council.example"),
        "Leicestershire community-based services": (1, "operator@council.example"),
    }


@pytest.mark.parametrize("rule", [None, Rule(types=("Nursing homes",))], ids=["without a rule", "with another rule"])
def test_an_existing_watchlist_of_the_same_name_is_not_changed(pages: Pages, operator: httpx.Client, rule: Rule | None) -> None:
    _register(pages)
    store, name = pages.app.store, "Leicestershire care homes"
    store.watchlists.make(name, pages.people["operator"].id, pages.clock())
    if rule:
        store.rules.put(name, rule, person=None, now=pages.clock())
    asked = {"authority": "Leicestershire", "sectors": ["care home"], "sure": "yes"}
    answer = operator.post("/set-up/services", data=asked)
    assert answer.status_code == 422 and f"There is already a watchlist {name} with other services" in text(answer)
    kept = store.rules.of(name)
    assert (kept.rule if kept else None) == rule and not store.watchlists.services(name)


@pytest.mark.parametrize(
    ("now", "way", "lines"),
    [
        ({"MAIL_BY": "graph"}, "notify", ["MAIL_BY=notify"]),
        ({"MAIL_BY": "graph"}, "smtp", ["MAIL_BY=smtp", "SMTP_URL=smtp://USER:PASSWORD@mail.council.example:587"]),
        ({"SMTP_URL": "smtp://mail"}, "xoauth2", ["SMTP_URL=smtp://smtp.office365.com:587?auth=xoauth2"]),
        ({}, "graph", ["MAIL_BY=graph"]),
    ],
)
def test_the_lines_for_another_way_of_sending_mail_replace_the_present_way(
    now: dict[str, str], way: str, lines: list[str]
) -> None:
    assert set_up._deciding(way, now, "council.example") == lines


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Choose a council"),
        ({"authority": "", "sectors": ["care home"]}, "Choose a council"),
        ({"authority": "   ", "sectors": ["care home"], "sure": "yes"}, "Choose a council"),
        ({"authority": "Leicestershire"}, "Choose at least one kind of service"),
        ({"authority": "Leicestershire", "sectors": ["other"]}, "Choose a council"),
        ({"authority": "Leicestershire", "sectors": ["castles"]}, "Choose at least one kind of service"),
        ({"authority": "Atlantis", "sectors": ["care home"], "sure": "yes"}, "Atlantis"),
        ({"authority": "x" * 300, "sectors": ["care home"]}, "Enter no more than 200 characters"),
        ({"authority": "Rutland", "sectors": ["care home"], "sure": "yes"}, "lists no services of these kinds"),
    ],
)
def test_the_error_about_an_unusable_choice_is_shown_with_the_form(
    pages: Pages, operator: httpx.Client, form: dict[str, object], said: str
) -> None:
    _register(pages)
    answer = operator.post("/set-up/services", data=form)
    assert answer.status_code == 422 and "There is a problem" in text(answer) and said in text(answer)
    assert pages.app.store.glance.watchlists() == []


SLOW = """import os, time
open("begun", "a").write(".")
print("… fetching locations.ods: 12.3 MB", flush=True)
while not os.path.exists("gate"):
    time.sleep(0.05)
"""
"""A program that takes the place of a fetch. Once the file `gate` exists, the program ends without having fetched everything."""


def fetched(operator: httpx.Client) -> Fetch:
    """Presses the button, and waits until the fetch ends. Returns the fetch."""
    assert operator.post("/set-up/register").headers["location"] == "/set-up/services"
    until(lambda: (last := fetching.last()) and not last.running)
    last = fetching.last()
    assert last is not None
    return last


@pytest.fixture
def reaching(world: World) -> Iterator[tuple[World, httpx.Client]]:
    """The pages of a monitor that reaches the simulated CQC, with an operator."""
    app = build(load())
    try:
        with served(app, Clock()) as pages, pages.client("operator") as client:
            yield world, client
    finally:
        app.store.close()


def test_the_page_says_that_cqc_cannot_be_reached_and_accepts_a_list_of_ids(reaching: tuple[World, httpx.Client]) -> None:
    world, operator = reaching
    assert "Fetch CQC’s register" in text(operator.get("/set-up/services"))
    world.site.fail(status(503))
    last = fetched(operator)
    assert len(last.troubles) == 1
    page = text(operator.get("/set-up/services"))
    assert "CQC’s register could not be fetched" in page and last.troubles[0] in page and "Try again" in page
    wrong = operator.post("/set-up/list", data={"name": "Ours", "services": "nonsense\n1-100000001"})
    assert wrong.status_code == 422 and "nonsense" in text(wrong) and "nonsense\n1-100000001" in html.unescape(wrong.text)
    assert operator.post("/set-up/list", data={"name": "Ours", "services": " "}).status_code == 422
    saved = operator.post("/set-up/list", data={"name": "Ours", "services": IDS})
    assert (saved.status_code, saved.headers["location"]) == (303, "/set-up/email")
    assert "2 services added to Ours" in text(operator.get("/set-up/email"))
    world.site.heal()
    world.site.publish_data(*England(seed=7, services=200).write(world.folder))
    assert fetched(operator).troubles == ()
    assert "All services of a council" in text(operator.get("/set-up/services"))


def test_pages_answer_while_the_register_is_fetched_and_no_second_fetch_begins(
    reaching: tuple[World, httpx.Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, operator = reaching
    gate, begun = world.folder / "gate", world.folder / "begun"
    monkeypatch.setattr(fetching, "_COMMAND", (sys.executable, "-c", SLOW))
    assert operator.post("/set-up/register").status_code == 303
    until(lambda: "12.3 MB" in text(operator.get("/set-up/services")))
    assert operator.post("/set-up/register").status_code == 303
    page = text(operator.get("/set-up/services"))
    assert "CQC’s register is being fetched" in page and "Fetching locations.ods: 12.3 MB" in page
    gate.touch()
    until(lambda: (last := fetching.last()) and not last.running)
    assert begun.read_text() == "."
    assert "stopped before it was complete" in text(operator.get("/set-up/services"))


def test_the_page_says_that_the_folder_state_cannot_be_written(alone: Path, pages: Pages, operator: httpx.Client) -> None:
    (alone / "state" / "register-fetch.txt").mkdir(parents=True)
    answer = operator.post("/set-up/register")
    assert answer.status_code == 422 and "make the folder state/ writable" in text(answer)
    assert "Fetch CQC’s register" in text(operator.get("/set-up/services"))


# ── how alerts are sent, and who is alerted ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("way", ["smtp", "xoauth2", "graph", "notify"])
def test_the_lines_for_each_way_of_sending_mail_are_settings_that_the_program_accepts(
    alone: Path, pages: Pages, operator: httpx.Client, way: str
) -> None:
    page = operator.get("/set-up/email", params={"way": way})
    lines = html.unescape(page.text.partition('aria-label="Lines for .env">')[2].partition("</pre>")[0]).strip()
    assert "CONTACT=operator@council.example" in lines and "OPERATOR=mailto:operator@council.example" in lines
    assert "script-src 'self'" in page.headers["content-security-policy"]
    ids = {
        "ID-OF-THE-APP": "5b2e7f10-0000-4000-8000-00000000bbbb",
        "KEY-OF-YOUR-SERVICE": "ours-5b2e7f10-0000-4000-8000-00000000bbbb-5b2e7f10-0000-4000-8000-00000000bbbb",
        "ID-OF-YOUR-TEMPLATE": "5b2e7f10-0000-4000-8000-00000000bbbb",
    }
    for name, value in ids.items():
        lines = lines.replace(name, value)
    (alone / ".env").write_text(lines, encoding="utf-8")
    assert build(load()).can_mail
    assert "The settings have changed since the monitor was started" in text(operator.get("/set-up/email"))


def test_an_unusable_setting_is_reported_before_the_restart_without_secrets(
    alone: Path, operator: httpx.Client
) -> None:
    (alone / ".env").write_text("SMTP_URL=ftp://lead:s3cr3t@mail.example\n", encoding="utf-8")
    page = operator.get("/set-up/email")
    assert "The present settings can’t be used: SMTP_URL is not the address of a mail server" in text(page)
    assert "s3cr3t" not in page.text and "SMTP_URL" in page.text
    answer = operator.post("/set-up/test")
    assert answer.status_code == 422 and "Email is not set up yet" in text(answer)


def test_the_page_says_whether_a_setting_comes_from_the_environment_or_from_env(
    alone: Path, operator: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    (alone / ".env").write_text("CONTACT=file@council.example\nOPERATOR=mailto:oncall@council.example\n", encoding="utf-8")
    monkeypatch.setenv("CONTACT", "environment@council.example")
    assert "CONTACT set in the environment OPERATOR set in .env" in text(operator.get("/set-up/email"))


def test_the_page_shows_what_the_receiver_of_a_test_message_answers(mailing: Pages, world: World) -> None:
    with mailing.client("operator") as operator:
        world.mail.refuse(550, at="RCPT", text="5.7.1 not from here")
        operator.post("/set-up/test")
        waiting = text(operator.get("/set-up/email"))
        assert "The test message is waiting to be sent" in waiting and "No daemon is running" in waiting
        world.run("deliver")
        assert "The test message was not accepted: 550 5.7.1 not from here" in text(operator.get("/set-up/email"))
        assert operator.post("/set-up/test").status_code == 303
        assert "less than five minutes ago" in operator.get("/set-up/email").text
    assert mailing.app.store.setting_up.state().accepted is False


def test_a_person_subscribes_to_several_watchlists_at_once(pages: Pages, operator: httpx.Client) -> None:
    store, now = pages.app.store, datetime.now(UTC)
    for name, location in (("A & B", "1-100000001"), ("C", "1-100000002")):
        store.watchlists.make(name, pages.people[Role.OPERATOR].id, now)
        store.watchlists.add(name, [location], pages.people[Role.OPERATOR].id, now)
    assert "Nobody is alerted about: A & B, C" in text(operator.get("/set-up"))
    assert "Choose at least one watchlist" in text(operator.post("/set-up/alerts", data={"when": "immediate"}))
    gone = operator.post("/set-up/alerts", data={"watchlists": ["C", "D"], "when": "immediate"})
    assert gone.status_code == 422 and "deleted or renamed" in text(gone) and store.subscriptions.all() == []
    for said in ("You are alerted about 2 watchlists", "You are already alerted about these"):
        assert operator.post("/set-up/alerts", data={"watchlists": ["A & B", "C"], "when": "daily"}).status_code == 303
        assert said in text(operator.get("/set-up"))
    assert {(one.subscription.watchlist, str(one.subscription.when)) for one in store.subscriptions.all()} == {
        ("A & B", "daily"),
        ("C", "daily"),
    }


def test_the_monitors_page_lists_unfinished_setup_until_it_is_done(mailing: Pages, world: World) -> None:
    store, now = mailing.app.store, mailing.clock()
    with mailing.client("operator") as operator:
        page = text(operator.get("/monitor"))
        assert "Not set up yet 2 of 6 done" in page and "Choose the services to watch Not done yet" in page
        store.watchlists.make("Ours", mailing.people[Role.OPERATOR].id, now)
        store.watchlists.add("Ours", ["1-100000001"], mailing.people[Role.OPERATOR].id, now)
        operator.post("/set-up/alerts", data={"watchlists": ["Ours"], "when": "immediate"})
        operator.post("/set-up/test")
        world.run("deliver")
        assert "5 of 6 done" in text(operator.get("/monitor"))
        assert "The receiver accepted the test message" in text(operator.get("/set-up/email"))
