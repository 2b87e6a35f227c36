"""Reads uploaded files with services for a watchlist, shows a preview before anything is added, and exports the services that a
list shows."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response
from starlette.concurrency import run_in_threadpool

from monitor.app import App
from monitor.cqc import location_list
from monitor.cqc.reader import Limits
from monitor.errors import UsageError
from monitor.locations import is_location_id, location_url
from monitor.own_facts import TITLES, OwnFacts
from monitor.ratings import KeyQuestion
from monitor.reports.cells import Column, Sheet, Value, csv_file, workbook_file
from monitor.reports.export import MEDIA
from monitor.store.overview import Overview
from monitor.store.people import Person
from monitor.store.watchlists import Watchlist
from monitor.text import day, day_in_london, sentence
from monitor.web import ical
from monitor.web.grid import wanted_of, without_own
from monitor.web.pages import page
from monitor.web.parts import Now, TheApp, User
from monitor.web.uploads import Uploaded, sent, uploads_of
from monitor.web.watchlists import OneWatchlist, adding_page, go_to_added

LIMITS = Limits(seconds=5, memory=600_000_000, clock=15, answer=30_000_000)
"""The limits for reading an uploaded workbook."""

MOST_SHOWN = 100
"""How many unusable rows the page lists."""

COLUMNS = (
    *(Column(title="Location ID", width=15), Column(title="Service", width=36), Column(title="Type", width=24)),
    *(Column(title="Place", width=28), Column(title="Postcode", width=10), Column(title="Local authority", width=22)),
    *(Column(title="Provider", width=32), Column(title="Provider ID", width=14), Column(title="Brand", width=22)),
    *(Column(title="Beds", width=7), Column(title="Overall", width=20), Column(title="Rated", width=12)),
    *(Column(title=sentence(question), width=20) for question in KeyQuestion),
    *(Column(title="Service groups", width=9), Column(title="Special measures", width=22), Column(title="Archived", width=9)),
    *(Column(title="Last change", width=17), Column(title="What changed", width=24), Column(title="Last read", width=17)),
    *(Column(title="Not up to date because", width=40), Column(title="From CQC’s file of", width=12)),
    *(Column(title="Latitude", width=11), Column(title="Longitude", width=11), Column(title="Page", width=44)),
)

OWN_COLUMNS = tuple(Column(title=title, width=18) for title in TITLES.values())
"""The columns of the council's own facts. Only the files of a watchlist with own facts have these columns."""

_NOTES = (
    "Source: Care Quality Commission, under the Open Government Licence v3.0. Only CQC’s own publications are authoritative.",
    "“From CQC’s file of”: the service’s page was not read yet. The row contains data from CQC’s file of this date.",
    "Local authority, brand, beds and position always come from CQC’s newest file.",
    "If CQC rates several service groups, “Overall” and the key questions contain the worst rating of these groups.",
    "“Special measures usual”: CQC usually places a service with this rating in special measures. "
    "The service’s page says nothing about special measures.",
    "Times are London times.",
)

# The same words as in `measures_tag` of parts.html.
_MEASURES = {
    **dict.fromkeys(("in", "entered", "remains"), "In special measures"),
    "presumed": "Special measures usual",
    "unclear": "Special measures unclear",
    "left": "Left special measures",
}

router = APIRouter()


class UploadedServices(Uploaded):
    """A file with services. The form of the preview has no file, but the ids of the services, separated by spaces."""

    services: str = ""


@router.post("/watchlists/{watchlist}/upload")
async def upload(
    request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now, form: Annotated[UploadedServices, Form()]
) -> Response:
    """Shows a preview of an uploaded file. If the form of the preview is sent, adds its services."""
    if form.services.strip() or form.file is None or not form.file.filename:
        return await run_in_threadpool(_added, request, one, app, me, now, form.services)
    raw, listed = await sent(form.file), app.store.register.listed()
    try:
        how = partial(location_list.read_upload, base_url=app.settings.cqc_base_url, listed=listed, limits=LIMITS)
        sheet = await uploads_of(request).read(partial(how, raw))
    except UsageError as error:
        return await run_in_threadpool(adding_page, request, app, one, errors={"file": str(error)})
    return await run_in_threadpool(_preview, request, one, app, sheet)


def _added(request: Request, one: Watchlist, app: App, me: Person, now: datetime, services: str) -> Response:
    ids = [each for each in services.split() if is_location_id(each, app.store.register.listed())]
    if not ids:
        return adding_page(request, app, one, errors={"file": "Choose a CSV or XLSX file"})
    return go_to_added(request, one.name, ids, app.store.watchlists.add(one.name, ids, me.id, now))


def _preview(request: Request, one: Watchlist, app: App, sheet: location_list.Sheet) -> Response:
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
def export_csv(request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now) -> Response:
    """Returns the services on all pages of the list, with the list's search, filters and order, as CSV."""
    columns, rows = _table(request, one.name, app, me, now)
    content = csv_file([column.title for column in columns], rows)
    return saved_as(f"{one.name}.csv", content)


@router.get("/watchlists/{watchlist}/export.xlsx")
def export_xlsx(request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now) -> Response:
    """Returns the same services as a workbook."""
    made = f"{one.name}, {day(day_in_london(now))}."
    columns, rows = _table(request, one.name, app, me, now)
    sheet = Sheet(title="Services", columns=columns, rows=rows)
    content = workbook_file([sheet], (made, *_NOTES))
    return saved_as(f"{one.name}.xlsx", content)


_MEDIA = {**MEDIA, "eml": "message/rfc822", "ics": ical.MEDIA_TYPE}


def saved_as(name: str, content: bytes) -> Response:
    """Returns a file that the browser saves under this name. The name may contain any characters, and its ending decides the type
    of file (_MEDIA)."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).lstrip(".-") or "watchlist"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name.replace('/', '-'), safe='')}"
    return Response(content, media_type=_MEDIA[name.rpartition(".")[2]], headers={"Content-Disposition": disposition})


def _table(
    request: Request, watchlist: str, app: App, me: Person, now: datetime
) -> tuple[Sequence[Column], Iterator[Sequence[Value]]]:
    """Returns the columns and rows of a file."""
    reads_facts = watchlist not in app.store.own_facts.hidden_from(me.id)
    own = {one.location_id: one for one in app.store.own_facts.of(watchlist).facts} if reads_facts else {}
    asked = wanted_of(request.query_params)
    every = app.store.overviews.every(watchlist, asked if reads_facts else without_own(asked), now - app.settings.stale_after)
    rows = (_row(one, app.settings.cqc_base_url) for one in every)
    if not own:
        return COLUMNS, rows
    return (*COLUMNS, *OWN_COLUMNS), ((*row, *_own(own.get(str(row[0])))) for row in rows)


def _own(facts: OwnFacts | None) -> Iterator[Value]:
    return (getattr(facts, field, None) for field in TITLES)


def _row(one: Overview, base_url: str) -> Sequence[Value]:
    known = one.name is not None
    return (
        *(one.location_id, one.name or "not read yet", one.service_type, one.place, one.postcode, one.authority),
        *(one.provider_name, one.provider_id, one.brand, one.beds),
        *(_rating(one.overall), one.published, *map(_rating, one.key_questions)),
        *(one.groups if known else None, _MEASURES.get(one.measures or ""), "yes" if one.archived else None),
        *(one.changed_at, sentence(one.change) if one.change else None, one.read_at, one.trouble, one.file_date),
        *(one.latitude, one.longitude, location_url(one.location_id, base_url)),
    )


def _rating(rating: str | None) -> str | None:
    return sentence(rating) if rating else None
