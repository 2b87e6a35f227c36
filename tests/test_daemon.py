"""Tests the daemon as a process: it checks services, sends alerts, stops at a signal, and refuses to run beside another
daemon."""

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime

import pytest

from monitor import __version__
from monitor.detect.agreement import Outcome
from monitor.register.entries import FileKind
from monitor.settings import Settings
from monitor.store.database import connected
from monitor.store.verifications import Verifications
from tests.conftest import World
from tests.programs import PATIENCE, Program
from tests.registered import care, note_files, take
from tests.simulated.published import Listed
from tests.simulated.regulator import LIST_ALLOWED
from tests.simulated.services import ENTERED, Service

HOME = "1-2235535718"


@contextmanager
def daemon(world: World, **settings: str) -> Iterator[Program]:
    """Runs `cqc-monitor run` in this world. At the end, kills the process if it is still running."""
    with Program("run", cwd=world.folder, env=environment(world, **settings)) as process:
        yield process


def environment(world: World, **settings: str) -> dict[str, str]:
    """The environment for a fast daemon in this world."""
    return os.environ | world.settings() | {"CHECK_EVERY": "2s", "CONFIRM_AFTER": "1s"} | settings


def until(done: Callable[[], object], process: Program, seconds: float = PATIENCE) -> None:
    """Waits until `done` returns something true. Fails if this takes too long, or if the daemon ends."""
    deadline = time.monotonic() + seconds
    while not done():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < deadline, f"what the test waits for did not happen within {seconds} seconds"
        time.sleep(0.1)


def ended(process: Program) -> str:
    """Ends the daemon with SIGTERM, which the daemon must obey within 15 seconds. Returns the daemon's output."""
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=15)
    assert process.returncode == 0, out
    return out


@pytest.mark.usefixtures("each_database")
def test_the_daemon_reports_a_fall_once_without_any_command(world: World) -> None:
    home = Service(location_id=HOME)
    world.site.add([home])
    world.done("watch", "add", "Leeds", HOME)
    world.done("subscribe", "Leeds", "mailto:lead@council.example")
    with daemon(world) as process:
        until(lambda: world.mail.mails, process)  # the welcome has arrived
        home.inspect(on=date(2026, 9, 1), overall="Inadequate", special_measures=ENTERED)
        until(lambda: len(world.mail.mails) >= 2, process)
        looks = len(world.site.asked(f"/location/{HOME}"))
        until(lambda: len(world.site.asked(f"/location/{HOME}")) > looks + 3, process)
        out = ended(process)
    assert [mail.subject for mail in world.mail.mails] == [
        "Leeds: watching 1 service",
        "Inadequate, special measures: Cherrybrook Care Home",
    ]
    assert "Traceback" not in out


def test_a_fall_in_cqcs_list_of_publications_is_reported_before_the_next_planned_check(world: World) -> None:
    home = Service(location_id=HOME)
    world.site.add([home])
    world.site.robots = LIST_ALLOWED
    world.done("watch", "add", "Leeds", HOME)
    world.done("subscribe", "Leeds", "mailto:lead@council.example", "--quiet")
    world.done("check")
    today = datetime.now(UTC).date()
    home.inspect(on=date(2026, 9, 1), published=today, overall="Inadequate")
    world.site.listed = [Listed(HOME, today)]
    with daemon(world, CHECK_EVERY="1d") as process:
        until(lambda: world.mail.mails, process)
        ended(process)
    assert [mail.subject for mail in world.mail.mails] == ["Inadequate: Cherrybrook Care Home"]


def test_a_service_that_is_added_while_the_daemon_runs_is_checked(world: World) -> None:
    with daemon(world) as process:
        until(lambda: (world.folder / "state" / "monitor.db").exists(), process)
        world.site.add([Service(location_id=HOME)])
        world.done("watch", "add", "Leeds", HOME)
        until(lambda: world.site.asked(f"/location/{HOME}"), process)
        ended(process)


def test_without_watchlists_the_daemon_says_in_three_lines_how_to_begin_and_ends_at_a_signal(world: World) -> None:
    """Starts the daemon in a new interpreter, as an operator does."""
    command = [sys.executable, "-m", "monitor", "run"]
    with subprocess.Popen(command, cwd=world.folder, env=environment(world), stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(3)]
            process.terminate()
            assert process.wait(15) == 0
        finally:
            process.kill()
    assert lines[0].startswith("Nothing is watched yet.")
    assert "watch add" in lines[1] and "subscribe" in lines[2]


def test_the_first_line_of_the_log_gives_the_settings_and_the_number_of_services(world: World) -> None:
    world.site.add([Service(location_id=HOME)])
    world.done("watch", "add", "Leeds", HOME)
    with daemon(world, CHECK_EVERY="6h") as process:
        first = process.stdout.readline()
        ended(process)
    said = f"event=started version={__version__} services=1 check_every=\"6 hours\" mail=smtp api=\"not used\" database=sqlite"
    assert said in first, first


def test_a_terminal_shows_the_progress_of_a_command_and_the_effect_of_ctrl_c(world: World) -> None:
    """The program may make only two requests per second, so that the command is still running when Ctrl-C is pressed."""
    services = [Service(location_id=f"1-{2_000_000_000 + n}") for n in range(60)]
    world.site.add(services)
    world.done("watch", "add", "Leeds", *(one.location_id for one in services))
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "monitor", "check"]
    env = environment(world, REQUESTS_PER_SECOND="2")
    with subprocess.Popen(command, cwd=world.folder, env=env, stderr=its, stdout=its, start_new_session=True) as process:
        os.close(its)
        seen = b""
        try:
            while b"2 of 60 services" not in seen:
                seen += os.read(ours, 4096)
            process.send_signal(signal.SIGINT)
            with suppress(OSError):  # reading from the terminal raises OSError after the program has ended
                while more := os.read(ours, 4096):
                    seen += more
            assert process.wait(15) == 130
        finally:
            process.kill()
            os.close(ours)
    assert b"checking: " in seen
    assert seen.decode().replace("\r", "").endswith("stopped with Ctrl-C. Finished work is kept, and nothing is half done.\n")
    assert b"Traceback" not in seen
    assert 2 <= world.run("status")[1].count("last fully read") < 60


@pytest.mark.usefixtures("each_database")
def test_the_daemon_compares_its_readings_with_cqcs_files(world: World) -> None:
    other, day = "1-1000000007", date(2023, 4, 18)
    world.site.add([Service(location_id=HOME), Service(location_id=other)])
    world.done("watch", "add", "Leeds", HOME)
    with connected(os.environ.get("DATABASE_URL", Settings().database_url)) as engine:
        take(engine, [(day, [care(HOME, "inadequate", published=day, on=day), care(other, published=day, on=day)])])
        note_files(engine, day, FileKind.RATINGS)
        kept = Verifications(engine)
        with daemon(world, CHECK_EVERY="6h", VERIFY_OTHERS="1000") as process:
            until(lambda: len(kept.of([HOME, other], datetime(2020, 1, 1, tzinfo=UTC))) == 2, process, seconds=90)
            out = ended(process)
        found = {one.location_id: one.outcome for one in kept.of([HOME, other], datetime(2020, 1, 1, tzinfo=UTC))}
    assert found == {HOME: Outcome.DIFFERS, other: Outcome.AGREES}
    assert "not as in CQC's file" in out and HOME in out and "overall: read good, CQC's file says inadequate" in out
    assert len(world.site.asked(f"/location/{HOME}")) <= 2 and len(world.site.asked(f"/location/{other}")) >= 1
    assert not world.mail.mails


def test_a_second_daemon_on_the_same_database_is_refused(world: World) -> None:
    with daemon(world) as process:
        until(lambda: (world.folder / "state" / "monitor.db.lock").exists(), process)
        status, out, err = world.run("run")
        assert (status, out) == (2, "") and "another cqc-monitor run is using" in err and err.count("\n") == 1
        ended(process)


def test_the_dead_mans_switch_is_pinged_while_all_is_well(world: World) -> None:
    world.site.add([Service(location_id=HOME)])
    world.done("watch", "add", "Leeds", HOME)
    world.done("subscribe", "Leeds", "mailto:lead@council.example", "--quiet")
    with daemon(world, HEARTBEAT_URL=f"{world.slack.url}/ping/s3cr3t") as process:
        until(lambda: world.slack.requests, process)
        out = ended(process)
    assert world.slack.requests[0].path == "/ping/s3cr3t" and "s3cr3t" not in out


@pytest.mark.slow
@pytest.mark.parametrize("where", ["site", "mail"])
def test_the_daemon_stops_in_time_although_the_site_or_a_receiver_is_slow(world: World, where: str) -> None:
    from tests.simulated.server import Answer, slow

    home = Service(location_id=HOME)
    world.site.add([home])
    world.done("watch", "add", "Leeds", HOME)
    if where == "site":
        world.site.fail(slow(60))
    else:
        world.done("check")
        world.done("subscribe", "Leeds", f"slack:{world.slack.url}/services/T0/B0/x")
        world.slack.fail(Answer(delay=60))
    with daemon(world) as process:
        until(lambda: world.site.asked() if where == "site" else world.slack.requests, process)
        ended(process)
    assert world.run("status")[0] in {0, 1}


def test_no_message_is_lost_if_the_daemon_is_killed_after_the_check(world: World) -> None:
    home = Service(location_id=HOME)
    world.site.add([home])
    world.done("watch", "add", "Leeds", HOME)
    world.done("subscribe", "Leeds", "mailto:lead@council.example", "--quiet")
    world.done("check")
    world.mail.refuse(451, at="DATA")
    home.newest.overall = "Inadequate"
    with daemon(world) as process:
        until(lambda: "fell from" in world.done("events"), process)
        process.kill()
    world.mail.accept()
    assert world.mail.mails == []
    with daemon(world) as process:
        until(lambda: world.mail.mails, process)
        ended(process)
    assert len(world.mail.mails) == 1
