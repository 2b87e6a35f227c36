"""Counts services, checks, messages and workers for `status` and for metrics, in one read-only transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Engine, case, exists, func, select, text

from monitor.detect.recall import Source
from monitor.detect.time_to_alert import TimeToAlert
from monitor.model import NoticeKind
from monitor.store import newest_files
from monitor.store.alert_times import time_to_alert_in
from monitor.store.api import API, FEED
from monitor.store.clock import present
from monitor.store.database import reading
from monitor.store.outages import OUTAGE
from monitor.store.services import read_again
from monitor.store.sources import sources_in
from monitor.store.tables import (
    DisagreementRow,
    FeedRow,
    MessageRow,
    MessageState,
    NoticeRow,
    RegisterFileRow,
    RuleRow,
    ServiceRow,
    SiteRow,
    SwitchedOffRow,
    WatchRow,
    WorkerRow,
    table,
)
from monitor.store.watched import edge, is_watched, last_read_before, may_not_be_up_to_date, number_on

_service, _message, _notice = table(ServiceRow), table(MessageRow), table(NoticeRow)
_worker, _site, _switched_off = table(WorkerRow), table(SiteRow), table(SwitchedOffRow)
_file, _rule = table(RegisterFileRow), table(RuleRow)
_feed, _disagreement, _watch = table(FeedRow), table(DisagreementRow), table(WatchRow)
_is_blind = exists().where(_site.c.name == OUTAGE, _site.c.blind_since.is_not(None))
_is_api_blind = exists().where(_site.c.name.in_((API, FEED)), _site.c.blind_since.is_not(None))
_is_disputed = exists().where(_watch.c.location_id == _disagreement.c.location_id)

CLOCKS_DIFFER = timedelta(minutes=5)
"""How far in the future the time of a reading may be. If it is further in the future, a clock was wrong."""


class ServiceState(StrEnum):
    """Says how completely and recently a watched service was read. If several states apply, the first in this list is used. The
    values are metric labels."""

    STALE = "stale"  # not read in full for STALE_AFTER
    NEVER_READ = "never read"
    NOT_READ_WELL = "not read well"  # at the last check
    READ_WELL = "read well"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The numbers at one instant. Times are None if they do not apply.

    services        how many watched services are in each state
    due, due_since  how many checks are due, and when the earliest of these checks became due
    last_read_at    when any service was last fully read
    oldest_read_at  the earliest of the times at which each service was last fully read (or was added, if it was never read)
    messages        how many messages are in each state (pending, sent, dead, dropped)
    waiting         how many notices are not in a message yet
    owed_since      when the oldest waiting message or notice became due
    workers, dead_workers  how many processes are running, and how many ended unexpectedly and have not been reported yet
    switched_off    how many receivers are suspended: addresses (or the mail server) that get nothing until a test message is
                    accepted
    site_blind      whether CQC's site as a whole cannot be read
    api_blind       whether CQC's API cannot be used
    feed_read_until  the time up to which the list of changes of CQC's API was read without a gap
    disagreements   for how many watched services the page and CQC's API state different ratings
    register_of     the date of the newest list of all services in the register; None if the register is empty
    rules           how many watchlists follow a rule
    read_again      two numbers: for how many watched services this version of the reader has read all pages, and how many
                    services have pages
    time_to_alert   how long the alerts of the last 30 days took
    sources         how many of the last publications each source of hints named
    """

    services: Mapping[ServiceState, int]
    due: int
    due_since: datetime | None
    last_read_at: datetime | None
    oldest_read_at: datetime | None
    messages: Mapping[str, int]
    waiting: int
    owed_since: datetime | None
    workers: int
    dead_workers: int
    switched_off: int
    site_blind: bool
    api_blind: bool = False
    feed_read_until: datetime | None = None
    disagreements: int = 0
    register_of: date | None = None
    rules: int = 0
    read_again: tuple[int, int] = (0, 0)
    time_to_alert: TimeToAlert = field(default_factory=TimeToAlert)
    sources: tuple[Source, ...] = ()

    @property
    def watched(self) -> int:
        """How many services are watched."""
        return sum(self.services.values())


class Counts:
    """The part of the store for figures. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def at(self, now: datetime, stale_before: datetime) -> Figures:
        """Returns the present numbers. A service that was last fully read before `stale_before` is stale."""
        with reading(self._engine) as connection:
            states, oldest = _states(connection, stale_before)
            due, due_since = _due(connection, now)
            pending_since, messages = _messages(connection)
            waiting, notice_since = _notices(connection, now)
            workers, dead_workers = _workers(connection)
            last = select(func.max(_service.c.read_at)).where(_service.c.read_at <= now + CLOCKS_DIFFER)
            return Figures(
                services=states,
                due=due,
                due_since=due_since,
                last_read_at=connection.execute(last).scalar(),
                oldest_read_at=oldest,
                messages=messages,
                waiting=waiting,
                owed_since=min((one for one in (pending_since, notice_since) if one), default=None),
                workers=workers,
                dead_workers=dead_workers,
                switched_off=connection.execute(select(func.count()).select_from(_switched_off)).scalar_one(),
                site_blind=bool(connection.execute(select(_is_blind)).scalar()),
                api_blind=bool(connection.execute(select(_is_api_blind)).scalar()),
                feed_read_until=connection.execute(select(_feed.c.read_until)).scalar(),
                disagreements=connection.execute(select(func.count()).select_from(_disagreement).where(_is_disputed)).scalar_one(),
                register_of=connection.execute(newest_files.LISTING).scalar(),
                rules=connection.execute(select(func.count()).select_from(_rule)).scalar_one(),
                read_again=read_again(connection),
                time_to_alert=time_to_alert_in(connection, now),
                sources=sources_in(connection, now),
            )

    def size(self) -> int:
        """The database's size in bytes."""
        with reading(self._engine) as connection:
            if connection.dialect.name == "postgresql":
                return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
            pages, size = (connection.execute(text(f"PRAGMA {one}")).scalar_one() for one in ("page_count", "page_size"))
            return int(pages) * int(size)


def _states(connection: Connection, stale_before: datetime) -> tuple[dict[ServiceState, int], datetime | None]:
    state = case(
        (last_read_before(stale_before), ServiceState.STALE.value),
        (_service.c.read_at.is_(None), ServiceState.NEVER_READ.value),
        (_service.c.failures > 0, ServiceState.NOT_READ_WELL.value),
        else_=ServiceState.READ_WELL.value,
    ).label("state")
    first_added = func.min(case((_service.c.read_at.is_(None), _service.c.added_at)))
    odd = select(state, func.count().label("services"), first_added.label("added"))
    odd = odd.where(is_watched(), may_not_be_up_to_date(stale_before)).group_by("state")
    found = {ServiceState(row.state): row for row in connection.execute(odd)}
    states = {one: found[one].services if one in found else 0 for one in ServiceState}
    watched = number_on(connection, None)
    states[ServiceState.READ_WELL] += watched - sum(states.values())
    times = [edge(connection, _service.c.read_at, None, watched, newest=False), *(row.added for row in found.values())]
    return states, min((at for at in times if at), default=None)


def _due(connection: Connection, now: datetime) -> tuple[int, datetime | None]:
    query = select(func.count(), func.min(_service.c.next_look_at)).where(_service.c.next_look_at <= now, is_watched())
    count, since = connection.execute(query).one()
    return count, since


def _messages(connection: Connection) -> tuple[datetime | None, dict[str, int]]:
    counted = select(_message.c.state, func.count().label("messages")).group_by(_message.c.state)
    found = {row.state: row.messages for row in connection.execute(counted)}
    # A message is due when it is created. Its next attempt may be later.
    since = connection.execute(select(func.min(_message.c.created_at)).where(_message.c.state == MessageState.PENDING)).scalar()
    return since, {state: found.get(state, 0) for state in MessageState}


def _notices(connection: Connection, now: datetime) -> tuple[int, datetime | None]:
    waits = _notice.c.message_id.is_(None)
    count = connection.execute(select(func.count()).select_from(_notice).where(waits)).scalar_one()
    # A welcome waits until all services of its watchlist have been checked.
    due = waits & (_notice.c.due_at <= now) & (_notice.c.kind != NoticeKind.WELCOME)
    return count, connection.execute(select(func.min(_notice.c.due_at)).where(due)).scalar()


def _workers(connection: Connection) -> tuple[int, int]:
    now = present(connection)
    alive = func.count().filter(_worker.c.alive_until > now)
    living, known = connection.execute(select(alive, func.count()).select_from(_worker)).one()
    return living, known - living
