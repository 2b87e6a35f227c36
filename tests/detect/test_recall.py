"""Tests how many publications a source of hints named, and how soon it named them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.detect.recall import Measured, Naming, Publication, Recall, hours_of_publishing, is_silent, measured


@pytest.mark.parametrize(("named", "of", "share"), [(0, 0, None), (0, 4, 0.0), (19, 20, 0.95), (47, 50, 0.94), (50, 50, 1.0)])
def test_the_share_of_named_publications_is_known_only_after_a_publication(named: int, of: int, share: float | None) -> None:
    assert Recall(named=named, of=of).share == share


NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)
NOW = NINE + timedelta(days=5)
FIRST = NINE - timedelta(days=90)
HOME, DAY = "1-2235535718", date(2026, 11, 20)


def minutes(number: float) -> timedelta:
    """A timedelta of `number` minutes."""
    return timedelta(minutes=number)


def found(number: int = 0, at: datetime = NINE) -> Publication:
    """A publication that a check found, by default at nine."""
    return Publication(location_id=f"1-{number:09}", day=at.date(), shown_at=at)


def naming(of: Publication, after: timedelta, day: date | None = None, source: str = "list") -> Naming:
    """The hint about a publication, given `after` the check that found the publication."""
    return Naming(source=source, location_id=of.location_id, day=day, at=of.shown_at + after)


def of_list(*pairs: tuple[Publication, timedelta | None], now: datetime = NOW, since: datetime | None = FIRST) -> Measured:
    """The measured recall of the list. Each pair gives a publication and how long after the check the list named the publication
    (None means never)."""
    named = [naming(one, after) for one, after in pairs if after is not None]
    return measured("list", [one for one, _ in pairs], named, since, now)


def test_without_publications_and_without_hints_nothing_is_measured() -> None:
    nothing = Recall(named=0, of=0)
    assert of_list() == Measured(source="list", recall=nothing, lately=nothing)
    assert of_list((found(), None), since=None).recall == nothing, "a source that never named a service has no recall"
    assert not of_list().misses_too_many


def test_the_measurement_says_how_often_and_by_how_long_the_list_was_before_the_check() -> None:
    after = [-30, -20, -10, 0, 45, 90]
    got = of_list(*((found(number), minutes(one)) for number, one in enumerate(after)), (found(9), None))
    assert (got.recall, got.before, got.after) == (Recall(named=6, of=7), 4, 2)
    assert (got.p50, got.p95) == (minutes(-10), minutes(90))


@pytest.mark.parametrize(
    ("after", "day", "source", "counts"),
    [
        pytest.param(minutes(-5), DAY, "list", True, id="the publication's date"),
        pytest.param(minutes(-5), None, "list", True, id="no date"),
        pytest.param(minutes(-5), DAY - timedelta(days=1), "list", True, id="a date a day apart"),
        pytest.param(minutes(-5), DAY - timedelta(days=40), "list", False, id="the date of an earlier report"),
        pytest.param(timedelta(days=-3), None, "list", False, id="no date, days before the report's date"),
        pytest.param(timedelta(days=2), None, "list", False, id="no date, two days after the check"),
        pytest.param(timedelta(days=6), None, "list", False, id="no date, in the future"),
        pytest.param(minutes(-5), DAY, "feed", False, id="another source"),
    ],
)
def test_a_hint_belongs_to_a_publication_only_if_source_date_and_time_match(
    after: timedelta, day: date | None, source: str, counts: bool
) -> None:
    got = measured("list", [found()], [naming(found(), after, day, source)], FIRST, NOW)
    assert got.recall == Recall(named=int(counts), of=1)


@pytest.mark.parametrize(
    ("shown", "named", "in_time"), [(0, 1, True), (0, 2, False), (3, 3, True), (4, 4, False), (20, 20, False)]
)
def test_a_hint_is_in_time_within_a_day_of_the_check_and_three_days_of_the_report(
    shown: int, named: int, in_time: bool
) -> None:
    """The numbers are days after the publication. If a late hint caused the check, the check can't find the report before the
    hint, so a hint after more than three days is never in time."""
    late = Publication(location_id=HOME, day=DAY, shown_at=NINE + timedelta(days=shown))
    naming = Naming(source="feed", location_id=HOME, day=None, at=NINE + timedelta(days=named))
    got = measured("feed", [late], [naming], FIRST, NINE + timedelta(days=40))
    assert got.recall == Recall(named=int(in_time), of=1)


def test_of_two_hints_about_one_publication_only_the_first_is_counted() -> None:
    got = measured("list", [found()], [naming(found(), minutes(-5)), naming(found(), minutes(-50))], FIRST, NOW)
    assert (got.recall, got.p50) == (Recall(named=1, of=1), minutes(-50))


def test_a_publication_that_the_source_may_still_name_is_not_a_miss_yet() -> None:
    fresh, known = found(0, NOW - timedelta(hours=23)), found(1, NOW - timedelta(hours=23))
    assert of_list((fresh, None), (known, minutes(1))).recall == Recall(named=1, of=1)
    assert of_list((found(0, NOW - timedelta(hours=24)), None)).recall == Recall(named=0, of=1)


def test_publications_from_before_the_source_was_read_or_from_the_future_are_left_out() -> None:
    assert of_list((found(), None), since=NINE + minutes(1)).recall.of == 0
    assert of_list((found(0, NOW + timedelta(days=3)), None)).recall.of == 0


def test_only_the_last_fifty_publications_are_counted() -> None:
    old = [(found(number, NINE - timedelta(days=1, minutes=number)), None) for number in range(30)]
    new = [(found(100 + number, NINE - minutes(number)), minutes(-1)) for number in range(45)]
    got = of_list(*old, *new)
    assert (got.recall, got.lately) == (Recall(named=45, of=50), Recall(named=20, of=20))
    assert not got.misses_too_many, "the misses are too old to be counted"


@pytest.mark.parametrize(("misses", "too_many"), [(0, False), (1, False), (2, True), (20, True)])
def test_two_misses_in_twenty_are_too_many(misses: int, too_many: bool) -> None:
    got = of_list(*((found(number), None if number < misses else minutes(-1)) for number in range(20)))
    assert got.misses_too_many is too_many


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        pytest.param("2026-11-20T09:00", "2026-11-20T09:00", 0, id="no time between start and end"),
        pytest.param("2026-11-20T09:00", "2026-11-20T15:00", 6, id="within a day"),
        pytest.param("2026-11-20T18:00", "2026-11-21T09:00", 4, id="over a night"),
        pytest.param("2026-11-21T20:00", "2026-11-23T07:00", 0, id="over a Sunday"),
        pytest.param("2026-07-03T05:00", "2026-07-03T07:00", 1, id="in summer, when London is an hour ahead of UTC"),
        pytest.param("2026-12-24T00:00", "2027-01-03T23:00", 0, id="over Christmas, to a Sunday"),
        pytest.param("2026-12-23T18:00", "2027-01-04T08:00", 3, id="around Christmas"),
        pytest.param("2020-01-01T00:00", "2026-11-20T00:00", 13 * 50, id="over several years, of which two months are counted"),
    ],
)
def test_the_hours_in_which_cqc_publishes_are_counted(start: str, end: str, hours: float) -> None:
    begins, ends = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (start, end))
    assert hours_of_publishing(begins, ends) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("whole", "failing", "silent"),
    [
        pytest.param(None, None, False, id="the source was never tried"),
        pytest.param(minutes(359), minutes(300), False, id="not read for almost six hours"),
        pytest.param(minutes(360), minutes(300), True, id="not read for six hours"),
        pytest.param(None, minutes(360), True, id="never read in full, failing for six hours"),
        pytest.param(minutes(-30), minutes(360), False, id="read in full in the future: a wrong clock"),
    ],
)
def test_a_source_is_silent_after_six_hours_of_publishing(
    whole: timedelta | None, failing: timedelta | None, silent: bool
) -> None:
    now = datetime(2026, 11, 20, 18, tzinfo=UTC)
    assert is_silent(now - whole if whole else None, now - failing if failing else None, now) is silent
