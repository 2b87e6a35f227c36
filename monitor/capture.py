"""A page saved with its reading, without the names of people: what a user sends when a page was misread."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from monitor.cqc.read import read
from monitor.cqc.site import Page
from monitor.errors import UsageError
from monitor.show import reading_json

REMOVED = "[name removed]"

# Where CQC's pages name people: before or behind their role. Source: docs/facts/pages.md, Layout of today.
_ROLE = r"(?:registered manager|nominated individual|responsible individual|registered provider|manager)"
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sister|Rev)\b\.?"
_WORD = r"[A-Z][\w'’]*+(?:-[\w'’]++)*\.?"
_NAME = rf"(?:{_TITLE}\s+)?{_WORD}(?:\s+{_WORD}){{1,4}}"
_BETWEEN = r"(?:\s|<[^<>]*>|[:,–—-]|(?<=\s)(?:is|was)(?=\s))++"
# Where a name can begin: behind a tag or a full stop, or at the beginning of a line.
_BEGINS = r"((?<=[>.])\s*+|(?<!\s)[^\S\n]*+\n\s*+|^\s*+)"
_TITLED = re.compile(rf"\b{_TITLE}\s+{_WORD}(?:\s+{_WORD}){{0,3}}")
_BEFORE = re.compile(rf"{_BEGINS}{_NAME}(?={_BETWEEN}(?i:(?:the|our)\s+)?(?i:{_ROLE})\b)")
_BEHIND = re.compile(rf"\b((?i:{_ROLE}){_BETWEEN}){_NAME}")


@dataclass(frozen=True, slots=True)
class Captured:
    """The files of a capture: the page, and its reading as JSON."""

    page: Path
    reading: Path


def without_people(text: str) -> str:
    """The page without the names that stand with a title or beside a role. A name in running text without either stays:
    whoever sends a page looks through it first."""
    text = _BEFORE.sub(rf"\1{REMOVED}", text)
    text = _BEHIND.sub(rf"\1{REMOVED}", text)
    return _TITLED.sub(REMOVED, text)


def capture(page: Page, location_id: str, folder: Path) -> Captured:
    """Saves a page and what is understood of it below `folder`, named by the service and the day. An earlier capture of the
    same day is replaced. Raises UsageError where the folder can't be written."""
    text = without_people(page.body.decode("utf-8", errors="replace"))
    body = text.encode()
    value = {"url": page.url, "fetched_at": page.fetched_at.isoformat()} | reading_json(read(body, url=page.url))
    stem = f"{location_id}-{page.fetched_at:%Y-%m-%d}"
    captured = Captured(folder / f"{stem}.html", folder / f"{stem}.json")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        captured.page.write_bytes(body)
        captured.reading.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{folder} can't be written: {error.strerror}") from None
    return captured
