"""Reports on the quality of care in an area, and on early signs, as pages and files."""

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import Field

from monitor.app import App
from monitor.cqc.word_template import in_template
from monitor.errors import UsageError
from monitor.own_facts import OwnFacts
from monitor.register.authorities import AUTHORITIES, REGION_OF, is_placed_by
from monitor.reports.area import Comparators, Survey, area_of, area_report, authorities_of, names_in
from monitor.reports.asked import EARLIEST, Asked, asked
from monitor.reports.document import signs_paper
from monitor.reports.export import LAYOUTS, MEDIA
from monitor.reports.paper import Paper, Table
from monitor.reports.provider import FALLS_SINCE, signs
from monitor.reports.quality import area_paper
from monitor.store.saved_reports import LONGEST_NAME, SavedReport
from monitor.text import day_in_london, sentence
from monitor.web.errors import Busy
from monitor.web.forms import DayIfAny, FormModel, checked, day_of
from monitor.web.kept_reports import Kept, kept_of
from monitor.web.pages import Paging, go_to, page, paging
from monitor.web.parts import Now, ShortText, TheApp, User, now_of

MOST_ROWS = 100
"""How many rows of a list about all of England the page shows. Files have all rows."""

LONGEST = 4_000
"""How many characters a person may type to list authorities."""

DOWNLOADS = (("HTML", "html"), ("CSV", "csv"), ("Excel", "xlsx"), ("Word", "docx"))

SAME_REGION = "region"
SAVED = "list:"

LONGEST_WAIT = 20.0
"""How many seconds a request waits for other reports, at most. Longer waits would block the threads that serve all pages."""

MOST_WAITING = 5
"""How many requests wait for other reports at the same time, at most. Each waiting request occupies one of the threads that serve
all pages."""

_NO_REGISTER = "There is no register yet. An operator can fetch it on the page “Set up this monitor”."
_ALL = "All of England"
_LIST_GONE = "This list of authorities is no longer saved. Choose another list"

_AT_ONCE = threading.BoundedSemaphore(1)
"""Only one report at a time is computed or written as a file. Each report takes several seconds of CPU time, and memory for a
large part of the register."""

_PLACES = threading.BoundedSemaphore(1 + MOST_WAITING)

Layout = Annotated[str, Query(max_length=10, alias="format")]
"""The file format of a report. An unknown value means a page."""

router = APIRouter()


@contextmanager
def in_turn() -> Iterator[None]:
    """Waits until no other report is being made, and then lets the caller make a report. Raises Busy if too many requests wait,
    or if the wait is too long. The caller must not call this function again inside the context: the second call would wait for
    the first."""
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
    """Shows the form for choosing a report."""
    return _form(request, app, {}, {})


class AreaAsked(FormModel):
    """The form for a report on an area: the authority, the comparators, the watchlist of contracted services, and the dates."""

    area: Annotated[str, Field(max_length=200), checked(area_of)] = Field(description="Choose a local authority")
    against: str = Field("", max_length=200)
    others: str = Field("", max_length=LONGEST)
    contracted: str = Field("", max_length=200)
    since: DayIfAny = Field(None, alias="from")
    to: DayIfAny = None
    as_at: DayIfAny = None

    @property
    def names(self) -> list[str]:
        """The authorities that were typed as comparators."""
        return names_in(self.others)

    @property
    def to_save(self) -> str:
        """The values that are saved, as a query string. The dates are not saved."""
        said = {"area": self.area, "against": self.against, "others": self.others, "contracted": self.contracted}
        return urlencode({name: value for name, value in said.items() if value})

    def day_of(self, field: str) -> date | None:
        """Returns the day that was typed into a field; None if the field is empty. This field must have no error."""
        typed = self.typed[field]
        return day_of(typed) if typed else None


def field_at_fault(today: date, at: date | None, since: date | None, to: date | None) -> str:
    """Returns the name of the field with the wrong day. Call this function only if `asked` has refused the days."""
    if at is not None and at > today:
        return "as_at"
    days = {"as_at": at, "from": since, "to": to}
    if early := [field for field, one in days.items() if one is not None and one < EARLIEST]:
        return early[0]
    if to is not None and to > today:
        return "to"
    last = at or today
    begins_late = since is not None and since > min(to or last, last)
    return "from" if begins_late or to is None else "to"


@router.get("/reports/area")
def area(
    request: Request, app: TheApp, me: User, now: Now, form: Annotated[AreaAsked, Query()], layout: Layout = ""
) -> Response:
    """Shows the quality report of one authority. If the form has errors, shows the form again."""
    if not request.query_params:
        return go_to(request, "/reports")
    made = wanted(app, form, day_in_london(now), me.id)
    if isinstance(made, dict):
        return _form(request, app, form.typed, made)
    try:
        paper, key = made_once(request, app, made)
    except UsageError as error:
        return _form(request, app, form.typed, {}, missing=f"{sentence(str(error))}.")
    return area_answered(request, app, paper, layout, Keeping(key=key, save=form.to_save))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Says which report on an area is wanted. Equal values lead to the same report as long as the register has not changed."""

    area: str
    days: Asked
    comparators: Comparators | None
    contracted: tuple[str, ...] | None
    own: tuple[OwnFacts, ...]


def wanted(
    app: App, form: AreaAsked, today: date, reader: int, uploaded: tuple[str, ...] | None = None
) -> Wanted | dict[str, str]:
    """Returns which report a form asks for. If the form has errors, returns the errors by field. `reader` is the person who asks:
    own facts that this person may not read are left out. `uploaded` lists contracted services from a file, in addition to the
    services of a watchlist."""
    errors, period = dict(form.errors), None
    if not errors.keys() & {"from", "to", "as_at"}:
        at, since, to = (form.day_of(name) for name in ("as_at", "from", "to"))
        try:
            period = asked(today, at=at, since=since, to=to)
        except UsageError as error:
            errors[field_at_fault(today, at, since, to)] = sentence(str(error))
    if not errors.keys() & {"area", "against", "others"}:
        errors |= _errors_of_comparators(app, form)
    if form.contracted and app.store.watchlists.find(form.contracted) is None:
        errors["contracted"] = "Somebody has deleted or renamed this watchlist. Choose again"
    if errors or period is None:
        return errors
    comparators = _comparators(app, form)
    listed = tuple(app.store.watchlists.services(form.contracted)) if form.contracted else None
    ids = tuple(dict.fromkeys((*(listed or ()), *(uploaded or ())))) if (listed, uploaded) != (None, None) else None
    own = _own(app, ids, form, reader) if ids and form.contracted else ()
    return Wanted(area=form.area, days=period, comparators=comparators, contracted=ids, own=own)


def _own(app: App, ids: tuple[str, ...], form: AreaAsked, reader: int) -> tuple[OwnFacts, ...]:
    """Returns the own facts of the chosen watchlist about some services. Leaves out facts that the person may not read, and facts
    about services that another authority funds."""
    found = app.store.own_facts.about(ids, [form.contracted], reader=reader).values()
    return tuple(facts for by_list in found for facts in by_list.values() if is_placed_by(facts.funding_authority, form.area))


def made_once(request: Request, app: App, asked_for: Wanted) -> tuple[Paper, Hashable]:
    """Returns the report, and the key under which its files are cached. The report is made only if it is not in the cache. Raises
    UsageError if the report can't be made, and Busy."""
    stale_before = now_of(request) - app.settings.stale_after

    def make() -> Paper:
        known, events = app.store.areas.known(), app.store.services.events()
        survey = Survey(known, events, asked_for.days, app.store.standings.pages(stale_before))
        about = (asked_for.area, asked_for.comparators, asked_for.contracted, asked_for.own)
        return area_paper(area_report(survey, *about))

    key = (app.store.areas.version(stale_before), asked_for)
    return kept_of(request).get(key, in_turn, make), key


@router.get("/signs")
def early_signs(request: Request, app: TheApp, now: Now, area: ShortText = "", layout: Layout = "") -> Response:
    """Shows early signs in one authority, or in England."""
    name, errors = None, {}
    try:
        name = area_of(area) if area.strip() else None
    except UsageError as error:
        errors["area"] = sentence(str(error))
    if errors or empty(app):
        return _no_signs(request, area, errors, "" if errors else _NO_REGISTER)
    today = day_in_london(now)
    try:
        with in_turn():
            events = app.store.services.events()
            survey = Survey(app.store.areas.known(), events, asked(today, since=today - FALLS_SINCE))
            found = signs(survey.known.present, survey.moved(), area=name, today=today, files=survey.known.files)
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
    """Shows the page of early signs without a report. The page shows the errors in the request, or says what is missing."""
    return page(request, "signs.html", paper=None, areas=_areas(_ALL), area=area, errors=errors, missing=missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How a report on an area is cached and saved.

    key    the report's key in the cache (see `made_once`), so that each file of the report is made once
    save   the query under which the report can be saved; "" if the report is already saved
    saved  the saved report; None if the report is not saved
    """

    key: Hashable
    save: str = ""
    saved: SavedReport | None = None


def area_answered(request: Request, app: App, paper: Paper, layout: str, keeping: Keeping) -> Response:
    """Returns a report on an area as a page, or as the requested file."""
    if layout in LAYOUTS:
        return file(paper, layout, app, kept_of(request), keeping.key)
    return page(request, "report.html", back=("/reports", "Reports"), **shown(request, app, paper, keeping=keeping))


def shown(
    request: Request, app: App, paper: Paper, size: int | None = None, *, keeping: Keeping | None = None
) -> dict[str, Any]:
    """Returns the values for the template of a report's page, except the link back. `size` is the number of rows that the page
    shows of each table; None means all rows."""
    paper, pagings = _paged(request, paper, size) if size else (paper, {})
    return {
        "paper": paper,
        "pagings": pagings,
        "known": _known(app, paper),
        "downloads": downloads(request),
        "base_url": app.settings.cqc_base_url,
        "save": keeping.save if keeping else "",
        "saved": keeping.saved if keeping else None,
        "longest_name": LONGEST_NAME,
    }


def _known(app: App, paper: Paper) -> set[str]:
    """Returns the services of a report that have a page on this monitor."""
    return app.store.glance.known({row.service for table in paper.tables for row in table.rows if row.service})


def _paged(request: Request, paper: Paper, size: int) -> tuple[Paper, dict[str, Paging]]:
    """Returns the report, and the paging of each long table by the table's key. A table with more than `size` rows is cut to the
    requested page of rows."""
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


def file(paper: Paper, layout: str, app: App, kept: Kept[Any] | None = None, key: Hashable = None) -> Response:
    """Returns a report as a file to download. If the council has uploaded a template, a Word document uses the template. `kept`
    is the cache, and `key` is the report's key in the cache. Raises Busy; raises a 422 if the template can't be used any more."""
    ending = "txt" if layout == "text" else layout
    headers = {"Content-Disposition": f'attachment; filename="{paper.name}.{ending}"'}
    template = app.store.saved_reports.template() if layout == "docx" else None

    def make() -> bytes:
        if template is not None:
            return in_template(paper, template.content, file=template.name)
        return LAYOUTS[layout](paper, app.settings.cqc_base_url)

    try:
        if kept is None:
            with in_turn():
                content = make()
        else:
            stamp = template.uploaded_at if template else None
            content = kept.get((key, layout, stamp), in_turn, make)
    except UsageError as error:
        raise HTTPException(422, f"{sentence(str(error))}. Upload another Word template, or remove this template.") from None
    return Response(content, media_type=MEDIA[layout], headers=headers)


def downloads(request: Request) -> list[tuple[str, str]]:
    """Returns the label and the address of each file that a page offers."""
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "format" and value]
    return [(words, f"?{urlencode([*query, ('format', layout)])}") for words, layout in DOWNLOADS]


def empty(app: App) -> bool:
    """Whether the register is empty."""
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
        saved=app.store.saved_reports.every(),
        status=422 if missing else 200,
    )


def _areas(none: str) -> list[tuple[str, str]]:
    """Returns the authorities to choose from. `none` is the label of the empty choice."""
    return [("", none), *((name, name) for name in AUTHORITIES)]


def _errors_of_comparators(app: App, form: AreaAsked) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, part in (("others", {"against": ""}), ("against", {"others": ""})):
        try:
            _comparators(app, form.model_copy(update=part))
        except UsageError as error:
            found[field] = sentence(str(error))
    return found


def _comparators(app: App, form: AreaAsked) -> Comparators | None:
    """Returns the comparators of an area: a list, typed authorities, or both. Returns None if the area is compared only with
    England. Raises UsageError."""
    chosen = _chosen(app, form) if form.against else None
    if not form.names:
        return chosen
    typed = authorities_of(form.names)
    if chosen is None:
        return Comparators(name="as typed", authorities=typed)
    return Comparators(name=f"{chosen.name}, and as typed", authorities=tuple(dict.fromkeys((*chosen.authorities, *typed))))


def _chosen(app: App, form: AreaAsked) -> Comparators:
    """Returns the authorities of the region, or of a saved list. Raises UsageError."""
    if form.against == SAME_REGION:
        region = REGION_OF[area_of(form.area)]
        return Comparators(name=region, authorities=tuple(one for one in AUTHORITIES if REGION_OF[one] == region))
    name = form.against.removeprefix(SAVED)
    found = app.store.areas.lists().get(name) if form.against.startswith(SAVED) else None
    if found is None:
        raise UsageError(_LIST_GONE)
    return Comparators(name=name, authorities=authorities_of(found))
