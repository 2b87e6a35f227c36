"""Tests that a change without a newer date is reported once, although CQC's caches serve the pages from before and after the
change in turns."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.events import Kind
from monitor.model import (
    Aspect,
    Enforcement,
    GroupReading,
    KeyQuestionReading,
    ProfileNotice,
    Reading,
    Registration,
    Snapshot,
    Stage,
    Subject,
)
from tests.detect.checked import BREACH, ENTERED, GOOD, INADEQUATE, LEFT, NEW, OLD, RI, SAFE, See, Service, states

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
def test_a_change_that_is_undone_for_more_than_a_day_is_reported_and_is_news_when_it_comes_again(name: str) -> None:
    a, b, _ = PAIRS[name]
    assert _events(a, b, "bb" + 26 * "a" + 26 * "b") == BACK[name]


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
    return {subject: (held.value, held.quote, held.before) for subject, held in stored.holdings if subject.aspect not in kept}
