"""Reports on the quality of care in an area and on early signs, as pages and as files."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from monitor.app import App
from monitor.errors import UsageError
from monitor.register.authorities import AUTHORITIES, REGION_OF
from monitor.reports.area import EARLIEST, Comparators, Survey, area_of, area_report, asked, authorities_of
from monitor.reports.document import area_paper, signs_paper
from monitor.reports.export import LAYOUTS, MEDIA
from monitor.reports.paper import Paper, Table
from monitor.reports.provider import FALLS_SINCE, signs
from monitor.text import LONDON, sentence
from monitor.web.errors import Busy
from monitor.web.forms import DayIfAny, FormModel, checked
from monitor.web.pages import Paging, go_to, page, paging
from monitor.web.parts import Now, ShortText, TheApp

MOST_ROWS = 100
"""How many rows of a list about all of England the page shows. Files have all rows."""

LONGEST = 4_000
"""The most characters for typed authorities."""

DOWNLOADS = (("HTML", "html"), ("CSV", "csv"), ("Excel", "xlsx"), ("Word", "docx"))

SAME_REGION = "region"
SAVED = "list:"

LONGEST_WAIT = 20.0
"""How many seconds a request waits for other reports. Longer waits would block the threads that serve all pages."""

MOST_WAITING = 5
"""How many requests wait for other reports, at most: each holds one of the threads that serve all pages."""

_NO_REGISTER = "There is no register yet. An operator can fetch it on the page “Set up this monitor”."
_ALL = "All of England"
_LIST_GONE = "This list of authorities is no longer saved: choose another"

_AT_ONCE = threading.BoundedSemaphore(1)
"""How many reports are computed or written as a file at once: each takes seconds of CPU and much of the register in memory."""

_PLACES = threading.BoundedSemaphore(1 + MOST_WAITING)

Layout = Annotated[str, Query(max_length=10, alias="format")]
"""The format of a report as a file; anything unknown: a page."""

router = APIRouter()


@contextmanager
def in_turn() -> Iterator[None]:
    """Allows one report at a time. Not reentrant. Raises Busy."""
    if not _PLACES.acquire(blocking=False):
        raise Busy
    try:
        if not _AT_ONCE.acquire(timeout=LONGEST_WAIT):
            raise Busy
        try:
            yield
        finally:
            _AT_ONCE.release()
    finally:
        _PLACES.release()


@router.get("/reports")
def reports(request: Request, app: TheApp) -> Response:
    """The form to ask for a report."""
    return _form(request, app, {}, {})


class AreaAsked(FormModel):
    """A report on an area: its authority, what it is compared with, the watchlist of services that one has contracts with, and
    its days."""

    area: Annotated[str, Field(max_length=200), checked(area_of)] = Field(description="Choose a local authority")
    against: str = Field("", max_length=200)
    others: str = Field("", max_length=LONGEST)
    contracted: str = Field("", max_length=200)
    since: DayIfAny = Field(None, alias="from")
    to: DayIfAny = None
    as_at: DayIfAny = None

    @property
    def names(self) -> list[str]:
        """The authorities that were typed to compare with."""
        return [name for line in self.others.splitlines() if (name := line.strip(" ;,"))]

    def field_at_fault(self, today: date) -> str:
        """The field of the day that `asked` refuses."""
        if self.as_at is not None and self.as_at > today:
            return "as_at"
        days = {"as_at": self.as_at, "from": self.since, "to": self.to}
        if early := [field for field, one in days.items() if one is not None and one < EARLIEST]:
            return early[0]
        last = self.as_at or today
        begins_late = self.since is not None and self.since > min(self.to or last, last)
        return "from" if begins_late or self.to is None else "to"


@router.get("/reports/area")
def area(request: Request, app: TheApp, now: Now, form: Annotated[AreaAsked, Query()], layout: Layout = "") -> Response:
    """The quality report of one authority, or the form again with its errors."""
    if not any(form.typed.values()):
        return go_to(request, "/reports")
    errors, today = dict(form.errors), now.astimezone(LONDON).date()
    if not errors:
        try:
            period = asked(today, at=form.as_at, since=form.since, to=form.to)
        except UsageError as error:
            errors[form.field_at_fault(today)] = sentence(str(error))
    if not errors:
        try:
            comparators = _comparators(app, form)
        except UsageError as error:
            errors["others" if form.names else "against"] = sentence(str(error))
    if form.contracted and app.store.watchlists.find(form.contracted) is None:
        errors["contracted"] = "Somebody has deleted or renamed this watchlist. Choose again"
    if errors:
        return _form(request, app, form.typed, errors)
    contracted = app.store.watchlists.services(form.contracted) if form.contracted else None
    try:
        with in_turn():
            survey = Survey(app.store.areas.known(), app.store.services.events(), period)
    except UsageError as error:
        return _form(request, app, form.typed, {}, missing=f"{sentence(str(error))}.")
    report = area_report(survey, form.area, comparators, contracted)
    return answered(request, app, area_paper(report), layout, back=("/reports", "Reports"))


@router.get("/signs")
def early_signs(request: Request, app: TheApp, now: Now, area: ShortText = "", layout: Layout = "") -> Response:
    """Early signs in one authority, or in England."""
    name, errors = None, {}
    try:
        name = area_of(area) if area.strip() else None
    except UsageError as error:
        errors["area"] = sentence(str(error))
    if errors or empty(app):
        return _no_signs(request, area, errors, "" if errors else _NO_REGISTER)
    today = now.astimezone(LONDON).date()
    try:
        with in_turn():
            events = app.store.services.events()
            survey = Survey(app.store.areas.known(), events, asked(today, since=today - FALLS_SINCE))
            found = signs(survey.known.present, survey.moved(), area=name, today=today, newest=survey.known.newest)
    except UsageError as error:
        return _no_signs(request, area, {}, f"{sentence(str(error))}.")
    if layout in LAYOUTS:
        return file(signs_paper(found), layout, app)
    paper = signs_paper(found, most=None if name else MOST_ROWS)
    return page(
        request,
        "signs.html",
        paper=paper,
        known=_known(app, paper),
        areas=_areas(_ALL),
        area=name or "",
        downloads=downloads(request),
        base_url=app.settings.cqc_base_url,
        missing="",
    )


def _no_signs(request: Request, area: str, errors: dict[str, str], missing: str) -> Response:
    """The page of early signs without a report: it shows the error in the request, or what is missing."""
    return page(request, "signs.html", paper=None, areas=_areas(_ALL), area=area, errors=errors, missing=missing)


def answered(
    request: Request, app: App, paper: Paper, layout: str, *, back: tuple[str, str], size: int | None = None
) -> Response:
    """A report as a page, or as the requested file. `size`: how many rows of a table the page shows at once."""
    if layout in LAYOUTS:
        return file(paper, layout, app)
    return page(request, "report.html", back=back, **shown(request, app, paper, size))


def shown(request: Request, app: App, paper: Paper, size: int | None = None) -> dict[str, Any]:
    """What the template of a report's page needs besides the way back. `size`: see `answered`."""
    paper, pagings = _paged(request, paper, size) if size else (paper, {})
    return {
        "paper": paper,
        "pagings": pagings,
        "known": _known(app, paper),
        "downloads": downloads(request),
        "base_url": app.settings.cqc_base_url,
    }


def _known(app: App, paper: Paper) -> set[str]:
    """The services of a report that have a page here."""
    return app.store.glance.known({row.service for table in paper.tables for row in table.rows if row.service})


def _paged(request: Request, paper: Paper, size: int) -> tuple[Paper, dict[str, Paging]]:
    """The report with one page of each of its longer tables, and by the table's key which page."""
    pagings: dict[str, Paging] = {}

    def cut(table: Table) -> Table:
        if len(table.rows) <= size:
            return table
        name = table.key.lower().replace(" ", "-")
        asked = request.query_params.get(name, "")[:9]
        pages = paging(request, number=int(asked) if asked.isdecimal() else 1, size=size, total=len(table.rows), name=name)
        pagings[table.key] = pages
        return replace(table, rows=table.rows[pages.offset : pages.offset + size])

    parts = tuple(replace(part, tables=tuple(map(cut, part.tables))) for part in paper.parts)
    return replace(paper, parts=parts), pagings


def file(paper: Paper, layout: str, app: App) -> Response:
    """A report as a file to download. Raises Busy."""
    ending = "txt" if layout == "text" else layout
    headers = {"Content-Disposition": f'attachment; filename="{paper.name}.{ending}"'}
    with in_turn():
        content = LAYOUTS[layout](paper, app.settings.cqc_base_url)
    return Response(content, media_type=MEDIA[layout], headers=headers)


def downloads(request: Request) -> list[tuple[str, str]]:
    """The label and the address of each file that a page offers."""
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "format" and value]
    return [(words, f"?{urlencode([*query, ('format', layout)])}") for words, layout in DOWNLOADS]


def empty(app: App) -> bool:
    """Whether there is no register to report from."""
    return app.store.areas.newest() is None


def _form(request: Request, app: App, typed: dict[str, str], errors: dict[str, str], missing: str = "") -> Response:
    saved = [(f"{SAVED}{name}", name) for name in app.store.areas.lists()]
    return page(
        request,
        "reports.html",
        areas=_areas("Choose one"),
        against=[("", "England only"), (SAME_REGION, "The other authorities of its region"), *saved],
        watchlists=[("", "Not in this report"), *((one, one) for one in app.store.glance.watchlists())],
        typed={"area": "", "against": "", "others": "", "contracted": "", "from": "", "to": "", "as_at": ""} | typed,
        errors=errors,
        missing=missing,
        empty=empty(app),
        longest=LONGEST,
        status=422 if missing else 200,
    )


def _areas(none: str) -> list[tuple[str, str]]:
    """The authorities to choose from; `none` is the label for choosing none."""
    return [("", none), *((name, name) for name in AUTHORITIES)]


def _comparators(app: App, form: AreaAsked) -> Comparators | None:
    """What an area is compared with; None: with England only. Raises UsageError."""
    if form.names:
        return Comparators(name="as typed", authorities=authorities_of(form.names))
    if not form.against:
        return None
    if form.against == SAME_REGION:
        region = REGION_OF[form.area]
        return Comparators(name=region, authorities=tuple(one for one in AUTHORITIES if REGION_OF[one] == region))
    name = form.against.removeprefix(SAVED)
    found = app.store.areas.lists().get(name) if form.against.startswith(SAVED) else None
    if found is None:
        raise UsageError(_LIST_GONE)
    return Comparators(name=name, authorities=authorities_of(found))
