"""Runs the program through a year of checks, deliveries, kills and restarts, with a clock that the simulation sets."""

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import event, select

from monitor.channels import Channel
from monitor.cqc.reader import Reader
from monitor.detect.checks import Due
from monitor.detect.circuit_breaker import TRIES
from monitor.events import Event
from monitor.jobs.compose import Composer
from monitor.jobs.fetch import Fetcher
from monitor.jobs.rounds import Checker, Checking
from monitor.jobs.send import Deliverer, Sending
from monitor.judgement import Setup
from monitor.model import When
from monitor.notify.links import Links
from monitor.store import Store, open_store
from monitor.store.subscriptions import Wishes
from monitor.store.tables import EventRow, table
from monitor.store.vault import Vault
from tests.simulation.outside import BASE, Clock, FakeChannel, FakeSite, Killed, Mortal, Receipt, sulks
from tests.simulation.truth import Truth

CHECK_EVERY, CONFIRM_AFTER, STALE_AFTER = timedelta(hours=6), timedelta(seconds=60), timedelta(hours=48)
LOOKS_AT_ONCE = 50
BEAT = timedelta(hours=2)
SOON = timedelta(seconds=65)
OPERATOR = "mailto:oncall@council.example"
WATCHLISTS = ("All", "North", "South")

_HOOK = "https://hooks.example/services"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A subscriber's address, watchlists and time of alerts."""

    address: str
    when: When
    watchlists: tuple[str, ...]


SUBSCRIBERS = (
    Subscriber("mailto:lead@council.example", When.IMMEDIATE, ("All",)),
    Subscriber("mailto:both@council.example", When.IMMEDIATE, ("North", "All")),
    Subscriber(f"slack:{_HOOK}/T0/B0/north", When.IMMEDIATE, ("North",)),
    Subscriber(f"webhook:{_HOOK}/south", When.IMMEDIATE, ("South",)),
    Subscriber("mailto:daily@council.example", When.DAILY, ("All",)),
    Subscriber(f"teams:{_HOOK}/halves", When.DAILY, ("North", "South")),
    Subscriber("mailto:weekly@council.example", When.WEEKLY, ("All",)),
)


def lists_of(number: int) -> tuple[str, ...]:
    """Returns the watchlists that contain the service with this number."""
    return ("All", "North") if number % 2 else ("All", "South")


class _Inline(ThreadPoolExecutor):
    """An executor that does every task immediately, so that a year can be repeated with the same steps in the same order."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


@dataclass
class Year:
    """The result of a year: what the program recorded, what the receivers accepted, and figures."""

    truth: Truth
    seed: int
    kill_share: float
    events: list[Event] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    rejected: list[Receipt] = field(default_factory=list)
    kills: int = 0
    looks: int = 0
    broken_off: int = 0
    recorded_at: dict[str, datetime] = field(default_factory=dict)
    requests: Counter[str] = field(default_factory=Counter)
    attempts: Counter[str] = field(default_factory=Counter)
    unsent: list[str] = field(default_factory=list)


def live(happens: Truth, *, seed: int, folder: Path, kill_share: float = 0.02) -> Year:
    """Simulates a year. The program is killed during this share of its rounds."""
    year = Year(truth=happens, seed=seed, kill_share=kill_share)

    async def lived() -> None:
        asyncio.get_running_loop().set_default_executor(_Inline(1))
        await _Life(year, folder).through()

    asyncio.run(lived())
    return year


class _Life:
    """Runs one process of the program after another, on the same database and in the same world."""

    def __init__(self, year: Year, folder: Path) -> None:
        self._year, self._url = year, f"sqlite:///{folder}/year-{year.seed}.db"
        self._random = Random(f"{year.seed} life")
        happens = year.truth
        self._clock = Clock(happens.begin, [one for one in happens.windows if one.by])
        self._site = FakeSite(happens, self._clock, Random(f"{year.seed} site"))
        moods = {one.address: sulks(happens, one.address, year.seed) for one in SUBSCRIBERS}
        self._channel = FakeChannel(self._clock, Random(f"{year.seed} channel"), moods, happens.quiet)
        self._reader = Reader()
        self._begin_anew()
        self._newest_event = 0

    def _begin_anew(self) -> None:
        """Begins a new process, which has nothing from the last process except the database."""
        self._mortal = self._site.mortal = self._channel.mortal = Mortal()
        self._store = self._opened(self._mortal)
        channel: Channel = self._channel
        self._checker = Checker(
            Fetcher(self._site, self._reader),
            self._store.services,
            self._store.outages,
            Checking(check_every=CHECK_EVERY, confirm_after=CONFIRM_AFTER, operator=OPERATOR),
            clock=self._clock,
        )
        self._deliverer = Deliverer(
            self._store,
            dict.fromkeys(("mailto", "slack", "teams", "webhook"), channel),
            Composer(self._store, Links("https://monitor.example", b""), base_url=BASE),
            Sending(setup=Setup(check_every=CHECK_EVERY, stale_after=STALE_AFTER, mail=True), operator=OPERATOR),
            clock=self._clock,
        )

    def _opened(self, mortal: Mortal) -> Store:
        store = open_store(self._url, Vault("a secret"))

        @event.listens_for(store.engine, "connect")
        def _quick(connection: Any, _: Any) -> None:
            connection.execute("PRAGMA synchronous=OFF")  # the simulated machine never loses power

        @event.listens_for(store.engine, "begin")
        def _begin(_: Any) -> None:
            mortal.step()

        @event.listens_for(store.engine, "commit")
        def _commit(_: Any) -> None:
            mortal.step()

        return store

    async def through(self) -> None:
        year, happens = self._year, self._year.truth
        for number, location_id in enumerate(happens.lives):
            for watchlist in lists_of(number):
                self._store.services.watch(watchlist, [location_id], happens.begin)
        for one in SUBSCRIBERS:
            for watchlist in one.watchlists:
                wishes = Wishes(when=one.when, at=time(7, 30), day="mon")
                self._store.subscriptions.subscribe(watchlist, one.address, wishes, quiet=False, now=happens.begin)
        beat = happens.begin
        while self._clock.true < happens.end:
            if self._random.random() < year.kill_share and self._clock.true < happens.quiet:
                self._mortal.fuse = self._random.randint(1, 300)
            try:
                soon = await self._beat(hourly=self._clock.true == beat)
            except Killed:
                year.kills += 1
                self._store.close()
                self._begin_anew()
                soon = False
                self._note_recorded()
            beat = beat if beat > self._clock.true else beat + BEAT
            self._clock.true = min(self._clock.true + SOON, beat) if soon else beat
        year.receipts, year.rejected = self._channel.receipts, self._channel.rejected
        year.requests = self._site.requests
        year.attempts = Counter({str(status): count for status, count in self._channel.attempts.items()})
        year.events = self._store.services.events()
        year.unsent = [f"{one.kind} to {one.address}, {one.state}: {one.reply}" for one in self._store.dead_letters.unsent()]
        self._store.close()

    async def _beat(self, *, hourly: bool) -> bool:
        """Checks services, delivers messages and reports the judgement, as the daemon does. Returns whether more work is due
        soon."""
        year, soon = self._year, False
        while due := self._due():
            result = await self._checker.round(due)
            year.looks += result.looked_at
            soon = soon or bool(result.waiting)
            if result.broken_off:
                year.broken_off += 1
                break
        delivery = await self._deliverer.deliver()
        if hourly:
            self._store.services.look_no_later_than(self._clock(), CHECK_EVERY)
            self._deliverer.report_level()
        self._note_recorded()
        return soon or bool(delivery.later)

    def _due(self) -> list[Due]:
        """Returns the services that the daemon would check now."""
        outage = self._store.outages.current()
        if outage and outage.is_to_be_left_alone(self._clock()):
            return []
        return self._store.services.due(self._clock(), TRIES if outage else LOOKS_AT_ONCE)

    def _note_recorded(self) -> None:
        """Stores for each new event the time of its recording, according to the true clock."""
        rows = table(EventRow)
        newer = select(rows.c.position, rows.c.id).where(rows.c.position > self._newest_event)
        with self._store.engine.connect() as connection:
            for position, one in connection.execute(newer):
                self._newest_event = max(self._newest_event, position)
                self._year.recorded_at[one] = self._clock.true
