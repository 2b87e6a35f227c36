"""The patterns with which `said` reads sentences, apart from the words for the kinds of statements."""

import re

from monitor.cqc.read import moves
from monitor.cqc.read.sayings import HOME

_THIS = rf"(?:this |the |our |its |care |nursing )*{HOME}"

WORTH = re.compile(
    r"suspen|version|chang|revis|again|withdr|remov|taken|took|under (?:appeal|review|challenge)|set aside|delet|quash|no longer"
    r"|retract|unpublish|not (?:currently |now )?available|correct|re-?issu|re-?publish|amend|wrongly|replac|carrying out|conduct"
    r"|undertak|inspecting|assessing|visit|under ?way|in progress|ongoing|being |under inspection|inspected|clos|shut|"
    r"cease|trading|dorman|not (?:currently |at present )?(?:providing|carrying|delivering)|deregist|de-regist|regist|archived"
    r"|on hold|paused|have a (?:published )?rating|wind|not rated|without a|stop (?:operat|trad|provid)|run by|transfer|sold"
    r"|bought|acquired|operated by|managed by|sale of|handover|ownership|subject to|reviewing|being (?:re|lo|ch|co|di)|review of"
    r"|looking again|recons"
)

# There is no `SaidKind` for these statements, but somebody should know about them: for example, that the service gets another
# provider, or that CQC reconsiders the ratings.
NO_KIND = re.compile(
    rf"\b(?:{HOME}|it) (?:will (?:now |then )?be|is (?:now )?(?:to be|being)|is (?:due|set|about) to be|has (?:now |just )?been) "
    rf"(?:run|managed|operated|taken over|bought|acquired|sold|transferred|taken on)(?: by| to)\b"
    rf"|\b(?:transfer|sale|handover) of (?:{_THIS}|[\w' ]{{2,40}}?'?s? registration) (?:to|from)\b"
    rf"|\b(?:{HOME}|house|lodge|court|hall|manor|grange|view) (?:is|has) (?:now |since )?(?:closed|shut)"
    rf"(?=[.,;]|$| and\b(?! (?:has |have |was |since )*(?:re-?open|open)))"
    r"|\b(?:asked|applied|request(?:ed)?|application|requests?) (?:us |cqc |\w+ )?(?:for|to carry out) an? (?:\w+ )?review of "
    r"(?:its|their|the|our) (?:\w+ )?ratings?\b(?!.*\b(?:refus|(?<!not )(?<!yet )conclud|declin|upheld|turned down|reject))"
    rf"|\b(?:{HOME}|house|lodge|court|hall|manor|grange|view|it) (?:will|is to|is due to|is going to|is set to) "
    rf"cease(?! to (?!exist|operate|trade|provide)| using| to use)\b"
    r"|\bownership (?:of (?:the|this) \w+ )?(?:has |will |is to )?"
    r"(?:passed|pass|passes|be transferred|been transferred|transferred|changed|changes|change) (?:to|from|on|hands)\b"
    r"|\b(?:we|cqc) (?:are|is) (?:now |currently )?(?:reviewing|reconsidering|looking again at) (?:the|its|this|our|their) "
    r"(?:\w+ ){0,2}?ratings?\b"
    r"|\bratings? (?:of this \w+ |for this \w+ )?(?:is|are) (?:now |currently )?"
    r"(?:(?:being (?:reviewed|reconsidered|looked at again|challenged|contested|disputed))"
    r"|subject to (?:an? |the )?(?:appeal|challenge|review|provider's))\b"
)
OF_A_NEW_PROVIDER = re.compile(
    rf"\b(?:{HOME}|house|lodge|court|hall|manor|grange|view|it|this) (?:is|was|has been) (?:now |since )?"
    rf"(?:re-?registered|registered (?:again )?(?:under|with|by|to) (?:a |an |its |the |another )?"
    rf"(?:different|new|another|other) (?:legal )?(?:provider|owner|company|entity))"
)

# Words that say plainly that the service has closed. The sentence must contain nothing else, or the words must be a field with
# a date.
_DAY = (
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{'|'.join(moves.MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec),? 20\d\d"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-]20\d\d|20\d\d-\d\d-\d\d)"
)
_KIND_OF_HOME = (
    r"(?:(?:care|nursing|residential|registered|dental|gp|medical|homecare|home care|adult social care|supported living"
    r"|mental health) )*(?:service|home|location|practice|hospital|agency|surgery|clinic|branch|hospice|centre)"
)
HAS_CLOSED = re.compile(
    r"(?:has|is) (?:now |since |permanently |already )*(?:closed|shut"
    r"|ceased (?:trading|operating|to operate|to trade|providing care)|stopped (?:trading|operating|providing care)"
    r"|no longer (?:operating|trading|open|in operation|providing (?:care|a service|services)))"
    r"|(?:now |permanently )*(?:closed|ceased (?:trading|operating|to operate|to trade)|stopped (?:trading|operating))"
    r"|no longer (?:operates?|trades?|provides? (?:care|a service|services))|has (?:now )?been (?:permanently )?closed"
)
NOTE = re.compile(
    rf"(?:(?:(?:important|please note|note|update|latest)|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?{_DAY}):? )?"
)
THIS_HOME = re.compile(rf"(?:this|the|our) {_KIND_OF_HOME} ")
WHEN_CLOSED = re.compile(
    rf"(?:,? (?:permanently|for good|down|its doors(?: for (?:good|the last time))?))*"
    rf"(?:,? (?:on|in|since|from|as of) (?:\w+day,? )?{_DAY})?"
    rf"(?:,? and (?:is|has been|was) (?:now )?(?:no longer registered|archived|de-?registered)(?: with (?:cqc|us))?)?[.!]?"
)
CLOSED_FIELD = re.compile(
    rf"(?:date (?:of )?(?:closed|de-?registered|de-?registration|archived)|closed date"
    rf"|(?:(?:service|home|location) )?closed(?: (?:on|since|in))?|de-?registration date):?"
    rf"(?: (?:on |in |since )?(?:\w+day,? )?{_DAY})?[.]?"
)
CLOSED_TAG = re.compile(
    rf"(?:(?:service|home|location|now|permanently) )*(?:no longer (?:operating|trading|in operation|open)"
    rf"|ceased (?:trading|operating|to operate|to trade)|closed (?:permanently|down|for good)|permanently closed)"
    rf"(?:[:,]? (?:on |in |since )?{_DAY})?[.!]?"
    rf"|(?:(?:service|location|registration|current|trading|operating) )*status:? "
    rf"(?:permanently )?closed(?:[:,]? (?:on |in |since )?{_DAY})?[.!]?"
)
A_DAY = re.compile(rf"(?:on |in )?(?:\w+day,? )?{_DAY}[.]?")
REOPENED = re.compile(r"\b(?:re-?open\w*|opened again|open again|taking (?:new )?residents again)\b")
ANOTHER_CLOSED = re.compile(
    r"\b(?:notices?|enquir(?:y|ies)|inquir(?:y|ies)|complaints?|conditions?|applications?|opened|warning|consultations?"
    r"|investigations?|safeguarding|alerts?|cases?|hours|monday|sunday|prosecut\w+|actions?|incidents?|breach(?:es)?|surveys?"
    r"|vacanc\w+|jobs?)\b"
)

# As in "These ratings are from when the service was run by another provider." Source: docs/facts/pages.md, Ratings widget.
_ANOTHER = r"(?:another|a different|the (?:previous|former|last|old)|a (?:previous|former)|its (?:previous|former)) "
INHERITED = re.compile(
    r"(?:^|\b(?:these|the|all|our|this) (?:\w+ ){0,2}?)ratings?\b(?: (?:shown|given|displayed|listed|on this page|below|above"
    r"|here)){0,2},? (?:is|are|was|were|has been|have been|comes?|belongs?|belonged|relates?|applies|apply)\b[^.]{0,60}?\b(?:"
    rf"{_ANOTHER}(?:provider|owner|registration|company|organisation)|inherited)"
    r"|^inherited ratings?$"
    rf"|\b(?:these|this|the) ratings? (?:shown )?(?:is|are|was|were) .{{0,30}}when (?:the|this) \w+ was (?:run|owned|managed)"
    rf" by {_ANOTHER}(?!(?:registered )?manager)|"
    rf"\b(?:these|this|the|our) ratings? (?:(?:shown|given|displayed|below|above|here) )*(?:is|are|was|were) "
    rf"(?:given|awarded|made|from|published) when (?:the|this) (?:[\w-]+ )?{HOME} was (?:run|owned|managed|operated) by "
    rf"(?!the same|(?:an?|the) (?:[\w-]+ )?manager)\w|"
    r"\binherited\b.{0,60}\bratings\b|\bratings\b.{0,60}\binherited\b"
    r"|\brating (?:is|was|has been|here|shown|above|below)\b.{0,40}\binherited\b"
    r"|\bratings?\b.{0,100}\b(?:carried over|given (?:to|when|under|before)|we gave|awarded (?:to|when)|made (?:when|under)"
    r"|from (?:when|before)|relates? to|of when)\b.{0,80}\b(?:previous|former|different|another|old|last|earlier) "
    r"(?:legal |registered )?(?:provider|entity|owners?|company|registration)\b"
    r"|\b(?:carried over|given) (?:when|from|to|under)\b.{0,80}\b(?:previous|former|new|different) (?:legal |registered )?"
    r"(?:provider|entity|owners?|company)\b"
    r"|\bratings?\b.{0,100}\b(?:before|until) (?:the (?:current|present|new) (?:provider|owners?|company)\b"
    r"|[^.]{2,50} took (?:it |the \w+ )?over\b)"
    r"|\bcarr(?:ies|ied|y|ying) over (?:the|its|their|a) (?:overall )?ratings?\b|\b(?:was|were) (?:previously|formerly) "
    r"registered (?:under|with|by|to) (?:a|another) (?:different )?(?:legal entity|provider|company|owner)\b"
    r"|\bratings? (?:\w+ ){0,3}?(?:was|were|is|are) (?:given|awarded) to .{2,60}?,? (?:which|who|that) "
    r"(?:ran|owned|managed|operated|had) [\w' ]{2,40}? (?:until|before)\b"
    r"|^(?:it|they) (?:was|were) given to the (?:previous|former) (?:legal )?(?:provider|entity|owners?|company)\b"
    r"|\bratings? given to:? .{2,60}\((?:the )?(?:former|previous|last) (?:provider|owner)\)"
    r"|\bnot (?:yet )?(?:been )?(?:assessed|inspected|rated) (?:it |this \w+ |the \w+ )?(?:under|since) "
    r"(?:(?:it|the \w+) (?:was|has been) )?(?:(?:registered|taken over|bought|run) (?:with|by|under) )?(?:the|its|this|a) "
    r"(?:new|present|current) (?:provider|owners?|company)\b"
)
# As in "These ratings were given when Elm House was run by someone else". In these sentences, "this service" and "the present
# provider" are in place of the names.
_SELF = r"(?:this service|the (?:care |nursing )?(?:service|home|location|practice|hospital|agency|surgery)|it)"
_NOT_SAME = (
    r"(?!the (?:present|same|current|new) |this provider|us\b"
    r"|a (?:different |new |former |temporary |deputy )?(?:registered )?manager|manager|an? (?:interim|acting))"
)
_THESE_RATINGS = (
    r"^(?:all )?(?:these|the|this|our|its|both) (?:[\w-]+ ){0,3}?ratings?"
    r"\b(?! (?:at|for|of) (?!this\b|the\b|it\b|its\b|all\b|both\b|key\b|overall\b|safe\b|effective\b|caring\b|responsive\b"
    r"|well\b))(?:(?!\b(?:not|never)\b)[^.;]){0,60}?"
)
_WHO_RAN = (
    r"(?!(?:[\w'-]+ ){0,3}?(?:staff|managers?|teams?|leaders?|matron|people|volunteers?|mrs|mr|ms|miss|dr|she|he|we|they|you"
    r"|nobody|no one|it)\b)[\w'&., -]{2,60}?,? (?:which |who |that )?"
    r"(?:ran|owned|operated|was running|(?:was|were) (?:its|the|the registered|its registered) (?:provider|owner))"
)
OF_FORMER_TIMES = re.compile(
    rf"{_THESE_RATINGS}\b(?:when|while|at a time when|from a time when) {_SELF} (?:was|were) (?:still |then )?"
    rf"(?:run|owned|operated|provided|managed) by {_NOT_SAME}\w"
    rf"|^{_SELF} (?:was|were) (?:still |then )?(?:run|owned|operated|provided) by {_NOT_SAME}\w[^;]{{0,60}} (?:when|at the time) "
    rf"(?:we|cqc|inspectors) (?:last )?(?:gave|awarded|made|published|rated|set)\b(?! (?:staff|them)\b)"
    rf"|{_THESE_RATINGS}\b(?:when|while|of) {_NOT_SAME}{_WHO_RAN}\b"
    rf"|^(?:we|cqc) (?:last )?(?:gave|awarded|made|published|rated) [^;]{{0,40}}\b(?:when|while) "
    rf"(?:{_NOT_SAME}{_WHO_RAN}\b|{_SELF} (?:was|were) (?:still |then )?(?:run|owned|operated) by {_NOT_SAME}\w)"
    rf"|{_THESE_RATINGS}\b(?:in (?:other|different) hands"
    rf"|under (?:other|different|another|former|previous|its (?:former|previous)) (?:owners?(?:hip)?|provider|company)\b)"
    rf"|{_THESE_RATINGS}\bbefore the present provider (?:took|bought|acquired|began|started|became|was registered|registered|ran"
    rf"|came|had)\b"
    rf"|^(?:(?:they|these|the|ratings) )+(?:stay|stand|remain|apply|are shown)[^.;]{{0,40}} until we (?:have )?"
    rf"(?:assess|inspect|rate)(?:ed)? (?:{_SELF} )?under the present provider\b"
)
ELSEWHERE = re.compile(rf"\b(?:another|other|sister) (?:\w+ )?{HOME}s?\b(?<!provider)(?<!company)")

REMOVED_IT = re.compile(
    r"(?:we|cqc) (?:have |has )?(?:now )?(?:removed|withdr[ae]wn?|withdrew|took|taken) (?:it|this|that|the report)\b"
)
# Words that mean that a suspension of ratings has ended: for example, that CQC lifted the suspension, or that the ratings apply
# again.
_THE_RATINGS = (
    r"(?:(?:the|these|those|its|all|both|of|this|overall|previous|earlier|published|service's|home's|provider's"
    r"|practice's) )*ratings?(?: (?:of|for) [\w' -]{2,40}?)?"
)
_NOW = r"(?:now |since |today |all |both |also |again |therefore |once more |fully |formally )*"
_DONE = rf"(?:(?:has|have|had|was|were|is|are) {_NOW}(?:been {_NOW})?)"
_SUSPENSION = rf"(?:the|this|that|our|its|their) suspension(?: (?:of|on) {_THE_RATINGS}|(?= on \d)|(?! (?:of|on|to|from)\b))"
OVER = re.compile(
    rf"\b(?:put|brought) (?:{_THE_RATINGS}|them|it) back\b(?! (?:into|under)\b| in (?:special|breach)\b)"
    rf"|\b(?:put|brought) back {_THE_RATINGS}"
    rf"|\b(?:ended|lifted|removed|withdrawn|withdrew|revoked|cancelled) {_SUSPENSION}"
    rf"|{_SUSPENSION} (?:on [\w ]{{4,20}} )?(?:{_DONE}(?:ended|lifted|removed|withdrawn|revoked|cancelled|over|at an end"
    rf"|no longer in (?:force|place))|(?:{_NOW})ended|came to an end)\b"
    rf"|\b(?:ratings?|they)(?: (?:of|for) [\w' -]{{2,40}}?)? {_NOW}(?:appl(?:y|ies)|stands?|holds?|counts?) "
    rf"(?:again|once more|as before)\b"
    rf"|\b(?:ratings?|they|it)(?: (?:of|for) [\w' -]{{2,40}}?)?(?:,? (?:which|that) [^,]{{3,60}},)? {_DONE}"
    rf"(?:put back|confirmed|restored|reinstated|in force|in place again|back in (?:force|place)|no longer suspended"
    rf"|not suspended any (?:more|longer))\b"
    rf"|\b(?:restored|reinstated|confirmed) (?:{_THE_RATINGS}|them)\b"
)
NOT_YET = re.compile(
    r"\b(?:not|never|cannot|nor|neither|until|till|unless|if|whether|before|would|will|might|could|can|should|must|shall|hopes?"
    r"|hoped|hoping|expects?|expected|wants?|wanted|asks?|asked|asking|applied|propos\w+|refus\w+"
    r"|declin\w+|plans?|planned|to (?:be|have)|in order)\b|n't\b|(?<!\d )(?<!in )(?<!since )(?<!of )\bmay\b(?! 20)"
    r"|\b(?:once|when|as soon as|after) (?:[\w']+ ){1,6}?(?:is|are|has|have)\b"
)
ONLY_THEN = re.compile(r"[^.;]{0,40}\b(?:if|once|unless|as soon as|when (?:[\w']+ ){1,6}?(?:is|are|has|have))\b")
OF_ELSE = re.compile(r"\b(?:admissions?|placements?|registration|staff|nurse|manager|contract|visits?|visiting|packages)\b")
ABOUT_RATINGS = re.compile(r"\brat(?:ings?|ed)\b")

# Words for the end of a registration, which may be that of something other than the service: "one activity is no longer
# registered", "the home deregistered its second building".
REGISTERED_NO_LONGER = re.compile(r"\b(?:no longer (?:\w+ )?registered|de-?registered)\b(?! (?:manager|nurse))")
OF_THIS = re.compile(
    rf"(?:^|\b(?:it|this|which|that|who|they|we|cqc|and|because|as|so|now|be|being|status|provider|company|owners?|profile|page"
    rf"|today|20\d\d|location id)|\b(?:this|the|our|care|nursing|residential|former|a) {HOME}) ?$"
)
A_PART = re.compile(r"(?<!we )(?<!cqc )\bde-?registered (?:its|their|his|her|one|two|another|a|an|some)\b")
OLD_REGISTRATION = re.compile(r"\b(?:old|former|previous|first|earlier|other) registration\b")

NOW_SUSPENDED = re.compile(
    r"\b(?:is|are|has|have)(?: now| both| all| also| since| therefore)* (?:been )?(?:decided|suspended|under|on hold|paused)\b"
)
WHEN_RATED = re.compile(
    rf",? ?\b(?:(?:that|which|as) )?(?:(?:we|cqc|inspectors) )?(?:gave|awarded|published|made|given|issued|from|of|dated)"
    rf"(?: (?:it|them|our|the|an?|on|in|to this \w+|inspection|assessment|report|of|from)){{0,5}} (?:\d{{1,2}} )?"
    rf"(?:(?:{'|'.join(moves.MONTHS)}) )?20\d\d\b"
)
