"""Measures what a page of the largest watchlist costs: the CPU time of one request to the whole application, in this process.

    python -m bench.pages [services]

The exit status is 1 if a page costs more than its limit.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr
from sqlalchemy import insert, update

from monitor import app as building
from monitor.cases import SHIPPED
from monitor.codec import dump_snapshot
from monitor.detect.observe import PARTLY_READ
from monitor.events import Event, Kind
from monitor.model import Aspect, Card, Holding, Snapshot, Subject
from monitor.ratings import OVERALL, KeyQuestion
from monitor.register.entries import Entry, FileKind, Sector
from monitor.settings import Settings
from monitor.store.database import writing
from monitor.store.events import add_events
from monitor.store.list_entries import standing
from monitor.store.people import Role
from monitor.store.register import row_of
from monitor.store.tables import (
    CaseRow,
    CaseStepRow,
    OverviewRow,
    OwnFactRow,
    RegisterFileRow,
    RegisterHistoryRow,
    RegisterRow,
    ServiceRow,
    SnapshotRow,
    WatchlistRow,
    WatchRow,
    table,
)
from monitor.text import folded
from monitor.web.app import create_app
from monitor.web.parts import SESSION_COOKIE, session_cookie

LIMIT = 150
"""The most milliseconds of CPU time that a page may cost."""

CASES = 500
"""The number of open cases."""

NAME = "All of England"
RATINGS = ("good", "good", "good", "requires improvement", "outstanding", "inadequate", "not rated")
TYPES = ("Care home", "Homecare agency", "Doctor", "Dentist", "Hospice")
SECTORS = (Sector.CARE_HOME, Sector.COMMUNITY, Sector.OTHER, Sector.OTHER, Sector.OTHER)
TOWNS = ("Leeds", "Leicester", "Oldham", "Exeter", "York")
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
EARLIER = NOW - timedelta(hours=1)

PAGES = {
    "home": "/",
    "watchlists": "/watchlists",
    "first page": "/watchlists/{name}",
    "last page": "/watchlists/{name}?page=100000",
    "a page in the middle": "/watchlists/{name}?page=500",
    "by overall rating": "/watchlists/{name}?sort=overall",
    "by beds": "/watchlists/{name}?sort=beds",
    "a saved view": "/views/1",
    "by people placed": "/watchlists/{name}?sort=placed&columns=placed,officer",
    "by provider, backwards": "/watchlists/{name}?sort=provider&direction=down",
    "last read": "/watchlists/{name}?sort=read",
    "a search": "/watchlists/{name}?search=home+4711",
    "filtered": "/watchlists/{name}?rating=inadequate&type=Care+home&measures=presumed",
    "not up to date": "/watchlists/{name}?reading=unseen",
    "partly read": "/watchlists/{name}?reading=partly",
    "not read yet": "/watchlists/{name}?reading=not-yet",
    "search among all known": "/watchlists/{name}/add?search=leeds+home",
    "one service": "/services/1-2000004711",
    "monitor": "/monitor",
    "API, most services": "/api/services?limit=500&cursor=1-2000025000",
    "API, most events": "/api/events?limit=500",
    "metrics": "/metrics",
    "changes": "/items",
    "changes, last page": "/items?page=100000",
    "changes, filtered": "/items?what=fell&search=good+shepherd&type=Care+home&state=open",
    "cases": "/cases",
    "cases, overdue, last page": "/cases?tab=overdue&page=100000",
    "cases, mine": "/cases?tab=mine",
    "one case": "/cases/1",
    "one change": "/items/1-2000004710/2026-11-21",
    "API, most items": "/api/items?limit=500",
    "API, register": "/api/register?limit=500&cursor=1-2000025000",
    "API, register, filtered": "/api/register?limit=500&local_authority=York&rating=inadequate",
    "API, register history": "/api/register/history?limit=500&cursor=1-2000025000/739000",
    "re-inspections": "/re-inspections",
    "re-inspections, page 90": "/re-inspections?page=90",
    "API, areas": "/api/areas",
    "API, areas then": "/api/areas?as_at=2026-11-21",
    "API, ratings": "/api/ratings?limit=500&cursor=1-2000025000",
    "API, ratings by files": "/api/ratings?limit=500&on=2026-11-21&source=file",
}


@contextmanager
def filled(count: int) -> Iterator[building.App]:
    """Yields a monitor that watches `count` services."""
    with tempfile.TemporaryDirectory() as state:
        secret = SecretStr("a key for the bench")
        app = building.build(Settings(database_url=f"sqlite:///{Path(state)}/bench.db", secret_key=secret))
        services, overviews, watches, events, entries = [], [], [], [], []
        for n in range(count):
            one = f"1-{2_000_000_000 + n}"
            unread, partly = n % 100 == 1, n % 100 == 2
            times = {"next_look_at": NOW + timedelta(hours=1), "read_at": None if unread else NOW, "looked_at": NOW}
            why = "http 500" if unread else f"{PARTLY_READ}: reports" if partly else None
            services.append({"location_id": one, "added_at": NOW, "failures": int(unread), "trouble": why} | times)
            name, town, provider = f"Home {n} of the Good Shepherd", TOWNS[n % 5], f"Provider {n // 7} Limited"
            ratings = [RATINGS[(n * k) % 7] for k in range(1, 7)]
            overviews.append(
                dict(zip(("overall", "safe", "effective", "caring", "responsive", "well_led"), ratings, strict=True))
                | {"location_id": one, "name": name, "name_key": folded(name), "service_type": TYPES[n % 5], "place": town}
                | {"postcode": f"LE{n % 90} {n % 9}AA", "provider_name": provider, "groups": 1, "archived": False}
                | {"search": "\n".join(map(folded, (name, town, provider, one))), "changed_at": NOW - timedelta(minutes=n)}
                | {"measures": "presumed" if ratings[0] == "inadequate" else None, "change": "downgraded"}
                | {"published": NOW.date() - timedelta(days=n % 3000), "file_date": NOW.date() if unread else None}
                | {"report_day": NOW.date() - timedelta(days=n % 3000)}
                | {"standing": standing(ratings[0], ratings[1:], None)}
            )
            held: dict[str, Any] = {"authority": town, "sector": SECTORS[n % 5]}
            held |= {"beds": n % 90, "provider_id": f"1-{n // 7}", "provider_name": provider}
            entries.append(row_of(Entry(location_id=one, name=name, listed_on=NOW.date(), **held)))
            if n % 10 == 0:
                moved = {"kind": Kind.DOWNGRADED, "of": "overall", "from_": "good", "to": "inadequate"}
                fall = Event(id=f"event{n}", location_id=one, name=name, observed_at=NOW, **moved)  # type: ignore[arg-type]
                events.append(fall)
            watches.append({"watchlist": NAME, "location_id": one, "added_at": NOW})
        with writing(app.store.engine) as connection:
            connection.execute(insert(table(WatchlistRow)), [{"name": NAME, "created_at": NOW}])
            blank = {"seq": 1, "suspicions": "[]", "grave": False, "whole": True}
            first = {"first_listed_on": NOW.date()}
            connection.execute(insert(table(RegisterRow)), [one | first for one in entries])
            history = [one.name for one in table(RegisterHistoryRow).c]
            kept = [{name: one[name] for name in history if name in one} for one in entries]
            connection.execute(insert(table(RegisterHistoryRow)), [one | {"as_of": NOW.date(), "listed": True} for one in kept])
            connection.execute(insert(table(RegisterFileRow)), [_FILE | {"kind": kind} for kind in FileKind])
            connection.execute(insert(table(ServiceRow)), [one | blank for one in services])
            connection.execute(insert(table(SnapshotRow)), [_snapshot(one) for one in overviews])
            connection.execute(insert(table(OverviewRow)), overviews)
            connection.execute(insert(table(WatchRow)), watches)
            facts = [{"location_id": fall.location_id, "people_placed": n % 20} for n, fall in enumerate(events)]
            common = {"watchlist": NAME, "as_of": NOW.date(), "uploaded_at": NOW}
            connection.execute(insert(table(OwnFactRow)), [one | common for one in facts])
            for fall in events:
                add_events(connection, [fall])
        _close_all_but(app, CASES)
        yield app
        app.store.close()


_FILE = {"name": "a file", "as_of": NOW.date(), "imported_at": EARLIER, "digest": "0"} | dict.fromkeys(
    ("locations", "ratings", "joined", "left"), 0
)


def _snapshot(shown: dict[str, Any]) -> dict[str, Any]:
    """Returns the snapshot of a service, from the values that lists show for it."""
    rated = {OVERALL: shown["overall"]} | {str(one): shown[one.column] for one in KeyQuestion}
    day = shown["published"]
    holdings = tuple((Subject(aspect=Aspect.RATING, of=of), Holding(value=one, published=day)) for of, one in rated.items())
    card = Card(name=shown["name"], service_type=shown["service_type"], provider_name=shown["provider_name"])
    one = Snapshot(location_id=shown["location_id"], seq=1, seen_at=EARLIER, card=card, holdings=holdings)
    return {"location_id": one.location_id, "seq": 1, "seen_at": EARLIER, "body": dump_snapshot(one)}


def _close_all_but(app: building.App, count: int) -> None:
    """Closes all cases except the first `count`. Each fall has opened a case."""
    case = table(CaseRow)
    closed = {"closed_at": NOW, "state": "closed", "outcome": "no action needed", "next_due": None}
    with writing(app.store.engine) as connection:
        connection.execute(update(case).where(case.c.id > count).values(**closed))


def _give(app: building.App, count: int, person: int) -> None:
    """Makes a person the owner of the first `count` cases, and the owner of the first step in all remaining cases."""
    case, step = table(CaseRow), table(CaseStepRow)
    with writing(app.store.engine) as connection:
        connection.execute(update(case).where(case.c.id <= count).values(owner=person, state="in hand"))
        others = (step.c.case_id > count) & (step.c.title == SHIPPED[0].title)
        connection.execute(update(step).where(others).values(owner=person))


async def main(count: int) -> int:
    """Prints what each page costs. Returns 1 if a page costs too much."""
    with filled(count) as app:
        web = create_app(app, lambda: NOW)
        person = app.store.people.invite("bench@council.example", Role.OPERATOR, None, NOW)
        token = app.store.people.new_link(person.email, now=NOW)
        entered = app.store.people.use_link(token, browser="bench", may_join=(), now=NOW)
        assert entered is not None
        _give(app, CASES // 2, person.id)
        app.store.saved_views.save(NAME, "Worst", "rating=inadequate&sort=beds&columns=beds,overall", person.id, NOW)
        dear = 0
        transport = httpx.ASGITransport(web)
        cookies = {SESSION_COOKIE: session_cookie(app, entered.token)}
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", cookies=cookies) as client:
            await client.get("/watchlists")
            for title, path in PAGES.items():
                costs = []
                for _ in range(5):
                    cpu = time.process_time()
                    answer = await client.get(path.format(name=NAME.replace(" ", "~20")))
                    costs.append((time.process_time() - cpu) * 1000)
                    assert answer.status_code == 200, (title, answer.status_code)
                dear += min(costs) > LIMIT
                print(f"{title:<24}{min(costs):8.0f} ms CPU {len(answer.content) / 1000:8.0f} kB")
        print(f"{count} services; at most {LIMIT} ms allowed: {'too dear' if dear else 'ok'}")
    return 1 if dear else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)))
