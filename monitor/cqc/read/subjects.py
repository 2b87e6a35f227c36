"""Completes clauses that share their subject, or their year, with the clause before them."""

import re
from collections.abc import Iterator, Sequence

from monitor.cqc.read import bearing


def completed(parts: Sequence[str]) -> Iterator[str]:
    """The clauses of a sentence. After a clause such as "we had placed it in special measures in 2023", a clause such as "imposed
    conditions" gets the same year. A clause without a subject ("has stopped placements") gets the council that is the subject of
    the clause before it."""
    had = council = ""
    for part in _whole(parts):
        council = council if _NO_SUBJECT.match(part) else bearing.council_at_start(part)
        if council and _NO_SUBJECT.match(part):
            yield f"{council} {part}"
            continue
        told = _HAD_DONE.match(part)
        had = told["year"] if told else had if _DID_TOO.match(part) else ""
        yield f"{part} in {had}" if had and _DID_TOO.match(part) and not _YEAR.search(part) else part


def _whole(parts: Sequence[str]) -> Iterator[str]:
    """The clauses, completed by what they share with the clause before. A clause without a verb of its own ("its registration
    cancelled") is joined to the clause before it. "It" becomes "cqc" if CQC is the subject of the clause before."""
    held = ""
    for part in parts:
        if held and _NO_VERB.fullmatch(part) and _PASSIVE.search(held):
            held = f"{held} and {part}"
            continue
        if held:
            yield held
        cqc = _CQC_DID.search(held) if part.startswith("it ") else None
        held = _IT_DID.sub(f"cqc {'had' if _YEAR.search(part) else 'has'} ", part) if cqc else part
    if held:
        yield held


# as in "the home was to be closed and its registration cancelled"
_NO_VERB = re.compile(
    r"(?:its|their|the) (?:[\w-]+ ){1,3}(?:cancelled|suspended|restricted|removed|revoked|withdrawn|lifted|imposed|stopped"
    r"|closed)\.?"
)
_PASSIVE = re.compile(
    r"\b(?:to be|be|been|was|were|is|are) (?:\w+ )?(?:closed|shut|cancelled|suspended|restricted|removed|stopped|lifted|withdrawn"
    r"|fined|placed|put)\b"
)
# as in "the director said that CQC had not proposed this; it had served a warning notice"
_CQC_DID = re.compile(
    r"\b(?:said|told \w+|answered|replied|explained|reported|confirmed|added)(?: to \w+)? that "
    r"(?:cqc|the commission|the regulator) (?:had|has|did|was|is)\b"
)
_IT_DID = re.compile(
    r"^it (?:had|has) (?=(?:only |also |instead |just )?"
    r"(?:issued|served|imposed|placed|suspended|cancelled|fined|restricted|stopped|sent|given|asked|taken)\b)"
)
_HAD_DONE = re.compile(
    r"(?:[\w' ,]{0,60}, )?(?:we|cqc) had (?:\w+ )?(?:placed|put|issued|served|imposed|suspended|cancelled|told|asked|rated"
    r"|found)\b.*\b(?P<year>20\d\d)\b"
)
_YEAR = re.compile(r"\b20\d\d\b")
_NO_SUBJECT = re.compile(
    r"(?:and )?(?:has|have|had|is|are|was|were|issued|served|imposed|stopped|suspended|asked|placed|told|took|then|also) "
)
_DID_TOO = re.compile(r"(?:and )?(?:issued|served|imposed|suspended|cancelled|fined|prosecuted)\b")
