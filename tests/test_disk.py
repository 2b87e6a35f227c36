"""Tests what happens if the disk fails. The error is one line, nothing is half written, and no alert is lost. The monitor
continues when the disk works again.
"""

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import World
from tests.programs import PATIENCE, Program
from tests.simulated.server import Answer
from tests.simulated.services import Service
from tests.test_daemon import daemon, ended, until
from tests.test_heartbeat import line_with

HOME, OTHER = "1-2235535718", "1-545296200"


def rows(file: Path) -> list[str]:
    """Checks that an SQLite database is intact, and returns all its contents."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return list(connection.iterdump())


@contextmanager
def mounted(*how: str, on: Path) -> Iterator[None]:
    """Mounts a file system on a folder. Skips the test if mounting is forbidden, as in many containers."""
    done = subprocess.run(["mount", *how, on], capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"mounting is not possible on this machine: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", on], check=True)


@pytest.fixture
def small_disk(alone: Path) -> Iterator[Path]:
    """Mounts a separate disk of three megabytes as the folder of the database."""
    state = alone / "state"
    state.mkdir()
    with mounted("-t", "tmpfs", "-o", "size=3m,mode=700", "none", on=state):
        yield state


@contextmanager
def filled(state: Path) -> Iterator[None]:
    """Fills the disk with a file, and deletes the file at the end."""
    filler = state / "filler"
    with filler.open("wb", buffering=0) as stream, pytest.raises(OSError, match="No space left"):
        while True:
            stream.write(bytes(4096))
    yield
    filler.unlink()


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def nothing_more_fits() -> None:
    """Prevents the current process from making any file longer, as if the disk were full. A new process calls this function."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


@contextmanager
def full(_: Path) -> Iterator[Callable[[], None] | None]:
    """The disk seems to be full to the program, but to no other process."""
    yield nothing_more_fits


@contextmanager
def locked(state: Path) -> Iterator[Callable[[], None] | None]:
    """Another program writes to the database, and does not finish."""
    with closing(sqlite3.connect(state / "monitor.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield None


@contextmanager
def read_only(state: Path) -> Iterator[Callable[[], None] | None]:
    """The disk accepts no more writes. Permissions don't stop root from writing, so for root the folder is mounted
    read-only."""
    if os.geteuid() == 0:
        with mounted("--bind", str(state), on=state):
            subprocess.run(["mount", "-o", "remount,ro,bind", state], check=True)
            yield None
    else:
        state.chmod(0o500)
        (state / "monitor.db").chmod(0o400)
        try:
            yield None
        finally:
            state.chmod(0o700)
            (state / "monitor.db").chmod(0o600)


TROUBLES = [
    pytest.param(full, id="the disk is full"),
    pytest.param(locked, id="another program keeps the database locked"),
    pytest.param(read_only, id="the disk has become read-only"),
]


@pytest.mark.slow
@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_command_that_cannot_write_reports_the_error_in_one_line_and_changes_nothing(
    world: World, trouble: Callable[[Path], AbstractContextManager[Callable[[], None] | None]]
) -> None:
    writes_nothing(world, trouble)


def test_a_command_on_a_full_disk_reports_the_error_in_one_line_and_changes_nothing(
    untouched: World, small_disk: Path
) -> None:
    writes_nothing(untouched, filled)


def writes_nothing(world: World, trouble: Callable[[Path], AbstractContextManager[Callable[[], None] | None]]) -> None:
    """Asserts that a command changes nothing and reports the error during the problem, and that the command works afterwards."""
    state = world.folder / "state"
    world.done("watch", "add", "Leeds", HOME)
    before = rows(state / "monitor.db")
    command = [sys.executable, "-m", "monitor", "watch", "add", "Leeds", OTHER]
    with trouble(state) as limit:
        done = subprocess.run(command, cwd=world.folder, preexec_fn=limit, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, ""), (done.stdout, done.stderr)
    assert done.stderr.startswith("cqc-monitor: the database ") and done.stderr.count("\n") == 1
    assert rows(state / "monitor.db") == before
    world.done("watch", "add", "Leeds", OTHER)


def test_a_damaged_database_is_refused_in_one_line(world: World) -> None:
    world.done("watch", "add", "Leeds", HOME)
    file = world.folder / "state" / "monitor.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    with file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xa5" * (file.stat().st_size - 4096))
    status, out, err = world.run("watch", "add", "Leeds", OTHER)
    assert (status, out) == (2, "") and "malformed" in err and err.count("\n") == 1


# ── the daemon ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def full_for(process: Program, _: Path) -> Iterator[None]:
    """Within this context the daemon can't make any file longer, as if the disk were full."""
    hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, hard))
    yield
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (hard, hard))


@contextmanager
def filled_for(_: Program, state: Path) -> Iterator[None]:
    """Within this context a file fills the disk."""
    with filled(state):
        yield


@contextmanager
def locked_for(_: Program, state: Path) -> Iterator[None]:
    """Within this context another program keeps the database locked."""
    with locked(state):
        yield


@contextmanager
def taken_away(_: Program, state: Path) -> Iterator[None]:
    """Within this context the folder of the database is missing."""
    elsewhere = state.with_name("elsewhere")
    state.rename(elsewhere)
    yield
    shutil.rmtree(state, ignore_errors=True)
    elsewhere.rename(state)


@pytest.mark.slow
@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(full_for, id="the disk is full for a while"),
        pytest.param(locked_for, id="another program locks the database for a while"),
        pytest.param(taken_away, id="the folder of the database is missing for a while"),
    ],
)
def test_the_daemon_continues_after_a_disk_fault_and_reports_the_fall_once(
    world: World, trouble: Callable[[Program, Path], AbstractContextManager[None]]
) -> None:
    assert_continues(world, trouble)


def test_the_daemon_continues_when_a_full_disk_has_space_again(untouched: World, small_disk: Path) -> None:
    assert_continues(untouched, filled_for)


def assert_continues(world: World, trouble: Callable[[Program, Path], AbstractContextManager[None]]) -> None:
    """Asserts that the daemon survives the problem, and that a fall during the problem is reported exactly once."""
    home = Service(location_id=HOME)
    world.site.add([home])
    world.done("watch", "add", "Leeds", HOME)
    world.done("subscribe", "Leeds", "mailto:lead@council.example")
    with daemon(world) as process:
        assert process.stdout is not None
        said: list[str] = []
        listening = threading.Thread(target=said.extend, args=(process.stdout,))
        listening.start()
        until(lambda: world.mail.mails, process)  # the welcome has arrived
        with trouble(process, world.folder / "state"):
            home.inspect(on=date(2026, 9, 1), overall="Inadequate")
            until(lambda: any("the database " in line for line in list(said)), process, 90)
            assert len(world.mail.mails) == 1
        until(lambda: len(world.mail.mails) >= 2, process, 90)
        looks = len(world.site.asked(f"/location/{HOME}"))
        until(lambda: len(world.site.asked(f"/location/{HOME}")) > looks + 3, process, 90)
        process.terminate()
        assert process.wait(15) == 0
        listening.join()
    assert "Traceback" not in "".join(said) and "a bug in the program" not in "".join(said)
    assert [mail.subject for mail in world.mail.mails][1:] == [
        "Inadequate: Cherrybrook Care Home"
    ]
    assert rows(world.folder / "state" / "monitor.db")


@pytest.mark.slow
def test_the_dead_mans_switch_is_not_pinged_while_the_disk_is_full(world: World) -> None:
    goes_through = threading.Event()

    def slow(answer: Answer) -> Answer:
        goes_through.wait(PATIENCE)
        return answer

    world.site.add([Service(location_id=HOME)])
    world.site.fail(slow, path=f"/location/{HOME}")
    world.done("watch", "add", "Leeds", HOME)
    world.done("subscribe", "Leeds", "lead@council.example", "--quiet")
    with daemon(world, HEARTBEAT_URL=f"{world.slack.url}/ping/s3cr3t") as process:
        until(lambda: world.site.asked(f"/location/{HOME}"), process)  # during the first check, before any ping
        with full_for(process, world.folder / "state"):
            goes_through.set()
            why = line_with("the heartbeat is withheld", process)
            assert world.slack.requests == []
        ended(process)
    assert "nothing can be written to the database" in why
