"""The process that parses untrusted bytes, one body after another. The module `reader` starts the process and limits its
elapsed time.

A malicious or broken body may make a parser loop, fill the memory or crash. Bodies are therefore parsed in this process. If the
process reaches its limits, the operating system ends it, and no other process is affected. The process has no secrets in its
environment, writes no file, and communicates only over the socket that is its standard input (frames.py).
"""

import argparse
import json
import socket
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from monitor.cqc import limits
from monitor.cqc.frames import ANSWER, REQUEST, WITH_TEMPLATE, Outcome, Task
from monitor.errors import Unreadable, fault


def main() -> int:
    """Reads bodies until the program at the other end closes the socket."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--memory", type=int, required=True, help="bytes of address space")
    parser.add_argument("--seconds", type=int, required=True, help="of CPU for each body")
    options = parser.parse_args()

    limits.confine(memory=options.memory, seconds=options.seconds)
    connection = socket.socket(fileno=sys.stdin.fileno())
    try:
        while (request := _request(connection)) is not None:
            limits.allow(options.seconds)
            with limits.ending_with(connection):
                outcome, text = _outcome(*request)
                answer = text.encode("utf-8", "replace")
            connection.sendall(ANSWER.pack(outcome, len(answer)) + answer)
            if outcome is Outcome.HEAVY:
                return 1
    except OSError:  # the program at the other end of the socket has ended
        return 1
    return 0


def _request(connection: socket.socket) -> tuple[Mapping[str, Any], bytes] | None:
    head = _exactly(connection, REQUEST.size)
    if head is None:
        return None
    said_size, body_size = REQUEST.unpack(head)
    said, body = _exactly(connection, said_size), _exactly(connection, body_size)
    return None if said is None or body is None else (json.loads(said), body)


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    """Returns exactly `size` bytes; None if the program at the other end closes the socket first."""
    buffer = bytearray(size)
    rest = memoryview(buffer)
    while rest:
        received = connection.recv_into(rest)
        if not received:
            return None
        rest = rest[received:]
    return bytes(buffer)


def _outcome(said: Mapping[str, Any], body: bytes) -> tuple[Outcome, str]:
    try:
        return Outcome.DONE, _TASKS[Task(said["do"])](body, said.get("content_type"), said.get("url"))
    except Unreadable as error:
        return Outcome.UNREADABLE, str(error)
    except (MemoryError, RecursionError):
        return Outcome.HEAVY, ""
    except Exception as error:
        return Outcome.UNREADABLE, fault(error)


# Each task imports only the modules that it needs. A task for a page does not load a PDF library, and a task for a workbook
# does not load the page reader.


def _read(body: bytes, content_type: str | None, url: str | None, *, pdf: bool = False) -> str:
    from monitor.codec import dump_reading
    from monitor.cqc.read import read

    return dump_reading(read(body, content_type=content_type, url=url, pdf=pdf))


def _lines(body: bytes, content_type: str | None, _url: str | None, *, pdf: bool = False) -> str:
    from monitor.cqc.read import lines

    return json.dumps(lines(body, content_type=content_type, pdf=pdf))


def _answer(body: bytes, _content_type: str | None, _url: str | None) -> str:
    from monitor.codec import dump_reading
    from monitor.cqc.read import drift
    from monitor.cqc.read.answer import plain_answer, read_answer

    plain = plain_answer(body)
    text = json.dumps(plain, ensure_ascii=False, indent=1)
    strange = [str(note) for note in drift.notes(plain)]
    return json.dumps({"body": text, "reading": dump_reading(read_answer(plain)), "strange": strange})


def _capture(body: bytes, _content_type: str | None, url: str | None) -> str:
    from monitor.codec import dump_reading
    from monitor.cqc.read import read
    from monitor.cqc.read.people import without_people

    text = without_people(body.decode("utf-8", errors="replace"))
    return json.dumps({"body": text, "reading": dump_reading(read(text.encode(), url=url))})


def _sheets(body: bytes, _content_type: str | None, _url: str | None) -> str:
    from monitor.cqc.workbook import sheets

    return json.dumps(sheets(body))


def _letter(body: bytes, _content_type: str | None, _url: str | None) -> str:
    from base64 import b64decode, b64encode

    from monitor.cqc.letter import filled

    given = json.loads(body)
    docx, text = filled(b64decode(given["template"]), given["values"])
    return json.dumps({"docx": b64encode(docx).decode(), "text": text})


def _list(body: bytes, _content_type: str | None, _url: str | None) -> str:
    from monitor.cqc.publications import dump_publications, read_publications

    return dump_publications(read_publications(body))


def _bounce(body: bytes, _content_type: str | None, _url: str | None) -> str:
    from dataclasses import asdict

    from monitor.notify.delivery_report import read_report

    report = read_report(body)
    return json.dumps(asdict(report) if report else None)


def _word(body: bytes, _content_type: str | None, _url: str | None) -> str:
    from base64 import b64encode

    from monitor.reports.paper import load_paper
    from monitor.reports.word import as_docx

    (length,) = WITH_TEMPLATE.unpack_from(body)
    begins = WITH_TEMPLATE.size + length
    paper = load_paper(body[WITH_TEMPLATE.size : begins])
    return json.dumps(b64encode(as_docx(paper, "", body[begins:])).decode())


_TASKS: Mapping[Task, Callable[[bytes, str | None, str | None], str]] = {
    Task.READ: _read,
    Task.PDF: partial(_read, pdf=True),
    Task.LINES: _lines,
    Task.PDF_LINES: partial(_lines, pdf=True),
    Task.ANSWER: _answer,
    Task.CAPTURE: _capture,
    Task.SHEETS: _sheets,
    Task.LETTER: _letter,
    Task.LIST: _list,
    Task.BOUNCE: _bounce,
    Task.WORD: _word,
}


if __name__ == "__main__":
    sys.exit(main())
