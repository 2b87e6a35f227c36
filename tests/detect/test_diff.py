"""Tests how readings become events."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor import ratings
from monitor.detect.confirm import Basis, Verdict, baseline, judge
from monitor.detect.observe import Observation, Seen, observe
from monitor.events import Event, Kind
from monitor.model import (
    Aspect,
    Candidate,
    Framework,
    GroupReading,
    KeyQuestionReading,
    MeasuresState,
    Reading,
    Snapshot,
    Source,
    SpecialMeasures,
    Statement,
    Subject,
)
from monitor.ratings import KeyQuestion, Rating, Reason, Stated

GOOD, RI, INADEQUATE, OUTSTANDING = Rating.GOOD, Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE, Rating.OUTSTANDING
SAFE, WELL_LED, CARING = KeyQuestion.SAFE, KeyQuestion.WELL_LED, KeyQuestion.CARING
NINE = datetime(2026, 11, 21, 9, tzinfo=UTC)


class Watch:
    """One service over several checks, with the state that the store would keep."""

    def __init__(self, confirm_after: timedelta = timedelta(0)) -> None:
        self.confirm_after = confirm_after
        self.snapshot: Snapshot | None = None
        self.candidates: tuple[Candidate, ...] = ()
        self.now = NINE

    def look(self, *readings: Reading, complete: bool = True, after: timedelta = timedelta(seconds=1)) -> Verdict:
        """Makes one check, by default a second after the previous check."""
        self.now += after
        seen = [Seen(reading=reading, page=f"page {number}") for number, reading in enumerate(readings)]
        verdict = self._judged(observe(seen, complete=complete))
        self.snapshot, self.candidates = verdict.snapshot, verdict.candidates
        return verdict

    def _judged(self, observation: Observation) -> Verdict:
        if self.snapshot is None:
            return baseline("1-2235535718", observation, self.now)
        basis = Basis(
            stored=self.snapshot,
            candidates=self.candidates,
            seq=self.snapshot.seq + 1,
            now=self.now,
            confirm_after=self.confirm_after,
        )
        return judge(basis, basis.difference(observation))

    def events(self, *readings: Reading, complete: bool = True, after: timedelta = timedelta(seconds=1)) -> list[Event]:
        """The events reported for these readings. Makes two checks, the second `after` the first, and asserts that the first
        reports nothing."""
        first = self.look(*readings, complete=complete)
        assert not first.events, "an event was reported after one check"
        return list(self.look(*readings, complete=complete, after=after).events)


def page(
    overall: Stated | None = GOOD,
    published: str | None = None,
    *,
    group: str | None = None,
    questions: dict[KeyQuestion, KeyQuestionReading] | None = None,
    framework: Framework = Framework.INSPECTION,
    **other: object,
) -> Reading:
    """A location page with one group of ratings."""
    one = GroupReading(
        group=group,
        framework=framework,
        overall=overall,
        overall_published=date.fromisoformat(published) if published else None,
        key_questions=questions or {},
    )
    plain = Reading(source=Source.LOCATION_PAGE, location_id="1-2235535718", name="Cherrybrook", ratings=(one,))
    return replace(plain, **other)  # type: ignore[arg-type]


def rated(rating: Stated | None = None, **other: object) -> KeyQuestionReading:
    """The reading of a key question."""
    return replace(KeyQuestionReading(rating=rating), **other)  # type: ignore[arg-type]


def measures(state: MeasuresState, quote: str = "This service is being placed in special measures.") -> SpecialMeasures:
    """A statement about special measures."""
    return SpecialMeasures(state=state, quote=quote)


def told(events: list[Event]) -> list[tuple[Kind, str | None, object, object]]:
    """The events in short form."""
    return [(event.kind, event.of, event.from_, event.to) for event in events]


def test_the_first_check_is_a_baseline_and_reports_nothing() -> None:
    watch = Watch()
    verdict = watch.look(page(INADEQUATE, special_measures=measures(MeasuresState.IN)))
    assert verdict.snapshot.seq == 1
    assert not verdict.events and not verdict.candidates


def test_the_same_page_again_leaves_the_snapshot_unchanged() -> None:
    watch = Watch()
    first = watch.look(page(questions={SAFE: rated(GOOD, score=75)})).snapshot
    again = watch.look(page(questions={SAFE: rated(GOOD, score=75)}))
    assert again.snapshot is first
    assert not again.events and not again.candidates


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        (OUTSTANDING, GOOD, Kind.DOWNGRADED),
        (GOOD, RI, Kind.DOWNGRADED),
        (RI, INADEQUATE, Kind.DOWNGRADED),
        (OUTSTANDING, INADEQUATE, Kind.DOWNGRADED),
        (INADEQUATE, RI, Kind.UPGRADED),
        (GOOD, OUTSTANDING, Kind.UPGRADED),
    ],
)
def test_a_change_between_two_of_the_four_overall_ratings_is_reported(was: Rating, now: Rating, kind: Kind) -> None:
    watch = Watch()
    watch.look(page(was, "2025-01-01"))
    (event,) = watch.events(page(now, "2026-11-20"))
    assert (event.kind, event.of, event.from_, event.to, event.group) == (kind, "overall", was, now, None)
    assert event.published == date(2026, 11, 20)
    assert event.observed_at == watch.now
    assert event.name == "Cherrybrook"


def test_a_fall_of_one_key_question_alone_is_reported() -> None:
    watch = Watch()
    watch.look(page(questions={SAFE: rated(GOOD), CARING: rated(GOOD)}))
    assert told(watch.events(page(questions={SAFE: rated(INADEQUATE), CARING: rated(GOOD)}))) == [
        (Kind.DOWNGRADED, "safe", GOOD, INADEQUATE)
    ]


def test_a_key_question_without_its_own_date_gets_the_date_of_the_report() -> None:
    watch = Watch()
    watch.look(page(RI, "2025-01-01", questions={SAFE: rated(GOOD)}))
    again, event = watch.events(page(RI, "2026-11-20", questions={SAFE: rated(RI)}))[::-1]
    assert (again.kind, event.kind, event.published) == (Kind.NOT_IMPROVED, Kind.DOWNGRADED, date(2026, 11, 20))


def test_a_fall_a_rise_and_a_second_fall_are_three_events_with_three_ids() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    ids = [watch.events(page(now), after=timedelta(days=1))[0].id for now in (RI, GOOD, RI)]
    assert len(set(ids)) == 3


def test_a_fall_waits_for_a_second_check_and_survives_a_check_that_comes_too_soon() -> None:
    watch = Watch(confirm_after=timedelta(seconds=60))
    watch.look(page(GOOD))
    assert not watch.look(page(RI)).events
    assert not watch.look(page(RI), after=timedelta(seconds=30)).events
    assert len(watch.look(page(RI), after=timedelta(seconds=30)).events) == 1
    assert not watch.candidates


def test_a_fall_that_the_second_check_does_not_see_is_dropped() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    watch.look(page(RI))
    assert not watch.look(page(GOOD)).events
    assert not watch.candidates
    assert not watch.look(page(RI)).events


def test_if_the_second_check_sees_a_deeper_fall_a_third_check_must_see_the_deeper_fall() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    watch.look(page(RI))
    assert not watch.look(page(INADEQUATE)).events
    assert told(list(watch.look(page(INADEQUATE)).events)) == [(Kind.DOWNGRADED, "overall", GOOD, INADEQUATE)]


def test_a_fall_is_reported_although_another_fact_changes_at_every_check() -> None:
    watch = Watch()
    watch.look(page(GOOD, report="A"))
    watch.look(page(RI, report="B"))
    assert told(list(watch.look(page(RI, report="C")).events)) == [(Kind.DOWNGRADED, "overall", GOOD, RI)]


def test_an_old_page_after_the_new_one_changes_nothing() -> None:
    watch = Watch()
    watch.look(page(GOOD, "2025-01-01", questions={SAFE: rated(GOOD)}))
    watch.events(page(RI, "2026-11-20", questions={SAFE: rated(RI)}))
    for _ in range(3):
        old = watch.look(page(GOOD, "2025-01-01", questions={SAFE: rated(GOOD)}))
        assert old.stale and not old.events
    assert not watch.events(page(RI, "2026-11-20", questions={SAFE: rated(RI)}))


def test_a_fall_is_reported_once_if_caches_alternate_between_the_old_and_the_new_page() -> None:
    watch = Watch()
    new, old = page(RI, "2026-11-20"), page(GOOD, "2025-01-01")
    watch.look(old)
    events = [event for reading in (new, old, new, old, new, old) for event in watch.look(reading).events]
    assert told(events) == [(Kind.DOWNGRADED, "overall", GOOD, RI)]


def test_a_rating_that_is_missing_from_the_page_is_kept() -> None:
    watch = Watch()
    watch.look(page(GOOD, questions={SAFE: rated(GOOD)}))
    verdict = watch.look(page(None))
    assert {subject.of for subject in verdict.missing} == {"overall", "safe"}
    assert not watch.events(page(GOOD, questions={SAFE: rated(GOOD)}))
    assert told(watch.events(page(RI, questions={SAFE: rated(GOOD)}))) == [(Kind.DOWNGRADED, "overall", GOOD, RI)]


@pytest.mark.parametrize("reason", list(Reason))
def test_a_reason_instead_of_a_rating_is_not_a_fall_and_a_later_fall_is_reported(reason: Reason) -> None:
    watch = Watch()
    watch.look(page(GOOD, questions={SAFE: rated(GOOD)}))
    assert not watch.events(page(GOOD, questions={SAFE: rated(reason)}))
    assert told(watch.events(page(GOOD, questions={SAFE: rated(INADEQUATE)}))) == [(Kind.DOWNGRADED, "safe", GOOD, INADEQUATE)]


def test_a_withdrawn_rating_is_reported_after_two_checks_a_day_apart() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    assert not watch.events(page(Reason.SUSPENDED))
    assert not watch.look(page(Reason.SUSPENDED), after=timedelta(hours=23)).events
    events = list(watch.look(page(Reason.SUSPENDED), after=timedelta(hours=2)).events)
    assert told(events) == [(Kind.RATING_WITHDRAWN, "overall", GOOD, "suspended")]
    assert not watch.look(page(Reason.SUSPENDED), after=timedelta(days=2)).events


def test_after_a_withdrawal_a_worse_rating_is_a_fall_from_the_withdrawn_rating() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    watch.look(page(Reason.SUSPENDED))
    watch.look(page(Reason.SUSPENDED), after=timedelta(days=1))
    assert told(watch.events(page(RI))) == [(Kind.DOWNGRADED, "overall", GOOD, RI)]


def test_after_a_withdrawal_the_same_rating_is_reported_as_rated_again() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    watch.look(page(Reason.SUSPENDED))
    watch.look(page(Reason.SUSPENDED), after=timedelta(days=1))
    assert told(watch.events(page(GOOD))) == [(Kind.FIRST_RATED, "overall", "suspended", GOOD)]


def test_the_first_rating_of_a_service_is_reported_as_a_first_rating() -> None:
    watch = Watch()
    watch.look(page(Reason.NOT_RATED))
    events = watch.events(page(RI, questions={SAFE: rated(RI)}))
    assert told(events) == [(Kind.FIRST_RATED, "overall", "not rated", RI), (Kind.FIRST_RATED, "safe", None, RI)]


def test_a_key_question_that_a_new_layout_shows_for_the_first_time_is_not_news() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    assert not watch.events(page(GOOD, questions={SAFE: rated(RI)}))
    assert told(watch.events(page(GOOD, questions={SAFE: rated(INADEQUATE)}))) == [(Kind.DOWNGRADED, "safe", RI, INADEQUATE)]


# ── frameworks, groups, scores ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_framework_and_a_new_group_name_are_not_reported_as_changes() -> None:
    watch = Watch()
    watch.look(page(GOOD, questions={SAFE: rated(GOOD)}))
    new = page(GOOD, group="Care Homes", framework=Framework.ASSESSMENT, questions={SAFE: rated(GOOD, score=70)})
    assert not watch.events(new)
    fell = page(RI, group="Care Homes", framework=Framework.ASSESSMENT, questions={SAFE: rated(RI, score=50)})
    assert told(watch.events(fell)) == [
        (Kind.DOWNGRADED, "overall", GOOD, RI),
        (Kind.DOWNGRADED, "safe", GOOD, RI),
        (Kind.SCORE_FELL, "safe", 70, 50),
    ]


def test_a_change_to_a_framework_by_sector_which_has_no_scores_is_not_reported() -> None:
    watch = Watch()
    watch.look(page(GOOD, "2025-06-02", framework=Framework.ASSESSMENT, questions={SAFE: rated(GOOD, score=70)}))
    assert not watch.events(page(GOOD, "2025-06-02", framework=Framework.SECTOR, questions={SAFE: rated(GOOD)}))
    assert not watch.events(page(GOOD, "2025-06-02", framework=Framework.ASSESSMENT, questions={SAFE: rated(GOOD, score=70)}))
    assert told(watch.events(page(RI, "2026-11-20", framework=Framework.SECTOR, questions={SAFE: rated(GOOD)}))) == [
        (Kind.DOWNGRADED, "overall", GOOD, RI)
    ]


def test_a_fall_that_comes_with_a_new_framework_is_reported() -> None:
    watch = Watch()
    watch.look(page(GOOD, "2022-01-01"))
    assert told(watch.events(page(RI, "2026-11-20", group="Care Homes", framework=Framework.ASSESSMENT))) == [
        (Kind.DOWNGRADED, "overall", GOOD, RI)
    ]


def two_groups(first: Rating, second: Rating) -> Reading:
    """A location that CQC rates in two groups."""
    return page(ratings=(GroupReading(group="Care Homes", overall=first), GroupReading(group="Homecare", overall=second)))


def test_the_ratings_of_two_groups_are_kept_separately() -> None:
    watch = Watch()
    watch.look(two_groups(GOOD, GOOD))
    (event,) = watch.events(two_groups(GOOD, INADEQUATE))
    assert (event.kind, event.group, event.of) == (Kind.DOWNGRADED, "Homecare", "overall")


def test_a_new_group_is_compared_with_the_former_rating_of_the_whole_service() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    (event,) = watch.events(two_groups(GOOD, RI))
    assert (event.kind, event.group, event.from_, event.to) == (Kind.DOWNGRADED, "Homecare", GOOD, RI)
    assert told(watch.events(two_groups(INADEQUATE, RI))) == [(Kind.DOWNGRADED, "overall", GOOD, INADEQUATE)]


def test_the_event_says_if_a_service_is_rated_by_group_for_the_first_time() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    (event,) = watch.events(two_groups(GOOD, RI))
    assert event.divided
    first = "(Homecare, which CQC rates separately for the first time)"
    assert event.words == f"overall rating fell from Good to Requires improvement {first}"
    (event,) = watch.events(two_groups(GOOD, INADEQUATE))
    assert not event.divided and event.words.endswith("(Homecare)")


def test_a_page_is_fully_read_if_only_its_groups_have_key_questions() -> None:
    watch = Watch()
    watch.look(page(GOOD, questions={SAFE: rated(GOOD)}))
    whole = GroupReading(overall=GOOD)
    first = GroupReading(group="Care Homes", overall=GOOD, key_questions={SAFE: rated(INADEQUATE)})
    divided = page(ratings=(whole, first, GroupReading(group="Homecare", overall=GOOD, key_questions={SAFE: rated(GOOD)})))
    (event,) = watch.events(divided)
    assert (event.kind, event.group, event.of, event.divided) == (Kind.DOWNGRADED, "Care Homes", "safe", True)
    verdict = watch.look(divided)
    assert not verdict.missing and not verdict.events
    assert Subject(aspect=Aspect.RATING, of="safe") not in dict(verdict.snapshot.holdings)


def test_scores_are_removed_if_a_newer_report_states_no_scores() -> None:
    watch = Watch()
    scored = {SAFE: rated(GOOD, score=75, statements=(Statement(name="Safeguarding", score=3),)), CARING: rated(GOOD, score=80)}
    watch.look(page(GOOD, "2025-03-01", questions=scored))
    bare = page(GOOD, "2026-11-20", questions={SAFE: rated(GOOD), CARING: rated(GOOD)})
    assert Kind.SCORE_FELL not in {event.kind for event in watch.events(bare)}
    assert watch.snapshot and not [subject for subject, _ in watch.snapshot.holdings if subject.aspect is Aspect.SCORE]


@pytest.mark.parametrize("why", ["the same report", "another score", "not all pages were read", "an older page"])
def test_scores_are_kept_unless_a_newer_report_states_no_scores(why: str) -> None:
    watch = Watch()
    watch.look(page(GOOD, "2025-03-01", questions={SAFE: rated(GOOD, score=75), CARING: rated(GOOD, score=80)}))
    day = {"the same report": "2025-03-01", "an older page": "2024-03-01"}.get(why, "2026-11-20")
    safe = rated(GOOD, score=70) if why == "another score" else rated(GOOD)
    for _ in range(2):
        watch.look(page(GOOD, day, questions={SAFE: safe, CARING: rated(GOOD)}), complete=why != "not all pages were read")
    assert watch.snapshot is not None
    assert dict(watch.snapshot.holdings)[Subject(aspect=Aspect.SCORE, of="caring")].value == 80


def test_a_service_that_is_no_longer_rated_by_group_falls_only_below_its_worst_group() -> None:
    watch = Watch()
    watch.look(two_groups(GOOD, RI))
    assert not watch.events(page(RI))
    assert told(watch.events(page(INADEQUATE))) == [(Kind.DOWNGRADED, "overall", RI, INADEQUATE)]


def test_a_group_that_is_missing_from_the_page_is_kept() -> None:
    watch = Watch()
    watch.look(two_groups(GOOD, GOOD))
    only = page(ratings=(GroupReading(group="Care Homes", overall=GOOD),))
    assert not watch.events(only)
    assert told(watch.events(two_groups(GOOD, RI))) == [(Kind.DOWNGRADED, "overall", GOOD, RI)]


def test_a_score_that_was_not_assessed_again_is_not_a_change() -> None:
    watch = Watch()
    watch.look(page(questions={SAFE: rated(GOOD, score=80, statements=(Statement(name="Learning culture", score=4),))}))
    unmoved = rated(RI, score=50, assessed=False, statements=(Statement(name="Learning culture", score=2),))
    assert not watch.events(page(questions={SAFE: unmoved}))


def test_a_score_that_changes_while_the_rating_stays_is_reported_as_a_change_of_score() -> None:
    watch = Watch()

    def scored(score: int, statement: int) -> Reading:
        return page(questions={SAFE: rated(GOOD, score=score, statements=(Statement(name="Learning culture", score=statement),))})

    watch.look(scored(75, 3))
    assert told(watch.events(scored(66, 2))) == [
        (Kind.SCORE_FELL, "Learning culture", 3, 2),
        (Kind.SCORE_FELL, "safe", 75, 66),
    ]
    assert told(watch.events(scored(75, 3), after=timedelta(days=1)))[0] == (Kind.SCORE_ROSE, "Learning culture", 2, 3)


def test_a_quality_statement_that_was_not_assessed_keeps_its_score() -> None:
    watch = Watch()

    def scored(culture: int, assessed: bool) -> Reading:
        statement = Statement(name="Learning culture", score=culture, assessed=assessed)
        return page(questions={SAFE: rated(GOOD, statements=(statement,))})

    watch.look(scored(4, True))
    assert not watch.events(scored(3, False))


def test_a_first_score_is_not_a_fall() -> None:
    watch = Watch()
    watch.look(page(questions={SAFE: rated(GOOD)}))
    assert not watch.events(page(questions={SAFE: rated(GOOD, score=64)}))


def test_falls_are_reported_if_the_groups_of_a_service_are_joined_at_the_same_time() -> None:
    watch = Watch()
    group = {"overall": GOOD, "key_questions": {SAFE: rated(GOOD), CARING: rated(GOOD)}}
    watch.look(page(ratings=(GroupReading(group="Care Homes", **group), GroupReading(group="Homecare", **group))))  # type: ignore[arg-type]
    joined = page(INADEQUATE, questions={SAFE: rated(INADEQUATE), CARING: rated(GOOD)})
    assert told(watch.events(joined)) == [
        (Kind.DOWNGRADED, "overall", GOOD, INADEQUATE),
        (Kind.DOWNGRADED, "safe", GOOD, INADEQUATE),
    ]
    assert not watch.events(joined)


def test_a_group_that_is_renamed_and_falls_is_reported() -> None:
    watch = Watch()
    watch.look(two_groups(GOOD, GOOD))
    renamed = page(
        ratings=(GroupReading(group="Care Homes", overall=GOOD), GroupReading(group="Homecare services", overall=INADEQUATE))
    )
    assert told(watch.events(renamed)) == [(Kind.DOWNGRADED, "overall", GOOD, INADEQUATE)]


def test_a_fall_of_a_group_is_reported_although_another_group_is_gone_from_the_page() -> None:
    watch = Watch()
    watch.look(two_groups(GOOD, GOOD))
    only = page(ratings=(GroupReading(group="Care Homes", overall=INADEQUATE),))
    assert not watch.look(only).missing
    assert told(list(watch.look(only).events)) == [(Kind.DOWNGRADED, "overall", GOOD, INADEQUATE)]


def test_two_pages_are_read_as_one_group_if_only_one_page_names_the_group() -> None:
    watch = Watch()
    location, report = page(GOOD), page(GOOD, group="Care Homes", questions={SAFE: rated(GOOD)})
    watch.look(location, report)
    fell = page(RI), page(RI, group="Care Homes", questions={SAFE: rated(RI)})
    assert told(watch.events(*fell)) == [(Kind.DOWNGRADED, "overall", GOOD, RI), (Kind.DOWNGRADED, "safe", GOOD, RI)]


def test_the_first_rating_of_a_key_question_is_reported_as_a_first_rating() -> None:
    watch = Watch()
    watch.look(page(GOOD, questions={SAFE: rated(Reason.NOT_RATED)}))
    assert told(watch.events(page(GOOD, questions={SAFE: rated(INADEQUATE)}))) == [
        (Kind.FIRST_RATED, "safe", "not rated", INADEQUATE)
    ]


def test_an_old_rating_that_the_first_check_missed_is_not_reported_as_a_first_rating() -> None:
    watch = Watch()
    watch.look(page(None))
    assert not watch.events(page(RI, "2021-01-01", questions={SAFE: rated(RI, published=date(2021, 1, 1))}))
    assert told(watch.events(page(GOOD, "2026-11-21")))[0] == (Kind.UPGRADED, "overall", RI, GOOD)


def test_an_old_inadequate_rating_that_the_first_check_missed_is_reported_as_read_late() -> None:
    """The welcome did not mention this rating, and so implied that the service was not rated badly."""
    watch = Watch()
    watch.look(page(None))
    events = watch.events(page(INADEQUATE, "2021-01-01", questions={SAFE: rated(INADEQUATE, published=date(2021, 1, 1))}))
    assert told(events) == [(Kind.READ_WRONGLY, "overall", None, INADEQUATE), (Kind.READ_WRONGLY, "safe", None, INADEQUATE)]
    assert all(event.read_late and event.urgent for event in events)
    assert told(watch.events(page(GOOD, "2026-11-21")))[0] == (Kind.UPGRADED, "overall", INADEQUATE, GOOD)


def test_an_older_page_that_stays_for_days_is_believed() -> None:
    """CQC may have withdrawn a report, or a report may have had a wrong date. A page that stays the same for days must be
    true."""
    watch = Watch()
    watch.look(page(RI, "2024-01-01"))
    for _ in range(3):
        assert watch.look(page(GOOD, "2021-01-01"), after=timedelta(hours=20)).stale
    events = [event for _ in range(3) for event in watch.look(page(GOOD, "2021-01-01"), after=timedelta(hours=20)).events]
    assert told(events) == [(Kind.STANDS_AGAIN, "overall", RI, GOOD)]
    assert told(watch.events(page(RI, "2026-11-20"))) == [(Kind.DOWNGRADED, "overall", GOOD, RI)]


def test_a_fall_first_seen_while_the_clock_was_a_month_ahead_is_reported() -> None:
    watch = Watch(confirm_after=timedelta(seconds=60))
    watch.look(page(GOOD))
    watch.look(page(RI), after=timedelta(days=30))
    watch.look(page(RI), after=-timedelta(days=30))
    assert len(watch.look(page(RI), after=timedelta(seconds=61)).events) == 1


# ── eleven years of ratings ──────────────────────────────────────────────────────────────────────────────────────────────

UNMOVED = {Kind.INADEQUATE_AGAIN, Kind.NOT_IMPROVED}
SPELLED = {
    OUTSTANDING: ("Outstanding",),
    GOOD: ("Good",),
    RI: ("Requires improvement",) * 6 + ("Requires Improvement",),
    INADEQUATE: ("Inadequate",),
}
BEST_FIRST = tuple(SPELLED)


def history(chance: random.Random) -> Iterator[tuple[str, str, int]]:
    """Yields the published ratings of one service from 2014 to 2025. For each, gives the day, the rating in CQC's words, and
    the number of steps by which the rating fell (above 0) or rose (below 0). Inspections and changes are about as rare as in home
    care. Sometimes two reports are published on one day, or on consecutive days."""
    at = chance.choices(range(4), (2, 70, 25, 3))[0]
    day = date(2014, 10, 1) + timedelta(days=chance.randrange(1500))
    yield day.isoformat(), chance.choice(SPELLED[BEST_FIRST[at]]), 0
    while chance.random() < 0.6:
        day += timedelta(days=chance.choices((0, 1, chance.randrange(60, 1500)), (1, 1, 98))[0])
        if day.year > 2025:
            return
        steps = chance.choices((-2, -1, 0, 1, 2), (4, 22, 52, 18, 4))[0]
        steps = max(0, min(3, at + steps)) - at
        at += steps
        yield day.isoformat(), chance.choice(SPELLED[BEST_FIRST[at]]), steps


def test_every_fall_and_rise_of_700_services_is_reported_and_nothing_else() -> None:
    chance = random.Random(2014)
    falls, rises, found = Counter[int](), Counter[int](), Counter[Kind]()
    for _ in range(700):
        watch, last = Watch(), None
        for number, (day, words, steps) in enumerate(history(chance)):
            rating = ratings.parse(words)
            assert isinstance(rating, Rating)
            if number == 0:
                watch.look(page(rating, day))
            events = [one for one in watch.events(page(rating, day)) if one.kind not in UNMOVED]
            kind = {True: Kind.DOWNGRADED, False: Kind.UPGRADED}[steps > 0]
            assert [(one.kind, one.from_, one.to, one.published) for one in events] == (
                [(kind, last, rating, date.fromisoformat(day))] if steps else []
            )
            assert not watch.events(page(rating, day)), "an event was reported twice"
            found.update(one.kind for one in events)
            (falls if steps > 0 else rises)[abs(steps)] += steps != 0
            last = rating
    assert found == {Kind.DOWNGRADED: falls.total(), Kind.UPGRADED: rises.total()}
    assert min(falls[1], falls[2], rises[1], rises[2]) > 10, "too few changes in these histories to prove anything"
