# ruff: noqa: E501 - each pattern is on one line, whatever its length
"""Reads what a text states about special measures at the service.

Pages, files and the API have no field for special measures; CQC states them only in sentences. This module decides what these
sentences mean, in four steps:

1. Only two kinds of clause are used: clauses that mention special measures, and clauses that refer back to special measures
("taken out of them"). In the code, "special measures" is written SM.

2. The meaning of a clause is that of the first rule in `RULES` that matches the clause. The first rules exclude clauses that
are not about this service now: special measures of another service, special measures in general, threats, denials. The other
rules are for exits, stays, entries, and plain statements that the service is in special measures.

3. A clause about the past says nothing about the present. A clause is about the past if it mentions an earlier inspection or a
date, or contains "had been".

4. A clause about the present state takes precedence over a clause about a past act. If the remaining clauses contradict each
other, the state is unclear.

Every rule has a name, its own example and the decision expected for this example. The tests remove each rule in turn and expect its
example to fail. Source for the whole module: docs/facts/special-measures.md.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from monitor.cqc.read import bearing, general, months, moves, sentences, whose
from monitor.cqc.read.bearing import Bearing
from monitor.cqc.read.definitions import is_definition
from monitor.cqc.read.others import NOBODY, About, names_both, of_others
from monitor.cqc.read.sentences import Sentence
from monitor.cqc.read.special_measures_elsewhere import is_of_some_place
from monitor.cqc.read.special_measures_rules import (
    A_SCHOOL,
    ENTERED,
    IN,
    LEFT,
    NOTHING,
    REMAINS,
    RULES,
    UNCLEAR,
    Rule,
    Scope,
    Tense,
    compiled,
)
from monitor.cqc.read.special_measures_settled import Finding, settle
from monitor.cqc.read.timeline import begins_with_an_old_day, is_later
from monitor.model import Decision, SpecialMeasures, Topic


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause about special measures. `so_far` is the sentence up to the end of the clause. `text` and `so_far` are plain,
    with SM for "special measures". `earlier` says whether the clause is about an earlier inspection."""

    text: str
    so_far: str
    sentence: Sentence
    earlier: bool


# Misspellings with a letter left out, doubled or in the wrong place are accepted: "special mesures", "special meaures"
_SM = re.compile(r"\bspecial[ -]+(?:measures?|m(?:e|a|ae|ei|eas?)s{1,2}u?re?s?|meaures?|mearsures?|measuers?|mesaures?)\b")
# as in "In special measures? Yes"
_ASKED_FIELD = re.compile(r"^(?:is (?:it|this \w+|the \w+) )?((?:in )?SM)\?:? (?=(?:yes|no)\b)")
_DASHED_FIELD = re.compile(r"^((?:in |current )?SM(?: status)?) - (?=(?:entered|since|from|until|ended|lifted|left|placed|removed|yes|no|none|imposed|applied|extended|in force)\b(?! longer))")
_ABOUT = ("special",)  # a page break can separate the two words
_POINTS_BACK = re.compile(r"\b((?:out|free|rid|clear) of|from|in|into|under|(?:return(?:s|ed)?|back) to|re-?enter(?:s|ed|ing)?|applied|(?:we|cqc) (?:are|is) (?:now |also )?(?:applying|using)|imposed|entered|left|leaves|leave|leaving|exited|exit|exiting|shed|sheds|shaken off|cast off) (?:them|these(?=$|[,.])|(?:these|those) measures|(?:this|that) (?:status|"
                          r"category|regime)|(?:the )?measures)\b")
_THEY = re.compile(
    r"^(?:(?:so|today|now|and) )?(?:they|these|those) (?=(?:(?:now|also|have|has|are|were|will|will now|therefore) )*(?:been )?(?:took effect|take effect|begin|began|start(?:ed)?|came into force|come into force|apply|applied|imposed|lifted|ended|removed|extended|remain|stay|continue)\b)"
)
_SO = re.compile(r"\b(remains?|remained|stays?|stayed|is still) (?:so|there)$")
_OUT = re.compile(r"\b(?:taken|takes?|took|lifted|lifts|come|comes|came|moved|brought|brings)(?: it| the \w+)?(?: back)? out(?=$| until\b| before\b| yet\b| again\b)")
_NOW_OUT = re.compile(r"\b(is|are) (?:now |finally )?out$")
_THERE = re.compile(r"\b(placed|put|kept|stays?|remains?|remain|stay|still)((?: it| the \w+)?) there(?=$| (?:once|again|a second|at this|after|following|during|for|because)\b)")
_THERE_STILL = re.compile(r"^(?:(?:it|the \w+) )?(?:will |must |is to )?(?:stays?|remains?) there (?=(?:while|until|till|for|because|as|at least|pending)\b)")
_OF_ANY_SERVICE = re.compile(r"^(?:an?|any|every|each|once|when|if|where) |\bservices\b")
_WHERE_IT_STAYS = re.compile(r"^(?:and )?(?:(?:that|this) is|that's) where (?=(?:it|the \w+) )|^there (?=(?:it|the \w+) (?:\w+ )?(?:remains?|stays?)$)")
_PUT_BACK = re.compile(
    r"^((?:(?:it|they|this \w+|the (?:service|home|practice|agency|hospital|surgery|location)) )?(?:(?:has|have|was|were|now|since|again|been|just) )*"
    r"(?:(?:put|placed|gone|went|goes|sent|moved|taken|fallen|slipped) (?:straight |right )?back(?: in)?|(?:is|are) (?:now |again )?back in))(?=$|[,;]| (?:again|today|this|last|after|following|within)\b)"
)
_REIMPOSED = re.compile(r"^(?!.*\b(?:conditions?|restrictions?|notices?|visits?)\b)(?P<before>.*)\b(?:them|these|the measures) (?=(?:re-?imposed|re-?applied|reinstated)\b)")
_DONE_SO = re.compile(r"^(?:so )?(?:we|(?:the )?(?:care quality commission|cqc|commission)) (?:have|has|did)$|^(?:and )?(?:(?:that|this|it) is|(?:that|this|it)'s) (?:(?:exactly|precisely|just) )?(?:what|the (?:step|decision|action|course)) (?:we've |(?:we|cqc|the commission|the care quality commission) (?:have |has )?|(?:have|has) )?(?:now |therefore )?(?:done|taken|took|did|happened|had to do|decided on)(?: here| now| today| at this \w+| in this case| (?:to|for|with) this \w+)*(?=$|,)|^(?:and |so )?(?:(?:we|cqc|it|the home|the service) )?(?:have|has) (?:now |therefore )?done (?:so|this|that)(?: here| now| today| at this \w+| in this case| for this \w+)*$")
# as in "It would be placed in special measures if nothing changed. Nothing did, and it has been."
_CAME_TRUE = re.compile(r"^(?:and |so )?(?:(?:now )?(?:it|this|(?:the|this) (?:home|service|practice|agency|hospital)) )?(?:now )?has(?: now)?(?: been)?$")
_CONDITION = re.compile(r"\b(?:if|unless|should|in case)\b")
_THEY_WERE = re.compile(r"(?:and )?(?:now )?(?:they|these) (?:were|are|have|did)(?: now)?(?P<not> not|n't)?(?: (?:yet|been))*")
_ONE_OF_THEM = re.compile(r"^(?!(?:for |as )?(?:an?|any|every|each) )((?:[\w' -]{2,60}?(?:, which)? )?is (?:now |itself )?)(?:(?:one of|among) (?:them|these|those)|no exception)(?=$|,)")
_LEFT_THEM = re.compile(r"\b(left|leaves|exited|shed|sheds|come out of|came out of|taken out of|out of) (?:them|(?:this|that) (?:status|category|regime))(?=$|[,.;])")
_NO_LONGER_IS = re.compile(r"^(?:it |the \w+ |this \w+ )?no longer (?:is|are)$|^now (?:it|they) (?:is|are) not$|^(?:it|they) now (?:is|are) not$")
_NO_MORE = re.compile(r"\b(is|are) not (any ?more|any longer)$")
_NOT_OVER = re.compile(r"^(?=(?:has|have) (?:yet to end|not (?:yet )?ended|been extended|continued)\b)")
# as in "Elm House has been taken out …, but Larch House has not"
_NOT = re.compile(r"^(?P<who>[^,;]{2,80}?) (?:has|have|is|was|did) not$")
_BREAK = re.compile(
    r";\s?|,?\s(?:(?<!choice )(?<!option )(?<!alternative )but|whereas|although|though|however|nevertheless)\b,?\s?|"
    r",\s(?:so|which means|which meant|meaning|after which|until)\s"
    r"|,\s(?=(?!which|who|where|that|and|but|or|if|it\b)(?:[\w'-]+ ){1,4}(?:has|have|is) (?:now |also |itself )?(?:come out|been (?:taken out|released|removed|lifted|freed|brought out)|left|out of|back in|been placed|been put|gone into|entered)\b)"
    r"|,\s(?=(?:it|the \w+|this \w+|(?!which|who|where|that|and|but|or|if)[\w'-]+(?: [\w'-]+){0,3}) (?:is|has|have|was) (?:(?:now|since|once|again|been|already) )*(?:(?:put|placed|gone|slipped|fallen|sent|moved) )?(?:back|returned to|re-?entered|(?:had )?(?:them|these) re-?\w+)\b)"
    r"|,?\sand\s(?=(?:(?:some|most|many|other|several) )?(?:people|residents|relatives|staff|families|patients) (?:\w+ ){0,2}?(?:told|said|liked|felt|thought|spoke|described|praised)\b)"
    r"|\s-\s|:\s|,\s(?=(?:has|have|is|was|will|had) (?:now|since|been|being|just|again|therefore|not)\b)|,\swhich\s"
    r"|,\s(?:while|whilst)\s(?=[^,;]{2,60} (?:has|is|was|remains)\b)"
    r"|,\s(?=(?:this|the (?:latest|new|present|newest)) (?:one|report|inspection|visit|assessment) (?:takes?|took|brings?|brought|lifts?|lifted|puts?|places?|placed)\b)"
    r"|,?\sand,\s(?=[^,;]{2,40}, (?:(?:it|the \w+|this \w+) )?(?:is|are|isn't|has|hasn't|have|remains?|stays?)\b)|,?\sand\s(?=[^,;]{2,40}, (?:is|are|remains?|stays?) (?:still|there|so)\b)"
    r"|,?\sand,?\s(?=(?:so|therefore|thus|consequently|as a result|it|this|the|we|cqc|i|is|are|has|have|was|were|had|"
    r"will|(?:with|at|since) this (?:report|inspection|assessment|rating)|remains?|remained|stays?|continues?|continued|if|can|could|may(?! 20\d\d)|now|they|that|there|nothing|came|come|exited|left)\b)"
)

# as in "It was in special measures in March, and that has not changed"
_THAT_HOLDS = re.compile(
    r"^(?:[\w' ]{2,60} (?:confirmed|told us|said|agreed|explained)(?: to us| to inspectors)?(?: that)? )?(?:this|that|it) (?:is|was|remains|remained) (?:still )?(?:the (?:position|case|situation)|so|true)(?: today| now)?$|^(?:this|that|it|its status|the (?:position|situation|status)) (?:(?:has|have) (?:still )?not changed|(?:is|remains) (?:still )?(?:unchanged|the case|so)|still (?:holds|applies|stands)|continues to (?:hold|apply))(?: today| now)?$"
    r"|^(?:this|that|it|its status|the (?:position|situation|status)) (?:will|does|did|is|has|was) not (?:going to |about to )?(?:changed?|alter(?:ed)?)\b.*$"
    r"|^(?=.*(?:\bnot|n't|\bnothing|\bno|\binsufficient|\btoo little)\b).*\b(?:(?:to|that|which|could|would) (?:change|alter)s? (?:this|that|it)|for (?:this|that|it) to change|(?:changes|alters|changed|altered) (?:this|that|it))\b.*$"
)
# as in "what we call special measures"
_WHAT_IS_CALLED = re.compile(r"\bwhat (?:we|cqc|the regulator) (?:calls?|refers? to as|terms?|describes? as|knows? as) (?=SM\b)")
# As in "CQC said the home had been placed": in reported speech, the news of a text is in the past perfect.
_CQC_SAID = re.compile(
    r"\b(?P<said>(?:cqc|commission|regulator|inspectors?|director|chief inspector|head of inspection|spokes\w+)\b[^;]{0,60}? (?:said|says|announced|confirmed|added|explained|reported|wrote .{3,40} (?:to (?:tell|inform) \w+|to say|saying)|(?:told|informed) (?:\w+ ){1,3}?(?=that\b)) (?:that )?[^,;]{2,60}?) had (?=(?:\w+ )?been\b)"
)

# as in "It said it was disappointed that its home had been placed", which is news too
_TOLD_THAT = re.compile(
    r"\b(?P<said>(?:disappoint\w+|sorry|sad\w*|upset|shock\w*|devastat\w+|surpris\w+|angry|regret\w*|news|notified|informed|learn(?:ed|t)|heard|(?:was|were) told|told by (?:cqc|inspectors)) (?:[^,;]{0,40} )?that [^,;]{2,60}?) had (?=(?:\w+ )?been\b)"
)

_MONTH = rf"(?:{'|'.join(moves.MONTHS)})"
_YEAR = re.compile(r"\b20[0-3]\d\b")
_DATED = re.compile(rf"\b(?:in|on|since|during|from|until|between|back in|by|throughout|(?:most|part|all|much|half|some|end|rest|whole) of|(?:from|between) (?:\d{{1,2}} )?{_MONTH} (?:to|and|until)) (?:early |late |mid-?|the (?:spring|"
                    rf"summer|autumn|winter) of )?(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTH},? )?(20[0-3]\d)\b")
_INSPECTED_ON = re.compile(r"\b(?:inspections?|assessments?|visits?|inspected|assessed|visited|report|published)\b")
_AGO = re.compile(
    r"(?<!said it )(?<!said they )(?<!announced it )(?<!confirmed it )(?<!said that it )\bhad (?:(?:been|twice|three times|previously|"
    r"also|already|first|then|since|once) )*"
    r"(?:been|placed|put|entered|gone|come|left|remained|exited|rated|taken|moved|stayed)\b"
    r"|\b(?:since|before|having|despite|upon|on|when) (?:(?:it|they|the \w+|we|being|been|was|were|had|first|having|"
    r"cqc|rated inadequate and) )*"
    r"(?:being|placed|put|entered|entering|leaving|left|coming|came|moved|going|went|exiting|exited|spending)\b"
    r"|\b(?:it is|it's|it has been) (?:[\w-]+ ){1,4}years? since\b"
    r"|\bfirst (?:placed|put|entered)\b|(?<!has )(?<!have )\bspent\b|\bonce (?:placed|in|under)\b|\bused to be\b"
)
_AT_TIMES = re.compile(r"\bSM (?:\w+ )?(?:twice|before(?! (?:all|we|it|the|any|every|each|this)\b)|in the past|three times|several times|on \w+ (?:previous "
                       r")?occasions)\b|\bpreviously been\b")
# "When we inspected in 2022, it was placed" may be news of this inspection or of an earlier inspection
_WHEN_INSPECTED = re.compile(r"^(?:when|at|during|the) [^,]*\b(?:inspect|assess|visit|report)[^,]*\b20[0-3]\d\b")
_PRESENT = re.compile(r"\b(?:has|have|is|are)\b")
# "after it was placed" is news in a press release, but history in a report
_AFTERWARDS = re.compile(r"\b(?:after|following) (?:(?:it|they|the \w+|being|been|was|were|having|cqc|rated "
                         r"inadequate and) )+(?:placed|put|entered|entering|going|went)\b")
# An aside about an earlier rating. The rest of the sentence may still be about the present.
_PASSING = re.compile(
    r",? ?(?:which |that |who |and )?(?:was |were |had been |having been )?(?:previously|formerly|last|originally) "
    r"(?:rated|judged|assessed as) (?:as )?(?:overall )?(?:outstanding|good|requires improvement|requiring "
    r"improvement|inadequate),?"
    r"|\bfrom (?:its|the|a|their) (?:previous|last|earlier|prior) (?:overall )?ratings?(?: of [\w ]+?)?\b"
)


def decide(paragraphs: Sequence[str], about: About = NOBODY) -> SpecialMeasures:
    """The state of special measures according to `paragraphs`: the paragraphs of a text, in reading order. (From a page, pass only
    those of its newest entry.)

    The quote is the sentence that shows the state, with single spaces. The quote is None if nothing is stated.
    """
    return _decide(paragraphs, RULES, about)[0]


def decided(paragraphs: Sequence[str], about: About = NOBODY) -> tuple[SpecialMeasures, tuple[Decision, ...]]:
    """The state of special measures; and every statement, with what the program concluded from it."""
    return _decide(paragraphs, RULES, about)


def _decide(
    paragraphs: Sequence[str], rules: Sequence[Rule], about: About = NOBODY
) -> tuple[SpecialMeasures, tuple[Decision, ...]]:
    if not sentences.speaks_of("\n".join(paragraphs), _ABOUT):
        return SpecialMeasures(), ()
    read = tuple(sentence for sentence in sentences.read(paragraphs, _ABOUT) if not is_definition(sentence.plain))
    newest = max(about.published.year if about.published else 0, *(int(year) for sentence in read for year in _YEAR.findall(sentence.plain)), 0)
    others, named = of_others(read, about, by_name=False), of_others(read, about)
    findings: list[Finding] = []
    decisions: list[Decision] = []
    ordinary = False  # whether the previous clause was about precautions
    number_of = {id(sentence): number for number, sentence in enumerate(read)}
    for clause in _clauses(read):
        number = number_of[id(clause.sentence)]
        if len(decisions) > sentences.MAX_STATEMENTS:
            decisions.append(Decision(Topic.SPECIAL_MEASURES, clause.sentence.text, ""))
            break
        rule = _rule(clause, rules, about)
        ordinary = _ordinary(rule, clause, ordinary)
        both = names_both(clause.sentence, about)
        both = both or _THIS_ONE.match(clause.text) is not None
        elsewhere = (number in others and not both) or _names_only_another(clause, about) or (not both and is_of_some_place(clause.so_far, clause.text))
        finding = None if elsewhere or ordinary or _in_general(clause) else _judge(clause, rule, newest, about)
        if finding and number in named and not both:
            # the name in the sentence may be another name of this service
            finding = None if _lists_homes(read, number, about) else replace(finding, says=UNCLEAR)
        findings += [finding] if finding else []
        name = rule.name if rule else "no rule" if finding else "of the past, or about somebody else"
        text = clause.sentence.text
        decisions.append(Decision(Topic.SPECIAL_MEASURES, text, name, fact=finding is not None, left_aside=finding is None))
    return settle(findings), tuple(decisions)


# as in "Elm House is one of three homes run by the provider."
_SEVERAL_HOMES = re.compile(r"\b(?:one of|two|three|four|five|six|several|both|other) (?:[\w'-]+ ){0,4}?(?:homes|services|practices|hospitals|agencies|surgeries|branches|clinics)\b")


def _lists_homes(read: Sequence[Sentence], number: int, about: About) -> bool:
    """Whether the sentence before, in the same paragraph, names this service as one of several. A new name in the sentence is
    then that of another service."""
    before = read[number - 1] if number else None
    if _A_ROW.fullmatch(read[number].plain):
        return any(_A_ROW.fullmatch(one.plain) and whose.names_this(one.text, about.names) for one in read)
    return (
        before is not None
        and before.paragraph == read[number].paragraph
        and _SEVERAL_HOMES.search(before.plain) is not None
        and whose.names_this(before.text, about.names)
    )


_A_ROW = re.compile(r"[^.,;]{3,60} is (?:not )?in special measures\.")  # a row of a table of homes, as `fields` puts it into words
_THIS_ONE = re.compile(r"this (?:one|home|service|practice|agency|hospital|surgery) (?:is|has|was|remains?|stays?)\b")


def _names_only_another(clause: Clause, about: About) -> bool:
    """Whether a clause contains only names of other services, although its sentence also contains the name of this service."""
    named = whose.named(clause.sentence.text, about.names)
    # as in "They came from Oak Lodge, which left special measures in May, to help Elm House"
    before = [own for name, own in named if re.search(rf"{re.escape(name)}(?:, [^,;]{{2,40}})?, (?:which|that) [^,;]*\bSM\b(?!.*\bSM\b)", clause.so_far)]
    if before:
        return not any(before)
    here = [own for name, own in named if name in clause.text]
    if (lent := _A_HOME_IN.search(clause.text)) is not None and about.names:
        return not any(name and lent["who"].endswith(sentences.plain(name)) for name in about.names)
    return any(own for _, own in named) and bool(here) and not any(here)


# as in "Staff were lent to Rosebank, a home in special measures"
_A_HOME_IN = re.compile(r"(?P<who>[\w' -]+), an? (?:[\w-]+ ){0,3}?(?:home|service|practice|hospital|agency|surgery) (?:(?:that|which) (?:is|was) )?(?:in|under) SM\b")


def _ordinary(rule: Rule | None, clause: Clause, before: bool) -> bool:
    """Whether a clause is about precautions: its own words show this, or it continues a previous clause about precautions."""
    return (rule is not None and rule.name == "precautions, in the ordinary sense") or (before and _THESE.search(clause.text) is not None)


_THESE = re.compile(r"^(?:(?:these|the|such|all|its|those|most of the|some of the) )*SM (?:took|take|apply|applied|began|was|were|had|have|are|is|has|ended|lasted|came)\b")


def _in_general(clause: Clause) -> bool:
    """Whether a clause is about rules in general. It is if the heading above it asks what happens in general, or contains a
    condition. But a clause is not about rules in general if it states outright what was done, or contains words such as "this
    service"."""
    if general.is_of_old_profile(clause.sentence.plain.rpartition("special")[0]) or (general.is_general(clause.text) and _done(clause) is None):
        return True
    section = clause.sentence.lead or clause.sentence.section
    if _ASKS_IN_GENERAL.search(section) is None or (_HOLDS_HERE.match(clause.text) and not _ON_A_CONDITION.search(section)):
        return False
    return _done(clause) is None and _THIS.search(clause.text) is None


_HOLDS_HERE = re.compile(r"(?:(?:so|and|therefore|now),? )*(?:it|we|the (?:service|home|practice|agency|hospital|surgery)) (?:is|are|remains?) (?:(?:now|currently|still|therefore|again) )*(?:in|under) SM$")
_ON_A_CONDITION = re.compile(r"\b(?:if|when|whenever|unless|where|once)\b")


_ASKS_IN_GENERAL = re.compile(
    r"^(?:what|when|how|why|where) (?:\w+ )?(?:happens|could happen|can happen|will happen|might happen|may happen|do(?:es)?|is|are|we|can|could|our) (?!.*\b(?:this|now)\b)(?:[\w' ,-]*\?$|(?:if|next|when|then|to|special measures|a|our|we|an)\b)"
    r"|^(?:if|unless|when|where) (?:the|a|an|it|we|any|no)\b|^(?:our|cqc's) (?:powers|enforcement polic\w+|options|ratings explained)|^(?:possible|potential) (?:outcomes|consequences|actions)|\b(?:ratings|words|terms|measures) explained\b|^glossary\b|^what [\w' -]{3,50} means?\??$|^(?:about|understanding) (?:\w+ )?special measures\b"
)
_THIS = re.compile(r"\b(?:this|our) (?:service|home|practice|hospital|agency|location|surgery|provider)\b")


def _rule(clause: Clause, rules: Sequence[Rule], about: About) -> Rule | None:
    """The first rule that matches a clause. A rule about another service does not match if the sentence is also about this
    service."""
    left_out = {"another service", "services in general"} if names_both(clause.sentence, about) else set()
    if whose.names_this(clause.sentence.text, about.names):
        left_out.add(A_SCHOOL)  # the service's name may be "The Old School"
    done = _done(clause)
    if done is None:
        return next((rule for rule in rules if rule.name not in left_out and _fits(rule, clause)), None)
    said = replace(clause, text=done, so_far=done)
    aside = _WHICH_IS_IN.search(clause.text) is not None
    left_out |= _OUTDONE
    return next(
        (rule for rule in rules if rule.name not in left_out and _fits(rule, clause if rule.says is NOTHING and not aside else said)), None
    )


def _done(clause: Clause) -> str | None:
    """The words of a clause that state outright what was done; None if there are no such words."""
    if _WHICH_IS_IN.search(clause.text):
        return "is in SM"
    if compiled(_IN_DOUBT).search(_without_reason(clause.text)):
        return None
    found = compiled(_DONE).search(clause.text)
    return found[0] if found else None


# "If …, we will inspect this service, which is in special measures, again": the condition does not apply to "which is in
# special measures".
_WHICH_IS_IN = re.compile(r"\bnow that (?:it|this \w+|the (?:service|home|practice|agency|hospital|surgery|provider)) (?:is|was) (?:in|under) SM(?:[,.]|$)|\b(?:this|our) (?:\w+ )?(?:service|home|practice|hospital|agency|location|surgery|provider), which is (?:now |still |currently |again )?(?:in|under) SM(?:[,.]|$)")


# Words that state outright what was done. Only words directly before them can change this statement; words elsewhere in the
# sentence cannot.
_DONE = (
    r"\bSM (?:have|has) (?:(?:now|also|again|therefore) )*been (?:imposed|applied)\b|\b(?:has|have) (?:(?:now|also|again|just|only|today|therefore|since) )*been (?:PLACED|GOT_OUT)|\b(?:we|cqc) (?:have |has |had )?(?:(?:now|also) )?(?:(?:placed|put) OBJECT INTO|GOT_OUT)|\b(?:has|have) (?:(?:now|only|just) )*(?:(?:landed|put|placed|plunged|tipped|pushed) OBJECT INTO|left NAMED_SM|come OUTOF|gone INTO)"
    r"|\bis (?:now )?(?:out of|no longer in) SM|\b(?:after|following) being PLACED"
)
_IN_DOUBT = (
    r"\b(?:would|could|might|may|not|should) (?:\w+ ){0,2}have (?:been|left|come|gone|taken)\b|\b(?:if|unless|whether|once|when|until|as though|as if) (?:[\w'-]+ ){0,4}?(?:has|have|is|we) (?:\w+ ){0,2}?(?:been|placed|put|left|come|gone|no longer|out of)\b|\b(?:cannot|can't|not|too early|too soon) (?:yet )?(?:to )?say\b|\b(?:recommend|propos|call|wrong|untrue|not true|deni|rumour|claim)\w*"
)
_OUTDONE = frozenset(
    {"a condition before", "a condition behind", "a risk, a warning, a wish of others", "may or could be placed", "not placed", "what CQC usually does", "hoped for, set to, recommended", "stays out of them", "not improved enough to come out",
     "a council's department"}
)


def _clauses(read: Sequence[Sentence]) -> list[Clause]:
    """The clauses that mention special measures, and clauses after these that refer back to special measures."""
    found: list[Clause] = []
    mentioned = -2
    for number, sentence in enumerate(read):
        text = _SM.sub("SM", sentence.plain.removeprefix("important: "))
        if "SM" in text or mentioned == number - 1:
            text = _rewritten(text, sentence)
        if "SM" not in text and mentioned != number - 1:
            continue
        so_far = begins = 0
        for piece, end in _pieces(text):
            begins = _begins(text, begins, so_far, piece)
            so_far, said = end, piece
            if "SM" not in piece:
                if mentioned < number - 1 or (_PRONOUN.search(piece) and _ANTECEDENT.search(text[:end].removesuffix(piece))):
                    continue
                piece = _pointed(_said_whole(piece, found[-1] if found else None, same=mentioned == number))
                if "SM" not in piece:
                    continue
            elif piece == "SM" and _ACTION.search(sentence.lead):
                mentioned, piece = number, "SM have been imposed"
            elif (sentence.heading and _BARE.fullmatch(piece)) or (piece == "SM" and text[end : end + 2] == ": "):
                mentioned = number
                continue  # "Special measures" is the heading of a section
            else:
                mentioned = number
            piece = _LEFT_THEM.sub(r"\1 SM", piece)
            begun = text[begins : max(text.rfind(said, begins, so_far), begins)] + piece if said != piece else text[begins:so_far]
            found.append(_clause(piece, begun, sentence))
    return found


# as in "A service can only leave them when it has improved, so Elm House stays in them"
_RESULT = re.compile(r",? (?:and )?(?:so|therefore|thus|which is why|that is why),? ?$")
_RULE_FOR_ALL = re.compile(r"^(?:an?|any|every|each|no) (?:[\w-]+ ){0,3}?(?:service|provider|home|practice|hospital|agency)\b|^(?:services|providers|homes|practices|hospitals|agencies)\b|^(?:when|where|whenever|once|if) an? ")


def _begins(text: str, begins: int, end: int, piece: str) -> int:
    """The position where the part of a sentence that affects the meaning of `piece` begins. This part leaves out a rule for all
    services before `piece` ("A service can only leave when …, so this home stays")."""
    start = text.find(piece, end)
    result = start > end > 0 and _RESULT.fullmatch(text, end, start) is not None
    if _CANNOT.match(piece) and text[end:start].strip() in (";", ", but", "but"):
        return start
    return start if result and _RULE_FOR_ALL.match(text) and not _STILL_FOR_ALL.match(piece) else begins


_STILL_FOR_ALL = re.compile(_RULE_FOR_ALL.pattern + r"|^(?:it|they|this|that) (?!(?:has|have|is|are) (?:now|been|therefore)\b)")


_PRONOUN = re.compile(r"\b(?:them|these|they|those)\b")
_ANTECEDENT = re.compile(r"\b(?:conditions|restrictions|notices|admissions|visits|ratings|breaches)\b")  # "them" in the same sentence means these


def _rewritten(text: str, sentence: Sentence) -> str:
    """A sentence in the forms that the rules know, without phrases such as "what we call". This function never adds special
    measures to a sentence that does not mention them."""
    text = general.TO_AN_END.sub(r"\1\2 ended\3", _UNTIL.sub(r"was \1", _WHAT_IS_CALLED.sub("", text)))
    if not sentence.earlier and not _YEAR.search(text):
        text = _TOLD_THAT.sub(r"\g<said> has ", _CQC_SAID.sub(r"\g<said> has ", text))
    text = _HOWEVER.sub(r"\1 ", _YET.sub(" ", _UNLIKE.sub("", _LAST_SEEN.sub(r"\1", text))))
    return _OPENING_DAY.sub("", _WHICH.sub(" ", _DASHED_FIELD.sub(r"\1: ", _ASKED_FIELD.sub(r"\1: ", text))))


_UNTIL = re.compile(r"\bwas, (until (?:[a-z]+ )?20\d\d),")
_UNLIKE = re.compile(r"^(?:unlike|like|as with|in contrast to) [^,;]{3,80}, (?=(?:this|our|it|the (?:service|home|practice|agency|hospital|surgery))\b)")
# as in "In special measures, last inspected 3 May 2026"
_LAST_SEEN = re.compile(r"^((?:(?:now|still|currently) )?(?:in|under) SM),? \(?(?:the |its |our )?(?:last|latest|most recent)(?:ly)? (?:assess|inspect|visit|report|review)\w*(?: was| on| in| published)*:? (?:\d{1,2} )?[a-z]+ 20\d\d\)?$")
_HOWEVER = re.compile(r"\b(did|have|has|do|does), (?:however|nevertheless), ")
_YET = re.compile(r"(?<=SM),? (?:nevertheless|nonetheless|however|though|on the other hand|by contrast|in contrast|for (?:their|its) part|meanwhile),? (?=(?:(?:will|must|do|does|have|has|are|is) )?(?:not )?(?:been )?(?:remain|stay|continue|still|apply|stand|end|lift|remov|over)\w*\b)")
_BARE = re.compile(r"(?:(?:the|about|our|what is|what are|what|and|cqc|how|understanding|more on|time in|history of) )*SM(?:: (?:adult social care|gp practices|hospitals|(?:an? |our |your )?(?:guide|guidance|questions|information|explanation|introduction|overview)\b[a-z ]*|(?:what|how|why|when) [a-z ]+))?(?: (?:for (?:adult social care|primary care|hospitals|care homes|gps?|gp practices|(?:nhs )?trusts|dentists|(?:\w+ )?(?:services|providers))|do|does|framework|explained|regime|status|process|programme|means?|work|and \w+ \w+))*")
# words in the line above a list
_ACTION = re.compile(r"\b(?:we|cqc) (?:have |has )?(?:now |also )?(?:taken|took|used|imposed|applied)\b|\b(?:action|actions|measures) (?:taken|in place|in force)\b")
_GOES_ON = re.compile(r",\s(?:which\s)?$")  # separates the past from the present in a sentence about both
_FIELD = re.compile(r"(?:previously |formerly |once |ever )?(?:in |current )?SM(?: status| since| history)?: |(?:regulatory status|status|currently|category|regime|now): (?:in |under )?SM(?:$| \(|, | (?:ended|lifted|removed|since|from|as of))|(?:our |the |cqc's )?(?:decision|outcome|result|judge?ment|next step): SM\b")


_FIELD_AMONG_OTHERS = re.compile(r"(?<=[a-z0-9]) - (?P<field>(?:in )?SM(?: status)?: [^;]{1,60}?)(?= - |$)")


# "Its time in special measures, which began in May, is over": this aside does not separate the subject from its verb.
_WHICH = re.compile(r"(?<=SM), (?:which|that) [^,;]{1,120}, (?=(?:is|are|has|have|was|were|came|ended|will|remains?)\b)")


_OPENING_DAY = re.compile(r"^(?:(?:on )?(?:\d{1,2}/)?\d{1,2}/20\d\d:? (?:- )?|\d{1,2} [a-z]{3,9} 20\d\d (?=(?:out|placed|put|taken|left|entered|in|SM)\b))")  # in a timeline: "11/2026 Special measures ended"


def _pieces(text: str) -> list[tuple[str, int]]:
    if _FIELD.match(text) and text.count("SM") == 1:
        return [(_trim(text), len(text))]
    if field := _FIELD_AMONG_OTHERS.search(text):  # as in "Beds: 42 - special measures: yes"
        first, last = field.span("field")
        return [*_pieces(text[:first].rstrip(" -")), (_trim(text[first:last]), last)]
    pieces: list[tuple[str, int]] = []
    start = 0
    for mark in _BREAK.finditer(text):
        if _GOES_ON.match(mark[0]) and "SM" not in text[start : mark.start()]:
            continue
        pieces.append((text[start : mark.start()], mark.start()))
        start = mark.end()
    pieces.append((text[start:], len(text)))
    return [(_trim(piece), end) for piece, end in pieces if piece.strip()]


_ASIDE = re.compile(r",? (?:(?:in|into|under|to|from) which|which|who|whose|where|as|(?:some|many|most|several|all|both) of (?:them|whom)) [^,;]{1,160},(?= )")


def _without_asides(text: str) -> str:
    """A text without the asides between commas, except for asides about special measures."""
    return _ASIDE.sub(lambda aside: aside[0] if "SM" in aside[0] else " ", text).replace("  ", " ")


def _trim(piece: str) -> str:
    return piece.strip(" ,.;:!") if not piece.rstrip().endswith("?") else piece.strip()


def _said_whole(piece: str, before: Clause | None, *, same: bool) -> str:
    """Completes `piece`, a shortened clause, with words from the full statement in the clause before it. The full statement may
    be about another service, a rule or a plan. If the clause before contains no full statement, `piece` stays unchanged. `same`
    is true if both clauses are in one sentence."""
    if before is None:
        return piece
    if _THERE_STILL.match(piece) and not _OF_ANY_SERVICE.search(before.text):
        return _THERE_STILL.sub("it remains in SM ", piece)
    if same and before.text.startswith("SM ") and _SAME_SUBJECT.match(piece):
        return f"SM {piece}"
    out, into = (compiled(pattern).search(before.text) is not None for pattern in (_TO_BE_OUT, _TO_BE_IN))
    if same and (found := _NOT.match(piece)) and not _NO_LONGER_IS.match(piece):
        return f"{found['who']} {'has not been taken out of SM' if out else 'is not in SM'}"
    if out == into:
        return piece
    if out and _CANNOT.match(piece):
        return "it cannot come out of SM"
    if out and same and (they := _THEY_WERE.fullmatch(piece)):
        return "SM remain" if they["not"] else "SM have been lifted"
    if _CAME_TRUE.match(piece) and _CONDITION.search(before.text):
        return "it has been placed in SM" if not out else piece
    if _DONE_SO.match(piece):
        return "we have taken it out of SM" if out else "we have placed it in SM"
    return piece if out else _ONE_OF_THEM.sub(r"\1 one of the services in SM", piece)


_CANNOT = re.compile(r"^(?:it|they|this|the \w+) (?:cannot|can't|could not|may not)(?: yet| now| at present)?(?=$|,)")
_SAME_SUBJECT = re.compile(r"(?:are|have|were|will) (?:now |then |therefore )*(?:no longer|not|been|be|ended|in (?:place|force))\b")
_TO_BE_OUT = r"OUTOF|GOT_OUT|GET_OUT|GETTING_OUT|GETS_OUT|SM (?:can|could|should|would|might|will|may|are to|is to) (?:now )?(?:be )?(?:lifted|removed|ended|end)\b"
_TO_BE_IN = "INTO|PLACED|PLACE|PLACING|PLACES"


def _pointed(piece: str) -> str:
    """`piece` with "SM" in place of words that refer back to special measures."""
    piece = _THAT_HOLDS.sub("SM remains", _NOT_OVER.sub("SM ", _NO_MORE.sub(r"\1 not in SM \2", piece)))
    piece = _NO_LONGER_IS.sub("it is no longer in SM", _THEY.sub("SM ", piece))
    piece = _REIMPOSED.sub(r"\g<before>SM ", _PUT_BACK.sub(lambda back: f"{back[1].removesuffix(' in')} in SM", _WHERE_IT_STAYS.sub("SM: ", piece)))
    piece = _NOW_OUT.sub(r"\1 out of SM", _THERE.sub(r"\1\2 in SM", piece))
    return _POINTS_BACK.sub(r"\1 SM", _OUT.sub(lambda out: f"{out.group()} of SM", _SO.sub(r"\1 in SM", piece)))


def _clause(piece: str, so_far: str, sentence: Sentence) -> Clause:
    own, before = _PASSING.sub(" ", piece), _PASSING.sub(" ", so_far)
    now = sentences.NOW.search(own)
    in_passing = own != piece or before != so_far
    told = sentences.speaks_of_earlier(before) or (sentence.earlier and not in_passing)
    earlier = sentences.speaks_of_earlier(own) or (told and not now)
    return Clause(text=_without_asides(piece), so_far=_without_asides(so_far), sentence=sentence, earlier=earlier)


def _judge(clause: Clause, rule: Rule | None, newest: int, about: About) -> Finding | None:
    """What a clause says about the present; None if it says nothing about the present."""
    says, tense = (rule.says, rule.tense) if rule else (UNCLEAR, Tense.PAST)
    if says is NOTHING or _AT_TIMES.search(clause.text) or (clause.sentence.heading and _EARLIER_PART.match(clause.sentence.section)):
        return None
    borne = bearing.of(_without_reason(clause.text), clause.sentence, replace(about, names=()), _BEARINGS).bearing
    recommended = rule is not None and rule.name == _RECOMMENDED
    if says not in (REMAINS, LEFT) and not recommended and _done(clause) is None and borne not in (Bearing.NOW, Bearing.PAST):
        return None
    if tense is Tense.IMPLIED and (borne in (Bearing.OTHERS, Bearing.GENERAL) or _OF_NOBODY.search(clause.text)):
        return None
    if rule and rule.name == _ENOUGH and bearing.is_of_the_past(clause.sentence.plain, about) and not _OF_NOW.search(clause.text):
        return None
    if tense is Tense.PAST and not (rule is None and _PRESENT.search(clause.text)) and _is_history(clause, newest, about.published):
        return None
    day = bearing.day_of(clause.sentence.plain) or _day_above(clause.sentence)
    if rule and rule.name == _ENDED and day and about.published and day > about.published + _SINCE_THE_REPORT:
        says = IN  # in "until 20 May 2027" the end is in the future
    newly = (on := bearing.day_of(clause.text)) is not None and about.published is not None and on >= about.published - _SINCE_THE_REPORT
    if says is ENTERED and tense is Tense.PAST and not newly and (_AFTERWARDS.search(clause.text) or _WHEN_INSPECTED.search(clause.text)):
        return Finding(UNCLEAR, Tense.NOW, clause.sentence.text, day)
    if rule and rule.scope is Scope.HEADLINE and _WAS_DONE.search(clause.text):
        tense = Tense.PAST
    return Finding(says, tense, clause.sentence.text, day, again=rule is not None and rule.name in _BACK_IN)


# a heading above lines about an earlier inspection
_EARLIER_PART = re.compile(r"(?:(?:ratings?|findings|status|position) )?(?:at|from|of) (?:the |our |its )?(?:last|previous|earlier) \w+:?$|(?:previous|former|earlier|last) (?:status|ratings?|inspections?|assessments?|position):?$")
_REASON = re.compile(r"\b(?:after|because|since|as) (?:inspectors|cqc|we|they|it|the (?:regulator|watchdog|commission))\b.*|, (?:where|with) .*")


def _without_reason(text: str) -> str:
    """A clause without the reason at its end ("after inspectors said that …"), unless only the reason mentions special
    measures."""
    short = _REASON.sub("", text)
    return short if "SM" in short else text


_ENDED = "a field: ended"
_BACK_IN = frozenset({"back in them", "put back in them"})
_ENOUGH = "decided, able, improved enough to leave"
_RECOMMENDED = "CQC's recommendation about the trust"
_OF_NOW = re.compile(r"\b(?:is|are|has|have|will|now|today|no longer|therefore)\b")

# Rules of the module `bearing` that are also used for clauses about special measures.
_BEARINGS = tuple(rule for rule in bearing.RULES if rule.name in ("a former owner", "a place or firm that the service dealt with", "calls and quotations", "must, or else"))

_OF_NOBODY = re.compile(r"\b(?:an?|any|every|no|each) (?:\w+ )?(?:service|provider|home|practice|hospital)\b|\bSM would\b|\bhow\b|\bwhether\b|\b(?:inspect\w+|inspection was) to\b")


def _day_above(sentence: Sentence) -> date | None:
    """The day in the line above a sentence, if that line contains only a day, a month or a year; otherwise None. If a page has
    several notices, each may have such a line above it. A year may also be in the line itself: "2024: Placed in special
    measures". For a year, the result is its first day."""
    if year := _ONLY_A_YEAR.fullmatch(sentence.section) or (_IN_A_LINE.search(sentence.plain) if sentence.heading else None):
        return date(int(year[1] or year[2]), 1, 1)
    return bearing.day_of(sentence.section) if _ONLY_A_DAY.fullmatch(sentence.section) else None


_ONLY_A_YEAR = re.compile(r"(?:in )?(20\d\d)():?")
_IN_A_LINE = re.compile(r"^(?:in )?(20\d\d)(?:: | - | )(?=(?:placed|put|taken|left|entered|in|out|removed|lifted|special) )|(?:, | \(?in | \(| - )(20\d\d)\)?$")
_ONLY_A_DAY = re.compile(r"(?:notice |published |posted |added |updated |assessed |inspected |assessment |inspection )?(?:on |of |from |in )?(?:(?:\d{1,2}(?: [a-z]+)?(?: 20\d\d)?(?:, | to | and | - ?|-))*(?:\d{1,2} )?[a-z]{3,9} 20\d\d|(?:\d{1,2}/)?\d{1,2}/20\d\d):?")
# A line of a list that tells what was done. It says nothing about the present if a later line tells the opposite.
_WAS_DONE = re.compile(r"^(?:(?:in )?20\d\d:? )?(?:taken|removed|lifted|released|moved|brought|came) (?:it |back )?out of SM\b")


def _fits(rule: Rule, clause: Clause) -> bool:
    if rule.scope is Scope.HEADLINE and not clause.sentence.heading:
        return False
    return _found(rule.pattern, clause.so_far if rule.scope is Scope.SO_FAR else clause.text)


@lru_cache(maxsize=8192)  # enough for a hundred clauses with all rules; CQC repeats its sentences, even on one page
def _found(pattern: str, text: str) -> bool:
    return compiled(pattern).search(text) is not None


_SINCE_THE_REPORT = timedelta(days=62)  # the longest time from an entry into special measures, or an exit, to the report


def _years_later(sentence: Sentence, newest: int, published: date | None) -> bool:
    """Whether a time such as "the year after" is over: the latest year in the sentence is at least two years before the newest
    report, or the day of that report is not known."""
    years = [int(year) for year in _YEAR.findall(sentence.plain)]
    return bool(years) and (published is None or max(years) + 1 < newest)


def _is_history(clause: Clause, newest: int, published: date | None) -> bool:
    """Whether a clause in the past tense is about history, and not about the news of this text."""
    day = bearing.day_of(clause.text)
    if day and published and day >= published - _SINCE_THE_REPORT:
        return False
    if clause.sentence.heading and published and (year := _IN_A_LINE.search(clause.text)) and str(published.year) in year.groups():
        return False
    long_ago = months.are_long_ago(clause.text, published) or months.opens_long_ago(clause.sentence.plain, published)
    if long_ago or clause.earlier or _AGO.search(_without_reason(clause.text)) or begins_with_an_old_day(clause.sentence.plain, published):
        return True
    if is_later(clause.text) and _years_later(clause.sentence, newest, published):
        return True
    for dated in _DATED.finditer(clause.text):
        # "placed in special measures following an inspection in March 2025" is news if the text contains no later year
        if not _INSPECTED_ON.search(clause.text[: dated.start()]) or int(dated.group(1)) < newest:
            return True
    return False
