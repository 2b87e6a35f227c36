"""Tests the protection of every page: the accepted hosts, the headers, the size of requests, and the error pages."""

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from fastapi import APIRouter, Form, Request, UploadFile
from playwright.sync_api import Browser

from monitor.app import build
from monitor.errors import StoreError
from monitor.settings import load
from monitor.web import app as application
from monitor.web import permissions
from tests.web.conftest import CHROMIUM, Clock, Pages, served

CSP = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/sign-in", 200),
        ("GET", "/", 303),
        ("GET", "/no-such-page", 404),
        ("PUT", "/sign-in", 405),
        ("POST", "/sign-in", 422),
        ("GET", "/healthz", 200),
        ("GET", "/style.css", 200),
        ("GET", "/favicon.svg", 200),
    ],
)
def test_every_answer_has_the_security_headers(method: str, path: str, status: int, pages: Pages) -> None:
    with pages.client() as client:
        answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == CSP
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "strict-origin"
    assert answer.headers["cache-control"] == ("public, max-age=86400" if path in {"/style.css", "/favicon.svg"} else "no-store")
    assert "strict-transport-security" not in answer.headers  # PUBLIC_URL is http
    assert "server" not in answer.headers


@pytest.mark.parametrize(
    ("host", "taken"),
    [
        pytest.param("127.0.0.1:8000", True, id="loopback"),
        pytest.param("localhost", True, id="localhost"),
        pytest.param("[::1]:8000", True, id="loopback by IPv6"),
        pytest.param("evil.example", False, id="another host"),
        pytest.param("127.0.0.1.evil.example", False, id="a host that begins like ours"),
        pytest.param("[", False, id="a host that can't be parsed"),
        pytest.param("", False, id="no host"),
    ],
)
def test_only_our_own_hosts_are_answered(host: str, taken: bool, pages: Pages) -> None:
    with pages.client() as client:
        assert (client.get("/sign-in", headers={"Host": host}).status_code == 200) is taken
        assert client.get("/healthz", headers={"Host": "10.0.0.7"}).status_code == 200  # load balancers use the IP address


def test_a_form_can_be_sent_over_plain_http_without_the_header_sec_fetch_site(
    alone: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over plain http, browsers don't send Sec-Fetch-Site, so the header Origin must show that the form is ours. Origin would be
    "null" if the page's Referrer-Policy were "no-referrer"."""
    monkeypatch.setenv("PUBLIC_URL", "http://monitor.council.example")
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:1")  # otherwise the page says that no link can be sent
    monkeypatch.setenv("MAIL_FROM", "alerts@council.example")
    app = build(load())
    try:
        with served(app, Clock()) as pages:
            here = "--host-resolver-rules=MAP monitor.council.example 127.0.0.1"
            over_http = browser.browser_type.launch(executable_path=CHROMIUM, args=["--no-sandbox", here])
            page = over_http.new_page()
            page.goto(f"http://monitor.council.example:{pages.url.rpartition(':')[2]}/sign-in")
            page.get_by_label("Email").fill("reader@council.example")
            page.keyboard.press("Enter")
            page.get_by_role("heading", name="Check your email").wait_for()
            over_http.close()
    finally:
        app.store.close()


def test_the_answer_to_head_is_the_answer_to_get_without_the_body(pages: Pages) -> None:
    with pages.client() as client:
        head, get = client.head("/sign-in"), client.get("/sign-in")
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-type"] == get.headers["content-type"]


def _chunks() -> Iterator[bytes]:
    for _ in range(20):
        yield b"x" * 100_000


@pytest.mark.parametrize("body", [b"x" * 1_000_001, None], ids=["the length is stated", "the length is not stated"])
def test_a_body_that_is_too_large_is_refused_in_plain_words(body: bytes | None, pages: Pages) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    with pages.client() as client:
        answer = client.post("/sign-in", content=body or _chunks(), headers=form)
    assert answer.status_code == 413
    assert "What you sent is too large" in answer.text
    assert answer.headers["content-security-policy"] == CSP


@pytest.fixture
def breaking(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """The pages of a monitor, and additional pages that fail."""
    router = APIRouter()

    @router.get("/break")
    def break_(request: Request) -> None:
        raise ZeroDivisionError("a secret: hunter2")

    @router.get("/database")
    def database(request: Request) -> None:
        raise StoreError("the database at postgresql://user@host can't be used: gone")

    @router.get("/number")
    def number(n: int) -> None: ...

    @router.post("/bring/{name}")
    def bring(name: str, text: str = Form(), file: UploadFile | None = None) -> None: ...

    @router.post("/upload")
    def upload(text: str = Form()) -> None: ...

    monkeypatch.setattr(application, "ROUTES", [*application.ROUTES, *application.gathered(router)])
    new = dict.fromkeys(("GET /break", "GET /database", "GET /number", "POST /bring/{name}", "POST /upload"), permissions.READER)
    monkeypatch.setattr(permissions, "PERMISSIONS", {**permissions.PERMISSIONS, **new})
    app = build(load())
    try:
        with served(app, Clock()) as running:
            yield running
    finally:
        app.store.close()


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/break", 500, "Sorry, there is a problem with these pages"),
        ("/database", 503, "The database can’t be reached"),
        ("/number?n=x", 422, "missing or can’t be used"),
        ("/people", 403, "You can’t do that"),
        ("/gone", 404, "Page not found"),
    ],
)
def test_error_pages_use_plain_words_and_reveal_nothing(
    path: str, status: int, says: str, breaking: Pages, caplog: pytest.LogCaptureFixture
) -> None:
    with breaking.client("reader") as client:
        answer = client.get(path)
    assert answer.status_code == status
    assert says in answer.text
    assert "reader@council.example" in answer.text  # the error page has the usual layout, which shows who is signed in
    for word in ("Traceback", "hunter2", "ZeroDivision", "postgresql", "Error:"):
        assert word not in answer.text
    assert answer.headers["content-security-policy"] == CSP


def test_a_form_with_a_file_field_may_be_larger(breaking: Pages) -> None:
    """The limit depends on the form's fields, not on its address."""
    field = b"text=".ljust(99_999, b"x") + b"&"
    with breaking.client("reader") as client:
        for path, fields in (("/bring/it", 50), ("/upload", 10)):
            assert client.post(path, content=field * fields, headers=FORM).status_code == 200
            assert client.post(path, content=field * fields + b"&", headers=FORM).status_code == 413


FORM: Mapping[str, str] = {"Content-Type": "application/x-www-form-urlencoded"}


def test_pages_say_that_the_database_cannot_be_used_and_pages_without_data_still_work(pages: Pages) -> None:
    with pages.client("reader") as client:
        with sqlite3.connect("state/monitor.db") as database:
            database.execute("ALTER TABLE session RENAME TO gone")
            database.execute("ALTER TABLE watchlist RENAME TO gone_too")
        database.close()
        assert [client.get(path).status_code for path in ("/", "/healthz", "/sign-in", "/style.css", "/nothing")] == [
            503,
            503,
            200,
            200,
            404,
        ]


def test_the_api_answers_in_json_even_without_a_key(pages: Pages) -> None:
    with pages.program() as client:
        answer = client.get("/api/nothing")
    assert answer.json() == {"type": "about:blank", "title": "Page not found", "status": 404}
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
