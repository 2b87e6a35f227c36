"""Finds the entries of a timeline in a text, such as "Timeline of our assessments", and words that put a sentence into the
past."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from monitor.cqc.read import bearing
from monitor.cqc.read.sentences import Sentence

_TIMELINE = re.compile(r"\b(?:timeline|history|chronology)\b|^what happened when$")
_AT_MOST_LATER = timedelta(days=62)  # the longest time from an action to the report of the same inspection


def timeline(read: Sequence[Sentence]) -> tuple[date | None, int]:
    """The newest day of a timeline ("Timeline of our assessments"), and the number of the last paragraph that certainly belongs
    to it: the one below the last day. Text further down may be about the present. (None, -1) if the text has no timeline."""
    if not any(one.heading and _TIMELINE.search(one.plain) for one in read):
        return None, -1
    days = {one.paragraph: day for one in read if one.heading and (day := bearing.day_of(one.plain))}
    return max(days.values(), default=None), max(days, default=-2) + 1


def is_older(section: str, newest: date) -> bool:
    """Whether a section's heading is a day long before the newest day of the timeline."""
    day = bearing.day_of(section)
    return day is not None and day < newest - _AT_MOST_LATER


_AN_OLD_DAY = timedelta(days=400)
_OPENING = re.compile(
    r"(?:(?:in|on|at|by|during|from|back in|after|following|when)|(?:the|our|its|cqc's) (?:\w+ )?"
    r"(?:report|inspection|assessment|visit|rating) (?:of|in|from|dated|published)) [^,;]{0,60}?\b20[0-3]\d\b"
)


def begins_with_an_old_day(plain: str, published: date | None) -> bool:
    """Whether a sentence in plain form begins with a day more than a year before the newest report: "At the inspection of March
    2022 …"."""
    opening = _OPENING.match(plain) if published else None
    day = bearing.day_of(opening[0]) if opening else None
    return bool(day and published and day < published - _AN_OLD_DAY)


# "It went into special measures in 2016 and came out of them the year after."
_LATER = re.compile(
    r"\b(?:that|the same) year\b|\bthe (?:year|spring|summer|autumn|winter|month) after\b"
    r"|\bthe (?:following|next) (?:year|spring|summer|autumn|winter|month)\b"
    r"|\b(?:a|one|six|nine|ten|eleven|twelve|eighteen) (?:year|months) later\b"
)


def is_later(plain: str) -> bool:
    """Whether a clause in plain form gives a time such as "the year after"."""
    return _LATER.search(plain) is not None
