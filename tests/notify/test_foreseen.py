"""Tests how many messages a subscriber would have got with each choice: immediately from a certain severity, daily or weekly. One
test compares the numbers with the real notices over random histories."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.events import Event, Kind
from monitor.model import AtOnce, Subscription, When
from monitor.notify.foreseen import CHOICES, Choice, Sent, foreseen
from monitor.notify.route import route

MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
LIKE = Subscription(
    id=1, watchlist="Leeds", address="mailto:lead@council.example", when=When.DAILY, at=time(7, 30), day="mon", created_at=MONDAY
)
RATINGS = ("outstanding", "good", "requires improvement", "inadequate")


def event(number: int, kind: Kind, day: int, *, of: str = "overall", to: str = "good", service: int = 1) -> Event:
    """Returns an event at a service, `day` days after the Monday."""
    seen = MONDAY + timedelta(days=day)
    item = f"1-{service}/{seen:%Y-%m-%d}"
    return Event(id=str(number), location_id=f"1-{service}", name="Home", kind=kind, of=of, to=to, observed_at=seen, item=item)


def test_the_preview_counts_the_messages_that_a_week_would_have_caused() -> None:
    week = [
        event(1, Kind.DOWNGRADED, 0, to="inadequate"),
        event(2, Kind.DOWNGRADED, 0, of="safe", to="requires improvement"),
        event(3, Kind.DOWNGRADED, 1, of="safe", to="requires improvement", service=2),
        event(4, Kind.BREACH, 2, service=3),
        event(5, Kind.UPGRADED, 3, service=4),
        event(6, Kind.UPGRADED, 4, service=5),
    ]
    strict = Sent(alerts=1, digests=3)
    wanted = {AtOnce.ANY: Sent(alerts=2, digests=2), **dict.fromkeys((AtOnce.OVERALL, AtOnce.LOW, AtOnce.INADEQUATE), strict)}
    assert foreseen(week, LIKE) == wanted | {When.DAILY: Sent(digests=5), When.WEEKLY: Sent(digests=1)}


def test_without_events_the_preview_counts_no_messages() -> None:
    assert foreseen([], LIKE) == dict.fromkeys(CHOICES, Sent())


def as_owed(events: list[Event], choice: Choice, like: Subscription) -> Sent:
    """Returns the numbers of messages, calculated from the notices of each check."""
    changed = {"when": When.IMMEDIATE, "at_once": choice} if isinstance(choice, AtOnce) else {"when": choice}
    subscription = replace(like, **changed)
    looks = {(one.item, one.observed_at) for one in events}
    alerts, hours = 0, set()
    for look in looks:
        notices = route([one for one in events if (one.item, one.observed_at) == look], [subscription])
        alerts += any(notice.urgent for notice in notices)
        if notices and not any(notice.urgent for notice in notices):
            hours |= {notice.due_at for notice in notices}
    return Sent(alerts=alerts, digests=len(hours))


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    kinds = st.sampled_from([kind for kind in Kind if kind is not Kind.CORRECTION])
    rows = st.tuples(kinds, st.integers(0, 60), st.sampled_from(("overall", "safe")), st.sampled_from(RATINGS), st.integers(1, 4))
    found = draw(st.lists(rows, max_size=30))
    return [event(n, kind, day, of=of, to=to, service=service) for n, (kind, day, of, to, service) in enumerate(found)]


@pytest.mark.parametrize("all_news", [False, True])
@given(histories())
def test_the_previewed_numbers_are_those_of_the_real_notices(all_news: bool, events: list[Event]) -> None:
    like = replace(LIKE, all_news=all_news, left_out=frozenset({Kind.LEFT}))
    assert foreseen(events, like) == {choice: as_owed(events, choice, like) for choice in CHOICES}
