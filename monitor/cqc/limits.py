"""Limits a process that parses untrusted bytes. The operating system enforces the limits, so no input can remove a limit."""

import fcntl
import math
import os
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager


def confine(*, memory: int, seconds: int) -> None:
    """Limits this process to `memory` bytes of address space and `seconds` of CPU from now on. After this call the process
    can't write files, not even a core file."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    allow(seconds)


def allow(seconds: int) -> None:
    """Allows this process `seconds` more of CPU time. The system's limit counts from the start of the process, so this function
    adds the time used so far, rounded up to a whole second. At the limit the process gets SIGXCPU, which ends the process even
    in the middle of a regular expression."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


@contextmanager
def ending_with(connection: socket.socket) -> Iterator[None]:
    """Within this context, this process ends as soon as the process at the other end of `connection` ends. The system sends
    SIGIO, whose default action ends the process even in the middle of a regular expression. Nothing may be sent or received in
    this context."""
    number = connection.fileno()
    flags = fcntl.fcntl(number, fcntl.F_GETFL)
    fcntl.fcntl(number, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(number, fcntl.F_SETFL, flags | os.O_ASYNC)
    try:
        yield
    finally:
        fcntl.fcntl(number, fcntl.F_SETFL, flags)
