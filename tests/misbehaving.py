"""A reader that does what no body should be able to make it do: for tests of what holds it.

Python imports a module `sitecustomize` at its start. The one that `installed` makes has the reader's process do what a page asks
for in so many words; pages without them it reads as ever.
"""

from pathlib import Path

LOOP, SLEEP, FILL, CRASH, POUR = (f"reader, {word}" for word in ("loop", "sleep", "fill the memory", "crash", "pour"))
"""In one expression for ever; without using CPU; until there is no memory; at once; more than may be handed back."""

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
    """The folder that PYTHONPATH has to name so that readers that are started from now on are such."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(_SITECUSTOMIZE, encoding="utf-8")
    return folder
