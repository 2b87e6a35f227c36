"""Decides whether a name means this service or somebody else, and whether a statement can be true for this service."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from monitor.cqc.read.sentences import plain
from monitor.model import IN_MEASURES, GroupReading, MeasuresState, SpecialMeasures
from monitor.ratings import KeyQuestion, Rating


def unclear_unless_inadequate(measures: SpecialMeasures, groups: Sequence[GroupReading]) -> SpecialMeasures:
    """The statement about special measures. If the service is in special measures according to the statement, but all its
    ratings were read and none of them is inadequate, the state becomes unclear. CQC places no service in special measures
    without an inadequate rating (docs/facts/special-measures.md, Presumed). Either the statement is about another service or
    another time, or a rating is out of date, so a person has to check."""
    if measures.state in IN_MEASURES and _is_read_whole(groups) and not _is_inadequate(groups):
        return replace(measures, state=MeasuresState.UNCLEAR)
    return measures


# The endings of names of services and providers. A name with one of these endings, unless it is one of the service's own names,
# means another service or provider.
_PLACE = (
    r"(?:House|Lodge|Court|Hall|Manor|Grange|Villas?|Cottages?|View|Park|Place|Gardens?|Mews|Gate|Rest|Croft|Farm|Heights|Lea"
    r"|Oaks?|Elms|Firs|Beeches|Limes|Willows|Cedars|Towers?|Mount|Bank|Green|Wood|Woods|Fields?|Meadows?|Brook|Bridge|Haven|Hill"
    r"|Priory|Abbey|Home|Homes|Hospital|Surgery|Practice|Clinic|Hospice|Homecare|Healthcare|Care|Centre|Trust|Agency|Group|Ltd"
    r"|Limited|LLP|PLC|Services|Living)"
)
_CAPITALS = re.compile(
    rf"(?<![\w'’])(?:(?:The|At|St|Dr) )?(?:[A-Z][\w'’&-]*\.? (?:(?:of|and|the|on|upon|in|le) )?){{1,5}}?{_PLACE}"
    rf"(?: (?:Nursing|Care|Residential|Rest|Retirement) (?:Home|Centre|Ltd|Limited|Group|Services))?(?: (?:Ltd|Limited|LLP|PLC))?"
    rf"(?![\w-])"
)
_COURT = re.compile(r"(?:[A-Z][\w'’-]+ ){0,3}(?:Magistrates['’]?|Crown|County|High|Supreme|Family) Court\b")
# An officer of CQC: "the Chief Inspector of Adult Social Care".
_OFFICER = re.compile(
    r"(?:[A-Z][\w'’-]+ ){0,3}(?:Inspector|Director|Head|Commissioner|Minister|Secretary|Chair) (?:of|for) (?:the )?[A-Z][\w'’-]+"
    r"(?:,? (?:(?:and|the|in|of|for) ){0,2}[A-Z][\w'’-]+)*"
)
_COMMISSION = re.compile(r"\b(?:[Tt]he )?Care Quality Commission\b")
# Words that CQC writes with a capital, although they are not part of a name. For example, in "Warning Notice on Elm Care Ltd"
# only the last three words are a name.
_NO_NAME = re.compile(
    r"\b(?:Warning|Requirement|Penalty|Notices?|Special|Measures|Conditions?|Registration|Inadequate|Requires|Improvement|Overall"
    r"|Regulations?|Section|Enforcement|Action|Proposal|Decision|Cancellation|Suspension|Prosecutions?|Fine[sd]?|Convictions?"
    r"|Charges?|Cautions?|Provider|Safe|Effective|Caring|Responsive|Well-led)\b"
)
# These words with a name after them do not make a sentence one about another service: "This home has been sold to Oak Care Ltd".
_UNAFFECTED = re.compile(
    r"\b(?:taken over|bought|acquired|purchased|taken on) by (?:[A-Z][\w'’&-]*(?: (?:and|of|&))? ?){1,6}"
    r"|\b(?:sold|transferred|handed over|passed|passes) (?:from (?:[A-Z][\w'’&-]*(?: (?:and|of|&))? ?){1,6})?to "
    r"(?:[A-Z][\w'’&-]*(?: (?:and|of|&))? ?){1,6}"
    r"|\b(?:be|being|now) (?:run|managed|operated) by (?:[A-Z][\w'’&-]*(?: (?:and|of|&))? ?){1,6}"
    r"|[;,.] [^;]{0,120}\b(?:is|are|was|were) (?:not affected|unaffected)\b"
)
_GENERIC = frozenset(
    """
    cqc the at of and in on for with without care home homes nursing residential rest retirement ltd limited llp plc service
    services centre agency group homecare support supported living healthcare health hospital surgery practice clinic trust nhs st
    is are was were has have had did does do will can could would should when while whilst if since although though because as
    after before until unless once but so then now yes no why what how where also however like unlike despite from by during today
    yesterday
    """.split()  # noqa: SIM905  (a list of so many words is easier to read in this form)
)
_NOBODY = frozenset(
    """
    health social care act regulations quality commission nursing midwifery council registered special measures national england
    department government safeguarding adult adults accommodation persons local authority mental capacity
    """.split()  # noqa: SIM905
)


def names_another(text: str, own: Sequence[str | None]) -> bool:
    """Whether a text contains the name of another service or provider, and not the name of this service. If no name of this
    service is known, the result is false."""
    return _names_another(text, tuple(own))


def names_this(text: str, own: Sequence[str | None]) -> bool:
    """Whether a text contains the name of this service, and not only that of its provider."""
    providers = {plain(name) for name in own[1:] if name}
    service = plain(own[0]) if own and own[0] else None
    return (service is not None and service in plain(text)) or any(
        is_own and name not in providers for name, is_own in _named(text, tuple(own))
    )


def begins_with_this(text: str, own: Sequence[str | None]) -> bool:
    """Whether a text begins with the name of this service."""
    return bool(own and own[0]) and plain(text).startswith(f"{plain(own[0] or '')} ")


@lru_cache(maxsize=4096)  # the modules for all topics call this function with the same sentences
def _names_another(text: str, own: tuple[str | None, ...]) -> bool:
    providers = {plain(name) for name in own[1:] if name}
    mine = [is_own for name, is_own in _named(_UNAFFECTED.sub("", text), own) if name not in providers]
    return bool(mine) and not any(mine)


@lru_cache(maxsize=1024)
def _named(text: str, own: tuple[str | None, ...]) -> tuple[tuple[str, bool], ...]:
    known = _known(own)
    if not known - _GENERIC:
        return ()
    found = []
    told = _NO_NAME.sub(lambda word: word[0].lower(), _OFFICER.sub("", _COURT.sub("", _COMMISSION.sub("CQC", text))))
    for match in _CAPITALS.finditer(told):
        words = _words(match[0]) - _GENERIC
        first = _words(match[0].split(" ", 1)[0])
        if match.start() == 0 and words > first and not first & known and words - first <= known and " of " in match[0]:
            # a first word such as "Closure" in "Closure of Elm House" may have its capital only because it begins the sentence
            words -= first
        if words and not words <= _NOBODY:
            tail = _words(match[0].rsplit(" of ", 1)[-1]) - _GENERIC if " of " in match[0] else words  # "Mrs Lee of Elm House"
            found.append((plain(match[0]).removeprefix("the "), words <= known or (bool(tail) and tail <= known)))
    return tuple(found)


def named(text: str, own: Sequence[str | None]) -> tuple[tuple[str, bool], ...]:
    """The names of services and providers in a text, in plain form. For each name, the result says whether it is one of the
    service's own names."""
    return _named(text, tuple(own))


@lru_cache(maxsize=8)
def _known(own: tuple[str | None, ...]) -> frozenset[str]:
    return frozenset(word for name in own if name for word in _words(name))


def _is_read_whole(groups: Sequence[GroupReading]) -> bool:
    """Whether the overall rating and five key questions of every group were read."""
    return bool(groups) and all(
        group.overall and len(group.key_questions) == len(KeyQuestion) and all(one.rating for one in group.key_questions.values())
        for group in groups
    )


def _is_inadequate(groups: Sequence[GroupReading]) -> bool:
    stated = [one.rating for group in groups for one in group.key_questions.values()]
    return Rating.INADEQUATE in stated or any(group.overall is Rating.INADEQUATE for group in groups)


def _words(name: str) -> set[str]:
    return {word.strip(".’'").removesuffix("’s").removesuffix("'s") for word in re.findall(r"[\w'’.-]+", name.casefold())} - {""}
