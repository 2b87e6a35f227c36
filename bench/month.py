"""Measures the time from the moment when CQC's list of publications names a service until a receiver accepts the message. The
site with its list, the clock and a webhook's receiver are simulated. The checks, the database and the outbox are those of the
real program.

    python -m bench.month [services] [days]

A service's page shows a fall at once, and the list names the service up to an hour later. The exit status is 1 if a fall was
not sent or was sent twice, if anything else was sent, or if p95 is above 15 minutes.
"""

import asyncio
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random

from pydantic import SecretStr

from monitor import app as building
from monitor.app import App
from monitor.model import When
from monitor.settings import Settings
from monitor.store.subscriptions import Wishes
from monitor.text import LONDON
from tests.simulated.published import Listed
from tests.simulated.receivers import Hook
from tests.simulated.regulator import LIST_ALLOWED, Regulator
from tests.simulated.services import Service

MINUTE, BEAT = timedelta(minutes=1), timedelta(minutes=10)
BOUND = timedelta(minutes=15)
EACH_DAY = 3
"""The number of falls per day. In reality there are far fewer, but a measurement needs many."""


class Clock:
    """The simulated clock, which all parts of the program use."""

    def __init__(self) -> None:
        now = datetime.now(UTC)
        self.now = datetime.combine(now.astimezone(LONDON).date() + timedelta(days=1), time(6), LONDON).astimezone(UTC)

    def __call__(self) -> datetime:
        return self.now


def publications(services: list[Service], start: datetime, days: int) -> Iterator[tuple[datetime, datetime, Service]]:
    """Yields for each fall the time at which the service's page shows it, the time at which the list names the service, and
    the service. Falls come within the hours in which CQC publishes. Each service falls at most once."""
    draw = Random(1)
    waiting = draw.sample(services, min(len(services), days * EACH_DAY))
    for number, service in enumerate(waiting):
        day = start + timedelta(days=number // EACH_DAY)
        while day.astimezone(LONDON).weekday() > 4:
            day += timedelta(days=1)
        shown = day + timedelta(minutes=draw.randrange(120, 600))
        yield shown, shown + timedelta(minutes=draw.randrange(0, 60)), service


async def month(app: App, site: Regulator, hook: Hook, clock: Clock, days: int) -> tuple[list[timedelta], Counter[str], set[str]]:
    """Returns, for each message, the time from when the list named the service until the message was accepted. Also returns how
    often each fall was sent, and which services fell."""
    services = list(site.services.values())
    await app.checker.round(await asyncio.to_thread(app.store.services.to_look_at))
    coming = sorted(publications(services, clock.now, days), key=lambda one: one[0])
    listing = sorted(coming, key=lambda one: one[1])
    listed_at: dict[str, datetime] = {}
    true = {one[2].location_id for one in coming}
    told: Counter[str] = Counter()
    took: list[timedelta] = []
    end, seen = clock.now + timedelta(days=days + 4), len(hook.taken)
    assert app.hint_work is not None
    while clock.now < end and (coming or listing or set(told) != true):
        while coming and coming[0][0] <= clock.now:
            _, _, service = coming.pop(0)
            day = clock.now.astimezone(LONDON).date()
            service.inspect(on=day - timedelta(weeks=8), published=day, overall="Inadequate")
        while listing and listing[0][1] <= clock.now:
            _, at, service = listing.pop(0)
            site.listed.append(Listed(service.location_id, at.astimezone(LONDON).date()))
            listed_at[service.location_id] = at
        await app.hint_work.work()
        while due := await asyncio.to_thread(app.store.services.due, clock.now, 50):
            await app.checker.round(due)
        await asyncio.to_thread(app.store.hints.follow, clock.now)
        await app.deliverer.deliver()
        for request in hook.taken[seen:]:
            for event in json.loads(request.body).get("events", []):
                if event["kind"] == "downgraded" and event["of"] == "overall":
                    one = event["location_id"]
                    told[one] += 1
                    took.append(max(timedelta(0), clock.now - listed_at[one]) if one in listed_at else timedelta(0))
        seen = len(hook.taken)
        clock.now += MINUTE if set(listed_at) - set(told) else BEAT
    return took, told, true


async def measured(size: int, days: int, folder: Path) -> int:
    """Measures and prints. Returns the exit status."""
    clock = Clock()
    building.now = clock
    services = [Service(location_id=f"1-{400_000_000 + number}", name=f"Home {number}") for number in range(size)]
    with Regulator(*services, robots=LIST_ALLOWED, validators=True) as site, Hook() as hook:
        site.listed = [Listed(f"1-{300_000_000 + number}", clock.now.date()) for number in range(20)]
        settings = Settings(
            database_url=f"sqlite:///{folder}/bench.db",
            cqc_base_url=site.url,
            requests_per_second=500,
            secret_key=SecretStr("bench of a month"),
            extra_webhook_hosts=frozenset({hook.host}),
        )
        app = building.build(settings)
        app.store.services.watch("All", sorted(site.services), clock.now)
        wishes = Wishes(when=When.IMMEDIATE, at=time(7, 30), day="mon")
        app.store.subscriptions.subscribe("All", f"webhook:{hook.url}/all", wishes, quiet=True, now=clock.now)
        took, told, true = await month(app, site, hook, clock, days)
        await app.close()
        requests = Counter("list" if one.path.startswith("/search") else "pages" for one in site.requests)
    took.sort()
    p95 = took[int(len(took) * 0.95)] if took else None
    lost, twice, invented = true - told.keys(), [one for one, times in told.items() if times > 1], told.keys() - true
    ends = f"{len(told)} sent, {len(lost)} lost, {len(twice)} sent twice, {len(invented)} sent without a fall"
    print(f"{size} services, {days} days, {len(true)} falls: {ends}")
    if p95 is not None:
        print(f"from the list to the accepted message: p50 {took[len(took) // 2]}, p95 {p95}, worst {took[-1]}")
    print(f"requests: {requests['list']:,} for the list, {requests['pages']:,} for pages and robots.txt")
    return int(bool(lost or twice or invented) or p95 is None or p95 > BOUND)


def main() -> int:
    """Runs the measurement in a temporary folder."""
    size, days = (int(sys.argv[1]) if len(sys.argv) > 1 else 300), (int(sys.argv[2]) if len(sys.argv) > 2 else 30)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        return asyncio.run(measured(size, days, Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
