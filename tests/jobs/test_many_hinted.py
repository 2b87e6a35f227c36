"""The list of publications names many services at once, on a site that asks for ten seconds between two requests. The program
reads all location pages first, and then the reports. Each request moves the clock by ten seconds.
"""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime, timedelta

import pytest

from monitor import app
from monitor.app import App, build
from monitor.jobs import rounds
from monitor.settings import load
from tests.conftest import World
from tests.jobs.watching import DAY, HOUR, LEAD, MINUTE, Times
from tests.simulated.published import Listed
from tests.simulated.regulator import LIST_ALLOWED
from tests.simulated.server import Answer
from tests.simulated.services import ENTERED, Service

SLOW = LIST_ALLOWED + "Crawl-delay: 10\n"
TURN = timedelta(seconds=10)
SCALE = 5000
"""The test divides two real times by this number: the pause between requests, and the time after which a check takes long."""

IDS = [f"1-{400_000_000 + number}" for number in range(60)]
FALLEN = IDS[5:60:9]
"""Seven services, evenly spread over IDS."""


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> Times:
    """A clock that begins on a Tuesday at nine in London."""
    times = Times()
    times.go((1 - times().weekday()) % 7 * DAY + HOUR)
    monkeypatch.setattr(app, "now", times)
    return times


@pytest.fixture
def slow(world: World, times: Times, monkeypatch: pytest.MonkeyPatch) -> World:
    """Sixty services are watched and were read. Then CQC publishes a report about each of them. Seven services fall, and the
    others rise."""
    monkeypatch.setenv("CONFIRM_AFTER", "60s")
    world.site.services = {one: Service(location_id=one, name=f"Home {one[-2:]}") for one in IDS}
    world.site.robots = LIST_ALLOWED
    world.site.listed = [Listed(f"1-{300_000_000 + number}", times().date()) for number in range(20)]
    world.done("watch", "add", "Leeds", *IDS)
    world.done("subscribe", "Leeds", LEAD, "--quiet")
    world.done("check")
    times.go(MINUTE)  # CQC publishes the reports later
    monkeypatch.setattr("monitor.cqc.site._CRAWL_DELAY_CAP", TURN.total_seconds() / SCALE)
    monkeypatch.setattr("monitor.jobs.fetch.TAKES_LONG", MINUTE / SCALE)
    world.site.robots = SLOW
    day = times().date()
    for one, service in world.site.services.items():
        rating, measures = ("Inadequate", ENTERED) if one in FALLEN else ("Outstanding", None)
        more = {"special_measures": measures} if measures else {}
        service.inspect(on=day - timedelta(weeks=8), published=day, overall=rating, safe=rating, **more)
    world.site.listed += [Listed(one, day) for one in IDS]
    return world


class Daemon:
    """Does the daemon's work on hints, checks and the outbox, one after the other. `at` has the time of the answer to each page
    request."""

    def __init__(self, world: World, times: Times) -> None:
        self._world, self._times = world, times
        self._before, self._one_by_one = len(world.site.asked("/location/")), threading.Lock()
        self.at: list[datetime] = []
        world.site.fail(self._noted, path="/location/")

    @property
    def asked(self) -> list[str]:
        """The paths of the pages that were requested since this object was made."""
        return [one.path for one in self._world.site.asked("/location/")[self._before :]]

    def _noted(self, answer: Answer) -> Answer:
        with self._one_by_one:
            self._times.go(TURN)
            self.at.append(self._times())
        return answer

    async def turn(self, with_app: App) -> int:
        """Does one round. Returns how many services it checked."""
        assert with_app.hint_work is not None
        await with_app.hint_work.work()
        due = await asyncio.to_thread(with_app.store.services.claim, app.now(), 50, "worker")
        await with_app.checker.round(due)
        await asyncio.to_thread(with_app.store.services.let_go, "worker")
        await asyncio.to_thread(with_app.store.hints.follow, app.now())
        await with_app.deliverer.deliver()
        return len(due)

    async def turns(self, number: int) -> None:
        """Starts a new daemon and does this many rounds."""
        with closing(build(load()).store) as store:
            store.workers.enlist("worker", host="here", pid=1, alone=True)
        with_app = build(load())
        try:
            for _ in range(number):
                if not await self.turn(with_app):
                    self._times.go(MINUTE)
        finally:
            await with_app.close()


    async def killed_after(self, requests: int) -> None:
        """Does rounds of a daemon that is killed after this many page requests."""
        running = asyncio.create_task(self.turns(9))
        while len(self.at) < requests:
            await asyncio.sleep(0.001)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


@pytest.fixture
def daemon(slow: World, times: Times) -> Iterator[Daemon]:
    yield Daemon(slow, times)


def kinds(world: World) -> dict[str, list[str]]:
    """Returns the kinds of event of each service."""
    found: dict[str, list[str]] = {}
    for one in json.loads(world.done("events", "--json")):
        assert "read_late" not in one
        found.setdefault(one["location_id"], []).append(f"{one['kind']} {one['of'] or ''}".strip())
    return found


def is_location_page(path: str) -> bool:
    return path.count("/") == 2


@pytest.mark.slow
def test_all_location_pages_come_before_any_report_and_the_falls_are_reported_first(
    slow: World, daemon: Daemon, times: Times, monkeypatch: pytest.MonkeyPatch
) -> None:
    # In this test, the daemon makes one check after the other, because the requests of all checks move the same clock. If
    # checks ran at once, a check that waits a tenth of a second on a busy machine would seem to last minutes.
    monkeypatch.setattr(rounds, "AT_ONCE", 1)
    begun = times()
    asyncio.run(daemon.turns(2))
    asked = daemon.asked
    assert sorted(asked[:60]) == sorted(f"/location/{one}" for one in IDS), "each location page once, before any report"
    assert daemon.at[59] - begun <= 11 * MINUTE
    report = next(path for path in asked if not is_location_page(path))
    assert report.split("/")[2] in FALLEN, "the first reports are those of services that got worse"
    asyncio.run(daemon.turns(8))
    all_is_told_once(slow)
    falls = [one for one in json.loads(slow.done("events", "--json")) if one["kind"] == "downgraded"]
    assert max(datetime.fromisoformat(one["observed_at"]) for one in falls) - begun <= 15 * MINUTE


@pytest.mark.slow
@pytest.mark.parametrize("requests", [20, 75], ids=["killed during the brief checks", "killed while reports are read"])
def test_a_daemon_that_is_killed_loses_no_event(slow: World, daemon: Daemon, requests: int) -> None:
    asyncio.run(daemon.killed_after(requests))
    asyncio.run(daemon.turns(9))
    all_is_told_once(slow)


def all_is_told_once(world: World) -> None:
    """Checks that each fall, the other changes in its report, and each rise were reported exactly once."""
    found = kinds(world)
    assert set(found) == set(IDS)
    for one in IDS:
        assert found[one].count("downgraded overall" if one in FALLEN else "upgraded overall") == 1
        assert len(found[one]) == len(set(found[one]))
    assert all("entered special measures" in found[one] for one in FALLEN)
    falls = [mail for mail in world.mail.to(LEAD) if "fell from Good to Inadequate" in mail.text]
    assert len(falls) == len(FALLEN)
