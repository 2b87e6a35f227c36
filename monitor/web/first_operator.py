"""The first page of a new installation. A person who enters the code that the program printed becomes the first operator."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from pydantic import Field

from monitor.store.first_operator import Refused
from monitor.store.people import email_of
from monitor.web.forms import FormModel, checked
from monitor.web.pages import go_to, page
from monitor.web.parts import Now, TheApp, browser_of, keep_session, signed_in_of
from monitor.web.permissions import NotSignedIn
from monitor.web.sign_in import client_of

PATH = "/first-operator"

router = APIRouter()


@router.get(PATH)
def ask(request: Request, app: TheApp) -> Response:
    """Shows the form for the code, if the monitor has no operator yet."""
    if signed_in_of(request):
        return go_to(request, "/")
    if not app.store.first_operator.is_wanted():
        raise NotSignedIn(None)
    return _form(request)


class CodeTyped(FormModel):
    """The code, and the address of the person who typed it."""

    code: Annotated[str, Field(min_length=1, max_length=100, description="Enter the code that the terminal shows")]
    email: Annotated[str, checked(email_of)]


@router.post(PATH)
def enter(request: Request, app: TheApp, now: Now, form: Annotated[CodeTyped, Form()]) -> Response:
    """Makes the person the operator, and signs them in."""
    if form.errors:
        return _form(request, errors=form.errors, **form.typed)
    browser = browser_of(request.headers.get("user-agent", ""))
    client, length = client_of(request, app), app.settings.session_length
    enter_as = app.store.first_operator.enter
    result = enter_as(form.code, form.email, client=client, browser=browser, now=now, length=length)
    if isinstance(result, Refused):
        status, text = _REFUSED[result]
        return _form(request, status=status, errors={"code": text}, **form.typed)
    response = go_to(request, "/set-up", said=f"You are signed in as {form.email}. You are this monitor’s operator.")
    keep_session(request, response, result.token)
    return response


_REFUSED: Mapping[Refused, tuple[int, str]] = {
    Refused.TAKEN: (409, "This monitor has an operator already. Ask the operator to invite you, or sign in"),
    Refused.WRONG: (
        422,
        "This code is wrong, or no longer valid. "
        "Copy the code that the terminal showed when the monitor was last started, or start the monitor again",
    ),
    Refused.TOO_MANY: (
        429,
        "Too many wrong codes were entered. "
        "Wait an hour, or use this command in the monitor’s folder: cqc-monitor invite ADDRESS --operator",
    ),
}


def _form(request: Request, status: int = 200, **values: Any) -> Response:
    given: dict[str, Any] = {"code": "", "email": ""} | values
    return page(request, "first_operator.html", status=status, **given)
