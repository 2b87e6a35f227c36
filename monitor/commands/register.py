"""Commands that fetch and import the monthly files of CQC's register, show the register's state, and find services in it."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.commands import LOOK, OK, print_json, progress, with_app, with_store
from monitor.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from monitor.app import App
    from monitor.cqc.downloads import Link
    from monitor.cqc.site import Validators
    from monitor.register.entries import MonthlyFile
    from monitor.register.merge import Taken
    from monitor.store.intake import Kept, Source


_BY_HAND = (
    "The files can also be downloaded by hand, with a browser on any machine (CQC's page “Using CQC data”), and imported: "
    "cqc-monitor register import FILE …"
)
_NOTHING = (
    "There are no matching services. Every word must be in the service's name, address, postcode, provider or brand."
)


def import_(options: argparse.Namespace) -> int:
    """Imports files one after the other, each completely or not at all. Files that list services come first, because ratings
    belong to listed services. All files are examined before the first file is imported."""
    from monitor.cqc.files import look

    today = _today()
    looked = [(*look(path, today=today, as_of=options.as_of), path) for path in options.files]

    async def taking(app: App) -> int:
        for _, _, path in sorted(looked, key=lambda one: (not one[0].lists_all, one[1])):
            _take(app, _read(path, today, options.as_of), although_fewer=options.although_fewer)
        return OK if _follow_rules(app) else LOOK

    return with_app(taking)


def refresh(options: argparse.Namespace) -> int:
    """Fetches and imports files that are newer than the imported files. A file that can't be fetched or imported does not change
    the register."""
    progress.as_lines = options.progress

    async def refreshing(app: App) -> int:
        from monitor.cqc import downloads
        from monitor.cqc.site import Blind

        with progress("asking CQC which files it publishes"):
            found = await downloads.find(app.site)
        if isinstance(found, Blind):
            print(f"cqc-monitor: the register is unchanged: {found.detail}. {_BY_HAND}", file=sys.stderr)
            return LOOK
        if not found:
            where = app.settings.cqc_base_url + downloads.PAGE
            why = f"{where} has no link to a file that this program knows"
            print(f"cqc-monitor: the register is unchanged: {why}. {_BY_HAND}", file=sys.stderr)
            return LOOK
        _remove_leftovers()
        troubles = [await _refreshed(app, link) for link in sorted(found, key=_in_order)]
        followed = _follow_rules(app)
        for trouble in filter(None, troubles):
            print(f"cqc-monitor: a file was not imported, so the register keeps its earlier data: {trouble}", file=sys.stderr)
        return OK if followed and not any(troubles) else LOOK

    return with_app(refreshing)


def status(options: argparse.Namespace) -> int:
    def showing(app: App) -> int:
        from monitor.views import register

        extent, files = app.store.intake.extent(), app.store.intake.files()
        if options.json:
            print_json(register.register_json(extent, files, _today()))
        else:
            print(register.register_text(extent, files, _today()))
        return OK

    return with_store(showing)


def find(options: argparse.Namespace) -> int:
    def finding(app: App) -> int:
        from monitor.views import register

        words = " ".join(options.words)
        found = app.store.register.find(words, limit=options.limit)
        if options.json:
            print_json([register.entry_json(entry) for entry in found])
            return OK
        if not found:
            empty = not app.store.intake.files()
            print("The register is empty: fill it with cqc-monitor register refresh." if empty else _NOTHING)
            return OK
        print("\n".join(register.entry_text(entry) for entry in found))
        more = app.store.register.count_found(words) - len(found)
        if more > 0:
            print(f"and {more} more (--limit shows more)")
        return OK

    return with_store(finding)


# Importing


def _today() -> date:
    """Returns today's date in London. In summer, just after midnight, this is not the date in UTC."""
    from monitor.app import now
    from monitor.text import LONDON

    return now().astimezone(LONDON).date()


def _read(path: Path, today: date, as_of: date | None = None, name: str | None = None) -> MonthlyFile:
    from monitor.cqc.files import read_file

    with progress(f"reading {name or path.name}") as heard:
        return read_file(path, today=today, as_of=as_of, name=name, progress=lambda rows: heard(f"{rows:,} rows"))


def _take(app: App, file: MonthlyFile, *, although_fewer: bool = False, source: Source | None = None) -> Taken:
    from monitor.app import now
    from monitor.views import register

    with progress(f"importing {file.name}"):
        taken = app.store.intake.take(file, at=now(), although_fewer=although_fewer, source=source)
    print(register.taken_text(taken))
    return taken


def _follow_rules(app: App) -> bool:
    """Applies the watchlists' rules at once, without waiting for the daemon's next round. Returns whether all rules could be
    applied."""
    from monitor.app import now

    followed = True
    for applied in app.store.rules.apply(now(), app.operator):
        print(f"{applied.watchlist}: {len(applied.joined)} joined, {len(applied.left)} left.")
        if applied.trouble:
            followed = False
            print(f"{applied.watchlist}: {applied.trouble}", file=sys.stderr)
    return followed


def _remove_leftovers() -> None:
    """Removes files that a killed refresh left behind, because CQC's files contain the names of managers. A refresh that is still
    running locks its own file, and locked files are not removed."""
    import fcntl

    from monitor.app import STATE

    for path in STATE.glob("register-*.part"):
        with suppress(OSError), path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()


async def _refreshed(app: App, link: Link) -> str | None:
    """Fetches and imports a file if it is newer than the imported file. Returns a problem in one line; None if there is no
    problem."""
    import fcntl
    import tempfile

    from monitor.app import STATE
    from monitor.cqc.site import Blind, Unchanged
    from monitor.cqc.transport import Into
    from monitor.store.intake import Source
    from monitor.text import day

    known = max((one for one in app.store.intake.files() if one.kind is link.kind), key=lambda one: one.as_of, default=None)
    if known and link.as_of and (link.as_of < known.as_of.replace(day=1)):
        print(f"{link.kind}: {link.name} is older than the imported file of {day(known.as_of)}.")
        return None
    STATE.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=STATE, prefix="register-", suffix=".part") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with progress(f"fetching {link.name}") as heard:
            into = Into(file.file, lambda size: heard(f"{size / 1_000_000:.1f} MB"))
            seen = await app.site.download(link.url, into, validators=_validators(known, link))
        match seen:
            case Blind():
                return f"{link.name}: {seen.detail}"
            case Unchanged():
                print(f"{link.kind}: CQC has published nothing newer than {link.name}.")
                return None
        file.flush()
        source = Source(url=link.url, etag=seen.etag, last_modified=seen.last_modified)
        try:
            _take(app, _read(Path(file.name), _today(), name=link.name), source=source)
        except UsageError as error:
            return str(error)
    return None


def _in_order(link: Link) -> tuple[bool, date]:
    from datetime import date

    return not link.kind.lists_all, link.as_of or date.max


def _validators(known: Kept | None, link: Link) -> Validators | None:
    from monitor.cqc.site import Validators

    if known is None or known.source is None or known.source.url != link.url:
        return None
    return Validators(etag=known.source.etag, last_modified=known.source.last_modified)
