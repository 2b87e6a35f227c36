"""Events and subscriptions -> notices: who is owed what, and from when. Pure."""

from collections.abc import Iterable

from monitor.model import URGENT, Event, Notice, Subscription, When
from monitor.schedule import next_digest


def route(events: Iterable[Event], subscriptions: Iterable[Subscription]) -> tuple[Notice, ...]:
    """One notice for each event and each of the subscriptions, which are those that the service's watchlists have.

    To an immediate subscription an urgent event is owed at once; another kind with the next alert, or at the
    subscription's hour. To a digest all is owed at its hour.
    """
    owed = list(subscriptions)
    return tuple(_notice(event, subscription) for event in events for subscription in owed)


def _notice(event: Event, subscription: Subscription) -> Notice:
    at_once = subscription.when is When.IMMEDIATE and event.kind in URGENT
    when = When.DAILY if subscription.when is When.IMMEDIATE else subscription.when
    due = event.observed_at if at_once else next_digest(event.observed_at, when=when, at=subscription.at, day=subscription.day)
    return Notice(event_id=event.id, subscription_id=subscription.id, due_at=due, urgent=at_once)
