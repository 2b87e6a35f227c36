"""Turns the readings of one check into what was observed about the service. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitor.model import (
    IN_MEASURES,
    Aspect,
    Card,
    GroupReading,
    Holding,
    KeyQuestionReading,
    MeasuresState,
    Origin,
    Reading,
    Registration,
    SaidKind,
    Source,
    SpecialMeasures,
    Stage,
    Subject,
)
from monitor.ratings import OVERALL
from monitor.text import in_one_case

PARTLY_READ = "partly read"
"""The value of `Holding.instead` for a holding based on words, if not all pages were read. Then a missing statement proves
nothing."""

CONTRADICTED = "contradicted"
"""The value of `Holding.instead` for special measures if two pages of one check contradict each other: one of them may be old."""

SAID, NOT_SAID = "said", "not said"
"""The values of CQC's other statements (model.SaidKind)."""

Holdings = Mapping[Subject, Holding]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One reading of a check, with the digest of its page."""

    reading: Reading
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one check of a service found. A missing subject was not observed; nothing follows from that.

    complete   whether every page that was needed was read: only then does a missing mention of special measures count
    first      the digest of the location page
    """

    card: Card
    holdings: Holdings
    complete: bool
    first: str


def observe(seen: Sequence[Seen], *, complete: bool) -> Observation:
    """Combines what the readings of one check state, the location page first: where two disagree, the first counts.

    The header of the location page takes precedence over the text of the reports that it links to
    (docs/facts/special-measures.md, Traps).
    """
    holdings: dict[Subject, Holding] = {}
    for one in seen:
        for subject, holding in _ratings(one):
            holdings.setdefault(subject, holding)
    holdings = _one_group(holdings)
    current = _current(seen)
    holdings |= _measures(current, complete) | _sets(current, complete) | _said(current, complete)
    registered = any(one.reading.source is Source.LOCATION_PAGE for one in seen)
    stated = next((one.reading.registration for one in seen if one.reading.registration), None)
    if stated or registered:
        subject = Subject(aspect=Aspect.REGISTRATION)
        holdings[subject] = Holding(value=stated or Registration.REGISTERED, page=seen[0].page)
    return Observation(card=_card(seen), holdings=holdings, complete=complete, first=seen[0].page)


def believable(reading: Reading, fetched_on: date) -> Reading:
    """The reading without days of publication that were in the future when the page was fetched. Such a typing error would make
    every later report seem old. The next day is accepted, for pages prepared ahead."""
    last = fetched_on + timedelta(days=1)

    def kept(day: date | None) -> date | None:
        return day if day is None or day <= last else None

    groups = tuple(
        replace(
            group,
            overall_published=kept(group.overall_published),
            key_questions={one: replace(held, published=kept(held.published)) for one, held in group.key_questions.items()},
        )
        for group in reading.ratings
    )
    return reading if groups == reading.ratings else replace(reading, ratings=groups)


def _current(seen: Sequence[Seen]) -> list[Seen]:
    """The location page, and the other pages unless they are older: a location page may link to the summary of an
    inspection that is older than its newest report."""
    newest = _newest_published(seen[0].reading)

    def is_older(one: Seen) -> bool:
        own = _newest_published(one.reading)
        return bool(newest and own and own < newest)

    return [one for number, one in enumerate(seen) if number == 0 or not is_older(one)]


def _one_group(holdings: dict[Subject, Holding]) -> dict[Subject, Holding]:
    """If one page names the only service group and another does not, both mean the same group."""
    names = {subject.group for subject in holdings}
    if len(names) != 2 or "" not in names:
        return holdings
    joined: dict[Subject, Holding] = {}
    for subject, holding in sorted(holdings.items(), key=lambda pair: pair[0].group):
        joined.setdefault(replace(subject, group=""), holding)
    return joined


def _card(seen: Sequence[Seen]) -> Card:
    def first(take: Callable[[Reading], str | None]) -> str | None:
        return next((text for one in seen if (text := take(one.reading))), None)

    return Card(
        name=first(lambda reading: reading.name) or "",
        service_type=first(lambda reading: reading.service_type),
        address=first(lambda reading: reading.address),
        provider_name=first(lambda reading: reading.provider_name),
    )


def _ratings(one: Seen) -> Iterable[tuple[Subject, Holding]]:
    """The ratings and scores of one reading, by subject."""
    divided = len(one.reading.ratings) > 1
    for group in one.reading.ratings:
        name = (group.group or "") if divided or group.group else ""
        if group.overall is not None:
            rating = Subject(aspect=Aspect.RATING, group=name, of=OVERALL)
            report = one.reading.report
            yield rating, Holding(value=group.overall, published=group.overall_published, report=report, page=one.page)
        for question, stated in group.key_questions.items():
            yield from _key_question(one, group, name, question, stated)


def _key_question(
    one: Seen, group: GroupReading, name: str, question: str, stated: KeyQuestionReading
) -> Iterable[tuple[Subject, Holding]]:
    published = stated.published or group.overall_published
    assessed = None if stated.assessed else "not assessed"

    def held(value: str | int) -> Holding:
        return Holding(value=value, instead=assessed, published=published, page=one.page)

    if stated.rating is not None:
        own = replace(held(stated.rating), published=stated.published)
        yield Subject(aspect=Aspect.RATING, group=name, of=question), own
    if stated.score is not None:
        yield Subject(aspect=Aspect.SCORE, group=name, of=question), held(stated.score)
    for statement in stated.statements:
        if statement.score is not None:
            mark = None if statement.assessed and stated.assessed else "not assessed"
            subject = Subject(aspect=Aspect.SCORE, group=name, of=statement.name.replace("’", "'"))
            yield subject, replace(held(statement.score), instead=mark)


def _newest_published(reading: Reading) -> date | None:
    return max((group.overall_published for group in reading.ratings if group.overall_published), default=None)


def _measures(seen: Sequence[Seen], complete: bool) -> dict[Subject, Holding]:
    """What the check's readings together state about special measures. If they state nothing and not all pages were read, the
    holding is marked as partly read."""
    stated = [one for one in seen if one.reading.special_measures.state is not MeasuresState.NOT_STATED]
    subject = Subject(aspect=Aspect.MEASURES)
    if not stated:
        published = _newest_published(seen[0].reading) if seen else None
        silence = Holding(value=MeasuresState.NOT_STATED, published=published, page=seen[0].page if seen else None)
        return {subject: silence if complete else replace(silence, instead=PARTLY_READ)}
    chosen = _deciding([one.reading.special_measures for one in stated])
    one = next((one for one in stated if one.reading.special_measures == chosen), stated[0])
    # Use the page's own date: when the location page has a new date but still links to old pages, its date would make their
    # old words look new.
    published = _newest_published(one.reading)
    report = one.reading.report
    held = Holding(value=chosen.state, quote=chosen.quote, published=published, report=report, page=one.page)
    contradicted = chosen.state not in {each.reading.special_measures.state for each in stated}
    return {subject: replace(held, instead=CONTRADICTED) if contradicted else held}


def _deciding(stated: Sequence[SpecialMeasures]) -> SpecialMeasures:
    """Which of several pages' statements counts. If they contradict each other, its state is UNCLEAR."""
    states = {one.state for one in stated}
    if states & IN_MEASURES:
        if MeasuresState.LEFT in states:
            holding = next(one for one in stated if one.state in IN_MEASURES)
            return replace(holding, state=MeasuresState.UNCLEAR)
        # About the same report, "is being placed in" or "remains in" is more precise than "is in".
        return next((one for one in stated if one.state in IN_MEASURES - {MeasuresState.IN}), None) or next(
            one for one in stated if one.state is MeasuresState.IN
        )
    if states == {MeasuresState.LEFT}:
        return stated[0]
    return next(one for one in stated if one.state is MeasuresState.UNCLEAR)


_LINES = (
    Aspect.BREACHES,
    Aspect.ENFORCEMENT,
    Aspect.PROPOSED,
    Aspect.LIFTED,
    Aspect.REPORTS,
    Aspect.NOTICES,
    Aspect.UNREAD,
)
_STAGED = {Stage.TAKEN: Aspect.ENFORCEMENT, Stage.PROPOSED: Aspect.PROPOSED, Stage.LIFTED: Aspect.LIFTED}


@dataclass(slots=True)
class _Line:
    """A line of a set: CQC's words (None: CQC used none) and where they were read."""

    quote: str | None
    origin: Origin


def _sets(seen: Sequence[Seen], complete: bool) -> dict[Subject, Holding]:
    """Breaches, enforcement by its stage, reports, notices and what was not understood: each a set of lines. In an incomplete
    check, lines that were not seen may still apply."""
    first = seen[0].reading if seen else Reading()
    # Reports and notices are on the location page itself, so that page is enough to know them.
    whole = {Aspect.REPORTS, Aspect.NOTICES} | (set(Aspect) if complete else set())
    page = seen[0].page if seen else None
    return {
        Subject(aspect=aspect): Holding(
            value=tuple(lines),
            instead=None if aspect in whole else PARTLY_READ,
            quote="\n".join(" ".join(line.quote.split()) for line in lines.values() if line.quote) or None,
            published=_newest_published(first),
            report=first.report,
            page=next((line.origin.page for line in lines.values()), page),
            origins=tuple(line.origin for line in lines.values()),
        )
        for aspect, lines in _lines_of(seen, first).items()
    }


def _lines_of(seen: Sequence[Seen], first: Reading) -> dict[Aspect, dict[str, _Line]]:
    """The lines of each set. Of several pages that say the same, the newest counts."""
    found: dict[Aspect, dict[str, _Line]] = {aspect: {} for aspect in _LINES}
    for one in seen:
        origin = _origin(one, first)
        for aspect, line, quote in _lines(one.reading, is_first=one is seen[0]):
            known = found[aspect].setdefault(line, _Line(quote, origin))
            if origin.published and (known.origin.published is None or origin.published > known.origin.published):
                known.origin = origin
    return found


def _lines(reading: Reading, *, is_first: bool) -> Iterable[tuple[Aspect, str, str | None]]:
    """The lines of a reading: the set that each belongs to, the line, and CQC's words for it. Reports are named by the first
    page only."""
    for breach in reading.breaches:
        line = f"Regulation {breach.regulation}" if breach.regulation else (breach.topic or "").casefold()
        yield Aspect.BREACHES, line, breach.quote
    for action in reading.enforcement:
        yield _STAGED[action.stage], f"{action.kind}: {in_one_case(action.quote)}", action.quote
    if reading.report and is_first:
        yield Aspect.REPORTS, reading.report, None
    for notice in reading.notices:
        profile = f"see {notice.see} profile" + (f" {notice.location_id}" if notice.location_id else "")
        yield Aspect.NOTICES, f"{notice.kind}: {profile}", profile
    for text in reading.unread:
        yield Aspect.UNREAD, unread_line(text), text


def _origin(one: Seen, first: Reading) -> Origin:
    """Where a page's lines come from. A page without a date gets the location page's date if both name the same report."""
    published = _newest_published(one.reading)
    if published is None and one.reading.report and one.reading.report == first.report:
        published = _newest_published(first)
    return Origin(report=one.reading.report, published=published, page=one.page)


def unread_line(text: str) -> str:
    """A statement that was not understood, in the form in which statements are compared: spaces, capitals and numbers (days,
    counts) do not matter."""
    return re.sub(r"\d+", "#", in_one_case(text))


_SAID = tuple(kind for kind in SaidKind if kind is not SaidKind.REGISTRATION_ENDED)  # this statement is kept as the registration


def _said(seen: Sequence[Seen], complete: bool) -> dict[Subject, Holding]:
    """CQC's other statements, by kind: "said" or "not said". In an incomplete check, a missing statement does not count as "not
    said"."""
    published = _newest_published(seen[0].reading) if seen else None
    silence = Holding(value=NOT_SAID, instead=None if complete else PARTLY_READ, published=published)
    found: dict[Subject, Holding] = {}
    for one in seen:
        for said in one.reading.said:
            if said.kind not in _SAID:
                continue
            subject = Subject(aspect=Aspect.SAID, of=said.kind)
            held = Holding(value=SAID, quote=said.quote, since=said.since, published=published, page=one.page)
            found.setdefault(subject, held)
    return {subject: found.get(subject, silence) for kind in _SAID for subject in [Subject(aspect=Aspect.SAID, of=kind)]}
