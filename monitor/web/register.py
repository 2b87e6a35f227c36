"""Searches CQC's register for services, by words and by authority, type and rating, to put them on a watchlist."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import Field

from monitor.app import App
from monitor.model import LISTED_ID
from monitor.ratings import Rating
from monitor.register.authorities import AUTHORITIES
from monitor.register.entries import Rule
from monitor.store.people import Person, Role
from monitor.store.register import ANY, NOT_RATED
from monitor.text import sentence
from monitor.web.forms import FormModel
from monitor.web.pages import page, paging
from monitor.web.parts import Me, Now, TheApp, cut
from monitor.web.search import found_of
from monitor.web.watchlists import go_to_added

SIZE = 25
"""Services a page."""

RATINGS = [("", "Any"), *((one, sentence(one)) for one in (*reversed(Rating), NOT_RATED))]

router = APIRouter()


class Chosen(FormModel):
    """Services found, and the watchlist to put them on."""

    watchlist: Annotated[str, Field(min_length=1)] = Field(description="Choose a watchlist")
    chosen: tuple[str, ...] = Field(description="Choose at least one service")


@router.get("/register")
def register(request: Request, app: TheApp, me: Me) -> Response:
    """The services that match the words and the filters, best match first, page by page."""
    return _page(request, app, me, {}, request.query_params.get("watchlist", ""))


@router.post("/register")
def add(request: Request, app: TheApp, me: Me, now: Now, form: Annotated[Chosen, Form()]) -> Response:
    """Puts the chosen ones on a watchlist. The address still says what was searched for."""
    ids = [one for one in form.chosen if LISTED_ID.fullmatch(one)]
    if form.errors:
        return _page(request, app, me, dict(form.errors), form.watchlist, form.chosen)
    return go_to_added(request, form.watchlist, ids, app.store.watchlists.add(form.watchlist, ids, me.id, now))


def _page(
    request: Request, app: App, me: Person, errors: dict[str, str], watchlist: str, chosen: tuple[str, ...] = ()
) -> Response:
    store, asked = app.store, {name: cut(value) for name, value in request.query_params.items()}
    types, words = store.register.types(), asked.get("q", "").strip()
    authority, type_, rating = (asked.get(name, "") for name in ("authority", "type", "rating"))
    held_to = Rule(
        authorities=(authority,) if authority in AUTHORITIES else (),
        types=(type_,) if type_ in types else (),
        ratings=(rating,) if rating in dict(RATINGS) and rating else (),
    )
    total, number = store.register.count_found(words, held_to), asked.get("page", "")[:9]
    pages = paging(request, number=int(number) if number.isdecimal() else 1, size=SIZE, total=total)
    found = store.register.find(words, held_to=held_to, limit=SIZE, offset=pages.offset) if total else []
    names = sorted(store.glance.watchlists(), key=str.casefold) if me.role.may(Role.EDITOR) else []
    return page(
        request,
        "register.html",
        q=words,
        held_to=held_to,
        asks=bool(words) or held_to != ANY,
        services=found_of(app, [one.location_id for one in found]),
        total=total,
        paging=pages,
        newest=store.areas.newest(),
        authorities=[("", "Any"), *((one, one) for one in AUTHORITIES)],
        types=[("", "Any"), *((one, one) for one in types)],
        ratings=RATINGS,
        chosen=watchlist if watchlist in names else "",
        ticked=chosen,
        watchlists=[("", "Choose"), *((name, name) for name in names)] if names else [],
        base_url=app.settings.cqc_base_url,
        errors=errors if found else {},
    )
