"""The steps of the cases of a watchlist's services."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from monitor.cases import SHIPPED, Planned, steps_in, written
from monitor.web.forms import FormModel, Ticked, checked
from monitor.web.pages import go_to, page
from monitor.web.parts import Me, Now, TheApp, segment
from monitor.web.watchlists import OneWatchlist

router = APIRouter()


class Template(FormModel):
    """The steps, one a line. `shipped`: those that are shipped, whatever is typed."""

    steps: Annotated[str, checked(lambda text: written(steps_in(text)))] = ""
    shipped: Ticked = False


@router.get("/watchlists/{watchlist}/steps")
def steps(request: Request, one: OneWatchlist, app: TheApp) -> Response:
    """The steps."""
    return page(request, "case_steps.html", watchlist=one, steps=written(app.store.cases.template(one.name)))


@router.post("/watchlists/{watchlist}/steps")
def save(request: Request, one: OneWatchlist, app: TheApp, me: Me, now: Now, form: Annotated[Template, Form()]) -> Response:
    """Changes them, for new cases."""
    if form.errors and not form.typed["shipped"]:
        return page(request, "case_steps.html", watchlist=one, steps=form.typed["steps"], errors=form.errors)
    chosen: tuple[Planned, ...] | None = None if form.typed["shipped"] else steps_in(form.steps)
    app.store.cases.set_template(one.name, None if chosen == SHIPPED else chosen, me.id, now)
    return go_to(request, f"/watchlists/{segment(one.name)}/steps", said="Saved.")
