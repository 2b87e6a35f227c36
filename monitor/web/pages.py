"""Builds pages from values: the templates, the values that all pages share, and the redirect after a form."""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from itsdangerous import BadSignature, URLSafeTimedSerializer
from jinja2 import Environment

from monitor import templates
from monitor.errors import StoreError
from monitor.locations import location_url
from monitor.notify.blocks import rests_on
from monitor.notify.render import happened
from monitor.store.people import SignedIn
from monitor.text import clock, day, day_in_london, lasting, moment, sentence
from monitor.web.grid import age
from monitor.web.kept import refilled, words_of
from monitor.web.parts import (
    app_of,
    as_typed,
    cookie,
    delete_cookie,
    has_signed_in,
    keep_session,
    now_of,
    segment,
    session_token,
    set_cookie,
    signed_in_of,
)
from monitor.web.permissions import PERMISSIONS, may

_SAID_COOKIE = "cqc-monitor-said"
_SAID_FOR = 60
"""For how many seconds a browser keeps the confirmation of a form, which the next page shows."""

# The navigation shows an entry if its page exists and the person may see the page.
_NAVIGATION = (
    ("Home", "/"),
    ("Watchlists", "/watchlists"),
    ("Changes", "/items"),
    ("Cases", "/cases"),
    ("Reports", "/reports"),
    ("Subscriptions", "/subscriptions"),
    ("Feeds", "/feeds"),
    ("API keys", "/keys"),
    ("Monitor", "/monitor"),
    ("People", "/people"),
    ("Audit", "/audit"),
)
_WITHIN = {
    **dict.fromkeys(("register", "services", "views"), "/watchlists"),
    "events": "/items",
    "suspensions": "/cases",
    **dict.fromkeys(("signs", "providers", "re-inspections"), "/reports"),
}
"""For pages whose address does not begin with the address of their navigation entry: the first part of the page's address, and
the address of the navigation entry."""


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Makes a page from a template of `templates/web`. The template extends layout.html.

    In addition to `values`, a template can use: `person` (None for a stranger), `navigation`, `said` (what the last form did),
    `now`, the filters below, and `root` (the beginning of each of our addresses). `errors` contains the error of each wrong
    field. If it is not empty, the page shows the error summary and has status 422.
    """
    signed_in = signed_in_of(request)
    person = signed_in.person if signed_in else None
    said = _said(request)
    known: dict[str, Any] = {
        "person": person,
        "path": request.url.path,
        "navigation": _navigation(request),
        "said": said,
        "now": now_of(request),
        "errors": {},
        "style": f"{root_of(request)}/style.css?{style()[0]}",
    }
    hidden = (values.keys() & known.keys()) - {"errors"}
    assert not hidden, f"{template}: values with names that every page uses for something else: {hidden}"
    template_of = _environment(root_of(request)).get_template(template)
    text = _with_kept(request, lambda kept: template_of.render(known | values | kept))
    response = HTMLResponse(text, status_code=422 if values.get("errors") and status == 200 else status)
    if said:
        delete_cookie(request, response, _SAID_COOKIE)
    if isinstance(signed_in, SignedIn) and not has_signed_in(request):  # a session from before cookies were signed
        keep_session(request, response, session_token(request) or "")
    return response


def _with_kept(request: Request, render: Callable[[dict[str, Any]], str]) -> str:
    """Returns the page. If the address contains the id of a form that was kept for this person (`kept.keep`), the page's form is
    filled in."""
    signed_in, id = signed_in_of(request), request.query_params.get("kept")
    kept = None
    if id and request.method == "GET" and isinstance(signed_in, SignedIn):
        with suppress(StoreError):
            kept = app_of(request).store.kept_forms.read(id, signed_in.person.id, now_of(request))
    if kept is None:
        return render({"kept_form": None})
    text = refilled(render({"kept_form": kept, "kept_words": None}), kept, root_of(request))
    return text or render({"kept_form": kept, "kept_words": words_of(kept)})


def go_to(request: Request, path: str, *, said: str | None = None) -> RedirectResponse:
    """Redirects to one of our pages after a form. The page shows `said`, which confirms what was done."""
    response = RedirectResponse(root_of(request) + path, status_code=303)
    if said:
        set_cookie(request, response, _SAID_COOKIE, str(_signer(request).dumps(said)), _SAID_FOR)
    return response


def root_of(request: Request) -> str:
    """Returns the path prefix of our pages; "" if the pages have their own host. Inside the program, paths have no prefix (see
    `middleware`). Every address that leaves the program has the prefix."""
    return app_of(request).settings.root


def local_path(text: str | None) -> str | None:
    """Returns the text if it is a path of our own pages, otherwise None."""
    if not text or not text.isprintable() or not text.startswith("/") or text.startswith("//") or "\\" in text:
        return None
    parts = urlsplit(text)
    return None if parts.scheme or parts.netloc or len(text) > 1000 else text


def style() -> tuple[str, bytes]:
    """Returns a digest of the stylesheet, and the stylesheet itself."""
    return _style()


@cache
def _style() -> tuple[str, bytes]:
    text = (templates.folder("web") / "style.css").read_bytes()
    return hashlib.sha256(text).hexdigest()[:12], text


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """One page of a long list. `number` counts from 1. `url` is the page's address, with the search and the order of the list.
    `name` is the parameter of the address that contains the page number."""

    number: int
    size: int
    total: int
    url: str
    name: str = "page"

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """How many entries come before this page."""
        return (self.number - 1) * self.size

    def near(self) -> list[int | None]:
        """Returns the page numbers to link to: the first page, the last page, this page and the pages next to it. None stands for
        a gap."""
        wanted = sorted({1, self.last, *range(max(1, self.number - 1), min(self.last, self.number + 1) + 1)})
        listed: list[int | None] = []
        for one in wanted:
            if listed and listed[-1] is not None and one - listed[-1] > 1:
                listed.append(None)
            listed.append(one)
        return listed

    def link(self, number: int) -> str:
        """The address of another page of the list."""
        parts = urlsplit(self.url)
        query = [(name, value) for name, value in parse_qsl(parts.query) if name != self.name]
        return f"{parts.path}?{urlencode([*query, (self.name, number)])}"


def paging(
    request: Request, *, number: int, size: int, total: int, name: str = "page", address: str | None = None
) -> Paging:
    """Returns the requested page of a list, or the last page if the list has fewer pages. `address` is the address of the list,
    with its query, if this is not the address of the request."""
    last = max(1, -(-total // size))
    here = quote(request.url.path) + (f"?{request.url.query}" if request.url.query else "")
    url = root_of(request) + (here if address is None else address)
    return Paging(number=min(max(number, 1), last), size=size, total=total, url=url, name=name)


def ago(then: datetime, now: datetime) -> str:
    """Returns how long ago something was, in one unit, for example "5 minutes ago"."""
    return f"{lasting(now - then)} ago"


def _navigation(request: Request) -> list[tuple[str, str, bool]]:
    """Returns the entries of the navigation, each with its title, its path, and whether it is the current page. The entry for
    cases also shows the number of new cases and of the person's overdue cases."""
    signed_in = signed_in_of(request)
    badge = _badge(request, signed_in.person.id) if signed_in else ""
    role = signed_in.person.role if signed_in else None
    here = _WITHIN.get(request.url.path.split("/")[1], request.url.path)
    entries = ((title, path) for title, path in _NAVIGATION if f"GET {path}" in PERMISSIONS and may(role, f"GET {path}"))
    root = root_of(request)
    return [
        (title + badge * (path == "/cases"), root + path, here == path or (path != "/" and here.startswith(f"{path}/")))
        for title, path in entries
    ]


def cases_waiting(request: Request, me: int) -> tuple[int, int]:
    """Returns how many cases are new, and how many of the person's own cases are overdue. The database is asked only once per
    request."""
    if not hasattr(request.state, "cases_waiting"):
        request.state.cases_waiting = app_of(request).store.cases.badge(me, day_in_london(now_of(request)))
    new, overdue = request.state.cases_waiting
    return new, overdue


def _badge(request: Request, me: int) -> str:
    with suppress(StoreError):  # an error page is shown without the number of cases
        new, overdue = cases_waiting(request, me)
        said = [f"{new} new"] * bool(new) + [f"{overdue} overdue"] * bool(overdue)
        return f" ({', '.join(said)})" if said else ""
    return ""


def _said(request: Request) -> str | None:
    kept = request.cookies.get(cookie(request, _SAID_COOKIE))
    try:
        return str(_signer(request).loads(kept, max_age=_SAID_FOR)) if kept else None
    except BadSignature:
        return None


def _signer(request: Request) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(app_of(request).signing_key, salt="what was done")


@cache
def _environment(root: str) -> Environment:
    filters: Mapping[str, Any] = {
        "day": day,
        "moment": moment,
        "clock": clock,
        "ago": ago,
        "lasting": lasting,
        "sentence": sentence,
        "shown": as_typed,
        "age": age,
        "happened": happened,
        "rests_on": rests_on,
        "cqc_url": location_url,
        "path": lambda text: quote(str(text), safe=""),
        "segment": segment,
        "in_lines": templates.in_lines,
    }
    made = templates.environment("web", filters, finalize=templates.in_page)
    made.globals["root"] = root  # a global value, since macros can't use the values of a page
    return made
