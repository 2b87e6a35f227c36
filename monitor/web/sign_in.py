"""Signing in with a link that is sent to the person's email address, signing out, and the sessions. There are no passwords."""

import hashlib
from contextlib import suppress
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Query, Request, Response
from starlette.background import BackgroundTask

from monitor.app import App
from monitor.errors import StoreError
from monitor.store.people import LINK, UNKNOWN, Role, SendsLink, email_of
from monitor.web.forms import FormModel, checked
from monitor.web.pages import go_to, local_path, page
from monitor.web.parts import (
    SESSION_COOKIE,
    CurrentSession,
    Now,
    TheApp,
    User,
    browser_of,
    delete_cookie,
    keep_session,
    signed_in_of,
)

router = APIRouter()


@router.get("/sign-in")
def ask(request: Request, app: TheApp, next: Annotated[str, Query()] = "") -> Response:
    """Shows the form for the email address."""
    if signed_in_of(request):
        return go_to(request, local_path(next) or "/")
    return page(request, "sign_in.html", **_values(app, "", next))


class LinkAsked(FormModel):
    """The address of the person who asks for a link, and the page to which the link leads."""

    email: Annotated[str, checked(email_of)]
    next: str = ""


@router.post("/sign-in")
def send(request: Request, app: TheApp, now: Now, form: Annotated[LinkAsked, Form()]) -> Response:
    """Sends the link. The page is the same whether or not the address is known, so that nobody learns who may sign in."""
    again = _values(app, form.email, form.next)
    if form.errors:
        return page(request, "sign_in.html", errors=form.errors, **again)
    client = client_of(request, app)
    token = app.store.people.ask_link(form.email, client=client, next_page=again["next"], now=now)
    if token is None:
        return page(request, "sign_in.html", status=429, errors={"email": _TOO_MANY}, **again)
    if not app.can_mail:
        return page(request, "sign_in.html", **again)
    # The same database statements run whether or not the address is known, so that the time of the answer does not show who may
    # sign in.
    sends = app.store.people.sends_link(form.email, client=client, allowed=app.settings.sign_in_domains, now=now)
    if sends is SendsLink.YES:
        app.store.outbox.sign_in(form.email, token, until=now + LINK, invitation=False, now=now)
    else:
        app.store.outbox.sign_in_unsent(form.email, until=now + LINK, now=now)
    response = page(request, "link_sent.html", email=form.email)
    if sends is SendsLink.FLOODED and app.operator:
        response.background = BackgroundTask(app.store.outbox.warn_of_flood, app.operator, UNKNOWN, now)
    return response


def _values(app: App, email: str, next_page: str) -> dict[str, Any]:
    first = False
    with suppress(StoreError):  # the form is shown even without a database
        first = app.store.first_operator.is_wanted()
    return {"email": email, "next": local_path(next_page), "first": first, **_ways(app)}


_TOO_MANY = "You have asked for too many links. Use the newest link in your mail, or wait an hour and try again"


@router.get("/sign-in/{token}")
def confirm(request: Request, token: str, app: TheApp, now: Now) -> Response:
    """Shows a form with a button. Opening the link changes nothing, since mail scanners open links."""
    if not app.store.people.is_good(token, now):
        return page(request, "link_over.html", status=410)
    return page(request, "confirm_sign_in.html", session_length=app.settings.session_length)


@router.post("/sign-in/{token}")
def enter(request: Request, token: str, app: TheApp, now: Now) -> Response:
    """Uses the link, and signs the person in."""
    browser = browser_of(request.headers.get("user-agent", ""))
    may_join, length = app.settings.sign_in_domains, app.settings.session_length
    entered = app.store.people.use_link(token, browser=browser, may_join=may_join, now=now, length=length)
    if entered is None:
        return page(request, "link_over.html", status=410)
    response = go_to(request, local_path(entered.next) or "/")
    keep_session(request, response, entered.token)
    return response


@router.post("/sign-out")
def leave(request: Request, app: TheApp, here: CurrentSession, now: Now) -> Response:
    """Ends this session. A person who signed in with the provider gets a page with a link for signing out of the provider too.
    The form itself must not redirect to the provider's site (Content-Security-Policy)."""
    app.store.people.sign_out(here.session.id, here.person, now)
    if here.session.issuer and app.oidc is not None:
        response = go_to(request, "/oidc/signed-out")
    else:
        response = go_to(request, "/sign-in", said="You have signed out.")
    delete_cookie(request, response, SESSION_COOKIE)
    return response


@router.get("/sessions")
def sessions(request: Request, app: TheApp, here: CurrentSession, now: Now) -> Response:
    """Shows the person's sessions. An operator sees everybody's sessions."""
    is_operator = here.person.role is Role.OPERATOR
    return page(
        request,
        "sessions.html",
        sessions=app.store.people.sessions(now, None if is_operator else here.person.id),
        emails={one.id: one.email for one in app.store.people.everyone()} if is_operator else {},
        here=here.session,
    )


@router.post("/sessions/{session}/end")
def end_session(request: Request, session: str, app: TheApp, me: User, now: Now) -> Response:
    """Ends a session. An operator may end anybody's session. Other people may end only their own sessions, and get a 404 for any
    other session."""
    if not app.store.people.sign_out(session, me, now):
        raise HTTPException(404)
    return go_to(request, "/sessions", said="The session has been ended.")


def _ways(app: App) -> dict[str, bool]:
    """Returns in which ways people can sign in to this monitor."""
    return {"mail": app.can_mail, "provider": app.oidc is not None, "down": False}


def client_of(request: Request, app: App) -> str:
    """Returns a digest of the address from which the request came, for counting attempts. The digest identifies nobody. For IPv6,
    only the /64 is used, because one customer has a whole /64."""
    host = origin_of(request.client.host if request.client else "")
    return hashlib.blake2b(host.encode(), key=app.signing_key, digest_size=16).hexdigest()


def origin_of(host: str) -> str:
    """Returns the /64 of an IPv6 address, and any other text unchanged. An IPv4 address that is written as IPv6 is returned as
    IPv4."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ip_network(f"{address}/64", strict=False))
    return str(address)
