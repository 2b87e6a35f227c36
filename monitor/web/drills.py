"""Starts a drill (a practice alert) for a watchlist, records the answers, and shows who answered and how fast."""

from datetime import datetime

from fastapi import APIRouter, HTTPException, Request, Response

from monitor.app import App
from monitor.errors import UsageError
from monitor.notify.links import HaveIt
from monitor.store.watchlists import Watchlist
from monitor.text import counted, sentence
from monitor.web.have_it import GONE
from monitor.web.pages import go_to, page
from monitor.web.parts import Now, TheApp, User, segment
from monitor.web.watchlists import OneWatchlist, gone

router = APIRouter()


@router.get("/watchlists/{watchlist}/drills")
def drills(request: Request, one: OneWatchlist, app: TheApp) -> Response:
    """Shows the drills, and the button that starts a drill."""
    return _page(request, app, one)


@router.post("/watchlists/{watchlist}/drills")
def start(request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now) -> Response:
    """Starts a drill."""
    try:
        drill = app.store.drills.start(one.name, me.id, now)
    except UsageError as error:
        return _page(request, app, one, {"start": sentence(str(error))})
    if drill is None:
        raise gone(one.name)
    said = f"A practice alert goes to {counted(len(drill.reached), 'address', 'addresses')} now."
    return go_to(request, f"/watchlists/{segment(one.name)}/drills", said=said)


def _page(request: Request, app: App, one: Watchlist, errors: dict[str, str] | None = None) -> Response:
    return page(request, "drills.html", watchlist=one, drills=app.store.drills.of(one.name), errors=errors or {})


@router.get("/drill/{token}")
def ask(request: Request, app: TheApp, now: Now, token: str) -> Response:
    """Shows a person who got a practice alert the button for answering. Opening the page changes nothing."""
    return _answered(request, app, _link(app, now, token), new=False)


@router.post("/drill/{token}")
def answer(request: Request, app: TheApp, now: Now, token: str) -> Response:
    """Records that the owner of the address answered."""
    link = _link(app, now, token)
    return _answered(request, app, link, new=app.store.drills.answer(link, now))


def _answered(request: Request, app: App, link: HaveIt, *, new: bool) -> Response:
    found = app.store.drills.find(link)
    if found is None:
        raise HTTPException(404, GONE)
    watchlist, reached = found
    return page(request, "drill.html", watchlist=watchlist, reached=reached, new=new)


def _link(app: App, now: datetime, token: str) -> HaveIt:
    link = app.links.answering_drill(token, now)
    if link is None:
        raise HTTPException(404, GONE)
    return link
