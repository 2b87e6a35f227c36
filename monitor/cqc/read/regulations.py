"""Breaches of regulations and enforcement, as a text states them.

A breach counts when the text says that it holds: not one that the last inspection found and this one saw put right, not the
absence of one, not what the law is. Enforcement counts when CQC has taken it: not what it may do, what it took after an
earlier inspection, what it lifted, nor what a council or the provider did. Source:
docs/facts/special-measures.md, Enforcement; docs/facts/special-measures.md, Breaches.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.cqc.read import sentences
from monitor.cqc.read.sentences import Sentence
from monitor.model import Breach, Enforcement

# --- the regulations ---

# Health and Social Care Act 2008 (Regulated Activities) Regulations 2014: number -> CQC's name, and the words that tell it.
_REGULATIONS_2014: dict[str, tuple[str, str]] = {
    "9": ("person-centred care", r"person[- ]cent(?:re|er)d care|person[- ]cent(?:re|er)d|personalised care"),
    "9a": ("visiting and accompanying", r"visiting|accompanying"),
    "10": ("dignity and respect", r"dignity"),
    "11": ("need for consent", r"consent"),
    "12": ("safe care and treatment", r"safe care|medicines?|management of risks?|risk management|infection"),
    "13": ("safeguarding", r"safeguarding|abuse|improper treatment"),
    "14": ("nutrition and hydration", r"nutrition\w*|hydration"),
    "15": ("premises and equipment", r"premises|equipment|environment"),
    "16": ("complaints", r"complaints?"),
    "17": ("good governance", r"governance"),
    "18": ("staffing", r"staffing|staff (?:training|supervision|support|deployment)|sufficient(?:ly)? (?:\w+ )?staff"),
    "19": ("fit and proper persons employed", r"fit and proper persons? (?:being )?employed|recruitment|employment "
                                              r"checks"),
    "20": ("duty of candour", r"candour"),
    "20a": ("display of ratings", r"display(?:ing)? (?:of )?(?:\w+ )?(?:performance|ratings?)"),
    "7": ("registered managers", r"registered managers?"),
    "5": ("fit and proper persons: directors", r"directors?"),
}
# Care Quality Commission (Registration) Regulations 2009.
_REGULATIONS_2009: dict[str, tuple[str, str]] = {
    "12": ("statement of purpose", r"statement of purpose"),
    "13": ("financial position", r"financial position"),
    "14": ("notice of absence", r"notices? of absence"),
    "15": ("notice of changes", r"notices? of changes?"),
    "16": ("death of a service user", r"notif\w+ of (?:the )?deaths?"),
    "17": ("death or unauthorised absence of a detained person", r"unauthorised absence"),
    "18": ("notifications", r"notif\w+|other incidents"),
    "19": ("fees", r"\bfees\b"),
    "20": ("termination of pregnancy", r"terminations? of pregnanc"),
    "22a": ("form of notifications", r"form of notif"),
}  # fmt: skip
_TOPICS = {"": _REGULATIONS_2014, "2009:": _REGULATIONS_2009}

_NUMBERS = re.compile(
    r"\bregs?(?:ulations?)?\.?:? (?:no\.? |number )?(?P<list>\d{1,2}a?\b(?:\s?\(\w{1,4}\))*(?: "
    r"?(?:\([a-z][^()]{3,90}\)))?"
    r"(?:(?:,? and |, ?| & |; ?|/)(?:regs?(?:ulations?)?\.? )?\d{1,2}a?\b(?!:| (?:breach|people|months?|weeks?|days?|"
    r"of (?:the )?(?:\w+ ){0,2}inspection))(?:\s?\(\w{1,4}\))*(?: ?(?:\([a-z][^()]{3,90}\)))?)*)"
)
_NUMBER = re.compile(r"(?<![\w(])(\d{1,2}a?)\b(?!\))((?:\s?\(\w{1,4}\))*\s?:?\s?(?:\(?[^()\d]{0,90})?)")
_ACT = re.compile(r"\bregistration\)? ?regulations\b(?:,? 2009)?|\bregulations?,? 20(?:09|10|14)\b")


@dataclass(frozen=True, slots=True)
class _Cited:
    regulation: str
    topic: str | None
    at: int


def _cited(plain: str) -> Iterator[_Cited]:
    """The regulations that a sentence cites by number, in order, with the words that stand beside each."""
    for listed in _NUMBERS.finditer(plain):
        act = _act(plain, listed.start(), listed.end())
        for number in _NUMBER.finditer(listed.group("list")):
            digits = number.group(1)
            beside = number.group(2)
            if number.end() == len(listed.group("list")):
                beside += plain[listed.end() : listed.end() + 160]
            yield _named(digits, beside, plain, act, listed.start() + number.start())


def _act(plain: str, start: int, end: int) -> str:
    """"2009:" or "2010:" when the regulations cited are not those of 2014: the next act that is named, or else the last."""
    after = _ACT.search(plain, end)
    acts = [after] if after else list(_ACT.finditer(plain, 0, start))
    if not acts:
        return ""
    named = acts[-1].group()
    if "2009" in named or named.startswith("registration"):
        return "2009:"
    return "2010:" if "2010" in named else ""


def _named(digits: str, beside: str, plain: str, act: str, at: int) -> _Cited:
    number = digits.upper()
    if act == "2010:":
        return _Cited(f"2010:{number}", None, at)
    for kind in ("", "2009:"):
        name, words = _TOPICS[kind].get(digits, (None, None))
        if words and re.search(words, beside.split("regulations 20")[0]):
            return _Cited(f"{kind}{number}", name, at)
    name, words = _TOPICS[act].get(digits, (None, None))
    told = bool(words) and re.search(words or "", plain) is not None
    return _Cited(f"{act}{number}", name if told else None, at)


# --- whose they are ---

_HOME = r"(?:services?|homes?|locations?|practices?|hospitals?|agenc(?:y|ies)|surger(?:y|ies)|branch(?:es)?|sites?|clinics?)"
# "Another home run by the provider", "a sister service", "the provider's other home", "Elm Lodge, which is also run by …"
_ANOTHER = re.compile(
    rf"^(?:at |on )?(?:another|one|two|three|several|some) (?:of (?:its|their|the provider's) )?(?:other )?(?:care |nursing )?"
    rf"{_HOME}\b(?= (?:run|owned|operated|managed|of (?:the|this)|which|that|is|are|was|were|has|have|had)\b)"
    rf"|\b(?:another|other|different) (?:care |nursing |registered )?{_HOME} (?:(?:which|that) (?:is|are) )?"
    rf"(?:also )?(?:run|owned|operated|managed|of (?:the|this|same)|(?:it|they|the provider|the company) (?:runs?|owns?))\b"
    rf"|\bsister (?:care |nursing )?{_HOME}\b|\b(?:the|this) (?:provider|company|group)'s other (?:care |nursing )?{_HOME}\b"
    rf"|^another of (?:its|their|the provider's)\b|\bwhich is also (?:run|owned|operated|managed) by\b"
)
_THIS_ONE = re.compile(rf"\bthis (?:care |nursing )?{_HOME}\b|\bthis (?:inspection|assessment)\b|\bhere\b")


def _of_others(read: Sequence[Sentence]) -> frozenset[int]:
    """The numbers of the sentences that speak of another service: one that says so, and what follows it in its paragraph, up
    to a sentence that comes back to this service."""
    found: set[int] = set()
    paragraph = -1
    for number, sentence in enumerate(read):
        if _ANOTHER.search(sentence.plain):
            paragraph = sentence.paragraph
        elif _THIS_ONE.search(sentence.plain):
            paragraph = -1
        if sentence.paragraph == paragraph:
            found.add(number)
    return frozenset(found)


# --- breaches ---

_ABOUT_BREACHES = ("breach", "regulation")
_NO_BREACH = re.compile(
    r"\bno (?:\w+ ){0,3}?breach|\bnot (?:\w+ ){0,4}?(?:in |a |any |find any |identify any |constitute )?breach|\bn't "
    r"(?:\w+ ){0,3}?breach|\bno longer in breach|\bwithout (?:any )?breach"
    r"|\b(?:previous|former|earlier|past) (?:\w+ ){0,2}?breach\w*[^.]{0,80}\b(?:met|resolved|addressed|rectified|"
    r"improved|put right|complied)\b"
    r"|\bbreach\w*\b[^.]{0,90}\b(?:had|has|have|were|was|now) (?:been |now |all )*(?:met|resolved|addressed|"
    r"rectified|put right|remedied)\b"
    r"|\bnow (?:meeting|met|compliant|complying)|\bno longer (?:meeting|breach)"
)
_ASKED = re.compile(r"\b(?:whether|if|to see|check(?:ed|ing)?)\b[^.]{0,60}\bbreach")
_MIGHT_BE = re.compile(r"\b(?:could|may|might|would|can|should|potential(?:ly)?|possible|risk of|prevent|"
                       r"avoid|future|any|ensure)\b[^.]{0,60}\bbreach")
_OTHER_BREACH = re.compile(r"\bbreach(?:es|ed|ing)?\b(?: of)? (?:the |their |its )?(?:data|confidential\w*|contract|"
                           r"trust|privacy|gdpr|conditions?|human rights|security|protocol|policy|tenancy)|\b(?:data|"
                           r"security|contract(?:ual)?|confidentiality|gdpr) breach")
_STATED = re.compile(r"\bbreach(?:es|ed|ing)?\b|\b(?:not (?:been |being )?(?:met|meeting|complied|complying)|did not "
                     r"(?:meet|comply)|failed to (?:meet|comply)|not compliant|non-complian\w+|"
                     r"contraven\w+)\b[^.]*\bregulation|\bregulation\w*\b[^.]*\bnot (?:been |being )?met\b")
_TABLE = re.compile(r"\bregulation \d{1,2}a? (?:hsca|health and social care act|cqc|care quality commission|"
                    r"registration)\b[^.]{0,90}\b20(?:14|09|10)\b")
_AS_BEFORE = re.compile(r"\b(?:at this (?:inspection|assessment|visit)|again|now)\b[^.]*\b(?:found|identified|saw|"
                        r"was|were)\b[^.]*\b(?:the same|this again|no improvement|again|not improved|still|"
                        r"continued)\b|\bfound again\b|\bremain(?:s|ed)? in breach\b|\bstill in breach\b")
_IN_TOPICS = re.compile(
    r"\bbreach(?:es|ed)?\b(?P<of> of)?(?: the| a| any| legal| their| its| two| three| four| five| \d)*(?: (?:health "
    r"and social care|cqc|fundamental|legal))*(?: (?:act|regulations?|requirements?|standards?))*"
    r"(?: \([^)]*\))?(?: regulations?(?: 20\d\d)?)?(?: at (?:this|the) \w+| which were| were found| identified| "
    r"found| that)*[ ,:]+(?:(?:were |was )?(?:in relation to|relat(?:ing|ed|es) to|in respect of|in regards? to|with "
    r"regards? to|regarding|around|concerning|in the areas? of|in|about|for|linked to|under|these were|this was))(?: "
    r"the| how)? (?P<topics>.+)$"
    r"|\bbreach(?:es)? of (?:\w+ )?(?:legal )?(?:regulations?|requirements?): (?P<colon>.+)$"
    r"|\bbreach(?:es)? of (?P<bare>.+?)(?: (?:was|were|has|have|at|found|identified)\b|$)"
)
_LONGEST_TOPIC = 90  # characters; what is longer is no name of a regulation
# "We found 3 breaches of regulation. These related to …"
_THESE = re.compile(r"^(?:these|they|this|the breaches|both) (?:breaches )?(?:were |was |are )?(?:in relation to|"
                    r"relat(?:ed?|es|ing) to|concern(?:ed)?|regarding|for|around) (?:the )?")
_NAMELESS = re.compile(r"\bbreach(?:es)? of (?:\w+ )*(?:regulations?|law)\b")
_FOUND = re.compile(r"\bwe (?:have )?(?:found|identified)\b|\b(?:was|were|is|are|still|remained) (?:\w+ )?(?:in|a) "
                    r"(?:\w+ )?breach")
_SPLIT_TOPICS = re.compile(r",(?: and)? | and | as well as |; | plus ")
_KEPT_TOGETHER = re.compile(r"\b(care|dignity|fit|recruitment|premises|nutrition|nutritional|receiving|visiting|"
                            r"abuse|consent|health|training|nutrition|assessing|monitoring|policies|systems) and "
                            r"(?=(?:treatment|respect|proper|selection|equipment|hydration|acting|accompanying|"
                            r"social|safety|improper|capacity|supervision|support|processes|improving|procedures))")
_TOPIC_ENDS = re.compile(r" (?:at (?:this|our|the)|during|which|where|because|as (?:we|the)|since|following|after|"
                         r"under|of the (?:health|hsca|care quality)|we |this |these |from |resulting|leading|"
                         r"meaning|and (?:we|the provider|they|has|have|are|were|took|issued|served))\b.*$|\(.*$")
_NOT_TOPICS = re.compile(r"^(?:the )?(?:regulations?|legal|law|health and social care|\d|requirements?|care act|"
                         r"fundamental standards?|registration|same|more than|section)\b|^.{0,2}$|\bregulations?\b")


def breaches(paragraphs: Sequence[str]) -> tuple[Breach, ...]:
    """The breaches that a text states as holding, one a regulation, in the order in which they are first stated."""
    if not sentences.speaks_of("\n".join(paragraphs), _ABOUT_BREACHES):
        return ()
    read = sentences.read(paragraphs, _ABOUT_BREACHES)
    found: dict[str, Breach] = {}
    others = _of_others(read)
    for number, (sentence, following) in enumerate(zip(read, (*read[1:], None), strict=True)):
        if number in others:
            continue
        if not sentences.speaks_of(sentence.plain, _ABOUT_BREACHES) or not _holds(sentence, following):
            continue
        for breach in _breaches_of(sentence, following):
            key = breach.regulation or breach.topic or ""
            held = found.setdefault(key, breach)
            if held.topic is None and breach.topic is not None:
                found[key] = replace(held, topic=breach.topic)
    return _without_doubles(found)


def _without_doubles(found: dict[str, Breach]) -> tuple[Breach, ...]:
    """Topics that a number names as well are left to the number; nameless breaches to the named."""
    numbered = {
        name for act, table in _TOPICS.items() for number, (name, _) in table.items() if f"{act}{number.upper()}" in found
    }
    kept = [breach for breach in found.values() if breach.regulation or (breach.topic and breach.topic not in numbered)]
    return tuple(kept) or tuple(found.values())


def _holds(sentence: Sentence, following: Sentence | None) -> bool:
    """Whether a sentence says that a breach holds now."""
    flat = sentence.plain
    if _TABLE.search(flat):
        return True
    if not _STATED.search(flat) or _NO_BREACH.search(flat) or _OTHER_BREACH.search(flat) or _ASKED.search(flat):
        return False
    if _MIGHT_BE.search(flat) and not _FOUND.search(flat):
        return False
    if sentence.earlier and "found again" not in flat:
        return following is not None and _AS_BEFORE.search(following.plain) is not None and not _cites(following.plain)
    return True


def _cites(flat: str) -> bool:
    return next(_cited(flat), None) is not None


def _breaches_of(sentence: Sentence, following: Sentence | None) -> Iterator[Breach]:
    """The breaches that a sentence states: by number; or else by topic, there or in a next sentence ("These related to …");
    or else one without either."""
    cited = list(_cited(sentence.plain))
    topics = [] if cited else list(_topics(sentence.plain))
    quote = sentence.text
    if not cited and not topics and following is not None and _THESE.search(following.plain):
        topics = list(_listed(_THESE.sub("", following.plain)))
        quote = f"{quote} {following.text}"
    for each in cited:
        yield Breach(regulation=each.regulation, topic=each.topic, quote=quote)
    for topic in topics:
        yield Breach(regulation=None, topic=topic, quote=quote)
    if not cited and not topics and _NAMELESS.search(sentence.plain):
        yield Breach(regulation=None, topic=None, quote=quote)


def _topics(flat: str) -> Iterator[str]:
    match = _IN_TOPICS.search(flat)
    if match is None:
        return
    yield from _listed(match.group("topics") or match.group("colon") or match.group("bare") or "")


def _listed(words: str) -> Iterator[str]:
    """The topics of a list: "consent, safe care and treatment and staffing"."""
    together = _KEPT_TOGETHER.sub(lambda pair: f"{pair.group(1)} AND ", _TOPIC_ENDS.sub("", words.rstrip(" .;:")))
    for piece in _SPLIT_TOPICS.split(together):
        topic = piece.replace(" AND ", " and ").strip(" .;:,")
        if not _NOT_TOPICS.search(topic) and len(topic) < _LONGEST_TOPIC:
            yield _canonical(topic)


def _canonical(topic: str) -> str:
    """CQC's name of a topic where the words are known, the words themselves otherwise."""
    for table in (_REGULATIONS_2014, _REGULATIONS_2009):
        for name, words in table.values():
            if re.search(words, topic):
                return name
    return topic


# --- enforcement ---


@dataclass(frozen=True, slots=True)
class Taken:
    """One way in which CQC says that it has taken enforcement of a kind."""

    kind: str
    pattern: str
    example: str


_GAP = r"(?:(?!\b(?:if|unless)\b)[^.;]){0,90}?"
_DONE = r"(?:issued|served|issuing|serving|given|gave|sent|made|received|took|taken|used|applied)"
TAKEN: tuple[Taken, ...] = (
    Taken("warning notice", rf"\b{_DONE}\b {_GAP}\bwarning notices?\b|\bwarning notices? (?:\w+ ){{0,6}}?(?:was|were|"
                            rf"has been|have been|is being|are being) (?:\w+ )?{_DONE}\b",
          "We served a warning notice on the provider."),
    Taken("requirement notice", rf"\b{_DONE}\b {_GAP}\brequirement notices?\b|\brequirement notices? (?:\w+ "
                                rf"){{0,6}}?(?:was|were|has been|have been) (?:\w+ )?{_DONE}\b",
          "The practice was given two requirement notices."),
    Taken("conditions", rf"\b(?:imposed|imposing|varied|varying|placed|placing|added|adding|attached|applied)\b "
                        rf"{_GAP}\b(?:conditions?|restrictions?)\b|\b(?:conditions?|restrictions?) (?:\w+ "
                        rf"){{0,8}}?(?:was|were|has been|have been|are being|is being) (?:\w+ )?(?:imposed|placed|"
                        rf"added|varied|applied)\b",
          "We imposed urgent conditions on the provider's registration."),
    Taken("cancellation", rf"\b(?:cancelled|cancelling|to cancel|cancellation of|remov(?:ed|ing))\b "
                          rf"{_GAP}\bregistration\b|\bregistration (?:\w+ ){{0,4}}?(?:was|has been|is being) (?:\w+ "
                          rf")?cancelled\b",
          "We have cancelled the provider's registration."),
    Taken("suspension", rf"\b(?:suspended|suspending|suspension of)\b {_GAP}\bregistration\b|\bregistration (?:\w+ "
                        rf"){{0,4}}?(?:(?:was|has been|is being|is|temporarily|urgently) )+suspended\b",
          "The home's registration was temporarily suspended."),
    Taken("prosecution", r"\b(?:prosecuted|prosecuting|began a prosecution|brought a prosecution|criminal "
                         r"proceedings against|found guilty|pleaded guilty|convicted)\b",
          "CQC prosecuted the provider for failing to provide safe care."),
    Taken("fine", rf"\b{_DONE}\b {_GAP}\bfixed penalty notices?\b|\bfixed penalty notices? (?:\w+ ){{0,4}}?(?:was|"
                  rf"were|has been|have been) (?:\w+ )?{_DONE}\b|\b(?:was|were|has been|have been|been) fined\b|"
                  rf"\bfined the\b|\bordered to pay\b",
          "A fixed penalty notice was issued to the provider."),
    Taken("action plan", rf"\b(?:asked|requested|required|told|instructed)\b {_GAP}\baction plan\b|\baction plan "
                         rf"(?:has been |was |is being )?requested\b|\brequesting an action plan\b",
          "We have asked the provider for an action plan."),
)  # fmt: skip
_TAKEN = tuple((taken.kind, re.compile(taken.pattern)) for taken in TAKEN)
_ABOUT_ENFORCEMENT = ("regulation", "warning notice", "requirement notice", "penalty notice", "action plan", "condition",
                      "restrict",
    "registration",
                      "prosecut", "guilty", "convicted", "fined", "ordered to pay", "proceedings")

_NOT_TAKEN = re.compile(
    r"\bin instances where\b|\bwhere (?:cqc|we) (?:have|has) (?:decided|taken)\b|\bwe will publish\b|"
    r"\brepresentations and\b"  # boilerplate
    r"|\b(?:may|might|could|would|can|should|if|unless|whether|consider(?:s|ed|ing)?|intend|usually|likely|threat\w*|"
    r"powers? to|able to|not|never|no|n't|without|propose[ds]? not)\b[^.;]{0,80}\b(?:notice|condition|registration|"
    r"prosecut|fine|action plan|penalty|restriction)"
    r"|\bwill (?!now)(?:\w+ ){0,3}?(?:lead|begin|usually|request|ask|take|consider|issue|serve|result)\b"
    r"|\b(?:lifted|removed|withdrawn|complied with|had been met|has been met|have been met|were met|was met|now met|"
    r"no longer in place|discharged|rescinded|compliance with|check(?:ed)? (?:whether|if|that)|to follow[- ]up|"
    r"followed up|in response to|progress)\b[^.;]{0,80}"
    r"|\bprevious(?:ly)?\b|\bhad (?:been |already |also )*(?:issued|served|imposed|placed|given|received|sent|asked|"
    r"suspended)\b"
    r"|\bembargo\b|\bvoluntar|\b(?:council|local authority|commissioners?|icb|ccg|provider|home|service|manager) "
    r"(?:had |has |have |also |voluntarily |then |who )*(?:suspended|imposed|placed|stopped|restricted|issued|served|"
    r"asked|requested|prosecuted)\b"
    r"|\bconditions? of (?:their|its|the|his|her) registration\b(?! (?:was|were|has been|have "
    r"been))(?![^.]*\b(?:varied|imposed|placed)\b)|\b(?:dols|deprivation of liberty|medical|health|living|long[- "
    r"]term|mental health) conditions?\b|\bconditions (?:on|attached to|of) (?:people|their dols|dols|authoris|a "
    r"person)"
    r"|\b(?:staff|member|nurse|carer|manager|employee)s? (?:\w+ ){0,3}?(?:was|were|had been|has been) (?:suspended|"
    r"prosecuted|given|issued)"
)
_LED_BY = re.compile(r"\bwe (?:have )?(?:also |now |then )?(?:issued|served|imposed|varied|suspended|cancelled|"
                     r"prosecuted|are (?:issuing|serving|taking|cancelling))\b|\bnow\b")


def enforcement(paragraphs: Sequence[str]) -> tuple[Enforcement, ...]:
    """The enforcement that a text says CQC has taken, in order; the quote names the regulation where the text does so
    just before."""
    if not sentences.speaks_of("\n".join(paragraphs), _ABOUT_ENFORCEMENT):
        return ()
    found: dict[tuple[str, str], Enforcement] = {}
    read = sentences.read(paragraphs, _ABOUT_ENFORCEMENT)
    others = _of_others(read)
    for number, sentence in enumerate(read):
        if number in others:
            continue
        for kind in _kinds(sentence, read[number - 1] if number else None):
            quote = _with_regulation(read, number)
            found.setdefault((kind, quote), Enforcement(kind=kind, quote=quote))
    return tuple(found.values())


# The table at the end of a report on a practice or a hospital stands under the heading "Requirement notices".
_NOTICES = re.compile(r"^requirement notices?$")
_TABLE_SAYS = re.compile(r"^action we have told the provider|^the table below shows")


def _kinds(sentence: Sentence, before: Sentence | None) -> Iterator[str]:
    """The kinds of enforcement that a sentence says were taken."""
    flat = sentence.plain
    if before is not None and _NOTICES.match(before.plain) and _TABLE_SAYS.match(flat):
        yield "requirement notice"
    if not sentences.speaks_of(flat, _ABOUT_ENFORCEMENT) or sentence.earlier or flat.endswith("?") or _NOT_TAKEN.search(flat):
        return
    for kind, pattern in _TAKEN:
        if pattern.search(flat):
            yield kind


_TOOK = re.compile(r"^the enforcement action we (?:took|have taken)")


def _with_regulation(read: Sequence[Sentence], number: int) -> str:
    """The sentence; below "The enforcement action we took:" of a report's table, with the sentence above that names the
    regulation, so that two notices can be told apart."""
    quote = read[number].text
    if number < 2 or not _TOOK.search(read[number - 1].plain) or not _cites(read[number - 2].plain):
        return quote
    return f"{read[number - 2].text} {read[number - 1].text} {quote}"
