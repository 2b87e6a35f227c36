"""USE CASE: save the database at intervals (BACKUP_TO), delete old copies, and once a week restore the newest copy as a trial.

A copy is checked before it gets its final name. An older copy is deleted only after a newer copy has been checked.
"""

import asyncio
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from monitor import logs
from monitor.errors import MonitorError, StoreError, UsageError
from monitor.store import backup, dump
from monitor.store.database import revisions, sqlite_file
from monitor.store.upkeep import Task, Upkeep
from monitor.text import counted

RETRY = timedelta(hours=1)
"""After a failure, a save or a trial restore is tried again this much later."""

TRIAL = timedelta(days=7)
"""How often the newest copy is restored as a trial."""

_NAME = re.compile(r"cqc-monitor-\d{4}-\d\d-\d\dT\d{6}Z\.(?:db|dump)")

log = logs.logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where copies go, how often, and how many are kept (BACKUP_TO, BACKUP_EVERY, BACKUP_KEEP)."""

    to: Path
    every: timedelta
    keep: int


class Backups:
    """Saves the database at `database_url`. `clock` gives the time in UTC."""

    def __init__(self, plan: Plan, database_url: str, upkeep: Upkeep, clock: Callable[[], datetime]) -> None:
        self._plan = plan
        self._url = database_url
        self._upkeep = upkeep
        self._clock = clock

    async def work(self, stop: asyncio.Event | None = None) -> None:
        """Saves the database if a backup is due, and restores the newest copy if a trial restore is due. Every failure is
        recorded, and the first failure is logged. Raises StoreError if a failure can't be recorded."""
        for task, every, do in ((Task.BACKUP, self._plan.every, self.save), (Task.RESTORE, TRIAL, self.try_restore)):
            if stop is not None and stop.is_set():
                return
            if await asyncio.to_thread(self._upkeep.begin, task, self._clock(), every, RETRY):
                await asyncio.to_thread(self._done, task, do)

    def save(self) -> str:
        """Saves the database now and deletes copies beyond `keep`. Returns in one line what was saved. Raises MonitorError."""
        folder = self._plan.to
        _writable(folder)
        database = sqlite_file(self._url)
        stamp = f"cqc-monitor-{self._clock():%Y-%m-%dT%H%M%SZ}"
        if database is not None:
            file = folder / f"{stamp}.db"
            copied = backup.copy(database, file, revisions())
        else:
            file = folder / f"{stamp}.dump"
            copied = dump.dump(self._url, file, revisions())
        for old in self.copies()[self._plan.keep :]:
            old.unlink(missing_ok=True)
        return f"{file.name} ({counted(copied.services, 'service')} watched, schema {copied.revision})"

    def try_restore(self) -> str:
        """Restores the newest copy in a separate place, checks the restored database and removes it again. Returns the result
        in one line. Raises MonitorError."""
        newest = next(iter(self.copies()), None)
        if newest is None:
            raise StoreError(f"there is no copy in {self._plan.to} that could be restored as a trial")
        if newest.suffix == ".dump":
            restored = dump.try_restore(self._url, newest, revisions())
            if restored is None:
                return f"{newest.name} was read to its end, but not restored: the database role may not create databases"
        else:
            with tempfile.TemporaryDirectory(prefix=".restore-", dir=self._plan.to) as scratch:
                restored, _ = backup.restore(newest, Path(scratch) / "monitor.db", revisions(), self._clock())
        return f"{newest.name} was restored ({counted(restored.services, 'service')} watched, schema {restored.revision})"

    def copies(self) -> list[Path]:
        """The copies in the folder, newest first. Files with other names are ignored."""
        try:
            return sorted((one for one in self._plan.to.iterdir() if _NAME.fullmatch(one.name)), reverse=True)
        except OSError:
            return []

    def _done(self, task: Task, do: Callable[[], str]) -> None:
        try:
            said = do()
        except (MonitorError, OSError) as error:
            reason = str(error) if isinstance(error, MonitorError) else f"{self._plan.to}: {error.strerror or error}"
            if self._upkeep.failed(task, reason, self._clock()):
                log.error("the database could not be saved" if task is Task.BACKUP else "the trial restore failed", reason=reason)
            return
        self._upkeep.succeeded(task, said, self._clock())
        log.info("the database was saved" if task is Task.BACKUP else "a saved copy was tried", result=said)


def _writable(folder: Path) -> None:
    """Makes the folder, readable only by its owner, if it is missing. Removes files that an interrupted save left in it. Raises
    UsageError if the folder can't be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in folder.glob(".cqc-monitor-*.part*"):
            if time.time() - left.stat().st_mtime > dump.LONGEST:
                left.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"BACKUP_TO: {folder} can't be written: {error.strerror}") from None
