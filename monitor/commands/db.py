"""Commands that migrate, save, restore and copy the database."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from monitor.commands import OK, load_settings, with_store
from monitor.errors import MonitorError, UsageError

if TYPE_CHECKING:
    from monitor.app import App


def migrate(options: argparse.Namespace) -> int:
    from monitor.store.database import kept_before, migrated, sqlite_file

    url = load_settings().database_url
    before, after = migrated(url)
    print(f"The database is at schema {after}" + (" already." if before == after else f" (before: {before or 'none'})."))
    file = sqlite_file(url)
    if file and before and before != after:
        print(f"A copy of the database before this change is in {kept_before(file)}.")
    return OK


def backup(options: argparse.Namespace) -> int:
    from monitor.store import backup, dump
    from monitor.store.database import revisions, sqlite_file

    settings = load_settings()
    if options.file is None:
        return with_store(_saved, settings)
    database = sqlite_file(settings.database_url)
    if database is None:
        copied = dump.dump(settings.database_url, options.file, revisions())
    else:
        copied = backup.copy(database, options.file, revisions())
    print(f"Saved and checked: {options.file} (schema {copied.revision}, services watched: {copied.services}).")
    key = _key(settings.secret_key is not None)
    print(f"Keep {key} with the backup: without this key the webhook addresses in the backup can't be read.")
    return OK


def _saved(app: App) -> int:
    """Saves the database in the folder BACKUP_TO, and records the result, as the daemon does."""
    from monitor.app import now
    from monitor.store.upkeep import Task

    if app.backups is None:
        raise UsageError("name a FILE, or set BACKUP_TO to the folder for backups")
    try:
        saved = app.backups.save()
    except MonitorError as error:
        app.store.upkeep.failed(Task.BACKUP, str(error), now())
        raise
    app.store.upkeep.succeeded(Task.BACKUP, saved, now())
    print(f"Saved and checked: {app.settings.backup_to}/{saved}.")
    key = _key(app.settings.secret_key is not None)
    print(f"Keep {key} with the backup: without this key the webhook addresses in the backup can't be read.")
    return OK


def restore(options: argparse.Namespace) -> int:
    from monitor.app import now
    from monitor.store import backup
    from monitor.store.database import held_alone, revisions, sqlite_file

    settings = load_settings()
    database = sqlite_file(settings.database_url)
    if database is None:
        how = "pg_restore --clean --if-exists --exit-on-error --dbname=DATABASE FILE"
        raise UsageError(f"the database is PostgreSQL: stop all workers, then run {how}")
    if not options.file.is_file():
        raise UsageError(f"{options.file} is not a file")
    with held_alone(settings.database_url):
        copied, kept = backup.restore(options.file, database, revisions(), now())
    print(f"Restored and checked: {database} (schema {copied.revision}, services watched: {copied.services}).")
    if kept:
        print(f"The previous database is kept in {kept}.")
    print(f"This database needs the key that was in use when the copy was saved: {_key(settings.secret_key is not None)}.")
    print("Alerts sent after the backup may be sent again.")
    return OK


def copy_database(options: argparse.Namespace) -> int:
    from monitor.store.copying import copy_all

    settings = load_settings()
    copied = copy_all(settings.database_url, options.target)
    print(f"Copied and counted: {copied.rows} rows, services watched: {copied.services}.")
    print("Now set DATABASE_URL to the new database on every machine where cqc-monitor runs.")
    print(f"Copy {_key(settings.secret_key is not None)} too: without this key the webhook addresses can't be read.")
    print("Move the old database away, so that nobody starts a second monitor on it by mistake.")
    return OK


def sql_views(options: argparse.Namespace) -> int:
    from monitor.store import reporting
    from monitor.store.database import writing

    def work(app: App) -> int:
        with writing(app.store.engine) as connection:
            there_were = options.remove and reporting.remove(connection)
            made = [] if options.remove else reporting.make(connection, options.role)
        if options.remove:
            print("The views are removed." if there_were else "There were no views.")
            return OK
        print(f"Made: {', '.join(made)}.")
        if options.role:
            print(f"The role {options.role} may read the views, and nothing else.")
        return OK

    return with_store(work)


def _key(is_set: bool) -> str:
    """Says where the key is that decrypts the stored addresses."""
    from monitor.app import KEY

    return "the setting SECRET_KEY" if is_set else str(KEY)
