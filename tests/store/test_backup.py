"""Tests of copies of the database. A copy is consistent even during writes, is checked, never overwrites another file, and is
restored completely or not at all."""

import os
import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.errors import StoreError, UsageError
from monitor.store import backup, database, open_store
from monitor.store.database import held_alone, revisions
from monitor.store.vault import Vault
from tests.conftest import World

HOME, OTHER = "1-2235535718", "1-545296200"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def refused(world: World, *arguments: str) -> str:
    """Runs a command that must fail with one line of error, and returns the line."""
    status, out, err = world.run(*arguments)
    assert (status, out) == (2, "") and err.startswith("cqc-monitor: ") and err.count("\n") == 1, (out, err)
    return err


def files(folder: Path) -> set[str]:
    """Returns the names of all files in a folder."""
    return {file.name for file in folder.iterdir()}


def watched(file: Path) -> set[str]:
    """Returns the services that are watched in a database."""
    with closing(sqlite3.connect(file)) as connection:
        return {row[0] for row in connection.execute("SELECT location_id FROM watch")}


def revision(file: Path) -> str:
    """Returns the version of a database's schema."""
    with closing(sqlite3.connect(file)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


@pytest.fixture
def state(world: World) -> Path:
    """The folder of a database with two watched services. The copy in copy.db has only one service."""
    world.done("watch", "add", "Leeds", HOME)
    world.done("backup", "copy.db")
    world.done("watch", "add", "Leeds", OTHER)
    return world.folder / "state"


# ── backup ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_backup_is_one_valid_file_that_only_its_owner_can_read(world: World, state: Path) -> None:
    copy = world.folder / "copy.db"
    assert watched(copy) == {HOME}
    assert copy.stat().st_mode & 0o077 == 0
    assert {name for name in files(world.folder) if "copy" in name} == {"copy.db"}


def test_a_backup_says_which_other_files_to_save(world: World, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "state/secret.key" in world.done("backup", "one.db")
    monkeypatch.setenv("SECRET_KEY", "a secret of our own")
    out = world.done("backup", "two.db")
    assert "SECRET_KEY" in out and "of our own" not in out


def test_a_backup_never_replaces_a_file(world: World, state: Path) -> None:
    before = (world.folder / "copy.db").read_bytes()
    assert "exists already" in refused(world, "backup", "copy.db")
    assert (world.folder / "copy.db").read_bytes() == before


def test_a_backup_to_an_unwritable_path_gives_a_one_line_error(world: World, state: Path) -> None:
    assert "can't be written" in refused(world, "backup", "no-such-folder/copy.db")


def test_a_backup_of_a_missing_database_fails_with_one_line_and_creates_nothing(untouched: World) -> None:
    assert "there is no database" in refused(untouched, "backup", "copy.db")
    assert files(untouched.folder) == set()


def test_a_backup_of_a_damaged_database_is_refused_and_creates_no_file(world: World, state: Path) -> None:
    damage(state / "monitor.db")
    assert "monitor.db" in refused(world, "backup", "second.db")
    assert not [name for name in files(world.folder) if "second" in name]


_RESTORES = "stop all workers, then run pg_restore --clean --if-exists --exit-on-error --dbname=DATABASE FILE"


@pytest.mark.parametrize(("command", "says"), [("backup", "Connection refused"), ("restore", _RESTORES)])
def test_on_postgresql_the_error_states_the_reason_or_the_tool_to_use(
    world: World, monkeypatch: pytest.MonkeyPatch, command: str, says: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:hidden@127.0.0.1:1/monitor")
    err = refused(world, command, "copy.db")
    assert says in err and "hidden" not in err


def test_a_backup_during_writes_contains_each_transaction_completely_or_not_at_all(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/monitor.db"
    store = open_store(url, Vault("a secret"))
    pairs = [[f"1-{100000 + 2 * number}", f"1-{100001 + 2 * number}"] for number in range(200)]
    store.services.watch("Leeds", pairs[0], NOON)
    ended = threading.Event()

    def write() -> None:
        for pair in pairs[1:]:
            store.services.watch("Leeds", pair, NOON)
        ended.set()

    writer = threading.Thread(target=write)
    writer.start()
    number = 0
    while not ended.is_set() or number == 0:
        copied = backup.copy(tmp_path / "monitor.db", tmp_path / f"copy{number}.db", revisions())
        assert copied.services % 2 == 0
        number += 1
    writer.join()
    store.close()
    assert len(watched(tmp_path / "monitor.db")) == 400


# ── restore ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def damage(file: Path) -> None:
    """Overwrites pages in the middle of a database."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    size = file.stat().st_size
    with file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xa5" * (size - 2 * 4096))


def test_a_restore_replaces_the_database_and_keeps_the_old_database(world: World, state: Path) -> None:
    out = world.done("restore", "copy.db")
    assert watched(state / "monitor.db") == {HOME}
    (kept,) = [file for file in state.iterdir() if ".before-restore-" in file.name]
    assert str(kept.relative_to(world.folder)) in out and watched(kept) == {HOME, OTHER}
    assert watched(world.folder / "copy.db") == {HOME}, "a restore does not remove the copy"
    world.done("watch", "add", "Leeds", "RJ121")
    assert "2 services watched" in world.run("status")[1]


def test_a_copy_can_be_restored_without_an_existing_database(world: World, state: Path) -> None:
    shutil.rmtree(state)
    world.done("restore", "copy.db")
    assert watched(state / "monitor.db") == {HOME}
    assert not [name for name in files(state) if "before" in name]


def test_a_restore_keeps_the_old_database_with_commits_from_the_write_ahead_log(world: World, state: Path) -> None:
    """After a kill -9 the last commits are in the write-ahead log. These commits must not be lost, and must not appear in the
    restored database."""
    source, crashed = state / "monitor.db", world.folder / "crashed"
    crashed.mkdir()
    with closing(sqlite3.connect(source)) as connection:
        columns = "location_id, added_at, by_rule"
        connection.execute(
            f"INSERT INTO watch (watchlist, {columns}) SELECT 'York', {columns} FROM watch WHERE location_id = ?", (HOME,)
        )
        connection.commit()
        for name in ("monitor.db", "monitor.db-wal"):
            shutil.copy(state / name, crashed / name)
    shutil.rmtree(state)
    crashed.rename(state)
    assert (state / "monitor.db-wal").stat().st_size > 0
    world.done("restore", "copy.db")
    (kept,) = [file for file in state.iterdir() if ".before-restore-" in file.name]
    for file, lists in ((state / "monitor.db", {"Leeds"}), (kept, {"Leeds", "York"})):
        with closing(sqlite3.connect(file)) as connection:
            assert {row[0] for row in connection.execute("SELECT watchlist FROM watch")} == lists


def test_a_copy_can_be_restored_over_a_damaged_database(world: World, state: Path) -> None:
    damage(state / "monitor.db")
    world.done("restore", "copy.db")
    assert watched(state / "monitor.db") == {HOME}
    assert [name for name in files(state) if ".before-restore-" in name]


def test_a_copy_can_be_restored_over_a_file_that_is_not_a_database(world: World, state: Path) -> None:
    for file in state.glob("monitor.db*"):
        file.unlink()
    (state / "monitor.db").write_bytes(b"scrambled" * 999)
    world.done("restore", "copy.db")
    assert watched(state / "monitor.db") == {HOME}


def test_a_restore_is_refused_while_a_daemon_runs(world: World, state: Path) -> None:
    with held_alone("sqlite:///state/monitor.db"):
        assert "another cqc-monitor run" in refused(world, "restore", "copy.db")
    assert watched(state / "monitor.db") == {HOME, OTHER}


def test_a_restore_is_refused_while_another_command_uses_the_database(world: World, state: Path) -> None:
    with closing(sqlite3.connect(state / "monitor.db")) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM watch").fetchall()
        assert "in use" in refused(world, "restore", "copy.db")
    assert watched(state / "monitor.db") == {HOME, OTHER}
    assert not [name for name in files(state) if "before" in name or "part" in name]


def make_newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def make_foreign(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE something (else_ TEXT)")


def make_text(file: Path) -> None:
    file.write_text("this is no database, however long it may be " * 200, encoding="utf-8")


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(damage, "", id="damaged pages"),
        pytest.param(cut, "", id="an incomplete copy"),
        pytest.param(make_text, "not a database", id="a text file"),
        pytest.param(make_foreign, "not a database of cqc-monitor", id="another program's database"),
        pytest.param(make_newer, "schema 9999", id="the database of a newer version"),
        pytest.param(lambda file: file.write_bytes(b""), "not a database of cqc-monitor", id="an empty file"),
        pytest.param(Path.unlink, "is not a file", id="a missing file"),
    ],
)
def test_a_restore_from_an_invalid_copy_changes_nothing(world: World, state: Path, spoil: object, said: str) -> None:
    before = files(state)
    assert callable(spoil)
    spoil(world.folder / "copy.db")
    assert said in refused(world, "restore", "copy.db")
    assert watched(state / "monitor.db") == {HOME, OTHER}
    assert files(state) - before <= {"monitor.db.lock"}


def test_a_database_cannot_be_restored_from_itself(world: World, state: Path) -> None:
    assert "the database itself" in refused(world, "restore", "state/monitor.db")


def test_two_restores_within_a_second_keep_both_old_databases(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/monitor.db"
    store = open_store(url, Vault("a secret"))
    store.close()
    backup.copy(tmp_path / "monitor.db", tmp_path / "copy.db", revisions())
    kept = {backup.restore(tmp_path / "copy.db", tmp_path / "monitor.db", revisions(), NOON)[1] for _ in range(3)}
    assert len(kept) == 3 and all(file and file.exists() for file in kept)


# ── before a migration ───────────────────────────────────────────────────────────────────────────────────────────────────

TODAY = database.head()
TOMORROW = f"{int(TODAY) + 1:04}"

NEXT = f'''"""A schema to come"""

import sqlalchemy as sa
from alembic import op

revision = "{TOMORROW}"
down_revision = "{TODAY}"


def upgrade() -> None:
    op.add_column("watch", sa.Column("note", sa.Text(), nullable=True))
'''


@pytest.fixture
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of migrations of a future version, which has one more migration."""
    folder = tmp_path_factory.mktemp("newer") / "migrations"
    shutil.copytree(database.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / f"{TOMORROW}_next.py").write_text(NEXT, encoding="utf-8")
    return folder


def test_before_a_migration_a_copy_of_the_database_is_saved(
    world: World, state: Path, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "MIGRATIONS", newer)
    out = world.done("migrate")
    assert f"schema {TOMORROW} (before: {TODAY})" in out and f"state/monitor.db.before-{TOMORROW}" in out
    kept = state / f"monitor.db.before-{TOMORROW}"
    assert (revision(state / "monitor.db"), revision(kept)) == (TOMORROW, TODAY)
    assert watched(kept) == watched(state / "monitor.db") == {HOME, OTHER}


def test_after_a_migration_the_former_version_can_be_restored(
    world: World, state: Path, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as upgraded:
        upgraded.setattr(database, "MIGRATIONS", newer)
        world.done("watch", "list")
    assert "newer version" in refused(world, "status")
    world.done("restore", f"state/monitor.db.before-{TOMORROW}")
    assert "already" in world.done("migrate") and watched(state / "monitor.db") == {HOME, OTHER}


def test_an_older_copy_is_restored_and_migrated_at_the_next_command(
    world: World, state: Path, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "MIGRATIONS", newer)
    world.done("watch", "list")
    assert f"schema {TODAY}" in world.done("restore", "copy.db")
    world.done("watch", "list")
    assert revision(state / "monitor.db") == TOMORROW and watched(state / "monitor.db") == {HOME}


def test_a_failed_migration_changes_nothing_and_its_copy_is_saved(
    world: World, state: Path, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "MIGRATIONS", newer)
    (newer / "versions" / f"{TOMORROW}_next.py").write_text(NEXT.replace('"watch"', '"no_such_table"'), encoding="utf-8")
    for _ in range(2):
        assert "can't be used" in refused(world, "status")
    assert revision(state / "monitor.db") == revision(state / f"monitor.db.before-{TOMORROW}") == TODAY


def test_if_the_copy_cannot_be_saved_nothing_is_migrated(
    world: World, state: Path, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "MIGRATIONS", newer)
    (state / f"monitor.db.before-{TOMORROW}").mkdir()  # a folder already has the name of the copy
    assert "can't be written" in refused(world, "status")
    assert revision(state / "monitor.db") == TODAY


def test_no_copy_is_saved_when_a_new_database_is_created(world: World) -> None:
    world.done("watch", "list")
    assert not [name for name in files(world.folder / "state") if "before" in name]


def test_an_invalid_copy_is_not_kept(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE something (else_ TEXT)")
    with pytest.raises(StoreError, match="not a database of cqc-monitor"):
        backup.copy(tmp_path / "other.db", tmp_path / "copy.db", revisions())
    with pytest.raises(UsageError, match="is not a file"):
        backup.restore(tmp_path / "none.db", tmp_path / "monitor.db", revisions(), NOON)
    assert files(tmp_path) == {"other.db"}
