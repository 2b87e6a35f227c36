# ruff: noqa: E501 - each pattern is on one line, whatever its length
"""Reads the sentences with CQC's other statements about a service: ratings suspended or withdrawn, a report removed or
corrected, an inspection in progress, a closure, dormancy, and the end of the service's registration.

For each clause with one of these statements, the module `bearing` decides which service and which time the clause is about.
Source: docs/facts/special-measures.md, What stands in a rating's place; docs/facts/pages.md, What a person sees.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from monitor.cqc.read import bearing, moves, sentences
from monitor.cqc.read.bearing import Bearing
from monitor.cqc.read.clauses import clauses
from monitor.cqc.read.others import NOBODY, About, of_others
from monitor.cqc.read.register_words import is_undone, off_the_register
from monitor.cqc.read.sentences import Sentence
from monitor.model import Decision, GroupReading, Said, SaidKind, Topic

_HOME = r"(?:service|home|location|practice|hospital|agency|surgery|clinic|company|provider|branch|centre)"
_THIS = rf"(?:this |the |our |its |care |nursing )*{_HOME}"


class Saying(NamedTuple):
    """One kind of statement. `pattern` is searched in the plain form of a sentence. If `unless` is found too, the sentence does
    not make the statement."""

    kind: SaidKind
    name: str
    pattern: str
    unless: str
    example: str


_GONE_WORDS = (
    r"\b(?:this|our) (?:[\w-]+ )?(?:location|service|home|practice|agency|surgery|hospital|clinic) (?:was|has been|is|has now been|is now) (?:\w+ )?(?:removed|deleted|taken off) (?:from )?(?:the|its|their|this) (?:(?:provider|company|owner)'s )?(?:cqc )?registration\b"
    r"|\b(?:provider|company|owners?|trust|council) (?:has |have )?(?:now )?(?:removed|deleted|taken|took) (?:this|the) (?:location|service|home|practice) (?:off|from) (?:its|their|the) regist\w+\b"
    r"|\bno longer (?:\w+ )?registered\b|\bde-?registered\b|\bregistration (?:status )?(?:of (?:this|the) \w+ )?(?:has |had |was |is |with (?:us|cqc) )*(?:been |now )?"
    r"(?:ended|ceased|lapsed|expired|came to an end|removed from the register)\b|\bregistration(?: status)?: (?:\w+ )?(?:cancelled|ended|removed|ceased|"
    r"deregistered|archived|inactive|closed|none)\b|\b(?:gave|given|giving) up (?:its|their|the) registration\b|\bsurrendered (?:its|their) registration\b"
    rf"|\b(?:{_HOME}|it|house|lodge|court|hall|manor|grange|view) (?:has |had )?(?:now )?(?:stopped|ceased) (?:being registered|to be registered)\b|^archived\b(?! (?:reports?|ratings?|inspections?|pages?|records?|files?|documents?|versions?|copies|material|content|notes|care plans?|assessments?|news)\b)(?=:| |$)|\bremoved from (?:the|our|cqc's) register\b"
    r"|\bthis (?:page|profile|entry) is (?:about|for|of) an? (?:[\w-]+ )?(?:service|home|location|practice|agency|hospital|surgery|clinic) (?:that|which) (?:has (?:now )?(?:closed|shut)|is (?:now )?(?:closed|shut)|no longer exists)\b|\bthis is an archived\b|\b(?:registration )?status:? (?:archived|deregistered|inactive)\b|\bthis (?:service|location|page|profile|service's profile) (?:is|was|has been) (?:now )?archived\b|\b(?:archived|deregistered) on \d"
    r"|\bregistration (?:to \w+ \w+ )?(?:has been |was )?cancelled by cqc\b|\bis (?:now )?(?:archived|closed and no longer)\b|\bregistration of (?:this|the) (?:location|service|home|practice|agency) (?:has been |was )(?:\w+ )?cancelled\b|\b(?:location|service|home|practice|agency|surgery|hospital|clinic)'s registration (?:has been |was |is )(?:now )?(?:cancelled|ended|removed)\b|\b(?:cqc|we) (?:have |has )?cancelled the registration of (?:this|the) (?:location|service|home|practice|agency)\b|^registration cancelled\b|\bregistration\b.{0,80}\bmay no longer operate\b"
)
SAYINGS: Final[tuple[Saying, ...]] = (
    Saying(SaidKind.RATINGS_SUSPENDED, "ratings suspended",
           r"\brat(?:ings?|ed)\b.{0,90}\bsuspen(?:ded|sion)\b|\bsuspen(?:ded|ding|sion of)\b.{0,50}\bratings?\b|\b(?:decided|decision|chosen|agreed|had) to suspend\b.{0,50}\bratings?\b|\bratings? (?:is|are|has been|have been) (?:\w+ )?(?:on hold|paused|under review)\b|\bput (?:the|its|their|these|this) (?:\w+ ){0,2}?ratings? on hold\b|\b(?:paused|frozen|froze) (?:the|its|these|this) (?:\w+ )?ratings?\b|\bratings? (?:\w+ ){0,3}?under (?:appeal|challenge)\b",
           r"\bfor (?:some|several|other|many|a number of) (?:\w+ )?(?:services|homes|providers|locations)\b|\bnot (?:for|of|at) this (?:one|service|home|location)\b|\bsuspension (?:of \w+ )?(?:of the \w+ )?(?:has )?(?:ended|was lifted|is over)|\bregistration\b|\bstar[- ]rat|\brating (?:scheme|system|survey|form)s?\b|\bhygiene\b|\brat(?:ed|ing) by (?:people|staff|residents)",
           "We have suspended the ratings of this service."),
    Saying(SaidKind.RATINGS_WITHDRAWN, "ratings withdrawn",
           r"\bratings?\b.{0,110}\b(?:withdrawn|removed|taken (?:down|away|off)|set aside|deleted|quashed|no longer (?:stands?|valid|applies|apply|shown|published|current))\b|\b(?:withdr[ae]w\w*|remov(?:ed|ing)|taken down|set aside|quashed|deleted|no longer (?:show|publish|give|display))\b.{0,50}\bratings?\b|\bdo(?:es)? not (?:currently |now )?have a (?:published )?rating\b"
           r"|\b(?:service|home|practice|location|hospital|agency|[\w']+ (?:house|lodge|court|hall|manor|grange|view|home)|it) (?:is|are) (?:(?:currently|now|at present|therefore) )*(?:no longer rated(?! (?:as )?(?:inadequate|good|requires|outstanding))|without a (?:published )?rating|not rated (?:at present|at the moment|currently|now|any more))",
           r"\bregistration\b|\bspecial measures\b|\bwarning notice\b|\blegend\b|\bdisplay\b",
           "The rating of this service has been withdrawn."),
    Saying(SaidKind.REPORT_REMOVED, "report removed",
           r"\breports?\b.{0,90}\b(?:removed|withdrawn|taken (?:down|off)|unpublished|no longer (?:available|published|here|on)|not (?:currently |now )?available|retracted|deleted)\b|\b(?:remov(?:ed|ing)|withdr[ae]w\w*|taken down|took down|unpublished|retracted|deleted)\b.{0,70}\breports?\b",
           r"\b(?:older|previous|earlier|old|20[01]\d|202[0-4]) (?:\w+ )?report|\breport (?:from|of) 20[01]\d|\bdamaged\b|\breports? (?:from|to|of) (?:the )?(?:staff|council|falls|police)|\bconditions?\b|\bnotice",
           "We have removed our inspection report."),
    Saying(SaidKind.REPORT_CORRECTED, "report corrected",
           r"\bpublished (?:it|this|this (?:\w+ )?report|the report|this page) again\b.{0,60}\b(?:correct|put right|error|mistake|amend|with)|\b(?:earlier|first|previous|original) version of (?:this|the|our) (?:\w+ )?(?:report|page)\b|\b(?:changed|revised|updated) (?:this|the|our) report\b.{0,40}\b(?:correct|error|mistake|put right|wrong)|^(?:amended|corrected|revised) (?:on )?\d|\b(?:republished|re-published|reissued|re-issued|amended|corrected) (?:this|the|our) (?:\w+ ){0,3}?report\b|\bcorrected version\b|\b(?:it|this|which) (?:was|has been|is) (?:re-?published|re-?issued|published again|issued again|amended)\b.{0,60}\b(?:correct|error|mistake|amend)|\b(?:published|issued) (?:again|anew) in (?:a )?corrected\b|\bin a corrected form\b|\b(?:report|rating|page)s?\b.{0,110}\b(?:correct(?:ed|ion)|re-?issued|re-?published|amended|shown wrongly|republished|replac(?:ed|es)|updated to correct)\b|\bcorrect(?:ed|ion)\b.{0,110}\b(?:report|rating|version)s?\b|\breplaces (?:the|an) (?:earlier|original|previous) (?:version|report)\b",
           r"\b(?:careplan|care plan|medicines?|records?|error by staff|staff)\b",
           "This report was re-issued in a corrected form."),
    Saying(SaidKind.BEING_INSPECTED, "being inspected",
           rf"\b(?:we|cqc) (?:are|is) (?:currently |now )?carrying out (?:an? )?checks? (?:at|on|of)\b|\b(?:we|cqc|inspectors?|the commission|our team) (?:are|is|am|have begun|has begun|have started|has started|began|started) (?:currently |now |presently |today |in the process of |also )*(?:carrying out|conducting|undertaking|completing|doing|inspecting|assessing|reviewing|visiting|an?|our|at) ?(?:an? |the |our |this |new |unannounced |further )*(?:\w+ ){{0,3}}?(?:inspection|assessment|review|service|home|location|visit|practice|{_HOME})\b"
           r"|\b(?:we|cqc|inspectors) (?:are|is) (?:currently |now )?(?:inspecting|assessing) (?!how|whether|risks?|all|services|homes|the (?:risk|impact|need))\w"
           r"|\b(?:inspection|assessment)s? (?:of [\w' ]{2,50} )?(?:is|are|was|has|remains) (?:currently |now |still )*(?:under ?way|in progress|ongoing|going on|being carried out|taking place|being (?:written|finalised)|started|begun|continu\w+|not yet (?:complete|finished))\b"
           r"|\b(?:inspection|assessment) (?:under ?way|in progress|ongoing)\b|\b(?:is|are) (?:currently |now )?being (?:inspected|assessed|reviewed by (?:us|cqc|inspectors))\b|\b(?:currently|now) (?:inspecting|assessing|under inspection)\b|\bunder inspection\b"
           r"|\b(?:inspectors?|we|cqc) (?:\w+ )?(?:visited|inspected|assessed|went to|carried out (?:an?|our) (?:\w+ ){0,2}?(?:inspection|assessment|visit))\b.{0,140}\b(?:still (?:going on|being)|not yet (?:known|been published|published|ready|complete|finished)|will (?:be )?publish\w*|report (?:will|is being|is to|to) (?:follow|be|come|written|published)|has not (?:yet )?been published|being written)\b"
           r"|\b(?:inspectors?|we|cqc|team) (?:\w+ ){0,3}?(?:finished|completed) (?:their|our|the|an?|its) (?:\w+ )?(?:visit|inspection|assessment)\b|\bwe have (?:visited|inspected|assessed) (?:this|the) \w+(?: on [\w ]+)? and (?:will publish|are writing|our report)\b",
           r"\bwill inspect\b|\blast inspected\b",
           "We are carrying out an inspection of this service."),
    Saying(SaidKind.CLOSING, "a closure announced or applied for",
           rf"\b(?:{_HOME}|it|[\w']+ (?:house|lodge|court|view|hall|manor|grange|home)) (?:will|is to|is due to|is set to|is going to) be (?:\w+ )?(?:de-?registered|closed(?: down)?(?! to\b)|removed from (?:the|our|cqc's) register)\b|\b(?:{_HOME}|it|[\w']+ (?:house|lodge|court|view|hall|manor|grange|home)) (?:\w+ ){{0,3}}?(?:will|is to|is due to|is going to|plans? to|intends? to|has decided to|is set to|is|are) (?:\w+ )?(?:clos(?:e|ing)|shut|cease (?:to operate|trading|operating|providing)|stop (?:operating|trading|providing))\b"
           rf"|\b(?:{_HOME}|it|[\w']+ (?:house|lodge|court|view|hall|manor|grange|home)) (?:(?:closes|shuts)(?: its doors| for good| down| on| at the end| permanently)|(?:has |have )?(?:now )?(?:closed|shut)(?: its doors| for good| down| on \d| permanently))|\b(?:decision|decided|chosen|plans?|planning|forced|had|having) to (?:close|shut)\b(?! (?:down )?(?:off|in|up|one|two|some|part)\b)|\bwhen (?:the|this) (?:home|service|agency|practice|hospital) (?:closes|shuts)\b|\b(?:home|service|agency|practice|hospital) (?:has|is) (?:now )?(?:shut|closed)(?=$|[.!])|\bto close\b(?= (?:its|the|this|on|in|by|for good|permanently)|$)|\b(?:clos(?:ing|e|es) (?:down|permanently|for good|its doors))\b"
           r"|\bclosure of (?:the|this|its)? ?(?:\w+ ){0,3}?(?:house|lodge|court|hall|manor|grange|home|service|location|practice|hospital|agency)\b|\b(?:announced|confirmed|planned|proposed|notice of|decided on|date for) (?:the |its |a |their )*closure\b|\b(?:home|service) closure\b|^(?:closure date|date of closure):? (?:\w+ )?\d"
           r"|\b(?:applied|application|asked us|request\w*) (?:\w+ ){0,4}?to (?:cancel (?:its|their|the|this|[\w' ]{2,40}?'s registration)|remove (?:the|this|its) (?:location|service|home)|close|deregister|end its registration|be removed|de-?register)\b|\bapplication (?:\w+ )?(?:for|of) (?:the )?(?:voluntary )?(?:cancellation|closure|deregistration)\b"
           r"|\b(?:wind(?:ing)? (?:down|up)|gave notice that|given notice (?:that|to)|handing back|handed in (?:its |their )?notice|handed back)\b.{0,60}\b(?:clos\w+|registration|contract|home)\b|\bclos(?:es?|ing) (?:on|at the end of|in|from) (?:\d|the|" + "|".join(moves.MONTHS) + r")",
           r"\b(?:room|kitchen|lounge|wing|floor|garden|shop|cinema|office|unit's|door|windows?|gap|loop|case|complaint|safeguarding|found (?:the )?money to keep|keep it open|stay(?:ing)? open|remain open|no plans to|to close friends|called off|reversed|will not close|not (?:now )?clos\w+|close to|closed for repairs|incident)\b|\bmanager\b",
           "The provider has announced the closure of the home."),
    Saying(SaidKind.DORMANT, "dormant",
           r"\bdorman(?:t|cy)\b|\bnot (?:currently |at present |now )?(?:providing|carrying on|delivering) (?:\w+ )?(?:a |any |the )?(?:regulated activit|care|service)\w*|\bno (?:one|people|regulated activit\w+) (?:\w+ )?(?:is|are) (?:currently |now )?(?:using|receiving|being (?:provided|carried))\b.{0,30}\b(?:service|care|activit|location|here\b)",
           r"\bno longer dormant|\bdormant (?:account|infection|volcano|virus|company account)|\bended? (?:its )?dormancy|\bdormancy (?:is over|ended|has ended)|\bresumed\b|\bwas dormant\b|\bhad been dormant\b",
           "The service is dormant."),
    Saying(SaidKind.REGISTRATION_ENDED, "the registration has ended", _GONE_WORDS,
           r"\b(?:that|old|former|previous|other|first|earlier) (?:location|address|site|home|premises|branch|profile|office)(?:,? (?:of|in|at|for) [\w' ]{2,40}?){0,3},? (?:was|has been|had been|is) (?:\w+ )?(?:de-?registered|no longer registered|closed|removed|cancelled|archived)\b|\b(?:manager|nurse|nominated individual|doctor|staff|person|pharmacist|gp|dentist)s?\b(?! home)|\bregulated activit|\bwith the (?:nmc|gmc|nursing)",
           "This location is no longer registered with CQC."),
)  # fmt: skip
_COMPILED = tuple((one, re.compile(one.pattern), re.compile(one.unless)) for one in SAYINGS)

ABOUT: Final = (
    "rating", "rated", "report", "inspect", "assess", "visit", "clos", "shut", "dorman", "regist", "archived", "cease", "trading", "regulated activit",
    "not currently providing", "wind", "stop", "no longer", "run by", "taken over", "transfer", "ownership", "sold to",
)  # fmt: skip
"""Every sentence with one of these statements contains one of these words (lower case)."""

_WORTH = re.compile(
    r"suspen|version|chang|revis|again|withdr|remov|taken|took|under (?:appeal|review|challenge)|set aside|delet|quash|no longer|retract|unpublish|not (?:currently |now )?available|correct|re-?issu|"
    r"re-?publish|amend|wrongly|replac|carrying out|conduct|undertak|inspecting|assessing|visit|under ?way|in progress|ongoing|being |under inspection|inspected|clos|shut|"
    r"cease|trading|dorman|not (?:currently |at present )?(?:providing|carrying|delivering)|deregist|de-regist|regist|archived|on hold|paused|have a (?:published )?rating|wind|not rated|without a|stop (?:operat|trad|provid)|run by|transfer|sold|bought|acquired|operated by|managed by|sale of|handover|ownership|subject to|reviewing|being (?:re|lo|ch|co|di)|review of|looking again|recons"
)


def decide(paragraphs: Sequence[str], about: About = NOBODY) -> tuple[tuple[Said, ...], tuple[Decision, ...]]:
    """The first statement of each `SaidKind` in a text, in text order; and every statement, with what the program concluded from
    it."""
    found: dict[SaidKind, Said] = {}
    decisions: list[Decision] = []
    read = sentences.read(paragraphs, ABOUT)
    others = of_others(read, about)
    over = _ends_of_suspension(read) - others
    for number, sentence in enumerate(read):
        if number in over:
            found.pop(SaidKind.RATINGS_SUSPENDED, None)
        if number in others or sentence.plain.endswith("?") or not _WORTH.search(sentence.plain):
            continue
        told = _closure(read, number, about) or _left_register(sentence, about) or list(_sayings(read, number, about, is_over=number in over))
        for decision, kind in told or _of_no_kind(sentence, about):
            decisions.append(decision)
            if kind is not None:
                words = decision.text if kind is not SaidKind.REPORT_REMOVED else _with_what_was_done(read, number)
                found.setdefault(kind, Said(kind=kind, quote=words, since=bearing.day_of(sentences.plain(words))))
        if len(decisions) > sentences.MAX_STATEMENTS:
            decisions.append(Decision(Topic.REGISTRATION, sentence.text, ""))
            break
    return tuple(found.values()), tuple(decisions)


# There is no `SaidKind` for these statements, but somebody should know about them: for example, that the service gets another
# provider, or that CQC reconsiders the ratings.
_NO_KIND = re.compile(
    rf"\b(?:{_HOME}|it) (?:will (?:now |then )?be|is (?:now )?(?:to be|being)|is (?:due|set|about) to be|has (?:now |just )?been) (?:run|managed|operated|taken over|bought|acquired|sold|transferred|taken on)(?: by| to)\b"
    rf"|\b(?:transfer|sale|handover) of (?:{_THIS}|[\w' ]{{2,40}}?'?s? registration) (?:to|from)\b"
    rf"|\b(?:{_HOME}|house|lodge|court|hall|manor|grange|view) (?:is|has) (?:now |since )?(?:closed|shut)(?=[.,;]|$| and\b(?! (?:has |have |was |since )*(?:re-?open|open)))"
    r"|\b(?:asked|applied|request(?:ed)?|application|requests?) (?:us |cqc |\w+ )?(?:for|to carry out) an? (?:\w+ )?review of (?:its|their|the|our) (?:\w+ )?ratings?\b(?!.*\b(?:refus|(?<!not )(?<!yet )conclud|declin|upheld|turned down|reject))"
    rf"|\b(?:{_HOME}|house|lodge|court|hall|manor|grange|view|it) (?:will|is to|is due to|is going to|is set to) cease(?! to (?!exist|operate|trade|provide)| using| to use)\b"
    r"|\bownership (?:of (?:the|this) \w+ )?(?:has |will |is to )?(?:passed|pass|passes|be transferred|been transferred|transferred|changed|changes|change) (?:to|from|on|hands)\b"
    r"|\b(?:we|cqc) (?:are|is) (?:now |currently )?(?:reviewing|reconsidering|looking again at) (?:the|its|this|our|their) (?:\w+ ){0,2}?ratings?\b"
    r"|\bratings? (?:of this \w+ |for this \w+ )?(?:is|are) (?:now |currently )?(?:(?:being (?:reviewed|reconsidered|looked at again|challenged|contested|disputed))|subject to (?:an? |the )?(?:appeal|challenge|review|provider's))\b"
)
_OF_A_NEW_PROVIDER = re.compile(
    rf"\b(?:{_HOME}|house|lodge|court|hall|manor|grange|view|it|this) (?:is|was|has been) (?:now |since )?(?:re-?registered|registered (?:again )?(?:under|with|by|to) (?:a |an |its |the |another )?(?:different|new|another|other) (?:legal )?(?:provider|owner|company|entity))"
)
_TOLD = frozenset({Bearing.NOW, Bearing.PROPOSED, Bearing.CONSIDERED, Bearing.LIFTED})


def _of_no_kind(sentence: Sentence, about: About) -> Iterator[tuple[Decision, SaidKind | None]]:
    """Yields a sentence with a statement for which there is no `SaidKind`, as a statement that is not understood."""
    told = _TOLD
    if new := _OF_A_NEW_PROVIDER.search(sentence.plain):
        told |= {Bearing.OTHERS}  # in these words "a different provider" does not mean another service
    if (new or _NO_KIND.search(sentence.plain)) and bearing.of(sentence.plain, sentence, about).bearing in told:
        yield Decision(Topic.REGISTRATION, sentence.text, "", left_aside=False), None


@lru_cache(maxsize=1024)  # CQC writes the same sentences on many pages
def _alike(plain: str) -> tuple[tuple[Saying, re.Pattern[str]], ...]:
    """The members of `SAYINGS` that match a sentence, each with its pattern."""
    return tuple((one, pattern) for one, pattern, unless in _COMPILED if pattern.search(plain) and not unless.search(plain))


def _sayings(read: Sequence[Sentence], number: int, about: About, *, is_over: bool) -> Iterator[tuple[Decision, SaidKind | None]]:
    """Yields a decision for each member of `SAYINGS` that matches the sentence, together with the kind of statement. In place of
    the kind, yields None if the sentence does not make this statement about this service now. `is_over` is true if the
    sentence says that a suspension of the ratings has ended."""
    sentence = read[number]
    for saying, pattern in _alike(sentence.plain):
        if saying.kind is SaidKind.RATINGS_SUSPENDED and is_over:
            continue
        if saying.kind is SaidKind.REGISTRATION_ENDED and _is_anothers(sentence.plain, about):
            yield Decision(Topic.REGISTRATION, sentence.text, "", fact=False, left_aside=False), None
            continue
        rule = _aside(saying, sentence, pattern, about)
        yield Decision(Topic.REGISTRATION, sentence.text, rule or saying.name, fact=not rule, left_aside=bool(rule)), None if rule else saying.kind


# Words that say plainly that the service has closed. The sentence must contain nothing else, or the words must be a field with
# a date.
_DAY = rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{'|'.join(moves.MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec),? 20\d\d|\d{{1,2}}[/.-]\d{{1,2}}[/.-]20\d\d|20\d\d-\d\d-\d\d)"
_KIND_OF_HOME = r"(?:(?:care|nursing|residential|registered|dental|gp|medical|homecare|home care|adult social care|supported living|mental health) )*(?:service|home|location|practice|hospital|agency|surgery|clinic|branch|hospice|centre)"
_HAS_CLOSED = re.compile(
    r"(?:has|is) (?:now |since |permanently |already )*(?:closed|shut|ceased (?:trading|operating|to operate|to trade|providing care)|stopped (?:trading|operating|providing care)|no longer (?:operating|trading|open|in operation|providing (?:care|a service|services)))"
    r"|(?:now |permanently )*(?:closed|ceased (?:trading|operating|to operate|to trade)|stopped (?:trading|operating))|no longer (?:operates?|trades?|provides? (?:care|a service|services))|has (?:now )?been (?:permanently )?closed"
)
_NOTE = re.compile(rf"(?:(?:(?:important|please note|note|update|latest)|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?{_DAY}):? )?")
_THIS_HOME = re.compile(rf"(?:this|the|our) {_KIND_OF_HOME} ")
_WHEN_CLOSED = re.compile(rf"(?:,? (?:permanently|for good|down|its doors(?: for (?:good|the last time))?))*(?:,? (?:on|in|since|from|as of) (?:\w+day,? )?{_DAY})?(?:,? and (?:is|has been|was) (?:now )?(?:no longer registered|archived|de-?registered)(?: with (?:cqc|us))?)?[.!]?")
_CLOSED_FIELD = re.compile(
    rf"(?:date (?:of )?(?:closed|de-?registered|de-?registration|archived)|closed date|(?:(?:service|home|location) )?closed(?: (?:on|since|in))?|de-?registration date):?(?: (?:on |in |since )?(?:\w+day,? )?{_DAY})?[.]?"
)
_CLOSED_TAG = re.compile(
    rf"(?:(?:service|home|location|now|permanently) )*(?:no longer (?:operating|trading|in operation|open)|ceased (?:trading|operating|to operate|to trade)|closed (?:permanently|down|for good)|permanently closed)(?:[:,]? (?:on |in |since )?{_DAY})?[.!]?"
    rf"|(?:(?:service|location|registration|current|trading|operating) )*status:? (?:permanently )?closed(?:[:,]? (?:on |in |since )?{_DAY})?[.!]?"
)
_A_DAY = re.compile(rf"(?:on |in )?(?:\w+day,? )?{_DAY}[.]?")
_REOPENED = re.compile(r"\b(?:re-?open\w*|opened again|open again|taking (?:new )?residents again)\b")
_ANOTHER_CLOSED = re.compile(
    r"\b(?:notices?|enquir(?:y|ies)|inquir(?:y|ies)|complaints?|conditions?|applications?|opened|warning|consultations?|investigations?|safeguarding|alerts?|cases?|hours|monday|sunday|prosecut\w+|actions?|incidents?|breach(?:es)?|surveys?|vacanc\w+|jobs?)\b"
)
_OF_CLOSING = ("clos", "cease", "no longer", "regist", "shut", "stop", "archived")
_MOST_BEFORE = timedelta(days=366)
"""A report may be published after its service closed. If the report was published more than this time after the closure, the
service has reopened since the closure."""


def _closure(read: Sequence[Sentence], number: int, about: About) -> list[tuple[Decision, SaidKind | None]]:
    """Decides whether this service has closed according to a sentence. Returns an empty list for sentences about other
    subjects. If the service may have reopened, the sentence is listed as not understood, so that a person checks."""
    words = _closed(read, number, about)
    if not words:
        return []
    sure = _is_closed_now(read, number, words, about)
    return [(Decision(Topic.REGISTRATION, words, "closed" if sure else "", fact=sure), SaidKind.REGISTRATION_ENDED if sure else None)]


def _left_register(sentence: Sentence, about: About) -> list[tuple[Decision, SaidKind | None]]:
    """Decides whether this service is no longer on CQC's register according to a sentence. Returns an empty list for sentences
    about other subjects. If the service may be back on the register, the sentence is listed as not understood."""
    if not off_the_register(sentence.plain, about) or bearing.of(sentence.plain, sentence, about, _OF_DOUBT).bearing is not Bearing.NOW:
        return []
    sure = not is_undone(sentence.plain)
    return [(Decision(Topic.REGISTRATION, sentence.text, "off the register" if sure else "", fact=sure), SaidKind.REGISTRATION_ENDED if sure else None)]


def _closed(read: Sequence[Sentence], number: int, about: About) -> str:
    """The words that say that this service has closed; "" if there are no such words. The words must be the whole sentence, or
    a field with its date. A field is left out if the line above it is about something else that can close."""
    sentence = read[number]
    plain = sentence.plain
    if not any(word in plain for word in _OF_CLOSING):
        return ""
    if _CLOSED_TAG.fullmatch(plain):
        return sentence.text
    if _CLOSED_FIELD.fullmatch(plain):
        above = read[number - 1].plain if number else ""
        if any(_ANOTHER_CLOSED.search(line) for line in (above, sentence.lead, sentence.section)):
            return ""
        if any(letter.isdigit() for letter in plain):
            return sentence.text
        following = read[number + 1] if number + 1 < len(read) else None
        return sentences.quote(sentence.text, following.text) if following and _A_DAY.fullmatch(following.plain) else ""
    start = len(_NOTE.match(plain)[0])  # type: ignore[index]  # an empty text matches too
    names = [f"{sentences.plain(name)} " for name in about.names[:1] if name]
    named = next((len(name) for name in names if plain.startswith(name, start)), 0)
    subject = start + named if named else this.end() if (this := _THIS_HOME.match(plain, start)) else 0
    verb = _HAS_CLOSED.match(plain, subject) if subject else None
    return sentence.text if verb and _WHEN_CLOSED.fullmatch(plain, verb.end()) else ""


def _is_closed_now(read: Sequence[Sentence], number: int, words: str, about: About) -> bool:
    """Whether the statement that the service has closed is still true: the service has not reopened, and the statement is not
    about another service."""
    day = bearing.day_of(sentences.plain(words), last=True)
    if day and about.published and day < about.published - _MOST_BEFORE:
        return False
    if any(_REOPENED.search(one.plain) for one in read[number:]):
        return False
    return bearing.of(read[number].plain.strip(" .!"), read[number], about, _OF_WHOM).bearing in (Bearing.NOW, Bearing.PAST)


# As in "These ratings are from when the service was run by another provider." Source: docs/facts/pages.md, Ratings widget.
_ANOTHER = r"(?:another|a different|the (?:previous|former|last|old)|a (?:previous|former)|its (?:previous|former)) "
_INHERITED = re.compile(
    r"(?:^|\b(?:these|the|all|our|this) (?:\w+ ){0,2}?)ratings?\b(?: (?:shown|given|displayed|listed|on this page|below|above"
    r"|here)){0,2},? (?:is|are|was|were|has been|have been|comes?|belongs?|belonged|relates?|applies|apply)\b[^.]{0,60}?\b(?:"
    rf"{_ANOTHER}(?:provider|owner|registration|company|organisation)|inherited)"
    r"|^inherited ratings?$"
    rf"|\b(?:these|this|the) ratings? (?:shown )?(?:is|are|was|were) .{{0,30}}when (?:the|this) \w+ was (?:run|owned|managed)"
    rf" by {_ANOTHER}(?!(?:registered )?manager)|"
    rf"\b(?:these|this|the|our) ratings? (?:(?:shown|given|displayed|below|above|here) )*(?:is|are|was|were) (?:given|awarded|made|from|published) when (?:the|this) (?:[\w-]+ )?{_HOME} was (?:run|owned|managed|operated) by (?!the same|(?:an?|the) (?:[\w-]+ )?manager)\w|"
    r"\binherited\b.{0,60}\bratings\b|\bratings\b.{0,60}\binherited\b|\brating (?:is|was|has been|here|shown|above|below)\b.{0,40}\binherited\b"
    r"|\bratings?\b.{0,100}\b(?:carried over|given (?:to|when|under|before)|we gave|awarded (?:to|when)|made (?:when|under)|from (?:when|before)|relates? to|of when)\b.{0,80}\b(?:previous|former|different|another|old|last|earlier) (?:legal |registered )?(?:provider|entity|owners?|company|registration)\b"
    r"|\b(?:carried over|given) (?:when|from|to|under)\b.{0,80}\b(?:previous|former|new|different) (?:legal |registered )?(?:provider|entity|owners?|company)\b"
    r"|\bratings?\b.{0,100}\b(?:before|until) (?:the (?:current|present|new) (?:provider|owners?|company)\b|[^.]{2,50} took (?:it |the \w+ )?over\b)"
    r"|\bcarr(?:ies|ied|y|ying) over (?:the|its|their|a) (?:overall )?ratings?\b|\b(?:was|were) (?:previously|formerly) registered (?:under|with|by|to) (?:a|another) (?:different )?(?:legal entity|provider|company|owner)\b"
    r"|\bratings? (?:\w+ ){0,3}?(?:was|were|is|are) (?:given|awarded) to .{2,60}?,? (?:which|who|that) (?:ran|owned|managed|operated|had) [\w' ]{2,40}? (?:until|before)\b"
    r"|^(?:it|they) (?:was|were) given to the (?:previous|former) (?:legal )?(?:provider|entity|owners?|company)\b"
    r"|\bratings? given to:? .{2,60}\((?:the )?(?:former|previous|last) (?:provider|owner)\)"
    r"|\bnot (?:yet )?(?:been )?(?:assessed|inspected|rated) (?:it |this \w+ |the \w+ )?(?:under|since) (?:(?:it|the \w+) (?:was|has been) )?(?:(?:registered|taken over|bought|run) (?:with|by|under) )?(?:the|its|this|a) (?:new|present|current) (?:provider|owners?|company)\b"
)
# As in "These ratings were given when Elm House was run by someone else". In these sentences, "this service" and "the present
# provider" are in place of the names.
_SELF = r"(?:this service|the (?:care |nursing )?(?:service|home|location|practice|hospital|agency|surgery)|it)"
_NOT_SAME = r"(?!the (?:present|same|current|new) |this provider|us\b|a (?:different |new |former |temporary |deputy )?(?:registered )?manager|manager|an? (?:interim|acting))"
_THESE_RATINGS = r"^(?:all )?(?:these|the|this|our|its|both) (?:[\w-]+ ){0,3}?ratings?\b(?! (?:at|for|of) (?!this\b|the\b|it\b|its\b|all\b|both\b|key\b|overall\b|safe\b|effective\b|caring\b|responsive\b|well\b))(?:(?!\b(?:not|never)\b)[^.;]){0,60}?"
_WHO_RAN = r"(?!(?:[\w'-]+ ){0,3}?(?:staff|managers?|teams?|leaders?|matron|people|volunteers?|mrs|mr|ms|miss|dr|she|he|we|they|you|nobody|no one|it)\b)[\w'&., -]{2,60}?,? (?:which |who |that )?(?:ran|owned|operated|was running|(?:was|were) (?:its|the|the registered|its registered) (?:provider|owner))"
_OF_FORMER_TIMES = re.compile(
    rf"{_THESE_RATINGS}\b(?:when|while|at a time when|from a time when) {_SELF} (?:was|were) (?:still |then )?(?:run|owned|operated|provided|managed) by {_NOT_SAME}\w"
    rf"|^{_SELF} (?:was|were) (?:still |then )?(?:run|owned|operated|provided) by {_NOT_SAME}\w[^;]{{0,60}} (?:when|at the time) (?:we|cqc|inspectors) (?:last )?(?:gave|awarded|made|published|rated|set)\b(?! (?:staff|them)\b)"
    rf"|{_THESE_RATINGS}\b(?:when|while|of) {_NOT_SAME}{_WHO_RAN}\b"
    rf"|^(?:we|cqc) (?:last )?(?:gave|awarded|made|published|rated) [^;]{{0,40}}\b(?:when|while) (?:{_NOT_SAME}{_WHO_RAN}\b|{_SELF} (?:was|were) (?:still |then )?(?:run|owned|operated) by {_NOT_SAME}\w)"
    rf"|{_THESE_RATINGS}\b(?:in (?:other|different) hands|under (?:other|different|another|former|previous|its (?:former|previous)) (?:owners?(?:hip)?|provider|company)\b)"
    rf"|{_THESE_RATINGS}\bbefore the present provider (?:took|bought|acquired|began|started|became|was registered|registered|ran|came|had)\b"
    rf"|^(?:(?:they|these|the|ratings) )+(?:stay|stand|remain|apply|are shown)[^.;]{{0,40}} until we (?:have )?(?:assess|inspect|rate)(?:ed)? (?:{_SELF} )?under the present provider\b"
)
# Every match of _INHERITED contains one of these words. A sentence is searched for these words first, since most sentences
# contain none of them.
_INHERITED_WORDS = ("rating", "carried over", "given", "registered", "assessed", "inspected", "rated")
_NOT_OF_A_RATING = tuple(rule for rule in bearing.RULES if rule.bearing in (Bearing.CONDITION, Bearing.GENERAL))
_ELSEWHERE = re.compile(rf"\b(?:another|other|sister) (?:\w+ )?{_HOME}s?\b(?<!provider)(?<!company)")


def inherited(paragraphs: Sequence[str], about: About = NOBODY) -> str | None:
    """A sentence such as "These ratings were given to the previous provider"; None if there is no such sentence."""
    found: list[str] = []
    for sentence in sentences.read(paragraphs, ("provider", "inherited", "owner", "entity", "registration", "took over", "company", "over the rating", "over its rating", "ran ", "managed ", "run by", "in other hands", "different hands", "owned by", "operated by", *_base(about))):
        if not (_says_inherited(sentence) or _is_of_former_times(sentence, about)) or sentence.plain.endswith("?") or _ELSEWHERE.search(sentence.plain):
            continue
        if bearing.of(sentence.plain, sentence, about, _NOT_OF_A_RATING).rule not in _NAMES_OF_NOT:
            found.append(sentence.text)
    return sentences.quote(*found[:2]) if found else None


def _is_of_former_times(sentence: Sentence, about: About) -> bool:
    """Whether a sentence says that the ratings were given when somebody else ran the service. If all years in the sentence are
    before that of the newest report, the sentence is about older ratings."""
    told = sentence.plain
    if not ("rating" in told or "rated" in told or " we " in told) or _OF_FORMER_TIMES.search(_unnamed(told, about)) is None:
        return False
    years = [int(year) for year in re.findall(r"\b20\d\d\b", sentence.plain)]
    return not years or about.published is None or max(years) >= about.published.year


def _unnamed(plain: str, about: About) -> str:
    """A sentence in plain form, with "this service" and "the present provider" in place of their names."""
    for one in _base(about):
        plain = re.sub(rf"\b{re.escape(one)}\b(?: (?:limited|ltd|llp|plc)\b)?", "the present provider", plain)
    name = about.names[0] if about.names else None
    return plain.replace(sentences.plain(name), "this service") if name else plain


def _base(about: About) -> tuple[str, ...]:
    """The plain form of the provider's name, without "Limited" or the like at its end. Empty if the name is not known, or is
    the name of the service too."""
    name, provider = (*(sentences.plain(one or "") for one in about.names), "", "")[:2]
    base = re.sub(r",? (?:limited|ltd|llp|plc)$", "", provider)
    return (base,) if len(base) > 3 and base not in name else ()


def _says_inherited(sentence: Sentence) -> bool:
    may = any(word in sentence.plain for word in _INHERITED_WORDS)
    return (may and _INHERITED.search(sentence.plain) is not None) or _is_value_of(sentence)


def _is_value_of(sentence: Sentence) -> bool:
    """Whether this line is a value below a label such as "Ratings given to": a provider's name with "(former provider)" after
    it."""
    return sentence.section.startswith("rating") and re.search(r"\((?:the )?(?:former|previous) (?:provider|owner)\)", sentence.plain) is not None


def marked(groups: Sequence[GroupReading], quote: str | None) -> tuple[GroupReading, ...]:
    """The ratings. `quote` is a sentence which says that the ratings were given to the former provider (None: there is no such
    sentence). If there is one, all ratings are marked as inherited, and `quote` is added to the quote of the overall rating."""
    if quote is None:
        return tuple(groups)
    return tuple(
        replace(
            group,
            inherited=group.overall is not None,
            overall_quote=sentences.quote(*filter(None, (group.overall_quote, quote))),
            key_questions={one: replace(held, inherited=held.rating is not None) for one, held in group.key_questions.items()},
        )
        for group in groups
    )


_NAMES_OF_NOT = frozenset(rule.name for rule in _NOT_OF_A_RATING)


def _with_what_was_done(read: Sequence[Sentence], number: int) -> str:
    """The text of a sentence about a report that is missing. If the next sentence gives the reason ("We removed it on 1
    October"), this sentence is added."""
    following = read[number + 1] if number + 1 < len(read) else None
    if following is None or following.paragraph != read[number].paragraph or not _REMOVED_IT.match(following.plain):
        return read[number].text
    return sentences.quote(read[number].text, following.text)


_REMOVED_IT = re.compile(r"(?:we|cqc) (?:have |has )?(?:now )?(?:removed|withdr[ae]wn?|withdrew|took|taken) (?:it|this|that|the report)\b")
# Words that mean that a suspension of ratings has ended: for example, that CQC lifted the suspension, or that the ratings apply
# again.
_THE_RATINGS = r"(?:(?:the|these|those|its|all|both|of|this|overall|previous|earlier|published|service's|home's|provider's|practice's) )*ratings?(?: (?:of|for) [\w' -]{2,40}?)?"
_NOW = r"(?:now |since |today |all |both |also |again |therefore |once more |fully |formally )*"
_DONE = rf"(?:(?:has|have|had|was|were|is|are) {_NOW}(?:been {_NOW})?)"
_SUSPENSION = rf"(?:the|this|that|our|its|their) suspension(?: (?:of|on) {_THE_RATINGS}|(?= on \d)|(?! (?:of|on|to|from)\b))"
_OVER = re.compile(
    rf"\b(?:put|brought) (?:{_THE_RATINGS}|them|it) back\b(?! (?:into|under)\b| in (?:special|breach)\b)"
    rf"|\b(?:put|brought) back {_THE_RATINGS}"
    rf"|\b(?:ended|lifted|removed|withdrawn|withdrew|revoked|cancelled) {_SUSPENSION}"
    rf"|{_SUSPENSION} (?:on [\w ]{{4,20}} )?(?:{_DONE}(?:ended|lifted|removed|withdrawn|revoked|cancelled|over|at an end|no longer in (?:force|place))|(?:{_NOW})ended|came to an end)\b"
    rf"|\b(?:ratings?|they)(?: (?:of|for) [\w' -]{{2,40}}?)? {_NOW}(?:appl(?:y|ies)|stands?|holds?|counts?) (?:again|once more|as before)\b"
    rf"|\b(?:ratings?|they|it)(?: (?:of|for) [\w' -]{{2,40}}?)?(?:,? (?:which|that) [^,]{{3,60}},)? {_DONE}(?:put back|confirmed|restored|reinstated|in force|in place again|back in (?:force|place)|no longer suspended|not suspended any (?:more|longer))\b"
    rf"|\b(?:restored|reinstated|confirmed) (?:{_THE_RATINGS}|them)\b"
)
_NOT_YET = re.compile(
    r"\b(?:not|never|cannot|nor|neither|until|till|unless|if|whether|before|would|will|might|could|can|should|must|shall|hopes?|hoped|hoping|expects?|expected|wants?|wanted|asks?|asked|asking|applied|propos\w+|refus\w+"
    r"|declin\w+|plans?|planned|to (?:be|have)|in order)\b|n't\b|(?<!\d )(?<!in )(?<!since )(?<!of )\bmay\b(?! 20)|\b(?:once|when|as soon as|after) (?:[\w']+ ){1,6}?(?:is|are|has|have)\b"
)
_ONLY_THEN = re.compile(r"[^.;]{0,40}\b(?:if|once|unless|as soon as|when (?:[\w']+ ){1,6}?(?:is|are|has|have))\b")
_OF_ELSE = re.compile(r"\b(?:admissions?|placements?|registration|staff|nurse|manager|contract|visits?|visiting|packages)\b")
_ABOUT_RATINGS = re.compile(r"\brat(?:ings?|ed)\b")


# Words for the end of a registration, which may be that of something other than the service: "one activity is no longer
# registered", "the home deregistered its second building".
_REGISTERED_NO_LONGER = re.compile(r"\b(?:no longer (?:\w+ )?registered|de-?registered)\b(?! (?:manager|nurse))")
_BETWEEN = frozenset("is are was were has have had been now also since therefore then already subsequently both".split())  # noqa: SIM905
_OF_THIS = re.compile(rf"(?:^|\b(?:it|this|which|that|who|they|we|cqc|and|because|as|so|now|be|being|status|provider|company|owners?|profile|page|today|20\d\d|location id)|\b(?:this|the|our|care|nursing|residential|former|a) {_HOME}) ?$")
_A_PART = re.compile(r"(?<!we )(?<!cqc )\bde-?registered (?:its|their|his|her|one|two|another|a|an|some)\b")
_OLD_REGISTRATION = re.compile(r"\b(?:old|former|previous|first|earlier|other) registration\b")


def _is_anothers(plain: str, about: About) -> bool:
    """Whether, according to a sentence in plain form, something other than this service is no longer registered."""
    found = _REGISTERED_NO_LONGER.search(plain)
    if found is None or _A_PART.search(plain):
        return _A_PART.search(plain) is not None or _OLD_REGISTRATION.search(plain) is not None
    words = plain[: found.start()].replace(":", " ").split()
    while words and words[-1] in _BETWEEN:
        words.pop()
    who = " ".join(words)
    named = [sentences.plain(name) for name in about.names if name]
    own = _OF_THIS.search(who) is not None or any(who.endswith(name) or (bool(who) and name.startswith(who)) for name in named)
    return bool(named) and not own


def _ends_of_suspension(read: Sequence[Sentence]) -> frozenset[int]:
    """The numbers of the sentences according to which a suspension of the ratings has ended."""
    found = []
    of_ratings = True  # whether the last suspension in the text so far is a suspension of the ratings
    for number, sentence in enumerate(read):
        if "suspen" in sentence.plain:
            of_ratings = _ABOUT_RATINGS.search(sentence.plain) is not None or (of_ratings and not _OF_ELSE.search(sentence.plain))
        if _is_over(sentence.plain, of_ratings=of_ratings):
            found.append(number)
    return frozenset(found)


def _is_over(plain: str, *, of_ratings: bool) -> bool:
    """Whether the suspension of the ratings has ended according to a sentence in plain form. An end that is in the future,
    depends on a condition or did not happen is left out. `of_ratings` is true if the last suspension in the text is a
    suspension of the ratings, not of admissions or of the registration."""
    for match in _OVER.finditer(plain):
        if not of_ratings and not _ABOUT_RATINGS.search(match[0]):
            continue
        if not _NOT_YET.search(plain, 0, match.start()) and not _ONLY_THEN.match(plain, match.end()):
            return True
    return False


_OF_RATINGS = frozenset({SaidKind.RATINGS_SUSPENDED, SaidKind.RATINGS_WITHDRAWN, SaidKind.REPORT_REMOVED})


_THROUGH = {
    SaidKind.CLOSING: frozenset({Bearing.PROPOSED, Bearing.HEARSAY, Bearing.LIFTED, Bearing.OTHERS, Bearing.DENIED}),
    SaidKind.BEING_INSPECTED: frozenset({Bearing.PROPOSED, Bearing.GENERAL, Bearing.LIFTED, Bearing.DENIED, Bearing.CONSIDERED}),
    SaidKind.RATINGS_WITHDRAWN: frozenset({Bearing.LIFTED, Bearing.HEARSAY}),
    SaidKind.REPORT_REMOVED: frozenset({Bearing.LIFTED, Bearing.HEARSAY, Bearing.DENIED}),
    SaidKind.REPORT_CORRECTED: frozenset({Bearing.LIFTED, Bearing.HEARSAY, Bearing.GENERAL}),
    SaidKind.REGISTRATION_ENDED: frozenset({Bearing.LIFTED, Bearing.PAST, Bearing.HEARSAY, Bearing.OTHERS}),
    SaidKind.DORMANT: frozenset({Bearing.DENIED, Bearing.HEARSAY}),
    SaidKind.RATINGS_SUSPENDED: frozenset({Bearing.HEARSAY}),
}
"""For each kind of statement, the decisions of `bearing` that do not exclude the statement. Such a decision may come from the
words of the statement itself, which elsewhere mean that something is lifted, denied or only proposed."""


def _aside(saying: Saying, sentence: Sentence, pattern: re.Pattern[str], about: About) -> str:
    """The name of the rule that excludes a sentence as a statement about this service now; "" if no rule excludes it."""
    through = _THROUGH[saying.kind]
    if saying.kind is SaidKind.RATINGS_SUSPENDED and _OF_ELSE.search(sentence.plain):
        through |= {Bearing.LIFTED}  # the words may mean that something else was lifted
    told = sentence.plain
    if saying.kind is SaidKind.RATINGS_SUSPENDED and _NOW_SUSPENDED.search(told):
        told = _WHEN_RATED.sub("", told)  # the day or year of the rating is not the date of its suspension
    clause = next((one for one in clauses(told) if pattern.search(one)), told)
    rules = [rule for rule in bearing.RULES if rule.bearing not in through or rule.name in _WHOSE]
    borne = bearing.of(clause, sentence, about, rules)
    day = bearing.day_of(told, last=True)
    if borne.bearing is Bearing.NOW and saying.kind in _OF_RATINGS and day and about.published and day < about.published:
        return "before the newest report"
    if borne.bearing is Bearing.PAST and saying.kind is SaidKind.REGISTRATION_ENDED:
        return ""
    return borne.rule


_NOW_SUSPENDED = re.compile(r"\b(?:is|are|has|have)(?: now| both| all| also| since| therefore)* (?:been )?(?:decided|suspended|under|on hold|paused)\b")
_WHEN_RATED = re.compile(
    rf",? ?\b(?:(?:that|which|as) )?(?:(?:we|cqc|inspectors) )?(?:gave|awarded|published|made|given|issued|from|of|dated)(?: (?:it|them|our|the|an?|on|in|to this \w+|inspection|assessment|report|of|from)){{0,5}} (?:\d{{1,2}} )?(?:(?:{'|'.join(moves.MONTHS)}) )?20\d\d\b"
)


_OF_WHOM = tuple(rule for rule in bearing.RULES if rule.bearing is Bearing.OTHERS)
_WHOSE = frozenset(
    {"another service of the same provider", "a place or firm that the service dealt with", "a former owner", "the manager's own registration", "one regulated activity", "staff and residents"}
)
_OF_DOUBT = tuple(rule for rule in bearing.RULES if rule.bearing not in (Bearing.LIFTED, Bearing.PAST, Bearing.OTHERS) or rule.name in _WHOSE)
