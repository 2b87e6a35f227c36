"""Tests the description of a service's state before and after an item. Unknown values are left out, never guessed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from monitor.events import Event, Kind
from monitor.model import Aspect, Card, Holding, Snapshot, Subject
from monitor.standing import Standing, ratings_in_words, standing

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
GOOD, LOW, INADEQUATE = "good", "requires improvement", "inadequate"
BEFORE, REPORT = date(2023, 4, 18), date(2026, 11, 20)


def snapshot(measures: str | None = None, published: date | None = BEFORE, group: str = "", **ratings: str) -> Snapshot:
    """Returns a snapshot with the given ratings, all from one report. The keys of `ratings` are names such as "well_led"."""
    holdings = [
        (Subject(aspect=Aspect.RATING, group=group, of=of.replace("_", "-")), Holding(value=rating, published=published))
        for of, rating in ratings.items()
    ]
    holdings += [(Subject(aspect=Aspect.MEASURES), Holding(value=measures, published=published))] if measures else []
    return Snapshot(location_id="1-2235535718", seq=1, seen_at=NOW, card=Card(name="Rowan Care"), holdings=tuple(holdings))


def event(kind: Kind, published: date | None = REPORT, **more: Any) -> Event:
    return Event(id=kind, location_id="1-2235535718", name="Rowan Care", kind=kind, published=published, observed_at=NOW, **more)


FALL = event(Kind.DOWNGRADED, of="effective", from_=GOOD, to=LOW)


def test_a_rating_that_is_the_same_before_and_after_a_report_is_unchanged() -> None:
    found = standing(
        [FALL], first=None, before=snapshot(overall=GOOD), now=snapshot(published=REPORT, overall=GOOD, effective=LOW)
    )
    assert found == Standing(stays={"": GOOD}, now="Good overall; Effective Requires improvement", former=BEFORE)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        pytest.param(None, snapshot(published=REPORT, overall=GOOD), id="there is no earlier snapshot"),
        pytest.param(snapshot(overall=GOOD), None, id="there is no present snapshot"),
        pytest.param(snapshot(overall=LOW), snapshot(published=REPORT, overall=GOOD), id="the rating changed"),
        pytest.param(snapshot(overall="not rated"), snapshot(overall="not rated"), id="the service is not rated"),
        pytest.param(
            snapshot(group="Homecare", overall=GOOD), snapshot(group="Care Homes", overall=GOOD), id="the service groups differ"
        ),
    ],
)
def test_a_rating_is_unchanged_only_if_it_is_equal_before_and_after(before: Snapshot | None, now: Snapshot | None) -> None:
    assert not standing([FALL], first=None, before=before, now=now).stays


@pytest.mark.parametrize(
    ("before", "published"),
    [
        pytest.param(snapshot(overall=GOOD, published=None), REPORT, id="the earlier snapshot has no date"),
        pytest.param(snapshot(overall=GOOD, published=REPORT), REPORT, id="both snapshots are from the same report"),
        pytest.param(snapshot(overall=GOOD), None, id="the new report has no date"),
        pytest.param(None, REPORT, id="there is no earlier snapshot"),
    ],
)
def test_the_former_report_is_given_only_if_it_is_known_to_be_another_report(
    before: Snapshot | None, published: date | None
) -> None:
    item = [event(Kind.DOWNGRADED, published, of="overall")]
    assert standing(item, first=None, before=before, now=None).former is None


ENTERED, LEFT, REMAINS = (event(kind, date(2025, 3, 1)) for kind in (Kind.ENTERED, Kind.LEFT, Kind.REMAINS))


@pytest.mark.parametrize(
    ("first", "now", "said", "since"),
    [
        pytest.param(None, "in", [ENTERED], (True, date(2025, 3, 1), False), id="the service entered special measures"),
        pytest.param("in", "remains", [REMAINS], (True, BEFORE, True), id="in special measures at the first check"),
        pytest.param("in", "in", [LEFT, event(Kind.ENTERED)], (True, REPORT, False), id="left and entered again"),
        pytest.param(
            None,
            "in",
            [event(Kind.ENTERED, None)],
            (True, date(2026, 11, 21), False),
            id="entered without a date, so the day of the check is given",
        ),
        pytest.param(None, "in", [REMAINS], (True, date(2025, 3, 1), True), id="the only event says that it remains"),
        pytest.param(None, "in", [], (True, None, False), id="no event reports the special measures"),
        pytest.param("in", "left", [LEFT], (False, None, False), id="the service left special measures"),
        pytest.param("in", "unclear", [], (None, None, False), id="the page is unclear"),
        pytest.param("in", "not stated", [], (None, None, False), id="the page says nothing about special measures"),
    ],
)
def test_the_date_since_which_a_service_has_been_in_special_measures_is_found(
    first: str | None, now: str, said: list[Event], since: tuple[bool | None, date | None, bool]
) -> None:
    found = standing([FALL], first=snapshot(first) if first else None, before=None, now=snapshot(now), said=said)
    assert (found.measures, found.measures_since, found.or_earlier) == since


@pytest.mark.parametrize(
    ("state", "words"),
    [
        pytest.param(None, None, id="the service was never read"),
        pytest.param(snapshot(), None, id="there are no ratings"),
        pytest.param(snapshot(overall=GOOD), "Good overall", id="there is only an overall rating"),
        pytest.param(
            snapshot(overall=INADEQUATE, safe=INADEQUATE, well_led=INADEQUATE, effective=LOW, caring=GOOD, responsive=GOOD),
            "Inadequate overall; Safe and Well-led Inadequate, Effective Requires improvement, the rest Good",
            id="the ratings of the key questions differ",
        ),
        pytest.param(
            snapshot(overall=GOOD, safe=GOOD, effective=GOOD, caring=GOOD, responsive=GOOD, well_led=GOOD),
            "Good overall; all five questions Good",
            id="all ratings are the same",
        ),
        pytest.param(
            snapshot(group="Homecare", overall=LOW), "Homecare: Requires improvement overall", id="a service group has a rating"
        ),
    ],
)
def test_the_ratings_of_a_snapshot_are_put_into_words(state: Snapshot | None, words: str | None) -> None:
    assert ratings_in_words(state) == words
