"""The patterns with which `regulations` finds breaches of regulations in sentences."""

import re

NUMBERS = re.compile(
    r"\bregs?(?:ulations?)?\.?:? (?:no\.? |number )?(?P<list>\d{1,2}a?\b(?:(?: ?|,? and |, | & | to | ?- ?)\(\w{1,4}\))*(?: "
    r"?(?:\([a-z][^()]{3,90}\)))?"
    r"(?:(?:,? and |, ?| & |; ?|/)(?:regs?(?:ulations?)?\.? )?\d{1,2}a?\b(?!:| (?:breach|people|months?|weeks?|days?|"
    r"of (?:the )?(?:\w+ ){0,2}inspection))(?:(?: ?|,? and |, | & | to | ?- ?)\(\w{1,4}\))*(?: ?(?:\([a-z][^()]{3,90}\)))?)*)"
)
NUMBER = re.compile(
    r"(?<![\w(])(\d{1,2}a?)\b(?!\))((?:(?: ?|,? and |, | & | to | ?- ?)\(\w{1,4}\))*\s?:?\s?(?:\(?[^()\d]{0,90})?)"
)
ACT = re.compile(r"\bregistration\)? ?regulations\b(?:,? 2009)?|\bregulations?,? 20(?:09|10|14)\b")

CORRESPONDS = re.compile(
    r"\b(?:which|that|this|now)? ?(?:now )?(?:corresponds? to|corresponding to|is now|(?:has|have) been replaced by"
    r"|was replaced by|became) (?=regulations? \d)"
)

# as in "Four breaches of regulation were found: 12, 13, 17 and 18"
FOUND_TO_BE = re.compile(
    r"(\bbreach(?:es)? of (?:the )?(?:legal )?regulations?)(?: (?:were|was|have been|has been|that we|which we|we|have))*"
    r"(?: (?:found|identified))?:(?= \d{1,2}a?(?:, | and ))"
)
COUNTED_LIST = re.compile(
    r"\b(?:two|three|four|five|six|\d) (?:legal )?regulations,(?: (?:these|those) (?:are|were)| namely)? "
    r"(?=\d{1,2}a?(?:, | and ))"
)  # as in "in breach of 2 regulations, 12 and 17"
# as in "Regulations not met: 12, 17"; a single number could be how many regulations are not met
UNMET_LIST = re.compile(
    r"\bregulations?(?: (?:that|which|we found))*(?: (?:are|were|was|is))? "
    r"(?:not (?:being |been )?met|breached|contravened|in breach):"
    r"(?P<list> \d{1,2}a?\b(?=,? ?(?:and|&) \d|, ?\d|; ?\d| [a-z(]).{0,300})"
)
NEXT_NUMBER = re.compile(r"(?:,|;|,? and) (?=\d{1,2}a? [a-z])")
COUNTED = re.compile(r"\bbreach(?:es)? of (?:the )?(?:legal )?regulations?: \d{1,2}$")  # as in "Breaches of regulations: 3"
NO_BREACH = re.compile(
    r"\bfound (?:neither|none)\b|\bnone of regulations? \d|\b(?:both|all|they|these) (?:were|are|had been|have been) "
    r"(?:now )?met\b|\b(?:not|n't) (?:find|conclude|consider|think|decide|agree) that "
    r"(?:this|it|these|they|there|(?:the|these) \w+) (?:\w+ )?(?:amounted to|constituted|represented|was|were|is|are) "
    r"(?:an? |in |any )?breach|\b(?:not|n't|never) (?:\w+ )?fall(?:en)? foul\b|\bnone of the (?:\w+ )?breaches\b[^.]{0,60}?"
    r"\b(?:remain|persist|continu|still)\w*|\b(?:no|neither|nor) (?:\w+ ){0,3}?breach|\bbreach\w*(?: of \w+)?:? (?:0|nil|none|no)"
    r"\b(?! longer)|\bnot (?:\w+ ){0,4}?(?:in |a |any |find any |identify any |constitute )?breach|\bn't "
    r"(?:\w+ ){0,3}?breach|\bno longer in breach|\bwithout (?:any )?breach"
    r"|\b(?:previous|former|earlier|past) (?:\w+ ){0,2}?breach\w*[^.]{0,80}\b(?:met|resolved|addressed|rectified|"
    r"improved|put right|complied)\b"
    r"|\bbreach\w*\b[^.]{0,90}\b(?:had|has|have|were|was|is|are|now) (?:been |now |all |since |both |already )*"
    r"(?:met|resolved|addressed|rectified|put right|remedied|closed)\b"
    r"|\bhad (?:previously |also )?been in breach\b|\bnow (?:meeting|met|compliant|complying)|\bno longer (?:meeting|breach)"
    r"|\bthere (?:is|are) (?:now )?(?:none|no longer)\b"
    r"|^(?:previously|formerly|in the past),? (?:there (?:was|were)|the \w+ (?:was|had))\b(?!.*\b(?:still|remains?|now in)\b)"
)
ASKED = re.compile(
    r"\bregulations? \d{1,2}a? (?:is|are) (?:breached|not met|contravened) (?:when|where|if|only)\b"
    r"|^(?:(?:an?|any|the term|the word|every) (?:\w+ )?)?breach(?:es)?"
    r"(?: of (?:(?:it|them|this|that)|(?:(?:a|the|any|our|these|legal) )*(?:regulations?|requirements?|standards?|law)))? "
    r"(?:means?|occurs?|happens?|arises?|refers? to|is (?:when|where|an?|the|any|not the same|not always|different)"
    r"|are (?:when|where|not)|can|may|will|does|do|leads? to|tells?)\b"
    r"|\bwhat (?:an? |the )?(?:\w+ )?breach(?:es)? (?:of|is|are|was|would|means?)\b"
    r"|\b(?:knew|know|aware|understood|understand)\b[^.]{0,90}\b(?:is|are|was|were|be) (?:a |in )?breach"
    r"|\b(?:whether|if|to see|check(?:ed|ing)?)\b[^.]{0,60}\bbreach"
)
MIGHT_BE = re.compile(
    r"\b(?:could|may|might|would|can|should|potential(?:ly)?|possible|risk(?:s|ed|ing)?(?: of)?|prevent|"
    r"avoid|future|any|ensure)\b[^.]{0,60}\bbreach"
    r"|\bhow (?:an? |such a )?breach"
    r"|\ban? breach (?:of (?:the )?(?:legal )?(?:regulations?|requirements?) (?:\d{1,2}a? )?)?(?:could|may|might|would|can) "
)
OTHER_BREACH = re.compile(
    r"\bbreach(?:es)? (?:in|of|to) (?:[\w']+ ){0,3}?(?:skin|fence|wall|wound|perimeter|roof)\b"
    r"|\b(?:disput(?:es|ed|ing)|den(?:y|ies|ied)|contest(?:s|ed)|rejects?|rejected|does not accept|did not accept) "
    r"(?:that|the|our|any)\b[^.]{0,60}?\bbreach"
    r"|\b(?:concerns?|allegations?|alleged|complaints?|complained|claims?|claimed|information|reports?|tip-off) "
    r"(?:was |were |had been )?(?:received |raised |made )?"
    r"(?:that (?:the|this|a|its?|regulations?)\b[^.,;]{0,60}? (?:was|were|had been) (?:in breach|breached)"
    r"(?![^;]*\b(?:found|concluded|agreed|decided|confirmed)\b[^;]{0,20}\b(?:it|they|this|there|the \w+) (?:had|was|were)"
    r"\b(?!n't| not))|of (?:a |possible |alleged )?breach)"
    r"|\bbreach(?:es|ed|ing)?\b(?: of)? (?:the |their |its )?(?:data|confiden(?:ce|tial\w*)|contract|"
    r"trust|privacy|gdpr|conditions?|human rights|security|protocol|policy|tenancy)"
    r"|\bbreach(?:es|ed|ing)?(?: of)? (?:its|their|his|her|our|the (?:[\w-]+ )?[\w-]+'s)(?: own)? (?:[\w'-]+ ){0,3}?"
    r"(?:polic(?:y|ies)|protocols?|procedures?|guidance|code of (?:conduct|practice))\b"
    r"|\bbreach(?:es|ed|ing)?(?: of)? (?:an?|the|its|their) (?:lease|licence|injunction|court order)\b"
    r"|\b(?:data|security|contract(?:ual)?|confidentiality|gdpr) breach"
)
STATED = re.compile(
    r"^(?!.*\b(?:if|whether|could|would|may|might|should|can|must|risk)\b)[^.;]*\b(?:fail(?:ed|ure|ures|s|ing)?|did not|had not"
    r"|was not|were not|lack of) [^.;]*\((?:regulations?|reg\.?) \d{1,2}a?(?:\)| ?\()"
    r"|\b(?:contrary to|in contravention of|not in line with|against) (?:the )?regulations? \d"
    r"|\b(?:fell|fallen|falling|falls?) foul of\b|\bbr(?:eaking|oke|eaks|oken) "
    r"(?:the law|(?:(?:the|two|three|several|\d) )?regulations?)\b|\bregs? \d{1,2}a?\b[^.]{0,60}\bnot (?:been |being )?met\b"
    r"|\bbreach(?:es|ed|ing)?\b|\b(?:not (?:been |being )?(?:met|meeting|complied|complying)|did not "
    r"(?:meet|comply)|failed to (?:meet|comply)|not compliant|non-complian\w+|"
    r"contraven\w+|fail(?:s|ing) to (?:meet|comply)|not comply(?:ing)?)\b[^.]*\b(?:regulation|regs?\b)"
    r"|\bnot (?:being )?(?:met|meeting) (?:the |all )?legal requirements? (?:for|on|about|in|relating)\b"
    r"|\bregulations? (?:that |which )?(?:the|this|it|they) ?(?:\w+ )?(?:was|were|is|are|had) not (?:been )?"
    r"(?:complying with|meeting|compliant with|complied with)\b"
    r"|\bregulation\w*\b[^.]*\bnot (?:been |being )?(?:met|complied with|adhered to|followed)\b"
)
TABLE = re.compile(r"\bregulation \d{1,2}a? (?:hsca|health and social care act|cqc|care quality commission|"
                   r"registration)\b[^.]{0,90}\b20(?:14|09|10)\b")
AS_BEFORE = re.compile(r"\b(?:at this (?:inspection|assessment|visit)|again|now)\b[^.]*\b(?:found|identified|saw|"
                       r"was|were)\b[^.]*\b(?:the same|this again|no improvement|again|not improved|still|"
                       r"continued)\b|\bfound again\b|\bremain(?:s|ed)? in breach\b|\bstill in breach\b")
IN_TOPICS = re.compile(
    r"\bbreach(?:es|ed)?\b(?P<of> of)?(?: the| a| any| legal| their| its| two| three| four| five| \d)*(?: (?:health "
    r"and social care|cqc|fundamental|legal))*(?: (?:act|regulations?|requirements?|standards?))*"
    r"(?: \([^)]*\))?(?: regulations?(?: 20\d\d)?)?(?: at (?:this|the) \w+| which were| was (?:also )?(?:identified|found)"
    r"| were also (?:identified|found)| (?:have|has) been (?:found|identified)| were identified| were found| identified"
    r"| remain(?:s|ed)?| found| that| which| we found| we have found| we identified)*[ ,:]+(?:which |that )?"
    r"(?:(?:were |was )?(?:in relation to|relat(?:ing|ed|es) to|in respect of|in regards? to|with "
    r"regards? to|regarding|around|concerning|concerned|covering|covered|deal(?:t|ing)? with|in the areas? of|in (?:\w+ )?areas:"
    r"|in|on|about|for|linked to|under|these were|this was))(?: the| how)? (?P<topics>.+)$"
    r"|\bregulations? (?:were |are |was |is )?(?:being )?(?:not (?:being |been )?met|breached)"
    r"(?: (?:when|at|during|on) [^:;,]{2,60})?[:,] (?:these |those |they |the ones )?(?:are |were |that |which )*"
    r"(?:deal(?:t|ing)? with|concern\w*|relat\w+ to|cover\w*|on|about) (?P<those>.+)$"
    r"|\bregulations? (?:on|about|covering|concerning) (?:the )?(?P<on>.+)$"
    r"|\bbreach(?:es)? of (?:\w+ )?(?:legal )?(?:regulations?|requirements?): (?P<colon>.+)$"
    r"|\bnot meeting (?:the |all )?legal requirements? (?:for|on|about|in relation to|relating to) (?:the )?(?P<legal>.+)$"
    r"|\b(?:not (?:being |been )?(?:meeting|met)|contraven\w+|fail(?:ed|s|ing) to meet|did not meet) (?:the |any |\w+ )?"
    r"(?:following )?(?:legal )?regulations?(?::| (?:on|about|for|covering|relating to|in relation to|concerning)) (?:the )?"
    r"(?P<unmet>.+)$"
    r"|\bbreach(?:es)? of (?P<bare>.+?)(?: (?:was|were|has|have|at|found|identified)\b|$)"
)
# as in "We found 3 breaches of regulation. These related to …"
THESE = re.compile(r"^(?:these|they|this|the breaches|both) (?:breaches )?(?:were |was |are )?(?:in relation to|"
                   r"relat(?:ed?|es|ing) to|concern(?:ed)?|regarding|for|around) (?:the )?")
NAMELESS = re.compile(
    r"^(?:legal |current |number of )*breaches(?: found| identified| of regulations?)?: (?:[1-9]|one|two|three|four|five|six)"
    r"\b(?! (?:of|in)\b)|\b(?:\w+|\d+) breach(?:es)? (?:was|were|has been|have been) (?:found|identified)\b"
    r"|\bbreach(?:es)? of (?:the )?(?:legal )?regulations?: [1-9]|\bregulations? (?:breached|not (?:being |been )?met): [1-9]"
    r"|\bnot meeting the regulation|\bregulations? (?:that |which )?(?:the|this|it|they) ?(?:\w+ )?(?:was|were|is|are|had) not "
    r"(?:been )?(?:complying with|meeting|compliant with|complied with)\b|\bbr(?:eaking|oke|eaks|oken) the law\b"
    r"|\bbreach(?:es)? of (?:\w+ )*(?:regulations?|law)\b"
)
FOUND = re.compile(r"\bwe (?:have )?(?:found|identified)\b|\b(?:was|were|is|are|still|remained) (?:\w+ )?(?:in|a) "
                   r"(?:\w+ )?breach")
SPLIT_TOPICS = re.compile(r",(?: and)? | and | as well as |; | plus ")
KEPT_TOGETHER = re.compile(r"\b(care|dignity|fit|recruitment|premises|nutrition|nutritional|receiving|visiting|"
                           r"abuse|consent|health|training|nutrition|assessing|monitoring|policies|systems) and "
                           r"(?=(?:treatment|respect|proper|selection|equipment|hydration|acting|accompanying|"
                           r"social|safety|improper|capacity|supervision|support|processes|improving|procedures))")
TOPIC_ENDS = re.compile(
    r" (?:(?:had|has|have|was|were|is|are) (?:not|still|yet|never)\b|at (?:this|our|the)|during|which|where|because|as (?:we|the)"
    r"|since|following|after|under|of the (?:health|hsca|care quality)|we |this |these |from (?!abuse|harm|improper)|resulting"
    r"|leading|meaning|and (?:we|the provider|they|has|have|are|were|took|issued|served))\b.*$|\(.*$"
)
NOT_TOPICS = re.compile(r"^(?:the )?(?:regulations?|legal|law|health and social care|\d|requirements?|care act|"
                        r"fundamental standards?|registration|same|more than|section)\b|^.{0,2}$|\bregulations?\b")

# as in "The draft report recorded a breach. We took it out after the provider's comments."
DRAFTED = re.compile(r"\b(?:draft|earlier version|first version|originally)\b")
TAKEN_OUT = re.compile(
    r"(?:but |however,? )?(?:(?:we|cqc) (?:have |has )?(?:(?:since|later|then) )*(?:took|taken|removed|withdr[ae]wn?|withdrew"
    r"|deleted) (?:it|this|that|them)|(?:it|this|that) (?:was|has been) (?:\w+ )?(?:removed|taken out|withdrawn|deleted))\b"
)
BREACH_HEADING = re.compile(
    r"(?:the |current |our )?(?:breach(?:es)?|breach(?:es)? of (?:the )?(?:legal )?(?:regulations?|requirements?)"
    r"|regulations? (?:breached|not (?:being )?met|in breach|that (?:was|were|is|are) not (?:being )?met))"
    r"(?: (?:found|identified))?:?"
)
ONE_LISTED = re.compile(r"^regulations? \d{1,2}a?\b(?!.*\b(?:met|compliant|complied|no longer|resolved|not breached)\b)")

NAMELESS_COUNT = re.compile(
    r"\b(?:we|inspectors|cqc) (?:have )?(?:found|identified) (?:an?|\d|one|two|three|four|five|six|several|multiple"
    r"|the following) (?:\w+ )?breach(?:es)?(?: of (?:the )?(?:legal )?(?:regulations?|requirements?))?[.:]?$"
)

COLUMNS = re.compile(r"^regulations? (?!\d)")  # the column headings of a table
MUST_DO = re.compile(r"\bmust\b")
MUST_LEAD = re.compile(r"\bmust:?$")  # a list below a line with this ending contains actions that the provider must take

# an item that says what to do
TELLS_TO = re.compile(r"(?:to )?(?:ensure|establish|make|maintain|provide|operate|have|take|review|improve|keep)\b")

# as in "Solicitors for the family allege that the provider broke regulation 12"
ALLEGED = re.compile(r"\b(?:alleg(?:e|es|ed|ing) that |allegedly )(?:[\w']+ ){0,8}?(?:broke|breach|regulation|failed)")
# as in "to follow up on the last inspection, when it was in breach of regulations"
BREACH_THEN = re.compile(
    r"\b(?:last|previous|earlier) (?:[\w-]+ ){0,2}(?:inspection|assessment|visit|report),? "
    r"(?:when|where|at which|which)\b[^.;]*\bbreach"
)
STILL = re.compile(r"\b(?:still|remain\w*|continu\w*|again)\b")
# as in "While the breach of regulation 14 had been put right, that of regulation 13 had not."
STILL_UNMET = re.compile(
    r"\b(?:that|those) (?:of|under|about|relating to) (regulations? (?:(?!\b(?:had|has|have|was|is|were|are)\b)[^;.]){1,160}) "
    r"(?:had|has|have|was|is|were|are) not\b"
)

# as in "It must tell us how it will meet regulations 10 and 14. It is not meeting them now."
THEM_UNMET = re.compile(
    r"^(?!.*\b(?:if|unless|whether|when|once|until|may|might|could|would)\b)(?:it|they|the (?:provider|service|home|practice)) "
    r"(?:\w+ ){0,3}?(?:not|n't|fail(?:s|ed|ing)? to) (?:\w+ ){0,2}?(?:meet|meets|meeting|met|comply(?:ing)? with|complied with) "
    r"(?:them|these|those|either|both|it|this)\b"
)
AND_NONE = re.compile(r",? (?:and|but) (?=(?:none|no breach(?:es)?)\b)")
HAD_BEEN = re.compile(r"\bthere had been\b|\b(?:we|inspectors|cqc) had (?:\w+ )?found\b")
# as in "no breach of regulation 12, but one of regulation 18"
ANOTHER_ONE = re.compile(r"\b(?:one|another|a new one) of regulations? \d")
HELD_NOW = re.compile(r"\b(?:new|remain\w*|still|continu\w*|another|now)\b")
HELD = re.compile(r"\b(?:new|remain\w*|still|continu\w*|found|identified|is|was|there|another|now)\b")

# as in "We did not find that the breach of regulation 12 had been put right."
NOT_PUT_RIGHT = re.compile(
    r"\b(?:(?:we|cqc) )?(?:did|do|does|could) ?(?:not|n't) (?:find|agree|think|accept|consider|see|conclude) that "
    r"(the breach\w*(?: of regulations? [\w ,()]+?)?) (?:had|has|have|was|were) (?:now |all |both )?(?:been )?"
    r"(?:put right|met|resolved|addressed|remedied|rectified|dealt with)\b"
)

LEGAL = re.compile(
    r"\b(?P<many>(?:one|two|three|four|five|six|several|the|these|\d) )legal requirements?"
    r"(?P<on>(?: (?:on|about|for|relating to|concerning) [^;:]{2,80}?)?(?: (?:that )?(?:was|were|is|are))? not "
    r"(?:being |been )?met\b(?! (?:where|if|when (?!(?:we|cqc|inspectors) [a-z]+,))\b))(?: when (?:we|cqc|inspectors) [a-z]+)?"
    r"(?:(?::|,(?= (?:those|that|the ones?|one)\b)) (?:(?:those|that|the ones?|one) )?"
    r"(?:(?:on|about|for|relating to|concerning) )?(?P<topics>.+))?"
)
LAW_BROKEN = re.compile(r"\bthe law on ([^;:.]{3,80}?) (?:was|is|has been|had been) (?:being )?broken\b")
THE_OTHER = re.compile(r",? (?:and )?(?:the other|another|a third) (?:on|about|for) ")

NOT_NOW = re.compile(r"\bhad not been met\b|\blast\b")

AS_IN = re.compile(r"(?:\b(?:just )?as in|\bjust like in|\bas it did in) (?:[a-z]+ )?20\d\d\b")
# as in "a breach of regulation 11 but, unlike in 2024, none of regulation 12"
UNLIKE = re.compile(
    r",? \b(?:unlike|in contrast to|compared (?:with|to)) "
    r"(?:(?:in|at|during) (?:[a-z]+ )?20\d\d|last (?:time|year)|at (?:the|our) last \w+|before)\b,?"
    r"|^unlike (?:(?:in|at|during) (?:[a-z]+ )?20\d\d|last (?:time|year)|at (?:the|our) last \w+|before)\b,?"
)

OF_ANOTHER_LAW = re.compile(
    r"^(?:when|whenever|where|once|if) (?:we|cqc|inspectors) (?:find|finds|identify|identifies|see|sees)\b"
    r"|^(?:it|this|that) (?:is|means|happens|occurs|arises)(?: when| where| that| if)? (?:an?|any|the) "
    r"(?:provider|service|home|practice)\b|^(?:an?|any|every) (?:provider|service|home) (?:in|that|which|who)\b|\blandlords?\b"
    r"|\bfire safety (?:regulations?|order|law)|\bfood hygiene\b|\bhealth and safety at work\b|\bdata protection\b"
    r"|\bbuilding regulations\b"
)

ABOUT_WHAT = re.compile(
    r"\bnotices?\b.{0,70}?\b(?:about|in relation to|relating to|regarding|concerning|on|for) (?:the )?"
    r"(?:(?:failing to meet|not meeting|failure to meet|breaching|being in breach of) (?:the |a )?(?:legal )?regulations? "
    r"(?:about|on|relating to|in relation to) (?:the )?)?([^;.]+)"
)

# The Act's full name, in place of "regulations": "We found two breaches of the Health and Social Care Act 2008 (Regulated
# Activities) Regulations 2014."
FULL_NAME = re.compile(
    r"\b(?:the )?health and social care act(?: 2008)?:? ?\(? ?regulated activities ?\)?,? regulations(?: 2014)?"
)

# as in "One breach (consent) continues, and one (staffing) is new."
IN_BRACKETS = re.compile(r"\b(?:breach(?:es)?|ones?|another|others?) \(([a-z][^()]{3,60})\)")

NAMED_TWICE = re.compile(r" \([^()]{3,60}\)(?=,| and\b)")  # as in "on medicines (safe care and treatment) and on consent"
LINKED = re.compile(r"^(?:(?:\w+ )?(?:legal )?regulations? - )?(?:those |these |the ones )?(?:with|on|about|to|of|for) (?:the )?")

NAME = re.compile(r"(?:regulation )?(?P<number>\d{1,2}a?)(?=$|[ :,-])[ :,-]*(?P<rest>.*)")
