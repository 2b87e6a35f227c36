"""Readings in, events out: the eight rules, case by case."""

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
    Breach,
    Candidate,
    Enforcement,
    Framework,
    GroupReading,
    KeyQuestionReading,
    MeasuresState,
    ProfileNotice,
    Reading,
    Registration,
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
    """One service and its checks, as the store would keep them."""

    def __init__(self, confirm_after: timedelta = timedelta(0)) -> None:
        self.confirm_after = confirm_after
        self.snapshot: Snapshot | None = None
        self.candidates: tuple[Candidate, ...] = ()
        self.now = NINE

    def look(self, *readings: Reading, complete: bool = True, after: timedelta = timedelta(seconds=1)) -> Verdict:
        """One check, a second after the last."""
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

    def events(self, *readings: Reading, complete: bool = True) -> list[Event]:
        """The events reported for these readings; each is checked twice."""
        first = self.look(*readings, complete=complete)
        assert not first.events, "reported after one check"
        return list(self.look(*readings, complete=complete).events)


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
    """A key question."""
    return replace(KeyQuestionReading(rating=rating), **other)  # type: ignore[arg-type]


def measures(state: MeasuresState, quote: str = "This service is being placed in special measures.") -> SpecialMeasures:
    """A statement about special measures."""
    return SpecialMeasures(state=state, quote=quote)


def told(events: list[Event]) -> list[tuple[Kind, str | None, object, object]]:
    """The events in short form."""
    return [(event.kind, event.of, event.from_, event.to) for event in events]


def test_the_first_check_is_a_baseline_and_tells_nothing() -> None:
    watch = Watch()
    verdict = watch.look(page(INADEQUATE, special_measures=measures(MeasuresState.IN)))
    assert verdict.snapshot.seq == 1
    assert not verdict.events and not verdict.candidates


def test_the_same_page_again_is_the_same_snapshot() -> None:
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
def test_the_overall_rating_moves_among_the_four(was: Rating, now: Rating, kind: Kind) -> None:
    watch = Watch()
    watch.look(page(was, "2025-01-01"))
    (event,) = watch.events(page(now, "2026-11-20"))
    assert (event.kind, event.of, event.from_, event.to, event.group) == (kind, "overall", was, now, None)
    assert event.published == date(2026, 11, 20)
    assert event.observed_at == watch.now
    assert event.name == "Cherrybrook"


def test_a_fall_of_one_key_question_alone_is_told() -> None:
    watch = Watch()
    watch.look(page(questions={SAFE: rated(GOOD), CARING: rated(GOOD)}))
    assert told(watch.events(page(questions={SAFE: rated(INADEQUATE), CARING: rated(GOOD)}))) == [
        (Kind.DOWNGRADED, "safe", GOOD, INADEQUATE)
    ]


def test_a_key_question_without_a_date_of_its_own_is_dated_by_the_report() -> None:
    watch = Watch()
    watch.look(page(RI, "2025-01-01", questions={SAFE: rated(GOOD)}))
    again, event = watch.events(page(RI, "2026-11-20", questions={SAFE: rated(RI)}))[::-1]
    assert (again.kind, event.kind, event.published) == (Kind.NOT_IMPROVED, Kind.DOWNGRADED, date(2026, 11, 20))


def test_down_up_and_down_again_is_told_three_times_with_three_ids() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    ids = [watch.events(page(now))[0].id for now in (RI, GOOD, RI)]
    assert len(set(ids)) == 3


def test_a_fall_waits_for_a_second_check_and_survives_a_check_that_comes_too_soon() -> None:
    watch = Watch(confirm_after=timedelta(seconds=60))
    watch.look(page(GOOD))
    assert not watch.look(page(RI)).events
    assert not watch.look(page(RI), after=timedelta(seconds=30)).events
    assert len(watch.look(page(RI), after=timedelta(seconds=30)).events) == 1
    assert not watch.candidates


def test_a_fall_that_the_second_check_does_not_see_is_forgotten() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    watch.look(page(RI))
    assert not watch.look(page(GOOD)).events
    assert not watch.candidates
    assert not watch.look(page(RI)).events


def test_a_fall_to_another_rating_than_suspected_must_be_seen_again() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    watch.look(page(RI))
    assert not watch.look(page(INADEQUATE)).events
    assert told(list(watch.look(page(INADEQUATE)).events)) == [(Kind.DOWNGRADED, "overall", GOOD, INADEQUATE)]


def test_what_changes_at_every_check_does_not_hold_up_a_true_fall() -> None:
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


def test_caches_that_serve_new_and_old_in_turns_tell_the_fall_once() -> None:
    watch = Watch()
    new, old = page(RI, "2026-11-20"), page(GOOD, "2025-01-01")
    watch.look(old)
    events = [event for reading in (new, old, new, old, new, old) for event in watch.look(reading).events]
    assert told(events) == [(Kind.DOWNGRADED, "overall", GOOD, RI)]


def test_a_rating_that_is_missing_stands() -> None:
    watch = Watch()
    watch.look(page(GOOD, questions={SAFE: rated(GOOD)}))
    verdict = watch.look(page(None))
    assert {subject.of for subject in verdict.missing} == {"overall", "safe"}
    assert not watch.events(page(GOOD, questions={SAFE: rated(GOOD)}))
    assert told(watch.events(page(RI, questions={SAFE: rated(GOOD)}))) == [(Kind.DOWNGRADED, "overall", GOOD, RI)]


@pytest.mark.parametrize("reason", list(Reason))
def test_a_reason_in_a_ratings_place_is_no_fall_and_the_fall_behind_it_is_told(reason: Reason) -> None:
    watch = Watch()
    watch.look(page(GOOD, questions={SAFE: rated(GOOD)}))
    assert not watch.events(page(GOOD, questions={SAFE: rated(reason)}))
    assert told(watch.events(page(GOOD, questions={SAFE: rated(INADEQUATE)}))) == [(Kind.DOWNGRADED, "safe", GOOD, INADEQUATE)]


def test_a_withdrawn_rating_is_told_after_two_checks_a_day_apart() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    assert not watch.events(page(Reason.SUSPENDED))
    assert not watch.look(page(Reason.SUSPENDED), after=timedelta(hours=23)).events
    events = list(watch.look(page(Reason.SUSPENDED), after=timedelta(hours=2)).events)
    assert told(events) == [(Kind.RATING_WITHDRAWN, "overall", GOOD, "suspended")]
    assert not watch.look(page(Reason.SUSPENDED), after=timedelta(days=2)).events


def test_after_a_withdrawal_a_worse_rating_is_a_fall_from_the_last_one() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    watch.look(page(Reason.SUSPENDED))
    watch.look(page(Reason.SUSPENDED), after=timedelta(days=1))
    assert told(watch.events(page(RI))) == [(Kind.DOWNGRADED, "overall", GOOD, RI)]


def test_after_a_withdrawal_the_same_rating_is_told_as_rated_again() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    watch.look(page(Reason.SUSPENDED))
    watch.look(page(Reason.SUSPENDED), after=timedelta(days=1))
    assert told(watch.events(page(GOOD))) == [(Kind.FIRST_RATED, "overall", "suspended", GOOD)]


def test_the_first_rating_of_a_service_is_told_as_such() -> None:
    watch = Watch()
    watch.look(page(Reason.NOT_RATED))
    events = watch.events(page(RI, questions={SAFE: rated(RI)}))
    assert told(events) == [(Kind.FIRST_RATED, "overall", "not rated", RI), (Kind.FIRST_RATED, "safe", None, RI)]


def test_a_key_question_that_a_new_layout_shows_for_the_first_time_is_no_news() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    assert not watch.events(page(GOOD, questions={SAFE: rated(RI)}))
    assert told(watch.events(page(GOOD, questions={SAFE: rated(INADEQUATE)}))) == [(Kind.DOWNGRADED, "safe", RI, INADEQUATE)]


# ── frameworks, groups, scores ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_change_of_framework_and_of_the_groups_name_is_no_change() -> None:
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


def test_a_fall_across_the_change_of_framework_is_a_fall() -> None:
    watch = Watch()
    watch.look(page(GOOD, "2022-01-01"))
    assert told(watch.events(page(RI, "2026-11-20", group="Care Homes", framework=Framework.ASSESSMENT))) == [
        (Kind.DOWNGRADED, "overall", GOOD, RI)
    ]


def two_groups(first: Rating, second: Rating) -> Reading:
    """A location that CQC rates in two groups."""
    return page(ratings=(GroupReading(group="Care Homes", overall=first), GroupReading(group="Homecare", overall=second)))


def test_groups_are_told_apart() -> None:
    watch = Watch()
    watch.look(two_groups(GOOD, GOOD))
    (event,) = watch.events(two_groups(GOOD, INADEQUATE))
    assert (event.kind, event.group, event.of) == (Kind.DOWNGRADED, "Homecare", "overall")


def test_a_service_that_is_rated_by_group_from_now_on_falls_from_its_undivided_rating() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    (event,) = watch.events(two_groups(GOOD, RI))
    assert (event.kind, event.group, event.from_, event.to) == (Kind.DOWNGRADED, "Homecare", GOOD, RI)
    assert told(watch.events(two_groups(INADEQUATE, RI))) == [(Kind.DOWNGRADED, "overall", GOOD, INADEQUATE)]


def test_a_service_that_is_divided_for_the_first_time_is_told_as_such() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    (event,) = watch.events(two_groups(GOOD, RI))
    assert event.divided
    first = "(Homecare, which CQC rates apart for the first time)"
    assert event.words == f"overall rating fell from Good to Requires improvement {first}"
    (event,) = watch.events(two_groups(GOOD, INADEQUATE))
    assert not event.divided and event.words.endswith("(Homecare)")


def test_an_overall_rating_beside_groups_that_have_the_key_questions_is_a_service_read_well() -> None:
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


def test_scores_end_with_their_report_where_a_newer_one_states_none() -> None:
    watch = Watch()
    scored = {SAFE: rated(GOOD, score=75, statements=(Statement(name="Safeguarding", score=3),)), CARING: rated(GOOD, score=80)}
    watch.look(page(GOOD, "2025-03-01", questions=scored))
    bare = page(GOOD, "2026-11-20", questions={SAFE: rated(GOOD), CARING: rated(GOOD)})
    assert Kind.SCORE_FELL not in {event.kind for event in watch.events(bare)}
    assert watch.snapshot and not [subject for subject, _ in watch.snapshot.holdings if subject.aspect is Aspect.SCORE]


@pytest.mark.parametrize("why", ["the same report", "another score", "not all pages were read", "an older page"])
def test_scores_stand_where_no_newer_report_is_without_them(why: str) -> None:
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


def test_a_group_that_is_missing_from_the_page_stands() -> None:
    watch = Watch()
    watch.look(two_groups(GOOD, GOOD))
    only = page(ratings=(GroupReading(group="Care Homes", overall=GOOD),))
    assert not watch.events(only)
    assert told(watch.events(two_groups(GOOD, RI))) == [(Kind.DOWNGRADED, "overall", GOOD, RI)]


def test_what_is_not_assessed_did_not_move() -> None:
    watch = Watch()
    watch.look(page(questions={SAFE: rated(GOOD, score=80, statements=(Statement(name="Learning culture", score=4),))}))
    unmoved = rated(RI, score=50, assessed=False, statements=(Statement(name="Learning culture", score=2),))
    assert not watch.events(page(questions={SAFE: unmoved}))


def test_scores_that_move_within_a_rating_are_told_as_scores() -> None:
    watch = Watch()

    def scored(score: int, statement: int) -> Reading:
        return page(questions={SAFE: rated(GOOD, score=score, statements=(Statement(name="Learning culture", score=statement),))})

    watch.look(scored(75, 3))
    assert told(watch.events(scored(66, 2))) == [
        (Kind.SCORE_FELL, "Learning culture", 3, 2),
        (Kind.SCORE_FELL, "safe", 75, 66),
    ]
    assert told(watch.events(scored(75, 3)))[0] == (Kind.SCORE_ROSE, "Learning culture", 2, 3)


def test_a_statement_not_assessed_keeps_its_score_while_others_move() -> None:
    watch = Watch()

    def scored(culture: int, assessed: bool) -> Reading:
        statement = Statement(name="Learning culture", score=culture, assessed=assessed)
        return page(questions={SAFE: rated(GOOD, statements=(statement,))})

    watch.look(scored(4, True))
    assert not watch.events(scored(3, False))


def test_a_first_score_is_no_fall() -> None:
    watch = Watch()
    watch.look(page(questions={SAFE: rated(GOOD)}))
    assert not watch.events(page(questions={SAFE: rated(GOOD, score=64)}))


def test_a_service_whose_groups_are_joined_and_that_falls_is_told_although_other_questions_did_not_move() -> None:
    watch = Watch()
    group = {"overall": GOOD, "key_questions": {SAFE: rated(GOOD), CARING: rated(GOOD)}}
    watch.look(page(ratings=(GroupReading(group="Care Homes", **group), GroupReading(group="Homecare", **group))))  # type: ignore[arg-type]
    joined = page(INADEQUATE, questions={SAFE: rated(INADEQUATE), CARING: rated(GOOD)})
    assert told(watch.events(joined)) == [
        (Kind.DOWNGRADED, "overall", GOOD, INADEQUATE),
        (Kind.DOWNGRADED, "safe", GOOD, INADEQUATE),
    ]
    assert not watch.events(joined)


def test_a_group_that_is_renamed_and_falls_is_told() -> None:
    watch = Watch()
    watch.look(two_groups(GOOD, GOOD))
    renamed = page(
        ratings=(GroupReading(group="Care Homes", overall=GOOD), GroupReading(group="Homecare services", overall=INADEQUATE))
    )
    assert told(watch.events(renamed)) == [(Kind.DOWNGRADED, "overall", GOOD, INADEQUATE)]


def test_a_group_falls_although_another_one_is_gone_from_the_page() -> None:
    watch = Watch()
    watch.look(two_groups(GOOD, GOOD))
    only = page(ratings=(GroupReading(group="Care Homes", overall=INADEQUATE),))
    assert not watch.look(only).missing
    assert told(list(watch.look(only).events)) == [(Kind.DOWNGRADED, "overall", GOOD, INADEQUATE)]


def test_a_page_with_and_a_page_without_the_name_of_the_only_group_speak_of_the_same() -> None:
    watch = Watch()
    location, report = page(GOOD), page(GOOD, group="Care Homes", questions={SAFE: rated(GOOD)})
    watch.look(location, report)
    fell = page(RI), page(RI, group="Care Homes", questions={SAFE: rated(RI)})
    assert told(watch.events(*fell)) == [(Kind.DOWNGRADED, "overall", GOOD, RI), (Kind.DOWNGRADED, "safe", GOOD, RI)]


def test_a_key_question_that_was_not_rated_is_first_rated() -> None:
    watch = Watch()
    watch.look(page(GOOD, questions={SAFE: rated(Reason.NOT_RATED)}))
    assert told(watch.events(page(GOOD, questions={SAFE: rated(INADEQUATE)}))) == [
        (Kind.FIRST_RATED, "safe", "not rated", INADEQUATE)
    ]


def test_a_rating_published_long_before_a_first_check_that_saw_half_a_page_is_no_first_rating() -> None:
    watch = Watch()
    watch.look(page(None))
    assert not watch.events(page(RI, "2021-01-01", questions={SAFE: rated(RI, published=date(2021, 1, 1))}))
    assert told(watch.events(page(GOOD, "2026-11-21")))[0] == (Kind.UPGRADED, "overall", RI, GOOD)


def test_an_inadequate_rating_that_half_a_page_did_not_show_is_told_as_not_read_until_now() -> None:
    """A welcome that did not mention it implied that the service was fine."""
    watch = Watch()
    watch.look(page(None))
    events = watch.events(page(INADEQUATE, "2021-01-01", questions={SAFE: rated(INADEQUATE, published=date(2021, 1, 1))}))
    assert told(events) == [(Kind.READ_WRONGLY, "overall", None, INADEQUATE), (Kind.READ_WRONGLY, "safe", None, INADEQUATE)]
    assert all(event.read_late and event.urgent for event in events)
    assert told(watch.events(page(GOOD, "2026-11-21")))[0] == (Kind.UPGRADED, "overall", INADEQUATE, GOOD)


def test_a_page_that_stays_older_for_days_is_believed_in_the_end() -> None:
    """A report was withdrawn, or had a wrong date: the true state must not stay unseen for ever."""
    watch = Watch()
    watch.look(page(RI, "2024-01-01"))
    for _ in range(3):
        assert watch.look(page(GOOD, "2021-01-01"), after=timedelta(hours=20)).stale
    events = [event for _ in range(3) for event in watch.look(page(GOOD, "2021-01-01"), after=timedelta(hours=20)).events]
    assert told(events) == [(Kind.STANDS_AGAIN, "overall", RI, GOOD)]
    assert told(watch.events(page(RI, "2026-11-20"))) == [(Kind.DOWNGRADED, "overall", GOOD, RI)]


def test_a_fall_first_seen_by_a_clock_that_was_a_month_ahead_is_told_now() -> None:
    watch = Watch(confirm_after=timedelta(seconds=60))
    watch.look(page(GOOD))
    watch.look(page(RI), after=timedelta(days=30))
    watch.look(page(RI), after=-timedelta(days=30))
    assert len(watch.look(page(RI), after=timedelta(seconds=61)).events) == 1


# ── what rests on words ──────────────────────────────────────────────────────────────────────────────────────────────────


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
def test_special_measures_move(was: MeasuresState, now: MeasuresState, kind: Kind | None) -> None:
    watch = Watch()
    watch.look(page(INADEQUATE, special_measures=measures(was, "Old words.")))
    events = watch.events(page(INADEQUATE, special_measures=measures(now, "New words.")))
    assert [(event.kind, event.quote) for event in events] == ([(kind, "New words.")] if kind else [])
    assert not watch.events(page(INADEQUATE, special_measures=measures(now, "New words.")))


def test_special_measures_once_stated_hold_while_nothing_is_said() -> None:
    watch = Watch()
    watch.look(page(INADEQUATE, special_measures=measures(MeasuresState.IN, "Is in special measures.")))
    watch.events(page(RI))
    assert not watch.events(page(RI, special_measures=measures(MeasuresState.IN, "Is in special measures.")))


def test_an_entry_stated_by_a_new_report_is_told_even_if_an_earlier_one_was_never_seen_to_end() -> None:
    watch = Watch()
    watch.look(page(INADEQUATE, "2024-01-01", special_measures=measures(MeasuresState.IN)))
    watch.events(page(RI, "2025-01-01"))
    events = watch.events(page(INADEQUATE, "2026-01-01", special_measures=measures(MeasuresState.ENTERED)))
    assert [event.kind for event in events] == [Kind.DOWNGRADED, Kind.ENTERED]


def test_the_same_report_in_other_words_is_not_told_again() -> None:
    watch = Watch()
    watch.look(page(INADEQUATE, "2026-01-01", special_measures=measures(MeasuresState.ENTERED, "Placed in special measures.")))
    other = measures(MeasuresState.ENTERED, "The service has been placed in special measures.")
    assert not watch.events(page(INADEQUATE, "2026-01-01", special_measures=other))


def test_two_pages_that_contradict_each_other_about_special_measures_for_a_day_are_unclear() -> None:
    watch = Watch()
    watch.look(page(RI), page(None))
    left = page(None, special_measures=measures(MeasuresState.LEFT, "It is no longer in special measures."))
    entered = page(RI, special_measures=measures(MeasuresState.ENTERED))
    assert not watch.events(entered, left)
    later = [event.kind for _ in range(3) for event in watch.look(entered, left, after=timedelta(hours=13)).events]
    assert later == [Kind.MEASURES_UNCLEAR]


def test_an_old_page_beside_a_new_one_does_not_make_a_service_leave_special_measures_twice() -> None:
    watch = Watch()
    old = page(None, special_measures=measures(MeasuresState.IN))
    watch.look(page(INADEQUATE, "2026-01-01"), old)
    left = page(None, special_measures=measures(MeasuresState.LEFT, "It is no longer in special measures."))
    assert [event.kind for event in watch.events(page(RI, "2026-05-11"), left)] == [Kind.LEFT, Kind.UPGRADED]
    new = page(RI, "2026-05-11", special_measures=measures(MeasuresState.LEFT, "It is no longer in special measures."))
    assert not watch.events(new, old)
    assert not watch.events(new, left)


def test_two_pages_that_name_one_publication_differently_tell_of_one_entry() -> None:
    watch = Watch()
    watch.look(page(GOOD, "2026-01-01", report="2025-11-20"), page(None, report="AP1"))
    report = page(None, report="AP2", special_measures=measures(MeasuresState.ENTERED, "Placed in special measures."))
    location = page(INADEQUATE, "2026-03-28", report="2026-02-14")
    assert [event.kind for event in watch.events(location, report) if event.urgent] == [Kind.DOWNGRADED, Kind.ENTERED]
    itself = replace(location, special_measures=measures(MeasuresState.ENTERED))
    assert not watch.events(itself, page(None, report="AP1"))


def test_of_a_page_read_for_the_first_time_only_special_measures_are_told_and_as_read_late() -> None:
    """The report's page could not be read at the baseline: its content may be long known."""
    report = page(
        None, special_measures=measures(MeasuresState.IN), enforcement=(Enforcement(kind="warning notice", quote="W."),)
    )
    watch = Watch()
    watch.look(page(INADEQUATE), complete=False)
    (event,) = watch.events(page(INADEQUATE), report)
    assert (event.kind, event.read_late, event.urgent) == (Kind.ENTERED, True, True)
    assert event.words.startswith("in special measures (may have stood on CQC's page for longer")


def test_what_a_page_read_for_the_first_time_says_is_news_where_a_rating_fell_with_it() -> None:
    report = page(None, special_measures=measures(MeasuresState.ENTERED))
    watch = Watch()
    watch.look(page(GOOD), complete=False)
    assert [event.kind for event in watch.events(page(INADEQUATE), report)] == [Kind.DOWNGRADED, Kind.ENTERED]


def test_the_summary_of_an_older_inspection_says_nothing_of_now() -> None:
    older = page(INADEQUATE, "2021-01-01", special_measures=measures(MeasuresState.IN))
    watch = Watch()
    watch.look(page(GOOD, "2025-01-01"))
    assert not watch.events(page(GOOD, "2025-01-01"), older)


def test_news_on_the_location_page_is_told_although_its_report_could_never_be_read() -> None:
    watch = Watch()
    watch.look(page(INADEQUATE), complete=False)
    events = watch.events(page(INADEQUATE, special_measures=measures(MeasuresState.ENTERED)), complete=False)
    assert [event.kind for event in events] == [Kind.ENTERED]


def test_what_a_new_report_states_is_told_although_an_earlier_one_could_not_be_read() -> None:
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


def test_an_enforcement_confirmed_in_a_partial_look_does_not_hide_the_next_one() -> None:
    first, second = Enforcement(kind="warning notice", quote="W."), Enforcement(kind="conditions", quote="C.")
    watch = Watch()
    watch.look(page(GOOD))
    watch.events(page(GOOD, enforcement=(first,)), complete=False)
    events = watch.events(page(GOOD), page(None, enforcement=(first, second)))
    assert [event.of for event in events] == ["conditions"]


@pytest.mark.parametrize("report", ["2026-03-15", "2026-02-01", None], ids=["named by its date", "named the same", "not named"])
def test_another_layout_makes_no_new_report_of_the_same_words(report: str | None) -> None:
    watch = Watch()
    words = measures(MeasuresState.REMAINS, "This service remains in special measures.")
    today = page(INADEQUATE, "2026-03-15", report="2026-02-01", special_measures=words)
    watch.look(today)
    assert not watch.events(page(INADEQUATE, report=report, special_measures=words))
    assert not watch.events(today)


def test_the_same_words_seen_first_without_their_date_are_told_when_it_is_seen() -> None:
    watch = Watch()
    words = measures(MeasuresState.REMAINS, "This service remains in special measures.")
    watch.look(page(INADEQUATE, "2026-05-29", report="2026-04-17", special_measures=words))
    watch.events(page(INADEQUATE, report="2026-04-22", special_measures=words))
    events = watch.events(page(INADEQUATE, "2026-06-03", report="2026-04-22", special_measures=words))
    assert [event.kind for event in events] == [Kind.REMAINS]


def test_the_same_words_in_a_newer_report_are_told_though_no_page_states_its_date() -> None:
    watch = Watch()
    words = measures(MeasuresState.REMAINS, "This service remains in special measures.")
    watch.look(page(INADEQUATE, "2026-03-15", report="2026-02-01", special_measures=words))
    events = watch.events(page(INADEQUATE, report="2026-06-01", special_measures=words))
    assert [event.kind for event in events if event.kind is not Kind.REPORT] == [Kind.REMAINS, Kind.INADEQUATE_AGAIN]


def test_special_measures_of_which_a_newer_report_is_silent_are_unclear_and_a_later_entry_is_told() -> None:
    watch = Watch()
    watch.look(page(INADEQUATE, "2023-01-01", special_measures=measures(MeasuresState.IN)))
    silent = page(GOOD, "2024-01-01")
    watch.events(silent)
    events = [event.kind for _ in range(3) for event in watch.look(silent, after=timedelta(hours=13)).events]
    assert events == [Kind.MEASURES_UNCLEAR]
    again = page(INADEQUATE, "2026-01-01", special_measures=measures(MeasuresState.IN))
    assert [event.kind for event in watch.events(again)] == [Kind.DOWNGRADED, Kind.ENTERED]


def test_silence_about_special_measures_of_a_service_that_is_still_inadequate_says_nothing() -> None:
    watch = Watch()
    watch.look(page(INADEQUATE, "2023-01-01", special_measures=measures(MeasuresState.IN)))
    silent = page(RI, "2024-01-01", questions={SAFE: rated(INADEQUATE)})
    watch.events(silent)
    assert not [event for _ in range(3) for event in watch.look(silent, after=timedelta(hours=13)).events]


def test_old_words_under_a_new_date_are_not_told_again() -> None:
    old = page(None, report="AP1", special_measures=measures(MeasuresState.ENTERED))
    watch = Watch()
    watch.look(page(INADEQUATE, "2024-01-01"), old)
    assert [event.kind for event in watch.events(page(RI, "2026-01-01"), old)] == [Kind.UPGRADED]
    undated = page(None, special_measures=measures(MeasuresState.ENTERED))
    watch = Watch()
    watch.look(page(INADEQUATE, "2024-01-01"), undated)
    assert [event.kind for event in watch.events(page(RI, "2026-01-01"), undated)] == [Kind.UPGRADED]


def test_enforcement_and_breaches_are_told_when_they_are_new() -> None:
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


def test_a_breach_that_is_gone_and_comes_back_is_told_again() -> None:
    twelve = Breach(regulation="12", topic=None, quote="In breach of regulation 12.")
    watch = Watch()
    watch.look(page(breaches=(twelve,)))
    watch.events(page())
    assert [event.kind for event in watch.events(page(breaches=(twelve,)))] == [Kind.BREACH]


def test_the_same_notice_in_other_words_in_the_same_report_is_not_new() -> None:
    watch = Watch()
    watch.look(page(GOOD, "2026-01-01", enforcement=(Enforcement(kind="warning notice", quote="We issued a warning notice."),)))
    other = Enforcement(kind="warning notice", quote="A warning notice was issued.")
    assert not watch.events(page(GOOD, "2026-01-01", enforcement=(other,)))
    assert not watch.events(page(GOOD, "2026-01-01", enforcement=(other,)))
    third = Enforcement(kind="warning notice", quote="We served a further warning notice.")
    (event,) = watch.events(page(GOOD, "2026-09-01", enforcement=(third,)))
    assert (event.kind, event.again) == (Kind.ENFORCEMENT, True)


def test_reports_notices_and_the_end_of_registration_are_told() -> None:
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


def test_of_an_archived_service_no_rating_is_expected() -> None:
    watch = Watch()
    watch.look(page(GOOD))
    assert not watch.look(page(None, registration=Registration.ARCHIVED)).missing


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
    """One service's ratings from 2014 to 2025, as they were published: the day, the rating in CQC's words, and by how many steps
    it fell (above 0) or rose (below). Inspections and changes are about as rare as in home care; now and then two reports are
    published on one day, or on consecutive days."""
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


def test_every_fall_and_rise_of_700_services_is_found_and_nothing_else() -> None:
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
            assert not watch.events(page(rating, day)), "told twice"
            found.update(one.kind for one in events)
            (falls if steps > 0 else rises)[abs(steps)] += steps != 0
            last = rating
    assert found == {Kind.DOWNGRADED: falls.total(), Kind.UPGRADED: rises.total()}
    assert min(falls[1], falls[2], rises[1], rises[2]) > 10, "a history in which too little moves shows nothing"
