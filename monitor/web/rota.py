"""The page of a watchlist's rota, which says who is on call at which times."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from monitor import channels
from monitor.app import App
from monitor.errors import UsageError
from monitor.rota import Rota, Turn, office_in, turns_in, written
from monitor.store.watchlists import Watchlist
from monitor.web.forms import FormModel, day_of
from monitor.web.pages import go_to, page
from monitor.web.parts import Now, TheApp, User, segment
from monitor.web.watchlists import OneWatchlist, address_of, gone

router = APIRouter()


class Written(FormModel):
    """The form for the rota: the people, one per line, and the office hours. Both fields may be empty."""

    people: str = ""
    office: str = ""


@router.get("/watchlists/{watchlist}/rota")
def rota(request: Request, one: OneWatchlist, app: TheApp, now: Now) -> Response:
    """Shows who is on call now, at which times nobody is on call, and the form."""
    kept = app.store.rotas.of(one.name)
    return _page(request, app, one, now, people=written(kept), office=kept.office.words if kept.office else "")


@router.post("/watchlists/{watchlist}/rota")
def save(request: Request, one: OneWatchlist, app: TheApp, me: User, now: Now, form: Annotated[Written, Form()]) -> Response:
    """Replaces the rota. If no people are entered, the rota is removed."""
    errors, office = dict(form.errors), None
    turns: tuple[Turn, ...] = ()
    try:
        turns = turns_in(form.people, lambda text: _address(app, text), day_of)
    except UsageError as error:
        errors["people"] = str(error)
    try:
        office = office_in(form.office) if form.office.strip() else None
    except UsageError as error:
        errors["office"] = str(error)
    if errors:
        return _page(request, app, one, now, errors=errors, **form.typed)
    new = Rota(turns=turns, office=office)
    if not app.store.rotas.save(one.name, new, me.id, now):
        raise gone(one.name)
    gaps = app.store.rotas.of(one.name).gaps(now)
    said = f"Saved. Nobody is on call at these times: {'; '.join(gaps)}." if gaps else "Saved."
    return go_to(request, f"/watchlists/{segment(one.name)}/rota", said=said)


def _address(app: App, text: str) -> str:
    """Returns the address of one person, which is a mailbox or a telephone. Raises UsageError for any other address."""
    bare = f"sms:{text}" if text[:1] in {"+", "0"} else text
    address = address_of(app, bare)
    if channels.scheme(address) not in {"mailto", "sms"}:
        raise UsageError("write the email address or the mobile number of one person")
    return address


def _page(request: Request, app: App, one: Watchlist, now: datetime, **values: Any) -> Response:
    kept = app.store.rotas.of(one.name)
    return page(
        request,
        "rota.html",
        watchlist=one,
        has_rota=bool(kept.turns),
        gone=sorted(channels.target(each) for each in kept.gone),
        on_call=[channels.target(each) for each in kept.on_call(now)],
        told_first=kept.first(now),
        gaps=kept.gaps(now),
        escalates=app.settings.escalate_after,
        **values,
    )
