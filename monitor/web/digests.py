"""Digests and alerts as pages: what a message said when it was sent. Its link is in the message."""

from fastapi import APIRouter, HTTPException, Request, Response

from monitor.web.pages import page
from monitor.web.parts import TheHouse

router = APIRouter()


@router.get("/messages/{message}")
def message(request: Request, house: TheHouse, message: str) -> Response:
    """What was said, to whoever of us; to whom it was sent is not said."""
    letter = house.store.subscriptions.said(message)
    if letter is None:
        raise HTTPException(404, "There is no such message, or it has not been sent yet.")
    return page(request, "message.html", letter=letter)
