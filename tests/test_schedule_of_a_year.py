"""Tests that hints about publications make checks earlier, and delay no other check. The program itself decides when checks are
due. The tests are a small version of bench/schedule.py.
"""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from bench import schedule as year
from monitor.detect.schedule import POLL_EVERY_QUIET

DAYS = 30
SIX_HOURS = timedelta(hours=6)


@pytest.fixture
def january(monkeypatch: pytest.MonkeyPatch) -> None:
    """From day 6 to day 26, the list of publications leaves out every publication. From day 16 to day 26, it names wrong
    services."""
    for name, days in (("MARCH", 6), ("JUNE", 16), ("JULY", 26)):
        monkeypatch.setattr(year, name, year.BEGIN + timedelta(days=days))


@pytest.mark.usefixtures("january")
@pytest.mark.parametrize("feed", [True, False])
@pytest.mark.parametrize("quiet", [SIX_HOURS, timedelta(days=7)])
def test_in_a_month_of_three_hundred_services_the_schedule_keeps_every_limit(quiet: timedelta, feed: bool) -> None:
    case = year.Case("a month", year.ids(300), year.steady(SIX_HOURS, quiet), feed, DAYS, year.A_DAY * 50)
    assert year.measure(case) == []


@pytest.mark.usefixtures("january")
def test_the_benchmark_notices_a_list_of_publications_that_delays_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """In version 0.2, a list with wrong services could delay the check that finds a publication, and could make the time between
    checks longer."""
    services, pace, times = year.ids(300), year.steady(timedelta(days=1)), year.polls(DAYS)
    news = year.publications(services, DAYS, Random(1), a_day=year.A_DAY * 50)
    lying = year.merged(year.lies(services, times, Random(2)))
    assert sum(map(len, lying.values())) > 1000
    now = [year.live(services, news, named, pace, DAYS) for named in ({}, lying)]
    before = [year.live(services, news, named, pace, DAYS, year.planned_before) for named in ({}, lying)]
    assert not year.later_than(now[1], now[0]) and now[1].gap <= 1.0001
    assert year.later_than(before[1], before[0]) and before[1].gap > 1.2


def test_the_simulated_publications_come_at_cqcs_rate_and_in_cqcs_hours() -> None:
    news = year.publications(year.ids(2000), 365, Random(1), a_day=year.A_DAY * 28.5)
    assert 5300 <= len(news) <= 6100
    assert sum(one.at.weekday() == 6 for one in news) < len(news) / 50
    assert not any((one.day.month, one.day.day) >= (12, 24) for one in news)
    assert all(timedelta(0) <= one.listed_at - one.at <= timedelta(hours=1) for one in news)


def test_each_hint_costs_about_half_a_check_more_than_in_version_0_2() -> None:
    """Without hints, at most the first check of each service is extra."""
    services = year.ids(300)
    (rest, rest_before), (busy, busy_before) = (year.cost(services, 20, hints, SIX_HOURS) for hints in (0.0, 60.0))
    assert rest - rest_before < 300 / 20, "only the first check of each service may cost more"
    assert 20 < busy - rest < 70 and 15 < (busy - rest) - (busy_before - rest_before) < 45


def test_without_publications_the_sources_of_hints_cost_at_most_300_requests_a_day() -> None:
    alone, with_feed = (year.requests_at_rest(60, feed=feed) for feed in (False, True))
    assert max(with_feed.values()) <= 300 and max(alone.values()) <= 190
    assert with_feed.total() - alone.total() <= 60 * 113


def test_with_the_feed_alone_each_publication_in_the_feed_is_found_by_the_next_day() -> None:
    services = year.ids(300)
    news = [replace(one, shown_at=one.at) for one in year.publications(services, DAYS, Random(3), a_day=year.A_DAY * 50)]
    named = [one for one in news if one.fed_at is not None and one.fed_at < year.BEGIN + timedelta(days=DAYS)]
    feed = year.by_feed(news, year.feed_polls(DAYS))
    found = year.live(services, news, feed, year.steady(SIX_HOURS, timedelta(days=14)), DAYS).found
    assert len(named) > 100 and all((found[one] or year.JULY) <= one.fed_at + POLL_EVERY_QUIET for one in named if one.fed_at)
