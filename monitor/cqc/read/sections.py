"""Reads ratings from the sections of a report's key questions. Some reports state these ratings only in sentences: "At this
inspection this key question has deteriorated to inadequate".
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from monitor import ratings
from monitor.cqc.read import sentences
from monitor.cqc.read.sentences import quote
from monitor.model import Framework, GroupReading, KeyQuestionReading
from monitor.ratings import KeyQuestion, Stated

_RATING_WORDS = r"(outstanding|good|requires improvement|inadequate)"
_THIS_QUESTION = (
    r"(?:at this (?:inspection|assessment),? )?(?:this key question|the rating(?: for this key question)?|it) "
    r"(?:(?:has|is|was|had|have|now|been|still|again|therefore) )*"
)
_NOW_RATED = re.compile(
    rf"^(?:however,? |therefore,? )?{_THIS_QUESTION}(?:(?:remain(?:s|ed)|rated|changed to|improved to|deteriorated to|declined to"
    rf"|dropped to|gone (?:down|up) to|stayed)(?: rated)?(?: as)? ){_RATING_WORDS}\b"
    rf"|^at this (?:inspection|assessment),? we (?:have )?rated this key question(?: as)? {_RATING_WORDS}\b"
)
_AS_IT_WAS = re.compile(
    rf"^(?:however,? )?{_THIS_QUESTION}(?:remained|stayed|not changed|unchanged)(?: (?:the same|unchanged|as it was))?\b"
    r"(?! (?:as )?(?:outstanding|good|requires|inadequate))"
)
_WAS_RATED = re.compile(rf"\b(?:key question|it) was (?:last )?rated(?: as)? {_RATING_WORDS}\b")
# Reports since 2018: "Requires improvement: Some aspects of the service were not always safe".
_SAID_FIRST = re.compile(
    rf"{_RATING_WORDS}: (?:this meant|some aspects|people|there (?:was|were)|the service|service|care|leaders)\b"
)
_SECTION_WORDS = ("key question", "the rating", "findings", "good:", "improvement:", "inadequate:", "outstanding:")
_QUESTIONS_SECTION = re.compile(rf"^(?:(?:is|are) [\w ]{{3,30}}? )?({ratings.any_question('[- ]')})\b(?:\?$| - this means|$)")


def completed(rated: GroupReading | None, read: Sequence[str], published: date | None) -> GroupReading | None:
    """The ratings, together with those that are stated only in the sections of the key questions: "At this inspection this key
    question has deteriorated to inadequate." No rating is added for a key question if a label states its rating, or if two
    sentences about it contradict each other."""
    told: dict[KeyQuestion, list[tuple[Stated | None, str]]] = {}
    section, before = None, ""
    for sentence in sentences.read(read, _SECTION_WORDS):
        if heading := _QUESTIONS_SECTION.match(sentence.plain):
            section = ratings.QUESTIONS[heading[1]]
        now = None if _is_of_another_time(sentence.plain, published) else _NOW_RATED.match(sentence.plain)
        was = _WAS_RATED.search(before) if _AS_IT_WAS.match(sentence.plain) else None
        if section and (found := now or was or _SAID_FIRST.match(sentence.plain)):
            value = next(one for one in found.groups() if one)
            told.setdefault(section, []).append((ratings.parse(value), sentence.text))
        before = sentence.plain
    held = rated or GroupReading(framework=Framework.INSPECTION)
    added = {
        one: KeyQuestionReading(rating=said[0][0], published=published, quote=quote(said[0][1]))
        for one, said in told.items()
        if one not in held.key_questions and len({value for value, _ in said}) == 1
    }
    return replace(held, key_questions={**held.key_questions, **added}) if added else rated


# "deteriorated to inadequate from good at our last inspection": the earlier rating is only a comparison
_COMPARED = re.compile(
    r"\b(?:from|than|compared (?:to|with)|since) [\w',-]+(?: [\w',-]+){0,6} (?:inspection|assessment|visit|report|rating)s?\b"
)
_NAMES_A_YEAR = re.compile(r"\b(20\d\d)\b")


def _is_of_another_time(plain: str, published: date | None) -> bool:
    """Whether a sentence is about the rating of an earlier inspection: "It was rated inadequate when we last inspected", "It
    was rated good in 2018"."""
    if plain.startswith(("at this inspection", "at this assessment")):
        return False
    told = _COMPARED.sub("", plain)
    if sentences.speaks_of_earlier(told):
        return True
    years = [int(one) for one in _NAMES_A_YEAR.findall(told)]
    return bool(years) and " since 20" not in told and (published is None or max(years) < published.year)
