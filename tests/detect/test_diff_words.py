"""Tests which events are reported if CQC's statements in words change from one check to the next: special measures,
enforcement, breaches, reports and notices."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.events import Kind
from monitor.model import (
    Breach,
    Enforcement,
    MeasuresState,
    ProfileNotice,
    Registration,
)
from tests.detect.test_diff import GOOD, INADEQUATE, RI, SAFE, Watch, measures, page, rated


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        (MeasuresState.NOT_STATED, MeasuresState.ENTERED, Kind.ENTERED),
        (MeasuresState.NOT_STATED, MeasuresState.IN, Kind.ENTERED),
        (MeasuresState.NOT_STATED, MeasuresState.REMAINS, Kind.REMAINS),
        (MeasuresState.LEFT, MeasuresState.ENTERED, Kind.ENTERED),
        (MeasuresState.IN, MeasuresState.REMAINS, Kind.REMAINS),
        (MeasuresState.IN, MeasuresState.LEFT, Kind.LEFT),
        (MeasuresState.ENTERED, MeasuresState.IN, None),
        (MeasuresState.IN, MeasuresState.NOT_STATED, None),
        (MeasuresState.IN, MeasuresState.UNCLEAR, Kind.MEASURES_UNCLEAR),
        (MeasuresState.NOT_STATED, MeasuresState.UNCLEAR, Kind.MEASURES_UNCLEAR),
        (MeasuresState.UNCLEAR, MeasuresState.ENTERED, Kind.ENTERED),
    ],
)
def test_each_change_of_special_measures_is_reported_as_the_right_event(
    was: MeasuresState, now: MeasuresState, kind: Kind | None
) -> None:
    watch = Watch()
    watch.look(page(INADEQUATE, special_measures=measures(was, "Old words.")))
    events = watch.events(page(INADEQUATE, special_measures=measures(now, "New words.")))
    assert [(event.kind, event.quote) for event in events] == ([(kind, "New words.")] if kind else [])
    assert not watch.events(page(INADEQUATE, special_measures=measures(now, "New words.")))


def test_special_measures_continue_while_the_pages_do_not_mention_them() -> None:
    watch = Watch()
    watch.look(page(INADEQUATE, special_measures=measures(MeasuresState.IN, "Is in special measures.")))
    watch.events(page(RI))
    assert not watch.events(page(RI, special_measures=measures(MeasuresState.IN, "Is in special measures.")))


def test_special_measures_that_begin_again_are_reported_although_no_page_stated_their_end() -> None:
    watch = Watch()
    watch.look(page(INADEQUATE, "2024-01-01", special_measures=measures(MeasuresState.IN)))
    watch.events(page(RI, "2025-01-01"))
    events = watch.events(page(INADEQUATE, "2026-01-01", special_measures=measures(MeasuresState.ENTERED)))
    assert [event.kind for event in events] == [Kind.DOWNGRADED, Kind.ENTERED]


def test_special_measures_of_the_same_report_in_other_words_are_not_reported_again() -> None:
    watch = Watch()
    watch.look(page(INADEQUATE, "2026-01-01", special_measures=measures(MeasuresState.ENTERED, "Placed in special measures.")))
    other = measures(MeasuresState.ENTERED, "The service has been placed in special measures.")
    assert not watch.events(page(INADEQUATE, "2026-01-01", special_measures=other))


def test_special_measures_are_unclear_if_two_pages_contradict_each_other_for_a_day() -> None:
    watch = Watch()
    watch.look(page(RI), page(None))
    left = page(None, special_measures=measures(MeasuresState.LEFT, "It is no longer in special measures."))
    entered = page(RI, special_measures=measures(MeasuresState.ENTERED))
    assert not watch.events(entered, left)
    later = [event.kind for _ in range(3) for event in watch.look(entered, left, after=timedelta(hours=13)).events]
    assert later == [Kind.MEASURES_UNCLEAR]


def test_leaving_special_measures_is_reported_once_although_an_old_page_comes_back() -> None:
    watch = Watch()
    old = page(None, special_measures=measures(MeasuresState.IN))
    watch.look(page(INADEQUATE, "2026-01-01"), old)
    left = page(None, special_measures=measures(MeasuresState.LEFT, "It is no longer in special measures."))
    assert [event.kind for event in watch.events(page(RI, "2026-05-11"), left)] == [Kind.LEFT, Kind.UPGRADED]
    new = page(RI, "2026-05-11", special_measures=measures(MeasuresState.LEFT, "It is no longer in special measures."))
    assert not watch.events(new, old)
    assert not watch.events(new, left)


def test_entering_special_measures_is_reported_once_if_two_pages_name_the_report_differently() -> None:
    watch = Watch()
    watch.look(page(GOOD, "2026-01-01", report="2025-11-20"), page(None, report="AP1"))
    report = page(None, report="AP2", special_measures=measures(MeasuresState.ENTERED, "Placed in special measures."))
    location = page(INADEQUATE, "2026-03-28", report="2026-02-14")
    assert [event.kind for event in watch.events(location, report) if event.urgent] == [Kind.DOWNGRADED, Kind.ENTERED]
    itself = replace(location, special_measures=measures(MeasuresState.ENTERED))
    assert not watch.events(itself, page(None, report="AP1"))


def test_only_special_measures_are_reported_from_a_page_that_is_read_for_the_first_time() -> None:
    """The report's page could not be read at the baseline, so its content may have been public for a long time."""
    report = page(
        None, special_measures=measures(MeasuresState.IN), enforcement=(Enforcement(kind="warning notice", quote="W."),)
    )
    watch = Watch()
    watch.look(page(INADEQUATE), complete=False)
    (event,) = watch.events(page(INADEQUATE), report)
    assert (event.kind, event.read_late, event.urgent) == (Kind.ENTERED, True, True)
    assert event.words.startswith("in special measures (may already have been on CQC's page for some time")


def test_special_measures_on_a_page_read_for_the_first_time_are_new_if_a_rating_fell_too() -> None:
    report = page(None, special_measures=measures(MeasuresState.ENTERED))
    watch = Watch()
    watch.look(page(GOOD), complete=False)
    assert [event.kind for event in watch.events(page(INADEQUATE), report)] == [Kind.DOWNGRADED, Kind.ENTERED]


def test_special_measures_in_the_summary_of_an_older_inspection_are_not_reported() -> None:
    older = page(INADEQUATE, "2021-01-01", special_measures=measures(MeasuresState.IN))
    watch = Watch()
    watch.look(page(GOOD, "2025-01-01"))
    assert not watch.events(page(GOOD, "2025-01-01"), older)


def test_special_measures_on_the_location_page_are_reported_although_the_report_was_never_read() -> None:
    watch = Watch()
    watch.look(page(INADEQUATE), complete=False)
    events = watch.events(page(INADEQUATE, special_measures=measures(MeasuresState.ENTERED)), complete=False)
    assert [event.kind for event in events] == [Kind.ENTERED]


def test_the_statements_of_a_new_report_are_reported_although_an_earlier_report_was_not_read() -> None:
    new = page(
        None,
        "2026-11-20",
        special_measures=measures(MeasuresState.ENTERED),
        enforcement=(Enforcement(kind="warning notice", quote="W."),),
    )
    watch = Watch()
    watch.look(page(RI, "2024-01-01"), complete=False)
    kinds = {event.kind for event in watch.events(page(INADEQUATE, "2026-11-20"), new)}
    assert kinds == {Kind.DOWNGRADED, Kind.ENTERED, Kind.ENFORCEMENT}


def test_a_second_enforcement_action_is_reported_after_incomplete_checks_confirmed_the_first() -> None:
    first, second = Enforcement(kind="warning notice", quote="W."), Enforcement(kind="conditions", quote="C.")
    watch = Watch()
    watch.look(page(GOOD))
    watch.events(page(GOOD, enforcement=(first,)), complete=False)
    events = watch.events(page(GOOD), page(None, enforcement=(first, second)))
    assert [event.of for event in events] == ["conditions"]


@pytest.mark.parametrize(
    "report",
    ["2026-03-15", "2026-02-01", None],
    ids=["report named by its publication date", "report with the same name", "report without a name"],
)
def test_the_same_sentence_in_another_layout_is_not_reported_again(report: str | None) -> None:
    watch = Watch()
    words = measures(MeasuresState.REMAINS, "This service remains in special measures.")
    today = page(INADEQUATE, "2026-03-15", report="2026-02-01", special_measures=words)
    watch.look(today)
    assert not watch.events(page(INADEQUATE, report=report, special_measures=words))
    assert not watch.events(today)


def test_the_same_sentence_in_a_newer_report_is_reported_once_a_page_states_the_reports_date() -> None:
    watch = Watch()
    words = measures(MeasuresState.REMAINS, "This service remains in special measures.")
    watch.look(page(INADEQUATE, "2026-05-29", report="2026-04-17", special_measures=words))
    watch.events(page(INADEQUATE, report="2026-04-22", special_measures=words))
    events = watch.events(page(INADEQUATE, "2026-06-03", report="2026-04-22", special_measures=words))
    assert [event.kind for event in events] == [Kind.REMAINS]


def test_the_same_sentence_in_a_much_later_report_is_reported_although_no_page_states_a_date() -> None:
    watch = Watch()
    words = measures(MeasuresState.REMAINS, "This service remains in special measures.")
    watch.look(page(INADEQUATE, "2026-03-15", report="2026-02-01", special_measures=words))
    events = watch.events(page(INADEQUATE, report="2026-06-01", special_measures=words))
    assert [event.kind for event in events if event.kind is not Kind.REPORT] == [Kind.REMAINS, Kind.INADEQUATE_AGAIN]


def test_special_measures_are_unclear_if_a_newer_report_does_not_mention_them() -> None:
    watch = Watch()
    watch.look(page(INADEQUATE, "2023-01-01", special_measures=measures(MeasuresState.IN)))
    silent = page(GOOD, "2024-01-01")
    watch.events(silent)
    events = [event.kind for _ in range(3) for event in watch.look(silent, after=timedelta(hours=13)).events]
    assert events == [Kind.MEASURES_UNCLEAR]
    again = page(INADEQUATE, "2026-01-01", special_measures=measures(MeasuresState.IN))
    assert [event.kind for event in watch.events(again)] == [Kind.DOWNGRADED, Kind.ENTERED]


def test_special_measures_continue_while_a_key_question_is_inadequate() -> None:
    watch = Watch()
    watch.look(page(INADEQUATE, "2023-01-01", special_measures=measures(MeasuresState.IN)))
    silent = page(RI, "2024-01-01", questions={SAFE: rated(INADEQUATE)})
    watch.events(silent)
    assert not [event for _ in range(3) for event in watch.look(silent, after=timedelta(hours=13)).events]


def test_an_old_sentence_on_a_page_with_a_new_date_is_not_reported_again() -> None:
    old = page(None, report="AP1", special_measures=measures(MeasuresState.ENTERED))
    watch = Watch()
    watch.look(page(INADEQUATE, "2024-01-01"), old)
    assert [event.kind for event in watch.events(page(RI, "2026-01-01"), old)] == [Kind.UPGRADED]
    undated = page(None, special_measures=measures(MeasuresState.ENTERED))
    watch = Watch()
    watch.look(page(INADEQUATE, "2024-01-01"), undated)
    assert [event.kind for event in watch.events(page(RI, "2026-01-01"), undated)] == [Kind.UPGRADED]


def test_new_enforcement_and_new_breaches_are_reported() -> None:
    notice = Enforcement(kind="warning notice", quote="We issued a warning notice.")
    twelve = Breach(regulation="12", topic=None, quote="In breach of regulation 12.")
    seventeen = Breach(regulation="17", topic=None, quote="In breach of regulation 17.")
    watch = Watch()
    watch.look(page(breaches=(twelve,)))
    events = watch.events(page(breaches=(twelve, seventeen), enforcement=(notice,)))
    assert [(event.kind, event.of, event.quote) for event in events] == [
        (Kind.ENFORCEMENT, "warning notice", "We issued a warning notice."),
        (Kind.BREACH, "Regulation 17", "In breach of regulation 17."),
    ]
    assert not watch.events(page(breaches=(twelve, seventeen), enforcement=(notice,)))


def test_a_breach_of_the_regulations_of_2009_is_reported_with_their_full_name() -> None:
    watch = Watch()
    watch.look(page())
    (event,) = watch.events(page(breaches=(Breach(regulation="2009:18", topic=None, quote="In breach of regulation 18."),)))
    assert event.of == "Regulation 2009:18"
    assert "regulation 18 of the 2009 Registration Regulations" in event.words


def test_a_breach_that_is_gone_for_more_than_a_week_and_comes_back_is_reported_again() -> None:
    twelve = Breach(regulation="12", topic=None, quote="In breach of regulation 12.")
    watch = Watch()
    watch.look(page(breaches=(twelve,)))
    watch.look(page())
    watch.look(page(), after=timedelta(days=8))
    assert [event.kind for event in watch.events(page(breaches=(twelve,)))] == [Kind.BREACH]


def test_a_warning_notice_in_other_words_is_new_only_in_a_newer_report() -> None:
    watch = Watch()
    watch.look(page(GOOD, "2026-01-01", enforcement=(Enforcement(kind="warning notice", quote="We issued a warning notice."),)))
    other = Enforcement(kind="warning notice", quote="A warning notice was issued.")
    assert not watch.events(page(GOOD, "2026-01-01", enforcement=(other,)))
    assert not watch.events(page(GOOD, "2026-01-01", enforcement=(other,)))
    third = Enforcement(kind="warning notice", quote="We served a further warning notice.")
    (event,) = watch.events(page(GOOD, "2026-09-01", enforcement=(third,)))
    assert (event.kind, event.again) == (Kind.ENFORCEMENT, True)


def test_reports_notices_and_the_end_of_registration_are_reported() -> None:
    watch = Watch()
    watch.look(page(report="AP1"))
    new = page(
        report="AP2",
        registration=Registration.ARCHIVED,
        notices=(ProfileNotice(kind="provider changed", see="new", location_id="1-23695436535"),),
    )
    assert {(event.kind, event.of, event.quote) for event in watch.events(new)} == {
        (Kind.REPORT, None, None),
        (Kind.ARCHIVED, None, None),
        (Kind.PROVIDER_CHANGED, None, "see new profile 1-23695436535"),
    }


def test_a_missing_rating_of_an_archived_service_is_not_a_fault() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    assert not watch.look(page(None, registration=Registration.ARCHIVED)).missing
