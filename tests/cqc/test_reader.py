"""The process that reads: whatever a body does to it, the next one is read, and nothing of it stays."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.codec import dump_reading
from monitor.cqc import reader as module
from monitor.cqc.read import read
from monitor.cqc.reader import Limits, Reader
from monitor.errors import TooHeavy, Unreadable
from tests.simulated.layouts import LAYOUTS
from tests.simulated.services import Service

HOME = Service(location_id="1-2235535718")
SMALL = Limits(seconds=1, memory=300_000_000, clock=20.0)


def page() -> bytes:
    return HOME.page()


@pytest.fixture(autouse=True)
def none_idle() -> Iterator[None]:
    """Each test begins and ends without a process."""
    module._end_all()
    yield
    module._end_all()


def children() -> set[int]:
    """The processes of this one that read."""
    found = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False)
    return {int(line.split()[0]) for line in found.stdout.splitlines() if "reader_process" in line}
