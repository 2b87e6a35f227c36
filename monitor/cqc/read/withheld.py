"""Removes ratings that a page still shows although CQC says that they no longer apply, because they are suspended, withdrawn,
or from a removed report. Finds ratings that a page should show and does not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from monitor import ratings
from monitor.cqc.read import sentences
from monitor.cqc.read.moves import NAMED_QUESTIONS
from monitor.cqc.read.words import plain
from monitor.model import Decision, GroupReading, KeyQuestionReading, Said, SaidKind, Source
from monitor.ratings import OVERALL, QUESTIONS, KeyQuestion, Rating, Reason, any_question


def withheld(
    groups: tuple[GroupReading, ...], said: Sequence[Said], decisions: Sequence[Decision] = ()
) -> tuple[GroupReading, ...]:
    """The ratings, without those that no longer apply according to CQC. (The page may still show these.) The reason "suspended"
    replaces a suspended overall rating, and the reason "no published rating" replaces a withdrawn one. In both situations the
    ratings of the key questions are removed too. If the page gives a reason in place of a key question's rating, the reason
    stays. `said` contains only the first statement of each kind. `decisions` contains every statement, with what the program
    concluded from it."""
    kinds = {one.kind: one for one in said}
    if SaidKind.RATINGS_SUSPENDED in kinds:
        instead, why = Reason.SUSPENDED, kinds[SaidKind.RATINGS_SUSPENDED]
    elif (gone := kinds.get(SaidKind.RATINGS_WITHDRAWN)) and not (
        _goes_with_a_report(kinds, groups) or _is_of_another(gone, groups)
    ):
        instead, why = Reason.NO_PUBLISHED_RATING, gone
    elif (removed := kinds.get(SaidKind.REPORT_REMOVED)) and _is_of(removed, groups):
        instead, why = Reason.NO_PUBLISHED_RATING, removed
    else:
        return groups
    only = _only_questions(why.quote)
    for one in decisions:
        if only and one.fact and one.rule == why.kind and one.text != why.quote:
            more = _only_questions(one.text)
            only = frozenset() if not more and _OF_OTHERS_TOO.search(plain(one.text)) else only | more
    if only:
        return tuple(replace(group, key_questions=_instead(group, only, instead, why.quote)) for group in groups)
    if len(groups) > 1 and any(group.overall is instead for group in groups):
        return groups  # the statement is about the groups that already show this reason
    quoted = sentences.quote(why.quote)
    return tuple(
        replace(
            group,
            overall=instead,
            overall_quote=quoted,
            key_questions={one: held for one, held in group.key_questions.items() if isinstance(held.rating, Reason)},
        )
        for group in groups or (GroupReading(),)
    )


_IS = r"(?:(?:is|are|has|have|was|were|been|now|currently|temporarily|also) )*"
_GONE = r"(?:suspended|withdrawn|removed|on hold|paused|under (?:appeal|challenge|review))\b"
_ENDS = r"(?= only\b|[.,;)]|$| (?:at|in|of|until|since|from|while|because|as|after|pending|on)\b)"
_RATING_FOR = re.compile(
    rf"\bratings? (?:(?:of|for) (?:the|this|our) \w+ )?(?:for|of|in) "
    rf"(?:(?:being|the|key questions?|both|areas?|of) )*(?P<for>{NAMED_QUESTIONS})"
    rf"|\b(?:the|its) (?P<of>{any_question()}) ratings?\b"
    rf"|^(?P<lead>{NAMED_QUESTIONS})(?: only)? ?[:-]? ?ratings? {_IS}{_GONE}"
    rf"|\bratings? {_IS}{_GONE}(?:(?:,? but)?(?: only)? (?:for|in|of)|:) (?:only )?(?P<gone>{NAMED_QUESTIONS}){_ENDS}"
    rf"|\bratings?,? (?:but )?(?:only|solely) (?:for|in|of) (?P<only>{NAMED_QUESTIONS}){_ENDS}"
    rf"|\bsuspension of (?:the )?ratings? (?:only )?(?:concerns|applies to|covers|affects|is for|is of|relates to) (?:only )?"
    rf"(?P<about>{NAMED_QUESTIONS}){_ENDS}"
)
# If a later statement of the same kind contains one of these words and names no key question, it is about all ratings, although
# the first statement is about certain key questions.
_OF_OTHERS_TOO = re.compile(r"\b(?:all|other|others|remaining|overall|every)\b")
# as in "the ratings of this service, including the rating for safe"
_OF_THE_SERVICE = re.compile(
    r"\bratings? (?:of|for|at) (?:(?:the|this|our|its|care|nursing|residential|whole|entire) )*"
    r"(?:services?|homes?|locations?|practices?|hospitals?|agency|surgery|clinic)\b"
    r"|\b(?:all|every one|each) (?:of )?(?:(?:the|these|its|their|our) )*(?:published |current |latest |\w+'s )?ratings?\b"
    r"|\ball (?:five|5)\b|\bincluding\b"
)


def _only_questions(quote: str) -> frozenset[KeyQuestion]:
    """The key questions to which a sentence is limited. Empty if the sentence is about all the service's ratings."""
    line = plain(quote)
    named = _RATING_FOR.search(line)
    if named is None or "overall" in line or _OF_THE_SERVICE.search(_RATING_FOR.sub("", line)):
        return frozenset()
    return frozenset(QUESTIONS[one] for one in re.findall(any_question("[ -]"), next(filter(None, named.groups()))))


def _instead(
    group: GroupReading, only: frozenset[KeyQuestion], reason: Reason, quote: str
) -> dict[KeyQuestion, KeyQuestionReading]:
    """The ratings of the key questions, after the rating of each question in `only` is replaced by `reason`."""
    replaced = {
        one: replace(group.key_questions.get(one, KeyQuestionReading()), rating=reason, quote=sentences.quote(quote))
        for one in KeyQuestion
        if one in only
    }
    return {**group.key_questions, **replaced}


def _goes_with_a_report(kinds: Mapping[SaidKind, Said], groups: tuple[GroupReading, ...]) -> bool:
    """Whether the ratings were withdrawn together with a report, and the page shows the ratings of another report."""
    removed, withdrawn = kinds.get(SaidKind.REPORT_REMOVED), kinds[SaidKind.RATINGS_WITHDRAWN]
    together = removed is not None and _REPORT.search(plain(withdrawn.quote)) is not None
    return together and withdrawn.since is not None and not _is_of(withdrawn, groups)


_REPORT = re.compile(r"\breports?\b")


def _is_of_another(withdrawn: Said, groups: tuple[GroupReading, ...]) -> bool:
    """Whether the statement says which rating was withdrawn, and this rating differs from every overall rating on the page. If
    so, the page shows an older rating that applies again."""
    named = {ratings.parse(one) for one in _RATING_WORDS.findall(plain(withdrawn.quote))}
    shown = {group.overall for group in groups if isinstance(group.overall, Rating)}
    return bool(named and shown) and not named & shown


_RATING_WORDS = re.compile(r"\b(?:outstanding|good|requires improvement|inadequate)\b")


def _is_of(removed: Said, groups: tuple[GroupReading, ...]) -> bool:
    """Whether the ratings on the page come from the removed report. They do if they were published on the day that the statement
    gives, or later; ratings of an older report, which apply again, were published earlier. If the statement gives no day, the
    result is false, and the ratings on the page are kept."""
    published = max((group.overall_published for group in groups if group.overall_published), default=None)
    return removed.since is not None and published is not None and removed.since <= published


_LEAST = 3  # of the five key questions


def missing(kind: Source, groups: Sequence[GroupReading], said: Sequence[Said]) -> tuple[str, ...]:
    """What a service's own page should show and does not: "overall" if it shows ratings of key questions and no overall rating,
    or the key questions that are missing beside an overall rating. A service with one of the four overall ratings also has
    ratings for all five key questions (docs/facts/ratings.md, The scale). Trusts are an exception, but a trust has no page of
    this kind."""
    if kind is not Source.LOCATION_PAGE or any(one.kind is SaidKind.REPORT_REMOVED for one in said):
        return ()
    rated = [group for group in groups if isinstance(group.overall, Rating)]
    without = any(group.overall is None and _are_rated(group) for group in groups)
    questions = (question for question in KeyQuestion if any(question not in group.key_questions for group in rated))
    return (*((OVERALL,) if without else ()), *questions)


def _are_rated(group: GroupReading) -> bool:
    """Whether most key questions have a rating."""
    return sum(isinstance(held.rating, Rating) for held in group.key_questions.values()) >= _LEAST
