"""Decides which item an event belongs to. An item is all events of one service from one report. No other module decides this. The
functions are pure.

An item's id never changes. If details such as a plan number or a date are found later, these details only help to find the item
for later events. Source: docs/interface.md, Events as JSON.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from monitor.events import Event, Kind, Rests
from monitor.ratings import Reason
from monitor.text import LONDON

_PLAN = re.compile(r"(?!\d{4}-\d\d-\d\d$)[A-Z0-9][A-Z0-9-]{1,39}", re.IGNORECASE)
"""A plan number: CQC's number for a report (AP2291, LAP-00417, or a future format). Other reports are identified by a date
or an address. Source: docs/facts/ratings.md, Ids."""

API_LATE = timedelta(days=7)
"""A report's date in CQC's API or files may differ by this much from its date on the page."""

NOT_OF_A_REPORT = frozenset(
    {
        Kind.ARCHIVED,
        Kind.REGISTERED,
        Kind.PROVIDER_CHANGED,
        Kind.MOVED,
        Kind.CLOSING,
        Kind.DORMANT,
        Kind.BEING_INSPECTED,
        Kind.REPORT_REMOVED,
        Kind.REPORT_CORRECTED,
        Kind.RATINGS_SUSPENDED,
        Kind.RATINGS_WITHDRAWN,
    }
)
"""The kinds of events that no report states. The date of the service's rating does not apply to such events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """All events of one service from one report.

    id          location id, "/", and one of these: the report's plan number, the report's date, or the day (London) on which a
                check first saw an event
    plan        the report's plan number; None if not known
    published   the day CQC gives for the report; None if not known, or if no report states the events
    seen_at     when a check first saw an event of the item, in UTC
    """

    id: str
    location_id: str
    plan: str | None = None
    published: date | None = None
    seen_at: datetime


def plan_in(report: str | None) -> str | None:
    """Returns the plan number in a report's identifier (see Reading.report), or None if the identifier is a date or an
    address."""
    return report.upper() if report and _PLAN.fullmatch(report) else None


def assigned(events: Iterable[Event], known: Sequence[Item]) -> tuple[list[Event], list[Item]]:
    """Returns the events of one service from one check, in the given order, each with its item. Also returns the items that are
    new or have new details. `known` has the service's items so far. An event that already has an item keeps this item.

    Some events have neither a plan number nor a date, or are of a kind that no report states. Such events belong to the item of
    the newest report that the same check found. If the check found no report, the events belong to an item for the day.
    """
    told = list(events)
    items = {one.id: one for one in known}
    changed: dict[str, Item] = {}
    found: dict[str, str] = {}
    newest: Item | None = None
    for event in sorted(told, key=_states_no_report):
        if event.item:
            item = items.get(event.item)
        elif _states_no_report(event):
            item = newest or items.get(_id(event.location_id, _day(event))) or _new(event, None, None)
        else:
            item = _of_report(event, items.values())
        if item is None:
            continue
        if items.get(item.id) != item:
            items[item.id] = changed[item.id] = item
        if not _states_no_report(event) and (newest is None or _dated(item) >= _dated(newest)):
            newest = item
        found[event.id] = item.id
    return [replace(one, item=found.get(one.id, one.item)) for one in told], list(changed.values())


def _states_no_report(event: Event) -> bool:
    suspended = event.kind is Kind.RATING_WITHDRAWN and event.to == Reason.SUSPENDED
    return event.kind in NOT_OF_A_REPORT or suspended or not (event.plan or event.published)


def _of_report(event: Event, items: Iterable[Item]) -> Item:
    """Returns the item of an event's report, with the event's details added."""
    ours = list(items)
    plan, published = event.plan, event.published
    item = next((one for one in ours if plan and one.plan == plan), None)
    item = item or next((one for one in ours if _is_of(one, plan, published, timedelta(0))), None)
    if item is None and event.rests_on is not Rests.PAGE:
        near = [one for one in ours if _is_of(one, plan, published, API_LATE)]
        item = min(near, key=lambda one: abs((one.published or date.max) - (published or date.max)), default=None)
    new = _new(event, plan, published)
    item = item or next((one for one in ours if one.id == new.id), new)
    return replace(item, plan=item.plan or plan, published=item.published or published)


def _is_of(item: Item, plan: str | None, published: date | None, apart: timedelta) -> bool:
    contradicted = bool(plan and item.plan and plan != item.plan)
    near = bool(published and item.published and abs(published - item.published) <= apart)
    return near and not contradicted


def _new(event: Event, plan: str | None, published: date | None) -> Item:
    key = plan or (published.isoformat() if published else _day(event))
    return Item(
        id=_id(event.location_id, key),
        location_id=event.location_id,
        plan=plan,
        published=published,
        seen_at=event.first_seen_at or event.observed_at,
    )


def _id(location_id: str, key: str) -> str:
    return f"{location_id}/{key}"


def _day(event: Event) -> str:
    seen = event.first_seen_at or event.observed_at
    return seen.astimezone(LONDON).date().isoformat()


def _dated(item: Item) -> date:
    return item.published or date.min
