"""Tests how long each kind of change must last before it is reported, depending on which sources state or deny it."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.detect.waiting import (
    API_NEWS_FOR,
    LONGEST_DOUBT,
    MASS_LASTS,
    OTHERS_WITHIN,
    SEEN_JUST_BEFORE,
    SOONEST,
    UNSEEN_FOR,
    Nature,
    Support,
    again_after,
    confirmed_at_once,
    held_back,
    how_long,
    remembered,
    until_others_are_seen,
)
from monitor.model import Candidate

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days"))
NOTHING = timedelta(0)
CONFIRM = 60 * SECOND
"""The default of CONFIRM_AFTER."""

TABLE = {
    # For each nature of a change: how long the change must last if only the pages show it, if the API contradicts the pages, if
    # many services show changes at once, and if the API states the change too.
    Nature.ORDINARY: {Support.PAGE: CONFIRM, Support.DENIED: DAY, Support.MANY: DAY, Support.PAGE_AND_API: NOTHING},
    Nature.VANISHED: {Support.PAGE: DAY, Support.DENIED: DAY, Support.MANY: DAY, Support.PAGE_AND_API: NOTHING},
    Nature.CONTRADICTED: {Support.PAGE: DAY, Support.DENIED: DAY, Support.MANY: DAY, Support.PAGE_AND_API: NOTHING},
    Nature.UNDATED: {Support.PAGE: DAY, Support.DENIED: DAY, Support.MANY: DAY, Support.PAGE_AND_API: NOTHING},
    Nature.SAID_IN_WORDS: {Support.PAGE: CONFIRM, Support.DENIED: CONFIRM, Support.MANY: CONFIRM, Support.PAGE_AND_API: NOTHING},
    Nature.OLDER_PAGE: {Support.PAGE: 3 * DAY, Support.DENIED: 3 * DAY, Support.MANY: 3 * DAY, Support.PAGE_AND_API: NOTHING},
}
BY_API = {Support.API_SITE_UNREAD: CONFIRM, Support.API_AGAINST_PAGE: DAY}


@pytest.mark.parametrize(
    ("nature", "support", "wait"),
    [
        pytest.param(nature, support, wait, id=f"{nature.value}; {support.value}")
        for nature, row in TABLE.items()
        for support, wait in row.items()
    ]
    + [pytest.param(Nature.ORDINARY, support, wait, id=support.value) for support, wait in BY_API.items()],
)
def test_a_change_must_last_as_long_as_the_table_says(nature: Nature, support: Support, wait: timedelta) -> None:
    assert how_long(nature, support, CONFIRM) == wait


def test_the_table_has_every_nature_of_change_and_every_kind_of_support() -> None:
    assert set(TABLE) == set(Nature)
    assert all({*row, *BY_API} == set(Support) for row in TABLE.values())


@pytest.mark.parametrize("confirm_after", [NOTHING, CONFIRM, 2 * DAY], ids=["no waiting", "default", "two days"])
def test_an_ordinary_change_waits_for_confirm_after_and_a_doubtful_change_at_least_as_long(confirm_after: timedelta) -> None:
    for support in (Support.PAGE, Support.API_SITE_UNREAD):
        assert how_long(Nature.ORDINARY, support, confirm_after) == confirm_after
    for support in (Support.DENIED, Support.MANY):
        assert how_long(Nature.ORDINARY, support, confirm_after) == max(DAY, confirm_after)


def test_the_other_waiting_times_have_their_agreed_values() -> None:
    assert (UNSEEN_FOR, SOONEST, API_NEWS_FOR) == (7 * DAY, 30 * SECOND, 30 * DAY)
    assert (SEEN_JUST_BEFORE, OTHERS_WITHIN, MASS_LASTS) == (MINUTE, DAY, DAY)


def candidate(
    mark: str = "a", *, since: timedelta = NOTHING, wait: timedelta = CONFIRM, dated: bool = False, odd: bool = False
) -> Candidate:
    """A candidate change that was first seen `since` before NOW."""
    return Candidate(mark=mark, since=NOW - since, due=NOW - since + wait, dated=dated, odd=odd)


@pytest.mark.parametrize(
    ("one", "outlives"),
    [
        pytest.param(candidate(dated=True), True, id="with a newer date, just seen"),
        pytest.param(candidate(dated=True, since=7 * DAY), True, id="with a newer date, seen a week ago"),
        pytest.param(candidate(dated=True, since=7 * DAY + SECOND), False, id="with a newer date, seen over a week ago"),
        pytest.param(candidate(), False, id="without a newer date"),
    ],
)
def test_a_candidate_change_that_a_check_did_not_see_is_kept_only_with_a_newer_date(
    one: Candidate, outlives: bool
) -> None:
    assert remembered([one], NOW) == ((one,) if outlives else ())


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        pytest.param(NOTHING, SOONEST, id="just seen"),
        pytest.param(5 * MINUTE, 5 * MINUTE, id="first seen five minutes ago"),
        pytest.param(DAY, 6 * HOUR, id="first seen a day ago: CHECK_EVERY"),
    ],
)
def test_a_due_change_that_was_not_seen_is_checked_less_and_less_often(age: timedelta, wait: timedelta) -> None:
    assert again_after(NOW - age, NOW, 6 * HOUR) == wait


@pytest.mark.parametrize("support", [Support.DENIED, Support.MANY], ids=lambda one: one.value)
def test_only_doubtful_changes_without_a_newer_date_are_held_back(support: Support) -> None:
    doubted, dated, other = candidate("a"), candidate("b", dated=True), candidate("c")
    waiting = held_back([doubted, dated, other], {"a", "b"}, support, CONFIRM)
    assert [one.due - one.since for one in waiting] == [DAY, CONFIRM, CONFIRM]
    (longer,) = held_back([candidate("a", wait=3 * DAY)], {"a"}, support, CONFIRM)
    assert longer.due - longer.since == 3 * DAY


def test_a_change_seen_before_a_mass_change_waits_for_a_day_from_the_start_of_the_mass_change() -> None:
    (held,) = held_back([candidate("a", since=2 * DAY)], {"a"}, Support.MANY, CONFIRM, at_least_from=NOW - HOUR)
    assert held.due == NOW - HOUR + DAY
    (held,) = held_back([candidate("a", since=8 * DAY)], {"a"}, Support.MANY, CONFIRM, at_least_from=NOW - HOUR)
    assert held.due == NOW - 8 * DAY + LONGEST_DOUBT
    (held,) = held_back([candidate("a", since=HOUR)], {"a"}, Support.MANY, CONFIRM, at_least_from=NOW - 2 * HOUR)
    assert held.due == NOW - HOUR + DAY


@pytest.mark.parametrize(
    ("one", "due"),
    [
        pytest.param(candidate(odd=True, since=MINUTE), NOW + SOONEST, id="due, and other services may show the same"),
        pytest.param(candidate(odd=True, wait=HOUR), NOW + HOUR, id="due later than the other checks anyway"),
        pytest.param(candidate(odd=True, since=2 * HOUR), NOW + 12 * MINUTE, id="first seen before the monitor was stopped"),
        pytest.param(candidate(odd=True, since=DAY - HOUR), NOW + HOUR, id="checked again when the time for the others is over"),
        pytest.param(candidate(odd=True, since=DAY), NOW - DAY + MINUTE, id="the time for the other checks is over"),
        pytest.param(candidate(odd=True, dated=True, since=MINUTE), NOW, id="with a newer date"),
        pytest.param(candidate(since=MINUTE), NOW, id="not a change that other services would show"),
    ],
)
def test_a_change_that_other_services_may_show_too_waits_for_their_checks(one: Candidate, due: datetime) -> None:
    assert [held.due for held in until_others_are_seen([one], NOW)] == [due]


@pytest.mark.parametrize(
    ("one", "at_once"),
    [
        pytest.param(candidate(dated=True), True, id="with a newer date"),
        pytest.param(candidate(), False, id="without a newer date"),
        pytest.param(candidate(dated=True, wait=DAY), False, id="a change that has to last for a day"),
        pytest.param(candidate("contradicted", dated=True), False, id="a change that the API contradicts"),
    ],
)
def test_an_immediate_second_check_confirms_only_newer_changes_that_the_api_does_not_contradict(
    one: Candidate, at_once: bool
) -> None:
    (after,) = confirmed_at_once([one], {"contradicted"}, NOW, CONFIRM)
    assert after.due == (NOW if at_once else one.due)
