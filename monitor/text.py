"""Makes text from outside plain, and writes numbers, dates and times for people. Pure.

Dates and times follow the GOV.UK style guide. Times of day are in London.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

STEP, TROUBLE = "… ", "cqc-monitor: "
"""The beginnings of two kinds of line that commands print: a line about progress (STEP), and a line about an error (TROUBLE)."""


def plain(text: str) -> str:
    """Returns a text in a form that is safe to show: one line without control characters, direction overrides and lone
    surrogates. Two characters (U+FFFE and U+FFFF) are removed because XML does not allow them in workbooks and feeds (XML 1.0,
    2.2). Invisible format characters are removed because they can only disguise a name.
    """
    if text.isprintable():  # nearly all text is ASCII and contains none of these characters
        return " ".join(text.split())
    kept = "".join(
        " " if unicodedata.category(character) in {"Cc", "Zl", "Zp"} else character
        for character in text
        if unicodedata.category(character) not in {"Cf", "Cs"} and character not in "\ufffe\uffff"
    )
    return " ".join(kept.split())


def folded(text: str) -> str:
    """Returns a text for sorting and searching: in small letters, without accents and apostrophes, and with single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in ("Mn", "Cf", "Cc", "Cs"))
    return " ".join(bare.casefold().replace("'", "").replace("’", "").split())


def in_one_case(text: str) -> str:
    """Returns a text for comparison: in small letters and with single spaces."""
    return " ".join(text.casefold().split())


def day_in_london(instant: datetime) -> date:
    """Returns the day in London at an instant."""
    return instant.astimezone(LONDON).date()


def stamp(instant: datetime) -> str:
    """Returns an instant in UTC, for programs, such as "2026-11-21T09:00:00Z"."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def sentence(text: str) -> str:
    """Returns the text with a capital first letter. The other letters stay unchanged. If the text begins with an address, such
    as "who@council.example", it stays as it is."""
    return text if _ADDRESS.match(text) else text[:1].upper() + text[1:]


_ADDRESS = re.compile(r"\S+(?:@|://)|\w+:\S")


def counted(number: int, one: str, several: str | None = None) -> str:
    """Returns a number with its noun, such as "1 service" or "2,000 services". `several` is the plural; None for the singular
    with an s."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def lasting(length: timedelta) -> str:
    """Returns a length of time in one unit, such as "24 hours", "2 days" or "less than a minute"."""
    seconds = length / timedelta(seconds=1)
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size * (2 if unit == "day" else 1):
            return counted(int(seconds // size), unit)
    return "less than a minute"


def ordinal(number: int) -> str:
    """Returns the ordinal of a number, such as "second" or "tenth". From 11 on, the ordinal has digits, such as "22nd"."""
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    if 1 <= number <= len(words):
        return words[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """Returns names as a list in words: "a", "a and b" or "a, b and c"; "" if there are no names."""
    return f" {last} ".join(part for part in (", ".join(names[:-1]), names[-1]) if part) if names else ""


def nearest(text: str, known: Iterable[str], most: int, cutoff: float) -> list[str]:
    """Returns the known texts that are most similar to a mistyped text, most similar first. There are at most `most` texts, each
    with a similarity (0 to 1) of at least `cutoff`."""
    from difflib import get_close_matches  # the import takes a fortieth of a short command's CPU time, and few commands need it

    return get_close_matches(text, list(known), n=most, cutoff=cutoff)


def likeliest(text: str, known: Iterable[str], most: int, cutoff: float) -> list[str]:
    """Returns at most `most` known texts that somebody who typed `text` may mean. Capitals and accents do not matter. Texts that
    begin with the typed text come first. Next come texts that contain it as a word, and then texts that contain it anywhere.
    Texts with a similarity (0 to 1) of at least `cutoff` come last."""
    asked, folds = folded(text), {one: folded(one) for one in known}
    if not asked:
        return []
    begin = [one for one, fold in folds.items() if fold.startswith(asked)]
    words = [one for one, fold in folds.items() if asked in fold.replace("-", " ").split()]
    within = [one for one, fold in folds.items() if len(asked) > 2 and asked in fold]
    by_fold = {fold: one for one, fold in folds.items()}
    alike = [by_fold[one] for one in nearest(asked, by_fold, most, cutoff)]
    return list(dict.fromkeys([*begin, *words, *within, *alike]))[:most]


def chunks(text: str, size: int) -> list[str]:
    """Returns a text in pieces of at most `size` characters, split at spaces if possible."""
    pieces = []
    while len(text) > size:
        space = text.rfind(" ", size // 2, size)
        at = space + 1 if space > 0 else size
        pieces.append(text[:at])
        text = text[at:]
    return [*pieces, text]


def day(on: date) -> str:
    """Returns a date in GOV.UK style, such as "21 November 2026"."""
    return f"{on.day} {on:%B} {on.year}"


def clock(at: datetime) -> str:
    """Returns a time of day in GOV.UK style, such as "9:04am", "midday" or "midnight"."""
    if (at.hour, at.minute) in {(0, 0), (12, 0)}:
        return "midday" if at.hour else "midnight"
    return f"{at.hour % 12 or 12}:{at:%M}{'pm' if at.hour >= 12 else 'am'}"


def moment(instant: datetime) -> str:
    """Returns an instant as people in England read it, such as "21 November 2026 at 9:04am"."""
    local = instant.astimezone(LONDON)
    return f"{day(local)} at {clock(local)}"
