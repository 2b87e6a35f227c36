"""Tests who gets which notices, and which notices become one message."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from monitor.events import Event, Kind
from monitor.items import NOT_OF_A_REPORT
from monitor.model import NoticeKind, Subscription, Waiting, When
from monitor.notify.route import bundle, notices, route
from monitor.own_facts import OwnFacts

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)  # a Saturday; in winter, London time is UTC


def subscription(when: When, number: int = 1) -> Subscription:
    """Returns a subscription whose digests are due at half past seven, and whose weekly digests are due on Mondays."""
    return Subscription(
        id=number, watchlist="Leeds", address="mailto:lead@council.example", when=when, at=time(7, 30), day="mon", created_at=NOON
    )


def event(kind: Kind) -> Event:
    """Returns an event that was seen at noon."""
    return Event(id=f"event {kind}", location_id="1-2235535718", name="Cherrybrook", kind=kind, observed_at=NOON, item="1/AP1")


SUNDAY, MONDAY = (datetime(2026, 11, day, 7, 30, tzinfo=UTC) for day in (22, 23))
IMMEDIATE = subscription(When.IMMEDIATE)


@pytest.mark.parametrize("kind", list(Kind))
def test_urgent_notices_are_due_at_once_bad_news_the_next_morning_and_the_rest_weekly(kind: Kind) -> None:
    one = event(kind)
    (notice,) = route([one], [IMMEDIATE])
    # A new report may contain bad news, so the event about its publication is sent the next morning too.
    morning = one.worse or kind in NOT_OF_A_REPORT or kind is Kind.REPORT
    assert notice.urgent is one.urgent
    assert notice.due_at == (NOON if one.urgent else SUNDAY if morning else MONDAY)
    assert notice.weekly is not morning
    (other,) = route([one], [replace(IMMEDIATE, all_news=True)])
    assert (other.due_at, other.weekly) == (NOON if one.urgent else SUNDAY, False)


NOBODY = OwnFacts(location_id="1-2235535718", people_placed=0, as_of=NOON.date())
LONG_AGO = NOON.date() - timedelta(days=31)


@pytest.mark.parametrize(
    ("own", "watchlist", "owed"),
    [
        (NOBODY, "Leeds", False),
        (replace(NOBODY, people_placed=1), "Leeds", True),
        (replace(NOBODY, people_placed=None), "Leeds", True),
        (replace(NOBODY, as_of=LONG_AGO), "Leeds", True),
        (NOBODY, "York", True),
        (replace(NOBODY, location_id="RJ121"), "Leeds", True),
    ],
    ids=["nobody placed", "one person placed", "no number", "old facts", "another watchlist's facts", "another service's facts"],
)
def test_the_option_only_placed_leaves_out_services_where_facts_say_nobody_is_placed(
    own: OwnFacts, watchlist: str, owed: bool
) -> None:
    only, fell = replace(IMMEDIATE, only_placed=True), event(Kind.DOWNGRADED)
    fell = replace(fell, of="overall", from_="good", to="requires improvement")
    facts = {own.location_id: {watchlist: own}}
    assert bool(route([fell], [only], facts)) is owed
    assert route([fell], [IMMEDIATE], facts) and route([fell], [only])


@pytest.mark.parametrize("kind", list(Kind))
def test_severe_events_are_sent_even_if_nobody_is_placed(kind: Kind) -> None:
    only, one = replace(IMMEDIATE, only_placed=True), event(kind)
    inadequate = replace(event(Kind.DOWNGRADED), of="overall", from_="good", to="inadequate")
    facts = {one.location_id: {"Leeds": NOBODY}}
    assert bool(route([one], [only], facts)) is one.worst
    assert route([inadequate], [only], facts)


def test_all_events_of_a_report_with_bad_news_are_due_the_next_morning() -> None:
    both = [event(Kind.UPGRADED), event(Kind.BREACH)]
    assert [notice.due_at for notice in route(both, [IMMEDIATE])] == [SUNDAY, SUNDAY]
    elsewhere = replace(event(Kind.BREACH), item="2/AP1")
    assert [notice.due_at for notice in route([event(Kind.UPGRADED), elsewhere], [IMMEDIATE])] == [MONDAY, SUNDAY]


def test_bad_news_that_a_subscription_leaves_out_makes_no_other_notice_earlier() -> None:
    fewer = replace(IMMEDIATE, left_out=frozenset({Kind.BREACH}))
    (notice,) = route([event(Kind.UPGRADED), event(Kind.BREACH)], [fewer])
    assert (notice.event_id, notice.due_at) == ("event upgraded", MONDAY)


def test_bad_news_found_during_a_pause_is_due_when_the_pause_ends() -> None:
    paused = replace(IMMEDIATE, paused_until=NOON + timedelta(days=3))
    (notice,) = notices([event(Kind.DOWNGRADED)], paused)
    assert (notice.urgent, notice.due_at) == (False, NOON + timedelta(days=3))
    (before,) = notices([event(Kind.DOWNGRADED)], paused, urgent_before={"event downgraded"})
    assert (before.urgent, before.due_at) == (True, NOON)


@pytest.mark.parametrize(
    ("when", "due"),
    [(When.DAILY, datetime(2026, 11, 22, 7, 30, tzinfo=UTC)), (When.WEEKLY, datetime(2026, 11, 23, 7, 30, tzinfo=UTC))],
)
def test_all_notices_of_a_digest_are_due_at_the_digests_hour(when: When, due: datetime) -> None:
    (notice,) = route([event(Kind.DOWNGRADED)], [subscription(when)])
    assert (notice.urgent, notice.due_at) == (False, due)


def test_every_subscription_gets_a_notice_of_every_event() -> None:
    notices = route([event(Kind.DOWNGRADED), event(Kind.REPORT)], [subscription(When.DAILY, 1), subscription(When.WEEKLY, 2)])
    assert len({(notice.event_id, notice.subscription_id) for notice in notices}) == 4


def waiting(number: int, **given: object) -> Waiting:
    """Returns an urgent notice of an immediate subscription, due since noon."""
    plain = Waiting(
        notice_id=number,
        kind=NoticeKind.EVENT,
        event_id=f"event {number}",
        subscription_id=1,
        address_key="lead",
        when=When.IMMEDIATE,
        due_at=NOON,
        urgent=True,
        item="1-2235535718/AP1",
        observed_at=NOON,
        ready=True,
    )
    return replace(plain, **given)  # type: ignore[arg-type]


TOMORROW = NOON + timedelta(hours=19)
CALM = {"urgent": False, "due_at": TOMORROW}


def bundled(*notices: Waiting, now: datetime = NOON) -> list[tuple[str, tuple[int, ...]]]:
    """Returns the messages that are made from the notices, in short form."""
    return [(one.kind, one.notice_ids) for one in bundle(notices, now)]


def test_changes_that_one_check_found_at_one_service_are_sent_in_one_message() -> None:
    assert bundled(waiting(1), waiting(2), waiting(3, **CALM)) == [("alert", (1, 2, 3))]


def test_alerts_about_two_services_are_two_messages() -> None:
    assert bundled(waiting(1), waiting(2, item="1-545296200/AP1")) == [("alert", (1,)), ("alert", (2,))]


def test_events_of_a_report_from_two_checks_are_one_message_if_due_together() -> None:
    assert bundled(waiting(1), waiting(2, observed_at=NOON - timedelta(minutes=5))) == [("alert", (1, 2))]


def test_an_address_that_subscribes_to_two_watchlists_is_alerted_about_a_fall_once() -> None:
    (one,) = bundle([waiting(1), waiting(2, event_id="event 1", subscription_id=2)], NOON)
    assert (one.notice_ids, one.event_ids) == ((1, 2), ("event 1",))


def test_alerts_for_two_addresses_are_two_messages() -> None:
    assert bundled(waiting(1), waiting(2, event_id="event 1", subscription_id=2, address_key="commissioner")) == [
        ("alert", (1,)),
        ("alert", (2,)),
    ]


def test_a_notice_that_is_not_urgent_waits_for_the_subscriptions_hour() -> None:
    assert bundled(waiting(1, **CALM)) == []
    assert bundled(waiting(1, **CALM), now=TOMORROW) == [("digest", (1,))]


def test_a_notice_that_is_not_urgent_joins_only_an_alert_about_the_same_item() -> None:
    calm = waiting(1, **CALM)
    assert bundled(calm, waiting(2)) == [("alert", (2, 1))]
    assert bundled(calm, waiting(2, item="1-545296200/AP1")) == [("alert", (2,))]
    assert bundled(calm, waiting(2, address_key="commissioner")) == [("alert", (2,))]


WEEKLY = {"urgent": False, "weekly": True, "due_at": NOON + timedelta(days=5)}


def test_a_notice_for_a_weekly_digest_is_sent_earlier_with_a_due_notice_of_the_same_item() -> None:
    held = waiting(1, **WEEKLY)
    assert bundled(held, now=TOMORROW) == []
    assert bundled(held, waiting(2, **CALM), now=TOMORROW) == [("digest", (1, 2))]
    assert bundled(held, waiting(2, item="1-545296200/AP1", **CALM), now=TOMORROW) == [("digest", (2,))]


def test_a_digest_is_weekly_if_its_notices_waited_for_the_weekly_digest() -> None:
    morning, week = bundle([waiting(1, **CALM)], TOMORROW), bundle([waiting(1, **WEEKLY)], NOON + timedelta(days=5))
    assert [one.period for one in (*morning, *week)] == ["daily", "weekly"]


SERVICES = [f"1-{number}" for number in range(101, 104)]


def test_many_urgent_items_are_one_message_unless_the_address_wants_separate_messages() -> None:
    falls = [waiting(number, item=one) for number, one in enumerate(SERVICES, 1)]
    assert [one.notice_ids for one in bundle(falls, NOON, most=2)] == [(1, 2, 3)]
    assert len(bundle(falls, NOON, most=3)) == len(bundle(falls, NOON, most=2, apart={"lead"})) == 3


def test_two_notices_about_one_item_count_as_one_item() -> None:
    assert len(bundle([waiting(1), waiting(2), waiting(3, item=SERVICES[0])], NOON, most=2)) == 2


def test_an_address_gets_one_digest_for_each_period() -> None:
    daily = {"urgent": False, "when": When.DAILY}
    weekly = {"urgent": False, "when": When.WEEKLY}
    assert bundled(waiting(1, **daily), waiting(2, subscription_id=2, **daily), waiting(3, **weekly)) == [
        ("digest", (1, 2)),
        ("digest", (3,)),
    ]


def test_a_digest_that_is_not_due_waits() -> None:
    assert bundled(waiting(1, urgent=False, when=When.DAILY, due_at=TOMORROW)) == []


def test_a_notice_dated_slightly_in_the_future_waits_for_the_digest() -> None:
    """This happens if the clock of the machine that checked the service is ahead."""
    seen = {"urgent": False, "when": When.DAILY, "due_at": TOMORROW}
    assert bundled(waiting(1, observed_at=NOON + timedelta(seconds=30), **seen)) == []
    assert bundled(waiting(1, observed_at=NOON + timedelta(days=30), **seen)) == [("digest", (1,))]


def test_an_alert_dated_slightly_in_the_future_is_sent_at_once() -> None:
    soon = NOON + timedelta(seconds=30)
    assert bundled(waiting(1, observed_at=soon, due_at=soon)) == [("alert", (1,))]


def test_a_welcome_waits_until_every_service_was_checked() -> None:
    welcome = {"kind": NoticeKind.WELCOME, "event_id": None, "urgent": False, "item": None, "observed_at": None}
    assert bundled(waiting(1, ready=False, **welcome)) == []
    assert bundled(waiting(1, **welcome)) == [("welcome", (1,))]
