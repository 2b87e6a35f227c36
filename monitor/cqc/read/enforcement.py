# ruff: noqa: E501 - each pattern is on one line, whatever its length
"""Finds what a text says about enforcement: actions that CQC has taken, has proposed or has lifted.

Each clause that mentions an enforcement power is read separately. The module `bearing` decides which service and which time the
clause is about. Whether CQC used the power depends on the clause's own words. If a clause is not understood, it is listed as
unread. Source: docs/facts/special-measures.md, Enforcement.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from monitor.cqc.read import asked, bearing, general, sentences, subjects, worded
from monitor.cqc.read.bearing import Bearing, Borne
from monitor.cqc.read.charged import CHARGED, is_anothers, is_unknown
from monitor.cqc.read.clauses import clauses, reworded
from monitor.cqc.read.definitions import asks_for_one, is_definition
from monitor.cqc.read.met import CHECKED, CHECKED_IT, FOUND_MET, FOUND_NOT_MET, NOT_MET, THEN, WAS_MET
from monitor.cqc.read.others import NOBODY, About, of_others
from monitor.cqc.read.sentences import Sentence
from monitor.cqc.read.timeline import is_older, timeline
from monitor.model import Decision, Enforcement, Stage, Topic


class Power(NamedTuple):
    """An enforcement power. `named` has the words for the power, and `used` has the words that show that CQC used it. Both
    patterns are searched in the plain form of a clause."""

    kind: str
    named: str
    used: str
    example: str


_GIVEN = (
    r"(?:issu(?:ed?|es|ing)|serv(?:ed?|es|ing)|handed|hand(?:s|ing)|sent|sends?|sending|gave|given|giving|gives|made|making|received?|receiv(?:es|ing)|got|gets|"
    r"took|taken|taking|takes|us(?:ed|ing)|appl(?:ied|ying|y|ies)|hit with|slapped|subject|under|in (?:place|force|effect)|with effect|took effect|gone|went|led|lead(?:s|ing)|"
    r"result(?:s|ed|ing)?|follow(?:s|ed|ing)?|prompt(?:s|ed)|means?|meant|against|dated|until|since|must|has|have|holds?|faces?|facing|because|after|for|by|from|on|to|about|under|regulation|"
    r"two|three|four|five|six|an?|another|further|second|the|this|these|its|accept(?:ed|s)?|paid|pay|was|were|is|are)"
)
_IMPOSED = (
    r"(?:(?:came|comes?|coming) into (?:force|effect)|imposition|tied|bound|new|bound by|(?:re-?)?impos(?:ed?|es|ing)|plac(?:ed?|es|ing)|add(?:ed|s|ing)?|attach(?:ed|es|ing)?|var(?:ied|y|ies|ying)|appl(?:ied|y|ies|ying)|set|introduc(?:ed|es|ing)|in (?:place|force|effect)|subject to|under|"
    r"took effect|takes? effect|with effect|gone on|put|must|requir(?:es?|ed|ing)|means?|prevent\w*|order(?:ed|s)?|restrict\w*|carries|tighten\w*|agreement|decision|urgent\w*|caps?|capped|limits?|limited|bars|forbids|replaced|substituted|propos\w+|stand|stay|remain)"
)

POWERS: Final[tuple[Power, ...]] = (
    Power("warning notice", r"\b(?<!floor )(?<!fire )(?<!safety )(?<!hazard )warning notices?\b|\bsections? 29a?\b(?! of the (?:care|mental))|\bs\.? ?29a?\b|\bwns?\b", rf"\b{_GIVEN}\b|:|\d|^warning notice$",
          "A section 29A warning notice has gone to the trust."),
    Power("requirement notice", r"\b(?<!welfare )requirements? notices?\b", rf"\b{_GIVEN}\b|:|\d|^requirements? notice$",
          "The practice was given two requirement notices."),
    Power("fine", r"\bfixed[- ]penalt(?:y|ies)\b|\bfpns?\b|\bpenalty notices?\b|\bfined\b|\bfines\b|\b(?:an?|the|pay|paid) (?:\w+ )?fine\b(?= (?:of|for|was|is|has|to|from|because|by|imposed|under|a|that|which|we)\b|[.,;]|$)|\bfine (?:of|for)\b|\bpa(?:y|id) (?:us|cqc)\b.{0,30}\bpenalt(?:y|ies)\b|\bpenalty of £ ?\d{3}|\bpenalty of £ ?\d+,\d|\bfinancial penalt(?:y|ies)\b|\bordered to pay\b", rf"\b{_GIVEN}\b|\bfined\b|:|£|\d|ordered to pay",
          "A fixed penalty notice was issued to the provider."),
    Power("prosecution", r"\bprosecut\w+\b|\b(?:we|cqc|commission|regulator) (?:(?:have|has|are|is|now|also) )*(?:taken|took|taking) [\w' ]{2,40}? to court\b|\bsummons(?:es)? (?:has |have |was |were )(?:\w+ )?(?:issued|served|taken out)\b|\b(?:issued|served|taken out|took out) (?:\w+ )?summons(?:es)?\b|\bcriminal (?:charges?|proceedings|case|summons\w*|offences?|courts?)\b|\bcharg(?:ed|es|ing) (?:by \w+ |(?!people\b|residents\b|patients\b|fees\b|for\b)[\w'&-]+ (?:[\w'&-]+ ){0,7}?)?(?:with (?!dementia)|over |in connection with |following the death)|\bcharges? (?:(?:has|have|was|were|that|which|we|cqc) ){0,4}(?:been )?(?:laid|brought|filed)\b(?! down)|\bcharged following an? (?:\w+ )?(?:investigation|inquiry)\b|\bcharged (?:under (?:section|regulation)|by cqc)\b|\b(?:laid|lay|laying|filed|preferred) (?:[\w-]+ ){0,3}?charges\b|\bconvicted\b|\bpleaded guilty\b|\bfound guilty\b|\bsentenced\b|(?<!applied to the )(?<!applied to a )(?<!application to the )(?<!appealed to the )(?<!appeal to the )\bmagistrates'? court\b(?! (?:for|made|granted|to|and asked for) (?:\w+ ){0,3}?(?:orders?|suspend|cancel))",
          r"\bprosecut(?:ed|ing|es)\b|\bsummons(?:es)?\b|\bto court\b|\b(?:we|cqc|commission) (?:has |have )?(?:charges|charged)\b|\bprosecution (?:of|against|followed|is under ?way|has (?:begun|started)|was (?:brought|successful)|began|brought|by cqc)\b|\b(?:a|brought|began|begun|started|successful|our|cqc's|following|led to|resulted in|is facing|faces) (?:\w+ )?prosecution\b"
          r"|\bcharged\b|\bcharges? (?:that |which )?(?:have been|has been|were|was|are|we have|cqc has|laid|brought|against)\b|\b(?:brought|laid|filed|preferred) (?:[\w-]+ ){0,3}?charges\b|\bconvict(?:ed|ion)\b|\bguilty\b|\bsentenced\b|\bproceedings (?:against|have|are|were|began)|\b(?:began|begun|brought|started|issued|commenced|opened|taken|laid|launched) (?:\w+ )?(?:criminal )?(?:proceedings|charges|summons)|appear\w* (?:before|in|at)|\b(?:hearing|trial|case) (?:is|was|has been|will be) (?:\w+ )?(?:listed|heard|due)\b|:",
          "CQC prosecuted the provider."),
    Power("caution", r"\b(?:simple|formal|criminal) cautions?\b|\baccept(?:ed|s|ing)? a (?:\w+ )?caution\b|\b(?:issued|given|gave|received|administered|offered) (?:\w+ ){0,4}?(?:an? )?cautions?\b|\bcautioned (?:the|it|elm|by|over|for|under)\b|\b(?:we|cqc|regulator|commission|watchdog) (?:has |have )?(?:\w+ )?cautioned\b(?! that\b)|^cautions?\b|\bwas cautioned\b|\bcautions? (?:has|have|was|were|for|under)\b",
          r".", "The provider accepted a simple caution."),
    Power("action plan", r"\b(?:required|asked|told) to (?:submit|send|provide|give) (?:us |cqc )?a (?:written )?report (?:under|in accordance with|pursuant to) regulation 17\b|\b(?:required to|asked to|told to|must) tell us(?: in writing)?,? (?:[\w,]+ ){0,8}?how\b.{0,60}?\b(?:put right|put (?:this|these|that|things|it|them|matters)(?: \w+)? right|improve|comply|meet)\b|\b(?:must|has to|have to|required to) (?:by law )?(?:send|give|write to|tell) us\b.{0,60}?\b(?:what|how|which) (?:(?:actions?|steps|improvements) )?(?:it|they|the provider) (?:will|would|intends?|plans?|(?:is|are) going)\b|\baction plans?\b|\bplan (?:of|for) (?:the )?(?:actions?|steps|improvements?)\b|\bplan (?:showing|setting out|to show|saying|(?:of|for|on|about) (?:how|what)|explaining)\b|\bimprovement plan\b|\breport to (?:us|cqc|the regulator) (?:\w+ ){0,3}?on (?:the|what|which) (?:actions?|steps|improvements)\b|\breport (?:by \d[\w ]{4,25} )?(?:that says|saying|setting out|showing|to say|of|on|about) (?:what|the|which) actions?\b",
          r"\b(?:ask(?:ed|ing|s)?|request(?:ed|ing|s)?|demands?|requir(?:ed|ing|es?)|told|instruct(?:ed|ing)|direct(?:ed|ing)|order(?:ed|ing)?|demand(?:ed|ing)|given until|calls? for|must (?:now |by law )?(?:send|submit|provide|give|produce|tell)|called for|has to (?:by law )?(?:send|submit|provide|give|tell)|want|due|owe[sd]?|report on)\b|:",
          "We have asked the provider for an action plan."),
    Power("admissions restricted",
          r"\bnot provide (?:[\w-]+ ){1,4}?to (?:any |further |more )+(?:new )?(?:service users?|people|persons?|clients?|patients?|customers?)\b|\bclos(?:ed|ing|es) (?:[\w']+ ){0,4}?to (?:(?:all|any|new|further|more) )*(?:admissions?|residents|people|patients)\b|\bnot (?:to )?(?:admit|take in)\b|\bnot (?:\w+ )?allow(?:ed|ing)?\b.{0,40}\b(?:take|admit|accept)\b.{0,20}\b(?:new|any(?:one|body)|residents|people|admissions)\b|\bnot (?:to )?(?:take|accept)(?: on| in)? (?:(?:any|more|any more|other|further) )?(?:new|anyone|anybody|people|persons?|residents?|patients?|referrals?|placements?|admissions?|packages?|clients?|more (?:people|residents|patients))\b|\b(?:restrict\w*|stop\w*|ban(?:ned|s|ning)?|halt\w*|suspen\w+|limit\w*|prevent\w*|prohibit\w*|forbid\w*|forbade|barr\w*|freez\w*|froze\w*|capp?\w*|not (?:to )?(?:admit|take|accept)|must not|cannot|may not|no(?:body| one)?(?: else)?|without our|only with our|pause\w*|end)\b.{0,80}?"
          r"\b(?:admissions?|admit\w*|new (?:residents?|people|patients?|packages?|referrals?|placements?|clients?|service users?|customers?)|(?:else|nobody|new|no one) (?:new )?(?:may|can) (?:move|be admitted|come|live|join|stay)|placements?)\b"
          r"|\badmissions? (?:\w+ ){0,4}?(?:restrict\w*|stopp\w*|suspend\w*|banned|halted|limited|closed|frozen|paused|not (?:be )?allowed|need\w* our|require\w* our|are (?:only )?(?:allowed|possible) with)\b|\b(?:nobody|no one|no person) (?:else |new )?(?:may|can) (?:move|be admitted|come|live|join|stay)\b|\b(?:ban|embargo) on\b.{0,20}\badmi\w+|\badmissions (?:stop|ban|freeze)\b",
          r"\b(?:we|cqc|commission|regulator|watchdog|inspectors|urgent|us|section 31|imposed|order(?:ed|s)?|restricted|stopped|told|notice|banned|our (?:written )?(?:agreement|consent|permission|approval|say[- ]so)|must (?:still |now )?not|no new|may not|restriction|effect|suspended|prevent\w*|prohibit\w*|forbid\w*|forbade|condition\w*)\b|:",
          "CQC has stopped admissions to the home."),
    Power("conditions", r"\bconditions?\b(?=.{0,120}\b(?:registration|impos\w*|var(?:y|ied)|urgent|cqc|provider|section|place|force|effect|appl\w*|admi\w*|notice|appeal\w*|lift\w*|remov\w*|restrict\w*|we|us|our|20\d\d|comply|complied|met|proposed|must stay|must remain)\b|$)|(?<=registration )conditions?\b|\bpropos\w+ (?:\w+ )?conditions\b|\b(?:(?:the|both|all|these|those|its|our|two|three|\d) (?:\w+ )?conditions? (?:stays?|remains?|stands?|continues?)|(?:but|and|while) (?:its )?conditions (?:stay|remain|stand|continue)|^conditions (?:stay|remain|stand))(?= in (?:place|force)|[.,;]|$)|\b(?:lift|remov|re-?impos|reinstat|re-?appl)\w* (?:(?:the|all|both|these|those|its|our|two|three|four|some|of|remaining|other|last) ){1,3}conditions?\b|\b(?:registration|provider|urgent|impos\w+|section 31)\b.{0,100}\bconditions?\b|\brestrictions? (?:on|have been|has been|were|was) (?:\w+ ){0,4}?(?:registration|imposed|placed)\b|\brestricted? (?:the|its|their) registration\b|\bvar(?:ied|ying|y) (?:the|its|their) (?:provider's |home's |service's )?registration (?:of (?:the|this) \w+ )?(?:to|so that) (?!remove|take|add|include|increase|allow)\w+|\b(?:requirements?|restrictions?|limits?) (?:on|to) (?:the|its|their) (?:provider's |home's |service's )?registration\b",
          rf"\b{_IMPOSED}\b|\b(?:made|made it|become|became|now|is|are) (?:\w+ )?an? (?:legal |urgent |formal )?conditions? of\b|\b(?:we|cqc|the regulator) (?:have |has )?(?:\w+ )?(?:amended|changed|tightened|extended|re-?imposed)\b|\b(?:we|cqc) .{{0,80}}\bas an? (?:new )?condition of\b|:",
          "We imposed urgent conditions on the provider's registration."),
    Power("suspension", r"\b(?:lift|re-?impos|reinstat)\w* (?:the|this|its|our) suspension\b(?! (?:of|on) (?:admi|plac|visit|the rating|its rating|rating))|\bsuspen(?:d(?:ed|s|ing)?|sions?)\b(?=.{0,90}\b(?:registration|registered|section|services?|homes?|provider|location|agency|practice|surgery|clinic|hospital|operat\w+|licen[cs]e|until|weeks?|cqc|act|months?|trading|regulated|urgent|notice|effect|lifted|force|place)\b)|\b(?:registration|service|provider|home|agency|practice|clinic|surgery|location|licen[cs]e)\b.{0,60}\bsuspen(?:ded|sion)\b",
          r"\b(?:suspended|suspends|suspending|to suspend|suspension (?:of|takes|took|runs|is|was|has|came|lasts|under|in|until|from|for|order|notice)|(?:a|an|urgent|immediate|temporary|the|under|subject to|this) (?:\w+ )?suspension|notice of suspension)\b|:",
          "The home's registration was temporarily suspended."),
    Power("cancellation", r"\bcancel\w*\b.{0,120}\bregist\w+\b|\bregist\w+\b.{0,120}\bcancel\w*\b|\b(?:we|cqc|commission) (?:\w+ ){0,3}?de-?regist\w+\b|\bde-?registered by (?:us|cqc|the)\b|\b(?:we|cqc) (?:\w+ ){0,3}?(?:took|taken) (?:away )?(?:[\w']+ ){1,4}registration(?: away|(?=[.,;]|$))|\bdecision to cancel\b|\bsection 30\b|\bcancellation (?:still )?(?:stands|was upheld|has been upheld|takes effect|took effect)\b|\bstruck off\b|\b(?:lost|loses|losing) (?:its|their) (?:licen[cs]e|registration)\b|\bstripped (?:\w+ ){0,4}?of (?:[\w']+ ){1,4}?(?:registration|licen[cs]e)\b|\bstruck\b.{0,80}\bregist\w+|\b(?:(?:we|cqc|commission) (?:\w+ ){0,3}(?:removed|taken|took) (?:\w+ ){1,4}|strike (?:\w+ ){0,4}|\b(?:our|cqc's|enforcement|legal|urgent) (?:\w+ )?(?:action|decision|order|powers|proceedings)\b.{0,60}\b(?:removed|taken) )(?:off|from) (?:the|our|its|cqc's) register\b|\b(?:removed|taken) (?:off|from) (?:the|our|cqc's) register (?:\w+ ){0,6}?(?:by (?:us|cqc|the \w+)|because|under section|after (?:we|cqc|an? appeal|the tribunal))\b|\b(?:revok\w+|terminat\w+|withdr[ae]w\w*|remov\w+) (?:(?:the|its|their|\w+'s) ){0,4}registration\b|\bregistration (?:\w+ ){0,4}?(?:revoked|terminated|withdrawn|removed)\b|\bvar(?:y|ied) (?:the|its|their) (?:provider's )?registration (?:to|so as to|by|so that it) (?:remov|tak)(?:e|es|ing)\b|\b(?:location|service|home) (?:was |has been |is )?removed as a condition of\b|\bremov(?:ed|ing) (?:the|this) (?:location|service|home) as a condition of\b|\b(?:remov\w+) (?:this|the) (?:location|home|service) from\b.{0,40}\bregist|^(?:notice of )?cancellation(?=$|[.]|:? \(?(?:of (?:(?:the|its|this|our|\w+'s) )*(?:provider|registration|location|service|home|company)\b|proposed|decided|issued|served|taken|upheld|confirmed|in force|yes|since|from|on|with|under|by|\d))|\bcancellation orders?\b|\bappeal\w* (?:[\w'-]+ ){0,5}?against (?:the |its |our )?cancellation\b|\b(?:have|has) (?:now )?(?:begun|started) (?:the |a )?(?:legal |formal )?process (?:of|to) (?:prevent|stop|cancel|remov)\w*\b.{0,60}\b(?:operat\w+|provid\w+|regist\w+|carrying)|\b(?:steps|action|proceedings|process) to (?:stop|prevent) (?:the |this )?(?:provider|company|owners?|home|service|it|them) (?:from )?(?:running|operating|providing|carrying)\b",
          r"\b(?:cancelled|cancelling|cancels|lost|struck|stripped|cancellation (?:still )?(?:stands|of|takes|took|has|was|is|under|order|notice)|deregistered|de-registered|struck off|removed|taken (?:off|from)|took|taken(?=.*\baway\b)|revoked|terminated|withdrawn|withdrew|decision to cancel|decided to cancel|process (?:of|to)|granted|order|against (?:the |its |our )?cancellation|to cancel|to remove)\b|:",
          "We have cancelled the provider's registration."),
    Power("urgent action",
          r"\b(?:we|cqc|inspectors|regulator|watchdog|commission) (?:have |has )?(?:now |today )?(?:shut [\w' ]{2,40}? down\b|(?:shut|closed) (?:down )?(?:the|this|it)\b)(?: (?:home|service|agency|practice|clinic|surgery|hospital))?(?: down)?|\b(?:home|service|agency|practice|clinic|surgery|hospital) (?:was|has been|is) (?:now )?(?:shut|closed)(?: down)? by (?:the )?(?:cqc|care quality|regulator|watchdog|inspectors|us)\b|\b(?:we|cqc) (?:have |has )?(?:now |also )?(?:taken|took|are taking|is taking) (?:\w+ )?action against (?:the|this|its) \w+\b|\b(?:enforcement|regulatory) (?:\w+ ){0,2}?(?:action|measures|proceedings|powers|steps)\b|(?:^|: )(?:urgent|immediate) (?:\w+ )?action (?:taken|against|under|to)\b|\b(?:we|cqc|commission|inspectors) (?:\w+ ){0,4}?(?:urgent|legal|civil|immediate|formal|criminal|further) (?:\w+ ){0,2}?(?:action|measures|proceedings|powers|steps)\b|\benforcement\b(?! (?:polic|team|officer|option|agents?\b|bailiffs?))|\bsection 31\b|\burgent powers\b|\bcourt orders?\b|\bcourt (?:for|made|granted|to make) (?:us )?an? (?:[\w-]+ ){0,2}?order\b|\b(?:we|cqc) (?:\w+ ){0,3}?(?:applied|appl(?:y|ies)|applying) (?:\w+ ){0,3}?for an? (?:urgent |interim |court )+order\b|\border (?:was |has been )?made (?:by|on)\b|\bnotices? of decision\b|\b(?:formal|urgent|statutory|legal) notices?\b|\b(?:the|a|two|both|this|that) notices? (?:relating|about|concerning|served|issued|under|has|have|had|was|were|remains?|of \d)|\bs\.? ?31\b",
          r"\b(?:shut|closed|obtained|secured|tak(?:en|ing|es)|took|us(?:ed|ing)|began|begun|started|under|in (?:place|force)|subject|issued|served|being taken|has been|have been|was|were|against|led to|resulted in|followed|beg[au]n|opened|launched|is under ?way|faces?|facing|ongoing|given|made|granted|stops|bars)\b|:",
          "We have taken urgent enforcement action against this service."),
)  # fmt: skip
"""All kinds of enforcement that this module finds. The last kind, "urgent action", is for action that CQC does not specify."""

_UNNAMED = "urgent action"
_NAMED_PATTERNS = tuple((power, re.compile(power.named), re.compile(power.used)) for power in POWERS)

ABOUT: Final = (
    "nobody", "no one", "no person", "to stop the", "to prevent the", "notice", "penalt", "fine", "prosecut", "criminal", "charge", "convict", "guilty", "sentenced", "magistrate", "caution", "action plan",
    "plan of action", "plan ", "admission", "admit", "placement", "new people", "new resident", "anyone new", "anybody new", "send us", "send cqc", "write to us", "condition", "restrict", "suspen", "cancel",
    "regist", "licence", "license", "struck off", "enforc", "urgent", "legal", "section 2", "section 3", "regulatory", "ordered to pay", "civil", "move in", " order", " wn", "wn issued", "wn served", "wns ", "fpn", "summons", "what action", "report to us", "report to cqc", "report to the regulator", "s.29", "s.31", "s31", "s29", "action against", "tell us", "process of", "process to", "shut", "closed", "to court",
)  # fmt: skip
"""Every sentence about enforcement contains one of these words or phrases (lower case)."""

_WORTH = re.compile(r"\b(?:" + "|".join(re.escape(one.lstrip()) for one in ABOUT) + ")")

_OTHERS_TOO = frozenset({"action plan", "conditions", "admissions restricted", "suspension", _UNNAMED})
"""Kinds of enforcement that other bodies may use too, that other people ask for, or that every report mentions. They are read
as CQC's action only if the clause says that CQC used them."""

_ENDED = re.compile(r"\b(?:action|measures|notices?|powers) (?:has |have |was |were |is |are )?(?:now |since |been )*(?:lifted|withdrawn|ended|over|concluded|met|closed|dropped)\b|\bno longer\b")
_SOME_OF_THEM = re.compile(r"\b(?:one|two|three|four|five|six|some|several|most|half|part|a few|\d{1,2}) of (?:which|them|these|those)\b")
"""Matches "two of which" in "prosecuted on three charges, two of which were dropped", where the third charge remains. The
pattern also matches "one of them" in "both were met, one of them early", where nothing remains."""

_UNDONE = re.compile(
    r"\b(?:it|they|these|those|this|that|both|all|which|one|notices?|conditions?|suspension|decision|order|restrictions?) (?:[\w-]+ ){0,5}?(?:met|complied with|lifted|removed|withdrawn|"
    r"cancelled|quashed|overturned|rescinded|revoked|discharged|set aside|closed|expired|ended|ran out|lapsed|in force|apply|applies|effect|(?:came|come) to an end)\b|\b(?:acquitted|found not guilty|cleared of)\b"
    r"|\bdone (?:everything|all)\b|\bcompliant with (?:it|them|this|these|both|all)\b|\b(?:met|complied with|lifted|withdr[ae]w\w*|removed|cancelled|quashed|overturned|ended|set aside) (?:it|them|these|those|both|all|one|the (?:\w+ )?(?:notices?|conditions?|order|decision|suspension))\b"
    r"|\b(?:re-?opened|opened again|open again)\b|\b(?:not|n't) (?:been )?(?:extend(?:ed)?|renew(?:ed)?) (?:it|them)\b|'s favour\b|\bfound for the\b"
    r"|\bappeal\b|^(?:has|have|was|were|is|are)? ?(?:since |now |later |been )*(?:met|complied with|lifted|removed|withdrawn|quashed|overturned|expired)\b"
)
ONE_ACTIVITY: Final = "one regulated activity"
THE_PROVIDER: Final = "the provider itself"
THE_MANAGERS: Final = "the manager's own registration"
_REPORT_ASKED = re.compile(r"^(?:the tables? below shows? .{0,120}\band )?(?:we|cqc) (?:have |has )?(?:asked|required|told) the (?:provider|practice|service|trust) to send (?:us|cqc) a report (?:that says|saying|setting out|showing) what")
_REFERS_BACK = re.compile(
    r"\b(?:appeal|tribunal|court|decision|order)\b|^(?:(?:and|but|so|then|both|all|others?|the (?:\w+ )?(?:other|others)|the (?:rest|third|fourth|second|first|remaining|latter|former|notices?|conditions?|provider|home|service|company|tribunal|court|appeal)|it|they|them|this|that|these|those|one|while|never|not|the one|another|an? (?:second|third|further|new|"
    r"fresh|other)|(?:fresh|new|further|other) ones|some|none|two|three|has|have|is|are|was|were|now|later|since|we|cqc|by|on|in)\b)"
)
_ANEW = re.compile(r"\b(?:another|second|third|further|new|fresh|(?<!open )(?<!opened )again|additional|more|re-?imposed|reinstated|re-?applied)\b")
_EARLIER_ONE = re.compile(r"\b(?:(?:previous|earlier|(?<!will )(?<!to )(?<!not )last)(?! (?:\w+ )?(?:inspection|assessment|visit|report)\b)|first(?!-tier)|old|older|original|(?<!but )(?<!not met )(?<!not complied with )one of|some of|(?<!but )two of|former)\b")
_NONE_STANDS = re.compile(r"\b(?:neither|none)(?: of(?: (?:the|these|those|our|its))*)?(?: (?!actions?\b|improvements?\b|requirements?\b)[\w-]+)? (?:notices?|conditions?|restrictions?|suspensions?)(?: (?:that|which) (?:we|cqc) [\w ]{2,30}?)? (?:remains?|stands?|applies|apply|is|are) (?:(?:now|still) )?(?:in (?:place|force|effect)|any longer|$)")
_LEGEND = re.compile(r"(?:not all )?regulations met: .*\b(?:this area|at least one|one or more|some)\b|key\b:? .*\b(?:required|met)\b.*\benforcement action taken\b")  # what the labels of services without ratings mean
_RATINGS = re.compile(r"\bratings\b")
_CAN_BE_SUSPENDED = re.compile(r"\b(?:regist\w+|activit(?:y|ies)|admissions?|placements?|licen[cs]es?|contracts?)\b")
_THEY_ARE = re.compile(r"(?:they|these|those) (?:are|were|have been|remain|stay) ")
_RATING = re.compile(r"\brat(?:ings?|ed)\b")
_LABEL = re.compile(r"(?:any |the |our |cqc |cqc's |formal |current )*(?:enforcement|regulatory|legal)(?: action| actions)?(?: taken| we took| we have taken| that we took)?:?")
_END_OF_REGISTRATION = re.compile(r"\b(?:cancel\w*|revok\w*|terminat\w*|withdr[ae]w\w*|remov\w*|taken(?= (?:off|from) the)|closed(?= its doors| on\b| in\b| after\b))(?= |$|,|\.)")
_BARE_HEADING = re.compile(r"^(?:our |the |about |what |how |cqc |cqc's |action |actions |we have |taken |and |enforcement |warning notices|requirement notices|conditions|of registration|registration|action plans|regulatory |notices?|&|- | )+$")


@dataclass(frozen=True, slots=True)
class _Found:
    """What one clause states about one power."""

    kind: str
    stage: Stage
    sentence: Sentence
    number: int
    clause: str
    day: date | None
    anew: bool
    stands: bool = False


def decide(paragraphs: Sequence[str], about: About = NOBODY) -> tuple[tuple[Enforcement, ...], tuple[Decision, ...]]:
    """The enforcement that a text states, in text order; and every statement about enforcement, with what the program concluded
    from it."""
    if not sentences.speaks_of("\n".join(paragraphs), ABOUT):
        return (), ()
    read = sentences.read(paragraphs, ABOUT)
    reader = _Reader(read, about)
    reader.read_all()
    return tuple(_resolved(reader.found, read)), tuple(reader.decisions)


class _Reader:
    """Reads the sentences one after the other, and keeps what the previous clause was about."""

    def __init__(self, read: Sequence[Sentence], about: About) -> None:
        self.read, self.about = read, about
        self.found: list[_Found] = []
        self.decisions: list[Decision] = []
        self.before: list[Power] = []  # the powers in the previous clause
        self.before_of: Bearing = Bearing.NOW
        self.rule = ""  # the name of the `bearing` rule that matched the previous clause with a power
        self.checked = False  # whether the previous clause is one such as "we checked whether the notice had been met"
        self.paragraph = -1
        self.newest, self.timeline_ends = timeline(read)

    def read_all(self) -> None:
        others = of_others(self.read, self.about)
        for number, sentence in enumerate(self.read):
            if number in others:
                self.before = []
                continue
            if self.paragraph not in (sentence.paragraph, sentence.paragraph - 1):
                self.before = []
            self.paragraph = sentence.paragraph
            if (sentence.heading and sentence.plain.endswith("?")) or _LEGEND.match(sentence.plain):
                continue
            if number and _NOTICES.match(self.read[number - 1].plain) and _TABLE_SAYS.match(sentence.plain):
                self._add("requirement notice", Stage.TAKEN, number, sentence, sentence.plain, stands=False)
                continue
            if not self.before and not _WORTH.search(sentence.plain) and "admissions" not in sentence.section:
                continue
            if is_definition(sentence.plain) or asks_for_one(sentence.plain):
                self.before = []
                continue
            self._sentence(number, worded.worded(sentence))
            if len(self.decisions) > sentences.MAX_STATEMENTS:
                self._decided(sentence, "", left_aside=False)  # a line of `unread` shows that further statements are not read
                return

    def _sentence(self, number: int, sentence: Sentence) -> None:
        if self.newest is not None and sentence.paragraph <= self.timeline_ends and is_older(sentence.section, self.newest):
            self._decided(sentence, "an older entry of a timeline", left_aside=True)
            return
        if asked.is_asked(sentence.plain):
            self._asked(number, sentence)
            return
        before = self.read[number - 1] if number else sentence
        if THEN.search(sentence.plain) and before.paragraph == sentence.paragraph and bearing.is_of_the_past(before.plain, self.about):
            sentence = replace(sentence, earlier=True)
        for clause in subjects.completed(clauses(reworded(sentence.plain))):
            if _REPORT_ASKED.search(clause):  # in a report, these words are above a table, and mean that CQC has asked for an action plan
                self._add("action plan", Stage.TAKEN, number, sentence, clause, stands=False)
            else:
                self._clause(number, sentence, clause)

    def _asked(self, number: int, sentence: Sentence) -> None:
        """Reads a question without a clear answer. Such a question states nothing. If the next sentence does not mention an
        enforcement power, somebody should read the answer."""
        powers = [one for one, _ in _named(sentence.plain)]
        if powers:
            following = self.read[number + 1] if number + 1 < len(self.read) else None
            self.before, self.before_of = powers, Bearing.CONSIDERED
            told = following is not None and bool(_named(following.plain))
            general = bearing.of(sentence.plain, sentence, self.about, _NOT_HERE).bearing is not Bearing.NOW
            self._decided(sentence, "a question" if told or general else "", left_aside=told or general)

    def _clause(self, number: int, sentence: Sentence, clause: str) -> None:
        clause = worded.in_the_perfect(sentence, clause, self.about) if " had " in clause else clause
        clause = _PUBLISHED_LATER.sub("", clause) if "publi" in clause or "report" in clause else clause
        powers = _named(clause)
        told = _OPENS_WITH_A_TIME.sub("", clause) if self.before else ""
        if told and powers and all(one.kind == _UNNAMED for one, _ in powers) and _THAT_NOTICE.match(told):
            powers = ()
        if not powers:
            self.checked = self.checked or (told != "" and CHECKED_IT.search(told) is not None)
            if told and not _OF_ELSE.search(clause) and (_REFERS_BACK.search(told) or _ISSUED_ONE.match(told) or (self.checked and NOT_MET.match(told))):
                self._refers_back(number, sentence, clause)
            return
        if sentence.heading and _BARE_HEADING.fullmatch(sentence.plain) and ":" not in sentence.plain and not self._is_tag(number):
            self.before, self.before_of = [one for one, _ in powers], Bearing.NOW
            self._conditions_below(number, sentence)
            return
        if all(one.kind == _UNNAMED for one, _ in powers) and _LABEL.fullmatch(clause.strip(" .:")):
            if _LABEL_OF_A_DEED.fullmatch(clause.strip(" .")) and self._is_tag(number) and not self._is_answered(number):
                # somebody should check whether this is a tag, or a heading whose text is missing
                self._decided(sentence, "", left_aside=False)
            return
        if "proposal" in clause and general.PROPOSAL_ENDED.search(clause):
            self.before, self.before_of = [one for one, _ in powers], Bearing.PROPOSED
            self._end_proposals(sentence)
        else:
            self._named_ones(number, sentence, clause, powers)

    def _named_ones(self, number: int, sentence: Sentence, clause: str, powers: Sequence[tuple[Power, re.Pattern[str]]]) -> None:
        """Decides what a clause says about the powers in it."""
        kinds = {one.kind for one, _ in powers}
        if kinds == {_UNNAMED} and (label := _LABEL_BEFORE.match(clause)) and _FINDING.search(clause) and not _named(clause[label.end() :]):
            return  # as in "Enforcement: We have identified a breach", where only the label mentions enforcement
        if kinds == {_UNNAMED} and _BY_MEANS_OF.match(clause) and any(one.kind != _UNNAMED for one, _ in _named(sentence.plain)):
            return  # as in "Using our powers, we have suspended it", where the rest of the sentence shows the power
        borne = self._borne(clause, sentence, kinds)
        self.checked = (borne.rule == general.A_VISIT or CHECKED.search(clause) is not None) and FOUND_MET.search(clause) is None
        if self.checked and FOUND_NOT_MET.search(clause):
            borne = Borne(Bearing.NOW)
        self.before, self.before_of, self.rule = [one for one, _ in powers], borne.bearing, borne.rule
        stage = {Bearing.PROPOSED: Stage.PROPOSED, Bearing.LIFTED: Stage.LIFTED}.get(borne.bearing, Stage.TAKEN)
        if stage is Stage.LIFTED and _SAYS_SO.search(sentence.plain):
            self._decided(sentence, "", left_aside=False)  # somebody other than CQC says that the action was lifted
            return
        some = _SOME_OF_THEM.search(clause) if stage is Stage.LIFTED else None
        if some is not None and self._borne(clause[: some.start()], sentence, kinds).bearing is Bearing.NOW:
            stage = Stage.TAKEN
        if borne.bearing is Bearing.NOW and kinds == {"admissions restricted"} and _AGREED.search(clause):
            self._decided(sentence, "", left_aside=False)  # the provider agreed to the restriction, and it is not known whether CQC required this
            return
        if borne.rule == THE_PROVIDER and _PART_OF_THEM.search(clause):
            self._decided(sentence, "", left_aside=False)  # CQC may have imposed the other conditions
            return
        if borne.bearing not in (Bearing.NOW, Bearing.PROPOSED, Bearing.LIFTED):
            # A service that has lost one activity or its manager has not closed, but somebody should check.
            by_cqc = borne.rule == THE_MANAGERS and (bearing.DID.search(clause) or _WITH_THE_PROVIDER.search(clause)) is not None
            self._decided(sentence, borne.rule, left_aside=borne.rule != ONE_ACTIVITY and not by_cqc)
            return
        for one, used in powers:
            self._stated(one.kind, used, stage, number, sentence, clause)

    def _borne(self, clause: str, sentence: Sentence, kinds: Collection[str]) -> Borne:
        """Decides which service and which time a clause is about. `kinds` are the kinds of enforcement in the clause; for some
        of them, words that usually mean "lifted", "denied" or "proposed" mean something else."""
        if CHARGED.issuperset(kinds):
            clause = _OF_INCIDENT.sub(r"\g<why>", clause)
        borne = bearing.of(clause, sentence, self.about)
        noticed = any(one.kind == "requirement notice" for one in self.found)  # a requirement notice already asks for the report
        if kinds == {"action plan"} and borne.rule == _ABOVE_TABLE and not noticed and _IS_OWED.search(clause):
            borne = bearing.of(clause, replace(sentence, section=""), self.about)
        if borne.bearing is Bearing.DENIED and "admissions restricted" in kinds and _NOT_ADMITTED.search(clause):
            borne = bearing.of(clause, sentence, self.about, _BUT_DENIED)  # "not to admit anybody" is an obligation, not a denial
        if borne.bearing is Bearing.DENIED and kinds == {"action plan"} and _NOT_RECEIVED.search(clause):
            borne = bearing.of(clause, sentence, self.about, _BUT_DENIED)  # a plan that has not arrived is still owed
        if borne.bearing is Bearing.HEARSAY and kinds == {"action plan"} and _CQC_ASKS.search(clause):
            borne = bearing.of(clause, sentence, self.about, _BUT_HEARSAY)
        if borne.bearing is Bearing.PROPOSED and kinds == {"action plan"} and _IS_OWED.search(clause):
            # "a report of what it will do" is an obligation that applies now
            borne = bearing.of(clause, sentence, self.about, _BUT_PROPOSED)
        if borne.bearing is Bearing.LIFTED and "admissions restricted" in kinds:
            borne = bearing.of(_CLOSED_TO.sub("barred to", clause), sentence, self.about)  # "closed to new residents" is a restriction
        # in a clause about a cancellation, "cancelled" means that CQC cancelled the registration, not that an action ended
        if borne.bearing is Bearing.LIFTED and "cancellation" in kinds:
            borne = bearing.of(_END_OF_REGISTRATION.sub("struck", clause), sentence, self.about)
        return borne

    def _stated(self, kind: str, used: re.Pattern[str], stage: Stage, number: int, sentence: Sentence, clause: str) -> None:
        """Decides what a clause about this service says about one power."""
        none_stands = _NONE_STANDS.search(clause) is not None
        stands = bearing.STANDS.search(clause) is not None and not none_stands
        stage = Stage.LIFTED if none_stands and stage is Stage.TAKEN else stage
        if stage is Stage.LIFTED and kind == _UNNAMED and not _ENDED.search(clause):
            self._decided(sentence, "no more than a word of it", left_aside=True)
        elif stage is not Stage.TAKEN:
            self._add(kind, stage, number, sentence, clause, stands)
        elif stands and _EARLIER_ONE.search(clause):
            self._decided(sentence, "an earlier one", left_aside=True)
        elif kind == "suspension" and self._is_of_ratings(number, clause):
            self._decided(sentence, "the ratings are suspended", left_aside=True)
        elif kind == "suspension" and not _IS_SUSPENDED.search(clause) and not sentence.heading and ":" not in clause:
            self._decided(sentence, "", left_aside=False)  # something other than the service may be suspended
        elif kind in CHARGED and is_anothers(clause, self.about.names):
            self._decided(sentence, "somebody else is charged or fined", left_aside=True)
        elif kind in CHARGED and is_unknown(clause, self.about.names):
            self._decided(sentence, "", left_aside=False)
        elif stands or used.search(clause) or (_ELIDED.match(clause) and used.search(sentence.plain)) or _speaks_in_place(sentence, clause):
            self._add(kind, stage, number, sentence, clause, stands)
        elif kind in _OTHERS_TOO:
            self._decided(sentence, f"{kind}, as others have it too", left_aside=True)
        else:
            self._decided(sentence, "", left_aside=False)

    def _is_of_ratings(self, number: int, clause: str) -> bool:
        """Whether "they are suspended" is about ratings. If the two sentences before also contain something else that can be
        suspended, such as a registration, this is not known, and the result is false."""
        before = " ".join(one.plain for one in self.read[max(number - 2, 0) : number])
        return bool(_THEY_ARE.match(clause) and _RATINGS.search(before) and not _CAN_BE_SUSPENDED.search(before))

    def _conditions_below(self, number: int, heading: Sentence) -> None:
        """Reads the conditions below a heading "Conditions of registration". CQC has imposed these conditions. Conditions that
        every registration has are left out."""
        if not _OF_REGISTRATION.search(heading.plain):
            return
        for below, sentence in enumerate(self.read[number + 1 :], number + 1):
            if sentence.heading or sentence.section != heading.plain:
                return
            if _OBLIGES.search(sentence.plain) and not _STANDING.search(sentence.plain) and not _named(sentence.plain):
                self._add("conditions", Stage.TAKEN, below, sentence, sentence.plain, stands=False)

    def _is_tag(self, number: int) -> bool:
        """Whether a heading has no text below it. Such a heading is a statement by itself, like a tag."""
        following = self.read[number + 1] if number + 1 < len(self.read) else None
        return "notices" not in self.read[number].plain and (following is None or following.heading)

    def _is_answered(self, number: int) -> bool:
        """Whether the line below a label says what was done, or that nothing was done."""
        following = self.read[number + 1] if number + 1 < len(self.read) else None
        return following is not None and (bool(_named(following.plain)) or _AN_ANSWER.match(following.plain) is not None)

    def _completes(self, number: int, clause: str) -> bool:
        """Whether a clause says that what the clause before mentions was done: a threat came true, a plan was asked for, or a number
        is put right."""
        threatened = self.before_of in (Bearing.CONDITION, Bearing.GENERAL, Bearing.PROPOSED)
        asks = all(one.kind == "action plan" for one in self.before) and worded.asks_for_its_own(clause)
        came_true = worded.came_true(clause, self.rule, threatened=threatened)
        return asks or came_true or (number > 0 and worded.corrects(self.read[number - 1].plain, clause))

    def _says_whether_met(self, number: int, sentence: Sentence, clause: str) -> bool:
        """Reads a clause that says whether the notice that was checked had been met. Returns False for any other clause."""
        if NOT_MET.match(clause):
            for one in self.before:
                self._add(one.kind, Stage.TAKEN, number, sentence, clause, stands=True)
            return True
        if not WAS_MET.match(clause):
            return False
        self.checked = False
        for kind in {one.kind for one in self.before} & {one.kind for one in self.found if one.stage is Stage.TAKEN}:
            self._add(kind, Stage.LIFTED, number, sentence, clause, stands=False)
        return True

    def _refers_back(self, number: int, sentence: Sentence, clause: str) -> None:
        """Decides what is stated by a clause that mentions no power but refers back to the power in the previous clause."""
        if self.checked and self._says_whether_met(number, sentence, clause):
            return
        if self._completes(number, clause):
            for one in self.before:
                self._add(one.kind, Stage.TAKEN, number, sentence, f"{self.read[number - 1].plain} {clause}", stands=False)
            self.before_of = Bearing.NOW
            return
        if _OF_ITS_OWN_WILL.search(clause):
            kinds = {one.kind for one in self.before}
            self.found = [one for one in self.found if one.number < number - 1 or one.kind not in kinds]
            self._decided(sentence, "of the provider's own will", left_aside=True)
            return
        if self._is_done_or_dropped(number, sentence, clause):
            return
        stage = self._stage_of_what_was_named(sentence, clause)
        if stage is None and self.rule == THE_PROVIDER and bearing.STANDS.search(clause) and _TO_CQC.search(clause):
            stage = Stage.TAKEN  # as in "Three were removed at its request. The fourth, to send us audits, remains."
        if stage is None and self.before_of in (Bearing.NOW, Bearing.PROPOSED) and _CONTESTED.search(clause):
            # no field of the reading is for appeals, but somebody should know about an appeal
            self._decided(sentence, "", left_aside=False)
            return
        for one in self.before if stage else ():
            self._add(one.kind, stage or Stage.TAKEN, number, sentence, clause, stands=stage is Stage.TAKEN)

    def _is_done_or_dropped(self, number: int, sentence: Sentence, clause: str) -> bool:
        """Whether a clause says that CQC has done what it can do in general, or has dropped what it proposed; reads it if so."""
        if self.before_of is Bearing.GENERAL and general.DONE_SO.fullmatch(clause.rstrip(" .")):
            for one in (one for one in self.before if one.kind == "fine" or "paid" not in clause):
                self._add(one.kind, Stage.TAKEN, number, sentence, clause, stands=False)
            return True
        if self.before_of is Bearing.PROPOSED and general.PROPOSAL_ENDED.search(clause):
            self._end_proposals(sentence)
            return True
        return False

    def _end_proposals(self, sentence: Sentence) -> None:
        """Drops the proposals that the previous clauses mention, since CQC has withdrawn them."""
        kinds = {one.kind for one in self.before}
        self.found = [one for one in self.found if one.stage is not Stage.PROPOSED or one.kind not in kinds]
        self._decided(sentence, "a proposal withdrawn", left_aside=True)

    def _stage_of_what_was_named(self, sentence: Sentence, clause: str) -> Stage | None:
        said = bearing.of(clause, sentence, self.about)
        borne, stands = said.bearing, bearing.STANDS.search(clause) is not None
        if stands and said.rule == bearing.AN_EARLIER and self.before_of is Bearing.PAST and not sentences.speaks_of_earlier(clause):
            # as in "We had served a notice. It had not been met", where this inspection found that the notice is still in force
            return Stage.TAKEN
        if (_NEVER_SENT.search(clause) and not _A_FURTHER_ONE.match(sentence.plain)) or (borne is Bearing.LIFTED and not stands and self._may_undo(clause)):
            return Stage.LIFTED
        issued = _ISSUED_ONE.match(clause)
        if borne is Bearing.NOW and issued and self.before_of is not Bearing.OTHERS and (issued["one"] or "impos" in issued[0] or self.before_of is not Bearing.PROPOSED):
            return Stage.TAKEN  # as in "We did not serve a notice last time. We have served one now."
        if self.before_of is Bearing.PROPOSED and borne in (Bearing.NOW, Bearing.PROPOSED) and _ADOPTED.search(clause):
            return Stage.TAKEN
        if borne is not Bearing.NOW or (self.before_of in _NOT_USED and not _STANDS_FIRM.search(clause)) or self.before_of is Bearing.OTHERS:
            return None
        anew = _ANEW.search(clause) is not None and _GIVEN_NOW.search(clause) is not None
        in_force = self.before_of in (Bearing.NOW, Bearing.LIFTED) and (anew or _IN_FORCE.search(clause) is not None)
        return Stage.TAKEN if stands or in_force else None

    def _may_undo(self, clause: str) -> bool:
        """Whether, according to a clause that refers back, the earlier action has ended."""
        held = self.before_of in (Bearing.NOW, Bearing.LIFTED, Bearing.PAST)
        return held and _UNDONE.search(clause) is not None and not _HOME_CLOSED.search(clause)

    def _add(self, kind: str, stage: Stage, number: int, sentence: Sentence, clause: str, stands: bool) -> None:
        anew = _ANEW.search(clause) is not None or (stage is Stage.LIFTED and _EARLIER_ONE.search(clause) is not None)
        day = bearing.day_of(clause) or bearing.day_of(sentence.plain)
        self.found.append(_Found(kind, stage, sentence, number, clause, day, anew, stands))
        self._decided(sentence, f"{kind} {stage}", left_aside=False, fact=True)

    def _decided(self, sentence: Sentence, rule: str, *, left_aside: bool, fact: bool = False) -> None:
        self.decisions.append(Decision(Topic.ENFORCEMENT, sentence.text, rule, fact=fact, left_aside=left_aside))


_NOT_HERE = tuple(rule for rule in bearing.RULES if rule.bearing in (Bearing.GENERAL, Bearing.CONDITION, Bearing.OTHERS))


# The year of what happened, as in "fined over a fall at the home in 2023". It is not the year of the fine.
_OF_INCIDENT = re.compile(r"(?P<why>\b(?:over|after|for|following|concerning|relating to|in connection with|that led to) [^;]{3,120}?)(?:,? (?:in|during|on|of) (?:\d{1,2} )?(?:[a-z]{3,9} )?20\d\d\b)+")
# as in "it remains in special measures", "its rating of inadequate stays as it is"
_OF_ELSE = re.compile(r"\b(?:remains?|stays?|is|are|continues? to be|kept)(?: (?:still|also|now|therefore))? (?:in|under) special measures\b|\brating\b[^,;]{0,40}\b(?:remains?|stays?|stands?|unchanged)\b")
_ELIDED = re.compile(r"(?:has|have) ")  # the subject of the clause is in the clause before
_LABEL_BEFORE = re.compile(r"(?:enforcement|regulatory action)(?: action)?: ")
_FINDING = re.compile(r"\b(?:identified|found|breach\w*)\b")
_ABOVE_TABLE = "the line above a report's table, in the heading above"
_AGREED = re.compile(
    r"\b(?:provider|owners?|company|home|service|practice|agency|manager|it|they) (?:(?:has|have|had|also|then|itself|now|voluntarily) )*(?:agreed|offered|undertaken|promised|(?:given|gave)(?: us)? (?:\w+ )?undertaking)\b(?!.*\bconditions?\b)"
)
_PART_OF_THEM = re.compile(r"\b(?:one|two|three|four|five|some|most|several|half|all but (?:one|two)) of (?:the|its|our|these|those) (?:\w+ )?(?:conditions|restrictions|notices)\b")
_TO_CQC = re.compile(r"\b(?:us|cqc|our|we)\b")
_WITH_THE_PROVIDER = re.compile(r"\b(?:together with|as well as|along with|alongside|and|jointly with) (?:(?:its|the|their) )?(?:company|provider|owners?|firm)\b|\bprosecuted by cqc\b")
# Only CQC can decide that a notice has been met.
_SAYS_SO = re.compile(
    r"\baccording to the (?:provider|owners?|manager|company|home)\b|\b(?:provider|owners?|manager|company) (?:\w+ )?(?:says?|said|told us|claims?|claimed|believes?|assured us|informed us|considers?|maintains?) (?:that )?(?:it|they|the|all|both)\b"
)
_BY_MEANS_OF = re.compile(r"(?:by )?(?:using|exercising|under|through|by means of) ")
# as in "We will publish the details when any appeal has ended", which does not mean that there is an appeal
_PUBLISHED_LATER = re.compile(
    r",?(?: and)?(?: (?:we|details?|information|this|which|it|of which|more|further|full|about (?:this|it)))*(?: (?:will|can|cannot|may|is|are|to|be|not|only))* (?:publish\w*|report(?:ed)?(?: on)?|made public)\b[^;]{0,60}?"
    r" (?:once|when|until|after|as soon as) [^;]{0,60}?\b(?:appeals?|representations|process|proceedings|action|case|investigation)\b[^;]*"
)

_OWN = (
    r"(?:registration|licen[cs]e|(?<!bus )(?<!minibus )(?<!telephone )(?<!phone )(?<!transport )(?<!laundry )(?<!catering )(?<!delivery )(?<!postal )(?<!internet )service"
    r"|provider|home|agency|practice|clinic|surgery|location|hospital|hospice|company|operations?)"
)
_IS_SUSPENDED = re.compile(
    rf"(?:^|[,;:] |\b(?:and|but|so|that|because|when|as|while|until) )(?:(?!(?:at|in|to|of|for|from|with|by|on|near|who|which|that)\b)[\w'-]+ ){{0,4}}?(?:{_OWN}|it|they|which|court|lodge|house|hall|manor|grange|view|ltd|limited)"
    r"(?: (?:of|for|in respect of) [\w' ]{2,40}?)?(?:,? (?:has|have|had|was|were|is|are|been|being|now|also|therefore|then|temporarily|immediately|formally|urgently|still|remains?|stays?|itself|duly))+(?: suspended| under suspension| subject to)\b"
    rf"|\bsuspen(?:d|ds|ded|ding|sion of) (?:(?:the|this|its|their|our|a|urgent|current) )*(?:[\w']+'s? )?(?:{_OWN}|it|them)\b(?! (?:staff|manager|nurse|contract|account)\b)"
    r"|\b(?:we|cqc|commission|the regulator|urgent\w*|section|notice|order|court order|magistrates?|tribunal|registration|act)\b"
)
_OF_REGISTRATION = re.compile(r"\bconditions? (?:of|on) (?:the |its )?registration\b")
_OBLIGES = re.compile(r"\b(?:must|shall|may not|may only)\b")
# Conditions that nearly every registration has: about the number of people, the place, the activity, and a registered manager.
_STANDING = re.compile(
    r"\bmaximum\b|\b(?:no|not (?:\w+ ){0,2}) ?more than\b|\bup to \d|\bonly (?:accommodate|provide|be carried on)\b|\bmanaged by\b|\bregistered (?:as a )?manager\b"
    r"|\bcarried on (?:only )?(?:at|from|by)\b|\bnot provide nursing care\b|\bfollowing locations?\b|\bat or from\b|\bstatement of purpose\b"
)
_ISSUED_ONE = re.compile(
    r"(?:(?:and|but|so|now|this time|today|however|since then|at this inspection),? )*(?:we|cqc) (?:have |has )?(?:(?:now|also|since|therefore|today|this time) )*"
    r"(?:issued|served|(?:re-?)?imposed|reinstated|sent) (?:(?P<one>one|two|three)|it|them|th(?:is|ese)(?: (?:condition|notice)s?)?)\b(?! (?:of|in error|by mistake|back)\b)"
    r"|(?:(?:and|then|later|have|has|duly|now) )*(?:issued|served|(?:re-?)?imposed|reinstated|sent) (?:it|them|the notices?)(?=$|[.,;]| (?:on|to|in|at|again|this|today)\b)"
)
_LABEL_OF_A_DEED = re.compile(r"(?:enforcement|regulatory|legal) actions? taken")
_AN_ANSWER = re.compile(r"(?:none|no|nil|not|never|0|n/a|-|date|type|number|yes|there (?:is|are|was|were))\b|[-–—]$")
_A_FURTHER_ONE = re.compile(r"(?:another|an? (?:second|third|further|other|new|additional)|one more)\b")
_THAT_NOTICE = re.compile(r"(?:that|those|this|these|the|both|neither) notices? ")
_OPENS_WITH_A_TIME = re.compile(r"^(?:when|at|by|on|in|after|during|following|since|once) [^,;]{2,60}?,? (?=(?:it|they|these|those|this|that|both|all|neither|none|the (?:\w+ )?(?:notices?|conditions?)(?: (?:about|on|for|concerning|relating to) [^,;]{2,40}?)?) (?:had|has|have|was|were|is|are)\b)")
_CONTESTED = re.compile(
    r"\b(?:has|have|is|are) (?:\w+ )?(?:appeal(?:ed|ing)|lodged an appeal|made (?:an appeal|representations)|challeng(?:ed|ing)|contest(?:ed|ing))\b"
    r"|\bappeal (?:is|has|will|against)\b|\bmay (?:still )?(?:appeal|make representations)\b|\bright of appeal\b"
)
# as in "We proposed to cancel it. In October we adopted the proposal."
_ADOPTED = re.compile(r"\b(?:we|cqc|the commission) (?:have |has )?(?:now |since |then |therefore |formally )*(?:adopted|confirmed|went ahead with|gone ahead with|proceeded with|carried out) (?:the|our|this|that|its) (?:notice of )?(?:proposal|decision)\b")
_NOT_USED = frozenset({Bearing.GENERAL, Bearing.CONSIDERED, Bearing.CONDITION})
_STANDS_FIRM = re.compile(r"\bin (?:force|place|effect)\b|\bstands?\b|\bappeal")
_OF_ITS_OWN_WILL = re.compile(
    r"^(?:this|it|that|the (?:agreement|decision|step|pause|stop)) (?:was|is|had been|has been) (?:(?:an?|the|entirely|wholly|made|taken|purely) )*"
    r"(?:voluntar\w+|(?:its|their|the provider's) own\b|of (?:its|their) own\b|not (?:something )?(?:imposed|required|ordered))"
)
_HOME_CLOSED = re.compile(r"\b(?:home|service|location|practice|it) (?:has |is |was )?(?:now |since )?closed\b")
_NEVER_SENT = re.compile(r"^(?:was |were |it was |they were |has |have )?(?:never|not) (?:been |yet )?(?:sent|served|issued|used|pursued|imposed|made|taken)\b")
_NOT_RECEIVED = re.compile(r"\b(?:ask\w*|request\w*|requir\w*|due)\b.*\bnot (?:(?:yet|been) )*(?:received|sent|provided|submitted|returned|arrived)\b")
_CLOSED_TO = re.compile(r"\bclosed to\b")
_NOT_ADMITTED = re.compile(r"\bnot (?:to )?(?:admit|take|accept|allow\w*)\b")
_BUT_DENIED = tuple(rule for rule in bearing.RULES if rule.bearing is not Bearing.DENIED)
_BUT_HEARSAY = tuple(rule for rule in bearing.RULES if rule.bearing is not Bearing.HEARSAY)
_CQC_ASKS = re.compile(r"\b(?:we|cqc|inspectors|(?:the )?(?:regulator|commission|watchdog)) (?:has |have )?(?:(?:now|also|since|therefore) )*(?:asked|called for|required|requested|told|demanded|instructed|wants?)\b|\baction plan (?:(?:has|have|had|was|is) )(?:\w+ )?(?:been )?(?:called for|demanded|requested|asked for|required)\b(?! by (?!us\b|cqc|inspectors|the (?:commission|regulator)))")
_BUT_PROPOSED = tuple(rule for rule in bearing.RULES if rule.bearing is not Bearing.PROPOSED)
_IS_OWED = re.compile(r"\bask(?:ed|ing|s)? (?:[\w ]{0,40} )?for (?:an? |the )?(?:\w+ )?(?:plan|report)\b|\b(?:must|(?:is|are|been|was|were) (?:\w+ )?(?:required|asked|told|ordered) to|(?:we|cqc) (?:have |has )?(?:asked|required|told|ordered))\b.{0,60}?\b(?:send|submit|provide|give|write|tell|report)\b")
_GIVEN_NOW = re.compile(r"\b(?:re-?imposed|reinstated|re-?applied|issued|served|given|sent|imposed|made|took|taken|handed|received|added|placed)\b")
_IN_FORCE = re.compile(r"\b(?:apply|applies|are in (?:place|force)|is in (?:place|force)|were imposed by us|was imposed by us|(?:stays?|remains?)(?: (?:from|in(?! special measures)|until|by|so|on)\b|$))")


def _speaks_in_place(sentence: Sentence, clause: str) -> bool:
    """Whether a line contains little more than the name of a power: a tag, a table cell, or an item in a list of actions
    taken."""
    return len(clause.split()) <= 6 and (sentence.heading or bool(sentence.lead) or len(sentence.plain.split()) <= 4)


@lru_cache(maxsize=1024)  # several rules ask about the same sentence, and CQC writes the same sentences on many pages
def _named(clause: str) -> tuple[tuple[Power, re.Pattern[str]], ...]:
    """The powers in a clause. Unspecified action is included only if the clause contains no specific power."""
    found = [(power, used) for power, named, used in _NAMED_PATTERNS if named.search(clause)]
    if any(power.kind == "suspension" for power, _ in found) and _RATING.search(clause) and "regist" not in clause:
        found = [pair for pair in found if pair[0].kind != "suspension"]
    kinds = {power.kind for power, _ in found}
    if kinds - {_UNNAMED}:
        found = [pair for pair in found if pair[0].kind != _UNNAMED]
    if {"conditions", "cancellation"} <= kinds and not re.search(r"\bcancel|deregist|struck|section 30|revok|terminat", clause):
        found = [pair for pair in found if pair[0].kind != "cancellation"]
    if {"admissions restricted", "conditions"} <= kinds:
        found = [pair for pair in found if pair[0].kind != "admissions restricted"]
    return tuple(found)


def _resolved(found: Sequence[_Found], read: Sequence[Sentence]) -> Iterator[Enforcement]:
    """The enforcement that results from all clauses together. For example, a notice that was lifted after it was served is not
    in force."""
    seen: dict[tuple[str, Stage, str], Enforcement] = {}
    for one in found:
        if one.stage is Stage.TAKEN and any(_lifts(other, one) for other in found):
            continue
        quote = _with_regulation(read, one.number)
        seen.setdefault((one.kind, one.stage, quote), Enforcement(kind=one.kind, quote=quote, stage=one.stage))
    yield from seen.values()


def _lifts(lifted: _Found, taken: _Found) -> bool:
    if lifted.stage is not Stage.LIFTED or lifted.kind != taken.kind or lifted is taken:
        return False
    if lifted.day and taken.day and lifted.day != taken.day:
        return lifted.day > taken.day
    if taken.stands or taken.anew or lifted.anew:
        return False
    return lifted.number >= taken.number


# The table at the end of a report on a practice or hospital has the heading "Requirement notices".
_NOTICES = re.compile(r"^requirement notices?$")
_TABLE_SAYS = re.compile(r"^action we have told the provider|^the table below shows")
_TOOK = re.compile(r"^the enforcement action we (?:took|have taken)")


def _with_regulation(read: Sequence[Sentence], number: int) -> str:
    """The sentence to quote. In a report's table, the line "The enforcement action we took:" may be above this sentence. If so,
    the sentence above that line is quoted too, since it contains the regulation, and two notices would look the same without
    the regulation."""
    quote = read[number].text
    if number < 2 or not _TOOK.search(read[number - 1].plain) or "regulation" not in read[number - 2].plain:
        return quote
    return f"{read[number - 2].text} {read[number - 1].text} {quote}"
