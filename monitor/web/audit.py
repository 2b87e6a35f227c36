"""The audit: who did what. For operators."""

from fastapi import APIRouter, Request, Response

from monitor.store.audit import COMMAND_LINE
from monitor.web.pages import page, paging
from monitor.web.parts import PageNumber, ShortText, TheHouse

SIZE = 50

router = APIRouter()


@router.get("/audit")
def audit(request: Request, app: TheHouse, search: ShortText = "", number: PageNumber = 1) -> Response:
    """The audit, newest first; with a search, the entries that contain all its words."""
    pages = paging(request, number=number, size=SIZE, total=app.store.audit.count(search))
    deeds = app.store.audit.newest(SIZE, pages.offset, search)
    return page(request, "audit.html", deeds=deeds, paging=pages, search=search, command_line=COMMAND_LINE)
