"""Providers and brands: found by name, and all their services across councils."""

from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, HTTPException, Path, Request, Response

from monitor.errors import UsageError
from monitor.reports.document import provider_paper
from monitor.reports.provider import provider_report
from monitor.text import LONDON, sentence
from monitor.web.pages import page
from monitor.web.parts import Now, ShortText, TheApp
from monitor.web.reports import Layout, answered, empty

MOST = 50
"""How many providers and brands a search shows."""

SIZE = 50
"""Rows of a table a page."""

SHORTEST = 3
"""The fewest characters to search a name by."""

router = APIRouter()


@router.get("/providers")
def providers(request: Request, app: TheApp, name: ShortText = "") -> Response:
    """Providers and brands by a part of their name, or by id."""
    words, errors, found = name.strip(), {}, []
    if words and len(words) < SHORTEST:
        errors["name"] = f"Enter at least {SHORTEST} characters of the name"
    elif words:
        found = app.store.areas.holders(words, MOST + 1)
    return page(
        request,
        "providers.html",
        name=words,
        found=found[:MOST],
        more=len(found) > MOST,
        errors=errors,
        missing="",
        empty=empty(app),
        most=MOST,
    )


@router.get("/providers/{provider}")
def provider(
    request: Request, provider: Annotated[str, Path(max_length=1000)], app: TheApp, now: Now, layout: Layout = ""
) -> Response:
    """One provider, by its id; or one brand, by its name (as `parts.segment` writes it)."""
    key = unquote(provider.replace("~", "%"))
    holder = app.store.areas.holder(key)
    if holder is None:
        raise HTTPException(404, "The register has no such provider or brand.")
    try:
        mine = app.store.areas.of_holder(holder)
    except UsageError as error:
        missing = f"{sentence(str(error))}."
        return page(request, "providers.html", name=holder.name, missing=missing, found=[], errors={}, status=422)
    timelines, today = app.store.areas.timelines(mine), now.astimezone(LONDON).date()
    events, newest = app.store.services.events(of=list(timelines)), app.store.areas.newest() or today
    paper = provider_paper(provider_report(holder, mine, timelines, events, today=today, newest=newest))
    return answered(request, app, paper, layout, back=("/providers", "Providers and brands"), size=SIZE)
