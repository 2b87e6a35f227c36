"""Who may sign in, and with which role; and the audit: who did what. For operators."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response
from pydantic import Field

from monitor.app import App
from monitor.store.audit import COMMAND_LINE
from monitor.store.people import INVITATION, Role, email_of
from monitor.web.forms import FormModel, checked
from monitor.web.pages import go_to, page, paging
from monitor.web.parts import Id, Me, Now, PageNumber, ShortText, TheApp

DEEDS = 50
"""Entries of the audit a page."""

router = APIRouter()


@router.get("/people")
def people(request: Request, app: TheApp) -> Response:
    """Everybody, and the form to invite somebody."""
    return _page(request, app)


class Invited(FormModel):
    """Somebody to invite."""

    email: Annotated[str, checked(email_of)]
    role: Role = Field(description="Choose what they may do")


@router.post("/people")
def invite(request: Request, app: TheApp, me: Me, now: Now, form: Annotated[Invited, Form()]) -> Response:
    """Invites somebody, or gives a known person another role, and sends them a link."""
    if form.errors:
        return _page(request, app, errors=form.errors, **form.typed)
    person = app.store.people.invite(form.email, form.role, me.id, now)
    said = f"{person.email} has been invited as {person.role}."
    if app.can_mail:
        token = app.store.people.new_link(person.email, now=now)
        app.store.outbox.sign_in(person.email, token, until=now + INVITATION, invitation=True, now=now)
    else:
        said += " No email can be sent yet: set SMTP_URL and MAIL_FROM, or print a link with cqc-monitor invite."
    return go_to(request, "/people", said=said)


@router.post("/people/{person}/role")
def change_role(request: Request, person: Id, app: TheApp, me: Me, now: Now, role: Annotated[Role, Form()]) -> Response:
    """Gives somebody another role."""
    changed = app.store.people.set_role(person, role, me.id, now)
    if changed is None:
        raise HTTPException(404)
    return go_to(request, "/people", said=f"{changed.email} is now {changed.role}.")


@router.post("/people/{person}/end")
def end(request: Request, person: Id, app: TheApp, me: Me, now: Now) -> Response:
    """Ends somebody's access, at once."""
    ended = app.store.people.end(person, me.id, now)
    if ended is None:
        raise HTTPException(404)
    return go_to(request, "/people", said=f"{ended.email} can no longer sign in.")


def _page(request: Request, app: App, **values: Any) -> Response:
    given: dict[str, Any] = {"email": "", "role": ""} | values
    return page(request, "people.html", people=app.store.people.everyone(), roles=list(Role), **given)


@router.get("/audit")
def audit(request: Request, app: TheApp, search: ShortText = "", number: PageNumber = 1) -> Response:
    """The audit, newest first; with a search, the entries that contain all its words."""
    pages = paging(request, number=number, size=DEEDS, total=app.store.audit.count(search))
    deeds = app.store.audit.newest(DEEDS, pages.offset, search)
    return page(request, "audit.html", deeds=deeds, paging=pages, search=search, command_line=COMMAND_LINE)
