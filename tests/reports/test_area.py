"""Tests the numbers in an area's report: what is counted, from which services, and on which day."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import UsageError
from monitor.events import Event, Kind
from monitor.ratings import KeyQuestion
from monitor.register.entries import Sector, sector
from monitor.register.movements import Standing, Way, known, movements, years_before
from monitor.reports.area import (
    MARKS,
    AreaReport,
    Comparators,
    Mix,
    Survey,
    area_of,
    area_report,
    authorities_of,
    percentages,
)
from monitor.reports.asked import Asked, asked
from monitor.reports.paper import Paper
from monitor.reports.past import NOT_KNOWN
from monitor.reports.quality import area_paper

TODAY = date(2026, 11, 22)
MAY, JUNE, NOVEMBER = date(2026, 5, 5), date(2026, 6, 5), date(2026, 11, 5)
HOME, AGENCY = ("Residential homes",), ("Homecare agencies",)


def standing(
    location_id: str = "1-300000001",
    overall: str | None = "good",
    *,
    as_of: date = MAY,
    types: tuple[str, ...] = HOME,
    authority: str | None = "Leicestershire",
    published: date | None = date(2025, 6, 1),
    beds: int | None = 30,
    listed: bool = True,
    registered_on: date | None = date(2015, 1, 1),
    questions: tuple[str | None, ...] | None = None,
    inherited: bool = False,
    primary_id: str | None = None,
) -> Standing:
    return Standing(
        location_id=location_id,
        as_of=as_of,
        listed=listed,
        name=f"Home {location_id[-3:]}",
        authority=authority,
        sector=sector(types),
        types=types,
        beds=beds,
        provider_id="1-100",
        provider_name="Meridian",
        brand=None,
        registered_on=registered_on,
        overall=overall,
        key_questions=questions or (overall,) * len(KeyQuestion),
        published=published if overall else None,
        inherited=inherited,
        primary_id=primary_id,
    )


def event(kind: Kind = Kind.DOWNGRADED, **said: Any) -> Event:
    values: dict[str, Any] = {
        "id": "e1",
        "location_id": "1-300000001",
        "name": "Larch Grove",
        "of": "overall",
        "from_": "good",
        "to": "inadequate",
        "published": date(2026, 10, 20),
        "observed_at": datetime(2026, 10, 21, 9, tzinfo=UTC),
    }
    return Event(kind=kind, **(values | said))


def report(
    present: Sequence[Standing],
    history: Iterable[Standing] = (),
    events: Iterable[Event] = (),
    *,
    days: Asked | None = None,
    against: tuple[str, ...] | None = None,
    contracted: tuple[str, ...] | None = None,
) -> AreaReport:
    survey = Survey(known(present, history), events, days or asked(TODAY))
    comparators = None if against is None else Comparators(name="neighbours", authorities=against)
    return area_report(survey, "Leicestershire", comparators, contracted)


def text_of(paper: Paper) -> str:
    """Returns the sentences of a paper."""
    return "\n".join([*paper.lines, *(line for part in paper.parts for line in part.lines), *map(str, paper.findings)])


def numbers(mix: Mix) -> dict[str, int]:
    return {mark: number for mark, number in zip(MARKS, mix.numbers, strict=True) if number}


# ── per cent ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.integers(0, 60_000), min_size=1, max_size=8))
def test_rounded_percentages_add_up_to_100_and_differ_by_less_than_one_point(counts: list[int]) -> None:
    found = percentages(counts)
    total = sum(counts)
    if total == 0:
        assert set(found) == {None}
        return
    assert sum(one or 0 for one in found) == 100
    for count, per_cent in zip(counts, found, strict=True):
        assert per_cent is not None and abs(per_cent - count * 100 / total) < 1


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param((1, 1, 1), (33, 33, 34), id="if remainders are equal, the worse rating gets the missing point"),
        pytest.param((1, 16, 4, 1), (4, 73, 18, 5), id="the largest remainders first"),
        pytest.param((0, 0, 0), (None, None, None), id="without services there are no percentages"),
        pytest.param((7,), (100,), id="all services have one rating"),
    ],
)
def test_percentages_are_rounded_by_the_largest_remainders(counts: tuple[int, ...], expected: tuple[int | None, ...]) -> None:
    assert percentages(counts) == expected


# ── counts ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_services_are_counted_by_sector_type_rating_and_area() -> None:
    found = report(
        [
            standing("1-300000001", "good", types=("Homecare agencies", "Nursing homes"), beds=40),
            standing("1-300000002", "inadequate"),
            standing("1-300000003", None, types=AGENCY, beds=None),
            standing("1-300000004", "suspended", types=("Homecare agencies", "Supported living"), beds=None),
            standing("1-300000005", "outstanding", authority="Devon"),
            standing("1-300000006", "good", authority="Kent", beds=None),
            standing("1-300000007", "good", authority="Atlantis"),
            standing("1-300000008", "good", types=("Dentist",)),
        ],
        against=("Devon", "Leicestershire", "Rutland"),
    )
    here, comparators, england = found.areas
    assert found.comparators is not None and found.comparators.authorities == ("Devon", "Rutland")
    assert [numbers(here.now[one]) for one in (Sector.CARE_HOME, Sector.COMMUNITY)] == [
        {"good": 1, "inadequate": 1},
        {"unrated": 2},
    ]
    assert here.reasons == (("not rated yet", 1), ("suspended", 1))
    types = {"Nursing homes": 1, "Residential homes": 1, "Homecare agencies": 3, "Supported living": 1}
    assert {kind: mix.of for kind, mix in here.types if mix.of} == types
    assert (here.beds.nursing, here.beds.residential, here.beds.total, here.beds.per_home) == (40, 30, 70, 35)
    assert (comparators.now[None].of, comparators.authorities) == (1, 2)
    assert (england.now[None].of, england.beds.silent) == (7, 1)
    assert found.unknown == (("Atlantis", 1),)


def test_an_area_without_services_has_no_percentages_and_no_averages() -> None:
    here = report([standing(authority="Devon")]).area
    assert here.now[None].percents == (None,) * len(MARKS)
    assert (here.beds.per_home, here.ages.median_years) == (None, None)


def test_key_questions_are_counted_only_if_they_have_a_rating() -> None:
    asking = report(
        [
            standing(
                "1-300000001", "requires improvement", questions=("inadequate", "good", None, "good", "requires improvement")
            ),
            standing("1-300000002", "good", questions=("good", "good", "inspected but not rated", "good", "good")),
        ]
    ).area.questions
    assert [(one.rated, one.below_good, one.inadequate) for one in asking] == [
        (2, 1, 1),
        (2, 0, 0),
        (0, 0, 0),
        (2, 0, 0),
        (2, 1, 0),
    ]


@pytest.mark.parametrize(
    ("published", "band"),
    [
        pytest.param(date(2026, 11, 22), 0, id="today"),
        pytest.param(date(2025, 11, 23), 0, id="one day less than a year ago"),
        pytest.param(date(2025, 11, 22), 1, id="exactly one year ago"),
        pytest.param(date(2023, 11, 22), 3, id="exactly three years ago"),
        pytest.param(date(2022, 11, 22), 4, id="exactly four years ago"),
        pytest.param(date(2014, 1, 1), 4, id="long ago"),
    ],
)
def test_services_are_grouped_by_the_time_since_their_rating(published: date, band: int) -> None:
    ages = report([standing(published=published)]).area.ages
    assert ages.numbers == tuple(int(n == band) for n in range(5))


def test_a_rating_without_a_date_has_no_age() -> None:
    ages = report([standing(published=None), standing("1-300000002", None)]).area.ages
    assert (sum(ages.numbers), ages.undated, ages.median_years) == (0, 1, None)


def test_contracted_services_outside_the_area_are_counted_separately() -> None:
    found = report(
        [
            standing("1-300000001", "good"),
            standing("1-300000002", "inadequate"),
            standing("1-300000003", "good", types=AGENCY),
            standing("1-300000004", "good", authority="Devon"),
        ],
        contracted=("1-300000001", "1-300000002", "1-300000004", "1-399999999"),
    ).contracted
    assert found is not None
    assert found.by_sector == ((Sector.CARE_HOME, 2, 2), (Sector.COMMUNITY, 0, 1), (None, 2, 3))
    assert ("good", 1, 2) in found.by_mark
    assert (found.elsewhere, found.not_found) == (1, ("1-399999999",))


# ── days ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

CHANGED = [
    standing("1-300000001", "good", as_of=MAY),
    standing("1-300000001", "inadequate", as_of=JUNE, published=date(2026, 5, 20)),
    standing("1-300000002", "good", as_of=MAY),
    standing("1-300000002", "good", as_of=JUNE, listed=False),
    standing("1-300000003", None, as_of=JUNE, registered_on=date(2026, 5, 10)),
    standing("1-300000004", "good", as_of=MAY, published=date(2026, 3, 1)),
    standing("1-300000005", None, as_of=MAY, registered_on=date(2026, 2, 1)),
]
NOW = [CHANGED[1], CHANGED[4], CHANGED[5], CHANGED[6]]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(None, {"good": 1, "inadequate": 1, "unrated": 2}, id="the present day"),
        pytest.param(JUNE, {"good": 1, "inadequate": 1, "unrated": 2}, id="on the day of a file"),
        pytest.param(date(2026, 6, 4), {"good": 3, "unrated": 1}, id="a day between two files has the earlier file's ratings"),
        pytest.param(date(2026, 4, 1), {"good": 3, "unrated": 1}, id="a day between the last rating and the first files"),
        pytest.param(date(2026, 2, 15), {"good": 2, "unrated": 1, NOT_KNOWN: 1}, id="a day before the first known rating"),
        pytest.param(date(2026, 1, 1), {"good": 2, NOT_KNOWN: 1}, id="a day before a service was registered"),
        pytest.param(date(2014, 12, 31), {}, id="a day before any service was registered"),
    ],
)
def test_a_report_as_at_a_day_has_the_ratings_of_that_day(day: date | None, expected: dict[str, int]) -> None:
    found = report(NOW, CHANGED, days=asked(TODAY, at=day))
    assert numbers(found.area.now[None]) == expected
    if day is not None and day < TODAY:
        later = report(NOW, CHANGED, days=asked(TODAY, since=day))
        assert numbers(later.area.then[None]) == expected


ONE, OTHER, THIRD = "1-300000001", "1-300000002", "1-300000003"


@pytest.mark.parametrize(
    ("present", "counted"),
    [
        pytest.param(
            [standing(ONE), standing(OTHER, primary_id=ONE)], {OTHER: ONE}, id="the first registration is the primary one"
        ),
        pytest.param(
            [standing(ONE, primary_id=OTHER), standing(OTHER)], {ONE: OTHER}, id="the second registration is the primary one"
        ),
        pytest.param(
            [standing(ONE, primary_id=OTHER), standing(OTHER, primary_id=ONE)], {OTHER: ONE},
            id="each registration names the other as primary",
        ),
        pytest.param(
            [standing(ONE, listed=False), standing(OTHER, primary_id=ONE)], {},
            id="the primary registration has left the register",
        ),
        pytest.param(
            [standing(ONE, types=("Dentist",)), standing(OTHER, primary_id=ONE)], {}, id="the primary registration is not a home"
        ),
        pytest.param([standing(OTHER, primary_id=ONE)], {}, id="the primary registration is not known"),
        pytest.param([standing(ONE, primary_id=ONE)], {}, id="a registration that names itself as primary"),
        pytest.param(
            [standing(ONE), standing(OTHER, primary_id=ONE), standing(THIRD, primary_id=OTHER)],
            {OTHER: ONE, THIRD: ONE},
            id="three registrations of one home",
        ),
        pytest.param(
            [standing(ONE, primary_id=THIRD, listed=False), standing(THIRD, primary_id=ONE)], {ONE: THIRD},
            id="each names the other as primary, and one has left the register",
        ),
    ],
)
def test_a_home_that_is_registered_twice_counts_once(present: list[Standing], counted: dict[str, str]) -> None:
    found = report(present, present)
    assert known(present, present).twice == counted
    assert found.areas[-1].now[None].of == sum(one.listed and one.sector is not Sector.OTHER for one in present) - sum(
        one.listed and one.location_id in counted for one in present
    )
    assert found.areas[-1].quarters[-1][1].of == found.areas[-1].now[None].of == found.areas[-1].beds.homes
    assert {one.location_id for one, _ in found.named.twice} == set(counted.values())


def test_a_fall_of_a_home_that_is_registered_twice_counts_once_whether_from_pages_or_files() -> None:
    before = [standing(ONE), standing(OTHER, primary_id=ONE)]
    fell = {"overall": "inadequate", "as_of": NOVEMBER, "published": date(2026, 10, 20)}
    after = [standing(ONE, **fell), standing(OTHER, primary_id=ONE, **fell)]  # type: ignore[arg-type]
    told = [event(id="e1"), event(id="e2", location_id=OTHER), event(id="e3", location_id=OTHER, of="safe")]
    for events in ([], told, told[1:]):
        found = report(after, [*before, *after], events, contracted=(OTHER,))
        assert [(one.location_id, one.way) for one in found.moved] == [(ONE, Way.FELL)]
        assert dict(found.falls)[KeyQuestion.SAFE] == 1
        assert found.contracted is not None and found.contracted.not_found == ()
        assert found.contracted.by_sector[-1] == (None, 1, 1)
        assert found.unplaced == 0


def test_the_report_says_how_many_ratings_are_of_an_earlier_registration() -> None:
    present = [standing(ONE, inherited=True), standing(OTHER), standing(THIRD, None, inherited=False)]
    found = report(present, present)
    assert (found.area.inherited, found.areas[-1].inherited) == (1, 1)
    text = text_of(area_paper(found))
    assert "Services with the rating of an earlier registration (another address or provider): 1 (Leicestershire)" in text
    assert "before was" not in text_of(area_paper(report(present[1:], present[1:])))
    assert report(present, present, days=asked(TODAY, at=JUNE)).area.inherited == 0  # files don't state this for an earlier day


def test_the_report_says_how_many_homes_are_registered_twice() -> None:
    present = [standing(ONE), standing(OTHER, primary_id=ONE)]
    said = "1 home is registered twice, by two providers, and counted once"
    assert said in text_of(area_paper(report(present, present)))
    assert "twice" not in text_of(area_paper(report(present[:1], present[:1])))


@pytest.mark.parametrize(
    "history",
    [
        pytest.param([standing("1-300000002", as_of=JUNE)], id="a service that the first files did not list"),
        pytest.param(
            [standing("1-300000002", as_of=MAY, listed=False), standing("1-300000002", as_of=JUNE)],
            id="a service that had left the register by then",
        ),
    ],
)
def test_before_the_first_files_a_report_counts_only_services_in_the_first_files(history: list[Standing]) -> None:
    here = standing("1-300000001", as_of=MAY)
    found = report([here, history[-1]], [here, *history], days=asked(TODAY, at=date(2026, 4, 1)))
    assert numbers(found.area.now[None]) == {"good": 1}


def test_services_without_ratings_have_no_age_and_no_key_questions() -> None:
    here = report(NOW, CHANGED, days=asked(TODAY, at=date(2026, 2, 15))).area
    assert sum(here.ages.numbers) == 2
    assert {one.rated for one in here.questions} == {2}


def test_the_trend_gives_the_ratings_of_each_quarter_since_the_first_files() -> None:
    july = standing("1-300000006", "good", as_of=date(2026, 7, 5), registered_on=JUNE)
    quarters = report([*NOW, july], [*CHANGED, july]).area.quarters
    assert [(day, numbers(mix)) for day, mix in quarters] == [
        (date(2026, 6, 30), {"good": 1, "inadequate": 1, "unrated": 2}),
        (date(2026, 7, 5), {"good": 2, "inadequate": 1, "unrated": 2}),
    ]


@pytest.mark.parametrize(
    ("newest", "at", "expected"),
    [
        pytest.param(JUNE, None, {"good": 1, "inadequate": 1, "unrated": 2}, id="the newest file contains ratings"),
        pytest.param(NOVEMBER, None, {"good": 2, "inadequate": 1, "unrated": 2}, id="a newer directory lists fewer services"),
        pytest.param(NOVEMBER, TODAY, {"good": 2, "inadequate": 1, "unrated": 2}, id="a day after the newer directory"),
    ],
)
def test_the_trend_ends_with_the_newest_ratings(newest: date, at: date | None, expected: dict[str, int]) -> None:
    gone = standing("1-300000006", "good", as_of=MAY)
    later = [gone, standing("1-300000006", "good", as_of=newest, listed=False)] if newest > JUNE else []
    survey = Survey(known(NOW, [*CHANGED, *later], newest=newest, rated=(MAY, JUNE)), [], asked(TODAY, at=at))
    found = area_report(survey, "Leicestershire")
    assert [(day, numbers(mix)) for day, mix in found.area.quarters] == [(JUNE, expected)]
    assert found.rated_on == JUNE


def test_a_rating_published_in_the_period_counts_once_even_if_the_service_has_closed() -> None:
    history = [
        standing("1-300000001", "good", as_of=MAY, published=date(2026, 2, 1)),
        standing("1-300000001", "inadequate", as_of=JUNE, published=date(2026, 5, 20)),
        standing("1-300000002", "outstanding", as_of=MAY, published=date(2026, 4, 1)),
        standing("1-300000002", "outstanding", as_of=JUNE, published=date(2026, 4, 1), listed=False),
        standing("1-300000003", "good", as_of=MAY, published=date(2025, 12, 31)),
    ]
    found = report([history[1], history[4]], history, days=asked(TODAY, since=date(2026, 1, 1)))
    assert numbers(found.area.published[None]) == {"inadequate": 1, "outstanding": 1}
    earlier = report([history[1], history[4]], history, days=asked(TODAY, since=date(2026, 1, 1), to=date(2026, 3, 1)))
    assert numbers(earlier.area.published[None]) == {"good": 1}


@pytest.mark.parametrize(
    ("days", "message"),
    [
        pytest.param(
            {"since": date(2026, 2, 1), "to": date(2026, 1, 1)}, "ends .* before it begins", id="the period ends before it begins"
        ),
        pytest.param({"at": date(2026, 11, 23)}, "23 November 2026 is in the future", id="the report is as at tomorrow"),
        pytest.param({"at": date(1, 1, 1)}, "1 January 1 is too long ago", id="the report is as at the earliest possible day"),
        pytest.param({"since": date(1999, 12, 31)}, "too long ago", id="the period begins before CQC existed"),
        pytest.param({"to": date(4, 2, 29)}, "too long ago", id="the period ends before CQC existed"),
        pytest.param(
            {"since": date(2026, 12, 1), "to": date(2026, 12, 31)}, "ends on 31 December 2026, .* future",
            id="the period has not begun",
        ),
        pytest.param({"to": date(2027, 12, 31)}, "ends on 31 December 2027, .* future", id="only an end is given, in the future"),
        pytest.param(
            {"at": MAY, "to": JUNE}, "ends on 5 June 2026, after the day of the report",
            id="the period ends after the day of the report",
        ),
        pytest.param({"at": MAY, "since": JUNE}, "ends .* before it begins", id="the period begins after the day of the report"),
        pytest.param({"to": date(2026, 11, 23)}, "ends on 23 November 2026, which is in the future", id="the period is not over"),
    ],
)
def test_impossible_days_and_periods_are_refused(days: dict[str, date], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        asked(TODAY, **days)


def test_the_default_period_is_the_year_up_to_the_day_of_the_report() -> None:
    assert (asked(TODAY).since, asked(TODAY).to) == (date(2025, 11, 23), TODAY)
    assert asked(TODAY, at=date(2024, 2, 29)).since == date(2023, 3, 1)
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)


# ── movements ────────────────────────────────────────────────────────────────────────────────────────────────────────────

FELL = [standing(as_of=MAY), standing(overall="inadequate", as_of=NOVEMBER, published=date(2026, 10, 20))]


def overall(timeline: Sequence[Standing], events: Iterable[Event] = ()) -> list[tuple[str, str | None, str | None, date]]:
    return [(one.way, one.from_, one.to, one.on) for one in movements(timeline, events) if one.of == "overall"]


def test_a_fall_between_two_files_counts_by_its_date_and_names_the_files() -> None:
    (moved,) = [one for one in movements(FELL) if one.of == "overall"]
    assert (moved.way, moved.from_, moved.to, moved.on, moved.dated) == (Way.FELL, "good", "inadequate", date(2026, 10, 20), True)
    assert (moved.files, moved.seen) == ((MAY, NOVEMBER), None)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({}, id="the page has the same date"),
        pytest.param({"published": None}, id="the page has no date, but was read a day after the fall"),
        pytest.param({"from_": "requires improvement"}, id="the page shows a fall from a rating that the files missed"),
        pytest.param({"published": date(2026, 10, 21)}, id="the page has a date one day later"),
        pytest.param(
            {"group": "Homecare", "to": "requires improvement"}, id="the page shows the fall of a group that is not the worst"
        ),
    ],
)
def test_a_fall_that_page_and_files_show_is_listed_once_with_both_sources(said: dict[str, Any]) -> None:
    (moved,) = [one for one in movements(FELL, [event(**said)]) if one.of == "overall"]
    assert (moved.seen, moved.files, moved.event_id) == (date(2026, 10, 21), (MAY, NOVEMBER), "e1")


ROSE = [standing(overall="good", as_of=MAY), standing(overall="outstanding", as_of=NOVEMBER, published=date(2026, 10, 27))]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param({}, [("rose", "good", "outstanding", date(2026, 11, 19))], id="the page has a date some weeks later"),
        pytest.param(
            {"from_": "requires improvement"},
            [("rose", "requires improvement", "outstanding", date(2026, 11, 19))],
            id="the page shows a rise from a rating that the files missed",
        ),
        pytest.param(
            {"published": date(2026, 6, 1)}, [("rose", "good", "outstanding", date(2026, 6, 1))],
            id="the page has a date some months earlier",
        ),
        pytest.param(
            {"kind": Kind.DOWNGRADED, "from_": "outstanding", "to": "good"},
            [("rose", "good", "outstanding", date(2026, 10, 27)), ("fell", "outstanding", "good", date(2026, 11, 19))],
            id="the page then shows a fall, so there are two movements",
        ),
    ],
)
def test_a_rise_in_files_and_on_the_page_is_listed_once(said: dict[str, Any], expected: list[tuple[str, str, str, date]]) -> None:
    seen: dict[str, Any] = {"kind": Kind.UPGRADED, "from_": "good", "to": "outstanding", "published": date(2026, 11, 19)}
    moved = [one for one in movements(ROSE, [event(item="1-300000001/AP1", **seen | said)]) if one.of == "overall"]
    assert [(one.way, one.from_, one.to, one.on) for one in moved] == expected
    if len(moved) == 1:
        assert (moved[0].files, moved[0].item) == ((MAY, NOVEMBER), "1-300000001/AP1")


def test_two_equal_movements_count_separately_if_an_opposite_movement_is_between_them() -> None:
    timeline = [
        standing(overall="good", as_of=MAY),
        standing(overall="outstanding", as_of=JUNE, published=date(2026, 5, 20)),
        standing(overall="good", as_of=date(2026, 8, 5), published=date(2026, 7, 20)),
    ]
    seen = event(kind=Kind.UPGRADED, from_="good", to="outstanding", published=date(2026, 10, 1))
    assert [one[0] for one in overall(timeline, [seen])] == ["rose", "fell", "rose"]


def test_two_falls_within_a_year_count_separately() -> None:
    timeline = [*FELL, standing(overall="good", as_of=date(2026, 11, 12), published=date(2026, 11, 10))]
    earlier = event(id="e0", published=date(2026, 6, 1), observed_at=datetime(2026, 6, 2, tzinfo=UTC))
    assert overall(timeline, [earlier, event()]) == [
        ("fell", "good", "inadequate", date(2026, 6, 1)),
        ("fell", "good", "inadequate", date(2026, 10, 20)),
        ("rose", "inadequate", "good", date(2026, 11, 10)),
    ]


@pytest.mark.parametrize(
    "timeline",
    [
        pytest.param([standing(overall=None, as_of=MAY), standing(as_of=JUNE)], id="a first rating"),
        pytest.param([standing(as_of=MAY), standing(overall="suspended", as_of=JUNE)], id="a reason in place of the rating"),
        pytest.param(
            [standing(as_of=MAY), standing(overall="suspended", as_of=JUNE), standing(as_of=NOVEMBER)],
            id="a rating returns after a reason",
        ),
        pytest.param([standing(as_of=MAY), standing(overall="inadequate", as_of=JUNE, listed=False)], id="a service that closed"),
    ],
)
def test_a_rating_that_appears_vanishes_or_returns_is_not_a_movement(timeline: list[Standing]) -> None:
    assert overall(timeline) == []


def test_a_fall_after_a_suspended_rating_starts_from_the_rating_before_the_suspension() -> None:
    timeline = [standing(as_of=MAY), standing(overall="suspended", as_of=JUNE), standing(overall="inadequate", as_of=NOVEMBER)]
    assert overall(timeline) == [("fell", "good", "inadequate", NOVEMBER)]  # the fall has an old date, so the file's date is used


def test_special_measures_and_service_groups_come_from_the_page() -> None:
    measures = [
        event(Kind.ENTERED, id="m1", of=None, from_=None, to=None),
        event(Kind.LEFT, id="m2", of=None, from_=None, to=None),
    ]
    group = event(id="g1", group="Homecare", from_="good", to="requires improvement")
    found = movements([standing()], [*measures, group, event(Kind.REMAINS, id="m3", of=None), event(Kind.SCORE_FELL, id="s1")])
    assert [(one.way, one.group) for one in found] == [(Way.ENTERED, None), (Way.LEFT, None), (Way.FELL, "Homecare")]


def test_a_report_lists_only_movements_of_its_area_and_period() -> None:
    events = [
        event(),
        event(id="e2", location_id="1-300000002"),
        event(id="e3", published=date(2024, 1, 1)),
        event(id="e4", location_id="1-388888888"),
        event(id="e5", of="safe"),
    ]
    found = report([standing(), standing("1-300000002", authority="Devon")], events=events)
    assert [one.event_id for one in found.moved] == ["e1"]
    assert found.falls[0] == (KeyQuestion.SAFE, 1)
    assert found.unplaced == 1


# ── areas by name ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_name_of_a_former_authority_gives_the_authorities_that_replaced_it() -> None:
    assert authorities_of(["Cumbria", "Devon County Council", "devon"]) == ("Cumberland", "Westmorland and Furness", "Devon")


def test_the_error_about_unknown_authorities_gives_the_nearest_names() -> None:
    with pytest.raises(UsageError, match=r"“Devn”.*Devon.*“Atlantis”"):
        authorities_of(["Devn", "Kent", "Atlantis"])
    with pytest.raises(UsageError, match=r"^.{1,400} \(and 2,995 more\)$"):
        authorities_of([f"Atlantis {number}" for number in range(3000)])


@pytest.mark.parametrize(
    ("name", "message"),
    [("Leistershire", "Leicestershire"), ("Cumbria", "divided: ask for Cumberland or Westmorland and Furness"), ("", "no local")],
)
def test_a_report_is_about_exactly_one_present_authority(name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        area_of(name)


def test_the_error_about_an_empty_register_says_which_command_to_run() -> None:
    with pytest.raises(UsageError, match="cqc-monitor register refresh"):
        known([], [])


def test_the_numbers_of_all_areas_add_up_to_englands() -> None:
    homes = [standing(f"1-30000000{n}", "good", authority=name) for n, name in enumerate(("Kent", "Devon", "Leicestershire"))]
    survey = Survey(known(homes, []), [], asked(TODAY))
    each = [survey.area(name, (name,)).now[None].of for name in ("Kent", "Devon", "Leicestershire")]
    assert sum(each) == survey.england().now[None].of == 3
