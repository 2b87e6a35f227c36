"""Tests signing in with a link that is sent by mail: who gets a link, how often, and how long a link is valid. Also tests
sessions and how they end."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import event

from monitor.app import build
from monitor.errors import SettingsError
from monitor.settings import load
from monitor.store.people import PER_ADDRESS, UNKNOWN, UNKNOWN_PER_CLIENT, Role, SendsLink
from monitor.web.sign_in import origin_of
from tests.conftest import World
from tests.web.conftest import COOKIE, Clock, Pages, assert_accessible, done, opened, run, served


def asked(pages: Pages, email: str, **more: str) -> httpx.Response:
    """Asks for a link to an address, as a stranger."""
    with pages.client() as client:
        return client.post("/sign-in", data={"email": email, **more})


def delivered(world: World) -> list[tuple[str, str]]:
    """Sends the messages that are due. Returns the recipient and the path of each link that was sent so far."""
    done(world, "deliver")
    found = ((mail.recipients[0], re.findall(r"http://\S+/sign-in/(\S+)", mail.text)) for mail in world.mail.mails)
    return [(to, f"/sign-in/{links[0]}") for to, links in found]


@contextmanager
def entered(pages: Pages, link: str) -> Iterator[httpx.Client]:
    """Signs in with a link. Yields the signed-in client."""
    with pages.client() as client:
        assert client.post(link).status_code == 303
        yield client


@pytest.fixture
def mailing_page(browser: Browser, mailing: Pages) -> Iterator[Page]:
    with opened(browser, mailing) as page:
        yield page


def test_a_person_signs_in_with_the_link_in_their_mail_and_reaches_the_requested_page(
    mailing: Pages, mailing_page: Page, world: World
) -> None:
    page = mailing_page
    page.goto("/people?x=1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("Email address").fill(" Operator@Council.example ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your email")
    assert_accessible(page)
    [(to, link)] = delivered(world)
    assert to == "operator@council.example"
    page.goto(link)
    assert_accessible(page)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{mailing.url}/people?x=1")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_have_text("You have signed out.")
    page.goto("/people")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_opening_the_link_changes_nothing_and_using_it_twice_is_refused(mailing: Pages, world: World) -> None:
    asked(mailing, "reader@council.example")
    [(_, link)] = delivered(world)
    with mailing.client() as scanner:
        for method in ("GET", "HEAD", "GET"):
            answer = scanner.request(method, link)
            assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)
    with entered(mailing, link) as client:
        assert client.get("/").status_code == 200
    with mailing.client() as again:
        assert again.post(link).status_code == 410
        assert again.get(link).status_code == 410
        assert again.get("/").status_code == 303


def test_a_link_is_valid_for_a_quarter_of_an_hour(mailing: Pages, world: World) -> None:
    asked(mailing, "reader@council.example")
    [(_, link)] = delivered(world)
    mailing.clock.later = timedelta(minutes=16)
    with mailing.client() as client:
        assert client.post(link).status_code == 410


def test_a_link_that_is_no_longer_valid_is_not_sent(mailing: Pages, world: World) -> None:
    mailing.clock.later = -timedelta(minutes=16)
    asked(mailing, "reader@council.example")
    assert delivered(world) == []
    assert "empty" in done(world, "outbox", "list")


@pytest.mark.parametrize(
    ("email", "comes"),
    [
        pytest.param("reader@council.example", True, id="a person who is invited gets a link"),
        pytest.param("new@council.example", True, id="an address at a domain in SIGN_IN_DOMAINS gets a link"),
        pytest.param("lead@trust.example", True, id="an address in SIGN_IN_DOMAINS gets a link"),
        pytest.param("other@trust.example", False, id="another address at the same domain gets no link"),
        pytest.param("new@sub.council.example", False, id="an address at a subdomain gets no link"),
        pytest.param("new@evil-council.example", False, id="an address at a domain with the same ending gets no link"),
        pytest.param("ended@council.example", False, id="a person whose access was ended gets no link"),
    ],
)
def test_only_people_who_may_sign_in_get_a_link_but_the_page_is_the_same_for_everybody(
    email: str, comes: bool, mailing: Pages, world: World
) -> None:
    people, now = mailing.app.store.people, mailing.clock()
    people.end(people.invite("ended@council.example", Role.EDITOR, None, now).id, None, now)
    answer = asked(mailing, email)
    known = asked(mailing, "editor@council.example")
    # The times on the pages may differ by a minute.
    shown, known_shown = (re.sub(r"\d{1,2}:\d\d[ap]m", "…", one.text) for one in (answer, known))
    assert shown.replace(email, "…") == known_shown.replace("editor@council.example", "…")
    assert (answer.status_code, answer.headers.keys()) == (known.status_code, known.headers.keys())
    links = dict(delivered(world))
    assert (email in links) is comes
    if comes:
        with entered(mailing, links[email]) as client:
            assert client.get("/").status_code == 200
            assert client.get("/people").status_code == 403


@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b", "a b@council.example", "a@council.example\r\nBcc: x@evil.example", "x" * 300]
)
def test_an_invalid_address_is_reported_beside_the_field(email: str, pages: Pages) -> None:
    answer = asked(pages, email)
    assert answer.status_code == 422
    assert 'href="#email">Enter an email address' in answer.text


def test_too_many_attempts_for_one_address_are_refused_for_an_hour(mailing: Pages, world: World) -> None:
    answers = [asked(mailing, "reader@council.example").status_code for _ in range(PER_ADDRESS + 1)]
    assert answers == [200] * PER_ADDRESS + [429]
    assert asked(mailing, "editor@council.example").status_code == 200
    assert len(delivered(world)) == PER_ADDRESS + 1
    mailing.clock.later = timedelta(minutes=61)
    assert asked(mailing, "reader@council.example").status_code == 200


def test_s2_5_a_flood_of_unknown_addresses_stops_links_to_unknown_addresses_only(
    mailing: Pages, world: World
) -> None:
    """Security review, S2-5."""
    ask(mailing, UNKNOWN, clients=UNKNOWN)
    answers = {who: asked(mailing, f"{who}@council.example") for who in ("reader", "new", "other")}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert len({answer.text.replace(f"{who}@", "") for who, answer in answers.items()}) == 1
    assert [to for to, _ in delivered(world) if to != "oncall@council.example"] == ["reader@council.example"]
    assert sends(mailing) is SendsLink.FLOODED
    mailing.clock.later = timedelta(hours=1)
    assert sends(mailing) is SendsLink.YES


@pytest.mark.parametrize(
    ("number", "clients", "domain", "expected"),
    [
        (UNKNOWN, UNKNOWN, "council.example", SendsLink.FLOODED),
        (10 * UNKNOWN, 1, "council.example", SendsLink.YES),
        (10 * UNKNOWN, UNKNOWN // UNKNOWN_PER_CLIENT, "council.example", SendsLink.YES),
        (10 * UNKNOWN, UNKNOWN // UNKNOWN_PER_CLIENT + 1, "council.example", SendsLink.FLOODED),
        (10 * UNKNOWN, UNKNOWN, "elsewhere.example", SendsLink.YES),
    ],
    ids=[
        "many clients",
        "one client",
        "as many clients as stay below the limit",
        "one more client",
        "addresses that may not join",
    ],
)
def test_s2_5_only_links_that_could_have_been_sent_use_up_the_limit_for_newcomers(
    mailing: Pages, number: int, clients: int, domain: str, expected: SendsLink
) -> None:
    """Security review, S2-5: one client alone can't keep newcomers out."""
    ask(mailing, number, clients, domain)
    assert sends(mailing) is expected


def ask(pages: Pages, number: int, clients: int, domain: str = "council.example") -> None:
    """Asks for links to this many unknown addresses, distributed over this many clients."""
    for one in range(number):
        client = str(one % clients)
        pages.app.store.people.ask_link(f"nobody{one}@{domain}", client=client, next_page=None, now=pages.clock())


def sends(pages: Pages) -> SendsLink:
    """Returns whether a newcomer who asks from a separate client is sent a link."""
    people, email, now = pages.app.store.people, "newcomer@council.example", pages.clock()
    people.ask_link(email, client="own", next_page=None, now=now)
    return people.sends_link(email, client="own", allowed=pages.app.settings.sign_in_domains, now=now)


def test_s2_5_known_people_can_sign_in_from_an_ip_address_with_many_failed_attempts(mailing: Pages, world: World) -> None:
    """Security review, S2-5."""
    answers = [asked(mailing, f"nobody{number}@council.example").status_code for number in range(UNKNOWN_PER_CLIENT + 5)]
    assert set(answers) == {200}
    assert asked(mailing, "operator@council.example").status_code == 200
    sent = [to for to, _ in delivered(world)]
    assert len(sent) == UNKNOWN_PER_CLIENT + 1 and sent[-1] == "operator@council.example"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("203.0.113.7", "::ffff:203.0.113.7", True),
        ("testclient", "testclient", True),
        ("", "", True),
    ],
)
def test_s2_5_all_ipv6_addresses_of_a_customer_count_as_one_client(one: str, other: str, same: bool) -> None:
    assert (origin_of(one) == origin_of(other)) is same


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil.example", "/ok\n//evil.example"],
)
def test_signing_in_never_redirects_to_another_site(wanted: str, mailing: Pages, world: World) -> None:
    asked(mailing, "reader@council.example", next=wanted)
    [(_, link)] = delivered(world)
    with mailing.client() as client:
        assert client.post(link).headers["location"] == "/"


def test_the_sign_in_link_is_only_in_the_mail(mailing: Pages, world: World) -> None:
    asked(mailing, "reader@council.example")
    waiting = done(world, "outbox", "list", "--json")
    [(_, link)] = delivered(world)
    token = link.rpartition("/")[2]
    with entered(mailing, link) as client:
        session = client.cookies[COOKIE]
    told = done(world, "told", "--json")
    assert told.strip() == "[]"
    files = [file.read_bytes() for file in Path("state").iterdir() if file.name.startswith("monitor.db")]
    for secret in (token, session):
        assert secret not in waiting
        assert not any(secret.encode() in file for file in files)


def test_scripts_and_other_sites_cannot_use_the_cookie(mailing: Pages, world: World) -> None:
    asked(mailing, "reader@council.example")
    [(_, link)] = delivered(world)
    with mailing.client() as client:
        cookie = client.post(link).headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "Max-Age=5184000", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))


def test_with_https_the_cookie_is_limited_to_the_host_and_to_https(
    alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://care.council.example")
    app = build(load())
    try:
        with (
            served(app, Clock()) as pages,
            pages.program(headers={"Sec-Fetch-Site": "same-origin"}) as client,
        ):
            token = app.store.people.new_link("reader@council.example", now=pages.clock())
            answer = client.post(f"/sign-in/{token}", headers={"Host": "care.council.example"})
            cookie = answer.headers["set-cookie"]
            assert cookie.startswith(f"__Host-{COOKIE}=")
            assert {"Secure", "Path=/", "HttpOnly"} <= set(cookie.split("; "))
            assert "Domain" not in cookie
            assert answer.headers["strict-transport-security"] == "max-age=31536000"
            own = client.get("/", headers={"Cookie": cookie.partition(";")[0]})
            assert own.status_code == 200
    finally:
        app.store.close()


def test_a_session_ends_twelve_hours_after_it_was_last_used_and_a_week_after_the_sign_in(pages: Pages) -> None:
    with pages.client("reader") as client:
        for hours in (11, 22, 33):
            pages.clock.later = timedelta(hours=hours)
            assert client.get("/").status_code == 200
        pages.clock.later = timedelta(hours=33 + 12, minutes=1)
        assert client.get("/").status_code == 303
    with pages.client("reader") as client:
        begun = pages.clock.later
        for hours in range(0, 7 * 24, 11):
            pages.clock.later = begun + timedelta(hours=hours)
            assert client.get("/").status_code == 200
        pages.clock.later = begun + timedelta(days=7)
        assert client.get("/").status_code == 303


def test_a_session_lasts_as_long_as_the_setting_says(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SESSION_LENGTH", "15m")
    app = build(load())
    try:
        with served(app, Clock()) as pages:
            answer = []
            with pages.client("reader") as client:
                token = app.store.people.new_link("reader@council.example", now=pages.clock())
                client.post(f"/sign-in/{token}")
                for minutes in (14, 28, 44):
                    pages.clock.later = timedelta(minutes=minutes)
                    answer.append(client.get("/").status_code)
            assert answer == [200, 200, 303]
    finally:
        app.store.close()


def test_a_session_in_use_is_rarely_written_to_the_database(pages: Pages) -> None:
    """Otherwise each page would write to the database, and wait for other writing processes."""
    with pages.client("reader") as client, pages.app.store.engine.connect() as connection:
        written = []
        for minutes in range(0, 120, 5):
            pages.clock.later = timedelta(minutes=minutes)
            assert client.get("/").status_code == 200
            [[until]] = connection.exec_driver_sql("SELECT expires_at FROM session").all()
            written.append(until)
            connection.rollback()
    assert 3 <= len(set(written)) <= 5


@pytest.mark.parametrize("text", ["0s", "59s", "31d", "for ever", "12"])
def test_an_unusable_session_length_is_refused(text: str, alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SESSION_LENGTH", text)
    with pytest.raises(SettingsError, match="SESSION_LENGTH"):
        load()


def test_a_person_can_end_their_own_sessions_but_not_somebody_elses(pages: Pages) -> None:
    with pages.client("reader") as here, pages.client("reader") as elsewhere, pages.client("editor") as other:
        ids = re.findall(r'action="/sessions/(\w+)/end"', here.get("/sessions").text)
        assert len(ids) == 2
        assert [other.post(f"/sessions/{one}/end").status_code for one in ids] == [404, 404]
        for one in pages.app.store.people.sessions(pages.clock(), pages.people["reader"].id)[1:]:
            assert here.post(f"/sessions/{one.id}/end").status_code == 303
        assert sorted(client.get("/").status_code for client in (here, elsewhere)) == [200, 303]


def test_ending_a_persons_access_ends_their_sessions_at_once_and_is_in_the_audit(pages: Pages) -> None:
    with pages.client("operator") as operator, pages.client("editor") as editor:
        assert editor.get("/").status_code == 200
        answer = operator.post(f"/people/{pages.people['editor'].id}/end")
        assert answer.status_code == 303
        assert editor.get("/").status_code == 303
        assert "editor@council.example can no longer sign in." in operator.get("/people").text
        audit = operator.get("/audit").text
        assert "ended the access of editor@council.example" in audit
        assert "operator@council.example" in audit


def test_the_last_operator_cannot_be_removed_in_the_pages(pages: Pages) -> None:
    me = pages.people["operator"].id
    with pages.client("operator") as operator:
        for form, data in ((f"/people/{me}/end", {}), (f"/people/{me}/role", {"role": "reader"})):
            answer = operator.post(form, data=data)
            assert answer.status_code == 422
            assert "There must be an operator" in answer.text
        assert operator.get("/people").status_code == 200


def test_a_person_whom_an_operator_invites_signs_in_with_the_chosen_role(mailing: Pages, world: World) -> None:
    with mailing.client("operator") as operator:
        wrong = operator.post("/people", data={"email": "nobody", "role": "king"})
        assert wrong.status_code == 422
        assert 'href="#email"' in wrong.text
        assert 'href="#role"' in wrong.text
        assert operator.post("/people", data={"email": "new@elsewhere.example", "role": "editor"}).status_code == 303
    links = dict(delivered(world))
    mailing.clock.later = timedelta(hours=23)
    with entered(mailing, links["new@elsewhere.example"]) as client:
        assert "new@elsewhere.example" in client.get("/").text
    person = mailing.app.store.people.find("new@elsewhere.example")
    assert person is not None
    assert (person.role, person.invited_by) == (Role.EDITOR, mailing.people["operator"].id)


def test_without_mail_the_command_invite_prints_the_link(
    mailing: Pages, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SMTP_URL")
    status, out, err = run(world, "invite", "Boss@Council.example", "--operator")
    assert (status, "Set up email" in err) == (0, True)
    [link] = re.findall(r"^http://127.0.0.1:8000(/sign-in/\S+)$", out, re.MULTILINE)
    with entered(mailing, link) as client:
        assert client.get("/people").status_code == 200
    assert run(world, "invite", "not an address")[0] == 2


def test_if_mail_is_set_up_an_invitation_is_mailed_and_not_printed(mailing: Pages, world: World) -> None:
    printed = done(world, "invite", "boss@elsewhere.example", "--operator")
    assert "sign-in/" not in printed
    [(to, link)] = delivered(world)
    assert to == "boss@elsewhere.example"
    with entered(mailing, link) as client:
        assert client.get("/people").status_code == 200


def test_a_link_to_a_mailbox_that_does_not_exist_makes_no_dead_letter(
    mailing: Pages, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPERATOR", "mailto:oncall@council.example")
    world.mail.refuse(550, at="RCPT", text="5.1.1 no such user")
    asked(mailing, "nobody@council.example")
    done(world, "deliver")
    assert "empty" in done(world, "outbox", "list")


def test_s3_3_requests_by_known_and_unknown_people_execute_the_same_statements(mailing: Pages, world: World) -> None:
    """Security review, S3-3: the time of an answer must not show who may sign in."""
    people, now = mailing.app.store.people, mailing.clock()
    people.end(people.invite("ended@council.example", Role.READER, None, now).id, None, now)
    statements: list[str] = []
    engine = mailing.app.store.engine
    event.listen(engine, "before_cursor_execute", lambda _, __, statement, *___: statements.append(statement))
    event.listen(engine, "commit", lambda _: statements.append("commit"))
    found = {}
    for email in ("reader@council.example", "new@council.example", "new@elsewhere.example", "ended@council.example"):
        statements.clear()
        answer = asked(mailing, email)
        found[email] = (answer.status_code, answer.text.replace(email, ""), tuple(statements))
    assert len(set(found.values())) == 1
    assert found["reader@council.example"][2].count("commit") >= 2
    assert {to for to, _ in delivered(world)} == {"reader@council.example", "new@council.example"}
