"""The rules about special measures for clauses about other services or subjects, rules in general, threats and denials."""

from monitor.cqc.read.special_measures_macros import ENTERED, IN, NOTHING, REMAINS, UNCLEAR, Rule, Scope, Tense

A_SCHOOL = "a school or another public body"

ASIDES: tuple[Rule, ...] = (
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
         r"\btrust(?: whose (?:[\w'-]+ ){1,6}?(?=is|was|left|has|had|came|went|remain))?"
         r"(?: as a whole| itself| overall| also| now|,? which|,? that)*(?: (?:which|that) (?:runs|manages|"
         r"operates|owns) (?:[\w'-]+ ){1,5}?)? ?\b(?:is|was|has|had|have|will|to|be|"
         r"being|in|under|remain\w*|enter\w*|exit\w*|left|came|went)\b"
         r" GAP(?:NAMED_SM)|\b(?:the|whole|parent|nhs|foundation) trust GAP(?:INTO|OUTOF)",
         "The trust is in special measures."),
    Rule("a council's department", NOTHING,
         r"\b(?:(?:council|authority)(?: itself| as a whole)?|(?:council|authority)'s [\w' ]{3,40}|department|children's services"
         r"|school|college|police force) (?:is|was|are|were|has|had|went|remains?)"
         r"\b(?! (?:\w+ )?(?:told|informed|notified|warned|asked|advised)\b) GAP(?:INTO)",
         "The council's children's services are in special measures."),
    Rule(A_SCHOOL, NOTHING,
         r"^(?!(?:the|this|our) (?:[\w-]+ )?SERVICE\b).*?\b(?:college|school|academy|nursery|university|prison)"
         r"(?: (?:opposite|nearby|next door|there|on the site|across the road))?,? (?:which|that) "
         r"(?:is|was|has|had|remains|went|left) [^,;]*\bSM\b"
         r"|^(?:(?:but|and|while|whereas|although) )?(?:(?:the|a|its|their|this|that|our|one) )?(?:[\w'-]+ ){0,3}?"
         r"(?:college|school|academy|nursery|pre-?school|university|prison) "
         r"(?:(?:itself|next door|nearby|also|on (?:the|its|their) (?:\w+ )?site|across the road|opposite|there) )*"
         r"(?:is|was|were|are|went|remains?|came|left|(?:has|have|had) (?:(?:now|also|just|since|recently|itself) )*"
         r"(?:been|left|gone|entered|come|remained))\b(?!.*(?:\bwhile\b|\bwhilst\b)"
         r"|.*\b(?:home|service|practice|hospital|agency|we|cqc) (?:is|was|has|had|remains?|have)\b).*\bSM\b"
         r"|^(?!.*\b(?:home|service|practice|hospital|agency|we|cqc) (?:is|was|has|had|remains?|have)\b).*"
         r"\b(?:judged|rated|inspected|graded|found) (?:[\w ]{0,20})by (?:ofsted|estyn)\b.*\bSM\b",
         "The college was judged inadequate by Ofsted in June and is in special measures.", scope=Scope.SO_FAR),
    Rule("another service", NOTHING,
         r"\b(?:another|other|others|sister|different|neighbouring|separate|former|nearby) "
         r"(?:(?!time\b|that\b|occasion\b)[\w'-]+ ){0,3}?(?:SERVICE|SERVICES|branch|site|company|school|ones?)\b "
         r"GAP(?:NAMED_SM)"
         r"|\balso (?:run|owned|operated|managed) GAP(?:NAMED_SM)|^(?:no|neither) (?:other )?(?:SERVICE|SERVICES)\b.*SM"
         r"|(?<!\bis )(?<!\bremains )(?<!\bnow )(?<!\bcurrently )(?<!\bstill )"
         r"\b(?:one|two|three|four|five|some|several|many|most|all|none|both|half|\d+)(?: \w+)? of (?:the|its|their|"
         r"his|her|our|this|these|those|which|them),? (?!(?:\w+ )?(?:key questions?|questions|areas|domains|categories|ratings"
         r"|reasons|conditions)\b)GAP(?:NAMED_SM)|\bSM (?:[\w-]+ ){1,5}?(?:at|on|for|in) "
         r"(?:another|an?other|a (?:sister|different|neighbouring|nearby|separate)|the other|other) (?:[\w'-]+ ){0,3}?"
         r"(?:SERVICE|SERVICES|branch|site|company)\b|\bnext door\b GAP(?:NAMED_SM)"
         r"|\b(?:home|service|provider|company)'s sister\b,? GAP(?:NAMED_SM)"
         r"|\b(?:down|across|along|up) the (?:road|street)\b GAP(?:NAMED_SM)|\bround the corner\b GAP(?:NAMED_SM)"
         r"|\b(?:his|her|their|my|mum's|dad's|mother's|father's|husband's|wife's|relative's|resident's|person's) "
         r"(?:old|previous|last|former) (?:care |nursing |residential )?SERVICE\b,? GAP(?:NAMED_SM)"
         r"|\btrust's (?:[\w-]+ ){1,3}(?:units?|wards?|departments?) (?:is|are|was|were|remains?) INTO"
         r"|(?<!living )(?<!live )\b(?:by|from|at|with|of|to|for|in|used|uses|use) an? (?:(?!former\b)[\w-]+ ){0,3}?SERVICE "
         r"INTO\b",
         "The home's sister is in special measures."),
    Rule("what somebody did elsewhere", NOTHING,
         r"\b(?:leading|taking|bringing|guiding|steering|helping|turning|managing|running) "
         r"(?:another|(?:two|three|several) (?:other )?SERVICES|(?:her|his|their|a) (?:last|previous|former)) "
         r"GAP(?:OUTOF|INTO|NAMED_SM)"
         r"|\b(?:manager|director|she|he|leader|matron|nominated individual|regional manager|consultant) (?:who )?"
         r"(?:(?:has|had|have|previously|also|already|once|herself|himself) )*(?:led|taken|took|brought|guided|steered|helped"
         r"|turned|managed|seen|run|worked (?:at|in|for)) (?:another|(?:two|three|several) (?:other )?(?:homes|services)"
         r"|(?:her|his|a) (?:last|previous|former)|an? (?:[\w-]+ ){0,3}?SERVICE (?:in|near|elsewhere)) GAP(?:OUTOF|INTO|NAMED_SM)"
         r"|\b(?:manager|director|owner|matron|nurse|leader)s?'s (?:last|previous|former|old|other) (?:SERVICE|job|post) "
         r"GAP(?:NAMED_SM)"
         r"|\bexperience of NAMED_SM|\b(?:manage|managed|run|ran|lead|led|own|owned) an? (?:[\w-]+ ){0,3}SERVICE INTO"
         r"|\b(?:at|for|from|joined|left|led|ran|run|managed) an? (?:[\w-]+ ){0,3}?SERVICE,? (?:that|which) "
         r"(?:was|were|had been) (?:then |still )?(?:INTO|PLACED)"
         r"|\b(?:experience|record|history|background|reputation) (?:of|in) GAP(?:taking|turning|bringing|leading|guiding) "
         r"(?:SERVICES|an? SERVICE|other SERVICES) GAP(?:OUTOF|NAMED_SM)",
         "She had led a home in Derby out of special measures."),
    Rule("precautions, in the ordinary sense", NOTHING,
         r"\b(?:home|service|staff|manager|provider|practice|hospital|they|ward|team|kitchen) "
         r"(?:(?:had|has|have|also|then|quickly) )*(?:put|introduced|set up|brought in|used|made|arranged|kept) "
         r"(?:some |these |its own |their own |the )*SM (?:in place|for|during|at|around|when|while|so|after)\b"
         r"|\bSM (?:were|are|was|had been|have been) (?:put|set) (?:in place|up) (?:at|for|during|to|around|when|in case|so that"
         r"|because|by staff)\b(?!.{0,60}\bby (?:cqc|us)\b)"
         r"(?! (?:the |this |our )?(?:(?:care |nursing |residential )?SERVICE|cqc)\b)"
         r"|\bSM (?:were|are|was) in place (?:for|to help|so that) (?:people|residents|patients|those|anyone|visitors|staff) "
         r"(?:with|at risk|living with|when|during)\b"
         r"|\bSM (?:in place )?(?:for|during|against) (?:the |an? )?(?:\w+ )?"
         r"(?:outbreak|heatwave|pandemic|infection|visit|fire|flood|snow|covid\S*|norovirus|flu|storm|power cut)\b"
         r"|(?<!\bin )(?<!\binto )(?<!\bunder )(?<!\bof )(?<!\bfrom )(?<!we are using )(?<!we have used )(?<!cqc is using )"
         r"(?<!cqc has used )\bSM (?:in place )?(?:to (?!be\b|an end\b|a close\b|remain|continue|"
         r"stay)|such as\b|like\b|so (?:that|people)\b)"
         r"|(?<!into )(?<!in )(?<!under )(?<!that )\bSM (?:were|are|was|had been|have been) (?:taken|needed|required|adopted)\b"
         r"|\b(?:took|takes?|taken|taking|need|needed|require[sd]?|adopt(?:ed)?) (?:some |any |these |no |the |further "
         r")*SM\b",
         "Staff took special measures to stop the infection spreading."),
    Rule("said wrongly", NOTHING,
         r"(?<!not )\b(?:wrong|untrue|incorrect|a mistake|inaccurate) to (?:say|claim|suggest|report|think|believe) GAP(?:INTO)"
         r"|\bdifference between\b.*\bSM\b"
         r"|\b(?:questions?|discussions?|debates?|talk|talks|talked|asked|spoke|guidance|information|articles?|presentation) "
         r"(?:\w+ ){0,3}?(?:about|on|around) NAMED_SM"
         r"|\b(?:reports?|claims?|rumours?|suggestions?|stor(?:y|ies)|posts?|news) (?:\w+ )?that [^;]{2,80}?\bSM\b[^;]{0,20} "
         r"(?:is|are|was|were) (?:(?:quite|simply|entirely|completely) )?"
         r"(?:wrong|untrue|false|mistaken|incorrect|inaccurate|not true|not right|not correct|unfounded)\b",
         "Local reports that the home is in special measures are wrong."),
    Rule("a report or decision that was withdrawn", UNCLEAR,
         r"\b(?:report|decision|notice|rating)s? (?:which|that|to) GAP(?:PLACED|PLACE|INTO).{0,40}"
         r"\b(?:was|were|has been|have been) (?:later |since |then )?(?:withdrawn|overturned|quashed|set aside|reversed)",
         "The report that placed the home in special measures was withdrawn."),
    # --- rules of special measures in general ---
    Rule("a question", NOTHING, r"\?$", "Is the service in special measures?", scope=Scope.SO_FAR),
    Rule("what special measures are and do", NOTHING,
         r"\b(?:we|cqc|commission) (?:will|may|can|could) (?:\w+ )?(?:act|take action|respond),? "
         r"(?:for example|for instance|such as)\b.*SM"
         r"|\bSM (?:\w+ )?(?:apply|applies) to (?:an?|any|every|each|all|some) (?:[\w-]+ ){0,3}?(?:SERVICE|SERVICES)\b"
         r"|\b(?:rules?|guidance|polic(?:y|ies)|approach|law) (?:on|for|about|governing|around) "
         r"(?:\w+ ){0,2}?SM(?=$|[.,;]| (?:has|have|is|are|was|were|which|that)\b)"
         r"(?!.*\b(?:(?:we|cqc) (?:have|has|are|is)|placed|put|remains?|stays?|enters?|entered|left|leaves?)\b)"
         r"|\bSM (?:\w+ )?(?:apply|applies) to (?:the|this) [^,;]{2,40}? (?:if|when|whenever|once|where|unless)\b"
         r"|^(?:find out|read|learn|see|tell me|know) (?:more )?(?:about|on|what) SM$"
         r"|\bwhat SM (?:is|are|means?|was|were|meant)\b|^(?:what|how|when|where|who|whether) to [a-z]+\b.*SM"
         r"|\b(?:polic(?:y|ies)|leaflets?|guides?|booklets?|training|posters?) (?:\w+ )?"
         r"(?:explain\w*|describ\w*|cover\w*|mention\w*|says?|said|on|about)\b.*SM"
         r"|\bSM (?:guidance|polic(?:y|ies)|guides?|pages?|web ?pages?|leaflets?|factsheets?|handbook|templates?|procedures?"
         r"|team)\b"
         r"|^for (?:(?:any|all|every) )?(?:[\w-]+ ){0,2}(?:SERVICES|SERVICE) (?:rated|judged|that|which|found)[^;]{0,60}, SM "
         r"(?:follow|apply|mean|come)"
         r"|\b(?:purpose|aim|meaning|definition|principle)s? of (?:being in |being placed in |placing GAP(?:in|into) "
         r")?SM\b"
         r"|^(?:and |the )?SM (?:framework |regime |process )?(?:is|are|does|do|provides?|means?|gives?|will give|"
         r"ensures?|will ensure|involves?|exists?(?= (?:to|so that|for)\b)|"
         r"allows?|enables?|lasts?|normally|usually|(?<!now )(?:apply|applies) "
         r"to(?! this| the(?! (?:\w+ )?SERVICES (?:that|which)\b))) (?!ADVERBS(?:imposed|lifted|removed|"
         r"extended|over|ended|no longer|not|in (?:place|force|effect)))",
         "The purpose of special measures is to ensure that providers improve."),
    Rule("when special measures came to be", NOTHING,
         r"\bSM (?:\w+ )?(?:was|were|had been) (?:first )?(?:introduced|brought in|launched|announced) (?:in|for|by)\b",
         "Special measures were introduced for care homes by the government of the day."),
    Rule("what it means to be in them", NOTHING,
         r"\b(?:being|time|period|stay|placement) (?:placed |put )?(?:in|into|under) SM (?:means?|represents?|is|"
         r"will|should|gives?|can|usually)\b(?! (?:now |finally |at last )?"
         r"(?:over|up|finished|ended|done|done with|complete|completed|behind|at an end|past|come to an end|coming to an end)\b)"
         r"|\bmaximum (?:time|period)\b"
         r"|^(?:entry|going|moving|falling|being (?:put|placed)) (?:in ?to|in) SM (?:is|means|can|may|will|often|usually)\b"
         r"|^SM (?:continues?|lasts?|ends?|stays?|remains?|goes? on) (?:in (?:place|force) )?only "
         r"(?:while|until|if|when|for as long|as long)\b",
         "For adult social care services, the maximum time for being in special measures will usually be no more "
         "than 12 months."),
    Rule("when CQC rates a service so", NOTHING,
         r"\b(?:when|whenever|where|once|if|each time|every time|after) (?:we|cqc|the commission|inspectors) "
         r"(?:(?:first|next|have|has) )?(?:rate|rates|rated|find|finds|found|judge|judges|judged|assess|inspect|place|places|put"
         r"|puts) (?:an?|any|every|each|services|providers|homes|practices|hospitals|agencies)\b.*SM"
         r"|\bwhat (?:could|will|may|might|would|can|happens) (?:happens? )?(?:next )?(?:if|when|where|once|unless)\b.*SM",
         "When we rate a service as inadequate overall, it goes straight into special measures.", scope=Scope.SO_FAR),
    Rule("joins those in them", ENTERED,
         r"(?<!not )(?<!yet )\b(?:decided|determined|judged|concluded|(?:made|took|taken) the decision) that "
         r"(?!an?\b|any\b|every\b|SERVICES\b)(?:\w+ ){1,4}?(?:should|must|will|has to) (?:now )?"
         r"(?:(?:be|go) (?:placed |put )?INTO|enter NAMED_SM)"
         r"|\b(?:consequence|result|outcome|effect) (?:of [^,;]{3,60} )?is (?:therefore |now )?"
         r"(?:(?:an? )?(?:inadequate rating|rating of inadequate) (?:and|with) )?NAMED_SM"
         r"|^(?:our |the |cqc's )?(?:decision|outcome|result|judge?ment|next step): SM\b(?! not| no| lifted| ended| removed)"
         r"|\bjoin(?:s|ed) (?:the )?(?:growing |long |short )?"
         r"(?:list|ranks|number|growing number|others|[\w-]+ others|(?:[\w-]+ )?(?:homes|services)) GAP(?:INTO)",
         "The home joins the list of services in special measures."),
    Rule("one of those in them", IN,
         r"\bis (?:now |currently |still )*one of (?:the |our )?(?:[\w'-]+ ){0,2}SERVICES (?:that )?(?:we|cqc) "
         r"(?:currently |now )?(?:have|has|keeps?|holds?|supervises?) INTO"
         r"|\bis (?:now )?one of (?:(?:only|the|just|more than|about|some) ){0,3}"
         r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|a dozen|several) in (?:the|our|this) \w+ INTO"
         r"|\bis (?:now )?one of (?:[\w'-]+ ){0,7}?(?:services|homes|providers|practices|hospitals|agencies) "
         r"(?:[\w'-]+ ){0,5}?INTO",
         "It is one of nine services in the county in special measures."),
    Rule("services in general", NOTHING,
         r"(?<!the )(?<!both )(?<!these )(?<!'s )\bSERVICES\b(?! (?:ltd|limited|uk|group|has|is|was)\b)(?! [\w-]+ "
         r"(?:has|is|was)\b) GAP"
         r"(?:INTO|OUTOF|(?:exit|leave|enter) SM)|^(?:in|under) SM,? SERVICES\b",
         "Services in special measures will be kept under review and inspected again within six months."),
    Rule("a home, without its name", UNCLEAR,
         r"^(?:we|cqc) (?:have|has) (?:(?:now|today|just) )?(?:placed|put) an? (?:[\w-]+ ){0,3}?SERVICE "
         r"(?:[\w'-]+ ){0,6}?INTO(?! (?:when|if|once|because)\b)",
         "CQC has placed a care home in Leeds into special measures."),
    Rule("a service, any service", NOTHING,
         r"(?<!step of )(?<!decision of )\b(?:plac(?:e|es|ing|ed)|put(?:s|ting)?|tak(?:e|es|ing|en)|remov(?:e|es|ing|ed)"
         r"|mov(?:e|ing|ed)|keep(?:s|ing)?) (?:an?|any|every|each) (?:[\w-]+ ){0,2}?SERVICE (?:[\w-]+ ){0,3}?(?:INTO|OUTOF)"
         r"|^an? (?:(?:second|third|further|new) )?(?:overall )?(?:inadequate rating|rating of inadequate)(?: overall)? "
         r"(?:(?:also|automatically|usually|always|normally) )*(?:triggers?|leads? to|means?|results? in|brings?) "
         r"NAMED_SM(?:$| (?:for|at|on) (?:an?|any|every|each)\b)"
         r"|\b(?:any|every|each|where an?|when an?|whenever an?|once an?|if an?|should an?) (?:[\w-]+ )?SERVICE\b GAP(?:NAMED_SM)"
         r"|^an? (?:[\w-]+ ){0,2}SERVICE (?:(?:that|which|rated|judged|found) GAP)?(?:goes|enters|comes|is (?:put|placed|taken)|"
         r"will|can|must|stays|leaves|in SM (?:will|is|has))\b"
         r"|^(?:no )?an? (?:[\w-]+ ){0,3}SERVICE,? (?:that|which|whose (?:\w+ ){1,3}) ?"
         r"(?:is|are|has been|have been|goes|we have|cqc has|remains?)\b(?: \w+){0,3}? ?(?:NAMED_SM|INTO)"
         r" (?:can|must|may|will|should|stays?|remains?|keeps?|has to|have to"
         r"|is (?:usually|normally|not|still|always|kept|inspected|expected|required|given|reviewed)|gets?|receives?|does|cannot"
         r"|needs?|continues?|shows?)\b|^once (?:placed |put )?(?:in|under) SM\b",
         "When a provider is in special measures we inspect more often."),
    Rule("what CQC usually does", NOTHING,
         r"\b(?:usually|normally|ordinarily|generally|typically) GAP(?:PLACE|PLACED|GET_OUT|GOT_OUT|INTO)"
         r"|\b(?:would|might|could|should) (?:\w+ ){0,2}have been (?:PLACED)"
         r"|\b(?:powers?|ability|option|right|policy|(?<!meets the )(?<!met the )(?<!meets our )(?<!met our )(?<!meets its )"
         r"(?<!met its )criteria|(?<!meets the )(?<!met the )(?<!meets our )(?<!met our )threshold|guidance) "
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
         r"\b(?:the|this|it|service|home|practice|hospital|agency)\b[^,;]{0,40}? (?:is|are) (?:now |still )?"
         r"(?:expected|due|set|likely|hoping|on course|scheduled) to (?:GET_OUT)\b.{0,90}\b(?:if|provided|once|unless)\b"
         r"|\b(?:we|cqc|inspectors) (?:now |still |also )?(?:expects?|hopes?|intends?|plans?) "
         r"(?!(?:an?|any|every|each|no) |SERVICES )(?:[^,;]{2,60}? )?to GET_OUT\b.{0,90}"
         r"\b(?:if|provided|once|unless|as long as)\b",
         "The home is expected to leave special measures in May if the improvements last.", tense=Tense.IMPLIED),
    Rule("a stay expected, on a condition", REMAINS,
         r"^(?!.*(?:PLACED|\benter|\bgoes|\bSERVICES\b))(?:(?:and|but|so),? )?(?:without|unless|until) .{3,90}?"
         r"\b(?:it|the SERVICE|this SERVICE) (?:will|must|is to|has to) (?:(?:therefore|then|also|still) )?"
         r"(?:stay|remain|continue to be|be kept) INTO",
         "Unless it improves, the home will stay in special measures.", tense=Tense.IMPLIED),
    Rule("considered and refused", REMAINS,
         r"\bconsider\w* (?:whether )?GAP(?:GETTING_OUT|GET_OUT)"
         r"|\b(?:decided|decision|decide|ruled|advised) against GAP(?:GETTING_OUT|GET_OUT)",
         "We considered taking the home out of special measures."),
    Rule("an exit that did not come", REMAINS,
         r"\b(?:not|n't|too little|insufficient|too (?:few|small))\b[^;]{0,60} (?:that|for) SM (?:to|could|can|should|might) "
         r"(?:be )?(?:lifted|removed|ended|end)\b|\b(?:would|should|could|might) (?:\w+ )?have (?:been )?GOT_OUT",
         "The home should have left special measures by now.", tense=Tense.IMPLIED),
    Rule("an exit on a day to come", REMAINS,
         r"\bwill (?:then |also |only )?(?:GET_OUT|be GOT_OUT|be OUTOF)"
         r"\b(?:.{0,90}\b(?:unless|provided|as long as|so long as|if|once|when|until)\b"
         r"|,? (?:on|in|from|by|at the end of|after|next) (?:\d|the|january|february|march|april|may|june|july|august|september"
         r"|october|november|december|spring|summer|autumn|winter|year|month)\b)(?!.*\b(?:services|providers|homes)\b)",
         "It will be taken out of special measures on 1 March 2027.", tense=Tense.IMPLIED),
    Rule("a condition before", NOTHING,
         r"(?:^|[,;:] |\b(?:and|but|so|because|that|then) )"
         r"(?:if(?! you\b| your\b| anyone\b)|unless|in the event"
         r"|should (?:the|it|they|we|this|there|any|no|another|cqc|matters|inspectors)|where (?:we|there|insufficient|"
         r"improvements?)|provided|in case|whether|(?:were|had) (?:any|the|it|we|they|this|there|no|another|cqc|matters"
         r"|inspectors|[\w' ]{3,30} (?:not|to be))|one more|another inadequate"
         r"|(?:or|otherwise|or else|failing (?:which|that)|if not),? (?:it|the SERVICE|they|this SERVICE|we|face|be|special|SM"
         r"|[\w' ]{3,30} (?:will|enters?|goes))|or else|in the absence of|without (?:\w+ )?improvement|"
         r"(?:when|once|as soon as|after) (?:it|the SERVICE|a SERVICE|an?) (?:has|is|had|rated|was) .{0,60}"
         r"(?:inadequate|rated|found)|from (?:\d{1,2} )?\w+ 20\d\d,? (?:an?|any|every) )(?:\b|(?<= )).*SM"
         r"|\bif (?:it|they|(?:the|this) SERVICE) (?:were|was|is|became|becomes|went|goes|had|should) "
         r"(?:(?!(?:and|but|so)\b)\S+ ){0,6}?(?:INTO|PLACED)"
         r"|\b(?:or|otherwise|or else|failing which|failing that),? (?:it|the SERVICE|they|this SERVICE|we|else)\b.*SM"
         r"|\bor,? [\w' ]{3,40}? (?:will|enters?|goes|faces?)\b.*SM|\b(?:otherwise|if not|whether(?! or not)|or else)\b.*SM"
         r"|\bwould (?:mean|bring|lead to|result in|trigger|follow) (?:\w+ )?SM|SM (?:\w+ ){0,3}"
         r"(?:if|should(?! (?:now )?(?:be|end|come|cease|no longer)\b)|unless)\b|\baway from SM|\bchoice\b.*\bor SM"
         r"|\b(?:enters?|goes into|comes under|is placed in|is put into) NAMED_SM (?:when|once|where|after) "
         r"(?:it|they|an?|the SERVICE|any|one)\b"
         r"|\bfail(?:ing|ure) (?:that|which|to do so),? (?:the )?SM\b"
         r"|SM.{0,20}\b(?:in the absence of|unless|if (?:it|there|no|the|they|we|improve)|otherwise|once no|when no|only if"
         r"|only once|without improvement)\b",
         "Where insufficient improvement is made, the service will be placed in special measures.", scope=Scope.SO_FAR),
    Rule("a condition behind", NOTHING,
         r"\bwould (?:\w+ ){0,2}?(?:PLACED|PLACE)\b.{0,30}\bonly (?:as|if|when|where|after|once|in)\b"
         r"|\b(?:will|would|could|may|might|can|going to) (?:\w+ ){0,3}?(?:PLACED|PLACE|GET_OUT|GOT_OUT)\b"
         r"(?:.{0,90}\b(?:if|unless|should (?:it|the|they|we)|provided)\b|(?: (?!and\b)\w+){0,3} (?:when|once|as soon as)"
         r"\b(?! (?:this|the|our|that|its) (?:\w+ )?(?:report|decision|rating|inspection|notice)\b))",
         "It will be put into special measures when we next rate it inadequate."),
    Rule("an exit recommended", REMAINS, r"\brecommend\w* GAP(?:GET_OUT|GETTING_OUT|be GOT_OUT|OUTOF)",
         "We recommended that the home should exit special measures.", tense=Tense.IMPLIED),
    Rule("a risk, a warning, a wish of others", NOTHING,
         r"\b(?:within (?:[\w-]+ ){1,4}of|not far (?:off|from|away from)|far (?:\w+ ){0,3}from|close to) NAMED_SM"
         r"|\b(?:risk\w*|threat\w*|danger|fear\w*|brink|verge|edge|prospect|possibility|likely|likelihood|face[sd]?|"
         r"facing|"
         r"avoid\w*|warn(?:s|ed|ing)?(?! notice)|prevent\w*|heading|headed|consider\w*|propos\w+|recommend\w*|"
         r"spared?|saved|eligible|"
         r"against|instead of|rather than|short of(?! (?:taking|bringing|lifting|leaving|coming|removing|moving))|without"
         r"|call(?:s|ed|ing)?|petition\w*|campaign\w*|demand\w*|urge[sd]?|urging|narrowly \w+|escap\w+ (?:being|going)) "
         r"TOWARDS(?:PLACED|PLACE|PLACING|INTO|NAMED_SM)",
         "The home is at risk of being placed in special measures."),
    Rule("a near miss", NOTHING,
         r"\b(?:(?:c[ao]m(?:e|es|ing)|got|was|were|is|are|been) "
         r"(?:(?:very|so|too|as|perilously|dangerously|uncomfortably|quite|extremely) )*(?:close|near)"
         r"|within (?:(?:an?|the|one|a single|touching) )*(?:whisker|hair's breadth|hair|hairs? breadth|inch|inches|ace|points?"
         r"|votes?|stroke|distance|hour of|step|breath)(?: (?:away|or two))?"
         r"|(?:an?|one|two) (?:(?:cat's|single|small|short|mere) )*(?:whisker|hair's breadth|step|steps|point|points|inch)"
         r"(?: away| short)?|(?:only |just |narrowly |barely |nearly )+"
         r"(?:miss(?:ed|es|ing)|escap(?:ed|es|ing)|dodg(?:ed|es|ing))) (?:(?:to|of|from|out on|on|short of) )?"
         r"(?:(?:being|having been|be|getting|once more|again|actually) )*(?:PLACED|PLACING|PLACE|INTO|NAMED_SM)"
         r"|\b(?:entry|descent|return|move|fall) (?:in ?to|to) NAMED_SM (?:was|were|has been|is) (?:\w+ ){0,3}"
         r"(?:avoided|averted|prevented|ruled out)\b"
         r"|\b(?:nearly|almost|all but)(?: (?:had|been|being|was|were|got))* (?:PLACED|PLACING)",
         "The home came close to being placed in special measures."),
    Rule("another rating would lead to them", NOTHING,
         r"\b(?:an?other|one more|a (?:second|third|further|repeat)|the same) (?:[\w-]+ ){0,7}?(?:would|will|could|might|may) "
         r"(?:\w+ ){0,2}?(?:PLACE|PLACED|mean NAMED_SM)",
         "A second such rating in a row would put the home in special measures."),
    Rule("may or could be placed", NOTHING,
         r"\b(?:would|might|could|should) (?:\w+ ){0,2}?have (?:landed|put|placed|plunged|tipped|pushed) OBJECT INTO"
         r"|\b(?:may|might|could|can|cannot|should|ought to|must|would have|(?<!no longer )(?<!still )needs? to) "
         r"(?:(?:also|now|then|be|have|been|even|still|yet|potentially|again|end up|find itself) )*(?:PLACED|PLACE|"
         r"INTO)"
         r"|\b(?:would|could|might) (?:be|mean) NAMED_SM"
         r"|\b(?:would|may|might|could|can) (?:then |also |again |probably |almost certainly |still )?"
         r"(?:see|result|lead|trigger|cause|bring|end) GAP(?:PLACED|PLACE|PLACING|NAMED_SM)"
         r"|\bwould have (?:triggered|brought|led to|resulted in|meant|prompted|seen) GAP(?:NAMED_SM)"
         r"|\b(?:not|n't|never|nothing|none|no) (?:[^;, ]+ ){0,6}?"
         r"(?:trigger(?:ed)?|prompt(?:ed)?|resulted? in|led to|lead to|meant|mean|brought) NAMED_SM"
         r"|(?<!decided that )(?<!agreed that )(?<!concluded that )(?<!judged that )\bSM (?:may|might|could|can|should)\b",
         "The service may be placed in special measures."),
    Rule("not placed", NOTHING,
         r"\bhad (?:\w+ )?(?:intended|planned|meant|wanted|expected|hoped|been (?:about|going|due|minded|planning|intending)) to "
         r"(?:\w+ )?(?:be )?(?:PLACE|PLACED)"
         r"|\bno (?:grounds|reason|need|basis|cause|case|call|justification) (?:\w+ )?for (?:\w+ )?(?:NAMED_SM|PLACING)"
         r"(?! to (?:continue|remain|stay|go on)\b)"
         r"|\b(?:not|never|n't|neither|nor|no (?:need|reason|grounds|plans?|intention|decision)(?: \w+){0,3}|not "
         r"(?:yet )?(?:taken|made|take|took) (?:the|a|any) (?:\w+ ){0,3}?(?:decision|step|action|measure)) "
         r"(?:to |of |(?:decide|decided|going|necessary|mean|meant|think|that|the|yet) )*ADVERBS"
         r"(?:PLACED|PLACE|PLACING|result(?:ed)? in|lead to|warrant\w*)\b"
         r"|\b(?:not|n't|never) (?:[\w-]+ ){0,3}enough (?:for (?:us|cqc|inspectors) )?to (?:PLACE)"
         r"|\bnot to (?:use|apply|impose) NAMED_SM|\b(?:not|never|n't) (?:\w+ )?come to NAMED_SM"
         r"|\bnothing (?:[^; ]+ ){0,6}?(?:PLACES|PLACED)"
         r"|\b(?:not|n't),? (?:(?:by|on|in) (?:itself|its own|themselves),? |necessarily |automatically |always )*"
         r"(?:mean|trigger|lead to|result in|bring) NAMED_SM\b",
         "The practice was not placed in special measures on this occasion."),
    Rule("not in special measures", NOTHING,
         r"^(?:none|neither|not one) of\b(?!.*\b(?:left|out of|improv\w*|lifted|removed)\b).*"
         r"\b(?:is|are|was|were|been|has|have)\b GAP(?:INTO)|\bnever [^;]{0,60} or (?:been )?INTO"
         r"|^of the SERVICES INTO\b.*\bis not (?:one|among)\b|\b(?:no|neither|nor) SM\b(?! (?:change|longer))"
         r"|\b(?:not|n't|never|neither|nor) ADVERBS(?:itself )?(?:GAP(?:is|are) )?INTO(?! any ?more| any longer)"
         r"|\bSM (?:was|were|has|have|is|are) not ADVERBS(?:imposed|applied|used|warranted)\b"
         r"|\bSM (?:do|does|did|will|need) not (?:now |yet |therefore |at present )*(?:be )?(?:apply|applied|follow|arise)"
         r"\b(?! (?:here )?any ?(?:more|longer)\b)",
         "This service is not in special measures."),
    Rule("stays out of them", NOTHING, r"\b(?:stay|keep|kept|remain)\w* GAP out of SM",
        "The home has stayed out of special measures."),
)
"""These rules are part of `special_measures_rules.RULES`, after the rules for fields."""
