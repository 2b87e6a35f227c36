"""Defines the tables of services, of their checks and events, and of the state that workers share."""

from datetime import date, datetime

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field

from monitor.store.tables.base import Row, Utc, Words

AMISS = "read_at IS NULL OR looked_at IS NULL OR read_at > looked_at OR failures <> 0 OR trouble IS NOT NULL"
"""An SQL condition that is true for a service whose last check did not read everything, or that was never checked. An index finds
these services."""


class ServiceRow(Row):
    """A service that is or was watched, and its checks. `seq` is the number of the service's newest snapshot, or 0 before the
    first snapshot. `grave` says whether the newest snapshot has an inadequate rating, or special measures or unclear special
    measures. `read_through_at` is the time of the last check that requested all pages, and `whole` says whether that check got
    all pages. `leased_by` is the worker that claimed the service's check (see WorkerRow). If the newest check could read nothing,
    and the whole site may be affected, `blind` is the kind of failure (circuit_breaker.Blindness), and `blind_since` is the time
    of the first check that could read nothing.

    looked_at       when the service was last checked
    read_at         when a check last read everything that it expected
    failures        how many checks in a row have not read everything
    trouble         what the last check did not read, in one line for people; None if it read everything
    leased_at       when the worker claimed the check
    named_at        when the list of changes of CQC's API last named the service
    witnessed_at    when the API last answered about the service
    vouched_at      the time up to which the list of changes was read without a gap and did not name the service; None if this was
                    never recorded
    reread_at       when the service's pages must be read again, because another version of the reader read them; None if this is
                    not planned
    asked_whole_at  when the service's location page was last requested without validators, so that CQC's site had to send the
                    whole page
    """

    __tablename__ = "service"

    location_id: str = Field(primary_key=True)
    seq: int = 0
    suspicions: str = Field(default="[]", sa_type=Words)
    added_at: datetime = Field(sa_type=Utc)
    next_look_at: datetime = Field(sa_type=Utc, index=True)
    looked_at: datetime | None = Field(default=None, sa_type=Utc, index=True)
    read_at: datetime | None = Field(default=None, sa_type=Utc, index=True)
    read_through_at: datetime | None = Field(default=None, sa_type=Utc)
    whole: bool = True
    grave: bool = False
    failures: int = 0
    trouble: str | None = Field(default=None, sa_type=Words)
    leased_by: str | None = Field(default=None, index=True)
    leased_at: datetime | None = Field(default=None, sa_type=Utc)
    blind: str | None = None
    blind_since: datetime | None = Field(default=None, sa_type=Utc)
    named_at: datetime | None = Field(default=None, sa_type=Utc, index=True)
    witnessed_at: datetime | None = Field(default=None, sa_type=Utc)
    vouched_at: datetime | None = Field(default=None, sa_type=Utc)
    reread_at: datetime | None = Field(default=None, sa_type=Utc)
    asked_whole_at: datetime | None = Field(default=None, sa_type=Utc)


class PageRow(Row):
    """A page of a service, with its reading. An unchanged page need not be read again. `reader` is the version of the
    reader that read the page (reader_version.VERSION), or 0 if the page was read before versions existed."""

    __tablename__ = "page"
    __table_args__ = (Index("ix_page_reader", "reader", "location_id"),)

    location_id: str = Field(primary_key=True, foreign_key="service.location_id", ondelete="CASCADE")
    url: str = Field(primary_key=True)
    position: int
    etag: str | None = Field(default=None, sa_type=Words)
    last_modified: str | None = None
    fingerprint: str
    digest: str
    reading: str = Field(sa_type=Words)
    fetched_at: datetime = Field(sa_type=Utc)
    reader: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class SnapshotRow(Row):
    """A snapshot of a service. The newest snapshot is the present state of the service; the older snapshots are its history."""

    __tablename__ = "snapshot"

    location_id: str = Field(primary_key=True, foreign_key="service.location_id", ondelete="CASCADE")
    seq: int = Field(primary_key=True)
    seen_at: datetime = Field(sa_type=Utc)
    body: str = Field(sa_type=Words)


class OverviewRow(Row):
    """The list entry of a service. The entry is updated when the service's snapshots and events are recorded. It allows the
    database to sort, filter and search services, and to divide lists into pages. Until the service's page is read, the entry
    comes from CQC's register (`store.from_register`). A service without a row was not read yet and is not in the register.

    name_key, search      text in a normal form for sorting and searching (monitor.text.folded)
    overall … well_led    a rating, or the reason why there is no rating. If several service groups are rated separately, the
                          worst of their ratings. None if the page states no rating and no reason
    groups                how many service groups are rated separately; 1 if no groups are rated separately
    measures              in | entered | remains | left | unclear | presumed; None if special measures are not mentioned
    published             when the overall rating was published
    report_day            the publication date of the newest report with which CQC's time limit for the next inspection may begin
                          (list_entries.report_day); None if not known
    standing              how bad the service's present state is: lower numbers are worse (list_entries.standing)
    changed_at, change    when the service's newest events were observed, and the kind of the most severe of these events
    file_date             the date of CQC's newest file that lists the service; None if the service's page has been read
    """

    __tablename__ = "overview"
    __table_args__ = (
        Index("ix_overview_service_type", "service_type"),
        Index("ix_overview_standing", "standing", "name_key", "location_id"),
    )

    location_id: str = Field(primary_key=True, foreign_key="service.location_id", ondelete="CASCADE")
    name: str = Field(sa_type=Words)
    name_key: str = Field(sa_type=Words)
    search: str = Field(sa_type=Words)
    service_type: str | None = Field(default=None, sa_type=Words)
    place: str | None = Field(default=None, sa_type=Words)
    postcode: str | None = Field(default=None, sa_type=Words)
    provider_name: str | None = Field(default=None, sa_type=Words)
    overall: str | None = None
    groups: int = 1
    measures: str | None = None
    archived: bool = False
    published: date | None = None
    report_day: date | None = None
    standing: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    file_date: date | None = None
    changed_at: datetime | None = Field(default=None, sa_type=Utc)
    change: str | None = None


class EvidenceRow(Row):
    """A copy of a page as it was when an event was seen, compressed with zlib. The copy's key is its digest. The content is never
    altered. After KEEP_EVIDENCE the content is removed (at `removed_at`), but the row with the page's address and time stays."""

    __tablename__ = "evidence"

    digest: str = Field(primary_key=True)
    url: str = Field(sa_type=Words)
    content_type: str | None = None
    fetched_at: datetime = Field(sa_type=Utc)
    body: bytes = Field(sa_type=LargeBinary)
    removed_at: datetime | None = Field(default=None, sa_type=Utc)


class WatchRow(Row):
    """A service on a watchlist.

    by_rule        whether the watchlist's rule put the service on the watchlist. If so, the rule may take the service off again
    followed_from  the service's former profile, if CQC's notice on the former profile's page led to the service; otherwise None
    """

    __tablename__ = "watch"

    watchlist: str = Field(primary_key=True)
    location_id: str = Field(primary_key=True, foreign_key="service.location_id", index=True, ondelete="CASCADE")
    added_at: datetime = Field(sa_type=Utc)
    by_rule: bool = False
    followed_from: str | None = None


class ItemRow(Row):
    """An item: all events of one service from one report (see `monitor.items.Item`)."""

    __tablename__ = "item"

    id: str = Field(primary_key=True)
    location_id: str = Field(index=True)
    plan: str | None = None
    published: date | None = None
    seen_at: datetime = Field(sa_type=Utc)


class EventRow(Row):
    """An event. `position` gives the order in which events were recorded. `kind`, `item` and `corrected_at` (when the event was
    retracted) are also in `body`.

    rank   a number to sort events by, worst first (`monitor.severity.rank`)
    level  how severe the event is, from 1 (severe) to 4 (`monitor.severity.level`)
    """

    __tablename__ = "event"

    position: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    location_id: str = Field(index=True)
    observed_at: datetime = Field(sa_type=Utc, index=True)
    kind: str | None = Field(default=None, index=True)
    item: str | None = Field(default=None, index=True)
    rank: int | None = None
    level: int | None = None
    corrected_at: datetime | None = Field(default=None, sa_type=Utc)
    body: str = Field(sa_type=Words)


class ProposalRow(Row):
    """A proposal to retract an event, with the reason why the event may have been wrong. A person decides about the proposal.
    `settled_at` is when a person retracted the event, or decided that it was right."""

    __tablename__ = "proposal"

    event_id: str = Field(primary_key=True)
    reason: str = Field(sa_type=Words)
    found_at: datetime = Field(sa_type=Utc)
    settled_at: datetime | None = Field(default=None, sa_type=Utc)


class CorrectionRow(Row):
    """A line for the operator about a mistake of an older version of the reader. `reader` is the version that noticed the
    mistake."""

    __tablename__ = "correction"

    position: int | None = Field(default=None, primary_key=True)
    location_id: str = Field(foreign_key="service.location_id", ondelete="CASCADE", index=True)
    reader: int
    noted_at: datetime = Field(sa_type=Utc)
    line: str = Field(sa_type=Words)


class DisagreementRow(Row):
    """A disagreement about ratings between CQC's page of a service and CQC's API. `since` and `seen_at` are when the disagreement
    was first and last seen. `lines` says what the page and the API state (a JSON list of lines). The row is deleted when the page
    and the API agree."""

    __tablename__ = "disagreement"

    location_id: str = Field(primary_key=True, foreign_key="service.location_id", ondelete="CASCADE")
    since: datetime = Field(sa_type=Utc)
    seen_at: datetime = Field(sa_type=Utc)
    lines: str = Field(sa_type=Words)


class VerificationRow(Row):
    """The newest comparison of a service's reading with CQC's own files (see `monitor.detect.agreement`).

    outcome    an agreement.Outcome
    file_date  the date of the file
    file       the number of the newest file with ratings that was loaded when the comparison was made
    reader     the version of the reader that read the page
    body       the differences and dates (JSON)
    """

    __tablename__ = "verification"

    location_id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Utc, index=True)
    outcome: str
    file_date: date
    file: int
    reader: int
    body: str = Field(sa_type=Words)


class VerificationRunRow(Row):
    """A run of `cqc-monitor verify`. It is stored so that an interrupted run can be continued.

    asked  the request, in a normal form, so that equal requests have equal text
    ids    the ids of the services that the run compares, as a JSON list
    """

    __tablename__ = "verification_run"

    id: int | None = Field(default=None, primary_key=True)
    asked: str = Field(sa_type=Words)
    ids: str = Field(sa_type=Words)
    started_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)


class WorkerRow(Row):
    """A worker: a process of `cqc-monitor run`. While the process runs, it keeps extending `alive_until`. If this time passes,
    another worker declares the process dead, deletes the row and releases the dead worker's claims."""

    __tablename__ = "worker"

    id: str = Field(primary_key=True)
    host: str
    pid: int
    started_at: datetime = Field(sa_type=Utc)
    alive_until: datetime = Field(sa_type=Utc)


class SiteRow(Row):
    """The state of a site, which all workers share.

    free_at              when the next request may be sent
    blind_since, reason  since when and why the site can't be read
    leave_alone_until    the time until which the site gets no request
    pauses               how many pauses there were in this outage before the present pause
    told                 whether the operator was notified of this outage
    over_at              when the last outage that the operator was notified of ended
    """

    __tablename__ = "site"

    name: str = Field(primary_key=True)
    free_at: datetime | None = Field(default=None, sa_type=Utc)
    blind_since: datetime | None = Field(default=None, sa_type=Utc)
    reason: str | None = Field(default=None, sa_type=Words)
    pauses: int = 0
    leave_alone_until: datetime | None = Field(default=None, sa_type=Utc)
    told: bool = False
    over_at: datetime | None = Field(default=None, sa_type=Utc)


class UpkeepRow(Row):
    """An upkeep task of the monitor (`store.upkeep.Task`): when the task was last tried, when it last succeeded, since when it
    has been failing, and, in one line, its result or the reason for its failure."""

    __tablename__ = "upkeep"

    task: str = Field(primary_key=True)
    tried_at: datetime | None = Field(default=None, sa_type=Utc)
    good_at: datetime | None = Field(default=None, sa_type=Utc)
    failed_since: datetime | None = Field(default=None, sa_type=Utc)
    detail: str = Field(default="", sa_type=Words)


class SavedSettingRow(Row):
    """A setting that was changed on the web pages. The environment and `.env` take precedence. `changed_by` is the person who
    changed it."""

    __tablename__ = "saved_setting"

    name: str = Field(primary_key=True)
    value: str = Field(sa_type=Words)
    changed_by: int | None = Field(default=None)
    changed_at: datetime = Field(sa_type=Utc)


class FeedRow(Row):
    """How far the API's list of changes was read.

    read_until    the time up to which the list was read without a gap. (The list was last read at `read_at`)
    read_back_at  when the changes of the past month were last read again, because changes can appear late in the list
    heard_at      when the list last named any service
    next_poll_at  when the list is requested next
    """

    __tablename__ = "feed"

    name: str = Field(primary_key=True)
    read_until: datetime | None = Field(default=None, sa_type=Utc)
    read_at: datetime | None = Field(default=None, sa_type=Utc)
    read_back_at: datetime | None = Field(default=None, sa_type=Utc)
    heard_at: datetime | None = Field(default=None, sa_type=Utc)
    next_poll_at: datetime | None = Field(default=None, sa_type=Utc)


class FeedNamedRow(Row):
    """A watched service that the list of changes named for a day (UTC). The row ensures that the list does not cause another
    check by naming the service again for the same day."""

    __tablename__ = "feed_named"

    day: date = Field(primary_key=True)
    location_id: str = Field(primary_key=True)
