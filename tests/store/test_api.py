"""Tests of what is stored about CQC's API, on SQLite and PostgreSQL: which process reads the list of changes (the feed), which
services the feed named, how often quiet services are checked, the API's outages, and ratings that differ between the API and the
pages.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import update

from monitor.detect.checks import Due, UnchangedCheck
from monitor.detect.hints import Mark
from monitor.detect.recall import Recall
from monitor.detect.schedule import POLL_EVERY, POLL_EVERY_QUIET, next_look
from monitor.events import Event, Kind
from monitor.store import Store, open_store
from monitor.store.api import EACH, MOST_STRANGE, TRUSTED
from monitor.store.database import reading, writing
from monitor.store.events import add_events
from monitor.store.hints import note
from monitor.store.messages import MessageKind
from monitor.store.sources import FEED, measured_in
from monitor.store.tables import EventRow, ServiceRow, table
from monitor.store.vault import Vault
from tests.store.filled import HOME, NOON, OTHER, look

OPERATOR = "mailto:oncall@council.example"
TODAY = NOON.date()
EVERY = timedelta(hours=6)
HOUR = timedelta(hours=1)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with closing(open_store(database, Vault("a secret of some length"))) as store:
        store.services.watch("Leeds", [HOME, OTHER], NOON - timedelta(days=9))
        assert store.services.record(look(0))
        yield store


def due_at(store: Store, location_id: str = HOME) -> datetime:
    (one,) = store.services.watched([location_id])
    return one.next_look_at


def due(store: Store, location_id: str = HOME) -> Due:
    (one,) = store.services.to_look_at([location_id])
    return one


def named(store: Store, *ids: str, day: date = TODAY, anew: bool = False, act: bool = True, now: datetime = NOON) -> list[str]:
    end = datetime.combine(day, datetime.min.time(), tzinfo=UTC) + timedelta(days=1)
    return store.api.named(day, frozenset(ids), end=end, anew=anew, act=act, now=now)


# ── the feed ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_feed_is_read_every_quarter_of_an_hour_by_one_process(store: Store) -> None:
    first = store.api.may_poll(NOON)
    assert first is not None and first.read_until is None
    assert store.api.may_poll(NOON) is None
    assert store.api.may_poll(NOON + POLL_EVERY / 2) is None
    store.api.read_on(until=NOON, now=NOON, back=True)
    second = store.api.may_poll(NOON + POLL_EVERY)
    assert second is not None and (second.read_until, second.read_back_at) == (NOON, NOON)


def test_at_night_the_feed_is_read_once_an_hour(store: Store) -> None:
    night = NOON.replace(hour=22)
    assert store.api.may_poll(night) is not None
    assert store.api.may_poll(night + POLL_EVERY_QUIET - POLL_EVERY) is None
    assert store.api.may_poll(night + POLL_EVERY_QUIET) is not None


def test_a_wrong_clock_does_not_delay_the_next_reading_of_the_feed(store: Store) -> None:
    store.api.may_poll(NOON + timedelta(days=400))
    assert store.api.may_poll(NOON) is not None


def test_a_service_that_the_feed_names_is_due_once_for_each_day_with_a_change(store: Store) -> None:
    assert due_at(store) > NOON
    assert named(store, HOME, "1-999999999") == [HOME]
    assert due_at(store) == NOON
    assert due(store).is_named and not due(store, OTHER).is_named
    assert named(store, HOME) == []
    assert named(store, HOME, day=TODAY - timedelta(days=5)) == [HOME], "a change on another day makes the service due again"
    assert named(store, HOME, anew=True) == [HOME], "this part of the feed is read for the first time, so the day counts as new"


def test_a_change_that_is_only_recorded_never_causes_a_check(store: Store) -> None:
    assert named(store, HOME, act=False) == []
    assert named(store, HOME) == [] and due_at(store) > NOON


def test_changes_before_a_service_was_added_cause_no_check(store: Store) -> None:
    store.services.watch("Leeds", ["1-333333333"], NOON)
    assert named(store, "1-333333333", day=TODAY - timedelta(days=3)) == []
    assert named(store, "1-333333333") == ["1-333333333"]


def test_the_feed_can_name_thousands_of_services_at_once(store: Store) -> None:
    many = [f"1-{number}" for number in range(100_000_000, 100_002_000)]
    store.services.watch("All", many, NOON - timedelta(days=9))
    strangers = [f"1-{number}" for number in range(200_000_000, 200_050_000)]
    assert named(store, *many, *strangers) == many
    assert named(store, *many) == []


def test_feed_flood_the_checks_of_thousands_of_services_are_spread_and_none_is_postponed(store: Store) -> None:
    many = [f"1-{number}" for number in range(100_000_000, 100_002_000)]
    store.services.watch("All", many, NOON - timedelta(days=9))
    at = NOON - HOUR
    rows = [UnchangedCheck(location_id=one, looked_at=at, next_look_at=at + EVERY, through=False) for one in many]
    store.services.record_unchanged(rows)
    store.api.may_poll(NOON)
    named(store, *many)
    store.api.read_on(until=NOON, now=NOON, back=False)
    times = sorted(one.next_look_at for one in store.services.watched(many))
    assert [sum(one == due for one in times) for due in sorted(set(times))] == [500] * 4
    assert times[0] == NOON and times[-1] - NOON == 1500 * EACH < EVERY - HOUR
    later = NOON + 3000 * EACH
    assert len(store.services.due(later, 5000)) >= 2000
    store.services.watch("All", ["1-333333333"], NOON)
    assert due_at(store, "1-333333333") == NOON


def test_a_service_that_the_feed_names_during_a_check_is_checked_once_more(store: Store) -> None:
    assert named(store, HOME) == [HOME]
    begun_before = replace(look(1), next_look_at=NOON + timedelta(days=20), snapshot=None, pages=None, events=(), candidates=())
    assert store.services.record(replace(begun_before, looked_at=NOON + timedelta(seconds=9)))
    later = NOON + POLL_EVERY
    store.api.read_on(until=later, now=later, back=False)
    assert due_at(store) == later, "the page was fetched before the change, and nobody asked the API since"
    answered(store, at=later)
    store.api.read_on(until=later + POLL_EVERY, now=later + POLL_EVERY, back=False)
    assert due_at(store) > later + POLL_EVERY


# ── quiet services ───────────────────────────────────────────────────────────────────────────────────────────────────────


def read_by(store: Store, at: datetime, *, named_any: bool = True) -> None:
    """Records that the feed was read up to a time. If `named_any`, the feed named a service that nobody watches."""
    store.api.may_poll(at)
    named(store, *(["1-999999999"] if named_any else []), anew=True, now=at)
    store.api.read_on(until=at, now=at, back=False)


def published(store: Store, count: int, *, named: int, first: date = TODAY - timedelta(days=3), location_id: str = HOME) -> None:
    """Records that checks found `count` publications of a service: on the day `first`, on the day before, and so on. The feed
    named the first `named` of these publications, each on its day."""
    in_feed(store, OTHER, TODAY - timedelta(days=60), at=NOON - timedelta(days=60))  # the feed has been read since that day
    days = [first - timedelta(days=number) for number in range(count)]
    with writing(store.engine) as connection:
        for day in days:
            found = event(location_id, day)
            assert add_events(connection, [found, replace(found, of="safe", id=found.id + "/safe")])
    for day in days[:named]:
        in_feed(store, location_id, day, at=datetime.combine(day, time(11), UTC))


def in_feed(store: Store, location_id: str, day: date, *, at: datetime) -> None:
    """Records that the feed, read at `at`, named a service with a change on `day`."""
    with writing(store.engine) as connection:
        note(connection, FEED, [Mark(location_id=location_id, mark=day.isoformat(), day=day)], at)


def recall(store: Store) -> Recall:
    """Returns how many publications the feed named."""
    with reading(store.engine) as connection:
        (feed,) = measured_in(connection, [FEED], NOON)
    return feed.recall


def event(location_id: str, day: date) -> Event:
    """Returns a rise that a check found on the day on which the rise was published."""
    return Event(
        id=f"{location_id}/{day}",
        location_id=location_id,
        name="A home",
        kind=Kind.UPGRADED,
        of="overall",
        from_="requires improvement",
        to="good",
        published=day,
        observed_at=datetime.combine(day, time(12), UTC),
    )


@pytest.fixture
def longer(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Returns a store in which two services are treated as many services, so quiet services are checked every two days. The feed
    named all of the latest publications."""
    monkeypatch.setattr("monitor.detect.schedule.MANY", 2)
    monkeypatch.setattr("monitor.detect.schedule.QUIET_REQUESTS", 1)
    with writing(store.engine) as connection:
        connection.execute(update(table(ServiceRow)).values(added_at=NOON - timedelta(days=400)))
    published(store, 25, named=25)
    published(store, 25, named=25, location_id=OTHER)
    return store


def test_many_quiet_services_are_checked_less_often_while_the_feed_is_read(
    longer: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert longer.api.interval(EVERY, NOON) == EVERY
    read_by(longer, NOON)
    assert longer.api.interval(EVERY, NOON) == timedelta(days=2)
    assert longer.api.interval(EVERY, NOON + TRUSTED) == timedelta(days=2)
    assert longer.api.interval(EVERY, NOON + TRUSTED + HOUR) == EVERY, "after hours without the feed, EVERY applies"
    assert longer.api.interval(EVERY, NOON - timedelta(days=9)) == EVERY, "the feed was read in the future, so a clock was wrong"
    monkeypatch.setattr("monitor.detect.schedule.MANY", 3)
    assert longer.api.interval(EVERY, NOON) == EVERY, "two services are not many any more, so the usual interval applies"


def test_a_feed_that_is_silent_for_36_weekday_hours_no_longer_lengthens_intervals(longer: Store) -> None:
    for one in (HOME, OTHER):  # so that on Tuesday, fifty publications are still within 30 days
        published(longer, 1, named=1, first=TODAY - timedelta(days=2), location_id=one)
    read_by(longer, NOON)  # a Saturday
    tuesday = NOON + timedelta(days=3)
    read_by(longer, tuesday, named_any=False)
    assert longer.api.interval(EVERY, tuesday) > EVERY
    later = tuesday + POLL_EVERY
    read_by(longer, later, named_any=False)
    assert longer.api.interval(EVERY, later) == EVERY
    read_by(longer, later)
    assert longer.api.interval(EVERY, later) > EVERY


def test_a_feed_that_names_services_late_for_past_days_is_not_silent(store: Store) -> None:
    read_by(store, NOON)
    wednesday = NOON + timedelta(days=4)
    assert store.api.state().is_mute(wednesday)
    named(store, "1-999999999", day=date(2026, 11, 24), now=wednesday)
    assert store.api.state().heard_at == datetime(2026, 11, 25, tzinfo=UTC) and not store.api.state().is_mute(wednesday)
    named(store, "1-999999999", day=date(2026, 11, 20), now=wednesday)
    assert store.api.state().heard_at == datetime(2026, 11, 25, tzinfo=UTC), "the older day must not count"
    named(store, "1-999999999", day=wednesday.date(), now=wednesday)
    assert store.api.state().heard_at == datetime(2026, 11, 25, tzinfo=UTC), "today must not count yet"


# ── how many publications the feed named ─────────────────────────────────────────────────────────────────────────────────────


def test_the_recall_of_the_feed_counts_publications_not_events(longer: Store) -> None:
    assert recall(longer) == Recall(named=50, of=50)


def test_a_feed_that_names_too_few_publications_does_not_lengthen_the_interval(longer: Store) -> None:
    others = ["1-333333333", "1-444444444", "1-555555555"]
    longer.services.watch("Leeds", others, NOON - timedelta(days=20))
    read_by(longer, NOON)
    for count, (one, is_longer) in enumerate(zip(others, (True, True, False), strict=True), start=1):
        published(longer, 1, named=0, first=TODAY - timedelta(days=2), location_id=one)
        assert recall(longer) == Recall(named=50 - count, of=50)
        assert (longer.api.interval(EVERY, NOON) > EVERY) is is_longer


UNCOUNTED = [
    pytest.param("new", id="the feed may still name the publication"),
    pytest.param("retracted", id="the event was retracted"),
    pytest.param("old", id="the publication is over four months old"),
    pytest.param("before", id="the service was added after the publication"),
    pytest.param("unwatched", id="nobody watches the service now"),
]


@pytest.mark.parametrize("why", UNCOUNTED)
def test_some_publications_that_the_feed_did_not_name_are_not_counted_in_its_recall(store: Store, why: str) -> None:
    with writing(store.engine) as connection:
        connection.execute(update(table(ServiceRow)).values(added_at=NOON - timedelta(days=2 if why == "before" else 400)))
    published(store, 1, named=0, first=TODAY - timedelta(days={"new": 0, "old": 121}.get(why, 3)))
    if why == "retracted":
        with writing(store.engine) as connection:
            connection.execute(update(table(EventRow)).values(corrected_at=NOON))
    if why == "unwatched":
        store.services.unwatch("Leeds", [HOME])
    assert recall(store) == Recall(named=0, of=0)


def test_new_services_are_checked_every_two_days_until_the_feeds_recall_is_known(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.detect.schedule.MANY", 2)
    monkeypatch.setattr("monitor.detect.schedule.QUIET_REQUESTS", 0.1)
    read_by(store, NOON)  # the services were added nine days ago
    assert store.api.interval(EVERY, NOON) == timedelta(days=2)
    later = NOON + timedelta(days=6)
    read_by(store, later)
    assert store.api.interval(EVERY, later) == EVERY, "two weeks after the services were added, CHECK_EVERY applies"
    store.services.watch("Leeds", ["1-333333333", "1-444444444"], later)
    assert store.api.interval(EVERY, later) == timedelta(days=2), "most services were added just now: the two weeks begin again"
    published(store, 3, named=0)
    assert store.api.interval(EVERY, later) == EVERY, "the feed's recall can't reach 95 % any more, so CHECK_EVERY applies"


def test_a_quiet_service_is_not_stale_while_the_feed_is_read(longer: Store) -> None:
    later, stale_before = NOON + timedelta(days=3), NOON + timedelta(days=1)
    assert len(longer.services.watched(stale_before=stale_before)) == 2
    read_by(longer, later)
    longer.api.vouch(EVERY, later)
    (stale,) = longer.services.watched(stale_before=stale_before)
    assert stale.location_id == OTHER, "a service that was never read is stale, even if the feed did not name it"
    (known,) = longer.services.watched([HOME])
    assert (known.read_at, known.known_at) == (NOON, later)
    (overview,) = longer.overviews.named([HOME])
    assert not overview.is_stale(stale_before)


NOT_VOUCHED = [
    pytest.param("named", id="the feed named the service after its last reading"),
    pytest.param("failed", id="the service's last check failed"),
    pytest.param("overdue", id="the service's check is long overdue"),
    pytest.param("unread feed", id="the feed was not read for hours"),
]


@pytest.mark.parametrize("why", NOT_VOUCHED)
def test_a_quiet_service_that_may_have_changed_is_stale(longer: Store, why: str) -> None:
    now = NOON + timedelta(days=9 if why == "overdue" else 3)
    if why == "named":
        named(longer, HOME, now=NOON + HOUR)
    if why == "failed":
        failed = replace(look(1), snapshot=None, pages=None, events=(), candidates=(), failures=1, read_well=False)
        assert longer.services.record(failed)
    read_by(longer, now - timedelta(days=1) if why == "unread feed" else now)
    longer.api.vouch(EVERY, now)
    assert len(longer.services.watched(stale_before=now - timedelta(days=2))) == 2


def test_checks_planned_far_ahead_are_brought_forward_to_different_times(store: Store) -> None:
    with_far = replace(look(1), next_look_at=NOON + timedelta(days=30), snapshot=None, pages=None, events=(), candidates=())
    assert store.services.record(with_far)
    store.services.look_no_later_than(NOON, 6 * HOUR)
    assert due_at(store) == next_look(location_id=HOME, now=NOON, check_every=6 * HOUR)
    assert due_at(store, OTHER) == NOON - timedelta(days=9), "a service that is already due stays due"


def test_only_a_pause_that_the_site_asked_for_delays_a_check_beyond_the_interval(store: Store) -> None:
    plain = replace(look(1), next_look_at=NOON + 7 * HOUR, snapshot=None, pages=None, events=(), candidates=())
    assert store.services.record(plain)
    store.services.look_no_later_than(NOON, 6 * HOUR)
    assert due_at(store) <= NOON + 6 * HOUR
    put_off = replace(plain, next_look_at=NOON + 24 * HOUR, failures=1, read_well=False)
    assert store.services.record(replace(put_off, base_seq=due(store).seq, base_candidates=due(store).candidates))
    store.services.look_no_later_than(NOON + HOUR, 6 * HOUR)
    assert due_at(store) == NOON + 24 * HOUR, "the site asked for a pause of a day"
    store.services.look_no_later_than(NOON - HOUR, 6 * HOUR)
    assert due_at(store) <= NOON + 5 * HOUR, "no site can ask for a pause of more than a day, so a wrong clock planned this check"


def test_a_check_that_failed_under_a_wrong_clock_is_repeated_within_the_interval(store: Store) -> None:
    failed = replace(look(1), snapshot=None, pages=None, events=(), candidates=(), failures=1, read_well=False)
    assert store.services.record(replace(failed, looked_at=NOON + 20 * HOUR, next_look_at=NOON + 21 * HOUR))
    store.services.look_no_later_than(NOON, 6 * HOUR)
    assert due_at(store) <= NOON + 6 * HOUR


# ── trouble ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def told(store: Store, now: datetime) -> list[str]:
    """Returns the subjects of the messages that wait for the operator."""
    claimed = store.outbox.claim(now, 50)
    assert all(one.kind is MessageKind.TROUBLE for one in claimed)
    return [one.body["subject"] for one in claimed]


def fail(store: Store, now: datetime, *, own_fault: bool = False, retry_after: timedelta | None = None) -> None:
    store.api.failed("CQC's API answered 500", own_fault=own_fault, retry_after=retry_after, now=now, operator=OPERATOR)


def test_a_failing_api_is_tried_less_often_and_the_operator_gets_two_messages(
    store: Store,
) -> None:
    now, asked = NOON, []
    while now < NOON + 4 * HOUR:
        if store.api.may_ask(now):
            asked.append(now)
            fail(store, now)
        now += timedelta(minutes=1)
    waits = [(later - earlier) // timedelta(minutes=1) for earlier, later in pairwise(asked)]
    assert waits[:5] == [1, 2, 5, 15, 30] and set(waits[5:]) == {30}
    assert told(store, now) == ["CQC's API can't be used"]
    for _ in range(2):
        store.api.answered(now, OPERATOR)
    assert told(store, now) == ["CQC's API can be used again"]
    assert store.api.trouble() is None and store.api.may_ask(now)


def test_unknown_content_of_the_api_is_reported_to_the_operator_once(store: Store) -> None:
    assert store.api.strange(["a: 1", "b", "a: 1"], NOON, OPERATOR) == ["a: 1", "b"]
    assert store.api.strange(["b", "c"], NOON + HOUR, OPERATOR) == ["c"]
    assert store.api.strange(["a: 1", "c"], NOON + 99 * HOUR, OPERATOR) == []
    assert told(store, NOON + 99 * HOUR) == ["CQC's API states something unknown"] * 2
    assert store.api.strange(["d"], NOON, None) == ["d"]
    assert store.api.strange([f"key {n}" for n in range(2 * MOST_STRANGE)], NOON, None)[-1] == f"key {MOST_STRANGE - 5}"
    assert store.api.trouble() is None and store.api.may_ask(NOON)


def test_a_short_failure_of_the_api_is_reported_to_nobody(store: Store) -> None:
    fail(store, NOON)
    store.api.answered(NOON + HOUR / 2, OPERATOR)
    assert told(store, NOON + HOUR) == []


def test_a_wrong_key_is_reported_at_once(store: Store) -> None:
    fail(store, NOON, own_fault=True)
    assert told(store, NOON) == ["CQC's API can't be used"]


def test_the_pause_that_the_api_asks_for_is_obeyed_after_simultaneous_failures(store: Store) -> None:
    for _ in range(5):
        fail(store, NOON, retry_after=2 * HOUR)
    trouble = store.api.trouble()
    assert trouble is not None and (trouble.pauses, trouble.leave_alone_until) == (0, NOON + 2 * HOUR)
    assert not store.api.may_ask(NOON + HOUR) and store.api.may_ask(NOON + 2 * HOUR)


def test_a_wrong_clock_does_not_prolong_the_pause_after_a_failure_of_the_api(store: Store) -> None:
    fail(store, NOON + timedelta(days=400))
    assert store.api.may_ask(NOON)


# ── disagreements, and the API alone ─────────────────────────────────────────────────────────────────────────────────────


def answered(store: Store, *differences: str, at: datetime = NOON) -> None:
    """Records a check that found these differences between the page and the API."""
    one = due(store)
    outcome = replace(look(1), base_seq=one.seq, base_candidates=one.candidates, snapshot=None, events=(), pages=None)
    outcome = replace(outcome, looked_at=at, candidates=(), witnessed_at=at, differences=differences)
    assert store.services.record(outcome)


def test_a_disagreement_is_stored_from_its_beginning_until_page_and_api_agree(store: Store) -> None:
    answered(store, "overall: the page says good, the API inadequate")
    answered(store, "overall: the page says good, the API requires improvement", at=NOON + HOUR)
    (one,) = store.api.disagreements()
    assert (one.since, one.lines) == (NOON, ("overall: the page says good, the API requires improvement",))
    assert due(store).differs and store.api.disagreements([OTHER]) == []
    answered(store, at=NOON + 2 * HOUR)
    assert store.api.disagreements() == [] and not due(store).differs


def test_an_answer_from_the_api_does_not_change_the_times_of_page_checks(store: Store) -> None:
    before = store.services.watched([HOME])[0]
    outcome = replace(look(1, "inadequate"), of_api=True, pages=None, looked_at=NOON + HOUR, witnessed_at=NOON + HOUR)
    assert store.services.record(replace(outcome, candidates=()))
    after = store.services.watched([HOME])[0]
    assert (after.read_at, after.looked_at, after.next_look_at) == (before.read_at, before.looked_at, before.next_look_at)
    assert after.snapshot is not None and after.snapshot.seq == 2 and due(store).witnessed_at == NOON + HOUR


def test_a_partly_read_page_is_not_treated_as_unreadable(store: Store) -> None:
    named(store, HOME)
    partly = replace(look(1), snapshot=None, events=(), candidates=(), failures=1, read_well=False, looked_at=NOON + 2 * HOUR)
    assert store.services.record(partly)
    assert store.api.unread(everywhere=False, since=NOON + HOUR, limit=9) == []
    assert store.api.unread(everywhere=False, since=NOON + 3 * HOUR, limit=9) == [HOME]


def test_the_api_is_asked_only_about_unreadable_services_that_the_feed_named(store: Store) -> None:
    assert store.api.unread(everywhere=True, since=NOON, limit=9) == []
    named(store, HOME)
    assert store.api.unread(everywhere=True, since=NOON, limit=9) == [HOME]
    assert store.api.unread(everywhere=False, since=NOON + HOUR, limit=9) == [], "the page can be read"
    answered(store, at=NOON + HOUR)
    assert store.api.unread(everywhere=True, since=NOON, limit=9) == []
