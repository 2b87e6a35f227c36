"""Copies an SQLite database, which may be in use, and checks the copy. Also replaces a database with a copy. A copy gets its
final name only once it is complete.
"""

import os
import shutil
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from monitor.errors import StoreError, UsageError

SIDECARS = ("-wal", "-shm", "-journal")
"""The endings of the names of SQLite's extra files beside a database. These files contain commits that are not yet in the
database file, and related data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What a checked copy contains: the revision of its schema, and the number of watched services."""

    revision: str
    services: int


def copy(database: Path, to: Path, known: Collection[str]) -> Copied:
    """Makes a consistent copy of a database, which may be in use. Raises UsageError if a file with the copy's name exists, and
    StoreError if the copy fails."""
    if not database.is_file():
        raise StoreError(f"there is no database at {database}")
    if os.path.lexists(to):
        raise UsageError(f"{to} exists already: choose another name")
    with aside(to) as part:
        copied = _copied(database, part, known)
        name_new(part, to)
    return copied


def replace_copy(database: Path, to: Path, known: Collection[str]) -> Copied:
    """Does what `copy` does, but replaces an earlier copy with the same name."""
    with aside(to) as part:
        copied = _copied(database, part, known)
        part.replace(to)
        _synced_folder(to)
    return copied


def restore(file: Path, database: Path, known: Collection[str], now: datetime) -> tuple[Copied, Path | None]:
    """Replaces the database with a checked copy of `file`. Returns what the copy contains, and the path to which the previous
    database was moved (None if there was no database).

    The caller ensures that no daemon is running. Raises UsageError if `file` is damaged, or is not a database of this program
    with one of the `known` schemas. Raises StoreError if the database is in use.
    """
    if not file.is_file():
        raise UsageError(f"{file} is not a file")
    if database.exists() and file.samefile(database):
        raise UsageError(f"{file} is the database itself")
    with aside(database) as part:
        try:
            copied = _copied(file, part, known)
        except StoreError as error:
            raise UsageError(f"nothing restored: {error}") from None
        if not database.exists():
            name_new(part, database)
            return copied, None
        _like(database, part)
        kept = _free(database.with_name(f"{database.name}.before-restore-{now:%Y-%m-%dT%H%M%SZ}"))
        with _held(database):
            _keep(database, kept)
            part.replace(database)
            _synced_folder(database)
    return copied, kept


@contextmanager
def aside(to: Path) -> Iterator[Path]:
    """Yields a new, empty file beside `to` that only its owner can read. The file is always removed at the end, unless it was
    renamed."""
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    except OSError as error:
        raise UsageError(f"{to} can't be written: {error.strerror}") from None
    try:
        yield part
    except OSError as error:
        raise UsageError(f"{to} can't be written: {error.strerror}") from None
    finally:
        for file in (part, *(_beside(part, one) for one in SIDECARS)):
            file.unlink(missing_ok=True)


def _copied(database: Path, part: Path, known: Collection[str]) -> Copied:
    """Copies a database with SQLite's backup function, and checks the copy. The copy is consistent even if other processes write
    at the same time."""
    try:
        with closing(_opened(database)) as source, closing(sqlite3.connect(part, isolation_level=None)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # makes the copy a single file, without a log of commits beside it
            copied = _checked(target, database, known)
    except sqlite3.Error as error:
        raise StoreError(f"{database} can't be copied: {error}") from None
    with part.open("rb") as stream:
        os.fsync(stream.fileno())
    return copied


def _opened(database: Path) -> sqlite3.Connection:
    # A finished copy may be on a read-only disk, where SQLite can't create its extra files.
    still = not any(_beside(database, one).exists() for one in SIDECARS) and not os.access(database.parent, os.W_OK)
    mode = "mode=ro&immutable=1" if still else "mode=rw"
    return sqlite3.connect(f"file:{quote(str(database.absolute()))}?{mode}", uri=True, timeout=10)


def _checked(connection: sqlite3.Connection, named: Path, known: Collection[str]) -> Copied:
    """Raises StoreError if the file is damaged, is not a database of this program, or has a schema that this version does not
    know."""
    damage = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(3)")]
    if damage != ["ok"]:
        raise StoreError(f"{named} is damaged: {'; '.join(damage)[:200]}")
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if not {"alembic_version", "service", "event", "message"} <= tables:
        raise StoreError(f"{named} is not a database of cqc-monitor")
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    revision = row[0] if row else "none"
    if revision not in known:
        newest = f"the newest schema that this version of cqc-monitor knows is {max(known)}"
        raise StoreError(f"{named} has the schema {revision}, but {newest}")
    (services,) = connection.execute("SELECT count(DISTINCT location_id) FROM watch").fetchone()
    return Copied(revision=revision, services=services)


@contextmanager
def _held(database: Path) -> Iterator[None]:
    """Moves all commits into the database file, then locks the database for this process. A damaged database is not changed,
    since it is about to be replaced. Raises StoreError if another process uses the database."""
    with closing(sqlite3.connect(database, isolation_level=None, timeout=2)) as connection:
        try:
            # This moves the log of commits into the file, and fails if another process has the database open.
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise StoreError(f"{database} is in use by another cqc-monitor command: stop it first") from None
            # The connection is closed before the files are moved, because closing it removes SQLite's extra files.
            connection.close()
        yield


def _keep(database: Path, kept: Path) -> None:
    """Gives the database a second name, and its extra files too. (Only a damaged database still has extra files.)"""
    try:
        kept.hardlink_to(database)
    except OSError:  # a file system without hard links
        shutil.copy2(database, kept)
    for one in SIDECARS:
        if _beside(database, one).exists():
            _beside(database, one).replace(_beside(kept, one))


def _like(database: Path, part: Path) -> None:
    """Gives the file the owner and permissions of the database that it replaces, even if a different user restores the
    database."""
    shutil.copymode(database, part)
    with suppress(PermissionError):
        os.chown(part, database.stat().st_uid, database.stat().st_gid)


def name_new(part: Path, to: Path) -> None:
    """Gives a complete file its final name, and never overwrites another file."""
    try:
        to.hardlink_to(part)
    except FileExistsError:
        raise UsageError(f"{to} exists already: choose another name") from None
    except OSError:  # a file system without hard links
        part.rename(to)
    _synced_folder(to)


def _free(wanted: Path) -> Path:
    number, name = 1, wanted
    while os.path.lexists(name):
        number += 1
        name = wanted.with_name(f"{wanted.name}-{number}")
    return name


def _beside(database: Path, sidecar: str) -> Path:
    return database.with_name(database.name + sidecar)


def _synced_folder(file: Path) -> None:
    """Writes the folder to the disk, so that a file's new name survives a power cut."""
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
