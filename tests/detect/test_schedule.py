"""Tests when the next checks, attempts and digests are due."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import NullPool, create_engine, literal, select

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
    ids=["past", "now", "in a minute", "at the limit", "beyond the limit", "more than a year ahead"],
)
def test_a_planned_time_lies_ahead_if_it_is_after_now_but_within_the_limit(minutes: int, still_to_come: bool) -> None:
    hour = timedelta(hours=1)
    assert lies_ahead(NOON + timedelta(minutes=minutes), NOON, hour) is still_to_come
    with create_engine("sqlite://", poolclass=NullPool).connect() as connection:  # the same, as the condition of a query
        column = literal(NOON.replace(tzinfo=None) + timedelta(minutes=minutes))
        assert connection.execute(select(lies_ahead(column, NOON.replace(tzinfo=None), hour))).scalar() == still_to_come


@pytest.mark.parametrize(("minutes", "still_runs"), [(-61, False), (-60, False), (-59, True), (0, True), (1, False)])
def test_a_period_runs_only_between_its_beginning_and_its_end(minutes: int, still_runs: bool) -> None:
    hour = timedelta(hours=1)
    assert lies_ahead(NOON + timedelta(minutes=minutes) + hour, NOON, hour) is still_runs


def look(**given: object) -> datetime:
    """The time of a service's next check. By default, the time now is noon, and checks come every six hours."""
    return next_look(**({"location_id": "1-2235535718", "now": NOON, "check_every": SIX_HOURS} | given))  # type: ignore[arg-type]


def test_checks_of_one_service_come_at_its_regular_time_in_every_interval() -> None:
    first = look()
    second = look(now=first)
    assert second - first == SIX_HOURS
    assert look(now=first + timedelta(minutes=20)) == second


PLACE = datetime(2026, 11, 21, 13, 36, 36, 512861, tzinfo=UTC)
"""The regular time of service 1-2235535718 within the six hours from noon."""

NEXT_CHECKS = [
    pytest.param(PLACE, PLACE + SIX_HOURS, id="checked at the regular time: an interval later"),
    pytest.param(PLACE + timedelta(seconds=40), PLACE + SIX_HOURS, id="checked a little late: at the next regular time"),
    pytest.param(PLACE + timedelta(hours=4), PLACE + SIX_HOURS, id="checked four hours late: at the next regular time"),
    pytest.param(PLACE - timedelta(hours=1), PLACE, id="checked an hour early because of a hint: at the regular time anyway"),
    pytest.param(PLACE - timedelta(seconds=1), PLACE, id="checked a second early: at the regular time anyway"),
    pytest.param(
        PLACE - timedelta(microseconds=1),
        PLACE + SIX_HOURS - timedelta(microseconds=1),
        id="checked a microsecond early, because of rounding: an interval later",
    ),
    pytest.param(
        PLACE + timedelta(days=400),
        PLACE + timedelta(days=400) + SIX_HOURS,
        id="checked more than a year late: an interval later",
    ),
]


@pytest.mark.parametrize(("checked", "following"), NEXT_CHECKS)
def test_the_next_check_comes_at_the_regular_time_and_at_most_an_interval_later(
    checked: datetime, following: datetime
) -> None:
    assert look(now=checked) == following


_WAITS = st.timedeltas(timedelta(0), timedelta(days=3))
_CANDIDATES = st.lists(
    st.builds(lambda since, due: Candidate(mark="m", since=NOON + since, due=NOON + since + due), _WAITS, _WAITS), max_size=2
)


@settings(max_examples=200)
@given(
    every=st.timedeltas(timedelta(seconds=5), timedelta(days=40)),
    checks=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), _CANDIDATES), min_size=1, max_size=30),
    number=st.integers(0, 10**9),
)
def test_the_next_planned_check_is_never_further_away_than_the_interval(
    every: timedelta, checks: list[tuple[float, int, list[Candidate]]], number: int
) -> None:
    """Checks come at their planned time, or at any time before it, because of a hint, a person or a confirmation."""
    now = NOON
    for share, failures, candidates in checks:
        following = next_look(location_id=f"1-{number}", now=now, check_every=every, candidates=candidates, failures=failures)
        assert now < following <= now + every
        now += (following - now) * share


@given(every=st.timedeltas(timedelta(minutes=5), timedelta(days=40)), number=st.integers(0, 10**9), offset=_WAITS)
def test_a_service_without_changes_is_checked_once_in_each_interval(every: timedelta, number: int, offset: timedelta) -> None:
    """The first check may come at any time. After the first check, checks are an interval apart."""
    now = next_look(location_id=f"1-{number}", now=NOON + offset, check_every=every)
    for _ in range(20):
        following = next_look(location_id=f"1-{number}", now=now + timedelta(seconds=1), check_every=every)
        assert following - now >= every - timedelta(seconds=1)
        now = following


@given(
    every=st.timedeltas(timedelta(minutes=5), timedelta(days=40)),
    shares=st.lists(st.floats(0, 1), max_size=30),
    number=st.integers(0, 10**9),
)
def test_an_extra_check_does_not_delay_a_planned_check(every: timedelta, shares: list[float], number: int) -> None:
    """A service is checked at all its usual times, even if other checks come at any times between them."""
    places: list[datetime] = []
    now = NOON
    while len(places) < 5:
        now = next_look(location_id=f"1-{number}", now=now, check_every=every)
        places.append(now)
    others = sorted(NOON + (places[-1] - NOON) * share for share in shares)
    checked, planned = [], next_look(location_id=f"1-{number}", now=NOON, check_every=every)
    rounding = timedelta(milliseconds=1)
    while planned <= places[-1] + rounding:
        now = others.pop(0) if others and others[0] < planned else planned
        checked.append(now)
        planned = next_look(location_id=f"1-{number}", now=now, check_every=every)
    for place in places:
        assert any(abs(one - place) <= rounding for one in checked)


@given(
    every=st.timedeltas(timedelta(minutes=1), timedelta(days=40)),
    wait=st.timedeltas(timedelta(seconds=1), timedelta(days=1)),
    failures=st.integers(1, 20),
)
def test_a_wait_that_the_site_asks_for_is_obeyed_even_beyond_the_interval(
    every: timedelta, wait: timedelta, failures: int
) -> None:
    following = look(check_every=every, failures=failures, retry_after=wait)
    assert NOON + wait <= following <= NOON + max(wait, every)


@pytest.mark.parametrize("intervals", [1, 2, 9])
def test_services_that_are_added_at_once_are_spread_evenly_over_the_interval(intervals: int) -> None:
    minutes = [0] * 36
    for number in range(9000):
        at = NOON
        for _ in range(intervals):
            at = look(location_id=f"1-{100000 + number}", now=at)
        minutes[int(at.timestamp() % SIX_HOURS.total_seconds() // 600)] += 1
    assert all(175 < count < 425 for count in minutes), minutes  # the average is 250 in ten minutes


def test_a_failed_check_is_repeated_after_two_minutes_then_less_often_but_at_least_hourly() -> None:
    waits = [look(failures=failures) - NOON for failures in (1, 2, 3, 4, 5, 6, 7, 1000)]
    assert [wait / timedelta(minutes=1) for wait in waits] == [2, 4, 8, 16, 32, 60, 60, 60]


def test_a_failed_check_is_repeated_after_the_wait_that_the_site_asked_for() -> None:
    assert look(failures=1, retry_after=timedelta(hours=2)) == NOON + timedelta(hours=2)


def test_a_failed_check_is_repeated_after_check_every_at_the_latest() -> None:
    assert look(failures=9, check_every=timedelta(seconds=5)) == NOON + timedelta(seconds=5)


def test_a_candidate_change_brings_the_check_forward() -> None:
    due = NOON + timedelta(seconds=60)
    assert look(candidates=[Candidate(mark="m", since=NOON, due=due)]) == due


def test_an_overdue_candidate_change_is_checked_after_thirty_seconds_not_at_once() -> None:
    assert look(candidates=[Candidate(mark="m", since=NOON, due=NOON)]) == NOON + timedelta(seconds=30)


def test_a_candidate_change_due_after_the_planned_check_does_not_delay_the_check() -> None:
    tomorrow = NOON + timedelta(days=1)
    assert look(candidates=[Candidate(mark="m", since=NOON, due=tomorrow)]) == look()


def test_attempts_to_send_a_message_continue_for_more_than_a_day_and_then_end() -> None:
    at, attempts = NOON, 0
    while (following := next_attempt(attempts + 1, now=at)) is not None:
        assert following > at
        at, attempts = following, attempts + 1
    assert at - NOON > timedelta(hours=24)
    assert attempts >= 8


def test_the_next_attempt_waits_as_long_as_the_receiver_asks_but_at_most_a_day() -> None:
    assert next_attempt(1, now=NOON, retry_after=timedelta(hours=3)) == NOON + timedelta(hours=3)
    assert next_attempt(1, now=NOON, retry_after=timedelta(days=300)) == NOON + timedelta(days=1)


def local(text: str) -> datetime:
    """A time in London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("after", "at", "expected"),
    [
        pytest.param("2026-11-21T07:29", "07:30", "2026-11-21T07:30", id="later the same day"),
        pytest.param("2026-11-21T07:30", "07:30", "2026-11-22T07:30", id="exactly at that time: the next day"),
        pytest.param("2026-03-28T08:00", "07:30", "2026-03-29T07:30", id="the clocks go forward: still half past seven"),
        pytest.param("2026-10-24T08:00", "07:30", "2026-10-25T07:30", id="the clocks go back: still half past seven"),
        pytest.param("2026-03-28T08:00", "01:30", "2026-03-29T02:30", id="a time that is skipped: an hour later"),
        pytest.param("2026-10-25T01:30", "01:30", "2026-10-26T01:30", id="a time that occurs twice: once"),
        pytest.param("2026-12-31T23:59", "00:00", "2027-01-01T00:00", id="midnight of the new year"),
    ],
)
def test_a_daily_digest_is_due_at_its_time_in_london(after: str, at: str, expected: str) -> None:
    due = next_digest(local(after), when=When.DAILY, at=time.fromisoformat(at), day="mon")
    assert due == local(expected)
    assert due.tzinfo is UTC


def test_every_day_of_a_year_has_one_digest() -> None:
    at, days = local("2026-01-01T00:00").astimezone(UTC), []
    for _ in range(365):
        at = next_digest(at, when=When.DAILY, at=time(1, 30), day="mon")
        days.append(at.astimezone(LONDON).date())
    assert len(set(days)) == 365 and (days[-1] - days[0]).days == 364


def test_the_last_digest_time_is_directly_before_the_next() -> None:
    for when in (When.DAILY, When.WEEKLY):
        at = local("2026-03-25T07:30").astimezone(UTC)
        for _ in range(20):
            last = last_digest(at, when=when, at=time(7, 30), day="wed")
            assert last <= at < next_digest(last, when=when, at=time(7, 30), day="wed")
            at += timedelta(hours=13)


def test_a_weekly_digest_is_due_on_its_weekday() -> None:
    due = next_digest(local("2026-11-21T12:00"), when=When.WEEKLY, at=time(7, 30), day="fri")
    assert due == local("2026-11-27T07:30")
    assert next_digest(due, when=When.WEEKLY, at=time(7, 30), day="fri") == local("2026-12-04T07:30")


PACES = [
    pytest.param(300, 600, SIX_HOURS, id="a council's 300 services"),
    pytest.param(300, 2100, SIX_HOURS, id="a council's 300 services with seven pages each"),
    pytest.param(999, 7000, SIX_HOURS, id="almost a thousand services with seven pages each"),
    pytest.param(1000, 1000, SIX_HOURS, id="a thousand services with one page each"),
    pytest.param(1700, 2500, timedelta(hours=13), id="1,700 services, interval rounded to whole hours"),
    pytest.param(2000, 4000, timedelta(days=1), id="a region's 2,000 services, once a day"),
    pytest.param(57_000, 114_000, timedelta(days=29), id="all of England, in a month"),
]


@pytest.mark.parametrize(("services", "pages", "every"), PACES)
def test_the_interval_of_quiet_services_grows_with_their_number(services: int, pages: int, every: timedelta) -> None:
    assert quiet_interval(SIX_HOURS, services=services, pages=pages) == every


@pytest.mark.parametrize("services", [1_000, 1_500, 3_000, 10_000, 57_000])
@pytest.mark.parametrize("pages_each", [1.0, 1.5, 2.0, 4.0])
def test_checks_of_quiet_services_never_exceed_their_share_of_5000_requests_a_day(
    services: int, pages_each: float
) -> None:
    pages = int(services * pages_each)
    days = quiet_interval(timedelta(seconds=30), services=services, pages=pages) / timedelta(days=1)
    requests_a_day = services / days + (pages - services) / max(days, 1.0)
    assert requests_a_day <= QUIET_REQUESTS + 1e-6 < 5_000


def test_one_more_page_does_not_change_the_interval_of_all_services() -> None:
    assert len({quiet_interval(SIX_HOURS, services=57_000, pages=pages) for pages in range(113_000, 115_000, 10)}) == 1


def test_the_interval_of_quiet_services_is_never_shorter_than_check_every() -> None:
    assert quiet_interval(timedelta(days=40), services=57_000, pages=57_000) == timedelta(days=40)


def test_the_api_is_asked_again_as_soon_as_a_change_may_be_confirmed_and_then_less_and_less_often() -> None:
    waits = Candidate(mark="a fall", since=NOON, due=NOON + timedelta(minutes=1), by_api=True)
    asked, times = NOON, []
    for minutes in range(600):
        now = NOON + timedelta(minutes=minutes)
        if asks_again((waits,), asked, now=now, check_every=SIX_HOURS):
            times.append(minutes)
            asked = now
    assert times[0] == 1 and len(times) < 15
    assert not asks_again((), None, now=NOON, check_every=SIX_HOURS)
    assert asks_again((waits,), NOON + timedelta(days=9), now=NOON, check_every=SIX_HOURS), "the last request was in the future"
