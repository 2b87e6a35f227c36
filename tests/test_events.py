"""Tests the traits of each kind of event against a table."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest

from monitor.events import EVER_URGENT, MANY, Event, Kind
from monitor.notify.data import event_data


class Row(NamedTuple):
    """The traits that a kind of event must have, according to the table."""

    urgent: bool
    needs_date: bool
    told_by_api: bool


# In order of severity, worst first. docs/interface.md lists the urgent kinds.
KINDS = {
    Kind.ENTERED: Row(True, True, True),
    Kind.REMAINS: Row(True, True, True),
    Kind.ENFORCEMENT: Row(True, True, False),
    Kind.RATINGS_SUSPENDED: Row(True, False, False),
    Kind.RATINGS_WITHDRAWN: Row(True, False, False),
    Kind.REPORT_REMOVED: Row(True, False, False),
    Kind.DOWNGRADED: Row(True, True, True),
    Kind.READ_WRONGLY: Row(True, True, False),
    Kind.STANDS_AGAIN: Row(True, True, False),
    Kind.INADEQUATE_AGAIN: Row(True, True, False),
    Kind.RATING_WITHDRAWN: Row(True, True, False),
    Kind.CORRECTION: Row(True, False, False),
    Kind.MEASURES_UNCLEAR: Row(False, False, False),
    Kind.PROPOSED: Row(True, True, False),
    Kind.NOT_UNDERSTOOD: Row(False, False, False),
    Kind.BREACH: Row(False, False, False),
    Kind.NOT_IMPROVED: Row(False, False, False),
    Kind.SCORE_FELL: Row(False, False, False),
    Kind.FIRST_RATED: Row(True, False, False),
    Kind.CLOSING: Row(False, False, False),
    Kind.DORMANT: Row(False, False, False),
    Kind.ARCHIVED: Row(False, False, False),
    Kind.PROVIDER_CHANGED: Row(False, False, False),
    Kind.MOVED: Row(False, False, False),
    Kind.REPORT_CORRECTED: Row(False, False, False),
    Kind.BEING_INSPECTED: Row(False, False, False),
    Kind.LIFTED: Row(False, False, False),
    Kind.LEFT: Row(False, False, False),
    Kind.UPGRADED: Row(False, True, True),
    Kind.SCORE_ROSE: Row(False, False, False),
    Kind.REPORT: Row(False, False, False),
    Kind.REGISTERED: Row(False, False, False),
}


IN_FORCE = {
    Kind.ENTERED, Kind.REMAINS, Kind.ENFORCEMENT, Kind.RATINGS_SUSPENDED, Kind.RATINGS_WITHDRAWN, Kind.REPORT_REMOVED,
    Kind.ARCHIVED,
}  # fmt: skip
ONLY_AS_NEWS = {
    Kind.INADEQUATE_AGAIN, Kind.MEASURES_UNCLEAR, Kind.PROPOSED, Kind.NOT_UNDERSTOOD, Kind.BREACH, Kind.NOT_IMPROVED,
    Kind.SCORE_FELL, Kind.CLOSING, Kind.DORMANT, Kind.REPORT_CORRECTED, Kind.BEING_INSPECTED, Kind.LIFTED,
    Kind.SCORE_ROSE, Kind.REPORT,
}  # fmt: skip


def event(kind: Kind, *, of: str | None = None, from_: str | None = None, to: str | None = None) -> Event:
    """An event of one service."""
    return Event(
        id="1", location_id="1-2235535718", name="Cherrybrook", kind=kind, of=of, from_=from_, to=to,
        observed_at=datetime(2026, 11, 21, 12, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_of_event_has_the_traits_in_the_table(kind: Kind) -> None:
    urgent = event(kind, of="overall", from_="good", to="inadequate").urgent
    assert Row(urgent, kind.traits.needs_date, kind.traits.told_by_api) == KINDS[kind]
    assert urgent == (kind in EVER_URGENT - {Kind.NOT_UNDERSTOOD})


@pytest.mark.parametrize(
    ("one", "urgent"),
    [
        pytest.param(event(Kind.FIRST_RATED, of="overall", to="inadequate"), True, id="first rated inadequate"),
        pytest.param(event(Kind.FIRST_RATED, of="safe", to="inadequate"), True, id="a key question first rated inadequate"),
        pytest.param(
            event(Kind.FIRST_RATED, of="overall", to="requires improvement"), False, id="first rated requires improvement"
        ),
        *(
            pytest.param(replace(event(Kind.NOT_UNDERSTOOD), quote=text), urgent, id=text)
            for text, urgent in {
                "The position on special measures is under consideration.": True,
                "The registration stands suspended.": True,
                "This home will be closing its doors.": True,
                "We have published an update.": False,
            }.items()
        ),
        pytest.param(
            replace(event(Kind.NOT_UNDERSTOOD, of=MANY), quote="Special measures: new rules."),
            False,
            id="a sentence that many services have",
        ),
    ],
)
def test_the_kind_alone_does_not_decide_whether_an_event_is_urgent(one: Event, urgent: bool) -> None:
    assert one.urgent is urgent


WORSE = {
    Kind.MEASURES_UNCLEAR, Kind.NOT_UNDERSTOOD, Kind.BREACH, Kind.NOT_IMPROVED, Kind.FIRST_RATED, Kind.REPORT,
    Kind.SCORE_FELL, Kind.CLOSING, Kind.DORMANT, Kind.ARCHIVED,
}  # fmt: skip


@pytest.mark.parametrize(
    ("quote", "about"),
    [
        ("Special measures: to be decided, as are the conditions", "special measures"),
        ("Registration: suspended in part", "suspension"),
        ("The home may close in May", "closure"),
        ("CQC's registration of this location was cancelled in part", "closure"),
        ("Warning notice: unknown", "enforcement"),
        ("The provider has appealed", "enforcement"),
        ("Safe – awaiting decision", "rating"),
        ("Overall: see below", "rating"),
        ("Something else", "other"),
        (None, "other"),
    ],
)
def test_an_event_about_a_statement_that_was_not_understood_says_what_it_is_about(quote: str | None, about: str) -> None:
    one = replace(event(Kind.NOT_UNDERSTOOD), quote=quote)
    assert one.about == about and event_data(one)["about"] == about
    assert one.urgent == (about in ("special measures", "suspension", "closure"))
    other = replace(one, kind=Kind.BREACH)
    assert other.about is None and "about" not in event_data(other)


@pytest.mark.parametrize("kind", Kind)
def test_only_urgent_events_and_the_listed_kinds_are_bad_news(kind: Kind) -> None:
    one = event(kind, of="overall", to="requires improvement")
    assert one.worse is (one.urgent or kind in WORSE)
    assert replace(one, corrected_at=one.observed_at).worse is False


@pytest.mark.parametrize(
    ("one", "worse"),
    [
        pytest.param(event(Kind.FIRST_RATED, of="overall", to="good"), False, id="first rated good"),
        pytest.param(event(Kind.REPORT, to="good"), False, id="a report in which the rating is still good"),
        pytest.param(event(Kind.REPORT), False, id="a report that gives no rating"),
        pytest.param(event(Kind.NOT_UNDERSTOOD, of=MANY), False, id="a sentence that many services have"),
        pytest.param(replace(event(Kind.ARCHIVED), read_late=True), True, id="a closure that was read late"),
        *(
            pytest.param(replace(event(Kind.SCORE_FELL, of=of), from_=was, to=to), worse, id=f"{of} from {was} to {to}")
            for of, was, to, worse in (
                ("safe", 75, 63, False), ("safe", 63, 62, True), ("safe", 62, 39, False), ("well-led", 39, 38, True),
                ("safe", 88, 38, True), ("Learning culture", 3, 2, False), ("Learning culture", 2, 1, True),
            )
        ),
    ],
)  # fmt: skip
def test_the_kind_alone_does_not_decide_whether_an_event_is_bad_news(one: Event, worse: bool) -> None:
    assert one.worse is worse


@pytest.mark.parametrize(
    ("one", "words"),
    [
        pytest.param(
            event(Kind.BREACH, of="Regulation 12"), "breach of regulation 12 (safe care and treatment)", id="a breach"
        ),
        pytest.param(
            replace(event(Kind.BREACH, of="Regulation 12"), again=True),
            "again in breach of regulation 12 (safe care and treatment)",
            id="a repeated breach",
        ),
        pytest.param(
            replace(event(Kind.ENFORCEMENT, of="warning notice"), again=True),
            "CQC took further enforcement action: warning notice",
            id="a further warning notice",
        ),
        pytest.param(
            event(Kind.PROPOSED, of="cancellation"),
            "CQC proposes enforcement action, and has not taken it: cancellation",
            id="a proposal",
        ),
        pytest.param(
            replace(event(Kind.INADEQUATE_AGAIN, of="overall", to="inadequate"), reports=2, since=date(2024, 5, 3)),
            "overall rating is Inadequate again, at least the second report in a row (since 3 May 2024 or earlier)",
            id="inadequate again",
        ),
        pytest.param(
            replace(event(Kind.REPORT, to="good"), reports=3, since=date(2021, 5, 3)),
            "new report published: still Good, at least the third report in a row (since 3 May 2021 or earlier)",
            id="a report in which the rating is unchanged",
        ),
        pytest.param(event(Kind.REPORT), "new report published", id="a report"),
        pytest.param(
            replace(event(Kind.STANDS_AGAIN, of="overall", from_="good", to="inadequate"), published=date(2023, 4, 18)),
            "overall rating of an older report applies again: Inadequate, published on 18 April 2023 (it was Good until now)",
            id="an older rating that applies again",
        ),
        pytest.param(
            replace(event(Kind.BEING_INSPECTED), since=date(2026, 11, 3)),
            "CQC is inspecting it, since 3 November 2026",
            id="an inspection",
        ),
        pytest.param(
            event(Kind.RATINGS_SUSPENDED, from_="good"),
            "CQC has suspended its ratings (the overall rating was Good)",
            id="ratings suspended",
        ),
    ],
)
def test_the_words_of_an_event_say_what_happened(one: Event, words: str) -> None:
    assert one.words == words


def test_exactly_the_listed_kinds_have_each_of_two_traits() -> None:
    """The traits are `in_force` and `only_as_news`."""
    assert {kind for kind in Kind if kind.traits.in_force} == IN_FORCE
    assert {kind for kind in Kind if kind.traits.only_as_news} == ONLY_AS_NEWS


def test_kinds_are_ordered_by_severity() -> None:
    assert sorted(Kind, key=lambda kind: kind.severity) == list(KINDS)
    assert [kind.severity for kind in KINDS] == list(range(1, len(KINDS) + 1))


@pytest.mark.parametrize(
    ("one", "among_the_worst"),
    [
        pytest.param(event(Kind.ENTERED), True, id="entered special measures"),
        pytest.param(event(Kind.REMAINS), True, id="remains in special measures"),
        pytest.param(event(Kind.DOWNGRADED, of="overall", to="inadequate"), True, id="fell to inadequate overall"),
        pytest.param(event(Kind.DOWNGRADED, of="safe", to="inadequate"), False, id="a key question fell to inadequate"),
        pytest.param(
            event(Kind.DOWNGRADED, of="overall", to="requires improvement"), False, id="fell to requires improvement overall"
        ),
        pytest.param(event(Kind.UPGRADED, of="overall", from_="inadequate", to="good"), False, id="rose from inadequate to good"),
        pytest.param(event(Kind.ENFORCEMENT), False, id="enforcement"),
        pytest.param(event(Kind.FIRST_RATED, of="overall", to="inadequate"), True, id="first rated inadequate overall"),
        pytest.param(event(Kind.INADEQUATE_AGAIN, of="overall", to="inadequate"), True, id="inadequate overall again"),
        pytest.param(event(Kind.INADEQUATE_AGAIN, of="safe", to="inadequate"), False, id="a key question rated inadequate again"),
    ],
)
def test_special_measures_and_inadequate_overall_are_the_severe_events(one: Event, among_the_worst: bool) -> None:
    assert one.worst is among_the_worst


def test_a_kind_is_found_by_its_value_and_an_unknown_value_is_refused() -> None:
    assert [Kind(str(kind)) for kind in Kind] == list(Kind)
    with pytest.raises(ValueError, match="'fell over' is not a valid Kind"):
        Kind("fell over")
