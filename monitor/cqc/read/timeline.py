"""Finds the entries of a timeline in a text, such as "Timeline of our assessments"."""

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
