"""Searches CQC's register for services by name, place, postcode, provider or id, to put them on a watchlist."""

from fastapi import APIRouter, Request, Response

from monitor.store.people import Role
from monitor.web.pages import page, paging
from monitor.web.parts import Me, ShortText, TheApp

SIZE = 25
"""Services a page."""

router = APIRouter()


@router.get("/register")
def register(request: Request, app: TheApp, me: Me, q: ShortText = "", watchlist: ShortText = "") -> Response:
    """The services that match the words, best match first, page by page."""
    store, words = app.store, q.strip()
    number = request.query_params.get("page", "")[:9]
    total = store.register.count_found(words) if words else 0
    pages = paging(request, number=int(number) if number.isdecimal() else 1, size=SIZE, total=total)
    found = store.register.find(words, limit=SIZE, offset=pages.offset) if total else []
    ids = [one.location_id for one in found]
    names = sorted(store.glance.watchlists(), key=str.casefold) if me.role.may(Role.EDITOR) else []
    chosen = watchlist if watchlist in names else ""
    return page(
        request,
        "register.html",
        q=words,
        found=found,
        total=total,
        paging=pages,
        registered=store.register.count(),
        known={one.location_id for one in store.overviews.named(ids)},
        there=store.watchlists.there(chosen, ids) if chosen else set(),
        chosen=chosen,
        watchlists=[("", "None"), *((name, name) for name in names)] if names else [],
        base_url=app.settings.cqc_base_url,
    )
