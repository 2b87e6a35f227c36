"""Maps of the services on a watchlist, and of the services found by a search of CQC's register (for example, a search by
local authority)."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from monitor.reports.provider import MARKS
from monitor.store.places import MOST, Box, Places
from monitor.web.drawing import WIDTH, Mark, drawing, town_of
from monitor.web.pages import page, paging, root_of
from monitor.web.parts import TheApp, segment
from monitor.web.register import Asked, asked_of
from monitor.web.watchlists import OneWatchlist

SIZE = 100
"""How many services each page of the table shows."""

router = APIRouter()


@router.get("/watchlists/{watchlist}/map")
def of_watchlist(request: Request, one: OneWatchlist, app: TheApp) -> Response:
    """Shows the services of a watchlist, on a map and in a table."""
    box = box_of(request.query_params.get("box", ""))
    found = app.store.maps.of_watchlist(one.name, box)
    path = f"/watchlists/{segment(one.name)}"
    return _page(request, found, box, None, title=f"Map of {one.name}", back=[("/watchlists", "Watchlists"), (path, one.name)])


@router.get("/map")
def of_register(request: Request, app: TheApp) -> Response:
    """Shows the services that a search of the register finds, on a map and in a table."""
    asked, box = asked_of(request, app.store.register.types()), box_of(request.query_params.get("box", ""))
    found = app.store.maps.of_register(asked.words, asked.held_to, box)
    return _page(request, found, box, asked, title=_title(asked), back=[("/register", "CQC’s register")])


def _title(asked: Asked) -> str:
    rule, words = asked.held_to, [f"“{asked.words}”"] if asked.words else []
    return f"Map of {', '.join([*rule.authorities, *rule.types, *rule.ratings, *words]) or 'CQC’s register'}"


def _page(
    request: Request, found: Places, box: Box | None, asked: Asked | None, *, title: str, back: list[tuple[str, str]]
) -> Response:
    drawn = drawing(found.places)
    number = request.query_params.get("page", "")[:9]
    pages = paging(request, number=int(number) if number.isdecimal() else 1, size=SIZE, total=len(found.places))
    rows = found.places[pages.offset : pages.offset + SIZE]
    on_page = {one.location_id for one in rows}
    query = [(name, value) for name, value in request.query_params.items() if name not in ("box", "page")]
    whole = f"{root_of(request)}{request.url.path}"
    return page(
        request,
        "map.html",
        title=title,
        back=back,
        found=found,
        asked=asked,
        marks=MARKS,
        drawing=drawn,
        width=WIDTH,
        most=MOST,
        rows=rows,
        town_of=town_of,
        paging=pages,
        is_part=box is not None,
        whole=f"{whole}?{urlencode(query)}" if query else whole,
        leads=lambda mark: _leads(mark, whole, query, root_of(request), on_page),
    )


def _leads(mark: Mark, path: str, query: list[tuple[str, str]], root: str, on_page: set[str]) -> str:
    """Returns the link of a mark. If the mark has one service, the link leads to its page. If it has several, the link leads to a
    map of these services. If they are too close together for a map, the link leads to the first of them in the table."""
    if mark.box is not None:
        return f"{path}?{urlencode([*query, ('box', ','.join(map(str, mark.box)))])}"
    first = mark.places[0]
    if len(mark.places) > 1 and first.location_id in on_page:
        return f"#service-{first.location_id}"
    return f"{root}/services/{first.location_id}" if first.is_known else f"{root}/register?q={first.location_id}"


def box_of(text: str) -> Box | None:
    """Returns the area that four numbers in an address describe; None if the text does not describe an area."""
    try:
        south, north, west, east = map(float, text.split(","))
    except ValueError:
        return None
    return (south, north, west, east) if -90 <= south < north <= 90 and -180 <= west < east <= 180 else None
