"""Fetches CQC's register for the pages. A fetch runs in a separate process, because it takes minutes, a core and several hundred
megabytes. The process writes its progress to a file, so that every web process can show the progress. A restart of the web server
does not interrupt the fetch.
"""

import fcntl
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import IO

from monitor.app import STATE
from monitor.text import STEP, TROUBLE, plain, sentence

_FILE = STATE / "register-fetch.txt"

_COMMAND = (sys.executable, "-u", "-m", "monitor", "register", "refresh", "--progress")

_MOST = 20_000
"""How many characters are read from the end of the file, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """A fetch of the register. `now`: what the process is doing now; `troubles`: what went wrong."""

    running: bool
    now: str
    troubles: tuple[str, ...]


def begin() -> None:
    """Starts a fetch, unless one is already running. Raises OSError if the file can't be written or the process can't be
    started."""
    _FILE.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _FILE.open("a", encoding="utf-8") as file:
        if not _locked(file, fcntl.LOCK_EX):
            return
        file.truncate(0)
        # The process inherits the locked file, so the file stays locked until the process ends.
        process = subprocess.Popen(_COMMAND, stdin=subprocess.DEVNULL, stdout=file, stderr=file)  # noqa: S603 (our own command)
    threading.Thread(target=process.wait, daemon=True).start()  # without this, the ended process would stay in the system's list


def last() -> Fetch | None:
    """Returns the last fetch, or None if the pages never started a fetch."""
    try:
        with _FILE.open(encoding="utf-8", errors="replace") as file:
            running = not _locked(file, fcntl.LOCK_SH)
            fcntl.flock(file, fcntl.LOCK_UN)
            lines = file.read()[-_MOST:].splitlines()
    except OSError:
        return None
    said = [plain(line.strip()) for line in lines if line.strip()]
    return Fetch(
        running=running,
        now=said[-1].removeprefix(STEP) if running and said else "",
        troubles=tuple(sentence(one.removeprefix(TROUBLE)) for one in said if one.startswith(TROUBLE)),
    )


def _locked(file: IO[str], how: int) -> bool:
    """Locks the file for as long as it is open. Returns False if another process has locked it."""
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
