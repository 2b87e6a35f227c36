"""Reads the sentences with CQC's other statements about a service: ratings suspended or withdrawn, a report removed or
corrected, an inspection in progress, a closure, dormancy, and the end of the service's registration.

For each clause with one of these statements, the module `bearing` decides which service and which time the clause is about.
Source: docs/facts/special-measures.md, What stands in a rating's place; docs/facts/pages.md, What a person sees.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import Final

from monitor.cqc.read import bearing, sentences
from monitor.cqc.read import said_words as patterns
from monitor.cqc.read.bearing_rules import Bearing
from monitor.cqc.read.clauses import clauses
from monitor.cqc.read.others import NOBODY, About, of_others
from monitor.cqc.read.register_words import is_undone, off_the_register
from monitor.cqc.read.sayings import SAYINGS, Saying
from monitor.cqc.read.sentences import Sentence
from monitor.model import Decision, GroupReading, Said, SaidKind, Topic

_COMPILED = tuple((one, re.compile(one.pattern), re.compile(one.unless)) for one in SAYINGS)

ABOUT: Final = (
    "rating", "rated", "report", "inspect", "assess", "visit", "clos", "shut", "dorman", "regist", "archived", "cease", "trading",
    "regulated activit", "not currently providing", "wind", "stop", "no longer", "run by", "taken over", "transfer", "ownership",
    "sold to",
)  # fmt: skip
"""Every sentence with one of these statements contains one of these words (lower case)."""


def decide(paragraphs: Sequence[str], about: About = NOBODY) -> tuple[tuple[Said, ...], tuple[Decision, ...]]:
    """The first statement of each `SaidKind` in a text, in text order; and every statement, with what the program concluded from
    it."""
    found: dict[SaidKind, Said] = {}
    decisions: list[Decision] = []
    read = sentences.read(paragraphs, ABOUT)
    others = of_others(read, about)
    over = _ends_of_suspension(read) - others
    for number, sentence in enumerate(read):
        if number in over:
            found.pop(SaidKind.RATINGS_SUSPENDED, None)
        if number in others or sentence.plain.endswith("?") or not patterns.WORTH.search(sentence.plain):
            continue
        told = (
            _closure(read, number, about)
            or _left_register(sentence, about)
            or list(_sayings(read, number, about, is_over=number in over))
        )
        for decision, kind in told or _of_no_kind(sentence, about):
            decisions.append(decision)
            if kind is not None:
                words = decision.text if kind is not SaidKind.REPORT_REMOVED else _with_what_was_done(read, number)
                found.setdefault(kind, Said(kind=kind, quote=words, since=bearing.day_of(sentences.plain(words))))
        if len(decisions) > sentences.MAX_STATEMENTS:
            decisions.append(Decision(Topic.REGISTRATION, sentence.text, ""))
            break
    return tuple(found.values()), tuple(decisions)


_TOLD = frozenset({Bearing.NOW, Bearing.PROPOSED, Bearing.CONSIDERED, Bearing.LIFTED})


def _of_no_kind(sentence: Sentence, about: About) -> Iterator[tuple[Decision, SaidKind | None]]:
    """Yields a sentence with a statement for which there is no `SaidKind`, as a statement that is not understood."""
    told = _TOLD
    if new := patterns.OF_A_NEW_PROVIDER.search(sentence.plain):
        told |= {Bearing.OTHERS}  # in these words "a different provider" does not mean another service
    if (new or patterns.NO_KIND.search(sentence.plain)) and bearing.of(sentence.plain, sentence, about).bearing in told:
        yield Decision(Topic.REGISTRATION, sentence.text, "", left_aside=False), None


@lru_cache(maxsize=1024)  # CQC writes the same sentences on many pages
def _alike(plain: str) -> tuple[tuple[Saying, re.Pattern[str]], ...]:
    """The members of `SAYINGS` that match a sentence, each with its pattern."""
    return tuple((one, pattern) for one, pattern, unless in _COMPILED if pattern.search(plain) and not unless.search(plain))


def _sayings(read: Sequence[Sentence], number: int, about: About, *, is_over: bool) -> Iterator[tuple[Decision, SaidKind | None]]:
    """Yields a decision for each member of `SAYINGS` that matches the sentence, together with the kind of statement. In place of
    the kind, yields None if the sentence does not make this statement about this service now. `is_over` is true if the
    sentence says that a suspension of the ratings has ended."""
    sentence = read[number]
    for saying, pattern in _alike(sentence.plain):
        if saying.kind is SaidKind.RATINGS_SUSPENDED and is_over:
            continue
        if saying.kind is SaidKind.REGISTRATION_ENDED and _is_anothers(sentence.plain, about):
            yield Decision(Topic.REGISTRATION, sentence.text, "", fact=False, left_aside=False), None
            continue
        rule = _aside(saying, sentence, pattern, about)
        yield (
            Decision(Topic.REGISTRATION, sentence.text, rule or saying.name, fact=not rule, left_aside=bool(rule)),
            None if rule else saying.kind,
        )


_OF_CLOSING = ("clos", "cease", "no longer", "regist", "shut", "stop", "archived")
_MOST_BEFORE = timedelta(days=366)
"""A report may be published after its service closed. If the report was published more than this time after the closure, the
service has reopened since the closure."""


def _closure(read: Sequence[Sentence], number: int, about: About) -> list[tuple[Decision, SaidKind | None]]:
    """Decides whether this service has closed according to a sentence. Returns an empty list for sentences about other
    subjects. If the service may have reopened, the sentence is listed as not understood, so that a person checks."""
    words = _closed(read, number, about)
    if not words:
        return []
    sure = _is_closed_now(read, number, words, about)
    return [
        (Decision(Topic.REGISTRATION, words, "closed" if sure else "", fact=sure), SaidKind.REGISTRATION_ENDED if sure else None)
    ]


def _left_register(sentence: Sentence, about: About) -> list[tuple[Decision, SaidKind | None]]:
    """Decides whether this service is no longer on CQC's register according to a sentence. Returns an empty list for sentences
    about other subjects. If the service may be back on the register, the sentence is listed as not understood."""
    if (
        not off_the_register(sentence.plain, about)
        or bearing.of(sentence.plain, sentence, about, _OF_DOUBT).bearing is not Bearing.NOW
    ):
        return []
    sure = not is_undone(sentence.plain)
    return [
        (
            Decision(Topic.REGISTRATION, sentence.text, "off the register" if sure else "", fact=sure),
            SaidKind.REGISTRATION_ENDED if sure else None,
        )
    ]


def _closed(read: Sequence[Sentence], number: int, about: About) -> str:
    """The words that say that this service has closed; "" if there are no such words. The words must be the whole sentence, or
    a field with its date. A field is left out if the line above it is about something else that can close."""
    sentence = read[number]
    plain = sentence.plain
    if not any(word in plain for word in _OF_CLOSING):
        return ""
    if patterns.CLOSED_TAG.fullmatch(plain):
        return sentence.text
    if patterns.CLOSED_FIELD.fullmatch(plain):
        above = read[number - 1].plain if number else ""
        if any(patterns.ANOTHER_CLOSED.search(line) for line in (above, sentence.lead, sentence.section)):
            return ""
        if any(letter.isdigit() for letter in plain):
            return sentence.text
        following = read[number + 1] if number + 1 < len(read) else None
        return sentences.quote(sentence.text, following.text) if following and patterns.A_DAY.fullmatch(following.plain) else ""
    start = len(patterns.NOTE.match(plain)[0])  # type: ignore[index]  # an empty text matches too
    names = [f"{sentences.plain(name)} " for name in about.names[:1] if name]
    named = next((len(name) for name in names if plain.startswith(name, start)), 0)
    subject = start + named if named else this.end() if (this := patterns.THIS_HOME.match(plain, start)) else 0
    verb = patterns.HAS_CLOSED.match(plain, subject) if subject else None
    return sentence.text if verb and patterns.WHEN_CLOSED.fullmatch(plain, verb.end()) else ""


def _is_closed_now(read: Sequence[Sentence], number: int, words: str, about: About) -> bool:
    """Whether the statement that the service has closed is still true: the service has not reopened, and the statement is not
    about another service."""
    day = bearing.day_of(sentences.plain(words), last=True)
    if day and about.published and day < about.published - _MOST_BEFORE:
        return False
    if any(patterns.REOPENED.search(one.plain) for one in read[number:]):
        return False
    return bearing.of(read[number].plain.strip(" .!"), read[number], about, _OF_WHOM).bearing in (Bearing.NOW, Bearing.PAST)


# Every match of patterns.INHERITED contains one of these words. A sentence is searched for these words first, since most
# sentences
# contain none of them.
_INHERITED_WORDS = ("rating", "carried over", "given", "registered", "assessed", "inspected", "rated")
_NOT_OF_A_RATING = tuple(rule for rule in bearing.RULES if rule.bearing in (Bearing.CONDITION, Bearing.GENERAL))


def inherited(paragraphs: Sequence[str], about: About = NOBODY) -> str | None:
    """A sentence such as "These ratings were given to the previous provider"; None if there is no such sentence."""
    found: list[str] = []
    for sentence in sentences.read(
        paragraphs,
        (
            "provider",
            "inherited",
            "owner",
            "entity",
            "registration",
            "took over",
            "company",
            "over the rating",
            "over its rating",
            "ran ",
            "managed ",
            "run by",
            "in other hands",
            "different hands",
            "owned by",
            "operated by",
            *_base(about),
        ),
    ):
        if (
            not (_says_inherited(sentence) or _is_of_former_times(sentence, about))
            or sentence.plain.endswith("?")
            or patterns.ELSEWHERE.search(sentence.plain)
        ):
            continue
        if bearing.of(sentence.plain, sentence, about, _NOT_OF_A_RATING).rule not in _NAMES_OF_NOT:
            found.append(sentence.text)
    return sentences.quote(*found[:2]) if found else None


def _is_of_former_times(sentence: Sentence, about: About) -> bool:
    """Whether a sentence says that the ratings were given when somebody else ran the service. If all years in the sentence are
    before that of the newest report, the sentence is about older ratings."""
    told = sentence.plain
    if (
        not ("rating" in told or "rated" in told or " we " in told)
        or patterns.OF_FORMER_TIMES.search(_unnamed(told, about)) is None
    ):
        return False
    years = [int(year) for year in re.findall(r"\b20\d\d\b", sentence.plain)]
    return not years or about.published is None or max(years) >= about.published.year


def _unnamed(plain: str, about: About) -> str:
    """A sentence in plain form, with "this service" and "the present provider" in place of their names."""
    for one in _base(about):
        plain = re.sub(rf"\b{re.escape(one)}\b(?: (?:limited|ltd|llp|plc)\b)?", "the present provider", plain)
    name = about.names[0] if about.names else None
    return plain.replace(sentences.plain(name), "this service") if name else plain


def _base(about: About) -> tuple[str, ...]:
    """The plain form of the provider's name, without "Limited" or the like at its end. Empty if the name is not known, or is
    the name of the service too."""
    name, provider = (*(sentences.plain(one or "") for one in about.names), "", "")[:2]
    base = re.sub(r",? (?:limited|ltd|llp|plc)$", "", provider)
    return (base,) if len(base) > 3 and base not in name else ()


def _says_inherited(sentence: Sentence) -> bool:
    may = any(word in sentence.plain for word in _INHERITED_WORDS)
    return (may and patterns.INHERITED.search(sentence.plain) is not None) or _is_value_of(sentence)


def _is_value_of(sentence: Sentence) -> bool:
    """Whether this line is a value below a label such as "Ratings given to": a provider's name with "(former provider)" after
    it."""
    return (
        sentence.section.startswith("rating")
        and re.search(r"\((?:the )?(?:former|previous) (?:provider|owner)\)", sentence.plain) is not None
    )


def marked(groups: Sequence[GroupReading], quote: str | None) -> tuple[GroupReading, ...]:
    """The ratings. `quote` is a sentence which says that the ratings were given to the former provider (None: there is no such
    sentence). If there is one, all ratings are marked as inherited, and `quote` is added to the quote of the overall rating."""
    if quote is None:
        return tuple(groups)
    return tuple(
        replace(
            group,
            inherited=group.overall is not None,
            overall_quote=sentences.quote(*filter(None, (group.overall_quote, quote))),
            key_questions={one: replace(held, inherited=held.rating is not None) for one, held in group.key_questions.items()},
        )
        for group in groups
    )


_NAMES_OF_NOT = frozenset(rule.name for rule in _NOT_OF_A_RATING)


def _with_what_was_done(read: Sequence[Sentence], number: int) -> str:
    """The text of a sentence about a report that is missing. If the next sentence gives the reason ("We removed it on 1
    October"), this sentence is added."""
    following = read[number + 1] if number + 1 < len(read) else None
    if following is None or following.paragraph != read[number].paragraph or not patterns.REMOVED_IT.match(following.plain):
        return read[number].text
    return sentences.quote(read[number].text, following.text)


_BETWEEN = frozenset("is are was were has have had been now also since therefore then already subsequently both".split())  # noqa: SIM905


def _is_anothers(plain: str, about: About) -> bool:
    """Whether, according to a sentence in plain form, something other than this service is no longer registered."""
    found = patterns.REGISTERED_NO_LONGER.search(plain)
    if found is None or patterns.A_PART.search(plain):
        return patterns.A_PART.search(plain) is not None or patterns.OLD_REGISTRATION.search(plain) is not None
    words = plain[: found.start()].replace(":", " ").split()
    while words and words[-1] in _BETWEEN:
        words.pop()
    who = " ".join(words)
    named = [sentences.plain(name) for name in about.names if name]
    own = patterns.OF_THIS.search(who) is not None or any(
        who.endswith(name) or (bool(who) and name.startswith(who)) for name in named
    )
    return bool(named) and not own


def _ends_of_suspension(read: Sequence[Sentence]) -> frozenset[int]:
    """The numbers of the sentences according to which a suspension of the ratings has ended."""
    found = []
    of_ratings = True  # whether the last suspension in the text so far is a suspension of the ratings
    for number, sentence in enumerate(read):
        if "suspen" in sentence.plain:
            of_ratings = patterns.ABOUT_RATINGS.search(sentence.plain) is not None or (
                of_ratings and not patterns.OF_ELSE.search(sentence.plain)
            )
        if _is_over(sentence.plain, of_ratings=of_ratings):
            found.append(number)
    return frozenset(found)


def _is_over(plain: str, *, of_ratings: bool) -> bool:
    """Whether the suspension of the ratings has ended according to a sentence in plain form. An end that is in the future,
    depends on a condition or did not happen is left out. `of_ratings` is true if the last suspension in the text is a
    suspension of the ratings, not of admissions or of the registration."""
    for match in patterns.OVER.finditer(plain):
        if not of_ratings and not patterns.ABOUT_RATINGS.search(match[0]):
            continue
        if not patterns.NOT_YET.search(plain, 0, match.start()) and not patterns.ONLY_THEN.match(plain, match.end()):
            return True
    return False


_OF_RATINGS = frozenset({SaidKind.RATINGS_SUSPENDED, SaidKind.RATINGS_WITHDRAWN, SaidKind.REPORT_REMOVED})


_THROUGH = {
    SaidKind.CLOSING: frozenset({Bearing.PROPOSED, Bearing.HEARSAY, Bearing.LIFTED, Bearing.OTHERS, Bearing.DENIED}),
    SaidKind.BEING_INSPECTED: frozenset({Bearing.PROPOSED, Bearing.GENERAL, Bearing.LIFTED, Bearing.DENIED, Bearing.CONSIDERED}),
    SaidKind.RATINGS_WITHDRAWN: frozenset({Bearing.LIFTED, Bearing.HEARSAY}),
    SaidKind.REPORT_REMOVED: frozenset({Bearing.LIFTED, Bearing.HEARSAY, Bearing.DENIED}),
    SaidKind.REPORT_CORRECTED: frozenset({Bearing.LIFTED, Bearing.HEARSAY, Bearing.GENERAL}),
    SaidKind.REGISTRATION_ENDED: frozenset({Bearing.LIFTED, Bearing.PAST, Bearing.HEARSAY, Bearing.OTHERS}),
    SaidKind.DORMANT: frozenset({Bearing.DENIED, Bearing.HEARSAY}),
    SaidKind.RATINGS_SUSPENDED: frozenset({Bearing.HEARSAY}),
}
"""For each kind of statement, the decisions of `bearing` that do not exclude the statement. Such a decision may come from the
words of the statement itself, which elsewhere mean that something is lifted, denied or only proposed."""


def _aside(saying: Saying, sentence: Sentence, pattern: re.Pattern[str], about: About) -> str:
    """The name of the rule that excludes a sentence as a statement about this service now; "" if no rule excludes it."""
    through = _THROUGH[saying.kind]
    if saying.kind is SaidKind.RATINGS_SUSPENDED and patterns.OF_ELSE.search(sentence.plain):
        through |= {Bearing.LIFTED}  # the words may mean that something else was lifted
    told = sentence.plain
    if saying.kind is SaidKind.RATINGS_SUSPENDED and patterns.NOW_SUSPENDED.search(told):
        told = patterns.WHEN_RATED.sub("", told)  # the day or year of the rating is not the date of its suspension
    clause = next((one for one in clauses(told) if pattern.search(one)), told)
    rules = [rule for rule in bearing.RULES if rule.bearing not in through or rule.name in _WHOSE]
    borne = bearing.of(clause, sentence, about, rules)
    day = bearing.day_of(told, last=True)
    if borne.bearing is Bearing.NOW and saying.kind in _OF_RATINGS and day and about.published and day < about.published:
        return "before the newest report"
    if borne.bearing is Bearing.PAST and saying.kind is SaidKind.REGISTRATION_ENDED:
        return ""
    return borne.rule


_OF_WHOM = tuple(rule for rule in bearing.RULES if rule.bearing is Bearing.OTHERS)
_WHOSE = frozenset(
    {
        "another service of the same provider",
        "a place or firm that the service dealt with",
        "a former owner",
        "the manager's own registration",
        "one regulated activity",
        "staff and residents",
    }
)
_OF_DOUBT = tuple(
    rule for rule in bearing.RULES if rule.bearing not in (Bearing.LIFTED, Bearing.PAST, Bearing.OTHERS) or rule.name in _WHOSE
)
