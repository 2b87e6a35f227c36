"""The link in an alert with which a person answers "I have it" without a sign-in. Opening the link changes nothing, because mail
scanners open links. Only the button on the link's page records the answer."""

from fastapi import APIRouter, HTTPException, Request, Response

from monitor.app import App
from monitor.notify.links import ANSWERED_WITHIN, HaveIt
from monitor.store.answers import Gone
from monitor.web.pages import page
from monitor.web.parts import Now, TheApp

GONE = f"This link is incomplete, or older than {ANSWERED_WITHIN.days} days. Copy the link again from the message, or sign in."
RETRACTED = "This message has been retracted. You need not do anything."

router = APIRouter()


@router.get("/have-it/{token}")
def ask(request: Request, app: TheApp, now: Now, token: str) -> Response:
    """Shows what the alert is about, who is dealing with it, and the button."""
    found = app.store.answers.standing(_link(app, now, token))
    if isinstance(found, Gone):
        return _gone(request, found)
    return page(request, "have_it.html", found=found, answered=False, was_open=found.is_open)


@router.post("/have-it/{token}")
def answer(request: Request, app: TheApp, now: Now, token: str) -> Response:
    """Acknowledges the alert. If it was acknowledged before, the page says who acknowledged it."""
    link = _link(app, now, token)
    before, was_open = app.store.answers.say(link, now)
    if isinstance(before, Gone):
        return _gone(request, before)
    found = app.store.answers.standing(link)
    return page(request, "have_it.html", found=before if isinstance(found, Gone) else found, answered=True, was_open=was_open)


def _gone(request: Request, why: Gone) -> Response:
    if why is Gone.RETRACTED:
        raise HTTPException(410, RETRACTED)
    return page(request, "have_it_unknown.html", status=410)


def _link(app: App, now: Now, token: str) -> HaveIt:
    link = app.links.answering(token, now)
    if link is None:
        raise HTTPException(404, GONE)
    return link
