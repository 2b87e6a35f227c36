"""Reports: the quality of care in an area, and early signs; as pages, and as files."""

import threading
from datetime import date, datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from monitor.authorities import AUTHORITIES, REGION_OF
from monitor.bootstrap import House
from monitor.errors import UsageError
from monitor.market import FALLS_SINCE, signs
from monitor.paper import Paper, area_paper, signs_paper
from monitor.printing import LAYOUTS, MEDIA
from monitor.quality import Comparators, Survey, area_of, area_report, asked, authorities_of
from monitor.render import LONDON
from monitor.web.pages import go_to, page
from monitor.web.parts import Now, TheHouse

MOST_ROWS = 100
"""Rows of a list about all of England that its page shows; files have all."""

LONGEST = 4_000
"""Characters of typed authorities."""

DOWNLOADS = (("HTML", "html"), ("CSV", "csv"), ("Excel", "xlsx"), ("Word", "docx"))

SAME_REGION = "region"
SAVED = "list:"

_AT_ONCE = threading.BoundedSemaphore(1)
"""Reports that are counted at once: each takes a second of CPU and all of the register. The others wait."""

router = APIRouter()


@router.get("/reports")
def reports(request: Request, house: TheHouse) -> Response:
    """What a report can be asked about."""
    return _form(request, house, {}, {})


@router.get("/reports/area")
def area(
    request: Request,
    house: TheHouse,
    now: Now,
    area: Annotated[str, Query(max_length=200)] = "",
    against: Annotated[str, Query(max_length=200)] = "",
    others: Annotated[str, Query(max_length=LONGEST)] = "",
    since: Annotated[str, Query(max_length=40, alias="from")] = "",
    to: Annotated[str, Query(max_length=40)] = "",
    as_at: Annotated[str, Query(max_length=40)] = "",
    layout: Annotated[str, Query(max_length=10, alias="format")] = "",
) -> Response:
    """The quality report of one authority, or the form again with what is wrong with it."""
    typed = {"area": area, "against": against, "others": others, "from": since, "to": to, "as_at": as_at}
    if not any(typed.values()):
        return go_to(request, "/reports")
    errors: dict[str, str] = {}
    days = {name: _day(typed[name], name, errors) for name in ("from", "to", "as_at")}
    try:
        name = area_of(area)
    except UsageError as error:
        errors["area"] = _sentence(error) if area else "Choose a local authority"
    if not errors:
        try:
            period = asked(now.astimezone(LONDON).date(), at=days["as_at"], since=days["from"], to=days["to"])
        except UsageError as error:
            errors["from"] = _sentence(error)
    try:
        comparators = None if errors else _comparators(house, name, against, others)
    except UsageError as error:
        errors["others"] = _sentence(error)
    if errors:
        return _form(request, house, typed, errors)
    with _AT_ONCE:
        survey = Survey(house.store.areas.known(), house.store.services.events(), period)
    return answered(request, house, area_paper(area_report(survey, name, comparators)), layout, back=("/reports", "Reports"))


@router.get("/signs")
def early_signs(
    request: Request,
    house: TheHouse,
    now: Now,
    area: Annotated[str, Query(max_length=200)] = "",
    layout: Annotated[str, Query(max_length=10, alias="format")] = "",
) -> Response:
    """Early signs in one authority, or in England."""
    name = area if area in AUTHORITIES else None
    if empty(house):
        return page(request, "signs.html", paper=None, areas=_areas(), area=name or "", downloads=(), base_url="")
    today = now.astimezone(LONDON).date()
    with _AT_ONCE:
        events = house.store.services.events()
        survey = Survey(house.store.areas.known(), events, asked(today, since=today - FALLS_SINCE))
        found = signs(survey.known.present, survey.moved(), area=name, today=today, newest=survey.known.newest)
    if layout in LAYOUTS:
        return file(signs_paper(found), layout, house)
    return page(
        request,
        "signs.html",
        paper=signs_paper(found, most=None if name else MOST_ROWS),
        areas=_areas(),
        area=name or "",
        downloads=downloads(request),
        base_url=house.settings.cqc_base_url,
    )


def answered(request: Request, house: House, paper: Paper, layout: str, *, back: tuple[str, str]) -> Response:
    """A paper as a page, or as the file that was asked for."""
    if layout in LAYOUTS:
        return file(paper, layout, house)
    base_url = house.settings.cqc_base_url
    return page(request, "report.html", paper=paper, back=back, downloads=downloads(request), base_url=base_url)


def file(paper: Paper, layout: str, house: House) -> Response:
    """A paper as a file, to be saved."""
    ending = "txt" if layout == "text" else layout
    headers = {"Content-Disposition": f'attachment; filename="{paper.name}.{ending}"'}
    content = LAYOUTS[layout](paper, house.settings.cqc_base_url)
    return Response(content, media_type=MEDIA[layout], headers=headers)


def downloads(request: Request) -> list[tuple[str, str]]:
    """The words of each file that there is of a page, and its address."""
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "format" and value]
    return [(words, f"?{urlencode([*query, ('format', layout)])}") for words, layout in DOWNLOADS]


def empty(house: House) -> bool:
    """Whether there is no register to report from."""
    return house.store.areas.newest() is None


def _form(request: Request, house: House, typed: dict[str, str], errors: dict[str, str]) -> Response:
    saved = [(f"{SAVED}{name}", name) for name in house.store.areas.lists()]
    against = [("", "England only"), (SAME_REGION, "The other authorities of its region"), *saved]
    known = {"area": "", "against": "", "others": "", "from": "", "to": "", "as_at": ""} | typed
    return page(
        request, "reports.html", areas=_areas(), against=against, typed=known, errors=errors, empty=empty(house), longest=LONGEST
    )


def _areas() -> list[tuple[str, str]]:
    return [("", "Choose one"), *((name, name) for name in AUTHORITIES)]


def _comparators(house: House, area: str, against: str, others: str) -> Comparators | None:
    names = [one for line in others.splitlines() for one in [line.strip(" ;,")] if one]
    if names:
        return Comparators(name="as typed", authorities=authorities_of(names))
    if against == SAME_REGION:
        return Comparators(
            name=REGION_OF[area], authorities=tuple(one for one in AUTHORITIES if REGION_OF[one] == REGION_OF[area])
        )
    found = house.store.areas.lists().get(against.removeprefix(SAVED)) if against.startswith(SAVED) else None
    return Comparators(name=against.removeprefix(SAVED), authorities=authorities_of(found)) if found else None


def _day(text: str, field: str, errors: dict[str, str]) -> date | None:
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date() if text.strip() else None  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        errors[field] = "Enter a date like 2026-01-31"
        return None


def _sentence(error: UsageError) -> str:
    text = str(error)
    return text[:1].upper() + text[1:]
