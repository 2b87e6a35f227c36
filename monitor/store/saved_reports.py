"""Stores saved reports on areas, the people who get a saved report each quarter, and the template for Word documents."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Engine, RowMapping, Select, delete, exists, func, insert, or_, select, update

from monitor.errors import UsageError
from monitor.reports.quarters import quarter_before
from monitor.store.audit import note
from monitor.store.case_records import MAY_SIGN_IN
from monitor.store.database import in_turn, insertion, reading, writing
from monitor.store.messages import ToOperator, tell
from monitor.store.people import Person, Role
from monitor.store.tables import PersonRow, ReportReaderRow, ReportTemplateRow, SavedReportRow, table
from monitor.store.vault import Vault
from monitor.text import LONDON, day

_report, _reader, _template = table(SavedReportRow), table(ReportReaderRow), table(ReportTemplateRow)
_person = table(PersonRow)

MOST = 200
"""How many reports may be saved, at most."""

LONGEST_NAME = 80

DAYS_AFTER = timedelta(days=7)
"""How long after the end of a quarter the reports about the quarter are sent. CQC's files then cover the last days of the quarter
too."""

AT = time(7, 30)
"""The time of day (London) at which the program begins to send reports."""

_ONLY = 1
"""The id of the only row in the table of templates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReport:
    """A saved report. `owner` is the number of the person who may change and delete the report, and `owner_email` is that
    person's address. `owner` and `owner_email` are None if the person can no longer sign in. `query` is the report's subject and
    options, as a query string. `contracted` contains the ids of the services that the council contracts, from an uploaded file;
    None if no file was uploaded. `readers` are the numbers of the people who get the report each quarter."""

    id: int
    name: str
    owner: int | None
    owner_email: str | None
    query: str
    contracted: tuple[str, ...] | None
    readers: frozenset[int]

    def may_be_changed_by(self, person: Person) -> bool:
        """Whether a person may change and delete the report. The report's owner and all operators may do this."""
        return self.owner == person.id or person.role.may(Role.OPERATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The uploaded template for Word documents."""

    name: str
    content: bytes
    uploaded_at: datetime


class SavedReports:
    """The part of the store for saved reports. Each method is one transaction; all raise StoreError.

    If somebody has deleted a report meanwhile, the methods that change the report do nothing.
    """

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def every(self) -> list[SavedReport]:
        """Returns all saved reports, sorted by name."""
        return self._found(_reports().order_by(func.lower(_report.c.name), _report.c.name))

    def find(self, id: int) -> SavedReport | None:
        """Returns the report with this number, or None."""
        return next(iter(self._found(_reports().where(_report.c.id == id))), None)

    def _found(self, query: Select[Any]) -> list[SavedReport]:
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
            readers: dict[int, set[int]] = {}
            for report, person in connection.execute(select(_reader.c.report, _reader.c.person)):
                readers.setdefault(report, set()).add(person)
        return [_made(row, frozenset(readers.get(row["id"], ()))) for row in rows]

    def save(self, name: str, query: str, person: int, now: datetime) -> int:
        """Saves a report, and returns its number. Raises UsageError if the name is taken, or if there are too many reports."""
        with writing(self._engine) as connection:
            in_turn(connection)
            names = connection.execute(select(_report.c.name)).scalars().all()
            _check_free(name, names)
            if len(names) >= MOST:
                raise UsageError(f"There are {MOST} saved reports: delete a report that is no longer used")
            told = quarter_before(_ready(now))[1]  # reports about earlier quarters can be opened, but are not sent
            values = {"name": name, "owner": person, "query": query, "created_at": now, "sent_for": told}
            id = connection.execute(insert(_report).values(**values).returning(_report.c.id)).scalar_one()
            note(connection, person, "saved report", name, now)
            return int(id)

    def rename(self, report: SavedReport, name: str, person: int, now: datetime) -> None:
        """Gives a report another name. Raises UsageError if the name is taken."""
        with writing(self._engine) as connection:
            in_turn(connection)
            _check_free(name, connection.execute(select(_report.c.name).where(_report.c.id != report.id)).scalars().all())
            connection.execute(update(_report).where(_report.c.id == report.id).values(name=name))
            note(connection, person, "renamed report", f"{report.name}, now {name}", now)

    def set_contracted(self, report: SavedReport, ids: Sequence[str] | None, person: int, now: datetime) -> None:
        """Stores the ids of the services that the council contracts. If `ids` is None, removes the stored list. Raises
        UsageError if the new list is empty, since that is probably a mistake."""
        if ids is not None and not ids:
            raise UsageError("the list contains no services")
        with writing(self._engine) as connection:
            kept = None if ids is None else json.dumps(ids)
            connection.execute(update(_report).where(_report.c.id == report.id).values(contracted=kept))
            said = "removed the contracted services of report" if ids is None else "uploaded the contracted services of report"
            note(connection, person, said, report.name, now)

    def delete(self, report: SavedReport, person: int, now: datetime) -> None:
        """Deletes a report."""
        with writing(self._engine) as connection:
            connection.execute(delete(_reader).where(_reader.c.report == report.id))
            if connection.execute(delete(_report).where(_report.c.id == report.id)).rowcount:
                note(connection, person, "deleted report", report.name, now)

    def send_to(self, report: SavedReport, person: int, wanted: bool) -> None:
        """Stores whether a person gets a report each quarter."""
        with writing(self._engine) as connection:
            if not wanted:
                mine = (_reader.c.report == report.id) & (_reader.c.person == person)
                connection.execute(delete(_reader).where(mine))
            elif connection.execute(select(exists().where(_report.c.id == report.id))).scalar():
                added = insertion(connection, _reader).values(report=report.id, person=person)
                connection.execute(added.on_conflict_do_nothing())

    def settle(self, now: datetime) -> int:
        """Queues one message about the last quarter for each reader of each report. Returns the number of these messages."""
        begins, ends = quarter_before(_ready(now))
        due = or_(_report.c.sent_for.is_(None), _report.c.sent_for < ends)
        with reading(self._engine) as connection:
            if not connection.execute(select(exists().where(due))).scalar():
                return 0
        with writing(self._engine) as connection:
            in_turn(connection)
            to = select(_report.c.id, _report.c.name, _person.c.email)
            to = to.join(_reader, _reader.c.report == _report.c.id).join(_person, _person.c.id == _reader.c.person)
            rows = connection.execute(to.where(due, MAY_SIGN_IN).order_by(_report.c.id, _person.c.id)).all()
            connection.execute(update(_report).where(due).values(sent_for=ends))
            return sum(tell(connection, self._vault, _message(row.id, row.name, row.email, begins, ends), now) for row in rows)

    def template(self) -> Template | None:
        """Returns the template for Word documents, or None if no template was uploaded."""
        columns = _template.c["name", "content", "uploaded_at"]
        with reading(self._engine) as connection:
            row = connection.execute(select(*columns)).mappings().first()
        return Template(**row) if row else None

    def set_template(self, name: str, content: bytes | None, person: int, now: datetime) -> None:
        """Replaces the template, or removes it if `content` is None."""
        with writing(self._engine) as connection:
            in_turn(connection)
            connection.execute(delete(_template))
            if content is not None:
                values = {"id": _ONLY, "name": name, "content": content, "uploaded_at": now, "owner": person}
                connection.execute(insert(_template).values(**values))
            note(connection, person, "removed the Word template" if content is None else "uploaded the Word template", name, now)


def _ready(now: datetime) -> date:
    """Returns the last day (London) that reports sent now can cover. This day lies some days back, because CQC publishes its
    files some days after the days that they cover. No report is sent before the time AT."""
    here = now.astimezone(LONDON)
    return here.date() - DAYS_AFTER - timedelta(days=here.time() < AT)


def _message(id: int, name: str, email: str, begins: date, ends: date) -> ToOperator:
    span, page = f"{day(begins)} to {day(ends)}", f"/reports/saved/{id}?from={begins}&to={ends}"
    return ToOperator(
        key=f"report|{id}|{ends}|{email}",
        to=f"mailto:{email}",
        subject=f"Report: {name}, {span}",
        lines=(
            f"You can open the report {name} about {span}, and save it as a Word, Excel, CSV or HTML file.",
            "The report is made from CQC’s newest files each time that you open or save it.",
        ),
        why="you asked for this report each quarter",
        page=page,
        word=f"{page}&format=docx",
    )


def _reports() -> Select[Any]:
    keeps = (_person.c.id == _report.c.owner) & _person.c.ended_at.is_(None)
    columns = (*_report.c["id", "name", "query", "contracted"], _person.c.id.label("owner"), _person.c.email.label("owner_email"))
    return select(*columns).outerjoin(_person, keeps)


def _made(row: RowMapping, readers: frozenset[int]) -> SavedReport:
    values: dict[str, Any] = dict(row)
    kept = values.pop("contracted")
    return SavedReport(**values, contracted=None if kept is None else tuple(json.loads(kept)), readers=readers)


def _check_free(name: str, names: Sequence[str]) -> None:
    if name.casefold() in {one.casefold() for one in names}:
        raise UsageError("There is already a report with this name")
