"""The patterns with which `enforcement` reads sentences, apart from the words for the powers."""

import re
from typing import Final

ABOUT: Final = (
    "nobody", "no one", "no person", "to stop the", "to prevent the", "notice", "penalt", "fine", "prosecut", "criminal",
    "charge", "convict", "guilty", "sentenced", "magistrate", "caution", "action plan", "plan of action", "plan ", "admission",
    "admit", "placement", "new people", "new resident", "anyone new", "anybody new", "send us", "send cqc", "write to us",
    "condition", "restrict", "suspen", "cancel", "regist", "licence", "license", "struck off", "enforc", "urgent", "legal",
    "section 2", "section 3", "regulatory", "ordered to pay", "civil", "move in", " order", " wn", "wn issued", "wn served",
    "wns ", "fpn", "summons", "what action", "report to us", "report to cqc", "report to the regulator", "s.29", "s.31", "s31",
    "s29", "action against", "tell us", "process of", "process to", "shut", "closed", "to court",
)  # fmt: skip
"""Every sentence about enforcement contains one of these words or phrases (lower case)."""

WORTH = re.compile(r"\b(?:" + "|".join(re.escape(one.lstrip()) for one in ABOUT) + ")")

ENDED = re.compile(
    r"\b(?:action|measures|notices?|powers) (?:has |have |was |were |is |are )?(?:now |since |been )*"
    r"(?:lifted|withdrawn|ended|over|concluded|met|closed|dropped)\b|\bno longer\b"
)
SOME_OF_THEM = re.compile(
    r"\b(?:one|two|three|four|five|six|some|several|most|half|part|a few|\d{1,2}) of (?:which|them|these|those)\b"
)
"""Matches "two of which" in "prosecuted on three charges, two of which were dropped", where the third charge remains. The
pattern also matches "one of them" in "both were met, one of them early", where nothing remains."""

UNDONE = re.compile(
    r"\b(?:it|they|these|those|this|that|both|all|which|one|notices?|conditions?|suspension|decision|order|restrictions?) "
    r"(?:[\w-]+ ){0,5}?(?:met|complied with|lifted|removed|withdrawn|cancelled|quashed|overturned|rescinded|revoked|discharged"
    r"|set aside|closed|expired|ended|ran out|lapsed|in force|apply|applies|effect|(?:came|come) to an end)\b"
    r"|\b(?:acquitted|found not guilty|cleared of)\b"
    r"|\bdone (?:everything|all)\b|\bcompliant with (?:it|them|this|these|both|all)\b"
    r"|\b(?:met|complied with|lifted|withdr[ae]w\w*|removed|cancelled|quashed|overturned|ended|set aside) "
    r"(?:it|them|these|those|both|all|one|the (?:\w+ )?(?:notices?|conditions?|order|decision|suspension))\b"
    r"|\b(?:re-?opened|opened again|open again)\b|\b(?:not|n't) (?:been )?(?:extend(?:ed)?|renew(?:ed)?) (?:it|them)\b"
    r"|'s favour\b|\bfound for the\b"
    r"|\bappeal\b|^(?:has|have|was|were|is|are)? ?(?:since |now |later |been )*"
    r"(?:met|complied with|lifted|removed|withdrawn|quashed|overturned|expired)\b"
)
REPORT_ASKED = re.compile(
    r"^(?:the tables? below shows? .{0,120}\band )?(?:we|cqc) (?:have |has )?(?:asked|required|told) the "
    r"(?:provider|practice|service|trust) to send (?:us|cqc) a report (?:that says|saying|setting out|showing) what"
)
REFERS_BACK = re.compile(
    r"\b(?:appeal|tribunal|court|decision|order)\b|^(?:(?:and|but|so|then|both|all|others?|the (?:\w+ )?(?:other|others)"
    r"|the (?:rest|third|fourth|second|first|remaining|latter|former|notices?|conditions?|provider|home|service|company|tribunal"
    r"|court|appeal)|it|they|them|this|that|these|those|one|while|never|not|the one|another|an? (?:second|third|further|new|"
    r"fresh|other)|(?:fresh|new|further|other) ones|some|none|two|three|has|have|is|are|was|were|now|later|since|we|cqc|by|on"
    r"|in)\b)"
)
ANEW = re.compile(
    r"\b(?:another|second|third|further|new|fresh|(?<!open )(?<!opened )again|additional|more|re-?imposed|reinstated"
    r"|re-?applied)\b"
)
EARLIER_ONE = re.compile(
    r"\b(?:(?:previous|earlier|(?<!will )(?<!to )(?<!not )last)(?! (?:\w+ )?(?:inspection|assessment|visit|report)\b)"
    r"|first(?!-tier)|old|older|original|(?<!but )(?<!not met )(?<!not complied with )one of|some of|(?<!but )two of|former)\b"
)
NONE_STANDS = re.compile(
    r"\b(?:neither|none)(?: of(?: (?:the|these|those|our|its))*)?(?: (?!actions?\b|improvements?\b|requirements?\b)[\w-]+)? "
    r"(?:notices?|conditions?|restrictions?|suspensions?)(?: (?:that|which) (?:we|cqc) [\w ]{2,30}?)? "
    r"(?:remains?|stands?|applies|apply|is|are) (?:(?:now|still) )?(?:in (?:place|force|effect)|any longer|$)"
)
LEGEND = re.compile(
    r"(?:not all )?regulations met: .*\b(?:this area|at least one|one or more|some)\b"
    r"|key\b:? .*\b(?:required|met)\b.*\benforcement action taken\b"
)  # what the labels of services without ratings mean
RATINGS = re.compile(r"\bratings\b")
CAN_BE_SUSPENDED = re.compile(r"\b(?:regist\w+|activit(?:y|ies)|admissions?|placements?|licen[cs]es?|contracts?)\b")
THEY_ARE = re.compile(r"(?:they|these|those) (?:are|were|have been|remain|stay) ")
RATING = re.compile(r"\brat(?:ings?|ed)\b")
LABEL = re.compile(
    r"(?:any |the |our |cqc |cqc's |formal |current )*(?:enforcement|regulatory|legal)(?: action| actions)?"
    r"(?: taken| we took| we have taken| that we took)?:?"
)
END_OF_REGISTRATION = re.compile(
    r"\b(?:cancel\w*|revok\w*|terminat\w*|withdr[ae]w\w*|remov\w*|taken(?= (?:off|from) the)"
    r"|closed(?= its doors| on\b| in\b| after\b))(?= |$|,|\.)"
)
BARE_HEADING = re.compile(
    r"^(?:our |the |about |what |how |cqc |cqc's |action |actions |we have |taken |and |enforcement |warning notices"
    r"|requirement notices|conditions|of registration|registration|action plans|regulatory |notices?|&|- | )+$"
)

# The year of what happened, as in "fined over a fall at the home in 2023". It is not the year of the fine.
OF_INCIDENT = re.compile(
    r"(?P<why>\b(?:over|after|for|following|concerning|relating to|in connection with|that led to) [^;]{3,120}?)"
    r"(?:,? (?:in|during|on|of) (?:\d{1,2} )?(?:[a-z]{3,9} )?20\d\d\b)+"
)
# as in "it remains in special measures", "its rating of inadequate stays as it is"
OF_ELSE = re.compile(
    r"\b(?:remains?|stays?|is|are|continues? to be|kept)(?: (?:still|also|now|therefore))? (?:in|under) special measures\b"
    r"|\brating\b[^,;]{0,40}\b(?:remains?|stays?|stands?|unchanged)\b"
)
ELIDED = re.compile(r"(?:has|have) ")  # the subject of the clause is in the clause before
LABEL_BEFORE = re.compile(r"(?:enforcement|regulatory action)(?: action)?: ")
FINDING = re.compile(r"\b(?:identified|found|breach\w*)\b")
AGREED = re.compile(
    r"\b(?:provider|owners?|company|home|service|practice|agency|manager|it|they) "
    r"(?:(?:has|have|had|also|then|itself|now|voluntarily) )*"
    r"(?:agreed|offered|undertaken|promised|(?:given|gave)(?: us)? (?:\w+ )?undertaking)\b(?!.*\bconditions?\b)"
)
PART_OF_THEM = re.compile(
    r"\b(?:one|two|three|four|five|some|most|several|half|all but (?:one|two)) of (?:the|its|our|these|those) (?:\w+ )?"
    r"(?:conditions|restrictions|notices)\b"
)
TO_CQC = re.compile(r"\b(?:us|cqc|our|we)\b")
WITH_THE_PROVIDER = re.compile(
    r"\b(?:together with|as well as|along with|alongside|and|jointly with) (?:(?:its|the|their) )?"
    r"(?:company|provider|owners?|firm)\b|\bprosecuted by cqc\b"
)
# Only CQC can decide that a notice has been met.
SAYS_SO = re.compile(
    r"\baccording to the (?:provider|owners?|manager|company|home)\b"
    r"|\b(?:provider|owners?|manager|company) (?:\w+ )?(?:says?|said|told us|claims?|claimed|believes?|assured us|informed us"
    r"|considers?|maintains?) (?:that )?(?:it|they|the|all|both)\b"
)
BY_MEANS_OF = re.compile(r"(?:by )?(?:using|exercising|under|through|by means of) ")
# as in "We will publish the details when any appeal has ended", which does not mean that there is an appeal
PUBLISHED_LATER = re.compile(
    r",?(?: and)?(?: (?:we|details?|information|this|which|it|of which|more|further|full|about (?:this|it)))*"
    r"(?: (?:will|can|cannot|may|is|are|to|be|not|only))* (?:publish\w*|report(?:ed)?(?: on)?|made public)\b[^;]{0,60}?"
    r" (?:once|when|until|after|as soon as) [^;]{0,60}?\b(?:appeals?|representations|process|proceedings|action|case"
    r"|investigation)\b[^;]*"
)

_OWN = (
    r"(?:registration|licen[cs]e|(?<!bus )(?<!minibus )(?<!telephone )(?<!phone )(?<!transport )(?<!laundry )(?<!catering )"
    r"(?<!delivery )(?<!postal )(?<!internet )service"
    r"|provider|home|agency|practice|clinic|surgery|location|hospital|hospice|company|operations?)"
)
IS_SUSPENDED = re.compile(
    rf"(?:^|[,;:] |\b(?:and|but|so|that|because|when|as|while|until) )"
    rf"(?:(?!(?:at|in|to|of|for|from|with|by|on|near|who|which|that)\b)[\w'-]+ ){{0,4}}?"
    rf"(?:{_OWN}|it|they|which|court|lodge|house|hall|manor|grange|view|ltd|limited)"
    r"(?: (?:of|for|in respect of) [\w' ]{2,40}?)?(?:,? (?:has|have|had|was|were|is|are|been|being|now|also|therefore|then"
    r"|temporarily|immediately|formally|urgently|still|remains?|stays?|itself|duly))+"
    r"(?: suspended| under suspension| subject to)\b"
    rf"|\bsuspen(?:d|ds|ded|ding|sion of) (?:(?:the|this|its|their|our|a|urgent|current) )*(?:[\w']+'s? )?(?:{_OWN}|it|them)"
    rf"\b(?! (?:staff|manager|nurse|contract|account)\b)"
    r"|\b(?:we|cqc|commission|the regulator|urgent\w*|section|notice|order|court order|magistrates?|tribunal|registration|act)\b"
)
OF_REGISTRATION = re.compile(r"\bconditions? (?:of|on) (?:the |its )?registration\b")
OBLIGES = re.compile(r"\b(?:must|shall|may not|may only)\b")
# Conditions that nearly every registration has: about the number of people, the place, the activity, and a registered manager.
STANDING = re.compile(
    r"\bmaximum\b|\b(?:no|not (?:\w+ ){0,2}) ?more than\b|\bup to \d|\bonly (?:accommodate|provide|be carried on)\b"
    r"|\bmanaged by\b|\bregistered (?:as a )?manager\b"
    r"|\bcarried on (?:only )?(?:at|from|by)\b|\bnot provide nursing care\b|\bfollowing locations?\b|\bat or from\b"
    r"|\bstatement of purpose\b"
)
ISSUED_ONE = re.compile(
    r"(?:(?:and|but|so|now|this time|today|however|since then|at this inspection),? )*(?:we|cqc) (?:have |has )?"
    r"(?:(?:now|also|since|therefore|today|this time) )*(?:issued|served|(?:re-?)?imposed|reinstated|sent) "
    r"(?:(?P<one>one|two|three)|it|them|th(?:is|ese)(?: (?:condition|notice)s?)?)\b(?! (?:of|in error|by mistake|back)\b)"
    r"|(?:(?:and|then|later|have|has|duly|now) )*(?:issued|served|(?:re-?)?imposed|reinstated|sent) (?:it|them|the notices?)"
    r"(?=$|[.,;]| (?:on|to|in|at|again|this|today)\b)"
)
LABEL_OF_A_DEED = re.compile(r"(?:enforcement|regulatory|legal) actions? taken")
AN_ANSWER = re.compile(r"(?:none|no|nil|not|never|0|n/a|-|date|type|number|yes|there (?:is|are|was|were))\b|[-–—]$")
A_FURTHER_ONE = re.compile(r"(?:another|an? (?:second|third|further|other|new|additional)|one more)\b")
THAT_NOTICE = re.compile(r"(?:that|those|this|these|the|both|neither) notices? ")
OPENS_WITH_A_TIME = re.compile(
    r"^(?:when|at|by|on|in|after|during|following|since|once) [^,;]{2,60}?,? "
    r"(?=(?:it|they|these|those|this|that|both|all|neither|none|the (?:\w+ )?(?:notices?|conditions?)"
    r"(?: (?:about|on|for|concerning|relating to) [^,;]{2,40}?)?) (?:had|has|have|was|were|is|are)\b)"
)
CONTESTED = re.compile(
    r"\b(?:has|have|is|are) (?:\w+ )?(?:appeal(?:ed|ing)|lodged an appeal|made (?:an appeal|representations)|challeng(?:ed|ing)"
    r"|contest(?:ed|ing))\b"
    r"|\bappeal (?:is|has|will|against)\b|\bmay (?:still )?(?:appeal|make representations)\b|\bright of appeal\b"
)
# as in "We proposed to cancel it. In October we adopted the proposal."
ADOPTED = re.compile(
    r"\b(?:we|cqc|the commission) (?:have |has )?(?:now |since |then |therefore |formally )*"
    r"(?:adopted|confirmed|went ahead with|gone ahead with|proceeded with|carried out) (?:the|our|this|that|its) (?:notice of )?"
    r"(?:proposal|decision)\b"
)
STANDS_FIRM = re.compile(r"\bin (?:force|place|effect)\b|\bstands?\b|\bappeal")
OF_ITS_OWN_WILL = re.compile(
    r"^(?:this|it|that|the (?:agreement|decision|step|pause|stop)) (?:was|is|had been|has been) "
    r"(?:(?:an?|the|entirely|wholly|made|taken|purely) )*"
    r"(?:voluntar\w+|(?:its|their|the provider's) own\b|of (?:its|their) own\b|not (?:something )?(?:imposed|required|ordered))"
)
HOME_CLOSED = re.compile(r"\b(?:home|service|location|practice|it) (?:has |is |was )?(?:now |since )?closed\b")
NEVER_SENT = re.compile(
    r"^(?:was |were |it was |they were |has |have )?(?:never|not) (?:been |yet )?"
    r"(?:sent|served|issued|used|pursued|imposed|made|taken)\b"
)
NOT_RECEIVED = re.compile(
    r"\b(?:ask\w*|request\w*|requir\w*|due)\b.*\bnot (?:(?:yet|been) )*(?:received|sent|provided|submitted|returned|arrived)\b"
)
CLOSED_TO = re.compile(r"\bclosed to\b")
NOT_ADMITTED = re.compile(r"\bnot (?:to )?(?:admit|take|accept|allow\w*)\b")
CQC_ASKS = re.compile(
    r"\b(?:we|cqc|inspectors|(?:the )?(?:regulator|commission|watchdog)) (?:has |have )?(?:(?:now|also|since|therefore) )*"
    r"(?:asked|called for|required|requested|told|demanded|instructed|wants?)\b"
    r"|\baction plan (?:(?:has|have|had|was|is) )(?:\w+ )?(?:been )?(?:called for|demanded|requested|asked for|required)"
    r"\b(?! by (?!us\b|cqc|inspectors|the (?:commission|regulator)))"
)
IS_OWED = re.compile(
    r"\bask(?:ed|ing|s)? (?:[\w ]{0,40} )?for (?:an? |the )?(?:\w+ )?(?:plan|report)\b"
    r"|\b(?:must|(?:is|are|been|was|were) (?:\w+ )?(?:required|asked|told|ordered) to"
    r"|(?:we|cqc) (?:have |has )?(?:asked|required|told|ordered))\b.{0,60}?\b(?:send|submit|provide|give|write|tell|report)\b"
)
GIVEN_NOW = re.compile(
    r"\b(?:re-?imposed|reinstated|re-?applied|issued|served|given|sent|imposed|made|took|taken|handed|received|added|placed)\b"
)
IN_FORCE = re.compile(
    r"\b(?:apply|applies|are in (?:place|force)|is in (?:place|force)|were imposed by us|was imposed by us"
    r"|(?:stays?|remains?)(?: (?:from|in(?! special measures)|until|by|so|on)\b|$))"
)

# The table at the end of a report on a practice or hospital has the heading "Requirement notices".
NOTICES = re.compile(r"^requirement notices?$")
TABLE_SAYS = re.compile(r"^action we have told the provider|^the table below shows")
TOOK = re.compile(r"^the enforcement action we (?:took|have taken)")
