"""Measures what the daemon costs while nothing is due: the CPU time and memory of a real `cqc-monitor run` that
watches services that were just read.

    python -m bench.idle [services] [seconds]

The database is SQLite. The CPU time is the user and system time of the daemon's process, without the daemon's start.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, insert, select

from bench.unchanged import location_ids, regulator
from monitor.store.database import writing
from monitor.store.subscriptions import Wishes
from monitor.store.tables import metadata

EVERY = timedelta(hours=24)
"""The value of CHECK_EVERY. After a round, no service is due for half of this time."""

STARTED = 15.0
"""How many seconds after its start the daemon is idle."""

MOST_CPU = 3.0
"""The most milliseconds of CPU time that the daemon may use per second."""


async def read_all(database: str, url: str, count: int) -> None:
    """Makes the database, with `count` watched services and a subscription. The first service is read; all other services are
    copies of the first."""
    from monitor import app as building
    from monitor.model import When
    from monitor.settings import Settings

    settings = Settings(database_url=database, cqc_base_url=url, requests_per_second=500, check_every=EVERY)
    app = building.build(settings)
    now, address = building.now(), "mailto:lead@council.example"
    app.store.services.watch("bench", location_ids(min(count, 1)), now)
    if count:
        at = now.time().replace(microsecond=0)
        wishes = Wishes(when=When.DAILY, at=at, day="mon", still_watching=True)
        app.store.subscriptions.subscribe("bench", address, wishes, quiet=True, now=now)
        first, *others = location_ids(count)
        result = await app.checker.round(app.store.services.to_look_at([first]))
        assert result.looked_at == 1 and not result.troubles, result
        copy(app.store.engine, first, others)
    await app.close()


def copy(engine: Engine, first: str, others: Sequence[str]) -> None:
    """Watches the services `others`, and gives them a copy of everything that is stored about the service `first`."""
    with writing(engine) as connection:
        for name in ("service", "snapshot", "page", "overview", "watch"):
            table = metadata().tables[name]
            rows = connection.execute(select(table).where(table.c.location_id == first)).mappings().all()
            copies = [{**row, "location_id": one} for row in rows for one in others]
            if copies:
                connection.execute(insert(table), copies)


def cpu(pid: int) -> float:
    """Returns the milliseconds of CPU time that a process has used so far. Source: proc(5), /proc/PID/stat, fields 14 and
    15."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> dict[str, int]:
    """Returns the memory of a process in MB. VmRSS includes all memory that the process uses. PSS includes only the process's
    share of memory that several processes use."""
    lines = [*Path(f"/proc/{pid}/status").read_text().splitlines(), *Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()]
    found = dict(line.split(":", 1) for line in lines if line.startswith(("VmRSS:", "Pss:")))
    return {name: int(value.split()[0]) // 1024 for name, value in found.items()}


def idle(count: int, seconds: float) -> float:
    """Measures and prints. Returns the milliseconds of CPU time per second."""
    with tempfile.TemporaryDirectory() as state:
        database = f"sqlite:///{state}/bench.db"
        with regulator(count, validators=True) as url:
            os.chdir(state)
            asyncio.run(read_all(database, url, count))
        settings = {"DATABASE_URL": database, "CQC_BASE_URL": "http://127.0.0.1:9", "CHECK_EVERY": f"{EVERY.days}d"}
        with subprocess.Popen([sys.executable, "-m", "monitor", "run"], env=os.environ | settings) as daemon:
            time.sleep(STARTED)
            before, began = cpu(daemon.pid), time.monotonic()
            time.sleep(seconds)
            taken = (cpu(daemon.pid) - before) / (time.monotonic() - began)
            held = memory(daemon.pid)
            daemon.terminate()
    assert daemon.returncode == 0, daemon.returncode
    print(f"{count} services, {seconds:.0f} s idle: {taken:.1f} ms CPU a second, VmRSS {held['VmRSS']} MB, PSS {held['Pss']} MB")
    return taken


def main() -> None:
    services, seconds = [*map(int, sys.argv[1:]), *(550, 60)[len(sys.argv) - 1 :]]
    sys.exit(0 if idle(services, seconds) <= MOST_CPU else 1)


if __name__ == "__main__":
    main()
