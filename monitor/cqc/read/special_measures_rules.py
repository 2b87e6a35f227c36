# ruff: noqa: E501 - each pattern is on one line, whatever its length
"""The rules that decide what a clause says about special measures. Each rule has an example, and the decision that is expected
for the example. Source for the whole module: docs/facts/special-measures.md.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from monitor.model import MeasuresState

IN, ENTERED, REMAINS, LEFT, UNCLEAR = (
    MeasuresState.IN, MeasuresState.ENTERED, MeasuresState.REMAINS, MeasuresState.LEFT, MeasuresState.UNCLEAR)  # fmt: skip
NOTHING = MeasuresState.NOT_STATED


class Scope(Enum):
    """The text in which a rule's pattern is searched."""

    CLAUSE = "the clause"
    SO_FAR = "the sentence up to the end of the clause"
    HEADLINE = "a line without a full stop"


class Tense(Enum):
    """How firmly the words of a rule are about the present."""

    NOW = "now"  # "is", "has been", "is being", "will be": true now, even if other words are about the past
    PAST = "past"  # "was placed", "came out of": true now, except in a clause about an earlier time
    IMPLIED = "implied"  # "may leave": the service is in special measures; used only if there is no other finding


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for one standard phrase of CQC, or for one misleading phrase. `pattern` may contain the names of `_MACROS`; it is
    searched in a clause (see `Clause`)."""

    name: str
    says: MeasuresState
    pattern: str
    example: str
    tense: Tense = Tense.NOW
    scope: Scope = Scope.CLAUSE


# Macros for the patterns below. SM stands for "special measures" in any spelling.
_MACROS = {
    # into special measures, and out of them
    "INTO": r"(?:in ?to|in|under|on ?to|on|within|subject to|(?<!due )to) NAMED_SM",
    "OUTOF": r"(?:out of|out from|from|off|free of|clear of)(?: (?:under|being in|being under))? NAMED_SM",
    "NAMED_SM": r"(?:(?:the|this|a|its|their|our|(?:home|service|practice|hospital|agency|surgery)'s|cqc's|cqc|formal|so-called|what (?:is|are) (?:known as|called)) )*"
                r"(?:(?:status|category|regime|process|programme|framework|period|state) (?:of|called|known as) )?SM",
    # actions: forms of "place into", "take out of", "stay in"
    "PLACED": r"(?:(?:re-?)?(?:placed|put|plunged|pushed|forced|thrust|tipped|landed|escalated|dropped|ordered) OBJECT INTO"
              r"|(?:moved|taken|brought|sent|returned|transferred) OBJECT(?:in ?to|to|under) NAMED_SM"
              r"|(?:gone|went|fallen|fell|slipped|sunk|moved|ended up) DIRECTLY INTO|made subject to SM|(?:entered(?: in ?to)?|applied|"
              r"imposed|hit with|slapped with) NAMED_SM|slapped SM on)",
    "PLACE": r"(?:(?:re-?)?(?:place|put|force) OBJECT INTO|(?:move|take|bring|send|return|transfer) OBJECT(?:in ?to|"
             r"to|under) NAMED_SM"
             r"|(?:go|fall|end up|be) DIRECTLY INTO|(?:enter|impose|apply) NAMED_SM)",
    "PLACING": r"(?:(?:re-?)?(?:placing|putting|forcing|plunging) OBJECT INTO"
               r"|(?:moving|taking|bringing|sending|returning|transferring) OBJECT(?:in ?to|to|under) NAMED_SM"
               r"|going DIRECTLY INTO|(?:entering|imposing|applying) NAMED_SM)",
    "PLACES": r"(?:(?:re-?)?(?:places|puts|plunges|pushes|lands) OBJECT INTO|(?:moves|takes|brings|sends|returns) "
              r"OBJECT(?:in ?to|to|under) NAMED_SM"
              r"|(?:goes|falls|slips|drops) DIRECTLY(?:in ?to|in) NAMED_SM|(?:enters|imposes|triggers) NAMED_SM)",
    "GOT_OUT": r"(?:(?:taken|took|lifted|removed|released|moved|brought|pulled|come|came|gone|got|climbed|emerged|"
               r"stepped|exited|freed|led|steered|guided|"
               r"worked (?:its|their|our) way|earned (?:its|their|our) way) GAP OUTOF|(?:left|exited|shed|shaken off|escaped|"
               r"lifted|ended|removed) NAMED_SM|brought NAMED_SM to an end)",
    "GET_OUT": r"(?:(?:take|lift|remove|release|move|bring|come|emerge|exit|get|pull|step|climb|"
               r"be (?:taken|lifted|removed|released|moved|brought)) GAP OUTOF|(?:leave|exit|lift|end|remove|escape) "
               r"NAMED_SM|bring NAMED_SM to an end)",
    "GETTING_OUT": r"(?:(?:taking|lifting|removing|releasing|moving|bringing|coming|emerging|getting|stepping|"
                   r"climbing) GAP OUTOF"
                   r"|(?:leaving|exiting|lifting|ending|removing|escaping) NAMED_SM|bringing NAMED_SM to an end)",
    "GETS_OUT": r"(?:(?:takes|lifts|removes|releases|frees|moves|brings|comes|emerges|gets|pulls|steps|climbs|goes) GAP OUTOF"
                r"|(?:leaves|exits|lifts|ends|removes|escapes|sheds) NAMED_SM)",
    # words for those involved
    "SERVICES": r"(?:services|providers|homes|practices|locations|hospitals|agencies|surgeries|trusts|organisations|"
                r"clinics)",
    "SERVICE": r"(?:service|provider|home|practice|location|hospital|agency|surgery|organisation|facility|clinic)",
    "OTHERS": r"(?:nhs england|nhs improvement|nhsi|nhse|monitor|(?:the )?trust development authority|ofsted|estyn|"
              r"the (?:government|council|local authority|commissioners?|icb|ccg|secretary of state|department for "
              r"education))",
    # linking words: adverbs between an auxiliary and its verb, or a few words that do not contain a condition
    "ADVERBS": r"(?:(?:now|also|therefore|today|again|once|consequently|subsequently|just|being|been|be|"
               r"to be|had|since|recently|finally|"
               r"officially|formally|successfully|so far|currently|hereby|thus|automatically|immediately|already|"
               r"straight) ,?)*",
    "DIRECTLY": r"(?:(?:back|straight|directly|down|right|again|now) )*",
    # a tag beside the tag "Special measures"
    "TAG": r"(?:(?:(?:overall|rated|rating|overall rating):? )?inadequate|(?:\d |one |two )?warning notices?(?: (?:served|issued|in force))?|care home|nursing home|homecare|registered)",
    "OBJECT": r"(?:(?!(?:if|unless|out of|while|whilst|since|when|because|which|who|is|are|was|were|has|have|had|"
              r"remain\w*|stay\w*)\b)[^; ]+ ){0,14}?",
    "TOWARDS": r"(?:(?!(?:and|so|because|therefore|was|were|has|have|had)\b)[^; ]+ ){0,10}?",
    "GAP": r"(?:(?!(?:if|unless|out of)\b)[^; ]+ ){0,14}?",
}  # fmt: skip

# GAP, OBJECT, TOWARDS, DIRECTLY and ADVERBS include a final space. In a pattern, the space after one of these names is only for
# readability.
_MACRO = re.compile(r"(?:(?<=\\b)|\b)(?:(?:GAP|OBJECT|TOWARDS|DIRECTLY|ADVERBS) ?|(?:" + "|".join(_MACROS) + r")\b)")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern with its macros expanded, including macros within macros. Patterns are compiled only when a text mentions
    special measures. If all were compiled when a command starts, a command that reads no text would take twice as long to
    start."""
    for _ in range(3):
        pattern = _MACRO.sub(lambda name: _MACROS[name.group().strip()], pattern)
    return re.compile(pattern)


A_SCHOOL = "a school or another public body"

RULES: tuple[Rule, ...] = (
    # --- a field with its value ---
    Rule("a field: ended", LEFT,
         r"^(?:in )?SM(?: status)?: no\b,? ?\(?(?:since|from|ended|lifted|removed|left)|^(?:in )?SM(?: status)?: (?:(?:these|they|it|this|the SERVICE)\b.{0,40}?)?(?:ended|lifted|removed|left|exited|no longer|came out|come out|out of|over|withdrawn|complete)"
         r"|^(?:regulatory status|status|currently|category|regime|now): (?:in |under )?SM,? (?:ended|lifted|removed|left|exited|over)\b"
         r"|^(?:in )?SM from (?:\d{1,2} )?\w+ 20\d\d (?:to|until|till|-) (?:\d{1,2} )?\w+ 20\d\d"
         r"|^(?:in )?SM(?: status| history)?: (?:from )?(?:\d{1,2} )?(?:[a-z]+ )?20\d\d (?:to|until|-) (?:\d{1,2} )?(?:[a-z]+ )?20\d\d|^SM:? (?:ended|lifted|removed|exited|over)\b(?! if| when| once)",
         "In special measures: ended 20 November 2026"),
    Rule("a field: no", NOTHING, r"^(?:previously|formerly|earlier|once|ever) (?:in )?SM: |^SM: (?:this|the) SERVICE is not (?:currently |now )?in SM$|^(?:in |current )?SM(?: status)?: [-✗✘✖❌ ]*$|^(?:in |current )?SM(?: status)?: (?:no|none|n/?a|not|never|nil|false|0|inactive|off|under (?:consideration|review)|being considered|proposed|possible)\b(?! longer| change)|^no SM$", "Special measures: No"),
    Rule("a field: remains", REMAINS, r"^(?:in )?SM(?: status)?: (?:no change|unchanged|as before)\b|\bSM\b.{0,60}\b(?:yet to end|not (?:yet )?(?:ended|over))\b|^SM:? \(?(?:extended|continu(?!\w* only (?:while|until|if|when|as long|for as long)\b)|prolonged)|\bSM\b.{0,20}\b(?:stay|remain|continue)s? in (?:place|force)\b|(?<!\bno )\b(?:second|third|further|another|next) (?:[\w-]+ ){0,3}?(?:months?|year|period|spell|term) (?:in|of|under) SM|^(?:in )?SM(?: status)?: (?:(?:these|they|it|this|the SERVICE)\b.{0,40}?)?(?:remain|stay|stand|continu|still|extend|kept)",
         "Special measures: these stay in force."),
    Rule("a field: yes", IN,
         r"^(?:regulatory status|status|currently|category|regime|now): (?:in |under )?SM(?:$| \(?(?:since|from|as of)\b| \(\d|, (?!no\b|not\b|never\b))|^SM: (?:this|the) SERVICE (?:must|has to|needs to|is required)\b|^(?:in|under) SM,? \(?(?:since|from|with effect)\b(?!.*\b(?:to|until|till|ended|lifted)\b)|^SM (?:since|from|as of|with effect from) (?:\d{1,2} )?[a-z]{3,9} 20\d\d(?! to\b| until\b| -)|^SM since: |^(?:in |current )?SM(?: status)?: (?:(?:these|they|it|this|the SERVICE|[\w' ]{3,40}?)\b.{0,40}?)?(?:yes|in (?:force|place|effect)|active|current|since|from|appl|entered|placed|imposed|true|in SM)\b|^(?:in )?SM: \d|^SM$|^in SM$",
         "Special measures: Yes, since 20 November 2026"),
    # --- about another service, or another subject ---
    Rule("financial special measures", NOTHING,
         r"\b(?:financial|finance|quality|maternity) SM\b|\bSM for (?:\w+ )?(?:finances?|financial)\b",
         "The provider remains in financial special measures."),
    Rule("placed by another body", NOTHING,
         r"\bOTHERS (?:\w+ )?(?:PLACED|PLACES|PLACING|GOT_OUT|is PLACING|is GETTING_OUT|has PLACED|have PLACED|had "
         r"PLACED)"
         r"|\bSM (?:status )?by OTHERS\b",
         "NHS England has placed the group into special measures."),
    Rule("the programme that follows it for trusts", NOTHING,
         r"\brecovery support programme\b|\b(?:formerly|previously) (?:known as |called )?SM\b",
         "It entered the Recovery Support Programme, which replaced special measures."),
    Rule("CQC's recommendation about the trust", UNCLEAR,
         r"\brecommend\w*\b.{0,80}\btrust\b.{0,40}\b(?:INTO|GET_OUT|GOT_OUT|exits? SM|leaves? SM|OUTOF)",
         "We are recommending to NHS England that the trust exits special measures."),
    Rule("the trust as a whole", NOTHING,
         r"\btrust(?: whose (?:[\w'-]+ ){1,6}?(?=is|was|left|has|had|came|went|remain))?(?: as a whole| itself| overall| also| now|,? which|,? that)*(?: (?:which|that) (?:runs|manages|"
         r"operates|owns) (?:[\w'-]+ ){1,5}?)? ?\b(?:is|was|has|had|have|will|to|be|"
         r"being|in|under|remain\w*|enter\w*|exit\w*|left|came|went)\b"
         r" GAP(?:NAMED_SM)|\b(?:the|whole|parent|nhs|foundation) trust GAP(?:INTO|OUTOF)",
         "The trust is in special measures."),
    Rule("a council's department", NOTHING, r"\b(?:(?:council|authority)(?: itself| as a whole)?|(?:council|authority)'s [\w' ]{3,40}|department|children's services|school|college|police force) (?:is|was|are|were|has|had|went|remains?)\b(?! (?:\w+ )?(?:told|informed|notified|warned|asked|advised)\b) GAP(?:INTO)",
         "The council's children's services are in special measures."),
    Rule(A_SCHOOL, NOTHING,
         r"^(?!(?:the|this|our) (?:[\w-]+ )?SERVICE\b).*?\b(?:college|school|academy|nursery|university|prison)(?: (?:opposite|nearby|next door|there|on the site|across the road))?,? (?:which|that) (?:is|was|has|had|remains|went|left) [^,;]*\bSM\b|^(?:(?:but|and|while|whereas|although) )?(?:(?:the|a|its|their|this|that|our|one) )?(?:[\w'-]+ ){0,3}?(?:college|school|academy|nursery|pre-?school|university|prison) (?:(?:itself|next door|nearby|also|on (?:the|its|their) (?:\w+ )?site|across the road|opposite|there) )*(?:is|was|were|are|went|remains?|came|left|(?:has|have|had) (?:(?:now|also|just|since|recently|itself) )*(?:been|left|gone|entered|come|remained))\b(?!.*(?:\bwhile\b|\bwhilst\b)|.*\b(?:home|service|practice|hospital|agency|we|cqc) (?:is|was|has|had|remains?|have)\b).*\bSM\b"
         r"|^(?!.*\b(?:home|service|practice|hospital|agency|we|cqc) (?:is|was|has|had|remains?|have)\b).*\b(?:judged|rated|inspected|graded|found) (?:[\w ]{0,20})by (?:ofsted|estyn)\b.*\bSM\b",
         "The college was judged inadequate by Ofsted in June and is in special measures.", scope=Scope.SO_FAR),
    Rule("another service", NOTHING,
         r"\b(?:another|other|others|sister|different|neighbouring|separate|former|nearby) "
         r"(?:(?!time\b|that\b|occasion\b)[\w'-]+ ){0,3}?(?:SERVICE|SERVICES|branch|site|company|school|ones?)\b "
         r"GAP(?:NAMED_SM)"
         r"|\balso (?:run|owned|operated|managed) GAP(?:NAMED_SM)|^(?:no|neither) (?:other )?(?:SERVICE|SERVICES)\b.*SM"
         r"|(?<!\bis )(?<!\bremains )(?<!\bnow )(?<!\bcurrently )(?<!\bstill )\b(?:one|two|three|four|five|some|several|many|most|all|none|both|half|\d+)(?: \w+)? of (?:the|its|their|"
         r"his|her|our|this|these|those|which|them),? (?!(?:\w+ )?(?:key questions?|questions|areas|domains|categories|ratings|reasons|conditions)\b)GAP(?:NAMED_SM)|\bSM (?:[\w-]+ ){1,5}?(?:at|on|for|in) (?:another|an?other|a (?:sister|different|neighbouring|nearby|separate)|the other|other) (?:[\w'-]+ ){0,3}?(?:SERVICE|SERVICES|branch|site|company)\b|\bnext door\b GAP(?:NAMED_SM)|\b(?:home|service|provider|company)'s sister\b,? GAP(?:NAMED_SM)|\b(?:down|across|along|up) the (?:road|street)\b GAP(?:NAMED_SM)|\bround the corner\b GAP(?:NAMED_SM)"
         r"|\b(?:his|her|their|my|mum's|dad's|mother's|father's|husband's|wife's|relative's|resident's|person's) (?:old|previous|last|former) (?:care |nursing |residential )?SERVICE\b,? GAP(?:NAMED_SM)|\btrust's (?:[\w-]+ ){1,3}(?:units?|wards?|departments?) (?:is|are|was|were|remains?) INTO|(?<!living )(?<!live )\b(?:by|from|at|with|of|to|for|in|used|uses|use) an? (?:(?!former\b)[\w-]+ ){0,3}?SERVICE INTO\b",
         "The home's sister is in special measures."),
    Rule("what somebody did elsewhere", NOTHING,
         r"\b(?:leading|taking|bringing|guiding|steering|helping|turning|managing|running) (?:another|(?:two|three|several) (?:other )?SERVICES|(?:her|his|their|a) (?:last|previous|former)) GAP(?:OUTOF|INTO|NAMED_SM)|\b(?:manager|director|she|he|leader|matron|nominated individual|regional manager|consultant) (?:who )?(?:(?:has|had|have|previously|also|already|once|herself|himself) )*(?:led|taken|took|brought|guided|steered|helped|turned|managed|seen|run|worked (?:at|in|for)) (?:another|(?:two|three|several) (?:other )?(?:homes|services)|(?:her|his|a) (?:last|previous|former)|an? (?:[\w-]+ ){0,3}?SERVICE (?:in|near|elsewhere)) GAP(?:OUTOF|INTO|NAMED_SM)"
         r"|\b(?:manager|director|owner|matron|nurse|leader)s?'s (?:last|previous|former|old|other) (?:SERVICE|job|post) GAP(?:NAMED_SM)"
         r"|\bexperience of NAMED_SM|\b(?:manage|managed|run|ran|lead|led|own|owned) an? (?:[\w-]+ ){0,3}SERVICE INTO"
         r"|\b(?:at|for|from|joined|left|led|ran|run|managed) an? (?:[\w-]+ ){0,3}?SERVICE,? (?:that|which) (?:was|were|had been) (?:then |still )?(?:INTO|PLACED)"
         r"|\b(?:experience|record|history|background|reputation) (?:of|in) GAP(?:taking|turning|bringing|leading|guiding) (?:SERVICES|an? SERVICE|other SERVICES) GAP(?:OUTOF|NAMED_SM)",
         "She had led a home in Derby out of special measures."),
    Rule("precautions, in the ordinary sense", NOTHING,
         r"\b(?:home|service|staff|manager|provider|practice|hospital|they|ward|team|kitchen) (?:(?:had|has|have|also|then|quickly) )*(?:put|introduced|set up|brought in|used|made|arranged|kept) (?:some |these |its own |their own |the )*SM (?:in place|for|during|at|around|when|while|so|after)\b"
         r"|\bSM (?:were|are|was|had been|have been) (?:put|set) (?:in place|up) (?:at|for|during|to|around|when|in case|so that|because|by staff)\b(?!.{0,60}\bby (?:cqc|us)\b)(?! (?:the |this |our )?(?:(?:care |nursing |residential )?SERVICE|cqc)\b)"
         r"|\bSM (?:were|are|was) in place (?:for|to help|so that) (?:people|residents|patients|those|anyone|visitors|staff) (?:with|at risk|living with|when|during)\b"
         r"|\bSM (?:in place )?(?:for|during|against) (?:the |an? )?(?:\w+ )?(?:outbreak|heatwave|pandemic|infection|visit|fire|flood|snow|covid\S*|norovirus|flu|storm|power cut)\b"
         r"|(?<!\bin )(?<!\binto )(?<!\bunder )(?<!\bof )(?<!\bfrom )(?<!we are using )(?<!we have used )(?<!cqc is using )(?<!cqc has used )\bSM (?:in place )?(?:to (?!be\b|an end\b|a close\b|remain|continue|"
         r"stay)|such as\b|like\b|so (?:that|people)\b)"
         r"|(?<!into )(?<!in )(?<!under )(?<!that )\bSM (?:were|are|was|had been|have been) (?:taken|needed|required|adopted)\b"
         r"|\b(?:took|takes?|taken|taking|need|needed|require[sd]?|adopt(?:ed)?) (?:some |any |these |no |the |further "
         r")*SM\b",
         "Staff took special measures to stop the infection spreading."),
    Rule("said wrongly", NOTHING,
         r"(?<!not )\b(?:wrong|untrue|incorrect|a mistake|inaccurate) to (?:say|claim|suggest|report|think|believe) GAP(?:INTO)|\bdifference between\b.*\bSM\b|\b(?:questions?|discussions?|debates?|talk|talks|talked|asked|spoke|guidance|information|articles?|presentation) (?:\w+ ){0,3}?(?:about|on|around) NAMED_SM|\b(?:reports?|claims?|rumours?|suggestions?|stor(?:y|ies)|posts?|news) (?:\w+ )?that [^;]{2,80}?\bSM\b[^;]{0,20} (?:is|are|was|were) (?:(?:quite|simply|entirely|completely) )?(?:wrong|untrue|false|mistaken|incorrect|inaccurate|not true|not right|not correct|unfounded)\b",
         "Local reports that the home is in special measures are wrong."),
    Rule("a report or decision that was withdrawn", UNCLEAR,
         r"\b(?:report|decision|notice|rating)s? (?:which|that|to) GAP(?:PLACED|PLACE|INTO).{0,40}\b(?:was|were|has been|have been) (?:later |since |then )?(?:withdrawn|overturned|quashed|set aside|reversed)",
         "The report that placed the home in special measures was withdrawn."),
    # --- rules of special measures in general ---
    Rule("a question", NOTHING, r"\?$", "Is the service in special measures?", scope=Scope.SO_FAR),
    Rule("what special measures are and do", NOTHING,
         r"\b(?:we|cqc|commission) (?:will|may|can|could) (?:\w+ )?(?:act|take action|respond),? (?:for example|for instance|such as)\b.*SM|\bSM (?:\w+ )?(?:apply|applies) to (?:an?|any|every|each|all|some) (?:[\w-]+ ){0,3}?(?:SERVICE|SERVICES)\b|\b(?:rules?|guidance|polic(?:y|ies)|approach|law) (?:on|for|about|governing|around) (?:\w+ ){0,2}?SM(?=$|[.,;]| (?:has|have|is|are|was|were|which|that)\b)(?!.*\b(?:(?:we|cqc) (?:have|has|are|is)|placed|put|remains?|stays?|enters?|entered|left|leaves?)\b)|\bSM (?:\w+ )?(?:apply|applies) to (?:the|this) [^,;]{2,40}? (?:if|when|whenever|once|where|unless)\b"
         r"|^(?:find out|read|learn|see|tell me|know) (?:more )?(?:about|on|what) SM$|\bwhat SM (?:is|are|means?|was|were|meant)\b|^(?:what|how|when|where|who|whether) to [a-z]+\b.*SM"
         r"|\b(?:polic(?:y|ies)|leaflets?|guides?|booklets?|training|posters?) (?:\w+ )?(?:explain\w*|describ\w*|cover\w*|mention\w*|says?|said|on|about)\b.*SM"
         r"|\bSM (?:guidance|polic(?:y|ies)|guides?|pages?|web ?pages?|leaflets?|factsheets?|handbook|templates?|procedures?|team)\b"
         r"|^for (?:(?:any|all|every) )?(?:[\w-]+ ){0,2}(?:SERVICES|SERVICE) (?:rated|judged|that|which|found)[^;]{0,60}, SM (?:follow|apply|mean|come)"
         r"|\b(?:purpose|aim|meaning|definition|principle)s? of (?:being in |being placed in |placing GAP(?:in|into) "
         r")?SM\b"
         r"|^(?:and |the )?SM (?:framework |regime |process )?(?:is|are|does|do|provides?|means?|gives?|will give|"
         r"ensures?|will ensure|involves?|exists?(?= (?:to|so that|for)\b)|"
         r"allows?|enables?|lasts?|normally|usually|(?<!now )(?:apply|applies) to(?! this| the(?! (?:\w+ )?SERVICES (?:that|which)\b))) (?!ADVERBS(?:imposed|lifted|removed|"
         r"extended|over|ended|no longer|not|in (?:place|force|effect)))",
         "The purpose of special measures is to ensure that providers improve."),
    Rule("when special measures came to be", NOTHING,
         r"\bSM (?:\w+ )?(?:was|were|had been) (?:first )?(?:introduced|brought in|launched|announced) (?:in|for|by)\b",
         "Special measures were introduced for care homes by the government of the day."),
    Rule("what it means to be in them", NOTHING,
         r"\b(?:being|time|period|stay|placement) (?:placed |put )?(?:in|into|under) SM (?:means?|represents?|is|"
         r"will|should|gives?|can|usually)\b(?! (?:now |finally |at last )?(?:over|up|finished|ended|done|done with|complete|completed|behind|at an end|past|come to an end|coming to an end)\b)"
         r"|\bmaximum (?:time|period)\b|^(?:entry|going|moving|falling|being (?:put|placed)) (?:in ?to|in) SM (?:is|means|can|may|will|often|usually)\b"
         r"|^SM (?:continues?|lasts?|ends?|stays?|remains?|goes? on) (?:in (?:place|force) )?only (?:while|until|if|when|for as long|as long)\b",
         "For adult social care services, the maximum time for being in special measures will usually be no more "
         "than 12 months."),
    Rule("when CQC rates a service so", NOTHING,
         r"\b(?:when|whenever|where|once|if|each time|every time|after) (?:we|cqc|the commission|inspectors) (?:(?:first|next|have|has) )?(?:rate|rates|rated|find|finds|found|judge|judges|judged|assess|inspect|place|places|put|puts) (?:an?|any|every|each|services|providers|homes|practices|hospitals|agencies)\b.*SM"
         r"|\bwhat (?:could|will|may|might|would|can|happens) (?:happens? )?(?:next )?(?:if|when|where|once|unless)\b.*SM",
         "When we rate a service as inadequate overall, it goes straight into special measures.", scope=Scope.SO_FAR),
    Rule("joins those in them", ENTERED, r"(?<!not )(?<!yet )\b(?:decided|determined|judged|concluded|(?:made|took|taken) the decision) that (?!an?\b|any\b|every\b|SERVICES\b)(?:\w+ ){1,4}?(?:should|must|will|has to) (?:now )?(?:(?:be|go) (?:placed |put )?INTO|enter NAMED_SM)|\b(?:consequence|result|outcome|effect) (?:of [^,;]{3,60} )?is (?:therefore |now )?(?:(?:an? )?(?:inadequate rating|rating of inadequate) (?:and|with) )?NAMED_SM|^(?:our |the |cqc's )?(?:decision|outcome|result|judge?ment|next step): SM\b(?! not| no| lifted| ended| removed)|\bjoin(?:s|ed) (?:the )?(?:growing |long |short )?(?:list|ranks|number|growing number|others|[\w-]+ others|(?:[\w-]+ )?(?:homes|services)) GAP(?:INTO)",
         "The home joins the list of services in special measures."),
    Rule("one of those in them", IN, r"\bis (?:now |currently |still )*one of (?:the |our )?(?:[\w'-]+ ){0,2}SERVICES (?:that )?(?:we|cqc) (?:currently |now )?(?:have|has|keeps?|holds?|supervises?) INTO|\bis (?:now )?one of (?:(?:only|the|just|more than|about|some) ){0,3}(?:\d+|two|three|four|five|six|seven|eight|nine|ten|a dozen|several) in (?:the|our|this) \w+ INTO|\bis (?:now )?one of (?:[\w'-]+ ){0,7}?(?:services|homes|providers|practices|hospitals|agencies) (?:[\w'-]+ ){0,5}?INTO",
         "It is one of nine services in the county in special measures."),
    Rule("services in general", NOTHING,
         r"(?<!the )(?<!both )(?<!these )(?<!'s )\bSERVICES\b(?! (?:ltd|limited|uk|group|has|is|was)\b)(?! [\w-]+ "
         r"(?:has|is|was)\b) GAP"
         r"(?:INTO|OUTOF|(?:exit|leave|enter) SM)|^(?:in|under) SM,? SERVICES\b",
         "Services in special measures will be kept under review and inspected again within six months."),
    Rule("a home, without its name", UNCLEAR, r"^(?:we|cqc) (?:have|has) (?:(?:now|today|just) )?(?:placed|put) an? (?:[\w-]+ ){0,3}?SERVICE (?:[\w'-]+ ){0,6}?INTO(?! (?:when|if|once|because)\b)",
         "CQC has placed a care home in Leeds into special measures."),
    Rule("a service, any service", NOTHING,
         r"(?<!step of )(?<!decision of )\b(?:plac(?:e|es|ing|ed)|put(?:s|ting)?|tak(?:e|es|ing|en)|remov(?:e|es|ing|ed)|mov(?:e|ing|ed)|keep(?:s|ing)?) (?:an?|any|every|each) (?:[\w-]+ ){0,2}?SERVICE (?:[\w-]+ ){0,3}?(?:INTO|OUTOF)|^an? (?:(?:second|third|further|new) )?(?:overall )?(?:inadequate rating|rating of inadequate)(?: overall)? (?:(?:also|automatically|usually|always|normally) )*(?:triggers?|leads? to|means?|results? in|brings?) NAMED_SM(?:$| (?:for|at|on) (?:an?|any|every|each)\b)|\b(?:any|every|each|where an?|when an?|whenever an?|once an?|if an?|should an?) (?:[\w-]+ )?SERVICE\b GAP(?:NAMED_SM)"
         r"|^an? (?:[\w-]+ ){0,2}SERVICE (?:(?:that|which|rated|judged|found) GAP)?(?:goes|enters|comes|is (?:put|placed|taken)|"
         r"will|can|must|stays|leaves|in SM (?:will|is|has))\b"
         r"|^(?:no )?an? (?:[\w-]+ ){0,3}SERVICE,? (?:that|which|whose (?:\w+ ){1,3}) ?(?:is|are|has been|have been|goes|we have|cqc has|remains?)\b(?: \w+){0,3}? ?(?:NAMED_SM|INTO)"
         r" (?:can|must|may|will|should|stays?|remains?|keeps?|has to|have to|is (?:usually|normally|not|still|always|kept|inspected|expected|required|given|reviewed)|gets?|receives?|does|cannot|needs?|continues?|shows?)\b|^once (?:placed |put )?(?:in|under) SM\b",
         "When a provider is in special measures we inspect more often."),
    Rule("what CQC usually does", NOTHING,
         r"\b(?:usually|normally|ordinarily|generally|typically) GAP(?:PLACE|PLACED|GET_OUT|GOT_OUT|INTO)|\b(?:would|might|could|should) (?:\w+ ){0,2}have been (?:PLACED)"
         r"|\b(?:powers?|ability|option|right|policy|(?<!meets the )(?<!met the )(?<!meets our )(?<!met our )(?<!meets its )(?<!met its )criteria|(?<!meets the )(?<!met the )(?<!meets our )(?<!met our )threshold|guidance) "
         r"(?:to|for|on|about|of) "
         r"GAP(?:NAMED_SM)"
         r"|\b(?:find out more|read more|learn more|more information) (?:about|on) GAP(?:NAMED_SM)",
         "We normally put it in special measures at that point."),
    Rule("CQC's other powers stay", NOTHING, r"\bSM (?:does|do|did|will) not (?:replace|affect|limit|prevent|change)\b",
         "Special measures will not affect our other powers."),
    # --- conditions, threats, denials ---
    Rule("once improved, it will no longer be in them", NOTHING, r"\bwill (?:then )?no longer (?:be|remain|stay) INTO$",
         "And it is no longer rated as inadequate for any of the five key questions it will no longer be in special "
         "measures."),
    Rule("an exit expected, on a condition", REMAINS,
         r"\b(?:the|this|it|service|home|practice|hospital|agency)\b[^,;]{0,40}? (?:is|are) (?:now |still )?(?:expected|due|set|likely|hoping|on course|scheduled) to (?:GET_OUT)\b.{0,90}\b(?:if|provided|once|unless)\b"
         r"|\b(?:we|cqc|inspectors) (?:now |still |also )?(?:expects?|hopes?|intends?|plans?) (?!(?:an?|any|every|each|no) |SERVICES )(?:[^,;]{2,60}? )?to GET_OUT\b.{0,90}\b(?:if|provided|once|unless|as long as)\b",
         "The home is expected to leave special measures in May if the improvements last.", tense=Tense.IMPLIED),
    Rule("a stay expected, on a condition", REMAINS,
         r"^(?!.*(?:PLACED|\benter|\bgoes|\bSERVICES\b))(?:(?:and|but|so),? )?(?:without|unless|until) .{3,90}?\b(?:it|the SERVICE|this SERVICE) (?:will|must|is to|has to) (?:(?:therefore|then|also|still) )?(?:stay|remain|continue to be|be kept) INTO",
         "Unless it improves, the home will stay in special measures.", tense=Tense.IMPLIED),
    Rule("considered and refused", REMAINS, r"\bconsider\w* (?:whether )?GAP(?:GETTING_OUT|GET_OUT)|\b(?:decided|decision|decide|ruled|advised) against GAP(?:GETTING_OUT|GET_OUT)",
         "We considered taking the home out of special measures."),
    Rule("an exit that did not come", REMAINS, r"\b(?:not|n't|too little|insufficient|too (?:few|small))\b[^;]{0,60} (?:that|for) SM (?:to|could|can|should|might) (?:be )?(?:lifted|removed|ended|end)\b|\b(?:would|should|could|might) (?:\w+ )?have (?:been )?GOT_OUT",
         "The home should have left special measures by now.", tense=Tense.IMPLIED),
    Rule("an exit on a day to come", REMAINS,
         r"\bwill (?:then |also |only )?(?:GET_OUT|be GOT_OUT|be OUTOF)\b(?:.{0,90}\b(?:unless|provided|as long as|so long as|if|once|when|until)\b|,? (?:on|in|from|by|at the end of|after|next) (?:\d|the|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|year|month)\b)"
         r"(?!.*\b(?:services|providers|homes)\b)",
         "It will be taken out of special measures on 1 March 2027.", tense=Tense.IMPLIED),
    Rule("a condition before", NOTHING,
         r"(?:^|[,;:] |\b(?:and|but|so|because|that|then) )"
         r"(?:if(?! you\b| your\b| anyone\b)|unless|in the event|should (?:the|it|they|we|this|there|any|no|another|cqc|matters|inspectors)|where (?:we|there|insufficient|"
         r"improvements?)|provided|in case|whether|(?:were|had) (?:any|the|it|we|they|this|there|no|another|cqc|matters|inspectors|[\w' ]{3,30} (?:not|to be))|one more|another inadequate|"
         r"(?:or|otherwise|or else|failing (?:which|that)|if not),? (?:it|the SERVICE|they|this SERVICE|we|face|be|special|SM|[\w' ]{3,30} (?:will|enters?|goes))|or else|in the absence of|without (?:\w+ )?improvement|"
         r"(?:when|once|as soon as|after) (?:it|the SERVICE|a SERVICE|an?) (?:has|is|had|rated|was) .{0,60}(?:inadequate|rated|found)|from (?:\d{1,2} )?\w+ 20\d\d,? (?:an?|any|every) )(?:\b|(?<= )).*SM"
         r"|\bif (?:it|they|(?:the|this) SERVICE) (?:were|was|is|became|becomes|went|goes|had|should) (?:(?!(?:and|but|so)\b)\S+ ){0,6}?(?:INTO|PLACED)"
         r"|\b(?:or|otherwise|or else|failing which|failing that),? (?:it|the SERVICE|they|this SERVICE|we|else)\b.*SM|\bor,? [\w' ]{3,40}? (?:will|enters?|goes|faces?)\b.*SM|\b(?:otherwise|if not|whether(?! or not)|or else)\b.*SM"
         r"|\bwould (?:mean|bring|lead to|result in|trigger|follow) (?:\w+ )?SM|SM (?:\w+ ){0,3}(?:if|should(?! (?:now )?(?:be|end|come|cease|no longer)\b)|unless)\b|\baway from SM|\bchoice\b.*\bor SM"
         r"|\b(?:enters?|goes into|comes under|is placed in|is put into) NAMED_SM (?:when|once|where|after) (?:it|they|an?|the SERVICE|any|one)\b"
         r"|\bfail(?:ing|ure) (?:that|which|to do so),? (?:the )?SM\b|SM.{0,20}\b(?:in the absence of|unless|if (?:it|there|no|the|they|we|improve)|otherwise|once no|when no|only if|only once|without improvement)\b",
         "Where insufficient improvement is made, the service will be placed in special measures.", scope=Scope.SO_FAR),
    Rule("a condition behind", NOTHING,
         r"\bwould (?:\w+ ){0,2}?(?:PLACED|PLACE)\b.{0,30}\bonly (?:as|if|when|where|after|once|in)\b|\b(?:will|would|could|may|might|can|going to) (?:\w+ ){0,3}?(?:PLACED|PLACE|GET_OUT|GOT_OUT)\b"
         r"(?:.{0,90}\b(?:if|unless|should (?:it|the|they|we)|provided)\b|(?: (?!and\b)\w+){0,3} (?:when|once|as soon as)\b(?! (?:this|the|our|that|its) (?:\w+ )?(?:report|decision|rating|inspection|notice)\b))",
         "It will be put into special measures when we next rate it inadequate."),
    Rule("an exit recommended", REMAINS, r"\brecommend\w* GAP(?:GET_OUT|GETTING_OUT|be GOT_OUT|OUTOF)",
         "We recommended that the home should exit special measures.", tense=Tense.IMPLIED),
    Rule("a risk, a warning, a wish of others", NOTHING,
         r"\b(?:within (?:[\w-]+ ){1,4}of|not far (?:off|from|away from)|far (?:\w+ ){0,3}from|close to) NAMED_SM|\b(?:risk\w*|threat\w*|danger|fear\w*|brink|verge|edge|prospect|possibility|likely|likelihood|face[sd]?|"
         r"facing|"
         r"avoid\w*|warn(?:s|ed|ing)?(?! notice)|prevent\w*|heading|headed|consider\w*|propos\w+|recommend\w*|"
         r"spared?|saved|eligible|"
         r"against|instead of|rather than|short of(?! (?:taking|bringing|lifting|leaving|coming|removing|moving))|without|call(?:s|ed|ing)?|petition\w*|campaign\w*|demand\w*|urge[sd]?|urging|narrowly \w+|"
         r"escap\w+ (?:being|going)) TOWARDS(?:PLACED|PLACE|PLACING|INTO|NAMED_SM)",
         "The home is at risk of being placed in special measures."),
    Rule("a near miss", NOTHING,
         r"\b(?:(?:c[ao]m(?:e|es|ing)|got|was|were|is|are|been) (?:(?:very|so|too|as|perilously|dangerously|uncomfortably|quite|extremely) )*(?:close|near)"
         r"|within (?:(?:an?|the|one|a single|touching) )*(?:whisker|hair's breadth|hair|hairs? breadth|inch|inches|ace|points?|votes?|stroke|distance|hour of|step|breath)(?: (?:away|or two))?"
         r"|(?:an?|one|two) (?:(?:cat's|single|small|short|mere) )*(?:whisker|hair's breadth|step|steps|point|points|inch)(?: away| short)?|(?:only |just |narrowly |barely |nearly )+(?:miss(?:ed|es|ing)|escap(?:ed|es|ing)|dodg(?:ed|es|ing)))"
         r" (?:(?:to|of|from|out on|on|short of) )?(?:(?:being|having been|be|getting|once more|again|actually) )*(?:PLACED|PLACING|PLACE|INTO|NAMED_SM)"
         r"|\b(?:entry|descent|return|move|fall) (?:in ?to|to) NAMED_SM (?:was|were|has been|is) (?:\w+ ){0,3}(?:avoided|averted|prevented|ruled out)\b"
         r"|\b(?:nearly|almost|all but)(?: (?:had|been|being|was|were|got))* (?:PLACED|PLACING)",
         "The home came close to being placed in special measures."),
    Rule("another rating would lead to them", NOTHING,
         r"\b(?:an?other|one more|a (?:second|third|further|repeat)|the same) (?:[\w-]+ ){0,7}?(?:would|will|could|might|may) (?:\w+ ){0,2}?(?:PLACE|PLACED|mean NAMED_SM)",
         "A second such rating in a row would put the home in special measures."),
    Rule("may or could be placed", NOTHING,
         r"\b(?:would|might|could|should) (?:\w+ ){0,2}?have (?:landed|put|placed|plunged|tipped|pushed) OBJECT INTO|\b(?:may|might|could|can|cannot|should|ought to|must|would have|(?<!no longer )(?<!still )needs? to) "
         r"(?:(?:also|now|then|be|have|been|even|still|yet|potentially|again|end up|find itself) )*(?:PLACED|PLACE|"
         r"INTO)|\b(?:would|could|might) (?:be|mean) NAMED_SM|\b(?:would|may|might|could|can) (?:then |also |again |probably |almost certainly |still )?(?:see|result|lead|trigger|cause|bring|end) GAP(?:PLACED|PLACE|PLACING|NAMED_SM)|\bwould have (?:triggered|brought|led to|resulted in|meant|prompted|seen) GAP(?:NAMED_SM)|\b(?:not|n't|never|nothing|none|no) (?:[^;, ]+ ){0,6}?(?:trigger(?:ed)?|prompt(?:ed)?|resulted? in|led to|lead to|meant|mean|brought) NAMED_SM|(?<!decided that )(?<!agreed that )(?<!concluded that )(?<!judged that )\bSM (?:may|might|could|can|should)\b",
         "The service may be placed in special measures."),
    Rule("not placed", NOTHING,
         r"\bhad (?:\w+ )?(?:intended|planned|meant|wanted|expected|hoped|been (?:about|going|due|minded|planning|intending)) to (?:\w+ )?(?:be )?(?:PLACE|PLACED)|\bno (?:grounds|reason|need|basis|cause|case|call|justification) (?:\w+ )?for (?:\w+ )?(?:NAMED_SM|PLACING)(?! to (?:continue|remain|stay|go on)\b)|\b(?:not|never|n't|neither|nor|no (?:need|reason|grounds|plans?|intention|decision)(?: \w+){0,3}|not "
         r"(?:yet )?(?:taken|made|take|took) (?:the|a|any) (?:\w+ ){0,3}?(?:decision|step|action|measure)) (?:to |of |(?:decide|decided|going|necessary|mean|meant|think|"
         r"that|the|yet) )*ADVERBS"
         r"(?:PLACED|PLACE|PLACING|result(?:ed)? in|lead to|warrant\w*)\b"
         r"|\b(?:not|n't|never) (?:[\w-]+ ){0,3}enough (?:for (?:us|cqc|inspectors) )?to (?:PLACE)|\bnot to (?:use|apply|impose) NAMED_SM|\b(?:not|never|n't) (?:\w+ )?come to NAMED_SM"
         r"|\bnothing (?:[^; ]+ ){0,6}?(?:PLACES|PLACED)"
         r"|\b(?:not|n't),? (?:(?:by|on|in) (?:itself|its own|themselves),? |necessarily |automatically |always )*(?:mean|trigger|lead to|result in|bring) NAMED_SM\b",
         "The practice was not placed in special measures on this occasion."),
    Rule("not in special measures", NOTHING,
         r"^(?:none|neither|not one) of\b(?!.*\b(?:left|out of|improv\w*|lifted|removed)\b).*\b(?:is|are|was|were|been|has|have)\b GAP(?:INTO)|\bnever [^;]{0,60} or (?:been )?INTO|^of the SERVICES INTO\b.*\bis not (?:one|among)\b|\b(?:no|neither|nor) SM\b(?! (?:change|longer))|\b(?:not|n't|never|neither|nor) ADVERBS(?:itself )?(?:GAP(?:is|are) )?INTO(?! any ?more| any longer)"
         r"|\bSM (?:was|were|has|have|is|are) not ADVERBS(?:imposed|applied|used|warranted)\b|\bSM (?:do|does|did|will|need) not (?:now |yet |therefore |at present )*(?:be )?(?:apply|applied|follow|arise)\b(?! (?:here )?any ?(?:more|longer)\b)",
         "This service is not in special measures."),
    Rule("stays out of them", NOTHING, r"\b(?:stay|keep|kept|remain)\w* GAP out of SM",
        "The home has stayed out of special measures."),
    # --- placed in special measures again ---
    Rule("back in them", ENTERED, r"\b(?:is|are|now|again|finds itself|goes|SERVICE) (?:now |once again |again )?back (?:INTO|in(?:to)? them\b)|\bback INTO (?:again|only|after|just|once|more|less than|within)|\breturn(?:s|ed)? to SM|\bin (?:SM|them) again\b"
         r"|\b(?:has|have) ADVERBS(?:put|placed|gone|sent|slipped|fallen|moved|taken|dropped|plunged) (?:straight |right )?back (?:INTO|to SM)|\b(?:has|have) ADVERBSre-?entered NAMED_SM"
         r"|\b(?:of|after|since) (?:it |having )?(?:leaving|left|coming out of|exiting) SM\b.{0,80}\b(?:PLACED|(?:placed|put|is|are) (?:back )?in (?:them|it) (?:again|once more|a second time)|(?:returned|returns|gone back|goes back|went back|is back|are back|fallen back|fell back) (?:to|in|into|under) (?:them|it|that status|SM))",
         "The home is back in special measures."),
    Rule("put back in them", ENTERED, r"\b(?:put|placed|gone|went|goes|sent|slipped|fallen|fell|moved|taken|dropped|plunged) (?:straight |right )?back (?:INTO|to SM)|\bre-?enter(?:s|ed)? (?:NAMED_SM)|\b(?:was|were|been) returned to SM|\bSM (?:was |were |has been |have been )?(?:re-?imposed|re-?applied|reinstated)\b",
         "Special measures have been reinstated.", tense=Tense.PAST),
    # --- exits that are denied: the service remains in special measures ---
    Rule("far from coming out", REMAINS, r"\b(?:not|n't|never|unable|cannot|yet) (?:yet |been |be |now )*(?:in a position|able|ready|satisfied|confident|convinced|persuaded|clear|sure|certain|willing|possible|enough evidence|to)? ?(?:that|to (?:say|conclude|judge|state|decide|confirm|find|agree|be sure)(?: that)?) (?:[^; ]+ ){0,6}?(?:no longer (?:(?:to be|be|being|needs?|need|requires?|belongs?|has to) )*(?:INTO|NAMED_SM))|\bno (?:reason|grounds|case|basis|evidence|justification)(?: \w+){0,3} (?:to GET_OUT|for GETTING_OUT)|\b(?:far from|nowhere near|no nearer(?: to)?|no closer(?: to)?|(?:months|weeks|years)(?: away)? from(?: being able to)?|long way from|not close to|some way from|cannot (?:yet )?say|too (?:early|soon) to say|still to (?:earn|win|achieve)|nothing|no way|not yet ready)\b GAP(?:removal OUTOF|GETTING_OUT|GET_OUT|OUTOF|no longer INTO)",
         "Far from leaving special measures, the home needs more time."),
    Rule("not improved enough to come out", REMAINS,
         r"\b(?:none|nothing|little|neither|nor|no (?:\w+ ){0,2}?\w+)\b(?! but\b) (?:[^; ]+ ){0,12}?(?:enough|sufficient\w*|far enough|warrant\w*|justif\w*)\b GAP(?:to GET_OUT|GETTING_OUT|removal OUTOF)|\b(?:fell|falls|fall|falling|stops?|stopped) short of GAP(?:GET_OUT|GETTING_OUT)|"
         r"(?:\bnot|n't|\bneither|\bnor|\binsufficient|\btoo (?:early|soon|little)|\bfail\w*|\bunable|\bcannot|\binability|\black of|"
         r"\byet)\b GAP"
         r"(?:GET_OUT|to GET_OUT|GETTING_OUT)",
         "The improvement was not enough to bring it out of special measures."),
    Rule("a request that CQC refused", REMAINS,
         r"\b(?:request\w*|application|appl(?:ied|y)|bid|ask(?:ed|s)?|appeal|plea) (?:[^;]{0,60}? )?(?:GET_OUT|GETTING_OUT|OUTOF)(?=.{0,80}(?:refus|turned down|reject|declin|dismiss|denied|unsuccess|$))",
         "The provider's request to be taken out of special measures was turned down."),
    Rule("it is not true that it is out", REMAINS, r"\b(?:not true|untrue|wrong|false|mistaken|incorrect)\b,? GAP(?:OUTOF|GOT_OUT)",
         "It is not true that the home is out of special measures."),
    Rule("has not come out", REMAINS,
         r"\b(?:declin|refus)(?:e|es|ed|ing) (?:again |once more )?to (?:GET_OUT)|(?:\bnot|n't|\bnever) ADVERBS(?:yet ADVERBS)?(?:GOT_OUT|GETTING_OUT|OUTOF)|\bSM (?:has|have|had|was|were|"
         r"will|is|are) not (?:yet )?ADVERBS(?:lifted|removed|ended|over)|\bSM (?:cannot|can't|could not|will not|should not|must not) (?:yet )?(?:be )?(?:lifted|removed|ended|end)\b",
         "The service has not yet been taken out of special measures."),
    # --- exits that have not happened yet ---
    Rule("hoped for, set to, recommended", REMAINS,
         r"\b(?:set|due|expect\w*|hop(?:es?|ed|ing)|wants?|wanted|aim\w*|work(?:s|ing)?|plan\w*|needs?|needed|must|"
         r"have to|has to|required|in order|ready|"
         r"on (?:course|track)|likely|keen|trying|determined|fight\w*|bid|battle|steps?|journey|recommend\w*|"
         r"propos\w+|consider\w*|focus\w*|before|until|"
         r"could|may|might|should|would|can(?! now)|calls?|pressing) TOWARDS(?:GET_OUT|GOT_OUT|GETTING_OUT|be OUTOF)|"
         r"^to GET_OUT"
         r"|\bbefore (?:it|they|we|this|the|this SERVICE|the SERVICE) (?:(?:can|could|may|will|is|are) )?(?:GETS_OUT|GET_OUT|GOT_OUT|be GOT_OUT)"
         r"|^only (?:when|if|once|after)\b.*\b(?:GET_OUT|GOT_OUT|OUTOF)"
         r"|^(?:the )?(?:GETTING_OUT) (?:(?:now|then|also|still) )*(?:will|would|may|might|could|can|should|must|depends?|requires?|needs?|means?|takes?|is (?:a|the|our|its|not|likely|unlikely|subject|dependent|possible|still|only))\b"
         r"|(?<!decided that )(?<!agreed that )(?<!concluded that )(?<!judged that )\bSM (?:could|may|might|should|would) ",
         "The home is set to come out of special measures.", tense=Tense.IMPLIED),
    # --- exits ---
    Rule("was no longer in", LEFT, r"\b(?:was|were|been) (?:\w+ )?no longer (?:INTO)",
         "The practice was no longer in special measures.", tense=Tense.PAST),
    Rule("no longer in", LEFT,
         r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )\bno longer (?:(?:to be|be|being|considered|deemed|judged|classed as|"
         r"need(?:s|ed|ing)?(?: to be)?|"
         r"requires?|placed|held|kept|remains?|"
         r"warrants?|meets? the (?:criteria|threshold) for) )*(?:INTO|NAMED_SM)|\bSM (?:will |do |does |is |are )?no "
         r"longer\b|\bno longer (?:any |a )?(?:need|reason|requirement|grounds|case|call) for (?:continued |continuing )?NAMED_SM",
         "The service is therefore no longer in special measures."),
    Rule("not in special measures any more", LEFT,
         r"\bSM (?:do|does|did) not (?:now )?apply (?:here )?any ?(?:more|longer)\b|\bnot INTO any ?(?:more|longer)\b|\b(?:ceases?|ceased|stopped|stops) (?:to be|being) INTO",
         "The practice has ceased to be in special measures."),
    Rule("has been, is being, will be taken out", LEFT,
         r"\b(?:has|have|is|are|being|am|we're|i'm|we've|will) ADVERBS(?:GOT_OUT|GETTING_OUT|GET_OUT)|\b(?:GETS_OUT)",
         "Inadequate at its last inspection, this home has been lifted out of special measures."),
    Rule("decided, able, improved enough to leave", LEFT,
         r"\b(?:decid\w+|decision|agree\w*|enabl\w+|allow\w*|able|enough|sufficient\w*|can now|pleased|delighted) "
         r"GAP(?:GET_OUT)|\b(?:decided|agreed|concluded|judged) that SM (?:should|can|are to|may|will) (?:now )?(?:be (?:lifted|removed|ended)|end\b|come to an end|cease|no longer (?:apply|be (?:applied|in (?:place|force))))",
         "We have decided to remove the service from special measures."),
    Rule("special measures lifted", LEFT,
         r"\bSM (?:ended|lifted|removed)$|\bSM (?:that|which|(?:in|under) which) [^;,]{3,60} (?:has|have|are|is) ADVERBS(?:ended|lifted|removed|ended|over|withdrawn|at an end|gone|no longer)\b|\bSM (?:status )?TOWARDS(?:has|have|is|are|was|were|will) ADVERBS(?:lifted|removed|ended|over|withdrawn|"
         r"at an "
         r"end)\b|\b(?:lifting|removal|end) of (?:the )?SM\b|\bSM status was (?:reviewed|considered) and (?:removed|lifted|ended)\b",
         "Special measures have been lifted."),
    Rule("its time in special measures ended", LEFT,
         r"\b(?:time|period|spell|stay|months|weeks|year) (?:in|under|of) SM (?:is|are|has|have|was|were|draws?|drew) (?:now |finally |at last |been |come )*(?:over|up|finished|ended|done|complete|completed|at an end|to an end|to a close|past|behind)\b"
         r"|\bend(?:s|ed|ing)? (?:its |the |a )?(?:[\w-]+ ){0,3}(?:months|weeks|years?|period|spell) (?:in|under|of) SM\b"
         r"|\bend(?:s|ed|ing)? (?:to )?(?:its|their|the) (?:\w+ )?(?:time|period|spell|stay) (?:in|under) SM\b|\bSM\b[^;]{0,90}? "
         r"(?:(?:has|have) ADVERBS)?comes? to an end\b",
         "The report brings to an end its time in special measures."),
    Rule("is out of special measures", LEFT, r"\b(?:is|are|now|finally|officially|(?<!in )and)(?: (?:now|finally|officially))? out of SM|^out of SM"
                                             r"|^(?!.*\b(?:t[ao]ken?|takes|taking|took|lift\w*|remov\w*|bring\w*|brought|mov\w*|leads?|led|help\w*|guid\w*|"
                                             r"steer\w*|turn\w*|pull\w*|gets?|got|getting)\b).*\bSERVICE(?: (?:now|finally|officially))? out of SM"
                                             r"|\b(?:is|are|now) (?:free (?:of|from)|clear of) SM",
         "The agency is out of special measures."),
    Rule("a headline: out of them", LEFT,
         r"^(?!.*\b(?:not|hop\w+|could|may|might|aim\w*|bids?|fail\w*|fight\w*|battl\w*|soon|plan\w*|want\w*|keep\w*|kept|stay\w*|work\w*|way|towards|step\w*|until|yet)\b)(?:[\w'-]+,? ){1,6}?(?:is )?out of SM\b",
         "Elmfield Court out of special measures at last", scope=Scope.HEADLINE),
    Rule("was taken out, came out", LEFT,
         r"\b(?:time|period|spell|stay|term) (?:in|under|of) SM (?:ended|finished|expired|ran out|came to an end)\b|\b(?:GOT_OUT|GETTING_OUT)|\b(?:removal|exit|release|departure|emergence) (?:of GAP)?OUTOF",
         "The service was taken out of special measures.", tense=Tense.PAST),
    Rule("special measures ended", LEFT,
         r"^gone (?:are|is) (?:the )?(?:status of )?SM\b|^SM no more\b|^(?:the )?SM (?:(?:at|for|in|of|on) (?!(?:an?|any|every|each|some|most)\b)(?:[\w'-]+ ){1,4}?|here )?(?:ended|finished|stopped|came to an end)\b(?!,? (?:if|when|once|only|as soon as)\b)",
         "Special measures at this home ended with this report.", tense=Tense.PAST),
    Rule("behind it", LEFT, r"\bput SM behind\b|\bSM (?:is |are )?(?:now )?(?:firmly )?behind (?:it|them|us)\b|\btime in SM (?:to a close|is over|has ended|is at an end)\b|\bgoodbye to SM\b|\bSM (?:is|are) (?:now )?(?:history|over|a thing of the past)\b",
         "The home has put special measures behind it."),
    Rule("CQC lifts them", LEFT, r"\b(?:we|i|cqc) (?:now |hereby |today |therefore |have )*(?:lift|lifts|end|ends|remove|removes|lifted|ended|removed) (?:the )?NAMED_SM",
         "With this report we lift special measures."),
    # --- stays ---
    Rule("remains", REMAINS,
         r"\b(?:remains?|stays?|continues?|keeps?|retains?|(?:is|are) still|(?:has|have) (?:remained|stayed|"
         r"continued|been kept|kept)|"
         r"(?:is|are|am|we're|be|being) (?:remaining|staying|continuing|keeping|kept)|still (?:needs?|has|have) to be) "
         r"(?:to be |being |placed )?GAP(?:INTO)|^still INTO",
         "Already in them at its last inspection, the service remains in special measures."),
    Rule("remained", REMAINS, r"\b(?:remained|remaining|stayed|staying|continued|continuing|kept|keeping|(?:left|leaves)(?! (?:us|cqc|inspectors|the (?:commission|regulator))\b)|leave (?=(?:the|this|it)\b)|still) "
                              r"?GAP(?:INTO)",
         "It remained in special measures.", tense=Tense.PAST),
    Rule("special measures continue", REMAINS,
         r"\bSM (?:will |is to |are to )?carr(?:y|ies) on\b|\bSM (?:(?:in which|that) [^;,]{3,60} )?(?:go|goes) on\b|\bno change (?:to|in|as to) (?:(?:the|its|this|our|their|[\w-]+'s) ){0,3}SM(?: status)?(?=$|[.,;]| (?:since|at|this|so)\b)|\bSM status was (?:reviewed|considered) and (?:confirmed|kept|continued|maintained)\b|\bSM\b[^;]{0,90}? (?:has|have|will|is|are|been|be) (?:\w+ )?(?:extended|renewed|prolonged|lengthened)\b"
         r"|\bSM (?:status )?(?:does|do|did|has|have|will|is) (?:not (?:been )?change[ds]?|unchanged)\b"
         r"|\bSM (?:status )?(?:(?:will|must|has|have|is|are|been|to|still|be|therefore|also|now) )*(?:continu\w+|"
         r"remain\w*|stays?|(?:kept|left)(?= (?:in (?:place|force)|on)\b)|"
         r"stands?|extended|renewed|prolonged|maintained|retained)\b"
         r"|\b(?:keep|keeps|keeping|kept|maintain(?:s|ed|ing)?|retain(?:s|ed|ing)?|continu(?:e|es|ed|ing)) (?:with )?NAMED_SM(?! (?:out|at bay|away))"
         r"|\b(?:time|period|spell|stay) (?:in|under) SM (?:goes on|carries on|continues)\b|\bexten(?:sion|d(?:s|ed|ing)?)\b GAP(?:NAMED_SM)|\b(?:further|additional|another) (?:[\w-]+ )?(?:period|"
         r"term|spell|months) (?:of|in|under) SM",
         "Special measures will continue at this home."),
    # --- entries ---
    Rule("is being, has been, will be placed", ENTERED,
         r"\b(?:is|are|am|i'm|we're|i've|we've|has|have|will|shall|did|going to) (?:decided to |had to |no choice "
         r"but to |to )*ADVERBS"
         r"(?:PLACED|PLACING|PLACE)|\b(?:PLACES)|\bit's ADVERBS(?:PLACED)",
         "Good at its last inspection, the home has been placed in special measures."),
    Rule("led CQC to place it", ENTERED,
         r"^(?!.*(?:\bnot|n't|\bnever|\bwithout)\b.{0,20}\btak(?:en|ing|e)\b).*\b(?:taken|took|taking) the (?:\w+ ){0,3}(?:step|decision|action) of (?:PLACING)|\b(?:decid\w+|decision|response|forced|choice but|necessary|enough|led|leads|meant|means?|become|becomes|became|first|"
         r"latest|\w+(?:st|nd|rd|th)) GAP(?:to )(?:ADVERBS)(?:PLACE|PLACED)",
         "We took the decision to place the surgery in special measures."),
    Rule("special measures imposed", ENTERED,
         r"(?:'s|\bits) (?:entry|descent|return|move|fall) (?:in ?to|to) NAMED_SM,? (?:which )?(?:takes|took|follows|followed|comes|came|begins|began|starts|is|was) (?!(?:not|never|possible|likely|unlikely|avoid\w*|prevent\w*)\b)(?!.*\b(?:if|unless)\b)|\bSM will ADVERBS(?:apply|take effect|come into force|begin|start)(?: (?:here|(?:to|for|at) (?!(?:any|every|each|all|an?|some|most|those|the)? ?(?:\w+ )?(?:SERVICES|any|every|each|all)\b|any\b|an?\b|every\b|each\b|all\b)[\w']+(?: [\w']+){0,3}?))??(?=$| ?[,.;]| (?:(?:from|on|as of|with effect|immediately|for|until|today|at once)\b|(?:when|once|as soon as) (?:this|the|our) (?:\w+ )?(?:report|decision|rating)\b))(?!.*\b(?:if|unless|should|whenever|where|provided)\b)|\bSM (?:status )?(?:has|have|is|are|was|were|will) ADVERBS(?:imposed|applied|confirmed|instigated|instituted|initiated|invoked|activated|enacted|brought in\b|put in place (?:by|at|on)|"
         r"introduced at|triggered)\b|\b(?:we|cqc) (?:are|is|have|has) (?:now |also )?(?:using|used|applying) NAMED_SM|^SM (?:imposed|applied|introduced)\b(?! (?:if|when|on (?:any|other)))",
         "Special measures have been imposed on the home."),
    Rule("its entry, as a fact", ENTERED,
         r"(?:'s|\bits|\bour|\btheir) (?:recent |sudden |latest )?(?:entry|descent|return|move|fall|slide|drop) (?:in ?to|to) NAMED_SM(?: (?:last|this|on|in|with|after) [\w ]{2,40}?)? (?:was|were|is|are|has|have|came|comes|left|took|caused|shook|shocked|surprised|upset|made)\b(?! (?:\w+ ){0,3}(?:avoided|prevented|averted|ruled out|possible|likely|unlikely)\b)(?!.*\b(?:if|unless|would)\b)"
         r"|^(?:entry|descent|going|moving|being (?:put|placed)|having been (?:put|placed)) (?:in ?to|in) NAMED_SM (?:has|have) (?!(?:\w+ ){0,3}(?:avoided|prevented|averted|ruled out)\b)",
         "Our entry into special measures was a shock.", tense=Tense.PAST),
    Rule("has led to them", ENTERED, r"\b(?:has|have) ADVERBSgiven SM status\b|\b(?:has|have) ADVERBS(?:triggered|prompted|necessitated|brought about|resulted in|led to|meant) NAMED_SM\b|\b(?:brings|means) (?:with it )?NAMED_SM (?:for|at|on) (?!an?\b|any\b|every\b|each\b|(?:\w+ )?SERVICES\b)|\b(?:is|are|will) ADVERBS(?:monitored|managed|overseen|supervised|run) (?:under|within) NAMED_SM\b",
         "This rating has triggered special measures."),
    Rule("would be placed, as told by somebody", UNCLEAR, r"\bwould GAP(?:PLACED|PLACE)",
        "The service would be placed in special measures."),
    Rule("passed into, begins", ENTERED,
         r"\b(?:passed|passes|come|came|coming|fell|fallen|moved|slid|slipped|dropped|gone|went|goes|stepped|tumbled|sunk|sank) (?:back |down |now |straight )*(?:into|under) NAMED_SM|\bSM (?:now |therefore |thus |consequently |automatically |again |also )*(?:begin|begins|began|start|starts|started|commence|commences|come into force|apply|applies|take effect|takes effect|took effect|came into force|now apply to (?!any|every|services|providers|homes)|follow|follows|now apply)\b(?! (?:to|when|where|if)\b)",
         "The home has now passed into special measures.", tense=Tense.PAST),
    Rule("was placed", ENTERED, r"\b(?:PLACED|PLACING)", "The practice was rated inadequate and placed in special "
                                                         "measures.", tense=Tense.PAST),
    # --- the service is, or was, in special measures ---
    Rule("after a time in them", UNCLEAR, r"\b(?:after|following|during) GAP(?:in|under) SM\b",
        "A fresh start after a year in special measures",
         scope=Scope.HEADLINE),
    Rule("has been in them, and is on course to leave", REMAINS, r"\b(?:has|have) (?:\w+ )?been INTO (?:since|for)\b(?: (?:this|the latest|our latest|the present) report\b|.{0,40}\b(?:is|are) (?:now )?(?:on course|set|due|hoping|expected|ready|trying) to (?:leave|exit|come out)\b)", "The home, which has been in special measures since May, is on course to leave them.", tense=Tense.IMPLIED),
    Rule("has spent a time in them", REMAINS, r"\b(?:has|have) (?:now |already )+(?:spent|been) (?:[\w-]+ ){1,6}(?:in|under) SM\b", "The home has now spent 14 months in special measures.", tense=Tense.IMPLIED),
    Rule("is in special measures", IN,
         r"^(?:[\w']+ ){0,4}inadequate(?: overall)?(?:,| and| -| \() ?(?:in )?SM\)?$|^(?=.*\b(?:inadequate|warning notice))(?:(?:TAG[ ,|/·•*]{1,3})*(?:in )?SM(?:[ ,|/·•*]{1,3}TAG)+$|(?:TAG[ ,|/·•*]{1,3})+(?:in )?SM$)|\bSM (?:is|are) ADVERBS(?:in (?:force|effect)\b|in place (?:at|for) (?:(?:this|the) SERVICE|(?:[a-z']+ ){1,4}?(?:court|house|lodge|hall|manor|grange|view|home|villa|park))\b)(?! (?:if|when|where)\b)(?!.*\bto (?:stop|prevent|protect|reduce)\b)|, already INTO, (?!.*\b(?:when|before)\b)|"
         r"\bSM (?:now |also |still |again |therefore )*(?:apply|applies) (?:here\b|to (?:this|our|the) (?!(?:\w+ )?SERVICES\b))(?!.*\b(?:if|when|whenever|once|where|unless|until)\b)"
         r"|\b(?:is|remains|(?:has|have) (?:now )?been) (?:also |now |still )*(?:an?|the|one of \w+) (?:\w+ ){0,3}?(?:SERVICE|SERVICES) INTO|^(?:now |currently )?being INTO, (?!an?\b|any\b|every\b|each\b|SERVICES\b)|\bSM (?:have|has) (?:now )?been in (?:place|force) since\b|\b(?:has|have|holds?) (?:now )?SM status\b(?! (?:removed|lifted|ended))|\b(?:is|are|it's|now|currently|finds itself|found itself|(?:now |therefore |still )?(?:sits|rests|belongs)|inadequate)(?:,| and)? (?:as a result |rated "
         r"inadequate and |which is )?ADVERBS(?:INTO)|^(?:so|therefore|thus|consequently) (?:now )?INTO"
         r"|\b(?:falls|comes) (?:within|under) NAMED_SM"
         r"|\b(?:is|now) (?:now )?an? SM (?:SERVICE)",
         "The overall rating is inadequate and the service is therefore in special measures."),
    Rule("a headline: special measures for it", ENTERED, r"^from (?:outstanding|good|requires improvement) (?:in \w+ )?to SM\b(?! in 20)|^(?:it is |it's )?SM for (?:the |this )?(?!.*\b(?:services|providers|homes|trusts|hospitals|practices|agencies|surgeries|hospices|gps|dentists)\b)(?!(?:adult )?(?:social|primary) care\b).{3,60}$|^SM for .{3,60} (?:after|following|as)\b",
         "Special measures for Kent home after inspection", scope=Scope.HEADLINE),
    Rule("a headline", IN, r"^(?!.*\b(?:formerly|previously|historically|briefly|earlier|until|used)\b)(?:[\w'-]+,? ){0,8}INTO(?: (?:after|following|by)\b.*)?$|^(?:now |currently |still |again )*(?:in|under) SM,? \(?(?:and |with |is |the |its |our |an? )*(?:to be (?:re-?)?(?:assessed|inspected|reviewed|visited)|(?:next|new|further|follow-up) (?:assessment|inspection|visit|review)|re-?(?:assessment|inspection)|(?:assessment|inspection|visit|review) (?:due|by|within|planned|expected)|due|pending|awaiting|until (?:the|our|its) (?:next|re-?))\b(?!.*\b(?:ended|lifted|left|no longer|was|were|had)\b).*$|^in SM (?!explained|guide|what|means?|framework|services|list|until|if)(?!.*\b(?:last|previous|earlier|then)\b)[\w-]+(?: [\w-]+){0,3}$",
        "Riverside Nursing Home in special measures",
         scope=Scope.HEADLINE),
)
