"""The saved lists of local authorities that a report compares an area with."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from monitor.app import App
from monitor.cqc.location_list import COLUMNS_OF_AUTHORITIES as COLUMNS
from monitor.cqc.location_list import read_column
from monitor.errors import UsageError
from monitor.reports.area import authorities_of, names_in
from monitor.store.people import Person, Role
from monitor.text import counted, sentence
from monitor.web.forms import FormModel, one_line
from monitor.web.pages import go_to, page
from monitor.web.parts import Now, TheApp, User
from monitor.web.reports import LONGEST
from monitor.web.uploads import Uploaded, sent, uploads_of

PATH = "/reports/comparators"

LONGEST_NAME = 100

router = APIRouter()


class NewList(FormModel):
    """A new list and its name. The list replaces any list with the same name."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME, description="Enter a name")
    authorities: str = Field(min_length=1, max_length=LONGEST, description="Enter at least one local authority")


@router.get(PATH)
def comparators(request: Request, app: TheApp, me: User) -> Response:
    """Shows the lists and, for editors, the form for a new list."""
    return _page(request, app, may_edit=me.role.may(Role.EDITOR))


@router.post(PATH)
def save(request: Request, app: TheApp, me: User, now: Now, form: Annotated[NewList, Form()]) -> Response:
    """Saves a list."""
    errors, name = dict(form.errors), one_line(str(form.typed["name"]))
    found: tuple[str, ...] = ()
    if "name" not in errors and not name:
        errors["name"] = "Enter a name"
    if "authorities" not in errors:
        try:
            found = authorities_of(names_in(str(form.typed["authorities"])))
            errors |= {} if found else {"authorities": "Enter at least one local authority"}
        except UsageError as error:
            errors["authorities"] = sentence(str(error))
    if errors:
        return _page(request, app, errors=errors, **form.typed)
    return _saved(request, app, me, name, found, now)


def _saved(request: Request, app: App, me: Person, name: str, found: tuple[str, ...], now: datetime) -> Response:
    app.store.areas.save_list(name, found, now)
    app.store.audit.note(me.id, "saved a list of authorities:", name, now)
    return go_to(request, PATH, said=f"{name} is saved, with {counted(len(found), 'authority', 'authorities')}.")


class UploadedList(Uploaded):
    """A list as a file, and its name."""

    list: str = ""


@router.post(f"{PATH}/upload")
async def upload(request: Request, app: TheApp, me: User, now: Now, form: Annotated[UploadedList, Form()]) -> Response:
    """Saves the list that a file contains."""
    name, errors = one_line(form.list), {}
    if not 1 <= len(name) <= LONGEST_NAME:
        errors["list"] = f"Enter a name of up to {LONGEST_NAME} characters"
    raw = await sent(form.file)
    found: tuple[str, ...] = ()
    try:
        if not raw:
            chosen = form.file is not None and form.file.filename
            raise UsageError("The file is empty" if chosen else "Choose a CSV or XLSX file")
        found = authorities_of(await uploads_of(request).read(lambda: read_column(raw, COLUMNS, "The file")))
    except UsageError as error:
        errors["file"] = sentence(str(error))
    if errors:
        return await run_in_threadpool(_page, request, app, errors=errors, list=form.list)
    return await run_in_threadpool(_saved, request, app, me, name, found, now)


@router.post(f"{PATH}/remove")
def remove(request: Request, app: TheApp, me: User, now: Now, name: Annotated[str, Form(max_length=1000)] = "") -> Response:
    """Removes a list."""
    if not app.store.areas.remove_list(name):
        raise HTTPException(404, "This list no longer exists.")
    app.store.audit.note(me.id, "removed a list of authorities:", name, now)
    return go_to(request, PATH, said=f"{name} is removed.")


def _page(request: Request, app: App, *, may_edit: bool = True, **values: Any) -> Response:
    given: dict[str, Any] = {"name": "", "authorities": "", "list": ""} | values
    return page(request, "comparators.html", lists=app.store.areas.lists(), may_edit=may_edit, longest=LONGEST, **given)
