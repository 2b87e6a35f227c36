# ruff: noqa: E501
"""Reads ratings that sentences give to this service: "CQC has rated the home inadequate overall, and for being safe and
well-led".

A rating from sentences is used only if no label in the source states the rating, and if all sentences about it agree. Ratings
from an earlier inspection, possible future ratings and ratings of other services are left out (see the module `bearing`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final, NamedTuple

from monitor import ratings
from monitor.cqc.read import bearing, moves, openings, sentences, whose
from monitor.cqc.read.bearing import Bearing
from monitor.cqc.read.changes import NO_NOUN
from monitor.cqc.read.clauses import clauses
from monitor.cqc.read.others import NOBODY, About, of_others
from monitor.cqc.read.sentences import Sentence
from monitor.cqc.read.words import DAY_IN_WORDS, group_of
from monitor.model import Framework, GroupReading, KeyQuestionReading, RatingChange
from monitor.ratings import OVERALL, KeyQuestion, Rating

_ABOUT: Final = ("outstanding", "good", "improvement", "inadequate")
"""Every sentence that gives a rating contains one of these words (lower case)."""
_NOUNS = {"safety": "safe", "effectiveness": "effective", "responsiveness": "responsive"}
_KQ = rf"(?:{ratings.any_question('[ -]')}|{'|'.join(_NOUNS)})"
_Q = rf"(?:(?:being|how|both|is|the|for|key questions?|of) )*+{_KQ}"
_ALL_FIVE = r"(?<!not )(?:all|each|every one)(?: of)?(?: (?:the|its|our|their))? (?:five |5 )?(?:key )?(?:questions|areas)|(?<!not )every (?:key question|area)|all five(?! (?:of|other))"
_LIST = rf"(?:{_Q}(?:(?:,? and |, | or ){_Q})*+|(?:{_ALL_FIVE})(?! (?:except|apart|other|but|bar|with the exception)\b))"
_RATING = r"(?:outstanding|good|requires improvement|inadequate)"
_AS = r"(?:as |as being |to be |at )?"
_FOR = rf"(?:,? (?:overall|again|still|too|now))*+(?: (?:for|in|on)(?: (?:providing|being|the|how|key questions?|both|areas? of))*+ (?P<for>{_LIST})(?: services?| care)?)?"
_SERVICE = (
    r"(?:the|this|our|its) (?:care |nursing |residential |overall )*+(?:service|home|practice|surgery|provider|location|hospital|agency|hospice|clinic|ward)"
)
# as in "rated the practice as inadequate for providing safe and well-led services, requires improvement for effective services"
_RATED = re.compile(rf"\b(?:(?:re-)?rated|(?<=report )rating|(?:(?<=we )|(?<=we now )|(?<=we therefore )|(?<=we still )|(?<=we also ))rate|(?:(?<=cqc )|(?<=cqc now ))rates|(?:(?<=we )|(?<=cqc )|(?<=inspectors )|(?<=has )|(?<=have )|(?<=is )|(?<=are )|(?<=was )|(?<=were )|(?<=been ))judged),? (?P<subject>(?:[\w'&-]+,? ){{0,12}}?)(?:overall )?{_AS}(?P<rating>{_RATING})\b{NO_NOUN}{_FOR}")
_MORE = re.compile(rf"(?:,? and |, |; )(?:{_AS})(?P<rating>{_RATING})\b{NO_NOUN} (?:for|in)(?: (?:providing|being|the|how|key questions?))*+ (?P<for>{_LIST})(?: services?| care)?")
# as in "safe and well-led are inadequate", "its rating for caring remains good", "the overall rating is now inadequate"
_IS = (
    r"(?:(?:is|are|was|were|has been|have been|remains?|remained|has remained|have remained|stays?|stayed|has stayed|have stayed|continues? to be|keeps?) )"
    r"(?:(?:now|still|again|(?:once|yet) (?:more|again)|this time|therefore|also|both|all|each|being|rated|unchanged at|unchanged as|limited to|capped at|confirmed as|confirmed at|set at|at|as) )*+"
)
_STATED = re.compile(
    rf"(?:^|\b(?:and|but|while|as|so|because|that|only|, |: )|(?= (?:the|its|our) ratings? (?:for|of|in) ))\s?(?P<subject>(?:(?:the|its|our|their|this) )?(?:(?:overall )?ratings?(?: given)? (?:for|of|in)"
    rf"(?: (?:being|how|the|key questions?|whether it is|areas?))*+ )?(?:{_LIST}|overall rating|rating overall|overall|{_SERVICE}(?:'s)? (?:overall )?rating"
    rf"|(?:overall )?rating (?:for|of) {_SERVICE})(?: (?:the|this) (?:service|home|practice) is| services?| key questions?)?) {_IS}(?P<rating>{_RATING})\b{NO_NOUN}"
)
# as in "rated safe and well-led requires improvement, and effective, caring and responsive good"
_AND_THEN = re.compile(rf"(?:,? and |, |; )(?P<for>{_LIST}) {_AS}(?P<rating>{_RATING})\b{NO_NOUN}")
# as in "effective and responsive require improvement"
_REQUIRES = re.compile(rf"(?:^|\b(?:and|but|while|, |: ))\s?(?P<for>{_LIST}) (?:(?:all|both|still|now|also|each) )*(?P<verb>requires? improvement)\b(?! (?:in|to|of|on|with)\b)")
# Outside the sections of the key questions, "the quality of care has declined and the rating is now inadequate" is about the
# overall rating.
_BARE_RATING = re.compile(rf"(?:^|\band |\bso )(?:the|its|our) rating (?:has (?:now )?(?:been )?)?{_IS}(?P<rating>{_RATING})\b{NO_NOUN}")
_OF_THE_WHOLE = re.compile(r"(?:(?:the|our|overall|summary|view|findings|of|this|service|report|why|we|inspected|assessed|assessment|inspection|and|at|last)\b ?)*")
# as in "Both are now inadequate, and so is the overall rating."
_BOTH = re.compile(rf"^(?:both|all|all (?:of them|three|four|five)|both of (?:them|these)|each(?: of (?:them|these))?)(?: key questions)? {_IS}(?P<rating>{_RATING})\b{NO_NOUN}")
_SO_IS = re.compile(rf"\b(?P<rating>{_RATING})\b,? and so (?:is|are|was|were) (?P<for>{_LIST}|(?:the |its )?overall rating|(?:the |this )?(?:service|home) overall)\b")
_ENDS = r"(?=[.,;]|$| and\b| but\b| because\b| overall\b| too\b| as well\b| again\b)"
# as in "We found the service to be inadequate", "the service is inadequate for safe"
_FOUND = re.compile(
    rf"\b(?:(?:we|cqc|inspectors) (?:have |has )?found (?:{_SERVICE}|it) (?:(?:to be|was|is) )?|{_SERVICE} (?:was|has been|is) found to be )(?P<rating>{_RATING})(?: overall)?{_ENDS}"
    rf"|\b(?:we|cqc|inspectors|report|regulator|commission) (?:(?:have|has|had|also) )*(?:said|says?|concluded|concludes|reported|reports|states?|stated) (?:that )?(?:{_SERVICE}|it) (?:was|is) (?P<told>{_RATING})(?: overall{_ENDS}| (?:for|in) (?P<in>{_LIST}){_ENDS}|(?=[.,;]|$))"
    rf"|^overall,? (?:{_SERVICE}|it) {_IS}(?P<whole>{_RATING}){_ENDS}|^overall,? (?:{_SERVICE}|it) (?P<verb>requires improvement)\b(?! (?:in|to|of|on|with)\b)"
)
# as in "The home has lost its good rating and now requires improvement overall"
_REQUIRES_OVERALL = re.compile(rf"(?:^|\band |\bit |\bbut |\b{_SERVICE} )(?:(?:now|still|also|therefore|again) )*requires improvement overall{_ENDS}")
# as in "It was given an overall rating of inadequate", "a rating of good was awarded for caring"
_A_RATING_OF = re.compile(
    rf"\b(?P<verb>resulted in|results in|led to|leads to|gave|given|give|giving|received|receives|receiving|awarded|awards|awarding|achieved|achieves|earned|has|have|with|now has|carries|holds) (?P<who>(?:[\w'&-]+ ){{0,6}}?)(?:an? |its |the |another |a second |a third )(?:(?:first|new|latest|current|highest|lowest|best|worst|overall) )*rating(?: of|:| -|,) (?P<rating>{_RATING})\b{NO_NOUN}(?: overall\b)?(?: (?:for|in)(?: (?:being|how))*+ (?P<for>{_LIST}))?"
)
_AWARDED = re.compile(
    rf"^(?:an? |the )?(?:(?:overall )?ratings? of (?P<of>{_RATING})|(?P<rating>{_RATING}) ratings?) (?:was|were|has been|have been|is|are) (?:also )?(?:given|awarded|made|applied) (?:for|to|in)(?: (?:being|how|both))*+ (?P<for>{_LIST})"
)
# as in "requires improvement overall, with safe rated inadequate"
_WITH = re.compile(rf"\bwith (?P<for>{_LIST}) (?:(?:also|both|all|now|each|being) )*(?:rated|judged|at) (?:as )?(?P<rating>{_RATING})\b{NO_NOUN}")
# as in "Caring was the only area rated good"
_THE_ONLY = re.compile(rf"\b(?P<for>{_LIST}) (?:is|are|was|were|remains?) the only (?:(?:\w+ )?(?:key )?(?:questions?|areas?) )?(?:(?:to be|that (?:is|was|are|were)|which (?:is|was)) )?(?:(?:now|still) )?rated (?:as )?(?P<rating>{_RATING})\b{NO_NOUN}")
_STAYS = re.compile(rf"\b(?:overall rating|{_SERVICE}'s (?:overall )?rating|rating (?:of|for) {_SERVICE}) (?:(?:has|have|is) )?(?:stay(?:s|ed)|remain(?:s|ed)?|unchanged|not changed)(?: the same| unchanged)?(?::| at| -) (?P<rating>{_RATING})\b{NO_NOUN}")
_WHICH_IS = re.compile(rf"\bratings? (?:of|for|in) (?P<for>{_LIST}),? (?:which|that) (?:(?:is|are|remains?|stays?|has|have|remained|stayed|still|now|therefore) )++(?P<rating>{_RATING})\b{NO_NOUN}")
_LABELLED = re.compile(rf"^(?:(?:the |our |its )*(?:new |latest )?ratings?(?: (?:at|from|after|following) (?:this|the|our) (?:\w+ )?(?:assessment|inspection|visit))?: )?(?P<for>{_LIST}|overall)(?:: | - |, )(?:(?:still|now|again|once more|rated) )*(?P<rating>{_RATING})\.$")
# as in "Safe: inadequate - people were not protected from harm"
_WITH_REASON = re.compile(rf"^(?P<for>{_LIST}|overall)(?:: | - )(?:(?:still|now|again|rated) )*(?P<rating>{_RATING})(?= - |: |,? (?:because|as|since) )")
_FOR_AT_START = re.compile(rf"^(?:for|in|under|on)(?: (?:the|being|how|key questions?|areas?|of))*+ (?P<for>{_LIST}),? (?:we|cqc|inspectors|the|it|this)\b")
_BROUGHT = re.compile(
    rf"\b(?:brings?|brought|takes?|took|moves?|moved|lowers?|lowered|reduces?|reduced|raises?|raised|changes?|changed|drags?|pulls?|pulled) (?:(?:the|its|our|this|home's|service's) )+overall rating (?:back )?(?:down |up )?(?:from {_RATING} )?to (?:an? )?(?P<rating>{_RATING})\b{NO_NOUN}(?P<for>(?!)x)?"
)
# as in "Good overall; requires improvement for safe", "It is inadequate for safe"
_OPENS = re.compile(rf"^(?:(?:overall,? )?(?:{_SERVICE}|it) {_IS})?(?P<rating>{_RATING}) (?:overall{_ENDS}|(?:for|in) (?P<for>{_LIST}){_ENDS})")
# as in "well-led is now good, as are effective, caring and responsive"
_AS_ARE = re.compile(rf",? as (?:is|are|was|were|do|does|did|has|have) (?:(?:the|its|our|their) ratings? (?:for|of|in)(?: (?:being|how|both))* )?(?P<for>{_LIST})(?! (?:at|of|in) (?:its|another|the other|an?)\b)")
# "safe - inadequate; effective - requires improvement": at least three such pairs are a list of ratings
_PAIR = re.compile(rf"\b(?P<for>{_LIST})(?: ?[-:=] ?| \(|, (?=\w+(?: improvement)?(?:[;.]|$))| (?=\w+(?: improvement)?(?:[,;.]| and\b|$)))(?P<rating>{_RATING})\b{NO_NOUN}")
_MANY_PAIRS = 3
_RATING_AND_LIST = re.compile(rf"(?:overall |our |the )*ratings?: (?P<rating>{_RATING}) \((?={_Q} ?[-:=])")
# as in "We looked at safe and well-led and rated each of them good"; "we rate it for well-led only: good"
_EACH = re.compile(rf"\b(?P<for>{_LIST})(?: only)?,? and (?:we )?(?:have )?rated (?:each of them|both of them|all of them|them all|them both|both|each|them)(?: as)? (?P<rating>{_RATING})\b{NO_NOUN}")
_FOR_ONLY = re.compile(rf"\brate[sd]? (?:it|this \w+|the \w+) (?:only )?for (?:being )?(?P<for>{_LIST})(?: only)?: (?P<rating>{_RATING})\b")
# as in "safe was below the standard, at requires improvement"
_AT = re.compile(rf"\b(?P<for>{_LIST}) (?:is|are|was|were) [^,;]{{3,60}}, at (?P<rating>{_RATING})\b{NO_NOUN}")
# "The ratings of good for effective and caring are from our inspection in 2022 and still apply": such a sentence is about the
# present, whatever date it contains
_STILL = re.compile(
    rf"\bratings? of (?P<rating>{_RATING}) (?:for|in) (?P<for>{_LIST})\b[^;]{{0,100}}\b(?:still (?:appl(?:y|ies)|stands?|holds?)|continues? to (?:apply|stand)|remains? (?:in place|the same|unchanged)|(?:has|have) not changed)\b"
)
_WORTH = re.compile(rf"\b(?:{_RATING}|require improvement)\b")
# as in "safe, effective and well-led as inadequate, requires improvement and inadequate respectively"
_IN_TURN = re.compile(
    rf"\b(?P<for>{_LIST})(?:,? (?:is|are|was|were|have|has|been|now|rated|judged|respectively|as))*+,? "
    rf"(?P<ratings>{_RATING}(?:(?:,? and |, ){_RATING})++)(?!,? (?:for|in)\b){NO_NOUN}"
)
# as in "The other two key questions, safe and effective, were good."
_APPOSED = re.compile(rf"\b(?:questions|areas)(?:, | \(|: | - )(?:namely |that is,? )?(?P<for>{_LIST})(?:,|\)| -)? {_IS}(?P<rating>{_RATING})\b{NO_NOUN}")
# Words between two ratings of a list, as in "safe is inadequate for the second time running, well-led requires improvement"
_IN_PASSING = re.compile(
    r"(?:,? (?:again|once more|once again|as before|this time|for the \w+ time(?: running| in a row)?|at (?:two|three|both) \w+ (?:running|in a row)|at this (?:inspection|assessment)))*+"
)
# as in "inadequate overall and for safe"
_AND_FOR = re.compile(rf"(?:,? both)?,? overall,? and (?:also )?(?:for|in)(?: (?:being|the|how))*+ (?P<for>{_LIST})")
_OF_A_TRUST = re.compile(r"\btrust(?:'s)?\b(?! (?:ltd|limited|house)\b)")
# In "The overall rating has not changed and remains good", the second clause has no subject, so it has that of the first
# clause.
_GOES_ON = re.compile(rf"^(?:has |have )?{_IS}(?P<rating>{_RATING})\b{NO_NOUN}")
_SUBJECT = re.compile(
    rf"^(?P<subject>(?:(?:the|its|our|their|this) )?(?:(?:overall )?ratings?(?: given)? (?:for|of|in) (?:{_LIST}|{_SERVICE})|{_LIST}|overall rating|{_SERVICE}(?:'s)? (?:overall )?rating))"
    r"(?: (?:the|this) \w+ is)? (?:(?:was|were|has|have|had|is|are|did|does) )"
)
# as in "the overall rating of inadequate has not changed", "the service keeps its rating of good", "rated good overall"
_KEPT = re.compile(
    rf"\b(?P<subject>overall rating|{_SERVICE}(?:'s)? (?:overall )?rating|ratings? (?:for|of) (?:{_LIST}|{_SERVICE}))(?: of| as|,) (?P<rating>{_RATING})\b,? (?:(?:therefore|still|also|has|have|is|are|was|did|does) )*"
    r"(?:not (?:been )?(?:change[ds]?|affected|altered|moved)|unchanged|the same|remains?(?! to)|stands|stays|continues to apply|kept)\b"
    rf"|\b(?P<own>{_LIST}|{_SERVICE}|it|they) (?:(?:also|still|therefore|has|have|all|both) )*(?:keeps?|kept|retains?|retained) (?:its|their) (?P<held>{_RATING}) ratings?\b"
    rf"|\b(?P<keeper>{_LIST}|{_SERVICE}|it|they|and(?= keeps?\b| retains?\b| kept\b)) (?:(?:also|still|therefore|has|have|all|both) )*(?:keeps?|kept|retains?|retained|holds?|maintained|maintains?) (?:(?:its|their|the|a|an|overall|previous|existing|earlier|last|old) )*ratings? (?:of|as) (?P<kept>{_RATING})\b"
)
# as in "The home kept its rating of good for being effective and caring"
_FOR_ONLY_THESE = re.compile(rf" (?:for|in)(?: (?:being|how|the|both|key questions?))*+ (?P<for>{_LIST})")
# as in "responsive was not assessed, so it keeps its rating of good"
_LAST_NAMED = re.compile(rf"(?:^|\b(?:and|but|while) |, )(?P<named>{_LIST}) (?:was|were|is|are) not\b[^,;]*$")
_NAMED = re.compile(rf"\b{_KQ}\b")
_EVERY = re.compile(rf"\b(?:{_ALL_FIVE})\b")
# as in "every key question except caring"
_ALL_BUT = re.compile(rf",? (?:bar|but|except(?: for)?|apart from|other than|with the exception of) (?:being )?{_LIST}")
_THE_OTHERS = re.compile(
    rf"\b(?:other|remaining|rest of the) (?:(?:one|two|three|four) )?(?:key )?(?:questions?|areas?) (?:(?:all|have|has|also|still|we looked at|were|was|are|is) )*"
    rf"(?:(?:keeps?|kept|retains?|retained|holds?|maintain(?:s|ed)?) (?:(?:its|their|the|a|rating|ratings|of|previous) )*|(?:remain(?:s|ed)?|stay(?:s|ed)?|continues? to be|rated|again|unchanged) (?:(?:rated|at|as|unchanged) )*)(?P<rating>{_RATING})\b{NO_NOUN}"
    rf"|\b(?:other|remaining) (?:one|two|three|four)(?: (?:key )?(?:questions?|areas?))? (?:(?:are|is|were|all|each|both|now|still|rated) )*(?P<bare>{_RATING})\b{NO_NOUN}"
    r"|\b(?:other|remaining) (?:one|two|three|four)(?: (?:key )?(?:questions?|areas?))? (?:(?:all|each|both|now|still) )*(?P<verb>requires? improvement)\b"
)
_EXCEPT = re.compile(
    rf",? (?:except|apart from|other than|save|but not|all but) (?:for )?(?P<for>{_LIST})(?:,? (?:(?:which|it|is|now|was|at|rated|has|fallen|to|gone|down) )*(?P<rating>{_RATING})\b)?"
)
OTHERS: Final = "the other key questions"
PART: Final = "a part of the service"
LAST: Final = "the rating of the last inspection"
_ONLY_THE_SERVICE = re.compile(r"(?:(?:has|have|also|just|since|today|already|the|this|above|above-named|named|it|its|us|a|as|for|them|overall|care|nursing|residential|homes?|service|practice|surgery|provider|location|hospital|agency|hospice|clinic|in|at|now|again)\b[ ,]*)*+")
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|remains?|stays?|stay|continues? to be|keeps being)(?: (?:now|still|again|also|therefore|both|all|each|once more)){0,2} $"
)
_NO_SERVICE = re.compile(r"\b(?:staff\w*|people|relatives|residents|patients|food|leadership|governance|evidence|care plans?|key questions?)\b")
_KEEPS = re.compile(rf"\b(?:keeps?|retains?|still (?:has|have)) (?:the|its|their) (?:(?:{_RATING}|earlier|previous|last|existing|old) )*+ratings?\b")
_EARLIER = re.compile(r"\b(?:draft|had been|were last|was last|last rated|previous(?:ly)?|formerly|until|used to|in 20\d\d|earlier|before that|then)\b|\bwas rated\b.{0,80}\b20\d\d\b|\bin the (?:first|original) version\b")
_WISH = re.compile(r"\b(?:if|would|could|might|may(?! 20\d\d)|should|want\w*|hope\w*|aim\w*|(?<!standard we )(?<!standards we )expect\w*|once(?! more\b| again\b)|unless|until|when|how to|in order)\b")


class RatedInWords(NamedTuple):
    """A rating, and the sentence that gives the rating. `of` is the subject of the rating: a key question ("safe"), "overall",
    `OTHERS`, `PART` or `LAST`."""

    of: str
    rating: Rating
    quote: str
    then: bool = False  # whether the sentence tells what happened in some month, perhaps before the newest report


def rated(paragraphs: Sequence[str], about: About = NOBODY) -> tuple[RatedInWords, ...]:
    """The ratings that the sentences of a text give to the service, in the order of the text. If the text repeats a rating, the
    result repeats it too."""
    if not sentences.speaks_of("\n".join(paragraphs), ("rated", "rating", "judged", "found", "overall", "question", "areas", *(f"{one}{mark}" for one in KeyQuestion for mark in " ,:."))):
        return ()
    read = sentences.read(paragraphs, _ABOUT)
    asked = {n: one for n, one in enumerate(read) if not one.plain.endswith("?") and _WORTH.search(one.plain)}
    others = of_others(read, about) | _below_older_days(read) if asked else frozenset()
    found: list[RatedInWords] = []
    for number, sentence in asked.items():
        if number not in others:
            before = read[number - 1] if number else None
            it = _what_it_is(sentence, before)
            found += [one._replace(of=it) if it and one.of == OVERALL else one for one in _of(sentence, about)]
            found += _of_both(sentence, before, about)
            found += _unmoved(sentence, before, about)
            found += _given_last(sentence)
    return tuple(found)


_ONLY_A_DAY = re.compile(DAY_IN_WORDS)
_LONG_BEFORE = timedelta(days=365)  # no inspection is this long before the publication of its report


def _below_older_days(read: Sequence[Sentence]) -> frozenset[int]:
    """The sentences directly below a line with only a day, if another such line has a much later day: the older entries of a list
    of changes."""
    days = {number: bearing.day_of(one.plain) for number, one in enumerate(read) if _ONLY_A_DAY.fullmatch(one.plain.rstrip("."))}
    newest = max((day for day in days.values() if day), default=None)
    return frozenset(number + 1 for number, day in days.items() if day and newest and day < newest - _LONG_BEFORE)


_RATES_IT = re.compile(r"\b(?:re-?)?rated? it\b|^it (?:is|was|remains|has been|stays) (?:\w+ )?rated\b")
_ITS_RATING = re.compile(rf"\bratings? (?:of|for) (?:being )?{_KQ}\b(?! and\b|,)|^{_KQ} (?:has|had|was|is|went|stayed|remained)\b")


def _what_it_is(sentence: Sentence, before: Sentence | None) -> str | None:
    """The key question that is meant by "it" in "we rated it", if the previous sentence is about the rating of one key
    question. None if "it" means something else."""
    if before is None or "overall" in sentence.plain or not _RATES_IT.search(sentence.plain) or not _ITS_RATING.search(before.plain):
        return None
    named = set(_named(before.plain))
    return named.pop() if len(named) == 1 and "overall" not in before.plain else None


def filled(
    groups: Sequence[GroupReading], said: Mapping[str, RatedInWords], framework: Framework | None
) -> tuple[GroupReading, ...]:
    """The ratings, together with ratings from sentences. A rating from a sentence is added only if no label states the rating,
    and only for a service without groups."""
    if not said or len(groups) > 1 or any(group.group for group in groups):
        return tuple(groups)
    group = groups[0] if groups else GroupReading(framework=framework)
    overall = said.get(OVERALL) if group.overall is None else None
    day = group.overall_published
    questions = {
        one: KeyQuestionReading(rating=said[one].rating, published=day, quote=sentences.quote(said[one].quote))
        for one in KeyQuestion
        if one in said and (one not in group.key_questions or group.key_questions[one].rating is None)
    }
    if overall is not None:
        group = replace(group, overall=overall.rating, overall_quote=sentences.quote(overall.quote))
    return (replace(group, key_questions={**group.key_questions, **questions}),)


def agreed(found: Sequence[RatedInWords], moved: Sequence[RatingChange]) -> tuple[dict[str, RatedInWords], tuple[str, ...]]:
    """Returns, for each subject, the rating on which all sentences agree; and the sentences that contradict each other. `moved`
    has the changes of rating in the same text."""
    held: dict[str, RatedInWords] = {}
    against: dict[str, list[str]] = {}
    stated = [*(one for one in found if one.of not in (PART, LAST)), *_reached(moved)]
    at_present = {one.of for one in stated if not one.then}
    for one in (one for one in stated if not one.then or one.of not in at_present):
        first = held.setdefault(one.of, one)
        if first.rating is not one.rating:
            against.setdefault(one.of, [first.quote]).append(one.quote)
    rest = held.pop(OTHERS, None)
    if rest is not None and OTHERS not in against and any(one in held for one in KeyQuestion):
        held.update({one.value: rest._replace(of=one.value) for one in KeyQuestion if one not in held})
    sure = {of: one for of, one in held.items() if of not in against}
    return sure, tuple(dict.fromkeys(quote for quotes in against.values() for quote in quotes))


def _reached(moved: Sequence[RatingChange]) -> list[RatedInWords]:
    """The new ratings after the changes."""
    return [RatedInWords(one.of, one.to, one.quote or "") for one in moved if isinstance(one.to, Rating)]


def denied(found: Sequence[RatedInWords], moved: Sequence[RatingChange], groups: Sequence[GroupReading]) -> Iterator[str]:
    """The sentences that contradict the labels of ratings, for a service without groups. Such a sentence is about a part of the
    service, or is a mistake, so somebody should check it. If nothing states the present overall rating, a sentence with the rating
    of the last inspection is among the result."""
    if not any(one.overall for one in groups) and OVERALL not in {*(one.of for one in found), *(one.of for one in moved)}:
        yield from (one.quote for one in found if one.of == LAST)
    if len(groups) != 1 or groups[0].group:
        return
    stated = {OVERALL: groups[0].overall} | {str(of): held.rating for of, held in groups[0].key_questions.items()}
    yield from (one.quote for one in found if one.of == PART)
    labelled = (one for one in (*found, *_reached(moved)) if isinstance(stated.get(one.of), Rating))
    yield from (one.quote for one in labelled if stated[one.of] is not one.rating)


def _of(sentence: Sentence, about: About) -> Iterator[RatedInWords]:
    sentence = openings.reworded(sentence, about)
    whole = _in_the_whole(sentence)
    yield from _beside(sentence, about)
    if whole and _is_now(sentence, about):
        head = sentence.plain.partition(": ")[0] if ": " in sentence.plain else ""
        overall = [one for one in _given(head, "", sentence.text, about) if one[0] == OVERALL] if _WORTH.search(head) else []
        yield from (RatedInWords(of, rating, sentence.text) for of, rating in (*overall, *whole))
        return
    then = _IN_A_MONTH.match(sentence.plain) is not None
    is_a_trust = bool(about.names) and _OF_A_TRUST.search(sentences.plain(about.names[0] or "")) is not None
    before = ""
    for clause in clauses(sentence.plain):
        if not is_a_trust and _OF_A_TRUST.search(f"{sentence.section} {clause}"):
            continue
        given = list(_given(clause, before, sentence.text, about))
        before = clause
        if not given or (_EARLIER.search(clause) and not _KEEPS.search(clause)) or _WISH.search(clause):
            continue
        borne = bearing.of(clause, sentence, about).bearing
        if borne is Bearing.NOW or (borne is Bearing.PAST and _KEEPS.search(clause)):
            yield from (RatedInWords(of, rating, sentence.text, then) for of, rating in given)


# "In January the home was rated inadequate" may be about the inspection before the newest
_IN_A_MONTH = re.compile(rf"(?:back |earlier |early |late |and |but )*in (?:early |late |mid-)?(?:{'|'.join(moves.MONTHS)})(?: this year)?,? (?:[\w'-]+ ){{1,6}}?(?:was|were)\b")


def _beside(sentence: Sentence, about: About) -> Iterator[RatedInWords]:
    """The ratings that only the whole sentence gives, and none of its clauses alone."""
    for match in _STILL.finditer(sentence.plain):
        yield from (RatedInWords(of, _rating(match), sentence.text) for of in _named(match["for"]))
    if (whole := _RATING_AND_LIST.match(sentence.plain)) is not None:
        yield RatedInWords(OVERALL, _rating(whole), sentence.text)
    for match in (*_WHICH_IS.finditer(sentence.plain), *_LABELLED.finditer(sentence.plain)):
        if _is_now(sentence, about):
            yield from (RatedInWords(of, _rating(match), sentence.text) for of in _named(match["for"]) or (OVERALL,))
    yield from _standing(sentence)
    if (reasoned := _WITH_REASON.match(sentence.plain)) and _is_now(replace(sentence, plain=reasoned[0]), about):
        yield from (RatedInWords(of, _rating(reasoned), sentence.text) for of in _named(reasoned["for"]) or (OVERALL,))
    if (bare := _BARE_RATING.search(sentence.plain)) and _OF_THE_WHOLE.fullmatch(sentence.section) and _is_now(sentence, about):
        yield RatedInWords(OVERALL, _rating(bare), sentence.text)


def _standing(sentence: Sentence) -> Iterator[RatedInWords]:
    """The overall rating that stays as it was, according to a sentence."""
    for match in (*_STANDS.finditer(sentence.plain), *_NOT_CHANGED.finditer(sentence.plain)) if " rating of " in sentence.plain else ():
        if not (_WISH.search(sentence.plain, 0, match.start()) or _NAMED.search(sentence.section)):
            yield RatedInWords(OVERALL, _rating(match), sentence.text)
    for match in _OF_THE_NAMED.finditer(sentence.plain) if " overall " in sentence.plain else ():
        if not (_NAMED.search(match["name"]) or _NOT_THE_WHOLE.search(match["name"])) and not _WISH.search(sentence.plain, 0, match.start()):
            yield RatedInWords(OVERALL, _rating(match), sentence.text)


# as in "The rating of inadequate from June stays as it is"
_STANDS = re.compile(
    rf"\b(?:the|its|our|this) (?:(?:overall|current|existing|present|home's|service's|practice's) )*rating of (?P<rating>{_RATING})(?: overall)?(?:,? (?:from|given in|given on|published in|of) [\w ]{{3,20}}?)?,? "
    r"(?:(?:therefore|still|also|now|has|is) )*(?:stays?|stayed|stands?|remains?|remained|unchanged|kept|not changed|continues)(?: (?:as it (?:is|was)|in (?:place|force)|the same|unchanged|for now|for the time being|to (?:apply|stand)|with the \w+))?(?= and\b| but\b| until\b| while\b|[.,;]|$)"
)
# as in "CQC did not change the home's rating of inadequate"
_NOT_CHANGED = re.compile(rf"\b(?:did|has|have) not (?:change|changed|alter|altered|review|reviewed) (?:the|its|this|their) (?:[\w-]+(?:'s)? )?(?:overall )?rating of (?P<rating>{_RATING})\b{NO_NOUN}(?! (?:for|in)\b)")
# as in "The rating for Oakwood General Hospital overall stays at requires improvement"
_OF_THE_NAMED = re.compile(rf"\bratings? (?:for|of) (?P<name>[a-z][\w'&,. -]{{2,60}}?) overall {_IS}(?P<rating>{_RATING})\b{NO_NOUN}")
_NOT_THE_WHOLE = re.compile(r"\b(?:trusts?|services|departments?|wards?|units?|maternity|care|another|other|medicine|outpatients?|pathways?)\b(?! (?:home|hospital)\b)")


def _unmoved(sentence: Sentence, before: Sentence | None, about: About) -> Iterator[RatedInWords]:
    """The overall rating that something else did not change: "The home was rated good in January, and this notice does not change
    that rating." The rating may be in the previous sentence."""
    found = _UNMOVED.search(sentence.plain) if " rating" in sentence.plain and " not " in sentence.plain else None
    if found is None:
        return
    where, told = (sentence, sentence.plain[: found.start()]) if _WORTH.search(sentence.plain) else (before, before.plain if before else "")
    if where is None or len(_WORTH.findall(where.plain)) != 1:
        return
    for clause in clauses(told.strip(" ,.")):
        if not _WISH.search(clause):
            yield from (RatedInWords(of, rating, where.text) for of, rating in _given(clause, "", where.text, about) if of == OVERALL)


# as in "CQC last assessed the home in March and rated it good overall", in a text that is about something else
_GIVEN_LAST = re.compile(
    rf"\b(?:we|cqc|inspectors) last (?:inspected|assessed|visited|rated) [^.;]{{2,80}}?(?: and|, when (?:it|the \w+)) (?:was )?rated (?:(?:it|this \w+|the \w+) )?(?:as )?(?P<rating>{_RATING})\b{NO_NOUN}(?! (?:for|in)\b)"
    rf"|\b(?:it|{_SERVICE}|which) (?:is|was) last (?:inspected|assessed|rated) [^.;]{{0,60}}?\b(?:rated )?(?P<then>{_RATING})\b{NO_NOUN}(?! (?:for|in)\b)"
)


def _given_last(sentence: Sentence) -> Iterator[RatedInWords]:
    """The overall rating that the last inspection gave, according to a sentence."""
    if " last " in sentence.plain and (found := _GIVEN_LAST.search(sentence.plain)):
        yield RatedInWords(LAST, Rating(found["rating"] or found["then"]), sentence.text)


_UNMOVED = re.compile(
    r"\b(?:this|the|that|our|neither)(?: [\w-]+){0,3}? (?:notices?|fines?|penalt(?:y|ies)|prosecution|conviction|sentence|visit|check|review|case|outcome|inspection|assessment|action|decision|it)? ?(?:do|does|did|has|have|will) not (?:change|changed|affect|affected|alter|altered) (?:that|this|the|its) (?:overall )?rating\b(?! (?:for|of) )"
    r"|^(?:that|this|the|its) (?:overall )?rating (?:has not (?:been )?(?:changed|affected)|is not (?:changed|affected)|does not change)\b"
)


def _in_the_whole(sentence: Sentence) -> list[tuple[str, Rating]]:
    """The subjects and their ratings in three kinds of sentence: with pairs of a question and a rating; with several questions
    and then their ratings in the same order; or with the same rating for several questions."""
    pairs = list(_PAIR.finditer(sentence.plain))
    if len(pairs) >= _MANY_PAIRS or sum(len(_named(match["for"])) for match in pairs) > _MANY_PAIRS:
        return [(of, _rating(match)) for match in pairs for of in _named(match["for"])]
    in_turn = _IN_TURN.finditer(sentence.plain) if len(_WORTH.findall(sentence.plain)) > 1 else ()
    if in_order := [one for match in in_turn for one in _each_its_own(match)]:
        return in_order
    each = (*_EACH.finditer(sentence.plain), *_FOR_ONLY.finditer(sentence.plain)) if " rate" in sentence.plain else ()
    return [(of, _rating(match)) for match in each for of in _named(match["for"])]


def _of_both(sentence: Sentence, before: Sentence | None, about: About) -> Iterator[RatedInWords]:
    """The ratings in a sentence that refers back to the key questions of the previous sentence ("Both are now inadequate"), or
    to a rating in the same sentence ("and so is the overall rating")."""
    found = []
    if before is not None and (both := _BOTH.match(sentence.plain)):
        named = _named(before.plain)
        if len(named) == len(set(named)) > 1:
            found += [(of, _rating(both)) for of in named]
    if (still := _IT_IS_STILL.match(sentence.plain)) and _is_of_the_service(sentence, before):
        found.append((OVERALL, _rating(still)))
    for also in _SO_IS.finditer(sentence.plain):
        found += [(of, _rating(also)) for of in _named(also["for"]) or (OVERALL,)]
    if found and _is_now(sentence, about):
        yield from (RatedInWords(of, rating, sentence.text) for of, rating in found)


# as in "The overall rating could not go up. It is still inadequate and still in special measures."
_IT_IS_STILL = re.compile(rf"^(?:it|{_SERVICE}) (?:is|remains) (?:now|still|once (?:again|more)) (?P<rating>{_RATING})(?=$|[.,;]| and\b| but\b)")


def _is_of_the_service(sentence: Sentence, before: Sentence | None) -> bool:
    """Whether "it" in a sentence is the service or its overall rating, and not a key question or something else."""
    said = before.plain if before else ""
    if _NAMED.search(said) and "overall" not in said:
        return False
    return "special measures" in sentence.plain or "overall" in said or " rated " in said


def _is_now(sentence: Sentence, about: About) -> bool:
    """Whether a whole sentence is about this service, and about the present."""
    return not _EARLIER.search(sentence.plain) and bearing.of(sentence.plain, sentence, about).bearing is Bearing.NOW


def _each_its_own(match: re.Match[str]) -> Iterator[tuple[str, Rating]]:
    """Pairs each question with the rating at the same position. If there are more questions than ratings, or fewer, yields
    nothing."""
    named, stated = _named(match["for"]), re.findall(_RATING, match["ratings"])
    if len(named) == len(stated):
        yield from ((of, Rating(one)) for of, one in zip(named, stated, strict=True))


def _is_by_cqc(clause: str, match: re.Match[str]) -> bool:
    """Whether the rating is given by CQC, according to the words before the verb ("we rated the home good"). Also true if the
    clause begins with the verb ("rated inadequate, the home …")."""
    told = clause[: match.start()].rstrip(" ,")
    rater = _ADVERBS.sub("", told).rstrip(" ,")
    # as in "We visited … and rated it"
    goes_on = told.endswith((" and", " but", " then", " also")) and _CQC.search(rater) is not None
    return rater == "" or goes_on or _RATER.search(rater) is not None or _WHO_VISITED.match(rater) is not None


_WHO_VISITED = re.compile(r"(?:the |our |cqc |cqc's )*(?:cqc|commission|regulator|inspectors?|team),? (?:who|which|that) (?:visited|inspected|assessed|went|came|called)\b[^,;]{0,60},?$")
_BY_OTHERS = re.compile(r"[^.;,]{0,40}?\bby (?!(?:the )?(?:cqc|care quality|regulator|health and (?:social )?care|social care|inspect|commission|us\b|national regulator|england))")
# as in "Elm House in Leeds, rated inadequate by CQC this month, is in special measures"
_APPOSITION = re.compile(r"(?P<who>[^,;]{3,60}?)(?: (?:in|near) [^,;]{2,30})?,(?: which (?:is|was|has been))?(?: (?:now|recently|still|again))? $")
_BY_CQC = re.compile(r"(?: overall)? by (?:the )?cqc\b")
_ADVERBS = re.compile(r"(?:(?:^| )(?:has|have|had|again|also|now|then|therefore|already|just|today|previously|first|both|and|but|so))+$")
_CQC = re.compile(r"\b(?:we|cqc|commission|regulator|inspectors?|inspection|assessment)\b")
_RATER = re.compile(
    r"(?:^|[ (])(?:we|i|cqc|commission|regulator|inspectors?|inspection|assessment|report|visit|review|who|which)\)?$|\b(?:the|this|our) (?:\w+ ){0,2}?(?:home|service|practice|surgery|location|hospital|agency|clinic|hospice)$"
)


def _given(clause: str, before: str, text: str, about: About) -> Iterator[tuple[str, Rating]]:
    """The subjects and their ratings in a clause. `before` is the previous clause; `text` is the sentence as written."""
    ended = 0  # where the previous rating ends
    for match in _RATED.finditer(clause):
        passive = _PASSIVE.search(clause[: match.start()])
        if not passive and (apposed := _APPOSITION.match(clause[: match.start()])) and _BY_CQC.match(clause, match.end()):
            yield from ((of, _rating(match)) for of in _whole(apposed["who"], text, about))
        if not (passive or _is_by_cqc(clause, match)) or _BY_OTHERS.match(clause, match.end()):
            continue
        own = clause[ended : passive.start()].strip(" ,") if passive else ""
        subject = (own or (before if not ended else "")) if passive else match["subject"]
        ended = match.end()
        begun = _FOR_AT_START.match(clause)
        for of in _named(match["for"]) or _named(begun and begun["for"]) or _named(subject) or _whole(subject, text, about) or _part(subject):
            yield of, _rating(match)
        at = _after(clause, match)
        if (both := _AND_FOR.match(clause, match.end("rating"))) is not None:
            yield from ((of, _rating(match)) for of in _named(both["for"]))
            at = both.end()
        while (more := _MORE.match(clause, at) or _AND_THEN.match(clause, at)) is not None:
            for of in _named(more["for"]):
                yield of, _rating(more)
            at = _after(clause, more)
    yield from _awarded(clause, text, about)
    yield from _stated(clause, whole=text.endswith("."))
    if " requires improvement overall" in clause and _REQUIRES_OVERALL.search(clause):
        yield OVERALL, Rating.REQUIRES_IMPROVEMENT
    may = " now " in clause or " still " in clause or " once " in clause
    if may and (told := _IS_NOW.match(clause)) and not _NAMED.search(told["who"]):
        yield from ((of, _rating(told)) for of in _whole(told["who"], text, about))
    yield from _kept(clause, before)


def _awarded(clause: str, text: str, about: About) -> Iterator[tuple[str, Rating]]:
    """The subjects and their ratings in a clause such as "It was given a rating of good"."""
    for match in _A_RATING_OF.finditer(clause):
        if _BY_OTHERS.match(clause, match.end()) or _FROM_OTHERS.search(clause):
            continue
        active = match["verb"] in _GIVES and not _PASSIVE.search(clause[: match.start()])
        if active and not _is_by_cqc(clause, match):
            continue
        who = match["who"].strip() if active else ""
        of = _named(match["for"]) or ((OVERALL,) if not who or _whole(who, text, about) else ())
        yield from ((one, _rating(match)) for one in of)


_GIVES = frozenset({"gave", "given", "give", "giving", "awarded", "awards", "awarding"})
_FROM_OTHERS = re.compile(r"\bfrom (?!(?:cqc|the care quality|the regulator|us\b|inspect|good|requires|inadequate|outstanding|\d|our|this|the inspection|the assessment))|\bhygiene\b|\bstars?\b|\bsurvey\b|\bwebsite\b")


def _stated(clause: str, *, whole: bool) -> Iterator[tuple[str, Rating]]:
    """The subjects and their ratings in a clause such as "The overall rating is now inadequate". `whole` is true if the
    sentence ends with a full stop. (A label has no full stop.)"""
    for match in _STATED.finditer(clause):
        for of in _named(match["subject"]) or (OVERALL,):
            yield of, _rating(match)
        if (others := _AS_ARE.match(clause, match.end())) is not None:
            yield from ((of, _rating(match)) for of in _named(others["for"]))
    for match in _REQUIRES.finditer(clause) if whole else ():
        yield from ((of, Rating.REQUIRES_IMPROVEMENT) for of in _named(match["for"]))
    for match in _FOUND.finditer(clause):
        yield from ((of, Rating(match["rating"] or match["told"] or match["whole"] or match["verb"])) for of in _named(match["in"]) or (OVERALL,))
    for match in (*_BROUGHT.finditer(clause), *_OPENS.finditer(clause)):
        yield from ((of, _rating(match)) for of in _named(match["for"]) or (OVERALL,))
        at = match.end()
        while (more := _MORE.match(clause, at)) is not None:
            yield from ((of, _rating(more)) for of in _named(more["for"]))
            at = more.end()
    yield from ((OVERALL, _rating(match)) for match in _STAYS.finditer(clause))
    for match in (*_AWARDED.finditer(clause), *_WITH.finditer(clause), *(_THE_ONLY.finditer(clause) if " only " in clause else ())):
        yield from ((of, Rating(match["rating"] or match.groupdict()["of"])) for of in _named(match["for"]) or (OVERALL,))
    for match in (*_AT.finditer(clause), *_APPOSED.finditer(clause)):
        yield from ((of, _rating(match)) for of in _named(match["for"]))


# as in "Having been good, Elm Court in Leeds is now inadequate"
_IS_NOW = re.compile(rf"(?:having been [\w ]{{4,30}}, )?(?P<who>[a-z][\w'&. -]{{3,60}}?) (?:is|remains|has become) (?:now|still|once (?:again|more)) (?P<rating>{_RATING})(?=$|[.,;]| and\b| but\b)")


def _after(clause: str, match: re.Match[str]) -> int:
    """The position where the next rating of a list may begin."""
    found = _IN_PASSING.match(clause, match.end())
    return found.end() if found else match.end()


def _kept(clause: str, before: str) -> Iterator[tuple[str, Rating]]:
    """The subjects and their ratings in a clause which says that a rating did not change."""
    # as in "well-led, which was good, is now inadequate"
    told_before = clause.startswith(("was ", "were ")) and " now " in before
    if not told_before and (match := _GOES_ON.match(clause)) and (begun := _SUBJECT.match(before)):
        for of in _named(begun["subject"]) or (OVERALL,):
            yield of, _rating(match)
    for match in _KEPT.finditer(clause):
        if match["own"]:
            yield from ((of, _rating(match, "held")) for of in _named(match["own"]) or (OVERALL,))
            continue
        said_before = f"{before}, {clause[: match.start()]}".rstrip(" ,").removesuffix(" so").removesuffix(" and").rstrip(" ,")
        meant = _LAST_NAMED.search(said_before) if match["keeper"] in ("it", "they", "and") else None
        only = _FOR_ONLY_THESE.match(clause, match.end()) if match["keeper"] else None
        if match["keeper"] == "and" and meant is None:
            continue
        subject = only["for"] if only else match["subject"] or (meant["named"] if meant else match["keeper"])
        yield from ((of, _rating(match, "rating" if match["rating"] else "kept")) for of in _named(subject) or (OVERALL,))
    for match in _THE_OTHERS.finditer(clause):
        but = _EXCEPT.match(clause, match.end())
        if but is None or but["rating"]:
            yield OTHERS, Rating(match["rating"] or match["bare"] or "requires improvement")
        if but is not None and but["rating"]:
            yield from ((of, _rating(but)) for of in _named(but["for"]))


def _rating(match: re.Match[str], group: str = "rating") -> Rating:
    stated = ratings.parse(match[group])
    assert isinstance(stated, Rating)
    return stated


def _named(words: str | None) -> tuple[str, ...]:
    if words and (every := _EVERY.search(words)):
        but = set(_named(left[0])) if (left := _ALL_BUT.match(words, every.end())) else ()
        return tuple(one.value for one in KeyQuestion if one.value not in but)
    return tuple(str(ratings.QUESTIONS[_NOUNS.get(one, one)]) for one in _NAMED.findall(words or ""))


def _part(subject: str) -> tuple[str, ...]:
    """PART, if a service group or core service is rated."""
    return (PART,) if group_of(subject.strip(" ,")) else ()


def _whole(subject: str, text: str, about: About) -> tuple[str, ...]:
    """OVERALL, if the subject is the service itself, as "the home" or by its name. "Rated staffing as good" is not about the
    service. The first word of a sentence is ignored, since every first word has a capital, and so may look like a name."""
    flat = subject.strip(" ,")
    if _ONLY_THE_SERVICE.fullmatch(flat):
        return (OVERALL,)
    if _NO_SERVICE.search(flat):
        return ()
    if whose.names_this(text, about.names) and any(flat in sentences.plain(name) or sentences.plain(name) in flat for name in about.names if name):
        return (OVERALL,)
    first = text.casefold().find(f" {flat.split(' ', 1)[0]} ") + 1
    second = text.casefold().find(f" {flat.split(' ', 2)[1]} ") + 1 if " " in flat else 0
    at = first or second
    return (OVERALL,) if at and text[at : at + 1].isupper() else ()
