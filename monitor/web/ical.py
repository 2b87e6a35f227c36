"""Makes calendars to which other programs can subscribe. Each entry is about a whole day. Source: RFC 5545 (iCalendar). Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from monitor.text import plain

MEDIA_TYPE = "text/calendar; charset=utf-8"

_LONGEST_LINE = 75
"""How many bytes a line may have, without the line break (section 3.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry about a whole day. When the entry changes, `uid` stays the same and `version` grows."""

    uid: str
    on: date
    title: str
    text: str
    url: str
    made_at: datetime
    version: int


def calendar(name: str, entries: Iterable[Entry], note: str = "") -> bytes:
    """Returns the calendar as a file. `note` is the calendar's description; "" if it has no description."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//cqc-monitor//cases//EN", f"X-WR-CALNAME:{escaped(name)}"]
    if note:
        head.append(f"X-WR-CALDESC:{escaped(note)}")
    lines = [*head, *(line for one in entries for line in _event(one)), "END:VCALENDAR"]
    return b"".join(folded(line) for line in lines)


def _event(one: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(one.uid)}"
    yield f"DTSTAMP:{one.made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{one.version}"
    yield f"DTSTART;VALUE=DATE:{one.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(one.title)}"
    yield f"DESCRIPTION:{escaped(one.text)}"
    yield f"URL:{plain(one.url)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Escapes the text of a property (section 3.3.11). Line breaks and control characters are removed first."""
    return plain(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def folded(line: str) -> bytes:
    """Folds a line, so that no part is too long (section 3.1) and no character is split. The result ends with a line break."""
    parts, part = [], b""
    for character in line:
        coded = character.encode()
        if len(part) + len(coded) > _LONGEST_LINE:
            parts.append(part)
            part = b" "
        part += coded
    return b"\r\n".join([*parts, part]) + b"\r\n"
