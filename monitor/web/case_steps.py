"""The steps that new cases about a watchlist's services get."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from monitor.app import App
from monitor.cases import SHIPPED, steps_in, written
from monitor.errors import UsageError
from monitor.web.forms import FormModel, Ticked
from monitor.web.pages import go_to, page
from monitor.web.parts import Now, TheApp, User, segment
from monitor.web.watchlists import OneWatchlist

router = APIRouter()


class Template(FormModel):
    """The steps, one per line. `shipped`: use the program's default steps, whatever was typed."""

    steps: str = ""
    shipped: Ticked = False


@router.get("/watchlists/{watchlist}/steps")
def steps(request: Request, one: OneWatchlist, app: TheApp) -> Response:
    """Shows the form with the steps."""
    return page(request, "case_steps.html", watchlist=one, steps=written(app.store.cases.template(one.name), _owners(app)))


@router.post("/watchlists/{watchlist}/steps")
def save(request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now, form: Annotated[Template, Form()]) -> Response:
    """Changes the steps for new cases."""
    errors = {} if form.typed["shipped"] else dict(form.errors)
    chosen = None
    try:
        chosen = None if errors or form.typed["shipped"] else steps_in(form.steps, _owners(app))
    except UsageError as error:
        errors = {"steps": str(error)}
    if errors:
        return page(request, "case_steps.html", watchlist=one, steps=form.typed["steps"], errors=errors)
    app.store.cases.set_template(one.name, None if chosen == SHIPPED else chosen, me.id, now)
    return go_to(request, f"/watchlists/{segment(one.name)}/steps", said="Saved.")


def _owners(app: App) -> Mapping[int, str]:
    """The addresses of the people who can be responsible for a step, by their ids."""
    return {one.id: one.email for one in app.store.cases.owners()}
