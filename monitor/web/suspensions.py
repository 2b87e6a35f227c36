"""The list of services where placements are suspended, or might have to be suspended, with the dates of reviews."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response

from monitor.app import App
from monitor.errors import UsageError
from monitor.reports.cells import Sheet, csv_file, workbook_file
from monitor.store.people import Person, Role
from monitor.suspensions import Ask, Suspension, in_order, nothing_listed
from monitor.text import day, day_in_london, sentence
from monitor.views.suspensions import COLUMNS, rows
from monitor.web.forms import DayIfAny, FormModel
from monitor.web.pages import go_to, page
from monitor.web.parts import Now, TheApp, User, Visiting, WatchlistName
from monitor.web.sheets import saved_as

_NOTES = (
    "“Placements suspended since” and “People placed” are the council’s own facts, from its files. The ratings are CQC’s.",
    "A service is listed if placements are suspended. A service without a suspension is listed if it is, or may be, rated "
    "Inadequate overall, and people are, or may be, placed there. If the council’s files say nothing about a service, it is not "
    "known whether people are placed there.",
)

router = APIRouter()


class Planned(FormModel):
    """The day by which a suspension must be reviewed. If the field is empty, no review is planned."""

    review_on: DayIfAny = None


@router.get("/suspensions")
def suspensions(request: Request, app: TheApp, me: User, now: Now) -> Response:
    """Shows all suspensions, most pressing first."""
    return _page(request, app, me, now)


@router.get("/suspensions/export.csv")
def as_csv(app: TheApp, me: User, now: Now) -> Response:
    """Returns the suspensions as CSV."""
    content = csv_file([one.title for one in COLUMNS], rows(_found(app, me, now), day_in_london(now)))
    return saved_as("suspended-placements.csv", content)


@router.get("/suspensions/export.xlsx")
def as_workbook(app: TheApp, me: User, now: Now) -> Response:
    """Returns the suspensions as a workbook."""
    sheet = Sheet(title="Suspended placements", columns=COLUMNS, rows=rows(_found(app, me, now), day_in_london(now)))
    content = workbook_file([sheet], _NOTES)
    return saved_as("suspended-placements.xlsx", content)


@router.get("/suspensions/{watchlist}/{location_id}")
def choose(request: Request, app: TheApp, me: User, now: Now, watchlist: WatchlistName, location_id: str) -> Response:
    """Shows the form for the date of a review."""
    one = _one(app, me, watchlist, location_id)
    return page(request, "suspension.html", one=one, typed=day(one.review) if one.review else "", today=day_in_london(now))


@router.post("/suspensions/{watchlist}/{location_id}")
def plan(here: Visiting, watchlist: WatchlistName, location_id: str, form: Annotated[Planned, Form()]) -> Response:
    """Sets the date of a review."""
    app, now, errors = here.app, here.now, dict(form.errors)
    if not errors:
        try:
            if not app.store.suspensions.plan(watchlist, location_id, form.review_on, here.me.id, now):
                raise HTTPException(404)
        except UsageError as error:
            errors = {"review_on": sentence(str(error))}
    if errors:
        one, typed = _one(app, here.me, watchlist, location_id), form.typed["review_on"]
        return page(here.request, "suspension.html", one=one, typed=typed, today=day_in_london(now), errors=errors)
    said = f"must be reviewed by {day(form.review_on)}" if form.review_on else "has no date for a review"
    return go_to(here.request, "/suspensions", said=f"The suspension {said}.")


def _one(app: App, me: Person, watchlist: str, location_id: str) -> Suspension:
    """Returns a suspension. Raises a 404 if it does not exist, or if the person may not read the watchlist's own facts."""
    found = app.store.suspensions.listed([watchlist], reader=me.id)
    one = next((one for one in found if one.facts.location_id == location_id and one.facts.suspended_since), None)
    if one is None:
        raise HTTPException(404)
    return one


def _found(app: App, me: Person, now: datetime) -> list[Suspension]:
    return in_order(app.store.suspensions.listed(reader=me.id), day_in_london(now))


def _page(request: Request, app: App, me: Person, now: datetime) -> Response:
    found, today = _found(app, me, now), day_in_london(now)
    return page(
        request,
        "suspensions.html",
        found=found,
        known=app.store.glance.known({one.facts.location_id for one in found}),
        base_url=app.settings.cqc_base_url,
        nothing="" if found else nothing_listed(app.store.suspensions.knows(reader=me.id)),
        today=today,
        Ask=Ask,
        may_edit=me.role.may(Role.EDITOR),
    )
