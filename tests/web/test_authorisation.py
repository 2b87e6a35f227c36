"""Tests the permissions table: every role and a stranger request every route."""

import re
from collections.abc import Mapping
from contextlib import nullcontext

import httpx
import pytest
from fastapi import APIRouter

from monitor.app import App
from monitor.store.people import Role
from monitor.web import app as application
from monitor.web import permissions
from monitor.web.permissions import PERMISSIONS
from tests.web.conftest import STRANGER, WHO, Pages

# Values for the parameters of paths. Nothing has these ids, so a person with the permission gets the answer "not found".
PARAMETERS = {"person": "999999", "token": "nobodys-token", "session": "nobodys-session", "key": "999999"}

ALLOWED = {200, 303, 404, 410, 422}
"""The possible answers to a person who may use a route, if the form is empty and the id does not exist."""


def path_of(route: str) -> str:
    """Returns a route's path with a value for each parameter."""
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda match: PARAMETERS.get(match[1], "nothing"), route.partition(" ")[2])


@pytest.mark.slow
@pytest.mark.parametrize("who", WHO)
def test_a_route_is_open_only_to_people_with_its_permission(who: str, pages: Pages) -> None:
    with pages.client(who) as looking:
        for route in PERMISSIONS:
            method, path = route.partition(" ")[0], path_of(route)
            # A posted form may end the session, so each form gets a new session.
            with nullcontext(looking) if method == "GET" else pages.client(who) as client:
                answer = client.request(method, path)
            check(answer, who, route)


def check(answer: httpx.Response, who: str, route: str) -> None:
    """Checks a route's answer to a person or a stranger. The ids in the request don't exist."""
    needed, path, said = PERMISSIONS[route], path_of(route), f"{route}: {answer.status_code}"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'"), said
    assert (answer.headers["x-content-type-options"], answer.headers["referrer-policy"]) == ("nosniff", "strict-origin"), said
    assert path in {"/style.css", "/favicon.svg"} or answer.headers["cache-control"] in {"no-store", "private, no-cache"}, said
    if needed is None or (who != STRANGER and Role(who).may(needed)):
        assert answer.status_code in ALLOWED, said
        to_sign_in = answer.headers.get("location", "").startswith("/sign-in")
        assert needed is None or to_sign_in == (path == "/sign-out"), said
    elif who != STRANGER:
        assert answer.status_code == 403, said
    elif path == "/metrics" or (path.startswith("/api/") and path != "/api/docs"):
        assert answer.status_code == 401, said
    else:
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in"), said


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Sec-Fetch-Site": "cross-site"}, id="a form from another site"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, id="a form from another host of the domain"),
        pytest.param({"Sec-Fetch-Site": "none"}, id="a request that no page sent"),
        pytest.param({"Origin": "https://evil.example"}, id="a form with another origin, from an older browser"),
        pytest.param({"Origin": "null"}, id="a form with a hidden origin"),
        pytest.param({}, id="a form without a header about its origin"),
        pytest.param(
            {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"},
            id="a form with two headers that contradict each other",
        ),
    ],
)
def test_a_form_that_is_not_from_our_pages_is_refused(headers: Mapping[str, str], clients: Mapping[str, httpx.Client]) -> None:
    client = clients["operator"]
    del client.headers["Sec-Fetch-Site"]
    forms = [route for route in PERMISSIONS if not route.startswith(("GET", "POST /unsubscribe/{"))]
    for route in forms:
        answer = client.request(route.partition(" ")[0], path_of(route), headers=dict(headers))
        assert answer.status_code == 403, route
    assert len(forms) > 20 and client.get("/").status_code == 200  # nobody was signed out


def test_a_form_from_our_own_host_is_accepted_if_the_browser_sends_only_the_header_origin(pages: Pages) -> None:
    with pages.program(headers={"Origin": pages.url}) as client:
        assert client.post("/sign-in", data={"email": "somebody@council.example"}).status_code == 200


def test_a_route_without_a_permission_fails_at_start(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    router = APIRouter()
    router.add_api_route("/forgotten", lambda: None, methods=["POST"])
    monkeypatch.setattr(application, "ROUTES", [*application.ROUTES, *application.gathered(router)])
    app: App = pages.app
    with pytest.raises(RuntimeError, match=re.escape("without an entry: ['POST /forgotten']")):
        application.create_app(app, pages.clock)


def test_a_route_of_the_api_that_changes_data_fails_at_start(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    router = APIRouter()
    router.add_api_route("/api/watchlists", lambda: None, methods=["POST"])
    monkeypatch.setattr(application, "ROUTES", [*application.ROUTES, *application.gathered(router)])
    monkeypatch.setattr(permissions, "PERMISSIONS", {**PERMISSIONS, "POST /api/watchlists": Role.OPERATOR})
    with pytest.raises(RuntimeError, match=re.escape("the API only reads: ['POST /api/watchlists']")):
        application.create_app(pages.app, pages.clock)


def test_a_page_that_is_read_with_get_accepts_no_put_patch_or_delete(clients: Mapping[str, httpx.Client]) -> None:
    for path in [path_of(route) for route in PERMISSIONS if route.startswith("GET ")]:
        for method in ("PUT", "PATCH", "DELETE"):
            answer = clients["operator"].request(method, path)
            assert answer.status_code == 405, f"{method} {path}"
            assert "GET" in answer.headers["allow"] or "POST" in answer.headers["allow"], f"{method} {path}"


def test_each_role_has_the_permissions_of_the_lower_roles() -> None:
    assert [[one.may(other) for other in Role] for one in Role] == [[True, False, False], [True, True, False], [True, True, True]]
