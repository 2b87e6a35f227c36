"""Who is owed what, and which notices make one message."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from monitor.events import Event, Kind
from monitor.model import NoticeKind, Subscription, Waiting, When
from monitor.notify.route import bundle, route

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)  # a Saturday; in winter London keeps UTC


def subscription(when: When, number: int = 1) -> Subscription:
    """A subscription alerted at half past seven, weekly ones on Mondays."""
    return Subscription(
        id=number, watchlist="Leeds", address="mailto:lead@council.example", when=when, at=time(7, 30), day="mon", created_at=NOON
    )


def event(kind: Kind) -> Event:
    """An event seen at noon."""
    return Event(id=f"event {kind}", location_id="1-2235535718", name="Cherrybrook", kind=kind, observed_at=NOON)


@pytest.mark.parametrize("kind", list(Kind))
def test_only_what_is_urgent_is_owed_at_once_and_only_to_an_immediate_subscription(kind: Kind) -> None:
    (notice,) = route([event(kind)], [subscription(When.IMMEDIATE)])
    assert notice.urgent is event(kind).urgent
    assert notice.due_at == (NOON if event(kind).urgent else datetime(2026, 11, 22, 7, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("when", "due"),
    [(When.DAILY, datetime(2026, 11, 22, 7, 30, tzinfo=UTC)), (When.WEEKLY, datetime(2026, 11, 23, 7, 30, tzinfo=UTC))],
)
def test_a_digest_is_owed_everything_at_its_hour(when: When, due: datetime) -> None:
    (notice,) = route([event(Kind.DOWNGRADED)], [subscription(when)])
    assert (notice.urgent, notice.due_at) == (False, due)


def test_every_subscription_is_owed_every_event() -> None:
    notices = route([event(Kind.DOWNGRADED), event(Kind.REPORT)], [subscription(When.DAILY, 1), subscription(When.WEEKLY, 2)])
    assert len({(notice.event_id, notice.subscription_id) for notice in notices}) == 4


def waiting(number: int, **given: object) -> Waiting:
    """An urgent notice of an immediate subscription, due since noon."""
    plain = Waiting(
        notice_id=number,
        kind=NoticeKind.EVENT,
        event_id=f"event {number}",
        subscription_id=1,
        address_key="lead",
        when=When.IMMEDIATE,
        due_at=NOON,
        urgent=True,
        location_id="1-2235535718",
        observed_at=NOON,
        ready=True,
    )
    return replace(plain, **given)  # type: ignore[arg-type]


TOMORROW = NOON + timedelta(hours=19)
CALM = {"urgent": False, "due_at": TOMORROW}


def bundled(*notices: Waiting, now: datetime = NOON) -> list[tuple[str, tuple[int, ...]]]:
    """The messages made from notices, in short form."""
    return [(one.kind, one.notice_ids) for one in bundle(notices, now)]


def test_what_moved_at_one_service_at_one_check_is_one_message() -> None:
    assert bundled(waiting(1), waiting(2), waiting(3, **CALM)) == [("alert", (1, 2, 3))]


def test_two_services_are_two_messages() -> None:
    assert bundled(waiting(1), waiting(2, location_id="1-545296200")) == [("alert", (1,)), ("alert", (2,))]


def test_two_checks_are_two_messages() -> None:
    assert bundled(waiting(1), waiting(2, observed_at=NOON - timedelta(minutes=5))) == [("alert", (1,)), ("alert", (2,))]


def test_one_address_on_two_watchlists_hears_of_a_fall_once() -> None:
    (one,) = bundle([waiting(1), waiting(2, event_id="event 1", subscription_id=2)], NOON)
    assert (one.notice_ids, one.event_ids) == ((1, 2), ("event 1",))


def test_two_addresses_are_two_messages() -> None:
    assert bundled(waiting(1), waiting(2, event_id="event 1", subscription_id=2, address_key="commissioner")) == [
        ("alert", (1,)),
        ("alert", (2,)),
    ]


def test_what_is_not_urgent_waits_for_its_hour() -> None:
    assert bundled(waiting(1, **CALM)) == []
    assert bundled(waiting(1, **CALM), now=TOMORROW) == [("digest", (1,))]


def test_what_is_not_urgent_goes_with_the_next_alert_to_the_same_address() -> None:
    calm = waiting(1, location_id="1-545296200", **CALM)
    assert bundled(calm, waiting(2)) == [("alert", (2, 1))]
    assert bundled(calm, waiting(2, address_key="commissioner")) == [("alert", (2,))]


def test_a_digest_is_one_message_for_each_address_and_period() -> None:
    daily = {"urgent": False, "when": When.DAILY}
    weekly = {"urgent": False, "when": When.WEEKLY}
    assert bundled(waiting(1, **daily), waiting(2, subscription_id=2, **daily), waiting(3, **weekly)) == [
        ("digest", (1, 2)),
        ("digest", (3,)),
    ]


def test_a_digest_that_is_not_due_waits() -> None:
    assert bundled(waiting(1, urgent=False, when=When.DAILY, due_at=TOMORROW)) == []


def test_what_was_seen_a_moment_ago_by_a_clock_that_is_a_little_ahead_waits_for_its_digest() -> None:
    """As in a process that checks and sends at once, or on another machine."""
    seen = {"urgent": False, "when": When.DAILY, "due_at": TOMORROW}
    assert bundled(waiting(1, observed_at=NOON + timedelta(seconds=30), **seen)) == []
    assert bundled(waiting(1, observed_at=NOON + timedelta(days=30), **seen)) == [("digest", (1,))]


def test_an_alert_waits_for_no_clock() -> None:
    soon = NOON + timedelta(seconds=30)
    assert bundled(waiting(1, observed_at=soon, due_at=soon)) == [("alert", (1,))]


def test_a_welcome_waits_until_every_service_was_looked_at() -> None:
    welcome = {"kind": NoticeKind.WELCOME, "event_id": None, "urgent": False, "location_id": None, "observed_at": None}
    assert bundled(waiting(1, ready=False, **welcome)) == []
    assert bundled(waiting(1, **welcome)) == [("welcome", (1,))]
