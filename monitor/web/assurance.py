"""Shows the assurance statement of a month, as a page and as files. The statement contains the names of colleagues, so only
editors and operators may see it."""

from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response

from monitor.errors import UsageError
from monitor.reports.assurance import Month, month_of
from monitor.reports.assurance_paper import assurance_paper
from monitor.reports.export import LAYOUTS
from monitor.text import day_in_london, sentence
from monitor.web import reports
from monitor.web.pages import page
from monitor.web.parts import Now, ShortText, TheApp
from monitor.web.watchlists import check_there

MOST_ROWS = 100
"""How many rows of each table the page shows at once."""

MONTHS = 24
"""How many months the page offers. People can type an earlier month into the page's address."""

router = APIRouter()


@router.get("/reports/assurance")
def assurance(
    request: Request, app: TheApp, now: Now, month: ShortText = "", watchlist: ShortText = "", layout: reports.Layout = ""
) -> Response:
    """Shows the assurance statement of a month, for one watchlist or for all watchlists. The default is the last complete
    month."""
    check_there(app, watchlist)
    offered = _offered(now)
    choices: dict[str, Any] = {
        "months": [(f"{one.first:%Y-%m}", one.name if one.is_whole else f"{one.name}, so far") for one in offered],
        "watchlists": [("", "All watchlists"), *((one, one) for one in app.store.glance.watchlists())],
        "watchlist": watchlist,
    }
    try:
        chosen = month_of(month, now)
    except UsageError as error:
        errors = {"month": sentence(str(error))}
        return page(request, "assurance.html", paper=None, month="", errors=errors, **choices)
    with reports.in_turn():
        paper = assurance_paper(app.store.assurance.records(chosen, watchlist or None, now, app.settings.keep_log))
    if layout in LAYOUTS:
        return reports.file(paper, layout, app)
    shown = reports.shown(request, app, paper, MOST_ROWS)
    if chosen not in offered:
        choices["months"] = [*choices["months"], (f"{chosen.first:%Y-%m}", chosen.name)]
    return page(request, "assurance.html", month=f"{chosen.first:%Y-%m}", errors={}, **choices, **shown)


def _offered(now: datetime) -> list[Month]:
    """The months to choose from, newest first."""
    found = [month_of("", now)]
    while len(found) < MONTHS:
        found.append(month_of("", found[-1].begins + timedelta(days=1)))
    return [month_of(f"{day_in_london(now):%Y-%m}", now), *found]
