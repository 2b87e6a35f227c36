"""Shows errors as pages, in plain words and in the usual layout, without a traceback."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from monitor.errors import MonitorError, StoreError, UsageError
from monitor.web.kept import keep
from monitor.web.middleware import log
from monitor.web.pages import go_to, page
from monitor.web.parts import app_of, identify, is_for_programs, signed_in_of
from monitor.web.permissions import NotSignedIn
from monitor.web.rate_limit import turn_of


class Busy(Exception):
    """The request has waited too long, because other reports are being made."""


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    text: str


_WORDS: Mapping[int, _Words] = {
    400: _Words("The request can’t be read", "Go back and try again."),
    401: _Words("You need to sign in", "Sign in, or send an API key."),
    403: _Words(
        "You can’t do that",
        "Your role does not allow it, or the form was not sent from these pages. Go back, load the page again and try once "
        "more. If you need permission, ask the person who runs the monitor.",
    ),
    404: _Words("Page not found", "If you typed the address, check that it is correct. The page may have been removed."),
    406: _Words("This format is not available", "Ask for another format."),
    405: _Words("This address can’t be used in this way", "Go back and use the page’s own links and buttons."),
    413: _Words(
        "What you sent is too large",
        "The limit is 1 MB for a form and 5 MB for a file. Leave out columns that are not needed. Split a file only if it lists "
        "services to add to a watchlist, because every other file replaces the file before it. If you have been signed out, "
        "first use another tab to sign in. Then go back and send the form again.",
    ),
    421: _Words(
        "These pages are not available at this address",
        "Use the address in the setting PUBLIC_URL. If you run the monitor, set PUBLIC_URL to the address that people use.",
    ),
    422: _Words("Something in the request is missing or can’t be used", "Go back and check what you entered."),
    429: _Words("Too many attempts", "Wait a while, then try again."),
    500: _Words(
        "Sorry, there is a problem with these pages",
        "The monitor itself still runs: it checks services and sends alerts. Try again later. If this happens again, tell the "
        "person who runs the monitor. The monitor’s log says what went wrong.",
    ),
    503: _Words(
        "The database can’t be reached",
        "Nothing is lost. Try again in a few minutes. If you run the monitor, cqc-monitor status says what is wrong.",
    ),
}

_FOR_PROGRAMS: Mapping[int, str] = {
    401: "Send a valid key in the header “Authorization: Bearer KEY”. You make keys on the page “API keys”.",
    503: "Try again in a few minutes.",
}
"""What to do, for programs. The texts in `_WORDS` are about pages."""


def error_page(request: Request, status: int, text: str | None = None) -> Response:
    """Returns the page for a status. Programs get a problem (RFC 9457) instead. `text` replaces the usual text."""
    words = _WORDS.get(status, _WORDS[500 if status >= 500 else 400])
    if is_for_programs(request.url.path):
        return _problem(request, status, words.title, text or _FOR_PROGRAMS.get(status))
    return page(request, "error.html", status=status, title=words.title, text=text or words.text)


def _problem(request: Request, status: int, title: str, detail: str | None, **more: object) -> Response:
    value = {"type": "about:blank", "title": title, "status": status} | ({"detail": detail} if detail else {}) | more
    headers = dict(turn.headers) if (turn := turn_of(request)) else {}
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="CQC monitor"'
    return JSONResponse(value, status_code=status, headers=headers, media_type="application/problem+json")


def add_handlers(app: FastAPI) -> None:
    """Makes the application answer errors with these pages."""
    for kind, handler in _HANDLERS.items():
        app.add_exception_handler(kind, handler)


# These handlers are not async: they look up the person in the database, so they must run in a thread.


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if signed_in_of(request) is None:
        with suppress(StoreError):
            request.state.signed_in = identify(request)  # the person is not known yet if no route matched
    if error.status_code == 405 and request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": _allowed(error)})
    response = error_page(request, error.status_code, _own_words(error))
    response.headers.update(error.headers or {})
    if error.status_code == 405:
        response.headers["Allow"] = _allowed(error)
    return response


def _allowed(error: HTTPException) -> str:
    """Returns the methods that an address allows. Adds HEAD and OPTIONS, which the framework leaves out. Our middleware handles
    HEAD, and this module handles OPTIONS."""
    methods = {one.strip() for one in (error.headers or {}).get("Allow", "").split(",") if one.strip()}
    return ", ".join(sorted(methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())))


def _own_words(error: HTTPException) -> str | None:
    """Returns the text of the error if one of our pages wrote the text; None if the framework wrote it."""
    standard = HTTPException(error.status_code).detail if 400 <= error.status_code < 600 else ""
    ours = isinstance(error.detail, str) and error.detail.endswith(".") and error.detail != standard
    return error.detail if ours else None


async def _not_signed_in(request: Request, error: Exception) -> Response:
    assert isinstance(error, NotSignedIn)
    if is_for_programs(request.url.path):
        return error_page(request, 401)
    next_page, said = error.next_page, None
    if request.method == "POST" and request.url.path != "/sign-out":
        next_page, said = await keep(request)
    with suppress(StoreError):
        if next_page is None and app_of(request).store.first_operator.is_wanted():
            return go_to(request, "/first-operator")
    return go_to(request, "/sign-in" + (f"?{urlencode({'next': next_page})}" if next_page else ""), said=said)


def _unusable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if not is_for_programs(request.url.path):
        return error_page(request, 422)
    # loc contains the parameter's kind (query or path), its name, and its index if it has several values
    wrong = [{"parameter": str(one["loc"][1]), "problem": one["msg"].removeprefix("Value error, ")} for one in error.errors()]
    return _problem(request, 422, _WORDS[422].title, None, errors=wrong)


def _busy(request: Request, error: Exception) -> Response:
    text = "Other reports are being made. Try again in a minute."
    response = page(request, "error.html", status=503, title="This report has to wait", text=text)
    response.headers["Retry-After"] = "60"
    return response


def _usage(request: Request, error: Exception) -> Response:
    return error_page(request, 422, f"{error}.".replace("..", "."))


def _monitor(request: Request, error: Exception) -> Response:
    log.error("%s", error)
    return error_page(request, 503)


_HANDLERS: Mapping[type[Exception], Callable[[Request, Exception], Response | Awaitable[Response]]] = {
    HTTPException: _http,
    NotSignedIn: _not_signed_in,
    RequestValidationError: _unusable,
    Busy: _busy,
    UsageError: _usage,
    MonitorError: _monitor,
}
