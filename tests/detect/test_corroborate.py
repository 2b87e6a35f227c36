"""Tests the comparison of the pages with the API: facts that page and API both state, facts that they state differently, and
facts that only the API states."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.detect.confirm import Basis, Verdict, baseline, judge, judge_answer
from monitor.detect.corroborate import Agreement, compared, rests_on_api, stated, vouches
from monitor.detect.diff import differ
from monitor.detect.observe import Observation, Seen, observe
from monitor.events import Event, Kind, Rests
from monitor.model import (
    Candidate,
    Framework,
    GroupReading,
    KeyQuestionReading,
    MeasuresState,
    Reading,
    Snapshot,
    Source,
    SpecialMeasures,
)
from monitor.ratings import KeyQuestion, Rating, Reason, Stated

GOOD, RI, INADEQUATE = Rating.GOOD, Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE
NINE = datetime(2026, 11, 21, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BEFORE, TODAY, TOMORROW = date(2023, 4, 18), date(2026, 11, 20), date(2026, 11, 21)
HOME = "1-2235535718"
ENTERED = SpecialMeasures(state=MeasuresState.ENTERED, quote="This service is being placed in special measures.")
NOTHING = SpecialMeasures()


def reading(
    overall: Stated,
    published: date | None,
    *,
    safe: Rating | None = None,
    safe_published: date | None = None,
    group: str | None = None,
    measures: SpecialMeasures = NOTHING,
    source: Source = Source.LOCATION_PAGE,
) -> Reading:
    """The reading of a page, or of the API's answer, about one group."""
    questions = {KeyQuestion.SAFE: KeyQuestionReading(rating=safe, published=safe_published)} if safe else {}
    one = GroupReading(
        group=group, framework=Framework.INSPECTION, overall=overall, overall_published=published, key_questions=questions
    )
    report = f"AP-{source}-{published}"
    return Reading(source=source, location_id=HOME, name="Cherrybrook", ratings=(one,), special_measures=measures, report=report)


def page(*args: object, **more: object) -> Observation:
    """The observation from a check of the pages."""
    return observe([Seen(reading=reading(*args, **more), page="the page")], complete=True)  # type: ignore[arg-type]


def api(*args: object, **more: object) -> Observation:
    """An answer of the API."""
    return stated(reading(*args, source=Source.API_LOCATION, **more), "the answer")  # type: ignore[arg-type]


class Watch:
    """One service, in the state that the store would keep. At first, the service has been rated good since 2023."""

    def __init__(self, first: Observation | None = None) -> None:
        self.now = NINE
        self.candidates: tuple[Candidate, ...] = ()
        first = first or page(GOOD, BEFORE, safe=GOOD)
        self.snapshot: Snapshot = baseline(HOME, first, NINE).snapshot

    def compared(self, seen: Observation, answer: Observation) -> Agreement:
        """The agreement between an observation of the pages and an answer of the API."""
        return compared(self.snapshot, *(differ(self.snapshot, one, self.now) for one in (seen, answer)))

    def look(self, seen: Observation, *, after: timedelta = MINUTE, answer: Observation | None = None) -> Verdict:
        """Makes a check of the pages, and of an answer of the API if one is given."""
        self.now += after
        agreement = self.compared(seen, answer) if answer else Agreement()
        vouched = answer is not None and vouches(self.snapshot, differ(self.snapshot, answer, self.now))
        basis = replace(self._basis(), vouched=vouched)
        return self._kept(judge(basis, basis.difference(seen), agreement))

    def answer(self, seen: Observation, *, after: timedelta = MINUTE, page_is_read: bool = False) -> Verdict:
        """Judges an answer of the API alone."""
        self.now += after
        return self._kept(judge_answer(self._basis(), differ(self.snapshot, seen, self.now), page_is_read=page_is_read))

    def _basis(self) -> Basis:
        return Basis(
            stored=self.snapshot,
            candidates=self.candidates,
            seq=self.snapshot.seq + 1,
            now=self.now,
            confirm_after=MINUTE,
        )

    def _kept(self, verdict: Verdict) -> Verdict:
        self.snapshot, self.candidates = verdict.snapshot, verdict.candidates
        return verdict


def told(events: tuple[Event, ...]) -> list[tuple[Kind, str | None, object, Rests]]:
    """The events in short form, without events about new reports."""
    return [(one.kind, one.of, one.to, one.rests_on) for one in events if one.kind is not Kind.REPORT]


# ── both state a change ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_fall_stated_by_page_and_api_is_reported_at_the_first_check_and_only_once() -> None:
    watch = Watch()
    both = page(INADEQUATE, TODAY, safe=INADEQUATE), api(INADEQUATE, TODAY, safe=INADEQUATE, safe_published=TODAY)
    assert told(watch.look(both[0], answer=both[1]).events) == [
        (Kind.DOWNGRADED, "overall", INADEQUATE, Rests.BOTH),
        (Kind.DOWNGRADED, "safe", INADEQUATE, Rests.BOTH),
    ]
    for _ in range(3):
        assert told(watch.look(both[0], answer=both[1]).events) == []


DATES = [
    pytest.param(TODAY, TODAY, True, id="the same newer date"),
    pytest.param(None, TODAY, True, id="the API alone gives a date"),
    pytest.param(TODAY, None, True, id="the page alone gives a date"),
    pytest.param(TODAY, TOMORROW, True, id="dates a day apart"),
    pytest.param(None, None, False, id="neither gives a date"),
    pytest.param(BEFORE, BEFORE, False, id="the date that was already known"),
]


@pytest.mark.parametrize(("shown", "named", "at_once"), DATES)
def test_a_fall_stated_by_page_and_api_needs_no_second_check_if_its_date_is_newer(
    shown: date | None, named: date | None, at_once: bool
) -> None:
    watch = Watch()
    first = watch.look(page(RI, shown, safe=GOOD), answer=api(RI, named))
    assert bool(first.events) is at_once
    if not at_once:
        assert told(watch.look(page(RI, shown, safe=GOOD), answer=api(RI, named)).events) == [
            (Kind.DOWNGRADED, "overall", RI, Rests.PAGE)
        ]


def test_a_fall_that_the_api_does_not_state_yet_is_reported_after_the_second_check() -> None:
    watch = Watch()
    for expected in ([], [(Kind.DOWNGRADED, "overall", INADEQUATE, Rests.PAGE)]):
        assert told(watch.look(page(INADEQUATE, TODAY, safe=GOOD), answer=api(GOOD, BEFORE)).events) == expected


@pytest.mark.parametrize(
    "day", [pytest.param(None, id="without a date"), pytest.param(BEFORE, id="with the date that was already known")]
)
def test_a_fall_that_the_api_contradicts_and_that_has_no_newer_date_is_reported_after_a_day(day: date | None) -> None:
    watch = Watch()
    seen, answer = page(INADEQUATE, day, safe=GOOD), api(GOOD, BEFORE, safe=GOOD)
    for after in (MINUTE, MINUTE, timedelta(hours=20)):
        assert told(watch.look(seen, answer=answer, after=after).events) == []
    assert told(watch.look(seen, answer=answer, after=timedelta(hours=4)).events) == [
        (Kind.DOWNGRADED, "overall", INADEQUATE, Rests.PAGE)
    ]


def test_special_measures_on_the_page_are_reported_although_the_api_confirms_the_old_ratings() -> None:
    watch = Watch(page(INADEQUATE, BEFORE))
    kinds = []
    for _ in range(2):
        seen = page(INADEQUATE, BEFORE, measures=ENTERED)
        kinds += [one.kind for one in watch.look(seen, answer=api(INADEQUATE, BEFORE)).events]
    assert kinds == [Kind.ENTERED]


def test_special_measures_stated_only_by_the_page_wait_for_the_second_check() -> None:
    watch = Watch()
    seen = page(INADEQUATE, TODAY, safe=GOOD, measures=ENTERED)
    assert [one.kind for one in watch.look(seen, answer=api(INADEQUATE, TODAY)).events] == [Kind.DOWNGRADED]
    assert Kind.ENTERED in [one.kind for one in watch.look(seen).events]


def test_a_withdrawal_stated_by_page_and_api_still_waits_for_a_day() -> None:
    watch = Watch()
    for _ in range(3):
        seen = page(Reason.NO_PUBLISHED_RATING, TODAY, safe=GOOD)
        assert told(watch.look(seen, answer=api(Reason.NO_PUBLISHED_RATING, TODAY)).events) == []


def test_page_and_api_are_not_compared_if_their_service_groups_differ() -> None:
    group = GroupReading(framework=Framework.ASSESSMENT, overall=INADEQUATE, overall_published=TODAY)
    both = (replace(group, group="Care Homes"), replace(group, group="General Practice"))
    divided = stated(Reading(source=Source.API_LOCATION, location_id=HOME, ratings=both), "the answer")
    watch = Watch()
    assert watch.compared(page(RI, TODAY), divided) == Agreement()
    for _ in range(3):
        verdict = watch.answer(divided)
        assert (verdict.events, verdict.candidates) == ((), ())


def test_each_difference_is_a_readable_sentence() -> None:
    watch = Watch()
    agreement = watch.compared(page(GOOD, BEFORE, safe=GOOD), api(INADEQUATE, TODAY, safe=GOOD, measures=ENTERED))
    assert agreement.differences == (
        "overall rating: CQC's page says good (published 18 April 2023), its API says inadequate (published 20 November 2026)",
        "special measures: CQC's page does not state them, its API does: This service is being placed in special measures.",
    )


def test_a_reason_for_no_rating_is_not_a_difference() -> None:
    watch = Watch()
    assert watch.compared(page(GOOD, BEFORE), api(Reason.NO_PUBLISHED_RATING, None)).differences == ()


# ── the API alone ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_while_the_site_is_down_a_second_answer_of_the_api_alone_confirms_a_fall() -> None:
    watch = Watch()
    answer = api(INADEQUATE, TODAY, safe=INADEQUATE, safe_published=TODAY, measures=ENTERED)
    assert watch.answer(answer).events == ()
    assert watch.answer(answer, after=MINUTE / 2).events == (), "reported too soon after the first answer"
    assert told(watch.answer(answer).events) == [
        (Kind.DOWNGRADED, "overall", INADEQUATE, Rests.API_SITE_UNREAD),
        (Kind.ENTERED, None, None, Rests.API_SITE_UNREAD),
        (Kind.DOWNGRADED, "safe", INADEQUATE, Rests.API_SITE_UNREAD),
    ]
    assert watch.answer(answer).events == ()


BACK = [
    pytest.param(TODAY, id="dated the same day"),
    pytest.param(TODAY - timedelta(days=1), id="dated the day before"),
    pytest.param(TODAY + timedelta(days=1), id="dated the day after"),
    pytest.param(None, id="without a date"),
]


@pytest.mark.parametrize("day", BACK)
def test_after_an_outage_a_page_with_the_reported_fall_causes_no_event(day: date | None) -> None:
    watch = Watch()
    for _ in range(2):
        watch.answer(api(INADEQUATE, TODAY, safe=INADEQUATE, safe_published=TODAY, measures=ENTERED))
    assert rests_on_api(watch.snapshot)
    for _ in range(3):
        verdict = watch.look(page(INADEQUATE, day, safe=INADEQUATE, measures=ENTERED))
        assert (told(verdict.events), verdict.stale) == ([], False)
    assert not any(held.by_api for subject, held in watch.snapshot.holdings if subject.of == "overall")


def test_special_measures_are_reported_after_an_outage_although_the_page_is_dated_a_day_before_the_api() -> None:
    watch = Watch()
    for _ in range(2):
        watch.answer(api(INADEQUATE, TODAY))
    kinds = []
    for _ in range(2):
        kinds += [one.kind for one in watch.look(page(INADEQUATE, TODAY - timedelta(days=1), safe=GOOD, measures=ENTERED)).events]
    assert kinds == [Kind.ENTERED, Kind.REPORT]


def test_after_an_outage_an_old_page_is_not_a_rise_while_the_api_still_states_the_fall() -> None:
    watch = Watch()
    answer = api(INADEQUATE, TODAY)
    for _ in range(2):
        watch.answer(answer)
    for _ in range(10):
        verdict = watch.look(page(GOOD, BEFORE, safe=GOOD), answer=answer, after=timedelta(days=1))
        assert (verdict.events, verdict.stale) == ((), True)


def test_an_old_page_is_not_a_rise_while_the_api_still_states_the_reported_fall() -> None:
    watch = Watch()
    answer = api(INADEQUATE, TODAY)
    assert watch.look(page(INADEQUATE, TODAY, safe=GOOD), answer=answer).events
    for _ in range(10):
        assert told(watch.look(page(GOOD, BEFORE, safe=GOOD), answer=answer, after=timedelta(days=1)).events) == []


def test_if_the_api_withdraws_a_fall_the_older_rating_on_the_page_is_reported_after_several_days() -> None:
    watch = Watch()
    for _ in range(2):
        watch.answer(api(INADEQUATE, TODAY))
    events: list[Event] = []
    for _ in range(5):
        events += watch.look(page(GOOD, BEFORE, safe=GOOD), answer=api(GOOD, BEFORE), after=timedelta(days=1)).events
    assert told(tuple(events)) == [(Kind.STANDS_AGAIN, "overall", GOOD, Rests.PAGE)]


def test_an_answer_of_the_api_confirms_a_fall_that_the_page_showed_before_an_outage() -> None:
    watch = Watch()
    watch.look(page(INADEQUATE, TODAY, safe=GOOD))
    assert told(watch.answer(api(INADEQUATE, TODAY)).events) == [(Kind.DOWNGRADED, "overall", INADEQUATE, Rests.BOTH)]


def test_one_check_of_the_page_confirms_a_fall_that_the_api_stated_first() -> None:
    watch = Watch()
    watch.answer(api(INADEQUATE, TODAY))
    assert told(watch.look(page(INADEQUATE, TODAY, safe=GOOD)).events) == [(Kind.DOWNGRADED, "overall", INADEQUATE, Rests.BOTH)]


def test_a_fall_that_only_the_api_states_is_reported_after_a_day() -> None:
    watch = Watch()
    hours = 24
    for _ in range(hours):
        assert watch.answer(api(INADEQUATE, TODAY), after=timedelta(hours=1), page_is_read=True).events == ()
    verdict = watch.answer(api(INADEQUATE, TODAY), after=timedelta(hours=1), page_is_read=True)
    assert told(verdict.events) == [(Kind.DOWNGRADED, "overall", INADEQUATE, Rests.API_AGAINST_PAGE)]


@pytest.mark.parametrize("day", [None, BEFORE])
def test_a_fall_that_only_the_api_states_is_reported_once_and_without_a_later_rise(day: date | None) -> None:
    shown = page(GOOD, BEFORE, safe=GOOD, safe_published=day)
    states = api(GOOD, BEFORE, safe=RI, safe_published=TODAY)
    watch, found = Watch(shown), []
    for _ in range(80):
        found += told(watch.look(shown, after=timedelta(hours=6), answer=states).events)
        found += told(watch.answer(states, after=timedelta(0), page_is_read=True).events)
    assert found == [(Kind.DOWNGRADED, "safe", RI, Rests.API_AGAINST_PAGE)]
    risen = page(GOOD, BEFORE, safe=GOOD), api(GOOD, BEFORE, safe=GOOD, safe_published=TOMORROW)
    assert told(watch.look(risen[0], answer=risen[1]).events) == [(Kind.UPGRADED, "safe", GOOD, Rests.BOTH)]


def test_answers_of_the_api_are_used_although_the_clock_was_once_ahead() -> None:
    watch = Watch()
    watch.snapshot = replace(watch.snapshot, seen_at=NINE + timedelta(days=400))
    fallen = api(INADEQUATE, TODAY, safe=INADEQUATE, safe_published=TODAY)
    watch.answer(fallen)
    assert (Kind.DOWNGRADED, "overall", INADEQUATE, Rests.API_SITE_UNREAD) in told(watch.answer(fallen).events)


def test_a_fall_that_the_api_withdraws_within_a_day_is_never_reported() -> None:
    watch = Watch()
    watch.answer(api(INADEQUATE, TODAY), page_is_read=True)
    assert watch.candidates
    watch.answer(api(GOOD, BEFORE), page_is_read=True)
    assert watch.candidates == ()
    assert watch.answer(api(INADEQUATE, TODAY), after=timedelta(days=2), page_is_read=True).events == ()


def test_an_answer_of_the_api_keeps_a_candidate_change_that_only_the_page_stated() -> None:
    watch = Watch()
    watch.look(page(INADEQUATE, TODAY, safe=GOOD))
    suspected = watch.candidates
    watch.answer(api(GOOD, BEFORE), page_is_read=True)
    assert watch.candidates == suspected


SAYS_NOTHING_NEW = [
    pytest.param(api(INADEQUATE, None), id="a fall without a date"),
    pytest.param(api(INADEQUATE, BEFORE), id="a fall with the date that is already known"),
    pytest.param(api(INADEQUATE, date(2020, 1, 1)), id="an older report"),
    pytest.param(api(Reason.NO_PUBLISHED_RATING, None), id="no published rating"),
    pytest.param(api(GOOD, TODAY), id="the same rating with a newer date"),
    pytest.param(api(GOOD, BEFORE, measures=ENTERED), id="special measures with the date that is already known"),
]


@pytest.mark.parametrize("answer", SAYS_NOTHING_NEW)
def test_the_api_alone_is_never_enough_without_a_newer_date(answer: Observation) -> None:
    watch = Watch()
    for _ in range(4):
        verdict = watch.answer(answer, after=timedelta(days=1))
        assert (verdict.events, verdict.candidates, verdict.snapshot) == ((), (), watch.snapshot)


def test_a_fall_in_the_api_from_long_before_the_first_check_is_not_reported() -> None:
    watch = Watch()
    long_ago = date(2024, 6, 3)  # newer than the date on the page, but older than the first reading
    answer = api(GOOD, BEFORE, safe=RI, safe_published=long_ago, measures=NOTHING)
    for is_read in (True, True, True, False, False):
        verdict = watch.answer(answer, after=timedelta(days=1), page_is_read=is_read)
        assert (verdict.events, verdict.candidates) == ((), ())
    lately = api(GOOD, BEFORE, safe=RI, safe_published=NINE.date() - timedelta(days=20))  # the page was behind from the start
    for _ in range(3):
        verdict = watch.answer(lately, after=timedelta(days=1), page_is_read=True)
        if verdict.events:
            break
    assert told(verdict.events) == [(Kind.DOWNGRADED, "safe", RI, Rests.API_AGAINST_PAGE)]


MONTHS = [pytest.param(timedelta(days=days), id=f"{days} days from the API's date") for days in (-30, -19, 19, 30)]


@pytest.mark.parametrize("apart", MONTHS)
def test_a_page_dated_up_to_a_month_from_the_apis_date_is_not_a_new_publication(apart: timedelta) -> None:
    watch = Watch()
    answer = api(INADEQUATE, TODAY, safe=INADEQUATE, safe_published=TODAY, measures=ENTERED)
    for _ in range(2):
        watch.answer(answer)
    for _ in range(3):
        seen = page(INADEQUATE, TODAY + apart, safe=INADEQUATE, measures=ENTERED)
        verdict = watch.look(seen, answer=answer)
        assert (told(verdict.events), verdict.stale) == ([], False)


def test_a_fall_of_a_key_question_is_reported_although_the_page_gave_the_question_no_date() -> None:
    watch = Watch()
    answer = api(GOOD, BEFORE, safe=INADEQUATE, safe_published=TODAY)
    watch.answer(answer)
    assert told(watch.answer(answer).events) == [(Kind.DOWNGRADED, "safe", INADEQUATE, Rests.API_SITE_UNREAD)]
