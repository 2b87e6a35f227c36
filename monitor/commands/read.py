"""Commands that show how a page is read, and that show events, evidence, histories, and the state of the monitor."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.commands import (
    LOOK,
    NOT_UNDERSTOOD,
    OK,
    anything,
    load_settings,
    location_ids,
    print_json,
    since_of,
    with_app,
    with_store,
)
from monitor.errors import Unreadable, UsageError

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.cqc.site import Page, Site
    from monitor.model import Reading


def read(options: argparse.Namespace) -> int:
    import asyncio

    from monitor.views import reading as shown

    many = len(options.sources) > 1
    readings = asyncio.run(_readings(options.sources))
    for source, reading in readings:
        if options.json:
            value: shown.Json = ({"file": source} if many else {}) | shown.reading_json(reading)
            value |= {"decisions": shown.decisions_json(reading)} if options.explain else {}
            print(json.dumps(value, ensure_ascii=False, indent=None if many else 2))
        else:
            text = shown.explained(reading) if options.explain else shown.reading_text(reading)
            print((f"── {source}\n" if many else "") + text + ("\n" if many else ""))
    understood = [reading.says_something for _, reading in readings]
    return OK if all(understood) else LOOK if any(understood) else NOT_UNDERSTOOD


async def _readings(sources: Sequence[str]) -> list[tuple[str, Reading]]:
    """Returns the reading of each source. All sources are fetched or opened before anything is printed."""
    from monitor.cqc.reader import Reader
    from monitor.model import Reading

    site, reader = None, Reader()
    found = []
    try:
        for source in sources:
            if source.startswith(("http://", "https://")):
                if site is None:
                    from monitor.app import build_site

                    site = build_site(load_settings())
                page = await _fetched(site, source)
                body, content_type, url = page.body, page.content_type, page.url
            else:
                body, content_type, url = body_of(source), None, None
            try:
                found.append((source, await reader.read(body, content_type=content_type, url=url, pdf=True)))
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


def capture(options: argparse.Namespace) -> int:
    import asyncio

    from monitor.app import STATE, build_site
    from monitor.cqc.reader import Reader
    from monitor.locations import location_path
    from monitor.operations.capture import Captured, capture, expectation

    settings = load_settings()
    (location_id,) = location_ids([options.location], settings)
    expect = expectation(options.expect or ())

    async def work() -> Captured:
        site, reader = build_site(settings), Reader()
        try:
            page = await _fetched(site, location_path(location_id))
            return await capture(page, location_id, options.to or STATE / "captured", reader, expect)
        finally:
            await site.close()

    captured = asyncio.run(work())
    print(f"Saved {captured.page} and {captured.reading}.")
    if captured.cases:
        print(f"The expected reading is in {captured.cases}.")
    print("Names beside a role or a title were removed. Read through the page before you send it to anybody.")
    return OK


_LARGEST = 64_000_000  # bytes; no publication about one service is larger


def body_of(name: str) -> bytes:
    """Returns the bytes of a file, or of standard input (`-`). Raises UsageError if the file can't be read or is too large."""
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


def events(options: argparse.Namespace) -> int:
    from monitor.views import show

    since = since_of(options.since) if options.since else None

    def work(app: App) -> int:
        events = app.store.services.events(since)
        if options.json:
            print_json(show.events_json(events))
        else:
            print("\n".join(show.event_text(event) for event in events) or "No events.")
        return OK

    return with_store(work)


def evidence(options: argparse.Namespace) -> int:
    from monitor.text import moment, stamp
    from monitor.views import show

    async def work(app: App) -> int:
        event, kept = app.store.evidence.of(options.event)
        if kept is None:
            print(f"cqc-monitor: no page was kept for the event {event.id}", file=sys.stderr)
            return LOOK
        if options.to is None or kept.body is None:
            print(await show.evidence_text(event, kept, app.reader))
        if kept.removed_at is not None:
            gone = f"the page was removed on {moment(kept.removed_at)} (KEEP_EVIDENCE)"
            print(f"cqc-monitor: {gone}" + ("; nothing written" if options.to else ""), file=sys.stderr)
            return LOOK
        if kept.body is None:
            damaged = "the kept page is damaged: its digest is no longer the digest of the page that was fetched"
            print(f"cqc-monitor: {damaged}" + ("; nothing written" if options.to else ""), file=sys.stderr)
            return LOOK
        if options.to is not None:
            _write_new(options.to, kept.body)
            print(f"Saved {options.to}: {kept.url} as it was {stamp(kept.fetched_at)}, SHA-256 {kept.digest}.")
        return OK

    return with_app(work)


def _write_new(file: Path, body: bytes) -> None:
    try:
        with file.open("xb") as stream:
            stream.write(body)
    except FileExistsError:
        raise UsageError(f"{file} already exists: choose another name") from None
    except OSError as error:
        raise UsageError(f"{file} can't be written: {error.strerror}") from None


def history(options: argparse.Namespace) -> int:
    from monitor.views import show

    settings = load_settings()
    (location_id,) = location_ids([options.location], settings, anything)

    def work(app: App) -> int:
        snapshots = app.store.services.history(location_id)
        if not snapshots and not app.store.services.watched([location_id]):
            raise UsageError(f"{location_id} is not watched (put it on a watchlist with cqc-monitor watch add)")
        events = [event for event in app.store.services.events() if event.location_id == location_id]
        if options.json:
            print_json(show.history_json(location_id, snapshots, events))
        else:
            print(show.history_text(snapshots, events) if snapshots else f"{location_id} has not been read yet.")
        return OK

    return with_store(work, settings)


def status(options: argparse.Namespace) -> int:
    from monitor import channels
    from monitor.app import now
    from monitor.views import show

    def work(app: App) -> int:
        at, settings = now(), app.settings
        services, listed = app.store.services.watched(), app.store.dead_letters.unsent()
        figures = app.store.counts.at(at, at - settings.stale_after)
        disagreements = app.store.api.disagreements() if app.feed else []
        corrections = app.store.services.corrections(at - show.CORRECTIONS_SHOWN)
        judgement = app.judgement(at)
        unsent = [show.unsent_json(one, channels.shown(one.address)) for one in listed]
        if options.json:
            value = show.status_json(services, unsent, judgement, figures, at)
            print_json(value | show.differing_json(disagreements, corrections))
        else:
            print(show.status_text(services, unsent, judgement, figures, corrections))
        return OK if judgement.well else LOOK

    return with_store(work)
