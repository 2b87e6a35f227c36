"""The list of cases, where a person can change several cases at once, and the page of one case, with its steps, notes and log."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Response
from pydantic import AfterValidator, BeforeValidator, Field

from monitor import own_facts
from monitor.app import App
from monitor.cases import (
    LONGEST_TITLE,
    STEPS,
    Action,
    Assign,
    Case,
    Close,
    Did,
    EditStep,
    Entry,
    FinishStep,
    Outcome,
    Reopen,
    State,
    Tab,
)
from monitor.errors import UsageError
from monitor.store.audit import COMMAND_LINE
from monitor.store.cases import Answer
from monitor.store.people import Role
from monitor.text import counted, day_in_london, listed, moment, plain, sentence
from monitor.web.forms import DayIfAny, FormModel, in_lines, one_line
from monitor.web.items import owner_of, shown
from monitor.web.pages import go_to, page, paging
from monitor.web.parts import Id, PageNumber, TheApp, Visit, Visiting, is_number

SIZE = 50
MOST_ITEMS = 50
"""How many items the page of a case shows."""

LONGEST_NOTE = 10_000

TABS = ((Tab.ALL, "All"), (Tab.MINE, "Mine"), (Tab.NOBODYS, "Nobody’s"), (Tab.OVERDUE, "Overdue"), (Tab.CLOSED, "Closed"))

router = APIRouter()


def in_paragraphs(text: str) -> str:
    """Returns a note as lines of plain text."""
    return "\n".join(map(plain, text.strip().splitlines()))


Note = Annotated[str, BeforeValidator(in_paragraphs), Field(max_length=LONGEST_NOTE)]
_WANTED_NOTE = "Enter a note"
_WANTED_OUTCOME = "Choose how the case ended"
_WANTED_REASON = "Enter why the case is closed"


def _outcome(text: str) -> str:
    if text not in set(Outcome):
        raise ValueError(text)
    return text


class Dated(FormModel):
    """A form about a case. `version` is the version of the case that the form's page showed. If the form has no version,
    `version` is 0, which is before the first version."""

    version: int = Field(0, ge=0, le=2**31 - 1)


class Assigned(Dated):
    """The new owner of the case, a due date and a note. If `owner` is empty, the case has no owner."""

    owner: int | None = Field(None, ge=1, le=2**31 - 1, description="Choose who has it")
    due: DayIfAny = None
    note: Note = ""


class Noted(FormModel):
    """A note."""

    note: Note = Field(min_length=1, description=_WANTED_NOTE)


class Closed(Dated):
    """How the case ended, and why."""

    outcome: Annotated[str, AfterValidator(_outcome)] = Field(description=_WANTED_OUTCOME)
    reason: Note = Field(min_length=1, description=_WANTED_REASON)


class Stepped(FormModel):
    """The new state of a step."""

    step: int = Field(ge=1, le=2**31 - 1)
    did: Did


class Arranged(Dated):
    """A changed step, or a new step. `step` is the id of a changed step, and is empty for a new step. If `owner` is empty, the
    owner of the case does the step."""

    step: int | None = Field(None, ge=1, le=2**31 - 1)
    title: Annotated[str, BeforeValidator(one_line)] = Field(
        min_length=1, max_length=LONGEST_TITLE, description="Enter what must be done"
    )
    owner: int | None = Field(None, ge=1, le=2**31 - 1, description="Choose who does the step")
    due: DayIfAny = None


class Bulk(FormModel):
    """An action on several cases. `chosen`: the id of each case with its version, for example "12:3"."""

    chosen: list[str] = Field(default_factory=list)
    do: str = ""
    tab: str = ""
    owner: int | None = Field(None, ge=1, le=2**31 - 1, description="Choose who has them")
    due: DayIfAny = None
    outcome: str = ""
    reason: Note = ""


# ── the queue ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@router.get("/cases")
def cases(here: Visiting, tab: Annotated[str, Query()] = "", number: PageNumber = 1) -> Response:
    """Shows the cases on a tab, with the earliest due date first."""
    return _queue(here, tab=tab, number=number)


def _queue(here: Visit, *, tab: str, number: int = 1, **values: Any) -> Response:
    which, today = Tab(tab) if tab in set(Tab) else Tab.ALL, day_in_london(here.now)
    counts = here.app.store.cases.counts(here.me.id, today)
    pages = paging(here.request, number=number, size=SIZE, total=counts.of[which])
    found = here.app.store.cases.listed(which, here.me.id, today, SIZE, pages.offset)
    own = here.app.store.own_facts.about((one.location_id for one in found), reader=here.me.id)
    placed = {one: said for one, by_list in own.items() if (said := own_facts.placed(by_list.values(), today))}
    given = {"errors": {}, "chosen": (), "owner": str(here.me.id), "due": "", "outcome": "", "reason": ""} | values
    return page(
        here.request,
        "cases.html",
        cases=found,
        names=names_of(here.app, found),
        placed=placed,
        tabs=TABS,
        tab=which,
        counts=counts,
        reviews=len(here.app.store.suspensions.due(None, today, reader=here.me.id)),
        paging=pages,
        today=today,
        owners=here.app.store.cases.owners(),
        outcomes=list(Outcome),
        may_edit=here.me.role.may(Role.EDITOR),
        **given,
    )


def names_of(app: App, found: Sequence[Case]) -> Mapping[str, str]:
    """The names of the cases' services."""
    ids = {one.location_id for one in found}
    known = {one.location_id: one.name for one in app.store.overviews.named(ids) if one.name} if ids else {}
    return {one: known.get(one, one) for one in ids}


@router.post("/cases")
def several(here: Visiting, form: Annotated[Bulk, Form()], number: PageNumber = 1) -> Response:
    """Takes, assigns or closes the chosen cases, in one transaction. A case is not changed if other people have changed it since
    the page was made. The page then shows their changes, and asks the person again about this case."""
    typed = {name: form.typed[name] for name in ("owner", "due", "outcome", "reason")}
    chosen, errors = _chosen(form.typed["chosen"]), dict(form.errors)
    if not chosen:
        errors = {"chosen": "Choose at least one case"}
    elif form.do not in ("take", "assign", "close"):
        errors = {"chosen": "Press “Take them”, “Assign them” or “Close them”"}
    elif form.do == "close":
        errors |= {"outcome": _WANTED_OUTCOME} if form.outcome not in set(Outcome) else {}
        errors |= {"reason": _WANTED_REASON} if not form.reason else {}
    tab = str(form.typed["tab"])
    if errors:
        return _queue(here, tab=tab, number=number, errors=errors, chosen=form.typed["chosen"], **typed)
    action: Action = Assign(owner=here.me.id, keep_due=True)
    if form.do == "assign":
        action = Assign(owner=form.owner, due=form.due, keep_due=form.due is None)
    elif form.do == "close":
        action = Close(outcome=form.outcome, reason=form.reason)
    try:
        answers = here.app.store.cases.act(chosen, action, here.me.id, here.now)
    except UsageError as error:
        errors = {"owner": sentence(str(error))}
        return _queue(here, tab=tab, number=number, errors=errors, chosen=form.typed["chosen"], **typed)
    done = sum(one.done for one in answers)
    left = [one for one in answers if one.case and not one.done]
    if not left:
        return go_to(here.request, f"/cases?tab={tab}" if tab in set(Tab) else "/cases", said=f"{counted(done, 'case')} changed.")
    names = names_of(here.app, [one.case for one in left if one.case])
    lines = [f"{names[one.case.location_id]}: {why_not(one)}" for one in left if one.case]
    again = [f"{one.case.id}:{one.case.version}" for one in left if one.case]
    errors = {"chosen": in_lines([f"{counted(done, 'case')} changed", *lines])}
    return _queue(here, tab=tab, number=number, errors=errors, chosen=again, **typed)


def _chosen(typed: Sequence[str]) -> dict[int, int]:
    pairs = [one.partition(":") for one in typed]
    return {int(id): int(version) for id, _, version in pairs if is_number(id) and is_number(version)}


def why_not(answer: Answer) -> str:
    """Returns why an action was not done, in words that the page can show."""
    if answer.refused:
        return answer.refused
    did = list(dict.fromkeys(f"{actor(one)} {told(one)} on {moment(one.at)}" for one in answer.unseen))
    return f"since the page was made, {listed(did[-3:])}. Check this and send the form again"


def actor(entry: Entry) -> str:
    """Returns who made an entry of a case's log."""
    if entry.did is Did.ANSWERED:
        return entry.text
    return entry.by or ("this program" if entry.did in (Did.OPENED, Did.NEWS, Did.LEFT) else COMMAND_LINE)


def told(entry: Entry) -> str:
    """Returns what somebody did, in words that can follow their name."""
    about = f" {entry.text}" if entry.did is Did.ASSIGNED else f" to {entry.text}" if entry.did is Did.DUE else ""
    return {Did.NEWS: f"added “{entry.text}”", Did.OPENED: "opened the case"}.get(entry.did, f"{entry.did}{about}")


# ── one case ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _found(app: TheApp, case: Id) -> Case:
    found = app.store.cases.find(case)
    if found is None:
        raise HTTPException(404)
    return found


Found = Annotated[Case, Depends(_found)]
"""The case whose id is in the address of the request."""


@router.get("/cases/{case}")
def one(here: Visiting, case: Found) -> Response:
    """Shows one case."""
    return _page(here, case)


@router.post("/cases/{case}")
def assign(here: Visiting, case: Found, form: Annotated[Assigned, Form()]) -> Response:
    """Takes the case, assigns it to somebody, or changes its due date."""
    if form.errors:
        return _page(here, case, errors=form.errors, **_assigned(form))
    action = Assign(owner=form.owner, due=form.due)
    answer = _act(here, case, form.version, action, form.note)
    if answer.done:
        return _back(here, case, "You have this case now." if form.owner == here.me.id else "Saved.")
    return _again(here, answer, "owner", _assigned(form) | {"note": ""})  # the note was saved already


def _assigned(form: Assigned) -> dict[str, Any]:
    return {name: form.typed[name] for name in ("owner", "due", "note")}


@router.post("/cases/{case}/note")
def note(here: Visiting, case: Found, form: Annotated[Noted, Form()]) -> Response:
    """Adds a note."""
    if form.errors:
        return _page(here, case, errors={"more": form.errors["note"]}, more=form.typed["note"])
    here.app.store.cases.note(case.id, form.note, here.me.id, here.now)
    return _back(here, case, "The note has been added.")


@router.post("/cases/{case}/step")
def step(here: Visiting, case: Found, form: Annotated[Stepped, Form()]) -> Response:
    """Changes the state of a step."""
    if form.errors or form.did not in STEPS:
        raise HTTPException(422, "This step is not part of the case.")
    answer = _act(here, case, case.version, FinishStep(step=form.step, did=form.did))
    return _back(here, case, "Saved." if answer.done else f"{sentence(answer.refused)}.")


@router.post("/cases/{case}/steps")
def arrange(here: Visiting, case: Found, form: Annotated[Arranged, Form()]) -> Response:
    """Changes a step, or adds one."""
    names = ("step", "title", "owner", "due")
    typed = {"arranged": {name: form.typed[name] for name in names}}
    if form.errors:
        return _page(here, case, errors={f"step-{name}": said for name, said in form.errors.items()}, **typed)
    action = EditStep(step=form.step, title=form.title, owner=form.owner, due=form.due)
    answer = _act(here, case, form.version, action)
    return _back(here, case, "Saved.") if answer.done else _again(here, answer, "step-title", typed)


@router.post("/cases/{case}/close")
def close(here: Visiting, case: Found, form: Annotated[Closed, Form()]) -> Response:
    """Closes the case."""
    typed = {name: form.typed[name] for name in ("outcome", "reason")}
    if form.errors:
        return _page(here, case, errors=form.errors, **typed)
    answer = _act(here, case, form.version, Close(outcome=form.outcome, reason=form.reason))
    return _back(here, case, "The case is closed.") if answer.done else _again(here, answer, "outcome", typed)


@router.post("/cases/{case}/reopen")
def reopen(here: Visiting, case: Found, form: Annotated[Dated, Form()]) -> Response:
    """Reopens the case."""
    answer = _act(here, case, case.version if form.errors else form.version, Reopen())
    return _back(here, case, "The case is reopened." if answer.done else f"Not done: {why_not(answer)}.")


@router.post("/services/{location_id}/case")
def begin(here: Visiting, location_id: str, form: Annotated[Noted, Form()]) -> Response:
    """Opens a case about a service by hand."""
    if not here.app.store.services.watched([location_id]):
        raise HTTPException(404)
    if form.errors:
        return go_to(here.request, f"/services/{location_id}", said=f"{form.errors['note']} that says why a case is opened.")
    case_id, is_new = here.app.store.cases.open(location_id, form.note, here.me.id, here.now)
    said = "The case is open." if is_new else "The service had an open case already. Your note was added to that case."
    return go_to(here.request, f"/cases/{case_id}", said=said)


def _act(here: Visit, case: Case, seen: int, action: Action, note: str = "") -> Answer:
    try:
        return here.app.store.cases.act({case.id: seen}, action, here.me.id, here.now, note)[0]
    except UsageError as error:
        if note:  # the note is saved, even if another field is wrong
            here.app.store.cases.note(case.id, note, here.me.id, here.now)
        return Answer(case=here.app.store.cases.find(case.id), refused=str(error))


def _back(here: Visit, case: Case, said: str) -> Response:
    return go_to(here.request, f"/cases/{case.id}", said=said)


def _again(
    here: Visit, answer: Answer, field: str, typed: Mapping[str, Any]
) -> Response:
    """Shows the case in its present state, with the values that the person typed, and why the action was not done."""
    assert answer.case is not None
    return _page(here, answer.case, errors={field: sentence(why_not(answer))}, **typed)


def _page(here: Visit, case: Case, **values: Any) -> Response:
    ids = here.app.store.cases.items(case.id)
    items = here.app.store.items.named(ids[-MOST_ITEMS:])
    known = here.app.store.services.watched([case.location_id])
    others = [one for one in here.app.store.cases.of_service(case.location_id) if one.id != case.id]
    form = {"note": "", "more": "", "outcome": "", "reason": "", "arranged": {}} | owner_of(case, here.me) | values
    return page(
        here.request,
        "case.html",
        case=case,
        name=names_of(here.app, [case])[case.location_id],
        items=shown(here.app, items),
        more_items=len(ids) - len(items),
        log=here.app.store.cases.log([case.id])[case.id][::-1],
        actor=actor,
        Did=Did,
        State=State,
        steps=here.app.store.cases.steps(case.id),
        others=others,
        is_watched=bool(known and known[0].watchlists),
        owners=here.app.store.cases.owners(),
        outcomes=list(Outcome),
        today=day_in_london(here.now),
        may_edit=here.me.role.may(Role.EDITOR),
        **form,
    )
