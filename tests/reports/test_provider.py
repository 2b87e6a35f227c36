"""Tests reports about providers and brands across councils, and early signs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from monitor.errors import UsageError
from monitor.events import Event, Kind
from monitor.register.entries import sector
from monitor.register.filed import files_of
from monitor.register.movements import Holder, Movement, Standing, Way
from monitor.reports.document import provider_paper, signs_paper
from monitor.reports.provider import chosen, provider_report, signs

TODAY = date(2026, 11, 22)
FILES = files_of([date(2020, 1, 1), TODAY])


def standing(location_id: str, overall: str | None = "good", **said: Any) -> Standing:
    values: dict[str, Any] = {
        "as_of": date(2026, 11, 5),
        "listed": True,
        "name": f"Home {location_id}",
        "authority": "Leicestershire",
        "types": ("Residential homes",),
        "beds": 30,
        "provider_id": "1-100000001",
        "provider_name": "Meridian Care Limited",
        "brand": "BRAND Acorn",
        "registered_on": date(2015, 1, 1),
        "key_questions": (overall,) * 5,
        "published": date(2025, 1, 1) if overall else None,
    } | said
    return Standing(location_id=location_id, overall=overall, sector=sector(values["types"]), **values)


def fall(location_id: str, on: date, provider_id: str = "1-100000001", **said: Any) -> Movement:
    values: dict[str, Any] = {
        "name": f"Home {location_id}",
        "authority": "Leicestershire",
        "sector": sector(("Residential homes",)),
        "provider_name": "Meridian Care Limited",
        "way": Way.FELL,
        "of": "overall",
        "group": None,
        "from_": "good",
        "to": "inadequate",
        "dated": True,
    } | said
    return Movement(location_id=location_id, on=on, provider_id=provider_id, **values)


SERVICES = (
    standing("1-300000001"),
    standing("1-300000002", "inadequate", authority="Devon"),
    standing("1-300000003", provider_id="1-100000002", provider_name="Meridian Care (North) Limited"),
    standing("1-300000004", provider_id="1-100000003", provider_name="Somebody", brand=None, authority="Devon"),
    standing("1-300000005", listed=False),
)


HOLDERS = (
    Holder(key="1-100000002", name="Meridian Care (North) Limited", kind="provider", services=9),
    Holder(key="1-100000001", name="Meridian Care Limited", kind="provider", services=2),
    Holder(key="BRAND Acorn", name="BRAND Acorn", kind="brand", services=3),
)


@pytest.mark.parametrize(
    ("found", "words", "expected"),
    [
        pytest.param(HOLDERS, "meridian care  limited", "1-100000001", id="the exact name, which is also part of another name"),
        pytest.param(HOLDERS, "1-100000002", "1-100000002", id="the id of the provider"),
        pytest.param(HOLDERS[2:], "acorn", "BRAND Acorn", id="a part of only one name"),
    ],
)
def test_a_provider_or_brand_is_found_by_name_or_id(found: tuple[Holder, ...], words: str, expected: str) -> None:
    assert chosen(found, words).key == expected


@pytest.mark.parametrize(
    ("found", "message"),
    [
        pytest.param(
            HOLDERS, "may mean several providers or brands: .*1-100000002.*1-100000001.*brand", id="several providers match"
        ),
        pytest.param((), "no provider and no brand", id="no provider matches"),
    ],
)
def test_an_ambiguous_or_unknown_name_of_a_provider_is_refused(found: tuple[Holder, ...], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        chosen(found, "meridian")


def test_a_brand_is_shown_across_councils_and_providers() -> None:
    holder = Holder(key="BRAND Acorn", name="BRAND Acorn", kind="brand", services=3)
    report = provider_report(holder, [SERVICES[n] for n in (0, 1, 2, 4)], {}, [], today=TODAY, files=FILES)
    assert [one.location_id for one in report.services] == ["1-300000002", "1-300000001", "1-300000003"]
    assert report.councils == (("Devon", 1, 1), ("Leicestershire", 2, 0))
    assert report.closed == 1


def named(moved: list[Movement], area: str | None = None) -> list[tuple[str, list[str]]]:
    found = signs(SERVICES, moved, area=area, today=TODAY, files=FILES)
    return [(one.provider_id or "", [each.location_id for each in one.movements]) for one in found.falls]


DAY = date(2026, 9, 1)


def test_a_brand_counts_each_home_once_whoever_registered_the_home_twice() -> None:
    services = [
        standing("1-300000001", "inadequate"),
        standing("1-300000002", "inadequate", primary_id="1-300000001"),
        standing("1-300000003", primary_id="1-309999999"),
    ]
    holder = Holder(key="BRAND Acorn", name="BRAND Acorn", kind="brand", services=3)
    event = Event(
        id="e1",
        location_id="1-300000002",
        name="Larch Grove",
        kind=Kind.DOWNGRADED,
        of="overall",
        from_="good",
        to="inadequate",
        published=date(2026, 10, 20),
        observed_at=datetime(2026, 10, 21, 9, tzinfo=UTC),
    )
    found = provider_report(holder, services, {}, [event], today=TODAY, files=FILES)
    assert [one.location_id for one in found.services] == ["1-300000001", "1-300000003"]
    assert (found.closed, found.councils) == (0, (("Leicestershire", 2, 1),))
    assert [one.location_id for one in found.moved] == ["1-300000001"]
    before = standing("1-300000002", as_of=date(2026, 5, 5))  # the service fell while it had only this registration
    timelines = {services[0].location_id: services[:1], before.location_id: [before, services[1]]}
    found = provider_report(holder, services, timelines, [], today=TODAY, files=FILES)
    assert [(one.location_id, one.way) for one in found.moved] == [("1-300000001", "fell")]


@pytest.mark.parametrize(
    ("moved", "expected"),
    [
        pytest.param(
            [fall("1-300000001", DAY), fall("1-300000002", DAY + timedelta(days=90))],
            [("1-100000001", ["1-300000002", "1-300000001"])],
            id="two services within 90 days",
        ),
        pytest.param(
            [fall("1-300000001", DAY), fall("1-300000002", DAY + timedelta(days=91))], [], id="two services 91 days apart"
        ),
        pytest.param([fall("1-300000001", DAY), fall("1-300000001", DAY + timedelta(days=9))], [], id="one service fell twice"),
        pytest.param([fall("1-300000001", DAY), fall("1-300000004", DAY, "1-100000003")], [], id="falls at two providers"),
        pytest.param([fall("1-300000001", DAY), fall("1-300000002", DAY, way=Way.ROSE)], [], id="one of two services rose"),
        pytest.param(
            [fall("1-300000001", DAY), fall("1-300000002", DAY, of="safe")], [], id="one of two falls is of a key question"
        ),
    ],
)
def test_several_falls_at_one_provider_are_an_early_sign(moved: list[Movement], expected: list[tuple[str, list[str]]]) -> None:
    assert named(moved) == expected


def test_the_signs_of_an_area_include_falls_in_other_areas_at_the_same_provider() -> None:
    moved = [fall("1-300000001", DAY), fall("1-300000002", DAY)]
    assert named(moved, "Devon") == [("1-100000001", ["1-300000002", "1-300000001"])]
    assert named(moved, "Kent") == []


@pytest.mark.parametrize(
    ("service", "unrated", "old"),
    [
        pytest.param(
            standing("1-1", None, registered_on=date(2024, 11, 22)), 1, 0, id="registered exactly two years ago and never rated"
        ),
        pytest.param(
            standing("1-1", None, registered_on=date(2024, 11, 23)), 0, 0,
            id="registered one day less than two years ago and never rated",
        ),
        pytest.param(standing("1-1", None, registered_on=None), 0, 0, id="never rated, without a known day of registration"),
        pytest.param(standing("1-1", "suspended", registered_on=date(2015, 1, 1)), 0, 0, id="a suspended rating"),
        pytest.param(standing("1-1", published=date(2022, 11, 22)), 0, 1, id="rated exactly four years ago"),
        pytest.param(standing("1-1", published=date(2022, 11, 23)), 0, 0, id="rated one day less than four years ago"),
        pytest.param(standing("1-1", published=None), 0, 0, id="a rating without a known date"),
        pytest.param(standing("1-1", None, types=("Dentist",)), 0, 0, id="a dentist, whom CQC never rates"),
        pytest.param(
            standing("1-1", types=("Doctors/GPs",), published=date(2020, 1, 1)), 0, 0,
            id="an old rating outside adult social care",
        ),
    ],
)
def test_services_without_a_rating_so_far_and_old_ratings_are_early_signs(service: Standing, unrated: int, old: int) -> None:
    found = signs([service], [], area="Leicestershire", today=TODAY, files=FILES)
    assert (len(found.unrated), len(found.old)) == (unrated, old)
    elsewhere = signs([service], [], area="Devon", today=TODAY, files=FILES)
    assert (elsewhere.unrated, elsewhere.old) == ((), ())


@pytest.mark.parametrize(
    ("rated", "falls", "words"),
    [
        pytest.param(
            [date(2026, 11, 5)], (), "last year: not known: only one month’s files are loaded.", id="the files of one month"
        ),
        pytest.param(
            [date(2024, 5, 5), date(2025, 5, 5)], (), "last year: not known after 5 May 2025.",
            id="files that end before last year",
        ),
        pytest.param([date(2026, 5, 5), date(2026, 11, 5)], (), "last year: 0.", id="files that cover the year"),
        pytest.param([date(2026, 11, 5)], (("1-1", "1-2"),), "last year: 1.", id="watched services that fell"),
    ],
)
def test_falls_close_together_are_counted_if_files_cover_the_year_or_pages_show_falls(
    rated: list[date], falls: tuple[tuple[str, str], ...], words: str
) -> None:
    moved = [fall(one, date(2026, 10, 1)) for pair in falls for one in pair]
    services = [standing("1-1"), standing("1-2")]
    paper = signs_paper(signs(services, moved, area=None, today=TODAY, files=files_of(rated)))
    lines = paper.parts[0].lines
    assert words in lines[0]
    assert ("only movements of watched services" in lines[1]) is (len(rated) > 1)


def test_the_paper_of_a_provider_shows_how_old_its_ratings_are() -> None:
    holder = Holder(key="BRAND Acorn", name="BRAND Acorn", kind="brand", services=3)
    files = files_of([date(2026, 5, 5)], date(2026, 11, 13))
    paper = provider_paper(provider_report(holder, [standing("1-1")], {}, [], today=TODAY, files=files))
    assert "according to CQC’s files: services of 13 November 2026, ratings of 5 May 2026." in paper.lines[0]


def test_the_paper_of_a_provider_lists_its_services_worst_first_and_its_early_signs() -> None:
    holder = Holder(key="BRAND Acorn", name="BRAND Acorn", kind="brand", services=7)
    rated = ("good", "outstanding", None, "requires improvement", "inadequate", "not rated", "good")
    old = {"published": date(2020, 1, 1)}
    services = [standing(f"1-30000000{n}", one, **(old if n == 1 else {})) for n, one in enumerate(rated)]
    tracks = {
        one.location_id: (standing(one.location_id, "outstanding", as_of=date(2026, 5, 1)), replace(one, published=on))
        for one, on in zip((services[3], services[4]), (date(2026, 10, 1), date(2026, 8, 1)), strict=True)
    }
    report = provider_report(holder, services, tracks, [], today=TODAY, files=FILES)
    assert [one.location_id[-1] for one in report.services] == ["4", "3", "0", "6", "1", "2", "5"]
    assert [one.location_id[-1] for one in report.signs.old] == ["1"]
    assert [one.location_id[-1] for one in report.signs.unrated] == ["2", "5"]
    (falls,) = report.signs.falls
    assert [one.location_id[-1] for one in falls.movements] == ["3", "4"], "two providers of one brand"
    apart = {**tracks, "1-300000004": (tracks["1-300000004"][0], replace(services[4], published=date(2026, 6, 1)))}
    assert provider_report(holder, services, apart, [], today=TODAY, files=FILES).signs.falls == ()


def test_a_providers_paper_counts_all_services_and_gives_the_share_of_rated_services() -> None:
    holder = Holder(key="BRAND Acorn", name="BRAND Acorn", kind="brand", services=3)
    services = [standing("1-1", "good"), standing("1-2", "inadequate", types=("Dentist",)), standing("1-3", None)]
    paper = provider_paper(provider_report(holder, services, {}, [], today=TODAY, files=FILES))
    assert "Of 1 rated service of adult social care, 1 (100%) are good or outstanding, and 0 inadequate." in paper.lines
    assert "Of 1 rated service of other sectors, 0 (0%) are good or outstanding, and 1 inadequate." in paper.lines
    ratings = next(one for one in paper.tables if one.key == "Ratings")
    assert [column.heading for column in ratings.columns] == ["Care homes", "Other services", "All"]
    every = {row.label: row.cells[-1].number for row in ratings.rows}
    assert every == {"Outstanding": 0, "Good": 1, "Requires improvement": 0, "Inadequate": 1, "Unrated": 1}
