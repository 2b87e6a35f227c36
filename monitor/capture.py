"""A page saved with its reading, without the names of people: what a user sends when a page was misread."""

import json
from dataclasses import dataclass
from pathlib import Path

from monitor.cqc.reader import Reader
from monitor.cqc.site import Page
from monitor.errors import UsageError
from monitor.show import reading_json


@dataclass(frozen=True, slots=True)
class Captured:
    """The files of a capture: the page, and its reading as JSON."""

    page: Path
    reading: Path


async def capture(page: Page, location_id: str, folder: Path, reader: Reader) -> Captured:
    """Saves a page and what is understood of it below `folder`, named by the service and the day. An earlier capture of the
    same day is replaced. Raises UsageError where the folder can't be written, Unreadable where the page can't be read."""
    text, reading = await reader.capture(page.body, url=page.url)
    value = {"url": page.url, "fetched_at": page.fetched_at.isoformat()} | reading_json(reading)
    stem = f"{location_id}-{page.fetched_at:%Y-%m-%d}"
    captured = Captured(folder / f"{stem}.html", folder / f"{stem}.json")
    _write(captured.page, text)
    _write(captured.reading, json.dumps(value, ensure_ascii=False, indent=2) + "\n")
    return captured


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file.parent} can't be written: {error.strerror}") from None
