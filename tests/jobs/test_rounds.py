"""Tests the path of a check through the program, and that a round reports a result that could not be recorded."""

import sqlite3
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from types import FrameType

from tests.conftest import World
from tests.simulated.server import Answer
from tests.simulated.services import Service

HOME = "1-2235535718"


def test_a_round_reports_a_check_whose_result_could_not_be_recorded(world: World) -> None:
    home = Service(location_id=HOME)
    world.site.add([home])
    world.done("watch", "add", "Leeds", HOME)
    world.done("check")
    home.overall = "Inadequate"

    def meanwhile(answer: Answer) -> Answer:
        """Records another check of the service while the page is being fetched."""
        with closing(sqlite3.connect(world.folder / "state" / "monitor.db", timeout=10)) as database, database:
            body = "json_set(body, '$.seq', seq + 1)"
            newest = "FROM snapshot ORDER BY seq DESC LIMIT 1"
            database.execute(f"INSERT INTO snapshot SELECT location_id, seq + 1, seen_at, {body} {newest}")
            database.execute("UPDATE service SET seq = seq + 1")
        return answer

    world.site.fail(meanwhile, path=f"/location/{HOME}")
    status, out, _ = world.run("check")
    assert status == 1 and "could not be recorded" in out
    world.site.heal()
    world.done("check")
    assert "fell from" in world.done("events")


SHARED = {"model", "ratings", "events", "text", "errors", "logs", "gravity", "reader_version", "codec", "http", "route"}
"""Modules that all parts of the program use. These modules are not part of the path."""

ENTRIES = ("monitor.jobs.rounds", "_settle"), ("monitor.store.services", "record")
"""The function where the check of a due service begins, and the function where it ends."""


@contextmanager
def traced(calls: list[tuple[str, str]]) -> Iterator[None]:
    """Notes each call from the round to another part of the program (a package, or a module outside packages), once a check has
    begun. Notes the called part and the function. Calls of the clock and of constructors are left out."""
    seen: dict[int, FrameType] = {}  # a frame that continues after an await is not a new call
    on: list[bool] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        part = _part(frame)
        if event != "call" or part is None or id(frame) in seen:
            return
        seen[id(frame)] = frame
        function = frame.f_code.co_name
        if (frame.f_globals["__name__"], function) == ENTRIES[0]:
            on.append(True)
        back = frame.f_back
        while back is not None and _part(back) is None:
            back = back.f_back
        is_of_round = back is None or _part(back) == "rounds"  # a function that runs in a thread has no caller
        if on and part != "rounds" and is_of_round and function not in ("now", "__init__", "is_read_otherwise", "lies_ahead"):
            calls.append((part, function))

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def _part(frame: FrameType) -> str | None:
    module = str(frame.f_globals.get("__name__", ""))
    names = module.split(".")
    if names[0] != "monitor" or len(names) < 2 or names[1] in SHARED or frame.f_code.co_name.startswith("<"):
        return None
    return "rounds" if module == "monitor.jobs.rounds" else names[1]


def test_each_check_takes_the_same_path_from_the_due_service_to_the_record(world: World) -> None:
    home = Service(location_id=HOME)
    world.site.add([home])
    world.done("watch", "add", "Leeds", HOME)
    world.done("check")
    home.overall = "Inadequate"
    calls: list[tuple[str, str]] = []
    with traced(calls):
        world.done("check")
    ended = next(number for number, (part, function) in enumerate(calls) if (part, function) == ("store", "record"))
    path = calls[: ended + 1]
    assert len(path) <= 15, path
    assert Counter(path).most_common(1)[0][1] <= 2, path
    assert [one for one in path if one[0] == "detect"] == [("detect", "decide")], path
