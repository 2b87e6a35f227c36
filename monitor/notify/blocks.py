"""Makes sections for messages: a section about each item, and tables that list items or services. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from monitor import own_facts
from monitor.detect.observe import unread_line
from monitor.events import LOWER, MANY, Event, Kind, Rests
from monitor.items import NOT_OF_A_REPORT
from monitor.lines import Line, headline, lines
from monitor.notify.content import (
    Concern,
    Fact,
    Hyperlink,
    NotifiedEvent,
    Own,
    Role,
    Row,
    Said,
    Section,
    ServiceCard,
    StaleService,
    Table,
)
from monitor.notify.words import words
from monitor.ratings import OVERALL, Rating
from monitor.severity import sector_has_measures
from monitor.standing import MEASURES, Standing, shown
from monitor.suspensions import Suspension, in_order
from monitor.text import day_in_london, moment, plain

MOST_NAMED = 10
"""A message lists at most this many services that are not up to date. If there are more, it only says how many."""

MOST_NAMES = 20
"""If CQC's pages contain the same text about many services, a message lists the names of at most this many services."""

_BRIEF = 240
"""At most this many characters of CQC's sentences are shown in a digest."""


# ── one item ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def item_section(role: Role, told: Sequence[NotifiedEvent], *, brief: bool = False) -> Section:
    """Returns the section about one item, with the worst event first. With `brief`, which is for a digest, the section has only
    one link, and CQC's sentences are shortened."""
    say, events, card = words("words"), [one.event for one in told], told[0].service
    said = [_said(line, brief=brief) for line in lines(events, told[0].standing)]
    if why := told[0].why:
        said.append(Said(text=say.why(), quote=say.in_quotes([clipped(why) if brief else why])))
    links = _links(told) if brief else (*_have_it(told), *_links(told))
    facts, own = (*_state(told[0].standing), *_dates(events, told[0].standing)), _own(told[0].own)
    brief_lines = [_in_a_line(some) for some in (facts, own, identity(card)) if some]
    return Section(
        role=role,
        heading=card.name,
        said=tuple(said),
        notes=(*_notes(told, brief=brief), *(brief_lines if brief else ())),
        facts=() if brief else (*facts, *own, *identity(card)),
        link=links[0] if links else None,
        links=() if brief else links[1:],
    )


def _said(line: Line, *, brief: bool) -> Said:
    say = words("words")
    quotes = [clipped(one) for one in line.quotes[:1]] if brief else line.quotes
    return Said(text=line.text, urgent=line.urgent, quote=say.quote(quotes) if quotes else None)


def clipped(text: str) -> str:
    """Returns a text. If the text is longer than _BRIEF characters, it is cut between two words."""
    return text if len(text) <= _BRIEF else text[:_BRIEF].rpartition(" ")[0] + "…"


def _notes(told: Sequence[NotifiedEvent], *, brief: bool) -> tuple[str, ...]:
    say, events, case = words("words"), [one.event for one in told], told[0].case
    return (
        *dict.fromkeys(alone for event in events if (alone := rests_on(event))),
        *((say.usually_special_measures(),) if _presumed(told[0].service, events) else ()),
        *dict.fromkeys(say.followed(one.followed_to) for one in told if one.followed_to),
        *((say.case(case.words),) if case and brief else ()),
        *dict.fromkeys(_suspension(told[0].own, events)),
    )


def _suspension(known: Sequence[Own], events: Sequence[Event]) -> Iterator[str]:
    """Yields what the council must do because of a rating: suspend placements, or review the suspension. The rise of one service
    group is ignored, because another service group may be inadequate."""
    say = words("words")
    overall = [event for event in events if event.of == OVERALL and event.corrected_at is None]
    better = any(one.from_ == Rating.INADEQUATE and one.kind is Kind.UPGRADED and not one.group for one in overall)
    for facts in (one.facts for one in known):
        if better and facts.suspended_since:
            yield say.review_suspension(facts.suspended_since)
        elif _now_inadequate(overall) and facts.people_placed and not facts.suspended_since:
            yield say.not_suspended(facts.people_placed)


def _state(standing: Standing | None) -> tuple[Fact, ...]:
    """Returns the present ratings and special measures, if they are known."""
    if standing is None:
        return ()
    say = words("words")
    facts = [Fact(label=say.now_label(), value=standing.now)] if standing.now else []
    if standing.measures and standing.measures_since:
        value = say.measures_since(standing.measures_since, standing.or_earlier)
        facts.append(Fact(label=say.measures_label(), value=value))
    return tuple(facts)


def _dates(events: Sequence[Event], standing: Standing | None) -> tuple[Fact, ...]:
    """Returns when the report was published, if the events come from a report, and when we first saw the events."""
    say = words("words")
    of_report = [event for event in events if event.kind not in NOT_OF_A_REPORT]
    published = max((event.published for event in of_report if event.published), default=None)
    facts = [Fact(label=say.published_label(), value=say.published(published, standing and standing.former))] if of_report else []
    seen = min(event.first_seen_at or event.observed_at for event in events)
    return (*facts, Fact(label=say.seen_label(), value=moment(seen)))


def _own(known: Sequence[Own]) -> tuple[Fact, ...]:
    """Returns the council's own facts, each once. If the facts differ between watchlists, each label contains the watchlist's
    name."""
    said = {one.watchlist: own_facts.said(one.facts, one.today) for one in known}
    several = len(set(said.values())) > 1
    labelled = [(f"{label} ({name})" if several else label, value) for name, facts in said.items() for label, value in facts]
    return tuple(Fact(label=label, value=value) for label, value in dict.fromkeys(labelled))


def _links(told: Sequence[NotifiedEvent]) -> tuple[Hyperlink, ...]:
    """Returns the link to our page about the item, if there is such a page, and the link to CQC's page about the service."""
    card = told[0].service
    ours = [Hyperlink(text=words("words").evidence(card.name), url=told[0].page)] if told[0].page else []
    cqc = page_link(card)
    return (*ours, *([cqc] if cqc else []))


def _have_it(told: Sequence[NotifiedEvent]) -> tuple[Hyperlink, ...]:
    """Returns the link for answering "I have it", if there is one."""
    url = told[0].have_it
    return (Hyperlink(text=words("words").have_it(told[0].service.name), url=url, personal=True),) if url else ()


def _in_a_line(facts: Iterable[Fact]) -> str:
    return " · ".join(f"{fact.label}: {fact.value}" for fact in facts)


def rests_on(event: Event) -> str | None:
    """Returns the sentence that only CQC's API, or only its monthly file, states an event; None if a page of CQC's site showed
    the event."""
    return None if event.rests_on in (Rests.PAGE, Rests.BOTH) else plain(words("words").not_on_a_page(event.rests_on.value))


def identity(card: ServiceCard) -> tuple[Fact, ...]:
    say = words("words")
    facts = (
        (say.type_label(), card.service_type),
        (say.address_label(), card.address),
        (say.authority_label(), card.local_authority),
        (say.provider_label(), card.provider_name),
        (say.id_label(), card.location_id),
    )
    return tuple(Fact(label=label, value=value) for label, value in facts if value)


def page_link(card: ServiceCard) -> Hyperlink | None:
    """Returns a link to CQC's page; None if the URL is not a web address, so that a link opens only web pages."""
    if not card.url.startswith(("https://", "http://")):
        return None
    return Hyperlink(text=words("words").page(card.name), url="".join(card.url.split()))


def _presumed(card: ServiceCard, events: Sequence[Event]) -> bool:
    """Whether the message says that CQC usually places a service with this rating in special measures. True if the service is
    inadequate overall, newly or again, its sector has special measures, and none of the events is about special measures.
    Source: docs/facts/special-measures.md, Presumed."""
    return _now_inadequate(events) and _sector_has_measures(card) and not any(event.kind in MEASURES for event in events)


def _now_inadequate(events: Iterable[Event]) -> bool:
    """Whether any of the events says that the overall rating is inadequate, newly or again."""
    inadequate_by = LOWER | {Kind.FIRST_RATED, Kind.INADEQUATE_AGAIN, Kind.STANDS_AGAIN}
    return any(event.kind in inadequate_by and event.of == OVERALL and event.to == Rating.INADEQUATE for event in events)


def _sector_has_measures(card: ServiceCard) -> bool:
    return sector_has_measures(card.location_id, card.service_type)


# ── several items ────────────────────────────────────────────────────────────────────────────────────────────────────────


def items_table(items: Sequence[Sequence[NotifiedEvent]]) -> Table:
    """Returns the items as a table, in the given order. The columns are the service, what changed, and special measures."""
    return Table(columns=tuple(words("words").columns().split("|")), rows=tuple(_row(told) for told in items))


def _row(told: Sequence[NotifiedEvent]) -> Row:
    events, links = [one.event for one in told], _links(told)
    rest = [event for event in events if event.kind not in MEASURES]
    stays = told[0].standing.stays.get("") if told[0].standing and len(told[0].standing.stays) == 1 else None
    changed = headline(rest) or (words("words").stays(shown(stays)) if stays else "")
    return Row(
        name=told[0].service.name,
        cells=(changed, _measures_cell(events, told[0].standing)),
        url=links[0].url if links else None,
        urgent=any(event.urgent for event in events),
    )


def _measures_cell(events: Sequence[Event], standing: Standing | None) -> str:
    kind = next((event.kind for event in events if event.kind in MEASURES and event.corrected_at is None), None)
    since, or_earlier = (standing.measures_since, standing.or_earlier) if standing else (None, False)
    is_in = bool(standing and standing.measures)
    return str(words("words").measures_cell(str(kind) if kind else "", is_in, since, or_earlier))


def apart(events: Sequence[NotifiedEvent]) -> tuple[list[NotifiedEvent], list[Section]]:
    """Joins events about texts that the program did not understand, if the same text is on the pages of many services. Returns
    the other events, and sections with one line for each text. Urgent events are never joined."""
    alike: dict[str, list[NotifiedEvent]] = {}
    for one in events:
        if one.event.kind is Kind.NOT_UNDERSTOOD and not one.event.urgent:
            alike.setdefault(unread_line(one.event.quote or ""), []).append(one)
    joined = {key: told for key, told in alike.items() if len(told) > 1 and any(one.event.of == MANY for one in told)}
    shared = {one.event.id for told in joined.values() for one in told}
    own = [one for one in events if one.event.id not in shared]
    say = words("words")
    said = tuple(
        Said(
            text=say.of_many(len({one.service.location_id for one in told})),
            quote=say.quote([told[0].event.quote]),
            detail=", ".join(sorted({one.service.name for one in told})[:MOST_NAMES]),
        )
        for told in joined.values()
    )
    return own, [Section(role=Role.PART, heading=say.same_at_many()), Section(role=Role.SERVICE, said=said)] if said else []


# ── the state of services ────────────────────────────────────────────────────────────────────────────────────────────────


def worst_first(concerns: Iterable[Concern]) -> list[Concern]:
    """Returns the concerns, worst first, without presumed special measures for services whose sector has no special measures."""
    return sorted((_presumed_by_sector(one) for one in concerns), key=_gravity)


def concerns_table(concerns: Iterable[Concern]) -> Table:
    """Returns the table of services that are inadequate (overall or for a key question) or in special measures."""
    columns = words("welcome").columns().split("|")
    return Table(columns=tuple(columns), rows=tuple(_concern_row(one) for one in concerns))


def _concern_row(concern: Concern) -> Row:
    say, link = words("welcome"), page_link(concern.service)
    questions = tuple(dict.fromkeys(concern.inadequate_key_questions))  # each question once, even if two service groups have it
    return Row(
        name=concern.service.name,
        cells=(
            say.ratings(shown(concern.overall) if concern.overall else "", questions),
            say.measures(concern.special_measures or ""),
        ),
        url=link.url if link else None,
        urgent=concern.special_measures == "in" or concern.overall == Rating.INADEQUATE,
    )


def _presumed_by_sector(concern: Concern) -> Concern:
    """Returns the concern, without presumed special measures if the service's sector has no special measures."""
    unfounded = concern.special_measures == "presumed" and not _sector_has_measures(concern.service)
    return replace(concern, special_measures=None) if unfounded else concern


def _gravity(concern: Concern) -> tuple[bool, bool, int, str]:
    return (
        concern.special_measures != "in",
        concern.overall != Rating.INADEQUATE,
        -len(concern.inadequate_key_questions),
        concern.service.name,
    )


def not_read(heading: str, note: str, services: Iterable[tuple[str, ServiceCard]]) -> tuple[Section, ...]:
    said = tuple(Said(text=text, link=page_link(card)) for text, card in services)
    return (Section(role=Role.PART, heading=heading, notes=(note,)), Section(role=Role.SERVICE, said=said))


def stale_sections(stale: Sequence[StaleService]) -> tuple[Section, ...]:
    """Returns sections with the name of each service that is not up to date."""
    say = words("digest")
    if not stale:
        return ()
    named = ((say.not_read_since(one.service.name, one), one.service) for one in stale)
    return not_read(say.stale_heading(), say.stale_note(), named)


def stale_in_short(stale: Sequence[StaleService]) -> tuple[Section, ...]:
    """Returns sections about services that are not up to date. If there are more than MOST_NAMED, the sections list no services.
    They say only how many services there are, when the first of them was last fully read, and the commonest reason."""
    if len(stale) <= MOST_NAMED:
        return stale_sections(stale)
    say = words("digest")
    reasons = [one.reason for one in stale if one.reason]
    commonest = max(dict.fromkeys(reasons), key=reasons.count) if reasons else None
    never = sum(one.last_read_at is None for one in stale)
    oldest = min((one.last_read_at for one in stale if one.last_read_at), default=None)
    count = say.stale_count(len(stale), never, oldest, commonest)
    return (Section(role=Role.PART, heading=say.stale_heading(), notes=(count, say.stale_note())),)


def reviews_section(reviews: Sequence[Suspension], until: datetime) -> tuple[Section, ...]:
    """Returns sections about suspensions of placements that are due for review, each with what the council must do."""
    if not reviews:
        return ()
    today = day_in_london(until)
    said = tuple(Said(text=f"{one.name or one.facts.location_id}: {one.words(today)}") for one in in_order(list(reviews), today))
    return (Section(role=Role.PART, heading=words("digest").reviews_heading()), Section(role=Role.SERVICE, said=said))
