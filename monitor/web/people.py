"""The page of people, which shows who may sign in and with which role, and the audit, which shows who did what. Only operators
see these pages."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, Response
from pydantic import Field

from monitor.app import App
from monitor.store.audit import COMMAND_LINE
from monitor.store.leaving import Choice, Decision, Unsaid
from monitor.store.people import INVITATION, Role, email_of
from monitor.store.unsubscribed import UNDO
from monitor.text import counted, listed
from monitor.web.forms import FormModel, checked
from monitor.web.pages import go_to, page, paging
from monitor.web.parts import Id, Now, PageNumber, ShortText, TheApp, User, is_number, now_of

DEEDS = 50
"""How many entries of the audit a page shows."""

router = APIRouter()


@router.get("/people")
def people(request: Request, app: TheApp) -> Response:
    """Shows everybody who may sign in, everybody whose access has ended, and the form for inviting somebody."""
    return _page(request, app)


class Invited(FormModel):
    """Somebody to invite."""

    email: Annotated[str, checked(email_of)]
    role: Role = Field(description="Choose a role")


@router.post("/people")
def invite(request: Request, app: TheApp, me: User, now: Now, form: Annotated[Invited, Form()]) -> Response:
    """Invites a new person, or gives a known person another role. Sends the person a link."""
    if form.errors:
        return _page(request, app, errors=form.errors, **form.typed)
    person = app.store.people.invite(form.email, form.role, me.id, now)
    said = f"{person.email} has been invited as {person.role}."
    if app.can_mail:
        token = app.store.people.new_link(person.email, now=now)
        app.store.outbox.sign_in(person.email, token, until=now + INVITATION, invitation=True, now=now)
    else:
        said += " Email is not set up yet. Set up email (docs/mail.md), or print a link with cqc-monitor invite."
    return go_to(request, "/people", said=said)


@router.post("/people/{person}/role")
def change_role(request: Request, person: Id, app: TheApp, me: User, now: Now, role: Annotated[Role, Form()]) -> Response:
    """Gives somebody another role."""
    changed = app.store.people.set_role(person, role, me.id, now)
    if changed is None:
        raise HTTPException(404)
    return go_to(request, "/people", said=f"{changed.email} now has the role {changed.role}.")


@router.get("/people/{person}/end")
def ask_to_end(request: Request, person: Id, app: TheApp) -> Response:
    """Asks whether to end somebody's access, and what should happen to each of their subscriptions."""
    return _end_page(request, app, person)


@router.post("/people/{person}/end")
def end(
    request: Request, person: Id, app: TheApp, me: User, now: Now, decision: Annotated[tuple[str, ...], Form()] = ()
) -> Response:
    """Ends somebody's access at once. `decision` contains a text for each subscription: the subscription's id, a colon, and what
    should happen to the subscription."""
    said_of = (one.partition(":") for one in decision)
    chosen = {int(number): _decision(said) for number, _, said in said_of if is_number(number)}
    decisions = {number: one for number, one in chosen.items() if one is not None}
    try:
        ended = app.store.leaving.end_access(person, decisions, me.id, now, app.operator)
    except Unsaid as error:
        errors = {f"decision-{one.subscription.id}": f"Choose what happens to {one.name}" for one in error.left}
        return _end_page(request, app, person, chosen=decisions, errors=errors)
    if ended is None:
        raise HTTPException(404)
    return go_to(request, "/people", said=f"{ended.email} can no longer sign in.")


@router.post("/people/{person}/restore")
def restore(request: Request, person: Id, app: TheApp, me: User, now: Now) -> Response:
    """Restores somebody's access, and the subscriptions that ended together with the access."""
    found = app.store.leaving.restore_access(person, me, now)
    if found is None:
        raise HTTPException(404, "This access ended too long ago, or has already been restored.")
    restored, undone = found
    said = f"{restored.email} can sign in again as {restored.role}."
    if undone.restored:
        said += f" {counted(len(undone.restored), 'subscription was', 'subscriptions were')} restored."
    if undone.gone:
        said += f" These watchlists no longer exist: {listed(undone.gone)}."
    return go_to(request, "/people", said=said)


def _decision(said: str) -> Decision | None:
    if said in set(Choice):
        return Choice(said)
    return int(said) if is_number(said) else None


def _end_page(
    request: Request, app: App, person_id: int, *, chosen: Mapping[int, Decision] = {}, errors: Mapping[str, str] = {}
) -> Response:
    everyone = app.store.people.everyone()
    person = next((one for one in everyone if one.id == person_id and one.ended_at is None), None)
    if person is None:
        raise HTTPException(404)
    others = [one for one in everyone if one.ended_at is None and one.id != person_id]
    left = app.store.leaving.subscriptions(person)
    rotas, second = app.store.leaving.called(person)
    until = now_of(request) + UNDO
    values: dict[str, Any] = {"left": left, "others": others, "chosen": chosen, "until": until, "rotas": rotas, "second": second}
    return page(request, "person_end.html", leaver=person, errors=errors, **values)


def _page(request: Request, app: App, **values: Any) -> Response:
    given: dict[str, Any] = {"email": "", "role": ""} | values
    since = now_of(request) - UNDO
    return page(request, "people.html", people=app.store.people.everyone(), roles=list(Role), since=since, **given)


@router.get("/audit")
def audit(request: Request, app: TheApp, search: ShortText = "", number: PageNumber = 1) -> Response:
    """Shows the audit, newest entries first. If words are searched, shows only the entries that contain all the words."""
    pages = paging(request, number=number, size=DEEDS, total=app.store.audit.count(search))
    deeds = app.store.audit.newest(DEEDS, pages.offset, search)
    return page(request, "audit.html", deeds=deeds, paging=pages, search=search, command_line=COMMAND_LINE)
