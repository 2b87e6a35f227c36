"""The command line: the commands with their options, and their exit statuses.

0    the command is done
1    the command is done, but a person should look at something
2    arguments, settings or files are unusable; the command printed one line on standard error, and wrote nothing
3    `read` understood nothing
130  somebody stopped the command with Ctrl-C
"""

from __future__ import annotations

import argparse
import atexit
import gc
import io
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from monitor import __version__
from monitor.channels import FORMS
from monitor.commands import (
    INTERRUPTED,
    LOOK,
    OK,
    UNUSABLE,
    case,
    db,
    doctor,
    facts,
    outbox,
    person,
    read,
    suspended,
    verify,
    web,
)
from monitor.commands import drill as drilling
from monitor.commands import register as registering
from monitor.commands import report as reporting
from monitor.commands import run as working
from monitor.commands import score as scoring
from monitor.commands import watch as watching
from monitor.errors import MonitorError, UsageError, fault

Command = Callable[[argparse.Namespace], int]

# The same days as monitor.detect.schedule.DAYS. That module is too heavy to import for --help.
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_PAGES = "127.0.0.1:8000"
"""The address at which the daemon serves the pages."""

_LAYOUTS = ("text", "html", "csv", "xlsx", "docx")
"""The same formats as monitor.reports.export.LAYOUTS. That module is too heavy to import for --help."""

NEW_OBJECTS = 50_000
"""How many new objects trigger a garbage collection. A starting command makes hundreds of thousands of objects and frees hardly
any. With the interpreter's default of 700, garbage collection takes a tenth of the start-up time."""


class _Parser(argparse.ArgumentParser):
    """Reports wrong arguments in one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (see {self.prog} --help)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    gc.set_threshold(NEW_OBJECTS)
    atexit.register(gc.freeze)  # without this, a last collection at exit takes a fifth of a short command's time
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # the command must not fail if the terminal can't show a name
    try:
        options = _parser().parse_args(arguments)
        return int(options.command(options))
    except MonitorError as error:
        print(f"cqc-monitor: {' '.join(str(error).split())}", file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:
        # The program that reads our output has ended (for example `| head`). This is not an error, and nobody would see a
        # message.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        why = f"{error.filename or 'a file'} can't be used: {error.strerror or error}"
        print(f"cqc-monitor: {' '.join(why.split())}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print("\ncqc-monitor: stopped with Ctrl-C. Finished work is kept, and nothing is half done.", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        print(f"cqc-monitor: {fault(error)}", file=sys.stderr)
        return LOOK


@cache
def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="cqc-monitor",
        description="Watches care services on CQC's website and alerts people when a rating falls or special measures begin.",
    )
    parser.add_argument("--version", action="version", version=f"cqc-monitor {__version__}", help="show the version")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Command, text: str, within: Any = commands) -> argparse.ArgumentParser:
        one: argparse.ArgumentParser = within.add_parser(name, help=text, description=text)
        one.set_defaults(command=run)
        return one

    _watching(commands, command)
    one = command("check", working.check, "check all watched services, or only the given services, now")
    one.add_argument("locations", metavar="LOCATION", nargs="*")
    _json(one)
    command("deliver", working.deliver, "send the messages that are due, then stop")
    one = command("run", working.run, "run the daemon, which checks services and sends messages until it is stopped")
    one.add_argument("--web", metavar="HOST:PORT", nargs="?", const=_PAGES, type=_listener, help=f"serve pages too ({_PAGES})")
    _pages(command)
    _people(commands, command)
    _cases(commands, command)
    _suspensions(command)
    _drill(command)
    _outbox(commands, command)
    one = command("test", outbox.test, "send a test message now; a suspended receiver that accepts it is active again")
    one.add_argument("address", metavar="ADDRESS", help=FORMS)

    _reading(command)
    _json(command("status", read.status, "show when each service was last read, which messages wait, and what is wrong"))
    _json(command("doctor", doctor.doctor, "check the settings, database, mail server, addresses, clock and CQC's site"))

    one = command("verify", verify.verify, "compare our readings of services with CQC's own files; nothing is changed or sent")
    one.add_argument("locations", metavar="LOCATION", nargs="*", help="compare these services (default: all watched services)")
    text = "compare this many services from CQC's file, spread over all kinds"
    one.add_argument("--sample", metavar="N", type=_number, help=text)
    one.add_argument("--anew", action="store_true", help="start from the beginning, even if a run was interrupted")
    _json(one)

    _register(commands, command)
    _reports(commands, command)
    one = command("backup", db.backup, "save a checked copy of the database, even while it is in use")
    one.add_argument(
        "file", metavar="FILE", type=Path, nargs="?", help="a new file (default: a file in BACKUP_TO, named after the time)"
    )
    one = command("restore", db.restore, "restore a saved copy of the database; the database that it replaces is kept")
    one.add_argument("file", metavar="FILE", type=Path)
    one = command("copy-database", db.copy_database, "copy everything into an empty database, for example into PostgreSQL")
    one.add_argument("target", metavar="URL", help="postgresql://user@host/name or sqlite:///file")
    command("migrate", db.migrate, "bring the database to this version's schema")
    one = command("sql-views", db.sql_views, "make views in PostgreSQL for SQL clients, without secrets or people's addresses")
    what = one.add_mutually_exclusive_group()
    what.add_argument("--for", dest="role", metavar="ROLE", help="let this database role read the views")
    what.add_argument("--remove", action="store_true", help="remove the views, and all permissions on them")
    return parser


def _pages(command: Callable[..., argparse.ArgumentParser]) -> None:
    one = command("web", web.web, "serve the web pages")
    one.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    one.add_argument("--port", type=_port, default=8000, help="the port to listen on (8000)")
    one = command(
        "invite", web.invite, "let somebody sign in to the pages, and send them a link (printed if email is not set up)"
    )
    one.add_argument("address", metavar="ADDRESS", help="their email address")
    role = one.add_mutually_exclusive_group()
    for name in ("editor", "operator"):
        role.add_argument(f"--{name}", dest="role", action="store_const", const=name, default="reader", help=f"as {name}")
    one = command("end-access", web.end_access, "stop somebody from signing in, and decide what happens to their subscriptions")
    one.add_argument("address", metavar="ADDRESS", help="their email address")
    decision = one.add_mutually_exclusive_group()
    decision.add_argument(
        "--end-subscriptions", action="store_true", help="end their mailbox's subscriptions, and the subscriptions that they made"
    )
    decision.add_argument("--keep-subscriptions", action="store_true", help="leave all their subscriptions as they are")
    decision.add_argument(
        "--hand-over-to",
        metavar="ADDRESS",
        help="hand their subscriptions over to another person, who gets the messages in their own mailbox",
    )
    one.add_argument("--even-the-last", action="store_true", help="continue even if nobody is then alerted about a watchlist")


def _people(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    data = commands.add_parser("person", help="the data stored about a person: export, erase")
    doing = data.add_subparsers(metavar="export|erase", required=True)
    one = command("export", person.export, "show everything that is stored about a person, as JSON", doing)
    one.add_argument("address", metavar="ADDRESS", help="their email address")
    one.add_argument("--to", metavar="FILE", type=Path, help="write the JSON into a new file")
    one = command("erase", person.erase, "erase a person's data; without --yes, show what would be erased", doing)
    one.add_argument("address", metavar="ADDRESS", help="their email address")
    one.add_argument("--yes", action="store_true", help="erase the data")
    one.add_argument("--even-the-last", action="store_true", help="erase even if nobody is alerted about a watchlist afterwards")


def _cases(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    doing = commands.add_parser("case", help="cases: list, take, close").add_subparsers(metavar="list|take|close", required=True)
    one = command("list", case.case_list, "show the open cases, sorted by due date", doing)
    _json(one)
    one.add_argument("--all", action="store_true", help="show closed cases too")
    for name, run, text in (
        ("take", case.take, "take a case, which also acknowledges its events"),
        ("close", case.close, "close a case, which also acknowledges its events"),
    ):
        one = command(name, run, text, doing)
        one.add_argument("case", metavar="CASE", type=_case, help="the number of the case")
        one.add_argument("--by", metavar="ADDRESS", required=True, help="the email address of the person who does this")
        if name == "take":
            one.add_argument("--due", type=_date, metavar="DATE", help="when the case is due (2026-12-03)")
        else:
            one.add_argument(
                "--outcome",
                required=True,
                metavar="OUTCOME",
                help="how the case ended (a wrong value prints the possible outcomes)",
            )
            one.add_argument("--reason", required=True, metavar="TEXT", help="why the case is closed")


def _drill(command: Callable[..., argparse.ArgumentParser]) -> None:
    one = command("drill", drilling.drill, "send a practice alert to everybody who would be alerted at once about a watchlist")
    one.add_argument("watchlist", metavar="WATCHLIST")
    one.add_argument("--results", action="store_true", help="send nothing: show who answered earlier drills, and how fast")
    _json(one)


def _suspensions(command: Callable[..., argparse.ArgumentParser]) -> None:
    one = command(
        "suspensions", suspended.suspensions, "list services where placements are suspended or might have to be suspended"
    )
    one.add_argument(
        "watchlist",
        metavar="WATCHLIST",
        nargs="?",
        help="use this watchlist's own facts (default: the own facts of all watchlists)",
    )
    one.add_argument("--csv", action="store_true", help="print CSV")
    _json(one)


def _watching(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    watch = commands.add_parser("watch", help="watchlists: add, import, rule, remove, list")
    lists = watch.add_subparsers(metavar="add|import|rule|remove|list", required=True)
    for name, run, text in (
        ("add", watching.watch_add, "put services on a watchlist, by id or by the address of their page on CQC's site"),
        ("remove", watching.watch_remove, "take services off a watchlist"),
    ):
        one = command(name, run, text, lists)
        one.add_argument("watchlist", metavar="WATCHLIST")
        one.add_argument("locations", metavar="LOCATION", nargs="+")
    text = "add the services that a CSV file lists to a watchlist (column location_id or url)"
    one = command("import", watching.watch_import, text, lists)
    one.add_argument("watchlist", metavar="WATCHLIST")
    one.add_argument("file", metavar="FILE.csv", type=Path)
    one.add_argument("--skip-bad", action="store_true", help="import the usable rows even if other rows are unusable")
    _rule(command("rule", watching.watch_rule, "make a watchlist follow CQC's register, and watch every matching service", lists))
    _json(command("list", watching.watch_list, "show the watchlists, their services and who is alerted", lists))

    own = commands.add_parser("facts", help="a council's own facts about the services of a watchlist: import")
    text = "replace a watchlist's own facts with the facts in a CSV or Excel file"
    one = command("import", facts.import_, text, own.add_subparsers(metavar="import", required=True))
    one.add_argument("watchlist", metavar="WATCHLIST")
    one.add_argument("file", metavar="FILE", type=Path)
    one.add_argument("--preview", action="store_true", help="show what would change, and change nothing")

    one = command("subscribe", watching.subscribe, "alert an address about the services on a watchlist")
    _subscription(one)
    one.add_argument("--when", choices=("immediate", "daily", "weekly"), default="immediate")
    one.add_argument("--at", type=_hour, default=time(7, 30), metavar="HH:MM", help="hour of the digest, London time (07:30)")
    one.add_argument("--day", choices=_DAYS, default="mon", help="day of a weekly digest (mon)")
    one.add_argument(
        "--from",
        dest="at_once",
        choices=("any", "overall", "low", "inadequate"),
        help="what an immediate subscription gets at once: any fall (any), overall falls (overall), overall falls to requires "
        "improvement or worse (low), only special measures and falls to inadequate (inadequate); other events come at HH:MM",
    )
    one.add_argument(
        "--all-news",
        action=argparse.BooleanOptionalAction,
        help="an immediate subscription gets reports without bad news each day, not once a week",
    )
    one.add_argument(
        "--only-placed",
        action=argparse.BooleanOptionalAction,
        help="leave out services where nobody is placed according to own facts; falls to inadequate, and special measures, are "
        "always sent",
    )
    one.add_argument("--quiet", action="store_true", help="send no welcome message")
    one.add_argument(
        "--still-watching",
        action=argparse.BooleanOptionalAction,
        help="send a heartbeat message each week, on DAY at HH:MM, even if nothing happened",
    )
    _subscription(command("unsubscribe", watching.unsubscribe, "stop alerting an address"))
    one = command("webhook-secret", watching.webhook_secret, "show the secret that signs the messages to a webhook, or renew it")
    one.add_argument("address", metavar="ADDRESS", help="webhook:https://…")
    one.add_argument("--renew", action="store_true", help="make a new secret; for a week, the earlier secret signs messages too")


def _reading(command: Callable[..., argparse.ArgumentParser]) -> None:
    one = command("read", read.read, "show how a page, a report or an API answer is understood")
    one.add_argument("sources", metavar="FILE|URL|-", nargs="+")
    one.add_argument(
        "--explain",
        action="store_true",
        help="show each statement in words, what the reader concluded from it, and by which rule",
    )
    _json(one)
    one = command("capture", read.capture, "save a service's page with its reading, to report a misread page")
    one.add_argument("location", metavar="LOCATION")
    one.add_argument("--to", metavar="FOLDER", type=Path, help="the folder for the page (state/captured)")
    one.add_argument(
        "--expect",
        metavar="FIELD=VALUE",
        action="append",
        help="what the page really says (overall=inadequate, safe=none, special_measures=entered), saved as a test case",
    )
    one = command("score", scoring.score, "compare the readings of files with labels that give the correct readings")
    one.add_argument("folder", metavar="FOLDER", type=Path, help="the folder of the files")
    one.add_argument("--labels", metavar="FILE", type=Path, help="the labels, one per line (expected.jsonl in the folder)")
    _json(one)
    one = command("events", read.events, "show the events, oldest first")
    one.add_argument("--since", metavar="DATE", help="from this date on (2026-11-21)")
    _json(one)
    one = command("evidence", read.evidence, "show the stored page that is the evidence of an event")
    one.add_argument("event", metavar="EVENT", help="the id of the event, or a unique beginning of the id")
    one.add_argument("--to", metavar="FILE", type=Path, help="write the page into a new file, as received")
    one = command("correct", outbox.correct, "retract an event, and send a correction to everybody who got the event")
    one.add_argument("event", metavar="EVENT", help="the id of the event, or a unique beginning of the id")
    decided = one.add_mutually_exclusive_group(required=True)
    decided.add_argument("--why", metavar="TEXT", help="why the event was wrong; the correction contains this text")
    decided.add_argument("--stands", action="store_true", help="the event was right, so stop proposing to retract it")
    one = command("history", read.history, "show the ratings and the changes of one service")
    one.add_argument("location", metavar="LOCATION")
    _json(one)
    one = command("told", outbox.told, "show the delivery log: what was sent to whom, when, and the receiver's answer")
    one.add_argument("--since", metavar="DATE", help="from this date on (2026-11-21)")
    _json(one)


def _outbox(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    outgoing = commands.add_parser("outbox", help="waiting messages and dead letters: list, retry, replay, drop")
    sending = outgoing.add_subparsers(metavar="list|retry|replay|drop", required=True)
    _json(command("list", outbox.list_, "show the waiting messages, why they wait, and the dead letters", sending))
    one = command("retry", outbox.retry, "send messages again now, including dead letters", sending)
    one.add_argument("messages", metavar="ID", nargs="*", help="the message's id, as 'outbox list' shows it")
    one.add_argument("--dead", action="store_true", help="send all dead letters again")
    one = command(
        "replay", outbox.replay, "send again the messages that a webhook accepted and then lost", sending
    )
    one.add_argument("address", metavar="ADDRESS", help="the webhook's address, as it was subscribed")
    one.add_argument(
        "--since", metavar="DATE", required=True, help="only messages made on or after this date (2026-11-21) or time"
    )
    one.add_argument("--until", metavar="DATE", help="only messages made before this date or time")
    one = command("drop", outbox.drop, "drop messages for good; the delivery log lists them as dropped", sending)
    one.add_argument("messages", metavar="ID", nargs="+", help="the message's id, as 'outbox list' shows it")


def _register(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    register = commands.add_parser("register", help="CQC's register of all services: import, refresh, status")
    filling = register.add_subparsers(metavar="import|refresh|status", required=True)
    text = "import CQC's monthly files: directory, active locations, latest ratings (CSV, ODS, XLSX)"
    one = command("import", registering.import_, text, filling)
    one.add_argument("files", metavar="FILE", nargs="+", type=Path)
    one.add_argument("--as-of", type=_date, metavar="DATE", help="the date of files that state no date (2026-05-05)")
    one.add_argument("--although-fewer", action="store_true", help="import a file even if it lists far fewer services")
    one = command("refresh", registering.refresh, "fetch and import newer files from CQC's site, if there are any", filling)
    one.add_argument("--progress", action="store_true", help="show progress even without a terminal")
    _json(command("status", registering.status, "show the register's files, size and age", filling))
    one = command("find", registering.find, "find services in the register by name, place, postcode, provider or id")
    one.add_argument("words", metavar="WORDS", nargs="+")
    one.add_argument("--limit", type=_number, default=20, metavar="N", help="show at most N (20)")
    _json(one)


def _reports(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    report = commands.add_parser("report", help="reports: area, areas, provider, signs, assurance")
    kinds = report.add_subparsers(metavar="area|areas|provider|signs|assurance", required=True)
    one = command("area", reporting.area, "the quality of care in one local authority", kinds)
    one.add_argument("name", metavar="NAME", help="a local authority")
    one.add_argument("--contracted", metavar="FILE", type=Path, help="services that you have contracts with (CSV or XLSX)")
    one.add_argument("--template", metavar="FILE", type=Path, help="your own Word template (.docx), for --format docx")
    _period(one)
    _printed(one)
    one = command("areas", reporting.areas, "one report for each of the 153 local authorities, in separate files", kinds)
    _period(one)
    one.add_argument("--format", choices=_LAYOUTS, help="the format of the reports (html)")
    one.add_argument("--output", metavar="FOLDER", type=Path, required=True, help="folder to save in")
    one = command("provider", reporting.provider, "the services of a provider or brand, across councils", kinds)
    one.add_argument("name", metavar="NAME|ID", help="a provider's id, or all or part of a provider's or brand's name")
    _printed(one)
    one = command(
        "signs", reporting.signs, "early signs: several falls at one provider, services never rated, old ratings", kinds
    )
    one.add_argument("--area", metavar="NAME", help="only in this local authority (default: all of England)")
    _printed(one)
    one = command("assurance", reporting.assurance, "a month of this monitor, for an auditor or a board", kinds)
    one.add_argument("--month", default="", metavar="YYYY-MM", help="the month (default: the last complete month)")
    one.add_argument("--watchlist", metavar="NAME", help="only for this watchlist (default: all watchlists)")
    _printed(one)

    comparators = commands.add_parser("comparators", help="local authorities to compare with, by name: set, list, remove")
    lists = comparators.add_subparsers(metavar="set|list|remove", required=True)
    one = command("set", reporting.comparators_set, "save a list of local authorities under a name", lists)
    one.add_argument("name", metavar="NAME")
    one.add_argument(
        "authorities", metavar="FILE|AUTHORITY", nargs="+", help="a file of local authorities (CSV or XLSX), or their names"
    )
    command("list", reporting.comparators_list, "show the saved lists", lists)
    one = command("remove", reporting.comparators_remove, "remove a saved list", lists)
    one.add_argument("name", metavar="NAME")


def _period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--against", metavar="FILE|LIST", help="compare with these local authorities (a file, or a saved list)")
    parser.add_argument(
        "--from", dest="since", metavar="DATE", help="first day of the period (default: a year before its last day)"
    )
    parser.add_argument("--to", metavar="DATE", help="last day of the period (default: today)")
    parser.add_argument(
        "--as-at", metavar="DATE", help="use the ratings as they were on this day (default: the present ratings)"
    )


def _printed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=_LAYOUTS, help="the format of the report (default: as the file's extension, otherwise text)"
    )
    parser.add_argument("--output", metavar="FILE", type=Path, help="save the report in this file (default: print it)")


def _rule(one: argparse.ArgumentParser) -> None:
    one.add_argument("watchlist", metavar="WATCHLIST")
    for option, line, text in (
        ("--authority", "authorities", "a local authority, such as Leicestershire"),
        ("--region", "regions", "a region of England"),
        ("--type", "types", "a type of service in CQC's words, such as 'Homecare agencies'"),
        ("--sector", "sectors", "a sector: care home, community-based, other"),
        ("--provider", "providers", "a provider, by its id or name"),
        ("--brand", "brands", "a brand, which a group of providers shares"),
        ("--specialism", "specialisms", "a specialism, such as Dementia"),
        ("--rating", "ratings", "an overall rating, or 'not rated'"),
    ):
        value = option.removeprefix("--").upper()
        text += "; repeat the option for others"
        one.add_argument(option, dest=line, metavar=value, action="append", default=[], help=text)
    one.add_argument("--near", metavar="POSTCODE", help="with --miles: services near this postcode")
    one.add_argument("--miles", metavar="N", help="with --near: at most this many miles away, in a straight line")
    one.add_argument("--all-of-england", action="store_true", help="follow every service in the register")
    one.add_argument("--dry-run", action="store_true", help="show what the rule would do, and change nothing")
    one.add_argument("--remove", action="store_true", help="stop following the register")
    one.add_argument("--keep-services", action="store_true", help="with --remove: keep the services that the rule added")


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def _subscription(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("watchlist", metavar="WATCHLIST")
    parser.add_argument("address", metavar="ADDRESS", help=FORMS)


def _listener(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host.strip("[]") or "127.0.0.1", _port(port)


def _port(text: str) -> int:
    if text.isdecimal() and 0 <= int(text) < 65_536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port: write for example 8000")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date: write for example 2026-05-05") from None


def _case(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) < 10:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not the number of a case: see cqc-monitor case list")


def _number(text: str) -> int:
    if text.isdecimal() and 0 < int(text) <= 10_000:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 10000")


def _hour(text: str) -> time:
    hour, _, minute = text.partition(":")
    if len(hour) in {1, 2} and len(minute) == 2 and (hour + minute).isdecimal() and int(hour) < 24 and int(minute) < 60:
        return time(int(hour), int(minute))
    raise argparse.ArgumentTypeError(f"{text!r} is not an hour: write for example 07:30")
