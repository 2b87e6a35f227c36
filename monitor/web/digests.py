"""Digests and alerts as pages: a message as it was sent. The message links to its page."""

from fastapi import APIRouter, HTTPException, Request, Response

from monitor.web.pages import page
from monitor.web.parts import TheHouse

router = APIRouter()


@router.get("/messages/{message}")
def message(request: Request, app: TheHouse, message: str) -> Response:
    """A message's content, for everybody who is signed in. The page does not say who received it."""
    letter = app.store.subscriptions.said(message)
    if letter is None:
        raise HTTPException(404, "There is no such message, or it has not been sent yet.")
    return page(request, "message.html", letter=letter)
