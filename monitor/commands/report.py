"""Commands that make reports: the quality of care in an area, the services of a provider, early signs, and a month of this
monitor. Other commands save lists of authorities to compare with."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.commands import OK, listed, load_settings, progress, with_store
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.reports.area import Comparators, Survey
    from monitor.reports.paper import Paper

_ENDINGS = {".txt": "text", ".html": "html", ".htm": "html", ".csv": "csv", ".xlsx": "xlsx", ".docx": "docx"}

_SUFFIX = {"text": "txt"}
"""The file's ending for a layout that has another name."""

_LONGEST_SAID = 80
"""An error message repeats at most this many characters of an argument."""


def area(options: argparse.Namespace) -> int:
    from monitor.reports.area import area_of, area_report
    from monitor.reports.quality import area_paper

    name, layout = area_of(options.name), _layout(options)
    contracted = _contracted(options.contracted)
    template = _template(options.template, layout)

    def work(app: App) -> int:
        against = _against(app, options.against)
        report = area_report(_survey(app, options), name, against, contracted)
        _put(area_paper(report), layout, options.output, app, template=template)
        return OK

    return with_store(work)


def areas(options: argparse.Namespace) -> int:
    from monitor.register.authorities import AUTHORITIES
    from monitor.reports.area import area_report
    from monitor.reports.quality import area_paper

    layout = options.format or "html"

    def work(app: App) -> int:
        against = _against(app, options.against)
        survey = _survey(app, options)
        options.output.mkdir(parents=True, exist_ok=True)
        with progress("writing reports") as say:
            for number, name in enumerate(AUTHORITIES, 1):
                say(f"{number} of {len(AUTHORITIES)}")
                paper = area_paper(area_report(survey, name, against))
                _put(paper, layout, options.output / f"{paper.name}.{_SUFFIX.get(layout, layout)}", app, quiet=True)
        print(f"{len(AUTHORITIES)} reports in {options.output}.")
        return OK

    return with_store(work)


def provider(options: argparse.Namespace) -> int:
    from monitor.app import now
    from monitor.register.movements import EMPTY
    from monitor.reports.document import provider_paper
    from monitor.reports.provider import chosen, provider_report
    from monitor.text import LONDON

    layout = _layout(options)

    def work(app: App) -> int:
        files = app.store.areas.filed()
        if files is None:
            raise UsageError(EMPTY)
        holder = chosen(app.store.areas.holders(options.name), options.name)
        services = app.store.areas.of_holder(holder)
        timelines = app.store.areas.timelines(services)
        today = now().astimezone(LONDON).date()
        events = app.store.services.events(of=list(timelines))
        report = provider_report(holder, services, timelines, events, today=today, files=files)
        _put(provider_paper(report), layout, options.output, app)
        return OK

    return with_store(work)


def signs(options: argparse.Namespace) -> int:
    from monitor.app import now
    from monitor.reports.area import Survey, area_of
    from monitor.reports.asked import asked
    from monitor.reports.document import signs_paper
    from monitor.reports.provider import FALLS_SINCE
    from monitor.reports.provider import signs as signs_of
    from monitor.text import LONDON

    name, layout = area_of(options.area) if options.area else None, _layout(options)

    def work(app: App) -> int:
        today = now().astimezone(LONDON).date()
        survey = Survey(app.store.areas.known(), app.store.services.events(), asked(today, since=today - FALLS_SINCE))
        known = survey.known
        found = signs_of(known.present, survey.moved(), area=name, today=today, files=known.files)
        _put(signs_paper(found), layout, options.output, app)
        return OK

    return with_store(work)


def assurance(options: argparse.Namespace) -> int:
    from monitor.app import now
    from monitor.reports.assurance import month_of
    from monitor.reports.assurance_paper import assurance_paper

    at, layout = now(), _layout(options)
    month = month_of(options.month, at)

    def work(app: App) -> int:
        if options.watchlist is not None and app.store.watchlists.find(options.watchlist) is None:
            raise UsageError(f"there is no watchlist {options.watchlist[:_LONGEST_SAID]!r}: see cqc-monitor watch list")
        records = app.store.assurance.records(month, options.watchlist, at, app.settings.keep_log)
        _put(assurance_paper(records), layout, options.output, app)
        return OK

    return with_store(work)


def _survey(app: App, options: argparse.Namespace) -> Survey:
    from monitor.app import now
    from monitor.reports.area import Survey
    from monitor.reports.asked import asked
    from monitor.text import LONDON

    at = now()
    days = asked(
        at.astimezone(LONDON).date(),
        at=_day(options.as_at, "--as-at"),
        since=_day(options.since, "--from"),
        to=_day(options.to, "--to"),
    )
    pages = app.store.standings.pages(at - app.settings.stale_after)
    return Survey(app.store.areas.known(), app.store.services.events(), days, pages)


def _day(text: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{option}: {text!r} is not a date: write for example 2026-01-01") from None


def _contracted(file: Path | None) -> tuple[str, ...] | None:
    from monitor.cqc.location_list import content_of, read_upload

    if file is None:
        return None
    settings = load_settings()
    sheet = read_upload(content_of(file), base_url=settings.cqc_base_url, listed=listed(settings))
    if sheet.problems:
        more = f" (and {len(sheet.problems) - 1} more)" if len(sheet.problems) > 1 else ""
        raise UsageError(f"{file}: {sheet.problems[0]}{more}")
    return sheet.ids


def _against(app: App, text: str | None) -> Comparators | None:
    """Returns the authorities in the file `text`, or in the list saved under this name. None if `text` is None."""
    from monitor.reports.area import Comparators, authorities_of

    if text is None:
        return None
    if _is_file(text):
        return Comparators(name=Path(text).stem, authorities=_in_file(Path(text)))
    lists = app.store.areas.lists()
    if text not in lists:
        saved = f": {', '.join(lists)}" if lists else ""
        said = text[:_LONGEST_SAID]
        raise UsageError(f"--against: {said} is neither a file nor a saved list{saved} (see cqc-monitor comparators set)")
    return Comparators(name=text, authorities=authorities_of(lists[text]))


def _is_file(text: str) -> bool:
    """Whether a text is the path of a file. False if the text is too long for a file name."""
    try:
        return Path(text).is_file()
    except OSError:
        return False


def _in_file(file: Path) -> tuple[str, ...]:
    from monitor.cqc.location_list import COLUMNS_OF_AUTHORITIES, content_of, read_column
    from monitor.reports.area import authorities_of

    return authorities_of(read_column(content_of(file), COLUMNS_OF_AUTHORITIES, str(file)))


def _layout(options: argparse.Namespace) -> str:
    """Returns the requested layout. If none is requested, the file's ending decides. Without a file, the layout is "text"."""
    if options.format:
        return str(options.format)
    if options.output is None:
        return "text"
    ending = options.output.suffix.lower()
    if ending not in _ENDINGS:
        raise UsageError(f"{options.output}: choose the format with --format, or end the file's name with {', '.join(_ENDINGS)}")
    return _ENDINGS[ending]


def _template(file: Path | None, layout: str) -> tuple[str, bytes] | None:
    """Returns the name and the bytes of a template for Word documents; None if `file` is None."""
    from monitor.cqc.location_list import content_of

    if file is None:
        return None
    if layout != "docx":
        raise UsageError("--template is only for Word documents: add --format docx, or an --output that ends in .docx")
    return str(file), content_of(file)


def _put(
    paper: Paper,
    layout: str,
    output: Path | None,
    app: App,
    *,
    quiet: bool = False,
    template: tuple[str, bytes] | None = None,
) -> None:
    from monitor.cqc.word_template import in_template
    from monitor.reports.export import LAYOUTS

    if template is not None:
        name, raw = template
        content = in_template(paper, raw, file=name)
    else:
        content = LAYOUTS[layout](paper, app.settings.cqc_base_url)
    if output is None:
        if layout == "text":
            print(content.decode("utf-8"), end="")
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
        return
    _write(output, content)
    if not quiet:
        print(f"Saved {output}: {paper.title}.")


def _write(file: Path, content: bytes) -> None:
    """Writes the file completely or not at all: first writes it under another name, then renames it."""
    if not file.name:
        raise UsageError(f"{file} is a folder: name a file in this folder")
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        aside.write_bytes(content)
        aside.replace(file)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise UsageError(f"{file} can't be written: {error.strerror}") from None


# ── comparators ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def comparators_set(options: argparse.Namespace) -> int:
    from monitor.app import now
    from monitor.reports.area import authorities_of
    from monitor.text import counted, plain

    name = plain(options.name)
    if not name or len(name) > 100:
        raise UsageError("the list's name must have 1 to 100 characters")
    first, *others = options.authorities
    found = authorities_of(options.authorities) if others or not _is_file(first) else _in_file(Path(first))

    def work(app: App) -> int:
        app.store.areas.save_list(name, found, now())
        print(f"{name}: {counted(len(found), 'authority', 'authorities')}: {'; '.join(found)}.")
        return OK

    return with_store(work)


def comparators_list(options: argparse.Namespace) -> int:
    def work(app: App) -> int:
        lists = app.store.areas.lists()
        for name, authorities in lists.items():
            print(f"{name} ({len(authorities)}): {'; '.join(authorities)}")
        if not lists:
            print("There is no saved list yet. Save one with cqc-monitor comparators set NAME FILE|AUTHORITY...")
        return OK

    return with_store(work)


def comparators_remove(options: argparse.Namespace) -> int:
    def work(app: App) -> int:
        if not app.store.areas.remove_list(options.name):
            raise UsageError(f"there is no list of authorities called {options.name}")
        print(f"{options.name} is removed.")
        return OK

    return with_store(work)
