"""Decides whether a sentence about special measures, enforcement or registration is about this service, and about the present.

A sentence is about the service now unless one of `RULES` excludes it. A rule excludes sentences about somebody else, the past,
a condition, rules in general, statements or demands of other people, or action that was not taken, was only considered, is only
proposed, or was lifted. Each rule has a name and an example. The tests remove each rule in turn and expect its example to fail.
Source: docs/facts/special-measures.md.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from monitor.cqc.read import bearing_words as patterns
from monitor.cqc.read import general, months, sentences, whose
from monitor.cqc.read.bearing_others import OF_OTHERS
from monitor.cqc.read.bearing_rules import NOT_NOW, Bearing, Rule
from monitor.cqc.read.others import NOBODY, THIS_ONE, About, names_both
from monitor.cqc.read.sentences import Sentence
from monitor.cqc.read.words import date_of


def council_at_start(clause: str) -> str:
    """The council or other body with which a clause in plain form begins; "" if it begins otherwise."""
    found = patterns.COUNCIL_FIRST.match(clause)
    return found[0] if found else ""


RULES: Final[tuple[Rule, ...]] = (*OF_OTHERS, *NOT_NOW)


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
    if (
        (own.bearing in _OUTDONE or own.rule == "the past")
        and (did := patterns.DID.search(clause))
        and not (own.bearing is Bearing.LIFTED and _comes_later(clause, did))
    ):
        own = _borne(
            clause,
            [
                rule
                for rule in rules
                if rule.bearing not in _OUTDONE and (rule.name != "the past" or patterns.BEFORE.search(clause))
            ],
        )
        return own if own.bearing is not Bearing.NOW else _beyond(sentence, about, clause, rules)
    if own.bearing is Bearing.OTHERS and names_both(sentence, about):
        own = Borne(Bearing.NOW)
    stood = _STOOD | {Bearing.CONDITION} if patterns.IN_FORCE.search(clause) else _STOOD
    if own.rule == "any service" and patterns.NOT_LIFTED.search(clause):
        own = Borne(Bearing.NOW)
    if own.bearing is Bearing.CONSIDERED and (why := patterns.WHY.search(clause)) and patterns.STANDS.search(clause, why.end()):
        own = Borne(Bearing.NOW)
    if patterns.STANDS.search(clause) and own.bearing in stood and "propos" not in clause:
        own = Borne(Bearing.NOW)
    if own.bearing is Bearing.GENERAL and patterns.USED.search(clause):
        own = _borne(clause, [rule for rule in rules if rule.bearing is not Bearing.GENERAL])
    done_instead = (
        own.bearing is Bearing.NOW and not sentence.plain.startswith(clause) and patterns.DID.search(clause) is not None
    )
    opened = _opening(sentence) if own.bearing in (Bearing.NOW, Bearing.PROPOSED, Bearing.LIFTED) else None
    if opened is not None and not (done_instead and opened.bearing is Bearing.CONDITION):
        return opened
    if own.bearing is not Bearing.NOW:
        return own
    return _beyond(sentence, about, clause, rules)


def _aside(clause: str, sentence: Sentence) -> Borne | None:
    """What the module `general` decides about a clause; None if it decides nothing."""
    if general.is_legend(sentence.plain):
        return Borne(Bearing.GENERAL, "what a rating means")
    if "profile" in sentence.plain and general.is_of_old_profile(sentence.plain[: sentence.plain.find(clause) + len(clause)]):
        return Borne(Bearing.OTHERS, "an earlier registration")
    if general.is_general(clause) and patterns.DID.search(clause) is None:
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
    if "ours " in sentence.plain and patterns.OURS.search(sentence.plain) and "ours " not in clause:
        return Borne(Bearing.OTHERS, ANOTHER_NAME)
    if whose.names_another(sentence.text, about.names) and not names_both(sentence, about):
        return Borne(Bearing.OTHERS, ANOTHER_NAME)
    if _names_only_another(clause, sentence, about):
        return Borne(Bearing.OTHERS, ANOTHER_NAME)
    now = sentences.NOW.search(clause) is not None or patterns.PERFECT.search(clause) is not None
    past = is_of_the_past(clause, about) or (_opens_in_the_past(sentence, about) and not is_recent(clause, about))
    past = past or months.are_long_ago(clause, about.published)
    if past and not now:
        return Borne(Bearing.PAST, "a year before the report's")
    if (
        about.published
        and (span := patterns.SPAN.search(clause))
        and (end := day_of(span["end"], last=True))
        and end < about.published
    ):
        return Borne(Bearing.PAST, "a time that ended before the report")
    if (
        sentence.lead
        and (led := _borne(sentence.lead, RULES)).bearing is not Bearing.NOW
        and not (led.bearing is Bearing.GENERAL and THIS_ONE.search(clause))
    ):
        return Borne(led.bearing, f"{led.rule}, in the line above the list")
    if (section := _borne(sentence.section, rules)).bearing in _OF_A_SECTION and not (
        section.bearing is Bearing.GENERAL and patterns.DONE.search(clause)
    ):
        return Borne(section.bearing, f"{section.rule}, in the heading above")
    newly = is_recent(clause, about) and not sentences.speaks_of_earlier(sentence.plain)
    before = (
        sentence.earlier
        and not newly
        and not (now and clause != sentence.plain.strip(" ,."))
        and not _is_told_why(clause, sentence)
    )
    return Borne(Bearing.PAST, AN_EARLIER) if before else Borne(Bearing.NOW)


def _names_only_another(clause: str, sentence: Sentence, about: About) -> bool:
    """Whether the names in a clause are all those of other services, although the rest of the sentence names this service."""
    named = whose.named(sentence.text, about.names)
    here = [own for name, own in named if name in clause]
    return bool(here) and not any(here) and any(own for _, own in named) and not names_both(sentence, about)


def _is_told_why(clause: str, sentence: Sentence) -> bool:
    """Whether only the reason for CQC's action is about the past, and not the action itself."""
    return (
        patterns.REASON.match(sentence.plain) is not None
        and patterns.DID.search(clause) is not None
        and not sentences.speaks_of_earlier(clause)
    )


_OUTDONE = frozenset({Bearing.CONDITION, Bearing.GENERAL, Bearing.HEARSAY, Bearing.DENIED, Bearing.CONSIDERED, Bearing.LIFTED})
_LIFTED_RULES = tuple(rule for rule in RULES if rule.bearing is Bearing.LIFTED)


def _comes_later(clause: str, did: re.Match[str]) -> bool:
    """Whether a word such as "lifted" comes after the words for CQC's action."""
    return any(_compiled(rule.pattern).search(clause, did.end()) for rule in _LIFTED_RULES)


# a clause with one of these decisions becomes NOW if it contains words such as "not met" or "appeal dismissed"
_STOOD = frozenset({Bearing.NOW, Bearing.LIFTED, Bearing.DENIED, Bearing.HEARSAY, Bearing.PROPOSED})
ANOTHER_NAME: Final = "another name"
AN_EARLIER: Final = "an earlier inspection"
_OF_A_SECTION = frozenset({Bearing.OTHERS, Bearing.PAST, Bearing.GENERAL, Bearing.CONDITION})


def _borne(text: str, rules: Sequence[Rule]) -> Borne:
    for rule in rules:
        if _compiled(rule.pattern).search(text):
            return Borne(rule.bearing, rule.name)
    return Borne(Bearing.NOW)


_LEAST_QUOTED = 12  # the fewest characters between double quotation marks


def _is_term(quoted: re.Match[str]) -> bool:
    """Whether a text between quotation marks is one of CQC's terms, and the sentence makes a statement with it. "The phrase
    “special measures”" is only about the words."""
    return patterns.TERM.fullmatch(quoted[1] or quoted[2]) is not None and not patterns.OF_WORDS.search(
        quoted.string[max(quoted.start() - 30, 0) : quoted.start()]
    )


def _quoted(sentence: Sentence) -> Borne | None:
    """Returns the decision "hearsay" for a sentence that quotes somebody other than CQC; None for other sentences."""
    quoted = (one for one in patterns.QUOTED.finditer(sentence.text) if len(one[1] or one[2] or "") >= _LEAST_QUOTED)
    found = next((one for one in quoted if not _is_term(one)), None)
    if found is None:
        return None
    around = f"{sentence.text[: found.start()]} {sentence.text[found.end() :]}"
    return (
        None if not around.strip(" .,") or patterns.OF_CQC.search(around) else Borne(Bearing.HEARSAY, "somebody's words, quoted")
    )


def day_of(text: str, *, last: bool = False) -> date | None:
    """The latest day in a text in plain form. For a month without a day, the first of the month is used, or the 28th if `last`
    is true. None if the text contains no day and no month with its year."""
    days = [date_of(f"{day or (28 if last else 1)} {month} {year}") for day, month, year in patterns.DAY.findall(text)]
    days += [date_of(f"{day or (28 if last else 1)}/{month}/{year}") for day, month, year in patterns.IN_NUMBERS.findall(text)]
    return max((day for day in days if day), default=None)


def _opening(sentence: Sentence) -> Borne | None:
    """What all clauses of a sentence are about, according to its opening words ("If …", "Under its former owner …"). None if
    the opening words do not show this."""
    if patterns.ASKED_WHETHER.search(sentence.plain):
        return Borne(Bearing.HEARSAY, "asked whether")
    if patterns.IF.match(sentence.plain):
        return Borne(Bearing.CONDITION, "if, at the beginning")
    if patterns.UNDER_ANOTHER.match(sentence.plain):
        return Borne(Bearing.OTHERS, "a former owner, at the beginning")
    return (
        Borne(Bearing.GENERAL, "the line above a report's table")
        if patterns.TABLE.match(sentence.plain) and not patterns.A_NUMBER.search(sentence.plain)
        else None
    )


def _opens_in_the_past(sentence: Sentence, about: About) -> bool:
    """Whether a sentence begins with a time before the newest report: "In 2019 …"."""
    opening = re.match(r"(?:in|on|at|back in|during|from|by|until) [^,]{0,30}?\b(?:19|20)\d\d\b", sentence.plain)
    return (opening is not None and is_of_the_past(opening[0], about)) or months.opens_long_ago(sentence.plain, about.published)


def is_recent(clause: str, about: About) -> bool:
    """Whether a clause contains the year of the newest report or a later year."""
    years = [int(year) for year in patterns.YEAR.findall(patterns.NOT_A_TIME.sub("", clause))]
    return bool(years and about.published) and max(years) >= about.published.year  # type: ignore[union-attr]


def is_of_the_past(clause: str, about: About) -> bool:
    """Whether a clause contains years, and all are before the year of the newest report."""
    years = [int(year) for year in patterns.YEAR.findall(patterns.NOT_A_TIME.sub("", clause))]
    return bool(years and about.published) and max(years) < about.published.year  # type: ignore[union-attr]
