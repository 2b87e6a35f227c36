"""The rules of `bearing` for sentences that are about somebody else, or about another subject."""

from typing import Final

from monitor.cqc.read import moves
from monitor.cqc.read.bearing_rules import Bearing, Rule
from monitor.cqc.read.others import ANOTHER_OF_THEIRS

_HOME = (
    r"(?:services?|homes?|locations?|practices?|hospitals?|agenc(?:y|ies)|surger(?:y|ies)|branch(?:es)?|sites?|clinics?"
    r"|compan(?:y|ies)|organisations?|providers?|centres?)"
)
_KIND = r"(?:(?:care|nursing|residential|registered|local|small) ){0,4}"
COUNCIL = (
    r"(?:(?:local |city |county |borough |district )?(?:council|authorit(?:y|ies))(?:'s)?|commissioners?|commissioning \w+|icb"
    r"|ccg|clinical commissioning group|integrated care board|nhs england|ofsted|hse|health and safety executive"
    r"|environmental health|fire (?:and rescue )?(?:service|brigade)"
    r"|(?:fire|fire safety|planning|environmental health|food safety|food hygiene|trading standards|licensing|housing"
    r"|building control|hse) (?:officers?|inspectors?|teams?)|building control|planning authority|water (?:company|board)"
    r"|food standards agency|(?:nursing and midwifery|general (?:medical|dental|optical|pharmaceutical)) council|nmc|gmc|gphc"
    r"|hcpc|social work england|insurers?|banks?|lenders?|trading standards|environment agency|information commissioner|ico"
    r"|universit(?:y|ies)|police|coroner|ministers?|mps?|government|court of protection|home office|safeguarding team|hmrc"
    r"|hm revenue(?: and customs)?|companies house|pensions regulator|charity commission|border force|dvla|ombudsman"
    r"|fire authority|housing regulator)"
)

OF_OTHERS: Final[tuple[Rule, ...]] = (
    # --- about somebody else ---
    Rule("another service of the same provider", Bearing.OTHERS,
         rf"\b(?:another|sister|different|neighbouring|separate|nearby) (?:[\w'-]+ ){{0,3}}?{_HOME}\b|{ANOTHER_OF_THEIRS}"
         rf"|^(?:unlike|in contrast to|as opposed to) (?!this\b|the home\b|the service\b)[^,;]{{3,60}}, (?:whose|which|where)\b"
         rf"|\b(?:an?other|(?:its|their|the provider's|the company's|the group's|'s) (?:two |three |\w+ )?other"
         rf"|(?:two|three|four|five|several|some|many|all|no|most|seven|six|eight|ten|nine) other) (?:[\w'-]+ ){{0,3}}?{_HOME}\b"
         rf"|\b(?:on|against|to|of|for) (?:\w+ ){{0,2}}(?:services|homes|providers|practices|hospitals|agencies) "
         rf"(?:in|across|around|within) (?:the|this|our) (?:county|city|borough|region|area|country|district)\b"
         rf"|\b(?:cancelled|suspended) (?:one|two|three|four|five|\d+|several|some) registrations?\b"
         r"|\bthe other (?:care |nursing )?(?:service|home|location|practice|site|branch|hospital|agency)\b"
         rf"|\bother {_KIND}(?:services|homes|locations|practices|hospitals|sites|branches|providers)\b"
         rf"|\b(?:one|two|three|some|several|none|all|many|most|half|both|\d+) of (?:the |its |their |our |his |her )?"
         rf"(?:[\w']+ )?(?:other "
         rf"|\d+ )?(?:services|homes|locations|practices|hospitals|sites|branches)\b"
         rf"|\bof (?:(?:the|its|their|our|all|other|these|those|provider's|company's|group's) )*(?:\w+ )?"
         rf"(?:services|homes|locations|practices|hospitals|agencies|branches),? (?:\w+ ){{0,2}}?"
         rf"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+|most|some|none|all|half|several|many) "
         rf"(?:are|is|were|was|have|has|had|remain|remains)\b"
         rf"|\b(?:also|which it also|they also) (?:runs?|owns?|operates?|manages?|run by|owned by|operated by|managed by)\b"
         rf"|\bnext door\b|\b(?:unconnected|unrelated) (?:[\w-]+ ){{0,3}}?(?:service|home|practice|company|provider|hospital"
         rf"|agency)\b|\bof the same name\b|\bsister[- ](?:home|service|site|company)\b",
         "Another home of the provider was served a warning notice."),
    Rule("a place or firm that the service dealt with", Bearing.OTHERS,
         rf"(?<!is )(?<!was )(?<!remains )\ban? (?:[\w-]+ ){{1,4}}?whose (?:\w+ )?"
         rf"(?:registration|licen[cs]e|provider|owner|managers?)\b"
         rf"|\bthat (?:other |same )?(?:home|service|agency|hospital|practice|surgery|clinic|branch|site|supplier|contractor"
         rf"|person|nurse|worker|doctor|pharmacy)'s\b"
         rf"|\bthe (?:(?:care|nursing|old|other|previous|last) )?(?:home|service|hospital|agency|place|practice) "
         rf"(?:where|in which|that|from which|which) (?:they|he|she|people|residents?|some|a person|\w+ people) "
         rf"(?:(?:had|have|has|are|were|is|was|once|previously|last|all) )*"
         rf"(?:discharged|transferred|referred|admitted|lived|been|stayed|come|came|moved|worked|used)\b"
         r"|\bthe (?:agency|company|firm|supplier|contractor|pharmacy|laundry|caterer|builder)s? (?:that|which|who) "
         r"(?:sends?|sent|supplies|supplied|delivers?|delivered|cleans?|cleaned|mends?|mended|services|serviced) "
         r"(?:us|our|the|its|this|it|food|meals|nurses|staff|medicines)\b"
         rf"|\b(?:us(?:e|es|ed|ing)|moved (?:\w+ ){{0,4}}?from|came from|come from|sent (?:\w+ )?to|worked (?:at|in|for)"
         rf"|supplied(?: \w+)? to) an? (?:[\w-]+ ){{0,3}}{_HOME} (?:that|which|where|after|until|when|because)\b",
         "The home no longer uses an agency whose registration we cancelled."),
    Rule("a former owner", Bearing.OTHERS,
         r"\b(?:former|previous|last|earlier|old|outgoing) (?:registered )?"
         r"(?:owners?|providers?|operators?|compan(?:y|ies)|proprietors?|management|landlords?)\b"
         r"|\b(?:before|until|prior to) (?:the|a|its|this) (?:change|sale|takeover|transfer)"
         r"(?: of (?:owner\w*|provider|hands|the \w+))?\b|\b(?:before|until|prior to) "
         r"(?:the (?:current|present|new) (?:provider|owners?|operator)|[\w ]{2,30}? took (?:it |the \w+ )?over)\b"
         r"|\b(?:which|who|that) (?:ran|owned|managed|operated) [\w' ]{2,40}? (?:until|before|till)\b"
         r"|\b(?:under|by|when (?:it|the \w+) was run by) (?:its|the|a) (?:former|previous|old)\b",
         "Under its former owner the home was in special measures."),
    Rule("the manager's own registration", Bearing.OTHERS,
         r"\b(?:registered )?managers?'s? (?:own |personal )?registration\b|\b(?:her|his) (?:own )?registration\b"
         r"|\bmanager (?:is|was|had been) (?:no longer registered|deregistered)\b"
         r"|\bregistration (?:of|as) (?:(?:the|its|a|our|his|her|their|[\w]+'s) )*"
         r"(?:former |previous |then |registered )*managers?\b"
         r"|\b(?:former |previous |registered |deputy |home )*manager (?:\w+ ){0,4}?(?:has |had |have )?(?:cancelled|"
         r"deregistered|de-registered|resigned|cautioned|suspended|prosecuted|left)\b"
         r"|\b(?:cancel\w*|suspend\w*|remov\w*) (?:the |a |its )?(?:former |previous |registered )*manager\b"
         r"|\bmanager,? (?:who|whose) [^,;.]{1,60}?,? (?:(?:has|had|have|also|since|then) )*"
         r"(?:cancelled|deregistered|ended|given up) (?:their|her|his)\b",
         "We cancelled the registered manager's registration."),
    Rule("one regulated activity", Bearing.OTHERS,
         r"\bregistration (?:for|in respect of|to carry on) (?:the |one |that |this |a |its )?"
         r"(?:(?:regulated )?activity|treatment|diagnostic|surgical|nursing care|family planning|maternity|transport)\b"
         r"|\b(?:suspended|cancelled) (?:its|their|the provider's) registration for that activity\b"
         r"|\b(?:one|a|the|this|that|its|single|another) (?:of (?:the|its) )?(?:\w+ )?regulated activit(?:y|ies)"
         r"(?: of)?\b.{0,120}\b(?:remov\w+|cancel\w+|delet\w+|dropp\w+|ended|withdrawn|no longer)\b"
         r"|\b(?:remov\w+|cancel\w+|delet\w+|dropp\w+) (?:\w+ ){0,3}?regulated activit(?:y|ies)\b",
         "One regulated activity was removed from the provider's registration."),
    Rule("staff and residents", Bearing.OTHERS,
         r"\b(?:staff|workers?|nurses?|carers?|employees?|members? of staff|doctors?|gps?|residents?|persons?|patients?|tenants?|"
         r"relatives?|drivers?|chefs?|nominated individuals?) (?:[\w-]+ ){0,6}?"
         r"(?:was|were|had been|has been|have been|is|are|who) (?:\w+ )?(?:suspended|dismissed|prosecuted|convicted|"
         r"cautioned|fined|charged|given|issued|found guilty|removed|asked)\b"
         r"|\btold us (?:how|that|about (?:how|when)|when) (?:he|she|they) (?:was|were|had been) (?:\w+ )?"
         r"(?:fined|charged|convicted|prosecuted|cautioned|suspended)\b"
         r"|\b(?:staff|workers?|nurses?|carers?|employees?) (?:(?:had|has|have|with|also) )+(?:[\w-]+ ){0,3}?"
         r"(?:warnings?|cautions?|warning notices?)\b|\b(?:student|trainee|apprentice|volunteer|nurse|worker|carer|doctor)'s "
         r"(?:\w+ )?(?:placement|contract|shift|post|job|licen[cs]e|pin)\b|\bpersonnel (?:files?|records?)\b|\bdisciplinary\b"
         r"|\bsuspended (?:the |a |two |three |one )?(?:member of )?(?:staff|nurses?|carers?|workers?|employees?|managers?)\b"
         r"|\b(?:parking|library|road|traffic|speeding|dog|medication|service user|bank) "
         r"(?:fines?|penalt\w+|conditions?|suspension)\b",
         "Two members of staff were suspended."),
    Rule("a council or another body", Bearing.OTHERS,
         rf"\b{COUNCIL} (?:(?!(?:cqc|we)\b)[\w-]+ ){{0,5}}?(?:suspend\w*|stopp\w*|imposed|placed|halted|paused|restricted|issued"
         rf"|t(?:aken|ook|aking) (?:\w+ ){{0,2}}?action|served|prosecut\w*|cancel\w*|fined|asked|requested|terminat\w*|ended"
         rf"|withdr\w+|decided|agreed|banned|blocked|removed|moved"
         rf"|(?:told|informed) (?:us|it|the \w+) (?:that )?(?:we|they|not|to))\b"
         rf"|\b(?:imposed|issued|served|placed|taken|given|agreed|made|suspended|prosecuted|fined|requested|asked|ordered"
         rf"|contract|placements?|admissions|working) (?:\w+ ){{0,3}}?by (?:the |a |our |its |their )*"
         rf"(?:[\w-]+ ){{0,3}}?{COUNCIL}\b"
         r"|\b(?:fines?|penalt(?:y|ies)|notices?) from (?!(?:the |an? |its )?"
         r"(?:cqc\b|us\b|care quality|regulator|commission|watchdog|our\b))"
         r"|\bnursing and midwifery council\b|\bgeneral (?:medical|dental) council\b|\bunder its contract\b"
         r"|\b(?:placement|contract|commissioning|council|local authority) (?:embargo|suspension|restrictions?)\b"
         r"|(?<!cqc )(?<!cqc's )\bembargo\b",
         "The council has suspended new placements."),
    Rule("the provider's own cancellation", Bearing.OTHERS,
         r"\b(?:provider|owners?|company) (?:has |had |have )?(?:now |itself |since )?"
         r"(?:cancelled|ended|given up|surrendered|handed back) (?:its|their) (?:own )?registration\b",
         "The provider cancelled its registration with us."),
    Rule("the provider itself", Bearing.OTHERS,
         r"^(?!.*\b(?:(?<!agreed )with us|(?<!agreed )with cqc|until (?:cqc|we)|without our"
         r"|our (?:written )?(?:agreement|consent))\b).*?(?:\bvoluntar\w+\b|\b(?:suspend|stopp|paus|halt|restrict)\w* "
         r"(?:its|their) own\b|\bat (?:the|its|their) (?:provider's |owner's |company's )?(?:own )?request\b"
         r"|\bapplication (?:\w+ ){0,3}?(?:from|by|of) the (?:provider|owners?|company)\b"
         r"|\bapplication to (?:voluntar\w+ )?(?:cancel|remove|end)\b[^.;]{0,60}?\b(?:made|submitted|lodged|sent) by "
         r"(?:the|its|their) (?:provider|owners?|company|registered)\b"
         r"|\b(?:provider|owners?|company)\b(?:(?!\b(?:we|cqc)\b)[^.;]){0,100}?\b(?:made|withdrawn|submitted|lodged|sent us) "
         r"(?:an?|the|its|their) application (?:to|for) (?:voluntary |voluntarily )?"
         r"(?:cancel\w*|remov\w+|end|deregist\w+|de-regist\w+|clos\w+)\b|(?<!made )(?<!lodged )(?<!brought )(?<!submitted )"
         r"\b(?:its|their|the provider's|the registered (?:provider|person)'s|the owner's|the company's) (?:own )?application "
         r"(?:to|for) (?:voluntary |voluntarily )?(?:cancel\w*|remov\w+|end|deregist\w+|de-regist\w+|clos\w+)\b"
         r"|\b(?:provider|owners?|company|ltd|limited|llp|home|service|practice|they|it) (?:\w+ ){0,3}?"
         r"(?:applied|asked|requested|wants?|wish\w*|chosen|decided|agreed) (?:\w+ ){0,3}?to be "
         r"(?:removed|taken off|deregistered|de-registered|struck off)\b|\bagreed between the (?:provider|home|owner)\b"
         r"|\b(?:provider|owners?|company|ltd|limited|llp|home|service|practice|they|it) (?:\w+ ){0,3}?"
         r"(?:applied|asked|requested|wants?|wish\w*|chosen|decided|agreed) (?:\w+ ){0,3}?to (?:voluntarily )?"
         r"(?:cancel|deregister|de-register|close|remove|end) (?:(?:its|their|the|this)\b|[\w' -]{2,40}?'s registration\b)|"
         r"\b(?:provider|owners?|company|home|service|practice|it|they) (?:(?:has|have|had|also|then|itself) )*"
         r"(?:applied|asked|requested|wanted) (?:us |cqc |to us )?(?:to|for) (?:vary|change|amend|increase|add|extend|alter|raise"
         r"|a variation|a change|an increase)\b.{0,40}\b(?:conditions?|registration|number)\b"
         r"|\b(?:agreed to|granted|approved|accepted|allowed) (?:the provider's|the home's|the company's|the owner's|its|their) "
         r"(?:own )?(?:application|request) to (?:vary|change|increase|add|raise|extend|alter|amend|care for|accommodate"
         r"|register)\b"
         r"|\b(?:provider|owners?|home|service|manager|company|they|it) (?:has |have |had |also |then |itself |themselves )*"
         r"(?:agreed (?:with (?:the |its |our )?\w+ )?(?:not )?(?:to|that (?:it|they) (?:would|will) not)|"
         r"chosen to|decided (?:not )?to|stops|pauses|halts|stopped|paused|halted|suspended|undertaken (?:not )?to"
         r"|offered to)\b.{0,60}\b(?:admi\w+|placements?|new (?:residents|people|packages)|taking)\b"
         r"|\bbecause (?:the|its|our) (?:provider|owners?|manager|home|company) (?:(?:has|have|had|itself|now) )*"
         r"(?:chosen|decided|agreed|stopped|paused)\b"
         r"|\b(?:provider|service|home|manager|practice|they|it) (?:had |has |have |also |then |who )*"
         r"(?:suspended|imposed|placed|stopped|restricted|issued|served|prosecuted) (?:\w+ ){0,3}?"
         r"(?:staff|member|notice|eviction|conditions?|restrictions?|admissions?|visit\w*)\b)",
         "The provider has agreed not to admit new residents."),
    Rule("a landlord or another law", Bearing.OTHERS,
         r"\blandlords?\b|\bfire safety (?:regulations?|order|law)|\bfood hygiene\b|\bhealth and safety at work\b"
         r"|\bdata protection\b|\bplanning (?:permission|enforcement)\b",
         "The landlord was served a notice."),
    Rule("a person's own conditions, and other senses", Bearing.OTHERS,
         r"\b(?:health|medical|long[- ]?term|living|working|mental health|heart|skin|lung|eye|neurological|physical|chronic"
         r"|life[- ]limiting|weather|ground|storage|hygien\w+|terms and|dols|deprivation of liberty|underlying|existing|such"
         r"|complex|their|people's|person's|medication|clinical|employment|contract\w*) conditions?\b"
         r"|\bconditions? (?:such as|like|including|of people|on people|attached to people|to people|on their dols|on dols"
         r"|on (?:the )?(?:deprivation|authoris)|of the (?:building|room|premises|garden|carpet|equipment|dols))"
         r"|\bin (?:good|poor|excellent|bad|a poor|a good) condition\b|\bair[- ]condition"
         r"|\bliving with (?:a |the )?(?:[\w-]+ )?conditions?\b"
         rf"|\bregistration of (?:the|an?|its|our|one) (?:\w+ )?(?:minibus|bus|car|van|vehicle)\b"
         rf"|\bsuspended (?:ceilings?|sentences?|solids?|(?:from|in)"
         rf"(?! (?:\d|midnight|today|the \d|full\b|whole\b|part\b|force\b|england\b|line with\b|accordance\b|respect\b|relation\b"
        rf"|response\b|connection\b|advance\b|view of\b|light of\b|(?:its|their) entirety\b)| (?:{'|'.join(moves.MONTHS)}) ))\b"
        rf"|\b(?:oral|pharmac\w+) suspensions?\b"
         r"|\b(?:visits?|visiting|visitors|activities|outings|trips|meetings|lessons|classes|worship|deliveries|transport|works?"
         r"|refurbishment|lift|buses|payments?|fees|benefits|clubs?|groups?|sessions?|use of [\w ]{2,30}?|meals) "
         r"(?:[\w']+ ){0,5}?(?:was|were|had been|has been|have been|is|are|be) (?:\w+ )?suspended\b"
         r"|\bsuspend(?:ed|s|ing)? (?:the |its |their |this )?(?:home|service|provider|company|practice|agency)'s "
         r"(?!(?:\w+ )?(?:registration|ratings?|operations?|licen[cs]e)\b)\w+|\bbank accounts?\b"
         r"|\bwarning notices? (?:\w+ )?(?:about|for|on|near|by|at|of) (?:the |a )?(?:\w+ )?"
         r"(?:floors?|stairs?|steps?|doors?|kitchen|lift|garden|car park|water|equipment)\b"
         r"|\bcourt orders? (?:about|for|concerning|over|relating to|on) (?:(?:a|the|one|some|two|this) )?"
         r"(?:person|people|resident|relative|child|tenant)"
         r"|\bsuspend(?:ed|s|ing)? (?:(?:all|the|most|its|their|some|indoor|non-essential|family|group|communal|external) )*"
         r"(?:visits?|visiting|visitors|activities|outings|trips|meetings|classes|worship|deliveries|transport|works?"
         r"|refurbishment|payments?|fees|clubs?|use of|meals)\b"
         r"|\bconditions? (?:[\w']+ ){0,4}?(?:imposed|placed|set) (?:on [\w' ]{2,30} )?by "
         r"(?!us\b|cqc|our\b|section|an? (?:notice|order)|inspectors"
         r"|the (?:[\w-]+ )?(?:regulator|commission|watchdog|tribunal|court|magistrates|judge|notice|order|act)\b)"
         r"|\bconditions? on (?:visiting|visits|visitors|entry|parking|smoking|meals|the use of)\b"
         r"|\bbreach(?:ed|ing)? (?:of )?(?:an?|the|his|her|their) (?:court )?(?:order|injunction|bail)\b"
         r"|\b(?:fines?|penalty notices?|penalt(?:y|ies))\b.{0,60}\b(?:bus lanes?|parking|speeding|driving|congestion|toll"
         r"|traffic)\b|\b(?:minibus|van|driver|car)\b.{0,60}\b(?:fines?|penalty notices?|penalt(?:y|ies))\b"
         r"|\bconditions? (?:had |has |have |was |were |is )?(?:improved|worsened|deteriorated|changed|fluctuat\w+|of living)\b",
         "Staff knew about conditions such as dementia."),
)  # fmt: skip
"""The rules for sentences about somebody else, in the order in which they are tried."""
