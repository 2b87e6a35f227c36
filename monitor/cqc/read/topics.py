"""Finds the topics of regulations in a sentence about breaches: "Two breaches were identified: staffing and good governance".

A topic counts only as an item of a list that has nothing but topics, directly behind the words about the breaches. "Two breaches
were found, and staffing had improved" has no such list.
"""

import re
from collections.abc import Iterator
from typing import Final

_TOPIC: Final = (
    r"(?:person[- ]cent(?:re|er)d care|visiting and accompanying|dignity(?: and respect)?|(?:the )?need for consent"
    r"|consent(?: to care(?: and treatment)?)?"
    r"|safe care and treatment|safe care|(?:the )?(?:safe )?management of (?:medicines|risks?)|medicines(?: management)?"
    r"|risk management|infection (?:prevention and )?control"
    r"|safeguarding(?: (?:people|service users|residents|patients|adults|children))?"
    r"(?: from (?:abuse|harm)(?: and improper treatment)?)?|(?:meeting )?nutrition(?:al)? and hydration(?: needs)?"
    r"|premises(?: and equipment)?|equipment|(?:receiving and acting on |the handling of |handling )?complaints(?: handling)?"
    r"|good governance|governance|staffing(?: levels)?(?! of)"
    r"|fit and proper persons?(?: (?:being )?employed)?|(?:safe )?recruitment|(?:the )?duty of candour"
    r"|(?:the )?display of (?:\w+ )?(?:ratings|performance assessments?)|notifications?(?: of (?:other )?incidents)?)"
)
_ITEM: Final = (
    rf"(?:(?:one|two|three|another|a second|the other|those|that) )?"
    rf"(?:(?:on|about|in|of|to|for|with|under|around|regarding|concerning|relating to|in relation to) )?(?:the )?"
    rf"(?P<{{}}>{_TOPIC})"
)
_FIRST: Final = _ITEM.format("first")
_NEXT: Final = re.compile(
    rf"(?:,? and |,? or |, |; ?| & |,? as well as |,? plus |,? along with |,? together with ){_ITEM.format('next')}"
)
# Words between "breach" and its topics. None of them states anything else.
_GAP: Final = (
    r"(?: ?(?:\b(?:of|the|these|those|that|which|legal|fundamental|health|and social care|act|cqc|we|inspectors|regulations?"
    r"|rules|laws?|requirements?|standards?|areas?|was|were|is|are|has|have|had|been|being|not|met|found|identified|there|also"
    r"|still"
    r"|now|left|continues?|remains?|namely|both|in|by|at this (?:assessment|inspection|visit)|to (?:put right|address|resolve)|\d"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|several|multiple)\b|\([^()]{1,20}\))){0,12}"
)
_JOINED: Final = (
    r"(?::|,| -| (?:on|about|of|in|to|for|with|under|around|were|was|are|is|cover(?:s|ed|ing)?|concern(?:s|ed|ing)?|regarding"
    r"|namely|dealing with|deal with|relat(?:e|es|ed|ing) to|includ(?:e|es|ed|ing)))"
)
_BREACHES: Final = re.compile(
    rf"\b(?:breach(?:es|ed)?|contraven(?:e[ds]?|tions?)|regulations?|rules|requirements?|standards?)\b{_GAP}{_JOINED} {_FIRST}"
)
_END: Final = re.compile(
    r"(?=[.;:)]|$|,? (?:which|where|because|when|during|at (?:this|the|our)|after|following|since|as (?:well as|the|we)"
    r"|and (?:cqc|we|has|have|is|are|told|issued|served|the (?:provider|home|service))|so|but|while"
    r"|(?:was|were|has been|have been) (?:also )?(?:found|identified))\b)"
)


def listed(plain: str) -> Iterator[str]:
    """The topics in the first list behind words about breaches, in a sentence in plain form. Nothing if other words are in the
    list."""
    for begun in _BREACHES.finditer(plain):
        found, at = [begun["first"]], begun.end()
        while more := _NEXT.match(plain, at):
            found.append(more["next"])
            at = more.end()
        if _END.match(plain, at):
            yield from found
            return
