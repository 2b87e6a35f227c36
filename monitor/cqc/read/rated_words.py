"""The patterns with which `rated` finds ratings in sentences."""

import re

from monitor import ratings
from monitor.cqc.read import moves
from monitor.cqc.read.changes import NO_NOUN
from monitor.cqc.read.words import DAY_IN_WORDS

NOUNS = {"safety": "safe", "effectiveness": "effective", "responsiveness": "responsive"}
_KQ = rf"(?:{ratings.any_question('[ -]')}|{'|'.join(NOUNS)})"
_Q = rf"(?:(?:being|how|both|is|the|for|key questions?|of) )*+{_KQ}"
_ALL_FIVE = (
    r"(?<!not )(?:all|each|every one)(?: of)?(?: (?:the|its|our|their))? (?:five |5 )?(?:key )?(?:questions|areas)"
    r"|(?<!not )every (?:key question|area)|all five(?! (?:of|other))"
)
_LIST = rf"(?:{_Q}(?:(?:,? and |, | or ){_Q})*+|(?:{_ALL_FIVE})(?! (?:except|apart|other|but|bar|with the exception)\b))"
RATING = r"(?:outstanding|good|requires improvement|inadequate)"
_AS = r"(?:as |as being |to be |at )?"
_FOR = (
    rf"(?:,? (?:overall|again|still|too|now))*+(?: (?:for|in|on)(?: (?:providing|being|the|how|key questions?|both|areas? of))*+ "
    rf"(?P<for>{_LIST})(?: services?| care)?)?"
)
_SERVICE = (
    r"(?:the|this|our|its) (?:care |nursing |residential |overall )*+"
    r"(?:service|home|practice|surgery|provider|location|hospital|agency|hospice|clinic|ward)"
)
# as in "rated the practice as inadequate for providing safe and well-led services, requires improvement for effective services"
RATED = re.compile(
    rf"\b(?:(?:re-)?rated|(?<=report )rating|(?:(?<=we )|(?<=we now )|(?<=we therefore )|(?<=we still )|(?<=we also ))rate"
    rf"|(?:(?<=cqc )|(?<=cqc now ))rates|(?:(?<=we )|(?<=cqc )|(?<=inspectors )|(?<=has )|(?<=have )|(?<=is )|(?<=are )|(?<=was )"
    rf"|(?<=were )|(?<=been ))judged),? (?P<subject>(?:[\w'&-]+,? ){{0,12}}?)(?:overall )?{_AS}"
    rf"(?P<rating>{RATING})\b{NO_NOUN}{_FOR}"
)
MORE = re.compile(
    rf"(?:,? and |, |; )(?:{_AS})(?P<rating>{RATING})\b{NO_NOUN} (?:for|in)(?: (?:providing|being|the|how|key questions?))*+ "
    rf"(?P<for>{_LIST})(?: services?| care)?"
)
# as in "safe and well-led are inadequate", "its rating for caring remains good", "the overall rating is now inadequate"
_IS = (
    r"(?:(?:is|are|was|were|has been|have been|remains?|remained|has remained|have remained|stays?|stayed|has stayed|have stayed"
    r"|continues? to be|keeps?) )(?:(?:now|still|again|(?:once|yet) (?:more|again)|this time|therefore|also|both|all|each|being"
    r"|rated|unchanged at|unchanged as|limited to|capped at|confirmed as|confirmed at|set at|at|as) )*+"
)
STATED = re.compile(
    rf"(?:^|\b(?:and|but|while|as|so|because|that|only|, |: )|(?= (?:the|its|our) ratings? (?:for|of|in) ))\s?"
    rf"(?P<subject>(?:(?:the|its|our|their|this) )?(?:(?:overall )?ratings?(?: given)? (?:for|of|in)"
    rf"(?: (?:being|how|the|key questions?|whether it is|areas?))*+ )?"
    rf"(?:{_LIST}|overall rating|rating overall|overall|{_SERVICE}(?:'s)? (?:overall )?rating"
    rf"|(?:overall )?rating (?:for|of) {_SERVICE})(?: (?:the|this) (?:service|home|practice) is| services?| key questions?)?) "
    rf"{_IS}(?P<rating>{RATING})\b{NO_NOUN}"
)
# as in "rated safe and well-led requires improvement, and effective, caring and responsive good"
AND_THEN = re.compile(rf"(?:,? and |, |; )(?P<for>{_LIST}) {_AS}(?P<rating>{RATING})\b{NO_NOUN}")
# as in "effective and responsive require improvement"
REQUIRES = re.compile(
    rf"(?:^|\b(?:and|but|while|, |: ))\s?(?P<for>{_LIST}) (?:(?:all|both|still|now|also|each) )*(?P<verb>requires? improvement)"
    rf"\b(?! (?:in|to|of|on|with)\b)"
)
# Outside the sections of the key questions, "the quality of care has declined and the rating is now inadequate" is about the
# overall rating.
BARE_RATING = re.compile(
    rf"(?:^|\band |\bso )(?:the|its|our) rating (?:has (?:now )?(?:been )?)?{_IS}(?P<rating>{RATING})\b{NO_NOUN}"
)
OF_THE_WHOLE = re.compile(
    r"(?:(?:the|our|overall|summary|view|findings|of|this|service|report|why|we|inspected|assessed|assessment|inspection|and|at"
    r"|last)\b ?)*"
)
# as in "Both are now inadequate, and so is the overall rating."
BOTH = re.compile(
    rf"^(?:both|all|all (?:of them|three|four|five)|both of (?:them|these)|each(?: of (?:them|these))?)(?: key questions)? {_IS}"
    rf"(?P<rating>{RATING})\b{NO_NOUN}"
)
SO_IS = re.compile(
    rf"\b(?P<rating>{RATING})\b,? and so (?:is|are|was|were) "
    rf"(?P<for>{_LIST}|(?:the |its )?overall rating|(?:the |this )?(?:service|home) overall)\b"
)
_ENDS = r"(?=[.,;]|$| and\b| but\b| because\b| overall\b| too\b| as well\b| again\b)"
# as in "We found the service to be inadequate", "the service is inadequate for safe"
FOUND = re.compile(
    rf"\b(?:(?:we|cqc|inspectors) (?:have |has )?found (?:{_SERVICE}|it) (?:(?:to be|was|is) )?"
    rf"|{_SERVICE} (?:was|has been|is) found to be )(?P<rating>{RATING})(?: overall)?{_ENDS}"
    rf"|\b(?:we|cqc|inspectors|report|regulator|commission) (?:(?:have|has|had|also) )*(?:said|says?|concluded|concludes|reported"
    rf"|reports|states?|stated) (?:that )?(?:{_SERVICE}|it) (?:was|is) (?P<told>{RATING})"
    rf"(?: overall{_ENDS}| (?:for|in) (?P<in>{_LIST}){_ENDS}|(?=[.,;]|$))"
    rf"|^overall,? (?:{_SERVICE}|it) {_IS}(?P<whole>{RATING}){_ENDS}"
    rf"|^overall,? (?:{_SERVICE}|it) (?P<verb>requires improvement)\b(?! (?:in|to|of|on|with)\b)"
)
# as in "The home has lost its good rating and now requires improvement overall"
REQUIRES_OVERALL = re.compile(
    rf"(?:^|\band |\bit |\bbut |\b{_SERVICE} )(?:(?:now|still|also|therefore|again) )*requires improvement overall{_ENDS}"
)
# as in "It was given an overall rating of inadequate", "a rating of good was awarded for caring"
A_RATING_OF = re.compile(
    rf"\b(?P<verb>resulted in|results in|led to|leads to|gave|given|give|giving|received|receives|receiving|awarded|awards"
    rf"|awarding|achieved|achieves|earned|has|have|with|now has|carries|holds) (?P<who>(?:[\w'&-]+ ){{0,6}}?)"
    rf"(?:an? |its |the |another |a second |a third )(?:(?:first|new|latest|current|highest|lowest|best|worst|overall) )*rating"
    rf"(?: of|:| -|,) (?P<rating>{RATING})\b{NO_NOUN}(?: overall\b)?(?: (?:for|in)(?: (?:being|how))*+ (?P<for>{_LIST}))?"
)
AWARDED = re.compile(
    rf"^(?:an? |the )?(?:(?:overall )?ratings? of (?P<of>{RATING})|(?P<rating>{RATING}) ratings?) "
    rf"(?:was|were|has been|have been|is|are) (?:also )?(?:given|awarded|made|applied) (?:for|to|in)(?: (?:being|how|both))*+ "
    rf"(?P<for>{_LIST})"
)
# as in "requires improvement overall, with safe rated inadequate"
WITH = re.compile(
    rf"\bwith (?P<for>{_LIST}) (?:(?:also|both|all|now|each|being) )*(?:rated|judged|at) (?:as )?(?P<rating>{RATING})\b{NO_NOUN}"
)
# as in "Caring was the only area rated good"
THE_ONLY = re.compile(
    rf"\b(?P<for>{_LIST}) (?:is|are|was|were|remains?) the only (?:(?:\w+ )?(?:key )?(?:questions?|areas?) )?"
    rf"(?:(?:to be|that (?:is|was|are|were)|which (?:is|was)) )?(?:(?:now|still) )?rated (?:as )?(?P<rating>{RATING})\b{NO_NOUN}"
)
STAYS = re.compile(
    rf"\b(?:overall rating|{_SERVICE}'s (?:overall )?rating|rating (?:of|for) {_SERVICE}) (?:(?:has|have|is) )?"
    rf"(?:stay(?:s|ed)|remain(?:s|ed)?|unchanged|not changed)(?: the same| unchanged)?(?::| at| -) "
    rf"(?P<rating>{RATING})\b{NO_NOUN}"
)
WHICH_IS = re.compile(
    rf"\bratings? (?:of|for|in) (?P<for>{_LIST}),? (?:which|that) "
    rf"(?:(?:is|are|remains?|stays?|has|have|remained|stayed|still|now|therefore) )++(?P<rating>{RATING})\b{NO_NOUN}"
)
LABELLED = re.compile(
    rf"^(?:(?:the |our |its )*(?:new |latest )?ratings?(?: (?:at|from|after|following) (?:this|the|our) (?:\w+ )?"
    rf"(?:assessment|inspection|visit))?: )?(?P<for>{_LIST}|overall)(?:: | - |, )(?:(?:still|now|again|once more|rated) )*"
    rf"(?P<rating>{RATING})\.$"
)
# as in "Safe: inadequate - people were not protected from harm"
WITH_REASON = re.compile(
    rf"^(?P<for>{_LIST}|overall)(?:: | - )(?:(?:still|now|again|rated) )*(?P<rating>{RATING})(?= - |: |,? (?:because|as|since) )"
)
FOR_AT_START = re.compile(
    rf"^(?:for|in|under|on)(?: (?:the|being|how|key questions?|areas?|of))*+ (?P<for>{_LIST}),? "
    rf"(?:we|cqc|inspectors|the|it|this)\b"
)
BROUGHT = re.compile(
    rf"\b(?:brings?|brought|takes?|took|moves?|moved|lowers?|lowered|reduces?|reduced|raises?|raised|changes?|changed|drags?"
    rf"|pulls?|pulled) (?:(?:the|its|our|this|home's|service's) )+overall rating (?:back )?(?:down |up )?(?:from {RATING} )?to "
    rf"(?:an? )?(?P<rating>{RATING})\b{NO_NOUN}(?P<for>(?!)x)?"
)
# as in "Good overall; requires improvement for safe", "It is inadequate for safe"
OPENS = re.compile(
    rf"^(?:(?:overall,? )?(?:{_SERVICE}|it) {_IS})?(?P<rating>{RATING}) (?:overall{_ENDS}|(?:for|in) (?P<for>{_LIST}){_ENDS})"
)
# as in "well-led is now good, as are effective, caring and responsive"
AS_ARE = re.compile(
    rf",? as (?:is|are|was|were|do|does|did|has|have) (?:(?:the|its|our|their) ratings? (?:for|of|in)(?: (?:being|how|both))* )?"
    rf"(?P<for>{_LIST})(?! (?:at|of|in) (?:its|another|the other|an?)\b)"
)
# "safe - inadequate; effective - requires improvement": at least three such pairs are a list of ratings
PAIR = re.compile(
    rf"\b(?P<for>{_LIST})(?: ?[-:=] ?| \(|, (?=\w+(?: improvement)?(?:[;.]|$))| (?=\w+(?: improvement)?(?:[,;.]| and\b|$)))"
    rf"(?P<rating>{RATING})\b{NO_NOUN}"
)
RATING_AND_LIST = re.compile(rf"(?:overall |our |the )*ratings?: (?P<rating>{RATING}) \((?={_Q} ?[-:=])")
# as in "We looked at safe and well-led and rated each of them good"; "we rate it for well-led only: good"
EACH = re.compile(
    rf"\b(?P<for>{_LIST})(?: only)?,? and (?:we )?(?:have )?rated "
    rf"(?:each of them|both of them|all of them|them all|them both|both|each|them)(?: as)? (?P<rating>{RATING})\b{NO_NOUN}"
)
FOR_ONLY = re.compile(
    rf"\brate[sd]? (?:it|this \w+|the \w+) (?:only )?for (?:being )?(?P<for>{_LIST})(?: only)?: (?P<rating>{RATING})\b"
)
# as in "safe was below the standard, at requires improvement"
AT = re.compile(rf"\b(?P<for>{_LIST}) (?:is|are|was|were) [^,;]{{3,60}}, at (?P<rating>{RATING})\b{NO_NOUN}")
# "The ratings of good for effective and caring are from our inspection in 2022 and still apply": such a sentence is about the
# present, whatever date it contains
STILL = re.compile(
    rf"\bratings? of (?P<rating>{RATING}) (?:for|in) (?P<for>{_LIST})\b[^;]{{0,100}}\b(?:still (?:appl(?:y|ies)|stands?|holds?)"
    rf"|continues? to (?:apply|stand)|remains? (?:in place|the same|unchanged)|(?:has|have) not changed)\b"
)
WORTH = re.compile(rf"\b(?:{RATING}|require improvement)\b")
# as in "safe, effective and well-led as inadequate, requires improvement and inadequate respectively"
IN_TURN = re.compile(
    rf"\b(?P<for>{_LIST})(?:,? (?:is|are|was|were|have|has|been|now|rated|judged|respectively|as))*+,? "
    rf"(?P<ratings>{RATING}(?:(?:,? and |, ){RATING})++)(?!,? (?:for|in)\b){NO_NOUN}"
)
# as in "The other two key questions, safe and effective, were good."
APPOSED = re.compile(
    rf"\b(?:questions|areas)(?:, | \(|: | - )(?:namely |that is,? )?(?P<for>{_LIST})(?:,|\)| -)? {_IS}"
    rf"(?P<rating>{RATING})\b{NO_NOUN}"
)
# Words between two ratings of a list, as in "safe is inadequate for the second time running, well-led requires improvement"
IN_PASSING = re.compile(
    r"(?:,? (?:again|once more|once again|as before|this time|for the \w+ time(?: running| in a row)?"
    r"|at (?:two|three|both) \w+ (?:running|in a row)|at this (?:inspection|assessment)))*+"
)
# as in "inadequate overall and for safe"
AND_FOR = re.compile(rf"(?:,? both)?,? overall,? and (?:also )?(?:for|in)(?: (?:being|the|how))*+ (?P<for>{_LIST})")
OF_A_TRUST = re.compile(r"\btrust(?:'s)?\b(?! (?:ltd|limited|house)\b)")
# In "The overall rating has not changed and remains good", the second clause has no subject, so it has that of the first
# clause.
GOES_ON = re.compile(rf"^(?:has |have )?{_IS}(?P<rating>{RATING})\b{NO_NOUN}")
SUBJECT = re.compile(
    rf"^(?P<subject>(?:(?:the|its|our|their|this) )?(?:(?:overall )?ratings?(?: given)? (?:for|of|in) (?:{_LIST}|{_SERVICE})"
    rf"|{_LIST}|overall rating|{_SERVICE}(?:'s)? (?:overall )?rating))"
    r"(?: (?:the|this) \w+ is)? (?:(?:was|were|has|have|had|is|are|did|does) )"
)
# as in "the overall rating of inadequate has not changed", "the service keeps its rating of good", "rated good overall"
KEPT = re.compile(
    rf"\b(?P<subject>overall rating|{_SERVICE}(?:'s)? (?:overall )?rating|ratings? (?:for|of) (?:{_LIST}|{_SERVICE}))"
    rf"(?: of| as|,) (?P<rating>{RATING})\b,? (?:(?:therefore|still|also|has|have|is|are|was|did|does) )*"
    r"(?:not (?:been )?(?:change[ds]?|affected|altered|moved)|unchanged|the same|remains?(?! to)|stands|stays|continues to apply"
    r"|kept)\b"
    rf"|\b(?P<own>{_LIST}|{_SERVICE}|it|they) (?:(?:also|still|therefore|has|have|all|both) )*(?:keeps?|kept|retains?|retained) "
    rf"(?:its|their) (?P<held>{RATING}) ratings?\b"
    rf"|\b(?P<keeper>{_LIST}|{_SERVICE}|it|they|and(?= keeps?\b| retains?\b| kept\b)) "
    rf"(?:(?:also|still|therefore|has|have|all|both) )*(?:keeps?|kept|retains?|retained|holds?|maintained|maintains?) "
    rf"(?:(?:its|their|the|a|an|overall|previous|existing|earlier|last|old) )*ratings? (?:of|as) (?P<kept>{RATING})\b"
)
# as in "The home kept its rating of good for being effective and caring"
FOR_ONLY_THESE = re.compile(rf" (?:for|in)(?: (?:being|how|the|both|key questions?))*+ (?P<for>{_LIST})")
# as in "responsive was not assessed, so it keeps its rating of good"
LAST_NAMED = re.compile(rf"(?:^|\b(?:and|but|while) |, )(?P<named>{_LIST}) (?:was|were|is|are) not\b[^,;]*$")
NAMED = re.compile(rf"\b{_KQ}\b")
EVERY = re.compile(rf"\b(?:{_ALL_FIVE})\b")
# as in "every key question except caring"
ALL_BUT = re.compile(rf",? (?:bar|but|except(?: for)?|apart from|other than|with the exception of) (?:being )?{_LIST}")
THE_OTHERS = re.compile(
    rf"\b(?:other|remaining|rest of the) (?:(?:one|two|three|four) )?(?:key )?(?:questions?|areas?) "
    rf"(?:(?:all|have|has|also|still|we looked at|were|was|are|is) )*"
    rf"(?:(?:keeps?|kept|retains?|retained|holds?|maintain(?:s|ed)?) (?:(?:its|their|the|a|rating|ratings|of|previous) )*"
    rf"|(?:remain(?:s|ed)?|stay(?:s|ed)?|continues? to be|rated|again|unchanged) (?:(?:rated|at|as|unchanged) )*)"
    rf"(?P<rating>{RATING})\b{NO_NOUN}"
    rf"|\b(?:other|remaining) (?:one|two|three|four)(?: (?:key )?(?:questions?|areas?))? "
    rf"(?:(?:are|is|were|all|each|both|now|still|rated) )*(?P<bare>{RATING})\b{NO_NOUN}"
    r"|\b(?:other|remaining) (?:one|two|three|four)(?: (?:key )?(?:questions?|areas?))? (?:(?:all|each|both|now|still) )*"
    r"(?P<verb>requires? improvement)\b"
)
EXCEPT = re.compile(
    rf",? (?:except|apart from|other than|save|but not|all but) (?:for )?(?P<for>{_LIST})"
    rf"(?:,? (?:(?:which|it|is|now|was|at|rated|has|fallen|to|gone|down) )*(?P<rating>{RATING})\b)?"
)
ONLY_THE_SERVICE = re.compile(
    r"(?:(?:has|have|also|just|since|today|already|the|this|above|above-named|named|it|its|us|a|as|for|them|overall|care|nursing"
    r"|residential|homes?|service|practice|surgery|provider|location|hospital|agency|hospice|clinic|in|at|now|again)\b[ ,]*)*+"
)
PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|remains?|stays?|stay|continues? to be|keeps being)"
    r"(?: (?:now|still|again|also|therefore|both|all|each|once more)){0,2} $"
)
NO_SERVICE = re.compile(
    r"\b(?:staff\w*|people|relatives|residents|patients|food|leadership|governance|evidence|care plans?|key questions?)\b"
)
KEEPS = re.compile(
    rf"\b(?:keeps?|retains?|still (?:has|have)) (?:the|its|their) "
    rf"(?:(?:{RATING}|earlier|previous|last|existing|old) )*+ratings?\b"
)
EARLIER = re.compile(
    r"\b(?:draft|had been|were last|was last|last rated|previous(?:ly)?|formerly|until|used to|in 20\d\d|earlier|before that"
    r"|then)\b|\bwas rated\b.{0,80}\b20\d\d\b|\bin the (?:first|original) version\b"
)
WISH = re.compile(
    r"\b(?:if|would|could|might|may(?! 20\d\d)|should|want\w*|hope\w*|aim\w*|(?<!standard we )(?<!standards we )expect\w*"
    r"|once(?! more\b| again\b)|unless|until|when|how to|in order)\b"
)

ONLY_A_DAY = re.compile(DAY_IN_WORDS)

RATES_IT = re.compile(r"\b(?:re-?)?rated? it\b|^it (?:is|was|remains|has been|stays) (?:\w+ )?rated\b")
ITS_RATING = re.compile(rf"\bratings? (?:of|for) (?:being )?{_KQ}\b(?! and\b|,)|^{_KQ} (?:has|had|was|is|went|stayed|remained)\b")

# "In January the home was rated inadequate" may be about the inspection before the newest
IN_A_MONTH = re.compile(
    rf"(?:back |earlier |early |late |and |but )*in (?:early |late |mid-)?(?:{'|'.join(moves.MONTHS)})(?: this year)?,? "
    rf"(?:[\w'-]+ ){{1,6}}?(?:was|were)\b"
)

# as in "The rating of inadequate from June stays as it is"
STANDS = re.compile(
    rf"\b(?:the|its|our|this) (?:(?:overall|current|existing|present|home's|service's|practice's) )*rating of "
    rf"(?P<rating>{RATING})(?: overall)?(?:,? (?:from|given in|given on|published in|of) [\w ]{{3,20}}?)?,? "
    r"(?:(?:therefore|still|also|now|has|is) )*(?:stays?|stayed|stands?|remains?|remained|unchanged|kept|not changed|continues)"
    r"(?: (?:as it (?:is|was)|in (?:place|force)|the same|unchanged|for now|for the time being|to (?:apply|stand)|with the \w+))?"
    r"(?= and\b| but\b| until\b| while\b|[.,;]|$)"
)
# as in "CQC did not change the home's rating of inadequate"
NOT_CHANGED = re.compile(
    rf"\b(?:did|has|have) not (?:change|changed|alter|altered|review|reviewed) (?:the|its|this|their) (?:[\w-]+(?:'s)? )?"
    rf"(?:overall )?rating of (?P<rating>{RATING})\b{NO_NOUN}(?! (?:for|in)\b)"
)
# as in "The rating for Oakwood General Hospital overall stays at requires improvement"
OF_THE_NAMED = re.compile(
    rf"\bratings? (?:for|of) (?P<name>[a-z][\w'&,. -]{{2,60}}?) overall {_IS}(?P<rating>{RATING})\b{NO_NOUN}"
)
NOT_THE_WHOLE = re.compile(
    r"\b(?:trusts?|services|departments?|wards?|units?|maternity|care|another|other|medicine|outpatients?|pathways?)"
    r"\b(?! (?:home|hospital)\b)"
)

# as in "CQC last assessed the home in March and rated it good overall", in a text that is about something else
GIVEN_LAST = re.compile(
    rf"\b(?:we|cqc|inspectors) last (?:inspected|assessed|visited|rated) [^.;]{{2,80}}?(?: and|, when (?:it|the \w+)) "
    rf"(?:was )?rated (?:(?:it|this \w+|the \w+) )?(?:as )?(?P<rating>{RATING})\b{NO_NOUN}(?! (?:for|in)\b)"
    rf"|\b(?:it|{_SERVICE}|which) (?:is|was) last (?:inspected|assessed|rated) [^.;]{{0,60}}?\b(?:rated )?"
    rf"(?P<then>{RATING})\b{NO_NOUN}(?! (?:for|in)\b)"
)

UNMOVED = re.compile(
    r"\b(?:this|the|that|our|neither)(?: [\w-]+){0,3}? (?:notices?|fines?|penalt(?:y|ies)|prosecution|conviction|sentence|visit"
    r"|check|review|case|outcome|inspection|assessment|action|decision|it)? ?(?:do|does|did|has|have|will) not "
    r"(?:change|changed|affect|affected|alter|altered) (?:that|this|the|its) (?:overall )?rating\b(?! (?:for|of) )"
    r"|^(?:that|this|the|its) (?:overall )?rating (?:has not (?:been )?(?:changed|affected)|is not (?:changed|affected)"
    r"|does not change)\b"
)

# as in "The overall rating could not go up. It is still inadequate and still in special measures."
IT_IS_STILL = re.compile(
    rf"^(?:it|{_SERVICE}) (?:is|remains) (?:now|still|once (?:again|more)) (?P<rating>{RATING})(?=$|[.,;]| and\b| but\b)"
)

WHO_VISITED = re.compile(
    r"(?:the |our |cqc |cqc's )*(?:cqc|commission|regulator|inspectors?|team),? (?:who|which|that) "
    r"(?:visited|inspected|assessed|went|came|called)\b[^,;]{0,60},?$"
)
BY_OTHERS = re.compile(
    r"[^.;,]{0,40}?\bby (?!(?:the )?(?:cqc|care quality|regulator|health and (?:social )?care|social care|inspect|commission|us\b"
    r"|national regulator|england))"
)
# as in "Elm House in Leeds, rated inadequate by CQC this month, is in special measures"
APPOSITION = re.compile(
    r"(?P<who>[^,;]{3,60}?)(?: (?:in|near) [^,;]{2,30})?,(?: which (?:is|was|has been))?(?: (?:now|recently|still|again))? $"
)
BY_CQC = re.compile(r"(?: overall)? by (?:the )?cqc\b")
ADVERBS = re.compile(
    r"(?:(?:^| )(?:has|have|had|again|also|now|then|therefore|already|just|today|previously|first|both|and|but|so))+$"
)
CQC = re.compile(r"\b(?:we|cqc|commission|regulator|inspectors?|inspection|assessment)\b")
RATER = re.compile(
    r"(?:^|[ (])(?:we|i|cqc|commission|regulator|inspectors?|inspection|assessment|report|visit|review|who|which)\)?$"
    r"|\b(?:the|this|our) (?:\w+ ){0,2}?(?:home|service|practice|surgery|location|hospital|agency|clinic|hospice)$"
)
FROM_OTHERS = re.compile(
    r"\bfrom (?!(?:cqc|the care quality|the regulator|us\b|inspect|good|requires|inadequate|outstanding|\d|our|this"
    r"|the inspection|the assessment))|\bhygiene\b|\bstars?\b|\bsurvey\b|\bwebsite\b"
)

# as in "Having been good, Elm Court in Leeds is now inadequate"
IS_NOW = re.compile(
    rf"(?:having been [\w ]{{4,30}}, )?(?P<who>[a-z][\w'&. -]{{3,60}}?) (?:is|remains|has become) "
    rf"(?:now|still|once (?:again|more)) (?P<rating>{RATING})(?=$|[.,;]| and\b| but\b)"
)
