"""Renders contents as messages. Pure, so the same content always gives the same message.

Every message is first built as sections. A section has a heading, what happened, facts, CQC's sentences and links. All channels
except text messages lay out the same sections, and therefore show the same text. The words are in `templates/messages`.

Text from outside (names, addresses, sentences) must never act as markup. This module removes control characters and characters
that change the direction of writing, and each layout escapes the markup of its medium.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, get_args

from monitor.events import Event
from monitor.lines import lines, status
from monitor.notify.blocks import (
    apart,
    concerns_table,
    identity,
    item_section,
    items_table,
    not_read,
    page_link,
    rests_on,
    reviews_section,
    stale_in_short,
    stale_sections,
    worst_first,
)
from monitor.notify.content import (
    Alert,
    Confirm,
    Content,
    Correction,
    Digest,
    Drill,
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
    SignIn,
    StillRead,
    StillWatching,
    Table,
    Trial,
    Unsubscribed,
    Welcome,
)
from monitor.notify.data import (
    by_item,
    events_data,
    items_data,
    reviews_data,
    services_data,
    stale_data,
    watchlists_of,
    welcome_data,
)
from monitor.notify.words import environment, words
from monitor.text import LONDON, clock, moment, plain, sentence, stamp

MOST_HTML = 90_000
"""The most bytes in a mail's HTML. Gmail shows about 102 KB. Source: docs/facts/channels.md, Building an email."""

_ROWS = (100, 50, 20)
"""A message shows at most 100 rows of a table. If 100 rows do not fit, the message shows at most 50, or at most 20. It says how
many other rows there are."""

LONGEST_SUBJECT = 78
"""The most characters of an alert's subject. RFC 5322 recommends that a line has at most 78 characters."""


class Extent(Enum):
    """How much of a message is sent. After a refusal, a shorter form may be sent."""

    WHOLE = auto()
    TABLE = auto()  # without the details below the table
    COUNTS = auto()  # without the details and without the table


def render(
    content: Content, *, public_url: str, pages: Pages | None = None, extent: Extent = Extent.WHOLE
) -> Message:  # fmt: skip
    """Returns the message for one address. `public_url` identifies this monitor in the data for programs. `pages` are the URLs at
    the end of the message."""
    draft = _plain_draft(_DRAFTS[type(content)](content), pages)
    subject, summary = plain(draft.subject), plain(draft.summary)
    sections = _fitted(draft, subject, pages, extent)
    top = tuple(_shortened(section, len(draft.blocks) or _ROWS[0], len(draft.blocks)) for section in draft.sections)
    whole = (*top, *draft.blocks, *(draft.whole_after or draft.after))
    page = _page(subject, sections)
    return Message(
        subject=subject,
        text=environment().get_template("message.txt").render(page),
        html=environment().get_template("message.html").render(page),
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
    """Returns a message's subject and sections as JSON, for storage. Links that only the receiver may use are left out. These are
    the links at the message's end (one gives access to the receiver's subscriptions), and the links for answering the message."""
    *others, closing = message.whole or message.sections
    sections = [asdict(section) for section in (*map(_for_all, others), replace(closing, links=()))]
    return json.dumps({"subject": message.subject, "sections": sections}, ensure_ascii=False, separators=(",", ":"))


def _for_all(section: Section) -> Section:
    """Returns a section without its personal links."""
    link, *links = [None if one and one.personal else one for one in (section.link, *section.links)]
    return replace(section, link=link, links=tuple(one for one in links if one))


def numbered(title: str, number: int, total: int) -> str:
    """Returns the title of one part of a message. If there is only one part, the title has no number."""
    return title if total == 1 else plain(words("words").numbered(title, number, total))


def continued(heading: str) -> str:
    """Returns a heading that is repeated at the beginning of a later part. A long heading is shortened, because an earlier part
    shows the whole heading."""
    return plain(words("words").continued(heading if len(heading) <= 100 else heading[:99] + "…"))


def rows_left_out(count: int) -> str:
    """Returns a sentence that says how many rows of a table did not fit."""
    return sentence(plain(words("words").rows_left_out(count)))


def happened(event: Event) -> str:
    """Returns the text of an event in messages, as a sentence without a full stop."""
    return sentence(plain(event.words))


def substance(told: Iterable[NotifiedEvent]) -> tuple[str, ...]:
    """Returns the content of an alert as lines, most severe first, for a person who must telephone the subscriber."""
    say, found = words("words"), []
    for group in by_item(told):
        card, events = group[0].service, [one.event for one in group]
        found.append(", ".join(one for one in (f"{card.name} ({card.location_id})", card.service_type, card.address) if one))
        for line in lines(events, group[0].standing):
            found.append(f"{line.text}.")
            found += [say.quote(line.quotes)] if line.quotes else []
        found.append(f"{say.when(max((one.published for one in events if one.published), default=None), events[0].observed_at)}.")
        found += dict.fromkeys(alone for one in events if (alone := rests_on(one)))
        found.append(card.url)
    return tuple(plain(line) for line in found)


# ── contents -> drafts ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A message before its text is made plain and laid out.

    sections     the title, and the sections that always follow the title
    blocks       one section for each item, worst first; as many of them as fit come after `sections`
    after        the sections that always end the message, with the closing last
    whole_after  replaces `after` in `Message.whole`; if empty, `after` is used there too
    """

    subject: str
    summary: str
    sections: tuple[Section, ...]
    data: Mapping[str, object]
    blocks: tuple[Section, ...] = ()
    after: tuple[Section, ...]
    whole_after: tuple[Section, ...] = ()
    thread: str | None = None
    urgent: bool = False
    watchlists: tuple[str, ...] = ()


def _alert(alert: Alert) -> _Draft:
    say = words("alert")
    items = by_item(alert.events)
    first, watchlists, urgent = items[0], watchlists_of(alert.events), any(one.event.urgent for one in alert.events)
    card = first[0].service
    if len(items) == 1:
        title = item_section(Role.TITLE, first)
        title = replace(title, notes=(say.more(first[0].event.published), *title.notes)) if alert.more else title
        blocks: tuple[Section, ...] = ()
        others = 0
    else:
        others = len({told[0].service.location_id for told in items}) - 1
        title = Section(role=Role.TITLE, heading=say.several(others + 1, urgent), table=items_table(items))
        blocks = tuple(item_section(Role.SERVICE, told) for told in items)
    said = lines([one.event for one in first], first[0].standing)
    summary = f"{card.name}: {'; '.join(line.words for line in said[:2])}"
    return _Draft(
        subject=_subject(first, others),
        summary=say.and_more(summary, others),
        sections=(title,),
        blocks=blocks,
        after=(_closing(say.why(card.name if others == 0 else None, watchlists)),),
        data=_items_in(alert.events),
        thread=card.location_id if others == 0 else None,
        urgent=urgent,
        watchlists=watchlists,
    )


def _subject(told: Sequence[NotifiedEvent], others: int, room: int = LONGEST_SUBJECT) -> str:
    """Returns an alert's subject: the service's present rating, the most severe other change, and the service's name, shortened
    if necessary. `others` is how many other services the alert is about."""
    more = words("alert").more_services(others)
    name = " ".join(told[0].service.name.split())
    said = status((one.event for one in told), room - len(more) - 2 - min(len(name), 24))
    left = room - len(said) - len(more) - 2
    return f"{said}: {name if len(name) <= left else name[: max(left, 12) - 1].rstrip() + '…'}{more}"


def _items_in(events: Sequence[NotifiedEvent]) -> dict[str, object]:
    return {"events": events_data(events), "items": items_data(events), "services": services_data(events)}


def _digest(digest: Digest) -> _Draft:
    say = words("digest")
    own, shared = apart(digest.events)
    items = by_item(own)
    every = by_item(digest.events)
    urgent = len({told[0].service.location_id for told in items if any(one.event.urgent for one in told)})
    counts = (urgent, len({told[0].service.location_id for told in every}) - urgent, len(digest.stale), digest.well)
    watchlists = watchlists_of(digest.events)
    about = tuple(dict.fromkeys(name for name, _ in digest.asked)) or watchlists
    on = digest.until.astimezone(LONDON)
    worst = (status(one.event for one in every[0]), every[0][0].service.name) if every else None
    subject = say.subject(about, f"{on.day} {on:%b}", worst, len({one[0].service.location_id for one in every}) - 1, counts)
    title = Section(
        role=Role.TITLE,
        heading=say.heading(digest.period, about),
        notes=(say.span(digest.since, digest.until), say.counts(*counts), *_of(digest.judgement)),
        table=items_table(items) if items else None,
    )
    closing = _closing(say.why(digest.period, digest.asked, about))
    asked = reviews_section(digest.reviews, digest.until)
    return _Draft(
        subject=subject,
        summary=subject,
        sections=(title,),
        blocks=tuple(_in_digest(told, watchlists) for told in items),
        after=(*shared, *asked, *stale_in_short(digest.stale), closing),
        whole_after=(*shared, *asked, *stale_sections(digest.stale), closing),
        data={
            "period": digest.period.value,
            "since": stamp(digest.since) if digest.since else None,
            "until": stamp(digest.until),
            **_items_in(digest.events),
            "stale": stale_data(digest.stale),
            "reviews": reviews_data(digest.reviews),
            "judgement": digest.judgement,
        },
        watchlists=watchlists or about,
    )


def _in_digest(told: Sequence[NotifiedEvent], watchlists: Sequence[str]) -> Section:
    """Returns the section about one item. In a digest about several watchlists, this section lists the item's watchlists."""
    section, mine = item_section(Role.SERVICE, told, brief=True), watchlists_of(told)
    return replace(section, notes=(*section.notes, words("digest").watchlist(mine))) if len(watchlists) > 1 else section


def _welcome(welcome: Welcome) -> _Draft:
    say, concerns = words("welcome"), worst_first(welcome.holdings)
    counts = (welcome.total, len(welcome.holdings), len(welcome.not_read))
    subject = say.subject(welcome.watchlist, *counts)
    weekday = say.weekday(welcome.day) if welcome.day else None
    at = clock(datetime.strptime(welcome.at, "%H:%M")) if welcome.at else None  # noqa: DTZ007 (a time of day, not an instant)
    table = concerns_table(concerns) if concerns else None
    title = Section(
        role=Role.TITLE,
        heading=say.heading(welcome.watchlist, welcome.total),
        notes=(
            say.comes(welcome.when, at, weekday, welcome.at_once, welcome.all_news),
            *((say.left_out(welcome.left_out),) if welcome.left_out else ()),
            *((say.only_placed(),) if welcome.only_placed else ()),
            say.holds(*counts),
            *((say.presumed(),) if any(one.special_measures == "presumed" for one in concerns) else ()),
            *_of(welcome.judgement),
        ),
        table=table,
    )
    others = Section(
        role=Role.PART, heading=say.others_heading(bool(table)), notes=(say.others(welcome.others, bool(table)),)
    )  # fmt: skip
    missing = [(card.name, card) for card in welcome.not_read]
    unread = not_read(say.not_read_heading(), say.not_read_note(), missing) if missing else ()
    return _Draft(
        subject=subject,
        summary=subject,
        sections=(title, *((others,) if welcome.others else ())),
        after=(*unread, _closing(say.why(welcome.watchlist))),
        data=welcome_data(welcome, concerns),
        watchlists=(welcome.watchlist,),
    )


def _trouble(trouble: OperatorMessage) -> _Draft:
    say = words("trouble")
    why = say.why(trouble.keeper_of, trouble.why)
    draft = _brief(say.subject(trouble.subject), trouble.lines, None, why, heading=trouble.subject)
    return replace(draft, data={"trouble": trouble.subject, "lines": list(trouble.lines)})


def _sign_in(content: SignIn) -> _Draft:
    say = words("sign_in")
    notes = (say.what(content.invitation), say.how(moment(content.until)))
    link = Hyperlink(text=say.link(), url=content.link)
    return _brief(say.subject(content.invitation), notes, link, say.why(content.invitation))


def _brief(subject: str, notes: tuple[str, ...], link: Hyperlink | None, why: str, *, heading: str | None = None) -> _Draft:
    """Returns a short message: a heading, notes, and perhaps one link. If `heading` is None, the subject is the heading."""
    title = Section(role=Role.TITLE, heading=heading or subject, notes=notes, link=link)
    return _Draft(subject=subject, summary=subject, sections=(title,), after=(Section(role=Role.CLOSING, notes=(why,)),), data={})


def _still_watching(sign: StillWatching) -> _Draft:
    say = words("still_watching")
    hours = max(-(-(sign.as_of - sign.all_since) // timedelta(hours=1)), 1) if sign.all_since else None
    subject = say.subject(sign.watchlist, sign.total, len(sign.stale), hours)
    notes = (say.as_of(sign.as_of), *_of(sign.judgement), say.what_if_it_stops(sign.period))
    title = Section(role=Role.TITLE, heading=subject, notes=notes)
    closing = _closing(say.why(sign.period, sign.watchlist))
    return _Draft(
        subject=subject,
        summary=subject,
        sections=(title,),
        after=(*stale_in_short(sign.stale), closing),
        whole_after=(*stale_sections(sign.stale), closing),
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
    say = words("test")
    return replace(_brief(say.subject(), (say.what(),), None, say.why(), heading=say.heading()), data={"kind": "test"})


def _escalation(content: Escalation) -> _Draft:
    say = words("escalation")
    draft = _alert(Alert(events=content.events))
    (title,) = draft.sections
    note = say.note(content, moment(content.since))
    before = say.before(content)
    items = by_item(content.events)
    return replace(
        draft,
        subject=before + _subject(items[0], len(items) - 1, LONGEST_SUBJECT - len(before)),
        summary=before + draft.summary,
        sections=(replace(title, notes=(note, *title.notes)),),
        after=(_closing(say.why(content)),),
        data={**draft.data, "watchlist": content.watchlist, "reason": _why_escalated(content)},
    )


def _why_escalated(content: Escalation) -> str:
    return "on call" if content.on_call else "paused" if content.paused else "unacknowledged"


def _confirm(content: Confirm) -> _Draft:
    say = words("confirm")
    notes = (say.what(content.watchlist, content.asked_by), say.how())
    link = Hyperlink(text=say.link(), url=content.link)
    return _brief(say.subject(content.watchlist), notes, link, say.why())


def _correction(content: Correction) -> _Draft:
    say = words("correction")
    told = content.told
    event, card = told.event, told.service
    subject = say.subject(card.name, event.said)
    link = Hyperlink(text=say.page(), url=told.page) if told.page else None
    title = Section(
        role=Role.TITLE,
        heading=subject,
        said=(Said(text=say.what(event.said), urgent=True, detail=say.why(event.why), link=link),),
        notes=(say.what_now(),),
        facts=(*identity(card), Fact(label=say.at_label(), value=moment(event.observed_at))),
        link=page_link(card),
    )
    return _Draft(
        subject=subject,
        summary=subject,
        sections=(title,),
        after=(_closing(say.because(card.name)),),
        data={"corrects": event.corrects, "why": event.why, "events": events_data([told]), "services": services_data([told])},
        thread=card.location_id,
        urgent=True,
        watchlists=told.watchlists,
    )


def _still_read(content: StillRead) -> _Draft:
    say = words("still_read")
    link = Hyperlink(text=say.link(), url=content.link)
    draft = _brief(say.subject(), (say.what(content.watchlists), say.how()), link, say.why(content.watchlists))
    return replace(draft, data={"kind": "still read"}, watchlists=content.watchlists)


def _unsubscribed(content: Unsubscribed) -> _Draft:
    say = words("unsubscribed")
    link = Hyperlink(text=say.link(), url=content.link) if content.link else None
    notes = (say.what(content), say.how(moment(content.until), content.by))
    draft = _brief(say.subject(content), notes, link, say.why(content))
    return replace(draft, data={"kind": "unsubscribed"}, watchlists=content.watchlists)


def _drill(content: Drill) -> _Draft:
    say = words("drill")
    link = Hyperlink(text=say.link(), url=content.link, personal=True) if content.link else None
    draft = _brief(say.subject(content.watchlist), (say.what(content), say.how(bool(link))), link, say.why(content.watchlist))
    return replace(draft, data={"practice": True, "watchlist": content.watchlist}, watchlists=(content.watchlist,))


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
    Drill: _drill,
}
assert set(_DRAFTS) == set(get_args(Content)), "each kind of content needs a function that drafts it"


# ── sections -> the sections that fit ────────────────────────────────────────────────────────────────────────────────────


def _fitted(draft: _Draft, subject: str, pages: Pages | None, extent: Extent) -> tuple[Section, ...]:
    """Returns the sections that are sent. The mail's HTML must not exceed MOST_HTML. If blocks are left out, a section says how
    many, and links to the whole message."""

    def made(number: int, rows: int) -> tuple[Section, ...]:
        left = len(draft.blocks) - number
        shorter = draft.sections if extent is Extent.WHOLE else map(_bare, draft.sections)
        top = (_shortened(section, rows, number) for section in shorter)
        return (*top, *draft.blocks[:number], *((_left_out(left, pages),) if left else ()), *draft.after)

    def fits(number: int, rows: int) -> bool:
        page = _page(subject, made(number, rows))
        return len(environment().get_template("message.html").render(page).encode()) <= MOST_HTML

    if extent is Extent.COUNTS:
        return made(0, 0)
    if not draft.blocks and not any(section.table for section in draft.sections):
        return made(0, 0)  # nothing can be cut
    rows = next((most for most in _ROWS if fits(0, most)), 0)
    low, high = 0, len(draft.blocks) if extent is Extent.WHOLE else 0
    low = high if fits(high, rows) else low
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle, rows) else (low, middle - 1)
    return made(low, rows)


def _bare(section: Section) -> Section:
    """Returns a section without facts, and with only the text of the sentences in `said`."""
    return replace(section, facts=(), said=tuple(Said(text=one.text, urgent=one.urgent) for one in section.said))


def _shortened(section: Section, rows: int, blocks: int) -> Section:
    """Returns a section with at most `rows` rows of its table, or without the table if `rows` is 0. The first `blocks` rows have
    no link, because a block about each of their items follows."""
    table = section.table
    if table is None or rows == 0:
        return replace(section, table=None)
    shown = tuple(replace(row, url=None) if number < blocks else row for number, row in enumerate(table.rows[:rows]))
    return replace(section, table=replace(table, rows=shown, left_out=len(table.rows) - len(shown)))


def _left_out(count: int, pages: Pages | None) -> Section:
    say = words("words")
    link = Hyperlink(text=say.as_a_page(), url=pages.message) if pages else None
    return Section(role=Role.PART, heading=say.left_out_heading(count), notes=(say.left_out(bool(pages)),), link=link)


def _page(subject: str, sections: Sequence[Section]) -> dict[str, object]:
    return {"subject": subject, "sections": sections, "preview": _preview(sections)}


def _preview(sections: Sequence[Section]) -> str:
    """Returns the preview that mail programs show after the subject: the first rows, the first sentences, or the first note."""
    said = [one.text for section in sections[:-1] for one in section.said]
    rows = [f"{row.name}: {section.table.line(row)}" for section in sections if section.table for row in section.table.rows[:3]]
    notes = [note for section in sections for note in section.notes]
    found = "; ".join((rows or said or notes[:1])[:3])
    return found if len(found) <= 140 else found[:140].rpartition(" ")[0] + "…"


def _of(judgement: str | None) -> tuple[str, ...]:
    return (judgement,) if judgement else ()


def _ending(closing: Section, pages: Pages | None) -> Section:
    """Returns a message's last section, with the links that end the message."""
    if pages is None:
        return closing
    say = words("words")
    links = [Hyperlink(text=say.as_a_page(), url=pages.message)]
    links += [Hyperlink(text=say.unsubscribe(), url=pages.unsubscribe)] if pages.unsubscribe else []
    return replace(closing, links=tuple(links))


def _linked(pages: Pages | None) -> dict[str, object]:
    """Returns the links of a message, as its JSON data has them."""
    return {"page": pages.message, "unsubscribe": pages.unsubscribe} if pages else {}


def _closing(why: str) -> Section:
    return Section(role=Role.CLOSING, notes=(why, words("words").licence()))


# ── plain text ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _plain_draft(draft: _Draft, pages: Pages | None) -> _Draft:
    """Returns the draft with all texts made plain, and with the message's links at the end."""

    def ended(after: tuple[Section, ...]) -> tuple[Section, ...]:
        return (*map(_plain_section, after[:-1]), _plain_section(_ending(after[-1], pages))) if after else ()

    return replace(
        draft,
        sections=tuple(map(_plain_section, draft.sections)),
        blocks=tuple(map(_plain_section, draft.blocks)),
        after=ended(draft.after),
        whole_after=ended(draft.whole_after),
    )


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
        table=section.table and _plain_table(section.table),
        facts=tuple(Fact(label=plain(fact.label), value=plain(fact.value)) for fact in section.facts),
        link=link(section.link),
        links=tuple(replace(one, text=plain(one.text)) for one in section.links),
    )


def _plain_table(table: Table) -> Table:
    rows = tuple(replace(row, name=plain(row.name), cells=tuple(map(plain, row.cells))) for row in table.rows)
    return replace(table, columns=tuple(map(plain, table.columns)), rows=rows)
