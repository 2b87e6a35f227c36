"""Tests the measurement of how long alerts took: which events are measured, from which moment, and with which percentiles."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from monitor.detect.time_to_alert import Alert, Stage, TimeToAlert, measured, spread
from monitor.events import Event, Kind, Rests
from monitor.items import Item, assigned

SEEN = datetime(2026, 11, 20, 9, tzinfo=UTC)
NOW = SEEN + timedelta(days=1)
HOME = "1-2235535718"


def minutes(number: float) -> timedelta:
    """A timedelta of `number` minutes."""
    return timedelta(minutes=number)


def event(number: int = 0, **more: Any) -> Event:
    """A fall that was first seen at nine and confirmed a minute later."""
    stated = {"kind": Kind.DOWNGRADED, "of": "overall", "to": "inadequate", "published": date(2026, 11, 20)}
    times = {"observed_at": SEEN + minutes(1), "first_seen_at": SEEN}
    return Event(**{"id": f"event{number}", "location_id": HOME, "name": "Oak House", **stated, **times, **more})


def alert(of: Event, accepted: float | None = 3, made: float | None = 2) -> Alert:
    """The alert about an event. `made` and `accepted` are minutes after the event was first seen."""
    at = [None if one is None else SEEN + minutes(one) for one in (made, accepted)]
    return Alert(event_id=of.id, made_at=at[0], accepted_at=at[1])


def told(*pairs: tuple[Event, Alert], hints: tuple[datetime, ...] = ()) -> TimeToAlert:
    """The measured times for some events, with one alert for each."""
    placed: list[Event] = []
    known: dict[str, Item] = {}
    for look in sorted({(one.observed_at, one.location_id) for one, _ in pairs}):
        events = [one for one, _ in pairs if (one.observed_at, one.location_id) == look]
        told, changed = assigned(events, [item for item in known.values() if item.location_id == look[1]])
        placed += told
        known |= {item.id: item for item in changed}
    return measured(placed, [one for _, one in pairs], {HOME: hints}, NOW)


def totals(found: TimeToAlert) -> list[timedelta]:
    """The total times, longest first."""
    return [took for _, took in found.slowest]


def test_without_events_nothing_is_measured() -> None:
    assert told() == TimeToAlert()


def test_each_stage_of_one_item_is_measured() -> None:
    found = told((event(), alert(event())), hints=(SEEN - minutes(10), SEEN - minutes(4)))
    took = {stage: one.worst for stage, one in found.stages.items()}
    wanted = {"seen": 10, "confirmed": 1, "sent": 1, "accepted": 1, "total": 13}
    assert took == {Stage(name): minutes(number) for name, number in wanted.items()}
    (item, total), *others = found.slowest
    assert (item.event.id, item.hinted_at, total, others) == ("event0", SEEN - minutes(10), minutes(13), [])
    assert (found.items, found.waiting, found.unclear) == (1, 0, 0)
    assert all(one.p50 == one.p95 == one.worst and one.items == 1 for one in found.stages.values())


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"read_late": True}, id="read late"),
        pytest.param({"corrected_at": NOW}, id="retracted"),
        pytest.param({"kind": Kind.CORRECTION}, id="a correction"),
        pytest.param({"kind": Kind.READ_WRONGLY}, id="read wrongly before"),
        pytest.param({"rests_on": Rests.MONTHLY_FILE}, id="from a monthly file"),
        pytest.param({"kind": Kind.UPGRADED}, id="sent only in the digest"),
    ],
)
def test_an_event_that_does_not_show_the_speed_of_alerts_is_left_out(more: dict[str, Any]) -> None:
    assert told((event(**more), alert(event()))) == TimeToAlert()


def test_an_event_without_an_immediate_alert_is_left_out() -> None:
    assert measured([event()], [], {}, NOW) == TimeToAlert()


@pytest.mark.parametrize(
    ("made", "sent"), [(None, None), (2, minutes(1))], ids=["not in a message yet", "the message is not accepted yet"]
)
def test_an_alert_that_no_receiver_accepted_is_measured_by_its_age(made: float | None, sent: timedelta | None) -> None:
    found = told((event(), alert(event(), accepted=None, made=made)))
    assert (found.waiting, totals(found)) == (1, [timedelta(days=1)])
    assert Stage.ACCEPTED not in found.stages
    assert (found.stages[Stage.SENT].worst if Stage.SENT in found.stages else None) == sent


def test_the_time_ends_when_the_first_receiver_accepts_the_alert() -> None:
    alerts = [alert(event(), accepted=None), alert(event(), accepted=40), alert(event(), accepted=7)]
    found = measured([event()], alerts, {}, NOW)
    assert (totals(found), found.waiting) == ([minutes(7)], 0)


def test_the_events_of_one_report_are_one_item_timed_by_its_slowest_check() -> None:
    safe = event(1, of="safe")
    later = event(2, kind=Kind.ENTERED, observed_at=SEEN + minutes(61), first_seen_at=SEEN + minutes(60))
    one_look = told((event(), alert(event())), (safe, alert(safe, accepted=9)))
    assert (one_look.items, totals(one_look)) == (1, [minutes(9)])
    two_looks = told((event(), alert(event(), accepted=5)), (later, alert(later, made=62, accepted=63)))
    assert (two_looks.items, totals(two_looks)) == (1, [minutes(5)]), "each check must be timed separately"


def test_reports_with_different_dates_or_of_different_services_are_separate_items() -> None:
    dated, other = event(1, published=date(2026, 11, 19)), event(3, location_id="1-545296200")
    before = {"first_seen_at": SEEN - timedelta(days=2), "observed_at": SEEN - timedelta(days=2)}
    undated = event(2, published=None, **before)
    assert told(*((one, alert(one)) for one in (event(0), dated, undated, other))).items == 4


def test_an_event_without_a_date_belongs_to_the_report_published_on_the_day_it_was_first_seen() -> None:
    undated = event(2, published=None)
    assert told((event(0), alert(event(0))), (undated, alert(undated))).items == 1


@pytest.mark.parametrize(
    ("hint", "published", "counts"),
    [
        (minutes(-30), date(2026, 11, 20), True),
        (timedelta(days=-3), date(2026, 11, 18), True),
        (timedelta(days=-3), date(2026, 11, 20), False),
        (timedelta(days=-3), None, False),
        (minutes(-30), None, True),
        (minutes(0.5), date(2026, 11, 20), True),
        (minutes(2), date(2026, 11, 20), False),
    ],
)
def test_the_time_begins_with_a_hint_if_the_hint_can_be_about_the_report(
    hint: timedelta, published: date | None, counts: bool
) -> None:
    one = event(published=published)
    found = told((one, alert(one)), hints=(SEEN + hint,))
    assert (found.slowest[0][0].hinted_at is not None) is counts
    assert totals(found) == [minutes(3) + (max(-hint, timedelta(0)) if counts else timedelta(0))]


@pytest.mark.parametrize(
    ("more", "accepted", "total", "unclear"),
    [
        pytest.param({"first_seen_at": None}, 3, None, 1, id="the time when the event was first seen is not known"),
        pytest.param({"first_seen_at": SEEN + minutes(4)}, 3, minutes(0), 0, id="two workers' clocks differ a little"),
        pytest.param({"first_seen_at": SEEN + minutes(400)}, 3, None, 1, id="seen long after the confirmation"),
        pytest.param({}, 2_000, None, 1, id="accepted in the future"),
        pytest.param({}, -60, None, 1, id="accepted before the event was seen"),
    ],
)
def test_times_in_the_wrong_order_are_not_measured(
    more: dict[str, Any], accepted: float, total: timedelta | None, unclear: int
) -> None:
    found = told((event(**more), alert(event(), accepted=accepted)))
    assert (totals(found), found.unclear, found.items) == ([total] if total is not None else [], unclear, 1)
    assert all(one.worst >= timedelta(0) for one in found.stages.values())


@pytest.mark.parametrize(
    ("lengths", "p50", "p95", "worst"),
    [([7], 7, 7, 7), ([1, 9], 1, 9, 9), ([3, 1, 2], 2, 3, 3), (range(1, 101), 50, 95, 100), ([1] * 19 + [60], 1, 1, 60)],
)
def test_each_percentile_is_one_of_the_measured_times(lengths: Any, p50: int, p95: int, worst: int) -> None:
    found = spread([minutes(one) for one in lengths])
    assert (found.p50, found.p95, found.worst) == (minutes(p50), minutes(p95), minutes(worst))


def test_the_ten_slowest_items_are_listed_slowest_first() -> None:
    events = [replace(event(number), location_id=f"1-{number:09}") for number in range(25)]
    found = told(*((one, alert(one, accepted=number + 2)) for number, one in enumerate(events)))
    assert [one.event.id for one, _ in found.slowest] == [f"event{number}" for number in range(24, 14, -1)]
    assert (found.items, found.stages[Stage.TOTAL].items) == (25, 25)
