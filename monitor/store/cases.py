"""Lists, counts and changes cases. A form for a case contains the version of the case, so that nobody decides about a case
without having seen its latest changes.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    RowMapping,
    Select,
    case,
    exists,
    false,
    func,
    insert,
    select,
    update,
)

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
    Planned,
    State,
    Step,
    Tab,
    actions,
    after,
    unseen,
    written,
)
from monitor.errors import UsageError
from monitor.store import audit, own_facts
from monitor.store.acknowledged import is_acknowledged
from monitor.store.acknowledgements import acknowledge
from monitor.store.case_records import MAY_HAVE, begin, may_have, open_case, read_steps, reckon, write
from monitor.store.database import in_turn, reading, writing
from monitor.store.people import by_id
from monitor.store.tables import CaseItemRow, CaseLogRow, CaseRow, CaseStepRow, EventRow, PersonRow, WatchlistRow, WatchRow, table
from monitor.text import day

_case, _in_case, _log, _step = table(CaseRow), table(CaseItemRow), table(CaseLogRow), table(CaseStepRow)
_event, _person, _watchlist = table(EventRow), table(PersonRow), table(WatchlistRow)
_watch = table(WatchRow)
_doer = _person.alias("doer")

MOST_STEPS_OF_A_CASE = 100

_IS_OPEN = _case.c.closed_at.is_(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many cases each tab shows."""

    of: Mapping[Tab, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A person who can own a case."""

    id: int
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The result of an action that a person requested.

    case     the case as it is now; None if no case has this number
    done     whether the case is now as requested
    unseen   what others did to the case after the form was shown. If `unseen` is not empty, the action was not carried out, and
             the person must be asked again
    refused  why the action can't be carried out; "" if it can be
    """

    case: Case | None
    done: bool = False
    unseen: tuple[Entry, ...] = ()
    refused: str = ""


class Cases:
    """The part of the store for cases. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def find(self, case_id: int) -> Case | None:
        """Returns the case with this number, or None."""
        with reading(self._engine) as connection:
            return _found(connection, case_id)

    def open_at(self, location_ids: Collection[str]) -> dict[str, Case]:
        """The open cases of services."""
        with reading(self._engine) as connection:
            rows = connection.execute(_query().where(_case.c.location_id.in_(location_ids), _IS_OPEN)).mappings()
            return {row["location_id"]: _made(row) for row in rows}

    def of_service(self, location_id: str) -> list[Case]:
        """All cases of a service, newest first."""
        with reading(self._engine) as connection:
            query = _query().where(_case.c.location_id == location_id).order_by(_case.c.id.desc())
            return [_made(row) for row in connection.execute(query).mappings()]

    def of_item(self, item: str) -> Case | None:
        """Returns the newest case that an item belongs to, or None."""
        belongs = exists().where(_in_case.c.case_id == _case.c.id, _in_case.c.item == item)
        with reading(self._engine) as connection:
            row = connection.execute(_query().where(belongs).order_by(_case.c.id.desc()).limit(1)).mappings().first()
            return _made(row) if row else None

    def listed(self, tab: Tab, me: int | None, today: date, limit: int, offset: int = 0) -> list[Case]:
        """Returns one page of the cases that a tab shows. Open cases are sorted by due date. Cases that are due on the same day
        are sorted by the number of people placed (if the person may read this number), then newest first. Closed cases are sorted
        by the time of closing, the last closed first."""
        query = _query().where(_in_tab(tab, me, today))
        with reading(self._engine) as connection:
            if tab is Tab.CLOSED:
                query = query.order_by(_case.c.closed_at.desc(), _case.c.id.desc())
            else:
                placed = own_facts.most_placed(own_facts.hidden_from(connection, me))
                # A service where the number of people placed is not known comes before services where nobody is placed.
                most_first = func.coalesce(placed.c.people * 2, 1).desc()
                query = query.outerjoin(placed, placed.c.location_id == _case.c.location_id)
                query = query.order_by(_case.c.next_due.is_(None), _case.c.next_due, most_first, _case.c.id.desc())
            return [_made(row) for row in connection.execute(query.limit(limit).offset(offset)).mappings()]

    def after(self, number: int, limit: int, *, state: State | None = None, location_id: str | None = None) -> list[Case]:
        """Returns the first cases whose number is greater than `number`, in the order in which they were opened."""
        query = _query().where(_case.c.id > number).order_by(_case.c.id).limit(limit)
        query = query.where(_case.c.state == state) if state else query
        query = query.where(_case.c.location_id == location_id) if location_id is not None else query
        with reading(self._engine) as connection:
            return [_made(row) for row in connection.execute(query).mappings()]

    def counts(self, me: int | None, today: date) -> Counts:
        """How many cases each tab shows."""
        tabs = [tab for tab in Tab if tab is not Tab.CLOSED]
        with reading(self._engine) as connection:
            found = _numbers(connection, *(_in_tab(tab, me, today) for tab in tabs))
            closed = connection.execute(select(func.count()).select_from(_case).where(~_IS_OPEN)).scalar_one()
        return Counts(of={**dict(zip(tabs, found, strict=True)), Tab.CLOSED: closed})

    def badge(self, me: int, today: date) -> tuple[int, int]:
        """Returns two numbers: how many cases are new, and how many are overdue for this person. A case is overdue for its owner,
        and for a person who is responsible for an overdue step."""
        late = exists().where(_is_step_of(me), _step.c.due < today)
        overdue = ((_case.c.owner == me) & (_case.c.next_due < today)) | late
        with reading(self._engine) as connection:
            new, mine = _numbers(connection, _case.c.state == State.NEW, overdue)
        return new, mine

    def log(self, case_ids: Collection[int]) -> dict[int, list[Entry]]:
        """Returns the logs of cases, by the number of the case. Entries are in the order in which they were written."""
        with reading(self._engine) as connection:
            return _logs(connection, case_ids)

    def steps(self, case_id: int) -> list[Step]:
        """The steps of a case."""
        return self.steps_of([case_id])[case_id]

    def steps_of(self, case_ids: Collection[int]) -> dict[int, list[Step]]:
        """Returns the steps of these cases, by the number of the case."""
        found: dict[int, list[Step]] = {one: [] for one in case_ids}
        query = select(_step, _person.c.email, _doer.c.email.label("doer")).where(_step.c.case_id.in_(case_ids))
        query = query.outerjoin(_person, _person.c.id == _step.c.person).outerjoin(_doer, _doer.c.id == _step.c.owner)
        with reading(self._engine) as connection:
            for row in connection.execute(query.order_by(_step.c.id)):
                said = {"due": row.due, "became": row.became, "at": row.at, "by": row.email}
                found[row.case_id].append(Step(id=row.id, title=row.title, owner_id=row.owner, owner=row.doer, **said))
        return found

    def dated(self, watchlist: str) -> list[tuple[Case, Step | None]]:
        """Returns the open cases of a watchlist's services. Each case is returned once without a step, and once more with each
        of its open steps that has a date."""
        on_it = exists().where(_watch.c.location_id == _case.c.location_id, _watch.c.watchlist == watchlist)
        wanted = (_step.c.became == "") & _step.c.due.is_not(None)
        with reading(self._engine) as connection:
            rows = connection.execute(_query().where(_IS_OPEN, on_it).order_by(_case.c.id)).mappings()
            cases = {row["id"]: _made(row) for row in rows}
            found: list[tuple[Case, Step | None]] = [(one, None) for one in cases.values()]
            for row in connection.execute(select(_step).where(wanted, _step.c.case_id.in_(cases)).order_by(_step.c.id)):
                found.append((cases[row.case_id], Step(id=row.id, title=row.title, due=row.due, became="")))
        return found

    def items_of(self, case_ids: Collection[int]) -> dict[int, list[str]]:
        """Returns the ids of these cases' items, by the number of the case."""
        found: dict[int, list[str]] = {one: [] for one in case_ids}
        query = select(_in_case).where(_in_case.c.case_id.in_(case_ids)).order_by(_in_case.c.item)
        with reading(self._engine) as connection:
            for row in connection.execute(query):
                found[row.case_id].append(row.item)
        return found

    def items(self, case_id: int) -> list[str]:
        """Returns the ids of a case's items, in the order of their first events."""
        first = select(func.min(_event.c.position)).where(_event.c.item == _in_case.c.item).scalar_subquery()
        with reading(self._engine) as connection:
            query = select(_in_case.c.item).where(_in_case.c.case_id == case_id).order_by(first)
            return list(connection.execute(query).scalars())

    def owners(self) -> list[Owner]:
        """Returns the people who can own a case: everybody who may sign in and edit."""
        with reading(self._engine) as connection:
            return _owners(connection)

    def template(self, watchlist: str) -> tuple[Planned, ...]:
        """Returns the steps that new cases of a watchlist's services get."""
        with reading(self._engine) as connection:
            kept = select(_watchlist.c.case_steps).where(_watchlist.c.name == watchlist)
            return read_steps(connection.execute(kept).scalar())

    def set_template(self, watchlist: str, steps: Sequence[Planned] | None, me: int | None, now: datetime) -> None:
        """Changes the steps that new cases of a watchlist's services get. If `steps` is None, the cases get the default
        steps."""
        kept = None if steps is None else json.dumps([[one.title, one.days, one.owner] for one in steps])
        with writing(self._engine) as connection:
            connection.execute(update(_watchlist).where(_watchlist.c.name == watchlist).values(case_steps=kept))
            owners = {one.id: one.email for one in _owners(connection)}
            now_are = "the default steps" if steps is None else written(steps, owners).replace("\n", "; ")
            about = f"{watchlist}: {now_are}"
            audit.note(connection, me, "changed the steps of cases", about, now)

    # ── changing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def open(self, location_id: str, note: str, me: int | None, now: datetime) -> tuple[int, bool]:
        """Opens a case that a person asked for. Returns its number, and whether it is new. If the service already has an open
        case, that case gets the note."""
        with writing(self._engine) as connection:
            in_turn(connection)
            case_id, is_new = begin(connection, location_id, note, me, now)
            if is_new:
                audit.note(connection, me, "opened a case", f"{location_id}: {note}", now)
            elif note:
                _note(connection, case_id, note, me, now)
        return case_id, is_new

    def note(self, case_id: int, text: str, me: int | None, now: datetime) -> Case | None:
        """Adds a note, even if others changed the case since the person saw it. Returns None if no case has this number."""
        with writing(self._engine) as connection:
            in_turn(connection)
            if _found(connection, case_id) is None:
                return None
            _note(connection, case_id, text, me, now)
            return _found(connection, case_id)

    def act(self, seen: Mapping[int, int], action: Action, me: int | None, now: datetime, note: str = "") -> list[Answer]:
        """Carries out an action on each case, unless somebody has changed the case since the form was shown. `seen` contains the
        number of each case, with the version that the form shows. The note is added to every case.

        Raises UsageError if the new owner of a case or a step can't own a case, if a case would be closed without a reason or a
        known outcome, or if a step's title is empty or too long.
        """
        with writing(self._engine) as connection:
            in_turn(connection)
            _check(connection, action)
            answers = []
            for case_id, version in seen.items():
                if note and _found(connection, case_id):
                    _note(connection, case_id, note, me, now)
                answers.append(_act(connection, case_id, version, action, me, now))
                if answers[-1].done and _takes_on(action):
                    _acknowledge(connection, case_id, me, note, now)
            return answers


def _act(connection: Connection, case_id: int, seen: int, action: Action, me: int | None, now: datetime) -> Answer:
    found = _found(connection, case_id)
    if found is None:
        return Answer(case=None)
    new = tuple(unseen(_logs(connection, [case_id])[case_id], seen, action, me))
    if new:
        return Answer(case=_found(connection, case_id), unseen=new)
    refused = ""
    for did in actions(found, action, me):
        refused = refused or _refused(connection, found, did, action)
        if not refused:
            _carry_out(connection, found, did, action, me, now)
    reckon(connection, case_id)
    return Answer(case=_found(connection, case_id), done=not refused, refused=refused)


def _takes_on(action: Action) -> bool:
    return isinstance(action, Close) or (isinstance(action, Assign) and action.owner is not None)


def _check(connection: Connection, action: Action) -> None:
    if isinstance(action, Close) and (action.outcome not in set(Outcome) or not action.reason):
        raise UsageError(f"to close a case, give a reason and one of these outcomes: {'; '.join(Outcome)}")
    if isinstance(action, Assign | EditStep) and action.owner is not None and not may_have(connection, action.owner):
        raise UsageError("a case or a step can only be given to somebody who may sign in and edit")
    if isinstance(action, EditStep) and not 0 < len(action.title) <= LONGEST_TITLE:
        raise UsageError(f"a step needs a title of at most {LONGEST_TITLE} characters")


def _refused(connection: Connection, found: Case, did: Did, action: Action) -> str:
    """Returns why an action on a case can't be carried out; "" if it can be."""
    if after(found, did, found.owner_id) is None:
        return "the case is closed" if found.state is State.CLOSED else "the case is open already"
    if did is Did.REOPENED and (other := open_case(connection, found.location_id)):
        return f"the service has another open case, number {other}"
    return _step_refused(connection, found.id, action) if isinstance(action, FinishStep | EditStep) else ""


def _step_refused(connection: Connection, case_id: int, action: FinishStep | EditStep) -> str:
    """Returns why the action on a step can't be carried out; "" if it can be."""
    steps = {row.id: row for row in connection.execute(select(_step).where(_step.c.case_id == case_id))}
    here = steps.get(action.step) if action.step is not None else None
    if action.step is not None and here is None:
        return "the case has no step with this number"
    if isinstance(action, FinishStep):
        return "the step has this state already" if here and here.became == STEPS[action.did] else ""
    return _change_refused(here, [one for one in steps.values() if one is not here], action)


def _change_refused(here: Row[Any] | None, others: Sequence[Row[Any]], action: EditStep) -> str:
    """Returns why a step can't be changed or added; "" if it can be. `here` is the step; None for a new step. `others` are the
    other steps of the case."""
    if here and here.became:
        return "the step is no longer open: reopen it first"
    if here and (here.title, here.owner, here.due) == (action.title, action.owner, action.due):
        return "this would change nothing in the step"
    if any(one.title == action.title for one in others):
        return "the case has a step with this title already"
    return f"a case has at most {MOST_STEPS_OF_A_CASE} steps" if here is None and len(others) >= MOST_STEPS_OF_A_CASE else ""


def _carry_out(connection: Connection, found: Case, did: Did, action: Action, me: int | None, now: datetime) -> None:
    owner = found.owner_id if did is not Did.REOPENED or may_have(connection, found.owner_id) else None
    text, values = "", dict[str, Any](state=after(found, did, owner))
    match action:
        case Assign() if did is Did.DUE:
            values = {"due": action.due}
            text = day(action.due) if action.due else "none"
        case Assign():
            values["owner"] = action.owner
            person = by_id(connection, action.owner) if action.owner is not None and did is Did.ASSIGNED else None
            text = f"to {person.email}" if person else ""
        case Close():
            values |= {"closed_at": now, "outcome": action.outcome, "reason": action.reason}
            text = f"{action.outcome}: {action.reason}"
        case FinishStep():
            here = _step.c.id == action.step
            said = {"became": STEPS[did], "at": now, "person": me}
            connection.execute(update(_step).where(here).values(**said))
            text = connection.execute(select(_step.c.title).where(here)).scalar_one()
        case EditStep():
            text = _arrange(connection, found.id, action)
        case _:
            values |= {"closed_at": None, "outcome": None, "reason": None, "owner": owner}
    connection.execute(update(_case).where(_case.c.id == found.id).values(**values))
    write(connection, found.id, did, text, me, now)
    about = f"case {found.id}, {found.location_id}" + (f": {text}" if text else "")
    audit.note(connection, me, f"case: {did}", about, now)


def _arrange(connection: Connection, case_id: int, action: EditStep) -> str:
    """Changes or adds a step. Returns the step's new state in words and, if the title was changed, the earlier title."""
    now = {"title": action.title, "owner": action.owner, "due": action.due}
    before = ""
    if action.step is None:
        connection.execute(insert(_step).values(case_id=case_id, became="", **now))
    else:
        here = _step.c.id == action.step
        was = connection.execute(select(_step.c.title).where(here)).scalar_one()
        before = f"{was}, now " if was != action.title else ""
        connection.execute(update(_step).where(here).values(**now))
    person = by_id(connection, action.owner) if action.owner is not None else None
    who = person.email if person else "the owner of the case"
    return f"{before}{action.title}: {who}, {f'by {day(action.due)}' if action.due else 'no date'}"


def _note(connection: Connection, case_id: int, text: str, me: int | None, now: datetime) -> None:
    write(connection, case_id, Did.NOTED, text, me, now)
    audit.note(connection, me, f"case: {Did.NOTED}", f"case {case_id}: {text}", now)


def _acknowledge(connection: Connection, case_id: int, me: int | None, note: str, now: datetime) -> None:
    """Acknowledges the severe events of a case, because the case now has an owner or is closed."""
    if me is None:
        return
    items = select(_in_case.c.item).where(_in_case.c.case_id == case_id)
    waits = (_event.c.level == 1) & _event.c.corrected_at.is_(None) & ~is_acknowledged()
    ids = (
        connection.execute(select(_event.c.id).where(_event.c.item.in_(items), waits).order_by(_event.c.position)).scalars().all()
    )
    acknowledge(connection, ids, me, note or f"case {case_id}", now)


def _query() -> Select[Any]:
    return select(_case, _person.c.email).outerjoin(_person, _person.c.id == _case.c.owner)


def _found(connection: Connection, case_id: int) -> Case | None:
    row = connection.execute(_query().where(_case.c.id == case_id)).mappings().first()
    return _made(row) if row else None


def _made(row: RowMapping) -> Case:
    same = ("id", "location_id", "due", "next_due", "version", "opened_at", "closed_at", "outcome", "reason")
    return Case(**{name: row[name] for name in same}, state=State(row["state"]), owner_id=row["owner"], owner=row["email"])


def _in_tab(tab: Tab, me: int | None, today: date) -> ColumnElement[bool]:
    if tab is Tab.CLOSED:
        return ~_IS_OPEN
    if tab is Tab.MINE:
        return _IS_OPEN & ((_case.c.owner == me) | exists().where(_is_step_of(me))) if me is not None else false()
    if tab is Tab.NOBODYS:
        return _IS_OPEN & _case.c.owner.is_(None)
    return _IS_OPEN & (_case.c.next_due < today) if tab is Tab.OVERDUE else _IS_OPEN


def _is_step_of(person: int) -> ColumnElement[bool]:
    """Returns an SQL condition that is true for a step if the step is open and belongs to the case of the outer query, and this
    person is responsible for the step."""
    return (_step.c.case_id == _case.c.id) & (_step.c.owner == person) & (_step.c.became == "")


def _owners(connection: Connection) -> list[Owner]:
    query = select(_person.c.id, _person.c.email).where(MAY_HAVE).order_by(_person.c.email)
    return [Owner(id=row.id, email=row.email) for row in connection.execute(query)]


def _numbers(connection: Connection, *wanted: ColumnElement[bool]) -> list[int]:
    """Returns how many open cases match each condition."""
    sums = [func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in wanted]
    return [int(one) for one in connection.execute(select(*sums).where(_IS_OPEN)).one()]


def _logs(connection: Connection, case_ids: Collection[int]) -> dict[int, list[Entry]]:
    query = select(_log, _person.c.email).outerjoin(_person, _person.c.id == _log.c.person)
    query = query.where(_log.c.case_id.in_(case_ids)).order_by(_log.c.case_id, _log.c.number)
    found: dict[int, list[Entry]] = {one: [] for one in case_ids}
    for row in connection.execute(query).mappings():
        entry = Entry(
            number=row["number"], at=row["at"], by_id=row["person"], by=row["email"], did=Did(row["did"]), text=row["text"]
        )
        found[row["case_id"]].append(entry)
    return found
