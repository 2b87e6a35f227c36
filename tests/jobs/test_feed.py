"""Tests CQC's feed (the list of changes of its API) as a source of hints, from the request to the message. The tests move the
clock."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor import app
from monitor.app import App, build
from monitor.detect.schedule import next_look
from monitor.jobs.hints.feed import Poll
from monitor.settings import load
from monitor.store import Store
from monitor.store.api import FEED
from tests.conftest import World
from tests.jobs.watching import DAY, FALL, HOME, HOUR, LEAD, MINUTE, OTHER, Times, falls, told
from tests.simulated.server import Answer, Fault, body
from tests.simulated.services import Service
from tests.simulated.syndication import BASE, KEY, Syndication
from tests.simulated.syndication import told as refused

CHANGES = f"{BASE}/changes/location"


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> Times:
    """A clock that begins on a Tuesday at nine in London."""
    times = Times()
    times.go((1 - times().weekday()) % 7 * DAY + HOUR)
    monkeypatch.setattr(app, "now", times)
    return times


@pytest.fixture
def api(world: World, times: Times, monkeypatch: pytest.MonkeyPatch) -> Iterator[Syndication]:
    """Two services are watched and were read. Their next regular checks are more than a month away, so checks become due
    only because of the feed."""
    services = {HOME: Service(location_id=HOME), OTHER: Service(location_id=OTHER, name="Brookside")}
    with Syndication(services) as api:
        api.clock = times
        settings = {"CQC_API_URL": api.api_url, "CQC_API_KEY": KEY, "CHECK_EVERY": seldom(times), "STALE_AFTER": "366d"}
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("OPERATOR", "mailto:oncall@council.example")
        monkeypatch.setenv("HINTS", "off")
        monkeypatch.setattr("monitor.cqc.api.PER_SECOND", 500.0)
        world.site.services = services
        world.done("watch", "add", "Leeds", HOME, OTHER)
        world.done("subscribe", "Leeds", LEAD, "--quiet")
        world.done("check")
        yield api


def seldom(times: Times) -> str:
    """Returns a CHECK_EVERY with which the next regular checks of both services are more than 40 days away."""
    planned = partial(next_look, now=times())
    for days in range(60, 300):
        if min(planned(location_id=one, check_every=days * DAY) for one in (HOME, OTHER)) > times() + 40 * DAY:
            return f"{days}d"
    raise AssertionError("there is no such interval")


@pytest.fixture
def kept(api: Syndication) -> Iterator[Store]:
    with closing(build(load()).store) as store:
        yield store


async def working(with_app: App, times: Times, turns: int, step: timedelta) -> list[Poll]:
    polls = []
    for _ in range(turns):
        times.go(step)
        assert with_app.feed is not None
        poll = await with_app.feed.poll()
        polls += [poll] if poll else []
        while due := await asyncio.to_thread(with_app.store.services.due, app.now(), 50):
            await with_app.checker.round(due)
    return polls


def work(times: Times, turns: int = 1, step: timedelta = HOUR) -> list[Poll]:
    """Does the daemon's work on the feed and on checks `turns` times. Moves the clock each time. Returns the
    polls."""

    async def run() -> list[Poll]:
        with_app = build(load())
        try:
            return await working(with_app, times, turns, step)
        finally:
            await with_app.close()

    return asyncio.run(run())


def named(polls: list[Poll]) -> list[str]:
    return [one for poll in polls for one in poll.named]


def alive(api: Syndication, times: Times) -> None:
    """Makes the feed name a service that nobody watches, as the feed does every day."""
    api.changed("1-999999999", at=times() - MINUTE)


@pytest.mark.slow
@pytest.mark.parametrize("days", [3, 29])
def test_a_change_that_the_feed_adds_days_late_is_reported_within_a_day(
    world: World, api: Syndication, times: Times, days: int
) -> None:
    work(times)
    falls(world.site.services[HOME])
    api.changed(HOME, at=times() + MINUTE, appears=times() + days * DAY)
    pages = len(world.site.asked("/location/"))
    for number in range(days + 2):
        api.changed("1-999999999", at=times() + number * DAY)
    assert named(work(times, turns=days - 1, step=DAY)) == []
    assert len(world.site.asked("/location/")) == pages
    assert named(work(times, turns=13, step=4 * HOUR)).count(HOME) == 1
    assert [subject for subject in told(world) if subject.endswith("Cherrybrook Care Home")] == [FALL]


def test_a_change_that_the_feed_names_early_is_reported_once_the_page_shows_the_change(
    world: World, api: Syndication, times: Times, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    work(times)
    monkeypatch.setenv("CHECK_EVERY", "6h")
    api.changed(HOME, at=times() + MINUTE)
    assert named(work(times)) == [HOME]
    assert kept.services.events() == [] and told(world) == [], "a hint alone is not an event"
    falls(world.site.services[HOME])
    assert named(work(times, turns=8)) == []
    assert told(world) == [FALL]
    work(times, turns=8)
    assert told(world) == [FALL]


GONE: dict[str, Fault] = {
    "404": lambda _: refused(404, "Resource not found"),
    "410": lambda _: refused(410, "Gone"),
    "a list instead of an object": lambda _: Answer(headers={"Content-Type": "application/json"}, body=b"[]"),
    "a web page": body("<!DOCTYPE html><html><body>API</body></html>"),
}


@pytest.mark.parametrize("fault", GONE.values(), ids=GONE.keys())
def test_an_unusable_answer_of_the_feed_is_a_failure_and_never_means_no_changes(
    world: World, api: Syndication, times: Times, kept: Store, fault: Fault
) -> None:
    work(times)
    before = kept.api.state()
    api.fail(fault, path=CHANGES)
    falls(world.site.services[HOME])
    api.changed(HOME, at=times() + MINUTE)
    polls = work(times, turns=10)
    assert polls and all(one.trouble and one.named == () for one in polls)
    assert kept.api.state().read_until == before.read_until, "the next reading continues from this time"
    assert kept.api.trouble() is not None and not kept.api.state().is_trusted(times())
    world.run("deliver")
    assert len(world.mail.to("oncall@council.example")) >= 1
    api.heal()
    assert named(work(times, turns=8))[:1] == [HOME]
    assert FALL in told(world)


def test_a_feed_that_names_no_service_for_days_is_a_failure(api: Syndication, times: Times, kept: Store) -> None:
    alive(api, times)
    work(times)
    assert all(one.trouble is None for one in work(times, turns=30))
    assert any(one.trouble and "named no service" in one.trouble for one in work(times, turns=30))
    assert not kept.api.may_ask(times(), FEED) or kept.api.trouble() is not None


def test_each_request_to_the_feed_has_both_ends_of_the_period(api: Syndication, times: Times) -> None:
    """If a request does not say when the period ends, the API answers 404, as if the feed had been removed."""
    work(times, turns=26)
    asked = [parse_qs(urlsplit(one.path).query) for one in api.asked(CHANGES)]
    assert len(asked) > 60 and all({"startTimestamp", "endTimestamp"} <= one.keys() for one in asked)


@pytest.mark.slow
def test_if_the_feed_names_all_services_the_checks_are_spread_and_no_regular_check_is_later(
    world: World, api: Syndication, times: Times, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this test, forty services are watched. At most ten become due at once, instead of 500."""
    monkeypatch.setattr("monitor.store.api._AT_ONCE", 10)
    monkeypatch.setattr("monitor.store.api.EACH", MINUTE)
    world.site.add([Service(location_id=f"1-{400_000_000 + number}") for number in range(38)])
    ids = sorted(world.site.services)
    world.done("watch", "add", "Leeds", *ids)
    world.done("check")
    alive(api, times)
    work(times)
    kept.services.look_no_later_than(times(), HOUR)
    slots = {one.location_id: one.next_look_at for one in kept.services.watched(ids)}
    api.changed(*ids, *(f"1-{500_000_000 + number}" for number in range(2500)), at=times() + MINUTE)
    falls(world.site.services[HOME])
    checked_at: dict[str, datetime] = {}
    turns = []
    before = times()
    for _ in range(10):
        assert all(one.trouble is None for one in work(times, step=5 * MINUTE))
        new = {one.location_id for one in kept.services.watched(ids) if one.looked_at and one.looked_at > before}
        turns.append(len(new - checked_at.keys()))
        checked_at |= dict.fromkeys(new - checked_at.keys(), times())
    assert all(at <= slots[one] + 6 * MINUTE for one, at in checked_at.items())
    assert max(turns) <= 20 and sum(turns) == 40
    assert told(world) == [FALL]
