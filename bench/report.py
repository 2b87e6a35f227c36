"""Measures what reports cost with a register of all of England, as CPU time and memory of this process. The measured reports are:
the report of one authority as each kind of file, with charts; the same report requested again, as a page and as a file; the
reports of all 153 authorities; early signs; and the report of a provider.

    python -m bench.report [services] [months of files]

The exit status is 1 if a report costs more than its limit.
"""

import asyncio
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import httpx
from pydantic import SecretStr

from monitor import app as building
from monitor.register.authorities import AUTHORITIES
from monitor.register.filed import files_of
from monitor.reports.area import Comparators, Survey, area_report
from monitor.reports.asked import asked
from monitor.reports.document import provider_paper, signs_paper
from monitor.reports.export import LAYOUTS
from monitor.reports.provider import chosen, provider_report, signs
from monitor.reports.quality import area_paper
from monitor.settings import Settings
from monitor.store.people import Role
from monitor.web.app import create_app
from monitor.web.parts import SESSION_COOKIE, session_cookie
from tests.registered import take
from tests.simulated.register import England

ONE, ALL, AGAIN = 1.2, 30.0, 0.05
"""The most seconds of CPU time for one report, for the reports of all authorities, and for the same report again."""

MOST = 500
"""The most services of the provider in the report. England's largest providers have about this number."""

CQC = "https://www.cqc.org.uk"
AGAINST = Comparators(name="near", authorities=("Derbyshire", "Nottinghamshire", "Lincolnshire", "Warwickshire", "Staffordshire"))

T = TypeVar("T")


@contextmanager
def filled(services: int, months: int) -> Iterator[building.App]:
    """Yields a monitor with a register of `services` services, from the files of `months` months."""
    with tempfile.TemporaryDirectory() as state:
        secret = SecretStr("a key for the bench")
        app = building.build(Settings(database_url=f"sqlite:///{Path(state)}/bench.db", secret_key=secret))
        england = England(seed=1, services=services)
        take(app.store.engine, [(england.directory_on(month), england.entries(month)) for month in range(months)])
        yield app
        app.store.close()


async def again(app: building.App, page: str) -> list[float]:
    """Requests the same page four times. Returns the application's CPU time for each request, in seconds."""
    now = datetime.now(UTC)
    who = app.store.people.invite("reader@example.org", Role.READER, None, now)
    found = app.store.people.use_link(app.store.people.new_link(who.email, now=now), browser="bench", may_join=(), now=now)
    assert found is not None
    web, costs = create_app(app, lambda: now), list[float]()
    cookies = {SESSION_COOKIE: session_cookie(app, found.token)}
    host = app.settings.public_url
    async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url=host, cookies=cookies) as client:
        for _ in range(4):
            cpu = time.process_time()
            answer = await client.get(page)
            costs.append(time.process_time() - cpu)
            assert answer.status_code == 200, answer.text
    return costs


def cost(title: str, work: Callable[[], T], limit: float | None = None) -> tuple[T, bool]:
    """Returns the result of the work, and whether the work cost more than the limit. Quick work is done up to three times, and
    the lowest cost is used."""
    costs: list[float] = []
    while len(costs) < 3 and sum(costs) < 6:
        cpu = time.process_time()
        made = work()
        costs.append(time.process_time() - cpu)
    print(f"{title:<34}{min(costs):8.2f} s CPU" + (f"   (at most {limit:g})" if limit else ""))
    return made, limit is not None and min(costs) > limit


def main(services: int, months: int) -> int:
    """Prints what each report costs. Returns 1 if a report costs too much."""
    with filled(services, months) as app:
        today = England.directory_on(months - 1) + timedelta(days=9)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

        def survey() -> Survey:
            return Survey(app.store.areas.known(), app.store.services.events(), asked(today))

        def one(layout: str) -> bytes:
            return LAYOUTS[layout](area_paper(area_report(survey(), "Leicestershire", AGAINST)), CQC)

        def every() -> int:
            counted = survey()
            return sum(len(LAYOUTS["html"](area_paper(area_report(counted, name, AGAINST)), CQC)) for name in AUTHORITIES)

        def early() -> bytes:
            counted = survey()
            found = signs(counted.known.present, counted.moved(), area=None, today=today, files=counted.known.files)
            return LAYOUTS["csv"](signs_paper(found), CQC)

        def provider() -> bytes:
            few = [one for one in app.store.areas.holders("care") if one.kind == "provider" and one.services <= MOST]
            holder = chosen(few[:1], few[0].key)
            mine = app.store.areas.of_holder(holder)
            report = provider_report(holder, mine, app.store.areas.timelines(mine), [], today=today, files=files_of([today]))
            return LAYOUTS["html"](provider_paper(report), CQC)

        dear = []
        for path in ("/reports/area?area=Leicestershire&against=region", "/reports/area?area=Leicestershire&format=docx"):
            first, *others = asyncio.run(again(app, path))
            print(f"{path[14:]:<44}{first:8.3f} s CPU, again {min(others):.3f}   (at most {AGAIN:g})")
            dear.append(min(others) > AGAIN)
        dear += [cost(f"one authority, {layout}", partial(one, layout), ONE)[1] for layout in LAYOUTS]
        made, too_dear = cost(f"all {len(AUTHORITIES)}, HTML ({services} services)", every, ALL)
        dear += [too_dear, cost("early signs of England, CSV", early)[1], cost("a provider, HTML", provider, ONE)[1]]
        cost("a search for providers", lambda: app.store.areas.holders("care"))
        more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000
        print(f"{made / 1_000_000:.1f} MB of HTML; {more:.0f} MB more memory at most; {'too dear' if any(dear) else 'ok'}")
    return 1 if any(dear) else 0


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    sys.exit(main(given[0] if given else 57_000, given[1] if len(given) > 1 else 6))
