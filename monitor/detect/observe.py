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
"""The value of `Holding.instead` for a holding based on CQC's words, if not all pages were read. In such a check, a missing
statement proves nothing."""

CONTRADICTED = "contradicted"
"""The value of `Holding.instead` for special measures if two pages of one check contradict each other. One of the pages may be
old."""

SAID, NOT_SAID = "said", "not said"
"""The values of the statements that `model.SaidKind` lists."""

Holdings = Mapping[Subject, Holding]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One reading of a check, with the digest of its page."""

    reading: Reading
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one check of a service found. A missing subject was not observed, which proves nothing about the service.

    complete  whether every needed page was read. Only a complete check can show that special measures are not mentioned
    first     the digest of the location page
    """

    card: Card
    holdings: Holdings
    complete: bool
    first: str


def observe(seen: Sequence[Seen], *, complete: bool) -> Observation:
    """Combines what the readings of one check state. The location page comes first. If two readings disagree, the first of the
    two is used.

    The header of the location page takes precedence over the text of the reports that the page links to
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
    """Returns the reading without any publication dates that were in the future when the page was fetched. A date in the
    future is a typing error, and would make every later report seem old. The next day is accepted, because CQC may prepare
    pages ahead."""
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
    """The location page, and each other page that is not older than it. A location page may link to the summary of an
    inspection that is older than the newest report."""
    newest = _newest_published(seen[0].reading)

    def is_older(one: Seen) -> bool:
        own = _newest_published(one.reading)
        return bool(newest and own and own < newest)

    return [one for number, one in enumerate(seen) if number == 0 or not is_older(one)]


def _one_group(holdings: dict[Subject, Holding]) -> dict[Subject, Holding]:
    """If one page names the only service group and another page does not name it, returns all holdings without the name.
    Otherwise returns the holdings unchanged."""
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
    """What the check's readings together state about special measures. If the readings state nothing, and not all pages were
    read, the holding is marked as partly read."""
    stated = [one for one in seen if one.reading.special_measures.state is not MeasuresState.NOT_STATED]
    subject = Subject(aspect=Aspect.MEASURES)
    if not stated:
        published = _newest_published(seen[0].reading) if seen else None
        silence = Holding(value=MeasuresState.NOT_STATED, published=published, page=seen[0].page if seen else None)
        return {subject: silence if complete else replace(silence, instead=PARTLY_READ)}
    chosen = _deciding([one.reading.special_measures for one in stated])
    one = next((one for one in stated if one.reading.special_measures == chosen), stated[0])
    # Use the page's own date. The location page may have a new date but still link to old pages. If the new date were used, the
    # words on the old pages would look new.
    published = _newest_published(one.reading)
    report = one.reading.report
    held = Holding(value=chosen.state, quote=chosen.quote, published=published, report=report, page=one.page)
    contradicted = chosen.state not in {each.reading.special_measures.state for each in stated}
    return {subject: replace(held, instead=CONTRADICTED) if contradicted else held}


def _deciding(stated: Sequence[SpecialMeasures]) -> SpecialMeasures:
    """Chooses one of the statements of several pages. If the statements contradict each other, the returned state is
    UNCLEAR."""
    states = {one.state for one in stated}
    if states & IN_MEASURES:
        if MeasuresState.LEFT in states:
            holding = next(one for one in stated if one.state in IN_MEASURES)
            return replace(holding, state=MeasuresState.UNCLEAR)
        # If the statements are about the same report, "is being placed in" or "remains in" is more precise than "is in".
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
    """One line of a set (see `_sets`): CQC's words for it (None if there are none), and where it was read."""

    quote: str | None
    origin: Origin


def _sets(seen: Sequence[Seen], complete: bool) -> dict[Subject, Holding]:
    """The sets of lines: breaches, enforcement by stage, reports, notices and statements that were not understood. In an
    incomplete check, lines that were not seen may still apply."""
    first = seen[0].reading if seen else Reading()
    # Reports and notices are on the location page itself, so the location page is enough to know them.
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
    """The lines of each set. If several pages say the same, the newest of these pages is the line's origin."""
    found: dict[Aspect, dict[str, _Line]] = {aspect: {} for aspect in _LINES}
    for one in seen:
        origin = _origin(one, first)
        for aspect, line, quote in _lines(one.reading, is_first=one is seen[0]):
            known = found[aspect].setdefault(line, _Line(quote, origin))
            if origin.published and (known.origin.published is None or origin.published > known.origin.published):
                known.origin = origin
    return found


def _lines(reading: Reading, *, is_first: bool) -> Iterable[tuple[Aspect, str, str | None]]:
    """Yields for each line of a reading: its set, the line itself, and CQC's words. Only the first page's report becomes a
    line."""
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
    """A statement that was not understood, in the form in which statements are compared. Spaces, capitals and numbers (days,
    counts) make no difference."""
    return re.sub(r"\d+", "#", in_one_case(text))


_SAID = tuple(kind for kind in SaidKind if kind is not SaidKind.REGISTRATION_ENDED)  # it is stored as Aspect.REGISTRATION


def _said(seen: Sequence[Seen], complete: bool) -> dict[Subject, Holding]:
    """Returns for each kind in `_SAID` whether CQC makes the statement ("said" or "not said"). In an incomplete check, a
    missing statement is also marked as partly read."""
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
