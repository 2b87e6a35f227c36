"""Tests forms that are sent after their session has ended. Nothing is changed, and nothing that was typed is lost. One test
sends a form to every route in the permissions table that accepts one. Another fills in a form in Chromium."""

import re
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect
from pydantic import SecretStr
from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.app import App, build
from monitor.model import When
from monitor.settings import load
from monitor.store import open_store
from monitor.store.kept_forms import MOST, KeptForm
from monitor.store.people import Role
from monitor.store.subscriptions import Wishes
from monitor.store.vault import Vault
from monitor.web.kept import page_of, refilled
from monitor.web.permissions import PERMISSIONS
from tests.web.conftest import COOKIE, Clock, Pages, assert_usable, opened, served
from tests.web.hands import Hand

LATER = timedelta(hours=13)
SIGNED_OUT = "You were signed out before the form arrived"


def can_mail(app: App) -> None:
    """Sets up mail, so that the sign-in page shows its form."""
    given = {"smtp_url": SecretStr("smtp://127.0.0.1:1"), "mail_from": "alerts@council.example"}
    app.settings = app.settings.model_copy(update=given)


@pytest.fixture
def leeds(pages: Pages) -> Pages:
    """The pages, with a watchlist, a subscription to it, and a case."""
    can_mail(pages.app)
    store, now = pages.app.store, pages.clock()
    store.services.watch("Leeds", ["1-2235535718"], now)
    store.cases.open("1-2235535718", "a family called", None, now)
    wishes = Wishes(when=When.IMMEDIATE, at=time(7), day="mon")
    store.subscriptions.subscribe("Leeds", "mailto:editor@council.example", wishes, quiet=True, now=now)
    return pages


def sign_in_again(pages: Pages, client: httpx.Client, answer: httpx.Response, who: str = "editor") -> httpx.Response:
    """Follows the redirect that answered a form, and signs in by email. Returns the page that is shown then."""
    assert answer.status_code == 303, answer.text
    wanted = answer.headers["location"]
    assert wanted.startswith("/sign-in?next=")
    client.get(wanted)
    store, now = pages.app.store, pages.clock()
    email = pages.people[who].email
    token = store.people.ask_link(email, client="x", next_page=httpx.URL(wanted).params["next"], now=now)
    return client.post(f"/sign-in/{token}", follow_redirects=True)


def form_to(answer: httpx.Response, path: str) -> LexborNode:
    """Returns the page's form whose action is this path."""
    found = LexborHTMLParser(answer.text).css_first(f'form[action="{path}"]')
    assert found is not None, answer.text
    return found


@pytest.mark.parametrize("size", [10, 200_000], ids=["a small form", "a form larger than a stranger may send"])
def test_typed_text_is_in_the_form_again_after_signing_in(size: int, leeds: Pages) -> None:
    typed = f"\n1-100000001\n  1-100000002 <b>&amp; “{'x' * size}”"
    with leeds.client("editor") as client:
        leeds.clock.later = LATER
        answer = client.post("/watchlists/Leeds/add", data={"services": typed})
        assert "What you typed is kept" in client.get(answer.headers["location"]).text
        page = sign_in_again(leeds, client, answer)
        assert (page.status_code, page.url.path, SIGNED_OUT in page.text) == (200, "/watchlists/Leeds/add", True)
        area = form_to(page, "/watchlists/Leeds/add").css_first("textarea")
        assert area is not None
        assert [line.strip() for line in area.text(deep=True).split("\n")] == [line.strip() for line in typed.split("\n")]
    assert leeds.app.store.services.watchlists() == {"Leeds": ["1-2235535718"]}


def test_choices_and_ticks_are_restored_and_emptied_fields_stay_empty(leeds: Pages) -> None:
    with leeds.client("editor") as client:
        before = client.get("/subscriptions/1")
        kinds = [one.attributes["value"] for one in form_to(before, "/subscriptions/1").css("input[name=kinds]")]
        sent = {"when": "weekly", "at": "06:45", "day": "thu", "kinds": kinds[:2]}
        hidden = form_to(before, "/subscriptions/1").css("input[type=hidden]")
        for one in hidden:
            sent.setdefault(str(one.attributes["name"]), []).append(one.attributes["value"])  # type: ignore[attr-defined]
        leeds.clock.later = LATER
        page = sign_in_again(leeds, client, client.post("/subscriptions/1", data=sent))
    form = form_to(page, "/subscriptions/1")
    assert SIGNED_OUT in page.text and "Send it again" not in page.text
    assert [one.attributes["value"] for one in form.css("input[name=kinds][checked]")] == kinds[:2]
    chosen = {one.attributes.get("value") for one in form.css("option[selected], input[type=radio][checked]")}
    assert {"weekly", "thu"} <= chosen and "immediate" not in chosen
    assert 'value="06:45"' in page.text


def test_a_form_that_its_page_no_longer_shows_is_shown_in_full_and_can_be_sent_again(leeds: Pages) -> None:
    """The form has services that were ticked in the results of a search, which the page no longer shows."""
    chosen = ["1-100000001", "1-100000002"]
    with leeds.client("editor") as client:
        leeds.clock.later = LATER
        page = sign_in_again(leeds, client, client.post("/watchlists/Leeds/add", data={"chosen": chosen}))
        again = next(one for one in LexborHTMLParser(page.text).css("form") if "Send it again" in one.text())
        assert "1-100000001, 1-100000002" in page.text
        fields = [one.attributes for one in again.css("input")]
        client.post(str(again.attributes["action"]), data={"chosen": [one["value"] for one in fields]})
    assert set(leeds.app.store.services.watchlists()["Leeds"]) == {*chosen, "1-2235535718"}


def test_a_file_must_be_chosen_again(leeds: Pages) -> None:
    with leeds.client("editor") as client:
        leeds.clock.later = LATER
        answer = client.post("/watchlists/Leeds/upload", files={"file": ("a.csv", b"location_id\n" + b"x" * 2_000_000)})
        page = sign_in_again(leeds, client, answer)
    assert (page.url.path, "Choose the file again" in page.text) == ("/watchlists/Leeds/add", True)


def test_a_stored_form_is_shown_only_to_its_own_person(leeds: Pages) -> None:
    with leeds.client("editor") as client:
        leeds.clock.later = LATER
        answer = client.post("/watchlists/Leeds/add", data={"services": "1-100000001"})
        for who in ("reader", "operator"):
            page = sign_in_again(leeds, client, answer, who)
            assert SIGNED_OUT not in page.text and "1-100000001" not in page.text
        assert SIGNED_OUT in sign_in_again(leeds, client, answer).text
        leeds.clock.later = LATER + timedelta(hours=25)
        assert "1-100000001" not in sign_in_again(leeds, client, answer).text


@pytest.mark.parametrize("ended", ["only the session", "the person's access"])
def test_a_form_is_kept_if_only_its_session_was_ended_not_the_persons_access(ended: str, leeds: Pages) -> None:
    people, now, operator = leeds.app.store.people, leeds.clock(), leeds.people["operator"]
    with leeds.client("editor") as client:
        if ended == "only the session":
            [session] = people.sessions(now, leeds.people["editor"].id)
            people.sign_out(session.id, operator, now)
        else:
            people.end(leeds.people["editor"].id, operator.id, now)
        answer = client.post("/watchlists/Leeds/add", data={"services": "1-100000001"})
    assert ("kept" in answer.headers["location"]) is (ended == "only the session")


def test_a_strangers_form_is_not_stored_and_must_be_small(leeds: Pages) -> None:
    large = {"services": "1-100000001 " * 1_000}
    forged = [{}, {"x": "y"}, {COOKIE: "x" * 43}, {COOKIE: f"{'x' * 43}.aaaaaa.{'y' * 27}"}, {f"__Host-{COOKIE}": "x"}]
    for cookies in forged:
        with leeds.program(cookies=cookies, headers={"Sec-Fetch-Site": "same-origin"}) as client:
            assert client.post("/watchlists/Leeds/add", data=large).status_code == 413
            answer = client.post("/watchlists/Leeds/add", data={"services": "1-100000001"})
            assert answer.headers["location"] == "/sign-in?next=%2Fwatchlists%2FLeeds%2Fadd"
    with leeds.client("editor") as client:
        assert client.post("/sign-in", data=large).status_code == 413  # the sign-in form is always small


def test_a_session_from_before_cookies_were_signed_stays_valid(leeds: Pages) -> None:
    with leeds.client("editor") as signed:
        bare = signed.cookies[COOKIE].partition(".")[0]
    with leeds.program(cookies={COOKIE: bare}, headers={"Sec-Fetch-Site": "same-origin"}) as client:
        answer = client.get("/")
        assert answer.status_code == 200 and answer.cookies[COOKIE].startswith(f"{bare}.")
    with leeds.program(cookies={COOKIE: answer.cookies[COOKIE]}, headers={"Sec-Fetch-Site": "same-origin"}) as client:
        assert client.post("/watchlists/Leeds/add", data={"services": "x " * 10_000}).status_code == 422


def test_every_form_leads_back_to_its_page_with_the_typed_text_after_a_sign_in(leeds: Pages) -> None:
    """The forms are sent with hostile text, which no page may execute."""
    hostile = '"><script>alert(1)</script>'
    needs_person = [route for route, role in PERMISSIONS.items() if route.startswith("POST ") and role is not None]
    values = {"watchlist": "Leeds", "subscription": "1", "person": "1", "session": "x", "event": "x", "message": "x", "key": "1"}
    values["location_id"] = "1-2235535718"
    assert len(needs_person) > 20
    for route in set(needs_person) - {"POST /sign-out"}:
        path = re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], "1"), route.partition(" ")[2])
        with leeds.client("operator") as client:
            leeds.clock.later += LATER
            page = sign_in_again(leeds, client, client.post(path, data={"note": hostile}), "operator")
        there = page.url.path
        # These events, items, views, cases, suspensions and saved reports don't exist.
        missing = there.startswith(("/events/", "/items/", "/views/", "/cases/", "/suspensions/", "/reports/saved/"))
        assert page.status_code == 200 or missing, (route, page.status_code)
        assert SIGNED_OUT in page.text and "<script>" not in page.text and "&lt;script&gt;" in page.text, route
        assert path.startswith(there) or path.endswith("/upload"), (route, there)


@pytest.mark.parametrize(
    ("route", "path", "page"),
    [
        ("/watchlists", "/watchlists", "/watchlists"),
        ("/watchlists/{watchlist}/rule/remove", "/watchlists/a~2Fb/rule/remove", "/watchlists/a~2Fb/rule"),
        ("/watchlists/{watchlist}/upload", "/watchlists/a/upload", "/watchlists/a/add"),
        ("/people/{person}/role", "/people/7/role", "/people"),
        ("/monitor/messages/{message}/retry", "/monitor/messages/x/retry", "/monitor"),
        ("/events/{event}/acknowledge", "/events/x/acknowledge", "/events/x"),
    ],
)
def test_the_page_that_contains_a_form_is_found_from_its_path(route: str, path: str, page: str) -> None:
    assert page_of(route, path) == page


FORM = '<form method="post" action="/x">{}</form>'


@pytest.mark.parametrize(
    ("controls", "fields", "fits"),
    [
        ('<input name="a" value="old">', {"a": "new"}, True),
        ('<input name="a">', {"b": "new"}, False),
        ('<select name="a"><option value="1" selected><option value="2"></select>', {"a": "2"}, True),
        ('<select name="a"><option value="1" selected></select>', {"a": "2"}, False),
        ('<input type="checkbox" name="a" value="1" checked>', {"a": "2"}, False),
        ('<input type="hidden" name="a" value="1">', {"a": "1"}, True),
        ('<input type="hidden" name="a" value="1">', {"a": "2"}, False),
        ('<input type="password" name="a">', {"a": "2"}, False),
        ("<button>Go</button>", {}, True),
    ],
)
def test_a_form_is_filled_in_only_if_it_has_a_field_for_every_value(controls: str, fields: dict[str, str], fits: bool) -> None:
    page = refilled(f"<p></p>{FORM.format(controls)}", KeptForm(path="/x", fields=tuple(fields.items())), "")
    assert (page is not None) is fits
    assert refilled(f"<p></p>{FORM.format(controls)}", KeptForm(path="/y", fields=tuple(fields.items())), "") is None


def test_stored_forms_are_encrypted_and_limited(tmp_path: Path) -> None:
    now = datetime(2026, 11, 21, 9, tzinfo=UTC)
    with closing(open_store(f"sqlite:///{tmp_path}/monitor.db", Vault("a secret of some length"))) as store:
        person = store.people.invite("jo@council.example", Role.EDITOR, None, now)
        entered = store.people.use_link(store.people.new_link(person.email, now=now), browser="x", may_join=(), now=now)
        assert entered is not None
        form = KeptForm(path="/subscriptions", fields=(("address", "https://hooks.example/s3cr3t"), ("address", "")))
        ids = [store.kept_forms.keep(entered.token, form, now + timedelta(seconds=n)) for n in range(MOST + 3)]
        held = [store.kept_forms.read(str(id), person.id, now) for id in ids]
        assert held == [None] * 3 + [form] * MOST
        assert store.kept_forms.keep("nobody's", form, now) is None
    files = [file.read_bytes() for file in tmp_path.iterdir()]
    assert not any(b"s3cr3t" in file for file in files)


def test_a_form_in_a_browser_is_filled_in_after_signing_in(alone: Path, begun: None, browser: Browser) -> None:
    app = build(load())
    try:
        with served(app, Clock()) as pages, opened(browser, pages) as page:
            can_mail(app)
            app.store.services.watch("Leeds", ["1-2235535718"], pages.clock())
            pages.sign_in(page, "editor")
            hand = Hand(page)
            page.goto("/watchlists/Leeds/settings")
            hand.write("Name", "Leeds and Bradford")
            pages.clock.later = LATER
            hand.press("button", "Save")
            expect(page.get_by_text("What you typed is kept")).to_be_visible()
            wanted = page.locator("input[name=next]").get_attribute("value")
            token = app.store.people.ask_link("editor@council.example", client="x", next_page=wanted, now=pages.clock())
            page.goto(f"/sign-in/{token}")
            hand.press("button", "Sign in")
            expect(page.get_by_label("Name", exact=True)).to_have_value("Leeds and Bradford")
            assert_usable(page)
            hand.press("button", "Save")
            assert "Leeds and Bradford" in app.store.services.watchlists()
    finally:
        app.store.close()
