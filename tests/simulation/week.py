"""Simulates a week with all services in England, which takes some minutes. The register is loaded from CQC's monthly files,
watchlists have rules, and the program learns of publications from a simulated API and a simulated site. The simulation sets the
clock.

    python -m tests.simulation.week [services] [seed]

This module simulates the world. The program runs in a separate process (`python -m tests.simulation.week program FOLDER`), so
that the program's CPU time and memory can be measured. Each line on the process's standard input gives a time and a task, and
each line on the standard output gives the result of a task. tests/test_england.py runs a small week.
"""

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.simulated.receivers import Mailbox
from tests.simulated.register import England, Place
from tests.simulated.regulator import Regulator
from tests.simulated.server import status
from tests.simulated.services import ENTERED, QUESTIONS, Entry, Question, Service
from tests.simulated.syndication import KEY, Syndication

SERVICES, DAYS = 57_000, 7
STEP = timedelta(minutes=15)
SECOND_LOOK = timedelta(seconds=65)
BEGIN = datetime(2026, 6, 15, 5, tzinfo=UTC)
"""A Monday, some days after the date of the second month's files."""

LEAD, REGION = "lead@council.example", "region@council.example"
_BETTER_FIRST = ("Outstanding", "Good", "Requires improvement", "Inadequate")


@dataclass(frozen=True, slots=True)
class Move:
    """A publication about one service, with the overall ratings before and after. From `named_at` on, the API's list of changes
    names the service."""

    at: datetime
    location_id: str
    before: str
    after: str
    named_at: datetime

    @property
    def fell(self) -> bool:
        return _BETTER_FIRST.index(self.after) > _BETTER_FIRST.index(self.before)


@dataclass(slots=True, kw_only=True)
class Week:
    """The result of a week. `taken` gives the seconds for the imports and for the first check of all services. `daily` gives the
    requests of each day."""

    services: int
    moves: list[Move] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    mails: dict[str, list[str]] = field(default_factory=dict)
    daily: list[Counter[str]] = field(default_factory=list)
    first: Counter[str] = field(default_factory=Counter)
    taken: dict[str, float] = field(default_factory=dict)
    memory: float = 0.0
    cpu: float = 0.0

    def wrong(self) -> list[str]:
        """Returns a line for each true change that was not reported or not sent exactly once, and for each reported change that
        did not happen."""
        fell = [one for one in self.events if one["kind"] == "downgraded" and one["of"] == "overall"]
        told = Counter((one["location_id"], one["from"], one["to"]) for one in fell)
        true = Counter((one.location_id, one.before.lower(), one.after.lower()) for one in self.moves if one.fell)
        problems = [f"lost: {one}" for one in (true - told)] + [f"invented: {one}" for one in (told - true)]
        entered = Counter(one["location_id"] for one in self.events if one["kind"] == "entered special measures")
        truly = Counter(one.location_id for one in self.moves if one.fell and one.after == "Inadequate")
        problems += [f"special measures lost or invented: {one}" for one in (entered - truly) + (truly - entered)]
        registered = Counter(one["location_id"] for one in self.events if one["kind"] == "registered")
        joined = Counter(self.joined)
        problems += [f"registration lost or invented: {one}" for one in (registered - joined) + (joined - registered)]
        for one in true:
            mails = sum(one[0] in text and f"{one[1]} to {one[2]}" in text.lower() for text in self.mails[LEAD])
            problems += [f"{mails} messages about {one}"] if mails != 1 else []
        return problems

    def figures(self) -> str:
        """Returns the figures as lines of text."""
        days = "; ".join(f"{sum(one.values())} ({one['site']} site, {one['api']} API)" for one in self.daily)
        return (
            f"{self.services} services: {', '.join(f'{what} {seconds:.0f} s' for what, seconds in self.taken.items())}\n"
            f"first reading: {self.first['site']} requests to the site, {self.first['api']} to the API\n"
            f"a week: {len(self.moves)} publications, {sum(one.fell for one in self.moves)} falls, "
            f"{len(self.joined)} new profiles; {len(self.events)} events, {sum(map(len, self.mails.values()))} mails\n"
            f"requests a day: {days}\n"
            f"the program: {self.cpu:.0f} s of CPU, at most {self.memory:.0f} MB"
        )


# ── the world ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def published(place: Place) -> Service:
    """Returns a service of the register in the form in which CQC's site shows it. If CQC rates service groups separately, only
    the first group is shown."""
    told = place.told[0][1] if place.told else None
    care_home = place.beds > 0
    return Service(
        location_id=place.location_id,
        name=place.name.strip(),
        sector="Care Home" if care_home else "Homecare",
        type="Care home" if care_home else "Homecare agencies",
        address=f"{place.street}, {place.city}, {place.postcode}",
        provider=place.provider.name,
        provider_id=place.provider.provider_id,
        registered=place.registered_on,
        newest=Entry(
            overall=_words(told.overall) if told else None,
            published=told.published if told else date(2020, 1, 1),
            questions={
                name: Question(rating=_words(rating), published=told.published)
                for name, rating in zip(QUESTIONS, told.ratings, strict=False)
                if rating
            }
            if told
            else {},
        ),
    )


def _words(rating: str) -> str:
    return rating.capitalize()


def moves_of(services: dict[str, Service], seed: int, days: int, a_day: int) -> list[Move]:
    """Returns the publications of a week, with several reports a day. Up to one in three is a fall. The API's list of changes
    names most services within 90 minutes, some a day late, and a few (early in the week) three days late."""
    chance = Random(f"week {seed}")
    rated = sorted(one.location_id for one in services.values() if one.overall and len(one.questions) == len(QUESTIONS))
    moves = []
    for number, location_id in enumerate(chance.sample(rated, min(len(rated), a_day * days))):
        at = BEGIN + timedelta(hours=6) + timedelta(seconds=chance.randrange(int(timedelta(days=days - 1.5).total_seconds())))
        before = services[location_id].overall
        assert before is not None
        place = _BETTER_FIRST.index(before)
        falls = number % 3 == 0 and place < 3
        after = _BETTER_FIRST[place + 1] if falls else _BETTER_FIRST[max(0, place - 1)] if number % 3 == 1 else before
        if falls and number % 9 == 0:
            after = "Inadequate"
        late = timedelta(days=1) if number % 20 == 4 else timedelta(minutes=chance.randrange(1, 90))
        if number % 50 == 7 and at < BEGIN + timedelta(days=2):
            late = timedelta(days=3)
        moves.append(Move(at, location_id, before, after, at + late))
    return sorted(moves, key=lambda one: one.at)


def publish(service: Service, move: Move) -> None:
    """Publishes a move on the site."""
    day = move.at.date()
    service.inspect(
        on=day - timedelta(weeks=6),
        published=day,
        overall=move.after,
        **dict.fromkeys(("safe", "well_led"), move.after),
        special_measures=ENTERED if move.fell and move.after == "Inadequate" else "",
    )


class _World:
    def __init__(self, services: int, seed: int, folder: Path, days: int, step: timedelta) -> None:
        self.england, self.folder, self.days, self.step = England(seed, services), folder, days, step
        self.week = Week(services=services)
        changes, before, after = self.england.changes(1), self.england.places(0), self.england.places(1)
        self.week.joined = sorted({*changes.joined, *(new for _, new in changes.moved)})
        listed = {one.location_id: published(one) for one in (*before, *after)}
        stays = {one.location_id for one in before} & {one.location_id for one in after}
        self.site, self.mail = Regulator(*listed.values()), Mailbox()
        settled = {location_id: listed[location_id] for location_id in sorted(stays)}
        self.week.moves = moves_of(settled, seed, days, max(4, services // 380))
        self.api = Syndication(self.site.services)
        self.now = BEGIN
        self.api.clock = lambda: self.now

    def settings(self) -> dict[str, str]:
        return {
            "DATABASE_URL": f"sqlite:///{self.folder}/state/monitor.db",
            "CQC_BASE_URL": self.site.url,
            "CQC_API_URL": self.api.api_url,
            "CQC_API_KEY": KEY,
            "REQUESTS_PER_SECOND": "500",
            "SMTP_URL": self.mail.url,
            "MAIL_FROM": "care-alerts@monitor.example",
            "CONTACT": "oncall@council.example",
        }

    @contextmanager
    def program(self) -> Iterator[Any]:
        """Starts the program's process. Yields a function that gives the process a task and waits for the result."""
        environment = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "PYTHONPATH"}}
        arguments = [sys.executable, "-m", "tests.simulation.week", "program", str(self.folder)]
        environment |= self.settings()
        with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True) as process:
            orders, answers = process.stdin, process.stdout
            assert orders and answers

            def do(what: str, **more: object) -> dict[str, Any]:
                orders.write(json.dumps({"do": what, "now": self.now.isoformat(), **more}) + "\n")
                orders.flush()
                line = answers.readline()
                assert line, "the program ended"
                answer: dict[str, Any] = json.loads(line)
                self.week.memory, self.week.cpu = answer["memory"], answer["cpu"]
                return answer

            try:
                yield do
            except BaseException:
                process.kill()
                raise
            orders.close()
            assert process.wait(60) == 0

    def live(self) -> Week:
        with self.site, self.api, self.mail, self.program() as do:
            self._prepare(do)
            waiting = sorted(self.week.moves, key=lambda one: one.at)
            self.week.first = self._counted()
            day = self._counted()
            for number in range(int(timedelta(days=self.days) / self.step)):
                self.now = BEGIN + number * self.step
                passed = number * self.step
                self._weather(passed)
                while waiting and waiting[0].at <= self.now:
                    move = waiting.pop(0)
                    publish(self.site.services[move.location_id], move)
                    self.api.changed(move.location_id, at=move.at, appears=move.named_at)
                if do("beat")["waiting"]:
                    self.now += SECOND_LOOK
                    do("beat")
                if passed == timedelta(days=3):  # on the fourth day the next month's files are published
                    self._import(do, 1)
                if (passed + self.step) % timedelta(days=1) == timedelta(0):
                    so_far = self._counted()
                    self.week.daily.append(so_far - day)
                    day = so_far
            self.week.events = do("events")["events"]
            self.week.mails = {one: [mail.text for mail in self.mail.to(one)] for one in (LEAD, REGION)}
        return self.week

    def _prepare(self, do: Any) -> None:
        self._import(do, 0)
        self._timed("first reading", lambda: [do("beat"), do("beat")])

    def _import(self, do: Any, month: int) -> None:
        files = self.england.write(self.folder, month=month)
        self._timed(f"import of month {month}", lambda: do("import", files=[str(one) for one in files], rules=month == 0))

    def _timed(self, what: str, work: Any) -> None:
        began = time.monotonic()
        work()
        self.week.taken[what] = time.monotonic() - began

    def _weather(self, passed: timedelta) -> None:
        """On the third day the site is down for half a day. On the fourth day the API is down for four hours."""
        match passed / timedelta(hours=1):
            case 50:
                self.site.fail(status(503))
            case 62:
                self.site.heal()
            case 74:
                self.api.fail(status(500))
            case 78:
                self.api.heal()

    def _counted(self) -> Counter[str]:
        return Counter({"site": len(self.site.asked()), "api": len(self.api.asked())})


def live(*, services: int = SERVICES, seed: int = 1, days: int = DAYS, step: timedelta = STEP, folder: Path) -> Week:
    """Simulates a week, in steps."""
    return _World(services, seed, folder, days, step).live()


# ── the program ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Program:
    """Runs the program with a clock that the simulation sets. The program does the same work as the daemon."""

    def __init__(self, folder: Path) -> None:
        from monitor import app
        from monitor.settings import load

        os.chdir(folder)
        self._now = BEGIN
        app.now = self._clock
        self._bootstrap, self._settings = app, load()
        self._app: Any = None

    def _clock(self) -> datetime:
        return self._now

    def run(self) -> None:
        with asyncio.Runner() as runner:
            for line in sys.stdin:
                order = json.loads(line)
                self._now = datetime.fromisoformat(order["now"])
                match order["do"]:
                    case "import":
                        answer = self._import(order["files"], rules=order["rules"])
                    case "beat":
                        answer = runner.run(self._beat())
                    case _:
                        answer = {"events": self._events()}
                usage = resource.getrusage(resource.RUSAGE_SELF)
                print(json.dumps(answer | {"memory": usage.ru_maxrss / 1024, "cpu": usage.ru_utime + usage.ru_stime}), flush=True)
            if self._app:
                runner.run(self._app.close())

    def _import(self, files: list[str], *, rules: bool) -> dict[str, Any]:
        self._command("register", "import", *files)
        if rules:
            self._command("watch", "rule", "England", "--all-of-england")
            self._command("watch", "rule", "Homecare in the East Midlands", "--region", "East Midlands", "--type", "homecare")
            self._command("subscribe", "England", f"mailto:{LEAD}", "--quiet")
            self._command("subscribe", "Homecare in the East Midlands", f"mailto:{REGION}", "--quiet")
        return {}

    def _command(self, *arguments: str) -> None:
        """Runs a command as a person would type it, but in this process, so that the memory of the command is measured."""
        import contextlib
        import io

        from monitor.cli import main

        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            result = main(arguments)
        if result:
            sys.exit(f"{arguments} ended with {result}: {said.getvalue()}")

    async def _beat(self) -> dict[str, Any]:
        if self._app is None:
            self._app = self._bootstrap.build(self._settings)
            self._app.store.workers.enlist("week", host="here", pid=os.getpid(), alone=True)
        app, waiting, looked = self._app, 0, 0
        assert app.feed is not None
        if await app.feed.poll() is not None:
            app.store.api.vouch(self._settings.check_every, self._now)
        waiting += (await app.checker.by_api()).waiting
        outage = app.store.outages.current()
        while not (outage and outage.is_to_be_left_alone(self._now)):
            due = app.store.services.claim(self._now, 3 if outage else 50, "week")
            if not due:
                break
            result = await app.checker.round(due)
            app.store.services.let_go("week")
            waiting, looked = waiting + result.waiting, looked + result.looked_at
            outage = app.store.outages.current()
        app.store.rules.apply(self._now, None)
        app.deliverer.report_level()
        await app.deliverer.deliver()
        return {"waiting": waiting, "looked": looked}

    def _events(self) -> list[dict[str, Any]]:
        from monitor.views.show import events_json

        return list(events_json(self._app.store.services.events()))


def main() -> None:
    match sys.argv[1:]:
        case ["program", folder]:
            _Program(Path(folder)).run()
        case arguments:
            services, seed = [*map(int, arguments), *(SERVICES, 1)[len(arguments) :]]
            with tempfile.TemporaryDirectory() as folder:
                week = live(services=services, seed=seed, folder=Path(folder))
            print(week.figures())
            problems = week.wrong()
            print(f"{len(problems)} wrong", *problems[:20], sep="\n")
            sys.exit(bool(problems))


if __name__ == "__main__":
    main()
