"""The link in an alert by which somebody says that they deal with it, without a sign-in. Opening it changes nothing, since mail
scanners open links; its button acts."""

from fastapi import APIRouter, HTTPException, Request, Response

from monitor.app import App
from monitor.notify.links import ANSWERED_WITHIN, HaveIt
from monitor.web.pages import page
from monitor.web.parts import Now, TheApp

GONE = f"This link is incomplete, or older than {ANSWERED_WITHIN.days} days. Copy it again from the message, or sign in."
RETRACTED = "What this message said was retracted. You need not do anything."

router = APIRouter()


@router.get("/have-it/{token}")
def ask(request: Request, app: TheApp, now: Now, token: str) -> Response:
    """What it is about, who has it, and the button."""
    found = app.store.answers.standing(_link(app, now, token))
    if found is None:
        raise HTTPException(410, RETRACTED)
    return page(request, "have_it.html", found=found, answered=False, was_open=found.is_open)


@router.post("/have-it/{token}")
def answer(request: Request, app: TheApp, now: Now, token: str) -> Response:
    """Acknowledges it. A repetition says who has it already."""
    link = _link(app, now, token)
    before, was_open = app.store.answers.say(link, now)
    if before is None:
        raise HTTPException(410, RETRACTED)
    found = app.store.answers.standing(link) or before
    return page(request, "have_it.html", found=found, answered=True, was_open=was_open)


def _link(app: App, now: Now, token: str) -> HaveIt:
    link = app.links.answering(token, now)
    if link is None:
        raise HTTPException(404, GONE)
    return link
