"""Tests when quiet services are checked less often than CHECK_EVERY, and when CQC's feed counts as silent."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.detect.checks import Due
from monitor.detect.decide import LIVELY, Pace
from monitor.detect.pace import SILENT_FOR, easter, is_silent, is_working_day, may_lengthen, quiet_pace, working_time
from monitor.detect.recall import Recall
from monitor.text import LONDON

SIX_HOURS, DAY, MONTH = timedelta(hours=6), timedelta(days=1), timedelta(days=29)


def recall(named: int, of: int) -> Recall:
    return Recall(named=named, of=of)


PACES = [
    pytest.param(recall(50, 50), False, MONTH, id="all fifty were named"),
    pytest.param(recall(48, 50), False, MONTH, id="two of fifty were not named: 96 %"),
    pytest.param(recall(47, 50), False, SIX_HOURS, id="three of fifty were not named: 94 %"),
    pytest.param(recall(47, 50), True, SIX_HOURS, id="three of fifty were not named, at the start"),
    pytest.param(recall(0, 50), True, SIX_HOURS, id="none of fifty was named, at the start"),
    pytest.param(None, False, SIX_HOURS, id="not measured"),
    pytest.param(None, True, 2 * DAY, id="not measured at the start"),
    pytest.param(recall(0, 0), False, SIX_HOURS, id="nothing was published"),
    pytest.param(recall(0, 0), True, 2 * DAY, id="nothing was published, at the start"),
    pytest.param(recall(49, 49), False, SIX_HOURS, id="one publication too few to know"),
    pytest.param(recall(49, 49), True, 2 * DAY, id="one publication too few to know, at the start"),
    pytest.param(recall(2, 5), True, SIX_HOURS, id="three of five were not named, at the start: 48 of 50 is out of reach"),
]


@pytest.mark.parametrize(("measured", "starts", "every"), PACES)
def test_quiet_services_are_checked_less_often_only_if_the_feed_named_enough_publications(
    measured: Recall | None, starts: bool, every: timedelta
) -> None:
    assert quiet_pace(SIX_HOURS, MONTH, measured, starts=starts) == every


@pytest.mark.parametrize("starts", [True, False])
@pytest.mark.parametrize("measured", [None, recall(50, 50), recall(9, 50)])
@pytest.mark.parametrize("wanted", [SIX_HOURS, DAY, MONTH])
@pytest.mark.parametrize("check_every", [SIX_HOURS, 3 * DAY, 40 * DAY])
def test_the_interval_is_between_check_every_and_the_wanted_interval(
    check_every: timedelta, wanted: timedelta, measured: Recall | None, starts: bool
) -> None:
    assert check_every <= quiet_pace(check_every, wanted, measured, starts=starts) <= max(check_every, wanted)


@given(of=st.integers(0, 50), share=st.floats(0, 1))
def test_one_more_missed_publication_never_makes_the_feed_more_trusted(of: int, share: float) -> None:
    order = {False: 0, None: 1, True: 2}
    named = int(of * share)
    assert order[may_lengthen(recall(max(0, named - 1), of))] <= order[may_lengthen(recall(named, of))]


def local(text: str) -> datetime:
    """A time in London, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


SILENCES = [
    pytest.param("2026-11-23T10:00", "2026-11-24T22:00", id="Monday morning: until Tuesday night"),
    pytest.param("2026-11-27T18:00", "2026-12-01T06:00", id="Friday evening: until Tuesday morning"),
    pytest.param("2026-11-28T02:00", "2026-12-01T12:00", id="Saturday night: until Tuesday noon"),
    pytest.param("2026-12-23T12:00", "2027-01-05T00:00", id="over Christmas"),
    pytest.param("2026-04-02T12:00", "2026-04-08T00:00", id="over Easter"),
    pytest.param("2026-05-22T12:00", "2026-05-27T00:00", id="over the bank holiday at the end of May"),
    pytest.param("2026-03-27T12:00", "2026-03-31T00:00", id="over the weekend on which the clocks go forward"),
]


@pytest.mark.parametrize(("heard", "until"), SILENCES)
def test_the_feed_is_silent_after_36_hours_of_working_days_without_a_service(heard: str, until: str) -> None:
    assert not is_silent(local(heard), local(until))
    assert is_silent(local(heard), local(until) + timedelta(seconds=1))


def test_a_feed_that_never_named_a_service_is_silent() -> None:
    assert is_silent(None, local("2026-11-23T10:00"))


@pytest.mark.parametrize("years", [1, 100])
def test_a_year_without_a_service_is_silence_but_a_time_in_the_future_is_not(years: int) -> None:
    assert is_silent(local("2026-11-23T10:00") - timedelta(days=365 * years), local("2026-11-23T10:00"))
    assert working_time(local("2026-11-24T10:00"), local("2026-11-23T10:00")) == timedelta(0)


@given(days=st.integers(0, 6000), hours=st.integers(0, 24 * 30))
def test_working_time_never_exceeds_the_period_and_a_feed_is_silent_after_16_days(days: int, hours: int) -> None:
    begins = datetime(2020, 1, 1, 9, tzinfo=UTC) + timedelta(days=days)
    assert timedelta(0) <= working_time(begins, begins + timedelta(hours=hours)) <= timedelta(hours=hours)
    assert is_silent(begins, begins + timedelta(days=14) + SILENT_FOR), "14 days must include 36 hours of working days"


def test_bank_holidays_are_not_working_days() -> None:
    # The bank holidays in England and Wales, from gov.uk.
    holidays = ["2025-04-18", "2025-04-21", "2025-05-05", "2025-05-26", "2025-08-25", "2026-04-03", "2026-04-06", "2026-05-04",
                "2026-05-25", "2026-08-31", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30"]  # fmt: skip
    assert not any(is_working_day(date.fromisoformat(day)) for day in holidays)
    year = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    assert sum(map(is_working_day, year)) == 261 - 5 - 8, "weekdays without bank holidays and 24 December to 2 January"


@pytest.mark.parametrize(("year", "day"), [(2024, "03-31"), (2025, "04-20"), (2026, "04-05"), (2038, "04-25"), (2285, "03-22")])
def test_easter_sunday_is_computed(year: int, day: str) -> None:
    assert easter(year) == date.fromisoformat(f"{year}-{day}")


# ── the feed names services ───────────────────────────────────────────────────────────────────────────────────────────────────

MIDNIGHT = datetime(2026, 11, 21, tzinfo=UTC)
PACE = Pace(check_every=SIX_HOURS, confirm_after=timedelta(minutes=1), quiet=timedelta(days=7))


def service(named_at: datetime | None, number: int = 1) -> Due:
    return Due(
        location_id=f"1-{number}",
        seq=1,
        candidates=(),
        failures=0,
        grave=False,
        read_through_at=None,
        whole=True,
        pages=(),
        named_at=named_at,
    )


def checks(number: int, named_at: datetime | None, others: list[datetime], until: datetime) -> list[datetime]:
    """The times at which a service is checked: as planned, when the feed names it, and at the times in `others`."""
    waiting = sorted([*others, *([named_at] if named_at else [])])
    found: list[datetime] = []
    planned = PACE.next_check(service(None, number), MIDNIGHT)
    while True:
        now = waiting.pop(0) if waiting and waiting[0] < planned else planned
        if now > until:
            return found
        found.append(now)
        known = named_at if named_at and named_at <= now else None
        planned = PACE.next_check(service(known, number), now)


@given(
    number=st.integers(0, 10**9),
    named=st.timedeltas(timedelta(0), timedelta(days=20)),
    others=st.lists(st.timedeltas(timedelta(0), timedelta(days=30)), max_size=20),
)
def test_neither_a_hint_from_the_feed_nor_an_extra_check_removes_a_planned_check(
    number: int, named: timedelta, others: list[timedelta]
) -> None:
    named_at, until = MIDNIGHT + named, MIDNIGHT + timedelta(days=30)
    between = [MIDNIGHT + one for one in others]
    alone, by_feed = checks(number, None, [], until), checks(number, named_at, [], until)
    both = checks(number, named_at, between, until)
    rounding = timedelta(milliseconds=1)
    for fewer, more in ((alone, by_feed), (by_feed, both), (checks(number, None, between, until), both)):
        assert all(any(abs(one - other) <= rounding for other in more) for one in fewer if one < until - rounding)
    lively = [one for one in by_feed if named_at <= one <= named_at + LIVELY + SIX_HOURS]
    assert len(lively) >= min(5, (until - named_at) // SIX_HOURS), "after the feed named the service, it must be checked often"
    assert len(by_feed) - len(alone) <= 6


def test_a_service_that_the_feed_named_in_the_future_is_checked_as_usual() -> None:
    ahead = service(MIDNIGHT + timedelta(days=400))
    assert PACE.next_check(ahead, MIDNIGHT) == PACE.next_check(service(None), MIDNIGHT)


def test_a_quiet_service_is_checked_once_a_day_while_page_and_api_disagree() -> None:
    differs = replace(service(None), differs=True)
    assert PACE.next_check(differs, MIDNIGHT) <= MIDNIGHT + DAY
    assert PACE.next_check(differs, MIDNIGHT + 5 * DAY) - PACE.next_check(differs, MIDNIGHT) == 5 * DAY
