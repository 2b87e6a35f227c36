"""The patterns of the module `bearing`, apart from its rules."""

import re
from typing import Final

from monitor.cqc.read import moves
from monitor.cqc.read.bearing_others import COUNCIL

COUNCIL_FIRST = re.compile(rf"(?:the |our |its |a )?(?:[\w-]+ ){{0,2}}?{COUNCIL}\b(?!'s)")

# as in "A condition that bars new admissions has not been lifted"
NOT_LIFTED = re.compile(
    r"^an? [^,;]{3,90} (?:has|have) (?:still )?not (?:yet |now )?been (?:lifted|removed|withdrawn|met|complied with)\b"
)

# as in "The Hull home got a warning notice; ours got none"
OURS = re.compile(r"[;,] (?:but |while |and )?ours (?:got|has|have|had|was|were|is|are|received|remains?|stays?)\b")

# As in "We have charged the provider over a death in 2024": a verb in the present perfect has no date, so the year is that of
# the death.
PERFECT = re.compile(
    r"\b(?:(?:we|cqc|the commission|the provider|the \w+|it) )(?:have|has)"
    r"(?: (?:now|also|today|therefore|since|then|each|both))* (?:been )?(?:issued|served|imposed|placed|suspended|cancelled"
    r"|prosecuted|fined|restricted|charged|cautioned|convicted|taken|given|sent|handed|varied|begun|started|brought|declared|told"
    r"|notified)\b"
    r"|\b(?:we|cqc|the commission) (?:are|is) (?:now |also |currently )?(?:prosecuting|charging|cancelling|suspending|taking)\b"
    r"|\b(?:notices?|conditions?|charges?|proceedings|restrictions?) (?:\w+ ){0,3}?(?:have|has) (?:now )?been "
    r"(?:issued|served|imposed|placed|brought|laid|given|started)\b"
    r"|\b(?:yesterday|today|this (?:week|month|morning)|last week)\b"
    r"|^(?:and )?(?:has|have) (?:(?:now|also|today|therefore|since|then|again) )*(?:been )?"
    r"(?:re-?rated|rated|issued|served|imposed|placed|suspended|cancelled|prosecuted|fined)\b"
)

# as in "from 2 March to 4 May 2026"
SPAN = re.compile(r"\bfrom \d{1,2} [a-z]{3,9}(?: 20\d\d)? (?:to|until|till) (?P<end>\d{1,2} [a-z]{3,9} 20\d\d)\b")

DID: Final = re.compile(
    r"(?<!if )(?<!unless )(?<!whether )(?<!when )(?<!whenever )(?<!where )(?<!once )(?<!that )(?<!before )(?<!after )(?<!had )"
    r"\b(?:we|cqc|the (?:regulator|watchdog|commission)) (?:have |has )?"
    r"(?:now |also |then |therefore |again |today |already |formally )*(?:issued|served|(?:re-?)?imposed|reinstated|placed"
    r"|suspended|cancelled|prosecuted|fined|restricted|stopped(?! short)|given|gave|sent|handed|varied|took|taken"
    r"|(?:closed|shut)(?= (?:down )?(?:the|this) (?:home|service|agency|practice|hospital|clinic|surgery)\b))"
    r"\b(?! (?:by|thought|(?:some|careful) thought|consideration|advice|time|whether|if|had|has|have|was|were|is|on|in|at|stands?"
    r"|account|note|part|into|no|none|nothing|neither)\b"
    r"|[^;]{0,40}\bletters? of intent\b(?!.*\b(?:notices?|conditions|suspend\w*|cancel\w*)\b))"
    r"|(?<!any )(?<!what )(?<!whatever )(?<!no )\b(?:enforcement|urgent|legal|regulatory) action (?:that |which )?(?:we|cqc) "
    r"(?:have|has) (?:now )?taken (?:against|at|in respect of) (?:the|this|its)\b"
    r"|^(?:(?!\b(?:if|unless|whether|when|whenever|where|once|no|none|neither|nor|not|never|until|that|propos\w*|could|would|may"
    r"|might)\b).)*?\b(?:notices?|conditions?|restrictions?|summons(?:es)?) "
    r"(?:(?!(?:would|could|might|may|should|must|not|never|no)\b)[\w']+ ){0,6}?(?:have|has) "
    r"(?:(?:now|also|today|therefore) )*been (?:issued|served|imposed|placed|attached|added|applied)"
    r"\b(?! (?:in error|by mistake|wrongly)\b)"
    r"|\b(?:we|cqc|the (?:regulator|watchdog|commission)) (?:have |has )?(?:now |also |then |again )*"
    r"(?:extended|renewed|prolonged|tightened) (?:the|this|its|our|these|those) (?:[\w-]+ ){0,3}?"
    r"(?:suspensions?|conditions?|restrictions?|order)\b"
    r"|(?<!if )(?<!whether )(?<!unless )(?<!when )(?<!where )(?<!once )(?<!that )(?<!before )(?<!after )"
    r"\b(?:we|cqc|the (?:regulator|watchdog|commission)) did (?:(?:also|however|instead|therefore|still) )?"
    r"(?:issue|serve|impose|place|suspend|cancel|prosecute|fine|restrict)\b"
    r"|\bpublished (?:the|our|a) (?:\w+ ){0,3}?notices? (?:that |which )?(?:we |cqc )(?:have |has )?(?:issued|served|sent)\b"
    r"|\b(?:we|cqc) (?:are|is) (?:(?:now|also|currently|already) )*taking (?:[\w-]+ ){0,2}?action against (?:the|this|its)\b"
    r"|^(?:served|issued|imposed) (?:an?|two|three|urgent|conditions)\b"
    r"|\bnot only did (?:we|cqc) (?:issue|serve|impose|place|suspend|cancel)"
)
"""Words with which CQC states outright what it did. A condition, doubt or denial in another part of the clause does not change
this statement."""

REASON = re.compile(r"(?:as|because|since|although|though) (?!a\b|part\b|an\b)")
DONE = re.compile(
    r"^(?:and |so )?(?:(?:we|cqc) )?(?:have|has) (?:now |also |therefore |instead )*"
    r"(?:asked|issued|served|imposed|placed|suspended|cancelled|begun|started|fined|prosecuted|told)\b|" + DID.pattern
)
BEFORE = re.compile(r"\b(?:previously|formerly|in the past|years? ago|used to)\b")

USED: Final = re.compile(
    r"\b(?:us(?:ed|ing)|exercis(?:ed|ing)|under|through|by means of) (?:our |its |cqc's |their |the )?(?:[\w-]+ ){0,4}?powers?\b"
)
"""Words that say that CQC used its powers, without saying which."""

WHY = re.compile(r"\b(?:because|as|since) (?=(?:the|it|this|they|its)\b)")
IN_FORCE = re.compile(
    r"\b(?:condition|restriction)s? (?:that|which) we have (?:now |also )?(?:imposed|placed)\b|\bstands?(?:$|\.)"
    r"|\b(?:remains?|stays?|continues?) in force\b"
)

# A notice is in force if the clause contains one of these phrases, even if the clause also says that something was lifted.
STANDS: Final = re.compile(
    r"\b(?:conditions?|restrictions?|suspension)\b(?: (?!(?:lifted|removed|withdrawn|met|ended)\b)[\w']+){0,8}? "
    r"(?:have|has|were|was|are|is) (?:(?:now|been|also|since|being) )*"
    r"(?:tightened|strengthened|extended|widened|increased|made (?:stricter|tighter))\b"
    r"|^(?!.*\b(?:lifted|removed|withdrawn|met|quashed|overturned|allowed|set aside)\b).*?"
    r"\b(?:period|time|time limit|deadline|window|right|days)\b (?:[\w-]+ ){0,4}?(?:appeal\w*|representations)\b[^;]{0,90}?"
    r"\b(?:has|have|had)? ?(?:now )?(?:expired|ended|passed|lapsed|closed|run out|ran out|is over)\b"
    r"|^(?!.*\b(?:lifted|removed|withdrawn|met|quashed|overturned|allowed|set aside)\b).*?"
    r"\b(?:appeal period\b[^;]{0,60}?\b(?:expired|ended|passed|lapsed|closed|over)\b"
    r"|with(?:out an| no) appeal (?:having been |being )?(?:made|lodged|brought|received)\b)"
    r"|\b(?:(?:matters|issues|concerns|requirements|points|failings|shortfalls|actions?) (?:[\w-]+ ){0,4}?(?:in|of|from|by) "
    r"(?:the|our|this|that|these|its) (?:[\w-]+ ){0,2}?(?:notices?|conditions?)|(?:notices?|conditions?)) (?:[\w-]+ ){0,3}?"
    r"(?:had|has|have|was|were) (?:still )?not (?:(?:all|both|fully|yet|been) )*"
    r"(?:addressed|dealt with|put right|resolved|rectified|fulfilled)\b"
    r"|\b(?:condition|restriction)s? (?:that|which) we have (?:now |also )?(?:imposed|placed)\b"
    r"|\b(?:has|have) not (?:been )?changed\b(?! (?:any|the|its|our|this|these|those) (?:\w+ )?ratings?)"
    r"|\b(?:is|are|remains?) unchanged\b"
    r"|\b(?:with (?:one|the) exception|all but (?:one|two)|except (?:for )?(?:one|two|that)|apart from one"
    r"|only (?:part|partly|partially|some|one)|in part|partly|partially|some but not all|not all|not fully|part of the)\b"
    r"|\b(?:not|n't|never|yet to|fail(?:s|ed|ing|ure)? to|unable to|neither|insufficient\w*|without) "
    r"(?:(?:yet|been|fully|all|being|enough|sufficiently|have|be|had|now) )*(?:met|meet|meeting|complied|comply|complying|lifted"
    r"|removed|withdrawn|ended|lift|remove|improved? enough to meet|satisf\w+|(?:do|done|acted on|act on|carried out) "
    r"(?:all |everything |most |much )*(?:of )?(?:that |what )?(?:the|our|that|this) (?:\w+ )?notice)\b"
    r"|\b(?:not|unable to|fail(?:s|ed|ing)? to) (?:\w+ )?(?:show|demonstrate|prove|evidence|satisfy|persuade|convince)"
    r"(?: (?:us|cqc|inspectors))? that (?:it|they|the \w+) (?:had|has|have|was|were|is) (?:now |fully )?"
    r"(?:met|complied|complying|meeting)\b"
    r"|\b(?:fail(?:s|ed|ing|ure)? to|not|n't) (?:\w+ )?(?:achieve|reach|demonstrate|show)\w* compliance\b"
    r"|\b(?:not|n't) (?:(?:yet|fully|been|now) )*(?:compliant|in compliance) with\b|\bnon-?complian\w+"
    r"|\b(?:extend\w*|longer|more time|further time|new (?:date|deadline)) (?:[\w'-]+ ){0,4}?(?:to |for |of )"
    r"(?:comply|compliance|meet|meeting)\b"
    r"|\bwithdr(?:ew|awn|awing) (?:its|their|the|an|that) appeal\b"
    r"|\bappeals? (?:[\w,' ]{0,60}? )?(?:was|were|has been|have been) "
    r"(?:dismissed|rejected|refused|struck out|withdrawn|unsuccessful|lost)\b"
    r"|\b(?:dismissed|rejected|refused|threw out|lost|turned down) "
    r"(?!the (?:commission|cqc|regulator)'s|\w+ application (?:under section \d+ )?for an? (?:[\w-]+ ){0,2}order)"
    r"(?:the|its|their|an|that|this|his|her) (?:[\w'-]+ ){0,3}?(?:appeal|challenge|application|request)"
    r"|\bappeal\w* (?:against [\w ,']{3,60}? )?failed\b|\b(?:remains?|stays?|still|continues? to be|stands?|are kept|is kept) "
    r"(?:in (?:place|force|effect)|stands?|appl\w+|under|subject|restricted|suspended)\b"
    r"|\b(?:notices?|conditions?|suspension|it|they)\b.{0,60}\bstands?(?:$|\.)"
    r"|\bcontinues? (?:to apply|in force|in place|to be in)\b"
    r"|\b(?:suspension|conditions?|notices?|restrictions?|measures)\b.{0,60}\breinstated\b"
    r"|\bappealed\b[^;]{0,90}?,? and (?:has |have )?lost(?=$|[.,;]| (?:its|the|their) (?:appeal|case)\b)"
    r"|\b(?:those|that|it|they|notices?)(?: of [^;,]{3,25}?)? (?:is|are) not (?:yet )?due\b"
    r"|\b(?:and|but) not (?:with )?the (?:others?|second|third|fourth|rest)\b"
    r"|\b(?:that|those|the (?:other|others|second|third|fourth|fifth|last|one|rest)) (?:[\w()-]+ ){0,5}?"
    r"(?:has|have|had|was|were) not(?:$|[.,;]| (?:yet |been )*(?:met|lifted|complied|removed|withdrawn|put right)\b)"
    r"|\b(?:other|others|rest|remaining|second|third|fourth|fifth|last|first|two|three|both|they|these|those|it|notice|notices"
    r"|conditions?)(?:,? (?:on|about|for|of|under|concerning|to|that|which) [^,;]{2,70}?,?)? (?:\w+ )?(?:still )?"
    r"(?:remains?|stands?|stays?|appl(?:y|ies)|continues?)\b"
    r"|\b(?:one|two|three|four|some|others?|another|the rest|second|third)"
    r"(?:,? (?:on|about|for|of|under|concerning) [^,;]{2,70}?,?)? (?:has|have|had|was|were|is|are) (?:still )?not(?=$|[.,;])"
    r"|\bupheld (?:the|our|its|cqc's) (?:decision|notice|\w+ notice|conditions|suspension|cancellation)"
)

QUOTED = re.compile(r"[“\"]([^“”\"]*+)[”\"]|(?<!\w)[‘']((?:[^‘’']|(?<=\w)[’'](?=\w)){24,})[’'](?!\w)")
OF_CQC = re.compile(r"\b(?:cqc|commission|inspectors?|director|deputy director|chief inspector|regulator|we)\b", re.I)
# CQC's own terms. If such a term is between quotation marks, nobody is quoted.
TERM = re.compile(
    r"\W*(?:(?:in|into|the|an?|its|our|was|is|rated(?: as)?|overall|placed in|put in|put into|placed into|be in) )*"
    r"(?:special[ -]measures(?: (?:regime|framework|category|process))?"
    r"|(?:outstanding|good|requires improvement|inadequate|not rated|inspected but not rated)(?: overall)?"
    r"|(?:(?:urgent|formal|statutory|section \d+\w?) )*(?:(?:warning|requirement|fixed penalty|penalty|civil penalty"
    r"|enforcement) )?notices?(?: of (?:decision|proposal))?(?: (?:to|under) [\w ]{3,60})?"
    r"|(?:urgent |civil |criminal |regulatory )*(?:enforcement )?action|(?:registration )?conditions?"
    r"(?: (?:of|on) (?:its |the |their )?registration)?|dormant|archived|suspended|(?:de-?registered|cancelled))\W*",
    re.I,
)

OF_WORDS = re.compile(
    r"\b(?:words?|phrases?|terms?|expressions?|names?|labels?|headlines?|nicknames?|so-called|slogans?|titles?)"
    r"(?: of| like| is| was| are| were)?:?\s*$",
    re.I,
)

DAY = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)? )?({'|'.join(moves.MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? (20\d\d)\b"
)
IN_NUMBERS = re.compile(r"(?<![\d/])(?:(\d{1,2})/)?(\d{1,2})/(20\d\d)(?![\d/])")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
NOT_A_TIME = re.compile(
    r"\b(?:19|20)\d\d (?:act|regulations)\b|\b(?:hsca|ra|rr|sccs)(?: \w+){0,2} 20\d\d\b"
    r"|\b(?:act|regulations?|order)(?: \([^)]*\))?,? (?:of )?(?:19|20)\d\d\b|£ ?\d[\d,]*"
)

IF = re.compile(
    r"(?:if(?! you\b| your\b| anyone\b)|unless(?! (?:the |it |they )?(?:provider |owner |company )?(?:appeals?|makes?)\b)"
    r"|in the event|in case|should (?:we|the|it|this|there|any|no|they|cqc|inspectors|matters|another)"
    r"|were (?:we|the|it|this|there|any|no|they|cqc)|(?:and |or )?(?:there|it) is (?:still|no longer) .*\bwill\b"
    r"|had (?:we|the|it|there|no|they|cqc) (?:\w+ ){0,3}?(?:not|been|acted|found)|next time"
    r"|where (?:a|an|any|we|cqc|services|providers|(?:conditions|notices|restrictions) (?:[a-z]+ ){1,4}(?:on|against) "
    r"(?:an?|any)))\b"
)

ASKED_WHETHER = re.compile(
    r"\b(?:ask(?:ed|s|ing)?|wonder(?:ed|s)?|quer(?:ied|y)|unsure|unclear|not clear|not sure|discuss(?:ed)?) (?:\w+ )?"
    r"(?:if|whether)\b"
)
UNDER_ANOTHER = re.compile(
    r"(?:under|while|when|with|during|before) (?:run by |it was run by )?(?:its|the|a|their) "
    r"(?:former|previous|old|last|earlier) (?:registered )?(?:owner|provider|operator|company|management|proprietor)"
    r"|(?:before|prior to) (?:the|its|this|a) (?:change|sale|takeover|transfer|merger)\b"
)
A_NUMBER = re.compile(r"\bregulations? \d")
TABLE = re.compile(r"(?:the )?tables? (?:below|overleaf)\b")
