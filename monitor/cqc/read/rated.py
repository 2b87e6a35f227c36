"""Reads ratings that sentences give to this service: "CQC has rated the home inadequate overall, and for being safe and
well-led".

A rating from sentences is used only if no label in the source states the rating, and if all sentences about it agree. Ratings
from an earlier inspection, possible future ratings and ratings of other services are left out (see the module `bearing`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final, NamedTuple

from monitor import ratings
from monitor.cqc.read import bearing, openings, sentences, whose
from monitor.cqc.read import rated_words as patterns
from monitor.cqc.read.bearing_rules import Bearing
from monitor.cqc.read.clauses import clauses
from monitor.cqc.read.others import NOBODY, About, of_others
from monitor.cqc.read.sentences import Sentence
from monitor.cqc.read.words import group_of
from monitor.model import Framework, GroupReading, KeyQuestionReading, RatingChange
from monitor.ratings import OVERALL, KeyQuestion, Rating

_ABOUT: Final = ("outstanding", "good", "improvement", "inadequate")
"""Every sentence that gives a rating contains one of these words (lower case)."""
_MANY_PAIRS = 3
OTHERS: Final = "the other key questions"
PART: Final = "a part of the service"
LAST: Final = "the rating of the last inspection"


class RatedInWords(NamedTuple):
    """A rating, and the sentence that gives the rating. `of` is the subject of the rating: a key question ("safe"), "overall",
    `OTHERS`, `PART` or `LAST`."""

    of: str
    rating: Rating
    quote: str
    then: bool = False  # whether the sentence tells what happened in some month, perhaps before the newest report


def rated(paragraphs: Sequence[str], about: About = NOBODY) -> tuple[RatedInWords, ...]:
    """The ratings that the sentences of a text give to the service, in the order of the text. If the text repeats a rating, the
    result repeats it too."""
    if not sentences.speaks_of(
        "\n".join(paragraphs),
        (
            "rated",
            "rating",
            "judged",
            "found",
            "overall",
            "question",
            "areas",
            *(f"{one}{mark}" for one in KeyQuestion for mark in " ,:."),
        ),
    ):
        return ()
    read = sentences.read(paragraphs, _ABOUT)
    asked = {n: one for n, one in enumerate(read) if not one.plain.endswith("?") and patterns.WORTH.search(one.plain)}
    others = of_others(read, about) | _below_older_days(read) if asked else frozenset()
    found: list[RatedInWords] = []
    for number, sentence in asked.items():
        if number not in others:
            before = read[number - 1] if number else None
            it = _what_it_is(sentence, before)
            found += [one._replace(of=it) if it and one.of == OVERALL else one for one in _of(sentence, about)]
            found += _of_both(sentence, before, about)
            found += _unmoved(sentence, before, about)
            found += _given_last(sentence)
    return tuple(found)


_LONG_BEFORE = timedelta(days=365)  # no inspection is this long before the publication of its report


def _below_older_days(read: Sequence[Sentence]) -> frozenset[int]:
    """The sentences directly below a line with only a day, if another such line has a much later day: the older entries of a list
    of changes."""
    days = {
        number: bearing.day_of(one.plain)
        for number, one in enumerate(read)
        if patterns.ONLY_A_DAY.fullmatch(one.plain.rstrip("."))
    }
    newest = max((day for day in days.values() if day), default=None)
    return frozenset(number + 1 for number, day in days.items() if day and newest and day < newest - _LONG_BEFORE)


def _what_it_is(sentence: Sentence, before: Sentence | None) -> str | None:
    """The key question that is meant by "it" in "we rated it", if the previous sentence is about the rating of one key
    question. None if "it" means something else."""
    if (
        before is None
        or "overall" in sentence.plain
        or not patterns.RATES_IT.search(sentence.plain)
        or not patterns.ITS_RATING.search(before.plain)
    ):
        return None
    named = set(_named(before.plain))
    return named.pop() if len(named) == 1 and "overall" not in before.plain else None


def filled(
    groups: Sequence[GroupReading], said: Mapping[str, RatedInWords], framework: Framework | None
) -> tuple[GroupReading, ...]:
    """The ratings, together with ratings from sentences. A rating from a sentence is added only if no label states the rating,
    and only for a service without groups."""
    if not said or len(groups) > 1 or any(group.group for group in groups):
        return tuple(groups)
    group = groups[0] if groups else GroupReading(framework=framework)
    overall = said.get(OVERALL) if group.overall is None else None
    day = group.overall_published
    questions = {
        one: KeyQuestionReading(rating=said[one].rating, published=day, quote=sentences.quote(said[one].quote))
        for one in KeyQuestion
        if one in said and (one not in group.key_questions or group.key_questions[one].rating is None)
    }
    if overall is not None:
        group = replace(group, overall=overall.rating, overall_quote=sentences.quote(overall.quote))
    return (replace(group, key_questions={**group.key_questions, **questions}),)


def agreed(found: Sequence[RatedInWords], moved: Sequence[RatingChange]) -> tuple[dict[str, RatedInWords], tuple[str, ...]]:
    """Returns, for each subject, the rating on which all sentences agree; and the sentences that contradict each other. `moved`
    has the changes of rating in the same text."""
    held: dict[str, RatedInWords] = {}
    against: dict[str, list[str]] = {}
    stated = [*(one for one in found if one.of not in (PART, LAST)), *_reached(moved)]
    at_present = {one.of for one in stated if not one.then}
    for one in (one for one in stated if not one.then or one.of not in at_present):
        first = held.setdefault(one.of, one)
        if first.rating is not one.rating:
            against.setdefault(one.of, [first.quote]).append(one.quote)
    rest = held.pop(OTHERS, None)
    if rest is not None and OTHERS not in against and any(one in held for one in KeyQuestion):
        held.update({one.value: rest._replace(of=one.value) for one in KeyQuestion if one not in held})
    sure = {of: one for of, one in held.items() if of not in against}
    return sure, tuple(dict.fromkeys(quote for quotes in against.values() for quote in quotes))


def _reached(moved: Sequence[RatingChange]) -> list[RatedInWords]:
    """The new ratings after the changes."""
    return [RatedInWords(one.of, one.to, one.quote or "") for one in moved if isinstance(one.to, Rating)]


def denied(found: Sequence[RatedInWords], moved: Sequence[RatingChange], groups: Sequence[GroupReading]) -> Iterator[str]:
    """The sentences that contradict the labels of ratings, for a service without groups. Such a sentence is about a part of the
    service, or is a mistake, so somebody should check it. If nothing states the present overall rating, a sentence with the
    rating of the last inspection is among the result."""
    if not any(one.overall for one in groups) and OVERALL not in {*(one.of for one in found), *(one.of for one in moved)}:
        yield from (one.quote for one in found if one.of == LAST)
    if len(groups) != 1 or groups[0].group:
        return
    stated = {OVERALL: groups[0].overall} | {str(of): held.rating for of, held in groups[0].key_questions.items()}
    yield from (one.quote for one in found if one.of == PART)
    labelled = (one for one in (*found, *_reached(moved)) if isinstance(stated.get(one.of), Rating))
    yield from (one.quote for one in labelled if stated[one.of] is not one.rating)


def _of(sentence: Sentence, about: About) -> Iterator[RatedInWords]:
    sentence = openings.reworded(sentence, about)
    whole = _in_the_whole(sentence)
    yield from _beside(sentence, about)
    if whole and _is_now(sentence, about):
        head = sentence.plain.partition(": ")[0] if ": " in sentence.plain else ""
        overall = (
            [one for one in _given(head, "", sentence.text, about) if one[0] == OVERALL] if patterns.WORTH.search(head) else []
        )
        yield from (RatedInWords(of, rating, sentence.text) for of, rating in (*overall, *whole))
        return
    then = patterns.IN_A_MONTH.match(sentence.plain) is not None
    is_a_trust = bool(about.names) and patterns.OF_A_TRUST.search(sentences.plain(about.names[0] or "")) is not None
    before = ""
    for clause in clauses(sentence.plain):
        if not is_a_trust and patterns.OF_A_TRUST.search(f"{sentence.section} {clause}"):
            continue
        given = list(_given(clause, before, sentence.text, about))
        before = clause
        if not given or (patterns.EARLIER.search(clause) and not patterns.KEEPS.search(clause)) or patterns.WISH.search(clause):
            continue
        borne = bearing.of(clause, sentence, about).bearing
        if borne is Bearing.NOW or (borne is Bearing.PAST and patterns.KEEPS.search(clause)):
            yield from (RatedInWords(of, rating, sentence.text, then) for of, rating in given)


def _beside(sentence: Sentence, about: About) -> Iterator[RatedInWords]:
    """The ratings that only the whole sentence gives, and none of its clauses alone."""
    for match in patterns.STILL.finditer(sentence.plain):
        yield from (RatedInWords(of, _rating(match), sentence.text) for of in _named(match["for"]))
    if (whole := patterns.RATING_AND_LIST.match(sentence.plain)) is not None:
        yield RatedInWords(OVERALL, _rating(whole), sentence.text)
    for match in (*patterns.WHICH_IS.finditer(sentence.plain), *patterns.LABELLED.finditer(sentence.plain)):
        if _is_now(sentence, about):
            yield from (RatedInWords(of, _rating(match), sentence.text) for of in _named(match["for"]) or (OVERALL,))
    yield from _standing(sentence)
    if (reasoned := patterns.WITH_REASON.match(sentence.plain)) and _is_now(replace(sentence, plain=reasoned[0]), about):
        yield from (RatedInWords(of, _rating(reasoned), sentence.text) for of in _named(reasoned["for"]) or (OVERALL,))
    if (
        (bare := patterns.BARE_RATING.search(sentence.plain))
        and patterns.OF_THE_WHOLE.fullmatch(sentence.section)
        and _is_now(sentence, about)
    ):
        yield RatedInWords(OVERALL, _rating(bare), sentence.text)


def _standing(sentence: Sentence) -> Iterator[RatedInWords]:
    """The overall rating that stays as it was, according to a sentence."""
    for match in (
        (*patterns.STANDS.finditer(sentence.plain), *patterns.NOT_CHANGED.finditer(sentence.plain))
        if " rating of " in sentence.plain
        else ()
    ):
        if not (patterns.WISH.search(sentence.plain, 0, match.start()) or patterns.NAMED.search(sentence.section)):
            yield RatedInWords(OVERALL, _rating(match), sentence.text)
    for match in patterns.OF_THE_NAMED.finditer(sentence.plain) if " overall " in sentence.plain else ():
        if not (
            patterns.NAMED.search(match["name"]) or patterns.NOT_THE_WHOLE.search(match["name"])
        ) and not patterns.WISH.search(sentence.plain, 0, match.start()):
            yield RatedInWords(OVERALL, _rating(match), sentence.text)


def _unmoved(sentence: Sentence, before: Sentence | None, about: About) -> Iterator[RatedInWords]:
    """The overall rating that something else did not change: "The home was rated good in January, and this notice does not change
    that rating." The rating may be in the previous sentence."""
    found = patterns.UNMOVED.search(sentence.plain) if " rating" in sentence.plain and " not " in sentence.plain else None
    if found is None:
        return
    where, told = (
        (sentence, sentence.plain[: found.start()])
        if patterns.WORTH.search(sentence.plain)
        else (before, before.plain if before else "")
    )
    if where is None or len(patterns.WORTH.findall(where.plain)) != 1:
        return
    for clause in clauses(told.strip(" ,.")):
        if not patterns.WISH.search(clause):
            yield from (
                RatedInWords(of, rating, where.text) for of, rating in _given(clause, "", where.text, about) if of == OVERALL
            )


def _given_last(sentence: Sentence) -> Iterator[RatedInWords]:
    """The overall rating that the last inspection gave, according to a sentence."""
    if " last " in sentence.plain and (found := patterns.GIVEN_LAST.search(sentence.plain)):
        yield RatedInWords(LAST, Rating(found["rating"] or found["then"]), sentence.text)


def _in_the_whole(sentence: Sentence) -> list[tuple[str, Rating]]:
    """The subjects and their ratings in three kinds of sentence: with pairs of a question and a rating; with several questions
    and then their ratings in the same order; or with the same rating for several questions."""
    pairs = list(patterns.PAIR.finditer(sentence.plain))
    if len(pairs) >= _MANY_PAIRS or sum(len(_named(match["for"])) for match in pairs) > _MANY_PAIRS:
        return [(of, _rating(match)) for match in pairs for of in _named(match["for"])]
    in_turn = patterns.IN_TURN.finditer(sentence.plain) if len(patterns.WORTH.findall(sentence.plain)) > 1 else ()
    if in_order := [one for match in in_turn for one in _each_its_own(match)]:
        return in_order
    each = (
        (*patterns.EACH.finditer(sentence.plain), *patterns.FOR_ONLY.finditer(sentence.plain))
        if " rate" in sentence.plain
        else ()
    )
    return [(of, _rating(match)) for match in each for of in _named(match["for"])]


def _of_both(sentence: Sentence, before: Sentence | None, about: About) -> Iterator[RatedInWords]:
    """The ratings in a sentence that refers back to the key questions of the previous sentence ("Both are now inadequate"), or
    to a rating in the same sentence ("and so is the overall rating")."""
    found = []
    if before is not None and (both := patterns.BOTH.match(sentence.plain)):
        named = _named(before.plain)
        if len(named) == len(set(named)) > 1:
            found += [(of, _rating(both)) for of in named]
    if (still := patterns.IT_IS_STILL.match(sentence.plain)) and _is_of_the_service(sentence, before):
        found.append((OVERALL, _rating(still)))
    for also in patterns.SO_IS.finditer(sentence.plain):
        found += [(of, _rating(also)) for of in _named(also["for"]) or (OVERALL,)]
    if found and _is_now(sentence, about):
        yield from (RatedInWords(of, rating, sentence.text) for of, rating in found)


def _is_of_the_service(sentence: Sentence, before: Sentence | None) -> bool:
    """Whether "it" in a sentence is the service or its overall rating, and not a key question or something else."""
    said = before.plain if before else ""
    if patterns.NAMED.search(said) and "overall" not in said:
        return False
    return "special measures" in sentence.plain or "overall" in said or " rated " in said


def _is_now(sentence: Sentence, about: About) -> bool:
    """Whether a whole sentence is about this service, and about the present."""
    return not patterns.EARLIER.search(sentence.plain) and bearing.of(sentence.plain, sentence, about).bearing is Bearing.NOW


def _each_its_own(match: re.Match[str]) -> Iterator[tuple[str, Rating]]:
    """Pairs each question with the rating at the same position. If there are more questions than ratings, or fewer, yields
    nothing."""
    named, stated = _named(match["for"]), re.findall(patterns.RATING, match["ratings"])
    if len(named) == len(stated):
        yield from ((of, Rating(one)) for of, one in zip(named, stated, strict=True))


def _is_by_cqc(clause: str, match: re.Match[str]) -> bool:
    """Whether the rating is given by CQC, according to the words before the verb ("we rated the home good"). Also true if the
    clause begins with the verb ("rated inadequate, the home …")."""
    told = clause[: match.start()].rstrip(" ,")
    rater = patterns.ADVERBS.sub("", told).rstrip(" ,")
    # as in "We visited … and rated it"
    goes_on = told.endswith((" and", " but", " then", " also")) and patterns.CQC.search(rater) is not None
    return rater == "" or goes_on or patterns.RATER.search(rater) is not None or patterns.WHO_VISITED.match(rater) is not None


def _given(clause: str, before: str, text: str, about: About) -> Iterator[tuple[str, Rating]]:
    """The subjects and their ratings in a clause. `before` is the previous clause; `text` is the sentence as written."""
    ended = 0  # where the previous rating ends
    for match in patterns.RATED.finditer(clause):
        passive = patterns.PASSIVE.search(clause[: match.start()])
        if (
            not passive
            and (apposed := patterns.APPOSITION.match(clause[: match.start()]))
            and patterns.BY_CQC.match(clause, match.end())
        ):
            yield from ((of, _rating(match)) for of in _whole(apposed["who"], text, about))
        if not (passive or _is_by_cqc(clause, match)) or patterns.BY_OTHERS.match(clause, match.end()):
            continue
        own = clause[ended : passive.start()].strip(" ,") if passive else ""
        subject = (own or (before if not ended else "")) if passive else match["subject"]
        ended = match.end()
        begun = patterns.FOR_AT_START.match(clause)
        for of in (
            _named(match["for"])
            or _named(begun and begun["for"])
            or _named(subject)
            or _whole(subject, text, about)
            or _part(subject)
        ):
            yield of, _rating(match)
        at = _after(clause, match)
        if (both := patterns.AND_FOR.match(clause, match.end("rating"))) is not None:
            yield from ((of, _rating(match)) for of in _named(both["for"]))
            at = both.end()
        while (more := patterns.MORE.match(clause, at) or patterns.AND_THEN.match(clause, at)) is not None:
            for of in _named(more["for"]):
                yield of, _rating(more)
            at = _after(clause, more)
    yield from _awarded(clause, text, about)
    yield from _stated(clause, whole=text.endswith("."))
    if " requires improvement overall" in clause and patterns.REQUIRES_OVERALL.search(clause):
        yield OVERALL, Rating.REQUIRES_IMPROVEMENT
    may = " now " in clause or " still " in clause or " once " in clause
    if may and (told := patterns.IS_NOW.match(clause)) and not patterns.NAMED.search(told["who"]):
        yield from ((of, _rating(told)) for of in _whole(told["who"], text, about))
    yield from _kept(clause, before)


def _awarded(clause: str, text: str, about: About) -> Iterator[tuple[str, Rating]]:
    """The subjects and their ratings in a clause such as "It was given a rating of good"."""
    for match in patterns.A_RATING_OF.finditer(clause):
        if patterns.BY_OTHERS.match(clause, match.end()) or patterns.FROM_OTHERS.search(clause):
            continue
        active = match["verb"] in _GIVES and not patterns.PASSIVE.search(clause[: match.start()])
        if active and not _is_by_cqc(clause, match):
            continue
        who = match["who"].strip() if active else ""
        of = _named(match["for"]) or ((OVERALL,) if not who or _whole(who, text, about) else ())
        yield from ((one, _rating(match)) for one in of)


_GIVES = frozenset({"gave", "given", "give", "giving", "awarded", "awards", "awarding"})


def _stated(clause: str, *, whole: bool) -> Iterator[tuple[str, Rating]]:
    """The subjects and their ratings in a clause such as "The overall rating is now inadequate". `whole` is true if the
    sentence ends with a full stop. (A label has no full stop.)"""
    for match in patterns.STATED.finditer(clause):
        for of in _named(match["subject"]) or (OVERALL,):
            yield of, _rating(match)
        if (others := patterns.AS_ARE.match(clause, match.end())) is not None:
            yield from ((of, _rating(match)) for of in _named(others["for"]))
    for match in patterns.REQUIRES.finditer(clause) if whole else ():
        yield from ((of, Rating.REQUIRES_IMPROVEMENT) for of in _named(match["for"]))
    for match in patterns.FOUND.finditer(clause):
        yield from (
            (of, Rating(match["rating"] or match["told"] or match["whole"] or match["verb"]))
            for of in _named(match["in"]) or (OVERALL,)
        )
    for match in (*patterns.BROUGHT.finditer(clause), *patterns.OPENS.finditer(clause)):
        yield from ((of, _rating(match)) for of in _named(match["for"]) or (OVERALL,))
        at = match.end()
        while (more := patterns.MORE.match(clause, at)) is not None:
            yield from ((of, _rating(more)) for of in _named(more["for"]))
            at = more.end()
    yield from ((OVERALL, _rating(match)) for match in patterns.STAYS.finditer(clause))
    for match in (
        *patterns.AWARDED.finditer(clause),
        *patterns.WITH.finditer(clause),
        *(patterns.THE_ONLY.finditer(clause) if " only " in clause else ()),
    ):
        yield from ((of, Rating(match["rating"] or match.groupdict()["of"])) for of in _named(match["for"]) or (OVERALL,))
    for match in (*patterns.AT.finditer(clause), *patterns.APPOSED.finditer(clause)):
        yield from ((of, _rating(match)) for of in _named(match["for"]))


def _after(clause: str, match: re.Match[str]) -> int:
    """The position where the next rating of a list may begin."""
    found = patterns.IN_PASSING.match(clause, match.end())
    return found.end() if found else match.end()


def _kept(clause: str, before: str) -> Iterator[tuple[str, Rating]]:
    """The subjects and their ratings in a clause which says that a rating did not change."""
    # as in "well-led, which was good, is now inadequate"
    told_before = clause.startswith(("was ", "were ")) and " now " in before
    if not told_before and (match := patterns.GOES_ON.match(clause)) and (begun := patterns.SUBJECT.match(before)):
        for of in _named(begun["subject"]) or (OVERALL,):
            yield of, _rating(match)
    for match in patterns.KEPT.finditer(clause):
        if match["own"]:
            yield from ((of, _rating(match, "held")) for of in _named(match["own"]) or (OVERALL,))
            continue
        said_before = f"{before}, {clause[: match.start()]}".rstrip(" ,").removesuffix(" so").removesuffix(" and").rstrip(" ,")
        meant = patterns.LAST_NAMED.search(said_before) if match["keeper"] in ("it", "they", "and") else None
        only = patterns.FOR_ONLY_THESE.match(clause, match.end()) if match["keeper"] else None
        if match["keeper"] == "and" and meant is None:
            continue
        subject = only["for"] if only else match["subject"] or (meant["named"] if meant else match["keeper"])
        yield from ((of, _rating(match, "rating" if match["rating"] else "kept")) for of in _named(subject) or (OVERALL,))
    for match in patterns.THE_OTHERS.finditer(clause):
        but = patterns.EXCEPT.match(clause, match.end())
        if but is None or but["rating"]:
            yield OTHERS, Rating(match["rating"] or match["bare"] or "requires improvement")
        if but is not None and but["rating"]:
            yield from ((of, _rating(but)) for of in _named(but["for"]))


def _rating(match: re.Match[str], group: str = "rating") -> Rating:
    stated = ratings.parse(match[group])
    assert isinstance(stated, Rating)
    return stated


def _named(words: str | None) -> tuple[str, ...]:
    if words and (every := patterns.EVERY.search(words)):
        but = set(_named(left[0])) if (left := patterns.ALL_BUT.match(words, every.end())) else ()
        return tuple(one.value for one in KeyQuestion if one.value not in but)
    return tuple(str(ratings.QUESTIONS[patterns.NOUNS.get(one, one)]) for one in patterns.NAMED.findall(words or ""))


def _part(subject: str) -> tuple[str, ...]:
    """PART, if a service group or core service is rated."""
    return (PART,) if group_of(subject.strip(" ,")) else ()


def _whole(subject: str, text: str, about: About) -> tuple[str, ...]:
    """OVERALL, if the subject is the service itself, as "the home" or by its name. "Rated staffing as good" is not about the
    service. The first word of a sentence is ignored, since every first word has a capital, and so may look like a name."""
    flat = subject.strip(" ,")
    if patterns.ONLY_THE_SERVICE.fullmatch(flat):
        return (OVERALL,)
    if patterns.NO_SERVICE.search(flat):
        return ()
    if whose.names_this(text, about.names) and any(
        flat in sentences.plain(name) or sentences.plain(name) in flat for name in about.names if name
    ):
        return (OVERALL,)
    first = text.casefold().find(f" {flat.split(' ', 1)[0]} ") + 1
    second = text.casefold().find(f" {flat.split(' ', 2)[1]} ") + 1 if " " in flat else 0
    at = first or second
    return (OVERALL,) if at and text[at : at + 1].isupper() else ()
