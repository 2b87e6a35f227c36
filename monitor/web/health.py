"""Addresses that need no sign-in: the health check, the stylesheet, the icon, and the pages' only script."""

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from monitor import templates
from monitor.errors import StoreError
from monitor.web.pages import style
from monitor.web.parts import TheApp

router = APIRouter()


@router.get("/healthz")
def healthz(app: TheApp) -> Response:
    """Says whether the pages and their database answer. Anybody can ask, so the answer is a single word."""
    try:
        app.store.glance.watchlists()
    except StoreError:
        return PlainTextResponse("database\n", status_code=503)
    return PlainTextResponse("ok\n")


@router.get("/style.css")
def stylesheet() -> Response:
    """Returns the stylesheet. Its address changes with its content, so browsers may cache the stylesheet."""
    return Response(style()[1], media_type="text/css", headers={"Cache-Control": "public, max-age=86400"})


@router.get("/favicon.svg")
def favicon() -> Response:
    """Returns the picture on a browser's tab."""
    content = (templates.folder("web") / "favicon.svg").read_bytes()
    return Response(content, media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})


@router.get("/copy.js")
def script() -> Response:
    """Returns the script that copies the lines for `.env` to the clipboard."""
    return Response((templates.folder("web") / "copy.js").read_bytes(), media_type="text/javascript")
