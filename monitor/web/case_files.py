"""Files about cases for an audit. The files show who did what, and when."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response

from monitor.app import App
from monitor.cases import Case, Tab
from monitor.reports.cells import Column, Sheet, Value, csv_file, workbook_file
from monitor.store.people import Person
from monitor.text import day_in_london
from monitor.web.cases import actor, names_of
from monitor.web.parts import Now, TheApp, User, case_url
from monitor.web.sheets import saved_as

MOST_IN_A_FILE = 10_000

LOG = (
    *(Column(title="Case", width=8), Column(title="Entry", width=8), Column(title="Location ID")),
    *(Column(title="Service", width=34), Column(title="When", width=17), Column(title="Who", width=30)),
    *(Column(title="What", width=26), Column(title="Text", width=70)),
)
CASES = (
    *(Column(title="Case", width=8), Column(title="Location ID"), Column(title="Service", width=34), Column(title="State")),
    *(Column(title="Owner", width=30), Column(title="Due"), Column(title="Next due"), Column(title="Opened", width=17)),
    *(Column(title="Closed", width=17), Column(title="Outcome", width=30), Column(title="Reason", width=60)),
    Column(title="Page", width=40),
)
_NOTES = ("Each row of the log is one action or event. Rows are added, but never changed or removed.",)

router = APIRouter()

Which = Annotated[str, Query()]


@router.get("/cases/export.csv")
def log_csv(app: TheApp, me: User, now: Now, tab: Which = "") -> Response:
    """Returns, as CSV, the log of the cases that a tab of the list shows."""
    found = _found(app, me, now, tab)
    return saved_as("cases-log.csv", csv_file([one.title for one in LOG], _log(app, found)))


@router.get("/cases/export.xlsx")
def workbook(app: TheApp, me: User, now: Now, tab: Which = "") -> Response:
    """Returns the log as a workbook, with the cases on a second sheet."""
    found = _found(app, me, now, tab)
    sheets = [
        Sheet(title="Log", columns=LOG, rows=_log(app, found)),
        Sheet(title="Cases", columns=CASES, rows=_cases(app, found)),
    ]
    content = workbook_file(sheets, _NOTES)
    return saved_as("cases.xlsx", content)


def _found(app: App, me: Person, now: datetime, tab: str) -> list[Case]:
    """Returns the cases that a tab of the list shows. If no tab is given, returns all cases, open and closed."""
    tabs = (Tab(tab),) if tab in set(Tab) else (Tab.ALL, Tab.CLOSED)
    found = [one for each in tabs for one in app.store.cases.listed(each, me.id, day_in_london(now), MOST_IN_A_FILE)]
    return sorted(found, key=lambda one: one.id)


def _log(app: App, found: Sequence[Case]) -> Iterator[Sequence[Value]]:
    names = names_of(app, found)
    for start in range(0, len(found), 500):
        some = found[start : start + 500]
        logs = app.store.cases.log([one.id for one in some])
        for one in some:
            for entry in logs[one.id]:
                row = (one.id, entry.number, one.location_id, names[one.location_id], entry.at, actor(entry), str(entry.did))
                yield (*row, entry.text)


def _cases(app: App, found: Sequence[Case]) -> Iterator[Sequence[Value]]:
    names = names_of(app, found)
    for one in found:
        dates = (one.due, one.next_due, one.opened_at, one.closed_at)
        who = (one.id, one.location_id, names[one.location_id], str(one.state), one.owner)
        yield (*who, *dates, one.outcome, one.reason, case_url(app, one.id))
