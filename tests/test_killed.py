"""Tests that no alert is lost if the daemon is killed (kill -9) at any moment, on SQLite and PostgreSQL. The test kills the real
daemon again and again while services change. The daemon must still report every change to every subscriber.

    KILLS=300 KILL_SERVICES=50 python -m pytest tests/test_killed.py -s
"""

import json
import os
import random
import re
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, update

from monitor.store.clock import present
from monitor.store.database import opened, writing
from monitor.store.tables import WorkerRow, table
from tests.conftest import World
from tests.cqc.test_reader import processes
from tests.simulated.receivers import Hook
from tests.simulated.services import ENTERED, LEFT, REMAINS, Service
from tests.test_daemon import daemon, ended, until

KILLS = int(os.environ.get("KILLS", "3"))
SERVICES = int(os.environ.get("KILL_SERVICES", "50" if KILLS > 50 else "8"))
SEED = int(os.environ.get("KILL_SEED", "1"))
LEAD = "lead@council.example"
_worker = table(WorkerRow)
SETTLED = 600.0 if KILLS > 50 else 100.0
"""Seconds after the last kill within which all messages must have arrived. The time is long, since a message that was not
accepted is tried again only after minutes."""

Told = tuple[str, str, str, str]
"""A reported change: the location id, the subject, and the ratings before and after. If the change is about special measures, the
subject is “entered special measures” or “left special measures”, and the ratings are empty."""


@dataclass
class Changes:
    """Services, with a method that changes one of the services. `true` lists all changes, and the monitor must report each of
    these changes."""

    services: list[Service]
    draw: random.Random
    day: date = date(2024, 1, 1)
    true: list[Told] = field(default_factory=list)
    last: dict[str, Told] = field(default_factory=dict)

    def one(self, recorded: Counter[Told]) -> None:
        """Publishes a change of a service whose last change is recorded already. If a service changed twice before a check, the
        monitor could not see the first change, and would not have to report it."""
        true = Counter(self.true)
        ready = [one for one in self.services if (last := self.last.get(one.location_id)) is None or recorded[last] == true[last]]
        if not ready:
            return
        service = self.draw.choice(ready)
        self.day += timedelta(days=1)
        was, inside = service.overall or "", service.newest.special_measures in (ENTERED, REMAINS)
        now = self.draw.choice([one for one in ("Good", "Requires improvement", "Inadequate") if one != was])
        measures = ENTERED if now == "Inadequate" else LEFT if inside else ""
        rating = (service.location_id, "overall", was.lower(), now.lower())
        self.true.append(rating)
        self.last[service.location_id] = rating
        if measures:
            said = "entered special measures" if measures == ENTERED else "left special measures"
            self.true.append((service.location_id, said, "", ""))
        # The simulated site's threads may be reading the service now, so the new report is added in one step.
        copy = service.copy()
        copy.inspect(on=self.day - timedelta(weeks=6), published=self.day, overall=now, special_measures=measures)
        service.older, service.newest = copy.older, copy.newest


@dataclass
class Taken:
    """The messages that receivers accepted, by address."""

    world: World

    def ids(self) -> dict[str, list[str]]:
        """Returns the ids of the messages that each address accepted, in the order of arrival. Repeats are included."""
        return {
            "mail": [str(mail.message["Message-ID"]) for mail in self.world.mail.to(LEAD)],
            "urgent webhook": [request.headers["webhook-id"] for request in self.world.slack.taken],
            "daily webhook": [request.headers["webhook-id"] for request in self.world.teams.taken],
        }

    def told(self) -> dict[str, list[Told]]:
        """Returns the changes reported to each address. A repeated message is counted once."""
        mails = {str(mail.message["Message-ID"]): mail.text for mail in self.world.mail.to(LEAD)}
        return {
            "mail": [one for text in mails.values() for one in _told_by_mail(text)],
            "urgent webhook": _told_by_hook(self.world.slack),
            "daily webhook": _told_by_hook(self.world.teams),
        }

    def bodies_differ(self) -> list[str]:
        """Returns the ids under which different messages arrived."""
        bodies = defaultdict(set)
        for request in [*self.world.slack.taken, *self.world.teams.taken]:
            bodies[request.headers["webhook-id"]].add(request.body)
        for mail in self.world.mail.to(LEAD):
            bodies[str(mail.message["Message-ID"])].add(mail.text.encode())
        return [one for one, different in bodies.items() if len(different) > 1]


def _told_by_hook(hook: Hook) -> list[Told]:
    bodies = {request.headers["webhook-id"]: request.body for request in hook.taken}
    return [_told(one) for body in bodies.values() for one in json.loads(body).get("events", []) if _counts(one)]


def _told_by_mail(text: str) -> Iterator[Told]:
    """Yields the changes that a person reads in a mail, in the list below the name of each service."""
    location_id = ""
    for line in text.splitlines():
        if name := re.fullmatch(r"Service (\d+)", line):
            location_id = _id(int(name[1]))
        elif rating := re.fullmatch(r"\* Overall rating (?:fell|rose) from (.+?) to (.+)", line):
            yield (location_id, "overall", rating[1].lower(), rating[2].lower())
        elif re.fullmatch(r"\* (?:Entered|Left) special measures", line):
            yield (location_id, line[2:].lower(), "", "")


def _id(number: int) -> str:
    return f"1-{2_000_000_000 + number}"


def _counts(event: dict[str, str | None]) -> bool:
    return event["kind"] != "report published"


def _told(event: dict[str, str | None]) -> Told:
    if event["kind"] in {"downgraded", "upgraded"}:
        return (str(event["location_id"]), str(event["of"]), str(event["from"]), str(event["to"]))
    return (str(event["location_id"]), str(event["kind"]), "", "")


def _recorded(world: World) -> list[Told]:
    return [_told(one) for one in json.loads(world.done("events", "--json")) if _counts(one)]


def _story(true: list[Told], told: list[Told]) -> str:
    """Returns a text about each service whose true and reported changes differ. The text lists the true and the reported
    changes."""
    concerned = {one[0] for one in (Counter(true) - Counter(told)) | (Counter(told) - Counter(true))}

    def of(service: str, changes: list[Told]) -> str:
        return "; ".join(" ".join(one[1:]) for one in changes if one[0] == service)

    return "\n".join(f"{one}:\n  true      {of(one, true)}\n  reported  {of(one, told)}" for one in sorted(concerned))


@pytest.mark.slow
def test_killing_the_daemon_at_random_moments_loses_no_change_and_invents_none(world: World, each_database: str) -> None:
    draw, engine = random.Random(SEED), opened(each_database)
    services = [Service(location_id=_id(number), name=f"Service {number}") for number in range(SERVICES)]
    world.site.add(services)
    world.done("watch", "add", "Leeds", *(one.location_id for one in services))
    world.done("check")
    hooks = f"webhook:{world.slack.url}/urgent", f"webhook:{world.teams.url}/daily"
    world.done("subscribe", "Leeds", f"mailto:{LEAD}", "--quiet")
    world.done("subscribe", "Leeds", hooks[0], "--quiet")
    world.done("subscribe", "Leeds", hooks[1], "--when", "daily", "--quiet")
    for hook in (world.slack, world.teams):  # so that a kill can come between the receipt of a message and the answer
        hook.ok = replace(hook.ok, delay=0.2)
    changes, taken, moments = Changes(services, draw), Taken(world), []
    for _ in range(KILLS):
        recorded = Counter(_recorded(world))
        for _ in range(draw.randint(1, max(2, SERVICES // 8))):
            changes.one(recorded)
        asked = len(world.site.asked())
        with daemon(world, CHECK_EVERY="1s", CONFIRM_AFTER="0s") as process:
            until(partial(_asked_again, world, asked), process)
            moment = draw.uniform(0, 1.5)
            time.sleep(moment)
            for reader in processes(process.pid):  # in some rounds a reader process dies before the daemon does
                if draw.random() < 0.3:
                    os.kill(reader, signal.SIGKILL)
                    time.sleep(draw.uniform(0, 0.5))
            assert process.poll() is None, process.communicate()[0]
            process.kill()
        moments.append(moment)
        _found_dead(engine)
    world.done("subscribe", "Leeds", hooks[1], "--when", "immediate")  # sends at once what was waiting for the digest
    urgent = Counter(one for one in changes.true if _is_urgent(one))
    with daemon(world, CHECK_EVERY="1s", CONFIRM_AFTER="0s") as process:
        until(lambda: Counter(changes.true) <= Counter(_recorded(world)), process, SETTLED)
        until(lambda: all(urgent <= Counter(told) for told in taken.told().values()), process, SETTLED)
        until(lambda: _delivered(world), process, SETTLED)
        ended(process)
    engine.dispose()
    _judged(world, changes, taken, moments)


def _found_dead(engine: Engine) -> None:
    """Makes the next daemon treat the killed daemon as dead at once. On SQLite only one daemon can run, so there is nothing to
    do. On PostgreSQL, the next daemon would otherwise wait for a minute."""
    if engine.dialect.name != "sqlite":
        with writing(engine) as connection:
            connection.execute(update(_worker).values(alive_until=present(connection)))


def _asked_again(world: World, before: int) -> bool:
    return len(world.site.asked()) > before


def _is_urgent(told: Told) -> bool:
    order = ("good", "requires improvement", "inadequate")
    return told[1].startswith("entered") or (told[1] == "overall" and order.index(told[3]) > order.index(told[2]))


def _delivered(world: World) -> bool:
    """Returns True if no message is left to send, apart from notices that wait for the next digest."""
    status = json.loads(world.run("status", "--json")[1])
    return all(one["state"] == "waiting" for one in status["outbox"])


def _judged(world: World, changes: Changes, taken: Taken, moments: list[float]) -> None:
    recorded = _recorded(world)
    assert Counter(recorded) == Counter(changes.true), "recorded and true changes differ:\n" + _story(changes.true, recorded)
    for address, told in taken.told().items():
        lost = Counter(one for one in changes.true if _is_urgent(one)) - Counter(told)
        assert not lost, f"never sent to {address}:\n{_story(changes.true, told)}"
        assert not Counter(told) - Counter(changes.true), f"false or repeated, sent to {address}:\n{_story(changes.true, told)}"
    ids = taken.ids()
    repeats = {address: len(found) - len(set(found)) for address, found in ids.items()}
    most = {address: max(Counter(found).values(), default=0) for address, found in ids.items()}
    print(
        f"\n{len(moments)} kills; {len(changes.true)} true changes, {len(recorded)} recorded; accepted "
        + ", ".join(f"{len(found)} by {address} ({repeats[address]} repeats)" for address, found in ids.items())
    )
    assert all(count <= len(moments) for count in repeats.values()) and max(most.values()) <= len(moments) + 1
    assert taken.bodies_differ() == []
