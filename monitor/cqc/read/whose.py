"""Whether a sentence that names somebody names this service.

The grammar of special measures takes "the home", "it" and any name for the service that the page is about. A name that is not
its own makes the statement unclear: never an alert about another home's special measures, and never lost without a word either,
since the name may be one that this service is also known by.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.model import IN_MEASURES, GroupReading, MeasuresState, SpecialMeasures
from monitor.ratings import KeyQuestion, Rating

_WORD = r"[A-Z][\w'’&.-]*"
_NAME = rf"(?P<name>(?:(?:[Tt]he|[Aa]t) )?{_WORD}(?: (?:{_WORD}|of|and|at|the|for|on|in(?= [A-Z])|&|\d+))*)"
_IS = (
    r"(?:has|had|was|were|is|are|remains?|remained|stays?|stayed|will|continues?|came|comes|went|enters?|entered|exits?|"
    r"left|leaves)"
)
_DOES = (
    r"(?:rates?|rated|places?|placed|placing|puts?|putting|moves?|moved|moving|takes?|took|taken|taking|lifts?|lifted|"
    r"lifting)"
)
_NAMED = (
    re.compile(rf"(?:^|[,;:] (?:and |so |therefore,? )?){_NAME} (?:therefore |now |also |still )?{_IS}\b"),
    re.compile(rf"\b{_DOES} {_NAME} (?:as |overall |inadequate|in |into |under |out of |and )"),
    re.compile(rf"^{_NAME},? (?:rated|judged|branded|placed|put|moved|taken|lifted)\b"),
)
# "The provider also runs Elm Lodge. That service remains in special measures."
_THAT_ONE = re.compile(r"^(?:that|its sister|their other|the other) (?:service|home|care home|practice|location|agency)\b", re.I)

# Words of names that do not tell one service from another, and capitals that begin no name.
_COMMON = frozenset(
    """
    the at of and for on in care home homes house lodge court nursing residential homecare services service limited ltd plc llp
    group agency practice surgery medical centre center hospital hospice support supported living community healthcare health
    st saint inspection inspectors inspector report regulation special measures cqc commission quality england this that these
    those it its they their we our following since after as at by because therefore overall however although when while where
    people staff provider registered manager january february march april may june july august september october november
    december monday tuesday wednesday thursday friday saturday sunday inadequate good outstanding requires improvement a an
    """.split()  # noqa: SIM905  (so long a list reads better as words)
)


def own_or_unclear(
    measures: SpecialMeasures, own: Sequence[str | None], groups: Sequence[GroupReading]
) -> SpecialMeasures:
    """The statement as it is where it can be this service's; unclear where its sentence names somebody who is not among
    `own` (the service's name, its provider's). Silence and what is unclear anyway stay.

    A service that is inadequate in something is believed to be meant by any name: without that nobody is placed in special
    measures (docs/facts/special-measures.md, Presumed), and an entry that is missed is the worst mistake.
    """
    states = {MeasuresState.NOT_STATED, MeasuresState.UNCLEAR}
    if measures.state in states or measures.quote is None or _is_inadequate(groups):
        return measures
    if measures.state in IN_MEASURES and _is_read_whole(groups):
        return replace(measures, state=MeasuresState.UNCLEAR)
    if not _names_another(measures.quote, own):
        return measures
    return replace(measures, state=MeasuresState.UNCLEAR)


# What the names of services and providers end with. One that ends so and isn't the service's own is another's.
_PLACE = (
    r"(?:House|Lodge|Court|Hall|Manor|Grange|Villas?|Cottages?|View|Park|Place|Gardens?|Mews|Gate|Rest|Croft|Farm|Heights|Lea|Oaks?|Elms|"
    r"Firs|Beeches|Limes|Willows|Cedars|Towers?|Mount|Bank|Green|Wood|Woods|Fields?|Meadows?|Brook|Bridge|Haven|Hill|Priory|Abbey|"
    r"Home|Homes|Hospital|Surgery|Practice|Clinic|Hospice|Homecare|Healthcare|Care|Centre|Trust|Agency|Group|Ltd|Limited|LLP|PLC|Services|Living)"
)
_CAPITALS = re.compile(
    rf"(?<![\w'’])(?:(?:The|At|St|Dr) )?(?:[A-Z][\w'’&-]*\.? (?:(?:of|and|the|on|upon|in|le) )?){{1,5}}?{_PLACE}(?: (?:Nursing|Care|Residential|Rest|Retirement)"
    rf" (?:Home|Centre|Ltd|Limited|Group|Services))?(?: (?:Ltd|Limited|LLP|PLC))?(?![\w-])"
)
_GENERIC = frozenset(
    "the at of and in on for care home homes nursing residential rest retirement ltd limited llp plc service services centre agency group "
    "homecare support supported living healthcare health hospital surgery practice clinic trust nhs st".split()  # noqa: SIM905
)
_NOBODY = frozenset(
    "health social care act regulations quality commission nursing midwifery council registered special measures national england "
    "department government safeguarding adult adults accommodation persons local authority mental capacity".split()  # noqa: SIM905
)


def names_another(text: str, own: Sequence[str | None]) -> bool:
    """Whether a text names a service or a provider that isn't the service's own, and does not name the service too. With no name of
    its own known nobody is another."""
    known = {word for name in own if name for word in _words(name)}
    if not known:
        return False
    providers = {" ".join(name.casefold().split()) for name in own[1:] if name}
    found = False
    for match in _CAPITALS.finditer(text):
        words = _words(match[0]) - _GENERIC
        if " ".join(match[0].casefold().split()).removeprefix("the ") in providers:
            continue
        if not words or words <= _NOBODY:
            continue
        if words <= known:
            return False
        found = True
    return found


def _is_read_whole(groups: Sequence[GroupReading]) -> bool:
    """Whether every group's overall rating and its five key questions are read."""
    return bool(groups) and all(
        group.overall and len(group.key_questions) == len(KeyQuestion) and all(one.rating for one in group.key_questions.values())
        for group in groups
    )


def _is_inadequate(groups: Sequence[GroupReading]) -> bool:
    stated = [one.rating for group in groups for one in group.key_questions.values()]
    return Rating.INADEQUATE in stated or any(group.overall is Rating.INADEQUATE for group in groups)


def _names_another(quote: str, own: Sequence[str | None]) -> bool:
    if _THAT_ONE.search(quote):
        return True
    known = {word for name in own if name for word in _words(name)}
    if not known:
        return False
    named = [match["name"] for pattern in _NAMED for match in pattern.finditer(quote)]
    telling = [words - _COMMON for name in named if (words := _words(name)) - _COMMON]
    return bool(telling) and not any(words & known for words in telling)


def _words(name: str) -> set[str]:
    return {word.strip(".’'").removesuffix("’s").removesuffix("'s") for word in re.findall(r"[\w'’.-]+", name.casefold())} - {""}
