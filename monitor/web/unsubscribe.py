"""The links in messages that work without a sign-in. With these links, people end, restore and confirm subscriptions, and confirm
that somebody reads the messages. Opening a link changes nothing, because mail scanners open links. Only the button on the link's
page changes something. A mail program's one-click unsubscribe (RFC 8058) sends a POST request to the address of the link."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, TypeVar

from fastapi import APIRouter, Form, HTTPException, Request, Response

from monitor.app import App
from monitor.notify.links import Leaving
from monitor.store.subscriptions import Held
from monitor.store.unsubscribed import Undone
from monitor.web.pages import page
from monitor.web.parts import Now, TheApp

T = TypeVar("T")

router = APIRouter()


@router.get("/unsubscribe/{token}")
def ask(request: Request, app: TheApp, token: str) -> Response:
    """Shows the subscriptions of the address. Subscriptions for which the message was sent are ticked."""
    leaving, held = _leaving(app, token)
    return page(request, "unsubscribe.html", held=held, ticked=leaving.subscriptions, ended=None)


@router.post("/unsubscribe/{token}")
def leave(
    request: Request,
    app: TheApp,
    now: Now,
    token: str,
    chosen: Annotated[str, Form()] = "",
    subscription: Annotated[tuple[str, ...], Form()] = (),
) -> Response:
    """Ends the ticked subscriptions. A one-click request does not contain our form. It ends the subscriptions for which the
    message was sent. A repeated request changes nothing."""
    leaving, held = _leaving(app, token)
    wanted = {one for one in subscription if one.isdecimal()} if chosen else {str(one) for one in leaving.subscriptions}
    ids = [one.subscription.id for one in held if str(one.subscription.id) in wanted]
    if chosen and held and not ids:
        errors = {"subscription": "Choose which alerts you no longer want"}
        return page(request, "unsubscribe.html", held=held, ticked=(), ended=None, errors=errors)
    ended = app.store.unsubscribed.leave(ids, now, app.operator)
    left = [one for one in held if one.subscription.id not in ids]
    return page(request, "unsubscribe.html", held=left, ticked=(), ended=ended)


@router.get("/confirm/{token}")
def ask_to_confirm(request: Request, app: TheApp, token: str) -> Response:
    """Shows the watchlists about which the address would get alerts."""
    waits = [one for one in app.store.subscriptions.at(_in_link(app.links.confirming(token))) if not one.subscription.confirmed]
    return page(request, "confirm_subscription.html", waits=waits, confirmed=None)


@router.post("/confirm/{token}")
def confirm(request: Request, app: TheApp, now: Now, token: str) -> Response:
    """Confirms all waiting subscriptions of the address."""
    confirmed = app.store.subscriptions.confirm(_in_link(app.links.confirming(token)), now)
    return page(request, "confirm_subscription.html", waits=[], confirmed=confirmed)


@router.get("/undo/{token}")
def ask_to_undo(request: Request, app: TheApp, now: Now, token: str) -> Response:
    """Shows the watchlists about which the address was alerted."""
    return _undo_page(request, app, now, _in_link(app.links.undoing(token)), undone=None)


@router.post("/undo/{token}")
def undo(request: Request, app: TheApp, now: Now, token: str) -> Response:
    """Restores the subscriptions that were ended together. The link works only once."""
    batch = _in_link(app.links.undoing(token))
    return _undo_page(request, app, now, batch, undone=app.store.unsubscribed.undo(batch, now))


def _undo_page(request: Request, app: App, now: datetime, batch: str, *, undone: Undone | None) -> Response:
    return page(request, "undo.html", undoable=app.store.unsubscribed.find(batch, now), undone=undone)


@router.get("/still-read/{token}")
def ask_if_read(request: Request, app: TheApp, token: str) -> Response:
    """Shows the subscriptions of the address."""
    held = app.store.subscriptions.at(_in_link(app.links.reading(token)))
    return page(request, "still_read.html", held=held, noted=False)


@router.post("/still-read/{token}")
def say_that_it_is_read(request: Request, app: TheApp, now: Now, token: str) -> Response:
    """Records that somebody reads the messages to the address."""
    address_key = _in_link(app.links.reading(token))
    noted = bool(app.store.readers.said_so(address_key, now))
    return page(request, "still_read.html", held=app.store.subscriptions.at(address_key), noted=noted)


def _leaving(app: App, token: str) -> tuple[Leaving, list[Held]]:
    leaving = _in_link(app.links.leaving(token))
    leaving = replace(leaving, subscriptions=app.store.subscriptions.numbers_now(leaving.subscriptions))
    return leaving, app.store.subscriptions.at(leaving.address_key)


def _in_link(found: T | None) -> T:
    """Returns the content of a link. If the link is not valid, raises a 404 that says what to do."""
    if found is None:
        raise HTTPException(404, "This link is incomplete. Copy the link again from the message.")
    return found
