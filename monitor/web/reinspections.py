"""The calendar of re-inspections shows by when CQC has said that it will inspect watched services again. The calendar is
available as a page, a CSV file and an iCalendar file."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time
from functools import partial
from itertools import chain
from typing import Annotated
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, HTTPException, Query, Request, Response

from monitor.app import App
from monitor.events import Kind
from monitor.register.promises import PROMISES
from monitor.reports.cells import csv_file
from monitor.store.reinspections import Expected, Reinspection
from monitor.text import counted, day_in_london
from monitor.text import day as in_words
from monitor.web import ical
from monitor.web.pages import page, paging
from monitor.web.parts import Now, PageNumber, TheApp
from monitor.web.sheets import saved_as
from monitor.web.watchlists import check_there

SIZE = 50
"""How many services each page shows."""

MOST_IN_A_FILE = 10_000

_HEADS = (
    *("Location ID", "Service", "Provider", "Local authority", "Overall", "Report published", "Due", "Overdue", "Why"),
    *("What CQC has said", "Source", "Being inspected since", "Page"),
)

router = APIRouter()

Watchlist = Annotated[str, Query(max_length=200)]


@router.get("/re-inspections")
def reinspections(request: Request, app: TheApp, now: Now, number: PageNumber = 1, watchlist: Watchlist = "") -> Response:
    """Shows the re-inspections of a watchlist's services, or of all watched services, with the earliest due date first."""
    check_there(app, watchlist)
    today = day_in_london(now)
    found = partial(app.store.reinspections.expected, today, watchlist or None, stale_before=now - app.settings.stale_after)
    first = found(limit=SIZE, offset=(number - 1) * SIZE)
    pages = paging(request, number=number, size=SIZE, total=first.total)
    if pages.offset != (number - 1) * SIZE:
        first = found(limit=SIZE, offset=pages.offset)
    return page(
        request,
        "reinspections.html",
        expected=first,
        not_known=_not_known(first),
        inspected=_inspected(app, first.listed),
        promises=PROMISES,
        paging=pages,
        today=today,
        watchlists=[("", "All watched services"), *((one, one) for one in app.store.glance.watchlists())],
        watchlist=watchlist,
        query=urlencode({"watchlist": watchlist}) if watchlist else "",
    )


@router.get("/re-inspections/export.csv")
def as_csv(app: TheApp, now: Now, watchlist: Watchlist = "") -> Response:
    """Returns the re-inspections as CSV. If the dates of some services are not known, the last row says so, and has no id."""
    today, found = _every(app, now, watchlist)
    inspected = _inspected(app, found.listed)
    rows = (
        (
            *(one.location_id, one.name, one.provider_name, one.authority, one.overall, one.published, one.due),
            *(_overdue(one, today), str(one.why), PROMISES[one.why].words, PROMISES[one.why].source),
            *(inspected.get(one.location_id), f"{app.settings.public_url}/services/{one.location_id}"),
        )
        for one in found.listed
    )
    note = [("", _not_known(found), *[""] * (len(_HEADS) - 2))] if found.unknown else []
    return saved_as("re-inspections.csv", csv_file(_HEADS, chain(rows, note)))


@router.get("/re-inspections/export.ics")
def as_calendar(app: TheApp, now: Now, watchlist: Watchlist = "") -> Response:
    """Returns the re-inspections as a calendar."""
    _, found = _every(app, now, watchlist)
    return saved_as("re-inspections.ics", made(app, watchlist, found))


def of_watchlist(app: App, watchlist: str, now: datetime) -> bytes:
    """Returns the calendar of a watchlist, for a feed."""
    return made(app, watchlist, _every(app, now, watchlist)[1])


def made(app: App, watchlist: str, found: Expected) -> bytes:
    """Returns a calendar of re-inspections. A service's entry keeps its uid until a newer report is published."""
    name = f"CQC re-inspections: {watchlist or 'all watched services'}"
    return ical.calendar(name, _entries(app, found.listed), _not_known(found) if found.unknown else "")


def _overdue(one: Reinspection, today: date) -> str:
    if one.due >= today:
        return "no"
    return "yes" if one.read_lately else "not known"


def _not_known(found: Expected) -> str:
    return (
        f"Not known for {counted(found.unknown, 'watched service')}: never read, not read lately, "
        "or not in any CQC file that was loaded"
    )


def _entries(app: App, found: Iterable[Reinspection]) -> Iterator[ical.Entry]:
    host = urlsplit(app.settings.public_url).hostname or "cqc-monitor"
    for one in found:
        promise = PROMISES[one.why]
        yield ical.Entry(
            uid=f"re-inspection-{one.location_id}-{one.published}@{host}",
            on=one.due,
            title=f"{one.name}: CQC re-inspection due",
            text=f"{promise.words}; report of {in_words(one.published)}. Source: {promise.source}",
            url=f"{app.settings.public_url}/services/{one.location_id}",
            made_at=datetime.combine(one.published, time(), UTC),
            version=0,
        )


def _every(app: App, now: datetime, watchlist: str) -> tuple[date, Expected]:
    """Returns today's date, and all re-inspections. Raises a 422 if there are too many for a file."""
    check_there(app, watchlist)
    today = day_in_london(now)
    stale_before = now - app.settings.stale_after
    found = app.store.reinspections.expected(today, watchlist or None, stale_before=stale_before, limit=MOST_IN_A_FILE)
    if found.total > MOST_IN_A_FILE:
        raise HTTPException(422, f"{counted(found.total, 'service')} are too many for a file. Choose a watchlist.")
    return today, found


def _inspected(app: App, found: Collection[Reinspection]) -> dict[str, date]:
    """Returns the day since when CQC has been inspecting each service. Leaves out services for which CQC has not announced an
    inspection after the report."""
    since: dict[str, date] = {}
    reports = {one.location_id: one.published for one in found}
    for event in app.store.services.events(of=list(reports)) if reports else ():
        if event.kind is Kind.BEING_INSPECTED and event.corrected_at is None:
            day = event.since or day_in_london(event.observed_at)
            if day > reports[event.location_id]:
                since[event.location_id] = day
    return since
