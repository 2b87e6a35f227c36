"""Reads dates in the forms that CQC's files use. The functions are pure. Source: docs/facts/files.md, Quirks."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from monitor.cqc.read.moves import MONTHS

_EARLIEST = date(2000, 1, 1)
"""The earliest plausible date. CQC was founded later. Spreadsheets and databases use years such as 1900, 1904, 2999 or 9999 for
an unknown date."""

_MONTHS = [month[:3] for month in MONTHS]
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2}|[A-Za-z]{3})/(\d{4})(?:\s.*)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_IN_WORDS = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?(?:[ _-]|%20){1,9}([A-Za-z]{3,9})(?:[ _-]|%20){1,9}(\d{4})\b")
_IN_NUMBERS = re.compile(r"(?<!\d)(\d{4})[-_](\d\d)[-_](\d\d)(?!\d)|(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_DATED = re.compile(r"\b(?:as at|as of|produced|correct (?:as )?(?:at|on)|extracted|generated|created)\b", re.IGNORECASE)


def month_first_in(texts: Iterable[str]) -> bool:
    """Returns whether the dates of a column have the month first, as in America. The dates that can be read in only one way,
    such as 31/12/2025, decide by majority. If there is no majority, a time with AM or PM after any date means that the month
    comes first, as in CQC's American exports. Source: docs/facts/files.md, Quirks."""
    first = second = stamped = 0
    for text in texts:
        found = _SLASHED.fullmatch(text.strip())
        if found and found[2].isdecimal():
            first += int(found[1]) > 12
            second += int(found[2]) > 12
            stamped += text.rstrip().upper().endswith(("AM", "PM"))
    return second > first if first != second else bool(stamped)


def day_of(text: str, *, month_first: bool) -> date | None:
    """Returns the date in a cell; None if the cell is empty or contains only a dash. Raises ValueError if the cell contains
    anything else."""
    text = text.strip()
    if text in ("", "-"):
        return None
    if found := _ISO.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _SLASHED.fullmatch(text):
        if not found[2].isdecimal():
            return date(int(found[3]), _month(found[2]), int(found[1]))
        one, two = int(found[1]), int(found[2])
        day, month = (two, one) if (month_first or two > 12) and one <= 12 else (one, two)
        return date(int(found[3]), month, day)
    if _SERIAL.fullmatch(text):
        return date(1899, 12, 30) + timedelta(days=int(float(text)))  # spreadsheets count days from this date
    raise ValueError(text)


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].casefold()) + 1


def date_in(text: str) -> date | None:
    """Returns the first date in words in a text, such as 5 May 2026, or else the first date in numbers. Returns None if there
    is no date, or if this date does not exist."""
    try:
        if found := _IN_WORDS.search(text.replace("_", " ")):
            return date(int(found[3]), _month(found[2]), int(found[1]))
        if found := _IN_NUMBERS.search(text):
            year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
            return date(int(year), int(month), int(day))
    except ValueError:
        return None
    return None
