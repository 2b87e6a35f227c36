"""Changes cases within the caller's transaction. A case is opened when events are recorded, gets an owner when events are
acknowledged, and loses its owner when the owner's access ends.
"""

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, exists, insert, select, update

from monitor.cases import SHIPPED, Did, Planned, State, next_due, plan
from monitor.events import Event
from monitor.lines import headline_or_kind
from monitor.severity import by_severity
from monitor.store.database import add_once
from monitor.store.tables import (
    CaseItemRow,
    CaseLogRow,
    CaseRow,
    CaseStepRow,
    EventRow,
    PersonRow,
    WatchlistRow,
    WatchRow,
    table,
)
from monitor.text import LONDON

_case, _in_case, _log, _step = table(CaseRow), table(CaseItemRow), table(CaseLogRow), table(CaseStepRow)
_event, _watch, _watchlist, _person = table(EventRow), table(WatchRow), table(WatchlistRow), table(PersonRow)

MAY_SIGN_IN = _person.c.ended_at.is_(None) & _person.c.refused_at.is_(None)
"""An SQL condition that is true for people who may sign in."""

MAY_HAVE = MAY_SIGN_IN & _person.c.role.in_(("editor", "operator"))
"""An SQL condition that is true for people who may sign in and edit, and can therefore own a case."""


def write(connection: Connection, case_id: int, did: Did, text: str, person: int | None, now: datetime) -> None:
    """Adds an entry to the log of a case. Each entry gives the case a new version. The caller must have locked the row of the
    case."""
    here = _case.c.id == case_id
    number = connection.execute(select(_case.c.version).where(here).with_for_update()).scalar_one() + 1
    connection.execute(update(_case).where(here).values(version=number))
    connection.execute(insert(_log).values(case_id=case_id, number=number, at=now, person=person, did=did, text=text))


def open_case(connection: Connection, location_id: str) -> int | None:
    """Returns the number of a service's open case, or None if no case is open. Locks the case until the end of the
    transaction."""
    query = select(_case.c.id).where(_case.c.location_id == location_id, _case.c.closed_at.is_(None))
    return connection.execute(query.with_for_update()).scalar()


def begin(connection: Connection, location_id: str, text: str, person: int | None, now: datetime) -> tuple[int, bool]:
    """Returns the number of a service's open case, and whether the case is new. If no case was open, this opens a case with its
    steps."""
    values = {"location_id": location_id, "state": State.NEW, "version": 0, "opened_at": now}
    is_new = add_once(connection, _case, **values)
    case_id = open_case(connection, location_id)
    assert case_id is not None
    if is_new:
        write(connection, case_id, Did.OPENED, text, person, now)
        for title, due, owner in plan(_templates(connection, location_id), now.astimezone(LONDON).date()):
            their = owner if may_have(connection, owner) else None
            connection.execute(insert(_step).values(case_id=case_id, title=title, owner=their, due=due, became=""))
        reckon(connection, case_id)
    return case_id, is_new


def _templates(connection: Connection, location_id: str) -> list[tuple[Planned, ...]]:
    """Returns the steps of each watchlist that a service is on. If the service is on no watchlist, returns the default steps."""
    on = select(_watchlist.c.case_steps).join(_watch, _watch.c.watchlist == _watchlist.c.name)
    found = connection.execute(on.where(_watch.c.location_id == location_id).order_by(_watchlist.c.name)).scalars().all()
    return [read_steps(one) for one in found] or [SHIPPED]


def read_steps(kept: str | None) -> tuple[Planned, ...]:
    """Returns the steps of a watchlist, as stored in its row."""
    return SHIPPED if kept is None else tuple(Planned(*one) for one in json.loads(kept))


def may_have(connection: Connection, owner: int | None) -> bool:
    """Whether a person can be the owner of a case or be responsible for a step."""
    return owner is not None and bool(connection.execute(select(exists().where(_person.c.id == owner, MAY_HAVE))).scalar())


def reckon(connection: Connection, case_id: int) -> None:
    """Computes when a case or one of its steps is next due, and stores that day."""
    here = _case.c.id == case_id
    due, closed_at = connection.execute(select(_case.c.due, _case.c.closed_at).where(here)).one()
    steps: list[tuple[date | None, str]] = [
        (row.due, row.became) for row in connection.execute(select(_step.c.due, _step.c.became).where(_step.c.case_id == case_id))
    ]
    first = None if closed_at else next_due(due, steps)
    connection.execute(update(_case).where(here).values(next_due=first))


def add_news(connection: Connection, events: Sequence[Event]) -> None:
    """Adds new events of one service to its open case. If there is no open case, a severe event opens a new case."""
    by_item: dict[str | None, list[Event]] = {}
    for event in sorted(events, key=by_severity):
        by_item.setdefault(event.item, []).append(event)
    case_id = open_case(connection, events[0].location_id)
    if case_id is None:
        if not any(event.worst for event in events):
            return
        worst = next(told for told in by_item.values() if any(event.worst for event in told))
        case_id, is_new = begin(connection, worst[0].location_id, headline_or_kind(worst), None, worst[0].observed_at)
        if is_new:
            by_item[worst[0].item] = []  # the log entry about this item was written when the case was opened
    for item, told in by_item.items():
        if item:
            add_once(connection, _in_case, case_id=case_id, item=item)
        if told:
            write(connection, case_id, Did.NEWS, headline_or_kind(told), None, told[0].observed_at)


def retracted(connection: Connection, event: Event, now: datetime) -> None:
    """Handles the retraction of an event. If all severe events of the service's open case are now retracted, no part of the case
    is due any more. The case stays open, because people decide when to close a case."""
    case_id = open_case(connection, event.location_id)
    if case_id is None:
        return
    items = select(_in_case.c.item).where(_in_case.c.case_id == case_id)
    severe = _event.c.item.in_(items) & (_event.c.level == 1)
    its = exists().where(severe, _event.c.id == event.id)
    stands = exists().where(severe, _event.c.corrected_at.is_(None))
    if not connection.execute(select(its & ~stands)).scalar():
        return
    connection.execute(update(_step).where(_step.c.case_id == case_id, _step.c.became == "").values(due=None))
    connection.execute(update(_case).where(_case.c.id == case_id).values(due=None))
    reckon(connection, case_id)
    said = "all severe events of this case were retracted, so no part of the case is due any more"
    write(connection, case_id, Did.NEWS, said, None, now)


def take_along(connection: Connection, event_ids: Collection[str], person: int, note: str, now: datetime) -> list[int]:
    """Handles a person's acknowledgement of events. The person becomes the owner of the events' open cases that have no owner.
    All open cases of the events get the note. Returns the cases whose owner the person became."""
    items = select(_event.c.item).where(_event.c.id.in_(event_ids))
    query = select(_case.c.id, _case.c.owner).join(_in_case, _in_case.c.case_id == _case.c.id).distinct()
    taken = []
    for case_id, owner in connection.execute(query.where(_in_case.c.item.in_(items), _case.c.closed_at.is_(None))).all():
        if owner is None:
            connection.execute(update(_case).where(_case.c.id == case_id).values(owner=person, state=State.IN_HAND))
            write(connection, case_id, Did.TOOK, "", person, now)
            taken.append(case_id)
        if note:
            write(connection, case_id, Did.NOTED, note, person, now)
    return taken


def answered(connection: Connection, event_ids: Collection[str], by: str, now: datetime) -> None:
    """Notes in the open cases of these events that somebody has answered "I have it". Called if the answer's address does not
    belong to a person who may edit."""
    items = select(_event.c.item).where(_event.c.id.in_(event_ids))
    query = select(_case.c.id).join(_in_case, _in_case.c.case_id == _case.c.id).distinct()
    for case_id in connection.execute(query.where(_in_case.c.item.in_(items), _case.c.closed_at.is_(None))).scalars().all():
        write(connection, case_id, Did.ANSWERED, by, None, now)


def has_answered(connection: Connection, event_ids: Collection[str], by: str, since: datetime) -> bool:
    """Whether `answered` has already noted an answer from this address in an open case of these events, at `since` or later."""
    items = select(_event.c.item).where(_event.c.id.in_(event_ids))
    cases = select(_in_case.c.case_id).join(_case, _case.c.id == _in_case.c.case_id)
    cases = cases.where(_in_case.c.item.in_(items), _case.c.closed_at.is_(None))
    noted = (_log.c.did == Did.ANSWERED) & (_log.c.text == by) & (_log.c.at >= since)
    return bool(connection.execute(select(exists().where(_log.c.case_id.in_(cases), noted))).scalar())


ONLY_READS = "its owner may now only read"


def leave(connection: Connection, person: int, by: int | None, now: datetime, why: str = "the access of its owner ended") -> None:
    """Handles a person who can no longer sign in or edit. The person's open cases lose their owner. For the person's
    open steps, the owner of the case becomes responsible."""
    theirs = (_case.c.owner == person) & _case.c.closed_at.is_(None)
    for case_id in connection.execute(select(_case.c.id).where(theirs)).scalars().all():
        connection.execute(update(_case).where(_case.c.id == case_id).values(owner=None, state=State.NEW))
        write(connection, case_id, Did.LEFT, why, by, now)
    steps = select(_step.c.id, _step.c.case_id, _step.c.title).join(_case, _case.c.id == _step.c.case_id)
    their_steps = (_step.c.owner == person) & (_step.c.became == "") & _case.c.closed_at.is_(None)
    for one in connection.execute(steps.where(their_steps).order_by(_step.c.case_id, _step.c.id)).all():
        connection.execute(update(_step).where(_step.c.id == one.id).values(owner=None))
        write(connection, one.case_id, Did.STEP_CHANGED, f"{one.title}: the person responsible was removed ({why})", by, now)
