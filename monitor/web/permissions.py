"""The permissions table. It lists every route of the pages with the lowest role that may use the route. If a route is missing,
the program does not start."""

from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Request
from fastapi.routing import iter_route_contexts

from monitor.errors import StoreError
from monitor.store.people import Role
from monitor.web.parts import identify

ANYONE = None
READER, EDITOR, OPERATOR = Role.READER, Role.EDITOR, Role.OPERATOR

PERMISSIONS: Mapping[str, Role | None] = {
    # the program itself
    "GET /healthz": ANYONE,
    "GET /style.css": ANYONE,
    "GET /favicon.svg": ANYONE,
    # about the pages
    "GET /privacy": ANYONE,
    "GET /privacy/mine.json": READER,
    "GET /accessibility": ANYONE,
    "GET /help": ANYONE,
    "GET /copy.js": ANYONE,
    # a new monitor
    "GET /first-operator": ANYONE,
    "POST /first-operator": ANYONE,  # needs the code that the program printed; only while there is no operator
    "GET /set-up": OPERATOR,
    "GET /set-up/services": OPERATOR,
    "POST /set-up/services": OPERATOR,
    "POST /set-up/register": OPERATOR,
    "POST /set-up/list": OPERATOR,
    "GET /set-up/email": OPERATOR,
    "POST /set-up/test": OPERATOR,
    "GET /set-up/alerts": OPERATOR,
    "POST /set-up/alerts": OPERATOR,
    # home
    "GET /": READER,
    # watchlists and services
    "GET /watchlists": READER,
    "POST /watchlists": EDITOR,
    "GET /watchlists/{watchlist}": READER,
    "GET /watchlists/{watchlist}/map": READER,
    "GET /watchlists/{watchlist}/add": EDITOR,
    "POST /watchlists/{watchlist}/add": EDITOR,
    "POST /watchlists/{watchlist}/upload": EDITOR,
    "GET /watchlists/{watchlist}/remove": EDITOR,
    "POST /watchlists/{watchlist}/remove": EDITOR,
    "GET /watchlists/{watchlist}/export.csv": READER,
    "GET /watchlists/{watchlist}/export.xlsx": READER,
    "GET /watchlists/{watchlist}/facts": READER,
    "POST /watchlists/{watchlist}/facts/upload": EDITOR,
    "POST /watchlists/{watchlist}/facts/readers": EDITOR,  # only for people who may read the facts, and for operators
    "GET /watchlists/{watchlist}/settings": EDITOR,
    "POST /watchlists/{watchlist}/settings": EDITOR,
    "GET /watchlists/{watchlist}/rule": EDITOR,
    "POST /watchlists/{watchlist}/rule": EDITOR,
    "POST /watchlists/{watchlist}/rule/remove": EDITOR,
    "GET /watchlists/{watchlist}/rota": EDITOR,
    "POST /watchlists/{watchlist}/rota": EDITOR,
    "GET /watchlists/{watchlist}/drills": EDITOR,
    "POST /watchlists/{watchlist}/drills": EDITOR,
    "GET /watchlists/{watchlist}/steps": EDITOR,
    "POST /watchlists/{watchlist}/steps": EDITOR,
    "GET /watchlists/{watchlist}/delete": EDITOR,
    "POST /watchlists/{watchlist}/delete": EDITOR,
    "POST /watchlists/{watchlist}/views": READER,
    "GET /views/{view}": READER,
    "GET /views/{view}/settings": READER,  # only a person's own views; operators: all views
    "POST /views/{view}/settings": READER,  # as above
    "POST /views/{view}/delete": READER,  # as above
    "POST /columns": READER,
    "GET /services/{location_id}": READER,
    "GET /register": READER,
    "POST /register": EDITOR,
    "GET /search": READER,
    "GET /map": READER,
    # signing in and out
    "GET /sign-in": ANYONE,
    "POST /sign-in": ANYONE,
    "GET /sign-in/{token}": ANYONE,
    "POST /sign-in/{token}": ANYONE,
    "GET /oidc/start": ANYONE,
    "GET /oidc/callback": ANYONE,
    "GET /oidc/signed-out": ANYONE,
    "POST /sign-out": READER,
    "GET /sessions": READER,
    "POST /sessions/{session}/end": READER,  # only a person's own sessions; operators: all sessions
    # items and their events
    "GET /items": READER,
    "GET /items/export.csv": READER,
    "GET /items/export.xlsx": READER,
    "GET /items/{location_id}/{report}": READER,
    "POST /items/{location_id}/{report}/acknowledge": EDITOR,
    "GET /events": READER,
    "GET /events/{event}": READER,
    "GET /events/{event}/page": READER,
    "POST /events/{event}/acknowledge": EDITOR,
    "POST /events/{event}/reopen": EDITOR,
    "GET /events/{event}/correct": OPERATOR,
    "POST /events/{event}/correct": OPERATOR,
    "POST /events/{event}/stands": OPERATOR,
    # cases
    "GET /cases": READER,
    "POST /cases": EDITOR,
    "GET /cases/export.csv": READER,
    "GET /cases/export.xlsx": READER,
    "GET /cases/{case}": READER,
    "POST /cases/{case}": EDITOR,
    "POST /cases/{case}/note": EDITOR,
    "POST /cases/{case}/step": EDITOR,
    "POST /cases/{case}/steps": EDITOR,
    "POST /cases/{case}/close": EDITOR,
    "POST /cases/{case}/reopen": EDITOR,
    "POST /services/{location_id}/case": EDITOR,
    # suspended placements
    "GET /suspensions": READER,
    "GET /suspensions/export.csv": READER,
    "GET /suspensions/export.xlsx": READER,
    "GET /suspensions/{watchlist}/{location_id}": EDITOR,
    "POST /suspensions/{watchlist}/{location_id}": EDITOR,
    # draft letters
    "GET /services/{location_id}/letter": EDITOR,
    "GET /services/{location_id}/letter.docx": EDITOR,
    "GET /services/{location_id}/letter.eml": EDITOR,
    "GET /letters": OPERATOR,
    "GET /letters/template.docx": EDITOR,
    "POST /letters/upload": OPERATOR,
    "POST /letters/remove": OPERATOR,
    "GET /watchlists/{watchlist}/letters": EDITOR,
    "GET /watchlists/{watchlist}/letters/template.docx": EDITOR,
    "POST /watchlists/{watchlist}/letters/upload": EDITOR,
    "POST /watchlists/{watchlist}/letters/remove": EDITOR,
    # reports from the register
    "GET /reports": READER,
    "GET /reports/area": READER,
    "GET /reports/assurance": EDITOR,  # the statement contains colleagues' names
    "GET /reports/comparators": READER,
    "POST /reports/comparators": EDITOR,
    "POST /reports/comparators/upload": EDITOR,
    "POST /reports/comparators/remove": EDITOR,
    "GET /reports/template": READER,
    "POST /reports/template": EDITOR,
    "POST /reports/template/remove": EDITOR,
    "POST /reports/saved": READER,
    "GET /reports/saved/{saved_report}": READER,
    "POST /reports/saved/{saved_report}/quarterly": READER,
    "GET /reports/saved/{saved_report}/settings": READER,  # only a person's own reports; operators: all reports
    "POST /reports/saved/{saved_report}/settings": READER,  # as above
    "POST /reports/saved/{saved_report}/contracted": READER,  # as above
    "POST /reports/saved/{saved_report}/contracted/remove": READER,  # as above
    "POST /reports/saved/{saved_report}/delete": READER,  # as above
    "GET /signs": READER,
    "GET /providers": READER,
    "GET /providers/compare": READER,
    "GET /providers/{provider}": READER,
    "GET /re-inspections": READER,
    "GET /re-inspections/export.csv": READER,
    "GET /re-inspections/export.ics": READER,
    # subscriptions (readers: only their own; editors: all)
    "GET /subscriptions": READER,
    "POST /subscriptions": READER,
    "GET /subscriptions/{subscription}": READER,
    "POST /subscriptions/{subscription}": READER,
    "POST /subscriptions/{subscription}/pause": READER,
    "POST /subscriptions/{subscription}/resume": READER,
    "POST /subscriptions/{subscription}/test": READER,
    "GET /subscriptions/{subscription}/end": READER,
    "POST /subscriptions/{subscription}/end": READER,
    "POST /subscriptions/ended/{batch}/restore": READER,  # only subscriptions that the person ended; operators: all
    "POST /subscriptions/{subscription}/secret": READER,  # shows the secret only to the person who first added the address
    "POST /subscriptions/{subscription}/approve": EDITOR,
    "POST /subscriptions/{subscription}/renew-secret": OPERATOR,
    # links in messages
    "GET /unsubscribe/{token}": ANYONE,
    "POST /unsubscribe/{token}": ANYONE,
    "GET /undo/{token}": ANYONE,
    "POST /undo/{token}": ANYONE,
    "GET /confirm/{token}": ANYONE,
    "POST /confirm/{token}": ANYONE,
    "GET /still-read/{token}": ANYONE,
    "POST /still-read/{token}": ANYONE,
    "GET /drill/{token}": ANYONE,
    "POST /drill/{token}": ANYONE,
    "GET /have-it/{token}": ANYONE,
    "POST /have-it/{token}": ANYONE,
    "GET /messages/{message}": READER,
    # programs (with a key or a session), and feeds (with the key in the feed's address)
    "GET /api/watchlists": READER,
    "GET /api/watchlists.csv": READER,
    "GET /api/status": READER,
    "GET /api/services": READER,
    "GET /api/services.csv": READER,
    "GET /api/services/{location_id}": READER,
    "GET /api/services/{location_id}/history": READER,
    "GET /api/services/{location_id}/history.csv": READER,
    "GET /api/events": READER,
    "GET /api/events.csv": READER,
    "GET /api/items": READER,
    "GET /api/items.csv": READER,
    "GET /api/cases": READER,
    "GET /api/cases.csv": READER,
    "GET /api/register": READER,
    "GET /api/register.csv": READER,
    "GET /api/register/history": READER,
    "GET /api/register/history.csv": READER,
    "GET /api/register/{location_id}": READER,
    "GET /api/areas": READER,
    "GET /api/areas.csv": READER,
    "GET /api/ratings": READER,
    "GET /api/ratings.csv": READER,
    "GET /api/openapi.json": READER,
    "GET /api/docs": READER,
    "GET /keys": READER,
    "POST /keys": READER,
    "POST /keys/{key}/end": READER,  # only a person's own keys; operators: all keys
    "GET /feeds": READER,
    "POST /feeds/{watchlist}": READER,
    "POST /feeds/{watchlist}/end": READER,
    "GET /feeds/{key}.atom": ANYONE,
    "GET /feeds/{key}.json": ANYONE,
    "GET /feeds/{key}.ics": ANYONE,
    "GET /feeds/{key}/re-inspections.ics": ANYONE,
    "GET /metrics": OPERATOR,
    # the monitor
    "GET /monitor": OPERATOR,
    "GET /monitor/settings": OPERATOR,
    "POST /monitor/settings": OPERATOR,
    "POST /monitor/messages/{message}/retry": OPERATOR,
    "POST /monitor/messages/{message}/drop": OPERATOR,
    "POST /monitor/test": OPERATOR,
    # people
    "GET /people": OPERATOR,
    "POST /people": OPERATOR,
    "POST /people/{person}/role": OPERATOR,
    "POST /people/{person}/restore": OPERATOR,
    "GET /people/{person}/end": OPERATOR,
    "POST /people/{person}/end": OPERATOR,
    "GET /audit": OPERATOR,
}


class NotSignedIn(Exception):
    """A stranger asked for a page that needs a sign-in. `next_page` is the path of the requested page, encoded for a link, or
    None (see `_wanted`)."""

    def __init__(self, next_page: str | None) -> None:
        super().__init__("not signed in")
        self.next_page = next_page


def may(role: Role | None, route: str) -> bool:
    """Whether somebody with this role may use a route such as "GET /people". The role of a stranger is None."""
    needed = PERMISSIONS[route]
    return needed is None or (role is not None and role.may(needed))


def admit(request: Request) -> None:
    """Identifies the person and checks the permission. Every route depends on this function.

    Raises NotSignedIn for a stranger if the route needs a sign-in, and a 403 if the role is not sufficient.
    """
    route = f"{request.method} {request.scope['route'].path}"
    needed = PERMISSIONS[route]
    request.state.signed_in = None
    with suppress(*((StoreError,) if needed is None else ())):  # a route for anybody works without the database
        request.state.signed_in = identify(request)
    signed_in = request.state.signed_in
    if needed is not None and signed_in is None:
        raise NotSignedIn(_wanted(request))
    if not may(signed_in.person.role if signed_in else None, route):
        raise HTTPException(403)


def _wanted(request: Request) -> str | None:
    """Returns the path of the requested page, to which the person returns after signing in. Returns None for the home page, and
    for every request except a GET."""
    if request.method != "GET" or request.url.path == "/":
        return None
    return quote(request.url.path) + (f"?{request.url.query}" if request.url.query else "")


def check_complete(app: FastAPI) -> None:
    """Raises RuntimeError if a route has no entry in PERMISSIONS, if an entry has no route, or if a route of the API changes
    data. The API must not change data, because nothing checks that requests to the API come from our own pages."""
    routes = {f"{method} {route.path}" for route in iter_route_contexts(app.routes) for method in route.methods or ()}
    forgotten, gone = sorted(routes - PERMISSIONS.keys()), sorted(PERMISSIONS.keys() - routes)
    if forgotten or gone:
        raise RuntimeError(f"monitor.web.permissions.PERMISSIONS: without an entry: {forgotten}; without a route: {gone}")
    writing = sorted(route for route in routes if not route.startswith("GET ") and " /api/" in route)
    if writing:
        raise RuntimeError(f"the API only reads: {writing}")
