"""When the next checks, attempts and digests are due."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import create_engine, literal, select

from monitor.detect.schedule import (
    QUIET_REQUESTS,
    asks_again,
    last_digest,
    lies_ahead,
    next_attempt,
    next_digest,
    next_look,
    quiet_interval,
)
from monitor.model import Candidate, When
from monitor.text import LONDON

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SIX_HOURS = timedelta(hours=6)


@pytest.mark.parametrize(
    ("minutes", "still_to_come"),
    [(-1, False), (0, False), (1, True), (60, True), (61, False), (600_000, False)],
    ids=["past", "now", "soon", "at most", "further than planned", "a year of a wrong clock"],
)
def test_what_is_planned_is_still_to_come_unless_a_wrong_clock_planned_it(minutes: int, still_to_come: bool) -> None:
    hour = timedelta(hours=1)
    assert lies_ahead(NOON + timedelta(minutes=minutes), NOON, hour) is still_to_come
    with create_engine("sqlite://").connect() as connection:  # the same as a condition of a query
        column = literal(NOON.replace(tzinfo=None) + timedelta(minutes=minutes))
        assert connection.execute(select(lies_ahead(column, NOON.replace(tzinfo=None), hour))).scalar() == still_to_come


@pytest.mark.parametrize(("minutes", "still_runs"), [(-61, False), (-60, False), (-59, True), (0, True), (1, False)])
def test_a_period_runs_from_its_beginning_unless_a_wrong_clock_began_it(minutes: int, still_runs: bool) -> None:
    hour = timedelta(hours=1)
    assert lies_ahead(NOON + timedelta(minutes=minutes) + hour, NOON, hour) is still_runs


def look(**given: object) -> datetime:
    """The next check of one service, at noon, every six hours."""
    return next_look(**({"location_id": "1-2235535718", "now": NOON, "check_every": SIX_HOURS} | given))  # type: ignore[arg-type]


def test_looks_at_one_service_come_at_the_same_place_in_every_interval() -> None:
    first = look()
    second = look(now=first)
    assert second - first == SIX_HOURS
    assert look(now=first + timedelta(minutes=20)) == second


def test_a_check_is_never_repeated_before_half_an_interval_has_passed() -> None:
    for minute in range(0, 360, 7):
        now = NOON + timedelta(minutes=minute)
        assert SIX_HOURS / 2 <= look(now=now) - now <= SIX_HOURS * 1.5


def test_services_are_spread_evenly_over_the_interval() -> None:
    hours = [0] * 6
    for number in range(3000):
        place = look(location_id=f"1-{100000 + number}").timestamp() % SIX_HOURS.total_seconds()
        hours[int(place // 3600)] += 1
    assert all(400 < count < 600 for count in hours)


def test_a_check_that_failed_is_repeated_sooner_then_ever_later_up_to_an_hour_and_never_given_up() -> None:
    waits = [look(failures=failures) - NOON for failures in (1, 2, 3, 4, 5, 6, 7, 1000)]
    assert [wait / timedelta(minutes=1) for wait in waits] == [2, 4, 8, 16, 32, 60, 60, 60]


def test_what_the_site_asks_for_is_waited_for() -> None:
    assert look(failures=1, retry_after=timedelta(hours=2)) == NOON + timedelta(hours=2)


def test_a_short_interval_is_not_exceeded_by_backing_off() -> None:
    assert look(failures=9, check_every=timedelta(seconds=5)) == NOON + timedelta(seconds=5)


def test_a_candidate_change_brings_the_check_forward() -> None:
    due = NOON + timedelta(seconds=60)
    assert look(candidates=[Candidate(mark="m", since=NOON, due=due)]) == due


def test_a_candidate_change_that_is_overdue_does_not_make_a_storm_of_checks() -> None:
    assert look(candidates=[Candidate(mark="m", since=NOON, due=NOON)]) == NOON + timedelta(seconds=30)


def test_a_candidate_change_due_after_the_regular_check_does_not_put_that_off() -> None:
    tomorrow = NOON + timedelta(days=1)
    assert look(candidates=[Candidate(mark="m", since=NOON, due=tomorrow)]) == look()


def test_attempts_go_on_for_more_than_a_day_and_then_end() -> None:
    at, attempts = NOON, 0
    while (following := next_attempt(attempts + 1, now=at)) is not None:
        assert following > at
        at, attempts = following, attempts + 1
    assert at - NOON > timedelta(hours=24)
    assert attempts >= 8


def test_a_receiver_is_left_alone_as_long_as_it_asks_but_at_most_a_day() -> None:
    assert next_attempt(1, now=NOON, retry_after=timedelta(hours=3)) == NOON + timedelta(hours=3)
    assert next_attempt(1, now=NOON, retry_after=timedelta(days=300)) == NOON + timedelta(days=1)


def local(text: str) -> datetime:
    """An instant by London's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("after", "at", "expected"),
    [
        pytest.param("2026-11-21T07:29", "07:30", "2026-11-21T07:30", id="later the same day"),
        pytest.param("2026-11-21T07:30", "07:30", "2026-11-22T07:30", id="at the very hour: the next day"),
        pytest.param("2026-03-28T08:00", "07:30", "2026-03-29T07:30", id="the clocks go forward: half past seven all the same"),
        pytest.param("2026-10-24T08:00", "07:30", "2026-10-25T07:30", id="the clocks go back: half past seven all the same"),
        pytest.param("2026-03-28T08:00", "01:30", "2026-03-29T02:30", id="an hour that does not happen: an hour later"),
        pytest.param("2026-10-25T01:30", "01:30", "2026-10-26T01:30", id="an hour that happens twice: once"),
        pytest.param("2026-12-31T23:59", "00:00", "2027-01-01T00:00", id="midnight of the new year"),
    ],
)
def test_a_daily_digest_keeps_to_its_hour_in_london(after: str, at: str, expected: str) -> None:
    due = next_digest(local(after), when=When.DAILY, at=time.fromisoformat(at), day="mon")
    assert due == local(expected)
    assert due.tzinfo is UTC


def test_every_day_of_a_year_has_one_digest() -> None:
    at, days = local("2026-01-01T00:00").astimezone(UTC), []
    for _ in range(365):
        at = next_digest(at, when=When.DAILY, at=time(1, 30), day="mon")
        days.append(at.astimezone(LONDON).date())
    assert len(set(days)) == 365 and (days[-1] - days[0]).days == 364


def test_the_last_hour_is_the_one_before_the_next() -> None:
    for when in (When.DAILY, When.WEEKLY):
        at = local("2026-03-25T07:30").astimezone(UTC)
        for _ in range(20):
            last = last_digest(at, when=when, at=time(7, 30), day="wed")
            assert last <= at < next_digest(last, when=when, at=time(7, 30), day="wed")
            at += timedelta(hours=13)


def test_a_weekly_digest_comes_on_its_day() -> None:
    due = next_digest(local("2026-11-21T12:00"), when=When.WEEKLY, at=time(7, 30), day="fri")
    assert due == local("2026-11-27T07:30")
    assert next_digest(due, when=When.WEEKLY, at=time(7, 30), day="fri") == local("2026-12-04T07:30")


PACES = [
    pytest.param(300, 600, SIX_HOURS, id="a council's 300 services"),
    pytest.param(300, 2100, SIX_HOURS, id="a council's 300 services with seven pages each"),
    pytest.param(999, 7000, SIX_HOURS, id="a thousand cost little"),
    pytest.param(2000, 4000, timedelta(days=1), id="a region's two thousand, once a day"),
    pytest.param(57_000, 114_000, timedelta(days=28.5), id="all of England, in a month"),
]


@pytest.mark.parametrize(("services", "pages", "every"), PACES)
def test_quiet_services_are_looked_at_as_seldom_as_the_requests_must_be_few(services: int, pages: int, every: timedelta) -> None:
    assert quiet_interval(SIX_HOURS, services=services, pages=pages) == every


@pytest.mark.parametrize("services", [1_000, 1_500, 3_000, 10_000, 57_000])
@pytest.mark.parametrize("pages_each", [1.0, 1.5, 2.0, 4.0])
def test_looks_at_quiet_services_never_cost_more_than_their_share_of_5000_requests_a_day(
    services: int, pages_each: float
) -> None:
    pages = int(services * pages_each)
    days = quiet_interval(timedelta(seconds=30), services=services, pages=pages) / timedelta(days=1)
    requests_a_day = services / days + (pages - services) / max(days, 1.0)
    assert requests_a_day <= QUIET_REQUESTS + 1e-6 < 5_000


def test_who_asks_for_more_than_the_requests_allow_gets_check_every() -> None:
    assert quiet_interval(timedelta(days=40), services=57_000, pages=57_000) == timedelta(days=40)


def test_the_api_is_asked_again_when_what_waits_may_be_confirmed_and_then_ever_more_seldom() -> None:
    waits = Candidate(mark="a fall", since=NOON, due=NOON + timedelta(minutes=1), by_api=True)
    asked, times = NOON, []
    for minutes in range(600):
        now = NOON + timedelta(minutes=minutes)
        if asks_again((waits,), asked, now=now, check_every=SIX_HOURS):
            times.append(minutes)
            asked = now
    assert times[0] == 1 and len(times) < 15
    assert not asks_again((), None, now=NOON, check_every=SIX_HOURS)
    assert asks_again((waits,), NOON + timedelta(days=9), now=NOON, check_every=SIX_HOURS), "asked by a clock that was wrong"
