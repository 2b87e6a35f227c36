"""Tests that the client of CQC's site is polite: it obeys robots.txt and Retry-After, and limits how many requests it sends."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from monitor.cqc.site import Blind, Page, Reason, Site
from monitor.cqc.transport import Client
from monitor.errors import StoreError
from tests.cqc.test_site import HTML, NOW, PATH, Handler, blind, reset, response, rules, to, world


@pytest.mark.asyncio
async def test_robots_txt_is_requested_first_and_only_once() -> None:
    async with world() as (server, site):
        await asyncio.gather(*(site.fetch(PATH) for _ in range(5)))
        assert [asked.path for asked in server.asked] == ["/robots.txt"] + [PATH] * 5


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        pytest.param(rules("User-agent: *\nDisallow: /location/"), False, id="forbids the page to everybody"),
        pytest.param(rules("User-agent: CQC-Monitor\nDisallow: /"), False, id="forbids the page to us by name"),
        pytest.param(rules("User-agent: otherbot\nDisallow: /"), True, id="forbids the page to another program"),
        pytest.param(rules("User-agent: *\nDisallow: /search"), True, id="forbids another page"),
        pytest.param(rules("User-agent: *\nDisallow: /*/1-22"), False, id="forbids the page by a wildcard"),
        pytest.param(rules(""), True, id="is empty"),
        pytest.param(response(404), True, id="does not exist"),
        pytest.param(response(403), True, id="is itself forbidden"),
        pytest.param(response(200, b"\xff\xfe\0garbage"), True, id="is garbage"),
        pytest.param(response(500), False, id="fails"),
        pytest.param(response(429), False, id="is refused for the moment"),
        pytest.param(reset, False, id="can't be reached"),
        pytest.param(response(200, b"<title>Just a moment...</title>"), False, id="is a challenge"),
        pytest.param(to("https://www.example.org/"), False, id="redirects to another site"),
    ],
)
@pytest.mark.asyncio
async def test_robots_txt_decides_whether_a_page_may_be_read(robots: bytes | Handler, allowed: bool) -> None:
    async with world(robots=robots) as (server, site):
        seen = await site.fetch(PATH)
        assert isinstance(seen, Page) == allowed
        assert bool(server.pages()) == allowed
        if isinstance(seen, Blind):
            assert "robots.txt" in seen.detail
            assert seen.site_wide


@pytest.mark.asyncio
async def test_robots_txt_is_kept_for_a_day_and_requested_again_a_minute_after_a_failure() -> None:
    now = NOW

    def clock() -> datetime:
        return now

    async with world(robots=response(500), clock=clock) as (server, site):
        assert isinstance(await site.fetch(PATH), Blind)
        server.answers["/robots.txt"] = response(404)
        now += timedelta(seconds=59)
        assert isinstance(await site.fetch(PATH), Blind)
        now += timedelta(seconds=1)
        assert isinstance(await site.fetch(PATH), Page)
        server.answers["/robots.txt"] = rules("User-agent: *\nDisallow: /")
        now += timedelta(hours=23, minutes=59)
        assert isinstance(await site.fetch(PATH), Page)
        now += timedelta(minutes=1)
        assert isinstance(await site.fetch(PATH), Blind)


@pytest.mark.asyncio
async def test_a_redirect_does_not_get_round_robots_txt() -> None:
    robots = rules("User-agent: *\nDisallow: /private")
    async with world(robots=robots, page=to("/private")) as (server, site):
        seen = await site.fetch(PATH)
        assert isinstance(seen, Blind)
        assert seen.reason is Reason.REFUSED
        assert [asked.path for asked in server.pages()] == [PATH]


@pytest.mark.asyncio
async def test_the_limit_on_requests_includes_robots_txt_and_redirects() -> None:
    async with world(requests_per_second=50, page=to("/there")) as (server, site):
        server.answers["/there"] = response(200, HTML)
        began = time.monotonic()
        await asyncio.gather(*(site.fetch(PATH) for _ in range(4)))
        assert len(server.asked) == 9  # one for robots.txt, and two for each fetch: the redirect and the page
        assert time.monotonic() - began >= 8 / 50


@pytest.mark.slow
@pytest.mark.asyncio
async def test_clients_that_reserve_time_together_stay_within_one_limit() -> None:
    free_at = 0.0

    async def reserve(seconds: float) -> float:
        nonlocal free_at
        begins = max(free_at, time.monotonic())
        free_at = begins + seconds
        return begins - time.monotonic()

    async with (
        world(requests_per_second=4, reserve=reserve) as (_, one),
        world(requests_per_second=4, reserve=reserve) as (_, other),
        world(requests_per_second=4, reserve=reserve) as (_, third),
    ):
        began = time.monotonic()
        seen = await asyncio.gather(*(site.fetch(PATH) for site in (one, other, third)))
        assert all(isinstance(one, Page) for one in seen)
        # each of the three clients requested robots.txt and the page, so the sixth request had to wait this long
        assert time.monotonic() - began >= 5 / 4


@pytest.mark.asyncio
async def test_if_no_time_can_be_reserved_nothing_is_requested() -> None:
    async def away(_: float) -> float:
        raise StoreError("the database can't be used")

    async with world(reserve=away) as (server, site):
        with pytest.raises(StoreError):
            await site.fetch(PATH)
        assert server.asked == []


@pytest.mark.slow
@pytest.mark.asyncio
async def test_a_crawl_delay_longer_than_our_own_interval_is_obeyed() -> None:
    robots = rules("User-agent: *\nCrawl-delay: 0.2\n")
    async with world(robots=robots) as (_, site):
        await site.fetch(PATH)
        began = time.monotonic()
        await asyncio.gather(site.fetch(PATH), site.fetch(PATH), site.fetch(PATH))
        assert time.monotonic() - began >= 2 * 0.2


@pytest.mark.asyncio
async def test_at_most_two_requests_run_at_once() -> None:
    async with world() as (server, site):
        server.think = 0.05
        await asyncio.gather(*(site.fetch(PATH) for _ in range(6)))
        assert server.most_in_flight == 2


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("120", timedelta(seconds=120), id="seconds"),
        pytest.param("Sat, 21 Nov 2026 09:05:00 GMT", timedelta(minutes=5), id="a date"),
        pytest.param("Sat, 21 Nov 2026 08:00:00 GMT", timedelta(0), id="a past date"),
        pytest.param("0", timedelta(0), id="zero seconds"),
        pytest.param("99999999999999999999", timedelta(days=1), id="a huge number, limited to a day"),
        pytest.param("soon", None, id="a word, ignored"),
        pytest.param("-5", None, id="a negative number, ignored"),
        pytest.param("Sat, 99 Nov 2026 99:00:00 GMT", None, id="an impossible date, ignored"),
        pytest.param("1 Jan 99999999999999999999 00:00:00 GMT", None, id="an impossible year, ignored"),
        pytest.param("", None, id="an empty value, ignored"),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.asyncio
async def test_every_value_of_a_retry_after_header_is_read_or_ignored(
    value: str, expected: timedelta | None, status: int
) -> None:
    assert (await blind(response(status, retry_after=value))).retry_after == expected


@pytest.mark.asyncio
async def test_no_page_is_requested_during_the_long_wait_that_a_retry_after_header_states() -> None:
    now = NOW

    def clock() -> datetime:
        return now

    async with world(page=response(429, retry_after="600"), clock=clock) as (server, site):
        assert isinstance(await site.fetch(PATH), Blind)
        server.answers |= {PATH: response(200, HTML), "/other": response(200, HTML)}
        now += timedelta(minutes=5)
        seen = await site.fetch("/other")
        assert isinstance(seen, Blind)
        assert seen.reason is Reason.REFUSED
        assert seen.retry_after == timedelta(minutes=5)
        assert seen.detail == "CQC answered 429 Too Many Requests and asked for no requests until 09:10:00 UTC"
        assert len(server.pages()) == 1
        now += timedelta(minutes=5)
        assert isinstance(await site.fetch("/other"), Page)


@pytest.mark.asyncio
async def test_the_wait_that_a_retry_after_header_states_ends_if_the_clock_is_set_back() -> None:
    now = NOW

    def clock() -> datetime:
        return now

    async with world(page=response(503, retry_after="600"), clock=clock) as (server, site):
        assert isinstance(await site.fetch(PATH), Blind)
        server.answers[PATH] = response(200, HTML)
        now -= timedelta(days=365)
        assert isinstance(await site.fetch(PATH), Page)


@pytest.mark.slow
@pytest.mark.asyncio
async def test_a_request_waits_for_the_short_time_that_a_retry_after_header_states() -> None:
    async with world(page=response(503, retry_after="1"), clock=lambda: datetime.now(UTC)) as (server, site):
        await site.fetch(PATH)
        began = time.monotonic()
        server.answers[PATH] = response(200, HTML)
        assert isinstance(await site.fetch(PATH), Page)
        assert time.monotonic() - began > 0.5


@pytest.mark.asyncio
async def test_a_proxy_from_the_environment_is_used_but_not_for_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    async with world() as (server, near):
        monkeypatch.setenv("http_proxy", server.url)
        monkeypatch.setenv("no_proxy", "direct.example")
        server.answers |= {f"http://cqc.example{path}": server.answers[path] for path in list(server.answers)}
        client = Client(base_url="http://cqc.example", contact=None, requests_per_second=500, version="1")
        far = Site(client, clock=lambda: NOW)
        assert isinstance(await far.fetch(PATH), Page)
        assert isinstance(await near.fetch(PATH), Page)
        assert [asked.path for asked in server.pages()] == ["http://cqc.example/robots.txt", "http://cqc.example" + PATH, PATH]
        await far.close()


@pytest.mark.asyncio
async def test_a_closed_client_can_be_used_again() -> None:
    async with world() as (_, site):
        await site.close()
        assert isinstance(await site.fetch(PATH), Page)
        await site.close()
        await site.close()
        assert isinstance(await site.fetch(PATH), Page)
