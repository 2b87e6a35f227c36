"""Words that CQC puts next to a rating. These words say how the rating moved, what the earlier rating was, or which provider
received the rating. The patterns are for plain text in lower case.
"""

from typing import Final

from monitor.ratings import any_question

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip

SOME_DAY: Final = (
    rf"(?:(?:(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{'|'.join(MONTHS)}|[a-z]{{3}}),? )?\d{{4}}(?!\d)|\d{{1,2}}/\d{{1,2}}/\d{{4}})"
)
_LAST_TIME = (
    r"(?:(?:at |in |on )?(?:the |our |its |this |your |their )?(?:last|previous|prior|earlier|former) (?:cqc |full )?"
    r"(?:inspection|assessment|report|rating|visit|review|time)(?: report)?"
    rf"|(?:the |our |its )?(?:inspection|assessment|visit|review|report) (?:of|on|in|from)(?= {SOME_DAY}))"
)
_ARROWS = r"[▲▼△▽▴▾↑↓↗↘↔←⬆⬇⬅⇧⇩⇑⇓🔺🔻🔼🔽⯅⯆]\ufe0f?"
_STEP = r"(?:rating|level|grade|place|step)s?"
_MARK = rf"(?:{_ARROWS}|→|⇒|➔)"
_STEPS = rf"(?: by)?(?: (?:one|two|three|1|2|3|a)(?: {_STEP})?)?(?! (?:out of|/))"
_WENT = (
    r"(?:gone|went|fallen|fell|dropped|declined|deteriorated|changed|moved|improved|risen|rose|downgraded|upgraded|lowered"
    r"|raised|reduced)"
)
_MOVE = (
    r"(?:gone|went|going|moved|moving|come|came|rated|marked)(?: (?:down|up)(?:wards)?)|down(?:wards?)?|up(?:wards)?"
    r"|lower|higher|worse|better|declin(?:ed?|ing)|improv(?:ed|ing)|deteriorat(?:ed|ing|ion)|worsen(?:ed|ing)|dropp(?:ed|ing)"
    r"|drop|fell|fallen|falling|fall|risen|rising|rose|rise|decreas(?:ed?|ing)|increas(?:ed?|ing)|downgraded?|upgraded?"
    r"|lowered|raised|reduced|unchanged|held(?: steady)?|(?:a |no |not |has not |without )chang(?:ed?|e)"
    r"|(?:stay(?:ed|s)|remain(?:ed|s))(?: (?:the same|unchanged|as it was))?|(?:the )?same(?: rating)?(?: as before)?"
    r"|as (?:before|last time|it was)|stable|steady|maintained"
    r"|(?:rating )?(?:change|movement|trend|direction(?: of travel)?)|(?:carried|brought) (?:forward|over|across)"
)
_FORMER = r"(?:previous|former|earlier|last|old|outgoing|prior|different|another)"

MOVED: Final = (
    rf"{_MARK} ?(?:(?:by )?(?:one|two|three|1|2|3) {_STEP}|unchanged|no change|same|stable)|{_ARROWS}"
    rf"|(?:(?:(?:the |this |our |its )?rating )?(?:this |it )?(?:has |have |is |was )?(?:been )?"
    rf"(?:(?:one|two|three|1|2|3) {_STEP} )?(?:{_MOVE}){_STEPS}"
    rf"(?P<when>(?: (?:since|than|as|at|from|compared (?:to|with)|on|in))?(?: rating)? {_LAST_TIME})?"
    rf"(?:(?: since| from| on| of| in|:)? \(?{SOME_DAY}\)?)?)(?![\w'])"
)
"""Matches "went down", "no change since the last inspection" and "▼". The group `when` matches if the last inspection is
mentioned."""

TO: Final = (
    rf"(?:→|⇒|➔|➜|➝|⟶)\ufe0f?|(?:has |have )?(?:now )?(?:been )?{_WENT}(?: down| up)? to\b|(?:to|now)\b"
)
"""Words between two ratings, if they mean that the second rating is the current one."""

BEFORE: Final = (
    rf"(?:{_LAST_TIME}(?: (?:on|of|in))?(?: {SOME_DAY})?|last time|previously|before|(?:in|on) {SOME_DAY})(?=\W*$)"
)
"""Words at the end of a line, if they mean that the rating before them no longer applies."""

INHERITED: Final = (
    rf"(?:(?:the |this |our )?rating )?(?:is |was )?inherited(?: ratings?)?(?: from (?:the |a |its |an )?"
    rf"(?:{_FORMER} )?(?:provider|owner|registration|service|location)s?)?"
    rf"|(?:given |made |awarded )?(?:(?:from|under|to|by) )(?:the |a |its )?{_FORMER} (?:provider|owner|registration)"
    rf"|(?:the )?{_FORMER} (?:provider|owner)(?:'s)?(?: ratings?)?"
)

AS_OF: Final = rf"(?:as (?:at|of)|since|rated (?:on|in)|rating (?:given|from)|given (?:on|in)) {SOME_DAY}"
"""Matches "as at 3 May 2024" and "rated in 2024": the day or year of a rating, which is not that of its publication."""


_THIS_TIME = (
    r"(?: (?:again|either|in full|separately))?(?: (?:at|during|in|on|as part of|for)"
    r" (?:this|the latest|the present|that|our latest) (?:\w+ )?(?:assessment|inspection|visit|review|occasion|time|report)"
    r"| this time(?: (?:round|around))?)?"
)
QUESTIONS: Final = any_question("[ -]?")
"""The names of the key questions as alternatives of a pattern."""
_KQ = rf"(?:{QUESTIONS})"
NAMED_QUESTIONS: Final = (
    rf"(?:(?:the )?(?:key )?(?:questions?|areas?) (?:of |for |about )?)?(?:whether (?:the|this) \w+ (?:is|was) |how )?"
    rf"{_KQ}(?:(?:, and |,? or |, | and ){_KQ})*(?: (?:key )?(?:questions?|areas?))?"
)
_ITS_RATING = (
    r"(?:[^\S\t]*[.;,:()-]+[^\S\t]*(?:so |and |but |therefore |which means (?:that )?)*(?:(?:its|the|this|their|these|our) )?"
    r"(?:(?:\w+ )?(?:rating|score)s?|it (?:is|was|remains|keeps|stays)|they (?:are|remain|keep|stay))\b[^\t]*)?"
)
_NOT = r"(?:(?:did|do|have|were|are) not|didn't|don't|haven't)"
NOT_ASSESSED: Final = (
    rf"(?:(?:the )?(?:\w+ )?(?:rating|score)s?\b[^\t.]{{0,60}}[:;,-] )?(?:"
    rf"(?:(?:this|the|these) (?:rating for this )?(?:key )?(?:questions?|areas?|ratings?) |(?:the )?(?:rating|score)s? )?"
    rf"(?:(?:was|were|is|are|has|have) )?not (?:been )?(?:(?:re-?)?assessed|(?:re-?)?inspected|looked at|reviewed|considered"
    rf"|covered|included|rated(?= (?:at this|this time|on this|during this|in this)))"
    rf"|we {_NOT} (?:re-?)?(?:assess|inspect|look at|looked at|review|rate|consider|cover|visit for)(?:ed)? (?:either )?"
    rf"(?:this(?: key)?(?: question| area)?|these(?: key)? (?:questions|areas)|it|the rating|(?P<unlooked>{NAMED_QUESTIONS}))"
    rf"){_THIS_TIME}(?! (?:at|in|during|on) (?:our|the) (?:last|previous))(?![\w']){_ITS_RATING}"
)
"""Words that say that a key question was not assessed. Words about its rating may follow ("so the rating remains good"). The
group `unlooked` matches the names of the key questions."""


def earlier(value: str) -> str:
    """Returns a pattern for words such as "previously rated", which mean that the rating after them no longer applies. `value`
    is the pattern for ratings."""
    return (
        r"(?:(?:the |our |its )?(?:previous|last|prior|former|earlier|old)(?: overall| inspection| cqc| published)*"
        r" (?:ratings?|judge?ments?)(?: (?:for|of) (?:this|the) \w+)?"
        r"|ratings? (?:at|from|after) (?:our |the |its )?(?:last|previous|earlier) (?:inspection|assessment|report|visit)"
        r"|ratings? (?:before(?: this)?|last time|until now|in the last report)|(?:previous|former)ly(?: rated)?"
        r"|last time|previous(?=\s*:)|before(?=\s*:)|(?:it )?(?:was|were|had been)(?: previously| last| formerly)?(?: rated)?"
        rf"|(?:has |have )?(?:been )?(?:gone |went |moved |come )?(?:down|up|worse|better|lower|higher|{_WENT})"
        rf"(?: (?:one|two|three) {_STEP})? (?:from|than)(?= (?:an? |being |the |rated )?(?:{value}))"
        r"|(?:which is |this is |it is )?an? (?:drop|fall|rise|decline|improvement|deterioration|reduction|change|downgrade)"
        r" (?:up |down )?from|instead of|rather than|compared (?:to|with)|having been|no longer|last rated"
        rf"|(?:no change |unchanged )?(?:from|since)(?= (?:{value})))(?: was| is)?"
    )
