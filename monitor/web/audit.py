"""The audit: who did what. For operators."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from monitor.store.audit import COMMAND_LINE
from monitor.web.pages import page, paging
from monitor.web.parts import TheHouse

SIZE = 50

router = APIRouter()


@router.get("/audit")
def audit(
    request: Request,
    app: TheHouse,
    search: Annotated[str, Query(max_length=200)] = "",
    page_number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> Response:
    """The audit, newest first; with a search, the entries that contain all its words."""
    pages = paging(request, number=page_number, size=SIZE, total=app.store.audit.count(search))
    deeds = app.store.audit.newest(SIZE, pages.offset, search)
    return page(request, "audit.html", deeds=deeds, paging=pages, search=search, command_line=COMMAND_LINE)
