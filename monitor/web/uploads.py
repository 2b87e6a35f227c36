"""Uploaded files: which routes accept files, and how many files are read at the same time. Reading a file takes several seconds
and occupies a thread. A file that waits uses no thread, because pages need threads."""

from collections.abc import Callable, Sequence
from typing import TypeVar, get_args

from anyio import CapacityLimiter, to_thread
from fastapi import Request, UploadFile
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, ConfigDict
from starlette.routing import BaseRoute, compile_path

from monitor.errors import UsageError

T = TypeVar("T")

AT_ONCE = 2
"""How many files are read at the same time."""

MOST_WAITING = 10
"""How many files may wait. Each of these files is in memory."""


class Uploaded(BaseModel):
    """A form with a file."""

    model_config = ConfigDict(frozen=True)

    file: UploadFile | None = None


class Uploads:
    """Lets one server read only AT_ONCE files at the same time. An instance must be used within the server's event loop."""

    def __init__(self) -> None:
        self._turns = CapacityLimiter(AT_ONCE)
        self._here = 0

    async def read(self, reading: Callable[[], T]) -> T:
        """Runs `reading` in a separate thread, and returns its result or raises its error. Raises UsageError if too many
        files are already waiting."""
        if self._here >= AT_ONCE + MOST_WAITING:
            raise UsageError("Other files are being read. Try again in a minute")
        self._here += 1
        try:
            return await to_thread.run_sync(reading, limiter=self._turns)
        finally:
            self._here -= 1


def uploads_of(request: Request) -> Uploads:
    """Returns the Uploads of this server."""
    uploads: Uploads = request.app.state.uploads
    return uploads


async def sent(file: UploadFile | None) -> bytes:
    """Returns the content of the file in a form; empty if no file was chosen."""
    return await file.read() if file is not None and file.filename else b""


def file_routes(routes: Sequence[BaseRoute]) -> list[str]:
    """Returns the paths of the routes whose form has a field for a file, as the routes declare them ("/letters/upload")."""
    found = [(str(one.path), one.dependant.body_params) for one in iter_route_contexts(routes)]
    return [path for path, fields in found if any(_holds_file(one.field_info.annotation) for one in fields)]


def _holds_file(kind: object) -> bool:
    """Whether the type of a field is a file, or a form with such a field."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return any(_holds_file(one.annotation) for one in kind.model_fields.values())
    if isinstance(kind, type) and issubclass(kind, UploadFile):
        return True
    return any(map(_holds_file, get_args(kind)))


def takes_file(routes: Sequence[BaseRoute]) -> Callable[[str], bool]:
    """Returns a function that says whether the path of a request belongs to one of `file_routes`."""
    patterns = [compile_path(path)[0] for path in file_routes(routes)]
    return lambda path: any(pattern.match(path) for pattern in patterns)
