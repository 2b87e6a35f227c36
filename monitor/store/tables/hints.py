"""Defines the tables of hints, and of the sources of hints."""

from datetime import date, datetime

from sqlmodel import Field

from monitor.store.tables.base import Row, Utc, Words


class HintRow(Row):
    """A hint: a source named a publication of a watched service (see `monitor.detect.hints.Hint`)."""

    __tablename__ = "hint"

    source: str = Field(primary_key=True)
    location_id: str = Field(primary_key=True, index=True, foreign_key="service.location_id", ondelete="CASCADE")
    mark: str = Field(primary_key=True)
    day: date | None = None
    first_seen: datetime = Field(sa_type=Utc)
    checks: int = 0
    checked_at: datetime | None = Field(default=None, sa_type=Utc)
    due_at: datetime | None = Field(default=None, sa_type=Utc)
    settled_at: datetime | None = Field(default=None, sa_type=Utc, index=True)
    became: str | None = None


class HintSourceRow(Row):
    """A source of hints, and how far it was read.

    next_poll_at   when the source is read next
    read_at        when the source was last read, in full or in part
    whole_at       when the source was last read in full
    newest         the newest date in the source
    digest, etag, last_modified  identify the source's last answer, so that an unchanged answer is not read again
    marks          the services and dates of the last answer, as JSON
    why            why the source was read only in part or not at all, in one line; "" if it was read in full
    failing_since, pauses  since when the source can't be read, and how many pauses there were since then
    forbidden      whether robots.txt asks programs not to read the source
    acted_on, acted  the last day (UTC) on which the source made services due for a check, and how many of its marks did so on
                     that day (for services that CQC is inspecting: how many requests the checks need)
    """

    __tablename__ = "hint_source"

    name: str = Field(primary_key=True)
    next_poll_at: datetime | None = Field(default=None, sa_type=Utc)
    read_at: datetime | None = Field(default=None, sa_type=Utc)
    whole_at: datetime | None = Field(default=None, sa_type=Utc)
    newest: date | None = None
    digest: str | None = None
    etag: str | None = Field(default=None, sa_type=Words)
    last_modified: str | None = Field(default=None, sa_type=Words)
    marks: str = Field(default="[]", sa_type=Words)
    why: str = Field(default="", sa_type=Words)
    failing_since: datetime | None = Field(default=None, sa_type=Utc)
    pauses: int = 0
    forbidden: bool = False
    acted_on: date | None = None
    acted: int = 0
