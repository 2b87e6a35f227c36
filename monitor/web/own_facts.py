"""A council's own facts about the services of a watchlist: shown, and uploaded as a file, with a preview of what changes."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response, UploadFile
from pydantic import BaseModel, ConfigDict
from starlette.concurrency import run_in_threadpool

from monitor import own_facts
from monitor.app import App
from monitor.cqc.location_list import read_columns
from monitor.errors import UsageError
from monitor.store.people import Person, Role
from monitor.store.watchlists import Watchlist
from monitor.text import day_in_london, sentence
from monitor.web.pages import go_to, page
from monitor.web.parts import Me, Now, TheApp, segment
from monitor.web.sheets import LIMITS, MOST_SHOWN
from monitor.web.uploads import Uploads
from monitor.web.watchlists import OneWatchlist, gone

router = APIRouter()


class Uploaded(BaseModel):
    """A file with facts; or the facts from the preview of one, as a file, with the mark of those that they replace."""

    model_config = ConfigDict(frozen=True)

    file: UploadFile | None = None
    facts: str = ""
    seen: str = ""


@router.get("/watchlists/{watchlist}/facts")
def facts(request: Request, one: OneWatchlist, app: TheApp, me: Me, now: Now) -> Response:
    """What is known about the services of a watchlist, and the form to upload a file."""
    return _page(request, one, app, me, now)


@router.post("/watchlists/{watchlist}/facts/upload")
async def upload(
    request: Request, one: OneWatchlist, app: TheApp, me: Me, now: Now, form: Annotated[Uploaded, Form()]
) -> Response:
    """A file first leads to a preview. The facts that the preview sends back replace those of the watchlist."""
    chosen = form.file is not None and bool(form.file.filename)
    raw = await form.file.read() if chosen and form.file else form.facts.encode("utf-8", "replace")
    listed, uploads = app.store.register.listed(), request.app.state.uploads
    assert isinstance(uploads, Uploads)

    def read() -> own_facts.Sheet:
        table = read_columns(raw, base_url=app.settings.cqc_base_url, listed=listed, limits=LIMITS)
        return own_facts.read(table.header, table.rows, table.problems, today=day_in_london(now))

    try:
        if not raw.strip() and not chosen:
            raise UsageError("Choose a CSV or XLSX file")
        sheet = await uploads.read(read)
        if chosen:
            return await run_in_threadpool(_preview, request, one, app, sheet)
        done = await run_in_threadpool(app.store.own_facts.replace, one.name, sheet.facts, me.id, now, seen=form.seen)
    except UsageError as error:
        return await run_in_threadpool(_page, request, one, app, me, now, errors={"file": sentence(str(error))})
    if done is None:
        raise gone(one.name)
    return go_to(request, f"/watchlists/{segment(one.name)}/facts", said=f"Saved: {done.in_words}.")


def _preview(request: Request, one: Watchlist, app: App, sheet: own_facts.Sheet) -> Response:
    before = app.store.own_facts.of(one.name).facts
    done = own_facts.changes(before, sheet.facts)
    ids = [facts.location_id for facts in sheet.facts]
    off = app.store.own_facts.unwatched(one.name, ids)
    kinds = (("New", done.new), ("Changed", done.changed), ("Removed, since the file does not name them", done.gone))
    lists = (*kinds, ("On no watchlist", off.nowhere), ("On other watchlists only", off.elsewhere))
    named = {each for _, some in lists for each in some[:MOST_SHOWN]}
    return page(
        request,
        "own_facts_check.html",
        watchlist=one,
        done=done,
        total=len(ids),
        off=off,
        lists=[(title, some) for title, some in lists if some],
        names=app.store.register.names(named) | {each.location_id: each.known_as for each in app.store.overviews.named(named)},
        most=MOST_SHOWN,
        left_out=sheet.left_out,
        facts=own_facts.as_csv(sheet.facts),
        seen=own_facts.mark(before),
    )


def _page(request: Request, one: Watchlist, app: App, me: Person, now: datetime, **values: Any) -> Response:
    kept, today = app.store.own_facts.of(one.name), day_in_london(now)
    ids = [each.location_id for each in kept.facts]
    oldest = min(kept.facts, key=lambda each: each.as_of, default=None)
    return page(
        request,
        "own_facts.html",
        watchlist=one,
        kept=kept,
        as_of=own_facts.as_of(oldest, today) if oldest else "",
        placed=sum(each.people_placed or 0 for each in kept.facts),
        suspended=sum(each.suspended_since is not None for each in kept.facts),
        off=app.store.own_facts.unwatched(one.name, ids),
        titles=list(own_facts.TITLES.values()),
        may_edit=me.role.may(Role.EDITOR),
        **values,
    )
