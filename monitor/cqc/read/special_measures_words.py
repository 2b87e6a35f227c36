"""The patterns with which `special_measures` divides and reads sentences, apart from its rules."""

import re

from monitor.cqc.read import moves

# Misspellings with a letter left out, doubled or in the wrong place are accepted: "special mesures", "special meaures"
SM = re.compile(r"\bspecial[ -]+(?:measures?|m(?:e|a|ae|ei|eas?)s{1,2}u?re?s?|meaures?|mearsures?|measuers?|mesaures?)\b")
# as in "In special measures? Yes"
ASKED_FIELD = re.compile(r"^(?:is (?:it|this \w+|the \w+) )?((?:in )?SM)\?:? (?=(?:yes|no)\b)")
DASHED_FIELD = re.compile(
    r"^((?:in |current )?SM(?: status)?) - (?=(?:entered|since|from|until|ended|lifted|left|placed|removed|yes|no|none|imposed"
    r"|applied|extended|in force)\b(?! longer))"
)
POINTS_BACK = re.compile(
    r"\b((?:out|free|rid|clear) of|from|in|into|under|(?:return(?:s|ed)?|back) to|re-?enter(?:s|ed|ing)?|applied"
    r"|(?:we|cqc) (?:are|is) (?:now |also )?(?:applying|using)|imposed|entered|left|leaves|leave|leaving|exited|exit|exiting|shed"
    r"|sheds|shaken off|cast off) (?:them|these(?=$|[,.])|(?:these|those) measures|(?:this|that) (?:status|"
    r"category|regime)|(?:the )?measures)\b"
)
THEY = re.compile(
    r"^(?:(?:so|today|now|and) )?(?:they|these|those) (?=(?:(?:now|also|have|has|are|were|will|will now|therefore) )*(?:been )?"
    r"(?:took effect|take effect|begin|began|start(?:ed)?|came into force|come into force|apply|applied|imposed|lifted|ended"
    r"|removed|extended|remain|stay|continue)\b)"
)
SO = re.compile(r"\b(remains?|remained|stays?|stayed|is still) (?:so|there)$")
OUT = re.compile(
    r"\b(?:taken|takes?|took|lifted|lifts|come|comes|came|moved|brought|brings)(?: it| the \w+)?(?: back)? "
    r"out(?=$| until\b| before\b| yet\b| again\b)"
)
NOW_OUT = re.compile(r"\b(is|are) (?:now |finally )?out$")
THERE = re.compile(
    r"\b(placed|put|kept|stays?|remains?|remain|stay|still)((?: it| the \w+)?) "
    r"there(?=$| (?:once|again|a second|at this|after|following|during|for|because)\b)"
)
THERE_STILL = re.compile(
    r"^(?:(?:it|the \w+) )?(?:will |must |is to )?(?:stays?|remains?) there "
    r"(?=(?:while|until|till|for|because|as|at least|pending)\b)"
)
OF_ANY_SERVICE = re.compile(r"^(?:an?|any|every|each|once|when|if|where) |\bservices\b")
WHERE_IT_STAYS = re.compile(
    r"^(?:and )?(?:(?:that|this) is|that's) where (?=(?:it|the \w+) )|^there (?=(?:it|the \w+) (?:\w+ )?(?:remains?|stays?)$)"
)
PUT_BACK = re.compile(
    r"^((?:(?:it|they|this \w+|the (?:service|home|practice|agency|hospital|surgery|location)) )?"
    r"(?:(?:has|have|was|were|now|since|again|been|just) )*"
    r"(?:(?:put|placed|gone|went|goes|sent|moved|taken|fallen|slipped) (?:straight |right )?back(?: in)?"
    r"|(?:is|are) (?:now |again )?back in))(?=$|[,;]| (?:again|today|this|last|after|following|within)\b)"
)
REIMPOSED = re.compile(
    r"^(?!.*\b(?:conditions?|restrictions?|notices?|visits?)\b)(?P<before>.*)\b(?:them|these|the measures) "
    r"(?=(?:re-?imposed|re-?applied|reinstated)\b)"
)
DONE_SO = re.compile(
    r"^(?:so )?(?:we|(?:the )?(?:care quality commission|cqc|commission)) (?:have|has|did)$"
    r"|^(?:and )?(?:(?:that|this|it) is|(?:that|this|it)'s) (?:(?:exactly|precisely|just) )?"
    r"(?:what|the (?:step|decision|action|course)) (?:we've |(?:we|cqc|the commission|the care quality commission) "
    r"(?:have |has )?|(?:have|has) )?(?:now |therefore )?(?:done|taken|took|did|happened|had to do|decided on)"
    r"(?: here| now| today| at this \w+| in this case| (?:to|for|with) this \w+)*(?=$|,)"
    r"|^(?:and |so )?(?:(?:we|cqc|it|the home|the service) )?(?:have|has) (?:now |therefore )?done (?:so|this|that)"
    r"(?: here| now| today| at this \w+| in this case| for this \w+)*$"
)
# as in "It would be placed in special measures if nothing changed. Nothing did, and it has been."
CAME_TRUE = re.compile(
    r"^(?:and |so )?(?:(?:now )?(?:it|this|(?:the|this) (?:home|service|practice|agency|hospital)) )?(?:now )?has(?: now)?"
    r"(?: been)?$"
)
CONDITION = re.compile(r"\b(?:if|unless|should|in case)\b")
THEY_WERE = re.compile(r"(?:and )?(?:now )?(?:they|these) (?:were|are|have|did)(?: now)?(?P<not> not|n't)?(?: (?:yet|been))*")
ONE_OF_THEM = re.compile(
    r"^(?!(?:for |as )?(?:an?|any|every|each) )((?:[\w' -]{2,60}?(?:, which)? )?is (?:now |itself )?)"
    r"(?:(?:one of|among) (?:them|these|those)|no exception)(?=$|,)"
)
LEFT_THEM = re.compile(
    r"\b(left|leaves|exited|shed|sheds|come out of|came out of|taken out of|out of) "
    r"(?:them|(?:this|that) (?:status|category|regime))(?=$|[,.;])"
)
NO_LONGER_IS = re.compile(
    r"^(?:it |the \w+ |this \w+ )?no longer (?:is|are)$|^now (?:it|they) (?:is|are) not$|^(?:it|they) now (?:is|are) not$"
)
NO_MORE = re.compile(r"\b(is|are) not (any ?more|any longer)$")
NOT_OVER = re.compile(r"^(?=(?:has|have) (?:yet to end|not (?:yet )?ended|been extended|continued)\b)")
# as in "Elm House has been taken out …, but Larch House has not"
NOT = re.compile(r"^(?P<who>[^,;]{2,80}?) (?:has|have|is|was|did) not$")
BREAK = re.compile(
    r";\s?|,?\s(?:(?<!choice )(?<!option )(?<!alternative )but|whereas|although|though|however|nevertheless)\b,?\s?|"
    r",\s(?:so|which means|which meant|meaning|after which|until)\s"
    r"|,\s(?=(?!which|who|where|that|and|but|or|if|it\b)(?:[\w'-]+ ){1,4}(?:has|have|is) (?:now |also |itself )?"
    r"(?:come out|been (?:taken out|released|removed|lifted|freed|brought out)|left|out of|back in|been placed|been put|gone into"
    r"|entered)\b)"
    r"|,\s(?=(?:it|the \w+|this \w+|(?!which|who|where|that|and|but|or|if)[\w'-]+(?: [\w'-]+){0,3}) (?:is|has|have|was) "
    r"(?:(?:now|since|once|again|been|already) )*(?:(?:put|placed|gone|slipped|fallen|sent|moved) )?"
    r"(?:back|returned to|re-?entered|(?:had )?(?:them|these) re-?\w+)\b)"
    r"|,?\sand\s(?=(?:(?:some|most|many|other|several) )?(?:people|residents|relatives|staff|families|patients) (?:\w+ ){0,2}?"
    r"(?:told|said|liked|felt|thought|spoke|described|praised)\b)"
    r"|\s-\s|:\s|,\s(?=(?:has|have|is|was|will|had) (?:now|since|been|being|just|again|therefore|not)\b)|,\swhich\s"
    r"|,\s(?:while|whilst)\s(?=[^,;]{2,60} (?:has|is|was|remains)\b)"
    r"|,\s(?=(?:this|the (?:latest|new|present|newest)) (?:one|report|inspection|visit|assessment) "
    r"(?:takes?|took|brings?|brought|lifts?|lifted|puts?|places?|placed)\b)"
    r"|,?\sand,\s(?=[^,;]{2,40}, (?:(?:it|the \w+|this \w+) )?(?:is|are|isn't|has|hasn't|have|remains?|stays?)\b)"
    r"|,?\sand\s(?=[^,;]{2,40}, (?:is|are|remains?|stays?) (?:still|there|so)\b)"
    r"|,?\sand,?\s(?=(?:so|therefore|thus|consequently|as a result|it|this|the|we|cqc|i|is|are|has|have|was|were|had|"
    r"will|(?:with|at|since) this (?:report|inspection|assessment|rating)|remains?|remained|stays?|continues?|continued|if|can"
    r"|could|may(?! 20\d\d)|now|they|that|there|nothing|came|come|exited|left)\b)"
)

# as in "It was in special measures in March, and that has not changed"
THAT_HOLDS = re.compile(
    r"^(?:[\w' ]{2,60} (?:confirmed|told us|said|agreed|explained)(?: to us| to inspectors)?(?: that)? )?(?:this|that|it) "
    r"(?:is|was|remains|remained) (?:still )?(?:the (?:position|case|situation)|so|true)(?: today| now)?$"
    r"|^(?:this|that|it|its status|the (?:position|situation|status)) "
    r"(?:(?:has|have) (?:still )?not changed|(?:is|remains) (?:still )?(?:unchanged|the case|so)|still (?:holds|applies|stands)"
    r"|continues to (?:hold|apply))(?: today| now)?$"
    r"|^(?:this|that|it|its status|the (?:position|situation|status)) (?:will|does|did|is|has|was) not (?:going to |about to )?"
    r"(?:changed?|alter(?:ed)?)\b.*$"
    r"|^(?=.*(?:\bnot|n't|\bnothing|\bno|\binsufficient|\btoo little)\b).*"
    r"\b(?:(?:to|that|which|could|would) (?:change|alter)s? (?:this|that|it)|for (?:this|that|it) to change"
    r"|(?:changes|alters|changed|altered) (?:this|that|it))\b.*$"
)
# as in "what we call special measures"
WHAT_IS_CALLED = re.compile(r"\bwhat (?:we|cqc|the regulator) (?:calls?|refers? to as|terms?|describes? as|knows? as) (?=SM\b)")
# As in "CQC said the home had been placed": in reported speech, the news of a text is in the past perfect.
CQC_SAID = re.compile(
    r"\b(?P<said>(?:cqc|commission|regulator|inspectors?|director|chief inspector|head of inspection|spokes\w+)\b[^;]{0,60}? "
    r"(?:said|says|announced|confirmed|added|explained|reported|wrote .{3,40} (?:to (?:tell|inform) \w+|to say|saying)"
    r"|(?:told|informed) (?:\w+ ){1,3}?(?=that\b)) (?:that )?[^,;]{2,60}?) had (?=(?:\w+ )?been\b)"
)

# as in "It said it was disappointed that its home had been placed", which is news too
TOLD_THAT = re.compile(
    r"\b(?P<said>(?:disappoint\w+|sorry|sad\w*|upset|shock\w*|devastat\w+|surpris\w+|angry|regret\w*|news|notified|informed"
    r"|learn(?:ed|t)|heard|(?:was|were) told|told by (?:cqc|inspectors)) (?:[^,;]{0,40} )?that [^,;]{2,60}?) had "
    r"(?=(?:\w+ )?been\b)"
)

_MONTH = rf"(?:{'|'.join(moves.MONTHS)})"
YEAR = re.compile(r"\b20[0-3]\d\b")
DATED = re.compile(
    rf"\b(?:in|on|since|during|from|until|between|back in|by|throughout|(?:most|part|all|much|half|some|end|rest|whole) of"
    rf"|(?:from|between) (?:\d{{1,2}} )?{_MONTH} (?:to|and|until)) (?:early |late |mid-?|the (?:spring|"
    rf"summer|autumn|winter) of )?(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTH},? )?(20[0-3]\d)\b"
)
INSPECTED_ON = re.compile(r"\b(?:inspections?|assessments?|visits?|inspected|assessed|visited|report|published)\b")
AGO = re.compile(
    r"(?<!said it )(?<!said they )(?<!announced it )(?<!confirmed it )(?<!said that it )\bhad "
    r"(?:(?:been|twice|three times|previously|also|already|first|then|since|once) )*"
    r"(?:been|placed|put|entered|gone|come|left|remained|exited|rated|taken|moved|stayed)\b"
    r"|\b(?:since|before|having|despite|upon|on|when) (?:(?:it|they|the \w+|we|being|been|was|were|had|first|having|"
    r"cqc|rated inadequate and) )*"
    r"(?:being|placed|put|entered|entering|leaving|left|coming|came|moved|going|went|exiting|exited|spending)\b"
    r"|\b(?:it is|it's|it has been) (?:[\w-]+ ){1,4}years? since\b"
    r"|\bfirst (?:placed|put|entered)\b|(?<!has )(?<!have )\bspent\b|\bonce (?:placed|in|under)\b|\bused to be\b"
)
AT_TIMES = re.compile(
    r"\bSM (?:\w+ )?(?:twice|before(?! (?:all|we|it|the|any|every|each|this)\b)|in the past|three times|several times"
    r"|on \w+ (?:previous )?occasions)\b|\bpreviously been\b"
)
# "When we inspected in 2022, it was placed" may be news of this inspection or of an earlier inspection
WHEN_INSPECTED = re.compile(r"^(?:when|at|during|the) [^,]*\b(?:inspect|assess|visit|report)[^,]*\b20[0-3]\d\b")
PRESENT = re.compile(r"\b(?:has|have|is|are)\b")
# "after it was placed" is news in a press release, but history in a report
AFTERWARDS = re.compile(r"\b(?:after|following) (?:(?:it|they|the \w+|being|been|was|were|having|cqc|rated "
                        r"inadequate and) )+(?:placed|put|entered|entering|going|went)\b")
# An aside about an earlier rating. The rest of the sentence may still be about the present.
PASSING = re.compile(
    r",? ?(?:which |that |who |and )?(?:was |were |had been |having been )?(?:previously|formerly|last|originally) "
    r"(?:rated|judged|assessed as) (?:as )?(?:overall )?(?:outstanding|good|requires improvement|requiring "
    r"improvement|inadequate),?"
    r"|\bfrom (?:its|the|a|their) (?:previous|last|earlier|prior) (?:overall )?ratings?(?: of [\w ]+?)?\b"
)

# as in "Elm House is one of three homes run by the provider."
SEVERAL_HOMES = re.compile(
    r"\b(?:one of|two|three|four|five|six|several|both|other) (?:[\w'-]+ ){0,4}?"
    r"(?:homes|services|practices|hospitals|agencies|surgeries|branches|clinics)\b"
)

A_ROW = re.compile(r"[^.,;]{3,60} is (?:not )?in special measures\.")  # a row of a table of homes, as `fields` puts it into words
THIS_ONE = re.compile(r"this (?:one|home|service|practice|agency|hospital|surgery) (?:is|has|was|remains?|stays?)\b")

# as in "Staff were lent to Rosebank, a home in special measures"
A_HOME_IN = re.compile(
    r"(?P<who>[\w' -]+), an? (?:[\w-]+ ){0,3}?(?:home|service|practice|hospital|agency|surgery) (?:(?:that|which) (?:is|was) )?"
    r"(?:in|under) SM\b"
)

THESE = re.compile(
    r"^(?:(?:these|the|such|all|its|those|most of the|some of the) )*SM "
    r"(?:took|take|apply|applied|began|was|were|had|have|are|is|has|ended|lasted|came)\b"
)

HOLDS_HERE = re.compile(
    r"(?:(?:so|and|therefore|now),? )*(?:it|we|the (?:service|home|practice|agency|hospital|surgery)) (?:is|are|remains?) "
    r"(?:(?:now|currently|still|therefore|again) )*(?:in|under) SM$"
)
ON_A_CONDITION = re.compile(r"\b(?:if|when|whenever|unless|where|once)\b")

ASKS_IN_GENERAL = re.compile(
    r"^(?:what|when|how|why|where) (?:\w+ )?(?:happens|could happen|can happen|will happen|might happen|may happen|do(?:es)?|is"
    r"|are|we|can|could|our) (?!.*\b(?:this|now)\b)(?:[\w' ,-]*\?$|(?:if|next|when|then|to|special measures|a|our|we|an)\b)"
    r"|^(?:if|unless|when|where) (?:the|a|an|it|we|any|no)\b"
    r"|^(?:our|cqc's) (?:powers|enforcement polic\w+|options|ratings explained)"
    r"|^(?:possible|potential) (?:outcomes|consequences|actions)|\b(?:ratings|words|terms|measures) explained\b|^glossary\b"
    r"|^what [\w' -]{3,50} means?\??$|^(?:about|understanding) (?:\w+ )?special measures\b"
)
THIS = re.compile(r"\b(?:this|our) (?:service|home|practice|hospital|agency|location|surgery|provider)\b")

# "If …, we will inspect this service, which is in special measures, again": the condition does not apply to "which is in
# special measures".
WHICH_IS_IN = re.compile(
    r"\bnow that (?:it|this \w+|the (?:service|home|practice|agency|hospital|surgery|provider)) (?:is|was) (?:in|under) "
    r"SM(?:[,.]|$)|\b(?:this|our) (?:\w+ )?(?:service|home|practice|hospital|agency|location|surgery|provider), which is "
    r"(?:now |still |currently |again )?(?:in|under) SM(?:[,.]|$)"
)

# as in "A service can only leave them when it has improved, so Elm House stays in them"
RESULT = re.compile(r",? (?:and )?(?:so|therefore|thus|which is why|that is why),? ?$")
RULE_FOR_ALL = re.compile(
    r"^(?:an?|any|every|each|no) (?:[\w-]+ ){0,3}?(?:service|provider|home|practice|hospital|agency)\b"
    r"|^(?:services|providers|homes|practices|hospitals|agencies)\b|^(?:when|where|whenever|once|if) an? "
)

STILL_FOR_ALL = re.compile(RULE_FOR_ALL.pattern + r"|^(?:it|they|this|that) (?!(?:has|have|is|are) (?:now|been|therefore)\b)")

PRONOUN = re.compile(r"\b(?:them|these|they|those)\b")
# "them" in the same sentence means these
ANTECEDENT = re.compile(r"\b(?:conditions|restrictions|notices|admissions|visits|ratings|breaches)\b")

UNTIL = re.compile(r"\bwas, (until (?:[a-z]+ )?20\d\d),")
UNLIKE = re.compile(
    r"^(?:unlike|like|as with|in contrast to) [^,;]{3,80}, "
    r"(?=(?:this|our|it|the (?:service|home|practice|agency|hospital|surgery))\b)"
)
# as in "In special measures, last inspected 3 May 2026"
LAST_SEEN = re.compile(
    r"^((?:(?:now|still|currently) )?(?:in|under) SM),? \(?(?:the |its |our )?(?:last|latest|most recent)(?:ly)? "
    r"(?:assess|inspect|visit|report|review)\w*(?: was| on| in| published)*:? (?:\d{1,2} )?[a-z]+ 20\d\d\)?$"
)
HOWEVER = re.compile(r"\b(did|have|has|do|does), (?:however|nevertheless), ")
YET = re.compile(
    r"(?<=SM),? (?:nevertheless|nonetheless|however|though|on the other hand|by contrast|in contrast|for (?:their|its) part"
    r"|meanwhile),? (?=(?:(?:will|must|do|does|have|has|are|is) )?(?:not )?(?:been )?"
    r"(?:remain|stay|continue|still|apply|stand|end|lift|remov|over)\w*\b)"
)
BARE = re.compile(
    r"(?:(?:the|about|our|what is|what are|what|and|cqc|how|understanding|more on|time in|history of) )*SM(?:: "
    r"(?:adult social care|gp practices|hospitals|(?:an? |our |your )?(?:guide|guidance|questions|information|explanation"
    r"|introduction|overview)\b[a-z ]*|(?:what|how|why|when) [a-z ]+))?"
    r"(?: (?:for (?:adult social care|primary care|hospitals|care homes|gps?|gp practices|(?:nhs )?trusts|dentists"
    r"|(?:\w+ )?(?:services|providers))|do|does|framework|explained|regime|status|process|programme|means?|work|and \w+ \w+))*"
)
# words in the line above a list
ACTION = re.compile(
    r"\b(?:we|cqc) (?:have |has )?(?:now |also )?(?:taken|took|used|imposed|applied)\b"
    r"|\b(?:action|actions|measures) (?:taken|in place|in force)\b"
)
GOES_ON = re.compile(r",\s(?:which\s)?$")  # separates the past from the present in a sentence about both
FIELD = re.compile(
    r"(?:previously |formerly |once |ever )?(?:in |current )?SM(?: status| since| history)?: "
    r"|(?:regulatory status|status|currently|category|regime|now): (?:in |under )?SM(?:$| \(|, "
    r"| (?:ended|lifted|removed|since|from|as of))|(?:our |the |cqc's )?(?:decision|outcome|result|judge?ment|next step): SM\b"
)

FIELD_AMONG_OTHERS = re.compile(r"(?<=[a-z0-9]) - (?P<field>(?:in )?SM(?: status)?: [^;]{1,60}?)(?= - |$)")

# "Its time in special measures, which began in May, is over": this aside does not separate the subject from its verb.
WHICH = re.compile(r"(?<=SM), (?:which|that) [^,;]{1,120}, (?=(?:is|are|has|have|was|were|came|ended|will|remains?)\b)")

OPENING_DAY = re.compile(
    r"^(?:(?:on )?(?:\d{1,2}/)?\d{1,2}/20\d\d:? (?:- )?|\d{1,2} [a-z]{3,9} 20\d\d "
    r"(?=(?:out|placed|put|taken|left|entered|in|SM)\b))"
)  # in a timeline: "11/2026 Special measures ended"

ASIDE = re.compile(
    r",? (?:(?:in|into|under|to|from) which|which|who|whose|where|as|(?:some|many|most|several|all|both) of (?:them|whom)) "
    r"[^,;]{1,160},(?= )"
)

CANNOT = re.compile(r"^(?:it|they|this|the \w+) (?:cannot|can't|could not|may not)(?: yet| now| at present)?(?=$|,)")
SAME_SUBJECT = re.compile(
    r"(?:are|have|were|will) (?:now |then |therefore )*(?:no longer|not|been|be|ended|in (?:place|force))\b"
)

# a heading above lines about an earlier inspection
EARLIER_PART = re.compile(
    r"(?:(?:ratings?|findings|status|position) )?(?:at|from|of) (?:the |our |its )?(?:last|previous|earlier) \w+:?$"
    r"|(?:previous|former|earlier|last) (?:status|ratings?|inspections?|assessments?|position):?$"
)
REASON = re.compile(
    r"\b(?:after|because|since|as) (?:inspectors|cqc|we|they|it|the (?:regulator|watchdog|commission))\b.*|, (?:where|with) .*"
)
OF_NOW = re.compile(r"\b(?:is|are|has|have|will|now|today|no longer|therefore)\b")

OF_NOBODY = re.compile(
    r"\b(?:an?|any|every|no|each) (?:\w+ )?(?:service|provider|home|practice|hospital)\b|\bSM would\b|\bhow\b|\bwhether\b"
    r"|\b(?:inspect\w+|inspection was) to\b"
)

ONLY_A_YEAR = re.compile(r"(?:in )?(20\d\d)():?")
IN_A_LINE = re.compile(
    r"^(?:in )?(20\d\d)(?:: | - | )(?=(?:placed|put|taken|left|entered|in|out|removed|lifted|special) )"
    r"|(?:, | \(?in | \(| - )(20\d\d)\)?$"
)
ONLY_A_DAY = re.compile(
    r"(?:notice |published |posted |added |updated |assessed |inspected |assessment |inspection )?(?:on |of |from |in )?"
    r"(?:(?:\d{1,2}(?: [a-z]+)?(?: 20\d\d)?(?:, | to | and | - ?|-))*(?:\d{1,2} )?[a-z]{3,9} 20\d\d"
    r"|(?:\d{1,2}/)?\d{1,2}/20\d\d):?"
)
# A line of a list that tells what was done. It says nothing about the present if a later line tells the opposite.
WAS_DONE = re.compile(r"^(?:(?:in )?20\d\d:? )?(?:taken|removed|lifted|released|moved|brought|came) (?:it |back )?out of SM\b")
