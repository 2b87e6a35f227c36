"""Hooks and fixtures for all tests. The class `World` simulates CQC's site, a mail server and receivers of webhooks, and runs
the program's commands."""

import asyncio
import gc
import logging
import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

import pytest
from hypothesis import settings

from monitor.cli import NEW_OBJECTS, main
from monitor.settings import Settings
from tests.databases import (
    begun,
    compiled_once,
    database,
    each_database,
    empty_postgresql,
    empty_sqlite,
    postgresql,
    postgresql_kept,
    postgresql_schema,
    postgresql_server,
    sqlite,
    sqlite_schema,
)
from tests.simulated.receivers import Hook, Mail, Mailbox
from tests.simulated.regulator import Regulator
from tests.simulated.tls import Tls, in_folder

__all__ = [
    "World",
    "begun",
    "compiled_once",
    "database",
    "each_database",
    "empty_postgresql",
    "empty_sqlite",
    "postgresql",
    "postgresql_kept",
    "postgresql_schema",
    "postgresql_server",
    "sqlite",
    "sqlite_schema",
]


settings.register_profile("ours", deadline=None)  # on a busy machine, even correct code may be slow
settings.load_profile("ours")
gc.set_threshold(NEW_OBJECTS)  # the program sets the same threshold


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Starts one worker more than there are cores, since many tests mostly wait for a daemon, a server or a browser."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves slow tests out of a run of whole folders. If the command line names a file, its slow tests are run."""
    if config.option.markexpr:
        return
    named = {Path(argument.split("::")[0]).resolve() for argument in config.args}
    left_out = [one.get_closest_marker("slow") is not None and one.path not in named for one in items]
    if any(left_out):
        config.hook.pytest_deselected(items=list(compress(items, left_out)))
        items[:] = [one for one, out in zip(items, left_out, strict=True) if not out]


def pytest_collection_finish() -> None:
    """Once the tests are collected, excludes all present objects from garbage collection. Most of these objects are needed until
    the last test."""
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Reports that slow tests were left out, and how to run them."""
    config = terminalreporter.config  # with several worker processes, only the workers know how many tests were left out
    if not config.option.markexpr and any(Path(argument).is_dir() for argument in config.args):
        terminalreporter.write_line(
            "slow tests were left out: to run them, use make test SLOW=yes, or pytest -m 'slow or not slow'"
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Escapes characters that can't be encoded as UTF-8. Some tests log half of a surrogate pair on purpose. Test processes can't
    send each other a single half."""
    report = yield
    report.sections = [(name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections]
    return report


@dataclass
class World:
    """The simulated servers that the program talks to, with methods that run the program's commands."""

    site: Regulator
    mail: Mailbox
    slack: Hook
    teams: Hook
    folder: Path
    capsys: pytest.CaptureFixture[str]

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Runs one command; returns its exit status, its output, and its standard error."""
        self.capsys.readouterr()
        root = logging.getLogger()
        handlers, level = root.handlers[:], root.level
        try:
            status = main(arguments)
        finally:  # a command sets up logging for its whole process, but a test runs other commands later in the same process
            root.handlers[:], root.level = handlers, level
        printed = self.capsys.readouterr()
        return status, printed.out, printed.err

    def done(self, *arguments: str) -> str:
        """Runs a command that must succeed; returns its output."""
        status, out, err = self.run(*arguments)
        assert status == 0, f"{arguments}: {status}\n{out}\n{err}"
        return out

    def settings(self) -> dict[str, str]:
        """The environment variables that connect the program to this world."""
        return {
            "CQC_BASE_URL": self.site.url,
            "SMTP_URL": self.mail.url,
            "MAIL_FROM": "care-alerts@monitor.example",
            "EXTRA_WEBHOOK_HOSTS": f"{self.slack.host},{self.teams.host}",
            "CONFIRM_AFTER": "0s",
            "REQUESTS_PER_SECOND": "500",
            "CONTACT": "oncall@council.example",
        }


def without_the_judgement(mails: Sequence[Mail]) -> list[Mail]:
    """Returns the mails that are not about the judgement. A mail about the judgement is sent whenever a test moves the clock."""
    judgement = ("Alerts may not be made", "up to date;", "Nothing is wrong", "No daemon is running")
    return [mail for mail in mails if not any(one in mail.subject for one in judgement)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    """See `_loop_hidden`. The fixtures that all tests of a module share are set up here too."""
    with _loop_hidden(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """See `_loop_hidden`."""
    with _loop_hidden(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """See `_loop_hidden`."""
    with _loop_hidden(item):
        return (yield)


@contextmanager
def _loop_hidden(item: pytest.Item) -> Iterator[None]:
    """Hides Playwright's event loop from a test that uses no browser, since the test may run its own event loops. Playwright's
    loop runs in this thread from the start of the first browser until all tests have ended."""
    loop = asyncio._get_running_loop()
    if loop is None or "browser" in getattr(item, "fixturenames", ()):
        yield
        return
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        if loop.is_running():  # after the last test, the loop has ended together with the browser
            asyncio._set_running_loop(loop)


SETTINGS = [name.upper() for name in Settings.model_fields]


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture(scope="session")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    """A self-signed certificate for 127.0.0.1 and localhost."""
    return in_folder(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def untouched(alone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[World]:
    """A world without services and without a database, since no command has run yet."""
    with Regulator() as site, Mailbox() as mail, Hook() as slack, Hook.teams() as teams:
        world = World(site, mail, slack, teams, alone, capsys)
        for name, value in world.settings().items():
            monkeypatch.setenv(name, value)
        yield world


@pytest.fixture
def world(untouched: World, begun: None) -> World:
    """A world without services, but with an empty database."""
    return untouched
