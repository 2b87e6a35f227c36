"""CQC's vocabulary of ratings, and the order of the four ratings. No other module defines this order."""

from collections.abc import Mapping
from enum import StrEnum
from typing import assert_never


class Rating(StrEnum):
    """One of the four ratings. Only ratings can fall or rise."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires improvement"
    INADEQUATE = "inadequate"


class Reason(StrEnum):
    """A reason that CQC states in place of a rating, because there is no rating. A change from a rating to a reason is never a
    fall or a rise."""

    NOT_RATED = "not rated"
    NO_PUBLISHED_RATING = "no published rating"
    INSPECTED_BUT_NOT_RATED = "inspected but not rated"
    INSUFFICIENT_EVIDENCE = "insufficient evidence to rate"
    REGULATIONS_MET = "regulations met"
    NOT_ALL_REGULATIONS_MET = "not all regulations met"
    SUSPENDED = "suspended"


Stated = Rating | Reason
"""What a source can state in place of a rating."""


class KeyQuestion(StrEnum):
    """The questions that CQC asks about every service, in CQC's order. This is the only list of key questions: columns, patterns
    and pages are made from it."""

    SAFE = "safe"
    EFFECTIVE = "effective"
    CARING = "caring"
    RESPONSIVE = "responsive"
    WELL_LED = "well-led"

    @property
    def column(self) -> str:
        """The key question's name as a column, such as "well_led"."""
        return self.replace("-", "_")


OVERALL = "overall"
"""The subject of an overall rating."""

SUBJECTS: tuple[str, ...] = (OVERALL, *KeyQuestion)
"""The subjects of ratings, in the order in which lists show them."""

QUESTIONS = {one.replace("-", dash): one for one in KeyQuestion for dash in ("-", " ", "")}
"""The key questions by all their spellings in lower case, such as "well-led", "well led" and "wellled"."""


def any_question(dash: str = "-") -> str:
    """Returns the key questions as alternatives in a regular expression, in lower case. `dash` is the pattern for the dash in
    "well-led"."""
    return "|".join(one.replace("-", dash) for one in KeyQuestion)


def by_question(stated: Mapping[str, str | None]) -> tuple[str | None, ...]:
    """Returns the stated value of each key question, in CQC's order; None if no value is stated."""
    return tuple(stated.get(one) for one in KeyQuestion)


# Best rating first. Source: docs/facts/ratings.md, The scale.
_ORDER = (Rating.OUTSTANDING, Rating.GOOD, Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE)

# Spellings other than the values above, all case-folded, with single spaces and "-" for every dash. Source:
# docs/facts/special-measures.md, What stands in a rating's place; docs/facts/api.md, Current ratings.
_ALSO: dict[str, Stated] = {
    "requires-improvement": Rating.REQUIRES_IMPROVEMENT,
    "unrated": Reason.NOT_RATED,
    "not yet rated": Reason.NOT_RATED,
    "not formally rated": Reason.NOT_RATED,
    "awaiting first inspection": Reason.NOT_RATED,
    "no rating": Reason.NOT_RATED,
    "no approved rating": Reason.NO_PUBLISHED_RATING,
    "inspected - not rated": Reason.INSPECTED_BUT_NOT_RATED,
    "inspected not rated": Reason.INSPECTED_BUT_NOT_RATED,
    "insufficient evidence": Reason.INSUFFICIENT_EVIDENCE,
    "evidence requirements partially scored": Reason.INSUFFICIENT_EVIDENCE,
    "evidence requirements not yet scored": Reason.INSUFFICIENT_EVIDENCE,
    "evidence requirements partially / not yet scored": Reason.INSUFFICIENT_EVIDENCE,
    "no action required": Reason.REGULATIONS_MET,
    "requires action": Reason.NOT_ALL_REGULATIONS_MET,
    "rating suspended": Reason.SUSPENDED,
    "under appeal": Reason.SUSPENDED,
    "under review": Reason.SUSPENDED,
    "no rating/under appeal/rating suspended": Reason.SUSPENDED,
}
_VOCABULARY: dict[str, Stated] = {value: value for kind in (Rating, Reason) for value in kind} | _ALSO


def parse(text: str) -> Stated | None:
    """Returns the rating, or the reason for no rating, that a text states. None if the text contains anything else.

    Capitals, non-breaking spaces, line breaks, the kind of dash, and punctuation around the text do not matter.
    """
    folded = " ".join(text.replace("–", "-").replace("—", "-").casefold().split()).strip(" .:;●•")
    return _VOCABULARY.get(folded)


# The lowest percentage of each rating. Source: docs/facts/ratings.md, SAF scoring.
_BEGINS = {Rating.OUTSTANDING: 88, Rating.GOOD: 63, Rating.REQUIRES_IMPROVEMENT: 39, Rating.INADEQUATE: 0}


def band(score: int) -> Rating:
    """Returns the rating for a key question's score in per cent."""
    return next(rating for rating, begins in _BEGINS.items() if score >= begins)


def fell(old: Rating, new: Rating) -> bool:
    """Whether `new` is worse than `old`."""
    return _ORDER.index(new) > _ORDER.index(old)


def worst(stated: list[Rating]) -> Rating:
    """Returns the worst of one or more ratings."""
    return max(stated, key=_ORDER.index)


def severity(stated: Stated | None) -> int:
    """Returns a sort key that puts the worst rating first. The key is 0 for inadequate. Reasons and None come last."""
    match stated:
        case Rating():
            return len(_ORDER) - 1 - _ORDER.index(stated)
        case Reason() | None:
            return len(_ORDER)
        case _:
            assert_never(stated)
