"""Tests the dead man's switch. The daemon pings it while all is well, and does not ping it while a fall could go unreported."""

import sqlite3
import threading
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import World
from tests.programs import PATIENCE, Program
from tests.simulated.server import status
from tests.simulated.services import Service
from tests.test_daemon import daemon, ended, until

HOME = "1-2235535718"
CHANNEL = "/services/T0/B0/abcdefgh"


@pytest.fixture
def watched(world: World) -> Service:
    """A watched service that was checked once."""
    home = Service(location_id=HOME)
    world.site.add([home])
    world.done("watch", "add", "Leeds", HOME)
    world.done("check")
    return home


def withheld(world: World, **settings: str) -> str:
    """Runs the daemon, and asserts that it does not ping. Returns the line of the daemon's log that says why."""
    with daemon(world, HEARTBEAT_URL=f"{world.teams.url}/ping/s3cr3t", **settings) as process:
        why = line_with("the heartbeat is withheld", process)
        out = ended(process)
    assert "s3cr3t" not in why + out
    assert [one for one in world.teams.requests if one.path.startswith("/ping")] == []
    return why


def line_with(text: str, process: Program) -> str:
    """Returns the first line of a daemon's log that contains `text`. Fails if there is no such line."""
    patience = threading.Timer(PATIENCE, process.kill)
    patience.start()
    try:
        return next(line for line in process.stdout if text in line)
    finally:
        patience.cancel()


def test_an_outage_of_cqcs_site_stops_the_pings(world: World, watched: Service) -> None:
    world.site.fail(status(503))
    for _ in range(4):
        assert world.run("check")[0] == 1
    assert "CQC's site has been unreadable" in withheld(world)


def test_an_urgent_message_older_than_an_hour_stops_the_pings(world: World, watched: Service) -> None:
    world.done("subscribe", "Leeds", "mailto:lead@council.example", "--quiet")
    world.mail.refuse(451)
    watched.newest.overall = "Inadequate"
    world.done("check")
    assert world.run("deliver")[0] == 1
    with sqlite3.connect(world.folder / "state" / "monitor.db") as connection:
        then = (datetime.now(UTC) - timedelta(minutes=61)).strftime("%Y-%m-%d %H:%M:%S.%f")
        connection.execute("UPDATE message SET created_at = ?", (then,))
    connection.close()
    assert "1 urgent message has not arrived for over an hour" in withheld(world)


def test_a_suspended_operators_address_stops_the_pings(world: World, watched: Service) -> None:
    operator = f"slack:{world.slack.url}{CHANNEL}"
    world.slack.refuse(404, text="no_service")
    world.done("subscribe", "Leeds", operator)
    assert world.run("deliver")[0] == 1
    assert "the operator's address has been suspended" in withheld(world, OPERATOR=operator)


def test_a_late_message_that_is_not_urgent_does_not_stop_the_pings(world: World, watched: Service) -> None:
    world.mail.refuse(451)
    world.done("subscribe", "Leeds", "mailto:lead@council.example")
    assert world.run("deliver")[0] == 1
    with sqlite3.connect(world.folder / "state" / "monitor.db") as connection:
        connection.execute("UPDATE message SET created_at = '2026-01-01 00:00:00.000000'")
    connection.close()
    with daemon(world, HEARTBEAT_URL=f"{world.teams.url}/ping/s3cr3t") as process:
        until(lambda: world.teams.requests, process)
        ended(process)
    assert world.teams.requests[0].path == "/ping/s3cr3t"
