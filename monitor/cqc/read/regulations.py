# ruff: noqa: E501 - each pattern is on one line, whatever its length
"""Reads the breaches of regulations that a text states.

A breach is read if it is current according to the text. The module leaves out breaches that have been put right since the last
inspection, sentences that deny a breach, and quotations of the law. It also finds the breaches for which CQC has served notices
that are in force. Source: docs/facts/special-measures.md, Enforcement; docs/facts/special-measures.md, Breaches.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.cqc.read import asked, bearing, sentences, topics
from monitor.cqc.read.clauses import clauses
from monitor.cqc.read.others import NOBODY, About, of_others
from monitor.cqc.read.sentences import Sentence
from monitor.model import Breach

# --- the regulations ---

# Health and Social Care Act 2008 (Regulated Activities) Regulations 2014. For the number of each regulation: CQC's name for its
# topic, and the words that identify it.
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
    "20a": ("display of ratings", r"display(?:ing)? (?:of )?(?:\w+ )?(?:performance|ratings?)|ratings? (?:\w+ ){0,4}display"),
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
    r"\bregs?(?:ulations?)?\.?:? (?:no\.? |number )?(?P<list>\d{1,2}a?\b(?:(?: ?|,? and |, | & | to | ?- ?)\(\w{1,4}\))*(?: "
    r"?(?:\([a-z][^()]{3,90}\)))?"
    r"(?:(?:,? and |, ?| & |; ?|/)(?:regs?(?:ulations?)?\.? )?\d{1,2}a?\b(?!:| (?:breach|people|months?|weeks?|days?|"
    r"of (?:the )?(?:\w+ ){0,2}inspection))(?:(?: ?|,? and |, | & | to | ?- ?)\(\w{1,4}\))*(?: ?(?:\([a-z][^()]{3,90}\)))?)*)"
)
_NUMBER = re.compile(r"(?<![\w(])(\d{1,2}a?)\b(?!\))((?:(?: ?|,? and |, | & | to | ?- ?)\(\w{1,4}\))*\s?:?\s?(?:\(?[^()\d]{0,90})?)")
_ACT = re.compile(r"\bregistration\)? ?regulations\b(?:,? 2009)?|\bregulations?,? 20(?:09|10|14)\b")


_CORRESPONDS = re.compile(r"\b(?:which|that|this|now)? ?(?:now )?(?:corresponds? to|corresponding to|is now|(?:has|have) been replaced by|was replaced by|became) (?=regulations? \d)")


@dataclass(frozen=True, slots=True)
class _Cited:
    regulation: str
    topic: str | None
    at: int


# as in "Four breaches of regulation were found: 12, 13, 17 and 18"
_FOUND_TO_BE = re.compile(r"(\bbreach(?:es)? of (?:the )?(?:legal )?regulations?)(?: (?:were|was|have been|has been|that we|which we|we|have))*(?: (?:found|identified))?:(?= \d{1,2}a?(?:, | and ))")
_COUNTED_LIST = re.compile(r"\b(?:two|three|four|five|six|\d) (?:legal )?regulations,(?: (?:these|those) (?:are|were)| namely)? (?=\d{1,2}a?(?:, | and ))")  # as in "in breach of 2 regulations, 12 and 17"
# as in "Regulations not met: 12, 17"; a single number could be how many regulations are not met
_UNMET_LIST = re.compile(
    r"\bregulations?(?: (?:that|which|we found))*(?: (?:are|were|was|is))? (?:not (?:being |been )?met|breached|contravened|in breach):"
    r"(?P<list> \d{1,2}a?\b(?=,? ?(?:and|&) \d|, ?\d|; ?\d| [a-z(]).{0,300})"
)
_NEXT_NUMBER = re.compile(r"(?:,|;|,? and) (?=\d{1,2}a? [a-z])")
_COUNTED = re.compile(r"\bbreach(?:es)? of (?:the )?(?:legal )?regulations?: \d{1,2}$")  # as in "Breaches of regulations: 3"


def _cited(plain: str) -> Iterator[_Cited]:
    """The regulations that a sentence cites by number, in order. Each has the name of its topic if words beside the number show
    it. If an old regulation corresponds to a present regulation according to the sentence, only the present regulation is
    used."""
    if today := _CORRESPONDS.search(plain):
        plain = plain[today.end() :]
    plain = _COUNTED_LIST.sub("regulations ", _FOUND_TO_BE.sub(r"\1", plain))
    plain = _UNMET_LIST.sub(lambda unmet: "breach of regulations" + _NEXT_NUMBER.sub(", regulation ", unmet["list"]), plain)
    for listed in _NUMBERS.finditer(plain):
        if _COUNTED.search(plain[: listed.end()]):
            continue
        act = _act(plain, listed.start(), listed.end())
        for number in _NUMBER.finditer(listed.group("list")):
            digits = number.group(1)
            beside = number.group(2)
            if number.end() == len(listed.group("list")):
                beside += plain[listed.end() : listed.end() + 160]
            yield _named(digits, beside, plain, act, listed.start() + number.start())


def _act(plain: str, start: int, end: int) -> str:
    """"2009:" or "2010:" if the cited regulations are from one of these years; "" if they are the regulations of 2014. This
    depends on the next act in the text after the citation or, if there is none, on the last act before the citation."""
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


# --- breaches ---

_ABOUT_BREACHES = ("breach", "regulation", "legal requirement", "the law", "reg ", " regs", " reg.")
_NO_BREACH = re.compile(
    r"\bfound (?:neither|none)\b|\bnone of regulations? \d|\b(?:both|all|they|these) (?:were|are|had been|have been) (?:now )?met\b|\b(?:not|n't) (?:find|conclude|consider|think|decide|agree) that (?:this|it|these|they|there|(?:the|these) \w+) (?:\w+ )?(?:amounted to|constituted|represented|was|were|is|are) (?:an? |in |any )?breach|\b(?:not|n't|never) (?:\w+ )?fall(?:en)? foul\b|\bnone of the (?:\w+ )?breaches\b[^.]{0,60}?\b(?:remain|persist|continu|still)\w*|\b(?:no|neither|nor) (?:\w+ ){0,3}?breach|\bbreach\w*(?: of \w+)?:? (?:0|nil|none|no)\b(?! longer)|\bnot (?:\w+ ){0,4}?(?:in |a |any |find any |identify any |constitute )?breach|\bn't "
    r"(?:\w+ ){0,3}?breach|\bno longer in breach|\bwithout (?:any )?breach"
    r"|\b(?:previous|former|earlier|past) (?:\w+ ){0,2}?breach\w*[^.]{0,80}\b(?:met|resolved|addressed|rectified|"
    r"improved|put right|complied)\b"
    r"|\bbreach\w*\b[^.]{0,90}\b(?:had|has|have|were|was|is|are|now) (?:been |now |all |since |both |already )*(?:met|resolved|addressed|"
    r"rectified|put right|remedied|closed)\b"
    r"|\bhad (?:previously |also )?been in breach\b|\bnow (?:meeting|met|compliant|complying)|\bno longer (?:meeting|breach)|\bthere (?:is|are) (?:now )?(?:none|no longer)\b"
    r"|^(?:previously|formerly|in the past),? (?:there (?:was|were)|the \w+ (?:was|had))\b(?!.*\b(?:still|remains?|now in)\b)"
)
_ASKED = re.compile(r"\bregulations? \d{1,2}a? (?:is|are) (?:breached|not met|contravened) (?:when|where|if|only)\b|^(?:(?:an?|any|the term|the word|every) (?:\w+ )?)?breach(?:es)?(?: of (?:(?:it|them|this|that)|(?:(?:a|the|any|our|these|legal) )*(?:regulations?|requirements?|standards?|law)))? (?:means?|occurs?|happens?|arises?|refers? to|is (?:when|where|an?|the|any|not the same|not always|different)|are (?:when|where|not)|can|may|will|does|do|leads? to|tells?)\b|\bwhat (?:an? |the )?(?:\w+ )?breach(?:es)? (?:of|is|are|was|would|means?)\b|\b(?:knew|know|aware|understood|understand)\b[^.]{0,90}\b(?:is|are|was|were|be) (?:a |in )?breach|\b(?:whether|if|to see|check(?:ed|ing)?)\b[^.]{0,60}\bbreach")
_MIGHT_BE = re.compile(r"\b(?:could|may|might|would|can|should|potential(?:ly)?|possible|risk(?:s|ed|ing)?(?: of)?|prevent|"
                       r"avoid|future|any|ensure)\b[^.]{0,60}\bbreach"
                       r"|\bhow (?:an? |such a )?breach|\ban? breach (?:of (?:the )?(?:legal )?(?:regulations?|requirements?) (?:\d{1,2}a? )?)?(?:could|may|might|would|can) ")
_OTHER_BREACH = re.compile(r"\bbreach(?:es)? (?:in|of|to) (?:[\w']+ ){0,3}?(?:skin|fence|wall|wound|perimeter|roof)\b|\b(?:disput(?:es|ed|ing)|den(?:y|ies|ied)|contest(?:s|ed)|rejects?|rejected|does not accept|did not accept) (?:that|the|our|any)\b[^.]{0,60}?\bbreach|\b(?:concerns?|allegations?|alleged|complaints?|complained|claims?|claimed|information|reports?|tip-off) (?:was |were |had been )?(?:received |raised |made )?(?:that (?:the|this|a|its?|regulations?)\b[^.,;]{0,60}? (?:was|were|had been) (?:in breach|breached)(?![^;]*\b(?:found|concluded|agreed|decided|confirmed)\b[^;]{0,20}\b(?:it|they|this|there|the \w+) (?:had|was|were)\b(?!n't| not))|of (?:a |possible |alleged )?breach)|"
                           r"\bbreach(?:es|ed|ing)?\b(?: of)? (?:the |their |its )?(?:data|confiden(?:ce|tial\w*)|contract|"
                           r"trust|privacy|gdpr|conditions?|human rights|security|protocol|policy|tenancy)|\bbreach(?:es|ed|ing)?(?: of)? (?:its|their|his|her|our|the (?:[\w-]+ )?[\w-]+'s)(?: own)? (?:[\w'-]+ ){0,3}?(?:polic(?:y|ies)|protocols?|procedures?|guidance|code of (?:conduct|practice))\b|\bbreach(?:es|ed|ing)?(?: of)? (?:an?|the|its|their) (?:lease|licence|injunction|court order)\b|\b(?:data|"
                           r"security|contract(?:ual)?|confidentiality|gdpr) breach")
_STATED = re.compile(r"^(?!.*\b(?:if|whether|could|would|may|might|should|can|must|risk)\b)[^.;]*\b(?:fail(?:ed|ure|ures|s|ing)?|did not|had not|was not|were not|lack of) [^.;]*\((?:regulations?|reg\.?) \d{1,2}a?(?:\)| ?\()|\b(?:contrary to|in contravention of|not in line with|against) (?:the )?regulations? \d|\b(?:fell|fallen|falling|falls?) foul of\b|\bbr(?:eaking|oke|eaks|oken) (?:the law|(?:(?:the|two|three|several|\d) )?regulations?)\b|\bregs? \d{1,2}a?\b[^.]{0,60}\bnot (?:been |being )?met\b|\bbreach(?:es|ed|ing)?\b|\b(?:not (?:been |being )?(?:met|meeting|complied|complying)|did not "
                     r"(?:meet|comply)|failed to (?:meet|comply)|not compliant|non-complian\w+|"
                     r"contraven\w+|fail(?:s|ing) to (?:meet|comply)|not comply(?:ing)?)\b[^.]*\b(?:regulation|regs?\b)|\bnot (?:being )?(?:met|meeting) (?:the |all )?legal requirements? (?:for|on|about|in|relating)\b|\bregulations? (?:that |which )?(?:the|this|it|they) ?(?:\w+ )?(?:was|were|is|are|had) not (?:been )?(?:complying with|meeting|compliant with|complied with)\b|\bregulation\w*\b[^.]*\bnot (?:been |being )?(?:met|complied with|adhered to|followed)\b")
_TABLE = re.compile(r"\bregulation \d{1,2}a? (?:hsca|health and social care act|cqc|care quality commission|"
                    r"registration)\b[^.]{0,90}\b20(?:14|09|10)\b")
_AS_BEFORE = re.compile(r"\b(?:at this (?:inspection|assessment|visit)|again|now)\b[^.]*\b(?:found|identified|saw|"
                        r"was|were)\b[^.]*\b(?:the same|this again|no improvement|again|not improved|still|"
                        r"continued)\b|\bfound again\b|\bremain(?:s|ed)? in breach\b|\bstill in breach\b")
_IN_TOPICS = re.compile(
    r"\bbreach(?:es|ed)?\b(?P<of> of)?(?: the| a| any| legal| their| its| two| three| four| five| \d)*(?: (?:health "
    r"and social care|cqc|fundamental|legal))*(?: (?:act|regulations?|requirements?|standards?))*"
    r"(?: \([^)]*\))?(?: regulations?(?: 20\d\d)?)?(?: at (?:this|the) \w+| which were| was (?:also )?(?:identified|found)| were also (?:identified|found)| (?:have|has) been (?:found|identified)| were identified| were found| identified| remain(?:s|ed)?| "
    r"found| that| which| we found| we have found| we identified)*[ ,:]+(?:which |that )?(?:(?:were |was )?(?:in relation to|relat(?:ing|ed|es) to|in respect of|in regards? to|with "
    r"regards? to|regarding|around|concerning|concerned|covering|covered|deal(?:t|ing)? with|in the areas? of|in (?:\w+ )?areas:|in|on|about|for|linked to|under|these were|this was))(?: "
    r"the| how)? (?P<topics>.+)$"
    r"|\bregulations? (?:were |are |was |is )?(?:being )?(?:not (?:being |been )?met|breached)(?: (?:when|at|during|on) [^:;,]{2,60})?[:,] (?:these |those |they |the ones )?(?:are |were |that |which )*(?:deal(?:t|ing)? with|concern\w*|relat\w+ to|cover\w*|on|about) (?P<those>.+)$"
    r"|\bregulations? (?:on|about|covering|concerning) (?:the )?(?P<on>.+)$|\bbreach(?:es)? of (?:\w+ )?(?:legal )?(?:regulations?|requirements?): (?P<colon>.+)$"
    r"|\bnot meeting (?:the |all )?legal requirements? (?:for|on|about|in relation to|relating to) (?:the )?(?P<legal>.+)$"
    r"|\b(?:not (?:being |been )?(?:meeting|met)|contraven\w+|fail(?:ed|s|ing) to meet|did not meet) (?:the |any |\w+ )?(?:following )?(?:legal )?regulations?(?::| (?:on|about|for|covering|relating to|in relation to|concerning)) (?:the )?(?P<unmet>.+)$"
    r"|\bbreach(?:es)? of (?P<bare>.+?)(?: (?:was|were|has|have|at|found|identified)\b|$)"
)
_LONGEST_TOPIC = 90  # in characters; a longer text is not the name of a topic
# as in "We found 3 breaches of regulation. These related to …"
_THESE = re.compile(r"^(?:these|they|this|the breaches|both) (?:breaches )?(?:were |was |are )?(?:in relation to|"
                    r"relat(?:ed?|es|ing) to|concern(?:ed)?|regarding|for|around) (?:the )?")
_NAMELESS = re.compile(r"^(?:legal |current |number of )*breaches(?: found| identified| of regulations?)?: (?:[1-9]|one|two|three|four|five|six)\b(?! (?:of|in)\b)|\b(?:\w+|\d+) breach(?:es)? (?:was|were|has been|have been) (?:found|identified)\b|\bbreach(?:es)? of (?:the )?(?:legal )?regulations?: [1-9]|\bregulations? (?:breached|not (?:being |been )?met): [1-9]|\bnot meeting the regulation|\bregulations? (?:that |which )?(?:the|this|it|they) ?(?:\w+ )?(?:was|were|is|are|had) not (?:been )?(?:complying with|meeting|compliant with|complied with)\b|\bbr(?:eaking|oke|eaks|oken) the law\b|\bbreach(?:es)? of (?:\w+ )*(?:regulations?|law)\b")
_FOUND = re.compile(r"\bwe (?:have )?(?:found|identified)\b|\b(?:was|were|is|are|still|remained) (?:\w+ )?(?:in|a) "
                    r"(?:\w+ )?breach")
_SPLIT_TOPICS = re.compile(r",(?: and)? | and | as well as |; | plus ")
_KEPT_TOGETHER = re.compile(r"\b(care|dignity|fit|recruitment|premises|nutrition|nutritional|receiving|visiting|"
                            r"abuse|consent|health|training|nutrition|assessing|monitoring|policies|systems) and "
                            r"(?=(?:treatment|respect|proper|selection|equipment|hydration|acting|accompanying|"
                            r"social|safety|improper|capacity|supervision|support|processes|improving|procedures))")
_TOPIC_ENDS = re.compile(r" (?:(?:had|has|have|was|were|is|are) (?:not|still|yet|never)\b|at (?:this|our|the)|during|which|where|because|as (?:we|the)|since|following|after|"
                         r"under|of the (?:health|hsca|care quality)|we |this |these |from (?!abuse|harm|improper)|resulting|leading|"
                         r"meaning|and (?:we|the provider|they|has|have|are|were|took|issued|served))\b.*$|\(.*$")
_NOT_TOPICS = re.compile(r"^(?:the )?(?:regulations?|legal|law|health and social care|\d|requirements?|care act|"
                         r"fundamental standards?|registration|same|more than|section)\b|^.{0,2}$|\bregulations?\b")


def breaches(paragraphs: Sequence[str], about: About = NOBODY) -> tuple[Breach, ...]:
    """The current breaches that a text states, in the order of their first mention. Each regulation is listed once."""
    if not sentences.speaks_of("\n".join(paragraphs), _ABOUT_BREACHES):
        return ()
    read = sentences.read(paragraphs, _ABOUT_BREACHES)
    found: dict[str, Breach] = {}
    others = of_others(read, about)
    listed = False  # whether the sentence is below a heading "Breaches of regulation"
    for number, (sentence, following) in enumerate(zip(read, (*read[1:], None), strict=True)):
        if number in others or _states_none(sentence, following) or _is_over(sentence, about):
            continue
        listed = _is_listed(sentence, listed=listed)
        if listed and not _ONE_LISTED.match(sentence.plain) and _heads_a_list(sentence, following):
            continue
        for breach in _listed_breaches(sentence) if listed and _ONE_LISTED.match(sentence.plain) else _held(sentence, following, about):
            key = breach.regulation or breach.topic or ""
            held = found.setdefault(key, breach)
            if held.topic is None and breach.topic is not None:
                found[key] = replace(held, topic=breach.topic)
        if following is not None and _ONE_LISTED.match(following.plain) and _NAMELESS_COUNT.search(sentence.plain):
            listed = True  # "We found one breach of regulation." is above the list
    if None in {breach.regulation or breach.topic for breach in found.values()} and len(found) == 1:
        for breach in _required(paragraphs):
            found.setdefault(breach.topic or "", breach)
    return _without_doubles(found)


def _states_none(sentence: Sentence, following: Sentence | None) -> bool:
    """Whether a sentence is a question, is about another law, or is about a breach that CQC took out of a draft."""
    taken_out = following is not None and _TAKEN_OUT.match(following.plain) is not None and _DRAFTED.search(sentence.plain) is not None
    return taken_out or asked.is_asked(sentence.plain) or _OF_ANOTHER_LAW.search(sentence.plain) is not None


# as in "The draft report recorded a breach. We took it out after the provider's comments."
_DRAFTED = re.compile(r"\b(?:draft|earlier version|first version|originally)\b")
_TAKEN_OUT = re.compile(r"(?:but |however,? )?(?:(?:we|cqc) (?:have |has )?(?:(?:since|later|then) )*(?:took|taken|removed|withdr[ae]wn?|withdrew|deleted) (?:it|this|that|them)|(?:it|this|that) (?:was|has been) (?:\w+ )?(?:removed|taken out|withdrawn|deleted))\b")
_BREACH_HEADING = re.compile(r"(?:the |current |our )?(?:breach(?:es)?|breach(?:es)? of (?:the )?(?:legal )?(?:regulations?|requirements?)|regulations? (?:breached|not (?:being )?met|in breach|that (?:was|were|is|are) not (?:being )?met))(?: (?:found|identified))?:?")
_ONE_LISTED = re.compile(r"^regulations? \d{1,2}a?\b(?!.*\b(?:met|compliant|complied|no longer|resolved|not breached)\b)")


_NAMELESS_COUNT = re.compile(r"\b(?:we|inspectors|cqc) (?:have )?(?:found|identified) (?:an?|\d|one|two|three|four|five|six|several|multiple|the following) (?:\w+ )?breach(?:es)?(?: of (?:the )?(?:legal )?(?:regulations?|requirements?))?[.:]?$")


def _heads_a_list(sentence: Sentence, following: Sentence | None) -> bool:
    """Whether this line is above a list of breaches, with a regulation on each line."""
    return following is not None and (_ONE_LISTED.match(following.plain) or _COLUMNS.match(following.plain)) is not None


_COLUMNS = re.compile(r"^regulations? (?!\d)")  # the column headings of a table
_SHORT = 6  # in words; no label is longer


def _is_listed(sentence: Sentence, *, listed: bool) -> bool:
    """Whether a sentence is in the list below a heading about breaches."""
    if listed and _COLUMNS.match(sentence.plain):
        return True
    if (sentence.heading or len(sentence.plain.split()) <= _SHORT) and not _ONE_LISTED.match(sentence.plain):
        return _BREACH_HEADING.fullmatch(sentence.plain.rstrip(".")) is not None
    return listed and (sentence.heading or _ONE_LISTED.match(sentence.plain) is not None)


# When CQC tells a provider what it must do, it repeats the words of a regulation. Each pair has the topic of a regulation, and
# these words.
_MUST: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (_REGULATIONS_2014[number][0], re.compile(words))
    for number, words in (
        ("12", r"\bcare and treatment is provided in a safe way\b|\b(?:provide|deliver) (?:safe )?care and treatment (?:safely|in a safe way)\b"),
        ("17", r"\bensure good governance\b|\b(?:effective|proper) systems and processes\b.{0,60}\bgovernance\b|\bgood governance in accordance with\b"),
        ("18", r"\breceive (?:the |such )?appropriate support\b|\bsufficient numbers of suitably qualified\b"),
        ("19", r"\bonly fit and proper persons are employed\b|\brecruitment procedures are (?:established|operated)\b|\bspecified information is available regarding each person\b"),
        ("13", r"\bprotected from abuse and improper treatment\b"),
        ("15", r"\bpremises and equipment\b.{0,60}\b(?:clean|fit|suitable|secure|maintained)\b|\bpremises\b.{0,60}\b(?:are|is) fit for use\b"),
        ("16", r"\bcomplaints? received (?:is|are) investigated\b|\bresponding to complaints\b|\bcomplaints (?:system|process) is (?:established|operated)\b"),
        ("11", r"\bonly provided with the consent of\b|\bconsent of the relevant person\b"),
        ("10", r"\btreated with dignity and respect\b"),
        ("9", r"\bappropriate, meets? (?:their|people's|patients'|service users')? ?needs and reflects?\b"),
        ("20", r"\bduty of candour\b"),
    )
)
_MUST_DO = re.compile(r"\bmust\b")
_MUST_LEAD = re.compile(r"\bmust:?$")  # a list below a line with this ending contains actions that the provider must take


_TELLS_TO = re.compile(r"(?:to )?(?:ensure|establish|make|maintain|provide|operate|have|take|review|improve|keep)\b")  # an item that says what to do


def _required(paragraphs: Sequence[str]) -> Iterator[Breach]:
    """Breaches with the topics of the actions that the provider must take. These breaches are used if the text mentions
    breaches without their regulations or topics."""
    for sentence in sentences.read(paragraphs, ("must", "ensure", "establish")):
        if sentence.earlier or not (_MUST_DO.search(sentence.lead) or _MUST_DO.search(sentence.plain)):
            continue
        for topic, words in _MUST:
            if words.search(sentence.plain):
                yield Breach(regulation=None, topic=topic, quote=sentence.text)


def _without_doubles(found: dict[str, Breach]) -> tuple[Breach, ...]:
    """If a breach with a number and a breach with only a topic are about the same regulation, drops the breach without a number.
    If any breach has a number or a topic, drops the breaches that have neither."""
    numbered = {
        name for act, table in _TOPICS.items() for number, (name, _) in table.items() if f"{act}{number.upper()}" in found
    }
    kept = [breach for breach in found.values() if breach.regulation or (breach.topic and breach.topic not in numbered)]
    return tuple(kept) or tuple(found.values())


def _holds(sentence: Sentence, following: Sentence | None) -> bool:
    """Whether a sentence states a current breach."""
    flat = sentence.plain
    if _TABLE.search(flat):
        return True
    if not _STATED.search(flat) or _NO_BREACH.search(flat) or _OTHER_BREACH.search(flat) or _ASKED.search(flat):
        return False
    if _MIGHT_BE.search(flat) and not _FOUND.search(flat):
        return False
    if "alleg" in flat and _ALLEGED.search(flat):
        return False
    if _BREACH_THEN.search(flat) and not _STILL.search(flat):
        return False
    if sentence.earlier and "found again" not in flat:
        return following is not None and _AS_BEFORE.search(following.plain) is not None and not _cites(following.plain)
    return True


# as in "Solicitors for the family allege that the provider broke regulation 12"
_ALLEGED = re.compile(r"\b(?:alleg(?:e|es|ed|ing) that |allegedly )(?:[\w']+ ){0,8}?(?:broke|breach|regulation|failed)")
# as in "to follow up on the last inspection, when it was in breach of regulations"
_BREACH_THEN = re.compile(r"\b(?:last|previous|earlier) (?:[\w-]+ ){0,2}(?:inspection|assessment|visit|report),? (?:when|where|at which|which)\b[^.;]*\bbreach")
_STILL = re.compile(r"\b(?:still|remain\w*|continu\w*|again)\b")
# as in "While the breach of regulation 14 had been put right, that of regulation 13 had not."
_STILL_UNMET = re.compile(r"\b(?:that|those) (?:of|under|about|relating to) (regulations? (?:(?!\b(?:had|has|have|was|is|were|are)\b)[^;.]){1,160}) (?:had|has|have|was|is|were|are) not\b")


def _still_held(sentence: Sentence, about: About) -> str | None:
    """The clause that states a current breach, in a sentence with another clause about a breach that was put right. None for
    other sentences."""
    parts = [one for part in clauses(sentences.fold(_UNLIKE.sub(" ", sentence.plain))) for one in _AND_NONE.split(part)]
    if len(parts) < 2 or not (sentence.earlier or _NO_BREACH.search(sentence.plain)):
        return None
    held = _HELD_NOW if sentence.earlier else _HELD
    for part in parts:
        if _HAD_BEEN.search(part) or bearing.is_of_the_past(part, about):
            continue
        if ("breach" in part or _ANOTHER_ONE.search(part)) and _cites(part) and not _NO_BREACH.search(part) and not _MIGHT_BE.search(part) and held.search(part):
            return part
    return None


# as in "It must tell us how it will meet regulations 10 and 14. It is not meeting them now."
_THEM_UNMET = re.compile(r"^(?!.*\b(?:if|unless|whether|when|once|until|may|might|could|would)\b)(?:it|they|the (?:provider|service|home|practice)) (?:\w+ ){0,3}?(?:not|n't|fail(?:s|ed|ing)? to) (?:\w+ ){0,2}?(?:meet|meets|meeting|met|comply(?:ing)? with|complied with) (?:them|these|those|either|both|it|this)\b")
_AND_NONE = re.compile(r",? (?:and|but) (?=(?:none|no breach(?:es)?)\b)")
_HAD_BEEN = re.compile(r"\bthere had been\b|\b(?:we|inspectors|cqc) had (?:\w+ )?found\b")
_ANOTHER_ONE = re.compile(r"\b(?:one|another|a new one) of regulations? \d")  # as in "no breach of regulation 12, but one of regulation 18"
_HELD_NOW = re.compile(r"\b(?:new|remain\w*|still|continu\w*|another|now)\b")
_HELD = re.compile(r"\b(?:new|remain\w*|still|continu\w*|found|identified|is|was|there|another|now)\b")


# as in "We did not find that the breach of regulation 12 had been put right."
_NOT_PUT_RIGHT = re.compile(
    r"\b(?:(?:we|cqc) )?(?:did|do|does|could) ?(?:not|n't) (?:find|agree|think|accept|consider|see|conclude) that (the breach\w*(?: of regulations? [\w ,()]+?)?)"
    r" (?:had|has|have|was|were) (?:now |all |both )?(?:been )?(?:put right|met|resolved|addressed|remedied|rectified|dealt with)\b"
)


_LEGAL = re.compile(
    r"\b(?P<many>(?:one|two|three|four|five|six|several|the|these|\d) )legal requirements?(?P<on>(?: (?:on|about|for|relating to|concerning) [^;:]{2,80}?)?(?: (?:that )?(?:was|were|is|are))? not (?:being |been )?met\b(?! (?:where|if|when (?!(?:we|cqc|inspectors) [a-z]+,))\b))(?: when (?:we|cqc|inspectors) [a-z]+)?"
    r"(?:(?::|,(?= (?:those|that|the ones?|one)\b)) (?:(?:those|that|the ones?|one) )?(?:(?:on|about|for|relating to|concerning) )?(?P<topics>.+))?"
)
_LAW_BROKEN = re.compile(r"\bthe law on ([^;:.]{3,80}?) (?:was|is|has been|had been) (?:being )?broken\b")
_THE_OTHER = re.compile(r",? (?:and )?(?:the other|another|a third) (?:on|about|for) ")


def _in_known_words(plain: str) -> str:
    """A sentence in the words that the rules for breaches know: "legal requirements" become "regulations"."""
    if "legal requirement" in plain and "met" in plain and not _NOT_NOW.search(plain):
        plain = _LEGAL.sub(lambda found: f"{found['many']}regulations{found['on']}" + (f": those on {_THE_OTHER.sub(' and ', found['topics'])}" if found["topics"] else ""), plain)
    if "the law on " in plain:
        plain = _LAW_BROKEN.sub(r"regulations on \1 were breached", plain)
    return _NOT_PUT_RIGHT.sub(r"we found \1", plain) if "breach" in plain else plain


def _is_earlier(plain: str) -> bool:
    """Whether a sentence that is marked as one about an earlier inspection is not marked so only because of a comparison."""
    rest = _UNLIKE.sub(" ", plain)
    return rest == plain or sentences.speaks_of_earlier(rest)


_NOT_NOW = re.compile(r"\bhad not been met\b|\blast\b")


def _held(sentence: Sentence, following: Sentence | None, about: About) -> Iterator[Breach]:
    """The current breaches that a sentence states, alone or as an item of a list."""
    lead, sentence = sentence.lead, replace(sentence, plain=_in_known_words(sentence.plain), earlier=sentence.earlier and _is_earlier(sentence.plain))
    if lead and not _MUST_LEAD.search(lead) and _STATED.search(lead) and not _NO_BREACH.search(lead) and not _ASKED.search(lead):
        yield from _listed_breaches(sentence)
    elif not sentences.speaks_of(sentence.plain, _ABOUT_BREACHES):
        return
    elif _holds(sentence, following):
        yield from _breaches_of(sentence, following)
    elif following is not None and _THEM_UNMET.search(following.plain) and not following.earlier and _cites(sentence.plain):
        yield from (replace(breach, quote=f"{breach.quote} {following.text}") for breach in _breaches_of(sentence, None))
    elif left := _STILL_UNMET.search(sentence.plain):
        yield from _breaches_of(replace(sentence, plain=left[1]), None)
    elif part := _still_held(sentence, about):
        yield from _breaches_of(replace(sentence, plain=part), None)


def _is_over(sentence: Sentence, about: About) -> bool:
    """Whether all years in a sentence are before the newest report, and the sentence does not say that the breach continues."""
    return bearing.is_of_the_past(_AS_IN.sub("", _UNLIKE.sub("", sentence.plain)), about) and not sentences.NOW.search(sentence.plain)


_AS_IN = re.compile(r"(?:\b(?:just )?as in|\bjust like in|\bas it did in) (?:[a-z]+ )?20\d\d\b")
# as in "a breach of regulation 11 but, unlike in 2024, none of regulation 12"
_UNLIKE = re.compile(r",? \b(?:unlike|in contrast to|compared (?:with|to)) (?:(?:in|at|during) (?:[a-z]+ )?20\d\d|last (?:time|year)|at (?:the|our) last \w+|before)\b,?|^unlike (?:(?:in|at|during) (?:[a-z]+ )?20\d\d|last (?:time|year)|at (?:the|our) last \w+|before)\b,?")


_OF_ANOTHER_LAW = re.compile(r"^(?:when|whenever|where|once|if) (?:we|cqc|inspectors) (?:find|finds|identify|identifies|see|sees)\b|^(?:it|this|that) (?:is|means|happens|occurs|arises)(?: when| where| that| if)? (?:an?|any|the) (?:provider|service|home|practice)\b|^(?:an?|any|every) (?:provider|service|home) (?:in|that|which|who)\b|\blandlords?\b|\bfire safety (?:regulations?|order|law)|\bfood hygiene\b|\bhealth and safety at work\b|\bdata protection\b|\bbuilding regulations\b")


def _listed_breaches(sentence: Sentence) -> Iterator[Breach]:
    """The breaches in one item of a list. The list is below a line about breaches."""
    cited = list(_cited(sentence.plain))
    for each in cited:
        yield Breach(regulation=each.regulation, topic=each.topic, quote=sentence.text)
    if not cited:
        told = [topic for topic, words in _MUST if words.search(sentence.plain)] if _TELLS_TO.match(sentence.plain) else []
        for topic in told or _listed(sentence.plain):
            yield Breach(regulation=None, topic=topic, quote=sentence.text)


def of_notices(quotes: Sequence[str], held: Sequence[Breach]) -> tuple[Breach, ...]:
    """The breaches for which CQC served notices that are in force, since CQC serves every notice for a breach. Notices without
    a regulation or a topic are left out, and so are breaches that are already in `held`."""
    found: dict[str, Breach] = {}
    known = {one.regulation for one in held} | {one.topic for one in held}
    for quote in quotes:
        flat = sentences.plain(quote)
        cited = list(_cited(flat))
        topics = [] if cited else [topic for match in _ABOUT_WHAT.finditer(flat) for topic in _listed(match[1]) if topic in _NAMES]
        for each in cited:
            if each.regulation not in known:
                found.setdefault(each.regulation, Breach(regulation=each.regulation, topic=each.topic, quote=quote))
        for topic in topics:
            if topic not in known:
                found.setdefault(topic, Breach(regulation=None, topic=topic, quote=quote))
    return tuple(found.values())


_ABOUT_WHAT = re.compile(
    r"\bnotices?\b.{0,70}?\b(?:about|in relation to|relating to|regarding|concerning|on|for) (?:the )?(?:(?:failing to meet|not meeting|failure to meet|breaching|being in breach of) (?:the |a )?(?:legal )?regulations? (?:about|on|relating to|in relation to) (?:the )?)?([^;.]+)"
)
_NAMES = frozenset(name for table in (_REGULATIONS_2014, _REGULATIONS_2009) for name, _ in table.values())


def _cites(flat: str) -> bool:
    return next(_cited(flat), None) is not None


def _breaches_of(sentence: Sentence, following: Sentence | None) -> Iterator[Breach]:
    """The breaches that a sentence states. A breach has the regulation's number, or else the topic, which may be in the
    following sentence ("These related to …"). If there are no numbers and no topics, the result is one breach without both."""
    cited = list(_cited(sentence.plain))
    told = [] if cited else list(_topics(sentence.plain))
    named = [] if cited else [_canonical(one) for one in topics.listed(sentence.plain)]
    told = named if len(named) > len(told) else told
    quote = sentence.text
    if not cited and not told and following is not None and _THESE.search(following.plain):
        told = list(_listed(_THESE.sub("", following.plain)))
        quote = f"{quote} {following.text}"
    for each in cited:
        yield Breach(regulation=each.regulation, topic=each.topic, quote=quote)
    for topic in told:
        yield Breach(regulation=None, topic=topic, quote=quote)
    if not cited and not told and _NAMELESS.search(_FULL_NAME.sub("regulations", sentence.plain)):
        yield Breach(regulation=None, topic=None, quote=quote)


# The Act's full name, in place of "regulations": "We found two breaches of the Health and Social Care Act 2008 (Regulated
# Activities) Regulations 2014."
_FULL_NAME = re.compile(r"\b(?:the )?health and social care act(?: 2008)?:? ?\(? ?regulated activities ?\)?,? regulations(?: 2014)?")


def _topics(flat: str) -> Iterator[str]:
    match = _IN_TOPICS.search(_FULL_NAME.sub("regulations", flat))
    if match is not None:
        yield from _listed(next((one for one in match.groups() if one and one != " of"), ""))
    else:
        yield from (topic for words in _IN_BRACKETS.findall(flat) if (topic := _canonical(words)) in _NAMES)


_IN_BRACKETS = re.compile(r"\b(?:breach(?:es)?|ones?|another|others?) \(([a-z][^()]{3,60})\)")  # as in "One breach (consent) continues, and one (staffing) is new."


def _listed(words: str) -> Iterator[str]:
    """The topics in a list: "consent, safe care and treatment and staffing"."""
    words = _TOPIC_ENDS.sub("", _NAMED_TWICE.sub("", words.rstrip(" .;:")))
    together = _KEPT_TOGETHER.sub(lambda pair: f"{pair.group(1)} AND ", words)
    for piece in _SPLIT_TOPICS.split(together):
        topic = _LINKED.sub("", piece.replace(" AND ", " and ").strip(" .;:,"))
        if not _NOT_TOPICS.search(topic) and len(topic) < _LONGEST_TOPIC:
            yield _canonical(topic)


_NAMED_TWICE = re.compile(r" \([^()]{3,60}\)(?=,| and\b)")  # as in "on medicines (safe care and treatment) and on consent"
_LINKED = re.compile(r"^(?:(?:\w+ )?(?:legal )?regulations? - )?(?:those |these |the ones )?(?:with|on|about|to|of|for) (?:the )?")


def _canonical(topic: str) -> str:
    """CQC's name for a topic, if the words for the topic are known; otherwise the words themselves."""
    for table in (_REGULATIONS_2014, _REGULATIONS_2009):
        for name, words in table.values():
            if re.search(words, topic):
                return name
    return topic


_NAME = re.compile(r"(?:regulation )?(?P<number>\d{1,2}a?)(?=$|[ :,-])[ :,-]*(?P<rest>.*)")


def is_of_a_regulation(name: str) -> bool:
    """Whether a short text is the name of a regulation: its topic, its number with its topic, or "Regulation" with its number."""
    flat = sentences.plain(name)
    found = _NAME.fullmatch(flat)
    if found is None:
        return flat in _NAMES
    if flat.startswith("regulation") and not found["rest"]:
        return True
    return any(words and re.search(words, found["rest"]) for table in _TOPICS.values() for _, words in [table.get(found["number"], ("", ""))])
