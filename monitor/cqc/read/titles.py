"""What the titles of a page and of its parts say about the ratings below them: the key question, the type of service, and the day
of the report.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

from monitor.cqc.read.words import DAY_IN_WORDS, Kind, Token, date_of
from monitor.model import GroupReading, KeyQuestionReading
from monitor.ratings import KeyQuestion

# In the layout of 2014 to 2019, the report's day is the heading above the link to the report. Source: docs/facts/pages.md.
_ONLY_A_DAY: Final = re.compile(DAY_IN_WORDS)
_LEADS_TO_REPORT: Final = re.compile(r"read (?:the |our )?cqc inspection report\b|inspection carried out on \d")


def day_of_report(lines: Iterable[tuple[int, str]]) -> date | None:
    """The day in a heading that contains only a day, and is directly above the link to the report or above "Inspection carried
    out on …". None if there is no such heading, or if several such headings have different days. Each line is in plain form, with
    the level of its heading (0 if the line is no heading)."""
    found = (line for (level, line), (_, below) in pairwise(lines) if level and _LEADS_TO_REPORT.match(below))
    days = {date_of(line) for line in found if _ONLY_A_DAY.fullmatch(line)}
    return days.pop() if len(days) == 1 else None


_DATE_LINE: Final = re.compile(
    rf"(?:(?:media|news|press release|published|date|updated)\W{{0,3}}){{0,3}}(?P<day>{DAY_IN_WORDS})"
    r"(?:\W{1,4}(?:media|news|press release|category.{0,60})){0,2}"
)
_TOP: Final = 8  # the date of a press release is in one of its first lines


def day_of_release(lines: Sequence[str]) -> date | None:
    """The day in a line near the top of a press release that contains only a day; None if there is no such line, or more than
    one. `lines` are in plain form."""
    days = {date_of(found["day"]) for line in lines[:_TOP] if (found := _DATE_LINE.fullmatch(line))}
    return days.pop() if len(days) == 1 else None


_QUESTION_AT_END: Final = re.compile(r".{2,120}?(?::| [-–—])\s+(?P<question>safe|effective|caring|responsive|well-led)")


def of_question(groups: tuple[GroupReading, ...], title: str) -> tuple[GroupReading, ...]:
    """The ratings of a page whose title ends with a key question ("Elm House: well-led", in plain form). If the page gives one
    rating without a key question, it is the rating of the key question in the title."""
    named = _QUESTION_AT_END.fullmatch(title)
    if named is None or len(groups) != 1 or groups[0].key_questions or groups[0].overall is None:
        return groups
    (group,) = groups
    reading = KeyQuestionReading(rating=group.overall, published=group.overall_published, quote=group.overall_quote)
    question = KeyQuestion(named["question"])
    return (replace(group, overall=None, overall_published=None, overall_quote=None, key_questions={question: reading}),)


_THIS_QUESTION: Final = re.compile(r"this key question|.*\bjudge?ment\b")


def is_of_the_title(token: Token, title: str) -> bool:
    """Whether a token stands for the rating of what the page's title names (`title` is plain). "This key question" does only if
    the title ends with a key question; elsewhere it means a key question that the page names in another way."""
    if token.kind is not Kind.RATING:
        return False
    return _THIS_QUESTION.match(str(token.value)) is None or _QUESTION_AT_END.fullmatch(title) is not None


_TYPES: Final = frozenset((
    "care home", "care homes", "homecare", "homecare agencies", "homecare service", "homecare services", "home care",
    "domiciliary care", "supported living", "shared lives", "extra care housing",
))  # fmt: skip


def without_type(groups: tuple[GroupReading, ...], tokens_of: Iterable[tuple[Token, ...] | None]) -> tuple[GroupReading, ...]:
    """The ratings, without a name of a group that is only a type of service ("Homecare agencies"). On some pages the type follows
    the overall rating in the page's header, and the same rating and the key questions follow the type. The ratings are then
    those of the service."""
    if len(groups) != 2:
        return groups
    whole, part = groups
    is_type = whole.group is None and (part.group or "").casefold() in _TYPES
    is_same = not whole.key_questions and part.key_questions and whole.overall == part.overall
    if not is_type or not is_same:
        return groups
    is_labelled_once = sum(_is_overall(tokens) for tokens in tokens_of) == 1  # a group has a label of its own
    return (replace(part, group=None),) if is_labelled_once else groups


def _is_overall(tokens: tuple[Token, ...] | None) -> bool:
    kinds = [token.kind for token in tokens or ()]
    return Kind.OVERALL in kinds and Kind.VALUE in kinds


def dated(groups: tuple[GroupReading, ...], published: date | None) -> tuple[GroupReading, ...]:
    """The ratings with the day of their publication. If no label gives this day, it is `published`, the day from the page's
    sentences."""
    if published is None or not groups or groups[0].group or any(group.overall_published for group in groups):
        return groups
    return (replace(groups[0], overall_published=published), *groups[1:])
