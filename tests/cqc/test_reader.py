"""Tests the reader process. Whatever the body of a page does to the process, the next page is read, and no trace of the
first page is left."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.reading import pdf_of
from monitor.cqc import reader as module
from monitor.cqc.read import read
from monitor.cqc.reader import TOO_HEAVY, Limits, Reader
from monitor.errors import TooHeavy, Unreadable
from tests.misbehaving import CRASH, FILL, LOOP, POUR, SLEEP, installed, started_from
from tests.programs import PATIENCE
from tests.simulated.layouts import Layout, location_page
from tests.simulated.services import Service

PAGE = location_page(Service(location_id="1-2235535718"), next(iter(Layout)), others=[]).encode()
QUICK = Limits(seconds=1, clock=5.0)
PATIENT = Limits(seconds=60, clock=60.0)


@pytest.fixture(autouse=True)
def none_idle(tmp_path: Path) -> Iterator[None]:
    """Each test begins and ends without a reader process. In these tests, a reader process does what an order in a page says
    (LOOP, SLEEP and others)."""
    module._end_all()  # `processes` would count idle processes too
    with started_from(installed(tmp_path / "site")):
        yield


def asking(what: str) -> bytes:
    return PAGE.replace(b"</body>", f"<p>{what}</p></body>".encode())


def processes(of: int | None = None) -> set[int]:
    """The ids of the reader processes that a process started. `of` is the id of that process (None: this process)."""
    children = (file for file in Path("/proc").glob("[0-9]*/stat") if _parent(file) == (of or os.getpid()))
    return {int(file.parent.name) for file in children if b"reader_process" in _text(file.with_name("cmdline"))}


def _parent(stat: Path) -> int | None:
    fields = _text(stat).rpartition(b")")[2].split()
    return int(fields[1]) if fields else None


def _text(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # the process has just ended
        return b""


def is_there(process: int) -> bool:
    state = Path(f"/proc/{process}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def until(what: object, patience: float = PATIENCE) -> None:
    assert callable(what)
    end = time.monotonic() + patience
    while not what():
        assert time.monotonic() < end, "what the test waited for did not happen in time"
        time.sleep(0.02)


@pytest.mark.slow
def test_the_reader_process_gives_the_same_reading_as_a_direct_call() -> None:
    assert asyncio.run(Reader().read(PAGE, content_type="text/html")) == read(PAGE, content_type="text/html")


@pytest.mark.slow
def test_a_reader_process_is_replaced_after_a_number_of_pages() -> None:
    async def seen() -> list[int]:
        reader, found = Reader(Limits(bodies=2)), []
        for _ in range(5):
            await reader.read(PAGE)
            found.append(len(processes()))
        return found

    assert asyncio.run(seen()) == [1, 0, 1, 0, 1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("what", "limits"),
    [(LOOP, QUICK), (SLEEP, Limits(clock=3.0)), (FILL, PATIENT), (CRASH, PATIENT), (POUR, PATIENT)],
    ids=["the process loops", "the process sleeps", "the memory fills up", "the process crashes", "the answer has no end"],
)
def test_a_page_that_stops_its_reader_process_is_too_heavy_and_the_next_page_is_read(what: str, limits: Limits) -> None:
    async def both() -> None:
        reader = Reader(limits)
        with pytest.raises(TooHeavy, match=TOO_HEAVY):
            await reader.read(asking(what))
        assert not processes()
        assert (await reader.read(PAGE)).understood

    asyncio.run(both())


@pytest.mark.slow
def test_a_heavy_page_does_not_delay_the_next_page() -> None:
    async def both() -> None:
        reader = Reader(PATIENT)
        heavy = asyncio.create_task(reader.read(asking(SLEEP)))
        await asyncio.sleep(0)
        assert (await reader.read(PAGE)).understood
        assert not heavy.done()
        heavy.cancel()
        with pytest.raises(asyncio.CancelledError):
            await heavy

    asyncio.run(both())


def test_a_cancelled_reading_leaves_no_process() -> None:
    async def cancelled() -> None:
        reading = asyncio.create_task(Reader(PATIENT).read(asking(SLEEP)))
        while not processes():
            await asyncio.sleep(0.01)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert not processes()

    asyncio.run(cancelled())


@pytest.mark.slow
def test_a_reader_process_that_was_killed_between_two_pages_is_replaced() -> None:
    async def twice() -> None:
        reader = Reader()
        await reader.read(PAGE)
        (process,) = processes()
        os.kill(process, signal.SIGKILL)
        until(lambda: not is_there(process))
        assert (await reader.read(PAGE)).understood

    asyncio.run(twice())


@pytest.mark.slow
def test_a_page_is_read_again_if_another_program_kills_its_reader_process(tmp_path: Path) -> None:
    """The system kills a process when it is out of memory, which is not the page's fault."""

    async def killed() -> None:
        reading = asyncio.create_task(Reader(PATIENT).read(PAGE))
        while not (found := processes()):
            await asyncio.sleep(0)
        for one in found:
            os.kill(one, signal.SIGKILL)
        assert (await reading).understood

    asyncio.run(killed())


@pytest.mark.slow
@pytest.mark.parametrize("what", [LOOP, SLEEP, ""], ids=["the process loops", "the process sleeps", "the process is idle"])
def test_no_reader_process_is_left_when_the_program_is_killed(what: str, tmp_path: Path) -> None:
    """After SIGKILL none of our code runs. While a regular expression runs, Python would not run a signal handler either."""
    program = (
        "import asyncio, sys\nfrom monitor.cqc.reader import Limits, Reader\n"
        "async def main():\n"
        "    reader = Reader(Limits(seconds=600, clock=600))\n"
        "    await reader.read(b'<p>Overall: Good</p>')\n"
        "    print('begun', flush=True)\n"
        "    await reader.read(sys.argv[1].encode()) if sys.argv[1] else await asyncio.sleep(600)\n"
        "asyncio.run(main())\n"
    )
    command = [sys.executable, "-c", program, what and f"<p>{what}</p>"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as monitor:
        assert monitor.stdout is not None
        assert monitor.stdout.readline() == "begun\n"
        (process,) = processes(monitor.pid)
        if what == LOOP:
            until(lambda: _cpu(process) > 0.8)
        monitor.kill()
    until(lambda: not is_there(process))


def _cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_the_environment_of_the_reader_process_has_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_URL", "smtp://lead:secret@mail.example")
    asyncio.run(Reader().read(PAGE))
    (process,) = processes()
    assert b"secret" not in Path(f"/proc/{process}/environ").read_bytes()


@pytest.mark.slow
def test_the_error_about_an_unreadable_document_says_why() -> None:
    async def said(data: bytes, *, pdf: bool = False) -> str:
        with pytest.raises(Unreadable) as error:
            await Reader().read(data, pdf=pdf)
        return str(error.value)

    assert "PDF" in asyncio.run(said(pdf_of([["Inspection report"]])))
    assert "PDF" in asyncio.run(said(b"%PDF-1.4\nbroken", pdf=True))
    assert "MB" in asyncio.run(said(b"<p>a</p>" * 1_000_000))


@pytest.mark.slow
def test_the_reader_also_returns_api_answers_captures_and_lines() -> None:
    async def work() -> None:
        reader = Reader()
        assert await reader.lines(b"<h1>Oak</h1><p>Overall: Good</p>", content_type="text/html") == ("Oak", "Overall: Good")
        text, reading = await reader.capture(PAGE.replace(b"</body>", b"<p>Mrs Ann Smith</p></body>"), url=None)
        assert "Smith" not in text
        assert reading.understood
        text, reading, strange = await reader.answer(
            b'{"locationId": "1-123456789", "registrationStatus": "Registered", "contacts": [1], "newKey": 7}'
        )
        assert strange == ("newKey",)
        assert "contacts" not in text
        assert reading.location_id == "1-123456789"
        with pytest.raises(Unreadable):
            await reader.answer(b"[]")

    asyncio.run(work())
