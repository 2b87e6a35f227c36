"""Finds the sentences of a text that are about another service, and those that are about this service together with others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from monitor.cqc.read import whose
from monitor.cqc.read.clauses import LOOSELY
from monitor.cqc.read.refuted import refuted
from monitor.cqc.read.sentences import Sentence, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The service that a text is about: its names, its provider's names, and the day on which its newest report was published."""

    names: Sequence[str | None] = ()
    published: date | None = None


NOBODY: Final = About()

_PLACE_OF_CARE = (
    r"(?:services?|homes?|locations?|practices?|hospitals?|agenc(?:y|ies)|surger(?:y|ies)|branch(?:es)?|sites?|clinics?)"
)
# as in "Another home run by the provider", "a sister service", "the provider's other home", "Elm Lodge, which is also run by …"
_ANOTHER = re.compile(
    rf"^(?:at |on )?(?:another|one|two|three|several|some) (?:of (?:its|their|the provider's) )?(?:other )?(?:care |nursing )?"
    rf"{_PLACE_OF_CARE}\b(?= (?:run|owned|operated|managed|of (?:the|this)|which|that|is|are|was|were|has|have|had)\b)"
    rf"|\b(?:another|other|different) (?:care |nursing |registered )?{_PLACE_OF_CARE} (?:(?:which|that) (?:is|are) )?"
    rf"(?:also )?(?:run|owned|operated|managed|of (?:the|this|same)|(?:it|they|the provider|the company) (?:runs?|owns?))\b"
    rf"|^(?:at )?(?:the|its|their) other (?:care |nursing |\w+'s )?{_PLACE_OF_CARE}\b"
    r"|\b(?:of|by|run by|owned by) (?:another|a different) (?:provider|company|owner|group)\b"
    r"|\b(?:an?|the) (?:\w+ )?(?:unconnected|unrelated) (?:[\w-]+ ){0,2}?(?:service|home|company|provider)\b"
    r"|\b(?:service|home|company|provider) of the same name\b"
    rf"|\b(?:provider|company|group|it|they|owner|who|which) also (?:runs?|owns?|operates?|manages?)\b"
    rf"|\bsister (?:care |nursing )?{_PLACE_OF_CARE}\b"
    rf"|\b(?:the|this) (?:provider|company|group)'s other (?:care |nursing )?{_PLACE_OF_CARE}\b"
    rf"|^another of (?:its|their|the provider's)\b|^another of (?:these|those|them)"
    rf"(?: {_PLACE_OF_CARE}\b|, (?!regulation|on |about )[^,;]{{3,50}}, (?:is|was|has|had|remains)\b)"
    rf"|\bwhich is also (?:run|owned|operated|managed) by\b"
    rf"|, another of (?:its|their|the (?:provider|company|group|owner)'s) {_PLACE_OF_CARE}\b"
)
# matches "The provider, Elm Care Ltd, also runs Oak House", but not "The manager also runs activities"
_ALSO_RUNS = re.compile(
    r"\balso (?:runs?|owns?|operates?|manages?|oversees?|leads?|is responsible for) "
    r"(?:(?:a|the|another|two|three|four|five|nearby|neighbouring) )*(?:[A-Z][\w'’]+|(?:care |nursing )?homes?\b)"
)
THIS_ONE: Final = re.compile(rf"\bthis (?:care |nursing )?{_PLACE_OF_CARE}\b|\bthis (?:inspection|assessment)\b|\bhere\b")


def of_others(read: Sequence[Sentence], about: About = NOBODY, *, by_name: bool = True) -> frozenset[int]:
    """The numbers of the sentences about another service. Sentences after a sentence about another service are included too,
    until a sentence is about this service again or the paragraph ends. The sentences that `refuted` finds are included as
    well. With `by_name`, a sentence is also about another service if it contains a name that is not one of this service's
    names."""
    found = set(refuted(read))
    paragraph = -1
    for number, sentence in enumerate(read):
        if (
            _says_another(sentence.plain, sentence.text)
            or ("'s " in sentence.plain and _is_set_against(read, number, about))
            or _is_apart(sentence, about)
            or (by_name and whose.names_another(sentence.text, about.names))
        ):
            paragraph = -1 if names_both(sentence, about) else sentence.paragraph
        elif _says_this_one(sentence.plain) or (paragraph >= 0 and whose.names_this(sentence.text, about.names)):
            paragraph = -1
        if sentence.paragraph == paragraph:
            found.add(number)
    return frozenset(found)


# as in "The provider's branch in Hull is suspended. Elm House may stay open."
_IN_A_TOWN = re.compile(
    rf"\b(?:provider|company|group|owner)'s (?:[\w-]+ ){{0,2}}?(?:{_PLACE_OF_CARE}|office) (?:in|at|near) [a-z]"
)
_NOT_AFFECTED = re.compile(rf"[;,] (?:and |but )?(?:this|our|the) {_PLACE_OF_CARE} (?:is|was|are) (?:not affected|unaffected)\b")


def _is_set_against(read: Sequence[Sentence], number: int, about: About) -> bool:
    """Whether a sentence is about a home of the provider in a town, and this service is named beside it as another one. Without
    such a name, the home in the town may be this service."""
    here = read[number]
    if not _IN_A_TOWN.search(here.plain) or whose.names_this(here.text, about.names):
        return False
    following = read[number + 1] if number + 1 < len(read) else None
    if _NOT_AFFECTED.search(here.plain):
        return True
    return following is not None and following.paragraph == here.paragraph and whose.begins_with_this(following.text, about.names)


# as in "The homecare branch, which is registered separately, …" and "Larch Court, a mile away, …"
_APART = re.compile(
    r"\b(?:registered|inspected|rated|assessed) separately\b|\bseparately (?:registered|inspected|rated)\b"
    r"|\b(?:has|have|with) (?:its|their) own registration\b|\bregistered in its own right\b"
)
_ELSEWHERE = re.compile(
    r", (?:which is |just |only |about |less than )*(?:[\w' -]{2,40} (?:away|down the road|up the road|along the road|from here)"
    r"|(?:across|down|along|up) the (?:road|street|lane)|round the corner|next door|opposite|on the same site"
    r"|in the (?:same|next) (?:street|road|town|village|building)),"
)


# as in "We found breaches at the provider's home in Whitby, and our inspection here was brought forward."
_NOT_HERE = re.compile(
    rf"\b(?:provider|company|group|owner)['’]s (?:[\w-]+ ){{0,3}}?{_PLACE_OF_CARE} (?:in|at|near) [A-Z][^.;]{{0,60}}"
    rf"\b(?:our|its|this|the) (?:inspection|visit|assessment) (?:here|of this (?:home|service))\b"
)


# as in "The provider that runs The Larches has been served with a notice"
_RUNS = re.compile(
    r"\b(?:provider|company|owner|firm|business) (?:that|which|who) (?:runs|owns|manages|operates) "
    r"(?P<what>(?:[Tt]he )?[A-Z][\w'’]+(?: [A-Z][\w'’]+)*)"
)


def _is_apart(sentence: Sentence, about: About) -> bool:
    """Whether a sentence is about something that is registered separately from this service, or is at some distance from it."""
    elsewhere, runs = _of_the_provider(sentence.text)
    if elsewhere and not whose.names_this(sentence.text, about.names):
        return True
    if runs and any(about.names) and not any(runs in plain(name) or plain(name) in runs for name in about.names if name):
        return True
    registered, elsewhere = _stands_apart(sentence.plain)
    if registered:
        return not whose.names_this(sentence.text, about.names)
    return elsewhere and whose.names_another(sentence.text, about.names)


@lru_cache(maxsize=4096)
def _of_the_provider(text: str) -> tuple[bool, str]:
    """Whether a sentence is about a home of the provider that is elsewhere; and, in plain form, what the provider runs according
    to the sentence ("" if this is not said)."""
    runs = _RUNS.search(text) if " runs " in text or " owns " in text or " manages " in text or " operates " in text else None
    elsewhere = (" here" in text or " of this " in text) and _NOT_HERE.search(text) is not None
    return elsewhere, plain(runs["what"]) if runs else ""


@lru_cache(maxsize=4096)
def _stands_apart(plain: str) -> tuple[bool, bool]:
    """Returns two values for a sentence in plain form: whether it says that something is registered separately, and whether it
    says that something is at some distance."""
    if not ("separately" in plain or "own r" in plain or ", " in plain):
        return False, False
    if THIS_ONE.search(LOOSELY.sub("", plain).split(",")[0]):
        return False, False
    return _APART.search(plain) is not None, _ELSEWHERE.search(plain) is not None


@lru_cache(maxsize=4096)  # the modules for all topics call this function with the same sentences
def _says_another(plain: str, text: str) -> bool:
    flat = LOOSELY.sub("", plain)
    another = _ANOTHER.search(flat)
    if another is not None and (first := _THIS_FIRST.match(flat)) is not None and first.end() <= another.start() + 1:
        another = None  # the clauses are about different homes, and each is judged by its own words
    return another is not None or _ALSO_RUNS.search(text) is not None


# as in "The home entered special measures in April, and the provider's other home left them."
_THIS_FIRST = re.compile(
    r"(?:the|this|our) (?:care |nursing )?(?:home|service|practice|hospital|agency|surgery) "
    r"(?:has|have|had|is|was|entered|left|remains?|stays?|got|received)\b[^;]{8,120}?(?:, (?:and|but|while|whereas) |; )"
    r"(?=(?:the|its|our|another|one)\b)"
)


@lru_cache(maxsize=4096)
def _says_this_one(plain: str) -> bool:
    return THIS_ONE.search(plain) is not None


def names_both(sentence: Sentence, about: About) -> bool:
    """Whether a sentence makes one statement about this service and another service together: "both Elm House and Oak
    Lodge"."""
    if _AND_THIS_ONE.search(sentence.plain):
        return True
    own = [re.escape(name) for name in about.names if name]
    if not own:
        return False
    this = rf"(?:{'|'.join(own)}|this (?:home|service|practice))"
    joined = (
        rf"(?<!not )\bincluding (?:at |for )?{this}\b|\bboth {this}\b|\b{this},? (?:is |being |was )?(?:one of|among) "
        rf"(?:them|these|those|(?:(?:the|this) (?:provider|company|group|owner)'s|its|their) (?:\w+ )?{_MANY})\b"
        rf"|\b(?:one|another) of (?:(?:the|this) (?:provider|company|group|owner)'s|its|their) (?:\w+ )?{_MANY}, {this}\b"
        rf"|\b{this} and (?:its|the|another|(?:(?:on|at|in|to|of|for) )?(?:\w+ )?other|(?-i:[A-Z]))"
        rf"|\band (?:at )?{this}\b(?!['’]s)|\b{this}, (?:like|as well as|along with|together with)"
    )
    return re.search(joined, sentence.text, re.I) is not None


_MANY = r"(?:services|homes|locations|practices|hospitals|agencies|branches|sites)"
ANOTHER_OF_THEIRS: Final = (
    rf"^(?:another|a second|the other) of (?:(?:the )?(?:provider|company|group|owner)'s|its|their|[\w' &-]{{3,40}}'s?) "
    rf"(?:other )?{_MANY}, [^,;]{{3,60}}, "
)
"""A pattern for sentences such as "Another of the provider's homes, Rowan House in Wakefield, is …"."""
# as in "at all of its locations" and "on three homes, including this one"
_AND_THIS_ONE = re.compile(
    r"(?<!not )\bincluding (?:at |for )?this (?:one|home|service|practice|agency|location|surgery|hospital)\b"
    r"|\bthis one (?:among them|included)\b"
    r"|\b(?:at|across|in|on|to|for|of) all (?:of )?(?:its|their|the (?:provider|company|group|owner)'s) (?!other\b)(?:\w+ )?"
    r"(?:services|homes|locations|practices|hospitals|agencies|branches|sites)\b"
)
