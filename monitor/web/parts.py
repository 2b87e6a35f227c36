"""Common parts of all pages: the app, the time of the request, and the person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import Depends, Path, Query, Request, Response
from itsdangerous import BadSignature, TimestampSigner
from pydantic import BeforeValidator

from monitor.app import App
from monitor.channels import shown
from monitor.store.keys import KeyHolder
from monitor.store.people import Person, SignedIn

SESSION_COOKIE = "cqc-monitor-session"

COOKIE_KEPT = timedelta(days=60)
"""How long a browser keeps the cookie of a session. The browser keeps the cookie longer than any session lasts, so that a
form sent after the end of a session can be distinguished from a stranger's form."""


def cookie(request: Request, name: str) -> str:
    """Returns the full name of one of our cookies. With https, the name begins with __Host-, so that no other host of the domain
    can set the cookie. If the pages have a path prefix, the name begins with __Secure-, because a cookie with __Host- can't be
    limited to a path."""
    app = app_of(request)
    if not is_https(app):
        return name
    return f"__Secure-{name}" if app.settings.root else f"__Host-{name}"


def set_cookie(request: Request, response: Response, name: str, value: str, max_age: int) -> None:
    """Sets one of our cookies. The browser sends the cookie only to these pages, and scripts can't read it. `max_age` is in
    seconds."""
    app = app_of(request)
    secure, path = is_https(app), app.settings.root or "/"
    response.set_cookie(
        cookie(request, name), value, max_age=max_age, path=path, secure=secure, httponly=True, samesite="lax"
    )


def delete_cookie(request: Request, response: Response, name: str) -> None:
    """Deletes one of our cookies."""
    app = app_of(request)
    response.delete_cookie(cookie(request, name), path=app.settings.root or "/", secure=is_https(app), httponly=True)


def keep_session(request: Request, response: Response, token: str) -> None:
    """Sets the cookie of a browser's session. The browser keeps the cookie for longer than the session lasts, and the database
    records when the session ends."""
    set_cookie(request, response, SESSION_COOKIE, session_cookie(app_of(request), token), int(COOKIE_KEPT.total_seconds()))


def session_cookie(app: App, token: str) -> str:
    """Returns the value of a session's cookie. The value is signed, so that a browser that has signed in before is recognised
    without the database."""
    return _signer(app).sign(token).decode()


def session_token(request: Request) -> str | None:
    """Returns the token of the browser's session, even if the session has ended. Returns None if the browser has no valid
    cookie."""
    value = request.cookies.get(cookie(request, SESSION_COOKIE), "")
    if "." not in value:
        return value or None  # a session from before cookies were signed
    return _unsigned(app_of(request), value)


def has_signed_in(request: Request) -> bool:
    """Whether the cookie shows that somebody has signed in with this browser within COOKIE_KEPT, even if the session has ended.
    This function does not use the database."""
    return _unsigned(app_of(request), request.cookies.get(cookie(request, SESSION_COOKIE), "")) is not None


def _unsigned(app: App, value: str) -> str | None:
    try:
        return _signer(app).unsign(value, max_age=int(COOKIE_KEPT.total_seconds())).decode()
    except BadSignature:
        return None


def _signer(app: App) -> TimestampSigner:
    return TimestampSigner(app.signing_key, salt="session")


# Words by which browsers identify themselves. The first match is used, because most browsers also name other browsers.
_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))


def browser_of(user_agent: str) -> str:
    """Returns the browser's name for the list of sessions. Nothing else from the browser's identification is stored."""
    return next((name for mark, name in _BROWSERS if mark in user_agent), "another program")


def is_https(app: App) -> bool:
    """Whether people reach the pages over https."""
    return app.settings.public_url.startswith("https://")


def app_of(request: Request) -> App:
    """Returns the app to which these pages belong."""
    app: App = request.app.state.app
    return app


def now_of(request: Request) -> datetime:
    """Returns the time of this request. The time is the same for everything that the request does."""
    if not hasattr(request.state, "now"):
        clock: Callable[[], datetime] = request.app.state.clock
        request.state.now = clock()
    now: datetime = request.state.now
    return now


def is_for_programs(path: str) -> bool:
    """Whether a path is for programs. Programs send a key, and can't use an HTML page."""
    return path == "/metrics" or (path.startswith("/api/") and not path.startswith("/api/docs"))


def identify(request: Request) -> SignedIn | KeyHolder | None:
    """Finds out who sent the request, from a browser's cookie or from a program's key ("Authorization: Bearer …"). Raises
    StoreError."""
    authorization = request.headers.get("authorization")
    if authorization is not None and is_for_programs(request.url.path):
        kind, _, key = authorization.partition(" ")
        is_key = kind.lower() == "bearer" and key
        return app_of(request).store.keys.holder(key.strip(), now_of(request)) if is_key else None
    token = session_token(request)
    if token is None:
        return None
    return app_of(request).store.people.signed_in(token, now_of(request), app_of(request).settings.session_length)


def signed_in_of(request: Request) -> SignedIn | KeyHolder | None:
    """Returns who sent the request, as `permissions.admit` found. Returns None for a stranger, or if `admit` has not run yet."""
    found: SignedIn | KeyHolder | None = getattr(request.state, "signed_in", None)
    return found


def _here(request: Request) -> SignedIn:
    signed_in = signed_in_of(request)
    assert isinstance(signed_in, SignedIn), "the permissions let somebody without a session reach a page that needs one"
    return signed_in


def _me(request: Request) -> Person:
    signed_in = signed_in_of(request)
    assert signed_in is not None, "the permissions let a stranger reach a page that needs a person"
    return signed_in.person


def segment(name: str) -> str:
    """Encodes any name as one segment of a path. No server, proxy or browser splits or changes the segment. Slashes, dots and
    percent signs become "~2F", "~2E", "~25"."""
    return quote(name, safe="").replace("~", "%7E").replace(".", "%2E").replace("%", "~")


def is_number(text: str) -> bool:
    """Whether a text from a URL or a form can be a numeric id of this program."""
    return text.isascii() and text.isdecimal() and len(text) < 10


def case_url(app: App, case_id: int) -> str:
    """Returns the full address of a case's page."""
    return f"{app.settings.public_url}/cases/{case_id}"


def path_of(item_id: str) -> str:
    """Returns the address of an item's page, without the host."""
    return f"/items/{quote(item_id)}"


def as_typed(address: str) -> str:
    """Returns an address as pages show it: in the form in which a person types it, but only the end of a secret address."""
    return shown(address).removeprefix("mailto:")


def _watchlist_of(watchlist: Annotated[str, Path(max_length=1000)]) -> str:
    return unquote(watchlist.replace("~", "%"))


TheApp = Annotated[App, Depends(app_of)]
Now = Annotated[datetime, Depends(now_of)]
CurrentSession = Annotated[SignedIn, Depends(_here)]
"""The session of the person who asks."""
User = Annotated[Person, Depends(_me)]
"""The person who asks."""
Id = Annotated[int, Path(ge=1, le=2**31 - 1)]
"""The id of a row, within the range that every database accepts."""
WatchlistName = Annotated[str, Depends(_watchlist_of)]
"""The name for `{watchlist}` in a path, encoded by `segment` (in templates: `name | segment`)."""
PageNumber = Annotated[int, Query(alias="page", ge=1, le=1_000_000)]
"""The page number of a long list, from 1."""
ShortText = Annotated[str, Query(max_length=200)]
"""A word or a name in the query of an address."""


def cut(text: str) -> str:
    """Returns the first 200 characters of a text in the query of a URL. A longer text is cut and not refused."""
    return text[:200]


Sought = Annotated[str, Query(), BeforeValidator(cut)]
"""What was typed into a search box."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request for a page: who asks, and when."""

    request: Request
    app: App
    me: Person
    now: datetime


def _visit(request: Request, app: TheApp, me: User, now: Now) -> Visit:
    return Visit(request, app, me, now)


Visiting = Annotated[Visit, Depends(_visit)]
"""Who asks for a page, and when."""
