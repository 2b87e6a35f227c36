"""Tests the site's list of publications as a source of hints, from the request to the message. The tests move the clock."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from monitor import app
from monitor.app import App, build
from monitor.jobs.hints.published import NAME
from monitor.jobs.hints.source import Poll
from monitor.register.entries import FileKind
from monitor.settings import load
from monitor.store import Store
from tests.conftest import World
from tests.jobs.watching import DAY, FALL, HOME, HOUR, LEAD, MINUTE, OTHER, Times, told
from tests.registered import care, note_files, take
from tests.simulated.published import Listed, list_of
from tests.simulated.regulator import CHALLENGE, LIST_ALLOWED, LIST_PATH
from tests.simulated.server import Fault, body, cut, empty, huge, status
from tests.simulated.services import Service

EVERY = timedelta(minutes=10)
OPERATOR = "mailto:oncall@council.example"


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> Times:
    """A clock that begins on a Tuesday at nine in London."""
    times = Times()
    times.go((1 - times().weekday()) % 7 * DAY + HOUR)
    monkeypatch.setattr(app, "now", times)
    return times


@pytest.fixture
def home(world: World, times: Times, monkeypatch: pytest.MonkeyPatch) -> Service:
    """Two services are watched and were read. The program may read the list, and the list names neither service."""
    monkeypatch.setenv("OPERATOR", OPERATOR)
    home, other = Service(location_id=HOME), Service(location_id=OTHER, name="Brookside")
    world.site.services = {HOME: home, OTHER: other}
    world.site.robots = LIST_ALLOWED
    world.site.listed = [stranger(number, times) for number in range(20)]
    world.done("watch", "add", "Leeds", HOME, OTHER)
    world.done("subscribe", "Leeds", LEAD, "--quiet")
    world.done("check")
    return home


def stranger(number: int, times: Times) -> Listed:
    return Listed(f"1-{300_000_000 + number}", times().date())


async def working(with_app: App, turns: int, go: Callable[[], None]) -> list[Poll]:
    """Does the daemon's work on hints and checks `turns` times, and calls `go` each time to move the clock. Returns the
    polls."""
    polls = []
    for _ in range(turns):
        go()
        assert with_app.hint_work is not None
        polls += await with_app.hint_work.work()
        due = await asyncio.to_thread(with_app.store.services.due, app.now(), 50)
        if due:
            await with_app.checker.round(due)
        await asyncio.to_thread(with_app.store.hints.follow, app.now())
    return polls


def work(times: Times, turns: int = 1, step: timedelta = EVERY, source: str = NAME) -> list[Poll]:
    async def run() -> list[Poll]:
        with_app = build(load())
        try:
            return await working(with_app, turns, partial(times.go, step))
        finally:
            await with_app.close()

    return [one for one in asyncio.run(run()) if one.source == source]


def store_of() -> Store:
    return build(load()).store


@pytest.fixture
def kept(home: Service) -> Iterator[Store]:
    with closing(store_of()) as store:
        yield store


def falls(world: World, home: Service, times: Times, *, listed: bool = True) -> None:
    day = times().date()
    home.inspect(on=day - timedelta(weeks=8), published=day, overall="Inadequate", safe="Inadequate")
    if listed:
        world.site.listed.append(Listed(home.location_id, day))


def asked(world: World) -> int:
    return len(world.site.asked(LIST_PATH))


def pages_asked(world: World) -> int:
    return len(world.site.asked("/location/"))


def test_a_listed_fall_is_reported_once_within_15_minutes(world: World, home: Service, times: Times) -> None:
    work(times)
    falls(world, home, times)
    work(times, turns=2, step=timedelta(minutes=7))
    world.done("deliver")
    assert FALL in world.mail.to(LEAD)[-1].text or "Inadequate" in world.mail.to(LEAD)[-1].text
    before = len(world.mail.to(LEAD))
    work(times, turns=12)
    world.done("deliver")
    assert len(world.mail.to(LEAD)) == before, "the fall is reported once"


def test_on_a_day_without_publications_the_list_costs_few_requests_and_no_page(world: World, home: Service, times: Times) -> None:
    world.site.validators = True
    work(times, turns=2)
    pages, lists = pages_asked(world), asked(world)
    polls = work(times, turns=60, step=MINUTE)
    assert asked(world) - lists <= 7
    assert pages_asked(world) == pages
    assert all(one.named == () for one in polls)
    night = (22 - times().hour) % 24 * HOUR
    times.go(night)
    lists = asked(world)
    work(times, turns=60, step=MINUTE)
    assert asked(world) - lists <= 3


def test_the_list_of_a_whole_month_is_read_at_first_and_after_a_long_gap(
    world: World, home: Service, times: Times, kept: Store
) -> None:
    def periods() -> list[str]:
        return [one.path.partition("last-published=")[2].partition("&")[0] for one in world.site.asked(LIST_PATH)]

    work(times, turns=2)
    times.go(3 * DAY)
    work(times)
    times.go(12 * DAY)
    world.site.listed = [stranger(number, times) for number in range(20)]
    falls(world, home, times)
    polls = work(times, turns=2)
    assert periods() == ["month", "week", "week", "month", "week"]
    assert polls[0].named == (HOME,)
    kept.hints.read(NAME, kept.hints.state(NAME), times() + DAY)
    work(times)
    assert periods()[-1] == "month", "the last reading is in the future because of a wrong clock, so the whole month is read"


def test_the_regular_check_finds_a_fall_if_the_list_stays_the_same(
    world: World, home: Service, times: Times, kept: Store
) -> None:
    work(times, turns=2)
    falls(world, home, times, listed=False)
    work(times, turns=8, step=HOUR)
    world.done("deliver")
    assert len(told(world)) == 1
    times.go(6 * DAY)
    work(times)
    work(times)
    assert kept.hints.state(NAME).why == "its newest date is too old"


def test_a_source_that_fails_is_reported_and_the_other_sources_continue(
    world: World, home: Service, times: Times, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this test the disk is full."""
    work(times)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("monitor.jobs.hints.published.tempfile.TemporaryFile", full)
        others = work(times, turns=8, source="being inspected")
    state = kept.hints.state(NAME)
    assert "No space left on device" in state.why and state.failing_since is not None and others
    work(times, turns=40)
    assert kept.hints.state(NAME).why == ""


@pytest.mark.parametrize(
    "fault",
    [
        status(403), status(503), status(404), status(500), CHALLENGE, empty, cut(), cut(0.4, honest=True), huge(25_000_000),
        body("We found 0 results for \r\n"), body("<html><body>We found 20 results</body></html>"),
    ],
    ids=[
        "403", "503", "404", "500", "challenge", "empty answer", "fewer bytes than stated", "a part of the list", "25 MB",
        "no results", "web page",
    ],
)  # fmt: skip
def test_an_unusable_answer_in_place_of_the_list_is_not_an_outage(
    world: World, home: Service, times: Times, kept: Store, fault: Fault
) -> None:
    work(times, turns=2)
    world.site.fail(fault, path=LIST_PATH)
    falls(world, home, times, listed=False)
    lists = asked(world)
    polls = work(times, turns=14, step=30 * MINUTE)
    assert polls and all(one.trouble and one.named == () for one in polls)
    assert asked(world) - lists <= 14
    assert kept.outages.current() is None
    assert kept.hints.state(NAME).why
    world.done("deliver")
    assert len(told(world)) == 1, "the regular check finds the fall"
    world.site.heal()
    work(times, turns=14, step=30 * MINUTE)
    assert kept.hints.state(NAME).why == ""


def test_the_services_in_an_incomplete_list_are_checked(world: World, home: Service, times: Times) -> None:
    work(times, turns=2)
    falls(world, home, times)
    rows = [world.site.listed[-1], *world.site.listed[:5]]
    short = list_of(*rows, before=("We found 112 results for",))
    world.site.fail(lambda answer: replace(answer, body=short), path=LIST_PATH)
    (poll,) = work(times)
    assert poll.named == (HOME,) and poll.trouble and "112" in poll.trouble


def test_after_429_for_the_list_no_page_is_requested_for_as_long_as_the_site_asks(
    world: World, home: Service, times: Times, kept: Store
) -> None:
    async def run() -> None:
        with_app = build(load())
        try:
            await working(with_app, 2, partial(times.go, EVERY))
            world.site.fail(status(429, retry_after=3600), path=LIST_PATH, times=1)
            falls(world, home, times)
            before = len(world.site.asked())
            await working(with_app, 1, partial(times.go, EVERY))
            asked_once = len(world.site.asked())
            assert asked_once == before + 1
            await working(with_app, 4, partial(times.go, EVERY))
            assert len(world.site.asked()) == asked_once, "meanwhile, nothing is requested from the host"
            await working(with_app, 7, partial(times.go, HOUR))
        finally:
            await with_app.close()

    asyncio.run(run())
    world.done("deliver")
    assert len(told(world)) == 1


def test_a_list_that_robots_txt_forbids_is_never_requested(world: World, home: Service, times: Times, kept: Store) -> None:
    world.site.robots = "User-agent: *\nDisallow: /search/\n"
    falls(world, home, times)
    polls = work(times, turns=20, step=30 * MINUTE)
    assert asked(world) == 0
    assert polls and all(one.forbidden for one in polls)
    state = kept.hints.state(NAME)
    assert state.forbidden and state.failing_since is None and kept.outages.current() is None
    world.done("deliver")
    assert len(told(world)) == 1


def test_a_fall_that_the_page_shows_forty_minutes_after_the_list_is_reported_once(
    world: World, home: Service, times: Times
) -> None:
    work(times, turns=2)
    world.site.fail(world.site.as_now(HOME), path=f"/location/{HOME}")
    falls(world, home, times)
    pages = pages_asked(world)
    work(times, turns=40, step=MINUTE)
    assert pages_asked(world) - pages <= 8
    world.site.heal()
    work(times, turns=60, step=MINUTE)
    world.done("deliver")
    assert len(told(world)) == 1


def test_a_fall_that_is_listed_after_the_alert_causes_no_second_check_or_alert(
    world: World, home: Service, times: Times
) -> None:
    work(times, turns=2)
    falls(world, home, times, listed=False)
    work(times, turns=8, step=HOUR)
    world.done("deliver")
    assert len(told(world)) == 1
    world.site.listed = [*(stranger(number, times) for number in range(20)), Listed(HOME, home.newest.published)]
    pages = pages_asked(world)
    (poll,) = work(times, step=HOUR / 4)
    assert (poll.named, poll.known, pages_asked(world)) == ((), 1, pages)


def test_a_report_that_is_removed_from_the_list_causes_no_message(
    world: World, home: Service, times: Times
) -> None:
    falls(world, home, times)
    work(times, turns=2)
    world.done("deliver")
    before = len(world.mail.to(LEAD))
    world.site.listed.pop()
    pages = pages_asked(world)
    polls = work(times, turns=2)
    world.done("deliver")
    assert all(one.named == () for one in polls)
    assert (len(world.mail.to(LEAD)), pages_asked(world)) == (before, pages)


def test_the_regular_check_finds_a_second_report_of_the_same_day(world: World, home: Service, times: Times) -> None:
    falls(world, home, times)
    work(times, turns=2)
    world.done("deliver")
    before = len(world.mail.to(LEAD))
    home.newest.questions["Caring"].rating = "Inadequate"
    work(times, turns=8, step=HOUR)
    world.done("deliver")
    assert len(world.mail.to(LEAD)) == before + 1


def test_listed_services_without_news_cost_a_few_checks_each(world: World, home: Service, times: Times) -> None:
    many = [Service(location_id=f"1-{400_000_000 + number}") for number in range(30)]
    world.site.add(many)
    world.done("watch", "add", "Leeds", *(one.location_id for one in many))
    world.done("check")
    work(times, turns=2)
    world.site.listed += [Listed(one.location_id, times().date()) for one in many]
    pages = pages_asked(world)
    work(times, turns=4 * 60, step=MINUTE)
    own = len(many) + 2  # one regular check of each service
    assert pages_asked(world) - pages <= 5 * len(many) + own
    world.done("deliver")
    assert told(world) == []


def test_a_worker_that_is_killed_before_reading_the_list_loses_no_hint(
    world: World, home: Service, times: Times, kept: Store
) -> None:
    work(times, turns=2)
    falls(world, home, times)
    times.go(EVERY)
    assert kept.hints.may_poll(NAME, times(), EVERY) is not None  # then the process was killed
    assert work(times, step=MINUTE) == []
    (poll,) = work(times)
    assert poll.named == (HOME,)


def test_a_service_that_is_being_inspected_is_checked_every_hour_until_its_report_is_there(
    world: World, home: Service, times: Times
) -> None:
    world.site.robots = "User-agent: *\nDisallow: /search/\n"
    home.notices = ["We are carrying out an inspection of this service."]
    world.done("check")
    world.done("check")
    pages = len(world.site.asked(f"/location/{HOME}"))
    others = len(world.site.asked(f"/location/{OTHER}"))
    work(times, turns=30, step=10 * MINUTE)
    hourly = [one for one in world.site.asked(f"/location/{HOME}")[pages:] if one.path == f"/location/{HOME}"]
    assert 5 <= len(hourly) <= 7
    assert len(world.site.asked(f"/location/{OTHER}")) - others <= 1
    home.notices = []
    falls(world, home, times, listed=False)
    work(times, turns=7, step=10 * MINUTE)
    assert len(told(world)) == 1
    work(times, turns=6, step=10 * MINUTE)
    pages = len(world.site.asked(f"/location/{HOME}"))
    work(times, turns=12, step=10 * MINUTE)
    assert len(world.site.asked(f"/location/{HOME}")) - pages <= 4, "the regular check reads the pages again"


def test_a_fall_that_only_a_newer_file_names_is_reported_and_the_file_is_read_once(
    world: World, home: Service, times: Times, kept: Store
) -> None:
    work(times)
    falls(world, home, times, listed=False)
    day = times().date()
    take(kept.engine, [(day, [care(HOME, published=day), care(OTHER, published=date(2023, 4, 18))])])
    note_files(kept.engine, day, FileKind.DIRECTORY)
    (poll,) = work(times, step=HOUR, source="file")
    assert (poll.named, poll.known) == ((HOME,), 0)
    assert len(told(world)) == 1
    assert work(times, turns=3, step=HOUR, source="file") == []
