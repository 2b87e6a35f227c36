"""What lets a daemon rest: whether anything was committed since it last looked, and when something becomes due by itself."""

import sqlite3
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, func, select, true

from monitor.errors import StoreError
from monitor.store.database import file_identity, reading
from monitor.store.outages import OUTAGE
from monitor.store.outbox import AT_ONCE, URGENT_WITHIN
from monitor.store.services import is_watched
from monitor.store.tables import (
    EscalationRow,
    MessageRow,
    MessageState,
    NoticeRow,
    ServiceRow,
    SiteRow,
    SubscriptionRow,
    SwitchedOffRow,
    table,
)

_service, _site, _notice, _message = table(ServiceRow), table(SiteRow), table(NoticeRow), table(MessageRow)
_subscription, _off, _escalation = table(SubscriptionRow), table(SwitchedOffRow), table(EscalationRow)


class Changes:
    """Every method raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: Connection | None = None
        self._file: tuple[int, int] | None = None

    def mark(self) -> object:
        """A value that differs from an earlier one if any process has committed anything in between. It may differ without that:
        on PostgreSQL when another database of the server was written to."""
        if self._engine.dialect.name == "sqlite":
            return self._mark_of_file()
        with reading(self._engine) as connection:
            # Which transactions are seen: equal ones see the same. (pg_current_snapshot in PostgreSQL 13 and later.)
            return connection.exec_driver_sql("SELECT txid_current_snapshot()::text").scalar_one()

    def _mark_of_file(self) -> object:
        """SQLite counts for a connection what others commit (PRAGMA data_version): one connection is kept for that."""
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
        """Lets go of the connection that is kept."""
        kept, self._kept = self._kept, None
        if kept is not None:
            with suppress(sqlite3.Error):
                kept.close()

    def next_look(self, after: datetime) -> datetime | None:
        """The first instant after another one at which a watched service becomes due, or at which CQC's site may be tried
        again, by what the database says now; None: there is none."""
        return self._first(
            after,
            (_service.c.next_look_at, is_watched(), timedelta()),
            (_site.c.leave_alone_until, _site.c.name == OUTAGE, timedelta()),
        )

    def next_message(self, after: datetime, escalate_after: timedelta | None) -> datetime | None:
        """The same for the outbox: a notice, an attempt, a test, a sign of life or an escalation (`escalate_after`: see
        Escalations.settle) becomes due, a claim runs out, or an urgent message becomes overdue."""
        pending = _message.c.state == MessageState.PENDING
        return self._first(
            after,
            (_notice.c.due_at, _notice.c.message_id.is_(None), timedelta()),
            (_message.c.next_attempt_at, pending, timedelta()),
            (_message.c.leased_until, pending, timedelta()),
            (_message.c.created_at, pending & _message.c.kind.in_(AT_ONCE), URGENT_WITHIN),
            (_off.c.next_test_at, true(), timedelta()),
            (_subscription.c.next_sign_at, true(), timedelta()),
            (_escalation.c.since, _escalation.c.settled_at.is_(None), escalate_after or timedelta()),
        )

    def _first(self, after: datetime, *columns: tuple[Any, Any, timedelta]) -> datetime | None:
        """The first instant after another one in these columns, each of the rows that a condition chooses, so much later."""
        queries = [select(func.min(column)).where(column > after - later, chosen) for column, chosen, later in columns]
        with reading(self._engine) as connection:
            row = connection.execute(select(*(query.scalar_subquery() for query in queries))).one()
        found = [at + later for at, (_, _, later) in zip(row, columns, strict=True) if at is not None]
        return min(found, default=None)
