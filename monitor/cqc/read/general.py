"""Finds clauses about the law and CQC's powers in general, as in the notes of a press release, and clauses that mention a notice
only to say what a visit was about.
"""

import re
from functools import lru_cache
from typing import Final

_US: Final = r"(?:us|cqc|the (?:commission|regulator))"
_WE: Final = r"(?:we|cqc|the (?:commission|regulator))"
_PLACE: Final = r"(?:service|home|provider|practice|hospital|agency|clinic|surgery|location)"
# CQC's explanation of the rating "inadequate"
_WHAT_INADEQUATE_IS: Final = re.compile(
    rf"\b(?:{_PLACE}s?|it) (?:is|are) performing badly and (?:{_WE}|the care quality commission) (?:have|has) taken\b"
)
_IN_GENERAL: Final = re.compile(
    # as in "Section 31 of the Act allows CQC to suspend a registration"
    rf"\b(?:section \d+[a-z]?|regulations?|act|law|legislation|powers?|which|that|it|this) (?:(?:of|under) [\w (),]{{3,90}}? )?"
    rf"(?:also )?(?:allows?|lets?|enables?|permits?|empowers?|gives) {_US} (?:the power |powers |the right )?(?:to )?(?=\w)"
    # as in "A fixed penalty is an alternative to prosecution", "Penalties depend on the offence"
    r"|^(?:an? )?(?:(?:fixed|civil|financial) )*penalt(?:y|ies)(?: notices?)? "
    r"(?:is an?|are an?|(?:can|may|must) |are (?:set|fixed|laid down)|is (?:set|fixed|laid down)|depends?|var(?:y|ies))\b"
    r"|^(?:an? )?(?:fine|caution|prosecution|notice) is (?:an alternative|one of|a last resort|the last resort)\b"
    rf"|\bfor (?:an?|any|every) {_PLACE} (?:who|which|that) (?:does|do|fails?|has|is|breaks?|breaches)\b"
    # as in "Cancelling a registration is the last thing that we do"
    rf"|^(?:cancelling|suspending|closing|prosecuting|fining|restricting|placing|putting) "
    rf"(?:an?|any|somebody's|someone's|people's) (?:[\w'-]+ ){{1,6}}?(?:is|can|means|will|takes|may|must|should)\b"
    r"|^prosecution (?:does|will|can|may) "
    # as in "Others include warning notices, special measures and prosecution"
    r"|^(?:the )?others? (?:(?:ones|powers|options|actions|steps|sanctions|penalties|tools) )?(?:that )?"
    r"(?:(?:we|cqc) (?:can|may|could) (?:take|use|impose) )?include\b"
    r"|\b(?:can|could|may|might) (?:also )?(?:include|mean|lead to|involve) (?:\w+ )?"
    r"(?:placing|putting|imposing|serving|issuing|limiting|restricting|suspending|cancelling|prosecuting|fining)\b"
    rf"|^(?:when|whenever|where|before|once|if) {_WE} (?:first )?"
    rf"(?:proposes?|wants?|intends?|plans?|decides?|issues?|serves?|imposes?|cancels?|suspends?) "
    rf"|^(?:they|these|SM|special measures) (?:will |only |always |usually |also )*appl(?:y|ies) "
    rf"(?:when|where|whenever|if|to (?:any|every|an?|all|services|homes|providers)\b)"
    rf"|^it is (?:also |always )?an? condition of (?:[\w']+ ){{0,3}}registration for (?:an?|any|every|all) [^,;]{{3,40}} that\b"
    rf"|\b(?:is|are) (?:not )?the same (?:thing )?as (?:being )?(?:(?:in|under) )?(?:SM|special measures)\b"
    # as in "Being in special measures was the worst year of my life"
    r"|\bbeing in (?:SM|special measures) (?:was|were|had|has been|had been|made|gave|taught|helped|felt|meant) "
)
_WORDS: Final = (
    "allow", "lets ", "let us", "enable", "permit", "empower", "gives ", "penalt", "fine ", "caution", "notice", "for a", "ing a",
    "others", "other ", "include", "when", "where", "before ", "once ", "apply", "applies", "condition of", "being in ",
    "the same ", "prosecution ", "mean ", "lead to", "involve",
)  # fmt: skip


def is_legend(plain: str) -> bool:
    """Whether a sentence in plain form is CQC's explanation of the rating "inadequate"."""
    return " performing badly " in plain and _WHAT_INADEQUATE_IS.search(plain) is not None


@lru_cache(maxsize=4096)  # the modules for all topics call this function with the same clauses
def is_general(clause: str) -> bool:
    """Whether a clause in plain form is about the law, CQC's powers or another registration in general, and so not about what CQC
    did at this service."""
    return any(word in clause for word in _WORDS) and _IN_GENERAL.search(clause) is not None and _DID_SO.search(clause) is None


_DID_SO: Final = re.compile(rf"\b(?:{_WE}|it) (?:have|has) (?:now |also |therefore |today )*(?:done|used|taken|exercised)\b")
DONE_SO: Final = re.compile(
    rf"(?:and |so |now )*{_WE} (?:have|has) (?:now |also |therefore |today )*"
    rf"(?:done (?:so|this|that)|(?:used|issued|served|imposed|taken|exercised|suspended|cancelled)"
    rf"(?: (?:it|them|this|that|these|this power|these powers|one|two|three))?)"
    rf"(?: (?:here|now|today|this time|in this case|(?:for|to|at|against|in) this \w+))*"
    r"|(?:and )?(?:one|two|three|four|they|these|it) (?:has|have) (?:now |also |therefore )*been "
    r"(?:issued|served|imposed|used|taken)(?: (?:here|now|today|(?:to|at|on|for|against|in) (?:this|the) [\w' ]{3,40}))*"
    r"|(?:and )?(?:that|this|it) (?:is (?:exactly |just )?what|has) (?:(?:has|have|now|we|cqc) )*(?:happened|done)"
    r"(?: (?:here|now|at this \w+|in this case))*"
    r"|(?:and )?(?:it|they|the (?:provider|owners?|company)) (?:has|have) (?:now |since )?paid (?:it|them|one|two)\b.*"
)
"""Words that say that CQC has now done what it can do according to the sentence before."""
# as in "its old profile, where the last report rated it inadequate"
_OLD_PROFILE: Final = re.compile(
    r"\b(?:old|previous|former) profile,? (?:where|which|that|in which)\b"
    r"|^(?:on|under|in) (?:its|the|their) (?:old|previous|former) profile\b"
)


def is_of_old_profile(so_far: str) -> bool:
    """Whether a clause says what is on the page of an earlier registration. `so_far` is the sentence up to the end of the
    clause."""
    return "profile" in so_far and _OLD_PROFILE.search(so_far) is not None


_COVERED: Final = re.compile(
    r"\b(?:what|(?:areas?|matters|issues|points|things|concerns|subjects|parts?)(?: (?:that|which))?) "
    r"(?:the|those|these|both|our|its|two|that) (?:[\w-]+ )?(?:[\w-]+ )?notices? "
    r"(?:was|were|is|are|had been|covered|concerned|related to|dealt with|referred to|raised|named|mentioned)\b"
    r"|\b(?:areas?|matters|issues|points|concerns|subjects|parts?) (?:that (?:was|were) )?"
    r"(?:covered|raised|set out|named|mentioned|described|identified|listed) (?:by|in) (?:the|those|these|both|our|its|two|that) "
    r"(?:[\w-]+ )?(?:[\w-]+ )?notices?\b"
)
_LOOKED: Final = re.compile(
    r"\b(?:looked|look|looking|visited|visit|inspected|assessed|checked|check|reviewed|review|inspection|assessment"
    r"|focus(?:ed|es)?|covered only|follow(?:ed)? up)\b"
)
_MET: Final = re.compile(
    r"\b(?:is|was|were|are|been|now|had|has) (?:now |also |fully |all )*"
    r"(?:meeting|met|complying|complied|compliant|improved|put right)\b|\bput (?:all of them|them|these|everything) right\b"
)
_UNMET: Final = re.compile(
    r"\b(?:not|never|no|still|yet|unless|if|whether|remain\w*|continu\w*|fail\w*|in breach|only (?:some|one|two|part)|little)\b"
)


_IT_IS_NOT: Final = re.compile(
    r"\b(?:found|concluded|saw) (?:that )?(?:it|they|this|the \w+) (?:had|has|have|was|were|is|are) (?:still )?not\b"
)


def covered_by_notice(clause: str) -> str:
    """"looked" if a clause mentions a notice only to say what a visit was about; "met" if what the notice was about is put right;
    "unmet" if the visit found that it is not; "" for other clauses."""
    covered = _COVERED.search(clause) if "notice" in clause else None
    if covered is None or _UNMET.search(clause, covered.end()):
        return "unmet" if covered and _IT_IS_NOT.search(clause, covered.end()) else ""
    if _MET.search(clause) and not _UNMET.search(clause, 0, covered.start()):
        return "met"
    return "looked" if _LOOKED.search(clause) else ""


A_VISIT: Final = "a visit about a notice"
PROPOSAL_ENDED: Final = re.compile(
    rf"^(?!.*\b(?:not|never|if|unless|until|whether|would|will|may|might|could|asked|wants?|wanted|hopes?|hoped)\b).*?\b{_WE} "
    rf"(?:(?:has|have|had|now|since|therefore|then|also) )*(?:withdrawn|withdrew|dropped|abandoned|reversed) "
    rf"(?:its|the|our|this|that)(?: notice of)? proposal\b"
    r"|\bproposed to [^;]{3,80}?,? (?:and|but) (?:(?:has|have|had|since|then|later) )*(?:withdrew|withdrawn|dropped|abandoned) "
    r"(?:it|this|that|the|its)(?: notice of)?(?: proposal)?(?=$|[.,;]| (?:in|on|last|this|after|when|because)\b)"
    rf"|^(?:and |so )?{_WE} (?:has|have|had)? ?(?:(?:now|since|therefore|then) )*decided not to "
    rf"(?:go ahead|proceed|cancel|carry (?:it|this) out)\b"
    rf"|^(?!.*\b(?:not|never|if|unless|until|whether|would|will|may|might|could)\b)(?:the|its|our|this|that) "
    rf"(?:notice of )?proposal (?:has|have|was|is) (?:(?:now|since|therefore|then|been) )*(?:withdrawn|dropped|abandoned)\b"
)
"""Words that say that CQC no longer proposes what it proposed."""
# as in "We have brought special measures to an end"
TO_AN_END: Final = re.compile(
    r"\b(have|has|had|we|cqc|been)( not)? (?:(?:now|yet) )?(?:brought|called)( SM)? to (?:an end|a close)\b"
)
