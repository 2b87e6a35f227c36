"""What is there for everybody: whether the pages are alive, and how they look."""

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from monitor.web.pages import style
from monitor.web.parts import TheHouse

router = APIRouter()


@router.get("/healthz")
def healthz(house: TheHouse) -> Response:
    """Whether the pages and their database answer. A database that doesn't is a 503."""
    house.store.glance.watchlists()
    return PlainTextResponse("ok\n")


@router.get("/style.css")
def stylesheet() -> Response:
    """The stylesheet. Its address changes with it, so that it may be kept."""
    return Response(style()[1], media_type="text/css", headers={"Cache-Control": "public, max-age=86400"})
