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

Every rule has a name, its own example and the decision expected for this example. The tests remove each rule in turn and expect
its example to fail. Source for the whole module: docs/facts/special-measures.md.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from monitor.cqc.read import bearing, general, months, sentences, whose
from monitor.cqc.read import special_measures_words as patterns
from monitor.cqc.read.bearing_rules import Bearing
from monitor.cqc.read.definitions import is_definition
from monitor.cqc.read.others import NOBODY, About, names_both, of_others
from monitor.cqc.read.sentences import Sentence
from monitor.cqc.read.special_measures_asides import A_SCHOOL
from monitor.cqc.read.special_measures_elsewhere import is_of_some_place
from monitor.cqc.read.special_measures_macros import ENTERED, IN, LEFT, NOTHING, REMAINS, UNCLEAR, Rule, Scope, Tense, compiled
from monitor.cqc.read.special_measures_rules import RULES
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


_ABOUT = ("special",)  # a page break can separate the two words


def decide(paragraphs: Sequence[str], about: About = NOBODY) -> SpecialMeasures:
    """The state of special measures according to `paragraphs`: the paragraphs of a text, in reading order. (From a page, pass
    only those of its newest entry.)

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
    newest = max(
        about.published.year if about.published else 0,
        *(int(year) for sentence in read for year in patterns.YEAR.findall(sentence.plain)),
        0,
    )
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
        both = both or patterns.THIS_ONE.match(clause.text) is not None
        elsewhere = (
            (number in others and not both)
            or _names_only_another(clause, about)
            or (not both and is_of_some_place(clause.so_far, clause.text))
        )
        finding = None if elsewhere or ordinary or _in_general(clause) else _judge(clause, rule, newest, about)
        if finding and number in named and not both:
            # the name in the sentence may be another name of this service
            finding = None if _lists_homes(read, number, about) else replace(finding, says=UNCLEAR)
        findings += [finding] if finding else []
        name = rule.name if rule else "no rule" if finding else "of the past, or about somebody else"
        text = clause.sentence.text
        decisions.append(Decision(Topic.SPECIAL_MEASURES, text, name, fact=finding is not None, left_aside=finding is None))
    return settle(findings), tuple(decisions)


def _lists_homes(read: Sequence[Sentence], number: int, about: About) -> bool:
    """Whether the sentence before, in the same paragraph, names this service as one of several. A new name in the sentence is
    then that of another service."""
    before = read[number - 1] if number else None
    if patterns.A_ROW.fullmatch(read[number].plain):
        return any(patterns.A_ROW.fullmatch(one.plain) and whose.names_this(one.text, about.names) for one in read)
    return (
        before is not None
        and before.paragraph == read[number].paragraph
        and patterns.SEVERAL_HOMES.search(before.plain) is not None
        and whose.names_this(before.text, about.names)
    )


def _names_only_another(clause: Clause, about: About) -> bool:
    """Whether a clause contains only names of other services, although its sentence also contains the name of this service."""
    named = whose.named(clause.sentence.text, about.names)
    # as in "They came from Oak Lodge, which left special measures in May, to help Elm House"
    before = [
        own
        for name, own in named
        if re.search(rf"{re.escape(name)}(?:, [^,;]{{2,40}})?, (?:which|that) [^,;]*\bSM\b(?!.*\bSM\b)", clause.so_far)
    ]
    if before:
        return not any(before)
    here = [own for name, own in named if name in clause.text]
    if (lent := patterns.A_HOME_IN.search(clause.text)) is not None and about.names:
        return not any(name and lent["who"].endswith(sentences.plain(name)) for name in about.names)
    return any(own for _, own in named) and bool(here) and not any(here)


def _ordinary(rule: Rule | None, clause: Clause, before: bool) -> bool:
    """Whether a clause is about precautions: its own words show this, or it continues a previous clause about precautions."""
    return (rule is not None and rule.name == "precautions, in the ordinary sense") or (
        before and patterns.THESE.search(clause.text) is not None
    )


def _in_general(clause: Clause) -> bool:
    """Whether a clause is about rules in general. It is if the heading above it asks what happens in general, or contains a
    condition. But a clause is not about rules in general if it states outright what was done, or contains words such as "this
    service"."""
    if general.is_of_old_profile(clause.sentence.plain.rpartition("special")[0]) or (
        general.is_general(clause.text) and _done(clause) is None
    ):
        return True
    section = clause.sentence.lead or clause.sentence.section
    if patterns.ASKS_IN_GENERAL.search(section) is None or (
        patterns.HOLDS_HERE.match(clause.text) and not patterns.ON_A_CONDITION.search(section)
    ):
        return False
    return _done(clause) is None and patterns.THIS.search(clause.text) is None


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
    aside = patterns.WHICH_IS_IN.search(clause.text) is not None
    left_out |= _OUTDONE
    return next(
        (
            rule
            for rule in rules
            if rule.name not in left_out and _fits(rule, clause if rule.says is NOTHING and not aside else said)
        ),
        None,
    )


def _done(clause: Clause) -> str | None:
    """The words of a clause that state outright what was done; None if there are no such words."""
    if patterns.WHICH_IS_IN.search(clause.text):
        return "is in SM"
    if compiled(_IN_DOUBT).search(_without_reason(clause.text)):
        return None
    found = compiled(_DONE).search(clause.text)
    return found[0] if found else None


# Words that state outright what was done. Only words directly before them can change this statement; words elsewhere in the
# sentence cannot.
_DONE = (
    r"\bSM (?:have|has) (?:(?:now|also|again|therefore) )*been (?:imposed|applied)\b"
    r"|\b(?:has|have) (?:(?:now|also|again|just|only|today|therefore|since) )*been (?:PLACED|GOT_OUT)"
    r"|\b(?:we|cqc) (?:have |has |had )?(?:(?:now|also) )?(?:(?:placed|put) OBJECT INTO|GOT_OUT)"
    r"|\b(?:has|have) (?:(?:now|only|just) )*(?:(?:landed|put|placed|plunged|tipped|pushed) OBJECT INTO|left NAMED_SM|come OUTOF"
    r"|gone INTO)"
    r"|\bis (?:now )?(?:out of|no longer in) SM|\b(?:after|following) being PLACED"
)
_IN_DOUBT = (
    r"\b(?:would|could|might|may|not|should) (?:\w+ ){0,2}have (?:been|left|come|gone|taken)\b"
    r"|\b(?:if|unless|whether|once|when|until|as though|as if) (?:[\w'-]+ ){0,4}?(?:has|have|is|we) (?:\w+ ){0,2}?"
    r"(?:been|placed|put|left|come|gone|no longer|out of)\b"
    r"|\b(?:cannot|can't|not|too early|too soon) (?:yet )?(?:to )?say\b"
    r"|\b(?:recommend|propos|call|wrong|untrue|not true|deni|rumour|claim)\w*"
)
_OUTDONE = frozenset(
    {
        "a condition before",
        "a condition behind",
        "a risk, a warning, a wish of others",
        "may or could be placed",
        "not placed",
        "what CQC usually does",
        "hoped for, set to, recommended",
        "stays out of them",
        "not improved enough to come out",
        "a council's department",
    }
)


def _clauses(read: Sequence[Sentence]) -> list[Clause]:
    """The clauses that mention special measures, and clauses after these that refer back to special measures."""
    found: list[Clause] = []
    mentioned = -2
    for number, sentence in enumerate(read):
        text = patterns.SM.sub("SM", sentence.plain.removeprefix("important: "))
        if "SM" in text or mentioned == number - 1:
            text = _rewritten(text, sentence)
        if "SM" not in text and mentioned != number - 1:
            continue
        so_far = begins = 0
        for piece, end in _pieces(text):
            begins = _begins(text, begins, so_far, piece)
            so_far, said = end, piece
            if "SM" not in piece:
                if mentioned < number - 1 or (
                    patterns.PRONOUN.search(piece) and patterns.ANTECEDENT.search(text[:end].removesuffix(piece))
                ):
                    continue
                piece = _pointed(_said_whole(piece, found[-1] if found else None, same=mentioned == number))
                if "SM" not in piece:
                    continue
            elif piece == "SM" and patterns.ACTION.search(sentence.lead):
                mentioned, piece = number, "SM have been imposed"
            elif (sentence.heading and patterns.BARE.fullmatch(piece)) or (piece == "SM" and text[end : end + 2] == ": "):
                mentioned = number
                continue  # "Special measures" is the heading of a section
            else:
                mentioned = number
            piece = patterns.LEFT_THEM.sub(r"\1 SM", piece)
            begun = text[begins : max(text.rfind(said, begins, so_far), begins)] + piece if said != piece else text[begins:so_far]
            found.append(_clause(piece, begun, sentence))
    return found


def _begins(text: str, begins: int, end: int, piece: str) -> int:
    """The position where the part of a sentence that affects the meaning of `piece` begins. This part leaves out a rule for all
    services before `piece` ("A service can only leave when …, so this home stays")."""
    start = text.find(piece, end)
    result = start > end > 0 and patterns.RESULT.fullmatch(text, end, start) is not None
    if patterns.CANNOT.match(piece) and text[end:start].strip() in (";", ", but", "but"):
        return start
    return start if result and patterns.RULE_FOR_ALL.match(text) and not patterns.STILL_FOR_ALL.match(piece) else begins


def _rewritten(text: str, sentence: Sentence) -> str:
    """A sentence in the forms that the rules know, without phrases such as "what we call". This function never adds special
    measures to a sentence that does not mention them."""
    text = general.TO_AN_END.sub(r"\1\2 ended\3", patterns.UNTIL.sub(r"was \1", patterns.WHAT_IS_CALLED.sub("", text)))
    if not sentence.earlier and not patterns.YEAR.search(text):
        text = patterns.TOLD_THAT.sub(r"\g<said> has ", patterns.CQC_SAID.sub(r"\g<said> has ", text))
    text = patterns.HOWEVER.sub(r"\1 ", patterns.YET.sub(" ", patterns.UNLIKE.sub("", patterns.LAST_SEEN.sub(r"\1", text))))
    return patterns.OPENING_DAY.sub(
        "", patterns.WHICH.sub(" ", patterns.DASHED_FIELD.sub(r"\1: ", patterns.ASKED_FIELD.sub(r"\1: ", text)))
    )


def _pieces(text: str) -> list[tuple[str, int]]:
    if patterns.FIELD.match(text) and text.count("SM") == 1:
        return [(_trim(text), len(text))]
    if field := patterns.FIELD_AMONG_OTHERS.search(text):  # as in "Beds: 42 - special measures: yes"
        first, last = field.span("field")
        return [*_pieces(text[:first].rstrip(" -")), (_trim(text[first:last]), last)]
    pieces: list[tuple[str, int]] = []
    start = 0
    for mark in patterns.BREAK.finditer(text):
        if patterns.GOES_ON.match(mark[0]) and "SM" not in text[start : mark.start()]:
            continue
        pieces.append((text[start : mark.start()], mark.start()))
        start = mark.end()
    pieces.append((text[start:], len(text)))
    return [(_trim(piece), end) for piece, end in pieces if piece.strip()]


def _without_asides(text: str) -> str:
    """A text without the asides between commas, except for asides about special measures."""
    return patterns.ASIDE.sub(lambda aside: aside[0] if "SM" in aside[0] else " ", text).replace("  ", " ")


def _trim(piece: str) -> str:
    return piece.strip(" ,.;:!") if not piece.rstrip().endswith("?") else piece.strip()


def _said_whole(piece: str, before: Clause | None, *, same: bool) -> str:
    """Completes `piece`, a shortened clause, with words from the full statement in the clause before it. The full statement may
    be about another service, a rule or a plan. If the clause before contains no full statement, `piece` stays unchanged. `same`
    is true if both clauses are in one sentence."""
    if before is None:
        return piece
    if patterns.THERE_STILL.match(piece) and not patterns.OF_ANY_SERVICE.search(before.text):
        return patterns.THERE_STILL.sub("it remains in SM ", piece)
    if same and before.text.startswith("SM ") and patterns.SAME_SUBJECT.match(piece):
        return f"SM {piece}"
    out, into = (compiled(pattern).search(before.text) is not None for pattern in (_TO_BE_OUT, _TO_BE_IN))
    if same and (found := patterns.NOT.match(piece)) and not patterns.NO_LONGER_IS.match(piece):
        return f"{found['who']} {'has not been taken out of SM' if out else 'is not in SM'}"
    if out == into:
        return piece
    if out and patterns.CANNOT.match(piece):
        return "it cannot come out of SM"
    if out and same and (they := patterns.THEY_WERE.fullmatch(piece)):
        return "SM remain" if they["not"] else "SM have been lifted"
    if patterns.CAME_TRUE.match(piece) and patterns.CONDITION.search(before.text):
        return "it has been placed in SM" if not out else piece
    if patterns.DONE_SO.match(piece):
        return "we have taken it out of SM" if out else "we have placed it in SM"
    return piece if out else patterns.ONE_OF_THEM.sub(r"\1 one of the services in SM", piece)


_TO_BE_OUT = (
    r"OUTOF|GOT_OUT|GET_OUT|GETTING_OUT|GETS_OUT|SM (?:can|could|should|would|might|will|may|are to|is to) (?:now )?(?:be )?"
    r"(?:lifted|removed|ended|end)\b"
)
_TO_BE_IN = "INTO|PLACED|PLACE|PLACING|PLACES"


def _pointed(piece: str) -> str:
    """`piece` with "SM" in place of words that refer back to special measures."""
    piece = patterns.THAT_HOLDS.sub("SM remains", patterns.NOT_OVER.sub("SM ", patterns.NO_MORE.sub(r"\1 not in SM \2", piece)))
    piece = patterns.NO_LONGER_IS.sub("it is no longer in SM", patterns.THEY.sub("SM ", piece))
    piece = patterns.REIMPOSED.sub(
        r"\g<before>SM ",
        patterns.PUT_BACK.sub(lambda back: f"{back[1].removesuffix(' in')} in SM", patterns.WHERE_IT_STAYS.sub("SM: ", piece)),
    )
    piece = patterns.NOW_OUT.sub(r"\1 out of SM", patterns.THERE.sub(r"\1\2 in SM", piece))
    return patterns.POINTS_BACK.sub(
        r"\1 SM", patterns.OUT.sub(lambda out: f"{out.group()} of SM", patterns.SO.sub(r"\1 in SM", piece))
    )


def _clause(piece: str, so_far: str, sentence: Sentence) -> Clause:
    own, before = patterns.PASSING.sub(" ", piece), patterns.PASSING.sub(" ", so_far)
    now = sentences.NOW.search(own)
    in_passing = own != piece or before != so_far
    told = sentences.speaks_of_earlier(before) or (sentence.earlier and not in_passing)
    earlier = sentences.speaks_of_earlier(own) or (told and not now)
    return Clause(text=_without_asides(piece), so_far=_without_asides(so_far), sentence=sentence, earlier=earlier)


def _judge(clause: Clause, rule: Rule | None, newest: int, about: About) -> Finding | None:
    """What a clause says about the present; None if it says nothing about the present."""
    says, tense = (rule.says, rule.tense) if rule else (UNCLEAR, Tense.PAST)
    if (
        says is NOTHING
        or patterns.AT_TIMES.search(clause.text)
        or (clause.sentence.heading and patterns.EARLIER_PART.match(clause.sentence.section))
    ):
        return None
    borne = bearing.of(_without_reason(clause.text), clause.sentence, replace(about, names=()), _BEARINGS).bearing
    recommended = rule is not None and rule.name == _RECOMMENDED
    if says not in (REMAINS, LEFT) and not recommended and _done(clause) is None and borne not in (Bearing.NOW, Bearing.PAST):
        return None
    if tense is Tense.IMPLIED and (borne in (Bearing.OTHERS, Bearing.GENERAL) or patterns.OF_NOBODY.search(clause.text)):
        return None
    if (
        rule
        and rule.name == _ENOUGH
        and bearing.is_of_the_past(clause.sentence.plain, about)
        and not patterns.OF_NOW.search(clause.text)
    ):
        return None
    if (
        tense is Tense.PAST
        and not (rule is None and patterns.PRESENT.search(clause.text))
        and _is_history(clause, newest, about.published)
    ):
        return None
    day = bearing.day_of(clause.sentence.plain) or _day_above(clause.sentence)
    if rule and rule.name == _ENDED and day and about.published and day > about.published + _SINCE_THE_REPORT:
        says = IN  # in "until 20 May 2027" the end is in the future
    newly = (
        (on := bearing.day_of(clause.text)) is not None
        and about.published is not None
        and on >= about.published - _SINCE_THE_REPORT
    )
    if (
        says is ENTERED
        and tense is Tense.PAST
        and not newly
        and (patterns.AFTERWARDS.search(clause.text) or patterns.WHEN_INSPECTED.search(clause.text))
    ):
        return Finding(UNCLEAR, Tense.NOW, clause.sentence.text, day)
    if rule and rule.scope is Scope.HEADLINE and patterns.WAS_DONE.search(clause.text):
        tense = Tense.PAST
    return Finding(says, tense, clause.sentence.text, day, again=rule is not None and rule.name in _BACK_IN)


def _without_reason(text: str) -> str:
    """A clause without the reason at its end ("after inspectors said that …"), unless only the reason mentions special
    measures."""
    short = patterns.REASON.sub("", text)
    return short if "SM" in short else text


_ENDED = "a field: ended"
_BACK_IN = frozenset({"back in them", "put back in them"})
_ENOUGH = "decided, able, improved enough to leave"
_RECOMMENDED = "CQC's recommendation about the trust"

# Rules of the module `bearing` that are also used for clauses about special measures.
_BEARINGS = tuple(
    rule
    for rule in bearing.RULES
    if rule.name in ("a former owner", "a place or firm that the service dealt with", "calls and quotations", "must, or else")
)


def _day_above(sentence: Sentence) -> date | None:
    """The day in the line above a sentence, if that line contains only a day, a month or a year; otherwise None. If a page has
    several notices, each may have such a line above it. A year may also be in the line itself: "2024: Placed in special
    measures". For a year, the result is its first day."""
    if year := patterns.ONLY_A_YEAR.fullmatch(sentence.section) or (
        patterns.IN_A_LINE.search(sentence.plain) if sentence.heading else None
    ):
        return date(int(year[1] or year[2]), 1, 1)
    return bearing.day_of(sentence.section) if patterns.ONLY_A_DAY.fullmatch(sentence.section) else None


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
    years = [int(year) for year in patterns.YEAR.findall(sentence.plain)]
    return bool(years) and (published is None or max(years) + 1 < newest)


def _is_history(clause: Clause, newest: int, published: date | None) -> bool:
    """Whether a clause in the past tense is about history, and not about the news of this text."""
    day = bearing.day_of(clause.text)
    if day and published and day >= published - _SINCE_THE_REPORT:
        return False
    if (
        clause.sentence.heading
        and published
        and (year := patterns.IN_A_LINE.search(clause.text))
        and str(published.year) in year.groups()
    ):
        return False
    long_ago = months.are_long_ago(clause.text, published) or months.opens_long_ago(clause.sentence.plain, published)
    if (
        long_ago
        or clause.earlier
        or patterns.AGO.search(_without_reason(clause.text))
        or begins_with_an_old_day(clause.sentence.plain, published)
    ):
        return True
    if is_later(clause.text) and _years_later(clause.sentence, newest, published):
        return True
    for dated in patterns.DATED.finditer(clause.text):
        # "placed in special measures following an inspection in March 2025" is news if the text contains no later year
        if not patterns.INSPECTED_ON.search(clause.text[: dated.start()]) or int(dated.group(1)) < newest:
            return True
    return False
