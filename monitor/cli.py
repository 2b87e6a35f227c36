"""The commands, their exit statuses, and the only print().

Exit status: 0 done; 1 done, but a person should look at something; 2 unusable arguments, settings or files: one line on
standard error, nothing written; for `read` 3: nothing understood.

Heavy parts are imported where they are used, so that `--help` comes at once.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import logging
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from monitor.errors import MonitorError, Unreadable, UsageError, fault

if TYPE_CHECKING:
    from monitor.bootstrap import House
    from monitor.cqc.site import Page, Site
    from monitor.model import Reading
    from monitor.settings import Settings

OK, LOOK, UNUSABLE, NOT_UNDERSTOOD = 0, 1, 2, 3

Command = Callable[[argparse.Namespace], int]

# As monitor.schedule.DAYS, which is too heavy to be imported for --help.
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (see {self.prog} --help)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name that the terminal can't show ends no command
    try:
        options = _parser().parse_args(arguments)
        return int(options.command(options))
    except MonitorError as error:
        print(f"cqc-monitor: {' '.join(str(error).split())}", file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing to complain about, and nobody to complain to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        print(f"cqc-monitor: {error.filename or 'a file'} can't be used: {error.strerror or error}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        print(f"cqc-monitor: {fault(error)}", file=sys.stderr)
        return LOOK


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="cqc-monitor",
        description="Watches care services on CQC's website and tells people when a rating falls or special measures begin.",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Command, text: str, within: Any = commands) -> argparse.ArgumentParser:
        one: argparse.ArgumentParser = within.add_parser(name, help=text, description=text)
        one.set_defaults(command=run)
        return one

    watch = commands.add_parser("watch", help="watchlists: add, import, remove, list")
    watching = watch.add_subparsers(metavar="add|import|remove|list", required=True)
    for name, run, text in (
        ("add", _watch_add, "put services on a watchlist, by id or by the address of their page on CQC's site"),
        ("remove", _watch_remove, "take services off a watchlist"),
    ):
        one = command(name, run, text, watching)
        one.add_argument("watchlist", metavar="WATCHLIST")
        one.add_argument("locations", metavar="LOCATION", nargs="+")
    one = command("import", _watch_import, "put the services of a CSV file on a watchlist (column location_id or url)", watching)
    one.add_argument("watchlist", metavar="WATCHLIST")
    one.add_argument("file", metavar="FILE.csv", type=Path)
    one.add_argument("--skip-bad", action="store_true", help="take the good rows even if others are unusable")
    _json(command("list", _watch_list, "show the watchlists, their services and who is told", watching))

    one = command("subscribe", _subscribe, "tell an address what happens on a watchlist")
    _subscription(one)
    one.add_argument("--when", choices=("immediate", "daily", "weekly"), default="immediate")
    one.add_argument("--at", type=_hour, default=time(7, 30), metavar="HH:MM", help="hour of the digest, London time (07:30)")
    one.add_argument("--day", choices=_DAYS, default="mon", help="day of a weekly digest (mon)")
    one.add_argument("--quiet", action="store_true", help="send no welcome message")
    _subscription(command("unsubscribe", _unsubscribe, "stop telling an address"))

    one = command("check", _check, "look at all watched services (or these) now")
    one.add_argument("locations", metavar="LOCATION", nargs="*")
    _json(one)
    command("deliver", _deliver, "send what is due in the outbox, then stop")
    command("run", _run, "the daemon: look and deliver, until it is stopped")
    command("migrate", _migrate, "bring the database to this version's schema")

    one = command("read", _read, "show what is understood of a page, a report or an API answer")
    one.add_argument("sources", metavar="FILE|URL|-", nargs="+")
    _json(one)
    one = command("capture", _capture, "save a service's page with its reading, to report a page that was misread")
    one.add_argument("location", metavar="LOCATION")
    one.add_argument("--to", metavar="FOLDER", type=Path, help="where to (state/captured)")
    one = command("events", _events, "show what happened, oldest first")
    one.add_argument("--since", metavar="DATE", help="from this date on (2026-11-21)")
    _json(one)
    one = command("history", _history, "show what held and what changed at one service")
    one.add_argument("location", metavar="LOCATION")
    _json(one)
    _json(command("status", _status, "show when each service was last read, what waits, and what is wrong"))
    return parser


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def _subscription(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("watchlist", metavar="WATCHLIST")
    parser.add_argument("address", metavar="ADDRESS", help="mailto:…, slack:https://…, teams:https://… or webhook:https://…")


def _hour(text: str) -> time:
    hour, _, minute = text.partition(":")
    if len(hour) in {1, 2} and len(minute) == 2 and (hour + minute).isdecimal() and int(hour) < 24 and int(minute) < 60:
        return time(int(hour), int(minute))
    raise argparse.ArgumentTypeError(f"{text!r} is not an hour: write for example 07:30")


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _settings() -> Settings:
    from monitor.settings import load

    return load()


def _with_house(work: Callable[[House], Coroutine[Any, Any, int]], settings: Settings | None = None) -> int:
    """Opens the house, does the work in it, and closes it whatever happens."""
    from monitor.bootstrap import build

    async def working() -> int:
        house = build(settings or _settings())
        try:
            return await work(house)
        finally:
            await house.close()

    return asyncio.run(working())


# ── watchlists and subscriptions ─────────────────────────────────────────────────────────────────────────────────────────


def _location_ids(texts: Sequence[str], base_url: str) -> list[str]:
    """The ids of all, or one error that names each unusable one."""
    from monitor.cqc.addresses import location_id_of

    ids, problems = [], []
    for text in texts:
        try:
            ids.append(location_id_of(text, base_url=base_url))
        except UsageError as error:
            problems.append(str(error))
    if problems:
        raise UsageError("; ".join(problems))
    return ids


def _watchlist(text: str) -> str:
    name = " ".join(text.split())
    if not name or not name.isprintable() or len(name) > 100:
        raise UsageError(f"{text[:40]!r} can't be the name of a watchlist: use up to 100 printable characters")
    return name


def _watch_add(options: argparse.Namespace) -> int:
    watchlist, settings = _watchlist(options.watchlist), _settings()
    ids = _location_ids(options.locations, settings.cqc_base_url)

    async def work(house: House) -> int:
        _put_on(house, watchlist, ids)
        return OK

    return _with_house(work, settings)


def _put_on(house: House, watchlist: str, ids: Sequence[str]) -> None:
    from monitor.bootstrap import now

    added = house.store.services.watch(watchlist, ids, now())
    already = len(set(ids)) - len(added)
    print(f"{watchlist}: {len(added)} added" + (f", {already} already on it" if already else "") + ".")


def _watch_import(options: argparse.Namespace) -> int:
    from monitor.sheet import read_sheet

    watchlist, settings = _watchlist(options.watchlist), _settings()
    ids, problems = read_sheet(options.file, base_url=settings.cqc_base_url)
    if problems and not options.skip_bad:
        bad = "; ".join(problems)
        raise UsageError(f"{options.file}: nothing imported, unusable rows (--skip-bad leaves them out): {bad}")
    if not ids:
        raise UsageError(f"{options.file}: no usable row")

    async def work(house: House) -> int:
        _put_on(house, watchlist, ids)
        for problem in problems:
            print(f"left out: {problem}", file=sys.stderr)
        return LOOK if problems else OK

    return _with_house(work, settings)


def _watch_remove(options: argparse.Namespace) -> int:
    watchlist, settings = _watchlist(options.watchlist), _settings()
    ids = _location_ids(options.locations, settings.cqc_base_url)

    async def work(house: House) -> int:
        there = house.store.services.watchlists().get(watchlist, [])
        strangers = [one for one in ids if one not in there]
        if strangers:
            raise UsageError(f"not on the watchlist {watchlist!r}, nothing removed: {', '.join(strangers)}")
        print(f"{watchlist}: {len(house.store.services.unwatch(watchlist, ids))} removed.")
        return OK

    return _with_house(work, settings)


def _watch_list(options: argparse.Namespace) -> int:
    from monitor import channels, show

    async def work(house: House) -> int:
        lists = house.store.services.watchlists()
        services = {one.location_id: one for one in house.store.services.watched()}
        told: dict[str, list[dict[str, Any]]] = {}
        for one in house.store.outbox.subscriptions():
            row = {"address": channels.shown(one.address), "when": one.when, "at": f"{one.at:%H:%M}", "day": one.day}
            told.setdefault(one.watchlist, []).append(row)
        if options.json:
            _print_json(show.watchlists_json(lists, services, told))
        else:
            nothing = "Nothing is watched yet. Add a service: cqc-monitor watch add NAME LOCATION"
            print(show.watchlists_text(lists, services, told) or nothing)
        return OK

    return _with_house(work)


def _subscribe(options: argparse.Namespace) -> int:
    from monitor import channels
    from monitor.bootstrap import now
    from monitor.model import When
    from monitor.route import due_at

    watchlist, settings = _watchlist(options.watchlist), _settings()
    address = channels.parse_address(options.address, extra_hosts=settings.extra_webhook_hosts)

    async def work(house: House) -> int:
        if watchlist not in house.store.services.watchlists():
            raise UsageError(f"there is no watchlist {watchlist!r}: first put a service on it (cqc-monitor watch add)")
        new = house.store.outbox.subscribe(
            watchlist,
            address,
            when=When(options.when),
            at=options.at,
            day=options.day,
            quiet=options.quiet,
            now=now(),
            due=due_at,
        )
        print(f"{watchlist}: {channels.shown(address)} {'is told' if new else 'is now told'} ({options.when}).")
        if address.startswith("mailto:") and not (settings.smtp_url and settings.mail_from):
            print("No email can be sent yet: set SMTP_URL and MAIL_FROM.", file=sys.stderr)
        if address.startswith("webhook:") and new:
            print(f"Its messages are signed with the secret {house.webhook_secret(address)}")
        return OK

    return _with_house(work, settings)


def _unsubscribe(options: argparse.Namespace) -> int:
    from monitor import channels
    from monitor.bootstrap import now

    watchlist, settings = _watchlist(options.watchlist), _settings()
    address = channels.parse_address(options.address, extra_hosts=settings.extra_webhook_hosts)

    async def work(house: House) -> int:
        if not house.store.outbox.unsubscribe(watchlist, address, now()):
            raise UsageError(f"{channels.shown(address)} is not subscribed to {watchlist!r}")
        print(f"{watchlist}: {channels.shown(address)} is told no more.")
        return OK

    return _with_house(work, settings)


# ── looking and delivering ───────────────────────────────────────────────────────────────────────────────────────────────


def _check(options: argparse.Namespace) -> int:
    from monitor import show

    settings = _settings()
    ids = _location_ids(options.locations, settings.cqc_base_url) or None

    async def work(house: House) -> int:
        due = house.store.services.to_look_at(ids)
        strangers = sorted(set(ids or ()) - {one.location_id for one in due})
        if strangers:
            raise UsageError(f"not watched: {', '.join(strangers)} (put it on a watchlist with cqc-monitor watch add)")
        result = await house.checker.round(due, thorough=True)
        if options.json:
            _print_json(show.round_json(result))
        else:
            print(show.round_text(result, house.settings.confirm_after))
        return LOOK if result.troubles or result.broken_off else OK

    return _with_house(work, settings)


def _deliver(options: argparse.Namespace) -> int:
    async def work(house: House) -> int:
        house.deliverer.report_stale()
        result = await house.deliverer.deliver()
        for line in result.told:
            print(f"Told {line}")
        for line in result.later:
            print(f"Not taken, will be tried again: {line}", file=sys.stderr)
        for line in result.dead:
            print(f"Given up: {line}", file=sys.stderr)
        print(f"{result.sent} sent, {len(result.later)} to be tried again, {len(result.dead)} given up.")
        return LOOK if result.later or result.dead else OK

    return _with_house(work)


_FIRST_STEPS = """Nothing is watched yet. Leave this running, and in another terminal, in the same folder:
  add a service:    {program} watch add "My services" 1-2235535718
  tell somebody:    {program} subscribe "My services" mailto:lead@council.example"""


def _run(options: argparse.Namespace) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(OK))  # until the daemon has its own way to stop

    from monitor.bootstrap import check
    from monitor.daemon import Daemon
    from monitor.store.database import held_alone

    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s", datefmt="%Y-%m-%dT%H:%M:%S%z", stream=sys.stderr
    )
    logging.getLogger("monitor").setLevel(logging.INFO)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a beat that finds the last one at work is no news

    async def work(house: House) -> int:
        if not house.store.services.watchlists():
            print(_FIRST_STEPS.format(program=_program()), flush=True)
        await Daemon(house).run()
        return OK

    settings = _settings()
    check(settings)
    with held_alone(settings.database_url):
        return _with_house(work, settings)


def _program() -> str:
    """How this program was called, as far as a person can type it again."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return "python -m monitor"
    return os.path.relpath(called) if called.is_absolute() else str(called)


def _migrate(options: argparse.Namespace) -> int:
    from monitor.store.database import migrated

    before, after = migrated(_settings().database_url)
    print(f"The database is at schema {after}" + (" already." if before == after else f" (before: {before or 'none'})."))
    return OK


# ── seeing ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _read(options: argparse.Namespace) -> int:
    from monitor import show

    many = len(options.sources) > 1
    readings = asyncio.run(_readings(options.sources))
    for source, reading in readings:
        if options.json:
            value = ({"file": source} if many else {}) | show.reading_json(reading)
            print(json.dumps(value, ensure_ascii=False, indent=None if many else 2))
        else:
            print((f"── {source}\n" if many else "") + show.reading_text(reading) + ("\n" if many else ""))
    understood = [reading.understood for _, reading in readings]
    return OK if all(understood) else LOOK if any(understood) else NOT_UNDERSTOOD


async def _readings(sources: Sequence[str]) -> list[tuple[str, Reading]]:
    """The reading of each source. All are fetched or opened before anything is printed."""
    from monitor.cqc.read import read
    from monitor.model import Reading

    site = None
    found = []
    try:
        for source in sources:
            if source.startswith(("http://", "https://")):
                if site is None:
                    from monitor.bootstrap import build_site

                    site = build_site(_settings())
                page = await _fetched(site, source)
                body, content_type, url = page.body, page.content_type, page.url
            else:
                body, content_type, url = _file(source), None, None
            try:
                found.append((source, read(body, content_type=content_type, url=url)))
            except Unreadable as error:
                print(f"cqc-monitor: {source}: {error}", file=sys.stderr)
                found.append((source, Reading()))
    finally:
        if site is not None:
            await site.close()
    return found


async def _fetched(site: Site, url: str) -> Page:
    from monitor.cqc.site import Page

    answer = await site.fetch(url)
    if isinstance(answer, Page):
        return answer
    raise UsageError(f"{url} can't be read: {getattr(answer, 'detail', 'unchanged')}")


def _capture(options: argparse.Namespace) -> int:
    from monitor.bootstrap import STATE, build_site
    from monitor.capture import capture
    from monitor.cqc.addresses import location_path

    settings = _settings()
    (location_id,) = _location_ids([options.location], settings.cqc_base_url)

    async def fetch() -> Page:
        site = build_site(settings)
        try:
            return await _fetched(site, location_path(location_id))
        finally:
            await site.close()

    captured = capture(asyncio.run(fetch()), location_id, options.to or STATE / "captured")
    print(f"Saved {captured.page} and {captured.reading}.")
    print("Names beside a role or a title were removed. Look through the page before you send it to anybody.")
    return OK


_LARGEST = 64_000_000  # bytes; what is larger is no publication about one service


def _file(name: str) -> bytes:
    try:
        if name == "-":
            body = sys.stdin.buffer.read(_LARGEST + 1)
        else:
            with Path(name).open("rb") as stream:
                body = stream.read(_LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{name} can't be read: {error.strerror}") from None
    if len(body) > _LARGEST:
        raise UsageError(f"{name} is too large: over 64 MB")
    return body


def _events(options: argparse.Namespace) -> int:
    from monitor import show

    since = _since(options.since) if options.since else None

    async def work(house: House) -> int:
        events = house.store.services.events(since)
        if options.json:
            _print_json(show.events_json(events))
        else:
            print("\n".join(show.event_text(event) for event in events) or "No events.")
        return OK

    return _with_house(work)


def _since(text: str) -> Any:
    """The start of a day in London, or an instant, from ISO text."""
    from datetime import UTC, datetime

    from monitor.schedule import LONDON

    try:
        parsed = datetime.fromisoformat(text)
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=LONDON)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(f"--since: {text!r} is not a date: write for example 2026-11-21") from None


def _history(options: argparse.Namespace) -> int:
    from monitor import show

    settings = _settings()
    (location_id,) = _location_ids([options.location], settings.cqc_base_url)

    async def work(house: House) -> int:
        snapshots = house.store.services.history(location_id)
        if not snapshots and not house.store.services.watched([location_id]):
            raise UsageError(f"{location_id} is not watched (put it on a watchlist with cqc-monitor watch add)")
        events = [event for event in house.store.services.events() if event.location_id == location_id]
        if options.json:
            _print_json(show.history_json(location_id, snapshots, events))
        else:
            print(show.history_text(snapshots, events) if snapshots else f"{location_id} has not been read yet.")
        return OK

    return _with_house(work, settings)


def _status(options: argparse.Namespace) -> int:
    from monitor import channels, show
    from monitor.bootstrap import now
    from monitor.deliver import is_stale

    async def work(house: House) -> int:
        services = house.store.services.watched()
        listed = house.store.outbox.unsent()
        unsent = [show.unsent_json(one, channels.shown(one.address)) for one in listed]
        stale = [one.location_id for one in services if is_stale(one, now(), house.settings.stale_after)]
        troubled = [one for one in services if one.failures]
        wrong = [f"not read well for too long: {', '.join(stale)}"] if stale else []
        wrong += [f"not read well at the last look: {one.location_id}: {one.trouble}" for one in troubled]
        wrong += [f"given up: {one['kind']} to {one['address']}: {one['reply']}" for one in unsent if one["state"] == "dead"]
        wrong += [
            f"not taken yet: {one['kind']} to {one['address']}: {one['reply']}"
            for one in unsent
            if one["state"] == "pending" and one["attempts"]
        ]
        if options.json:
            _print_json(show.status_json(services, unsent, wrong, now()))
        else:
            print(show.status_text(services, unsent, wrong))
        return LOOK if wrong else OK

    return _with_house(work)
