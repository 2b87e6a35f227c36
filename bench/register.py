"""Measures what importing CQC's files costs. The files have CQC's formats, but describe an invented England of
57,000 services in two consecutive months.

    python -m bench.register [services] [database URL]

One command in a separate process imports the three files of a month, as a person would. During the import, another connection
writes to the database all the time. This connection's longest wait shows how long the import would delay a daemon.
"""

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import insert

from monitor.store import open_store
from monitor.store.database import writing
from monitor.store.tables import AuthorityListRow, table
from monitor.store.vault import Vault
from tests.simulated.register import England

LIMIT, MOST_MEMORY, MOST_HELD_UP = 60, 500, 10
"""The limits for a month: seconds of CPU time, MB of memory, and seconds for which another writer may have to wait."""


class Neighbour(threading.Thread):
    """Writes to the database until it is stopped, while a command imports files. `held_up` is the longest time, in seconds,
    that one write took."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url, self._stopped, self.held_up = url, threading.Event(), 0.0

    def run(self) -> None:
        from datetime import UTC, datetime

        with closing(open_store(self._url, Vault("a secret of some length"))) as store:
            n = 0
            while not self._stopped.wait(0.05):
                n, begun = n + 1, time.monotonic()
                with writing(store.engine) as connection:
                    row = {"name": f"{id(self)} {n}", "authorities": "[]", "created_at": datetime.now(UTC)}
                    connection.execute(insert(table(AuthorityListRow)).values(**row))
                self.held_up = max(self.held_up, time.monotonic() - begun)

    def stop(self) -> None:
        self._stopped.set()
        self.join()


def taken(url: str, files: list[Path], folder: Path) -> tuple[float, int]:
    """Runs the command that imports the files. Returns the CPU time in seconds and the highest memory in MB, both including the
    processes that the command starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "monitor", "register", "import", *map(str, files)]
    root = str(Path(__file__).parents[1])
    environment = os.environ | {"DATABASE_URL": url, "PYTHONPATH": root, "SECRET_KEY": "a secret of some length"}
    subprocess.run(command, check=True, cwd=folder, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, after.ru_maxrss // 1024


def main(services: int = 57_000, url: str | None = None) -> int:
    """Measures and prints. Returns 1 if a limit is exceeded."""
    passed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = url or f"sqlite:///{folder}/monitor.db"
        england = England(seed=1, services=services)
        for month in (0, 1):
            files = list(england.write(folder, month))
            neighbour = Neighbour(url)
            neighbour.start()
            begun = time.monotonic()
            try:
                cpu, memory = taken(url, files, folder)
            finally:
                neighbour.stop()
            wall = time.monotonic() - begun
            ratings = sum(6 * len(place.told) for place in england.places(month))
            print(f"month {month}: {services:,} services, {ratings:,} ratings: {cpu:.0f} s CPU, {wall:.0f} s in all,", end=" ")
            print(f"{memory} MB at the peak; another writer had to wait {neighbour.held_up:.1f} s at most", flush=True)
            passed = passed or cpu > LIMIT or memory > MOST_MEMORY or neighbour.held_up > MOST_HELD_UP
    return int(passed)


if __name__ == "__main__":
    sys.exit(main(*(kind(one) for kind, one in zip((int, str), sys.argv[1:], strict=False))))
