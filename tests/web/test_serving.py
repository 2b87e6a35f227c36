"""Tests the server of the pages as a process, alone or with the daemon, and what the daemon does if the pages cannot start."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest

from monitor.http import trusted
from tests.conftest import World
from tests.programs import PATIENCE, Program
from tests.simulated.services import Service
from tests.web.conftest import FALLEN, done


@contextmanager
def program(world: World, *arguments: str) -> Iterator[Program]:
    """Runs a command that does not end. At the end of the test, the command is killed if it is still running."""
    with Program(*arguments, cwd=world.folder, env=os.environ | world.settings() | {"CHECK_EVERY": "2s"}) as process:
        yield process


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def healthy(port: int) -> bool:
    """Whether the pages answer."""
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=5, verify=trusted()).status_code == 200
    except httpx.HTTPError:
        return False


def until(happened: Callable[[], object], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "the test waited too long: its condition did not become true"
        time.sleep(0.1)


def stopped(process: Program) -> str:
    """Ends a program with SIGTERM. The program must end within 15 seconds with exit status 0. Returns its output."""
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=15)
    assert process.returncode == 0, out
    return out


def test_the_pages_can_be_started_and_stopped_without_the_daemon(world: World) -> None:
    port = free_port()
    with program(world, "web", "--port", str(port)) as process:
        until(lambda: healthy(port))
        out = stopped(process)
    assert f"port {port}" in out
    assert "Traceback" not in out
    assert not healthy(port)


@pytest.mark.parametrize("host", ["127.0.0.1", "no-such-host.invalid"], ids=["a port that is taken", "an unknown host"])
def test_pages_that_cannot_start_give_a_one_line_error(host: str, world: World) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, out, err = world.run("web", "--host", host, "--port", str(taken.getsockname()[1]))
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "the pages can't be served" in err


def test_pages_that_the_daemon_started_end_together_with_the_daemon(world: World) -> None:
    port = free_port()
    with program(world, "run", "--web", f"127.0.0.1:{port}") as process:
        until(lambda: healthy(port))
        out = stopped(process)
    assert f"Open http://127.0.0.1:{port} in a browser and enter this code: " in out
    assert "Traceback" not in out
    assert not healthy(port)


def test_the_pages_end_when_the_daemon_is_killed(world: World) -> None:
    port = free_port()
    with program(world, "run", "--web", f"127.0.0.1:{port}") as process:
        until(lambda: healthy(port))
        process.kill()
        until(lambda: not healthy(port))


@pytest.mark.slow
def test_the_daemon_continues_if_the_port_is_taken_or_the_pages_are_killed(world: World) -> None:
    world.site.add([Service(location_id=FALLEN)])
    done(world, "watch", "add", "North team", FALLEN)

    def looks() -> int:
        return len(world.site.asked(f"/location/{FALLEN}"))

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with program(world, "run", "--web", f"127.0.0.1:{taken.getsockname()[1]}") as process:
            until(lambda: looks() > 2)
            out = stopped(process)
    assert len(re.findall("the pages can't be served", out)) == 1
    port = free_port()
    with program(world, "run", "--web", f"127.0.0.1:{port}") as process:
        until(lambda: healthy(port))
        children = subprocess.run(
            ["ps", "-ww", "-o", "pid=", "-o", "args=", "--ppid", str(process.pid)], capture_output=True, text=True
        ).stdout
        [pages] = re.findall(r"(\d+) .*spawn_main", children)
        os.kill(int(pages), signal.SIGKILL)
        before = looks()
        until(lambda: looks() > before + 2)
        assert "started again" in stopped(process)
