"""CQC's enforcement powers: the words for each power, and the words that show that CQC used it."""

from typing import Final, NamedTuple


class Power(NamedTuple):
    """An enforcement power. `named` has the words for the power, and `used` has the words that show that CQC used it. Both
    patterns are searched in the plain form of a clause."""

    kind: str
    named: str
    used: str
    example: str


_GIVEN = (
    r"(?:issu(?:ed?|es|ing)|serv(?:ed?|es|ing)|handed|hand(?:s|ing)|sent|sends?|sending|gave|given|giving|gives|made|making"
    r"|received?|receiv(?:es|ing)|got|gets|took|taken|taking|takes|us(?:ed|ing)|appl(?:ied|ying|y|ies)|hit with|slapped|subject"
    r"|under|in (?:place|force|effect)|with effect|took effect|gone|went|led|lead(?:s|ing)|result(?:s|ed|ing)?"
    r"|follow(?:s|ed|ing)?|prompt(?:s|ed)|means?|meant|against|dated|until|since|must|has|have|holds?|faces?|facing|because|after"
    r"|for|by|from|on|to|about|under|regulation|two|three|four|five|six|an?|another|further|second|the|this|these|its"
    r"|accept(?:ed|s)?|paid|pay|was|were|is|are)"
)
_IMPOSED = (
    r"(?:(?:came|comes?|coming) into (?:force|effect)|imposition|tied|bound|new|bound by|(?:re-?)?impos(?:ed?|es|ing)"
    r"|plac(?:ed?|es|ing)|add(?:ed|s|ing)?|attach(?:ed|es|ing)?|var(?:ied|y|ies|ying)|appl(?:ied|y|ies|ying)|set"
    r"|introduc(?:ed|es|ing)|in (?:place|force|effect)|subject to|under|took effect|takes? effect|with effect|gone on|put|must"
    r"|requir(?:es?|ed|ing)|means?|prevent\w*|order(?:ed|s)?|restrict\w*|carries|tighten\w*|agreement|decision|urgent\w*|caps?"
    r"|capped|limits?|limited|bars|forbids|replaced|substituted|propos\w+|stand|stay|remain)"
)

POWERS: Final[tuple[Power, ...]] = (
    Power("warning notice",
          r"\b(?<!floor )(?<!fire )(?<!safety )(?<!hazard )warning notices?\b|\bsections? 29a?\b(?! of the (?:care|mental))"
          r"|\bs\.? ?29a?\b|\bwns?\b",
          rf"\b{_GIVEN}\b|:|\d|^warning notice$",
          "A section 29A warning notice has gone to the trust."),
    Power("requirement notice", r"\b(?<!welfare )requirements? notices?\b", rf"\b{_GIVEN}\b|:|\d|^requirements? notice$",
          "The practice was given two requirement notices."),
    Power("fine",
          r"\bfixed[- ]penalt(?:y|ies)\b|\bfpns?\b|\bpenalty notices?\b|\bfined\b|\bfines\b"
          r"|\b(?:an?|the|pay|paid) (?:\w+ )?fine\b(?= (?:of|for|was|is|has|to|from|because|by|imposed|under|a|that|which|we)\b"
          r"|[.,;]|$)|\bfine (?:of|for)\b|\bpa(?:y|id) (?:us|cqc)\b.{0,30}\bpenalt(?:y|ies)\b|\bpenalty of £ ?\d{3}"
          r"|\bpenalty of £ ?\d+,\d|\bfinancial penalt(?:y|ies)\b|\bordered to pay\b",
          rf"\b{_GIVEN}\b|\bfined\b|:|£|\d|ordered to pay",
          "A fixed penalty notice was issued to the provider."),
    Power("prosecution",
          r"\bprosecut\w+\b|\b(?:we|cqc|commission|regulator) (?:(?:have|has|are|is|now|also) )*(?:taken|took|taking) "
          r"[\w' ]{2,40}? to court\b|\bsummons(?:es)? (?:has |have |was |were )(?:\w+ )?(?:issued|served|taken out)\b"
          r"|\b(?:issued|served|taken out|took out) (?:\w+ )?summons(?:es)?\b"
          r"|\bcriminal (?:charges?|proceedings|case|summons\w*|offences?|courts?)\b"
          r"|\bcharg(?:ed|es|ing) (?:by \w+ |(?!people\b|residents\b|patients\b|fees\b|for\b)[\w'&-]+ (?:[\w'&-]+ ){0,7}?)?"
          r"(?:with (?!dementia)|over |in connection with |following the death)"
          r"|\bcharges? (?:(?:has|have|was|were|that|which|we|cqc) ){0,4}(?:been )?(?:laid|brought|filed)\b(?! down)"
          r"|\bcharged following an? (?:\w+ )?(?:investigation|inquiry)\b|\bcharged (?:under (?:section|regulation)|by cqc)\b"
          r"|\b(?:laid|lay|laying|filed|preferred) (?:[\w-]+ ){0,3}?charges\b|\bconvicted\b|\bpleaded guilty\b|\bfound guilty\b"
          r"|\bsentenced\b|(?<!applied to the )(?<!applied to a )(?<!application to the )(?<!appealed to the )"
          r"(?<!appeal to the )\bmagistrates'? court\b(?! (?:for|made|granted|to|and asked for) (?:\w+ ){0,3}?"
          r"(?:orders?|suspend|cancel))",
          r"\bprosecut(?:ed|ing|es)\b|\bsummons(?:es)?\b|\bto court\b|\b(?:we|cqc|commission) (?:has |have )?"
          r"(?:charges|charged)\b|\bprosecution (?:of|against|followed|is under ?way|has (?:begun|started)"
          r"|was (?:brought|successful)|began|brought|by cqc)\b"
          r"|\b(?:a|brought|began|begun|started|successful|our|cqc's|following|led to|resulted in|is facing|faces) "
          r"(?:\w+ )?prosecution\b"
          r"|\bcharged\b|\bcharges? (?:that |which )?(?:have been|has been|were|was|are|we have|cqc has|laid|brought|against)\b"
          r"|\b(?:brought|laid|filed|preferred) (?:[\w-]+ ){0,3}?charges\b|\bconvict(?:ed|ion)\b|\bguilty\b|\bsentenced\b"
          r"|\bproceedings (?:against|have|are|were|began)|\b(?:began|begun|brought|started|issued|commenced|opened|taken|laid"
          r"|launched) (?:\w+ )?(?:criminal )?(?:proceedings|charges|summons)|appear\w* (?:before|in|at)"
          r"|\b(?:hearing|trial|case) (?:is|was|has been|will be) (?:\w+ )?(?:listed|heard|due)\b|:",
          "CQC prosecuted the provider."),
    Power("caution",
          r"\b(?:simple|formal|criminal) cautions?\b|\baccept(?:ed|s|ing)? a (?:\w+ )?caution\b"
          r"|\b(?:issued|given|gave|received|administered|offered) (?:\w+ ){0,4}?(?:an? )?cautions?\b"
          r"|\bcautioned (?:the|it|elm|by|over|for|under)\b|\b(?:we|cqc|regulator|commission|watchdog) (?:has |have )?"
          r"(?:\w+ )?cautioned\b(?! that\b)|^cautions?\b|\bwas cautioned\b|\bcautions? (?:has|have|was|were|for|under)\b",
          r".", "The provider accepted a simple caution."),
    Power("action plan",
          r"\b(?:required|asked|told) to (?:submit|send|provide|give) (?:us |cqc )?a (?:written )?report "
          r"(?:under|in accordance with|pursuant to) regulation 17\b"
          r"|\b(?:required to|asked to|told to|must) tell us(?: in writing)?,? (?:[\w,]+ ){0,8}?how\b.{0,60}?"
          r"\b(?:put right|put (?:this|these|that|things|it|them|matters)(?: \w+)? right|improve|comply|meet)\b"
          r"|\b(?:must|has to|have to|required to) (?:by law )?(?:send|give|write to|tell) us\b.{0,60}?\b(?:what|how|which) "
          r"(?:(?:actions?|steps|improvements) )?(?:it|they|the provider) (?:will|would|intends?|plans?|(?:is|are) going)\b"
          r"|\baction plans?\b"
          r"|\bplan (?:of|for) (?:the )?(?:actions?|steps|improvements?)\b"
          r"|\bplan (?:showing|setting out|to show|saying|(?:of|for|on|about) (?:how|what)|explaining)\b"
          r"|\bimprovement plan\b"
          r"|\breport to (?:us|cqc|the regulator) (?:\w+ ){0,3}?on (?:the|what|which) (?:actions?|steps|improvements)\b"
          r"|\breport (?:by \d[\w ]{4,25} )?(?:that says|saying|setting out|showing|to say|of|on|about) (?:what|the|which) "
          r"actions?\b",
          r"\b(?:ask(?:ed|ing|s)?|request(?:ed|ing|s)?|demands?|requir(?:ed|ing|es?)|told|instruct(?:ed|ing)|direct(?:ed|ing)"
          r"|order(?:ed|ing)?|demand(?:ed|ing)|given until|calls? for"
          r"|must (?:now |by law )?(?:send|submit|provide|give|produce|tell)|called for"
          r"|has to (?:by law )?(?:send|submit|provide|give|tell)|want|due|owe[sd]?|report on)\b"
          r"|:",
          "We have asked the provider for an action plan."),
    Power("admissions restricted",
          r"\bnot provide (?:[\w-]+ ){1,4}?to (?:any |further |more )+(?:new )?(?:service users?|people|persons?|clients?"
          r"|patients?|customers?)\b|\bclos(?:ed|ing|es) (?:[\w']+ ){0,4}?to (?:(?:all|any|new|further|more) )*"
          r"(?:admissions?|residents|people|patients)\b|\bnot (?:to )?(?:admit|take in)\b"
          r"|\bnot (?:\w+ )?allow(?:ed|ing)?\b.{0,40}\b(?:take|admit|accept)\b.{0,20}\b(?:new|any(?:one|body)|residents|people"
          r"|admissions)\b|\bnot (?:to )?(?:take|accept)(?: on| in)? (?:(?:any|more|any more|other|further) )?"
          r"(?:new|anyone|anybody|people|persons?|residents?|patients?|referrals?|placements?|admissions?|packages?|clients?"
          r"|more (?:people|residents|patients))\b|\b(?:restrict\w*|stop\w*|ban(?:ned|s|ning)?|halt\w*|suspen\w+|limit\w*"
          r"|prevent\w*|prohibit\w*|forbid\w*|forbade|barr\w*|freez\w*|froze\w*|capp?\w*|not (?:to )?(?:admit|take|accept)"
          r"|must not|cannot|may not|no(?:body| one)?(?: else)?|without our|only with our|pause\w*|end)\b.{0,80}?"
          r"\b(?:admissions?|admit\w*|new (?:residents?|people|patients?|packages?|referrals?|placements?|clients?|service users?"
          r"|customers?)|(?:else|nobody|new|no one) (?:new )?(?:may|can) (?:move|be admitted|come|live|join|stay)|placements?)\b"
          r"|\badmissions? (?:\w+ ){0,4}?(?:restrict\w*|stopp\w*|suspend\w*|banned|halted|limited|closed|frozen|paused"
          r"|not (?:be )?allowed|need\w* our|require\w* our|are (?:only )?(?:allowed|possible) with)\b"
          r"|\b(?:nobody|no one|no person) (?:else |new )?(?:may|can) (?:move|be admitted|come|live|join|stay)\b"
          r"|\b(?:ban|embargo) on\b.{0,20}\badmi\w+"
          r"|\badmissions (?:stop|ban|freeze)\b",
          r"\b(?:we|cqc|commission|regulator|watchdog|inspectors|urgent|us|section 31|imposed|order(?:ed|s)?|restricted|stopped"
          r"|told|notice|banned|our (?:written )?(?:agreement|consent|permission|approval|say[- ]so)|must (?:still |now )?not"
          r"|no new|may not|restriction|effect|suspended|prevent\w*|prohibit\w*|forbid\w*|forbade|condition\w*)\b|:",
          "CQC has stopped admissions to the home."),
    Power("conditions",
          r"\bconditions?\b(?=.{0,120}\b(?:registration|impos\w*|var(?:y|ied)|urgent|cqc|provider|section|place|force|effect"
          r"|appl\w*|admi\w*|notice|appeal\w*|lift\w*|remov\w*|restrict\w*|we|us|our|20\d\d|comply|complied|met|proposed"
          r"|must stay|must remain)\b|$)|(?<=registration )conditions?\b|\bpropos\w+ (?:\w+ )?conditions\b"
          r"|\b(?:(?:the|both|all|these|those|its|our|two|three|\d) (?:\w+ )?conditions? (?:stays?|remains?|stands?|continues?)"
          r"|(?:but|and|while) (?:its )?conditions (?:stay|remain|stand|continue)|^conditions (?:stay|remain|stand))"
          r"(?= in (?:place|force)|[.,;]|$)|\b(?:lift|remov|re-?impos|reinstat|re-?appl)\w* "
          r"(?:(?:the|all|both|these|those|its|our|two|three|four|some|of|remaining|other|last) ){1,3}conditions?\b"
          r"|\b(?:registration|provider|urgent|impos\w+|section 31)\b.{0,100}\bconditions?\b"
          r"|\brestrictions? (?:on|have been|has been|were|was) (?:\w+ ){0,4}?(?:registration|imposed|placed)\b"
          r"|\brestricted? (?:the|its|their) registration\b|\bvar(?:ied|ying|y) (?:the|its|their) "
          r"(?:provider's |home's |service's )?registration (?:of (?:the|this) \w+ )?(?:to|so that) "
          r"(?!remove|take|add|include|increase|allow)\w+|\b(?:requirements?|restrictions?|limits?) (?:on|to) (?:the|its|their) "
          r"(?:provider's |home's |service's )?registration\b",
          rf"\b{_IMPOSED}\b|\b(?:made|made it|become|became|now|is|are) (?:\w+ )?an? (?:legal |urgent |formal )?conditions? of\b"
          rf"|\b(?:we|cqc|the regulator) (?:have |has )?(?:\w+ )?(?:amended|changed|tightened|extended|re-?imposed)\b"
          rf"|\b(?:we|cqc) .{{0,80}}\bas an? (?:new )?condition of\b|:",
          "We imposed urgent conditions on the provider's registration."),
    Power("suspension",
          r"\b(?:lift|re-?impos|reinstat)\w* (?:the|this|its|our) suspension"
          r"\b(?! (?:of|on) (?:admi|plac|visit|the rating|its rating|rating))"
          r"|\bsuspen(?:d(?:ed|s|ing)?|sions?)\b(?=.{0,90}\b(?:registration|registered|section|services?|homes?|provider|location"
          r"|agency|practice|surgery|clinic|hospital|operat\w+|licen[cs]e|until|weeks?|cqc|act|months?|trading|regulated|urgent"
          r"|notice|effect|lifted|force|place)\b)"
          r"|\b(?:registration|service|provider|home|agency|practice|clinic|surgery|location|licen[cs]e)\b.{0,60}\bsuspen(?:ded"
          r"|sion)\b",
          r"\b(?:suspended|suspends|suspending|to suspend|suspension (?:of|takes|took|runs|is|was|has|came|lasts|under|in|until"
          r"|from|for|order|notice)|(?:a|an|urgent|immediate|temporary|the|under|subject to|this) (?:\w+ )?suspension"
          r"|notice of suspension)\b|:",
          "The home's registration was temporarily suspended."),
    Power("cancellation",
          r"\bcancel\w*\b.{0,120}\bregist\w+\b|\bregist\w+\b.{0,120}\bcancel\w*\b"
          r"|\b(?:we|cqc|commission) (?:\w+ ){0,3}?de-?regist\w+\b|\bde-?registered by (?:us|cqc|the)\b"
          r"|\b(?:we|cqc) (?:\w+ ){0,3}?(?:took|taken) (?:away )?(?:[\w']+ ){1,4}registration(?: away|(?=[.,;]|$))"
          r"|\bdecision to cancel\b|\bsection 30\b|\bcancellation (?:still )?(?:stands|was upheld|has been upheld|takes effect"
          r"|took effect)\b|\bstruck off\b|\b(?:lost|loses|losing) (?:its|their) (?:licen[cs]e|registration)\b"
          r"|\bstripped (?:\w+ ){0,4}?of (?:[\w']+ ){1,4}?(?:registration|licen[cs]e)\b|\bstruck\b.{0,80}\bregist\w+"
          r"|\b(?:(?:we|cqc|commission) (?:\w+ ){0,3}(?:removed|taken|took) (?:\w+ ){1,4}|strike (?:\w+ ){0,4}"
          r"|\b(?:our|cqc's|enforcement|legal|urgent) (?:\w+ )?(?:action|decision|order|powers|proceedings)\b.{0,60}"
          r"\b(?:removed|taken) )(?:off|from) (?:the|our|its|cqc's) register\b"
          r"|\b(?:removed|taken) (?:off|from) (?:the|our|cqc's) register (?:\w+ ){0,6}?"
          r"(?:by (?:us|cqc|the \w+)|because|under section|after (?:we|cqc|an? appeal|the tribunal))\b"
          r"|\b(?:revok\w+|terminat\w+|withdr[ae]w\w*|remov\w+) (?:(?:the|its|their|\w+'s) ){0,4}registration\b"
          r"|\bregistration (?:\w+ ){0,4}?(?:revoked|terminated|withdrawn|removed)\b"
          r"|\bvar(?:y|ied) (?:the|its|their) (?:provider's )?registration (?:to|so as to|by|so that it) (?:remov|tak)"
          r"(?:e|es|ing)\b|\b(?:location|service|home) (?:was |has been |is )?removed as a condition of\b"
          r"|\bremov(?:ed|ing) (?:the|this) (?:location|service|home) as a condition of\b"
          r"|\b(?:remov\w+) (?:this|the) (?:location|home|service) from\b.{0,40}\bregist"
          r"|^(?:notice of )?cancellation(?=$|[.]|:? \(?(?:of (?:(?:the|its|this|our|\w+'s) )*"
          r"(?:provider|registration|location|service|home|company)\b|proposed|decided|issued|served|taken|upheld|confirmed"
          r"|in force|yes|since|from|on|with|under|by|\d))|\bcancellation orders?\b|\bappeal\w* (?:[\w'-]+ ){0,5}?against "
          r"(?:the |its |our )?cancellation\b|\b(?:have|has) (?:now )?(?:begun|started) (?:the |a )?(?:legal |formal )?process "
          r"(?:of|to) (?:prevent|stop|cancel|remov)\w*\b.{0,60}\b(?:operat\w+|provid\w+|regist\w+|carrying)"
          r"|\b(?:steps|action|proceedings|process) to (?:stop|prevent) (?:the |this )?"
          r"(?:provider|company|owners?|home|service|it|them) (?:from )?(?:running|operating|providing|carrying)\b",
          r"\b(?:cancelled|cancelling|cancels|lost|struck|stripped"
          r"|cancellation (?:still )?(?:stands|of|takes|took|has|was|is|under|order|notice)|deregistered|de-registered|struck off"
          r"|removed|taken (?:off|from)|took|taken(?=.*\baway\b)|revoked|terminated|withdrawn|withdrew|decision to cancel"
          r"|decided to cancel|process (?:of|to)|granted|order|against (?:the |its |our )?cancellation|to cancel|to remove)\b"
          r"|:",
          "We have cancelled the provider's registration."),
    Power("urgent action",
          r"\b(?:we|cqc|inspectors|regulator|watchdog|commission) (?:have |has )?(?:now |today )?"
          r"(?:shut [\w' ]{2,40}? down\b|(?:shut|closed) (?:down )?(?:the|this|it)\b)"
          r"(?: (?:home|service|agency|practice|clinic|surgery|hospital))?(?: down)?"
          r"|\b(?:home|service|agency|practice|clinic|surgery|hospital) (?:was|has been|is) (?:now )?(?:shut|closed)(?: down)? "
          r"by (?:the )?(?:cqc|care quality|regulator|watchdog|inspectors|us)\b|\b(?:we|cqc) (?:have |has )?(?:now |also )?"
          r"(?:taken|took|are taking|is taking) (?:\w+ )?action against (?:the|this|its) \w+\b"
          r"|\b(?:enforcement|regulatory) (?:\w+ ){0,2}?(?:action|measures|proceedings|powers|steps)\b"
          r"|(?:^|: )(?:urgent|immediate) (?:\w+ )?action (?:taken|against|under|to)\b"
          r"|\b(?:we|cqc|commission|inspectors) (?:\w+ ){0,4}?(?:urgent|legal|civil|immediate|formal|criminal|further) "
          r"(?:\w+ ){0,2}?(?:action|measures|proceedings|powers|steps)\b"
          r"|\benforcement\b(?! (?:polic|team|officer|option|agents?\b|bailiffs?))|\bsection 31\b|\burgent powers\b"
          r"|\bcourt orders?\b|\bcourt (?:for|made|granted|to make) (?:us )?an? (?:[\w-]+ ){0,2}?order\b"
          r"|\b(?:we|cqc) (?:\w+ ){0,3}?(?:applied|appl(?:y|ies)|applying) (?:\w+ ){0,3}?for an? "
          r"(?:urgent |interim |court )+order\b|\border (?:was |has been )?made (?:by|on)\b|\bnotices? of decision\b"
          r"|\b(?:formal|urgent|statutory|legal) notices?\b|\b(?:the|a|two|both|this|that) notices? "
          r"(?:relating|about|concerning|served|issued|under|has|have|had|was|were|remains?|of \d)|\bs\.? ?31\b",
          r"\b(?:shut|closed|obtained|secured|tak(?:en|ing|es)|took|us(?:ed|ing)|began|begun|started|under|in (?:place|force)"
          r"|subject|issued|served|being taken|has been|have been|was|were|against|led to|resulted in|followed|beg[au]n|opened"
          r"|launched|is under ?way|faces?|facing|ongoing|given|made|granted|stops|bars)\b|:",
          "We have taken urgent enforcement action against this service."),
)  # fmt: skip
"""All kinds of enforcement that this module finds. The last kind, "urgent action", is for action that CQC does not specify."""
