"""Who did what. For operators."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from monitor.web.pages import page, paging
from monitor.web.parts import TheHouse

SIZE = 50

router = APIRouter()


@router.get("/audit")
def audit(
    request: Request, house: TheHouse, page_number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1
) -> Response:
    """The audit, newest first."""
    pages = paging(request, number=page_number, size=SIZE, total=house.store.audit.count())
    return page(request, "audit.html", deeds=house.store.audit.newest(SIZE, pages.offset), paging=pages)
