"""The commands, with one module for each subject. Each command takes its arguments and returns its exit status. A function
imports a large module only when it needs the module, so that `--help` works without delay. This module contains the parts that
commands share."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Coroutine, Sequence
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Any

from monitor.errors import UsageError
from monitor.text import STEP

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.app import App
    from monitor.settings import Settings

OK, LOOK, UNUSABLE, NOT_UNDERSTOOD, INTERRUPTED = 0, 1, 2, 3, 130
"""The exit statuses. OK: the command is done. LOOK: the command is done, but a person should look at something. UNUSABLE: the
arguments, settings or files are unusable. NOT_UNDERSTOOD: `read` understood nothing. INTERRUPTED: somebody stopped the command
with Ctrl-C (130 is also the shells' number for this)."""


def print_json(value: object) -> None:
    """Prints a value as JSON for programs, indented so that people can read it too."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def load_settings() -> Settings:
    """Loads the settings. Raises SettingsError."""
    from monitor.settings import load

    return load()


def with_store(work: Callable[[App], int], settings: Settings | None = None) -> int:
    """Does the same as `with_app`, for work that only uses the database and needs neither an event loop nor the network."""
    from monitor.app import build

    app = build(settings or load_settings())
    try:
        return work(app)
    finally:
        app.store.close()


def with_app(work: Callable[[App], Coroutine[Any, Any, int]], settings: Settings | None = None) -> int:
    """Builds the app, does the work with it, and closes the app, even after an error."""
    import asyncio

    from monitor.app import build

    async def working() -> int:
        app = build(settings or load_settings())
        try:
            return await work(app)
        finally:
            await app.close()

    return asyncio.run(working())


def listed(settings: Settings) -> Callable[[str], bool]:
    """Returns a function that says whether a text is the NHS id of a service in the register (such as RJ121). On its first call,
    the function opens the database, but only if the database exists, so that a wrong argument does not create a database."""
    from functools import cache

    from monitor.store.database import sqlite_file

    found: list[frozenset[str]] = []

    def work(app: App) -> int:
        found.append(app.store.register.short_ids())
        return OK

    @cache
    def ids() -> frozenset[str]:
        file = sqlite_file(settings.database_url)
        if file is None or file.exists():
            with_store(work, settings)
        return frozenset().union(*found)

    return lambda location_id: location_id in ids()


def anything(_: str) -> bool:
    """Accepts every id. Commands that search only the watched services use this function instead of `listed`."""
    return True


def location_ids(texts: Sequence[str], settings: Settings, listed: Callable[[str], bool] = lambda _: False) -> list[str]:
    """Returns the location id in each text. Raises UsageError, with a line about all unusable texts. `listed` has the same
    meaning as in `location_id_of`."""
    from monitor.locations import location_id_of

    ids, problems = [], []
    for text in texts:
        try:
            ids.append(location_id_of(text, base_url=settings.cqc_base_url, listed=listed))
        except UsageError as error:
            problems.append(str(error))
    if problems:
        raise UsageError("; ".join(problems))
    return ids


def instant_of(text: str, option: str = "--since") -> datetime:
    """Parses a date or a time in ISO format. A date means the beginning of the day in London. `option` is the name of the
    option, for the error."""
    from datetime import UTC, datetime

    from monitor.text import LONDON

    try:
        parsed = datetime.fromisoformat(text)
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=LONDON)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(f"{option}: {text!r} is not a date: write for example 2026-11-21") from None


def since_of(text: str) -> datetime:
    """Parses the value of --since, as `instant_of` does. Raises UsageError if the day is in the future."""
    from monitor.app import now
    from monitor.periods import check_begun

    since = instant_of(text)
    try:
        check_begun(since, now())
    except UsageError as error:
        raise UsageError(f"--since: {error}") from None
    return since


class progress:  # noqa: N801 - used as a statement
    """Shows a progress line on standard error, if standard error is a terminal. Otherwise prints nothing. If `as_lines` is set,
    on a terminal or not, prints separate lines, at most one a second. Each line begins with STEP, so that programs can
    recognise it."""

    as_lines = False

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = sys.stderr.isatty() and not self.as_lines
        self._said_at = -inf

    def __enter__(self) -> Callable[[str], None]:
        self._say("…")
        return self._say

    def __exit__(self, *_: object) -> None:
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def _say(self, how_far: str) -> None:
        if self._shown:
            print(f"\r\033[K{self._what}: {how_far}", end="", file=sys.stderr, flush=True)
        elif self.as_lines and monotonic() >= self._said_at + 1:
            self._said_at = monotonic()
            print(f"{STEP}{self._what}: {how_far}" if how_far != "…" else f"{STEP}{self._what}", file=sys.stderr, flush=True)
