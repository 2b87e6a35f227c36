"""Commands that list, take and close cases."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from monitor.commands import OK, load_settings, print_json, with_store
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.cases import Action, Case
    from monitor.store.people import Person


def case_list(options: argparse.Namespace) -> int:
    from monitor.app import now
    from monitor.cases import Tab
    from monitor.text import LONDON, plain, stamp

    def work(app: App) -> int:
        today = now().astimezone(LONDON).date()
        tabs = (Tab.ALL, Tab.CLOSED) if options.all else (Tab.ALL,)
        found = [one for tab in tabs for one in app.store.cases.listed(tab, None, today, _MOST)]
        names = {one.location_id: one.name for one in app.store.overviews.named({one.location_id for one in found})}
        if options.json:
            print_json([_as_json(one, names.get(one.location_id), one.is_overdue(today), stamp(one.opened_at)) for one in found])
            return OK
        for one in found:
            name = plain(names.get(one.location_id) or one.location_id)
            print(f"{one.id}  {name} ({one.location_id}): {one.words}{', overdue' if one.is_overdue(today) else ''}")
        if not found:
            print("There is no case." if options.all else "There is no open case.")
        return OK

    return with_store(work, load_settings())


_MOST = 100_000


def _as_json(one: Case, name: str | None, overdue: bool, opened_at: str) -> dict[str, object]:
    return {
        "id": one.id,
        "location_id": one.location_id,
        "name": name,
        "state": one.state,
        "owner": one.owner,
        "due": one.due and one.due.isoformat(),
        "next_due": one.next_due and one.next_due.isoformat(),
        "overdue": overdue,
        "opened_at": opened_at,
        "outcome": one.outcome,
        "reason": one.reason,
    }


def take(options: argparse.Namespace) -> int:
    from monitor.cases import Assign

    return _act(options, lambda me: Assign(owner=me.id, due=options.due, keep_due=options.due is None))


def close(options: argparse.Namespace) -> int:
    from monitor.cases import Close, Outcome

    if options.outcome not in set(Outcome):
        raise UsageError(f"--outcome must be one of: {'; '.join(Outcome)}")
    if not options.reason.strip():
        raise UsageError("--reason must say why the case is closed")
    return _act(options, lambda _: Close(outcome=options.outcome, reason=options.reason.strip()))


def _act(options: argparse.Namespace, action: Callable[[Person], Action]) -> int:
    from monitor.app import now
    from monitor.store.people import Role, email_of, may_sign_in

    email = email_of(options.by)

    def work(app: App) -> int:
        me = app.store.people.find(email)
        if me is None or not may_sign_in(me) or not me.role.may(Role.EDITOR):
            raise UsageError(f"{email} is not an editor who can sign in: see cqc-monitor invite --editor")
        case = app.store.cases.find(options.case)
        if case is None:
            raise UsageError(f"there is no case {options.case}: see cqc-monitor case list")
        answer = app.store.cases.act({case.id: case.version}, action(me), me.id, now())[0]
        if not answer.done or answer.case is None:
            raise UsageError(answer.refused or "somebody has just changed the case: look at the case, and try again")
        print(f"Case {case.id}: {answer.case.words}.")
        return OK

    return with_store(work, load_settings())
