"""The pages of a council's own facts about the services of a watchlist. A person can see the facts, upload a file of facts after
a preview of the changes, and set who may read the facts.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, HTTPException, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from monitor import own_facts
from monitor.app import App
from monitor.cqc.location_list import read_columns
from monitor.errors import UsageError
from monitor.store.own_facts import NOT_YOURS
from monitor.store.people import Person, Role
from monitor.store.watchlists import Watchlist
from monitor.text import day_in_london, sentence
from monitor.web.forms import FormModel
from monitor.web.middleware import UPLOAD_LIMIT
from monitor.web.pages import go_to, page
from monitor.web.parts import Now, TheApp, User, segment
from monitor.web.sheets import LIMITS, MOST_SHOWN
from monitor.web.uploads import Uploaded, sent, uploads_of
from monitor.web.watchlists import OneWatchlist, gone

router = APIRouter()


class UploadedFacts(Uploaded):
    """The form with a file of facts. The form of the preview has no file. It has the same facts in pieces (`facts`), and a digest
    of the facts that will be replaced (`seen`)."""

    facts: list[str] = Field(default_factory=list)
    seen: str = ""


class Readers(FormModel):
    """Who may read the facts: everybody, or the people with these addresses, one per line."""

    who: str = ""
    people: str = ""


EVERYBODY, SOME = "everybody", "some"

PIECE = 100_000
"""How many characters one field of a form may have. A field may have a megabyte, and a character may need up to nine bytes."""

TOO_LARGE = (
    "The file has more text than these pages can save. Nothing was changed. Leave out notes or services, or use the "
    "command cqc-monitor facts import"
)


@router.get("/watchlists/{watchlist}/facts")
def facts(request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now) -> Response:
    """Shows the facts about the services of a watchlist, and the form for uploading a file."""
    return _page(request, one, app, me, now)


@router.post("/watchlists/{watchlist}/facts/upload")
async def upload(
    request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now, form: Annotated[UploadedFacts, Form()]
) -> Response:
    """Shows a preview of an uploaded file. If the form of the preview is sent, its facts replace the facts of the watchlist."""
    if one.name in await run_in_threadpool(app.store.own_facts.hidden_from, me.id):
        raise HTTPException(403, f"{NOT_YOURS}.")
    chosen = form.file is not None and bool(form.file.filename)
    raw = await sent(form.file) if chosen else "\n".join(form.facts).encode("utf-8", "replace")
    listed = app.store.register.listed()

    def read() -> own_facts.Sheet:
        table = read_columns(raw, base_url=app.settings.cqc_base_url, listed=listed, limits=LIMITS)
        return own_facts.read(table.header, table.rows, table.problems, today=day_in_london(now))

    try:
        if not raw.strip() and not chosen:
            raise UsageError("Choose a CSV or XLSX file")
        sheet = await uploads_of(request).read(read)
        if chosen:
            back = urlencode({"facts": own_facts.as_csv(sheet.facts)})
            if len(back) > UPLOAD_LIMIT * 0.99:  # 99%, since browsers encode text slightly differently
                raise UsageError(TOO_LARGE)
            return await run_in_threadpool(_preview, request, one, app, sheet)
        done = await run_in_threadpool(app.store.own_facts.replace, one.name, sheet.facts, me.id, now, seen=form.seen)
    except UsageError as error:
        return await run_in_threadpool(_page, request, one, app, me, now, errors={"file": sentence(str(error))})
    if done is None:
        raise gone(one.name)
    return go_to(request, f"/watchlists/{segment(one.name)}/facts", said=f"Saved: {done.in_words}.")


@router.post("/watchlists/{watchlist}/facts/readers")
def readers(request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now, form: Annotated[Readers, Form()]) -> Response:
    """Sets who may read the facts."""
    if one.name in app.store.own_facts.hidden_from(me.id) and not me.role.may(Role.OPERATOR):
        raise HTTPException(403, f"{NOT_YOURS}. An operator can change the list.")
    emails = form.typed["people"].split()
    errors = dict(form.errors)
    if form.typed["who"] not in (EVERYBODY, SOME):
        errors = {"who": "Choose who may read the facts"}
    elif form.typed["who"] == SOME and not emails:
        errors = {"people": "Enter the email addresses of the people who may read the facts"}
    try:
        if not errors and not app.store.own_facts.set_readers(one.name, emails if form.typed["who"] == SOME else (), me.id, now):
            raise gone(one.name)
    except UsageError as error:
        errors = {"people": sentence(str(error))}
    if errors:
        return _page(request, one, app, me, now, errors=errors, **form.typed)
    return go_to(request, f"/watchlists/{segment(one.name)}/facts", said="Saved.")


def _preview(request: Request, one: Watchlist, app: App, sheet: own_facts.Sheet) -> Response:
    before = app.store.own_facts.of(one.name).facts
    done = own_facts.changes(before, sheet.facts)
    ids = [facts.location_id for facts in sheet.facts]
    off = app.store.own_facts.unwatched(one.name, ids)
    kinds = (("New", done.new), ("Changed", done.changed), ("Removed, since the file does not list them", done.gone))
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
        facts=_pieces(own_facts.as_csv(sheet.facts)),
        seen=own_facts.mark(before),
    )


def _pieces(text: str) -> list[str]:
    """Splits a text by lines into pieces. Each piece fits into one field of a form, because the size of a field is limited."""
    pieces = [""]
    for line in text.splitlines(keepends=True):
        if len(pieces[-1]) + len(line) > PIECE:
            pieces.append("")
        pieces[-1] += line
    return pieces


def _page(request: Request, one: Watchlist, app: App, me: Person, now: datetime, **values: Any) -> Response:
    may_read = one.name not in app.store.own_facts.hidden_from(me.id)
    named = app.store.own_facts.readers(one.name)
    form: Mapping[str, Any] = {"who": SOME if named else EVERYBODY, "people": "\n".join(each.email for each in named)} | values
    if not may_read:
        may_name = me.role.may(Role.OPERATOR)
        return page(request, "own_facts.html", watchlist=one, readers=named, may_read=False, may_name=may_name, **form)
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
        readers=named,
        may_read=True,
        may_name=me.role.may(Role.EDITOR),
        **form,
    )
