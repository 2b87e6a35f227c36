"""The limits of a process that takes foreign bytes apart: the operating system enforces them, whatever the bytes do."""

import fcntl
import math
import os
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager


def confine(*, memory: int, seconds: int) -> None:
    """Limits this process: `memory` bytes of address space, `seconds` of CPU from now on, no core file, and no file written."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    allow(seconds)


def allow(seconds: int) -> None:
    """Lets this process use so many seconds of CPU from now on, rounded up to the next whole one: the system counts those of its
    whole life. At the end it gets SIGXCPU, which ends it even in the middle of a regular expression."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


@contextmanager
def ending_with(connection: socket.socket) -> Iterator[None]:
    """Meanwhile this process ends as soon as the other side of `connection` does, also in the middle of a regular expression: the
    system then sends SIGIO, of which a process dies that did not ask for it. Nothing may be sent or received meanwhile."""
    number = connection.fileno()
    flags = fcntl.fcntl(number, fcntl.F_GETFL)
    fcntl.fcntl(number, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(number, fcntl.F_SETFL, flags | os.O_ASYNC)
    try:
        yield
    finally:
        fcntl.fcntl(number, fcntl.F_SETFL, flags)
