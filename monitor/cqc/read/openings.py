"""Puts sentences about ratings into the words that the rules of `rated` know: a service that is given by its town becomes "the
home", and openings such as a day are left out.
"""

import re
from dataclasses import replace
from typing import Final

from monitor.cqc.read import bearing, moves, sentences
from monitor.cqc.read.others import About
from monitor.cqc.read.sentences import Sentence

_RATING: Final = r"(?:outstanding|good|requires improvement|inadequate)"
# as in "Effective, requires improvement (was inadequate)."
_FORMER_RATING: Final = re.compile(
    rf"(?<=[dte]) \((?:(?:it|they|this|which|was|were|previously|formerly|before|last time|at|the|our|last|inspection|assessment"
    rf"|up|down|changed|improved|fallen|from|rated)[ :,]*)+{_RATING}\)"
)
# "Friday 20 November 2026: the service was rated inadequate": the day is not part of the subject of the rating
_A_DAY_FIRST: Final = re.compile(
    rf"(?:(?:on|in|latest|update|updated|news|published) ?)*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? ?)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? ?)?(?:(?:{'|'.join(moves.MONTHS)}),? ?)?(?:20\d\d)?"
    rf"(?:\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-](?:20)?\d\d)?)?: (?=\w+ \w+ )"
)
_LONGEST_DAY: Final = 50  # the most characters
# as in "A Ripon care home has been rated inadequate", where the service is given by its town
_BY_ITS_TOWN: Final = re.compile(
    r"An? (?:[A-Z][\w'’-]+ ){1,3}(?=(?:(?:care|nursing|residential|support|home) ){0,2}"
    r"(?:home|service|surgery|practice|hospital|agency|hospice|clinic)\b)"
)
# as in "A care home in Carlisle has been rated inadequate", at the beginning of a press release
_IN_ITS_TOWN: Final = re.compile(
    r"An? (?:[a-z-]+ ){0,3}?(?P<what>home|service|surgery|practice|hospital|agency|hospice|clinic)"
    r"(?: (?:in|near|outside) [A-Z][\w'’-]*(?: (?:and |upon |on |in )?[A-Z][\w'’-]*){0,3})?"
    r"(?:,? (?:which|that|where|whose) [^;.]{3,120}?,?)?"
    r"(?= (?:has|is|was) (?:now |again |also |been )*(?:re-)?(?:rated|judged|given) )"
)
_LEAD: Final = 8  # the lead of a press release is in one of the first paragraphs
_BESIDES: Final = re.compile(r"\b(?:same|also|another|other)\b")
# as in "It is the third time running that Elm House has been rated inadequate"
_THE_NTH_TIME: Final = re.compile(
    r"it is the (?:first|second|third|fourth|fifth|sixth) (?:time|assessment|inspection)(?: running| in a row| in succession)?"
    r"(?: (?:that|at which|in which))? (?=.{3,80}\b(?:has|have) been (?:re-?)?rated\b)"
)

# as in "Elm House in Leeds is good, CQC has found"
_FOUND_TO_BE: Final = re.compile(
    rf"[a-z][\w'&. -]{{3,60}}? is (?P<rating>{_RATING})(?: overall)?, "
    rf"(?:(?:says|said|according to) cqc|cqc (?:has |have )?(?:found|said|says|concluded))\b"
)
_A_NAME: Final = re.compile(r"(?:The )?[A-Z][\w'’.&-]+ (?:(?:of|and|the|on|upon) )?[A-Z]")


def reworded(sentence: Sentence, about: About) -> Sentence:
    """The sentence with a plain form that the rules for ratings know."""
    if (town := _BY_ITS_TOWN.match(sentence.text)) or (town := _leads(sentence, about)):
        sentence = replace(
            sentence, plain=f"the {town.groupdict().get('what') or ''} {sentences.plain(sentence.text[town.end() :]).strip()}"
        )
    if sentence.plain.startswith("it is the ") and (time := _THE_NTH_TIME.match(sentence.plain)):
        sentence = replace(sentence, plain=sentence.plain[time.end() :])
    if " cqc" in sentence.plain and (found := _FOUND_TO_BE.match(sentence.plain)) and _A_NAME.match(sentence.text):
        sentence = replace(sentence, plain=f"the service has been rated {found['rating']}{sentence.plain[found.end() :]}")
    if "(" in sentence.plain:
        sentence = replace(sentence, plain=_FORMER_RATING.sub("", sentence.plain))
    if (
        ": " in sentence.plain[:_LONGEST_DAY]
        and (day := _A_DAY_FIRST.match(sentence.plain))
        and (about.published or "20" not in day[0])
        and not bearing.is_of_the_past(day[0], about)
    ):
        sentence = replace(sentence, plain=sentence.plain[day.end() :])
    return sentence


def _leads(sentence: Sentence, about: About) -> re.Match[str] | None:
    """How a sentence in the lead of a press release begins, if it gives the service by its kind and its town. None for other
    sentences, and if the service's name is known."""
    if any(about.names[:1]) or sentence.paragraph >= _LEAD or _BESIDES.search(sentence.plain):
        return None
    return _IN_ITS_TOWN.match(sentence.text)
