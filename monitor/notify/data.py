"""Makes the data for webhooks from the content of a message. Pure."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from monitor.cases import Case
from monitor.events import Event, Rests
from monitor.lines import headline, lines
from monitor.notify.content import (
    Concern,
    NotifiedEvent,
    ServiceCard,
    StaleService,
    Welcome,
)
from monitor.own_facts import as_json
from monitor.severity import by_severity, level
from monitor.suspensions import Suspension
from monitor.text import stamp


def event_data(event: Event) -> dict[str, object]:
    """Returns an event as `events --json` and webhooks show it. The event has the key `rests_on` if a page of CQC's site was not
    the only source. Source: docs/interface.md, Events as JSON."""
    shown: dict[str, object] = {
        "id": event.id,
        "location_id": event.location_id,
        "name": event.name,
        "kind": event.kind.value,
        "group": event.group,
        "of": event.of,
        "from": event.from_,
        "to": event.to,
        "published": event.published.isoformat() if event.published else None,
        "observed_at": stamp(event.observed_at),
        "quote": event.quote,
        "urgent": event.urgent,
        "severity": level(event),
    }
    if event.item is not None:
        shown["item"] = event.item
    shown |= _how_known(event)
    if event.again:
        shown["again"] = True
    if event.divided:
        shown["divided"] = True
    if event.reports is not None:
        shown["reports"] = event.reports
    if event.since is not None:
        shown["since"] = event.since.isoformat()
    if event.corrects is not None:
        shown |= {"corrects": event.corrects, "said": event.said, "why": event.why}
    if event.corrected_at is not None:
        shown |= {"corrected_at": stamp(event.corrected_at), "corrected_why": event.corrected_why}
    return shown


def _how_known(event: Event) -> dict[str, object]:
    shown: dict[str, object] = {}
    if event.about is not None:
        shown["about"] = event.about.value
    if event.rests_on is not Rests.PAGE:
        shown["rests_on"] = event.rests_on.value
    if event.read_late:
        shown["read_late"] = True
        shown["stood_since"] = event.stood_since.isoformat() if event.stood_since else None
    return shown


def card_data(card: ServiceCard) -> dict[str, object]:
    return {
        "location_id": card.location_id,
        "name": card.name,
        "service_type": card.service_type,
        "address": card.address,
        "provider_name": card.provider_name,
        "url": card.url,
        "local_authority": card.local_authority,
    }


def stale_data(stale: Iterable[StaleService]) -> list[dict[str, object]]:
    return [
        card_data(one.service) | {"last_read_at": stamp(one.last_read_at) if one.last_read_at else None} for one in stale
    ]


def concern_data(holding: Concern) -> dict[str, object]:
    return card_data(holding.service) | {
        "overall": holding.overall,
        "inadequate_key_questions": list(holding.inadequate_key_questions),
        "special_measures": holding.special_measures,
        "quote": holding.quote,
    }


def events_data(events: Iterable[NotifiedEvent]) -> list[dict[str, object]]:
    """Returns the events, grouped by item, most severe first."""
    return [event_data(told.event) for group in by_item(events) for told in group]


def services_data(events: Iterable[NotifiedEvent]) -> dict[str, dict[str, object]]:
    """Returns the cards of the events' services, by location id. Each card has the watchlists, the councils' own facts, and the
    open case."""
    cards: dict[str, dict[str, object]] = {}
    ordered = sorted(events, key=lambda told: told.service.location_id)
    for location_id, told in groupby(ordered, key=lambda told: told.service.location_id):
        group = list(told)
        own = {one.watchlist: as_json(one.facts, one.today) for one in group[0].own}
        cards[location_id] = card_data(group[0].service) | {"watchlists": list(watchlists_of(group))}
        cards[location_id] |= {"own_facts": own} if own else {}
        cards[location_id] |= {"case": case_data(case)} if (case := group[0].case) else {}
    return cards


def case_data(case: Case) -> dict[str, object]:
    """Returns an open case. `owner` is an email address, and days are in ISO format. A missing value is None."""
    days = {name: on.isoformat() if on else None for name, on in (("due", case.due), ("next_due", case.next_due))}
    return {"id": case.id, "state": str(case.state), "owner": case.owner, **days}


def items_data(events: Iterable[NotifiedEvent]) -> list[dict[str, object]]:
    """Returns each item with its texts, worst first. `lines` are the full sentences about the events. `why` are CQC's reasons for
    the rating, from the report's summary."""
    return [
        {
            "id": told[0].event.item,
            "location_id": told[0].service.location_id,
            "name": told[0].service.name,
            "headline": headline(one.event for one in told),
            "lines": [line.text for line in lines([one.event for one in told], told[0].standing)],
            "why": told[0].why or None,
            "ratings_now": told[0].standing.now if told[0].standing else None,
            "page": told[0].page,
        }
        for told in by_item(events)
    ]


def by_item(events: Iterable[NotifiedEvent]) -> list[list[NotifiedEvent]]:
    """Returns the events grouped by item. The item with the most severe event is first, and within each item the most severe
    event is first."""
    groups: dict[tuple[str, str | None], list[NotifiedEvent]] = {}
    for told in events:
        groups.setdefault((told.service.location_id, told.event.item), []).append(told)
    ordered = [sorted(group, key=lambda told: by_severity(told.event)) for group in groups.values()]
    return sorted(ordered, key=lambda group: (by_severity(group[0].event), group[0].service.name))


def watchlists_of(events: Iterable[NotifiedEvent]) -> tuple[str, ...]:
    return tuple(sorted({name for told in events for name in told.watchlists}))


def reviews_data(reviews: Iterable[Suspension]) -> list[dict[str, object]]:
    """Returns suspensions of placements that are due for review. Dates are in ISO format."""
    return [
        {
            "location_id": one.facts.location_id,
            "name": one.name,
            "watchlist": one.watchlist,
            "suspended_since": one.facts.suspended_since and one.facts.suspended_since.isoformat(),
            "review_on": one.review and one.review.isoformat(),
        }
        for one in reviews
    ]


def welcome_data(welcome: Welcome, concerns: Sequence[Concern]) -> dict[str, object]:
    """The data of a welcome, with its inadequate services in the order given."""
    return {
        "watchlist": welcome.watchlist,
        "when": welcome.when.value,
        "at": welcome.at,
        "day": welcome.day,
        "total": welcome.total,
        "holdings": [concern_data(concern) for concern in concerns],
        "others": {rating or "not known": count for rating, count in welcome.others},
        "not_read": [card_data(card) for card in welcome.not_read],
        "judgement": welcome.judgement,
        "at_once": welcome.at_once.value,
        "all_news": welcome.all_news,
        "left_out": list(welcome.left_out),
        "only_placed": welcome.only_placed,
    }
