"""Tests signing in with OpenID Connect: who can sign in, and which forgeries are refused. The provider is a simulator that can
forge tokens and answers. The last test is a complete sign-in in Chromium, with a provider that other people wrote."""

import hashlib
import hmac
import json
import logging
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, expect
from pydantic import SecretStr

from monitor.app import App, build
from monitor.settings import load
from monitor.store.people import Role
from monitor.web.oidc import MOST_FLOWS
from tests.simulated.oidc import CLIENT_ID, SECRET, OpenId, listed, public_pem, signed, unpadded
from tests.simulated.server import Answer
from tests.web.conftest import COOKIE, Clock, Pages, assert_usable, opened, served
from tests.web.hands import Hand

ROLES = "care-editors=editor, care-readers=reader, care-operators=operator"


@pytest.fixture
def provider() -> Iterator[OpenId]:
    """A provider that forges nothing until a test changes this."""
    with OpenId() as running:
        yield running


@pytest.fixture
def signing(alone: Path, begun: None, provider: OpenId, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """The pages of a monitor at which people sign in with the provider."""
    set_up(monkeypatch, provider.issuer)
    app = build(load())
    try:
        with served(app, Clock()) as pages:
            yield pages
    finally:
        app.store.close()


def set_up(monkeypatch: pytest.MonkeyPatch, issuer: str) -> None:
    """Makes the settings for the provider."""
    settings = {"OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": CLIENT_ID, "OIDC_CLIENT_SECRET": SECRET, "OIDC_ROLES": ROLES}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


def can_mail(app: App) -> None:
    """Sets up mail."""
    given = {"smtp_url": SecretStr("smtp://127.0.0.1:1"), "mail_from": "alerts@council.example"}
    app.settings = app.settings.model_copy(update=given)


def begun_by(client: httpx.Client, next_page: str = "") -> str:
    """Begins a sign-in. Returns the provider's address to which the browser is redirected."""
    answer = client.get("/oidc/start", params={"next": next_page} if next_page else {})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def back(client: httpx.Client, address: str) -> httpx.Response:
    """Follows the provider's redirect back to our pages."""
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def signed_in(pages: Pages, provider: OpenId, client: httpx.Client, next_page: str = "") -> httpx.Response:
    """Does a complete sign-in."""
    return back(client, provider.consent(begun_by(client, next_page)))


def heading(answer: httpx.Response) -> str:
    """Returns the main heading of a page."""
    found = re.search(r"<h1>(.*?)</h1>", answer.text)
    return found[1] if found else ""


# ── who can sign in ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_person_gets_the_role_of_their_group_and_reaches_the_requested_page(signing: Pages, provider: OpenId) -> None:
    with signing.client() as client:
        assert 'href="/oidc/start?next=%2Fevents%3Fpage%3D2"' in client.get("/sign-in", params={"next": "/events?page=2"}).text
        answer = signed_in(signing, provider, client, "/events?page=2")
        assert (answer.status_code, answer.headers["location"]) == (303, "/events?page=2")
        assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(answer.headers["set-cookie"].split("; "))
        assert "jo@council.example" in client.get("/").text
    person = signing.app.store.people.find("jo@council.example")
    assert person is not None and (person.role, person.subject) == (Role.EDITOR, "p-1")


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_through_the_provider_never_redirects_to_another_site(wanted: str, signing: Pages, provider: OpenId) -> None:
    with signing.client() as client:
        assert signed_in(signing, provider, client, wanted).headers["location"] == "/"


def test_an_invited_person_is_recognised_by_their_address_and_gets_the_role_of_their_groups(
    signing: Pages, provider: OpenId
) -> None:
    provider.person |= {"email": "Reader@Council.example", "groups": ["x", "care-readers", "care-editors"]}
    with signing.client() as client:
        signed_in(signing, provider, client)
    person = signing.app.store.people.find("reader@council.example")
    assert person is not None and person.id == signing.people["reader"].id
    assert person.role is Role.EDITOR


def test_the_role_is_read_at_each_sign_in_and_a_person_without_a_role_is_signed_out(signing: Pages, provider: OpenId) -> None:
    people = signing.app.store.people
    with signing.client() as client, signing.client() as later:
        signed_in(signing, provider, client)
        provider.person["groups"] = ["care-readers"]
        signed_in(signing, provider, later)
        assert [client.get("/watchlists/x/settings").status_code, later.get("/").status_code] == [403, 200]
        provider.person["groups"] = []
        with signing.client() as third:
            answer = signed_in(signing, provider, third)
            assert (answer.status_code, heading(answer)) == (403, "You don’t have access to the monitor")
        assert [client.get("/").status_code, later.get("/").status_code] == [303, 303]
        link = people.new_link("jo@council.example", now=signing.clock())
        assert client.post(f"/sign-in/{link}").status_code == 410  # a link by email gives no role either
        provider.person["groups"] = ["care-readers"]
        assert signed_in(signing, provider, client).headers["location"] == "/"
        assert client.get("/").status_code == 200


def test_the_last_operator_remains_an_operator_even_without_a_group(signing: Pages, provider: OpenId) -> None:
    """Otherwise nobody could correct the roles in the pages after a mistake in OIDC_ROLES."""
    provider.person |= {"email": "operator@council.example", "groups": ["care-readers"]}
    with signing.client() as client:
        signed_in(signing, provider, client)
        assert client.get("/people").status_code == 200
        provider.person["groups"] = []
        with signing.client() as other:
            assert signed_in(signing, provider, other).status_code == 403
        assert client.get("/people").status_code == 200
        signing.app.store.people.set_role(signing.people["editor"].id, Role.OPERATOR, None, signing.clock())
        provider.person["groups"] = ["care-readers"]
        with signing.client() as other:
            signed_in(signing, provider, other)
        assert client.get("/people").status_code == 403


def test_a_person_whose_access_was_ended_cannot_sign_in_even_if_a_group_gives_a_role(signing: Pages, provider: OpenId) -> None:
    people, now = signing.app.store.people, signing.clock()
    with signing.client() as client:
        signed_in(signing, provider, client)
        person = people.find("jo@council.example")
        assert person is not None
        people.end(person.id, signing.people["operator"].id, now)
        answer = signed_in(signing, provider, client)
        assert (answer.status_code, heading(answer)) == (403, "Your access has been ended")
        people.invite(person.email, Role.READER, None, now)
        assert signed_in(signing, provider, client).headers["location"] == "/"


def test_the_new_owner_of_an_address_gets_no_access_until_they_are_invited(signing: Pages, provider: OpenId) -> None:
    with signing.client() as client:
        signed_in(signing, provider, client)
    provider.person["sub"] = "p-2"
    with signing.client() as client:
        answer = signed_in(signing, provider, client)
        assert (answer.status_code, heading(answer)) == (403, "Your email address belongs to another account")
        signing.app.store.people.invite("jo@council.example", Role.READER, None, signing.clock())
        assert signed_in(signing, provider, client).headers["location"] == "/"


def test_a_person_is_recognised_by_their_account_after_their_address_changed(signing: Pages, provider: OpenId) -> None:
    with signing.client() as client:
        signed_in(signing, provider, client)
    provider.person |= {"email": "editor@council.example"}  # in our pages, another person has this address
    with signing.client() as client:
        signed_in(signing, provider, client)
        assert "jo@council.example" in client.get("/sessions").text


@pytest.mark.parametrize(
    "person",
    [
        {"email": "operator@council.example", "email_verified": False},
        {"email": "operator@council.example", "email_verified": None},
        {"email": None, "email_verified": True, "preferred_username": "operator@council.example"},
        {"email": "nobody", "email_verified": True},
        {"email": ["operator@council.example"], "email_verified": True},
    ],
)
def test_an_unconfirmed_address_identifies_nobody(person: dict[str, Any], signing: Pages, provider: OpenId) -> None:
    provider.person = {"sub": "p-9", "groups": ["care-operators"]} | {k: v for k, v in person.items() if v is not None}
    with signing.client() as client:
        answer = signed_in(signing, provider, client)
        assert (answer.status_code, heading(answer)) == (403, "Your email address is not confirmed")
        assert client.get("/people").status_code == 303


def test_groups_and_address_may_be_only_in_the_userinfo(signing: Pages, provider: OpenId) -> None:
    provider.userinfo, provider.person = provider.person, {"sub": "p-1"}
    with signing.client() as client:
        assert signed_in(signing, provider, client).headers["location"] == "/"
        assert client.get("/watchlists").status_code == 200


def test_changed_keys_of_the_provider_are_fetched_once(signing: Pages, provider: OpenId) -> None:
    with signing.client() as client:
        signed_in(signing, provider, client)
    provider.keys, provider.sign = ["first", "second"], lambda claims: signed(claims, by="second")
    for _ in range(2):
        with signing.client() as client:
            assert signed_in(signing, provider, client).headers["location"] == "/"
    assert (provider.asked("/keys"), provider.asked("/.well-known/openid-configuration")) == (2, 1)


def test_a_form_whose_session_ended_is_filled_in_after_signing_in_through_the_provider(signing: Pages, provider: OpenId) -> None:
    signing.app.store.services.watch("Leeds", ["1-2235535718"], signing.clock())
    with signing.client() as client:
        signed_in(signing, provider, client)
        signing.clock.later = timedelta(hours=25)
        answer = client.post("/watchlists/Leeds/settings", data={"name": "Leeds and <Bradford>", "second": ""})
        wanted = httpx.URL(client.get(answer.headers["location"]).url).params["next"]
        begun = begun_by(client, wanted)
        signing.clock.later = timedelta()  # the provider uses the real time
        page = client.get(back(client, provider.consent(begun)).headers["location"])
    assert page.status_code == 200 and 'value="Leeds and &lt;Bradford&gt;"' in page.text


def test_a_person_can_sign_in_in_two_tabs_at_the_same_time(signing: Pages, provider: OpenId) -> None:
    with signing.client() as client:
        one, other = begun_by(client, "/events"), begun_by(client, "/watchlists")
        assert back(client, provider.consent(other)).headers["location"] == "/watchlists"
        assert back(client, provider.consent(one)).headers["location"] == "/events"


def test_if_there_are_too_many_tabs_the_oldest_sign_in_is_forgotten(signing: Pages, provider: OpenId) -> None:
    with signing.client() as client:
        client.cookies.set("cqc-monitor-oidc-zzzz", "not ours", domain="127.0.0.1")
        tabs = [begun_by(client, f"/events?page={number}") for number in range(MOST_FLOWS + 1)]
        assert "cqc-monitor-oidc-zzzz" not in client.cookies
        first, *others = (back(client, provider.consent(one)) for one in tabs)
    assert (first.status_code, "Start signing in again" in first.text) == (400, True)
    assert [one.headers["location"] for one in others] == [f"/events?page={number}" for number in range(1, MOST_FLOWS + 1)]


# ── forgeries ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sign(make: Callable[[dict[str, Any]], str]) -> Callable[[OpenId], None]:
    def forge(provider: OpenId) -> None:
        provider.sign = make

    return forge


def _claim(**changed: Any) -> Callable[[OpenId], None]:
    """Returns a forgery that changes claims. A claim with the value None is left out. A time that is a whole number is
    counted in seconds from now."""

    def change(claims: dict[str, Any]) -> dict[str, Any]:
        at = claims["iat"]
        new = {name: at + value if name in _TIMES and type(value) is int else value for name, value in changed.items()}
        return {name: value for name, value in {**claims, **new}.items() if value is not None}

    def forge(provider: OpenId) -> None:
        provider.change_claims = change

    return forge


_TIMES = ("iat", "exp", "nbf")


def _tokens(change: Callable[[dict[str, Any]], Any]) -> Callable[[OpenId], None]:
    def forge(provider: OpenId) -> None:
        provider.change_tokens = change

    return forge


def _raw(header: Mapping[str, Any], claims: Mapping[str, Any], signature: str = "") -> str:
    return f"{unpadded(json.dumps(header))}.{unpadded(json.dumps(claims))}.{signature}"


def _hs256(claims: dict[str, Any], secret: bytes) -> str:
    """Returns a token that is signed with a shared secret. This is done by hand, because the library for tokens refuses a public
    key as the secret."""
    head = _raw({"alg": "HS256", "kid": "first"}, claims).rpartition(".")[0]
    return f"{head}.{unpadded(hmac.digest(secret, head.encode(), 'sha256'))}"


def _altered(claims: dict[str, Any]) -> str:
    head, _, signature = signed(claims).split(".")
    return f"{head}.{unpadded(json.dumps({**claims, 'groups': ['care-operators']}))}.{signature}"


def _own_key(claims: dict[str, Any]) -> str:
    return signed(claims, by="evil", kid="first", jwk=listed("evil"))


FORGED_TOKENS = {
    "alg none": _sign(lambda claims: _raw({"alg": "none", "kid": "first"}, claims)),
    "alg None, spelt differently": _sign(lambda claims: _raw({"alg": "nOnE", "kid": "first"}, claims)),
    "no alg": _sign(lambda claims: _raw({"kid": "first"}, claims, "AAAA")),
    "HS256 with the public key": _sign(lambda claims: _hs256(claims, public_pem("first"))),
    "HS256 with our secret": _sign(lambda claims: _hs256(claims, SECRET.encode())),
    "another key under a known id": _sign(lambda claims: signed(claims, by="evil", kid="first")),
    "another key, which the token contains": _sign(_own_key),
    "an unknown key": _sign(lambda claims: signed(claims, by="evil")),
    "altered after it was signed": _sign(_altered),
    "no signature": _sign(lambda claims: signed(claims).rpartition(".")[0] + "."),
    "two parts": _sign(lambda claims: signed(claims).rpartition(".")[0]),
    "a text that is not a token": _sign(lambda claims: "x"),
    "a header that is not an object": _sign(lambda claims: "W10." + signed(claims).partition(".")[2]),
    "an unknown extension that must be understood": _sign(lambda claims: signed(claims, crit=["exp"])),
    "another issuer": _claim(iss="https://evil.example"),
    "no issuer": _claim(iss=None),
    "another app": _claim(aud="other-app"),
    "several apps": _claim(aud=[CLIENT_ID, "other-app"], azp=CLIENT_ID),
    "no audience": _claim(aud=None),
    "made for another app": _claim(azp="other-app"),
    "another nonce": _claim(nonce="x" * 43),
    "no nonce": _claim(nonce=None),
    "expired": _claim(iat=-400, exp=-100),
    "no expiry": _claim(exp=None),
    "an expiry that is text": _claim(exp="tomorrow"),
    "an infinite expiry": _claim(exp=float("inf")),
    "not yet valid": _claim(nbf=300),
    "made in the future": _claim(iat=300, exp=900),
    "made long ago": _claim(iat=-3600, exp=3600),
    "no time of issue": _claim(iat=None),
    "no person": _claim(sub=None),
    "a person that is not text": _claim(sub=7),
    "a digest of another access token": _claim(at_hash=unpadded(hashlib.sha256(b"other").digest()[:16])),
}

FORGED_ANSWERS = {
    "no ID token": _tokens(lambda tokens: {"access_token": "access"}),
    "an ID token that is not text": _tokens(lambda tokens: tokens | {"id_token": 7}),
    "an error of the token endpoint": _tokens(lambda _: Answer(status=400, body=b'{"error": "invalid_grant"}')),
    "an error with status 200": _tokens(lambda tokens: tokens | {"error": "invalid_grant"}),
    "a redirect": _tokens(lambda _: Answer(status=302, headers={"Location": "https://evil.example/"})),
    "a page": _tokens(lambda _: Answer(body=b"<html>Sign in to the proxy</html>")),
    "megabytes": _tokens(lambda tokens: {"more": "x" * 10_000_000} | tokens),
    "very deep nesting": _tokens(lambda _: Answer(body=b"[" * 60_000)),
    "a list": _tokens(lambda tokens: [tokens]),
}


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Pages, OpenId]]:
    """The pages and a provider. The tests of all forgeries share them, because a refused forgery changes nothing."""
    with pytest.MonkeyPatch.context() as patch, OpenId() as provider:
        patch.chdir(tmp_path_factory.mktemp("forged"))
        set_up(patch, provider.issuer)
        app = build(load())
        try:
            with served(app, Clock()) as pages:
                yield pages, provider
        finally:
            app.store.close()


def nobody_is_in(pages: Pages, client: httpx.Client, answer: httpx.Response) -> None:
    """Checks that nobody was signed in, and that no person was added."""
    assert answer.status_code in {400, 403, 503}, answer.text
    assert COOKIE not in client.cookies and "Traceback" not in answer.text
    assert client.get("/").status_code == 303
    assert pages.app.store.people.find("jo@council.example") is None
    assert pages.app.store.people.sessions(pages.clock()) == []


@pytest.mark.parametrize("forged", [*FORGED_TOKENS, *FORGED_ANSWERS])
def test_a_forgery_is_refused(forged: str, lasting: tuple[Pages, OpenId], caplog: pytest.LogCaptureFixture) -> None:
    pages, provider = lasting
    provider.sign, provider.change_claims, provider.change_tokens = signed, lambda claims: claims, lambda tokens: tokens
    (FORGED_TOKENS | FORGED_ANSWERS)[forged](provider)
    with pages.client() as client, caplog.at_level(logging.WARNING):
        nobody_is_in(pages, client, signed_in(pages, provider, client))
    [line] = [one.getMessage() for one in caplog.records if "not signed in" in one.getMessage()]
    assert SECRET not in line and "\n" not in line and len(line) < 500


def test_the_same_sign_in_without_a_forgery_is_accepted(signing: Pages, provider: OpenId) -> None:
    """An honest sign-in is accepted, so each forgery above was refused because of the forged part."""
    provider.change_claims = lambda claims: claims | {"azp": CLIENT_ID, "aud": [CLIENT_ID], "nbf": claims["iat"]}
    with signing.client() as client:
        assert signed_in(signing, provider, client).headers["location"] == "/"


def _query(address: str, **changed: str | None) -> str:
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | changed
    return f"{parts.path}?{urlencode({name: value for name, value in query.items() if value is not None})}"


WRONG_RETURNS: Mapping[str, Callable[[str, str], str]] = {
    "no state": lambda mine, _: _query(mine, state=None),
    "an empty state": lambda mine, _: _query(mine, state=""),
    "a wrong state": lambda mine, _: _query(mine, state="x" * 43),
    "a state with a wrong end": lambda mine, _: _query(mine, state=parse_qs(urlsplit(mine).query)["state"][0][:12] + "x" * 31),
    "the state of another browser": lambda _, other: _query(other),
    "two states": lambda mine, _: f"{_query(mine)}&state=x",
    "no code": lambda mine, _: _query(mine, code=None),
    "a wrong code": lambda mine, _: _query(mine, code="x"),
    "the code of another browser": lambda mine, other: _query(mine, code=parse_qs(urlsplit(other).query)["code"][0]),
    "an error": lambda mine, _: _query(mine, code=None, error="access_denied", error_description="<b>no</b>"),
    "an error of the app": lambda mine, _: _query(mine, code=None, error="unauthorized_client"),
    "an error beside a code": lambda mine, _: _query(mine, error="login_required"),
    "the issuer of another provider": lambda mine, _: _query(mine, iss="https://evil.example"),
}


@pytest.mark.parametrize("wrong", WRONG_RETURNS)
def test_a_wrong_answer_from_the_provider_is_refused(wrong: str, lasting: tuple[Pages, OpenId]) -> None:
    pages, provider = lasting
    provider.sign, provider.change_claims, provider.change_tokens = signed, lambda claims: claims, lambda tokens: tokens
    with pages.client() as client, pages.client() as elsewhere:
        mine, others = provider.consent(begun_by(client)), provider.consent(begun_by(elsewhere))
        answer = client.get(WRONG_RETURNS[wrong](mine, others))
        nobody_is_in(pages, client, answer)
        assert "<b>no</b>" not in answer.text


@pytest.mark.parametrize("takes_codes_twice", [False, True], ids=["codes work once", "codes work twice"])
def test_an_answer_from_the_provider_works_only_once_even_if_the_client_kept_its_cookie(
    takes_codes_twice: bool, signing: Pages, provider: OpenId
) -> None:
    provider.takes_codes_twice = takes_codes_twice
    with signing.client() as client:
        address = provider.consent(begun_by(client))
        [(name, value)] = client.cookies.items()
        assert back(client, address).headers["location"] == "/"
        assert name not in client.cookies
        assert back(client, address).status_code == 400
        with signing.program(cookies={name: value}) as replaying:
            answer = back(replaying, address)
    assert answer.status_code == 400 and COOKIE not in answer.cookies
    assert (heading(answer) == "Start signing in again") is takes_codes_twice


def test_a_person_who_returns_too_late_must_start_again(signing: Pages, provider: OpenId) -> None:
    with signing.client() as client:
        address = provider.consent(begun_by(client))
        signing.clock.later = timedelta(minutes=11)
        answer = back(client, address)
        assert (answer.status_code, heading(answer)) == (400, "Start signing in again")


# ── a provider that is down, or wrongly set up ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("mail", [True, False], ids=["mail is set up", "mail is not set up"])
def test_if_the_provider_is_down_the_page_says_this_and_offers_a_link_by_email_if_possible(
    mail: bool, signing: Pages, provider: OpenId
) -> None:
    if mail:
        can_mail(signing.app)
    provider.stop()
    with signing.client() as client:
        assert ("Send me a link" in client.get("/sign-in").text) is mail
        answer = client.get("/oidc/start?next=/events")
        assert (answer.status_code, "is not answering at the moment" in answer.text) == (503, True)
        assert ("Send me a link" in answer.text, 'name="next" value="/events"' in answer.text) == (mail, mail)


@pytest.mark.parametrize(
    ("said", "status", "says"),
    [
        (Answer(status=503), 503, "is not answering at the moment"),
        (Answer(status=429), 503, "is not answering at the moment"),
        (Answer(reset=True), 503, "is not answering at the moment"),
        (Answer(status=401, body=b'{"error": "invalid_client"}'), 503, "is not set up correctly"),
        (Answer(status=400, body=b'{"error": "unauthorized_client"}'), 503, "is not set up correctly"),
        (Answer(status=400, body=b'{"error": "invalid_grant"}'), 400, "can’t be trusted"),
    ],
)
def test_the_page_explains_each_failure_of_the_token_endpoint(
    said: Answer, status: int, says: str, lasting: tuple[Pages, OpenId]
) -> None:
    pages, provider = lasting
    provider.sign, provider.change_claims, provider.change_tokens = signed, lambda claims: claims, lambda _: said
    with pages.client() as client:
        answer = signed_in(pages, provider, client)
    assert (answer.status_code, says in answer.text) == (status, True)


def test_a_person_in_too_many_groups_sees_what_to_do_and_can_choose_another_account(signing: Pages, provider: OpenId) -> None:
    provider.person = {"sub": "p-1", "email": "jo@council.example", "email_verified": True, "_claim_names": {"groups": "src1"}}
    with signing.client() as client:
        answer = signed_in(signing, provider, client)
        assert (answer.status_code, heading(answer)) == (403, "Your groups can’t be read")
        assert "app roles" in answer.text and 'href="/oidc/start?choose=true"' in answer.text
        assert "prompt=select_account" in client.get("/oidc/start?choose=true").headers["location"]


def test_the_configuration_is_fetched_once_however_many_people_sign_in(signing: Pages, provider: OpenId) -> None:
    with ThreadPoolExecutor(8) as pool:
        clients = [signing.client() for _ in range(8)]
        assert all(pool.map(begun_by, clients))
    for client in clients:
        client.close()
    assert provider.asked("/.well-known/openid-configuration") == 1


def test_the_pages_of_the_provider_do_not_exist_if_no_provider_is_set_up(pages: Pages) -> None:
    with pages.client() as client:
        for path in ("/oidc/start", "/oidc/callback?code=x&state=x", "/oidc/signed-out"):
            assert client.get(path).status_code == 404
        assert "organisation" not in client.get("/sign-in").text


def test_operators_see_which_roles_come_from_groups_and_who_was_refused(signing: Pages, provider: OpenId) -> None:
    with signing.client() as client, signing.client() as later, signing.client("operator") as operator:
        signed_in(signing, provider, client)
        assert "The role comes from the groups of their account" in operator.get("/people").text
        provider.person["groups"] = []
        signed_in(signing, provider, later)
        assert "the groups of their account give no role" in operator.get("/people").text


def test_signing_out_ends_the_session_and_leads_to_the_providers_sign_out(signing: Pages, provider: OpenId) -> None:
    with signing.client() as client:
        signed_in(signing, provider, client)
        answer = client.post("/sign-out", follow_redirects=True)
        there = (
            f"{provider.issuer}/out?client_id={CLIENT_ID}&amp;post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A8000%2Fsign-in"
        )
        assert f'href="{there}"' in answer.text
        assert client.get("/").status_code == 303
    with signing.client("reader") as client:  # this person signed in by email
        assert client.post("/sign-out").headers["location"] == "/sign-in"


# ── a complete sign-in in a browser, with a provider that other people wrote ──────────────────────────────────────────

REAL = {"sub": "sam", "email": "sam@council.example", "email_verified": True, "groups": ["care-readers"]}


@pytest.fixture
def real_provider() -> Iterator[str]:
    """The issuer of a running oidc-provider-mock that has an account for Sam."""
    arguments = ("-m", "oidc_provider_mock", "--port", "0", "--user-claims", json.dumps(REAL))
    with subprocess.Popen((sys.executable, *arguments), stderr=subprocess.PIPE, text=True, env={"NO_COLOR": "1"}) as running:
        assert running.stderr is not None
        said: list[str] = []
        for line in running.stderr:
            said.append(line)
            if found := re.search(r"running on (http://127\.0\.0\.1:\d+)", line):
                break
        else:
            pytest.fail("".join(said))
        draining = threading.Thread(target=running.stderr.read)
        draining.start()
        yield found[1]
        running.terminate()
        draining.join()


def test_a_complete_sign_in_works_in_a_browser(
    real_provider: str, alone: Path, begun: None, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(monkeypatch, real_provider)
    app = build(load())
    try:
        with served(app, Clock()) as pages, opened(browser, pages) as page:
            can_mail(app)
            app.settings = app.settings.model_copy(update={"public_url": pages.url})  # the port is known only now
            page.route("https://cdn.jsdelivr.net/**", lambda route: route.fulfill(body="", content_type="text/css"))
            page.goto("/events?page=1")
            assert_usable(page)
            hand = Hand(page)
            hand.press("link", "Sign in with your organisation’s account")
            hand.press("button", "Deny")
            expect(page.get_by_role("heading", level=1)).to_have_text("Start signing in again")
            assert_usable(page)
            hand.press("link", "Sign in again")
            hand.press("button", "sam")
            expect(page.get_by_role("heading", level=1)).to_have_text("What changed")
            expect(page.get_by_role("link", name="sam@council.example")).to_be_visible()
            hand.press("button", "Sign out")
            expect(page.get_by_role("heading", level=1)).to_have_text("You have signed out")
            assert_usable(page)
            hand.press("link", "Sign out of your organisation’s account")
            hand.press("button", "End session")
            assert page.url == f"{pages.url}/sign-in"
    finally:
        app.store.close()
