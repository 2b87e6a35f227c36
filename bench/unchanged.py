"""Measures what a round without changes costs. Compares our check, in the same run, with a bare loop of httpx and selectolax,
which does only the unavoidable work.

    python -m bench.unchanged [services] [rounds]

The CPU time is that of the checking process alone. The simulated site runs in a separate process, and so does every
measurement. The measurements alternate, and the result is the time of the fastest round, because other programs may slow
down a round.
"""

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

SIZES = (60_000, 120_000)
"""The smallest and the largest page, in bytes. Source: docs/facts/pages.md, Size of a page."""

LIMIT, MOST_MEMORY, MOST_HELP = 1.3, 150, 0.4
"""The limits: the CPU time as a multiple of the bare loop's CPU time, the memory in MB, and the seconds for --help."""

Measure = tuple[float, float, int]
"""The CPU time and elapsed time in milliseconds per service, and the highest memory in MB."""


def location_ids(count: int) -> list[str]:
    """Returns the ids of the services in the benchmark."""
    return [f"1-{2_000_000_000 + n}" for n in range(count)]


# The functions that run in separate processes


def serve(count: int, validators: bool) -> None:
    """Runs the simulated site. Prints the site's address, and ends when standard input closes."""
    from tests.simulated.regulator import Regulator
    from tests.simulated.services import Service

    services = [Service(location_id=one, name=f"Home {one}") for one in location_ids(count)]
    with Regulator(*services, page_size=SIZES, validators=validators) as regulator:
        print(regulator.url, flush=True)
        sys.stdin.read()


async def bare(url: str, count: int, *, conditional: bool) -> Measure:
    """Does only the unavoidable work: one client, two requests at a time, and each page parsed and searched a few times."""
    import httpx
    from selectolax.lexbor import LexborHTMLParser

    etags: dict[str, str] = {}

    async def get(client: httpx.AsyncClient, location_id: str) -> None:
        address = f"{url}/location/{location_id}"
        headers = {"If-None-Match": etags[address]} if conditional and address in etags else None
        response = await client.get(address, headers=headers)
        etags[address] = response.headers.get("etag", "")
        if response.status_code == 200:
            tree = LexborHTMLParser(response.text)
            assert tree.css_first("h1")
            for selector in (".overall", ".rating-list", "main a[href]", "[class*=two-col]"):
                tree.css_first(selector)

    async with httpx.AsyncClient() as client:
        await _two_at_a_time(location_ids(count if conditional else 20), lambda one: get(client, one))
        return await _measured(count, lambda: _two_at_a_time(location_ids(count), lambda one: get(client, one)))


async def fetch(url: str, count: int, *, conditional: bool) -> Measure:
    """Fetches pages with our client and makes our fingerprint, without the store."""
    from monitor.cqc.fingerprint import fingerprint
    from monitor.cqc.site import Page, Site, Unchanged, Validators
    from monitor.cqc.transport import Client

    etags: dict[str, str | None] = {}

    async def look(site: Site, location_id: str) -> None:
        validators = Validators(etag=etags.get(location_id), last_modified=None) if conditional else None
        seen = await site.fetch(f"/location/{location_id}", validators=validators, location_id=location_id)
        if isinstance(seen, Page):
            fingerprint(seen.body)
            etags[location_id] = seen.etag
        assert isinstance(seen, Page | Unchanged), seen

    client = Client(base_url=url, contact=None, requests_per_second=500, version="bench")
    site = Site(client, clock=lambda: datetime.now(UTC))
    await _two_at_a_time(location_ids(count if conditional else 20), lambda one: look(site, one))
    measure = await _measured(count, lambda: _two_at_a_time(location_ids(count), lambda one: look(site, one)))
    await site.close()
    return measure


async def look(url: str, count: int, *, conditional: bool) -> Measure:
    """Makes our whole check, as the daemon does: takes due services from the database, checks them and stores the results."""
    del conditional  # the site's validators decide
    from monitor import app as building
    from monitor.settings import Settings

    with tempfile.TemporaryDirectory() as state:
        os.chdir(state)
        settings = Settings(
            database_url=f"sqlite:///{state}/bench.db",
            cqc_base_url=url,
            requests_per_second=500,
            check_every=timedelta(seconds=1),
        )
        app = building.build(settings)
        app.store.services.watch("bench", location_ids(count), building.now())

        async def round_() -> None:
            result = await app.checker.round(app.store.services.to_look_at())
            assert result.looked_at == count, result
            assert not result.troubles, result.troubles[:3]
            seen.append(result.unchanged)

        seen: list[int] = []
        await round_()
        measure = await _measured(count, round_)
        assert seen[-1] == count, f"only {seen[-1]} of {count} services were found unchanged"
        await app.close()
    return measure


async def _two_at_a_time(location_ids: list[str], look: Callable[[str], Awaitable[None]]) -> None:
    waiting = iter(location_ids)

    async def worker() -> None:
        for location_id in waiting:
            await look(location_id)

    await asyncio.gather(worker(), worker())


async def _measured(count: int, work: Callable[[], Awaitable[None]]) -> Measure:
    cpu, wall = time.process_time(), time.perf_counter()
    await work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return cpu * 1000 / count, wall * 1000 / count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


SUBJECTS = {"bare": bare, "fetch": fetch, "look": look}


# The comparison


@contextmanager
def regulator(count: int, *, validators: bool) -> Iterator[str]:
    """Runs a simulated site in a separate process, and yields the site's address."""
    process = start("bench.unchanged", "serve", str(count), "validators" if validators else "")
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.communicate()


def measure(subject: str, url: str, count: int, *, conditional: bool) -> Measure:
    """Makes one measurement in a separate process."""
    process = start("bench.unchanged", subject, url, str(count), "conditional" if conditional else "")
    output, _ = process.communicate()
    if process.returncode:
        sys.exit(f"bench: {subject} failed")
    cpu, wall, memory = json.loads(output)
    return cpu, wall, memory


def start(module: str, *arguments: str) -> "subprocess.Popen[str]":
    """Starts a separate process, to whose input and output this process is connected."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def help_time() -> float:
    """Returns the seconds for `cqc-monitor --help`, the fastest of five runs."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "monitor", "--help"], check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return min(times)


def compare(count: int, rounds: int) -> bool:
    """Measures and prints. Returns whether everything stays below its limit."""
    good = True
    for conditional, title in ((False, "pages with changing tokens"), (True, "304 answers")):
        best: dict[str, Measure] = {}
        with regulator(count, validators=conditional) as url:
            for _ in range(rounds):
                for subject in SUBJECTS:
                    taken = measure(subject, url, count, conditional=conditional)
                    best[subject] = min(best.get(subject, taken), taken)
        print(f"\n{count} services unchanged, {title}: CPU time per service, the best of {rounds}")
        for subject, (cpu, wall, memory) in best.items():
            ratio = cpu / best["bare"][0]
            print(f"  {subject:<8}{cpu:6.2f} ms   {ratio:5.2f} x bare   {wall:6.2f} ms wall   {memory:4d} MB at most")
        good &= best["look"][0] / best["bare"][0] <= LIMIT and best["look"][2] < MOST_MEMORY
    seconds = help_time()
    print(f"\ncqc-monitor --help: {seconds:.2f} s")
    print(f"limits: check at most {LIMIT} x bare and {MOST_MEMORY} MB, --help at most {MOST_HELP} s")
    return good and seconds < MOST_HELP


def main() -> None:
    match sys.argv[1:]:
        case ["serve", count, validators]:
            serve(int(count), bool(validators))
        case [subject, url, count, conditional] if subject in SUBJECTS:
            print(json.dumps(asyncio.run(SUBJECTS[subject](url, int(count), conditional=bool(conditional)))))
        case arguments:
            services, rounds = [*map(int, arguments), *(1000, 3)[len(arguments) :]]
            print(f"Python {sys.version.split()[0]}, {os.cpu_count()} CPUs")
            sys.exit(0 if compare(services, rounds) else 1)


if __name__ == "__main__":
    main()
