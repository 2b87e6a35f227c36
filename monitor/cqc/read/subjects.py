# ruff: noqa: E501 - each pattern is on one line, whatever its length
"""Completes clauses that share their subject, or their year, with the clause before them."""

import re
from collections.abc import Iterator, Sequence

from monitor.cqc.read import bearing


def completed(parts: Sequence[str]) -> Iterator[str]:
    """The clauses of a sentence. After a clause such as "we had placed it in special measures in 2023", a clause such as "imposed
    conditions" gets the same year. A clause without a subject ("has stopped placements") gets the council that is the subject of the
    clause before it."""
    had = council = ""
    for part in parts:
        council = council if _NO_SUBJECT.match(part) else bearing.council_at_start(part)
        if council and _NO_SUBJECT.match(part):
            yield f"{council} {part}"
            continue
        told = _HAD_DONE.match(part)
        had = told["year"] if told else had if _DID_TOO.match(part) else ""
        yield f"{part} in {had}" if had and _DID_TOO.match(part) and not _YEAR.search(part) else part


_HAD_DONE = re.compile(r"(?:[\w' ,]{0,60}, )?(?:we|cqc) had (?:\w+ )?(?:placed|put|issued|served|imposed|suspended|cancelled|told|asked|rated|found)\b.*\b(?P<year>20\d\d)\b")
_YEAR = re.compile(r"\b20\d\d\b")
_NO_SUBJECT = re.compile(r"(?:and )?(?:has|have|had|is|are|was|were|issued|served|imposed|stopped|suspended|asked|placed|told|took|then|also) ")
_DID_TOO = re.compile(r"(?:and )?(?:issued|served|imposed|suspended|cancelled|fined|prosecuted)\b")
