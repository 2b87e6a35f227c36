"""Tests over random weeks that no bad news is sent later than under the rules before version 0.3. Also tests that no event is
lost or sent twice, and that a message without bad news waits for the weekly digest.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from bench import former_rules
from monitor.events import Event, Kind
from monitor.items import NOT_OF_A_REPORT
from monitor.model import AtOnce, Bundle, Notice, NoticeKind, Subscription, Waiting, When
from monitor.notify import route as rules
from monitor.severity import is_at_once

BEGIN = datetime(2026, 3, 1, 9, tzinfo=UTC)  # the clocks change on 29 March
DAYS = 35
RATINGS = ("outstanding", "good", "requires improvement", "inadequate")
KINDS = [kind for kind in Kind if kind is not Kind.CORRECTION]
GRAVE = {Kind.DOWNGRADED, Kind.ENTERED, Kind.REMAINS, Kind.ENFORCEMENT}

Route = Callable[[Iterable[Event], Iterable[Subscription]], tuple[Notice, ...]]
Told = list[tuple[datetime, Bundle, list[Event]]]


def subscription(at_once: AtOnce = AtOnce.ANY) -> Subscription:
    """Returns an immediate subscription."""
    return Subscription(
        id=1, watchlist="Leeds", address="mailto:lead@council.example", when=When.IMMEDIATE, at=time(7, 30), day="thu",
        created_at=BEGIN, at_once=at_once,
    )  # fmt: skip


@st.composite
def years(draw: st.DrawFn) -> list[list[Event]]:
    """Draws checks in order of time. Each check found events in one report about one service. Several checks may read the same
    report."""
    made = []
    for number, hours in enumerate(sorted(draw(st.lists(st.integers(0, 24 * DAYS), max_size=15)))):
        service, report = draw(st.integers(1, 4)), draw(st.integers(1, 2))
        seen = BEGIN + timedelta(hours=hours, minutes=draw(st.integers(0, 59)))
        found = draw(st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(RATINGS)), min_size=1, max_size=4))
        made.append(
            [
                Event(
                    id=f"{number}-{n}", location_id=f"1-{service}", name="Home", kind=kind, of="overall", from_="good", to=to,
                    observed_at=seen, item=f"1-{service}/AP{report}",
                )
                for n, (kind, to) in enumerate(found)
            ]
        )  # fmt: skip
    return made


def told(checks: Sequence[Sequence[Event]], route: Route, bundle: Callable[..., tuple[Bundle, ...]], one: Subscription) -> Told:
    """Returns the messages that a daemon makes after each check and at the hour of each morning's digest. In the end, no notice
    waits."""
    owed: list[Waiting] = []
    numbers = count(1)
    events = {event.id: event for check in checks for event in check}
    mornings = [BEGIN.replace(hour=0) + timedelta(days=day, minutes=30 * half) for day in range(DAYS + 10) for half in (13, 15)]
    coming = [(check[0].observed_at, list(check)) for check in checks] + [(at, list[Event]()) for at in mornings]
    messages: Told = []
    for now, found in sorted(coming, key=lambda of: of[0]):
        owed += (_waiting(next(numbers), notice, events[notice.event_id]) for notice in route(found, [one]))
        for made in bundle(owed, now):
            messages.append((now, made, [events[event_id] for event_id in made.event_ids]))
            owed = [waiting for waiting in owed if waiting.notice_id not in made.notice_ids]
    assert owed == []
    return messages


def _waiting(number: int, notice: Notice, event: Event) -> Waiting:
    return Waiting(
        notice_id=number, kind=NoticeKind.EVENT, event_id=event.id, subscription_id=1, address_key="lead", when=When.IMMEDIATE,
        due_at=notice.due_at, urgent=notice.urgent, item=event.item, observed_at=event.observed_at, ready=True,
        weekly=notice.weekly,
    )  # fmt: skip


def when(messages: Told) -> dict[str, datetime]:
    """Returns when each event is sent. Checks that each event is sent once."""
    found = [(event.id, at) for at, _, events in messages for event in events]
    assert len(found) == len(dict(found))
    return dict(found)


@given(years())
def test_no_bad_news_comes_later_than_before_version_0_3_and_nothing_is_lost(checks: list[list[Event]]) -> None:
    after = when(told(checks, rules.route, rules.bundle, subscription()))
    before = when(told(checks, former_rules.route, former_rules.bundle, subscription()))
    events = [event for check in checks for event in check]
    assert after.keys() == before.keys() == {event.id for event in events}
    for event in events:
        if event.urgent or event.kind in GRAVE:
            assert after[event.id] == event.observed_at <= before[event.id]
        elif event.worse or event.kind in NOT_OF_A_REPORT:
            assert after[event.id] - event.observed_at <= timedelta(hours=25)
        else:
            assert after[event.id] - event.observed_at <= timedelta(days=7, hours=1)


@given(years())
def test_a_message_without_bad_news_is_a_weekly_digest(checks: list[list[Event]]) -> None:
    for _, message, events in told(checks, rules.route, rules.bundle, subscription()):
        if not any(event.worse or event.kind in NOT_OF_A_REPORT for event in events):
            assert (message.kind, message.period) == ("digest", "weekly")
        if message.kind == "alert":
            assert len({event.item for event in events}) == 1 and any(event.urgent for event in events)


@given(years(), st.sampled_from(AtOnce))
def test_an_urgent_event_that_a_subscriber_wants_later_is_sent_within_a_day(
    checks: list[list[Event]], choice: AtOnce
) -> None:
    chosen = when(told(checks, rules.route, rules.bundle, subscription(choice)))
    for event in (event for check in checks for event in check):
        if is_at_once(event, choice) or event.worst:
            assert chosen[event.id] == event.observed_at
        elif event.urgent:
            assert chosen[event.id] - event.observed_at <= timedelta(hours=25)
