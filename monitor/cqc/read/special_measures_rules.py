"""The rules that decide what a clause says about special measures. Each rule has an example, and the decision that is expected
for the example. Source for the whole module: docs/facts/special-measures.md.
"""

from monitor.cqc.read.special_measures_asides import ASIDES
from monitor.cqc.read.special_measures_macros import ENTERED, IN, LEFT, NOTHING, REMAINS, UNCLEAR, Rule, Scope, Tense

RULES: tuple[Rule, ...] = (
    # --- a field with its value ---
    Rule("a field: ended", LEFT,
         r"^(?:in )?SM(?: status)?: no\b,? ?\(?(?:since|from|ended|lifted|removed|left)"
         r"|^(?:in )?SM(?: status)?: (?:(?:these|they|it|this|the SERVICE)\b.{0,40}?)?"
         r"(?:ended|lifted|removed|left|exited|no longer|came out|come out|out of|over|withdrawn|complete)"
         r"|^(?:regulatory status|status|currently|category|regime|now): (?:in |under )?SM,? "
         r"(?:ended|lifted|removed|left|exited|over)\b"
         r"|^(?:in )?SM from (?:\d{1,2} )?\w+ 20\d\d (?:to|until|till|-) (?:\d{1,2} )?\w+ 20\d\d"
         r"|^(?:in )?SM(?: status| history)?: (?:from )?(?:\d{1,2} )?(?:[a-z]+ )?20\d\d (?:to|until|-) (?:\d{1,2} )?"
         r"(?:[a-z]+ )?20\d\d|^SM:? (?:ended|lifted|removed|exited|over)\b(?! if| when| once)",
         "In special measures: ended 20 November 2026"),
    Rule("a field: no", NOTHING,
         r"^(?:previously|formerly|earlier|once|ever) (?:in )?SM: |^SM: (?:this|the) SERVICE is not (?:currently |now )?in SM$"
         r"|^(?:in |current )?SM(?: status)?: [-✗✘✖❌ ]*$|^(?:in |current )?SM(?: status)?: "
         r"(?:no|none|n/?a|not|never|nil|false|0|inactive|off|under (?:consideration|review)|being considered|proposed|possible)"
         r"\b(?! longer| change)|^no SM$",
         "Special measures: No"),
    Rule("a field: remains", REMAINS,
         r"^(?:in )?SM(?: status)?: (?:no change|unchanged|as before)\b"
         r"|\bSM\b.{0,60}\b(?:yet to end|not (?:yet )?(?:ended|over))\b"
         r"|^SM:? \(?(?:extended|continu(?!\w* only (?:while|until|if|when|as long|for as long)\b)|prolonged)"
         r"|\bSM\b.{0,20}\b(?:stay|remain|continue)s? in (?:place|force)\b|(?<!\bno )\b(?:second|third|further|another|next) "
         r"(?:[\w-]+ ){0,3}?(?:months?|year|period|spell|term) (?:in|of|under) SM|^(?:in )?SM(?: status)?: "
         r"(?:(?:these|they|it|this|the SERVICE)\b.{0,40}?)?(?:remain|stay|stand|continu|still|extend|kept)",
         "Special measures: these stay in force."),
    Rule("a field: yes", IN,
         r"^(?:regulatory status|status|currently|category|regime|now): (?:in |under )?SM(?:$| \(?(?:since|from|as of)\b| \(\d"
         r"|, (?!no\b|not\b|never\b))|^SM: (?:this|the) SERVICE (?:must|has to|needs to|is required)\b"
         r"|^(?:in|under) SM,? \(?(?:since|from|with effect)\b(?!.*\b(?:to|until|till|ended|lifted)\b)"
         r"|^SM (?:since|from|as of|with effect from) (?:\d{1,2} )?[a-z]{3,9} 20\d\d(?! to\b| until\b| -)|^SM since: "
         r"|^(?:in |current )?SM(?: status)?: (?:(?:these|they|it|this|the SERVICE|[\w' ]{3,40}?)\b.{0,40}?)?"
         r"(?:yes|in (?:force|place|effect)|active|current|since|from|appl|entered|placed|imposed|true|in SM)\b|^(?:in )?SM: \d"
         r"|^SM$|^in SM$",
         "Special measures: Yes, since 20 November 2026"),
    *ASIDES,
    # --- placed in special measures again ---
    Rule("back in them", ENTERED,
         r"\b(?:is|are|now|again|finds itself|goes|SERVICE) (?:now |once again |again )?back (?:INTO|in(?:to)? them\b)"
         r"|\bback INTO (?:again|only|after|just|once|more|less than|within)|\breturn(?:s|ed)? to SM|\bin (?:SM|them) again\b"
         r"|\b(?:has|have) ADVERBS(?:put|placed|gone|sent|slipped|fallen|moved|taken|dropped|plunged) (?:straight |right )?back "
         r"(?:INTO|to SM)|\b(?:has|have) ADVERBSre-?entered NAMED_SM"
         r"|\b(?:of|after|since) (?:it |having )?(?:leaving|left|coming out of|exiting) SM\b.{0,80}"
         r"\b(?:PLACED|(?:placed|put|is|are) (?:back )?in (?:them|it) (?:again|once more|a second time)"
         r"|(?:returned|returns|gone back|goes back|went back|is back|are back|fallen back|fell back) (?:to|in|into|under) "
         r"(?:them|it|that status|SM))",
         "The home is back in special measures."),
    Rule("put back in them", ENTERED,
         r"\b(?:put|placed|gone|went|goes|sent|slipped|fallen|fell|moved|taken|dropped|plunged) (?:straight |right )?back "
         r"(?:INTO|to SM)|\bre-?enter(?:s|ed)? (?:NAMED_SM)|\b(?:was|were|been) returned to SM"
         r"|\bSM (?:was |were |has been |have been )?(?:re-?imposed|re-?applied|reinstated)\b",
         "Special measures have been reinstated.", tense=Tense.PAST),
    # --- exits that are denied: the service remains in special measures ---
    Rule("far from coming out", REMAINS,
         r"\b(?:not|n't|never|unable|cannot|yet) (?:yet |been |be |now )*(?:in a position|able|ready|satisfied|confident"
         r"|convinced|persuaded|clear|sure|certain|willing|possible|enough evidence|to)? ?"
         r"(?:that|to (?:say|conclude|judge|state|decide|confirm|find|agree|be sure)(?: that)?) (?:[^; ]+ ){0,6}?"
         r"(?:no longer (?:(?:to be|be|being|needs?|need|requires?|belongs?|has to) )*(?:INTO|NAMED_SM))"
         r"|\bno (?:reason|grounds|case|basis|evidence|justification)(?: \w+){0,3} (?:to GET_OUT|for GETTING_OUT)"
         r"|\b(?:far from|nowhere near|no nearer(?: to)?|no closer(?: to)?"
         r"|(?:months|weeks|years)(?: away)? from(?: being able to)?|long way from|not close to|some way from|cannot (?:yet )?say"
         r"|too (?:early|soon) to say|still to (?:earn|win|achieve)|nothing|no way|not yet ready)\b "
         r"GAP(?:removal OUTOF|GETTING_OUT|GET_OUT|OUTOF|no longer INTO)",
         "Far from leaving special measures, the home needs more time."),
    Rule("not improved enough to come out", REMAINS,
         r"\b(?:none|nothing|little|neither|nor|no (?:\w+ ){0,2}?\w+)\b(?! but\b) (?:[^; ]+ ){0,12}?"
         r"(?:enough|sufficient\w*|far enough|warrant\w*|justif\w*)\b GAP(?:to GET_OUT|GETTING_OUT|removal OUTOF)"
         r"|\b(?:fell|falls|fall|falling|stops?|stopped) short of GAP(?:GET_OUT|GETTING_OUT)"
         r"|(?:\bnot|n't|\bneither|\bnor|\binsufficient|\btoo (?:early|soon|little)|\bfail\w*|\bunable|\bcannot|\binability"
         r"|\black of|\byet)\b GAP"
         r"(?:GET_OUT|to GET_OUT|GETTING_OUT)",
         "The improvement was not enough to bring it out of special measures."),
    Rule("a request that CQC refused", REMAINS,
         r"\b(?:request\w*|application|appl(?:ied|y)|bid|ask(?:ed|s)?|appeal|plea) (?:[^;]{0,60}? )?(?:GET_OUT|GETTING_OUT|OUTOF)"
         r"(?=.{0,80}(?:refus|turned down|reject|declin|dismiss|denied|unsuccess|$))",
         "The provider's request to be taken out of special measures was turned down."),
    Rule("it is not true that it is out", REMAINS,
         r"\b(?:not true|untrue|wrong|false|mistaken|incorrect)\b,? GAP(?:OUTOF|GOT_OUT)",
         "It is not true that the home is out of special measures."),
    Rule("has not come out", REMAINS,
         r"\b(?:declin|refus)(?:e|es|ed|ing) (?:again |once more )?to (?:GET_OUT)"
         r"|(?:\bnot|n't|\bnever) ADVERBS(?:yet ADVERBS)?(?:GOT_OUT|GETTING_OUT|OUTOF)|\bSM (?:has|have|had|was|were|"
         r"will|is|are) not (?:yet )?ADVERBS(?:lifted|removed|ended|over)"
         r"|\bSM (?:cannot|can't|could not|will not|should not|must not) (?:yet )?(?:be )?(?:lifted|removed|ended|end)\b",
         "The service has not yet been taken out of special measures."),
    # --- exits that have not happened yet ---
    Rule("hoped for, set to, recommended", REMAINS,
         r"\b(?:set|due|expect\w*|hop(?:es?|ed|ing)|wants?|wanted|aim\w*|work(?:s|ing)?|plan\w*|needs?|needed|must|"
         r"have to|has to|required|in order|ready|"
         r"on (?:course|track)|likely|keen|trying|determined|fight\w*|bid|battle|steps?|journey|recommend\w*|"
         r"propos\w+|consider\w*|focus\w*|before|until|"
         r"could|may|might|should|would|can(?! now)|calls?|pressing) TOWARDS(?:GET_OUT|GOT_OUT|GETTING_OUT|be OUTOF)|"
         r"^to GET_OUT"
         r"|\bbefore (?:it|they|we|this|the|this SERVICE|the SERVICE) (?:(?:can|could|may|will|is|are) )?"
         r"(?:GETS_OUT|GET_OUT|GOT_OUT|be GOT_OUT)"
         r"|^only (?:when|if|once|after)\b.*\b(?:GET_OUT|GOT_OUT|OUTOF)"
         r"|^(?:the )?(?:GETTING_OUT) (?:(?:now|then|also|still) )*(?:will|would|may|might|could|can|should|must|depends?"
         r"|requires?|needs?|means?|takes?|is (?:a|the|our|its|not|likely|unlikely|subject|dependent|possible|still|only))\b"
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
         r"longer\b"
         r"|\bno longer (?:any |a )?(?:need|reason|requirement|grounds|case|call) for (?:continued |continuing )?NAMED_SM",
         "The service is therefore no longer in special measures."),
    Rule("not in special measures any more", LEFT,
         r"\bSM (?:do|does|did) not (?:now )?apply (?:here )?any ?(?:more|longer)\b|\bnot INTO any ?(?:more|longer)\b"
         r"|\b(?:ceases?|ceased|stopped|stops) (?:to be|being) INTO",
         "The practice has ceased to be in special measures."),
    Rule("has been, is being, will be taken out", LEFT,
         r"\b(?:has|have|is|are|being|am|we're|i'm|we've|will) ADVERBS(?:GOT_OUT|GETTING_OUT|GET_OUT)|\b(?:GETS_OUT)",
         "Inadequate at its last inspection, this home has been lifted out of special measures."),
    Rule("decided, able, improved enough to leave", LEFT,
         r"\b(?:decid\w+|decision|agree\w*|enabl\w+|allow\w*|able|enough|sufficient\w*|can now|pleased|delighted) "
         r"GAP(?:GET_OUT)|\b(?:decided|agreed|concluded|judged) that SM (?:should|can|are to|may|will) (?:now )?"
         r"(?:be (?:lifted|removed|ended)|end\b|come to an end|cease|no longer (?:apply|be (?:applied|in (?:place|force))))",
         "We have decided to remove the service from special measures."),
    Rule("special measures lifted", LEFT,
         r"\bSM (?:ended|lifted|removed)$|\bSM (?:that|which|(?:in|under) which) [^;,]{3,60} (?:has|have|are|is) "
         r"ADVERBS(?:ended|lifted|removed|ended|over|withdrawn|at an end|gone|no longer)\b"
         r"|\bSM (?:status )?TOWARDS(?:has|have|is|are|was|were|will) ADVERBS(?:lifted|removed|ended|over|withdrawn|"
         r"at an "
         r"end)\b|\b(?:lifting|removal|end) of (?:the )?SM\b"
         r"|\bSM status was (?:reviewed|considered) and (?:removed|lifted|ended)\b",
         "Special measures have been lifted."),
    Rule("its time in special measures ended", LEFT,
         r"\b(?:time|period|spell|stay|months|weeks|year) (?:in|under|of) SM (?:is|are|has|have|was|were|draws?|drew) "
         r"(?:now |finally |at last |been |come )*(?:over|up|finished|ended|done|complete|completed|at an end|to an end"
         r"|to a close|past|behind)\b"
         r"|\bend(?:s|ed|ing)? (?:its |the |a )?(?:[\w-]+ ){0,3}(?:months|weeks|years?|period|spell) (?:in|under|of) SM\b"
         r"|\bend(?:s|ed|ing)? (?:to )?(?:its|their|the) (?:\w+ )?(?:time|period|spell|stay) (?:in|under) SM\b|\bSM\b[^;]{0,90}? "
         r"(?:(?:has|have) ADVERBS)?comes? to an end\b",
         "The report brings to an end its time in special measures."),
    Rule("is out of special measures", LEFT,
         r"\b(?:is|are|now|finally|officially|(?<!in )and)(?: (?:now|finally|officially))? out of SM|^out of SM"
                                             r"|^(?!.*\b(?:t[ao]ken?|takes|taking|took|lift\w*|remov\w*|bring\w*|brought|mov\w*"
                                             r"|leads?|led|help\w*|guid\w*|steer\w*|turn\w*|pull\w*|gets?|got"
                                             r"|getting)\b).*\bSERVICE(?: (?:now|finally|officially))? out of SM"
                                             r"|\b(?:is|are|now) (?:free (?:of|from)|clear of) SM",
         "The agency is out of special measures."),
    Rule("a headline: out of them", LEFT,
         r"^(?!.*\b(?:not|hop\w+|could|may|might|aim\w*|bids?|fail\w*|fight\w*|battl\w*|soon|plan\w*|want\w*|keep\w*|kept|stay\w*"
         r"|work\w*|way|towards|step\w*|until|yet)\b)(?:[\w'-]+,? ){1,6}?(?:is )?out of SM\b",
         "Elmfield Court out of special measures at last", scope=Scope.HEADLINE),
    Rule("was taken out, came out", LEFT,
         r"\b(?:time|period|spell|stay|term) (?:in|under|of) SM (?:ended|finished|expired|ran out|came to an end)\b"
         r"|\b(?:GOT_OUT|GETTING_OUT)|\b(?:removal|exit|release|departure|emergence) (?:of GAP)?OUTOF",
         "The service was taken out of special measures.", tense=Tense.PAST),
    Rule("special measures ended", LEFT,
         r"^gone (?:are|is) (?:the )?(?:status of )?SM\b|^SM no more\b"
         r"|^(?:the )?SM (?:(?:at|for|in|of|on) (?!(?:an?|any|every|each|some|most)\b)(?:[\w'-]+ ){1,4}?|here )?"
         r"(?:ended|finished|stopped|came to an end)\b(?!,? (?:if|when|once|only|as soon as)\b)",
         "Special measures at this home ended with this report.", tense=Tense.PAST),
    Rule("behind it", LEFT,
         r"\bput SM behind\b|\bSM (?:is |are )?(?:now )?(?:firmly )?behind (?:it|them|us)\b"
         r"|\btime in SM (?:to a close|is over|has ended|is at an end)\b|\bgoodbye to SM\b"
         r"|\bSM (?:is|are) (?:now )?(?:history|over|a thing of the past)\b",
         "The home has put special measures behind it."),
    Rule("CQC lifts them", LEFT,
         r"\b(?:we|i|cqc) (?:now |hereby |today |therefore |have )*(?:lift|lifts|end|ends|remove|removes|lifted|ended|removed) "
         r"(?:the )?NAMED_SM",
         "With this report we lift special measures."),
    # --- stays ---
    Rule("remains", REMAINS,
         r"\b(?:remains?|stays?|continues?|keeps?|retains?|(?:is|are) still|(?:has|have) (?:remained|stayed|"
         r"continued|been kept|kept)|"
         r"(?:is|are|am|we're|be|being) (?:remaining|staying|continuing|keeping|kept)|still (?:needs?|has|have) to be) "
         r"(?:to be |being |placed )?GAP(?:INTO)|^still INTO",
         "Already in them at its last inspection, the service remains in special measures."),
    Rule("remained", REMAINS,
         r"\b(?:remained|remaining|stayed|staying|continued|continuing|kept|keeping"
         r"|(?:left|leaves)(?! (?:us|cqc|inspectors|the (?:commission|regulator))\b)|leave (?=(?:the|this|it)\b)|still) "
                              r"?GAP(?:INTO)",
         "It remained in special measures.", tense=Tense.PAST),
    Rule("special measures continue", REMAINS,
         r"\bSM (?:will |is to |are to )?carr(?:y|ies) on\b"
         r"|\bSM (?:(?:in which|that) [^;,]{3,60} )?(?:go|goes) on\b"
         r"|\bno change (?:to|in|as to) (?:(?:the|its|this|our|their|[\w-]+'s) ){0,3}SM(?: status)?"
         r"(?=$|[.,;]| (?:since|at|this|so)\b)"
         r"|\bSM status was (?:reviewed|considered) and (?:confirmed|kept|continued|maintained)\b"
         r"|\bSM\b[^;]{0,90}? (?:has|have|will|is|are|been|be) (?:\w+ )?(?:extended|renewed|prolonged|lengthened)\b"
         r"|\bSM (?:status )?(?:does|do|did|has|have|will|is) (?:not (?:been )?change[ds]?|unchanged)\b"
         r"|\bSM (?:status )?(?:(?:will|must|has|have|is|are|been|to|still|be|therefore|also|now) )*(?:continu\w+|"
         r"remain\w*|stays?|(?:kept|left)(?= (?:in (?:place|force)|on)\b)|"
         r"stands?|extended|renewed|prolonged|maintained|retained)\b"
         r"|\b(?:keep|keeps|keeping|kept|maintain(?:s|ed|ing)?|retain(?:s|ed|ing)?|continu(?:e|es|ed|ing)) "
         r"(?:with )?NAMED_SM(?! (?:out|at bay|away))"
         r"|\b(?:time|period|spell|stay) (?:in|under) SM (?:goes on|carries on|continues)\b"
         r"|\bexten(?:sion|d(?:s|ed|ing)?)\b GAP(?:NAMED_SM)|\b(?:further|additional|another) (?:[\w-]+ )?(?:period|"
         r"term|spell|months) (?:of|in|under) SM",
         "Special measures will continue at this home."),
    # --- entries ---
    Rule("is being, has been, will be placed", ENTERED,
         r"\b(?:is|are|am|i'm|we're|i've|we've|has|have|will|shall|did|going to) (?:decided to |had to |no choice "
         r"but to |to )*ADVERBS"
         r"(?:PLACED|PLACING|PLACE)|\b(?:PLACES)|\bit's ADVERBS(?:PLACED)",
         "Good at its last inspection, the home has been placed in special measures."),
    Rule("led CQC to place it", ENTERED,
         r"^(?!.*(?:\bnot|n't|\bnever|\bwithout)\b.{0,20}\btak(?:en|ing|e)\b).*\b(?:taken|took|taking) the (?:\w+ ){0,3}"
         r"(?:step|decision|action) of (?:PLACING)|\b(?:decid\w+|decision|response|forced|choice but|necessary|enough|led|leads"
         r"|meant|means?|become|becomes|became|first|latest|\w+(?:st|nd|rd|th)) GAP(?:to )(?:ADVERBS)(?:PLACE|PLACED)",
         "We took the decision to place the surgery in special measures."),
    Rule("special measures imposed", ENTERED,
         r"(?:'s|\bits) (?:entry|descent|return|move|fall) (?:in ?to|to) NAMED_SM,? (?:which )?"
         r"(?:takes|took|follows|followed|comes|came|begins|began|starts|is|was) "
         r"(?!(?:not|never|possible|likely|unlikely|avoid\w*|prevent\w*)\b)(?!.*\b(?:if|unless)\b)"
         r"|\bSM will ADVERBS(?:apply|take effect|come into force|begin|start)"
         r"(?: (?:here|(?:to|for|at) (?!(?:any|every|each|all|an?|some|most|those|the)? ?(?:\w+ )?"
         r"(?:SERVICES|any|every|each|all)\b|any\b|an?\b|every\b|each\b|all\b)[\w']+(?: [\w']+){0,3}?))??"
         r"(?=$| ?[,.;]| (?:(?:from|on|as of|with effect|immediately|for|until|today|at once)\b"
         r"|(?:when|once|as soon as) (?:this|the|our) (?:\w+ )?(?:report|decision|rating)\b))"
         r"(?!.*\b(?:if|unless|should|whenever|where|provided)\b)"
         r"|\bSM (?:status )?(?:has|have|is|are|was|were|will) ADVERBS(?:imposed|applied|confirmed|instigated|instituted"
         r"|initiated|invoked|activated|enacted|brought in\b|put in place (?:by|at|on)|introduced at|triggered)\b"
         r"|\b(?:we|cqc) (?:are|is|have|has) (?:now |also )?(?:using|used|applying) NAMED_SM"
         r"|^SM (?:imposed|applied|introduced)\b(?! (?:if|when|on (?:any|other)))",
         "Special measures have been imposed on the home."),
    Rule("its entry, as a fact", ENTERED,
         r"(?:'s|\bits|\bour|\btheir) (?:recent |sudden |latest )?(?:entry|descent|return|move|fall|slide|drop) (?:in ?to|to) "
         r"NAMED_SM(?: (?:last|this|on|in|with|after) [\w ]{2,40}?)? (?:was|were|is|are|has|have|came|comes|left|took|caused"
         r"|shook|shocked|surprised|upset|made)\b(?! (?:\w+ ){0,3}"
         r"(?:avoided|prevented|averted|ruled out|possible|likely|unlikely)\b)(?!.*\b(?:if|unless|would)\b)"
         r"|^(?:entry|descent|going|moving|being (?:put|placed)|having been (?:put|placed)) (?:in ?to|in) NAMED_SM (?:has|have) "
         r"(?!(?:\w+ ){0,3}(?:avoided|prevented|averted|ruled out)\b)",
         "Our entry into special measures was a shock.", tense=Tense.PAST),
    Rule("has led to them", ENTERED,
         r"\b(?:has|have) ADVERBSgiven SM status\b"
         r"|\b(?:has|have) ADVERBS(?:triggered|prompted|necessitated|brought about|resulted in|led to|meant) NAMED_SM\b"
         r"|\b(?:brings|means) (?:with it )?NAMED_SM (?:for|at|on) (?!an?\b|any\b|every\b|each\b|(?:\w+ )?SERVICES\b)"
         r"|\b(?:is|are|will) ADVERBS(?:monitored|managed|overseen|supervised|run) (?:under|within) NAMED_SM\b",
         "This rating has triggered special measures."),
    Rule("would be placed, as told by somebody", UNCLEAR, r"\bwould GAP(?:PLACED|PLACE)",
        "The service would be placed in special measures."),
    Rule("passed into, begins", ENTERED,
         r"\b(?:passed|passes|come|came|coming|fell|fallen|moved|slid|slipped|dropped|gone|went|goes|stepped|tumbled|sunk|sank) "
         r"(?:back |down |now |straight )*(?:into|under) NAMED_SM"
         r"|\bSM (?:now |therefore |thus |consequently |automatically |again |also )*(?:begin|begins|began|start|starts|started"
         r"|commence|commences|come into force|apply|applies|take effect|takes effect|took effect|came into force"
         r"|now apply to (?!any|every|services|providers|homes)|follow|follows|now apply)\b(?! (?:to|when|where|if)\b)",
         "The home has now passed into special measures.", tense=Tense.PAST),
    Rule("was placed", ENTERED, r"\b(?:PLACED|PLACING)", "The practice was rated inadequate and placed in special "
                                                         "measures.", tense=Tense.PAST),
    # --- the service is, or was, in special measures ---
    Rule("after a time in them", UNCLEAR, r"\b(?:after|following|during) GAP(?:in|under) SM\b",
        "A fresh start after a year in special measures",
         scope=Scope.HEADLINE),
    Rule("has been in them, and is on course to leave", REMAINS,
         r"\b(?:has|have) (?:\w+ )?been INTO (?:since|for)\b(?: (?:this|the latest|our latest|the present) report\b"
         r"|.{0,40}\b(?:is|are) (?:now )?(?:on course|set|due|hoping|expected|ready|trying) to (?:leave|exit|come out)\b)",
         "The home, which has been in special measures since May, is on course to leave them.", tense=Tense.IMPLIED),
    Rule("has spent a time in them", REMAINS,
         r"\b(?:has|have) (?:now |already )+(?:spent|been) (?:[\w-]+ ){1,6}(?:in|under) SM\b",
         "The home has now spent 14 months in special measures.", tense=Tense.IMPLIED),
    Rule("is in special measures", IN,
         r"^(?:[\w']+ ){0,4}inadequate(?: overall)?(?:,| and| -| \() ?(?:in )?SM\)?$"
         r"|^(?=.*\b(?:inadequate|warning notice))(?:(?:TAG[ ,|/·•*]{1,3})*(?:in )?SM(?:[ ,|/·•*]{1,3}TAG)+$"
         r"|(?:TAG[ ,|/·•*]{1,3})+(?:in )?SM$)|\bSM (?:is|are) "
         r"ADVERBS(?:in (?:force|effect)\b|in place (?:at|for) "
         r"(?:(?:this|the) SERVICE|(?:[a-z']+ ){1,4}?(?:court|house|lodge|hall|manor|grange|view|home|villa|park))\b)"
         r"(?! (?:if|when|where)\b)(?!.*\bto (?:stop|prevent|protect|reduce)\b)|, already INTO, (?!.*\b(?:when|before)\b)|"
         r"\bSM (?:now |also |still |again |therefore )*(?:apply|applies) (?:here\b|to (?:this|our|the) (?!(?:\w+ )?SERVICES\b))"
         r"(?!.*\b(?:if|when|whenever|once|where|unless|until)\b)"
         r"|\b(?:is|remains|(?:has|have) (?:now )?been) (?:also |now |still )*(?:an?|the|one of \w+) (?:\w+ ){0,3}?"
         r"(?:SERVICE|SERVICES) INTO|^(?:now |currently )?being INTO, (?!an?\b|any\b|every\b|each\b|SERVICES\b)"
         r"|\bSM (?:have|has) (?:now )?been in (?:place|force) since\b|\b(?:has|have|holds?) (?:now )?SM status"
         r"\b(?! (?:removed|lifted|ended))|\b(?:is|are|it's|now|currently|finds itself|found itself"
         r"|(?:now |therefore |still )?(?:sits|rests|belongs)|inadequate)(?:,| and)? (?:as a result |rated "
         r"inadequate and |which is )?ADVERBS(?:INTO)|^(?:so|therefore|thus|consequently) (?:now )?INTO"
         r"|\b(?:falls|comes) (?:within|under) NAMED_SM"
         r"|\b(?:is|now) (?:now )?an? SM (?:SERVICE)",
         "The overall rating is inadequate and the service is therefore in special measures."),
    Rule("a headline: special measures for it", ENTERED,
         r"^from (?:outstanding|good|requires improvement) (?:in \w+ )?to SM\b(?! in 20)|^(?:it is |it's )?SM for (?:the |this )?"
         r"(?!.*\b(?:services|providers|homes|trusts|hospitals|practices|agencies|surgeries|hospices|gps|dentists)\b)"
         r"(?!(?:adult )?(?:social|primary) care\b).{3,60}$|^SM for .{3,60} (?:after|following|as)\b",
         "Special measures for Kent home after inspection", scope=Scope.HEADLINE),
    Rule("a headline", IN,
         r"^(?!.*\b(?:formerly|previously|historically|briefly|earlier|until|used)\b)"
         r"(?:[\w'-]+,? ){0,8}INTO(?: (?:after|following|by)\b.*)?$"
         r"|^(?:now |currently |still |again )*(?:in|under) SM,? \(?(?:and |with |is |the |its |our |an? )*"
         r"(?:to be (?:re-?)?(?:assessed|inspected|reviewed|visited)"
         r"|(?:next|new|further|follow-up) (?:assessment|inspection|visit|review)|re-?(?:assessment|inspection)"
         r"|(?:assessment|inspection|visit|review) (?:due|by|within|planned|expected)|due|pending|awaiting"
         r"|until (?:the|our|its) (?:next|re-?))\b(?!.*\b(?:ended|lifted|left|no longer|was|were|had)\b).*$"
         r"|^in SM (?!explained|guide|what|means?|framework|services|list|until|if)(?!.*\b(?:last|previous|earlier|then)\b)[\w-]+"
         r"(?: [\w-]+){0,3}$",
        "Riverside Nursing Home in special measures",
         scope=Scope.HEADLINE),
)
