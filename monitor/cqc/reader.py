"""The client of the reader process. The client sends bytes to the process and receives values. If the process ends while it
reads a body, the client starts a new process for the next body.

Each body has limits on CPU time and memory, which the operating system enforces on the process, and a limit on elapsed time,
which this module enforces. A process reads several bodies. The process is replaced by a new process after `Limits.bodies`
bodies, and whenever it had to be stopped.
"""

import asyncio
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from monitor import codec, logs
from monitor.cqc.frames import ANSWER, REQUEST, WITH_TEMPLATE, Outcome, Task
from monitor.cqc.publications import load_publications
from monitor.detect.hints import Publications
from monitor.errors import TooHeavy, Unreadable
from monitor.model import Reading
from monitor.notify.delivery_report import DeliveryReport, MailOutcome

TOO_HEAVY = "not read: too heavy for the reader"
"""The message if the process had to be stopped while it read a body."""

AT_ONCE = 2
"""Two bodies may be read at the same time, so that a heavy body does not delay all others."""

log = logs.logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits for one body: seconds of CPU, bytes of memory (address space), seconds of elapsed time (`clock`), and bytes of the
    result (`answer`). The elapsed time includes the start of a process. `bodies` is how many bodies one process reads before it
    is replaced. Replacing the process frees memory that its libraries leaked."""

    seconds: int = 5
    memory: int = 500_000_000
    clock: float = 30.0
    answer: int = 4_000_000
    bodies: int = 500


PAGE = Limits()

WORKBOOK = Limits(seconds=10, memory=600_000_000, answer=60_000_000)
"""Workbooks need higher limits than pages: CQC's directory of all services, as a workbook, has 19 MB."""


class Reader:
    """Up to `AT_ONCE` reader processes, each started when it is first needed. A Reader is used within one event loop."""

    def __init__(self, limits: Limits = PAGE) -> None:
        self._limits = limits
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def read(
        self, body: bytes, *, content_type: str | None = None, url: str | None = None, pdf: bool = False
    ) -> Reading:
        """Returns the reading of a body, as `monitor.cqc.read.read` does. Like all methods of this class, raises Unreadable if
        the body can't be read, and TooHeavy if the process had to be stopped."""
        return _reading(await self._done(Task.PDF if pdf else Task.READ, body, content_type, url))

    async def lines(self, body: bytes, *, content_type: str | None = None, pdf: bool = False) -> tuple[str, ...]:
        """Returns the lines that a person sees, as `monitor.cqc.read.lines` does."""
        return tuple(json.loads(await self._done(Task.PDF_LINES if pdf else Task.LINES, body, content_type)))

    async def answer(self, body: bytes) -> tuple[str, Reading, tuple[str, ...]]:
        """Returns the API's answer about a service as JSON text, without the names of people; the answer's Reading; and its
        unknown parts (see `read.drift`)."""
        done = await self._done(Task.ANSWER, body)
        return *_text_and_reading(done), tuple(str(one) for one in json.loads(done)["strange"])

    async def capture(self, body: bytes, *, url: str | None) -> tuple[str, Reading]:
        """Returns the text of a page, and the Reading of this text. A person's name is removed if a role or a title is beside
        the name."""
        return _text_and_reading(await self._done(Task.CAPTURE, body, None, url))

    async def sheets(self, body: bytes) -> Sequence[tuple[int, list[list[str]]]]:
        """Returns, for each sheet of a workbook, the number of the first row, and the rows."""
        found: list[tuple[int, list[list[str]]]] = json.loads(await self._done(Task.SHEETS, body))
        return found

    async def letter(self, template: bytes, values: Mapping[str, str]) -> tuple[bytes, str]:
        """Returns a letter made from a template, as `monitor.cqc.letter.filled` does."""
        given = json.dumps({"template": b64encode(template).decode(), "values": dict(values)}).encode()
        found = json.loads(await self._done(Task.LETTER, given))
        return b64decode(found["docx"]), str(found["text"])

    async def publications(self, body: bytes) -> Publications:
        """Returns the services and dates in the site's list of publications, as `monitor.cqc.publications.read_publications`
        does."""
        return load_publications(await self._done(Task.LIST, body))

    async def delivery_report(self, body: bytes) -> DeliveryReport | None:
        """Returns what a mail reports about the delivery of one of our mails, as `monitor.notify.delivery_report.read_report`
        does."""
        found = json.loads(await self._done(Task.BOUNCE, body))
        if found is None:
            return None
        return DeliveryReport(messages=tuple(found["messages"]), became=MailOutcome(found["became"]), reply=found["reply"])

    async def document(self, paper: bytes, template: bytes) -> bytes:
        """Returns the Word document that `monitor.reports.word.as_docx` makes from a paper (as JSON) and a council's
        template."""
        done = await self._done(Task.WORD, WITH_TEMPLATE.pack(len(paper)) + paper + template)
        return b64decode(json.loads(done))

    async def _done(self, task: Task, body: bytes, content_type: str | None = None, url: str | None = None) -> bytes:
        said = json.dumps({"do": task, "content_type": content_type, "url": url}).encode()
        async with self._turns:
            try:
                outcome, answer = await self._asked(said, body)
            # the body did not cause this: another program ended the process, or the system did because memory was short
            except _KilledError:
                outcome, answer = await self._asked(said, body, last=True)
        if outcome is Outcome.HEAVY:
            log.warning(TOO_HEAVY, doing=task, url=url, bytes=len(body))
            raise TooHeavy(TOO_HEAVY)
        if outcome is Outcome.UNREADABLE:
            raise Unreadable(answer.decode("utf-8", "replace"))
        return answer

    async def _asked(self, said: bytes, body: bytes, *, last: bool = False) -> tuple[Outcome, bytes]:
        """Returns the answer of a reader process. The outcome is HEAVY if the process was stopped because of the body. If the
        process was killed from outside, raises _KilledError; with `last`, returns HEAVY instead."""
        process = _taken(self._limits)
        try:
            async with asyncio.timeout(self._limits.clock):
                outcome, answer = await process.exchanged(said, body)
        except (TimeoutError, _TooLongError):
            process.end()
            return Outcome.HEAVY, b""
        except (EOFError, OSError):
            if process.end() == -signal.SIGKILL and not last:
                raise _KilledError from None
            return Outcome.HEAVY, b""
        except BaseException:  # for example, the task was cancelled, so nobody needs the result any longer
            process.end()
            raise
        if outcome is Outcome.HEAVY:
            process.end()
        else:
            _given_back(process)
        return outcome, answer


class _KilledError(Exception):
    """The process was ended from outside."""


class _TooLongError(Exception):
    """The answer is larger than allowed."""


class _Process:
    """A reader process and the socket to it. Raises Unreadable if it cannot be started."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._bodies = 0
        said = ["--memory", str(limits.memory), "--seconds", str(limits.seconds)]
        command = [sys.executable, "-P", "-m", "monitor.cqc.reader_process", *said]
        nowhere = subprocess.DEVNULL
        self._socket, theirs = socket.socketpair()
        self._socket.setblocking(False)
        try:
            self._process = subprocess.Popen(  # noqa: S603
                command, stdin=theirs.fileno(), stdout=nowhere, stderr=nowhere, env=_environment()
            )
        except OSError as error:
            self._socket.close()
            raise Unreadable(f"not read: the reader can't be started: {error.strerror}") from None
        finally:
            theirs.close()

    @property
    def serves_on(self) -> bool:
        """Returns whether the process is still running and may read another body."""
        return self._bodies < self.limits.bodies and self._process.poll() is None

    async def exchanged(self, said: bytes, body: bytes) -> tuple[Outcome, bytes]:
        """Sends a request and returns the answer. Raises EOFError or OSError if the process ends before it has answered, and
        _TooLongError if the answer is too long."""
        loop = asyncio.get_running_loop()
        self._bodies += 1
        await loop.sock_sendall(self._socket, REQUEST.pack(len(said), len(body)) + said)
        await loop.sock_sendall(self._socket, body)
        outcome, size = ANSWER.unpack(await _exactly(self._socket, ANSWER.size))
        if size > self.limits.answer:
            raise _TooLongError
        return Outcome(outcome), await _exactly(self._socket, size)

    def end(self) -> int:
        """Ends the process at once. Returns its exit status, which is negative if a signal ended the process. If the process
        had already ended, the status is that of its earlier end."""
        self._process.kill()
        status = self._process.wait()
        self._socket.close()
        return status


_idle: list[_Process] = []
"""Idle processes. All readers share these processes, since starting a new process takes time."""

_idle_lock = threading.Lock()
"""Protects `_idle`, since uploads are read in threads."""


def _taken(limits: Limits) -> _Process:
    """Returns an idle process with these limits, or else a new process."""
    with _idle_lock:
        fitting = [one for one in _idle if one.limits == limits]
        for process in fitting:
            _idle.remove(process)
            if process.serves_on:
                return process
            process.end()
    return _Process(limits)


def _given_back(process: _Process) -> None:
    if process.serves_on:
        _idle.append(process)
    else:
        process.end()


@atexit.register
def _end_all() -> None:
    while _idle:
        _idle.pop().end()


async def _exactly(connection: socket.socket, size: int) -> bytes:
    """Receives exactly this many bytes. Raises EOFError if the process ends first."""
    loop = asyncio.get_running_loop()
    buffer = bytearray(size)
    rest = memoryview(buffer)
    while rest:
        received = await loop.sock_recv_into(connection, rest)
        if not received:
            raise EOFError
        rest = rest[received:]
    return bytes(buffer)


def _reading(text: bytes | str) -> Reading:
    """Returns the reading in the process's answer. The answer is no more trusted than the body, so it is accepted only if it is
    a valid Reading."""
    try:
        return codec.load_reading(text)
    except ValidationError:
        raise Unreadable("the reader's answer is not understood") from None


def _text_and_reading(answer: bytes) -> tuple[str, Reading]:
    held = json.loads(answer)
    return held["body"], _reading(held["reading"])


def _environment() -> dict[str, str]:
    """Returns only the environment variables that Python needs to start. Other variables may contain secrets."""
    wanted = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "SYSTEMROOT")
    return {name: os.environ[name] for name in wanted if name in os.environ}
