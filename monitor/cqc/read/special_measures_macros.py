"""What a rule about special measures consists of, and the macros in the patterns of the rules."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from monitor.model import MeasuresState

IN, ENTERED, REMAINS, LEFT, UNCLEAR = (
    MeasuresState.IN, MeasuresState.ENTERED, MeasuresState.REMAINS, MeasuresState.LEFT, MeasuresState.UNCLEAR)  # fmt: skip
NOTHING = MeasuresState.NOT_STATED


class Scope(Enum):
    """The text in which a rule's pattern is searched."""

    CLAUSE = "the clause"
    SO_FAR = "the sentence up to the end of the clause"
    HEADLINE = "a line without a full stop"


class Tense(Enum):
    """How firmly the words of a rule are about the present."""

    NOW = "now"  # "is", "has been", "is being", "will be": true now, even if other words are about the past
    PAST = "past"  # "was placed", "came out of": true now, except in a clause about an earlier time
    IMPLIED = "implied"  # "may leave": the service is in special measures; used only if there is no other finding


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for one standard phrase of CQC, or for one misleading phrase. `pattern` may contain the names of `_MACROS`; it is
    searched in a clause (see `Clause`)."""

    name: str
    says: MeasuresState
    pattern: str
    example: str
    tense: Tense = Tense.NOW
    scope: Scope = Scope.CLAUSE


# Macros for the patterns below. SM stands for "special measures" in any spelling.
_MACROS = {
    # into special measures, and out of them
    "INTO": r"(?:in ?to|in|under|on ?to|on|within|subject to|(?<!due )to) NAMED_SM",
    "OUTOF": r"(?:out of|out from|from|off|free of|clear of)(?: (?:under|being in|being under))? NAMED_SM",
    "NAMED_SM": r"(?:(?:the|this|a|its|their|our|(?:home|service|practice|hospital|agency|surgery)'s|cqc's|cqc|formal|so-called"
                r"|what (?:is|are) (?:known as|called)) )*(?:(?:status|category|regime|process|programme|framework|period|state) "
                r"(?:of|called|known as) )?SM",
    # actions: forms of "place into", "take out of", "stay in"
    "PLACED": r"(?:(?:re-?)?(?:placed|put|plunged|pushed|forced|thrust|tipped|landed|escalated|dropped|ordered) OBJECT INTO"
              r"|(?:moved|taken|brought|sent|returned|transferred) OBJECT(?:in ?to|to|under) NAMED_SM"
              r"|(?:gone|went|fallen|fell|slipped|sunk|moved|ended up) DIRECTLY INTO|made subject to SM"
              r"|(?:entered(?: in ?to)?|applied|imposed|hit with|slapped with) NAMED_SM|slapped SM on)",
    "PLACE": r"(?:(?:re-?)?(?:place|put|force) OBJECT INTO|(?:move|take|bring|send|return|transfer) OBJECT(?:in ?to|"
             r"to|under) NAMED_SM"
             r"|(?:go|fall|end up|be) DIRECTLY INTO|(?:enter|impose|apply) NAMED_SM)",
    "PLACING": r"(?:(?:re-?)?(?:placing|putting|forcing|plunging) OBJECT INTO"
               r"|(?:moving|taking|bringing|sending|returning|transferring) OBJECT(?:in ?to|to|under) NAMED_SM"
               r"|going DIRECTLY INTO|(?:entering|imposing|applying) NAMED_SM)",
    "PLACES": r"(?:(?:re-?)?(?:places|puts|plunges|pushes|lands) OBJECT INTO|(?:moves|takes|brings|sends|returns) "
              r"OBJECT(?:in ?to|to|under) NAMED_SM"
              r"|(?:goes|falls|slips|drops) DIRECTLY(?:in ?to|in) NAMED_SM|(?:enters|imposes|triggers) NAMED_SM)",
    "GOT_OUT": r"(?:(?:taken|took|lifted|removed|released|moved|brought|pulled|come|came|gone|got|climbed|emerged|"
               r"stepped|exited|freed|led|steered|guided|"
               r"worked (?:its|their|our) way|earned (?:its|their|our) way) GAP OUTOF|(?:left|exited|shed|shaken off|escaped|"
               r"lifted|ended|removed) NAMED_SM|brought NAMED_SM to an end)",
    "GET_OUT": r"(?:(?:take|lift|remove|release|move|bring|come|emerge|exit|get|pull|step|climb|"
               r"be (?:taken|lifted|removed|released|moved|brought)) GAP OUTOF|(?:leave|exit|lift|end|remove|escape) "
               r"NAMED_SM|bring NAMED_SM to an end)",
    "GETTING_OUT": r"(?:(?:taking|lifting|removing|releasing|moving|bringing|coming|emerging|getting|stepping|"
                   r"climbing) GAP OUTOF"
                   r"|(?:leaving|exiting|lifting|ending|removing|escaping) NAMED_SM|bringing NAMED_SM to an end)",
    "GETS_OUT": r"(?:(?:takes|lifts|removes|releases|frees|moves|brings|comes|emerges|gets|pulls|steps|climbs|goes) GAP OUTOF"
                r"|(?:leaves|exits|lifts|ends|removes|escapes|sheds) NAMED_SM)",
    # words for those involved
    "SERVICES": r"(?:services|providers|homes|practices|locations|hospitals|agencies|surgeries|trusts|organisations|"
                r"clinics)",
    "SERVICE": r"(?:service|provider|home|practice|location|hospital|agency|surgery|organisation|facility|clinic)",
    "OTHERS": r"(?:nhs england|nhs improvement|nhsi|nhse|monitor|(?:the )?trust development authority|ofsted|estyn|"
              r"the (?:government|council|local authority|commissioners?|icb|ccg|secretary of state|department for "
              r"education))",
    # linking words: adverbs between an auxiliary and its verb, or a few words that do not contain a condition
    "ADVERBS": r"(?:(?:now|also|therefore|today|again|once|consequently|subsequently|just|being|been|be|"
               r"to be|had|since|recently|finally|"
               r"officially|formally|successfully|so far|currently|hereby|thus|automatically|immediately|already|"
               r"straight) ,?)*",
    "DIRECTLY": r"(?:(?:back|straight|directly|down|right|again|now) )*",
    # a tag beside the tag "Special measures"
    "TAG": r"(?:(?:(?:overall|rated|rating|overall rating):? )?inadequate"
           r"|(?:\d |one |two )?warning notices?(?: (?:served|issued|in force))?|care home|nursing home|homecare|registered)",
    "OBJECT": r"(?:(?!(?:if|unless|out of|while|whilst|since|when|because|which|who|is|are|was|were|has|have|had|"
              r"remain\w*|stay\w*)\b)[^; ]+ ){0,14}?",
    "TOWARDS": r"(?:(?!(?:and|so|because|therefore|was|were|has|have|had)\b)[^; ]+ ){0,10}?",
    "GAP": r"(?:(?!(?:if|unless|out of)\b)[^; ]+ ){0,14}?",
}  # fmt: skip

# GAP, OBJECT, TOWARDS, DIRECTLY and ADVERBS include a final space. In a pattern, the space after one of these names is only for
# readability.
_MACRO = re.compile(r"(?:(?<=\\b)|\b)(?:(?:GAP|OBJECT|TOWARDS|DIRECTLY|ADVERBS) ?|(?:" + "|".join(_MACROS) + r")\b)")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern with its macros expanded, including macros within macros. Patterns are compiled only when a text mentions
    special measures. If all were compiled when a command starts, a command that reads no text would take twice as long to
    start."""
    for _ in range(3):
        pattern = _MACRO.sub(lambda name: _MACROS[name.group().strip()], pattern)
    return re.compile(pattern)
