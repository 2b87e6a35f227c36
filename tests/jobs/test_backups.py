"""Tests when scheduled backups are made, which copies are kept, whether the copies can be restored, and how a failure is shown,
on SQLite and PostgreSQL."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from monitor.errors import StoreError
from monitor.jobs.backups import RETRY, TRIAL, Backups, Plan
from monitor.judgement import Out, Setup
from monitor.store import Store, open_store
from monitor.store.upkeep import State, Task
from monitor.store.vault import Vault
from tests.conftest import World

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
HOME, OTHER = "1-2235535718", "1-545296200"


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Office:
    """A database that watches one service, and its backups."""

    def __init__(self, url: str, folder: Path) -> None:
        self.clock, self.folder, self.url = Clock(), folder, url
        self.store: Store = open_store(url, Vault("a secret key for tests"))
        self.store.services.watch("Leeds", [HOME], NOON)
        self.backups = Backups(Plan(to=folder, every=DAY, keep=3), url, self.store.upkeep, self.clock)

    def work(self, after: timedelta = timedelta()) -> list[str]:
        """Moves the clock by `after`, and does the daemon's work. Returns the names of all copies, newest first."""
        self.clock.now += after
        asyncio.run(self.backups.work())
        return [one.name for one in self.backups.copies()]

    def state(self, task: Task = Task.BACKUP) -> State:
        return self.store.upkeep.state(task)

    def finding(self) -> Out | None:
        """Returns what the judgement knows about backups."""
        setup = Setup(check_every=6 * HOUR, stale_after=2 * DAY, mail=True, backup_every=DAY)
        return self.store.judging.facts(setup, self.clock.now, None).backup


@pytest.fixture
def office(database: str, tmp_path: Path) -> Iterator[Office]:
    office = Office(database, tmp_path / "backups")
    yield office
    office.store.close()


def test_the_first_backup_is_made_at_once_and_the_next_after_the_interval(office: Office) -> None:
    (first,) = office.work()
    assert office.work(DAY - HOUR) == [first]
    second, again = office.work(HOUR)
    assert again == first and second > first
    assert office.finding() is None
    assert {oct(one.stat().st_mode & 0o777) for one in office.backups.copies()} == {"0o600"}


def test_only_the_newest_copies_are_kept_and_nothing_else_in_the_folder_is_touched(office: Office) -> None:
    office.work()
    other = office.folder / "cqc-monitor-my-own.db"
    other.write_text("mine")
    names = {name for _ in range(5) for name in office.work(DAY)}
    assert len(names) == 6 and [one.name for one in office.backups.copies()] == sorted(names)[:2:-1]
    assert other.read_text() == "mine"


def test_the_newest_copy_is_restored_each_week_and_the_trial_leaves_nothing_behind(office: Office) -> None:
    office.work()
    tried = office.state(Task.RESTORE)
    assert tried.good_at == NOON and "was restored (1 service watched" in tried.detail
    office.work(TRIAL - HOUR)
    assert office.state(Task.RESTORE).good_at == NOON
    office.work(HOUR)
    assert office.state(Task.RESTORE).good_at == NOON + TRIAL
    assert {one.suffix for one in office.folder.iterdir()} <= {".db", ".dump"}
    if not office.url.startswith("sqlite"):
        assert scratch_of(office.url) == []


def scratch_of(url: str) -> list[str]:
    """Returns the databases that trial restores of this database have made on the server."""
    parsed = make_url(url)
    with psycopg.connect(parsed.set(drivername="postgresql").render_as_string(False)) as connection:
        named = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [parsed.database])
        return [name for (name,) in named if name != parsed.database]


def test_the_next_trial_restore_drops_the_database_that_a_killed_trial_left(postgresql: str, tmp_path: Path) -> None:
    office = Office(postgresql, tmp_path / "backups")
    plain = make_url(postgresql).set(drivername="postgresql").render_as_string(False)
    with closing(psycopg.connect(plain, autocommit=True)) as connection:
        connection.execute(f'CREATE DATABASE "{make_url(postgresql).database}_cqc_monitor_trial"')
    assert len(scratch_of(postgresql)) == 1
    office.work()
    tried = office.state(Task.RESTORE)
    office.store.close()
    assert "was restored (1 service watched" in tried.detail
    assert scratch_of(postgresql) == []


def test_a_copy_that_cannot_be_restored_is_a_finding(office: Office) -> None:
    (copy,) = office.work()
    (office.folder / copy).write_bytes((office.folder / copy).read_bytes()[:2_000])
    office.store.upkeep.succeeded(Task.BACKUP, copy, NOON + TRIAL)  # so no newer copy is due
    office.work(TRIAL)
    finding = office.finding()
    assert finding is not None and finding.since == NOON and finding.reason
    assert [one.suffix for one in office.folder.iterdir()] in ([".db"], [".dump"])


def test_a_folder_that_cannot_be_written_to_is_a_finding_and_is_tried_again_each_hour(office: Office) -> None:
    office.work()
    shutil.rmtree(office.folder)
    office.folder.write_text("a file where the folder was")
    office.work(DAY)
    state = office.state()
    assert state.good_at == NOON and state.failed_since == NOON + DAY and "can't be written" in state.detail
    assert office.finding() == Out(since=NOON, reason=state.detail)
    office.folder.unlink()
    assert office.work(RETRY - timedelta(minutes=1)) == []
    assert len(office.work(timedelta(minutes=1))) == 1
    assert office.finding() is None and office.state().failed_since is None


@pytest.mark.parametrize(
    "ago, expected",
    [(2 * DAY, None), (2 * DAY + HOUR, "no backup was made after that")],
    ids=["the backup is two intervals old", "the backup is older than two intervals"],
)
def test_an_old_backup_is_a_finding_even_if_nothing_failed(office: Office, ago: timedelta, expected: str | None) -> None:
    office.work()
    office.clock.now += ago
    found = office.finding()
    assert (found and found.reason) == expected


def test_a_missing_backup_is_a_finding_two_intervals_after_the_first_service_was_added(office: Office) -> None:
    assert office.finding() is None
    office.clock.now += 2 * DAY + HOUR
    assert office.finding() == Out(since=NOON, reason="no backup is recorded")


def test_two_daemons_at_once_make_one_copy(office: Office) -> None:
    other = Backups(Plan(to=office.folder, every=DAY, keep=3), office.url, office.store.upkeep, office.clock)

    async def both() -> None:
        await asyncio.gather(office.backups.work(), other.work())

    asyncio.run(both())
    assert len(office.backups.copies()) == 1 and office.state().failed_since is None


def test_a_backup_recorded_in_the_future_by_a_wrong_clock_does_not_stop_the_next_backup(office: Office) -> None:
    office.store.upkeep.succeeded(Task.BACKUP, "in the future", NOON + 400 * DAY)
    assert len(office.work()) == 1


def test_a_backup_recorded_in_the_future_by_a_wrong_clock_does_not_count_as_a_backup(office: Office) -> None:
    office.store.upkeep.succeeded(Task.BACKUP, "in the future", NOON + 400 * DAY)
    office.clock.now += 2 * DAY + HOUR
    assert office.finding() == Out(since=NOON, reason="no backup is recorded")


def test_an_unfinished_copy_does_not_count_as_a_backup_and_is_removed_later(office: Office) -> None:
    office.work()
    left = office.folder / ".cqc-monitor-2026-11-20T120000Z.db.123.part"
    left.write_bytes(b"half")
    assert len(office.work(DAY)) == 2 and left.exists(), "another process may still be writing this file"
    os.utime(left, (0, 0))
    assert len(office.work(DAY)) == 3 and not left.exists()


def test_without_pg_dump_the_finding_says_what_to_install(
    postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(postgresql, tmp_path / "backups")
    monkeypatch.setenv("PATH", str(tmp_path))
    office.work()
    finding = office.finding()
    office.store.close()
    assert finding is not None and finding.reason.startswith("pg_dump is not installed: install PostgreSQL's client programs")


def test_with_a_role_that_may_not_create_databases_the_copy_is_only_read_to_its_end(postgresql: str, tmp_path: Path) -> None:
    plain = make_url(postgresql).set(drivername="postgresql").render_as_string(False)
    Office(postgresql, tmp_path / "unused").store.close()
    with closing(psycopg.connect(plain, autocommit=True)) as connection:
        connection.execute("CREATE ROLE cqc_no_create LOGIN PASSWORD 'secret-of-a-test'")
        connection.execute("GRANT USAGE ON SCHEMA public TO cqc_no_create")
        connection.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO cqc_no_create")
        connection.execute("GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO cqc_no_create")
        office = Office(postgresql, tmp_path / "backups")
        try:
            (copy,) = office.work()
            url = f"{plain}{'&' if '?' in plain else '?'}options=-c%20role%3Dcqc_no_create"
            office.backups = Backups(Plan(to=office.folder, every=DAY, keep=3), url, office.store.upkeep, office.clock)
            assert office.backups.try_restore() == (
                f"{copy} was read to its end, but not restored: the database role may not create databases"
            )
            (office.folder / copy).write_bytes((office.folder / copy).read_bytes()[:2_000])
            with pytest.raises(StoreError, match="pg_restore failed"):
                office.backups.try_restore()
        finally:
            office.store.close()
            connection.execute("DROP OWNED BY cqc_no_create")
            connection.execute("DROP ROLE cqc_no_create")


# ── as a person uses it ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_backup_without_a_file_saves_to_the_folder_in_the_setting(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.done("watch", "add", "Leeds", HOME)
    status, _, err = world.run("backup")
    assert (status, err) == (2, "cqc-monitor: name a FILE, or set BACKUP_TO to the folder for backups\n")
    monkeypatch.setenv("BACKUP_TO", "copies")
    said = world.done("backup")
    (copy,) = (world.folder / "copies").iterdir()
    assert said.startswith(f"Saved and checked: copies/{copy.name} (1 service watched, schema ")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT location_id FROM watch").fetchall() == [(HOME,)]


def test_status_and_doctor_report_a_backup_that_fails(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.done("watch", "add", "Leeds", HOME)
    (world.folder / "copies").write_text("a file")
    monkeypatch.setenv("BACKUP_TO", "copies")
    status, _, err = world.run("backup")
    assert status == 2 and err.startswith("cqc-monitor: BACKUP_TO: copies can't be written")
    _, said, _ = world.run("status")
    assert "there has been no successful backup since" in said and "copies can't be written" in said
    _, found, _ = world.run("doctor")
    assert "BACKUP_TO: copies can't be written: backups need a folder" in found
