"""The saved lists of local authorities that a report compares an area with."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response
from pydantic import Field

from monitor.app import App
from monitor.errors import UsageError
from monitor.reports.area import authorities_of
from monitor.store.people import Role
from monitor.text import counted, sentence
from monitor.web.forms import FormModel, one_line
from monitor.web.pages import go_to, page
from monitor.web.parts import Me, Now, TheApp
from monitor.web.reports import LONGEST

PATH = "/reports/comparators"

router = APIRouter()


class NewList(FormModel):
    """A list and its name; one with the same name is replaced."""

    name: str = Field(min_length=1, max_length=100, description="Enter a name")
    authorities: str = Field(min_length=1, max_length=LONGEST, description="Enter at least one local authority")


@router.get(PATH)
def comparators(request: Request, app: TheApp, me: Me) -> Response:
    """The lists, and for editors the form for another one."""
    return _page(request, app, may_edit=me.role.may(Role.EDITOR))


@router.post(PATH)
def save(request: Request, app: TheApp, me: Me, now: Now, form: Annotated[NewList, Form()]) -> Response:
    """Saves a list."""
    errors, name = dict(form.errors), one_line(str(form.typed["name"]))
    found: tuple[str, ...] = ()
    if "name" not in errors and not name:
        errors["name"] = "Enter a name"
    lines = [one.strip(" ;,") for one in str(form.typed["authorities"]).splitlines()]
    if "authorities" not in errors:
        try:
            found = authorities_of(one for one in lines if one)
            errors |= {} if found else {"authorities": "Enter at least one local authority"}
        except UsageError as error:
            errors["authorities"] = sentence(str(error))
    if errors:
        return _page(request, app, errors=errors, **form.typed)
    app.store.areas.save_list(name, found, now)
    app.store.audit.note(me.id, "saved a list of authorities:", name, now)
    return go_to(request, PATH, said=f"{name} is saved, with {counted(len(found), 'authority', 'authorities')}.")


@router.post(f"{PATH}/remove")
def remove(request: Request, app: TheApp, me: Me, now: Now, name: Annotated[str, Form(max_length=1000)] = "") -> Response:
    """Removes a list."""
    if not app.store.areas.remove_list(name):
        raise HTTPException(404, "There is no such list any more.")
    app.store.audit.note(me.id, "removed a list of authorities:", name, now)
    return go_to(request, PATH, said=f"{name} is removed.")


def _page(request: Request, app: App, *, may_edit: bool = True, **values: Any) -> Response:
    given: dict[str, Any] = {"name": "", "authorities": ""} | values
    return page(request, "comparators.html", lists=app.store.areas.lists(), may_edit=may_edit, longest=LONGEST, **given)
