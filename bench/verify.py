"""Measures how long `cqc-monitor verify --sample 200` takes at 50 requests a second, on both databases, with a register of all
of England.

    python -m bench.verify [sample] [requests a second] [services in the register]

The simulated site runs in a separate process. TEST_POSTGRES names a PostgreSQL server on which its user may create databases.
The default is the local server.
"""

import asyncio
import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from bench.unchanged import SIZES, start
from monitor import app as building
from monitor.detect.agreement import Verified
from monitor.register.entries import FileKind
from monitor.settings import Settings
from tests.databases import LOCAL
from tests.registered import care, note_files, take

TYPES = (("Residential homes",), ("Nursing homes",), ("Homecare agencies",), ("Hospice",), ("Doctors/GPs",))
RATINGS = ("good", "requires improvement", "outstanding", "inadequate")
REGIONS = ("London", "North East", "North West", "South East", "South West", "East", "East Midlands", "West Midlands")
PUBLISHED, FILE = date(2025, 6, 1), date(2026, 11, 5)


def location_ids(count: int) -> list[str]:
    """Returns the ids of the services in the register."""
    return [f"1-{2_000_000_000 + n}" for n in range(count)]


def serve(count: int) -> None:
    """Runs the simulated site. Prints the site's address, and ends when standard input closes."""
    from tests.simulated.regulator import Regulator
    from tests.simulated.services import Service, questions

    services = []
    for n, one in enumerate(location_ids(count)):
        service = Service(location_id=one, name=f"Home {one}")
        service.newest.overall, service.newest.published = RATINGS[n % 4].capitalize(), PUBLISHED
        service.newest.questions = questions(RATINGS[n % 4].capitalize())
        services.append(service)
    with Regulator(*services, page_size=SIZES) as regulator:
        print(regulator.url, flush=True)
        sys.stdin.read()


@contextmanager
def regulator(count: int) -> Iterator[str]:
    """Runs a simulated site in a separate process, and yields the site's address."""
    process = start("bench.verify", "serve", str(count))
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.communicate()


@contextmanager
def postgresql() -> Iterator[str]:
    """Yields the address of a new PostgreSQL database, which is dropped at the end."""
    server, name = os.environ.get("TEST_POSTGRES", LOCAL), f"cqc_bench_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


async def run(database: str, url: str, number: int, rate: float, count: int) -> None:
    """Draws a sample of services, reads and compares them, and prints how long this took."""
    app = building.build(Settings(database_url=database, cqc_base_url=url, requests_per_second=rate))
    chance = random.Random(1)
    entries = [
        care(one, RATINGS[n % 4], types=chance.choice(TYPES), region=chance.choice(REGIONS), published=PUBLISHED, on=FILE)
        for n, one in enumerate(location_ids(count))
    ]
    take(app.store.engine, [(FILE, entries)])
    note_files(app.store.engine, FILE, FileKind.RATINGS)
    files = app.verifier.kept.files()
    assert files is not None
    cpu, wall = time.process_time(), time.perf_counter()
    ids = app.verifier.sample(number)
    drawn = time.perf_counter() - wall
    app.verifier.kept.begin("bench", ids, datetime.now(UTC))
    done: list[Verified] = []
    await app.verifier.run(ids, files, stop=asyncio.Event(), heard=done.append)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    found = f"{sum(one.outcome.agrees for one in done)} of {len(done)} agree, of {count} services"
    print(f"{app.store.engine.dialect.name:<11}{found}: {wall:.1f} s, of these {drawn:.1f} s to draw the sample; {cpu:.1f} s CPU")
    await app.close()


def main() -> None:
    if sys.argv[1:2] == ["serve"]:
        serve(int(sys.argv[2]))
        return
    number, rate, count = [*map(int, sys.argv[1:]), *(200, 50, 57_000)[len(sys.argv) - 1 :]]
    with regulator(count) as url, tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        asyncio.run(run(f"sqlite:///{folder}/bench.db", url, number, rate, count))
        with postgresql() as database:
            asyncio.run(run(database, url, number, rate, count))


if __name__ == "__main__":
    main()
