"""Commands that check services and deliver messages, once or continuously."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.commands import LOOK, OK, anything, load_settings, location_ids, print_json, progress, with_app
from monitor.commands.outbox import switched_off
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.settings import Settings


def check(options: argparse.Namespace) -> int:
    from monitor.app import now
    from monitor.views import show

    settings = load_settings()
    ids = location_ids(options.locations, settings, anything) or None

    _log(settings)

    async def work(app: App) -> int:
        app.store.rules.apply(now(), app.operator)
        if app.feed is not None and ids is None:
            await app.feed.poll(at_once=True)
        due = app.store.services.to_look_at(ids)
        strangers = sorted(set(ids or ()) - {one.location_id for one in due})
        if strangers:
            raise UsageError(f"not watched: {', '.join(strangers)} (to put services on a watchlist: cqc-monitor watch add)")
        with progress("checking") as say:
            result = await app.checker.round(due, thorough=True, heard=lambda done: say(f"{done} of {len(due)} services"))
        if app.feed is not None and (result.troubles or result.broken_off):
            alone = await app.checker.by_api()
            result.events += alone.events
            result.waiting = max(result.waiting, alone.waiting)
        if options.json:
            print_json(show.round_json(result))
        else:
            print(show.round_text(result, app.settings.confirm_after))
        return LOOK if result.troubles or result.broken_off else OK

    return with_app(work, settings)


def deliver(options: argparse.Namespace) -> int:
    settings = load_settings()
    _log(settings)

    async def work(app: App) -> int:
        app.deliverer.report_level()
        app.try_new_settings()
        reports = await app.bounces.read(at_once=True) if app.bounces else None
        result = await app.deliverer.deliver()
        for line in result.told:
            print(f"Sent {line}")
        for line in result.later:
            print(f"Not accepted, will be tried again: {line}", file=sys.stderr)
        for line in result.dead:
            print(f"Failed for good: {line}", file=sys.stderr)
        for line in result.on:
            print(f"Active again: {line}")
        for line in reports.dead if reports else ():
            print(f"Sent back, failed for good: {line}", file=sys.stderr)
        if reports and reports.trouble:
            print(f"Delivery reports can't be read (BOUNCES_URL): {reports.trouble}", file=sys.stderr)
        sent_back = bool(reports and (reports.dead or reports.trouble))
        off = switched_off(app)
        for line in off:
            print(line, file=sys.stderr)
        print(f"{result.sent} sent, {len(result.later)} to be tried again, {len(result.dead)} failed for good.")
        return LOOK if result.later or result.dead or off or sent_back else OK

    return with_app(work, settings)


_FIRST_STEPS = """Nothing is watched yet. Leave this running, and in another terminal, in the same folder:
  add a service:    {program} watch add "My services" 1-2235535718
  alert somebody:   {program} subscribe "My services" mailto:lead@council.example"""


def say_first_code(app: App) -> bool:
    """If there is no operator yet, prints the address of the pages, and the code with which somebody becomes the first operator.
    Returns whether anything was printed."""
    from monitor.app import now

    code = app.store.first_operator.new_code(now())
    if code is None:
        return False
    where = app.settings.public_url
    print(f"This monitor has no operator yet. Open {where} in a browser and enter this code: {code}", flush=True)
    print("The code can be used once. The pages then lead you through the remaining steps.", flush=True)
    return True


def _pages(listener: tuple[str, int] | None) -> AbstractContextManager[None]:
    """Returns a context in which the pages are served beside the daemon, at the address `listener`. If `listener` is None, no
    pages are served."""
    if listener is None:
        return nullcontext()
    from monitor.web.beside import pages_beside

    return pages_beside(*listener)


def _can_listen(host: str, port: int) -> bool:
    """Whether the pages can be served at this address. Otherwise, another program may use the port, and nobody should enter the
    code on that program's pages."""
    from monitor.web.serving import listening

    try:
        with listening(host, port):
            return True
    except UsageError:
        return False


def run(options: argparse.Namespace) -> int:
    asked: list[int] = []

    def leave(number: int, _: object) -> None:
        asked.append(number)  # Python loses the SystemExit if the signal comes while an object is being finalised
        sys.exit(OK)

    signal.signal(signal.SIGTERM, leave)  # until the daemon handles the signal itself

    from monitor.app import check
    from monitor.daemon import Daemon
    from monitor.store.database import held_alone, migrated

    async def work(app: App) -> int:
        leads = options.web and _can_listen(*options.web) and say_first_code(app)
        if not leads and not app.store.services.watchlists():
            print(_FIRST_STEPS.format(program=_program()), flush=True)
        with _pages(options.web):
            if not asked:
                await Daemon(app).run()
        return OK

    settings = load_settings()
    if options.web:
        settings = settings.served_at(*options.web)
    check(settings)
    _log(settings)
    _name_odd_lines()
    with held_alone(settings.database_url):
        migrated(settings.database_url, alone=True)
        return with_app(work, settings)


def _program() -> str:
    """Returns the command that started this program, in a form that a person can type again."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return "python -m monitor"
    return os.path.relpath(called) if called.is_absolute() else str(called)


def _log(settings: Settings) -> None:
    """Makes this process log to standard error."""
    from monitor import channels, logs

    logs.set_up(settings.log_format, secrets=settings.secrets, secret_hosts=channels.SECRET_HOSTS)


def _name_odd_lines() -> None:
    """Warns about lines in `.env` that are not settings."""
    from monitor import logs
    from monitor.settings import odd_lines

    for line in odd_lines():
        logs.logger("monitor.settings").warning(line)
