"""Tests what happens if the database server fails. The error is one line without the password, and no alert is lost. The monitor
continues when the server recovers.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import date

import psycopg
import pytest
from sqlalchemy import URL, make_url

from tests.conftest import World
from tests.simulated.relay import Relay
from tests.simulated.services import Service
from tests.test_daemon import daemon, until

HOME = "1-2235535718"
FALL = "Inadequate: Cherrybrook Care Home"


@pytest.fixture
def relay(postgresql: str, alone: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Relay]:
    """A relay to a new database on the server. DATABASE_URL leads to the relay, with a password that the server does not
    check."""
    with psycopg.connect(postgresql) as connection:
        host, port, user = connection.info.host, connection.info.port, connection.info.user

    def to() -> socket.socket:
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        way = socket.socket(socket.AF_UNIX)
        way.connect(f"{host}/.s.PGSQL.{port}")
        return way

    with Relay(to) as relay:
        url = make_url(postgresql)
        through = URL.create(
            "postgresql",
            username=user,
            password=url.password or "s3cr3t",
            host="127.0.0.1",
            port=relay.port,
            database=url.database,
            query={"connect_timeout": "3", "sslmode": "disable"},
        )
        monkeypatch.setenv("DATABASE_URL", through.render_as_string(hide_password=False))
        yield relay


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def silent() -> Iterator[int]:
    """The port of a server that accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def wrong_password(url: URL, _: int) -> URL:
    """Connects over the network, since the server checks the password only on network connections."""
    with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
        host, port = connection.info.host, connection.info.port
    at = "127.0.0.1" if host.startswith("/") else host
    return URL.create("postgresql", username="cqc_nobody", password="s3cr3t", host=at, port=port, database=url.database)


def no_such_database(url: URL, _: int) -> URL:
    """The database's name is misspelt."""
    return url.set(database=f"{url.database}_misspelt")


def never_answers(_: URL, silent: int) -> URL:
    """The server hangs before it sends anything."""
    local = URL.create("postgresql", username="monitor", password="s3cr3t", host="127.0.0.1", port=silent, database="monitor")
    return local.set(query={"connect_timeout": "2"})


def not_there(_: URL, silent: int) -> URL:
    """The server's name cannot be resolved."""
    return URL.create("postgresql", username="monitor", password="s3cr3t", host="database.invalid", database="monitor")


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        pytest.param(wrong_password, "password authentication failed", id="the password is wrong"),
        pytest.param(no_such_database, "does not exist", id="the database is missing"),
        pytest.param(never_answers, "timeout", id="the server accepts the connection and never answers"),
        pytest.param(not_there, "database.invalid", id="the server does not exist"),
    ],
)
@pytest.mark.parametrize("command", [("watch", "list"), ("watch", "add", "Leeds", HOME), ("run",)], ids=" ".join)
def test_the_error_about_an_unusable_server_is_one_line_without_the_password(
    world: World,
    postgresql: str,
    silent: int,
    monkeypatch: pytest.MonkeyPatch,
    broken: Callable[[URL, int], URL],
    said: str,
    command: tuple[str, ...],
) -> None:
    url = broken(make_url(postgresql), silent)
    monkeypatch.setenv("DATABASE_URL", url.render_as_string(hide_password=False))
    status, out, err = world.run(*command)
    assert (status, out) == (2, ""), (out, err)
    assert err.startswith("cqc-monitor: the database ") and said in err and err.count("\n") == 1
    assert "s3cr3t" not in err


def test_nothing_is_lost_if_the_server_fails_and_recovers_between_two_commands(world: World, relay: Relay) -> None:
    world.done("watch", "add", "Leeds", HOME)
    relay.cut()
    status, out, err = world.run("watch", "add", "Leeds", "RJ121")
    assert (status, out) == (2, "") and "refused" in err and err.count("\n") == 1 and "s3cr3t" not in err
    relay.mend()
    assert "1 added, 1 already on it" in world.done("watch", "add", "Leeds", HOME, "RJ121")


# ── the daemon ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def restarted(relay: Relay, server: str, said: list[str], process: object) -> Callable[[], object]:
    """Simulates a restart: the server notifies its clients and disconnects them, and nothing answers for a while."""
    with psycopg.connect(server, autocommit=True) as connection:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
    relay.cut()
    return lambda: any("the database " in line for line in list(said))


def hung(relay: Relay, server: str, said: list[str], process: object) -> Callable[[], object]:
    """Simulates that the server's machine hangs: no connection breaks, and no answer arrives."""
    relay.hang()
    return lambda: relay.held


@pytest.mark.slow
@pytest.mark.parametrize(
    "trouble", [pytest.param(restarted, id="the server is restarted"), pytest.param(hung, id="the server hangs")]
)
def test_the_daemon_continues_when_the_server_recovers_and_reports_the_fall_once(
    world: World, relay: Relay, postgresql: str, trouble: Callable[..., Callable[[], object]]
) -> None:
    home = Service(location_id=HOME)
    world.site.add([home])
    world.done("watch", "add", "Leeds", HOME)
    world.done("subscribe", "Leeds", "mailto:lead@council.example")
    with daemon(world) as process:
        assert process.stdout is not None
        said: list[str] = []
        listening = threading.Thread(target=said.extend, args=(process.stdout,))
        listening.start()
        until(lambda: world.mail.mails, process, 90)  # the welcome has arrived
        noticed = trouble(relay, postgresql, said, process)
        home.inspect(on=date(2026, 9, 1), overall="Inadequate")
        until(noticed, process, 90)
        assert len(world.mail.mails) == 1
        relay.mend()
        until(lambda: len(world.mail.mails) >= 2, process, 90)
        looks = len(world.site.asked(f"/location/{HOME}"))
        until(lambda: len(world.site.asked(f"/location/{HOME}")) > looks + 3, process, 90)
        process.terminate()
        assert process.wait(15) == 0
        listening.join()
    log = "".join(said)
    assert "Traceback" not in log and "a bug in the program" not in log and "s3cr3t" not in log
    assert [mail.subject for mail in world.mail.mails][1:] == [FALL]
