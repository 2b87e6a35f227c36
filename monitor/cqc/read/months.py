"""Finds months without a year that are long before the publication, and in an earlier year: "Last December we served a notice",
in a text of December. In the same year, "in January we served a notice" may still be about the present.
"""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from monitor.cqc.read.moves import MONTHS

_LONG: Final = timedelta(days=240)  # no report is published this long after the assessment that it is about
_MONTH: Final = re.compile(
    rf"\b(?:in|last|back in|during|at the (?:end|start|beginning) of) (?:early |late |mid-)?(?P<month>{'|'.join(MONTHS)})\b"
    r"(?! (?:20\d\d|\d))(?: (?P<year>this|last) year)?"
)
_TO_COME: Final = re.compile(
    r"\b(?:will|shall|due|until|(?:is|are|has|have) to|must|should|can|expires?|ends?|finish(?:es)?|begins?|starts?|lapses?"
    r"|runs? out|opens?|closes?|leaves?|comes?|goes)\b"
)
_OPENING: Final = re.compile(rf"(?:and |but )?{_MONTH.pattern}")


@lru_cache(maxsize=4096)  # the modules for all topics call this function with the same clauses
def are_long_ago(plain: str, published: date | None) -> bool:
    """Whether a clause in plain form has months without a year, all of them long before the day `published`."""
    if published is None or not (" in " in plain or "last " in plain or plain.startswith("in ") or " the " in plain):
        return False
    days = [_day(found, published) for found in _MONTH.finditer(plain)]
    return bool(days) and all(_is_long_before(day, published) for day in days) and not _TO_COME.search(plain)


def opens_long_ago(plain: str, published: date | None) -> bool:
    """Whether a sentence in plain form begins with such a month."""
    found = _OPENING.match(plain) if published else None
    return found is not None and published is not None and _is_long_before(_day(found, published), published)


def _is_long_before(day: date, published: date) -> bool:
    return day < published - _LONG and day.year < published.year


def _day(found: re.Match[str], published: date) -> date:
    """The first day of the last such month before the day `published`."""
    month = MONTHS.index(found["month"]) + 1
    before = month > published.month or (month == published.month and found[0].startswith("last "))
    year = published.year - (1 if before or found["year"] == "last" else 0)
    return date(year, month, 1)
