"""Tests the metrics of a working daemon, and the metrics that need only the database."""

import json
import socket
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import insert

from monitor import codec
from monitor.events import Event, Kind
from monitor.judgement import Setup, judge
from monitor.store import Store, open_store
from monitor.store.database import writing
from monitor.store.tables import EventRow, ToldRow, table
from monitor.store.vault import Vault
from monitor.views.metrics import Metrics, StoreNumbers, serve
from tests.conftest import World
from tests.simulated.server import status
from tests.simulated.services import Service
from tests.test_daemon import daemon, ended, until

HOME, OTHER = "1-2235535718", "1-545296200"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)

Numbers = dict[str, float]


def read(text: str) -> Numbers:
    """Parses the text of the metrics. Returns each value under its name and labels."""
    return {
        sample.name.removeprefix("cqc_monitor_")
        + "".join(f" {value}" for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def scraped(port: int) -> Numbers:
    """Returns a daemon's metrics, or an empty dict if the daemon does not answer yet."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            return read(answer.read().decode())
    except OSError:
        return {}


@pytest.fixture
def port() -> int:
    """A free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A new store."""
    store = open_store(database, Vault("a secret"))
    yield store
    store.close()


def numbers(store: Store) -> Numbers:
    """Returns the metrics that are read from the database, at noon."""
    registry = CollectorRegistry()
    setup = Setup(check_every=timedelta(hours=6), stale_after=timedelta(hours=48), mail=True)
    judged = lambda at: judge(store.judging.facts(setup, at, None), at)  # noqa: E731
    registry.register(StoreNumbers(lambda at: store.counts.at(at, at - setup.stale_after), lambda: NOON, judged))
    return read(generate_latest(registry).decode())


def test_a_running_daemon_counts_its_work(world: World, port: int) -> None:
    home, other = Service(location_id=HOME), Service(location_id=OTHER, name="Another home")
    world.site.add([home, other])
    world.done("watch", "add", "Leeds", HOME, OTHER)
    world.done("subscribe", "Leeds", "mailto:lead@council.example", "--quiet")
    world.done("check")
    home.newest.overall = "Inadequate"
    world.site.fail(status(503), path=f"/location/{OTHER}")
    with daemon(world, METRICS=f"127.0.0.1:{port}") as process:
        until(lambda: world.mail.mails and scraped(port).get("send_seconds_count mailto accepted"), process)
        until(lambda: scraped(port).get("looks_total not read well"), process)
        found = scraped(port)
        ended(process)
    assert found["events_total downgraded"] == 1 and found["events_total upgraded"] == 0
    assert found["requests_total page"] >= 2 and found["requests_total failing"] >= 1
    assert found["round_seconds_count"] >= 2
    assert found["send_seconds_count mailto accepted"] == 1 and found["send_seconds_count slack broken"] == 0
    assert (found["services not read well"], found["services read well"], found["services stale"]) == (1, 1, 0)
    assert (found["messages sent"], found["messages pending"]) == (1, 0)
    assert (found["workers_alive"], found["database_up"]) == (1, 1)
    assert 0 <= found["last_read_age_seconds"] < 60
    assert scraped(port) == {}


def test_only_the_metrics_are_missing_if_the_port_is_taken(world: World) -> None:
    world.site.add([Service(location_id=HOME)])
    world.done("watch", "add", "Leeds", HOME)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with daemon(world, METRICS=f"127.0.0.1:{taken.getsockname()[1]}") as process:
            until(lambda: world.site.asked(f"/location/{HOME}"), process)
            out = ended(process)
    assert "no metrics are served" in out and "Traceback" not in out


def test_the_metrics_of_ages_and_states_need_only_the_database(store: Store) -> None:
    store.services.watch("Leeds", [HOME], NOON - timedelta(hours=50))
    store.outbox.trouble("key", "mailto:oncall@council.example", "Trouble", ["…"], NOON - timedelta(minutes=90))
    found = numbers(store)
    assert (found["services stale"], found["services read well"], found["messages pending"]) == (1, 0, 1)
    assert found["oldest_owed_age_seconds"] == 5400
    assert found["oldest_read_age_seconds"] == found["looks_due_age_seconds"] == 180_000
    assert found["findings never read look"] == found["findings nobody alerted wrong"] == 1
    assert found["last_read_age_seconds"] == found["workers_alive"] == found["switched_off"] == found["site_blind"] == 0


def test_a_missing_database_is_shown_as_a_metric(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/monitor.db", Vault("a secret"))
    store.close()
    (tmp_path / "monitor.db").write_bytes(b"no database " * 1000)
    assert numbers(store) == {"database_up": 0}
    store.close()


def test_two_processes_count_separately_and_the_server_can_be_stopped(port: int) -> None:
    one, other = Metrics(), Metrics()
    one.looked(services=3, unchanged=1, not_read_well=1, kinds=[])
    other.begin_at_nought(["mailto", "slack", "teams", "webhook"])
    end = serve(one.registry, f"127.0.0.1:{port}")
    assert scraped(port)["looks_total read"] == 1
    end()
    assert scraped(port) == {}
    assert read(generate_latest(other.registry).decode())["looks_total read"] == 0


def test_alerts_and_sources_of_hints_have_separate_metrics(store: Store) -> None:
    assert "time_to_alert_seconds total 0.5" not in numbers(store)
    fall = Event(
        id="fall", location_id=HOME, name="Oak House", kind=Kind.DOWNGRADED, of="overall", published=NOON.date(),
        first_seen_at=NOON - timedelta(minutes=9), observed_at=NOON - timedelta(minutes=8),
    )  # fmt: skip
    body = json.dumps({"events": ["fall"], "watchlists": [], "subject": None})
    with writing(store.engine) as connection:
        columns = {"location_id": HOME, "observed_at": fall.observed_at, "kind": str(fall.kind)}
        connection.execute(insert(table(EventRow)).values(id="fall", body=codec.dump_event(fall), **columns))
        told = {"message_id": "m", "kind": "alert", "address": "", "became": "sent", "at": NOON - timedelta(minutes=5)}
        connection.execute(insert(table(ToldRow)).values(body=body, **told))
    store.hints.failed("list", "empty", NOON - timedelta(days=2))
    found = numbers(store)
    assert found["time_to_alert_seconds 0.95 total"] == 240 and found["time_to_alert_seconds 1 confirmed"] == 60
    assert (found["time_to_alert_items accepted"], found["time_to_alert_items waiting"]) == (1, 0)
    assert (found["source_silent list"], found["source_publications list not named"]) == (1, 0)
    assert not [name for name in found if name.startswith("source_lag")]
