"""Defines the tables of cases. A case records a council's work on a service."""

from datetime import date, datetime

from sqlmodel import Field

from monitor.store.tables.base import Row, Utc, Words


class CaseRow(Row):
    """A case (see `monitor.cases.Case`). A service has at most one case that is not closed (uq_service_case_open). A case is
    never deleted, even if the service leaves its watchlists.

    reminded_on    the day on which the owner was last reminded that the case is overdue
    escalated_for  the missed date about which the second addresses were last notified
    """

    __tablename__ = "service_case"

    id: int | None = Field(default=None, primary_key=True)
    location_id: str = Field(index=True)
    state: str
    owner: int | None = Field(default=None, foreign_key="person.id")
    due: date | None = None
    next_due: date | None = None
    version: int = 0
    opened_at: datetime = Field(sa_type=Utc)
    closed_at: datetime | None = Field(default=None, sa_type=Utc)
    outcome: str | None = None
    reason: str | None = Field(default=None, sa_type=Words)
    reminded_on: date | None = None
    escalated_for: date | None = None


class CaseItemRow(Row):
    """An item that belongs to a case."""

    __tablename__ = "case_item"

    case_id: int = Field(primary_key=True, foreign_key="service_case.id")
    item: str = Field(primary_key=True, index=True)


class CaseLogRow(Row):
    """An entry in the log of a case: an action, or something that happened. Rows are added but never changed. `person` is the
    person who acted; None if the program acted, or if somebody acted on the command line."""

    __tablename__ = "case_log"

    case_id: int = Field(primary_key=True, foreign_key="service_case.id")
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Utc)
    person: int | None = Field(default=None, foreign_key="person.id")
    did: str
    text: str = Field(default="", sa_type=Words)


class CaseStepRow(Row):
    """A step of a case. `became` is "done", "not needed", or "" while the step is open. `person` is the person who marked the
    step as done or not needed. `owner` is the person responsible for the step; if `owner` is None, the owner of the case is
    responsible."""

    __tablename__ = "case_step"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="service_case.id", index=True)
    title: str = Field(sa_type=Words)
    owner: int | None = None
    due: date | None = None
    became: str = ""
    at: datetime | None = Field(default=None, sa_type=Utc)
    person: int | None = Field(default=None, foreign_key="person.id")
