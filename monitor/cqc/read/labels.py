"""Finds labels of ratings with an unknown text in place of the rating. Such lines are listed as unread, so that people notice
new wordings.

Examples: "Overall: Rating withdrawn", "Safe – awaiting decision", "Rating under challenge". Running text ("People felt safe")
is not a label. A sentence is listed only if it gives the service an overall rating that nothing else on the page states.
"""

import re
from typing import Final

from monitor.cqc.read import moves
from monitor.ratings import OVERALL, QUESTIONS, KeyQuestion, Rating

LONGEST: Final = 140
"""The most characters of a line with a label. A longer line is a paragraph."""

STARTS: Final = frozenset(
    (*(one[:3] for one in KeyQuestion), "ove", "rat", "the", "our", "is ", "are", "key", "cur", "lat", "cqc")
)
"""The first three characters of every line that can begin with a label."""

_LABEL = re.compile(
    rf"(?:(?:the|our|current|latest|cqc|key question|rating for|is (?:the|this) \w++|are services)(?: ?[:-] ?| {0,2}))*"
    rf"(?P<what>overall(?: (?:cqc )?ratings?)?|ratings?(?: overall)?|(?P<question>{moves.QUESTIONS})(?: ratings?)?\??)"
    r"(?P<between>\s*[:\t(]\s*|\s+-\s+|\s+|$)(?P<rest>.*)"
)
_FURNITURE = re.compile(r"[\s.,;-]*\b(?:read|find out|see|view|learn) more\b.*|[\s.]*\bhelp with ratings\b.*")
_RATING = r"(?:outstanding|good|requires improvement|inadequate)"
_BEGINS_WITH_RATING = re.compile(rf"{_RATING}\b(?P<behind>.*)")
# Things other than a service that can be "good" or "outstanding".
_OF_SOMETHING = re.compile(
    r" (?:and |or )?(?:care|practices?|governance|staff\w*|leadership|relationships?|support|standards?|food|work|communication"
    r"|outcomes?|quality|people|rapport|knowledge|management|morale|examples?|systems?)\b"
)
# Words that may be in the place of a rating, in addition to the known ratings and reasons.
_STANDS_INSTEAD = re.compile(
    r"\b(?:rat(?:ing|ed)s?|withdrawn|withheld|removed|on hold|paused|pending|await(?:ing|s|ed)?|confirmed|decided|decision"
    r"|appeal|challenge[ds]?|disputed?|quashed|void(?:ed)?|cancelled|deleted"
    r"|under (?:review|challenge|consideration|investigation)|reviewed|unknown|unavailable|tbc|tba|n/a"
    r"|not (?:available|known|shown|given|published|stated)|see (?:below|above|note|notes|report)"
    r"|stars?|grade|level|score|tribunal|representations|embargo\w*|reinstated|corrected|provisional|interim|expired|lapsed)\b"
)
_MOST_WORDS = 9
_OF_THE_PAGE = re.compile(
    r"(?:(?:what|how|when|why|where|which) |.*\?$|(?:explained|history|and|&|for|of|from|widgets?|posters?|key|guide|information"
    r"|report|summary|characteristics?)\b)"
)
_SERVICE = r"(?:care |nursing )?(?:service|home|practice|hospital|agency|surgery|clinic|location)"
_SAYS_RATED = re.compile(
    rf"(?:^|[.!?] )(?:overall,? )?(?:(?:we|cqc) (?:have )?(?:now )?rate[ds]? (?:this|the) {_SERVICE}"
    rf"|(?:this|the) {_SERVICE} (?:is|has been) (?:now )?rated)(?:,? overall,?)?(?: as)?(?: overall)? (?P<rating>{_RATING})\b"
)


def named(line: str) -> tuple[KeyQuestion | str, str] | None:
    """The subject of the label in a plain line, and the text after the label. None if the line has no label, or no text that
    may be in the place of a rating."""
    match = _LABEL.fullmatch(_FURNITURE.sub("", line)) if line[:3] in STARTS and len(line) <= LONGEST else None
    if match is None:
        return None
    what = QUESTIONS[match["question"]] if match["question"] else OVERALL
    rest, parted = match["rest"].strip(" )"), match["between"].strip() != "" or "\t" in match["between"]
    if _stands_for_a_rating(rest, parted=parted, of_rating="rating" in match["what"]):
        return what, rest
    return None


def _stands_for_a_rating(rest: str, *, parted: bool, of_rating: bool) -> bool:
    words = len(rest.split())
    if not words or words > _MOST_WORDS or _OF_THE_PAGE.match(rest):
        return False
    rated = _BEGINS_WITH_RATING.match(rest)
    if rated:
        return not _OF_SOMETHING.match(rated["behind"]) and not (rest.endswith(".") and not parted)
    if not (parted or of_rating) or rest.endswith("."):
        return False
    return _STANDS_INSTEAD.search(rest) is not None


def rated_in_words(line: str) -> Rating | None:
    """The service's overall rating according to a sentence of the paragraph; None if no sentence gives the overall rating."""
    match = _SAYS_RATED.search(line) if " rate" in line else None
    return Rating(match["rating"]) if match else None
