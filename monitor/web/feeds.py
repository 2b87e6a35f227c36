"""Feeds of a watchlist's changes for feed readers, as Atom (RFC 4287) and JSON Feed 1.1, and calendars of due dates. Nobody can
guess a feed's address."""

import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.utils import format_datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

from fastapi import APIRouter, HTTPException, Request, Response

from monitor.app import App
from monitor.events import Event
from monitor.lines import headline
from monitor.locations import location_url
from monitor.notify.blocks import rests_on
from monitor.notify.render import happened
from monitor.severity import by_severity
from monitor.store.feeds import Feed
from monitor.store.people import Person
from monitor.text import LONDON, day, day_in_london, plain, stamp
from monitor.web import ical, reinspections
from monitor.web.answers import conditional
from monitor.web.cases import names_of
from monitor.web.pages import go_to, page
from monitor.web.parts import Now, TheApp, User, WatchlistName, case_url, path_of, segment

LATELY = timedelta(days=30)
"""How far back a feed goes."""

_ATOM = "http://www.w3.org/2005/Atom"
_IDS = uuid.UUID("5f0a5f3e-6a0a-4d0e-9a54-3c1d6c2f7b11")
"""The namespace from which our entries' ids are made, so that an item always has the same id in every feed. Never change this
value."""

router = APIRouter()


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@router.get("/feeds")
def feeds(request: Request, app: TheApp, me: User) -> Response:
    """Shows all watchlists, and which feeds of watchlists the person has."""
    return _page(request, app, me)


@router.post("/feeds/{watchlist}")
def renew(request: Request, watchlist: WatchlistName, app: TheApp, me: User, now: Now) -> Response:
    """Makes a new address for the person's feed of a watchlist. Only this page shows the new address, and only once. The old
    address stops working."""
    key = app.store.feeds.renew(watchlist, me, now)
    if key is None:
        raise HTTPException(404)
    return _page(request, app, me, made=watchlist, address=f"{app.settings.public_url}/feeds/{key}")


@router.post("/feeds/{watchlist}/end")
def end(request: Request, watchlist: WatchlistName, app: TheApp, me: User, now: Now) -> Response:
    """Ends the person's feed of a watchlist."""
    if not app.store.feeds.end(watchlist, me, now):
        raise HTTPException(404)
    return go_to(request, "/feeds", said=f"Your feed of {watchlist} has ended, so its address no longer works.")


def _page(request: Request, app: App, me: Person, made: str | None = None, address: str | None = None) -> Response:
    mine = app.store.feeds.of(me)
    return page(
        request, "feeds.html", watchlists=app.store.glance.watchlists(), mine=mine, made=made, address=address, days=LATELY.days
    )


# ── feeds ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@router.get("/feeds/{key}.atom")
def atom(request: Request, key: str, app: TheApp, now: Now) -> Response:
    """Returns the feed as Atom."""
    feed = _feed(app, key, now)
    return _answered(request, _as_atom(feed, app), "application/atom+xml; charset=utf-8", feed)


@router.get("/feeds/{key}.json")
def json_feed(request: Request, key: str, app: TheApp, now: Now) -> Response:
    """Returns the feed as JSON Feed."""
    feed = _feed(app, key, now)
    return _answered(request, json.dumps(_as_json(feed, app), ensure_ascii=False).encode(), "application/feed+json", feed)


@router.get("/feeds/{key}.ics")
def calendar_of(request: Request, key: str, app: TheApp) -> Response:
    """Returns a calendar with the due dates of cases about the watchlist's services, of the open steps of these cases, and of
    reviews of suspensions."""
    found = app.store.feeds.owner_of(key)
    if found is None:
        raise HTTPException(404)
    watchlist, person = found
    dated = app.store.cases.dated(watchlist)
    names = names_of(app, [case for case, _ in dated])
    host = urlsplit(app.settings.public_url).hostname or "cqc-monitor"
    entries = [
        ical.Entry(
            uid=f"case-{case.id}{f'-step-{step.id}' if step else ''}@{host}",
            on=on,
            title=f"{names[case.location_id]}: {step.title if step else 'case due'}",
            text=f"Case {case.id}: {case.state}",
            url=case_url(app, case.id),
            made_at=case.opened_at,
            version=case.version,
        )
        for case, step in dated
        if (on := step.due if step else case.due)
    ]
    entries += _reviews(app, watchlist, person, host)
    return conditional(request, ical.calendar(f"Cases: {watchlist}", entries), ical.MEDIA_TYPE, {})


def _reviews(app: App, watchlist: str, person: int, host: str) -> Iterator[ical.Entry]:
    for one in app.store.suspensions.planned(watchlist, reader=person):
        if one.review and one.set_on:
            yield ical.Entry(
                uid=f"suspension-{one.facts.location_id}-{uuid.uuid5(_IDS, watchlist)}@{host}",
                on=one.review,
                title=f"{one.name or one.facts.location_id}: review the suspension of placements",
                text=f"Suspended since {day(one.facts.suspended_since or one.set_on)}",
                url=f"{app.settings.public_url}/suspensions",
                made_at=datetime.combine(one.set_on, time(), LONDON),
                version=(one.set_on - date(2026, 1, 1)).days,
            )


@router.get("/feeds/{key}/re-inspections.ics")
def reinspections_of(request: Request, key: str, app: TheApp, now: Now) -> Response:
    """Returns a calendar of the dates by which CQC has said that it will inspect the watchlist's services again."""
    feed = _feed(app, key, now)
    return conditional(request, reinspections.of_watchlist(app, feed.watchlist, now), ical.MEDIA_TYPE, {})


def _feed(app: App, key: str, now: datetime) -> Feed:
    feed = app.store.feeds.read(key, now - LATELY)
    if feed is None:
        raise HTTPException(404)
    return feed


def _answered(request: Request, content: bytes, media_type: str, feed: Feed) -> Response:
    # We send Last-Modified, but ignore If-Modified-Since. After two changes within one second, a feed reader that asks only by
    # time would miss the second change. A feed reader that uses the digest (ETag) misses nothing.
    return conditional(request, content, media_type, {"Last-Modified": format_datetime(feed.changed_at, usegmt=True)})


# Neither format contains the feed's own address. The address is a secret, and people forward and export what they read.


def _as_atom(feed: Feed, app: App) -> bytes:
    url = app.settings.public_url
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en-GB"})
    _add(root, "id", _id(f"feed|{feed.person}|{feed.watchlist}"))
    _add(root, "title", _title(feed))
    _add(root, "updated", stamp(feed.changed_at))
    ElementTree.SubElement(root, "link", rel="alternate", type="text/html", href=_watchlist_url(url, feed.watchlist))
    _add(ElementTree.SubElement(root, "author"), "name", "CQC monitor")
    _add(root, "rights", _RIGHTS)
    for item in _entries(feed):
        entry = ElementTree.SubElement(root, "entry")
        _add(entry, "id", item.id)
        _add(entry, "title", item.title)
        _add(entry, "updated", stamp(item.updated))
        _add(entry, "published", stamp(item.published))
        ElementTree.SubElement(entry, "link", rel="alternate", type="text/html", href=f"{url}{item.path}")
        on_cqc = location_url(item.location_id, app.settings.cqc_base_url)
        ElementTree.SubElement(entry, "link", rel="related", type="text/html", href=on_cqc)
        for kind in item.kinds:
            ElementTree.SubElement(entry, "category", term=kind)
        _add(entry, "content", item.content, type="text")
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _as_json(feed: Feed, app: App) -> dict[str, object]:
    url = app.settings.public_url
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(feed),
        "home_page_url": _watchlist_url(url, feed.watchlist),
        "description": _RIGHTS,
        "language": "en-GB",
        "items": [
            {
                "id": item.id,
                "url": f"{url}{item.path}",
                "external_url": location_url(item.location_id, app.settings.cqc_base_url),
                "title": item.title,
                "content_text": item.content,
                "date_published": stamp(item.published),
                **({"date_modified": stamp(item.updated)} if item.updated != item.published else {}),
                "tags": list(item.kinds),
            }
            for item in _entries(feed)
        ],
    }


_RIGHTS = (
    "Ratings, reports and names of services belong to the Care Quality Commission, and are used under the Open "
    "Government Licence v3.0. Only CQC’s own publications are authoritative."
)


def _add(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = text


def _id(of: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_IDS, of)}"


def _title(feed: Feed) -> str:
    return f"CQC changes: {plain(feed.watchlist)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """An item as an entry of a feed. The entry's id comes from the item's first event, because each event was an entry before
    version 0.3. A feed reader that has the first event's old entry must not show a second entry for the item."""

    id: str
    location_id: str
    path: str
    title: str
    content: str
    kinds: tuple[str, ...]
    published: datetime
    updated: datetime


def _entries(feed: Feed) -> list[_Entry]:
    """Returns the entries, newest day first and, within a day, worst first."""
    told = [sorted(item, key=by_severity) for item in feed.items]
    ids = {item[0].item: _id(item[0].id) for item in feed.items}
    order = sorted(told, key=lambda item: by_severity(item[0]))
    return [
        _Entry(
            id=ids[item[0].item],
            location_id=item[0].location_id,
            path=path_of(item[0].item or ""),
            title=f"{plain(item[0].name)}: {plain(headline(item))}",
            content="\n".join(
                (f"{plain(item[0].name)} ({item[0].location_id})", *(line for event in item for line in _says(event)))
            ),
            kinds=tuple(dict.fromkeys(str(event.kind) for event in item)),
            published=min(event.observed_at for event in item),
            updated=_updated(item),
        )
        for item in sorted(order, key=lambda item: day_in_london(_updated(item)), reverse=True)
    ]


def _updated(item: Sequence[Event]) -> datetime:
    return max(event.corrected_at or event.observed_at for event in item)


def _says(event: Event) -> Iterator[str]:
    yield f"{plain(happened(event))}."
    if event.published:
        yield f"Published by CQC on {day(event.published)}."
    if event.quote:
        yield f"“{plain(event.quote)}”"
    if alone := rests_on(event):
        yield alone
    if event.corrected_at:
        yield f"Retracted by us on {day(day_in_london(event.corrected_at))}: {event.corrected_why}"
    if event.corrects:
        yield f"Why: {event.why}"


def _watchlist_url(url: str, watchlist: str) -> str:
    return f"{url}/watchlists/{segment(watchlist)}"
