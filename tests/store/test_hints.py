"""Tests of hints in the store, on SQLite and PostgreSQL: which checks a hint makes earlier, and when the hint ends. No hint makes
a check later."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from monitor.detect.checks import UnchangedCheck
from monitor.detect.hints import Became, Mark
from monitor.detect.schedule import next_look
from monitor.model import GroupReading, Reading
from monitor.register.entries import FileKind
from monitor.store import Store, open_store
from monitor.store.hints import SourceState
from monitor.store.vault import Vault
from tests.registered import care, note_files, take
from tests.store.filled import HOME, LATER, NOON, OTHER, look, not_shown, open_hints

LIST = "list"
TODAY = NOON.date()
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A store in which HOME was read at noon, and HOME's page shows a publication of 1 November. OTHER was never read."""
    with closing(open_store(database, Vault("a secret of some length"))) as store:
        store.services.watch("Leeds", [HOME, OTHER], NOON - timedelta(days=9))
        shows(store, date(2026, 11, 1), NOON)
        yield store


def shows(store: Store, published: date | None, at: datetime) -> None:
    """Records a check that read a page with this date of publication."""
    seq = store.services.to_look_at([HOME])[0].seq
    reading = Reading(location_id=HOME, ratings=(GroupReading(overall_published=published),))
    first = look(0)
    pages = tuple(replace(page, reading=reading) for page in first.pages or ())
    snapshot = first.snapshot if not seq else None
    outcome = replace(first, base_seq=seq, snapshot=snapshot, pages=pages, looked_at=at, next_look_at=planned(at))
    assert store.services.record(outcome)


def unchanged(store: Store, at: datetime) -> None:
    store.services.record_unchanged([UnchangedCheck(location_id=HOME, looked_at=at, next_look_at=planned(at), through=False)])


def planned(at: datetime) -> datetime:
    """Returns the time for which a check at `at` plans the next check."""
    return next_look(location_id=HOME, now=at, check_every=DAY)


def mark(day: date = TODAY, location_id: str = HOME) -> Mark:
    return Mark(location_id=location_id, mark=f"{day:%d/%m/%Y}", day=day)


def due_at(store: Store, location_id: str = HOME) -> datetime:
    (one,) = store.services.watched([location_id])
    return one.next_look_at


def test_a_new_hint_makes_a_watched_service_due_once(store: Store) -> None:
    now = NOON + HOUR
    added = store.hints.add(LIST, [mark(), mark(location_id="1-999999999"), mark()], now)
    assert (added.acted, added.known, added.held) == ((HOME,), (), 0)
    assert due_at(store) == now
    assert store.hints.add(LIST, [mark()], now + HOUR).acted == ()
    assert len(open_hints(store, HOME)) == 1


def test_a_hint_never_makes_a_check_later(store: Store) -> None:
    overdue = due_at(store, OTHER)
    store.hints.add(LIST, [mark(location_id=OTHER)], NOON + HOUR)
    assert due_at(store, OTHER) == overdue < NOON


def test_list_behind_page_a_publication_that_the_page_already_shows_causes_no_check(store: Store) -> None:
    shows(store, TODAY, NOON + HOUR)
    before = due_at(store)
    added = store.hints.add(LIST, [mark(), mark(TODAY - DAY)], NOON + 2 * HOUR)
    assert (added.acted, added.known) == ((), (HOME,))
    assert due_at(store) == before and open_hints(store) == []


def test_page_behind_list_the_hint_stays_open_until_the_page_shows_the_publication(store: Store) -> None:
    now = NOON + HOUR
    store.hints.add(LIST, [mark()], now)
    for minutes in (1, 5, 15, 60):
        unchanged(store, now + timedelta(seconds=5))
        store.hints.follow(now + timedelta(seconds=10))
        wanted = now + timedelta(seconds=5) + minutes * MINUTE
        assert due_at(store) == wanted
        now = wanted
    unchanged(store, now)
    store.hints.follow(now)
    assert due_at(store) == planned(NOON), "after these checks, the next check must have the usual time"
    (hint,) = open_hints(store, HOME)
    assert hint["checks"] == 5
    shows(store, TODAY, now + HOUR)
    store.hints.follow(now + HOUR)
    assert open_hints(store, HOME) == []
    assert not_shown(store, now + 9 * DAY).count == 0


def test_a_hint_adds_checks_and_cancels_no_regular_check(store: Store) -> None:
    slot = due_at(store)
    now = NOON + HOUR
    store.hints.add(LIST, [mark(), mark(TODAY - DAY)], now)
    unchanged(store, now + MINUTE)
    store.hints.follow(now + MINUTE)
    assert due_at(store) == now + 2 * MINUTE
    shows(store, TODAY, now + 2 * MINUTE)
    store.hints.follow(now + 2 * MINUTE)
    assert open_hints(store, HOME) == []
    assert due_at(store) == slot


def test_a_later_publication_ends_an_earlier_hint(store: Store) -> None:
    store.hints.add(LIST, [mark(TODAY - DAY)], NOON + HOUR)
    shows(store, TODAY, NOON + 2 * HOUR)
    store.hints.follow(NOON + 2 * HOUR)
    assert open_hints(store, HOME) == []


def test_a_hint_without_a_date_ends_after_two_later_checks(store: Store) -> None:
    now = NOON + HOUR
    store.hints.add(LIST, [Mark(location_id=HOME, mark="last Tuesday")], now)
    unchanged(store, now + MINUTE)
    store.hints.follow(now + MINUTE)
    assert len(open_hints(store, HOME)) == 1
    unchanged(store, now + 2 * MINUTE)
    store.hints.follow(now + 2 * MINUTE)
    assert open_hints(store, HOME) == []


def test_a_failed_check_ends_no_hint_and_is_repeated_at_the_usual_time(store: Store) -> None:
    now = NOON + HOUR
    store.hints.add(LIST, [mark()], now)
    due = store.services.to_look_at([HOME])[0]
    failed = replace(look(0), base_seq=due.seq, snapshot=None, pages=None, read_well=False, failures=1, looked_at=now + MINUTE)
    assert store.services.record(replace(failed, next_look_at=now + 3 * MINUTE))
    store.hints.follow(now + MINUTE)
    assert due_at(store) == now + 3 * MINUTE
    (hint,) = open_hints(store, HOME)
    assert hint["checks"] == 0


def test_a_check_that_began_before_the_hint_is_followed_by_another_check(store: Store) -> None:
    now = NOON + HOUR
    store.hints.add(LIST, [mark()], now)
    unchanged(store, now - MINUTE)
    assert due_at(store) > now
    store.hints.follow(now + MINUTE)
    assert due_at(store) == now


def test_a_publication_that_never_appears_is_listed_from_day_three_to_day_thirty(store: Store) -> None:
    now = NOON + HOUR
    store.hints.add(LIST, [mark()], now)
    assert not_shown(store, now + 2 * DAY).count == 0
    found = not_shown(store, now + 3 * DAY)
    assert (found.count, HOME in found.samples[0].name, found.samples[0].detail) == (1, True, "published 21/11/2026")
    store.hints.follow(now + 31 * DAY)
    assert not_shown(store, now + 31 * DAY).count == 0


def test_list_liar_new_hints_beyond_the_limit_wait_for_the_next_reading(store: Store) -> None:
    many = [f"1-{number}" for number in range(100_000_000, 100_000_300)]
    store.services.watch("All", many, NOON - 9 * DAY)
    marks = [mark(location_id=one) for one in many]
    first = store.hints.add(LIST, marks, NOON, at_most=200)
    assert (len(first.acted), first.held) == (200, 100)
    assert store.hints.add(LIST, marks, NOON + HOUR, at_most=200).held == 100
    assert len(store.hints.add(LIST, marks, NOON + DAY, at_most=200).acted) == 100


def test_services_with_a_hint_come_first_and_alternate_with_other_services(store: Store) -> None:
    many = [f"1-{number}" for number in range(100_000_000, 100_000_040)]
    store.services.watch("All", many, NOON - DAY)
    store.hints.add(LIST, [mark(location_id=one) for one in many[20:]], NOON)
    store.workers.enlist("worker", host="here", pid=1, alone=True)
    claimed = [due.location_id for due in store.services.claim(NOON, 10, "worker")]
    assert claimed[::2] == many[20:25]
    assert len(claimed) == 10 and not set(claimed[1::2]) & set(many[20:25])


def test_only_one_process_reads_a_source_and_a_wrong_clock_delays_no_reading(store: Store) -> None:
    assert store.hints.may_poll(LIST, NOON, 10 * MINUTE) == SourceState()
    assert store.hints.may_poll(LIST, NOON + MINUTE, 10 * MINUTE) is None
    assert store.hints.may_poll(LIST, NOON + 10 * MINUTE, 10 * MINUTE) is not None
    assert store.hints.may_poll(LIST, NOON - 9 * DAY, 10 * MINUTE) is not None


def test_a_failing_source_is_tried_less_and_less_often(store: Store) -> None:
    at, waits = NOON, []
    for _ in range(8):
        assert store.hints.may_poll(LIST, at, 10 * MINUTE) is not None
        store.hints.failed(LIST, "CQC answered 403 Forbidden", at)
        began = at
        while store.hints.may_poll(LIST, at, timedelta()) is None:
            at += 10 * MINUTE
        waits.append((at - began) / MINUTE)
    assert waits == [10, 20, 40, 80, 160, 360, 360, 360]
    state = store.hints.state(LIST)
    assert state.failing_since == NOON and state.why == "CQC answered 403 Forbidden"
    store.hints.read(LIST, SourceState(newest=TODAY, marks=(mark(),)), at)
    state = store.hints.state(LIST)
    assert (state.failing_since, state.why, state.whole_at, state.marks) == (None, "", at, (mark(),))


def test_a_change_that_the_feed_names_is_a_hint_too(store: Store) -> None:
    end = NOON + DAY
    assert store.api.named(TODAY, frozenset({HOME}), end=end, anew=True, act=True, now=NOON + HOUR) == [HOME]
    assert store.api.named(TODAY, frozenset({HOME}), end=end, anew=True, act=True, now=NOON + 2 * HOUR) == [HOME]
    first = store.hints.first_hint(HOME, NOON)
    assert first is not None and (first.source, first.first_seen, first.became) == ("feed", NOON + HOUR, Became.NOTED)
    assert store.hints.first_hint(HOME, NOON + 2 * HOUR) is None


def test_first_hint_is_the_earliest_hint_of_all_sources(store: Store) -> None:
    store.hints.add(LIST, [mark()], NOON + 2 * HOUR)
    store.api.named(TODAY, frozenset({HOME}), end=LATER, anew=True, act=True, now=NOON + HOUR)
    first = store.hints.first_hint(HOME, NOON)
    assert first is not None and first.source == "feed"


def test_a_newer_file_gives_hints_of_publications_that_no_check_has_found(store: Store) -> None:
    assert store.hints.newest_file() is None
    entries = [care(HOME, published=TODAY - DAY), care("1-999999999", published=TODAY), care(OTHER, published=TODAY - 90 * DAY)]
    take(store.engine, [(TODAY, entries)])
    note_files(store.engine, TODAY, FileKind.DIRECTORY)
    newest = store.hints.newest_file()
    assert newest is not None and newest.as_of == TODAY
    assert [(one.location_id, one.day) for one in store.hints.in_files(newest.as_of)] == [(HOME, TODAY - DAY)]


def test_the_feed_and_the_list_can_name_the_same_services_at_once(store: Store) -> None:
    many = [f"1-{number}" for number in range(100_000_000, 100_000_060)]
    store.services.watch("All", many, NOON - 9 * DAY)

    def by_list(number: int) -> None:
        store.hints.add(LIST, [mark(TODAY - number * DAY, one) for one in many], NOON)

    def by_feed(number: int) -> None:
        day = TODAY - number * DAY
        store.api.named(day, frozenset(many), end=NOON, anew=True, act=True, now=NOON)

    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(one, number) for number in range(6) for one in (by_list, by_feed)]
        for one in done:
            one.result()
    assert len(open_hints(store)) == 6 * len(many)
