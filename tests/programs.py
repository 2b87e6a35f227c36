"""Runs `cqc-monitor` in separate processes that start quickly.

A new interpreter needs more than a second to import the program. Therefore a single process imports the program and then forks
for each run. Each fork becomes one run of the program, with its own arguments, environment, folder and output. Tests of
how the program starts use a new interpreter instead (test_cli, test_daemon).
"""

import array
import atexit
import fcntl
import gc
import json
import os
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import NoReturn, Self

PATIENCE = 180.0
"""A test waits this many seconds for something to happen, and then fails. The machine may be busy with other work. On an idle
machine nothing takes this long. If the program promises a time, the test uses that time instead."""

_SIZE, _NUMBER = struct.Struct("!I"), struct.Struct("!q")


class Program:
    """One run of the program, with the methods of subprocess.Popen. `stdout` has both standard output and standard error.

    A test need not read `stdout` before the run ends, since the pipe has room for a megabyte.
    """

    def __init__(self, *arguments: str, cwd: Path, env: Mapping[str, str]) -> None:
        out, its_out = os.pipe()
        fcntl.fcntl(out, fcntl.F_SETPIPE_SZ, 1_000_000)
        self._keeper, its_keeper = socket.socketpair()
        asked = json.dumps({"arguments": arguments, "cwd": str(cwd), "env": dict(env)}).encode("utf-8", "surrogateescape")
        server = _server()
        socket.send_fds(server, [_SIZE.pack(len(asked))], [its_out, its_keeper.fileno()])
        server.sendall(asked)
        os.close(its_out)
        its_keeper.close()
        self.returncode: int | None = None
        self.stdout = os.fdopen(out, encoding="utf-8", errors="backslashreplace")
        self.pid = self._said()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.communicate()

    def poll(self) -> int | None:
        """Returns the run's return code, as in Popen.returncode, or None if the run has not ended."""
        return self._end(0)

    def wait(self, timeout: float | None = None) -> int:
        """Waits for the run's end, and returns its return code. Raises TimeoutError after `timeout` seconds."""
        ended = self._end(timeout)
        if ended is None:
            raise TimeoutError(f"the program is still running after {timeout} seconds")
        return ended

    def communicate(self, timeout: float | None = None) -> tuple[str, None]:
        """Waits for the run's end; returns its unread output, and an empty text for standard error. Raises TimeoutError."""
        self.wait(timeout)
        if self.stdout.closed:
            return "", None
        with self.stdout:
            return self.stdout.read(), None

    def send_signal(self, number: int) -> None:
        """Sends the run a signal, unless the run has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Sends the run SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Kills the run."""
        self.send_signal(signal.SIGKILL)

    def _end(self, timeout: float | None) -> int | None:
        if self.returncode is None:
            self._keeper.settimeout(timeout)
            try:
                self.returncode = os.waitstatus_to_exitcode(self._said())
            except (BlockingIOError, TimeoutError):
                return None
            self._keeper.close()
        return self.returncode

    def _said(self) -> int:
        said = self._keeper.recv(_NUMBER.size)
        assert len(said) == _NUMBER.size, "the process that supervises the program has ended"
        return int(_NUMBER.unpack(said)[0])


@cache
def _server() -> socket.socket:
    """Starts the process that imports the program, and returns a connection to that process, which ends when the test process
    ends."""
    ours, its = socket.socketpair()
    with its:
        command = [sys.executable, "-c", "from tests.programs import _serve; _serve()"]
        process = subprocess.Popen(command, cwd=Path(__file__).parents[1], stdin=its.fileno())

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def _serve() -> None:
    """Imports the program, and forks for each request, until the client closes the connection."""
    import monitor

    for module in walk_packages(monitor.__path__, "monitor."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            import_module(module.name)
    for later in ("alembic.command", "anyio._backends._asyncio"):  # modules that would be imported only on first use
        import_module(later)
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, _buried)
    server = socket.socket(fileno=os.dup(0))
    while True:
        size, descriptors, _, _ = socket.recv_fds(server, _SIZE.size, 2)
        if not size:
            return
        asked = json.loads(_exactly(server, *_SIZE.unpack(size)).decode("utf-8", "surrogateescape"))
        if os.fork() == 0:
            server.close()
            _watch_over(asked, *array.array("i", descriptors))
        for one in descriptors:
            os.close(one)


def _buried(*_: object) -> None:
    """Reaps processes that supervised a run and have ended, so that their CPU time counts as CPU time of this process."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _watch_over(asked: dict[str, object], out: int, keeper: int) -> NoReturn:
    """Runs the program in a child process. Reports the child's process id and, in the end, its return code."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    program = os.fork()
    if program == 0:
        os.close(keeper)
        _run(asked, out)
    os.close(out)
    os.write(keeper, _NUMBER.pack(program))
    os.write(keeper, _NUMBER.pack(os.waitpid(program, 0)[1]))
    os._exit(0)


def _run(asked: dict[str, object], out: int) -> NoReturn:
    from monitor.cli import main

    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, place in ((nothing, 0), (out, 1), (out, 2)):
        os.dup2(number, place)
    os.close(nothing)
    os.close(out)
    sys.stdout, sys.stderr = os.fdopen(1, "w", encoding="utf-8"), os.fdopen(2, "w", buffering=1, encoding="utf-8")
    os.chdir(str(asked["cwd"]))
    os.environ.clear()
    os.environ.update(asked["env"])  # type: ignore[call-overload]
    sys.argv = ["cqc-monitor", *asked["arguments"]]  # type: ignore[misc]
    raise SystemExit(main())


def _exactly(server: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        found += server.recv(size - len(found))
    return found
