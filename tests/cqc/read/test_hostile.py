"""Tests sources that are made to stop or slow down the reader. The reader must need little time and memory for each, and return
a reading or refuse the source in one clear line."""

import gzip
import json
import math
import os
import re
import resource
import signal
import subprocess
import sys
import time
import traceback
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

from bench.reading import pdf_of as pdf
from monitor.cqc.read import read
from monitor.errors import Unreadable
from monitor.model import Reading, Source
from monitor.ratings import Rating

MOST_SECONDS, YARDSTICKS, MOST_MEMORY = 5, 1_500, 500
"""The most CPU time in seconds; the same as a multiple of the time for counting the words of a text of 100 kB (the larger limit
applies, so that slow or busy machines pass too); the most memory in MB, including that of the program."""

HEAD = b"<h1>Oak House</h1><p>Provided and run by:</p><p>Oak Care Limited</p><p>Overall: Good</p>"
MADE_UP = "It was placed in special measures. A breach of regulation 12 was found. We issued a warning notice. "


def answer(inside: str) -> bytes:
    return ('{"locationId": "1-123456789", "registrationStatus": "Registered", ' + inside + "}").encode()


def assessed(inside: str) -> bytes:
    entry = '{"name": "Care Homes", "status": "Current", ' + inside + "}"
    return answer(f'"assessment": [{{"assessmentPlanPublishedDateTime": "2025-01-01", "ratings": {{"asgRatings": [{entry}]}}}}]')


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">{entities}]><l>&l11;</l>'.encode()


def encrypted() -> bytes:
    """Returns a PDF with an unknown password."""
    key = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >> /ID [<01> <01>]"
    return pdf([["Inspection report"]]).replace(b"/Root 1 0 R", f"/Root 1 0 R {key}".encode())


SOURCES: dict[str, Callable[[], bytes]] = {
    "nested arrays": lambda: b"[" * 4_900_000,
    "nested objects": lambda: b'{"a":' * 900_000,
    "nested arrays in an answer": lambda: answer('"currentRatings": ' + "[" * 100_000 + "]" * 100_000),
    "nested objects in an answer": lambda: answer('"currentRatings": ' + '{"overall": ' * 900 + "1" + "}" * 900),
    "a number of a million digits": lambda: assessed('"rating": ' + "9" * 1_000_000),
    "a number of four thousand digits": lambda: assessed('"rating": "Good", "keyQuestionRatings": [{"name": "Safe", '
                                                         '"percentageScore": ' + "9" * 4000 + "}]"),
    "infinite numbers and NaN": lambda: assessed('"rating": NaN, "keyQuestionRatings": [{"name": "Safe", '
                                                 '"percentageScore": Infinity}]'),
    "half a surrogate pair": lambda: assessed(
        '"rating": "\\ud800", "keyQuestionRatings": [{"name": "\\udfff", "rating": "Good"}]'),
    "an endless list of assessments": lambda: answer('"assessment": [' + ", ".join(['{"ratings": {}}'] * 300_000) + "]"),
    "an answer with endless comments": lambda: assessed('"rating": "Good", "commentary": ' + json.dumps(MADE_UP * 30_000)),
    "an answer with endless lines": lambda: assessed('"rating": "Good", "commentary": ' + json.dumps((MADE_UP + "\n") * 30_000)),
    "nested widgets": lambda: b"CQCWidgetDisplayWidget(" + b'{"response":' * 100_000,
    "entities that expand a billion times": laughs,
    "packed with gzip": lambda: gzip.compress(b"<p>Overall: Good</p>" * 100_000),
    "packed with zlib": lambda: zlib.compress(b"Overall: Good\n" * 1_000_000),
    "a page of 64 MB": lambda: b"<p>a</p>" * 8_000_000,
    "a PDF of 64 MB": lambda: b"%PDF-1.4\n" + b"a" * 64_000_000,
    "zero bytes alone": lambda: b"\x00" * 4_900_000,
    "100,000 elements deep": lambda: b"<div>" * 100_000 + b"Overall: Good",
    "nested lists": lambda: HEAD + b"<ul><li><a>x</a>" * 1_900,
    "opening angle brackets alone": lambda: b"<" * 4_900_000,
    "an element with a million attributes": lambda: b"<p " + b"a=1 " * 1_000_000 + b">",
    "comments that never end": lambda: b"<!--" * 1_000_000,
    "a menu with 50,000 links": lambda: HEAD + b"<ul>" + b"<li><a href=/x>x</a></li>" * 50_000 + b"</ul>",
    "50,000 links": lambda: HEAD + b'<a href="/location/1-123456789">x</a>' * 50_000,
    "20,000 table rows with links": lambda: HEAD + b"<table>" + b'<tr><td><a href="/location/1-123456789">a</a><td>b' * 20_000,
    "60,000 labels": lambda: HEAD + b"<p>Safe</p>" * 60_000,
    "beginnings of a label": lambda: HEAD + (b"<p>" + b"the " * 34 + b"</p><p>" + b"is the our " * 12 + b"</p>") * 1_000,
    "30,000 ratings": lambda: HEAD + b"<p>Safe</p><p>Good</p>" * 30_000,
    "a table row with 60,000 cells": lambda: HEAD + b"<table><tr>" + b"<td>Safe" * 60_000,
    "50,000 pictures": lambda: HEAD + b'<p><img alt="Good"></p>' * 50_000,
    "special measures in one paragraph": lambda: HEAD + b"<p>" + b"special measures and " * 90_000,
    "special measures, if unless until": lambda: HEAD + b"<p>" + b"not in special measures if unless until " * 45_000,
    "special measures in 15,000 paragraphs": lambda: HEAD + f"<p>{MADE_UP}</p>".encode() * 15_000,
    "millions of words": lambda: b"a b " * 1_200_000,
    "49,000 lines": lambda: b"Safe: Good\n" * 49_000,
    "48,000 empty lines": lambda: b"Safe\n" + b"\n" * 48_000 + b"Good",
    "empty lines between elements": lambda: b"Safe <p>Good<p>Good" + b"\n" * 4_900_000,
    "a report of headings": lambda: b"Overall rating for this service\nIs the service safe?\nOur findings\n" * 15_000,
    "an empty PDF": lambda: b"%PDF-1.4",
    "a PDF of random bytes": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 10_000,
    "a PDF of 1,000 pages": lambda: pdf([["Inspection report"]] * 1000),
    "a PDF without text": lambda: pdf([[]]),
    "an encrypted PDF": encrypted,
}  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """How the process that read one source ended: its exit status (negative: the signal that ended the process), the most memory
    that it used (in kB), and the rest of its output."""

    status: int
    memory: int
    said: str


def outcome(what: str) -> Reading | str:
    """Returns the reading of a hostile source, or the line that says why the source was refused."""
    return _outcome(SOURCES[what]())


def _outcome(source: bytes) -> Reading | str:
    try:
        return read(source, pdf=True)
    except Unreadable as refused:
        assert "\n" not in str(refused)
        return str(refused)


def serve() -> None:
    """Reads the sources that the lines on standard input name, each in a process of its own. These processes are forked after
    all modules have been imported and the patterns for an ordinary page compiled, which would otherwise take most of the time."""
    _outcome(HEAD + MADE_UP.encode())
    for line in sys.stdin:
        yardstick = time.process_time()
        Counter(re.findall(r"\w+", MADE_UP * 1_000))
        yardstick = time.process_time() - yardstick
        child = os.fork()
        if child == 0:
            _cost(line.strip(), max(MOST_SECONDS, YARDSTICKS * yardstick))
        print(f"ended {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}", flush=True)


def _cost(what: str, most: float) -> NoReturn:
    status = 1
    try:
        os.dup2(sys.stdout.fileno(), sys.stderr.fileno())
        source = SOURCES[what]()
        limit = math.ceil(time.process_time() + most)  # the time in which the source was made does not count
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        signal.alarm(120)  # ends the process if it waits without using CPU time
        _outcome(source)
        with Path("/proc/self/status").open() as lines:  # getrusage also counts the parent process
            print("memory", next(line.split()[1] for line in lines if line.startswith("VmHWM:")), flush=True)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


@pytest.fixture(scope="module")
def cost() -> Iterator[Callable[[str], Cost]]:
    """A function that reads a source in a separate process and returns the cost."""
    command = [sys.executable, "-c", "from tests.cqc.read.test_hostile import serve; serve()"]
    folder = Path(__file__).parents[3]
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        asked, answered = server.stdin, server.stdout
        assert asked is not None and answered is not None

        def of(what: str) -> Cost:
            print(what, file=asked, flush=True)
            memory, said = 0, ""
            for line in answered:
                word, _, number = line.partition(" ")
                if word == "ended":
                    return Cost(int(number), memory, said)
                if word == "memory":
                    memory = int(number)
                else:
                    said += line
            raise AssertionError(f"the server of sources has ended:\n{said}")

        yield of
        asked.close()


@pytest.mark.slow
@pytest.mark.parametrize("what", SOURCES)
def test_a_hostile_source_is_read_or_refused_quickly_and_in_little_memory(what: str, cost: Callable[[str], Cost]) -> None:
    """The source is read in a separate process. The process fails if the result is neither a reading nor Unreadable, and is ended
    if it takes too long."""
    came_to = cost(what)
    assert came_to.status == 0, came_to
    assert came_to.memory < MOST_MEMORY * 1024


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_a_page_in_utf_16_is_read(charset: str) -> None:
    page = f"\ufeff<html>{HEAD.decode()}<p>Safe: Inadequate</p></html>"
    reading = read(page.encode(charset))
    assert (reading.name, reading.ratings[0].overall) == ("Oak House", Rating.GOOD)


def test_the_last_value_is_read_if_a_key_occurs_twice_in_json() -> None:
    reading = read(answer('"currentRatings": {"overall": {"rating": "Good", "rating": "Inadequate"}}'))
    assert (reading.source, reading.ratings[0].overall) == (Source.API_LOCATION, Rating.INADEQUATE)


def test_a_zero_byte_within_a_word_does_not_hide_a_rating() -> None:
    assert read(HEAD.replace(b"Good", b"Go\x00od")).ratings[0].overall is Rating.GOOD


NO_RATING = (
    *("infinite numbers and NaN", "a number of a million digits", "half a surrogate pair"),
    *("packed with gzip", "packed with zlib"),
)


@pytest.mark.parametrize("what", NO_RATING)
def test_no_overall_rating_is_read_from(what: str) -> None:
    reading = outcome(what)
    assert isinstance(reading, Reading)
    assert all(group.overall is None for group in reading.ratings)
