"""Puts sentences about enforcement into words that the rules know, and finds sentences that complete the sentence before them."""

import re
from dataclasses import replace
from typing import Final

from monitor.cqc.read import bearing, sentences
from monitor.cqc.read.others import About
from monitor.cqc.read.sentences import Sentence

_STATE: Final = (
    r"(?:(?:an? |\d+ |two |three )?(?:overall )?(?:(?:rating of )?(?:outstanding|good|requires improvement|inadequate)"
    r"|special measures|(?:warning|requirement|fixed penalty) notices?|conditions|suspension|fines?)\b)"
)
# as in "From a warning notice in 2023 to good in 2026", where only the words after "to" are about the present
_FROM_TO: Final = re.compile(
    rf"\bfrom {_STATE}(?:(?: and|,) {_STATE})?(?: in (?:[a-z]+ )?20\d\d"
    rf"| in (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter)"
    rf"| last year| \w+ years ago)? to (?={_STATE})"
)
_ADMISSIONS: Final = re.compile(r"(?:new |all )?admissions(?: status)?:?")
_STOPPED: Final = re.compile(
    r"(?:stopped|suspended|halted|paused|restricted|banned|closed),? by (?P<who>the (?:provider|owners?|company|home|council)|cqc"
    r"|us|the commission)\b(?P<when>[^,;]*)(?:[,;] (?:and )?by (?P<other>cqc|us|the commission)\b(?P<since>[^,;]*))?"
)
_PROPOSED: Final = re.compile(r"(?:proposed (?:\w+ )?action|(?:\w+ )?action (?:\w+ )?proposed)\b")
_CONSIDERED: Final = re.compile(r"(?:\w+ )?action (?:\w+ )?(?:under consideration|being considered|considered)\b")
_MOST_WORDS: Final = 8  # the most words of the value of a label


def worded(sentence: Sentence) -> Sentence:
    """The sentence with a plain form that the rules for enforcement know. Titles such as "From conditions to good" lose their
    first part. A short value gets the words of the label above it, if they change its meaning."""
    flat = sentence.plain
    if flat.startswith("from ") or " from " in flat:
        flat = _FROM_TO.sub("subject to ", flat)
    if sentence.section and len(flat.split()) <= 2 * _MOST_WORDS:
        flat = _with_label(sentence.section, flat)
    return sentence if flat == sentence.plain else replace(sentence, plain=flat)


def _with_label(label: str, flat: str) -> str:
    if _ADMISSIONS.fullmatch(label) and (stopped := _STOPPED.fullmatch(flat.rstrip("."))):
        told = f"{_name(stopped['who'])} stopped new admissions{stopped['when']}"
        return f"{told}; {_name(stopped['other'])} stopped new admissions{stopped['since']}" if stopped["other"] else told
    if len(flat.split()) > _MOST_WORDS:
        return flat
    if _PROPOSED.match(label):
        return f"proposed: {flat}"
    return f"under consideration: {flat}" if _CONSIDERED.match(label) else flat


def _name(who: str) -> str:
    return f"{who} has" if who not in ("us", "we") else "we have"


_CAME_TRUE: Final = re.compile(r"(?:and |so )?(?:now )?(?:we|cqc) (?:now )?(?:have|has)(?: now)?(?: done so)?")
_THIS_DID: Final = re.compile(
    r"(?:and |so )?(?:this (?:one|breach)|these|here it|in this case it|it) did(?: so)?(?: here| this time)?"
)
_USUALLY: Final = "what will usually follow"


def came_true(clause: str, rule: str, *, threatened: bool) -> bool:
    """Whether a clause says that what was threatened has been done ("They did, and we have.", `threatened`), or that what
    usually happens has happened here ("This one did."). `rule` is the name of the rule that matched the clause before."""
    said = clause.strip(" .,")
    return bool((threatened and _CAME_TRUE.fullmatch(said)) or (rule == _USUALLY and _THIS_DID.fullmatch(said)))


_ASKS_FOR_ITS_OWN: Final = re.compile(
    r"(?:and |so )?(?:we|cqc) (?:have |has )?(?:now |therefore |also )*(?:asked|required|told) "
    r"(?:this (?:one|provider|home|service)|the (?:provider|home|service)|it|them) (?:for|to send us) (?:its|their|one|theirs)\b"
)


def asks_for_its_own(clause: str) -> bool:
    """Whether a clause says that CQC has asked for the plan that the sentence before mentions: "We have asked this one for its
    plan"."""
    return _ASKS_FOR_ITS_OWN.match(clause) is not None


_SAID_OTHERWISE: Final = re.compile(
    r"\b(?:page|report|website|version|notice|statement|article)\b[^.;]{0,80}?\b(?:say|said|stated|showed|gave|read)\b"
)
_IN_FACT: Final = re.compile(
    r"(?:in fact|actually|in truth|it should have said that|the (?:right|correct) number is),? ?"
    r"(?:(?:it|there|they|the (?:right |correct )?(?:number|figure)) (?:was|were|is|are) )?(?:only |just )?"
    r"(?:[1-9]\d?|an?|one|two|three|four|five)(?=$|[.,;]| (?:\w+ )?(?:of them|notices?|conditions?)\b)"
)


def corrects(before: str, clause: str) -> bool:
    """Whether a clause corrects the number that an earlier version of the page gave in the sentence before: "In fact it was
    1"."""
    return _IN_FACT.match(clause) is not None and _SAID_OTHERWISE.search(before) is not None


# as in "Commissioners were told that CQC had imposed conditions", where the news is in the past perfect
_NEWS: Final = re.compile(
    r"\b(?:notified|informed|told|know|learn(?:ed|t)|heard|announced|said|confirmed|reported|aware|answered"
    r"|replied)\b[^;]{0,60}? (?:(?:that )?(?:cqc|inspectors|the (?:regulator|watchdog|commission))|(?<=said )they"
    r"|(?<=said that )they|(?<=cqc said )it|(?<=cqc said that )it) had "
    r"(?=(?:(?:now|also) )?(?:imposed|served|issued|placed|given|taken|suspended|cancelled|fined|prosecuted|restricted|stopped"
    r"|(?:asked|required|requested)(?=.{0,60}\baction plan))\b)"
)
_FROM_CQC: Final = re.compile(r"\b(?:inspectors?|cqc|the regulator|the commission)\b")


def in_the_perfect(sentence: Sentence, clause: str, about: About) -> str:
    """Puts a clause of reported news into the present perfect: "said that CQC had served a notice" becomes "said that CQC has
    served a notice". A clause about an earlier time stays unchanged."""
    news = _NEWS.search(clause)
    if (
        news is None
        or sentence.earlier
        or bearing.is_of_the_past(clause, about)
        or sentences.speaks_of_earlier(sentence.plain)
        or (" they " in news[0] and not _FROM_CQC.search(clause))
    ):
        return clause
    told = f"{clause[: news.end() - 7]}cqc" if news[0].endswith(" it had ") else clause[: news.end() - 5]
    return f"{told} has {clause[news.end() :]}"
