"""Contents -> messages. Pure: the same content makes the same message, word for word.

Every message is first built as sections: headings, what happened, facts, CQC's sentences, links. All channels lay out these
same sections, each in its own way, so that every channel says the same. The words themselves are in `templates/messages`.

Text from outside (names, addresses, sentences) is shown as text: this module removes control characters and characters that
change the direction of writing, and each layout escapes what its medium would read as markup.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from monitor import templates
from monitor.detect.observe import unread_line
from monitor.events import LOWER, MANY, Event, Kind, Rests
from monitor.notify.content import (
    Alert,
    Concern,
    Confirm,
    Content,
    Correction,
    Digest,
    Escalation,
    Fact,
    Hyperlink,
    Message,
    NotifiedEvent,
    OperatorMessage,
    Pages,
    Role,
    Said,
    Section,
    ServiceCard,
    SignIn,
    StillRead,
    StillWatching,
    Trial,
    Unsubscribed,
    Welcome,
)
from monitor.notify.data import by_service, card_data, concern_data, events_data, services_data, stale_data, watchlists_of
from monitor.ratings import OVERALL, Rating
from monitor.severity import by_severity, sector_has_measures
from monitor.text import clock, day, listed, moment, plain, sentence, stamp

if TYPE_CHECKING:
    from jinja2 import Environment


class Extent(Enum):
    """How much of a message is sent: a receiver may have refused a longer one."""

    WHOLE = auto()
    TABLE = auto()  # without the details of each service
    COUNTS = auto()  # without the services too


def render(
    content: Content, *, public_url: str, pages: Pages | None = None, extent: Extent = Extent.WHOLE
) -> Message:  # fmt: skip
    """The message for one address. `public_url` tells programs that receive the data which monitor sent it; `pages`: the links at
    its end."""
    draft = _DRAFTS[type(content)](content)
    subject, summary = plain(draft.subject), plain(draft.summary)
    whole = tuple(_plain_section(section) for section in (*draft.sections[:-1], _ending(draft.sections[-1], pages)))
    sections = _shortened(whole, extent)
    page = {"subject": subject, "sections": sections}
    return Message(
        subject=subject,
        text=_environment().get_template("message.txt").render(page),
        html=_environment().get_template("message.html").render(page),
        summary=summary,
        sections=sections,
        thread=draft.thread,
        urgent=draft.urgent,
        data={"kind": type(content).__name__.lower(), "monitor": public_url, "subject": subject, **draft.data, **_linked(pages)},
        watchlists=draft.watchlists,
        unsubscribe=pages.unsubscribe if pages else None,
        answers=content.answers if isinstance(content, Correction) else None,
        whole=whole if whole != sections else (),
    )


def said_as_json(message: Message) -> str:
    """A message's content for storage: its subject and sections, without the links at its end, since one of them gives access to
    the reader's subscriptions."""
    sections = [asdict(replace(section, links=())) for section in message.whole or message.sections]
    return json.dumps({"subject": message.subject, "sections": sections}, ensure_ascii=False, separators=(",", ":"))


def _shortened(sections: tuple[Section, ...], extent: Extent) -> tuple[Section, ...]:
    if extent is Extent.WHOLE:
        return sections
    kept = sections if extent is Extent.TABLE else [one for one in sections if one.role in (Role.TITLE, Role.CLOSING)]
    return tuple(
        replace(one, facts=(), said=tuple(Said(text=said.text, urgent=said.urgent) for said in one.said)) for one in kept
    )


def numbered(title: str, number: int, total: int) -> str:
    """The title of one part of a message; unchanged if there is only one part."""
    return title if total == 1 else plain(_words("words").numbered(title, number, total))


def continued(heading: str) -> str:
    """A heading repeated at the beginning of a part, shortened if it is long: an earlier part has it in full."""
    return plain(_words("words").continued(heading if len(heading) <= 100 else heading[:99] + "…"))


def happened(event: Event) -> str:
    """What an event says, in the words of messages, as a sentence without a full stop."""
    return sentence(plain(event.words))


def rests_on(event: Event) -> str | None:
    """Says, in the words of messages, that only CQC's API or its monthly file states an event; None if a page of CQC's site
    showed it."""
    return None if event.rests_on in (Rests.PAGE, Rests.BOTH) else plain(_words("words").not_on_a_page(event.rests_on.value))


def substance(told: Iterable[NotifiedEvent]) -> tuple[str, ...]:
    """Everything that an alert says about its services, most severe first, as lines for a person who must telephone."""
    words, lines = _words("words"), []
    for group in by_service(told):
        card = group[0].service
        lines.append(", ".join(one for one in (f"{card.name} ({card.location_id})", card.service_type, card.address) if one))
        for one in group:
            lines.append(f"{happened(one.event)}. {words.when(one.event.published, one.event.observed_at)}.")
            lines += [words.quote(one.event.quote)] if one.event.quote else []
            lines += [alone] if (alone := rests_on(one.event)) else []
        lines.append(card.url)
    return tuple(plain(line) for line in lines)


# ── contents -> drafts ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A message before its text is made plain and laid out."""

    subject: str
    summary: str
    sections: tuple[Section, ...]
    data: Mapping[str, object]
    thread: str | None = None
    urgent: bool = False
    watchlists: tuple[str, ...] = ()


def _alert(alert: Alert) -> _Draft:
    words = _words("alert")
    own, shared = _apart(alert.events)
    services = by_service(own)
    if not services:  # only statements that many services share
        services, shared = by_service(alert.events), []
    first, *others = services
    urgent = [told for told in services if _is_urgent(told)]
    about_one = bool(urgent) or not others
    if about_one:
        subject = words.subject(first[0].service.name, _headline(first), len(urgent) - 1)
        title = [_service_section(Role.TITLE, first)]
        title += [Section(role=Role.PART, heading=words.others(len(urgent) > 1))] if others else []
    else:
        subject = words.subject_of_several(first[0].service.name, len(others))
        title = [Section(role=Role.TITLE, heading=words.several(len(services)))]
        others = services
    watchlists = watchlists_of(alert.events)
    why = words.why(first[0].service.name if about_one and not others and not shared else None, watchlists)
    return _Draft(
        subject=subject,
        summary=subject,
        sections=(*title, *(_service_section(Role.SERVICE, told) for told in others), *shared, _closing(why)),
        data={"events": events_data(alert.events), "services": services_data(alert.events)},
        thread=first[0].service.location_id if about_one else None,
        urgent=bool(urgent),
        watchlists=watchlists,
    )


def _digest(digest: Digest) -> _Draft:
    words = _words("digest")
    services = by_service(digest.events)
    urgent = sum(_is_urgent(told) for told in services)
    counts = (urgent, len(services) - urgent, len(digest.stale), digest.well)
    subject = words.subject(digest.period, *counts)
    sections = [
        Section(
            role=Role.TITLE,
            heading=words.heading(digest.period),
            notes=(words.span(digest.since, digest.until), words.counts(*counts), *_of(digest.judgement)),
        )
    ]
    own, shared = _apart(digest.events)
    for watchlists, group in _by_watchlists(own):
        sections.append(Section(role=Role.PART, heading=words.watchlist(watchlists)))
        sections += (_service_section(Role.SERVICE, told) for told in group)
    sections += shared
    if digest.stale:
        stale = ((words.not_read_since(one.service.name, one), one.service) for one in digest.stale)
        sections += _not_read(words.stale_heading(), words.stale_note(), stale)
    watchlists = watchlists_of(digest.events)
    sections.append(_closing(words.why(digest.period, watchlists)))
    return _Draft(
        subject=subject,
        summary=subject,
        sections=tuple(sections),
        data={
            "period": digest.period.value,
            "since": stamp(digest.since) if digest.since else None,
            "until": stamp(digest.until),
            "events": events_data(digest.events),
            "stale": stale_data(digest.stale),
            "judgement": digest.judgement,
            "services": services_data(digest.events),
        },
        watchlists=watchlists,
    )


def _welcome(welcome: Welcome) -> _Draft:
    words = _words("welcome")
    holdings = sorted((_presumed_by_sector(holding) for holding in welcome.holdings), key=_concern_gravity)
    counts = (welcome.total, len(holdings), len(welcome.not_read))
    subject = words.subject(welcome.watchlist, *counts)
    day = words.weekday(welcome.day) if welcome.day else None
    at = clock(datetime.strptime(welcome.at, "%H:%M")) if welcome.at else None  # noqa: DTZ007 (an hour of the day, not an instant)
    sections = [
        Section(
            role=Role.TITLE,
            heading=words.heading(welcome.watchlist, welcome.total),
            notes=(words.comes(welcome.when, at, day), words.holds(*counts), *_of(welcome.judgement)),
        ),
        *(_concern_section(holding) for holding in holdings),
    ]
    if welcome.not_read:
        not_read = ((card.name, card) for card in welcome.not_read)
        sections += _not_read(words.not_read_heading(), words.not_read_note(), not_read)
    sections.append(_closing(words.why(welcome.watchlist)))
    return _Draft(
        subject=subject,
        summary=subject,
        sections=tuple(sections),
        data={
            "watchlist": welcome.watchlist,
            "when": welcome.when.value,
            "at": welcome.at,
            "day": welcome.day,
            "total": welcome.total,
            "holdings": [concern_data(holding) for holding in holdings],
            "not_read": [card_data(card) for card in welcome.not_read],
            "judgement": welcome.judgement,
        },
        watchlists=(welcome.watchlist,),
    )


def _trouble(trouble: OperatorMessage) -> _Draft:
    words = _words("trouble")
    draft = _brief(words.subject(trouble.subject), trouble.lines, None, words.why(trouble.keeper_of), heading=trouble.subject)
    return replace(draft, data={"trouble": trouble.subject, "lines": list(trouble.lines)})


def _sign_in(content: SignIn) -> _Draft:
    words = _words("sign_in")
    notes = (words.what(content.invitation), words.how(moment(content.until)))
    link = Hyperlink(text=words.link(), url=content.link)
    return _brief(words.subject(content.invitation), notes, link, words.why(content.invitation))


def _brief(subject: str, notes: tuple[str, ...], link: Hyperlink | None, why: str, *, heading: str | None = None) -> _Draft:
    """A message that says one thing, perhaps with one link. `heading` None: its subject."""
    title = Section(role=Role.TITLE, heading=heading or subject, notes=notes, link=link)
    return _Draft(subject=subject, summary=subject, sections=(title, Section(role=Role.CLOSING, notes=(why,))), data={})


def _still_watching(sign: StillWatching) -> _Draft:
    words, digest = _words("still_watching"), _words("digest")
    hours = max(-(-(sign.as_of - sign.all_since) // timedelta(hours=1)), 1) if sign.all_since else None
    subject = words.subject(sign.watchlist, sign.total, len(sign.stale), hours)
    notes = (words.as_of(sign.as_of), *_of(sign.judgement), words.what_if_it_stops(sign.period))
    title = Section(role=Role.TITLE, heading=subject, notes=notes)
    stale = ((digest.not_read_since(one.service.name, one), one.service) for one in sign.stale)
    named = _not_read(digest.stale_heading(), digest.stale_note(), stale) if sign.stale else ()
    return _Draft(
        subject=subject,
        summary=subject,
        sections=(title, *named, _closing(words.why(sign.period, sign.watchlist))),
        data={
            "kind": "still watching",
            "watchlist": sign.watchlist,
            "period": sign.period,
            "total": sign.total,
            "as_of": stamp(sign.as_of),
            "all_read_since": stamp(sign.all_since) if sign.all_since else None,
            "stale": stale_data(sign.stale),
            "judgement": sign.judgement,
        },
        watchlists=(sign.watchlist,),
    )


def _trial(_: Trial) -> _Draft:
    words = _words("test")
    return replace(_brief(words.subject(), (words.what(),), None, words.why(), heading=words.heading()), data={"kind": "test"})


def _escalation(content: Escalation) -> _Draft:
    words = _words("escalation")
    draft = _alert(Alert(events=content.events))
    title, *others = draft.sections[:-1]
    note = words.note(content.paused, content.watchlist, moment(content.since))
    subject = words.subject(draft.subject, content.paused)
    return replace(
        draft,
        subject=subject,
        summary=subject,
        sections=(replace(title, notes=(note, *title.notes)), *others, _closing(words.why(content.paused, content.watchlist))),
        data={**draft.data, "watchlist": content.watchlist, "reason": "paused" if content.paused else "unacknowledged"},
    )


def _confirm(content: Confirm) -> _Draft:
    words = _words("confirm")
    notes = (words.what(content.watchlist, content.asked_by), words.how())
    link = Hyperlink(text=words.link(), url=content.link)
    return _brief(words.subject(content.watchlist), notes, link, words.why())


def _correction(content: Correction) -> _Draft:
    words = _words("correction")
    told = content.told
    event, card = told.event, told.service
    subject = words.subject(card.name, event.said)
    link = Hyperlink(text=words.page(), url=told.page) if told.page else None
    title = Section(
        role=Role.TITLE,
        heading=subject,
        said=(Said(text=words.what(event.said), urgent=True, detail=words.why(event.why), link=link),),
        notes=(words.what_now(),),
        facts=(*_identity(card), Fact(label=words.at_label(), value=moment(event.observed_at))),
        link=_page_link(card),
    )
    return _Draft(
        subject=subject,
        summary=subject,
        sections=(title, _closing(words.because(card.name))),
        data={"corrects": event.corrects, "why": event.why, "events": events_data([told]), "services": services_data([told])},
        thread=card.location_id,
        urgent=True,
        watchlists=told.watchlists,
    )


def _still_read(content: StillRead) -> _Draft:
    words = _words("still_read")
    link = Hyperlink(text=words.link(), url=content.link)
    draft = _brief(words.subject(), (words.what(content.watchlists), words.how()), link, words.why(content.watchlists))
    return replace(draft, data={"kind": "still read"}, watchlists=content.watchlists)


def _unsubscribed(content: Unsubscribed) -> _Draft:
    words, of = _words("unsubscribed"), content.watchlists
    link = Hyperlink(text=words.link(), url=content.link)
    draft = _brief(words.subject(of), (words.what(of), words.how(moment(content.until))), link, words.why(of))
    return replace(draft, data={"kind": "unsubscribed"}, watchlists=of)


_DRAFTS: Mapping[type, Callable[[Any], _Draft]] = {
    Alert: _alert,
    Digest: _digest,
    Welcome: _welcome,
    OperatorMessage: _trouble,
    SignIn: _sign_in,
    StillWatching: _still_watching,
    Trial: _trial,
    Escalation: _escalation,
    Confirm: _confirm,
    Correction: _correction,
    StillRead: _still_read,
    Unsubscribed: _unsubscribed,
}
assert set(_DRAFTS) == set(get_args(Content)), "each content has its draft"


# ── sections ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _service_section(role: Role, told: Sequence[NotifiedEvent]) -> Section:
    """Everything about one service, most severe first. Equal dates of publication and observation are given once."""
    words = _words("words")
    events = [one.event for one in told]
    facts = _identity(told[0].service)
    together = len({(event.published, event.observed_at) for event in events}) == 1
    if together:
        facts += (
            Fact(label=words.published_label(), value=words.published(events[0].published)),
            Fact(label=words.seen_label(), value=moment(events[0].observed_at)),
        )
    return Section(
        role=role,
        heading=told[0].service.name,
        said=tuple(
            Said(
                text=sentence(event.words),
                urgent=event.urgent,
                detail=None if together else words.when(event.published, event.observed_at),
                quote=words.quote(event.quote) if event.quote else None,
                link=Hyperlink(text=words.evidence(), url=one.page) if one.page else None,
            )
            for one, event in zip(told, events, strict=True)
        ),
        notes=(
            *dict.fromkeys(alone for event in events if (alone := rests_on(event))),
            *((words.usually_special_measures(),) if _presumed(told[0].service, events) else ()),
            *dict.fromkeys(words.followed(one.followed_to) for one in told if one.followed_to),
        ),
        facts=facts,
        link=_page_link(told[0].service),
    )


def _apart(events: Sequence[NotifiedEvent]) -> tuple[list[NotifiedEvent], list[Section]]:
    """The events without the statements that many services share, and those in one line each. Urgent ones stay separate."""
    alike: dict[str, list[NotifiedEvent]] = {}
    for one in events:
        if one.event.kind is Kind.NOT_UNDERSTOOD and not one.event.urgent:
            alike.setdefault(unread_line(one.event.quote or ""), []).append(one)
    joined = {key: told for key, told in alike.items() if len(told) > 1 and any(one.event.of == MANY for one in told)}
    shared = {one.event.id for told in joined.values() for one in told}
    own = [one for one in events if one.event.id not in shared]
    words = _words("words")
    said = tuple(
        Said(
            text=words.of_many(len({one.service.location_id for one in told})),
            quote=words.quote(told[0].event.quote),
            detail=", ".join(sorted({one.service.name for one in told})[:MOST_NAMES]),
        )
        for told in joined.values()
    )
    return own, [Section(role=Role.PART, heading=words.same_at_many()), Section(role=Role.SERVICE, said=said)] if said else []


MOST_NAMES = 20
"""How many of the services that share a statement are named."""


def _concern_section(holding: Concern) -> Section:
    words = _words("welcome")
    said = []
    if holding.overall:
        said.append(Said(text=words.overall(holding.overall), urgent=holding.overall == Rating.INADEQUATE))
    if holding.inadequate_key_questions:
        questions = tuple(dict.fromkeys(holding.inadequate_key_questions))  # a service with two groups may have one twice
        said.append(Said(text=words.inadequate_for(questions), urgent=True))
    if holding.special_measures == "in":
        quote = _words("words").quote(holding.quote) if holding.quote else None
        said.append(Said(text=words.in_special_measures(), urgent=True, quote=quote))
    presumed = holding.special_measures == "presumed"
    return Section(
        role=Role.SERVICE,
        heading=holding.service.name,
        said=tuple(said),
        notes=(_words("words").usually_special_measures(),) if presumed else (),
        facts=_identity(holding.service),
        link=_page_link(holding.service),
    )


def _of(judgement: str | None) -> tuple[str, ...]:
    return (judgement,) if judgement else ()


def _not_read(heading: str, note: str, services: Iterable[tuple[str, ServiceCard]]) -> tuple[Section, ...]:
    said = tuple(Said(text=text, link=_page_link(card)) for text, card in services)
    return (Section(role=Role.PART, heading=heading, notes=(note,)), Section(role=Role.SERVICE, said=said))


def _ending(closing: Section, pages: Pages | None) -> Section:
    """A message's last section, with its links."""
    if pages is None:
        return closing
    words = _words("words")
    links = [Hyperlink(text=words.as_a_page(), url=pages.message)]
    links += [Hyperlink(text=words.unsubscribe(), url=pages.unsubscribe)] if pages.unsubscribe else []
    return replace(closing, links=tuple(links))


def _linked(pages: Pages | None) -> dict[str, object]:
    """The same links in a message's data."""
    return {"page": pages.message, "unsubscribe": pages.unsubscribe} if pages else {}


def _closing(why: str) -> Section:
    return Section(role=Role.CLOSING, notes=(why, _words("words").licence()))


def _identity(card: ServiceCard) -> tuple[Fact, ...]:
    words = _words("words")
    facts = (
        (words.type_label(), card.service_type),
        (words.address_label(), card.address),
        (words.provider_label(), card.provider_name),
    )
    return tuple(Fact(label=label, value=value) for label, value in facts if value)


def _page_link(card: ServiceCard) -> Hyperlink | None:
    """A link to CQC's page; none unless the address is a web address, so that a link never opens anything else."""
    if not card.url.startswith(("https://", "http://")):
        return None
    return Hyperlink(text=_words("words").page(card.name), url="".join(card.url.split()))


def _headline(told: Sequence[NotifiedEvent]) -> str:
    """What changed, for the subject: the overall rating and special measures if they did, otherwise the most severe change."""
    events = [one.event for one in told]
    main = [event for event in events if _falls_overall(event) or event.kind in {Kind.ENTERED, Kind.REMAINS}]
    return "; ".join(plain(event.words) for event in main[:2] or events[:1])


def _falls_overall(event: Event) -> bool:
    return event.kind in LOWER and event.of == OVERALL


def _presumed(card: ServiceCard, events: Sequence[Event]) -> bool:
    """Whether to say that CQC usually places such a service in special measures: it is inadequate overall, newly or again, and
    there is no statement about special measures. Source: docs/facts/special-measures.md, Presumed."""
    measures = {Kind.ENTERED, Kind.REMAINS, Kind.LEFT, Kind.MEASURES_UNCLEAR}
    inadequate_by = LOWER | {Kind.FIRST_RATED, Kind.INADEQUATE_AGAIN, Kind.STANDS_AGAIN}
    inadequate = any(
        event.kind in inadequate_by and event.of == OVERALL and event.to == Rating.INADEQUATE
        for event in events
    )
    return inadequate and _sector_has_measures(card) and not any(event.kind in measures for event in events)


def _presumed_by_sector(holding: Concern) -> Concern:
    """The holding, presumed to be in special measures only if its sector has them."""
    unfounded = holding.special_measures == "presumed" and not _sector_has_measures(holding.service)
    return replace(holding, special_measures=None) if unfounded else holding


def _sector_has_measures(card: ServiceCard) -> bool:
    return sector_has_measures(card.location_id, card.service_type)


# ── order ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

def _concern_gravity(holding: Concern) -> tuple[bool, bool, int, str]:
    return (
        holding.special_measures != "in",
        holding.overall != Rating.INADEQUATE,
        -len(holding.inadequate_key_questions),
        holding.service.name,
    )


def _is_urgent(told: Iterable[NotifiedEvent]) -> bool:
    return any(one.event.urgent for one in told)


def _by_watchlists(events: Iterable[NotifiedEvent]) -> list[tuple[tuple[str, ...], list[list[NotifiedEvent]]]]:
    """The services under their watchlists. A service on two watchlists appears once, under both names."""
    groups: dict[tuple[str, ...], list[NotifiedEvent]] = {}
    for told in events:
        groups.setdefault(tuple(sorted(set(told.watchlists))), []).append(told)
    listed = [(watchlists, by_service(group)) for watchlists, group in groups.items()]
    return sorted(listed, key=lambda one: (by_severity(one[1][0][0].event), one[0]))


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _plain_section(section: Section) -> Section:
    def link(one: Hyperlink | None) -> Hyperlink | None:
        return one and replace(one, text=plain(one.text))

    def optional(text: str | None) -> str | None:
        return plain(text) if text else None

    return Section(
        role=section.role,
        heading=plain(section.heading),
        said=tuple(
            replace(one, text=plain(one.text), detail=optional(one.detail), quote=optional(one.quote), link=link(one.link))
            for one in section.said
        ),
        notes=tuple(plain(note) for note in section.notes),
        facts=tuple(Fact(label=plain(fact.label), value=plain(fact.value)) for fact in section.facts),
        link=link(section.link),
        links=tuple(replace(one, text=plain(one.text)) for one in section.links),
    )


@cache
def _environment() -> "Environment":
    filters: dict[str, Callable[..., str]] = {"day": day, "moment": moment, "clock": clock, "sentence": sentence, "names": listed}
    return templates.environment("messages", filters)


@cache
def _words(name: str) -> Any:
    """The macros of `name.jinja`: phrases, each called like a function."""
    return _environment().get_template(f"{name}.jinja").module
