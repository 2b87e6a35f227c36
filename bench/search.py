"""Measures what it costs to find services with the search box, the register's search, a provider's page and maps. The register
contains every service in England, and so does one watchlist. The benchmark measures the CPU time of one request to the whole
application, in this process.

    python -m bench.search [services] [database URL]

With PostgreSQL, the CPU time of this process does not include the server's work, so the elapsed time is printed too. The exit
status is 1 if a page costs more than its limit (in CPU time with SQLite, in elapsed time with PostgreSQL).
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
from pydantic import SecretStr
from sqlalchemy import insert, select

from monitor import app as building
from monitor.register.entries import FileKind
from monitor.settings import Settings
from monitor.store.database import writing
from monitor.store.people import Role
from monitor.store.tables import OverviewRow, RegisterRow, ServiceRow, WatchlistRow, WatchRow, table
from monitor.web.app import create_app
from monitor.web.parts import SESSION_COOKIE, session_cookie
from tests.registered import note_files, take
from tests.simulated.register import England

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LISTS = {"All": 1, "A tenth": 10}
"""The watchlists. Each contains every n-th service of the register, where n is the number given here."""

LARGEST = 500
"""How many services the largest brand has."""

PAGES: dict[str, tuple[str, int]] = {
    "search: two words": ("/search?q=cherry+and+lea", 100),
    "search: an authority": ("/search?q=greenwich+care+home", 100),
    "search: an id": ("/search?q=1-100007919", 100),
    "search: a word in most names": ("/search?q=care", 150),
    "search: one letter": ("/search?q=a", 150),
    "search: nothing": ("/search?q=zzzz", 100),
    "register: two words": ("/register?q=cherry+and+lea", 100),
    "register: filters": ("/register?authority=Leeds&rating=inadequate", 100),
    "provider": ("/providers/{provider}", 150),
    "brand": ("/providers/BRAND~20Largest", 300),
    "providers compared": ("/providers/compare?provider={provider}&provider=BRAND+Largest", 400),
    "map of an authority": ("/map?authority=Leeds", 150),
    "map of 5,700": ("/watchlists/A~20tenth/map", 150),
    "map of 57,000": ("/watchlists/All/map", 300),
}
"""The address of each page, and how many milliseconds it may cost."""


@contextmanager
def filled(services: int, url: str | None) -> Iterator[building.App]:
    """Yields a monitor with a register of `services` services, which it watches."""
    with tempfile.TemporaryDirectory() as state:
        secret = SecretStr("a key for the bench")
        app = building.build(Settings(database_url=url or f"sqlite:///{Path(state)}/bench.db", secret_key=secret))
        england, register = England(seed=1, services=services), table(RegisterRow)
        take(app.store.engine, [(england.directory_on(month), england.entries(month)) for month in range(2)])
        note_files(app.store.engine, england.directory_on(1), FileKind.RATINGS)
        with writing(app.store.engine) as connection:
            rows = connection.execute(select(register)).mappings().all()
            largest = [row["location_id"] for row in rows if row["left_on"] is None][:LARGEST]
            connection.execute(register.update().where(register.c.location_id.in_(largest)).values(brand="BRAND Largest"))
            connection.execute(insert(table(WatchlistRow)), [{"name": name, "created_at": NOW} for name in LISTS])
            blank = {"seq": 0, "suspicions": "[]", "failures": 0, "grave": False, "whole": True}
            times = {"added_at": NOW, "next_look_at": NOW, "read_at": NOW}
            connection.execute(insert(table(ServiceRow)), [{"location_id": one["location_id"], **blank, **times} for one in rows])
            same = ("location_id", "name", "name_key", "search", "postcode", "provider_name", "overall")
            connection.execute(
                insert(table(OverviewRow)),
                [{name: one[name] for name in same} | {"groups": 1, "archived": False} for one in rows],
            )
            for name, share in LISTS.items():
                watched = [{"watchlist": name, "location_id": one["location_id"], "added_at": NOW} for one in rows[::share]]
                connection.execute(insert(table(WatchRow)), watched)
        yield app
        app.store.close()


async def main(services: int, url: str | None) -> int:
    """Prints what each page costs. Returns 1 if a page costs too much."""
    with filled(services, url) as app:
        web, dear = create_app(app, lambda: NOW), 0
        person = app.store.people.invite("bench@council.example", Role.EDITOR, None, NOW)
        entered = app.store.people.use_link(
            app.store.people.new_link(person.email, now=NOW), browser="bench", may_join=(), now=NOW
        )
        assert entered is not None
        provider = app.store.areas.holders("limited", 1)[0].key
        cookies = {SESSION_COOKIE: session_cookie(app, entered.token)}
        transport = httpx.ASGITransport(web)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", cookies=cookies) as client:
            for title, (path, limit) in PAGES.items():
                costs, waits = [], []
                for _ in range(5):
                    cpu, begun = time.process_time(), time.perf_counter()
                    answer = await client.get(path.format(provider=provider))
                    costs.append((time.process_time() - cpu) * 1000)
                    waits.append((time.perf_counter() - begun) * 1000)
                    assert answer.status_code == 200, (title, answer.status_code)
                is_dear = min(waits if url else costs) > limit
                dear += is_dear
                size = len(answer.content) / 1000
                note = f"  too slow: the limit is {limit} ms" if is_dear else ""
                print(f"{title:<24}{min(costs):6.0f} ms CPU {min(waits):6.0f} ms {size:8.0f} kB{note}")
        print(f"{services} services: {'too dear' if dear else 'ok'}")
    return 1 if dear else 0


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 57_000
    sys.exit(asyncio.run(main(number, sys.argv[2] if len(sys.argv) > 2 else None)))
