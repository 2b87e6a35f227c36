"""Makes reader processes misbehave. When Python starts, it imports a module `sitecustomize`. Two functions create a module of
this name:

- `installed` makes a reader process obey orders in a page, as if the page were malicious. Pages without orders are read as usual.
  Tests use such pages to check the limits of reader processes.
- `former` makes a reader process misread given pages, like an older version.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from monitor.cqc import reader

LOOP, SLEEP, FILL, CRASH, POUR = (f"reader, {word}" for word in ("loop", "sleep", "fill the memory", "crash", "pour"))
"""Orders in a page: loop in one regular expression; sleep without using CPU; fill the memory; crash at once; return a reading
that is too large."""

_SITECUSTOMIZE = f'''
import os, re, sys, time

if "monitor.cqc.reader_process" in " ".join(sys.orig_argv):
    import monitor.cqc.read
    from monitor.model import Reading

    ordinary = monitor.cqc.read.read

    def read(data, **said):
        if b"{LOOP}" in data:
            re.match("(a+)+$", "a" * 64 + "b")
        if b"{SLEEP}" in data:
            time.sleep(3600)
        if b"{FILL}" in data:
            held = [bytearray(50_000_000) for _ in range(1000)]
        if b"{CRASH}" in data:
            os.abort()
        if b"{POUR}" in data:
            return Reading(unread=("x" * 1000,) * 50_000)
        return ordinary(data, **said)

    monitor.cqc.read.read = read
'''


def installed(folder: Path) -> Path:
    """Creates a module that makes readers obey orders in pages, and returns the folder to put in PYTHONPATH."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(_SITECUSTOMIZE, encoding="utf-8")
    return folder


@contextmanager
def started_from(folder: Path) -> Iterator[None]:
    """Within this context, pages are read by new readers, which use the module `sitecustomize` from this folder. The readers that
    were idle before are used again afterwards, since starting a reader takes a third of a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        patch.setattr(reader, "_idle", [])
        try:
            yield
        finally:
            reader._end_all()


_FORMER = '''
import json, pathlib, sys

if "monitor.cqc.reader_process" in " ".join(sys.orig_argv):
    from dataclasses import replace

    import monitor.cqc.read
    from monitor import model, ratings

    ordinary, misses = monitor.cqc.read.read, json.loads(pathlib.Path(__file__).with_name("misses.json").read_text())

    def rated(reading, rating):
        groups = [replace(one, overall=ratings.Rating(rating) if rating else None) for one in reading.ratings]
        return replace(reading, ratings=tuple(groups))

    def read(data, **said):
        reading = ordinary(data, **said)
        for location_id, what in misses.items():
            if location_id in (said.get("url") or ""):
                if what.startswith("rating "):
                    reading = rated(reading, what.removeprefix("rating "))
                elif what.startswith("unread ") and "/inspection-summary" not in said.get("url", ""):
                    reading = replace(reading, unread=(*reading.unread, what.removeprefix("unread ")))
                elif what.startswith("unread "):
                    pass
                elif what.startswith("said "):
                    said_so = model.Said(kind=model.SaidKind(what.removeprefix("said ")), quote="CQC says so.")
                    reading = replace(reading, said=(said_so,))
                elif what == "measures made up":
                    made_up = model.SpecialMeasures(state=model.MeasuresState.ENTERED, quote="Once.")
                    reading = replace(reading, special_measures=made_up)
                else:
                    reading = replace(reading, **{what: getattr(model.Reading(), what)})
        return reading

    monitor.cqc.read.read = read
'''


def former(folder: Path, misses: dict[str, str]) -> Path:
    """Creates a module that makes readers make mistakes, like an older version, and returns the folder to put in PYTHONPATH.
    `misses` gives one mistake for each location id:

    - the name of a field of Reading: the readers leave this field empty;
    - "rating good": the readers read this overall rating instead of the real rating;
    - "unread …": the readers report this line as not understood;
    - "said …": the readers read a statement of this kind (model.SaidKind) that is not on the page;
    - "measures made up": the readers read that the service entered special measures."""
    folder.mkdir(exist_ok=True)
    (folder / "misses.json").write_text(json.dumps(misses), encoding="utf-8")
    (folder / "sitecustomize.py").write_text(_FORMER, encoding="utf-8")
    return folder
