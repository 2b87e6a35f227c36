"""Several daemons on one PostgreSQL database share the checks and the messages. Nothing is lost when one of them dies."""

import json
import os
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime

import httpx
import pytest
from sqlalchemy import Engine, select, text, update

from monitor.app import build
from monitor.errors import StoreError
from monitor.settings import load
from monitor.store.clock import present
from monitor.store.database import opened, reading, writing
from monitor.store.people import Role
from monitor.store.tables import EventRow, MessageRow, NoticeRow, ServiceRow, WorkerRow, table
from monitor.store.workers import ALIVE
from tests.conftest import World
from tests.programs import PATIENCE, Program
from tests.simulated.server import Request
from tests.simulated.services import Service
from tests.test_daemon import daemon, ended, environment, until

_event, _message, _notice = table(EventRow), table(MessageRow), table(NoticeRow)
_service, _worker = table(ServiceRow), table(WorkerRow)

FALLS = select(_event.c.location_id).where(_event.c.kind == "downgraded", _event.c.body.contains('"of":"overall"'))
"""The services with a recorded fall of the overall rating. Tests wait with this query, because the command that `falls` runs
takes far longer."""

CEILING = 40
"""How many requests per second all workers together may make."""

WINDOW = 2.0
LATE = 0.3
"""WINDOW and LATE are in seconds. A request may be up to LATE on its way, so in any WINDOW the site may also get requests that
were sent up to LATE earlier."""


@pytest.fixture
def shared(world: World, postgresql: str, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world whose database is on PostgreSQL."""
    monkeypatch.setenv("DATABASE_URL", postgresql)
    return world


def died_a_minute_ago(engine: Engine, pid: int) -> None:
    """Makes a worker's last heartbeat so old that the worker counts as dead, without waiting a minute."""
    with writing(engine) as connection:
        past = present(connection) - ALIVE
        connection.execute(update(_worker).where(_worker.c.pid == pid).values(alive_until=past))


def let_go_and_died(engine: Engine, pid: int) -> bool:
    """Makes a stopped worker count as dead, like `died_a_minute_ago`. Returns False if PostgreSQL has not yet ended the
    transaction that the worker was in."""
    try:
        died_a_minute_ago(engine, pid)
    except StoreError:
        return False
    return True


def column(engine: Engine, query: object) -> list[str]:
    """Returns the values of one column."""
    with reading(engine) as connection:
        return [str(one) for one in connection.execute(query).scalars()]  # type: ignore[call-overload]


def watched(world: World, count: int) -> list[Service]:
    """Adds this many services to the watchlist Leeds, and checks them once."""
    services = [Service(location_id=f"1-{2_000_000_000 + n}", name=f"Service {n}") for n in range(count)]
    world.site.add(services)
    world.done("watch", "add", "Leeds", *(one.location_id for one in services))
    world.done("check")
    return services


def all_fall(world: World, services: list[Service]) -> None:
    """Makes every service fall, and every check due."""
    for service in services:
        service.inspect(on=date(2026, 9, 1), published=date(2026, 11, 1), overall="Inadequate")
    world.done("watch", "add", "All", *(one.location_id for one in services))


def falls(world: World) -> list[str]:
    """Returns the services with a recorded fall of the overall rating."""
    told = json.loads(world.done("events", "--json"))
    return [one["location_id"] for one in told if one["kind"] == "downgraded" and one["of"] == "overall"]


def ids(requests: Sequence[Request]) -> Counter[str]:
    """Counts how often each message arrived."""
    return Counter(one.headers["webhook-id"].partition("-")[0] for one in requests)


def told(requests: Sequence[Request]) -> Counter[str]:
    """Counts the falls of each service in the messages. A message that arrived twice counts once."""
    bodies = {one.headers["webhook-id"]: one.body for one in requests}
    events = [event for body in bodies.values() for event in json.loads(body).get("events", [])]
    return Counter(one["location_id"] for one in events if one["kind"] == "downgraded" and one["of"] == "overall")


@pytest.mark.slow
def test_if_two_of_four_workers_are_killed_each_fall_is_reported_once_within_the_rate_limit(shared: World) -> None:
    world, engine = shared, opened(os.environ["DATABASE_URL"])
    services = watched(world, 60)
    everyone = sorted(one.location_id for one in services)
    world.done("subscribe", "Leeds", f"webhook:{world.slack.url}/urgent", "--quiet")
    world.done("subscribe", "Leeds", f"webhook:{world.teams.url}/daily", "--when", "daily", "--quiet")
    before = len(world.site.requests)
    settings = {"CHECK_EVERY": "1d", "CONFIRM_AFTER": "1s", "REQUESTS_PER_SECOND": str(CEILING)}
    with ExitStack() as stack:
        workers = [stack.enter_context(daemon(world, **settings)) for _ in range(4)]
        until(lambda: len(column(engine, select(_worker.c.id))) == 4, workers[0])
        all_fall(world, services)
        # Kill two workers in the middle of the confirming checks, while alerts are being sent.
        until(lambda: len(world.slack.taken) >= 5, workers[0])
        for process in workers[:2]:
            process.kill()
            process.wait()
        killed = [process.pid for process in workers[:2]]
        theirs = select(_worker.c.id).where(_worker.c.pid.in_(killed))
        left_lying = column(engine, select(_service.c.location_id).where(_service.c.leased_by.in_(theirs)))
        under_way = column(engine, select(_message.c.id).where(_message.c.leased_by.in_(theirs), _message.c.state == "pending"))
        for pid in killed:
            died_a_minute_ago(engine, pid)
        workers += [stack.enter_context(daemon(world, **settings)) for _ in range(2)]
        alive = workers[2:]
        until(lambda: len(column(engine, FALLS)) >= len(everyone), alive[0])
        until(lambda: sorted(told(world.slack.taken)) == everyone, alive[0])
        assert not world.teams.taken
        with writing(engine) as connection:  # makes the digest due
            connection.execute(update(_notice).where(_notice.c.message_id.is_(None)).values(due_at=present(connection)))
        until(lambda: sorted(told(world.teams.taken)) == everyone, alive[0])
        out = [ended(process) for process in alive]
    engine.dispose()
    requests = world.site.requests[before:]

    # Each event was recorded and reported once. Only a message that a killed worker was sending may have arrived twice.
    assert Counter(falls(world)) == Counter(everyone) == told(world.slack.taken)
    repeated = {one for one, times in ids(world.slack.taken).items() if times > 1}
    assert repeated <= set(under_way) and max(ids(world.slack.taken).values()) <= 2
    # There is one digest, with all falls. Its parts have the same id.
    assert len(ids(world.teams.taken)) == 1 and told(world.teams.taken) == Counter(everyone)

    # Each service was checked once, and then once past caches. Only services that the killed workers had claimed may have been
    # checked once more, because nobody knows how far these workers got.
    looks = Counter((one.path, "cache-control" in one.headers) for one in requests if one.path.count("/") == 2)
    again = {path.rpartition("/")[2] for (path, _), times in looks.items() if times > 1}
    assert {path.rpartition("/")[2] for path, second in looks if not second} == set(everyone)
    assert again <= set(left_lying), (again, left_lying)

    # The site never got more requests than the rate limit allowed.
    times = sorted(one.at for one in requests)
    most = max(sum(1 for at in times if began <= at < began + WINDOW) for began in times)
    assert most <= CEILING * (WINDOW + LATE) + 1, f"{most} requests within {WINDOW} s"
    print(f"\n{len(requests)} requests, at most {most} in {WINDOW} s; {len(left_lying)} services and {len(under_way)} messages")
    assert all("event=looked" in one for one in out[:2]), "both surviving workers did part of the work"


@pytest.mark.slow
def test_a_worker_that_hangs_loses_its_claims_and_starts_again(shared: World) -> None:
    world, engine = shared, opened(os.environ["DATABASE_URL"])
    services = watched(world, 3)
    settings = {"CHECK_EVERY": "1d", "CONFIRM_AFTER": "0s", "REQUESTS_PER_SECOND": "3"}
    with daemon(world, **settings) as hung:
        until(lambda: column(engine, select(_worker.c.pid)) == [str(hung.pid)], hung)
        all_fall(world, services)
        until(lambda: column(engine, select(_service.c.leased_by).where(_service.c.leased_by.is_not(None))), hung)
        hung.send_signal(signal.SIGSTOP)
        until(lambda: let_go_and_died(engine, hung.pid), hung)
        with daemon(world, **settings) as other:
            until(lambda: len(column(engine, FALLS)) >= 3, other)
            # Otherwise the stopped worker would continue in time.
            until(lambda: str(hung.pid) not in column(engine, select(_worker.c.pid)), other)
            hung.send_signal(signal.SIGCONT)
            until(lambda: len(column(engine, select(_worker.c.id))) == 2, other)
            out = ended(hung)
            ended(other)
    assert "taken for dead" in out and "Traceback" not in out
    assert Counter(falls(world)) == Counter(one.location_id for one in services)
    assert column(engine, select(_worker.c.id)) == []
    engine.dispose()


def test_if_the_database_drops_every_connection_no_worker_ends_and_nothing_is_lost(shared: World) -> None:
    world, engine = shared, opened(os.environ["DATABASE_URL"])
    services = watched(world, 5)
    world.done("subscribe", "Leeds", f"webhook:{world.slack.url}/urgent", "--quiet")
    with daemon(world, CHECK_EVERY="1d", CONFIRM_AFTER="2s", REQUESTS_PER_SECOND="5") as process:
        all_fall(world, services)
        until(lambda: len(world.site.asked()) > 15, process)
        for _ in range(5):
            with engine.connect() as connection:  # as if the server restarted in the middle of the work
                others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                connection.execute(text(f"{others} AND pid <> pg_backend_pid()"))
            time.sleep(0.5)
        until(lambda: len(column(engine, FALLS)) >= 5, process)
        until(lambda: sum(told(world.slack.taken).values()) == 5, process)
        out = ended(process)
    engine.dispose()
    assert "Traceback" not in out
    assert told(world.slack.taken) == Counter(one.location_id for one in services) == Counter(falls(world))


@contextmanager
def pages(world: World) -> Iterator[str]:
    """Runs `cqc-monitor web` as if on a separate machine. Yields its address."""
    with Program("web", "--port", "0", cwd=world.folder, env=environment(world)) as process:
        port = re.search(r"port (\d+)", process.stdout.readline())
        assert port is not None
        yield f"http://127.0.0.1:{port[1]}"


@pytest.mark.slow
def test_two_daemons_and_three_machines_with_pages_lose_nothing_when_the_active_daemon_dies(shared: World) -> None:
    """The test does what docs/deploy/several-machines.md describes. The test does not wait the minute after which a silent
    daemon counts as dead, but makes the last heartbeat older."""
    world, engine = shared, opened(os.environ["DATABASE_URL"])
    services = watched(world, 20)
    everyone = Counter(one.location_id for one in services)
    world.done("subscribe", "Leeds", f"webhook:{world.slack.url}/urgent", "--quiet")
    app = build(load())
    now = datetime.now(UTC)
    token = app.store.people.new_link(app.store.people.invite("lead@council.example", Role.OPERATOR, None, now).email, now=now)
    app.store.close()
    settings = {"CHECK_EVERY": "1d", "CONFIRM_AFTER": "1s", "REQUESTS_PER_SECOND": "20"}
    with ExitStack() as stack:
        busy = stack.enter_context(daemon(world, **settings))
        machines = [stack.enter_context(pages(world)) for _ in range(3)]
        until(lambda: column(engine, select(_worker.c.pid)) == [str(busy.pid)], busy)
        all_fall(world, services)
        until(lambda: len(world.slack.taken) >= 3, busy)
        other = stack.enter_context(daemon(world, **settings))
        until(lambda: len(column(engine, select(_worker.c.pid))) == 2, other)
        busy.kill()
        busy.wait()
        died_a_minute_ago(engine, busy.pid)
        until(lambda: told(world.slack.taken) == everyone, other)
        assert Counter(falls(world)) == everyone

        until(lambda: column(engine, select(_worker.c.pid)) == [str(other.pid)], other)
        # A session that began on one machine is valid on all machines. Each machine names the daemon that is left.
        browser = stack.enter_context(httpx.Client(trust_env=False, timeout=PATIENCE))
        entered = browser.post(f"{machines[0]}/sign-in/{token}", headers={"Origin": machines[0]})
        assert entered.status_code == 303
        for machine in machines:
            shown = browser.get(f"{machine}/monitor")
            assert shown.status_code == 200 and re.findall(rf"\b(?:{busy.pid}|{other.pid})\b", shown.text) == [str(other.pid)]

        # While a daemon works, nothing is migrated.
        with writing(engine) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0013'"))
        for command in (("migrate",), ("status",), ("check",), ("run",)):
            status, out, err = world.run(*command)
            assert (status, out, err.count("\n")) == (2, "", 1) and f"process {other.pid}): stop all such runs first" in err
        assert column(engine, text("SELECT version_num FROM alembic_version")) == ["0013"]
        with writing(engine) as connection:  # as after a migration, while an older version still runs
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        for command in (("status",), ("run",)):
            status, out, err = world.run(*command)
            assert (status, out, err.count("\n")) == (2, "", 1) and "a newer version of cqc-monitor wrote the database" in err
        ended(other)
    engine.dispose()
