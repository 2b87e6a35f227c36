"""Reads under which of CQC's frameworks the ratings of a source were given.

    inspection  before the Single Assessment Framework
    assessment  the Single Assessment Framework: scores and quality statements
    sector      the frameworks by sector, since 2026: key lines of enquiry and characteristics, and no scores

A source must state the framework. A date alone shows nothing, since CQC publishes under two frameworks at the same time. Key
lines of enquiry alone show nothing either, since CQC had them before 2023 too.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from monitor.cqc.read.words import Kind, Token
from monitor.model import Framework

# The words in the first pattern are about this service, and show that CQC used the Single Assessment Framework. The words in
# the second pattern may also be in a menu, so they are used only if nothing else shows the framework.
_BY_ASSESSMENT = re.compile(
    r"^(?:(?:latest|last|most recent) )?(?:full )?assess(?:ment|ed)(?: date)?(?: on)?\s*+:?\s*+\d|^latest assessment\s*+:"
    r"|^report from .* assessment|out of 100|date of assessment|we completed this assessment|at this assessment\b|^assessed\b"
    r"|^during an? .{0,30}\bassessment|\bassessed (?:the|this) \w+ (?:under|using|against|with)\b"
)
_MAYBE_BY_ASSESSMENT = re.compile(r"assessment under our new approach|quality statements?\b|single assessment framework")
_SENTENCE = 60  # in characters; a shorter line may be a link in a menu
_BY_INSPECTION = re.compile(
    r"during an? (?:[a-z]+ ){0,3}inspection\b|background to this inspection|^inspection areas$|why we inspected"
    r"|\bat this inspection\b|^date of inspection|\b(?:focused|comprehensive) inspection\b"
    r"|^(?:latest |last )?inspect(?:ion|ed)(?: date)?:? \d"
    r"|inspection looking at part|^report from .* inspection"
)

_SECTOR = (
    r"(?:adult social care|mental health(?: care)?|primary care(?: and community(?: services| care)?)?"
    r"|secondary and specialist(?: care)?)"
)
# "Assessed under our framework for adult social care"
_UNDER_SECTOR = re.compile(
    r"\b(?:assess(?:ed|ment)|inspect(?:ed|ion)|rat(?:ed|ings?)|judged|published|report)\b[^.;]{0,80}?\b(?:under|against|using|with)"
    rf" (?:[a-z]{{1,20}} ){{0,3}}?(?:(?:assessment |inspection )?framework for {_SECTOR}"
    rf"|{_SECTOR} (?:assessment |inspection )?framework|sector framework)\b"
)
# Such words may also be about the future, or about services in general.
_NOT_THIS_TIME = re.compile(
    r"\b(?:will|shall|would|going to|plan(?:s|ned)? to|draft|consult\w*|propos\w*|pilot\w*|not|never|yet|once|when|if|until"
    r"|unless|before|earlier|previous\w*|last time|some|other|others|most|many|all)\b|n['’]t\b|\bfrom (?:[a-z]{1,9} )?20\d\d\b"
)
_ENQUIRY = re.compile(r"(?:key lines? of enquiry|kloes?)\b.{0,80}$")
# "Characteristics of good": the level that CQC found for one line of enquiry
_CHARACTERISTIC = re.compile(
    r"^characteristics? (?:of|met|that (?:fits?|appl(?:y|ies)|match(?:es)?))\b|^most characteristics were\b|\bis typical of\b"
    r"|\bcompared what we found with the (?:rating )?characteristics\b"
)
# "This matches the characteristics of good."
_FOUND = re.compile(
    r"\b(?:(?:is|are|was|were) (?:typical|characteristic) of|(?:match|matches|matched|fits?|met|meets?) the characteristics of)"
    r" [^.]{0,40}\b(?:outstanding|good|requires improvement|inadequate)\b"
    r"|\bmatch(?:es|ed)? the characteristics of requires improvement\b"
)
_ENOUGH = 2  # findings about lines of enquiry
_PLAN_REPORT = re.compile(r"^report (?:from|of) .*?\b(20\d\d) inspection\b")
_FIRST_YEAR = 2026


def of_page(lines: Sequence[str], tokens: Sequence[tuple[Token, ...] | None], plan: bool) -> Framework | None:
    """Returns the framework of a page's ratings; None if the page does not show it. `lines` are the lines about this service, in
    lower case, each with its tokens. `plan` is whether the page's address has the plan number of an assessment."""
    scored = any("out of 100" in line for line in lines) or any(map(_is_scored, tokens))
    if not scored and is_sector(lines, plan):
        return Framework.SECTOR
    inspected = maybe = False
    for line in lines:
        if ("assess" in line or "out of 100" in line) and _BY_ASSESSMENT.search(line):
            return Framework.ASSESSMENT
        if "inspect" in line and not inspected:
            inspected = _BY_INSPECTION.search(line) is not None
        if not maybe and len(line) > _SENTENCE:
            maybe = _MAYBE_BY_ASSESSMENT.search(line) is not None
    if inspected:
        return Framework.INSPECTION
    return Framework.ASSESSMENT if maybe or scored else None


def is_sector(lines: Iterable[str], plan: bool = False) -> bool:
    """Whether a text without scores shows that its ratings were given under one of the frameworks by sector. `lines` are in
    lower case."""
    enquiry = characteristic = False
    found = 0
    for line in lines:
        if "framework" in line and any(map(_is_under_sector, re.split(r"(?<=[.;!?]) ", line))):
            return True
        if plan and line.startswith("report ") and (dated := _PLAN_REPORT.match(line)) and int(dated[1]) >= _FIRST_YEAR:
            return True
        enquiry = enquiry or _ENQUIRY.match(line) is not None
        if "characteristic" in line or "typical" in line:
            characteristic = characteristic or _CHARACTERISTIC.search(line) is not None
            found += _FOUND.search(line) is not None
        if (enquiry and (characteristic or found)) or found >= _ENOUGH:
            return True
    return False


def of_report(lines: Iterable[str]) -> Framework:
    """Returns the framework of an inspection report. `lines` are the lines of its text."""
    return Framework.SECTOR if is_sector(line.casefold() for line in lines) else Framework.INSPECTION


def of_entry(entry: Mapping[str, Any], texts: Iterable[str], scored: bool) -> Framework:
    """Returns the framework of an entry of the API's assessments. `texts` are the inspectors' texts in the entry. `scored` is
    whether the entry has any score."""
    questions = entry.get("keyQuestionRatings")
    parts = [entry, *(one for one in questions if isinstance(one, dict))] if isinstance(questions, list) else [entry]
    enquiries = any("linesofenquiry" in key.casefold() or "kloe" in key.casefold() for part in parts for key in part)
    sector = not scored and (enquiries or is_sector(text.casefold() for text in texts))
    return Framework.SECTOR if sector else Framework.ASSESSMENT


def _is_under_sector(sentence: str) -> bool:
    named = _UNDER_SECTOR.search(sentence)
    return named is not None and not _NOT_THIS_TIME.search(sentence)


def _is_scored(tokens: tuple[Token, ...] | None) -> bool:
    """Whether a line gives the score of a quality statement."""
    kinds = {token.kind for token in tokens or ()}
    return Kind.STATEMENT in kinds and Kind.SCORE in kinds
