"""Tests that every page and command refuses days in the future, and periods that end before they begin, with the same words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.errors import UsageError
from monitor.periods import CLOCKS_DIFFER, check_begun, check_order
from tests.conftest import World
from tests.web.conftest import Pages

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize("at", [None, NOON, NOON + CLOCKS_DIFFER, NOON.date(), date(2020, 1, 1)])
def test_a_day_that_has_begun_is_accepted(at: date | datetime | None) -> None:
    check_begun(at, NOON)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (date(2026, 11, 22), "22 November 2026 is in the future"),
        (datetime(2026, 11, 22, tzinfo=UTC), "22 November 2026 is in the future"),
        (NOON + timedelta(hours=1), "21 November 2026 at 1:00pm is in the future"),
    ],
)
def test_a_future_day_or_time_is_refused(at: date | datetime, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        check_begun(at, NOON)


def test_the_present_day_is_the_day_in_london() -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    check_begun(date(2026, 7, 1), late)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    check_order(None, NOON)
    check_order(NOON, None)
    check_order(NOON.date(), NOON.date())
    with pytest.raises(UsageError, match=r"the period ends \(1 May 2026\) before it begins \(21 November 2026\)"):
        check_order(NOON.date(), date(2026, 5, 1))


@pytest.mark.parametrize(
    "path",
    [
        *("/api/events?since=2099-01-01", "/api/items?since=2099-01-01T00:00:00Z", "/api/register/history?since=2099-01-01"),
        *("/api/areas?as_at=2099-01-01", "/api/ratings?on=2099-01-01", "/api/ratings.csv?on=2099-01-01"),
        *("/items?since=1/1/2099", "/events?since=1/1/2099"),
    ],
)
def test_every_page_and_api_route_refuses_future_days(pages: Pages, path: str) -> None:
    with pages.client("operator") as client:
        answer = client.get(path)
    assert answer.status_code == 422 and "1 January 2099 is in the future" in answer.text
    assert "Page not found" not in answer.text


def test_a_period_of_changes_that_ends_before_it_begins_is_refused(pages: Pages) -> None:
    query = "since=1/11/2026&until=1/10/2026"
    with pages.client("reader") as client:
        answer = client.get(f"/items?{query}")
        files = [client.get(f"/items/export.{kind}?{one}") for kind in ("csv", "xlsx") for one in (query, "since=1/1/2099")]
    assert answer.status_code == 422 and "before it begins (1 November 2026)" in answer.text
    assert "No change matches" not in answer.text
    assert [one.status_code for one in files] == [422] * 4


def test_every_command_refuses_future_days(world: World) -> None:
    hook = "webhook:https://hooks.council.example/cqc"
    for words in (("events",), ("told",), ("outbox", "replay", hook)):
        code, out, err = world.run(*words, "--since", "2099-01-01")
        assert (code, out) == (2, "") and "--since: 1 January 2099 is in the future" in err
    code, out, err = world.run("outbox", "replay", hook, "--since", "2026-11-20", "--until", "2026-11-10")
    assert (code, out) == (2, "") and "before it begins (20 November 2026)" in err
