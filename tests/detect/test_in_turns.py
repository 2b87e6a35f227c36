"""Tests that a change without a newer date is reported once, although CQC's caches serve the pages from before and after the
change in turns."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.events import Kind
from monitor.model import (
    Aspect,
    Breach,
    Enforcement,
    GroupReading,
    KeyQuestionReading,
    MeasuresState,
    ProfileNotice,
    Reading,
    Registration,
    Snapshot,
    Source,
    SpecialMeasures,
    Stage,
    Subject,
)
from monitor.ratings import Rating, Reason, Stated
from tests.detect.checked import (
    BREACH,
    ENTERED,
    GOOD,
    HOME,
    INADEQUATE,
    LEFT,
    NEW,
    OLD,
    RI,
    SAFE,
    SUSPENDED,
    See,
    Service,
    states,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _states(**more: object) -> Reading:
    return states(GOOD, OLD, safe=GOOD, **more)  # type: ignore[arg-type]


def _scored(score: int) -> Reading:
    question = KeyQuestionReading(rating=GOOD, score=score)
    return replace(_states(), ratings=(GroupReading(overall=GOOD, overall_published=OLD, key_questions={SAFE: question}),))


def _enforced(stage: Stage = Stage.TAKEN, kind: str = "warning notice") -> Reading:
    return _states(enforcement=(Enforcement(kind=kind, quote=f"A {kind} about medicines.", stage=stage),))


PAIRS = {
    "an overall fall": (_states(), states(RI, OLD, safe=GOOD), Kind.DOWNGRADED),
    "an overall rise": (states(RI, OLD, safe=GOOD), _states(), Kind.UPGRADED),
    "a fall of a key question": (_states(), states(GOOD, OLD, safe=RI), Kind.DOWNGRADED),
    "a score": (_scored(70), _scored(50), Kind.SCORE_FELL),
    "an entry": (
        states(INADEQUATE, OLD, safe=GOOD),
        states(INADEQUATE, OLD, safe=GOOD, special_measures=ENTERED),
        Kind.ENTERED,
    ),
    "an exit": (
        states(INADEQUATE, OLD, safe=GOOD, special_measures=ENTERED),
        states(INADEQUATE, OLD, safe=GOOD, special_measures=LEFT),
        Kind.LEFT,
    ),
    "the end of the registration": (_states(), _states(registration=Registration.ARCHIVED), Kind.ARCHIVED),
    "a breach": (_states(), _states(breaches=BREACH), Kind.BREACH),
    "enforcement": (_states(), _enforced(), Kind.ENFORCEMENT),
    "a proposal": (_states(), _enforced(Stage.PROPOSED), Kind.PROPOSED),
    "an end of enforcement": (_states(), _enforced(Stage.LIFTED), Kind.LIFTED),
    "another provider": (_states(), _states(notices=(ProfileNotice(kind="provider changed", see="new"),)), Kind.PROVIDER_CHANGED),
}


def _events(a: Reading, b: Reading, pattern: str, step: timedelta = HOUR) -> list[Kind]:
    """The kinds of the events of checks that see page `a` or page `b`, as `pattern` says. The first snapshot is of page `a`."""
    service = Service()
    service.check(See(a))
    return [event.kind for seen in pattern for event in service.check(See(b if seen == "b" else a, after=step)).events]


@pytest.mark.parametrize("pattern", ["bbaabbaabbaa", "bbabbabbaabb", "bbaaabbbaaab", "babbaababbaab"])
@pytest.mark.parametrize("name", PAIRS)
def test_a_change_is_reported_once_although_caches_serve_both_pages_in_turns(name: str, pattern: str) -> None:
    a, b, kind = PAIRS[name]
    assert _events(a, b, pattern) == [kind]


BACK = {
    "an overall fall": [Kind.DOWNGRADED, Kind.UPGRADED, Kind.DOWNGRADED],
    "an overall rise": [Kind.UPGRADED, Kind.DOWNGRADED, Kind.UPGRADED],
    "a fall of a key question": [Kind.DOWNGRADED, Kind.UPGRADED, Kind.DOWNGRADED],
    "a score": [Kind.SCORE_FELL, Kind.SCORE_ROSE, Kind.SCORE_FELL],
    "an entry": [Kind.ENTERED],  # a page that no longer mentions special measures does not mean that the service has left them
    "an exit": [Kind.LEFT, Kind.ENTERED, Kind.LEFT],
    "the end of the registration": [Kind.ARCHIVED, Kind.REGISTERED, Kind.ARCHIVED],
    "a breach": [Kind.BREACH, Kind.BREACH],
    "enforcement": [Kind.ENFORCEMENT, Kind.ENFORCEMENT],
    "a proposal": [Kind.PROPOSED, Kind.PROPOSED],
    "an end of enforcement": [Kind.LIFTED, Kind.LIFTED],
    "another provider": [Kind.PROVIDER_CHANGED, Kind.PROVIDER_CHANGED],
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_change_that_is_undone_for_more_than_a_week_is_news_when_it_comes_again(name: str) -> None:
    a, b, _ = PAIRS[name]
    assert _events(a, b, "bb" + 26 * "a" + 26 * "b", step=7 * HOUR) == BACK[name]


@pytest.mark.parametrize("name", PAIRS)
def test_a_newer_date_needs_no_day(name: str) -> None:
    """The page with the change, in turns with the page from before, and then a report of a newer date that states the same as
    the page from before."""
    a, b, _ = PAIRS[name]
    service = Service()
    for page in (a, b, b):
        service.check(See(page, after=HOUR))
    newer = replace(a, ratings=tuple(replace(one, overall_published=NEW) for one in a.ratings), report="AP2")
    service.check(See(newer, after=HOUR))
    service.check(See(newer, after=HOUR))
    stored = service.stored
    assert stored is not None
    baseline = Service()
    baseline.check(See(newer))
    assert baseline.stored is not None
    assert _lasting(stored) == _lasting(baseline.stored)


def _lasting(stored: Snapshot) -> dict[Subject, object]:
    """The values of a snapshot. Reports are left out, because a snapshot keeps all of them. Special measures are left out,
    because they last until CQC says that they are over."""
    kept = {Aspect.REPORTS, Aspect.MEASURES}
    return {subject: (held.value, held.quote) for subject, held in stored.holdings if subject.aspect not in kept}


# ── changes that are not old copies ──────────────────────────────────────────────────────────────────────────────────────

SUMMARY = Source.SUMMARY_PAGE
NEAR, MAY = date(2026, 10, 25), date(2026, 5, 1)
SUSPENDED_IN_WORDS = replace(states(None, None, source=SUMMARY, said=SUSPENDED), report="AP20230418")
SUSPENDED_PAGE = states(Reason.SUSPENDED, OLD, safe=GOOD)
WAS_RI, WAS_GOOD = states(RI, OLD, safe=GOOD), states(GOOD, OLD, safe=GOOD)
SILENT = SpecialMeasures()
REMAINS = SpecialMeasures(state=MeasuresState.REMAINS, quote="It remains in special measures.")
REMAINS_TOO = SpecialMeasures(state=MeasuresState.REMAINS, quote="It stays in special measures once more.")


def _notice(*words: str) -> Reading:
    return _states(enforcement=tuple(Enforcement(kind="warning notice", quote=one) for one in words))


def _breaches(*regulations: str, on: date = OLD) -> Reading:
    found = tuple(Breach(regulation=one, topic=None, quote=f"In breach of regulation {one}.") for one in regulations)
    return states(GOOD, on, safe=GOOD, breaches=found)


def _groups(breaches: tuple[Breach, ...] = (), **overall: Stated) -> Reading:
    groups = tuple(
        GroupReading(group=None if name == "whole" else name, overall=rating, overall_published=OLD)
        for name, rating in overall.items()
    )
    return Reading(source=Source.LOCATION_PAGE, location_id=HOME, name="Ash", ratings=groups, report="AP1", breaches=breaches)


def _location(overall: Rating, on: date) -> Reading:
    return states(overall, on, safe=overall)


def _report(overall: Rating, on: date, measures: SpecialMeasures) -> Reading:
    return states(overall, on, source=SUMMARY, special_measures=measures)


def _undated(
    overall: Rating, report: str, measures: SpecialMeasures = SILENT, *, breaches: tuple[Breach, ...] = ()
) -> Reading:
    return replace(states(overall, None, safe=GOOD, special_measures=measures, breaches=breaches), report=report)


def _exit_and_entry() -> list[See]:
    exit_, entry = _report(RI, MAY, LEFT), _report(INADEQUATE, NEW, ENTERED)
    return [
        See((_location(INADEQUATE, OLD), _report(INADEQUATE, OLD, ENTERED))),
        *[See(_location(RI, MAY), missing=True)] * 2,
        *[See((_location(RI, MAY), exit_), after=DAY)] * 2,
        *[See(_location(INADEQUATE, NEW), missing=True, after=DAY)] * 2,
        *[See((_location(INADEQUATE, NEW), entry))] * 2,
    ]


def _better_reader(was: Rating, better: Rating, measures: SpecialMeasures = SILENT) -> list[See]:
    page = states(was, OLD, safe=RI, breaches=BREACH, special_measures=measures)
    gone = [See(page), See(replace(page, breaches=()), after=HOUR)]
    now = states(better, OLD, safe=RI)
    return [*gone, *[See(now, former_reader=True)] * 2, *[See(now, after=DAY)] * 2]


FALL, RISE, REPORT = "downgraded", "upgraded", "report published"
SEQUENCES = {
    "a suspension in words on a page that was not read before": (
        [See(WAS_GOOD, missing=True), *[See((SUSPENDED_PAGE, SUSPENDED_IN_WORDS))] * 3],
        ["rating withdrawn"],
    ),
    "the same, read by a better reader": (
        [See(WAS_GOOD, missing=True), *[See((SUSPENDED_PAGE, SUSPENDED_IN_WORDS), former_reader=True)] * 3],
        ["rating withdrawn"],
    ),
    "another warning notice after one is gone": (
        [See(_notice("About medicines.")), *[See(_notice(), after=HOUR)] * 2, *[See(_notice("About staffing."), after=HOUR)] * 3],
        ["enforcement taken"],
    ),
    "an older page of a month before is shown for days": (
        [See(states(RI, NEW, safe=GOOD)), *[See(states(GOOD, NEW, safe=GOOD))] * 2]
        + [See(states(RI, NEAR, safe=GOOD), after=12 * HOUR)] * 10,
        [RISE, "older rating stands again"],
    ),
    "an older page of years before is shown for days": (
        [See(states(RI, NEW, safe=GOOD)), *[See(states(GOOD, NEW, safe=GOOD))] * 2, *[See(WAS_RI, after=12 * HOUR)] * 10],
        [RISE, "older rating stands again"],
    ),
    "a better reader sees a rise after a breach is gone": (_better_reader(RI, GOOD), []),
    "a better reader sees a fall after a breach is gone": (_better_reader(GOOD, RI), ["read wrongly"]),
    "a better reader sees no special measures": (_better_reader(INADEQUATE, INADEQUATE, ENTERED), []),
    "groups that are renamed while a breach is gone": (
        [See(_groups(BREACH, whole=GOOD)), *[See(_groups(A=GOOD, B=RI), after=HOUR)] * 3]
        + [See(_groups(A=GOOD, X=RI), after=HOUR)] * 3
        + [See(_groups(A=GOOD, X=RI), after=2 * DAY)],
        [FALL],
    ),
    "an entry on a report that is read later than its date": (
        _exit_and_entry(),
        [RISE, RISE, REPORT, "left special measures", FALL, FALL, REPORT, "entered special measures"],
    ),
    "a third undated report that repeats special measures": (
        [
            See(_undated(INADEQUATE, "AP1", ENTERED)),
            *[See(_undated(INADEQUATE, "AP2", REMAINS), after=HOUR)] * 2,
            *[See(_undated(INADEQUATE, "AP3", REMAINS_TOO), after=HOUR)] * 2,
        ],
        2 * ["remains in special measures", "inadequate again", REPORT],
    ),
    "the API states a fall with a newer date": (
        [See(WAS_RI), *[See(WAS_GOOD, after=HOUR)] * 2, See(WAS_RI, after=DAY)]
        + [See(WAS_GOOD, by_api=True, api=states(RI, NEW, safe=GOOD), after=HOUR)] * 2,
        [RISE, FALL],
    ),
    "another report without a date": (
        [
            See(_undated(RI, "AP1")),
            *[See(_undated(GOOD, "AP2"), after=HOUR)] * 2,
            *[See(_undated(RI, "AP3"), after=HOUR)] * 2,
        ],
        [RISE, REPORT, FALL, REPORT],
    ),
    "another report without a date states a breach that was gone and came back": (
        [
            See(_undated(GOOD, "AP1", breaches=BREACH)),
            See(_undated(GOOD, "AP1"), after=HOUR),
            See(_undated(GOOD, "AP1", breaches=BREACH), after=HOUR),
            *[See(_undated(GOOD, "AP2", breaches=BREACH), after=HOUR)] * 2,
        ],
        ["breach found", REPORT],
    ),
    "another report without a date states a breach that was gone": (
        [
            See(_undated(GOOD, "AP1", breaches=BREACH)),
            See(_undated(GOOD, "AP1"), after=HOUR),
            *[See(_undated(GOOD, "AP2", breaches=BREACH), after=HOUR)] * 2,
        ],
        ["breach found", REPORT],
    ),
    "a fall months after a rise, both without a newer date": (
        [See(WAS_RI), *[See(WAS_GOOD, after=HOUR)] * 2, *[See(WAS_RI, after=100 * DAY)] * 2],
        [RISE, FALL],
    ),
    "a fall on a page that is not read in every check": (
        [See((WAS_GOOD, states(None, OLD, safe=None)))]
        + [See(states(GOOD, OLD, safe=INADEQUATE), after=12 * HOUR), See(states(GOOD, OLD), missing=True, after=12 * HOUR)] * 2,
        [FALL],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SEQUENCES)
def test_a_change_that_is_no_old_copy_is_reported_as_always(name: str) -> None:
    sees, expected = SEQUENCES[name]
    service = Service()
    assert [str(event.kind) for see in sees for event in service.check(see).events] == expected


@pytest.mark.parametrize("on", [OLD, NEW])
def test_a_line_that_is_gone_when_another_is_confirmed_is_not_stored(on: date) -> None:
    service = Service()
    for page in (_breaches("12"), _breaches("18", on=on), _breaches("18", on=on)):
        service.check(See(page, after=HOUR))
    assert service.stored is not None
    (held,) = [held for subject, held in service.stored.holdings if subject.aspect is Aspect.BREACHES]
    assert (held.value, held.quote) == (("Regulation 18",), "In breach of regulation 18.")
