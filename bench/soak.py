"""Watches many unchanged services for a long time. Measures whether memory or the database grows, and what a page costs.

    python -m bench.soak [services] [rounds]

In a round, the program works like the daemon: it reserves a few due services at a time, checks them, records the result and
releases the services, until every service was checked once. The CPU time is that of the checking process alone, and is compared
with a bare loop of httpx and selectolax (bench.unchanged).
"""

import asyncio
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from bench import unchanged
from bench.unchanged import LIMIT, MOST_MEMORY

SERVICES, ROUNDS = 20_000, 10
MOST_GROWTH = 5
"""By how many MB the process's memory may grow from the second round to the last."""

SAMPLE = 1000
"""The most services in the bare loop."""


async def soak(url: str, count: int, rounds: int) -> None:
    """Prints a line of JSON for each round. The first round, which reads every page, is round 0."""
    from monitor import app as building
    from monitor.daemon import LOOKS_AT_ONCE
    from monitor.settings import Settings
    from monitor.store.database import writing
    from monitor.store.service_rows import look_now_at
    from monitor.store.watched import is_watched

    with tempfile.TemporaryDirectory() as state:
        os.chdir(state)
        settings = Settings(database_url=f"sqlite:///{state}/soak.db", cqc_base_url=url, requests_per_second=500)
        app = building.build(settings)
        services, now = app.store.services, building.now
        app.store.workers.enlist("soak", host="here", pid=os.getpid(), alone=True)
        services.watch("soak", unchanged.location_ids(count), now())
        for number in range(rounds + 1):
            with writing(app.store.engine) as connection:  # makes every service due again
                look_now_at(connection, is_watched(), now())
            cpu, wall, looked, same = time.process_time(), time.perf_counter(), 0, 0
            while due := services.claim(now(), LOOKS_AT_ONCE, "soak"):
                result = await app.checker.round(due)
                services.let_go("soak")
                assert not result.troubles, result.troubles[:3]
                looked, same = looked + result.looked_at, same + result.unchanged
            assert looked == count and same == (count if number else 0), (looked, same)
            print(json.dumps(_state(Path(state), number, count, cpu, wall)), flush=True)
        await app.close()


def _state(folder: Path, number: int, count: int, cpu: float, wall: float) -> dict[str, float]:
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
    return {
        "round": number,
        "cpu": (time.process_time() - cpu) * 1000 / count,
        "seconds": time.perf_counter() - wall,
        "memory": resident / 2**20,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "database": sum(file.stat().st_size for file in folder.iterdir()) / 2**20,
    }


def watch(count: int, rounds: int) -> bool:
    """Measures and prints. Returns whether everything stays below its limit."""
    sample = min(count, SAMPLE)
    with unchanged.regulator(sample, validators=False) as url:
        bare = min(unchanged.measure("bare", url, sample, conditional=False) for _ in range(3))[0]
    print(f"{count} services, pages with changing tokens; a bare loop: {bare:.2f} ms of CPU time per page")
    states: list[dict[str, float]] = []
    with unchanged.regulator(count, validators=False) as url:
        process = unchanged.start("bench.soak", "soak", url, str(count), str(rounds))
        assert process.stdout is not None
        for line in process.stdout:
            states.append(one := json.loads(line))
            print(
                f"  round {one['round']:2.0f}  {one['cpu']:6.2f} ms CPU per check ({one['cpu'] / bare:5.2f} x bare)"
                f"  {one['seconds']:6.1f} s  memory {one['memory']:5.1f} MB, at most {one['peak']:5.1f} MB"
                f"  database {one['database']:6.1f} MB",
                flush=True,
            )
        process.communicate()
    if process.returncode or len(states) != rounds + 1:
        sys.exit("bench: the soak failed")
    first, last = states[min(2, rounds)], states[-1]
    grown, added = last["memory"] - first["memory"], last["database"] - states[min(1, rounds)]["database"]
    cost = min(one["cpu"] for one in states[1:]) / bare
    print(f"from round 2 to the last: memory {grown:+.1f} MB, database {added:+.1f} MB; at best {cost:.2f} x bare")
    print(f"limits: memory at most {MOST_MEMORY} MB and {MOST_GROWTH:+d} MB, check at most {LIMIT} x bare")
    return grown <= MOST_GROWTH and last["peak"] < MOST_MEMORY and cost <= LIMIT


def main() -> None:
    match sys.argv[1:]:
        case ["soak", url, count, rounds]:
            asyncio.run(soak(url, int(count), int(rounds)))
        case arguments:
            services, times = [*map(int, arguments), *(SERVICES, ROUNDS)[len(arguments) :]]
            sys.exit(0 if watch(services, times) else 1)


if __name__ == "__main__":
    main()
