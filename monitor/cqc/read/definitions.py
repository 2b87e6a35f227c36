"""Finds sentences that only explain CQC's terms: definitions, keys to abbreviations, and titles of guidance. Such a sentence
states nothing about a service.
"""

import re
from typing import Final

_TERM: Final = (
    r"(?:special measures|(?:warning|requirement|fixed[- ]penalty|penalty) notices?|notices? of (?:proposal|decision)"
    r"|enforcement(?: action| powers)?|conditions?(?: of registration)?"
    r"|prosecutions?|cautions?|fines|suspension|cancellation|action plans?|breach(?:es)?)"
)
_TITLE: Final = re.compile(
    rf"(?:about |understanding |more on )?(?:our |the |cqc's )?{_TERM}(?: (?:and|or|,) {_TERM})?(?: for [\w ]{{3,40}})?"
    r"(?:,? explained|(?::| -) (?:an? (?:\w+ )?(?:guide|introduction|overview|summary|explanation)\b.*"
    r"|(?:our |some )?(?:guidance|information|advice|frequently asked|questions|faqs?)\b.*"
    r"|(?:what|how|when|why) (?:they|it|this|these|we|you) [\w ]{2,40}))[.?]?"
)
# as in "A warning notice is issued where a regulation is not met", "Condition: a limit on what a provider may do"
_EXPLAINED: Final = re.compile(
    rf"(?:an? )?{_TERM}(?: (?:is|are) (?:usually |normally |only )?(?:issued|served|given|used|sent|imposed|taken|found) "
    rf"(?:where|when|if|to (?:a|any) provider)\b"
    rf"|(?:: | )(?:tells?|requires?|means?|sets? out|explains?|limits?|allows?|lets?) (?:an? |the |any |what |us |people |that )"
    r"|: (?:an? |extra |formal |legal )?(?:\w+ )?(?:limits?|documents?|letters?|steps?|powers?|oversight|support|notices?"
    r"|requirements?|restrictions?|rules?) (?:on what|of (?:a|any) |that (?:tells|says|sets|requires)|in which"
    r"|which (?:tells|says|sets|requires)|we (?:can|may) )).*"
)
# Words that an explanation of a term does not have, since it is about no service and no time
_OF_THIS_ONE: Final = re.compile(
    r"\b(?:this|the|our) (?:\w+ )?(?:home|service|practice|agency|hospital|surgery|clinic|hospice|provider|company|council)\b"
    r"|\b(?:here|now|has|have|had|will|was|were|made|imposed on)\b|\b20\d\d\b"
)
_ABBREVIATED: Final = re.compile(
    rf"\b[a-z]{{2,4}}s? ?(?:= ?|(?:stands|is short|short) for )(?:an? |the )?{_TERM}\b"
    rf"|\b(?:sm|wn|rn|fpn|nop)s? means? (?:an? |the )?{_TERM}\b"
)
_KEY: Final = re.compile(r"(?:key|abbreviations?|legend|glossary|terms)\b[^:]{0,30}: ")
_ABBREVIATION: Final = re.compile(rf"\b(?:sm|wn|rn|fpn|nop|nod)s?(?: ?[:=-])? (?:means? )?{_TERM}\b")
_ASKED: Final = re.compile(rf"what (?:is|are|does|do) (?:(?:an?|the term|cqc's|our) )?{_TERM}(?: mean)?\?")


def is_definition(plain: str) -> bool:
    """Whether a sentence in plain form explains a term or an abbreviation, or is the title of guidance."""
    if _ABBREVIATED.search(plain) is not None or _TITLE.fullmatch(plain) is not None:
        return True
    if _EXPLAINED.fullmatch(plain) is not None and _OF_THIS_ONE.search(plain) is None:
        return True
    return _KEY.match(plain) is not None and _ABBREVIATION.search(plain) is not None


def asks_for_one(plain: str) -> bool:
    """Whether a sentence in plain form asks what a term means: "What is a warning notice?"."""
    return plain.startswith("what ") and _ASKED.fullmatch(plain) is not None
