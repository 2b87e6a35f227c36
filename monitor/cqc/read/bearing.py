# ruff: noqa: E501 - each pattern is on one line, whatever its length
"""Decides whether a sentence about special measures, enforcement or registration is about this service, and about the present.

A sentence is about the service now unless one of `RULES` excludes it. A rule excludes sentences about somebody else, the past,
a condition, rules in general, statements or demands of other people, or action that was not taken, was only considered, is only
proposed, or was lifted. Each rule has a name and an example. The tests remove each rule in turn and expect its example to fail.
Source: docs/facts/special-measures.md.
"""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from monitor.cqc.read import general, months, moves, sentences, whose
from monitor.cqc.read.others import ANOTHER_OF_THEIRS, NOBODY, THIS_ONE, About, names_both
from monitor.cqc.read.sentences import Sentence
from monitor.cqc.read.words import date_of


class Bearing(StrEnum):
    """What a sentence is about, or the reason why it is not a statement about this service now."""

    NOW = "this service, now"
    OTHERS = "somebody else"
    PAST = "the past"
    CONDITION = "a condition"
    GENERAL = "a rule in general"
    HEARSAY = "what others say or ask for"
    DENIED = "it was not done"
    CONSIDERED = "it was only considered"
    PROPOSED = "it is proposed"
    LIFTED = "it no longer holds"


class Rule(NamedTuple):
    """Words that show what a sentence is about. `pattern` is searched in the sentence's plain form."""

    name: str
    bearing: Bearing
    pattern: str
    example: str


_HOME = (
    r"(?:services?|homes?|locations?|practices?|hospitals?|agenc(?:y|ies)|surger(?:y|ies)|branch(?:es)?|sites?|clinics?|compan(?:y|ies)|"
    r"organisations?|providers?|centres?)"
)
_KIND = r"(?:(?:care|nursing|residential|registered|local|small) ){0,4}"
_COUNCIL = (
    r"(?:(?:local |city |county |borough |district )?(?:council|authorit(?:y|ies))(?:'s)?|commissioners?|commissioning \w+|icb|ccg|"
    r"clinical commissioning group|integrated care board|nhs england|ofsted|hse|health and safety executive|environmental health|"
    r"fire (?:and rescue )?(?:service|brigade)|(?:fire|fire safety|planning|environmental health|food safety|food hygiene|trading standards|licensing|housing|building control|hse) (?:officers?|inspectors?|teams?)|building control|planning authority|water (?:company|board)|food standards agency|"
    r"(?:nursing and midwifery|general (?:medical|dental|optical|pharmaceutical)) council|nmc|gmc|gphc|hcpc|social work england|insurers?|banks?|lenders?|trading standards|environment agency|information commissioner|ico|universit(?:y|ies)|police|coroner|ministers?|mps?|government|court of protection|home office|safeguarding team|hmrc|hm revenue(?: and customs)?|companies house|pensions regulator|charity commission|border force|dvla|ombudsman|fire authority|housing regulator)"
)
_COUNCIL_FIRST = re.compile(rf"(?:the |our |its |a )?(?:[\w-]+ ){{0,2}}?{_COUNCIL}\b(?!'s)")


def council_at_start(clause: str) -> str:
    """The council or other body with which a clause in plain form begins; "" if it begins otherwise."""
    found = _COUNCIL_FIRST.match(clause)
    return found[0] if found else ""


_BARRED = r"(?:restrict(?:ed)?|stop(?:ped)?|ban(?:ned)?|limit(?:ed)?|halt(?:ed)?|block(?:ed)?|prevent(?:ed)?|freeze|frozen|pause[d]?)"
_NOTICE = (
    r"(?:(?:warning|requirement|penalty|fixed penalty|enforcement) notices?|notices?|conditions?|restrictions?|suspension|"
    r"special measures|enforcement(?: action)?|cancellation|sanctions?|penalt(?:y|ies)|fine|caution|breach(?:es)?|restriction)"
)
_BY_A_NOTICE = r"(?! (?:(?:this|these|that|those|it|them|both|all|the \w+)(?: (?:matters?|breach(?:es)?|failings?|issues?|concerns?|shortfalls?))? )?(?:by (?:way|means) of|through|with|in|using|by (?:issuing|serving|imposing|placing|adding)) (?:an?|one|two|three|our|\d+) (?:[\w-]+ )?(?:[\w-]+ )?(?:notices?|conditions?|action plan)| (?:[\w']+ ){0,3}?by (?:imposing|placing|adding|issuing|serving) (?:\w+ )?(?:conditions|notices|restrictions))"
_MET = (
    r"(?:(?:fully |now |since |all |both |already |subsequently |later |been |duly |then |formally |successfully )*"
    r"(?:(?<!being )met|(?<!being )complied with|lifted|removed|withdrawn|cancelled|quashed|overturned|rescinded|revoked|discharged|set aside|closed|"
    r"signed off|taken (?:off|away)|struck out|dropped|dismissed|annulled|reversed|ended(?! (?:in|with) |[^;]{0,30} with an? (?:\w+ )?(?:fine|conviction|penalty|sentence))|expired|lapsed|satisfied|fulfilled|resolved|"
    rf"put right|(?:addressed|dealt with){_BY_A_NOTICE}|ceased to have effect))"
)

_HABIT = r"(?:usually|normally|generally|often|mostly|typically|sometimes|commonly|as a rule|in most cases)"

# Subjects of the conditions that every registration has: the number of people, the kind of care, the place, the manager.
_ROUTINE = r"\d+ (?:\w+ )?(?:beds?|places|people|persons|residents|patients|service users|bedrooms)|(?:no|without|with) nursing(?: care)?|(?:registered )?manager|maximum|up to \d+|at or from|statement of purpose|regulated activit(?:y|ies)"
_IMPOSED = r"impos\w+|urgent\w*|must|may not|shall|restrict\w*|suspen\w+|admi\w+|new (?:people|residents|patients|service users|packages|placements)|(?:without|unless|until|prior|written) (?:\w+ ){0,4}?(?:agree\w*|consent|permission|approval)|section 31|we|us|our|cqc|commission|notice|var(?:y|ied)|added|placed|breach\w*|in force|appeal\w*|from \d|since|20\d\d"

RULES: Final[tuple[Rule, ...]] = (
    # --- about somebody else ---
    Rule("another service of the same provider", Bearing.OTHERS,
         rf"\b(?:another|sister|different|neighbouring|separate|nearby) (?:[\w'-]+ ){{0,3}}?{_HOME}\b|{ANOTHER_OF_THEIRS}|^(?:unlike|in contrast to|as opposed to) (?!this\b|the home\b|the service\b)[^,;]{{3,60}}, (?:whose|which|where)\b"
         rf"|\b(?:an?other|(?:its|their|the provider's|the company's|the group's|'s) (?:two |three |\w+ )?other|(?:two|three|four|five|several|"
         rf"some|many|all|no|most|seven|six|eight|ten|nine) other) (?:[\w'-]+ ){{0,3}}?{_HOME}\b"
         rf"|\b(?:on|against|to|of|for) (?:\w+ ){{0,2}}(?:services|homes|providers|practices|hospitals|agencies) (?:in|across|around|within) (?:the|this|our) (?:county|city|borough|region|area|country|district)\b|\b(?:cancelled|suspended) (?:one|two|three|four|five|\d+|several|some) registrations?\b"
         r"|\bthe other (?:care |nursing )?(?:service|home|location|practice|site|branch|hospital|agency)\b"
         rf"|\bother {_KIND}(?:services|homes|locations|practices|hospitals|sites|branches|providers)\b"
         rf"|\b(?:one|two|three|some|several|none|all|many|most|half|both|\d+) of (?:the |its |their |our |his |her )?(?:[\w']+ )?(?:other "
         rf"|\d+ )?(?:services|homes|locations|practices|hospitals|sites|branches)\b"
         rf"|\bof (?:(?:the|its|their|our|all|other|these|those|provider's|company's|group's) )*(?:\w+ )?(?:services|homes|locations|practices|hospitals|agencies|branches),? (?:\w+ ){{0,2}}?(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+|most|some|none|all|half|several|many) (?:are|is|were|was|have|has|had|remain|remains)\b"
         rf"|\b(?:also|which it also|they also) (?:runs?|owns?|operates?|manages?|run by|owned by|operated by|managed by)\b"
         rf"|\bnext door\b|\b(?:unconnected|unrelated) (?:[\w-]+ ){{0,3}}?(?:service|home|practice|company|provider|hospital|agency)\b|\bof the same name\b|\bsister[- ](?:home|service|site|company)\b",
         "Another home of the provider was served a warning notice."),
    Rule("a place or firm that the service dealt with", Bearing.OTHERS,
         rf"(?<!is )(?<!was )(?<!remains )\ban? (?:[\w-]+ ){{1,4}}?whose (?:\w+ )?(?:registration|licen[cs]e|provider|owner|managers?)\b"
         rf"|\bthat (?:other |same )?(?:home|service|agency|hospital|practice|surgery|clinic|branch|site|supplier|contractor|person|nurse|worker|doctor|pharmacy)'s\b"
         rf"|\bthe (?:(?:care|nursing|old|other|previous|last) )?(?:home|service|hospital|agency|place|practice) (?:where|in which|that|from which|which) (?:they|he|she|people|residents?|some|a person|\w+ people) (?:(?:had|have|has|are|were|is|was|once|previously|last|all) )*(?:discharged|transferred|referred|admitted|lived|been|stayed|come|came|moved|worked|used)\b"
         r"|\bthe (?:agency|company|firm|supplier|contractor|pharmacy|laundry|caterer|builder)s? (?:that|which|who) (?:sends?|sent|supplies|supplied|delivers?|delivered|cleans?|cleaned|mends?|mended|services|serviced) (?:us|our|the|its|this|it|food|meals|nurses|staff|medicines)\b"
         rf"|\b(?:us(?:e|es|ed|ing)|moved (?:\w+ ){{0,4}}?from|came from|come from|sent (?:\w+ )?to|worked (?:at|in|for)|supplied(?: \w+)? to) an? (?:[\w-]+ ){{0,3}}{_HOME} (?:that|which|where|after|until|when|because)\b",
         "The home no longer uses an agency whose registration we cancelled."),
    Rule("a former owner", Bearing.OTHERS,
         r"\b(?:former|previous|last|earlier|old|outgoing) (?:registered )?(?:owners?|providers?|operators?|compan(?:y|ies)|proprietors?|management|"
         r"landlords?)\b"
         r"|\b(?:before|until|prior to) (?:the|a|its|this) (?:change|sale|takeover|transfer)(?: of (?:owner\w*|provider|hands|the \w+))?\b|\b(?:before|until|prior to) (?:the (?:current|present|new) (?:provider|owners?|operator)|[\w ]{2,30}? took (?:it |the \w+ )?over)\b"
         r"|\b(?:which|who|that) (?:ran|owned|managed|operated) [\w' ]{2,40}? (?:until|before|till)\b"
         r"|\b(?:under|by|when (?:it|the \w+) was run by) (?:its|the|a) (?:former|previous|old)\b",
         "Under its former owner the home was in special measures."),
    Rule("the manager's own registration", Bearing.OTHERS,
         r"\b(?:registered )?managers?'s? (?:own |personal )?registration\b|\b(?:her|his) (?:own )?registration\b|\bmanager (?:is|was|had been) (?:no longer registered|deregistered)\b|\bregistration (?:of|as) (?:(?:the|its|a|our|his|her|their|[\w]+'s) )*(?:former |"
         r"previous |then |registered )*managers?\b|\b(?:former |previous |registered |deputy |home )*manager (?:\w+ ){0,4}?(?:has |had |have )?(?:cancelled|"
         r"deregistered|de-registered|resigned|cautioned|suspended|prosecuted|left)\b"
         r"|\b(?:cancel\w*|suspend\w*|remov\w*) (?:the |a |its )?(?:former |previous |registered )*manager\b"
         r"|\bmanager,? (?:who|whose) [^,;.]{1,60}?,? (?:(?:has|had|have|also|since|then) )*(?:cancelled|deregistered|ended|given up) (?:their|her|his)\b",
         "We cancelled the registered manager's registration."),
    Rule("one regulated activity", Bearing.OTHERS,
         r"\bregistration (?:for|in respect of|to carry on) (?:the |one |that |this |a |its )?(?:(?:regulated )?activity|treatment|diagnostic|surgical|nursing care|family planning|maternity|transport)\b|\b(?:suspended|cancelled) (?:its|their|the provider's) registration for that activity\b|\b(?:one|a|the|this|that|its|single|another) (?:of (?:the|its) )?(?:\w+ )?regulated activit(?:y|ies)(?: of)?\b.{0,120}\b(?:remov\w+|cancel\w+|"
         r"delet\w+|dropp\w+|ended|withdrawn|no longer)\b|\b(?:remov\w+|cancel\w+|delet\w+|dropp\w+) (?:\w+ ){0,3}?regulated activit(?:y|ies)\b",
         "One regulated activity was removed from the provider's registration."),
    Rule("staff and residents", Bearing.OTHERS,
         r"\b(?:staff|workers?|nurses?|carers?|employees?|members? of staff|doctors?|gps?|residents?|persons?|patients?|tenants?|"
         r"relatives?|drivers?|chefs?|nominated individuals?) (?:[\w-]+ ){0,6}?(?:was|were|had been|has been|have been|is|are|who) (?:\w+ )?(?:suspended|dismissed|prosecuted|convicted|"
         r"cautioned|fined|charged|given|issued|found guilty|removed|asked)\b"
         r"|\btold us (?:how|that|about (?:how|when)|when) (?:he|she|they) (?:was|were|had been) (?:\w+ )?(?:fined|charged|convicted|prosecuted|cautioned|suspended)\b"
         r"|\b(?:staff|workers?|nurses?|carers?|employees?) (?:(?:had|has|have|with|also) )+(?:[\w-]+ ){0,3}?(?:warnings?|cautions?|warning notices?)\b|\b(?:student|trainee|apprentice|volunteer|nurse|worker|carer|doctor)'s (?:\w+ )?(?:placement|contract|shift|post|job|licen[cs]e|pin)\b|\bpersonnel (?:files?|records?)\b|\bdisciplinary\b"
         r"|\bsuspended (?:the |a |two |three |one )?(?:member of )?(?:staff|nurses?|carers?|workers?|employees?|managers?)\b"
         r"|\b(?:parking|library|road|traffic|speeding|dog|medication|service user|bank) (?:fines?|penalt\w+|conditions?|suspension)\b",
         "Two members of staff were suspended."),
    Rule("a council or another body", Bearing.OTHERS,
         rf"\b{_COUNCIL} (?:(?!(?:cqc|we)\b)[\w-]+ ){{0,5}}?(?:suspend\w*|stopp\w*|imposed|placed|halted|paused|restricted|issued|t(?:aken|ook|aking) (?:\w+ ){{0,2}}?action|served|prosecut\w*|cancel\w*|fined|"
         rf"asked|requested|terminat\w*|ended|withdr\w+|decided|agreed|banned|blocked|removed|moved|(?:told|informed) (?:us|it|the \w+) (?:that )?(?:we|they|not|to))\b"
         rf"|\b(?:imposed|issued|served|placed|taken|given|agreed|made|suspended|prosecuted|fined|requested|asked|ordered|contract|placements?|admissions|working) (?:\w+ ){{0,3}}?by (?:the |a |our |its |their )*(?:[\w-]+ ){{0,3}}?{_COUNCIL}\b"
         r"|\b(?:fines?|penalt(?:y|ies)|notices?) from (?!(?:the |an? |its )?(?:cqc\b|us\b|care quality|regulator|commission|watchdog|our\b))"
         r"|\bnursing and midwifery council\b|\bgeneral (?:medical|dental) council\b|\bunder its contract\b"
         r"|\b(?:placement|contract|commissioning|council|local authority) (?:embargo|suspension|restrictions?)\b|(?<!cqc )(?<!cqc's )\bembargo\b",
         "The council has suspended new placements."),
    Rule("the provider's own cancellation", Bearing.OTHERS,
         r"\b(?:provider|owners?|company) (?:has |had |have )?(?:now |itself |since )?(?:cancelled|ended|given up|surrendered|handed back) (?:its|their) (?:own )?registration\b",
         "The provider cancelled its registration with us."),
    Rule("the provider itself", Bearing.OTHERS,
         r"^(?!.*\b(?:(?<!agreed )with us|(?<!agreed )with cqc|until (?:cqc|we)|without our|our (?:written )?(?:agreement|consent))\b).*?(?:\bvoluntar\w+\b|\b(?:suspend|stopp|paus|halt|restrict)\w* (?:its|their) own\b|\bat (?:the|its|their) (?:provider's |owner's |company's )?(?:own )?request\b|\bapplication (?:\w+ ){0,3}?(?:from|by|of) the (?:provider|owners?|company)\b|\bapplication to (?:voluntar\w+ )?(?:cancel|remove|end)\b[^.;]{0,60}?\b(?:made|submitted|lodged|sent) by (?:the|its|their) (?:provider|owners?|company|registered)\b|\b(?:provider|owners?|company)\b(?:(?!\b(?:we|cqc)\b)[^.;]){0,100}?\b(?:made|withdrawn|submitted|lodged|sent us) (?:an?|the|its|their) application (?:to|for) (?:voluntary |voluntarily )?(?:cancel\w*|remov\w+|end|deregist\w+|de-regist\w+|clos\w+)\b|(?<!made )(?<!lodged )(?<!brought )(?<!submitted )\b(?:its|their|the provider's|the registered (?:provider|person)'s|the owner's|the company's) (?:own )?application (?:to|for) (?:voluntary |voluntarily )?(?:cancel\w*|remov\w+|end|deregist\w+|de-regist\w+|clos\w+)\b|\b(?:provider|owners?|company|ltd|limited|llp|home|service|practice|they|it) (?:\w+ ){0,3}?(?:applied|asked|requested|wants?|wish\w*|chosen|decided|agreed) (?:\w+ ){0,3}?to be (?:removed|taken off|deregistered|de-registered|struck off)\b|\bagreed between the (?:provider|home|owner)\b|\b(?:provider|owners?|company|ltd|limited|llp|home|service|practice|they|it) (?:\w+ ){0,3}?(?:applied|asked|requested|wants?|wish\w*|chosen|decided|agreed) (?:\w+ ){0,3}?to (?:voluntarily )?(?:cancel|deregister|de-register|close|remove|end) (?:(?:its|their|the|this)\b|[\w' -]{2,40}?'s registration\b)|"
         r"\b(?:provider|owners?|company|home|service|practice|it|they) (?:(?:has|have|had|also|then|itself) )*(?:applied|asked|requested|wanted) (?:us |cqc |to us )?(?:to|for) (?:vary|change|amend|increase|add|extend|alter|raise|a variation|a change|an increase)\b.{0,40}\b(?:conditions?|registration|number)\b|"
         r"\b(?:agreed to|granted|approved|accepted|allowed) (?:the provider's|the home's|the company's|the owner's|its|their) (?:own )?(?:application|request) to (?:vary|change|increase|add|raise|extend|alter|amend|care for|accommodate|register)\b"
         r"|\b(?:provider|owners?|home|service|manager|company|they|it) (?:has |have |had |also |then |itself |themselves )*(?:agreed (?:with (?:the |its |our )?\w+ )?(?:not )?(?:to|that (?:it|they) (?:would|will) not)|"
         r"chosen to|decided (?:not )?to|stops|pauses|halts|stopped|paused|halted|suspended|undertaken (?:not )?to|offered to)\b.{0,60}\b(?:admi\w+|placements?|new (?:residents|people|packages)|taking)\b"
         r"|\bbecause (?:the|its|our) (?:provider|owners?|manager|home|company) (?:(?:has|have|had|itself|now) )*(?:chosen|decided|agreed|stopped|paused)\b"
         r"|\b(?:provider|service|home|manager|practice|they|it) (?:had |has |have |also |then |who )*(?:suspended|imposed|placed|stopped|restricted|issued|served|prosecuted)"
         r" (?:\w+ ){0,3}?(?:staff|member|notice|eviction|conditions?|restrictions?|admissions?|visit\w*)\b)",
         "The provider has agreed not to admit new residents."),
    Rule("a landlord or another law", Bearing.OTHERS,
         r"\blandlords?\b|\bfire safety (?:regulations?|order|law)|\bfood hygiene\b|\bhealth and safety at work\b|\bdata protection\b|\bplanning (?:permission|enforcement)\b",
         "The landlord was served a notice."),
    Rule("a person's own conditions, and other senses", Bearing.OTHERS,
         r"\b(?:health|medical|long[- ]?term|living|working|mental health|heart|skin|lung|eye|neurological|physical|chronic|life[- ]limiting|"
         r"weather|ground|storage|hygien\w+|terms and|dols|deprivation of liberty|underlying|existing|such|complex|their|people's|person's|"
         r"medication|clinical|employment|contract\w*) conditions?\b"
         r"|\bconditions? (?:such as|like|including|of people|on people|attached to people|to people|on their dols|on dols|on (?:the )?(?:deprivation|authoris)|of the (?:building|room|premises|"
         r"garden|carpet|equipment|dols))|\bin (?:good|poor|excellent|bad|a poor|a good) condition\b|\bair[- ]condition|\bliving with (?:a |the )?(?:[\w-]+ )?conditions?\b"
         rf"|\bregistration of (?:the|an?|its|our|one) (?:\w+ )?(?:minibus|bus|car|van|vehicle)\b|\bsuspended (?:ceilings?|sentences?|solids?|(?:from|in)(?! (?:\d|midnight|today|the \d|full\b|whole\b|part\b|force\b|england\b|line with\b|accordance\b|respect\b|relation\b|response\b|connection\b|"
        rf"advance\b|view of\b|light of\b|(?:its|their) entirety\b)| (?:{'|'.join(moves.MONTHS)}) ))\b|\b(?:oral|pharmac\w+) suspensions?\b"
         r"|\b(?:visits?|visiting|visitors|activities|outings|trips|meetings|lessons|classes|worship|deliveries|transport|works?|refurbishment|lift|buses|payments?|fees|benefits|clubs?|groups?|sessions?|use of [\w ]{2,30}?|meals) (?:[\w']+ ){0,5}?(?:was|were|had been|has been|have been|is|are|be) (?:\w+ )?suspended\b"
         r"|\bsuspend(?:ed|s|ing)? (?:the |its |their |this )?(?:home|service|provider|company|practice|agency)'s (?!(?:\w+ )?(?:registration|ratings?|operations?|licen[cs]e)\b)\w+|\bbank accounts?\b"
         r"|\bwarning notices? (?:\w+ )?(?:about|for|on|near|by|at|of) (?:the |a )?(?:\w+ )?(?:floors?|stairs?|steps?|doors?|kitchen|lift|garden|car park|water|equipment)\b"
         r"|\bcourt orders? (?:about|for|concerning|over|relating to|on) (?:(?:a|the|one|some|two|this) )?(?:person|people|resident|relative|child|tenant)"
         r"|\bsuspend(?:ed|s|ing)? (?:(?:all|the|most|its|their|some|indoor|non-essential|family|group|communal|external) )*(?:visits?|visiting|visitors|activities|outings|trips|meetings|classes|worship|deliveries|transport|works?|refurbishment|payments?|fees|clubs?|use of|meals)\b"
         r"|\bconditions? (?:[\w']+ ){0,4}?(?:imposed|placed|set) (?:on [\w' ]{2,30} )?by (?!us\b|cqc|our\b|section|an? (?:notice|order)|inspectors|the (?:[\w-]+ )?(?:regulator|commission|watchdog|tribunal|court|magistrates|judge|notice|order|act)\b)"
         r"|\bconditions? on (?:visiting|visits|visitors|entry|parking|smoking|meals|the use of)\b|\bbreach(?:ed|ing)? (?:of )?(?:an?|the|his|her|their) (?:court )?(?:order|injunction|bail)\b"
         r"|\b(?:fines?|penalty notices?|penalt(?:y|ies))\b.{0,60}\b(?:bus lanes?|parking|speeding|driving|congestion|toll|traffic)\b|\b(?:minibus|van|driver|car)\b.{0,60}\b(?:fines?|penalty notices?|penalt(?:y|ies))\b"
         r"|\bconditions? (?:had |has |have |was |were |is )?(?:improved|worsened|deteriorated|changed|fluctuat\w+|of living)\b",
         "Staff knew about conditions such as dementia."),
    # --- about rules in general ---
    Rule("what CQC may do", Bearing.GENERAL,
         r"\b(?:when|where|whenever) (?:the|a|an|its|any) (?:overall )?(?:rating|service|home|provider|location|practice)\b.{0,70}?\b(?:we|cqc) (?:then |also |usually )?(?:issue|serve|impose|take|place|use|cancel|suspend|prosecute)\b|"
         r"\b(?:cqc|we|the commission|inspectors|a regulator|they) (?:also )?(?:(?:can|may)(?! (?:now |also |only |today )*(?:say|confirm|report|announce|reveal|tell you) (?:that )?(?:we|it|the|cqc)\b| not (?:now )?(?:admit|(?:take|accept)(?: in| on)? (?:(?:any|more|further|new|other) )*(?:one|anyone|anybody|residents?|people|patients|placements?|referrals?|admissions|clients?)\b))|could|might|would|will (?:usually|normally|often|always|then|consider)|has the power|have the powers?|is able|"
         r"are able|sometimes|usually|normally|generally|often|typically)\b"
         r"|\b(?:we|cqc|commission) will (?:\w+ )?(?:act|take action|respond),? (?:for example|for instance|such as)\b"
         r"|\b(?:powers?|able|authority|option|range of (?:\w+ )?(?:powers|actions?|options)|(?:enforcement|regulatory|legal|our) tools?|sanctions?|options?) (?:\w+ ){0,6}?(?:to|include[sd]?|including|such as|available|under|open|range|at (?:our|its))\b"
         r"|\b(?:we|cqc|the commission|the regulator|inspectors) (?:(?:also|still|always|now|both) )*(?:reserves?|retains?|has|have|had|holds?|keeps?) (?:(?:the|a|our|its|full|legal|statutory|every|all) )*(?:rights?|option|power|discretion|freedom) to\b"
         r"|(?<!exercised )(?<!exercising )(?<!used )(?<!using )\b(?:our|cqc's) (?:(?:legal|statutory) )?rights? to (?:cancel|suspend|prosecute|impose|serve|issue|take|vary|place|restrict|refuse|remove|close)\b|\b(?:we|cqc) (?:is|are) (?:also |always |legally )?(?:entitled|free|empowered) to\b"
         r"|\b(?:civil|criminal|legal|other) (?:powers|ones|sanctions|options) include\b|\b(?:is|are) (?:an? |our |all |both |among (?:our|the) )*(?:civil|criminal|legal|enforcement|regulatory|statutory) (?:powers?|sanctions?|tools?|options?|ones|measures)\b|\bpowers? (?:of|include)\b|\benforcement (?:polic\w+|powers?|options?|toolkit|decision tree|handbook|model|framework|team|guidance)\b"
         r"|\b(?:when|where|whenever|once|if|every time|each time|in cases where|in instances where) (?:we|cqc|the (?:care quality )?commission) (?:have |has )?(?:tak\w+|find|finds|found|issues?|serves?|imposes?|cancel\w*|decid\w+|place[sd]?|put|rate[sd]?|prosecut\w+)\b"
         r"|\bafter (?:we|cqc|the commission) (?:(?:have |has )?(?:taken|decided)|takes?|finds?|issues?|serves?|imposes?|cancels?|decides?|places?|rates?|prosecutes?)\b",
         "We can cancel a provider's registration."),
    Rule("the conditions of every registration", Bearing.GENERAL,
         r"\b(?:standard|routine|usual|ordinary|normal|mandatory) conditions?\b|\b(?:required|needed|expected) (?:by|under|in) (?:a|the|one of the|its) conditions? (?:of|on)\b"
         rf"|^it is (?:also |still )?an? (?:\w+ )?condition of (?:[\w']+ ){{1,3}}registration that (?=.{{0,200}}\b(?:{_ROUTINE})\b)(?!.{{0,400}}\b(?:{_IMPOSED})\b)"
         r"|^is (?:also |itself )?an? (?:\w+ )?condition of (?:[\w']+ ){1,3}registration\W*$"
         rf"|^(?:(?:current|the) )*(?:conditions? (?:of|on) (?:(?:its|the|this|their) )?registration|registration conditions?): (?=.{{0,400}}\b(?:{_ROUTINE})\b)(?!.{{0,2000}}\b(?:{_IMPOSED})\b)"
         r"|\b(?:registered manager|manager registered)\b.{0,80}\bconditions? of\b|\bconditions? of\b.{0,60}\b(?:registered manager|manager registered)\b"
         r"|^conditions? (?:of|on) (?:its |the |this )?registration(?: (?:that|which) (?:\w+ ){1,5}?\w+)?: (?:standard|ordinary|usual|an? maximum|(?:the )?regulated activit|(?:the |a )?(?:registered )?(?:provider|person|service|home) must (?:have|ensure|only|not accommodate)|(?:a )?registered manager|(?:a )?maximum|no more than)\b|"
         r"\b(?:knew|know|aware of|underst\w+|in line with|in breach of|breach\w*(?: of)?|contrary to|compl(?:y|ied|ying) with|outside|explain) (?:[\w']+ ){0,6}?conditions? (?:of|on) (?:[\w']+ ){0,3}registration\b(?!.{0,60}\b(?:imposed|(?:send|tell|report to) (?:us|cqc))\b)"
         r"|\bconditions? (?:of|on) (?:[\w']+ ){0,3}registration\b(?: with cqc)? (?:had|have|were|was|are|is) (?:not )?(?:been )?(?:kept|complied|followed|known|understood|displayed|met)\b",
         "The manager knew the conditions of the registration."),
    Rule("the line above a report's table", Bearing.GENERAL, r"^(?!.*\bregulations? \d)(?:.*?\btables? below (?:shows?|lists?|sets?)\b|action we have told the provider to take\b(?!.*notice))",
         "Action we have told the provider to take."),
    Rule("what will usually follow", Bearing.GENERAL,
         rf"\bwill (?:usually|normally|often|generally|always|typically|sometimes)\b|\b{_HABIT} (?:ends?|leads?|results?|means?|brings?|follows?|attracts?|prompts?|gets?|takes?|comes?|is|are)\b"
         rf"|\b(?:is|are|ends?|leads?|results?|means?|follows?) {_HABIT}\b|^as a rule,? (?:we|cqc|the|an?|such|no)\b(?!.*\bbut\b)"
         r"|\b(?:may|might|could|can|(?:is|are) (?:usually|normally|often|generally|always|typically|sometimes)) (?:also |then |be )*(?:dealt with|resolved|closed|addressed|handled|followed up|settled|marked) (?:by|with|through|using)\b",
         "It will usually lead to a warning notice."),
    Rule("any service", Bearing.GENERAL,
         r"\b(?:any|every|each|whichever) (?:[\w-]+ )?(?:service(?! users?)|provider|home|practice|location|hospital|agency|person|organisation)\b"
         r"|\b(?:services|providers|homes|practices|organisations|persons|people who (?:run|provide))(?! (?:ltd|limited)\b) (?:\w+ ){0,3}?(?:that|which|who|rated|in special measures|must|should|can|may|will|are|have|do|with|placed|put|found|subject)\b"
         r"|^(?!.*\bnow\b)an? (?:[\w-]+ ){0,3}(?:service|provider|home|practice|location|hospital|agency|notice|condition|breach|fine|caution|prosecution|suspension) (?:\w+ ){0,3}?(?:is|are|can|may|must|should|will|that|which|who|rated|sets?|means?|tells?|gives?|lasts?|requires?)\b(?! (?:now |being |currently )*(?:under ?way|pending|listed|due|before|in place|in force|been|against|on|issued|served|imposed|made|given|we|cqc|was))",
         "Services that do not improve are told to close."),
    Rule("a form of it", Bearing.GENERAL,
         r"\b(?:notice|plan|penalty|fine|prosecution|condition)s? (?:templates?|forms?|procedures?|polic(?:y|ies)|guidance|guides?|leaflets?|factsheets?|training|examples?|samples?|wording|schemes?|(?:web ?)?pages?|toolkits?|flowcharts?)\b",
         "The warning notice template is on our website."),
    Rule("an example", Bearing.GENERAL, r"^(?:for (?:example|instance)|e\.?g\.?|an example (?:is|was|would be)|one example)\b", "For example, a company was fined."),
    Rule("what a notice is", Bearing.GENERAL,
         r"\b(?:notices?|enforcement|suspension|conditions|special measures|cancellation|ratings?) (?:is|are|means?|sets? out (?:what|when)|tells?|gives?|lasts?|allows?)(?!.{0,120}\b\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december)\b)(?! (?:the|this|its) \w+ (?:until|till) (?:midnight|the end of)) (?:an?|the|one of|our|used|how|where|when|what|intended|meant|designed|a formal|providers?|people|legal)\b"
         r"|\b(?:find out|read|learn|see|know|information|guidance|details?|guide|advice|page|leaflet|booklet|explain\w*|about) (?:more )?(?:about|on|how|what|of|to) (?:how |what |when |our |the |cqc's )*(?:we )?(?:\w+ )?(?:enforce\w*|special measures|warning notices?|ratings?|suspen\w+|cancel\w*)\b"
         r"|\b(?:we|cqc) (?:only |always |will |do )*publish\b|\bfull information about\b|\brepresentations and(?:/or)? appeals\b|\bafter any (?:representations|appeals)\b|\bregulatory response to\b"
         r"|^(?:what|how|when|where|who|whether) to [a-z]+\b|\bwhat (?:(?:an?|the|these|such|our|its) )?(?:[\w'-]+ ){1,5}(?:is|are|was|were|means?|meant)(?=$|[,.;]| for (?:an?|the|them)\b)"
         r"|\bwhat (?:we do|happens(?! (?:next|now)$)|could happen|might happen|can happen|it means|this means)\b|\bdifference between\b|\bhow we (?:\w+ )?(?:enforce|rate|inspect|regulate|use)\b|\b(?:polic(?:y|ies)|procedures?|training|law|(?<!to )act|guidance|regulations) (?:say|states?|requires?|cover\w*|on|about|for|explain\w*|sets?|tells?|describes?)\b",
         "Enforcement is one of our powers."),
    # --- conditions and threats ---
    Rule("if", Bearing.CONDITION,
         r"(?:^|[,;:(] |\b(?:and|but|so|because|that|then|or) )(?:if(?! you\b| your\b)|unless(?! (?:we|cqc|(?:the )?(?:commission|regulator)|it(?! agrees? to\b)) (?:have |has |first )?(?:agree|consent|approv|permit|allow|give)| (?:the |it |they )?(?:provider |owner |company )?(?:appeal|make))|in the event|in case|were (?:it|the|we|this|there)|should (?:the|it|they|we|this|there|any|cqc|conditions|matters|no)|"
         r"had (?:it|the \w+|we) not|where (?:insufficient|no|improvements?|there)|provided that|whether|when and if)\b"
         r"|\b(?:if(?! you\b| your\b| any\b)|unless(?! (?:we|cqc|(?:the )?(?:commission|regulator)|it(?! agrees? to\b)) (?:have |has |first )?(?:agree|consent|approv|permit|allow|give)| (?:the |it |they )?(?:provider |owner |company )?(?:appeal|make))|in the absence of|failing which|or else|otherwise)\b|\bfailure to (?:\w+ ){1,8}?(?:will|may|could|can|would|might)\b|\bone more (?:inadequate|rating|failure)\b|\bif not\b",
         "If nothing improves, we will cancel its registration."),
    Rule("must, or else", Bearing.CONDITION, r"\b(?:must|has to|have to|needs to|has until|have until|is required to|within)\b.{3,120}?\bor (?:it|they|we|the|face|risk|be|lose|its|have|enforcement|further|see|else)\b"
         r"|\bchoice\b.{0,80}\bor (?:[\w-]+ ){0,3}?(?:conditions?|notices?|enforcement|suspension|cancellation|closure|special measures|prosecution)\b",
         "The provider must improve by May or we will cancel its registration."),
    Rule("may, could, at risk of", Bearing.CONDITION,
         r"\b(?:enforcement|prosecution|cancellation|suspension|(?:warning )?notices?|conditions?|action) (?:\w+ )?would have (?:been|followed|come)\b|\b(?!(?<=\bwe )may not (?:now )?(?:admit|(?:take|accept)(?: in| on)? (?:(?:any|more|further|new|other) )*(?:one|anyone|anybody|residents?|people|patients|placements?|referrals?|admissions|clients?)\b))(?:(?<!in )(?<!since )(?<!from )(?<!until )(?<!\d )may|might|could|can|would|should|ought to)(?! now\b)(?: (?:also|now|then|still|yet|potentially|even|well|eventually|later|again|not|have|be|been|instead|only|choose to|decide to|need to|want to))*"
         r" (?:served?|issued?|imposed?|placed?|put|cancel(?:led)?|suspend(?:ed)?|prosecuted?|fined?|fine|taken?|given?|lead|led|resulted|triggered|prompted|result|face|lose|enforced?|enter|go into|fall into|become subject|use|asked?|ask|require|restrict(?:ed)?|stop(?:ped)?|deregister(?:ed)?|clos(?:e|ed)|begin|start|remov(?:e|ed)|withdr(?:aw|awn)|follow|mean|include|happen|seek|apply|be subject)\b"
         rf"|\b(?:risk(?:s|ed|ing)?|threat\w*|danger|brink|verge|prospect|possib\w+|likel\w+|fear\w*|avoid\w*|prevent(?:ed|s)?|close to|came close|narrowly|heading (?:for|towards)|on course for|near to|spared?|escap\w+)(?: (?:[\w'-]+ ){{0,5}}?)(?:{_NOTICE}|enforcement|prosecut\w+|clos\w+|cancel\w*|suspen\w*|being|fine|losing)\b"
         r"|\b(?:was|were|is|are|had been|been) (?:\w+ )?(?:on the cards|in the offing|looming|in prospect)\b"
         r"|\bwarn(?:s|ed|ing)? (?:that|of|the \w+ (?:that|of)|it|them)\b",
         "The home could face enforcement action."),
    # --- statements of others ---
    Rule("calls and quotations", Bearing.HEARSAY,
         r"\b(?:manager|staff|nurses?|director|relatives?|people|provider|owner)s? (?:\w+ )?(?:told|said|explained)(?: to)?(?: us| inspectors)?(?: that)? (?:admissions|placements|new admissions) (?:were|are|had been|was) (?:limited|restricted)\b(?! (?:by|under) (?:cqc|us|the commission|conditions?)\b)|\b(?:call(?:s|ed|ing)? (?:for|on)|urg(?:e|es|ed|ing)|demand(?:s|ed|ing)?(?! for (?:an? )?(?:\w+ )?action plan)|petition\w*|campaign\w*|press(?:ed|ing)? for|lobb\w+|want(?:s|ed)? (?:us|cqc|it|the)|asked (?:us|cqc|the cqc|the commission|whether|for the|that)|"
         r"(?:has|have|had) asked (?:us|cqc)|recommend(?:s|ed|ing|ation\w*)?|suggest(?:s|ed|ing)?|believ(?:e|es|ed)|rumou?r\w*|alleg(?:ed?|es|edly)|allegations? (?:that|against)|claim(?:s|ed|ing)?|complain(?:s|ed)|argu(?:e|es|ed)|speculat\w+|social media|newspapers?|press reports?|reportedly|"
         r"wrongly|mistakenly|in error|by mistake|incorrectly|inaccurate\w*|untrue|false(?:ly)?)\b"
         r"|\b(?:said|told us|commented|wrote|added|thought|felt|feared|worried|heard|remarked) (?:(?:one |a |the |another |several |two )?(?:\w+ )?(?:relatives?|residents?|councillors?|mps?|persons?|members?|neighbours?|workers?|carers?|visitors?|nurses?)\b|that (?:the|it|this) (?:home|service|\w+) (?:should|ought|must|needed))"
         r"|\b(?:relatives?|residents?|councillors?|mps?|neighbours?|family members?|people|a person|staff|one (?:person|relative|staff member)) (?:\w+ ){0,3}?(?<!were )(?<!was )(?:said|says|told|commented|wrote|thinks?|thought|believes?|feels|felt|fears|feared|asked|worried|joked|hopes|hoped)\b",
         "Councillors called for the home to be placed in special measures."),
    # --- not done ---
    Rule("not done", Bearing.DENIED,
         rf"\b(?:no|without|nor|neither|never|not any|zero|nil|none of the) (?:any )?(?:further |new |other |such |current |active |outstanding |formal |live |open |more |civil |criminal |additional |urgent |legal |regulatory |cqc )*"
         rf"(?:{_NOTICE}|enforcement|cautions?|prosecutions?|fines?|penalt\w+|action plans?|special measures)\b(?! (?:was|were|has|have|had) (?:\w+ )?(?:met|complied))"
         rf"|\b(?:not(?! only)|n't|never|nor|neither) (?:\w+ ){{0,3}}?(?:ask(?:ed)?|request(?:ed)?|seek|sought|begin|begun|start(?:ed)?|bring|brought|lay|laid|filed?|charged?|find|issue|issued|served?|serving|serve|imposed?|impose|taken?|take|taking|given|placed?|cancel\w*|suspend\w*|prosecut\w*|fined?|need|needed|necessary|subject|under|proposed?|propose|"
         rf"required?|require|warrant\w*|justif\w*|proportionate|pursue|pursued|use|used|in special measures|result\w*|lead|led|receive[d]?|the subject|apply|found)\b(?! enough| sufficient| to show| to comply)"
         rf"|\b(?:we|cqc|commission|regulator) (?:(?:have|has|had|did|do|does) )?(?:not|never) (?:\w+ ){{0,2}}?{_BARRED}\b|\b(?:admissions?|placements?|referrals?|home|service) (?:(?:have|has|had|is|are|was|were) )(?:not|never) (?:\w+ ){{0,2}}?{_BARRED}\b(?! to have)"
         rf"|\bno (?:grounds?|reason|need|basis|justification|cause|case|call) (?:for|to) (?:\w+ ){{0,3}}?(?:(?:serv|issu|impos|tak|us|plac)(?:e|ing)|(?:cancel|suspend|prosecut)\w*)\b"
         rf"|\b(?:instead of|rather than|stopp(?:ed|ing) short of|short of|ruled out|decided against|chose not|refrain\w*|declin(?:ed|ing) to|refus(?:ed|ing) to|fell short of|did not go as far|in place of|opted not)\b|\bnone\b(?! (?:may|can|without|is to|are to)\b)|\b(?:took|take|takes|taken|taking|needed|need|with|for) no (?:\w+ ){{0,3}}?(?:action|steps|measures)\b|\bno (?:further|formal|urgent|legal|regulatory|civil|criminal) (?:\w+ )?(?:action|steps|measures)\b"
         rf"|\b(?:no one|nobody|no[- ]body|none|neither(?: of \w+)?|not one)(?: [\w']+){{0,4}}? (?:has|have|was|were|is|are) (?:\w+ )?(?:been )?(?:fined|prosecuted|charged|cautioned|convicted|suspended|served|issued)\b|\b(?:no|none of the|neither of the) (?:[\w-]+ ){{0,2}}?(?:placements?|admissions?|packages?|referrals?|registrations?|services?|activit(?:y|ies)|contracts?) (?:(?:is|are|was|were|has|have|had|been|being|currently|now) )+(?:suspended|restricted|stopped|halted|paused|cancelled|limited|banned)\b|: (?:no|none|nil|0|zero|n/a|not applicable)(?:$|[.,;]| \()|\b(?:we|cqc) (?:have |has |did |had )?not (?:yet )?(?:done|do|taken|take|used|use)\b|\bnot do so\b|\b(?:not|n't|never) come to (?:an? |any |that)(?:\w+ )?(?:notices?|fine|conditions?|prosecution|suspension|cancellation)?|\b(?:actions?|what|things) (?:\w+ )?not (?:done|taken)\b",
         "We did not take enforcement action."),
    Rule("an application that was refused", Bearing.DENIED,
         r"\b(?:refus(?:ed|es|al)|reject(?:ed|s)|dismiss(?:ed|es)|threw out|turned down|declined) (?:of )?(?:our|cqc's|the (?:commission|cqc|regulator)'s) (?:\w+ )?(?:applications?|requests?|case|bid)\b|\b(?:refus|reject|dismiss)(?:ed|es|al) (?:of )?(?:its|the|an) application (?:under section \d+ )?for an? (?:[\w-]+ ){0,2}order\b",
         "The court refused our application for an order."),
    Rule("what was to be checked", Bearing.CONSIDERED,
         r"\bcheck(?:ed|ing|s)? (?:whether|if|that)\b|\bto (?:see|check|find out|establish|confirm) (?:whether|if|that)\b|\bfollow(?:ed|ing)?[- ]up (?:on )?(?:the|a|our|on)\b",
         "We checked whether the warning notice had been met."),
    Rule("considered", Bearing.CONSIDERED,
         r"\bletters? of intent\b(?!.*\b(?:notices?|conditions|suspend\w*|cancel\w*)\b)|\bthinking about (?:what|which|whether|our|using)\b|\bweigh(?:s|ed|ing) up\b|\b(?:gave|given|giving) (?:\w+ )?(?:thought|consideration) to\b|\b(?:debated|contemplat(?:ed|ing)|held (?:back|off))\b|\b(?:had )?(?:meant|was going|were going|had been going) to (?:impose|serve|issue|cancel|suspend|prosecute|take|use|place|vary|restrict)\b|\bconsider(?:s|ed|ing|ation)?\b(?! and (?:then |duly |therefore )?(?:served|issued|imposed))(?!.{0,40}\b(?:representations|evidence|appeal|response|what the provider|findings)\b)|\bthought (?:\w+ )?(?:about|of)\b|\bwhether to (?:issue|serve|impose|take|use|cancel|suspend|prosecute|restrict)\b|\bdiscuss(?:ed|ing)\b|\b(?:weigh(?:ed|ing)|looking at|looked at|review(?:ed|ing)) (?:whether|our|the use|using|what|all|its)\b|\bunder consideration\b|\bdeciding (?:whether|what|on)\b|\bundecided\b"
         r"|\b(?:(?:we|cqc|inspectors|the commission) (?:(?:have|has|had|also|then|now|already) )*|(?:was|were|been|being) )(?:drafted|drawn up|drew up|drafting|prepar(?:ed|ing))(?: (?!and\b)(?:an?|the|our|its|two|three|draft|first|\d) (?:[\w-]+ ){0,3}?(?:notices?|conditions?|cautions?|charges?|summons)\b|(?=[.,;]|$))(?!.{0,200}\b(?:served|issued|sent|imposed)\b)"
         r"|\bdraft (?:(?:warning|requirement|penalty|fixed penalty|urgent) )*(?:notices?|conditions?)\b"
         r"|\bno decision\b|\bnot yet (?:decided|been decided|made)\b|\bwill (?:decide|determine|consider|review)\b",
         "We considered using our enforcement powers."),
    # --- not yet, no longer ---
    Rule("proposed", Bearing.PROPOSED,
         r"\bpropos(?:e|es|ed|ing|als?)\b|\bnops?\b|\bintend(?:s|ed|ing)?\b|\bintention to\b|\bminded to\b|\b(?:we|cqc|the commission) (?:now |also |therefore )?(?:want|wish)(?:es|s)? to (?:cancel|suspend|impose|prosecute|serve|remove|restrict|vary)\b|\bseek(?:s|ing)? to\b|\bapplied to (?:a |the )?(?:court|magistrat\w+|tribunal|justice)|(?<!action )\bplan(?:s|ned|ning)? to\b|\b(?:is|are|remains?) (?:still )?pending\b(?! (?:appeal|representations))|\bpending\b(?! (?:(?:an?|the|our|its|any|further|new) )*(?:\w+ )?(?:appeal|representations|review|inquiry|investigation|hearing|outcome|result|(?:re-?)?inspection|(?:re-?)?assessment)s?\b)"
         r"|\b(?:is|are|am|we're) (?:now |also )?(?:starting|beginning|begun|taking steps|looking|preparing|moving|working|set|due|about|hoping|expected) to\b|\b(?:started|begun|began) (?:the |a )?(?:legal |formal )?(?:process|proceedings|steps|action) (?:of|to|for|that)\b"
         r"|\b(?:is|are) expected to\b|\bwill (?:now |also |then |shortly |soon )*(?:cancel|suspend|impose|prosecute|serve|issue|remove|request|ask|take|begin|start|move|lead|seek|pursue|enforce|restrict|use|be (?:taking|issuing|serving|cancelled|suspended|removed|imposed|served|issued|prosecuted|ended))\b|\bfrom (?:1|the) \w+ (?:20\d\d )?(?:it|the \w+) will\b",
         "We propose to cancel the provider's registration."),
    Rule("lifted, met, overturned", Bearing.LIFTED,
         rf"\b(?:has|have|is|are) (?:now |therefore )?(?:of )?no (?:legal )?(?:effect|force)\b(?! (?:on|upon|until|unless|pending|while|before)\b)|\bno longer (?:has|have) (?:any )?effect\b|{_NOTICE}\b[^.;]{{0,80}}\b(?:20\d\d|regulations? \d{{1,2}}a?|\)):? (?:met|closed|lifted|complied with|withdrawn|ended|expired|removed|complied)(?: (?:on|in|by) (?:\d{{1,2}} )?(?:[a-z]{{3,9}} )?20\d\d)?$|(?:\b(?:has|have|had|was|were|is|are|been|being|now|since|duly|provider|service|home|they|it|we|cqc|tribunal|the court|and|that|which|appeal|then|subsequently|later|all|both|fully)|:) {_MET}\b|\b(?:expired|lapsed)\b|{_NOTICE}(?: \([^)]*\))?(?::| -)? {_MET}\b|\bserved its purpose\b|\bnot (?:been )?renewed\b"
         rf"|(?: - |, | \()(?:(?:now|since|later|fully|was|were|has been|have been) )*{_MET} (?:on|in|by|at) (?:\d|{'|'.join(moves.MONTHS)}|(?:this|our) )"
         rf"|^(?!(?:\w+ ){{0,3}}(?:must|should|shall|to|will|can|may|could|would|needs?) )(?:\w+ ){{0,3}}?{_MET}\b|\bno longer (?:\w+ )?(?:in (?:place|force|effect)|appl\w+|needed|required|has|have|subject|restricted|holds?|stands?|in breach|suspended|any|under)\b"
         rf"|(?<!be )(?<!become )(?<!be in )\b(?:in |full |now in |achieved |shown |demonstrated )?compliance with\b|(?<!be )(?<!become )\b(?:compliant|now meeting|now meets?|has met) (?:with )?(?:the |all |both |its |their |our )*(?:requirements? of )?(?:the |our |this |that |its |all )*(?:warning|requirement|notice|condition|action plan|regulation)"
         rf"|\b(?:now |fully |is |are )compliant with (?:it|them|this|these|both|all)\b"
         rf"|\b(?:lifting|removal|withdrawal|quashing|overturning|revocation|end) of (?:the |these |those |its |all |our |both )*(?:\w+ )?(?:{_NOTICE})"
         rf"|\b(?:lift|lifts|lifted|removed?|withdr[ae]w\w*|quash\w*|overturn\w*|rescind\w*|revok\w*|discharged|end|ended|cancelled|cancel|dropped|complied with|met|satisfied) (?:the|these|those|all|both|its|our|that|this|any|every|a|an|one of the|two of the|some of the) (?:[\w-]+ ){{0,5}}?(?:{_NOTICE})"
         rf"|\bappealed\b[^;]{{0,90}}?,? and (?:has |have )?(?:won|succeeded)(?=$|[.,;]| (?:its|the|their) (?:appeal|case)\b)|\b(?:appeal (?:was |has been |were )?(?:allowed|upheld|succe\w+|won)|won (?:its|their|an|the) appeal|successful appeal|successfully appealed|upheld (?:the|its|their|an) (?:\w+ )?(?:appeal|challenge)|allowed (?:the|its|an) appeal)\b"
         rf"|\b(?:done|did|carried out|acted on|taken|took|completed) (?:everything |all |what |most of |the (?:action|steps|work) )*(?:of )?(?:that |which )?(?:the|our|this|that|its|both|all) (?:[\w-]+ ){{0,3}}?{_NOTICE}(?: of \w+| from \w+)?(?: had| has)?(?: required| asked| called for| demanded| set out| told|(?=[.,;]|$))"
         rf"|\b(?:done|did) (?:everything|all)(?: that)? (?:it|they|we|cqc) (?:had |have |has )?(?:asked|required|called for|demanded)\b"
         rf"|\b(?:what|everything|all)(?: that)? (?:the|our|this|that|both) (?:[\w-]+ ){{0,2}}?{_NOTICE}(?: \w+){{0,4}} (?:required|asked|called for|demanded)(?: for)?(?: \w+){{0,6}} (?:had|has|have|was|were) (?:now |all |since )*(?:been )?(?:done|put in place|carried out|in place)\b"
         rf"|\b(?:in|for) (?:the )?(?:provider|home|service|company|owner|practice|agency)'s favour\b|\bfound for the (?:provider|home|company)\b|\b(?:cease[sd]?|ceasing) to have effect\b|\b(?:decision|notice)s? (?:will|does|do|should|shall|is to|are to) not (?:now )?(?:take|have) effect\b"
         r"|\b(?:discontinu(?:ed|es|ing)|abandon(?:ed|s|ing)|halt(?:ed|s|ing)|withdr(?:ew|awn)|dropp(?:ed|ing)|call(?:ed|ing) off|stay(?:ed|ing)) (?:(?:the|our|its|this|that|these|those|all|both|criminal|cqc's) )+(?:prosecutions?|charges?|proceedings|court case|criminal case|case against)\b"
         r"|(?:^|\b(?:the|our|this|that|these|those|all|both|criminal|cqc's) )(?:prosecutions?|charges?|proceedings|criminal case|court case)(?: (?:of|against|by|over|for) (?:[\w']+ ){1,6}?| )(?:(?:has|have|had|was|were|is|are|been|being|now|since|later|then|all|both|subsequently|formally) )+(?:discontinued|dropped|abandoned|halted|called off|stayed|stopped)\b"
         r"|\b(?:prosecution|charges?|proceedings|criminal case)(?: -|:|,)? (?:discontinued|abandoned|dropped|called off)\b|\b(?:acquitted|found not guilty|cleared of)\b"
         rf"|\bset aside\b|\bran out\b|\b(?:re-?opened|opened again|open (?:to (?:\w+ ){{1,3}})?again)\b|\b(?:not|n't) (?:been )?(?:extend(?:ed)?|renew(?:ed)?)\b|\bcame off\b|\bfree (?:of|from) (?:all |any )?(?:{_NOTICE})|\b(?:came|come|has come) to an end\b|\bended on\b(?![^;]{{0,30}} with an? (?:\w+ )?(?:fine|conviction|penalty|sentence))|\b(?:registration|licen[cs]e) (?:has been |was |is )?(?:\w+ )?reinstated\b",
         "The warning notice has been met."),
    # --- the past ---
    Rule("the past", Bearing.PAST,
         r"\b(?:previously|formerly|historically|originally|in the past|at one time|once (?:had|was|were)|years? ago|months ago|a decade ago|last (?:year|summer|autumn|winter|spring)|the year before|long ago|used to)\b"
         r"|(?<!has )(?<!have )\bhad (?:already |also |previously |earlier |then |first |once )*(?:issued|served|imposed|placed|given|received|sent|asked|suspended|cancelled|prosecuted|fined|taken|been (?:\w+ )?(?:issued|served|given|placed|imposed|sent|suspended|cancelled|fined|prosecuted|"
         r"restricted|subject|under|asked|told)|(?:an?|two|three) (?:\w+ )?(?:warning|requirement|fixed|conditions?|notices?|suspension))\b"
         r"|\b(?:history|historic|background|timeline|archive)\b",
         "The home previously had a warning notice."),
)  # fmt: skip


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class Borne(NamedTuple):
    """What a clause is about, and the name of the rule that matches. The name is "" if the clause is about this service now."""

    bearing: Bearing
    rule: str = ""


def of(clause: str, sentence: Sentence, about: About = NOBODY, rules: Sequence[Rule] = RULES) -> Borne:
    """Decides what a clause of a sentence is about; `clause` is in plain form. If the line above a list shows what the list is
    about, this is used for all items of the list. If a heading is about other services, the past or rules in general, so is all
    text below the heading."""
    if rules is RULES and (aside := _aside(clause, sentence)):
        return aside
    own = _borne(clause, rules)
    if (own.bearing in _OUTDONE or own.rule == "the past") and (did := DID.search(clause)) and not (own.bearing is Bearing.LIFTED and _comes_later(clause, did)):
        own = _borne(clause, [rule for rule in rules if rule.bearing not in _OUTDONE and (rule.name != "the past" or _BEFORE.search(clause))])
        return own if own.bearing is not Bearing.NOW else _beyond(sentence, about, clause, rules)
    if own.bearing is Bearing.OTHERS and names_both(sentence, about):
        own = Borne(Bearing.NOW)
    stood = _STOOD | {Bearing.CONDITION} if _IN_FORCE.search(clause) else _STOOD
    if own.rule == "any service" and _NOT_LIFTED.search(clause):
        own = Borne(Bearing.NOW)
    if own.bearing is Bearing.CONSIDERED and (why := _WHY.search(clause)) and STANDS.search(clause, why.end()):
        own = Borne(Bearing.NOW)
    if STANDS.search(clause) and own.bearing in stood and "propos" not in clause:
        own = Borne(Bearing.NOW)
    if own.bearing is Bearing.GENERAL and USED.search(clause):
        own = _borne(clause, [rule for rule in rules if rule.bearing is not Bearing.GENERAL])
    done_instead = own.bearing is Bearing.NOW and not sentence.plain.startswith(clause) and DID.search(clause) is not None
    opened = _opening(sentence) if own.bearing in (Bearing.NOW, Bearing.PROPOSED, Bearing.LIFTED) else None
    if opened is not None and not (done_instead and opened.bearing is Bearing.CONDITION):
        return opened
    if own.bearing is not Bearing.NOW:
        return own
    return _beyond(sentence, about, clause, rules)


# as in "A condition that bars new admissions has not been lifted"
_NOT_LIFTED = re.compile(r"^an? [^,;]{3,90} (?:has|have) (?:still )?not (?:yet |now )?been (?:lifted|removed|withdrawn|met|complied with)\b")


def _aside(clause: str, sentence: Sentence) -> Borne | None:
    """What the module `general` decides about a clause; None if it decides nothing."""
    if general.is_legend(sentence.plain):
        return Borne(Bearing.GENERAL, "what a rating means")
    if "profile" in sentence.plain and general.is_of_old_profile(sentence.plain[: sentence.plain.find(clause) + len(clause)]):
        return Borne(Bearing.OTHERS, "an earlier registration")
    if general.is_general(clause) and DID.search(clause) is None:
        return Borne(Bearing.GENERAL, "the law and powers in general")
    covered = general.covered_by_notice(clause)
    if covered == "met":
        return Borne(Bearing.LIFTED, "what the notice was about is put right")
    if covered == "unmet":
        return Borne(Bearing.NOW)
    return Borne(Bearing.CONSIDERED, general.A_VISIT) if covered else None


def _beyond(sentence: Sentence, about: About, clause: str, rules: Sequence[Rule]) -> Borne:
    """Decides what a clause is about if the clause's own words do not show this. The decision depends on who makes the
    statement, the names in the sentence, the time of the statement, and the lines above the sentence."""
    if quoted := _quoted(sentence):
        return quoted
    if "ours " in sentence.plain and _OURS.search(sentence.plain) and "ours " not in clause:
        return Borne(Bearing.OTHERS, ANOTHER_NAME)
    if whose.names_another(sentence.text, about.names) and not names_both(sentence, about):
        return Borne(Bearing.OTHERS, ANOTHER_NAME)
    if _names_only_another(clause, sentence, about):
        return Borne(Bearing.OTHERS, ANOTHER_NAME)
    now = sentences.NOW.search(clause) is not None or _PERFECT.search(clause) is not None
    past = is_of_the_past(clause, about) or (_opens_in_the_past(sentence, about) and not is_recent(clause, about))
    past = past or months.are_long_ago(clause, about.published)
    if past and not now:
        return Borne(Bearing.PAST, "a year before the report's")
    if about.published and (span := _SPAN.search(clause)) and (end := day_of(span["end"], last=True)) and end < about.published:
        return Borne(Bearing.PAST, "a time that ended before the report")
    if sentence.lead and (led := _borne(sentence.lead, RULES)).bearing is not Bearing.NOW and not (led.bearing is Bearing.GENERAL and THIS_ONE.search(clause)):
        return Borne(led.bearing, f"{led.rule}, in the line above the list")
    if (section := _borne(sentence.section, rules)).bearing in _OF_A_SECTION and not (section.bearing is Bearing.GENERAL and _DONE.search(clause)):
        return Borne(section.bearing, f"{section.rule}, in the heading above")
    newly = is_recent(clause, about) and not sentences.speaks_of_earlier(sentence.plain)
    before = sentence.earlier and not newly and not (now and clause != sentence.plain.strip(" ,.")) and not _is_told_why(clause, sentence)
    return Borne(Bearing.PAST, AN_EARLIER) if before else Borne(Bearing.NOW)


_OURS = re.compile(r"[;,] (?:but |while |and )?ours (?:got|has|have|had|was|were|is|are|received|remains?|stays?)\b")  # as in "The Hull home got a warning notice; ours got none"


def _names_only_another(clause: str, sentence: Sentence, about: About) -> bool:
    """Whether the names in a clause are all those of other services, although the rest of the sentence names this service."""
    named = whose.named(sentence.text, about.names)
    here = [own for name, own in named if name in clause]
    return bool(here) and not any(here) and any(own for _, own in named) and not names_both(sentence, about)


# As in "We have charged the provider over a death in 2024": a verb in the present perfect has no date, so the year is that of
# the death.
_PERFECT = re.compile(
    r"\b(?:(?:we|cqc|the commission|the provider|the \w+|it) )(?:have|has)(?: (?:now|also|today|therefore|since|then|each|both))* (?:been )?"
    r"(?:issued|served|imposed|placed|suspended|cancelled|prosecuted|fined|restricted|charged|cautioned|convicted|taken|given|sent|handed|varied|begun|started|brought|declared|told|notified)\b"
    r"|\b(?:we|cqc|the commission) (?:are|is) (?:now |also |currently )?(?:prosecuting|charging|cancelling|suspending|taking)\b"
    r"|\b(?:notices?|conditions?|charges?|proceedings|restrictions?) (?:\w+ ){0,3}?(?:have|has) (?:now )?been (?:issued|served|imposed|placed|brought|laid|given|started)\b"
    r"|\b(?:yesterday|today|this (?:week|month|morning)|last week)\b"
    r"|^(?:and )?(?:has|have) (?:(?:now|also|today|therefore|since|then|again) )*(?:been )?(?:re-?rated|rated|issued|served|imposed|placed|suspended|cancelled|prosecuted|fined)\b"
)


# as in "from 2 March to 4 May 2026"
_SPAN = re.compile(r"\bfrom \d{1,2} [a-z]{3,9}(?: 20\d\d)? (?:to|until|till) (?P<end>\d{1,2} [a-z]{3,9} 20\d\d)\b")


DID: Final = re.compile(
    r"(?<!if )(?<!unless )(?<!whether )(?<!when )(?<!whenever )(?<!where )(?<!once )(?<!that )(?<!before )(?<!after )(?<!had )\b(?:we|cqc|the (?:regulator|watchdog|commission)) (?:have |has )?(?:now |also |then |therefore |again |today |already |formally )*"
    r"(?:issued|served|(?:re-?)?imposed|reinstated|placed|suspended|cancelled|prosecuted|fined|restricted|stopped(?! short)|given|gave|sent|handed|varied|took|taken|(?:closed|shut)(?= (?:down )?(?:the|this) (?:home|service|agency|practice|hospital|clinic|surgery)\b))\b(?! (?:by|thought|(?:some|careful) thought|consideration|advice|time|whether|if|had|has|have|was|were|is|on|in|at|stands?|account|note|part|into|no|none|nothing|neither)\b|[^;]{0,40}\bletters? of intent\b(?!.*\b(?:notices?|conditions|suspend\w*|cancel\w*)\b))"
    r"|(?<!any )(?<!what )(?<!whatever )(?<!no )\b(?:enforcement|urgent|legal|regulatory) action (?:that |which )?(?:we|cqc) (?:have|has) (?:now )?taken (?:against|at|in respect of) (?:the|this|its)\b"
    r"|^(?:(?!\b(?:if|unless|whether|when|whenever|where|once|no|none|neither|nor|not|never|until|that|propos\w*|could|would|may|might)\b).)*?\b(?:notices?|conditions?|restrictions?|summons(?:es)?) (?:(?!(?:would|could|might|may|should|must|not|never|no)\b)[\w']+ ){0,6}?(?:have|has) (?:(?:now|also|today|therefore) )*been (?:issued|served|imposed|placed|attached|added|applied)\b(?! (?:in error|by mistake|wrongly)\b)"
    r"|\b(?:we|cqc|the (?:regulator|watchdog|commission)) (?:have |has )?(?:now |also |then |again )*(?:extended|renewed|prolonged|tightened) (?:the|this|its|our|these|those) (?:[\w-]+ ){0,3}?(?:suspensions?|conditions?|restrictions?|order)\b"
    r"|(?<!if )(?<!whether )(?<!unless )(?<!when )(?<!where )(?<!once )(?<!that )(?<!before )(?<!after )\b(?:we|cqc|the (?:regulator|watchdog|commission)) did (?:(?:also|however|instead|therefore|still) )?(?:issue|serve|impose|place|suspend|cancel|prosecute|fine|restrict)\b"
    r"|\bpublished (?:the|our|a) (?:\w+ ){0,3}?notices? (?:that |which )?(?:we |cqc )(?:have |has )?(?:issued|served|sent)\b"
    r"|\b(?:we|cqc) (?:are|is) (?:(?:now|also|currently|already) )*taking (?:[\w-]+ ){0,2}?action against (?:the|this|its)\b"
    r"|^(?:served|issued|imposed) (?:an?|two|three|urgent|conditions)\b|\bnot only did (?:we|cqc) (?:issue|serve|impose|place|suspend|cancel)"
)
"""Words with which CQC states outright what it did. A condition, doubt or denial in another part of the clause does not change
this statement."""


def _is_told_why(clause: str, sentence: Sentence) -> bool:
    """Whether only the reason for CQC's action is about the past, and not the action itself."""
    return _REASON.match(sentence.plain) is not None and DID.search(clause) is not None and not sentences.speaks_of_earlier(clause)


_REASON = re.compile(r"(?:as|because|since|although|though) (?!a\b|part\b|an\b)")
_DONE = re.compile(
    r"^(?:and |so )?(?:(?:we|cqc) )?(?:have|has) (?:now |also |therefore |instead )*(?:asked|issued|served|imposed|placed|suspended|cancelled|begun|started|fined|prosecuted|told)\b|"
    + DID.pattern
)
_BEFORE = re.compile(r"\b(?:previously|formerly|in the past|years? ago|used to)\b")
_OUTDONE = frozenset({Bearing.CONDITION, Bearing.GENERAL, Bearing.HEARSAY, Bearing.DENIED, Bearing.CONSIDERED, Bearing.LIFTED})
_LIFTED_RULES = tuple(rule for rule in RULES if rule.bearing is Bearing.LIFTED)


def _comes_later(clause: str, did: re.Match[str]) -> bool:
    """Whether a word such as "lifted" comes after the words for CQC's action."""
    return any(_compiled(rule.pattern).search(clause, did.end()) for rule in _LIFTED_RULES)


USED: Final = re.compile(
    r"\b(?:us(?:ed|ing)|exercis(?:ed|ing)|under|through|by means of) (?:our |its |cqc's |their |the )?(?:[\w-]+ ){0,4}?powers?\b"
)
"""Words that say that CQC used its powers, without saying which."""

_WHY = re.compile(r"\b(?:because|as|since) (?=(?:the|it|this|they|its)\b)")
# a clause with one of these decisions becomes NOW if it contains words such as "not met" or "appeal dismissed"
_STOOD = frozenset({Bearing.NOW, Bearing.LIFTED, Bearing.DENIED, Bearing.HEARSAY, Bearing.PROPOSED})
_IN_FORCE = re.compile(r"\b(?:condition|restriction)s? (?:that|which) we have (?:now |also )?(?:imposed|placed)\b|\bstands?(?:$|\.)|\b(?:remains?|stays?|continues?) in force\b")
ANOTHER_NAME: Final = "another name"
AN_EARLIER: Final = "an earlier inspection"
_OF_A_SECTION = frozenset({Bearing.OTHERS, Bearing.PAST, Bearing.GENERAL, Bearing.CONDITION})

# A notice is in force if the clause contains one of these phrases, even if the clause also says that something was lifted.
STANDS: Final = re.compile(
    r"\b(?:conditions?|restrictions?|suspension)\b(?: (?!(?:lifted|removed|withdrawn|met|ended)\b)[\w']+){0,8}? (?:have|has|were|was|are|is) (?:(?:now|been|also|since|being) )*(?:tightened|strengthened|extended|widened|increased|made (?:stricter|tighter))\b"
    r"|^(?!.*\b(?:lifted|removed|withdrawn|met|quashed|overturned|allowed|set aside)\b).*?\b(?:period|time|time limit|deadline|window|right|days)\b (?:[\w-]+ ){0,4}?(?:appeal\w*|representations)\b[^;]{0,90}?\b(?:has|have|had)? ?(?:now )?(?:expired|ended|passed|lapsed|closed|run out|ran out|is over)\b|^(?!.*\b(?:lifted|removed|withdrawn|met|quashed|overturned|allowed|set aside)\b).*?\b(?:appeal period\b[^;]{0,60}?\b(?:expired|ended|passed|lapsed|closed|over)\b|with(?:out an| no) appeal (?:having been |being )?(?:made|lodged|brought|received)\b)"
    r"|\b(?:(?:matters|issues|concerns|requirements|points|failings|shortfalls|actions?) (?:[\w-]+ ){0,4}?(?:in|of|from|by) (?:the|our|this|that|these|its) (?:[\w-]+ ){0,2}?(?:notices?|conditions?)|(?:notices?|conditions?)) (?:[\w-]+ ){0,3}?(?:had|has|have|was|were) (?:still )?not (?:(?:all|both|fully|yet|been) )*(?:addressed|dealt with|put right|resolved|rectified|fulfilled)\b"
    r"|\b(?:condition|restriction)s? (?:that|which) we have (?:now |also )?(?:imposed|placed)\b|\b(?:has|have) not (?:been )?changed\b(?! (?:any|the|its|our|this|these|those) (?:\w+ )?ratings?)|\b(?:is|are|remains?) unchanged\b|\b(?:with (?:one|the) exception|all but (?:one|two)|except (?:for )?(?:one|two|that)|apart from one|only (?:part|partly|partially|some|one)|in part|partly|partially|some but not all|not all|not fully|part of the)\b"
    r"|\b(?:not|n't|never|yet to|fail(?:s|ed|ing|ure)? to|unable to|neither|insufficient\w*|without) (?:(?:yet|been|fully|all|being|enough|"
    r"sufficiently|have|be|had|now) )*(?:met|meet|meeting|complied|comply|complying|lifted|removed|withdrawn|ended|lift|remove|improved? enough to meet|satisf\w+|(?:do|done|acted on|act on|carried out) (?:all |everything |most |much )*(?:of )?(?:that |what )?(?:the|our|that|this) (?:\w+ )?notice)\b"
    r"|\b(?:not|unable to|fail(?:s|ed|ing)? to) (?:\w+ )?(?:show|demonstrate|prove|evidence|satisfy|persuade|convince)(?: (?:us|cqc|inspectors))? that (?:it|they|the \w+) (?:had|has|have|was|were|is) (?:now |fully )?(?:met|complied|complying|meeting)\b"
    r"|\b(?:fail(?:s|ed|ing|ure)? to|not|n't) (?:\w+ )?(?:achieve|reach|demonstrate|show)\w* compliance\b|\b(?:not|n't) (?:(?:yet|fully|been|now) )*(?:compliant|in compliance) with\b|\bnon-?complian\w+"
    r"|\b(?:extend\w*|longer|more time|further time|new (?:date|deadline)) (?:[\w'-]+ ){0,4}?(?:to |for |of )(?:comply|compliance|meet|meeting)\b"
    r"|\bwithdr(?:ew|awn|awing) (?:its|their|the|an|that) appeal\b"
    r"|\bappeals? (?:[\w,' ]{0,60}? )?(?:was|were|has been|have been) (?:dismissed|rejected|refused|struck out|withdrawn|unsuccessful|lost)\b"
    r"|\b(?:dismissed|rejected|refused|threw out|lost|turned down) (?!the (?:commission|cqc|regulator)'s|\w+ application (?:under section \d+ )?for an? (?:[\w-]+ ){0,2}order)(?:the|its|their|an|that|this|his|her) (?:[\w'-]+ ){0,3}?(?:appeal|challenge|application|request)"
    r"|\bappeal\w* (?:against [\w ,']{3,60}? )?failed\b|\b(?:remains?|stays?|still|continues? to be|stands?|are kept|is kept) (?:in (?:place|force|effect)|stands?|appl\w+|under|subject|restricted|suspended)\b"
    r"|\b(?:notices?|conditions?|suspension|it|they)\b.{0,60}\bstands?(?:$|\.)|\bcontinues? (?:to apply|in force|in place|to be in)\b|\b(?:suspension|conditions?|notices?|restrictions?|measures)\b.{0,60}\breinstated\b"
    r"|\bappealed\b[^;]{0,90}?,? and (?:has |have )?lost(?=$|[.,;]| (?:its|the|their) (?:appeal|case)\b)|\b(?:those|that|it|they|notices?)(?: of [^;,]{3,25}?)? (?:is|are) not (?:yet )?due\b|\b(?:and|but) not (?:with )?the (?:others?|second|third|fourth|rest)\b|\b(?:that|those|the (?:other|others|second|third|fourth|fifth|last|one|rest)) (?:[\w()-]+ ){0,5}?(?:has|have|had|was|were) not(?:$|[.,;]| (?:yet |been )*(?:met|lifted|complied|removed|withdrawn|put right)\b)"
    r"|\b(?:other|others|rest|remaining|second|third|fourth|fifth|last|first|two|three|both|they|these|those|it|notice|notices|conditions?)(?:,? (?:on|about|for|of|under|concerning|to|that|which) [^,;]{2,70}?,?)? (?:\w+ )?(?:still )?(?:remains?|stands?|stays?|appl(?:y|ies)|continues?)\b"
    r"|\b(?:one|two|three|four|some|others?|another|the rest|second|third)(?:,? (?:on|about|for|of|under|concerning) [^,;]{2,70}?,?)? (?:has|have|had|was|were|is|are) (?:still )?not(?=$|[.,;])|\bupheld (?:the|our|its|cqc's) (?:decision|notice|\w+ notice|conditions|suspension|cancellation)"
)


def _borne(text: str, rules: Sequence[Rule]) -> Borne:
    for rule in rules:
        if _compiled(rule.pattern).search(text):
            return Borne(rule.bearing, rule.name)
    return Borne(Bearing.NOW)


_QUOTED = re.compile(r"[“\"]([^“”\"]*+)[”\"]|(?<!\w)[‘']((?:[^‘’']|(?<=\w)[’'](?=\w)){24,})[’'](?!\w)")
_OF_CQC = re.compile(r"\b(?:cqc|commission|inspectors?|director|deputy director|chief inspector|regulator|we)\b", re.I)


_LEAST_QUOTED = 12  # the fewest characters between double quotation marks
# CQC's own terms. If such a term is between quotation marks, nobody is quoted.
_TERM = re.compile(
    r"\W*(?:(?:in|into|the|an?|its|our|was|is|rated(?: as)?|overall|placed in|put in|put into|placed into|be in) )*"
    r"(?:special[ -]measures(?: (?:regime|framework|category|process))?|(?:outstanding|good|requires improvement|inadequate|not rated|inspected but not rated)(?: overall)?"
    r"|(?:(?:urgent|formal|statutory|section \d+\w?) )*(?:(?:warning|requirement|fixed penalty|penalty|civil penalty|enforcement) )?notices?(?: of (?:decision|proposal))?(?: (?:to|under) [\w ]{3,60})?"
    r"|(?:urgent |civil |criminal |regulatory )*(?:enforcement )?action|(?:registration )?conditions?(?: (?:of|on) (?:its |the |their )?registration)?|dormant|archived|suspended|(?:de-?registered|cancelled))\W*",
    re.I,
)


_OF_WORDS = re.compile(r"\b(?:words?|phrases?|terms?|expressions?|names?|labels?|headlines?|nicknames?|so-called|slogans?|titles?)(?: of| like| is| was| are| were)?:?\s*$", re.I)


def _is_term(quoted: re.Match[str]) -> bool:
    """Whether a text between quotation marks is one of CQC's terms, and the sentence makes a statement with it. "The phrase
    “special measures”" is only about the words."""
    return _TERM.fullmatch(quoted[1] or quoted[2]) is not None and not _OF_WORDS.search(quoted.string[max(quoted.start() - 30, 0) : quoted.start()])


def _quoted(sentence: Sentence) -> Borne | None:
    """Returns the decision "hearsay" for a sentence that quotes somebody other than CQC; None for other sentences."""
    quoted = (one for one in _QUOTED.finditer(sentence.text) if len(one[1] or one[2] or "") >= _LEAST_QUOTED)
    found = next((one for one in quoted if not _is_term(one)), None)
    if found is None:
        return None
    around = f"{sentence.text[: found.start()]} {sentence.text[found.end() :]}"
    return None if not around.strip(" .,") or _OF_CQC.search(around) else Borne(Bearing.HEARSAY, "somebody's words, quoted")


_DAY = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)? )?({'|'.join(moves.MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? (20\d\d)\b"
)
_IN_NUMBERS = re.compile(r"(?<![\d/])(?:(\d{1,2})/)?(\d{1,2})/(20\d\d)(?![\d/])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NOT_A_TIME = re.compile(r"\b(?:19|20)\d\d (?:act|regulations)\b|\b(?:hsca|ra|rr|sccs)(?: \w+){0,2} 20\d\d\b|\b(?:act|regulations?|order)(?: \([^)]*\))?,? (?:of )?(?:19|20)\d\d\b|£ ?\d[\d,]*")


def day_of(text: str, *, last: bool = False) -> date | None:
    """The latest day in a text in plain form. For a month without a day, the first of the month is used, or the 28th if `last`
    is true. None if the text contains no day and no month with its year."""
    days = [date_of(f"{day or (28 if last else 1)} {month} {year}") for day, month, year in _DAY.findall(text)]
    days += [date_of(f"{day or (28 if last else 1)}/{month}/{year}") for day, month, year in _IN_NUMBERS.findall(text)]
    return max((day for day in days if day), default=None)


_IF = re.compile(
    r"(?:if(?! you\b| your\b| anyone\b)|unless(?! (?:the |it |they )?(?:provider |owner |company )?(?:appeals?|makes?)\b)|in the event|in case|should (?:we|the|it|this|there|any|no|they|cqc|inspectors|matters|another)|were (?:we|the|it|this|there|any|no|they|cqc)|"
    r"(?:and |or )?(?:there|it) is (?:still|no longer) .*\bwill\b|had (?:we|the|it|there|no|they|cqc) (?:\w+ ){0,3}?(?:not|been|acted|found)|next time|where (?:a|an|any|we|cqc|services|providers|(?:conditions|notices|restrictions) (?:[a-z]+ ){1,4}(?:on|against) (?:an?|any)))\b"
)


_ASKED_WHETHER = re.compile(r"\b(?:ask(?:ed|s|ing)?|wonder(?:ed|s)?|quer(?:ied|y)|unsure|unclear|not clear|not sure|discuss(?:ed)?) (?:\w+ )?(?:if|whether)\b")
_UNDER_ANOTHER = re.compile(r"(?:under|while|when|with|during|before) (?:run by |it was run by )?(?:its|the|a|their) (?:former|previous|old|last|earlier) (?:registered )?(?:owner|provider|operator|company|management|proprietor)"
    r"|(?:before|prior to) (?:the|its|this|a) (?:change|sale|takeover|transfer|merger)\b")
_A_NUMBER = re.compile(r"\bregulations? \d")
_TABLE = re.compile(r"(?:the )?tables? (?:below|overleaf)\b")


def _opening(sentence: Sentence) -> Borne | None:
    """What all clauses of a sentence are about, according to its opening words ("If …", "Under its former owner …"). None if
    the opening words do not show this."""
    if _ASKED_WHETHER.search(sentence.plain):
        return Borne(Bearing.HEARSAY, "asked whether")
    if _IF.match(sentence.plain):
        return Borne(Bearing.CONDITION, "if, at the beginning")
    if _UNDER_ANOTHER.match(sentence.plain):
        return Borne(Bearing.OTHERS, "a former owner, at the beginning")
    return Borne(Bearing.GENERAL, "the line above a report's table") if _TABLE.match(sentence.plain) and not _A_NUMBER.search(sentence.plain) else None


def _opens_in_the_past(sentence: Sentence, about: About) -> bool:
    """Whether a sentence begins with a time before the newest report: "In 2019 …"."""
    opening = re.match(r"(?:in|on|at|back in|during|from|by|until) [^,]{0,30}?\b(?:19|20)\d\d\b", sentence.plain)
    return (opening is not None and is_of_the_past(opening[0], about)) or months.opens_long_ago(sentence.plain, about.published)


def is_recent(clause: str, about: About) -> bool:
    """Whether a clause contains the year of the newest report or a later year."""
    years = [int(year) for year in _YEAR.findall(_NOT_A_TIME.sub("", clause))]
    return bool(years and about.published) and max(years) >= about.published.year  # type: ignore[union-attr]


def is_of_the_past(clause: str, about: About) -> bool:
    """Whether a clause contains years, and all are before the year of the newest report."""
    years = [int(year) for year in _YEAR.findall(_NOT_A_TIME.sub("", clause))]
    return bool(years and about.published) and max(years) < about.published.year  # type: ignore[union-attr]
