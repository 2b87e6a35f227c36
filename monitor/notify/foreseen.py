"""Counts how many messages each way of being alerted would have caused for past events. The numbers help people to choose how
they are alerted. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from monitor.events import Event, Kind
from monitor.model import AtOnce, Subscription, When
from monitor.notify.route import hour_after, is_calm
from monitor.severity import is_at_once


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How many messages would have been sent: alerts (one for each item), and digests, including weekly digests."""

    alerts: int = 0
    digests: int = 0


Choice = AtOnce | When
"""A way of being alerted: immediately from a certain severity, daily, or weekly."""

CHOICES: Sequence[Choice] = (*AtOnce, When.DAILY, When.WEEKLY)


def foreseen(events: Iterable[Event], like: Subscription) -> Mapping[Choice, Sent]:
    """Returns how many messages a subscription like the given one would have got with each choice. Retracted events, and the
    corrections that retract them, are left out."""
    wanted = [event for event in events if like.wants(event) and event.kind is not Kind.CORRECTION and not event.corrected_at]
    alerts: dict[Choice, int] = dict.fromkeys(CHOICES, 0)
    hours: dict[Choice, set[datetime]] = {choice: set() for choice in CHOICES}
    for (_, seen), found in groupby(sorted(wanted, key=_look), key=_look):
        item = list(found)
        calm = is_calm(item) and not like.all_news
        morning, week = (hour_after(like, seen, when) for when in (When.DAILY, When.WEEKLY))
        hours[When.DAILY].add(morning)
        hours[When.WEEKLY].add(week)
        for choice in AtOnce:
            if any(is_at_once(event, choice) for event in item):
                alerts[choice] += 1
            else:
                hours[choice].add(week if calm else morning)
    return {choice: Sent(alerts=alerts[choice], digests=len(hours[choice])) for choice in CHOICES}


def _look(event: Event) -> tuple[str, datetime]:
    """Identifies one item at one check. Events from the same report that a later check finds are sent in another message."""
    return event.item or event.location_id, event.observed_at
