"""Tells a daemon whether anything was committed since it last asked, and when something becomes due. Until then, the daemon can
sleep."""

import sqlite3
from contextlib import suppress
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Engine, exists, func, select, true

from monitor.errors import StoreError
from monitor.store.case_reminders import days, has_dates, is_due, next_day
from monitor.store.database import file_identity, reading
from monitor.store.escalations import is_to_be_settled
from monitor.store.messages import AT_ONCE, URGENT_WITHIN
from monitor.store.prepared import Statement, prepared
from monitor.store.readers import is_to_be_asked
from monitor.store.signs_of_life import sign_is_due
from monitor.store.tables import (
    EscalationRow,
    MessageRow,
    MessageState,
    NoticeRow,
    ServiceRow,
    SubscriptionRow,
    SwitchedOffRow,
    table,
)
from monitor.store.watched import is_watched, last_read_before

_service, _notice, _message = table(ServiceRow), table(NoticeRow), table(MessageRow)
_subscription, _off, _escalation = table(SubscriptionRow), table(SwitchedOffRow), table(EscalationRow)


class Changes:
    """The part of the store that tells a daemon about changes. Every method raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: Connection | None = None
        self._file: tuple[int, int] | None = None

    def mark(self) -> object:
        """Returns a value that changes whenever any process commits anything. On PostgreSQL the value may also change if somebody
        writes to another database of the same server."""
        if self._engine.dialect.name == "sqlite":
            return self._mark_of_file()
        with reading(self._engine) as connection:
            # The value is PostgreSQL's own snapshot, which says which transactions are visible. If two snapshots are equal,
            # nothing was committed between them. (PostgreSQL 13 and later also call this function pg_current_snapshot.)
            return connection.exec_driver_sql("SELECT txid_current_snapshot()::text").scalar_one()

    def _mark_of_file(self) -> object:
        """Returns the mark of an SQLite database. SQLite's PRAGMA data_version changes when another connection commits. Two of
        its values can be compared only if they are from the same connection, so one connection is kept open."""
        file = file_identity(str(self._engine.url.database))
        if file is None:
            self.close()
            raise StoreError("the database was moved or removed")
        try:
            if self._kept is None or file != self._file:
                self.close()
                self._kept, self._file = self._engine.connect(), file
            (version,) = self._kept.connection.driver_connection.execute("PRAGMA data_version").fetchone()  # type: ignore[union-attr]
        except Exception as error:
            self.close()
            raise StoreError(f"the database can't be used: {error}") from error
        return file, version

    def close(self) -> None:
        """Closes the connection that is kept open."""
        kept, self._kept = self._kept, None
        if kept is not None:
            with suppress(sqlite3.Error):
                kept.close()

    def next_look(self, worker: str) -> datetime | None:
        """Returns the earliest time at which a watched service is due, which may be in the past. Ignores services that another
        worker has claimed. Returns None if no service is left."""
        free = _service.c.leased_by.is_(None) | (_service.c.leased_by == worker)
        with reading(self._engine) as connection:
            return connection.execute(select(func.min(_service.c.next_look_at)).where(free, is_watched())).scalar()

    def next_in_outbox(
        self, now: datetime, *, stale_before: datetime, escalate_after: timedelta | None, asks_if_read: bool
    ) -> datetime | None:
        """Returns when the next message becomes due, if nothing else happens by then. Returns `now` if there is already work to
        do, and None if no message will become due.

        stale_before    see Outbox.compose
        escalate_after  see Escalations.settle
        asks_if_read    whether people are regularly asked to confirm that they read messages (see Readers.ask)
        """
        statement, times = _work(now, stale_before, escalate_after, asks_if_read, *days(now, escalate_after))
        with reading(self._engine) as connection:
            *found, dated, sign_at, since = connection.execute(statement, times).one()
        if any(found):
            return now
        due = (sign_at, since and since + (escalate_after or timedelta()), next_day(now) if dated else None)
        return min((at for at in due if at), default=None)

    def next_attempt(self, after: datetime) -> datetime | None:
        """Returns the first instant after `after` at which the outbox needs attention: a notice, an attempt or the test of a
        suspended receiver is due, a claim expires, or an urgent message becomes overdue. Returns None if there is no such
        instant."""
        with reading(self._engine) as connection:
            row = connection.execute(*_attempts(after)).one()
        return min((at + later for at, (_, _, later) in zip(row, _WAITING, strict=True) if at is not None), default=None)


@prepared
def _work(
    now: datetime, stale_before: datetime, escalate_after: timedelta | None, asks_if_read: bool, today: date, last: date | None
) -> Statement:
    """Returns a query. Its first columns say for each kind of work whether any is waiting now. The last columns are the other
    values that `next_in_outbox` needs."""
    work = [
        exists().where(_notice.c.message_id.is_(None)),
        exists().where(_message.c.state == MessageState.PENDING),
        exists().where(last_read_before(stale_before), is_watched()),
        exists().where(sign_is_due(now)),
        exists().where(is_to_be_settled(now, escalate_after)),
        exists().where(is_due(today, last)),
        *([exists().where(is_to_be_asked(now))] if asks_if_read else []),
    ]
    sign = select(func.min(_subscription.c.next_sign_at)).scalar_subquery()
    unsettled = select(func.min(_escalation.c.since)).where(_escalation.c.settled_at.is_(None)).scalar_subquery()
    return select(*work, exists().where(has_dates()), sign, unsettled)


_PENDING = _message.c.state == MessageState.PENDING

_WAITING = (
    (_notice.c.due_at, _notice.c.message_id.is_(None), timedelta()),
    (_message.c.next_attempt_at, _PENDING, timedelta()),
    (_message.c.leased_until, _PENDING, timedelta()),
    (_message.c.created_at, _PENDING & _message.c.kind.in_(AT_ONCE), URGENT_WITHIN),
    (_off.c.next_test_at, true(), timedelta()),
)
"""The kinds of rows that wait for a time. Each kind has three parts: the column with a time, the condition for rows that still
wait, and how long after that time the row is due."""


@prepared
def _attempts(after: datetime) -> Statement:
    first = [select(func.min(column)).where(column > after - later, chosen) for column, chosen, later in _WAITING]
    return select(*(one.scalar_subquery() for one in first))
