"""Makes text from outside plain, and writes numbers, dates and times for people. Pure.

Dates and times follow the GOV.UK style guide; hours of the day are in London.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

STEP, TROUBLE = "… ", "cqc-monitor: "
"""The beginnings of a command's lines about its progress, and about errors."""


def plain(text: str) -> str:
    """Text that is safe to show: one line, without control characters, direction overrides and lone surrogates, and without
    Unicode's two noncharacters, which XML does not allow in workbooks and feeds (XML 1.0, 2.2).

    Invisible format characters are removed: in a name they serve only to disguise it.
    """
    if text.isprintable():  # nearly all text is ASCII, and so has none of these characters
        return " ".join(text.split())
    kept = "".join(
        " " if unicodedata.category(character) in {"Cc", "Zl", "Zp"} else character
        for character in text
        if unicodedata.category(character) not in {"Cf", "Cs"} and character not in "\ufffe\uffff"
    )
    return " ".join(kept.split())


def folded(text: str) -> str:
    """A text for sorting and searching: no case, accents or apostrophes, and single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in ("Mn", "Cf", "Cc", "Cs"))
    return " ".join(bare.casefold().replace("'", "").replace("’", "").split())


def in_one_case(text: str) -> str:
    """A text for comparison: no case, and single spaces."""
    return " ".join(text.casefold().split())


def day_in_london(instant: datetime) -> date:
    """The day in London at an instant."""
    return instant.astimezone(LONDON).date()


def stamp(instant: datetime) -> str:
    """An aware time for programs, in UTC: "2026-11-21T09:00:00Z"."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def sentence(text: str) -> str:
    """The text with a capital first letter; the other letters stay."""
    return text[:1].upper() + text[1:]


def counted(number: int, one: str, several: str | None = None) -> str:
    """A number of things: "1 service", "2,000 services". `several`: the plural, if it is not `one` with an s."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def lasting(length: timedelta) -> str:
    """A length of time in one unit: "24 hours", "2 days", "less than a minute"."""
    seconds = length / timedelta(seconds=1)
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size * (2 if unit == "day" else 1):
            return counted(int(seconds // size), unit)
    return "less than a minute"


def ordinal(number: int) -> str:
    """ "second", "third" … "tenth"; beyond, "11th", "22nd"."""
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    if 1 <= number <= len(words):
        return words[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"; "" for none."""
    return f" {last} ".join(part for part in (", ".join(names[:-1]), names[-1]) if part) if names else ""


def nearest(text: str, known: Iterable[str], most: int, cutoff: float) -> list[str]:
    """The known texts most similar to a mistyped one, nearest first: at most `most`, with a similarity (0 to 1) of at least
    `cutoff`."""
    from difflib import get_close_matches  # importing it takes a fortieth of a short command's CPU time, and few need it

    return get_close_matches(text, list(known), n=most, cutoff=cutoff)


def likeliest(text: str, known: Iterable[str], most: int, cutoff: float) -> list[str]:
    """The known texts that somebody may mean, at most `most`: first those that begin with the typed text, then those that contain
    it as a word, those that contain it, and finally those with a similarity (0 to 1) of at least `cutoff`. Case and accents do
    not matter."""
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
    """A text in pieces of at most `size` characters, split at spaces if possible."""
    pieces = []
    while len(text) > size:
        space = text.rfind(" ", size // 2, size)
        at = space + 1 if space > 0 else size
        pieces.append(text[:at])
        text = text[at:]
    return [*pieces, text]


def day(on: date) -> str:
    """A date in GOV.UK style: "21 November 2026"."""
    return f"{on.day} {on:%B} {on.year}"


def clock(at: datetime) -> str:
    """A time of day in GOV.UK style: "9:04am", "midday", "midnight"."""
    if (at.hour, at.minute) in {(0, 0), (12, 0)}:
        return "midday" if at.hour else "midnight"
    return f"{at.hour % 12 or 12}:{at:%M}{'pm' if at.hour >= 12 else 'am'}"


def moment(instant: datetime) -> str:
    """An aware time as people in England read it: "21 November 2026 at 9:04am"."""
    local = instant.astimezone(LONDON)
    return f"{day(local)} at {clock(local)}"
