"""Pages that are built to stop the monitor. Other falls are still reported, a stop signal is obeyed, and `status` names the
service. Numbers such as S1-1 are the numbers of findings in the security review.
"""

import binascii
import json
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from monitor.cqc.reader import PAGE, Reader
from tests.conftest import World
from tests.cqc.test_reader import is_there, processes
from tests.misbehaving import LOOP, SLEEP, installed, started_from
from tests.simulated.server import Answer
from tests.simulated.services import ENTERED, Service
from tests.test_daemon import daemon, ended, until

HEAVY, OTHER = "1-2235535718", "1-545296200"


@pytest.fixture(autouse=True)
def none_idle(tmp_path: Path) -> Iterator[None]:
    """Each test has its own reader processes, which do what a page orders."""
    with started_from(installed(tmp_path / "site")):
        yield


def watching(world: World) -> tuple[Service, Service]:
    heavy, other = Service(location_id=HEAVY, name="Oak House"), Service(location_id=OTHER, name="Elm House")
    world.site.add([heavy, other])
    world.done("watch", "add", "Leeds", HEAVY, OTHER)
    world.done("subscribe", "Leeds", "mailto:lead@council.example", "--quiet")
    world.done("check")
    return heavy, other


@pytest.mark.slow
@pytest.mark.usefixtures("each_database")
def test_s1_1_while_a_page_blocks_its_reader_a_fall_is_reported_and_a_stop_signal_obeyed(world: World) -> None:
    """No part of this test waits for the reader's own time limit. The reader's process exists until the daemon ends it."""
    heavy, other = watching(world)
    heavy.newest.text = SLEEP
    with daemon(world) as process:
        until(lambda: processes(process.pid), process)
        other.inspect(on=date(2026, 9, 1), overall="Inadequate", special_measures=ENTERED)
        for _ in range(2):
            world.done("check", OTHER)
        until(lambda: any("Elm House" in mail.subject for mail in world.mail.mails), process)
        readers = processes(process.pid)
        assert readers
        out = ended(process)
    assert not any(is_there(one) for one in readers)
    assert "too heavy" not in out  # the reader did not reach its limit
    assert "Traceback" not in out


@pytest.mark.usefixtures("each_database")
def test_s1_1_status_names_the_blocked_service_and_its_next_check_comes_two_hours_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reader.__init__, "__defaults__", (replace(PAGE, seconds=1),))  # the endless loop lasts longer than this
    heavy, _ = watching(world)
    heavy.newest.text = LOOP
    status, out, _ = world.run("check")
    assert status == 1
    assert f"{HEAVY}: not read: too heavy for the reader" in out
    shown = json.loads(world.run("status", "--json")[1])
    assert any(HEAVY in line and "too heavy for the reader" in line for line in shown["wrong"])
    later = {one["location_id"]: datetime.fromisoformat(one["next_look_at"]) for one in shown["services"]}
    assert later[HEAVY] > datetime.now(UTC) + timedelta(minutes=100)
    heavy.newest.text = "All is well."
    world.done("check")
    assert "too heavy" not in world.run("status")[1]


def pdf(stream: bytes, filters: bytes) -> bytes:
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
        b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(stream), filters, stream),
    )
    parts = [b"%d 0 obj\n%s\nendobj\n" % (number, text) for number, text in enumerate(objects, start=1)]
    return b"%PDF-1.4\n" + b"".join(parts) + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF"


def packed(megabytes: int) -> bytes:
    return zlib.compress(b"BT (Overall: Good) Tj ET\n" * (megabytes * 40_000), 9)


BODIES: dict[str, Callable[[], bytes]] = {
    "S1-1: a class attribute of 200 KB": lambda: b"<h1>Oak</h1><p class='is-good " + b"is" * 100_000 + b"!'>Overall: Good</p>",
    "S1-1: 200,000 line feeds": lambda: b"Overall: Good" + b"\n" * 200_000,
    "S2-1: a PDF in a page's place": lambda: pdf(packed(1), b"/FlateDecode"),
    "S2-1: a PDF bomb behind a hex filter": lambda: pdf(binascii.hexlify(packed(100)) + b">", b"[/ASCIIHexDecode /FlateDecode]"),
    "S2-1: a PDF bomb that says it is metadata": lambda: pdf(packed(100), b"/FlateDecode /X /Metadata"),
    "100,000 elements deep": lambda: b"<div>" * 100_000 + b"Overall: Good",
    "S2-2: two words and a thousand blanks": lambda: b"<ul><li>Mary Jones\n" + b" " * 1000 + b"</li></ul>" * 20,
    "arrays in arrays": lambda: b"[" * 4_900_000,
}

PROGRAM = """
import asyncio, resource, sys
from monitor.cqc.reader import Reader
from monitor.errors import Unreadable

def held():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() // 1_000_000

async def main():
    reader, bodies = Reader(), [open(name, "rb").read() for name in sys.argv[1:]]
    await reader.read(b"<h1>Oak</h1><p>Overall: Good</p>")
    before = held()
    for body in bodies:
        for task in (reader.read(body, content_type="text/html"), reader.read(body, pdf=True), reader.lines(body),
                     reader.capture(body, url=None)):
            try:
                await task
            except Unreadable as error:
                print(error)
    print(held() - before)

asyncio.run(main())
"""


@pytest.mark.slow
def test_s1_1_s2_1_s2_2_hostile_bodies_do_no_harm_to_the_fetching_process(tmp_path: Path) -> None:
    for number, make in enumerate(BODIES.values()):
        (tmp_path / f"body-{number}").write_bytes(make())
    bodies = [str(tmp_path / f"body-{number}") for number in range(len(BODIES))]
    done = subprocess.run([sys.executable, "-c", PROGRAM, *bodies], capture_output=True, text=True, check=True)
    assert int(done.stdout.splitlines()[-1]) < 20, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_s1_1_s2_1_s2_2_a_hostile_body_is_reported_and_the_next_service_is_read(world: World, body: Callable[[], bytes]) -> None:
    _, other = watching(world)
    served = body()
    world.site.fail(lambda _: Answer(headers={"Content-Type": "text/html"}, body=served), path=f"/location/{HEAVY}")
    other.inspect(on=date(2026, 9, 1), overall="Inadequate")
    status, out, err = world.run("check")
    assert status == 1
    assert f"Not fully read: {HEAVY}" in out
    assert "Traceback" not in out + err
    world.run("check")
    assert "Elm House" in world.done("events")
    assert "Oak House" not in world.done("events")
