"""Tests the baseline of a service that is added after its rating fell. The baseline comes from the earlier of two CQC files, or
from the service's former profile."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from monitor.detect.baseline import of_profile, of_register
from monitor.model import Aspect, Card, Holding, MeasuresState, Snapshot, Subject
from tests.store.listed import entry

BEFORE, SINCE = date(2023, 4, 18), date(2026, 10, 20)
MEASURES = Subject(aspect=Aspect.MEASURES)
OVERALL = Subject(aspect=Aspect.RATING, of="overall")
ENFORCEMENT = Subject(aspect=Aspect.ENFORCEMENT)


def held(snapshot: Snapshot | None) -> dict[tuple[str, str], object]:
    holdings = snapshot.holdings if snapshot else ()
    return {(subject.group, subject.of or str(subject.aspect)): one.value for subject, one in holdings}


@pytest.mark.parametrize(
    ("former", "now", "start"),
    [
        pytest.param({}, {}, {}, id="nothing changed"),
        pytest.param({"overall": None}, {"overall": "inadequate"}, {}, id="there was no rating before"),
        pytest.param({}, {"overall": None}, {}, id="there is no rating now"),
        pytest.param(
            {"safe": "good", "caring": "good"},
            {"overall": "inadequate", "safe": "requires improvement", "caring": "good"},
            {("", "overall"): "good", ("", "safe"): "good", ("", "special measures"): MeasuresState.NOT_STATED},
            id="two ratings fell: the baseline leaves out the rating that did not move",
        ),
        pytest.param(
            {"overall": "inadequate"},
            {"overall": "good"},
            {("", "overall"): "inadequate"},
            id="the rating rose: the baseline does not say whether there were special measures",
        ),
        pytest.param({"safe": "good"}, {"safe": "inadequate"}, {("", "safe"): "good"}, id="only a key question fell"),
        pytest.param(
            {},
            {"overall": "suspended"},
            {("", "overall"): "good", ("", "special measures"): MeasuresState.NOT_STATED},
            id="the rating was suspended",
        ),
        pytest.param(
            {"overall": "requires improvement"},
            {"overall": "inadequate", "groups": (("Homecare", "inadequate"), ("Care Homes", "good"))},
            {
                ("Homecare", "overall"): "requires improvement",
                ("Care Homes", "overall"): "good",
                ("", "special measures"): MeasuresState.NOT_STATED,
            },
            id="one of two groups is worse than the former worst rating, and the other did not rise",
        ),
        pytest.param(
            {"overall": "inadequate"},
            {"overall": "inadequate", "groups": (("Homecare", "inadequate"), ("Care Homes", "good"))},
            {},
            id="neither of two groups is worse than the former worst rating",
        ),
    ],
)
def test_the_baseline_of_a_service_has_the_former_ratings_that_have_changed(
    former: dict[str, object], now: dict[str, object], start: dict[tuple[str, str], object]
) -> None:
    before, after = entry(1, **({"published": BEFORE} | former)), entry(1, **({"published": SINCE} | now))
    found = of_register(after, before)
    assert held(found) == start
    if found is not None:
        assert found.seq == 1 and found.seen_at.date() == before.listed_on
        assert all(one.published in {BEFORE, None} for _, one in found.holdings)


def profile(*holdings: tuple[Subject, Holding]) -> Snapshot:
    return Snapshot(location_id="1-1", seq=1, seen_at=datetime(2026, 11, 1, tzinfo=UTC), card=Card(name="x"), holdings=holdings)


def rated(value: str, published: date | None = BEFORE, group: str = "") -> tuple[Subject, Holding]:
    return replace(OVERALL, group=group), Holding(value=value, published=published)


@pytest.mark.parametrize(
    ("former", "first", "start"),
    [
        pytest.param(rated("good"), rated("inadequate", SINCE), "good", id="worse, with a newer date"),
        pytest.param(rated("good"), rated("inadequate"), "inadequate", id="worse, with the same date: inherited"),
        pytest.param(rated("good", None), rated("inadequate", None), "good", id="worse, without a date"),
        pytest.param(rated("good"), rated("outstanding", SINCE), "outstanding", id="better"),
        pytest.param(rated("good"), rated("not rated", SINCE), "not rated", id="not rated yet"),
        pytest.param(rated("suspended"), rated("inadequate", SINCE), "inadequate", id="rated, after a suspended rating"),
        pytest.param(
            rated("good", group="Care Homes"),
            rated("inadequate", SINCE),
            "good",
            id="worse, and the new profile has no group name",
        ),
    ],
)
def test_the_baseline_of_a_new_profile_has_the_former_rating_if_the_new_rating_is_worse(
    former: tuple[Subject, Holding], first: tuple[Subject, Holding], start: str
) -> None:
    (only,) = of_profile(profile(first), profile(former)).holdings
    assert (only[0], only[1].value) == (first[0], start)


def test_newer_special_measures_and_enforcement_are_not_in_the_baseline() -> None:
    none, taken = Holding(value=()), Holding(value=("warning notice: we served one",), published=SINCE)
    calm, entered = Holding(value=MeasuresState.NOT_STATED), Holding(value=MeasuresState.ENTERED, published=SINCE)
    former = profile(rated("inadequate"), (MEASURES, calm), (ENFORCEMENT, none))
    first = profile(rated("inadequate", SINCE), (MEASURES, entered), (ENFORCEMENT, taken))
    start = dict(of_profile(first, former).holdings)
    assert (start[MEASURES], start[ENFORCEMENT]) == (calm, none)
    again = profile(rated("inadequate"), (MEASURES, entered), (ENFORCEMENT, taken))
    assert of_profile(first, again) == first  # the former profile's state is not news
