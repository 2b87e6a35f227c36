"""Watchlists as files: uploaded, with a preview before anything is added, and exported as listed."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response, UploadFile
from pydantic import BaseModel, ConfigDict
from starlette.concurrency import run_in_threadpool

from monitor.app import App
from monitor.cqc.location_list import Sheet, read_upload
from monitor.cqc.reader import Limits
from monitor.errors import UsageError
from monitor.locations import is_location_id, location_url
from monitor.ratings import KeyQuestion
from monitor.reports.cells import csv_file, workbook_file
from monitor.store.overview import Overview
from monitor.store.people import Person
from monitor.store.watchlists import Watchlist
from monitor.text import LONDON, day, sentence
from monitor.web.pages import page
from monitor.web.parts import Me, Now, TheApp
from monitor.web.uploads import Uploads
from monitor.web.watchlists import OneWatchlist, adding_page, go_to_added, wanted_of

LIMITS = Limits(seconds=5, memory=600_000_000, clock=15, answer=30_000_000)
"""The limits for reading one uploaded workbook."""

MOST_SHOWN = 100
"""How many unusable rows are named."""

HEADER = (
    *("Location ID", "Service", "Type", "Place", "Postcode", "Provider", "Overall"),
    *(sentence(question) for question in KeyQuestion),
    *("Service groups", "Special measures", "Archived", "Last change", "What changed", "Last read", "Not read because", "Page"),
)

# The words of `measures_tag` in parts.html.
_MEASURES = {
    **dict.fromkeys(("in", "entered", "remains"), "In special measures"),
    "presumed": "Special measures usual",
    "unclear": "Special measures unclear",
    "left": "Left special measures",
}

router = APIRouter()


class Uploaded(BaseModel):
    """A file with services, or the ids from the preview of one, separated by spaces."""

    model_config = ConfigDict(frozen=True)

    file: UploadFile | None = None
    services: str = ""


@router.post("/watchlists/{watchlist}/upload")
async def upload(
    request: Request, one: OneWatchlist, app: TheApp, me: Me, now: Now, form: Annotated[Uploaded, Form()]
) -> Response:
    """A file first leads to a preview. The ids that the preview sends back are added."""
    if form.services.strip() or form.file is None or not form.file.filename:
        return await run_in_threadpool(_added, request, one, app, me, now, form.services)
    raw, listed = await form.file.read(), app.store.register.listed()
    uploads: Uploads = request.app.state.uploads
    try:
        sheet = await uploads.read(partial(read_upload, raw, base_url=app.settings.cqc_base_url, listed=listed, limits=LIMITS))
    except UsageError as error:
        return await run_in_threadpool(adding_page, request, app, one, errors={"file": str(error)})
    return await run_in_threadpool(_preview, request, one, app, sheet)


def _added(request: Request, one: Watchlist, app: App, me: Person, now: datetime, services: str) -> Response:
    ids = [each for each in services.split() if is_location_id(each, app.store.register.listed())]
    if not ids:
        return adding_page(request, app, one, errors={"file": "Choose a CSV or XLSX file"})
    return go_to_added(request, one.name, ids, app.store.watchlists.add(one.name, ids, me.id, now))


def _preview(request: Request, one: Watchlist, app: App, sheet: Sheet) -> Response:
    there = app.store.watchlists.there(one.name, sheet.ids)
    return page(
        request,
        "watchlist_check.html",
        watchlist=one,
        new=[each for each in sheet.ids if each not in there],
        there=len(there),
        repeated=sheet.repeated,
        columns=sheet.columns,
        problems=sheet.problems[:MOST_SHOWN],
        unusable=len(sheet.problems),
    )


@router.get("/watchlists/{watchlist}/export.csv")
def export_csv(request: Request, one: OneWatchlist, app: TheApp, now: Now) -> Response:
    """The services as listed now, with search and filters, all pages."""
    content = csv_file(HEADER, _rows(request, one.name, app, now))
    return _file(content, f"{one.name}.csv", "text/csv; charset=utf-8")


@router.get("/watchlists/{watchlist}/export.xlsx")
def export_xlsx(request: Request, one: OneWatchlist, app: TheApp, now: Now) -> Response:
    """The same as a workbook."""
    content = workbook_file("Services", HEADER, _rows(request, one.name, app, now))
    return _file(content, f"{one.name}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def _file(content: bytes, name: str, media_type: str) -> Response:
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).lstrip(".-") or "watchlist"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name.replace('/', '-'), safe='')}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})


def _rows(request: Request, watchlist: str, app: App, now: datetime) -> Iterator[Sequence[object]]:
    stale_before = now - app.settings.stale_after
    for one in app.store.overviews.every(watchlist, wanted_of(request), stale_before):
        yield _row(one, app.settings.cqc_base_url)


def _row(one: Overview, base_url: str) -> Sequence[object]:
    rated = [sentence(rating) if rating else None for rating in (one.overall, *one.key_questions)]
    return (
        *(one.location_id, _named(one), one.service_type, one.place, one.postcode, one.provider_name),
        *rated,
        *(one.groups if one.name else None, _MEASURES.get(one.measures or ""), "yes" if one.archived else None),
        *(_date(one.changed_at), sentence(one.change) if one.change else None, _date(one.read_at), one.trouble),
        location_url(one.location_id, base_url),
    )


def _named(one: Overview) -> str:
    if one.name is not None:
        return one.name
    return f"{one.registered_as} (not read yet)" if one.registered_as else "not read yet"


def _date(instant: datetime | None) -> str | None:
    return day(instant.astimezone(LONDON).date()) if instant else None
