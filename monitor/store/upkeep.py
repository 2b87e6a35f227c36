"""Records when each upkeep task of the monitor (backups, trial restores, new settings) was last tried, and whether the task
succeeded."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from monitor.detect.schedule import lies_ahead
from monitor.store.database import add_once, reading, writing
from monitor.store.tables import UpkeepRow, table

_upkeep = table(UpkeepRow)


class Task(StrEnum):
    """The upkeep tasks. The values are stored in the database."""

    BACKUP = "backup"
    RESTORE = "restore"
    SETTINGS = "settings"  # test suspended receivers when settings have changed; `detail` is the settings' fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The state of a task (times in UTC).

    good_at       when the task last succeeded; None if it never succeeded
    failed_since  when the task first failed after its last success; None if it has not failed since then
    detail        the result of the last success, or the reason for the last failure, in one line
    """

    good_at: datetime | None = None
    failed_since: datetime | None = None
    detail: str = ""


class Upkeep:
    """The part of the store for upkeep. Each method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, task: Task, now: datetime, every: timedelta, retry: timedelta) -> bool:
        """Returns whether a task is due, which means that its last success was at least `every` ago, and its last try at least
        `retry` ago. Only one caller gets True, and must then do the task. Times in the future come from a wrong clock and are
        ignored."""
        with writing(self._engine) as connection:
            add_once(connection, _upkeep, task=str(task), detail="")
            due = _has_been(_upkeep.c.good_at, every, now) & _has_been(_upkeep.c.tried_at, retry, now)
            mine = update(_upkeep).where(_upkeep.c.task == str(task), due)
            return bool(connection.execute(mine.values(tried_at=now)).rowcount)

    def succeeded(self, task: Task, detail: str, now: datetime) -> None:
        """Records that a task succeeded."""
        self._note(task, good_at=now, tried_at=now, failed_since=None, detail=detail)

    def failed(self, task: Task, reason: str, now: datetime) -> bool:
        """Records that a task failed, and returns whether this is the first failure since the last success."""
        with writing(self._engine) as connection:
            add_once(connection, _upkeep, task=str(task), detail="")
            here = _upkeep.c.task == str(task)
            first = update(_upkeep).where(here, _upkeep.c.failed_since.is_(None)).values(failed_since=now)
            is_first = connection.execute(first).rowcount
            connection.execute(update(_upkeep).where(here).values(detail=reason, tried_at=now))
            return bool(is_first)

    def state(self, task: Task) -> State:
        """Returns the state of a task."""
        with reading(self._engine) as connection:
            return state_in(connection, task)

    def _note(self, task: Task, **values: object) -> None:
        with writing(self._engine) as connection:
            add_once(connection, _upkeep, task=str(task), detail="")
            connection.execute(update(_upkeep).where(_upkeep.c.task == str(task)).values(**values))


def _has_been(at: Any, period: timedelta, now: datetime) -> Any:
    """Returns an SQL condition that is true if a period has passed since a time. It is also true if there is no time, or if the
    time is in the future, because a wrong clock set it."""
    return at.is_(None) | ~lies_ahead(at, now - period, period)


def is_new(connection: Connection, fingerprint: str, now: datetime) -> bool:
    """Records the settings' fingerprint, and returns whether the settings have changed since the last call. Only one caller
    gets True."""
    add_once(connection, _upkeep, task=str(Task.SETTINGS), detail="")
    changed = update(_upkeep).where(_upkeep.c.task == str(Task.SETTINGS), _upkeep.c.detail != fingerprint)
    return bool(connection.execute(changed.values(detail=fingerprint, tried_at=now, good_at=now)).rowcount)


def state_in(connection: Connection, task: Task) -> State:
    """Returns the state of a task (see Upkeep.state), within a transaction."""
    row = connection.execute(select(_upkeep).where(_upkeep.c.task == str(task))).first()
    return State(good_at=row.good_at, failed_since=row.failed_since, detail=row.detail) if row else State()
