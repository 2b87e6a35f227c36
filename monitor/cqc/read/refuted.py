"""Finds sentences that the next sentence calls wrong: "You may have read that the home is in special measures. This is not
true."
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from monitor.cqc.read.sentences import Sentence

_WRONG: Final = re.compile(
    r"(?:but |however,? |in fact,? )?(?:this|that|it|these|those|such (?:reports|claims|rumours|stories)"
    r"|(?:the|these|those) (?:reports|claims|rumours|stories))(?: (?:simply|completely|just|also|all|entirely|both|quite)){0,3}"
    r"(?: (?:is|are|was|were))?(?:n't| not)?(?: (?:simply|completely|just|all|entirely|both|quite)){0,3} "
    r"(?:(?<=not )(?:true|correct|the case|right|accurate|so)|(?<=n't )(?:true|correct|the case|right|accurate|so)"
    r"|(?<!not )(?:wrong|incorrect|untrue|false|inaccurate|mistaken|unfounded|news to us|gossip|an? (?:mistake|error|rumour)))\b"
)
# as in "We know of nothing of the kind"
_KNOWS_NOTHING: Final = re.compile(
    r"(?:but )?(?:(?:we|cqc|inspectors) (?:(?:know|knows|have heard) (?:of )?(?:nothing|no such)"
    r"|(?:have|has) no such (?:plans?|intention|proposal)|(?:are|is) not (?:aware of|planning) (?:any such|anything of|any of))\b"
    r"|there (?:is|was) (?:nothing in (?:it|this|that|these|them)(?=$|[.,;])|(?:no truth in|no substance to)\b)"
    r"|none of (?:this|that|it) is true\b)"
)
# as in "Some of you have asked about the fine. It has to do with our sister home."
_OF_ANOTHER: Final = re.compile(
    r"(?:it|this|that|they|these|those) (?:(?:only )?(?:concerns?|concerned|relates? to|affects?|affected|belongs? to)"
    r"|(?:has|have|had) (?:only )?to do with|(?:was|were|is|are|has been|have been) "
    r"(?:(?:given|served|issued|imposed|made|placed) )?(?:on|to|about|against|for|at)) "
    r"(?:(?:only )?(?:(?:our|its|the|their|the (?:provider|company|group)'s|a|one of (?:our|its|the)) )?"
    r"(?:sister|other|another|different) (?:[\w-]+ ){0,2}?(?:homes?|services?|sites?|branch(?:es)?|agency|practice)"
    r"|another (?:home|service)|our (?:home|service|branch|agency) in [a-z]+)\b"
)
_CORRECTED: Final = re.compile(
    r"^correction\b|\b(?:earlier|previous|first|original) version\b|\b(?:wrongly|mistakenly|in error|by mistake|incorrectly)\b"
)
_IS_NOT: Final = re.compile(
    r"(?:but |in fact,? )?(?:it|this|that|we|cqc|they|the \w+) (?:is|was|has|had|did|does|were|are)(?:n't| not)\b[^;]{0,20}$"
)
_A_BRANCH: Final = re.compile(
    r"\b(?:company|provider|group|owner)'s (?:homecare|home care|domiciliary|domiciliary care|supported living|live-in care) "
    r"(?:branch|office|agency|arm|division)\b"
)
# as in "CQC served notices on the company's branch in Derby. This report is about the care home."
_NOT_ITS_SUBJECT: Final = re.compile(
    r"(?:this|our) (?:report|inspection|page|rating) (?:is|was) (?:only |solely )?(?:about|of) (?:the|this) (?:[\w-]+ )?"
    r"(?:home|practice|hospital|clinic|surgery)(?: only| alone)?(?=[ .,;]|$)(?! (?:that|which|in|at|owned)\b)"
)
_REPORTED: Final = re.compile(
    r"\b(?:heard|read|seen|told|reports?|reported|claims?|claimed|rumours?|rumoured|talk|gossip|word|stories|said|stated|posts?"
    r"|posted|understood|thought)\b"
)


def refuted(read: Sequence[Sentence]) -> frozenset[int]:
    """The numbers of two kinds of sentence. The first repeats what other people say, and the next sentence of the paragraph says
    that this is wrong. The second is about a branch of the provider, and the next sentence says that the report is about
    something else."""
    return frozenset(
        number
        for number, (sentence, following) in enumerate(pairwise(read))
        if following.plain.startswith(_OPENINGS)
        and sentence.paragraph == following.paragraph
        and (
            _is_called_wrong(sentence, following)
            or (following.plain.startswith(_PRONOUNS) and _OF_ANOTHER.match(following.plain))
            or (_NOT_ITS_SUBJECT.match(following.plain) and _A_BRANCH.search(sentence.plain))
        )
    )


def _is_called_wrong(sentence: Sentence, following: Sentence) -> bool:
    if not _REPORTED.search(sentence.plain):
        return False
    return bool(
        _WRONG.match(following.plain)
        or ("no" in following.plain and _KNOWS_NOTHING.match(following.plain))
        or (_CORRECTED.search(sentence.plain) and _IS_NOT.match(following.plain))
    )


_PRONOUNS = ("it ", "this ", "that ", "they ", "these ", "those ")
_OPENINGS = (
    "we ", "there ", "none ", "inspectors ", "cqc ", "they ", "this ", "that ", "it ", "these ", "those ", "such ", "but ",
    "however", "in fact", "the ", "it's", "that's",
)  # fmt: skip
