"""The monitor's own upkeep tasks (backups, trial restores, new settings): when each was last tried, and whether it worked."""

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
    """The tasks. The values are stored in the database."""

    BACKUP = "backup"
    RESTORE = "restore"
    SETTINGS = "settings"  # trying suspended receivers with new settings; its detail is the settings' fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The state of a task (times in UTC).

    good_at       when it last succeeded; None: never
    failed_since  when it first failed after that; None: it did not
    detail        the result of the last success, or why it failed, in one line
    """

    good_at: datetime | None = None
    failed_since: datetime | None = None
    detail: str = ""


class Upkeep:
    """Each method is one transaction. Raises StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, task: Task, now: datetime, every: timedelta, retry: timedelta) -> bool:
        """Whether a task is due: `every` after its last success, and not within `retry` of the last try. True for one caller
        only, who then does it. Times in the future come from a wrong clock and do not count."""
        with writing(self._engine) as connection:
            add_once(connection, _upkeep, task=str(task), detail="")
            due = _has_been(_upkeep.c.good_at, every, now) & _has_been(_upkeep.c.tried_at, retry, now)
            mine = update(_upkeep).where(_upkeep.c.task == str(task), due)
            return bool(connection.execute(mine.values(tried_at=now)).rowcount)

    def succeeded(self, task: Task, detail: str, now: datetime) -> None:
        """Records a success."""
        self._note(task, good_at=now, tried_at=now, failed_since=None, detail=detail)

    def failed(self, task: Task, reason: str, now: datetime) -> bool:
        """Records a failure; returns whether it is the first since the last success."""
        with writing(self._engine) as connection:
            add_once(connection, _upkeep, task=str(task), detail="")
            here = _upkeep.c.task == str(task)
            first = update(_upkeep).where(here, _upkeep.c.failed_since.is_(None)).values(failed_since=now)
            is_first = connection.execute(first).rowcount
            connection.execute(update(_upkeep).where(here).values(detail=reason, tried_at=now))
            return bool(is_first)

    def state(self, task: Task) -> State:
        """The state of a task."""
        with reading(self._engine) as connection:
            return state_in(connection, task)

    def _note(self, task: Task, **values: object) -> None:
        with writing(self._engine) as connection:
            add_once(connection, _upkeep, task=str(task), detail="")
            connection.execute(update(_upkeep).where(_upkeep.c.task == str(task)).values(**values))


def _has_been(at: Any, period: timedelta, now: datetime) -> Any:
    """SQL: a period has passed since a time, or there is no time."""
    return at.is_(None) | ~lies_ahead(at, now - period, period)


def is_new(connection: Connection, fingerprint: str, now: datetime) -> bool:
    """Whether the settings have changed since the last call, and records them: True for one caller only."""
    add_once(connection, _upkeep, task=str(Task.SETTINGS), detail="")
    changed = update(_upkeep).where(_upkeep.c.task == str(Task.SETTINGS), _upkeep.c.detail != fingerprint)
    return bool(connection.execute(changed.values(detail=fingerprint, tried_at=now, good_at=now)).rowcount)


def state_in(connection: Connection, task: Task) -> State:
    """The state of a task (see Upkeep.state), within a transaction."""
    row = connection.execute(select(_upkeep).where(_upkeep.c.task == str(task))).first()
    return State(good_at=row.good_at, failed_since=row.failed_since, detail=row.detail) if row else State()
