"""Defines the tables of saved reports, of the people who get a saved report, and of the template for Word documents."""

from datetime import date, datetime

from sqlmodel import Field

from monitor.store.tables.base import Row, Utc, Words


class SavedReportRow(Row):
    """A report on an area that a person saved under a name. `query` is the report's subject and options, as a query string
    without dates.

    owner       the person who may change and delete the report; None if that person no longer has access
    contracted  the ids of the services that the council contracts (JSON), from an uploaded file; None if no file was uploaded
    sent_for    the last day of the most recent quarter whose report was sent to the readers or need not be sent; None if there is
                no such quarter yet
    """

    __tablename__ = "saved_report"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    owner: int | None = None
    query: str = Field(sa_type=Words)
    contracted: str | None = Field(default=None, sa_type=Words)
    created_at: datetime = Field(sa_type=Utc)
    sent_for: date | None = None


class ReportReaderRow(Row):
    """A person who gets a saved report each quarter."""

    __tablename__ = "report_reader"

    report: int = Field(primary_key=True, foreign_key="saved_report.id", ondelete="CASCADE")
    person: int = Field(primary_key=True, foreign_key="person.id")


class ReportTemplateRow(Row):
    """The council's template for Word documents, a .docx file that must not be trusted. The table has at most one row. `owner`
    is the person who uploaded the template."""

    __tablename__ = "report_template"

    id: int = Field(primary_key=True)
    name: str = Field(sa_type=Words)
    content: bytes
    uploaded_at: datetime = Field(sa_type=Utc)
    owner: int | None = None
