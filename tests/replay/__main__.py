"""The commands `record` and `compare` (see the docstring of the package)."""

import argparse
import contextlib
import io
import os
import pickle
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import BinaryIO

from monitor.detect.checks import Outcome
from tests.replay.answer import answer
from tests.replay.faults import fault_of_the_old
from tests.replay.worlds import BEGIN, Life, Question

SMALL = (5, 60)
YEAR = (200, 365)
"""The number of services and of days in a small world, and in a long year."""

AT_ONCE = 32
"""How many services are in memory at one time."""


@dataclass(frozen=True, slots=True)
class _Lived:
    """One service to simulate: the seed of its random numbers, and the number of days."""

    name: str
    days: int

    def questions(self) -> list[tuple[Question, Outcome]]:
        chance = Random(self.name)
        life = Life(
            location_id=f"1-{100000000 + chance.randrange(10**8)}",
            chance=chance,
            has_api=chance.random() < 0.75,
            confirm_after=timedelta(minutes=chance.choice((0, 1, 30, 120))),
        )
        return list(life.questions(BEGIN + timedelta(days=self.days), answer))


def _all(worlds: int, years: int) -> list[_Lived]:
    small = [_Lived(f"world {world}, service {one}", SMALL[1]) for world in range(worlds) for one in range(SMALL[0])]
    return small + [_Lived(f"year {year}, service {one}", YEAR[1]) for year in range(years) for one in range(YEAR[0])]


def _recorded(lived: _Lived) -> bytes:
    return pickle.dumps(lived.questions())


def record(file: Path, worlds: int, years: int) -> None:
    """Simulates all services, and writes the questions and the answers to the file."""
    asked: Counter[str] = Counter()
    with file.open("wb") as out, ProcessPoolExecutor(os.cpu_count()) as processes:
        for body in processes.map(_recorded, _all(worlds, years), chunksize=4):
            pickle.dump(body, out)
            for question, outcome in pickle.loads(body):
                asked["checks"] += 1
                asked["events"] += len(outcome.events)
                asked.update(f"  {event.kind}" for event in outcome.events)
                asked.update({"  " + str(event.rests_on) for event in outcome.events})
                asked["read again"] += bool(outcome.corrections)
                asked["by the API alone"] += question.alone
    print("\n".join(f"{name}: {count:,}" for name, count in asked.items()))


class _Unpickler(pickle.Unpickler):
    """Finds a class by its name, even if it has moved to another module."""

    def find_class(self, module: str, name: str) -> object:
        if not module.startswith("monitor."):
            return super().find_class(module, name)
        with contextlib.suppress(ImportError, AttributeError):
            return super().find_class(module, name)
        here = [path for path, one in sys.modules.items() if getattr(vars(one).get(name), "__module__", None) == path]
        path = max(here, key=lambda path: path.startswith("monitor.detect"))
        return getattr(sys.modules[path], name)


def _compared(body: bytes) -> tuple[int, Counter[str], list[str]]:
    equal, named, different = 0, Counter[str](), []
    for question, old in _Unpickler(io.BytesIO(body)).load():
        new = answer(question)
        if new == old:
            equal += 1
            continue
        if fault := fault_of_the_old(question, old, new):
            named[fault] += 1
            continue
        names = [one.name for one in fields(Outcome) if getattr(new, one.name) != getattr(old, one.name)]
        lines = [f"  {name}: {getattr(old, name)!r}\n  {'now':>{len(name)}}: {getattr(new, name)!r}" for name in names]
        different.append(f"{question.due.location_id} at {question.now}\n" + "\n".join(lines))
    return equal, named, different


def _some(written: BinaryIO) -> list[bytes]:
    """Reads the questions about the next services from the file. Returns an empty list at the end of the file."""
    bodies: list[bytes] = []
    with contextlib.suppress(EOFError):
        while len(bodies) < AT_ONCE:
            bodies.append(pickle.load(written))
    return bodies


def compare(file: Path, show: int) -> int:
    """Puts the questions in the file to the present code. Returns how many answers are different without a known reason."""
    equal, named, different = 0, Counter[str](), 0
    with file.open("rb") as written, ProcessPoolExecutor(os.cpu_count()) as processes:
        while bodies := _some(written):
            for same, faults, others in processes.map(_compared, bodies):
                for text in others[: max(0, show - different)]:
                    print(text)
                equal, different = equal + same, different + len(others)
                named += faults
    for fault, count in named.items():
        print(f"{count:,} different because of a fault in the old code: {fault}")
    print(f"{equal:,} equal, {different:,} different")
    return different


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.replay", description=__doc__)
    parser.add_argument("what", choices=("record", "compare"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--worlds", type=int, default=100)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--show", type=int, default=3, help="how many differences to print")
    given = parser.parse_args()
    if given.what == "record":
        record(given.file, given.worlds, given.years)
        return 0
    return 1 if compare(given.file, given.show) else 0


if __name__ == "__main__":
    sys.exit(main())
