"""The disk lets the monitor down: one line, nothing half written, nothing told is lost, and it goes on when the disk does."""

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
from tests.simulated.services import Service
from tests.test_daemon import daemon, until

HOME, OTHER = "1-2235535718", "1-545296200"


def rows(file: Path) -> list[str]:
    """All that lies in a sound SQLite database."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return list(connection.iterdump())


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def nothing_more_fits() -> None:
    """In a process to be: no file can grow any more, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


@contextmanager
def full(_: Path) -> Iterator[Callable[[], None] | None]:
    """A full disk."""
    yield nothing_more_fits


@contextmanager
def locked(state: Path) -> Iterator[Callable[[], None] | None]:
    """Another program writes to the database, and doesn't end."""
    with closing(sqlite3.connect(state / "monitor.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield None


@contextmanager
def read_only(state: Path) -> Iterator[Callable[[], None] | None]:
    """A disk that takes nothing any more. What its owner may write root may write, too: for root it is mounted so."""
    if os.geteuid() == 0:
        subprocess.run(["mount", "--bind", state, state], check=True)
        subprocess.run(["mount", "-o", "remount,ro,bind", state], check=True)
        try:
            yield None
        finally:
            subprocess.run(["umount", state], check=True)
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


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_command_that_can_write_nothing_says_so_in_one_line_and_leaves_all_as_it_was(
    world: World, trouble: Callable[[Path], AbstractContextManager[Callable[[], None] | None]]
) -> None:
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
def full_for(process: "subprocess.Popen[str]", _: Path) -> Iterator[None]:
    """No file of the daemon's can grow any more, until there is room again."""
    hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, hard))
    yield
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (hard, hard))


@contextmanager
def locked_for(_: "subprocess.Popen[str]", state: Path) -> Iterator[None]:
    """Another program keeps the database locked."""
    with locked(state):
        yield


@contextmanager
def taken_away(_: "subprocess.Popen[str]", state: Path) -> Iterator[None]:
    """The folder of the database is moved elsewhere, and comes back."""
    elsewhere = state.with_name("elsewhere")
    state.rename(elsewhere)
    yield
    shutil.rmtree(state, ignore_errors=True)
    elsewhere.rename(state)


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(full_for, id="the disk is full for a while"),
        pytest.param(locked_for, id="another program locks the database for a while"),
        pytest.param(taken_away, id="the folder of the database is away for a while"),
    ],
)
def test_the_daemon_goes_on_when_the_disk_does_and_tells_the_fall_once(
    world: World, trouble: Callable[["subprocess.Popen[str]", Path], AbstractContextManager[None]]
) -> None:
    home = Service(location_id=HOME)
    world.site.add([home])
    world.done("watch", "add", "Leeds", HOME)
    world.done("subscribe", "Leeds", "mailto:lead@council.example")
    with daemon(world) as process:
        assert process.stdout is not None
        said: list[str] = []
        listening = threading.Thread(target=said.extend, args=(process.stdout,))
        listening.start()
        until(lambda: world.mail.mails, process, 90)  # the welcome
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
    assert "Traceback" not in "".join(said) and "a fault of the program" not in "".join(said)
    assert [mail.subject for mail in world.mail.mails][1:] == [
        "Cherrybrook Care Home: overall rating fell from Good to Inadequate"
    ]
    assert rows(world.folder / "state" / "monitor.db")
