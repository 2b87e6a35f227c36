"""What is there for everybody: whether the pages are alive, and how they look."""

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from monitor.errors import StoreError
from monitor.web.pages import style
from monitor.web.parts import TheHouse

router = APIRouter()


@router.get("/healthz")
def healthz(house: TheHouse) -> Response:
    """Whether the pages and their database answer. Strangers ask it: one word says what doesn't, and no more."""
    try:
        house.store.glance.watchlists()
    except StoreError:
        return PlainTextResponse("database\n", status_code=503)
    return PlainTextResponse("ok\n")


@router.get("/style.css")
def stylesheet() -> Response:
    """The stylesheet. Its address changes with it, so that it may be kept."""
    return Response(style()[1], media_type="text/css", headers={"Cache-Control": "public, max-age=86400"})
