"""The page of API keys. It shows a person's own keys and, to operators, everybody's keys. A new key is shown once, when it is
made."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response
from pydantic import AfterValidator, Field

from monitor.app import App
from monitor.errors import UsageError
from monitor.store.keys import LONGEST_NAME
from monitor.store.people import Person, Role
from monitor.web.forms import FormModel
from monitor.web.pages import go_to, page
from monitor.web.parts import Id, Now, TheApp, User

router = APIRouter()


def _label(text: str) -> str:
    label = " ".join(text.split())
    if not 0 < len(label) <= LONGEST_NAME or not label.isprintable():
        raise ValueError(text)
    return label


@router.get("/keys")
def keys(request: Request, app: TheApp, me: User) -> Response:
    """Shows the keys, and the form for making a key."""
    return _page(request, app, me)


class NewKey(FormModel):
    """The purpose of a new key."""

    name: Annotated[str, AfterValidator(_label)] = Field(
        description=f"Enter what the key is for, in up to {LONGEST_NAME} characters"
    )


@router.post("/keys")
def make(request: Request, app: TheApp, me: User, now: Now, form: Annotated[NewKey, Form()]) -> Response:
    """Makes a key. Only the page that this function returns shows the key. No address and no cookie contains the key."""
    errors = form.errors
    try:
        if not errors:
            return _page(request, app, me, made=app.store.keys.make(me, form.name, now), made_name=form.name)
    except UsageError as error:
        errors = {"name": str(error)}
    return _page(request, app, me, errors=errors, **form.typed)


@router.post("/keys/{key}/end")
def end(request: Request, key: Id, app: TheApp, me: User, now: Now) -> Response:
    """Ends a key. An operator may end anybody's key. Other people may end only their own keys, and get a 404 for any other
    key."""
    ended = app.store.keys.revoke(key, me, now)
    if ended is None:
        raise HTTPException(404)
    return go_to(request, "/keys", said=f"The key {ended.name} (…{ended.last_four}) can no longer be used.")


def _page(request: Request, app: App, me: Person, **values: Any) -> Response:
    given: dict[str, Any] = {"name": "", "made": None, "made_name": ""} | values
    is_operator = me.role is Role.OPERATOR
    listed = app.store.keys.all(None if is_operator else me.id)
    return page(request, "keys.html", keys=listed, everybodys=is_operator, longest=LONGEST_NAME, **given)
