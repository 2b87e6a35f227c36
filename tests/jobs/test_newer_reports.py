"""Statements that a newer report repeats, statements that CQC makes in words, and statements that are not understood. Each test
gives readings and checks the events."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from monitor.detect.observe import Seen, observe
from monitor.detect.reread import reread
from monitor.events import Event, Kind
from monitor.model import Breach, Enforcement, GroupReading, KeyQuestionReading, MeasuresState, Reading, Said, SaidKind, Stage
from monitor.ratings import KeyQuestion, Rating, Reason
from tests.detect.test_diff import GOOD, INADEQUATE, RI, SAFE, Watch, measures, page, rated, told

WARNING = Enforcement(kind="warning notice", quote="We issued a warning notice.")
TWELVE = Breach(regulation="12", topic=None, quote="In breach of regulation 12.")
STATED: dict[str, Any] = {"enforcement": (WARNING,), "breaches": (TWELVE,)}
BOTH = [(Kind.ENFORCEMENT, True), (Kind.BREACH, True)]
"""The events about a further warning notice and a further breach."""

HOURS, DAY = timedelta(hours=13), timedelta(days=1)


def stated(events: Iterable[Event]) -> list[tuple[Kind, bool]]:
    """Returns, for each event about a statement, its kind and whether the same was stated before."""
    return [(one.kind, one.again) for one in events if one.kind in {Kind.ENFORCEMENT, Kind.BREACH}]


# ── statements that a newer report repeats ───────────────────────────────────────────────────────────────────────────────


def test_statements_that_a_newer_report_repeats_in_the_same_words_are_reported_again_once() -> None:
    watch = Watch()
    watch.look(page(RI, "2025-01-01", report="AP1", **STATED))
    second = page(RI, "2026-01-01", report="AP2", **STATED)
    assert stated(watch.events(second)) == BOTH
    assert not watch.events(second)
    assert stated(watch.events(page(RI, "2026-09-01", report="AP3", **STATED))) == BOTH


@pytest.mark.parametrize(
    ("before", "now", "again"),
    [
        pytest.param(("2025-01-01", "AP1"), ("2026-01-01", "AP2"), True, id="a newer date and another report name"),
        pytest.param(("2025-01-01", None), ("2026-01-01", None), True, id="a newer date, no report names"),
        pytest.param(("2025-01-01", "AP1"), ("2025-01-03", "AP1"), False, id="the same report with a corrected date"),
        pytest.param(("2025-01-01", "AP1"), ("2025-01-01", "2024-11-02"), False, id="the same date, another report name"),
        pytest.param((None, "AP1"), (None, "AP2"), True, id="no dates, another report name"),
        pytest.param((None, "2025-01-01"), (None, "2026-01-01"), True, id="no dates, the report name is a later day"),
        pytest.param((None, "2026-01-01"), (None, "2025-01-01"), False, id="no dates, the report name is an earlier day"),
        pytest.param((None, None), (None, None), False, id="neither a date nor a report name"),
        pytest.param(("2026-01-01", "AP2"), (None, "AP1"), False, id="a page without the date, as another layout shows it"),
    ],
)
def test_the_date_and_the_name_of_a_report_show_whether_a_statement_is_newer(
    before: tuple[str | None, str | None], now: tuple[str | None, str | None], again: bool
) -> None:
    watch = Watch()
    watch.look(page(GOOD, before[0], report=before[1], **STATED))
    assert stated(watch.events(page(GOOD, now[0], report=now[1], **STATED))) == (BOTH if again else [])


def test_an_old_summary_beside_a_newer_location_page_repeats_no_event() -> None:
    watch = Watch()
    old = page(RI, "2025-01-01", report="AP1", **STATED)
    watch.look(page(RI, "2025-01-01", report="AP1"), old)
    assert not stated(watch.events(page(RI, "2026-01-01", report="AP2"), old))
    new = page(RI, "2026-01-01", report="AP2", **STATED)
    assert [kind for kind, _ in stated(watch.events(page(RI, "2026-01-01", report="AP2"), new))] == [
        Kind.ENFORCEMENT,
        Kind.BREACH,
    ]


def test_statements_on_an_undated_page_beside_a_newer_report_are_reported_after_a_day() -> None:
    """The page may still belong to the earlier report."""
    watch = Watch()
    words = page(None, **STATED)
    watch.look(page(GOOD, "2025-01-01", report="AP1"), words)
    changed = replace(words, address="Another line on it")
    first = watch.look(page(GOOD, "2026-01-01", report="AP2"), page(None), changed)
    assert not stated(first.events)
    assert not stated(watch.look(page(GOOD, "2026-01-01", report="AP2"), page(None), changed).events)
    later = watch.look(page(GOOD, "2026-01-01", report="AP2"), page(None), changed, after=DAY)
    assert stated(later.events) == BOTH
    assert not stated(watch.look(page(GOOD, "2026-01-01", report="AP2"), page(None), changed, after=DAY).events)


def test_an_unchanged_undated_page_beside_a_newer_report_never_repeats_an_event() -> None:
    watch = Watch()
    words = page(None, **STATED)
    watch.look(page(GOOD, "2025-01-01", report="AP1"), words)
    for _ in range(3):
        assert not stated(watch.look(page(GOOD, "2026-01-01", report="AP2"), words, after=DAY).events)


def test_caches_that_serve_two_reports_in_turn_cause_one_event_for_each_repeated_statement() -> None:
    watch = Watch()
    old, new = page(RI, "2025-01-01", report="AP1", **STATED), page(RI, "2026-01-01", report="AP2", **STATED)
    watch.look(old)
    events = [event for reading in (new, old, new, old, new, old, new) for event in watch.look(reading).events]
    assert stated(events) == BOTH


def test_a_repeated_rating_of_inadequate_is_urgent_and_requires_improvement_is_counted() -> None:
    watch = Watch()
    watch.look(page(INADEQUATE, "2024-01-01", report="AP1"))
    again, report = watch.events(page(INADEQUATE, "2025-01-01", report="AP2"))
    assert (again.kind, again.urgent, again.worst, again.reports) == (Kind.INADEQUATE_AGAIN, True, True, 2)
    assert (report.kind, report.to) == (Kind.REPORT, None)
    watch.events(page(RI, "2025-06-01", report="AP3"))
    for number, day in enumerate(("2025-12-01", "2026-05-01", "2026-11-01"), start=2):
        again = watch.events(page(RI, day, report=f"AP{number + 2}"))[0]
        assert (again.kind, again.urgent, again.reports, again.since) == (Kind.NOT_IMPROVED, False, number, date(2025, 6, 1))
    assert "at least the fourth report in a row (since 1 June 2025 or earlier)" in again.words


def test_a_key_question_that_is_inadequate_again_after_another_assessment_is_reported() -> None:
    def inadequate(day: str) -> dict[KeyQuestion, KeyQuestionReading]:
        return {SAFE: rated(INADEQUATE, published=date.fromisoformat(day))}

    watch = Watch()
    watch.look(page(RI, "2025-01-01", questions=inadequate("2025-01-01")))
    assert told(watch.events(page(RI, "2026-01-01", questions=inadequate("2025-01-01")))) == [
        (Kind.NOT_IMPROVED, "overall", RI, RI)
    ]
    events = watch.events(page(RI, "2026-06-01", questions=inadequate("2026-06-01")))
    assert (Kind.INADEQUATE_AGAIN, "safe", INADEQUATE, INADEQUATE) in told(events)


def test_the_event_of_a_new_report_without_changes_has_the_rating_and_its_date() -> None:
    watch = Watch()
    watch.look(page(GOOD, "2021-03-01", report="AP1"))
    (report,) = watch.events(page(GOOD, "2023-03-01", report="AP2"))
    assert report.words == "new report published: still Good, at least the second report in a row (since 1 March 2021 or earlier)"
    (report,) = watch.events(page(GOOD, "2026-03-01", report="AP3"))
    assert (report.to, report.reports, report.since) == (GOOD, 3, date(2021, 3, 1))


def test_the_event_of_an_undated_new_report_has_the_rating_that_still_applies() -> None:
    watch = Watch()
    watch.look(page(GOOD, report="AP1"))
    (report,) = watch.events(page(GOOD, report="AP2"))
    assert (report.kind, report.to) == (Kind.REPORT, GOOD)


def test_a_first_rating_of_inadequate_is_urgent() -> None:
    watch = Watch()
    watch.look(page(Reason.NOT_RATED))
    events = watch.events(page(INADEQUATE, questions={SAFE: rated(INADEQUATE)}))
    assert [(event.kind, event.of, event.urgent) for event in events] == [
        (Kind.FIRST_RATED, "overall", True),
        (Kind.FIRST_RATED, "safe", True),
    ]


# ── stages of enforcement ────────────────────────────────────────────────────────────────────────────────────────────────


def test_enforcement_is_reported_as_proposed_then_as_action_taken_and_then_as_lifted() -> None:
    proposed = Enforcement(kind="cancellation", quote="We propose to cancel the registration.", stage=Stage.PROPOSED)
    taken = Enforcement(kind="cancellation", quote="We have cancelled the registration.")
    lifted = Enforcement(kind="cancellation", quote="The tribunal set our decision aside.", stage=Stage.LIFTED)
    watch = Watch()
    watch.look(page(INADEQUATE, "2026-01-01"))
    kinds = [
        [(event.kind, event.of, event.urgent) for event in watch.events(page(INADEQUATE, "2026-01-01", enforcement=(one,)))]
        for one in (proposed, taken, lifted)
    ]
    assert kinds == [
        [(Kind.PROPOSED, "cancellation", True)],
        [(Kind.ENFORCEMENT, "cancellation", True)],
        [(Kind.LIFTED, "cancellation", False)],
    ]


# ── CQC's statements in words ────────────────────────────────────────────────────────────────────────────────────────────


def says(kind: SaidKind, quote: str = "CQC says so.", since: date | None = None) -> tuple[Said, ...]:
    """Returns a statement on a page."""
    return (Said(kind=kind, quote=quote, since=since),)


@pytest.mark.parametrize(
    ("kind", "told_as", "urgent"),
    [
        (SaidKind.RATINGS_SUSPENDED, Kind.RATINGS_SUSPENDED, True),
        (SaidKind.RATINGS_WITHDRAWN, Kind.RATINGS_WITHDRAWN, True),
        (SaidKind.REPORT_REMOVED, Kind.REPORT_REMOVED, True),
        (SaidKind.BEING_INSPECTED, Kind.BEING_INSPECTED, False),
        (SaidKind.CLOSING, Kind.CLOSING, False),
        (SaidKind.DORMANT, Kind.DORMANT, False),
    ],
)
def test_a_statement_in_words_is_reported_once_with_its_date(kind: SaidKind, told_as: Kind, urgent: bool) -> None:
    watch = Watch()
    watch.look(page(GOOD))
    new = page(GOOD, said=says(kind, since=date(2026, 11, 3)))
    (event,) = watch.events(new)
    assert (event.kind, event.urgent, event.since, event.quote) == (told_as, urgent, date(2026, 11, 3), "CQC says so.")
    for reading in (new, page(GOOD), new, page(GOOD), new):  # the site shows old copies in between
        assert not watch.look(reading, after=timedelta(hours=1)).events


def test_statements_at_the_first_check_are_not_reported_but_a_second_inspection_is_reported() -> None:
    watch = Watch()
    first = page(GOOD, said=says(SaidKind.BEING_INSPECTED, since=date(2026, 3, 1)))
    watch.look(first)
    assert not watch.events(first)
    (event,) = watch.events(page(GOOD, said=says(SaidKind.BEING_INSPECTED, since=date(2026, 11, 3))))
    assert (event.kind, event.since) == (Kind.BEING_INSPECTED, date(2026, 11, 3))


def test_a_statement_that_was_absent_for_over_a_day_is_reported_when_it_returns() -> None:
    watch = Watch()
    suspended = page(GOOD, said=says(SaidKind.RATINGS_SUSPENDED))
    watch.look(suspended)
    for _ in range(3):
        assert not watch.look(page(GOOD), after=HOURS).events
    assert [event.kind for event in watch.events(suspended)] == [Kind.RATINGS_SUSPENDED]


@pytest.mark.parametrize("shown", [Reason.SUSPENDED, None], ids=["a reason replaces the rating", "the rating is missing"])
def test_suspended_ratings_are_reported_once_and_no_key_question_is_reported_as_missing(
    shown: Reason | None
) -> None:
    watch = Watch()
    watch.look(page(GOOD, questions={SAFE: rated(GOOD)}))
    suspended = page(shown, said=says(SaidKind.RATINGS_SUSPENDED))
    (event,) = watch.events(suspended)
    assert (event.kind, event.of, event.from_, event.to) == (Kind.RATING_WITHDRAWN, "overall", "good", "suspended")
    assert event.words == "CQC has suspended its ratings (the overall rating was Good)"
    for _ in range(3):
        verdict = watch.look(suspended, after=HOURS)
        assert (verdict.events, verdict.missing) == ((), ())
    assert told(watch.events(page(RI))) == [(Kind.DOWNGRADED, "overall", GOOD, RI)]


def test_withdrawn_ratings_are_a_withdrawn_rating_if_the_page_shows_no_older_rating() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    (event,) = watch.events(page(None, said=says(SaidKind.RATINGS_WITHDRAWN)))
    assert (event.kind, event.from_, event.to) == (Kind.RATING_WITHDRAWN, "good", "no published rating")
    unrated = Watch()
    unrated.look(page(Reason.NOT_RATED))
    assert [one.kind for one in unrated.events(page(Reason.NOT_RATED, said=says(SaidKind.RATINGS_WITHDRAWN)))] == [
        Kind.RATINGS_WITHDRAWN
    ]


def test_key_questions_are_not_missing_when_a_reason_takes_the_place_of_the_overall_rating() -> None:
    watch = Watch()
    watch.look(page(GOOD, questions={SAFE: rated(GOOD)}))
    assert not watch.look(page(Reason.SUSPENDED)).missing


def test_only_suspended_ratings_are_reported_from_an_older_page() -> None:
    watch = Watch()
    watch.look(page(GOOD, "2026-01-01"))
    older = page(
        INADEQUATE, "2023-01-01", said=says(SaidKind.RATINGS_SUSPENDED), special_measures=measures(MeasuresState.ENTERED)
    )
    first, second = watch.look(older), watch.look(older)
    assert (first.events, first.stale) == ((), True)
    assert [event.kind for event in second.events] == [Kind.RATINGS_SUSPENDED]
    assert second.stale
    assert not watch.look(older).events


def test_after_cqc_removed_a_report_the_older_rating_is_reported_as_applying_again() -> None:
    watch = Watch()
    watch.look(page(GOOD, "2026-01-01", report="AP2"))
    removed = page(RI, "2023-01-01", report="AP1", said=says(SaidKind.REPORT_REMOVED, "We removed the report."), **STATED)
    events = watch.events(removed)
    assert [(event.kind, event.from_, event.to) for event in events] == [
        (Kind.REPORT_REMOVED, GOOD, None),
        (Kind.STANDS_AGAIN, GOOD, RI),
    ]
    assert all(event.urgent for event in events)
    for _ in range(3):
        assert not watch.look(removed, after=DAY).events


def test_the_removal_of_a_report_is_reported_after_three_days_if_cqc_does_not_mention_it() -> None:
    watch = Watch()
    watch.look(page(GOOD, "2026-01-01"))
    events = [event for _ in range(6) for event in watch.look(page(GOOD, "2023-01-01"), after=timedelta(hours=20)).events]
    assert told(events) == [(Kind.STANDS_AGAIN, "overall", GOOD, GOOD)]


def test_a_date_that_cqc_corrects_by_some_days_is_not_a_removed_report() -> None:
    watch = Watch()
    watch.look(page(GOOD, "2026-01-20"))
    assert not [event for _ in range(6) for event in watch.look(page(GOOD, "2026-01-12"), after=timedelta(hours=20)).events]


# ── statements that are not understood ───────────────────────────────────────────────────────────────────────────────────


def test_a_new_sentence_that_is_not_understood_is_reported_once_as_a_quotation() -> None:
    watch = Watch()
    watch.look(page(GOOD, unread=("Our position on ratings: see 3 notes.",)))
    assert not watch.events(page(GOOD, unread=("Our position on  ratings: see 4 notes.",)))
    (event,) = watch.events(page(GOOD, unread=("Our position on ratings: see 4 notes.", "The rating is being looked at.")))
    assert (event.kind, event.quote, event.urgent) == (Kind.NOT_UNDERSTOOD, "The rating is being looked at.", False)
    for reading in (page(GOOD), page(GOOD, unread=("The rating is being looked at.",))):
        assert not watch.events(reading)


def test_a_sentence_about_special_measures_that_is_not_understood_is_urgent_even_on_an_older_page() -> None:
    watch = Watch()
    watch.look(page(GOOD, "2026-01-01"))
    (event,) = watch.events(page(GOOD, "2026-01-01", unread=("The special measures question is open.",)))
    assert event.urgent
    older = page(GOOD, "2023-01-01", unread=("Registration stands suspended.",))
    assert [one.quote for one in watch.events(older)] == ["Registration stands suspended."]


def test_statements_that_only_a_better_reader_finds_on_an_unchanged_page_are_the_baseline() -> None:
    watch = Watch()
    watch.look(page(GOOD, "2026-01-01", report="AP1"))
    assert watch.snapshot is not None
    proposed = Enforcement(kind="cancellation", quote="We propose to cancel.", stage=Stage.PROPOSED)
    new = page(
        GOOD,
        "2026-01-01",
        report="AP1",
        unread=("The special measures question is open.",),
        said=says(SaidKind.BEING_INSPECTED),
        enforcement=(proposed,),
    )
    observation = observe([Seen(reading=new, page="page 0")], complete=True)
    again = reread(
        watch.snapshot, observation, now=watch.now, pages={"page 0"}, stood_since=watch.now.date()
    )
    assert not again.events
    watch.snapshot = again.snapshot
    assert not watch.events(new)
    suspended = observe([Seen(reading=page(GOOD, said=says(SaidKind.RATINGS_SUSPENDED)), page="page 0")], complete=True)
    late = reread(
        again.snapshot, suspended, now=watch.now, pages={"page 0"}, stood_since=watch.now.date()
    )
    assert [(event.kind, event.read_late) for event in late.events] == [(Kind.RATINGS_SUSPENDED, True)]


def test_the_event_of_a_new_report_has_no_rating_if_the_service_is_rated_by_group() -> None:
    """One sentence can't state the overall ratings of several groups."""
    both = (GroupReading(group="Care Homes", overall=Rating.GOOD), GroupReading(group="Homecare", overall=Rating.GOOD))
    watch = Watch()
    watch.look(Reading(source=page().source, name="Cherrybrook", ratings=both, report="AP1"))
    (report,) = watch.events(Reading(source=page().source, name="Cherrybrook", ratings=both, report="AP2"))
    assert (report.kind, report.to) == (Kind.REPORT, None)
