"""Saves, opens, renames and deletes views of a watchlist, and stores the columns that each person chooses."""

from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from pydantic import Field

from monitor.errors import UsageError
from monitor.store.people import Person
from monitor.store.saved_views import LONGEST_NAME, SavedView
from monitor.text import sentence
from monitor.web.forms import FormModel, name_up_to
from monitor.web.grid import columns_of, query_of, wanted_of
from monitor.web.pages import go_to, local_path, page
from monitor.web.parts import Now, TheApp, User, is_number, segment
from monitor.web.watchlists import OneWatchlist, existing, gone, grid_page

router = APIRouter()

_NAME_WANTED = f"Enter a name of up to {LONGEST_NAME} characters"


class ViewName(FormModel):
    """The name of a view."""

    name: Annotated[str, name_up_to(LONGEST_NAME, _NAME_WANTED)] = Field(description=_NAME_WANTED)


class NewView(ViewName):
    """A view to save: its name, and what it shows, as a query string."""

    query: str = ""


class Columns(FormModel):
    """The columns that a person wants to see, and the page to go back to. If `usual` is not empty, the default columns are
    shown."""

    columns: tuple[str, ...] = ()
    usual: str = ""
    back: str = ""


def _found(app: TheApp, view: str) -> SavedView:
    """Returns the view with this id. Raises a 404 if no view has this id."""
    found = app.store.saved_views.find(int(view)) if is_number(view) else None
    if found is None:
        raise HTTPException(404, "There is no view at this address. Somebody may have deleted the view or its watchlist.")
    return found


OneView = Annotated[SavedView, Depends(_found)]
"""The view whose id is in the address of the request."""


@router.post("/watchlists/{watchlist}/views")
def save(request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now, form: Annotated[NewView, Form()]) -> Response:
    """Saves what the watchlist's page shows as a view."""
    given = dict(parse_qsl(form.query, keep_blank_values=True))
    asked, columns = wanted_of(given), columns_of(given.get("columns", "").split(","))
    errors = dict(form.errors)
    if not errors:
        try:
            made = app.store.saved_views.save(one.name, form.name, urlencode(query_of(asked, columns)), me.id, now)
        except UsageError as error:
            errors["name"] = sentence(str(error))
        else:
            if made is None:
                raise gone(one.name)
            said = f"The view {form.name} has been saved. You can share the view’s address."
            return go_to(request, f"/views/{made}", said=said)
    return grid_page(request, one, me, given, errors=errors, typed_name=str(form.typed["name"]))


@router.get("/views/{view}")
def opened(request: Request, view: OneView, app: TheApp, me: User) -> Response:
    """Shows the watchlist as the view was saved. Everybody who opens the address sees the same list."""
    query = dict(parse_qsl(view.query, keep_blank_values=True))
    return grid_page(request, existing(app, view.watchlist), me, query, view)


def _check(view: SavedView, me: Person) -> None:
    if not view.may_be_changed_by(me):
        raise HTTPException(403)


@router.get("/views/{view}/settings")
def settings(request: Request, view: OneView, me: User) -> Response:
    """Shows the settings of a view: its name, and a button that deletes the view."""
    _check(view, me)
    return page(request, "saved_view.html", view=view, name=view.name)


@router.post("/views/{view}/settings")
def rename(request: Request, view: OneView, app: TheApp, me: User, now: Now, form: Annotated[ViewName, Form()]) -> Response:
    """Gives a view another name. The view's address stays the same."""
    _check(view, me)
    errors = dict(form.errors)
    if not errors:
        try:
            app.store.saved_views.rename(view, form.name, me.id, now)
        except UsageError as error:
            errors["name"] = sentence(str(error))
    if errors:
        return page(request, "saved_view.html", view=view, name=form.typed["name"], errors=errors)
    return go_to(request, f"/views/{view.id}", said="Saved.")


@router.post("/views/{view}/delete")
def delete(request: Request, view: OneView, app: TheApp, me: User, now: Now) -> Response:
    """Deletes a view. The watchlist stays."""
    _check(view, me)
    app.store.saved_views.delete(view, me.id, now)
    return go_to(request, f"/watchlists/{segment(view.watchlist)}", said=f"The view {view.name} was deleted.")


@router.post("/columns")
def choose(request: Request, app: TheApp, me: User, form: Annotated[Columns, Form()]) -> Response:
    """Stores the person's choice of columns, for all watchlists."""
    chosen = None if form.usual else [str(one) for one in columns_of(form.columns)]
    app.store.saved_views.choose_columns(me.id, chosen)
    return go_to(request, local_path(form.back) or "/watchlists", said="Saved.")
