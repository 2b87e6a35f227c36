"""Finds out who is fined, prosecuted or cautioned in a sentence, and who takes this action. Only action by CQC or a court
against this service or its provider is enforcement."""

import re
from collections.abc import Sequence
from typing import Final

from monitor.cqc.read.sentences import plain

CHARGED: Final = frozenset({"fine", "prosecution", "caution"})
"""Kinds of enforcement that bodies other than CQC may take too, and that may be taken against other people."""

_VERB = r"(?:fined|prosecuted|charged|cautioned|convicted|sentenced|found guilty|taken to court|ordered to pay|penalised)"
_PASSIVE: Final = re.compile(
    rf"(?:^|[,;] |\b(?:that|because|after|when|and|since|as|said|while) )"
    rf"(?P<who>(?!having\b|after\b|who\b)(?:(?!(?:that|because|after|when|said)\b)[\w'’&-]+ ){{0,8}}?[\w'’&-]+,? )"
    rf"(?:(?:has|have|had|was|were|is|are|been|being|also|later|now|since|then|just|both|jointly|pleaded guilty and) ){{1,8}}"
    rf"(?:\w+ )?{_VERB}\b|(?:^|[,;] )(?P<pleader>(?:(?!having\b)[\w'’&-]+ ){{1,9}}?)(?:has |have )?pleaded guilty\b"
)
# Words for the party that is charged or fined, if this party is the service, its provider, or the people who run the service.
_OWN: Final = re.compile(
    r"\b(?:providers?|company|companies|owners?|operators?|trust|firm|business|ltd|limited|llp|plc|group|organisation|charity"
    r"|partnership|partners?|directors?|proprietors?|bosses|boss|operator"
    r"|services?|homes?|agency|practice|surgery|clinic|hospital|hospice|location|individual|manager|it|they|this|these|both|all"
    r"|which|who|we|each|notices?|penalt(?:y|ies)|fines?|prosecutions?|charges?|proceedings|case|summons|caution|court|cqc)\b"
)
_BY: Final = re.compile(rf"\b{_VERB}\b[^.;,]{{0,60}}? by (?P<by>(?:the |an? |its )?[\w' -]{{2,50}})")
_RULES: Final = re.compile(
    r"\b(?:cqc|care quality|commission|us\b|(?<!pensions )(?<!housing )regulator|watchdog|inspectors|magistrates?|judge|court"
    r"|crown|jury|bench|justices|recorder)|^(?:post|hand|law|then|the end|more than|up to|way of|almost|nearly|over|£|\d)"
)
_ACTIVE: Final = re.compile(
    r"^(?P<by>(?:the |an? )?(?:[\w'’&-]+ ){1,5}?)(?:(?:has|have|had|also|later|now|since) )*"
    r"(?:(?:fined|prosecuted|cautioned|penalised) (?:the|its|this|that|a|an|it|two|both|elm|them)\b"
    r"|(?:laid|brought|filed|preferred) (?:[\w-]+ ){0,3}?charges\b)"
)
_AGAINST: Final = re.compile(
    r"\b(?:summons(?:es)?|charges?|proceedings|case|prosecution) (?:(?!(?:over|after|about|for|following|death)\b)\w+ ){0,5}?"
    r"(?:against|of) (?P<on>(?:an?|the|one|two|three|his|her) [\w'-]+"
    r"(?: (?!(?:at|by|for|in|over|after|who|which|from|on|has|have|was|were|is)\b)[\w'-]+){0,5})"
)
_DULL: Final = frozenset({"care", "home", "house", "court", "limited", "nursing", "services", "service", "health"})


def is_anothers(clause: str, names: Sequence[str | None]) -> bool:
    """Whether the party that is charged or fined in a clause is clearly not the provider, or another body than CQC or a court
    takes the action. `names` has the names of the service and its provider."""
    if (
        (by := _BY.search(clause) or _ACTIVE.search(clause)) is not None
        and not _RULES.search(by["by"])
        and not _PASSIVE_AUX.search(by["by"])
    ):
        return not _is_own(by["by"], names) or "by " in by[0]
    if (on := _AGAINST.search(clause)) is not None and _SOMEBODY.search(on["on"]) and not _is_own(on["on"], names):
        return True
    who = _who(clause)
    return not _is_own(who, names) and _SOMEBODY.search(who) is not None


def is_unknown(clause: str, names: Sequence[str | None]) -> bool:
    """Whether a clause says who is charged or fined, but does not show whether this is the provider."""
    who = _who(clause)
    return bool(who) and not _is_own(who, names) and not _RULES.search(who)


def _who(clause: str) -> str:
    found = _PASSIVE.search(clause)
    return (found["who"] or found["pleader"] or "").strip() if found else ""


_SOMEBODY: Final = re.compile(
    r"^(?:an?|two|three|four|several|some|one|his|her|another) |'s "
    r"|\b(?:visitors?|residents?|relatives?|nephew|niece|son|daughter|husband|wife|m[ae]n|wom[ae]n|boys?|girls?|burglars?|thief"
    r"|thieves|intruders?|contractors?"
    r"|builders?|plumbers?|drivers?|employees?|workers?|nurses?|carers?|cleaners?|chefs?|cooks?|handyman|volunteers?|neighbours?"
    r"|teenagers?|youths?|suppliers?|solicitors?|doctors?|council|authority|landlord|police|staff|people)\b"
)
_PASSIVE_AUX = re.compile(r"\b(?:was|were|been|being|is|are)\b")


_FORMER: Final = re.compile(
    r"\b(?:(?:an?|the|its|his|her|their|one|two) )?(?:former|previous|ex)[ -](?:registered |deputy |home |care )*[\w-]+"
)


def _is_own(who: str, names: Sequence[str | None]) -> bool:
    words = {word for name in names if name for word in plain(name).split() if len(word) > 3} - _DULL
    # "a former resident's nephew" does not mean the home; "the home's owner" does
    head = _FORMER.sub("", who.rsplit("'s ", 1)[-1])
    return _OWN.search(head) is not None or not words.isdisjoint(who.split())
