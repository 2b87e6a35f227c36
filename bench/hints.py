"""Measures what it costs to read the site's list of publications once: the CPU time of the reader process and of the program, for
lists of 130 and 1,999 rows. The program does not parse an unchanged list.

    python -m bench.hints
"""

import asyncio
import resource
import tempfile
from datetime import date, timedelta
from pathlib import Path

from pydantic import SecretStr

from monitor.cqc.publications import read_publications
from monitor.jobs.hints.published import NAME, PublishedList
from monitor.jobs.hints.source import Parts
from monitor.settings import Settings
from tests.simulated.published import Listed, list_of
from tests.simulated.regulator import LIST_ALLOWED, Regulator

SIZES = (130, 1_999)
TIMES = 10


def used() -> float:
    """Returns the CPU time of this process, user and system, in milliseconds."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return (usage.ru_utime + usage.ru_stime) * 1000


def parsing(body: bytes) -> float:
    """Returns the milliseconds of CPU time that the reader needs to parse the list."""
    began = used()
    for _ in range(TIMES):
        read_publications(body)
    return (used() - began) / TIMES


async def polling(site: Regulator, folder: Path) -> tuple[float, float]:
    """Returns the milliseconds of CPU time that the rest of the program needs for a poll. The first number is for a list that
    has changed each time, and the second for an unchanged list. The numbers include the simulated site, which runs in threads
    of this process."""
    from monitor import app as building

    settings = Settings(
        database_url=f"sqlite:///{folder}/bench.db",
        cqc_base_url=site.url,
        requests_per_second=500,
        secret_key=SecretStr("bench of hints"),
    )
    app = building.build(settings)
    at = building.now()

    def clock() -> object:
        return at

    parts = Parts(
        site=app.site,
        reader=app.reader,
        hints=app.store.hints,
        outages=app.store.outages,
        clock=clock,  # type: ignore[arg-type]
        list_every=settings.list_every,
        list_every_quiet=settings.list_every_quiet,
    )
    source = PublishedList(parts)
    costs = []
    rows = list(site.listed)
    for number in range(2 + 2 * TIMES):
        if number < 2 + TIMES:  # the first two polls only warm up
            site.listed = [*rows, Listed(f"1-{900_000_000 + number}", date.today())]  # noqa: DTZ011
        at += timedelta(hours=1)
        began = used()
        poll = await source.poll()
        costs.append(used() - began)
        assert poll is not None and poll.source == NAME and poll.trouble is None, poll
    await app.close()
    return sum(costs[2 : 2 + TIMES]) / TIMES, sum(costs[2 + TIMES :]) / TIMES


def main() -> None:
    """Measures and prints."""
    for size in SIZES:
        rows = [Listed(f"1-{300_000_000 + number}", date.today()) for number in range(size)]  # noqa: DTZ011
        body = list_of(*rows)
        with tempfile.TemporaryDirectory() as folder, Regulator(robots=LIST_ALLOWED) as site:
            site.listed = rows
            changed, same = asyncio.run(polling(site, Path(folder)))
        print(
            f"{size:,} rows, {len(body):,} bytes: {parsing(body):.1f} ms to read; {changed:.1f} ms for the rest of a poll, "
            f"{same:.1f} ms if nothing has changed"
        )


if __name__ == "__main__":
    main()
