"""The templates for draft letters: one for the services of each watchlist, and one for all other services."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from starlette.concurrency import run_in_threadpool

from monitor.app import App
from monitor.errors import UsageError
from monitor.letters import PLACEHOLDERS
from monitor.store.letters import FOR_ALL
from monitor.store.people import Person
from monitor.text import sentence
from monitor.web.letters import read, template_of
from monitor.web.pages import go_to, page
from monitor.web.parts import Now, TheApp, User, segment
from monitor.web.sheets import saved_as
from monitor.web.uploads import Uploaded, sent
from monitor.web.watchlists import OneWatchlist, gone

router = APIRouter()


@router.get("/letters")
def for_all(request: Request, app: TheApp) -> Response:
    """Shows the template that is used for every watchlist without its own template."""
    return _page(request, app, FOR_ALL)


@router.get("/watchlists/{watchlist}/letters")
def for_one(request: Request, one: OneWatchlist, app: TheApp) -> Response:
    """Shows the template of a watchlist."""
    return _page(request, app, one.name)


@router.get("/letters/template.docx")
def file_for_all(app: TheApp) -> Response:
    """Returns the template for all watchlists, or the default template if there is none, as a file to edit."""
    return saved_as("letter-template.docx", template_of(app, FOR_ALL))


@router.get("/watchlists/{watchlist}/letters/template.docx")
def file_for_one(one: OneWatchlist, app: TheApp) -> Response:
    """Returns the template that a watchlist uses, as a file to edit."""
    return saved_as("letter-template.docx", template_of(app, one.name))


@router.post("/letters/upload")
async def upload_for_all(request: Request, app: TheApp, me: User, now: Now, form: Annotated[Uploaded, Form()]) -> Response:
    """Replaces the template for all watchlists."""
    return await _upload(request, app, FOR_ALL, me, now, form)


@router.post("/watchlists/{watchlist}/letters/upload")
async def upload_for_one(
    request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now, form: Annotated[Uploaded, Form()]
) -> Response:
    """Replaces the template of a watchlist."""
    return await _upload(request, app, one.name, me, now, form)


@router.post("/letters/remove")
def remove_for_all(request: Request, app: TheApp, me: User, now: Now) -> Response:
    """Removes the template for all watchlists, so the default template is used again."""
    return _kept(request, app, FOR_ALL, None, me, now)


@router.post("/watchlists/{watchlist}/letters/remove")
def remove_for_one(request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now) -> Response:
    """Removes the template of a watchlist, so the template for all watchlists is used again."""
    return _kept(request, app, one.name, None, me, now)


async def _upload(request: Request, app: App, watchlist: str, me: Person, now: datetime, form: Uploaded) -> Response:
    raw = await sent(form.file)
    try:
        if not raw:
            raise UsageError("Choose a Word document (.docx)")
        await read(request, raw, dict(PLACEHOLDERS))
    except UsageError as error:
        return await run_in_threadpool(_page, request, app, watchlist, {"file": sentence(str(error))})
    return await run_in_threadpool(_kept, request, app, watchlist, raw, me, now)


def _kept(request: Request, app: App, watchlist: str, body: bytes | None, me: Person, now: datetime) -> Response:
    if not app.store.letters.keep(watchlist, body, me.id, now):
        raise gone(watchlist)
    said = "Saved." if body is not None else "Removed."
    return go_to(request, f"/watchlists/{segment(watchlist)}/letters" if watchlist else "/letters", said=said)


def _page(request: Request, app: App, watchlist: str, errors: dict[str, str] | None = None) -> Response:
    return page(
        request,
        "letter_template.html",
        watchlist=watchlist,
        own=app.store.letters.template(watchlist),
        for_all=app.store.letters.template(FOR_ALL),
        placeholders=PLACEHOLDERS,
        errors=errors or {},
    )
